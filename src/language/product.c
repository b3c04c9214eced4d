/* SPDX-License-Identifier: Apache-2.0 */
#include "language/product.h"

#include <stddef.h>
#include <string.h>

typedef void path(int32_t *y, const int16_t *x, const int16_t *w, uint32_t n, uint32_t k, uint32_t m);

static void plain(int32_t *y, const int16_t *x, const int16_t *w, uint32_t n, uint32_t k, uint32_t m) {
  for (uint32_t t = 0; t < n; t++, y += m, x += k)
    for (uint32_t i = 0; i < k; i += 2) {
      const int16_t *row = w + (size_t)i * m;
      int32_t a = x[i], b = x[i + 1];
      for (uint32_t j = 0; j < m; j++) y[j] = (int32_t)((uint32_t)y[j] + (uint32_t)(a * row[2 * j]) + (uint32_t)(b * row[2 * j + 1]));
    }
}

#if defined __x86_64__ && defined __SSE2__
#include <immintrin.h>

static inline int32_t pair_at(const int16_t *x) {
  int32_t both;
  memcpy(&both, x, sizeof both);
  return both;
}

#ifdef __clang__
#define UNROLL
#else
#define UNROLL _Pragma("GCC unroll 4")
#endif

/* NOLINTBEGIN(bugprone-macro-parentheses): an attribute and a type do not stand in parentheses */
/* A block of rows (1 or 4) and columns (once or twice a vector), whose sums stay in registers while k runs; then all blocks. */
#define DEFINE_PATH(NAME, TARGET, VECTOR, LANES, LOAD, STORE, SPREAD, MULTIPLY_ADD)                                             \
  TARGET static inline __attribute__((always_inline)) void NAME##_block(int32_t *y, const int16_t *x, const int16_t *w, uint32_t k, \
                                                                        uint32_t m, const uint32_t rows, const uint32_t columns) { \
    VECTOR sum[4][2];                                                                                                            \
    UNROLL for (uint32_t r = 0; r < rows; r++)                                                                                   \
      UNROLL for (uint32_t q = 0; q < columns; q++) sum[r][q] = LOAD((const void *)(y + (size_t)r * m + q * (LANES)));           \
    for (uint32_t i = 0; i < k; i += 2) {                                                                                        \
      VECTOR weight[2];                                                                                                          \
      UNROLL for (uint32_t q = 0; q < columns; q++) weight[q] = LOAD((const void *)(w + (size_t)i * m + 2 * q * (LANES)));       \
      UNROLL for (uint32_t r = 0; r < rows; r++) {                                                                               \
        VECTOR in = SPREAD(pair_at(x + (size_t)r * k + i));                                                                      \
        UNROLL for (uint32_t q = 0; q < columns; q++) sum[r][q] = MULTIPLY_ADD(sum[r][q], in, weight[q]);                        \
      }                                                                                                                          \
    }                                                                                                                            \
    UNROLL for (uint32_t r = 0; r < rows; r++)                                                                                   \
      UNROLL for (uint32_t q = 0; q < columns; q++) STORE((void *)(y + (size_t)r * m + q * (LANES)), sum[r][q]);                 \
  }                                                                                                                              \
  TARGET static void NAME(int32_t *y, const int16_t *x, const int16_t *w, uint32_t n, uint32_t k, uint32_t m) {                  \
    for (uint32_t j = 0; j < m; j += m - j >= 2 * (LANES) ? 2 * (LANES) : (LANES)) {                                             \
      bool two = m - j >= 2 * (LANES);                                                                                           \
      uint32_t t = 0;                                                                                                            \
      for (; t + 4 <= n; t += 4)                                                                                                 \
        if (two)                                                                                                                 \
          NAME##_block(y + (size_t)t * m + j, x + (size_t)t * k, w + 2 * (size_t)j, k, m, 4, 2);                                 \
        else                                                                                                                     \
          NAME##_block(y + (size_t)t * m + j, x + (size_t)t * k, w + 2 * (size_t)j, k, m, 4, 1);                                 \
      for (; t < n; t++)                                                                                                         \
        if (two)                                                                                                                 \
          NAME##_block(y + (size_t)t * m + j, x + (size_t)t * k, w + 2 * (size_t)j, k, m, 1, 2);                                 \
        else                                                                                                                     \
          NAME##_block(y + (size_t)t * m + j, x + (size_t)t * k, w + 2 * (size_t)j, k, m, 1, 1);                                 \
    }                                                                                                                            \
  }
/* NOLINTEND(bugprone-macro-parentheses) */

#define ADD_128(sum, a, b) _mm_add_epi32(sum, _mm_madd_epi16(a, b))
#define ADD_256(sum, a, b) _mm256_add_epi32(sum, _mm256_madd_epi16(a, b))
DEFINE_PATH(with_sse2, , __m128i, 4, _mm_loadu_si128, _mm_storeu_si128, _mm_set1_epi32, ADD_128)
DEFINE_PATH(with_avx2, __attribute__((target("avx2"))), __m256i, 8, _mm256_loadu_si256, _mm256_storeu_si256, _mm256_set1_epi32,
            ADD_256)
DEFINE_PATH(with_vnni, __attribute__((target("avx512f,avx512bw,avx512vnni"))), __m512i, 16, _mm512_loadu_si512, _mm512_storeu_si512,
            _mm512_set1_epi32, _mm512_dpwssd_epi32)

static path *path_of(int number) {
  if (number == 3) return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") ? with_vnni : NULL;
  if (number == 2) return __builtin_cpu_supports("avx2") ? with_avx2 : NULL;
  return number == 1 ? with_sse2 : number == 0 ? plain : NULL;
}
static path *fastest(void) {
  path *vnni = path_of(3), *avx2 = path_of(2);
  return vnni != NULL ? vnni : avx2 != NULL ? avx2 : with_sse2;
}
#else
static path *path_of(int number) { return number == 0 ? plain : NULL; }
static path *fastest(void) { return plain; }
#endif

static void begin(int32_t *y, const int32_t *bias, uint32_t n, uint32_t m) {
  for (uint32_t t = 0; t < n; t++)
    if (bias == NULL)
      memset(y + (size_t)t * m, 0, m * sizeof *y);
    else
      memcpy(y + (size_t)t * m, bias, m * sizeof *y);
}

void an_product(int32_t *y, const int16_t *x, const int16_t *w, const int32_t *bias, uint32_t n, uint32_t k, uint32_t m) {
  begin(y, bias, n, m);
  fastest()(y, x, w, n, k, m);
}

bool an_product_by(int number, int32_t *y, const int16_t *x, const int16_t *w, const int32_t *bias, uint32_t n, uint32_t k, uint32_t m) {
  path *by = path_of(number);
  if (by == NULL) return false;
  begin(y, bias, n, m);
  by(y, x, w, n, k, m);
  return true;
}
