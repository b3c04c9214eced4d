/* SPDX-License-Identifier: Apache-2.0 */
/* How far two pages tell the same: the words of the whole page, each by how rare it is (weights.tsv), an act that both tell; and the
   vetoes: another holder of the same office, another city for the same act, days more than three apart, weekdays that cannot be
   one day. A function of the two pages alone, so that a record may keep what it gave. */
#include "story/parts.h"

#include <math.h>

#define COPY_WORDS 0.30      /* what copies have in common at the least: others are not asked for runs */
#define UNLIKE 0.06          /* no act and no head lifts these over LINK */
#define HEADS 0.20           /* times the share of the words of title and first paragraphs in common */
#define SAME_ACT 0.12        /* the same act between the same people or at the same place, told up front by both */
#define SAME_COUNTRIES 0.05  /* the same act between the same countries */
#define OTHER_DAY 0.05       /* taken off where what both tell up front was on other weekdays */
#define OTHER_WEEKDAY 0.15   /* the same where nothing but the weekday can tell one week from another */
#define UNDATED 0.03         /* taken off for each page that does not say when it came out: no day keeps look-alikes apart */
#define SAME_NUMBER 0.05     /* added where pages without a day count the same up front */
#define OTHER_NUMBER 0.30    /* taken off where they count one thing up front, and nowhere alike */
#define OTHER_ACT 0.30       /* taken off where an act that both tell up front was on days, or in cities, that cannot be one; a page without a day is vetoed */
#define FAR_DAYS 0.15        /* taken off where they came out more than three days apart: they are of one story only through others */
#define OTHER_PLACE 0.15     /* taken off where what both tell up front was in other cities */

static double words_alike(const st_brief *a, const st_brief *b) {
  double dot = 0;
  if (a->profile_norm == 0 || b->profile_norm == 0) return 0;
  for (uint32_t i = 0, k = 0; i < a->profile_count && k < b->profile_count;) {
    if (a->profile[i] == b->profile[k]) dot += (double)a->weights[i++] * b->weights[k++];
    else if (a->profile[i] < b->profile[k]) i++;
    else k++;
  }
  return dot / (a->profile_norm * b->profile_norm);
}

static uint32_t below(dg_words words, uint32_t limit) {
  uint32_t n = 0;
  while (n < words.count && words.at[n] <= limit) n++;
  return n;
}

double st_containment(dg_words a, uint8_t a_scale, dg_words b, uint8_t b_scale) {
  uint8_t scale = a_scale > b_scale ? a_scale : b_scale;
  uint32_t limit = scale == 0 ? UINT32_MAX : UINT32_MAX >> scale, in_a = below(a, limit), in_b = below(b, limit);
  uint32_t smaller = in_a < in_b ? in_a : in_b;
  if (smaller < 8) return 0;
  return (double)dg_keys_common((dg_words){a.at, in_a}, (dg_words){b.at, in_b}) / smaller;
}

/* One page's leading president is not the other's. */
static bool another_holder(const st_brief *a, const st_brief *b) {
  for (uint32_t i = 0; i < a->office_count; i++) {
    bool held = false, same = false;
    for (uint32_t k = 0; k < b->office_count; k++) {
      if (a->offices[i].office != b->offices[k].office) continue;
      held = true;
      same |= a->offices[i].person == b->offices[k].person;
    }
    if (a->offices[i].lead && held && !same) return true;
  }
  return false;
}

static bool same_act(const st_act *a, const st_act *b) { return a->type == b->type && a->pending == b->pending && st_parties_fit(a, b) >= 0.7; }

bool st_days_apart(an_days a, an_days b) {
  if (a.latest != AN_DAY_OPEN_LATEST && b.earliest != AN_DAY_OPEN_EARLIEST && (int64_t)b.earliest - a.latest > MAX_DAYS_APART) return true;
  return b.latest != AN_DAY_OPEN_LATEST && a.earliest != AN_DAY_OPEN_EARLIEST && (int64_t)a.earliest - b.latest > MAX_DAYS_APART;
}

bool st_near_days(an_days days) { return days.earliest != AN_DAY_OPEN_EARLIEST && days.latest != AN_DAY_OPEN_LATEST && (int64_t)days.latest - days.earliest <= ST_WINDOW; }

/* "on Friday, a day after police fired": whose day the Friday is, is read wrong now and then. */
static an_days a_day_off(an_days days) {
  if (days.earliest != AN_DAY_OPEN_EARLIEST) days.earliest--;
  if (days.latest != AN_DAY_OPEN_LATEST) days.latest++;
  days.weekdays = 0;
  return days;
}

/* What the acts say: something to add, or that both tell the same act up front and nowhere on days or at a place that can be one. */
static double acts_say(const st_brief *a, const st_brief *b, bool *apart) {
  double best = 0;
  bool asked = false, met = false, known = st_near_days(a->published) && st_near_days(b->published);
  for (uint32_t i = 0; i < a->act_count; i++)
    for (uint32_t k = 0; k < b->act_count; k++) {
      const st_act *x = &a->acts[i], *y = &b->acts[k];
      if (!same_act(x, y)) continue;
      bool lead = x->lead && y->lead, days = st_days_meet(x->when, y->when), meets = days && !st_other_place(&x->where, &y->where);
      asked |= lead && !x->pending && (days || (x->dated && y->dated));
      met |= lead && !x->pending && !st_other_place(&x->where, &y->where) && (days || (known && st_days_meet(a_day_off(x->when), y->when)));
      if (!meets) continue;
      bool people = x->person && y->person;
      best = fmax(best, (people || st_same_place(&x->where, &y->where) ? SAME_ACT : SAME_COUNTRIES) * (lead ? 1 : 0.6));
    }
  *apart = asked && !met;
  return best;
}

/* Both name cities for what they tell up front, and none is the other's. */
static bool places_apart(const st_brief *a, const st_brief *b) {
  bool asked = false;
  for (uint32_t i = 0; i < a->act_count; i++)
    for (uint32_t k = 0; k < b->act_count; k++) {
      const st_act *x = &a->acts[i], *y = &b->acts[k];
      if (!x->lead || !y->lead || !x->where.point || !y->where.point || !x->where.stated || !y->where.stated) continue;
      if (st_same_place(&x->where, &y->where)) return false;
      asked = true;
    }
  return asked;
}

/* What pages without a day count up front: "up by 25 basis points to 3.25 percent" is another month's news than "by 50 to 3". What grows
   with time says nothing. */
static double numbers_say(const st_brief *a, const st_brief *b) {
  bool same = false, other = false;
  for (uint32_t i = 0; i < a->number_count; i++)
    for (uint32_t k = 0; k < b->number_count; k++) {
      const st_number *x = &a->numbers[i], *y = &b->numbers[k];
      if (x->thing != y->thing) continue;
      if (x->low <= y->high && y->low <= x->high) same = true;
      else other |= !x->grows;
    }
  return same ? SAME_NUMBER : other ? -OTHER_NUMBER : 0;
}

double st_score(const st_brief *a, const st_brief *b) { return st_days_apart(a->published, b->published) ? -1 : st_likeness(a, b); }

double st_likeness(const st_brief *a, const st_brief *b) {
  bool apart = false;
  if (another_holder(a, b)) return -1;
  double words = words_alike(a, b);
  if (words < UNLIKE) return words;
  if (words >= COPY_WORDS && st_containment(a->shingles, a->scale, b->shingles, b->scale) >= ST_COPY) return 1;
  double acts = acts_say(a, b, &apart);
  int undated = !st_near_days(a->published) + !st_near_days(b->published);
  if (apart && undated > 0) return -1;
  if (apart) acts -= OTHER_ACT;
  if (st_days_apart(a->published, b->published)) acts -= FAR_DAYS;
  bool other_day = a->weekdays != 0 && b->weekdays != 0 && (a->weekdays & b->weekdays) == 0;
  double numbers = undated > 0 ? numbers_say(a, b) : 0;
  return words + numbers + HEADS * dg_words_contained(a->head, b->head) + acts - (places_apart(a, b) ? OTHER_PLACE : 0) - (!other_day ? 0 : undated > 0 ? OTHER_WEEKDAY : OTHER_DAY) - undated * UNDATED;
}
