/* SPDX-License-Identifier: Apache-2.0 */
/* What a person asks of a record: each view is one question in SQL; its columns are named there. */
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

#define DAYS(t) "CASE WHEN " t ".earliest IS " t ".latest THEN " t ".earliest ELSE coalesce(" t ".earliest, '..') || '/' || coalesce(" t ".latest, '..') END"
/* Names in order; a private person by country and sector, as far as they are known. */
#define NAMES(table, where)                                                                                             \
  "(SELECT group_concat(n, ', ') FROM (SELECT coalesce(called, nullif(trim(coalesce(country, '') || ' ' || coalesce(sector, '')), '')," \
  " 'a person') AS n FROM " table " WHERE " where " GROUP BY 1 ORDER BY min(place)))"
#define HOW(t) t ".realis || CASE WHEN " t ".negated THEN ', negated' ELSE '' END || CASE WHEN " t ".background THEN ', background' ELSE '' END"
#define STAMPED "stamp = (SELECT value FROM meta WHERE key = 'stamp')"
/* The sentences that hold a compared value: by the overlap of ranges, in page order. */
#define SENTENCE                                                                                                        \
  "coalesce((SELECT group_concat(text, ' ') FROM (SELECT text FROM sentence s WHERE s.page = v.page AND s.begin < v.end"  \
  " AND s.end > v.begin ORDER BY s.begin)), v.text)"

static const char stories[] =
    "SELECT s.id AS story, " DAYS("s") " AS days, (SELECT count(*) FROM story_page p WHERE p.story = s.id) AS pages,"
    " (SELECT count(DISTINCT coalesce(nullif(g.outlet, ''), g.domain)) FROM story_page p JOIN page g ON g.id = p.page WHERE p.story = s.id) AS outlets,"
    " (SELECT count(*) FROM story_event e WHERE e.story = s.id) AS events,"
    " (SELECT count(*) FROM comparison c WHERE c.story = s.id AND verdict = 'conflict') AS conflicts, s.headline AS headline"
    " FROM story s ORDER BY coalesce(s.earliest, s.latest, '9999'), s.id";

static const char events[] =
    "SELECT " DAYS("e") " AS days, e.type AS type, " NAMES("story_party p", "p.story = e.story AND p.event = e.id AND role = 'actor'") " AS who,"
    " " NAMES("story_party p", "p.story = e.story AND p.event = e.id AND role = 'recipient'") " AS whom, e.where_name AS \"where\","
    " " HOW("e") " AS realis, e.pages || '/' || e.outlets || '/' || e.origins AS told, e.story AS story,"
    " (SELECT x.evidence FROM told_in t JOIN event x ON x.page = t.page AND x.ref = t.ref JOIN page g ON g.id = t.page"
    "  WHERE t.story = e.story AND t.event = e.id ORDER BY g.path, x.begin LIMIT 1) AS words"
    " FROM story_event e JOIN story s ON s.id = e.story"
    " ORDER BY coalesce(s.earliest, s.latest, '9999'), s.id, coalesce(e.earliest, e.latest, '9999'), e.place";

static const char statements[] =
    "SELECT coalesce((SELECT day FROM story_page sp WHERE sp.page = p.id), p.day, " DAYS("p") ") AS day,"
    " " NAMES("party y", "y.page = s.page AND y.of = 'statement' AND y.ref = s.ref") " AS who, s.kind || coalesce(', ' || s.doubtful, '') AS kind,"
    " coalesce(p.outlet, p.domain) AS outlet, p.path AS page, s.content AS what"
    " FROM statement s JOIN page p ON p.id = s.page WHERE s.repeats IS NULL AND p." STAMPED
    " ORDER BY coalesce((SELECT day FROM story_page sp WHERE sp.page = p.id), p.day, p.earliest, '9999'), p.path, p.sha256, s.begin";

static const char compare[] =
    /* What differs comes first; positions stand as they are, without ranking. */
    "SELECT c.id AS comparison, c.about AS about, c.kind AS kind, c.verdict AS verdict, v.position AS position, v.position_says AS says,"
    " v.origins AS origins, coalesce(p.outlet, p.domain) AS outlet, p.path AS page, v.text AS words, " SENTENCE " AS sentence, c.why AS why,"
    " (SELECT s.doubtful FROM statement s WHERE s.page = v.page AND s.begin < v.end AND s.end > v.begin AND s.doubtful IS NOT NULL LIMIT 1) AS doubtful"
    " FROM story o JOIN comparison_row c ON c.story = o.number JOIN compared_row v ON v.story = c.story AND v.comparison = c.place LEFT JOIN page p ON p.id = v.page"
    " WHERE o.id = ?1 ORDER BY CASE c.verdict WHEN 'conflict' THEN 1 WHEN 'scope' THEN 2 WHEN 'update' THEN 3 WHEN 'unclear' THEN 4"
    " WHEN 'compatible' THEN 5 ELSE 6 END, c.place, v.position, v.place";

/* A party of this country or name, or who acts for this group. */
#define IS(n) "(country = ?" n " OR name = ?" n " OR grp = ?" n " OR text = ?" n ")"
static const char dyad[] =
    "SELECT " DAYS("e") " AS day, e.type AS what, " NAMES("story_party p", "p.story = e.story AND p.event = e.id AND role = 'actor'") " AS who,"
    " " NAMES("story_party p", "p.story = e.story AND p.event = e.id AND role = 'recipient'") " AS whom, " HOW("e") " AS realis,"
    " (SELECT group_concat(o, '; ') FROM (SELECT DISTINCT coalesce(g.outlet, g.domain) AS o FROM told_in t JOIN page g ON g.id = t.page"
    "  WHERE t.story = e.story AND t.event = e.id ORDER BY 1)) AS outlet, e.story AS story,"
    " (SELECT x.evidence FROM told_in t JOIN event x ON x.page = t.page AND x.ref = t.ref JOIN page g ON g.id = t.page"
    "  WHERE t.story = e.story AND t.event = e.id ORDER BY g.path, x.begin LIMIT 1) AS words"
    " FROM story_event e"
    " WHERE (EXISTS (SELECT 1 FROM story_party WHERE story = e.story AND event = e.id AND role = 'actor' AND " IS("1") ")"
    "   AND EXISTS (SELECT 1 FROM story_party WHERE story = e.story AND event = e.id AND (role = 'recipient' OR e.mutual) AND " IS("2") "))"
    "  OR (EXISTS (SELECT 1 FROM story_party WHERE story = e.story AND event = e.id AND role = 'actor' AND " IS("2") ")"
    "   AND EXISTS (SELECT 1 FROM story_party WHERE story = e.story AND event = e.id AND (role = 'recipient' OR e.mutual) AND " IS("1") "))"
    " ORDER BY coalesce(e.earliest, e.latest, '9999'), e.story, e.place";

static const char pages[] =
    "SELECT p.path AS page, p.url AS url, p.outlet AS outlet, coalesce(p.day, " DAYS("p") ") AS published,"
    " (SELECT count(*) FROM event e WHERE e.page = p.id) AS events, (SELECT count(*) FROM statement s WHERE s.page = p.id) AS statements,"
    " (SELECT story FROM story_page s WHERE s.page = p.id) AS story"
    " FROM page p WHERE p." STAMPED " ORDER BY p.path, p.offset, p.sha256, p.url";

/* Who is private has no name in a record; in a sheet that prints the sentence anyway they are called as it calls them, where its words
   lie on the page as they stand in the text. */
#define WORDS_THERE                                                                                                     \
  "(SELECT cast(substr(cast(s.text AS BLOB), y.begin - s.begin + 1, y.end - y.begin) AS TEXT) FROM sentence s"             \
  " WHERE s.page = y.page AND s.begin <= y.begin AND s.end >= y.end AND length(cast(s.text AS BLOB)) = s.end - s.begin LIMIT 1)"
#define CALLED(role)                                                                                                    \
  "(SELECT group_concat(n, ', ') FROM (SELECT coalesce(y.name, CASE WHEN y.text IS NOT NULL THEN y.antecedent END, y.text, " WORDS_THERE ", nullif(trim(coalesce(y.country, '') || ' ' ||"  \
  " coalesce(y.sector, '')), ''), 'a person') AS n FROM party y"                                                           \
  " WHERE y.page = e.page AND y.of = 'event' AND y.ref = e.ref AND y.role = '" role "' GROUP BY 1 ORDER BY min(y.place)))"

/* Titles that repeat the body are left out: what is judged once is told once. */
static const char tellings[] =
    "SELECT p.sha256 || ':' || e.ref AS id, p.path AS page, e.type AS type, e.mode AS mode,"
    " " CALLED("actor") " AS who, " CALLED("recipient") " AS whom,"
    " " DAYS("e") " AS days, e.place AS \"where\", " HOW("e") " AS realis, e.trigger_text AS trigger,"
    " coalesce((SELECT group_concat(text, ' ') FROM (SELECT text FROM sentence s WHERE s.page = e.page AND s.begin < e.evidence_end"
    "  AND s.end > e.evidence_begin ORDER BY s.begin)), e.evidence) AS sentence"
    " FROM event e JOIN page p ON p.id = e.page WHERE e.repeats IS NULL AND p." STAMPED
    " ORDER BY p.sha256, p.url, e.begin, e.ref";

static const char changed[] =
    "SELECT w.was AS was, w.became AS became, s.headline AS headline FROM story_was w JOIN story s ON s.id = w.became"
    " WHERE w.generation = (SELECT max(id) FROM generation) ORDER BY w.was, w.became";

static const char runs[] =
    "SELECT r.id AS run, r.started AS started, r.ended AS ended, r.annals AS annals, r.stamp AS stamp, g.id AS generation, g.pages AS pages,"
    " g.stories AS stories FROM run r LEFT JOIN generation g ON g.run = r.id ORDER BY r.id DESC";

static const char sources[] =
    "SELECT p.sha256 AS sha256, p.url AS url, p.path AS path, p.offset AS offset, p.length AS length, p.record AS record, p.fetched AS fetched,"
    " CASE p.basis WHEN 'given' THEN p.day END AS given FROM page p WHERE p." STAMPED " ORDER BY p.path, p.offset, p.sha256, p.url";

static const char coverage[] =
    "SELECT coalesce(p.outlet, p.domain) AS outlet, coalesce((SELECT day FROM story_page s WHERE s.page = p.id), p.day) AS day, count(*) AS pages"
    " FROM page p WHERE p." STAMPED " GROUP BY 1, 2 ORDER BY 1, 2";

/* Of `s`; only where the story is full its JSON is looked into. */
static const char left_out[] =
    "SELECT annals_story(s.json)->>'$.comparisons_left_out' AS left_out FROM story s WHERE s.id = ?1"
    " AND (SELECT count(*) FROM comparison c WHERE c.story = s.id) >= 1000 AND left_out IS NOT NULL";

static const char story_pages[] =
    "SELECT " DAYS("sp") " AS day, sp.basis AS basis, coalesce(p.outlet, p.domain) AS outlet, p.path AS page, o.path AS like, sp.shares AS why"
    " FROM story_page sp JOIN page p ON p.id = sp.page LEFT JOIN page o ON o.id = sp.most_like WHERE sp.story = ?1"
    " ORDER BY coalesce(sp.earliest, sp.latest, '9999'), p.path, p.sha256";

static const struct { const char *sql; int args; } views[] = {
    [AN_VIEW_STORIES] = {stories, 0}, [AN_VIEW_EVENTS] = {events, 0}, [AN_VIEW_STATEMENTS] = {statements, 0},
    [AN_VIEW_COMPARE] = {compare, 1}, [AN_VIEW_LEFT_OUT] = {left_out, 1}, [AN_VIEW_STORY] = {story_pages, 1}, [AN_VIEW_DYAD] = {dyad, 2}, [AN_VIEW_PAGES] = {pages, 0},
    [AN_VIEW_RUNS] = {runs, 0}, [AN_VIEW_SOURCES] = {sources, 0}, [AN_VIEW_COVERAGE] = {coverage, 0}, [AN_VIEW_TELLINGS] = {tellings, 0}, [AN_VIEW_CHANGED] = {changed, 0},
};

enum { MAX_COLUMNS = 64 };

/* The question asked last is often asked again, with other arguments. */
static int prepared(an_record *record, const char *sql, sqlite3_stmt **out) {
  sqlite3_stmt *last = record->asked;
  if (last != NULL && sqlite3_stmt_busy(last) == 0 && strcmp(sqlite3_sql(last), sql) == 0) {
    record->asked = NULL;
    *out = last;
    return SQLITE_OK;
  }
  return sqlite3_prepare_v2(record->db, sql, -1, out, NULL);
}

static void put_back(an_record *record, sqlite3_stmt *statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  sqlite3_finalize(record->asked);
  record->asked = statement;
}

an_status an_record_rows(an_record *record, const char *sql, const char *const *args, int arg_count, an_row_sink *sink, void *to, an_error *err) {
  sqlite3_stmt *statement = NULL;
  an_status status = AN_OK;
  int code = prepared(record, sql, &statement);
  for (int i = 0; code == SQLITE_OK && i < arg_count && i < sqlite3_bind_parameter_count(statement); i++)
    code = sqlite3_bind_text(statement, i + 1, args[i], -1, SQLITE_STATIC);
  int columns = sqlite3_column_count(statement);
  const char *names[MAX_COLUMNS];
  an_text cells[MAX_COLUMNS] = {{0}};
  if (columns > MAX_COLUMNS) columns = MAX_COLUMNS;
  for (int i = 0; i < columns; i++) names[i] = sqlite3_column_name(statement, i);
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    code = sqlite3_step(statement);
    if (code != SQLITE_ROW) break;
    for (int i = 0; i < columns; i++) {
      const char *text = (const char *)sqlite3_column_text(statement, i);
      cells[i] = (an_text){text, text == NULL ? 0 : (uint32_t)sqlite3_column_bytes(statement, i)};
    }
    status = sink(to, names, cells, (uint32_t)columns, err);
    if (status != AN_OK) break;
  }
  if (code != SQLITE_DONE && code != SQLITE_ROW) record->failed = sqlite3_extended_errcode(record->db);
  if (statement != NULL) put_back(record, statement);
  return status != AN_OK ? status : an_record_check(record, "read", err);
}

/* ---- The beginning of a story's id stands for it, when it is the only one ------------------------------------ */

typedef struct match { char id[64]; uint32_t count; } match;

static an_status take_id(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  match *m = ctx;
  (void)names;
  (void)count;
  (void)err;
  if (cells[0].at != NULL && cells[0].size < sizeof m->id) {
    memcpy(m->id, cells[0].at, cells[0].size);
    m->id[cells[0].size] = '\0';
  }
  m->count++;
  return AN_OK;
}

an_status an_record_find_story(an_record *record, const char *begin, char id[64], an_error *err) {
  match found = {0};
  AN_TRY(an_record_rows(record, "SELECT id FROM story WHERE substr(id, 1, length(?1)) = ?1 UNION"
                        " SELECT became FROM story_was WHERE was = ?1 LIMIT 3", &begin, 1, take_id, &found, err));
  memcpy(id, found.id, sizeof found.id);
  if (found.count == 1) return AN_OK;
  if (found.count > 1) return an_fail(err, AN_ERR_USAGE, "record", "more than one story begins with '%s'; give more of its id", begin);
  return an_fail(err, AN_ERR_USAGE, "record", "no story '%s' in %s; `annals show %s stories` lists them", begin, record->path, record->path);
}

an_status an_record_view(an_record *record, an_view view, const char *const *args, an_row_sink *sink, void *to, an_error *err) {
  if ((size_t)view >= sizeof views / sizeof *views) return an_fail(err, AN_ERR_USAGE, "record", "no such view");
  if (view != AN_VIEW_COMPARE && view != AN_VIEW_LEFT_OUT && view != AN_VIEW_STORY) return an_record_rows(record, views[view].sql, args, views[view].args, sink, to, err);
  char story[64];
  AN_TRY(an_record_find_story(record, args[0], story, err));
  const char *id = story;
  return an_record_rows(record, views[view].sql, &id, 1, sink, to, err);
}
