/* SPDX-License-Identifier: Apache-2.0 */
/* Dictionary forms. Spelling rules undo regular inflection; data/lexicon/irregular.tsv holds the forms that the rules get
   wrong (tools/irregular.c makes it out of WordNet's lists). */
#ifndef AN_LANGUAGE_LEMMA_H
#define AN_LANGUAGE_LEMMA_H
#include "language/language.h"

typedef enum an_inflection { AN_INFLECT_NONE, AN_INFLECT_S, AN_INFLECT_ED, AN_INFLECT_ING, AN_INFLECT_ER, AN_INFLECT_EST } an_inflection;

/* Undoes the ending in place; word is lower case. Returns the new size, which is never larger. */
uint32_t an_lemma_rule(char *word, uint32_t size, an_inflection inflection);
/* The ending that a Penn tag stands for. */
an_inflection an_lemma_inflection(const char *xpos_name);

/* The tables, found once a page: irregular forms of open classes, forms of closed ones. NULL: rules only. */
typedef struct an_lemmas {
  const an_lexicon *lexicon;
  const an_table *table, *closed;
  uint32_t tag, lemma, closed_tag, closed_lemma; /* columns */
} an_lemmas;
void an_lemmas_open(const an_lexicon *lexicon, an_lemmas *out);
/* Sets lemma, lemma_fold and the lemma's flags of a tagged token. */
an_status an_lemma_set(const an_lemmas *lemmas, an_words *words, uint32_t token, an_arena *arena, an_error *err);

#endif
