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
  for (uint32_t i = 0; i < d->event_count + d->faint_count; i++) { /* what hangs on the page's day goes with it */
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
  memmove(&d->events[gone], &d->events[gone + 1], (d->event_count + d->faint_count - gone - 1) * sizeof *d->events);
  d->event_count--;
  for (uint32_t i = 0; i < d->event_count + d->faint_count; i++) d->events[i].repeats = moved(d->events[i].repeats, gone);
  for (uint32_t i = 0; i < d->quantity_count; i++) d->quantities[i].event = moved(d->quantities[i].event, gone);
  for (uint32_t i = 0; i < d->clause_count; i++) d->clauses[i].event = moved(d->clauses[i].event, gone);
}

/* The right name, and nobody's identifier: whose it was is what was wrong. Corrections are of what pages say, so a name that one
   of them gave is not corrected by the next: "A is B" and "B is A" change two people round. */
static void rename_parties(dg_parties parties, const st_corrections *corrections) {
  for (uint32_t i = 0; i < parties.count; i++) {
    dg_party *p = &parties.at[i];
    uint32_t c = p->name.at == NULL ? AN_NONE : an_map_get(&corrections->names, an_hash64(p->name.at, p->name.size), AN_NONE);
    if (c == AN_NONE || !an_text_equal(p->name, corrections->at[c].name)) continue;
    p->name = corrections->at[c].value;
    p->entity = (an_text){0};
  }
}

static void rename_all(dg *d, const st_corrections *corrections) {
  for (uint32_t i = 0; i < d->event_count + d->faint_count; i++) {
    rename_parties(d->events[i].actors, corrections);
    rename_parties(d->events[i].recipients, corrections);
  }
  for (uint32_t i = 0; i < d->statement_count; i++) rename_parties(d->statements[i].speakers, corrections);
  for (uint32_t i = 0; i < d->clause_count; i++) rename_parties(d->clauses[i].holder, corrections);
}

/* ---- Found by page and by name ---------------------------------------------------------------------- */

/* A correction has two nodes, one for each of its pages, in a chain of those of one page, in the order of the corrections. */
static const uint8_t *page_of(const an_correction *list, uint32_t node) { return (node & 1) == 0 ? list[node / 2].page : list[node / 2].other; }

bool st_corrections_open(const an_correction *list, uint32_t count, an_arena *arena, st_corrections *out) {
  *out = (st_corrections){.at = list, .count = count, .next = AN_NEW(arena, uint32_t, (size_t)count * 2)};
  if (out->next == NULL) return false;
  for (uint32_t node = count * 2; node-- > 0;) {
    const uint8_t *page = page_of(list, node);
    uint32_t *first = page == NULL ? NULL : an_map_put(arena, &out->pages, an_hash64(page, 32), AN_NONE);
    if (page != NULL && first == NULL) return false;
    if (first == NULL) continue;
    out->next[node] = *first;
    *first = node;
  }
  for (uint32_t i = 0; i < count; i++) {
    if (list[i].what != AN_CORRECT_NAME || list[i].name.at == NULL) continue;
    if (an_map_put(arena, &out->names, an_hash64(list[i].name.at, list[i].name.size), i) == NULL) return false; /* the first of a name holds */
  }
  return true;
}

static uint32_t first_of(const st_corrections *corrections, const uint8_t sha256[32]) {
  return corrections->count == 0 ? AN_NONE : an_map_get(&corrections->pages, an_hash64(sha256, 32), AN_NONE);
}

bool st_is_corrected(const st_corrections *corrections, const uint8_t sha256[32]) { return first_of(corrections, sha256) != AN_NONE; }

void st_correct(const st_corrections *corrections, an_arena *arena, dg *d) {
  for (uint32_t node = first_of(corrections, d->sha256); node != AN_NONE; node = corrections->next[node]) {
    const an_correction *c = &corrections->at[node / 2];
    if ((node & 1) != 0) continue;
    if (c->what == AN_CORRECT_DAY) set_days(d, arena, c);
    if (c->what == AN_CORRECT_REJECT) reject(d, c->event);
  }
  if (corrections->names.count > 0) rename_all(d, corrections);
}

static uint32_t page_with(const an_map *pages, const uint8_t *sha256) { return sha256 == NULL ? AN_NONE : an_map_get(pages, an_hash64(sha256, 32), AN_NONE); }

bool st_bonds_of(const st_corrections *corrections, st_page *const *pages, uint32_t count, an_arena *arena, st_bonds *out) {
  an_map by_sha = {0};
  out->count = 0;
  out->at = AN_NEW(arena, st_bond, corrections->count);
  if (out->at == NULL) return false;
  for (uint32_t i = 0; corrections->count > 0 && i < count; i++)
    if (st_is_corrected(corrections, pages[i]->sha256) && an_map_put(arena, &by_sha, an_hash64(pages[i]->sha256, 32), i) == NULL) return false;
  for (uint32_t i = 0; i < corrections->count; i++) {
    const an_correction *c = &corrections->at[i];
    if (c->what != AN_CORRECT_JOIN && c->what != AN_CORRECT_SPLIT) continue;
    st_bond bond = {page_with(&by_sha, c->page), page_with(&by_sha, c->other), c->what == AN_CORRECT_SPLIT};
    if (bond.a != AN_NONE && bond.b != AN_NONE && bond.a != bond.b) out->at[out->count++] = bond;
  }
  return true;
}
