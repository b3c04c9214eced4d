/* SPDX-License-Identifier: Apache-2.0 */
/* What a story's words are worth and how near two of them are in meaning: how rare a word is (weights.tsv), how usual in this story,
   and its vector (vectors.an); and what a text means (meanings.an: vectors of words whose sum over a clause says what it means).
   Words are keys of digests. */
#ifndef AN_STORY_LEXIS_H
#define AN_STORY_LEXIS_H
#include "story/digest.h"

#include "base/vectors.h"
#include "lexicon/lexicon.h"

/* Of all stories; NULL vectors, meanings: no word, no clause is near another. */
enum { ST_MOST_SIGNS = 128 };
typedef struct st_lexis { const an_vectors *vectors, *meanings; an_map rarity, senses; const an_lexicon *lexicon; int16_t counts[ST_MOST_SIGNS], clauses[ST_MOST_SIGNS], deeds[ST_MOST_SIGNS], rows[ST_MOST_SIGNS], sayings[ST_MOST_SIGNS], days[ST_MOST_SIGNS]; } st_lexis;  /* the weights of signs (alike.h); deeds: of clauses of which a noun tells one */
bool st_lexis_open(st_lexis *lexis, an_arena *arena, const an_lexicon *lexicon, const an_vectors *vectors, const an_vectors *meanings);

/* Of one story: words as they are asked for. */
typedef struct st_word { float vector[AN_VECTOR_SIZE]; float weight; uint32_t times; bool known; } st_word;   /* vector: of length one, where known */
typedef struct st_words { const st_lexis *lexis; an_arena *arena; an_map at; AN_LIST(st_word *) list; double reports; st_word none; bool short_of; } st_words;
void st_words_count(st_words *words, dg_words told);                    /* a sentence or clause that the story tells */
double st_words_weight(st_words *words, uint32_t key);
double st_words_sum(st_words *words, dg_words a);
double st_words_shared(st_words *words, dg_words a, dg_words b);        /* weight of what both have */
double st_words_near(st_words *words, uint32_t a, uint32_t b);          /* cosine, -1..1; the same: 1; not known: 0 */
/* As shared, where a word counts as far as one of the other list is near it. */
double st_words_met(st_words *words, dg_words a, dg_words b);
void st_meaning_of(const st_lexis *lexis, an_text text, float sum[AN_VECTOR_SIZE]);   /* sum: zeros before; then of length one, or zeros: no word known */
double st_words_nearest(st_words *words, dg_words a, dg_words b);       /* the best cosine of two words that name nobody */
#endif
