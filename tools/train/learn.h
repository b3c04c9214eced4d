/* SPDX-License-Identifier: Apache-2.0 */
/* Learning the three models: tags, moves, labels. */
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
  uint32_t tag_epochs, parse_epochs, folds;
  uint32_t fixed_count, fixed_share; /* a form seen so often, with one tag in so many of 1,000 cases, has that tag */
  uint32_t usual_count;              /* a form seen so often has a usual tag */
  uint32_t tag_trust, move_trust, label_trust;
  uint64_t seed;
} settings;

typedef struct models { vocabulary words; weights tags, moves, labels; uint8_t kinds[NAMES_MAX]; /* of the tags */ } models;

/* Trees of `fold` are left out: jack-knifing. fold == folds: none is left out. */
void learn_words(const treebank *bank, const settings *set, uint32_t fold, const forms *dictionary, vocabulary *out);
void learn_tags(const treebank *bank, const settings *set, uint32_t fold, const vocabulary *words, weights *out);
void learn_parser(const treebank *bank, const settings *set, const vocabulary *words, uint8_t *const *tags, models *out);

/* With averaged weights. tags has room for one->size. */
void tag_tree(const tree *one, const vocabulary *words, const weights *w, uint8_t *tags);
uint32_t fold_of(const settings *set, const tree *one);

typedef struct score { uint32_t words, upos, tags, heads, labels; } score;
void measure(const treebank *bank, const models *m, const names *tags, const names *labels, score *out);
#endif
