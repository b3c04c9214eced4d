/* SPDX-License-Identifier: Apache-2.0 */
/* Text without mercy, a quarter of a megabyte and half a megabyte of it. */
#include "linear.h"

#include "language/language.h"

static const char *const harm[] = {"a",    "\"",  "'",  "‘",    "“",        ")",    "(",    ".",   "a.", "a-",
                                   "-",    "'s",  "a'", "a' ",  "1,",       "1.",   ".\")", "(a",  "x@", "/a",
                                   " \"a", " 'a", "",   "\xff", "\xe2\x80", "U.S.", "n't",  "A. ", "$",  "a\" "};
enum { SIZE = 1 << 18 };

typedef struct harmed { const an_lexicon *lexicon; an_arena arena; char *text; } harmed;

static void split(void *what, uint32_t size) {
  harmed *h = what;
  an_article_block block = {.clean = {0, size}, .kind = AN_BLOCK_BODY};
  an_article article = {.text = {h->text, size}, .blocks = &block, .block_count = 1, .title = AN_NONE};
  an_words words;
  an_error err = {0};
  an_arena_reset(&h->arena);
  assert_int_equal(an_language_split(&article, h->lexicon, UINT32_MAX, &h->arena, NULL, &words, &err), AN_OK);
}

static void linear(void **state) {
  an_lexicon *lexicon;
  an_error err = {0};
  (void)state;
  if (an_lexicon_open(getenv("ANNALS_DATA"), &lexicon, &err) != AN_OK) fail_msg("%s", err.message);
  harmed h = {.lexicon = lexicon, .text = malloc(2 * SIZE)};
  assert_non_null(h.text);
  an_arena_init(&h.arena, (size_t)1 << 30);
  for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
    size_t n = strlen(harm[i]);
    for (size_t at = 0; at < 2 * SIZE; at++) h.text[at] = n == 0 ? '\0' : harm[i][at % n];
    double ratio = linear_ratio(split, &h, SIZE);
    if (ratio >= LINEAR_MOST) fail_msg("\"%s\": twice as much takes %.2f times as long", harm[i], ratio);
  }
  an_arena_free(&h.arena);
  free(h.text);
  an_lexicon_close(lexicon);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(linear)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
