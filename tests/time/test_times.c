/* SPDX-License-Identifier: Apache-2.0 */
/* tests/time/times.spec through the real rooms, and pages made to hurt. Needs the compiled data (ANNALS_DATA). */
#include "spec.h"
#include "time/inner.h"

static unsigned failed, lines;

static void wrong(unsigned line, const char *sentence, const char *want, const char *got) {
  failed++;
  print_message("times.spec:%u: %s\n  want: %s\n  got:  %s\n", line, sentence, want, got);
}

/* What the reading says between the two fillers, in the form of the spec: values, and of dates the days as EDTF. */
static void told(const an_reading *r, an_span inside, char *out, size_t room) {
  size_t used = 0;
  out[0] = '\0';
  for (uint32_t i = 0; i < r->time_count; i++) {
    const an_time *t = &r->times[i];
    if (t->span.begin < inside.begin || t->span.end > inside.end) continue;
    an_buf days;
    an_buf_init(&days, 64);
    if (t->days.earliest != AN_DAY_OPEN_EARLIEST || t->days.latest != AN_DAY_OPEN_LATEST) an_days_edtf(&days, t->days);
    used += (size_t)snprintf(out + used, room - used, "%s%.*s=%.*s%s%.*s", used > 0 ? "; " : "", (int)t->text.size, t->text.at,
                             (int)t->value.size, t->value.at, days.size > 0 ? "@" : "", (int)days.size, days.size > 0 ? days.at : "");
    an_buf_free(&days);
  }
  if (used == 0) snprintf(out, room, "none");
}

/* Which rules have fired, by the trace ("rule: words"). */
enum { RULES_MOST = 64 };
static bool fired_rule[RULES_MOST];
static unsigned unknown_rules;

static void see_rule(void *ctx, const char *step, an_span at, an_text what, bool fired) {
  (void)ctx;
  (void)at;
  if (!fired || strcmp(step, "time.find") != 0) return;
  uint32_t colon = an_text_find(what, 0, AN_LIT(": "));
  for (int i = 0; colon != AN_NONE && i < RULES_MOST && an_time_rule_names[i] != NULL; i++)
    if (an_text_is(an_text_slice(what, 0, colon), an_time_rule_names[i])) { fired_rule[i] = true; return; }
  unknown_rules++;
}

static void one_line(unsigned line, char *fields[], void *ctx) {
  (void)ctx;
  lines++;
  an_span inside;
  const an_reading *r = spec_read(fields[0], fields[1], &inside);
  char got[2048];
  told(r, inside, got, sizeof got);
  if (strcmp(got, fields[2]) != 0) wrong(line, fields[0], fields[2], got);
}

static void test_spec(void **state) {
  (void)state;
  an_worker_trace(spec_worker, see_rule, NULL);
  spec_lines("tests/time/times.spec", 3, one_line, NULL);
  an_worker_trace(spec_worker, NULL, NULL);
  assert_true(lines >= 200);
  assert_int_equal(failed, 0);
  assert_int_equal(unknown_rules, 0); /* every rule has a name in the list, and every name a sentence */
  for (int i = 0; an_time_rule_names[i] != NULL; i++)
    if (!fired_rule[i]) fail_msg("no sentence of times.spec for the rule \"%s\"", an_time_rule_names[i]);
}

/* tests/time/dated.spec: a line between headline and story, and the page's days that it tells. */
#define DATED_TITLE "Ministers agree to share the dam"
#define DATED_LEAD "The water ministers of the two states agreed to share the dam that both had claimed since the war, officials said."
#define DATED_REST "The dam was built by a company from abroad and feeds two power stations and the canals of the plain, where most of the rice is grown."

static void one_page(unsigned line, char *fields[], void *ctx) {
  (void)ctx;
  static char page[SPEC_LINE];
  bool html = strcmp(fields[0], "html") == 0, head = strcmp(fields[0], "head") == 0; /* head: at the head of the lead */
  if (html) snprintf(page, sizeof page, "<html><head><title>" DATED_TITLE "</title></head><body><h1>" DATED_TITLE "</h1><div>%s</div><p>" DATED_LEAD "</p><p>" DATED_REST "</p></body></html>", fields[1]);
  else snprintf(page, sizeof page, DATED_TITLE "\n\n%s%s" DATED_LEAD "\n\n" DATED_REST "\n", fields[1], head ? " " : "\n\n");
  an_page p = {.bytes = (const uint8_t *)page, .size = (uint32_t)strlen(page), .path = html ? AN_LIT("dated.html") : AN_LIT("dated.txt"),
               .media_type = html ? AN_LIT("text/html") : AN_LIT("text/plain"), .given = AN_DAYS_ANY, .fetched = AN_DAYS_ANY};
  an_error err = {0};
  const an_reading *r = NULL;
  if (an_read(spec_worker, &p, &r, &err) != AN_OK) fail_msg("%s", err.message);
  char got[64] = "-";
  an_buf buf;
  an_buf_init(&buf, 64);
  an_days_edtf(&buf, r->published.days);
  if (buf.size > 0) snprintf(got, sizeof got, "%.*s", (int)buf.size, buf.at);
  an_buf_free(&buf);
  if (strcmp(got, fields[2]) == 0) return;
  failed++;
  print_message("dated.spec:%u: %s\n  want: %s\n  got:  %s\n", line, fields[1], fields[2], got);
}

static void test_dated(void **state) {
  (void)state;
  failed = 0;
  spec_lines("tests/time/dated.spec", 3, one_page, NULL);
  assert_int_equal(failed, 0);
}

/* A page of nothing but dates is read, and every one is found once, in order, without overlap. */
static void test_page_of_dates(void **state) {
  (void)state;
  enum { DATES = 2000 };
  char *page = spec_repeat("On March 28, 2017 and 29 they met, Tuesday, 08:30 UTC, two days ago, in the 1990s. ", DATES);
  const an_reading *r = spec_read_text(page, strlen(page), "2017-04-03");
  assert_true(r->time_count >= 300);
  for (uint32_t i = 1; i < r->time_count; i++) assert_true(r->times[i - 1].span.end <= r->times[i].span.begin);
  free(page);
}

static const an_time *time_of(const an_reading *r, const char *text) {
  for (uint32_t i = 0; i < r->time_count; i++)
    if (an_text_is(r->times[i].text, text)) return &r->times[i];
  return NULL;
}

/* Years 0 and 99999, 31 February, month 13: no such day is ever told, and nothing beside them is lost. */
static void test_impossible(void **state) {
  (void)state;
  const char *page = SPEC_TITLE SPEC_BEFORE
      "The stone says March 3, 0000 and March 4, 99999 and 0000-00-00 and 99999-12-31 and 2017-13-45 and 31/02/2017 and February 31, 2016. "
      "It was set up on March 5, 2016 by the mayor, 99999 years ago, and 4000000000 weeks later it fell." SPEC_AFTER;
  const an_reading *r = spec_read_text(page, strlen(page), "2017-04-03");
  assert_non_null(time_of(r, "March 5, 2016"));
  for (uint32_t i = 0; i < r->time_count; i++) {
    const an_days days = r->times[i].days;
    assert_true(days.earliest <= days.latest);
    if (days.earliest == AN_DAY_OPEN_EARLIEST || days.latest == AN_DAY_OPEN_LATEST) continue;
    int year;
    unsigned month, mday;
    an_day_parts(days.earliest, &year, &month, &mday);
    assert_true(an_day_valid(year, month, mday) && year >= 1000 && year <= 2100);
  }
}

/* Five hundred whole dates that contradict each other: bounded, in order, and the page's day is not made out of one of them. */
static void test_contradicting(void **state) {
  (void)state;
  static char page[64000] = SPEC_TITLE;
  size_t used = strlen(page);
  for (int i = 0; i < 500; i++)
    used += (size_t)snprintf(page + used, sizeof page - used, "They met on %d May %d and will meet on %d May %d. ", i % 28 + 1, 1950 + i % 80, i % 28 + 1, 2029 - i % 80);
  const an_reading *r = spec_read_text(page, used, "-");
  assert_true(r->time_count >= 500);
  assert_true(r->published.day == AN_DAY_OPEN_EARLIEST);
  assert_true(r->published.days.earliest <= r->published.days.latest);
  const an_reading *dated = spec_read_text(page, used, "2018-06-01"); /* what the caller says stands */
  int32_t day = an_day_of(2018, 6, 1);
  assert_true(dated->published.day == day);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_spec), cmocka_unit_test(test_dated), cmocka_unit_test(test_page_of_dates),
                                     cmocka_unit_test(test_impossible), cmocka_unit_test(test_contradicting)};
  return spec_run(tests, sizeof tests / sizeof tests[0]);
}
