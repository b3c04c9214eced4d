/* SPDX-License-Identifier: Apache-2.0 */
#include "language/net.h"

#include <stdio.h>
#include <string.h>

#include "language/hashed.h"
#include "language/product.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "weights are read where they lie in the file, which is little-endian");

/* ---- Opening ---- */

static const void *part(const an_datafile *file, const char *name, size_t size, const char **missing) {
  an_section s = an_datafile_section(file, name);
  if (s.at != NULL && s.size == size) return s.at;
  if (*missing == NULL) *missing = name;
  return NULL;
}

static an_dense dense(const an_datafile *file, const char *weights, const char *bias, uint32_t in, uint32_t out, const char **missing) {
  return (an_dense){part(file, weights, 2 * (size_t)in * out, missing), part(file, bias, 4 * (size_t)out, missing)};
}

const char *an_net_open(const an_datafile *file, an_net *out) {
  static const char *const weights[AN_NET_LAYERS] = {"layer1", "layer2"}, *const bias[AN_NET_LAYERS] = {"bias1", "bias2"};
  const char *missing = NULL;
  an_section words = an_datafile_section(file, "networds");
  if (words.at == NULL || words.size / AN_NET_ROW > UINT32_MAX) return "networds";
  out->words = words.at;
  out->word_count = (uint32_t)(words.size / AN_NET_ROW);
  out->forms = part(file, "netforms", (size_t)AN_ATOM_FORMS * AN_ATOM_HASHED * AN_NET_ROW, &missing);
  out->small = part(file, "netsmall", (size_t)AN_NET_SMALL * AN_NET_ROW, &missing);
  out->sigmoid = part(file, "sigmoid", 2 * AN_NET_CURVE, &missing);
  out->tanh = part(file, "tanh", 2 * AN_NET_CURVE, &missing);
  for (uint32_t l = 0; l < AN_NET_LAYERS; l++)
    out->layer[l] = dense(file, weights[l], bias[l], l == 0 ? AN_NET_IN : AN_NET_OUT, AN_NET_GATES, &missing);
  out->tags = dense(file, "tags", "tagbias", AN_NET_OUT, AN_NET_TAGS, &missing);
  out->sides = dense(file, "sides", "sidebias", AN_NET_OUT, AN_NET_SIDES, &missing);
  out->bilinear = dense(file, "arcs", "arcbias", AN_NET_ARC, AN_NET_ARC, &missing);
  out->labels = dense(file, "labels", "labbias", AN_NET_LABEL, AN_NET_LABELS, &missing);
  out->root_arc = part(file, "rootarc", 2 * AN_NET_ARC, &missing);
  out->root_label = part(file, "rootlab", 4 * AN_NET_LABEL, &missing);
  out->far = part(file, "far", 4 * AN_NET_FARS, &missing);
  return missing;
}

enum { ROOM_LEAST = 64 }; /* so that a chart has room for a row of every word, and desk->b for the heads */

an_desk *an_desk_open(uint32_t room, an_arena *arena) {
  an_desk *desk = AN_NEW(arena, an_desk, 1);
  if (desk == NULL) return NULL;
  if (room < ROOM_LEAST) room = ROOM_LEAST;
  desk->room = room;
  desk->a = AN_NEW(arena, int16_t, ((size_t)room + 1) * AN_NET_OUT);
  desk->b = AN_NEW(arena, int16_t, ((size_t)room + 1) * AN_NET_OUT);
  desk->read = AN_NEW(arena, int16_t, (size_t)room * AN_NET_OUT);
  desk->wide = AN_NEW(arena, int32_t, ((size_t)room + 1) * AN_NET_GATES);
  desk->arcs = AN_NEW(arena, int32_t, (size_t)room * (room + AN_PRODUCT_OUT + 1));
  for (int k = 0; k < 3; k++) desk->chart[k] = AN_NEW(arena, int32_t, (size_t)room * room);
  return desk->a && desk->b && desk->read && desk->wide && desk->arcs && desk->chart[0] && desk->chart[1] && desk->chart[2] ? desk : NULL;
}

/* ---- Reading ---- */

/* x has `bits` behind its point. */
static inline int16_t curve(const int16_t *table, int32_t x, int bits) {
  int32_t at = (x >> (bits - AN_NET_CURVE_BITS)) + AN_NET_CURVE / 2;
  return table[at < 0 ? 0 : at >= AN_NET_CURVE ? AN_NET_CURVE - 1 : at];
}

static inline void add_row(int32_t *sum, const uint8_t *rows, uint32_t row) {
  const uint8_t *at = rows + (size_t)row * AN_NET_ROW;
  const int32_t scale = an_le16(at);
  const int8_t *value = (const int8_t *)at + 2;
  for (uint32_t k = 0; k < AN_NET_IN; k++) sum[k] += scale * value[k];
}

enum { ROW_BITS = 16 }; /* scale * value of a row has so many bits behind the point; |sum| < 2^29 by the number of rows */

static void input(const an_net *net, const uint32_t *word, const an_atoms *atoms, const uint8_t *tag, uint32_t n, int16_t *out) {
  for (uint32_t i = 0; i < n; i++, out += AN_NET_IN) {
    int32_t sum[AN_NET_IN] = {0};
    add_row(sum, net->small, AN_ATOM_FLAGS + AN_NET_TAGS);
    if (word[i] < net->word_count) add_row(sum, net->words, word[i]);
    for (uint32_t k = 0; k < AN_ATOM_FORMS; k++) add_row(sum, net->forms, atoms[i].form[k]);
    for (uint32_t flags = atoms[i].flags; flags != 0; flags &= flags - 1) add_row(sum, net->small, (uint32_t)__builtin_ctz(flags));
    if (tag[i] < AN_NET_TAGS) add_row(sum, net->small, AN_ATOM_FLAGS + tag[i]);
    for (uint32_t k = 0; k < AN_NET_IN; k++) out[k] = curve(net->tanh, sum[k], ROW_BITS);
  }
}

/* from + (to - from) * share: all three have AN_NET_ONE bits behind the point. */
static inline int16_t between(int32_t from, int32_t to, int32_t share) {
  return (int16_t)(from + ((share * (to - from) + (1 << (AN_NET_ONE - 1))) >> AN_NET_ONE));
}

/* One side of a layer: a mean runs over the words, forget says how much of it stays; of it and of the layer's own input comes
   what the layer says. before: the input, NULL for the first layer. */
static void walk(const an_net *net, const int32_t *gates, const int16_t *before, uint32_t n, bool back, int16_t *out) {
  int16_t mean[AN_NET_HALF] = {0};
  for (uint32_t step = 0; step < n; step++) {
    uint32_t i = back ? n - 1 - step : step, side = back ? AN_NET_HALF : 0;
    const int32_t *gate = gates + (size_t)i * AN_NET_GATES + 3 * (size_t)side;
    const int16_t *old = before == NULL ? NULL : before + (size_t)i * AN_NET_OUT + side;
    int16_t new[AN_NET_HALF], forget[AN_NET_HALF], reset[AN_NET_HALF], *to = out + (size_t)i * AN_NET_OUT + side;
    for (uint32_t k = 0; k < AN_NET_HALF; k++) {
      new[k] = curve(net->tanh, gate[k], AN_NET_ONE + AN_NET_WEIGHT);
      forget[k] = curve(net->sigmoid, gate[AN_NET_HALF + k], AN_NET_ONE + AN_NET_WEIGHT);
      reset[k] = curve(net->sigmoid, gate[2 * AN_NET_HALF + k], AN_NET_ONE + AN_NET_WEIGHT);
    }
    for (uint32_t k = 0; k < AN_NET_HALF; k++) {
      mean[k] = between(new[k], mean[k], forget[k]);
      to[k] = between(old == NULL ? 0 : old[k], mean[k], reset[k]);
    }
  }
}

void an_net_read(const an_net *net, an_desk *desk, const uint32_t *word, const an_atoms *atoms, const uint8_t *tag, uint32_t n) {
  int16_t *in = desk->a;
  input(net, word, atoms, tag, n, in);
  for (uint32_t l = 0; l < AN_NET_LAYERS; l++) {
    int16_t *out = l + 1 == AN_NET_LAYERS ? desk->read : in == desk->a ? desk->b : desk->a;
    an_product(desk->wide, in, net->layer[l].weights, net->layer[l].bias, n, l == 0 ? AN_NET_IN : AN_NET_OUT, AN_NET_GATES);
    walk(net, desk->wide, l == 0 ? NULL : in, n, false, out);
    walk(net, desk->wide, l == 0 ? NULL : in, n, true, out);
    in = out;
  }
}

/* ---- What is read out ---- */

static uint32_t best_of(const int32_t *score, uint32_t count) {
  uint32_t best = 0;
  for (uint32_t k = 1; k < count; k++)
    if (score[k] > score[best]) best = k;
  return best;
}

void an_net_tags(const an_net *net, an_desk *desk, uint32_t n, uint32_t count, uint8_t *tag) {
  an_product(desk->wide, desk->read, net->tags.weights, net->tags.bias, n, AN_NET_OUT, AN_NET_TAGS);
  for (uint32_t i = 0; i < n; i++) tag[i] = (uint8_t)best_of(desk->wide + (size_t)i * AN_NET_TAGS, count);
}

static inline int32_t within(int32_t x, int32_t most) { return x < -most ? -most : x > most ? most : x; }

static uint32_t far_of(uint32_t from, uint32_t to) {
  uint32_t by = to < from ? from - to : to - from;
  if (by >= 8) by = by < 12 ? 8 : by < 20 ? 9 : by < 32 ? 10 : 11;
  return (to < from ? 0u : AN_NET_FAR) + by;
}

enum { LOUDEST = 1 << 20, PAIR_BITS = 10 }; /* AN_SEEN_WORDS of the loudest are still far from 2^31 */
enum { SUM_BITS = AN_NET_ONE + AN_NET_WEIGHT };

/* What the words say as heads, in the order in which an_product reads weights: [AN_NET_ARC / 2][width][2]. */
static void lay_heads(const an_net *net, const int32_t *sides, uint32_t n, uint32_t width, int16_t *out) {
  memset(out, 0, (size_t)AN_NET_ARC * width * sizeof *out);
  for (uint32_t j = 0; j <= n; j++)
    for (uint32_t k = 0; k < AN_NET_ARC; k++)
      out[((size_t)(k / 2) * width + j) * 2 + k % 2] =
          j == n ? net->root_arc[k] : curve(net->tanh, sides[(size_t)j * AN_NET_SIDES + AN_NET_ARC + k], SUM_BITS);
}

/* Scores of all pairs into desk->arcs; returns their width. */
static uint32_t score_arcs(const an_net *net, an_desk *desk, const int32_t *sides, uint32_t n) {
  int16_t *dependent = desk->a, *asks = desk->a + (size_t)desk->room * AN_NET_ARC;
  int32_t *sum = desk->chart[0];
  uint32_t width = (n + AN_PRODUCT_OUT) / AN_PRODUCT_OUT * AN_PRODUCT_OUT;
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < AN_NET_ARC; k++)
      dependent[i * AN_NET_ARC + k] = curve(net->tanh, sides[(size_t)i * AN_NET_SIDES + k], SUM_BITS);
  an_product(sum, dependent, net->bilinear.weights, net->bilinear.bias, n, AN_NET_ARC, AN_NET_ARC);
  for (uint32_t k = 0; k < n * AN_NET_ARC; k++) asks[k] = (int16_t)within(sum[k] >> (SUM_BITS - PAIR_BITS), INT16_MAX);
  lay_heads(net, sides, n, width, desk->b);
  an_product(desk->arcs, asks, desk->b, NULL, n, AN_NET_ARC, width);
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j <= n; j++) {
      int32_t *score = &desk->arcs[(size_t)i * width + j];
      int32_t far = within(net->far[j == n ? 2 * AN_NET_FAR : far_of(i, j)], LOUDEST);
      *score = within((*score >> (PAIR_BITS + AN_NET_ONE - AN_NET_LOUD)) + far, LOUDEST);
    }
  return width;
}

static void name_arcs(const an_net *net, an_desk *desk, const int32_t *sides, uint32_t n, uint32_t labels, const uint16_t *head,
                      uint8_t *label) {
  int16_t *hidden = desk->a;
  int32_t *score = desk->chart[0];
  for (uint32_t i = 0; i < n; i++) {
    const int32_t *own = sides + (size_t)i * AN_NET_SIDES + 2 * AN_NET_ARC;
    const int32_t *other = head[i] == n ? net->root_label : sides + (size_t)head[i] * AN_NET_SIDES + 2 * AN_NET_ARC + AN_NET_LABEL;
    for (uint32_t k = 0; k < AN_NET_LABEL; k++) {
      int32_t both = (own[k] >> (SUM_BITS - AN_NET_HIDDEN)) + (other[k] >> (SUM_BITS - AN_NET_HIDDEN));
      hidden[i * AN_NET_LABEL + k] = (int16_t)(both < 0 ? 0 : both > INT16_MAX ? INT16_MAX : both);
    }
  }
  an_product(score, hidden, net->labels.weights, net->labels.bias, n, AN_NET_LABEL, AN_NET_LABELS);
  for (uint32_t i = 0; i < n; i++) label[i] = (uint8_t)best_of(score + (size_t)i * AN_NET_LABELS, labels);
}

void an_net_tree(const an_net *net, an_desk *desk, uint32_t n, uint32_t labels, uint16_t *head, uint8_t *label) {
  int32_t *sides = desk->wide;
  an_product(sides, desk->read, net->sides.weights, net->sides.bias, n, AN_NET_OUT, AN_NET_SIDES);
  uint32_t width = score_arcs(net, desk, sides, n);
  an_search_tree(desk, desk->arcs, width, n, head);
  name_arcs(net, desk, sides, n, labels, head, label);
}
