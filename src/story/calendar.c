/* SPDX-License-Identifier: Apache-2.0 */
/* Dates travel by what is told, too, act or none: every day near the dated reports is tried as the day on which a page without one came out. On that
   day "on Thursday the three signed …" is some Thursday; whether a dated report tells the like of that Thursday, tells of it at all, and how far off
   its own day is, are signs (calendar.tsv, tools/train_calendar.py), and so is that the page came out on none of these days. Where most of the
   likelihood lies on days that make the same days of what it tells, they are those days. */
#include "story/alike.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The rows of calendar.tsv. */
#define DAY_SIGNS(X)                                                                                                                              \
  X(LEAD_1, "up front a little like what is told of that day") X(LEAD_2, "up front like what is told of that day") X(LEAD_3, "up front very like what is told of that day") \
  X(LEAD_4, "up front nearly what is told of that day")                                                                                            \
  X(BODY_1, "a little like what is told of that day") X(BODY_2, "like what is told of that day") X(BODY_3, "very like what is told of that day")    \
  X(TWICE, "two clauses like what is told of their days") X(TWO_DAYS, "clauses of two days like what is told of them")                              \
  X(OTHER_1, "like what is told of another day") X(OTHER_2, "very like what is told of another day")                                                \
  X(TOLD_LEAD, "a day up front that is told of up front") X(TOLD, "a day up front that is told of") X(UNTOLD, "a day up front that nobody tells of") \
  X(TOLD_TWO, "two days that are told of")                                                                                                          \
  X(NEAR_0, "out on the same day") X(NEAR_1, "out a day off") X(NEAR_3, "out up to three days off") X(NEAR_7, "out up to a week off")                \
  X(NEAR_14, "out up to two weeks off") X(FAR, "out further off")                                                                                   \
  X(NEWEST_1, "the latest weekday told as past is of that day or the day before") X(NEWEST_3, "the latest weekday told as past is two or three days back")  \
  X(NEWEST_6, "the latest weekday told as past is longer back") X(OLDEST_5, "a weekday told as past is four or five days back")                        \
  X(OLDEST_6, "a weekday told as past is six days back")                                                                                             \
  X(NONE, "out on none of these days") X(NONE_LEAD, "on none, and no day up front") X(NONE_FACT, "on none, and no day at all")

AN_SIGNS(DAY_SIGNS, ST_DAY_SIGNS);

#define SURE 0.93               /* share of the likelihood that days must have to be told */
enum { AROUND = 28, ASIDE = 7, MOST_DAYS = 400 };   /* days tried before the first and after the last dated report; that what it tells may lie off its own; of all */
static const float LIKE[] = {0.15f, 0.3f, 0.5f, 0.7f};
enum { LIKE_1, LIKE_2, LIKE_3, LIKE_4 };

/* What dated reports tell of a day: the clause likest to a fact, and how like; clause AN_NONE: that a report came out then. */
typedef struct source { float share; uint32_t reading, clause; } source;
typedef struct day_told { bool told, lead; source by; } day_told;
typedef struct calendar {
  st_story *story; uint32_t reading;
  const st_clause_at *all; uint32_t count;
  an_day first, last, from, days;                   /* tried; the tables begin at `from` and have `days` days */
  day_told *told;                                   /* of a day */
  uint32_t *facts, fact_count;                      /* clauses of the page that hang on its day */
  source *like[2];                                  /* of a fact and a day; of what was done by then, of what was to come */
} calendar;

static bool is_dated(const st_story *story, uint32_t reading) { return an_days_is_single(story->readings[reading].published); }

static bool hangs(const st_clause_at *at) {
  const dg_when *when = &at->c->when;
  return when->text.at != NULL && when->anchor.to == AN_ANCHOR_PUBLISHED && when->anchor.unit == AN_UNIT_DAY && !at->c->negated;
}

static bool tells_day(const st_clause_at *at) { return at->c->when.text.at != NULL && an_days_is_single(at->when) && !at->c->negated; }

/* ---- What is told of which day -------------------------------------------------------------------------- */

static bool is_within(const calendar *c, an_day day) { return day >= c->from && (int64_t)day - c->from < c->days; }

static void tell_day(calendar *c, an_day day, bool lead, source by) {
  if (!is_within(c, day)) return;
  day_told *t = &c->told[day - c->from];
  if (!t->told || (lead && !t->lead)) t->by = by;
  t->told = true;
  t->lead |= lead;
}

static bool open_calendar(st_story *story, uint32_t reading, const st_clause_at *all, uint32_t count, calendar *out) {
  *out = (calendar){.story = story, .reading = reading, .all = all, .count = count, .first = AN_DAY_OPEN_LATEST, .last = AN_DAY_OPEN_EARLIEST};
  for (uint32_t r = 0; r < story->reading_count; r++) {
    an_day day = story->readings[r].published.earliest;
    if (!is_dated(story, r)) continue;
    if (day < out->first) out->first = day;
    if (day > out->last) out->last = day;
  }
  if (out->first > out->last || out->first < AN_DAY_OPEN_EARLIEST + MOST_DAYS || out->last > AN_DAY_OPEN_LATEST - MOST_DAYS || (int64_t)out->last - out->first > MOST_DAYS - 2 * (AROUND + ASIDE) - 1) return false;
  out->first -= AROUND;
  out->last += AROUND;
  out->from = out->first - ASIDE;
  out->days = out->last - out->first + 1 + 2 * ASIDE;
  out->told = AN_NEW(story->arena, day_told, (uint32_t)out->days);
  out->facts = AN_NEW(story->arena, uint32_t, count);
  if (out->told == NULL || out->facts == NULL) { story->short_of = true; return false; }
  for (uint32_t r = 0; r < story->reading_count; r++)
    if (is_dated(story, r)) tell_day(out, story->readings[r].published.earliest, true, (source){0, r, AN_NONE});
  for (uint32_t i = 0; i < count; i++) {
    if (is_dated(story, all[i].reading) && tells_day(&all[i])) tell_day(out, all[i].when.earliest, all[i].c->lead, (source){0, all[i].reading, i});
    if (all[i].reading == reading && hangs(&all[i])) out->facts[out->fact_count++] = i;
  }
  return true;
}

static bool find_likes(calendar *c, st_words *words, const st_shared *shared) {
  st_linked linked = {0};
  for (unsigned side = 0; side < 2; side++) {
    c->like[side] = AN_NEW(c->story->arena, source, (size_t)c->fact_count * (size_t)c->days);
    if (c->fact_count > 0 && c->like[side] == NULL) { c->story->short_of = true; return false; }
  }
  for (uint32_t f = 0; f < c->fact_count; f++)
    for (uint32_t b = 0; b < c->count; b++) {
      const st_clause_at *at = &c->all[b];
      if (!is_dated(c->story, at->reading) || !tells_day(at) || !is_within(c, at->when.earliest)) continue;
      bool to_come = at->when.earliest > c->story->readings[at->reading].published.earliest;
      source *likest = &c->like[to_come][f * (uint32_t)c->days + (uint32_t)(at->when.earliest - c->from)];
      float share = (float)st_one_happening(c->story, words, shared, &linked, c->facts[f], b);
      if (share > likest->share) *likest = (source){share, at->reading, b};
    }
  return true;
}

/* ---- A day tried ---------------------------------------------------------------------------------------- */

/* Of which day a fact is on a page of that day; how like what is told of it is, and what is told of any other. */
typedef struct fit { bool known; an_day day; source yes; float no; } fit;

static fit fit_of(const calendar *c, uint32_t fact, an_day published) {
  an_days days = an_anchor_days(c->all[c->facts[fact]].c->when.anchor, an_days_single(published));
  fit out = {.known = an_days_is_single(days) && is_within(c, days.earliest), .day = days.earliest};
  if (!out.known) return out;
  const source *likes = &c->like[out.day > published][fact * (uint32_t)c->days];
  for (an_day i = 0; i < c->days; i++)
    if (i == out.day - c->from) out.yes = likes[i];
    else if (likes[i].share > out.no) out.no = likes[i].share;
  return out;
}

static void near_signs(const calendar *c, an_day published, bool *at) {
  int64_t nearest = INT64_MAX;
  for (uint32_t r = 0; r < c->story->reading_count; r++) {
    int64_t off = (int64_t)published - c->story->readings[r].published.earliest;
    if (is_dated(c->story, r) && llabs(off) < nearest) nearest = llabs(off);
  }
  at[nearest == 0 ? SIGN_NEAR_0 : nearest == 1 ? SIGN_NEAR_1 : nearest <= 3 ? SIGN_NEAR_3 : nearest <= 7 ? SIGN_NEAR_7 : nearest <= 14 ? SIGN_NEAR_14 : SIGN_FAR] = true;
}

/* How long before it what the page tells by past weekdays was; "on Tuesday" is seldom said of what is six days back. */
static void past_signs(const calendar *c, an_day published, bool *at) {
  an_day newest = INT32_MAX, oldest = -1;
  for (uint32_t f = 0; f < c->fact_count; f++) {
    an_anchor anchor = c->all[c->facts[f]].c->when.anchor;
    an_day ago = published - an_anchor_days(anchor, an_days_single(published)).earliest;
    if (anchor.weekday == 0 || anchor.side >= 0) continue;
    if (ago < newest) newest = ago;
    if (ago > oldest) oldest = ago;
  }
  if (oldest < 0) return;
  at[newest <= 1 ? SIGN_NEWEST_1 : newest <= 3 ? SIGN_NEWEST_3 : SIGN_NEWEST_6] = true;
  at[SIGN_OLDEST_5] = oldest == 4 || oldest == 5;
  at[SIGN_OLDEST_6] = oldest == 6;
}

static void day_signs(const calendar *c, an_day published, st_signs *out) {
  bool *at = out->at;
  uint32_t alike = 0;
  an_day like_day = 0, told_day = 0;
  bool any_told = false;
  memset(out, 0, sizeof *out);
  near_signs(c, published, at);
  past_signs(c, published, at);
  for (uint32_t f = 0; f < c->fact_count; f++) {
    fit t = fit_of(c, f, published);
    if (!t.known) continue;
    bool lead = c->all[c->facts[f]].c->lead;
    for (unsigned i = 0; i < (lead ? 4 : 3); i++) at[(lead ? SIGN_LEAD_1 : SIGN_BODY_1) + i] |= t.yes.share >= LIKE[i];
    at[SIGN_OTHER_1] |= t.no > t.yes.share && t.no >= LIKE[LIKE_2];
    at[SIGN_OTHER_2] |= t.no > t.yes.share && t.no >= LIKE[LIKE_3];
    if (t.yes.share >= LIKE[LIKE_2]) {
      at[SIGN_TWO_DAYS] |= alike > 0 && like_day != t.day;
      at[SIGN_TWICE] |= alike++ > 0;
      like_day = t.day;
    }
    const day_told *told = &c->told[t.day - c->from];
    if (lead) at[told->lead ? SIGN_TOLD_LEAD : told->told ? SIGN_TOLD : SIGN_UNTOLD] = true;
    if (!told->told) continue;
    at[SIGN_TOLD_TWO] |= any_told && told_day != t.day;
    any_told = true;
    told_day = t.day;
  }
}

static void none_signs(const calendar *c, st_signs *out) {
  bool lead = false;
  memset(out, 0, sizeof *out);
  for (uint32_t f = 0; f < c->fact_count; f++) lead |= c->all[c->facts[f]].c->lead;
  out->at[SIGN_NONE] = true;
  out->at[SIGN_NONE_LEAD] = !lead;
  out->at[SIGN_NONE_FACT] = c->fact_count == 0;
}

/* On that day a dated report tells the like of that fact, or tells of a day that it names up front. */
static bool is_met(const calendar *c, uint32_t fact, const fit *t) {
  if (!t->known) return false;
  return (t->yes.share >= LIKE[LIKE_1] && t->yes.share > t->no) || (c->all[c->facts[fact]].c->lead && c->told[t->day - c->from].told);
}

/* The days around it that make the same of every fact that is met. */
static an_days alike_days(const calendar *c, an_day day) {
  an_days out = AN_DAYS_ANY, both;
  for (uint32_t f = 0; f < c->fact_count; f++) {
    fit t = fit_of(c, f, day);
    if (is_met(c, f, &t) && an_days_meet(out, st_published_from(c->all[c->facts[f]].c->when.anchor, an_days_single(t.day)), &both)) out = both;
  }
  return out;
}

/* ---- All of them ---------------------------------------------------------------------------------------- */

typedef struct field { st_words words; st_shared shared; st_clause_at *all; uint32_t count; } field;

static bool share_clauses(st_story *story, field *out) {
  *out = (field){.words = {.lexis = story->lexis, .arena = story->arena, .reports = story->reading_count}};
  st_choose_compared(story);
  st_words_count_all(&out->words, story);
  return st_clauses_of(story, &out->words, &out->all, &out->count) && st_share_clauses(story, &out->words, out->all, out->count, &out->shared);
}

static void weigh(const st_lexis *lexis, st_day_tried *tried, uint32_t count) {
  double all = 0;
  for (uint32_t i = 0; i < count; i++) {
    int32_t sum = 0;
    for (uint32_t k = 0; k < SIGN_COUNT; k++) sum += tried[i].signs.at[k] ? lexis->days[k] : 0;
    all += tried[i].share = exp(sum / 1000.0);
  }
  for (uint32_t i = 0; i < count; i++) tried[i].share /= all;
}

/* Every day that it can be of; last of all that it is none of them. */
static bool try_days(calendar *c, st_day_tried **out, uint32_t *count) {
  an_days may = c->story->readings[c->reading].published;
  st_day_tried *tried = AN_NEW(c->story->arena, st_day_tried, (uint32_t)c->days);
  *count = 0;
  *out = tried;
  if (tried == NULL) { c->story->short_of = true; return false; }
  for (an_day day = c->first; day <= c->last; day++) {
    if (day < may.earliest || day > may.latest) continue;
    tried[*count].day = day;
    tried[*count].days = alike_days(c, day);
    day_signs(c, day, &tried[(*count)++].signs);
  }
  tried[*count].day = AN_DAY_OPEN_EARLIEST;
  tried[*count].days = AN_DAYS_ANY;
  none_signs(c, &tried[(*count)++].signs);
  weigh(c->story->lexis, tried, *count);
  return true;
}

bool st_days_tried(st_story *story, uint32_t reading, st_day_tried **out, uint32_t *count) {
  field f;
  calendar c;
  return share_clauses(story, &f) && open_calendar(story, reading, f.all, f.count, &c) && find_likes(&c, &f.words, &f.shared) && try_days(&c, out, count);
}

/* ---- What they leave ------------------------------------------------------------------------------------ */

static bool sharpen_on(const calendar *c, an_day day) {
  bool any = false;
  for (uint32_t f = 0; f < c->fact_count; f++) {
    fit t = fit_of(c, f, day);
    if (!is_met(c, f, &t)) continue;
    source by = t.yes.share > 0 ? t.yes : c->told[t.day - c->from].by;
    const dg_when *from = by.clause == AN_NONE ? NULL : &c->all[by.clause].c->when;
    any |= st_sharpen_page(c->story, c->reading, c->all[c->facts[f]].c->when.anchor, an_days_single(t.day), by.reading, from);
  }
  return any;
}

/* The day by which it tells its news, were it out on `day`: that of the latest weekday that it tells as past. */
static an_day news_day(const calendar *c, an_day day) {
  an_day latest = AN_DAY_OPEN_EARLIEST;
  for (uint32_t f = 0; f < c->fact_count; f++) {
    an_anchor anchor = c->all[c->facts[f]].c->when.anchor;
    an_day told = an_anchor_days(anchor, an_days_single(day)).latest;
    if (anchor.weekday != 0 && anchor.side < 0 && told > latest) latest = told;
  }
  return latest;
}

static double share_of(const st_day_tried *tried, uint32_t count, an_day first, an_day last) {
  double share = 0;
  for (uint32_t i = 0; i + 1 < count; i++) share += tried[i].day >= first && tried[i].day <= last ? tried[i].share : 0;
  return share;
}

/* The likeliest of the days tried whose like days have most of the likelihood. */
static bool sharpen_reading(calendar *c) {
  st_day_tried *tried;
  uint32_t count;
  const st_day_tried *best = NULL;
  if (!try_days(c, &tried, &count)) return false;
  for (uint32_t i = 0; i + 1 < count; i++) {
    bool likelier = !an_days_is_open(tried[i].days) && (best == NULL || tried[i].share > best->share);
    if (likelier && share_of(tried, count, tried[i].days.earliest, tried[i].days.latest) >= SURE) best = &tried[i];
  }
  if (best == NULL || !sharpen_on(c, best->day)) return false;
  st_reading *r = &c->story->readings[c->reading];
  an_day news = news_day(c, best->day);
  if (r->day != AN_DAY_OPEN_EARLIEST) r->day = news > r->published.earliest && news <= r->published.latest ? news : r->published.earliest;
  return true;
}

/* A page without a day that tells of one, beside a page with its day: without them nothing is shared. */
static bool is_any(const st_story *story) {
  bool told = false, from = false;
  for (uint32_t r = 0; r < story->reading_count; r++) {
    from |= is_dated(story, r);
    for (uint32_t i = 0; i < story->readings[r].d->clause_count && !is_dated(story, r); i++)
      told |= hangs(&(st_clause_at){.reading = r, .c = &story->readings[r].d->clauses[i]});
  }
  return told && from;
}

bool st_sharpen_by_calendar(st_story *story) {
  bool any = false;
  field f;
  if (story->lexis->days[SIGN_NONE] == 0 || !is_any(story)) return false; /* nothing is known of days */
  if (!share_clauses(story, &f)) { story->short_of = true; return false; }
  for (uint32_t r = 0; r < story->reading_count && !story->short_of; r++) {
    calendar c;
    if (is_dated(story, r) || !st_compares(story, r)) continue;
    if (open_calendar(story, r, f.all, f.count, &c) && c.fact_count > 0 && find_likes(&c, &f.words, &f.shared)) any |= sharpen_reading(&c);
  }
  story->short_of |= f.words.short_of;
  return any;
}
