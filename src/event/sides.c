/* SPDX-License-Identifier: Apache-2.0 */
#include "event/sides.h"

#include <string.h>

#include "base/exact.h"
#include "base/hash.h"
#include "event/signs.h"

/* ---- Who could be a party ------------------------------------------------------------------------- */

/* A head that may stand for somebody: a mention's, a pronoun, people by their noun, a name that nobody knows. */
static bool could_be(const scene *s, uint32_t token) {
  const an_token *t = token_at(s, token);
  uint32_t m = s->mention_of[token];
  if (s->time_of[token] != AN_NONE) return false;
  if (m != AN_NONE) return s->mentions->list.at[m].head == token;
  if (t->xpos == AN_X_PRP || t->xpos == AN_X_PRPS) return true;
  if (t->upos == AN_PROPN) return t->rel != AN_FLAT && t->rel != AN_COMPOUND && t->shape != AN_SHAPE_LOWER;
  if (t->upos != AN_NOUN) return false;
  class_set own = coder_classes(s->coder, t->lemma_fold);
  return coder_sector(s->coder, t->lemma_fold).at != NULL || class_meets(own, s->coder->somebody) || class_meets(own, s->coder->carrier);
}

static void add_candidate(act_view *v, uint32_t token) {
  for (uint32_t i = 0; i < v->count; i++)
    if (v->candidate[i] == token) return;
  if (v->count < SIDES_MOST) v->candidate[v->count++] = token;
}

static void add_parts(act_view *v, const parts *p) {
  for (uint32_t i = 0; i < p->count; i++)
    if (p->at[i].token != AN_NONE && token_at(v->s, p->at[i].token)->sentence == token_at(v->s, v->at)->sentence) add_candidate(v, p->at[i].token);
}

void sides_view(const scene *s, const match *m, act_view *out) {
  *out = (act_view){.s = s, .m = m, .at = m->own.at, .inner = {.at = AN_NONE}};
  for (uint32_t i = out->at; i != AN_NONE && out->up_count < sizeof out->up / sizeof *out->up; i = token_at(s, i)->head) out->up[out->up_count++] = i;
  if (m->own.complement != AN_NONE) clause_read(s, m->own.complement, &out->inner);
  const an_sentence *at = &s->words->sentences[token_at(s, out->at)->sentence];
  uint32_t last = at->first + at->count - 1;
  add_parts(out, &m->actors);
  add_parts(out, &m->recipients);
  for (uint32_t far = 1; far < at->count && out->count < SIDES_MOST; far++) {
    if (out->at >= at->first + far && could_be(s, out->at - far)) add_candidate(out, out->at - far);
    if (out->at + far <= last && could_be(s, out->at + far)) add_candidate(out, out->at + far);
  }
}

/* ---- Where somebody stands -------------------------------------------------------------------------- */

typedef enum key_kind {
  KEY_BIAS = 1, KEY_PLACE, KEY_PLACE_LEMMA, KEY_PLACE_TYPE, KEY_PLACE_WHO, KEY_PLACE_TYPE_WHO, KEY_PLACE_POS, KEY_ROLE, KEY_ROLE_LEMMA, KEY_ROLE_TYPE, KEY_INNER, KEY_INNER_LEMMA, KEY_INNER_TYPE,
  KEY_LIGHT, KEY_LIGHT_LEMMA, KEY_LIGHT_TYPE,
  KEY_PATH = 24, KEY_PATH_LEMMA, KEY_PATH_TYPE, KEY_PATH_POS, KEY_PATH_PREPS, KEY_PATH_PREPS_LEMMA, KEY_PATH_PREPS_TYPE, KEY_PATH_WORDS, KEY_STEPS, KEY_TOP,
  KEY_WHO = 40, KEY_WHO_TYPE, KEY_WHO_ORDER, KEY_REL, KEY_REL_LEMMA, KEY_REL_TYPE, KEY_HEAD, KEY_HEAD_REL, KEY_HEAD_CLASS, KEY_WORD, KEY_WORD_TYPE, KEY_CLASS, KEY_FORM, KEY_FLAGS,
  KEY_OWNED, KEY_LIST,
  KEY_ORDER = 64, KEY_FAR, KEY_BETWEEN, KEY_BETWEEN_TYPE, KEY_COUNT, KEY_BEFORE, KEY_BEHIND, KEY_BEFORE_TYPE,
  KEY_RULES = 80, KEY_RULES_POS, KEY_RULES_LEMMA, KEY_RULES_TYPE, KEY_RULES_PLACE, KEY_SAME, KEY_COUNTRY, KEY_SPEAKER, KEY_QUOTE, KEY_CUE,
  KEY_TYPE = 96, KEY_LEMMA, KEY_VOICE, KEY_ACT, KEY_TURNED
} key_kind;

static void add(an_layer_keys *k, uint32_t what, uint64_t value) { an_layer_key(k, AN_LAYER_KEYS, what, value); }

enum { ROLE_AT_SUBJECT = 1, ROLE_AT_OBJECT, ROLE_AT_INDIRECT, ROLE_AT_OBJECT2, ROLE_AT_OBLIQUE, ROLE_AT_COMPLEMENT, ROLE_AT_INSIDE, ROLE_AT_OVER, ROLE_AT_BESIDE };

static bool is_item(const scene *s, uint32_t item, uint32_t token) { return item != AN_NONE && (item == token || clause_head(s, item) == token); }

static uint64_t item_of(const scene *s, const clause *c, uint32_t token) {
  if (is_item(s, c->subject, token)) return ROLE_AT_SUBJECT;
  if (is_item(s, c->object, token)) return ROLE_AT_OBJECT;
  if (is_item(s, c->indirect, token)) return ROLE_AT_INDIRECT;
  if (is_item(s, c->object2, token)) return ROLE_AT_OBJECT2;
  for (uint32_t i = 0; i < c->oblique_count; i++)
    if (is_item(s, c->obliques[i].token, token)) return an_hash_mix(ROLE_AT_OBLIQUE, c->obliques[i].prep);
  if (c->complement == token) return ROLE_AT_COMPLEMENT;
  return c->at == token ? ROLE_AT_INSIDE : 0;
}

/* The part of the clause that somebody is, or in which somebody stands so many steps below. */
static uint64_t place_in(const scene *s, const clause *c, uint32_t token, uint32_t *depth) {
  *depth = 0;
  for (uint32_t i = token; i != AN_NONE && *depth < CLAUSE_CLIMB; i = token_at(s, i)->head, (*depth)++) {
    uint64_t as = item_of(s, c, i);
    if (as != 0) return as;
    if (token_at(s, i)->rel == AN_CONJ && *depth > 0) (*depth)--; /* an item of a list stands where the list stands */
  }
  *depth = 0;
  for (uint32_t i = c->at, step = 0; i != AN_NONE && step < CLAUSE_CLIMB; i = token_at(s, i)->head, step++)
    if (i == token) return ROLE_AT_OVER;
  return ROLE_AT_BESIDE;
}

static uint64_t rel_of(const scene *s, uint32_t token) {
  uint64_t prep = clause_prep(s, token);
  return an_hash_mix(token_at(s, token)->rel + 1u, prep);
}

static void keys_of_place(const act_view *v, uint32_t token, uint64_t lemma, uint64_t type, uint64_t who, an_layer_keys *k) {
  const scene *s = v->s;
  uint32_t depth, pos = v->m->frame->pos;
  uint64_t in = an_hash_mix(place_in(s, &v->m->own, token, &depth), v->m->own.passive), place = depth == 0 ? in : an_hash_mix(an_hash_mix(in, depth), rel_of(s, token));
  add(k, KEY_ROLE, in);
  add(k, KEY_ROLE_LEMMA, an_hash_mix(in, lemma));
  add(k, KEY_ROLE_TYPE, an_hash_mix(in, type));
  add(k, KEY_PLACE, place);
  add(k, KEY_PLACE_LEMMA, an_hash_mix(place, lemma));
  add(k, KEY_PLACE_TYPE, an_hash_mix(place, type));
  add(k, KEY_PLACE_WHO, an_hash_mix(place, who));
  add(k, KEY_PLACE_TYPE_WHO, an_hash_mix(an_hash_mix(place, type), who));
  add(k, KEY_PLACE_POS, an_hash_mix(place, pos + 1));
  if (v->inner.at != AN_NONE) {
    uint32_t below;
    uint64_t at = place_in(s, &v->inner, token, &below), inner = an_hash_mix(an_hash_mix(at, below), (uint64_t)v->inner.passive << 1 | v->m->own.complement_open);
    add(k, KEY_INNER, inner);
    add(k, KEY_INNER_LEMMA, an_hash_mix(inner, lemma));
    add(k, KEY_INNER_TYPE, an_hash_mix(inner, type));
  }
  if (v->m->is_light) {
    uint32_t below;
    uint64_t at = place_in(s, &v->m->light, token, &below), light = an_hash_mix(an_hash_mix(at, below), (uint64_t)v->m->light.passive << 1 | v->m->reversed);
    add(k, KEY_LIGHT, light);
    add(k, KEY_LIGHT_LEMMA, an_hash_mix(light, lemma));
    add(k, KEY_LIGHT_TYPE, an_hash_mix(light, type));
  }
}

/* ---- The way from the one to the other ------------------------------------------------------------------ */

static void keys_of_path(const act_view *v, uint32_t token, uint64_t lemma, uint64_t type, an_layer_keys *k) {
  enum { LONGEST = 10 };
  const scene *s = v->s;
  uint64_t rels = 1, preps = 1, words = 1;
  uint32_t up = 0, down = 0, meet = AN_NONE;
  for (uint32_t i = token; i != AN_NONE && down < LONGEST && meet == AN_NONE; i = token_at(s, i)->head) {
    for (uint32_t a = 0; a < v->up_count && meet == AN_NONE; a++)
      if (v->up[a] == i) meet = i, up = a;
    if (meet != AN_NONE) break;
    rels = an_hash_mix(rels, token_at(s, i)->rel + 1u);
    preps = an_hash_mix(preps, rel_of(s, i));
    if (i != token) words = an_hash_mix(words, detect_word(s, i));
    down++;
  }
  if (meet == AN_NONE) rels = preps = words = 2;
  for (uint32_t a = 0; meet != AN_NONE && a < up; a++) {
    uint32_t i = v->up[a];
    rels = an_hash_mix(rels, token_at(s, i)->rel + 100u);
    preps = an_hash_mix(preps, rel_of(s, i) + 100u);
    words = an_hash_mix(words, detect_word(s, token_at(s, i)->head) + 1);
  }
  add(k, KEY_PATH, rels);
  add(k, KEY_PATH_LEMMA, an_hash_mix(rels, lemma));
  add(k, KEY_PATH_TYPE, an_hash_mix(rels, type));
  add(k, KEY_PATH_POS, an_hash_mix(rels, (uint64_t)token_at(s, v->at)->xpos << 1 | v->m->own.passive));
  add(k, KEY_PATH_PREPS, preps);
  add(k, KEY_PATH_PREPS_LEMMA, an_hash_mix(preps, lemma));
  add(k, KEY_PATH_PREPS_TYPE, an_hash_mix(preps, type));
  add(k, KEY_PATH_WORDS, an_hash_mix(preps, words));
  add(k, KEY_STEPS, (uint64_t)up << 8 | down);
  if (meet != AN_NONE) add(k, KEY_TOP, an_hash_mix((uint64_t)token_at(s, meet)->upos << 16 | (uint64_t)(meet == v->at) << 8 | token_at(s, meet)->rel, rels));
}

/* ---- Somebody ------------------------------------------------------------------------------------------- */

static void add_classes(const scene *s, an_layer_keys *k, uint32_t what, uint32_t token) {
  class_set set = coder_classes(s->coder, token_at(s, token)->lemma_fold);
  for (uint32_t w = 0; w < CLASS_WORDS; w++)
    for (uint64_t bits = set.bits[w]; bits != 0; bits &= bits - 1) add(k, what, s->coder->class_name[w * 64 + (uint32_t)__builtin_ctzll(bits)]);
}

static void keys_of_somebody(const act_view *v, uint32_t token, uint64_t lemma, uint64_t type, uint64_t who, an_layer_keys *k) {
  const scene *s = v->s;
  const an_token *t = token_at(s, token);
  uint64_t rel = rel_of(s, token), order = token < v->at;
  add(k, KEY_WHO, who);
  add(k, KEY_WHO_TYPE, an_hash_mix(who, type));
  add(k, KEY_WHO_ORDER, an_hash_mix(who, order + 1));
  add(k, KEY_REL, rel);
  add(k, KEY_REL_LEMMA, an_hash_mix(rel, lemma));
  add(k, KEY_REL_TYPE, an_hash_mix(rel, type));
  add(k, KEY_FORM, (uint64_t)t->upos << 8 | t->xpos);
  uint64_t word = sign_fold(s, token);
  if (t->upos == AN_NOUN || t->upos == AN_PRON) {
    add(k, KEY_WORD, word);
    add(k, KEY_WORD_TYPE, an_hash_mix(word, type));
    add_classes(s, k, KEY_CLASS, token);
  }
  if (t->head != AN_NONE) {
    uint64_t head = detect_word(s, t->head);
    add(k, KEY_HEAD, head);
    add(k, KEY_HEAD_REL, an_hash_mix(head, rel));
    add_classes(s, k, KEY_HEAD_CLASS, t->head);
    add(k, KEY_CUE, (uint64_t)((token_at(s, t->head)->flags & AN_WORD_CUE) != 0) << 8 | t->rel);
  }
  uint32_t m = s->mention_of[token];
  if (m != AN_NONE) add(k, KEY_FLAGS, (uint64_t)(s->mentions->list.at[m].flags & (AN_MENTION_LOCATIVE | AN_MENTION_METONYM | AN_MENTION_PRONOUN | AN_MENTION_ADJECTIVE)) << 8 | t->rel);
  uint32_t owner = an_child_by(s->words, token, AN_NMOD_POSS);
  if (owner != AN_NONE) add(k, KEY_OWNED, token_at(s, owner)->upos == AN_PRON ? 1 : 2 + (uint64_t)party_at(s, owner));
  add(k, KEY_LIST, (uint64_t)(t->rel == AN_CONJ) << 1 | (an_child_by(s->words, token, AN_CONJ) != AN_NONE));
}

static void keys_of_order(const act_view *v, uint32_t token, uint64_t type, an_layer_keys *k) {
  const scene *s = v->s;
  const an_sentence *at = &s->words->sentences[token_at(s, token)->sentence];
  uint32_t far = token < v->at ? v->at - token : token - v->at, between = 0, low = token < v->at ? token : v->at, high = token < v->at ? v->at : token;
  for (uint32_t i = 0; i < v->count; i++) between += v->candidate[i] > low && v->candidate[i] < high;
  uint64_t order = token < v->at, nearer = between > 4 ? 4 : between;
  add(k, KEY_ORDER, order);
  add(k, KEY_FAR, order << 8 | (far > 16 ? 20 : far > 8 ? 12 : far));
  add(k, KEY_BETWEEN, order << 8 | nearer);
  add(k, KEY_BETWEEN_TYPE, an_hash_mix(order << 8 | nearer, type));
  add(k, KEY_COUNT, v->count > 6 ? 6 : v->count);
  uint64_t before = token > at->first ? detect_word(s, token - 1) : 1;
  add(k, KEY_BEFORE, before);
  add(k, KEY_BEFORE_TYPE, an_hash_mix(before, type));
  add(k, KEY_BEHIND, token + 1 < at->first + at->count ? detect_word(s, token + 1) : 1);
}

/* ---- What the rules chose ---------------------------------------------------------------------------------- */

static uint64_t holds(const act_view *v, const parts *p, uint32_t token) {
  uint32_t m = v->s->mention_of[token], chain = m == AN_NONE ? AN_NONE : v->s->mentions->list.at[m].chain;
  for (uint32_t i = 0; i < p->count; i++)
    if (p->at[i].token == token) return 3;
  for (uint32_t i = 0; i < p->count; i++) {
    uint32_t of = p->at[i].mention;
    if (m != AN_NONE && of == m) return 2;
    if (chain != AN_NONE && of != AN_NONE && v->s->mentions->list.at[of].chain == chain) return 1;
  }
  return 0;
}

static bool speaks_of(const scene *s, uint32_t act, uint32_t mention) {
  uint32_t n = s->statement_of[act];
  const an_statement_at *at = n == AN_NONE ? NULL : &s->statements->list.at[n];
  for (uint32_t i = 0; at != NULL && at->speakers != NULL && i < at->s.speaker_count; i++)
    if (at->speakers[i] == mention && mention != AN_NONE) return true;
  return false;
}

static void keys_of_rules(const act_view *v, uint32_t token, uint64_t lemma, uint64_t type, an_layer_keys *k) {
  const scene *s = v->s;
  const match *m = v->m;
  uint32_t mine = s->mention_of[token], depth;
  uint64_t place = place_in(s, &m->own, token, &depth), from = m->learned > 0 ? 9 : m->frame->pos;
  uint64_t rules = holds(v, &m->actors, token) << 4 | holds(v, &m->recipients, token) << 2 | (uint64_t)(m->actors.count > 0) << 1 | (m->recipients.count > 0);
  bool turned = (m->frame->flags & FRAME_REVERSED) != 0;
  add(k, KEY_RULES, rules);
  add(k, KEY_RULES_POS, an_hash_mix(an_hash_mix(rules, from + 1), (uint64_t)m->frame->actor.given << 2 | (uint64_t)m->frame->recipient.given << 1 | turned));
  add(k, KEY_RULES_LEMMA, an_hash_mix(rules, lemma));
  add(k, KEY_RULES_TYPE, an_hash_mix(rules, an_hash_mix(type, from + 1)));
  add(k, KEY_RULES_PLACE, an_hash_mix(rules, an_hash_mix(place, depth)));
  const parts *sides[2] = {&m->actors, &m->recipients};
  for (uint64_t i = 0; i < 2 && mine != AN_NONE; i++) {
    an_text country = sides[i]->count == 0 ? (an_text){0} : sides[i]->at[0].party.country;
    if (country.at != NULL && an_text_equal(country, s->mentions->list.at[mine].m.who.country)) add(k, KEY_COUNTRY, i << 4 | holds(v, sides[i], token));
  }
  add(k, KEY_SPEAKER, (uint64_t)speaks_of(s, v->at, mine) << 1 | (s->statement_of[v->at] != AN_NONE));
  add(k, KEY_QUOTE, (uint64_t)(token_at(s, v->at)->quote_depth > 0) << 2 | (uint64_t)(token_at(s, token)->quote_depth > 0) << 1 | (s->statement_of[token] == s->statement_of[v->at]));
}

void sides_keys(const act_view *v, uint32_t candidate, an_layer_keys *out) {
  const scene *s = v->s;
  const match *m = v->m;
  uint64_t lemma = token_at(s, v->at)->lemma_fold, type = m->type + 1, who = detect_who(s, candidate);
  out->count = 0;
  add(out, KEY_BIAS, 1);
  add(out, KEY_TYPE, type);
  add(out, KEY_LEMMA, lemma);
  add(out, KEY_VOICE, (uint64_t)m->own.passive << 8 | token_at(s, v->at)->upos);
  add(out, KEY_ACT, (uint64_t)token_at(s, v->at)->xpos << 8 | token_at(s, v->at)->rel);
  keys_of_place(v, candidate, lemma, type, who, out);
  keys_of_path(v, candidate, lemma, type, out);
  keys_of_somebody(v, candidate, lemma, type, who, out);
  keys_of_order(v, candidate, type, out);
  keys_of_rules(v, candidate, lemma, type, out);
}

/* The act, its object (or complement), somebody by a common noun, what somebody hangs on, and what the act hangs on. */
void sides_near(const act_view *v, const an_vectors *vectors, uint32_t candidate, uint32_t near[SIDES_NEAR]) {
  const scene *s = v->s;
  const clause *c = &v->m->own;
  uint32_t object = c->object != AN_NONE ? c->object : c->complement;
  const uint32_t words[SIDES_NEAR] = {v->at, object == AN_NONE ? AN_NONE : clause_head(s, object), candidate, token_at(s, candidate)->head, token_at(s, v->at)->head};
  for (uint32_t n = 0; n < SIDES_NEAR; n++) {
    uint64_t fold = words[n] == AN_NONE ? 0 : sign_fold(s, words[n]);
    near[n] = fold == 0 ? AN_NONE : an_vector_find(vectors, fold);
  }
}

/* ---- What it says --------------------------------------------------------------------------------------------- */

static int16_t *put_vectors(const an_vectors *vectors, const uint32_t *near, uint32_t count, int16_t *to) {
  enum { VECTOR_SHIFT = AN_LAYER_ONE - 5 /* 32 is one in vectors.an */ };
  for (uint32_t n = 0; n < count; n++) {
    int8_t vector[AN_VECTOR_SIZE];
    an_vector_read(vectors, near[n], vector);
    for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) *to++ = (int16_t)(vector[i] * (1 << VECTOR_SHIFT));
  }
  return to;
}

static void shares_of(const int32_t *scores, float share[SIDE_COUNT]) {
  int32_t most = scores[0];
  float sum = 0;
  for (uint32_t c = 1; c < SIDE_COUNT; c++) most = scores[c] > most ? scores[c] : most;
  for (uint32_t c = 0; c < SIDE_COUNT; c++) sum += share[c] = an_exp((float)(scores[c] - most) / (1 << AN_LAYER_SCORE_BITS));
  for (uint32_t c = 0; c < SIDE_COUNT; c++) share[c] /= sum;
}

uint32_t sides_ask(const act_view *v, side_share out[SIDES_MOST]) {
  const scene *s = v->s;
  const an_detector *d = s->coder->detector;
  int16_t in[SIDES_MOST * SIDES_INPUT];
  an_layer_keys keys[SIDES_MOST];
  int32_t scores[SIDES_MOST * SIDES_OUTS];
  const int16_t *act = d == NULL || v->count == 0 ? NULL : an_language_kept(s->words, v->at);
  if (act == NULL) return 0;
  for (uint32_t i = 0; i < v->count; i++) {
    const int16_t *state = an_language_kept(s->words, v->candidate[i]);
    int16_t *to = in + (size_t)i * SIDES_INPUT;
    uint32_t near[SIDES_NEAR];
    if (state == NULL) return 0;
    memcpy(to, act, AN_STATE * sizeof *to);
    memcpy(to + AN_STATE, state, AN_STATE * sizeof *to);
    sides_near(v, d->vectors, v->candidate[i], near);
    put_vectors(d->vectors, near, SIDES_NEAR, to + 2 * AN_STATE);
    sides_keys(v, v->candidate[i], &keys[i]);
  }
  an_layer_run(&d->sides, in, keys, v->count, scores);
  for (uint32_t i = 0; i < v->count; i++) {
    out[i].token = v->candidate[i];
    shares_of(scores + (size_t)i * SIDES_OUTS, out[i].share);
  }
  return v->count;
}
