/* SPDX-License-Identifier: Apache-2.0 */
#include "kernels.h"

#include <string.h>

/* The same code for several widths of vectors; only the speed differs. */
#if defined __x86_64__ && defined __GNUC__ && !defined __clang__
#define WIDTHS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WIDTHS
#endif

enum { LANES = 16 };
typedef float lanes __attribute__((vector_size(64), aligned(4), may_alias));

#define AT(p) (*(lanes *)(p))
#define OF(p) (*(const lanes *)(p))

WIDTHS void product(float *y, const float *x, const float *w, uint32_t n, uint32_t k, uint32_t m) {
  for (uint32_t j = 0; j < m; j += 2 * LANES) {
    uint32_t t = 0;
    for (; t + 4 <= n; t += 4) {
      const float *x0 = x + (size_t)t * k, *x1 = x0 + k, *x2 = x1 + k, *x3 = x2 + k;
      float *y0 = y + (size_t)t * m + j, *y1 = y0 + m, *y2 = y1 + m, *y3 = y2 + m;
      lanes a0 = OF(y0), a1 = OF(y1), a2 = OF(y2), a3 = OF(y3);
      lanes b0 = OF(y0 + LANES), b1 = OF(y1 + LANES), b2 = OF(y2 + LANES), b3 = OF(y3 + LANES);
      for (uint32_t i = 0; i < k; i++) {
        const float *row = w + (size_t)i * m + j;
        lanes u = OF(row), v = OF(row + LANES);
        a0 += u * x0[i], a1 += u * x1[i], a2 += u * x2[i], a3 += u * x3[i];
        b0 += v * x0[i], b1 += v * x1[i], b2 += v * x2[i], b3 += v * x3[i];
      }
      AT(y0) = a0, AT(y1) = a1, AT(y2) = a2, AT(y3) = a3;
      AT(y0 + LANES) = b0, AT(y1 + LANES) = b1, AT(y2 + LANES) = b2, AT(y3 + LANES) = b3;
    }
    for (; t < n; t++) {
      lanes a = OF(y + (size_t)t * m + j), b = OF(y + (size_t)t * m + j + LANES);
      for (uint32_t i = 0; i < k; i++) {
        const float *row = w + (size_t)i * m + j;
        a += OF(row) * x[(size_t)t * k + i];
        b += OF(row + LANES) * x[(size_t)t * k + i];
      }
      AT(y + (size_t)t * m + j) = a;
      AT(y + (size_t)t * m + j + LANES) = b;
    }
  }
}

static inline float sum_of(const lanes *v) {
  float s = 0;
  for (uint32_t i = 0; i < LANES; i++) s += (*v)[i];
  return s;
}

WIDTHS void product_back(float *dx, const float *dy, const float *w, uint32_t n, uint32_t k, uint32_t m) {
  for (uint32_t i = 0; i < k; i += 4) {
    const float *w0 = w + (size_t)i * m, *w1 = w0 + m, *w2 = w1 + m, *w3 = w2 + m;
    for (uint32_t t = 0; t < n; t++) {
      const float *y = dy + (size_t)t * m;
      lanes a0 = {0}, a1 = {0}, a2 = {0}, a3 = {0};
      for (uint32_t j = 0; j < m; j += LANES) {
        lanes v = OF(y + j);
        a0 += v * OF(w0 + j), a1 += v * OF(w1 + j), a2 += v * OF(w2 + j), a3 += v * OF(w3 + j);
      }
      float *out = dx + (size_t)t * k + i;
      out[0] += sum_of(&a0), out[1] += sum_of(&a1), out[2] += sum_of(&a2), out[3] += sum_of(&a3);
    }
  }
}

WIDTHS void product_weights(float *dw, const float *x, const float *dy, uint32_t n, uint32_t k, uint32_t m) {
  for (uint32_t i = 0; i < k; i += 4)
    for (uint32_t j = 0; j < m; j += 2 * LANES) {
      float *w0 = dw + (size_t)i * m + j, *w1 = w0 + m, *w2 = w1 + m, *w3 = w2 + m;
      lanes a0 = OF(w0), a1 = OF(w1), a2 = OF(w2), a3 = OF(w3);
      lanes b0 = OF(w0 + LANES), b1 = OF(w1 + LANES), b2 = OF(w2 + LANES), b3 = OF(w3 + LANES);
      for (uint32_t t = 0; t < n; t++) {
        const float *y = dy + (size_t)t * m + j, *in = x + (size_t)t * k + i;
        lanes u = OF(y), v = OF(y + LANES);
        a0 += u * in[0], a1 += u * in[1], a2 += u * in[2], a3 += u * in[3];
        b0 += v * in[0], b1 += v * in[1], b2 += v * in[2], b3 += v * in[3];
      }
      AT(w0) = a0, AT(w1) = a1, AT(w2) = a2, AT(w3) = a3;
      AT(w0 + LANES) = b0, AT(w1 + LANES) = b1, AT(w2 + LANES) = b2, AT(w3 + LANES) = b3;
    }
}
