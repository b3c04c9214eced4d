/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of the network while it learns. */
#ifndef AN_TOOLS_NET_INNER_H
#define AN_TOOLS_NET_INNER_H
#include <math.h>

#include "kernels.h"
#include "net.h"

enum { WORDS = AN_SEEN_WORDS + 1, VECTOR = 52 /* 50 numbers, and two zeros for the products */ };

/* A matrix with its gradient and Adam's two means. touched, list: the rows that a batch used; NULL: all. */
typedef struct block { float *at, *grad, *mean, *square; uint32_t rows, width; uint8_t *touched; uint32_t *list, count; } block;

typedef struct known { uint64_t word; uint32_t id; } known;

struct net {
  net_settings set;
  const forms *dictionary;
  uint64_t checksum;
  known *words; uint32_t word_count;
  float *vectors; uint32_t vector_count;          /* [id][VECTOR]; ids from vector_count on have none */
  uint32_t id_count;
  block word, hashed, flags, tag, vector_in, start;         /* inputs */
  block w[AN_NET_LAYERS], b[AN_NET_LAYERS];
  block dep, dep_b, head, head_b, head_root, bilinear, head_bias, far;
  block lab_dep, lab_head, lab_b, lab_root, lab_out, lab_out_b, tag_out, tag_out_b;
  block *all[64]; uint32_t all_count;
  float rate, power1, power2; uint64_t random;
  uint32_t label_count, tag_count;
  /* one sentence */
  uint32_t size;
  uint32_t id[WORDS];
  an_atoms atoms[WORDS]; uint8_t given[WORDS];
  bool has_word[WORDS], has_vector[WORDS], has_tag[WORDS];
  float x[WORDS * AN_NET_IN], gates[AN_NET_LAYERS][WORDS * AN_NET_GATES], c[AN_NET_LAYERS][WORDS * AN_NET_OUT], h[AN_NET_LAYERS][WORDS * AN_NET_OUT];
  float mask[AN_NET_LAYERS + 1][AN_NET_OUT > AN_NET_IN ? AN_NET_OUT : AN_NET_IN];
  float d[WORDS * AN_NET_ARC], e[WORDS * AN_NET_ARC], de[WORDS * AN_NET_ARC];
  float arcs[WORDS * WORDS], ld[WORDS * AN_NET_LABEL], lh[WORDS * AN_NET_LABEL], tags[WORDS * AN_NET_TAGS];
};


/* net_layers.c */
void net_forward(net *n);
void net_backward(net *n, const tree *one, double *loss); /* adds to the gradients */
/* net_input.c */
void net_take(net *n, const tree *one, const uint8_t *tags, bool train);
void net_input(net *n);
void net_input_back(net *n, float *dx);
float *net_row_grad(block *b, uint32_t row);

/* ---- Arithmetic that is the same everywhere ---- */

/* The curves of src/language/net.h: x - x|x|/4 between -2 and 2 stands for the hyperbolic tangent, and of it comes a gate. Their slopes
   are told by what they gave. Unlike the tangent they are three whole-number steps of a vector unit. */
static inline float bend_of(float x) {
  float z = x < -2.0f ? -2.0f : x > 2.0f ? 2.0f : x;
  return z - 0.25f * z * fabsf(z);
}
static inline float gate_of(float x) { return 0.5f + 0.5f * bend_of(0.5f * x); }
static inline float bend_slope(float y) { float left = 1.0f - fabsf(y); return sqrtf(left < 0 ? 0 : left); }
static inline float gate_slope(float y) { return 0.25f * bend_slope(2.0f * y - 1.0f); }

#endif
