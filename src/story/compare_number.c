/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of numbers (alike_row.c): a page gives one value, and one for each source that it sets beside another. What another report likely gives of the
   same thing is shown beside them; where that is not sure, the row is unclear and says so: nobody reads "agree" where a third report may differ. */
#include "story/alike.h"

#include <stdlib.h>
#include <string.h>

#define RIVAL 0.2            /* share at which a number of another report is shown in a row whose reports agree, */
#define JOINS 0.5            /* and is of the row like any other */

/* How much of the others' thing a value is. */
static double standing(const st_field *f, const st_thing *t, uint32_t at) {
  double sum = 0;
  for (uint32_t i = 0; i < t->count; i++)
    if (f->all[t->at[i]].g.reading != f->all[at].g.reading) sum += st_share_between(f, at, t->at[i]);
  return sum;
}

/* Of a number that a page gives twice the telling that is most surely of the thing. */
static bool is_repeat(const st_field *f, const st_thing *t, uint32_t i) {
  const given *g = &f->all[t->at[i]].g;
  for (uint32_t k = 0; k < t->count; k++) {
    const given *h = &f->all[t->at[k]].g;
    if (k == i || h->reading != g->reading || h->q->value != g->q->value) continue;
    double own = standing(f, t, t->at[i]), other = standing(f, t, t->at[k]);
    if (other > own || (other == own && k < i)) return true;
  }
  return false;
}

static an_text about(st_story *story, const dg_quantity *q) {
  an_text of = q->of.at != NULL ? q->of : q->unit;
  if (q->thing == 0) return of.at != NULL ? of : q->text;
  if (q->group == 0 || of.at == NULL) of = AN_LIT("people");
  return an_arena_printf(story->arena, "%.*s %.*s", (int)of.size, of.at, (int)q->thing_name.size, q->thing_name.at);
}

/* "12 agreements", "more than ten agreements", "14 documents": whether the last are others is open; the first two are one thing. */
static void write_by_noun(st_story *story, const givens *all) {
  for (uint32_t i = 0; i < all->count; i++) {
    givens same = {0};
    uint32_t from[MAX_VALUES];
    bool first = true;
    for (uint32_t k = 0; k < all->count; k++) {
      if (all->at[k].q->of_word != all->at[i].q->of_word) continue;
      first &= k >= i;
      for (uint32_t j = 0; j < same.count; j++) same.share[same.count][j] = all->share[k][from[j]];
      from[same.count] = k;
      same.at[same.count++] = all->at[k];
    }
    if (first && same.count > 1 && same.count < all->count) st_write_counts(story, &same, about(story, same.at[0].q));
  }
}

/* The one whose noun most have; before it, one that says what became of them. */
static const dg_quantity *named_by(const givens *kept) {
  const dg_quantity *best = NULL;
  uint32_t most = 0;
  for (uint32_t i = 0; i < kept->count; i++) {
    const dg_quantity *q = kept->at[i].q;
    uint32_t worth = q->thing != 0 ? 2 * MAX_VALUES : 0;
    for (uint32_t k = 0; k < kept->count; k++) worth += q->of_word != 0 && kept->at[k].q->of_word == q->of_word;
    if (best == NULL || worth > most) { best = q; most = worth; }
  }
  return best;
}

static int by_place(const void *a, const void *b) { return (*(const uint32_t *)a > *(const uint32_t *)b) - (*(const uint32_t *)a < *(const uint32_t *)b); }

static void write_thing(st_story *story, const st_field *f, st_thing *t) {
  givens kept = {0};
  qsort(t->at, t->count, sizeof *t->at, by_place);
  uint32_t from[MAX_VALUES];
  for (uint32_t i = 0; i < t->count; i++) {
    if (is_repeat(f, t, i)) continue;
    from[kept.count] = t->at[i];
    kept.at[kept.count] = f->all[t->at[i]].g;
    kept.rival[kept.count++] = t->rival != AN_NONE && t->at[i] == t->rival;
  }
  for (uint32_t i = 0; i < kept.count; i++)
    for (uint32_t k = 0; k < i; k++) kept.share[i][k] = kept.at[i].reading == kept.at[k].reading ? 1 : (float)st_share_between(f, from[i], from[k]);
  if (kept.count > 1 && st_write_counts(story, &kept, about(story, named_by(&kept))) == AN_UNCLEAR && !t->widened) write_by_noun(story, &kept);
}

static int by_likeness(const void *a, const void *b) {
  const st_rival *x = a, *y = b;
  if (x->share != y->share) return x->share > y->share ? -1 : 1;
  if (x->row != y->row) return x->row < y->row ? -1 : 1;
  return (x->at > y->at) - (x->at < y->at);
}

static bool is_of(const st_field *f, const st_thing *t, uint32_t reading) {
  for (uint32_t i = 0; i < t->count; i++)
    if (f->all[t->at[i]].g.reading == reading) return true;
  return false;
}

static bool gives_one(const st_field *f, const st_thing *t) {
  for (uint32_t i = 1; i < t->count; i++)
    if (f->all[t->at[i]].g.q->value != f->all[t->at[0]].g.q->value) return false;
  return true;
}

/* A number goes to one row, a row takes one number of a report, and one whose place is not sure only where its reports agree. */
static bool join_rivals(const st_field *f) {
  st_rival *rivals;
  uint32_t count;
  if (!st_find_rivals(f, &rivals, &count)) return false;
  if (count > 0) qsort(rivals, count, sizeof *rivals, by_likeness);
  for (uint32_t i = 0; i < count && rivals[i].share >= RIVAL; i++) {
    st_thing *into = &f->things[rivals[i].row], *from = f->thing_of[rivals[i].at];
    const given *g = &f->all[rivals[i].at].g;
    bool sure = rivals[i].share >= JOINS, near = st_are_near(f->story, f->all[into->at[0]].g.reading, g->reading);
    if (from->count != 1 || from == into || into->count == MAX_VALUES || is_of(f, into, g->reading)) continue;
    if (!sure && (into->rival != AN_NONE || !near || !gives_one(f, into))) continue;
    into->widened = true;
    if (!sure) into->rival = rivals[i].at;
    f->thing_of[rivals[i].at] = into;
    into->at[into->count++] = rivals[i].at;
    from->count = 0;
  }
  return true;
}

void st_compare_numbers(st_story *story, st_words *words, st_linked *linked) {
  st_field f;
  if (!st_find_things(story, words, linked, &f) || !join_rivals(&f)) { story->short_of = true; return; }
  for (uint32_t i = 0; i < f.count; i++)
    if (f.things[i].count > 1) write_thing(story, &f, &f.things[i]);
}
