/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of an_language_split: cutting a block into tokens, pairing its quotation marks, finding its sentences. Each is one
   pass over the block; none looks back further than a few bytes. */
#ifndef AN_LANGUAGE_CUT_H
#define AN_LANGUAGE_CUT_H
#include "language/language.h"

/* A single quotation mark or apostrophe of the block, and what it turned out to be. */
typedef enum an_apostrophe { AN_APOSTROPHE, AN_SINGLE_OPEN, AN_SINGLE_CLOSE } an_apostrophe;
typedef struct an_single { uint32_t at; uint8_t is; } an_single;

typedef struct an_cutter {
  an_text text;
  const an_lexicon *lexicon;
  const an_table *abbreviations, *contractions, *tokens, *numbers; /* NULL: none known */
  uint32_t abbreviation_kind, contraction_parts, token_kind, number_value; /* columns */
  an_arena *arena;
  AN_LIST(an_token) list;
  AN_LIST(an_sentence) sentences;
  AN_LIST(an_quote) quotes;
  AN_LIST(an_single) singles;    /* of the block at hand, ascending */
  uint32_t block;                /* index of the block at hand */
  an_span at;                    /* its clean range */
  uint32_t first;                /* its first token */
  an_span pieces;                /* the first sentence that was cut for its length */
  bool failed;                   /* the arena's budget is spent */
} an_cutter;

/* What a character at a place is, as far as cutting asks. */
typedef enum an_mark { AN_MARK_NONE, AN_MARK_LETTER, AN_MARK_DIGIT, AN_MARK_SPACE, AN_MARK_STOP /* . ! ? … */, AN_MARK_COMMA /* , ; : */,
                       AN_MARK_OPEN, AN_MARK_CLOSE /* brackets */, AN_MARK_DOUBLE, AN_MARK_DOUBLE_OPEN, AN_MARK_DOUBLE_CLOSE,
                       AN_MARK_SINGLE, AN_MARK_SINGLE_OPEN, AN_MARK_HYPHEN, AN_MARK_DASH, AN_MARK_CURRENCY, AN_MARK_SLASH,
                       AN_MARK_PERCENT, AN_MARK_SYMBOL } an_mark;
/* The mark at `at` (< end) and how many bytes it takes; the mark that ends at `end` (> begin). Outside: AN_MARK_NONE. */
an_mark an_mark_at(an_text text, uint32_t at, uint32_t end, uint32_t *size);
an_mark an_mark_before(an_text text, uint32_t begin, uint32_t end, uint32_t *size);

/* Says which single marks of the block are quotation marks. Call before an_cut_block. */
void an_cut_singles(an_cutter *c);
uint8_t an_cut_single(const an_cutter *c, uint32_t at); /* an_apostrophe */
/* Appends the block's tokens. */
void an_cut_block(an_cutter *c);
/* Appends the block's pairs and sets the tokens' quote_depth. */
void an_cut_quotes(an_cutter *c);
/* Appends the block's sentences and numbers its tokens. */
void an_cut_sentences(an_cutter *c);

/* The kind that abbreviations.tsv gives a form (with its full stop); not known: no abbreviation. */
an_text an_cut_abbreviation(const an_cutter *c, an_span form);
/* Is the form in tokens.tsv with that kind? */
bool an_cut_is(const an_cutter *c, uint64_t fold, const char *kind);
double an_number_value(const an_cutter *c, an_text form, uint64_t fold);

#endif
