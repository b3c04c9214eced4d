/* SPDX-License-Identifier: Apache-2.0 */
/* Who does what, clause by clause, act of PLOVER or not: a verb, or what "is" tells, with its parts (clause.c) and whether it is
   done, to come, possible or denied (realis.c), once a page. */
#include "event/clauses.h"

/* ---- Which words head one -------------------------------------------------------------------------- */

typedef struct list { an_clause_at *at; uint32_t count; uint32_t *of; } list;   /* of: token -> clause that it stands in */

static an_status take_heads(const scene *s, list *l, an_error *err) {
  uint32_t tokens = s->words->token_count, heads = 0;
  l->of = AN_NEW(s->arena, uint32_t, tokens);
  AN_NEED(l->of, err, "event");
  for (uint32_t i = 0; i < tokens; i++) l->of[i] = AN_NONE;
  for (uint32_t i = 0; i < tokens; i++) {
    const an_token *t = token_at(s, i);
    uint32_t head = t->rel == AN_COP ? t->head : t->upos == AN_VERB ? i : AN_NONE;
    if (head == AN_NONE || !s->words->sentences[t->sentence].parsed || l->of[head] != AN_NONE) continue;
    l->of[head] = 0;
    heads++;
  }
  l->at = AN_NEW(s->arena, an_clause_at, heads);
  AN_NEED(l->at, err, "event");
  for (uint32_t i = 0; i < tokens; i++) {
    if (l->of[i] == AN_NONE) continue;
    l->of[i] = l->count;
    l->at[l->count++] = (an_clause_at){.verb = i, .sentence = token_at(s, i)->sentence};
  }
  return AN_OK;
}

/* Every word stands in the clause of the nearest head over it. What was climbed to one is marked, so that no such way is gone twice; a tree
   without a verb is climbed from each of its words, at most AN_SENTENCE_WORDS. */
static void mark_words(const scene *s, list *l) {
  for (uint32_t i = 0; i < s->words->token_count; i++) {
    uint32_t at = i, found;
    for (uint32_t step = 0; step < AN_SENTENCE_WORDS && l->of[at] == AN_NONE && token_at(s, at)->head != AN_NONE; step++) at = token_at(s, at)->head;
    found = l->of[at];
    for (at = i; found != AN_NONE && l->of[at] == AN_NONE; at = token_at(s, at)->head) l->of[at] = found;
  }
}

/* ---- One clause ------------------------------------------------------------------------------------- */

static bool is_infinitive(const scene *s, uint32_t verb) { return clause_child_where(s, verb, REALIS_INFINITIVE) != AN_NONE; }

static bool heads(const list *l, uint32_t token) { return l->of[token] != AN_NONE && l->at[l->of[token]].verb == token; }

/* The verb whose complement it is: "agreed to go", "decided whether to go". */
static uint32_t governor_of(const scene *s, const list *l, uint32_t verb) {
  const an_token *t = token_at(s, verb);
  bool under = t->rel == AN_XCOMP || (t->rel == AN_CCOMP && is_infinitive(s, verb));
  return under && t->head != AN_NONE && heads(l, t->head) ? t->head : AN_NONE;
}

static void set_force(const scene *s, an_clause_at *c) {
  reality r = reality_of_verb(s, c->verb);
  uint8_t rel = token_at(s, c->verb)->rel;
  c->negated = r.negated;
  c->force = r.realis == AN_CONDITIONAL ? AN_MAY_BE : r.realis == AN_PLANNED ? AN_TO_COME : AN_DONE;
  /* "He is to see her on Wednesday" */
  bool to_be = c->governor == AN_NONE && (rel == AN_ROOT || rel == AN_CONJ || rel == AN_CCOMP) && is_infinitive(s, c->verb);
  if (c->force == AN_DONE && to_be) c->force = AN_TO_COME;
  if (r.open && (c->force == AN_DONE || c->force == AN_TO_COME)) c->force = AN_NOT_YET;
  if (r.open) c->negated = true;
  bool named = rel == AN_CSUBJ && token_at(s, c->verb)->xpos == AN_X_VBG; /* "putting men to sleep could make it easier" */
  c->told = !named && !r.purpose && !r.unasserted && (!r.asked || r.promised) && !r.should && rel != AN_AMOD && rel != AN_COMPOUND;
}

/* Its own words, and those of its complement: what stands beside it is told for itself. */
static void set_range(const scene *s, an_clause_at *c) {
  an_subtree(s->words, c->verb, &c->first, &c->end);
  c->whole_first = c->first;
  c->whole_end = c->end;
  for (uint32_t k = an_child(s->words, c->verb, AN_NONE); k != AN_NONE; k = an_child(s->words, c->verb, k)) {
    uint32_t from, to;
    uint8_t rel = token_at(s, k)->rel;
    bool beside = rel == AN_CONJ || rel == AN_ADVCL || rel == AN_PARATAXIS;
    if (!beside && rel != AN_CCOMP) continue;
    an_subtree(s->words, k, &from, &to);
    if (k > c->verb && from < c->end) c->end = from;
    if (k < c->verb && to > c->first) c->first = to;
    if (beside && k > c->verb && from < c->whole_end) c->whole_end = from;
    if (beside && k < c->verb && to > c->whole_first) c->whole_first = to;
  }
}

static void read_clause(const scene *s, const list *l, an_clause_at *c) {
  const an_token *t = token_at(s, c->verb);
  clause own;
  c->governor = governor_of(s, l, c->verb);
  c->copula = an_child_by(s->words, c->verb, AN_COP);
  clause_read(s, c->verb, &own);
  c->subject = own.subject;
  c->object = c->copula != AN_NONE ? AN_NONE : own.object; /* what "is" tells is its own words */
  set_force(s, c);
  set_range(s, c);
  bool beside = t->rel == AN_CONJ && an_child_by(s->words, c->verb, AN_NSUBJ) != AN_NONE;
  c->main = t->rel == AN_ROOT || t->rel == AN_CCOMP || t->rel == AN_PARATAXIS || beside;
  c->statement = s->statement_of[c->verb];
  c->event = c->time = c->place = AN_NONE;
}

/* ---- What hangs on it ------------------------------------------------------------------------------- */

/* Its first date; of a complement without one that of its governor: "refused on Monday to go". */
static void set_times(const scene *s, list *l) {
  for (uint32_t i = 0; i < s->times->list.count; i++) {
    const an_time_at *t = &s->times->list.at[i];
    bool day = t->t.type == AN_TIME_DATE || (t->t.type == AN_TIME_TIME && t->day_level); /* "on Monday night", not "at noon" */
    uint32_t of = day ? l->of[t->first] : AN_NONE;
    if (of != AN_NONE && l->at[of].time == AN_NONE) l->at[of].time = i;
  }
  for (uint32_t i = 0; i < l->count; i++) {
    an_clause_at *c = &l->at[i];
    bool shares = c->governor != AN_NONE && token_at(s, c->verb)->rel == AN_XCOMP;
    if (c->time == AN_NONE && shares) c->time = l->at[l->of[c->governor]].time;
  }
}

static bool is_place(const scene *s, uint32_t token) {
  uint32_t m = token == AN_NONE ? AN_NONE : s->mention_of[token];
  return m != AN_NONE && s->mentions->list.at[m].place.text.at != NULL;
}

/* The finest place it names; "in Colorado, Oklahoma and Vermont" is no place of one act. */
static void set_place(const scene *s, an_clause_at *c, const uint32_t *of, uint32_t index) {
  for (uint32_t i = c->first; i < c->end; i++) {
    uint32_t m = s->mention_of[i];
    const an_mention_at *at = m == AN_NONE ? NULL : &s->mentions->list.at[m];
    if (at == NULL || at->head != i || of[i] != index || !is_place(s, i) || (at->flags & AN_MENTION_LOCATIVE) == 0) continue;
    if (token_at(s, i)->rel == AN_CONJ || is_place(s, an_child_by(s->words, i, AN_CONJ))) { c->place = AN_NONE; return; }
    if (c->place == AN_NONE || at->place.precision < s->mentions->list.at[c->place].place.precision) c->place = m;
  }
}

an_status clauses_find(const scene *s, an_events *events, an_error *err) {
  list l = {0};
  AN_TRY(take_heads(s, &l, err));
  mark_words(s, &l);
  for (uint32_t i = 0; i < l.count; i++) read_clause(s, &l, &l.at[i]);
  for (uint32_t i = 0; i < l.count; i++) set_place(s, &l.at[i], l.of, i);
  set_times(s, &l);
  for (uint32_t i = 0; i < s->statements->list.count; i++) {
    uint32_t cue = s->statements->list.at[i].cue;
    if (cue != AN_NONE && heads(&l, cue)) l.at[l.of[cue]].says = true;
  }
  for (uint32_t i = events->list.count; i-- > 0;) {
    uint32_t trigger = events->list.at[i].trigger;
    if (trigger != AN_NONE && heads(&l, trigger)) l.at[l.of[trigger]].event = i;
  }
  events->clauses = l.at;
  events->clause_count = l.count;
  events->clause_of = l.of;
  return AN_OK;
}
