/* SPDX-License-Identifier: Apache-2.0 */
#include "base/day.h"

#include <string.h>

/* Civil days from a count of days and back, by eras of 400 years that start on 1 March (Howard Hinnant,
   "chrono-compatible low-level date algorithms", 2013): leap days come last in such a year. */
enum { ERA = 146097, EPOCH = 719468 };

static const unsigned char month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

unsigned an_month_length(int year, unsigned month) {
  if (month < 1 || month > 12) return 0;
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : month_days[month - 1];
}

bool an_day_valid(int year, unsigned month, unsigned day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= an_month_length(year, month);
}

an_day an_day_of(int year, unsigned month, unsigned day) {
  if (month < 1) month = 1;
  if (month > 12) month = 12;
  if (day < 1) day = 1;
  if (day > an_month_length(year, month)) day = an_month_length(year, month);
  if (month <= 2) year--;
  int era = (year >= 0 ? year : year - 399) / 400;
  int year_of_era = year - era * 400;
  int day_of_year = (int)((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1);
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * ERA + day_of_era - EPOCH;
}

void an_day_parts(an_day day, int *year, unsigned *month, unsigned *mday) {
  int64_t shifted = (int64_t)day + EPOCH;
  int64_t era = (shifted >= 0 ? shifted : shifted - (ERA - 1)) / ERA;
  int day_of_era = (int)(shifted - era * ERA);
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  unsigned from_march = (unsigned)(5 * day_of_year + 2) / 153;
  *mday = (unsigned)day_of_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = (int)(year_of_era + era * 400) + (*month <= 2);
}

unsigned an_day_weekday(an_day day) { /* 1970-01-01 was a Thursday */
  return (unsigned)((((int64_t)day + 3) % 7 + 7) % 7) + 1;
}

const char *an_weekday_name(unsigned weekday) {
  static const char *const names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  return weekday >= 1 && weekday <= 7 ? names[weekday - 1] : NULL;
}

/* ---- Reading and writing ----------------------------------------------------------------------- */

/* Exactly `count` digits at *at, and no digit behind them. */
static bool digits(an_text text, uint32_t *at, uint32_t count, unsigned *out) {
  unsigned value = 0;
  if (text.size - *at < count) return false;
  for (uint32_t i = 0; i < count; i++) {
    unsigned char c = (unsigned char)text.at[*at + i];
    if (!an_code_is_digit(c)) return false;
    value = value * 10 + (unsigned)(c - '0');
  }
  *at += count;
  if (*at < text.size && an_code_is_digit((unsigned char)text.at[*at])) return false;
  *out = value;
  return true;
}

/* What may stand behind a whole date: nothing, a time ("T10:00", " 10:00"), a zone, punctuation; no letter or hyphen
   that makes it something else. */
static bool date_ends(an_text text, uint32_t at) {
  if (at == text.size) return true;
  char c = text.at[at];
  if ((c == 'T' || c == 't') && at + 1 < text.size) return an_code_is_digit((unsigned char)text.at[at + 1]);
  return c != '-' && !an_code_is_letter((unsigned char)c);
}

bool an_days_parse(an_text text, an_days *out) {
  text = an_text_trim(text);
  uint32_t at = 0;
  unsigned year, month, day;
  if (!digits(text, &at, 4, &year) || year == 0) return false;
  if (at == text.size) {
    *out = an_days_between(an_day_of((int)year, 1, 1), an_day_of((int)year, 12, 31));
    return true;
  }
  if (text.at[at] != '-') return false;
  at++;
  if (!digits(text, &at, 2, &month) || month < 1 || month > 12) return false;
  if (at == text.size) {
    *out = an_days_between(an_day_of((int)year, month, 1), an_day_of((int)year, month, 31));
    return true;
  }
  if (text.at[at] != '-') return false;
  at++;
  if (!digits(text, &at, 2, &day) || !an_day_valid((int)year, month, day) || !date_ends(text, at)) return false;
  *out = an_days_single(an_day_of((int)year, month, day));
  return true;
}

void an_day_write(an_buf *buf, an_day day) {
  int year;
  unsigned month, mday;
  an_day_parts(day, &year, &month, &mday);
  an_buf_printf(buf, "%04d-%02u-%02u", year, month, mday);
}

void an_day_iso(an_day day, char out[16]) {
  char bytes[32];
  an_buf buf = {bytes, 0, sizeof bytes, sizeof bytes - 1, false};
  out[0] = '\0';
  if (day == AN_DAY_OPEN_EARLIEST || day == AN_DAY_OPEN_LATEST) return;
  an_day_write(&buf, day);
  if (buf.size < 16) memcpy(out, bytes, buf.size + 1);
}

void an_days_edtf(an_buf *buf, an_days days) {
  if (an_days_is_open(days)) return;
  if (days.earliest == AN_DAY_OPEN_EARLIEST) an_buf_z(buf, "..");
  else an_day_write(buf, days.earliest);
  if (an_days_is_single(days)) return;
  an_buf_char(buf, '/');
  if (days.latest == AN_DAY_OPEN_LATEST) an_buf_z(buf, "..");
  else an_day_write(buf, days.latest);
}

/* ---- Sets of days ------------------------------------------------------------------------------ */

an_days an_days_single(an_day day) { return (an_days){day, day, 0}; }

an_days an_days_between(an_day earliest, an_day latest) { return (an_days){earliest, latest, 0}; }

bool an_days_is_single(an_days days) { return days.earliest == days.latest; }

bool an_days_is_open(an_days days) { return days.earliest == AN_DAY_OPEN_EARLIEST && days.latest == AN_DAY_OPEN_LATEST; }

unsigned an_days_weekday(an_days days) {
  for (unsigned weekday = 1; weekday <= 7; weekday++)
    if (days.weekdays == 1u << (weekday - 1)) return weekday;
  return 0;
}

/* `days` moved, staying short of the values that mean "open". */
static an_day moved(an_day day, int64_t by) {
  int64_t to = (int64_t)day + by;
  if (to <= AN_DAY_OPEN_EARLIEST) return AN_DAY_OPEN_EARLIEST + 1;
  if (to >= AN_DAY_OPEN_LATEST) return AN_DAY_OPEN_LATEST - 1;
  return (an_day)to;
}

/* The first (step 1) or last (step -1) day on or past `day` whose weekday is in the mask. */
static an_day to_weekday(an_day day, uint8_t mask, int step) {
  for (int i = 0; i < 7; i++) {
    an_day at = moved(day, (int64_t)i * step);
    if (mask & 1u << (an_day_weekday(at) - 1)) return at;
  }
  return day;
}

static bool narrow(an_days *days) {
  if (days->weekdays != 0) {
    if (days->earliest != AN_DAY_OPEN_EARLIEST) days->earliest = to_weekday(days->earliest, days->weekdays, 1);
    if (days->latest != AN_DAY_OPEN_LATEST) days->latest = to_weekday(days->latest, days->weekdays, -1);
  }
  if (days->earliest > days->latest) return false;
  if (days->weekdays != 0 && (int64_t)days->latest - days->earliest < 7) {
    unsigned there = 0;
    for (an_day day = days->earliest; day <= days->latest; day++) there |= 1u << (an_day_weekday(day) - 1);
    days->weekdays = (uint8_t)(days->weekdays & there);
  }
  return true;
}

bool an_days_meet(an_days a, an_days b, an_days *out) {
  an_days both = {a.earliest > b.earliest ? a.earliest : b.earliest, a.latest < b.latest ? a.latest : b.latest, 0};
  uint8_t all_a = a.weekdays != 0 ? a.weekdays : 127, all_b = b.weekdays != 0 ? b.weekdays : 127;
  if ((all_a & all_b) == 0) return false;
  if (a.weekdays != 0 || b.weekdays != 0) both.weekdays = all_a & all_b;
  if (!narrow(&both)) return false;
  *out = both;
  return true;
}

/* ---- Units and anchors ------------------------------------------------------------------------- */

/* The unit `offset` units from the one that holds the day. */
static an_days unit_at(an_day day, an_unit unit, int offset) {
  if (unit == AN_UNIT_DAY) return an_days_single(moved(day, offset));
  if (unit == AN_UNIT_WEEK) {
    an_day monday = moved(day, 1 - (int64_t)an_day_weekday(day) + 7 * (int64_t)offset);
    return an_days_between(monday, moved(monday, 6));
  }
  int year;
  unsigned month, mday;
  an_day_parts(day, &year, &month, &mday);
  if (unit == AN_UNIT_YEAR) return an_days_between(an_day_of(year + offset, 1, 1), an_day_of(year + offset, 12, 31));
  int months = year * 12 + (int)month - 1 + offset;
  year = (months >= 0 ? months : months - 11) / 12;
  month = (unsigned)(months - year * 12) + 1;
  return an_days_between(an_day_of(year, month, 1), an_day_of(year, month, 31));
}

an_days an_days_unit(an_day day, an_unit unit) { return unit_at(day, unit, 0); }

static an_days anchored(an_anchor anchor, an_day published) {
  an_days unit = unit_at(published, (an_unit)anchor.unit, anchor.offset);
  if (anchor.weekday < 1 || anchor.weekday > 7) return unit;
  uint8_t mask = (uint8_t)(1u << (anchor.weekday - 1));
  if (anchor.side < 0) return an_days_single(to_weekday(unit.earliest, mask, -1));
  if (anchor.side > 0) return an_days_single(to_weekday(unit.earliest, mask, 1));
  if (anchor.unit <= AN_UNIT_WEEK) return an_days_single(to_weekday(unit_at(unit.earliest, AN_UNIT_WEEK, 0).earliest, mask, 1));
  unit.weekdays = mask; /* "a Tuesday last month": any of them */
  (void)narrow(&unit);
  return unit;
}

an_days an_anchor_days(an_anchor anchor, an_days published) {
  if (anchor.to == AN_ANCHOR_NONE) return AN_DAYS_ANY;
  an_days out = AN_DAYS_ANY;
  if (published.earliest != AN_DAY_OPEN_EARLIEST) out.earliest = anchored(anchor, published.earliest).earliest;
  if (published.latest != AN_DAY_OPEN_LATEST) out.latest = anchored(anchor, published.latest).latest;
  if (anchor.weekday >= 1 && anchor.weekday <= 7) out.weekdays = (uint8_t)(1u << (anchor.weekday - 1));
  if (anchor.weekday == 0 && anchor.unit == AN_UNIT_DAY && published.weekdays != 0) {
    unsigned by = (unsigned)((anchor.offset % 7 + 7) % 7), mask = published.weekdays;
    out.weekdays = (uint8_t)((mask << by | mask >> (7 - by)) & 127);
  }
  return out;
}
