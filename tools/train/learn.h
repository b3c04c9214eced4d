/* SPDX-License-Identifier: Apache-2.0 */
/* The words of the training text with the tag that each has most often. */
#ifndef AN_TOOLS_LEARN_H
#define AN_TOOLS_LEARN_H
#include "forms.h"
#include "language/features.h"
#include "must.h"
#include "treebank.h"

typedef struct vocable { uint64_t form; uint8_t usual; } vocable;
typedef struct vocabulary { vocable *at; uint32_t count; } vocabulary; /* sorted by form */

typedef struct settings {
  uint32_t folds;       /* neighbouring trees are of one fold: a document does not teach its own words */
  uint32_t usual_count; /* a form seen so often has a usual tag */
  uint64_t seed;        /* for other words in own trees */
} settings;

/* Trees of `fold` are left out. fold == folds: none is left out. */
void learn_words(const treebank *bank, const settings *set, uint32_t fold, vocabulary *out);
/* For every tree the usual tags as the other folds have them, AN_TAG_UNKNOWN for a form that they lack: the network must learn
   what they are worth for words it has not seen. */
uint8_t **learn_usual(const treebank *bank, const settings *set);
#endif
