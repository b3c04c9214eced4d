/* SPDX-License-Identifier: Apache-2.0 */
#include "event/sides.h"

#include <stdlib.h>
#include <string.h>

#include "base/exact.h"
#include "base/hash.h"
#include "event/signs.h"

/* ---- The model ---------------------------------------------------------------------------------- */

static bool read_types(an_detector *d) {
  an_section names = an_datafile_section(&d->file, "types");
  for (uint32_t at = 0; at < names.size && d->types < DETECTOR_TYPES; d->types++) {
    an_text name = an_get_text(names, at);
    if (name.at == NULL) return false;
    d->type_name[d->types] = name;
    at += 4 + name.size;
  }
  return d->types > 0;
}

an_status an_detector_open(const char *dir, const an_vectors *vectors, an_detector **out, an_error *err) {
  an_detector *d = calloc(1, sizeof *d);
  if (d == NULL) return an_fail(err, AN_ERR_MEMORY, "event", "no memory for the detector");
  an_status status = an_datafile_open(dir, AN_DETECTOR_FILE, AN_DETECTOR_KIND, AN_DETECTOR_LAYOUT, AN_DETECTOR_REBUILD, &d->file, err);
  if (status == AN_OK) {
    if (!an_layer_open(&d->file, "", DETECTOR_INPUT, DETECTOR_OUTS, &d->layer) || !an_layer_open(&d->file, "s.", SIDES_INPUT, SIDES_OUTS, &d->sides) || !read_types(d))
      status = an_fail(err, AN_ERR_DATA, "event", "%s: its tables have another size; rebuild with: %s", AN_DETECTOR_FILE, AN_DETECTOR_REBUILD);
    if (status != AN_OK) an_datafile_close(&d->file);
  }
  if (status != AN_OK) {
    free(d);
    return status;
  }
  d->vectors = vectors;
  *out = d;
  return AN_OK;
}

void an_detector_close(an_detector *detector) {
  if (detector == NULL) return;
  an_datafile_close(&detector->file);
  free(detector);
}

uint64_t an_detector_checksum(const an_detector *detector) { return detector == NULL ? 0 : detector->file.checksum; }

an_status an_coder_detect(an_coder *coder, const an_detector *detector, an_error *err) {
  for (uint32_t i = 0; i < detector->types; i++) {
    coder->detector_type[i] = coder_type(coder, detector->type_name[i]);
    if (coder->detector_type[i] == AN_NONE)
      return an_fail(err, AN_ERR_DATA, "event", "%s knows a type that plover.tsv has not; rebuild with: %s", AN_DETECTOR_FILE, AN_DETECTOR_REBUILD);
  }
  coder->detector = detector;
  return AN_OK;
}

/* ---- Which words -------------------------------------------------------------------------------- */

bool detect_names_somebody(const scene *s, uint32_t sentence) {
  const an_sentence *at = &s->words->sentences[sentence];
  for (uint32_t i = at->first; i < at->first + at->count; i++)
    if (party_at(s, i) || token_at(s, i)->xpos == AN_X_PRP) return true;
  return false;
}

bool detect_wants(const scene *s, uint32_t token) {
  const an_token *t = token_at(s, token);
  bool verb = t->upos == AN_VERB && t->rel != AN_AUX_ && t->rel != AN_AUX_PASS && t->rel != AN_COP;
  if (!verb && t->upos != AN_NOUN && t->upos != AN_ADJ) return false;
  if (t->upos == AN_ADJ && t->rel == AN_AMOD) return false;
  if (s->time_of[token] != AN_NONE || t->lemma_fold == 0 || t->at.end - t->at.begin < 2) return false;
  uint32_t m = s->mention_of[token];
  return m == AN_NONE || s->mentions->list.at[m].head != token;
}

/* ---- What it sees of a word: keys ----------------------------------------------------------------- */

typedef enum key_kind {
  KEY_BIAS = 1, KEY_UPOS, KEY_FORM, KEY_REL, KEY_LEMMA, KEY_LEMMA_POS, KEY_LEMMA_FORM, KEY_LEMMA_REL, KEY_TAIL4, KEY_TAIL3, KEY_HEAD, KEY_CLASS,
  KEY_CHILD, KEY_CHILD_WORD, KEY_LEMMA_CHILD, KEY_AUX, KEY_MARK, KEY_PARTICLE, KEY_NEGATED, KEY_MODIFIER, KEY_DETERMINER, KEY_CONJUNCT,
  KEY_SUBJECT = 32, KEY_LEMMA_SUBJECT, KEY_SUBJECT_WHO, KEY_SUBJECT_CLASS, KEY_OBJECT, KEY_LEMMA_OBJECT, KEY_OBJECT_WHO, KEY_OBJECT_CLASS, KEY_LEMMA_OBJECT_CLASS,
  KEY_BOTH_WHO, KEY_PREP, KEY_LEMMA_PREP, KEY_PREP_WHO, KEY_LEMMA_PREP_WHO, KEY_PREP_WORD, KEY_POSSESSIVE, KEY_OWNER, KEY_COMPLEMENT, KEY_LEMMA_COMPLEMENT,
  KEY_COMPLEMENT_WORD, KEY_COMPLEMENT_CLASS, KEY_VOICE, KEY_SHAPE, KEY_INDIRECT,
  KEY_GOVERNOR = 64, KEY_GOVERNOR_REL, KEY_GOVERNOR_CLASS, KEY_LEMMA_GOVERNOR, KEY_GOVERNOR_POS, KEY_GOVERNOR_WHO, KEY_OWN_PREP, KEY_GOVERNOR2, KEY_BEFORE, KEY_BEHIND, KEY_LEMMA_BEHIND,
  KEY_BEFORE_LEMMA, KEY_KIND, KEY_KIND_OBJECT, KEY_OBJECT_KIND, KEY_BOOK, KEY_BOOK_BLOCK, KEY_QUOTED, KEY_PARTIES, KEY_DEPTH, KEY_BLOCK, KEY_NAMED, KEY_WRITTEN
} key_kind;

enum { NOBODY = 1, PRONOUN = 2, NUMBER = 3, UNKNOWN_NAME = 4 };

/* Who stands there, by kind: nothing of a name shows but whether it is a state, an office, a body, and of public life. */
uint64_t detect_who(const scene *s, uint32_t token) {
  if (token == AN_NONE) return 0;
  const an_token *t = token_at(s, token);
  uint32_t m = s->mention_of[token];
  if (m == AN_NONE) {
    if (t->xpos == AN_X_PRP || t->xpos == AN_X_PRPS) return PRONOUN;
    if (t->upos == AN_NUM) return NUMBER;
    if (t->upos == AN_PROPN) return UNKNOWN_NAME;
    an_text sector = coder_sector(s->coder, t->lemma_fold);
    return sector.at == NULL ? NOBODY : 1000u + an_fold_hash(sector) % 1000u;
  }
  const an_mention_at *at = &s->mentions->list.at[m];
  const an_party *who = &at->m.who;
  bool public = who->office.at != NULL || at->m.kind == AN_MENTION_COUNTRY || (who->sector.at != NULL && coder_sector_lends(s->coder, who->sector));
  bool armed = coder_sector_armed(s->coder, who->sector);
  return 10u + ((uint64_t)at->m.kind << 4 | (uint64_t)public << 3 | (uint64_t)armed << 2 | (uint64_t)((at->flags & AN_MENTION_LOCATIVE) != 0) << 1 | (who->sector.at == NULL));
}

/* A word as keys name it: names and numbers by what they are. */
uint64_t detect_word(const scene *s, uint32_t token) {
  if (token == AN_NONE) return 1;
  uint64_t fold = sign_fold(s, token);
  return fold != 0 ? fold : detect_who(s, token) + 7;
}

static void add(an_layer_keys *k, uint32_t what, uint64_t value) { an_layer_key(k, AN_LAYER_KEYS, what, value); }

static void add_classes(const scene *s, an_layer_keys *k, uint32_t what, uint64_t with, uint32_t token) {
  if (token == AN_NONE) return;
  class_set set = coder_classes(s->coder, token_at(s, token)->lemma_fold);
  for (uint32_t w = 0; w < CLASS_WORDS; w++)
    for (uint64_t bits = set.bits[w]; bits != 0; bits &= bits - 1)
      add(k, what, an_hash_mix(with + 1, s->coder->class_name[w * 64 + (uint32_t)__builtin_ctzll(bits)]));
}

/* What the word is a kind of (kinds.tsv), so that it is seen to be like others. */
static void add_kinds(const scene *s, an_layer_keys *k, uint32_t what, uint64_t with, uint32_t token) {
  if (token == AN_NONE || sign_fold(s, token) == 0) return;
  uint8_t upos = token_at(s, token)->upos;
  an_rows rows = an_table_find_key(s->coder->kinds, token_at(s, token)->lemma_fold);
  if (rows.count == 0) return;
  an_text cell = an_table_cell(s->coder->kinds, rows.first, upos == AN_VERB ? 1 : upos == AN_NOUN ? 2 : 3);
  an_text kind;
  for (uint32_t at = 0; an_text_word(cell, &at, &kind);) add(k, what, an_hash_mix(with + 1, an_hash64(kind.at, kind.size)));
}

/* The verbs that the dictionary of last resort has for alike, and its code for them. */
static void add_book(const scene *s, an_layer_keys *k, uint32_t token) {
  const an_table *verbs = s->coder->petrarch_verbs;
  if (!clause_is_verb(s, token)) return;
  an_rows rows = an_table_find(verbs, token_at(s, token)->lemma_fold);
  an_text block = rows.count == 0 ? (an_text){0} : an_table_cell(verbs, rows.first, 1), code = rows.count == 0 ? (an_text){0} : an_table_cell(verbs, rows.first, 2);
  add(k, KEY_BOOK, code.size < 2 ? 1 : an_hash64(code.at, 2));
  if (block.at != NULL) add(k, KEY_BOOK_BLOCK, an_fold_hash(block));
}

static uint64_t tail_of(an_text form, uint32_t letters) { return form.size < letters ? 0 : an_hash64(form.at + form.size - letters, letters); }

static void keys_of_word(const scene *s, uint32_t token, uint64_t lemma, an_layer_keys *k) {
  const an_token *t = token_at(s, token);
  add(k, KEY_BIAS, 1);
  add(k, KEY_UPOS, t->upos);
  add(k, KEY_FORM, t->xpos);
  add(k, KEY_REL, (uint64_t)t->rel << 8 | t->upos);
  add(k, KEY_LEMMA, lemma);
  add(k, KEY_LEMMA_POS, an_hash_mix(lemma, t->upos));
  add(k, KEY_LEMMA_FORM, an_hash_mix(lemma, t->xpos));
  add(k, KEY_LEMMA_REL, an_hash_mix(lemma, t->rel));
  add(k, KEY_TAIL4, tail_of(t->lemma, 4));
  add(k, KEY_TAIL3, tail_of(t->lemma, 3));
  add(k, KEY_HEAD, t->lemma.size < 4 ? 0 : an_hash64(t->lemma.at, 4));
  add(k, KEY_QUOTED, (uint64_t)(t->quote_depth > 0) << 1 | (s->statement_of[token] != AN_NONE));
  add(k, KEY_WRITTEN, (uint64_t)t->shape << 8 | t->upos);
  add(k, KEY_NAMED, s->mention_of[token] != AN_NONE);
  add_classes(s, k, KEY_CLASS, t->upos, token);
  add_kinds(s, k, KEY_KIND, 0, token);
  add_book(s, k, token);
}

static void keys_of_children(const scene *s, uint32_t token, uint64_t lemma, an_layer_keys *k) {
  uint64_t shape = 1;
  for (uint32_t c = an_child(s->words, token, AN_NONE); c != AN_NONE; c = an_child(s->words, token, c)) {
    const an_token *t = token_at(s, c);
    if (t->rel == AN_PUNCT_) continue;
    add(k, KEY_CHILD, t->rel);
    shape = an_hash_mix(shape, t->rel);
    switch (t->rel) {
      case AN_AUX_: case AN_AUX_PASS: case AN_COP: add(k, KEY_AUX, t->lemma_fold); break;
      case AN_MARK: add(k, KEY_MARK, t->fold); break;
      case AN_COMPOUND_PRT:
        add(k, KEY_PARTICLE, t->fold);
        add(k, KEY_LEMMA_CHILD, an_hash_mix(lemma, t->fold));
        break;
      case AN_AMOD: case AN_COMPOUND: case AN_ADVMOD:
        add(k, KEY_MODIFIER, detect_word(s, c));
        add(k, KEY_LEMMA_CHILD, an_hash_mix(lemma, detect_word(s, c)));
        if (party_at(s, c)) add(k, KEY_OWNER, detect_who(s, c));
        break;
      case AN_DET_: add(k, KEY_DETERMINER, t->fold); break;
      case AN_CASE: add(k, KEY_OWN_PREP, t->fold); break;
      case AN_CONJ: add(k, KEY_CONJUNCT, detect_word(s, c)); break;
      case AN_NMOD_POSS: add(k, KEY_POSSESSIVE, detect_who(s, c)); break;
      default: break;
    }
    if (coder_is(s->coder, t, REALIS_NEG)) add(k, KEY_NEGATED, 1);
  }
  add(k, KEY_SHAPE, shape);
}

static void keys_of_sides(const scene *s, const clause *c, uint64_t lemma, an_layer_keys *k) {
  uint32_t subject = c->subject == AN_NONE ? AN_NONE : clause_head(s, c->subject), object = c->object == AN_NONE ? AN_NONE : clause_head(s, c->object);
  uint64_t who = detect_who(s, subject), whom = detect_who(s, object);
  add(k, KEY_SUBJECT, detect_word(s, subject));
  add(k, KEY_SUBJECT_WHO, who);
  add(k, KEY_LEMMA_SUBJECT, an_hash_mix(lemma, who));
  add_classes(s, k, KEY_SUBJECT_CLASS, 0, subject);
  add(k, KEY_OBJECT, detect_word(s, object));
  add(k, KEY_LEMMA_OBJECT, an_hash_mix(lemma, detect_word(s, object)));
  add(k, KEY_OBJECT_WHO, whom);
  add_classes(s, k, KEY_OBJECT_CLASS, 0, object);
  add_classes(s, k, KEY_LEMMA_OBJECT_CLASS, lemma, object);
  add_kinds(s, k, KEY_OBJECT_KIND, 0, object);
  add(k, KEY_BOTH_WHO, an_hash_mix(who + 1, whom));
  add(k, KEY_VOICE, (uint64_t)c->passive << 1 | c->copula);
  if (c->indirect != AN_NONE) add(k, KEY_INDIRECT, detect_who(s, clause_head(s, c->indirect)));
  for (uint32_t i = 0; i < c->oblique_count; i++) {
    uint32_t head = clause_head(s, c->obliques[i].token);
    uint64_t prep = c->obliques[i].prep, is = s->time_of[head] != AN_NONE ? 99 : detect_who(s, head);
    add(k, KEY_PREP, prep);
    add(k, KEY_LEMMA_PREP, an_hash_mix(lemma, prep));
    add(k, KEY_PREP_WHO, an_hash_mix(prep, is));
    add(k, KEY_LEMMA_PREP_WHO, an_hash_mix(lemma, an_hash_mix(prep, is)));
    add(k, KEY_PREP_WORD, an_hash_mix(prep, detect_word(s, head)));
  }
  if (c->complement == AN_NONE) return;
  add(k, KEY_COMPLEMENT, c->complement_open);
  add(k, KEY_LEMMA_COMPLEMENT, an_hash_mix(lemma, c->complement_open));
  add(k, KEY_COMPLEMENT_WORD, detect_word(s, c->complement));
  add_classes(s, k, KEY_COMPLEMENT_CLASS, 0, c->complement);
}

static void keys_of_place(const scene *s, uint32_t token, uint64_t lemma, an_layer_keys *k) {
  const an_token *t = token_at(s, token);
  const an_sentence *at = &s->words->sentences[t->sentence];
  uint64_t governor = t->head == AN_NONE ? 1 : detect_word(s, t->head);
  add(k, KEY_GOVERNOR, governor);
  add(k, KEY_GOVERNOR_REL, an_hash_mix(governor, t->rel));
  add(k, KEY_LEMMA_GOVERNOR, an_hash_mix(lemma, governor));
  if (t->head != AN_NONE) {
    const an_token *g = token_at(s, t->head);
    add(k, KEY_GOVERNOR_POS, (uint64_t)g->upos << 8 | t->rel);
    add(k, KEY_GOVERNOR_WHO, an_hash_mix(detect_who(s, t->head), t->rel));
    add(k, KEY_GOVERNOR2, g->head == AN_NONE ? 1 : detect_word(s, g->head));
    add_classes(s, k, KEY_GOVERNOR_CLASS, t->rel, t->head);
  }
  uint64_t before = token > at->first ? detect_word(s, token - 1) : 1, behind = token + 1 < at->first + at->count ? detect_word(s, token + 1) : 1;
  add(k, KEY_BEFORE, before);
  add(k, KEY_BEHIND, behind);
  add(k, KEY_BEFORE_LEMMA, an_hash_mix(before, lemma));
  add(k, KEY_LEMMA_BEHIND, an_hash_mix(lemma, behind));
  uint32_t depth = 0, parties = 0;
  for (uint32_t i = token; token_at(s, i)->head != AN_NONE && depth < 5; i = token_at(s, i)->head) depth++;
  for (uint32_t i = at->first; i < at->first + at->count; i++) parties += party_at(s, i);
  add(k, KEY_DEPTH, depth);
  add(k, KEY_PARTIES, parties > 3 ? 3 : parties);
}

void detect_keys(const scene *s, uint32_t token, const clause *c, an_layer_keys *out) {
  uint64_t lemma = token_at(s, token)->lemma_fold;
  out->count = 0;
  keys_of_word(s, token, lemma, out);
  keys_of_children(s, token, lemma, out);
  keys_of_sides(s, c, lemma, out);
  keys_of_place(s, token, lemma, out);
}

/* The word, its governor, object (or complement), subject, and what its first preposition leads to. */
void detect_near(const scene *s, const an_vectors *vectors, uint32_t token, const clause *c, uint32_t near[DETECTOR_NEAR]) {
  uint32_t object = c->object != AN_NONE ? c->object : c->complement, first = c->oblique_count > 0 ? c->obliques[0].token : AN_NONE;
  const uint32_t words[DETECTOR_NEAR] = {token, token_at(s, token)->head, object == AN_NONE ? AN_NONE : clause_head(s, object),
                                         c->subject == AN_NONE ? AN_NONE : clause_head(s, c->subject), first == AN_NONE ? AN_NONE : clause_head(s, first)};
  for (uint32_t i = 0; i < DETECTOR_NEAR; i++) {
    uint64_t fold = words[i] == AN_NONE ? 0 : sign_fold(s, words[i]);
    near[i] = fold == 0 ? AN_NONE : an_vector_find(vectors, fold);
  }
}

/* ---- What it says --------------------------------------------------------------------------------- */

static void input_of(const scene *s, const an_vectors *vectors, uint32_t token, const clause *c, const int16_t *state, int16_t *to) {
  enum { VECTOR_SHIFT = AN_LAYER_ONE - 5 /* 32 is one in vectors.an */ };
  uint32_t near[DETECTOR_NEAR];
  memcpy(to, state, AN_STATE * sizeof *to);
  to += AN_STATE;
  detect_near(s, vectors, token, c, near);
  for (uint32_t n = 0; n < DETECTOR_NEAR; n++) {
    int8_t vector[AN_VECTOR_SIZE];
    an_vector_read(vectors, near[n], vector);
    for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) *to++ = (int16_t)(vector[i] * (1 << VECTOR_SHIFT));
  }
}

/* Scores become shares: e to each, of all. */
static void shares_of(const scene *s, const int32_t *scores, detection *out) {
  uint32_t types = s->coder->detector->types;
  int32_t most = scores[types];
  float sum = 0;
  *out = (detection){.best = s->coder->detector_type[0]};
  for (uint32_t t = 0; t < types; t++) most = scores[t] > most ? scores[t] : most;
  for (uint32_t t = 0; t <= types; t++) {
    float e = an_exp((float)(scores[t] - most) / (1 << AN_LAYER_SCORE_BITS));
    *(t < types ? &out->share[s->coder->detector_type[t]] : &out->none) = e;
    sum += e;
  }
  out->none /= sum;
  for (uint32_t t = 0; t < DETECTOR_TYPES; t++) {
    out->share[t] /= sum;
    if (out->share[t] > out->share[out->best]) out->best = t;
  }
}

bool detect(const scene *s, const uint32_t *tokens, uint32_t count, detection *out) {
  const an_detector *d = s->coder->detector;
  int16_t in[DETECTOR_AT_ONCE * DETECTOR_INPUT];
  an_layer_keys keys[DETECTOR_AT_ONCE];
  int32_t scores[DETECTOR_AT_ONCE * DETECTOR_OUTS];
  if (d == NULL || count == 0 || count > DETECTOR_AT_ONCE) return false;
  for (uint32_t i = 0; i < count; i++) {
    const int16_t *state = an_language_kept(s->words, tokens[i]);
    if (state == NULL) return false;
    clause c;
    clause_read(s, tokens[i], &c);
    input_of(s, d->vectors, tokens[i], &c, state, in + (size_t)i * DETECTOR_INPUT);
    detect_keys(s, tokens[i], &c, &keys[i]);
  }
  an_layer_run(&d->layer, in, keys, count, scores);
  for (uint32_t i = 0; i < count; i++) shares_of(s, scores + (size_t)i * DETECTOR_OUTS, &out[i]);
  return true;
}
