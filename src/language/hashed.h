/* SPDX-License-Identifier: Apache-2.0 */
/* A table from 64-bit feature hashes to 8-byte rows, laid out by a perfect hash: a key's bucket has a pilot, key and
   pilot together give the slot, so that a look-up is one read of a small array and one of the rows. The first
   bits of a row are the key's check (model.h). */
#ifndef AN_LANGUAGE_HASHED_H
#define AN_LANGUAGE_HASHED_H
#include <stdint.h>
#include <string.h>

#include "language/view.h"

typedef struct an_hashed {
  const uint8_t *pilots; /* u16 each */
  const uint8_t *rows;   /* u64 each */
  uint32_t buckets, slots; /* buckets and slots are > 0 once opened */
} an_hashed;

static inline uint16_t an_le16(const uint8_t *at) { return (uint16_t)(at[0] | at[1] << 8); }
static inline uint32_t an_le32(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
static inline uint64_t an_le64(const uint8_t *at) { return an_le32(at) | (uint64_t)an_le32(at + 4) << 32; }

static inline uint32_t an_hashed_bucket(uint64_t key, uint32_t buckets) {
  return (uint32_t)(((key >> 32) * buckets) >> 32);
}
static inline uint32_t an_hashed_place(uint64_t key, uint32_t pilot, uint32_t slots) {
  uint64_t h = (key + pilot * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
  h ^= h >> 32;
  h *= 0xc4ceb9fe1a85ec53u;
  return (uint32_t)(((h >> 32) * slots) >> 32);
}

/* A look-up that comes soon: where it begins, then, once that is there, the row. */
static inline void an_hashed_send(const an_hashed *table, uint64_t key) {
  __builtin_prefetch(table->pilots + (size_t)2 * an_hashed_bucket(key, table->buckets));
}

static inline const uint8_t *an_hashed_row(const an_hashed *table, uint64_t key) {
  uint32_t pilot = an_le16(table->pilots + (size_t)2 * an_hashed_bucket(key, table->buckets));
  return table->rows + (size_t)8 * an_hashed_place(key, pilot, table->slots);
}

#endif
