/* SPDX-License-Identifier: Apache-2.0 */
#include "event/known.h"

#include <string.h>

/* ---- Conditions ------------------------------------------------------------------------------ */

static bool word_fits(const scene *s, const condition *c, uint32_t token) {
  const an_token *t = token_at(s, token);
  if (c->word != 0) return t->lemma_fold == c->word || t->fold == c->word;
  if (c->person) return party_at(s, token) && s->mentions->list.at[s->mention_of[token]].m.kind == AN_MENTION_PERSON;
  if (c->party) /* "detained two of them", "killing seven": somebody, whoever it is */
    return party_at(s, token) || t->xpos == AN_X_PRP || (t->upos == AN_PROPN && s->mention_of[token] == AN_NONE && s->time_of[token] == AN_NONE) || (t->upos == AN_NUM && an_child_by(s->words, token, AN_NMOD) == AN_NONE);
  return class_meets(coder_classes(s->coder, t->lemma_fold), c->classes) || class_meets(coder_classes(s->coder, t->fold), c->classes);
}

/* The head, its conjuncts, and (where `deep`) what modifies it: "as a reliable partner". */
static bool phrase_fits(const scene *s, const condition *c, uint32_t token, bool deep) {
  uint32_t head = clause_head(s, token);
  if (word_fits(s, c, head) || (head != token && word_fits(s, c, token))) return true;
  for (uint32_t k = an_child(s->words, head, AN_NONE); k != AN_NONE; k = an_child(s->words, head, k)) {
    uint8_t rel = token_at(s, k)->rel;
    bool look = rel == AN_CONJ || (deep && (rel == AN_AMOD || rel == AN_COMPOUND));
    if (look && word_fits(s, c, k)) return true;
  }
  return false;
}

/* A preposition with whatever follows it. */
static bool is_bare(const condition *c) { return c->word == 0 && !c->party && !class_meets(c->classes, c->classes); }

static bool prep_of_fits(const scene *s, const condition *c, uint32_t head) {
  for (uint32_t k = head == AN_NONE ? AN_NONE : an_child(s->words, head, AN_NONE); k != AN_NONE; k = an_child(s->words, head, k)) {
    uint8_t rel = token_at(s, k)->rel;
    if ((rel == AN_ADVCL || rel == AN_ACL) && is_bare(c) && token_at(s, k)->xpos == AN_X_VBG) { /* "kept it from leaving" */
      uint32_t mark = an_child_by(s->words, k, AN_MARK);
      if (mark != AN_NONE && token_at(s, mark)->fold == c->prep) return true;
    }
    if ((rel != AN_NMOD && rel != AN_OBL && rel != AN_OBL_AGENT) || clause_prep(s, k) != c->prep) continue;
    if (is_bare(c) && s->time_of[k] != AN_NONE) continue; /* "fired the chief on Tuesday" */
    if (is_bare(c) || phrase_fits(s, c, k, true)) return true;
  }
  return false;
}

static bool prep_fits(const scene *s, const condition *c, const clause *own) {
  if (prep_of_fits(s, c, own->at) || prep_of_fits(s, c, own->object)) return true;
  const an_token *t = token_at(s, own->at);
  if (t->rel == AN_OBJ && t->head != AN_NONE && prep_of_fits(s, c, t->head)) return true; /* "began its retreat from Ethiopia" */
  uint32_t next = own->at + 1; /* a particle that the parser did not make a case of: "came out in defence of" */
  if (!is_bare(c)) return false;
  return next < s->words->token_count && token_at(s, next)->sentence == token_at(s, own->at)->sentence &&
         token_at(s, next)->fold == c->prep && token_at(s, next)->head == own->at;
}

static bool modifier_fits(const scene *s, const condition *c, const match *m) {
  for (uint32_t k = an_child(s->words, m->last, AN_NONE); k != AN_NONE; k = an_child(s->words, m->last, k)) {
    uint8_t rel = token_at(s, k)->rel;
    if ((rel == AN_AMOD || rel == AN_COMPOUND || rel == AN_NMOD) && word_fits(s, c, k)) return true;
  }
  return false;
}

/* Points when the list holds (0 for an empty one), -1 when it does not. For nouns a bare word is a modifier. */
static int list_fits(const scene *s, conditions list, const match *m) {
  static const int points[] = {[WANT_WORD] = 4, [WANT_CLASS] = 3, [WANT_PARTY] = 2, [WANT_ANY] = 1, [WANT_NONE] = 1, [WANT_PREP] = 3};
  int best = 0;
  bool asked = false;
  for (uint32_t i = 0; i < list.count; i++) {
    const condition *c = &list.at[i];
    uint32_t object = m->own.object;
    bool fits;
    if (c->kind == WANT_PREP) fits = prep_fits(s, c, &m->own);
    else if (c->kind == WANT_NONE) fits = object == AN_NONE;
    else if (c->kind == WANT_ANY) fits = object != AN_NONE;
    else if (m->frame->pos == FRAME_NOUN) fits = modifier_fits(s, c, m);
    else fits = object != AN_NONE && phrase_fits(s, c, object, false);
    if (c->exclude && fits) return -1;
    if (c->exclude) continue;
    asked = true;
    int worth = points[c->kind] + (c->kind == WANT_PREP && (c->word != 0 || c->party || class_meets(c->classes, c->classes)));
    if (fits && worth > best) best = worth;
  }
  return asked && best == 0 ? -1 : best;
}

/* "insisted that Iran leave", "that Iran should leave", against "insisted that it was right". */
static bool is_wish(const scene *s, uint32_t predicate) {
  bool found, aux = false;
  for (uint32_t c = an_child(s->words, predicate, AN_NONE); c != AN_NONE; c = an_child(s->words, predicate, c)) {
    if (token_at(s, c)->rel != AN_AUX_ && token_at(s, c)->rel != AN_AUX_PASS) continue;
    aux = true;
    if (coder_realis(s->coder, token_at(s, c), REALIS_AUX, &found) == EFFECT_SHOULD) return true;
  }
  return !aux && token_at(s, predicate)->xpos == AN_X_VB;
}

static int complement_fits(const scene *s, const match *m) {
  const frame *f = m->frame;
  if (!f->wants_complement) return 0;
  if (f->complement_copula && !m->own.copula) return -1;
  uint32_t c = m->own.complement;
  bool kind = f->complement_copula || (f->complement_open && m->own.object2 != AN_NONE) || (c != AN_NONE && ((f->complement_open && m->own.complement_open) ||
                                                        (f->complement_that && !m->own.complement_open)));
  if (kind && c != AN_NONE && (f->flags & FRAME_SUBJUNCTIVE) != 0 && !is_wish(s, c)) return -1;
  if (kind && c != AN_NONE && (f->flags & FRAME_NEGATED_COMPLEMENT) != 0 && clause_child_where(s, c, REALIS_NEG) == AN_NONE) return -1;
  if (f->complement.count == 0) return kind ? 2 : -1;
  for (uint32_t i = 0; i < f->complement.count; i++) {
    if (kind && c != AN_NONE && phrase_fits(s, &f->complement.at[i], c, true)) return 4;
    if (m->own.object2 != AN_NONE && phrase_fits(s, &f->complement.at[i], m->own.object2, true)) return 4;
  }
  return -1;
}

/* ---- The key --------------------------------------------------------------------------------- */

static bool is_word(const scene *s, uint32_t token, uint64_t word) {
  return token_at(s, token)->fold == word || token_at(s, token)->lemma_fold == word;
}

/* On the verb itself, or the preposition of what stands on it ("put them behind bars"). */
static bool hangs_on(const scene *s, uint32_t token, uint32_t verb) {
  uint32_t head = token_at(s, token)->head;
  return head == verb || (head != AN_NONE && token_at(s, token)->rel == AN_CASE && token_at(s, head)->head == verb);
}

/* Further words of a verb's key stand on the verb ("called the talks off") or right behind it ("took to the streets"). */
static bool verb_key_fits(const scene *s, match *m, const frame *f) {
  const an_sentence *sentence = &s->words->sentences[token_at(s, m->trigger)->sentence];
  uint32_t end = sentence->first + sentence->count;
  m->last = m->trigger;
  for (uint32_t k = 1; k < f->key_count; k++) {
    uint32_t found = AN_NONE;
    for (uint32_t i = m->trigger + 1; i < end && i < m->trigger + 12 && found == AN_NONE; i++)
      if (is_word(s, i, f->key[k]) && (hangs_on(s, i, m->trigger) || i <= m->last + 2)) found = i;
    if (found == AN_NONE) return false;
    if (found <= m->last + 2) m->last = found;
  }
  return true;
}

/* "handed over a suspect" with "over" taken for a preposition: what follows a particle of the key is the object. */
static void object_by_particle(match *m, const frame *f) {
  for (uint32_t i = 0; i < m->own.oblique_count && m->own.object == AN_NONE; i++)
    for (uint32_t k = 1; k < f->key_count; k++)
      if (m->own.obliques[i].prep == f->key[k]) m->own.object = m->own.obliques[i].token;
}

static bool noun_key_fits(const scene *s, match *m, const frame *f) {
  m->last = m->trigger;
  for (uint32_t k = 1; k < f->key_count; k++) {
    uint32_t i = m->last + 1;
    if (i < s->words->token_count && token_at(s, i)->upos == AN_PUNCT) i++; /* "hunger-strike" */
    if (i >= s->words->token_count || token_at(s, i)->sentence != token_at(s, m->trigger)->sentence || !is_word(s, i, f->key[k]))
      return false;
    m->last = i;
  }
  return true;
}

static bool pos_fits(const scene *s, uint32_t token, const frame *f) {
  uint8_t upos = token_at(s, token)->upos;
  switch (f->pos) {
    case FRAME_VERB: return upos == AN_VERB || (upos == AN_AUX && token_at(s, token)->rel != AN_AUX_ && token_at(s, token)->rel != AN_COP);
    case FRAME_NOUN: return f->key_count > 1 || upos == AN_NOUN || upos == AN_PROPN;
    case FRAME_MODAL: return token_at(s, token)->rel == AN_AUX_ && token_at(s, token)->head != AN_NONE;
    default: return upos == AN_ADJ || upos == AN_VERB;
  }
}

static bool light_row(const scene *s, uint32_t verb, bool occurs, an_text *how) {
  an_rows rows = an_table_find(s->coder->light, token_at(s, verb)->lemma_fold);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++) {
    an_text key = an_table_cell(s->coder->light, r, 0);
    *how = an_table_cell(s->coder->light, r, s->coder->light_how);
    if (an_text_is(*how, "occurs") != occurs) continue;
    uint32_t space = an_text_find(key, 0, AN_LIT(" "));
    if (space != AN_NONE) { /* "carry out": the particle must be there */
      uint64_t particle = an_fold_hash(an_text_slice(key, space + 1, key.size));
      bool there = false;
      for (uint32_t c = an_child(s->words, verb, AN_NONE); c != AN_NONE; c = an_child(s->words, verb, c)) there |= is_word(s, c, particle);
      if (!there) continue;
    }
    return true;
  }
  return false;
}

/* "held talks", "talks were held", "the talks held in Oslo": the verb that carries the noun. */
static void find_light(const scene *s, match *m) {
  uint32_t noun = m->last, up = noun;
  for (int step = 0; step < 3; step++) { /* through "a series of", "round of" and lists */
    const an_token *t = token_at(s, up);
    if (t->head == AN_NONE) return;
    bool contained = t->rel == AN_NMOD && class_meets(coder_classes(s->coder, token_at(s, t->head)->lemma_fold), s->coder->container);
    if (!contained && !(t->rel == AN_CONJ && !clause_is_verb(s, t->head)) && t->rel != AN_COMPOUND) break;
    up = t->head;
  }
  const an_token *t = token_at(s, up);
  bool carried = t->rel == AN_OBJ || t->rel == AN_NSUBJ_PASS || t->rel == AN_OBL || t->rel == AN_CONJ, occurs = t->rel == AN_NSUBJ;
  an_text how = {0};
  if ((!carried && !occurs) || t->head == AN_NONE || !clause_is_verb(s, t->head) || !light_row(s, t->head, occurs, &how)) return;
  clause_read(s, t->head, &m->light);
  if (occurs) m->light.subject = AN_NONE; /* "talks began": nobody but the noun's own parties */
  if (t->rel == AN_OBL && m->light.object != AN_NONE) return; /* "opened a road during talks" */
  m->is_light = true;
  m->reversed = an_text_is(how, "reversed");
  m->light_planned = an_text_is(how, "planned");
  m->light_negated = an_text_is(how, "negated");
}

/* "Serbia and China", "the two armies", "Thai and Cambodian ministers". */
static bool several(const scene *s, uint32_t subject) {
  parts who = {.count = 0};
  parts_of(s, subject, 0, &who);
  return who.count > 1;
}

/* "Poland is committed to Ukraine", taken for a passive: whom it is said of is the subject, and a doer is what it is about. */
static void as_adjective(const scene *s, clause *own) {
  if (!own->passive) return;
  if (own->subject != AN_NONE && own->oblique_count < CLAUSE_ITEMS)
    own->obliques[own->oblique_count++] = (oblique){own->subject, clause_prep(s, own->subject)};
  own->subject = own->object;
  own->object = AN_NONE;
  own->passive = false;
}

/* "branded Israel a terrorist state": whom the frame speaks of, and as what. */
static void second_object(clause *own) {
  if (own->indirect == AN_NONE || own->object == AN_NONE || own->object2 != AN_NONE || own->passive) return;
  own->object2 = own->object;
  own->object = own->indirect;
  own->indirect = AN_NONE;
}

typedef enum misfit { FITS, NO_KEY, NO_VERB, NO_OBJECT, NO_WITH, NO_COMPLEMENT, NO_PAIR } misfit;

/* An intransitive verb that the parser took for a passive ("Rwandan troops crossed into Congo"): no "was", no doer, and the frame asks
   for a preposition and for no object. */
static void undo_passive(const scene *s, const frame *f, clause *own) {
  if (!own->passive || own->subject != AN_NONE || f->object.count > 0 || f->with.count == 0) return;
  if (an_child_by(s->words, own->at, AN_AUX_PASS) != AN_NONE || an_child_by(s->words, own->at, AN_NSUBJ_PASS) == AN_NONE) return;
  own->subject = own->object;
  own->object = AN_NONE;
  own->passive = false;
}

/* How well one frame fits the word: what it asked for and got, in points; or which condition failed. */
static misfit try_frame(const scene *s, uint32_t token, const frame *f, match *m) {
  const an_token *t = token_at(s, token);
  *m = (match){.frame = f, .trigger = token, .last = token, .taken = AN_NONE, .instrument = AN_NONE};
  if (!pos_fits(s, token, f) || !(f->pos == FRAME_NOUN ? noun_key_fits(s, m, f) : verb_key_fits(s, m, f))) return NO_KEY;
  clause_read(s, f->pos == FRAME_NOUN ? m->last : f->pos == FRAME_MODAL ? t->head : token, &m->own);
  if (f->pos == FRAME_ADJECTIVE) as_adjective(s, &m->own);
  if (f->complement_open) second_object(&m->own);
  bool modifier = t->rel == AN_AMOD || t->rel == AN_COMPOUND; /* "visiting officials" */
  if (f->pos == FRAME_VERB && modifier && m->own.subject == AN_NONE) return NO_VERB;
  if (f->pos == FRAME_VERB) undo_passive(s, f, &m->own);
  if (f->pos == FRAME_VERB && f->key_count > 1) object_by_particle(m, f);
  int object = list_fits(s, f->object, m), with = list_fits(s, f->with, m), complement = complement_fits(s, m);
  if (f->pos == FRAME_NOUN && (object < 0) != (with < 0) && f->object.count > 0 && f->with.count > 0) /* either will do */
    object = with = object > with ? object : with;
  if (object < 0) return NO_OBJECT;
  if (with < 0) return NO_WITH;
  if (complement < 0) return NO_COMPLEMENT;
  if ((f->flags & FRAME_PAIR) != 0 && !several(s, m->own.subject)) return NO_PAIR;
  m->points = (uint32_t)(4 * (int)(f->key_count - 1) + object + with + complement);
  return FITS;
}

static void rows_of(const scene *s, uint32_t token, an_rows rows[2]) {
  const an_token *t = token_at(s, token);
  rows[0] = an_table_find(s->coder->frames, t->lemma_fold);
  rows[1] = t->fold != t->lemma_fold ? an_table_find(s->coder->frames, t->fold) : (an_rows){0, 0};
}

bool match_frame(const scene *s, uint32_t token, match *out, uint32_t *trap) {
  an_rows rows[2];
  rows_of(s, token, rows);
  bool any = false;
  if (trap != NULL) *trap = 0;
  for (int set = 0; set < 2; set++) {
    for (uint32_t r = rows[set].first; r < rows[set].first + rows[set].count; r++) {
      match m;
      if (try_frame(s, token, &s->coder->frame_at[r], &m) != FITS || (any && m.points <= out->points)) continue;
      any = true;
      *out = m;
    }
  }
  if (!any) return false;
  if (out->frame->type == AN_NONE) {
    if (trap != NULL) *trap = out->frame->line;
    return false;
  }
  out->type = out->frame->type;
  out->mode = out->frame->mode;
  out->cameo = out->frame->cameo;
  if (out->frame->pos == FRAME_NOUN && !out->frame->complement_copula) find_light(s, out);
  return true;
}

/* Whether frames that the word does not fit are of the type, or of others. */
static uint8_t frames_near(const scene *s, uint32_t token, uint32_t type) {
  an_rows rows[2];
  unsigned near = 0;
  rows_of(s, token, rows);
  for (int set = 0; set < 2; set++)
    for (uint32_t r = rows[set].first; r < rows[set].first + rows[set].count; r++) {
      const frame *f = &s->coder->frame_at[r];
      if (pos_fits(s, token, f)) near |= f->type == type ? BESIDE_NEAR : BESIDE_NEAR_OTHER;
    }
  return (uint8_t)near;
}

void match_learned(const scene *s, uint32_t token, uint32_t type, uint16_t share, match *out) {
  static const frame verb = {.pos = FRAME_VERB, .key_count = 1}, noun = {.pos = FRAME_NOUN, .key_count = 1},
                     adjective = {.pos = FRAME_ADJECTIVE, .key_count = 1};
  uint8_t upos = token_at(s, token)->upos;
  *out = (match){.frame = upos == AN_NOUN ? &noun : upos == AN_ADJ ? &adjective : &verb, .trigger = token, .last = token, .taken = AN_NONE, .instrument = AN_NONE,
                 .type = type, .cameo = coder_cameo(s->coder, type, (an_text){0}), .learned = share, .beside = frames_near(s, token, type)};
  clause_read(s, token, &out->own);
  if (upos == AN_ADJ) as_adjective(s, &out->own);
  if (upos == AN_NOUN) find_light(s, out);
}

void match_noun(const scene *s, uint32_t token, match *out) {
  static const frame noun = {.pos = FRAME_NOUN, .key_count = 1};
  *out = (match){.frame = &noun, .trigger = token, .last = token, .taken = AN_NONE, .instrument = AN_NONE};
  clause_read(s, token, &out->own);
  find_light(s, out);
}

void trace_near_misses(const scene *s, uint32_t token) {
  enum { SHOWN = 4 };
  an_rows rows[2];
  if (s->trace == NULL || s->trace->say == NULL) return;
  rows_of(s, token, rows);
  int shown = 0;
  for (int set = 0; set < 2; set++) {
    for (uint32_t r = rows[set].first; r < rows[set].first + rows[set].count && shown < SHOWN; r++) {
      const frame *f = &s->coder->frame_at[r];
      match m;
      misfit why = try_frame(s, token, f, &m);
      if (why == FITS || why == NO_KEY || why == NO_VERB) continue;
      const char *columns[] = {[NO_OBJECT] = "obj", [NO_WITH] = "with", [NO_COMPLEMENT] = "comp", [NO_PAIR] = "how"};
      an_text wanted = an_table_cell(s->coder->frames, r, an_table_column(s->coder->frames, columns[why]));
      an_text object = m.own.object == AN_NONE ? AN_LIT("none") : an_word(s->words, clause_head(s, m.own.object));
      AN_TRACE(s->trace, "event", token_at(s, token)->at, false, "frames.tsv:%u \"%.*s\": its %s %s \"%.*s\"%s%.*s", f->line,
               (int)f->key_text.size, f->key_text.at, why == NO_PAIR ? "subject" : why == NO_OBJECT ? "object" : why == NO_WITH ? "preposition" : "complement",
               "should be", (int)wanted.size, wanted.at, why == NO_OBJECT ? ", is " : "", why == NO_OBJECT ? (int)object.size : 0, object.at);
      shown++;
    }
  }
}
