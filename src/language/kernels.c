/* SPDX-License-Identifier: Apache-2.0 */
#include "language/kernels.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* ---- Plain products ---- */

static void plain_product(int32_t *y, const int16_t *x, const int16_t *w, uint32_t n, uint32_t k, uint32_t m) {
  for (uint32_t t = 0; t < n; t++, y += m, x += k)
    for (uint32_t i = 0; i < k; i += 2) {
      const int16_t *row = w + (size_t)i * m;
      int32_t a = x[i], b = x[i + 1];
      for (uint32_t j = 0; j < m; j++) y[j] = (int32_t)((uint32_t)y[j] + (uint32_t)(a * row[2 * j]) + (uint32_t)(b * row[2 * j + 1]));
    }
}

static void plain_product_bytes(int32_t *y, const int32_t *start, const int32_t *scale, const int32_t *bias, const uint8_t *x, const int8_t *w,
                                uint32_t n, uint32_t k, uint32_t m) {
  for (uint32_t t = 0; t < n; t++, y += m, x += k) {
    memcpy(y, start, m * sizeof *y);
    for (uint32_t i = 0; i < k; i++) {
      const int8_t *column = w + (size_t)(i / 4) * m * 4 + i % 4;
      for (uint32_t j = 0; j < m; j++) y[j] = (int32_t)((uint32_t)y[j] + (uint32_t)(x[i] * column[4 * (size_t)j]));
    }
    for (uint32_t j = 0; scale != NULL && j < m; j++) y[j] = (int32_t)((uint32_t)y[j] * (uint32_t)scale[j] + (uint32_t)bias[j]);
  }
}

/* ---- Curves and means, written so that a compiler makes vectors of them ---- */

#define INLINE static inline __attribute__((always_inline))

enum { TWO = 2 << AN_KERNEL_ONE, ONE = 1 << AN_KERNEL_ONE, GATE_BITS = AN_KERNEL_SUM - AN_KERNEL_ONE };

/* A product of fractions of 15 bits, rounded: in these steps compilers see the one instruction that does it. */
INLINE int16_t share_of(int16_t x, int16_t y) { return (int16_t)(((x * y >> 14) + 1) >> 1); }

/* x - x|x|/4 between -2 and 2: what stands for the hyperbolic tangent. In and out AN_KERNEL_ONE bits. */
INLINE int16_t bend_of(int16_t x) {
  int16_t z = x < -TWO ? (int16_t)-TWO : x > TWO ? (int16_t)TWO : x;
  int16_t left = (int16_t)(2 * TWO - (z < 0 ? -z : z)), twice = (int16_t)(2 * z);
  return share_of(twice, left);
}

/* Half of it and half of one, 15 bits behind the point. */
INLINE int16_t gate_of(int16_t x) {
  int16_t bent = bend_of((int16_t)(x >> 1));
  return (int16_t)((1 << 14) + 4 * (bent < ONE ? bent : ONE - 1));
}

INLINE int16_t level(int32_t sum, int bits) {
  int32_t x = sum >> bits;
  return (int16_t)(x < INT16_MIN ? INT16_MIN : x > INT16_MAX ? INT16_MAX : x);
}

INLINE int16_t between(int16_t from, int16_t to, int16_t share) {
  return (int16_t)(from + share_of(share, (int16_t)(to - from)));
}

INLINE uint8_t byte_of(int16_t x) {
  int32_t byte = ((x + 16) >> 5) + 128;
  return (uint8_t)(byte > UINT8_MAX ? UINT8_MAX : byte);
}

/* A loop for each width of number: compilers make vectors of those. */
INLINE void levels(const int32_t *sum, int bits, int16_t *out) {
  for (uint32_t k = 0; k < AN_KERNEL_STEP; k++) out[k] = level(sum[k], bits);
}
INLINE void bytes(const int16_t *x, uint8_t *out) {
  for (uint32_t k = 0; k < AN_KERNEL_STEP; k++) out[k] = byte_of(x[k]);
}

INLINE int32_t scaled(int32_t sum, int32_t scale, int32_t bias) {
  return (int32_t)((uint32_t)sum * (uint32_t)scale + (uint32_t)bias);
}
INLINE void gates(const an_step *at, uint32_t from, int16_t *out) {
  for (uint32_t k = from; k < from + AN_KERNEL_STEP; k++)
    *out++ = level(scaled(at->sum[k], at->scale[k], at->bias[k]), GATE_BITS);
}

INLINE void step_body(const an_step *at, uint32_t count) {
  for (uint32_t b = 0; b < count; b += AN_KERNEL_STEP) {
    int16_t new[AN_KERNEL_STEP], forget[AN_KERNEL_STEP], reset[AN_KERNEL_STEP], mean[AN_KERNEL_STEP], old[AN_KERNEL_STEP];
    memcpy(mean, at->mean + b, sizeof mean);
    memcpy(old, at->old + b, sizeof old);
    gates(at, b, new);
    gates(at, count + b, forget);
    gates(at, 2 * count + b, reset);
    for (uint32_t k = 0; k < AN_KERNEL_STEP; k++) mean[k] = between(bend_of(new[k]), mean[k], gate_of(forget[k]));
    for (uint32_t k = 0; k < AN_KERNEL_STEP; k++) old[k] = between(old[k], mean[k], gate_of(reset[k]));
    memcpy(at->mean + b, mean, sizeof mean);
    memcpy(at->out + b, old, sizeof old);
    bytes(old, at->said + b);
  }
}

INLINE void bend_body(const int32_t *sum, int bits, int16_t *out, uint8_t *said, uint32_t count) {
  for (uint32_t b = 0; b < count; b += AN_KERNEL_STEP) {
    int16_t bent[AN_KERNEL_STEP];
    levels(sum + b, bits - AN_KERNEL_ONE, bent);
    for (uint32_t k = 0; k < AN_KERNEL_STEP; k++) bent[k] = bend_of(bent[k]);
    if (out != NULL) memcpy(out + b, bent, sizeof bent);
    if (said != NULL) bytes(bent, said + b);
  }
}

INLINE int32_t scale_of(const uint8_t *row) { return row[0] | row[1] << 8; }
INLINE void add_rows_body(int32_t *restrict sum, const uint8_t *const *rows, uint32_t n, uint32_t count) {
  for (uint32_t i = 0; i < n; i++) {
    const int32_t scale = scale_of(rows[i]);
    const int8_t *restrict row = (const int8_t *)rows[i] + 2;
    for (uint32_t b = 0; b < count; b += AN_KERNEL_STEP)
      for (uint32_t k = 0; k < AN_KERNEL_STEP; k++) sum[b + k] = (int32_t)((uint32_t)sum[b + k] + (uint32_t)(scale * row[b + k]));
  }
}

INLINE void meet_body(const int32_t *a, const int32_t *b, int bits, int16_t *out, uint32_t count) {
  for (uint32_t k = 0; k < count; k++) {
    int32_t both = (a[k] >> bits) + (b[k] >> bits);
    out[k] = (int16_t)(both < 0 ? 0 : both > INT16_MAX ? INT16_MAX : both);
  }
}

/* best[k] becomes at least row[k] + more; up to AN_SPAN_MORE - 1 behind them too, which nobody reads. */
INLINE void raise(int32_t *restrict best, const int32_t *restrict row, int32_t more, size_t count) {
  for (size_t b = 0; b < count; b += AN_SPAN_MORE)
    for (size_t k = b; k < b + AN_SPAN_MORE; k++) {
      int32_t sum = (int32_t)((uint32_t)row[k] + (uint32_t)more);
      best[k] = sum > best[k] ? sum : best[k];
    }
}

/* left: words i..j under i; right: under j; down: with an arc from i to j; up: from j to i. What is known of i..j at once raises
   all that begin before it: no sum is looked for twice, and all that is added up lies side by side. */
INLINE void spans_body(const an_spans *to, const int32_t *score, size_t width, size_t n) {
  int32_t both[AN_SPAN_WORDS + AN_SPAN_MORE], left[AN_SPAN_WORDS + AN_SPAN_MORE], right[AN_SPAN_WORDS + AN_SPAN_MORE];
  for (size_t i = 0; i < n; i++) to->left[i * n + i] = to->right[i * n + i] = 0;
  for (size_t j = 1; j < n; j++) {
    for (size_t k = 0; k < j + AN_SPAN_MORE; k++) both[k] = left[k] = right[k] = INT32_MIN;
    raise(both, to->left + (j - 1) * n, 0, j);
    for (size_t i = j; i-- > 0;) {
      int32_t down = both[i] + score[j * width + i], up = both[i] + score[i * width + j];
      int32_t under_left = down > left[i] ? down : left[i], under_right = up > right[i] ? up : right[i];
      to->down[j * n + i] = down;
      to->up[j * n + i] = up;
      to->left[j * n + i] = under_left;
      to->right[j * n + i] = under_right;
      if (i == 0) break;
      raise(both, to->left + (i - 1) * n, under_right, i);
      raise(left, to->down + i * n, under_left, i);
      raise(right, to->right + i * n, up, i);
    }
  }
}

INLINE uint32_t best_body(const int32_t *score, uint32_t count) {
  int32_t most = INT32_MIN;
  for (uint32_t k = 0; k < count; k++) most = score[k] > most ? score[k] : most;
  uint32_t at = 0;
  while (at + 1 < count && score[at] != most) at++;
  return at;
}

/* NOLINTBEGIN(bugprone-macro-parentheses): an attribute and a type do not stand in parentheses */
#define DEFINE_REST(NAME, TARGET)                                                                                                \
  TARGET static void NAME##_bend(const int32_t *sum, int bits, int16_t *out, uint8_t *said, uint32_t count) {                     \
    bend_body(sum, bits, out, said, count);                                                                                      \
  }                                                                                                                              \
  TARGET static uint32_t NAME##_best(const int32_t *score, uint32_t count) { return best_body(score, count); }                     \
  TARGET static void NAME##_meet(const int32_t *a, const int32_t *b, int bits, int16_t *out, uint32_t count) {                    \
    meet_body(a, b, bits, out, count);                                                                                           \
  }                                                                                                                              \
  TARGET static void NAME##_spans(const an_spans *to, const int32_t *score, size_t width, size_t n) {                             \
    spans_body(to, score, width, n);                                                                                             \
  }                                                                                                                              \
  static const an_kernels NAME = {NAME##_product, NAME##_product_bytes, NAME##_add_rows, NAME##_bend, NAME##_step, NAME##_meet, \
                                  NAME##_spans,   NAME##_best};

#define DEFINE_STEP(NAME, TARGET) \
  TARGET static void NAME##_step(const an_step *at, uint32_t count) { step_body(at, count); }

#define DEFINE_ADD_ROWS(NAME, TARGET)                                                                     \
  TARGET static void NAME##_add_rows(int32_t *sum, const uint8_t *const *rows, uint32_t n, uint32_t count) { \
    add_rows_body(sum, rows, n, count);                                                                   \
  }

DEFINE_STEP(plain, )
DEFINE_ADD_ROWS(plain, )
DEFINE_REST(plain, )

#if defined __x86_64__ && defined __SSE2__
#include <cpuid.h>
#include <immintrin.h>

static inline int32_t four_bytes(const void *x) {
  int32_t all;
  memcpy(&all, x, sizeof all);
  return all;
}

#ifdef __clang__
#define UNROLL
#else
#define UNROLL _Pragma("GCC unroll 4")
#endif

/* What a product's sums begin as, row for row `apart` apart, and how they are finished: scale may be NULL. */
typedef struct ends { const int32_t *from; size_t apart; const int32_t *scale, *bias; } ends;
INLINE ends ends_at(ends e, uint32_t rows, uint32_t column) {
  e.from += rows * e.apart + column;
  if (e.scale != NULL) e.scale += column, e.bias += column;
  return e;
}

/* Products. A block of rows (1 to 4) and columns (1, 2 or 4 vectors), whose sums stay in registers while k runs; then all blocks.
   GROUP inputs of type X and weights of type W fill the 32 bits of a lane. */
#define DEFINE_PRODUCT(NAME, TARGET, X, W, GROUP, VECTOR, LANES, COLUMNS, LOAD, STORE, SPREAD, MULTIPLY_ADD, FINISH)             \
  TARGET INLINE void NAME##_block(int32_t *y, ends e, const X *x, const W *w, uint32_t k, uint32_t m, const uint32_t rows,       \
                                  const uint32_t columns) {                                                                      \
    VECTOR sum[4][COLUMNS];                                                                                                      \
    UNROLL for (uint32_t r = 0; r < rows; r++)                                                                                   \
      UNROLL for (uint32_t q = 0; q < columns; q++) sum[r][q] = LOAD((const void *)(e.from + r * e.apart + q * (LANES)));        \
    for (uint32_t i = 0; i < k; i += (GROUP)) {                                                                                  \
      VECTOR weight[COLUMNS];                                                                                                    \
      UNROLL for (uint32_t q = 0; q < columns; q++) weight[q] = LOAD((const void *)(w + (size_t)i * m + (GROUP) * q * (LANES))); \
      UNROLL for (uint32_t r = 0; r < rows; r++) {                                                                               \
        VECTOR in = SPREAD(four_bytes(x + (size_t)r * k + i));                                                                   \
        UNROLL for (uint32_t q = 0; q < columns; q++) sum[r][q] = MULTIPLY_ADD(sum[r][q], in, weight[q]);                        \
      }                                                                                                                          \
    }                                                                                                                            \
    UNROLL for (uint32_t r = 0; r < rows; r++)                                                                                   \
      UNROLL for (uint32_t q = 0; q < columns; q++) {                                                                            \
        VECTOR out = sum[r][q];                                                                                                  \
        if (e.scale != NULL) out = FINISH(out, LOAD((const void *)(e.scale + q * (LANES))), LOAD((const void *)(e.bias + q * (LANES))));\
        STORE((void *)(y + (size_t)r * m + q * (LANES)), out);                                                                   \
      }                                                                                                                          \
  }                                                                                                                              \
  TARGET INLINE void NAME##_strip(int32_t *y, ends e, const X *x, const W *w, uint32_t n, uint32_t k, uint32_t m,                \
                                  const uint32_t columns) {                                                                      \
    for (; n >= 4; n -= 4, y += 4 * (size_t)m, e = ends_at(e, 4, 0), x += 4 * (size_t)k)                                         \
      NAME##_block(y, e, x, w, k, m, 4, columns);                                                                                \
    if (n == 3) NAME##_block(y, e, x, w, k, m, 3, columns);                                                                      \
    if (n == 2) NAME##_block(y, e, x, w, k, m, 2, columns);                                                                      \
    if (n == 1) NAME##_block(y, e, x, w, k, m, 1, columns);                                                                      \
  }                                                                                                                              \
  TARGET INLINE void NAME##_all(int32_t *y, ends e, const X *x, const W *w, uint32_t n, uint32_t k, uint32_t m) {                \
    uint32_t j = 0;                                                                                                              \
    for (; (COLUMNS) == 4 && m - j >= 4 * (LANES); j += 4 * (LANES))                                                             \
      NAME##_strip(y + j, ends_at(e, 0, j), x, w + (GROUP) * (size_t)j, n, k, m, COLUMNS);                                       \
    for (; m - j >= 2 * (LANES); j += 2 * (LANES)) NAME##_strip(y + j, ends_at(e, 0, j), x, w + (GROUP) * (size_t)j, n, k, m, 2);\
    for (; j < m; j += (LANES)) NAME##_strip(y + j, ends_at(e, 0, j), x, w + (GROUP) * (size_t)j, n, k, m, 1);                   \
  }

/* Both products and the rest for one width. */
#define DEFINE_PATH(NAME, TARGET, VECTOR, LANES, COLUMNS, LOAD, STORE, SPREAD, ADD_PAIRS, ADD_FOURS, FINISH)                     \
  DEFINE_PRODUCT(NAME##_pairs, TARGET, int16_t, int16_t, 2, VECTOR, LANES, COLUMNS, LOAD, STORE, SPREAD, ADD_PAIRS, FINISH)      \
  DEFINE_PRODUCT(NAME##_fours, TARGET, uint8_t, int8_t, 4, VECTOR, LANES, COLUMNS, LOAD, STORE, SPREAD, ADD_FOURS, FINISH)       \
  TARGET static void NAME##_product(int32_t *y, const int16_t *x, const int16_t *w, uint32_t n, uint32_t k, uint32_t m) {        \
    NAME##_pairs_all(y, (ends){y, m, NULL, NULL}, x, w, n, k, m);                                                                \
  }                                                                                                                              \
  TARGET static void NAME##_product_bytes(int32_t *y, const int32_t *start, const int32_t *scale, const int32_t *bias,           \
                                          const uint8_t *x, const int8_t *w, uint32_t n, uint32_t k, uint32_t m) {               \
    NAME##_fours_all(y, (ends){start, 0, scale, bias}, x, w, n, k, m);                                                           \
  }                                                                                                                              \
  DEFINE_REST(NAME, TARGET)

/* Without VNNI there is no product of bytes that cannot overflow: even and odd bytes are spread to 16 bits first. */
#define ADD_128(sum, a, b) _mm_add_epi32(sum, _mm_madd_epi16(a, b))
#define ADD_256(sum, a, b) _mm256_add_epi32(sum, _mm256_madd_epi16(a, b))
#define ADD_BYTES_128(sum, a, b)                                                                                                 \
  ADD_128(ADD_128(sum, _mm_and_si128(a, _mm_set1_epi16(255)), _mm_srai_epi16(_mm_slli_epi16(b, 8), 8)), _mm_srli_epi16(a, 8),      \
          _mm_srai_epi16(b, 8))
#define ADD_BYTES_256(sum, a, b)                                                                                                 \
  ADD_256(ADD_256(sum, _mm256_and_si256(a, _mm256_set1_epi16(255)), _mm256_srai_epi16(_mm256_slli_epi16(b, 8), 8)),               \
          _mm256_srli_epi16(a, 8), _mm256_srai_epi16(b, 8))
/* SSE2 multiplies two numbers of 32 bits at once, of which the lower halves are the same with and without a sign. */
static inline __m128i multiply_128(__m128i a, __m128i b) {
  __m128i even = _mm_mul_epu32(a, b), odd = _mm_mul_epu32(_mm_srli_si128(a, 4), _mm_srli_si128(b, 4));
  return _mm_unpacklo_epi32(_mm_shuffle_epi32(even, 0x08), _mm_shuffle_epi32(odd, 0x08));
}
#define FINISH_128(sum, scale, bias) _mm_add_epi32(multiply_128(sum, scale), bias)
#define FINISH_256(sum, scale, bias) _mm256_add_epi32(_mm256_mullo_epi32(sum, scale), bias)
#define FINISH_512(sum, scale, bias) _mm512_add_epi32(_mm512_mullo_epi32(sum, scale), bias)
DEFINE_STEP(sse2, )
DEFINE_ADD_ROWS(sse2, )

/* The step of step_body for vectors of 16-bit numbers: a quarter of the instructions that a compiler makes of it. GATES reads LANES
   gates, SAID writes bytes. */
#define DEFINE_VECTOR_STEP(NAME, TARGET, V, LANES, SET, LOAD, STORE, ADD, SUB, MIN, MAX, ABS, SHIFT_RIGHT, MULTIPLY, GATES, SAID)    \
  TARGET INLINE V NAME##_bend_of(V x) {                                                                                          \
    V z = MAX(MIN(x, SET(TWO)), SET(-TWO));                                                                                      \
    return MULTIPLY(ADD(z, z), SUB(SET(2 * TWO), ABS(z)));                                                                       \
  }                                                                                                                              \
  TARGET INLINE V NAME##_gate_of(V x) {                                                                                          \
    V bent = MIN(NAME##_bend_of(SHIFT_RIGHT(x, 1)), SET(ONE - 1)), twice = ADD(bent, bent);                                      \
    return ADD(ADD(twice, twice), SET(1 << 14));                                                                                 \
  }                                                                                                                              \
  TARGET INLINE V NAME##_between(V from, V to, V share) { return ADD(from, MULTIPLY(share, SUB(to, from))); }                    \
  TARGET static void NAME##_step(const an_step *at, uint32_t count) {                                                            \
    for (uint32_t b = 0; b < count; b += (LANES)) {                                                                              \
      V new = NAME##_bend_of(GATES(at, b)), mean = LOAD((const void *)(at->mean + b)), old = LOAD((const void *)(at->old + b));  \
      mean = NAME##_between(new, mean, NAME##_gate_of(GATES(at, count + b)));                                                    \
      V says = NAME##_between(old, mean, NAME##_gate_of(GATES(at, 2 * count + b)));                                              \
      STORE((void *)(at->mean + b), mean);                                                                                       \
      STORE((void *)(at->out + b), says);                                                                                        \
      SAID(at->said + b, ADD(SHIFT_RIGHT(ADD(says, SET(16)), 5), SET(128)));                                                     \
    }                                                                                                                            \
  }

/* Half a step of all rows at once, whose sums stay in registers. */
#define DEFINE_VECTOR_ADD_ROWS(NAME, TARGET, V, LANES, LOAD, STORE, SPREAD, WIDEN, MULTIPLY, ADD)                                  \
  TARGET static void NAME##_add_rows(int32_t *sum, const uint8_t *const *rows, uint32_t n, uint32_t count) {                      \
    for (uint32_t b = 0; b < count; b += AN_KERNEL_STEP) {                                                                       \
      V all[AN_KERNEL_STEP / (LANES)];                                                                                           \
      UNROLL for (uint32_t q = 0; q < AN_KERNEL_STEP / (LANES); q++) all[q] = LOAD((const void *)(sum + b + q * (LANES)));       \
      for (uint32_t i = 0; i < n; i++) {                                                                                         \
        V scale = SPREAD(scale_of(rows[i]));                                                                                     \
        UNROLL for (uint32_t q = 0; q < AN_KERNEL_STEP / (LANES); q++)                                                           \
          all[q] = ADD(all[q], MULTIPLY(scale, WIDEN(rows[i] + 2 + b + q * (LANES))));                                           \
      }                                                                                                                          \
      UNROLL for (uint32_t q = 0; q < AN_KERNEL_STEP / (LANES); q++) STORE((void *)(sum + b + q * (LANES)), all[q]);             \
    }                                                                                                                            \
  }

#define AVX2 __attribute__((target("avx2")))
#define WIDEN_256(at) _mm256_cvtepi8_epi32(_mm_loadl_epi64((const void *)(at)))
DEFINE_VECTOR_ADD_ROWS(avx2, AVX2, __m256i, 8, _mm256_loadu_si256, _mm256_storeu_si256, _mm256_set1_epi32, WIDEN_256, _mm256_mullo_epi32,
                       _mm256_add_epi32)
AVX2 INLINE __m256i avx2_gates(const an_step *at, uint32_t from) {
  __m256i half[2];
  for (uint32_t h = 0, k = from; h < 2; h++, k += 8) {
    __m256i sum = _mm256_mullo_epi32(_mm256_loadu_si256((const void *)(at->sum + k)), _mm256_loadu_si256((const void *)(at->scale + k)));
    half[h] = _mm256_srai_epi32(_mm256_add_epi32(sum, _mm256_loadu_si256((const void *)(at->bias + k))), GATE_BITS);
  }
  return _mm256_permute4x64_epi64(_mm256_packs_epi32(half[0], half[1]), 0xD8); /* a pack works on each half of the vectors */
}
AVX2 INLINE void avx2_said(uint8_t *to, __m256i byte) {
  __m256i packed = _mm256_permute4x64_epi64(_mm256_packus_epi16(byte, byte), 0xD8);
  _mm_storeu_si128((void *)to, _mm256_castsi256_si128(packed));
}
DEFINE_VECTOR_STEP(avx2, AVX2, __m256i, 16, _mm256_set1_epi16, _mm256_loadu_si256, _mm256_storeu_si256, _mm256_add_epi16, _mm256_sub_epi16,
                   _mm256_min_epi16, _mm256_max_epi16, _mm256_abs_epi16, _mm256_srai_epi16, _mm256_mulhrs_epi16, avx2_gates, avx2_said)

#define VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))
#define WIDEN_512(at) _mm512_cvtepi8_epi32(_mm_loadu_si128((const void *)(at)))
DEFINE_VECTOR_ADD_ROWS(vnni, VNNI, __m512i, 16, _mm512_loadu_si512, _mm512_storeu_si512, _mm512_set1_epi32, WIDEN_512, _mm512_mullo_epi32,
                       _mm512_add_epi32)
VNNI INLINE __m512i vnni_gates(const an_step *at, uint32_t from) {
  __m256i half[2];
  for (uint32_t h = 0, k = from; h < 2; h++, k += 16) {
    __m512i sum = _mm512_mullo_epi32(_mm512_loadu_si512(at->sum + k), _mm512_loadu_si512(at->scale + k));
    half[h] = _mm512_cvtsepi32_epi16(_mm512_srai_epi32(_mm512_add_epi32(sum, _mm512_loadu_si512(at->bias + k)), GATE_BITS));
  }
  return _mm512_inserti64x4(_mm512_castsi256_si512(half[0]), half[1], 1);
}
VNNI INLINE void vnni_said(uint8_t *to, __m512i byte) { _mm256_storeu_si256((void *)to, _mm512_cvtusepi16_epi8(byte)); }
DEFINE_VECTOR_STEP(vnni, VNNI, __m512i, 32, _mm512_set1_epi16, _mm512_loadu_si512, _mm512_storeu_si512, _mm512_add_epi16, _mm512_sub_epi16,
                   _mm512_min_epi16, _mm512_max_epi16, _mm512_abs_epi16, _mm512_srai_epi16, _mm512_mulhrs_epi16, vnni_gates, vnni_said)

DEFINE_PATH(sse2, , __m128i, 4, 2, _mm_loadu_si128, _mm_storeu_si128, _mm_set1_epi32, ADD_128, ADD_BYTES_128, FINISH_128)
DEFINE_PATH(avx2, AVX2, __m256i, 8, 2, _mm256_loadu_si256, _mm256_storeu_si256, _mm256_set1_epi32, ADD_256,
            ADD_BYTES_256, FINISH_256)
#define AVXVNNI __attribute__((target("avx2,avxvnni")))
#define avxvnni_step avx2_step
#define avxvnni_add_rows avx2_add_rows
DEFINE_PATH(avxvnni, AVXVNNI, __m256i, 8, 2, _mm256_loadu_si256, _mm256_storeu_si256, _mm256_set1_epi32, _mm256_dpwssd_avx_epi32,
            _mm256_dpbusd_avx_epi32, FINISH_256)
DEFINE_PATH(vnni, VNNI, __m512i, 16, 4, _mm512_loadu_si512, _mm512_storeu_si512,
            _mm512_set1_epi32, _mm512_dpwssd_epi32, _mm512_dpbusd_epi32, FINISH_512)

static bool has_avxvnni(void) { /* clang 14 has no name for it */
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __builtin_cpu_supports("avx2") && __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a >> 4 & 1u) != 0;
}

const an_kernels *an_kernels_of(int path) {
  if (path == AN_KERNEL_PATHS - 1) {
    bool has = __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
    return has ? &vnni : NULL;
  }
  if (path == 3) return has_avxvnni() ? &avxvnni : NULL;
  if (path == 2) return __builtin_cpu_supports("avx2") ? &avx2 : NULL;
  return path == 1 ? &sse2 : path == 0 ? &plain : NULL;
}
#else
const an_kernels *an_kernels_of(int path) { return path == 0 ? &plain : NULL; }
#endif
/* NOLINTEND(bugprone-macro-parentheses) */

const an_kernels *an_kernels_best(void) {
  for (int path = AN_KERNEL_PATHS - 1; path > 0; path--) {
    const an_kernels *kernels = an_kernels_of(path);
    if (kernels != NULL) return kernels;
  }
  return &plain;
}
