/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a page as keys that other pages can be held against: named things by who they are, other words by their sense. */
#include "story/digest_write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void *dw_take(writer *w, uint32_t count, size_t size) {
  void *made = an_arena_take(w->arena, count, size);
  if (made == NULL) w->short_of = true;
  return made;
}

const an_mention_at *dw_mention(const writer *w, uint32_t token) {
  uint32_t m = w->mention_of[token];
  return m == AN_NONE ? NULL : &w->in->mentions->list.at[m];
}

/* Whom the token names as the reading tells it: without the name of whoever is private. */
const an_party *dw_party(const writer *w, uint32_t token) {
  uint32_t m = w->mention_of[token];
  return m == AN_NONE ? NULL : &w->in->reading->mentions[m].who;
}

/* A named thing's key: a person or organisation by itself, everything that stands for a country by the country. */
an_text dw_key_of(const an_mention_at *m) {
  const an_party *who = &m->m.who;
  if (m->m.kind == AN_MENTION_PERSON || m->m.kind == AN_MENTION_ORGANISATION)
    return who->entity.at != NULL ? who->entity : who->name;
  return who->country.at != NULL ? who->country : who->entity;
}

static bool is_content(const an_token *t) {
  return t->upos == AN_NOUN || t->upos == AN_VERB || t->upos == AN_ADJ || t->upos == AN_PROPN || t->upos == AN_NUM;
}

static int by_key(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

dg_words dw_sorted(uint32_t *keys, uint32_t count, uint32_t max) {
  qsort(keys, count, sizeof *keys, by_key);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (keys[i] != 0 && (kept == 0 || keys[kept - 1] != keys[i])) keys[kept++] = keys[i];
  return (dg_words){keys, kept < max ? kept : max};
}

/* "pull out", "turn back": the row of a verb with its particle; none of the verb alone. */
static an_rows phrasal(const writer *w, const an_token *t) {
  char key[64];
  uint32_t particle = t->upos == AN_VERB ? an_child_by(w->in->words, (uint32_t)(t - w->in->words->tokens), AN_COMPOUND_PRT) : AN_NONE;
  if (particle == AN_NONE) return (an_rows){0, 0};
  an_text verb = t->lemma, back = an_word(w->in->words, particle);
  if (verb.size + back.size + 1 > sizeof key) return (an_rows){0, 0};
  memcpy(key, verb.at, verb.size);
  key[verb.size] = ' ';
  memcpy(key + verb.size + 1, back.at, back.size);
  return an_table_find_key(w->senses, an_fold_hash((an_text){key, verb.size + back.size + 1}));
}

/* The sense that reports use several words for ("goal", "aim"), else the lemma itself. */
static uint64_t meaning(const writer *w, an_rows rows, uint64_t lemma, bool plain) {
  if (rows.count == 0) return lemma;
  an_text means = an_table_cell(w->senses, rows.first, plain ? w->form : w->sense);
  return means.at == NULL ? lemma : an_hash_mix(an_fold_hash(means), plain ? 2 : 1);
}

static uint64_t sense_of(const writer *w, const an_token *t, bool plain) {
  an_rows rows = w->senses == NULL ? (an_rows){0, 0} : phrasal(w, t);
  if (rows.count == 0 && w->senses != NULL) rows = an_table_find_key(w->senses, t->lemma_fold);
  return meaning(w, rows, t->lemma_fold, plain);
}

uint64_t dw_sense(const writer *w, uint64_t lemma) {
  return meaning(w, w->senses == NULL ? (an_rows){0, 0} : an_table_find_key(w->senses, lemma), lemma, false);
}

/* A word as it stands, named or not; a number by its value. */
uint32_t dw_topic_key(const writer *w, uint32_t token) {
  const an_token *t = &w->in->words->tokens[token];
  if (!is_content(t) || t->lemma_fold == 0) return 0;
  if (t->upos == AN_NUM && isfinite(t->number)) return dg_word_key(an_hash64(&t->number, sizeof t->number), DG_NUMBER);
  return dg_word_key(sense_of(w, t, false), t->upos == AN_NUM ? DG_NUMBER : 0);
}

uint32_t dw_word_key(const writer *w, uint32_t token, bool plain) {
  const an_token *t = &w->in->words->tokens[token];
  const an_mention_at *m = dw_mention(w, token);
  an_text key = m == NULL ? (an_text){0} : dw_key_of(m);
  if (key.at != NULL) return dg_word_key(an_fold_hash(key), DG_NAMED);
  return is_content(t) && t->lemma_fold != 0 ? dg_word_key(sense_of(w, t, plain), t->upos == AN_NUM ? DG_NUMBER : 0) : 0;
}

static uint32_t sense_key(const writer *w, uint32_t token) {
  const an_token *t = &w->in->words->tokens[token];
  return is_content(t) && t->lemma_fold != 0 ? dg_word_key(sense_of(w, t, false), 0) : 0;
}

/* A common noun that stands for somebody ("troops", "the ministry") is a word as well. */
void dw_add_keys(const writer *w, uint32_t token, uint32_t *keys, uint32_t *count) {
  uint32_t key = dw_word_key(w, token, false), word = w->in->words->tokens[token].upos == AN_NOUN ? sense_key(w, token) : 0;
  if (key != 0) keys[(*count)++] = key;
  if (word != 0 && word != key) keys[(*count)++] = word;
}

dg_words dw_words_between(writer *w, uint32_t first, uint32_t end, uint32_t max, bool plain) {
  uint32_t count = end > first ? end - first : 0, *keys = dw_take(w, count, sizeof *keys);
  if (keys == NULL) return (dg_words){0};
  for (uint32_t i = 0; i < count; i++) keys[i] = dw_word_key(w, first + i, plain);
  return dw_sorted(keys, count, max);
}

/* Tokens that begin inside a clean range. */
void dw_tokens_in(const an_words *words, an_span clean, uint32_t *first, uint32_t *end) {
  uint32_t low = 0, high = words->token_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (words->tokens[middle].at.begin < clean.begin) low = middle + 1;
    else high = middle;
  }
  *first = *end = low;
  while (*end < words->token_count && words->tokens[*end].at.begin < clean.end) ++*end;
}

dg_words dw_words_in(writer *w, an_span clean, uint32_t max) {
  uint32_t first, end;
  dw_tokens_in(w->in->words, clean, &first, &end);
  return dw_words_between(w, first, end, max, false);
}

/* The first words of a clean range, as page bytes and text that say the same. */
an_text dw_beginning(const writer *w, an_span clean, uint32_t max, an_span *shown) {
  an_text text = an_text_slice(w->in->words->text, clean.begin, clean.end);
  if (text.size > max) {
    while (max > 0 && text.at[max] != ' ') max--;
    text.size = max;
  }
  *shown = text.size == 0 ? (an_span){0, 0} : an_page_raw(w->in->article, (an_span){clean.begin, clean.begin + text.size});
  return text;
}
