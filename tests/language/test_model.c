/* SPDX-License-Identifier: Apache-2.0 */
/* The model file when it is cut, altered or of another make; tags and trees of what it reads. */
#include "unit.h"

#include <unistd.h>

#include "language/model.h"

typedef struct fixture {
  an_lexicon *lexicon;
  an_model *model;
  an_arena arena;
  const char *dir;
  char own[64];
} fixture;

static int open_fixture(void **state) {
  static fixture f = {.own = "/tmp/annals-model-XXXXXX"};
  an_error err = {0};
  f.dir = getenv("ANNALS_DATA");
  if (f.dir == NULL || an_lexicon_open(f.dir, &f.lexicon, &err) != AN_OK || an_model_open(f.dir, &f.model, &err) != AN_OK) {
    printf("skipped: no data to test with (%s)\n", err.message);
    exit(77);
  }
  an_arena_init(&f.arena, (size_t)1 << 28);
  if (mkdtemp(f.own) == NULL) return -1;
  *state = &f;
  return 0;
}

static int close_fixture(void **state) {
  fixture *f = *state;
  rmdir(f->own);
  an_arena_free(&f->arena);
  an_model_close(f->model);
  an_lexicon_close(f->lexicon);
  return 0;
}

/* ---- The file ------------------------------------------------------------------------------------- */

static char *own_path(fixture *f) {
  static char path[128];
  snprintf(path, sizeof path, "%s/%s", f->own, AN_MODEL_FILE);
  return path;
}

/* Writes a copy of the model of `size` bytes at most, with one byte set, and gives the error of opening it. */
static an_error open_copy(fixture *f, size_t size, size_t at, uint8_t byte) {
  an_error err = {0};
  an_model *model = NULL;
  FILE *file = fopen(own_path(f), "wb");
  assert_non_null(file);
  if (size > f->model->file.size) size = f->model->file.size;
  assert_int_equal(fwrite(f->model->file.bytes, 1, size, file), size);
  if (at < size) {
    fseek(file, (long)at, SEEK_SET);
    fputc(byte, file);
  }
  fclose(file);
  assert_int_equal(an_model_open(f->own, &model, &err), AN_ERR_DATA);
  assert_int_equal(err.status, AN_ERR_DATA);
  unlink(own_path(f));
  return err;
}

/* The file as a machine of the other endianness would write it: the numbers of its header lie the other way round. */
static an_error open_swapped(fixture *f) {
  an_error err = {0};
  an_model *model = NULL;
  uint8_t *bytes = malloc(f->model->file.size);
  assert_non_null(bytes);
  memcpy(bytes, f->model->file.bytes, f->model->file.size);
  for (uint32_t at = 12, size = 4; at < 48; at += size, size = at < 16 || at >= 40 ? 4 : 8)
    for (uint32_t k = 0; k < size; k++) bytes[at + k] = f->model->file.bytes[at + size - 1 - k];
  FILE *file = fopen(own_path(f), "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, f->model->file.size, file), f->model->file.size);
  fclose(file);
  free(bytes);
  assert_int_equal(an_model_open(f->own, &model, &err), AN_ERR_DATA);
  unlink(own_path(f));
  return err;
}

static void says(const an_error *err, const char *what) {
  if (strstr(err->message, what) == NULL) fail_msg("\"%s\" does not say \"%s\"", err->message, what);
}

static void broken_files(void **state) {
  fixture *f = *state;
  const size_t cuts[] = {1, 8, 47, 100, f->model->file.size / 2, f->model->file.size - 1};
  for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
    an_error err = open_copy(f, cuts[i], SIZE_MAX, 0);
    says(&err, AN_MODEL_FILE);
    says(&err, AN_MODEL_REBUILD);
  }
  an_error altered =
      open_copy(f, SIZE_MAX, f->model->file.size - 3, (uint8_t)(f->model->file.bytes[f->model->file.size - 3] ^ 1));
  says(&altered, "altered");
  an_error layout = open_copy(f, SIZE_MAX, 12, 77);
  says(&layout, "layout 77 found, layout 3 wanted");
  says(&layout, AN_MODEL_REBUILD);
  an_error endian = open_swapped(f);
  says(&endian, "layout 50331648 found, layout 3 wanted");
  an_error kind = open_copy(f, SIZE_MAX, 8, 'x');
  says(&kind, "kind \"xode\" found, \"mode\" wanted");
}

/* Whole files whose insides do not fit: a file that a person made is untrusted too. */
static void strange_insides(void **state) {
  fixture *f = *state;
  uint8_t about[16] = {99, 0, 0, 0, 1, 0, 0, 0, 1};
  an_section_out sections[] = {{"about", about, sizeof about}};
  an_error err = {0};
  an_model *model = NULL;
  assert_int_equal(an_datafile_write(own_path(f), AN_MODEL_KIND, AN_MODEL_LAYOUT, 1, sections, 1, &err), AN_OK);
  assert_int_equal(an_model_open(f->own, &model, &err), AN_ERR_DATA);
  says(&err, "version 99");
  says(&err, AN_MODEL_REBUILD);
  about[0] = AN_FEATURES_VERSION;
  assert_int_equal(an_datafile_write(own_path(f), AN_MODEL_KIND, AN_MODEL_LAYOUT, 1, sections, 1, &err), AN_OK);
  assert_int_equal(an_model_open(f->own, &model, &err), AN_ERR_DATA);
  says(&err, "names");
  unlink(own_path(f));
  assert_int_equal(an_model_open(f->own, &model, &err), AN_ERR_IO);
}

/* Every section of the model but one, and that one cut short: each is missed by its name. */
static void missing_sections(void **state) {
  fixture *f = *state;
  static const char *const names[] = {"about", "names", "wrdpilot", "wrdrows", "networds", "netforms", "netsmall", "layer1",
                                      "sums1", "layer2", "sums2", "tags", "tagsums", "sides", "sidesums", "arcs", "arcbias", "labels", "labbias", "rootarc", "rootlab", "far"};
  enum { COUNT = sizeof names / sizeof *names };
  for (size_t left_out = 4; left_out < COUNT; left_out++) {
    an_section_out sections[COUNT];
    an_error err = {0};
    an_model *model = NULL;
    for (size_t i = 0; i < COUNT; i++) {
      an_section one = an_datafile_section(&f->model->file, names[i]);
      assert_non_null(one.at);
      sections[i] = (an_section_out){names[i], one.at, i == left_out && i > 4 ? one.size - 2 : one.size};
    }
    if (left_out == 4) sections[4].name = "other"; /* any number of rows will do: this one must be gone to be missed */
    assert_int_equal(an_datafile_write(own_path(f), AN_MODEL_KIND, AN_MODEL_LAYOUT, 1, sections, COUNT, &err), AN_OK);
    assert_int_equal(an_model_open(f->own, &model, &err), AN_ERR_DATA);
    says(&err, names[left_out]);
    says(&err, AN_MODEL_REBUILD);
  }
  unlink(own_path(f));
}

/* ---- Trees ---------------------------------------------------------------------------------------- */

static an_words parsed(fixture *f, const char *text, size_t size) {
  an_article_block block = {.clean = {0, (uint32_t)size}, .kind = AN_BLOCK_BODY};
  an_article article = {.text = {text, (uint32_t)size}, .blocks = &block, .block_count = 1, .title = AN_NONE};
  an_words words;
  an_error err = {0};
  assert_int_equal(an_language_split(&article, f->lexicon, UINT32_MAX, &f->arena, NULL, &words, &err), AN_OK);
  for (uint32_t s = 0; s < words.sentence_count; s++) {
    assert_int_equal(an_language_tag(f->model, f->lexicon, &words, s, &f->arena, &err), AN_OK);
    assert_int_equal(an_language_parse(f->model, &words, s, &f->arena, &err), AN_OK);
  }
  return words;
}

/* One root; every word reaches it; heads in the sentence. */
static void check_trees(const an_words *words) {
  for (uint32_t s = 0; s < words->sentence_count; s++) {
    const an_sentence *sentence = &words->sentences[s];
    uint32_t roots = 0, first, end;
    for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
      uint32_t up = i, steps = 0;
      for (; words->tokens[up].head != AN_NONE; up = words->tokens[up].head) {
        assert_true(words->tokens[up].head >= sentence->first && words->tokens[up].head < sentence->first + sentence->count);
        assert_true(++steps < sentence->count);
      }
      assert_int_equal(up, sentence->root);
      roots += words->tokens[i].head == AN_NONE;
      assert_true(words->tokens[i].rel < AN_REL_COUNT && words->tokens[i].upos < AN_UPOS_COUNT);
    }
    assert_int_equal(roots, 1);
    an_subtree(words, sentence->root, &first, &end);
    assert_int_equal(first, sentence->first);
    assert_int_equal(end, sentence->first + sentence->count);
  }
}

static uint32_t word(const an_words *words, const char *form) {
  for (uint32_t i = 0; i < words->token_count; i++)
    if (an_word_is(words, i, form)) return i;
  fail_msg("no word %s", form);
  return 0;
}

static void simple_tree(void **state) {
  fixture *f = *state;
  const char *text = "The prime minister of Norway met two foreign ministers in Oslo on Tuesday.";
  an_words w = parsed(f, text, strlen(text));
  check_trees(&w);
  uint32_t met = word(&w, "met"), minister = word(&w, "minister"), ministers = word(&w, "ministers");
  assert_int_equal(w.sentences[0].root, met);
  assert_int_equal(w.tokens[minister].head, met);
  assert_int_equal(w.tokens[minister].rel, AN_NSUBJ);
  assert_int_equal(an_child_by(&w, met, AN_OBJ), ministers);
  assert_int_equal(an_child(&w, met, AN_NONE), minister);
  assert_int_equal(w.tokens[met].xpos, AN_X_VBD);
  assert_text(w.tokens[met].lemma, "meet");
  assert_text(w.tokens[ministers].lemma, "minister");
  assert_text(w.tokens[word(&w, "oslo")].lemma, "Oslo");
  uint32_t first, end;
  an_subtree(&w, minister, &first, &end);
  assert_int_equal(first, 0);
  assert_int_equal(end, word(&w, "norway") + 1);
}

static void passive_tree(void **state) {
  fixture *f = *state;
  const char *text = "Three men were arrested by the police on Monday.";
  an_words w = parsed(f, text, strlen(text));
  check_trees(&w);
  uint32_t arrested = word(&w, "arrested");
  assert_int_equal(an_child_by(&w, arrested, AN_NSUBJ_PASS), word(&w, "men"));
  assert_int_equal(an_child_by(&w, arrested, AN_OBL_AGENT), word(&w, "police"));
  assert_text(w.tokens[word(&w, "men")].lemma, "man");
  assert_text(w.tokens[word(&w, "were")].lemma, "be");
}

static void hostile_trees(void **state) {
  fixture *f = *state;
  static const char *const units[] = {"a ", "\" ", "( ", "and ", ", ", "the the ", "\xff ", "said that ", "who ", ". a ", "1 "};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    char text[4096];
    for (size_t k = 0; k < sizeof text; k++) text[k] = units[i][k % strlen(units[i])];
    an_arena_reset(&f->arena);
    an_words w = parsed(f, text, sizeof text);
    check_trees(&w);
  }
}

/* ---- CoNLL-U -------------------------------------------------------------------------------------- */

static an_status keep(void *ctx, const char *bytes, size_t size) {
  an_buf_add(ctx, bytes, size);
  return AN_OK;
}

static void kept_tokens(void **state) {
  fixture *f = *state;
  const char *in = "# sent_id = "
                   "1\n1-2\tcannot\t_\t_\t_\t_\t_\t_\t_\t_\n1\tcan\t_\t_\t_\t_\t0\troot\t_\t_\n2\tnot\t_\t_\t_\t_\t1\tx\t_"
                   "\tSpaceAfter=No\n\n1\tGo\n";
  an_buf out;
  an_error err = {0};
  an_buf_init(&out, 1 << 20);
  assert_int_equal(an_language_conllu(f->model, f->lexicon, an_text_of(in), true, &f->arena, keep, &out, &err), AN_OK);
  assert_non_null(strstr(out.at, "# sent_id = 1\n1-2\tcannot\t_\t_\t_\t_\t_\t_\t_\t_\n1\tcan\tcan\tAUX\tMD\t_\t"));
  assert_non_null(strstr(out.at, "2\tnot\tnot\tPART\tRB\t_\t"));
  assert_non_null(strstr(out.at, "\tSpaceAfter=No\n\n1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n"));
  an_buf_free(&out);
}

static void plain_text(void **state) {
  fixture *f = *state;
  an_buf out;
  an_error err = {0};
  an_buf_init(&out, 1 << 20);
  assert_int_equal(
      an_language_conllu(f->model, f->lexicon, an_text_of("He can't\ngo.\n\n\nThey went"), false, &f->arena, keep, &out, &err),
      AN_OK);
  assert_non_null(strstr(out.at, "# text = He can't go.\n1\tHe\the\tPRON\tPRP\t_\t"));
  assert_non_null(strstr(out.at, "\n2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n2\tca\tcan\tAUX\tMD\t_\t"));
  assert_non_null(strstr(out.at, "# text = They went\n"));
  an_buf_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(broken_files), cmocka_unit_test(strange_insides),
                                     cmocka_unit_test(missing_sections),   cmocka_unit_test(simple_tree),
                                     cmocka_unit_test(passive_tree), cmocka_unit_test(hostile_trees),
                                     cmocka_unit_test(kept_tokens),  cmocka_unit_test(plain_text)};
  return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
