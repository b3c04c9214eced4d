/* SPDX-License-Identifier: Apache-2.0 */
/* What a page is about: its words by how often they stand there and how rare they are elsewhere. The rarity is a table made of
   other texts (weights.tsv), so that a page's profile is the same whatever pages come with it. Days are left out: they say when. */
#include "story/digest_write.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_PROFILE = 80, MAX_HEAD = 96, MANY_NAMES = 20, NEAR = 7 /* days */, RAREST = 175, COMMON = 75 };      /* tenths of bits: of a word nobody has counted; of one that says nothing */

typedef struct counted_word { uint32_t key, count; double rare; bool name; } counted_word;
typedef struct word_counts { AN_LIST(counted_word) list; an_map index; } word_counts;

/* ---- What a token stands for ------------------------------------------------------------------------- */

/* Reports share few words but the names, and write them differently ("Pieter Malherbe", "Malherbe"; a town with or without its district), and
   one page's name may be missed on another. So a name is told by its words, as they stand, and by who it is only where that is known for sure:
   a country, whatever stands for it; a body of the world file. A pronoun counts for the family name behind it. */
typedef struct topic { uint32_t key; double rare; bool name; } topic;   /* name: of a person, a body or a place, no country */
enum { MOST_TOPICS = 2 };
typedef struct profiler { writer *w; const an_table *rarities; uint32_t column, *inside_of; bool *dated; uint16_t *names; } profiler;

static double rarity(const profiler *p, uint64_t fold) {
  an_rows rows = p->rarities == NULL ? (an_rows){0, 0} : an_table_find_key(p->rarities, fold);
  double tenths = 0;
  if (rows.count == 0) return RAREST - COMMON;
  an_text cell = an_table_cell(p->rarities, rows.first, p->column);
  for (uint32_t i = 0; i < cell.size; i++) tenths = tenths * 10 + (cell.at[i] - '0');
  return tenths > COMMON ? tenths - COMMON : 0;
}

static an_text last_word(an_text name) {
  uint32_t at = name.size;
  while (at > 0 && name.at[at - 1] != ' ') at--;
  return an_text_slice(name, at, name.size);
}

/* `name` as if it stood there as one word. */
static topic of_name(const profiler *p, an_text name) {
  uint64_t fold = an_fold_hash(name);
  return (topic){.key = dg_word_key(dw_sense(p->w, fold), 0), .rare = rarity(p, an_fold_hash(last_word(name)))};
}

static bool is_country(const an_mention_at *m) {
  const an_party *who = &m->m.who;
  return who->country.at != NULL && (m->m.kind == AN_MENTION_COUNTRY || (m->m.kind == AN_MENTION_PLACE && an_text_equal(who->entity, who->country)));
}

static topic of_country(const profiler *p, const an_mention_at *m) {
  const an_party *who = &m->m.who;
  an_text said = is_country(m) && who->name.at != NULL ? who->name : who->country;
  return (topic){.key = dg_word_key(an_fold_hash(who->country), DG_NAMED), .rare = rarity(p, an_fold_hash(last_word(said)))};
}

static bool is_capital(const an_token *t) { return t->shape == AN_SHAPE_CAPITAL || t->shape == AN_SHAPE_UPPER || t->shape == AN_SHAPE_MIXED; }

/* A word that stands for itself. */
static uint32_t add_word(const profiler *p, uint32_t token, topic *out) {
  const an_token *t = &p->w->in->words->tokens[token];
  uint32_t key = dw_topic_key(p->w, token);
  if (key == 0) return 0;
  *out = (topic){.key = key, .rare = rarity(p, t->lemma_fold)};
  return 1;
}

/* What a mention is known by, told at its first token. */
static uint32_t add_known(const profiler *p, const an_mention_at *m, uint32_t token, topic *out) {
  const an_token *t = &p->w->in->words->tokens[token];
  const an_party *who = &m->m.who;
  if (token != m->first) return 0;
  if (is_country(m)) {
    uint32_t count = 0;
    an_text text = an_text_slice(p->w->in->words->text, m->name_span.begin, m->name_span.end);
    out[count++] = of_country(p, m);
    if (t->upos == AN_PROPN && m->m.kind == AN_MENTION_COUNTRY && an_fold_hash(text) != an_fold_hash(who->name)) out[count++] = of_name(p, text); /* "Moscow said" */
    return count;
  }
  if (who->entity.at != NULL && m->m.kind == AN_MENTION_PLACE && who->name.at != NULL) *out = of_name(p, who->name);
  else *out = (topic){.key = dg_word_key(an_fold_hash(who->entity), DG_NAMED), .rare = rarity(p, an_fold_hash(last_word(who->name)))};
  return 1;
}

static bool is_known(const an_mention_at *m) {
  return is_country(m) || (m->m.who.entity.at != NULL && (m->m.kind == AN_MENTION_PLACE || m->m.kind == AN_MENTION_ORGANISATION));
}

static uint32_t find_topics(const profiler *p, uint32_t token, topic out[MOST_TOPICS]) {
  const an_token *t = &p->w->in->words->tokens[token];
  const an_mention_at *m = dw_mention(p->w, token);
  const an_mention_at *inside = p->inside_of[token] == AN_NONE ? NULL : &p->w->in->mentions->inside.at[p->inside_of[token]];
  uint32_t count = 0;
  if (inside != NULL && is_known(inside)) return add_known(p, inside, token, out);
  if (m == NULL) return add_word(p, token, out);
  if (is_known(m)) return add_known(p, m, token, out);
  if (m->m.kind == AN_MENTION_PERSON) {
    an_text family = m->m.who.family.at != NULL ? m->m.who.family : m->m.who.name;
    if (t->upos != AN_PRON) return add_word(p, token, out);
    if (token != m->first || family.at == NULL) return 0;
    *out = of_name(p, family);
    return 1;
  }
  bool country = token == m->first && m->m.who.country.at != NULL;
  if (country) out[count++] = of_country(p, m);
  if (!country || !is_capital(t)) count += add_word(p, token, out + count);   /* "Swiss nurse": the country, and a nurse */
  return count;
}

static uint32_t topics_of(const profiler *p, uint32_t token, topic out[MOST_TOPICS]) {
  const an_mention_at *m = dw_mention(p->w, token);
  uint32_t count = find_topics(p, token, out);
  bool name = m != NULL && m->m.kind != AN_MENTION_COUNTRY && is_capital(&p->w->in->words->tokens[token]) && p->w->in->words->tokens[token].upos != AN_PRON;
  for (uint32_t i = 0; i < count; i++) out[i].name = name;
  return count;
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

static bool counts(const profiler *p, uint32_t token) {
  const an_words *words = p->w->in->words;
  uint8_t kind = p->w->in->article->blocks[words->sentences[words->tokens[token].sentence].block].kind;
  if (kind != AN_BLOCK_TITLE && kind != AN_BLOCK_DECK && kind != AN_BLOCK_BODY && kind != AN_BLOCK_SUBHEAD) return false;
  return !p->dated[token] && (dw_mention(p->w, token) == NULL || p->names[words->tokens[token].sentence] <= MANY_NAMES);
}

static bool open_profiler(profiler *p, writer *w) {
  uint32_t count = w->in->words->token_count;
  *p = (profiler){.w = w, .rarities = an_lexicon_table(w->in->lexicon, "weights"), .names = names_of_sentences(w)};
  p->dated = dw_take(w, count, sizeof *p->dated);
  p->inside_of = dw_take(w, count, sizeof *p->inside_of);
  if (p->dated == NULL || p->names == NULL || p->inside_of == NULL) return false;
  if (p->rarities != NULL) p->column = an_table_column(p->rarities, "weight");
  for (uint32_t i = 0; i < count; i++) p->inside_of[i] = AN_NONE;
  for (uint32_t i = 0; i < w->in->mentions->inside.count; i++)
    for (uint32_t t = w->in->mentions->inside.at[i].first; t < w->in->mentions->inside.at[i].end && t < count; t++) p->inside_of[t] = i;
  for (uint32_t i = 0; i < w->in->times->list.count; i++)
    for (uint32_t t = w->in->times->list.at[i].first; t < w->in->times->list.at[i].end && t < count; t++) p->dated[t] = true;
  return true;
}

static bool add_topic(writer *w, word_counts *out, topic said) {
  uint32_t *at = an_map_put(w->arena, &out->index, said.key, AN_NONE);
  counted_word *word = at == NULL ? NULL : *at == AN_NONE ? AN_PUSH(w->arena, &out->list) : &out->list.at[*at];
  if (word == NULL) return false;
  if (*at == AN_NONE) {
    *at = out->list.count - 1;
    *word = (counted_word){.key = said.key, .rare = said.rare};
  }
  word->count++;
  word->name |= said.name;
  return true;
}

/* All words, and those of title and first paragraphs. */
static bool count_words(writer *w, word_counts *out, word_counts *head) {
  profiler p;
  if (!open_profiler(&p, w)) return false;
  for (uint32_t i = 0; i < w->in->words->token_count; i++) {
    topic said[MOST_TOPICS];
    uint32_t count = counts(&p, i) ? topics_of(&p, i, said) : 0;
    uint32_t block = w->in->words->sentences[w->in->words->tokens[i].sentence].block;
    bool lead = w->lead_block[block];
    for (uint32_t k = 0; k < count; k++)
      if (said[k].rare > 0 && (!add_topic(w, out, said[k]) || (lead && !add_topic(w, head, said[k])))) return false;
  }
  return true;
}

static bool keep_head(writer *w, const word_counts *head, dg *view) {
  uint32_t *keys = dw_take(w, head->list.count, sizeof *keys);
  if (keys == NULL) return false;
  for (uint32_t i = 0; i < head->list.count; i++) keys[i] = head->list.at[i].key;
  view->head = dw_sorted(keys, head->list.count, MAX_HEAD);
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

/* The weekday of a time, by name or date; 0: none. Of days far from the page's own the weekday says nothing. */
static uint8_t weekday_of(const an_time_at *t, an_days published) {
  uint8_t named = t->t.days.weekdays;
  if (t->t.type != AN_TIME_DATE && t->t.type != AN_TIME_TIME) return 0;   /* "on Tuesday", "Tuesday night" */
  if (!an_days_is_single(t->t.days) && (named & (named - 1)) != 0) return 0;
  if (!an_days_is_single(t->t.days)) return named;
  an_day day = t->t.days.earliest;
  bool far = (published.latest != AN_DAY_OPEN_LATEST && (int64_t)day - published.latest > NEAR) ||
             (published.earliest != AN_DAY_OPEN_EARLIEST && (int64_t)published.earliest - day > NEAR);
  if (far) return 0;
  return (uint8_t)(1U << (an_day_weekday(day) - 1));
}

/* On which weekdays what is told took place: up front, and anywhere. A page's own day is one of them. */
static void keep_weekdays(const writer *w, dg *view) {
  const an_words *words = w->in->words;
  for (uint32_t i = 0; i < w->in->times->list.count; i++) {
    const an_time_at *t = &w->in->times->list.at[i];
    uint8_t said = t->first < words->token_count ? weekday_of(t, view->published) : 0;
    view->all_weekdays |= said;
    if (said != 0 && w->lead_block[words->sentences[t->sentence].block]) view->weekdays |= said;
  }
  if (an_days_is_single(view->published)) view->all_weekdays |= (uint8_t)(1U << (an_day_weekday(view->published.earliest) - 1));
}

void dw_profile(writer *w, dg *view) {
  word_counts all = {0}, head = {0};
  keep_weekdays(w, view);
  if (!count_words(w, &all, &head) || !keep_head(w, &head, view)) { w->short_of = true; return; }
  if (all.list.count == 0) return;
  qsort(all.list.at, all.list.count, sizeof *all.list.at, by_weight);
  uint32_t count = all.list.count < MAX_PROFILE ? all.list.count : MAX_PROFILE;
  view->profile.at = dw_take(w, count, sizeof *view->profile.at);
  if (view->profile.at == NULL) return;
  for (uint32_t i = 0; i < count; i++) {
    double share = 255 * says(&all.list.at[i]) / says(&all.list.at[0]);
    if (share >= 1) view->profile.at[view->profile.count++] = (dg_weight){all.list.at[i].key, (uint8_t)share, all.list.at[i].name};
  }
  qsort(view->profile.at, view->profile.count, sizeof *view->profile.at, by_key);
}
