/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the proposed pairs. What a look gave is kept with the page of the higher number, so that new pages bring theirs along and
   old rows stay as they are; a pair of two pages of which one is fresh is looked at again, and one that is not proposed any more is
   forgotten. Bytes of `looked`, a pair each, by ascending number of the other page: varint of (its number less the last one's) * 2 +
   linked, and where they are linked two bytes: the score, and in the highest bit whether it joined two groups (group.c). */
#include "story/parts.h"

#include <math.h>
#include <stdlib.h>

enum { JOINED = 0x8000 };
typedef struct memory { const uint8_t *at, *end; uint64_t number; bool linked; uint16_t score; } memory;   /* score: with JOINED */

/* The next look; false: there is none. */
static bool next_look(memory *m) {
  uint64_t step = 0;
  for (unsigned shift = 0; shift < 63; shift += 7) {
    if (m->at == m->end) return false;
    step |= (uint64_t)(*m->at & 127) << shift;
    if ((*m->at++ & 128) == 0) break;
  }
  m->number += step >> 1;
  m->linked = (step & 1) != 0;
  m->score = 0;
  if (!m->linked) return true;
  if (m->end - m->at < 2) return false;
  m->score = (uint16_t)(m->at[0] | m->at[1] << 8);
  m->at += 2;
  return true;
}

static void add_look(an_buf *buf, uint64_t step, uint16_t score) {
  uint64_t code = step << 1 | (score > 0);
  for (; code > 127; code >>= 7) an_buf_char(buf, (char)((code & 127) | 128));
  an_buf_char(buf, (char)code);
  if (score == 0) return;
  an_buf_char(buf, (char)score);
  an_buf_char(buf, (char)(score >> 8));
}

/* How like two pages are, or that they can never be of one story. That two came out some days apart does not say so of what else joins them. */
static uint16_t steps_of(double score, bool apart) {
  if (score < 0) return apart ? 0 : ST_NEVER;
  return score < ST_FAINT ? 0 : (uint16_t)lround(score / ST_STEP);
}

/* ---- Pairs by the page that keeps them --------------------------------------------------------------- */

static uint32_t keeper_of(st_page *const *pages, uint32_t a, uint32_t b) { return pages[a]->number > pages[b]->number ? a : b; }

typedef struct other { uint64_t number; uint32_t page; } other;

static int by_number(const void *a, const void *b) {
  const other *x = a, *y = b;
  return (x->number > y->number) - (x->number < y->number);
}

static bool sort_by_keeper(st_page *const *pages, uint32_t count, const uint32_t *near, an_arena *arena, uint32_t **begins, other **others) {
  uint32_t *at = *begins = AN_NEW(arena, uint32_t, (size_t)count + 2), sum = 0;
  if (at == NULL) return false;
  for (uint32_t i = 0; i < count * ST_NEAR; i++)
    if (near[i] != AN_NONE) at[keeper_of(pages, i / ST_NEAR, near[i]) + 2]++;
  for (uint32_t i = 0; i < count; i++) at[i + 2] += at[i + 1];
  sum = at[count + 1];
  *others = AN_NEW(arena, other, sum);
  if (*others == NULL) return false;
  for (uint32_t i = 0; i < count * ST_NEAR; i++) {
    if (near[i] == AN_NONE) continue;
    uint32_t keeper = keeper_of(pages, i / ST_NEAR, near[i]), low = keeper == near[i] ? i / ST_NEAR : near[i];
    (*others)[at[keeper + 1]++] = (other){pages[low]->number, low};
  }
  return true;
}

/* ---- Looks --------------------------------------------------------------------------------------------- */

static an_status look(st_source *source, st_page *a, st_page *b, uint16_t *score, an_error *err) {
  AN_TRY(st_brief_needed(source, a, err));
  AN_TRY(st_brief_needed(source, b, err));
  bool dated = st_near_days(a->published) && st_near_days(b->published);
  *score = steps_of(st_score(a->rank < b->rank ? a->brief : b->brief, a->rank < b->rank ? b->brief : a->brief), dated && st_days_apart(a->published, b->published));
  return AN_OK;
}

static bool add_pair(an_arena *arena, st_pairs *out, const st_page *keeper, const st_page *low, st_pair made) {
  st_pair *place = AN_PUSH(arena, &out->list);
  if (place == NULL) return false;
  made.b_keeps = low->rank < keeper->rank;
  made.a = made.b_keeps ? low->rank : keeper->rank;
  made.b = made.b_keeps ? keeper->rank : low->rank;
  *place = made;
  return true;
}

/* All pairs that one page keeps. */
static an_status look_at(st_source *source, st_page *const *pages, st_page *keeper, other *others, uint32_t count, an_buf *buf, an_arena *arena, st_pairs *out, an_error *err) {
  memory known = {.at = (const uint8_t *)keeper->looked.at, .end = (const uint8_t *)keeper->looked.at + keeper->looked.size};
  bool more = !keeper->fresh && known.at != known.end && next_look(&known), well = true;
  uint64_t last = 0;
  an_buf_clear(buf);
  qsort(others, count, sizeof *others, by_number);
  for (uint32_t i = 0; i < count; i++) {
    st_page *low = pages[others[i].page];
    uint16_t score = 0;
    if (i > 0 && others[i].page == others[i - 1].page) continue;
    while (more && known.number < low->number) more = next_look(&known);
    bool is_known = more && known.number == low->number && !low->fresh;
    if (is_known) score = known.score;
    else AN_TRY(look(source, keeper, low, &score, err));
    add_look(buf, low->number - last, score);
    last = low->number;
    st_pair made = {.at = (uint32_t)buf->size - 1, .score = (uint16_t)(score & (JOINED - 1)), .known = is_known, .joined = (score & JOINED) != 0};
    if (score > 0) well &= add_pair(arena, out, keeper, low, made);
  }
  if (!an_text_equal(keeper->looked, (an_text){buf->at, (uint32_t)buf->size})) {
    keeper->looked = an_arena_copy(arena, buf->at, buf->size);
    keeper->changed = true;
    well &= keeper->looked.at != NULL;
  }
  return well && !buf->failed ? AN_OK : an_fail(err, AN_ERR_LIMIT, "story", "the pairs of pages need more memory for stories than is allowed");
}

/* `looked` lies in the arena of all pages, and is nobody else's. */
void st_keep_joined(st_page *keeper, const st_pair *pair, bool joined) {
  if (pair->joined == joined) return;
  ((uint8_t *)(uintptr_t)keeper->looked.at)[pair->at] ^= JOINED >> 8;
  keeper->changed = true;
}

an_status st_look(st_source *source, st_page **pages, uint32_t count, const uint32_t *near, an_arena *arena, st_pairs *out, an_error *err) {
  uint32_t *begins = NULL;
  other *others = NULL;
  an_buf buf;
  an_status status = AN_OK;
  if (!sort_by_keeper(pages, count, near, arena, &begins, &others)) return an_fail(err, AN_ERR_LIMIT, "story", "%u pages need more memory for stories than is allowed", count);
  an_buf_init(&buf, (size_t)1 << 24);
  for (uint32_t i = 0; i < count && status == AN_OK; i++)
    status = look_at(source, pages, pages[i], others + begins[i], begins[i + 1] - begins[i], &buf, arena, out, err);
  an_buf_free(&buf);
  return status;
}
