/* SPDX-License-Identifier: Apache-2.0 */
/* Twice a page of quotations, cues and pronouns takes about twice the time. */
#include "spec.h"

static double best_time(size_t repeats) {
  char *page = spec_repeat("“The two sides agree,” he said, adding that they said she said “so,” according to the president. His counterpart told the leader that both countries knew.\n\n", repeats);
  double best = spec_best_time(page, strlen(page));
  free(page);
  return best;
}

static void test_linear(void **state) {
  (void)state;
  assert_true(best_time(240) / best_time(120) < 2.6);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_linear)};
  return spec_run(tests, sizeof tests / sizeof tests[0]);
}
