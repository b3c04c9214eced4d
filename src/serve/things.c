/* SPDX-License-Identifier: Apache-2.0 */
/* One thing: the record, a story. */
#include "serve/serve.h"

#include <stdio.h>
#include <string.h>

/* ---- The record ------------------------------------------------------------------------------------------------ */

void sv_record(sv_work *work) {
  static const char all[] =
      "SELECT (SELECT value FROM meta WHERE key = 'stamp') AS stamp, (SELECT count(*) FROM story_page) AS pages, (SELECT count(*) FROM story) AS stories,"
      " (SELECT count(*) FROM story_event) AS events, (SELECT count(*) FROM statement WHERE repeats IS NULL) AS statements,"
      " (SELECT count(DISTINCT coalesce(outlet, domain)) FROM page) AS outlets,"
      " (SELECT min(earliest) FROM story_page WHERE day IS NOT NULL) AS earliest, (SELECT max(latest) FROM story_page WHERE day IS NOT NULL) AS latest,"
      " coalesce((SELECT value FROM meta WHERE key = 'private_names'), '0') = '1' AS \"private_names:bool\","
      " coalesce((SELECT value FROM meta WHERE key = 'unfinished'), '0') = '1' AS \"unfinished:bool\","
      " (SELECT max(id) FROM generation) AS generation";
  static const char languages[] = "SELECT language, count(*) FROM page GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50";
  an_json_out out = sv_json(work->reply);
  an_json_open(&out, NULL, '{');
  an_json_z(&out, "annals", ANNALS_VERSION);
  sqlite3_stmt *statement = sv_ask(work, all);
  if (sv_next(statement)) sv_row_fields(&out, statement);
  if (!sv_done(work, statement)) return;
  sv_rows(work, &out, "made", "SELECT id AS run, started, ended, annals FROM run ORDER BY id");
  statement = sv_ask(work, languages);
  an_json_open(&out, "languages", '{');
  while (sv_next(statement)) {
    an_text language = sv_column(statement, 0);
    char key[16];
    snprintf(key, sizeof key, "%.*s", (int)language.size, language.at == NULL ? "" : language.at);
    if (language.at == NULL || !an_utf8_valid((const uint8_t *)key, strlen(key)) || strpbrk(key, "\"\\") != NULL) snprintf(key, sizeof key, "unknown");
    an_json_int(&out, key, sqlite3_column_int64(statement, 1));
  }
  an_json_close(&out, '}');
  if (!sv_done(work, statement)) return;
  an_json_close(&out, '}');
}

/* ---- A story ------------------------------------------------------------------------------------------------------ */

/* A story that is no more is what became of it, if that is one story. */
static bool find_story(sv_work *work, an_text id) {
  work->filters.story = id;
  if (sv_number(work, "SELECT 1 FROM story WHERE id = :story", 0) == 1) return true;
  if (work->reply->status >= 400) return false;
  int64_t count = sv_number(work, "SELECT count(*) FROM story_was JOIN story ON story.id = became WHERE was = :story", 0);
  if (work->reply->status >= 400) return false;
  if (count == 0) return sv_refuse(work->reply, 404, id, "no such story", "/api/stories lists them");
  if (count > 1) return sv_refuse(work->reply, 404, id, "this story has become several", "/api/stories lists them");
  sqlite3_stmt *statement = sv_ask(work, "SELECT became FROM story_was JOIN story ON story.id = became WHERE was = :story");
  an_text became = sv_next(statement) ? sv_column(statement, 0) : (an_text){NULL, 0};
  work->filters.story = an_arena_copy(work->request->arena, became.at, became.size);
  return sv_done(work, statement) && work->filters.story.at != NULL;
}

/* What the page shows of a story besides, where its pages are not too many for one answer: events, statements, and the texts. */
static bool put_all(sv_work *work, an_json_out *out) {
  int64_t pages[SV_TEXTS];
  uint32_t count = 0;
  _Static_assert(SV_TEXTS == 8, "the limit below is one more: whether there are others");
  sqlite3_stmt *statement = sv_ask(work, "SELECT page FROM story_page WHERE story = :story ORDER BY page LIMIT 9");
  while (sv_next(statement)) {
    if (count < SV_TEXTS) pages[count] = sqlite3_column_int64(statement, 0);
    count++;
  }
  if (!sv_done(work, statement)) return false;
  if (count > SV_TEXTS) return true;
  work->filters.limit = SV_LIMIT;
  sv_put_events(work, out, "events");
  if (work->reply->status < 400) sv_put_statements(work, out, "statements");
  if (work->reply->status < 400) sv_put_texts(work, out, pages, count);
  return work->reply->status < 400;
}

/* The rows of the comparison, a value a line. */
static void put_comparisons_csv(sv_work *work) {
  sv_rows_csv(work, "comparisons.csv",
              "SELECT v.story, v.comparison, c.kind, c.about, c.verdict, c.why, v.position, v.position_says AS says, v.text, v.according_to,"
              " coalesce(p.outlet, p.domain) AS outlet, v.page, p.path, v.begin, v.end, v.relation, v.value FROM compared_value v"
              " JOIN comparison c ON c.story = v.story AND c.id = v.comparison JOIN page p ON p.id = v.page WHERE v.story = :story ORDER BY c.place, v.position, v.place");
}

void sv_story(sv_work *work, an_text id) {
  static const char pages[] =
      "SELECT p.id, p.sha256, p.title, p.outlet, p.domain, CASE WHEN p.url LIKE 'http://%' OR p.url LIKE 'https://%' THEN p.url END AS url, p.path,"
      " sp.day, sp.earliest, sp.latest, sp.basis, r.evidence AS \"evidence:json\", sp.copy_of, sp.version_of, sp.most_like, sp.shares, p.words"
      " FROM story_page sp JOIN page p ON p.id = sp.page LEFT JOIN"
      " (SELECT value->>'sha256' AS sha256, coalesce(value->>'url', '') AS url, value->'$.published.evidence' AS evidence"
      "  FROM json_each((SELECT CASE WHEN json_valid(json) THEN json ELSE '{}' END FROM (SELECT annals_story(json) AS json FROM story WHERE id = :story)), '$.readings') WHERE type = 'object') r"
      " ON r.sha256 = p.sha256 AND r.url = p.url WHERE sp.story = :story ORDER BY coalesce(sp.earliest, sp.latest, '9999'), p.id";
  if (!find_story(work, id)) return;
  if (an_text_is(sv_param_get(work->request, "format"), "csv")) { put_comparisons_csv(work); return; }
  an_json_out out = sv_json(work->reply);
  an_json_open(&out, NULL, '{');
  sqlite3_stmt *statement = sv_ask(work, "SELECT CASE WHEN json_valid(json) THEN json END AS \"story:json\" FROM (SELECT annals_story(json) AS json FROM story WHERE id = :story)");
  if (sv_next(statement)) sv_row_fields(&out, statement);
  if (!sv_done(work, statement)) return;
  sv_rows(work, &out, "pages", pages);
  if (work->reply->status >= 400) return;
  statement = sv_ask(work, "SELECT was FROM story_was WHERE became = :story ORDER BY was LIMIT 100");
  an_json_open(&out, "was", '[');
  while (sv_next(statement)) an_json_text(&out, NULL, sv_column(statement, 0));
  an_json_close(&out, ']');
  if (!sv_done(work, statement)) return;
  if (an_text_is(sv_param_get(work->request, "texts"), "1") && !put_all(work, &out)) return;
  an_json_close(&out, '}');
}
