/* SPDX-License-Identifier: Apache-2.0 */
/* A number as a text writes it ("3.5 million", "Rs 2.9 lakh crore", "two thirds", "six in ten"), with its unit; what it counts: quantity.h. */
#ifndef AN_EVENT_NUMERAL_H
#define AN_EVENT_NUMERAL_H
#include "event/quantity.h"

/* Its words and value; rows of the table for what is no figure ("dozens") and for a unit that is found with it. rounding: of a share told in
   words, in per cent ("a third" is told of 32 and of 34); 0: none. */
typedef struct numeral { uint32_t first, end; double value; uint32_t vague, unit, unit_token, counted; double rounding; } numeral;

typedef struct columns { uint32_t kind, relation, low, high, soft_low, soft_high, unit; } columns;   /* of quantities.tsv */
double numeral_cell(an_text text, double absent);
/* The longest row of that kind whose key stands at `first`; its end in *end. AN_NONE: none. */
uint32_t numeral_row(const scene *s, const columns *c, const char *kind, uint32_t first, uint32_t sentence_end, uint32_t *end);
/* The end of the words of that role in counted.tsv, which join numbers, at `first`; `first` where none stand there. */
uint32_t numeral_joint(const scene *s, const char *kind, uint32_t first, uint32_t sentence_end);
bool numeral_from(const scene *s, const columns *c, const an_sentence *sentence, uint32_t first, numeral *n);
/* The unit behind the number ("5 km") or the sign before it ("$ 5"), which then is its first word. */
void numeral_unit(const scene *s, const columns *c, const an_sentence *sentence, numeral *n);
/* Where the words of relation before the number begin ("more than"), `first` without; their row in *row. */
uint32_t numeral_relation(const scene *s, const columns *c, uint32_t first, uint32_t sentence_first, uint32_t *row);
bool numeral_is_unit(const scene *s, const columns *c, uint32_t token);
bool numeral_is_hyphen(const scene *s, uint32_t token);
bool numeral_multiplies(const scene *s, uint32_t token);   /* "hundred", "dozen" */
bool numeral_is_day(const scene *s, uint32_t token);       /* of a date or time, no length of it */
#endif
