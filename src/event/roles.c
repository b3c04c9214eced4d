/* SPDX-License-Identifier: Apache-2.0 */
/* Who fills the parts of a frame. */
#include "event/roles.h"

#include "event/choose.h"
#include "event/doubts.h"
#include "event/known.h"
#include "event/whom.h"

#include <string.h>

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

/* Nobody of the same country as one of these. */
static void without_countrymen(const parts *sides, parts *out) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < out->count; i++) {
    bool of_a_side = false;
    for (uint32_t k = 0; k < sides->count; k++) of_a_side |= out->at[i].party.country.at != NULL && an_text_equal(sides->at[k].party.country, out->at[i].party.country);
    if (!of_a_side) out->at[kept++] = out->at[i];
  }
  out->count = kept;
}

/* Somebody in the act that is promised, asked or refused, and in the act inside of that one, three deep. */
static void parts_of_complement(const scene *s, const match *m, const clause *c, const parts *not_these, parts *out) {
  uint32_t at = c->complement;
  bool promises = not_these != NULL && (s->coder->types[m->type].traits & (TYPE_PROMISES | TYPE_THREATENS)) != 0;
  for (int depth = 0; depth < 3 && at != AN_NONE && out->count == 0; depth++) {
    clause inner;
    clause_read(s, at, &inner);
    uint32_t next = inner.complement;
    inner.complement = AN_NONE;
    if (inner.subject != AN_NONE && !inner.passive) {
      parts_of(s, inner.subject, 0, out);
      parts_without(s, out, not_these);
      if (promises) without_countrymen(not_these, out); /* "Peru warned that its army would respond" */
    }
    if (out->count == 0) roles_fill(s, m, &inner, &s->coder->complement_recipient, not_these, out);
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
bool roles_speaker_word(const scene *s, uint32_t token) {
  const an_token *t = token_at(s, token);
  if (t->upos != AN_PRON || s->mention_of[token] != AN_NONE) return false;
  return coder_is(s->coder, t, REALIS_SELF) || (t->quote_depth == 0 && coder_is(s->coder, t, REALIS_THIRD));
}

/* The subject, and a second one beside it: a list whose "and" the parser hung elsewhere. */
static void parts_of_subject(const scene *s, const clause *c, parts *out) {
  parts_of(s, c->subject, 0, out);
  if (out->count == 0 && c->subject != AN_NONE && roles_speaker_word(s, c->subject)) parts_of_speaker(s, c->at, out);
  if (c->subject == AN_NONE || c->passive || token_at(s, c->subject)->head != c->at) return;
  if (out->count == 1) parts_joined(s, c, out);
  for (uint32_t k = an_child(s->words, c->at, AN_NONE); k != AN_NONE; k = an_child(s->words, c->at, k)) {
    uint32_t m = s->mention_of[k];
    bool beside = k != c->subject && token_at(s, k)->rel == AN_NSUBJ && m != AN_NONE;
    if (beside && (s->mentions->list.at[m].m.kind == AN_MENTION_PERSON || s->mentions->list.at[m].m.kind == AN_MENTION_COUNTRY))
      parts_of(s, k, 0, out);
  }
}

/* Somebody named who stands as subject or object is the one, of whatever country: "helped Machado get American citizenship". */
static bool is_named(const scene *s, const part *p) {
  if (p->mention == AN_NONE) return false;
  const an_mention_at *m = &s->mentions->list.at[p->mention];
  return m->m.kind == AN_MENTION_PERSON && (m->flags & AN_MENTION_PRONOUN) == 0;
}

/* A part of the clause itself, and not of a phrase inside of it. */
static bool stands_beside(const scene *s, const match *m, uint32_t token) {
  bool found = token == m->own.indirect || (m->own.object != AN_NONE && token == clause_head(s, m->own.object));
  for (uint32_t i = 0; i < m->own.oblique_count; i++) found |= token == clause_head(s, m->own.obliques[i].token);
  return found;
}

/* "withdrew its troops", "paraded its missiles": what is the doer's own suffers nothing from the doer, but people do in force. */
static void without_own(const scene *s, const match *m, const parts *doers, parts *out) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < out->count; i++) {
    const part *p = &out->at[i];
    uint32_t owner = p->token == AN_NONE ? AN_NONE : an_child_by(s->words, p->token, AN_NMOD_POSS);
    class_set is = p->token == AN_NONE ? (class_set){{0}} : coder_classes(s->coder, token_at(s, p->token)->lemma_fold);
    bool people = class_meets(is, s->coder->somebody) || p->party.sector.at != NULL || p->party.entity.at != NULL;
    const plover_type *type = &s->coder->types[m->type];
    bool spoken_to = type->quad % 2 == 1 && stands_beside(s, m, p->token); /* "pleaded with its allies" */
    bool done_to = spoken_to || type->quad == 4 || (type->needs_recipient && type->quad == 2); /* but "withdrew its experts" */
    bool own = false, force = done_to && people && (!coder_sector_armed(s->coder, p->party.sector) || is_named(s, p));
    for (uint32_t k = 0; k < doers->count && owner != AN_NONE && token_at(s, owner)->upos == AN_PRON && !force; k++)
      own |= an_text_equal(doers->at[k].party.country, p->party.country);
    if (!own) out->at[kept++] = *p;
  }
  out->count = kept;
}

static void role_parts(const scene *s, const match *m, const clause *c, role r, const parts *not_these, parts *out) {
  bool noun = m->frame->pos == FRAME_NOUN;
  switch (r.kind) {
    case ROLE_SUBJECT:
      parts_of_subject(s, noun && m->is_light ? &m->light : c, out);
      if (out->count == 0 && (m->frame->pos == FRAME_ADJECTIVE || (m->frame->flags & FRAME_REVERSED) != 0)) /* "Israel's conduct was unacceptable", "drew anger" */
        parts_of(s, c->subject, PARTY_DEEP, out);
      break;
    case ROLE_OBJECT: parts_of(s, c->object, PARTY_PLACES | PARTY_DEEP, out); break;
    case ROLE_INDIRECT: parts_of(s, c->indirect, PARTY_PLACES | PARTY_DEEP, out); break;
    case ROLE_POSSESSIVE: /* of the noun itself; of a verb's object: "face U.S. sanctions" */
      if (noun || c->object != AN_NONE) parts_of_modifiers(s, noun ? m->last : clause_head(s, c->object), out);
      break;
    case ROLE_COMPLEMENT: /* but "he resigned, and she was named", hung on the first verb */
      if (c->complement_open || m->frame->wants_complement || s->coder->types[m->type].quad % 2 == 1) parts_of_complement(s, m, c, not_these, out);
      break;
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

static bool has_prep_role(const roles *r, uint64_t prep) {
  for (uint32_t i = 0; i < r->count; i++)
    if (r->at[i].kind == ROLE_PREP && r->at[i].prep == prep) return true;
  return false;
}

/* "Killed six people in Iraq": people who are the object are the ones; but "sent soldiers to Mali". */
static bool is_struck(const scene *s, const match *m, const clause *c, const part *p) {
  const plover_type *type = &s->coder->types[m->type];
  if (c->object == AN_NONE || p->token != clause_head(s, c->object) || type->quad != 4 || (type->traits & TYPE_SHOWS) != 0) return false;
  if (p->mention != AN_NONE && s->mentions->list.at[p->mention].m.kind == AN_MENTION_PLACE) return false;
  return !class_meets(coder_classes(s->coder, token_at(s, p->token)->lemma_fold), s->coder->instrument);
}

/* "took the side of the nurses", "lifted the state of emergency": a word of the key is nobody. */
static void without_key(const scene *s, const match *m, parts *out) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < out->count; i++) {
    bool key = false;
    for (uint32_t k = 1; k < m->frame->key_count && out->at[i].token != AN_NONE; k++)
      key |= token_at(s, out->at[i].token)->lemma_fold == m->frame->key[k] && stands_beside(s, m, out->at[i].token);
    if (!key) out->at[kept++] = out->at[i];
  }
  out->count = kept;
}

/* The first place that holds somebody of a known country; failing that, the first that holds anybody. */
void roles_fill(const scene *s, const match *m, const clause *c, const roles *order, const parts *not_these, parts *out) {
  parts first = {.count = 0};
  const plover_type *type = &s->coder->types[m->type];
  bool gives = (type->needs_recipient && type->quad == 2) || (type->traits & TYPE_PROMISES) != 0;
  for (uint32_t i = 0; i < order->count; i++) {
    if (order->at[i].kind == ROLE_COMPLEMENT && c != &m->own) continue;
    out->count = 0;
    role_parts(s, m, c, order->at[i], not_these, out);
    without_key(s, m, out);
    for (uint32_t k = 0; k < out->count; k++)
      if (out->at[k].party.country.at != NULL || out->at[k].party.entity.at != NULL) return;
    bool place = order->at[i].kind == ROLE_SUBJECT || order->at[i].kind == ROLE_OBJECT || order->at[i].kind == ROLE_INDIRECT;
    bool words = place && c == &m->own && order->at[i].kind != ROLE_SUBJECT && type->quad % 2 == 1 && !gives; /* who is told, blamed */
    if (order->at[i].kind == ROLE_SUBJECT && c == &m->own && m->frame->pos == FRAME_VERB && out->count > 0) return; /* not who stands behind "by" */
    if (place && out->count > 0 && (words || is_named(s, &out->at[0]) || is_struck(s, m, c, &out->at[0]))) return;
    bool thing_first = gives && not_these != NULL && order->at[i].kind == ROLE_PREP && has_prep_role(&s->coder->given_to, order->at[i].prep);
    if (first.count == 0 || (thing_first && out->count > 0)) first = *out; /* "sent doctors to flood victims" */
  }
  *out = first;
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

/* "On a visit to Kyiv, the Swedish minister said", "asked for time in a call with": who acts during a meeting is at it. */
static void parts_around(const scene *s, match *m) {
  const an_token *t = token_at(s, m->last);
  if (t->rel != AN_OBL || t->head == AN_NONE || !clause_is_verb(s, t->head) || coder_mode_is(s->coder, m->type, m->mode, MODE_THIRD)) return;
  bool carries = false;
  uint64_t prep = clause_prep(s, m->last);
  for (uint32_t i = 0; i < s->coder->around.count; i++) carries |= s->coder->around.at[i].prep == prep;
  if (!carries || !coder_type_is(s->coder, m->type, TYPE_MEETING)) return;
  clause c;
  clause_read(s, t->head, &c);
  if (!c.passive) parts_of_subject(s, &c, &m->actors);
}

/* "Was rejected in the Senate", "was sentenced at a court in Oran": the body in which it is decided does it. */
static void parts_deciding(const scene *s, match *m) {
  for (uint32_t i = 0; i < m->own.oblique_count && m->actors.count == 0; i++) {
    parts body = {.count = 0};
    for (uint32_t k = 0; k < s->coder->deciding.count; k++)
      if (m->own.obliques[i].prep == s->coder->deciding.at[k].prep) parts_of(s, m->own.obliques[i].token, PARTY_PLACES, &body);
    if (body.count == 1 && coder_sector_decides(s->coder, body.at[0].party.sector)) m->actors = body;
  }
}

static void fill_actors(const scene *s, match *m) {
  const an_coder *k = s->coder;
  const frame *f = m->frame;
  const roles *order = f->actor.given ? &f->actor : f->pos == FRAME_ADJECTIVE ? &k->adjective_actor : f->pos == FRAME_VERB ? &k->verb_actor
                       : m->is_light && !m->reversed ? &k->light_actor : &k->noun_actor;
  roles_fill(s, m, &m->own, order, NULL, &m->actors);
  if (m->actors.count == 0 && (f->flags & FRAME_MUTUAL) != 0) /* "a treaty between Chile and Peru was signed" */
    roles_fill(s, m, &m->own, &k->each_other, NULL, &m->actors);
  for (uint32_t i = 0; i < k->unclaimed.count && m->actors.count == 0; i++) {
    bool free = f->pos == FRAME_NOUN && f->recipient.given && !has_prep_role(&f->recipient, k->unclaimed.at[i].prep);
    if (free) role_parts(s, m, &m->own, k->unclaimed.at[i], NULL, &m->actors);
  }
  bool owned = an_child_by(s->words, m->last, AN_NMOD_POSS) != AN_NONE; /* "after her meeting with the king, the palace said" */
  if (m->actors.count == 0 && f->pos == FRAME_NOUN && !m->is_light && !owned) parts_around(s, m);
  if (m->actors.count == 0 && f->pos == FRAME_VERB && m->own.passive && m->own.subject == AN_NONE) parts_deciding(s, m);
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
    roles_fill(s, m, &inner, &s->coder->noun_recipient, &m->actors, &m->recipients);
  }
}

/* "accepted an invitation to visit Eritrea", "rejected calls to arm Peru": in the act that the object is about. */
static void parts_of_infinitive(const scene *s, match *m) {
  uint32_t act = m->own.object == AN_NONE ? AN_NONE : an_child_by(s->words, m->own.object, AN_ACL);
  if (act == AN_NONE || clause_child_where(s, act, REALIS_INFINITIVE) == AN_NONE || s->coder->types[m->type].quad % 2 == 0) return;
  clause inner;
  clause_read(s, act, &inner);
  inner.complement = AN_NONE;
  roles_fill(s, m, &inner, &s->coder->complement_recipient, &m->actors, &m->recipients);
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
    without_own(s, m, &m->actors, &m->recipients);
  }
  if (coder_type_is(k, m->type, TYPE_BLAMES) && f->pos == FRAME_VERB && !m->own.passive) parts_of_doers(s, m); /* "condemned an attack by rebels" */
  if (m->recipients.count == 0 && f->pos == FRAME_VERB && m->own.complement_open) whom_asked(s, m);
  if (m->recipients.count == 0) roles_fill(s, m, &m->own, order, &m->actors, &m->recipients);
  if (m->recipients.count == 0 && (f->flags & FRAME_TAKES) != 0)
    role_parts(s, m, &m->own, (role){ROLE_COMPLEMENT, 0}, &m->actors, &m->recipients);
  bool nobody = order->count == 1 && order->at[0].kind == ROLE_NOBODY;
  bool each_other = (f->flags & FRAME_MUTUAL) != 0 && m->actors.count > 1;
  if (each_other) without_countrymen(&m->actors, &m->recipients); /* "the two sides signed papers on Iranian courts" */
  if (m->recipients.count == 0 && f->pos == FRAME_VERB && !nobody && !each_other) { /* whose the object is: "dismissed Congo's claims" */
    parts_of(s, m->own.object, PARTY_PLACES | PARTY_DEEP, &m->recipients);
    parts_without(s, &m->recipients, &m->actors);
    without_own(s, m, &m->actors, &m->recipients);
  }
  if (m->recipients.count == 0 && f->pos == FRAME_VERB && !nobody && !each_other && !m->own.passive) parts_of_doers(s, m);
  if (m->recipients.count == 0 && f->pos == FRAME_VERB && !nobody && !each_other) parts_of_matter(s, m);
  if (m->recipients.count == 0 && f->pos == FRAME_VERB && !nobody && !each_other) parts_of_infinitive(s, m);
  uint32_t thing_at = m->instrument != AN_NONE ? m->instrument : f->pos == FRAME_VERB && !m->own.passive ? m->own.subject : AN_NONE;
  if (m->recipients.count == 0 && thing_at != AN_NONE && class_meets(coder_classes(k, token_at(s, thing_at)->lemma_fold), k->instrument)) {
    clause thing; /* "an Israeli airstrike on Syria hit a depot" */
    clause_read(s, clause_head(s, thing_at), &thing);
    roles_fill(s, m, &thing, &k->noun_recipient, &m->actors, &m->recipients);
  }
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
    if (!found && next != AN_NONE) found = match_frame(s, next, &inner, NULL); /* "agreed to let Ghana build" */
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
    bool fits = match_frame(s, from, &noun, NULL) && noun.frame->pos == FRAME_NOUN && noun.last == head;
    bool more = fits && noun.frame->key_count > 1 && s->coder->types[noun.type].quad == s->coder->types[m->type].quad;
    if (more) m->type = noun.type; /* "launched a cyber attack", "began a hunger strike" */
    if (fits && noun.type == m->type && noun.mode.at != NULL) {
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

static void fill_parts(const scene *s, match *m, bool choose) {
  const frame *f = m->frame;
  if (f->object.count > 0) mode_of_noun(s, m, m->own.object);
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
  whom_struck(s, m);
  drop_guessed(s, m);
  whom_own_force(s, m);
  whom_opposed(s, m);
  if (choose) choose_sides(s, m);
  as_words(s, m);
  m->mutual = ((f->flags & FRAME_MUTUAL) != 0 || (m->learned > 0 && coder_type_is(s->coder, m->type, TYPE_MEETING))) && m->recipients.count == 0 && m->actors.count > 1;
}

bool match_parts(const scene *s, match *m, bool choose, const char **why_not) {
  *why_not = "the frame needs an act to come";
  if (!take_complement(s, m, why_not)) return false;
  fill_parts(s, m, choose);
  *why_not = why_impossible(s, m);
  if (*why_not != NULL || m->actors.count + m->recipients.count == 0) return *why_not == NULL;
  *why_not = why_not_theirs(s, m);
  m->doubts = doubts_of(s, m);
  if (*why_not == NULL && !choose) *why_not = match_doubted(m);
  return *why_not == NULL;
}
