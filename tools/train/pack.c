/* SPDX-License-Identifier: Apache-2.0 */
/* Rows are placed by hash and displace (Belazzougui, Botelho, Dietzfelbinger 2009): keys are thrown into buckets, and every
   bucket, the fullest first, tries pilots until its keys fall on free slots. */
#include "pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language/model.h"

enum { KEYS_A_BUCKET = 5, LOAD_PERCENT = 97, PILOTS = 65536 };

typedef struct bytes {
  uint8_t *at;
  size_t size, capacity;
} bytes;
typedef struct item {
  uint64_t key, row;
  uint32_t bucket;
} item;
typedef struct items {
  item *at;
  uint32_t count, capacity;
} items;

static void put(bytes *b, const void *from, size_t size) {
  if (b->size + size > b->capacity) {
    b->capacity = (b->size + size) * 2;
    b->at = must(realloc(b->at, b->capacity));
  }
  memcpy(b->at + b->size, from, size);
  b->size += size;
}

static void put_number(bytes *b, uint64_t value, uint32_t size) {
  uint8_t raw[8];
  for (uint32_t i = 0; i < size; i++) raw[i] = (uint8_t)(value >> (8 * i));
  put(b, raw, size);
}

static void add_item(items *all, uint64_t key, uint64_t row) {
  if (all->count == all->capacity) {
    all->capacity = all->capacity == 0 ? 1u << 16 : all->capacity * 2;
    all->at = must(realloc(all->at, all->capacity * sizeof *all->at));
  }
  all->at[all->count++] = (item){.key = key, .row = row};
}

static int by_bucket(const void *a, const void *b) {
  const item *x = a, *y = b;
  if (x->bucket != y->bucket) return x->bucket < y->bucket ? -1 : 1;
  return x->key < y->key ? -1 : x->key > y->key;
}

static bool fits(const item *keys, uint32_t count, uint32_t pilot, uint32_t slots, const uint8_t *taken, uint32_t *places) {
  for (uint32_t i = 0; i < count; i++) {
    places[i] = an_hashed_place(keys[i].key, pilot, slots);
    if (taken[places[i]]) return false;
    for (uint32_t k = 0; k < i; k++)
      if (places[k] == places[i]) return false;
  }
  return true;
}

/* Places the keys of one bucket; false: no pilot does. */
static bool settle(const item *keys, uint32_t count, uint32_t slots, uint8_t *taken, uint8_t *pilots, uint8_t *rows) {
  uint32_t places[256];
  if (count > sizeof places / sizeof *places) return false;
  for (uint32_t pilot = 0; pilot < PILOTS; pilot++) {
    if (!fits(keys, count, pilot, slots, taken, places)) continue;
    pilots[2 * (size_t)keys[0].bucket] = (uint8_t)pilot;
    pilots[2 * (size_t)keys[0].bucket + 1] = (uint8_t)(pilot >> 8);
    for (uint32_t i = 0; i < count; i++) {
      taken[places[i]] = 1;
      for (uint32_t k = 0; k < 8; k++) rows[8 * (size_t)places[i] + k] = (uint8_t)(keys[i].row >> (8 * k));
    }
    return true;
  }
  return false;
}

static bool lay_out(items *all, bytes *pilots, bytes *rows) {
  uint32_t buckets = all->count / KEYS_A_BUCKET + 1, slots = (uint32_t)((uint64_t)all->count * 100 / LOAD_PERCENT) + 1;
  for (uint32_t i = 0; i < all->count; i++) all->at[i].bucket = an_hashed_bucket(all->at[i].key, buckets);
  if (all->count > 0) qsort(all->at, all->count, sizeof *all->at, by_bucket);
  *pilots = (bytes){must(calloc(buckets, 2)), (size_t)buckets * 2, (size_t)buckets * 2};
  *rows = (bytes){must(calloc(slots, 8)), (size_t)slots * 8, (size_t)slots * 8};
  uint8_t *taken = must(calloc(slots, 1));
  bool well = true;
  for (uint32_t size = 256; size > 0 && well; size--) { /* the fullest buckets first */
    for (uint32_t i = 0, end; i < all->count && well; i = end) {
      for (end = i + 1; end < all->count && all->at[end].bucket == all->at[i].bucket; end++) {
      }
      if (end - i == size || (size == 256 && end - i > size))
        well = settle(all->at + i, end - i, slots, taken, pilots->at, rows->at);
    }
  }
  free(taken);
  if (!well) fputs("train: a table could not be laid out\n", stderr);
  return well;
}

/* ---- Rows ---- */

/* Forms as the text has them, with their usual tag. */
static void form_rows(const vocabulary *words, items *out) {
  for (uint32_t i = 0; i < words->count; i++) {
    const vocable *v = &words->at[i];
    add_item(out, v->form, (uint64_t)v->usual << 32 | (uint32_t)v->form);
  }
}

/* Words in lower case, of the network and of the dictionary: both lists ascend. */
static void word_rows(const net *n, const forms *dictionary, items *out) {
  for (uint32_t i = 0, k = 0; i < net_word_count(n) || k < dictionary->count;) {
    uint64_t a = i < net_word_count(n) ? net_word(n, i) : UINT64_MAX, b = k < dictionary->count ? dictionary->at[k].word : UINT64_MAX;
    uint64_t word = a < b ? a : b, can = b == word ? dictionary->at[k++].can : 0, row = a == word ? i++ : AN_KNOWN_ROW_NONE;
    add_item(out, word, (row << AN_KNOWN_CAN_BITS | can) << 32 | (uint32_t)word);
  }
}

static void put_names(bytes *b, const names *n) {
  for (uint32_t i = 0; i < n->count; i++) {
    put_number(b, strlen(n->at[i]), 4);
    put(b, n->at[i], strlen(n->at[i]));
  }
}

bool pack(const char *path, const treebank *bank, const vocabulary *forms_seen, const forms *dictionary, const net *n) {
  items words = {0};
  bytes about = {0}, named = {0}, pilots, rows;
  put_number(&about, AN_FEATURES_VERSION, 4);
  put_number(&about, bank->tags.count, 4);
  put_number(&about, bank->labels.count, 4);
  put_number(&about, 0, 4);
  put_names(&named, &bank->tags);
  put_names(&named, &bank->labels);
  form_rows(forms_seen, &words);
  word_rows(n, dictionary, &words);
  if (!lay_out(&words, &pilots, &rows)) {
    free(about.at);
    free(named.at);
    return false;
  }
  an_section_out sections[4 + NET_SECTIONS] = {{"about", about.at, about.size},
                                               {"names", named.at, named.size},
                                               {"wrdpilot", pilots.at, pilots.size},
                                               {"wrdrows", rows.at, rows.size}};
  uint32_t count = 4 + net_pack(n, sections + 4);
  an_error err = {0};
  uint64_t total = 0;
  for (uint32_t i = 0; i < count; i++) total += sections[i].size;
  printf("train: %u words, %u of the network, %.1f MB\n", words.count, net_word_count(n), (double)total / 1e6);
  uint64_t sources = bank->checksum ^ dictionary->checksum ^ net_checksum(n);
  if (an_datafile_write(path, AN_MODEL_KIND, AN_MODEL_LAYOUT, sources, sections, count, &err) == AN_OK) return true;
  fprintf(stderr, "train: %s\n", err.message);
  return false;
}
