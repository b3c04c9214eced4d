/* SPDX-License-Identifier: Apache-2.0 */
/* What the C library may round differently from machine to machine, written out. */
#ifndef AN_BASE_EXACT_H
#define AN_BASE_EXACT_H
#include <stdint.h>
#include <string.h>

/* e to the power of x: two to the whole part of x / ln 2, and a polynomial for the rest; six digits are right. */
static inline float an_exp(float x) {
  float y = x * 1.44269504f;
  y = y < -126.0f ? -126.0f : y > 126.0f ? 126.0f : y;
  int32_t whole = (int32_t)(y + (y < 0 ? -0.5f : 0.5f));
  float f = y - (float)whole;
  float p = 1.0f + f * (0.69314718f + f * (0.24022651f + f * (0.05550411f + f * (0.00961813f + f * 0.00133336f))));
  int32_t bits = (whole + 127) * (1 << 23);
  float power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}

/* The natural logarithm of a number above zero: its power of two, and a series for the rest; six digits are right. */
static inline float an_log(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  int32_t power = (int32_t)(bits >> 23) - 127;
  bits = (bits & 0x7fffffu) | 0x3f800000u;
  float m;
  memcpy(&m, &bits, sizeof m);
  if (m > 1.41421356f) m *= 0.5f, power++;
  float t = (m - 1.0f) / (m + 1.0f), u = t * t;
  return (float)power * 0.69314718f + 2.0f * t * (1.0f + u * (0.33333333f + u * (0.2f + u * (0.14285714f + u * 0.11111111f))));
}
#endif
