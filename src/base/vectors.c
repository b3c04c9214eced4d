/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vectors.h"

#include "base/base.h"

#include <string.h>

enum { BUCKETS = 1 << 16, CENTRES = 256, MOST_IN_BUCKET = 64 };

an_status an_vectors_open(const char *dir, an_vectors *out, an_error *err) {
  static const char rebuild[] = "tools/make_vectors.py --parts VECTORS.npy WORDS.parquet data/models/vectors.an";
  AN_TRY(an_datafile_open(dir, AN_VECTORS_FILE, "vect", AN_VECTORS_LAYOUT, rebuild, &out->file, err));
  out->starts = an_datafile_section(&out->file, "starts");
  out->words = an_datafile_section(&out->file, "words");
  out->centres = an_datafile_section(&out->file, "centres");
  bool fits = out->starts.size == 4 * (BUCKETS + 1) && out->words.size % AN_VECTOR_ENTRY == 0 && out->words.size / AN_VECTOR_ENTRY < AN_NONE &&
              out->centres.size == (size_t)AN_VECTOR_PARTS * CENTRES * AN_VECTOR_WIDTH;
  out->count = (uint32_t)(out->words.size / AN_VECTOR_ENTRY);
  if (fits) return AN_OK;
  an_datafile_close(&out->file);
  return an_fail(err, AN_ERR_DATA, "vectors", "%s: its tables have another size; to make it again: %s", AN_VECTORS_FILE, rebuild);
}

void an_vector_send(const an_vectors *vectors, uint64_t fold, bool bucket) {
  size_t start = (size_t)(fold >> 48) * 4;              /* inside: the size was checked */
  if (!bucket) {
    __builtin_prefetch(vectors->starts.at + start);
    return;
  }
  uint32_t first = an_get32(vectors->starts, start);
  if (first < vectors->count) __builtin_prefetch(vectors->words.at + (size_t)first * AN_VECTOR_ENTRY);
}

uint32_t an_vector_find(const an_vectors *vectors, uint64_t fold) {
  uint32_t first = an_get32(vectors->starts, (size_t)(fold >> 48) * 4), end = an_get32(vectors->starts, (size_t)(fold >> 48) * 4 + 4);
  uint16_t check = (uint16_t)(fold >> 32);
  if (end > vectors->count) end = vectors->count;
  for (uint32_t i = first; i < end && i - first < MOST_IN_BUCKET; i++)
    if (an_get16(vectors->words, (size_t)i * AN_VECTOR_ENTRY) == check) return i;
  return AN_NONE;
}

void an_vector_read(const an_vectors *vectors, uint32_t row, int8_t out[AN_VECTOR_SIZE]) {
  memset(out, 0, AN_VECTOR_SIZE);
  if (row >= vectors->count) return;
  const uint8_t *code = vectors->words.at + (size_t)row * AN_VECTOR_ENTRY + 2;
  for (uint32_t p = 0; p < AN_VECTOR_PARTS; p++)
    memcpy(out + p * AN_VECTOR_WIDTH, vectors->centres.at + ((size_t)p * CENTRES + code[p]) * AN_VECTOR_WIDTH, AN_VECTOR_WIDTH);
}
