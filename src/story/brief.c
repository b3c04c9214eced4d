/* SPDX-License-Identifier: Apache-2.0 */
/* What a page is scored by. A digest, decoded, takes tens of kilobytes; a hundred thousand of them must fit, so that names
   become numbers here and a story's digests are decoded when its turn comes. */
#include "story/lexis.h"
#include "story/parts.h"

#include <math.h>
#include <string.h>

#define LEAST_OWN 0.05         /* clauses of one page are nearer each other than those of any two pages */

enum { MAX_ACTS = 12, MAX_OFFICES = 8, MAX_NUMBERS = 8 };

static bool keep_profile(an_arena *arena, const dg *d, st_brief *out) {
  uint32_t *keys = AN_NEW(arena, uint32_t, d->profile.count);
  uint8_t *weights = AN_NEW(arena, uint8_t, d->profile.count);
  bool *in_head = AN_NEW(arena, bool, d->profile.count), *is_name = AN_NEW(arena, bool, d->profile.count);
  double sum = 0;
  if (keys == NULL || weights == NULL || in_head == NULL || is_name == NULL) return false;
  for (uint32_t i = 0; i < d->profile.count; i++) {
    keys[i] = d->profile.at[i].key;
    weights[i] = d->profile.at[i].weight;
    in_head[i] = dg_words_has(d->head, keys[i]);
    sum += (double)weights[i] * weights[i];
    out->profile_sum += weights[i];
    if (in_head[i]) out->head_sum += weights[i];
    is_name[i] = in_head[i] && d->profile.at[i].name;
    if (is_name[i]) out->name_sum += weights[i];
  }
  out->in_head = in_head;
  out->profile = keys;
  out->weights = weights;
  out->is_name = is_name;
  out->profile_count = d->profile.count;
  out->profile_norm = sqrt(sum);
  return true;
}

static bool keep_words(an_arena *arena, dg_words from, dg_words *to) {
  uint32_t *at = AN_NEW(arena, uint32_t, from.count);
  if (at == NULL) return false;
  if (from.count > 0) memcpy(at, from.at, from.count * sizeof *at);
  *to = (dg_words){at, from.count};
  return true;
}

/* What the page tells up front comes first: its events are in page order. */
static bool keep_acts(an_arena *arena, const dg *d, st_brief *out) {
  st_act *acts = AN_NEW(arena, st_act, MAX_ACTS);
  if (acts == NULL) return false;
  for (uint32_t i = 0; i < d->event_count + d->faint_count && out->act_count < MAX_ACTS; i++) { /* what is too faint to tell still says what a page is about */
    const dg_event *e = &d->events[i];
    if (e->background || e->negated || e->actors.count + e->recipients.count == 0) continue;
    if (!st_act_of(arena, e, &acts[out->act_count++])) return false;
  }
  out->acts = acts;
  return true;
}

static bool is_lead_person(const dg *d, an_text person) {
  for (uint32_t i = 0; i < d->entity_count; i++)
    if (d->entities[i].lead && an_text_equal(d->entities[i].key, person)) return true;
  return false;
}

static bool keep_offices(an_arena *arena, const dg *d, st_brief *out) {
  st_office *offices = AN_NEW(arena, st_office, MAX_OFFICES);
  if (offices == NULL) return false;
  for (uint32_t i = 0; i < d->office_count && out->office_count < MAX_OFFICES; i++)
    offices[out->office_count++] = (st_office){st_text_key(d->offices[i].office), st_text_key(d->offices[i].person), is_lead_person(d, d->offices[i].person)};
  out->offices = offices;
  return true;
}

/* What the page counts up front. */
static bool keep_numbers(an_arena *arena, const dg *d, st_brief *out) {
  st_number *numbers = AN_NEW(arena, st_number, MAX_NUMBERS);
  if (numbers == NULL) return false;
  for (uint32_t i = 0; i < d->quantity_count && out->number_count < MAX_NUMBERS; i++) {
    const dg_quantity *q = &d->quantities[i];
    uint32_t thing = q->thing != 0 ? q->thing : q->unit.at != NULL ? st_text_key(q->unit) : q->of_word;
    bool exact = q->relation == AN_EQUAL;
    if (!q->lead || thing == 0 || isinf(q->high)) continue;
    numbers[out->number_count++] = (st_number){thing, (float)(exact ? q->value : q->low), (float)(exact ? q->value : q->high)};
  }
  out->numbers = numbers;
  return true;
}

static void add_meaning(const st_lexis *lexis, an_text text, st_brief *out, uint32_t *count) {
  float one[AN_VECTOR_SIZE] = {0}, square = 0;
  st_meaning_of(lexis, text, one);
  for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) {
    square += one[i] * one[i];
    out->meaning[i] += one[i];
  }
  *count += square > 0;
}

/* What title and clauses mean, and how near each other any two of them are, against which another page's nearness is held: the more a page tells, the
   nearer is the mean of what it tells to that of any other page. */
static void keep_meaning(const st_lexis *lexis, const dg *d, st_brief *out) {
  enum { FEW = 3 };
  uint32_t count = 0;
  double square = 0;
  add_meaning(lexis, d->title, out, &count);
  for (uint32_t i = 0; i < d->clause_count; i++)
    if (!d->clauses[i].noun) add_meaning(lexis, d->clauses[i].text, out, &count);
  if (count < FEW) return;
  for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) {
    square += (double)out->meaning[i] * (double)out->meaning[i];
    out->meaning[i] /= (float)count;
  }
  out->own_likeness = fmax((square - count) / ((double)count * (count - 1)), LEAST_OWN);
}

bool st_brief_of(an_arena *arena, const st_lexis *lexis, const dg *d, st_brief *out) {
  *out = (st_brief){.published = st_about_days(d), .weekdays = d->weekdays, .all_weekdays = d->all_weekdays, .scale = d->scale};
  keep_meaning(lexis, d, out);
  return keep_words(arena, d->shingles, &out->shingles) && keep_profile(arena, d, out) && keep_acts(arena, d, out) && keep_offices(arena, d, out) && keep_numbers(arena, d, out);
}
