/* SPDX-License-Identifier: Apache-2.0 */
/* Twice a page of quotations, cues and pronouns takes about twice the time. */
#include "linear.h"
#include "spec.h"

static char paragraph[] = "“The two sides agree,” he said, adding that they said she said “so,” according to the president. His counterpart told the leader that both countries knew.\n\n";

static void test_linear(void **state) {
  (void)state;
  double ratio = linear_ratio(spec_read_times, paragraph, 120);
  if (ratio >= LINEAR_MOST) fail_msg("twice as much takes %.2f times as long", ratio);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_linear)};
  return spec_run(tests, sizeof tests / sizeof tests[0]);
}
