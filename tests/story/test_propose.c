/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs are proposed alike by one thread and by several: of pages enough that several are started. */
#include "unit.h"

#include "base/hash.h"
#include "story/parts.h"

enum { PAGES = 6000, WORDS = 900, DAYS = 40 };

static st_page store[PAGES], *pages[PAGES];

static void make_pages(void) {
  for (uint32_t i = 0; i < PAGES; i++) {
    st_page *p = &store[i];
    uint64_t seed = an_hash_mix(i / 3 + 1, 7); /* three pages of a happening */
    *p = (st_page){.number = i, .rank = i, .word_count = ST_TOP, .run_count = 2, .day = 17000 + (an_day)(seed % DAYS)};
    p->published = i % 11 == 0 ? AN_DAYS_ANY : an_days_single(p->day);
    for (uint32_t k = 0; k < ST_TOP; k++) {
      seed = an_hash_mix(seed, k < 8 ? k : i + k); /* of twelve words four are its own */
      p->words[k] = (uint32_t)(seed % WORDS) << 2;
      p->weights[k] = (uint8_t)(1 + seed % 200);
    }
    for (uint32_t k = 0; k < 2; k++) p->runs[k] = (uint32_t)an_hash_mix(i / 2, k) & ~3U;
    pages[i] = p;
  }
}

static void threads_propose_the_same(void **state) {
  (void)state;
  static uint32_t one[PAGES * ST_NEAR], many[PAGES * ST_NEAR];
  an_arena arena;
  uint32_t some = 0, sisters = 0;
  make_pages();
  an_arena_init(&arena, (size_t)256 << 20);
  assert_true(st_propose(pages, PAGES, 1, &arena, one));
  for (unsigned threads = 2; threads <= 16; threads *= 2) {
    memset(many, 0xA5, sizeof many);
    assert_true(st_propose(pages, PAGES, threads, &arena, many));
    assert_memory_equal(one, many, sizeof one);
  }
  for (uint32_t i = 0; i < PAGES; i++) {
    bool sister = false;
    for (uint32_t k = 0; k < ST_NEAR; k++) {
      uint32_t other = one[i * ST_NEAR + k];
      assert_true(other == AN_NONE || (other < PAGES && other != i));
      sister |= other != AN_NONE && other / 3 == i / 3;
    }
    some += one[i * ST_NEAR] != AN_NONE;
    sisters += sister;
  }
  an_arena_free(&arena);
  assert_true(some > PAGES * 9 / 10);
  assert_true(sisters > PAGES * 9 / 10);
}

/* Where there is room for one who looks and not for eight, fewer look. */
static void little_memory_takes_fewer_threads(void **state) {
  (void)state;
  static uint32_t wide[PAGES * ST_NEAR], tight[PAGES * ST_NEAR];
  an_arena arena;
  size_t enough = (size_t)64 << 20, too_little = 0;
  make_pages();
  an_arena_init(&arena, enough);
  assert_true(st_propose(pages, PAGES, 1, &arena, wide));
  while (enough - too_little > 64) { /* the least that one thread does with */
    arena.max = too_little + (enough - too_little) / 2;
    if (st_propose(pages, PAGES, 1, &arena, tight)) enough = arena.max;
    else too_little = arena.max;
  }
  for (unsigned more = 0; more <= 20; more++) { /* up to twice as much */
    arena.max = enough + enough * more / 20;
    memset(tight, 0xA5, sizeof tight);
    assert_true(st_propose(pages, PAGES, 8, &arena, tight));
    assert_memory_equal(wide, tight, sizeof wide);
  }
  arena.max = too_little;
  assert_false(st_propose(pages, PAGES, 8, &arena, tight));
  assert_int_equal(arena.used, 0);
  an_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(threads_propose_the_same), cmocka_unit_test(little_memory_takes_fewer_threads)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
