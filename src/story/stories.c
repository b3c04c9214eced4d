/* SPDX-License-Identifier: Apache-2.0 */
/* an_stories_*: digests in, stories out. Sorts the digests, groups them, and makes one story after another whole. */
#include "story/alike.h"
#include "story/tell.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_MEMORY_MIB = 2048, STORY_MEMORY_MIB = 1024, ROUNDS = 3 };

struct an_stories {
  an_arena arena, one;                   /* of all pages; of the page or the story at hand */
  AN_LIST(st_page *) list;
  an_stories_keeper keeper;
  st_corrections corrections; bool short_of;
  st_lexis lexis;
  unsigned threads;
};

static an_status no_memory(an_error *err) { return an_fail(err, AN_ERR_LIMIT, "story", "these digests need more memory for stories than is allowed"); }

void an_stories_correct(an_stories *stories, const an_correction *corrections, uint32_t count) {
  stories->short_of |= !st_corrections_open(corrections, count, &stories->arena, &stories->corrections);
}

void an_stories_threads(an_stories *stories, unsigned threads) { stories->threads = threads; }

unsigned st_threads(const st_source *source) { return source->threads; }

void an_stories_keep(an_stories *stories, const an_stories_keeper *keeper) { stories->keeper = *keeper; }

an_status an_stories_make(const an_lexicon *lexicon, const an_vectors *vectors, const an_vectors *meanings, size_t max_memory, an_stories **out, an_error *err) {
  an_stories *s = calloc(1, sizeof *s);
  if (s == NULL) return an_fail(err, AN_ERR_MEMORY, "story", "no memory");
  an_arena_init(&s->arena, max_memory > 0 ? max_memory : (size_t)DEFAULT_MEMORY_MIB << 20);
  an_arena_init(&s->one, (size_t)STORY_MEMORY_MIB << 20);
  if (!st_lexis_open(&s->lexis, &s->arena, lexicon, vectors, meanings)) {
    an_stories_close(s);
    return an_fail(err, AN_ERR_MEMORY, "story", "no memory");
  }
  st_alike_open(&s->lexis);
  *out = s;
  return AN_OK;
}

void an_stories_close(an_stories *stories) {
  if (stories == NULL) return;
  an_arena_free(&stories->arena);
  an_arena_free(&stories->one);
  free(stories);
}

/* ---- Pages ------------------------------------------------------------------------------------------- */

static st_page *add_page(an_stories *stories, uint64_t number) {
  st_page **place = AN_PUSH(&stories->arena, &stories->list), *page = AN_NEW(&stories->arena, st_page, 1);
  if (place == NULL || page == NULL || stories->short_of) return NULL;
  page->number = number;
  *place = page;
  return page;
}

/* A page whose digest is at hand: all of it is found anew. */
static an_status add_fresh(an_stories *stories, st_page *page, an_digest digest, an_error *err) {
  dg d;
  an_arena_reset(&stories->one);
  AN_TRY(dg_read(digest, &stories->one, &d, err));
  st_correct(&stories->corrections, &stories->one, &d);
  st_sketch_of(&d, page);
  page->fresh = page->changed = true;
  page->corrected = st_is_corrected(&stories->corrections, d.sha256);
  if (page->corrected) { /* it is as no other is, nor as itself at another address or of another day */
    uint64_t days = (uint64_t)(uint32_t)page->published.earliest << 32 | (uint32_t)page->published.latest;
    page->twin = an_hash_mix(an_hash_mix(an_hash64(page->sha256, sizeof page->sha256), page->url), days);
  }
  st_brief *brief = AN_NEW(&stories->arena, st_brief, 1);
  if (brief == NULL || !st_brief_of(&stories->arena, &stories->lexis, &d, brief)) return no_memory(err);
  page->brief = brief;
  return AN_OK;
}

an_status an_stories_add(an_stories *stories, an_digest digest, an_error *err) {
  st_page *page = add_page(stories, stories->list.count);
  an_text bytes = an_arena_copy(&stories->arena, (const char *)digest.bytes, digest.size);
  if (page == NULL || bytes.at == NULL) return no_memory(err);
  page->digest = bytes;
  return add_fresh(stories, page, digest, err);
}

an_status an_stories_add_page(an_stories *stories, uint64_t number, an_text kept, bool again, an_error *err) {
  st_page *page = add_page(stories, number), known = {.number = number, .again = again};
  an_digest digest;
  if (page == NULL) return no_memory(err);
  bool is_known = kept.size > 0 && st_sketch_read(kept, &known) && !st_is_corrected(&stories->corrections, known.sha256);
  if (!is_known) {
    AN_TRY(st_digest_of(stories, page, &digest, err));
    return add_fresh(stories, page, digest, err);
  }
  *page = known;
  page->looked = an_arena_copy(&stories->arena, known.looked.at, known.looked.size);
  return page->looked.at == NULL ? no_memory(err) : AN_OK;
}

an_status st_digest_of(st_source *source, const st_page *page, an_digest *out, an_error *err) {
  *out = (an_digest){(const uint8_t *)page->digest.at, page->digest.size};
  return page->digest.at != NULL ? AN_OK : source->keeper.digest(source->keeper.ctx, page->number, out, err);
}

an_status st_brief_needed(st_source *source, st_page *page, an_error *err) {
  dg d;
  an_digest digest;
  if (page->brief != NULL) return AN_OK;
  an_arena_reset(&source->one);
  AN_TRY(st_digest_of(source, page, &digest, err));
  AN_TRY(dg_read(digest, &source->one, &d, err));
  st_correct(&source->corrections, &source->one, &d);
  st_brief *brief = AN_NEW(&source->arena, st_brief, 1);
  if (brief == NULL || !st_brief_of(&source->arena, &source->lexis, &d, brief)) return no_memory(err);
  page->brief = brief;
  return AN_OK;
}

/* By the page's own day, unknown last; then by content and address, so that the order of adding never shows. */
static int by_day(const void *a, const void *b) {
  const st_page *x = *(st_page *const *)a, *y = *(st_page *const *)b;
  an_day p = x->day == AN_DAY_OPEN_EARLIEST ? AN_DAY_OPEN_LATEST : x->day;
  an_day q = y->day == AN_DAY_OPEN_EARLIEST ? AN_DAY_OPEN_LATEST : y->day;
  if (p != q) return p < q ? -1 : 1;
  int sha = memcmp(x->sha256, y->sha256, sizeof x->sha256);
  return sha != 0 ? sha : (x->url > y->url) - (x->url < y->url);
}

/* ---- One story --------------------------------------------------------------------------------------- */

bool st_reading_make(st_story *story, st_reading *r, const dg *d) {
  *r = (st_reading){.d = d, .published = d->published, .day = d->day, .basis = d->basis, .evidence = d->evidence,
                    .evidence_count = d->evidence_count, .copy_of = AN_NONE, .version_of = AN_NONE, .twin = AN_NONE, .newer = AN_NONE, .most_like = AN_NONE};
  r->published.weekdays = 0; /* the weekday that the text implies is of what it tells; the page may appear days later */
  r->evidence_reading = AN_NEW(story->arena, uint32_t, d->evidence_count);
  r->events = AN_NEW(story->arena, st_event, (size_t)d->event_count + d->faint_count);
  if (r->evidence_reading == NULL || r->events == NULL) return false;
  for (uint32_t i = 0; i < d->evidence_count; i++) r->evidence_reading[i] = (uint32_t)(r - story->readings);
  for (uint32_t i = 0; i < d->event_count + d->faint_count; i++) {
    r->events[i] = (st_event){.e = &d->events[i], .when = d->events[i].when.days, .cluster = AN_NONE};
    if (!st_act_of(story->arena, &d->events[i], &r->events[i].act)) return false;
  }
  return true;
}

/* Readings of one text share what it tells: the later are read as far as they differ. */
static an_status read_member(an_stories *stories, const st_page *page, st_story *story, dg *digests, uint32_t i, an_map *twins, an_error *err) {
  an_digest digest;
  dg *d = &digests[i];
  AN_TRY(st_digest_of(stories, page, &digest, err));
  if (page->digest.at == NULL) { /* the keeper's bytes are borrowed until the next are asked for */
    an_text bytes = an_arena_copy(story->arena, (const char *)digest.bytes, digest.size);
    if (bytes.at == NULL) return no_memory(err);
    digest.bytes = (const uint8_t *)bytes.at;
  }
  AN_TRY(dg_read_page(digest, story->arena, d, err));
  bool corrected = st_is_corrected(&stories->corrections, page->sha256);
  uint32_t *twin = page->twin == 0 || corrected ? NULL : an_map_put(story->arena, twins, an_hash_mix(d->rest, page->twin), i);
  uint32_t of = twin != NULL && *twin != i ? *twin : AN_NONE;
  if (of != AN_NONE) {
    *d = digests[of];
    AN_TRY(dg_read_page(digest, story->arena, d, err));
  } else {
    AN_TRY(dg_read(digest, story->arena, d, err));
    st_correct(&stories->corrections, story->arena, d);
  }
  story->short_of |= !st_reading_make(story, &story->readings[i], d);
  story->readings[i].twin = of;
  return AN_OK;
}

/* Sharper days let more events match, and matches sharpen days: a few rounds reach rest. */
static void match_and_sharpen(st_story *story) {
  for (unsigned round = 0; round < ROUNDS && !story->short_of; round++) {
    st_match(story);
    if (story->short_of || !st_sharpen(story)) break;
  }
  if (!story->short_of) st_match(story);
}

void st_settle(st_story *story) {
  if (!story->short_of) st_find_copies(story);
  if (!story->short_of) st_bound(story);
  match_and_sharpen(story);
  if (!story->short_of && st_sharpen_by_calendar(story)) match_and_sharpen(story);
}

static an_status make_story(an_stories *stories, st_page *const *members, uint32_t count, an_story_sink *sink, void *to, an_error *err) {
  an_arena *arena = &stories->one;
  an_arena_reset(arena);
  st_story story = {.arena = arena, .lexis = &stories->lexis, .reading_count = count};
  story.readings = AN_NEW(arena, st_reading, count);
  dg *digests = AN_NEW(arena, dg, count);
  if (story.readings == NULL || digests == NULL) return an_fail(err, AN_ERR_LIMIT, "story", "a story of %u readings needs more memory than is allowed", count);
  an_map twins = {0};
  for (uint32_t i = 0; i < count; i++) AN_TRY(read_member(stories, members[i], &story, digests, i, &twins, err));
  st_settle(&story);
  if (!story.short_of) st_give_reasons(&story);
  if (!story.short_of) st_compare(&story);
  an_story told;
  if (story.short_of || !st_tell(&story, &told)) return an_fail(err, AN_ERR_LIMIT, "story", "a story of %u readings needs more memory than is allowed", count);
  return sink(to, &told, err);
}

static bool is_known(an_stories *stories, st_page *const *members, uint32_t count) {
  if (stories->keeper.known == NULL) return false;
  an_arena_reset(&stories->one);
  uint64_t *asked = AN_NEW(&stories->one, uint64_t, count);
  if (asked == NULL) return false;
  for (uint32_t i = 0; i < count; i++) asked[i] = members[i]->number;
  return stories->keeper.known(stories->keeper.ctx, asked, count);
}

/* ---- All ------------------------------------------------------------------------------------------------ */

/* The same page given twice is one page. */
static uint32_t drop_doubles(st_page **all, uint32_t count) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (kept == 0 || memcmp(all[kept - 1]->sha256, all[i]->sha256, sizeof all[i]->sha256) != 0 || all[kept - 1]->url != all[i]->url) all[kept++] = all[i];
  for (uint32_t i = 0; i < kept; i++) all[i]->rank = i;
  return kept;
}

static an_status tell_keeper(an_stories *stories, st_page *const *all, uint32_t count, an_error *err) {
  an_buf buf;
  an_status status = AN_OK;
  if (stories->keeper.keep == NULL) return AN_OK;
  an_buf_init(&buf, (size_t)1 << 24);
  for (uint32_t i = 0; i < count && status == AN_OK; i++) {
    if (!all[i]->changed) continue;
    an_buf_clear(&buf);
    if (!all[i]->corrected && !st_sketch_write(&buf, all[i])) status = no_memory(err);
    else status = stories->keeper.keep(stories->keeper.ctx, all[i]->number, (an_text){buf.at, (uint32_t)buf.size}, err);
  }
  an_buf_free(&buf);
  return status;
}

an_status an_stories_find(an_stories *stories, an_story_sink *sink, void *to, an_error *err) {
  if (stories->list.count == 0) return AN_OK;
  st_page **all = stories->list.at;
  qsort(all, stories->list.count, sizeof *all, by_day);
  uint32_t count = stories->list.count = drop_doubles(all, stories->list.count);
  uint32_t *group_of = AN_NEW(&stories->arena, uint32_t, (size_t)count * 3);
  st_page **members = AN_NEW(&stories->arena, st_page *, count);
  st_bonds bonds;
  if (group_of == NULL || members == NULL || !st_bonds_of(&stories->corrections, all, count, &stories->arena, &bonds)) return no_memory(err);
  uint32_t *next = group_of + count, *last = next + count;
  AN_TRY(st_group(stories, all, count, &bonds, &stories->arena, group_of, err));
  for (uint32_t i = 0; i < count; i++) { /* a group is named by its first reading; a chain holds the others in order */
    next[i] = AN_NONE;
    if (group_of[i] == AN_NONE) continue;
    if (group_of[i] != i) next[last[group_of[i]]] = i;
    last[group_of[i]] = i;
  }
  for (uint32_t i = 0; i < count; i++) {
    uint32_t size = 0;
    if (group_of[i] != i) continue;
    for (uint32_t k = i; k != AN_NONE; k = next[k]) members[size++] = all[k];
    if (is_known(stories, members, size)) continue;
    AN_TRY(make_story(stories, members, size, sink, to, err));
  }
  return tell_keeper(stories, all, count, err);
}
