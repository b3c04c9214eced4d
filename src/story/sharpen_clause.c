/* SPDX-License-Identifier: Apache-2.0 */
/* Dates travel by clauses, too: where no act is in common, a clause of a page without a day ("on Thursday the three signed …") tells what a
   dated report's clause tells (alike_clause.c), and that report knows on which day it was. */
#include "story/alike.h"

#define SURE 0.5 /* share at which two clauses tell one happening, for a day to hang on it */

typedef struct source { double share; const st_clause_at *told, *from; } source;

static bool is_dated(const st_story *story, uint32_t reading) { return an_days_is_single(story->readings[reading].published); }

/* It hangs on its page's day by a weekday or by days, as what was done or is to come. */
static bool hangs(const st_clause_at *at) {
  const dg_when *when = &at->c->when;
  return when->text.at != NULL && when->anchor.to == AN_ANCHOR_PUBLISHED && when->anchor.unit == AN_UNIT_DAY && !at->c->negated;
}

static bool tells_day(const st_clause_at *at) { return at->c->when.text.at != NULL && an_days_is_single(at->when) && !at->c->negated; }

static bool may_date(const st_clause_at *told, const st_clause_at *from) {
  unsigned weekday = told->c->when.anchor.weekday;
  return told->c->lead && from->c->lead && told->c->force == from->c->force && (weekday == 0 || weekday == an_day_weekday(from->when.earliest));
}

/* A clause of a page without a day, and one of another page that may date it: without them nothing is shared. */
static bool is_any(const st_story *story) {
  bool told = false, from = false;
  for (uint32_t r = 0; r < story->reading_count; r++)
    for (uint32_t i = 0; i < story->readings[r].d->clause_count; i++) {
      const dg_clause *c = &story->readings[r].d->clauses[i];
      st_clause_at at = {.reading = r, .index = i, .c = c, .when = st_when_days(story, r, &c->when)};
      if (!c->lead) continue;
      if (is_dated(story, r)) from |= tells_day(&at);
      else told |= hangs(&at);
    }
  return told && from;
}

static bool find_sources(st_story *story, source *best) {
  st_words words = {.lexis = story->lexis, .arena = story->arena, .reports = story->reading_count};
  st_linked linked = {0};
  st_shared shared;
  st_clause_at *all;
  uint32_t count;
  st_words_count_all(&words, story);
  if (!st_clauses_of(story, &words, &all, &count) || !st_share_clauses(story, &words, all, count, &shared)) return false;
  for (uint32_t a = 0; a < count; a++)
    for (uint32_t b = 0; b < count && !is_dated(story, all[a].reading) && hangs(&all[a]); b++) {
      if (!is_dated(story, all[b].reading) || !tells_day(&all[b]) || !may_date(&all[a], &all[b])) continue;
      source *s = &best[all[a].reading];
      double share = st_one_happening(story, &words, &shared, &linked, a, b);
      if (share >= SURE && share > s->share) *s = (source){share, &all[a], &all[b]};
    }
  return !words.short_of;
}

bool st_sharpen_by_clauses(st_story *story) {
  bool any = false;
  if (!is_any(story)) return false;
  source *best = AN_NEW(story->arena, source, story->reading_count);
  if (best == NULL) { story->short_of = true; return false; }
  for (uint32_t r = 0; r < story->reading_count; r++) best[r] = (source){.share = 0};
  st_choose_compared(story);
  if (!find_sources(story, best)) { story->short_of = true; return false; }
  for (uint32_t r = 0; r < story->reading_count; r++)
    if (best[r].told != NULL) any |= st_sharpen_page(story, r, best[r].told->c->when.anchor, best[r].from->when, best[r].from->reading, &best[r].from->c->when);
  return any;
}
