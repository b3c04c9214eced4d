/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the room: whom an act concerns where the frame's own places hold nobody, and who is none that it is done to. */
#ifndef AN_EVENT_WHOM_H
#define AN_EVENT_WHOM_H
#include "event/match.h"

/* Against whom people protest or forces are moved: "outside the ministry", "demanding that the mayor resign", "facing Togo". */
void whom_opposed(const scene *s, match *m);
/* "Troops were deployed": an own force is no opponent; where nobody else is named, it is what moves. */
void whom_own_force(const scene *s, match *m);
/* "Shelled the village", "seized a tanker off Oman": what is struck or taken, under the words of the phrase. */
void whom_struck(const scene *s, match *m);
/* "Urged the PUC to act": a name that nothing explains, who is asked to do something. */
void whom_asked(const scene *s, match *m);
#endif
