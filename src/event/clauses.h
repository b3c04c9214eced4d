/* SPDX-License-Identifier: Apache-2.0 */
/* All clauses of the page, handed out by the room's door. */
#ifndef AN_EVENT_CLAUSES_H
#define AN_EVENT_CLAUSES_H
#include "event/realis.h"

/* After the events are final: a clause names its own. */
an_status clauses_find(const scene *s, an_events *events, an_error *err);
#endif
