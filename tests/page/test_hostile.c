/* SPDX-License-Identifier: Apache-2.0 */
/* Pages made to hurt come through, whole, cut short, and with little memory, under the sanitizers too. */
#include "hostile.h"

static void reads(const uint8_t *bytes, size_t size, const char *type, size_t budget, bool must) {
  an_arena arena;
  an_arena_init(&arena, budget);
  an_page page = {.bytes = bytes, .size = (uint32_t)size, .media_type = an_text_of(type), .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
  an_article article;
  an_error err = {0};
  an_status status = an_page_read(&page, tables, NULL, &arena, NULL, &article, &err);
  if (status != AN_OK && (must || status != AN_ERR_LIMIT)) fail_msg("status %d: %s", (int)status, err.message);
  if (status == AN_OK && article.block_count > 0) assert_int_equal(article.blocks[article.block_count - 1].clean.end, article.text.size);
  an_arena_free(&arena);
}

static void hostile_pages(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    size_t size = MEBI / 4;
    uint8_t *bytes = make(&pages[i], size);
    reads(bytes, size, pages[i].type, (size_t)256 * MEBI, true);
    reads(bytes, size, pages[i].type, (size_t)2 * MEBI, false);
    free(bytes);
    for (size_t cut = 0; cut < 300; cut += 7) {          /* each cut page in memory of its own size: a byte too far is seen */
      bytes = make(&pages[i], cut + strlen(pages[i].head));
      reads(bytes, cut + strlen(pages[i].head), pages[i].type, (size_t)16 * MEBI, true);
      free(bytes);
    }
  }
}

static void limits_are_told(void **state) {
  (void)state;
  an_arena arena;
  an_arena_init(&arena, (size_t)256 * MEBI);
  uint8_t *bytes = make(&pages[0], 8000);
  an_page page = {.bytes = bytes, .size = 8000, .media_type = AN_LIT("text/html"), .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
  an_article article;
  assert_int_equal(an_page_read(&page, tables, NULL, &arena, NULL, &article, NULL), AN_OK);
  assert_true(article.problem_count > 0);
  assert_true(an_text_starts(article.problems[0].what, "too deep"));
  free(bytes);
  const hostile lines = {"", "", "x\n", false, "text/plain"};
  bytes = make(&lines, 2000);
  an_page_limits limits = {.blocks = 100};
  page = (an_page){.bytes = bytes, .size = 2000, .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
  an_arena_reset(&arena);
  assert_int_equal(an_page_read(&page, tables, &limits, &arena, NULL, &article, NULL), AN_OK);
  assert_int_equal(article.block_count, 100);
  assert_true(an_text_starts(article.problems[0].what, "limit met: blocks"));
  free(bytes);
  an_arena_free(&arena);
}

int main(void) {
  int skipped = hostile_open();
  if (skipped != 0) return skipped;
  const struct CMUnitTest tests[] = {cmocka_unit_test(hostile_pages), cmocka_unit_test(limits_are_told)};
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  hostile_close();
  return failed;
}
