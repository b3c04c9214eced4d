/* SPDX-License-Identifier: Apache-2.0 */
/* The network's arithmetic: every path gives the same numbers; the search finds the best tree. */
#include "unit.h"

#include "language/net.h"

static uint64_t seed;

static uint32_t next(void) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33);
}

static void *room(size_t size) {
  void *at = malloc(size);
  assert_non_null(at);
  return at;
}

static int16_t pair_weight(const int16_t *w, uint32_t m, uint32_t i, uint32_t j) { return w[((size_t)(i / 2) * m + j) * 2 + i % 2]; }

/* Sizes as the network has them and odd ones; small numbers, and the largest, which wrap. */
static void products_agree(void **state) {
  static const uint32_t sizes[][3] = {{1, 4, 16}, {3, 64, 48}, {4, 96, 576}, {7, 192, 128}, {33, 64, 64}, {5, 4, 32}, {6, 8, 112}};
  const an_kernels *plain = an_kernels_of(0);
  (void)state;
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
    for (int wild = 0; wild < 2; wild++) {
      uint32_t n = sizes[s][0], k = sizes[s][1], m = sizes[s][2];
      size_t out = 4 * (size_t)n * m;
      int16_t *x = room(2 * (size_t)n * k), *w = room(2 * (size_t)k * m);
      uint8_t *bx = room((size_t)n * k);
      int8_t *bw = room((size_t)k * m);
      int32_t *want = room(out), *bytes = room(out), *got = room(out), *start = room(4 * (size_t)m), *bias = room(4 * (size_t)m), *scales = room(4 * (size_t)m);
      const int32_t *scale = m == 48 ? NULL : scales;
      for (uint32_t j = 0; j < m; j++) start[j] = (int32_t)(next() << 1), bias[j] = (int32_t)(next() << 1), scales[j] = wild ? (int32_t)(next() << 1) : (int32_t)(next() % 255u);
      for (uint32_t i = 0; i < n * k; i++) {
        x[i] = (int16_t)(wild ? next() % 3 == 0 ? 0x8000u : next() : next() % 8192u - 4096u);
        bx[i] = (uint8_t)(wild && next() % 2 == 0 ? 255u : next());
      }
      for (uint32_t i = 0; i < k * m; i++) {
        w[i] = (int16_t)(wild ? next() % 3 == 0 ? 0x8000u : next() : next() % 8192u - 4096u);
        bw[i] = (int8_t)(wild && next() % 2 == 0 ? 0x80u : next());
      }
      memset(want, 1, out);
      plain->product(want, x, w, n, k, m);
      plain->product_bytes(bytes, start, scale, bias, bx, bw, n, k, m);
      for (int path = 1; path < AN_KERNEL_PATHS; path++) {
        const an_kernels *other = an_kernels_of(path);
        if (other == NULL) continue;
        memset(got, 1, out);
        other->product(got, x, w, n, k, m);
        assert_memory_equal(got, want, out);
        memset(got, 1, out);
        other->product_bytes(got, start, scale, bias, bx, bw, n, k, m);
        assert_memory_equal(got, bytes, out);
      }
      int64_t sum = 0x01010101, byte_sum = start[m - 1];
      for (uint32_t i = 0; i < k; i++) {
        sum += (int64_t)x[i] * pair_weight(w, m, i, m - 1);
        byte_sum += (int64_t)bx[i] * bw[((size_t)(i / 4) * m + m - 1) * 4 + i % 4];
      }
      assert_int_equal(want[m - 1], (int32_t)(uint32_t)(uint64_t)sum);
      uint32_t finished = scale == NULL ? (uint32_t)(uint64_t)byte_sum : (uint32_t)(uint64_t)byte_sum * (uint32_t)scale[m - 1] + (uint32_t)bias[m - 1];
      assert_int_equal(bytes[m - 1], (int32_t)finished);
      free(x), free(w), free(bx), free(bw), free(want), free(bytes), free(got), free(start), free(scales), free(bias);
    }
}

/* Curves, means and rows: every path, at any numbers; and what they stand for, at a few. */
static void curves_agree(void **state) {
  enum { WIDE = 64, TIMES = 2000, ROWS = 5 };
  const an_kernels *plain = an_kernels_of(0);
  (void)state;
  for (uint32_t t = 0; t < TIMES; t++) {
    int32_t gate[3 * WIDE], scales[3 * WIDE], biases[3 * WIDE];
    int16_t mean[WIDE], old[WIDE];
    uint8_t table[ROWS][2 + WIDE];
    const uint8_t *rows[ROWS];
    for (uint32_t i = 0; i < 3 * WIDE; i++) {
      gate[i] = (int32_t)(t % 2 == 0 ? next() << 1 : next() % (16u << 20) - (8u << 20));
      scales[i] = t % 4 < 2 ? 1 : (int32_t)(next() % 255u), biases[i] = t % 4 < 2 ? 0 : (int32_t)next();
    }
    for (uint32_t i = 0; i < WIDE; i++) {
      mean[i] = (int16_t)(next() % 8193u - 4096u), old[i] = (int16_t)(next() % 8193u - 4096u);
    }
    for (uint32_t i = 0; i < sizeof table; i++) table[i / sizeof *table][i % sizeof *table] = (uint8_t)next();
    for (uint32_t i = 0; i < ROWS; i++) rows[i] = table[i];
    int32_t want_sum[WIDE];
    int16_t want_mean[WIDE], want_out[WIDE], want_bent[WIDE], want_met[WIDE];
    uint8_t want_said[WIDE], want_byte[WIDE];
    for (int path = 0; path < AN_KERNEL_PATHS; path++) {
      const an_kernels *other = path == 0 ? plain : an_kernels_of(path);
      if (other == NULL) continue;
      int32_t got_sum[WIDE];
      int16_t got_mean[WIDE], got_out[WIDE], got_bent[WIDE], got_met[WIDE];
      uint8_t got_said[WIDE], got_byte[WIDE];
      memcpy(got_mean, mean, sizeof mean);
      other->step(&(an_step){gate, scales, biases, old, got_mean, got_out, got_said}, WIDE);
      other->bend(gate, 20, got_bent, got_byte, WIDE);
      memset(got_sum, 0, sizeof got_sum);
      other->add_rows(got_sum, rows, t % (ROWS + 1), WIDE);
      other->meet(gate, gate + WIDE, 10, got_met, WIDE);
      assert_int_equal(other->best(gate, 3 * WIDE), plain->best(gate, 3 * WIDE));
      if (path == 0) {
        memcpy(want_sum, got_sum, sizeof got_sum), memcpy(want_mean, got_mean, sizeof mean), memcpy(want_out, got_out, sizeof old);
        memcpy(want_bent, got_bent, sizeof got_bent), memcpy(want_said, got_said, sizeof got_said);
        memcpy(want_byte, got_byte, sizeof got_byte), memcpy(want_met, got_met, sizeof got_met);
      }
      assert_memory_equal(got_met, want_met, sizeof got_met);
      assert_memory_equal(got_sum, want_sum, sizeof got_sum);
      assert_memory_equal(got_mean, want_mean, sizeof mean);
      assert_memory_equal(got_out, want_out, sizeof old);
      assert_memory_equal(got_bent, want_bent, sizeof got_bent);
      assert_memory_equal(got_said, want_said, sizeof got_said);
      assert_memory_equal(got_byte, want_byte, sizeof got_byte);
    }
    for (uint32_t i = 0; i < WIDE; i++) {
      double x = gate[i] / 1048576.0, z = x < -2 ? -2 : x > 2 ? 2 : x, y = z - z * (z < 0 ? -z : z) / 4;
      assert_true(want_bent[i] - 4096 * y < 3 && 4096 * y - want_bent[i] < 3);
      int64_t sum = 0, met = (gate[i] >> 10) + (gate[WIDE + i] >> 10);
      for (uint32_t r = 0; r < t % (ROWS + 1); r++) sum += (rows[r][0] + 256 * rows[r][1]) * (int64_t)(int8_t)rows[r][2 + i];
      assert_int_equal(want_sum[i], sum);
      assert_int_equal(want_met[i], met < 0 ? 0 : met > INT16_MAX ? INT16_MAX : met);
    }
  }
}

/* Charts of sentences of all sizes up to more than two vectors. */
static void spans_agree(void **state) {
  enum { LONGEST = 40, APART = 48, ALL = LONGEST * LONGEST + AN_SPAN_MORE };
  static int32_t want[4][ALL], got[4][ALL], score[LONGEST * APART];
  (void)state;
  for (uint32_t n = 1; n <= LONGEST; n++) {
    for (uint32_t i = 0; i < LONGEST * APART; i++) score[i] = (int32_t)(next() % 2000000) - 1000000;
    for (int path = 0; path < AN_KERNEL_PATHS; path++) {
      const an_kernels *run = an_kernels_of(path);
      if (run == NULL) continue;
      for (uint32_t i = 0; i < ALL; i++) got[0][i] = got[1][i] = got[2][i] = got[3][i] = (int32_t)(next() << 1);
      run->spans(&(an_spans){got[0], got[1], got[2], got[3]}, score, APART, n);
      if (path == 0) memcpy(want, got, sizeof want);
      for (uint32_t j = 0; j < n; j++)
        for (uint32_t i = 0; i <= j; i++)
          for (uint32_t c = 0; c < (i < j ? 4 : 2); c++) assert_int_equal(got[c][j * n + i], want[c][j * n + i]);
    }
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
      an_search_tree(an_kernels_best(), desk, score, WIDTH, n, head);
      for (uint32_t i = 0; i < n; i++) sum += score[i * WIDTH + head[i]];
      assert_int_equal(sum, best_of_all(score, n));
    }
  an_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(products_agree), cmocka_unit_test(curves_agree), cmocka_unit_test(spans_agree),
                                     cmocka_unit_test(search_finds_the_best)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
