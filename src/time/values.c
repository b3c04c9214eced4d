/* SPDX-License-Identifier: Apache-2.0 */
/* Values: a form on a base day becomes TIMEX3 and a set of days; without a base, the symbolic value and what is sure. */
#include "time/inner.h"

#define UNKNOWN AN_DAY_OPEN_EARLIEST

static const char *const season_names[] = {"", "SP", "SU", "FA", "WI"};

static int year_of(an_day day) {
  int year;
  unsigned month, mday;
  an_day_parts(day, &year, &month, &mday);
  return year;
}

static an_day monday_of(an_day day) { return day - (an_day)an_day_weekday(day) + 1; }

/* A week belongs to the year and the month that its Thursday is in, as in ISO 8601. */
static an_days week_days(const an_time_form *form, int year) {
  unsigned first_month = form->month != 0 ? form->month : 1, last_month = form->month != 0 ? form->month : 12;
  an_day first = monday_of(an_day_of(year, first_month, 4));
  an_day last = monday_of(an_day_of(year, last_month, an_month_length(year, last_month) - 3));
  an_day monday = form->index == AN_LAST ? last : first + 7 * (form->index - 1);
  return an_days_between(monday, monday + 6);
}

/* First and last day of a named part of a year. Winter begins in December of that year. */
static an_days part_days(const an_time_form *form, int year) {
  unsigned first = 1, last = 12;
  if (form->grain == AN_GRAIN_WEEK) return week_days(form, year);
  if (form->grain == AN_GRAIN_MONTH) first = last = form->month;
  if (form->grain == AN_GRAIN_QUARTER) { first = (unsigned)form->index * 3 - 2; last = first + 2; }
  if (form->grain == AN_GRAIN_HALF) { first = form->index == 1 ? 1 : 7; last = first + 5; }
  if (form->grain == AN_GRAIN_SEASON) {
    if (form->index == 4) return an_days_between(an_day_of(year, 12, 1), an_day_of(year + 1, 3, 20));
    first = (unsigned)form->index * 3;
    last = first + 3;
  }
  if (form->grain == AN_GRAIN_DAY) return an_days_single(an_day_of(year, form->month, form->day));
  return an_days_between(an_day_of(year, first, 1), an_day_of(year, last, 31));
}

/* A day that lies a few weeks off on the other side than the verb says is meant rather than one almost a year away: "put off a
   vote due March 9" on a page of March 6. */
enum { SLACK_AHEAD = 30, SLACK_BEHIND = 60 };

/* The year of "in August" or "March 28": the latest such up to the base when past, the coming one when not, else the nearest. */
static int year_by_base(const an_time_form *form, an_day base, int way) {
  int year = year_of(base);
  if (form->side == AN_SIDE_YEAR) return year + form->offset;
  an_days same = part_days(form, year);
  if (form->grain == AN_GRAIN_QUARTER || form->grain == AN_GRAIN_HALF) return year;
  if (form->grain == AN_GRAIN_DAY && form->side == 0) {
    an_days around = an_days_between(base - SLACK_BEHIND, base + SLACK_AHEAD);
    for (int near = year - 1; near <= year + 1; near++) {
      if (!an_day_valid(near, form->month, form->day)) continue;
      an_day day = an_day_of(near, form->month, form->day);
      if (day >= around.earliest && day <= around.latest) return near;
    }
  }
  if (way == AN_TENSE_NEAR) way = AN_TENSE_OPEN;
  if (way > 0 && form->index == AN_UNDER_WAY && same.earliest <= base && base - same.earliest <= 183) return year;
  if (way < 0) return same.earliest > base || (form->side < 0 && same.latest >= base) ? year - 1 : year;
  if (way > 0) return same.latest < base || (form->side > 0 && same.earliest <= base) ? year + 1 : year;
  if (same.earliest > base && same.earliest - base > 183) return year - 1;
  if (same.latest < base && base - same.latest > 183) return year + 1;
  return year;
}

static void write_day(an_buf *buf, const an_time_form *form, an_day day) {
  an_day_write(buf, day);
  if (form->part[0] != 0) an_buf_printf(buf, "T%s", form->part);
  else if (form->clock >= 0) an_buf_printf(buf, "T%02d:%02d%s", form->clock / 60, form->clock % 60, form->zone);
}

static void iso_week(an_day day, int *year, int *week) {
  an_day thursday = day - (an_day)an_day_weekday(day) + 4;
  *year = year_of(thursday);
  *week = (int)(thursday - an_day_of(*year, 1, 1)) / 7 + 1;
}

/* The unit that lies `offset` units from the base, as days and as a value. */
static an_days shifted(an_buf *buf, const an_time_form *form, an_day base) {
  int year, week, offset = form->offset;
  unsigned month, mday;
  an_day_parts(base, &year, &month, &mday);
  switch (form->grain) {
    case AN_GRAIN_DAY: write_day(buf, form, base + offset); return an_days_single(base + offset);
    case AN_GRAIN_WEEK: case AN_GRAIN_WEEKEND: {
      an_day monday = base - (an_day)an_day_weekday(base) + 1 + 7 * offset;
      if (form->side < 0 && form->grain == AN_GRAIN_WEEKEND && monday + 5 > base) monday -= 7; /* the weekend that was */
      iso_week(monday, &year, &week);
      bool end = form->grain == AN_GRAIN_WEEKEND;
      an_buf_printf(buf, "%04d-W%02d%s", year, week, end ? "-WE" : "");
      return an_days_between(monday + (end ? 5 : 0), monday + 6);
    }
    case AN_GRAIN_MONTH: case AN_GRAIN_QUARTER: {
      int length = form->grain == AN_GRAIN_MONTH ? 1 : 3, months = year * 12 + (int)month - 1;
      months = months - months % length + length * offset;
      if (months < 12) return AN_DAYS_ANY;
      year = months / 12;
      month = (unsigned)(months % 12) + 1;
      if (length == 1) an_buf_printf(buf, "%04d-%02u", year, month);
      else an_buf_printf(buf, "%04d-Q%u", year, (month + 2) / 3);
      return an_days_between(an_day_of(year, month, 1), an_day_of(year, month + (unsigned)length - 1, 31));
    }
    case AN_GRAIN_DECADE: case AN_GRAIN_CENTURY: {
      int length = form->grain == AN_GRAIN_DECADE ? 10 : 100, first = year - year % length + length * offset;
      an_buf_printf(buf, form->grain == AN_GRAIN_DECADE ? "%03dX" : "%02dXX", first / length);
      return an_days_between(an_day_of(first, 1, 1), an_day_of(first + length - 1, 12, 31));
    }
    default:
      if (form->index == AN_FISCAL) { an_buf_printf(buf, "FY%04d", year + offset); return AN_DAYS_ANY; } /* whose year it is, is not said */
      an_buf_printf(buf, "%04d", year + offset);
      return an_days_between(an_day_of(year + offset, 1, 1), an_day_of(year + offset, 12, 31));
  }
}

/* "the last week of last month": the month by its distance from the base. */
static an_time_form in_month(const an_time_form *form, an_day base) {
  an_time_form known = *form;
  int year;
  unsigned month, mday;
  an_day_parts(base, &year, &month, &mday);
  int months = year * 12 + (int)month - 1 + form->offset;
  known.year = (int16_t)(months / 12);
  known.month = (uint8_t)(months % 12 + 1);
  known.side = 0;
  return known;
}

static an_days calendar(an_buf *buf, const an_time_form *given, an_day base, int way) {
  an_time_form filled = given->side == AN_SIDE_MONTH && base != UNKNOWN ? in_month(given, base) : *given;
  const an_time_form *form = &filled;
  bool known = form->year != 0 || base != UNKNOWN;
  int year = form->year != 0 ? form->year : base != UNKNOWN ? year_by_base(form, base, way) : 0;
  if (known && form->grain == AN_GRAIN_DAY && !an_day_valid(year, form->month, form->day)) { /* 29 February: the nearest year that has it */
    if (form->year != 0) return AN_DAYS_ANY;
    for (int far = 0; far < 9 && !an_day_valid(year, form->month, form->day); far++) year += way > 0 ? 1 : -1;
  }
  an_days days = known ? part_days(form, year) : AN_DAYS_ANY;
  if (known && form->grain == AN_GRAIN_DAY) { write_day(buf, form, days.earliest); return days; }
  if (known && form->grain == AN_GRAIN_WEEK) {
    int week;
    iso_week(days.earliest, &year, &week);
    an_buf_printf(buf, "%04d-W%02d", year, week);
    return days;
  }
  if (known) an_buf_printf(buf, "%04d", year);
  else an_buf_z(buf, "XXXX");
  switch (form->grain) {
    case AN_GRAIN_DAY: an_buf_printf(buf, "-%02u-%02u", form->month, form->day); break;
    case AN_GRAIN_MONTH: an_buf_printf(buf, "-%02u", form->month); break;
    case AN_GRAIN_WEEK: an_buf_z(buf, "-WXX"); break;
    case AN_GRAIN_QUARTER: an_buf_printf(buf, "-Q%u", form->index); break;
    case AN_GRAIN_HALF: an_buf_printf(buf, "-H%u", form->index); break;
    case AN_GRAIN_SEASON: an_buf_printf(buf, "-%s", season_names[form->index <= 4 ? form->index : 0]); break;
    default: break;
  }
  if (!known && form->weekday != 0) days.weekdays = (uint8_t)(1u << (form->weekday - 1));
  return days;
}

static an_days weekday(an_buf *buf, const an_time_form *form, an_day base, int way) {
  an_anchor anchor = {.to = AN_ANCHOR_PUBLISHED, .unit = AN_UNIT_DAY, .weekday = form->weekday,
                      .side = (int8_t)(form->side != 0 ? form->side : way > 0 ? 1 : -1), .offset = form->side};
  if (base == UNKNOWN) {
    an_buf_printf(buf, "XXXX-WXX-%u", form->weekday);
    an_days any = AN_DAYS_ANY;
    any.weekdays = (uint8_t)(1u << (form->weekday - 1));
    return any;
  }
  an_days days = an_anchor_days(anchor, an_days_single(base));
  write_day(buf, form, days.earliest);
  days.weekdays = 0;
  return days;
}

static void symbolic_shift(an_buf *buf, const an_time_form *form) {
  switch (form->grain) {
    case AN_GRAIN_DAY: an_buf_z(buf, "XXXX-XX-XX"); break;
    case AN_GRAIN_WEEK: an_buf_z(buf, "XXXX-WXX"); break;
    case AN_GRAIN_WEEKEND: an_buf_z(buf, "XXXX-WXX-WE"); break;
    case AN_GRAIN_MONTH: an_buf_z(buf, "XXXX-XX"); break;
    case AN_GRAIN_QUARTER: an_buf_z(buf, "XXXX-QX"); break;
    default: an_buf_z(buf, "XXXX"); break;
  }
  if (form->part[0] != 0) an_buf_printf(buf, "T%s", form->part);
  else if (form->clock >= 0) an_buf_printf(buf, "T%02d:%02d%s", form->clock / 60, form->clock % 60, form->zone);
}

/* So many units on from days that are known: from a day to the day, else in whole units. */
static an_days further(an_buf *buf, const an_time_form *form, an_days from) {
  if (from.earliest == UNKNOWN || from.latest == AN_DAY_OPEN_LATEST) { an_buf_z(buf, "XXXX-XX-XX"); return AN_DAYS_ANY; }
  an_time_form on = {.kind = AN_TIME_SHIFT, .grain = form->plus_grain, .offset = form->plus, .clock = -1, .from = AN_NONE};
  if (from.earliest != from.latest) return shifted(buf, &on, from.earliest);
  int year;
  unsigned month, mday;
  an_day_parts(from.earliest, &year, &month, &mday);
  int months = on.grain == AN_GRAIN_MONTH ? on.offset : on.grain == AN_GRAIN_QUARTER ? 3 * on.offset : on.grain == AN_GRAIN_YEAR ? 12 * on.offset : 0;
  an_day day = from.earliest + (on.grain == AN_GRAIN_WEEK ? 7 * on.offset : on.grain == AN_GRAIN_DAY ? on.offset : 0);
  if (months != 0) {
    int count = year * 12 + (int)month - 1 + months;
    if (count < 12) return AN_DAYS_ANY;
    unsigned length = an_month_length(count / 12, (unsigned)(count % 12) + 1);
    day = an_day_of(count / 12, (unsigned)(count % 12) + 1, mday < length ? mday : length);
  }
  an_day_write(buf, day);
  return an_days_single(day);
}

an_status an_time_value(const an_time_form *form, uint8_t type, an_day base, int tense, an_arena *arena, an_text *value, an_days *days) {
  an_buf buf;
  an_buf_init(&buf, 64);
  (void)type;
  if (form->kind == AN_TIME_FIXED) { an_buf_free(&buf); return AN_OK; }
  int way = form->side == 1 || form->side == -1 ? form->side : tense;
  if (base != UNKNOWN && (base < -600000 || base > 600000)) base = UNKNOWN; /* years that no news page has */
  if (form->kind == AN_TIME_CALENDAR) *days = calendar(&buf, form, base, way);
  else if (form->kind == AN_TIME_WEEKDAY) *days = weekday(&buf, form, base, way);
  else if (base != UNKNOWN) *days = shifted(&buf, form, base);
  else { symbolic_shift(&buf, form); *days = AN_DAYS_ANY; }
  if (form->plus != 0) {
    an_buf_clear(&buf);
    *days = further(&buf, form, *days);
  }
  an_text made = an_arena_copy(arena, buf.at, (uint32_t)buf.size);
  bool failed = buf.failed;
  an_buf_free(&buf);
  if (failed || made.at == NULL) return AN_ERR_LIMIT;
  *value = made;
  return AN_OK;
}

/* ---- All of a page ------------------------------------------------------------------------------ */

/* Days that the anchor allows for a page whose day is only bounded. "Last July" on a page of 2023 or later: July 2022 or later;
   where both ends give the same July, that one. */
static an_status bound(an_time_at *time, const an_published *published, int tense, an_arena *arena, an_days *days) {
  if (published->day != UNKNOWN) return AN_OK;
  an_days plain = published->days;
  plain.weekdays = 0; /* the weekday that a page speaks of need not be its own */
  if (time->t.anchor.to == AN_ANCHOR_PUBLISHED) { *days = an_anchor_days(time->t.anchor, plain); return AN_OK; }
  const an_time_form *form = &time->form;
  if (form->kind != AN_TIME_CALENDAR || form->year != 0 || an_days_is_open(plain)) return AN_OK;
  an_text values[2] = {{0}, {0}};
  an_days ends[2] = {AN_DAYS_ANY, AN_DAYS_ANY};
  if (plain.earliest != UNKNOWN) AN_TRY(an_time_value(form, time->t.type, plain.earliest, tense, arena, &values[0], &ends[0]));
  if (plain.latest != AN_DAY_OPEN_LATEST) AN_TRY(an_time_value(form, time->t.type, plain.latest, tense, arena, &values[1], &ends[1]));
  days->earliest = ends[0].earliest;
  days->latest = ends[1].latest;
  if (an_text_equal(values[0], values[1]) && values[0].size > 0) time->t.value = values[0];
  return AN_OK;
}

/* FIXED dates that name years: "199X" and "FY2016" give days too. */
static an_days fixed_days(an_text value) {
  an_days days = AN_DAYS_ANY;
  int year = 0, digits = 0;
  for (uint32_t i = 0; i < value.size && an_code_is_digit((unsigned char)value.at[i]); i++, digits++) year = year * 10 + (value.at[i] - '0');
  if (digits == 3 && an_text_ends(value, "X")) days = an_days_between(an_day_of(year * 10, 1, 1), an_day_of(year * 10 + 9, 12, 31));
  if (digits == 2 && an_text_ends(value, "XX")) days = an_days_between(an_day_of(year * 100, 1, 1), an_day_of(year * 100 + 99, 12, 31));
  return days;
}

an_status an_time_anchor(const an_words *words, const an_published *published, an_times *times, an_arena *arena,
                         const an_tracer *trace, an_error *err) {
  for (uint32_t i = 0; i < times->list.count; i++) {
    an_time_at *time = &times->list.at[i];
    if (time->form.kind == AN_TIME_FIXED) { time->t.days = time->t.type == AN_TIME_DATE ? fixed_days(time->t.value) : AN_DAYS_ANY; continue; }
    an_day base = published->day;
    bool by_text = time->form.from != AN_NONE && time->form.from < i;
    if (by_text) {
      an_days from = times->list.at[time->form.from].t.days;
      base = from.earliest != AN_DAY_OPEN_EARLIEST && from.latest != AN_DAY_OPEN_LATEST ? from.earliest : UNKNOWN;
    }
    int tense = an_time_tense(words, time);
    if (time->t.anchor.to == AN_ANCHOR_PUBLISHED && time->t.anchor.weekday != 0 && time->form.side == 0)
      time->t.anchor.side = tense > 0 ? 1 : -1;
    an_days days = AN_DAYS_ANY;
    if (an_time_value(&time->form, time->t.type, base, tense, arena, &time->t.value, &days) != AN_OK) AN_NEED(NULL, err, "time.anchor");
    if (!by_text && bound(time, published, tense, arena, &days) != AN_OK) AN_NEED(NULL, err, "time.anchor");
    time->t.days = days;
    AN_TRACE(trace, "time.anchor", time->t.span, true, "%.*s%s", (int)time->t.value.size, time->t.value.at,
             tense > 0 ? ", to come" : tense < 0 ? ", past" : "");
  }
  return AN_OK;
}
