/* SPDX-License-Identifier: Apache-2.0 */
/* Of which country somebody public is of whom neither title nor page says it: of all countries that the page means, and none, the one whose
   signs weigh most: how often it is meant, where the page is told from, where it stands beside the name. The weights (nation.tsv) are
   learned from people whose country a reader marked (tools/train_nation.py); what is chosen is inferred, and says so. */
#include "world/phrases.h"

#include <stdio.h>

enum { MOST_NATIONS = 16, MOST_ASKED = 128, MOST_SIGNS_OF_ONE = 24, NEAR = 8, SENTENCES_BACK = 3, A_PAGE = 3 /* sentences: fewer say little of where they are from */,
       DOUBT_OF_VOICE = 1500, DOUBT = 2500 /* thousandths of a logarithm above the next (docs/training.md): who only speaks takes no part in what reports are held against each other for */ };

#define SIGNS(X) \
  X(NONE, "none") X(NONE_OTHER, "none, of no sector of the state") X(NONE_ABROAD, "none, an envoy") X(NONE_ABOVE, "none, what is above states in the sentence") X(NONE_PAGE, "none, what is above states on the page") X(NONE_MANY, "none, of four countries or more") \
  X(NONE_OFFICE, "none, of an office") X(SOME, "some") X(ALONE, "meant alone") X(MOST, "meant most") X(SECOND, "meant second most") X(SHARE_MOST, "a share of .8 or more") \
  X(SHARE_MORE, "a share of .6") X(SHARE_HALF, "a share of .4") X(SHARE_LESS, "a share of .2") X(SHARE_LEAST, "a share under .2") X(DATELINE, "of the dateline") \
  X(OUTLET, "of the outlet") X(FIRST, "named first") X(TITLE, "in a title") X(TOWNS, "by its towns alone") X(HERE_BEFORE, "before in the sentence") \
  X(HERE_BEHIND, "behind in the sentence") X(HERE_PLACE, "a place in the sentence") X(HERE_ACTS, "acts in the sentence") X(HERE_OWNS, "whose, in the sentence") X(BESIDE, "within 8 words") X(TOUCHES, "within 3 words before, without a comma") X(GUESSED_HERE, "guessed of somebody in the sentence") X(GUESSED_ABOVE, "guessed of somebody in the three sentences before") \
  X(NEAREST, "the last before") X(ABOVE, "in the three sentences before") X(ABOVE_ACTS, "acts in the three sentences before") X(PARAGRAPH, "in the paragraph") X(ABROAD_MOST, "meant most, an envoy") \
  X(OTHER_MOST, "meant most, of no sector of the state") X(PEOPLE, "others are of it") X(MOST_PEOPLE, "most others are of it")

AN_SIGNS(SIGNS, AN_NATION_SIGNS);

typedef struct nation { an_text country; uint32_t meant, towns, people, first; bool title; } nation;
typedef struct nations { nation at[MOST_NATIONS]; uint32_t count, meant; an_text dateline; bool above; } nations; /* above: what is above states is spoken of */
typedef struct signs { uint8_t at[MOST_SIGNS_OF_ONE]; uint32_t count; } signs;

static void add(signs *s, bool holds, uint8_t sign) {
  if (holds && s->count < sizeof s->at) s->at[s->count++] = sign;
}

static an_text any_country_of(const an_mention_at *m) { return m->m.who.country.at != NULL ? m->m.who.country : m->place.country; }
static bool is_above(an_text country) { return country.at != NULL && an_code_above_states(country); }

/* The state that a mention speaks of; what was inferred is a sign of its own. */
static an_text country_of(const an_mention_at *m) {
  an_text country = any_country_of(m);
  return (m->flags & AN_MENTION_INFERRED) != 0 || country.size == 0 || is_above(country) ? an_phrase_none() : country;
}

static bool is_people(const an_mention_at *m) { return m->m.kind == AN_MENTION_PERSON || m->m.kind == AN_MENTION_ROLE; }

static void gather(const an_scene *s, nations *all) {
  *all = (nations){.dateline = an_phrase_dateline_country(s)};
  for (uint32_t i = 0; i < s->out->list.count; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    an_text country = country_of(m);
    all->above |= is_above(any_country_of(m));
    if (country.at == NULL || m->member_count > 0) continue;
    uint32_t k = 0;
    while (k < all->count && !an_text_equal(all->at[k].country, country)) k++;
    if (k == MOST_NATIONS) continue;
    if (k == all->count) all->at[all->count++] = (nation){.country = country, .first = i};
    all->at[k].meant++;
    all->meant++;
    all->at[k].towns += m->m.kind == AN_MENTION_PLACE;
    all->at[k].people += is_people(m);
    all->at[k].title |= an_phrase_block_kind(s, m->first) != AN_BLOCK_BODY;
  }
}

static uint32_t rank_of(const nations *all, uint32_t k) {
  uint32_t rank = 0;
  for (uint32_t i = 0; i < all->count; i++) rank += all->at[i].meant > all->at[k].meant;
  return rank;
}

static void signs_of_page(const an_scene *s, const nations *all, uint32_t k, bool abroad, bool other, signs *out) {
  const nation *n = &all->at[k];
  uint32_t rank = rank_of(all, k), share = n->meant * 10 / all->meant, most = 0;
  for (uint32_t i = 0; i < all->count; i++) most = all->at[i].people > most ? all->at[i].people : most;
  add(out, true, SIGN_SOME);
  add(out, all->count == 1, SIGN_ALONE);
  add(out, rank == 0, SIGN_MOST);
  add(out, rank == 1, SIGN_SECOND);
  add(out, true, (uint8_t)(share >= 8 ? SIGN_SHARE_MOST : share >= 6 ? SIGN_SHARE_MORE : share >= 4 ? SIGN_SHARE_HALF : share >= 2 ? SIGN_SHARE_LESS : SIGN_SHARE_LEAST));
  add(out, an_text_equal(n->country, all->dateline), SIGN_DATELINE);
  add(out, s->outlet != NULL && an_text_equal(n->country, s->outlet->country), SIGN_OUTLET);
  add(out, k == 0, SIGN_FIRST);
  add(out, n->title, SIGN_TITLE);
  add(out, n->towns == n->meant, SIGN_TOWNS);
  add(out, rank == 0 && abroad, SIGN_ABROAD_MOST);
  add(out, rank == 0 && other, SIGN_OTHER_MOST);
  add(out, n->people > 0, SIGN_PEOPLE);
  add(out, n->people > 0 && n->people == most, SIGN_MOST_PEOPLE);
}

/* "said Dutch liberal [X]" */
static bool touches(const an_scene *s, const an_mention_at *m, const an_mention_at *x) {
  if (m->end > x->first || x->first - m->end > 3) return false;
  for (uint32_t t = m->end; t < x->first; t++)
    if (s->words->tokens[t].upos == AN_PUNCT) return false;
  return true;
}

static bool above_near(const an_scene *s, uint32_t person) {
  uint32_t sentence = s->words->tokens[s->out->list.at[person].first].sentence;
  for (uint32_t i = person; i-- > 0 && s->words->tokens[s->out->list.at[i].first].sentence == sentence;)
    if (is_above(any_country_of(&s->out->list.at[i]))) return true;
  for (uint32_t i = person + 1; i < s->out->list.count && s->words->tokens[s->out->list.at[i].first].sentence == sentence; i++)
    if (is_above(any_country_of(&s->out->list.at[i]))) return true;
  return false;
}

static void signs_of_place(const an_scene *s, const nation *n, uint32_t person, signs *out) {
  const an_mention_at *x = &s->out->list.at[person];
  uint32_t sentence = s->words->tokens[x->first].sentence, block = s->words->sentences[sentence].block, from = person, end = person + 1, nearest = AN_NONE;
  bool has[SIGN_COUNT] = {false};
  while (from > 0 && s->words->tokens[s->out->list.at[from - 1].first].sentence + SENTENCES_BACK >= sentence) from--;
  while (end < s->out->list.count && s->words->tokens[s->out->list.at[end].first].sentence == sentence) end++;
  for (uint32_t i = from; i < end; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    an_text country = country_of(m);
    uint32_t its = s->words->tokens[m->first].sentence;
    bool guessed = (m->flags & AN_MENTION_INFERRED) != 0 && m->m.who.country.at != NULL && an_text_equal(m->m.who.country, n->country), here = its == sentence;
    if (i == person) continue;
    has[SIGN_GUESSED_HERE] |= guessed && here;
    has[SIGN_GUESSED_ABOVE] |= guessed && !here;
    if (country.at == NULL) continue;
    if (i < person) nearest = i;
    if (!an_text_equal(country, n->country)) continue;
    uint8_t rel = s->words->tokens[m->head].rel;
    bool acts = rel == AN_NSUBJ || rel == AN_NSUBJ_PASS;
    has[SIGN_HERE_BEFORE] |= here && i < person;
    has[SIGN_HERE_BEHIND] |= here && i > person;
    has[SIGN_HERE_PLACE] |= here && (m->flags & AN_MENTION_LOCATIVE) != 0;
    has[SIGN_HERE_ACTS] |= here && acts;
    has[SIGN_HERE_OWNS] |= here && an_phrase_same_sentence(s, m->first, m->end) && an_phrase_is_genitive(s, m->end);
    has[SIGN_BESIDE] |= here && (i < person ? x->first - m->end : m->first - x->end) <= NEAR;
    has[SIGN_TOUCHES] |= here && touches(s, m, x);
    has[SIGN_ABOVE] |= !here;
    has[SIGN_ABOVE_ACTS] |= !here && acts;
    has[SIGN_PARAGRAPH] |= s->words->sentences[its].block == block;
  }
  has[SIGN_NEAREST] = nearest != AN_NONE && an_text_equal(country_of(&s->out->list.at[nearest]), n->country);
  for (uint32_t i = 0; i < SIGN_COUNT; i++) add(out, has[i], (uint8_t)i);
}

static void tell(const an_scene *s, uint32_t person, an_text country, const signs *of, int32_t sum, bool chosen) {
  if (s->trace == NULL || s->trace->say == NULL) return;
  char text[1024];
  int size = 0;
  for (uint32_t i = 0; i < of->count && size >= 0 && (size_t)size < sizeof text; i++) size += snprintf(text + size, sizeof text - (size_t)size, "%s%s", i > 0 ? "; " : "", AN_NATION_SIGNS.words[of->at[i]]);
  const an_mention_at *m = &s->out->list.at[person];
  AN_TRACE(s->trace, "world.nation", m->name_span, chosen, "nation %d %.*s: %s | %.*s", sum, country.size == 0 ? 4 : (int)country.size, country.size == 0 ? "none" : country.at, text, (int)m->m.who.name.size, m->m.who.name.at);
}

static int32_t weigh(const int16_t *weights, const signs *of) {
  int32_t sum = 0;
  for (uint32_t i = 0; i < of->count; i++) sum += weights[of->at[i]];
  return sum;
}

/* Public, and nobody says of where. */
static bool is_asked(const an_scene *s, const an_mention_at *m) {
  bool unknown = m->m.kind == AN_MENTION_PERSON && m->entity == AN_NONE && m->m.who.country.at == NULL && m->m.who.group.at == NULL;
  return unknown && (m->flags & AN_MENTION_PUBLIC) != 0 && an_phrase_block_kind(s, m->first) == AN_BLOCK_BODY;
}

/* Its country, or not known. */
static an_text choose(const an_scene *s, const nations *all, const int16_t *weights, uint32_t person) {
  const an_mention_at *m = &s->out->list.at[person];
  uint32_t title = m->first;
  while (title + 1 < m->end && s->words->tokens[title + 1].at.begin < m->name_span.begin) title++;
  bool state = m->m.who.sector.at != NULL && an_phrase_is_of_state(m->m.who.sector), abroad = an_part_is(s, title, "abroad", NULL);
  signs none = {.count = 0}, of[MOST_NATIONS];
  int32_t sum[MOST_NATIONS], second;
  add(&none, true, SIGN_NONE);
  add(&none, !state, SIGN_NONE_OTHER);
  add(&none, m->m.who.sector.at != NULL && an_phrase_is_of_office(m->m.who.sector), SIGN_NONE_OFFICE);
  add(&none, abroad, SIGN_NONE_ABROAD);
  add(&none, all->count >= 4, SIGN_NONE_MANY);
  add(&none, all->above, SIGN_NONE_PAGE);
  add(&none, all->above && above_near(s, person), SIGN_NONE_ABOVE);
  second = weigh(weights, &none);
  tell(s, person, an_phrase_none(), &none, second, false);
  uint32_t best = AN_NONE;
  for (uint32_t k = 0; k < all->count; k++) {
    of[k].count = 0;
    signs_of_page(s, all, k, abroad, !state, &of[k]);
    signs_of_place(s, &all->at[k], person, &of[k]);
    sum[k] = weigh(weights, &of[k]);
    if (best == AN_NONE || sum[k] > sum[best]) best = k;
  }
  for (uint32_t k = 0; k < all->count; k++)
    if (k != best && sum[k] > second) second = sum[k];
  const an_heard *heard = &s->heard[m->chain];
  bool sure = sum[best] >= second + (heard->speaks && !heard->acts ? DOUBT_OF_VOICE : DOUBT);
  for (uint32_t k = 0; k < all->count; k++) tell(s, person, all->at[k].country, &of[k], sum[k], sure && k == best);
  return sure ? all->at[best].country : an_phrase_none();
}

void an_nations(an_scene *s) {
  const an_table *table = s->lexicon == NULL || s->words->sentence_count < A_PAGE ? NULL : an_lexicon_table(s->lexicon, "nation");
  nations all;
  uint32_t asked = 0, person[MOST_ASKED];
  an_text chosen[MOST_ASKED];
  uint8_t *known = table == NULL ? NULL : AN_NEW(s->arena, uint8_t, (size_t)s->chain_count + 1); /* asked once a name, where it stands first */
  s->short_of |= table != NULL && known == NULL;
  if (known == NULL || s->heard == NULL) return;
  int16_t weights[SIGN_COUNT];
  for (uint32_t i = 0; i < s->out->list.count && asked < MOST_ASKED; i++) {
    if (!is_asked(s, &s->out->list.at[i]) || known[s->out->list.at[i].chain] != 0) continue;
    known[s->out->list.at[i].chain] = 1;
    if (asked == 0) {
      an_table_weights(table, NULL, "weight", &AN_NATION_SIGNS, weights);
      gather(s, &all);
    }
    chosen[asked] = all.count > 0 ? choose(s, &all, weights, i) : an_phrase_none();
    person[asked++] = i;
  }
  for (uint32_t i = 0; i < asked; i++) /* behind all: what is guessed of one is no sign for another */
    if (chosen[i].at != NULL) an_present(s, person[i], &(an_said){.country = chosen[i], .order = true, .how = "where all signs are for one country"});
}
