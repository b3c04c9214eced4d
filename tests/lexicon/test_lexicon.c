/* SPDX-License-Identifier: Apache-2.0 */
/* Small tables of our own, compiled by tools/lexiconc, read by the room. */
#include "lexicon/lexicon.h"
#include "unit.h"

#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "annals-lexicon-XXXXXX";

static void put(const char *name, const char *text) {
  char path[128];
  snprintf(path, sizeof path, "%s/in/%s", dir, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

static void drop(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "%s/in/%s", dir, name);
  unlink(path);
}

static void compile(int expected, char *messages, size_t max) {
  char line[256];
  snprintf(line, sizeof line, "tools/lexiconc %s/in %s/lexicon.an 2>&1", dir, dir);
  FILE *pipe = popen(line, "r");
  assert_non_null(pipe);
  size_t size = fread(messages, 1, max - 1, pipe);
  messages[size] = '\0';
  if ((pclose(pipe) == 0) != (expected == 0)) fail_msg("lexiconc: %s", messages);
}

static uint64_t fold(const char *z) { return an_fold_hash(an_text_of(z)); }

static void tables_are_read_back(void **state) {
  (void)state;
  char messages[4096];
  put("cues.tsv", "# words that hand over speech\n#flag cue\nphrase\tkind\tsource\n"
                  "according to\tprefix\town\n\nAccording\tpart\town\r\nsaid\tverb\t\nSaid\tagain\town\naccording to the\tlong\town\n");
  put("months.tsv", "#flag time\n#flag number\nname\tmonth\nM\xc3\xa4rz\t3\n");
  put("empty.tsv", "key\tvalue\n");
  compile(0, messages, sizeof messages);
  an_lexicon *lexicon;
  assert_int_equal(an_lexicon_open(dir, &lexicon, NULL), AN_OK);
  const an_table *cues = an_lexicon_table(lexicon, "cues");
  assert_non_null(cues);
  assert_int_equal(an_table_rows(cues), 5);
  uint32_t kind = an_table_column(cues, "kind"), source = an_table_column(cues, "source");
  an_rows rows = an_table_find(cues, fold("ACCORDING"));
  assert_int_equal(rows.count, 3);
  assert_text(an_table_cell(cues, rows.first, kind), "long"); /* three words before two before one */
  assert_text(an_table_cell(cues, rows.first + 1, kind), "prefix");
  assert_text(an_table_cell(cues, rows.first + 2, kind), "part");
  assert_int_equal(an_table_line(cues, rows.first + 2), 6);
  rows = an_table_find_key(cues, fold("According to"));
  assert_int_equal(rows.count, 1);
  assert_text(an_table_cell(cues, rows.first, 0), "according to");
  rows = an_table_find_key(cues, fold("said"));
  assert_int_equal(rows.count, 2);
  assert_null(an_table_cell(cues, rows.first, source).at);
  assert_text(an_table_cell(cues, rows.first + 1, kind), "again");
  assert_int_equal(an_table_find(cues, fold("reported")).count, 0);
  assert_int_equal(an_table_find(cues, 0).count, 0);
  assert_int_equal(an_table_column(cues, "none"), AN_NONE);
  assert_null(an_table_cell(cues, 0, AN_NONE).at);
  assert_null(an_table_cell(cues, 99, 0).at);
  assert_int_equal(an_table_rows(an_lexicon_table(lexicon, "empty")), 0);
  assert_int_equal(an_table_find(an_lexicon_table(lexicon, "empty"), fold("x")).count, 0);
  assert_null(an_lexicon_table(lexicon, "none"));
  assert_int_equal(an_lexicon_flags(lexicon, fold("said")), AN_WORD_CUE);
  assert_int_equal(an_lexicon_flags(lexicon, fold("marz")), AN_WORD_TIME | AN_WORD_NUMBER);
  assert_int_equal(an_lexicon_flags(lexicon, fold("to")), 0);
  assert_int_equal(an_lexicon_flags(lexicon, 0), 0);
  an_lexicon_close(lexicon);
  an_lexicon_close(NULL);
}

#define SIGNS(X) X(NEAR, "near") X(FAR, "Far away") X(RARE, "rare") X(HEAVY, "heavy")
extern const an_sign_list TEST_SIGNS;
AN_SIGNS(SIGNS, TEST_SIGNS);

static void weights_of_signs(void **state) {
  (void)state;
  char messages[4096];
  int16_t weights[SIGN_COUNT] = {9, 9, 9, 9};
  put("near.tsv", "key\tweight\nnear\t120\nfar away\t-7\nheavy\t99999\n");
  put("kinds.tsv", "key\tkind\tweight\nnear\tcount\t1\nnear\tclause\t2\nrare\tclause\t3\n");
  compile(0, messages, sizeof messages);
  an_lexicon *lexicon;
  assert_int_equal(an_lexicon_open(dir, &lexicon, NULL), AN_OK);
  an_table_weights(an_lexicon_table(lexicon, "near"), NULL, "weight", &TEST_SIGNS, weights);
  assert_int_equal(weights[SIGN_NEAR], 120);
  assert_int_equal(weights[SIGN_FAR], -7);
  assert_int_equal(weights[SIGN_RARE], 0);
  assert_int_equal(weights[SIGN_HEAVY], INT16_MAX);
  an_table_weights(an_lexicon_table(lexicon, "kinds"), "clause", "weight", &TEST_SIGNS, weights);
  assert_int_equal(weights[SIGN_NEAR], 2);
  assert_int_equal(weights[SIGN_RARE], 3);
  an_lexicon_close(lexicon);
  drop("near.tsv");
  drop("kinds.tsv");
}

/* A thousand keys: all are found, none that is not there. */
static void many_rows(void **state) {
  (void)state;
  char *text = malloc(100000), messages[256], key[32];
  size_t size = (size_t)sprintf(text, "key\tvalue\n");
  for (int i = 0; i < 1000; i++) size += (size_t)sprintf(text + size, "word%d\tvalue %d\n", i, i);
  put("many.tsv", text);
  free(text);
  compile(0, messages, sizeof messages);
  an_lexicon *lexicon;
  assert_int_equal(an_lexicon_open(dir, &lexicon, NULL), AN_OK);
  const an_table *many = an_lexicon_table(lexicon, "many");
  for (int i = 0; i < 2000; i++) {
    snprintf(key, sizeof key, "Word%d", i);
    an_rows rows = an_table_find(many, fold(key));
    assert_int_equal(rows.count, i < 1000);
    if (i < 1000) assert_int_equal(atoi(an_table_cell(many, rows.first, 1).at + 6), i);
  }
  an_lexicon_close(lexicon);
  drop("many.tsv");
}

static void check_message(const char *text, const char *message) {
  char messages[4096];
  put("bad.tsv", text);
  compile(1, messages, sizeof messages);
  if (strstr(messages, message) == NULL) fail_msg("%s: found; %s: wanted", messages, message);
  drop("bad.tsv");
}

static void bad_rows_are_named_by_line(void **state) {
  (void)state;
  check_message("a\tb\nx\ty\nx\n", "bad.tsv:3: 1 columns found, 2 wanted");
  check_message("a\tb\nx\ty\tz\n", "bad.tsv:2: 3 columns found, 2 wanted");
  check_message("a\tb\n\ty\n", "bad.tsv:2: the key is empty");
  check_message("a\tb\n\xc2\xad\ty\n", "bad.tsv:2: the key is empty"); /* a soft hyphen folds to nothing */
  check_message("a\tb\nx\t\xff\n", "bad.tsv:2: not UTF-8");
  check_message("a\ta\nx\ty\n", "bad.tsv:1: two columns are called \"a\"");
  check_message("a\t\nx\ty\n", "bad.tsv:1: column 2 has no name");
  check_message("#flag nonsense\na\nx\n", "bad.tsv:1: no flag is called \"nonsense\"");
  check_message("a\n#flag cue\nx\n", "bad.tsv:2: a flag behind the header");
  check_message("# nothing\n", "no header");
}

/* Any byte of the file altered, its checksum made to fit again: look-ups stay inside. */
static void a_hostile_file(void **state) {
  (void)state;
  char path[128], messages[256];
  put("cues.tsv", "#flag cue\nphrase\tkind\naccording to\tprefix\nsaid\tverb\n");
  compile(0, messages, sizeof messages);
  snprintf(path, sizeof path, "%s/lexicon.an", dir);
  static uint8_t good[1 << 16], bad[1 << 16];
  FILE *file = fopen(path, "rb");
  size_t size = fread(good, 1, sizeof good, file);
  fclose(file);
  for (size_t at = 48; at < size; at++) {
    if (at % 64 > 24 && at > 256 && at % 7 != 0) continue; /* most of the padding */
    memcpy(bad, good, size);
    bad[at] ^= 0xff;
    uint64_t sum = an_hash64(bad + 40, size - 40);
    for (int b = 0; b < 8; b++) bad[24 + b] = (uint8_t)(sum >> (8 * b));
    file = fopen(path, "wb");
    fwrite(bad, 1, size, file);
    fclose(file);
    an_lexicon *lexicon;
    an_error err;
    an_status status = an_lexicon_open(dir, &lexicon, &err);
    assert_true(status == AN_OK || status == AN_ERR_DATA);
    if (status != AN_OK) continue;
    const an_table *cues = an_lexicon_table(lexicon, "cues");
    an_rows rows = cues == NULL ? (an_rows){0, 0} : an_table_find(cues, fold("according"));
    for (uint32_t i = 0; i < rows.count; i++) (void)an_table_cell(cues, rows.first + i, 1);
    (void)an_lexicon_flags(lexicon, fold("said"));
    an_lexicon_close(lexicon);
  }
}

static int make_folder(void **state) {
  (void)state;
  char in[128];
  if (mkdtemp(dir) == NULL) return -1;
  snprintf(in, sizeof in, "%s/in", dir);
  return mkdir(in, 0777);
}

static int drop_folder(void **state) {
  (void)state;
  char path[128];
  drop("cues.tsv");
  drop("months.tsv");
  drop("empty.tsv");
  snprintf(path, sizeof path, "%s/lexicon.an", dir);
  unlink(path);
  snprintf(path, sizeof path, "%s/in", dir);
  rmdir(path);
  return rmdir(dir);
}

int main(void) {
  if (getenv("ANNALS_BUILD") != NULL && chdir(getenv("ANNALS_BUILD")) != 0) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tables_are_read_back), cmocka_unit_test(weights_of_signs), cmocka_unit_test(many_rows), cmocka_unit_test(bad_rows_are_named_by_line),
      cmocka_unit_test(a_hostile_file),
  };
  return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
