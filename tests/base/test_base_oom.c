/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that refuses one call in ten (tidwall/tg): everything either works or says that memory is at its end.
   Files named *_oom.c are linked with malloc and realloc wrapped. */
#include "unit.h"

void *__real_malloc(size_t size);
void *__real_realloc(void *at, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *at, size_t size);

static unsigned calls, refused;
static bool failing;

static bool refuse(void) {
  if (!failing || (calls++ * 2654435761u >> 16) % 10 != 0) return false;
  refused++;
  return true;
}

void *__wrap_malloc(size_t size) { return refuse() ? NULL : __real_malloc(size); }
void *__wrap_realloc(void *at, size_t size) { return refuse() ? NULL : __real_realloc(at, size); }

static void arenas(void **state) {
  (void)state;
  failing = true;
  unsigned failures = 0;
  for (int round = 0; round < 500; round++) {
    an_arena arena;
    an_arena_init(&arena, 8 << 20);
    AN_LIST(uint64_t) list = {0};
    an_map map = {0};
    bool well = true;
    for (uint32_t i = 1; i <= 3000 && well; i++) {
      uint64_t *item = AN_PUSH(&arena, &list);
      uint32_t *value = an_map_put(&arena, &map, i, i);
      if (item != NULL) *item = i;
      well = item != NULL && value != NULL && *value == i;
    }
    for (uint32_t i = 0; i + 1 < list.count; i++) assert_true(list.at[i] == i + 1);
    failures += !well;
    an_arena_free(&arena);
  }
  failing = false;
  assert_true(refused > 0 && failures == refused);
}

static void buffers(void **state) {
  (void)state;
  failing = true;
  refused = 0;
  unsigned failures = 0;
  for (int round = 0; round < 500; round++) {
    an_buf buf;
    an_buf_init(&buf, 1 << 20);
    for (int i = 0; i < 100; i++) an_buf_printf(&buf, "%100d", i);
    assert_true(buf.failed || buf.size == 10000);
    failures += buf.failed;
    an_buf_free(&buf);
  }
  failing = false;
  assert_true(refused > 0 && failures == refused);
}

static void data_files(void **state) {
  (void)state;
  failing = true;
  unsigned refusals = 0;
  for (int round = 0; round < 100; round++) {
    an_datafile file;
    an_status status = an_datafile_open("no-such-folder", "x.an", "test", 1, "make", &file, NULL);
    assert_true(status == AN_ERR_IO || status == AN_ERR_MEMORY);
    refusals += status == AN_ERR_MEMORY;
  }
  failing = false;
  assert_true(refusals > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(arenas), cmocka_unit_test(buffers), cmocka_unit_test(data_files)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
