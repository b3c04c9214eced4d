/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon: what words can mean for us, compiled from data/lexicon by tools/lexiconc.

   In: lexicon.an. Out: tables as their editors wrote them, one look-up a word for its flags, and the rows whose key begins
   with a word. Every file data/lexicon/NAME.tsv becomes the table NAME; its first column is the key (one or more words,
   folded for look-ups); the other columns are cells of text. A line `#flag event` before the header gives every first word
   of a key that flag. Lines that begin with # are comments. Cost: one probe a word. Immutable, shared by threads. */
#ifndef AN_LEXICON_H
#define AN_LEXICON_H
#include "base/base.h"

enum { AN_WORD_EVENT = 1, AN_WORD_CUE = 2, AN_WORD_TIME = 4, AN_WORD_NUMBER = 8, AN_WORD_STOP = 16, AN_WORD_ROLE = 32,
       AN_WORD_ABBREVIATION = 64, AN_WORD_REFERENCE = 128, AN_WORD_REALIS = 256,
       AN_WORD_ACTOR = 0x8000 /* set by world.find on the tokens of a candidate */ };

typedef struct an_lexicon an_lexicon;
typedef struct an_table an_table;
typedef struct an_rows { uint32_t first, count; } an_rows;      /* rows of a table whose keys begin with one word */

an_status an_lexicon_open(const char *dir, an_lexicon **out, an_error *err);
void an_lexicon_close(an_lexicon *lexicon);
uint64_t an_lexicon_checksum(const an_lexicon *lexicon);
/* Flags of a word by an_fold_hash of it; 0: none. */
uint16_t an_lexicon_flags(const an_lexicon *lexicon, uint64_t fold);
/* NULL: the file holds no such table. */
const an_table *an_lexicon_table(const an_lexicon *lexicon, const char *name);
uint32_t an_table_rows(const an_table *table);
/* Index of a column by its name, or AN_NONE. Column 0 is the key. */
uint32_t an_table_column(const an_table *table, const char *name);
/* Empty cells and columns that are AN_NONE give a text that is not known (at == NULL). */
an_text an_table_cell(const an_table *table, uint32_t row, uint32_t column);
/* Rows whose key's first word folds to `fold`; within them longer keys (in words) come first, then file order. */
an_rows an_table_find(const an_table *table, uint64_t fold);
/* Rows whose whole folded key (single spaces) has this an_fold_hash. */
an_rows an_table_find_key(const an_table *table, uint64_t fold);
/* Line of the source file that made the row, for messages and `why`. */
uint32_t an_table_line(const an_table *table, uint32_t row);

/* Signs: what may hold of a case (a candidate, a pair), each weighed by what was learned of marked text. A file lists its signs once,
     #define SIGNS(X) X(SUBJECT, "subject") X(NEAR, "within 10 words") ...
     AN_SIGNS(SIGNS, NAME);
   and has their numbers SIGN_SUBJECT, SIGN_NEAR, ... SIGN_COUNT, and NAME, the list of their words: keys of the table that holds their
   weights, in thousandths of a logarithm, and what the trainers read. */
typedef struct an_sign_list { const char *const *words; uint32_t count; } an_sign_list;

#define AN_SIGN_NUMBER(name, words) SIGN_##name,
#define AN_SIGN_WORDS(name, words) words,
#define AN_SIGNS(LIST, NAME)                                  \
  enum { LIST(AN_SIGN_NUMBER) SIGN_COUNT };                   \
  static const char *const SIGN_WORDS[] = {LIST(AN_SIGN_WORDS)}; \
  const an_sign_list NAME = {SIGN_WORDS, SIGN_COUNT}

/* Weights of the signs of a list out of a column of whole numbers; of rows with one key that whose column `kind` is `kind`, where that is not NULL.
   A sign without a row, or with an empty cell, weighs nothing. weights: as many as the list has. */
void an_table_weights(const an_table *table, const char *kind, const char *column, const an_sign_list *signs, int16_t *weights);
#endif
