/* SPDX-License-Identifier: Apache-2.0 */
#include "story/alike.h"

#include <math.h>
#include <string.h>

/* The rows of alike.tsv, for clauses. */
#define CLAUSE_SIGNS(X)                                                                                                                 \
  X(ALWAYS, "any two clauses")                                                                                                          \
  X(VERB_SAME, "the same verb") X(VERB_NEAR, "verbs very near in meaning") X(VERB_LIKE, "verbs near in meaning") X(VERB_FAR, "verbs far in meaning") \
  X(VERB_IS, "both say what something is") X(NOUN_FOR_VERB, "the verb of one is a noun of the other") X(NOUN_LIKE_VERB, "the verb of one is near a noun of the other") \
  X(DEED_ONE, "one told by a noun") X(DEED_BOTH, "both told by nouns") X(DEED_BARE, "told by a noun that says neither who nor what") X(DEED_WHO, "told by a noun with its doer") X(DEED_WHAT, "told by a noun with what it is done to")                                                                 \
  X(WHO_NAME, "the same name as subject") X(WHO_WORD, "the same word as subject") X(WHO_LIKE, "subjects near in meaning") X(WHO_OTHER, "two subjects") \
  X(WHO_NAMES_OTHER, "subjects of two names") X(WHO_ONE, "one has no subject") X(WHO_IN, "the subject of one stands in the other")      \
  X(WHAT_MOST, "most of the object the same") X(WHAT_SOME, "some of the object the same") X(WHAT_LIKE, "objects near in meaning")     \
  X(WHAT_OTHER, "two objects") X(WHAT_ONE, "one has no object") X(WHAT_NONE, "neither has an object") X(WHAT_IN, "the object of one stands in the other") \
  X(TURNED, "the subject of one is the object of the other")                                                                            \
  X(SHARE_0, "unlike") X(SHARE_1, "a little alike") X(SHARE_2, "alike") X(SHARE_3, "very alike") X(SHARE_4, "nearly the same words")    \
  X(HEAVY_0, "no word in common") X(HEAVY_1, "a word in common") X(HEAVY_2, "some words in common") X(HEAVY_3, "many words in common")  \
  X(MET_1, "one word near in meaning") X(MET_2, "words near in meaning")                                                                \
  X(NAME_BOTH, "a name in both") X(NAMES_TWO, "two names in both") X(NAMES_OTHER, "each names somebody else")                           \
  X(LINKED, "counts of one thing in both") X(NUMBER_BIG, "the same number above twelve in both") X(NUMBER_SMALL, "the same number up to twelve in both") \
  X(NUMBER_OTHER, "each has another number") X(NUMBER_ONE, "one has a number")                                                          \
  X(BEST_BOTH, "each shares most with the other") X(BEST_ONE, "one shares most with the other")                                        \
  X(MEANT_0, "far in meaning") X(MEANT_1, "meaning .15 alike") X(MEANT_2, "meaning .3 alike") X(MEANT_3, "meaning .4 alike") X(MEANT_4, "meaning .5 alike") \
  X(MEANT_5, "meaning .6 alike") X(MEANT_6, "meaning .7 alike") X(MEANT_7, "meaning .8 alike")                                          \
  X(NEAREST_BOTH, "each is nearest to the other in meaning") X(NEAREST_ONE, "one is nearest to the other in meaning")                  \
  X(CLEAR, "no other clause is as near in meaning") X(CLEARLY, "no other clause is nearly as near in meaning")                         \
  X(BEHIND, "another clause is nearer in meaning") X(FAR_BEHIND, "another clause is much nearer in meaning")                            \
  X(NEAREST_NEAR, "each is nearest to the other, and near") X(NEAREST_BEST, "each is nearest to the other and shares most with it")     \
  X(NEAREST_WHO, "each is nearest to the other, and the same subject") X(NEAREST_LEAD, "each is nearest to the other, both up front")   \
  X(FORCE_SAME, "both done, or both to come") X(DENIED, "one is denied") X(DENIED_BOTH, "both are denied")                              \
  X(DAYS_SAME, "on the same day") X(DAYS_MEET, "on days that may be one") X(DAYS_APART, "on two days") X(DAYS_ONE, "of one the day is said") \
  X(PLACE_SAME, "in the same place") X(PLACE_APART, "in two places") X(PLACE_ONE, "of one the place is said")                           \
  X(LEAD_BOTH, "both up front") X(LEAD_ONE, "one up front") X(MAIN_BOTH, "both main clauses") X(MAIN_NONE, "neither a main clause")      \
  X(SAID_BOTH, "both in what is said") X(SAID_ONE, "one in what is said") X(SPEAKER_SAME, "said by the same")                            \
  X(STANCE_BOTH, "both tell how far somebody commits") X(STANCE_ONE, "one tells how far somebody commits")                              \
  X(ACT_ONE, "matched as one act") X(ACT_TWO, "two acts of two kinds") X(ACT_KIND, "acts of one kind") X(ACT_NONE, "neither an act") X(ACT_HALF, "one an act") \
  X(SHORT, "one of few words") X(SAME_DAYS_OUT, "reports of the same days")                                                             \
  X(SAME_VERB_WHO, "the same verb and subject") X(SAME_VERB_WHAT, "the same verb and object") X(SAME_ALL, "the same verb, subject and object") X(SAME_WHO_WHAT, "the same subject and object") \
  X(LIKE_VERB_WHAT, "verbs near in meaning and the same object") X(LIKE_VERB_WHO, "verbs near in meaning and the same subject") X(LINKED_SHARE, "counts of one thing in both, and they are alike") X(BEST_SHARE, "each shares most with the other, and they are alike") X(BEST_VERB, "each shares most with the other, and the same verb") X(KIND_WHO, "acts of one kind and the same subject")

AN_SIGNS(CLAUSE_SIGNS, ST_CLAUSE_SIGNS);
_Static_assert((int)SIGN_COUNT <= (int)ST_MOST_SIGNS, "room for the weights");


#define VERY_NEAR 0.7
#define NEAR 0.5
#define WORTH_A_LOOK 0.5    /* weight in common, */
#define WORTH_A_GLANCE 0.3  /* or how near in meaning, or each the other's nearest */
enum { FEW_WORDS = 3 };

bool st_clauses_of(st_story *story, st_words *words, st_clause_at **out, uint32_t *count) {
  AN_LIST(st_clause_at) all = {0};
  for (uint32_t r = 0; r < story->reading_count; r++)
    for (uint32_t i = 0; st_compares(story, r) && i < story->readings[r].d->clause_count; i++) {
      const dg_clause *c = &story->readings[r].d->clauses[i];
      st_clause_at *made = AN_PUSH(story->arena, &all);
      if (made == NULL) return false;
      *made = (st_clause_at){.reading = r, .index = i, .c = c, .when = st_when_days(story, r, &c->when), .meaning = AN_NEW(story->arena, float, AN_VECTOR_SIZE)};
      if (made->meaning == NULL) return false;
      st_meaning_of(words->lexis, c->text, made->meaning);
    }
  *out = all.at;
  *count = all.count;
  return true;
}

/* What a verb tells is held against what verbs tell: a noun in another clause of that page is no rival of it. */
static bool is_rival(const st_shared *s, uint32_t a, uint32_t b) { return s->all[a].c->noun || !s->all[b].c->noun; }

static void take_best(st_shared *s, uint32_t a, uint32_t b, float shared) {
  if (!is_rival(s, a, b)) return;
  uint32_t *best = &s->best[(size_t)a * s->readings + s->all[b].reading];
  if (*best == AN_NONE || shared > s->at[(size_t)a * s->count + *best]) *best = b;
}

static void take_nearest(st_shared *s, uint32_t a, uint32_t b, float near) {
  if (!is_rival(s, a, b)) return;
  st_nearest *n = &s->nearest[(size_t)a * s->readings + s->all[b].reading];
  if (n->first > near) {
    if (near > n->second) n->second = near;
    return;
  }
  *n = (st_nearest){.first = near, .second = n->first};
}

static float meant_alike(const st_clause_at *a, const st_clause_at *b) {
  float dot = 0;
  for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) dot += a->meaning[i] * b->meaning[i];
  return dot;
}

bool st_share_clauses(const st_story *story, st_words *words, const st_clause_at *all, uint32_t count, st_shared *out) {
  *out = (st_shared){.all = all, .count = count, .readings = story->reading_count};
  out->at = AN_NEW(story->arena, float, (size_t)count * count);
  out->near = AN_NEW(story->arena, float, (size_t)count * count);
  out->best = AN_NEW(story->arena, uint32_t, (size_t)count * story->reading_count);
  out->nearest = AN_NEW(story->arena, st_nearest, (size_t)count * story->reading_count);
  if (count > 0 && (out->at == NULL || out->near == NULL || out->best == NULL || out->nearest == NULL)) return false;
  for (size_t i = 0; i < (size_t)count * story->reading_count; i++) out->best[i] = AN_NONE;
  for (uint32_t a = 0; a < count; a++)
    for (uint32_t b = a + 1; b < count; b++) {
      if (all[a].reading == all[b].reading) continue;
      float near = meant_alike(&all[a], &all[b]);
      out->near[(size_t)a * count + b] = out->near[(size_t)b * count + a] = near;
      take_nearest(out, a, b, near);
      take_nearest(out, b, a, near);
      float shared = (float)st_words_shared(words, all[a].c->words, all[b].c->words);
      out->at[(size_t)a * count + b] = out->at[(size_t)b * count + a] = shared;
      if (shared <= 0) continue;
      take_best(out, a, b, shared);
      take_best(out, b, a, shared);
    }
  return !words->short_of;
}

bool st_link(st_linked *linked, an_arena *arena, uint32_t ra, uint32_t clause_a, uint32_t rb, uint32_t clause_b) {
  if (clause_a == AN_NONE || clause_b == AN_NONE) return true;
  return an_map_put(arena, &linked->pairs, an_hash_mix((uint64_t)ra << 32 | clause_a, (uint64_t)rb << 32 | clause_b) | 1, 1) != NULL;
}

bool st_are_linked(const st_linked *linked, uint32_t ra, uint32_t clause_a, uint32_t rb, uint32_t clause_b) {
  if (linked->pairs.count == 0) return false;
  return an_map_get(&linked->pairs, an_hash_mix((uint64_t)ra << 32 | clause_a, (uint64_t)rb << 32 | clause_b) | 1, 0) != 0 ||
         an_map_get(&linked->pairs, an_hash_mix((uint64_t)rb << 32 | clause_b, (uint64_t)ra << 32 | clause_a) | 1, 0) != 0;
}

/* By how much another clause of b's page is nearer to a; 0: b is the nearest. */
static double behind(const st_shared *shared, uint32_t a, uint32_t b) {
  return fmax(0, shared->nearest[(size_t)a * shared->readings + shared->all[b].reading].first - shared->near[(size_t)a * shared->count + b]);
}

bool st_may_be_one(const st_shared *shared, const st_linked *linked, uint32_t a, uint32_t b) {
  const st_clause_at *x = &shared->all[a], *y = &shared->all[b];
  if (x->reading == y->reading) return false;
  double near = shared->near[(size_t)a * shared->count + b];
  if (near >= WORTH_A_GLANCE || shared->at[(size_t)a * shared->count + b] >= WORTH_A_LOOK) return true;
  return behind(shared, a, b) + behind(shared, b, a) == 0 || st_are_linked(linked, x->reading, x->index, y->reading, y->index);
}

void st_words_count_all(st_words *words, const st_story *story) {
  for (uint32_t r = 0; r < story->reading_count; r++)
    for (uint32_t i = 0; st_compares(story, r) && i < story->readings[r].d->clause_count; i++)
      if (!story->readings[r].d->clauses[i].noun) st_words_count(words, story->readings[r].d->clauses[i].words);
}

static uint32_t names_common(dg_words a, dg_words b) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < a.count; i++) count += (a.at[i] & DG_NAMED) != 0 && dg_words_has(b, a.at[i]);
  return count;
}

static bool has_number(dg_words a) {
  for (uint32_t i = 0; i < a.count; i++)
    if ((a.at[i] & (DG_NAMED | DG_NUMBER)) == DG_NUMBER) return true;
  return false;
}

static double nearest_to(st_words *words, uint32_t key, dg_words to) { return st_words_nearest(words, (dg_words){&key, 1}, to); }

static void verb_signs(st_words *words, const dg_clause *x, const dg_clause *y, bool *at) {
  double near = st_words_near(words, x->verb, y->verb);
  bool same = x->verb == y->verb, is = same && x->verb == dg_word_key(an_fold_hash(AN_LIT("be")), 0);
  at[SIGN_DEED_ONE] = x->noun != y->noun;
  at[SIGN_DEED_BOTH] = x->noun && y->noun;
  for (unsigned i = 0; i < 2; i++) {
    const dg_clause *c = i == 0 ? x : y;
    at[SIGN_DEED_BARE] |= c->noun && c->who.count == 0 && c->what.count == 0;
    at[SIGN_DEED_WHO] |= c->noun && c->who.count > 0;
    at[SIGN_DEED_WHAT] |= c->noun && c->what.count > 0;
  }
  at[SIGN_VERB_SAME] = same && !is;
  at[SIGN_VERB_IS] = is;
  at[SIGN_VERB_NEAR] = !same && near >= VERY_NEAR;
  at[SIGN_VERB_LIKE] = !same && near >= NEAR && near < VERY_NEAR;
  at[SIGN_VERB_FAR] = !same && near < NEAR;
  double noun = fmax(nearest_to(words, x->verb, y->words), nearest_to(words, y->verb, x->words));
  at[SIGN_NOUN_FOR_VERB] = !same && noun >= 0.99;
  at[SIGN_NOUN_LIKE_VERB] = !same && noun >= VERY_NEAR && noun < 0.99;
}

static void party_signs(st_words *words, const dg_clause *x, const dg_clause *y, bool *at) {
  bool who = x->who.count > 0 && y->who.count > 0, what = x->what.count > 0 && y->what.count > 0;
  bool name = who && names_common(x->who, y->who) > 0, word = who && !name && dg_things_common(x->who, y->who) > 0;
  bool like = who && !name && !word && st_words_nearest(words, x->who, y->who) >= NEAR;
  at[SIGN_WHO_NAME] = name;
  at[SIGN_WHO_WORD] = word;
  at[SIGN_WHO_LIKE] = like;
  at[SIGN_WHO_OTHER] = who && !name && !word && !like;
  at[SIGN_WHO_NAMES_OTHER] = who && st_names_others(x->who, y->who);
  at[SIGN_WHO_ONE] = !who;
  at[SIGN_WHO_IN] = !name && !word && (dg_things_common(x->who, y->words) > 0 || dg_things_common(y->who, x->words) > 0);
  double common = st_words_shared(words, x->what, y->what), lighter = fmin(st_words_sum(words, x->what), st_words_sum(words, y->what));
  bool most = what && lighter > 0 && common >= 0.5 * lighter, some = what && !most && common > 0;
  bool near = what && !most && !some && st_words_nearest(words, x->what, y->what) >= NEAR;
  at[SIGN_WHAT_MOST] = most;
  at[SIGN_WHAT_SOME] = some;
  at[SIGN_WHAT_LIKE] = near;
  at[SIGN_WHAT_OTHER] = what && !most && !some && !near;
  at[SIGN_WHAT_ONE] = (x->what.count > 0) != (y->what.count > 0);
  at[SIGN_WHAT_NONE] = x->what.count == 0 && y->what.count == 0;
  at[SIGN_WHAT_IN] = !most && !some && (dg_things_common(x->what, y->words) > 0 || dg_things_common(y->what, x->words) > 0);
  at[SIGN_TURNED] = !name && !word && (dg_things_common(x->who, y->what) > 0 || dg_things_common(y->who, x->what) > 0);
}

static void word_signs(st_words *words, const dg_clause *x, const dg_clause *y, bool *at) {
  double common = st_words_shared(words, x->words, y->words), lighter = fmin(st_words_sum(words, x->words), st_words_sum(words, y->words));
  double share = lighter <= 0 ? 0 : common / lighter, met = st_words_met(words, x->words, y->words) - common;
  at[SIGN_SHARE_0] = share < 0.15;
  at[SIGN_SHARE_1] = share >= 0.15 && share < 0.35;
  at[SIGN_SHARE_2] = share >= 0.35 && share < 0.55;
  at[SIGN_SHARE_3] = share >= 0.55 && share < 0.8;
  at[SIGN_SHARE_4] = share >= 0.8;
  at[SIGN_HEAVY_0] = common <= 0;
  at[SIGN_HEAVY_1] = common >= 1;
  at[SIGN_HEAVY_2] = common >= 2.5;
  at[SIGN_HEAVY_3] = common >= 5;
  at[SIGN_MET_1] = met > 0.3;
  at[SIGN_MET_2] = met > 1.5;
  uint32_t names = names_common(x->words, y->words);
  at[SIGN_NAME_BOTH] = names > 0;
  at[SIGN_NAMES_TWO] = names > 1;
  at[SIGN_NAMES_OTHER] = st_names_others(x->words, y->words);
  at[SIGN_SHORT] = x->words.count <= FEW_WORDS || y->words.count <= FEW_WORDS;
}

static void scope_signs(const st_story *story, const st_clause_at *a, const st_clause_at *b, bool *at) {
  const dg_clause *x = a->c, *y = b->c;
  bool one = x->when.text.at != NULL, other = y->when.text.at != NULL;
  bool same = one && other && an_days_is_single(a->when) && a->when.earliest == b->when.earliest && a->when.latest == b->when.latest;
  at[SIGN_DAYS_SAME] = same;
  at[SIGN_DAYS_MEET] = one && other && !same && st_days_meet(a->when, b->when);
  at[SIGN_DAYS_APART] = one && other && !st_days_meet(a->when, b->when);
  at[SIGN_DAYS_ONE] = one != other;
  bool place = x->where.name.at != NULL && y->where.name.at != NULL;
  st_place here = st_place_of(&x->where), there = st_place_of(&y->where);
  at[SIGN_PLACE_SAME] = place && st_same_place(&here, &there);
  at[SIGN_PLACE_APART] = place && st_are_elsewhere(&x->where, &y->where);
  at[SIGN_PLACE_ONE] = (x->where.name.at != NULL) != (y->where.name.at != NULL);
  at[SIGN_FORCE_SAME] = x->force == y->force;
  at[SIGN_DENIED] = x->negated != y->negated;
  at[SIGN_DENIED_BOTH] = x->negated && y->negated;
  at[SIGN_LEAD_BOTH] = x->lead && y->lead;
  at[SIGN_LEAD_ONE] = x->lead != y->lead;
  at[SIGN_MAIN_BOTH] = x->main && y->main;
  at[SIGN_MAIN_NONE] = !x->main && !y->main;
  at[SIGN_SAID_BOTH] = x->statement != AN_NONE && y->statement != AN_NONE;
  at[SIGN_SAID_ONE] = (x->statement != AN_NONE) != (y->statement != AN_NONE);
  at[SIGN_STANCE_BOTH] = x->stance != DG_STANCE_NONE && y->stance != DG_STANCE_NONE;
  at[SIGN_STANCE_ONE] = (x->stance != DG_STANCE_NONE) != (y->stance != DG_STANCE_NONE);
  at[SIGN_SAME_DAYS_OUT] = st_are_near(story, a->reading, b->reading);
}

/* What the numbers of both say. */
static void number_signs(const st_story *story, const st_linked *linked, const st_clause_at *a, const st_clause_at *b, bool *at) {
  const dg *d = story->readings[a->reading].d, *f = story->readings[b->reading].d;
  bool any = false;
  for (uint32_t i = 0; i < d->quantity_count; i++)
    for (uint32_t k = 0; d->quantities[i].clause == a->index && k < f->quantity_count; k++) {
      const dg_quantity *x = &d->quantities[i], *y = &f->quantities[k];
      if (y->clause != b->index || x->value != y->value || !an_text_equal(x->unit, y->unit)) continue;
      at[SIGN_NUMBER_BIG] |= x->value > 12;
      at[SIGN_NUMBER_SMALL] |= x->value <= 12;
      any = true;
    }
  at[SIGN_LINKED] = st_are_linked(linked, a->reading, a->index, b->reading, b->index);
  bool one = has_number(a->c->words), other = has_number(b->c->words);
  at[SIGN_NUMBER_OTHER] = !any && !at[SIGN_LINKED] && one && other;
  at[SIGN_NUMBER_ONE] = one != other;
}

/* b is of its page's clauses the one that shares most with a. */
static bool shares_most(const st_shared *shared, uint32_t a, uint32_t b) {
  uint32_t best = shared->best[(size_t)a * shared->readings + shared->all[b].reading];
  float own = shared->at[(size_t)a * shared->count + b];
  return best == b || (shared->all[b].c->noun && own > 0 && (best == AN_NONE || own >= shared->at[(size_t)a * shared->count + best]));
}

static void best_signs(const st_shared *shared, uint32_t a, uint32_t b, bool *at) {
  bool forth = shares_most(shared, a, b), back = shares_most(shared, b, a);
  at[SIGN_BEST_BOTH] = forth && back;
  at[SIGN_BEST_ONE] = forth != back;
}

/* How near they are in meaning, and whether another of the other's page is as near. */
static void meaning_signs(const st_shared *shared, uint32_t a, uint32_t b, bool *at) {
  static const double least[] = {-2, 0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 2};
  double near = shared->near[(size_t)a * shared->count + b], one = behind(shared, a, b), other = behind(shared, b, a), more = fmax(one, other);
  for (uint32_t i = 0; i < 8; i++) at[SIGN_MEANT_0 + i] = near >= least[i] && near < least[i + 1];
  at[SIGN_NEAREST_BOTH] = more == 0;
  at[SIGN_NEAREST_ONE] = more > 0 && fmin(one, other) == 0;
  at[SIGN_BEHIND] = more >= 0.1;
  at[SIGN_FAR_BEHIND] = more >= 0.25;
  float rival = fmaxf(shared->nearest[(size_t)a * shared->readings + shared->all[b].reading].second, shared->nearest[(size_t)b * shared->readings + shared->all[a].reading].second);
  at[SIGN_CLEAR] = more == 0 && near - (double)rival >= 0.05;
  at[SIGN_CLEARLY] = more == 0 && near - (double)rival >= 0.15;
  at[SIGN_NEAREST_NEAR] = more == 0 && near >= 0.5;
  at[SIGN_NEAREST_BEST] = more == 0 && at[SIGN_BEST_BOTH];
}

static void act_signs(const st_story *story, const st_clause_at *a, const st_clause_at *b, bool *at) {
  const dg *d = story->readings[a->reading].d, *f = story->readings[b->reading].d;
  if (a->c->statement != AN_NONE && b->c->statement != AN_NONE) {
    const dg_parties *s = &d->statements[a->c->statement].speakers, *t = &f->statements[b->c->statement].speakers;
    if (s->count > 0 && t->count > 0) {
      st_party one = st_party_of(&s->at[0]), other = st_party_of(&t->at[0]);
      at[SIGN_SPEAKER_SAME] = st_same_party(&one, &other);
    }
  }
  at[SIGN_ACT_NONE] = a->c->event == AN_NONE && b->c->event == AN_NONE;
  at[SIGN_ACT_HALF] = (a->c->event == AN_NONE) != (b->c->event == AN_NONE);
  if (a->c->event == AN_NONE || b->c->event == AN_NONE) return;
  const st_event *x = &story->readings[a->reading].events[a->c->event], *y = &story->readings[b->reading].events[b->c->event];
  at[SIGN_ACT_ONE] = x->cluster != AN_NONE && x->cluster == y->cluster;
  at[SIGN_ACT_KIND] = !at[SIGN_ACT_ONE] && an_text_equal(x->e->type, y->e->type);
  at[SIGN_ACT_TWO] = !at[SIGN_ACT_ONE] && !at[SIGN_ACT_KIND];
}

void st_clause_signs(const st_story *story, st_words *words, const st_shared *shared, const st_linked *linked, uint32_t index, uint32_t other, st_signs *out) {
  const st_clause_at *a = &shared->all[index], *b = &shared->all[other];
  bool *at = out->at;
  memset(out, 0, sizeof *out);
  at[SIGN_ALWAYS] = true;
  verb_signs(words, a->c, b->c, at);
  party_signs(words, a->c, b->c, at);
  word_signs(words, a->c, b->c, at);
  number_signs(story, linked, a, b, at);
  best_signs(shared, index, other, at);
  meaning_signs(shared, index, other, at);
  scope_signs(story, a, b, at);
  act_signs(story, a, b, at);
  bool who = at[SIGN_WHO_NAME] || at[SIGN_WHO_WORD], what = at[SIGN_WHAT_MOST] || at[SIGN_WHAT_SOME], like = at[SIGN_VERB_NEAR] || at[SIGN_VERB_LIKE];
  at[SIGN_SAME_VERB_WHO] = at[SIGN_VERB_SAME] && who;
  at[SIGN_SAME_VERB_WHAT] = at[SIGN_VERB_SAME] && what;
  at[SIGN_SAME_ALL] = at[SIGN_VERB_SAME] && who && what;
  at[SIGN_SAME_WHO_WHAT] = who && what;
  at[SIGN_LIKE_VERB_WHAT] = like && what;
  at[SIGN_LIKE_VERB_WHO] = like && who;
  at[SIGN_LINKED_SHARE] = at[SIGN_LINKED] && !at[SIGN_SHARE_0];
  at[SIGN_BEST_SHARE] = at[SIGN_BEST_BOTH] && (at[SIGN_SHARE_3] || at[SIGN_SHARE_4]);
  at[SIGN_BEST_VERB] = at[SIGN_BEST_BOTH] && at[SIGN_VERB_SAME];
  at[SIGN_NEAREST_WHO] = at[SIGN_NEAREST_BOTH] && who;
  at[SIGN_NEAREST_LEAD] = at[SIGN_NEAREST_BOTH] && at[SIGN_LEAD_BOTH];
  at[SIGN_KIND_WHO] = (at[SIGN_ACT_KIND] || at[SIGN_ACT_ONE]) && who;
}

double st_one_happening(const st_story *story, st_words *words, const st_shared *shared, const st_linked *linked, uint32_t a, uint32_t b) {
  st_signs signs;
  if (!st_may_be_one(shared, linked, a, b)) return 0;
  st_clause_signs(story, words, shared, linked, a, b, &signs);
  const st_lexis *lexis = story->lexis;
  return st_share_of(signs.at[SIGN_DEED_ONE] || signs.at[SIGN_DEED_BOTH] ? lexis->deeds : lexis->clauses, &signs, SIGN_COUNT);
}
