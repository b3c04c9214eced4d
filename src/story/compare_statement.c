/* SPDX-License-Identifier: Apache-2.0 */
/* What one speaker said, in several reports: the same words, a translation, more of it; and consent given in one report that
   is still to be decided in another. Where reporters check each other most. */
#include "story/compare.h"

#define SAME_SAYING 0.50    /* share of the shorter statement's content words */
#define SAME_WORDS 0.85     /* of both together: the wordings agree */
#define SAME_TOPIC 3        /* weight of the words in common for two commitments to be of one thing */

typedef struct saying { uint32_t reading; const dg_statement *s; } saying;
typedef struct sayings { saying at[MAX_VALUES]; uint32_t count; } sayings;

static bool same_speaker(const dg_statement *a, const dg_statement *b) {
  if (a->speakers.count == 0 || b->speakers.count == 0) return false;
  an_text x = st_party_key(&a->speakers.at[0]), y = st_party_key(&b->speakers.at[0]);
  return a->speakers.at[0].name.at != NULL && b->speakers.at[0].name.at != NULL && an_text_equal(x, y);
}

static double likeness(const dg_statement *a, const dg_statement *b) {
  return dg_words_common(a->words, b->words) < 2 ? 0 : dg_words_contained(a->words, b->words);
}

static bool clash(const dg_statement *a, const dg_statement *b) {
  return a->stance != DG_STANCE_NONE && b->stance != DG_STANCE_NONE && a->stance != b->stance;
}

static an_text credit(const dg_statement *s) {
  return s->through_count > 0 ? s->through[0] : s->speakers.count > 0 ? s->speakers.at[0].name : (an_text){0};
}

static void add(row *r, const saying *x, an_text says) { row_value(r, x->reading, x->s->shown, x->s->text, credit(x->s), says); }

static void write_wording(st_story *story, const sayings *all) {
  const dg_statement *first = all->at[0].s;
  row r = row_begin(story, AN_OF_WORDING,
                    an_arena_printf(story->arena, "words of %.*s", (int)first->speakers.at[0].name.size, first->speakers.at[0].name.at));
  for (uint32_t i = 0; i < all->count; i++) {
    add(&r, &all->at[i], all->at[i].s->text);
    for (uint32_t k = 0; k < i; k++) {
      dg_words x = all->at[i].s->words, y = all->at[k].s->words;
      double common = dg_words_common(x, y), both = dg_words_weight(x) + dg_words_weight(y) - common;
      if (all->at[i].reading == all->at[k].reading) continue;
      if (both > 0 && common / both >= SAME_WORDS) row_verdict(&r, AN_AGREE, "the same content words");
      else row_verdict(&r, AN_COMPATIBLE, "one report gives more of it, or another wording");
    }
  }
  row_end(&r);
}

static void compare_wording(st_story *story) {
  AN_LIST(sayings) list = {0};
  for (uint32_t r = 0; r < story->reading_count; r++) {
    const dg *d = story->readings[r].d;
    for (uint32_t i = 0; i < d->statement_count; i++) {
      saying x = {r, &d->statements[i]};
      sayings *best = NULL;
      double best_share = SAME_SAYING;
      if (x.s->repeats != AN_NONE || x.s->speakers.count == 0 || x.s->speakers.at[0].name.at == NULL) continue;
      for (uint32_t t = 0; t < list.count; t++) {
        double sum = 0;
        for (uint32_t k = 0; k < list.at[t].count; k++) {
          const saying *y = &list.at[t].at[k];
          sum += y->reading == r || !same_speaker(x.s, y->s) || clash(x.s, y->s) ? -1 : likeness(x.s, y->s);
        }
        if (list.at[t].count == MAX_VALUES || sum / list.at[t].count < best_share) continue;
        best = &list.at[t];
        best_share = sum / list.at[t].count;
      }
      if (best == NULL) best = AN_PUSH(story->arena, &list);
      if (best == NULL) { story->short_of = true; return; }
      best->at[best->count++] = x;
    }
  }
  for (uint32_t t = 0; t < list.count; t++) write_wording(story, &list.at[t]);
}

static void compare_stances(st_story *story, const saying *x, const saying *y) {
  static const char *const names[] = {[DG_GIVEN] = "consent given", [DG_PENDING] = "still to be decided", [DG_REFUSED] = "refused"};
  if (!clash(x->s, y->s) || !same_speaker(x->s, y->s) || dg_words_common(x->s->words, y->s->words) < SAME_TOPIC) return;
  an_text name = x->s->speakers.at[0].name;
  row r = row_begin(story, AN_OF_MODALITY, an_arena_printf(story->arena, "what %.*s commits to", (int)name.size, name.at));
  add(&r, x, an_text_of(names[x->s->stance]));
  add(&r, y, an_text_of(names[y->s->stance]));
  row_verdict(&r, AN_CONFLICT, "one report has it settled, another open or refused");
  row_end(&r);
}

void st_compare_statements(st_story *story) {
  compare_wording(story);
  for (uint32_t a = 0; a < story->reading_count; a++)
    for (uint32_t b = a + 1; b < story->reading_count; b++)
      for (uint32_t i = 0; i < story->readings[a].d->statement_count; i++)
        for (uint32_t k = 0; k < story->readings[b].d->statement_count; k++)
          compare_stances(story, &(saying){a, &story->readings[a].d->statements[i]}, &(saying){b, &story->readings[b].d->statements[k]});
}
