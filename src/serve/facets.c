/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to choose from under the filters. Two questions, each read once from its first row to its last and counted here:
   SQLite would sort the long keys of stories and events for each count. */
#include "serve/serve.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 300, MOST_ACTORS = 100 };

/* A row of `who`, looked up once: where its country and its name are counted. */
typedef struct cast { uint32_t nation, name; } cast;
typedef struct facets {
  an_arena *arena; sv_tally types, countries, nations, names, outlets, months;
  an_map at; AN_LIST(cast) casts;        /* by the id of `who` */
  int64_t event;                         /* the one that is counted, from 1 */
  bool full;
} facets;

/* The count of a value; NULL: none is known, or no memory. */
static sv_count *count_of(facets *f, sv_tally *tally, an_text value) {
  if (value.at == NULL) return NULL;
  sv_count *count = sv_tally_count(tally, sv_tally_at(f->arena, tally, value));
  f->full |= count == NULL;
  return count;
}

static void add(facets *f, sv_tally *tally, an_text value) {
  sv_count *count = count_of(f, tally, value);
  if (count != NULL) count->count++;
}

/* The month that both days are of. */
static sv_count *month_of(facets *f, an_text earliest, an_text latest) {
  if (earliest.size < 7 || latest.size < 7 || memcmp(earliest.at, latest.at, 7) != 0) return NULL;
  return count_of(f, &f->months, an_text_slice(earliest, 0, 7));
}

/* ---- Events and who is in them ---------------------------------------------------------------------------------------- */

/* Who acts for a country counts for it; a country by its own name is no name beside it. */
static cast cast_of(facets *f, an_text country, an_text entity, an_text name) {
  bool nation = country.at != NULL && an_text_equal(entity, country);
  cast found = {AN_NONE, AN_NONE};
  if (country.at != NULL) {
    found.nation = sv_tally_at(f->arena, &f->nations, country);
    sv_count *count = sv_tally_count(&f->nations, found.nation);
    if (count != NULL && nation && count->label.at == NULL && name.at != NULL) count->label = an_arena_copy(f->arena, name.at, name.size);
    f->full |= count == NULL;
  }
  if (name.at != NULL && !nation) {
    found.name = sv_tally_at(f->arena, &f->names, name);
    f->full |= found.name == AN_NONE;
  }
  return found;
}

static const cast *cast_at(facets *f, sqlite3_stmt *who, int64_t id) {
  uint32_t *place = an_map_put(f->arena, &f->at, (uint64_t)id << 1 | 1, AN_NONE);
  if (place != NULL && *place != AN_NONE) return &f->casts.at[*place];
  cast *fresh = place != NULL ? AN_PUSH(f->arena, &f->casts) : NULL;
  if (fresh == NULL) {
    f->full = true;
    return NULL;
  }
  *place = f->casts.count - 1;
  *fresh = (cast){AN_NONE, AN_NONE};
  sqlite3_bind_int64(who, 1, id);
  if (sv_next(who)) *fresh = cast_of(f, sv_column(who, 0), sv_column(who, 1), sv_column(who, 2));
  sqlite3_reset(who);
  return fresh;
}

/* An event counts once for a country and for a name, however many of its parties have it. */
static void count_once(facets *f, sv_tally *tally, uint32_t at) {
  sv_count *count = sv_tally_count(tally, at);
  if (count == NULL || count->last == f->event) return;
  count->last = f->event;
  count->count++;
}

/* The rows of an event follow each other. */
static bool count_events(sv_work *work, facets *f) {
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "SELECT e.story, e.place, e.type, e.where_country, e.earliest, e.latest, y.who FROM story_event e"
                 " LEFT JOIN story_party_row y ON y.story = e.story AND y.event = e.id");
  sv_where(work, &sql, SV_EVENT);
  sqlite3_stmt *row = sv_ask(work, sql.at), *who = row != NULL ? sv_ask(work, "SELECT country, entity, name FROM who WHERE id = ?1") : NULL;
  an_buf_free(&sql);
  sv_event_seen seen = {.place = -1};
  while (who != NULL && sv_next(row)) {
    if (sv_is_other_event(&seen, row)) {
      f->event++;
      add(f, &f->types, sv_column(row, 2));
      add(f, &f->countries, sv_column(row, 3));
      sv_count *month = month_of(f, sv_column(row, 4), sv_column(row, 5));
      if (month != NULL) month->count++;
    }
    const cast *one = sqlite3_column_type(row, 6) == SQLITE_NULL ? NULL : cast_at(f, who, sqlite3_column_int64(row, 6));
    if (one == NULL) continue;
    count_once(f, &f->nations, one->nation);
    count_once(f, &f->names, one->name);
  }
  bool well = sv_done(work, row);
  return sv_done(work, who) && well;
}

/* ---- Pages ---------------------------------------------------------------------------------------------------------------- */

/* Months are with the stories' pages, outlets with the pages themselves: each is told by an index, in its order. */
static bool count_pages(sv_work *work, facets *f) {
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "SELECT sp.page, sp.earliest, sp.latest FROM story_page sp");
  sv_where(work, &sql, SV_PAGE_SCAN);
  sqlite3_stmt *row = sv_ask(work, sql.at);
  while (sv_next(row)) {
    sv_count *month = month_of(f, sv_column(row, 1), sv_column(row, 2));
    if (month != NULL) month->pages++;
  }
  bool well = sv_done(work, row);
  if (well) sv_hold_pages(work, SV_PASSED, sql.at);
  an_buf_free(&sql);
  row = sv_ask(work, "SELECT coalesce(outlet, domain), domain, count(*) FROM page WHERE told(2, id) GROUP BY outlet, domain");
  while (sv_next(row)) {
    an_text domain = sv_column(row, 1);
    sv_count *count = count_of(f, &f->outlets, sv_column(row, 0));
    if (count == NULL) continue;
    int64_t pages = sqlite3_column_int64(row, 2);
    count->count += pages;
    if (domain.at == NULL || pages <= count->last) continue;
    count->last = pages; /* an outlet of several domains has the one with most pages */
    count->label = an_arena_copy(f->arena, domain.at, domain.size);
  }
  return sv_done(work, row) && well;
}

/* ---- Out -------------------------------------------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b) {
  const sv_count *left = a, *right = b;
  uint32_t size = left->value.size < right->value.size ? left->value.size : right->value.size;
  int order = memcmp(left->value.at, right->value.at, size);
  return order != 0 ? order : (left->value.size > right->value.size) - (left->value.size < right->value.size);
}

static int by_count(const void *a, const void *b) {
  const sv_count *left = a, *right = b;
  return left->count != right->count ? (left->count < right->count) - (left->count > right->count) : by_value(a, b);
}

static uint32_t sorted(sv_tally *tally, uint32_t most) {
  if (tally->all.count > 1) qsort(tally->all.at, tally->all.count, sizeof *tally->all.at, by_count);
  return tally->all.count < most ? tally->all.count : most;
}

static void put_counts(an_json_out *out, const char *key, const char *label, const sv_count *all, uint32_t count) {
  an_json_open(out, key, '[');
  for (uint32_t i = 0; i < count; i++) {
    an_json_open(out, NULL, '{');
    an_json_text(out, "value", all[i].value);
    if (label != NULL) an_json_text(out, label, all[i].label);
    an_json_int(out, "count", all[i].count);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
}

/* A country that only people act for under these filters is named by what it is called elsewhere. */
static void name_nation(sv_work *work, facets *f, sv_count *nation) {
  sv_work one = *work;
  one.filters.actor = nation->value;
  sqlite3_stmt *row = sv_ask(&one, "SELECT name FROM story_party WHERE entity = :actor AND country = :actor AND name IS NOT NULL LIMIT 1");
  if (sv_next(row)) nation->label = an_arena_copy(f->arena, sv_column(row, 0).at, sv_column(row, 0).size);
  sv_done(work, row);
  if (nation->label.at == NULL) nation->label = nation->value;
}

static void put_actors(sv_work *work, an_json_out *out, facets *f) {
  uint32_t nations = sorted(&f->nations, MOST_ACTORS), names = sorted(&f->names, MOST_ACTORS);
  sv_count *all = AN_NEW(f->arena, sv_count, 2 * MOST_ACTORS);
  if (all == NULL) { f->full = true; return; }
  if (nations > 0) memcpy(all, f->nations.all.at, nations * sizeof *all);
  if (names > 0) memcpy(all + nations, f->names.all.at, names * sizeof *all);
  for (uint32_t i = 0; i < nations && work->reply->status < 400; i++)
    if (all[i].label.at == NULL) name_nation(work, f, &all[i]);
  for (uint32_t i = nations; i < nations + names; i++) all[i].label = all[i].value;
  qsort(all, nations + names, sizeof *all, by_count);
  put_counts(out, "actors", "label", all, nations + names);
}

static void put_months(an_json_out *out, sv_tally *months) {
  if (months->all.count > 1) qsort(months->all.at, months->all.count, sizeof *months->all.at, by_value);
  an_json_open(out, "months", '[');
  for (uint32_t i = 0; i < months->all.count; i++) {
    an_json_open(out, NULL, '{');
    an_json_text(out, "value", months->all.at[i].value);
    an_json_int(out, "events", months->all.at[i].count);
    an_json_int(out, "pages", months->all.at[i].pages);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
}

void sv_facets(sv_work *work) {
  facets f = {.arena = work->request->arena, .outlets.exact = true};
  an_json_out out = sv_json(work->reply);
  if (!count_events(work, &f) || !count_pages(work, &f)) return;
  an_json_open(&out, NULL, '{');
  uint32_t types = sorted(&f.types, MOST), countries = sorted(&f.countries, MOST), outlets = sorted(&f.outlets, MOST);
  put_counts(&out, "types", NULL, f.types.all.at, types);
  put_counts(&out, "countries", NULL, f.countries.all.at, countries);
  put_actors(work, &out, &f);
  put_counts(&out, "outlets", "domain", f.outlets.all.at, outlets);
  put_months(&out, &f.months);
  an_json_close(&out, '}');
  if (f.full) sv_refuse(work->reply, 503, AN_LIT("the record"), "too much to count", "narrow it: fewer days, an outlet, a type");
}
