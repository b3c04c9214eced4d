/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for durations, sets and counted distances: "two-day", "20 years", "two days ago", "every week". */
#include "time/inner.h"

#include <math.h>
#include <string.h>

/* "P3D", "PT12H", "PXY": the designator of data/lexicon/time.tsv with a count in front. "m" is a month, "M" a minute. */
static an_text length_value(an_arena *arena, an_text unit, double count, bool vague) {
  if (unit.size == 0) return (an_text){0};
  int factor = 1;
  char letter = unit.at[unit.size - 1];
  if (unit.size > 1) {
    factor = 0;
    for (uint32_t i = 0; i + 1 < unit.size; i++) factor = factor * 10 + (unit.at[i] - '0');
  }
  const char *lead = letter == 'S' || letter == 'M' || letter == 'H' ? "PT" : "P";
  if (letter == 'm') letter = 'M';
  if (vague) return factor >= 10 ? an_arena_printf(arena, "PX%s", factor == 10 ? "DE" : "CE") : an_arena_printf(arena, "%sX%c", lead, letter);
  double number = count * factor;
  if (!isfinite(number) || number < 0 || number > 1e9) return (an_text){0};
  return an_arena_printf(arena, "%s%g%c", lead, number, letter);
}

static uint8_t grain_of(an_text unit, int *factor) {
  *factor = 1;
  if (unit.size == 0) return AN_GRAIN_NONE;
  if (an_text_is(unit, "10Y")) { *factor = 10; return AN_GRAIN_YEAR; }
  if (an_text_is(unit, "100Y")) { *factor = 100; return AN_GRAIN_YEAR; }
  if (an_text_is(unit, "2W")) { *factor = 2; return AN_GRAIN_WEEK; }
  switch (unit.at[0]) {
    case 'D': return AN_GRAIN_DAY;
    case 'W': return AN_GRAIN_WEEK;
    case 'm': return AN_GRAIN_MONTH;
    case 'Q': return AN_GRAIN_QUARTER;
    case 'Y': return AN_GRAIN_YEAR;
    default: return AN_GRAIN_NONE;
  }
}

static an_text unit_value(const an_scan *scan, uint32_t at) {
  an_text unit = an_atom_value(scan, at, AN_A_UNIT);
  return unit.at != NULL ? unit : an_atom_value(scan, at, AN_A_UNITS);
}

static bool needs_count(const an_scan *scan, uint32_t at) {
  const an_atom *atom = &scan->atoms[at];
  for (uint8_t i = 0; i < atom->senses; i++)
    if ((atom->sense[i].kind == AN_A_UNIT || atom->sense[i].kind == AN_A_UNITS) && atom->sense[i].needs == AN_A_COUNTED) return true;
  return false;
}

static bool article_at(const an_scan *scan, uint32_t at) { return an_atom_word(scan, at, "a") || an_atom_word(scan, at, "an"); }

/* "every day", "each Monday", "every two years", "twice a week", "$25 a month". */
static bool set_rule(const an_scan *scan, uint32_t at, an_found *out) {
  an_text often = an_atom_value(scan, at, AN_A_ADSET);
  out->type = AN_TIME_SET;
  if (often.at != NULL) { out->value = often; out->end = at + 1; return true; }
  int weekday = an_atom_int(scan, at, AN_A_WEEKDAY, 0);
  an_text parts = an_atom_value(scan, weekday > 0 ? at + 1 : at, AN_A_PARTS);
  bool on = weekday > 0 || (at > 0 && (an_atom_word(scan, at - 1, "in") || an_atom_word(scan, at - 1, "the") || an_atom_word(scan, at - 1, "on")));
  if (parts.size == 2 && on && (weekday == 0 || scan->atoms[at].capital)) { /* "Friday mornings", "in the evenings" */
    if (weekday > 0) out->value = an_arena_printf(scan->arena, "XXXX-WXX-%dT%.*s", weekday, 2, parts.at);
    else out->value = an_arena_printf(scan->arena, "XXXX-XX-XXT%.*s", 2, parts.at);
    out->end = weekday > 0 ? at + 2 : at + 1;
    return true;
  }
  if (an_atom_is(scan, at, AN_A_WEEKENDS) && at > 0 && (an_atom_word(scan, at - 1, "on") || an_atom_word(scan, at - 1, "at") || an_atom_word(scan, at - 1, "and"))) {
    out->value = AN_LIT("XXXX-WXX-WE");
    out->end = at + 1;
    return true;
  }
  weekday = an_atom_int(scan, at, AN_A_WEEKDAYS, 0);
  if (weekday > 0) {
    out->value = an_arena_printf(scan->arena, "XXXX-WXX-%d", weekday);
    out->end = at + 1;
    return true;
  }
  bool counted_before = at > 0 && (scan->atoms[at - 1].shape == AN_A_DIGITS || an_atom_is(scan, at - 1, AN_A_TIMES) ||
                                   an_atom_is(scan, at - 1, AN_A_NUMBER) || an_atom_mark(scan, at - 1, '%'));
  bool lead = an_atom_is(scan, at, AN_A_EACH) || (counted_before && (article_at(scan, at) || an_atom_is(scan, at, AN_A_PER)));
  if (!lead) return false;
  uint32_t next = at + 1;
  bool other = an_atom_word(scan, next, "other"); /* every other day */
  if (other) next++;
  weekday = an_atom_int(scan, next, AN_A_WEEKDAY, 0);
  if (weekday > 0) {
    out->value = an_arena_printf(scan->arena, "XXXX-WXX-%d", weekday);
    out->end = next + 1;
    return true;
  }
  if (an_atom_is(scan, next, AN_A_PART)) {
    out->value = an_arena_printf(scan->arena, "XXXX-XX-XXT%.*s", 2, an_atom_value(scan, next, AN_A_PART).at);
    out->end = next + 1;
    return true;
  }
  double count = 1;
  bool vague = false;
  uint32_t counted = article_at(scan, next) ? next : an_atom_count(scan, next, &count, &vague);
  an_text unit = unit_value(scan, counted);
  if (an_atom_is(scan, counted, AN_A_WEEKEND) && counted == next) { out->value = AN_LIT("XXXX-WXX-WE"); out->end = next + 1; return true; }
  bool seconds = unit.at != NULL && an_text_is(unit, "S"); /* "every second": of a row, not of time */
  if (unit.at == NULL || vague || (seconds && counted == next)) return false;
  out->value = length_value(scan->arena, unit, (counted == next ? 1 : count) * (other ? 2 : 1), false);
  out->end = counted + 1;
  return out->value.at != NULL;
}

/* "two weeks after 15 January", "two days before yesterday": that date, and so many units further. */
static bool from_date(const an_scan *scan, an_found *out, uint8_t grain, int offset) {
  int way = an_atom_int(scan, out->end, AN_A_FROM, 0);
  uint32_t next = out->end + 1;
  if (way == 0 || offset == 0 || grain == AN_GRAIN_NONE) return false;
  if (an_atom_is(scan, next, AN_A_DET) && !an_atom_is(scan, next, AN_A_RELATIVE)) next++;
  an_found date = {0};
  if (!an_rule_point(scan, next, &date) || date.second || date.type != AN_TIME_DATE || date.form.kind == AN_TIME_FIXED) return false;
  uint32_t first = out->first;
  *out = date;
  out->first = first;
  out->form.plus = (int16_t)(way * offset);
  out->form.plus_grain = grain;
  out->anchor = (an_anchor){0};
  return true;
}

/* Behind a length: "ago", "earlier", "later", "from now": a date that many units away. */
static void distance(const an_scan *scan, an_found *out, an_text unit, double count, bool vague) {
  int way = an_atom_int(scan, out->end, AN_A_AGO, 0), factor = 1;
  bool from_text = false, whole = !vague && count == floor(count) && count <= 300;
  uint8_t grain = grain_of(unit, &factor);
  if (whole && from_date(scan, out, grain, (int)count * factor)) return;
  if (way == 0 && (an_atom_word(scan, out->end, "earlier") || an_atom_word(scan, out->end, "later"))) {
    way = an_atom_int(scan, out->end, AN_A_AWAY, 0);
    from_text = true;
  }
  if (way == 0) return;
  out->end++;
  out->type = AN_TIME_DATE;
  if (vague || count != floor(count) || count * factor > 3000) {
    out->value = way < 0 ? AN_LIT("PAST_REF") : AN_LIT("FUTURE_REF");
    return;
  }
  if (grain == AN_GRAIN_NONE) { grain = AN_GRAIN_DAY; count = 0; } /* "three hours ago" */
  out->form = (an_time_form){.kind = AN_TIME_SHIFT, .grain = grain, .offset = (int16_t)(way * (int)count * factor), .clock = -1,
                             .from = from_text ? scan->last_any : AN_NONE};
  out->value = (an_text){0};
}

/* "for years", "in decades": a plural unit behind a preposition. */
static bool bare_units(const an_scan *scan, uint32_t at, an_found *out) {
  an_text unit = an_atom_value(scan, at, AN_A_UNITS);
  if (unit.at == NULL || needs_count(scan, at) || at == 0) return false;
  uint32_t before = at - 1;
  if (an_atom_word(scan, before, "the") && before > 0) before--;
  bool lead = an_atom_word(scan, before, "for") || an_atom_word(scan, before, "in") || an_atom_word(scan, before, "over") ||
              an_atom_word(scan, before, "within") || an_atom_word(scan, before, "after") || an_atom_word(scan, before, "of");
  bool hyphen = an_atom_mark(scan, at + 1, '-') && an_atom_word(scan, at + 2, "long");
  bool ago = an_atom_is(scan, at + 1, AN_A_AGO);
  if (!lead && !hyphen && !ago) return false;
  out->value = length_value(scan->arena, unit, 0, true);
  out->end = hyphen ? at + 3 : at + 1;
  if (ago) distance(scan, out, unit, 0, true);
  return true;
}

/* "all week", "the whole year", "the entire month". */
static bool whole_unit(const an_scan *scan, uint32_t at, an_found *out) {
  uint32_t next = an_atom_word(scan, at, "the") || an_atom_word(scan, at, "a") ? at + 1 : at;
  bool whole = next == at ? an_atom_word(scan, at, "all") : an_atom_word(scan, next, "whole") || an_atom_word(scan, next, "entire");
  an_text unit = whole ? an_atom_value(scan, next + 1, AN_A_UNIT) : (an_text){0};
  if (unit.at == NULL || needs_count(scan, next + 1)) return false;
  out->value = length_value(scan->arena, unit, 1, false);
  out->end = next + 2;
  return out->value.at != NULL;
}

/* "two hours and 30 minutes", "three weeks and two days": a further length of a smaller unit, in one value. */
static bool and_smaller(const an_scan *scan, an_found *out, an_text unit) {
  const an_found alone = *out;
  static const char order[] = "YmWDHMS";
  for (int more = 0; more < 2; more++) {
    uint32_t next = out->end;
    if (an_atom_mark(scan, next, ',')) next++;
    if (an_atom_word(scan, next, "and")) next++;
    double count = 0;
    bool vague = false;
    uint32_t behind = next < scan->count && !an_atom_word(scan, next, "a") && !an_atom_word(scan, next, "half") ? an_atom_count(scan, next, &count, &vague) : next;
    an_text smaller = behind > next && !vague ? unit_value(scan, behind) : (an_text){0};
    if (smaller.size != 1 || unit.size != 1) return more > 0;
    const char *large = strchr(order, unit.at[0]), *small = strchr(order, smaller.at[0]);
    if (large == NULL || small == NULL || small <= large) return more > 0;
    an_text tail = length_value(scan->arena, smaller, count, false);
    if (tail.at == NULL) return more > 0;
    bool clock = tail.size > 1 && tail.at[1] == 'T', had = an_text_find(out->value, 0, AN_LIT("T")) != AN_NONE;
    uint32_t cut = clock && had ? 2 : 1;
    out->value = an_arena_printf(scan->arena, "%.*s%.*s", (int)out->value.size, out->value.at, (int)(tail.size - cut), tail.at + cut);
    out->end = behind + 1;
    unit = smaller;
    if (an_atom_is(scan, out->end, AN_A_AGO) || an_atom_is(scan, out->end, AN_A_FROM)) { *out = alone; return false; } /* "worked for two weeks and two days ago left" */
  }
  return true;
}

bool an_rule_length(const an_scan *scan, uint32_t at, an_found *out) {
  *out = (an_found){.first = at, .type = AN_TIME_DURATION};
  out->form = (an_time_form){.kind = AN_TIME_FIXED, .clock = -1, .from = AN_NONE};
  if (AN_BY(out, "set", set_rule(scan, at, out))) return true;
  out->type = AN_TIME_DURATION;
  if (AN_BY(out, "whole unit", whole_unit(scan, at, out))) return true;
  out->rule = "length";
  uint32_t start = at;
  while (start < at + 2 && an_atom_is(scan, start, AN_A_DEGREE)) start++;
  double count = 0;
  bool vague = false;
  uint32_t next = an_atom_count(scan, start, &count, &vague);
  if (next == start && start == at + 1 && an_atom_is(scan, at, AN_A_VAGUE)) { /* "some days" */
    start = at;
    next = at + 1;
    vague = true;
  }
  if (next == start) return start == at && AN_BY(out, "bare units", bare_units(scan, at, out));
  if (start < scan->count && scan->atoms[start].shape == AN_A_DIGITS && start > 0 &&
      scan->atoms[start - 1].shape == AN_A_MARK && !scan->atoms[start].space && scan->atoms[start - 1].mark == '$') return false;
  bool article = article_at(scan, start) && next == start + 1;
  if (an_atom_word(scan, next, "of")) next++;
  bool hyphen = an_atom_mark(scan, next, '-');
  if (hyphen) next++;
  if (!hyphen && an_atom_is(scan, next, AN_A_BETWEEN)) next++;
  else if (!hyphen && !article && an_atom_int(scan, next, AN_A_RELATIVE, 0) != 0 && an_atom_is(scan, next + 1, AN_A_UNITS)) next++; /* the five past years */
  an_text unit = unit_value(scan, next);
  if (unit.at == NULL || (needs_count(scan, next) && (article || (count == 1 && !hyphen)))) return false;
  out->end = next + 1;
  out->value = length_value(scan->arena, unit, count, vague);
  uint32_t old = an_atom_mark(scan, out->end, '-') ? out->end + 1 : out->end;
  bool merged = !vague && !hyphen && and_smaller(scan, out, unit);
  if (an_atom_is(scan, old, AN_A_OLD)) out->end = old + 1;
  else distance(scan, out, unit, count, vague || merged);
  if (out->form.plus != 0) { out->rule = "length from a date"; return true; }
  if (out->type == AN_TIME_DATE) out->rule = "ago, later";
  else if (merged) out->rule = "length of two units";
  if (out->type == AN_TIME_DURATION && !vague && !merged && !hyphen && at > 0 && an_atom_word(scan, at - 1, "in") && count == floor(count) && count <= 300) {
    int factor = 1;
    out->ahead = grain_of(unit, &factor);
    out->ahead_offset = (int16_t)((int)count * factor);
  }
  uint32_t some = an_atom_word(scan, out->end + 1, "a") ? out->end + 2 : out->end + 1;
  bool half = an_atom_word(scan, out->end, "and") && an_atom_is(scan, some, AN_A_HALF);
  if (half) {
    out->value = length_value(scan->arena, unit, count + 0.5, false); /* a year and a half */
    out->end = some + 1;
  }
  bool lead = start > at || hyphen || half || out->type == AN_TIME_DATE || !article;
  if (!lead && at > 0) lead = an_atom_is(scan, at - 1, AN_A_LINK) || an_atom_word(scan, at - 1, "within") || an_atom_word(scan, at - 1, "than");
  return lead && (out->value.at != NULL || out->type == AN_TIME_DATE);
}
