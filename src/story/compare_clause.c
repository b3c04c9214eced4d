/* SPDX-License-Identifier: Apache-2.0 */
/* Clauses of several reports with one verb, one subject and one object: told alike, denied by one, done in one and to come in
   another, on another day or in another place. Events are held against each other before; this is for what is no act of PLOVER,
   or too uncertain to be told as one: two reports that tell the same raise each other. */
#include "story/alike.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAME_OBJECT 0.5      /* share of the shorter object's words */
#define SAME_CLAUSE 0.5      /* share of the shorter clause's words, and their weight */
#define SAME_CLAUSE_WORDS 1.5
#define SAME_WHOLE_WORDS 1.0 /* where subject and object are the same as well */
#define SURE_CLAUSE 0.6      /* where no day fits both, or one has no subject or no object */
#define SAME_WITHOUT_SUBJECT 2.0
#define SAME_FAR_WORDS 2.5   /* of reports whose days are not known, or far apart */
#define SURE_DENIED 0.6      /* share of the denied clause's words that the other has */
enum { MOST_ALIKE = 256,     /* clauses of one verb that are held against each other */
       MONTH = 31, NEAR_DAYS = 2 };      /* days that reports of one act may differ in */

#define LINK 0.8            /* share at which two clauses tell one happening; */
#define LINK_NOUN 0.6       /* where a noun tells one, which reports seldom tell otherwise; and of every two of a row */
#define FLOOR 0.2
#define RIVAL 0.2           /* and at which one that a third report tells otherwise is perhaps the same */

typedef st_clause_at told;
typedef struct told_list { told *at; uint32_t count; } told_list;
typedef struct tellings { told at[MAX_VALUES]; uint32_t index[MAX_VALUES], count; } tellings;   /* index: among all that are compared */
typedef struct looks { st_words *words; const st_linked *linked; st_shared shared; } looks;

static bool is_dated(const dg_clause *c) { return c->when.text.at != NULL; }

an_days st_when_days(const st_story *story, uint32_t reading, const dg_when *when) {
  if (when->text.at == NULL) return AN_DAYS_ANY;
  if (when->anchor.to != AN_ANCHOR_PUBLISHED) return when->days;
  return an_anchor_days(when->anchor, story->readings[reading].published);
}

/* Days between two sets that do not meet. */
static int64_t days_apart(an_days a, an_days b) {
  if (a.latest < b.earliest) return (int64_t)b.earliest - a.latest;
  if (b.latest < a.earliest) return (int64_t)a.earliest - b.latest;
  return 0;
}

/* The happening that a clause tells, or tells again; AN_NONE. */
static uint32_t happening(const st_story *story, const told *t) {
  const st_reading *r = &story->readings[t->reading];
  if (t->c->event == AN_NONE) return AN_NONE;
  uint32_t first = r->events[t->c->event].e->repeats;
  return r->events[first == AN_NONE ? t->c->event : first].cluster;
}

static bool one_act_already(const st_story *story, const told *a, const told *b) {
  uint32_t x = happening(story, a);
  return x != AN_NONE && x == happening(story, b);
}

/* Names in a clause beside both subjects, and whether the other clause has one of them. */
static bool names_beside(const dg_clause *x, const dg_clause *y, bool *common) {
  bool any = false;
  for (uint32_t i = 0; i < x->words.count; i++) {
    uint32_t key = x->words.at[i];
    if ((key & DG_NAMED) == 0 || dg_words_has(x->who, key) || dg_words_has(y->who, key)) continue;
    *common |= dg_words_has(y->words, key);
    any = true;
  }
  return any;
}

/* Both name something beside their subjects ("the primary in Ohio", "in Oklahoma"), and nothing in common. */
static bool name_other_things(const dg_clause *x, const dg_clause *y) {
  bool common = false, in_x = names_beside(x, y, &common), in_y = names_beside(y, x, &common);
  return in_x && in_y && !common;
}

static bool name_one(dg_words a, dg_words b) {
  for (uint32_t i = 0; i < a.count; i++)
    if ((a.at[i] & DG_NAMED) != 0 && dg_words_has(b, a.at[i])) return true;
  return false;
}

/* Most words of the shorter object, or somebody named in both where the clauses share most words. */
static bool same_object(const dg_clause *x, const dg_clause *y) {
  if (dg_things_contained(x->what, y->what) >= SAME_OBJECT) return true;
  return name_one(x->what, y->what) && dg_things_contained(x->words, y->words) >= SURE_CLAUSE;
}

/* The same verb, subject and object, whatever they say of when and whether. */
bool st_clauses_alike(const dg_clause *x, const dg_clause *y) {
  if (x->verb != y->verb || x->noun || y->noun) return false; /* whom a noun names may have done it, or suffered it: that is learned */
  bool subjects = x->who.count > 0 && y->who.count > 0, objects = x->what.count > 0 && y->what.count > 0;
  if (!subjects && x->verb == dg_word_key(an_fold_hash(AN_LIT("be")), 0)) return false; /* whatever "that" is */
  if (subjects && (dg_things_common(x->who, y->who) == 0 || st_names_others(x->who, y->who))) return false;
  return objects ? same_object(x, y) : subjects;
}

static bool counts(dg_words words) {
  for (uint32_t i = 0; i < words.count; i++)
    if ((words.at[i] & (DG_NAMED | DG_NUMBER)) == DG_NUMBER) return true;
  return false;
}

/* Days that do not meet are said of one act only where neither counts its object ("arrested nine" may be done again), they are near, and
   each report came out after both. */
bool st_is_one_act(const st_story *story, uint32_t ra, const dg_clause *a, uint32_t rb, const dg_clause *b) {
  an_days x = st_when_days(story, ra, &a->when), y = st_when_days(story, rb, &b->when);
  an_days seen = story->readings[ra].published, also = story->readings[rb].published;
  int64_t apart = days_apart(x, y);
  if (apart == 0) return true;
  bool after = (seen.latest == AN_DAY_OPEN_LATEST || y.earliest <= seen.latest) && (also.latest == AN_DAY_OPEN_LATEST || x.earliest <= also.latest);
  return after && apart <= NEAR_DAYS && !counts(a->what) && !counts(b->what) && dg_things_contained(a->words, b->words) >= SURE_CLAUSE;
}

static bool touches(an_span a, an_span b) { return a.begin < b.end && b.begin < a.end; }

/* Each counts something that the other does not ("won seven contests", "eight of nine"), and no row sets the numbers beside each other. */
static bool count_otherwise(const st_story *story, const told *a, const told *b) {
  if (!dg_numbers_differ(a->c->words, b->c->words)) return false;
  for (uint32_t i = 0; i < story->comparisons.count; i++) {
    const an_comparison *c = &story->comparisons.at[i];
    bool first = false, second = false;
    for (uint32_t v = 0; c->kind == AN_OF_QUANTITY && v < c->value_count; v++) {
      first |= c->values[v].reading == a->reading && touches(c->values[v].span, a->c->span);
      second |= c->values[v].reading == b->reading && touches(c->values[v].span, b->c->span);
    }
    if (first && second) return false;
  }
  return true;
}

/* Most of what the denied one says is in the other: "did not win a single contest" denies no "won in Delaware". */
static bool denies(const dg_clause *x, const dg_clause *y) {
  const dg_clause *denied = x->negated ? x : y, *other = denied == x ? y : x;
  double common = dg_things_common(denied->words, other->words), both = dg_words_weight(denied->words);
  return x->who.count > 0 && y->who.count > 0 && common >= SURE_DENIED * both && (denied->what.count > 0 || (x->main && y->main));
}

/* How surely two clauses tell one thing; 0: they do not. */
static double alike(const st_story *story, const told *a, const told *b) {
  const dg_clause *x = a->c, *y = b->c;
  bool one_day = is_dated(x) && is_dated(y) && an_days_is_single(a->when) && a->when.earliest == b->when.earliest && a->when.latest == b->when.latest;
  bool near = one_day || st_are_near(story, a->reading, b->reading);
  if (a->reading == b->reading || !st_clauses_alike(x, y) || (!near && name_other_things(x, y))) return 0;
  bool objects = x->what.count > 0 && y->what.count > 0, subjects = x->who.count > 0 && y->who.count > 0;
  double common = dg_things_common(x->words, y->words), share = dg_things_contained(x->words, y->words);
  bool whole = objects && dg_things_common(x->who, y->who) > 0 && dg_things_contained(x->what, y->what) >= SURE_CLAUSE;
  if (share < SAME_CLAUSE || common < (whole ? SAME_WHOLE_WORDS : SAME_CLAUSE_WORDS)) return 0;
  bool same_force = x->force == y->force && x->negated == y->negated;
  if (!subjects && (!same_force || !objects || share < SURE_CLAUSE || common < SAME_WITHOUT_SUBJECT)) return 0;
  if (!near && (!subjects || (!objects && (!same_force || common < SAME_FAR_WORDS)))) return 0;
  if (!objects && share < SURE_CLAUSE) return 0;
  bool settled = x->force == AN_DONE && y->force == AN_DONE;
  if (x->where.name.at != NULL && y->where.name.at != NULL && counts(x->what) && st_are_elsewhere(&x->where, &y->where)) return 0;
  if (settled && !st_is_one_act(story, a->reading, x, b->reading, y)) return 0;
  if (x->negated != y->negated && !denies(x, y)) return 0;
  if (count_otherwise(story, a, b)) return 0;
  return share + fmin(common, 6) / 10;
}

/* ---- Rows ------------------------------------------------------------------------------------------ */

static an_text credit(const st_story *story, const told *t) {
  if (t->c->statement == AN_NONE) return (an_text){0};
  return st_credit(&story->readings[t->reading].d->statements[t->c->statement]);
}

static an_text said(const dg_clause *c) {
  static const char *const done[] = {[AN_DONE] = "it did", [AN_TO_COME] = "still to come", [AN_MAY_BE] = "possible", [AN_NOT_YET] = "not so far"};
  static const char *const not_done[] = {[AN_DONE] = "it did not", [AN_TO_COME] = "it will not", [AN_MAY_BE] = "it might not", [AN_NOT_YET] = "not so far"};
  return an_text_of((c->negated ? not_done : done)[c->force]);
}

/* One is told as done, the other is not done yet. */
static an_verdict settled_verdict(const st_story *story, const told *done, const told *open, const char **why) {
  an_days before = story->readings[open->reading].published;
  bool later = st_is_before(story, open->reading, done->reading), known = is_dated(done->c) && !an_days_is_open(before);
  *why = "one is done and one is not: two acts";
  if (known && done->when.latest < before.earliest) return AN_SCOPE;
  if (days_apart(done->when, open->when) > 0 && !(later && known)) return AN_SCOPE;
  *why = later ? "a later report has it as done" : "one report has it as done";
  if (later || (open->c->force == AN_TO_COME && !st_is_before(story, done->reading, open->reading))) return AN_UPDATE;
  *why = "one report has it as done, the other not yet";
  return open->c->force == AN_NOT_YET ? AN_CONFLICT : AN_UNCLEAR;
}

/* Denied, or not done then and done since. */
static an_verdict denied_verdict(const st_story *story, const told *does, const told *denies, const char **why) {
  an_days before = story->readings[denies->reading].published;
  *why = "the reports are of different days";
  if (is_dated(does->c) && is_dated(denies->c) && !st_days_meet(does->when, denies->when)) return AN_UPDATE;
  *why = "a later report has it as done";
  bool since = is_dated(does->c) && before.latest != AN_DAY_OPEN_LATEST && does->when.earliest > before.latest;
  if (since && st_is_before(story, denies->reading, does->reading)) return AN_UPDATE;
  *why = "one report tells it, another that it was not";
  return AN_CONFLICT;
}

/* "has agreed to come", "has not agreed to come". */
static an_verdict open_verdict(const st_story *story, const told *coming, const told *open, const char **why) {
  *why = "a later report has it as agreed";
  if (st_is_before(story, open->reading, coming->reading)) return AN_UPDATE;
  *why = "one report has it as agreed, the other as open";
  return AN_CONFLICT;
}

static an_verdict verdict_of_force(const st_story *story, const told *a, const told *b, const char **why) {
  const dg_clause *x = a->c, *y = b->c;
  *why = "the reports tell the same";
  if (x->force == y->force && x->negated == y->negated) return AN_AGREE;
  if (x->force == y->force) return denied_verdict(story, x->negated ? b : a, x->negated ? a : b, why);
  if (x->force == AN_DONE && !x->negated) return settled_verdict(story, a, b, why);
  if (y->force == AN_DONE && !y->negated) return settled_verdict(story, b, a, why);
  if (x->force == AN_TO_COME && y->force == AN_NOT_YET && !x->negated) return open_verdict(story, a, b, why);
  if (y->force == AN_TO_COME && x->force == AN_NOT_YET && !y->negated) return open_verdict(story, b, a, why);
  *why = "one is surer than the other";
  return AN_UNCLEAR;
}

/* Of reports whose days are not known nobody can say that they clash: one may have come after the other. */
static an_verdict force_verdict(const st_story *story, const told *a, const told *b, const char **why) {
  an_verdict verdict = verdict_of_force(story, a, b, why);
  if (verdict != AN_CONFLICT || st_are_near(story, a->reading, b->reading)) return verdict;
  *why = "the reports differ, and nothing shows that they are of the same days";
  return AN_UNCLEAR;
}

/* What the row is called: the clause that tells it as done, else the first. */
static const dg_clause *plainest(const tellings *all) {
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].c->force == AN_DONE && !all->at[i].c->negated) return all->at[i].c;
  return all->at[0].c;
}

/* What it is called is annals' own text and names nobody who stays private; the values quote the pages. */
an_text st_about_clause(st_story *story, const char *what, const dg_clause *c) {
  if (c->of_private) return an_arena_printf(story->arena, "%swhat a private person does", what);
  return an_arena_printf(story->arena, "%s%.*s", what, (int)c->text.size, c->text.at);
}

/* It is a sentence's own, what somebody says, or has who and what. */
static bool is_whole(const dg_clause *c) { return c->main || (c->who.count > 0 && c->what.count > 0); }

/* Two nouns that are not the same: "missile tests", "the launch of missiles". Both "sea transport": they name one thing, and tell nothing of it. */
static bool are_two_nouns(const dg_clause *x, const dg_clause *y) { return x->noun && y->noun && x->verb != y->verb && x->what.count > 0 && y->what.count > 0; }

/* That reports agree is worth a row where a clause of it is whole or two nouns tell it, and it is not one outlet's twice. */
static bool is_worth_telling(const st_story *story, const tellings *all) {
  bool whole = false, others = false;
  for (uint32_t i = 0; i < all->count; i++) {
    an_text outlet = story->readings[all->at[i].reading].d->outlet, first = story->readings[all->at[0].reading].d->outlet;
    whole |= is_whole(all->at[i].c) || are_two_nouns(all->at[i].c, all->at[0].c);
    others |= outlet.at == NULL || !an_text_equal(outlet, first);
  }
  return whole && others;
}

static bool all_main(const tellings *all) {
  for (uint32_t i = 0; i < all->count; i++)
    if (!all->at[i].c->main) return false;
  return true;
}

typedef struct told_part { an_span span; an_text text; } told_part;

/* Reports that tell an act alike may give other numbers, days or places for it: those have rows of their own, and are not quoted as agreed. */
static told_part core_of(const dg_clause *c) {
  told_part whole = {c->span, c->text};
  if (c->core == c->core_end || c->span.end - c->span.begin != c->text.size) return whole;
  return (told_part){{c->span.begin + c->core, c->span.begin + c->core_end}, an_text_slice(c->text, c->core, c->core_end)};
}

/* Two of them count who did it or whom: numbers are held against each other by what they count, in rows of their own. */
static bool are_counts(const tellings *all) {
  uint32_t counting = 0;
  for (uint32_t i = 0; i < all->count; i++) counting += counts(all->at[i].c->who) || counts(all->at[i].c->what);
  return counting > 1;
}

static void write_force(st_story *story, const tellings *all) {
  bool whether = true, differ = false;
  for (uint32_t i = 1; i < all->count; i++) {
    whether &= all->at[i].c->force == all->at[0].c->force;
    differ |= all->at[i].c->force != all->at[0].c->force || all->at[i].c->negated != all->at[0].c->negated;
  }
  for (uint32_t i = 0; i < all->count && differ; i++) whether &= all->at[i].c->stance == DG_STANCE_NONE; /* whether somebody agreed */
  if (!differ && (!is_worth_telling(story, all) || are_counts(all))) return;
  row r = row_begin(story, whether ? AN_OF_OCCURRENCE : AN_OF_MODALITY, st_about_clause(story, differ ? "whether " : "", plainest(all)));
  for (uint32_t i = 0; i < all->count; i++) {
    const told *t = &all->at[i];
    told_part part = differ ? (told_part){t->c->span, t->c->text} : core_of(t->c);
    row_value(&r, t->reading, part.span, part.text, credit(story, t), said(t->c));
    for (uint32_t k = 0; k < i; k++) {
      const char *why = "";
      an_verdict verdict = force_verdict(story, &all->at[k], t, &why);
      row_verdict(&r, verdict, why);
    }
  }
  if (r.verdict != AN_UNCLEAR || all_main(all)) row_end(&r); /* what could be, said in passing, is held against nothing */
}

/* Both as done, or both as not: what was refused on Monday was on no other day done. */
static bool tell_alike(const dg_clause *x, const dg_clause *y) { return x->force == y->force && x->negated == y->negated; }

static bool are_near(const st_story *story, const tellings *all) {
  for (uint32_t i = 1; i < all->count; i++)
    if (!st_are_near(story, all->at[0].reading, all->at[i].reading)) return false;
  return true;
}

static void write_days(st_story *story, const tellings *all, bool differing) {
  row r = row_begin(story, AN_OF_DAY, st_about_clause(story, "day of ", plainest(all)));
  bool known = true, near = true; /* "last year" in both is worth no row */
  for (uint32_t i = 0; i < all->count; i++) {
    const told *t = &all->at[i];
    if (!is_dated(t->c) || !tell_alike(t->c, all->at[0].c)) continue;
    row_value(&r, t->reading, t->c->when.span, t->c->when.text, credit(story, t), st_days_said(story, t->when));
    for (uint32_t k = 0; k < i; k++) {
      const char *why = "";
      if (!is_dated(all->at[k].c) || !tell_alike(all->at[k].c, t->c)) continue;
      an_verdict verdict = st_days_verdict(t->when, all->at[k].when, &why);
      row_verdict(&r, verdict, why);
    }
    known &= an_days_is_single(t->when);
    near &= an_days_is_open(t->when) || (int64_t)t->when.latest - t->when.earliest <= MONTH;
  }
  if (r.verdict != AN_AGREE ? near : known && !differing && is_worth_telling(story, all)) row_end(&r);
}

static void write_places(st_story *story, const tellings *all, bool differing) {
  row r = row_begin(story, AN_OF_PLACE, st_about_clause(story, "place of ", plainest(all)));
  for (uint32_t i = 0; i < all->count; i++) {
    const told *t = &all->at[i];
    if (t->c->where.name.at == NULL || !tell_alike(t->c, all->at[0].c)) continue;
    row_value(&r, t->reading, t->c->where.span, t->c->where.text, credit(story, t), t->c->where.name);
    for (uint32_t k = 0; k < i; k++) {
      if (all->at[k].c->where.name.at == NULL || !tell_alike(all->at[k].c, t->c)) continue;
      const char *why = "";
      an_verdict verdict = st_places_verdict(&t->c->where, &all->at[k].c->where, &why);
      row_verdict(&r, verdict, why);
    }
  }
  if (r.verdict == AN_CONFLICT && !are_near(story, all)) return; /* two acts, then */
  if (r.verdict != AN_AGREE || (!differing && is_worth_telling(story, all))) row_end(&r);
}

/* ---- Which clauses are one --------------------------------------------------------------------------- */


bool st_is_told(const st_story *story, uint32_t ra, an_span a, uint32_t rb, an_span b) {
  for (uint32_t i = 0; i < story->comparisons.count; i++) {
    const an_comparison *c = &story->comparisons.at[i];
    bool first = false, second = false;
    if (c->kind == AN_OF_QUANTITY || c->kind == AN_OF_DAY || c->kind == AN_OF_PLACE || c->kind == AN_OF_PARTY) continue;
    for (uint32_t v = 0; v < c->value_count; v++) {
      first |= c->values[v].reading == ra && touches(c->values[v].span, a);
      second |= c->values[v].reading == rb && touches(c->values[v].span, b);
    }
    if (first && second) return true;
  }
  return false;
}

static bool names_country(dg_words who, const dg_party *p) { return p->country.at != NULL && dg_words_has(who, dg_word_key(an_fold_hash(p->country), DG_NAMED)); }

static const dg_party *speaker(const st_story *story, const told *t) {
  const dg *d = story->readings[t->reading].d;
  if (t->c->statement == AN_NONE || d->statements[t->c->statement].speakers.count == 0) return NULL;
  return &d->statements[t->c->statement].speakers.at[0];
}

/* Each of two speakers says that the other did it: one row for two countries and a verb. */
static void blame(st_story *story, an_map *blamed, const told *a, const told *b) {
  const dg_clause *x = a->c, *y = b->c;
  const dg_party *one = speaker(story, a), *other = speaker(story, b);
  if (x->verb != y->verb || a->reading == b->reading || x->force != AN_DONE || y->force != AN_DONE || x->negated || y->negated) return;
  if (one == NULL || other == NULL || !st_names_others(x->who, y->who) || !names_country(x->who, other) || !names_country(y->who, one)) return;
  if (x->what.count == 0 || y->what.count == 0 || !same_object(x, y)) return;
  uint64_t both = an_fold_hash(one->country) + an_fold_hash(other->country); /* in either order */
  uint32_t *times = an_map_put(story->arena, blamed, an_hash_mix(both, x->verb), 0);
  if (times == NULL) { story->short_of = true; return; }
  if ((*times)++ > 0) return;
  row r = row_begin(story, AN_OF_PARTY, st_about_clause(story, "who did it, ", x));
  row_value(&r, a->reading, x->span, x->text, credit(story, a), x->text);
  row_value(&r, b->reading, y->span, y->text, credit(story, b), y->text);
  row_verdict(&r, AN_CONFLICT, "each says that the other did it");
  row_end(&r);
}

typedef struct pair { uint32_t a, b; double score; } pair;
typedef struct pairs { AN_LIST(pair) list; } pairs;

static int by_verb(const void *a, const void *b) {
  const told *x = a, *y = b;
  if (x->c->verb != y->c->verb) return x->c->verb < y->c->verb ? -1 : 1;
  if (x->reading != y->reading) return x->reading < y->reading ? -1 : 1;
  return (x->c->span.begin > y->c->span.begin) - (x->c->span.begin < y->c->span.begin);
}

static int by_score(const void *a, const void *b) {
  const pair *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

/* One is done and one is not, or they give two numbers, days or places: two happenings, or one that they tell otherwise. */
static bool told_otherwise(const told *x, const told *y) {
  bool elsewhere = x->c->where.name.at != NULL && y->c->where.name.at != NULL && st_are_elsewhere(&x->c->where, &y->c->where);
  return !tell_alike(x->c, y->c) || dg_numbers_differ(x->c->words, y->c->words) || elsewhere || days_apart(x->when, y->when) > 0;
}

/* One happening by what was learned, of clauses that tell it alike. What differs is held against its like alone: the same verb of the same parties. */
static double learned(const st_story *story, const looks *l, uint32_t a, uint32_t b) {
  if (told_otherwise(&l->shared.all[a], &l->shared.all[b])) return 0;
  return st_one_happening(story, l->words, &l->shared, l->linked, a, b);
}

static bool may_join(const st_story *story, const looks *l, const tellings *a, const tellings *b) {
  if (a == b || a->count + b->count > MAX_VALUES) return false;
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++)
      if (a->at[i].reading == b->at[k].reading || (alike(story, &a->at[i], &b->at[k]) == 0 && learned(story, l, a->index[i], b->index[k]) < FLOOR)) return false;
  return true;
}

static bool same_force(const tellings *all) {
  for (uint32_t i = 1; i < all->count; i++)
    if (all->at[i].c->force != all->at[0].c->force || all->at[i].c->negated != all->at[0].c->negated) return false;
  return true;
}

/* What a row of acts has already, of parties, day and place. */
static bool are_acts(const st_story *story, const tellings *all) {
  for (uint32_t i = 1; i < all->count; i++)
    if (!one_act_already(story, &all->at[0], &all->at[i])) return false;
  return same_force(all);
}

/* Rows of acts or wording have every two of them; or, where all agree, each beside some other. */
static bool is_shown(const st_story *story, const tellings *all) {
  bool every = true, each = true;
  for (uint32_t i = 0; i < all->count; i++) {
    bool beside = false;
    for (uint32_t k = 0; k < all->count; k++) {
      bool shown = k != i && st_is_told(story, all->at[k].reading, all->at[k].c->span, all->at[i].reading, all->at[i].c->span);
      every &= shown || k == i;
      beside |= shown;
    }
    each &= beside;
  }
  return every || (each && same_force(all));
}

/* All tell it as done or all as to come, and numbers in it have a row of their own that does not agree. */
static bool only_count(const st_story *story, const tellings *all) {
  if (!same_force(all)) return false;
  for (uint32_t i = 0; i < story->comparisons.count; i++) {
    const an_comparison *c = &story->comparisons.at[i];
    uint32_t first = 0;
    for (uint32_t v = 0; c->kind == AN_OF_QUANTITY && c->verdict != AN_AGREE && v < c->value_count; v++) {
      bool here = false;
      for (uint32_t t = 0; t < all->count; t++) here |= c->values[v].reading == all->at[t].reading && touches(c->values[v].span, all->at[t].c->span);
      if (here && first != 0 && c->values[v].position != first) return true;
      if (here) first = c->values[v].position;
    }
  }
  return false;
}

/* All tell it alike, and a row has the numbers of all of them. */
static bool shows_number(const st_story *story, const tellings *all) {
  if (!same_force(all)) return false;
  for (uint32_t i = 0; i < story->comparisons.count; i++) {
    const an_comparison *c = &story->comparisons.at[i];
    uint32_t met = 0;
    for (uint32_t t = 0; c->kind == AN_OF_QUANTITY && t < all->count; t++) {
      bool here = false;
      for (uint32_t v = 0; v < c->value_count; v++) here |= c->values[v].reading == all->at[t].reading && touches(c->values[v].span, all->at[t].c->span);
      met += here;
    }
    if (met == all->count) return true;
  }
  return false;
}

static bool tells(const tellings *all, uint32_t reading) {
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].reading == reading) return true;
  return false;
}

/* A report beside the row perhaps tells the same happening, and otherwise: nobody then reads that the reports agree. */
static bool has_rival(const st_story *story, const looks *l, const tellings *all) {
  for (uint32_t i = 0; i < l->shared.count; i++)
    for (uint32_t k = 0; k < all->count && !tells(all, l->shared.all[i].reading); k++)
      if (told_otherwise(&all->at[k], &l->shared.all[i]) && st_one_happening(story, l->words, &l->shared, l->linked, all->index[k], i) >= RIVAL) return true;
  return false;
}

/* Two of them are held to be one by what was learned alone. */
static bool by_learning(const st_story *story, const tellings *all) {
  for (uint32_t i = 0; i < all->count; i++)
    for (uint32_t k = 0; k < i; k++)
      if (alike(story, &all->at[k], &all->at[i]) == 0) return true;
  return false;
}

static void write_group(st_story *story, const looks *l, const tellings *all) {
  if (are_acts(story, all)) return;
  if (by_learning(story, all) && has_rival(story, l, all)) return;
  bool counted = only_count(story, all);
  if (!is_shown(story, all) && !counted && !shows_number(story, all)) write_force(story, all);
  write_days(story, all, counted);
  write_places(story, all, counted);
}

static bool has_noun(const tellings *all) {
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].c->noun) return true;
  return false;
}

/* Likest clauses first; every two of a row are alike. */
static bool join_and_write(st_story *story, const looks *l, const told_list *all, pairs *found) {
  tellings *groups = AN_NEW(story->arena, tellings, all->count);
  uint32_t *group_of = AN_NEW(story->arena, uint32_t, all->count);
  if (groups == NULL || group_of == NULL) return false;
  for (uint32_t i = 0; i < all->count; i++) {
    groups[i] = (tellings){{all->at[i]}, {i}, 1};
    group_of[i] = i;
  }
  if (found->list.count > 0) qsort(found->list.at, found->list.count, sizeof *found->list.at, by_score);
  for (uint32_t p = 0; p < found->list.count; p++) {
    tellings *into = &groups[group_of[found->list.at[p].a]], *from = &groups[group_of[found->list.at[p].b]];
    if (!may_join(story, l, into, from)) continue;
    memcpy(into->at + into->count, from->at, from->count * sizeof *from->at);
    memcpy(into->index + into->count, from->index, from->count * sizeof *from->index);
    into->count += from->count;
    from->count = 0;
    for (uint32_t i = 0; i < all->count; i++)
      if (&groups[group_of[i]] == from) group_of[i] = (uint32_t)(into - groups);
  }
  for (unsigned nouns = 0; nouns < 2; nouns++) /* what verbs tell has its row first: it says whether it was done, and when */
    for (uint32_t i = 0; i < all->count; i++)
      if (groups[i].count > 1 && has_noun(&groups[i]) == (nouns == 1)) write_group(story, l, &groups[i]);
  return true;
}

/* What a page tells twice, in its title and its first sentence, it tells once: the fuller clause. */
static bool tells_again(const told *a, const told *b) {
  const dg_clause *x = a->c, *y = b->c;
  if (a->reading != b->reading || x->force != y->force || x->negated != y->negated || !st_clauses_alike(x, y)) return false;
  return dg_things_contained(x->words, y->words) >= SURE_CLAUSE && days_apart(a->when, b->when) == 0;
}

static void drop_repeats(told_list *all) {
  uint32_t kept = 0;
  for (uint32_t a = 0; a < all->count; a++) {
    bool again = false;
    for (uint32_t k = kept; k > 0 && !again && all->at[k - 1].c->verb == all->at[a].c->verb && all->at[k - 1].reading == all->at[a].reading; k--) {
      again = tells_again(&all->at[k - 1], &all->at[a]);
      if (again && all->at[a].c->words.count + is_dated(all->at[a].c) > all->at[k - 1].c->words.count + is_dated(all->at[k - 1].c))
        all->at[k - 1] = all->at[a];
    }
    if (!again) all->at[kept++] = all->at[a];
  }
  all->count = kept;
}

/* "The road has been closed since the ambush of a convoy": what a noun in the clause tells as the other does, the clause does not. */
static bool noun_tells_it(const st_story *story, const looks *l, uint32_t clause, uint32_t other) {
  const told *all = l->shared.all, *c = &all[clause];
  for (uint32_t i = 0; i < l->shared.count; i++) {
    an_span noun = all[i].c->span;
    bool inside = all[i].c->noun && all[i].reading == c->reading && noun.begin >= c->c->span.begin && noun.end <= c->c->span.end;
    if (inside && i != clause && learned(story, l, i, other) >= LINK_NOUN) return true;
  }
  return false;
}

static bool find_pairs(st_story *story, const looks *l, pairs *found) {
  const told *all = l->shared.all;
  an_map blamed = {0};
  for (uint32_t a = 0; a < l->shared.count; a++)
    for (uint32_t b = a + 1; b < l->shared.count; b++) {
      bool one_verb = all[a].c->verb == all[b].c->verb && b - a < MOST_ALIKE;
      double score = one_verb ? alike(story, &all[a], &all[b]) : 0, share = learned(story, l, a, b);
      if (one_verb) blame(story, &blamed, &all[a], &all[b]);
      bool noun = all[a].c->noun || all[b].c->noun;
      if (score == 0 && share < (noun ? LINK_NOUN : LINK)) continue;
      if (score == 0 && (noun_tells_it(story, l, a, b) || noun_tells_it(story, l, b, a))) continue;
      pair *made = AN_PUSH(story->arena, &found->list);
      if (made == NULL) return false;
      *made = (pair){a, b, score + share - noun}; /* so verbs find each other before nouns do */
    }
  return true;
}

void st_compare_clauses(st_story *story, st_words *words, const st_linked *linked) {
  told_list all;
  pairs found = {0};
  looks l = {.words = words, .linked = linked};
  if (!st_clauses_of(story, words, &all.at, &all.count)) { story->short_of = true; return; }
  if (all.count == 0) return;
  qsort(all.at, all.count, sizeof *all.at, by_verb);
  drop_repeats(&all);
  if (!st_share_clauses(story, words, all.at, all.count, &l.shared) || !find_pairs(story, &l, &found) || !join_and_write(story, &l, &all, &found)) story->short_of = true;
}
