/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "kernels.h"
#include "net_inner.h"

/* ---- Layers ---- */

static void bend(float *restrict x, uint32_t count, bool gate) {
  if (gate)
    for (uint32_t j = 0; j < count; j++) x[j] = gate_of(x[j]);
  else
    for (uint32_t j = 0; j < count; j++) x[j] = bend_of(x[j]);
}

/* One word of one side: the mean c goes on, and what the layer says. */
static void walk(const float *restrict gate, const float *restrict skip, const float *restrict mask, float *restrict c,
                 float *restrict keep, float *restrict out) {
  const float *z = gate, *f = gate + AN_NET_HALF, *r = gate + 2 * AN_NET_HALF;
  for (uint32_t j = 0; j < AN_NET_HALF; j++) {
    c[j] = f[j] * c[j] + (1.0f - f[j]) * z[j];
    keep[j] = c[j];
    out[j] = (r[j] * c[j] + (1.0f - r[j]) * skip[j]) * mask[j];
  }
}

static const float nothing[AN_NET_HALF];

static void layer(net *n, uint32_t l) {
  const float *in = l == 0 ? n->x : n->h[l - 1];
  uint32_t width = l == 0 ? AN_NET_IN : AN_NET_OUT;
  float *gates = n->gates[l];
  for (uint32_t i = 0; i < n->size; i++) memcpy(gates + (size_t)i * AN_NET_GATES, n->b[l].at, AN_NET_GATES * 4);
  product(gates, in, n->w[l].at, n->size, width, AN_NET_GATES);
  for (uint32_t i = 0; i < 2 * n->size; i++) {
    bend(gates + (size_t)i * 3 * AN_NET_HALF, AN_NET_HALF, false);
    bend(gates + (size_t)i * 3 * AN_NET_HALF + AN_NET_HALF, 2 * AN_NET_HALF, true);
  }
  for (uint32_t dir = 0; dir < 2; dir++) {
    float c[AN_NET_HALF] = {0};
    for (uint32_t k = 0; k < n->size; k++) {
      uint32_t i = dir == 0 ? k : n->size - 1 - k;
      size_t at = (size_t)i * AN_NET_OUT + dir * AN_NET_HALF;
      walk(gates + (size_t)i * AN_NET_GATES + dir * 3 * AN_NET_HALF, width == AN_NET_OUT ? in + at : nothing,
           n->mask[l + 1] + dir * AN_NET_HALF, c, n->c[l] + at, n->h[l] + at);
    }
  }
}

/* Gradients of one word of one side; carry: of the mean, from the word after. */
static void walk_back(const float *restrict gate, const float *restrict skip, const float *restrict mask, const float *restrict c,
                      const float *restrict was, const float *restrict g, float *restrict carry, float *restrict dgate,
                      float *restrict dskip) {
  const float *z = gate, *f = gate + AN_NET_HALF, *r = gate + 2 * AN_NET_HALF;
  for (uint32_t j = 0; j < AN_NET_HALF; j++) {
    float dh = g[j] * mask[j], dc = dh * r[j] + carry[j];
    dgate[2 * AN_NET_HALF + j] = dh * (c[j] - skip[j]) * gate_slope(r[j]);
    dskip[j] += dh * (1.0f - r[j]);
    dgate[AN_NET_HALF + j] = dc * (was[j] - z[j]) * gate_slope(f[j]);
    dgate[j] = dc * (1.0f - f[j]) * bend_slope(z[j]);
    carry[j] = dc * f[j];
  }
}

/* dout is the gradient of the layer's output; that of its input is added to din. */
static void layer_back(net *n, uint32_t l, float *dout, float *din) {
  static float dg[WORDS * AN_NET_GATES];
  float unused[AN_NET_HALF] = {0};
  const float *in = l == 0 ? n->x : n->h[l - 1];
  uint32_t width = l == 0 ? AN_NET_IN : AN_NET_OUT;
  for (uint32_t dir = 0; dir < 2; dir++) {
    float carry[AN_NET_HALF] = {0};
    for (uint32_t k = n->size; k-- > 0;) {
      uint32_t i = dir == 0 ? k : n->size - 1 - k, before = dir == 0 ? i - 1 : i + 1;
      size_t at = (size_t)i * AN_NET_OUT + dir * AN_NET_HALF, gate = (size_t)i * AN_NET_GATES + dir * 3 * AN_NET_HALF;
      walk_back(n->gates[l] + gate, width == AN_NET_OUT ? in + at : nothing, n->mask[l + 1] + dir * AN_NET_HALF, n->c[l] + at,
                k == 0 ? nothing : n->c[l] + (size_t)before * AN_NET_OUT + dir * AN_NET_HALF, dout + at, carry, dg + gate,
                width == AN_NET_OUT ? din + at : unused);
    }
  }
  product_weights(n->w[l].grad, in, dg, n->size, width, AN_NET_GATES);
  product_back(din, dg, n->w[l].at, n->size, width, AN_NET_GATES);
  for (uint32_t i = 0; i < n->size; i++)
    for (uint32_t j = 0; j < AN_NET_GATES; j++) n->b[l].grad[j] += dg[(size_t)i * AN_NET_GATES + j];
}

/* ---- Scores ---- */

static void dense(float *y, const float *x, const block *w, const block *b, uint32_t n, uint32_t in, uint32_t out) {
  for (uint32_t i = 0; i < n; i++)
    if (b != NULL) memcpy(y + (size_t)i * out, b->at, out * 4); else memset(y + (size_t)i * out, 0, out * 4);
  product(y, x, w->at, n, in, out);
}

static void dense_back(const float *dy, float *dx, const float *x, block *w, block *b, uint32_t n, uint32_t in, uint32_t out) {
  product_weights(w->grad, x, dy, n, in, out);
  product_back(dx, dy, w->at, n, in, out);
  for (uint32_t i = 0; b != NULL && i < n; i++)
    for (uint32_t j = 0; j < out; j++) b->grad[j] += dy[(size_t)i * out + j];
}

static uint32_t far_of(const net *n, uint32_t i, uint32_t j) {
  if (j == n->size) return 2 * AN_NET_FAR;
  int32_t by = (int32_t)j - (int32_t)i;
  uint32_t size = (uint32_t)(by < 0 ? -by : by);
  if (size >= 8) size = size < 12 ? 8 : size < 20 ? 9 : size < 32 ? 10 : 11;
  return (by < 0 ? 0u : AN_NET_FAR) + size;
}

static void log_softmax(float *s, uint32_t count) {
  float most = s[0], sum = 0;
  for (uint32_t k = 1; k < count; k++) if (s[k] > most) most = s[k];
  for (uint32_t k = 0; k < count; k++) sum += exp_of(s[k] - most);
  union { float f; int32_t i; } u = {sum}; /* log by exponent and series */
  int32_t e = ((u.i >> 23) & 255) - 127;
  u.i = (u.i & 0x7fffff) | 0x3f800000;
  float m = u.f, y = (m - 1.0f) / (m + 1.0f), y2 = y * y;
  float log = 2.0f * y * (1.0f + y2 * (1.0f / 3 + y2 * (1.0f / 5 + y2 * (1.0f / 7 + y2 * (1.0f / 9 + y2 / 11))))) + (float)e * 0.69314718f;
  for (uint32_t k = 0; k < count; k++) s[k] -= most + log;
}

void net_forward(net *n) {
  net_input(n);
  for (uint32_t l = 0; l < AN_NET_LAYERS; l++) layer(n, l);
  const float *h = n->h[AN_NET_LAYERS - 1];
  uint32_t size = n->size;
  dense(n->d, h, &n->dep, &n->dep_b, size, AN_NET_OUT, AN_NET_ARC);
  dense(n->e, h, &n->head, &n->head_b, size, AN_NET_OUT, AN_NET_ARC);
  for (uint32_t i = 0; i < size * AN_NET_ARC; i++) n->d[i] = bend_of(n->d[i]), n->e[i] = bend_of(n->e[i]);
  memcpy(n->e + (size_t)size * AN_NET_ARC, n->head_root.at, AN_NET_ARC * 4);
  dense(n->de, n->d, &n->bilinear, NULL, size, AN_NET_ARC, AN_NET_ARC);
  for (uint32_t i = 0; i < size; i++) {
    float *s = n->arcs + (size_t)i * (size + 1);
    for (uint32_t j = 0; j <= size; j++) {
      const float *a = n->de + (size_t)i * AN_NET_ARC, *b = n->e + (size_t)j * AN_NET_ARC;
      float lanes[16] = {0}, sum = n->far.at[far_of(n, i, j)];
      for (uint32_t k = 0; k < AN_NET_ARC; k += 16)
        for (uint32_t q = 0; q < 16; q++) lanes[q] += (a[k + q] + n->head_bias.at[k + q]) * b[k + q];
      for (uint32_t q = 0; q < 16; q++) sum += lanes[q];
      s[j] = i == j ? -1e4f : sum;
    }
    log_softmax(s, size + 1);
  }
  dense(n->ld, h, &n->lab_dep, &n->lab_b, size, AN_NET_OUT, AN_NET_LABEL);
  dense(n->lh, h, &n->lab_head, NULL, size, AN_NET_OUT, AN_NET_LABEL);
  memcpy(n->lh + (size_t)size * AN_NET_LABEL, n->lab_root.at, AN_NET_LABEL * 4);
  dense(n->tags, h, &n->tag_out, &n->tag_out_b, size, AN_NET_OUT, AN_NET_TAGS);
}

static void label_hidden(const net *n, uint32_t i, uint32_t head, float *out) {
  for (uint32_t k = 0; k < AN_NET_LABEL; k++) {
    float v = n->ld[(size_t)i * AN_NET_LABEL + k] + n->lh[(size_t)head * AN_NET_LABEL + k];
    out[k] = v > 0 ? v : 0.0f;
  }
}

void net_backward(net *n, const tree *one, double *loss) {
  static float dh[WORDS * AN_NET_OUT], other[WORDS * AN_NET_OUT], dx[WORDS * AN_NET_IN], dd[WORDS * AN_NET_ARC], dde[WORDS * AN_NET_ARC], dhead[WORDS * AN_NET_ARC],
      hidden[WORDS * AN_NET_LABEL], scores[WORDS * AN_NET_LABELS], dhid[WORDS * AN_NET_LABEL], dlh[WORDS * AN_NET_LABEL];
  const float *h = n->h[AN_NET_LAYERS - 1];
  uint32_t size = n->size;
  memset(dh, 0, size * AN_NET_OUT * 4);
  memset(dd, 0, size * AN_NET_ARC * 4);
  memset(dde, 0, size * AN_NET_ARC * 4);
  memset(dhead, 0, (size + 1) * AN_NET_ARC * 4);
  /* arcs */
  for (uint32_t i = 0; i < size; i++) {
    const float *s = n->arcs + (size_t)i * (size + 1);
    *loss -= (double)s[one->words[i].head];
    for (uint32_t j = 0; j <= size; j++) {
      if (j == i) continue;
      float g = exp_of(s[j]) - (j == one->words[i].head ? 1.0f : 0.0f);
      const float *a = n->de + (size_t)i * AN_NET_ARC, *b = n->e + (size_t)j * AN_NET_ARC;
      float *ga = dde + (size_t)i * AN_NET_ARC, *gb = dhead + (size_t)j * AN_NET_ARC;
      n->far.grad[far_of(n, i, j)] += g;
      for (uint32_t k = 0; k < AN_NET_ARC; k++) {
        ga[k] += g * b[k];
        gb[k] += g * (a[k] + n->head_bias.at[k]);
        n->head_bias.grad[k] += g * b[k];
      }
    }
  }
  for (uint32_t k = 0; k < AN_NET_ARC; k++) n->head_root.grad[k] += dhead[(size_t)size * AN_NET_ARC + k];
  dense_back(dde, dd, n->d, &n->bilinear, NULL, size, AN_NET_ARC, AN_NET_ARC);
  for (uint32_t i = 0; i < size * AN_NET_ARC; i++) {
    dd[i] *= bend_slope(n->d[i]);
    dhead[i] *= bend_slope(n->e[i]);
  }
  dense_back(dd, dh, h, &n->dep, &n->dep_b, size, AN_NET_OUT, AN_NET_ARC);
  dense_back(dhead, dh, h, &n->head, &n->head_b, size, AN_NET_OUT, AN_NET_ARC);
  /* labels */
  for (uint32_t i = 0; i < size; i++) label_hidden(n, i, one->words[i].head, hidden + (size_t)i * AN_NET_LABEL);
  dense(scores, hidden, &n->lab_out, &n->lab_out_b, size, AN_NET_LABEL, AN_NET_LABELS);
  for (uint32_t i = 0; i < size; i++) {
    float *s = scores + (size_t)i * AN_NET_LABELS;
    log_softmax(s, n->label_count);
    *loss -= (double)s[one->words[i].label];
    for (uint32_t k = 0; k < AN_NET_LABELS; k++)
      s[k] = k < n->label_count ? exp_of(s[k]) - (k == one->words[i].label ? 1.0f : 0.0f) : 0.0f;
  }
  memset(dhid, 0, size * AN_NET_LABEL * 4);
  memset(dlh, 0, (size + 1) * AN_NET_LABEL * 4);
  dense_back(scores, dhid, hidden, &n->lab_out, &n->lab_out_b, size, AN_NET_LABEL, AN_NET_LABELS);
  for (uint32_t i = 0; i < size; i++)
    for (uint32_t k = 0; k < AN_NET_LABEL; k++) {
      float *g = &dhid[(size_t)i * AN_NET_LABEL + k];
      if (hidden[(size_t)i * AN_NET_LABEL + k] <= 0) *g = 0;
      dlh[(size_t)one->words[i].head * AN_NET_LABEL + k] += *g;
    }
  for (uint32_t k = 0; k < AN_NET_LABEL; k++) n->lab_root.grad[k] += dlh[(size_t)size * AN_NET_LABEL + k];
  dense_back(dhid, dh, h, &n->lab_dep, &n->lab_b, size, AN_NET_OUT, AN_NET_LABEL);
  dense_back(dlh, dh, h, &n->lab_head, NULL, size, AN_NET_OUT, AN_NET_LABEL);
  /* tags */
  for (uint32_t i = 0; i < size; i++) {
    float *s = n->tags + (size_t)i * AN_NET_TAGS;
    log_softmax(s, n->tag_count);
    *loss -= 0.5 * (double)s[one->words[i].tag];
    for (uint32_t k = 0; k < AN_NET_TAGS; k++)
      s[k] = k < n->tag_count ? 0.5f * (exp_of(s[k]) - (k == one->words[i].tag ? 1.0f : 0.0f)) : 0.0f;
  }
  dense_back(n->tags, dh, h, &n->tag_out, &n->tag_out_b, size, AN_NET_OUT, AN_NET_TAGS);
  for (uint32_t l = AN_NET_LAYERS; l-- > 0;) {
    float *din = l == 0 ? dx : other;
    memset(din, 0, size * (l == 0 ? AN_NET_IN : AN_NET_OUT) * 4u);
    layer_back(n, l, dh, din);
    if (l > 0) memcpy(dh, other, size * AN_NET_OUT * 4);
  }
  net_input_back(n, dx);
}

