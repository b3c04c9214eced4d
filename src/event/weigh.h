/* SPDX-License-Identifier: Apache-2.0 */
/* How certain an event of a page is: what the classifier says of the frame's type, given the parties that the frame found. */
#ifndef AN_EVENT_WEIGH_H
#define AN_EVENT_WEIGH_H
#include "event/classify.h"

typedef struct scales { proposals all; signs signs; } scales;   /* room, taken once a page */
scales *scales_open(const scene *s);                            /* NULL: no memory */
/* Per mille; `otherwise` where there is no classifier or nobody is named; 0 where the classifier holds that nothing happens between
   the two. */
uint16_t weigh(const scene *s, const match *m, const reality *r, scales *room, uint16_t otherwise);
#endif
