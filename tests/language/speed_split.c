/* SPDX-License-Identifier: Apache-2.0 */
/* A megabyte without mercy: twice the text may take 2.6 times as long at most. */
#include "unit.h"

#include <time.h>

#include "language/language.h"

static const char *const harm[] = {"a",    "\"",  "'",  "‘",    "“",        ")",    "(",    ".",   "a.", "a-",
                                   "-",    "'s",  "a'", "a' ",  "1,",       "1.",   ".\")", "(a",  "x@", "/a",
                                   " \"a", " 'a", "",   "\xff", "\xe2\x80", "U.S.", "n't",  "A. ", "$",  "a\" "};

static double seconds(an_lexicon *lexicon, an_arena *arena, const char *unit, uint32_t size) {
  double best = 1e9;
  size_t n = strlen(unit);
  char *text = malloc(size);
  assert_non_null(text);
  for (size_t i = 0; i < size; i++) text[i] = n == 0 ? '\0' : unit[i % n];
  an_article_block block = {.clean = {0, size}, .kind = AN_BLOCK_BODY};
  an_article article = {.text = {text, size}, .blocks = &block, .block_count = 1, .title = AN_NONE};
  for (int round = 0; round < 5; round++) {
    struct timespec a, b;
    an_words words;
    an_error err = {0};
    an_arena_reset(arena);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
    assert_int_equal(an_language_split(&article, lexicon, UINT32_MAX, arena, NULL, &words, &err), AN_OK);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
    double took = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
    if (took < best) best = took;
  }
  free(text);
  return best;
}

static void linear(void **state) {
  an_lexicon *lexicon;
  an_arena arena;
  an_error err = {0};
  (void)state;
  if (an_lexicon_open(getenv("ANNALS_DATA"), &lexicon, &err) != AN_OK) fail_msg("%s", err.message);
  an_arena_init(&arena, (size_t)1 << 30);
  for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
    double once = seconds(lexicon, &arena, harm[i], 1 << 19), twice = seconds(lexicon, &arena, harm[i], 1 << 20);
    if (twice > 2.6 * once && twice > 0.02) fail_msg("\"%s\": %.4f s, twice as much %.4f s", harm[i], once, twice);
  }
  an_arena_free(&arena);
  an_lexicon_close(lexicon);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(linear)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
