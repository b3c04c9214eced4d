/* SPDX-License-Identifier: Apache-2.0 */
/* A layer of src/language/layer.h while it learns: matrices with their gradients under Adam (Kingma and Ba 2015), and how they
   become whole numbers. No chance but the seed, all additions in one order: the same examples give the same bytes. */
#ifndef AN_TOOLS_LAYER_H
#define AN_TOOLS_LAYER_H
#include "language/layer.h"

/* A matrix with its gradient and Adam's two means. touched, list: the rows that a batch used; NULL: all. */
typedef struct block { float *at, *grad, *mean, *square; uint32_t rows, width; uint8_t *touched; uint32_t *list, count; } block;
enum { LEARNER_BLOCKS = 8 };
typedef struct learner {
  block *all[LEARNER_BLOCKS]; uint32_t count;
  float rate, power1, power2;
  uint64_t random;
} learner;

void learner_new(learner *l, uint64_t seed);
/* Numbers by chance between -scale and scale; sparse: a batch uses few of its rows. */
void block_new(learner *l, block *b, uint32_t rows, uint32_t width, float scale, bool sparse);
float *block_row_grad(block *b, uint32_t row);               /* of a sparse block */
void learner_step(learner *l, float by);                     /* gradients, times `by`, move the weights and are zero again */
/* Rises over the first fiftieth of all steps, then falls to nothing. */
void learner_rate(learner *l, float top, float done);
bool left_out(learner *l, float share);

/* What of it goes into the model. out: rows->rows * AN_LAYER_ROW bytes; in * to numbers, columns that the block lacks are zero. */
int16_t layer_whole(float x, int bits);
void layer_write_rows(const block *rows, uint8_t *out);
void layer_write_product(const block *b, uint32_t in, uint32_t to, int16_t *out);
void layer_write_bias(const block *bias, int32_t *out);
#endif
