/* SPDX-License-Identifier: Apache-2.0 */
/* The detector: does a word tell an act, and of which type, whether or not a frame has it. A small network (triggers.an, data/models)
   learned it from text whose acts are marked: one hidden layer (language/layer.h) over what the sentence's network read of the word,
   GloVe's vectors of it and of what it stands with, and keys: its clause, who stands where in it, classes of heads.tsv. Names are seen by
   their kind alone, frames not at all, so that what it says can be set beside what they say.
   In: a word of a parsed sentence whose states were kept (an_language_keep). Out: a share for each type, and one for "no act". Whole
   numbers until the shares. tools/triggers learns it with the functions below, so that both see the same. */
#ifndef AN_EVENT_DETECT_H
#define AN_EVENT_DETECT_H
#include "event/match.h"

#define AN_DETECTOR_FILE "triggers.an"
#define AN_DETECTOR_KIND "trig"
#define AN_DETECTOR_REBUILD "make train-triggers TREEBANKS=../shared/data/treebanks"
enum { AN_DETECTOR_LAYOUT = 2, DETECTOR_TYPES = 16, DETECTOR_NEAR = 5, DETECTOR_INPUT = AN_STATE + DETECTOR_NEAR * AN_VECTOR_SIZE, DETECTOR_OUTS = 32,
       DETECTOR_AT_ONCE = AN_LAYER_AT_ONCE };
_Static_assert(DETECTOR_INPUT % 2 == 0, "a product takes inputs in pairs");

struct an_detector {
  an_datafile file;
  an_layer layer, sides;                 /* sides.h */
  const an_vectors *vectors;
  uint32_t types;                        /* those that it knows, in the order of its outs; the out behind them is "no act" */
  an_text type_name[DETECTOR_TYPES];
};

typedef struct detection {
  float share[DETECTOR_TYPES], none;     /* of the coder's types, by their number there; they and `none` are one together */
  uint32_t best;                         /* the likeliest type */
} detection;

/* Can the word tell an act at all: a verb, noun or predicate adjective that is neither somebody nor a time, in a sentence that names somebody. */
bool detect_wants(const scene *s, uint32_t token);
bool detect_names_somebody(const scene *s, uint32_t sentence);
/* Who stands there, by kind: nothing of a name shows but whether it is a state, an office, a body, and of public life. And a word as keys name
   it: names and numbers by what they are. */
uint64_t detect_who(const scene *s, uint32_t token);
uint64_t detect_word(const scene *s, uint32_t token);
/* c: the word's clause (clause_read). */
void detect_keys(const scene *s, uint32_t token, const clause *c, an_layer_keys *out);
/* Words whose vectors it sees: rows of `vectors`, AN_NONE where there is none. */
void detect_near(const scene *s, const an_vectors *vectors, uint32_t token, const clause *c, uint32_t near[DETECTOR_NEAR]);
/* Of `count` words, at most DETECTOR_AT_ONCE, of sentences whose states were kept; false: there is no detector, or no states. */
bool detect(const scene *s, const uint32_t *tokens, uint32_t count, detection *out);
#endif
