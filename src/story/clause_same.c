/* SPDX-License-Identifier: Apache-2.0 */
/* Do two clauses of several reports tell one thing, by their words: one verb, one subject, one object, whatever they say of when and whether. */
#include "story/clause.h"

#include <math.h>

#define SAME_OBJECT 0.5      /* share of the shorter object's words */
#define SAME_CLAUSE 0.5      /* share of the shorter clause's words, and their weight */
#define SAME_CLAUSE_WORDS 1.5
#define SAME_WHOLE_WORDS 1.0 /* where subject and object are the same as well */
#define SURE_CLAUSE 0.6      /* where no day fits both, or one has no subject or no object */
#define SAME_WITHOUT_SUBJECT 2.0
#define SAME_FAR_WORDS 2.5   /* of reports whose days are not known, or far apart */
#define SURE_DENIED 0.6      /* share of the denied clause's words that the other has */
enum { NEAR_DAYS = 2 };      /* days that reports of one act may differ in */

an_days st_when_days(const st_story *story, uint32_t reading, const dg_when *when) {
  if (when->text.at == NULL) return AN_DAYS_ANY;
  if (when->anchor.to != AN_ANCHOR_PUBLISHED) return when->days;
  return an_anchor_days(when->anchor, story->readings[reading].published);
}

/* Days between two sets that do not meet. */
int64_t st_days_between(an_days a, an_days b) {
  if (a.latest < b.earliest) return (int64_t)b.earliest - a.latest;
  if (b.latest < a.earliest) return (int64_t)a.earliest - b.latest;
  return 0;
}

/* The happening that a clause tells, or tells again; AN_NONE. */
static uint32_t happening(const st_story *story, const told *t) {
  const st_reading *r = &story->readings[t->reading];
  if (t->c->event == AN_NONE) return AN_NONE;
  uint32_t first = r->events[t->c->event].e->repeats;
  return r->events[first == AN_NONE ? t->c->event : first].cluster;
}

bool st_one_act_already(const st_story *story, const told *a, const told *b) {
  uint32_t x = happening(story, a);
  return x != AN_NONE && x == happening(story, b);
}

/* Names in a clause beside both subjects, and whether the other clause has one of them. */
static bool names_beside(const dg_clause *x, const dg_clause *y, bool *common) {
  bool any = false;
  for (uint32_t i = 0; i < x->words.count; i++) {
    uint32_t key = x->words.at[i];
    if ((key & DG_NAMED) == 0 || dg_words_has(x->who, key) || dg_words_has(y->who, key)) continue;
    *common |= dg_words_has(y->words, key);
    any = true;
  }
  return any;
}

/* Both name something beside their subjects ("the primary in Ohio", "in Oklahoma"), and nothing in common. */
static bool name_other_things(const dg_clause *x, const dg_clause *y) {
  bool common = false, in_x = names_beside(x, y, &common), in_y = names_beside(y, x, &common);
  return in_x && in_y && !common;
}

static bool name_one(dg_words a, dg_words b) {
  for (uint32_t i = 0; i < a.count; i++)
    if ((a.at[i] & DG_NAMED) != 0 && dg_words_has(b, a.at[i])) return true;
  return false;
}

/* Most words of the shorter object, or somebody named in both where the clauses share most words. */
bool st_same_object(const dg_clause *x, const dg_clause *y) {
  if (dg_things_contained(x->what, y->what) >= SAME_OBJECT) return true;
  return name_one(x->what, y->what) && dg_things_contained(x->words, y->words) >= SURE_CLAUSE;
}

/* The same verb, subject and object, whatever they say of when and whether. */
bool st_clauses_alike(const dg_clause *x, const dg_clause *y) {
  if (x->verb != y->verb || x->noun || y->noun) return false; /* whom a noun names may have done it, or suffered it: that is learned */
  bool subjects = x->who.count > 0 && y->who.count > 0, objects = x->what.count > 0 && y->what.count > 0;
  if (!subjects && x->verb == dg_word_key(an_fold_hash(AN_LIT("be")), 0)) return false; /* whatever "that" is */
  if (subjects && (dg_things_common(x->who, y->who) == 0 || st_names_others(x->who, y->who))) return false;
  return objects ? st_same_object(x, y) : subjects;
}

bool st_clause_counts(dg_words words) {
  for (uint32_t i = 0; i < words.count; i++)
    if ((words.at[i] & (DG_NAMED | DG_NUMBER)) == DG_NUMBER) return true;
  return false;
}

/* Days that do not meet are said of one act only where neither counts its object ("arrested nine" may be done again), they are near, and
   each report came out after both. */
bool st_is_one_act(const st_story *story, uint32_t ra, const dg_clause *a, uint32_t rb, const dg_clause *b) {
  an_days x = st_when_days(story, ra, &a->when), y = st_when_days(story, rb, &b->when);
  an_days seen = story->readings[ra].published, also = story->readings[rb].published;
  int64_t apart = st_days_between(x, y);
  if (apart == 0) return true;
  bool after = (seen.latest == AN_DAY_OPEN_LATEST || y.earliest <= seen.latest) && (also.latest == AN_DAY_OPEN_LATEST || x.earliest <= also.latest);
  return after && apart <= NEAR_DAYS && !st_clause_counts(a->what) && !st_clause_counts(b->what) && dg_things_contained(a->words, b->words) >= SURE_CLAUSE;
}

/* Each counts something that the other does not ("won seven contests", "eight of nine"), and no row sets the numbers beside each other. */
static bool numbers_apart(const st_story *story, const told *a, const told *b) {
  if (!dg_numbers_differ(a->c->words, b->c->words)) return false;
  for (uint32_t i = 0; i < story->comparisons.count; i++) {
    const an_comparison *c = &story->comparisons.at[i];
    bool first = false, second = false;
    for (uint32_t v = 0; c->kind == AN_OF_QUANTITY && v < c->value_count; v++) {
      first |= c->values[v].reading == a->reading && st_touch(c->values[v].span, a->c->span);
      second |= c->values[v].reading == b->reading && st_touch(c->values[v].span, b->c->span);
    }
    if (first && second) return false;
  }
  return true;
}

/* Most of what the denied one says is in the other: "did not win a single contest" denies no "won in Delaware". */
static bool denies(const dg_clause *x, const dg_clause *y) {
  const dg_clause *denied = x->negated ? x : y, *other = denied == x ? y : x;
  double common = dg_things_common(denied->words, other->words), both = dg_words_weight(denied->words);
  return x->who.count > 0 && y->who.count > 0 && common >= SURE_DENIED * both && (denied->what.count > 0 || (x->main && y->main));
}

/* How surely two clauses tell one thing; 0: they do not. */
double st_tell_one(const st_story *story, const told *a, const told *b) {
  const dg_clause *x = a->c, *y = b->c;
  bool one_day = st_clause_is_dated(x) && st_clause_is_dated(y) && an_days_is_single(a->when) && a->when.earliest == b->when.earliest && a->when.latest == b->when.latest;
  bool near = one_day || st_are_near(story, a->reading, b->reading);
  if (a->reading == b->reading || !st_clauses_alike(x, y) || (!near && name_other_things(x, y))) return 0;
  bool objects = x->what.count > 0 && y->what.count > 0, subjects = x->who.count > 0 && y->who.count > 0;
  double common = dg_things_common(x->words, y->words), share = dg_things_contained(x->words, y->words);
  bool whole = objects && dg_things_common(x->who, y->who) > 0 && dg_things_contained(x->what, y->what) >= SURE_CLAUSE;
  if (share < SAME_CLAUSE || common < (whole ? SAME_WHOLE_WORDS : SAME_CLAUSE_WORDS)) return 0;
  bool same_force = x->force == y->force && x->negated == y->negated;
  if (!subjects && (!same_force || !objects || share < SURE_CLAUSE || common < SAME_WITHOUT_SUBJECT)) return 0;
  if (!near && (!subjects || (!objects && (!same_force || common < SAME_FAR_WORDS)))) return 0;
  if (!objects && share < SURE_CLAUSE) return 0;
  bool settled = x->force == AN_DONE && y->force == AN_DONE;
  if (x->where.name.at != NULL && y->where.name.at != NULL && st_clause_counts(x->what) && st_are_elsewhere(&x->where, &y->where)) return 0;
  if (settled && !st_is_one_act(story, a->reading, x, b->reading, y)) return 0;
  if (x->negated != y->negated && !denies(x, y)) return 0;
  if (numbers_apart(story, a, b)) return 0;
  return share + fmin(common, 6) / 10;
}

/* Both as done, or both as not: what was refused on Monday was on no other day done. */
bool st_tell_alike(const dg_clause *x, const dg_clause *y) { return x->force == y->force && x->negated == y->negated; }
