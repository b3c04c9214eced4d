/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the room: from a matched frame to an event. */
#ifndef AN_EVENT_FIND_H
#define AN_EVENT_FIND_H
#include "event/quantity.h"
#include "event/realis.h"

an_status scene_open(const an_coder *coder, const an_world *world, const an_article *article, const an_words *words,
                     const an_mentions *mentions, const an_times *times, const an_statements *statements,
                     const an_published *published, an_arena *arena, const an_tracer *trace, scene *out, an_error *err);
/* "Latvia said Belarus violated its airspace": who says it accuses who did it. false: nobody says it, or nobody did. */
bool as_told(const scene *s, match *m);
/* Type after tense: what is still to come is a promise or a threat. false: not to be told ("must" with nobody who says so). */
bool settle(const scene *s, match *m, reality *r);
/* Types that the words of sport, fiction and remembrance in a sentence block: a bit a type. */
uint32_t blocked_types(const scene *s, uint32_t sentence);
/* Matched tokens that must not open an event of their own. */
void consume(const scene *s, const match *m, uint8_t *taken);
uint16_t confidence_of(const match *m);             /* per mille, by the frame alone */
an_status make_event(const scene *s, const match *m, const reality *r, const moment *when, an_place where, an_event_at *out,
                     an_error *err);
/* finish.c: visitor and host, repeats and one happening told twice, quantities of events, offices on their days. */
an_status finish(const scene *s, an_events *events, const quantities *counted, an_error *err);
#endif
