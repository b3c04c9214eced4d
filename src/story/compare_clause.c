/* SPDX-License-Identifier: Apache-2.0 */
/* Which clauses of several reports are one row. Events are held against each other before; this is for what is no act of PLOVER,
   or too uncertain to be told as one: two reports that tell the same raise each other. */
#include "story/clause.h"

#include <stdlib.h>
#include <string.h>

#define TOLD_AGAIN 0.6      /* share of the shorter clause's words */
#define LINK 0.8            /* share at which two clauses tell one happening; */
#define LINK_NOUN 0.7       /* where a noun tells one, which reports seldom tell otherwise; and of every two of a row */
#define FLOOR 0.2
#define RIVAL 0.2           /* and at which one that a third report tells otherwise is perhaps the same */
enum { MOST_ALIKE = 256 };   /* clauses of one verb that are held against each other */

typedef struct told_list { told *at; uint32_t count; } told_list;
typedef struct looks { st_words *words; const st_linked *linked; st_shared shared; } looks;

bool st_is_told(const st_story *story, uint32_t ra, an_span a, uint32_t rb, an_span b) {
  for (uint32_t i = 0; i < story->comparisons.count; i++) {
    const an_comparison *c = &story->comparisons.at[i];
    bool first = false, second = false;
    if (c->kind == AN_OF_QUANTITY || c->kind == AN_OF_DAY || c->kind == AN_OF_PLACE || c->kind == AN_OF_PARTY) continue;
    for (uint32_t v = 0; v < c->value_count; v++) {
      first |= c->values[v].reading == ra && st_touch(c->values[v].span, a);
      second |= c->values[v].reading == rb && st_touch(c->values[v].span, b);
    }
    if (first && second) return true;
  }
  return false;
}

typedef struct pair { uint32_t a, b; double score; } pair;
typedef struct pairs { AN_LIST(pair) list; } pairs;

static int by_verb(const void *a, const void *b) {
  const told *x = a, *y = b;
  if (x->c->verb != y->c->verb) return x->c->verb < y->c->verb ? -1 : 1;
  if (x->reading != y->reading) return x->reading < y->reading ? -1 : 1;
  return (x->c->span.begin > y->c->span.begin) - (x->c->span.begin < y->c->span.begin);
}

static int by_score(const void *a, const void *b) {
  const pair *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

/* One is done and one is not, or they give two numbers, days or places: two happenings, or one that they tell otherwise. */
static bool told_otherwise(const told *x, const told *y) {
  bool elsewhere = x->c->where.name.at != NULL && y->c->where.name.at != NULL && st_are_elsewhere(&x->c->where, &y->c->where);
  return !st_tell_alike(x->c, y->c) || dg_numbers_differ(x->c->words, y->c->words) || elsewhere || st_days_between(x->when, y->when) > 0;
}

/* One happening by what was learned, of clauses that tell it alike. What differs is held against its like alone: the same verb of the same parties. */
static double learned(const st_story *story, const looks *l, uint32_t a, uint32_t b) {
  if (told_otherwise(&l->shared.all[a], &l->shared.all[b])) return 0;
  return st_one_happening(story, l->words, &l->shared, l->linked, a, b);
}

static bool may_join(const st_story *story, const looks *l, const tellings *a, const tellings *b) {
  if (a == b || a->count + b->count > MAX_VALUES) return false;
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++)
      if (a->at[i].reading == b->at[k].reading || (st_tell_one(story, &a->at[i], &b->at[k]) == 0 && learned(story, l, a->index[i], b->index[k]) < FLOOR)) return false;
  return true;
}

static bool same_force(const tellings *all) {
  for (uint32_t i = 1; i < all->count; i++)
    if (all->at[i].c->force != all->at[0].c->force || all->at[i].c->negated != all->at[0].c->negated) return false;
  return true;
}

/* What a row of acts has already, of parties, day and place. */
static bool are_acts(const st_story *story, const tellings *all) {
  for (uint32_t i = 1; i < all->count; i++)
    if (!st_one_act_already(story, &all->at[0], &all->at[i])) return false;
  return same_force(all);
}

/* Rows of acts or wording have every two of them; or, where all agree, each beside some other. */
static bool is_shown(const st_story *story, const tellings *all) {
  bool every = true, each = true;
  for (uint32_t i = 0; i < all->count; i++) {
    bool beside = false;
    for (uint32_t k = 0; k < all->count; k++) {
      bool shown = k != i && st_is_told(story, all->at[k].reading, all->at[k].c->span, all->at[i].reading, all->at[i].c->span);
      every &= shown || k == i;
      beside |= shown;
    }
    each &= beside;
  }
  return every || (each && same_force(all));
}

/* All tell it as done or all as to come, and numbers in it have a row of their own that does not agree. */
static bool only_count(const st_story *story, const tellings *all) {
  if (!same_force(all)) return false;
  for (uint32_t i = 0; i < story->comparisons.count; i++) {
    const an_comparison *c = &story->comparisons.at[i];
    uint32_t first = 0;
    for (uint32_t v = 0; c->kind == AN_OF_QUANTITY && c->verdict != AN_AGREE && v < c->value_count; v++) {
      bool here = false;
      for (uint32_t t = 0; t < all->count; t++) here |= c->values[v].reading == all->at[t].reading && st_touch(c->values[v].span, all->at[t].c->span);
      if (here && first != 0 && c->values[v].position != first) return true;
      if (here) first = c->values[v].position;
    }
  }
  return false;
}

/* All tell it alike, and a row has the numbers of all of them. */
static bool shows_number(const st_story *story, const tellings *all) {
  if (!same_force(all)) return false;
  for (uint32_t i = 0; i < story->comparisons.count; i++) {
    const an_comparison *c = &story->comparisons.at[i];
    uint32_t met = 0;
    for (uint32_t t = 0; c->kind == AN_OF_QUANTITY && t < all->count; t++) {
      bool here = false;
      for (uint32_t v = 0; v < c->value_count; v++) here |= c->values[v].reading == all->at[t].reading && st_touch(c->values[v].span, all->at[t].c->span);
      met += here;
    }
    if (met == all->count) return true;
  }
  return false;
}

static bool tells(const tellings *all, uint32_t reading) {
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].reading == reading) return true;
  return false;
}

/* A report beside the row perhaps tells the same happening, and otherwise: nobody then reads that the reports agree. */
static bool has_rival(const st_story *story, const looks *l, const tellings *all) {
  for (uint32_t i = 0; i < l->shared.count; i++)
    for (uint32_t k = 0; k < all->count && !tells(all, l->shared.all[i].reading); k++)
      if (told_otherwise(&all->at[k], &l->shared.all[i]) && st_one_happening(story, l->words, &l->shared, l->linked, all->index[k], i) >= RIVAL) return true;
  return false;
}

/* Two of them are held to be one by what was learned alone. */
static bool by_learning(const st_story *story, const tellings *all) {
  for (uint32_t i = 0; i < all->count; i++)
    for (uint32_t k = 0; k < i; k++)
      if (st_tell_one(story, &all->at[k], &all->at[i]) == 0) return true;
  return false;
}

static void write_group(st_story *story, const looks *l, const tellings *all) {
  if (are_acts(story, all)) return;
  if (by_learning(story, all) && has_rival(story, l, all)) return;
  bool counted = only_count(story, all);
  if (!is_shown(story, all) && !counted && !shows_number(story, all)) st_write_clause(story, all);
  st_write_clause_days(story, all, counted);
  st_write_clause_places(story, all, counted);
}

static bool has_noun(const tellings *all) {
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].c->noun) return true;
  return false;
}

/* Likest clauses first; every two of a row are alike. */
static bool join_and_write(st_story *story, const looks *l, const told_list *all, pairs *found) {
  tellings *groups = AN_NEW(story->arena, tellings, all->count);
  uint32_t *group_of = AN_NEW(story->arena, uint32_t, all->count);
  if (groups == NULL || group_of == NULL) return false;
  for (uint32_t i = 0; i < all->count; i++) {
    groups[i] = (tellings){{all->at[i]}, {i}, 1};
    group_of[i] = i;
  }
  if (found->list.count > 0) qsort(found->list.at, found->list.count, sizeof *found->list.at, by_score);
  for (uint32_t p = 0; p < found->list.count; p++) {
    tellings *into = &groups[group_of[found->list.at[p].a]], *from = &groups[group_of[found->list.at[p].b]];
    if (!may_join(story, l, into, from)) continue;
    memcpy(into->at + into->count, from->at, from->count * sizeof *from->at);
    memcpy(into->index + into->count, from->index, from->count * sizeof *from->index);
    into->count += from->count;
    from->count = 0;
    for (uint32_t i = 0; i < all->count; i++)
      if (&groups[group_of[i]] == from) group_of[i] = (uint32_t)(into - groups);
  }
  for (unsigned nouns = 0; nouns < 2; nouns++) /* what verbs tell has its row first: it says whether it was done, and when */
    for (uint32_t i = 0; i < all->count; i++)
      if (groups[i].count > 1 && has_noun(&groups[i]) == (nouns == 1)) write_group(story, l, &groups[i]);
  return true;
}

/* What a page tells twice, in its title and its first sentence, it tells once: the fuller clause. */
static bool tells_again(const told *a, const told *b) {
  const dg_clause *x = a->c, *y = b->c;
  if (a->reading != b->reading || x->force != y->force || x->negated != y->negated || !st_clauses_alike(x, y)) return false;
  return dg_things_contained(x->words, y->words) >= TOLD_AGAIN && st_days_between(a->when, b->when) == 0;
}

static void drop_repeats(told_list *all) {
  uint32_t kept = 0;
  for (uint32_t a = 0; a < all->count; a++) {
    bool again = false;
    for (uint32_t k = kept; k > 0 && !again && all->at[k - 1].c->verb == all->at[a].c->verb && all->at[k - 1].reading == all->at[a].reading; k--) {
      again = tells_again(&all->at[k - 1], &all->at[a]);
      if (again && all->at[a].c->words.count + st_clause_is_dated(all->at[a].c) > all->at[k - 1].c->words.count + st_clause_is_dated(all->at[k - 1].c))
        all->at[k - 1] = all->at[a];
    }
    if (!again) all->at[kept++] = all->at[a];
  }
  all->count = kept;
}

/* "The road has been closed since the ambush of a convoy": what a noun in the clause tells as the other does, the clause does not. */
static bool noun_tells_it(const st_story *story, const looks *l, uint32_t clause, uint32_t other) {
  const told *all = l->shared.all, *c = &all[clause];
  for (uint32_t i = 0; i < l->shared.count; i++) {
    an_span noun = all[i].c->span;
    bool inside = all[i].c->noun && all[i].reading == c->reading && noun.begin >= c->c->span.begin && noun.end <= c->c->span.end;
    if (inside && i != clause && learned(story, l, i, other) >= LINK_NOUN) return true;
  }
  return false;
}

static bool find_pairs(st_story *story, const looks *l, pairs *found) {
  const told *all = l->shared.all;
  an_map blamed = {0};
  for (uint32_t a = 0; a < l->shared.count; a++)
    for (uint32_t b = a + 1; b < l->shared.count; b++) {
      bool one_verb = all[a].c->verb == all[b].c->verb && b - a < MOST_ALIKE;
      double score = one_verb ? st_tell_one(story, &all[a], &all[b]) : 0, share = learned(story, l, a, b);
      if (one_verb) st_write_blame(story, &blamed, &all[a], &all[b]);
      bool noun = all[a].c->noun || all[b].c->noun;
      if (score == 0 && share < (noun ? LINK_NOUN : LINK)) continue;
      if (score == 0 && (noun_tells_it(story, l, a, b) || noun_tells_it(story, l, b, a))) continue;
      pair *made = AN_PUSH(story->arena, &found->list);
      if (made == NULL) return false;
      *made = (pair){a, b, score + share - noun}; /* so verbs find each other before nouns do */
    }
  return true;
}

void st_compare_clauses(st_story *story, st_words *words, const st_linked *linked) {
  told_list all;
  pairs found = {0};
  looks l = {.words = words, .linked = linked};
  if (!st_clauses_of(story, words, &all.at, &all.count)) { story->short_of = true; return; }
  if (all.count == 0) return;
  qsort(all.at, all.count, sizeof *all.at, by_verb);
  drop_repeats(&all);
  if (!st_share_clauses(story, words, all.at, all.count, &l.shared) || !find_pairs(story, &l, &found) || !join_and_write(story, &l, &all, &found)) story->short_of = true;
}
