/* SPDX-License-Identifier: Apache-2.0 */
/* Copies and versions: which readings of a story are no reports of their own. Of the first page before it that is its original, or stands at
   its address. A page is held against the first MANY originals, and of a larger story against those that it shares one of its lowest runs
   with: copies share most of those, and reports that have half a text in common (a frame, a record of what came before) do not make
   every page look at every other. */
#include "story/parts.h"

#include "base/hash.h"

enum { MANY = 256, LOWEST = 8 };

typedef struct finder {
  st_story *story;
  an_map addresses, runs;                /* the first reading at an address; the first original that has a run among its lowest */
  uint32_t first[MANY], count;           /* originals */
} finder;

static an_text address_of(const dg *d) { return d->canonical.at != NULL ? d->canonical : d->url; }

/* The first reading before it at its address. */
static uint32_t version_of(finder *f, uint32_t i) {
  an_text here = address_of(f->story->readings[i].d);
  if (here.at == NULL) return AN_NONE;
  uint32_t *known = an_map_put(f->story->arena, &f->addresses, an_hash64(here.at, here.size), i);
  f->story->short_of |= known == NULL;
  if (known == NULL || *known == i) return AN_NONE;
  return an_text_equal(here, address_of(f->story->readings[*known].d)) ? *known : AN_NONE;
}

static bool is_copy(const st_story *story, uint32_t i, uint32_t of) {
  const dg *a = story->readings[i].d, *b = story->readings[of].d;
  return st_containment(a->shingles, a->scale, b->shingles, b->scale) >= ST_COPY;
}

static uint64_t run_key(uint32_t run) { return (uint64_t)1 << 32 | run; }

/* The first original before `end` that it copies. */
static uint32_t original_of(const finder *f, uint32_t i, uint32_t end) {
  dg_words runs = f->story->readings[i].d->shingles;
  uint32_t best = AN_NONE;
  for (uint32_t k = 0; k < f->count && k < MANY && f->first[k] < end; k++)
    if (is_copy(f->story, i, f->first[k])) return f->first[k];
  for (uint32_t k = 0; f->count > MANY && k < runs.count && k < LOWEST; k++) {
    uint32_t of = an_map_get(&f->runs, run_key(runs.at[k]), AN_NONE);
    if (of < end && of < best && is_copy(f->story, i, of)) best = of;
  }
  return best;
}

static void add_original(finder *f, uint32_t i) {
  dg_words runs = f->story->readings[i].d->shingles;
  if (f->count++ < MANY) {
    f->first[f->count - 1] = i;
    return;
  }
  for (uint32_t k = 0; k < runs.count && k < LOWEST; k++)
    f->story->short_of |= an_map_put(f->story->arena, &f->runs, run_key(runs.at[k]), i) == NULL;
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
  finder f = {.story = story};
  for (uint32_t i = 0; i < story->reading_count; i++) {
    st_reading *r = &story->readings[i];
    r->newer = AN_NONE;
    r->version_of = version_of(&f, i);
    r->copy_of = original_of(&f, i, r->version_of < i ? r->version_of : i);
    if (r->copy_of != AN_NONE) r->version_of = AN_NONE; /* whichever came first */
    else add_original(&f, i);
  }
  find_newest(story);
}
