/* SPDX-License-Identifier: Apache-2.0 */
/* A user's actors: what is added is found, what is changed wins, what is removed is gone; a table with errors is refused whole,
   with every error, and the world stays as it was. */
#include "unit.h"

#include <sys/stat.h>

#include "world/file.h"

static const char *scratch(const char *name) {
  static char path[600];
  char dir[512];
  snprintf(dir, sizeof dir, "%s/actors-scratch", getenv("ANNALS_BUILD") == NULL ? "build" : getenv("ANNALS_BUILD"));
  mkdir(dir, 0755);
  snprintf(path, sizeof path, "%s/%s", dir, name);
  return path;
}

static void write_table(const char *text) {
  FILE *f = fopen(scratch("mine.tsv"), "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
  fclose(f);
}

static an_status keep(void *ctx, const char *bytes, size_t size) {
  an_buf_add(ctx, bytes, size);
  return AN_OK;
}

static an_world *open_world(void) {
  an_world *world = NULL;
  an_error err = {0};
  if (getenv("ANNALS_DATA") == NULL || an_world_open(getenv("ANNALS_DATA"), &world, &err) != AN_OK) {
    fprintf(stderr, "skipped: no world.an\n");
    exit(77);
  }
  return world;
}

static an_status lay(an_world *world, const char *text, an_buf *told, an_error *err) {
  write_table(text);
  const char *paths[] = {scratch("mine.tsv"), NULL};
  return an_world_overlay(world, paths, keep, told, err);
}

/* What `who` says of a phrase, all lines. */
static void who(const an_world *world, const char *phrase, const char *on, an_buf *out) {
  an_days days = AN_DAYS_ANY;
  an_error err = {0};
  if (on != NULL) assert_true(an_days_parse(an_text_of(on), &days));
  an_buf_clear(out);
  assert_int_equal(an_world_who(world, an_text_of(phrase), on == NULL ? AN_DAY_OPEN_EARLIEST : days.earliest, keep, out, &err), AN_OK);
  an_buf_char(out, '\0');
}

static bool says(const an_buf *out, const char *what) { return strstr(out->at, what) != NULL; }

static void test_laid(void **state) {
  (void)state;
  an_world *world = open_world();
  an_error err = {0};
  an_buf told, out;
  an_buf_init(&told, 1 << 20);
  an_buf_init(&out, 1 << 20);
  uint64_t before = an_world_checksum(world);
  an_status status = lay(world,
                         "\xef\xbb\xbf" "action\tid\tkind\tname\tcountry\tsector\tforms\toffice\tfrom\tto\tchecked\r\n"
                         "# a comment\r\n"
                         "add\tmy.tillers\torganisation\tTillers of the Vale\tPER\tREB\tthe Tillers; TOV; Paris\t\t\t\t\r\n"
                         "add\tmy.ana\tperson\tAna Quispe-Lund\tPER\t\tQuispe-Lund\tPER.president\t2031-07-28\t\t2031-09-01\r\n"
                         "term\tmy.ana\t\t\t\t\t\tPER.prime_minister\t2030\t2031-07\t\r\n"
                         "change\tFRA\t\t\t\t\tGallia\t\t\t\t\r\n"
                         "remove\tCHL\t\t\t\t\t\t\t\t\t\r\n",
                         &told, &err);
  if (status != AN_OK) fail_msg("%s", err.message);
  assert_true(an_world_checksum(world) != before);
  who(world, "TOV", NULL, &out);
  assert_true(says(&out, "\"my.tillers\"") && says(&out, "actors:mine.tsv"));
  who(world, "Paris", NULL, &out); /* the user's meaning is the only one */
  assert_true(says(&out, "\"my.tillers\"") && !says(&out, "\"FRA\""));
  who(world, "president of Peru", "2031-08-01", &out);
  assert_true(says(&out, "Ana Quispe-Lund"));
  who(world, "Peru's prime minister", "2030-06-01", &out);
  assert_true(says(&out, "Ana Quispe-Lund"));
  who(world, "France", NULL, &out);
  assert_false(says(&out, "\"FRA\""));
  who(world, "Gallia", NULL, &out);
  assert_true(says(&out, "\"FRA\""));
  who(world, "Chile", NULL, &out);
  assert_false(says(&out, "\"CHL\""));
  who(world, "the Iranian president", "2017-03-28", &out); /* the rest is what it was */
  assert_true(says(&out, "Rouhani"));
  an_buf_free(&told);
  an_buf_free(&out);
  an_world_close(world);
}

static void test_refused(void **state) {
  (void)state;
  static const struct { const char *table, *says; } cases[] = {
      {"action\tid\tcolour\n", "no such column: colour"},
      {"id\tname\n", "action and id are needed"},
      {"action\tid\nadd\n", "1 cells where the header names 2 columns"},
      {"action\tid\nmake\tx\n", "action is add, forms, term, change or remove: make"},
      {"action\tid\tkind\tname\nadd\tIRN\tperson\tX Y\n", "an id that is there already"},
      {"action\tid\tkind\tname\tcountry\nadd\tm.x\tperson\tX Y\tIRA\n", "no such country (ISO 3166-1 alpha-3: KEN): IRA"},
      {"action\tid\tkind\tname\tsector\nadd\tm.x\tperson\tX Y\tgov\n", "a sector is three capitals"},
      {"action\tid\tkind\tname\tpronoun\nadd\tm.x\tperson\tX Y\tit\n", "pronoun is he, she or they: it"},
      {"action\tid\tkind\tname\nadd\tm.x\tpeople\tX Y\n", "kind is person, organisation, outlet, country, office or role: people"},
      {"action\tid\tkind\tname\nadd\tm.x\tperson\t\n", "a row without a name"},
      {"action\tid\tforms\nforms\tnobody\tX\n", "nothing has this id"},
      {"action\tid\tforms\nremove\tIRN\tPersepolitania\n", "no such form of it: Persepolitania"},
      {"action\tid\tkind\tname\tforms\nadd\tm.x\tperson\tX Yz\tJoint\nadd\tm.y\tperson\tY Zz\tJoint\n", "gives to something else: Joint"},
      {"action\tid\tkind\tname\toffice\tfrom\tto\nadd\tm.x\tperson\tX Y\tPER.president\t2031-02-31\t2032\n", "no day (2017-03-28, 2017-03 or 2017): 2031-02-31"},
      {"action\tid\tkind\tname\toffice\tfrom\tto\nadd\tm.x\tperson\tX Y\tPER.president\t2032\t2031\n", "a term that ends before it starts"},
      {"action\tid\tkind\tname\toffice\tfrom\tto\nadd\tm.x\tperson\tX Y\tPER.president\t2032\t\n", "the day on which it was checked"},
      {"action\tid\tkind\tname\toffice\tfrom\tto\nadd\tm.x\tperson\tX Y\tPER.tsar\t2032\t2033\n", "no such office (KEN.president): PER.tsar"},
      {"action\tid\n\xff\tx\n", "bytes that are no UTF-8"},
      {"", "no line names the columns"}};
  an_world *world = open_world();
  uint64_t before = an_world_checksum(world);
  an_buf told;
  an_buf_init(&told, 1 << 20);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    an_error err = {0};
    an_buf_clear(&told);
    assert_int_equal(lay(world, cases[i].table, &told, &err), AN_ERR_USAGE);
    an_buf_char(&told, '\0');
    if (strstr(told.at, cases[i].says) == NULL) fail_msg("\"%s\" wanted; told: %s", cases[i].says, told.at);
    assert_non_null(strstr(told.at, "mine.tsv:"));
    assert_true(an_world_checksum(world) == before);
  }
  /* All errors of a table in one run. */
  an_error err = {0};
  an_buf_clear(&told);
  assert_int_equal(lay(world, "action\tid\nmake\tx\nadd\tm.x\nremove\tnobody\n", &told, &err), AN_ERR_USAGE);
  an_buf_char(&told, '\0');
  assert_non_null(strstr(told.at, "mine.tsv:2:"));
  assert_non_null(strstr(told.at, "mine.tsv:3:"));
  assert_non_null(strstr(told.at, "mine.tsv:4:"));
  const char *missing[] = {scratch("not-there.tsv"), NULL};
  assert_int_equal(an_world_overlay(world, missing, keep, &told, &err), AN_ERR_IO);
  an_buf_free(&told);
  an_world_close(world);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_laid), cmocka_unit_test(test_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
