/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody commits to: consent that one report has as given, another as open or refused. Read from what was said and from
   clauses that tell it ("Greece had agreed to withdraw it", "no decision had been taken"), whoever tells them. */
#include "story/compare.h"

#include <string.h>

#define SAME_TOPIC 2.0      /* weight of the words in common beside the holder, and their share of the fewer */
#define SAME_SHARE 0.25
#define SURE_SHARE 0.4      /* that each commitment has with one of the others */
#define SAME_SENTENCE 0.75  /* one sentence, printed twice */

typedef struct commitment {
  uint32_t reading; uint8_t stance; const dg_party *holder; an_text credit, text; an_span span; dg_words words; an_days when; bool taken;   /* when: AN_DAYS_ANY: not said */
} commitment;
typedef struct commitments { AN_LIST(commitment) list; } commitments;

static an_text name_of(const dg_party *p) { return p->name.at != NULL ? p->name : p->text; }

static bool add(st_story *story, commitments *all, commitment c) {
  commitment *made = AN_PUSH(story->arena, &all->list);
  if (made != NULL) *made = c;
  return made != NULL;
}

static const dg_statement *statement_of(const dg *d, const dg_clause *c) { return c->statement == AN_NONE ? NULL : &d->statements[c->statement]; }

/* Who holds the stance of a clause: its subject, else ("no decision has been taken") whoever says it. */
static const dg_party *holder_of(const dg *d, const dg_clause *c) {
  const dg_statement *s = statement_of(d, c);
  if (c->holder.count > 0) return &c->holder.at[0];
  return c->who.count == 0 && s != NULL && s->speakers.count > 0 ? &s->speakers.at[0] : NULL;
}

static bool gather(st_story *story, uint32_t r, commitments *all) {
  const dg *d = story->readings[r].d;
  for (uint32_t i = 0; i < d->statement_count; i++) {
    const dg_statement *s = &d->statements[i];
    if (s->stance == DG_STANCE_NONE || s->speakers.count == 0) continue;
    if (!add(story, all, (commitment){r, s->stance, &s->speakers.at[0], st_credit(s), s->text, s->shown, s->matter, AN_DAYS_ANY, false})) return false;
  }
  for (uint32_t i = 0; i < d->clause_count; i++) {
    const dg_clause *c = &d->clauses[i];
    const dg_statement *s = statement_of(d, c);
    const dg_party *holder = c->stance == DG_STANCE_NONE || c->force == AN_TO_COME || c->force == AN_MAY_BE ? NULL : holder_of(d, c);
    if (holder == NULL) continue;
    if (!add(story, all, (commitment){r, c->stance, holder, s == NULL ? (an_text){0} : st_credit(s), c->text, c->span, c->words, st_when_days(story, r, &c->when), false})) return false;
  }
  return true;
}

/* Words beside those that name the holder. */
static double topic(dg_words words) {
  double weight = 0;
  for (uint32_t i = 0; i < words.count; i++) weight += (words.at[i] & DG_NAMED) == 0;
  return weight;
}

static double common_topic(dg_words a, dg_words b) {
  double weight = 0;
  for (uint32_t i = 0; i < a.count; i++) weight += (a.at[i] & DG_NAMED) == 0 && dg_words_has(b, a.at[i]);
  return weight;
}

/* The same by name; or a body or minister of one state where a report says no more: "a spokesman" may be anybody's. */
static bool one_holder(const dg_party *x, const dg_party *y) {
  st_party a = st_party_of(x), b = st_party_of(y);
  if (!st_same_party(&a, &b)) return false;
  bool people = x->name.at != NULL && y->name.at != NULL && x->sector.at != NULL && y->sector.at != NULL;
  if (people) return an_fold_hash(st_party_key(x)) == an_fold_hash(st_party_key(y));
  return x->name.at != NULL || y->name.at != NULL || (x->sector.at != NULL && y->sector.at != NULL);
}

/* Stances change from week to week: only reports of the same days are compared. */
static bool one_thing(const st_story *story, const commitment *x, const commitment *y, double share) {
  if (!st_are_near(story, x->reading, y->reading) || !one_holder(x->holder, y->holder)) return false;
  double common = common_topic(x->words, y->words), fewer = topic(x->words) < topic(y->words) ? topic(x->words) : topic(y->words);
  return common >= SAME_TOPIC && common >= share * fewer;
}

static an_verdict verdict_of(const st_story *story, const commitment *x, const commitment *y, const char **why) {
  *why = "the same stance";
  if (x->stance == y->stance) return AN_AGREE;
  const commitment *open = x->stance == DG_PENDING ? x : y, *settled = open == x ? y : x;
  *why = "a later report has it settled";
  if (open->stance == DG_PENDING && st_is_before(story, open->reading, settled->reading)) return AN_UPDATE;
  *why = "a later report has consent where it was refused before";
  const commitment *refused = x->stance == DG_REFUSED ? x : y, *granted = refused == x ? y : x;
  if (refused->stance == DG_REFUSED && granted->stance == DG_GIVEN && st_is_before(story, refused->reading, granted->reading)) return AN_UPDATE;
  *why = "the reports are of different days";
  if (!st_days_meet(x->when, y->when)) return AN_UPDATE;
  *why = "one report has it settled, another open or refused";
  return AN_CONFLICT;
}

/* All commitments of one holder to one thing, where stances differ. */
static void write(st_story *story, commitments *all, uint32_t first) {
  static const char *const names[] = {[DG_GIVEN] = "consent given", [DG_PENDING] = "still to be decided", [DG_REFUSED] = "refused"};
  commitment *kept[MAX_VALUES];
  uint32_t count = 0;
  bool differ = false;
  for (uint32_t i = first; i < all->list.count && count < MAX_VALUES; i++) {
    commitment *c = &all->list.at[i];
    bool fits = !c->taken, again = false, sure = count == 0;
    for (uint32_t k = 0; k < count && !sure; k++) sure = one_thing(story, kept[k], c, SURE_SHARE);
    fits &= sure;
    for (uint32_t k = 0; k < count && fits; k++) {
      again |= kept[k]->reading == c->reading && kept[k]->stance == c->stance;
      fits = (kept[k]->reading == c->reading && kept[k]->stance == c->stance) || one_thing(story, kept[k], c, SAME_SHARE);
      differ |= fits && kept[k]->reading != c->reading && kept[k]->stance != c->stance;
    }
    if (fits && !again) kept[count++] = c;
  }
  if (!differ) return;
  const dg_party *holder = kept[0]->holder;
  row r = row_begin(story, AN_OF_MODALITY, an_arena_printf(story->arena, "what %.*s commits to", (int)name_of(holder).size, name_of(holder).at == NULL ? "" : name_of(holder).at));
  for (uint32_t i = 0; i < count; i++) {
    kept[i]->taken = true;
    row_value(&r, kept[i]->reading, kept[i]->span, kept[i]->text, kept[i]->credit, an_text_of(names[kept[i]->stance]));
    for (uint32_t k = 0; k < i; k++) {
      const char *why = "";
      if (kept[i]->reading == kept[k]->reading || dg_words_contained(kept[i]->words, kept[k]->words) > SAME_SENTENCE) continue;
      an_verdict verdict = verdict_of(story, kept[k], kept[i], &why);
      row_verdict(&r, verdict, why);
    }
  }
  if (r.verdict != AN_AGREE) row_end(&r);
}

void st_compare_commitments(st_story *story) {
  commitments all = {0};
  for (uint32_t r = 0; r < story->reading_count; r++)
    if (st_compares(story, r) && !gather(story, r, &all)) { story->short_of = true; return; }
  for (uint32_t i = 0; i < all.list.count; i++)
    if (!all.list.at[i].taken) write(story, &all, i);
}
