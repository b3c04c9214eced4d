/* SPDX-License-Identifier: Apache-2.0 */
/* What the detector says of a whole page, asked once before its acts are told: of every word that can tell one, and how much of an act
   there is in each sentence. So a row is weighed by what its page is about, which no word of its own tells. */
#ifndef AN_EVENT_HEAR_H
#define AN_EVENT_HEAR_H
#include "event/detect.h"

typedef struct hearing {
  uint32_t *number; detection *of;                   /* token → its detection among `of`, or AN_NONE; NULL: nothing was asked */
  float *most, *next; uint32_t *at;                  /* a sentence: the share of its likeliest act, where, and of the second one */
  uint32_t sentences;
  float page;                                        /* the mean of `most` over the page's sentences that tell something */
} hearing;

an_status hear_page(const scene *s, hearing *out, an_error *err);
/* NULL: it was not asked. */
const detection *heard_of(const hearing *h, uint32_t token);
/* How likely the sentence's other words tell an act; and the sentences around it, on the average. */
float heard_beside(const hearing *h, uint32_t sentence, uint32_t token);
float heard_around(const hearing *h, uint32_t sentence);
/* The kind of a block by name, where it is one that tells events; NULL: it tells none. */
const char *hear_block(const scene *s, uint32_t sentence);
#endif
