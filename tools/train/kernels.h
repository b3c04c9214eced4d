/* SPDX-License-Identifier: Apache-2.0 */
/* Products of small matrices, row-major, in single precision. The order of all additions is fixed by the code (lanes of 16,
   no contraction), so that every machine makes the same numbers, whatever its vectors' width. Sizes: rows any; k a multiple of
   4, m a multiple of 32. */
#ifndef AN_TOOLS_KERNELS_H
#define AN_TOOLS_KERNELS_H
#include <stdint.h>

void product(float *y, const float *x, const float *w, uint32_t n, uint32_t k, uint32_t m);          /* y[n][m] += x[n][k] w[k][m] */
void product_back(float *dx, const float *dy, const float *w, uint32_t n, uint32_t k, uint32_t m);   /* dx[n][k] += dy[n][m] w[k][m]' */
void product_weights(float *dw, const float *x, const float *dy, uint32_t n, uint32_t k, uint32_t m); /* dw[k][m] += x[n][k]' dy[n][m] */

static inline float exp_of(float x) { /* 2^(x log2 e), a polynomial for the fraction */
  float y = x * 1.44269504f;
  y = y < -126.0f ? -126.0f : y > 126.0f ? 126.0f : y;
  int32_t whole = (int32_t)(y + (y < 0 ? -0.5f : 0.5f));
  float f = y - (float)whole;
  float p = 1.0f + f * (0.69314718f + f * (0.24022651f + f * (0.05550411f + f * (0.00961813f + f * 0.00133336f))));
  union { int32_t i; float f; } power = {(whole + 127) << 23};
  return p * power.f;
}
#endif
