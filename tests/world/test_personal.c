/* SPDX-License-Identifier: Apache-2.0 */
/* Given and family names: our own names of every naming culture, with and without the country known. */
#include "unit.h"

#include "world/personal.h"

static char *read_table(void) {
  char path[600];
  snprintf(path, sizeof path, "%s/tests/world/personal.tsv", getenv("SOURCE_DIR") == NULL ? "." : getenv("SOURCE_DIR"));
  FILE *f = fopen(path, "rb");
  assert_non_null(f);
  char *bytes = calloc(1, 1 << 16);
  assert_non_null(bytes);
  assert_true(fread(bytes, 1, (1 << 16) - 1, f) > 0);
  fclose(f);
  return bytes;
}

static an_world *open_world(void) {
  an_world *world = NULL;
  an_error err = {0};
  if (getenv("ANNALS_DATA") == NULL) {
    fprintf(stderr, "skipped: no world.an\n");
    exit(77);
  }
  assert_int_equal(an_world_open(getenv("ANNALS_DATA"), &world, &err), AN_OK);
  return world;
}

static an_text text_of(const char *z) { return (an_text){z, (uint32_t)strlen(z)}; }

static void test_table(void **state) {
  (void)state;
  an_world *world = open_world();
  an_arena arena;
  an_arena_init(&arena, (size_t)1 << 20);
  char *table = read_table(), *line = strchr(table, '\n');
  uint32_t rows = 0, wrong = 0;
  while (line != NULL && line[1] != 0) {
    char *cell[4], *at = line + 1;
    line = strchr(at, '\n');
    if (line != NULL) *line = 0;
    for (int i = 0; i < 4; i++) {
      char *tab = strchr(at, '\t');
      assert_true((tab != NULL) == (i < 3));
      if (tab != NULL) *tab = 0;
      cell[i] = at;
      if (tab != NULL) at = tab + 1;
    }
    bool short_of = false;
    an_personal n = an_personal_name(world, &arena, text_of(cell[0]), text_of(cell[1]), AN_NONE, &short_of);
    rows++;
    if (an_text_is(n.given, cell[2]) && an_text_is(n.family, cell[3]) && !short_of) continue;
    wrong++;
    fprintf(stderr, "%s (%s): given \"%.*s\", family \"%.*s\"\n", cell[0], cell[1], (int)n.given.size, n.given.size == 0 ? "" : n.given.at, (int)n.family.size, n.family.size == 0 ? "" : n.family.at);
  }
  free(table);
  an_arena_free(&arena);
  an_world_close(world);
  assert_true(rows >= 100);
  assert_int_equal(wrong, 0);
}

/* The world file's own split holds where its family name stands where the country has it; else the rules. */
static void test_known(void **state) {
  (void)state;
  static const struct { const char *id, *family; } people[] = {{"Q15031", "Xi"}, {"Q318458", "Nguyen"}, {"Q348144", "Rouhani"}, {"Q3318231", "Widodo"}, {"Q57788", "Hun"}, {"CHN:carrie-lam", "Lam"}};
  an_world *world = open_world();
  an_arena arena;
  an_arena_init(&arena, (size_t)1 << 20);
  for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
    uint32_t row = an_entity_by_id(world, text_of(people[i].id));
    assert_true(row != AN_NONE);
    an_entity e = an_entity_at(world, row);
    bool short_of = false;
    an_personal n = an_personal_name(world, &arena, e.name, e.country, row, &short_of);
    if (!an_text_is(n.family, people[i].family)) fail_msg("%s: %.*s", people[i].id, (int)n.family.size, n.family.size == 0 ? "" : n.family.at);
  }
  an_arena_free(&arena);
  an_world_close(world);
}

/* Nothing but marks, a name of a thousand words, bytes that are no UTF-8: no split, and no crash. */
static void test_bad(void **state) {
  (void)state;
  an_world *world = open_world();
  an_arena arena;
  an_arena_init(&arena, (size_t)1 << 20);
  char *many = calloc(1, 4001);
  for (int i = 0; i < 4000; i++) many[i] = i % 4 == 3 ? ' ' : 'A';
  const char *const bad[] = {"", " ", ",,, ,", "\"", "\" \" \"", "\xff\xfe \xc3", "(", many};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    bool short_of = false;
    an_personal n = an_personal_name(world, &arena, text_of(bad[i]), text_of("CHN"), AN_NONE, &short_of);
    assert_false(short_of);
    assert_true(n.given.size == 0 || n.given.at != NULL);
  }
  free(many);
  an_arena_free(&arena);
  an_world_close(world);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_table), cmocka_unit_test(test_known), cmocka_unit_test(test_bad)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
