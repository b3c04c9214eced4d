/* SPDX-License-Identifier: Apache-2.0 */
/* The work of the network in whole numbers: products of matrices, curves, running means. There is a path in plain C and one for
   each width of vectors; sums wrap at 32 bits, so that every path gives the same numbers for any input. A trained model stays
   far from that. */
#ifndef AN_LANGUAGE_KERNELS_H
#define AN_LANGUAGE_KERNELS_H
#include <stddef.h>
#include <stdint.h>

enum { AN_KERNEL_OUT = 16 };   /* a product's m is a multiple of it */
enum { AN_KERNEL_STEP = 32 };  /* of the other kernels' counts */
enum { AN_KERNEL_ONE = 12, AN_KERNEL_SUM = 20 }; /* bits behind the point: of what goes between layers, of a gate's sum */

/* One side of a layer at one word, `count` wide. sum: [new][forget][reset], and sum * scale + bias has AN_KERNEL_SUM bits. The mean
   moves to the new by what is not kept; what the layer says lies between its own input (old) and the mean. said: the same as a
   byte, 128 is zero. */
typedef struct an_step { const int32_t *sum, *scale, *bias; const int16_t *old; int16_t *mean, *out; uint8_t *said; } an_step;

/* The charts of search.c: of words i..j, i <= j, at [j * n + i]; AN_SPAN_MORE numbers behind each may be looked at. */
enum { AN_SPAN_WORDS = 256, AN_SPAN_MORE = 16 };
typedef struct an_spans { int32_t *left, *right, *down, *up; } an_spans;

typedef struct an_kernels {
  /* y[n][m] += x[n][k] w. Weights stand in pairs of inputs, w[k / 2][m][2], k even; */
  void (*product)(int32_t *y, const int16_t *x, const int16_t *w, uint32_t n, uint32_t k, uint32_t m);
  /* y[n][m] = (start[m] + x[n][k] w) * scale[m] + bias[m], or without scale and bias where scale is NULL. Weights stand in fours,
     w[k / 4][m][4], k a multiple of four. */
  void (*product_bytes)(int32_t *y, const int32_t *start, const int32_t *scale, const int32_t *bias, const uint8_t *x, const int8_t *w,
                        uint32_t n, uint32_t k, uint32_t m);
  /* sum += the n rows, each a scale of two bytes, little end first, and `count` signed bytes that it multiplies. */
  void (*add_rows)(int32_t *sum, const uint8_t *const *rows, uint32_t n, uint32_t count);
  void (*bend)(const int32_t *sum, int bits, int16_t *out, uint8_t *said, uint32_t count); /* sum has `bits` behind the point; said may be NULL */
  void (*step)(const an_step *at, uint32_t count);
  void (*meet)(const int32_t *a, const int32_t *b, int bits, int16_t *out, uint32_t count); /* (a >> bits) + (b >> bits), at least 0 */
  void (*spans)(const an_spans *to, const int32_t *score, size_t width, size_t n);
  uint32_t (*best)(const int32_t *score, uint32_t count);  /* the first of the largest */
} an_kernels;

const an_kernels *an_kernels_best(void);
/* For tests: 0 plain, 1 and up what the machine may have (SSE2, AVX2, AVX-VNNI, AVX-512); NULL: it does not have it. */
enum { AN_KERNEL_PATHS = 5 };
const an_kernels *an_kernels_of(int path);
#endif
