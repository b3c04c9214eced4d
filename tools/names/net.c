/* SPDX-License-Identifier: Apache-2.0 */
#include "net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/kernels.h"
#include "train/layer.h"
#include "train/must.h"
#include "train/random.h"

enum { HIDDEN = AN_LAYER_HIDDEN, CLASSES = AN_NAMER_CLASSES, LABELS = AN_NAMER_LABELS, LONGEST = AN_NAMER_LONGEST, STATE = AN_STATE, BODY_FIRST = AN_NAMER_FIRST + 2 };
enum { INPUT = (AN_NAMER_INPUT + 3) / 4 * 4 /* as the products need it */, ROUNDS = 6, BATCH = 16, SEED = 20170328 };
/* What is left out by chance while it learns: numbers of the state, vectors, features, numbers of the layer. */
static const float no_state = 0.2f, no_vector = 0.15f, no_key = 0.15f, no_hidden = 0.3f, top_rate = 0.002f;

/* Our sentences hold 1.3 bodies for each person, so that bodies are learned; news holds fewer. So much less likely, as a logarithm,
   is a body's first word; chosen on the half of the gold that may be looked at. */
static const float fewer_bodies = 0.6f;

struct names_net {
  const an_vectors *vectors;
  block rows, in, bias, out, step, other_rows, other_out;
  learner learns;
  /* one run: what goes in, the layer, what of it counts, scores; the features that are not left out */
  float x[LONGEST * INPUT], z[LONGEST * HIDDEN], mask[LONGEST * HIDDEN], s[LONGEST][CLASSES];
  uint32_t used[LONGEST * AN_NAMER_KEYS], used_at[LONGEST + 1];
};

names_net *names_net_new(const an_vectors *vectors) {
  names_net *n = must(calloc(1, sizeof *n));
  n->vectors = vectors;
  learner_new(&n->learns, SEED);
  block_new(&n->learns, &n->rows, AN_LAYER_ROWS, HIDDEN, 0.05f, true);
  block_new(&n->learns, &n->other_rows, AN_LAYER_ROWS, HIDDEN, 0, true);
  block_new(&n->learns, &n->in, INPUT, HIDDEN, 0.06f, false);
  block_new(&n->learns, &n->bias, 1, HIDDEN, 0, false);
  block_new(&n->learns, &n->out, HIDDEN, CLASSES, 0.2f, false);
  block_new(&n->learns, &n->other_out, HIDDEN, CLASSES, 0, false);
  block_new(&n->learns, &n->step, CLASSES, CLASSES, 0, false);
  return n;
}

/* ---- One run ------------------------------------------------------------------------------------------------ */

static void take_in(names_net *n, const example *e) {
  float mask[STATE];
  uint32_t used = 0;
  for (uint32_t k = 0; k < STATE; k++) mask[k] = left_out(&n->learns, no_state) ? 0 : 1.0f / (1.0f - no_state) / (1 << AN_LAYER_ONE);
  for (uint32_t i = 0; i < e->count; i++) {
    float *x = n->x + (size_t)i * INPUT;
    memset(x, 0, INPUT * sizeof *x);
    for (uint32_t k = 0; k < STATE; k++) x[k] = (float)e->state[(size_t)i * STATE + k] * mask[k];
    for (uint32_t w = 0; w < AN_NAMER_NEAR; w++) {
      int8_t vector[AN_VECTOR_SIZE];
      an_vector_read(n->vectors, left_out(&n->learns, no_vector) ? AN_NONE : e->near[i * AN_NAMER_NEAR + w], vector);
      for (uint32_t k = 0; k < AN_VECTOR_SIZE; k++) x[STATE + w * AN_VECTOR_SIZE + k] = (float)vector[k] / 32.0f;
    }
    n->used_at[i] = used;
    for (uint32_t k = e->key_at[i]; k < e->key_at[i + 1]; k++)
      if (!left_out(&n->learns, no_key)) n->used[used++] = e->keys[k];
  }
  n->used_at[e->count] = used;
}

static float weight_out(const names_net *n, const example *e, uint32_t j, uint32_t c) {
  return n->out.at[j * CLASSES + c] + (e->other ? n->other_out.at[j * CLASSES + c] : 0);
}

static void add_row(float *restrict z, const block *b, uint32_t row) {
  const float *at = b->at + (size_t)row * HIDDEN;
  for (uint32_t j = 0; j < HIDDEN; j++) z[j] += at[j];
}

static void forward(names_net *n, const example *e) {
  take_in(n, e);
  for (uint32_t i = 0; i < e->count; i++) memcpy(n->z + (size_t)i * HIDDEN, n->bias.at, HIDDEN * sizeof(float));
  product(n->z, n->x, n->in.at, e->count, INPUT, HIDDEN);
  for (uint32_t i = 0; i < e->count; i++) {
    float *z = n->z + (size_t)i * HIDDEN, *s = n->s[i];
    memset(s, 0, CLASSES * sizeof *s);
    for (uint32_t k = n->used_at[i]; k < n->used_at[i + 1]; k++) {
      add_row(z, &n->rows, n->used[k]);
      if (e->other) add_row(z, &n->other_rows, n->used[k]);
    }
    for (uint32_t j = 0; j < HIDDEN; j++) {
      float m = left_out(&n->learns, no_hidden) || z[j] < 0 ? 0 : 1.0f / (1.0f - no_hidden);
      n->mask[(size_t)i * HIDDEN + j] = m;
      z[j] *= m;
      for (uint32_t c = 0; c < LABELS; c++) s[c] += z[j] * weight_out(n, e, j, c);
    }
  }
}

/* ---- The chain: how likely each label is, given all that can be ---------------------------------------------- */

static bool legal(uint32_t before, uint32_t label) { return label % 2 == 1 || label == AN_NAMER_OUT || before == label || before + 1 == label; }

typedef struct chain { float p[LONGEST][CLASSES], ahead[LONGEST][CLASSES], behind[LONGEST][CLASSES], step[CLASSES][CLASSES]; } chain;

static void norm(float *of) {
  float sum = 0;
  for (uint32_t c = 0; c < LABELS; c++) sum += of[c];
  for (uint32_t c = 0; c < LABELS; c++) of[c] /= sum;
}

static void run_chain(const names_net *n, uint32_t count, chain *t) {
  for (uint32_t b = 0; b < LABELS; b++)
    for (uint32_t c = 0; c < LABELS; c++) t->step[b][c] = legal(b, c) ? exp_of(n->step.at[b * CLASSES + c]) : 0;
  for (uint32_t i = 0; i < count; i++) {
    float most = n->s[i][0];
    for (uint32_t c = 1; c < LABELS; c++) most = n->s[i][c] > most ? n->s[i][c] : most;
    for (uint32_t c = 0; c < LABELS; c++) {
      float in = i == 0 ? t->step[AN_NAMER_OUT][c] : 0;
      for (uint32_t b = 0; i > 0 && b < LABELS; b++) in += t->ahead[i - 1][b] * t->step[b][c];
      t->p[i][c] = exp_of(n->s[i][c] - most);
      t->ahead[i][c] = in * t->p[i][c];
    }
    norm(t->ahead[i]);
  }
  for (uint32_t i = count; i-- > 0;) {
    for (uint32_t c = 0; c < LABELS; c++) {
      t->behind[i][c] = i + 1 == count;
      for (uint32_t b = 0; i + 1 < count && b < LABELS; b++) t->behind[i][c] += t->step[c][b] * t->p[i + 1][b] * t->behind[i + 1][b];
    }
    norm(t->behind[i]);
  }
}

/* Gradients of the scores, and of the steps from the label before. */
static void chain_back(names_net *n, const example *e, const chain *t, float ds[][CLASSES], double *loss) {
  static const float start[CLASSES] = {1};
  for (uint32_t i = 0; i < e->count; i++) {
    const float *before = i == 0 ? start : t->ahead[i - 1];
    float pair[CLASSES][CLASSES], all = 0;
    memset(ds[i], 0, sizeof ds[i]);
    for (uint32_t c = 0; c < LABELS; c++) ds[i][c] = t->ahead[i][c] * t->behind[i][c];
    norm(ds[i]);
    *loss += 1.0 - (double)ds[i][e->right[i]];
    ds[i][e->right[i]] -= 1.0f;
    for (uint32_t b = 0; b < LABELS; b++)
      for (uint32_t c = 0; c < LABELS; c++) all += pair[b][c] = before[b] * t->step[b][c] * t->p[i][c] * t->behind[i][c];
    for (uint32_t b = 0; b < LABELS; b++)
      for (uint32_t c = 0; c < LABELS; c++) n->step.grad[b * CLASSES + c] += pair[b][c] / all;
    n->step.grad[(i == 0 ? AN_NAMER_OUT : e->right[i - 1]) * CLASSES + e->right[i]] -= 1.0f;
  }
}

static void learn_run(names_net *n, const example *e, double *loss) {
  static chain t;
  static float ds[LONGEST][CLASSES], dz[LONGEST * HIDDEN];
  forward(n, e);
  run_chain(n, e->count, &t);
  chain_back(n, e, &t, ds, loss);
  for (uint32_t i = 0; i < e->count; i++)
    for (uint32_t j = 0; j < HIDDEN; j++) {
      float z = n->z[i * HIDDEN + j], d = 0;
      for (uint32_t c = 0; c < LABELS; c++) {
        d += ds[i][c] * weight_out(n, e, j, c);
        n->out.grad[j * CLASSES + c] += ds[i][c] * z;
        if (e->other) n->other_out.grad[j * CLASSES + c] += ds[i][c] * z;
      }
      dz[i * HIDDEN + j] = d * n->mask[i * HIDDEN + j];
      n->bias.grad[j] += dz[i * HIDDEN + j];
    }
  product_weights(n->in.grad, n->x, dz, e->count, INPUT, HIDDEN);
  for (uint32_t i = 0; i < e->count; i++)
    for (uint32_t k = n->used_at[i]; k < n->used_at[i + 1]; k++)
      for (uint32_t o = 0; o <= e->other; o++) {
        float *row = block_row_grad(o == 1 ? &n->other_rows : &n->rows, n->used[k]);
        for (uint32_t j = 0; j < HIDDEN; j++) row[j] += dz[i * HIDDEN + j];
      }
}

void names_net_learn(names_net *n, const example *all, uint32_t count) {
  uint32_t *order = must(malloc((count + 1) * sizeof *order)), steps = 0, total = ROUNDS * (count / BATCH + 1);
  for (uint32_t i = 0; i < count; i++) order[i] = i;
  for (uint32_t round = 0; round < ROUNDS; round++) {
    double loss = 0, all_words = 0;
    shuffle(order, count, &n->learns.random);
    for (uint32_t i = 0; i < count; i += BATCH) {
      uint32_t words = 0;
      for (uint32_t k = i; k < i + BATCH && k < count; k++) {
        learn_run(n, &all[order[k]], &loss);
        words += all[order[k]].count;
      }
      float done = (float)steps++ / (float)total;
      learner_rate(&n->learns, top_rate, done);
      learner_step(&n->learns, 1.0f / (float)words);
      all_words += words;
    }
    printf("names: round %u of %d, %.4f of the words doubted\n", round + 1, ROUNDS, loss / all_words);
  }
  free(order);
}

/* ---- The model's whole numbers ----------------------------------------------------------------------------------- */

bool names_net_write(const names_net *n, const char *path, an_error *err) {
  static uint8_t rows[(size_t)AN_LAYER_ROWS * AN_LAYER_ROW];
  static int16_t in[AN_NAMER_INPUT * HIDDEN], out[HIDDEN * AN_NAMER_OUTS], steps[CLASSES * CLASSES];
  static int32_t bias[HIDDEN];
  layer_write_rows(&n->rows, rows);
  layer_write_product(&n->in, AN_NAMER_INPUT, HIDDEN, in);
  layer_write_product(&n->out, HIDDEN, AN_NAMER_OUTS, out);
  layer_write_bias(&n->bias, bias);
  for (uint32_t i = 0; i < CLASSES * CLASSES; i++) steps[i] = layer_whole(n->step.at[i] - (i % CLASSES == BODY_FIRST ? fewer_bodies : 0), AN_LAYER_SCORE_BITS);
  an_section_out sections[] = {{"rows", rows, sizeof rows}, {"in", in, sizeof in}, {"bias", bias, sizeof bias}, {"out", out, sizeof out}, {"steps", steps, sizeof steps}};
  return an_datafile_write(path, AN_NAMER_KIND, AN_NAMER_LAYOUT, an_hash64(rows, sizeof rows), sections, 5, err) == AN_OK;
}
