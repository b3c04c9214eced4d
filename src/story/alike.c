/* SPDX-License-Identifier: Apache-2.0 */
#include "story/alike.h"

#include <math.h>
#include <string.h>

/* The rows of alike.tsv, for numbers. */
#define COUNT_SIGNS(X)                                                                                                                  \
  X(ALWAYS, "any two numbers of one unit")                                                                                              \
  X(EQUAL, "the same number") X(ROUNDED, "the same number, rounded") X(BOTH_TRUE, "both can be true") X(TENTH, "within a tenth")        \
  X(HALF, "within a half") X(TWICE, "within a factor of three") X(FAR, "farther apart")                                                 \
  X(EQUAL_ONE, "the same number, up to three") X(EQUAL_FEW, "the same number, up to twelve") X(EQUAL_MANY, "the same number, above twelve") \
  X(EQUAL_RARE, "the same number, and no round one") X(EQUAL_ONLY, "the same number, given once in each page")                         \
  X(WORD_ONE, "one is a word for many") X(WORD_BOTH, "both are words for many") X(BOUND_ONE, "one is a bound") X(BOUND_BOTH, "both are bounds") X(BOUND_AGAINST, "one is above, one below") \
  X(TIME, "lengths of time") X(PERCENT, "per cent") X(MEASURE, "other measures")                                                        \
  X(NOUN_SAME, "the same noun") X(NOUN_NEAR, "nouns very near in meaning") X(NOUN_LIKE, "nouns near in meaning") X(NOUN_FAR, "nouns far in meaning") \
  X(NOUN_ONE, "one has no noun") X(NOUN_NONE, "neither has a noun")                                                                     \
  X(THING_SAME, "the same became of them") X(THING_OTHER, "another thing became of them") X(THING_ONE, "of one it is said what became of them") \
  X(GROUP_SAME, "the same group") X(GROUP_OTHER, "two groups") X(GROUP_ONE, "one is of a group, one of anybody")                        \
  X(WHOSE_SAME, "of the same side") X(WHOSE_OTHER, "of two sides") X(WHOSE_ONE, "of one the side is said")                              \
  X(HANGS_0, "nothing in common beside them") X(HANGS_1, "some words in common beside them") X(HANGS_2, "many words in common beside them") X(HANGS_3, "most words in common beside them") \
  X(NEAR_1, "one word near in meaning beside them") X(NEAR_2, "words near in meaning beside them")                                     \
  X(SHARE_0, "sentences unlike") X(SHARE_1, "sentences a little alike") X(SHARE_2, "sentences alike") X(SHARE_3, "sentences very alike") X(SHARE_4, "nearly one sentence") \
  X(HEAVY_1, "a rare word in both sentences") X(HEAVY_2, "several rare words in both sentences")                                        \
  X(NAME_BOTH, "a name in both sentences") X(NAMES_OTHER, "each sentence names somebody else")                                          \
  X(VERB_SAME, "the same verb") X(VERB_NEAR, "verbs near in meaning") X(VERB_FAR, "verbs far in meaning") X(VERB_NONE, "one has no verb") \
  X(WHO_SAME, "the same subject") X(WHO_OTHER, "two subjects") X(WHAT_SAME, "the same object") X(WHAT_OTHER, "two objects")             \
  X(DENIED, "one is denied") X(FORCE, "one is done, one is not")                                                                        \
  X(DAYS_SAME, "of the same days") X(DAYS_APART, "of days that do not meet") X(DAYS_ONE, "of one the days are said")                    \
  X(PLACE_SAME, "in the same place") X(PLACE_APART, "in two places") X(PLACE_ONE, "of one the place is said")                           \
  X(ALONE_BOTH, "each alone in its sentence") X(ALONE_NONE, "each beside others in its sentence") X(ORDER_SAME, "each the first, or the second, of its sentence") \
  X(LEAD_BOTH, "both up front") X(LEAD_ONE, "one up front")                                                                             \
  X(SOURCE_SAME, "from the same source") X(SOURCE_OTHER, "from two sources") X(SOURCE_ONE, "of one the source is said")                \
  X(PART_ONE, "one is a part") X(WIDE_ONE, "one is over many places") X(CHANGE_ONE, "one is by how much") X(FURTHER_ONE, "one is of those beside others") X(FURTHER_BOTH, "both are of those beside others")                                                                   \
  X(ACT_ONE, "counts of one act") X(ACT_TWO, "counts of two acts") X(ACT_KIND, "counts of one kind of act")                             \
  X(RIVAL_NONE, "the only ones of their noun") X(RIVAL_MANY, "several of their noun")                                                   \
  X(ONLY_THING, "the only ones of what became of them") X(SAME_DAYS_OUT, "reports of the same days")                                   \
  X(EQUAL_NOUN, "the same number of one noun") X(EQUAL_THING, "the same number, and the same became of them") X(EQUAL_SHARE, "the same number in sentences alike") \
  X(EQUAL_LIKE, "the same number of nouns near in meaning") X(EQUAL_OTHER, "the same number of nouns far in meaning") X(OTHER_NOUN, "two numbers of one noun") X(OTHER_SHARE, "two numbers in sentences alike") X(OTHER_THING, "two numbers, and the same became of them") \
  X(MEANT_0, "far in meaning") X(MEANT_1, "meaning .1 alike") X(MEANT_2, "meaning .2 alike") X(MEANT_3, "meaning .3 alike") X(MEANT_4, "meaning .4 alike") \
  X(MEANT_5, "meaning .5 alike") X(MEANT_6, "meaning .6 alike") X(MEANT_7, "meaning .75 alike")                                          \
  X(NEAREST_BOTH, "each is nearest to the other in meaning") X(NEAREST_ONE, "one is nearest to the other in meaning")                    \
  X(CLEAR, "no other number is as near in meaning") X(CLEARLY, "no other number is nearly as near in meaning")                          \
  X(BEHIND, "another number is nearer in meaning") X(FAR_BEHIND, "another number is much nearer in meaning")                            \
  X(CHANCES_0, "hardly another of that unit") X(CHANCES_1, "few of that unit") X(CHANCES_2, "some of that unit") X(CHANCES_3, "many of that unit") X(CHANCES_4, "very many of that unit") \
  X(EQUAL_CROWD, "the same number, among others of that unit") X(EQUAL_THRONG, "the same number, among very many of that unit")          \
  X(EQUAL_PERCENT, "the same share") X(EQUAL_MEASURE, "the same measure") X(EQUAL_BOUND, "the same number, one a bound")                  \
  X(EQUAL_NOUN_RARE, "the same number above three of one noun") X(FRONT_THING, "both up front, and the same became of them") X(VERB_NOUN, "the same verb and noun")

AN_SIGNS(COUNT_SIGNS, ST_COUNT_SIGNS);
_Static_assert((int)SIGN_COUNT <= (int)ST_MOST_SIGNS, "room for the weights");


/* How near a noun or verb is to another. */
#define VERY_NEAR 0.7
#define NEAR 0.5
enum { NOTHING = -20000 };
#define LINK 0.55            /* share at which two equal numbers are of one thing, */
#define LINK_FITS 0.75       /* two that are told otherwise and can both be true: a row calls them compatible, */
#define LINK_OTHER 0.65      /* and two that cannot: they keep their reports from agreeing */

/* ---- Numbers of a story ------------------------------------------------------------------------------- */

/* "the two sides": it says no more than who they are. */
static bool counts_nothing(const dg_quantity *q) { return q->unit.at == NULL && q->relation == AN_EQUAL && q->value < 2 && q->thing == 0; }

bool st_numbers_of(st_story *story, st_number_at **out, uint32_t *count) {
  AN_LIST(st_number_at) all = {0};
  for (uint32_t r = 0; r < story->reading_count; r++) {
    const dg *d = story->readings[r].d;
    uint32_t first = all.count;
    for (uint32_t i = 0; st_compares(story, r) && i < d->quantity_count; i++) {
      const dg_quantity *q = &d->quantities[i];
      if (st_is_many(q) || counts_nothing(q)) continue;
      st_number_at *made = AN_PUSH(story->arena, &all);
      if (made == NULL) return false;
      *made = (st_number_at){.g = {r, q, q->event != AN_NONE && st_tells_of_others(story, r, &d->events[q->event])}};
    }
    for (uint32_t a = first; a < all.count; a++)
      for (uint32_t b = first; b < all.count; b++) {
        const dg_quantity *x = all.at[a].g.q, *y = all.at[b].g.q;
        if (!an_text_equal(x->unit, y->unit)) continue;
        all.at[a].same_unit++;
        all.at[a].same_value += x->value == y->value;
        all.at[a].same_noun += x->of_word == y->of_word && x->value != y->value;
        all.at[a].same_thing += x->thing == y->thing && x->value != y->value;
      }
  }
  *out = all.at;
  *count = all.count;
  return true;
}

static const dg_clause *clause_of(const st_story *story, const given *g) {
  return g->q->clause == AN_NONE ? NULL : &story->readings[g->reading].d->clauses[g->q->clause];
}

static double share(st_words *words, dg_words a, dg_words b, double common) {
  double lighter = fmin(st_words_sum(words, a), st_words_sum(words, b));
  return lighter <= 0 ? 0 : common / lighter;
}

/* How near the clauses of two numbers are in meaning, and what stands right beside the two. */
static float likeness(st_words *words, const st_number_at *a, const st_number_at *b) {
  double dot = 0, hangs = share(words, a->g.q->near, b->g.q->near, st_words_shared(words, a->g.q->near, b->g.q->near));
  for (uint32_t i = 0; a->meaning != NULL && b->meaning != NULL && i < AN_VECTOR_SIZE; i++) dot += (double)a->meaning[i] * b->meaning[i];
  return (float)((dot + hangs) / 2);
}

static void take_nearest(st_nearest *n, float near) {
  n->second = fmaxf(n->second, fminf(n->first, near));
  n->first = fmaxf(n->first, near);
}

bool st_numbers_meant(st_story *story, st_words *words, st_number_at *all, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const dg_clause *c = clause_of(story, &all[i].g);
    float *meaning = c == NULL ? NULL : AN_NEW(story->arena, float, AN_VECTOR_SIZE);
    all[i].nearest = AN_NEW(story->arena, st_nearest, story->reading_count);
    if (all[i].nearest == NULL || (c != NULL && meaning == NULL)) return false;
    if (c != NULL) st_meaning_of(words->lexis, c->text, meaning);
    all[i].meaning = meaning;
  }
  for (uint32_t a = 0; a < count; a++)
    for (uint32_t b = a + 1; b < count; b++) {
      if (all[a].g.reading == all[b].g.reading || !an_text_equal(all[a].g.q->unit, all[b].g.q->unit)) continue;
      float near = likeness(words, &all[a], &all[b]);
      take_nearest(&all[a].nearest[all[b].g.reading], near);
      take_nearest(&all[b].nearest[all[a].g.reading], near);
    }
  return true;
}

/* ---- Signs ------------------------------------------------------------------------------------------------ */

static void value_signs(const st_number_at *a, const st_number_at *b, bool *at) {
  const dg_quantity *x = a->g.q, *y = b->g.q;
  double ratio = x->value > 0 && y->value > 0 ? fmax(x->value / y->value, y->value / x->value) : INFINITY;
  bool equal = x->value == y->value, fits = st_numbers_fit(x, y);
  at[SIGN_EQUAL] = equal;
  at[SIGN_ROUNDED] = !equal && st_is_rounded(x, y);
  at[SIGN_BOTH_TRUE] = !equal && fits;
  at[SIGN_TENTH] = !equal && ratio <= 1.1;
  at[SIGN_HALF] = ratio > 1.1 && ratio <= 1.5;
  at[SIGN_TWICE] = ratio > 1.5 && ratio <= 3;
  at[SIGN_FAR] = ratio > 3;
  at[SIGN_EQUAL_ONE] = equal && x->value <= 3;
  at[SIGN_EQUAL_FEW] = equal && x->value > 3 && x->value <= 12;
  at[SIGN_EQUAL_MANY] = equal && x->value > 12;
  at[SIGN_EQUAL_RARE] = equal && st_is_rare(x) && st_is_rare(y);
  at[SIGN_EQUAL_ONLY] = equal && a->same_value == 1 && b->same_value == 1;
  at[SIGN_WORD_ONE] = st_is_word(x) != st_is_word(y);
  at[SIGN_WORD_BOTH] = st_is_word(x) && st_is_word(y);
  at[SIGN_BOUND_ONE] = (x->relation == AN_EQUAL) != (y->relation == AN_EQUAL);
  at[SIGN_BOUND_AGAINST] = st_are_opposed(x, y);
  at[SIGN_BOUND_BOTH] = x->relation != AN_EQUAL && y->relation != AN_EQUAL && !at[SIGN_BOUND_AGAINST];
  bool time = st_is_of_time(x), percent = an_text_is(x->unit, "%");
  at[SIGN_TIME] = time;
  at[SIGN_PERCENT] = percent;
  at[SIGN_MEASURE] = x->unit.at != NULL && !time && !percent;
}

static void noun_signs(st_words *words, const st_number_at *a, const st_number_at *b, bool *at) {
  const dg_quantity *x = a->g.q, *y = b->g.q;
  double near = st_words_near(words, x->of_word, y->of_word);
  bool both = x->of_word != 0 && y->of_word != 0, same = both && x->of_word == y->of_word;
  at[SIGN_NOUN_SAME] = same;
  at[SIGN_NOUN_NEAR] = both && !same && near >= VERY_NEAR;
  at[SIGN_NOUN_LIKE] = both && !same && near >= NEAR && near < VERY_NEAR;
  at[SIGN_NOUN_FAR] = both && !same && near < NEAR;
  at[SIGN_NOUN_ONE] = (x->of_word != 0) != (y->of_word != 0);
  at[SIGN_NOUN_NONE] = x->of_word == 0 && y->of_word == 0;
  bool things = x->thing != 0 && y->thing != 0, groups = x->group != 0 && y->group != 0, people = things || at[SIGN_NOUN_SAME];
  at[SIGN_THING_SAME] = things && x->thing == y->thing;
  at[SIGN_THING_OTHER] = things && x->thing != y->thing;
  at[SIGN_THING_ONE] = (x->thing != 0) != (y->thing != 0);
  at[SIGN_GROUP_SAME] = groups && x->group == y->group;
  at[SIGN_GROUP_OTHER] = groups && x->group != y->group;
  at[SIGN_GROUP_ONE] = people && (x->group != 0) != (y->group != 0);
  bool sides = x->whose.count > 0 && y->whose.count > 0;
  at[SIGN_WHOSE_SAME] = sides && dg_keys_common(x->whose, y->whose) > 0;
  at[SIGN_WHOSE_OTHER] = st_are_of_others(x, y);
  at[SIGN_WHOSE_ONE] = (x->whose.count > 0) != (y->whose.count > 0);
  at[SIGN_RIVAL_NONE] = a->same_noun == 0 && b->same_noun == 0;
  at[SIGN_RIVAL_MANY] = a->same_noun > 1 || b->same_noun > 1;
  at[SIGN_ONLY_THING] = at[SIGN_THING_SAME] && a->same_thing == 0 && b->same_thing == 0;
}

static bool has_name(dg_words a, dg_words b) {
  for (uint32_t i = 0; i < a.count; i++)
    if ((a.at[i] & DG_NAMED) != 0 && dg_words_has(b, a.at[i])) return true;
  return false;
}

/* How near their clauses are in meaning, and whether another number of its unit is as near; how many of that unit may meet by chance. */
static void meaning_signs(st_words *words, const st_number_at *a, const st_number_at *b, bool *at) {
  static const double least[] = {-2, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 2};
  if (a->nearest == NULL || b->nearest == NULL) return;
  double near = (double)likeness(words, a, b);
  st_nearest one = a->nearest[b->g.reading], other = b->nearest[a->g.reading];
  double more = fmax((double)one.first, (double)other.first) - near, next = fmax((double)one.second, (double)other.second);
  for (uint32_t i = 0; i < 8; i++) at[SIGN_MEANT_0 + i] = near >= least[i] && near < least[i + 1];
  double chances = (double)a->same_unit * b->same_unit;
  at[SIGN_NEAREST_BOTH] = more <= 0;
  at[SIGN_NEAREST_ONE] = more > 0 && fmin((double)one.first, (double)other.first) <= near;
  at[SIGN_BEHIND] = more >= 0.1;
  at[SIGN_FAR_BEHIND] = more >= 0.25;
  at[SIGN_CLEAR] = more <= 0 && near - next >= 0.05;
  at[SIGN_CLEARLY] = more <= 0 && near - next >= 0.15;
  at[SIGN_CHANCES_0] = chances <= 2;
  at[SIGN_CHANCES_1] = chances > 2 && chances <= 8;
  at[SIGN_CHANCES_2] = chances > 8 && chances <= 30;
  at[SIGN_CHANCES_3] = chances > 30 && chances <= 100;
  at[SIGN_CHANCES_4] = chances > 100;
}

static void word_signs(st_words *words, const dg_quantity *x, const dg_quantity *y, bool *at) {
  double near = st_words_shared(words, x->near, y->near), hangs = share(words, x->near, y->near, near), met = st_words_met(words, x->near, y->near);
  at[SIGN_HANGS_0] = near == 0;
  at[SIGN_HANGS_1] = near > 0 && hangs < 0.3;
  at[SIGN_HANGS_2] = hangs >= 0.3 && hangs < 0.6;
  at[SIGN_HANGS_3] = hangs >= 0.6;
  at[SIGN_NEAR_1] = met - near > 0.3;
  at[SIGN_NEAR_2] = met - near > 1.2;
  double common = st_words_shared(words, x->words, y->words), alike = share(words, x->words, y->words, common);
  at[SIGN_SHARE_0] = alike < 0.1;
  at[SIGN_SHARE_1] = alike >= 0.1 && alike < 0.25;
  at[SIGN_SHARE_2] = alike >= 0.25 && alike < 0.45;
  at[SIGN_SHARE_3] = alike >= 0.45 && alike < 0.7;
  at[SIGN_SHARE_4] = alike >= 0.7;
  at[SIGN_HEAVY_1] = common >= 1.3;
  at[SIGN_HEAVY_2] = common >= 4;
  at[SIGN_NAME_BOTH] = has_name(x->words, y->words);
  at[SIGN_NAMES_OTHER] = st_names_others(x->words, y->words);
}

static void clause_signs(const st_story *story, st_words *words, const st_number_at *a, const st_number_at *b, bool *at) {
  const dg_clause *x = clause_of(story, &a->g), *y = clause_of(story, &b->g);
  at[SIGN_VERB_NONE] = x == NULL || y == NULL;
  if (x == NULL || y == NULL) return;
  double near = st_words_near(words, x->verb, y->verb);
  at[SIGN_VERB_SAME] = x->verb == y->verb;
  at[SIGN_VERB_NEAR] = x->verb != y->verb && near >= NEAR;
  at[SIGN_VERB_FAR] = near < NEAR;
  bool who = x->who.count > 0 && y->who.count > 0, what = x->what.count > 0 && y->what.count > 0;
  bool one_who = who && (dg_things_common(x->who, y->who) > 0 || st_words_nearest(words, x->who, y->who) >= NEAR);
  bool one_what = what && (dg_things_common(x->what, y->what) > 0 || st_words_nearest(words, x->what, y->what) >= NEAR);
  at[SIGN_WHO_SAME] = one_who;
  at[SIGN_WHO_OTHER] = who && !one_who;
  at[SIGN_WHAT_SAME] = one_what;
  at[SIGN_WHAT_OTHER] = what && !one_what;
  at[SIGN_DENIED] = x->negated != y->negated;
  at[SIGN_FORCE] = x->force != y->force;
  bool place = x->where.name.at != NULL && y->where.name.at != NULL;
  st_place here = st_place_of(&x->where), there = st_place_of(&y->where);
  at[SIGN_PLACE_SAME] = place && st_same_place(&here, &there);
  at[SIGN_PLACE_APART] = place && st_are_elsewhere(&x->where, &y->where);
  at[SIGN_PLACE_ONE] = (x->where.name.at != NULL) != (y->where.name.at != NULL);
}

static void scope_signs(const st_story *story, const st_number_at *a, const st_number_at *b, bool *at) {
  const dg_quantity *x = a->g.q, *y = b->g.q;
  bool one = x->scope.text.at != NULL, other = y->scope.text.at != NULL;
  bool meet = st_scopes_meet(st_scope_days(story, &a->g), st_scope_days(story, &b->g), x->grows || y->grows);
  at[SIGN_DAYS_SAME] = one && other && meet;
  at[SIGN_DAYS_APART] = !meet;
  at[SIGN_DAYS_ONE] = one != other;
  at[SIGN_ALONE_BOTH] = x->among == 1 && y->among == 1;
  at[SIGN_ALONE_NONE] = x->among > 1 && y->among > 1;
  at[SIGN_ORDER_SAME] = x->among > 1 && x->among == y->among && st_place_in_sentence(story, &a->g) == st_place_in_sentence(story, &b->g);
  at[SIGN_LEAD_BOTH] = x->lead && y->lead;
  at[SIGN_LEAD_ONE] = x->lead != y->lead;
  an_text source = st_source_of(story, &a->g), also = st_source_of(story, &b->g);
  at[SIGN_SOURCE_SAME] = source.at != NULL && an_text_equal(source, also);
  at[SIGN_SOURCE_OTHER] = source.at != NULL && also.at != NULL && !an_text_equal(source, also);
  at[SIGN_SOURCE_ONE] = (source.at != NULL) != (also.at != NULL);
  at[SIGN_PART_ONE] = x->part != y->part;
  at[SIGN_WIDE_ONE] = x->wide != y->wide;
  at[SIGN_CHANGE_ONE] = x->change != y->change;
  at[SIGN_FURTHER_ONE] = x->further != y->further;
  at[SIGN_FURTHER_BOTH] = x->further && y->further;
  at[SIGN_SAME_DAYS_OUT] = st_are_near(story, a->g.reading, b->g.reading);
  if (x->event == AN_NONE || y->event == AN_NONE) return;
  const st_event *e = &story->readings[a->g.reading].events[x->event], *f = &story->readings[b->g.reading].events[y->event];
  at[SIGN_ACT_ONE] = e->cluster != AN_NONE && e->cluster == f->cluster;
  at[SIGN_ACT_KIND] = !at[SIGN_ACT_ONE] && an_text_equal(e->e->type, f->e->type);
  at[SIGN_ACT_TWO] = !at[SIGN_ACT_ONE] && !at[SIGN_ACT_KIND];
}

bool st_count_signs(const st_story *story, st_words *words, const st_number_at *a, const st_number_at *b, st_signs *out) {
  const dg_quantity *x = a->g.q, *y = b->g.q;
  bool *at = out->at;
  if (a->g.reading == b->g.reading || !an_text_equal(x->unit, y->unit)) return false;
  memset(out, 0, sizeof *out);
  at[SIGN_ALWAYS] = true;
  value_signs(a, b, at);
  noun_signs(words, a, b, at);
  word_signs(words, x, y, at);
  meaning_signs(words, a, b, at);
  clause_signs(story, words, a, b, at);
  scope_signs(story, a, b, at);
  bool alike = at[SIGN_SHARE_3] || at[SIGN_SHARE_4] || at[SIGN_HANGS_3];
  at[SIGN_EQUAL_NOUN] = at[SIGN_EQUAL] && at[SIGN_NOUN_SAME];
  at[SIGN_EQUAL_NOUN_RARE] = at[SIGN_EQUAL] && at[SIGN_NOUN_SAME] && x->value > 3;
  at[SIGN_EQUAL_THING] = at[SIGN_EQUAL] && at[SIGN_THING_SAME];
  at[SIGN_EQUAL_SHARE] = at[SIGN_EQUAL] && alike;
  at[SIGN_EQUAL_LIKE] = at[SIGN_EQUAL] && (at[SIGN_NOUN_NEAR] || at[SIGN_NOUN_LIKE]);
  at[SIGN_EQUAL_OTHER] = at[SIGN_EQUAL] && at[SIGN_NOUN_FAR];
  at[SIGN_OTHER_NOUN] = !at[SIGN_EQUAL] && at[SIGN_NOUN_SAME];
  at[SIGN_OTHER_SHARE] = !at[SIGN_EQUAL] && alike;
  at[SIGN_OTHER_THING] = !at[SIGN_EQUAL] && at[SIGN_THING_SAME];
  at[SIGN_FRONT_THING] = at[SIGN_LEAD_BOTH] && at[SIGN_THING_SAME];
  at[SIGN_VERB_NOUN] = at[SIGN_VERB_SAME] && at[SIGN_NOUN_SAME];
  bool equal = at[SIGN_EQUAL], few = at[SIGN_CHANCES_0] || at[SIGN_CHANCES_1];
  at[SIGN_EQUAL_CROWD] = equal && !few;
  at[SIGN_EQUAL_THRONG] = equal && at[SIGN_CHANCES_4];
  at[SIGN_EQUAL_PERCENT] = equal && at[SIGN_PERCENT];
  at[SIGN_EQUAL_MEASURE] = equal && at[SIGN_MEASURE];
  at[SIGN_EQUAL_BOUND] = equal && at[SIGN_BOUND_ONE];
  return true;
}

/* ---- Weights ------------------------------------------------------------------------------------------------ */

void st_alike_open(st_lexis *lexis) {
  const an_table *table = lexis->lexicon == NULL ? NULL : an_lexicon_table(lexis->lexicon, "alike"), *days = lexis->lexicon == NULL ? NULL : an_lexicon_table(lexis->lexicon, "calendar");
  if (days != NULL) an_table_weights(days, NULL, "weight", &ST_DAY_SIGNS, lexis->days);
  lexis->counts[SIGN_ALWAYS] = lexis->clauses[0] = lexis->deeds[0] = lexis->rows[0] = lexis->sayings[0] = NOTHING; /* nothing is known: nothing is of one thing */
  if (table == NULL) return;
  an_table_weights(table, "count", "weight", &ST_COUNT_SIGNS, lexis->counts);
  an_table_weights(table, "clause", "weight", &ST_CLAUSE_SIGNS, lexis->clauses);
  an_table_weights(table, "deed", "weight", &ST_CLAUSE_SIGNS, lexis->deeds);
  for (uint32_t i = 0; i < ST_CLAUSE_SIGNS.count; i++) lexis->deeds[i] = (int16_t)(lexis->deeds[i] + lexis->clauses[i]); /* learned as what is otherwise there */
  an_table_weights(table, "row", "weight", &ST_ROW_SIGNS, lexis->rows);
  an_table_weights(table, "said", "weight", &ST_SAID_SIGNS, lexis->sayings);
}

double st_share_of(const int16_t *weights, const st_signs *signs, uint32_t count) {
  int32_t sum = 0;
  for (uint32_t i = 0; i < count; i++) sum += signs->at[i] ? weights[i] : 0;
  return 1 / (1 + exp(-sum / 1000.0));
}

static bool is_above(const dg_quantity *q) { return q->relation == AN_MORE || q->relation == AN_AT_LEAST; }

/* "several of her aides", "a handful of donors", "over 45" beside "at least 44": they fit half of what a page counts, so only their noun, or what became of
   them, says that they are of one thing. */
bool st_fit_anything(const dg_quantity *x, const dg_quantity *y) {
  bool loose = st_is_word(x) || st_is_word(y) || (x->value != y->value && ((is_above(x) && is_above(y)) || x->further != y->further)), measured = x->unit.at != NULL && !an_text_is(x->unit, "%");
  return loose && !measured && (x->of_word == 0 || x->of_word != y->of_word) && (x->thing == 0 || x->thing != y->thing);
}

bool st_are_one_thing(const st_number_at *a, const st_number_at *b, double share) {
  const dg_quantity *x = a->g.q, *y = b->g.q;
  if (st_fit_anything(x, y)) return false;
  bool same = x->value == y->value && x->relation == y->relation;
  return share >= (same ? LINK : x->value == y->value || st_numbers_fit(x, y) ? LINK_FITS : LINK_OTHER);
}

double st_one_thing(const st_story *story, st_words *words, const st_number_at *a, const st_number_at *b) {
  st_signs signs;
  if (!st_count_signs(story, words, a, b, &signs)) return 0;
  return st_share_of(story->lexis->counts, &signs, SIGN_COUNT);
}
