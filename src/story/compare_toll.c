/* SPDX-License-Identifier: Apache-2.0 */
/* How many were killed, wounded, detained, how many papers were signed: counts by what became of those counted, whether a page
   gives them with the act, in its headline or as a toll. One value a page: of a count that grows, its largest; and one for each
   source that the page sets beside another. */
#include "story/compare.h"

#include <stdlib.h>

enum { RECENT = 7, LONG = 10 };      /* days before publication that an undated count is of; days that make a count one of a period */

typedef struct toll { given g; an_days days; bool own, ever, taken, only; } toll;   /* own: days that the count itself gives; ever: "over the centuries"; only: its page gives one such number */
typedef struct tolls { AN_LIST(toll) list; } tolls;

/* The days of a count: its own, its act's, else those before its page came out. */
static an_days days_of(const st_story *story, const given *g) {
  an_days own = st_scope_days(story, g), published = story->readings[g->reading].published;
  const st_event *event = g->q->event == AN_NONE ? NULL : &story->readings[g->reading].events[g->q->event];
  if (!an_days_is_open(own) && g->q->scope.text.at != NULL) return own;
  bool dated = event != NULL && (event->e->when.basis == AN_WHEN_STATED || event->e->when.basis == AN_WHEN_RELATIVE);
  if (dated && !an_days_is_open(event->when)) return event->when;
  if (an_days_is_open(published)) return AN_DAYS_ANY;
  return an_days_between(published.earliest - RECENT, published.latest);
}

static bool is_long(const toll *t) { return t->own && st_is_bounded(t->days) && (int64_t)t->days.latest - t->days.earliest > LONG; }

static bool recalls(const st_story *story, const given *g) {
  if (g->q->event == AN_NONE) return false;
  const dg_event *e = story->readings[g->reading].events[g->q->event].e;
  bool dated = e->when.basis == AN_WHEN_STATED || e->when.basis == AN_WHEN_RELATIVE;
  return (e->background && !dated) || st_is_pending(e) || e->negated;
}

/* A story tells of its own dead up front; further down a page recalls others, which are the same only in the same words. */
static bool told_alike(const st_story *story, const toll *t, const toll *u) {
  const given *a = &t->g, *b = &u->g;
  const dg_quantity *x = a->q, *y = b->q;
  bool like = x->group == y->group || x->group == 0 || y->group == 0;
  if (t->only && u->only && like && st_are_near(story, a->reading, b->reading) && dg_words_common(x->words, y->words) > 0) return true;
  bool front = x->lead && y->lead && x->group == y->group;
  bool one_act = x->event != AN_NONE && y->event != AN_NONE && story->readings[a->reading].events[x->event].cluster != AN_NONE &&
                 story->readings[a->reading].events[x->event].cluster == story->readings[b->reading].events[y->event].cluster;
  return front || one_act || dg_words_contained(x->words, y->words) >= (x->group == y->group ? 0.25 : 0.5);
}

static bool one_thing(const st_story *story, const toll *a, const toll *b) {
  const dg_quantity *x = a->g.q, *y = b->g.q;
  if (!told_alike(story, a, b) || st_are_of_others(x, y)) return false;
  if (x->thing != y->thing || (x->group != y->group && x->group != 0 && y->group != 0)) return false;
  return is_long(a) == is_long(b) && a->ever == b->ever && st_scopes_meet(a->days, b->days, x->grows);
}

/* The count that a page stands by: the largest of one that grows, else the first; of equal ones the one with a source, then the fuller words. */
static bool stands_before(const dg_quantity *a, const dg_quantity *b) {
  if (a->grows && a->value != b->value) return a->value > b->value;
  if (a->value != b->value) return false;
  bool told = a->statement != AN_NONE, told_before = b->statement != AN_NONE;
  return told != told_before ? told : a->text.size > b->text.size;
}

/* One page in one voice: its own, or one source's; a number that stands there twice is one. */
static bool is_one_voice(const st_story *story, const given *a, const given *b) {
  if (a->reading != b->reading) return false;
  an_text x = st_source_of(story, a), y = st_source_of(story, b);
  return an_text_equal(x, y) || a->q->value == b->q->value;
}

/* A page that counts everybody counts some of them in passing ("one marcher died"). */
static bool has_whole(const givens *kept, const given *g) {
  for (uint32_t k = 0; k < kept->count; k++)
    if (kept->at[k].reading == g->reading && g->q->group != 0 && kept->at[k].q->group == 0 && g->q->value <= kept->at[k].q->value) return true;
  return false;
}

static an_text about(st_story *story, const dg_quantity *q) {
  an_text of = q->group != 0 && q->of.at != NULL ? q->of : AN_LIT("people");
  return an_arena_printf(story->arena, "%.*s %.*s", (int)of.size, of.at, (int)q->thing_name.size, q->thing_name.at);
}

/* "12 agreements", "more than ten agreements", "14 documents": whether the last are others is open; the first two are one thing. */
static void write_by_noun(st_story *story, const givens *all) {
  for (uint32_t i = 0; i < all->count; i++) {
    givens same = {0};
    bool first = true;
    for (uint32_t k = 0; k < all->count; k++) {
      if (all->at[k].q->of_word != all->at[i].q->of_word) continue;
      first &= k >= i;
      same.at[same.count++] = all->at[k];
    }
    if (first && same.count > 1 && same.count < all->count) st_write_counts(story, &same, about(story, same.at[0].q));
  }
}

static bool is_said_fuller(const toll *t, const toll *by) {
  const dg_quantity *x = t->g.q, *y = by->g.q;
  bool same = x->value == y->value && x->relation == y->relation && x->group == 0 && y->group != 0;
  bool counted = st_is_word(x) && !st_is_word(y) && x->lead && y->lead && x->low <= y->value && (x->group == 0 || x->group == y->group);
  return (same || counted) && x->thing == y->thing && is_long(t) == is_long(by) && st_scopes_meet(t->days, by->days, x->grows);
}

/* A title's "seven killed" is the text's "seven soldiers", its "thousands march" the 4,000 of the text. */
static void drop_repeats(tolls *all) {
  for (uint32_t i = 0; i < all->list.count; i++)
    for (uint32_t k = 0; k < all->list.count && !all->list.at[i].taken; k++) {
      toll *t = &all->list.at[i];
      t->taken = t->g.reading == all->list.at[k].g.reading && is_said_fuller(t, &all->list.at[k]);
    }
}

/* A page that says once how many were hurt says it of the story's own; with two numbers, words must tell which is which. */
static bool is_only(const tolls *all, const toll *t) {
  for (uint32_t i = 0; i < all->list.count; i++) {
    const toll *other = &all->list.at[i];
    bool same = other->g.reading == t->g.reading && other->g.q->thing == t->g.q->thing;
    if (same && other->g.q->value != t->g.q->value && !other->taken) return false;
  }
  return true;
}

static void write_toll(st_story *story, tolls *all, uint32_t first) {
  givens kept = {0};
  const dg_quantity *q = all->list.at[first].g.q;
  for (uint32_t i = first; i < all->list.count; i++) {
    toll *t = &all->list.at[i];
    if (t->taken || !one_thing(story, &all->list.at[first], t)) continue;
    uint32_t k = 0;
    if (has_whole(&kept, &t->g)) { t->taken = true; continue; }
    while (k < kept.count && !is_one_voice(story, &kept.at[k], &t->g)) k++;
    if (k == MAX_VALUES) continue;
    t->taken = true;
    if (k == kept.count) kept.at[kept.count++] = t->g;
    else if (stands_before(t->g.q, kept.at[k].q)) kept.at[k] = t->g;
  }
  if (kept.count < 2) return;
  if (st_write_counts(story, &kept, about(story, q)) == AN_UNCLEAR) write_by_noun(story, &kept);
}

void st_compare_tolls(st_story *story) {
  tolls all = {0};
  for (uint32_t r = 0; r < story->reading_count; r++)
    for (uint32_t i = 0; st_compares(story, r) && i < story->readings[r].d->quantity_count; i++) {
      const dg_quantity *q = &story->readings[r].d->quantities[i];
      given g = {r, q, false};
      if (q->thing == 0 || q->part || st_is_many(q) || recalls(story, &g)) continue;
      g.others = q->event != AN_NONE && st_tells_of_others(story, r, &story->readings[r].d->events[q->event]);
      toll *made = AN_PUSH(story->arena, &all.list);
      if (made == NULL) { story->short_of = true; return; }
      bool own = !an_days_is_open(st_scope_days(story, &g)), ever = !own && q->scope.text.at != NULL && q->scope.anchor.to != AN_ANCHOR_PUBLISHED;
      *made = (toll){g, days_of(story, &g), own, ever, false, false};
    }
  drop_repeats(&all);
  for (uint32_t i = 0; i < all.list.count; i++) all.list.at[i].only = is_only(&all, &all.list.at[i]);
  for (uint32_t i = 0; i < all.list.count; i++)
    if (!all.list.at[i].taken) write_toll(story, &all, i);
}
