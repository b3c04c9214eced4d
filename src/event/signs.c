/* SPDX-License-Identifier: Apache-2.0 */
#include "event/signs.h"

#include "base/hash.h"

typedef enum sign_kind {
  SIGN_BIAS = 1, SIGN_LEMMA, SIGN_OBJECT, SIGN_LEMMA_OBJECT, SIGN_OBJECT_CLASS, SIGN_PREP, SIGN_LEMMA_PREP, SIGN_PREP_WORD, SIGN_COMPLEMENT,
  SIGN_COMPLEMENT_OBJECT, SIGN_GOVERNOR, SIGN_GOVERNOR_REL, SIGN_CLASS, SIGN_FORM, SIGN_AUX, SIGN_NEGATED, SIGN_PASSIVE, SIGN_PARTICLE,
  SIGN_SUBJECT, SIGN_CONJUNCT, SIGN_MODIFIER, SIGN_LEMMA_COMPLEMENT,
  SIGN_BEST_TYPE = 40, SIGN_BEST_MODE, SIGN_BEST_RAW, SIGN_BEST_WORTH, SIGN_BEST_POINTS, SIGN_BEST_REALIS, SIGN_SECOND, SIGN_ANY, SIGN_NONE,
  SIGN_DICTIONARY, SIGN_BEST_FLAGS, SIGN_BEST_NAMED, SIGN_BEST_NOUN, SIGN_TYPE_REALIS, SIGN_FRAMES, SIGN_DICTIONARY_RAW, SIGN_TAKES,
  SIGN_ALL = 70, SIGN_BETWEEN, SIGN_BEFORE, SIGN_AFTER, SIGN_PAIR, SIGN_PATH_WORD, SIGN_PATH_RELS, SIGN_PATH_PAIR, SIGN_NEAR_SOURCE, SIGN_NEAR_TARGET,
  SIGN_SECTOR_SOURCE, SIGN_SECTOR_TARGET, SIGN_SECTORS, SIGN_SAME, SIGN_ORDER, SIGN_REL_SOURCE, SIGN_REL_TARGET, SIGN_PREP_TARGET,
  SIGN_KIND_SOURCE, SIGN_KIND_TARGET, SIGN_WORD_SOURCE, SIGN_WORD_TARGET, SIGN_HEADLINE, SIGN_QUOTED, SIGN_ALL_CLASS, SIGN_MODAL, SIGN_LENGTH
} sign_kind;

enum { ROLE_TRIGGER = 1, ROLE_UP = 2, ROLE_TOP = 3 }; /* the predicates that are looked at */

static void emit(signs *out, unsigned kind, uint64_t a, uint64_t b) {
  if (out->key_count < SIGN_KEYS) out->key[out->key_count++] = an_hash_mix(an_hash_mix(kind + 1, a), b);
}

static void put(signs *out, unsigned slot, uint32_t token) {
  if (token != AN_NONE && out->word_count < SIGN_WORDS) out->word[out->word_count++] = (sign_word){token, (uint8_t)slot};
}

/* ---- Words ----------------------------------------------------------------------------------- */

static bool is_name(const scene *s, uint32_t token) {
  const an_token *t = token_at(s, token);
  return t->upos == AN_PROPN && (s->mention_of[token] != AN_NONE || t->shape != AN_SHAPE_LOWER);
}

uint64_t sign_fold(const scene *s, uint32_t token) {
  const an_token *t = token_at(s, token);
  if (t->upos == AN_PUNCT || t->upos == AN_NUM || t->upos == AN_SYM || is_name(s, token)) return 0;
  return t->lemma_fold != 0 ? t->lemma_fold : t->fold;
}

/* A word as keys name it: names by what they are, numbers as one. */
static uint64_t word_of(const scene *s, uint32_t token) {
  if (token == AN_NONE) return 1;
  const an_token *t = token_at(s, token);
  if (is_name(s, token)) return s->mention_of[token] == AN_NONE ? 2 : 10u + s->mentions->list.at[s->mention_of[token]].m.kind;
  if (t->upos == AN_NUM) return 3;
  return t->lemma_fold != 0 ? t->lemma_fold : t->fold;
}

static bool is_content(const an_token *t) {
  return t->upos == AN_NOUN || t->upos == AN_VERB || t->upos == AN_ADJ || t->upos == AN_ADV;
}

/* The classes of heads.tsv: what generalises over a word's own row. */
static void emit_classes(const scene *s, unsigned kind, uint64_t of, uint32_t token, signs *out) {
  if (token == AN_NONE) return;
  class_set set = coder_classes(s->coder, token_at(s, token)->lemma_fold);
  for (uint32_t c = 0; c < s->coder->class_count && c < CLASS_WORDS * 64; c++)
    if ((set.bits[c / 64] >> (c % 64)) & 1u) emit(out, kind, of, s->coder->class_name[c]);
}

/* ---- The pair and the path -------------------------------------------------------------------- */

typedef struct path { uint32_t at[64]; uint32_t count, top; uint32_t source, target; } path; /* top: index of the highest */

static uint32_t head_of(const scene *s, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i < end; i++) {
    uint32_t h = token_at(s, i)->head;
    if (h == AN_NONE || h < first || h >= end) return i;
  }
  return first;
}

/* From the source up to the word that holds both, and down to the target. */
static void path_of(const scene *s, an_pair pair, path *out) {
  enum { CLIMB = 30 };
  uint32_t up[CLIMB], down[CLIMB], ups = 0, downs = 0;
  *out = (path){.source = head_of(s, pair.source, pair.source_end), .target = AN_NONE};
  if (pair.target != AN_NONE) out->target = head_of(s, pair.target, pair.target_end);
  for (uint32_t i = out->source; i != AN_NONE && ups < CLIMB; i = token_at(s, i)->head) up[ups++] = i;
  for (uint32_t i = out->target; i != AN_NONE && downs < CLIMB; i = token_at(s, i)->head) down[downs++] = i;
  uint32_t meet = AN_NONE, below = downs;
  for (uint32_t i = 0; i < ups && meet == AN_NONE; i++)
    for (uint32_t k = 0; k < downs; k++)
      if (up[i] == down[k]) {
        meet = i;
        below = k;
        break;
      }
  if (meet == AN_NONE) meet = ups == 0 ? 0 : ups - 1; /* no target, or another sentence: up to the root */
  for (uint32_t i = 0; i <= meet && i < ups; i++) out->at[out->count++] = up[i];
  out->top = meet;
  for (uint32_t k = below == downs ? 0 : below; k > 0; k--) out->at[out->count++] = down[k - 1];
}

/* The first word of the path, from the source, that can tell an act; the highest one that can. */
static uint32_t predicate_up(const scene *s, const path *p, bool highest) {
  uint32_t found = AN_NONE;
  for (uint32_t i = 1; i < p->count; i++) {
    if (p->at[i] == p->target) break;
    const an_token *t = token_at(s, p->at[i]);
    bool tells = t->upos == AN_VERB || t->upos == AN_ADJ || (t->upos == AN_NOUN && (t->flags & AN_WORD_EVENT) != 0);
    if (!tells && !(i == p->top && t->upos == AN_NOUN)) continue;
    if (highest && i >= p->top) return p->at[i];
    if (!highest) return p->at[i];
    found = p->at[i];
  }
  return found;
}

/* ---- A predicate ------------------------------------------------------------------------------ */

static void signs_of_aux(const scene *s, uint64_t of, uint32_t at, signs *out) {
  for (uint32_t c = an_child(s->words, at, AN_NONE); c != AN_NONE; c = an_child(s->words, at, c)) {
    const an_token *t = token_at(s, c);
    if (t->rel == AN_AUX_ || t->rel == AN_AUX_PASS || t->rel == AN_MARK || t->rel == AN_COP) emit(out, SIGN_AUX, of, t->lemma_fold);
    if (t->rel == AN_COMPOUND_PRT) emit(out, SIGN_PARTICLE, an_hash_mix(of, token_at(s, at)->lemma_fold), t->fold);
    if (coder_is(s->coder, t, REALIS_NEG)) emit(out, SIGN_NEGATED, of, 1);
    if (t->rel == AN_CONJ) emit(out, SIGN_CONJUNCT, of, word_of(s, c));
    if (t->rel == AN_AMOD || t->rel == AN_ADVMOD || t->rel == AN_COMPOUND) emit(out, SIGN_MODIFIER, of, word_of(s, c));
  }
}

static void put_phrase(const scene *s, unsigned slot, uint32_t head, signs *out) {
  if (head == AN_NONE) return;
  uint32_t noun = clause_head(s, head);
  put(out, slot, noun);
  for (uint32_t c = an_child(s->words, noun, AN_NONE); c != AN_NONE; c = an_child(s->words, noun, c)) {
    uint8_t rel = token_at(s, c)->rel;
    if (rel == AN_AMOD || rel == AN_COMPOUND || rel == AN_NMOD || rel == AN_CONJ) put(out, slot, c);
  }
}

static void signs_of_predicate(const scene *s, uint64_t of, uint32_t at, bool slots, signs *out) {
  if (at == AN_NONE) {
    emit(out, SIGN_LEMMA, of, 1);
    return;
  }
  clause c;
  clause_read(s, at, &c);
  uint64_t lemma = word_of(s, at), object = word_of(s, c.object == AN_NONE ? AN_NONE : clause_head(s, c.object));
  emit(out, SIGN_LEMMA, of, lemma);
  emit(out, SIGN_FORM, of, an_hash_mix(token_at(s, at)->xpos + 1u, token_at(s, at)->rel));
  emit(out, SIGN_OBJECT, of, object);
  emit(out, SIGN_LEMMA_OBJECT, an_hash_mix(of, lemma), object);
  if (c.object != AN_NONE) emit_classes(s, SIGN_OBJECT_CLASS, of, clause_head(s, c.object), out);
  emit_classes(s, SIGN_CLASS, of, at, out);
  emit(out, SIGN_PASSIVE, of, c.passive);
  if (c.subject != AN_NONE) emit(out, SIGN_SUBJECT, of, word_of(s, clause_head(s, c.subject)));
  signs_of_aux(s, of, at, out);
  for (uint32_t i = 0; i < c.oblique_count; i++) {
    uint64_t noun = word_of(s, clause_head(s, c.obliques[i].token));
    emit(out, SIGN_PREP, of, c.obliques[i].prep);
    emit(out, SIGN_LEMMA_PREP, an_hash_mix(of, lemma), c.obliques[i].prep);
    emit(out, SIGN_PREP_WORD, c.obliques[i].prep, noun);
    if (slots) put_phrase(s, SLOT_OBLIQUE, c.obliques[i].token, out);
  }
  if (c.complement != AN_NONE) {
    clause inner;
    clause_read(s, c.complement, &inner);
    emit(out, SIGN_COMPLEMENT, of, word_of(s, c.complement));
    emit(out, SIGN_LEMMA_COMPLEMENT, an_hash_mix(of, lemma), c.complement_open);
    if (inner.object != AN_NONE) emit(out, SIGN_COMPLEMENT_OBJECT, of, word_of(s, clause_head(s, inner.object)));
    if (slots) {
      put(out, SLOT_COMPLEMENT, c.complement);
      put_phrase(s, SLOT_COMPLEMENT, inner.object, out);
    }
  }
  if (slots) put_phrase(s, SLOT_OBJECT, c.object, out);
  uint32_t head = token_at(s, at)->head;
  emit(out, SIGN_GOVERNOR, of, word_of(s, head));
  emit(out, SIGN_GOVERNOR_REL, an_hash_mix(of, word_of(s, head)), token_at(s, at)->rel);
  if (slots && head != AN_NONE) {
    put(out, SLOT_GOVERNOR, head);
    if (token_at(s, head)->head != AN_NONE) put(out, SLOT_GOVERNOR, token_at(s, head)->head);
  }
}

/* ---- Frames ----------------------------------------------------------------------------------- */

static uint64_t type_name(const scene *s, uint32_t type) { return type == AN_NONE ? 1 : an_fold_hash(s->coder->types[type].name); }
static uint64_t bucket(int value, int step, int most) {
  int b = (value < 0 ? -1 : value / step);
  return (uint64_t)(b > most ? most : b) + 10;
}

static void signs_of_best(const scene *s, const proposal *p, signs *out) {
  uint64_t type = type_name(s, p->m.type), raw = type_name(s, p->raw);
  emit(out, SIGN_BEST_TYPE, type, 0);
  emit(out, SIGN_BEST_RAW, raw, type);
  if (p->m.mode.at != NULL) emit(out, SIGN_BEST_MODE, type, an_fold_hash(p->m.mode));
  emit(out, SIGN_BEST_WORTH, type, bucket(p->worth, 8, 8));
  emit(out, SIGN_BEST_WORTH, 1, bucket(p->worth, 8, 8));
  emit(out, SIGN_BEST_POINTS, type, bucket((int)p->m.points, 3, 4));
  emit(out, SIGN_BEST_NAMED, type, (uint64_t)p->named * 2 + p->told);
  emit(out, SIGN_BEST_NAMED, 1, (uint64_t)p->named * 2 + p->told);
  emit(out, SIGN_BEST_NOUN, p->m.frame->pos, (uint64_t)p->m.is_light * 2 + p->m.reversed);
  uint64_t real = (uint64_t)p->r.realis * 16 + (uint64_t)p->r.negated * 8 + (uint64_t)p->r.should * 4 + (uint64_t)p->r.promised * 2 + p->r.background;
  emit(out, SIGN_BEST_REALIS, 1, real);
  emit(out, SIGN_TYPE_REALIS, raw, real);
  emit(out, SIGN_BEST_FLAGS, p->m.frame->flags, 1);
  if (p->m.taken != AN_NONE) emit(out, SIGN_TAKES, type, word_of(s, p->m.taken));
}

static void signs_of_frames(const scene *s, const proposals *from, signs *out) {
  uint32_t frames = 0;
  const proposal *best = from->best == AN_NONE ? NULL : &from->at[from->best], *second = NULL, *book = NULL;
  for (uint32_t i = 0; i < from->count; i++) {
    const proposal *p = &from->at[i];
    if (p->dictionary) {
      if (book == NULL || p->worth > book->worth) book = p;
      continue;
    }
    frames++;
    emit(out, SIGN_ANY, type_name(s, p->m.type), 0);
    if (p != best && (second == NULL || p->worth > second->worth)) second = p;
  }
  if (best != NULL && !best->dictionary) signs_of_best(s, best, out);
  else emit(out, SIGN_NONE, 1, 1);
  emit(out, SIGN_SECOND, second == NULL ? 1 : type_name(s, second->m.type), 0);
  if (second != NULL) emit(out, SIGN_SECOND, type_name(s, second->m.type), best == NULL ? 1 : bucket(best->worth - second->worth, 4, 6));
  emit(out, SIGN_DICTIONARY, book == NULL ? 1 : type_name(s, book->m.type), 0);
  if (book != NULL) emit(out, SIGN_DICTIONARY_RAW, type_name(s, book->raw), bucket(book->worth, 8, 8));
  emit(out, SIGN_FRAMES, frames > 4 ? 4 : frames, 0);
}

/* ---- Everything around ------------------------------------------------------------------------- */

static bool in_pair(an_pair pair, uint32_t i) {
  return (i >= pair.source && i < pair.source_end) || (pair.target != AN_NONE && i >= pair.target && i < pair.target_end);
}

static void signs_of_words(const scene *s, an_pair pair, signs *out) {
  const an_sentence *at = &s->words->sentences[token_at(s, pair.source)->sentence];
  bool both = pair.target != AN_NONE;
  uint32_t low_end = !both || pair.source < pair.target ? pair.source_end : pair.target_end;
  uint32_t low = !both || pair.source < pair.target ? pair.source : pair.target;
  uint32_t high = !both ? at->first + at->count : pair.source < pair.target ? pair.target : pair.source;
  uint64_t last = 1;
  for (uint32_t i = at->first; i < at->first + at->count; i++) {
    const an_token *t = token_at(s, i);
    if (in_pair(pair, i)) {
      last = i >= pair.source && i < pair.source_end ? 5 : 6;
      continue;
    }
    if (t->upos == AN_PUNCT) continue;
    uint64_t word = word_of(s, i);
    bool between = i >= low_end && i < high;
    if (is_content(t)) {
      emit(out, SIGN_ALL, word, 0);
      emit(out, between ? SIGN_BETWEEN : i < low ? SIGN_BEFORE : SIGN_AFTER, word, 0);
    }
    if (t->upos == AN_AUX && t->xpos == AN_X_MD) emit(out, SIGN_MODAL, word, between);
    emit(out, SIGN_PAIR, last, word);
    last = word;
    if (sign_fold(s, i) == 0) continue;
    put(out, SLOT_ALL, i);
    put(out, between ? SLOT_BETWEEN : i < low ? SLOT_BEFORE : SLOT_AFTER, i);
  }
  emit(out, SIGN_LENGTH, at->count / 8, 0);
}

static void signs_of_near(const scene *s, uint32_t first, uint32_t end, unsigned kind, signs *out) {
  const an_sentence *at = &s->words->sentences[token_at(s, first)->sentence];
  uint32_t stop = at->first + at->count;
  for (uint32_t k = 1; k <= 3; k++) {
    if (first >= at->first + k) emit(out, kind, 1 + (k > 1), word_of(s, first - k));
    if (end + k <= stop) emit(out, kind, 11 + (k > 1), word_of(s, end + k - 1));
  }
}

static an_text sector_of(const scene *s, uint32_t head, uint8_t *kind, an_text *country) {
  uint32_t m = s->mention_of[head];
  *kind = 15;
  *country = (an_text){0};
  if (m == AN_NONE) return coder_sector(s->coder, token_at(s, head)->lemma_fold);
  const an_mention *is = &s->mentions->list.at[m].m;
  *kind = is->kind;
  *country = is->who.country;
  return is->who.sector;
}

static uint64_t text_or_one(an_text t) { return t.at == NULL ? 1 : an_fold_hash(t); }

static void signs_of_pair(const scene *s, an_pair pair, const path *p, signs *out) {
  uint8_t kind, other_kind = 20;
  an_text country, other_country = {0}, sector = sector_of(s, p->source, &kind, &country), other = {0};
  if (p->target != AN_NONE) other = sector_of(s, p->target, &other_kind, &other_country);
  emit(out, SIGN_SECTOR_SOURCE, text_or_one(sector), 0);
  emit(out, SIGN_SECTOR_TARGET, text_or_one(other), p->target != AN_NONE);
  emit(out, SIGN_SECTORS, text_or_one(sector), text_or_one(other));
  emit(out, SIGN_KIND_SOURCE, kind, 0);
  emit(out, SIGN_KIND_TARGET, other_kind, 0);
  bool known = country.at != NULL && other_country.at != NULL;
  emit(out, SIGN_SAME, known ? 1u + an_text_equal(country, other_country) : 0, 0);
  emit(out, SIGN_ORDER, pair.target == AN_NONE ? 2 : pair.source < pair.target, 0);
  emit(out, SIGN_REL_SOURCE, token_at(s, p->source)->rel, 0);
  emit(out, SIGN_WORD_SOURCE, word_of(s, p->source), 0);
  if (p->target != AN_NONE) {
    emit(out, SIGN_REL_TARGET, token_at(s, p->target)->rel, 0);
    emit(out, SIGN_PREP_TARGET, clause_prep(s, p->target), 0);
    emit(out, SIGN_WORD_TARGET, word_of(s, p->target), 0);
    signs_of_near(s, pair.target, pair.target_end, SIGN_NEAR_TARGET, out);
    put_phrase(s, SLOT_TARGET, p->target, out);
  }
  signs_of_near(s, pair.source, pair.source_end, SIGN_NEAR_SOURCE, out);
  put_phrase(s, SLOT_SOURCE, p->source, out);
}

static void signs_of_path(const scene *s, const path *p, signs *out) {
  uint64_t rels = 1, before = 1;
  for (uint32_t i = 0; i < p->count; i++) {
    uint32_t at = p->at[i];
    rels = an_hash_mix(rels, token_at(s, at)->rel + (i > p->top ? 100u : i == p->top ? 200u : 0));
    if (at == p->source || at == p->target) continue;
    uint64_t word = word_of(s, at);
    emit(out, SIGN_PATH_WORD, word, 0);
    emit(out, SIGN_PATH_PAIR, before, word);
    before = word;
    put(out, SLOT_PATH, at);
  }
  emit(out, SIGN_PATH_PAIR, before, 1);
  emit(out, SIGN_PATH_RELS, rels, 0);
}

void signs_of(const scene *s, an_pair pair, const proposals *from, signs *out) {
  path p;
  out->key_count = out->word_count = 0;
  path_of(s, pair, &p);
  emit(out, SIGN_BIAS, 1, 1);
  signs_of_frames(s, from, out);
  out->frame_keys = out->key_count - 1;
  const proposal *best = from->best == AN_NONE || from->at[from->best].dictionary ? NULL : &from->at[from->best];
  uint32_t up = predicate_up(s, &p, false), top = predicate_up(s, &p, true), trigger = best == NULL ? up : best->m.last;
  if (trigger != AN_NONE) put(out, SLOT_TRIGGER, trigger);
  signs_of_predicate(s, ROLE_TRIGGER, trigger, true, out);
  if (best != NULL && best->m.is_light) signs_of_predicate(s, ROLE_UP, best->m.light.at, true, out);
  else signs_of_predicate(s, ROLE_UP, up, false, out);
  signs_of_predicate(s, ROLE_TOP, top, false, out);
  signs_of_path(s, &p, out);
  signs_of_pair(s, pair, &p, out);
  signs_of_words(s, pair, out);
}
