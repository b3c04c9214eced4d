/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vectors.h"

#include "base/base.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1 << 16, CENTRES = 256, MOST_IN_BUCKET = 64 };

static bool open_sections(an_vectors *v) {
  v->starts = an_datafile_section(&v->file, "starts");
  v->words = an_datafile_section(&v->file, "words");
  v->centres = an_datafile_section(&v->file, "centres");
  v->count = (uint32_t)(v->words.size / AN_VECTOR_ENTRY);
  return v->starts.size == 4 * (BUCKETS + 1) && v->words.size % AN_VECTOR_ENTRY == 0 && v->words.size / AN_VECTOR_ENTRY < AN_NONE &&
         v->centres.size == (size_t)AN_VECTOR_PARTS * CENTRES * AN_VECTOR_WIDTH;
}

an_status an_vectors_open(const char *dir, const char *name, an_vectors **out, an_error *err) {
  static const char rebuild[] = "make (it is copied from data/models)";
  an_vectors *v = calloc(1, sizeof *v);
  if (v == NULL) return an_fail(err, AN_ERR_MEMORY, "vectors", "no memory");
  an_status status = an_datafile_open(dir, name, "vect", AN_VECTORS_LAYOUT, rebuild, &v->file, err);
  if (status == AN_OK && !open_sections(v)) {
    an_datafile_close(&v->file);
    status = an_fail(err, AN_ERR_DATA, "vectors", "%s: its tables have another size; to make it again: %s", name, rebuild);
  }
  if (status != AN_OK) {
    free(v);
    return status;
  }
  *out = v;
  return AN_OK;
}

void an_vectors_close(an_vectors *vectors) {
  if (vectors == NULL) return;
  an_datafile_close(&vectors->file);
  free(vectors);
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

/* The first of its bucket whose check has these bits. */
static uint32_t find(const an_vectors *vectors, uint32_t bucket, uint16_t check, unsigned less) {
  uint32_t first = an_get32(vectors->starts, (size_t)bucket * 4), end = an_get32(vectors->starts, (size_t)bucket * 4 + 4);
  if (end > vectors->count) end = vectors->count;
  for (uint32_t i = first; i < end && i - first < MOST_IN_BUCKET; i++)
    if (an_get16(vectors->words, (size_t)i * AN_VECTOR_ENTRY) >> less == check) return i;
  return AN_NONE;
}

uint32_t an_vector_find(const an_vectors *vectors, uint64_t fold) {
  return find(vectors, (uint32_t)(fold >> 48), (uint16_t)(fold >> 32), 0);
}

uint32_t an_vector_find_short(const an_vectors *vectors, uint32_t first30) {
  return find(vectors, first30 >> 14 & (BUCKETS - 1), (uint16_t)(first30 & 0x3fff), 2);
}

void an_vector_read(const an_vectors *vectors, uint32_t row, int8_t out[AN_VECTOR_SIZE]) {
  memset(out, 0, AN_VECTOR_SIZE);
  if (row >= vectors->count) return;
  const uint8_t *code = vectors->words.at + (size_t)row * AN_VECTOR_ENTRY + 2;
  for (uint32_t p = 0; p < AN_VECTOR_PARTS; p++)
    memcpy(out + p * AN_VECTOR_WIDTH, vectors->centres.at + ((size_t)p * CENTRES + code[p]) * AN_VECTOR_WIDTH, AN_VECTOR_WIDTH);
}
