/* SPDX-License-Identifier: Apache-2.0 */
/* Acts that a noun tells, as clauses: "the signing of 14 papers", "recent testing of missiles", "Iran's missile tests", "held talks with Togo". Which nouns
   do, and the verb that each is made of, is data/lexicon/deeds.tsv; who and whom stand where arguments.tsv has them for nouns. */
#include "event/deeds.h"

/* ---- Which nouns ------------------------------------------------------------------------------------- */

/* The row of deeds.tsv; AN_NONE: it tells no act, or only names one ("the Security Council", "election day", "a strike force"). */
static uint32_t deed_of(const scene *s, uint32_t token) {
  const an_token *t = token_at(s, token);
  bool alone = t->rel != AN_COMPOUND && t->rel != AN_FLAT && t->rel != AN_AMOD && s->mention_of[token] == AN_NONE && s->time_of[token] == AN_NONE;
  if (t->upos != AN_NOUN || !alone || !s->words->sentences[t->sentence].parsed) return AN_NONE;
  an_rows rows = an_table_find_key(s->coder->deeds, t->lemma_fold);
  return rows.count == 0 ? AN_NONE : rows.first;
}

/* ---- Who and whom ------------------------------------------------------------------------------------ */

static bool is_somebody(const scene *s, uint32_t token) { return s->mention_of[token] != AN_NONE; }

static uint32_t by_role(const scene *s, uint32_t noun, const roles *where, uint32_t other) {
  for (uint32_t i = 0; i < where->count; i++)
    for (uint32_t c = an_child(s->words, noun, AN_NONE); c != AN_NONE; c = an_child(s->words, noun, c)) {
      uint8_t rel = token_at(s, c)->rel, kind = where->at[i].kind;
      bool there = kind == ROLE_POSSESSIVE ? rel == AN_NMOD_POSS : kind == ROLE_PREP && rel == AN_NMOD && clause_prep(s, c) == where->at[i].prep;
      if (there && c != other && s->time_of[c] == AN_NONE) return c;
    }
  return AN_NONE;
}

/* "missile tests", "Russian strikes": what stands before it names somebody, or a thing. */
static uint32_t before(const scene *s, uint32_t noun, bool somebody) {
  for (uint32_t c = an_child(s->words, noun, AN_NONE); c != AN_NONE && c < noun; c = an_child(s->words, noun, c)) {
    uint8_t rel = token_at(s, c)->rel;
    if ((rel == AN_COMPOUND || (somebody && rel == AN_AMOD)) && is_somebody(s, c) == somebody && s->time_of[c] == AN_NONE) return c;
  }
  return AN_NONE;
}

static void set_parties(const scene *s, an_clause_at *c) {
  c->subject = by_role(s, c->verb, &s->coder->noun_actor, AN_NONE);
  c->object = by_role(s, c->verb, &s->coder->noun_recipient, c->subject);
  uint32_t somebody = before(s, c->verb, true);
  if (c->subject == AN_NONE) c->subject = somebody;
  else if (c->object == AN_NONE) c->object = somebody;
  if (c->object == AN_NONE) c->object = before(s, c->verb, false);
}

/* "held talks", "came under attack": the subject of the verb that carries it does it, or suffers it. */
static void set_carried(an_clause_at *c, const match *m) {
  if (m->is_light && !m->reversed && c->subject == AN_NONE) c->subject = m->light.subject;
  if (m->is_light && m->reversed && c->object == AN_NONE) c->object = m->light.subject;
}

/* ---- One of them --------------------------------------------------------------------------------------- */

/* Without what is told for itself: a relative clause, what it is listed with. */
static void set_range(const scene *s, an_clause_at *c) {
  an_subtree(s->words, c->verb, &c->first, &c->end);
  for (uint32_t k = an_child(s->words, c->verb, AN_NONE); k != AN_NONE; k = an_child(s->words, c->verb, k)) {
    uint32_t from, to;
    uint8_t rel = token_at(s, k)->rel;
    an_subtree(s->words, k, &from, &to);
    bool beside = rel == AN_CONJ || rel == AN_ACL_RELCL || rel == AN_APPOS || rel == AN_PARATAXIS || rel == AN_ADVCL;
    if (beside && k > c->verb && from < c->end) c->end = from;
    if ((beside || rel == AN_CASE || rel == AN_COP || rel == AN_NSUBJ) && k < c->verb && to > c->first) c->first = to;
  }
  c->whole_first = c->first;
  c->whole_end = c->end;
}

static void set_force(const scene *s, an_clause_at *c, const match *m) {
  reality r = reality_of(s, m);
  c->negated = r.negated;
  c->force = r.realis == AN_CONDITIONAL ? AN_MAY_BE : r.realis == AN_PLANNED ? AN_TO_COME : AN_DONE;
  c->told = !r.asked && !r.should && !r.purpose && !r.unasserted;
}

static void set_scope(const scene *s, an_clause_at *c) {
  for (uint32_t i = c->first; i < c->end; i++) {
    uint32_t time = s->time_of[i], m = s->mention_of[i];
    if (c->time == AN_NONE && time != AN_NONE && s->times->list.at[time].t.type == AN_TIME_DATE) c->time = time;
    const an_mention_at *at = m == AN_NONE ? NULL : &s->mentions->list.at[m];
    bool place = at != NULL && at->head == i && at->place.text.at != NULL && (at->flags & AN_MENTION_LOCATIVE) != 0;
    if (place && (c->place == AN_NONE || at->place.precision < s->mentions->list.at[c->place].place.precision)) c->place = m;
  }
}

static void read_deed(const scene *s, an_clause_at *c, uint32_t row) {
  match m;
  an_text verb = an_table_cell(s->coder->deeds, row, s->coder->deeds_verb);
  c->made_of = verb.at == NULL ? 0 : an_fold_hash(verb);
  c->copula = c->governor = c->time = c->place = AN_NONE;
  c->statement = s->statement_of[c->verb];
  c->main = token_at(s, c->verb)->rel == AN_ROOT;
  match_noun(s, c->verb, &m);
  set_parties(s, c);
  set_carried(c, &m);
  set_force(s, c, &m);
  set_range(s, c);
  set_scope(s, c);
}

an_status deeds_find(const scene *s, an_events *events, an_error *err) {
  AN_LIST(an_clause_at) all = {0};
  uint32_t *event_of = AN_NEW(s->arena, uint32_t, s->words->token_count);
  AN_NEED(event_of, err, "event");
  for (uint32_t i = 0; i < s->words->token_count; i++) event_of[i] = AN_NONE;
  for (uint32_t i = events->list.count; i-- > 0;)
    if (events->list.at[i].trigger != AN_NONE) event_of[events->list.at[i].trigger] = i;
  for (uint32_t i = 0; i < s->words->token_count; i++) {
    uint32_t row = deed_of(s, i);
    an_clause_at *made = row == AN_NONE ? NULL : AN_PUSH(s->arena, &all);
    if (row == AN_NONE) continue;
    AN_NEED(made, err, "event");
    *made = (an_clause_at){.verb = i, .sentence = token_at(s, i)->sentence, .event = event_of[i], .noun = true};
    read_deed(s, made, row);
  }
  events->deeds = all.at;
  events->deed_count = all.count;
  return AN_OK;
}
