/* SPDX-License-Identifier: Apache-2.0 */
/* The chooser of sides: who in an act's sentence does it, and to whom. A small network beside the detector's, in the same file
   (triggers.an), learned from text whose acts have their parties marked: one hidden layer (language/layer.h) over what the sentence's network
   read of the act's word and of somebody in its sentence, GloVe's vectors of the act, of what somebody is called (never of a name) and of
   what both stand with, and keys: where in the clause somebody stands, the path between the two, the act's type, what the rules chose.
   In: a match with the parts that the rules gave it (roles.h). Out: for everybody who could be a party the shares of doer, of whom it is done
   to, and of neither. Whole numbers until the shares; cost: some five words of the detector an act. tools/triggers learns it with the
   functions below, so that both see the same. */
#ifndef AN_EVENT_SIDES_H
#define AN_EVENT_SIDES_H
#include "event/detect.h"

enum { SIDES_MOST = 24, SIDES_NEAR = 5, SIDES_INPUT = 2 * AN_STATE + SIDES_NEAR * AN_VECTOR_SIZE, SIDES_OUTS = 16 };
typedef enum side_name { SIDE_ACTOR, SIDE_RECIPIENT, SIDE_NEITHER, SIDE_COUNT } side_name;
_Static_assert(SIDES_INPUT % 2 == 0 && (int)SIDES_MOST <= (int)AN_LAYER_AT_ONCE, "as a layer takes them");

typedef struct side_share { uint32_t token; float share[SIDE_COUNT]; } side_share;

/* What is the same for everybody in an act's sentence. */
typedef struct act_view {
  const scene *s; const match *m;
  uint32_t at, up[CLAUSE_CLIMB * 2], up_count;       /* the act's word, and those above it */
  clause inner;                                      /* of its complement; at AN_NONE: there is none */
  uint32_t candidate[SIDES_MOST], count;             /* heads of everybody, the nearest to the act first */
} act_view;

/* m: with the parts of the rules, of which it sees where they were found. */
void sides_view(const scene *s, const match *m, act_view *out);
void sides_keys(const act_view *v, uint32_t candidate, an_layer_keys *out);
void sides_near(const act_view *v, const an_vectors *vectors, uint32_t candidate, uint32_t near[SIDES_NEAR]);
/* How many of v->candidate it was asked of; 0: nobody is there, or there is no chooser. */
uint32_t sides_ask(const act_view *v, side_share out[SIDES_MOST]);
#endif
