/* SPDX-License-Identifier: Apache-2.0 */
#include "language/language.h"

#include <stdio.h>
#include <string.h>

_Static_assert((int)AN_LAYER_ONE == (int)AN_STATE_BITS, "states go in as they are");

enum { SUM_BITS = 2 * AN_LAYER_ONE, OUT_BITS = AN_LAYER_HIDDEN_BITS + AN_LAYER_ONE };

static an_section section_of(const an_datafile *file, const char *prefix, const char *what) {
  char name[9];
  snprintf(name, sizeof name, "%s%s", prefix, what);
  return an_datafile_section(file, name);
}

bool an_layer_open(const an_datafile *file, const char *prefix, uint32_t inputs, uint32_t outs, an_layer *out) {
  an_section rows = section_of(file, prefix, "rows"), in = section_of(file, prefix, "in"), bias = section_of(file, prefix, "bias"), to = section_of(file, prefix, "out");
  *out = (an_layer){.rows = rows.at, .in = (const int16_t *)(const void *)in.at, .out = (const int16_t *)(const void *)to.at,
                    .bias = (const int32_t *)(const void *)bias.at, .inputs = inputs, .outs = outs};
  return rows.size == (size_t)AN_LAYER_ROWS * AN_LAYER_ROW && in.size == 2 * (size_t)inputs * AN_LAYER_HIDDEN && bias.size == 4 * (size_t)AN_LAYER_HIDDEN &&
         to.size == 2 * (size_t)AN_LAYER_HIDDEN * outs;
}

/* The rows of a word's keys lie far apart, and are sent for before they are added. */
static void rows_of(const an_layer *l, const an_layer_keys *keys, const uint8_t *rows[AN_LAYER_KEYS]) {
  for (uint32_t k = 0; k < keys->count; k++) {
    rows[k] = l->rows + (size_t)(keys->at[k] & (AN_LAYER_ROWS - 1)) * AN_LAYER_ROW;
    __builtin_prefetch(rows[k]);
    __builtin_prefetch(rows[k] + AN_LAYER_ROW - 1);
  }
}

/* Added to what the word's input gave; what is below zero is cut. */
static void add_rows(const uint8_t *const *rows, uint32_t count, const int32_t *sums, int16_t *hidden) {
  int32_t sum[AN_LAYER_HIDDEN] = {0};
  an_language_rows(sum, rows, count, AN_LAYER_HIDDEN);
  for (uint32_t j = 0; j < AN_LAYER_HIDDEN; j++) {
    int32_t both = (sums[j] >> (SUM_BITS - AN_LAYER_HIDDEN_BITS)) + (sum[j] >> (AN_LAYER_ROW_BITS - AN_LAYER_HIDDEN_BITS));
    hidden[j] = (int16_t)(both < 0 ? 0 : both > INT16_MAX ? INT16_MAX : both);
  }
}

void an_layer_run(const an_layer *l, const int16_t *in, const an_layer_keys *keys, uint32_t n, int32_t *scores) {
  const uint8_t *rows[2][AN_LAYER_KEYS];
  int32_t sums[AN_LAYER_AT_ONCE * AN_LAYER_HIDDEN];
  int16_t hidden[AN_LAYER_AT_ONCE * AN_LAYER_HIDDEN];
  if (n == 0) return;
  rows_of(l, &keys[0], rows[0]);
  for (uint32_t i = 0; i < n; i++) memcpy(sums + (size_t)i * AN_LAYER_HIDDEN, l->bias, AN_LAYER_HIDDEN * sizeof *sums);
  an_language_product(sums, in, l->in, n, l->inputs, AN_LAYER_HIDDEN);
  for (uint32_t i = 0; i < n; i++) { /* the rows of the next word are on their way while those of one are added */
    if (i + 1 < n) rows_of(l, &keys[i + 1], rows[(i + 1) % 2]);
    add_rows(rows[i % 2], keys[i].count, sums + (size_t)i * AN_LAYER_HIDDEN, hidden + (size_t)i * AN_LAYER_HIDDEN);
  }
  memset(scores, 0, (size_t)n * l->outs * sizeof *scores);
  an_language_product(scores, hidden, l->out, n, AN_LAYER_HIDDEN, l->outs);
  for (uint32_t i = 0; i < n * l->outs; i++) scores[i] >>= OUT_BITS - AN_LAYER_SCORE_BITS;
}
