/* SPDX-License-Identifier: Apache-2.0 */
/* Whether, when and where an act takes place: tense, modals, negation, purpose; time and place of its own clause. */
#ifndef AN_EVENT_REALIS_H
#define AN_EVENT_REALIS_H
#include "event/match.h"

typedef struct reality {
  uint8_t realis; bool negated, background;
  bool purpose;                  /* "blocked the road to demand …": what an act is for */
  bool promised;                 /* "will": said to come, not only meant to */
  bool unasserted;               /* only named: "efforts to urge", "tasked with investigating" */
  bool possible;                 /* "could", "if": only thought of */
  bool asked;                    /* somebody else is asked to do it */
  bool expected;                 /* "is due to": nobody's promise */
  bool should;                   /* "must leave": in a statement a request of the speaker's */
  bool open;                     /* "has not agreed", "has not decided to": it may still come */
  an_text why;                   /* the word that made it other than happened; not known: none */
} reality;
reality reality_of(const scene *s, const match *m);
/* What a verb's own words, and what governs it, say of it, whatever act it tells. */
reality reality_of_verb(const scene *s, uint32_t predicate);

typedef struct moment { an_days when; uint32_t time; uint8_t basis, precision; an_anchor anchor; } moment;
/* The expression of time of the act's own clause, else of `lead`, else the day of publication. */
moment moment_of(const scene *s, const match *m, const moment *lead, bool *own);
/* The place of the act's own clause; text.at == NULL: it names none. */
an_place place_of(const scene *s, const match *m);
/* Tokens of the clause that tells the act: its subtree without what another clause tells. */
void clause_range(const scene *s, const match *m, uint32_t *first, uint32_t *end);
#endif
