/* SPDX-License-Identifier: Apache-2.0 */
/* The tagger is a greedy averaged perceptron. The parser follows Goldberg and Nivre (2013): it is trained with a dynamic
   oracle, on the paths that its own mistakes lead to, and with tags that a tagger gave which had not seen the tree. */
#include "learn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLD_RUN = 100 }; /* neighbouring trees go to one fold: a document does not teach its own tags */
enum { EXPLORE_PERCENT = 90 };

static uint64_t random_next(uint64_t *state) { /* splitmix64 (Steele, Lea, Flood 2014) */
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static uint32_t *order_of(uint32_t count) {
  uint32_t *order = must(malloc((count + 1) * sizeof *order));
  for (uint32_t i = 0; i < count; i++) order[i] = i;
  return order;
}

static void shuffle(uint32_t *order, uint32_t count, uint64_t *state) {
  for (uint32_t i = count; i > 1; i--) {
    uint32_t k = (uint32_t)(random_next(state) % i), kept = order[i - 1];
    order[i - 1] = order[k];
    order[k] = kept;
  }
}

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
  bool fixed[AN_STATE_WORDS] = {false};
  see(one, words, &seen, fixed);
  tag_seen(&seen, fixed, w);
  memcpy(tags, seen.tag, one->size);
}

static void learn_tags_of(const tree *one, const vocabulary *words, weights *w) {
  static an_seen seen;
  bool fixed[AN_STATE_WORDS] = {false};
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
  uint32_t *order = order_of(bank->count);
  weights_init(out, bank->tags.count, set->tag_trust);
  for (uint32_t epoch = 0; epoch < set->tag_epochs; epoch++) {
    shuffle(order, bank->count, &random);
    for (uint32_t i = 0; i < bank->count; i++)
      if (fold_of(set, &bank->trees[order[i]]) != fold) learn_tags_of(&bank->trees[order[i]], words, out);
  }
  free(order);
}

/* ---- Parser ---- */

/* How many gold arcs become out of reach by each move (Goldberg and Nivre 2013, arc-hybrid). */
typedef struct gold {
  const tree *tree;
  bool stacked[AN_STATE_SIZE];
  uint16_t first[AN_STATE_SIZE], after[AN_STATE_SIZE];
} gold;

static void gold_begin(gold *g, const tree *one) {
  g->tree = one;
  memset(g->stacked, 0, sizeof g->stacked);
  for (uint32_t i = 0; i <= one->size; i++) g->first[i] = AN_STATE_NONE;
  for (uint32_t i = one->size; i-- > 0;) { /* children of a word, in order */
    g->after[i] = g->first[one->words[i].head];
    g->first[one->words[i].head] = (uint16_t)i;
  }
}

static uint32_t gold_head(const gold *g, uint32_t word) {
  return word < g->tree->size ? g->tree->words[word].head : AN_STATE_NONE;
}

static uint32_t cost_of(const gold *g, const an_state *s, int move) {
  uint32_t top = an_state_under(s, 0), under = an_state_under(s, 1), next = s->next, cost = 0;
  if (move == AN_MOVE_SHIFT) {
    uint32_t head = gold_head(g, next);
    if (head < s->size && g->stacked[head] && head != top) cost++;
    for (uint32_t c = g->first[next]; c != AN_STATE_NONE; c = g->after[c]) cost += g->stacked[c];
    return cost;
  }
  for (uint32_t c = g->first[top]; c != AN_STATE_NONE; c = g->after[c]) cost += c >= next;
  uint32_t head = gold_head(g, top);
  if (move == AN_MOVE_LEFT) return cost + (head == under || (head != next && head > next));
  return cost + (head >= next && head != AN_STATE_NONE);
}

static uint32_t best_move(const int32_t *scores, const an_state *s, const uint32_t *cost, uint32_t cost_max) {
  uint32_t best = AN_MOVES;
  for (uint32_t m = 0; m < AN_MOVES; m++)
    if (an_state_may(s, (int)m) && (cost == NULL || cost[m] <= cost_max) && (best == AN_MOVES || scores[m] > scores[best]))
      best = m;
  return best;
}

static uint8_t best_label(const an_seen *seen, const an_state *s, uint32_t move, weights *w, const gold *g) {
  uint64_t keys[AN_LABEL_FEATURES];
  int32_t scores[NAMES_MAX];
  uint32_t count = an_features_label(seen, s, (int)move, keys), top = an_state_under(s, 0);
  weights_score(w, keys, count, scores);
  uint32_t label = best_of(scores, w->classes);
  if (g != NULL && gold_head(g, top) == an_state_head_by(s, (int)move)) {
    weights_tick(w);
    if (label != g->tree->words[top].label) weights_update(w, keys, count, g->tree->words[top].label, label);
  }
  return (uint8_t)label;
}

static uint32_t learn_move(const an_seen *seen, const an_state *s, const gold *g, weights *w, bool explore) {
  uint64_t keys[AN_MOVE_FEATURES];
  int32_t scores[AN_MOVES];
  uint32_t cost[AN_MOVES], least = UINT32_MAX, count = an_features_move(seen, s, keys);
  for (uint32_t m = 0; m < AN_MOVES; m++) {
    cost[m] = an_state_may(s, (int)m) ? cost_of(g, s, (int)m) : UINT32_MAX;
    if (cost[m] < least) least = cost[m];
  }
  weights_tick(w);
  weights_score(w, keys, count, scores);
  uint32_t guess = best_move(scores, s, NULL, 0), good = best_move(scores, s, cost, least);
  if (guess == AN_MOVES || good == AN_MOVES) abort(); /* a tree that is not finished has a move */
  if (cost[guess] == least) return guess;
  weights_update(w, keys, count, good, guess);
  return explore ? guess : good;
}

static void parse_seen(const an_seen *seen, an_state *s, models *m) {
  uint64_t keys[AN_MOVE_FEATURES];
  int32_t scores[AN_MOVES];
  for (an_state_begin(s, seen->size); !an_state_done(s);) {
    weights_score(&m->moves, keys, an_features_move(seen, s, keys), scores);
    uint32_t move = best_move(scores, s, NULL, 0);
    an_state_move(s, (int)move, move == AN_MOVE_SHIFT ? 0 : best_label(seen, s, move, &m->labels, NULL));
  }
}

static void learn_tree(const tree *one, const uint8_t *tags, const vocabulary *words, models *m, bool explore, uint64_t *random) {
  static an_seen seen;
  static an_state state;
  static gold g;
  bool fixed[AN_STATE_WORDS] = {false};
  see(one, words, &seen, fixed);
  memcpy(seen.tag, tags, one->size);
  seen.kinds = m->kinds;
  an_features_atoms(&seen);
  gold_begin(&g, one);
  for (an_state_begin(&state, one->size); !an_state_done(&state);) {
    bool follow = explore && random_next(random) % 100 < EXPLORE_PERCENT;
    uint32_t move = learn_move(&seen, &state, &g, &m->moves, follow);
    uint8_t label = move == AN_MOVE_SHIFT ? 0 : best_label(&seen, &state, move, &m->labels, &g);
    if (move == AN_MOVE_SHIFT)
      g.stacked[state.next] = true;
    else
      g.stacked[an_state_under(&state, 0)] = false;
    an_state_move(&state, (int)move, label);
  }
}

void learn_parser(const treebank *bank, const settings *set, const vocabulary *words, uint8_t *const *tags, models *out) {
  uint64_t random = set->seed + 1000;
  uint32_t *order = order_of(bank->count);
  for (uint32_t i = 0; i < bank->tags.count; i++)
    out->kinds[i] = an_features_kind(bank->tags.at[i], (uint32_t)strlen(bank->tags.at[i]));
  weights_init(&out->moves, AN_MOVES, set->move_trust);
  weights_init(&out->labels, bank->labels.count, set->label_trust);
  for (uint32_t epoch = 0; epoch < set->parse_epochs; epoch++) {
    shuffle(order, bank->count, &random);
    for (uint32_t i = 0; i < bank->count; i++) learn_tree(&bank->trees[order[i]], tags[order[i]], words, out, epoch > 0, &random);
    fprintf(stderr, "train: parser, epoch %u of %u\n", epoch + 1, set->parse_epochs);
  }
  free(order);
}

/* ---- Measuring ---- */

static size_t head_size(const char *name, char stop) { return strcspn(name, (char[]){stop, '\0'}); }

static bool same_upto(const char *a, const char *b, char stop) {
  size_t n = head_size(a, stop);
  return n == head_size(b, stop) && memcmp(a, b, n) == 0;
}

void measure(const treebank *bank, const models *m, const names *tags, const names *labels, score *out) {
  static an_seen seen;
  static an_state state;
  bool fixed[AN_STATE_WORDS] = {false};
  models copy = *m;
  for (uint32_t i = 0; i < bank->count; i++) {
    const tree *t = &bank->trees[i];
    see(t, &m->words, &seen, fixed);
    tag_seen(&seen, fixed, &m->tags);
    seen.kinds = m->kinds;
    an_features_atoms(&seen);
    parse_seen(&seen, &state, &copy);
    for (uint32_t k = 0; k < t->size; k++) {
      const tree_word *word = &t->words[k];
      const char *tag = tags->at[seen.tag[k]], *wanted = bank->tags.at[word->tag];
      bool head = state.head[k] == word->head;
      out->words++;
      out->upos += same_upto(tag, wanted, '-');
      out->tags += strcmp(tag, wanted) == 0;
      out->heads += head;
      out->labels += head && same_upto(labels->at[state.label[k]], bank->labels.at[word->label], ':');
    }
  }
}
