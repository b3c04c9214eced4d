/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of several reports that are of one thing, as far as their signs say (alike.h): a row for each thing. Likest pairs first, and
   whatever joins a row is like enough to all that it holds. A page gives one value, and one for each source that it sets beside another. */
#include "story/alike.h"

#include <stdlib.h>
#include <string.h>

#define FLOOR 0.1            /* every two of a row */
#define SURE 0.7             /* two that can be in conflict */
enum { MOST_NUMBERS = 400 }; /* of a story: 80,000 looks */

typedef struct link { uint32_t a, b; double share; } link;
typedef struct thing { uint32_t at[MAX_VALUES], count; } thing;
typedef struct field { const st_story *story; const st_number_at *all; uint32_t count; float *share; } field;

static double share_of(const field *f, uint32_t a, uint32_t b) { return (double)f->share[(size_t)a * f->count + b]; }

static int by_share(const void *a, const void *b) {
  const link *x = a, *y = b;
  if (x->share != y->share) return x->share > y->share ? -1 : 1;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

/* Two values of one page in one row: the same again, or what another source gives. */
static bool stand_together(const field *f, uint32_t a, uint32_t b) {
  const given *x = &f->all[a].g, *y = &f->all[b].g;
  if (x->q->value == y->q->value) return true;
  an_text one = st_source_of(f->story, x), other = st_source_of(f->story, y);
  bool alike = x->q->thing == y->q->thing && (x->q->thing != 0 || x->q->of_word == y->q->of_word) && (x->q->group == y->q->group || x->q->group == 0 || y->q->group == 0);
  return !an_text_equal(one, other) && alike;
}

static bool may_join(const field *f, const thing *a, const thing *b) {
  if (a == b || a->count + b->count > MAX_VALUES) return false;
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++) {
      bool one_page = f->all[a->at[i]].g.reading == f->all[b->at[k]].g.reading;
      if (one_page ? !stand_together(f, a->at[i], b->at[k]) : share_of(f, a->at[i], b->at[k]) < FLOOR) return false;
    }
  return true;
}

/* How much of the others' thing a value is. */
static double standing(const field *f, const thing *t, uint32_t at) {
  double sum = 0;
  for (uint32_t i = 0; i < t->count; i++)
    if (f->all[t->at[i]].g.reading != f->all[at].g.reading) sum += share_of(f, at, t->at[i]);
  return sum;
}

/* Of a number that a page gives twice the telling that is most surely of the thing. */
static bool is_repeat(const field *f, const thing *t, uint32_t i) {
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
      for (uint32_t j = 0; j < same.count; j++) same.doubted[same.count][j] = all->doubted[k][from[j]];
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

static void write_thing(st_story *story, const field *f, thing *t) {
  givens kept = {0};
  qsort(t->at, t->count, sizeof *t->at, by_place);
  uint32_t from[MAX_VALUES];
  for (uint32_t i = 0; i < t->count; i++) {
    if (is_repeat(f, t, i)) continue;
    from[kept.count] = t->at[i];
    kept.at[kept.count++] = f->all[t->at[i]].g;
  }
  for (uint32_t i = 0; i < kept.count; i++)
    for (uint32_t k = 0; k < i; k++) kept.doubted[i][k] = kept.at[i].reading != kept.at[k].reading && share_of(f, from[i], from[k]) < SURE;
  if (kept.count > 1 && st_write_counts(story, &kept, about(story, named_by(&kept))) == AN_UNCLEAR) write_by_noun(story, &kept);
}

static bool find_links(st_story *story, st_words *words, st_linked *linked, const field *f, link **out, uint32_t *count) {
  AN_LIST(link) links = {0};
  for (uint32_t a = 0; a < f->count; a++)
    for (uint32_t b = a + 1; b < f->count; b++) {
      double share = st_one_thing(story, words, &f->all[a], &f->all[b]);
      f->share[(size_t)a * f->count + b] = f->share[(size_t)b * f->count + a] = (float)share;
      const given *x = &f->all[a].g, *y = &f->all[b].g;
      if (!st_are_one_thing(&f->all[a], &f->all[b], share)) continue;
      link *made = AN_PUSH(story->arena, &links);
      if (made == NULL || !st_link(linked, story->arena, x->reading, x->q->clause, y->reading, y->q->clause)) return false;
      *made = (link){a, b, share};
    }
  *out = links.at;
  *count = links.count;
  return !words->short_of;
}

/* Of each page its first `most`, into `out`; NULL: only how many they are. */
static uint32_t first_of_pages(const st_number_at *all, uint32_t count, uint32_t most, st_number_at *out) {
  uint32_t kept = 0, place = 0;
  for (uint32_t i = 0; i < count; i++) {
    place = i > 0 && all[i].g.reading == all[i - 1].g.reading ? place + 1 : 0;
    if (place >= most) continue;
    if (out != NULL) out[kept] = all[i];
    kept++;
  }
  return kept;
}

/* Where there are too many, as many of each page: no report is left out for what those before it tell. */
static uint32_t keep_first(st_number_at *all, uint32_t count) {
  uint32_t most = 1;
  if (count <= MOST_NUMBERS) return count;
  while (first_of_pages(all, count, most + 1, NULL) <= MOST_NUMBERS) most++;
  return first_of_pages(all, count, most, all);
}

void st_compare_numbers(st_story *story, st_words *words, st_linked *linked) {
  st_number_at *all;
  field f = {.story = story};
  link *links;
  uint32_t link_count;
  if (!st_numbers_of(story, &all, &f.count)) { story->short_of = true; return; }
  f.count = keep_first(all, f.count);
  f.all = all;
  f.share = AN_NEW(story->arena, float, (size_t)f.count * f.count);
  thing *things = AN_NEW(story->arena, thing, f.count), **thing_of = AN_NEW(story->arena, thing *, f.count);
  if (f.count == 0) return;
  if (f.share == NULL || things == NULL || thing_of == NULL || !find_links(story, words, linked, &f, &links, &link_count)) { story->short_of = true; return; }
  for (uint32_t i = 0; i < f.count; i++) {
    things[i] = (thing){{i}, 1};
    thing_of[i] = &things[i];
  }
  if (link_count > 0) qsort(links, link_count, sizeof *links, by_share);
  for (uint32_t i = 0; i < link_count; i++) {
    thing *into = thing_of[links[i].a], *from = thing_of[links[i].b];
    if (!may_join(&f, into, from)) continue;
    for (uint32_t k = 0; k < from->count; k++) {
      thing_of[from->at[k]] = into;
      into->at[into->count++] = from->at[k];
    }
    from->count = 0;
  }
  for (uint32_t i = 0; i < f.count; i++)
    if (things[i].count > 1) write_thing(story, &f, &things[i]);
}
