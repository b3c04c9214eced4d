/* SPDX-License-Identifier: Apache-2.0 */
/* Which readings tell the same happenings.

   Same story is not same text: independent reports share two five-word runs in a hundred. So pairs are proposed by rare words that
   stand high on both pages, or by copied runs (propose.c), and looked at by the words of the whole page and by what they tell (score.c).
   Groups grow by average link, best pair first, so that nothing chains; a group spans seven days at most. Pages of one text count
   once here, however many there are.

   What was decided the last time is not decided again. The pairs are gone through as then, best first, and each pair that was there tells
   whether it joined two groups. While two groups are those of then, with the same pages, so is what comes of a pair of theirs: it is taken
   over, and no digest is read. A group is another from the pair on where something else came of it (a new pair joined it, or one that
   had joined it did not), and from the beginning where a page or a joining pair of what it became is no more or was read anew, which one number
   over the pages and joining pairs of a group says. Pairs with such a group are decided anew, as all are the first time. */
#include "story/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLE = 16, BEST = 3 };

typedef struct bond_of { uint32_t other, next; } bond_of;    /* a split: the other page; the next of this group */
typedef struct grouping {
  st_source *source;
  bool *other;                           /* of groups: not, or not to be trusted to be, as the last time */
  bool *dated;                           /* of groups: a page of it says when it came out */
  uint8_t *weekdays, *all_weekdays;      /* of groups: that their pages name up front; anywhere */
  uint32_t *next, *head, *last, *size, *group_of;  /* group_of: any name; head: a group's first page */
  uint32_t *splits, *last_split; bond_of *split_at; uint32_t split_count;  /* of groups: with whom they never are */
  an_days *span;                         /* of groups: earliest and latest day of publication */
  an_arena *arena; an_map failed;        /* groups that did not join, and their size then */
  st_page *const *pages; uint32_t count;
} grouping;

/* ---- The last time ---------------------------------------------------------------------------------- */

static uint64_t number_of_page(const st_page *page) { return an_hash_mix(page->number, 1); }
static uint64_t number_of_pair(const grouping *g, const st_pair *p) {
  return an_hash_mix(an_hash_mix(g->pages[p->a]->number, g->pages[p->b]->number), p->score + 2U);
}

/* Which pages begin as they did. The sum over what a group is made of does not depend on any order. */
static bool recall(grouping *g, st_pairs *pairs) {
  an_map sums = {0};
  uint32_t *sum_of = AN_NEW(g->arena, uint32_t, g->count), count = 0;
  uint64_t *sums_at = AN_NEW(g->arena, uint64_t, g->count);
  if (sum_of == NULL || sums_at == NULL || !an_map_reserve(g->arena, &sums, g->count)) return false;
  for (uint32_t i = 0; i < g->count; i++) {
    const st_page *p = g->pages[i];
    uint32_t *place = an_map_put(g->arena, &sums, p->fresh ? p->number : p->group, count);
    if (place == NULL) return false;
    count += *place == count;
    sum_of[i] = *place;
    if (!p->fresh) sums_at[*place] += number_of_page(p);
  }
  for (uint32_t i = 0; i < pairs->list.count; i++) {
    st_pair *p = &pairs->list.at[i];
    if (p->joined && sum_of[p->a] != sum_of[p->b]) p->known = false; /* two groups now: somebody wrote that */
    else if (p->joined) sums_at[sum_of[p->a]] += number_of_pair(g, p);
  }
  for (uint32_t i = 0; i < g->count; i++) g->other[i] = g->pages[i]->fresh || g->pages[i]->again || sums_at[sum_of[i]] != g->pages[i]->group;
  return true;
}

/* ---- Groups --------------------------------------------------------------------------------------- */

/* Evenly spaced members of a group. */
static uint32_t sample(const grouping *g, uint32_t group, uint32_t out[SAMPLE]) {
  uint32_t step = (g->size[group] + SAMPLE - 1) / SAMPLE, count = 0, at = 0;
  for (uint32_t i = g->head[group]; i != AN_NONE; i = g->next[i], at++)
    if (at % step == 0 && count < SAMPLE) out[count++] = i;
  return count;
}

static an_days hull(an_days a, an_days b) {
  return (an_days){a.earliest < b.earliest ? a.earliest : b.earliest, a.latest > b.latest ? a.latest : b.latest, 0};
}

static bool too_long(an_days span) { return span.latest >= span.earliest && (int64_t)span.latest - span.earliest > ST_WINDOW; }

/* Two groups that did not join are not asked again until one of them grows. */
static bool asked_before(grouping *g, uint32_t x, uint32_t y) {
  uint64_t key = x < y ? (uint64_t)x << 32 | y : (uint64_t)y << 32 | x;
  uint32_t sizes = g->size[x] + g->size[y], *known = an_map_put(g->arena, &g->failed, key + 1, AN_NONE);
  if (known == NULL) return false;
  bool same = *known == sizes;
  *known = sizes;
  return same;
}

static an_status may_join(const grouping *g, uint32_t x, uint32_t y, bool *may, an_error *err) {
  uint32_t a[SAMPLE], b[SAMPLE], a_count = sample(g, x, a), b_count = sample(g, y, b);
  an_days both = hull(g->span[x], g->span[y]);
  double sum = 0;
  *may = false;
  if (too_long(both)) return AN_OK;
  for (uint32_t i = 0; i < a_count; i++) AN_TRY(st_brief_needed(g->source, g->pages[a[i]], err));
  for (uint32_t k = 0; k < b_count; k++) AN_TRY(st_brief_needed(g->source, g->pages[b[k]], err));
  for (uint32_t i = 0; i < a_count; i++)
    for (uint32_t k = 0; k < b_count; k++) {
      bool turned = a[i] > b[k];
      double s = st_likeness(g->pages[turned ? b[k] : a[i]]->brief, g->pages[turned ? a[i] : b[k]]->brief);
      if (s < 0) return AN_OK;
      sum += s;
    }
  *may = sum / ((double)a_count * b_count) >= ST_LINK;
  return AN_OK;
}

/* The smaller takes the larger's name; whichever begins earlier comes first. */
static void join(grouping *g, uint32_t x, uint32_t y) {
  uint32_t into = g->size[x] >= g->size[y] ? x : y, from = into == x ? y : x;
  uint32_t first = g->head[x] < g->head[y] ? x : y, second = first == x ? y : x;
  for (uint32_t i = g->head[from]; i != AN_NONE; i = g->next[i]) g->group_of[i] = into;
  g->next[g->last[first]] = g->head[second];
  uint32_t head = g->head[first], last = g->last[second];
  g->head[into] = head;
  g->last[into] = last;
  g->size[into] += g->size[from];
  g->other[into] |= g->other[from];
  g->dated[into] |= g->dated[from];
  g->weekdays[into] |= g->weekdays[from];
  g->all_weekdays[into] |= g->all_weekdays[from];
  g->span[into] = hull(g->span[into], g->span[from]);
  if (g->splits[from] == AN_NONE) return;
  g->split_at[g->last_split[from]].next = g->splits[into];
  if (g->splits[into] == AN_NONE) g->last_split[into] = g->last_split[from];
  g->splits[into] = g->splits[from];
}

/* A page of one is never in a story with a page of the other: somebody said so, or they cannot be of one (keep_apart). Each split stands in the
   lists of both groups, so that the shorter one has it. */
static bool kept_apart(const grouping *g, uint32_t x, uint32_t y) {
  for (uint32_t s = g->splits[x], t = g->splits[y]; s != AN_NONE && t != AN_NONE; s = g->split_at[s].next, t = g->split_at[t].next)
    if (g->group_of[g->split_at[s].other] == y || g->group_of[g->split_at[t].other] == x) return true;
  return false;
}

static void split(grouping *g, uint32_t page, uint32_t other) {
  uint32_t at = g->split_count++;
  g->split_at[at] = (bond_of){other, g->splits[page]};
  if (g->splits[page] == AN_NONE) g->last_split[page] = at;
  g->splits[page] = at;
}

static bool begin(grouping *g, const st_bonds *bonds) {
  uint32_t *room = AN_NEW(g->arena, uint32_t, (size_t)g->count * 7);
  g->other = AN_NEW(g->arena, bool, g->count);
  g->dated = AN_NEW(g->arena, bool, g->count);
  g->weekdays = AN_NEW(g->arena, uint8_t, g->count);
  g->all_weekdays = AN_NEW(g->arena, uint8_t, g->count);
  g->span = AN_NEW(g->arena, an_days, g->count);
  g->split_at = AN_NEW(g->arena, bond_of, (size_t)bonds->count * 2);
  if (room == NULL || g->other == NULL || g->dated == NULL || g->weekdays == NULL || g->all_weekdays == NULL || g->span == NULL || g->split_at == NULL) return false;
  uint32_t **fields[] = {&g->next, &g->head, &g->last, &g->size, &g->group_of, &g->splits, &g->last_split};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) *fields[i] = room + i * g->count;
  for (uint32_t i = 0; i < g->count; i++) {
    an_day day = g->pages[i]->day;
    g->group_of[i] = g->head[i] = g->last[i] = i;
    g->next[i] = g->splits[i] = g->last_split[i] = AN_NONE;
    g->size[i] = 1;
    an_days about = st_near_days(g->pages[i]->published) ? g->pages[i]->published : (an_days){INT32_MAX, INT32_MIN, 0};
    g->span[i] = day == AN_DAY_OPEN_EARLIEST ? about : an_days_single(day);
    g->dated[i] = about.latest >= about.earliest;
    g->weekdays[i] = g->pages[i]->weekdays;
    g->all_weekdays[i] = g->pages[i]->all_weekdays;
  }
  for (uint32_t i = 0; i < bonds->count; i++) {
    if (!bonds->at[i].apart) continue;
    split(g, bonds->at[i].a, bonds->at[i].b);
    split(g, bonds->at[i].b, bonds->at[i].a);
  }
  return true;
}

/* ---- What is left ------------------------------------------------------------------------------------- */

/* How like two pages are says less than which of all pages each is clearly most like: two reports of one meeting may share no more words than either does
   with last year's, and pages of one campaign are alike for months. So what did not join by likeness alone joins by comparison, out of the pairs that were
   looked at: two dated pages or groups of the same days that are each other's clear best; a page without a day and others without one, the same; and a group without a
   day and the dated group that is clearly more like it than any other. A dated group that many are most like is what all of them write about, and tells
   the day of none. Where a page without a day is nearly as like many other stories, of one campaign or one war, it must name a weekday of the one that it goes to: on
   PolNeAR, half of it without days, 12 of 33 such joins were then within three days of each other, of the 49 others 3. */
typedef struct rule { bool dated, to_dated; uint8_t alone; double least, clear; uint32_t most; } rule;   /* alone: how many of the two must be single pages; most: 0: each must be the other's best */
static const rule RULES[] = {{true, true, 2, 0.27, 0.22, 0}, {true, true, 1, 0.37, 0.22, 0}, {true, true, 0, 0.43, 0.22, 0},
                             {false, false, 1, 0.25, 0.20, 0}, {false, true, 0, 0.08, 0.06, 2}};

typedef struct offer { uint32_t group, to; uint16_t score; } offer;
typedef struct fit_of { uint32_t to, chosen; double best, next, all; } fit_of;    /* of a group: whom it is most like; how many are most like it; the weight of all that it is like */
typedef struct choice { uint32_t page, other; double score; } choice;

static int by_offer(const void *a, const void *b) {
  const offer *x = a, *y = b;
  if (x->group != y->group) return x->group < y->group ? -1 : 1;
  if (x->to != y->to) return x->to < y->to ? -1 : 1;
  return (x->score < y->score) - (x->score > y->score);
}

static uint32_t offers_of(const grouping *g, const st_pairs *pairs, const rule *r, offer *out) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < pairs->list.count; i++) {
    uint32_t x = g->group_of[pairs->list.at[i].a], y = g->group_of[pairs->list.at[i].b];
    uint16_t score = pairs->list.at[i].score;
    if (x == y || too_long(hull(g->span[x], g->span[y]))) continue;
    if (g->dated[x] == r->dated && g->dated[y] == r->to_dated) out[count++] = (offer){x, y, score};
    if (g->dated[y] == r->dated && g->dated[x] == r->to_dated) out[count++] = (offer){y, x, score};
  }
  qsort(out, count, sizeof *out, by_offer);
  return count;
}

/* How well one group goes with another: the mean of the best pairs, those that were not looked at counting nothing. */
static double mean_of(const grouping *g, const offer *of, uint32_t count) {
  uint64_t all = (uint64_t)g->size[of->group] * g->size[of->to], asked = all < BEST ? all : BEST;
  double sum = 0;
  if (of[count - 1].score == ST_NEVER || kept_apart(g, of->group, of->to)) return -1;
  for (uint32_t i = 0; i < count && i < asked; i++) sum += of[i].score * ST_STEP;
  return sum / (double)asked;
}

/* What a story has of all that speaks for any, by half of the log odds of its likeness. */
static double weight_of(double mean) { return exp(5 * mean); }

static void find_fits(const grouping *g, const rule *r, const offer *offers, uint32_t count, fit_of *fits) {
  for (uint32_t i = 0; i < g->count; i++) fits[i] = (fit_of){.to = AN_NONE};
  for (uint32_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count && offers[end].group == offers[i].group && offers[end].to == offers[i].to;) end++;
    fit_of *fit = &fits[offers[i].group];
    double mean = mean_of(g, &offers[i], end - i);
    if (mean >= 0) fit->all += weight_of(mean);
    if (mean > fit->best) *fit = (fit_of){.to = offers[i].to, .best = mean, .next = fit->best, .all = fit->all};
    else if (mean > fit->next) fit->next = mean;
  }
  for (uint32_t i = 0; i < g->count; i++)
    if (fits[i].to != AN_NONE && fits[i].best >= r->least) fits[fits[i].to].chosen++;
}

/* No crowd: the best has half of all or more. */
static bool stands_out(const fit_of *fit) { return 2 * weight_of(fit->best) >= fit->all; }

static bool share_a_weekday(const grouping *g, uint32_t x, uint32_t y) { return (g->weekdays[x] & g->all_weekdays[y]) != 0 || (g->all_weekdays[x] & g->weekdays[y]) != 0; }

static bool chooses(const grouping *g, const rule *r, const fit_of *fits, uint32_t x) {
  const fit_of *fit = &fits[x];
  if (fit->to == AN_NONE || fit->best < r->least || fit->best - fit->next < r->clear) return false;
  if (r->most > 0) return fits[fit->to].chosen <= r->most && (stands_out(fit) || share_a_weekday(g, x, fit->to));
  return fits[fit->to].to == x && fits[fit->to].best - fits[fit->to].next >= r->clear && (g->size[x] == 1) + (g->size[fit->to] == 1) >= r->alone;
}

static int by_choice(const void *a, const void *b) {
  const choice *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->page != y->page) return x->page < y->page ? -1 : 1;
  return (x->other > y->other) - (x->other < y->other);
}

static void join_by(grouping *g, const rule *r, const st_pairs *pairs, offer *offers, fit_of *fits, choice *choices) {
  uint32_t count = 0;
  find_fits(g, r, offers, offers_of(g, pairs, r, offers), fits);
  for (uint32_t i = 0; i < g->count; i++) /* a page of either group names it, whatever joins meanwhile */
    if (g->group_of[i] == i && chooses(g, r, fits, i)) choices[count++] = (choice){g->head[i], g->head[fits[i].to], fits[i].best};
  qsort(choices, count, sizeof *choices, by_choice);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t x = g->group_of[choices[i].page], y = g->group_of[choices[i].other];
    if (x != y && !too_long(hull(g->span[x], g->span[y])) && !kept_apart(g, x, y)) join(g, x, y); /* one that must not be with it may have come since */
  }
}

/* Two pages that can never be of one story are kept apart as if somebody had said so: two of one sister's may be such. */
static bool keep_apart(grouping *g, const st_pairs *pairs) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < pairs->list.count; i++) count += pairs->list.at[i].score == ST_NEVER;
  bond_of *all = AN_NEW(g->arena, bond_of, (size_t)g->split_count + 2 * (size_t)count);
  if (all == NULL) return false;
  if (g->split_count > 0) memcpy(all, g->split_at, g->split_count * sizeof *all);
  g->split_at = all;
  for (uint32_t i = 0; i < pairs->list.count; i++) {
    const st_pair *p = &pairs->list.at[i];
    if (p->score != ST_NEVER || g->group_of[p->a] == g->group_of[p->b]) continue;
    split(g, g->group_of[p->a], p->b);
    split(g, g->group_of[p->b], p->a);
  }
  return true;
}

static bool join_what_is_left(grouping *g, const st_pairs *pairs) {
  offer *offers = AN_NEW(g->arena, offer, (size_t)pairs->list.count * 2);
  fit_of *fits = AN_NEW(g->arena, fit_of, g->count);
  choice *choices = AN_NEW(g->arena, choice, g->count);
  if (offers == NULL || fits == NULL || choices == NULL || !keep_apart(g, pairs)) return false;
  for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) join_by(g, &RULES[i], pairs, offers, fits, choices);
  return true;
}

/* ---- What comes of the pairs ---------------------------------------------------------------------------- */

static int by_score(const void *a, const void *b) {
  const st_pair *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

/* What comes of a pair of two groups. */
static an_status decide(grouping *g, const st_pair *pair, uint32_t x, uint32_t y, bool *joined, an_error *err) {
  bool as_then = pair->known && !g->other[x] && !g->other[y];
  *joined = as_then && pair->joined;
  if (!as_then && !asked_before(g, x, y) && !kept_apart(g, x, y)) AN_TRY(may_join(g, x, y, joined, err));
  bool then = pair->known && pair->joined;
  if (*joined != then) g->other[x] = g->other[y] = true;
  if (*joined) join(g, x, y);
  return AN_OK;
}

/* Joining pairs go into the sums of their groups, by the group's first page. */
static an_status grow(grouping *g, st_pairs *pairs, const st_bonds *bonds, uint64_t *sums, an_error *err) {
  for (uint32_t i = 0; i < bonds->count; i++) {
    uint32_t x = g->group_of[bonds->at[i].a], y = g->group_of[bonds->at[i].b];
    g->other[x] = g->other[y] = true;
    if (!bonds->at[i].apart && x != y && !kept_apart(g, x, y)) join(g, x, y);
  }
  if (pairs->list.count > 0) qsort(pairs->list.at, pairs->list.count, sizeof *pairs->list.at, by_score);
  for (uint32_t i = 0; i < pairs->list.count; i++) {
    st_pair *pair = &pairs->list.at[i];
    uint32_t x = g->group_of[pair->a], y = g->group_of[pair->b];
    bool joined = false;
    if (x != y && pair->score * ST_STEP >= (g->dated[x] == g->dated[y] ? ST_LINK : ST_LINK_UNDATED)) AN_TRY(decide(g, pair, x, y, &joined, err));
    st_keep_joined(g->pages[pair->b_keeps ? pair->b : pair->a], pair, joined);
    pair->joined = joined;
  }
  if (!join_what_is_left(g, pairs)) return an_fail(err, AN_ERR_LIMIT, "story", "the pairs of pages need more memory for stories than is allowed");
  for (uint32_t i = 0; i < pairs->list.count; i++)
    if (pairs->list.at[i].joined) sums[g->head[g->group_of[pairs->list.at[i].a]]] += number_of_pair(g, &pairs->list.at[i]);
  return AN_OK;
}

/* Groups by their first pages. Where the sum is the one that all its pages had, and none was read anew, it is the group that it was. */
static bool name_groups(grouping *g, const uint32_t *twin_of, uint64_t *sums, uint32_t *group_of) {
  bool *as_it_was = AN_NEW(g->arena, bool, g->count);
  if (as_it_was == NULL) return false;
  for (uint32_t i = 0; i < g->count; i++) { /* pages in order: the first of a group comes first */
    group_of[i] = twin_of[i] != i ? group_of[twin_of[i]] : g->head[g->group_of[i]];
    sums[group_of[i]] += number_of_page(g->pages[i]);
    as_it_was[i] = true;
  }
  for (uint32_t i = 0; i < g->count; i++) {
    st_page *p = g->pages[i];
    if (p->fresh || p->again || p->group != sums[group_of[i]]) as_it_was[group_of[i]] = false;
    p->changed |= p->group != sums[group_of[i]];
    p->group = sums[group_of[i]];
  }
  for (uint32_t i = 0; i < g->count; i++)
    if (as_it_was[group_of[i]]) group_of[i] = AN_NONE;
  return true;
}

/* Pages of one text are one member, named by the first. */
static bool find_twins(const grouping *g, uint32_t *twin_of, st_page **members, uint32_t *member_count) {
  an_map first = {0};
  if (!an_map_reserve(g->arena, &first, g->count)) return false;
  for (uint32_t i = 0; i < g->count; i++) {
    uint32_t *known = g->pages[i]->twin == 0 ? NULL : an_map_put(g->arena, &first, g->pages[i]->twin, i);
    twin_of[i] = known == NULL ? i : *known;
    if (twin_of[i] == i) members[(*member_count)++] = g->pages[i];
  }
  return true;
}

an_status st_group(st_source *source, st_page **pages, uint32_t count, const st_bonds *bonds, an_arena *arena, uint32_t *group_of, an_error *err) {
  grouping g = {.source = source, .arena = arena, .pages = pages, .count = count};
  st_pairs pairs = {0};
  uint32_t member_count = 0, *twin_of = AN_NEW(arena, uint32_t, count), *near = AN_NEW(arena, uint32_t, (size_t)count * ST_NEAR);
  st_page **members = AN_NEW(arena, st_page *, count);
  uint64_t *sums = AN_NEW(arena, uint64_t, count);
  bool well = twin_of != NULL && near != NULL && members != NULL && sums != NULL && begin(&g, bonds) && find_twins(&g, twin_of, members, &member_count) &&
              st_propose(members, member_count, st_threads(source), arena, near);
  if (well) AN_TRY(st_look(source, members, member_count, near, arena, &pairs, err));
  well = well && recall(&g, &pairs);
  if (well) AN_TRY(grow(&g, &pairs, bonds, sums, err));
  well = well && name_groups(&g, twin_of, sums, group_of);
  return well ? AN_OK : an_fail(err, AN_ERR_LIMIT, "story", "%u readings need more memory for stories than is allowed", count);
}
