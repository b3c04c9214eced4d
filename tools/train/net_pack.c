/* SPDX-License-Identifier: Apache-2.0 */
/* From what the network has learned to the whole numbers that the program reads: src/language/net.h tells the bits. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "net_inner.h"

enum { SUM_BITS = AN_NET_ONE + AN_NET_WEIGHT };

static int32_t fixed(float x, int bits, int32_t most) {
  double scaled = (double)x * (double)((int64_t)1 << bits);
  scaled += scaled < 0 ? -0.5 : 0.5;
  return scaled > most ? most : scaled < -most ? -most : (int32_t)scaled;
}

/* u16 scale, then signed bytes: value * scale has 16 bits behind the point. */
static void put_row(const float *x, uint8_t *out) {
  float most = 0;
  for (uint32_t k = 0; k < AN_NET_IN; k++)
    if (fabsf(x[k]) > most) most = fabsf(x[k]);
  int32_t scale = fixed(most / 127.0f, 16, UINT16_MAX);
  if (scale == 0) scale = 1;
  out[0] = (uint8_t)scale;
  out[1] = (uint8_t)(scale >> 8);
  for (uint32_t k = 0; k < AN_NET_IN; k++) out[2 + k] = (uint8_t)(int8_t)fixed(x[k] * 65536.0f / (float)scale, 0, 127);
}

static an_section_out section(const char *name, size_t size) { return (an_section_out){name, must(calloc(1, size)), size}; }

static an_section_out rows(const char *name, const float *x, uint32_t count) {
  an_section_out out = section(name, (size_t)count * AN_NET_ROW);
  for (uint32_t i = 0; i < count; i++) put_row(x + (size_t)i * AN_NET_IN, (uint8_t *)out.at + (size_t)i * AN_NET_ROW);
  return out;
}

static an_section_out word_rows(const net *n) {
  float *all = must(calloc((size_t)n->word_count * AN_NET_IN, sizeof *all));
  for (uint32_t i = 0; i < n->word_count; i++) {
    float *x = all + (size_t)i * AN_NET_IN;
    uint32_t id = n->words[i].id;
    memcpy(x, n->word.at + (size_t)id * AN_NET_IN, AN_NET_IN * sizeof *x);
    if (id < n->vector_count) product(x, n->vectors + (size_t)id * VECTOR, n->vector_in.at, 1, VECTOR, AN_NET_IN);
  }
  an_section_out out = rows("networds", all, n->word_count);
  free(all);
  return out;
}

static an_section_out small_rows(const net *n) {
  float all[AN_NET_SMALL * AN_NET_IN];
  memcpy(all, n->flags.at, sizeof(float) * AN_ATOM_FLAGS * AN_NET_IN);
  memcpy(all + AN_ATOM_FLAGS * AN_NET_IN, n->tag.at, sizeof(float) * AN_NET_TAGS * AN_NET_IN);
  memcpy(all + (AN_ATOM_FLAGS + AN_NET_TAGS) * AN_NET_IN, n->start.at, sizeof(float) * AN_NET_IN);
  return rows("netsmall", all, AN_NET_SMALL);
}

static an_section_out numbers(const char *name, const float *x, uint32_t count, int bits) {
  an_section_out out = section(name, 4 * (size_t)count);
  for (uint32_t i = 0; i < count; i++) ((int32_t *)out.at)[i] = fixed(x[i], bits, INT32_MAX / 2);
  return out;
}

/* Columns of several matrices side by side, in pairs of inputs. */
static void put_weights(const block *b, int16_t *out, uint32_t from, uint32_t width) {
  for (uint32_t i = 0; i < b->rows; i++)
    for (uint32_t j = 0; j < b->width; j++)
      out[((size_t)(i / 2) * width + from + j) * 2 + i % 2] =
          (int16_t)fixed(b->at[(size_t)i * b->width + j], AN_NET_WEIGHT, INT16_MAX);
}

static an_section_out weights_of(const char *name, const block *b) {
  an_section_out out = section(name, 2 * (size_t)b->rows * b->width);
  put_weights(b, (int16_t *)out.at, 0, b->width);
  return out;
}

static an_section_out curve_of(const char *name, bool sigmoidal) {
  an_section_out out = section(name, 2 * AN_NET_CURVE);
  const int32_t middle = AN_NET_CURVE / 2;
  for (int32_t i = 0; i < AN_NET_CURVE; i++) {
    float x = ((float)(i - middle) + 0.5f) / (1 << AN_NET_CURVE_BITS);
    ((int16_t *)out.at)[i] = (int16_t)fixed(sigmoidal ? sigmoid(x) : tanh_of(x), AN_NET_ONE, INT16_MAX);
  }
  return out;
}

static void pack_sides(const net *n, an_section_out *sides_out, an_section_out *bias_out) {
  const block *const sides[] = {&n->dep, &n->head, &n->lab_dep, &n->lab_head}, *const biases[] = {&n->dep_b, &n->head_b, &n->lab_b, NULL};
  *sides_out = section("sides", 2 * (size_t)AN_NET_OUT * AN_NET_SIDES);
  *bias_out = section("sidebias", 4 * (size_t)AN_NET_SIDES);
  for (uint32_t s = 0, from = 0; s < 4; from += sides[s++]->width) {
    put_weights(sides[s], (int16_t *)sides_out->at, from, AN_NET_SIDES);
    for (uint32_t k = 0; biases[s] != NULL && k < sides[s]->width; k++)
      ((int32_t *)bias_out->at)[from + k] = fixed(biases[s]->at[k], SUM_BITS, INT32_MAX / 2);
  }
}

uint32_t net_pack(const net *n, an_section_out *out) {
  static const char *const layers[] = {"layer1", "layer2"}, *const biases[] = {"bias1", "bias2"};
  uint32_t count = 0;
  out[count++] = word_rows(n);
  out[count++] = rows("netforms", n->hashed.at, AN_ATOM_FORMS * AN_ATOM_HASHED);
  out[count++] = small_rows(n);
  out[count++] = curve_of("sigmoid", true);
  out[count++] = curve_of("tanh", false);
  for (uint32_t l = 0; l < AN_NET_LAYERS; l++) {
    out[count++] = weights_of(layers[l], &n->w[l]);
    out[count++] = numbers(biases[l], n->b[l].at, AN_NET_GATES, SUM_BITS);
  }
  out[count++] = weights_of("tags", &n->tag_out);
  out[count++] = numbers("tagbias", n->tag_out_b.at, AN_NET_TAGS, SUM_BITS);
  pack_sides(n, &out[count], &out[count + 1]);
  count += 2;
  out[count++] = weights_of("arcs", &n->bilinear);
  out[count++] = numbers("arcbias", n->head_bias.at, AN_NET_ARC, SUM_BITS);
  out[count++] = weights_of("labels", &n->lab_out);
  out[count++] = numbers("labbias", n->lab_out_b.at, AN_NET_LABELS, AN_NET_HIDDEN + AN_NET_WEIGHT);
  out[count] = section("rootarc", 2 * AN_NET_ARC);
  for (uint32_t k = 0; k < AN_NET_ARC; k++) ((int16_t *)out[count].at)[k] = (int16_t)fixed(n->head_root.at[k], AN_NET_ONE, INT16_MAX);
  count++;
  out[count++] = numbers("rootlab", n->lab_root.at, AN_NET_LABEL, SUM_BITS);
  out[count++] = numbers("far", n->far.at, AN_NET_FARS, AN_NET_LOUD);
  return count;
}
