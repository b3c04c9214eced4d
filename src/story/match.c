/* SPDX-License-Identifier: Apache-2.0 */
/* Which events of a story's readings are one happening. Readings are taken in order, each event to the best cluster that it
   fits; a cluster holds one event a page, a second only where the page plainly tells the same thing again. A pending and a
   done act, a denied and a told one are never one happening: they are compared, not joined. */
#include "story/parts.h"

#include <math.h>

#define FITS_AGAIN 0.80
enum { ASKED = 16 };      /* members of a cluster that an event is held against */

static double fit(const st_event *x, const st_event *y) {
  const dg_event *a = x->e, *b = y->e;
  if (x->act.type != y->act.type || a->negated != b->negated || x->act.pending != y->act.pending) return 0;
  if (!st_days_meet(x->when, y->when) || st_other_place(&x->act.where, &y->act.where)) return 0;
  double parties = st_parties_fit(&x->act, &y->act);
  if (parties < 0.4) return 0;
  /* Two words in common of a clause of two say little. */
  double lighter = fmin(dg_words_weight(a->words), dg_words_weight(b->words));
  double words = dg_words_contained(a->words, b->words) * fmin(1, lighter / 3);
  bool same_word = a->trigger_word != 0 && a->trigger_word == b->trigger_word;
  /* Neither the words nor the people are the same: two acts of one country. */
  bool exact = (st_named_alike(x->act.actors, y->act.actors) && st_named_alike(x->act.recipients, y->act.recipients)) ||
               (st_named_alike(x->act.actors, y->act.recipients) && st_named_alike(x->act.recipients, y->act.actors));
  bool same_day = an_days_is_single(x->when) && an_days_is_single(y->when);
  if (!same_word && words < (exact ? 0.15 : 0.2) && !(exact && (same_day || x->act.consult))) return 0;
  /* Who meets whom is what tells one meeting from another; other acts of the same parties are told apart by their words. */
  bool meeting = x->act.consult && parties == 1 && a->actors.count + a->recipients.count > 1;
  return 0.45 * parties + 0.30 * words + (meeting ? 0.15 : 0) + (same_word ? 0.15 : 0) + (same_day ? 0.05 : 0) +
         (a->lead && b->lead ? 0.10 : 0) + (st_same_place(&x->act.where, &y->act.where) ? 0.05 : 0) - (a->others != b->others ? 0.15 : 0) -
         (a->background != b->background ? 0.15 : 0);
}

static bool told_by_reading(const st_cluster *cluster, uint32_t reading) {
  /* Readings come in order, so that this one's are the last. */
  return cluster->told.count > 0 && cluster->told.at[cluster->told.count - 1].reading == reading;
}

/* Average over the cluster's members: one good resemblance is not enough. */
double st_fit_cluster(const st_story *story, const st_cluster *cluster, const st_event *event) {
  double sum = 0;
  uint32_t count = cluster->told.count < ASKED ? cluster->told.count : ASKED;
  for (uint32_t i = 0; i < count; i++) {
    st_told told = cluster->told.at[i];
    double f = fit(&story->readings[told.reading].events[told.event], event);
    if (f == 0) return 0;
    sum += f;
  }
  return sum / count;
}

static void put(st_story *story, uint32_t reading, uint32_t index, uint32_t into) {
  st_event *event = &story->readings[reading].events[index];
  st_cluster *cluster = &story->clusters.at[into];
  st_told *told = AN_PUSH(story->arena, &cluster->told);
  if (told == NULL) { story->short_of = true; return; }
  *told = (st_told){reading, index};
  event->cluster = into;
  an_days both;
  if (an_days_meet(cluster->when, event->when, &both)) cluster->when = both;
}

static void place(st_story *story, uint32_t reading, uint32_t index) {
  st_event *event = &story->readings[reading].events[index];
  double best = 0;
  uint32_t into = AN_NONE;
  for (uint32_t c = 0; c < story->clusters.count; c++) {
    double f = st_fit_cluster(story, &story->clusters.at[c], event);
    double needed = told_by_reading(&story->clusters.at[c], reading) ? FITS_AGAIN : ST_FITS;
    if (f < needed || f <= best) continue;
    best = f;
    into = c;
  }
  if (into == AN_NONE) {
    st_cluster *made = AN_PUSH(story->arena, &story->clusters);
    if (made == NULL) { story->short_of = true; return; }
    *made = (st_cluster){.when = event->when};
    into = story->clusters.count - 1;
  }
  put(story, reading, index, into);
}

void st_match(st_story *story) {
  story->clusters.count = 0;
  for (uint32_t r = 0; r < story->reading_count; r++)
    for (uint32_t i = 0; i < story->readings[r].d->event_count && !story->short_of; i++) {
      st_event *event = &story->readings[r].events[i];
      uint32_t twin = story->readings[r].twin;
      event->cluster = AN_NONE;
      if (event->e->repeats != AN_NONE) continue;
      if (twin == AN_NONE) place(story, r, i);
      else put(story, r, i, story->readings[twin].events[i].cluster);
    }
}
