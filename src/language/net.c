/* SPDX-License-Identifier: Apache-2.0 */
#include "language/net.h"

#include <stdio.h>
#include <string.h>

#include "language/hashed.h"

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

static an_bytes bytes(const an_datafile *file, const char *name, const char *sums, uint32_t in, uint32_t out, const char **missing) {
  const int32_t *rest = part(file, sums, 12 * (size_t)out, missing);
  return (an_bytes){part(file, name, (size_t)in * out, missing), rest, rest == NULL ? NULL : rest + out, rest == NULL ? NULL : rest + 2 * (size_t)out};
}

const char *an_net_open(const an_datafile *file, an_net *out) {
  static const char *const layers[AN_NET_LAYERS] = {"layer1", "layer2"}, *const sums[AN_NET_LAYERS] = {"sums1", "sums2"};
  const char *missing = NULL;
  an_section words = an_datafile_section(file, "networds");
  if (words.at == NULL || words.size / AN_NET_ROW > UINT32_MAX) return "networds";
  out->words = words.at;
  out->word_count = (uint32_t)(words.size / AN_NET_ROW);
  out->forms = part(file, "netforms", (size_t)AN_ATOM_FORMS * AN_ATOM_HASHED * AN_NET_ROW, &missing);
  out->small = part(file, "netsmall", (size_t)AN_NET_SMALL * AN_NET_ROW, &missing);
  out->run = an_kernels_best();
  for (uint32_t l = 0; l < AN_NET_LAYERS; l++)
    out->layer[l] = bytes(file, layers[l], sums[l], l == 0 ? AN_NET_IN : AN_NET_OUT, AN_NET_GATES, &missing);
  out->tags = bytes(file, "tags", "tagsums", AN_NET_OUT, AN_NET_TAGS, &missing);
  out->sides = bytes(file, "sides", "sidesums", AN_NET_OUT, AN_NET_SIDES, &missing);
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
  desk->said = an_arena_raw(arena, (size_t)room * AN_NET_OUT, sizeof *desk->said);
  desk->a = an_arena_raw(arena, ((size_t)room + 1) * AN_NET_OUT, sizeof *desk->a);
  desk->b = an_arena_raw(arena, ((size_t)room + 1) * AN_NET_OUT, sizeof *desk->b);
  desk->read = an_arena_raw(arena, (size_t)room * AN_NET_OUT, sizeof *desk->read);
  desk->wide = an_arena_raw(arena, ((size_t)room + 1) * AN_NET_GATES, sizeof *desk->wide);
  desk->arcs = an_arena_raw(arena, (size_t)room * (room + AN_KERNEL_OUT + 1), sizeof *desk->arcs);
  bool charts = true;
  for (int k = 0; k < 4; k++) {
    desk->chart[k] = AN_NEW(arena, int32_t, (size_t)room * room + AN_SPAN_MORE);
    charts = charts && desk->chart[k] != NULL;
  }
  return charts && desk->said && desk->a && desk->b && desk->read && desk->wide && desk->arcs ? desk : NULL;
}

/* ---- Reading ---- */

/* Sums of bytes, not scaled. */
static void sum_bytes(const an_net *net, const an_bytes *of, const uint8_t *x, uint32_t n, uint32_t in, uint32_t out, int32_t *y) {
  net->run->product_bytes(y, of->start, NULL, NULL, x, of->weights, n, in, out);
}

static void product_bytes(const an_net *net, const an_bytes *of, const uint8_t *x, uint32_t n, uint32_t in, uint32_t out, int32_t *y) {
  net->run->product_bytes(y, of->start, of->scale, of->bias, x, of->weights, n, in, out);
}

static void product(const an_net *net, const an_dense *of, const int16_t *x, uint32_t n, uint32_t in, uint32_t out, int32_t *y) {
  for (uint32_t i = 0; i < n; i++) memcpy(y + (size_t)i * out, of->bias, out * sizeof *y);
  net->run->product(y, x, of->weights, n, in, out);
}

enum { ROW_BITS = 16 }; /* scale * value of a row has so many bits behind the point; |sum| < 2^29 by the number of rows */
enum { MOST_ROWS = 2 + AN_ATOM_FORMS + 32 + 1 };

static const uint8_t *row_of(const uint8_t *rows, uint32_t row) { return rows + (size_t)row * AN_NET_ROW; }

/* The rows that a word's input is the sum of; returns their count. */
static uint32_t rows_of(const an_net *net, uint32_t word, const an_atoms *atoms, uint8_t tag, const uint8_t *rows[MOST_ROWS]) {
  uint32_t count = 0;
  rows[count++] = row_of(net->small, AN_ATOM_FLAGS + AN_NET_TAGS);
  if (word < net->word_count) rows[count++] = row_of(net->words, word);
  for (uint32_t k = 0; k < AN_ATOM_FORMS; k++) rows[count++] = row_of(net->forms, atoms->form[k]);
  for (uint32_t flags = atoms->flags; flags != 0; flags &= flags - 1) rows[count++] = row_of(net->small, (uint32_t)__builtin_ctz(flags));
  if (tag < AN_NET_TAGS) rows[count++] = row_of(net->small, AN_ATOM_FLAGS + tag);
  return count;
}

/* Rows lie far apart: those of the word after the next are sent for while this one's are added. */
static void send_for(const an_net *net, uint32_t word, const an_atoms *atoms) {
  for (uint32_t k = 0; k <= AN_ATOM_FORMS; k++) {
    if (k == AN_ATOM_FORMS && word >= net->word_count) continue;
    const uint8_t *row = k < AN_ATOM_FORMS ? row_of(net->forms, atoms->form[k]) : row_of(net->words, word);
    __builtin_prefetch(row);
    __builtin_prefetch(row + AN_NET_ROW - 1);
  }
}

static void input(const an_net *net, const uint32_t *word, const an_atoms *atoms, const uint8_t *tag, uint32_t n, uint8_t *said) {
  enum { AHEAD = 3 };
  for (uint32_t i = 0; i < AHEAD && i < n; i++) send_for(net, word[i], &atoms[i]);
  for (uint32_t i = 0; i < n; i++, said += AN_NET_IN) {
    int32_t sum[AN_NET_IN] = {0};
    const uint8_t *rows[MOST_ROWS];
    if (i + AHEAD < n) send_for(net, word[i + AHEAD], &atoms[i + AHEAD]);
    net->run->add_rows(sum, rows, rows_of(net, word[i], &atoms[i], tag[i], rows), AN_NET_IN);
    net->run->bend(sum, ROW_BITS, NULL, said, AN_NET_IN);
  }
}

/* One side of a layer: a mean runs over the words, forget says how much of it stays; of it and of the layer's own input comes
   what the layer says. before: the input, NULL for the first layer. */
static void walk(const an_net *net, const an_bytes *of, const int32_t *sums, const int16_t *before, uint32_t n, bool back, int16_t *out, uint8_t *said) {
  static const int16_t nothing[AN_NET_HALF];
  int16_t mean[AN_NET_HALF] = {0};
  uint32_t side = back ? AN_NET_HALF : 0, first = 3 * side;
  for (uint32_t k = 0; k < n; k++) {
    size_t i = back ? n - 1 - k : k, at = i * AN_NET_OUT + side;
    const int16_t *old = before == NULL ? nothing : before + at;
    an_step step = {sums + i * AN_NET_GATES + first, of->scale + first, of->bias + first, old, mean, out + at, said + at};
    net->run->step(&step, AN_NET_HALF);
  }
}

void an_net_read(const an_net *net, an_desk *desk, const uint32_t *word, const an_atoms *atoms, const uint8_t *tag, uint32_t n) {
  const int16_t *before = NULL;
  input(net, word, atoms, tag, n, desk->said);
  for (uint32_t l = 0; l < AN_NET_LAYERS; l++) {
    int16_t *out = l + 1 == AN_NET_LAYERS ? desk->read : before == desk->a ? desk->b : desk->a;
    sum_bytes(net, &net->layer[l], desk->said, n, l == 0 ? AN_NET_IN : AN_NET_OUT, AN_NET_GATES, desk->wide);
    walk(net, &net->layer[l], desk->wide, before, n, false, out, desk->said);
    walk(net, &net->layer[l], desk->wide, before, n, true, out, desk->said);
    before = out;
  }
}

/* ---- What is read out ---- */

void an_net_tags(const an_net *net, an_desk *desk, uint32_t n, uint32_t count, uint8_t *tag) {
  product_bytes(net, &net->tags, desk->said, n, AN_NET_OUT, AN_NET_TAGS, desk->wide);
  for (uint32_t i = 0; i < n; i++) tag[i] = (uint8_t)net->run->best(desk->wide + (size_t)i * AN_NET_TAGS, count);
}

static inline int32_t within(int32_t x, int32_t most) { return x < -most ? -most : x > most ? most : x; }

static uint32_t far_of(uint32_t from, uint32_t to) {
  uint32_t by = to < from ? from - to : to - from;
  if (by >= 8) by = by < 12 ? 8 : by < 20 ? 9 : by < 32 ? 10 : 11;
  return (to < from ? 0u : AN_NET_FAR) + by;
}

enum { LOUDEST = 1 << 20, PAIR_BITS = 10 }; /* AN_SEEN_WORDS of the loudest are still far from 2^31 */
static inline int32_t loud(int32_t sum, int32_t far) { return within((sum >> (PAIR_BITS + AN_NET_ONE - AN_NET_LOUD)) + far, LOUDEST); }

/* What the words say as heads, in the order in which a product reads weights: [AN_NET_ARC / 2][width][2]. */
static void lay_heads(const an_net *net, const int32_t *sides, uint32_t n, uint32_t width, int16_t *out) {
  memset(out, 0, (size_t)AN_NET_ARC * width * sizeof *out);
  for (uint32_t j = 0; j <= n; j++) {
    int16_t bent[AN_NET_ARC];
    if (j < n) net->run->bend(sides + (size_t)j * AN_NET_SIDES + AN_NET_ARC, AN_NET_SUM, bent, NULL, AN_NET_ARC);
    const int16_t *head = j < n ? bent : net->root_arc;
    for (uint32_t k = 0; k < AN_NET_ARC / 2; k++) memcpy(out + (k * (size_t)width + j) * 2, head + 2 * (size_t)k, 2 * sizeof *out);
  }
}

/* Scores of all pairs into desk->arcs; returns their width. */
static uint32_t score_arcs(const an_net *net, an_desk *desk, const int32_t *sides, uint32_t n) {
  int16_t *dependent = desk->a, *asks = desk->a + (size_t)desk->room * AN_NET_ARC;
  int32_t *sum = desk->chart[0];
  uint32_t width = (n + AN_KERNEL_OUT) / AN_KERNEL_OUT * AN_KERNEL_OUT;
  for (uint32_t i = 0; i < n; i++)
    net->run->bend(sides + (size_t)i * AN_NET_SIDES, AN_NET_SUM, dependent + (size_t)i * AN_NET_ARC, NULL, AN_NET_ARC);
  product(net, &net->bilinear, dependent, n, AN_NET_ARC, AN_NET_ARC, sum);
  for (uint32_t k = 0; k < n * AN_NET_ARC; k++)
    asks[k] = (int16_t)within(sum[k] >> (AN_NET_ONE + AN_NET_WEIGHT - PAIR_BITS), INT16_MAX);
  lay_heads(net, sides, n, width, desk->b);
  memset(desk->arcs, 0, (size_t)n * width * sizeof *desk->arcs);
  net->run->product(desk->arcs, asks, desk->b, n, AN_NET_ARC, width);
  int32_t far[2 * AN_SEEN_WORDS];                        /* [n - 1 + j - i] */
  for (uint32_t k = 0; k < 2 * n - 1; k++) far[k] = within(net->far[far_of(n - 1, k)], LOUDEST);
  for (uint32_t i = 0; i < n; i++) {
    int32_t *score = desk->arcs + (size_t)i * width;
    for (uint32_t j = 0; j < n; j++) score[j] = loud(score[j], far[n - 1 - i + j]);
    score[n] = loud(score[n], within(net->far[2 * AN_NET_FAR], LOUDEST));
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
    net->run->meet(own, other, AN_NET_SUM - AN_NET_HIDDEN, hidden + (size_t)i * AN_NET_LABEL, AN_NET_LABEL);
  }
  product(net, &net->labels, hidden, n, AN_NET_LABEL, AN_NET_LABELS, score);
  for (uint32_t i = 0; i < n; i++) label[i] = (uint8_t)net->run->best(score + (size_t)i * AN_NET_LABELS, labels);
}

void an_net_tree(const an_net *net, an_desk *desk, uint32_t n, uint32_t labels, uint16_t *head, uint8_t *label) {
  int32_t *sides = desk->wide;
  product_bytes(net, &net->sides, desk->said, n, AN_NET_OUT, AN_NET_SIDES, sides);
  uint32_t width = score_arcs(net, desk, sides, n);
  an_search_tree(net->run, desk, desk->arcs, width, n, head);
  name_arcs(net, desk, sides, n, labels, head, label);
}
