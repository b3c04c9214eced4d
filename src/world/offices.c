/* SPDX-License-Identifier: Apache-2.0 */
/* Who held which office on which days. A term is [from, to); one without an end is believed for GRACE days after the last day
   on which it was checked, and later called "last known"; after STALE days (heads: longer) it says nothing. */
#include "world/scene.h"

enum { GRACE = 60, STALE = 200, STALE_HEAD = 400, MOST_OFFICES = 24 };

static bool days_open(an_days d) { return d.earliest == AN_DAY_OPEN_EARLIEST || d.latest == AN_DAY_OPEN_LATEST; }

/* 0: not in office on any of these days; 1: in office; 2: in office as last known. */
static int held(const an_world *w, const an_term *t, an_days days) {
  if (t->from > days.latest || t->to <= days.earliest) return 0;
  if (t->to != AN_DAY_OPEN_LATEST) return 1;
  bool head = (an_entity_at(w, t->office).flags & AN_ENT_HEAD) != 0;
  if (days.earliest - t->verified > (head ? STALE_HEAD : STALE)) return 0;
  return days.earliest - t->verified > GRACE ? 2 : 1;
}

bool an_term_last_known(const an_world *w, const an_term *t, an_days days) { return !days_open(days) && held(w, t, days) == 2; }

static an_text next_office(an_text *list) {
  uint32_t end = 0;
  while (end < list->size && list->at[end] != ';') end++;
  an_text one = an_text_slice(*list, 0, end);
  *list = an_text_slice(*list, end < list->size ? end + 1 : end, list->size);
  return one;
}

/* "president" of IRN; "USA.foreign_minister" of USA alone. */
static uint32_t office_row(const an_world *w, an_text country, an_text name) {
  uint32_t dot = an_text_find(name, 0, AN_LIT("."));
  if (dot == AN_NONE) return an_entity_by_two(w, country, name);
  return an_text_equal(an_text_slice(name, 0, dot), country) ? an_entity_by_id(w, name) : AN_NONE;
}

an_holder an_office_holder(const an_world *w, an_text country, an_text offices, an_days days) {
  an_holder best = {.person = AN_NONE, .office = AN_NONE, .term = AN_NONE};
  if (days_open(days) || country.size == 0) return best;
  an_day best_from = AN_DAY_OPEN_EARLIEST;
  while (offices.size > 0) {
    uint32_t row = office_row(w, country, next_office(&offices));
    an_entity office = an_entity_at(w, row);
    if (office.kind != AN_ENT_OFFICE) continue;
    for (uint32_t i = 0; i < office.terms; i++) {
      uint32_t at = an_term_of_office(w, &office, i);
      an_term t = an_term_at(w, at);
      int how = t.person == AN_NONE ? 0 : held(w, &t, days);
      if (how == 0 || t.person == best.person) continue;
      /* Two rows for one day of a single-holder office: the later start is the better known. */
      bool replaces = best.office == row && (office.flags & AN_ENT_SINGLE) != 0 && an_days_is_single(days);
      if (!replaces) best.count++;
      if (best.count > 1 && !replaces) continue;
      if (replaces && t.from < best_from) continue;
      best = (an_holder){t.person, row, at, best.count, how == 2, t.src, t.verified};
      best_from = t.from;
    }
  }
  return best;
}

uint32_t an_office_of(const an_world *w, uint32_t person, an_text country, an_text offices, an_days days, an_term *term) {
  an_entity e = an_entity_at(w, person);
  if (e.kind != AN_ENT_PERSON) return AN_NONE;
  uint32_t wanted[MOST_OFFICES], count = 0;
  while (offices.size > 0 && count < MOST_OFFICES) wanted[count++] = office_row(w, country, next_office(&offices));
  for (uint32_t k = 0; k < count; k++) {
    if (wanted[k] == AN_NONE) continue;
    for (uint32_t i = e.terms; i-- > 0;) { /* the latest first */
      an_term t = an_term_at(w, e.term + i);
      if (t.person != person || t.office != wanted[k]) continue;
      if (!days_open(days) && held(w, &t, days) == 0) continue;
      if (term != NULL) *term = t;
      return t.office;
    }
  }
  return AN_NONE;
}

/* Of several the head's; then one of the person's own country: France's president is a prince of Andorra as well. */
uint32_t an_office_any(const an_world *w, uint32_t person, an_days days, bool *last_known) {
  an_entity e = an_entity_at(w, person);
  uint32_t best = AN_NONE;
  int best_rank = -1;
  if (days_open(days)) return AN_NONE;
  for (uint32_t i = 0; i < e.terms; i++) {
    an_term t = an_term_at(w, e.term + i);
    int how = t.person == person ? held(w, &t, days) : 0;
    if (how == 0) continue;
    an_entity office = an_entity_at(w, t.office);
    bool head = (office.flags & AN_ENT_HEAD) != 0, own = office.country.size > 0 && an_text_equal(office.country, e.country);
    int rank = (head ? 8 : 0) + (head && own ? 4 : 0) + ((office.flags & AN_ENT_SINGLE) != 0 ? 2 : 0) + (how == 1);
    if (rank < best_rank) continue;
    best = t.office;
    best_rank = rank;
    if (last_known != NULL) *last_known = how == 2;
  }
  return best;
}

bool an_offices_meet(an_text a, an_text b) {
  while (a.size > 0) {
    an_text one = next_office(&a);
    an_text rest = b;
    while (rest.size > 0)
      if (an_text_equal(one, next_office(&rest))) return true;
  }
  return false;
}

bool an_person_heads(const an_world *w, uint32_t person, an_days days) {
  an_entity e = an_entity_at(w, person);
  for (uint32_t i = 0; i < e.terms; i++) {
    an_term t = an_term_at(w, e.term + i);
    if (t.person != person || (an_entity_at(w, t.office).flags & AN_ENT_HEAD) == 0) continue;
    if (days_open(days) || held(w, &t, days) != 0) return true;
  }
  return false;
}

bool an_term_days(const an_world *w, uint32_t person, an_text country, an_text offices, an_days *out, an_text *office) {
  an_entity e = an_entity_at(w, person);
  bool any = false;
  for (uint32_t i = 0; i < e.terms; i++) {
    an_term t = an_term_at(w, e.term + i);
    if (t.person != person) continue;
    bool wanted = false;
    an_text rest = offices;
    while (rest.size > 0) wanted |= office_row(w, country, next_office(&rest)) == t.office;
    if (!wanted || t.basis == AN_BASIS_LISTED) continue; /* listed: known for a day, not for a term */
    an_day latest = t.to == AN_DAY_OPEN_LATEST ? AN_DAY_OPEN_LATEST : t.to - 1;
    if (!any || t.from < out->earliest) out->earliest = t.from;
    if (!any || latest > out->latest) out->latest = latest;
    if (!any) *office = an_entity_at(w, t.office).id;
    any = true;
  }
  out->weekdays = 0;
  return any;
}

an_text an_world_office_on(const an_world *world, uint32_t entity, an_day day, bool *last_known) {
  bool last = false;
  uint32_t office = an_entity_kind_of(world, entity) == AN_ENT_PERSON ? an_office_any(world, entity, an_days_single(day), &last) : AN_NONE;
  if (last_known != NULL) *last_known = last;
  return office == AN_NONE ? (an_text){NULL, 0} : an_entity_at(world, office).id;
}
