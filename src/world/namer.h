/* SPDX-License-Identifier: Apache-2.0 */
/* The namer: which words of a page are names, and of what. A linear model (names.an, data/models) labels the words around
   capitals; what it looks at is what the world file says of a word and its neighbours, shapes, tags and the words themselves.
   In: tagged words and candidates. Out: names that do not overlap, in reading order. Cost: some 70 rows of 16 bytes a capital.
   tools/names.c trains it with the functions below, so that both see the same. */
#ifndef AN_WORLD_NAMER_H
#define AN_WORLD_NAMER_H
#include "world/file.h"

#define AN_NAMER_FILE "names.an"
#define AN_NAMER_KIND "name"
#define AN_NAMER_REBUILD "make train-names TREEBANKS=../shared/data/treebanks"
enum { AN_NAMER_LAYOUT = 1, AN_NAMER_ROWS = 1 << 15, AN_NAMER_CLASSES = 8, AN_NAMER_KEYS = 160, AN_NAMER_LONGEST = 512 };
/* A name's first word has an odd label, its others the even one behind it; kind = AN_NAMER_PERSON + (label - 1) / 2. */
enum { AN_NAMER_OUT = 0, AN_NAMER_FIRST = 1, AN_NAMER_LABELS = 7 };

/* What the namer knows of one word. */
typedef struct an_look {
  uint64_t word, tail;                   /* hashes: of the folded form, of its last letters */
  uint32_t item, alone;                  /* LOOK_*: of the surface that covers the word, of the word alone */
  uint32_t run_first, run_end;           /* capitals without a gap */
  uint32_t item_first, item_end;         /* the surface that covers it */
  uint8_t place, shape, upos, style;     /* place: in the surface that covers it; style: of its sentence */
  uint8_t region, after_body;            /* region: is it labelled at all; after_body: "Ministry of ..." stands to its left */
  uint8_t first, cue, quoted, time;
} an_look;
typedef struct an_steps { int32_t at[AN_NAMER_CLASSES][AN_NAMER_CLASSES]; } an_steps;   /* [label before][label] */
typedef struct an_looks { const an_words *words; an_look *at; } an_looks;

bool an_look_is_no_name(const an_look *look, bool place);   /* alone: "Its"; "West" and "March", which are no places */
/* looks->at has one look a token. false: out of memory. */
bool an_namer_look(const an_world *world, const an_words *words, const an_candidates *candidates, an_arena *arena, an_looks *out);
/* Words from `token` on that are labelled together: *end; *end == token count: none is left. Returns the first of them. */
uint32_t an_namer_region(const an_looks *looks, uint32_t token, uint32_t *end);
/* Rows of the model for one word; returns their count, at most AN_NAMER_KEYS. */
uint32_t an_namer_keys(const an_looks *looks, uint32_t token, uint16_t *keys);
/* The best labels of `count` words: `scores` has AN_NAMER_CLASSES a word. */
void an_namer_decode(const int32_t *scores, uint32_t count, const an_steps *steps, uint8_t *labels);
#endif
