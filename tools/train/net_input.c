/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "kernels.h"
#include "net_inner.h"
#include "random.h"

/* ---- One sentence in ---- */

static uint32_t id_of(const net *n, uint64_t word) {
  uint32_t low = 0, high = n->word_count;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (n->words[mid].word < word)
      low = mid + 1;
    else
      high = mid;
  }
  return low < n->word_count && n->words[low].word == word ? n->words[low].id : UINT32_MAX;
}

/* What is left out of this sentence. */
static void masks(net *n, bool train) {
  for (uint32_t l = 0; l <= AN_NET_LAYERS; l++)
    for (uint32_t k = 0; k < sizeof n->mask[0] / 4; k++) {
      float p = n->set.drop_layer, r = train ? random_share(&n->random) : 1.0f;
      n->mask[l][k] = !train ? 1.0f : r < p ? 0.0f : 1.0f / (1.0f - p);
    }
  if (!train) return;
  for (uint32_t i = 0; i < n->size; i++) {
    uint64_t r = random_next(&n->random);
    n->has_word[i] = r % 100 >= n->set.drop_word;
    n->has_vector[i] = (r >> 16) % 100 >= n->set.drop_vector;
    n->has_tag[i] = (r >> 32) % 100 >= n->set.drop_tag;
  }
}

void net_take(net *n, const tree *one, const uint8_t *tags, bool train) {
  static an_seen seen;
  seen.size = n->size = one->size;
  for (uint32_t i = 0; i < one->size; i++) {
    an_view_make(one->words[i].form, one->words[i].size, &seen.view[i]);
    seen.can[i] = forms_of(n->dictionary, seen.view[i].lower);
    n->id[i] = id_of(n, seen.view[i].lower);
    n->given[i] = tags[i];
    n->has_word[i] = n->has_vector[i] = n->has_tag[i] = true;
  }
  an_features_atoms(&seen, one->words[one->size - 1].form, one->words[one->size - 1].size, n->atoms);
  masks(n, train);
  for (uint32_t i = 0; i < n->size; i++) n->has_tag[i] = n->has_tag[i] && n->given[i] < AN_NET_TAGS;
}

static void add_row(float *to, const block *b, uint32_t row) {
  const float *from = b->at + (size_t)row * b->width;
  for (uint32_t k = 0; k < AN_NET_IN; k++) to[k] += from[k];
}

void net_input(net *n) {
  static float vectors[WORDS * VECTOR];
  for (uint32_t i = 0; i < n->size; i++) {
    float *x = n->x + (size_t)i * AN_NET_IN;
    memcpy(x, n->start.at, AN_NET_IN * 4);
    bool known_id = n->id[i] != UINT32_MAX;
    if (known_id && n->has_word[i]) add_row(x, &n->word, n->id[i]);
    if (known_id && n->has_vector[i] && n->id[i] < n->vector_count)
      memcpy(vectors + (size_t)i * VECTOR, n->vectors + (size_t)n->id[i] * VECTOR, VECTOR * 4);
    else
      memset(vectors + (size_t)i * VECTOR, 0, VECTOR * 4);
    for (uint32_t k = 0; k < AN_ATOM_FORMS; k++) add_row(x, &n->hashed, n->atoms[i].form[k]);
    for (uint32_t k = 0; k < AN_ATOM_FLAGS; k++) if (n->atoms[i].flags >> k & 1u) add_row(x, &n->flags, k);
    if (n->has_tag[i]) add_row(x, &n->tag, n->given[i]);
  }
  product(n->x, vectors, n->vector_in.at, n->size, VECTOR, AN_NET_IN);
  for (uint32_t i = 0; i < n->size * AN_NET_IN; i++) n->x[i] = bend_of(n->x[i]) * n->mask[0][i % AN_NET_IN];
}

void net_input_back(net *n, float *dx) {
  static float vectors[WORDS * VECTOR];
  for (uint32_t i = 0; i < n->size; i++) {
    float *g = dx + (size_t)i * AN_NET_IN;
    const float *x = n->x + (size_t)i * AN_NET_IN;
    for (uint32_t k = 0; k < AN_NET_IN; k++) {
      float m = n->mask[0][k], y = m > 0 ? x[k] / m : 0;
      g[k] *= m * bend_slope(y);
      n->start.grad[k] += g[k];
    }
    bool known_id = n->id[i] != UINT32_MAX;
    float *to[48];
    uint32_t count = 0;
    if (known_id && n->has_word[i]) to[count++] = net_row_grad(&n->word, n->id[i]);
    for (uint32_t k = 0; k < AN_ATOM_FORMS; k++) to[count++] = net_row_grad(&n->hashed, n->atoms[i].form[k]);
    for (uint32_t k = 0; k < AN_ATOM_FLAGS; k++) if (n->atoms[i].flags >> k & 1u) to[count++] = net_row_grad(&n->flags, k);
    if (n->has_tag[i]) to[count++] = net_row_grad(&n->tag, n->given[i]);
    for (uint32_t r = 0; r < count; r++)
      for (uint32_t k = 0; k < AN_NET_IN; k++) to[r][k] += g[k];
    if (known_id && n->has_vector[i] && n->id[i] < n->vector_count)
      memcpy(vectors + (size_t)i * VECTOR, n->vectors + (size_t)n->id[i] * VECTOR, VECTOR * 4);
    else
      memset(vectors + (size_t)i * VECTOR, 0, VECTOR * 4);
  }
  product_weights(n->vector_in.grad, vectors, dx, n->size, VECTOR, AN_NET_IN);
}

