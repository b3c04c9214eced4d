/* SPDX-License-Identifier: Apache-2.0 */
/* an_stories_*: digests in, stories out. Sorts the digests, groups them, and makes one story after another whole. */
#include "story/tell.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_MEMORY_MIB = 2048, STORY_MEMORY_MIB = 1024, ROUNDS = 3 };

struct an_stories {
  an_arena arena, one;                   /* of all briefs; of the story at hand */
  AN_LIST(const st_brief *) list;
  an_story_known *known; void *known_ctx;
  st_corrections corrections;
};

void an_stories_correct(an_stories *stories, const an_correction *corrections, uint32_t count) { stories->corrections = (st_corrections){corrections, count}; }

void an_stories_skip(an_stories *stories, an_story_known *known, void *ctx) {
  stories->known = known;
  stories->known_ctx = ctx;
}

an_status an_stories_open(const an_engine *engine, size_t max_memory, an_stories **out, an_error *err) {
  (void)engine; /* stories need no data today: the engine stands for the stamp that digests must share */
  an_stories *s = calloc(1, sizeof *s);
  if (s == NULL) return an_fail(err, AN_ERR_MEMORY, "story", "no memory");
  an_arena_init(&s->arena, max_memory > 0 ? max_memory : (size_t)DEFAULT_MEMORY_MIB << 20);
  an_arena_init(&s->one, (size_t)STORY_MEMORY_MIB << 20);
  *out = s;
  return AN_OK;
}

void an_stories_close(an_stories *stories) {
  if (stories == NULL) return;
  an_arena_free(&stories->arena);
  an_arena_free(&stories->one);
  free(stories);
}

an_status an_stories_add(an_stories *stories, an_digest digest, an_error *err) {
  dg d;
  an_arena_reset(&stories->one);
  an_text bytes = an_arena_copy(&stories->arena, (const char *)digest.bytes, digest.size);
  if (bytes.at == NULL) return an_fail(err, AN_ERR_LIMIT, "story", "these digests need more memory for stories than is allowed");
  AN_TRY(dg_read((an_digest){(const uint8_t *)bytes.at, bytes.size}, &stories->one, &d, err)); /* texts of the brief lie in the copy */
  bool own = st_correct(&stories->corrections, &stories->one, &d);
  st_brief *brief = AN_NEW(&stories->arena, st_brief, 1);
  const st_brief **place = AN_PUSH(&stories->arena, &stories->list);
  if (brief == NULL || place == NULL || !st_brief_of(&stories->arena, &d, bytes, brief))
    return an_fail(err, AN_ERR_LIMIT, "story", "these digests need more memory for stories than is allowed");
  if (own) brief->twin = brief->rest = an_hash64(brief->sha256, sizeof brief->sha256); /* it is as no other is */
  *place = brief;
  return AN_OK;
}

/* By the page's own day, unknown last; then by content and address, so that the order of adding never shows. */
static int by_day(const void *a, const void *b) {
  const st_brief *x = *(const st_brief *const *)a, *y = *(const st_brief *const *)b;
  an_day p = x->day == AN_DAY_OPEN_EARLIEST ? AN_DAY_OPEN_LATEST : x->day;
  an_day q = y->day == AN_DAY_OPEN_EARLIEST ? AN_DAY_OPEN_LATEST : y->day;
  if (p != q) return p < q ? -1 : 1;
  int sha = memcmp(x->sha256, y->sha256, sizeof x->sha256);
  return sha != 0 ? sha : (x->url > y->url) - (x->url < y->url);
}

static bool make_reading(st_story *story, st_reading *r, const dg *d) {
  *r = (st_reading){.d = d, .published = d->published, .day = d->day, .basis = d->basis, .evidence = d->evidence,
                    .evidence_count = d->evidence_count, .copy_of = AN_NONE, .version_of = AN_NONE};
  r->published.weekdays = 0; /* the weekday that the text implies is of what it tells; the page may appear days later */
  r->evidence_reading = AN_NEW(story->arena, uint32_t, d->evidence_count);
  r->events = AN_NEW(story->arena, st_event, d->event_count);
  if (r->evidence_reading == NULL || r->events == NULL) return false;
  for (uint32_t i = 0; i < d->evidence_count; i++) r->evidence_reading[i] = (uint32_t)(r - story->readings);
  for (uint32_t i = 0; i < d->event_count; i++) {
    r->events[i] = (st_event){.e = &d->events[i], .when = d->events[i].when.days, .cluster = AN_NONE};
    if (!st_act_of(story->arena, &d->events[i], &r->events[i].act)) return false;
  }
  return true;
}

/* Sharper days let more events match, and matches sharpen days: a few rounds reach rest. */
static an_status make_story(an_arena *arena, const st_corrections *corrections, const st_brief *const *members, uint32_t count, an_story_sink *sink, void *to, an_error *err) {
  an_arena_reset(arena);
  st_story story = {.arena = arena, .reading_count = count};
  story.readings = AN_NEW(arena, st_reading, count);
  dg *digests = AN_NEW(arena, dg, count);
  if (story.readings == NULL || digests == NULL) return an_fail(err, AN_ERR_LIMIT, "story", "a story of %u readings needs more memory than is allowed", count);
  an_map twins = {0};
  for (uint32_t i = 0; i < count; i++) {
    an_digest digest = {(const uint8_t *)members[i]->digest.at, members[i]->digest.size};
    uint32_t *twin = members[i]->profile_count == 0 ? NULL : an_map_put(arena, &twins, members[i]->rest, i);
    bool shared = twin != NULL && *twin != i;
    if (shared) digests[i] = digests[*twin];
    AN_TRY(shared ? dg_read_page(digest, arena, &digests[i], err) : dg_read(digest, arena, &digests[i], err));
    if (!shared) st_correct(corrections, arena, &digests[i]);
    story.short_of |= !make_reading(&story, &story.readings[i], &digests[i]);
    story.readings[i].twin = shared ? *twin : AN_NONE;
  }
  if (!story.short_of) st_find_copies(&story);
  for (unsigned round = 0; round < ROUNDS && !story.short_of; round++) {
    st_match(&story);
    if (story.short_of || !st_sharpen(&story)) break;
  }
  if (!story.short_of) st_match(&story);
  if (!story.short_of) st_compare(&story);
  an_story told;
  if (story.short_of || !st_tell(&story, &told)) return an_fail(err, AN_ERR_LIMIT, "story", "a story of %u readings needs more memory than is allowed", count);
  return sink(to, &told, err);
}

static bool is_known(an_stories *stories, const st_brief *const *members, uint32_t count) {
  if (stories->known == NULL) return false;
  an_arena_reset(&stories->one);
  an_story_member *asked = AN_NEW(&stories->one, an_story_member, count);
  if (asked == NULL) return false;
  for (uint32_t i = 0; i < count; i++) asked[i] = (an_story_member){members[i]->sha256, members[i]->address};
  return stories->known(stories->known_ctx, asked, count);
}

/* The same page given twice is one page. */
static uint32_t drop_doubles(const st_brief **all, uint32_t count) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (kept == 0 || memcmp(all[kept - 1]->sha256, all[i]->sha256, sizeof all[i]->sha256) != 0 || all[kept - 1]->url != all[i]->url) all[kept++] = all[i];
  return kept;
}

an_status an_stories_find(an_stories *stories, an_story_sink *sink, void *to, an_error *err) {
  if (stories->list.count == 0) return AN_OK;
  const st_brief **all = stories->list.at;
  qsort(all, stories->list.count, sizeof *all, by_day);
  uint32_t count = stories->list.count = drop_doubles(all, stories->list.count);
  uint32_t *group_of = AN_NEW(&stories->arena, uint32_t, (size_t)count * 3), *next = group_of + count, *last = group_of + 2 * (size_t)count;
  const st_brief **members = AN_NEW(&stories->arena, const st_brief *, count);
  if (group_of == NULL || members == NULL) return an_fail(err, AN_ERR_LIMIT, "story", "%u readings need more memory than is allowed", count);
  st_bonds_of bonds;
  if (!st_bonds(&stories->corrections, all, count, &stories->arena, &bonds)) return an_fail(err, AN_ERR_LIMIT, "story", "%u corrections need more memory than is allowed", stories->corrections.count);
  AN_TRY(st_group(all, count, &bonds, &stories->arena, group_of, err));
  for (uint32_t i = 0; i < count; i++) { /* a group is named by its first reading; a chain holds the others in order */
    next[i] = AN_NONE;
    if (group_of[i] != i) next[last[group_of[i]]] = i;
    last[group_of[i]] = i;
  }
  for (uint32_t i = 0; i < count; i++) {
    uint32_t size = 0;
    if (group_of[i] != i) continue;
    for (uint32_t k = i; k != AN_NONE; k = next[k]) members[size++] = all[k];
    if (is_known(stories, members, size)) continue;
    AN_TRY(make_story(&stories->one, &stories->corrections, members, size, sink, to, err));
  }
  return AN_OK;
}
