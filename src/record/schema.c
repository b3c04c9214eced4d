/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a record, and every statement that writes them. docs/format.md tells what each column means. */
#include "record/record.h"

/* What pages say. begin, end: half-open range of page bytes. Days are text, "2017-03-28"; not known is NULL. `ref` is an id inside a page's
   reading ("e3246", "s720"). application_id is "anls". REFERENCES tells people what belongs to what: nothing looks it up when a row comes or
   goes; what goes with a page or a story is taken by page_rows and story_rows. */
#define OF_PAGE(id, page) id " >= (" page ") << 20 AND " id " < (" page " + 1) << 20"
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
    "CREATE TABLE dictionary(id INTEGER PRIMARY KEY, bytes TEXT NOT NULL);\n"
    /* json and digest are packed (pack.h); what was put in as text is read as it is. */
    "CREATE TABLE reading(page INTEGER PRIMARY KEY REFERENCES page, json BLOB NOT NULL, digest BLOB);\n"
    "CREATE TABLE page_bytes(page INTEGER PRIMARY KEY REFERENCES page, bytes BLOB NOT NULL);\n"
    /* Rows that a page has many of lie one behind the other, by page and place on it: such tables have no room to spare. id: page << 20 | place. */
    "CREATE TABLE sentence_row(id INTEGER PRIMARY KEY, begin INTEGER, size INTEGER, text TEXT);\n"
    "CREATE VIEW sentence AS SELECT p.id AS page, s.begin, s.begin + s.size AS end, s.text FROM page p JOIN sentence_row s ON " OF_PAGE("s.id", "p.id") ";\n"
    /* Whoever is named or meant, each once; kinds, roles and words of a page are with the rows that name them. A name is not repeated
       in a row's text; confidence is in thousandths; words that lie in one sentence are a place in it (from 1) and a size, in letters. */
    "CREATE TABLE who(id INTEGER PRIMARY KEY, entity TEXT, name TEXT, given TEXT, family TEXT, country TEXT, sector TEXT, grp TEXT, office TEXT);\n"
    "CREATE INDEX who_name ON who(name COLLATE NOCASE, country);\n"
    "CREATE INDEX who_entity ON who(entity) WHERE entity IS NOT NULL;\n"
    "CREATE INDEX who_country ON who(country);\n"
    "CREATE TABLE event_row(page INTEGER REFERENCES page, ref TEXT, type TEXT, mode TEXT, contexts TEXT, cameo TEXT,\n"
    "  quad INTEGER, score REAL, goldstein REAL, realis TEXT, negated INTEGER, background INTEGER, mutual INTEGER, earliest TEXT,\n"
    "  latest TEXT, when_basis TEXT, place TEXT, place_country TEXT, geonames INTEGER, lat REAL, lon REAL, told_by TEXT,\n"
    "  repeats TEXT, trigger_text TEXT, begin INTEGER, size INTEGER, evidence TEXT, sentence INTEGER, sentence_at INTEGER, sentence_size INTEGER,\n"
    "  evidence_begin INTEGER, evidence_size INTEGER, confidence INTEGER, why TEXT, PRIMARY KEY(page, ref)) WITHOUT ROWID;\n"
    "CREATE TABLE statement_row(page INTEGER REFERENCES page, ref TEXT, kind TEXT, cue TEXT, content TEXT,\n"
    "  sentence INTEGER, sentence_at INTEGER, sentence_size INTEGER, begin INTEGER, size INTEGER, through TEXT, doubtful TEXT, repeats TEXT,\n"
    "  confidence INTEGER, PRIMARY KEY(page, ref)) WITHOUT ROWID;\n"
    "CREATE INDEX statement_begin ON statement_row(page, begin, repeats);\n"
    /* ref: of an event or a statement; role: actor, recipient, speaker. A private person has neither text nor name. */
    "CREATE TABLE party_row(page INTEGER REFERENCES page, ref TEXT, role INTEGER, place INTEGER, who INTEGER, text TEXT,\n"
    "  begin INTEGER, size INTEGER, antecedent TEXT, antecedent_begin INTEGER, antecedent_size INTEGER,\n"
    "  PRIMARY KEY(page, ref, role, place)) WITHOUT ROWID;\n"
    "CREATE INDEX party_who ON party_row(who, role);\n"
    "CREATE TABLE mention_row(id INTEGER PRIMARY KEY, kind INTEGER, who INTEGER, text TEXT, begin INTEGER, size INTEGER, confidence INTEGER,\n"
    "  page INTEGER AS (id >> 20));\n"
    /* With the kind that it is of: SQLite would read it from the row. */
    "CREATE INDEX mention_person ON mention_row(who, kind) WHERE kind = 0;\n"
    "CREATE TABLE time(page INTEGER REFERENCES page, place INTEGER, text TEXT, begin INTEGER, end INTEGER, type TEXT,\n"
    "  value TEXT, earliest TEXT, latest TEXT, PRIMARY KEY(page, place)) WITHOUT ROWID;\n"
    "CREATE TABLE quantity(page INTEGER REFERENCES page, place INTEGER, event TEXT, statement TEXT, of TEXT,\n"
    "  relation TEXT, value REAL, low REAL, high REAL, unit TEXT, scope TEXT, text TEXT, begin INTEGER, end INTEGER,\n"
    "  PRIMARY KEY(page, place)) WITHOUT ROWID;\n"
    "CREATE TABLE problem(page INTEGER REFERENCES page, place INTEGER, what TEXT, begin INTEGER, end INTEGER,\n"
    "  PRIMARY KEY(page, place)) WITHOUT ROWID;\n";

/* What several pages say, of the last generation. */
const char an_record_story_schema[] =
    "CREATE TABLE generation(id INTEGER PRIMARY KEY, run INTEGER, pages INTEGER, stories INTEGER);\n"
    "CREATE TABLE story(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, generation INTEGER, headline TEXT, earliest TEXT, latest TEXT, places TEXT, json BLOB NOT NULL);\n"
    "CREATE INDEX story_day ON story(coalesce(earliest, latest) DESC, id, earliest, latest);\n"
    "CREATE TABLE story_page(story TEXT REFERENCES story(id), page INTEGER REFERENCES page,\n"
    "  day TEXT, earliest TEXT, latest TEXT, basis TEXT, copy_of INTEGER, version_of INTEGER, most_like INTEGER, shares TEXT, PRIMARY KEY(story, page)) WITHOUT ROWID;\n"
    "CREATE INDEX story_page_page ON story_page(page);\n"
    "CREATE INDEX story_page_day ON story_page(coalesce(earliest, latest) DESC, page, story, earliest, latest);\n"
    /* first_page, first_ref: the telling by which an event is shown: the first by the page's path, then by place in it; tellings: how many. */
    "CREATE TABLE story_event(story TEXT REFERENCES story(id), id TEXT, place INTEGER, type TEXT, mode TEXT,\n"
    "  contexts TEXT, cameo TEXT, quad INTEGER, score REAL, goldstein REAL, realis TEXT, negated INTEGER, background INTEGER,\n"
    "  mutual INTEGER, earliest TEXT, latest TEXT, where_name TEXT, where_country TEXT, where_admin1 TEXT, geonames INTEGER, lat REAL,\n"
    "  lon REAL, where_precision INTEGER, pages INTEGER, outlets INTEGER, origins INTEGER, confidence REAL,\n"
    "  first_page INTEGER, first_ref TEXT, tellings INTEGER, PRIMARY KEY(story, id)) WITHOUT ROWID;\n"
    /* Holds all that lists and facets look at: they need not read the rows. */
    "CREATE INDEX story_event_day ON story_event(coalesce(earliest, latest) DESC, story, place, type, where_country, earliest, latest,\n"
    "  quad, score, realis, negated, background, mutual);\n"
    "CREATE TABLE story_party_row(story TEXT, event TEXT, role INTEGER, place INTEGER, who INTEGER, text TEXT,\n"
    "  PRIMARY KEY(story, event, role, place), FOREIGN KEY(story, event) REFERENCES story_event) WITHOUT ROWID;\n"
    "CREATE INDEX story_party_who ON story_party_row(who, story, event);\n"
    "CREATE TABLE told_in(story TEXT, event TEXT, page INTEGER, ref TEXT, PRIMARY KEY(story, event, page, ref),\n"
    "  FOREIGN KEY(story, event) REFERENCES story_event) WITHOUT ROWID;\n"
    "CREATE INDEX told_in_page ON told_in(page, ref);\n"
    /* The rows that a story has most of lie under its number: short, and those of a new story one behind the other at the end. */
    "CREATE TABLE comparison_row(story INTEGER REFERENCES story, place INTEGER, id TEXT, about TEXT, kind TEXT,\n"
    "  verdict TEXT, why TEXT, PRIMARY KEY(story, place)) WITHOUT ROWID;\n"
    "CREATE TABLE compared_row(story INTEGER, comparison INTEGER, place INTEGER, page INTEGER, begin INTEGER, end INTEGER, text TEXT,\n"
    "  relation TEXT, value REAL, says TEXT, according_to TEXT, position INTEGER, position_says TEXT, origins TEXT,\n"
    "  PRIMARY KEY(story, comparison, place), FOREIGN KEY(story, comparison) REFERENCES comparison_row) WITHOUT ROWID;\n"
    /* What forming stories found of a page (an_stories_keeper of annals.h); empty: its reading has no digest. */
    "CREATE TABLE sketch(page INTEGER PRIMARY KEY REFERENCES page, found BLOB NOT NULL);\n"
    /* A story of an older generation, and the stories that hold its pages now. */
    "CREATE TABLE story_was(was TEXT, generation INTEGER, became TEXT, PRIMARY KEY(was, became)) WITHOUT ROWID;\n"
    "CREATE INDEX story_was_became ON story_was(became);\n"
    /* What each run did to the events: added, changed, removed; replaced_by: the event that holds now what the removed one told. */
    "CREATE TABLE event_change(event TEXT, run INTEGER, story TEXT, what TEXT, replaced_by TEXT, PRIMARY KEY(event, run)) WITHOUT ROWID;\n"
    "CREATE INDEX event_change_run ON event_change(run, what);\n"
    /* What people corrected: docs/format.md. page, event, other: what it concerns; state: applied, or why not. */
    "CREATE TABLE correction(line INTEGER PRIMARY KEY, id TEXT, field TEXT, value TEXT, who TEXT, day TEXT, why TEXT, page INTEGER, event TEXT,\n"
    "  other INTEGER, state TEXT);\n"
    "PRAGMA user_version = 8;\n";

/* The common questions, for people: docs/schema.md. A private person has no name in them. */
#define ROLE "CASE role WHEN 0 THEN 'actor' WHEN 1 THEN 'recipient' ELSE 'speaker' END AS role"
#define WORDS(column) "coalesce(x." column ", (SELECT substr(s.text, x.sentence_at, x.sentence_size) FROM sentence_row s WHERE s.id = (x.page << 20) + x.sentence)) AS " column
const char an_record_row_views[] =
    "CREATE TRIGGER page_rows AFTER DELETE ON page BEGIN DELETE FROM sentence_row WHERE " OF_PAGE("id", "old.id") ";\n"
    "  DELETE FROM mention_row WHERE " OF_PAGE("id", "old.id") "; DELETE FROM event_row WHERE page = old.id; DELETE FROM statement_row WHERE page = old.id;\n"
    "  DELETE FROM party_row WHERE page = old.id; DELETE FROM time WHERE page = old.id; DELETE FROM quantity WHERE page = old.id;\n"
    "  DELETE FROM problem WHERE page = old.id; DELETE FROM reading WHERE page = old.id; DELETE FROM page_bytes WHERE page = old.id;\n"
    "  DELETE FROM sketch WHERE page = old.id; DELETE FROM story_page WHERE page = old.id; END;\n"
    "CREATE TRIGGER story_rows AFTER DELETE ON story BEGIN DELETE FROM story_page WHERE story = old.id; DELETE FROM story_event WHERE story = old.id;\n"
    "  DELETE FROM story_party_row WHERE story = old.id; DELETE FROM told_in WHERE story = old.id;\n"
    "  DELETE FROM comparison_row WHERE story = old.number; DELETE FROM compared_row WHERE story = old.number; END;\n"
    /* The words searched are those of the sentences: kept once. */
    "CREATE VIEW page_text AS SELECT p.id AS page, p.title, (SELECT group_concat(text, char(10)) FROM (SELECT text FROM sentence_row s\n"
    "  WHERE " OF_PAGE("s.id", "p.id") " ORDER BY s.id)) AS text FROM page p;\n"
    "CREATE VIRTUAL TABLE article USING fts5(title, text, content = 'page_text', content_rowid = 'page',\n"
    "  tokenize = 'unicode61 remove_diacritics 2');\n"
    "INSERT INTO article(article, rank) VALUES('usermerge', 2);\n"
    "CREATE VIEW mention AS SELECT p.id AS page, m.id & 1048575 AS place, CASE m.kind WHEN 0 THEN 'person' WHEN 1 THEN 'organisation' WHEN 2 THEN 'country'\n"
    "  WHEN 3 THEN 'place' WHEN 4 THEN 'group' ELSE 'role' END AS kind, coalesce(m.text, w.name) AS text, m.begin, m.begin + m.size AS end, w.entity,\n"
    "  w.name, w.given, w.family, w.country, w.sector, w.office, m.confidence / 1000.0 AS confidence FROM mention_row m JOIN who w ON w.id = m.who\n"
    "  JOIN page p ON p.id = m.id >> 20 AND " OF_PAGE("m.id", "p.id") ";\n"
    /* called: as a person who reads is told of somebody; a private person without a role has nothing there. */
    "CREATE VIEW party AS SELECT y.page, CASE substr(y.ref, 1, 1) WHEN 'e' THEN 'event' ELSE 'statement' END AS of, y.ref, " ROLE ", y.place,\n"
    "  coalesce(y.text, w.name) AS text, y.begin, y.begin + y.size AS end, y.antecedent, y.antecedent_begin,\n"
    "  y.antecedent_begin + y.antecedent_size AS antecedent_end, coalesce(w.name, y.antecedent, y.text) AS called, w.entity, w.name, w.given, w.family, w.country, w.sector, w.grp, w.office\n"
    "  FROM party_row y JOIN who w ON w.id = y.who;\n"
    "CREATE VIEW story_party AS SELECT y.story, y.event, " ROLE ", y.place, coalesce(y.text, w.name) AS text, coalesce(w.name, y.text) AS called,\n"
    "  w.entity, w.name, w.given, w.family, w.country, w.sector, w.grp, w.office FROM story_party_row y JOIN who w ON w.id = y.who;\n"
    "CREATE VIEW comparison AS SELECT s.id AS story, c.id, c.place, c.about, c.kind, c.verdict, c.why FROM comparison_row c JOIN story s ON s.number = c.story;\n"
    "CREATE VIEW compared_value AS SELECT s.id AS story, c.id AS comparison, v.place, v.page, v.begin, v.end, v.text, v.relation, v.value, v.says,\n"
    "  v.according_to, v.position, v.position_says, v.origins FROM compared_row v JOIN comparison_row c ON c.story = v.story AND c.place = v.comparison\n"
    "  JOIN story s ON s.number = v.story;\n";

const char an_record_views[] =
    "CREATE VIEW statement AS SELECT x.page, x.ref, x.kind, x.cue, " WORDS("content") ", x.begin, x.begin + x.size AS end, x.through, x.doubtful,\n"
    "  x.repeats, x.confidence / 1000.0 AS confidence FROM statement_row x;\n"
    "CREATE VIEW event AS SELECT x.page, x.ref, x.type, x.mode, x.contexts, x.cameo, x.quad, x.score, x.goldstein, x.realis, x.negated, x.background,\n"
    "  x.mutual, x.earliest, x.latest, x.when_basis, x.place, x.place_country, x.geonames, x.lat, x.lon, x.told_by, x.repeats, x.trigger_text, x.begin,\n"
    "  x.begin + x.size AS end, " WORDS("evidence") ", x.evidence_begin, x.evidence_begin + x.evidence_size AS evidence_end,\n"
    "  x.confidence / 1000.0 AS confidence, x.why FROM event_row x;\n"
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

/* Pages that name somebody, as they were read. */
#define NAMING(pages) pages " FROM who w JOIN party_row y ON y.who = w.id WHERE w.name = ?1 COLLATE NOCASE AND w.name = ?1"
static const char touch_name[] = "UPDATE story SET generation = -1 WHERE id IN (SELECT story FROM story_page WHERE page IN (" NAMING("SELECT y.page") "))";
static const char drop_sketches[] = "DELETE FROM sketch WHERE page IN (" NAMING("SELECT y.page") ")";
static const char find_first[] =
    "UPDATE story_event SET (first_page, first_ref, tellings) = (SELECT t.page, t.ref, count(*) OVER () FROM told_in t JOIN page p ON p.id = t.page"
    " JOIN event_row x ON x.page = t.page AND x.ref = t.ref WHERE t.story = story_event.story AND t.event = story_event.id"
    " ORDER BY p.path, p.offset, p.sha256, p.url, x.begin, x.ref LIMIT 1) WHERE story = ? AND tellings > 1";
static const char find_who[] =
    "SELECT id FROM who WHERE name COLLATE NOCASE IS ?2 AND country IS ?6 AND name IS ?2 AND entity IS ?1 AND sector IS ?7 AND grp IS ?8"
    " AND office IS ?5 AND (?3 IS NULL OR given IS ?3) AND (?4 IS NULL OR family IS ?4) ORDER BY given IS NULL, id LIMIT 1";

const char *const an_record_sql[SQL_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_GET_META] = "SELECT value FROM meta WHERE key = ?",
    [SQL_SET_META] = "INSERT INTO meta VALUES(?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    [SQL_FIND_PAGE] = "SELECT id, fetched, path, offset, stamp FROM page WHERE sha256 = ? AND url = coalesce(?, '')",
    [SQL_WANT_PAGE] = "INSERT OR IGNORE INTO temp.wanted SELECT ?1 WHERE ?1 IS NOT NULL",
    [SQL_NAMED_PAGES] = "SELECT page, sha256 FROM temp.named_page WHERE name = ? ORDER BY bytes, page",
    [SQL_DELETE_PAGE] = "DELETE FROM page WHERE id = ?",
    [SQL_ADD_CAMEO] = "INSERT OR REPLACE INTO cameo VALUES(?, ?, ?)",
    [SQL_ADD_RUN] = "INSERT INTO run(started, annals, stamp) VALUES(?, ?, ?)",
    [SQL_END_RUN] = "UPDATE run SET ended = ? WHERE id = ?",
    [SQL_ADD_PAGE] = "INSERT INTO page VALUES(?, ?, coalesce(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_READING] = "INSERT INTO reading VALUES(?, ?, ?)",
    [SQL_ADD_BYTES] = "INSERT OR REPLACE INTO page_bytes VALUES(?, ?)",
    [SQL_HAS_BYTES] = "SELECT 1 FROM page_bytes WHERE page = ?",
    [SQL_GET_BYTES] = "SELECT annals_bytes(bytes) FROM page_bytes WHERE page = CAST(? AS INTEGER)",
    [SQL_ADD_CORRECTION] = "INSERT INTO correction(line, id, field, value, who, day, why) VALUES(?, ?, ?, ?, ?, ?, ?)",
    [SQL_GET_CORRECTIONS] = "SELECT line, id, field, value, who, day, why, state FROM correction ORDER BY line",
    [SQL_SET_CORRECTION] = "UPDATE correction SET page = ?, event = ?, other = ?, state = ? WHERE line = ?",
    [SQL_HAS_EVENT] = "SELECT 1 FROM event_row WHERE page = ? AND ref = ?",
    [SQL_HAS_NAME] = "SELECT 1 FROM who WHERE name = ?1 COLLATE NOCASE AND name = ?1",
    [SQL_TOUCH_NAME] = touch_name,
    [SQL_DROP_SKETCHES] = drop_sketches,
    [SQL_ADD_ARTICLE] = "INSERT INTO article(rowid, title, text) SELECT page, title, text FROM page_text WHERE page = ?",
    [SQL_DROP_ARTICLE] = "INSERT INTO article(article, rowid, title, text) SELECT 'delete', page, title, text FROM page_text WHERE page = ?",
    [SQL_MERGE_ARTICLES] = "INSERT INTO article(article, rank) VALUES('merge', ?)",
    [SQL_ADD_DICTIONARY] = "INSERT INTO dictionary(bytes) VALUES(?)",
    [SQL_FIND_WHO] = find_who,
    [SQL_ADD_WHO] = "INSERT INTO who(entity, name, given, family, office, country, sector, grp) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_SENTENCE] = "INSERT INTO sentence_row VALUES(?, ?, ?, ?)",
    [SQL_ADD_MENTION] = "INSERT INTO mention_row VALUES(?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_TIME] = "INSERT INTO time VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_EVENT] = "INSERT INTO event_row VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_PARTY] = "INSERT INTO party_row VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_STATEMENT] = "INSERT INTO statement_row VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_QUANTITY] = "INSERT INTO quantity VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_PROBLEM] = "INSERT INTO problem VALUES(?, ?, ?, ?, ?)",
    [SQL_ADD_GENERATION] = "INSERT INTO generation(run, pages, stories) VALUES(?, ?, ?)",
    [SQL_ADD_STORY] = "INSERT INTO story VALUES(NULL, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_STORY_PAGE] = "INSERT INTO story_page VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_STORY_EVENT] = "INSERT INTO story_event VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_FIND_FIRST] = find_first,
    [SQL_ADD_STORY_PARTY] = "INSERT INTO story_party_row VALUES(?, ?, ?, ?, ?, ?)",
    [SQL_ADD_TOLD] = "INSERT OR IGNORE INTO told_in VALUES(?, ?, ?, ?)",
    [SQL_ADD_COMPARISON] = "INSERT INTO comparison_row VALUES(?, ?, ?, ?, ?, ?, ?)",
    [SQL_STORY_OF] = "SELECT story FROM story_page WHERE page = ?",
    [SQL_STORY_SIZE] = "SELECT count(*) FROM story_page WHERE story = ?",
    [SQL_GET_DIGEST] = "SELECT digest FROM reading WHERE page = ?",
    [SQL_KEEP_SKETCH] = "INSERT OR REPLACE INTO sketch VALUES(?, ?)",
    [SQL_DROP_SKETCH] = "DELETE FROM sketch WHERE page = ?",
    [SQL_NOTE_STORY] = "INSERT OR IGNORE INTO temp.old_story_page SELECT page, story FROM story_page WHERE story = ?",
    [SQL_DROP_STORY] = "DELETE FROM story WHERE id = ?",
    /* A page of it is read anew: whatever else, the story is formed again. Readers see no difference. */
    [SQL_TOUCH_STORY] = "UPDATE story SET generation = -1 WHERE id IN (SELECT story FROM story_page WHERE page = ?)",
    [SQL_ADD_VALUE] = "INSERT INTO compared_row VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};
