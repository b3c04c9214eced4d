/* SPDX-License-Identifier: Apache-2.0 */
/* The formats by name, and what they share: events with their parties, the rule of what is a fact, pairs. */
#include "export/export.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct { const char *name; an_status (*write)(ex_out *out, an_error *err); } formats[AN_EXPORT_FORMATS] = {
    [AN_EXPORT_JSONL] = {"jsonl", ex_jsonl}, [AN_EXPORT_READINGS] = {"readings", ex_readings}, [AN_EXPORT_CSV] = {"csv", ex_csv},
    [AN_EXPORT_STATEMENTS] = {"statements", ex_statements}, [AN_EXPORT_STORIES] = {"stories", ex_stories},
    [AN_EXPORT_COMPARISONS] = {"comparisons", ex_comparisons}, [AN_EXPORT_ICEWS] = {"icews", ex_icews},
    [AN_EXPORT_COVERAGE] = {"coverage", ex_coverage}, [AN_EXPORT_PLOVER] = {"plover", ex_plover}, [AN_EXPORT_GDELT] = {"gdelt", ex_gdelt},
    [AN_EXPORT_GDELT_MENTIONS] = {"gdelt-mentions", ex_gdelt_mentions}, [AN_EXPORT_POLECAT] = {"polecat", ex_polecat}, [AN_EXPORT_HTML] = {"html", ex_html},
};

const char *an_export_format_name(uint8_t format) { return format < AN_EXPORT_FORMATS ? formats[format].name : NULL; }

const char *an_export_unit_name(uint8_t unit) {
  static const char *const names[AN_EXPORT_UNITS] = {"event", "mention", "dyad-day", "dyad-month"};
  return unit < AN_EXPORT_UNITS ? names[unit] : NULL;
}

bool an_export_goes(uint8_t format, uint8_t unit) {
  if (format >= AN_EXPORT_FORMATS || unit >= AN_EXPORT_UNITS) return false;
  if (unit == AN_UNIT_EVENT || format == AN_EXPORT_CSV) return true;
  return unit == AN_UNIT_MENTION && (format == AN_EXPORT_PLOVER || format == AN_EXPORT_POLECAT || format == AN_EXPORT_ICEWS);
}


/* The beginning of a story's id stands for it. */
static an_status ask_story(ex_out *out, char id[64], an_error *err) {
  if (out->options->story == NULL) return AN_OK;
  AN_TRY(an_record_find_story(out->record, out->options->story, id, err));
  out->story = id;
  return AN_OK;
}

an_status an_record_export(an_record *record, const an_export_options *options, an_write *write, void *to, an_export_counts *counts,
                           an_error *err) {
  if (!an_export_goes(options->format, options->unit)) return an_fail(err, AN_ERR_USAGE, "export", "no such format, or no such unit of it");
  if (options->changes_since > 0 && (options->format != AN_EXPORT_CSV || options->unit != AN_UNIT_EVENT))
    return an_fail(err, AN_ERR_USAGE, "export", "changes since a run are told of events, as csv");
  char story[64];
  ex_out out = {.record = record, .options = options, .write = write, .to = to};
  AN_TRY(ask_story(&out, story, err));
  an_buf_init(&out.line, (size_t)1 << 30);
  an_buf_init(&out.joined, (size_t)1 << 30);
  an_arena_init(&out.arena, EX_EVENT_BUDGET);
  an_status status = formats[options->format].write(&out, err);
  an_buf_free(&out.line);
  an_buf_free(&out.joined);
  an_arena_free(&out.arena);
  if (counts != NULL) *counts = out.counts;
  return status;
}

an_status ex_line(ex_out *out, an_error *err) {
  if (out->line.failed) return an_fail(err, AN_ERR_MEMORY, "export", "no memory for a line");
  an_status status = out->write(out->to, out->line.at, out->line.size);
  an_buf_clear(&out->line);
  if (status != AN_OK) return an_fail(err, status, "export", "the output could not be written");
  out->counts.written++;
  return AN_OK;
}

an_status ex_rows(ex_out *out, const char *sql, an_row_sink *sink, an_error *err) {
  char max_days[16];
  const char *args[] = {out->options->since, out->story, out->options->where, max_days};
  snprintf(max_days, sizeof max_days, "%d", out->options->max_days > 0 ? out->options->max_days : EX_MAX_DAYS);
  return an_record_rows(out->record, sql, args, 4, sink, out, err);
}

/* ---- What formats without realis may have ---------------------------------------------------------------- */

bool ex_is_fact(ex_out *out, const ex_event *event, an_day *first) {
  an_days from, to;
  int max_days = out->options->max_days > 0 ? out->options->max_days : EX_MAX_DAYS;
  if (event->negated || (!an_text_is(event->realis, "happened") && !an_text_is(event->realis, "ongoing"))) {
    out->counts.not_happened++;
  } else if (event->background) {
    out->counts.background++;
  } else if (!an_days_parse(event->earliest, &from) || !an_days_parse(event->latest, &to) ||
             (int64_t)to.earliest - from.earliest >= max_days) {
    out->counts.no_day++;
  } else if (event->actor_count + event->recipient_count == 0) {
    out->counts.no_parties++;
  } else {
    *first = from.earliest;
    return true;
  }
  return false;
}

uint32_t ex_pairs(const ex_event *event, ex_pair out[EX_PAIRS]) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < event->actor_count; i++)
    for (uint32_t k = 0; k < event->recipient_count && count < EX_PAIRS; k++) out[count++] = (ex_pair){&event->actors[i], &event->recipients[k]};
  if (count > 0) return count;
  if (event->mutual && event->recipient_count == 0)
    for (uint32_t i = 0; i < event->actor_count; i++)
      for (uint32_t k = i + 1; k < event->actor_count && count < EX_PAIRS; k++) out[count++] = (ex_pair){&event->actors[i], &event->actors[k]};
  if (count > 0) return count;
  for (uint32_t i = 0; i < event->actor_count && count < EX_PAIRS; i++) out[count++] = (ex_pair){&event->actors[i], NULL};
  for (uint32_t i = 0; event->actor_count == 0 && i < event->recipient_count && count < EX_PAIRS; i++) out[count++] = (ex_pair){NULL, &event->recipients[i]};
  return count;
}

const ex_party *ex_named(const ex_party *party) {
  static const ex_party nobody;
  return party != NULL ? party : &nobody;
}

an_text ex_name(const ex_party *party) { return party->name.size > 0 ? party->name : party->text; }

/* ---- Cells ------------------------------------------------------------------------------------------------- */

/* Eight bytes at a time: those under a space give their highest bit. */
static bool has_control(an_text text) {
  uint32_t at = 0;
  for (; at + 8 <= text.size; at += 8) {
    uint64_t x;
    memcpy(&x, text.at + at, 8);
    if (((x - 0x2020202020202020U) & ~x & 0x8080808080808080U) != 0) return true;
  }
  while (at < text.size && (uint8_t)text.at[at] >= ' ') at++;
  return at < text.size;
}

void ex_cell(an_buf *line, an_text text) {
  char *to = an_buf_room(line, (size_t)text.size + 1);
  if (to == NULL) return;
  if (text.size > 0) memcpy(to, text.at, text.size);
  for (uint32_t i = 0, end = has_control(text) ? text.size : 0; i < end; i++)
    if (to[i] == '\t' || to[i] == '\n' || to[i] == '\r') to[i] = ' ';
  to[text.size] = '\t';
  to[text.size + 1] = '\0';
  line->size += (size_t)text.size + 1;
}

void ex_put_int(an_buf *line, uint64_t value) {
  char digits[24];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + value % 10);
  while ((value /= 10) > 0);
  an_buf_add(line, digits + at, sizeof digits - at);
}

void ex_cell_int(an_buf *line, int64_t value) {
  if (value >= 0) ex_put_int(line, (uint64_t)value);
  an_buf_char(line, '\t');
}

void ex_put_digits(an_buf *line, uint64_t value, int width) {
  char digits[24];
  if (width > (int)sizeof digits) return;
  for (int at = width; at-- > 0; value /= 10) digits[at] = (char)('0' + value % 10);
  an_buf_add(line, digits, (size_t)width);
}

/* What "%.*f" gives: where the next decimals are no half, and the number is not large, rounding its product is right. */
static bool put_fixed(an_buf *line, double value, int decimals) {
  static const uint64_t units[] = {1, 10, 100, 1000, 10000};
  if (decimals < 1 || decimals > 4 || fabs(value) > 1e6) return false;
  double scaled = fabs(value) * (double)units[decimals];
  uint64_t whole = (uint64_t)scaled;
  double rest = scaled - (double)whole;
  if (fabs(rest - 0.5) < 1e-5) return false;
  whole += rest > 0.5;
  if (signbit(value)) an_buf_char(line, '-');
  ex_put_int(line, whole / units[decimals]);
  an_buf_char(line, '.');
  ex_put_digits(line, whole % units[decimals], decimals);
  return true;
}

void ex_cell_number(an_buf *line, double value, int decimals) {
  if (isfinite(value) && !put_fixed(line, value, decimals)) an_buf_printf(line, "%.*f", decimals, value);
  an_buf_char(line, '\t');
}

void ex_end_line(an_buf *line) {
  if (line->size > 0 && !line->failed) line->at[line->size - 1] = '\n';
}
