/* SPDX-License-Identifier: Apache-2.0 */
#include "net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/kernels.h"
#include "train/layer.h"
#include "train/must.h"
#include "train/random.h"

#define OTHER UINT32_C(0x80000000)  /* in the order of a round: a word of a bag that was not chosen */
enum { HIDDEN = AN_LAYER_HIDDEN, STATE = AN_STATE, MOST_INPUT = (SIDES_INPUT + 3) / 4 * 4 /* as the products need it */, CLASSES = NET_CLASSES, MOST_BATCH = 64 };
_Static_assert((int)DETECTOR_INPUT <= (int)SIDES_INPUT, "the wider of the two");
const triggers_shape DETECTOR_SHAPE = {1, DETECTOR_NEAR, DETECTOR_TYPES + 1, DETECTOR_OUTS}, SIDES_SHAPE = {2, SIDES_NEAR, SIDE_COUNT, SIDES_OUTS};

struct triggers_net {
  const an_vectors *vectors;
  const triggers_shape *shape;
  uint32_t inputs, classes, padded;
  triggers_settings set;
  learner learns;
  block rows, in, bias, out;
  /* one batch: what goes in, the layer, what of it counts, scores; the keys that are not left out */
  float x[MOST_BATCH * MOST_INPUT], z[MOST_BATCH * HIDDEN], mask[MOST_BATCH * HIDDEN], s[MOST_BATCH][CLASSES];
  uint16_t used[MOST_BATCH][AN_LAYER_KEYS]; uint32_t used_count[MOST_BATCH];
};

triggers_net *triggers_net_new(const an_vectors *vectors, const triggers_shape *shape, const triggers_settings *set) {
  triggers_net *n = must(calloc(1, sizeof *n));
  n->vectors = vectors;
  n->shape = shape;
  n->inputs = shape->states * STATE + shape->near * AN_VECTOR_SIZE;
  n->padded = (n->inputs + 3) / 4 * 4;
  n->classes = shape->classes;
  n->set = *set;
  learner_new(&n->learns, set->seed);
  block_new(&n->learns, &n->rows, AN_LAYER_ROWS, HIDDEN, 0.05f, true);
  block_new(&n->learns, &n->in, n->padded, HIDDEN, 0.06f, false);
  block_new(&n->learns, &n->bias, 1, HIDDEN, 0, false);
  block_new(&n->learns, &n->out, HIDDEN, n->classes, 0.2f, false);
  return n;
}

/* ---- Forward ---------------------------------------------------------------------------------------------- */

static void take_in(triggers_net *n, const example *e, uint32_t at, bool learning) {
  const triggers_settings *set = &n->set;
  float *x = n->x + (size_t)at * n->padded, keep = learning ? 1.0f / (1.0f - set->no_state) : 1.0f;
  memset(x, 0, n->padded * sizeof *x);
  for (uint32_t b = 0; b < n->shape->states; b++, x += STATE)
    for (uint32_t k = 0; k < STATE; k++)
      if (!learning || !left_out(&n->learns, set->no_state)) x[k] = (float)e->state[b][k] * keep / (1 << AN_LAYER_ONE);
  for (uint32_t w = 0; w < n->shape->near; w++, x += AN_VECTOR_SIZE) {
    int8_t vector[AN_VECTOR_SIZE];
    an_vector_read(n->vectors, learning && left_out(&n->learns, set->no_vector) ? AN_NONE : e->near[w], vector);
    for (uint32_t k = 0; k < AN_VECTOR_SIZE; k++) x[k] = (float)vector[k] / 32.0f;
  }
  n->used_count[at] = 0;
  for (uint32_t k = 0; k < e->key_count; k++)
    if (!learning || !left_out(&n->learns, set->no_key)) n->used[at][n->used_count[at]++] = e->keys[k];
}

static void add_row(float *restrict z, const block *b, uint32_t row) {
  const float *at = b->at + (size_t)row * HIDDEN;
  for (uint32_t j = 0; j < HIDDEN; j++) z[j] += at[j];
}

static void shares(float *s, uint32_t classes) {
  float most = s[0], sum = 0;
  for (uint32_t c = 1; c < classes; c++) most = s[c] > most ? s[c] : most;
  for (uint32_t c = 0; c < classes; c++) sum += s[c] = exp_of(s[c] - most);
  for (uint32_t c = 0; c < classes; c++) s[c] /= sum;
}

static void forward(triggers_net *n, const example *const *all, uint32_t count, bool learning) {
  float keep = learning ? 1.0f / (1.0f - n->set.no_hidden) : 1.0f;
  for (uint32_t i = 0; i < count; i++) {
    take_in(n, all[i], i, learning);
    memcpy(n->z + (size_t)i * HIDDEN, n->bias.at, HIDDEN * sizeof(float));
  }
  product(n->z, n->x, n->in.at, count, n->padded, HIDDEN);
  for (uint32_t i = 0; i < count; i++) {
    float *z = n->z + (size_t)i * HIDDEN, *s = n->s[i];
    for (uint32_t k = 0; k < n->used_count[i]; k++) add_row(z, &n->rows, n->used[i][k]);
    memset(s, 0, n->classes * sizeof *s);
    for (uint32_t j = 0; j < HIDDEN; j++) {
      float m = z[j] < 0 || (learning && left_out(&n->learns, n->set.no_hidden)) ? 0 : keep;
      n->mask[(size_t)i * HIDDEN + j] = m;
      z[j] *= m;
      for (uint32_t c = 0; c < n->classes; c++) s[c] += z[j] * n->out.at[j * n->classes + c];
    }
    shares(s, n->classes);
  }
}

void triggers_net_ask(triggers_net *n, const example *e, float share[CLASSES]) {
  forward(n, &e, 1, false);
  memcpy(share, n->s[0], n->classes * sizeof *share);
}

/* ---- Backward --------------------------------------------------------------------------------------------- */

static float learn_batch(triggers_net *n, const example *const *all, const uint8_t *right, const float *weight, uint32_t count) {
  static float dz[MOST_BATCH * HIDDEN];
  float loss = 0;
  forward(n, all, count, true);
  for (uint32_t i = 0; i < count; i++) {
    float *ds = n->s[i];
    loss += weight[i] * (1.0f - ds[right[i]]);
    ds[right[i]] -= 1.0f;
    for (uint32_t c = 0; c < n->classes; c++) ds[c] *= weight[i];
    for (uint32_t j = 0; j < HIDDEN; j++) {
      float z = n->z[i * HIDDEN + j], d = 0;
      for (uint32_t c = 0; c < n->classes; c++) {
        d += ds[c] * n->out.at[j * n->classes + c];
        n->out.grad[j * n->classes + c] += ds[c] * z;
      }
      dz[i * HIDDEN + j] = d * n->mask[i * HIDDEN + j];
      n->bias.grad[j] += dz[i * HIDDEN + j];
    }
  }
  product_weights(n->in.grad, n->x, dz, count, n->padded, HIDDEN);
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < n->used_count[i]; k++) {
      float *row = block_row_grad(&n->rows, n->used[i][k]);
      for (uint32_t j = 0; j < HIDDEN; j++) row[j] += dz[i * HIDDEN + j];
    }
  return loss;
}

/* The words that are learned from in this round: of each bag the likeliest. */
static uint32_t choose(triggers_net *n, const example *all, uint32_t count, uint32_t round, uint32_t *order) {
  uint32_t chosen = 0;
  for (uint32_t i = 0; i < count;) {
    uint32_t end = i + 1, best = i;
    float most = -1, share[CLASSES];
    while (all[i].bag != 0 && end < count && all[end].bag == all[i].bag) end++;
    for (uint32_t k = i; all[i].bag != 0 && round > 0 && k < end; k++) {
      triggers_net_ask(n, &all[k], share);
      if (share[all[k].right] > most) most = share[all[k].right], best = k;
    }
    if (!all[i].aside && (all[i].bag == 0 || round > 0)) order[chosen++] = best;
    for (uint32_t k = i; n->set.others > 0 && all[i].bag != 0 && round > 0 && k < end; k++)
      if (k != best) order[chosen++] = k | OTHER;
    i = end;
  }
  return chosen;
}

void triggers_net_learn(triggers_net *n, const example *all, uint32_t count) {
  uint32_t *order = must(malloc((count + 1) * sizeof *order)), batch = n->set.batch < MOST_BATCH ? n->set.batch : MOST_BATCH;
  for (uint32_t round = 0; round < n->set.rounds; round++) {
    double loss = 0, all_weight = 0;
    uint32_t chosen = choose(n, all, count, round, order);
    shuffle(order, chosen, &n->learns.random);
    for (uint32_t i = 0; i < chosen; i += batch) {
      const example *these[MOST_BATCH];
      float weight[MOST_BATCH], sum = 0;
      uint8_t right[MOST_BATCH];
      uint32_t size = 0;
      for (; size < batch && i + size < chosen; size++) {
        bool other = (order[i + size] & OTHER) != 0;
        these[size] = &all[order[i + size] & ~OTHER];
        right[size] = other ? (uint8_t)(n->classes - 1) : these[size]->right;
        weight[size] = these[size]->weight * (other ? n->set.others : 1.0f) * (right[size] == n->classes - 1 ? n->set.nothing : 1.0f);
        sum += weight[size];
      }
      loss += (double)learn_batch(n, these, right, weight, size);
      all_weight += (double)sum;
      learner_rate(&n->learns, n->set.rate, ((float)round + (float)i / (float)chosen) / (float)n->set.rounds);
      learner_step(&n->learns, 1.0f / (float)size);
    }
    printf("triggers: round %u of %u, %u words, %.4f of them doubted\n", round + 1, n->set.rounds, chosen, loss / (all_weight + 1e-9));
    fflush(stdout);
  }
  free(order);
}

/* ---- The model ---------------------------------------------------------------------------------------------- */

void triggers_net_sections(triggers_net *n, an_section_out out[TRIGGERS_SECTIONS]) {
  static const char *const names[2][TRIGGERS_SECTIONS] = {{"rows", "in", "bias", "out"}, {"s.rows", "s.in", "s.bias", "s.out"}};
  const char *const *name = names[n->shape == &SIDES_SHAPE];
  size_t rows = (size_t)AN_LAYER_ROWS * AN_LAYER_ROW, in = sizeof(int16_t) * n->inputs * HIDDEN, to = sizeof(int16_t) * HIDDEN * n->shape->outs, bias = sizeof(int32_t) * HIDDEN;
  out[0] = (an_section_out){name[0], must(malloc(rows)), rows};
  out[1] = (an_section_out){name[1], must(malloc(in)), in};
  out[2] = (an_section_out){name[2], must(malloc(bias)), bias};
  out[3] = (an_section_out){name[3], must(malloc(to)), to};
  layer_write_rows(&n->rows, (uint8_t *)out[0].at);
  layer_write_product(&n->in, n->inputs, HIDDEN, (int16_t *)out[1].at);
  layer_write_bias(&n->bias, (int32_t *)out[2].at);
  layer_write_product(&n->out, HIDDEN, n->shape->outs, (int16_t *)out[3].at);
}
