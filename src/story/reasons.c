/* SPDX-License-Identifier: Apache-2.0 */
/* Why a page is in its story, for whoever asks: the report that it is most like, and what speaks for and against the two being of one story, each by its share
   of the sum (score.c). A page is held against MANY others at most, evenly spaced, so that a large story costs no more a page than a small one. */
#include "story/parts.h"

#include <math.h>
#include <stdio.h>

enum { MANY = 8, LONGEST = 400 };
#define LEAST_SHARE 0.05

static const char *const names[ST_TERMS] = {
  [ST_WORDS] = "words in common", [ST_CONTAINED] = "the shorter page's words", [ST_HEAD] = "words told up front", [ST_NAMES] = "names up front", [ST_NAMES_APART] = "no name up front in common", [ST_MEANING] = "what clauses mean", [ST_LENGTH] = "how long the shorter page is",
  [ST_NUMBERS] = "numbers in common", [ST_COUNTED_ALIKE] = "the same count up front", [ST_WEEKDAY_SAME] = "a weekday up front in common", [ST_WEEKDAY_OTHER] = "other weekdays up front",
  [ST_UNDATED] = "a page without a day", [ST_ACT_APART] = "one act at other times or places", [ST_PLACES_APART] = "other cities up front", [ST_FAR_DAYS] = "days apart"};

/* The weightiest first. */
static void say(st_story *story, st_reading *r, const st_brief *a, const st_brief *b) {
  char text[LONGEST];
  double shares[ST_TERMS], sum = st_shares(a, b, shares);
  int size = snprintf(text, sizeof text, "%.1f =", sum);
  for (;;) {
    unsigned best = 0;
    for (unsigned i = 1; i < ST_TERMS; i++)
      if (fabs(shares[i]) > fabs(shares[best])) best = i;
    if (fabs(shares[best]) < LEAST_SHARE || size < 0 || size + 64 > LONGEST) break;
    size += snprintf(text + size, sizeof text - (size_t)size, " %+.1f %s,", shares[best], names[best]);
    sum -= shares[best];
    shares[best] = 0;
  }
  if (size < 0 || size + 64 > LONGEST) return;
  size += snprintf(text + size, sizeof text - (size_t)size, " %+.1f of any two pages", sum);
  r->shares = an_arena_copy(story->arena, text, (uint32_t)size);
  if (r->shares.at == NULL) story->short_of = true;
}

void st_give_reasons(st_story *story) {
  uint32_t *originals = AN_NEW(story->arena, uint32_t, story->reading_count), count = 0;
  if (originals == NULL) { story->short_of = true; return; }
  for (uint32_t i = 0; i < story->reading_count; i++) {
    story->readings[i].most_like = story->readings[i].copy_of;
    if (story->readings[i].copy_of == AN_NONE) originals[count++] = i;
    else story->readings[i].shares = AN_LIT("a copy");
  }
  st_brief *briefs = AN_NEW(story->arena, st_brief, count);
  if (briefs == NULL || count < 2) { story->short_of |= briefs == NULL; return; }
  for (uint32_t i = 0; i < count; i++)
    if (!st_brief_of(story->arena, story->lexis, story->readings[originals[i]].d, &briefs[i])) { story->short_of = true; return; }
  uint32_t step = (count + MANY - 1) / MANY;
  for (uint32_t i = 0; i < count && !story->short_of; i++) {
    uint32_t best = AN_NONE;
    double most = -INFINITY;
    for (uint32_t k = i % step; k < count; k += step) {
      double like = k == i ? -INFINITY : st_likeness(&briefs[i], &briefs[k]);
      if (like <= most) continue;
      most = like;
      best = k;
    }
    if (best == AN_NONE) best = i == 0 ? 1 : 0;
    st_reading *r = &story->readings[originals[i]];
    r->most_like = originals[best];
    say(story, r, &briefs[i], &briefs[best]);
  }
}
