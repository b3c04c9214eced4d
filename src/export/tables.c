/* SPDX-License-Identifier: Apache-2.0 */
/* Tidy tables as CSV, one question each: the columns of the question are the header. Dyads, statements, stories, comparisons,
   coverage. */
#include "export/export.h"

#include <stdlib.h>

static an_status take_row(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  ex_out *out = ctx;
  for (uint32_t i = 0; i < count; i++) ex_csv_cell(out, ex_has_words(out, names[i]) ? (an_text){NULL, 0} : cells[i]);
  ex_end_line(&out->line);
  return ex_line(out, err);
}

an_status ex_csv_table(ex_out *out, const char *sql, an_error *err) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(out->record->db, sql, -1, &statement, NULL) != SQLITE_OK) out->record->failed = sqlite3_extended_errcode(out->record->db);
  for (int i = 0; i < sqlite3_column_count(statement); i++) {
    if (i > 0) an_buf_char(&out->line, ',');
    an_buf_z(&out->line, sqlite3_column_name(statement, i));
  }
  an_buf_char(&out->line, '\n');
  sqlite3_finalize(statement);
  AN_TRY(an_record_check(out->record, "read", err));
  AN_TRY(ex_line(out, err));
  out->counts.written--; /* the header is no row */
  return ex_rows(out, sql, take_row, err);
}

/* Parties of a statement, a cell: "A; B", in order. */
#define SPEAKERS(column)                                                                                                \
  "(SELECT group_concat(c, '; ') FROM (SELECT coalesce(" column ", '') AS c FROM party y WHERE y.page = s.page AND y.of = 'statement'" \
  " AND y.ref = s.ref AND y.role = 'speaker' ORDER BY y.place) HAVING max(c) <> '')"
#define DAY_OF_PAGE "coalesce((SELECT n.day FROM story_page n WHERE n.page = p.id AND n.day IS NOT NULL), p.day)"

static const char statements[] =
    "SELECT p.sha256 AS page, s.ref AS statement, (SELECT story FROM story_page n WHERE n.page = p.id) AS story, " DAY_OF_PAGE " AS day,"
    " " SPEAKERS("y.called") " AS speakers, " SPEAKERS("y.country") " AS speaker_countries,"
    " " SPEAKERS("y.sector") " AS speaker_sectors, " SPEAKERS("y.office") " AS speaker_offices, " SPEAKERS("y.entity") " AS speaker_entities,"
    " s.kind AS kind, s.cue AS cue, s.content AS content, s.begin AS begin, s.end AS end, s.through AS through, s.doubtful AS doubtful,"
    " s.repeats AS repeats, s.confidence AS confidence, coalesce(p.outlet, p.domain) AS outlet, p.url AS url, p.path AS path"
    " FROM page p CROSS JOIN statement s ON s.page = p.id WHERE " EX_PAGE_ASKED " ORDER BY p.path, p.offset, p.sha256, p.url, s.begin, s.ref";

an_status ex_statements(ex_out *out, an_error *err) { return ex_csv_table(out, statements, err); }

static const char stories[] =
    "SELECT s.id AS story, s.headline AS headline, s.earliest AS earliest, s.latest AS latest, s.places AS places,"
    " (SELECT count(*) FROM story_page n WHERE n.story = s.id) AS pages,"
    " (SELECT count(DISTINCT coalesce(nullif(g.outlet, ''), g.domain)) FROM story_page n JOIN page g ON g.id = n.page WHERE n.story = s.id) AS outlets,"
    " (SELECT count(*) FROM story_page n WHERE n.story = s.id AND n.copy_of IS NOT NULL) AS copies,"
    " (SELECT count(*) FROM story_event e WHERE e.story = s.id) AS events,"
    " (SELECT count(*) FROM comparison c WHERE c.story = s.id) AS comparisons,"
    " (SELECT count(*) FROM comparison c WHERE c.story = s.id AND c.verdict = 'conflict') AS conflicts"
    " FROM story s WHERE " EX_STORY_ASKED " ORDER BY coalesce(s.earliest, s.latest, '9999'), s.id";

an_status ex_stories(ex_out *out, an_error *err) { return ex_csv_table(out, stories, err); }

static const char comparisons[] =
    "SELECT s.id AS story, c.id AS comparison, c.about AS about, c.kind AS kind, c.verdict AS verdict, c.why AS why,"
    " v.position AS position, v.position_says AS position_says, v.origins AS origins, v.relation AS relation, v.value AS value, v.says AS says,"
    " v.according_to AS according_to, v.text AS text, v.begin AS begin, v.end AS end, p.sha256 AS page, coalesce(p.outlet, p.domain) AS outlet,"
    " p.url AS url, p.path AS path"
    " FROM story s CROSS JOIN comparison_row c ON c.story = s.number CROSS JOIN compared_row v ON v.story = c.story AND v.comparison = c.place"
    " LEFT JOIN page p ON p.id = v.page WHERE " EX_STORY_ASKED
    " ORDER BY coalesce(s.earliest, s.latest, '9999'), s.id, c.place, v.place";

static const char cut[] =
    "SELECT sum(annals_story(s.json)->>'$.comparisons_left_out') FROM story s WHERE " EX_STORY_ASKED
    " AND s.number IN (SELECT story FROM comparison_row GROUP BY story HAVING count(*) >= 1000)";

static an_status take_cut(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  ex_out *out = ctx;
  (void)names;
  (void)count;
  (void)err;
  out->counts.cut = cells[0].size == 0 ? 0 : strtoull(cells[0].at, NULL, 10);
  return AN_OK;
}

an_status ex_comparisons(ex_out *out, an_error *err) {
  AN_TRY(ex_rows(out, cut, take_cut, err));
  return ex_csv_table(out, comparisons, err);
}

/* Without it every trend is a change of sources. */
static const char coverage[] =
    "SELECT coalesce(p.outlet, p.domain) AS outlet, " DAY_OF_PAGE " AS day, count(*) AS pages,"
    " sum(p.words > 0) AS articles, sum(p.language = 'en') AS english,"
    " sum(EXISTS (SELECT 1 FROM event e WHERE e.page = p.id)) AS with_events,"
    " sum(EXISTS (SELECT 1 FROM story_page s WHERE s.page = p.id AND s.copy_of IS NOT NULL)) AS copies,"
    " sum(EXISTS (SELECT 1 FROM problem b WHERE b.page = p.id)) AS with_problems"
    " FROM page p WHERE " EX_PAGE_ASKED " GROUP BY 1, 2 ORDER BY 1, 2";

an_status ex_coverage(ex_out *out, an_error *err) { return ex_csv_table(out, coverage, err); }

/* ---- Dyads: counts and score sums of two countries ------------------------------------------------------------- */

/* Facts as ex_is_fact has them. A pair of countries counts once an event; a mutual event under the first by alphabet. A country
   that every page which tells the event only guesses for the party (a mention of confidence 0.5 or less: "the president" of
   the page's own country) does not count. */
#define DYADS(name, letters) \
  "WITH sure AS (SELECT * FROM story_party s WHERE country IS NOT NULL AND NOT (EXISTS (SELECT 1 FROM told_in t JOIN party y ON y.page = t.page" \
  "    AND y.of = 'event' AND y.ref = t.ref AND y.role = s.role AND y.country = s.country WHERE t.story = s.story AND t.event = s.event)" \
  "   AND NOT EXISTS (SELECT 1 FROM told_in t JOIN party y ON y.page = t.page AND y.of = 'event' AND y.ref = t.ref AND y.role = s.role" \
  "    AND y.country = s.country LEFT JOIN mention m ON m.page = y.page AND m.begin = y.begin AND m.end = y.end" \
  "    WHERE t.story = s.story AND t.event = s.event AND (m.confidence IS NULL OR m.confidence > 0.5))))," \
  " fact AS (SELECT * FROM story_event WHERE (?1 IS NULL OR latest >= ?1) AND (?2 IS NULL OR story = ?2)" \
  "   AND (?3 IS NULL OR where_country = ?3) AND realis IN ('happened', 'ongoing') AND NOT negated AND NOT background" \
  "   AND julianday(latest) - julianday(earliest) < CAST(?4 AS INTEGER))," \
  " pair AS (SELECT DISTINCT e.story, e.id, a.country AS actor, r.country AS recipient, 0 AS mutual FROM fact e" \
  "   JOIN sure a ON a.story = e.story AND a.event = e.id AND a.role = 'actor'" \
  "   JOIN sure r ON r.story = e.story AND r.event = e.id AND r.role = 'recipient'" \
  "  UNION SELECT DISTINCT e.story, e.id, a.country, b.country, 1 FROM fact e" \
  "   JOIN sure a ON a.story = e.story AND a.event = e.id AND a.role = 'actor'" \
  "   JOIN sure b ON b.story = e.story AND b.event = e.id AND b.role = 'actor' AND b.country > a.country" \
  "   WHERE e.mutual AND NOT EXISTS (SELECT 1 FROM story_party r WHERE r.story = e.story AND r.event = e.id AND r.role = 'recipient'))" \
  " SELECT substr(f.earliest, 1, " letters ") AS " name ", actor, recipient, count(*) AS events, sum(p.mutual) AS mutual," \
  " sum(quad = 1) AS verbal_cooperation, sum(quad = 2) AS material_cooperation, sum(quad = 3) AS verbal_conflict," \
  " sum(quad = 4) AS material_conflict, round(sum(score), 1) AS score_sum, sum(type = 'AGREE') AS agree, sum(type = 'CONSULT') AS consult, sum(type = 'SUPPORT') AS support," \
  " sum(type = 'CONCEDE') AS concede, sum(type = 'COOPERATE') AS cooperate, sum(type = 'AID') AS aid, sum(type = 'RETREAT') AS retreat, sum(type = 'REQUEST') AS request," \
  " sum(type = 'ACCUSE') AS accuse, sum(type = 'REJECT') AS reject, sum(type = 'THREATEN') AS threaten, sum(type = 'PROTEST') AS protest, sum(type = 'SANCTION') AS sanction," \
  " sum(type = 'MOBILIZE') AS mobilize, sum(type = 'COERCE') AS coerce, sum(type = 'ASSAULT') AS assault" \
  " FROM pair p JOIN fact f ON f.story = p.story AND f.id = p.id WHERE actor IS NOT NULL AND recipient IS NOT NULL" \
  " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"

an_status ex_dyads(ex_out *out, an_error *err) {
  return ex_csv_table(out, out->options->unit == AN_UNIT_DYAD_MONTH ? DYADS("month", "7") : DYADS("day", "10"), err);
}
