/* SPDX-License-Identifier: Apache-2.0 */
/* Words a second of split, tag and parse, on the sentences of news.spec or on the plain text that is named; twice the text
   may take 2.6 times as long at most. speed_parse [FILE.txt] */
#include "linear.h"

#include "language/language.h"

enum { ROUNDS = 5, STEPS = 3 };

static an_lexicon *lexicon;
static an_model *model;
static an_arena arena;
static an_buf text;

static void keep(double *best, double took) {
  if (*best == 0 || took < *best) *best = took;
}

/* The best of five of each step into best[]; returns the number of words. */
static uint32_t measure(const an_article *article, double best[STEPS]) {
  an_words words = {0};
  an_error err = {0};
  memset(best, 0, STEPS * sizeof *best);
  for (int round = 0; round < ROUNDS; round++) {
    an_arena_reset(&arena);
    double begin = linear_now();
    assert_int_equal(an_language_split(article, lexicon, UINT32_MAX, &arena, NULL, &words, &err), AN_OK);
    double split = linear_now();
    double tag = 0, parse = 0, last = split;
    for (uint32_t i = 0; i < words.sentence_count; i++) {
      assert_int_equal(an_language_tag(model, lexicon, &words, i, &arena, &err), AN_OK);
      double tagged = linear_now();
      assert_int_equal(an_language_parse(model, &words, i, &arena, &err), AN_OK);
      tag += tagged - last;
      last = linear_now();
      parse += last - tagged;
    }
    keep(&best[0], split - begin);
    keep(&best[1], tag);
    keep(&best[2], parse);
  }
  return words.token_count;
}

static void speed(void **state) {
  uint32_t lines = 0, words = 0;
  double once[STEPS], half[STEPS];
  (void)state;
  for (size_t i = 0; i < text.size; i++) lines += text.at[i] == '\n';
  an_article_block *blocks = calloc(lines + 1, sizeof *blocks);
  assert_non_null(blocks);
  uint32_t count = 0, begin = 0;
  for (uint32_t i = 0; i < text.size; i++) {
    if (text.at[i] != '\n') continue;
    blocks[count++] = (an_article_block){.clean = {begin, i}, .kind = AN_BLOCK_BODY};
    begin = i + 1;
  }
  an_article article = {.text = {text.at, (uint32_t)text.size}, .blocks = blocks, .block_count = count / 2, .title = AN_NONE};
  double ratio = 0;
  for (int pair = 0; pair < LINEAR_PAIRS && (pair == 0 || ratio >= LINEAR_MOST); pair++) {
    article.block_count = count / 2;
    measure(&article, half);
    article.block_count = count;
    words = measure(&article, once);
    keep(&ratio, (once[0] + once[1] + once[2]) / (half[0] + half[1] + half[2]));
  }
  print_message("split %.0f MB/s; tag %.0f, parse %.0f, both %.0f words/s (%u words)\n", (double)text.size / 1e6 / once[0],
                words / once[1], words / once[2], words / (once[1] + once[2]), words);
  if (ratio >= LINEAR_MOST) fail_msg("twice as much takes %.2f times as long", ratio);
  free(blocks);
}

/* Lines of the file; of news.spec only those that begin with "# ". */
static void read_lines(const char *path, bool spec) {
  char line[1 << 14];
  FILE *file = fopen(path, "r");
  if (file == NULL) { printf("skipped: cannot read %s\n", path); exit(77); }
  while (fgets(line, sizeof line, file) != NULL) {
    if (spec && strncmp(line, "# ", 2) != 0) continue;
    an_buf_z(&text, spec ? line + 2 : line);
  }
  fclose(file);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(speed)};
  const char *data = getenv("ANNALS_DATA"), *source = getenv("SOURCE_DIR");
  char path[4096];
  an_error err = {0};
  if (data == NULL) data = "build/release/share/annals";
  if (an_lexicon_open(data, &lexicon, &err) != AN_OK || an_model_open(data, &model, &err) != AN_OK) {
    printf("skipped: %s\n", err.message);
    return 77;
  }
  an_buf_init(&text, 1 << 28);
  an_arena_init(&arena, (size_t)1 << 30);
  snprintf(path, sizeof path, "%s/tests/language/news.spec", source == NULL ? "." : source);
  if (argc > 1) read_lines(argv[1], false);
  else for (int i = 0; i < 8; i++) read_lines(path, true);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  an_arena_free(&arena);
  an_buf_free(&text);
  an_model_close(model);
  an_lexicon_close(lexicon);
  return failed;
}
