/* SPDX-License-Identifier: Apache-2.0 */
/* News begins with headlines, and treebanks hold few. Short sentences of the treebank are turned into such: articles, the
   verb "to be" where it only helps another word, and the full stop go; in every second one all words get capitals. */
#ifndef AN_TOOLS_HEADLINES_H
#define AN_TOOLS_HEADLINES_H
#include "treebank.h"

/* Appends a headline for one in `every` short trees. */
void headlines_add(treebank *bank, uint32_t every);
#endif
