/* SPDX-License-Identifier: Apache-2.0 */
/* Learning the tagger: the words with their usual tags, and its weights. */
#ifndef AN_TOOLS_LEARN_H
#define AN_TOOLS_LEARN_H
#include "forms.h"
#include "language/features.h"
#include "treebank.h"
#include "weights.h"

/* What the training text says of one form. */
typedef struct vocable { uint64_t form; uint32_t count; uint8_t usual; bool fixed; } vocable;
typedef struct vocabulary { vocable *at; uint32_t count; const forms *forms; } vocabulary; /* sorted by form */

typedef struct settings {
  uint32_t tag_epochs, folds;
  uint32_t fixed_count, fixed_share; /* a form seen so often, with one tag in so many of 1,000 cases, has that tag */
  uint32_t usual_count;              /* a form seen so often has a usual tag */
  uint32_t tag_trust;
  uint64_t seed;
} settings;

/* Trees of `fold` are left out: jack-knifing. fold == folds: none is left out. */
void learn_words(const treebank *bank, const settings *set, uint32_t fold, const forms *dictionary, vocabulary *out);
void learn_tags(const treebank *bank, const settings *set, uint32_t fold, const vocabulary *words, weights *out);

/* With averaged weights. tags has room for one->size. */
void tag_tree(const tree *one, const vocabulary *words, const weights *w, uint8_t *tags);
uint32_t fold_of(const settings *set, const tree *one);
#endif
