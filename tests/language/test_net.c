/* SPDX-License-Identifier: Apache-2.0 */
/* The network's arithmetic: every path of the products gives the same numbers; the search finds the best tree. */
#include "unit.h"

#include "language/net.h"
#include "language/product.h"

static uint64_t seed;

static uint32_t next(void) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33);
}

/* Sizes as the network has them and odd ones; small numbers, and the largest, which wrap. */
static void paths_agree(void **state) {
  static const uint32_t sizes[][3] = {{1, 2, 16}, {3, 64, 48}, {4, 96, 576}, {7, 192, 128}, {33, 64, 64}, {5, 4, 32}};
  (void)state;
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
    for (int wild = 0; wild < 2; wild++) {
      uint32_t n = sizes[s][0], k = sizes[s][1], m = sizes[s][2], other = 0;
      int16_t *x = malloc(2 * (size_t)n * k), *w = malloc(2 * (size_t)k * m);
      int32_t *bias = malloc(4 * (size_t)m), *want = malloc(4 * (size_t)n * m), *got = malloc(4 * (size_t)n * m);
      assert_true(x != NULL && w != NULL && bias != NULL && want != NULL && got != NULL);
      for (uint32_t i = 0; i < n * k; i++) x[i] = (int16_t)(wild ? next() % 3 == 0 ? 0x8000u : next() : next() % 8192u - 4096u);
      for (uint32_t i = 0; i < k * m; i++) w[i] = (int16_t)(wild ? next() % 3 == 0 ? 0x8000u : next() : next() % 8192u - 4096u);
      for (uint32_t i = 0; i < m; i++) bias[i] = (int32_t)(next() << 1);
      assert_true(an_product_by(0, want, x, w, bias, n, k, m));
      for (int path = 1; path < 4; path++) {
        if (!an_product_by(path, got, x, w, bias, n, k, m)) continue;
        other++;
        assert_memory_equal(got, want, 4 * (size_t)n * m);
      }
      an_product(got, x, w, bias, n, k, m);
      assert_memory_equal(got, want, 4 * (size_t)n * m);
      int64_t sum = bias[m - 1];
      for (uint32_t i = 0; i < k; i++) sum += (int64_t)x[i] * w[(size_t)(i / 2) * m * 2 + 2 * (m - 1) + i % 2];
      assert_int_equal(want[m - 1], (int32_t)(uint32_t)(uint64_t)sum);
      if (s == 0 && wild == 0) print_message("%u other paths\n", other);
      free(x), free(w), free(bias), free(want), free(got);
    }
}

enum { MOST = 5, WIDTH = 8 };

/* The best sum over all trees without crossing arcs and with one root, by trying every choice of heads. */
static int32_t best_of_all(const int32_t *score, uint32_t n) {
  int32_t best = INT32_MIN;
  uint32_t choices = 1;
  for (uint32_t i = 0; i < n; i++) choices *= n + 1;
  for (uint32_t c = 0; c < choices; c++) {
    uint32_t head[MOST], rest = c, roots = 0;
    int32_t sum = 0;
    bool well = true;
    for (uint32_t i = 0; i < n; i++, rest /= n + 1) {
      head[i] = rest % (n + 1);
      roots += head[i] == n;
      well = well && head[i] != i;
      sum += score[i * WIDTH + head[i]];
    }
    for (uint32_t i = 0; i < n && well; i++) {
      uint32_t up = i, steps = 0;
      while (up != n && steps++ <= n) up = head[up];
      well = up == n;
      if (head[i] == n) continue;
      uint32_t a = i < head[i] ? i : head[i], b = i < head[i] ? head[i] : i;
      for (uint32_t k = a + 1; k < b && well; k++) well = head[k] >= a && head[k] <= b && head[k] != n;
    }
    if (well && roots == 1 && sum > best) best = sum;
  }
  return best;
}

static void search_finds_the_best(void **state) {
  an_arena arena;
  (void)state;
  an_arena_init(&arena, (size_t)64 << 20);
  an_desk *desk = an_desk_open(1, &arena);
  assert_non_null(desk);
  for (uint32_t round = 0; round < 200; round++)
    for (uint32_t n = 1; n <= MOST; n++) {
      int32_t score[MOST * WIDTH], sum = 0;
      uint16_t head[MOST];
      uint32_t spread = round % 3 == 0 ? 3 : 2000; /* equal scores as well */
      for (uint32_t i = 0; i < MOST * WIDTH; i++) score[i] = (int32_t)(next() % spread) - (int32_t)spread / 2;
      an_search_tree(desk, score, WIDTH, n, head);
      for (uint32_t i = 0; i < n; i++) sum += score[i * WIDTH + head[i]];
      assert_int_equal(sum, best_of_all(score, n));
    }
  an_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(paths_agree), cmocka_unit_test(search_finds_the_best)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
