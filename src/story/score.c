/* SPDX-License-Identifier: Apache-2.0 */
/* How far two pages tell the same: the words of the whole page, each by how rare it is (weights.tsv), an act that both tell; and the
   vetoes: another holder of the same office, another city for the same act, days more than three apart, weekdays that cannot be
   one day. A function of the two pages alone, so that a record may keep what it gave. */
#include "story/parts.h"
#include "story/weights.h"

#include <math.h>

#define COPY_WORDS 0.30      /* what copies have in common at the least: others are not asked for runs */

#define USUAL_MEANING 0.7    /* of two pages that share words */
#define MOST_MEANING 1.6
#define LEAST_LENGTH 5.0     /* words of a profile */
#define USUAL_LENGTH 40.0

#define SCALE 10.0           /* a sum of -SCALE / 2 is likeness 0, of SCALE / 2 likeness 1 */

/* What the words say, in one walk through both profiles. */
static void words_say(const st_brief *a, const st_brief *b, st_terms *out) {
  double dot = 0, in_a = 0, in_b = 0, head_a = 0, head_b = 0, name_a = 0, name_b = 0, numbers = 0;
  if (a->profile_norm == 0 || b->profile_norm == 0) return;
  for (uint32_t i = 0, k = 0; i < a->profile_count && k < b->profile_count;) {
    if (a->profile[i] != b->profile[k]) {
      if (a->profile[i] < b->profile[k]) i++;
      else k++;
      continue;
    }
    double x = a->weights[i], y = b->weights[k];
    dot += x * y;
    in_a += x;
    in_b += y;
    if (a->in_head[i]) head_a += x;
    if (b->in_head[k]) head_b += y;
    if (a->is_name[i]) name_a += x;
    if (b->is_name[k]) name_b += y;
    if ((a->profile[i] & (DG_NAMED | DG_NUMBER)) == DG_NUMBER) numbers += sqrt(x * y);
    i++;
    k++;
  }
  out->at[ST_WORDS] = dot / (a->profile_norm * b->profile_norm);
  out->at[ST_CONTAINED] = fmax(in_a / a->profile_sum, in_b / b->profile_sum);
  out->at[ST_HEAD] = ((a->head_sum > 0 ? head_a / a->head_sum : 0) + (b->head_sum > 0 ? head_b / b->head_sum : 0)) / 2;
  out->at[ST_LENGTH] = log(fmax(a->profile_count < b->profile_count ? a->profile_count : b->profile_count, LEAST_LENGTH) / USUAL_LENGTH);
  if (a->name_sum > 0 && b->name_sum > 0) {
    out->at[ST_NAMES] = (name_a / a->name_sum + name_b / b->name_sum) / 2;
    out->at[ST_NAMES_APART] = name_a + name_b == 0;
  }
  out->at[ST_NUMBERS] = 10 * numbers / sqrt(a->profile_sum * b->profile_sum);
}

/* How near the clauses of the one are to those of the other, against how near each page's own are to each other. */
static void meanings_say(const st_brief *a, const st_brief *b, st_terms *out) {
  double dot = 0;
  if (a->own_likeness == 0 || b->own_likeness == 0) return;
  for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) dot += (double)a->meaning[i] * (double)b->meaning[i];
  out->at[ST_MEANING] = fmin(dot / sqrt(a->own_likeness * b->own_likeness), MOST_MEANING) - USUAL_MEANING;
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

/* What the acts say: both tell one and the same up front, and nowhere on days or at a place that can be one. */
static void acts_say(const st_brief *a, const st_brief *b, st_terms *out) {
  bool asked = false, met = false, known = st_near_days(a->published) && st_near_days(b->published);
  for (uint32_t i = 0; i < a->act_count; i++)
    for (uint32_t k = 0; k < b->act_count; k++) {
      const st_act *x = &a->acts[i], *y = &b->acts[k];
      bool lead = x->lead && y->lead;
      if (!same_act(x, y)) continue;
      bool days = st_days_meet(x->when, y->when);
      asked |= lead && !x->pending && (days || (x->dated && y->dated));
      met |= lead && !x->pending && !st_other_place(&x->where, &y->where) && (days || (known && st_days_meet(a_day_off(x->when), y->when)));
    }
  out->at[ST_ACT_APART] = asked && !met;
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

/* Both count the same up front. That they count otherwise says nothing: a toll grows. */
static bool counted_alike(const st_brief *a, const st_brief *b) {
  for (uint32_t i = 0; i < a->number_count; i++)
    for (uint32_t k = 0; k < b->number_count; k++) {
      const st_number *x = &a->numbers[i], *y = &b->numbers[k];
      if (x->thing == y->thing && x->low <= y->high && y->low <= x->high) return true;
    }
  return false;
}

/* Whether a weekday that the one tells up front is one of the other's there. */
static void weekdays_say(const st_brief *a, const st_brief *b, st_terms *out) {
  if (a->weekdays == 0 || b->weekdays == 0) return;
  out->at[ST_WEEKDAY_SAME] = (a->weekdays & b->weekdays) != 0;
  out->at[ST_WEEKDAY_OTHER] = (a->weekdays & b->weekdays) == 0;
}

void st_terms_of(const st_brief *a, const st_brief *b, st_terms *out) {
  *out = (st_terms){.never = another_holder(a, b)};
  words_say(a, b, out);
  if (out->never || out->at[ST_WORDS] < ST_UNLIKE) return;
  out->copies = out->at[ST_WORDS] >= COPY_WORDS && st_containment(a->shingles, a->scale, b->shingles, b->scale) >= ST_COPY;
  meanings_say(a, b, out);
  acts_say(a, b, out);
  out->at[ST_COUNTED_ALIKE] = counted_alike(a, b);
  out->at[ST_UNDATED] = !st_near_days(a->published) + !st_near_days(b->published);
  weekdays_say(a, b, out);
  out->at[ST_PLACES_APART] = places_apart(a, b);
  out->at[ST_FAR_DAYS] = st_days_apart(a->published, b->published);
  out->never = out->at[ST_ACT_APART] > 0 && out->at[ST_UNDATED] > 0;
}

double st_score(const st_brief *a, const st_brief *b) { return st_days_apart(a->published, b->published) ? -1 : st_likeness(a, b); }

double st_shares(const st_brief *a, const st_brief *b, double out[ST_TERMS]) {
  st_terms terms;
  double sum = BIAS;
  st_terms_of(a, b, &terms);
  for (unsigned i = 0; i < ST_TERMS; i++) sum += out[i] = WEIGHTS[i] * terms.at[i];
  return sum;
}

double st_likeness(const st_brief *a, const st_brief *b) {
  st_terms terms;
  double sum = BIAS;
  st_terms_of(a, b, &terms);
  if (terms.copies) return 1;
  if (terms.never) return -1;
  if (terms.at[ST_WORDS] < ST_UNLIKE) return 0;
  for (unsigned i = 0; i < ST_TERMS; i++) sum += WEIGHTS[i] * terms.at[i];
  return fmin(fmax(0.5 + sum / SCALE, 0), 1);
}
