/* SPDX-License-Identifier: Apache-2.0 */
#include "layer.h"

#include <math.h>
#include <stdlib.h>

#include "must.h"
#include "random.h"

enum { HIDDEN = AN_LAYER_HIDDEN };

void learner_new(learner *l, uint64_t seed) { *l = (learner){.power1 = 1, .power2 = 1, .random = seed}; }

void block_new(learner *l, block *b, uint32_t rows, uint32_t width, float scale, bool sparse) {
  size_t size = (size_t)rows * width;
  *b = (block){must(calloc(size, 4)), must(calloc(size, 4)), must(calloc(size, 4)), must(calloc(size, 4)), rows, width,
               sparse ? must(calloc(rows, 1)) : NULL, sparse ? must(calloc(rows, 4)) : NULL, 0};
  for (size_t i = 0; i < size; i++) b->at[i] = scale * (2.0f * random_share(&l->random) - 1.0f);
  l->all[l->count++] = b;
}

float *block_row_grad(block *b, uint32_t row) {
  if (!b->touched[row]) b->touched[row] = 1, b->list[b->count++] = row;
  return b->grad + (size_t)row * b->width;
}

static void adam_row(const learner *l, block *b, size_t at, size_t size, float by) {
  float c1 = 1.0f / (1.0f - l->power1), c2 = 1.0f / (1.0f - l->power2);
  for (size_t i = at; i < at + size; i++) {
    float d = b->grad[i] * by;
    b->mean[i] = 0.9f * b->mean[i] + 0.1f * d;
    b->square[i] = 0.98f * b->square[i] + 0.02f * d * d;
    b->at[i] -= l->rate * b->mean[i] * c1 / (sqrtf(b->square[i] * c2) + 1e-6f);
    b->grad[i] = 0;
  }
}

void learner_step(learner *l, float by) {
  l->power1 *= 0.9f;
  l->power2 *= 0.98f;
  for (uint32_t i = 0; i < l->count; i++) {
    block *b = l->all[i];
    if (b->touched == NULL) adam_row(l, b, 0, (size_t)b->rows * b->width, by);
    for (uint32_t k = 0; b->touched != NULL && k < b->count; k++) {
      adam_row(l, b, (size_t)b->list[k] * b->width, b->width, by);
      b->touched[b->list[k]] = 0;
    }
    b->count = 0;
  }
}

void learner_rate(learner *l, float top, float done) { l->rate = top * (done < 0.02f ? done * 50.0f : 1.0f - done); }

bool left_out(learner *l, float share) { return random_share(&l->random) < share; }

/* ---- The model's whole numbers ---- */

int16_t layer_whole(float x, int bits) {
  float y = x * (float)(1 << bits);
  return (int16_t)(y > INT16_MAX ? INT16_MAX : y < -INT16_MAX ? -INT16_MAX : y < 0 ? y - 0.5f : y + 0.5f);
}

void layer_write_rows(const block *rows, uint8_t *out) {
  for (uint32_t r = 0; r < rows->rows; r++, out += AN_LAYER_ROW) {
    const float *at = rows->at + (size_t)r * HIDDEN;
    float most = 0;
    for (uint32_t j = 0; j < HIDDEN; j++) most = fabsf(at[j]) > most ? fabsf(at[j]) : most;
    float scale = most / 127.0f * (1 << AN_LAYER_ROW_BITS) + 1.0f;
    uint32_t kept = scale > UINT16_MAX ? UINT16_MAX : (uint32_t)scale;
    out[0] = (uint8_t)kept, out[1] = (uint8_t)(kept >> 8);
    for (uint32_t j = 0; j < HIDDEN; j++) {
      float v = at[j] * (1 << AN_LAYER_ROW_BITS) / (float)kept;
      out[2 + j] = (uint8_t)(int8_t)(v > 127 ? 127 : v < -127 ? -127 : v < 0 ? v - 0.5f : v + 0.5f);
    }
  }
}

/* In the order in which an_language_product reads weights: [in / 2][to][2]. */
void layer_write_product(const block *b, uint32_t in, uint32_t to, int16_t *out) {
  for (uint32_t i = 0; i < in; i++)
    for (uint32_t j = 0; j < to; j++) out[((size_t)(i / 2) * to + j) * 2 + i % 2] = j < b->width ? layer_whole(b->at[(size_t)i * b->width + j], AN_LAYER_ONE) : 0;
}

void layer_write_bias(const block *bias, int32_t *out) {
  for (uint32_t j = 0; j < HIDDEN; j++) out[j] = (int32_t)(bias->at[j] * (1 << 2 * AN_LAYER_ONE));
}
