/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for days and months by name or number, and for times of day. */
#include "time/inner.h"

static an_time_form blank(uint8_t kind, uint8_t grain) {
  return (an_time_form){.kind = kind, .grain = grain, .clock = -1, .from = AN_NONE};
}

/* A day of the month, "28" or "28th". */
static uint32_t day_at(const an_scan *scan, uint32_t at, uint8_t *day) {
  if (at >= scan->count || scan->atoms[at].shape != AN_A_DIGITS) return at;
  const an_atom *atom = &scan->atoms[at];
  if (atom->digits < 1 || atom->digits > 2 || atom->number < 1 || atom->number > 31) return at;
  *day = (uint8_t)atom->number;
  bool suffix = an_atom_word(scan, at + 1, "st") || an_atom_word(scan, at + 1, "nd") || an_atom_word(scan, at + 1, "rd") ||
                an_atom_word(scan, at + 1, "th");
  if (suffix && !scan->atoms[at + 1].space) return at + 2;
  if (at + 1 < scan->count && !scan->atoms[at + 1].space && scan->atoms[at + 1].shape == AN_A_WORD) return at; /* "28km" */
  return at + 1;
}

/* "ninth", "twenty-seventh", "the fourth"; with `numbers` also "twenty-nine", as in "May twenty-nine". */
static uint32_t day_word(const an_scan *scan, uint32_t at, bool numbers, uint8_t *day) {
  uint32_t next = an_atom_word(scan, at, "the") ? at + 1 : at;
  int tens = an_atom_int(scan, next, AN_A_NUMBER, 0), ordinal = an_atom_int(scan, next, AN_A_ORDINAL, 0);
  if (ordinal >= 1 && ordinal <= 31) { *day = (uint8_t)ordinal; return next + 1; }
  if (tens == 20 || tens == 30) {
    uint32_t unit = an_atom_mark(scan, next + 1, '-') ? next + 2 : next + 1;
    ordinal = an_atom_int(scan, unit, AN_A_ORDINAL, 0);
    if (ordinal >= 1 && ordinal <= 9 && tens + ordinal <= 31) { *day = (uint8_t)(tens + ordinal); return unit + 1; }
  }
  double number = 0;
  bool vague = false;
  uint32_t end = numbers && next == at && tens > 0 ? an_atom_count(scan, next, &number, &vague) : next;
  if (end == next || vague || number < 1 || number > 31) return at;
  *day = (uint8_t)number;
  return end;
}

/* A day behind its month: "28", "28th", "the 28th", "ninth". */
static uint32_t day_behind(const an_scan *scan, uint32_t at, uint8_t *day) {
  uint32_t digits = an_atom_word(scan, at, "the") ? at + 1 : at, end = day_at(scan, digits, day);
  if (end > digits && (digits == at || end > digits + 1)) return end; /* "June the 28th", but not "June the 28 men" */
  return day_word(scan, at, true, day);
}

static uint32_t year_at(const an_scan *scan, uint32_t at, int16_t *year) {
  if (at >= scan->count || scan->atoms[at].shape != AN_A_DIGITS) return at;
  const an_atom *atom = &scan->atoms[at];
  if (atom->digits != 4 || atom->end - atom->begin != 4 || atom->number < 1000 || atom->number > 2100) return at;
  *year = (int16_t)atom->number;
  return at + 1;
}

static bool number_stands_alone(const an_scan *scan, uint32_t at);

/* Behind a day: ", 2017", " 2017", "of 2017", "in 2017". A comma must lead straight to the year. */
static uint32_t year_behind(const an_scan *scan, uint32_t at, int16_t *year) {
  bool joined = an_atom_mark(scan, at, ',') || an_atom_word(scan, at, "of") || an_atom_word(scan, at, "in");
  uint32_t from = joined ? at + 1 : at;
  uint32_t end = year_at(scan, from, year);
  if (end == from) return at;
  bool round = *year % 100 == 0 || *year < 1900;
  if (joined && round && !an_atom_mark(scan, at, ',') && !number_stands_alone(scan, end)) { *year = 0; return at; } /* "in 2000 homes" */
  return end;
}

/* "Aug-2019", "Dec/2018": a mark without white space on either side, and the year. */
static uint32_t year_marked(const an_scan *scan, uint32_t at, int16_t *year) {
  bool mark = at + 1 < scan->count && (an_atom_mark(scan, at, '-') || an_atom_mark(scan, at, '/')) && !scan->atoms[at].space && !scan->atoms[at + 1].space;
  uint32_t end = mark ? year_at(scan, at + 1, year) : at;
  return mark && end > at + 1 ? end : at;
}

static bool after_link(const an_scan *scan, uint32_t at) {
  return at > 0 && (an_atom_is(scan, at - 1, AN_A_LINK) || an_atom_is(scan, at - 1, AN_A_RELATIVE) ||
                    an_atom_is(scan, at - 1, AN_A_PART_OF) || an_atom_is(scan, at - 1, AN_A_DEGREE) ||
                    (an_atom_mark(scan, at - 1, '-') && at > 1 && an_atom_is(scan, at - 2, AN_A_PART_OF)));
}

static uint8_t needs(const an_scan *scan, uint32_t at, uint8_t kind) {
  for (uint8_t i = 0; i < scan->atoms[at].senses; i++)
    if (scan->atoms[at].sense[i].kind == kind) return scan->atoms[at].sense[i].needs;
  return AN_A_NOTHING;
}

/* A month name. "May" and "March" are months beside a number or behind a preposition only. */
static uint32_t month_at(const an_scan *scan, uint32_t at, uint8_t *month, bool beside) {
  int value = an_atom_int(scan, at, AN_A_MONTH, 0);
  if (value < 1 || value > 12 || !scan->atoms[at].capital) return at;
  /* "Sept. 14", but "in May. 14 people": a name that is no abbreviation takes no stop. */
  bool whole = an_atom_word(scan, at, "may") || an_atom_word(scan, at, "june") || an_atom_word(scan, at, "july");
  bool stop = an_atom_mark(scan, at + 1, '.') && !scan->atoms[at + 1].space && scan->atoms[at].end - scan->atoms[at].begin <= 4 && !whole;
  uint32_t end = stop && at + 2 < scan->count && scan->atoms[at + 2].shape == AN_A_DIGITS ? at + 2 : at + 1;
  if (!beside && needs(scan, at, AN_A_MONTH) == AN_A_CONTEXT && !after_link(scan, at)) return at;
  *month = (uint8_t)value;
  return end;
}

/* "27 and 28", "27-28", "27 to 29": what may part two days of one month. */
static uint32_t between_days(const an_scan *scan, uint32_t at) {
  if (an_atom_mark(scan, at, '-') || an_atom_word(scan, at, "and") || an_atom_word(scan, at, "to") ||
      an_atom_word(scan, at, "through") || an_atom_word(scan, at, "till") || an_atom_word(scan, at, "until") || an_atom_word(scan, at, "or") || an_atom_mark(scan, at, '/'))
    return at + 1;
  return at;
}

/* Nothing follows that the number could count ("March 27 and 14 people"). */
static bool number_stands_alone(const an_scan *scan, uint32_t at) {
  return at >= scan->count || scan->atoms[at].shape != AN_A_WORD || an_atom_is(scan, at, AN_A_LINK) ||
         an_atom_is(scan, at, AN_A_DET) || scan->atoms[at].capital;
}

static bool real(const an_time_form *form) {
  return form->day == 0 || form->day <= an_month_length(form->year != 0 ? form->year : 2000, form->month);
}

/* "Sep-23-2020" */
static bool month_marked(const an_scan *scan, uint32_t at, uint8_t month, an_found *out) {
  uint8_t day = 0;
  int16_t year = 0;
  if (!an_atom_mark(scan, at, '-') || scan->atoms[at].space || day_at(scan, at + 1, &day) != at + 2 || !an_atom_mark(scan, at + 2, '-')) return false;
  if (year_at(scan, at + 3, &year) == at + 3 || scan->atoms[at + 3].space) return false;
  out->form = blank(AN_TIME_CALENDAR, AN_GRAIN_DAY);
  out->form.month = month;
  out->form.day = day;
  out->form.year = year;
  out->end = at + 4;
  return true;
}

/* "Jan.-Feb. 2017", "May to October": a month that the next word shows to be one. */
static bool before_month(const an_scan *scan, uint32_t at) {
  uint32_t next = between_days(scan, at);
  uint8_t month = 0;
  return next > at && !an_atom_word(scan, at, "or") && month_at(scan, next, &month, true) > next;
}

/* "March 28, 2017", "March 27 and 28", "March 2017", "March". */
static bool month_first(const an_scan *scan, uint32_t at, an_found *out) {
  uint8_t month = 0, day = 0;
  uint32_t end = month_at(scan, at, &month, true);
  if (end == at) return false;
  out->form = blank(AN_TIME_CALENDAR, AN_GRAIN_MONTH);
  out->form.month = month;
  if (month_marked(scan, end, month, out)) return real(&out->form);
  uint32_t behind = day_behind(scan, end, &day);
  if (behind > end && !an_atom_mark(scan, behind, '%') && !(an_atom_mark(scan, behind, ':') && behind + 1 < scan->count && !scan->atoms[behind + 1].space)) {
    out->form.day = day;
    out->form.grain = AN_GRAIN_DAY;
    end = behind;
    uint32_t other = between_days(scan, end), other_end = other > end ? day_behind(scan, other, &out->second_day) : other;
    if (other_end > other && out->second_day > day && number_stands_alone(scan, other_end)) {
      out->second = true;
      out->first_end = end;
      out->second_first = other;
      end = other_end;
    }
    end = year_behind(scan, end, &out->form.year);
    if (out->second) out->second_end = end;
  } else {
    uint32_t year = year_behind(scan, end, &out->form.year);
    if (year == end) year = year_marked(scan, end, &out->form.year);
    if (year > end) end = year;
    else if (before_month(scan, end)) { out->end = end; return true; }
    else if (month_at(scan, at, &month, false) == at && !an_atom_is(scan, at + 1, AN_A_LINK)) return false;
    else if (needs(scan, at, AN_A_MONTH) == AN_A_CONTEXT && !after_link(scan, at)) return false;
  }
  out->end = end;
  return real(&out->form);
}

/* "28 March 2017", "27 and 28 March", "the 28th of March". */
static bool day_first(const an_scan *scan, uint32_t at, an_found *out) {
  uint8_t day = 0, other_day = 0, month = 0;
  bool word = false;
  uint32_t end = day_at(scan, at, &day);
  if (end == at) {
    end = day_word(scan, at, false, &day);
    word = end > at;
  }
  if (end == at || (at > 0 && an_atom_mark(scan, at - 1, '$'))) return false;
  out->form = blank(AN_TIME_CALENDAR, AN_GRAIN_DAY);
  uint32_t other = between_days(scan, end), other_end = other > end ? day_at(scan, other, &other_day) : other;
  if (other > end && other_end == other) other_end = day_word(scan, other, false, &other_day);
  uint32_t name = other_end > other ? other_end : end;
  if (an_atom_word(scan, name, "day") && an_atom_word(scan, name + 1, "of")) name++; /* the 15th day of June */
  if (an_atom_word(scan, name, "of")) name++;
  else if (word) return false; /* "the second of May", but not "the second May" */
  else if ((an_atom_mark(scan, name, '-') || an_atom_mark(scan, name, '/')) && name == end && !scan->atoms[name].space) name++; /* 05-Aug-2016 */
  uint32_t behind = month_at(scan, name, &month, true);
  if (behind == name) return false;
  out->form.month = month;
  out->form.day = day;
  if (other_end > other) {
    out->second = true;
    out->second_day = other_day;
    out->first_end = end;
    out->second_first = other;
  }
  out->end = year_behind(scan, behind, &out->form.year);
  if (out->end == behind) out->end = year_marked(scan, behind, &out->form.year);
  if (out->second) out->second_end = out->end;
  return real(&out->form);
}

/* "2017 April" */
static bool year_then_month(const an_scan *scan, uint32_t at, an_found *out) {
  uint8_t month = 0, day = 0;
  int16_t year = 0;
  uint32_t name = year_at(scan, at, &year), end = name > at ? month_at(scan, name, &month, true) : name;
  if (end == name || day_behind(scan, end, &day) > end || year < 1900) return false;
  out->form = blank(AN_TIME_CALENDAR, AN_GRAIN_MONTH);
  out->form.year = year;
  out->form.month = month;
  out->end = end;
  return true;
}

/* "2019-Aug-01" */
static bool year_first(const an_scan *scan, uint32_t at, an_found *out) {
  uint8_t month = 0, day = 0;
  int16_t year = 0;
  if (at + 4 >= scan->count || year_at(scan, at, &year) == at) return false;
  char mark = scan->atoms[at + 1].shape == AN_A_MARK ? scan->atoms[at + 1].mark : 0;
  if ((mark != '-' && mark != '/') || !an_atom_mark(scan, at + 3, mark) || scan->atoms[at + 2].space || scan->atoms[at + 4].space) return false;
  if (month_at(scan, at + 2, &month, true) != at + 3 || day_at(scan, at + 4, &day) != at + 5) return false;
  out->form = blank(AN_TIME_CALENDAR, AN_GRAIN_DAY);
  out->form.year = year;
  out->form.month = month;
  out->form.day = day;
  out->end = at + 5;
  return real(&out->form);
}

/* "09/17/18 10:30 AM": a year of two digits is one only before a time of day, or where nothing else stands. */
static bool short_year(const an_scan *scan, uint32_t at) {
  bool clock = at + 6 < scan->count && scan->atoms[at + 5].shape == AN_A_DIGITS && an_atom_mark(scan, at + 6, ':');
  return scan->atoms[at].digits == 2 && scan->atoms[at + 2].digits == 2 && scan->atoms[at + 4].digits == 2 && (clock || scan->count == 5);
}

/* "2017-03-28", "2017/3/28", "3/28/2017" where one reading only is a date. */
static bool numeric(const an_scan *scan, uint32_t at, an_found *out) {
  if (at + 4 >= scan->count) return false;
  const an_atom *a = &scan->atoms[at];
  char mark = a[1].shape == AN_A_MARK ? a[1].mark : 0;
  if ((mark != '-' && mark != '/') || a[0].shape != AN_A_DIGITS || a[2].shape != AN_A_DIGITS || a[4].shape != AN_A_DIGITS) return false;
  if (!an_atom_mark(scan, at + 3, mark) || a[1].space || a[2].space || a[3].space || a[4].space) return false;
  out->form = blank(AN_TIME_CALENDAR, AN_GRAIN_DAY);
  double year = a[0].number, month = a[2].number, day = a[4].number;
  if (a[0].digits != 4) {
    bool two = short_year(scan, at);
    if (a[4].digits != 4 && (mark != '/' || !two)) return false;
    year = two ? a[4].number + (a[4].number < 70 ? 2000 : 1900) : a[4].number;
    bool month_leads = a[0].number <= 12, day_leads = a[2].number <= 12;
    if (month_leads && day_leads && a[0].number != a[2].number) return false; /* 3/4/2017: not known */
    month = month_leads ? a[0].number : a[2].number;
    day = month_leads ? a[2].number : a[0].number;
  }
  if (year < 1000 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 31) return false;
  out->form.year = (int16_t)year;
  out->form.month = (uint8_t)month;
  out->form.day = (uint8_t)day;
  out->end = at + 5;
  return real(&out->form);
}

/* "2018年9月17日", as East Asian pages print it. */
static bool counted_signs(const an_scan *scan, uint32_t at, an_found *out) {
  static const char *const signs[] = {"\xE5\xB9\xB4", "\xE6\x9C\x88", "\xE6\x97\xA5"}; /* year, month, day */
  if (at + 5 >= scan->count) return false;
  const an_atom *a = &scan->atoms[at];
  for (uint32_t i = 0; i < 3; i++) {
    an_text sign = an_text_slice(scan->text, a[2 * i + 1].begin, a[2 * i + 1].end);
    if (a[2 * i].shape != AN_A_DIGITS || a[2 * i].digits == 0 || !an_text_is(sign, signs[i])) return false;
  }
  if (a[0].digits != 4 || a[2].digits > 2 || a[4].digits > 2 || !an_day_valid((int)a[0].number, (unsigned)a[2].number, (unsigned)a[4].number)) return false;
  out->form = blank(AN_TIME_CALENDAR, AN_GRAIN_DAY);
  out->form.year = (int16_t)a[0].number;
  out->form.month = (uint8_t)a[2].number;
  out->form.day = (uint8_t)a[4].number;
  out->end = at + 6;
  return true;
}

/* "04.09.2023": with dots the day leads. The first two are cut as one number with a fraction. */
static bool dotted(const an_scan *scan, uint32_t at, an_found *out) {
  if (at + 2 >= scan->count || scan->atoms[at].shape != AN_A_DIGITS || scan->atoms[at].digits != 0) return false;
  const an_atom *a = &scan->atoms[at];
  uint32_t size = a->end - a->begin, dot = 0;
  while (dot < size && scan->text.at[a->begin + dot] != '.') dot++;
  if (!an_atom_mark(scan, at + 1, '.') || a[1].space || a[2].space || a[2].digits != 4 || dot < 1 || dot > 2 || size - dot - 1 < 1 || size - dot > 3) return false;
  unsigned parts[2] = {0, 0};
  for (uint32_t i = 0; i < size; i++)
    if (i != dot) parts[i > dot] = parts[i > dot] * 10 + (unsigned)(scan->text.at[a->begin + i] - '0');
  if (a[2].number < 1900 || a[2].number > 2100 || !an_day_valid((int)a[2].number, parts[1], parts[0])) return false;
  out->form = blank(AN_TIME_CALENDAR, AN_GRAIN_DAY);
  out->form.year = (int16_t)a[2].number;
  out->form.month = (uint8_t)parts[1];
  out->form.day = (uint8_t)parts[0];
  out->end = at + 3;
  return true;
}

bool an_rule_date(const an_scan *scan, uint32_t at, an_found *out) {
  *out = (an_found){.first = at, .type = AN_TIME_DATE};
  int weekday = an_atom_int(scan, at, AN_A_WEEKDAY, 0);
  if (weekday == 0)
    return AN_BY(out, "month first", month_first(scan, at, out)) || AN_BY(out, "day first", day_first(scan, at, out)) ||
           AN_BY(out, "numbers", numeric(scan, at, out)) || AN_BY(out, "year, month, day", year_first(scan, at, out)) ||
           AN_BY(out, "year, month", year_then_month(scan, at, out)) || AN_BY(out, "dots", dotted(scan, at, out)) ||
           AN_BY(out, "signs", counted_signs(scan, at, out));
  if (!scan->atoms[at].capital) return false;
  uint32_t next = at + 1;
  if (an_atom_mark(scan, next, '.') && !scan->atoms[next].space) next++;
  if (an_atom_mark(scan, next, ',')) next++;
  if (an_atom_is(scan, next, AN_A_DET)) next++;
  an_found dated = {.first = at, .type = AN_TIME_DATE};
  if ((month_first(scan, next, &dated) || day_first(scan, next, &dated)) && dated.form.day != 0 && !dated.second) {
    *out = dated;
    out->first = at;
    out->form.weekday = (uint8_t)weekday;
    out->rule = "weekday and date";
    return true;
  }
  if (needs(scan, at, AN_A_WEEKDAY) == AN_A_DATED) return false;
  out->form = blank(AN_TIME_WEEKDAY, AN_GRAIN_DAY);
  out->form.weekday = (uint8_t)weekday;
  out->end = at + 1;
  out->rule = "weekday";
  return true;
}

/* ---- Times of day ------------------------------------------------------------------------------ */

static void zone_behind(const an_scan *scan, an_found *out) {
  uint32_t at = an_atom_mark(scan, out->end, '(') ? out->end + 1 : out->end;
  an_text zone = an_atom_value(scan, at, AN_A_ZONE);
  if (zone.at == NULL) return;
  for (uint32_t i = 0; i < zone.size && i + 1 < sizeof out->form.zone; i++) out->form.zone[i] = zone.at[i];
  out->end = at + 1;
  if (at > 0 && an_atom_mark(scan, at - 1, '(') && an_atom_mark(scan, at + 1, ')')) out->end = at + 2;
}

static int twelve_hours(const an_scan *scan, uint32_t *at, int hour) {
  an_text half = an_atom_value(scan, *at, AN_A_AMPM);
  if (half.at == NULL) return hour;
  (*at)++;
  if (an_atom_mark(scan, *at, '.') && !scan->atoms[*at].space) (*at)++;
  if (an_text_is(half, "pm") && hour < 12) return hour + 12;
  return an_text_is(half, "am") && hour == 12 ? 0 : hour;
}

bool an_rule_clock(const an_scan *scan, uint32_t at, an_found *out) {
  *out = (an_found){.first = at, .type = AN_TIME_TIME, .rule = "clock"};
  out->form = blank(AN_TIME_SHIFT, AN_GRAIN_DAY);
  if (at >= scan->count) return false;
  if (an_atom_is(scan, at, AN_A_CLOCK)) {
    out->form.clock = an_text_is(an_atom_value(scan, at, AN_A_CLOCK), "12:00") ? 720 : 1440;
    out->end = at + 1;
    return true;
  }
  const an_atom *a = &scan->atoms[at];
  if (a->shape != AN_A_DIGITS || a->number > 2400) return false;
  uint32_t end = at + 1;
  int hour = (int)a->number, minute = 0;
  bool sure = false;
  if (an_atom_mark(scan, end, ':') && end + 1 < scan->count && scan->atoms[end + 1].shape == AN_A_DIGITS &&
      scan->atoms[end + 1].digits == 2 && !scan->atoms[end].space && !scan->atoms[end + 1].space && a->digits <= 2) {
    minute = (int)scan->atoms[end + 1].number;
    end += 2;
    sure = true;
    if (an_atom_mark(scan, end, ':') && end + 1 < scan->count && scan->atoms[end + 1].digits == 2 && !scan->atoms[end + 1].space) end += 2;
  } else if (a->digits == 0 && a->end - a->begin <= 5 && an_atom_is(scan, end, AN_A_AMPM)) { /* 6.40 p.m. */
    hour = (int)a->number;
    minute = (int)((a->number - hour) * 100 + 0.5);
  } else if (a->digits == 4 && an_atom_is(scan, end, AN_A_ZONE)) { /* 0800 UTC */
    hour = (int)a->number / 100;
    minute = (int)a->number % 100;
    sure = true;
  } else if (a->digits < 1 || a->digits > 2) return false;
  if (an_atom_is(scan, end, AN_A_AMPM)) { hour = twelve_hours(scan, &end, hour); sure = true; }
  if (!sure || hour > 24 || minute > 59) return false;
  out->form.clock = (int16_t)(hour * 60 + minute);
  out->end = end;
  zone_behind(scan, out);
  return true;
}
