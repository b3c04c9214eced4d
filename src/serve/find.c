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

#define COLUMNS "sp.page, sp.story, p.title, coalesce(p.outlet, p.domain) AS outlet, %ssp.earliest, sp.latest, snippet(article, 1, %s, %s, '…', 24) AS %s"
#define OF_PAGE " CROSS JOIN page p ON p.id = k.page CROSS JOIN article ON article.rowid = k.page WHERE article MATCH :match ORDER BY "
#define BEST "(SELECT key, value AS page FROM json_each(:best)) k CROSS JOIN story_page sp ON sp.page = k.page" OF_PAGE "k.key"
#define NEWEST " ORDER BY coalesce(sp.earliest, sp.latest) DESC, sp.page LIMIT :limit OFFSET :offset) k" \
  " CROSS JOIN story_page sp ON sp.story = k.story AND sp.page = k.page" OF_PAGE "coalesce(sp.earliest, sp.latest) DESC, sp.page"

static bool narrows_beside(const sv_filters *f) {
  return f->since.at != NULL || f->until.at != NULL || f->actor.at != NULL || f->country.at != NULL || f->type.at != NULL || f->outlet.at != NULL ||
         f->story.at != NULL || f->pages.at != NULL;
}

static bool narrows(const sv_filters *f) { return narrows_beside(f) || f->match.at != NULL; }

/* The set of the pages found that pass the other filters as well, and how many they are. */
static int passed(sv_work *work, int64_t *count) {
  sv_found found = {0};
  bool well = sv_find(work, &found);
  *count = found.pages;
  if (!well || !narrows_beside(&work->filters)) return SV_WORDS;
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "SELECT sp.page FROM story_page sp");
  sv_where(work, &sql, SV_PAGE_SCAN);
  *count = sv_hold_pages(work, SV_PASSED, sql.at);
  an_buf_free(&sql);
  return SV_PASSED;
}

/* Best first. A word that more than half of all pages have tells none of them apart (its weight in BM25 is nought): of those the newest come first. */
static const char *search_sql(sv_work *work, bool csv, int64_t *total, an_buf *sql) {
  int which = passed(work, total);
  bool newest = work->session->found.pages > sv_number(work, "SELECT max(id) FROM page", 0) / 2;
  if (!newest && work->reply->status < 400) work->filters.best = sv_best(work, which, *total);
  an_buf_printf(sql, "SELECT " COLUMNS " FROM ", csv ? "" : "sp.day, ", csv ? "''" : "char(1)", csv ? "''" : "char(2)", csv ? "snippet" : "\"-\"");
  if (newest) {
    an_buf_z(sql, "(SELECT sp.story, sp.page FROM story_page sp");
    sv_where(work, sql, SV_PAGE_SCAN);
  }
  an_buf_z(sql, newest ? NEWEST : BEST);
  return sql->at;
}

void sv_search(sv_work *work) {
  if (work->filters.match.at == NULL) { sv_refuse(work->reply, 400, AN_LIT("q"), "no words to look for", "q=words; \"quotation marks\" hold them together"); return; }
  an_buf sql;
  int64_t total = 0;
  an_buf_init(&sql, 1 << 16);
  if (work->filters.csv) {
    sv_rows_csv(work, "search.csv", search_sql(work, true, &total, &sql));
  } else {
    an_json_out out = sv_json(work->reply);
    sqlite3_stmt *statement = sv_ask(work, search_sql(work, false, &total, &sql));
    an_json_open(&out, NULL, '{');
    an_json_open(&out, "items", '[');
    while (sv_next(statement)) {
      an_json_open(&out, NULL, '{');
      sv_row_fields(&out, statement);
      put_snippet(&out, sv_column(statement, sqlite3_column_count(statement) - 1));
      an_json_close(&out, '}');
    }
    an_json_close(&out, ']');
    if (sv_done(work, statement)) sv_put_total(work, &out, total);
    if (work->reply->status < 400) an_json_close(&out, '}');
  }
  an_buf_free(&sql);
}

/* ---- People ----------------------------------------------------------------------------------------------------------- */

#define IS_PERSON "m.kind = 0" /* as the index mention_person has it */
#define NAMED_SO "w.name = k.name COLLATE NOCASE"

#define OF_FEW "SELECT %s FROM story_page sp CROSS JOIN mention_row m ON m.id >= sp.page << 20 AND m.id < (sp.page + 1) << 20 CROSS JOIN who w ON w.id = m.who" \
  " WHERE told(2, sp.page) AND " IS_PERSON " AND w.name IS NOT NULL"
/* A name that several rows of `who` have is counted again: they may be on the same pages. */
#define OF_MANY "SELECT min(w.name) AS name, CASE count(*) WHEN 1 THEN sum(c.pages) ELSE (SELECT count(DISTINCT m.id >> 20) FROM who v CROSS JOIN mention_row m" \
  " ON m.who = v.id WHERE v.name = w.name COLLATE NOCASE AND " IS_PERSON "%s) END AS pages FROM (SELECT m.who, count(DISTINCT m.id >> 20) AS pages" \
  " FROM mention_row m WHERE " IS_PERSON "%s GROUP BY m.who) c CROSS JOIN who w ON w.id = c.who WHERE w.name IS NOT NULL"
#define COUNT_MANY "SELECT count(DISTINCT w.name COLLATE NOCASE) FROM who w WHERE w.name IS NOT NULL" \
  " AND EXISTS (SELECT 1 FROM mention_row m WHERE m.who = w.id AND " IS_PERSON "%s)"

/* People and the pages that they are on; or how many people there are. Where the filters let many pages through, the index of all
   mentions of people is walked by who is meant; else the mentions of those pages. Only named people are there: the record has no name
   of a private person. */
static void people_sql(sv_work *work, an_buf *people, an_buf *count) {
  const char *let = "";
  bool few = false;
  if (narrows(&work->filters)) {
    an_buf_z(people, "SELECT sp.page FROM story_page sp");
    sv_where(work, people, SV_PAGE_SCAN);
    few = !sv_is_many(work, sv_hold_pages(work, SV_PASSED, people->at));
    an_buf_clear(people);
    let = " AND told(2, m.id >> 20)";
  }
  if (few) {
    an_buf_printf(people, OF_FEW, "min(w.name) AS name, count(DISTINCT m.id >> 20) AS pages");
    an_buf_printf(count, OF_FEW, "count(DISTINCT w.name COLLATE NOCASE)");
  } else {
    an_buf_printf(people, OF_MANY, let, let);
    an_buf_printf(count, COUNT_MANY, let);
  }
}

void sv_people(sv_work *work) {
  static const char rows[] =
      "SELECT k.name, (SELECT entity FROM who w CROSS JOIN mention_row m ON m.who = w.id WHERE " NAMED_SO " AND " IS_PERSON " LIMIT 1) AS entity,"
      " (SELECT country FROM who w CROSS JOIN mention_row m ON m.who = w.id WHERE " NAMED_SO " AND " IS_PERSON " LIMIT 1) AS country,"
      " (SELECT json_group_array(office) FROM (SELECT DISTINCT office FROM story_party y WHERE y.name = k.name COLLATE NOCASE AND office IS NOT NULL ORDER BY 1)) AS \"offices:json\","
      " (SELECT count(*) FROM who w CROSS JOIN party_row y ON y.who = w.id AND y.role = 2 WHERE " NAMED_SO ") AS said,"
      " (SELECT count(*) FROM (SELECT DISTINCT story, event FROM story_party y WHERE y.name = k.name COLLATE NOCASE)) AS events, k.pages FROM (";
  an_buf sql, people, count;
  an_buf_init(&sql, 1 << 16);
  an_buf_init(&people, 1 << 16);
  an_buf_init(&count, 1 << 16);
  an_json_out out = sv_json(work->reply);
  an_json_open(&out, NULL, '{'); /* a refusal begins the body anew, and so does a table */
  people_sql(work, &people, &count);
  an_buf_printf(&sql, "%s%s GROUP BY w.name COLLATE NOCASE ORDER BY 2 DESC, 1 LIMIT :limit OFFSET :offset) k ORDER BY k.pages DESC, k.name", rows, people.at);
  if (work->filters.csv) {
    sv_rows_csv(work, "people.csv", sql.at);
  } else {
    sv_rows(work, &out, "items", sql.at);
    if (work->reply->status < 400) sv_put_total(work, &out, sv_number(work, count.at, 0));
    if (work->reply->status < 400) an_json_close(&out, '}');
  }
  an_buf_free(&sql);
  an_buf_free(&people);
  an_buf_free(&count);
}

/* ---- Places ----------------------------------------------------------------------------------------------------------- */

#define PLACES_END " AND e.where_name IS NOT NULL GROUP BY coalesce(e.geonames, e.where_name), e.where_country"

void sv_places(sv_work *work) {
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "SELECT e.where_name AS name, e.where_country AS country, e.lat, e.lon, e.geonames, count(*) AS events,"
                 " sum(" SV_FACT " AND e.quad <= 2) AS cooperation, sum(" SV_FACT " AND e.quad >= 3) AS conflict FROM story_event e");
  sv_where(work, &sql, SV_EVENT);
  an_buf_z(&sql, PLACES_END " ORDER BY events DESC, name, country LIMIT :limit OFFSET :offset");
  if (work->filters.csv) {
    sv_rows_csv(work, "places.csv", sql.at);
  } else {
    an_json_out out = sv_json(work->reply);
    an_json_open(&out, NULL, '{');
    sv_rows(work, &out, "items", sql.at);
    an_buf_clear(&sql);
    an_buf_z(&sql, "SELECT count(*) FROM (SELECT 1 FROM story_event e");
    sv_where(work, &sql, SV_EVENT);
    an_buf_z(&sql, PLACES_END ")");
    if (work->reply->status < 400) sv_put_total(work, &out, sv_number(work, sql.at, 0));
    if (work->reply->status < 400) an_json_close(&out, '}');
  }
  an_buf_free(&sql);
}
