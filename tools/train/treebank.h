/* SPDX-License-Identifier: Apache-2.0 */
/* A treebank in memory: the words of CoNLL-U files (gzipped or not) with tags, heads and labels. */
#ifndef AN_TOOLS_TREEBANK_H
#define AN_TOOLS_TREEBANK_H
#include <stdbool.h>
#include <stdint.h>

#include "language/features.h"

typedef struct tree_word { const char *form; uint32_t size; uint8_t tag, label; uint16_t head; } tree_word; /* head: index; the root is `size` */
typedef struct tree { tree_word *words; uint32_t size, source; } tree; /* source: number of the sentence it came from */

enum { NAMES_MAX = 200 };
typedef struct names { char *at[NAMES_MAX]; uint32_t count; } names; /* "NOUN-NN", "nsubj:pass" */

typedef struct treebank {
  tree *trees;
  uint32_t count, capacity;
  names tags, labels;
  uint64_t words, checksum; /* of all bytes read */
} treebank;

/* Adds the trees of a file; sentences over AN_SEEN_WORDS words are left out. false: a message was printed. */
bool treebank_read(treebank *bank, const char *path);
void treebank_add(treebank *bank, tree one); /* takes its words */
uint32_t *treebank_order(const treebank *bank); /* 0 to count - 1, to be shuffled */
#endif
