/* SPDX-License-Identifier: Apache-2.0 */
/* Counts and measures of one thing (which those are: compare_number.c). The same scope first, else "scope". Equal: agree. Hard and soft intervals meet:
   compatible. Hard intervals disjoint: conflict, or an update where a later report counts more. Else unclear. */
#include "story/compare.h"

#include <math.h>
#include <string.h>

#define SURE_SHARE 0.6       /* of the words of two subjects, where their numbers differ */
#define NEAR_ROUND 0.01
#define SURE 0.7F            /* share from which two can be in conflict, */
#define SURE_UNCLEAR 0.8F    /* and from which a row is told that decides nothing */
enum { FEW_COUNTED = 12 };

static bool meet(double a_low, double a_high, double b_low, double b_high) { return a_low <= b_high && b_low <= a_high; }

/* "over half", "nearly half". */
bool st_are_opposed(const dg_quantity *a, const dg_quantity *b) {
  bool above = a->relation == AN_MORE || a->relation == AN_AT_LEAST, below = a->relation == AN_LESS || a->relation == AN_AT_MOST;
  return above ? b->relation == AN_LESS || b->relation == AN_AT_MOST : below && (b->relation == AN_MORE || b->relation == AN_AT_LEAST);
}

/* "970 kilometres" for 972, "68,000" for 68,214: within a hundredth, and rounded to the zeros that it ends with. */
static bool is_near_round(double coarse, double fine) {
  double step = 1;
  while (coarse >= 100 * step && fmod(coarse, 10 * step) == 0) step *= 10;
  return fmod(coarse, step) == 0 && fmod(fine, step) != 0 && fabs(coarse - fine) <= NEAR_ROUND * fine && coarse == round(fine / step) * step;
}

/* "$10" for 9.99, "6 million" for 6.2: one is the other, rounded to its last digit. */
bool st_is_rounded(const dg_quantity *a, const dg_quantity *b) {
  if (a->relation != AN_EQUAL || b->relation != AN_EQUAL || a->value == b->value) return false;
  if (is_near_round(a->value, b->value) || is_near_round(b->value, a->value)) return true;
  if (a->unit.at == NULL) return false;
  for (unsigned k = 0; k < 2; k++) {
    double coarse = k == 0 ? a->value : b->value, fine = k == 0 ? b->value : a->value;
    double step = coarse >= 1e9 && fmod(coarse, 1e9) == 0 ? 1e9 : coarse >= 1e6 && fmod(coarse, 1e6) == 0 ? 1e6 : 1;
    if (fmod(coarse, step) == 0 && fmod(fine, step) != 0 && coarse == round(fine / step) * step) return true;
  }
  return false;
}

bool st_numbers_fit(const dg_quantity *a, const dg_quantity *b) {
  if (a->value == b->value && st_are_opposed(a, b)) return false;
  return meet(a->low, a->high, b->low, b->high) || st_is_rounded(a, b);
}

static bool equal_counts(const dg_quantity *a, const dg_quantity *b) {
  return a->relation == b->relation && a->value == b->value && a->low == b->low && a->high == b->high;
}

/* The days that a count is of, set again on the story's day of publication. */
an_days st_scope_days(const st_story *story, const given *g) {
  if (g->q->scope.text.at == NULL) return AN_DAYS_ANY;
  if (g->q->scope.anchor.to != AN_ANCHOR_PUBLISHED) return g->q->scope.days;
  return an_anchor_days(g->q->scope.anchor, story->readings[g->reading].published);
}

enum { TOLL_DAYS = 3, PERIOD = 31 };

static an_days widened(an_days days) {
  if (days.earliest != AN_DAY_OPEN_EARLIEST) days.earliest -= TOLL_DAYS;
  if (days.latest != AN_DAY_OPEN_LATEST) days.latest += TOLL_DAYS;
  days.weekdays = 0;
  return days;
}

bool st_scopes_meet(an_days a, an_days b, bool grows) { return grows ? st_days_meet(widened(a), b) : st_days_meet(a, b); }

static bool are_versions(const st_story *story, const given *a, const given *b) {
  uint32_t x = story->readings[a->reading].version_of, y = story->readings[b->reading].version_of;
  return a->reading != b->reading && (x == AN_NONE ? a->reading : x) == (y == AN_NONE ? b->reading : y);
}

bool st_is_before(const st_story *story, uint32_t a, uint32_t b) {
  return story->readings[a].published.latest < story->readings[b].published.earliest;
}

static bool same_day(const st_story *story, const given *a, const given *b) {
  an_days x = story->readings[a->reading].published, y = story->readings[b->reading].published;
  return a->reading == b->reading || (st_are_near(story, a->reading, b->reading) && st_days_meet(x, y));
}

/* "millions": a word and no number; a time that could not be told ("over the centuries"): what is counted stays open. */
static bool is_vague(const given *g) {
  bool when = g->q->scope.text.at != NULL && an_days_is_open(g->q->scope.days) && g->q->scope.anchor.to != AN_ANCHOR_PUBLISHED;
  return when || (isinf(g->q->high) && g->q->soft_high > 3 * g->q->low);
}

/* "many", "dozens", "thousands": a word that is true of much. */
bool st_is_word(const dg_quantity *q) { return isinf(q->high) && !(q->soft_high <= 3 * q->low); }

static bool counted_later(const st_story *story, const given *a, const given *b) {
  if (st_is_before(story, a->reading, b->reading)) return b->q->value > a->q->value;
  return st_is_before(story, b->reading, a->reading) && a->q->value > b->q->value;
}

/* One counts over a month or more, the other over another stretch of it. */
static bool other_period(an_days a, an_days b) {
  if (!st_is_bounded(a) || !st_is_bounded(b) || (a.earliest == b.earliest && a.latest == b.latest)) return false;
  return (int64_t)a.latest - a.earliest > PERIOD || (int64_t)b.latest - b.earliest > PERIOD;
}

static const dg_clause *clause_of(const st_story *story, const given *g) {
  return g->q->clause == AN_NONE ? NULL : &story->readings[g->reading].d->clauses[g->q->clause];
}

/* "23 houses in Isfara", "60 houses in Batken". */
static bool counts_elsewhere(const st_story *story, const given *a, const given *b) {
  const dg_clause *x = clause_of(story, a), *y = clause_of(story, b);
  if (x == NULL || y == NULL || x->where.name.at == NULL || y->where.name.at == NULL) return false;
  return st_are_elsewhere(&x->where, &y->where);
}

/* Both say where, and nothing shows that it is one place. */
static bool may_count_elsewhere(const st_story *story, const given *a, const given *b) {
  const dg_clause *x = clause_of(story, a), *y = clause_of(story, b);
  if (x == NULL || y == NULL || x->where.name.at == NULL || y->where.name.at == NULL) return false;
  const char *why = "";
  return st_places_verdict(&x->where, &y->where, &why) == AN_UNCLEAR;
}

static bool counts_from_elsewhen(const st_story *story, const given *a, const given *b) {
  an_days x = st_when_days(story, a->reading, &a->q->base), y = st_when_days(story, b->reading, &b->q->base);
  if (a->q->base.text.at == NULL || b->q->base.text.at == NULL) return false;
  return an_days_is_open(x) != an_days_is_open(y) || !st_days_meet(x, y); /* "from July", "from a year before" */
}

/* Which of the numbers of its unit in its clause: the first, "137 votes", or the second, "to 136". */
static uint32_t place_in_clause(const st_story *story, const given *g) {
  const dg *d = story->readings[g->reading].d;
  uint32_t before = 0;
  for (const dg_quantity *q = d->quantities; q < g->q; q++) before += q->clause == g->q->clause && an_text_equal(q->unit, g->q->unit);
  return before;
}

/* Which of the numbers of its unit in its sentence. */
uint32_t st_place_in_sentence(const st_story *story, const given *g) {
  const dg *d = story->readings[g->reading].d;
  uint32_t before = 0;
  for (const dg_quantity *q = g->q; q > d->quantities && q[-1].sentence.begin == g->q->sentence.begin; q--) before += an_text_equal(q[-1].unit, g->q->unit);
  return before;
}

/* Two clauses of one verb, subject and object, each with such a number: what they give is one thing, whoever gives it. */
static bool told_by_one_clause(const st_story *story, const given *a, const given *b) {
  const dg_clause *x = clause_of(story, a), *y = clause_of(story, b);
  if (x == NULL || y == NULL || a->reading == b->reading || !an_text_equal(a->q->unit, b->q->unit)) return false;
  if (a->q->value != b->q->value && x->who.count > 0 && y->who.count > 0 && dg_things_contained(x->who, y->who) < SURE_SHARE) return false; /* two indexes */
  bool counted = a->q->of_word == b->q->of_word || (a->q->unit.at != NULL && (a->q->of.at == NULL || b->q->of.at == NULL));
  return counted && x->force == y->force && x->negated == y->negated && place_in_clause(story, a) == place_in_clause(story, b) && st_clauses_alike(x, y);
}

/* One act, for which the reports give other days. */
static bool is_one_act(const st_story *story, const given *a, const given *b) {
  return told_by_one_clause(story, a, b) && st_is_one_act(story, a->reading, clause_of(story, a), b->reading, clause_of(story, b));
}

/* Two that fit tell one count, however their days and words are told; few of something may be counted alike by chance. */
static bool tell_one_count(const dg_quantity *a, const dg_quantity *b, bool hard, bool soft) {
  return hard && soft && !st_is_word(a) && !st_is_word(b) && (a->thing == 0 || a->value > FEW_COUNTED);
}

/* Why the two count different parts, periods or places; NULL: nothing says so. */
static const char *why_of_two_scopes(const st_story *story, const given *a, const given *b, bool hard, bool one) {
  const dg_quantity *x = a->q, *y = b->q;
  if (!one && !st_scopes_meet(st_scope_days(story, a), st_scope_days(story, b), x->grows) && !is_one_act(story, a, b)) return "they count over different days";
  if (counts_elsewhere(story, a, b)) return "they count in different places";
  if (!hard && x->wide != y->wide && (x->wide ? x->value > y->value : y->value > x->value)) return "one counts in more places";
  if (!one && x->change != y->change && !equal_counts(x, y)) return "one says by how much, the other how much";
  if (x->further != y->further && !hard) return "one counts those beside others";
  if (counts_from_elsewhen(story, a, b)) return "they count from different days";
  if (!one && a->others != b->others) return "one report tells of others beside those that it counts";
  return NULL;
}

static an_verdict verdict_of(const st_story *story, const given *a, const given *b, const char **why) {
  const dg_quantity *x = a->q, *y = b->q;
  bool hard = st_numbers_fit(x, y), soft = isnan(x->soft_low) || isnan(y->soft_low) || meet(x->soft_low, x->soft_high, y->soft_low, y->soft_high);
  *why = "the same count";
  if (equal_counts(x, y) && x->thing == 0) return AN_AGREE;
  *why = why_of_two_scopes(story, a, b, hard, tell_one_count(x, y, hard, soft));
  if (*why != NULL) return AN_SCOPE;
  *why = "the same count";
  if (equal_counts(x, y)) return AN_AGREE;
  *why = "they count over different days";
  if (!hard && other_period(st_scope_days(story, a), st_scope_days(story, b))) return AN_SCOPE;
  *why = "a later version of the page says otherwise";
  if (are_versions(story, a, b)) return AN_UPDATE;
  *why = "a later report counts more";
  bool of_an_act = x->thing != 0 || (x->event != AN_NONE && y->event != AN_NONE);
  bool word = st_is_word(x) || st_is_word(y); /* "dozens" is no fewer than 60 */
  if (of_an_act && (hard ? x->grows && !word : x->grows || x->thing == 0) && counted_later(story, a, b)) return AN_UPDATE;
  *why = "nothing shows that the two words count the same things";
  if (!hard && x->thing != 0 && x->group != 0 && x->of_word != y->of_word) return AN_UNCLEAR;
  *why = "the same number, one of them about so many";
  if (x->value == y->value && !st_are_opposed(x, y)) return AN_COMPATIBLE;
  *why = "the same number, rounded by one";
  if (st_is_rounded(x, y)) return AN_COMPATIBLE;
  *why = "no number fits both, but the reports are of different days";
  if (!hard && !same_day(story, a, b)) return AN_UNCLEAR;
  *why = "no number fits both, and one does not say plainly of when or of what";
  if (!hard && (is_vague(a) || is_vague(b))) return AN_UNCLEAR;
  *why = "no number fits both, and nothing shows that they count in one place";
  if (!hard && may_count_elsewhere(story, a, b)) return AN_UNCLEAR;
  *why = "no number fits both";
  if (!hard) return AN_CONFLICT;
  *why = "both can be true, one is more exact";
  if (soft) return AN_COMPATIBLE;
  *why = "both could be true, but neither says so";
  return AN_UNCLEAR;
}

an_text st_source_of(const st_story *story, const given *g) {
  const dg *d = story->readings[g->reading].d;
  uint32_t told = g->q->statement;
  if (g->q->giver.at != NULL) return g->q->giver;
  if (told == AN_NONE && g->q->event != AN_NONE) told = d->events[g->q->event].told_by;
  if (told == AN_NONE || d->statements[told].speakers.count == 0) return g->q->event != AN_NONE ? d->events[g->q->event].through : (an_text){0};
  const dg_party *speaker = &d->statements[told].speakers.at[0];
  return speaker->name.at != NULL ? speaker->name : speaker->text;
}

/* Within a page only what two sources give is a difference: else it counts two things. */
static bool are_held_together(const st_story *story, const given *a, const given *b) {
  if (story->only_changes && a->reading == b->reading) return false;
  an_text x = st_source_of(story, a), y = st_source_of(story, b);
  if (a->reading != b->reading) return true;
  return x.at != NULL && y.at != NULL && !an_text_equal(x, y) && !meet(a->q->low, a->q->high, b->q->low, b->q->high);
}

static an_text said(st_story *story, const given *g) {
  static const char *const words[] = {[AN_EQUAL] = "", [AN_MORE] = "more than ", [AN_AT_LEAST] = "at least ", [AN_LESS] = "less than ",
                                      [AN_AT_MOST] = "at most ", [AN_ABOUT] = "about ", [AN_WITHIN] = "within "};
  int digits = g->q->value == floor(g->q->value) ? 0 : 2; /* no "1e+10" */
  return an_arena_printf(story->arena, "%s%.*f%s", words[g->q->relation <= AN_WITHIN ? g->q->relation : AN_EQUAL], digits, g->q->value,
                         g->others ? ", and others" : "");
}

/* Every two of a row's values that are held against each other, judged. */
typedef struct judged { bool held; uint8_t verdict; const char *why; } judged;
typedef struct judgement { judged at[MAX_VALUES][MAX_VALUES]; uint32_t scope[MAX_VALUES]; } judgement;   /* scope: which values count alike, by the first of them */

/* A pair of two scopes that says why they are two; NULL: none. */
static const char *why_apart(const judgement *j, uint32_t count, uint32_t x, uint32_t y) {
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < i; k++) {
      bool between = (j->scope[i] == x && j->scope[k] == y) || (j->scope[i] == y && j->scope[k] == x);
      if (between && j->at[i][k].held && j->at[i][k].verdict == AN_SCOPE) return j->at[i][k].why;
    }
  return NULL;
}

static void join_scopes(judgement *j, uint32_t count, uint32_t x, uint32_t y) {
  for (uint32_t i = 0; i < count; i++)
    if (j->scope[i] == x || j->scope[i] == y) j->scope[i] = x < y ? x : y;
}

static uint32_t size_of(const judgement *j, uint32_t count, uint32_t scope) {
  uint32_t size = 0;
  for (uint32_t i = 0; i < count; i++) size += j->scope[i] == scope;
  return size;
}

/* What fits counts alike; what differs does so where no value of the one is of another place or time than one of the other. */
static void part(judgement *j, uint32_t count) {
  for (unsigned step = 0; step < 3; step++)
    for (uint32_t i = 0; i < count; i++)
      for (uint32_t k = 0; k < i; k++) {
        const judged *of = &j->at[i][k];
        uint32_t x = j->scope[i], y = j->scope[k];
        bool fits = of->verdict == AN_AGREE || of->verdict == AN_COMPATIBLE, differs = of->verdict == AN_UPDATE || of->verdict == AN_CONFLICT;
        if (!of->held || x == y || !(fits || (differs && step > 0))) continue;
        bool alone = size_of(j, count, x) == 1 && size_of(j, count, y) == 1;
        if (fits || (why_apart(j, count, x, y) == NULL && (step == 2 || !alone))) join_scopes(j, count, x, y);
      }
}

static void judge(const st_story *story, const givens *all, judgement *j) {
  for (uint32_t i = 0; i < all->count; i++) {
    j->scope[i] = i;
    for (uint32_t k = 0; k < i; k++) {
      judged *of = &j->at[i][k];
      *of = (judged){.held = are_held_together(story, &all->at[k], &all->at[i])};
      if (!of->held) continue;
      of->verdict = (uint8_t)verdict_of(story, &all->at[k], &all->at[i], &of->why);
      if (of->verdict >= AN_SCOPE && (all->rival[i] || all->rival[k])) *of = (judged){true, AN_UNCLEAR, "one report gives another number, and it is not sure that it is of the same thing"};
      if (of->verdict == AN_CONFLICT && all->share[i][k] < SURE) *of = (judged){true, AN_UNCLEAR, "no number fits both, and it is not sure that they are of one thing"};
    }
  }
  part(j, all->count);
  for (uint32_t i = 0; i < all->count; i++)
    for (uint32_t k = 0; k < i; k++) {
      const char *why = j->scope[i] == j->scope[k] ? NULL : why_apart(j, all->count, j->scope[i], j->scope[k]);
      if (why != NULL && j->at[i][k].verdict != AN_SCOPE) j->at[i][k] = (judged){j->at[i][k].held, AN_SCOPE, why};
    }
}

static bool any_near(const st_story *story, const givens *all) {
  for (uint32_t i = 1; i < all->count; i++)
    if (st_are_near(story, all->at[0].reading, all->at[i].reading)) return true;
  return false;
}

/* Things of one noun, or of whom the same became. */
static bool of_one_kind(const dg_quantity *a, const dg_quantity *b) { return (a->of_word != 0 && a->of_word == b->of_word) || (a->thing != 0 && a->thing == b->thing); }

static an_verdict write_some(st_story *story, const givens *all, const judgement *j, const bool *shown, an_text about) {
  row r = row_begin(story, AN_OF_QUANTITY, about);
  bool tells = false, rival = false; /* tells: two values of it decide something, or are surely of one thing */
  for (uint32_t i = 0; i < all->count; i++) {
    const given *g = &all->at[i];
    an_compared_value *value = shown[i] ? row_value(&r, g->reading, g->q->span, g->q->text, st_source_of(story, g), said(story, g)) : NULL;
    if (value != NULL) {
      value->has_value = true;
      value->relation = g->q->relation;
      value->value = g->q->value;
    }
    rival |= shown[i] && all->rival[i];
    for (uint32_t k = 0; k < i; k++) {
      if (!shown[i] || !shown[k] || !j->at[i][k].held) continue;
      row_verdict(&r, (an_verdict)j->at[i][k].verdict, j->at[i][k].why);
      tells |= j->at[i][k].verdict != AN_UNCLEAR || (all->share[i][k] >= SURE_UNCLEAR && of_one_kind(g->q, all->at[k].q));
    }
  }
  if (r.verdict != AN_UNCLEAR || (tells && !rival && any_near(story, all))) row_end(&r); /* else two counts of two weeks, or perhaps of two things: no row */
  return r.judged ? r.verdict : AN_AGREE;
}

/* Whether a value can stand for its scope beside those of it that are shown already: what they differ in has a row of its own. */
static bool stands_beside(const judgement *j, const bool *shown, uint32_t i) {
  for (uint32_t k = 0; k < i; k++)
    if (shown[k] && j->scope[k] == j->scope[i] && (!j->at[i][k].held || (j->at[i][k].verdict != AN_AGREE && j->at[i][k].verdict != AN_COMPATIBLE))) return false;
  return true;
}

static bool all_equal(const judgement *j, const bool *shown, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < i; k++)
      if (shown[i] && shown[k] && j->at[i][k].held && j->at[i][k].verdict != AN_AGREE) return false;
  return true;
}

/* One row; or, where some count in one place or time and some in another, and none in both, a row of each and one that sets them side by side. */
an_verdict st_write_counts(st_story *story, const givens *all, an_text about) {
  judgement j;
  bool shown[MAX_VALUES], parted = false;
  judge(story, all, &j);
  for (uint32_t i = 0; i < all->count; i++)
    for (uint32_t k = 0; k < i; k++) parted |= j.at[i][k].held && j.at[i][k].verdict == AN_SCOPE && j.scope[i] != j.scope[k];
  for (uint32_t first = 0; first < all->count; first++) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < all->count; i++) count += shown[i] = !parted || j.scope[i] == first;
    if (!parted) return write_some(story, all, &j, shown, about);
    if (count > 1 && !all_equal(&j, shown, all->count)) write_some(story, all, &j, shown, about);
  }
  for (uint32_t i = 0; i < all->count; i++) shown[i] = stands_beside(&j, shown, i);
  return write_some(story, all, &j, shown, about);
}

/* Elsewhere on the page: "further treaties were concluded". */
bool st_tells_of_others(const st_story *story, uint32_t reading, const dg_event *counted) {
  const dg *d = story->readings[reading].d;
  for (uint32_t i = 0; i < d->event_count; i++) {
    const dg_event *e = &d->events[i];
    if (e != counted && e->others && an_text_equal(e->type, counted->type) && e->trigger_word == counted->trigger_word) return true;
  }
  return false;
}

/* "two hours", "five years". */
bool st_is_of_time(const dg_quantity *q) {
  static const char *const units[] = {"year", "month", "week", "day", "hour", "minute", "decade", "century"};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (an_text_is(q->unit, units[i])) return true;
  return false;
}

/* Three digits that are no round number: two reports seldom give the same one of two things. */
bool st_is_rare(const dg_quantity *q) {
  double v = q->value;
  if (q->relation != AN_EQUAL || isinf(q->high)) return false;
  while (v >= 1000 && fmod(v, 10) == 0) v /= 10;
  return v >= 100 && fmod(v, 10) != 0;
}

/* Both name whose they are, and not the same. */
bool st_are_of_others(const dg_quantity *a, const dg_quantity *b) {
  return a->whose.count > 0 && b->whose.count > 0 && dg_keys_common(a->whose, b->whose) == 0;
}

/* "many": more than a few, and nothing more. */
bool st_is_many(const dg_quantity *q) { return isinf(q->high) && isnan(q->soft_high); }
