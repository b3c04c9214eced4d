/* SPDX-License-Identifier: Apache-2.0 */
/* What can only be said when all events of the page are known. */
#include "event/find.h"

/* ---- Visitor and host ------------------------------------------------------------------------ */

/* A meeting in the country of one of two parties: that one is the host, the other has travelled. */
static an_status visitor_and_host(const scene *s, an_event *e, an_error *err) {
  uint32_t type = coder_type(s->coder, e->type);
  bool plain = e->mode.at == NULL || coder_mode_is(s->coder, type, e->mode, MODE_JOURNEY);
  if (!coder_type_is(s->coder, type, TYPE_MEETING) || !plain || e->actor_count + e->recipient_count != 2 || e->where.country.at == NULL) return AN_OK;
  const an_party *a = &e->actors[0], *b = e->mutual ? &e->actors[1] : e->recipient_count == 1 ? &e->recipients[0] : &e->actors[1];
  bool at_a = an_text_equal(a->country, e->where.country), at_b = an_text_equal(b->country, e->where.country);
  if (a->country.at == NULL || b->country.at == NULL || at_a == at_b) return AN_OK;
  if (e->mode.at != NULL && !e->mutual && e->recipient_count > 0) return AN_OK; /* who visits whom was said */
  an_party *two = AN_NEW(s->arena, an_party, 2);
  AN_NEED(two, err, "event");
  two[0] = at_a ? *b : *a;
  two[1] = at_a ? *a : *b;
  e->actors = two;
  e->recipients = two + 1;
  e->actor_count = e->recipient_count = 1;
  e->mutual = false;
  e->mode = coder_mode_with(s->coder, type, MODE_JOURNEY);
  e->score = coder_score(s->coder, type, e->mode);
  return AN_OK;
}

/* ---- One happening, told twice --------------------------------------------------------------- */

static bool same_party(const an_party *a, const an_party *b) {
  if (a->entity.at != NULL && b->entity.at != NULL && an_text_equal(a->entity, b->entity)) return true;
  return a->country.at != NULL && an_text_equal(a->country, b->country);
}

static bool among(const an_party *p, const an_event *e) {
  for (uint32_t i = 0; i < e->actor_count; i++)
    if (same_party(p, &e->actors[i])) return true;
  for (uint32_t i = 0; i < e->recipient_count; i++)
    if (same_party(p, &e->recipients[i])) return true;
  return false;
}

static bool parties_within(const an_event *a, const an_event *b) {
  for (uint32_t i = 0; i < a->actor_count; i++)
    if (!among(&a->actors[i], b)) return false;
  for (uint32_t i = 0; i < a->recipient_count; i++)
    if (!among(&a->recipients[i], b)) return false;
  return a->actor_count + a->recipient_count > 0;
}

/* "Putin lauded Rouhani", then "Rouhani, lauding him": who suffered the one does the other. */
static bool turned_round(const an_event *a, const an_event *b) {
  for (uint32_t i = 0; i < b->actor_count && !a->mutual; i++) {
    bool does = false, suffers = false;
    for (uint32_t k = 0; k < a->actor_count; k++) does |= same_party(&b->actors[i], &a->actors[k]);
    for (uint32_t k = 0; k < a->recipient_count; k++) suffers |= same_party(&b->actors[i], &a->recipients[k]);
    if (suffers && !does) return true;
  }
  return false;
}

static bool days_meet(const an_event *a, const an_event *b) {
  an_days both;
  return an_days_meet(a->when, b->when, &both);
}

static uint8_t block_of(const scene *s, const an_event_at *e) { return s->article->blocks[s->words->sentences[e->sentence].block].kind; }

static bool says_further(const scene *s, const an_event_at *e) {
  const an_sentence *at = &s->words->sentences[e->sentence];
  for (uint32_t i = at->first; i < at->first + at->count; i++)
    if (token_at(s, i)->at.begin >= e->e.evidence.begin && token_at(s, i)->at.end <= e->e.evidence.end &&
        coder_is(s->coder, token_at(s, i), REALIS_FURTHER))
      return true;
  return false;
}

/* The same persons and not only the same countries: a president's and a minister's meeting are two. Whoever the second telling
   names must be in the first. */
static bool same_people(const an_event *a, const an_event *b) {
  for (uint32_t i = 0; i < a->actor_count + a->recipient_count; i++) {
    const an_party *p = i < a->actor_count ? &a->actors[i] : &a->recipients[i - a->actor_count];
    bool met = p->entity.at == NULL;
    for (uint32_t k = 0; k < b->actor_count + b->recipient_count && !met; k++) {
      const an_party *q = k < b->actor_count ? &b->actors[k] : &b->recipients[k - b->actor_count];
      met = q->entity.at != NULL && an_text_equal(p->entity, q->entity);
    }
    if (!met) return false;
  }
  return true;
}

/* In the body only what is plainly one happening is told once: a meeting of the same people, or the same word for the same parties. */
static bool told_before(const scene *s, const an_event_at *first, const an_event_at *then) {
  const an_event *a = &first->e, *b = &then->e;
  if (!an_text_equal(a->type, b->type) || a->realis != b->realis || a->negated != b->negated || a->background != b->background) return false;
  if (!parties_within(b, a) || !days_meet(a, b) || !same_people(b, a) || says_further(s, then)) return false;
  if (a->where.text.at != NULL && b->where.text.at != NULL && !an_text_equal(a->where.name, b->where.name)) return false;
  bool meeting = coder_type_is(s->coder, coder_type(s->coder, a->type), TYPE_MEETING);
  return meeting || (!turned_round(a, b) && token_at(s, first->trigger)->lemma_fold == token_at(s, then->trigger)->lemma_fold);
}

/* A caption or teaser that stands on the page twice. */
static bool same_words(const scene *s, const an_event_at *a, const an_event_at *b) {
  return an_text_equal(a->e.type, b->e.type) &&
         an_text_equal(an_text_slice(s->words->text, a->e.evidence.begin, a->e.evidence.end),
                       an_text_slice(s->words->text, b->e.evidence.begin, b->e.evidence.end));
}

enum { LOOK_BACK = 40 };

static void drop_told_before(const scene *s, an_events *events) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < events->list.count; i++) {
    an_event_at *e = &events->list.at[i];
    bool again = false;
    uint32_t from = kept > LOOK_BACK ? kept - LOOK_BACK : 0;
    for (uint32_t k = from; k < kept && !again; k++) {
      const an_event_at *first = &events->list.at[k];
      bool body = block_of(s, e) == AN_BLOCK_BODY && block_of(s, first) == AN_BLOCK_BODY;
      again = (body && told_before(s, first, e)) || same_words(s, first, e);
      if (again) AN_TRACE(s->trace, "event", e->e.trigger, false, "told before on this page");
    }
    if (!again) events->list.at[kept++] = *e;
  }
  events->list.count = kept;
}

/* "Gunmen kill nine" and "gunmen attacked a market": of those who are known. */
static bool known_within(const an_event *a, const an_event *b) {
  uint32_t known = 0;
  for (uint32_t i = 0; i < a->actor_count + a->recipient_count; i++) {
    const an_party *p = i < a->actor_count ? &a->actors[i] : &a->recipients[i - a->actor_count];
    if (p->country.at == NULL && p->entity.at == NULL) continue;
    if (!among(p, b)) return false;
    known++;
  }
  return known > 0;
}

/* A title, deck, caption or subhead that tells what the body tells. */
static void link_repeats(const scene *s, an_events *events) {
  for (uint32_t i = 0; i < events->list.count; i++) {
    an_event_at *e = &events->list.at[i];
    if (block_of(s, e) == AN_BLOCK_BODY) continue;
    for (uint32_t k = 0; k < events->list.count && k < 2 * LOOK_BACK && e->e.repeats == AN_NONE; k++) {
      const an_event_at *body = &events->list.at[k];
      if (block_of(s, body) != AN_BLOCK_BODY || !an_text_equal(e->e.type, body->e.type)) continue;
      if (known_within(&e->e, &body->e) || known_within(&body->e, &e->e)) e->e.repeats = k;
    }
  }
}

/* ---- Counts and offices ---------------------------------------------------------------------- */

static bool is_length(const an_quantity *q) { /* a length of time is no count of what was done */
  static const char *const names[] = {"year", "month", "week", "day", "hour", "minute", "decade", "century"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (an_text_is(q->unit, names[i])) return true;
  return false;
}

/* Quantities ascend by their begin: the first that begins at or after an offset. */
static uint32_t first_at(const an_quantity *all, uint32_t count, uint32_t begin) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (all[middle].span.begin < begin) low = middle + 1;
    else high = middle;
  }
  return low;
}

static an_status attach_quantities(const scene *s, an_events *events, const quantities *counted, an_error *err) {
  an_quantity *all = AN_NEW(s->arena, an_quantity, counted->list.count);
  AN_NEED(all, err, "event");
  for (uint32_t i = 0; i < counted->list.count; i++) all[i] = counted->list.at[i].q;
  for (uint32_t e = 0; e < events->list.count; e++) {
    an_event *at = &events->list.at[e].e;
    AN_LIST(an_quantity) own = {0};
    for (uint32_t i = first_at(all, counted->list.count, at->evidence.begin); i < counted->list.count; i++) {
      an_quantity *q = &all[i];
      if (q->span.begin >= at->evidence.end) break;
      if (q->event != AN_NONE || is_length(q) || q->span.end > at->evidence.end) continue;
      q->event = e;
      an_quantity *copy = AN_PUSH(s->arena, &own);
      AN_NEED(copy, err, "event");
      *copy = *q;
    }
    at->quantities = own.at;
    at->quantity_count = own.count;
  }
  events->quantities = all;
  events->quantity_count = counted->list.count;
  return AN_OK;
}

/* "the Iranian president" in 2016 and in 2022 are two people with one office; who held what is asked for the event's own day. */
static void offices_on_the_day(const scene *s, an_event *e) {
  if (e->when.earliest == AN_DAY_OPEN_EARLIEST || e->when.latest == AN_DAY_OPEN_LATEST) return;
  for (int side = 0; side < 2; side++) {
    an_party *p = (an_party *)(uintptr_t)(side == 0 ? e->actors : e->recipients); /* this step's own copies */
    for (uint32_t i = 0; i < (side == 0 ? e->actor_count : e->recipient_count); i++) {
      if (p[i].mention == AN_NONE) continue;
      const an_mention_at *m = &s->mentions->list.at[p[i].mention];
      if (m->m.kind != AN_MENTION_PERSON || m->entity == AN_NONE) continue;
      bool last_known;
      an_text office = an_world_office_on(s->world, m->entity, e->when.latest, &last_known);
      if (office.at != NULL) p[i].office = office;
    }
  }
}

an_status finish(const scene *s, an_events *events, const quantities *counted, an_error *err) {
  for (uint32_t i = 0; i < events->list.count; i++) {
    AN_TRY(visitor_and_host(s, &events->list.at[i].e, err));
    offices_on_the_day(s, &events->list.at[i].e);
  }
  drop_told_before(s, events);
  link_repeats(s, events);
  return attach_quantities(s, events, counted, err);
}
