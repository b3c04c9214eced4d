/* SPDX-License-Identifier: Apache-2.0 */
/* What a row of clauses says: told alike, denied by one, done in one and to come in another, on another day, in another place. */
#include "story/clause.h"

enum { MONTH = 31 };

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
  bool later = st_is_before(story, open->reading, done->reading), known = st_clause_is_dated(done->c) && !an_days_is_open(before);
  *why = "one is done and one is not: two acts";
  if (known && done->when.latest < before.earliest) return AN_SCOPE;
  if (st_days_between(done->when, open->when) > 0 && !(later && known)) return AN_SCOPE;
  *why = later ? "a later report has it as done" : "one report has it as done";
  if (later || (open->c->force == AN_TO_COME && !st_is_before(story, done->reading, open->reading))) return AN_UPDATE;
  *why = "one report has it as done, the other not yet";
  return open->c->force == AN_NOT_YET ? AN_CONFLICT : AN_UNCLEAR;
}

/* Denied, or not done then and done since. */
static an_verdict denied_verdict(const st_story *story, const told *does, const told *denies, const char **why) {
  an_days before = story->readings[denies->reading].published;
  *why = "the reports are of different days";
  if (st_clause_is_dated(does->c) && st_clause_is_dated(denies->c) && !st_days_meet(does->when, denies->when)) return AN_UPDATE;
  *why = "a later report has it as done";
  bool since = st_clause_is_dated(does->c) && before.latest != AN_DAY_OPEN_LATEST && does->when.earliest > before.latest;
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
  for (uint32_t i = 0; i < all->count; i++) counting += st_clause_counts(all->at[i].c->who) || st_clause_counts(all->at[i].c->what);
  return counting > 1;
}

void st_write_clause(st_story *story, const tellings *all) {
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

static bool are_near(const st_story *story, const tellings *all) {
  for (uint32_t i = 1; i < all->count; i++)
    if (!st_are_near(story, all->at[0].reading, all->at[i].reading)) return false;
  return true;
}

void st_write_clause_days(st_story *story, const tellings *all, bool differing) {
  row r = row_begin(story, AN_OF_DAY, st_about_clause(story, "day of ", plainest(all)));
  bool known = true, near = true; /* "last year" in both is worth no row */
  for (uint32_t i = 0; i < all->count; i++) {
    const told *t = &all->at[i];
    if (!st_clause_is_dated(t->c) || !st_tell_alike(t->c, all->at[0].c)) continue;
    row_value(&r, t->reading, t->c->when.span, t->c->when.text, credit(story, t), st_days_said(story, t->when));
    for (uint32_t k = 0; k < i; k++) {
      const char *why = "";
      if (!st_clause_is_dated(all->at[k].c) || !st_tell_alike(all->at[k].c, t->c)) continue;
      an_verdict verdict = st_days_verdict(t->when, all->at[k].when, &why);
      row_verdict(&r, verdict, why);
    }
    known &= an_days_is_single(t->when);
    near &= an_days_is_open(t->when) || (int64_t)t->when.latest - t->when.earliest <= MONTH;
  }
  if (r.verdict != AN_AGREE ? near : known && !differing && is_worth_telling(story, all)) row_end(&r);
}

void st_write_clause_places(st_story *story, const tellings *all, bool differing) {
  row r = row_begin(story, AN_OF_PLACE, st_about_clause(story, "place of ", plainest(all)));
  for (uint32_t i = 0; i < all->count; i++) {
    const told *t = &all->at[i];
    if (t->c->where.name.at == NULL || !st_tell_alike(t->c, all->at[0].c)) continue;
    row_value(&r, t->reading, t->c->where.span, t->c->where.text, credit(story, t), t->c->where.name);
    for (uint32_t k = 0; k < i; k++) {
      if (all->at[k].c->where.name.at == NULL || !st_tell_alike(all->at[k].c, t->c)) continue;
      const char *why = "";
      an_verdict verdict = st_places_verdict(&t->c->where, &all->at[k].c->where, &why);
      row_verdict(&r, verdict, why);
    }
  }
  if (r.verdict == AN_CONFLICT && !are_near(story, all)) return; /* two acts, then */
  if (r.verdict != AN_AGREE || (!differing && is_worth_telling(story, all))) row_end(&r);
}

static bool names_country(dg_words who, const dg_party *p) { return p->country.at != NULL && dg_words_has(who, dg_word_key(an_fold_hash(p->country), DG_NAMED)); }

static const dg_party *speaker(const st_story *story, const told *t) {
  const dg *d = story->readings[t->reading].d;
  if (t->c->statement == AN_NONE || d->statements[t->c->statement].speakers.count == 0) return NULL;
  return &d->statements[t->c->statement].speakers.at[0];
}

/* Each of two speakers says that the other did it: one row for two countries and a verb. */
void st_write_blame(st_story *story, an_map *blamed, const told *a, const told *b) {
  const dg_clause *x = a->c, *y = b->c;
  const dg_party *one = speaker(story, a), *other = speaker(story, b);
  if (x->verb != y->verb || a->reading == b->reading || x->force != AN_DONE || y->force != AN_DONE || x->negated || y->negated) return;
  if (one == NULL || other == NULL || !st_names_others(x->who, y->who) || !names_country(x->who, other) || !names_country(y->who, one)) return;
  if (x->what.count == 0 || y->what.count == 0 || !st_same_object(x, y)) return;
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
