/* SPDX-License-Identifier: Apache-2.0 */
/* Which readings tell the same happenings.

   Same story is not same text: independent reports share two five-word runs in a hundred. So pairs are proposed by what they
   tell (an act between the same parties, an act at a place) or by copied text, scored by acts, named things and the words of
   the head, and parted by vetoes: another holder of the same office, another city for the same act, days more than three
   apart, weekdays that cannot be one day. Groups grow by average link, best pair first, so that nothing chains.

   The weights were set by hand on pages of our own (examples/pages) and are even: an act counts as much as the names. */
#include "story/parts.h"

#include <math.h>

#include <stdlib.h>

#define LINK 0.50            /* average score that joins two groups */
#define COPY 0.50            /* containment of five-word runs that is a copy: stories page of the design notes */
#define SAME_ACT 0.40        /* the same act between the same people, told up front by both */
#define SAME_COUNTRIES 0.25  /* the same act between the same countries */
#define NAMES 0.40           /* times the cosine of the named things */
#define HEADS 0.30           /* times the share of the head's words in common */
enum { MANY = 200, NEAR = 50, MAX_GROUP = 400 };

typedef struct posting { uint64_t key; uint32_t reading; } posting;
typedef struct pair { uint32_t a, b; double score; } pair;
typedef struct postings { AN_LIST(posting) list; } postings;
typedef struct pairs { AN_LIST(pair) list; } pairs;

/* ---- One pair ----------------------------------------------------------------------------------- */

static bool is_main(const dg_event *e) { return !e->background && !e->negated && e->actors.count + e->recipients.count > 0; }

static double names_alike(const dg *a, const dg *b) {
  double dot = 0, aa = 0, bb = 0;
  for (uint32_t i = 0; i < a->entity_count; i++) {
    double x = sqrt(a->entities[i].count) * (a->entities[i].lead ? 2 : 1);
    aa += x * x;
    for (uint32_t k = 0; k < b->entity_count; k++)
      if (an_text_equal(a->entities[i].key, b->entities[k].key)) dot += x * sqrt(b->entities[k].count) * (b->entities[k].lead ? 2 : 1);
  }
  for (uint32_t k = 0; k < b->entity_count; k++) {
    double y = sqrt(b->entities[k].count) * (b->entities[k].lead ? 2 : 1);
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? dot / sqrt(aa * bb) : 0;
}

static bool same_act(const dg_event *a, const dg_event *b) { return an_text_equal(a->type, b->type) && st_parties_fit(a, b) >= 0.7; }

/* The largest share of the smaller page's sampled runs that the other has too. */
static double containment(const dg *a, const dg *b) {
  uint8_t scale = a->scale > b->scale ? a->scale : b->scale;
  uint32_t limit = scale == 0 ? UINT32_MAX : UINT32_MAX >> scale, in_a = 0, in_b = 0;
  while (in_a < a->shingles.count && a->shingles.at[in_a] <= limit) in_a++;
  while (in_b < b->shingles.count && b->shingles.at[in_b] <= limit) in_b++;
  uint32_t smaller = in_a < in_b ? in_a : in_b;
  if (smaller < 8) return 0;
  return (double)dg_keys_common((dg_words){a->shingles.at, in_a}, (dg_words){b->shingles.at, in_b}) / smaller;
}

static bool is_lead_person(const dg *d, an_text person) {
  for (uint32_t i = 0; i < d->entity_count; i++)
    if (d->entities[i].lead && an_text_equal(d->entities[i].key, person)) return true;
  return false;
}

static bool holds(const dg *d, an_text office, an_text person, bool *held) {
  bool same = false;
  for (uint32_t i = 0; i < d->office_count; i++) {
    if (!an_text_equal(d->offices[i].office, office)) continue;
    *held = true;
    same |= an_text_equal(d->offices[i].person, person);
  }
  return same;
}

/* One page's leading president is not the other's. */
static bool another_holder(const dg *a, const dg *b) {
  for (uint32_t i = 0; i < a->office_count; i++) {
    bool held = false;
    if (!is_lead_person(a, a->offices[i].person)) continue;
    if (!holds(b, a->offices[i].office, a->offices[i].person, &held) && held) return true;
  }
  return false;
}

/* Both tell the same act up front, and nowhere on days or at a place that can be one. */
static bool acts_apart(const dg *a, const dg *b) {
  bool asked = false;
  for (uint32_t i = 0; i < a->event_count; i++) {
    const dg_event *x = &a->events[i];
    if (!is_main(x) || !x->lead || st_is_pending(x)) continue;
    for (uint32_t k = 0; k < b->event_count; k++) {
      const dg_event *y = &b->events[k];
      if (!is_main(y) || !y->lead || st_is_pending(y) || !same_act(x, y)) continue;
      asked = true;
      if (st_days_meet(x->when.days, y->when.days) && !st_other_place(&x->where, &y->where)) return false;
    }
  }
  return asked;
}

static bool days_apart(an_days a, an_days b) {
  if (a.latest != AN_DAY_OPEN_LATEST && b.earliest != AN_DAY_OPEN_EARLIEST && (int64_t)b.earliest - a.latest > MAX_DAYS_APART) return true;
  return b.latest != AN_DAY_OPEN_LATEST && a.earliest != AN_DAY_OPEN_EARLIEST && (int64_t)a.earliest - b.latest > MAX_DAYS_APART;
}

static double score(const dg *a, const dg *b) {
  if (days_apart(a->published, b->published) || another_holder(a, b)) return -1;
  double copied = containment(a, b);
  if (copied >= COPY) return 1;
  if (acts_apart(a, b)) return -1;
  double act = 0;
  for (uint32_t i = 0; i < a->event_count; i++)
    for (uint32_t k = 0; k < b->event_count; k++) {
      const dg_event *x = &a->events[i], *y = &b->events[k];
      if (!is_main(x) || !is_main(y) || st_is_pending(x) != st_is_pending(y) || !same_act(x, y)) continue;
      if (!st_days_meet(x->when.days, y->when.days) || st_other_place(&x->where, &y->where)) continue;
      bool person = x->actors.count > 0 && y->actors.count > 0 && x->actors.at[0].office.at != NULL && y->actors.at[0].office.at != NULL;
      act = fmax(act, (person || st_same_place(&x->where, &y->where) ? SAME_ACT : SAME_COUNTRIES) * (x->lead && y->lead ? 1 : 0.6));
    }
  return act + NAMES * names_alike(a, b) + HEADS * dg_words_contained(a->head, b->head);
}

/* ---- Which pairs are looked at -------------------------------------------------------------------- */

static bool post(an_arena *arena, postings *all, uint64_t key, uint32_t reading) {
  posting *made = AN_PUSH(arena, &all->list);
  if (made != NULL) *made = (posting){key, reading};
  return made != NULL;
}

static uint64_t pair_key(an_text type, an_text a, an_text b) {
  uint64_t x = an_fold_hash(a), y = an_fold_hash(b);
  return an_hash_mix(an_fold_hash(type), x < y ? an_hash_mix(x, y) : an_hash_mix(y, x));
}

/* An act between two countries, an act in a country, a pair of leading names, and copied runs propose a pair. */
static bool post_reading(an_arena *arena, postings *all, const dg *d, uint32_t reading) {
  bool well = true;
  for (uint32_t i = 0; i < d->event_count; i++) {
    const dg_event *e = &d->events[i];
    if (!is_main(e)) continue;
    if (e->where.country.at != NULL) well &= post(arena, all, pair_key(e->type, e->where.country, e->where.country), reading);
    for (uint32_t a = 0; a < e->actors.count + e->recipients.count; a++)
      for (uint32_t b = a + 1; b < e->actors.count + e->recipients.count; b++) {
        const dg_party *x = a < e->actors.count ? &e->actors.at[a] : &e->recipients.at[a - e->actors.count];
        const dg_party *y = b < e->actors.count ? &e->actors.at[b] : &e->recipients.at[b - e->actors.count];
        if (x->country.at != NULL && y->country.at != NULL) well &= post(arena, all, pair_key(e->type, x->country, y->country), reading);
      }
  }
  for (uint32_t a = 0; a < d->entity_count; a++)
    for (uint32_t b = a + 1; b < d->entity_count; b++)
      if (d->entities[a].lead && d->entities[b].lead)
        well &= post(arena, all, pair_key(AN_LIT("names"), d->entities[a].key, d->entities[b].key), reading);
  for (uint32_t i = 0; i < d->shingles.count; i++)
    if (d->shingles.at[i] <= UINT32_MAX >> 6) well &= post(arena, all, an_hash_mix(d->shingles.at[i], 5), reading);
  return well;
}

static int by_posting(const void *a, const void *b) {
  const posting *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->reading > y->reading) - (x->reading < y->reading);
}

static int by_score(const void *a, const void *b) {
  const pair *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

/* Readings are in order of days, so a key that very many share proposes only neighbours in time. */
static bool propose(an_arena *arena, const dg *const *digests, const postings *all, an_map *seen, pairs *out) {
  const posting *p = all->list.at;
  for (uint32_t begin = 0, end; begin < all->list.count; begin = end) {
    for (end = begin; end < all->list.count && p[end].key == p[begin].key;) end++;
    for (uint32_t i = begin; i < end; i++)
      for (uint32_t k = i + 1; k < end && (end - begin <= MANY || k - i <= NEAR); k++) {
        if (p[i].reading == p[k].reading) continue;
        uint64_t key = ((uint64_t)p[i].reading << 32 | p[k].reading) + 1;
        uint32_t *known = an_map_put(arena, seen, key, AN_NONE);
        if (known == NULL) return false;
        if (*known != AN_NONE) continue;
        *known = out->list.count;
        pair *made = AN_PUSH(arena, &out->list);
        if (made == NULL) return false;
        *made = (pair){p[i].reading, p[k].reading, score(digests[p[i].reading], digests[p[k].reading])};
      }
  }
  return true;
}

/* ---- Groups --------------------------------------------------------------------------------------- */

typedef struct grouping {
  uint32_t *group_of, *next, *last, *size;
  an_arena *arena; an_map *seen; AN_LIST(double) scores;  /* of pairs proposed, then of those that joining asks for */
  const dg *const *digests;
} grouping;

static double score_of(grouping *g, uint32_t a, uint32_t b) {
  uint64_t key = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
  uint32_t index = an_map_get(g->seen, key + 1, AN_NONE);
  if (index != AN_NONE) return g->scores.at[index];
  double made = score(g->digests[a], g->digests[b]);
  double *kept = AN_PUSH(g->arena, &g->scores);
  uint32_t *place = kept == NULL ? NULL : an_map_put(g->arena, g->seen, key + 1, AN_NONE);
  if (place == NULL) return made; /* no memory to keep it: it is made again when it is asked for again */
  *kept = made;
  *place = g->scores.count - 1;
  return made;
}

static bool may_join(grouping *g, uint32_t x, uint32_t y) {
  if (g->size[x] + g->size[y] > MAX_GROUP) return false;
  double sum = 0;
  for (uint32_t i = x; i != AN_NONE; i = g->next[i])
    for (uint32_t k = y; k != AN_NONE; k = g->next[k]) {
      double s = score_of(g, i, k);
      if (s < 0) return false;
      sum += s;
    }
  return sum / ((double)g->size[x] * g->size[y]) >= LINK;
}

static void join(grouping *g, uint32_t x, uint32_t y) {
  uint32_t into = x < y ? x : y, from = x < y ? y : x;
  for (uint32_t i = from; i != AN_NONE; i = g->next[i]) g->group_of[i] = into;
  g->next[g->last[into]] = from;
  g->last[into] = g->last[from];
  g->size[into] += g->size[from];
}

an_status st_group(const dg *const *digests, uint32_t count, an_arena *arena, uint32_t *group_of, uint32_t *groups, an_error *err) {
  postings all = {0};
  an_map seen = {0};
  pairs found = {0};
  bool well = true;
  for (uint32_t i = 0; i < count; i++) well &= post_reading(arena, &all, digests[i], i);
  if (well && all.list.count > 0) {
    qsort(all.list.at, all.list.count, sizeof *all.list.at, by_posting);
    well = propose(arena, digests, &all, &seen, &found);
  }
  uint32_t *links = AN_NEW(arena, uint32_t, (size_t)count * 3);
  if (!well || links == NULL)
    return an_fail(err, AN_ERR_LIMIT, "story", "%u readings need more memory for stories than is allowed", count);
  grouping g = {group_of, links, links + count, links + 2 * (size_t)count, arena, &seen, {0}, digests};
  for (uint32_t i = 0; i < count; i++) {
    group_of[i] = g.last[i] = i;
    g.next[i] = AN_NONE;
    g.size[i] = 1;
  }
  for (uint32_t i = 0; i < found.list.count; i++) {
    double *kept = AN_PUSH(arena, &g.scores);
    if (kept == NULL) return an_fail(err, AN_ERR_LIMIT, "story", "%u readings need more memory for stories than is allowed", count);
    *kept = found.list.at[i].score;
  }
  if (found.list.count > 0) qsort(found.list.at, found.list.count, sizeof *found.list.at, by_score);
  for (uint32_t i = 0; i < found.list.count && found.list.at[i].score >= LINK; i++) {
    uint32_t x = group_of[found.list.at[i].a], y = group_of[found.list.at[i].b];
    if (x != y && may_join(&g, x, y)) join(&g, x, y);
  }
  *groups = 0;
  for (uint32_t i = 0; i < count; i++) *groups += group_of[i] == i;
  return AN_OK;
}

void st_find_copies(st_story *story) {
  for (uint32_t i = 0; i < story->reading_count; i++) {
    st_reading *r = &story->readings[i];
    r->copy_of = r->version_of = AN_NONE;
    for (uint32_t k = 0; k < i && r->copy_of == AN_NONE && r->version_of == AN_NONE; k++) {
      const dg *was = story->readings[k].d;
      an_text here = r->d->canonical.at != NULL ? r->d->canonical : r->d->url, there = was->canonical.at != NULL ? was->canonical : was->url;
      if (here.at != NULL && an_text_equal(here, there)) r->version_of = k;
      else if (story->readings[k].copy_of == AN_NONE && containment(r->d, was) >= COPY) r->copy_of = k;
    }
  }
}
