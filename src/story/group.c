/* SPDX-License-Identifier: Apache-2.0 */
/* Which readings tell the same happenings.

   Same story is not same text: independent reports share two five-word runs in a hundred. So pairs are proposed by two rare
   words that stand high on both pages, or by copied runs, scored by the words of the whole page, each by how rare it is
   (weights.tsv), and by an act that both tell; and parted by vetoes: another holder of the same office, another city for the
   same act, days more than three apart, weekdays that cannot be one day. Groups grow by average link, best pair first, so that
   nothing chains; a group spans seven days at most.

   Pages of one text count once here, however many there are. */
#include "story/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LINK 0.38            /* average score that joins two groups */
#define COPY 0.50            /* containment of five-word runs that is a copy: stories page of the design notes */
#define COPY_WORDS 0.30      /* what copies have in common at the least: others are not asked for runs */
#define UNLIKE 0.06          /* no act and no head lifts these over LINK */
#define HEADS 0.20           /* times the share of the words of title and first paragraphs in common */
#define SAME_ACT 0.12        /* the same act between the same people or at the same place, told up front by both */
#define SAME_COUNTRIES 0.05  /* the same act between the same countries */
#define OTHER_DAY 0.05       /* taken off where what both tell up front was on other weekdays */
#define OTHER_WEEKDAY 0.15   /* the same where nothing but the weekday can tell one week from another */
#define UNDATED 0.03         /* taken off for each page that does not say when it came out: no day keeps look-alikes apart */
#define SAME_NUMBER 0.05     /* added where pages without a day count the same up front */
#define OTHER_NUMBER 0.30    /* taken off where they count one thing up front, and nowhere alike */
#define OTHER_PLACE 0.15     /* taken off where what both tell up front was in other cities */
enum { MANY = 200, NEAR = 50, TOP = 12, SAMPLE = 16, WINDOW = 7 };

typedef struct posting { uint64_t key; uint32_t reading; } posting;
typedef struct pair { uint32_t a, b; double score; } pair;
typedef struct postings { AN_LIST(posting) list; } postings;
typedef struct pairs { AN_LIST(pair) list; } pairs;

/* ---- One pair ----------------------------------------------------------------------------------- */

static double words_alike(const st_brief *a, const st_brief *b) {
  double dot = 0;
  if (a->profile_norm == 0 || b->profile_norm == 0) return 0;
  for (uint32_t i = 0, k = 0; i < a->profile_count && k < b->profile_count;) {
    if (a->profile[i] == b->profile[k]) dot += (double)a->weights[i++] * b->weights[k++];
    else if (a->profile[i] < b->profile[k]) i++;
    else k++;
  }
  return dot / (a->profile_norm * b->profile_norm);
}

static uint32_t below(dg_words words, uint32_t limit) {
  uint32_t n = 0;
  while (n < words.count && words.at[n] <= limit) n++;
  return n;
}

double st_containment(dg_words a, uint8_t a_scale, dg_words b, uint8_t b_scale) {
  uint8_t scale = a_scale > b_scale ? a_scale : b_scale;
  uint32_t limit = scale == 0 ? UINT32_MAX : UINT32_MAX >> scale, in_a = below(a, limit), in_b = below(b, limit);
  uint32_t smaller = in_a < in_b ? in_a : in_b;
  if (smaller < 8) return 0;
  return (double)dg_keys_common((dg_words){a.at, in_a}, (dg_words){b.at, in_b}) / smaller;
}

/* One page's leading president is not the other's. */
static bool another_holder(const st_brief *a, const st_brief *b) {
  for (uint32_t i = 0; i < a->office_count; i++) {
    bool held = false, same = false;
    for (uint32_t k = 0; k < b->office_count; k++) {
      if (a->offices[i].office != b->offices[k].office) continue;
      held = true;
      same |= a->offices[i].person == b->offices[k].person;
    }
    if (a->offices[i].lead && held && !same) return true;
  }
  return false;
}

static bool same_act(const st_act *a, const st_act *b) { return a->type == b->type && a->pending == b->pending && st_parties_fit(a, b) >= 0.7; }

static bool days_apart(an_days a, an_days b) {
  if (a.latest != AN_DAY_OPEN_LATEST && b.earliest != AN_DAY_OPEN_EARLIEST && (int64_t)b.earliest - a.latest > MAX_DAYS_APART) return true;
  return b.latest != AN_DAY_OPEN_LATEST && a.earliest != AN_DAY_OPEN_EARLIEST && (int64_t)a.earliest - b.latest > MAX_DAYS_APART;
}

static bool near_days(an_days days) { return days.earliest != AN_DAY_OPEN_EARLIEST && days.latest != AN_DAY_OPEN_LATEST && (int64_t)days.latest - days.earliest <= WINDOW; }

/* "on Friday, a day after police fired": whose day the Friday is, is read wrong now and then. */
static an_days a_day_off(an_days days) {
  if (days.earliest != AN_DAY_OPEN_EARLIEST) days.earliest--;
  if (days.latest != AN_DAY_OPEN_LATEST) days.latest++;
  days.weekdays = 0;
  return days;
}

/* What the acts say: something to add, or that both tell the same act up front and nowhere on days or at a place that can be one. */
static double acts_say(const st_brief *a, const st_brief *b, bool *apart) {
  double best = 0;
  bool asked = false, met = false, known = near_days(a->published) && near_days(b->published);
  for (uint32_t i = 0; i < a->act_count; i++)
    for (uint32_t k = 0; k < b->act_count; k++) {
      const st_act *x = &a->acts[i], *y = &b->acts[k];
      if (!same_act(x, y)) continue;
      bool lead = x->lead && y->lead, days = st_days_meet(x->when, y->when), meets = days && !st_other_place(&x->where, &y->where);
      asked |= lead && !x->pending && (days || (x->dated && y->dated));
      met |= lead && !x->pending && !st_other_place(&x->where, &y->where) && (days || (known && st_days_meet(a_day_off(x->when), y->when)));
      if (!meets) continue;
      bool people = x->person && y->person;
      best = fmax(best, (people || st_same_place(&x->where, &y->where) ? SAME_ACT : SAME_COUNTRIES) * (lead ? 1 : 0.6));
    }
  *apart = asked && !met;
  return best;
}

/* Both name cities for what they tell up front, and none is the other's. */
static bool places_apart(const st_brief *a, const st_brief *b) {
  bool asked = false;
  for (uint32_t i = 0; i < a->act_count; i++)
    for (uint32_t k = 0; k < b->act_count; k++) {
      const st_act *x = &a->acts[i], *y = &b->acts[k];
      if (!x->lead || !y->lead || !x->where.point || !y->where.point || !x->where.stated || !y->where.stated) continue;
      if (st_same_place(&x->where, &y->where)) return false;
      asked = true;
    }
  return asked;
}

/* What pages without a day count up front: "up by 25 basis points to 3.25 percent" is another month's news than "by 50 to 3". What grows
   with time says nothing. */
static double numbers_say(const st_brief *a, const st_brief *b) {
  bool same = false, other = false;
  for (uint32_t i = 0; i < a->number_count; i++)
    for (uint32_t k = 0; k < b->number_count; k++) {
      const st_number *x = &a->numbers[i], *y = &b->numbers[k];
      if (x->thing != y->thing) continue;
      if (x->low <= y->high && y->low <= x->high) same = true;
      else other |= !x->grows;
    }
  return same ? SAME_NUMBER : other ? -OTHER_NUMBER : 0;
}

static double score(const st_brief *a, const st_brief *b) {
  bool apart = false;
  if (days_apart(a->published, b->published) || another_holder(a, b)) return -1;
  double words = words_alike(a, b);
  if (words < UNLIKE) return words;
  if (words >= COPY_WORDS && st_containment(a->shingles, a->scale, b->shingles, b->scale) >= COPY) return 1;
  double acts = acts_say(a, b, &apart);
  if (apart) return -1;
  bool other_day = a->weekdays != 0 && b->weekdays != 0 && (a->weekdays & b->weekdays) == 0;
  int undated = !near_days(a->published) + !near_days(b->published);
  double numbers = undated > 0 ? numbers_say(a, b) : 0;
  return words + numbers + HEADS * dg_words_contained(a->head, b->head) + acts - (places_apart(a, b) ? OTHER_PLACE : 0) - (!other_day ? 0 : undated > 0 ? OTHER_WEEKDAY : OTHER_DAY) - undated * UNDATED;
}

/* ---- Which pairs are looked at -------------------------------------------------------------------- */

static bool post(an_arena *arena, postings *all, uint64_t key, uint32_t reading) {
  posting *made = AN_PUSH(arena, &all->list);
  if (made != NULL) *made = (posting){key, reading};
  return made != NULL;
}

/* The page's weightiest words, ascending by key; their number. */
static uint32_t top_words(const st_brief *b, uint32_t top[TOP]) {
  uint8_t least[TOP];
  uint32_t count = 0;
  for (uint32_t i = 0; i < b->profile_count; i++) {
    uint32_t at = count < TOP ? count++ : TOP;
    if (at == TOP) { /* full: the lightest gives way */
      at = 0;
      for (uint32_t k = 1; k < TOP; k++)
        if (least[k] <= least[at]) at = k;
      if (least[at] >= b->weights[i]) continue;
    }
    top[at] = b->profile[i];
    least[at] = b->weights[i];
  }
  return count;
}

static bool post_reading(an_arena *arena, postings *all, const st_brief *b, uint32_t reading) {
  uint32_t top[TOP], count = top_words(b, top);
  bool well = true;
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = i + 1; k < count; k++) {
      uint32_t low = top[i] < top[k] ? top[i] : top[k], high = top[i] < top[k] ? top[k] : top[i];
      well &= post(arena, all, an_hash_mix(low, high), reading);
    }
  for (uint32_t i = 0; i < b->shingles.count; i++)
    if (b->shingles.at[i] <= UINT32_MAX >> 6) well &= post(arena, all, an_hash_mix(b->shingles.at[i], 5), reading);
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

/* ---- Groups --------------------------------------------------------------------------------------- */

typedef struct grouping {
  uint32_t *group_of, *next, *last, *size; an_days *span;   /* of groups; span: earliest and latest day of publication */
  an_arena *arena; an_map seen, failed; pairs pairs;        /* pairs looked at, by key; groups that did not join, and their size then */
  const st_brief *const *briefs;
} grouping;

static uint64_t pair_key(uint32_t a, uint32_t b) { return (a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a) + 1; }

/* Readings are in order of days, so a key that very many share proposes only neighbours in time. */
static bool propose(grouping *g, const postings *all) {
  const posting *p = all->list.at;
  for (uint32_t begin = 0, end; begin < all->list.count; begin = end) {
    for (end = begin; end < all->list.count && p[end].key == p[begin].key;) end++;
    for (uint32_t i = begin; i < end; i++)
      for (uint32_t k = i + 1; k < end && (end - begin <= MANY || k - i <= NEAR); k++) {
        if (p[i].reading == p[k].reading || days_apart(g->briefs[p[i].reading]->published, g->briefs[p[k].reading]->published)) continue;
        uint32_t *known = an_map_put(g->arena, &g->seen, pair_key(p[i].reading, p[k].reading), AN_NONE);
        if (known == NULL) return false;
        if (*known != AN_NONE) continue;
        double s = score(g->briefs[p[i].reading], g->briefs[p[k].reading]);
        *known = 0;
        pair *made = s < LINK ? NULL : AN_PUSH(g->arena, &g->pairs.list);
        if (made != NULL) *made = (pair){p[i].reading, p[k].reading, s};
        else if (s >= LINK) return false;
      }
  }
  return true;
}

/* Evenly spaced members of a group. */
static uint32_t sample(const grouping *g, uint32_t group, uint32_t out[SAMPLE]) {
  uint32_t step = (g->size[group] + SAMPLE - 1) / SAMPLE, count = 0, at = 0;
  for (uint32_t i = group; i != AN_NONE; i = g->next[i], at++)
    if (at % step == 0 && count < SAMPLE) out[count++] = i;
  return count;
}

static an_days hull(an_days a, an_days b) {
  return (an_days){a.earliest < b.earliest ? a.earliest : b.earliest, a.latest > b.latest ? a.latest : b.latest, 0};
}

/* Two groups that did not join are not asked again until one of them grows. */
static bool asked_before(grouping *g, uint32_t x, uint32_t y) {
  uint32_t sizes = g->size[x] + g->size[y], *known = an_map_put(g->arena, &g->failed, pair_key(x, y), AN_NONE);
  if (known == NULL) return false;
  bool same = *known == sizes;
  *known = sizes;
  return same;
}

static bool may_join(const grouping *g, uint32_t x, uint32_t y) {
  uint32_t a[SAMPLE], b[SAMPLE], a_count = sample(g, x, a), b_count = sample(g, y, b);
  an_days both = hull(g->span[x], g->span[y]);
  double sum = 0;
  if (both.latest >= both.earliest && (int64_t)both.latest - both.earliest > WINDOW) return false;
  for (uint32_t i = 0; i < a_count; i++)
    for (uint32_t k = 0; k < b_count; k++) {
      double s = score(g->briefs[a[i]], g->briefs[b[k]]);
      if (s < 0) return false;
      sum += s;
    }
  return sum / ((double)a_count * b_count) >= LINK;
}

static void join(grouping *g, uint32_t x, uint32_t y) {
  uint32_t into = x < y ? x : y, from = x < y ? y : x;
  for (uint32_t i = from; i != AN_NONE; i = g->next[i]) g->group_of[i] = into;
  g->next[g->last[into]] = from;
  g->last[into] = g->last[from];
  g->size[into] += g->size[from];
  g->span[into] = hull(g->span[into], g->span[from]);
}

static bool begin(grouping *g, uint32_t count) {
  uint32_t *links = AN_NEW(g->arena, uint32_t, (size_t)count * 3);
  g->span = AN_NEW(g->arena, an_days, count);
  if (links == NULL || g->span == NULL) return false;
  g->next = links;
  g->last = links + count;
  g->size = links + 2 * (size_t)count;
  for (uint32_t i = 0; i < count; i++) {
    an_day day = g->briefs[i]->day;
    g->group_of[i] = g->last[i] = i;
    g->next[i] = AN_NONE;
    g->size[i] = 1;
    g->span[i] = day == AN_DAY_OPEN_EARLIEST ? (an_days){INT32_MAX, INT32_MIN, 0} : an_days_single(day);
  }
  return true;
}

/* Pages of one text are one member, named by the first. */
static bool find_twins(an_arena *arena, const st_brief *const *briefs, uint32_t count, uint32_t *twin_of) {
  an_map first = {0};
  if (!an_map_reserve(arena, &first, count)) return false;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t *known = briefs[i]->profile_count == 0 ? NULL : an_map_put(arena, &first, briefs[i]->twin, i);
    twin_of[i] = known == NULL ? i : *known;
  }
  return true;
}

/* Somebody said that a page of one is never in a story with a page of the other. */
static bool kept_apart(const grouping *g, const st_bonds_of *bonds, uint32_t x, uint32_t y) {
  for (uint32_t i = 0; i < bonds->count; i++) {
    uint32_t a = g->group_of[bonds->at[i].a], b = g->group_of[bonds->at[i].b];
    if (bonds->at[i].apart && ((a == x && b == y) || (a == y && b == x))) return true;
  }
  return false;
}

static void join_bound(grouping *g, const st_bonds_of *bonds) {
  for (uint32_t i = 0; i < bonds->count; i++) {
    uint32_t x = g->group_of[bonds->at[i].a], y = g->group_of[bonds->at[i].b];
    if (!bonds->at[i].apart && x != y && !kept_apart(g, bonds, x, y)) join(g, x, y);
  }
}

an_status st_group(const st_brief *const *briefs, uint32_t count, const st_bonds_of *bonds, an_arena *arena, uint32_t *group_of, an_error *err) {
  postings all = {0};
  grouping g = {.group_of = group_of, .arena = arena, .briefs = briefs};
  uint32_t *twin_of = AN_NEW(arena, uint32_t, count);
  bool well = twin_of != NULL && begin(&g, count) && find_twins(arena, briefs, count, twin_of);
  for (uint32_t i = 0; well && i < count; i++)
    if (twin_of[i] == i) well = post_reading(arena, &all, briefs[i], i);
  if (well && all.list.count > 0) {
    qsort(all.list.at, all.list.count, sizeof *all.list.at, by_posting);
    well = propose(&g, &all);
  }
  if (!well) return an_fail(err, AN_ERR_LIMIT, "story", "%u readings need more memory for stories than is allowed", count);
  if (g.pairs.list.count > 0) qsort(g.pairs.list.at, g.pairs.list.count, sizeof *g.pairs.list.at, by_score);
  join_bound(&g, bonds);
  for (uint32_t i = 0; i < g.pairs.list.count; i++) {
    uint32_t x = group_of[g.pairs.list.at[i].a], y = group_of[g.pairs.list.at[i].b];
    if (x != y && !kept_apart(&g, bonds, x, y) && !asked_before(&g, x, y) && may_join(&g, x, y)) join(&g, x, y);
  }
  for (uint32_t i = 0; i < count; i++)
    if (twin_of[i] != i) group_of[i] = group_of[twin_of[i]];
  return AN_OK;
}

/* A version is of the first page at its address; the last of them stands for it. */
static void find_newest(st_story *story) {
  for (uint32_t i = story->reading_count; i-- > 0;) {
    st_reading *r = &story->readings[i], *first = r->version_of == AN_NONE ? NULL : &story->readings[r->version_of];
    if (first == NULL) continue;
    r->newer = first->newer;
    if (first->newer == AN_NONE) first->newer = i;
  }
}

void st_find_copies(st_story *story) {
  for (uint32_t i = 0; i < story->reading_count; i++) {
    st_reading *r = &story->readings[i];
    r->copy_of = r->version_of = r->newer = AN_NONE;
    for (uint32_t k = 0; k < i && r->copy_of == AN_NONE && r->version_of == AN_NONE; k++) {
      const dg *was = story->readings[k].d;
      an_text here = r->d->canonical.at != NULL ? r->d->canonical : r->d->url, there = was->canonical.at != NULL ? was->canonical : was->url;
      if (here.at != NULL && an_text_equal(here, there)) r->version_of = k;
      if (r->version_of != AN_NONE) break;
      if (story->readings[k].copy_of == AN_NONE && st_containment(r->d->shingles, r->d->scale, was->shingles, was->scale) >= COPY) r->copy_of = k;
    }
  }
  find_newest(story);
}
