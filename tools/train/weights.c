/* SPDX-License-Identifier: Apache-2.0 */
#include "weights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *must(void *p) {
  if (p == NULL) {
    fputs("train: no memory left\n", stderr);
    exit(2);
  }
  return p;
}

void weights_init(weights *w, uint32_t classes, uint32_t trust) {
  memset(w, 0, sizeof *w);
  w->classes = classes;
  w->trust = trust;
  w->slot_count = (size_t)1 << 20;
  w->slots = must(calloc(w->slot_count, sizeof *w->slots));
}

void weights_free(weights *w) {
  for (size_t i = 0; i < w->row_count; i++) free(w->rows[i].cells);
  free(w->rows);
  free(w->slots);
  memset(w, 0, sizeof *w);
}

static size_t slot_of(const weights *w, uint64_t key) {
  size_t at = (size_t)(key >> 20) & (w->slot_count - 1);
  while (w->slots[at] != 0 && w->rows[w->slots[at] - 1].key != key) at = (at + 1) & (w->slot_count - 1);
  return at;
}

static void grow(weights *w) {
  free(w->slots);
  w->slot_count *= 2;
  w->slots = must(calloc(w->slot_count, sizeof *w->slots));
  for (size_t i = 0; i < w->row_count; i++) w->slots[slot_of(w, w->rows[i].key)] = (uint32_t)i + 1;
}

static weight_row *row_for(weights *w, uint64_t key) {
  size_t at = slot_of(w, key);
  if (w->slots[at] != 0) return &w->rows[w->slots[at] - 1];
  if (w->row_count == w->row_capacity) {
    w->row_capacity = w->row_capacity == 0 ? 1u << 16 : w->row_capacity * 2;
    w->rows = must(realloc(w->rows, w->row_capacity * sizeof *w->rows));
  }
  w->rows[w->row_count] = (weight_row){.key = key};
  w->slots[at] = (uint32_t)++w->row_count;
  if (w->row_count * 2 > w->slot_count) grow(w);
  return &w->rows[w->row_count - 1];
}

void weights_score(const weights *w, const uint64_t *keys, uint32_t count, int32_t *scores) {
  memset(scores, 0, w->classes * sizeof *scores);
  for (uint32_t i = 0; i < count; i++) __builtin_prefetch(&w->slots[(size_t)(keys[i] >> 20) & (w->slot_count - 1)]);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t slot = w->slots[slot_of(w, keys[i])];
    if (slot == 0) continue;
    const weight_row *row = &w->rows[slot - 1];
    if (row->updates < w->trust) continue;
    for (uint32_t k = 0; k < row->count; k++) scores[row->cells[k].class] += row->cells[k].now;
  }
}

static void add(const weights *w, weight_row *row, uint32_t class, int32_t by) {
  uint32_t k = 0;
  while (k < row->count && row->cells[k].class != class) k++;
  if (k == row->count) {
    if (row->count == row->capacity) {
      row->capacity = row->capacity == 0 ? 2 : (uint16_t)(row->capacity * 2);
      row->cells = must(realloc(row->cells, row->capacity * sizeof *row->cells));
    }
    row->cells[row->count++] = (weight){.class = class, .since = w->clock};
  }
  weight *cell = &row->cells[k];
  cell->sum += (int64_t)cell->now * (int64_t)(w->clock - cell->since);
  cell->since = w->clock;
  cell->now += by;
}

void weights_update(weights *w, const uint64_t *keys, uint32_t count, uint32_t good, uint32_t bad) {
  for (uint32_t i = 0; i < count; i++) {
    weight_row *row = row_for(w, keys[i]);
    row->updates++;
    add(w, row, good, 1);
    add(w, row, bad, -1);
  }
}

void weights_average(weights *w, int32_t scale) {
  for (size_t i = 0; i < w->row_count; i++) {
    for (uint32_t k = 0; k < w->rows[i].count; k++) {
      weight *cell = &w->rows[i].cells[k];
      int64_t sum = cell->sum + (int64_t)cell->now * (int64_t)(w->clock - cell->since);
      int64_t clock = w->clock > 0 ? (int64_t)w->clock : 1;
      int64_t scaled = sum * scale; /* rounded to nearest, away from zero at halves */
      cell->now = (int32_t)((scaled >= 0 ? scaled + clock / 2 : scaled - clock / 2) / clock);
      cell->sum = 0;
      cell->since = w->clock;
    }
  }
}
