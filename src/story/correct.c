/* SPDX-License-Identifier: Apache-2.0 */
/* A person's corrections, laid over digests as they are decoded: what a page says stays as it was read. */
#include "story/parts.h"

#include <string.h>

static void set_days(dg *d, an_arena *arena, const an_correction *c) {
  dg_evidence *evidence = AN_NEW(arena, dg_evidence, (size_t)d->evidence_count + 1);
  if (evidence == NULL) return;
  evidence[0] = (dg_evidence){.says = c->says, .days = c->days};
  if (d->evidence_count > 0) memcpy(evidence + 1, d->evidence, d->evidence_count * sizeof *evidence);
  d->evidence = evidence;
  d->evidence_count++;
  d->published = c->days;
  d->day = an_days_is_single(c->days) ? c->days.earliest : AN_DAY_OPEN_EARLIEST;
  d->basis = AN_BASIS_GIVEN;
  for (uint32_t i = 0; i < d->event_count; i++) { /* what hangs on the page's day goes with it */
    dg_when *w = &d->events[i].when;
    if (w->anchor.to == AN_ANCHOR_PUBLISHED) w->days = an_anchor_days(w->anchor, c->days);
    else if (w->basis == AN_WHEN_PUBLICATION) w->days = c->days;
  }
}

static uint32_t moved(uint32_t index, uint32_t gone) { return index == AN_NONE || index == gone ? AN_NONE : index > gone ? index - 1 : index; }

static void reject(dg *d, an_text event) {
  uint32_t gone = 0;
  while (gone < d->event_count && !an_text_equal(d->events[gone].id, event)) gone++;
  if (gone == d->event_count) return;
  memmove(&d->events[gone], &d->events[gone + 1], (d->event_count - gone - 1) * sizeof *d->events);
  d->event_count--;
  for (uint32_t i = 0; i < d->event_count; i++) d->events[i].repeats = moved(d->events[i].repeats, gone);
  for (uint32_t i = 0; i < d->quantity_count; i++) d->quantities[i].event = moved(d->quantities[i].event, gone);
  for (uint32_t i = 0; i < d->clause_count; i++) d->clauses[i].event = moved(d->clauses[i].event, gone);
}

/* The right name, and nobody's identifier: whose it was is what was wrong. Corrections are of what pages say, so a name that one
   of them gave is not corrected by the next: "A is B" and "B is A" change two people round. */
static void rename_parties(dg_parties parties, const st_corrections *corrections) {
  for (uint32_t i = 0; i < parties.count; i++) {
    dg_party *p = &parties.at[i];
    const an_correction *c = corrections->at, *end = c + corrections->count;
    while (c < end && (c->what != AN_CORRECT_NAME || !an_text_equal(p->name, c->name))) c++;
    if (c == end) continue;
    p->name = c->value;
    p->entity = (an_text){0};
  }
}

static void rename_all(dg *d, const st_corrections *corrections) {
  for (uint32_t i = 0; i < d->event_count; i++) {
    rename_parties(d->events[i].actors, corrections);
    rename_parties(d->events[i].recipients, corrections);
  }
  for (uint32_t i = 0; i < d->statement_count; i++) rename_parties(d->statements[i].speakers, corrections);
}

bool st_correct(const st_corrections *corrections, an_arena *arena, dg *d) {
  bool own = false;
  for (uint32_t i = 0; i < corrections->count; i++) {
    const an_correction *c = &corrections->at[i];
    if (c->page == NULL || (memcmp(c->page, d->sha256, sizeof d->sha256) != 0 && (c->other == NULL || memcmp(c->other, d->sha256, sizeof d->sha256) != 0))) continue;
    own = true;
    if (c->what == AN_CORRECT_DAY) set_days(d, arena, c);
    if (c->what == AN_CORRECT_REJECT) reject(d, c->event);
  }
  rename_all(d, corrections);
  return own;
}

static uint32_t find(const st_brief *const *briefs, uint32_t count, const uint8_t *sha256) {
  for (uint32_t i = 0; sha256 != NULL && i < count; i++)
    if (memcmp(briefs[i]->sha256, sha256, sizeof briefs[i]->sha256) == 0) return i;
  return AN_NONE;
}

bool st_bonds(const st_corrections *corrections, const st_brief *const *briefs, uint32_t count, an_arena *arena, st_bonds_of *out) {
  out->count = 0;
  out->at = AN_NEW(arena, st_bond, corrections->count);
  for (uint32_t i = 0; out->at != NULL && i < corrections->count; i++) {
    const an_correction *c = &corrections->at[i];
    if (c->what != AN_CORRECT_JOIN && c->what != AN_CORRECT_SPLIT) continue;
    st_bond bond = {find(briefs, count, c->page), find(briefs, count, c->other), c->what == AN_CORRECT_SPLIT};
    if (bond.a != AN_NONE && bond.b != AN_NONE && bond.a != bond.b) out->at[out->count++] = bond;
  }
  return out->at != NULL;
}
