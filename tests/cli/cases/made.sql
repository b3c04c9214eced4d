-- A record by hand: two invented outlets on talks of two invented presidents, and a third on a bridge.
PRAGMA foreign_keys = ON;
CREATE TEMP TABLE parties(page, of, ref, role, place, text, begin, end, entity, name, country, sector, office);
CREATE TEMP TABLE story_parties(story, event, role, place, text, entity, name, country, sector, office);
CREATE TEMP TABLE mentions(page, place, kind, text, begin, end, entity, name, country, sector, office, confidence);
DELETE FROM story;
DELETE FROM page;
INSERT INTO article(article) VALUES('delete-all');
INSERT INTO page(id, sha256, url, path, outlet, domain, day, earliest, latest, basis, bytes, language, title, words, stamp) SELECT
  1, 'aa', 'https://harbour.example/1', 'in/harbour.html', 'Harbour Courier', 'harbour.example', '2022-03-01', '2022-03-01', '2022-03-01',
  'stated', 900, 'en', 'Talks in Aville', 150, value FROM meta WHERE key = 'stamp';
INSERT INTO page(id, sha256, url, path, outlet, earliest, latest, basis, bytes, language, title, words, stamp) SELECT
  2, 'bb', '', 'in/tiller.txt', 'Daily Tiller', '2022-02-26', '2022-03-04', 'inferred', 700, 'en', 'Two presidents meet', 120, value
  FROM meta WHERE key = 'stamp';
INSERT INTO page(id, sha256, url, path, day, earliest, latest, basis, bytes, language, title, words, stamp) SELECT
  3, 'cc', '', 'in/bridge.txt', '2022-03-20', '2022-03-20', '2022-03-20', 'stated', 300, 'en', 'A bridge opens', 60, value
  FROM meta WHERE key = 'stamp';
INSERT INTO reading(page, json) VALUES(1, '{"page":1}'), (2, '{"page":2}'), (3, '{"page":3}');
INSERT INTO sentence_row VALUES -- page << 20 | place
  (1048576, 0, 60, 'President Bo Guest met Ada Host in Aville on Tuesday, and the two signed 14 papers on trade and ports.'),
  (2097153, 10, 70, 'Bo Guest and Ada Host met on Tuesday.'), (2097154, 81, 59, 'They put their names under 15 agreements, “no more”, said Guest.');
INSERT INTO event_row(page, ref, type, cameo, quad, score, goldstein, realis, negated, background, mutual, earliest, latest, trigger_text, begin, size,
  evidence, evidence_begin, evidence_size, confidence) VALUES
  (1, 'e19', 'CONSULT', '042', 1, 2.5, 2.8, 'happened', 0, 0, 0, '2022-03-01', '2022-03-01', 'met', 19, 3, 'President Bo Guest met Ada Host in Aville on Tuesday', 0, 52, 930),
  (2, 'e32', 'CONSULT', '042', 1, 2.5, 2.8, 'happened', 0, 0, 0, '2022-02-26', '2022-03-04', 'met', 32, 3, 'Bo Guest and Ada Host met on Tuesday', 10, 36, 900),
  (1, 'e60', 'SUPPORT', '057', 1, 5, 8, 'happened', 0, 0, 1, '2022-03-01', '2022-03-01', 'signed', 60, 6, 'the two signed 14 papers on trade and ports', 55, 44, 800),
  (3, 'e9', 'THREATEN', '130', 3, -3.5, -4.4, 'planned', 1, 0, 0, '2022-01-01', '2022-12-31', 'will not close', 9, 14, 'Farburg will not close the bridge to lorries of Beeland', 0, 55, 600);
INSERT INTO temp.parties(page, of, ref, role, place, text, begin, end, entity, name, country, sector, office) VALUES
  (1, 'event', 'e19', 'actor', 0, 'Bo Guest', 10, 18, 'Q1', 'Bo Guest', 'XBB', 'GOV', 'XBB.president'),
  (1, 'event', 'e19', 'recipient', 0, 'Ada Host', 23, 31, 'Q2', 'Ada Host', 'XAA', 'GOV', 'XAA.president'),
  (2, 'event', 'e32', 'actor', 0, 'Bo Guest', 10, 18, 'Q1', 'Bo Guest', 'XBB', 'GOV', 'XBB.president'),
  (2, 'event', 'e32', 'recipient', 0, 'Ada Host', 23, 31, 'Q2', 'Ada Host', 'XAA', 'GOV', 'XAA.president'),
  (1, 'statement', 's70', 'speaker', 0, 'Bo Guest', 10, 18, 'Q1', 'Bo Guest', 'XBB', 'GOV', 'XBB.president'),
  (3, 'statement', 's80', 'speaker', 0, NULL, 90, 97, NULL, NULL, 'XAA', 'CVL', NULL);
INSERT INTO statement_row(page, ref, kind, cue, content, begin, size, confidence) VALUES
  (1, 's70', 'direct', 'said', '“We signed what we came to sign.”', 70, 29, 950),
  (3, 's80', 'indirect', 'said', 'the bridge shakes in the wind', 80, 9, 800);
INSERT INTO story(id, generation, headline, earliest, latest, places, json) VALUES
  ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 1, 'Talks in Aville', '2022-03-01', '2022-03-01', 'Aville', '{"story":"51aa"}'),
  ('51cc0000cccccccccccccccccccccccc', 1, 'A bridge opens', '2022-01-01', '2022-12-31', NULL, '{"story":"51cc"}');
INSERT INTO story_page(story, page, day, earliest, latest, basis) VALUES
  ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 1, '2022-03-01', '2022-03-01', '2022-03-01', 'stated'),
  ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 2, '2022-03-01', '2022-03-01', '2022-03-02', 'story'),
  ('51cc0000cccccccccccccccccccccccc', 3, '2022-03-20', '2022-03-20', '2022-03-20', 'stated');
INSERT INTO story_event(story, id, place, type, cameo, quad, score, goldstein, realis, negated, background, mutual, earliest, latest, where_name,
  where_country, geonames, lat, lon, where_precision, pages, outlets, origins, confidence) VALUES
  ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 'v1', 0, 'CONSULT', '042', 1, 2.5, 2.8, 'happened', 0, 0, 0, '2022-03-01', '2022-03-01', 'Aville', 'XAA', 77, 50.5, 20.25, 1, 2, 2, 2, 0.93),
  ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 'v2', 1, 'SUPPORT', '057', 1, 5, 8, 'happened', 0, 0, 1, '2022-03-01', '2022-03-01', NULL, NULL, NULL, NULL, NULL, NULL, 1, 1, 1, 0.8),
  ('51cc0000cccccccccccccccccccccccc', 'v3', 0, 'THREATEN', '130', 3, -3.5, -4.4, 'planned', 1, 0, 0, '2022-01-01', '2022-12-31', NULL, NULL, NULL, NULL, NULL, NULL, 1, 0, 1, 0.6);
INSERT INTO temp.story_parties(story, event, role, place, text, entity, name, country, sector, office) VALUES
  ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 'v1', 'actor', 0, 'Bo Guest', 'Q1', 'Bo Guest', 'XBB', 'GOV', 'XBB.president'),
  ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 'v1', 'recipient', 0, 'Ada Host', 'Q2', 'Ada Host', 'XAA', 'GOV', 'XAA.president'),
  ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 'v2', 'actor', 0, 'Bo Guest', 'Q1', 'Bo Guest', 'XBB', 'GOV', 'XBB.president'),
  ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 'v2', 'actor', 1, 'Ada Host', 'Q2', 'Ada Host', 'XAA', 'GOV', 'XAA.president'),
  ('51cc0000cccccccccccccccccccccccc', 'v3', 'actor', 0, 'Farburg', NULL, 'Farburg', 'XAA', 'GOV', NULL);
INSERT INTO told_in VALUES ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 'v1', 1, 'e19'), ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 'v1', 2, 'e32'),
  ('51aa0000aaaaaaaaaaaaaaaaaaaaaaaa', 'v2', 1, 'e60'), ('51cc0000cccccccccccccccccccccccc', 'v3', 3, 'e9');
INSERT INTO comparison_row VALUES
  (1, 0, 'c1', 'day of CONSULT', 'day', 'agree', 'the same day'),
  (1, 1, 'c2', 'papers signed', 'quantity', 'conflict', 'same thing, scope and time, and the numbers cannot both be true');
INSERT INTO compared_row VALUES
  (1, 0, 0, 1, 40, 52, 'on Tuesday', NULL, NULL, '2022-03-01', NULL, 1, '2022-03-01', 'Harbour Courier; Daily Tiller'),
  (1, 0, 1, 2, 36, 46, 'on Tuesday', NULL, NULL, '2022-03-01', NULL, 1, '2022-03-01', 'Harbour Courier; Daily Tiller'),
  (1, 1, 0, 1, 50, 59, '14 papers', '=', 14, '14', 'Bo Guest', 1, '14', 'Harbour Courier'),
  (1, 1, 1, 2, 100, 113, '15 agreements', '=', 15, '15', 'Bo Guest', 2, '15', 'Bo Guest');
-- A title that tells the same as its body; a doubtful statement; who is named on a page, as parties and as mentions.
INSERT INTO sentence_row VALUES (2097152, 0, 9, '15 signed');
INSERT INTO compared_row SELECT story, comparison, 9, page, 0, 9, '15', relation, value, says, according_to, position, position_says, origins
  FROM compared_row WHERE comparison = 1 AND page = 2;
INSERT INTO statement_row(page, ref, kind, cue, content, begin, size, doubtful, confidence) VALUES
  (2, 's81', 'direct', 'said', '“no more”', 100, 40, 'denied by the speaker', 400);
INSERT INTO temp.parties(page, of, ref, role, place, text, begin, end, country, sector) VALUES
  (1, 'event', 'e60', 'actor', 0, 'Bo Guest', 55, 58, 'XBB', 'GOV'), (1, 'event', 'e60', 'actor', 1, 'Ada Host', 59, 60, 'XAA', 'GOV'),
  (2, 'statement', 's81', 'speaker', 0, 'he', 131, 133, 'XAA', 'GOV');
INSERT INTO temp.mentions(page, place, kind, text, begin, end, name, country, confidence) VALUES
  (1, 0, 'person', 'Bo Guest', 10, 18, 'Bo Guest', 'XBB', 0.95), (1, 1, 'person', 'Ada Host', 23, 31, 'Ada Host', 'XAA', 0.95),
  (1, 2, 'place', 'Aville', 35, 41, 'Aville', 'XAA', 0.9), (1, 3, 'role', 'the two', 55, 58, NULL, 'XBB', 0.8);
-- Whoever was named, once; then the rows that name them.
INSERT INTO who(entity, name, country, sector, office) SELECT entity, name, country, sector, office FROM temp.parties UNION
  SELECT entity, name, country, sector, office FROM temp.story_parties UNION SELECT entity, name, country, sector, office FROM temp.mentions;
INSERT INTO party_row SELECT page, ref, instr('arsx', substr(role, 1, 1)) - 1, place, w.id, text, begin, end - begin, NULL, NULL, NULL FROM temp.parties x JOIN who w
  ON (w.entity, w.name, w.country, w.sector, w.office) IS (x.entity, x.name, x.country, x.sector, x.office);
UPDATE party_row SET antecedent = 'the mayor of Aville', antecedent_begin = 40, antecedent_size = 19 WHERE ref = 's81';
INSERT INTO story_party_row SELECT story, event, instr('ar', substr(role, 1, 1)) - 1, place, w.id, text FROM temp.story_parties x JOIN who w
  ON (w.entity, w.name, w.country, w.sector, w.office) IS (x.entity, x.name, x.country, x.sector, x.office);
INSERT INTO mention_row SELECT page << 20 | place, instr('pocPgr', CASE kind WHEN 'place' THEN 'P' ELSE substr(kind, 1, 1) END) - 1, w.id, text, begin, end - begin,
  confidence * 1000 FROM temp.mentions x JOIN who w ON (w.entity, w.name, w.country, w.sector, w.office) IS (x.entity, x.name, x.country, x.sector, x.office);
