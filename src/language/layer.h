/* SPDX-License-Identifier: Apache-2.0 */
/* A model that stands on what the sentence's network read: one hidden layer, whole numbers only. The namer and the detector of
   triggers are two such models. A word gives it two things: numbers (an_language_state, vectors), which a matrix takes in, and
   keys, each of which adds a row. What of their sum is below zero is cut; a second matrix makes scores of the rest.

   Sections of its file: rows (AN_LAYER_ROWS of them, each a u16 scale and signed bytes), in, out (as an_language_product reads
   them), bias. Immutable, shared by threads; keys are cut to the rows that are there, sizes are checked at opening. tools/train/layer.h
   learns such a layer. Cost: `inputs` * 64 products a word. */
#ifndef AN_LANGUAGE_LAYER_H
#define AN_LANGUAGE_LAYER_H
#include "base/datafile.h"

enum { AN_LAYER_HIDDEN = 64, AN_LAYER_ROWS = 1 << 15, AN_LAYER_ROW = 2 + AN_LAYER_HIDDEN, AN_LAYER_KEYS = 224, AN_LAYER_AT_ONCE = 32,
       AN_LAYER_MOST_OUTS = 32 };
/* Bits behind the point: of the input and of weights; of rows; of the hidden layer; of scores. */
enum { AN_LAYER_ONE = 12, AN_LAYER_ROW_BITS = 20, AN_LAYER_HIDDEN_BITS = 10, AN_LAYER_SCORE_BITS = 10 };

typedef struct an_layer { const uint8_t *rows; const int16_t *in, *out; const int32_t *bias; uint32_t inputs, outs; } an_layer;
typedef struct an_layer_keys { uint16_t at[AN_LAYER_KEYS]; uint32_t count; } an_layer_keys;

/* prefix: of its sections' names, at most three letters; "" where the file holds one layer. inputs: even; outs: a multiple of 16, at most AN_LAYER_MOST_OUTS. false: a section is missing or of another size. */
bool an_layer_open(const an_datafile *file, const char *prefix, uint32_t inputs, uint32_t outs, an_layer *out);
/* Scores of n words, at most AN_LAYER_AT_ONCE: in[n][inputs], scores[n][outs]. */
void an_layer_run(const an_layer *layer, const int16_t *in, const an_layer_keys *keys, uint32_t n, int32_t *scores);

/* A key: a template's number, hashed with what it saw. */
static inline void an_layer_key(an_layer_keys *k, uint32_t most, uint32_t what, uint64_t value) {
  if (k->count == most) return;
  uint64_t h = (value + what) * UINT64_C(0x9e3779b97f4a7c15);
  h ^= h >> 29;
  h = (h + (uint64_t)what * UINT64_C(0xd6e8feb86659fd93)) * UINT64_C(0xff51afd7ed558ccd);
  k->at[k->count++] = (uint16_t)((h >> 40) & (AN_LAYER_ROWS - 1));
}
#endif
