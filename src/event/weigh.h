/* SPDX-License-Identifier: Apache-2.0 */
/* What the classifier says of a frame's type, given the parties that the frame found. */
#ifndef AN_EVENT_WEIGH_H
#define AN_EVENT_WEIGH_H
#include "event/classify.h"

typedef struct scales { drafts drafts; proposals all; signs signs; } scales;   /* room, taken once a page */
typedef struct weight {
  bool asked;                    /* false: there is no classifier, nobody is named, or the frame does not join them */
  float own, other, none;        /* shares: of the type, of the likeliest other one, of "no event" */
  uint32_t best;                 /* the likeliest type */
} weight;
weight weigh(const scene *s, const match *m, const reality *r, scales *room);
#endif
