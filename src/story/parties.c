/* SPDX-License-Identifier: Apache-2.0 */
/* Who and where is the same across pages. A page may say "Iranian officials" where another names the president: one party,
   said with more or less of it. */
#include "story/parts.h"

#include <math.h>

enum { MAX_BOTH = 16, KM_A_DEGREE = 111 /* of latitude */ };

an_text st_party_key(const dg_party *party) {
  if (party->entity.at != NULL) return party->entity;
  if (party->name.at != NULL) return party->name;
  if (party->country.at != NULL) return party->country;
  return party->group;
}

uint32_t st_text_key(an_text text) { return text.at == NULL ? 0 : (uint32_t)an_hash64(text.at, text.size) | 1; }

static uint32_t fold_key(an_text text) { return text.at == NULL ? 0 : (uint32_t)an_fold_hash(text) | 1; }

st_party st_party_of(const dg_party *p) {
  return (st_party){st_text_key(p->entity), fold_key(p->name), st_text_key(p->country), st_text_key(p->sector),
                    p->name.at != NULL && p->office.at != NULL};
}

st_place st_place_of(const dg_place *p) {
  bool point = p->name.at != NULL && p->precision <= AN_WHERE_CITY && isfinite(p->lat) && isfinite(p->lon) && (p->lat != 0 || p->lon != 0);
  return (st_place){fold_key(p->name), (float)p->lat, (float)p->lon, point, p->basis == AN_WHERE_FRAME};
}

static bool parties_of(an_arena *arena, dg_parties from, st_parties *to) {
  st_party *made = AN_NEW(arena, st_party, from.count);
  *to = (st_parties){made, made == NULL ? 0 : from.count};
  for (uint32_t i = 0; made != NULL && i < from.count; i++) made[i] = st_party_of(&from.at[i]);
  return made != NULL;
}

/* A weekday alone does not part two acts: reports of one story tell of several days. */
bool st_act_of(an_arena *arena, const dg_event *e, st_act *out) {
  bool open = an_days_is_open(e->when.days);
  *out = (st_act){.type = st_text_key(e->type), .when = open ? AN_DAYS_ANY : e->when.days, .where = st_place_of(&e->where), .mutual = e->mutual,
                  .consult = e->meets, .lead = e->lead, .pending = st_is_pending(e), .negated = e->negated,
                  .dated = !open && (e->when.basis == AN_WHEN_STATED || e->when.basis == AN_WHEN_RELATIVE),
                  .person = e->actors.count > 0 && e->actors.at[0].office.at != NULL};
  return parties_of(arena, e->actors, &out->actors) && parties_of(arena, e->recipients, &out->recipients);
}

bool st_same_party(const st_party *a, const st_party *b) {
  if (a->entity != 0 && a->entity == b->entity) return true;
  if (a->person && b->person) return false;
  if (a->country == 0 || b->country == 0) return a->country == b->country && a->name != 0 && a->name == b->name;
  return a->country == b->country && (a->sector == 0 || b->sector == 0 || a->sector == b->sector);
}

bool st_named_alike(st_parties a, st_parties b) {
  for (uint32_t i = 0; i < a.count; i++) {
    uint32_t k = 0;
    while (k < b.count && (a.at[i].name == 0 || a.at[i].name != b.at[k].name) && (a.at[i].entity == 0 || a.at[i].entity != b.at[k].entity)) k++;
    if (k == b.count) return false;
  }
  return a.count == b.count;
}

static double share_found(st_parties a, st_parties b) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < a.count; i++) {
    uint32_t k = 0;
    while (k < b.count && !st_same_party(&a.at[i], &b.at[k])) k++;
    found += k < b.count;
  }
  return (double)found / a.count;
}

double st_parties_alike(st_parties a, st_parties b) {
  if (a.count == 0 || b.count == 0) return a.count == b.count ? 0.5 : 0.4;
  return (share_found(a, b) + share_found(b, a)) / 2;
}

static double kilometres(const st_place *a, const st_place *b) {
  const double radian = 3.14159265358979323846 / 180, earth = 6371.0; /* mean radius, km */
  double ax = a->lat, ay = a->lon, bx = b->lat, by = b->lon;
  double dlat = (ax - bx) * radian, dlon = (ay - by) * radian;
  double h = sin(dlat / 2) * sin(dlat / 2) + cos(ax * radian) * cos(bx * radian) * sin(dlon / 2) * sin(dlon / 2);
  return 2 * earth * asin(fmin(1, sqrt(h)));
}

bool st_same_place(const st_place *a, const st_place *b) {
  if (a->name == 0 || b->name == 0) return false;
  if (a->name == b->name) return true;
  if (!a->point || !b->point || fabsf(a->lat - b->lat) * KM_A_DEGREE > SAME_PLACE_KM) return false;
  return kilometres(a, b) <= SAME_PLACE_KM;
}

bool st_other_place(const st_place *a, const st_place *b) { return a->point && b->point && a->stated && b->stated && !st_same_place(a, b); }

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

static st_parties joined(st_parties a, st_parties b, st_party out[MAX_BOTH]) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < a.count && count < MAX_BOTH; i++) out[count++] = a.at[i];
  for (uint32_t i = 0; i < b.count && count < MAX_BOTH; i++) out[count++] = b.at[i];
  return (st_parties){out, count};
}

double st_parties_fit(const st_act *a, const st_act *b) {
  double as_told = (st_parties_alike(a->actors, b->actors) + st_parties_alike(a->recipients, b->recipients)) / 2;
  if (!a->mutual && !b->mutual && !a->consult) return as_told;
  double turned = (st_parties_alike(a->actors, b->recipients) + st_parties_alike(a->recipients, b->actors)) / 2;
  if (a->mutual != b->mutual) { /* "X and Y met" and "X visited Y" */
    const st_act *split = a->mutual ? b : a;
    st_party both[MAX_BOTH];
    as_told = fmax(as_told, st_parties_alike(a->mutual ? a->actors : b->actors, joined(split->actors, split->recipients, both)));
  }
  return fmax(as_told, turned);
}
