/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated tables (RFC 4180, but lines end in a single line feed): cells, and events with their counts. */
#include "export/export.h"

#include <math.h>
#include <string.h>

/* A cell that begins so is run by spreadsheets; a plain number, or the sign alone, is harmless. */
static bool is_formula(an_text text) {
  if (text.size < 2 || memchr("=+-@\t\r", text.at[0], 6) == NULL) return false;
  uint32_t i = text.at[0] == '-' || text.at[0] == '+' ? 1 : 0, digits = 0, dots = 0;
  for (; i < text.size && ((text.at[i] >= '0' && text.at[i] <= '9') || text.at[i] == '.'); i++) {
    if (text.at[i] == '.') dots++;
    else digits++;
  }
  return i < text.size || digits == 0 || dots > 1;
}

/* Bytes that are `c` give their highest bit; those above one that is may give it as well. */
static uint64_t is_byte(uint64_t x, uint8_t c) {
  x ^= 0x0101010101010101U * c;
  return (x - 0x0101010101010101U) & ~x;
}

/* How many bytes stand before the first that needs quotation marks; eight at a time. */
static uint32_t plain_of(an_text text) {
  static const bool quoted[256] = {[','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};
  uint32_t at = 0;
  for (; at + 8 <= text.size; at += 8) {
    uint64_t x;
    memcpy(&x, text.at + at, 8);
    if (((is_byte(x, ',') | is_byte(x, '"') | is_byte(x, '\n') | is_byte(x, '\r')) & 0x8080808080808080U) != 0) break;
  }
  while (at < text.size && !quoted[(uint8_t)text.at[at]]) at++;
  return at;
}

void ex_csv_cell(ex_out *out, an_text text) {
  an_buf *line = &out->line;
  uint32_t plain = plain_of(text);
  char *to = an_buf_room(line, 2 * (size_t)text.size + 4), *begin = to;
  if (to == NULL) return;
  if (plain < text.size) *to++ = '"';
  if (!out->options->keep_formulas && is_formula(text)) *to++ = '\'';
  if (plain > 0) memcpy(to, text.at, plain);
  to += plain;
  for (uint32_t i = plain; i < text.size; i++) {
    if (text.at[i] == '"') *to++ = '"';
    *to++ = text.at[i];
  }
  if (plain < text.size) *to++ = '"';
  *to++ = ',';
  *to = '\0';
  line->size += (size_t)(to - begin);
}

void ex_csv_int(ex_out *out, int64_t value) {
  if (value >= 0) ex_put_int(&out->line, (uint64_t)value);
  an_buf_char(&out->line, ',');
}

/* What "%g" gives of a number of at most four decimals, under 100: most are such. */
static void put_short(an_buf *line, bool negative, uint64_t units) {
  if (negative && units > 0) an_buf_char(line, '-');
  ex_put_int(line, units / 10000);
  uint64_t rest = units % 10000;
  if (rest == 0) return;
  an_buf_char(line, '.');
  for (uint64_t unit = 1000; rest > 0; rest %= unit, unit /= 10) an_buf_char(line, (char)('0' + rest / unit));
}

void ex_csv_number(ex_out *out, double value) {
  if (!isfinite(value)) {
    an_buf_char(&out->line, ',');
    return;
  }
  double size = fabs(value);
  uint64_t units = (uint64_t)(size < 100 ? size * 10000 + 0.5 : 0);
  if (size < 100 && (double)units / 10000 == size) put_short(&out->line, value < 0, units);
  else an_buf_printf(&out->line, "%g", value);
  an_buf_char(&out->line, ',');
}

static an_text part_of(const ex_party *p, ex_part part) {
  return part == EX_NAME ? ex_name(p) : part == EX_COUNTRY ? p->country : part == EX_SECTOR ? p->sector : p->entity;
}

void ex_csv_parties(ex_out *out, const ex_party *parties, uint32_t count, ex_part part, const char *between) {
  an_buf *joined = &out->joined;
  bool known = false;
  an_buf_clear(joined);
  for (uint32_t i = 0; i < count; i++) {
    an_text text = part_of(&parties[i], part);
    known |= text.size > 0;
    if (i > 0) an_buf_z(joined, between);
    an_buf_text(joined, text);
  }
  if (joined->failed) out->line.failed = true;
  ex_csv_cell(out, (an_text){joined->at, known ? (uint32_t)joined->size : 0});
}

const char ex_csv_events[] =
    "story,event,type,mode,contexts,cameo,quad,score,goldstein,realis,negated,background,mutual,earliest,latest,"
    "actors,actor_countries,actor_sectors,actor_entities,recipients,recipient_countries,recipient_sectors,recipient_entities,"
    "place,place_country,geonames,lat,lon,pages,outlets,origins,confidence,evidence,outlet,url,path\n";

void ex_csv_event(ex_out *out, const ex_event *e) {
  const an_text texts[] = {e->story, e->id, e->type, e->mode, e->contexts, e->cameo};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) ex_csv_cell(out, texts[i]);
  ex_csv_int(out, e->quad);
  ex_csv_number(out, e->score);
  ex_csv_number(out, e->goldstein);
  ex_csv_cell(out, e->realis);
  ex_csv_int(out, e->negated);
  ex_csv_int(out, e->background);
  ex_csv_int(out, e->mutual);
  ex_csv_cell(out, e->earliest);
  ex_csv_cell(out, e->latest);
  for (ex_part p = EX_NAME; p <= EX_ENTITY; p++) ex_csv_parties(out, e->actors, e->actor_count, p, "; ");
  for (ex_part p = EX_NAME; p <= EX_ENTITY; p++) ex_csv_parties(out, e->recipients, e->recipient_count, p, "; ");
  ex_csv_cell(out, e->place);
  ex_csv_cell(out, e->place_country);
  ex_csv_int(out, e->geonames);
  ex_csv_number(out, e->lat);
  ex_csv_number(out, e->lon);
  ex_csv_int(out, e->pages);
  ex_csv_int(out, e->outlets);
  ex_csv_int(out, e->origins);
  ex_csv_number(out, e->confidence);
  const an_text source[] = {e->evidence, e->outlet.size > 0 ? e->outlet : e->domain, e->url, e->path};
  for (size_t i = 0; i < sizeof source / sizeof *source; i++) ex_csv_cell(out, source[i]);
}

static an_status take_event(ex_out *out, const ex_event *e, an_error *err) {
  ex_csv_event(out, e);
  ex_end_line(&out->line);
  return ex_line(out, err);
}

an_status ex_csv(ex_out *out, an_error *err) {
  if (out->options->unit >= AN_UNIT_DYAD_DAY) return ex_dyads(out, err);
  if (out->options->changes_since > 0) return ex_changes(out, err);
  an_buf_z(&out->line, ex_csv_events);
  AN_TRY(ex_line(out, err));
  out->counts.written--; /* the header is no event */
  return ex_events(out, out->options->unit, EX_NEEDS_WORDS, EX_ALL, take_event, err);
}
