/* SPDX-License-Identifier: Apache-2.0 */
/* A network of the detector (src/event/detect.h) or of the chooser of sides (src/event/sides.h) while it learns: the logarithm of the right
   answer's share, by Adam.

   Of examples of which is only known that one of them is of a class, the one that the network itself finds likeliest is taken for it, anew
   in every round. No chance but the seed: the same text gives the same bytes. */
#ifndef AN_TOOLS_TRIGGERS_NET_H
#define AN_TOOLS_TRIGGERS_NET_H
#include "event/sides.h"

enum { NET_NEAR = 5, NET_STATES = 2, NET_CLASSES = DETECTOR_TYPES + 1 };

/* What is learned: states and vectors that go in, classes that come out, the last of which is "none". */
typedef struct triggers_shape { uint32_t states, near, classes, outs; } triggers_shape;
extern const triggers_shape DETECTOR_SHAPE, SIDES_SHAPE;

/* A word, or somebody beside an act. right: its class. bag: examples that follow each other with the same number have `right` in common,
   and one of them has it; 0: this one has it. aside: not learned from, to measure with. */
typedef struct example {
  uint16_t *keys; uint32_t key_count;
  const int16_t *state[NET_STATES];      /* [AN_STATE] each */
  uint32_t near[NET_NEAR];
  uint32_t bag;
  uint8_t right;
  bool aside;
  float weight;
  uint32_t act; uint8_t rules; bool framed, perhaps;   /* of somebody: whose act, what the rules say, whether a frame's; may be left out */
} example;
typedef struct triggers_settings { uint32_t rounds, batch; float rate, no_state, no_vector, no_key, no_hidden, nothing, others; uint64_t seed; } triggers_settings;

typedef struct triggers_net triggers_net;
triggers_net *triggers_net_new(const an_vectors *vectors, const triggers_shape *shape, const triggers_settings *set);
void triggers_net_learn(triggers_net *n, const example *all, uint32_t count);
/* Shares of the classes. */
void triggers_net_ask(triggers_net *n, const example *e, float share[NET_CLASSES]);
enum { TRIGGERS_SECTIONS = 4 };
/* Its sections of the model; what they point at is the net's. */
void triggers_net_sections(triggers_net *n, an_section_out out[TRIGGERS_SECTIONS]);
#endif
