/* SPDX-License-Identifier: Apache-2.0 */
/* Corrections, clarifications and retractions that the page tells of its own story: a line that begins with one ("Correction,
   May 3: …"), a sentence inside a paragraph ("This article has been amended …"), a heading with the notice below it, an editor's
   note that speaks of an error. Which words these are is data/lexicon/stopmarks.tsv; lists of links and what readers write are
   none. */
#include "page/inner.h"

enum { LEAST_LABELLED = 3, LEAST_LINE = 5, LEAST_BELOW = 8 };

static bool is_of_story(const block *b) {
  uint32_t size = b->clean.end - b->clean.begin;
  return size > 0 && b->link_bytes * 10 < size * 7 && !(b->flags & (IN_NAV | IN_MENU | IN_COMMENT | IN_RELATED | IN_HIDDEN));
}

bool notice_is(const block *b) { return b->marks & (MARK_NOTICE | MARK_NOTED) && block_words(b) >= LEAST_LINE; }

/* "Correction" alone: the notice is the sentence below. */
static bool heads_notice(const reader *r, uint32_t i) {
  const block *b = &r->blocks.at[i], *below = b + 1;
  if (!(b->marks & MARK_NOTICE) || block_words(b) > 4 || i + 1 >= r->blocks.count) return false;
  bool sentence = below->ends_stop && block_words(below) >= LEAST_BELOW && below->function_words * 5u >= block_words(below);
  return sentence && is_of_story(below) && !(below->marks & (MARK_END | MARK_LIST | MARK_LINE | MARK_OFFER)) && !(b->flags & IN_FOOTER);
}

void notices_find(reader *r) {
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    const block *b = &r->blocks.at[i];
    if (!((b->marks | b->inner_marks) & (MARK_NOTICE | MARK_NOTED)) || !is_of_story(b)) continue;
    bool whole = b->marks & MARK_NOTICE && block_words(b) >= (b->ends_colon || i == r->title ? LEAST_LABELLED : LEAST_LINE);
    bool told = whole || b->inner_marks & MARK_NOTICE || (b->marks & MARK_NOTED && b->signs & MARK_ERRS);
    bool heads = heads_notice(r, i);
    if (heads && (b[1].marks | b[1].inner_marks) & MARK_NOTICE) continue;       /* told of there */
    if (heads || told) problem_add(r, "correction or retraction notice", clean_to_source(r, heads ? b[1].clean : b->clean));
  }
}
