/* SPDX-License-Identifier: Apache-2.0 */
/* How sure a row is: how likely its type, who did it and to whom are right, all three. Each of the three is a logistic model over
   named signs of the row (sure.tsv, trained by tools/train_sure.py on rows judged by hand): the second given that the first is right, the
   third given both, so that their product is the whole row's. A sign without a row in the table weighs nothing. */
#ifndef AN_EVENT_SURE_H
#define AN_EVENT_SURE_H
#include "event/hear.h"
#include "event/weigh.h"

typedef struct judge {
  scales scales;
  double politics;               /* states, offices and their people among what the page mentions, per sentence; at most 3 */
  double private_share;          /* people and firms of no public part among all that the page mentions */
  const hearing *heard;          /* what the detector says of the page */
  weight said;                   /* what the classifier said of the row judged last */
} judge;
judge *judge_open(const scene *s, const hearing *heard);                    /* once a page; NULL: no memory */
/* Per mille. */
uint16_t judge_row(judge *j, const scene *s, const match *m, const reality *r);
#endif
