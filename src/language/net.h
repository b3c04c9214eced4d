/* SPDX-License-Identifier: Apache-2.0 */
/* The network that reads a whole sentence and scores tags, heads and labels. Whole numbers only.

   A word's input is the sum of rows: of the word, of parts of its form, of its flags, of its usual tag. The
   layers read from both ends; each is a simple recurrent unit (Lei and others 2018): gates are products of a word's input alone,
   and only a running mean goes from word to word. Out of the last layer come tags, and for every pair of words how well the one
   is the head of the other (Dozat and Manning 2017). The curves are x - x|x|/4 between -2 and 2 for a tangent, and a half of it and
   a half for a gate. Between the layers one is 4,096, or 128 in what a large product reads: its weights are bytes, each column with a
   scale of its own. */
#ifndef AN_LANGUAGE_NET_H
#define AN_LANGUAGE_NET_H
#include "base/base.h"
#include "language/features.h"
#include "language/kernels.h"

enum { AN_NET_LAYERS = 2, AN_NET_IN = 96, AN_NET_HALF = 128, AN_NET_OUT = 2 * AN_NET_HALF, AN_NET_GATES = 6 * AN_NET_HALF };
enum { AN_NET_ARC = 64, AN_NET_LABEL = 64, AN_NET_LABELS = 64, AN_NET_TAGS = 128 };
enum { AN_NET_SIDES = 2 * AN_NET_ARC + 2 * AN_NET_LABEL }; /* dependent and head of the arc, dependent and head of the label */
enum { AN_NET_ROW = 2 + AN_NET_IN, AN_NET_SMALL = AN_ATOM_FLAGS + AN_NET_TAGS + 1 };
/* Bits behind the point: of what goes between layers (as a byte), of weights, of the scale of a column of bytes, of its sum. */
enum { AN_NET_ONE = AN_KERNEL_ONE, AN_NET_BYTE = 7, AN_NET_WEIGHT = 12, AN_NET_SCALE = 13, AN_NET_SUM = AN_KERNEL_SUM };
enum { AN_NET_FAR = 16, AN_NET_FARS = 2 * AN_NET_FAR + 1 }; /* classes of distance to the left and to the right, the root */
enum { AN_NET_LOUD = 10, AN_NET_HIDDEN = 10 };             /* bits behind the point: of scores of heads, of what is asked for a label */

typedef struct an_dense { const int16_t *weights; const int32_t *bias; } an_dense; /* as `product` reads them */
/* As `product_bytes` reads them. A sum begins at `start` (what it takes that 128 is zero); then sum * scale + bias has AN_NET_SUM bits. */
typedef struct an_bytes { const int8_t *weights; const int32_t *start, *scale, *bias; } an_bytes;

typedef struct an_net {
  const uint8_t *words, *forms, *small; /* rows: u16 scale, then AN_NET_IN signed bytes; small: flags, tags, what all words have */
  uint32_t word_count;
  const an_kernels *run;
  an_bytes layer[AN_NET_LAYERS], tags, sides;
  an_dense bilinear, labels;
  const int16_t *root_arc;              /* the root as a head */
  const int32_t *root_label, *far;
} an_net;

/* Every section is there and of the right size; else the name of the first that is not. */
const char *an_net_open(const an_datafile *file, an_net *out);

/* Room for one sentence, as long as the longest of a page; an_desk_open takes it from the arena. */
typedef struct an_desk {
  uint32_t room;
  uint8_t *said;      /* [room][AN_NET_OUT]: what the layer before said, as bytes */
  int16_t *a, *b;     /* [room + 1][AN_NET_OUT] */
  int32_t *wide;      /* [room][AN_NET_GATES] */
  int32_t *arcs;      /* [room][room + AN_KERNEL_OUT + 1], then the charts of the search */
  int32_t *chart[4];  /* [room][room], and AN_SPAN_MORE */
  int16_t *read;      /* [room][AN_NET_OUT]: the sentence that was read last, and where it begins */
  uint32_t first, count;
  struct an_lemmas *lemmas; /* what lemmas are made with (tagger.c) */
} an_desk;
an_desk *an_desk_open(uint32_t room, an_arena *arena);

/* Reads a sentence of n words: what the last layer says goes to desk->read. word[i]: row of the word, or AN_NONE. */
void an_net_read(const an_net *net, an_desk *desk, const uint32_t *word, const an_atoms *atoms, const uint8_t *tag, uint32_t n);
/* Of the n words that were read: the best tag of each among the first `count`. */
void an_net_tags(const an_net *net, an_desk *desk, uint32_t n, uint32_t count, uint8_t *tag);
/* The best tree with one root: head[i] is n for the root. label[i] among the first `labels`. */
void an_net_tree(const an_net *net, an_desk *desk, uint32_t n, uint32_t labels, uint16_t *head, uint8_t *label);

/* In search.c: the best projective tree with one root. score[i * width + j]: that j (n: the root) is the head of i. */
void an_search_tree(const an_kernels *run, an_desk *desk, const int32_t *score, uint32_t width, uint32_t n, uint16_t *head);
#endif
