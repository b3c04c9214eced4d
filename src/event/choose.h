/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the room: what the chooser of sides (sides.h) makes of the parts that the rules gave a match. */
#ifndef AN_EVENT_CHOOSE_H
#define AN_EVENT_CHOOSE_H
#include "event/match.h"

/* Without a chooser nothing changes. A match that no frame has gets the sides that were learned; one that a
   frame has gets somebody to whom it is done where the rules find nobody and somebody is likely. */
void choose_sides(const scene *s, match *m);
#endif
