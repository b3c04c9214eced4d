/* SPDX-License-Identifier: Apache-2.0 */
/* Finding one's way: words in pages, what there is to choose from, people and places. */
#include "serve/serve.h"

/* ---- Search ------------------------------------------------------------------------------------------------------ */

/* The snippet comes with its hits between two characters that no text has; here they become parts. */
#define HIT_BEGIN '\x01'
#define HIT_END '\x02'

static void put_snippet(an_json_out *out, an_text text) {
  bool hit = false;
  an_json_open(out, "snippet", '[');
  for (uint32_t at = 0; at < text.size;) {
    uint32_t begin = at;
    while (at < text.size && text.at[at] != HIT_BEGIN && text.at[at] != HIT_END) at++;
    if (at > begin) {
      an_json_open(out, NULL, '{');
      an_json_text(out, "text", an_text_slice(text, begin, at));
      an_json_bool(out, "hit", hit);
      an_json_close(out, '}');
    }
    if (at < text.size) hit = text.at[at++] == HIT_BEGIN;
  }
  an_json_close(out, ']');
}

static const char *search_sql(sv_work *work, const char *columns, const char *end, an_buf *sql) {
  sv_filters rest = work->filters;
  rest.match.at = NULL; /* the question itself asks for the words */
  an_buf_clear(sql);
  an_buf_printf(sql, "SELECT %s FROM article JOIN story_page sp ON sp.page = article.rowid JOIN page p ON p.id = article.rowid", columns);
  sv_where(sql, SV_PAGE, &rest);
  an_buf_printf(sql, " AND article MATCH :match%s", end);
  return sql->at;
}

#define BEST " AND rank MATCH 'bm25(4.0, 1.0)' ORDER BY rank LIMIT :limit OFFSET :offset"

void sv_search(sv_work *work) {
  static const char columns[] =
      "sp.page, sp.story, p.title, coalesce(p.outlet, p.domain) AS outlet, sp.day, sp.earliest, sp.latest, "
      "snippet(article, 1, char(1), char(2), '…', 24) AS \"-\"";
  if (work->filters.match.at == NULL) { sv_refuse(work->reply, 400, AN_LIT("q"), "no words to look for", "q=words; \"quotation marks\" hold them together"); return; }
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  if (work->filters.csv) {
    sv_rows_csv(work, "search.csv", search_sql(work, "sp.page, sp.story, p.title, coalesce(p.outlet, p.domain) AS outlet, sp.earliest, sp.latest,"
                                 " snippet(article, 1, '', '', '…', 24) AS snippet", BEST, &sql));
  } else {
    an_json_out out = sv_json(work->reply);
    sqlite3_stmt *statement = sv_ask(work, search_sql(work, columns, BEST, &sql));
    an_json_open(&out, NULL, '{');
    an_json_open(&out, "items", '[');
    while (sv_next(statement)) {
      an_json_open(&out, NULL, '{');
      sv_row_fields(&out, statement);
      put_snippet(&out, sv_column(statement, sqlite3_column_count(statement) - 1));
      an_json_close(&out, '}');
    }
    an_json_close(&out, ']');
    if (sv_done(work, statement)) {
      sv_put_total(work, &out, sv_number(work, search_sql(work, "count(*)", "", &sql), 0));
      if (work->reply->status < 400) an_json_close(&out, '}');
    }
  }
  an_buf_free(&sql);
}

/* ---- People ----------------------------------------------------------------------------------------------------------- */

/* Only named people are there: the record has no name of a private person. */
static const char people_count[] = "SELECT m.name AS name, count(*) AS pages FROM (SELECT DISTINCT m.name, m.page FROM mention m JOIN story_page sp ON sp.page = m.page";
#define PEOPLE_END " AND m.kind = 'person' AND m.name IS NOT NULL) m GROUP BY m.name"

void sv_people(sv_work *work) {
  static const char rows[] =
      "SELECT k.name, (SELECT entity FROM mention m WHERE m.name = k.name AND m.kind = 'person' LIMIT 1) AS entity,"
      " (SELECT country FROM mention m WHERE m.name = k.name AND m.kind = 'person' LIMIT 1) AS country,"
      " (SELECT json_group_array(office) FROM (SELECT DISTINCT office FROM story_party y WHERE y.name = k.name AND office IS NOT NULL ORDER BY 1)) AS \"offices:json\","
      " (SELECT count(*) FROM party y WHERE y.name = k.name AND y.role = 'speaker') AS said,"
      " (SELECT count(*) FROM (SELECT DISTINCT story, event FROM story_party y WHERE y.name = k.name)) AS events, k.pages FROM (";
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, rows);
  an_buf_z(&sql, people_count);
  sv_where(&sql, SV_PERSON, &work->filters);
  an_buf_z(&sql, PEOPLE_END " ORDER BY 2 DESC, 1 LIMIT :limit OFFSET :offset) k ORDER BY k.pages DESC, k.name");
  if (work->filters.csv) {
    sv_rows_csv(work, "people.csv", sql.at);
  } else {
    an_json_out out = sv_json(work->reply);
    an_json_open(&out, NULL, '{');
    sv_rows(work, &out, "items", sql.at);
    an_buf_clear(&sql);
    an_buf_printf(&sql, "SELECT count(*) FROM (%s", people_count);
    sv_where(&sql, SV_PERSON, &work->filters);
    an_buf_z(&sql, PEOPLE_END ")");
    if (work->reply->status < 400) sv_put_total(work, &out, sv_number(work, sql.at, 0));
    if (work->reply->status < 400) an_json_close(&out, '}');
  }
  an_buf_free(&sql);
}

/* ---- Places ----------------------------------------------------------------------------------------------------------- */

#define PLACES_END " AND e.where_name IS NOT NULL GROUP BY coalesce(e.geonames, e.where_name), e.where_country"

void sv_places(sv_work *work) {
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "SELECT e.where_name AS name, e.where_country AS country, e.lat, e.lon, e.geonames, count(*) AS events,"
                 " sum(" SV_FACT " AND e.quad <= 2) AS cooperation, sum(" SV_FACT " AND e.quad >= 3) AS conflict FROM story_event e");
  sv_where(&sql, SV_EVENT, &work->filters);
  an_buf_z(&sql, PLACES_END " ORDER BY events DESC, name, country LIMIT :limit OFFSET :offset");
  if (work->filters.csv) {
    sv_rows_csv(work, "places.csv", sql.at);
  } else {
    an_json_out out = sv_json(work->reply);
    an_json_open(&out, NULL, '{');
    sv_rows(work, &out, "items", sql.at);
    an_buf_clear(&sql);
    an_buf_z(&sql, "SELECT count(*) FROM (SELECT 1 FROM story_event e");
    sv_where(&sql, SV_EVENT, &work->filters);
    an_buf_z(&sql, PLACES_END ")");
    if (work->reply->status < 400) sv_put_total(work, &out, sv_number(work, sql.at, 0));
    if (work->reply->status < 400) an_json_close(&out, '}');
  }
  an_buf_free(&sql);
}

/* ---- Facets --------------------------------------------------------------------------------------------------------- */

/* One question over the events that the filters let through, or over the pages. */
static void facet(sv_work *work, an_json_out *out, const char *key, sv_kind kind, const char *begin, const char *end) {
  an_buf sql;
  if (work->reply->status >= 400) return;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, begin);
  sv_where(&sql, kind, &work->filters);
  an_buf_z(&sql, end);
  sv_rows(work, out, key, sql.at);
  an_buf_free(&sql);
}

/* Countries by code, whoever acts for them; people and bodies by name. An event counts once for an actor. */
static void put_actors(sv_work *work, an_json_out *out) {
#define MOST(what, where) \
  "SELECT * FROM (SELECT " what " AS value, count(*) AS count FROM (SELECT DISTINCT " what ", story, event FROM p WHERE " where ") GROUP BY 1" \
  " ORDER BY 2 DESC, 1 LIMIT 100)"
  facet(work, out, "actors", SV_EVENT,
        "WITH p AS (SELECT y.country, y.name, y.entity, y.story, y.event FROM story_event e JOIN story_party y ON y.story = e.story AND y.event = e.id",
        ") SELECT value, coalesce((SELECT name FROM story_party n WHERE n.entity = value AND n.country = value LIMIT 1), value) AS label, count FROM ("
        MOST("country", "country IS NOT NULL") " UNION ALL " MOST("name", "name IS NOT NULL AND entity IS NOT country") ") ORDER BY count DESC, value");
}

static void put_months(sv_work *work, an_json_out *out) {
  an_buf sql;
  if (work->reply->status >= 400) return;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "SELECT value, sum(events) AS events, sum(pages) AS pages FROM (SELECT substr(e.earliest, 1, 7) AS value, count(*) AS events, 0 AS pages"
                 " FROM story_event e");
  sv_where(&sql, SV_EVENT, &work->filters);
  an_buf_z(&sql, " AND substr(e.earliest, 1, 7) = substr(e.latest, 1, 7) GROUP BY 1"
                 " UNION ALL SELECT substr(sp.earliest, 1, 7), 0, count(*) FROM story_page sp");
  sv_where(&sql, SV_PAGE, &work->filters);
  an_buf_z(&sql, " AND substr(sp.earliest, 1, 7) = substr(sp.latest, 1, 7) GROUP BY 1) GROUP BY value ORDER BY value");
  sv_rows(work, out, "months", sql.at);
  an_buf_free(&sql);
}

void sv_facets(sv_work *work) {
  an_json_out out = sv_json(work->reply);
  an_json_open(&out, NULL, '{');
  facet(work, &out, "types", SV_EVENT, "SELECT e.type AS value, count(*) AS count FROM story_event e", " AND e.type IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1");
  facet(work, &out, "countries", SV_EVENT, "SELECT e.where_country AS value, count(*) AS count FROM story_event e",
        " AND e.where_country IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 300");
  put_actors(work, &out);
  facet(work, &out, "outlets", SV_PAGE, "SELECT coalesce(p.outlet, p.domain) AS value, max(p.domain) AS domain, count(*) AS count"
        " FROM story_page sp JOIN page p ON p.id = sp.page", " AND coalesce(p.outlet, p.domain) IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 300");
  put_months(work, &out);
  if (work->reply->status < 400) an_json_close(&out, '}');
}
