/* SPDX-License-Identifier: Apache-2.0 */
/* Twice a page of dates takes about twice the time. */
#include "linear.h"
#include "spec.h"

static char paragraph[] = "In March 2016, on Monday 3 May, at 8:30 p.m. for two-and-a-half years, 1990s and 28 29 30 - 31 of of the the last.\n\n";

static void test_linear(void **state) {
  (void)state;
  double ratio = linear_ratio(spec_read_times, paragraph, 150);
  if (ratio >= LINEAR_MOST) fail_msg("twice as much takes %.2f times as long", ratio);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_linear)};
  return spec_run(tests, sizeof tests / sizeof tests[0]);
}
