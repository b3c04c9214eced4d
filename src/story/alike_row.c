/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of numbers: which are of one thing (likest pairs first; whatever joins a row is like enough to all that it holds), and which other number of a
   report that has none in a row is likely of its thing all the same: two pages agree on nine, a third has eleven in words that alone would not do. */
#include "story/alike.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FLOOR 0.1            /* every two of a row, */
#define RIVAL_FLOOR 0.05     /* and a rival and the likest of it */
enum { MOST_NUMBERS = 400 }; /* of a story: 80,000 looks */

/* The rows of alike.tsv, for a number and a row. */
#define ROW_SIGNS(X)                                                                                                                     \
  X(ALWAYS, "any number beside a row")                                                                                                    \
  X(BEST_0, "hardly like any of it") X(BEST_1, "a little like one of it") X(BEST_2, "like one of it") X(BEST_3, "very like one of it") X(BEST_4, "nearly of one thing with one of it") \
  X(WORST_0, "unlike some report of it") X(WORST_1, "hardly like some report of it") X(WORST_2, "a little like every report of it") X(WORST_3, "like every report of it")            \
  X(MEAN_0, "unlike it on the whole") X(MEAN_1, "hardly like it on the whole") X(MEAN_2, "a little like it on the whole") X(MEAN_3, "like it on the whole") X(MEAN_4, "very like it on the whole") \
  X(OTHER_MORE, "liker another number") X(OTHER_LIKE, "like another number") X(OTHER_SURE, "very like another number")                   \
  X(FIRST, "far liker it than its page's other numbers") X(MANY, "three reports or more in the row") X(SURE, "a row whose numbers are surely of one thing")   \
  X(NEAR, "within a fifth of one of it") X(HALF, "up to twice one of it") X(TIMES, "up to five times one of it") X(FAR, "farther from all of it") X(ONE, "the row has one number") \
  X(LEAD_BOTH, "up front, as in the row") X(LEAD_ONE, "up front, or the row is") X(PART, "a part, a change or one of others, as none of the row")

AN_SIGNS(ROW_SIGNS, ST_ROW_SIGNS);
_Static_assert((int)SIGN_COUNT <= (int)ST_MOST_SIGNS, "room for the weights");


/* ---- Rows ------------------------------------------------------------------------------------------------- */

typedef struct link { uint32_t a, b; double share; } link;

double st_share_between(const st_field *f, uint32_t a, uint32_t b) { return (double)f->share[(size_t)a * f->count + b]; }

static int by_share(const void *a, const void *b) {
  const link *x = a, *y = b;
  if (x->share != y->share) return x->share > y->share ? -1 : 1;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

/* Two values of one page in one row: the same again, or what another source gives. */
static bool stand_together(const st_field *f, uint32_t a, uint32_t b) {
  const given *x = &f->all[a].g, *y = &f->all[b].g;
  if (x->q->value == y->q->value) return true;
  an_text one = st_source_of(f->story, x), other = st_source_of(f->story, y);
  bool alike = x->q->thing == y->q->thing && (x->q->thing != 0 || x->q->of_word == y->q->of_word) && (x->q->group == y->q->group || x->q->group == 0 || y->q->group == 0);
  return !an_text_equal(one, other) && alike;
}

static bool may_join(const st_field *f, const st_thing *a, const st_thing *b) {
  if (a == b || a->count + b->count > MAX_VALUES) return false;
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++) {
      bool one_page = f->all[a->at[i]].g.reading == f->all[b->at[k]].g.reading;
      if (one_page ? !stand_together(f, a->at[i], b->at[k]) : st_share_between(f, a->at[i], b->at[k]) < FLOOR) return false;
    }
  return true;
}

static bool find_links(st_story *story, st_words *words, st_linked *linked, const st_field *f, link **out, uint32_t *count) {
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
  if (links.count > 0) qsort(links.at, links.count, sizeof *links.at, by_share);
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

bool st_find_things(st_story *story, st_words *words, st_linked *linked, st_field *f) {
  st_number_at *all;
  link *links;
  uint32_t link_count;
  *f = (st_field){.story = story};
  if (!st_numbers_of(story, &all, &f->count)) return false;
  f->count = keep_first(all, f->count);
  f->all = all;
  if (!st_numbers_meant(story, words, all, f->count)) return false;
  if (f->count == 0) return true;
  f->share = AN_NEW(story->arena, float, (size_t)f->count * f->count);
  f->things = AN_NEW(story->arena, st_thing, f->count);
  f->thing_of = AN_NEW(story->arena, st_thing *, f->count);
  if (f->share == NULL || f->things == NULL || f->thing_of == NULL || !find_links(story, words, linked, f, &links, &link_count)) return false;
  for (uint32_t i = 0; i < f->count; i++) {
    f->things[i] = (st_thing){.at = {i}, .count = 1, .rival = AN_NONE};
    f->thing_of[i] = &f->things[i];
  }
  for (uint32_t i = 0; i < link_count; i++) {
    st_thing *into = f->thing_of[links[i].a], *from = f->thing_of[links[i].b];
    if (!may_join(f, into, from)) continue;
    for (uint32_t k = 0; k < from->count; k++) {
      f->thing_of[from->at[k]] = into;
      into->at[into->count++] = from->at[k];
    }
    from->count = 0;
  }
  return true;
}

/* ---- Rivals: a number of another report, of the row's thing or not ------------------------------------------ */

static bool is_of(const st_field *f, const st_thing *t, uint32_t reading) {
  for (uint32_t i = 0; i < t->count; i++)
    if (f->all[t->at[i]].g.reading == reading) return true;
  return false;
}

static double best_of(const st_field *f, const st_thing *t, uint32_t at) {
  double best = 0;
  for (uint32_t i = 0; i < t->count; i++) best = fmax(best, st_share_between(f, t->at[i], at));
  return best;
}

/* The likest number that a report has for a row; AN_NONE. `next`: how like the next one is. */
static uint32_t likest(const st_field *f, const st_thing *t, uint32_t reading, double *next) {
  uint32_t found = AN_NONE;
  double most = 0;
  *next = 0;
  for (uint32_t i = 0; i < f->count; i++) {
    double best = f->all[i].g.reading == reading ? best_of(f, t, i) : 0;
    if (best > most) { *next = most; most = best; found = i; }
    else *next = fmax(*next, best);
  }
  return most >= RIVAL_FLOOR ? found : AN_NONE;
}

/* How far a value is from the nearest of a row: the larger over the smaller. */
static double apart(const st_field *f, const st_thing *t, double value) {
  double least = INFINITY;
  for (uint32_t i = 0; i < t->count; i++) {
    double other = f->all[t->at[i]].g.q->value;
    if (other == value) return 1;
    if (other > 0 && value > 0) least = fmin(least, fmax(other / value, value / other));
  }
  return least;
}

/* A share of 0..1 sets one sign of those from `first` on. */
static void step(bool *at, uint32_t first, double share, const double *ends, uint32_t count) {
  uint32_t k = 0;
  while (k < count && share >= ends[k]) k++;
  at[first + k] = true;
}

typedef struct likeness { double best, worst, mean; uint32_t reports; } likeness;

/* Of each report of the row the number that is likest. */
static likeness like(const st_field *f, const st_thing *t, uint32_t at) {
  likeness l = {.worst = 1};
  double sum = 0;
  for (uint32_t i = 0; i < t->count; i++) {
    double share = 0;
    bool first = true;
    for (uint32_t k = 0; k < t->count; k++) {
      if (f->all[t->at[k]].g.reading != f->all[t->at[i]].g.reading) continue;
      first &= k >= i;
      share = fmax(share, st_share_between(f, t->at[k], at));
    }
    if (!first) continue;
    l.best = fmax(l.best, share);
    l.worst = fmin(l.worst, share);
    sum += log(fmax(share, 1e-4) / fmax(1 - share, 1e-4));
    l.reports++;
  }
  l.mean = 1 / (1 + exp(-sum / l.reports));
  return l;
}

/* Where it stands and what it is a number of, beside those of the row. */
static void kind_signs(const st_field *f, const st_thing *t, uint32_t at, bool *out) {
  const dg_quantity *q = f->all[at].g.q;
  bool lead = false, part = true;
  for (uint32_t i = 0; i < t->count; i++) {
    const dg_quantity *x = f->all[t->at[i]].g.q;
    lead |= x->lead;
    part &= x->part != q->part || x->change != q->change || x->further != q->further || x->wide != q->wide;
  }
  out[SIGN_LEAD_BOTH] = lead && q->lead;
  out[SIGN_LEAD_ONE] = lead != q->lead;
  out[SIGN_PART] = part;
}

static void row_signs(const st_field *f, const st_thing *t, uint32_t at, double next, double distance, bool *out) {
  static const double best[] = {0.2, 0.3, 0.45, 0.6}, worst[] = {0.05, 0.15, 0.3}, mean[] = {0.15, 0.25, 0.35, 0.5};
  likeness l = like(f, t, at);
  double other = 0, sure = 0;
  bool one = true;
  for (uint32_t i = 0; i < f->count; i++)
    if (f->thing_of[i] != t) other = fmax(other, st_share_between(f, at, i));
  for (uint32_t i = 0; i < t->count; i++) {
    sure = fmax(sure, best_of(f, t, t->at[i]));
    one &= f->all[t->at[i]].g.q->value == f->all[t->at[0]].g.q->value;
  }
  out[SIGN_ALWAYS] = true;
  step(out, SIGN_BEST_0, l.best, best, 4);
  step(out, SIGN_WORST_0, l.worst, worst, 3);
  step(out, SIGN_MEAN_0, l.mean, mean, 4);
  out[SIGN_OTHER_MORE] = other > l.best;
  out[SIGN_OTHER_LIKE] = other > 0.3;
  out[SIGN_OTHER_SURE] = other > 0.6;
  out[SIGN_FIRST] = l.best > 2 * next;
  out[SIGN_MANY] = l.reports > 2;
  out[SIGN_SURE] = sure > 0.8;
  out[SIGN_NEAR] = distance <= 1.2;
  out[SIGN_HALF] = distance > 1.2 && distance <= 2;
  out[SIGN_TIMES] = distance > 2 && distance <= 5;
  out[SIGN_FAR] = distance > 5;
  out[SIGN_ONE] = one;
}

/* One of the row's says enough beside it for the two to be held against each other. */
static bool may_be_of(const st_field *f, const st_thing *t, uint32_t at) {
  for (uint32_t i = 0; i < t->count; i++)
    if (!st_fit_anything(f->all[t->at[i]].g.q, f->all[at].g.q)) return true;
  return false;
}

bool st_find_rivals(const st_field *f, st_rival **out, uint32_t *count) {
  AN_LIST(st_rival) found = {0};
  for (uint32_t t = 0; t < f->count; t++)
    for (uint32_t r = 0; f->things[t].count > 1 && r < f->story->reading_count; r++) {
      double next = 0;
      uint32_t at = !st_compares(f->story, r) || is_of(f, &f->things[t], r) ? AN_NONE : likest(f, &f->things[t], r, &next);
      double distance = at == AN_NONE ? 1 : apart(f, &f->things[t], f->all[at].g.q->value);
      if (distance == 1 || f->thing_of[at]->count > 1 || !may_be_of(f, &f->things[t], at)) continue;
      st_rival *made = AN_PUSH(f->story->arena, &found);
      if (made == NULL) return false;
      *made = (st_rival){.row = t, .at = at};
      row_signs(f, &f->things[t], at, next, distance, made->signs.at);
      kind_signs(f, &f->things[t], at, made->signs.at);
      made->share = st_share_of(f->story->lexis->rows, &made->signs, SIGN_COUNT);
    }
  *out = found.at;
  *count = found.count;
  return true;
}
