/* SPDX-License-Identifier: Apache-2.0 */
/* A sentence with other words: what the trainer shall learn of a tree is its shape. A name, noun, number, adjective or verb
   gives its place to another of the same tag and relation that has the same kinds of children, so that a verb with two objects
   only meets another such verb. */
#ifndef AN_TOOLS_VARIANTS_H
#define AN_TOOLS_VARIANTS_H
#include "treebank.h"

/* Appends times - 1 variants of each of the trees from..to-1; words come from those trees. */
void variants_add(treebank *bank, uint32_t from, uint32_t to, uint32_t times, uint64_t seed);
#endif
