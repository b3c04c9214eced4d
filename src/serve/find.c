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

static bool narrows(const sv_filters *f) {
  return f->since.at != NULL || f->until.at != NULL || f->actor.at != NULL || f->country.at != NULL || f->type.at != NULL || f->outlet.at != NULL ||
         f->story.at != NULL || f->match.at != NULL;
}

/* ---- People ----------------------------------------------------------------------------------------------------------- */

#define IS_PERSON "m.kind = 0" /* as the index mention_person has it */
#define NAMED_SO "w.name = k.name COLLATE NOCASE"

/* Only named people are there: the record has no name of a private person. */
static void people_sql(an_buf *sql, const sv_filters *filters) {
  an_buf_z(sql, "SELECT min(w.name) AS name, count(DISTINCT m.page) AS pages FROM ");
  if (narrows(filters)) {
    an_buf_z(sql, "story_page sp CROSS JOIN mention_row m ON m.page = sp.page CROSS JOIN who w ON w.id = m.who");
    sv_where(sql, SV_PERSON, filters);
  } else {
    an_buf_z(sql, "who w CROSS JOIN mention_row m ON m.who = w.id WHERE 1");
  }
  an_buf_z(sql, " AND " IS_PERSON " AND w.name IS NOT NULL GROUP BY w.name COLLATE NOCASE");
}

void sv_people(sv_work *work) {
  static const char rows[] =
      "SELECT k.name, (SELECT entity FROM who w CROSS JOIN mention_row m ON m.who = w.id WHERE " NAMED_SO " AND " IS_PERSON " LIMIT 1) AS entity,"
      " (SELECT country FROM who w CROSS JOIN mention_row m ON m.who = w.id WHERE " NAMED_SO " AND " IS_PERSON " LIMIT 1) AS country,"
      " (SELECT json_group_array(office) FROM (SELECT DISTINCT office FROM story_party y WHERE y.name = k.name COLLATE NOCASE AND office IS NOT NULL ORDER BY 1)) AS \"offices:json\","
      " (SELECT count(*) FROM who w CROSS JOIN party_row y ON y.who = w.id AND y.role = 2 WHERE " NAMED_SO ") AS said,"
      " (SELECT count(*) FROM (SELECT DISTINCT story, event FROM story_party y WHERE y.name = k.name COLLATE NOCASE)) AS events, k.pages FROM (";
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, rows);
  people_sql(&sql, &work->filters);
  an_buf_z(&sql, " ORDER BY 2 DESC, 1 LIMIT :limit OFFSET :offset) k ORDER BY k.pages DESC, k.name");
  if (work->filters.csv) {
    sv_rows_csv(work, "people.csv", sql.at);
  } else {
    an_json_out out = sv_json(work->reply);
    an_json_open(&out, NULL, '{');
    sv_rows(work, &out, "items", sql.at);
    an_buf_clear(&sql);
    an_buf_z(&sql, "SELECT count(*) FROM (");
    people_sql(&sql, &work->filters);
    an_buf_z(&sql, ")");
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

/* One question for all of them: the events and pages that the filters let through are looked for once. Rows: which facet, value,
   label, count, pages. Actors are countries by code, whoever acts for them, and people and bodies by name; an event counts once for
   an actor. */
#define MOST(what, where) \
  "SELECT 'actors', " what " AS value, NULL AS label, count(*) AS count, NULL FROM (SELECT DISTINCT " what ", story, event FROM pt WHERE " where ")" \
  " GROUP BY 2 ORDER BY count DESC, value LIMIT 100"
#define COUNTED(facet, what, where) \
  "SELECT '" facet "', " what " AS value, NULL, count(*) AS count, NULL FROM ev WHERE " where " GROUP BY " what " ORDER BY count DESC, value LIMIT 300"
static const char facets_end[] =
    " SELECT * FROM (" COUNTED("types", "type", "type IS NOT NULL") ")"
    " UNION ALL SELECT * FROM (" COUNTED("countries", "where_country", "where_country IS NOT NULL") ")"
    " UNION ALL SELECT 'actors', value, coalesce((SELECT name FROM story_party n WHERE n.entity = value AND n.country = value LIMIT 1), value), count, NULL"
    "  FROM (SELECT * FROM (SELECT * FROM (" MOST("country", "country IS NOT NULL") ") UNION ALL SELECT * FROM ("
    MOST("name COLLATE NOCASE", "name IS NOT NULL AND entity IS NOT country") ")) ORDER BY count DESC, value)"
    " UNION ALL SELECT * FROM (SELECT 'outlets', coalesce(p.outlet, p.domain) AS value, max(p.domain), count(*) AS count, NULL FROM pg"
    "  CROSS JOIN page p ON p.id = pg.page WHERE coalesce(p.outlet, p.domain) IS NOT NULL GROUP BY 2 ORDER BY count DESC, value LIMIT 300)"
    " UNION ALL SELECT * FROM (SELECT 'months', value, NULL, sum(events), sum(pages) FROM ("
    "  SELECT substr(earliest, 1, 7) AS value, count(*) AS events, 0 AS pages FROM ev WHERE substr(earliest, 1, 7) = substr(latest, 1, 7) GROUP BY 1"
    "  UNION ALL SELECT substr(earliest, 1, 7), 0, count(*) FROM pg WHERE substr(earliest, 1, 7) = substr(latest, 1, 7) GROUP BY 1) GROUP BY value ORDER BY value)";

static void facets_sql(sv_work *work, an_buf *sql) {
  bool all = !narrows(&work->filters);
  const char *kept = all ? " NOT MATERIALIZED" : " MATERIALIZED"; /* all events: their index is as good */
  an_buf_printf(sql, "WITH ev AS%s (SELECT e.story, e.id, e.type, e.where_country, e.earliest, e.latest FROM story_event e", kept);
  sv_where(sql, SV_EVENT, &work->filters);
  an_buf_printf(sql, "), pg AS%s (SELECT sp.page, sp.earliest, sp.latest FROM story_page sp", kept);
  sv_where(sql, SV_PAGE, &work->filters);
  an_buf_z(sql, all ? "), pt AS NOT MATERIALIZED (SELECT story, event, name, entity, country FROM story_party)"
                    : "), pt AS MATERIALIZED (SELECT y.story, y.event, y.name, y.entity, y.country FROM ev CROSS JOIN story_party y ON y.story = ev.story AND y.event = ev.id)");
  an_buf_z(sql, facets_end);
}

static void put_facet_row(an_json_out *out, sqlite3_stmt *row, an_text facet) {
  bool month = an_text_is(facet, "months");
  an_json_open(out, NULL, '{');
  an_json_text(out, "value", sv_column(row, 1));
  if (an_text_is(facet, "actors")) an_json_text(out, "label", sv_column(row, 2));
  if (an_text_is(facet, "outlets")) an_json_text(out, "domain", sv_column(row, 2));
  an_json_int(out, month ? "events" : "count", sqlite3_column_int64(row, 3));
  if (month) an_json_int(out, "pages", sqlite3_column_int64(row, 4));
  an_json_close(out, '}');
}

void sv_facets(sv_work *work) {
  static const char *const names[] = {"types", "countries", "actors", "outlets", "months"}; /* in the order of the rows */
  an_json_out out = sv_json(work->reply);
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  facets_sql(work, &sql);
  sqlite3_stmt *row = sv_ask(work, sql.at);
  an_buf_free(&sql);
  bool more = sv_next(row);
  an_json_open(&out, NULL, '{');
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    an_json_open(&out, names[i], '[');
    for (; more && an_text_is(sv_column(row, 0), names[i]); more = sv_next(row)) put_facet_row(&out, row, sv_column(row, 0));
    an_json_close(&out, ']');
  }
  if (sv_done(work, row)) an_json_close(&out, '}');
}
