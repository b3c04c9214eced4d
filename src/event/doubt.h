/* SPDX-License-Identifier: Apache-2.0 */
/* A second opinion: what the classifier makes of the two that a frame has joined. */
#ifndef AN_EVENT_DOUBT_H
#define AN_EVENT_DOUBT_H
#include "event/classify.h"

/* *doubted: the classifier, asked for the first actor and the first recipient, holds that nothing happens between them. Without a
   classifier, or where the actor stands in another sentence, nothing is doubted. */
an_status doubt(const scene *s, const match *m, bool *doubted, an_error *err);
#endif
