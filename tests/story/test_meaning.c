/* SPDX-License-Identifier: Apache-2.0 */
/* What clauses mean, by the sum of their words (meanings.an): those that tell one thing in other words are nearer than those that do not. */
#include "unit.h"

#include <stdlib.h>

#include "story/lexis.h"

static double near(const st_lexis *lexis, const char *a, const char *b) {
  float x[AN_VECTOR_SIZE] = {0}, y[AN_VECTOR_SIZE] = {0};
  double dot = 0;
  st_meaning_of(lexis, an_text_of(a), x);
  st_meaning_of(lexis, an_text_of(b), y);
  for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) dot += (double)x[i] * (double)y[i];
  return dot;
}

static void words_for_one_thing_are_near(void **state) {
  (void)state;
  an_error err = {0};
  an_vectors *meanings = NULL;
  const char *data = getenv("ANNALS_DATA");
  if (data == NULL) skip();
  assert_int_equal(an_vectors_open(data, AN_MEANINGS_FILE, &meanings, &err), AN_OK);
  st_lexis lexis = {.meanings = meanings};
  static const char *const same[][3] = {{"the firm pulled out of the pipeline project", "the company withdrew from the pipeline", "the company opened a second factory"},
                                        {"police detained nine marchers", "nine protesters were arrested", "nine people were hurt when a bus overturned"},
                                        {"the minister stepped down on Tuesday", "the resignation of the minister", "the minister flew to the capital on Tuesday"}};
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) assert_true(near(&lexis, same[i][0], same[i][1]) > near(&lexis, same[i][0], same[i][2]) + 0.1);
  assert_true(near(&lexis, "Die Zölle", "die zolle") > 0.99); /* folded */
  assert_true(near(&lexis, "", "anything") == 0);
  assert_true(near(&(st_lexis){0}, "police", "police") == 0); /* without the table nothing is near */
  an_vectors_close(meanings);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(words_for_one_thing_are_near)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
