/* SPDX-License-Identifier: Apache-2.0 */
/* Look-ups are bound by memory: all rows of a decision are asked for first, then read. */
#include "language/hashed.h"

enum { BATCH = 128 };

static uint32_t ask(const an_hashed *table, const uint64_t *keys, uint32_t count, const uint8_t **rows) {
  uint32_t n = count < BATCH ? count : BATCH;
  for (uint32_t i = 0; i < n; i++) {
    rows[i] = an_hashed_row(table, keys[i]);
    __builtin_prefetch(rows[i], 0, 1);
  }
  return n;
}

void an_hashed_add_cells(const an_hashed *table, const uint64_t *keys, uint32_t count, int32_t *scores, uint32_t class_count) {
  const uint8_t *rows[BATCH];
  for (uint32_t done = 0; done < count;) {
    uint32_t n = ask(table, keys + done, count - done, rows), known = 0;
    uint32_t first[BATCH], cells[BATCH];
    for (uint32_t i = 0; i < n; i++) {
      uint64_t row = an_le64(rows[i]);
      uint32_t offset = (uint32_t)(row >> 32), size = (uint32_t)(row >> 16) & 0xffffu;
      if ((uint16_t)row != an_hashed_check(keys[done + i])) continue;
      if (offset > table->cell_count || size > table->cell_count - offset) continue; /* the file is untrusted */
      __builtin_prefetch(table->cells + (size_t)4 * offset, 0, 1);
      first[known] = offset;
      cells[known++] = size;
    }
    for (uint32_t i = 0; i < known; i++) {
      const uint8_t *at = table->cells + (size_t)4 * first[i];
      for (uint32_t k = 0; k < cells[i]; k++, at += 4) {
        uint32_t cell = an_le32(at), class = cell >> 16;
        if (class < class_count) scores[class] += (int16_t)(cell & 0xffffu);
      }
    }
    done += n;
  }
}
