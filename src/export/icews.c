/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of ICEWS's event files as CSV with a header line, one row an actor and recipient. Sectors and countries are our codes,
   where ICEWS has words; city and district are not computed. */
#include "export/group.h"

static const char header[] =
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,Target Sectors,Target Country,"
    "Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude\n";

/* The name of the code, and which sentence of its page tells the event, from 1. */
static const char looked_up[] =
    "SELECT (SELECT name FROM cameo WHERE code = ?1), (SELECT nullif(count(*), 0) FROM sentence_row WHERE id >= ?2 << 20 AND id < (?2 + 1) << 20"
    " AND begin <= (SELECT evidence_begin FROM event_row WHERE page = ?2 AND ref = ?3))";

typedef struct found { an_text name, sentence; } found; /* until the next event is looked up */

static found look_up(ex_out *out, const ex_event *e) {
  sqlite3_stmt *s = ex_own(out->reader, looked_up);
  found f = {{NULL, 0}, {NULL, 0}};
  sqlite3_bind_text(s, 1, e->cameo.at, (int)e->cameo.size, SQLITE_STATIC);
  sqlite3_bind_int64(s, 2, e->page);
  sqlite3_bind_text(s, 3, e->ref.at, (int)e->ref.size, SQLITE_STATIC);
  if (!ex_next_row(out->reader, s)) return f;
  an_text *const cells[] = {&f.name, &f.sentence};
  for (int i = 0; i < 2; i++) {
    const char *at = (const char *)sqlite3_column_text(s, i);
    *cells[i] = (an_text){at, at == NULL ? 0 : (uint32_t)sqlite3_column_bytes(s, i)};
  }
  return f;
}

static void put_party(ex_out *out, const ex_party *party) {
  ex_csv_cell(out, ex_name(party));
  ex_csv_cell(out, party->sector);
  ex_csv_cell(out, party->country);
}

static void put_row(ex_out *out, const ex_event *e, const ex_pair *pair, uint32_t index, const found *f) {
  an_text none = {NULL, 0};
  if (index > 0) an_buf_printf(&out->line, "%.*s.%u,", (int)e->id.size, e->id.at, index + 1); /* ids name a row */
  else ex_csv_cell(out, e->id);
  ex_csv_cell(out, e->earliest);
  put_party(out, ex_named(pair->first));
  ex_csv_cell(out, f->name);
  ex_csv_cell(out, e->cameo);
  ex_csv_number(out, e->goldstein);
  put_party(out, ex_named(pair->second));
  ex_csv_cell(out, e->story);
  ex_csv_cell(out, f->sentence);
  ex_csv_cell(out, e->outlet.size > 0 ? e->outlet : e->domain);
  ex_csv_cell(out, e->place_precision == AN_WHERE_CITY ? e->place : none);
  ex_csv_cell(out, none);
  ex_csv_cell(out, e->place_admin1);
  ex_csv_cell(out, e->place_country);
  ex_csv_number(out, e->lat);
  ex_csv_number(out, e->lon);
  ex_end_line(&out->line);
}

static an_status take_event(ex_out *out, const ex_event *e, an_error *err) {
  an_day day;
  ex_pair pairs[EX_PAIRS];
  if (!ex_is_fact(out, e, &day)) return AN_OK;
  found f = look_up(out, e);
  AN_TRY(an_record_check(out->record, "read", err));
  uint32_t count = ex_pairs(e, pairs);
  for (uint32_t i = 0; i < count; i++) {
    put_row(out, e, &pairs[i], i, &f);
    AN_TRY(ex_line(out, err));
  }
  return AN_OK;
}

an_status ex_icews(ex_out *out, an_error *err) {
  an_buf_z(&out->line, header);
  AN_TRY(ex_line(out, err));
  out->counts.written--;
  return ex_events(out, out->options->unit, EX_NEEDS_PAGE, EX_CAMEO | EX_PLACE | EX_POINT | EX_FACTS_ONLY, take_event, err);
}
