/* SPDX-License-Identifier: Apache-2.0 */
/* Learning the weights of src/event/classify.h: the logarithm of the right type's share, and of the right mode's among those of the
   type, by steps whose size falls with what a weight has seen (AdaGrad: Duchi, Hazan, Singer 2011). */
#ifndef AN_TOOLS_LEARN_CODER_H
#define AN_TOOLS_LEARN_CODER_H
#include "examples.h"

typedef struct coder_settings {
  uint32_t rounds, hidden, teams;       /* teams: nets that start from other numbers; their scores are averaged */
  float rate, hidden_rate, shrink;      /* of rows; of the layers; of all weights towards nothing */
  float drop_key, drop_frames, drop_slot, drop_hidden; /* shares that are left out of a step, so that the rest must do: a key, all
                                           keys of frames at once, the words of a slot, a hidden number */
  uint64_t seed;
} coder_settings;

typedef struct coder_weights {
  uint32_t in, hidden, types, modes;    /* hidden: of all teams */
  float *rows, *mode_rows, *first, *first_add, *second, *type_add, *third;
} coder_weights;

/* Where `first` is wanted, the first team learns nothing of the examples put aside, and stands there alone as well: of it can be asked
   how often it is right. */
void coder_learn(const examples *all, const coder_settings *set, coder_weights *first, coder_weights *out);
void coder_free(coder_weights *w);
/* Shares of the types. */
void coder_shares(const coder_weights *w, const example *e, float *share);
/* Writes coder.an; false: a message was printed. */
bool coder_pack(const char *path, const examples *all, const coder_weights *w, const uint16_t *trust);
#endif
