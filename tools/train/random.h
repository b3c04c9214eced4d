/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that are the same on every machine. */
#ifndef AN_TOOLS_RANDOM_H
#define AN_TOOLS_RANDOM_H
#include <stdint.h>

static inline uint64_t random_next(uint64_t *state) { /* splitmix64 (Steele, Lea, Flood 2014) */
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}
static inline float random_share(uint64_t *state) { return (float)(random_next(state) >> 40) / 16777216.0f; } /* 0 <= x < 1 */

/* The numbers from 0 to count - 1 in a new order. */
static inline void shuffle(uint32_t *order, uint32_t count, uint64_t *state) {
  for (uint32_t i = count; i > 1; i--) {
    uint32_t k = (uint32_t)(random_next(state) % i), kept = order[i - 1];
    order[i - 1] = order[k];
    order[k] = kept;
  }
}
#endif
