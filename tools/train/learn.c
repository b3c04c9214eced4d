/* SPDX-License-Identifier: Apache-2.0 */
/* The tagger is a greedy averaged perceptron. */
#include "learn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

enum { FOLD_RUN = 100 }; /* neighbouring trees go to one fold: a document does not teach its own tags */

uint32_t fold_of(const settings *set, const tree *one) { return one->source / FOLD_RUN % set->folds; }

/* ---- Vocabulary ---- */

typedef struct sighting {
  uint64_t form;
  uint8_t tag;
} sighting;

static int by_form(const void *a, const void *b) {
  const sighting *x = a, *y = b;
  if (x->form != y->form) return x->form < y->form ? -1 : 1;
  return (int)x->tag - (int)y->tag;
}

static vocable vocable_of(const sighting *seen, uint32_t count, const settings *set) {
  uint32_t best = 0, run = 0;
  vocable v = {.form = seen[0].form, .count = count, .usual = AN_TAG_UNKNOWN};
  for (uint32_t i = 0; i < count; i++) {
    run = i > 0 && seen[i].tag == seen[i - 1].tag ? run + 1 : 1;
    if (run > best) {
      best = run;
      v.usual = seen[i].tag;
    }
  }
  v.fixed = count >= set->fixed_count && (uint64_t)best * 1000 >= (uint64_t)count * set->fixed_share;
  return v;
}

void learn_words(const treebank *bank, const settings *set, uint32_t fold, const forms *dictionary, vocabulary *out) {
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
  out->forms = dictionary;
  for (uint32_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count && all[end].form == all[i].form; end++) {
    }
    if (end - i >= set->usual_count) out->at[out->count++] = vocable_of(all + i, end - i, set);
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

static void see(const tree *one, const vocabulary *words, an_seen *seen, bool *fixed) {
  seen->size = one->size;
  for (uint32_t i = 0; i < one->size; i++) {
    an_view_make(one->words[i].form, one->words[i].size, &seen->view[i]);
    const vocable *v = find_word(words, seen->view[i].form);
    seen->usual[i] = v != NULL ? v->usual : AN_TAG_UNKNOWN;
    seen->can[i] = forms_of(words->forms, seen->view[i].lower);
    fixed[i] = v != NULL && v->fixed;
  }
}

/* ---- Tagger ---- */

static uint32_t best_of(const int32_t *scores, uint32_t count) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < count; i++)
    if (scores[i] > scores[best]) best = i;
  return best;
}

static void tag_seen(an_seen *seen, const bool *fixed, const weights *w) {
  uint64_t keys[AN_TAG_FEATURES];
  int32_t scores[NAMES_MAX];
  for (uint32_t i = 0; i < seen->size; i++) {
    if (fixed[i]) {
      seen->tag[i] = seen->usual[i];
      continue;
    }
    weights_score(w, keys, an_features_tag(seen, i, keys), scores);
    seen->tag[i] = (uint8_t)best_of(scores, w->classes);
  }
}

void tag_tree(const tree *one, const vocabulary *words, const weights *w, uint8_t *tags) {
  static an_seen seen;
  bool fixed[AN_SEEN_WORDS] = {false};
  see(one, words, &seen, fixed);
  tag_seen(&seen, fixed, w);
  memcpy(tags, seen.tag, one->size);
}

static void learn_tags_of(const tree *one, const vocabulary *words, weights *w) {
  static an_seen seen;
  bool fixed[AN_SEEN_WORDS] = {false};
  uint64_t keys[AN_TAG_FEATURES];
  int32_t scores[NAMES_MAX];
  see(one, words, &seen, fixed);
  for (uint32_t i = 0; i < seen.size; i++) {
    if (fixed[i]) {
      seen.tag[i] = seen.usual[i];
      continue;
    }
    uint32_t count = an_features_tag(&seen, i, keys);
    weights_tick(w);
    weights_score(w, keys, count, scores);
    seen.tag[i] = (uint8_t)best_of(scores, w->classes);
    if (seen.tag[i] != one->words[i].tag) weights_update(w, keys, count, one->words[i].tag, seen.tag[i]);
  }
}

void learn_tags(const treebank *bank, const settings *set, uint32_t fold, const vocabulary *words, weights *out) {
  uint64_t random = set->seed + fold;
  uint32_t *order = treebank_order(bank);
  weights_init(out, bank->tags.count, set->tag_trust);
  for (uint32_t epoch = 0; epoch < set->tag_epochs; epoch++) {
    shuffle(order, bank->count, &random);
    for (uint32_t i = 0; i < bank->count; i++)
      if (fold_of(set, &bank->trees[order[i]]) != fold) learn_tags_of(&bank->trees[order[i]], words, out);
  }
  free(order);
}
