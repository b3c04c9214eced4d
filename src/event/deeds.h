/* SPDX-License-Identifier: Apache-2.0 */
/* What nouns tell, as clauses, handed out by the room's door. */
#ifndef AN_EVENT_DEEDS_H
#define AN_EVENT_DEEDS_H
#include "event/realis.h"

/* After the events are final: a clause names its own. */
an_status deeds_find(const scene *s, an_events *events, an_error *err);
#endif
