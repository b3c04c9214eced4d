/* SPDX-License-Identifier: Apache-2.0 */
/* How fast names are found in running text, and how soon a world file is open. Text: our own pages, their words cut once;
   timed is an_world_find alone. Slow machines are not wrong: the test fails at half of what issue 5 asks for, and prints the rest. */
#include "linear.h"

#include "language/language.h"
#include "world/world.h"

#include <glob.h>
#include <time.h>

enum { TEXT_MOST = 1 << 20, ROUNDS = 7, LEAST_MB = 20 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The visible text of the examples and of the pages of tests/days, roughly: what stands between tags. */
static an_text example_text(char *to) {
  glob_t found;
  uint32_t size = 0;
  static const char *const folders[] = {"examples/pages/*", "tests/days/*.*t*"};
  for (int i = 0; i < 2; i++) {
    char pattern[600];
    snprintf(pattern, sizeof pattern, "%s/%s", getenv("SOURCE_DIR") == NULL ? "." : getenv("SOURCE_DIR"), folders[i]);
    if (glob(pattern, i == 0 ? 0 : GLOB_APPEND, NULL, &found) != 0) return (an_text){to, 0};
  }
  for (size_t i = 0; i < found.gl_pathc; i++) {
    FILE *f = fopen(found.gl_pathv[i], "rb");
    bool tag = false;
    for (int c; f != NULL && (c = fgetc(f)) != EOF && size < TEXT_MOST;) {
      if (c == '<') tag = true;
      else if (c == '>') tag = false;
      else if (!tag) to[size++] = (char)c;
    }
    if (f != NULL) fclose(f);
  }
  globfree(&found);
  return (an_text){to, size};
}

static void fast(void **state) {
  (void)state;
  an_error err = {0};
  an_lexicon *lexicon;
  an_world *world;
  if (an_lexicon_open(getenv("ANNALS_DATA"), &lexicon, &err) != AN_OK) fail_msg("%s", err.message);
  double begin = now();
  if (an_world_open(getenv("ANNALS_DATA"), &world, &err) != AN_OK) fail_msg("%s", err.message);
  double opened = now() - begin;

  char *text = malloc(TEXT_MOST);
  assert_non_null(text);
  an_text all = example_text(text);
  assert_true(all.size > 100000);
  an_article_block block = {.clean = {0, all.size}, .kind = AN_BLOCK_BODY};
  an_article article = {.text = all, .blocks = &block, .block_count = 1, .title = AN_NONE};
  an_arena kept, arena;
  an_arena_init(&kept, (size_t)1 << 30);
  an_arena_init(&arena, (size_t)1 << 30);
  an_words words;
  assert_int_equal(an_language_split(&article, lexicon, UINT32_MAX, &kept, NULL, &words, &err), AN_OK);

  double best = 1e9;
  uint32_t count = 0;
  for (int round = 0; round < ROUNDS; round++) {
    int again = (int)(8000000 / all.size) + 1;
    begin = now();
    for (int i = 0; i < again; i++) {
      an_candidates candidates = {0};
      an_arena_reset(&arena);
      assert_int_equal(an_world_find(world, &words, &arena, NULL, &candidates, &err), AN_OK);
      count = candidates.count;
    }
    double took = (now() - begin) / again;
    if (took < best) best = took;
  }
  double speed = (double)all.size / best / 1e6;
  printf("world.find: %.1f MB/s (%u bytes, %u words, %u candidates); world.an open in %.1f ms\n", speed, all.size, words.token_count, count,
         opened * 1e3);
  assert_true(count > 100);
  if (speed < LEAST_MB) fail_msg("slower than %d MB/s", LEAST_MB);
  if (opened > 0.05) fail_msg("open in more than 50 ms");
  an_arena_free(&arena);
  an_arena_free(&kept);
  free(text);
  an_world_close(world);
  an_lexicon_close(lexicon);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(fast)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
