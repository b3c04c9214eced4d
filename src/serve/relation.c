/* SPDX-License-Identifier: Apache-2.0 */
/* Two actors, or one, over time; and the network of all of them. */
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

/* Events by month beside how much was read of that month at all: without that every trend is a change of sources. */
#define MONTHS_END " AND e.earliest IS NOT NULL AND substr(e.earliest, 1, 7) = substr(e.latest, 1, 7)) SELECT f.month, f.cooperation, f.conflict, f.events, f.pages," \
  " (SELECT count(*) FROM story_page sp WHERE coalesce(sp.earliest, sp.latest) BETWEEN f.month || '-01' AND f.month || '-31') AS coverage" \
  " FROM (SELECT month, sum(fact AND quad <= 2) AS cooperation, sum(fact AND quad >= 3) AS conflict, count(*) AS events, sum(pages) AS pages" \
  " FROM x GROUP BY 1) f ORDER BY 1"

static void put_months(sv_work *work, an_json_out *out) {
  an_buf sql;
  if (work->reply->status >= 400) return;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "WITH x AS (SELECT substr(e.earliest, 1, 7) AS month, (" SV_FACT ") AS fact, e.quad, e.pages FROM story_event e");
  sv_where(&sql, SV_EVENT, &work->filters);
  an_buf_z(&sql, MONTHS_END);
  sv_rows(work, out, "months", sql.at);
  an_buf_free(&sql);
}

static int64_t count_events(sv_work *work) {
  an_buf sql;
  if (work->reply->status >= 400) return 0;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "SELECT count(*) FROM story_event e");
  sv_where(&sql, SV_EVENT, &work->filters);
  int64_t total = sv_number(work, sql.at, 0);
  an_buf_free(&sql);
  return total;
}

void sv_relation(sv_work *work) {
  static const char offices[] =
      "SELECT y.name, y.office, min(e.earliest) AS since, max(e.latest) AS until FROM (SELECT * FROM story_party WHERE country = :a UNION ALL"
      " SELECT * FROM story_party WHERE country = :b UNION ALL SELECT * FROM story_party WHERE name IN (:a, :b) COLLATE NOCASE) y"
      " CROSS JOIN story_event e ON e.story = y.story AND e.id = y.event WHERE y.name IS NOT NULL AND y.office IS NOT NULL"
      " AND e.earliest = e.latest GROUP BY 1, 2 ORDER BY 3, 1, 2 LIMIT 500";
  bool both = work->filters.b.at != NULL;
  if (work->filters.a.at == NULL) { sv_refuse(work->reply, 400, AN_LIT("a"), "no actor", "a=IRN, or a=IRN&b=RUS: a country's code, an entity or a name"); return; }
  an_json_out out = sv_json(work->reply);
  an_json_open(&out, NULL, '{');
  put_actor(work, &out, "a", work->filters.a);
  if (both) put_actor(work, &out, "b", work->filters.b);
  else an_json_null(&out, "b");
  int64_t limit = work->filters.limit, events = sv_put_events(work, &out, "events");
  int64_t said = sv_put_statements(work, &out, "statements");
  put_months(work, &out);
  if (work->reply->status < 400) sv_rows(work, &out, "offices", offices);
  int64_t total = count_events(work);
  if (work->reply->status < 400) an_json_int(&out, "total", total);
  if (work->reply->status < 400) sv_put_next(work, &out, events == limit || said == limit);
  if (work->reply->status < 400) an_json_close(&out, '}');
}

/* ---- The network --------------------------------------------------------------------------------------------------------- */

static void put_xml(an_buf *body, an_text text) {
  for (uint32_t at = 0; at < text.size;) {
    uint32_t begin = at, code = an_utf8_next(text, &at);
    if (code == '<' || code == '>' || code == '&' || code == '"' || code == '\'') an_buf_printf(body, "&#%u;", (unsigned)code);
    else if (code >= 0x20 && code != 0xfffe && code != 0xffff && !(code == 0xfffd && at == begin + 1)) an_buf_add(body, text.at + begin, at - begin);
    else an_buf_z(body, "\xef\xbf\xbd");
  }
}

static const char network[] =
    "WITH pair AS (SELECT DISTINCT e.story, e.id, coalesce(a.country, a.name) AS source, coalesce(b.country, b.name) AS target, e.quad, e.score"
    " FROM story_event e CROSS JOIN story_party a ON a.story = e.story AND a.event = e.id AND a.role = 'actor'"
    " CROSS JOIN story_party b ON b.story = e.story AND b.event = e.id AND (b.role = 'recipient' OR (e.mutual AND b.role = 'actor' AND b.place > a.place))";
static const char network_end[] =
    " AND " SV_FACT ") SELECT source, target, count(*), sum(quad <= 2), sum(quad >= 3), round(sum(score), 1) FROM pair"
    " WHERE source IS NOT NULL AND target IS NOT NULL AND source <> target GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 5000";

/* Nodes are named by what they are called: an id is a name, and each is told once. */
static void put_nodes(an_buf *body, an_arena *arena, sqlite3_stmt *statement) {
  an_map seen = {0};
  an_buf_z(body, "    <nodes>\n");
  while (sv_next(statement)) {
    for (int side = 0; side < 2; side++) {
      an_text name = sv_column(statement, side);
      uint32_t *place = an_map_put(arena, &seen, an_hash64(name.at, name.size) | 1, 0);
      if (place == NULL || *place == 1) continue;
      *place = 1;
      an_buf_z(body, "      <node id=\"");
      put_xml(body, name);
      an_buf_z(body, "\" label=\"");
      put_xml(body, name);
      an_buf_z(body, "\"/>\n");
    }
  }
  an_buf_z(body, "    </nodes>\n");
  sqlite3_reset(statement);
}

static void put_edges(an_buf *body, sqlite3_stmt *statement) {
  an_buf_z(body, "    <edges>\n");
  while (sv_next(statement)) {
    an_buf_z(body, "      <edge source=\"");
    put_xml(body, sv_column(statement, 0));
    an_buf_z(body, "\" target=\"");
    put_xml(body, sv_column(statement, 1));
    an_buf_printf(body, "\" weight=\"%lld\"><attvalues>", (long long)sqlite3_column_int64(statement, 2));
    for (int i = 0; i < 3; i++) {
      an_buf_printf(body, "<attvalue for=\"%d\" value=\"", i);
      put_xml(body, sv_column(statement, 3 + i));
      an_buf_z(body, "\"/>");
    }
    an_buf_z(body, "</attvalues></edge>\n");
  }
  an_buf_z(body, "    </edges>\n");
}

void sv_network(sv_work *work) {
  an_buf sql, *body = &work->reply->body;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, network);
  sv_where(&sql, SV_EVENT, &work->filters);
  an_buf_z(&sql, network_end);
  sqlite3_stmt *statement = sv_ask(work, sql.at);
  an_buf_free(&sql);
  if (statement == NULL) return;
  an_buf_z(body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
                 "  <meta><creator>annals " ANNALS_VERSION "</creator><description>Who acted towards whom: events that took place</description></meta>\n"
                 "  <graph defaultedgetype=\"directed\">\n    <attributes class=\"edge\"><attribute id=\"0\" title=\"cooperation\" type=\"integer\"/>"
                 "<attribute id=\"1\" title=\"conflict\" type=\"integer\"/><attribute id=\"2\" title=\"score\" type=\"double\"/></attributes>\n");
  put_nodes(body, work->request->arena, statement);
  put_edges(body, statement);
  an_buf_z(body, "  </graph>\n</gexf>\n");
  work->reply->type = "application/gexf+xml; charset=utf-8";
  work->reply->name = "network.gexf";
  sv_done(work, statement);
}
