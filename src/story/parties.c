/* SPDX-License-Identifier: Apache-2.0 */
/* Who and where is the same across pages. A page may say "Iranian officials" where another names the president: one party,
   said with more or less of it. */
#include "story/parts.h"

#include <math.h>

enum { MAX_BOTH = 16 };

an_text st_party_key(const dg_party *party) {
  if (party->entity.at != NULL) return party->entity;
  if (party->name.at != NULL) return party->name;
  if (party->country.at != NULL) return party->country;
  return party->group;
}

static bool is_person(const dg_party *p) { return p->name.at != NULL && p->office.at != NULL; }

bool st_same_party(const dg_party *a, const dg_party *b) {
  if (a->entity.at != NULL && b->entity.at != NULL && an_text_equal(a->entity, b->entity)) return true;
  if (is_person(a) && is_person(b)) return false;
  if (a->country.at == NULL || b->country.at == NULL)
    return a->country.at == b->country.at && a->name.at != NULL && b->name.at != NULL && an_fold_hash(a->name) == an_fold_hash(b->name);
  if (!an_text_equal(a->country, b->country)) return false;
  return a->sector.at == NULL || b->sector.at == NULL || an_text_equal(a->sector, b->sector);
}

static double share_found(dg_parties a, dg_parties b) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < a.count; i++) {
    uint32_t k = 0;
    while (k < b.count && !st_same_party(&a.at[i], &b.at[k])) k++;
    found += k < b.count;
  }
  return (double)found / a.count;
}

double st_parties_alike(dg_parties a, dg_parties b) {
  if (a.count == 0 || b.count == 0) return a.count == b.count ? 0.5 : 0.4;
  return (share_found(a, b) + share_found(b, a)) / 2;
}

static double kilometres(const dg_place *a, const dg_place *b) {
  const double radian = 3.14159265358979323846 / 180, earth = 6371.0; /* mean radius, km */
  double dlat = (a->lat - b->lat) * radian, dlon = (a->lon - b->lon) * radian;
  double h = sin(dlat / 2) * sin(dlat / 2) + cos(a->lat * radian) * cos(b->lat * radian) * sin(dlon / 2) * sin(dlon / 2);
  return 2 * earth * asin(fmin(1, sqrt(h)));
}

static bool has_point(const dg_place *p) {
  return p->name.at != NULL && p->precision <= AN_WHERE_CITY && isfinite(p->lat) && isfinite(p->lon) && (p->lat != 0 || p->lon != 0);
}

bool st_same_place(const dg_place *a, const dg_place *b) {
  if (a->name.at == NULL || b->name.at == NULL) return false;
  if (an_fold_hash(a->name) == an_fold_hash(b->name)) return true;
  return has_point(a) && has_point(b) && kilometres(a, b) <= SAME_PLACE_KM;
}

bool st_other_place(const dg_place *a, const dg_place *b) {
  return has_point(a) && has_point(b) && !st_same_place(a, b);
}

bool st_days_meet(an_days a, an_days b) {
  an_days both;
  return an_days_meet(a, b, &both);
}

bool st_is_pending(const dg_event *e) { return e->realis == AN_PLANNED || e->realis == AN_CONDITIONAL; }

const dg_event *st_event_of(const st_story *story, st_told told) { return story->readings[told.reading].events[told.event].e; }

an_text st_days_said(const st_story *story, an_days days) {
  an_buf buf;
  an_buf_init(&buf, 64);
  an_days_edtf(&buf, days);
  an_text said = an_arena_copy(story->arena, buf.size == 0 ? "not said" : buf.at, buf.size == 0 ? 8 : buf.size);
  an_buf_free(&buf);
  return said;
}

double st_parties_fit(const dg_event *a, const dg_event *b) {
  double as_told = (st_parties_alike(a->actors, b->actors) + st_parties_alike(a->recipients, b->recipients)) / 2;
  if (!a->mutual && !b->mutual && !an_text_is(a->type, "CONSULT")) return as_told;
  double turned = (st_parties_alike(a->actors, b->recipients) + st_parties_alike(a->recipients, b->actors)) / 2;
  if (a->mutual != b->mutual) { /* "X and Y met" and "X visited Y" */
    const dg_event *split = a->mutual ? b : a;
    dg_party both[MAX_BOTH];
    uint32_t count = 0;
    for (uint32_t i = 0; i < split->actors.count && count < MAX_BOTH; i++) both[count++] = split->actors.at[i];
    for (uint32_t i = 0; i < split->recipients.count && count < MAX_BOTH; i++) both[count++] = split->recipients.at[i];
    as_told = fmax(as_told, st_parties_alike(a->mutual ? a->actors : b->actors, (dg_parties){both, count}));
  }
  return fmax(as_told, turned);
}
