/* SPDX-License-Identifier: Apache-2.0 */
/* What speaks against a match whose parts are filled. */
#ifndef AN_EVENT_DOUBTS_H
#define AN_EVENT_DOUBTS_H
#include "event/match.h"

/* Why it can be no act of anybody, whatever else speaks for it; NULL: it can. */
const char *why_impossible(const scene *s, const match *m);
/* What the frame asks of those who do it; NULL: they are of the kind. */
const char *why_not_theirs(const scene *s, const match *m);
/* What may be outweighed: bits of match_doubt. */
uint8_t doubts_of(const scene *s, const match *m);
#endif
