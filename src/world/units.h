/* SPDX-License-Identifier: Apache-2.0 */
/* Units: words as the world file spells them. "Al-Monitor" is two, "Iran's" is "iran" and "'s", "U.S." is "us", "N'Djamena" is
   one. The same rule cuts surfaces when the file is compiled and text when it is read, whatever the tokenizer did. */
#ifndef AN_WORLD_UNITS_H
#define AN_WORLD_UNITS_H
#include "language/language.h"

enum { AN_UNITS_MOST = 14 };            /* the longest surface, in units */
typedef struct an_unit_at {
  uint64_t hash;                        /* of the folded unit; 0: a mark that no name runs across */
  an_span at;                           /* in the text that was cut */
  uint32_t token;                       /* of an_words; 0 where text was cut */
  bool capital, upper;                  /* begins with a capital; two letters or more (or a single one), all capitals */
} an_unit_at;
typedef struct an_units { AN_LIST(an_unit_at) list; } an_units;

/* Appends the units of `text`, whose first byte stands at `base`. false: the arena's budget is spent. */
bool an_units_cut(an_arena *arena, an_text text, uint32_t base, uint32_t token, an_units *units);
/* Hash of a surface so far and its next unit; begin with 0. */
uint64_t an_units_mix(uint64_t so_far, uint64_t unit);
#endif
