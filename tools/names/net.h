/* SPDX-License-Identifier: Apache-2.0 */
/* The network of the names (src/world/namer.h) while it learns.

   It learns the likelihood of the right labels of a whole run of words (a linear chain: Lafferty, McCallum, Pereira 2001) by Adam.
   Text of a kind of its own (GUM, whose marks follow other rules) has rows and outputs of its own beside those that all text
   shares (Daumé 2007), and only the shared ones reach the model. No chance: the same text gives the same bytes. */
#ifndef AN_TOOLS_NAMES_NET_H
#define AN_TOOLS_NAMES_NET_H
#include "world/namer.h"

/* A run of words that are labelled together. near: an_namer_near of each word, rows of `vectors`. */
typedef struct example {
  uint32_t count;
  bool other;
  uint16_t *keys;
  uint32_t *key_at;
  int16_t *state;   /* [count][AN_STATE] */
  uint32_t *near;   /* [count][AN_NAMER_NEAR] */
  uint8_t *right;
} example;

typedef struct names_net names_net;
names_net *names_net_new(const an_vectors *vectors);
void names_net_learn(names_net *n, const example *all, uint32_t count);
bool names_net_write(const names_net *n, const char *path, an_error *err);
#endif
