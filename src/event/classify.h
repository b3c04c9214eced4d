/* SPDX-License-Identifier: Apache-2.0 */
/* The classifier: how likely each type is for a candidate, out of its signs. coder.an is trained by tools/coderc.c from
   data/examples in every build (docs/training.md). Rows of keys are added, whole numbers; averaged vectors of the words of each
   slot go through one hidden layer. Floats are added in one order and nothing of the C library rounds, so that every machine
   gives the same shares.

   Kind "codr"; sections: about (u32 AN_SIGNS_VERSION, numbers a vector, hidden numbers, places of words, types, modes; f32 scale of
   rows, of rows of modes), types and modes (u32 size + bytes each; a mode is "COERCE arrest"), rows i16 [2^ROWS][types], moderows
   i16 [2^MODE_ROWS][modes], wordkeys u64 [places], wordrank u8, vectors i8 [places][numbers], first f32 [SLOT_COUNT * numbers][hidden],
   firstadd f32 [hidden], second f32 [hidden][types], typeadd f32, third f32 [hidden][modes], trust u16 [CLASSIFIER_TRUST]. */
#ifndef AN_EVENT_CLASSIFY_H
#define AN_EVENT_CLASSIFY_H
#include "event/signs.h"

#define AN_CLASSIFIER_FILE "coder.an"
#define AN_CLASSIFIER_KIND "codr"
#define AN_CLASSIFIER_REBUILD "make"
enum { AN_CLASSIFIER_LAYOUT = 1, CLASSIFIER_ROWS = 16, CLASSIFIER_MODE_ROWS = 14 };               /* bits of a row's number */
enum { CLASSIFIER_TYPES = 17, CLASSIFIER_MODES = 96, CLASSIFIER_VECTOR = 128, CLASSIFIER_HIDDEN = 256, CLASSIFIER_TRUST = 21 };

/* Words with their numbers, found by hash; weight: rare words count more in an average. */
typedef struct word_vectors { const uint64_t *key; const uint8_t *weight; const int8_t *at; uint32_t places, size; } word_vectors;

struct an_classifier {
  an_datafile file;
  word_vectors words;
  uint32_t hidden, types, modes;
  const int16_t *rows, *mode_rows;
  const float *first, *first_add, *second, *type_add, *third;
  const uint16_t *trust;                 /* at a share of k / 20: how many of 1,000 such answers are right */
  float scale, mode_scale;
  an_text type_name[CLASSIFIER_TYPES], mode_name[CLASSIFIER_MODES];
};

typedef struct verdict {
  float share[CLASSIFIER_TYPES];         /* of the coder's types, by their number there; the last one: no event */
  uint32_t best;                         /* the likeliest type, "no event" left out */
  uint16_t confidence;                   /* of `best`, per mille, calibrated */
  an_text mode[CLASSIFIER_TYPES];        /* of each type the likeliest mode, where it has any */
} verdict;

/* x[SLOT_COUNT * size]: each slot's words averaged and of length one; 0 where it is empty. */
void classifier_pool(const word_vectors *words, const scene *s, const signs *g, float *x);
static inline uint32_t classifier_row(uint64_t key, uint32_t bits) { return (uint32_t)((key ^ (key >> 31)) & ((1u << bits) - 1)); }
/* How many of 1,000 answers with such a share are right. */
uint16_t classifier_trust(const an_classifier *c, float share);
/* modes: those of the types are wanted as well; they cost as much as all else. */
void classify(const an_classifier *c, const scene *s, const signs *g, bool modes, verdict *out);
#endif
