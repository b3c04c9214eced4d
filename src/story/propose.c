/* SPDX-License-Identifier: Apache-2.0 */
/* Which pairs of pages are looked at: for each page the ST_NEAR whose weightiest words are most like its own, of those that share two
   of them, or a copied run of words, and can be of the same days. So a page costs as much among many as among few: a word that too
   many have in those days is passed over for the page's rarer ones.

   Pages stand here in the order of the day that they can be of at the earliest, those without a near day behind them; a word's list
   of pages is in that order too, so that the days that a page can meet are one stretch of it. */
#include "story/parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS = ST_TOP + ST_RUNS, MOST = 1024, RUN_WEIGHT = 255 };
#define RUN_KEY (DG_NAMED | DG_NUMBER)   /* no word has both */

#define MOST_PAGES (1U << 24)

typedef struct place { uint32_t page; an_days days; double norm; } place;
typedef struct stretch { uint32_t begin, end; } stretch;    /* of postings */
typedef struct list { uint32_t begin, open, end; } list;     /* open: where pages without a near day begin */
typedef struct index_of {
  st_page *const *pages; uint32_t count, dated; /* dated: the first places have a near day */
  place *places;
  uint64_t *postings; uint32_t posting_count;    /* key << 32 | place << 8 | weight, ascending by key and place */
  list *lists; uint32_t list_count, *list_of; /* of each place and word: its list */
  uint32_t *keys;                         /* of each place and word: near each other, where pages are not */
} index_of;

/* Whoever goes through pages in their order. */
typedef struct seeker {
  const index_of *x; uint32_t first, end, *near; pthread_t thread;
  uint32_t *from;                        /* of lists: the first page that the page at hand can meet */
  uint32_t *dot; uint8_t *shared; uint32_t *met; /* of the page at hand, by place; those that share anything */
} seeker;
typedef struct word { uint32_t key; stretch dated, open; uint8_t weight, counts; } word; /* open: pages without a near day */

static uint32_t key_at(const st_page *p, uint32_t i) { return i < p->word_count ? p->words[i] : p->runs[i - p->word_count] | RUN_KEY; }
static uint8_t weight_at(const st_page *p, uint32_t i) { return i < p->word_count ? p->weights[i] : RUN_WEIGHT; }
static uint32_t keys_of(const st_page *p) { return (uint32_t)p->word_count + p->run_count; }
static uint32_t place_in(uint64_t posting) { return (uint32_t)posting >> 8; }

/* A file can be anybody's: a key that stands twice on a page counts once. */
static bool stands_before(const st_page *p, uint32_t i) {
  for (uint32_t k = 0; k < i; k++)
    if (key_at(p, k) == key_at(p, i)) return true;
  return false;
}

/* ---- The order of pages, the lists of words -------------------------------------------------------- */

static int by_place(const void *a, const void *b) {
  const place *x = a, *y = b;
  if (x->days.earliest != y->days.earliest) return x->days.earliest < y->days.earliest ? -1 : 1;
  return (x->page > y->page) - (x->page < y->page);
}

static bool put_in_order(index_of *x, an_arena *arena) {
  uint32_t open = x->count;
  x->places = AN_NEW(arena, place, x->count);
  if (x->places == NULL) return false;
  for (uint32_t i = 0; i < x->count; i++) {
    const st_page *p = x->pages[i];
    place *at = &x->places[st_near_days(p->published) ? x->dated++ : --open];
    *at = (place){i, p->published, 1}; /* 1: of a page of runs alone */
    for (uint32_t k = 0; k < p->word_count; k++) at->norm += (double)p->weights[k] * p->weights[k];
  }
  qsort(x->places, x->dated, sizeof *x->places, by_place);
  qsort(x->places + x->dated, x->count - x->dated, sizeof *x->places, by_place);
  return true;
}

/* By key, one byte after the other; equal keys stay in the order of places. */
static bool sort_postings(index_of *x, an_arena *arena) {
  uint64_t *from = x->postings, *to = AN_NEW(arena, uint64_t, x->posting_count);
  if (to == NULL) return false;
  for (unsigned shift = 32; shift < 64; shift += 8) {
    uint32_t begins[257] = {0};
    for (uint32_t i = 0; i < x->posting_count; i++) begins[((from[i] >> shift) & 255) + 1]++;
    for (uint32_t i = 0; i < 256; i++) begins[i + 1] += begins[i];
    for (uint32_t i = 0; i < x->posting_count; i++) to[begins[(from[i] >> shift) & 255]++] = from[i];
    uint64_t *swap = from;
    from = to;
    to = swap;
  }
  x->postings = from;
  return true;
}

static bool cut_lists(index_of *x, an_arena *arena) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < x->posting_count; i++) count += i == 0 || x->postings[i] >> 32 != x->postings[i - 1] >> 32;
  x->lists = AN_NEW(arena, list, count);
  if (x->lists == NULL) return false;
  count = 0;
  for (uint32_t i = 0; i < x->posting_count; i++) {
    uint32_t key = (uint32_t)(x->postings[i] >> 32), at = place_in(x->postings[i]), k = 0;
    if (i == 0 || x->postings[i - 1] >> 32 != key) x->lists[count++] = (list){i, i, i};
    list *of = &x->lists[count - 1];
    of->end++;
    if (at < x->dated) of->open++;
    while (x->keys[(size_t)at * KEYS + k] != key) k++;
    x->list_of[(size_t)at * KEYS + k] = count - 1;
  }
  x->list_count = count;
  return true;
}

static bool make_lists(index_of *x, an_arena *arena) {
  x->postings = AN_NEW(arena, uint64_t, (size_t)x->count * KEYS);
  x->list_of = AN_NEW(arena, uint32_t, (size_t)x->count * KEYS);
  x->keys = AN_NEW(arena, uint32_t, (size_t)x->count * KEYS);
  if (x->postings == NULL || x->list_of == NULL || x->keys == NULL) return false;
  for (uint32_t i = 0; i < x->count; i++) {
    const st_page *p = x->pages[x->places[i].page];
    for (uint32_t k = 0; k < keys_of(p); k++) x->keys[(size_t)i * KEYS + k] = key_at(p, k);
    for (uint32_t k = 0; k < keys_of(p); k++)
      if (!stands_before(p, k)) x->postings[x->posting_count++] = (uint64_t)key_at(p, k) << 32 | i << 8 | weight_at(p, k);
  }
  return sort_postings(x, arena) && cut_lists(x, arena);
}

/* ---- One page ------------------------------------------------------------------------------------------ */

/* The first of a stretch of a list that lies at no place before `at`. */
static uint32_t first_from(const index_of *x, stretch s, uint32_t at) {
  uint32_t step = 1;
  while (s.begin + step < s.end && place_in(x->postings[s.begin + step]) < at) {
    s.begin += step;
    step *= 2;
  }
  if (s.begin + step < s.end) s.end = s.begin + step;
  while (s.begin < s.end) {
    uint32_t middle = s.begin + (s.end - s.begin) / 2;
    if (place_in(x->postings[middle]) < at) s.begin = middle + 1;
    else s.end = middle;
  }
  return s.begin;
}

/* The first dated place whose page is of no day before `day`. */
static uint32_t place_from(const index_of *x, int64_t day) {
  uint32_t low = 0, high = x->dated;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (x->places[middle].days.earliest < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

static uint32_t size_of(const word *w) { return w->dated.end - w->dated.begin + w->open.end - w->open.begin; }

static bool is_rarer(const word *a, const word *b) { return size_of(a) != size_of(b) ? size_of(a) < size_of(b) : a->key < b->key; }

/* The page's words with the pages that it could meet, the rarest first. Pages come in order of days, so what one could not meet any more
   no later one can. */
static uint32_t words_of(const seeker *s, uint32_t at, word out[KEYS]) {
  const index_of *x = s->x;
  const st_page *p = x->pages[x->places[at].page];
  an_days days = p->published;
  uint32_t count = 0, from = days.earliest == AN_DAY_OPEN_EARLIEST ? 0 : place_from(x, (int64_t)days.earliest - MAX_DAYS_APART - ST_WINDOW);
  uint32_t to = days.latest == AN_DAY_OPEN_LATEST ? x->dated : place_from(x, (int64_t)days.latest + MAX_DAYS_APART + 1);
  for (uint32_t k = 0; k < keys_of(p); k++) {
    if (stands_before(p, k)) continue;
    uint32_t number = x->list_of[(size_t)at * KEYS + k];
    const list *of = &x->lists[number];
    uint32_t begin = first_from(x, (stretch){at < x->dated ? s->from[number] : of->begin, of->open}, from);
    uint32_t end = from < to ? first_from(x, (stretch){begin, of->open}, to) : begin, i = count++;
    if (at < x->dated) s->from[number] = begin;
    word one = {key_at(p, k), {begin, end}, {of->open, of->end}, weight_at(p, k), k < p->word_count ? 1 : 2};
    for (; i > 0 && is_rarer(&one, &out[i - 1]); i--) out[i] = out[i - 1];
    out[i] = one;
  }
  return count;
}

/* At most `most` of a stretch, those next to the page's own place. */
static stretch part_of(const index_of *x, stretch s, uint32_t at, uint32_t most) {
  if (s.end - s.begin <= most) return s;
  uint32_t own = first_from(x, s, at), before = own - s.begin < most / 2 ? own - s.begin : most / 2;
  uint32_t begin = s.end - (own - before) < most ? s.end - most : own - before;
  return (stretch){begin, begin + most};
}

static uint32_t meet(const seeker *s, stretch of, const word *w, uint32_t met) {
  for (uint32_t i = of.begin; i < of.end; i++) {
    uint64_t posting = s->x->postings[i];
    uint32_t at = place_in(posting);
    if (s->shared[at] == 0) s->met[met++] = at;
    s->shared[at] = (uint8_t)(s->shared[at] + w->counts);
    s->dot[at] += (uint32_t)w->weight * (uint8_t)posting;
  }
  return met;
}

/* All pages that share the rarer words; of a page all of whose words are frequent, those next to it. */
static uint32_t meet_all(const seeker *s, uint32_t at) {
  word words[KEYS];
  uint32_t count = words_of(s, at, words), met = 0, left = MOST;
  for (uint32_t i = 0; i < count; i++) {
    const word *w = &words[i];
    if (size_of(w) > left && i >= 2) break;
    uint32_t most = size_of(w) > left ? MOST / 2 : MOST;
    met = meet(s, part_of(s->x, w->dated, at, most), w, met);
    met = meet(s, part_of(s->x, w->open, at, most), w, met);
    left -= size_of(w) < left / 2 ? size_of(w) : left / 2;
  }
  return met;
}

typedef struct candidate { double value; uint32_t place, far; } candidate;

static bool comes_before(const candidate *a, const candidate *b) {
  if (a->value != b->value) return a->value > b->value;
  if (a->far != b->far) return a->far < b->far;
  return a->place < b->place;
}

static uint32_t keep_best(candidate best[ST_NEAR], uint32_t count, candidate one) {
  if (count == ST_NEAR && !comes_before(&one, &best[count - 1])) return count;
  uint32_t at = count < ST_NEAR ? count++ : count - 1;
  for (; at > 0 && comes_before(&one, &best[at - 1]); at--) best[at] = best[at - 1];
  best[at] = one;
  return count;
}

static void propose_for(const seeker *s, uint32_t at, uint32_t near[ST_NEAR]) {
  const place *places = s->x->places;
  candidate best[ST_NEAR];
  uint32_t met = meet_all(s, at), kept = 0;
  for (uint32_t i = 0; i < met; i++) {
    uint32_t other = s->met[i];
    double dot = s->dot[other];
    if (other != at && s->shared[other] >= 2 && !st_days_apart(places[at].days, places[other].days))
      kept = keep_best(best, kept, (candidate){dot * dot / places[other].norm, other, other > at ? other - at : at - other});
    s->shared[other] = 0;
    s->dot[other] = 0;
  }
  for (uint32_t i = 0; i < ST_NEAR; i++) near[i] = i < kept ? places[best[i].place].page : AN_NONE;
}

/* ---- All -------------------------------------------------------------------------------------------------- */

enum { MOST_SEEKERS = 8, FEW = 4096 };   /* FEW pages are nothing to share */

static bool open_seeker(seeker *s, const index_of *x, an_arena *arena) {
  s->dot = AN_NEW(arena, uint32_t, x->count);
  s->met = AN_NEW(arena, uint32_t, x->count);
  s->shared = AN_NEW(arena, uint8_t, x->count);
  s->from = AN_NEW(arena, uint32_t, x->list_count);
  if (s->dot == NULL || s->met == NULL || s->shared == NULL || s->from == NULL) return false;
  for (uint32_t i = 0; i < x->list_count; i++) s->from[i] = x->lists[i].begin;
  return true;
}

static void *seek(void *of) {
  const seeker *s = of;
  for (uint32_t at = s->first; at < s->end; at++) propose_for(s, at, s->near + (size_t)ST_NEAR * s->x->places[at].page);
  return NULL;
}

/* As many as there is room for: one is enough. Returns how many. */
static uint32_t open_seekers(seeker *seekers, uint32_t wanted, const index_of *x, uint32_t *near, an_arena *arena) {
  uint32_t opened = 0;
  for (; opened < wanted; opened++) {
    seekers[opened] = (seeker){.x = x, .near = near};
    if (!open_seeker(&seekers[opened], x, arena)) break;
  }
  for (uint32_t i = 0; i < opened; i++) {
    seekers[i].first = (uint32_t)((uint64_t)x->count * i / opened);
    seekers[i].end = (uint32_t)((uint64_t)x->count * (i + 1) / opened);
  }
  return opened;
}

static void seek_all(seeker *seekers, uint32_t count) {
  uint32_t started = 1;
  while (started < count && pthread_create(&seekers[started].thread, NULL, seek, &seekers[started]) == 0) started++;
  seek(&seekers[0]);
  for (uint32_t i = started; i < count; i++) seek(&seekers[i]);
  for (uint32_t i = 1; i < started; i++) pthread_join(seekers[i].thread, NULL);
}

/* What is proposed for a page does not depend on who looks. Lists go back when all is proposed: they may take what is left of `arena`. */
bool st_propose(st_page *const *pages, uint32_t count, unsigned threads, const an_arena *arena, uint32_t *near) {
  index_of x = {.pages = pages, .count = count};
  seeker seekers[MOST_SEEKERS];
  uint32_t wanted = threads < 2 || count < FEW ? 1 : threads < MOST_SEEKERS ? threads : MOST_SEEKERS, opened = 0;
  an_arena room;
  an_arena_init(&room, arena->max - arena->used);
  if (count < MOST_PAGES && put_in_order(&x, &room) && make_lists(&x, &room)) opened = open_seekers(seekers, wanted, &x, near, &room);
  if (opened > 0) seek_all(seekers, opened);
  an_arena_free(&room);
  return opened > 0;
}
