/* SPDX-License-Identifier: Apache-2.0 */
/* Copies and versions: the same as looking at every page before, in stories of the usual size; in ever larger ones of reports that share
   almost half a text, a bounded look at each. */
#include "linear.h"

#include "base/hash.h"
#include "story/parts.h"

enum { MOST = 3000, RUNS = 40, SHARED = 18 };

static dg store[MOST];
static st_reading readings[MOST];
static uint32_t runs[MOST][RUNS];
static an_arena arena;

static int by_number(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* A text of its own, `shared` of whose runs are those of text `of`. */
static void write_page(uint32_t i, uint32_t of, uint32_t shared, const char *url) {
  for (uint32_t k = 0; k < RUNS; k++) runs[i][k] = (uint32_t)an_hash_mix(k < shared ? of : 1000000 + i, k);
  qsort(runs[i], RUNS, sizeof **runs, by_number);
  store[i] = (dg){.url = an_text_of(url), .shingles = {runs[i], RUNS}};
  readings[i] = (st_reading){.d = &store[i]};
}

static st_story find(uint32_t count) {
  an_arena_reset(&arena);
  st_story story = {.arena = &arena, .readings = readings, .reading_count = count};
  st_find_copies(&story);
  assert_false(story.short_of);
  return story;
}

/* What is asked for, page by page: all before it are looked at. */
static void look_at_all(uint32_t count, uint32_t *copy, uint32_t *version) {
  for (uint32_t i = 0; i < count; i++) {
    copy[i] = version[i] = AN_NONE;
    for (uint32_t k = 0; k < i && copy[i] == AN_NONE && version[i] == AN_NONE; k++) {
      if (store[i].url.at != NULL && an_text_equal(store[i].url, store[k].url)) version[i] = k;
      else if (copy[k] == AN_NONE && st_containment(store[i].shingles, 0, store[k].shingles, 0) >= ST_COPY) copy[i] = k;
    }
  }
}

static void usual_stories_are_looked_through(void **state) {
  (void)state;
  static uint32_t copy[240], version[240];
  static char urls[7][32];
  uint32_t copies = 0, versions = 0;
  for (uint32_t i = 0; i < 7; i++) snprintf(urls[i], sizeof urls[i], "https://a.example/%u", i);
  for (uint32_t i = 0; i < 240; i++) {
    uint64_t r = an_hash_mix(i, 5);
    write_page(i, (uint32_t)(r % 12), (uint32_t)(r >> 8) % (RUNS + 1), i % 5 == 0 ? urls[(r >> 20) % 7] : NULL);
  }
  find(240);
  look_at_all(240, copy, version);
  for (uint32_t i = 0; i < 240; i++) {
    assert_int_equal(readings[i].copy_of, copy[i]);
    assert_int_equal(readings[i].version_of, version[i]);
    copies += copy[i] != AN_NONE;
    versions += version[i] != AN_NONE;
  }
  assert_true(copies > 40);
  assert_true(versions > 10);
}

/* Originals beyond those that every page is held against are known by their lowest runs. */
static void late_originals_have_copies(void **state) {
  (void)state;
  for (uint32_t i = 0; i < 2000; i++) write_page(i, i < 1500 ? 500000 : i - 500, i < 1500 ? SHARED : 0, NULL);
  for (uint32_t i = 1500; i < 2000; i++) memcpy(runs[i], runs[i - 500], sizeof *runs);
  find(2000);
  for (uint32_t i = 0; i < 1500; i++) assert_int_equal(readings[i].copy_of, AN_NONE);
  for (uint32_t i = 1500; i < 2000; i++) assert_int_equal(readings[i].copy_of, i - 500);
}

static void step(void *what, uint32_t size) {
  (void)what;
  find(size);
}

static void half_a_text_in_common_is_near_linear(void **state) {
  (void)state;
  for (uint32_t i = 0; i < MOST; i++) write_page(i, 500000, SHARED, NULL);
  assert_true(linear_ratio(step, NULL, MOST / 2) < LINEAR_MOST);
  for (uint32_t i = 0; i < MOST; i++) assert_int_equal(readings[i].copy_of, AN_NONE);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(usual_stories_are_looked_through), cmocka_unit_test(late_originals_have_copies),
                                     cmocka_unit_test(half_a_text_in_common_is_near_linear)};
  an_arena_init(&arena, (size_t)64 << 20);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  an_arena_free(&arena);
  return failed;
}
