/* SPDX-License-Identifier: Apache-2.0 */
/* Pages made to hurt: each is read within a limit of thread CPU time and of memory, and twice the page takes less than 2.6
   times as long. */
#include "hostile.h"
#include "linear.h"

#define MOST_SECONDS 0.05
#define MOST_BUSY 2.0 /* more is not taken off for what else the machine does */

/* How many times as long as on an idle core work takes at this moment: a fixed walk through a table, against the fastest walk that
   this process has seen. Other work takes caches and the other half of a core away, which processor time does not show. */
static double busyness(void) {
  enum { SLOTS = 1 << 15, STEPS = 1 << 19 };
  static uint64_t table[SLOTS];
  static double fastest = 1e9;
  uint64_t x = 88172645463325252u;
  double begin = linear_now();
  for (uint32_t i = 0; i < STEPS; i++) {
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    table[x % SLOTS] += x;
    if (table[(x >> 20) % SLOTS] & 1) x += i;
  }
  double took = linear_now() - begin;
  if (took < fastest) fastest = took;
  return took / fastest + (x == 0);                   /* never; but the walk is asked for */
}

/* The best of five readings, of up to ten while it is above `most` seconds, each as long as it would be on an idle core;
   *used: what the arena handed out. */
static double read_best(const uint8_t *bytes, size_t size, const char *type, double most, size_t *used) {
  an_arena arena;
  double best = 1e9;
  an_arena_init(&arena, (size_t)4 << 30);
  for (int i = 0; i < LINEAR_ROUNDS || (best > most && i < LINEAR_PAIRS); i++) {
    an_page page = {.bytes = bytes, .size = (uint32_t)size, .media_type = an_text_of(type), .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
    an_page_limits limits = {.page_bytes = 65 * MEBI};
    an_article article;
    an_error err = {0};
    an_arena_reset(&arena);
    if (i >= LINEAR_ROUNDS) nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL); /* what else runs may be over by then */
    double busy = busyness(), begin = linear_now();
    an_status status = an_page_read(&page, tables, &limits, &arena, NULL, &article, &err);
    double took = linear_now() - begin;
    busy = (busy + busyness()) / 2;
    took /= busy < MOST_BUSY ? busy : MOST_BUSY;
    if (status != AN_OK) fail_msg("%s", err.message);
    if (took < best) best = took;
  }
  *used = arena.used;
  an_arena_free(&arena);
  return best;
}

/* 5 MiB of each: memory is what docs/limits.md says, and time 50 ms of an idle core. */
static void hostile_pages(void **state) {
  (void)state;
  const size_t size = 5 * MEBI;
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    uint8_t *bytes = make(&pages[i], size);
    size_t used;
    double took = read_best(bytes, size, pages[i].type, MOST_SECONDS, &used);
    free(bytes);
    print_message("%-36s %6.1f ms %6.1f MB\n", pages[i].name, took * 1e3, (double)used / 1e6);
    if (took > MOST_SECONDS) fail_msg("%s: %.0f ms", pages[i].name, took * 1e3);
    if (used > (size_t)64 * 1000 * 1000) fail_msg("%s: %.0f MB", pages[i].name, (double)used / 1e6);
  }
}

static void twice_the_page_twice_the_time(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    size_t used;
    double best = 1e9;
    uint8_t *once = make(&pages[i], MEBI), *twice = make(&pages[i], 2 * MEBI);
    for (int pair = 0; pair < LINEAR_PAIRS && best >= LINEAR_MOST; pair++) {
      double n = read_best(once, MEBI, pages[i].type, 1, &used), n2 = read_best(twice, 2 * MEBI, pages[i].type, 1, &used);
      double ratio = n2 / (n > 0.0005 ? n : 0.0005);
      if (ratio < best) best = ratio;
    }
    free(once);
    free(twice);
    if (best >= LINEAR_MOST) fail_msg("%s: %.2f times as long", pages[i].name, best);
  }
}

static void one_line_of_64_mebibytes(void **state) {
  (void)state;
  size_t size = 64 * (size_t)MEBI, used;
  const hostile line = {"line", "", "word and ", false, "text/plain"};
  uint8_t *bytes = make(&line, size);
  double took = read_best(bytes, size, "text/plain", 6, &used);
  free(bytes);
  print_message("64 MiB in one line: %.0f ms, %.0f MB\n", took * 1e3, (double)used / 1e6);
  assert_true(took < 6);
}

static void a_million_open_tags(void **state) {
  (void)state;
  size_t size = (size_t)5 * 1000 * 1000, used;
  uint8_t *bytes = make(&pages[0], size);
  double took = read_best(bytes, size, "text/html", 0.2, &used);
  free(bytes);
  assert_true(took < 0.2);
}

int main(void) {
  int skipped = hostile_open();
  if (skipped != 0) return skipped;
  linear_keep_memory();
  const struct CMUnitTest tests[] = {cmocka_unit_test(hostile_pages), cmocka_unit_test(twice_the_page_twice_the_time),
                                     cmocka_unit_test(one_line_of_64_mebibytes), cmocka_unit_test(a_million_open_tags)};
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  hostile_close();
  return failed;
}
