/* SPDX-License-Identifier: Apache-2.0 */
/* The network of the detector (src/event/detect.h) while it learns: the logarithm of the right answer's share, by Adam.

   Of a sentence of which is only known that one of its words tells an act of a type, the word that the network itself finds likeliest
   is taken for it, anew in every round. No chance but the seed: the same text gives the same bytes. */
#ifndef AN_TOOLS_TRIGGERS_NET_H
#define AN_TOOLS_TRIGGERS_NET_H
#include "event/detect.h"

/* A word. right: its type, DETECTOR_TYPES: no act. bag: words that follow each other with the same number have `right` in common,
   and one of them has it; 0: this word has it. aside: not learned from, to measure with. */
typedef struct example {
  uint16_t *keys; uint32_t key_count;
  int16_t *state;                        /* [AN_STATE] */
  uint32_t near[DETECTOR_NEAR];
  uint32_t bag;
  uint8_t right;
  bool aside;
  float weight;
} example;
typedef struct triggers_settings { uint32_t rounds, batch; float rate, no_state, no_vector, no_key, no_hidden, nothing, others; uint64_t seed; } triggers_settings;

typedef struct triggers_net triggers_net;
triggers_net *triggers_net_new(const an_vectors *vectors, const triggers_settings *set);
void triggers_net_learn(triggers_net *n, const example *all, uint32_t count);
/* Shares of the types and, behind them, of "no act". */
void triggers_net_ask(triggers_net *n, const example *e, float share[DETECTOR_TYPES + 1]);
bool triggers_net_write(const triggers_net *n, const an_text *types, uint64_t sources, const char *path, an_error *err);
#endif
