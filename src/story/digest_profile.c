/* SPDX-License-Identifier: Apache-2.0 */
/* What a page is about: its words by how often they stand there and how rare they are elsewhere. The rarity is a table made of
   other texts (weights.tsv), so that a page's profile is the same whatever pages come with it. Days are left out: they say when. */
#include "story/digest_write.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_PROFILE = 80, MANY_NAMES = 20, RAREST = 175, COMMON = 75 };      /* tenths of bits: of a word nobody has counted; of one that says nothing */

typedef struct counted_word { uint32_t key, count; double rare; } counted_word;
typedef struct word_counts { AN_LIST(counted_word) list; an_map index; } word_counts;

/* A town is itself here and not its country: floods in two states of one country are two stories. */
static uint32_t key_of(const writer *w, uint32_t token) {
  const an_mention_at *m = dw_mention(w, token);
  an_text name = m == NULL || m->m.kind != AN_MENTION_PLACE ? (an_text){0} : m->m.who.name;
  return name.at != NULL ? dg_word_key(an_fold_hash(name), DG_NAMED) : dw_word_key(w, token, false);
}

static double rarity(const writer *w, const an_table *table, uint32_t token) {
  an_rows rows = table == NULL ? (an_rows){0, 0} : an_table_find_key(table, w->in->words->tokens[token].lemma_fold);
  double tenths = 0;
  if (rows.count == 0) return RAREST - COMMON;
  an_text cell = an_table_cell(table, rows.first, an_table_column(table, "weight"));
  for (uint32_t i = 0; i < cell.size; i++) tenths = tenths * 10 + (cell.at[i] - '0');
  return tenths > COMMON ? tenths - COMMON : 0;
}

/* How many things a sentence names. One that names very many is a list (of members, of those who came): its names say nothing of
   what the page tells, and all such pages would be one story. */
static uint16_t *names_of_sentences(writer *w) {
  const an_words *words = w->in->words;
  uint16_t *names = dw_take(w, words->sentence_count, sizeof *names);
  for (uint32_t i = 0; names != NULL && i < w->in->mentions->list.count; i++) {
    uint32_t first = w->in->mentions->list.at[i].first;
    if (first < words->token_count && names[words->tokens[first].sentence] < UINT16_MAX) names[words->tokens[first].sentence]++;
  }
  return names;
}

static bool counts(const writer *w, uint32_t token, const bool *dated, const uint16_t *names) {
  const an_words *words = w->in->words;
  const an_mention_at *m = dw_mention(w, token);
  uint8_t kind = w->in->article->blocks[words->sentences[words->tokens[token].sentence].block].kind;
  if (kind != AN_BLOCK_TITLE && kind != AN_BLOCK_DECK && kind != AN_BLOCK_BODY && kind != AN_BLOCK_SUBHEAD) return false;
  if (m != NULL && names[words->tokens[token].sentence] > MANY_NAMES) return false;
  return !dated[token] && (m == NULL || dw_key_of(m).at == NULL || m->first == token); /* a name of three words counts once */
}

static bool count_words(writer *w, word_counts *out) {
  const an_table *table = an_lexicon_table(w->in->lexicon, "weights");
  bool *dated = dw_take(w, w->in->words->token_count, sizeof *dated);
  uint16_t *names = names_of_sentences(w);
  if (dated == NULL || names == NULL) return false;
  for (uint32_t i = 0; i < w->in->times->list.count; i++)
    for (uint32_t t = w->in->times->list.at[i].first; t < w->in->times->list.at[i].end && t < w->in->words->token_count; t++) dated[t] = true;
  for (uint32_t i = 0; i < w->in->words->token_count; i++) {
    uint32_t key = counts(w, i, dated, names) ? key_of(w, i) : 0;
    double rare = key == 0 ? 0 : rarity(w, table, i);
    if (rare == 0) continue;
    uint32_t *at = an_map_put(w->arena, &out->index, key, AN_NONE);
    counted_word *word = at == NULL ? NULL : *at == AN_NONE ? AN_PUSH(w->arena, &out->list) : &out->list.at[*at];
    if (word == NULL) return false;
    if (*at == AN_NONE) {
      *at = out->list.count - 1;
      *word = (counted_word){key, 0, rare};
    }
    word->count++;
  }
  return true;
}

static double says(const counted_word *word) { return (1 + log(word->count)) * word->rare; }

static int by_weight(const void *a, const void *b) {
  const counted_word *x = a, *y = b;
  if (says(x) != says(y)) return says(x) > says(y) ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

static int by_key(const void *a, const void *b) {
  const dg_weight *x = a, *y = b;
  return (x->key > y->key) - (x->key < y->key);
}

/* The weekdays on which what is told up front took place, by name or date. */
static uint8_t lead_weekdays(const writer *w) {
  uint8_t found = 0;
  for (uint32_t i = 0; i < w->in->times->list.count; i++) {
    const an_time_at *t = &w->in->times->list.at[i];
    if (t->t.type != AN_TIME_DATE || t->first >= w->in->words->token_count || !w->lead_block[w->in->words->sentences[t->sentence].block]) continue;
    if (an_days_is_single(t->t.days)) found |= (uint8_t)(1U << (an_day_weekday(t->t.days.earliest) - 1));
    else if (t->t.days.weekdays != 0 && (t->t.days.weekdays & (t->t.days.weekdays - 1)) == 0) found |= t->t.days.weekdays;
  }
  return found;
}

void dw_profile(writer *w, dg *view) {
  word_counts all = {0};
  view->weekdays = lead_weekdays(w);
  if (!count_words(w, &all)) { w->short_of = true; return; }
  if (all.list.count == 0) return;
  qsort(all.list.at, all.list.count, sizeof *all.list.at, by_weight);
  uint32_t count = all.list.count < MAX_PROFILE ? all.list.count : MAX_PROFILE;
  view->profile.at = dw_take(w, count, sizeof *view->profile.at);
  if (view->profile.at == NULL) return;
  for (uint32_t i = 0; i < count; i++) {
    double share = 255 * says(&all.list.at[i]) / says(&all.list.at[0]);
    if (share >= 1) view->profile.at[view->profile.count++] = (dg_weight){all.list.at[i].key, (uint8_t)share};
  }
  qsort(view->profile.at, view->profile.count, sizeof *view->profile.at, by_key);
}
