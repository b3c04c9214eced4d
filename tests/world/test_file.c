/* SPDX-License-Identifier: Apache-2.0 */
/* A data file of a user is untrusted: cut, altered, of another layout it is refused by name; with a right checksum over wrong
   rows nothing is read out of bounds and nothing loops. Run under ASan this is where that shows. */
#include "unit.h"

#include <sys/stat.h>

#include "world/file.h"

static const char *const names[] = {"pool", "ents", "posts", "needs", "forms", "starts", "ids", "sites", "terms", "byoff"};
enum { SECTIONS = sizeof names / sizeof *names };
static const char text[] = "Iranian President Hassan Rouhani met Russian officials in Moscow. Turkey said no. The Iranian president left for Georgia.";

static const char *scratch(void) {
  static char dir[512];
  snprintf(dir, sizeof dir, "%s/world-scratch", getenv("ANNALS_BUILD") == NULL ? "build" : getenv("ANNALS_BUILD"));
  mkdir(dir, 0755);
  return dir;
}

static bool read_file(uint8_t **bytes, size_t *size) {
  char path[600];
  snprintf(path, sizeof path, "%s/world.an", getenv("ANNALS_DATA") == NULL ? "." : getenv("ANNALS_DATA"));
  FILE *f = fopen(path, "rb");
  if (f == NULL) return false;
  fseek(f, 0, SEEK_END);
  *size = (size_t)ftell(f);
  rewind(f);
  *bytes = malloc(*size);
  bool well = *bytes != NULL && fread(*bytes, 1, *size, f) == *size;
  fclose(f);
  return well;
}

static void write_file(const uint8_t *bytes, size_t size) {
  char path[600];
  snprintf(path, sizeof path, "%s/world.an", scratch());
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes, 1, size, f), size);
  fclose(f);
}

static void refused(const char *because) {
  an_world *world = NULL;
  an_error err = {0};
  assert_int_equal(an_world_open(scratch(), &world, &err), AN_ERR_DATA);
  assert_non_null(strstr(err.message, "world.an"));
  if (strstr(err.message, because) == NULL) fail_msg("\"%s\" does not say \"%s\"", err.message, because);
}

static void test_refused(void **state) {
  (void)state;
  uint8_t *bytes;
  size_t size;
  if (!read_file(&bytes, &size)) {
    fprintf(stderr, "skipped: no world.an\n");
    exit(77);
  }
  write_file(bytes, size / 2);
  refused("cut");
  bytes[size - 100] ^= 1;
  write_file(bytes, size);
  refused("make");
  bytes[size - 100] ^= 1;
  bytes[12] ^= 7;
  write_file(bytes, size);
  refused("layout");
  bytes[12] ^= 7;
  bytes[8] = 'l';
  write_file(bytes, size);
  refused("kind");
  write_file(bytes, 0);
  refused("empty");
  free(bytes);
}

static an_status drop(void *ctx, const char *bytes, size_t size) {
  (void)bytes;
  *(size_t *)ctx += size;
  return AN_OK;
}

/* Words without the language room: spaces and stops are enough here. */
static void cut(an_arena *arena, an_text t, an_words *words) {
  AN_LIST(an_token) list = {0};
  an_units units = {0};
  assert_true(an_units_cut(arena, t, 0, 0, &units));
  for (uint32_t i = 0; i < units.list.count; i++) {
    an_token *token = AN_PUSH(arena, &list);
    assert_non_null(token);
    an_text form = an_text_slice(t, units.list.at[i].at.begin, units.list.at[i].at.end);
    *token = (an_token){.at = units.list.at[i].at, .fold = an_fold_hash(form), .head = AN_NONE, .upos = AN_X, .space_after = true,
                        .shape = units.list.at[i].capital ? AN_SHAPE_CAPITAL : AN_SHAPE_LOWER};
  }
  an_sentence *sentence = AN_NEW(arena, an_sentence, 1);
  *sentence = (an_sentence){.count = list.count, .root = AN_NONE, .at = {0, t.size}};
  *words = (an_words){.text = t, .tokens = list.at, .token_count = list.count, .sentences = sentence, .sentence_count = 1};
}

static void use(const an_world *world) {
  an_arena arena;
  an_error err = {0};
  an_arena_init(&arena, 32 << 20);
  an_words words;
  an_candidates candidates = {0};
  an_mentions mentions = {0};
  an_servings servings = {0};
  an_outlet outlet;
  an_article article = {.text = an_text_of(text), .title = AN_NONE};
  an_page page = {.url = AN_LIT("https://www.al-monitor.com/x")};
  size_t written = 0;
  cut(&arena, an_text_of(text), &words);
  assert_int_equal(an_world_find(world, &words, &arena, NULL, &candidates, &err), AN_OK);
  an_status status = an_world_serving(world, &words, &candidates, &arena, NULL, &servings, &err);
  assert_true(status == AN_OK || status == AN_ERR_LIMIT);
  status = an_world_resolve(world, NULL, NULL, &page, &article, &words, &candidates, an_days_single(an_day_of(2017, 3, 28)), &arena, NULL,
                            &mentions, &outlet, &err);
  assert_true(status == AN_OK || status == AN_ERR_LIMIT);
  status = an_world_who(world, an_text_of(text), an_day_of(2017, 3, 28), drop, &written, &err);
  assert_true(status == AN_OK || status == AN_ERR_LIMIT || status == AN_ERR_MEMORY); /* a text of the pool may have grown large */
  an_arena_free(&arena);
}

static uint32_t next_random(uint32_t *seed) { return *seed = *seed * UINT32_C(1664525) + UINT32_C(1013904223); }

static void test_wrong_rows(void **state) {
  (void)state;
  an_datafile file;
  an_error err = {0};
  if (getenv("ANNALS_DATA") == NULL || an_datafile_open(getenv("ANNALS_DATA"), AN_WORLD_FILE, AN_WORLD_KIND, AN_WORLD_LAYOUT, "make", &file, &err) != AN_OK)
    exit(77);
  char path[600];
  snprintf(path, sizeof path, "%s/world.an", scratch());
  uint32_t seed = 1;
  for (int round = 0; round < 2 * SECTIONS; round++) {
    an_section_out out[SECTIONS];
    uint8_t *copy = NULL;
    for (int i = 0; i < SECTIONS; i++) {
      an_section s = an_datafile_section(&file, names[i]);
      out[i] = (an_section_out){names[i], s.at, s.size};
      if (i != round % SECTIONS) continue;
      copy = malloc(s.size + 1);
      memcpy(copy, s.at, s.size);
      for (size_t at = 0; at < s.size; at += 1 + next_random(&seed) % (round < SECTIONS ? 64 : 4)) copy[at] = (uint8_t)(next_random(&seed) >> 24);
      out[i].at = copy;
    }
    assert_int_equal(an_datafile_write(path, AN_WORLD_KIND, AN_WORLD_LAYOUT, 1, out, SECTIONS, &err), AN_OK);
    an_world *world = NULL;
    assert_int_equal(an_world_open(scratch(), &world, &err), AN_OK);
    use(world);
    an_world_close(world);
    free(copy);
  }
  an_datafile_close(&file);
  remove(path);
}

/* The units of a surface and of a text are the same however a tokenizer cuts it. */
static void test_units(void **state) {
  (void)state;
  an_arena arena;
  an_arena_init(&arena, 1 << 20);
  const struct { const char *text; unsigned units; } cases[] = {{"Iran", 1}, {"Iran's", 2}, {"Iran\xe2\x80\x99s", 2}, {"U.S.", 1}, {"al-Assad", 2},
                                                                {"N'Djamena", 1}, {"Iran, Iraq", 3}, {"Workers' Party", 2}, {"O'Neill", 1}, {"", 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    an_units units = {0};
    assert_true(an_units_cut(&arena, an_text_of(cases[i].text), 0, 0, &units));
    assert_int_equal(units.list.count, cases[i].units);
  }
  an_units a = {0}, b = {0};
  assert_true(an_units_cut(&arena, AN_LIT("U.S."), 0, 0, &a) && an_units_cut(&arena, AN_LIT("US"), 0, 0, &b));
  assert_true(a.list.at[0].hash == b.list.at[0].hash && a.list.at[0].upper && b.list.at[0].upper);
  an_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_units), cmocka_unit_test(test_refused), cmocka_unit_test(test_wrong_rows)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
