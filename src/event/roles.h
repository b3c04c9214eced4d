/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the room: the parts of a frame out of the places where it looks for them. */
#ifndef AN_EVENT_ROLES_H
#define AN_EVENT_ROLES_H
#include "event/match.h"

/* The first place of `order` that holds somebody of a known country; failing that, the first that holds anybody but `not_these`. */
void roles_fill(const scene *s, const match *m, const clause *c, const roles *order, const parts *not_these, parts *out);
/* "We", "it": in what somebody says, and of nobody else known, who says it. */
bool roles_speaker_word(const scene *s, uint32_t token);
#endif
