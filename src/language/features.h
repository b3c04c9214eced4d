/* SPDX-License-Identifier: Apache-2.0 */
/* The features of the three linear models, each a 64-bit hash. The trainer and the program share this code: a model
   is only as good as the agreement of the two. Whoever changes a feature raises AN_FEATURES_VERSION and trains anew. */
#ifndef AN_LANGUAGE_FEATURES_H
#define AN_LANGUAGE_FEATURES_H
#include "language/state.h"
#include "language/view.h"

enum { AN_FEATURES_VERSION = 3 };
enum { AN_TAG_FEATURES = 56, AN_MOVE_FEATURES = 112, AN_LABEL_FEATURES = 64 }; /* capacities */
enum { AN_TAG_UNKNOWN = 255 };
enum { AN_KIND_FINITE = 1 /* finite verb or auxiliary */, AN_KIND_COMMA = 2 };

/* A sentence as the models see it. Index AN_STATE_NONE of the parser's atoms is "no word". */
typedef struct an_seen {
  uint32_t size;
  an_view view[AN_STATE_WORDS];
  uint8_t usual[AN_STATE_WORDS];   /* the tag the vocabulary gives the form most often, or AN_TAG_UNKNOWN */
  uint16_t can[AN_STATE_WORDS];    /* what a dictionary says the form can be, 0: nothing (tools/train/forms.h) */
  uint8_t tag[AN_STATE_WORDS];     /* filled from left to right by the tagger, read by the parser */
  const uint8_t *kinds;            /* AN_KIND_* of each tag; the parser's */
  uint64_t word[AN_STATE_SIZE], pos[AN_STATE_SIZE], both[AN_STATE_SIZE]; /* the parser's atoms */
  uint16_t finite[AN_STATE_SIZE], commas[AN_STATE_SIZE];                 /* how many stand before a word */
} an_seen;

/* The kinds of a tag by its name, "VERB-VBD". */
uint8_t an_features_kind(const char *name, uint32_t size);
/* Features of word i; the tags of the words before it must be set. Returns their number. */
uint32_t an_features_tag(const an_seen *seen, uint32_t i, uint64_t *out);
/* Fills the parser's atoms once all tags are set. */
void an_features_atoms(an_seen *seen);
uint32_t an_features_move(const an_seen *seen, const an_state *state, uint64_t *out);
/* Features of the arc that `move` (LEFT or RIGHT) is about to make. */
uint32_t an_features_label(const an_seen *seen, const an_state *state, int move, uint64_t *out);

#endif
