/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

/* Days whose number and weekday are known from elsewhere (date -u -d DAY +%s / 86400, date +%u). */
static const struct { int year; unsigned month, day; an_day number; unsigned weekday; } known[] = {
    {1970, 1, 1, 0, 4},        {1969, 12, 31, -1, 3},     {2000, 2, 29, 11016, 2}, {1900, 3, 1, -25508, 4},
    {2017, 3, 28, 17253, 2},   {2024, 2, 29, 19782, 4},   {1, 1, 1, -719162, 1},   {9999, 12, 31, 2932896, 5},
    {1582, 10, 15, -141427, 5}, {2100, 3, 1, 47541, 1},
};

static void days_and_weekdays(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    an_day day = an_day_of(known[i].year, known[i].month, known[i].day);
    assert_int_equal(day, known[i].number);
    assert_int_equal(an_day_weekday(day), known[i].weekday);
  }
}

/* Every day of 800 years, counted up one by one. */
static void there_and_back(void **state) {
  (void)state;
  an_day expected = an_day_of(1600, 1, 1);
  for (int year = 1600; year < 2400; year++)
    for (unsigned month = 1; month <= 12; month++)
      for (unsigned day = 1; day <= an_month_length(year, month); day++, expected++) {
        int y;
        unsigned m, d;
        an_day_parts(expected, &y, &m, &d);
        if (an_day_of(year, month, day) != expected || y != year || m != month || d != day)
          fail_msg("%d-%u-%u", year, month, day);
      }
  int y;
  unsigned m, d;
  an_day_parts(INT32_MAX, &y, &m, &d); /* far out: no overflow, still a month and a day */
  assert_in_range(m, 1, 12);
  an_day_parts(INT32_MIN, &y, &m, &d);
  assert_in_range(d, 1, 31);
}

static void month_ends(void **state) {
  (void)state;
  assert_int_equal(an_month_length(1900, 2), 28);
  assert_int_equal(an_month_length(2000, 2), 29);
  assert_int_equal(an_day_of(2017, 2, 31), an_day_of(2017, 2, 28));
  assert_false(an_day_valid(2017, 2, 29));
  assert_false(an_day_valid(2017, 0, 1));
  assert_false(an_day_valid(0, 1, 1));
  assert_true(an_day_valid(2016, 2, 29));
}

static void check_parse(const char *z, const char *edtf) {
  an_days days = AN_DAYS_ANY;
  bool there = an_days_parse(an_text_of(z), &days);
  an_buf buf;
  an_buf_init(&buf, 100);
  if (there) an_days_edtf(&buf, days);
  else an_buf_z(&buf, "none");
  if (strcmp(buf.at, edtf) != 0) fail_msg("%s: %s found, %s wanted", z, buf.at, edtf);
  an_buf_free(&buf);
}

static void iso_dates(void **state) {
  (void)state;
  check_parse("2017-03-28", "2017-03-28");
  check_parse("  2017-03-28T23:59:59+03:30", "2017-03-28");
  check_parse("2017-03-28 10:00", "2017-03-28");
  check_parse("2017-03", "2017-03-01/2017-03-31");
  check_parse("2016-02", "2016-02-01/2016-02-29");
  check_parse("2017", "2017-01-01/2017-12-31");
  check_parse("2017-13-01", "none");
  check_parse("2017-02-29", "none");
  check_parse("2017-3-28", "none");
  check_parse("2017-03-281", "none");
  check_parse("20170328", "none");
  check_parse("2017-03-28-extra", "none");
  check_parse("0000-01-01", "none");
  check_parse("", "none");
  check_parse("2017-", "none");
}

static void edtf_of_half_open_sets(void **state) {
  (void)state;
  an_buf buf;
  an_buf_init(&buf, 1000);
  an_days_edtf(&buf, AN_DAYS_ANY);
  assert_int_equal(buf.size, 0);
  an_days_edtf(&buf, an_days_between(AN_DAY_OPEN_EARLIEST, an_day_of(2017, 3, 28)));
  assert_bytes(buf, "../2017-03-28");
  an_buf_clear(&buf);
  an_days_edtf(&buf, an_days_between(an_day_of(2017, 3, 28), AN_DAY_OPEN_LATEST));
  assert_bytes(buf, "2017-03-28/..");
  an_buf_free(&buf);
}

enum { MON = 1, TUE = 2, WED = 4, SUN = 64 };

static void sets_meet(void **state) {
  (void)state;
  an_day monday = an_day_of(2017, 3, 27);
  an_days out = {1, 2, 3};
  assert_false(an_days_meet(an_days_single(monday), an_days_single(monday + 1), &out));
  assert_int_equal(out.weekdays, 3); /* untouched */
  an_days tuesdays = {AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST, TUE};
  assert_true(an_days_meet(an_days_between(monday, monday + 6), tuesdays, &out));
  assert_true(an_days_is_single(out));
  assert_int_equal(out.earliest, monday + 1);
  assert_int_equal(an_days_weekday(out), 2);
  assert_false(an_days_meet(an_days_between(monday + 2, monday + 6), tuesdays, &out));
  an_days wednesdays = {AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST, WED};
  assert_false(an_days_meet(tuesdays, wednesdays, &out));
  an_days some = {monday - 1, monday + 1, SUN | TUE | WED};
  assert_true(an_days_meet(some, AN_DAYS_ANY, &out));
  assert_int_equal(out.weekdays, SUN | TUE); /* no Wednesday lies in it */
  assert_true(an_days_meet(tuesdays, AN_DAYS_ANY, &out));
  assert_int_equal(out.earliest, AN_DAY_OPEN_EARLIEST);
}

static void units(void **state) {
  (void)state;
  an_day day = an_day_of(2017, 3, 26); /* a Sunday: its week began on the 20th */
  assert_int_equal(an_days_unit(day, AN_UNIT_WEEK).earliest, an_day_of(2017, 3, 20));
  assert_int_equal(an_days_unit(day, AN_UNIT_WEEK).latest, day);
  assert_int_equal(an_days_unit(day, AN_UNIT_MONTH).latest, an_day_of(2017, 3, 31));
  assert_int_equal(an_days_unit(day, AN_UNIT_YEAR).earliest, an_day_of(2017, 1, 1));
}

static void check_anchor(an_anchor anchor, an_days published, an_day earliest, an_day latest) {
  an_days out = an_anchor_days(anchor, published);
  assert_int_equal(out.earliest, earliest);
  assert_int_equal(out.latest, latest);
}

static void anchors(void **state) {
  (void)state;
  an_day wednesday = an_day_of(2017, 3, 29);
  an_days one = an_days_single(wednesday), three = an_days_between(wednesday, wednesday + 2);
  an_anchor yesterday = {AN_ANCHOR_PUBLISHED, AN_UNIT_DAY, 0, 0, -1};
  check_anchor(yesterday, one, wednesday - 1, wednesday - 1);
  check_anchor(yesterday, three, wednesday - 1, wednesday + 1);
  an_anchor past_tuesday = {AN_ANCHOR_PUBLISHED, AN_UNIT_DAY, 2, -1, 0};
  check_anchor(past_tuesday, one, wednesday - 1, wednesday - 1);
  an_anchor coming_tuesday = {AN_ANCHOR_PUBLISHED, AN_UNIT_DAY, 2, 1, 0};
  check_anchor(coming_tuesday, one, wednesday + 6, wednesday + 6);
  an_anchor past_wednesday = {AN_ANCHOR_PUBLISHED, AN_UNIT_DAY, 3, -1, 0}; /* up to the day itself */
  check_anchor(past_wednesday, one, wednesday, wednesday);
  an_anchor last_weeks_friday = {AN_ANCHOR_PUBLISHED, AN_UNIT_WEEK, 5, 0, -1};
  check_anchor(last_weeks_friday, one, an_day_of(2017, 3, 24), an_day_of(2017, 3, 24));
  an_anchor last_year = {AN_ANCHOR_PUBLISHED, AN_UNIT_YEAR, 0, 0, -1};
  check_anchor(last_year, one, an_day_of(2016, 1, 1), an_day_of(2016, 12, 31));
  an_anchor four_months_ago = {AN_ANCHOR_PUBLISHED, AN_UNIT_MONTH, 0, 0, -4};
  check_anchor(four_months_ago, one, an_day_of(2016, 11, 1), an_day_of(2016, 11, 30));
  check_anchor(yesterday, AN_DAYS_ANY, AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST);
  an_days out = an_anchor_days(past_tuesday, AN_DAYS_ANY); /* no day known: the weekday is */
  assert_int_equal(an_days_weekday(out), 2);
  an_days a_sunday = {AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST, SUN};
  an_anchor tomorrow = {AN_ANCHOR_PUBLISHED, AN_UNIT_DAY, 0, 0, 1};
  assert_int_equal(an_anchor_days(tomorrow, a_sunday).weekdays, MON);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(days_and_weekdays), cmocka_unit_test(there_and_back),         cmocka_unit_test(month_ends),
      cmocka_unit_test(iso_dates),         cmocka_unit_test(edtf_of_half_open_sets), cmocka_unit_test(sets_meet),
      cmocka_unit_test(units),             cmocka_unit_test(anchors),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
