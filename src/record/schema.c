/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a record, and every statement that writes them. docs/format.md tells what each column means. */
#include "record/record.h"

/* What pages say. begin, end: half-open range of page bytes. Days are text, "2017-03-28"; not known is NULL. `ref` is an id inside a page's
   reading ("e3246", "s720"). application_id is "anls". */
const char an_record_schema[] =
    "PRAGMA application_id = 1634626675;\n"
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;\n"
    "CREATE TABLE run(id INTEGER PRIMARY KEY, started TEXT, ended TEXT, annals TEXT, stamp TEXT);\n"
    "CREATE TABLE cameo(code TEXT PRIMARY KEY, name TEXT, goldstein REAL) WITHOUT ROWID;\n"
    "CREATE TABLE page(id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, url TEXT NOT NULL, path TEXT, offset INTEGER, length INTEGER,\n"
    "  record TEXT, fetched TEXT, status INTEGER, bytes INTEGER, media_type TEXT, charset TEXT, language TEXT, title TEXT,\n"
    "  outlet TEXT, domain TEXT, day TEXT, earliest TEXT, latest TEXT, basis TEXT, words INTEGER, stamp TEXT, run INTEGER,\n"
    "  UNIQUE(sha256, url));\n"
    "CREATE INDEX page_outlet ON page(outlet, domain, language);\n"
    "CREATE TABLE reading(page INTEGER PRIMARY KEY REFERENCES page ON DELETE CASCADE, json TEXT NOT NULL, digest BLOB);\n"
    "CREATE TABLE sentence(page INTEGER REFERENCES page ON DELETE CASCADE, begin INTEGER, end INTEGER, text TEXT,\n"
    "  PRIMARY KEY(page, begin, end)) WITHOUT ROWID;\n"
    "CREATE TABLE event(page INTEGER REFERENCES page ON DELETE CASCADE, ref TEXT, type TEXT, mode TEXT, contexts TEXT, cameo TEXT,\n"
    "  quad INTEGER, score REAL, goldstein REAL, realis TEXT, negated INTEGER, background INTEGER, mutual INTEGER, earliest TEXT,\n"
    "  latest TEXT, when_basis TEXT, place TEXT, place_country TEXT, geonames INTEGER, lat REAL, lon REAL, told_by TEXT,\n"
    "  repeats TEXT, trigger_text TEXT, begin INTEGER, end INTEGER, evidence TEXT, evidence_begin INTEGER, evidence_end INTEGER,\n"
    "  confidence REAL, why TEXT, PRIMARY KEY(page, ref)) WITHOUT ROWID;\n"
    "CREATE TABLE statement(page INTEGER REFERENCES page ON DELETE CASCADE, ref TEXT, kind TEXT, cue TEXT, content TEXT,\n"
    "  begin INTEGER, end INTEGER, through TEXT, doubtful TEXT, repeats TEXT, confidence REAL,\n"
    "  PRIMARY KEY(page, ref)) WITHOUT ROWID;\n"
    "CREATE INDEX statement_begin ON statement(page, begin, repeats);\n"
    /* of: event or statement; role: actor, recipient, speaker. A private person has neither text nor name. */
    "CREATE TABLE party(page INTEGER REFERENCES page ON DELETE CASCADE, of TEXT, ref TEXT, role TEXT, place INTEGER, text TEXT,\n"
    "  begin INTEGER, end INTEGER, entity TEXT, name TEXT, country TEXT, sector TEXT, grp TEXT, office TEXT,\n"
    "  PRIMARY KEY(page, of, ref, role, place)) WITHOUT ROWID;\n"
    "CREATE INDEX party_country ON party(country, role);\n"
    "CREATE INDEX party_name ON party(name, role);\n"
    "CREATE INDEX party_entity ON party(entity, role);\n"
    "CREATE TABLE mention(page INTEGER REFERENCES page ON DELETE CASCADE, place INTEGER, kind TEXT, text TEXT, begin INTEGER, end INTEGER,\n"
    "  entity TEXT, name TEXT, country TEXT, sector TEXT, office TEXT, confidence REAL, PRIMARY KEY(page, place)) WITHOUT ROWID;\n"
    "CREATE INDEX mention_person ON mention(name, page, kind) WHERE kind = 'person' AND name IS NOT NULL;\n"
    "CREATE TABLE time(page INTEGER REFERENCES page ON DELETE CASCADE, place INTEGER, text TEXT, begin INTEGER, end INTEGER, type TEXT,\n"
    "  value TEXT, earliest TEXT, latest TEXT, PRIMARY KEY(page, place)) WITHOUT ROWID;\n"
    "CREATE TABLE quantity(page INTEGER REFERENCES page ON DELETE CASCADE, place INTEGER, event TEXT, statement TEXT, of TEXT,\n"
    "  relation TEXT, value REAL, low REAL, high REAL, unit TEXT, scope TEXT, text TEXT, begin INTEGER, end INTEGER,\n"
    "  PRIMARY KEY(page, place)) WITHOUT ROWID;\n"
    "CREATE TABLE problem(page INTEGER REFERENCES page ON DELETE CASCADE, place INTEGER, what TEXT, begin INTEGER, end INTEGER,\n"
    "  PRIMARY KEY(page, place)) WITHOUT ROWID;\n"
    "CREATE VIRTUAL TABLE article USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2');\n";

/* What several pages say, of the last generation. */
const char an_record_story_schema[] =
    "CREATE TABLE generation(id INTEGER PRIMARY KEY, run INTEGER, pages INTEGER, stories INTEGER);\n"
    "CREATE TABLE story(id TEXT PRIMARY KEY, generation INTEGER, headline TEXT, earliest TEXT, latest TEXT, places TEXT,\n"
    "  json TEXT NOT NULL) WITHOUT ROWID;\n"
    "CREATE INDEX story_day ON story(coalesce(earliest, latest) DESC, id, earliest, latest);\n"
    "CREATE TABLE story_page(story TEXT REFERENCES story ON DELETE CASCADE, page INTEGER REFERENCES page ON DELETE CASCADE,\n"
    "  day TEXT, earliest TEXT, latest TEXT, basis TEXT, copy_of INTEGER, version_of INTEGER, PRIMARY KEY(story, page)) WITHOUT ROWID;\n"
    "CREATE INDEX story_page_page ON story_page(page);\n"
    "CREATE INDEX story_page_day ON story_page(coalesce(earliest, latest) DESC, page, story, earliest, latest);\n"
    "CREATE TABLE story_event(story TEXT REFERENCES story ON DELETE CASCADE, id TEXT, place INTEGER, type TEXT, mode TEXT,\n"
    "  contexts TEXT, cameo TEXT, quad INTEGER, score REAL, goldstein REAL, realis TEXT, negated INTEGER, background INTEGER,\n"
    "  mutual INTEGER, earliest TEXT, latest TEXT, where_name TEXT, where_country TEXT, where_admin1 TEXT, geonames INTEGER, lat REAL,\n"
    "  lon REAL, where_precision INTEGER, pages INTEGER, outlets INTEGER, origins INTEGER, confidence REAL,\n"
    "  PRIMARY KEY(story, id)) WITHOUT ROWID;\n"
    /* Holds all that lists and facets look at: they need not read the rows. */
    "CREATE INDEX story_event_day ON story_event(coalesce(earliest, latest) DESC, story, place, type, where_country, earliest, latest,\n"
    "  quad, score, realis, negated, background, mutual);\n"
    "CREATE TABLE story_party(story TEXT, event TEXT, role TEXT, place INTEGER, text TEXT, entity TEXT, name TEXT, country TEXT,\n"
    "  sector TEXT, grp TEXT, office TEXT, PRIMARY KEY(story, event, role, place),\n"
    "  FOREIGN KEY(story, event) REFERENCES story_event ON DELETE CASCADE) WITHOUT ROWID;\n"
    "CREATE INDEX story_party_country ON story_party(country, story, event);\n"
    "CREATE INDEX story_party_name ON story_party(name COLLATE NOCASE, story, event, entity, country);\n"
    "CREATE INDEX story_party_entity ON story_party(entity, story, event);\n"
    "CREATE TABLE told_in(story TEXT, event TEXT, page INTEGER, ref TEXT, PRIMARY KEY(story, event, page, ref),\n"
    "  FOREIGN KEY(story, event) REFERENCES story_event ON DELETE CASCADE) WITHOUT ROWID;\n"
    "CREATE INDEX told_in_page ON told_in(page, ref);\n"
    "CREATE TABLE comparison(story TEXT REFERENCES story ON DELETE CASCADE, id TEXT, place INTEGER, about TEXT, kind TEXT,\n"
    "  verdict TEXT, why TEXT, PRIMARY KEY(story, id)) WITHOUT ROWID;\n"
    "CREATE TABLE compared_value(story TEXT, comparison TEXT, place INTEGER, page INTEGER, begin INTEGER, end INTEGER, text TEXT,\n"
    "  relation TEXT, value REAL, says TEXT, according_to TEXT, position INTEGER, position_says TEXT, origins TEXT,\n"
    "  PRIMARY KEY(story, comparison, place), FOREIGN KEY(story, comparison) REFERENCES comparison ON DELETE CASCADE) WITHOUT ROWID;\n"
    /* A story of an older generation, and the stories that hold its pages now. */
    "CREATE TABLE story_was(was TEXT, generation INTEGER, became TEXT, PRIMARY KEY(was, became)) WITHOUT ROWID;\n"
    "CREATE INDEX story_was_became ON story_was(became);\n"
    /* What each run did to the events: added, changed, removed; replaced_by: the event that holds now what the removed one told. */
    "CREATE TABLE event_change(event TEXT, run INTEGER, story TEXT, what TEXT, replaced_by TEXT, PRIMARY KEY(event, run)) WITHOUT ROWID;\n"
    "CREATE INDEX event_change_run ON event_change(run, what);\n"
    "PRAGMA user_version = 2;\n";

/* The common questions, for people: docs/schema.md. A private person has no name in them. */
const char an_record_views[] =
    "CREATE VIEW event_parties AS SELECT e.story, e.id AS event, e.type, e.mode, e.cameo, e.realis, e.negated, e.background, e.earliest, e.latest,\n"
    "  a.name AS actor, a.country AS actor_country, a.sector AS actor_sector, r.name AS recipient, r.country AS recipient_country,\n"
    "  r.sector AS recipient_sector, e.where_name AS place, e.where_country AS place_country, e.quad, e.score, e.goldstein, e.pages, e.outlets,\n"
    "  e.origins, e.confidence FROM story_event e LEFT JOIN story_party a ON a.story = e.story AND a.event = e.id AND a.role = 'actor'\n"
    "  LEFT JOIN story_party r ON r.story = e.story AND r.event = e.id AND r.role = 'recipient';\n"
    "CREATE VIEW page_day AS SELECT p.id AS page, coalesce(p.outlet, p.domain) AS outlet, coalesce(n.day, p.day) AS day,\n"
    "  coalesce(n.earliest, p.earliest) AS earliest, coalesce(n.latest, p.latest) AS latest, n.story, n.copy_of, p.title, p.url, p.path, p.sha256\n"
    "  FROM page p LEFT JOIN story_page n ON n.page = p.id;\n"
    "CREATE VIEW statement_speaker AS SELECT s.page, s.ref AS statement, d.day, d.outlet, y.name AS speaker, y.country AS speaker_country,\n"
    "  y.sector AS speaker_sector, y.office AS speaker_office, s.kind, s.cue, s.content, s.begin, s.end, s.doubtful, d.story, d.url, d.path\n"
    "  FROM statement s JOIN page_day d ON d.page = s.page LEFT JOIN party y ON y.page = s.page AND y.of = 'statement' AND y.ref = s.ref\n"
    "  AND y.role = 'speaker' WHERE s.repeats IS NULL;\n"
    "CREATE VIEW coverage AS SELECT d.outlet, d.day, count(*) AS pages, sum(p.words > 0) AS articles, sum(p.language = 'en') AS english,\n"
    "  sum(EXISTS (SELECT 1 FROM event e WHERE e.page = d.page)) AS with_events, sum(d.copy_of IS NOT NULL) AS copies,\n"
    "  sum(EXISTS (SELECT 1 FROM problem b WHERE b.page = d.page)) AS with_problems\n"
    "  FROM page_day d JOIN page p ON p.id = d.page GROUP BY d.outlet, d.day;\n"
    "CREATE VIEW story_overview AS SELECT s.id AS story, s.headline, s.earliest, s.latest, s.places,\n"
    "  (SELECT count(*) FROM story_page n WHERE n.story = s.id) AS pages,\n"
    "  (SELECT count(DISTINCT coalesce(g.outlet, g.domain)) FROM story_page n JOIN page g ON g.id = n.page WHERE n.story = s.id) AS outlets,\n"
    "  (SELECT count(*) FROM story_event e WHERE e.story = s.id) AS events,\n"
    "  (SELECT count(*) FROM comparison c WHERE c.story = s.id AND c.verdict = 'conflict') AS conflicts FROM story s;\n";

const char *const an_record_sql[SQL_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_GET_META] = "SELECT value FROM meta WHERE key = ?",
    [SQL_SET_META] = "INSERT INTO meta VALUES(?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    [SQL_FIND_PAGE] = "SELECT id, fetched, path, offset, stamp FROM page WHERE sha256 = ? AND url = coalesce(?, '')",
    [SQL_DELETE_PAGE] = "DELETE FROM page WHERE id = ?",
    [SQL_ADD_CAMEO] = "INSERT OR REPLACE INTO cameo VALUES(?, ?, ?)",
    [SQL_ADD_RUN] = "INSERT INTO run(started, annals, stamp) VALUES(?, ?, ?)",
    [SQL_END_RUN] = "UPDATE run SET ended = ? WHERE id = ?",
    [SQL_ADD_PAGE] = "INSERT INTO page VALUES(?, ?, coalesce(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_READING] = "INSERT INTO reading VALUES(?, ?, ?)",
    [SQL_ADD_ARTICLE] = "INSERT INTO article(rowid, title, text) VALUES(?, ?, ?)",
    [SQL_DROP_ARTICLE] = "DELETE FROM article WHERE rowid = ?",
    [SQL_ADD_SENTENCE] = "INSERT OR IGNORE INTO sentence VALUES(?, ?, ?, ?)",
    [SQL_ADD_MENTION] = "INSERT INTO mention VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_TIME] = "INSERT INTO time VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_EVENT] = "INSERT INTO event VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_PARTY] = "INSERT INTO party VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_STATEMENT] = "INSERT INTO statement VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_QUANTITY] = "INSERT INTO quantity VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_PROBLEM] = "INSERT INTO problem VALUES(?, ?, ?, ?, ?)",
    [SQL_ADD_GENERATION] = "INSERT INTO generation(run, pages, stories) VALUES(?, ?, ?)",
    [SQL_ADD_STORY] = "INSERT INTO story VALUES(?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_STORY_PAGE] = "INSERT INTO story_page VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_STORY_EVENT] = "INSERT INTO story_event VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_STORY_PARTY] = "INSERT INTO story_party VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_TOLD] = "INSERT OR IGNORE INTO told_in VALUES(?, ?, ?, ?)",
    [SQL_ADD_COMPARISON] = "INSERT INTO comparison VALUES(?, ?, ?, ?, ?, ?, ?)",
    [SQL_STORY_OF] = "SELECT s.story FROM page p LEFT JOIN story_page s ON s.page = p.id WHERE p.sha256 = ? AND p.url = coalesce(?, '')",
    [SQL_STORY_SIZE] = "SELECT count(*) FROM story_page WHERE story = ?",
    [SQL_KEEP_STORY] = "INSERT OR IGNORE INTO temp.kept_story VALUES(?)",
    [SQL_NOTE_STORY] = "INSERT INTO temp.old_story_page SELECT story, page FROM story_page WHERE story = ?",
    [SQL_DROP_STORY] = "DELETE FROM story WHERE id = ?",
    /* A page of it is read anew: whatever else, the story is formed again. Readers see no difference. */
    [SQL_TOUCH_STORY] = "UPDATE story SET generation = -1 WHERE id IN (SELECT story FROM story_page WHERE page = ?)",
    [SQL_ADD_VALUE] = "INSERT INTO compared_value VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};
