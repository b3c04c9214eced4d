/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to choose from under the filters. Two questions, each read once from its first row to its last and counted here:
   SQLite would sort the long keys of stories and events for each count. */
#include "serve/serve.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 300, MOST_ACTORS = 100, SEEN = 64 }; /* SEEN: parties of one event that are told apart */

typedef struct sv_count { an_text value, label; int64_t count, pages; } sv_count;
typedef struct sv_tally { an_map at; AN_LIST(sv_count) all; } sv_tally;
typedef struct facets { an_arena *arena; sv_tally types, countries, nations, names, outlets, months; bool full; } facets;

/* ASCII in lower case, as NOCASE compares. */
static uint64_t key_of(an_text value) {
  char low[256];
  uint32_t size = value.size < sizeof low ? value.size : sizeof low;
  for (uint32_t i = 0; i < size; i++) low[i] = (char)(value.at[i] >= 'A' && value.at[i] <= 'Z' ? value.at[i] + 32 : value.at[i]);
  return an_hash64_seed(low, size, value.size);
}

/* The count of a value, made when it is first seen; NULL: no memory. */
static sv_count *count_of(facets *f, sv_tally *tally, an_text value, uint64_t key) {
  uint32_t *place = an_map_put(f->arena, &tally->at, key | 1, UINT32_MAX);
  if (place != NULL && *place == UINT32_MAX) {
    sv_count *fresh = AN_PUSH(f->arena, &tally->all);
    an_text own = an_arena_copy(f->arena, value.at, value.size);
    if (fresh != NULL && own.at != NULL) {
      *fresh = (sv_count){.value = own};
      *place = tally->all.count - 1;
    } else {
      place = NULL;
    }
  }
  if (place == NULL) f->full = true;
  return place == NULL ? NULL : &tally->all.at[*place];
}

static void add(facets *f, sv_tally *tally, an_text value) {
  if (value.at == NULL) return;
  sv_count *count = count_of(f, tally, value, key_of(value));
  if (count != NULL) count->count++;
}

/* The month that both days are of. */
static sv_count *month_of(facets *f, an_text earliest, an_text latest) {
  if (earliest.size < 7 || latest.size < 7 || memcmp(earliest.at, latest.at, 7) != 0) return NULL;
  an_text month = an_text_slice(earliest, 0, 7);
  return count_of(f, &f->months, month, key_of(month));
}

/* ---- Events and who is in them ---------------------------------------------------------------------------------------- */

/* An event counts once for a country and for a name, however many of its parties have it. */
typedef struct sv_seen { uint64_t keys[SEEN]; uint32_t count; } sv_seen;

static bool is_first(sv_seen *seen, uint64_t key) {
  for (uint32_t i = 0; i < seen->count; i++)
    if (seen->keys[i] == key) return false;
  if (seen->count < SEEN) seen->keys[seen->count++] = key;
  return true;
}

static void add_party(facets *f, sv_seen *nations, sv_seen *names, an_text country, an_text entity, an_text name) {
  bool nation = country.at != NULL && an_text_equal(entity, country);
  if (country.at != NULL) {
    uint64_t key = key_of(country);
    sv_count *count = count_of(f, &f->nations, country, key);
    if (count != NULL && nation && count->label.at == NULL && name.at != NULL) count->label = an_arena_copy(f->arena, name.at, name.size);
    if (count != NULL && is_first(nations, key)) count->count++;
  }
  if (name.at != NULL && !nation) {
    uint64_t key = key_of(name);
    sv_count *count = is_first(names, key) ? count_of(f, &f->names, name, key) : NULL;
    if (count != NULL) count->count++;
  }
}

/* The rows of an event follow each other. */
static bool count_events(sv_work *work, facets *f) {
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "SELECT e.story, e.place, e.type, e.where_country, e.earliest, e.latest, w.country, w.entity, w.name FROM story_event e"
                 " LEFT JOIN story_party_row y ON y.story = e.story AND y.event = e.id LEFT JOIN who w ON w.id = y.who");
  sv_where(&sql, SV_EVENT, &work->filters);
  sqlite3_stmt *row = sv_ask(work, sql.at);
  an_buf_free(&sql);
  sv_seen nations = {0}, names = {0};
  char last[64] = "";
  int64_t place = -1;
  while (sv_next(row)) {
    an_text story = sv_column(row, 0);
    uint32_t size = story.size < sizeof last - 1 ? story.size : (uint32_t)sizeof last - 1;
    if (place != sqlite3_column_int64(row, 1) || strlen(last) != size || memcmp(last, story.at, size) != 0) {
      place = sqlite3_column_int64(row, 1);
      memcpy(last, story.at, size);
      last[size] = '\0';
      nations.count = names.count = 0;
      add(f, &f->types, sv_column(row, 2));
      add(f, &f->countries, sv_column(row, 3));
      sv_count *month = month_of(f, sv_column(row, 4), sv_column(row, 5));
      if (month != NULL) month->count++;
    }
    add_party(f, &nations, &names, sv_column(row, 6), sv_column(row, 7), sv_column(row, 8));
  }
  return sv_done(work, row);
}

/* ---- Pages ---------------------------------------------------------------------------------------------------------------- */

static bool count_pages(sv_work *work, facets *f) {
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "SELECT coalesce(p.outlet, p.domain), p.domain, sp.earliest, sp.latest FROM story_page sp CROSS JOIN page p ON p.id = sp.page");
  sv_where(&sql, SV_PAGE_SCAN, &work->filters);
  sqlite3_stmt *row = sv_ask(work, sql.at);
  an_buf_free(&sql);
  while (sv_next(row)) {
    an_text outlet = sv_column(row, 0), domain = sv_column(row, 1);
    sv_count *month = month_of(f, sv_column(row, 2), sv_column(row, 3));
    if (month != NULL) month->pages++;
    sv_count *count = outlet.at == NULL ? NULL : count_of(f, &f->outlets, outlet, an_hash64(outlet.at, outlet.size));
    if (count == NULL) continue;
    count->count++;
    if (domain.at != NULL && count->label.at == NULL) count->label = an_arena_copy(f->arena, domain.at, domain.size);
  }
  return sv_done(work, row);
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
  facets f = {.arena = work->request->arena};
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
