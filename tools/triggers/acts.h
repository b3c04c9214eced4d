/* SPDX-License-Identifier: Apache-2.0 */
/* From an act whose parties are marked to examples for the chooser of sides (src/event/sides.h): everybody in the act's sentence, as doer, as
   whom it is done to, or as neither; once beside what a frame of the word finds, once beside what words without a frame find. */
#ifndef AN_TOOLS_ACTS_H
#define AN_TOOLS_ACTS_H
#include "net.h"

/* Words of the clean text that name a party. party: marks with the same number are ways to name one; perhaps: may be left out. */
typedef struct party_mark { uint32_t begin, end, party; uint8_t side; bool perhaps; } party_mark;
typedef struct act_mark { uint32_t token, type; const party_mark *who; uint32_t count; float weight; bool aside; } act_mark;
typedef struct examples { example *at; uint32_t count, capacity, bags, acts; } examples;

example *examples_add(examples *to);
void acts_learn(examples *to, const scene *s, const an_vectors *vectors, const act_mark *act);
/* Of the acts put aside: how often the rules' first party of a side is right, and how often the net's likeliest. */
void acts_report(const examples *of, triggers_net *n);
#endif
