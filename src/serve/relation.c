/* SPDX-License-Identifier: Apache-2.0 */
/* Two actors, or one, over time. */
#include "serve/serve.h"

/* ---- A relation ---------------------------------------------------------------------------------------------------- */

/* The actor as the record knows it: {name, country, entity}. */
static void put_actor(sv_work *work, an_json_out *out, const char *key, an_text actor) {
  sv_work one = *work;
  one.filters.actor = actor;
  sqlite3_stmt *statement = sv_ask(&one, "SELECT name, country, entity FROM story_party WHERE entity = :actor OR name = :actor COLLATE NOCASE LIMIT 1");
  an_json_open(out, key, '{');
  if (sv_next(statement)) {
    sv_row_fields(out, statement);
  } else {
    an_json_text(out, "name", actor);
    an_json_null(out, "country");
    an_json_null(out, "entity");
  }
  an_json_close(out, '}');
  sv_done(work, statement);
}

/* Events by month beside how much was read of that month at all: without that every trend is a change of sources. Those of no one
   month are a row of their own, so that one walk through the events counts all of them. */
#define MONTHS_END ") SELECT f.events AS \"-\", f.month, f.cooperation, f.conflict, f.events, f.pages," \
  " (SELECT count(*) FROM story_page sp WHERE coalesce(sp.earliest, sp.latest) BETWEEN f.month || '-01' AND f.month || '-31') AS coverage" \
  " FROM (SELECT month, sum(fact AND quad <= 2) AS cooperation, sum(fact AND quad >= 3) AS conflict, count(*) AS events, sum(pages) AS pages" \
  " FROM x GROUP BY 1) f ORDER BY f.month"

/* How many events there are in all. */
static int64_t put_months(sv_work *work, an_json_out *out) {
  an_buf sql;
  int64_t total = 0;
  if (work->reply->status >= 400) return 0;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "WITH x AS (SELECT CASE WHEN substr(e.earliest, 1, 7) = substr(e.latest, 1, 7) THEN substr(e.earliest, 1, 7) END AS month,"
                 " (" SV_FACT ") AS fact, e.quad, e.pages FROM story_event e");
  sv_where(work, &sql, SV_EVENT);
  an_buf_z(&sql, MONTHS_END);
  sqlite3_stmt *row = sv_ask(work, sql.at);
  an_buf_free(&sql);
  an_json_open(out, "months", '[');
  while (sv_next(row)) {
    total += sqlite3_column_int64(row, 0);
    if (sqlite3_column_type(row, 1) == SQLITE_NULL) continue;
    an_json_open(out, NULL, '{');
    sv_row_fields(out, row);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
  return sv_done(work, row) ? total : 0;
}

/* What others say of the actor. */
static int64_t put_about(sv_work *work, an_json_out *out) {
  sv_work one = *work;
  one.filters.about = work->filters.a;
  one.filters.about_many = sv_held_count(work, SV_A) > 0; /* of so many events that the newest words of him are soon found */
  one.filters.a = (an_text){NULL, 0};
  return sv_put_statements(&one, out, "about");
}

void sv_relation(sv_work *work) {
  static const char offices[] = /* of each row of who first: few are named many times */
      "SELECT name, office, min(since) AS since, max(until) AS until FROM (SELECT w.name, w.office, min(e.earliest) AS since, max(e.latest) AS until"
      " FROM who w CROSS JOIN story_party_row y ON y.who = w.id CROSS JOIN story_event e ON e.story = y.story AND e.id = y.event"
      " WHERE w.id IN (SELECT id FROM who WHERE country = :a UNION SELECT id FROM who WHERE country = :b UNION SELECT id FROM who WHERE name IN (:a, :b)"
      " COLLATE NOCASE) AND w.name IS NOT NULL AND w.office IS NOT NULL AND e.earliest = e.latest GROUP BY w.id) GROUP BY 1, 2 ORDER BY 3, 1, 2 LIMIT 500";
  bool both = work->filters.b.at != NULL;
  if (work->filters.a.at == NULL) { sv_refuse(work->reply, 400, AN_LIT("a"), "no actor", "a=IRN, or a=IRN&b=RUS: a country's code, an entity or a name"); return; }
  an_json_out out = sv_json(work->reply);
  an_json_open(&out, NULL, '{');
  put_actor(work, &out, "a", work->filters.a);
  if (both) put_actor(work, &out, "b", work->filters.b);
  else an_json_null(&out, "b");
  int64_t limit = work->filters.limit, events = sv_put_events(work, &out, "events");
  int64_t said = sv_put_statements(work, &out, "statements");
  int64_t about = both ? 0 : put_about(work, &out);
  int64_t total = put_months(work, &out);
  if (work->reply->status < 400) sv_rows(work, &out, "offices", offices);
  if (work->reply->status < 400) an_json_int(&out, "total", total);
  if (work->reply->status < 400) sv_put_next(work, &out, events == limit || said == limit || about == limit);
  if (work->reply->status < 400) an_json_close(&out, '}');
}
