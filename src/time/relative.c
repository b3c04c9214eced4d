/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for what hangs on the page's day or on another date ("last week", "earlier this month", "the same day"), for years,
   decades, quarters and seasons, and for words that name no date at all ("now", "recently"). */
#include "time/inner.h"

static uint8_t unit_grain(an_text unit) {
  if (unit.at == NULL || unit.size == 0) return AN_GRAIN_NONE;
  if (an_text_is(unit, "10Y")) return AN_GRAIN_DECADE;
  if (an_text_is(unit, "100Y")) return AN_GRAIN_CENTURY;
  if (unit.size > 1) return AN_GRAIN_NONE;
  switch (unit.at[0]) {
    case 'D': return AN_GRAIN_DAY;
    case 'W': return AN_GRAIN_WEEK;
    case 'm': return AN_GRAIN_MONTH;
    case 'Q': return AN_GRAIN_QUARTER;
    case 'Y': return AN_GRAIN_YEAR;
    default: return AN_GRAIN_NONE;
  }
}

static an_anchor anchor_of(const an_time_form *form) {
  an_anchor anchor = {0};
  if (form->from != AN_NONE || (form->grain == AN_GRAIN_WEEKEND && form->side != 0)) return anchor; /* "the weekend": on a Monday of the week before */
  static const int8_t units[] = {[AN_GRAIN_DAY] = AN_UNIT_DAY, [AN_GRAIN_WEEK] = AN_UNIT_WEEK, [AN_GRAIN_WEEKEND] = AN_UNIT_WEEK,
                                 [AN_GRAIN_MONTH] = AN_UNIT_MONTH, [AN_GRAIN_QUARTER] = -1, [AN_GRAIN_SEASON] = -1,
                                 [AN_GRAIN_HALF] = -1, [AN_GRAIN_YEAR] = AN_UNIT_YEAR};
  if (form->grain == AN_GRAIN_NONE || form->grain > AN_GRAIN_YEAR || units[form->grain] < 0) return anchor;
  anchor = (an_anchor){.to = AN_ANCHOR_PUBLISHED, .unit = (uint8_t)units[form->grain], .offset = form->offset};
  return anchor;
}

static void shift(an_found *out, uint8_t grain, int offset, uint32_t end) {
  out->type = AN_TIME_DATE;
  out->form = (an_time_form){.kind = AN_TIME_SHIFT, .grain = grain, .offset = (int16_t)offset, .clock = -1, .from = AN_NONE};
  out->value = (an_text){0};
  out->end = end;
}

static void fixed(an_found *out, uint8_t type, an_text value, uint32_t end) {
  out->type = type;
  out->form = (an_time_form){.kind = AN_TIME_FIXED, .clock = -1, .from = AN_NONE};
  out->value = value;
  out->end = end;
}

static uint32_t year_at(const an_scan *scan, uint32_t at, int *year) {
  if (at >= scan->count || scan->atoms[at].shape != AN_A_DIGITS) return at;
  const an_atom *atom = &scan->atoms[at];
  if (atom->digits != 4 || atom->end - atom->begin != 4 || atom->number < 1400 || atom->number > 2100) return at;
  *year = (int)atom->number;
  return at + 1;
}

static void part_of_day(an_found *out, an_text part) {
  out->type = AN_TIME_TIME;
  for (int i = 0; i < 2 && (uint32_t)i < part.size; i++) out->form.part[i] = part.at[i];
}

/* Behind "last", "this", "next": what is moved. */
static bool moved_thing(const an_scan *scan, uint32_t at, int way, bool by_text, an_found *out) {
  bool said = at > 0 && an_atom_is(scan, at - 1, AN_A_RELATIVE); /* "this summer": of this year, whatever the verb */
  an_text part = an_atom_value(scan, at, AN_A_PART);
  uint8_t grain = unit_grain(an_atom_value(scan, at, AN_A_UNIT));
  if (grain != AN_GRAIN_NONE) {
    shift(out, grain, way, at + 1);
    if (by_text) out->form.from = scan->last_any;
    return true;
  }
  if (an_atom_is(scan, at, AN_A_FISCAL) && unit_grain(an_atom_value(scan, at + 1, AN_A_UNIT)) == AN_GRAIN_YEAR) { /* last fiscal year */
    shift(out, AN_GRAIN_YEAR, way, at + 2);
    out->form.index = AN_FISCAL;
    return true;
  }
  if (an_atom_is(scan, at, AN_A_WEEKEND)) { shift(out, AN_GRAIN_WEEKEND, way, at + 1); return true; }
  if (part.at != NULL) { /* this morning; last night */
    shift(out, AN_GRAIN_DAY, way, at + 1);
    part_of_day(out, part);
    return true;
  }
  int weekday = an_atom_int(scan, at, AN_A_WEEKDAY, 0);
  if (weekday > 0 && scan->atoms[at].capital) {
    shift(out, AN_GRAIN_DAY, way, at + 1);
    out->form.kind = AN_TIME_WEEKDAY;
    out->form.weekday = (uint8_t)weekday;
    out->form.side = (int8_t)way;
    return true;
  }
  int month = an_atom_int(scan, at, AN_A_MONTH, 0);
  if (month > 0 && scan->atoms[at].capital) {
    shift(out, AN_GRAIN_MONTH, 0, at + 1);
    out->form.kind = AN_TIME_CALENDAR;
    out->form.month = (uint8_t)month;
    out->form.side = (int8_t)(way == 0 && said ? AN_SIDE_YEAR : way);
    return true;
  }
  an_text season = an_atom_value(scan, at, AN_A_SEASON);
  if (season.at == NULL || season.size != 2) return false;
  shift(out, AN_GRAIN_SEASON, 0, at + 1);
  out->form.kind = AN_TIME_CALENDAR;
  out->form.index = season.at[1] == 'P' ? 1 : season.at[1] == 'U' ? 2 : season.at[0] == 'F' ? 3 : 4;
  out->form.side = (int8_t)(way == 0 && said ? AN_SIDE_YEAR : way);
  return true;
}

/* "the past five days", "the next six months", "the coming weeks", "recent years". */
static bool moved_length(const an_scan *scan, uint32_t at, an_found *out) {
  an_found length;
  if (an_atom_is(scan, at, AN_A_UNITS)) {
    an_text unit = an_atom_value(scan, at, AN_A_UNITS);
    if (unit.size != 1) { fixed(out, AN_TIME_DURATION, an_text_is(unit, "10Y") ? AN_LIT("PXDE") : AN_LIT("PXCE"), at + 1); return unit.size > 1; }
    const char *lead = unit.at[0] == 'S' || unit.at[0] == 'M' || unit.at[0] == 'H' ? "PTX" : "PX";
    fixed(out, AN_TIME_DURATION, an_arena_printf(scan->arena, "%s%c", lead, unit.at[0] == 'm' ? 'M' : unit.at[0]), at + 1);
    return true;
  }
  if (an_atom_word(scan, at, "a") || !an_rule_length(scan, at, &length) || length.type != AN_TIME_DURATION) return false;
  fixed(out, AN_TIME_DURATION, length.value, length.end);
  return true;
}


/* [the] relative + thing. */
static bool relative(const an_scan *scan, uint32_t at, an_found *out) {
  uint32_t word = an_atom_is(scan, at, AN_A_DET) ? at + 1 : at;
  if (!an_atom_is(scan, word, AN_A_RELATIVE)) {
    bool same = an_atom_is(scan, word, AN_A_SAME) || (word > at && an_atom_word(scan, at, "that"));
    uint32_t thing = an_atom_is(scan, word, AN_A_SAME) ? word + 1 : word;
    if (!same || !moved_thing(scan, thing, 0, true, out) || out->form.kind != AN_TIME_SHIFT) return false;
    if (scan->last_any == AN_NONE) return false; /* the same day as what? */
    out->form.from = out->form.grain == AN_GRAIN_DAY && scan->last_day != AN_NONE ? scan->last_day : scan->last_any;
    return true;
  }
  int way = an_atom_int(scan, word, AN_A_RELATIVE, 0);
  bool by_text = an_atom_word(scan, word, "previous") || an_atom_word(scan, word, "following") ||
                 an_atom_word(scan, word, "preceding") || an_atom_word(scan, word, "prior");
  if (way != 0 && moved_length(scan, word + 1, out)) return true;
  an_text some = an_atom_value(scan, word + 1, AN_A_UNIT);
  if (way != 0 && some.at != NULL && an_text_is(some, "2W")) { fixed(out, AN_TIME_DURATION, AN_LIT("P2W"), word + 2); return true; }
  if (!moved_thing(scan, word + 1, way, by_text && scan->last_any != AN_NONE, out)) return false;
  if (an_atom_word(scan, word, "past") && out->form.kind == AN_TIME_SHIFT && an_atom_is(scan, word + 1, AN_A_UNIT)) {
    an_text unit = an_atom_value(scan, word + 1, AN_A_UNIT); /* the past week: a length */
    if (unit.size > 1) fixed(out, AN_TIME_DURATION, an_arena_printf(scan->arena, "P%.*s", (int)unit.size, unit.at), out->end);
    else fixed(out, AN_TIME_DURATION, an_arena_printf(scan->arena, "P1%c", unit.at[0] == 'm' ? 'M' : unit.at[0]), out->end);
  }
  return true;
}

/* "the third quarter of 2009", "second half of last year", "Q3 2009", "third-quarter". */
static bool quarter(const an_scan *scan, uint32_t at, an_found *out) {
  uint32_t next = an_atom_is(scan, at, AN_A_DET) ? at + 1 : at;
  if (an_atom_is(scan, next, AN_A_FISCAL)) next++;
  int index = 0;
  uint8_t grain = AN_GRAIN_QUARTER;
  if (an_atom_word(scan, next, "q") && next + 1 < scan->count && scan->atoms[next + 1].digits == 1 && !scan->atoms[next + 1].space) {
    index = (int)scan->atoms[next + 1].number;
    next += 2;
  } else if (an_atom_is(scan, next, AN_A_ORDINAL) || (next + 1 < scan->count && scan->atoms[next].digits == 1 && scan->atoms[next + 1].shape == AN_A_WORD && !scan->atoms[next + 1].space)) {
    bool digits = scan->atoms[next].shape == AN_A_DIGITS; /* 1st */
    index = digits ? (int)scan->atoms[next].number : an_atom_int(scan, next, AN_A_ORDINAL, 0);
    next += digits ? 2 : 1;
    if (an_atom_is(scan, next, AN_A_FISCAL)) next++;
    if (an_atom_mark(scan, next, '-')) next++;
    an_text unit = an_atom_value(scan, next, AN_A_UNIT);
    if (an_atom_is(scan, next, AN_A_HALF) && an_atom_is(scan, next + 1, AN_A_LINK)) grain = AN_GRAIN_HALF;
    else if (unit.at == NULL || !an_text_is(unit, "Q")) return false;
    next++;
  } else return false;
  int most = grain == AN_GRAIN_HALF ? 2 : 4;
  if (index < 0) index = most;
  if (index < 1 || index > most) return false;
  shift(out, grain, 0, next);
  out->form.kind = AN_TIME_CALENDAR;
  out->form.index = (uint8_t)index;
  uint32_t of = an_atom_word(scan, next, "of") || an_atom_word(scan, next, "in") || an_atom_mark(scan, next, ',') ? next + 1 : next;
  int year = 0;
  uint32_t end = year_at(scan, of, &year);
  if (end > of) { out->form.year = (int16_t)year; out->end = end; return true; }
  uint32_t word = an_atom_is(scan, of, AN_A_DET) ? of + 1 : of;
  int way = an_atom_int(scan, word, AN_A_RELATIVE, 2);
  if (way >= -1 && way <= 1 && unit_grain(an_atom_value(scan, word + 1, AN_A_UNIT)) == AN_GRAIN_YEAR) {
    out->form.offset = (int16_t)way;  /* a year said by distance: year stays 0, side says that the offset counts */
    out->form.side = AN_SIDE_YEAR;
    out->end = word + 2;
  }
  return true;
}

static bool season(const an_scan *scan, uint32_t at, an_found *out) {
  uint32_t next = an_atom_is(scan, at, AN_A_DET) ? at + 1 : at;
  if (!an_atom_is(scan, next, AN_A_SEASON)) return false;
  if (!moved_thing(scan, next, 0, false, out) || out->form.grain != AN_GRAIN_SEASON) return false;
  uint32_t of = an_atom_word(scan, out->end, "of") ? out->end + 1 : out->end;
  int year = 0;
  uint32_t end = year_at(scan, of, &year);
  if (end > of) { out->form.year = (int16_t)year; out->end = end; return true; }
  for (uint8_t i = 0; i < scan->atoms[next].senses; i++) /* "fall", "spring": after "in the" only */
    if (scan->atoms[next].sense[i].kind == AN_A_SEASON && scan->atoms[next].sense[i].needs == AN_A_CONTEXT)
      return next > at && at > 0 && (an_atom_word(scan, at - 1, "in") || an_atom_word(scan, at - 1, "since"));
  return true;
}

/* "the first week of January 2015", "the last week of July", "the third week of 2018". */
static bool week_of(const an_scan *scan, uint32_t at, an_found *out) {
  uint32_t next = an_atom_is(scan, at, AN_A_DET) ? at + 1 : at;
  int index = an_atom_int(scan, next, AN_A_ORDINAL, 0);
  bool suffix = next + 1 < scan->count && scan->atoms[next].shape == AN_A_DIGITS && scan->atoms[next].digits == 1 && scan->atoms[next + 1].shape == AN_A_WORD && !scan->atoms[next + 1].space;
  if (suffix) { index = (int)scan->atoms[next].number; next++; }
  an_text unit = an_atom_value(scan, next + 1, AN_A_UNIT);
  if (index == 0 || index > 53 || unit.at == NULL || !an_text_is(unit, "W") || !an_atom_word(scan, next + 2, "of")) return false;
  an_found whole = {0};
  int way = an_atom_int(scan, next + 3, AN_A_RELATIVE, 2);
  if (way != 2 && unit_grain(an_atom_value(scan, next + 4, AN_A_UNIT)) == AN_GRAIN_MONTH && index <= 5) { /* … of last month */
    shift(out, AN_GRAIN_WEEK, way, next + 5);
    out->form.kind = AN_TIME_CALENDAR;
    out->form.side = AN_SIDE_MONTH;
    out->form.index = index < 0 ? AN_LAST : (uint8_t)index;
    return true;
  }
  if (!an_rule_date(scan, next + 3, &whole) && !an_rule_year(scan, next + 3, &whole)) return false;
  bool month = whole.form.grain == AN_GRAIN_MONTH && index <= 5;
  if (whole.form.kind != AN_TIME_CALENDAR || whole.second || !(month || whole.form.grain == AN_GRAIN_YEAR)) return false;
  *out = whole;
  out->first = at;
  out->form.grain = AN_GRAIN_WEEK;
  out->form.index = index < 0 ? AN_LAST : (uint8_t)index;
  return index < AN_LAST; /* -1, the last, too */
}

/* "the week after next", "the year before last". */
static bool twice_away(const an_scan *scan, uint32_t at, an_found *out) {
  uint8_t grain = an_atom_word(scan, at, "the") ? unit_grain(an_atom_value(scan, at + 1, AN_A_UNIT)) : AN_GRAIN_NONE;
  bool next = an_atom_word(scan, at + 2, "after") && an_atom_word(scan, at + 3, "next");
  bool last = an_atom_word(scan, at + 2, "before") && an_atom_word(scan, at + 3, "last");
  if (grain == AN_GRAIN_NONE || grain == AN_GRAIN_DAY || !(next || last)) return false;
  shift(out, grain, next ? 2 : -2, at + 4);
  return true;
}

/* "the third month of 2021", "the ninth month of next year". */
static bool month_of(const an_scan *scan, uint32_t at, an_found *out) {
  uint32_t next = an_atom_is(scan, at, AN_A_DET) ? at + 1 : at;
  int index = an_atom_int(scan, next, AN_A_ORDINAL, 0), year = 0;
  bool suffix = next + 1 < scan->count && scan->atoms[next].shape == AN_A_DIGITS && scan->atoms[next].digits <= 2 && scan->atoms[next + 1].shape == AN_A_WORD && !scan->atoms[next + 1].space;
  if (suffix) { index = (int)scan->atoms[next].number; next++; }
  an_text unit = an_atom_value(scan, next + 1, AN_A_UNIT);
  if (index < 1 || index > 12 || unit.at == NULL || !an_text_is(unit, "m") || !an_atom_word(scan, next + 2, "of")) return false;
  int way = an_atom_int(scan, next + 3, AN_A_RELATIVE, 2);
  bool moved = way != 2 && unit_grain(an_atom_value(scan, next + 4, AN_A_UNIT)) == AN_GRAIN_YEAR;
  uint32_t end = moved ? next + 5 : year_at(scan, next + 3, &year);
  if (!moved && end == next + 3) return false;
  shift(out, AN_GRAIN_MONTH, moved ? way : 0, end);
  out->form.kind = AN_TIME_CALENDAR;
  out->form.month = (uint8_t)index;
  out->form.year = (int16_t)year;
  if (moved) out->form.side = AN_SIDE_YEAR;
  return true;
}

/* "the day before", "the year after", "the week earlier": from the date told before. Without one, nobody knows. */
static bool unit_away(const an_scan *scan, uint32_t at, an_found *out) {
  if (!an_atom_word(scan, at, "the")) return false;
  uint8_t grain = unit_grain(an_atom_value(scan, at + 1, AN_A_UNIT));
  int way = an_atom_int(scan, at + 2, AN_A_AWAY, 0);
  if (grain == AN_GRAIN_NONE || grain > AN_GRAIN_YEAR || way == 0) return false;
  an_found date = {0};
  uint32_t next = an_atom_is(scan, at + 3, AN_A_DET) && !an_atom_is(scan, at + 3, AN_A_RELATIVE) ? at + 4 : at + 3;
  if (an_rule_point(scan, next, &date) && date.type == AN_TIME_DATE && date.form.kind != AN_TIME_FIXED && !date.second) { /* the day after Christmas */
    *out = date;
    out->first = at;
    out->form.plus = (int16_t)way;
    out->form.plus_grain = grain;
    return true;
  }
  bool ends = at + 3 >= scan->count || scan->atoms[at + 3].shape == AN_A_MARK || an_atom_is(scan, at + 3, AN_A_LINK);
  uint32_t base = grain == AN_GRAIN_DAY ? scan->last_day : scan->last_any;
  if (!ends || base == AN_NONE) return false;
  shift(out, grain, way, at + 3);
  out->form.from = base;
  return true;
}

/* ---- Years ------------------------------------------------------------------------------------- */

static bool decade(const an_scan *scan, uint32_t at, an_found *out) {
  uint32_t next = an_atom_word(scan, at, "the") ? at + 1 : at;
  if (an_atom_is(scan, next, AN_A_DECADE)) {
    fixed(out, AN_TIME_DATE, an_atom_value(scan, next, AN_A_DECADE), next + 1);
    return next > at;
  }
  bool short_form = an_atom_mark(scan, next, '\'');
  if (short_form) next++;
  if (next + 1 >= scan->count || scan->atoms[next].shape != AN_A_DIGITS) return false;
  uint32_t s = an_atom_mark(scan, next + 1, '\'') && !scan->atoms[next + 1].space ? next + 2 : next + 1;
  if (!an_atom_word(scan, s, "s") || scan->atoms[s].space) return false;
  int number = (int)scan->atoms[next].number;
  if (scan->atoms[next].digits == 4 && number % 10 == 0 && number >= 1000 && number <= 2090)
    fixed(out, AN_TIME_DATE, an_arena_printf(scan->arena, "%dX", number / 10), s + 1);
  else if (scan->atoms[next].digits == 2 && number % 10 == 0 && (short_form || next > at) && number >= 20)
    fixed(out, AN_TIME_DATE, an_arena_printf(scan->arena, "19%dX", number / 10), s + 1);
  else return false;
  return true;
}

static bool century(const an_scan *scan, uint32_t at, an_found *out) {
  uint32_t next = an_atom_is(scan, at, AN_A_DET) ? at + 1 : at;
  int number = 0;
  if (next < scan->count && scan->atoms[next].shape == AN_A_DIGITS && scan->atoms[next].digits <= 2 && next + 1 < scan->count && !scan->atoms[next + 1].space) {
    number = (int)scan->atoms[next].number;
    next += 2;
  } else {
    number = an_atom_int(scan, next, AN_A_ORDINAL, 0);
    next++;
  }
  if (an_atom_mark(scan, next, '-')) next++;
  if (number < 2 || number > 21 || unit_grain(an_atom_value(scan, next, AN_A_UNIT)) != AN_GRAIN_CENTURY) return false;
  fixed(out, AN_TIME_DATE, an_arena_printf(scan->arena, "%02dXX", number - 1), next + 1);
  return true;
}

/* A bare number is a year behind a preposition or an article, in brackets, or where nothing follows that it could count. */
static bool year_in_context(const an_scan *scan, uint32_t at) {
  if (at > 0 && (an_atom_is(scan, at - 1, AN_A_NOT) || scan->atoms[at - 1].shape == AN_A_DIGITS)) return false;
  if (at > 0 && scan->atoms[at - 1].shape == AN_A_MARK && !scan->atoms[at].space) {
    char mark = scan->atoms[at - 1].mark;
    if (mark != '(' && mark != '-' && mark != '\'' && mark != '"' && mark != '?' && mark != '[' && mark != '/') return false;
    if (mark == '-' && at > 1 && scan->atoms[at - 2].shape == AN_A_WORD && !an_atom_is(scan, at - 2, AN_A_PART_OF)) return false;
  }
  if (at + 1 < scan->count) {
    const an_atom *next = &scan->atoms[at + 1];
    if (!next->space && (next->shape == AN_A_WORD || next->mark == '%' || next->mark == ':')) return false;
    if (an_atom_is(scan, at + 1, AN_A_UNITS) || an_atom_is(scan, at + 1, AN_A_UNIT)) return false;
  }
  if (at > 0 && (an_atom_is(scan, at - 1, AN_A_LINK) || an_atom_is(scan, at - 1, AN_A_PART_OF) || an_atom_is(scan, at - 1, AN_A_DET))) {
    bool counts = an_atom_word(scan, at - 1, "than") || an_atom_word(scan, at - 1, "a") || an_atom_word(scan, at - 1, "for");
    if (!counts) return true;
  }
  if (at + 1 >= scan->count || scan->atoms[at + 1].shape == AN_A_MARK) return scan->atoms[at].number >= 1700 && scan->atoms[at].number <= 2060;
  return at > 0 && scan->atoms[at - 1].mark == '(';
}

/* "of 1909 Jolinda Drive", "at 1119 Eighth St.": the number of a house; "In 2008 Wall Street fell" is a year. */
static bool house(const an_scan *scan, uint32_t at) {
  enum { MOST_WORDS = 3 };
  if (at > 0 && scan->atoms[at - 1].shape == AN_A_WORD && !an_atom_word(scan, at - 1, "of") && !an_atom_word(scan, at - 1, "at")) return false;
  for (uint32_t i = at + 1; i < scan->count && i <= at + MOST_WORDS; i++) {
    if (scan->atoms[i].shape != AN_A_WORD || !scan->atoms[i].capital || !scan->atoms[i].space) return false;
    if (i > at + 1 && an_atom_is(scan, i, AN_A_STREET)) return true;
  }
  return false;
}

static bool year(const an_scan *scan, uint32_t at, an_found *out) {
  int number = 0;
  bool ranged = an_atom_word(scan, at + 1, "to") || an_atom_word(scan, at + 1, "through") || an_atom_word(scan, at + 1, "until");
  if (an_atom_is(scan, at, AN_A_FISCAL)) {
    uint32_t next = an_atom_word(scan, at + 1, "year") ? at + 2 : at + 1, end = year_at(scan, next, &number);
    if (end == next) return false;
    fixed(out, AN_TIME_DATE, an_arena_printf(scan->arena, "FY%d", number), end);
    out->rule = "fiscal year";
    return true;
  }
  uint32_t end = year_at(scan, at, &number);
  int last = 0;
  ranged = ranged && year_at(scan, at + 2, &last) > at + 2 && last > number && last - number < 200; /* 2014 to 2018 */
  if (end == at || !(ranged || year_in_context(scan, at)) || house(scan, at)) return false;
  shift(out, AN_GRAIN_YEAR, 0, end);
  out->form.kind = AN_TIME_CALENDAR;
  out->form.year = (int16_t)number;
  out->rule = "year";
  return true;
}

bool an_rule_year(const an_scan *scan, uint32_t at, an_found *out) {
  *out = (an_found){.first = at};
  return AN_BY(out, "decade", decade(scan, at, out)) || AN_BY(out, "century", century(scan, at, out)) ||
         AN_BY(out, "quarter, half", quarter(scan, at, out)) || year(scan, at, out);
}

/* ---- Everything that leads with a word of its own ----------------------------------------------- */

static bool deictic(const an_scan *scan, uint32_t at, an_found *out) {
  an_text value = an_atom_value(scan, at, AN_A_DEICTIC);
  if (value.at == NULL) return false;
  shift(out, AN_GRAIN_DAY, an_atom_int(scan, at, AN_A_DEICTIC, 0), at + 1);
  if (an_text_ends(value, "NI")) part_of_day(out, AN_LIT("NI"));
  return true;
}

static bool named(const an_scan *scan, uint32_t at, an_found *out) {
  uint32_t next = an_atom_word(scan, at, "the") ? at + 1 : at;
  an_text ref = an_atom_value(scan, next, AN_A_REF);
  if (ref.at != NULL) {
    if ((scan->atoms[next].sense[0].needs == AN_A_NOUN) != (next > at)) return false; /* "the future", but "now" */
    an_text units = an_atom_value(scan, next + 1, AN_A_UNITS);
    fixed(out, AN_TIME_DATE, ref, units.at != NULL ? next + 2 : next + 1);
    out->rule = "now, recently, soon";
    return true;
  }
  an_text day = an_atom_value(scan, at, AN_A_HOLIDAY);
  if (day.at == NULL || day.size != 5 || !scan->atoms[at].capital) return false;
  shift(out, AN_GRAIN_DAY, 0, at + 1);
  out->form.kind = AN_TIME_CALENDAR;
  out->form.month = (uint8_t)((day.at[0] - '0') * 10 + day.at[1] - '0');
  out->form.day = (uint8_t)((day.at[3] - '0') * 10 + day.at[4] - '0');
  int said = 0;
  uint32_t end = year_at(scan, out->end, &said);
  if (end > out->end) { out->form.year = (int16_t)said; out->end = end; }
  out->rule = "feast";
  return true;
}

/* "the weekend", "the day": only with a date before them to be the day of. */
static bool the_unit(const an_scan *scan, uint32_t at, an_found *out) {
  if (!an_atom_word(scan, at, "the")) return false;
  if (an_atom_is(scan, at + 1, AN_A_WEEKEND)) { shift(out, AN_GRAIN_WEEKEND, 0, at + 2); out->form.side = -1; return true; }
  return false;
}

static bool core(const an_scan *scan, uint32_t at, an_found *out) {
  return AN_BY(out, "week of", week_of(scan, at, out)) || AN_BY(out, "month of", month_of(scan, at, out)) ||
         AN_BY(out, "after next", twice_away(scan, at, out)) || AN_BY(out, "unit before or after", unit_away(scan, at, out)) ||
         AN_BY(out, "last, this, next", relative(scan, at, out)) || AN_BY(out, "today", deictic(scan, at, out)) ||
         AN_BY(out, "season", season(scan, at, out)) || AN_BY(out, "the weekend", the_unit(scan, at, out)) ||
         named(scan, at, out);
}

bool an_rule_point(const an_scan *scan, uint32_t at, an_found *out) {
  *out = (an_found){.first = at};
  int way = an_atom_int(scan, at, AN_A_RELATIVE, 0);
  if (way != 0 && an_atom_is(scan, at + 1, AN_A_WEEKDAY)) return moved_thing(scan, at + 1, way, false, out);
  return deictic(scan, at, out) || named(scan, at, out) || an_rule_date(scan, at, out) || year(scan, at, out);
}

/* "earlier this month", "late on Tuesday", "mid-2011", "the end of last year": the value is that of what follows. */
static uint32_t lead_in(const an_scan *scan, uint32_t at) {
  uint32_t next = an_atom_word(scan, at, "the") || an_atom_word(scan, at, "very") ? at + 1 : at;
  if (an_atom_word(scan, next, "very")) next++;
  if (an_atom_is(scan, next, AN_A_EDGE) && an_atom_word(scan, next + 1, "of")) return next + 2;
  if (!an_atom_is(scan, at, AN_A_PART_OF)) return at;
  next = at + 1;
  if (an_atom_mark(scan, next, '-')) return next + 1;
  if (an_atom_word(scan, next, "on") || an_atom_word(scan, next, "in")) next++;
  return next;
}

bool an_rule_relative(const an_scan *scan, uint32_t at, an_found *out) {
  *out = (an_found){.first = at};
  uint32_t from = lead_in(scan, at);
  if (from > at) {
    an_found inner = {0};
    bool unit = an_atom_word(scan, from, "the") && an_atom_is(scan, from + 1, AN_A_UNIT) && an_atom_word(scan, from - 1, "of");
    if (unit) {
      shift(out, unit_grain(an_atom_value(scan, from + 1, AN_A_UNIT)), 0, from + 2);
      if (out->form.grain == AN_GRAIN_NONE) return false;
      out->form.from = out->form.grain == AN_GRAIN_DAY ? scan->last_day : AN_NONE;
    } else if (core(scan, from, &inner) || an_rule_date(scan, from, &inner) || an_rule_year(scan, from, &inner)) {
      *out = inner;
    } else return false;
    out->first = at;
    out->rule = "early, mid, end of";
    if (out->second) return false;
  } else if (!core(scan, at, out)) return false;
  if (out->form.kind == AN_TIME_SHIFT && out->form.plus == 0) out->anchor = anchor_of(&out->form);
  return true;
}
