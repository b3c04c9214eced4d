/* SPDX-License-Identifier: Apache-2.0 */
/* Twice a page of dates takes about twice the time. */
#include "spec.h"

static double best_time(size_t repeats) {
  char *page = spec_repeat("In March 2016, on Monday 3 May, at 8:30 p.m. for two-and-a-half years, 1990s and 28 29 30 - 31 of of the the last.\n\n", repeats);
  double best = spec_best_time(page, strlen(page));
  free(page);
  return best;
}

static void test_linear(void **state) {
  (void)state;
  assert_true(best_time(300) / best_time(150) < 2.6);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_linear)};
  return spec_run(tests, sizeof tests / sizeof tests[0]);
}
