/* SPDX-License-Identifier: Apache-2.0 */
/* GDELT 2.0: Events (61 columns) and Mentions (16), tab-separated, no header. Columns that annals does not compute stay
   empty: ethnic and religion codes, known groups, tone, features, FIPS country and ADM codes, DATEADDED. */
#include "export/export.h"

#include <stdio.h>
#include <stdlib.h>

/* PLOVER's sectors in CAMEO's letters, where they differ (CAMEO's MED is media, PLOVER's MED is health). */
static an_text cameo_sector(an_text sector) {
  if (an_text_is(sector, "JRN")) return AN_LIT("MED");
  if (an_text_is(sector, "MED")) return AN_LIT("HLH");
  if (an_text_is(sector, "UNK") || an_text_is(sector, "SOC") || an_text_is(sector, "PRM") || an_text_is(sector, "PRE")) return (an_text){NULL, 0};
  return sector;
}

static void empty_cells(an_buf *line, int count) {
  while (count-- > 0) an_buf_char(line, '\t');
}

static void put_actor(an_buf *line, const ex_party *party) {
  an_text sector = cameo_sector(party->sector);
  an_buf_text(line, party->country); /* Code: country and role in one */
  ex_cell(line, sector);
  ex_cell(line, ex_name(party));
  ex_cell(line, party->country);
  empty_cells(line, 4); /* KnownGroup, Ethnic, Religion1, Religion2 */
  ex_cell(line, sector);
  empty_cells(line, 2); /* Type2, Type3 */
}

/* Root 01-05 | 06-09 | 10-14 | 15-20: GDELT's own quad classes. */
static int quad_of(an_text cameo) {
  int root = cameo.size >= 2 ? (cameo.at[0] - '0') * 10 + cameo.at[1] - '0' : 0;
  return root < 1 || root > 20 ? -1 : root <= 5 ? 1 : root <= 9 ? 2 : root <= 14 ? 3 : 4;
}

static int64_t id_of(const ex_event *e, uint32_t pair) {
  uint64_t id = an_hash_mix(an_hash_mix(an_hash64(e->story.at, e->story.size), an_hash64(e->id.at, e->id.size)), pair + 1);
  return (int64_t)(id & INT64_MAX);
}

static void put_geo(an_buf *line, const ex_event *e) {
  /* Type: 1 country, 4 world city, 5 world state; by the precision of the record (site, city, admin1, country). */
  static const int types[] = {[AN_WHERE_SITE] = 4, [AN_WHERE_CITY] = 4, [AN_WHERE_ADMIN1] = 5, [AN_WHERE_COUNTRY] = 1};
  bool typed = e->place.size > 0 && e->place_precision >= 0 && e->place_precision <= AN_WHERE_COUNTRY;
  ex_cell_int(line, typed ? types[e->place_precision] : e->place.size > 0 ? -1 : 0);
  ex_cell(line, e->place);
  empty_cells(line, 3); /* FIPS country, ADM1, ADM2 */
  ex_cell_number(line, e->lat, 4);
  ex_cell_number(line, e->lon, 4);
  ex_cell_int(line, e->geonames > 0 ? e->geonames : -1);
}

static void put_date(an_buf *line, an_day day) { /* SQLDATE, MonthYear, Year, FractionDate: months that are done, of 30 days each, and the day, over 365; always under 1 */
  int year;
  unsigned month, mday;
  an_day_parts(day, &year, &month, &mday);
  uint64_t in_year = year > 0 ? (uint64_t)year : 0, in_month = in_year * 100 + month;
  ex_put_digits(line, in_month * 100 + mday, 8);
  an_buf_char(line, '\t');
  ex_put_digits(line, in_month, 6);
  an_buf_char(line, '\t');
  ex_put_digits(line, in_year, 4);
  an_buf_char(line, '\t');
  ex_cell_number(line, year + ((month - 1) * 30.0 + mday) / 365.0, 4);
}

static an_status take_event(ex_out *out, const ex_event *e, an_error *err) {
  an_day day;
  ex_pair pairs[EX_PAIRS];
  if (!ex_is_fact(out, e, &day)) return AN_OK;
  uint32_t count = ex_pairs(e, pairs);
  for (uint32_t i = 0; i < count; i++) {
    an_buf *line = &out->line;
    ex_cell_int(line, id_of(e, i));
    put_date(line, day);
    put_actor(line, ex_named(pairs[i].first));
    put_actor(line, ex_named(pairs[i].second));
    empty_cells(line, 1); /* IsRootEvent */
    ex_cell(line, e->cameo);
    ex_cell(line, an_text_slice(e->cameo, 0, 3));
    ex_cell(line, an_text_slice(e->cameo, 0, 2));
    ex_cell_int(line, quad_of(e->cameo));
    ex_cell_number(line, e->goldstein, 1);
    ex_cell_int(line, e->mentions);
    ex_cell_int(line, e->outlets);
    ex_cell_int(line, e->pages);
    empty_cells(line, 1 + 16); /* AvgTone, the actors' places */
    put_geo(line, e);
    empty_cells(line, 1); /* DATEADDED */
    ex_cell(line, e->url.size > 0 ? e->url : e->path);
    ex_end_line(line);
    AN_TRY(ex_line(out, err));
  }
  return AN_OK;
}

an_status ex_gdelt(ex_out *out, an_error *err) { return ex_events(out, out->options->unit, EX_NEEDS_PAGE, EX_CAMEO | EX_PLACE | EX_POINT | EX_COUNTS | EX_FACTS_ONLY, take_event, err); }

/* ---- Mentions: a row for every page that tells an event of the Events table --------------------------------------- */

static const char tellings[] =
    "SELECT p.url, p.path, coalesce(p.domain, p.outlet), coalesce(s.day, p.day), p.bytes, x.begin, x.confidence"
    " FROM told_in t JOIN page p ON p.id = t.page JOIN event x ON x.page = t.page AND x.ref = t.ref"
    " LEFT JOIN story_page s ON s.story = t.story AND s.page = t.page"
    " WHERE t.story = ?1 AND t.event = ?2 ORDER BY p.path, p.offset, p.sha256, p.url, x.begin, x.ref";

static void put_day_time(an_buf *line, an_text iso) { /* 20170328000000; not known: empty */
  an_days days;
  int year;
  unsigned month, mday;
  if (an_days_parse(iso, &days)) {
    an_day_parts(days.earliest, &year, &month, &mday);
    ex_put_digits(line, (((year > 0 ? (uint64_t)year : 0) * 100 + month) * 100 + mday) * 1000000, 14);
  }
  an_buf_char(line, '\t');
}

typedef struct telling { ex_out *out; const ex_event *event; uint32_t pairs; } telling;

static an_status take_telling(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  telling *t = ctx;
  (void)names;
  (void)count;
  for (uint32_t i = 0; i < t->pairs; i++) {
    an_buf *line = &t->out->line;
    ex_cell_int(line, id_of(t->event, i));
    put_day_time(line, t->event->earliest);
    put_day_time(line, cells[3]);
    ex_cell_int(line, cells[0].size > 0 ? 1 : 3); /* 1: web; 3: a document of another kind */
    ex_cell(line, cells[2]);
    ex_cell(line, cells[0].size > 0 ? cells[0] : cells[1]);
    empty_cells(line, 3);  /* SentenceID, Actor1CharOffset, Actor2CharOffset */
    ex_cell(line, cells[5]); /* ActionCharOffset: the trigger's first byte */
    an_buf_z(line, "1\t");   /* InRawText: found in the page itself */
    an_buf_printf(line, "%.0f\t", cells[6].size > 0 ? strtod(cells[6].at, NULL) * 100 : 0.0);
    ex_cell(line, cells[4]);
    empty_cells(line, 3); /* tone, translation, extras */
    ex_end_line(line);
    AN_TRY(ex_line(t->out, err));
  }
  return AN_OK;
}

static an_status take_mentions(ex_out *out, const ex_event *e, an_error *err) {
  an_day day;
  ex_pair pairs[EX_PAIRS];
  char story[64], id[64];
  const char *args[] = {story, id};
  if (!ex_is_fact(out, e, &day) || e->story.size >= sizeof story || e->id.size >= sizeof id) return AN_OK;
  snprintf(story, sizeof story, "%.*s", (int)e->story.size, e->story.at);
  snprintf(id, sizeof id, "%.*s", (int)e->id.size, e->id.at);
  telling t = {out, e, ex_pairs(e, pairs)};
  return an_record_rows(out->record, tellings, args, 2, take_telling, &t, err);
}

an_status ex_gdelt_mentions(ex_out *out, an_error *err) { return ex_events(out, AN_UNIT_EVENT, EX_NEEDS_EVENT, EX_FACTS_ONLY, take_mentions, err); }
