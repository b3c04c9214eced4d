/* SPDX-License-Identifier: Apache-2.0 */
/* Dates travel: one page that knows its day fixes the weekdays of its sisters.

   A happening that several pages tell is on a day of all their day sets. Where one report names the day, a sister that says
   "on Tuesday" was published on that Tuesday or within the six days after it, "this week" in that week; then everything else
   on that page that hangs on its publication ("last year") is set again. */
#include "story/parts.h"

an_days st_published_from(an_anchor anchor, an_days event) {
  an_days out = AN_DAYS_ANY;
  an_days unit = event.earliest == AN_DAY_OPEN_EARLIEST ? out : an_days_unit(event.earliest, anchor.unit);
  if (anchor.to != AN_ANCHOR_PUBLISHED || an_days_is_open(unit) || event.latest > unit.latest) return out;
  an_day day = event.earliest;
  if (anchor.weekday != 0 && anchor.side != 0 && anchor.unit == AN_UNIT_DAY && anchor.offset == 0)
    return anchor.side < 0 ? an_days_between(day, day + 6) : an_days_between(day - 6, day);
  if (anchor.unit == AN_UNIT_DAY && anchor.weekday == 0) return an_days_single(day - anchor.offset);
  if (anchor.offset == 0) return an_days_unit(day, anchor.unit);
  if (anchor.unit == AN_UNIT_WEEK) {
    an_days week = an_days_unit(day, AN_UNIT_WEEK);
    return an_days_between(week.earliest - 7 * anchor.offset, week.latest - 7 * anchor.offset);
  }
  return out; /* months and years away say too little of a day */
}

/* What dates the sister: the best evidence for its own page's day where it has one, else the time that the report gives (from; NULL: the caller's word). */
static dg_evidence evidence_of(const st_story *story, uint32_t reading, const dg_when *from, an_days says) {
  const dg *d = story->readings[reading].d;
  an_text said = st_days_said(story, says);
  if (d->evidence_count > 0 && (from == NULL || d->day != AN_DAY_OPEN_EARLIEST)) return (dg_evidence){d->evidence[0].span, d->evidence[0].text, said, says};
  if (from == NULL) return (dg_evidence){.says = said, .days = says};
  return (dg_evidence){from->span, from->text, said, says};
}

/* The words that time an event; those that tell it, where its page gives it no words of time. */
static dg_when time_of(const dg_event *e) {
  dg_when when = e->when;
  if (when.span.begin < when.span.end) return when;
  when.span = e->shown;
  when.text = e->text;
  return when;
}

/* from: the time that dates it; NULL: that the sister came out then. */
static void take_evidence(st_story *story, st_reading *r, uint32_t from_reading, const dg_when *from, an_days says) {
  dg_evidence *evidence = AN_NEW(story->arena, dg_evidence, (size_t)r->evidence_count + 1);
  uint32_t *readings = AN_NEW(story->arena, uint32_t, (size_t)r->evidence_count + 1);
  if (evidence == NULL || readings == NULL) { story->short_of = true; return; }
  for (uint32_t i = 0; i < r->evidence_count; i++) {
    evidence[i] = r->evidence[i];
    readings[i] = r->evidence_reading[i];
  }
  evidence[r->evidence_count] = evidence_of(story, from_reading, from, says);
  readings[r->evidence_count] = from_reading;
  r->evidence = evidence;
  r->evidence_reading = readings;
  r->evidence_count++;
}

/* An event whose page gives it no time of its own dates nothing: that it was near the day of publication is a guess. */
static bool says_when(const dg_event *e) { return e->when.basis == AN_WHEN_STATED || e->when.basis == AN_WHEN_RELATIVE; }

/* The report in the cluster that knows the days best (a week at most): the fewest days, then its own words, then page order. */
static uint32_t dated_report(const st_story *story, const st_cluster *cluster) {
  uint32_t best = AN_NONE;
  int64_t best_cost = INT64_MAX;
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    const st_event *event = &story->readings[cluster->told.at[i].reading].events[cluster->told.at[i].event];
    int64_t days = (int64_t)event->when.latest - event->when.earliest;
    int64_t cost = 2 * days + (event->e->when.basis == AN_WHEN_STATED ? 0 : 1);
    if (!says_when(event->e) || days > 6 || cost >= best_cost) continue;
    best = i;
    best_cost = cost;
  }
  return best;
}

static bool narrower(an_days now, an_days was) {
  return now.earliest > was.earliest || now.latest < was.latest;
}

static void set_events_again(st_reading *r) {
  for (uint32_t i = 0; i < r->d->event_count + r->d->faint_count; i++) {
    const dg_event *e = r->events[i].e;
    an_days again, both;
    if (e->when.anchor.to != AN_ANCHOR_PUBLISHED) continue;
    again = an_anchor_days(e->when.anchor, r->published);
    if (an_days_meet(again, r->events[i].when, &both)) r->events[i].when = both;
  }
}

/* ---- Between which days it came out ---- */

/* A report with a day that this one copies, or that copies it. */
static uint32_t dated_copy(const st_story *story, uint32_t i) {
  uint32_t of = story->readings[i].copy_of;
  if (of != AN_NONE && st_near_days(story->readings[of].d->published)) return of;
  for (uint32_t k = 0; k < story->reading_count; k++)
    if (story->readings[k].copy_of == i && st_near_days(story->readings[k].d->published)) return k;
  return AN_NONE;
}

/* Any other page may be a report of what came of it, weeks later: of those that the days of their story bounded half came out in these days. */
void st_bound(st_story *story) {
  an_days both;
  for (uint32_t i = 0; i < story->reading_count && !story->short_of; i++) {
    st_reading *r = &story->readings[i];
    uint32_t of = st_near_days(r->published) ? AN_NONE : dated_copy(story, i);
    if (of == AN_NONE) continue;
    an_days days = story->readings[of].d->published, bounds = an_days_between(days.earliest - MAX_DAYS_APART, days.latest + MAX_DAYS_APART);
    if (!an_days_meet(r->published, bounds, &both)) continue;
    r->published = both;
    r->basis = AN_BASIS_STORY;
    take_evidence(story, r, of, NULL, bounds);
    set_events_again(r);
  }
}

/* ---- On which day, by what both tell ---- */

bool st_sharpen_page(st_story *story, uint32_t reading, an_anchor anchor, an_days happened, uint32_t from_reading, const dg_when *from) {
  st_reading *r = &story->readings[reading];
  an_days published;
  if (anchor.to != AN_ANCHOR_PUBLISHED || an_days_is_single(r->published)) return false;
  if (!an_days_meet(r->published, st_published_from(anchor, happened), &published) || !narrower(published, r->published)) return false;
  r->published = published;
  r->basis = AN_BASIS_STORY;
  /* News of a weekday appears on it or the day after in six cases of ten (stories page of the design notes): the first. */
  if (r->day == AN_DAY_OPEN_EARLIEST && anchor.unit == AN_UNIT_DAY && anchor.side <= 0) r->day = published.earliest;
  if (r->day != AN_DAY_OPEN_EARLIEST && (r->day < published.earliest || r->day > published.latest)) r->day = published.earliest;
  take_evidence(story, r, from_reading, from, happened);
  set_events_again(r);
  return true;
}

static bool sharpen_one(st_story *story, st_told told, uint32_t from_reading, const dg_event *from, an_days happened) {
  const dg_event *e = story->readings[told.reading].events[told.event].e;
  dg_when when = time_of(from);
  return says_when(e) && st_sharpen_page(story, told.reading, e->when.anchor, happened, from_reading, &when);
}

static bool is_dated(const st_story *story, uint32_t reading) { return an_days_is_single(story->readings[reading].published); }

/* An event too uncertain to be told dates a sister's all the same, where it fits it: two that tell one thing raise each other. */
static bool sharpen_by_sighting(st_story *story, const st_cluster *cluster, uint32_t reading, const st_event *seen) {
  bool any = false;
  int64_t days = (int64_t)seen->when.latest - seen->when.earliest;
  if (!says_when(seen->e) || seen->e->background || days > 6 || st_fit_cluster(story, cluster, seen) < ST_FITS) return false;
  for (uint32_t i = 0; i < cluster->told.count; i++)
    if (cluster->told.at[i].reading != reading) any |= sharpen_one(story, cluster->told.at[i], reading, seen->e, seen->when);
  return any;
}

static bool sharpen_by_sightings(st_story *story) {
  bool any = false, undated = false;
  for (uint32_t r = 0; r < story->reading_count; r++) undated |= !is_dated(story, r);
  for (uint32_t c = 0; undated && c < story->clusters.count; c++)
    for (uint32_t r = 0; r < story->reading_count; r++)
      for (uint32_t i = 0; is_dated(story, r) && i < story->readings[r].d->faint_count; i++)
        any |= sharpen_by_sighting(story, &story->clusters.at[c], r, &story->readings[r].events[story->readings[r].d->event_count + i]);
  return any;
}

bool st_sharpen(st_story *story) {
  bool any = false;
  for (uint32_t c = 0; c < story->clusters.count && !story->short_of; c++) {
    const st_cluster *cluster = &story->clusters.at[c];
    uint32_t dated = dated_report(story, cluster);
    if (cluster->told.count < 2 || dated == AN_NONE) continue;
    st_told source = cluster->told.at[dated];
    const st_event *from = &story->readings[source.reading].events[source.event];
    if (from->e->background) continue;
    for (uint32_t i = 0; i < cluster->told.count; i++)
      if (cluster->told.at[i].reading != source.reading)
        any |= sharpen_one(story, cluster->told.at[i], source.reading, from->e, from->when);
  }
  return sharpen_by_sightings(story) || any;
}
