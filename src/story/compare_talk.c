/* SPDX-License-Identifier: Apache-2.0 */
/* What two sides spoke about, by each report: one topic told by all agrees; each may name what the others leave out, so topics never clash. */
#include "story/compare.h"

enum { MOST_TOPICS = 3 };       /* of a report in a row */
#define SAME_TOPIC 0.5          /* share of the words of both */

typedef struct telling { uint32_t reading; const dg_talk *t; bool taken; } telling;
typedef struct tellings { AN_LIST(telling) list; } tellings;
typedef struct talks { const telling *at[MAX_VALUES]; uint32_t count; } talks;

static bool share_a_word(const dg_part *a, const dg_part *b) {
  for (uint32_t i = 0; i < a->words.count; i++)
    if ((a->words.at[i] & (DG_NAMED | DG_NUMBER)) == 0 && dg_words_has(b->words, a->words.at[i])) return true;
  return false;
}

/* Two sides in common, or the only one that is named; where less is known the topics must meet. */
static bool of_one_pair(const dg_talk *a, const dg_talk *b) {
  uint32_t common = dg_keys_common(a->who, b->who), fewer = a->who.count < b->who.count ? a->who.count : b->who.count, more = a->who.count + b->who.count - fewer;
  bool named = a->named && b->named;
  if (common >= 2 || (common == 1 && fewer == 1 && more > 1)) return true;
  return share_a_word(&a->topic, &b->topic) && (!named || (fewer < 2 && common == fewer));
}

static bool are_alike(const dg_part *a, const dg_part *b) {
  double common = dg_words_common(a->words, b->words);
  return common >= SAME_TOPIC * (dg_words_weight(a->words) + dg_words_weight(b->words) - common);
}

/* Each report has each topic of each other. */
static bool all_alike(const talks *all) {
  for (uint32_t i = 0; i < all->count; i++)
    for (uint32_t k = 0; k < all->count; k++) {
      bool found = all->at[k]->reading == all->at[i]->reading;
      for (uint32_t j = 0; j < all->count && !found; j++) found = all->at[j]->reading == all->at[k]->reading && are_alike(&all->at[j]->t->topic, &all->at[i]->t->topic);
      if (!found) return false;
    }
  return true;
}

static void write_talks(st_story *story, tellings *all, const telling *first) {
  row r = row_begin(story, AN_OF_WORDING, AN_LIT("what they spoke about"));
  talks kept = {0};
  uint32_t of_reading = 0;
  for (uint32_t i = 0; i < all->list.count && kept.count < MAX_VALUES; i++) {
    telling *x = &all->list.at[i];
    if (kept.count == 0 || kept.at[kept.count - 1]->reading != x->reading) of_reading = 0;
    if (x->taken || of_reading == MOST_TOPICS || !of_one_pair(first->t, x->t)) continue;
    x->taken = true;
    of_reading++;
    kept.at[kept.count++] = x;
    row_value(&r, x->reading, x->t->topic.span, x->t->topic.text, (an_text){0}, x->t->topic.text);
  }
  if (all_alike(&kept)) row_verdict(&r, AN_AGREE, "the same topics");
  else row_verdict(&r, AN_COMPATIBLE, "each may name what the others leave out");
  row_end(&r);
}

void st_compare_talks(st_story *story) {
  tellings all = {0};
  for (uint32_t r = 0; r < story->reading_count; r++)
    for (uint32_t i = 0; st_compares(story, r) && i < story->readings[r].d->talk_count; i++) {
      telling *made = AN_PUSH(story->arena, &all.list);
      if (made == NULL) { story->short_of = true; return; }
      *made = (telling){r, &story->readings[r].d->talks[i], false};
    }
  for (unsigned known = 0; known < 2; known++) /* those that name two sides gather the others */
    for (uint32_t i = 0; i < all.list.count; i++)
      if (!all.list.at[i].taken && (known == 1 || all.list.at[i].t->who.count > 1)) write_talks(story, &all, &all.list.at[i]);
}
