/* SPDX-License-Identifier: Apache-2.0 */
/* split.spec, case by case; then pages that mean harm. */
#include "unit.h"

#include <math.h>

#include "language/language.h"

typedef struct fixture {
  an_lexicon *lexicon;
  an_arena arena;
} fixture;

static int open_fixture(void **state) {
  static fixture f;
  an_error err = {0};
  const char *dir = getenv("ANNALS_DATA");
  if (dir == NULL || an_lexicon_open(dir, &f.lexicon, &err) != AN_OK) {
    printf("skipped: no lexicon.an (%s)\n", err.message);
    exit(77);
  }
  an_arena_init(&f.arena, (size_t)1 << 30);
  *state = &f;
  return 0;
}

static int close_fixture(void **state) {
  fixture *f = *state;
  an_arena_free(&f->arena);
  an_lexicon_close(f->lexicon);
  return 0;
}

/* Lines of `text` become blocks. */
static an_words split(fixture *f, an_text text, uint32_t max_words) {
  AN_LIST(an_article_block) blocks = {0};
  an_error err = {0};
  an_words words = {0};
  for (uint32_t begin = 0, end; begin < text.size; begin = end + 1) {
    for (end = begin; end < text.size && text.at[end] != '\n'; end++) {
    }
    an_article_block *block = AN_PUSH(&f->arena, &blocks);
    assert_non_null(block);
    *block = (an_article_block){.clean = {begin, end}, .kind = AN_BLOCK_BODY};
  }
  an_article article = {.text = text, .blocks = blocks.at, .block_count = blocks.count, .title = AN_NONE};
  assert_int_equal(an_language_split(&article, f->lexicon, max_words, &f->arena, NULL, &words, &err), AN_OK);
  return words;
}

/* What always holds: tokens ascend, cover all but spaces, and belong to the sentence that holds them. */
static void check_words(const an_words *words) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < words->token_count; i++) {
    an_span span = words->tokens[i].at;
    assert_true(span.begin >= at && span.end > span.begin && span.end <= words->text.size);
    for (; at < span.begin; at++) assert_true(words->text.at[at] == ' ' || words->text.at[at] == '\n');
    at = span.end;
    const an_sentence *s = &words->sentences[words->tokens[i].sentence];
    assert_true(i >= s->first && i < s->first + s->count && s->count <= AN_SENTENCE_WORDS);
  }
  for (uint32_t i = 0; i < words->quote_count; i++)
    assert_true(words->quotes[i].end >= words->quotes[i].first && words->quotes[i].end <= words->token_count);
}

/* ---- The spec ------------------------------------------------------------------------------------- */

static void show(const an_words *words, an_buf *out) {
  for (uint32_t s = 0; s < words->sentence_count; s++) {
    const an_sentence *sentence = &words->sentences[s];
    for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
      if (i > sentence->first) an_buf_char(out, ' ');
      an_buf_text(out, an_word(words, i));
    }
    an_buf_char(out, '\n');
  }
}

static void show_quotes(const an_words *words, an_buf *out) {
  for (uint32_t i = 0; i < words->quote_count; i++) {
    an_buf_z(out, words->quotes[i].closed ? "\" " : "\"... ");
    an_buf_text(out, an_text_slice(words->text, words->quotes[i].at.begin, words->quotes[i].at.end));
    an_buf_char(out, '\n');
  }
}

typedef struct spec_case {
  an_buf text, wanted;
  bool quotes;
  unsigned line;
} spec_case;

/* Returns whether the case failed. */
static bool run_case(fixture *f, spec_case *c) {
  an_buf got;
  an_buf_init(&got, 1 << 20);
  an_arena_reset(&f->arena);
  an_words words = split(f, (an_text){c->text.at, (uint32_t)c->text.size - 1}, UINT32_MAX);
  check_words(&words);
  show(&words, &got);
  if (c->quotes) show_quotes(&words, &got);
  bool failed = got.size != c->wanted.size || memcmp(got.at, c->wanted.at, got.size) != 0;
  if (failed)
    print_error("split.spec:%u\n--- wanted\n%.*s--- found\n%.*s", c->line, (int)c->wanted.size, c->wanted.at, (int)got.size,
                got.at);
  an_buf_free(&got);
  an_buf_clear(&c->text);
  an_buf_clear(&c->wanted);
  c->quotes = false;
  return failed;
}

/* `" “…`: a quotation mark, a space, a quotation mark; a sentence that begins with a straight mark has a word there. */
static bool is_quote_line(const char *line) {
  static const char *const begins[] = {"\"... ", "\" “", "\" ‘", "\" '", "\" \""};
  for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
    if (strncmp(line, begins[i], strlen(begins[i])) == 0) return true;
  return false;
}

static void spec(void **state) {
  char path[4096], line[4096];
  snprintf(path, sizeof path, "%s/tests/language/split.spec", getenv("SOURCE_DIR"));
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  spec_case c = {.line = 0};
  an_buf_init(&c.text, 1 << 20);
  an_buf_init(&c.wanted, 1 << 20);
  unsigned cases = 0, failed = 0;
  for (unsigned number = 1; fgets(line, sizeof line, file) != NULL; number++) {
    bool empty = line[0] == '\n';
    if (line[0] == ';') continue;
    if (strncmp(line, "> ", 2) == 0) {
      if (c.text.size == 0) c.line = number;
      an_buf_z(&c.text, line + 2);
    } else if (!empty) {
      c.quotes |= is_quote_line(line);
      an_buf_z(&c.wanted, line);
    } else if (c.text.size > 0) {
      failed += run_case(*state, &c);
      cases++;
    }
  }
  if (c.text.size > 0) {
    failed += run_case(*state, &c);
    cases++;
  }
  fclose(file);
  an_buf_free(&c.text);
  an_buf_free(&c.wanted);
  print_message("split.spec: %u of %u cases\n", cases - failed, cases);
  assert_true(cases > 20);
  assert_int_equal(failed, 0);
}

/* ---- Numbers -------------------------------------------------------------------------------------- */

static void numbers(void **state) {
  fixture *f = *state;
  static const struct {
    const char *form;
    double value;
  } all[] = {{"14", 14},      {"1,200", 1200},  {"1,200,000.5", 1200000.5},
             {"fifteen", 15}, {"Million", 1e6}, {"3.25", 3.25},
             {"12,00", NAN},  {"1990s", NAN},   {"22:14", NAN},
             {"house", NAN},  {"1,2", NAN}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    an_words words = split(f, an_text_of(all[i].form), UINT32_MAX);
    assert_true(words.token_count > 0);
    double got = words.tokens[0].number;
    if (!(isnan(all[i].value) ? isnan(got) : fabs(got - all[i].value) < 1e-9)) fail_msg("%s: %f found", all[i].form, got);
  }
}

/* ---- Harm ----------------------------------------------------------------------------------------- */

static char *repeated(const char *unit, size_t size) {
  size_t n = strlen(unit);
  char *text = malloc(size);
  assert_non_null(text);
  for (size_t i = 0; i < size; i++) text[i] = n == 0 ? '\0' : unit[i % n];
  return text;
}

/* What must not take long or fall; speed_split.c measures the same on a megabyte. */
static const char *const harm[] = {"a",    "\"",  "'",  "‘",    "“",        ")",    "(",    ".",   "a.", "a-",
                                   "-",    "'s",  "a'", "a' ",  "1,",       "1.",   ".\")", "(a",  "x@", "/a",
                                   " \"a", " 'a", "",   "\xff", "\xe2\x80", "U.S.", "n't",  "A. ", "$",  "a\" "};

static void hostile(void **state) {
  fixture *f = *state;
  for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
    char *text = repeated(harm[i], 1 << 14);
    an_arena_reset(&f->arena);
    an_words words = split(f, (an_text){text, 1 << 14}, UINT32_MAX);
    check_words(&words);
    free(text);
  }
}

static void limit(void **state) {
  fixture *f = *state;
  char *text = repeated("one two three four. Five ", 25000);
  an_arena_reset(&f->arena);
  an_words words = split(f, (an_text){text, 25000}, 100);
  assert_true(words.cut);
  assert_true(words.token_count <= 100 && words.token_count > 80);
  check_words(&words);
  free(text);
}

/* 600 words without a stop: sentences end at commas where there are some. */
static void capped(void **state) {
  fixture *f = *state;
  char *text = repeated("one two three, ", 6000);
  an_arena_reset(&f->arena);
  an_words words = split(f, (an_text){text, 6000}, UINT32_MAX);
  assert_true(words.sentence_count > 1);
  assert_text(an_word(&words, words.sentences[0].first + words.sentences[0].count - 1), ",");
  assert_int_equal(words.pieces.begin, 0); /* and it says so */
  assert_int_equal(words.pieces.end, 5999);
  for (uint32_t i = 0; i < words.sentence_count; i++) assert_int_equal(words.sentences[i].piece, i > 0);
  check_words(&words);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(spec), cmocka_unit_test(numbers), cmocka_unit_test(hostile),
                                     cmocka_unit_test(limit), cmocka_unit_test(capped)};
  return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
