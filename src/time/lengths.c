/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for durations, sets and counted distances: "two-day", "20 years", "two days ago", "every week". */
#include "time/inner.h"

#include <math.h>

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
  int weekday = an_atom_int(scan, at, AN_A_WEEKDAYS, 0);
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
  if (an_atom_word(scan, next, "other")) next++;
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
  if (unit.at == NULL || vague || (needs_count(scan, counted) && counted == next)) return false;
  out->value = length_value(scan->arena, unit, counted == next ? 1 : count, false);
  out->end = counted + 1;
  return out->value.at != NULL;
}

/* Behind a length: "ago", "earlier", "later", "from now": a date that many units away. */
static void distance(const an_scan *scan, an_found *out, an_text unit, double count, bool vague) {
  int way = an_atom_int(scan, out->end, AN_A_AGO, 0), factor = 1;
  bool from_text = false;
  if (way == 0 && (an_atom_word(scan, out->end, "earlier") || an_atom_word(scan, out->end, "later"))) {
    way = an_atom_int(scan, out->end, AN_A_AWAY, 0);
    from_text = true;
  }
  if (way == 0) return;
  out->end++;
  out->type = AN_TIME_DATE;
  uint8_t grain = grain_of(unit, &factor);
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

bool an_rule_length(const an_scan *scan, uint32_t at, an_found *out) {
  *out = (an_found){.first = at, .type = AN_TIME_DURATION};
  out->form = (an_time_form){.kind = AN_TIME_FIXED, .clock = -1, .from = AN_NONE};
  if (set_rule(scan, at, out)) return true;
  out->type = AN_TIME_DURATION;
  uint32_t start = at;
  while (start < at + 2 && an_atom_is(scan, start, AN_A_DEGREE)) start++;
  double count = 0;
  bool vague = false;
  uint32_t next = an_atom_count(scan, start, &count, &vague);
  if (next == start) return start == at && bare_units(scan, at, out);
  if (start < scan->count && scan->atoms[start].shape == AN_A_DIGITS && start > 0 &&
      scan->atoms[start - 1].shape == AN_A_MARK && !scan->atoms[start].space && scan->atoms[start - 1].mark == '$') return false;
  bool article = article_at(scan, start) && next == start + 1;
  if (an_atom_word(scan, next, "of")) next++;
  bool hyphen = an_atom_mark(scan, next, '-');
  if (hyphen) next++;
  if (!hyphen && an_atom_is(scan, next, AN_A_BETWEEN)) next++;
  an_text unit = unit_value(scan, next);
  if (unit.at == NULL || (needs_count(scan, next) && (article || (count == 1 && !hyphen)))) return false;
  out->end = next + 1;
  out->value = length_value(scan->arena, unit, count, vague);
  uint32_t old = an_atom_mark(scan, out->end, '-') ? out->end + 1 : out->end;
  if (an_atom_is(scan, old, AN_A_OLD)) out->end = old + 1;
  else distance(scan, out, unit, count, vague);
  bool half = an_atom_word(scan, out->end, "and") && an_atom_word(scan, out->end + 1, "a") && an_atom_is(scan, out->end + 2, AN_A_HALF);
  if (half) {
    out->value = length_value(scan->arena, unit, count + 0.5, false); /* a year and a half */
    out->end += 3;
  }
  bool lead = start > at || hyphen || half || out->type == AN_TIME_DATE || !article;
  if (!lead && at > 0) lead = an_atom_is(scan, at - 1, AN_A_LINK) || an_atom_word(scan, at - 1, "within") || an_atom_word(scan, at - 1, "than");
  return lead && (out->value.at != NULL || out->type == AN_TIME_DATE);
}
