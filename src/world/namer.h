/* SPDX-License-Identifier: Apache-2.0 */
/* The namer: which words of a page are names, and of what. A small network (names.an, data/models) labels the words around
   capitals. It sees three things of a word: what the sentence's network says of it (an_language_state: what it is and what it
   hangs on), what GloVe says of it, its neighbours and the ends of its run of capitals (vectors.h), and rows of features: what
   the world file says of the word and its neighbours, shapes, tags and the words themselves. Their sum is one hidden layer;
   out of it come the scores of seven labels, and the best path through them is taken. Whole numbers only.
   In: tagged words and candidates. Out: names that do not overlap, in reading order. Cost: about 50,000 products a capital.
   tools/names trains it with the functions below, so that both see the same. */
#ifndef AN_WORLD_NAMER_H
#define AN_WORLD_NAMER_H
#include "world/file.h"

#define AN_NAMER_FILE "names.an"
#define AN_NAMER_KIND "name"
#define AN_NAMER_REBUILD "make train-names TREEBANKS=../shared/data/treebanks"
enum { AN_NAMER_LAYOUT = 2, AN_NAMER_CLASSES = 8, AN_NAMER_KEYS = 160, AN_NAMER_LONGEST = AN_SENTENCE_WORDS };
/* The layer (language/layer.h). NEAR: words of which it sees the vector (an_namer_near). */
enum { AN_NAMER_NEAR = 9, AN_NAMER_INPUT = AN_STATE + AN_NAMER_NEAR * AN_VECTOR_SIZE, AN_NAMER_OUTS = 16 /* as the layer needs it; AN_NAMER_LABELS are used */ };
/* A name's first word has an odd label, its others the even one behind it; kind = AN_NAMER_PERSON + (label - 1) / 2. */
enum { AN_NAMER_OUT = 0, AN_NAMER_FIRST = 1, AN_NAMER_LABELS = 7 };

/* What the namer knows of one word. */
typedef struct an_look {
  uint64_t word, tail;                   /* hashes: of the folded form, of its last letters */
  uint32_t item, alone;                  /* LOOK_*: of the surface that covers the word, of the word alone */
  uint32_t run_first, run_end;           /* capitals without a gap */
  uint32_t item_first, item_end;         /* the surface that covers it */
  uint32_t vector;                       /* its row in vectors.an, or AN_NONE */
  uint8_t place, shape, upos, style;     /* place: in the surface that covers it; style: of its sentence */
  uint8_t region, after_body;            /* region: is it labelled at all; after_body: "Ministry of ..." stands to its left */
  uint8_t first, cue, quoted, time;
} an_look;
typedef struct an_steps { int32_t at[AN_NAMER_CLASSES][AN_NAMER_CLASSES]; } an_steps;   /* [label before][label] */
typedef struct an_looks {
  const an_world *world; const an_vectors *vectors; const an_words *words; const an_candidates *candidates;
  an_look *at;                           /* one a token */
  uint32_t candidate;                    /* the first that may lie in the next sentence */
} an_looks;

bool an_look_is_no_name(const an_look *look, bool place);   /* alone: "Its"; "West" and "March", which are no places */
/* false: out of memory. */
bool an_namer_looks(const an_world *world, const an_vectors *vectors, const an_words *words, const an_candidates *candidates, an_arena *arena, an_looks *out);
void an_namer_look(an_looks *looks, uint32_t sentence);     /* of a tagged sentence; sentences in their order */
/* Words from `token` on, before `end`, that are labelled together: returns the first, *stop is behind the last; none is left: end. */
uint32_t an_namer_region(const an_looks *looks, uint32_t token, uint32_t end, uint32_t *stop);
/* Keys of one word, at most AN_NAMER_KEYS. */
void an_namer_keys(const an_looks *looks, uint32_t token, an_layer_keys *keys);
void an_namer_near(const an_looks *looks, uint32_t token, uint32_t vector[AN_NAMER_NEAR]);
/* The best labels of `count` words: `scores` has AN_NAMER_CLASSES a word. */
void an_namer_decode(const int32_t *scores, uint32_t count, const an_steps *steps, uint8_t *labels);
#endif
