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
#endif
