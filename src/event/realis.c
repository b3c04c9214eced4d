/* SPDX-License-Identifier: Apache-2.0 */
#include "event/realis.h"

/* The verb that tells the act: the frame's own, or the light verb that carries its noun. */
static uint32_t predicate_of(const match *m) { return m->frame->pos == FRAME_NOUN && m->is_light ? m->light.at : m->own.at; }

static void apply(const scene *s, reality *r, realis_effect effect, uint32_t token) {
  switch (effect) {
    case EFFECT_PLANNED:
      if (r->realis != AN_CONDITIONAL) r->realis = AN_PLANNED;
      break;
    case EFFECT_CONDITIONAL: r->realis = AN_CONDITIONAL; break;
    case EFFECT_POSSIBLE:
      r->possible = true;
      r->realis = AN_CONDITIONAL;
      break;
    case EFFECT_ASKED:
      r->asked = true;
      if (r->realis != AN_CONDITIONAL) r->realis = AN_PLANNED;
      break;
    case EFFECT_EXPECTED:
      r->expected = true;
      if (r->realis != AN_CONDITIONAL) r->realis = AN_PLANNED;
      break;
    case EFFECT_NEGATED: r->negated = !r->negated; break;
    case EFFECT_SHOULD:
      r->should = true;
      r->realis = AN_CONDITIONAL;
      break;
    default: return;
  }
  if (r->why.at == NULL) r->why = an_word(s->words, token);
}

/* "no agreement", "neither India nor China": before the noun, and once. */
static void apply_before_noun(const scene *s, uint32_t noun, reality *r) {
  bool found = false;
  for (uint32_t k = an_child(s->words, noun, AN_NONE); k != AN_NONE && k < noun; k = an_child(s->words, noun, k)) {
    uint8_t rel = token_at(s, k)->rel;
    if (rel != AN_DET_ && rel != AN_CC && rel != AN_ADVMOD) continue;
    apply(s, r, coder_realis(s->coder, token_at(s, k), REALIS_NEG, &found), k);
    if (found) return;
  }
}

/* What stands on the predicate itself: "will", "not", "if"; and "no" on its object ("signed no agreement"). */
static bool own_words(const scene *s, uint32_t predicate, reality *r) {
  bool any = false, found, before = r->negated, perfect = false, past_perfect = false, now = false;
  for (uint32_t c = an_child(s->words, predicate, AN_NONE); c != AN_NONE; c = an_child(s->words, predicate, c)) {
    const an_token *t = token_at(s, c);
    realis_effect effect = EFFECT_NONE;
    if (t->rel == AN_AUX_ || t->rel == AN_AUX_PASS || t->rel == AN_COP) {
      any = true;
      effect = coder_realis(s->coder, t, REALIS_AUX, &found);
      r->promised |= effect == EFFECT_PLANNED;
      perfect |= coder_is(s->coder, t, REALIS_PERFECT);
      past_perfect |= t->xpos == AN_X_VBD && coder_is(s->coder, t, REALIS_PERFECT);
      now |= t->xpos == AN_X_VBZ || t->xpos == AN_X_VBP;
    } else if (t->rel == AN_MARK && coder_is(s->coder, t, REALIS_MARK)) {
      effect = coder_realis(s->coder, t, REALIS_MARK, &found);
    } else if (t->rel == AN_ADVMOD || t->rel == AN_DET_ || t->rel == AN_CC || t->rel == AN_MARK) {
      effect = coder_realis(s->coder, t, REALIS_NEG, &found);
    } else if (t->rel == AN_OBJ || t->rel == AN_NSUBJ || t->rel == AN_NSUBJ_PASS) {
      apply_before_noun(s, c, r);
    }
    apply(s, r, effect, c);
  }
  r->open |= perfect && r->negated && !before;
  if (now && !perfect && token_at(s, predicate)->xpos == AN_X_VBG && r->realis == AN_HAPPENED) r->realis = AN_ONGOING;
  /* "had cut ties" is told in passing; in what somebody says it is only the sequence of tenses. */
  uint8_t rel = token_at(s, predicate)->rel;
  bool reported = rel == AN_CCOMP || an_child_by(s->words, predicate, AN_MARK) != AN_NONE || s->statement_of[predicate] != AN_NONE;
  r->background |= !reported && (past_perfect || (perfect && rel == AN_ACL_RELCL));
  return any;
}

/* "would not accept the plan and called on Egypt": a conjunct with a tense of its own is under nothing that the first one is under. */
static bool own_tense(const scene *s, uint32_t predicate, uint32_t first) {
  uint8_t mine = token_at(s, predicate)->xpos, its = token_at(s, first)->xpos;
  bool finite = mine == AN_X_VBD || mine == AN_X_VBZ || mine == AN_X_VBP;
  return its == AN_X_VB ? finite || mine == AN_X_VBN : finite && (its == AN_X_VBN || its == AN_X_VBG);
}

static bool has_tense(uint8_t xpos) { return xpos == AN_X_VBD || xpos == AN_X_VBZ || xpos == AN_X_VBP; }

static bool is_finite(const scene *s, uint32_t predicate) {
  bool finite = has_tense(token_at(s, predicate)->xpos);
  for (uint32_t c = an_child(s->words, predicate, AN_NONE); c != AN_NONE && !finite; c = an_child(s->words, predicate, c)) {
    uint8_t rel = token_at(s, c)->rel;
    finite = (rel == AN_AUX_ || rel == AN_AUX_PASS || rel == AN_COP) && has_tense(token_at(s, c)->xpos);
  }
  return finite;
}

/* Up from the predicate: what governs it says whether it is done ("failed to sign", "plans to visit", "if it attacks"). */
static void governors(const scene *s, uint32_t predicate, bool has_aux, reality *r) {
  for (int step = 0; step < CLAUSE_CLIMB; step++) {
    const an_token *p = token_at(s, predicate);
    uint32_t head = p->head;
    if (head == AN_NONE) return;
    bool found, infinitive = clause_child_where(s, predicate, REALIS_INFINITIVE) != AN_NONE;
    uint32_t raised = clause_raised(s, predicate);
    if (raised != AN_NONE) head = raised;
    unsigned kind = clause_is_verb(s, head) || token_at(s, head)->upos == AN_ADJ ? REALIS_GOV : REALIS_NOUN;
    switch (p->rel) {
      case AN_XCOMP: case AN_CCOMP: {
        realis_effect effect = coder_realis(s->coder, token_at(s, head), kind, &found);
        bool told = p->rel == AN_CCOMP && raised == AN_NONE && is_finite(s, predicate); /* "is moving troops, he told them"; but "demands that it leave" */
        if (!told || (effect != EFFECT_PLANNED && effect != EFFECT_ASKED)) apply(s, r, effect, head);
        if (p->rel == AN_CCOMP && raised == AN_NONE && !infinitive) return;
        bool negated = r->negated;
        own_words(s, head, r);
        r->open |= effect == EFFECT_PLANNED && r->negated != negated; /* "did not agree to" */
        has_aux = true;
        break;
      }
      case AN_ACL: {
        if (!infinitive) return;
        realis_effect effect = coder_realis(s->coder, token_at(s, head), REALIS_NOUN, &found);
        r->unasserted = !found && !clause_is_verb(s, head); /* "efforts to urge" */
        apply(s, r, effect, head);
        return;
      }
      case AN_ADVCL: {
        realis_effect effect = infinitive ? coder_realis(s->coder, token_at(s, head), REALIS_GOV, &found) : EFFECT_NONE;
        apply(s, r, effect, head);
        if (!infinitive) return;
        r->purpose = effect == EFFECT_NONE;
        own_words(s, head, r); /* "will send ships to blockade" */
        return;
      }
      case AN_CONJ:
        if (!clause_is_verb(s, head) || own_tense(s, predicate, head)) return;
        if (!has_aux && an_child_by(s->words, predicate, AN_NSUBJ) == AN_NONE) own_words(s, head, r);
        break;
      default: return;
    }
    predicate = head;
  }
}

/* A noun that nothing carries: "a planned visit", "called for talks". */
static void noun_words(const scene *s, uint32_t noun, reality *r) {
  bool found;
  for (uint32_t c = an_child(s->words, noun, AN_NONE); c != AN_NONE; c = an_child(s->words, noun, c)) {
    uint8_t rel = token_at(s, c)->rel;
    if (rel == AN_AMOD) apply(s, r, coder_realis(s->coder, token_at(s, c), REALIS_ADJ, &found), c);
    if (rel == AN_DET_) apply(s, r, coder_realis(s->coder, token_at(s, c), REALIS_NEG, &found), c);
  }
}

static void noun_governors(const scene *s, uint32_t noun, reality *r) {
  bool found;
  uint32_t head = token_at(s, noun)->head;
  uint8_t rel = token_at(s, noun)->rel;
  if (head == AN_NONE || (rel != AN_OBJ && rel != AN_OBL && rel != AN_NMOD)) return;
  if (rel == AN_OBL && noun < head) return; /* "In a call with the president, he asked for time" */
  unsigned kind = clause_is_verb(s, head) ? REALIS_GOV : REALIS_NOUN;
  apply(s, r, coder_realis(s->coder, token_at(s, head), kind, &found), head);
  if (rel == AN_NMOD) r->background = true; /* "since the attack by X", "anger over the visit of X": told in passing */
}

static void verb_words(const scene *s, uint32_t predicate, reality *r) {
  const an_token *p = token_at(s, predicate);
  bool aux = own_words(s, predicate, r);
  governors(s, predicate, aux, r);
  uint32_t mark = p->xpos == AN_X_VBG && p->rel != AN_CONJ && !aux ? /* but "that it would be providing" */ an_child_by(s->words, predicate, AN_MARK) : AN_NONE;
  r->unasserted |= mark != AN_NONE && !coder_is(s->coder, token_at(s, mark), REALIS_ASSERTS); /* "tasked with investigating" */
}

reality reality_of_verb(const scene *s, uint32_t predicate) {
  reality r = {.realis = AN_HAPPENED};
  verb_words(s, predicate, &r);
  return r;
}

reality reality_of(const scene *s, const match *m) {
  reality r = {.realis = AN_HAPPENED};
  if (m->frame->pos == FRAME_MODAL) return r; /* "Iran must free them": the demand is made */
  uint32_t predicate = predicate_of(m);
  bool noun = m->frame->pos == FRAME_NOUN && !m->frame->complement_copula;
  if (noun) noun_words(s, m->last, &r);
  if (noun && !m->is_light) {
    noun_governors(s, m->last, &r);
  } else {
    verb_words(s, predicate, &r);
    const an_token *p = token_at(s, predicate);
    /* "the sanctions imposed on Iran", "the deal signed with the West": recalled, not told. */
    if (p->rel == AN_ACL && p->xpos == AN_X_VBN && (m->is_light ? m->light.passive : m->own.passive)) r.background = true;
  }
  if (m->light_planned) apply(s, &r, EFFECT_PLANNED, m->light.at);
  if ((m->frame->flags & FRAME_FLIPS) != 0) r.negated = !r.negated;
  if (m->light_negated) apply(s, &r, EFFECT_NEGATED, m->light.at);
  if ((m->frame->flags & FRAME_CONDITIONAL) != 0) r.realis = AN_CONDITIONAL;
  if ((m->frame->flags & FRAME_PLANNED) != 0 && r.realis == AN_HAPPENED) r.realis = AN_PLANNED;
  return r;
}

/* ---- The clause's own words ------------------------------------------------------------------ */

static bool other_clause(const scene *s, uint32_t token) {
  uint8_t rel = token_at(s, token)->rel;
  return rel == AN_CCOMP || rel == AN_PARATAXIS || rel == AN_ACL_RELCL || (rel == AN_CONJ && clause_is_verb(s, token));
}

static bool inside_clause(const scene *s, uint32_t head, uint32_t token) {
  for (int step = 0; step < 2 * CLAUSE_CLIMB && token != head && token != AN_NONE; step++) {
    if (other_clause(s, token)) return false;
    token = token_at(s, token)->head;
  }
  return token == head;
}

void clause_range(const scene *s, const match *m, uint32_t *first, uint32_t *end) {
  uint32_t head = predicate_of(m);
  *first = m->trigger;
  *end = m->last + 1;
  const an_sentence *sentence = &s->words->sentences[token_at(s, head)->sentence];
  for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    if (!inside_clause(s, head, i)) continue;
    if (i < *first) *first = i;
    if (i + 1 > *end) *end = i + 1;
  }
  /* The actors may stand outside ("Putin met him and praised Iran"). */
  for (uint32_t k = 0; k < m->actors.count; k++) {
    uint32_t t = m->actors.at[k].token;
    if (t != AN_NONE && token_at(s, t)->sentence == token_at(s, head)->sentence && t < *first) *first = t;
  }
  while (*end > *first + 1 && token_at(s, *end - 1)->upos == AN_PUNCT) (*end)--;
  while (*first < m->trigger && (token_at(s, *first)->upos == AN_PUNCT || token_at(s, *first)->upos == AN_CCONJ)) (*first)++;
}

/* ---- Time ------------------------------------------------------------------------------------ */

static uint8_t precision_of(an_days d) {
  if (d.earliest == AN_DAY_OPEN_EARLIEST || d.latest == AN_DAY_OPEN_LATEST) return AN_BY_INTERVAL;
  int32_t length = d.latest - d.earliest + 1;
  return length == 1 ? AN_BY_DAY : length <= 7 ? AN_BY_WEEK : length <= 31 ? AN_BY_MONTH : length <= 366 ? AN_BY_YEAR : AN_BY_INTERVAL;
}

/* "wants him tried over the leak of 2010", "gather ahead of the 2020 session": the year is the noun's own, not the act's; "died in the
   2010 attack" tells both. A day, or a date behind a count ("by a third in 2019"), hangs on a noun by the parser's mistake as often. */
static bool dates_a_noun(const scene *s, const an_time_at *t, uint32_t up) {
  uint32_t by = an_child_by(s->words, up, AN_CASE);
  if (t->day_level || by == AN_NONE || an_child_by(s->words, up, AN_NUMMOD) != AN_NONE || token_at(s, up)->upos != AN_NOUN || s->time_of[up] != AN_NONE) return false;
  return token_at(s, up)->rel == AN_NMOD || !coder_is(s->coder, token_at(s, by), REALIS_PLACE);
}

/* Steps from a time expression up to the predicate, through nothing that is another clause; AN_NONE: it belongs elsewhere. */
static uint32_t distance(const scene *s, const an_time_at *t, uint32_t predicate) {
  uint32_t up = t->first;
  bool by_verb = false;
  for (uint32_t i = t->first; i < t->end; i++)
    if (token_at(s, i)->head == AN_NONE || token_at(s, i)->head < t->first || token_at(s, i)->head >= t->end) up = i;
  for (uint32_t step = 0; step < 2 * CLAUSE_CLIMB && up != AN_NONE; step++) {
    if (up == predicate) return step;
    if (step > 0 && (other_clause(s, up) || (!by_verb && dates_a_noun(s, t, up)))) return AN_NONE;
    by_verb |= clause_is_verb(s, up);
    up = token_at(s, up)->head;
  }
  return AN_NONE;
}

/* "on Tuesday" tells when even on a page whose day nobody knows yet: a story may set it. */
static bool usable(const an_time_at *t) {
  return (t->t.type == AN_TIME_DATE || t->t.type == AN_TIME_TIME) && (!an_days_is_open(t->t.days) || t->t.anchor.to == AN_ANCHOR_PUBLISHED);
}

static moment moment_from(const scene *s, uint32_t time) {
  const an_time *t = &s->times->list.at[time].t;
  bool open = an_days_is_open(t->days) && t->anchor.unit == AN_UNIT_DAY;
  return (moment){t->days, time, t->anchor.to == AN_ANCHOR_PUBLISHED ? AN_WHEN_RELATIVE : AN_WHEN_STATED, open ? AN_BY_DAY : precision_of(t->days), t->anchor};
}

/* "on March 27 and 28": two days side by side are one stretch. */
static moment with_next(const scene *s, uint32_t time) {
  moment first = moment_from(s, time);
  if (time + 1 >= s->times->list.count) return first;
  const an_time_at *a = &s->times->list.at[time], *b = &s->times->list.at[time + 1];
  bool beside = b->sentence == a->sentence && b->first >= a->end && b->first - a->end <= 1 && a->day_level && b->day_level && usable(b);
  if (!beside || b->t.days.latest < first.when.earliest) return first;
  first.when.latest = b->t.days.latest;
  first.precision = precision_of(first.when);
  return first;
}

/* "killed seven and abducted two on Tuesday": the day behind the last of several verbs of one doer; AN_NONE: there is none. */
static uint32_t day_behind_all(const scene *s, uint32_t predicate) {
  uint32_t sentence = token_at(s, predicate)->sentence;
  if (s->first_time[sentence] + 1 != s->first_time[sentence + 1]) return AN_NONE; /* several: each verb may have its own */
  for (uint32_t c = an_child(s->words, predicate, AN_NONE); c != AN_NONE; c = an_child(s->words, predicate, c)) {
    bool joined = token_at(s, c)->rel == AN_CONJ && clause_is_verb(s, c) && token_at(s, c)->xpos == token_at(s, predicate)->xpos;
    if (!joined || an_child_by(s->words, c, AN_NSUBJ) != AN_NONE || an_child_by(s->words, c, AN_NSUBJ_PASS) != AN_NONE) continue;
    const an_time_at *t = &s->times->list.at[s->first_time[sentence]];
    if (usable(t) && t->day_level && t->first > c && distance(s, t, c) <= 2) return s->first_time[sentence];
  }
  return AN_NONE;
}

/* Of all expressions the nearest in the tree wins; a coordinated predicate shares its first one's ("met on Tuesday and praised"). */
moment moment_of(const scene *s, const match *m, const moment *lead, bool *own) {
  uint32_t predicate = predicate_of(m), best = AN_NONE, nearest = AN_NONE;
  uint32_t sentence = token_at(s, predicate)->sentence;
  for (int hop = 0; hop < 4 && best == AN_NONE; hop++) {
    for (uint32_t i = s->first_time[sentence]; i < s->first_time[sentence + 1]; i++) {
      const an_time_at *t = &s->times->list.at[i];
      if (!usable(t)) continue;
      uint32_t far = distance(s, t, predicate);
      if (far != AN_NONE && (nearest == AN_NONE || far < nearest || (far == nearest && t->day_level))) {
        nearest = far;
        best = i;
      }
    }
    uint8_t rel = token_at(s, predicate)->rel;
    if (rel != AN_CONJ && rel != AN_XCOMP && rel != AN_ADVCL && rel != AN_CCOMP && rel != AN_OBL && rel != AN_OBJ) break;
    predicate = token_at(s, predicate)->head;
    if (predicate == AN_NONE) break;
  }
  if (best == AN_NONE) best = day_behind_all(s, predicate_of(m));
  *own = best != AN_NONE;
  if (best != AN_NONE) return with_next(s, best);
  if (lead != NULL && lead->basis != AN_WHEN_UNKNOWN) return *lead;
  an_days d = s->published->days;
  return (moment){d, AN_NONE, AN_WHEN_PUBLICATION, precision_of(d), {.to = AN_ANCHOR_PUBLISHED, .unit = AN_UNIT_DAY}};
}

/* ---- Place ----------------------------------------------------------------------------------- */

/* What is praised, blamed or asked for lies elsewhere: "lauded the effort in Syria" was not said in Syria. */
static bool place_of_matter(const scene *s, const match *m, uint32_t place) {
  uint8_t quad = s->coder->types[m->type].quad;
  bool words_only = (quad == 1 || quad == 3) && !coder_type_is(s->coder, m->type, TYPE_MEETING);
  uint32_t head = token_at(s, place)->head;
  return words_only && head != AN_NONE && head != m->own.at && !(m->is_light && head == m->light.at);
}

/* "A delegation from Vietnam visited Laos": where somebody comes from is not where it happened. */
static bool place_of_party(const scene *s, const match *m, uint32_t place) {
  uint32_t head = token_at(s, place)->head;
  if (head == AN_NONE || token_at(s, place)->rel != AN_NMOD) return false;
  uint64_t prep = clause_prep(s, place);
  bool origin = false, party = false;
  for (uint32_t i = 0; i < s->coder->origin.count; i++) origin |= s->coder->origin.at[i].prep == prep;
  for (uint32_t i = 0; i < m->actors.count; i++) party |= m->actors.at[i].token == head;
  for (uint32_t i = 0; i < m->recipients.count; i++) party |= m->recipients.at[i].token == head;
  return origin && party;
}

an_place place_of(const scene *s, const match *m) {
  uint32_t first, end;
  clause_range(s, m, &first, &end);
  an_place best = {.lat = 0};
  int best_worth = 0;
  for (uint32_t i = first; i < end; i++) {
    uint32_t mention = s->mention_of[i];
    if (mention == AN_NONE) continue;
    const an_mention_at *at = &s->mentions->list.at[mention];
    if (at->head != i || at->place.text.at == NULL || !inside_clause(s, predicate_of(m), i)) continue;
    uint32_t by = an_child_by(s->words, i, AN_CASE);
    bool said = by != AN_NONE && coder_is(s->coder, token_at(s, by), REALIS_PLACE);
    bool to = coder_mode_is(s->coder, m->type, m->mode, MODE_JOURNEY);
    bool recipient = false;
    for (uint32_t k = 0; k < m->recipients.count; k++) recipient |= m->recipients.at[k].token == i;
    if ((!said && !(to && recipient)) || place_of_matter(s, m, i) || place_of_party(s, m, i)) continue;
    int worth = 1 + (at->place.precision <= AN_WHERE_CITY) + 2 * ((at->flags & AN_MENTION_LOCATIVE) != 0);
    if (worth <= best_worth) continue;
    best_worth = worth;
    best = at->place;
    best.span = at->m.who.span;
    best.basis = AN_WHERE_FRAME;
  }
  return best;
}
