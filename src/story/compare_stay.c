/* SPDX-License-Identifier: Apache-2.0 */
/* When they were together: a report gives the length of a visit and its first day, another the week or the day of what the same two sides did then. */
#include "story/compare.h"

/* What a report gives: its words and the days that they mean; AN_DAYS_ANY: only how long. */
typedef struct stretch { an_span span; an_text text; an_days days; bool given, exact; } stretch;   /* exact: those days and no others */

/* "From June 4", three days: the 4th to the 6th. On a day within, no more is known than that it was then. */
static an_days days_of(const st_story *story, uint32_t reading, const dg_stay *s) {
  an_days days = st_when_days(story, reading, &s->when);
  if (!an_days_is_single(days) || days.earliest <= AN_DAY_OPEN_EARLIEST + UINT8_MAX || days.latest >= AN_DAY_OPEN_LATEST - UINT8_MAX) return AN_DAYS_ANY;
  an_day before = s->edge == DG_BEGINS ? 0 : s->length - 1, behind = s->edge == DG_ENDS ? 0 : s->length - 1;
  return an_days_between(days.earliest - before, days.latest + behind);
}

static uint32_t sides(dg_words who, const dg_event *e) {
  uint32_t met = 0;
  for (uint32_t i = 0; i < who.count; i++) {
    bool here = false;
    for (uint32_t k = 0; k < e->actors.count + e->recipients.count; k++) {
      an_text country = k < e->actors.count ? e->actors.at[k].country : e->recipients.at[k - e->actors.count].country;
      here |= country.at != NULL && dg_word_key(an_fold_hash(country), DG_NAMED) == who.at[i];
    }
    met += here;
  }
  return met;
}

/* Of the stays that a report tells of these two the one whose days are known. */
static stretch stay_told(const st_story *story, uint32_t reading, const dg_stay *first) {
  const dg *d = story->readings[reading].d;
  stretch best = {0};
  for (uint32_t i = 0; i < d->stay_count; i++) {
    const dg_stay *s = &d->stays[i];
    stretch x = {s->span, s->text, days_of(story, reading, s), true, s->edge != DG_WITHIN};
    bool same = s == first || (s->length == first->length && dg_keys_common(s->who, first->who) > 0);
    if (same && (!best.given || (an_days_is_open(best.days) && !an_days_is_open(x.days)))) best = x;
  }
  return best;
}

/* Else the widest days that it gives for what the two sides did then. */
static stretch days_told(const st_story *story, uint32_t reading, dg_words who, an_days then) {
  const st_reading *r = &story->readings[reading];
  stretch best = {0};
  for (uint32_t i = 0; i < r->d->event_count; i++) {
    const dg_event *e = &r->d->events[i];
    an_days days = r->events[i].when;
    if (sides(who, e) < 2 || !st_says_a_day(e) || an_days_is_open(days) || !st_days_meet(days, then)) continue;
    if (!best.given || (int64_t)days.latest - days.earliest > (int64_t)best.days.latest - best.days.earliest) best = (stretch){e->when.span, e->when.text, days, true, true};
  }
  return best;
}

static void write_stay(st_story *story, uint32_t reading, const dg_stay *seed) {
  row r = row_begin(story, AN_OF_DAY, AN_LIT("days of the visit or talks"));
  stretch first = stay_told(story, reading, seed), kept[MAX_VALUES];
  for (uint32_t i = 0; i < story->reading_count && r.value_count < MAX_VALUES; i++) {
    stretch x = i == reading ? first : (stretch){0};
    if (st_compares(story, i) && i != reading) x = stay_told(story, i, seed);
    if (st_compares(story, i) && !x.given && !an_days_is_open(first.days) && seed->who.count > 1) x = days_told(story, i, seed->who, first.days);
    if (!x.given || !st_days_meet(x.days, first.days)) continue;
    kept[r.value_count] = x;
    row_value(&r, i, x.span, x.text, (an_text){0}, x.exact && !an_days_is_open(x.days) ? st_days_said(story, x.days) : x.text);
    for (uint32_t k = 0; k + 1 < r.value_count; k++) {
      const char *why = "the same length";
      bool known = !an_days_is_open(x.days) && !an_days_is_open(kept[k].days);
      an_verdict verdict = known ? st_days_verdict(x.days, kept[k].days, &why) : AN_AGREE;
      row_verdict(&r, verdict, why);
    }
  }
  row_end(&r);
}

/* One row a story: the first stay whose days are known, else the first. */
void st_compare_stays(st_story *story) {
  const dg_stay *seed = NULL;
  uint32_t reading = 0;
  bool known = false;
  for (uint32_t r = 0; r < story->reading_count; r++)
    for (uint32_t i = 0; st_compares(story, r) && i < story->readings[r].d->stay_count; i++) {
      const dg_stay *s = &story->readings[r].d->stays[i];
      bool dated = !an_days_is_open(days_of(story, r, s));
      if (known || (seed != NULL && !dated)) continue;
      seed = s;
      reading = r;
      known = dated;
    }
  if (seed != NULL) write_stay(story, reading, seed);
}
