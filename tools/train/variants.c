/* SPDX-License-Identifier: Apache-2.0 */
#include "variants.h"

#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "must.h"

enum { EXCHANGED = 40 /* per cent of the words that can be */ };

typedef struct candidate {
  uint64_t key;
  const tree_word *word;
  bool first; /* in its sentence: its capital says nothing */
} candidate;
typedef struct pool { candidate *at; uint32_t count; } pool; /* sorted by key */

static bool can_change(const char *tag) {
  static const char *const open[] = {"NOUN-NN", "PROPN-NNP", "VERB-VB", "ADJ-JJ", "NUM-CD"};
  for (size_t i = 0; i < sizeof open / sizeof *open; i++)
    if (strncmp(tag, open[i], strlen(open[i])) == 0) return true;
  return false;
}

/* What of a word's children belongs to the word rather than to its place. */
static uint64_t frame_of(const treebank *bank, const tree *t, uint32_t word) {
  static const char *const bound[] = {"obj", "iobj", "ccomp", "xcomp", "compound:prt", "aux:pass", "cop", "flat", "case", "det", "expl"};
  uint64_t frame = 0;
  for (uint32_t i = 0; i < t->size; i++)
    for (size_t k = 0; t->words[i].head == word && k < sizeof bound / sizeof *bound; k++)
      if (strcmp(bank->labels.at[t->words[i].label], bound[k]) == 0) frame |= UINT64_C(1) << k;
  return frame;
}

static uint64_t key_of(const treebank *bank, const tree *t, uint32_t word) {
  return (uint64_t)t->words[word].tag << 32 | (uint64_t)t->words[word].label << 16 | frame_of(bank, t, word);
}

/* Ties are broken by the order of reading: the same input gives the same pool. */
static int by_key(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  int order = strcmp(x->word->form, y->word->form);
  return order != 0 ? order : (int)x->first - (int)y->first;
}

static pool pool_of(const treebank *bank, uint32_t from, uint32_t to) {
  size_t words = 0;
  for (uint32_t i = from; i < to; i++) words += bank->trees[i].size;
  pool all = {must(malloc((words + 1) * sizeof *all.at)), 0};
  for (uint32_t i = from; i < to; i++)
    for (uint32_t k = 0; k < bank->trees[i].size; k++) {
      const tree *t = &bank->trees[i];
      if (can_change(bank->tags.at[t->words[k].tag])) all.at[all.count++] = (candidate){key_of(bank, t, k), &t->words[k], k == 0};
    }
  qsort(all.at, all.count, sizeof *all.at, by_key);
  return all;
}

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/* The new form, with a capital where the old word had one that its tag does not ask for. */
static const char *dressed(const candidate *new, const tree_word *old, bool name) {
  char *form = must(strdup(new->word->form));
  bool shouted = is_upper(form[0]) && is_upper(form[1]);
  if (name || shouted) return form;
  if (is_upper(form[0])) form[0] = (char)(form[0] + 32);
  if (is_upper(old->form[0]) && form[0] >= 'a' && form[0] <= 'z') form[0] = (char)(form[0] - 32);
  return form;
}

static const candidate *other_for(const pool *all, uint64_t key, uint64_t *random) {
  uint32_t low = 0, high = all->count, end;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (all->at[mid].key < key)
      low = mid + 1;
    else
      high = mid;
  }
  for (end = low; end < all->count && all->at[end].key == key; end++) {
  }
  return end - low < 2 ? NULL : &all->at[low + random_next(random) % (end - low)];
}

static tree variant_of(const treebank *bank, const tree *t, const pool *all, uint64_t *random) {
  tree out = {must(malloc(t->size * sizeof *out.words)), t->size, t->source};
  memcpy(out.words, t->words, t->size * sizeof *out.words);
  for (uint32_t i = 0; i < t->size; i++) {
    const char *tag = bank->tags.at[t->words[i].tag];
    if (!can_change(tag) || random_next(random) % 100 >= EXCHANGED) continue;
    const candidate *new = other_for(all, key_of(bank, t, i), random);
    if (new == NULL) continue;
    out.words[i].form = dressed(new, &t->words[i], strncmp(tag, "PROPN", 5) == 0);
    out.words[i].size = (uint32_t)strlen(out.words[i].form);
  }
  return out;
}

void variants_add(treebank *bank, uint32_t from, uint32_t to, uint32_t times, uint64_t seed) {
  pool all = pool_of(bank, from, to);
  for (uint32_t n = 1; n < times; n++)
    for (uint32_t i = from; i < to; i++) {
      tree made = variant_of(bank, &bank->trees[i], &all, &seed);
      bank->words += made.size;
      treebank_add(bank, made);
    }
  free(all.at);
}
