/* SPDX-License-Identifier: Apache-2.0 */
#include "learn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLD_RUN = 100 };

static uint32_t fold_of(const settings *set, const tree *one) { return one->source / FOLD_RUN % set->folds; }

typedef struct sighting {
  uint64_t form;
  uint8_t tag;
} sighting;

static int by_form(const void *a, const void *b) {
  const sighting *x = a, *y = b;
  if (x->form != y->form) return x->form < y->form ? -1 : 1;
  return (int)x->tag - (int)y->tag;
}

static vocable vocable_of(const sighting *seen, uint32_t count) {
  uint32_t best = 0, run = 0;
  vocable v = {.form = seen[0].form, .usual = AN_TAG_UNKNOWN};
  for (uint32_t i = 0; i < count; i++) {
    run = i > 0 && seen[i].tag == seen[i - 1].tag ? run + 1 : 1;
    if (run > best) {
      best = run;
      v.usual = seen[i].tag;
    }
  }
  return v;
}

void learn_words(const treebank *bank, const settings *set, uint32_t fold, vocabulary *out) {
  sighting *all = must(malloc((bank->words + 1) * sizeof *all));
  uint32_t count = 0;
  for (uint32_t i = 0; i < bank->count; i++) {
    if (fold_of(set, &bank->trees[i]) == fold) continue;
    for (uint32_t k = 0; k < bank->trees[i].size; k++) {
      an_view view;
      an_view_make(bank->trees[i].words[k].form, bank->trees[i].words[k].size, &view);
      all[count++] = (sighting){view.form, bank->trees[i].words[k].tag};
    }
  }
  qsort(all, count, sizeof *all, by_form);
  out->at = must(malloc((count + 1) * sizeof *out->at));
  out->count = 0;
  for (uint32_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count && all[end].form == all[i].form; end++) {
    }
    if (end - i >= set->usual_count) out->at[out->count++] = vocable_of(all + i, end - i);
  }
  free(all);
}

static const vocable *find_word(const vocabulary *words, uint64_t form) {
  uint32_t low = 0, high = words->count;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (words->at[mid].form < form)
      low = mid + 1;
    else
      high = mid;
  }
  return low < words->count && words->at[low].form == form ? &words->at[low] : NULL;
}

uint8_t **learn_usual(const treebank *bank, const settings *set) {
  uint8_t **tags = must(calloc(bank->count + 1, sizeof *tags));
  uint64_t right = 0;
  for (uint32_t fold = 0; fold < set->folds; fold++) {
    vocabulary words;
    learn_words(bank, set, fold, &words);
    for (uint32_t i = 0; i < bank->count; i++) {
      const tree *one = &bank->trees[i];
      if (fold_of(set, one) != fold) continue;
      tags[i] = must(malloc(one->size));
      for (uint32_t k = 0; k < one->size; k++) {
        an_view view;
        an_view_make(one->words[k].form, one->words[k].size, &view);
        const vocable *v = find_word(&words, view.form);
        tags[i][k] = v != NULL ? v->usual : AN_TAG_UNKNOWN;
        right += tags[i][k] == one->words[k].tag;
      }
    }
    free(words.at);
  }
  printf("train: usual tags, %.2f %% right\n", 100.0 * (double)right / (double)bank->words);
  return tags;
}
