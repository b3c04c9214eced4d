/* SPDX-License-Identifier: Apache-2.0 */
/* The weights of a linear model while it is trained: an averaged perceptron over hashed features (Collins 2002).
   A feature counts in a score only once it has been updated `trust` times (Goldberg and Elhadad 2011): rows that a
   single odd sentence made never reach the model. All integers, so that a training gives the same bytes everywhere. */
#ifndef AN_TOOLS_WEIGHTS_H
#define AN_TOOLS_WEIGHTS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct weight { int64_t sum; int32_t now; uint32_t since; uint32_t class; } weight;
typedef struct weight_row { uint64_t key; weight *cells; uint16_t count, capacity; uint32_t updates; } weight_row;
typedef struct weights {
  uint32_t *slots;       /* row index + 1; open addressing */
  weight_row *rows;
  size_t slot_count, row_count, row_capacity;
  uint32_t classes, trust, clock;
} weights;

void *must(void *p); /* p, or a message and exit(2): the trainer cannot go on without memory */

void weights_init(weights *w, uint32_t classes, uint32_t trust);
void weights_free(weights *w);
/* scores[0..classes) is set. */
void weights_score(const weights *w, const uint64_t *keys, uint32_t count, int32_t *scores);
/* One mistake: the features pull towards `good` and away from `bad`. */
void weights_update(weights *w, const uint64_t *keys, uint32_t count, uint32_t good, uint32_t bad);
/* Every look at an example moves the clock, right or wrong. */
static inline void weights_tick(weights *w) { w->clock++; }
/* Puts averages (times `scale`) in place of the weights; afterwards weights_score works with averages. */
void weights_average(weights *w, int32_t scale);
#endif
