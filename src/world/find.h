/* SPDX-License-Identifier: Apache-2.0 */
/* Matching of surfaces over units, for find.c, who.c and outlet.c. */
#ifndef AN_WORLD_FIND_H
#define AN_WORLD_FIND_H
#include "world/file.h"

/* The units of a document, sentence by sentence; false: the arena's budget is spent. */
bool an_units_of_words(an_arena *arena, const an_words *words, an_units *units);
/* Units of the longest surface at `at` that has a fitting posting, and its postings; 0: none. */
uint32_t an_find_at(const an_world *world, const an_units *units, uint32_t at, uint32_t *first, uint32_t *count);
/* Capitals, and what must or must not stand beside it; needs of the whole document are asked for with an_posting_has. */
bool an_posting_fits(const an_world *world, const an_units *units, uint32_t at, const an_posting *posting);
bool an_is_cue(const an_world *world, an_text word, an_cue_kind cue);   /* a single word */
bool an_posting_has(const an_world *world, const an_posting *posting, an_need kind);
#endif
