/* SPDX-License-Identifier: Apache-2.0 */
#include "event/known.h"

#include <string.h>

static const an_token *token_at(const scene *s, uint32_t token) { return &s->words->tokens[token]; }

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
    if ((rel != AN_NMOD && rel != AN_OBL) || clause_prep(s, k) != c->prep) continue;
    if (is_bare(c) || phrase_fits(s, c, k, true)) return true;
  }
  return false;
}

static bool prep_fits(const scene *s, const condition *c, const clause *own) {
  if (prep_of_fits(s, c, own->at) || prep_of_fits(s, c, own->object)) return true;
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
  for (uint32_t k = 1; k < f->key_count; k++) {
    uint32_t i = m->trigger + k;
    if (i >= s->words->token_count || token_at(s, i)->sentence != token_at(s, m->trigger)->sentence || !is_word(s, i, f->key[k]))
      return false;
  }
  m->last = m->trigger + f->key_count - 1;
  return true;
}

static bool pos_fits(const scene *s, uint32_t token, const frame *f) {
  uint8_t upos = token_at(s, token)->upos;
  switch (f->pos) {
    case FRAME_VERB: return upos == AN_VERB || (upos == AN_AUX && token_at(s, token)->rel != AN_AUX_ && token_at(s, token)->rel != AN_COP);
    case FRAME_NOUN: return f->key_count > 1 || upos == AN_NOUN || upos == AN_PROPN;
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

bool match_frame(const scene *s, uint32_t token, match *out, uint32_t *trap) {
  const an_token *t = token_at(s, token);
  an_rows rows[2] = {an_table_find(s->coder->frames, t->lemma_fold), {0, 0}};
  if (t->fold != t->lemma_fold) rows[1] = an_table_find(s->coder->frames, t->fold);
  int best = -1;
  if (trap != NULL) *trap = 0;
  for (int set = 0; set < 2; set++) {
    for (uint32_t r = rows[set].first; r < rows[set].first + rows[set].count; r++) {
      match m = {.frame = &s->coder->frame_at[r], .trigger = token, .last = token, .taken = AN_NONE, .instrument = AN_NONE};
      const frame *f = m.frame;
      if (!pos_fits(s, token, f) || !(f->pos == FRAME_NOUN ? noun_key_fits(s, &m, f) : verb_key_fits(s, &m, f))) continue;
      clause_read(s, f->pos == FRAME_NOUN ? m.last : token, &m.own);
      if (f->pos == FRAME_ADJECTIVE) as_adjective(s, &m.own);
      if (f->complement_open && f->complement.count > 0) second_object(&m.own);
      bool modifier = t->rel == AN_AMOD || t->rel == AN_COMPOUND; /* "visiting officials" */
      if (f->pos == FRAME_VERB && modifier && m.own.subject == AN_NONE) continue;
      if (f->pos == FRAME_VERB && f->key_count > 1) object_by_particle(&m, f);
      int object = list_fits(s, f->object, &m), with = list_fits(s, f->with, &m), complement = complement_fits(s, &m);
      if (f->pos == FRAME_NOUN && (object < 0) != (with < 0) && f->object.count > 0 && f->with.count > 0) /* either will do */
        object = with = object > with ? object : with;
      if (object < 0 || with < 0 || complement < 0) continue;
      if ((f->flags & FRAME_PAIR) != 0 && !several(s, m.own.subject)) continue;
      int points = 4 * (int)(f->key_count - 1) + object + with + complement;
      if (points <= best) continue;
      best = points;
      m.points = (uint32_t)points;
      *out = m;
    }
  }
  if (best < 0) return false;
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

/* ---- Parts ----------------------------------------------------------------------------------- */

/* Down a chain of noun phrases: "sanctions on exports of grain to Iran", "the withdrawal of Turkish troops". */
static void parts_below(const scene *s, uint32_t head, uint64_t prep, parts *out) {
  for (int step = 0; step < 3 && out->count == 0 && head != AN_NONE; step++) {
    uint32_t next = AN_NONE;
    head = clause_head(s, head);
    for (uint32_t k = an_child(s->words, head, AN_NONE); k != AN_NONE; k = an_child(s->words, head, k)) {
      if (token_at(s, k)->rel != AN_NMOD) continue;
      if (clause_prep(s, k) == prep) parts_of(s, k, PARTY_PLACES | PARTY_DEEP, out);
      if (next == AN_NONE) next = k;
    }
    head = next;
  }
}

static void parts_with_prep(const scene *s, const clause *c, uint64_t prep, parts *out) {
  for (uint32_t i = 0; i < c->oblique_count; i++)
    if (c->obliques[i].prep == prep) parts_of(s, c->obliques[i].token, PARTY_PLACES | PARTY_DEEP, out);
  if (out->count == 0) parts_below(s, c->object != AN_NONE ? c->object : clause_is_verb(s, c->at) ? AN_NONE : c->at, prep, out);
  for (uint32_t i = 0; i < c->oblique_count && out->count == 0; i++) parts_below(s, c->obliques[i].token, prep, out);
}

static void parts_of_modifiers(const scene *s, uint32_t noun, parts *out) {
  static const uint8_t order[] = {AN_NMOD_POSS, AN_AMOD, AN_COMPOUND};
  for (size_t o = 0; o < sizeof order && out->count == 0; o++)
    for (uint32_t k = an_child(s->words, noun, AN_NONE); k != AN_NONE; k = an_child(s->words, noun, k))
      if (token_at(s, k)->rel == order[o]) parts_of(s, k, 0, out);
}

static void fill(const scene *s, const match *m, const clause *c, const roles *order, const parts *not_these, parts *out);

/* Somebody in the act that is promised, asked or refused, and in the act inside of that one, three deep. */
static void parts_of_complement(const scene *s, const match *m, const clause *c, const parts *not_these, parts *out) {
  uint32_t at = c->complement;
  for (int depth = 0; depth < 3 && at != AN_NONE && out->count == 0; depth++) {
    clause inner;
    clause_read(s, at, &inner);
    uint32_t next = inner.complement;
    inner.complement = AN_NONE;
    if (inner.subject != AN_NONE && !inner.passive) {
      parts_of(s, inner.subject, 0, out);
      parts_without(s, out, not_these);
    }
    if (out->count == 0) fill(s, m, &inner, &s->coder->complement_recipient, not_these, out);
    at = next;
  }
}

static bool can_be_subject(const scene *s, uint32_t mention) {
  const an_mention_at *m = &s->mentions->list.at[mention];
  uint8_t rel = token_at(s, m->head)->rel;
  bool elsewhere = rel == AN_OBJ || rel == AN_OBL || rel == AN_NMOD || rel == AN_IOBJ || rel == AN_NMOD_POSS || rel == AN_OBL_AGENT;
  return !elsewhere && (m->m.kind == AN_MENTION_PERSON || m->m.kind == AN_MENTION_COUNTRY) && (m->flags & AN_MENTION_LOCATIVE) == 0;
}

/* "Putin and Raisi met", read off the words where the tree has cut the list: names joined by "and" right before the predicate. */
static void parts_joined(const scene *s, const clause *c, parts *out) {
  uint32_t m = s->mention_of[c->subject], first = s->words->sentences[token_at(s, c->subject)->sentence].first;
  if (m == AN_NONE || !can_be_subject(s, m)) return;
  const an_mention_at *at = &s->mentions->list.at[m];
  if (at->first < first + 2 || token_at(s, at->first - 1)->upos != AN_CCONJ) return;
  uint32_t before = s->mention_of[at->first - 2];
  if (before != AN_NONE && s->mentions->list.at[before].m.kind == at->m.kind && can_be_subject(s, before))
    parts_of_mention(s, before, s->mentions->list.at[before].head, out);
}

/* "We shall strike back", "Hamas said it had fired": in what somebody says, and of nobody else known, who says it. */
static bool is_speaker_word(const scene *s, uint32_t token) {
  const an_token *t = token_at(s, token);
  if (t->upos != AN_PRON || s->mention_of[token] != AN_NONE) return false;
  return coder_is(s->coder, t, REALIS_SELF) || (t->quote_depth == 0 && coder_is(s->coder, t, REALIS_THIRD));
}

/* The subject, and a second one beside it: a list whose "and" the parser hung elsewhere. */
static void parts_of_subject(const scene *s, const clause *c, parts *out) {
  parts_of(s, c->subject, 0, out);
  if (out->count == 0 && c->subject != AN_NONE && is_speaker_word(s, c->subject)) parts_of_speaker(s, c->at, out);
  if (c->subject == AN_NONE || c->passive || token_at(s, c->subject)->head != c->at) return;
  if (out->count == 1) parts_joined(s, c, out);
  for (uint32_t k = an_child(s->words, c->at, AN_NONE); k != AN_NONE; k = an_child(s->words, c->at, k)) {
    uint32_t m = s->mention_of[k];
    bool beside = k != c->subject && token_at(s, k)->rel == AN_NSUBJ && m != AN_NONE;
    if (beside && (s->mentions->list.at[m].m.kind == AN_MENTION_PERSON || s->mentions->list.at[m].m.kind == AN_MENTION_COUNTRY))
      parts_of(s, k, 0, out);
  }
}

/* "withdrew its troops", "the release of its citizen": what is the doer's own suffers nothing from the doer, but people do in force. */
static void without_own(const scene *s, const match *m, const parts *doers, parts *out) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < out->count; i++) {
    const part *p = &out->at[i];
    uint32_t owner = p->mention != AN_NONE || p->token == AN_NONE ? AN_NONE : an_child_by(s->words, p->token, AN_NMOD_POSS);
    bool own = false, force = s->coder->types[m->type].quad == 4 && !coder_sector_armed(s->coder, p->party.sector);
    for (uint32_t k = 0; k < doers->count && owner != AN_NONE && token_at(s, owner)->upos == AN_PRON && !force; k++)
      own |= an_text_equal(doers->at[k].party.country, p->party.country);
    if (!own) out->at[kept++] = *p;
  }
  out->count = kept;
}

static void role_parts(const scene *s, const match *m, const clause *c, role r, const parts *not_these, parts *out) {
  bool noun = m->frame->pos == FRAME_NOUN;
  switch (r.kind) {
    case ROLE_SUBJECT: parts_of_subject(s, noun && m->is_light ? &m->light : c, out); break;
    case ROLE_OBJECT: parts_of(s, c->object, PARTY_PLACES | PARTY_DEEP, out); break;
    case ROLE_INDIRECT: parts_of(s, c->indirect, PARTY_PLACES | PARTY_DEEP, out); break;
    case ROLE_POSSESSIVE: /* of the noun itself; of a verb's object: "face U.S. sanctions" */
      if (noun || c->object != AN_NONE) parts_of_modifiers(s, noun ? m->last : clause_head(s, c->object), out);
      break;
    case ROLE_COMPLEMENT: parts_of_complement(s, m, c, not_these, out); break;
    case ROLE_SPEAKER: parts_of_speaker(s, m->trigger, out); break;
    case ROLE_PREP:
      parts_with_prep(s, c, r.prep, out);
      if (out->count == 0 && noun && m->is_light) parts_with_prep(s, &m->light, r.prep, out);
      break;
    default: break;
  }
  if (not_these == NULL) return;
  parts_without(s, out, not_these);
  without_own(s, m, not_these, out);
}

/* Somebody named who stands as subject or object is the one, of whatever country: "helped Machado get American citizenship". */
static bool is_named(const scene *s, const part *p) {
  if (p->mention == AN_NONE) return false;
  const an_mention_at *m = &s->mentions->list.at[p->mention];
  return m->m.kind == AN_MENTION_PERSON && (m->flags & AN_MENTION_PRONOUN) == 0;
}

/* The first place that holds somebody of a known country; failing that, the first that holds anybody. */
static void fill(const scene *s, const match *m, const clause *c, const roles *order, const parts *not_these, parts *out) {
  parts first = {.count = 0};
  for (uint32_t i = 0; i < order->count; i++) {
    if (order->at[i].kind == ROLE_COMPLEMENT && c != &m->own) continue;
    out->count = 0;
    role_parts(s, m, c, order->at[i], not_these, out);
    for (uint32_t k = 0; k < out->count; k++)
      if (out->at[k].party.country.at != NULL || out->at[k].party.entity.at != NULL) return;
    bool place = order->at[i].kind == ROLE_SUBJECT || order->at[i].kind == ROLE_OBJECT || order->at[i].kind == ROLE_INDIRECT;
    if (place && out->count > 0 && is_named(s, &out->at[0])) return;
    if (first.count == 0) first = *out;
  }
  *out = first;
}

static bool has_prep_role(const roles *r, uint64_t prep) {
  for (uint32_t i = 0; i < r->count; i++)
    if (r->at[i].kind == ROLE_PREP && r->at[i].prep == prep) return true;
  return false;
}

static bool has_role(const roles *r, uint8_t kind) {
  for (uint32_t i = 0; i < r->count; i++)
    if (r->at[i].kind == kind) return true;
  return false;
}

static bool has_country(const scene *s, uint32_t token) {
  parts who = {.count = 0};
  parts_of(s, token, PARTY_PLACES, &who);
  return who.count > 0 && who.at[0].party.country.at != NULL;
}

/* "A bomb killed fourteen people": what harms is a thing, which acts for somebody who may not be named. A natural fire is none. */
static bool is_instrument(const scene *s, const match *m) {
  if (m->frame->pos != FRAME_VERB || m->own.passive || m->own.subject == AN_NONE || s->coder->types[m->type].quad != 4) return false;
  uint32_t head = clause_head(s, m->own.subject), trap = 0;
  match noun;
  if (head > 0 && !match_frame(s, head - 1, &noun, &trap) && trap == 0) match_frame(s, head, &noun, &trap);
  if (trap != 0) return false; /* "heart attacks killed forty people" */
  class_set own = coder_classes(s->coder, token_at(s, head)->lemma_fold);
  if (class_meets(own, s->coder->instrument) && !class_meets(own, s->coder->problem)) return true;
  for (uint32_t c = an_child(s->words, head, AN_NONE); c != AN_NONE; c = an_child(s->words, head, c)) /* "artillery fire" */
    if (token_at(s, c)->rel == AN_COMPOUND && class_meets(own, s->coder->instrument) &&
        class_meets(coder_classes(s->coder, token_at(s, c)->lemma_fold), s->coder->instrument))
      return true;
  return false;
}

/* In the passive: by something that is neither somebody nor an instrument. */
static bool by_a_thing(const scene *s, const match *m) {
  if (!m->own.passive || m->own.subject == AN_NONE || s->mention_of[m->own.subject] != AN_NONE) return false;
  const an_token *t = token_at(s, clause_head(s, m->own.subject));
  if (t->upos != AN_NOUN || class_meets(coder_classes(s->coder, t->lemma_fold), s->coder->somebody)) return false;
  class_set own = coder_classes(s->coder, t->lemma_fold);
  return !class_meets(own, s->coder->instrument) || class_meets(own, s->coder->problem);
}

/* "On a visit to Kyiv, the Swedish minister said", "asked for time in a call with": who acts during a meeting is at it. */
static void parts_around(const scene *s, match *m) {
  const an_token *t = token_at(s, m->last);
  if (t->rel != AN_OBL || t->head == AN_NONE || !clause_is_verb(s, t->head) || an_text_is(m->mode, "third-party")) return;
  bool carries = false;
  uint64_t prep = clause_prep(s, m->last);
  for (uint32_t i = 0; i < s->coder->around.count; i++) carries |= s->coder->around.at[i].prep == prep;
  if (!carries || s->coder->types[m->type].quad != 1 || !an_text_is(s->coder->types[m->type].name, "CONSULT")) return;
  clause c;
  clause_read(s, t->head, &c);
  if (!c.passive) parts_of_subject(s, &c, &m->actors);
}

static void fill_actors(const scene *s, match *m) {
  const an_coder *k = s->coder;
  const frame *f = m->frame;
  const roles *order = f->actor.given ? &f->actor : f->pos == FRAME_ADJECTIVE ? &k->adjective_actor : f->pos == FRAME_VERB ? &k->verb_actor
                       : m->is_light && !m->reversed ? &k->light_actor : &k->noun_actor;
  fill(s, m, &m->own, order, NULL, &m->actors);
  if (m->actors.count == 0 && (f->flags & FRAME_MUTUAL) != 0) /* "a treaty between Chile and Peru was signed" */
    fill(s, m, &m->own, &k->each_other, NULL, &m->actors);
  for (uint32_t i = 0; i < k->unclaimed.count && m->actors.count == 0; i++) {
    bool free = f->pos == FRAME_NOUN && f->recipient.given && !has_prep_role(&f->recipient, k->unclaimed.at[i].prep);
    if (free) role_parts(s, m, &m->own, k->unclaimed.at[i], NULL, &m->actors);
  }
  bool owned = an_child_by(s->words, m->last, AN_NMOD_POSS) != AN_NONE; /* "after her meeting with the king, the palace said" */
  if (m->actors.count == 0 && f->pos == FRAME_NOUN && !m->is_light && !owned) parts_around(s, m);
  if (m->actors.count == 0 && is_instrument(s, m)) { /* "a Russian missile hit", "an attack by gunmen killed": who is behind it */
    m->instrument = m->own.subject;
    parts_of(s, m->own.subject, PARTY_DEEP, &m->actors);
  }
}

/* "accepted mediation by Ethiopia", hung on the verb: in the active, who does what the object says. */
static void parts_of_doers(const scene *s, match *m) {
  for (uint32_t i = 0; i < m->own.oblique_count && m->own.object != AN_NONE && m->recipients.count == 0; i++) {
    uint32_t token = m->own.obliques[i].token, by = an_child_by(s->words, token, AN_CASE);
    if (by != AN_NONE && coder_is(s->coder, token_at(s, by), REALIS_AGENT)) parts_of(s, token, 0, &m->recipients);
  }
  parts_without(s, &m->recipients, &m->actors);
}

/* "pressed for talks with Turkey", "warned of an attack on Israel": the frame asked for the act, which names them. */
static void parts_of_matter(const scene *s, match *m) {
  for (uint32_t i = 0; i < m->own.oblique_count && m->recipients.count == 0; i++) {
    uint32_t head = clause_head(s, m->own.obliques[i].token);
    bool asked = false;
    for (uint32_t k = 0; k < m->frame->with.count; k++) asked |= m->frame->with.at[k].prep == m->own.obliques[i].prep;
    if (!asked || clause_is_verb(s, head) || (token_at(s, head)->flags & AN_WORD_EVENT) == 0) continue;
    clause inner;
    clause_read(s, head, &inner);
    fill(s, m, &inner, &s->coder->noun_recipient, &m->actors, &m->recipients);
  }
}

static void fill_recipients(const scene *s, match *m) {
  const an_coder *k = s->coder;
  const frame *f = m->frame;
  const roles *order = f->recipient.given ? &f->recipient : f->pos == FRAME_ADJECTIVE ? &k->adjective_recipient
                       : f->pos == FRAME_VERB ? &k->verb_recipient : m->is_light ? &k->light_recipient : &k->noun_recipient;
  bool own_object = f->pos == FRAME_VERB && m->own.object != AN_NONE && has_role(order, ROLE_OBJECT) && has_country(s, m->own.object);
  if (own_object) { /* "expelled three Russian diplomats over the hacking of its parliament" */
    parts_of(s, m->own.object, PARTY_PLACES, &m->recipients);
    parts_without(s, &m->recipients, &m->actors);
  }
  if (m->recipients.count == 0) fill(s, m, &m->own, order, &m->actors, &m->recipients);
  if (m->recipients.count == 0 && (f->flags & FRAME_TAKES) != 0)
    role_parts(s, m, &m->own, (role){ROLE_COMPLEMENT, 0}, &m->actors, &m->recipients);
  bool nobody = order->count == 1 && order->at[0].kind == ROLE_NOBODY;
  bool each_other = (f->flags & FRAME_MUTUAL) != 0 && m->actors.count > 1;
  if (m->recipients.count == 0 && f->pos == FRAME_VERB && !nobody && !each_other) { /* whose the object is: "dismissed Congo's claims" */
    parts_of(s, m->own.object, PARTY_PLACES | PARTY_DEEP, &m->recipients);
    parts_without(s, &m->recipients, &m->actors);
  }
  if (m->recipients.count == 0 && f->pos == FRAME_VERB && !nobody && !each_other && !m->own.passive) parts_of_doers(s, m);
  if (m->recipients.count == 0 && f->pos == FRAME_VERB && !nobody && !each_other) parts_of_matter(s, m);
  if (m->recipients.count == 0 && m->reversed && m->is_light) parts_of(s, m->light.subject, PARTY_PLACES, &m->recipients);
}

bool embed_type(const an_coder *k, an_text outer, uint32_t inner, match *m) {
  char key[64];
  an_text name = k->types[inner].name;
  if (outer.size + name.size + 1 > sizeof key) return false;
  memcpy(key, outer.at, outer.size);
  key[outer.size] = ' ';
  memcpy(key + outer.size + 1, name.at, name.size);
  an_rows rows = an_table_find_key(k->embed, an_fold_hash((an_text){key, outer.size + name.size + 1}));
  uint32_t type = rows.count == 0 ? AN_NONE : coder_type(k, an_table_cell(k->embed, rows.first, k->embed_type));
  if (type == AN_NONE) return false;
  m->type = type;
  m->mode = an_table_cell(k->embed, rows.first, k->embed_mode);
  m->cameo = an_table_cell(k->embed, rows.first, k->embed_cameo);
  return true;
}

/* What the taken act makes of the frame: "agreed" + a strike is a threat, "asked" + talks is a request to meet. */
static bool take_complement(const scene *s, match *m, const char **why_not) {
  const frame *f = m->frame;
  uint32_t at = m->own.complement;
  if (at == AN_NONE || ((f->flags & (FRAME_TAKES | FRAME_HOSTILE)) == 0)) return (f->flags & (FRAME_PLANNED | FRAME_HOSTILE)) == 0;
  match inner;
  bool found = match_frame(s, at, &inner, NULL);
  if (!found) { /* "promised to hold talks": the act is the object of the complement */
    clause c;
    clause_read(s, at, &c);
    found = c.object != AN_NONE && match_frame(s, clause_head(s, c.object), &inner, NULL) && inner.is_light;
    uint32_t next = c.complement;
    if (!found && next != AN_NONE) found = match_frame(s, next, &inner, NULL); /* "agreed to allow Russia to use" */
  }
  m->taken = at;
  if (!found) {
    *why_not = "its complement names no act";
    return (f->flags & (FRAME_PLANNED | FRAME_HOSTILE)) == 0;
  }
  const an_coder *k = s->coder;
  m->taken_words = (inner.frame->flags & FRAME_SPOKEN) != 0;
  if ((f->flags & FRAME_HOSTILE) != 0) return k->types[inner.type].quad == 4;
  if (embed_type(k, k->types[m->type].name, inner.type, m)) return true;
  *why_not = "no type for such an act in such a frame (embed.tsv)";
  return (f->flags & FRAME_PLANNED) == 0;
}

/* "…, which responded with sanctions": who is answered is the last one named before, of another country. */
static void find_provoker(const scene *s, match *m) {
  uint32_t first = s->words->sentences[token_at(s, m->trigger)->sentence].first;
  for (uint32_t i = m->trigger; i > first && m->recipients.count == 0 && m->actors.count > 0; i--) {
    if (!party_at(s, i - 1)) continue;
    parts_of(s, i - 1, 0, &m->recipients);
    parts_without(s, &m->recipients, &m->actors);
    if (m->recipients.count > 0 && an_text_equal(m->recipients.at[0].party.country, m->actors.at[0].party.country)) m->recipients.count = 0;
  }
}

/* "carried out drone strikes", "a drone strike killed": where the verb says what and a noun's own frame says how, both count. */
static void mode_of_noun(const scene *s, match *m, uint32_t phrase) {
  if (m->mode.at != NULL || m->frame->pos != FRAME_VERB || phrase == AN_NONE) return;
  uint32_t head = clause_head(s, phrase), first = s->words->sentences[token_at(s, head)->sentence].first;
  for (uint32_t from = head; from + 1 > first && from + 2 > head && m->mode.at == NULL; from--) {
    match noun;
    bool fits = match_frame(s, from, &noun, NULL) && noun.frame->pos == FRAME_NOUN && noun.last == head && noun.type == m->type;
    if (fits && noun.mode.at != NULL) {
      m->mode = noun.mode;
      m->cameo = noun.cameo;
    }
    if (from == 0) break;
  }
}

/* "The senator attacked her rival": people of public life without arms attack in words (embed.tsv, SPOKEN). */
static void as_words(const scene *s, match *m) {
  if ((m->frame->flags & FRAME_SPOKEN) == 0 || m->mode.at != NULL || !party_all_civil(s, &m->actors) || party_any_armed(s, &m->recipients)) return;
  embed_type(s->coder, AN_LIT("SPOKEN"), m->type, m);
}

/* Words, favours and trade are politics where a state, a public body or its people say or get them; what harms is told of anybody. */
static bool is_politics(const scene *s, const match *m) {
  uint8_t quad = s->coder->types[m->type].quad;
  if (quad != 1 && quad != 3 && !s->coder->types[m->type].needs_recipient) return true;
  if (quad == 4) return true;
  if (party_any_political(s, &m->actors) || party_any_political(s, &m->recipients)) return true;
  return quad == 3 && party_any_body(s, &m->actors);
}

bool match_parts(const scene *s, match *m, const char **why_not) {
  const frame *f = m->frame;
  *why_not = "the frame needs an act to come";
  if (!take_complement(s, m, why_not)) return false;
  if (m->frame->object.count > 0) mode_of_noun(s, m, m->own.object);
  fill_actors(s, m);
  mode_of_noun(s, m, m->instrument);
  fill_recipients(s, m);
  bool points_back = m->own.object != AN_NONE && f->pos == FRAME_VERB && /* "those actions were slammed by …" */
                     clause_child_where(s, m->own.object, REALIS_DEMONSTRATIVE) != AN_NONE;
  if (((f->flags & FRAME_ANSWER) != 0 || points_back) && m->recipients.count == 0) find_provoker(s, m);
  if ((f->flags & FRAME_REVERSED) != 0) {
    parts swap = m->actors;
    m->actors = m->recipients;
    m->recipients = swap;
  }
  drop_guessed(s, m);
  as_words(s, m);
  m->mutual = (f->flags & FRAME_MUTUAL) != 0 && m->recipients.count == 0 && m->actors.count > 1;
  *why_not = "what they mean to attack with is words";
  if (m->taken_words && party_all_civil(s, &m->actors)) return false;
  *why_not = "nobody that does it";
  bool material = s->coder->types[m->type].quad % 2 == 0, agentless = f->pos == FRAME_VERB && m->own.passive && m->own.subject == AN_NONE;
  bool act_alone = material && agentless && m->points >= 3; /* "a curfew was imposed": the object says what was done */
  bool suffered = agentless || s->coder->types[m->type].quad == 4; /* "two hostages were freed", "the attack on Kuwait" */
  if (m->actors.count == 0 && !act_alone && !(material && suffered && (m->recipients.count > 0 || m->instrument != AN_NONE))) return false;
  *why_not = "what does it is nobody"; /* "the storm killed nine people in Honduras" */
  bool dies = (f->flags & FRAME_REVERSED) != 0 && s->coder->types[m->type].quad == 4; /* "six people died in the attack" */
  if (m->actors.count == 0 && f->pos == FRAME_VERB && !m->own.passive && m->instrument == AN_NONE && !dies) return false;
  *why_not = "done by a thing that is no weapon"; /* "farmers hit by tariffs", "killed by a falling tree" */
  if (m->actors.count == 0 && s->coder->types[m->type].quad == 4 && f->pos == FRAME_VERB && by_a_thing(s, m)) return false;
  *why_not = "done to oneself"; /* "defended himself"; but "blew himself up" */
  if (f->pos == FRAME_VERB && s->coder->types[m->type].quad != 4 && m->own.object != AN_NONE && coder_is(s->coder, token_at(s, m->own.object), REALIS_REFLEXIVE)) return false;
  *why_not = "nobody is named on either side";
  uint32_t what = m->own.object;
  bool things = what != AN_NONE && token_at(s, what)->upos == AN_NOUN;
  if (m->actors.count + m->recipients.count == 0 && f->pos == FRAME_VERB && m->instrument == AN_NONE && !things) return false;
  *why_not = "help and trade by nobody"; /* "was treated as an outpatient" */
  if (s->coder->types[m->type].needs_recipient && s->coder->types[m->type].quad == 2 && m->actors.count == 0) return false;
  *why_not = "none of them is known to the world";
  if (m->actors.count + m->recipients.count == 0) {
    *why_not = NULL;
    return true;
  }
  bool crowd = an_text_is(s->coder->types[m->type].name, "PROTEST") && m->actors.count > 0 && m->actors.at[0].mention != AN_NONE &&
               party_is_crowd(s, m->actors.at[0].mention);
  if (!crowd && !party_any_known(s, &m->actors) && !party_any_known(s, &m->recipients)) return false;
  *why_not = "words or favours among people of no country and no office"; /* "the singer visited fans", "the doctor told him to" */
  if (!is_politics(s, m)) return false;
  *why_not = "nobody in arms";
  if ((f->flags & FRAME_ARMED) != 0 && !party_any_armed(s, &m->actors)) return false;
  *why_not = "the type needs a recipient"; /* but "a court froze the accounts": the object says what was done */
  bool said = s->coder->types[m->type].quad == 4 && m->points >= 3 && m->actors.count > 0;
  if (s->coder->types[m->type].needs_recipient && m->recipients.count == 0 && !m->mutual && !said) return false;
  *why_not = "a noun that names no pair and that no verb carries";
  bool nobody = f->recipient.count == 1 && f->recipient.at[0].kind == ROLE_NOBODY; /* "India's testing of missiles" */
  bool pair = m->actors.count > 0 && (m->recipients.count > 0 || m->mutual || nobody);
  if (f->pos == FRAME_NOUN && !f->complement_copula && !m->is_light && !pair) return false;
  *why_not = "a noun that names a kind of something else"; /* "3,210 shooting victims", "the protest leader" */
  const an_token *last = token_at(s, m->last);
  bool kind_of = f->pos == FRAME_NOUN && !m->is_light && last->rel == AN_COMPOUND && last->head != AN_NONE && last->head > m->last;
  if (kind_of && !class_meets(coder_classes(s->coder, token_at(s, last->head)->lemma_fold), s->coder->container)) return false;
  *why_not = "a noun that only counts where a verb carries it";
  if ((f->flags & FRAME_CARRIED) != 0 && !m->is_light) return false;
  *why_not = "too vague without both parties";
  if ((f->flags & FRAME_WEAK) != 0 && !pair) return false;
  *why_not = NULL;
  return true;
}
