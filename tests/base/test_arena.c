/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

static void memory_is_zeroed_aligned_and_ones_own(void **state) {
  (void)state;
  an_arena arena;
  an_arena_init(&arena, 1 << 20);
  for (int round = 0; round < 3; round++) {
    unsigned char *last = NULL;
    for (size_t size = 0; size < 300; size++) {
      unsigned char *at = an_arena_take(&arena, size, 1);
      assert_non_null(at);
      assert_ptr_not_equal(at, last);
      assert_int_equal((uintptr_t)at % 16, 0);
      for (size_t i = 0; i < size; i++) assert_int_equal(at[i], 0);
      memset(at, 0xff, size);
      last = at;
    }
    an_arena_reset(&arena);
    assert_int_equal(arena.used, 0);
  }
  an_arena_free(&arena);
}

static void the_budget_holds(void **state) {
  (void)state;
  an_arena arena;
  an_arena_init(&arena, 100000);
  assert_null(an_arena_take(&arena, 100001, 1));
  size_t taken = 0;
  while (an_arena_take(&arena, 1000, 1) != NULL) taken++;
  assert_in_range(taken, 98, 100);
  assert_true(arena.used <= 100000);
  assert_null(an_arena_take(&arena, SIZE_MAX, 2)); /* product overflows */
  assert_null(an_arena_take(&arena, SIZE_MAX, 1)); /* rounding up would */
  assert_null(an_arena_copy(&arena, "x", 5000).at);
  an_arena_reset(&arena);
  assert_non_null(an_arena_take(&arena, 90000, 1)); /* all of it again */
  an_arena_free(&arena);
}

static void printing(void **state) {
  (void)state;
  an_arena arena;
  an_arena_init(&arena, 1 << 20);
  assert_text(an_arena_printf(&arena, "%s-%d", "a", 7), "a-7");
  assert_int_equal(an_arena_printf(&arena, "%2000d", 1).size, 2000);
  assert_text(an_arena_printf(&arena, "%s", ""), "");
  an_arena_free(&arena);
}

static void lists_grow(void **state) {
  (void)state;
  an_arena arena;
  an_arena_init(&arena, 1 << 20);
  AN_LIST(uint32_t) list = {0};
  for (uint32_t i = 0; i < 10000; i++) *AN_PUSH(&arena, &list) = i;
  for (uint32_t i = 0; i < 10000; i++) assert_int_equal(list.at[i], i);
  while (AN_PUSH(&arena, &list) != NULL) continue; /* until the budget ends: NULL, and what is there stays */
  assert_int_equal(list.at[9999], 9999);
  an_arena_free(&arena);
}

static void maps(void **state) {
  (void)state;
  an_arena arena;
  an_arena_init(&arena, 4 << 20);
  an_map map = {0};
  assert_int_equal(an_map_get(&map, 5, 77), 77);
  for (uint32_t i = 1; i <= 20000; i++) assert_int_equal(*an_map_put(&arena, &map, (uint64_t)i << 40, i), i);
  assert_int_equal(map.count, 20000);
  for (uint32_t i = 1; i <= 20000; i++) assert_int_equal(an_map_get(&map, (uint64_t)i << 40, 0), i);
  assert_int_equal(*an_map_put(&arena, &map, (uint64_t)3 << 40, 9), 3); /* not fresh */
  assert_int_equal(an_map_get(&map, 12345, AN_NONE), AN_NONE);
  an_arena_free(&arena);
}

static void hashes(void **state) {
  (void)state;
  uint8_t sha[32];
  char hex[65];
  an_sha256((const uint8_t *)"abc", 3, sha); /* FIPS 180-2, example B.1 */
  an_hex(sha, 32, hex);
  assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_true(an_hash64("abc", 3) == 0x78af5f94892f3950u); /* XXH3_64bits, seed 0 */
  assert_true(an_hash_mix(1, 2) != an_hash_mix(2, 1) && an_hash_mix(0, 0) != 0);
}

static void errors(void **state) {
  (void)state;
  an_error err = {.span = {3, 9}};
  assert_int_equal(an_fail(&err, AN_ERR_DATA, "page", "%s %d", "row", 4), AN_ERR_DATA);
  assert_string_equal(err.message, "row 4");
  assert_string_equal(err.step, "page");
  assert_int_equal(err.span.end, 0);
  assert_int_equal(an_fail(NULL, AN_ERR_IO, "page", "x"), AN_ERR_IO);
  an_fail(&err, AN_ERR_IO, "page", "%900d", 1);
  assert_int_equal(strlen(err.message), sizeof err.message - 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(memory_is_zeroed_aligned_and_ones_own), cmocka_unit_test(the_budget_holds),
      cmocka_unit_test(printing), cmocka_unit_test(lists_grow), cmocka_unit_test(maps), cmocka_unit_test(hashes),
      cmocka_unit_test(errors),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
