/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net_inner.h"
#include "random.h"

static void block_new(net *n, block *b, uint32_t rows, uint32_t width, float scale, bool sparse) {
  size_t size = (size_t)rows * width, room = size == 0 ? 1 : size;
  *b = (block){must(calloc(room, 4)), must(calloc(room, 4)), must(calloc(room, 4)), must(calloc(room, 4)), rows, width,
               sparse ? must(calloc(rows + 1u, 1)) : NULL, sparse ? must(calloc(rows + 1u, 4)) : NULL, 0};
  for (size_t i = 0; i < size; i++) b->at[i] = scale * (2.0f * random_share(&n->random) - 1.0f);
  n->all[n->all_count++] = b;
}

float *net_row_grad(block *b, uint32_t row) {
  if (!b->touched[row]) { b->touched[row] = 1; b->list[b->count++] = row; }
  return b->grad + (size_t)row * b->width;
}

static void adam_row(net *n, float *p, float *g, float *m, float *v, uint32_t size, float by) {
  float c1 = 1.0f / (1.0f - n->power1), c2 = 1.0f / (1.0f - n->power2), rate = n->rate;
  for (uint32_t i = 0; i < size; i++) {
    float d = g[i] * by;
    m[i] = 0.9f * m[i] + 0.1f * d;
    v[i] = 0.98f * v[i] + 0.02f * d * d;
    p[i] -= rate * m[i] * c1 / (sqrtf(v[i] * c2) + 1e-6f);
    g[i] = 0;
  }
}

static void step(net *n, float by) {
  n->power1 *= 0.9f;
  n->power2 *= 0.98f;
  for (uint32_t i = 0; i < n->all_count; i++) {
    block *b = n->all[i];
    if (b->touched == NULL) { adam_row(n, b->at, b->grad, b->mean, b->square, b->rows * b->width, by); continue; }
    for (uint32_t k = 0; k < b->count; k++) {
      size_t at = (size_t)b->list[k] * b->width;
      adam_row(n, b->at + at, b->grad + at, b->mean + at, b->square + at, b->width, by);
      b->touched[b->list[k]] = 0;
    }
    b->count = 0;
  }
}

static int by_word(const void *a, const void *b) {
  const known *x = a, *y = b;
  return x->word != y->word ? (x->word < y->word ? -1 : 1) : (x->id < y->id ? -1 : x->id > y->id);
}

static void add_known(net *n, uint64_t word, uint32_t *capacity) {
  if (n->id_count == *capacity) { *capacity = *capacity == 0 ? 65536 : *capacity * 2; n->words = must(realloc(n->words, *capacity * sizeof *n->words)); }
  n->words[n->id_count] = (known){word, n->id_count};
  n->id_count++;
}

static bool read_vectors(net *n, const char *path, uint32_t *capacity) {
  FILE *f = fopen(path, "rb");
  if (f == NULL) { fprintf(stderr, "train: cannot read %s\n", path); return false; }
  n->vectors = must(calloc(400000 * VECTOR, 4));
  for (int size; (size = fgetc(f)) != EOF;) {
    char word[256];
    int8_t v[50];
    if (fread(word, 1, (size_t)size, f) != (size_t)size || fread(v, 1, 50, f) != 50) break;
    for (int k = 0; k < 50; k++) n->checksum = (n->checksum ^ (uint8_t)v[k]) * 0x100000001b3u;
    an_view view;
    an_view_make(word, (uint32_t)size, &view);
    for (int k = 0; k < 50; k++) n->vectors[(size_t)n->id_count * VECTOR + (size_t)k] = (float)v[k] / 32.0f;
    add_known(n, view.lower, capacity);
  }
  fclose(f);
  n->vector_count = n->id_count;
  return true;
}

static int by_number(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

static void read_words(net *n, const treebank *bank, uint32_t *capacity) {
  uint64_t *all = must(malloc((bank->words + 1) * 8));
  size_t count = 0;
  for (uint32_t i = 0; i < bank->count; i++)
    for (uint32_t k = 0; k < bank->trees[i].size; k++) {
      an_view view;
      an_view_make(bank->trees[i].words[k].form, bank->trees[i].words[k].size, &view);
      all[count++] = view.lower;
    }
  qsort(all, count, 8, by_number);
  for (size_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count && all[end] == all[i]; end++) {}
    if (end - i >= n->set.known_count) add_known(n, all[i], capacity);
  }
  free(all);
  qsort(n->words, n->id_count, sizeof *n->words, by_word);
  for (uint32_t i = 0; i < n->id_count; i++)
    if (n->word_count == 0 || n->words[n->word_count - 1].word != n->words[i].word) n->words[n->word_count++] = n->words[i];
}

net *net_new(const treebank *bank, const forms *dictionary, const net_settings *set, const char *vectors) {
  net *n = must(calloc(1, sizeof *n));
  uint32_t capacity = 0;
  n->set = *set;
  n->dictionary = dictionary;
  n->random = set->seed;
  n->power1 = n->power2 = 1;
  n->label_count = bank->labels.count;
  n->tag_count = bank->tags.count;
  if (!read_vectors(n, vectors, &capacity)) {
    free(n);
    return NULL;
  }
  read_words(n, bank, &capacity);
  printf("net: %u words, %u with vectors\n", n->word_count, n->vector_count);
  block_new(n, &n->word, n->id_count, AN_NET_IN, 0, true);
  block_new(n, &n->hashed, AN_ATOM_FORMS * AN_ATOM_HASHED, AN_NET_IN, 0.05f, true);
  block_new(n, &n->flags, AN_ATOM_FLAGS, AN_NET_IN, 0.05f, true);
  block_new(n, &n->tag, AN_NET_TAGS, AN_NET_IN, 0.1f, true);
  block_new(n, &n->vector_in, VECTOR, AN_NET_IN, 0.2f, false);
  block_new(n, &n->start, 1, AN_NET_IN, 0, false);
  for (uint32_t l = 0; l < AN_NET_LAYERS; l++) {
    uint32_t in = l == 0 ? AN_NET_IN : AN_NET_OUT;
    block_new(n, &n->w[l], in, AN_NET_GATES, sqrtf(3.0f / (float)in), false);
    block_new(n, &n->b[l], 1, AN_NET_GATES, 0, false);
  }
  float s = sqrtf(3.0f / AN_NET_OUT);
  block_new(n, &n->dep, AN_NET_OUT, AN_NET_ARC, s, false);
  block_new(n, &n->dep_b, 1, AN_NET_ARC, 0, false);
  block_new(n, &n->head, AN_NET_OUT, AN_NET_ARC, s, false);
  block_new(n, &n->head_b, 1, AN_NET_ARC, 0, false);
  block_new(n, &n->head_root, 1, AN_NET_ARC, 0.3f, false);
  block_new(n, &n->bilinear, AN_NET_ARC, AN_NET_ARC, 0.1f, false);
  block_new(n, &n->head_bias, 1, AN_NET_ARC, 0, false);
  block_new(n, &n->far, 1, 2 * AN_NET_FAR + 16, 0, false);
  block_new(n, &n->lab_dep, AN_NET_OUT, AN_NET_LABEL, s, false);
  block_new(n, &n->lab_head, AN_NET_OUT, AN_NET_LABEL, s, false);
  block_new(n, &n->lab_b, 1, AN_NET_LABEL, 0, false);
  block_new(n, &n->lab_root, 1, AN_NET_LABEL, 0.3f, false);
  block_new(n, &n->lab_out, AN_NET_LABEL, AN_NET_LABELS, sqrtf(3.0f / AN_NET_LABEL), false);
  block_new(n, &n->lab_out_b, 1, AN_NET_LABELS, 0, false);
  block_new(n, &n->tag_out, AN_NET_OUT, AN_NET_TAGS, s, false);
  block_new(n, &n->tag_out_b, 1, AN_NET_TAGS, 0, false);
  return n;
}

void net_learn(net *n, const treebank *bank, uint8_t *const *tags) {
  uint32_t *order = treebank_order(bank);
  uint64_t mixing = n->set.seed + 7;
  uint32_t steps = 0, total = n->set.epochs * (bank->count / n->set.batch + 1);
  for (uint32_t epoch = 0; epoch < n->set.epochs; epoch++) {
    double loss = 0;
    shuffle(order, bank->count, &mixing);
    for (uint32_t i = 0; i < bank->count; i += n->set.batch) {
      uint32_t words = 0;
      for (uint32_t k = i; k < i + n->set.batch && k < bank->count; k++) {
        const tree *one = &bank->trees[order[k]];
        net_take(n, one, tags[order[k]], true);
        net_forward(n);
        net_backward(n, one, &loss);
        words += one->size;
      }
      float done = (float)steps++ / (float)total;
      n->rate = n->set.rate * (done < 0.02f ? done * 50.0f : 1.0f - done);
      step(n, 1.0f / (float)words);
    }
    fprintf(stderr, "train: network, epoch %u of %u, loss %.4f\n", epoch + 1, n->set.epochs, loss / (double)bank->words);
  }
  free(order);
}


uint32_t net_word_count(const net *n) { return n->word_count; }
uint64_t net_word(const net *n, uint32_t row) { return n->words[row].word; }
uint64_t net_checksum(const net *n) { return n->checksum; }
