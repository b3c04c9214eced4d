/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two reports quote one saying: who speaks, as far as each knows, and what is said, by its words and by what they mean. */
#include "story/alike.h"

#include <math.h>
#include <string.h>

/* The rows of alike.tsv, for what is said. */
#define SAID_SIGNS(X)                                                                                                                   \
  X(ALWAYS, "any two sayings")                                                                                                          \
  X(WHO_SAME, "the same speaker") X(WHO_SURNAME, "speakers of one surname") X(WHO_ONE, "one speaker without a name") X(WHO_NONE, "two speakers without a name") \
  X(LAND_SAME, "speakers of one country") X(LAND_OTHER, "speakers of two countries")              \
  X(SHARE_0, "sayings unlike") X(SHARE_1, "sayings a little alike") X(SHARE_2, "sayings alike") X(SHARE_3, "sayings very alike") X(SHARE_4, "sayings of nearly the same words") \
  X(LONG_1, "a little of the longer saying") X(LONG_2, "some of the longer saying") X(LONG_3, "most of the longer saying")              \
  X(HEAVY_1, "a word in both sayings") X(HEAVY_2, "some words in both sayings") X(HEAVY_3, "many words in both sayings")                \
  X(MEANT_0, "sayings far in meaning") X(MEANT_1, "sayings .15 alike") X(MEANT_2, "sayings .3 alike") X(MEANT_3, "sayings .4 alike") X(MEANT_4, "sayings .5 alike") \
  X(MEANT_5, "sayings .6 alike") X(MEANT_6, "sayings .7 alike") X(MEANT_7, "sayings .8 alike")                                          \
  X(NEAREST_BOTH, "each saying is nearest to the other") X(NEAREST_ONE, "one saying is nearest to the other") X(CLEAR, "no other saying is as near") X(CLEARLY, "no other saying is nearly as near") \
  X(QUOTED_BOTH, "both quoted") X(QUOTED_ONE, "one quoted") X(DENIED, "one saying denied") X(NUMBERS_OTHER, "sayings of two numbers") X(SHORT, "one saying of few words") \
  X(SAME_NEAREST, "the same speaker, and each saying is nearest to the other") X(SAME_NEAR, "the same speaker, and sayings near in meaning") X(SAME_SHARE, "the same speaker, and sayings alike in words") \
  X(BLIND_NEAREST, "a speaker without a name, and each saying is nearest to the other") X(BLIND_NEAR, "a speaker without a name, and sayings near in meaning")

AN_SIGNS(SAID_SIGNS, ST_SAID_SIGNS);
_Static_assert((int)SIGN_COUNT <= (int)ST_MOST_SIGNS, "room for the weights");

enum { FEW_WORDS = 3, MOST_SAID = 64 };    /* of a report: what it tells first */
#define WORTH_A_LOOK 0.4    /* how near in meaning */

static float dot(const float *a, const float *b) {
  float sum = 0;
  for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) sum += a[i] * b[i];
  return sum;
}

static void find_nearest(const st_story *story, st_said_at *all, uint32_t count) {
  for (uint32_t a = 0; a < count; a++)
    for (uint32_t r = 0; r < story->reading_count; r++) all[a].nearest[r] = (st_nearest){-1, -1};
  for (uint32_t a = 0; a < count; a++)
    for (uint32_t b = 0; b < count; b++) {
      st_nearest *n = &all[a].nearest[all[b].reading];
      float near = all[a].reading == all[b].reading ? -1 : dot(all[a].meaning, all[b].meaning);
      if (near > n->first) *n = (st_nearest){near, n->first};
      else if (near > n->second) n->second = near;
    }
}

bool st_sayings_of(st_story *story, st_words *words, st_said_at **out, uint32_t *count) {
  AN_LIST(st_said_at) all = {0};
  for (uint32_t r = 0; r < story->reading_count; r++) {
    uint32_t end = all.count + MOST_SAID;
    for (uint32_t i = 0; st_compares(story, r) && i < story->readings[r].d->statement_count; i++) {
      const dg_statement *s = &story->readings[r].d->statements[i];
      for (uint32_t p = 0; p < s->part_count && all.count < end && s->repeats == AN_NONE && s->speakers.count > 0; p++) {
        st_said_at *made = AN_PUSH(story->arena, &all);
        if (made == NULL) return false;
        *made = (st_said_at){.reading = r, .s = s, .part = &s->parts[p], .meaning = AN_NEW(story->arena, float, AN_VECTOR_SIZE), .nearest = AN_NEW(story->arena, st_nearest, story->reading_count)};
        if (made->meaning == NULL || made->nearest == NULL) return false;
        st_meaning_of(words->lexis, made->part->text, made->meaning);
      }
    }
  }
  find_nearest(story, all.at, all.count);
  *out = all.at;
  *count = all.count;
  return true;
}

/* "Andrii Lysenchuk", "Lysenchuk". */
static bool ends_in(an_text name, an_text surname) {
  if (name.size <= surname.size + 1 || name.at[name.size - surname.size - 1] != ' ') return false;
  return an_fold_hash(an_text_slice(name, name.size - surname.size, name.size)) == an_fold_hash(surname);
}

static void speaker_signs(const dg_party *x, const dg_party *y, bool *at) {
  bool one = x->name.at != NULL, other = y->name.at != NULL;
  at[SIGN_WHO_SAME] = one && other && (an_fold_hash(st_party_key(x)) == an_fold_hash(st_party_key(y)) || an_fold_hash(x->name) == an_fold_hash(y->name));
  at[SIGN_WHO_SURNAME] = one && other && !at[SIGN_WHO_SAME] && (ends_in(x->name, y->name) || ends_in(y->name, x->name));
  at[SIGN_WHO_ONE] = one != other;
  at[SIGN_WHO_NONE] = !one && !other;
  bool land = x->country.at != NULL && y->country.at != NULL;
  at[SIGN_LAND_SAME] = land && an_text_equal(x->country, y->country);
  at[SIGN_LAND_OTHER] = land && !at[SIGN_LAND_SAME];
}

static void word_signs(st_words *words, const dg_part *x, const dg_part *y, bool *at) {
  double common = st_words_shared(words, x->words, y->words), one = st_words_sum(words, x->words), other = st_words_sum(words, y->words);
  double share = fmin(one, other) <= 0 ? 0 : common / fmin(one, other), longer = fmax(one, other) <= 0 ? 0 : common / fmax(one, other);
  at[SIGN_SHARE_0] = share < 0.15;
  at[SIGN_SHARE_1] = share >= 0.15 && share < 0.35;
  at[SIGN_SHARE_2] = share >= 0.35 && share < 0.55;
  at[SIGN_SHARE_3] = share >= 0.55 && share < 0.8;
  at[SIGN_SHARE_4] = share >= 0.8;
  at[SIGN_LONG_1] = longer >= 0.15 && longer < 0.35;
  at[SIGN_LONG_2] = longer >= 0.35 && longer < 0.6;
  at[SIGN_LONG_3] = longer >= 0.6;
  at[SIGN_HEAVY_1] = common >= 1;
  at[SIGN_HEAVY_2] = common >= 2.5;
  at[SIGN_HEAVY_3] = common >= 5;
  at[SIGN_DENIED] = x->negated != y->negated;
  at[SIGN_NUMBERS_OTHER] = dg_numbers_differ(x->words, y->words);
  at[SIGN_SHORT] = x->words.count <= FEW_WORDS || y->words.count <= FEW_WORDS;
}

static void meaning_signs(const st_said_at *a, const st_said_at *b, bool *at) {
  static const double least[] = {-2, 0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 2};
  float near = dot(a->meaning, b->meaning);
  const st_nearest *one = &a->nearest[b->reading], *other = &b->nearest[a->reading];
  bool forth = near >= one->first, back = near >= other->first;
  for (uint32_t i = 0; i < 8; i++) at[SIGN_MEANT_0 + i] = near >= least[i] && near < least[i + 1];
  at[SIGN_NEAREST_BOTH] = forth && back;
  at[SIGN_NEAREST_ONE] = forth != back;
  at[SIGN_CLEAR] = forth && back && near - fmaxf(one->second, other->second) >= 0.05F;
  at[SIGN_CLEARLY] = forth && back && near - fmaxf(one->second, other->second) >= 0.15F;
}

bool st_said_signs(st_words *words, const st_said_at *a, const st_said_at *b, st_signs *out) {
  bool *at = out->at;
  memset(out, 0, sizeof *out);
  at[SIGN_ALWAYS] = true;
  speaker_signs(&a->s->speakers.at[0], &b->s->speakers.at[0], at);
  if (!at[SIGN_WHO_SAME] && !at[SIGN_WHO_SURNAME] && !at[SIGN_WHO_ONE] && !at[SIGN_WHO_NONE]) return false;
  word_signs(words, a->part, b->part, at);
  meaning_signs(a, b, at);
  bool quoted = a->s->kind != AN_INDIRECT, too = b->s->kind != AN_INDIRECT;
  at[SIGN_QUOTED_BOTH] = quoted && too;
  at[SIGN_QUOTED_ONE] = quoted != too;
  bool same = at[SIGN_WHO_SAME] || at[SIGN_WHO_SURNAME], blind = at[SIGN_WHO_ONE] || at[SIGN_WHO_NONE];
  bool near = at[SIGN_MEANT_4] || at[SIGN_MEANT_5] || at[SIGN_MEANT_6] || at[SIGN_MEANT_7];
  at[SIGN_SAME_NEAREST] = same && at[SIGN_NEAREST_BOTH];
  at[SIGN_SAME_NEAR] = same && near;
  at[SIGN_SAME_SHARE] = same && (at[SIGN_SHARE_2] || at[SIGN_SHARE_3] || at[SIGN_SHARE_4]);
  at[SIGN_BLIND_NEAREST] = blind && at[SIGN_NEAREST_BOTH];
  at[SIGN_BLIND_NEAR] = blind && near;
  return true;
}

double st_one_saying(const st_story *story, st_words *words, const st_said_at *a, const st_said_at *b) {
  st_signs signs;
  if (dot(a->meaning, b->meaning) < (float)WORTH_A_LOOK) return 0;
  return st_said_signs(words, a, b, &signs) ? st_share_of(story->lexis->sayings, &signs, SIGN_COUNT) : 0;
}
