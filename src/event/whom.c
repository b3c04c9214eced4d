/* SPDX-License-Identifier: Apache-2.0 */
#include "event/whom.h"

#include "event/known.h"
#include "event/roles.h"

static bool is_type(const scene *s, const match *m, type_trait trait) { return coder_type_is(s->coder, m->type, trait); }

static bool stands_in(const roles *list, uint64_t word) {
  for (uint32_t i = 0; i < list->count; i++)
    if (list->at[i].prep == word) return true;
  return false;
}

/* ---- Against whom ---------------------------------------------------------------------------- */

/* "Outside the ministry", "near the Polish border": somebody, and no mere place. */
static void beside_of(const scene *s, const match *m, const clause *c, const roles *preps, parts *out) {
  for (uint32_t i = 0; i < c->oblique_count && out->count == 0; i++) {
    if (!stands_in(preps, c->obliques[i].prep)) continue;
    parts_of(s, c->obliques[i].token, PARTY_DEEP, out);
    parts_without(s, out, &m->actors);
  }
}

/* "patrols facing Afghan posts", "states bordering Chad": in a phrase of the clause. */
static void faced_by(const scene *s, const match *m, uint32_t noun, parts *out) {
  for (uint32_t c = noun == AN_NONE ? AN_NONE : an_child(s->words, noun, AN_NONE); c != AN_NONE && out->count == 0; c = an_child(s->words, noun, c)) {
    if (token_at(s, c)->rel != AN_ACL || !stands_in(&s->coder->facing, token_at(s, c)->lemma_fold)) continue;
    clause facing;
    clause_read(s, c, &facing);
    parts_of(s, facing.object, PARTY_PLACES | PARTY_DEEP, out);
    parts_without(s, out, &m->actors);
  }
}

/* "…, demanding that the junta release him", "… chanting slogans against the king": what those who act want of whom. */
static void wanted_of(const scene *s, const match *m, uint32_t purpose, parts *out) {
  match inner;
  if (match_frame(s, purpose, &inner, NULL) && s->coder->types[inner.type].quad == 3) {
    const roles *order = inner.frame->recipient.given ? &inner.frame->recipient : &s->coder->verb_recipient;
    roles_fill(s, &inner, &inner.own, order, &m->actors, out);
    if (out->count == 0) parts_of(s, inner.own.object, PARTY_DEEP, out);
    parts_without(s, out, &m->actors);
  } else {
    clause_read(s, purpose, &inner.own);
    beside_of(s, m, &inner.own, &s->coder->opponent, out);
    uint32_t below = inner.own.object == AN_NONE ? AN_NONE : an_child_by(s->words, inner.own.object, AN_NMOD);
    if (below == AN_NONE || out->count > 0) return;
    const clause phrase = {.obliques = {{below, clause_prep(s, below)}}, .oblique_count = 1};
    beside_of(s, m, &phrase, &s->coder->opponent, out);
  }
}

/* "sent a ship to shadow the frigate", "soldiers to protect farmers": whom the forces are sent for. */
static void met_by(const scene *s, const match *m, uint32_t purpose, parts *out) {
  clause aim;
  clause_read(s, purpose, &aim);
  parts_of(s, aim.object, PARTY_DEEP, out);
  parts_without(s, out, &m->actors);
}

void whom_opposed(const scene *s, match *m) {
  bool protest = is_type(s, m, TYPE_CROWD);
  if (m->recipients.count > 0 || m->frame->pos != FRAME_VERB || (!protest && !is_type(s, m, TYPE_SHOWS))) return;
  beside_of(s, m, &m->own, &s->coder->opponent, &m->recipients);
  if (!protest) beside_of(s, m, &m->own, &s->coder->facing, &m->recipients);
  faced_by(s, m, m->own.object, &m->recipients);
  for (uint32_t i = 0; i < m->own.oblique_count && m->recipients.count == 0; i++) faced_by(s, m, m->own.obliques[i].token, &m->recipients);
  for (uint32_t c = an_child(s->words, m->own.at, AN_NONE); c != AN_NONE && m->recipients.count == 0; c = an_child(s->words, m->own.at, c)) {
    uint8_t rel = token_at(s, c)->rel;
    bool to = clause_child_where(s, c, REALIS_INFINITIVE) != AN_NONE;
    if ((rel != AN_ADVCL && rel != AN_XCOMP) || !(to || (protest && token_at(s, c)->xpos == AN_X_VBG))) continue;
    if (protest) wanted_of(s, m, c, &m->recipients);
    else met_by(s, m, c, &m->recipients);
    if (!protest) continue;
    uint32_t next = an_child_by(s->words, c, AN_CONJ);
    if (m->recipients.count == 0 && next != AN_NONE && clause_is_verb(s, next)) wanted_of(s, m, next, &m->recipients);
  }
}

/* ---- Own forces ------------------------------------------------------------------------------ */

static bool is_force(const scene *s, const part *p) {
  class_set own = p->token == AN_NONE ? (class_set){{0}} : coder_classes(s->coder, token_at(s, p->token)->lemma_fold);
  return coder_sector_armed(s->coder, p->party.sector) || class_meets(own, s->coder->carrier) || class_meets(own, s->coder->instrument) ||
         class_meets(own, s->coder->force);
}

void whom_own_force(const scene *s, match *m) {
  if (!is_type(s, m, TYPE_SHOWS) || m->frame->pos != FRAME_VERB || m->own.object == AN_NONE) return;
  uint32_t kept = 0, object = clause_head(s, m->own.object);
  bool alone = m->actors.count == 0 && m->own.passive;
  for (uint32_t i = 0; i < m->recipients.count; i++) {
    const part *p = &m->recipients.at[i];
    bool moved = p->token == object && is_force(s, p), at_home = false;
    for (uint32_t k = 0; k < m->actors.count && p->mention != AN_NONE; k++) /* "soldiers to Kirkuk", sent by Iraq: where, and nobody */
      at_home |= s->mentions->list.at[p->mention].m.kind == AN_MENTION_PLACE && p->party.country.at != NULL &&
                 an_text_equal(p->party.country, m->actors.at[k].party.country);
    if (!moved && !at_home) m->recipients.at[kept++] = *p;
  }
  m->recipients.count = kept;
  if (!alone) return;
  parts_of(s, m->own.object, 0, &m->actors);
  if (m->actors.count > 0 && !is_force(s, &m->actors.at[0])) m->actors.count = 0;
}

/* ---- Things ---------------------------------------------------------------------------------- */

static bool is_unknown_name(const scene *s, uint32_t token) {
  return s->mention_of[token] == AN_NONE && token_at(s, token)->upos == AN_PROPN && token_at(s, token)->shape != AN_SHAPE_LOWER;
}

static bool can_be_struck(const scene *s, uint32_t token) {
  const an_token *t = token_at(s, token);
  return s->mention_of[token] == AN_NONE && t->upos == AN_NOUN && class_meets(coder_classes(s->coder, t->lemma_fold), s->coder->struck);
}

/* Behind one of the frame's prepositions: "opened fire on a bus", "took control of the village". */
static uint32_t struck_behind(const scene *s, const match *m) {
  const roles *preps = m->frame->recipient.given ? &m->frame->recipient : &s->coder->verb_recipient;
  for (uint32_t i = 0; i < m->own.oblique_count; i++) {
    uint32_t head = clause_head(s, m->own.obliques[i].token);
    if (stands_in(preps, m->own.obliques[i].prep) && can_be_struck(s, head)) return head;
  }
  uint32_t object = m->own.object == AN_NONE ? AN_NONE : clause_head(s, m->own.object);
  for (uint32_t c = object == AN_NONE ? AN_NONE : an_child(s->words, object, AN_NONE); c != AN_NONE; c = an_child(s->words, object, c))
    if (token_at(s, c)->rel == AN_NMOD && stands_in(&m->frame->recipient, clause_prep(s, c)) && can_be_struck(s, clause_head(s, c)))
      return clause_head(s, c);
  return AN_NONE;
}

/* "Killed at least eighty", "injured hundreds", "arrested eleven of them": people by their number alone. */
static uint32_t counted(const scene *s, uint32_t object) {
  if (object == AN_NONE || s->mention_of[object] != AN_NONE) return AN_NONE;
  const an_token *t = token_at(s, object);
  bool many = t->upos == AN_NUM || (t->upos == AN_NOUN && class_meets(coder_classes(s->coder, t->lemma_fold), s->coder->container) &&
                                    an_child_by(s->words, object, AN_NMOD) == AN_NONE);
  return many && s->time_of[object] == AN_NONE ? object : AN_NONE;
}

void whom_struck(const scene *s, match *m) {
  if (!is_type(s, m, TYPE_STRIKES) || m->frame->pos != FRAME_VERB) return;
  uint32_t thing = m->own.object == AN_NONE ? AN_NONE : clause_head(s, m->own.object);
  if (thing != AN_NONE && !can_be_struck(s, thing) && !is_unknown_name(s, thing)) thing = AN_NONE;
  if (thing == AN_NONE && m->recipients.count == 0) thing = counted(s, m->own.object);
  if (thing == AN_NONE && m->recipients.count == 0) thing = struck_behind(s, m);
  if (thing != AN_NONE) part_of_thing(s, thing, &m->recipients);
}

void whom_asked(const scene *s, match *m) {
  uint32_t name = m->own.indirect != AN_NONE ? m->own.indirect : m->own.object;
  if (s->coder->types[m->type].quad != 3 || name == AN_NONE || !is_unknown_name(s, clause_head(s, name))) return;
  if (clause_child_where(s, m->own.complement, REALIS_INFINITIVE) != AN_NONE) part_of_thing(s, clause_head(s, name), &m->recipients);
}
