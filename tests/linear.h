/* SPDX-License-Identifier: Apache-2.0 */
/* Twice the input, about twice the time: what every step holds (docs/architecture.md). Time is thread CPU time, but a machine
   with other work also takes the caches away, so a pair of measurements that looks bad is taken again: of a step that is
   quadratic no pair ever looks good. */
#ifndef AN_TESTS_LINEAR_H
#define AN_TESTS_LINEAR_H
#include "unit.h"

#include <limits.h>
#include <malloc.h>
#include <time.h>

#define LINEAR_MOST 2.6
enum { LINEAR_PAIRS = 10, LINEAR_ROUNDS = 5 };

static inline double linear_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Memory once taken stays with the process: handing it back and forth is the kernel's time, not the step's. */
static inline void linear_keep_memory(void) {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
}

typedef void linear_step(void *what, uint32_t size);      /* the step, once, on an input of this size */

static inline double linear_best(linear_step *step, void *what, uint32_t size) {
  double best = 1e9;
  for (int round = 0; round < LINEAR_ROUNDS; round++) {
    double begin = linear_now();
    step(what, size);
    double took = linear_now() - begin;
    if (took < best) best = took;
  }
  return best;
}

/* How many times as long twice the size takes: the best pair. */
static inline double linear_ratio(linear_step *step, void *what, uint32_t size) {
  double best = 1e9;
  linear_keep_memory();
  for (int pair = 0; pair < LINEAR_PAIRS && best >= LINEAR_MOST; pair++) {
    double once = linear_best(step, what, size), twice = linear_best(step, what, 2 * size);
    double ratio = twice / (once > 0.0005 ? once : 0.0005);                       /* less is noise */
    if (ratio < best) best = ratio;
  }
  return best;
}
#endif
