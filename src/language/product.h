/* SPDX-License-Identifier: Apache-2.0 */
/* Matrix products in whole numbers: the work of the network. Sums wrap at 32 bits, so that every path, plain or of any vector
   width, gives the same numbers for any input; a trained model stays far from that. */
#ifndef AN_LANGUAGE_PRODUCT_H
#define AN_LANGUAGE_PRODUCT_H
#include <stdbool.h>
#include <stdint.h>

enum { AN_PRODUCT_OUT = 16 }; /* m is a multiple of it, k is even */

/* y[n][m] = bias[m] + x[n][k] w. Weights stand in pairs of inputs: w[k / 2][m][2]. bias NULL: zero. */
void an_product(int32_t *y, const int16_t *x, const int16_t *w, const int32_t *bias, uint32_t n, uint32_t k, uint32_t m);
/* The same by one path only, for tests: 0 plain, 1 and up what the machine has; false: it does not have it. */
bool an_product_by(int path, int32_t *y, const int16_t *x, const int16_t *w, const int32_t *bias, uint32_t n, uint32_t k, uint32_t m);
#endif
