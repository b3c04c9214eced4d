/* SPDX-License-Identifier: Apache-2.0 */
/* From what the network has learned to the whole numbers that the program reads: src/language/net.h tells the bits. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "net_inner.h"

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

/* Weights in pairs of inputs. */
static an_section_out weights_of(const char *name, const block *b) {
  an_section_out out = section(name, 2 * (size_t)b->rows * b->width);
  for (uint32_t i = 0; i < b->rows; i++)
    for (uint32_t j = 0; j < b->width; j++)
      ((int16_t *)out.at)[((size_t)(i / 2) * b->width + j) * 2 + i % 2] =
          (int16_t)fixed(b->at[(size_t)i * b->width + j], AN_NET_WEIGHT, INT16_MAX);
  return out;
}

/* A column of weights as bytes, in fours of inputs, with the least scale that holds its largest weight. */
static void put_column(const block *w, const block *bias, uint32_t column, int8_t *out, uint32_t width, uint32_t at, int32_t *sums) {
  float most = 0;
  for (uint32_t i = 0; i < w->rows; i++) {
    float size = fabsf(w->at[(size_t)i * w->width + column]);
    if (size > most) most = size;
  }
  int32_t scale = (int32_t)ceilf(most * (1 << AN_NET_SCALE) / 127.0f), sum = 0;
  scale = scale < 1 ? 1 : scale > 255 ? 255 : scale;
  for (uint32_t i = 0; i < w->rows; i++) {
    int32_t byte = fixed(w->at[(size_t)i * w->width + column] * (1 << AN_NET_SCALE) / (float)scale, 0, 127);
    out[((size_t)(i / 4) * width + at) * 4 + i % 4] = (int8_t)byte;
    sum += byte;
  }
  sums[at] = -128 * sum;
  sums[width + at] = scale;
  sums[2 * width + at] = bias == NULL ? 0 : fixed(bias->at[column], AN_NET_SUM, INT32_MAX / 2);
}

/* Matrices side by side, and their sums: what a product begins with, the scale, the bias. */
static uint32_t pack_bytes(const char *name, const char *sums_name, const block *const *w, const block *const *bias, uint32_t count,
                           an_section_out *out) {
  uint32_t width = 0, at = 0;
  for (uint32_t s = 0; s < count; s++) width += w[s]->width;
  out[0] = section(name, (size_t)w[0]->rows * width);
  out[1] = section(sums_name, 12 * (size_t)width);
  for (uint32_t s = 0; s < count; s++)
    for (uint32_t j = 0; j < w[s]->width; j++) put_column(w[s], bias[s], j, (int8_t *)out[0].at, width, at++, (int32_t *)out[1].at);
  return 2;
}

uint32_t net_pack(const net *n, an_section_out *out) {
  static const char *const layers[] = {"layer1", "layer2"}, *const sums[] = {"sums1", "sums2"};
  uint32_t count = 0;
  out[count++] = word_rows(n);
  out[count++] = rows("netforms", n->hashed.at, AN_ATOM_FORMS * AN_ATOM_HASHED);
  out[count++] = small_rows(n);
  for (uint32_t l = 0; l < AN_NET_LAYERS; l++)
    count += pack_bytes(layers[l], sums[l], (const block *const[]){&n->w[l]}, (const block *const[]){&n->b[l]}, 1, out + count);
  count += pack_bytes("tags", "tagsums", (const block *const[]){&n->tag_out}, (const block *const[]){&n->tag_out_b}, 1, out + count);
  count += pack_bytes("sides", "sidesums", (const block *const[]){&n->dep, &n->head, &n->lab_dep, &n->lab_head},
                      (const block *const[]){&n->dep_b, &n->head_b, &n->lab_b, NULL}, 4, out + count);
  out[count++] = weights_of("arcs", &n->bilinear);
  out[count++] = numbers("arcbias", n->head_bias.at, AN_NET_ARC, AN_NET_ONE + AN_NET_WEIGHT);
  out[count++] = weights_of("labels", &n->lab_out);
  out[count++] = numbers("labbias", n->lab_out_b.at, AN_NET_LABELS, AN_NET_HIDDEN + AN_NET_WEIGHT);
  out[count] = section("rootarc", 2 * AN_NET_ARC);
  for (uint32_t k = 0; k < AN_NET_ARC; k++) ((int16_t *)out[count].at)[k] = (int16_t)fixed(n->head_root.at[k], AN_NET_ONE, INT16_MAX);
  count++;
  out[count++] = numbers("rootlab", n->lab_root.at, AN_NET_LABEL, AN_NET_SUM);
  out[count++] = numbers("far", n->far.at, AN_NET_FARS, AN_NET_LOUD);
  return count;
}
