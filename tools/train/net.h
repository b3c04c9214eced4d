/* SPDX-License-Identifier: Apache-2.0 */
/* Learning the network of src/language/net.h, in single precision: Adam (Kingma and Ba 2015) on the logarithm of what it says
   of every head, label and tag. All arithmetic is written out, so that every machine learns the same. */
#ifndef AN_TOOLS_NET_H
#define AN_TOOLS_NET_H
#include "language/net.h"
#include "learn.h"

typedef struct net net;
typedef struct net_settings {
  uint32_t epochs, batch;                  /* batch: sentences a step */
  float rate;                              /* of the first steps; it falls to nothing */
  uint32_t drop_word, drop_vector, drop_tag; /* per cent of words that go without, so that the rest must do */
  float drop_layer;                        /* share of a layer's numbers that are left out of a sentence */
  uint32_t known_count;                    /* a word seen so often has a row of its own */
  uint64_t seed;
} net_settings;

/* vectors: a file of words with 50 numbers each (tools/make_vectors.py). NULL: a message was printed. */
net *net_new(const treebank *bank, const forms *dictionary, const net_settings *set, const char *vectors);
/* tags[i]: the usual tags of tree i's words as text without it has them. */
void net_learn(net *n, const treebank *bank, uint8_t *const *tags);

/* What of it goes into the model: sections as src/language/net.h reads them. */
enum { NET_SECTIONS = 24 };
uint32_t net_pack(const net *n, an_section_out *out);
uint64_t net_checksum(const net *n); /* of the vectors */
/* Rows of words: word_at(n, i) in ascending order, i is the row. */
uint32_t net_word_count(const net *n);
uint64_t net_word(const net *n, uint32_t row);
#endif
