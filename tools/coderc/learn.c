/* SPDX-License-Identifier: Apache-2.0 */
#include "learn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/exact.h"
#include "train/random.h"

/* A block of weights with the sum of the squares of its gradients. */
typedef struct block { float *at, *seen, *sum; size_t count; } block;   /* sum: of the gradients of a batch */
enum { BATCH = 8 };

/* The same code for several widths of vectors; only the speed differs. */
#if defined(__x86_64__) && defined(__gnu_linux__)
#define WIDTHS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDTHS
#endif
static const float SEEN_FIRST = 1e-2f;

static block block_new(size_t count, float scale, uint64_t *state) {
  block b = {must(malloc((count + 1) * sizeof *b.at)), must(malloc((count + 1) * sizeof *b.seen)), must(calloc(count + 1, sizeof *b.sum)), count};
  for (size_t i = 0; i < count; i++) {
    b.at[i] = scale == 0.0f ? 0.0f : scale * (2.0f * random_share(state) - 1.0f);
    b.seen[i] = SEEN_FIRST;
  }
  return b;
}

typedef struct team {
  const coder_settings *set;
  uint32_t in, slot, hidden, types, modes;
  block rows, mode_rows, first, first_add, second, type_add, third;
  uint64_t chance;
  float x[SLOT_COUNT * CLASSIFIER_VECTOR], h[CLASSIFIER_HIDDEN], share[CLASSIFIER_TYPES], mode[CLASSIFIER_MODES];
  bool key_out[SIGN_KEYS];
  uint32_t mode_of[CLASSIFIER_TYPES][CLASSIFIER_MODES], mode_count[CLASSIFIER_TYPES];  /* the modes of a type */
} team;

/* ---- Forwards ---- */

static void softmax(float *score, uint32_t count) {
  float most = score[0], all = 0;
  for (uint32_t k = 1; k < count; k++) most = score[k] > most ? score[k] : most;
  for (uint32_t k = 0; k < count; k++) all += score[k] = an_exp(score[k] - most);
  for (uint32_t k = 0; k < count; k++) score[k] /= all;
}

WIDTHS static void steps(float *restrict at, float *restrict seen, float *restrict sum, size_t count, float rate) {
  for (size_t i = 0; i < count; i++) {
    seen[i] += sum[i] * sum[i];
    at[i] -= rate * sum[i] / sqrtf(seen[i]);
    sum[i] = 0.0f;
  }
}

WIDTHS static void add_times(float *restrict to, const float *restrict from, uint32_t count, float by) {
  for (uint32_t k = 0; k < count; k++) to[k] += from[k] * by;
}

WIDTHS static void layer(const float *x, uint32_t in, const float *weights, const float *add, uint32_t out, float *h) {
  memcpy(h, add, out * sizeof *h);
  for (uint32_t i = 0; i < in; i++) {
    const float *row = weights + (size_t)i * out;
    if (x[i] == 0.0f) continue;
    for (uint32_t k = 0; k < out; k++) h[k] += x[i] * row[k];
  }
  for (uint32_t k = 0; k < out; k++) h[k] = h[k] > 0.0f ? h[k] : 0.0f;
}

WIDTHS static void add_rows(float *restrict to, const float *rows, const example *e, const bool *out, uint32_t count) {
  for (uint32_t i = 0; i < e->key_count; i++) {
    const float *row = rows + (size_t)e->key[i] * count;
    if (out[i]) continue;
    for (uint32_t k = 0; k < count; k++) to[k] += row[k];
  }
}

static void forward(team *t, const example *e) {
  const coder_settings *set = t->set;
  for (uint32_t i = 0; i < e->key_count; i++) t->key_out[i] = random_share(&t->chance) < set->drop_key;
  bool deaf = random_share(&t->chance) < set->drop_frames; /* to all frames at once: the words must do */
  for (uint32_t i = 1; deaf && i <= e->frame_keys; i++) t->key_out[i] = true;
  for (uint32_t s = 0; s < SLOT_COUNT; s++) {
    bool out = random_share(&t->chance) < set->drop_slot;
    for (uint32_t k = s * t->slot; k < (s + 1) * t->slot; k++) t->x[k] = out ? 0.0f : e->x[k];
  }
  layer(t->x, t->in, t->first.at, t->first_add.at, t->hidden, t->h);
  for (uint32_t k = 0; k < t->hidden; k++) t->h[k] = random_share(&t->chance) < set->drop_hidden ? 0.0f : t->h[k] / (1.0f - set->drop_hidden);
  memcpy(t->share, t->type_add.at, t->types * sizeof *t->share);
  add_rows(t->share, t->rows.at, e, t->key_out, t->types);
  for (uint32_t j = 0; j < t->hidden; j++)
    for (uint32_t k = 0; k < t->types; k++) t->share[k] += t->h[j] * t->second.at[(size_t)j * t->types + k];
  softmax(t->share, t->types);
}

/* Shares among the modes of the right type, in their order there; the others have none. */
static void forward_modes(team *t, const example *e) {
  uint32_t count = t->mode_count[e->type], *of = t->mode_of[e->type];
  for (uint32_t m = 0; m < count; m++) t->mode[m] = 0;
  for (uint32_t i = 0; i < e->key_count; i++)
    for (uint32_t m = 0; m < count && !t->key_out[i]; m++) t->mode[m] += t->mode_rows.at[(size_t)e->mode_key[i] * t->modes + of[m]];
  for (uint32_t j = 0; j < t->hidden; j++)
    for (uint32_t m = 0; m < count; m++) t->mode[m] += t->h[j] * t->third.at[(size_t)j * t->modes + of[m]];
  softmax(t->mode, count);
}

/* ---- Backwards ---- */

WIDTHS static void row_step(float *restrict at, float *restrict seen, const float *restrict share, uint32_t count, float shrink, float rate) {
  for (uint32_t k = 0; k < count; k++) {
    float gradient = share[k] + shrink * at[k];
    seen[k] += gradient * gradient;
    at[k] -= rate * gradient / sqrtf(seen[k]);
  }
}

static void learn_rows(team *t, const example *e, float rate) {
  float shrink = t->set->shrink;
  for (uint32_t i = 0; i < e->key_count; i++) {
    if (t->key_out[i]) continue;
    float *at = t->rows.at + (size_t)e->key[i] * t->types, *seen = t->rows.seen + (size_t)e->key[i] * t->types;
    row_step(at, seen, t->share, t->types, shrink, rate);
  }
}

static void learn_layers(team *t) {
  float back[CLASSIFIER_HIDDEN];
  for (uint32_t j = 0; j < t->hidden; j++) {
    const float *at = t->second.at + (size_t)j * t->types;
    back[j] = 0;
    if (t->h[j] <= 0.0f) continue;
    for (uint32_t k = 0; k < t->types; k++) back[j] += t->share[k] * at[k];
    back[j] /= 1.0f - t->set->drop_hidden;
    add_times(t->second.sum + (size_t)j * t->types, t->share, t->types, t->h[j]);
  }
  for (uint32_t i = 0; i < t->in; i++) {
    if (t->x[i] != 0.0f) add_times(t->first.sum + (size_t)i * t->hidden, back, t->hidden, t->x[i]);
  }
  add_times(t->first_add.sum, back, t->hidden, 1.0f);
  add_times(t->type_add.sum, t->share, t->types, 1.0f);
}

static void end_batch(team *t, float rate) {
  block *all[] = {&t->first, &t->first_add, &t->second, &t->type_add, &t->third};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) steps(all[i]->at, all[i]->seen, all[i]->sum, all[i]->count, rate);
}

static void learn_modes(team *t, const example *e, float rate) {
  uint32_t count = t->mode_count[e->type], *of = t->mode_of[e->type];
  for (uint32_t m = 0; m < count; m++) t->mode[m] = (t->mode[m] - (of[m] == e->mode ? 1.0f : 0.0f)) * e->weight;
  for (uint32_t i = 0; i < e->key_count; i++) {
    size_t row = (size_t)e->mode_key[i] * t->modes;
    for (uint32_t m = 0; m < count && !t->key_out[i]; m++) {
      float *seen = &t->mode_rows.seen[row + of[m]];
      *seen += t->mode[m] * t->mode[m];
      t->mode_rows.at[row + of[m]] -= rate * t->mode[m] / sqrtf(*seen);
    }
  }
  for (uint32_t j = 0; j < t->hidden; j++)
    for (uint32_t m = 0; m < count && t->h[j] > 0.0f; m++) t->third.sum[(size_t)j * t->modes + of[m]] += t->mode[m] * t->h[j];
}

static void learn_one(team *t, const example *e, float rate) {
  forward(t, e);
  if (e->mode != AN_NONE) {
    forward_modes(t, e);
    learn_modes(t, e, rate);
  }
  for (uint32_t k = 0; k < t->types; k++) t->share[k] = (t->share[k] - (k == e->type ? 1.0f : 0.0f)) * e->weight;
  learn_rows(t, e, rate);
  learn_layers(t);
}

/* ---- Teams ---- */

static bool of_type(const examples *all, uint32_t mode, uint32_t type) {
  an_text name = all->mode_name[mode], wanted = all->coder->types[type].name;
  return an_text_equal(an_text_slice(name, 0, wanted.size), wanted) && (name.size == wanted.size || name.at[wanted.size] == ' ');
}

static team *team_new(const examples *all, const coder_settings *set, uint32_t number) {
  team *t = must(calloc(1, sizeof *t));
  *t = (team){.set = set, .in = SLOT_COUNT * all->vectors.size, .slot = all->vectors.size, .hidden = set->hidden, .types = CLASSIFIER_TYPES,
              .modes = all->mode_count, .chance = set->seed + number};
  uint64_t *c = &t->chance;
  t->rows = block_new((size_t)t->types << CLASSIFIER_ROWS, 0, c);
  t->mode_rows = block_new((size_t)t->modes << CLASSIFIER_MODE_ROWS, 0, c);
  t->first = block_new((size_t)t->in * t->hidden, 1.4f * sqrtf(3.0f / (float)t->in), c);
  t->first_add = block_new(t->hidden, 0, c);
  t->second = block_new((size_t)t->hidden * t->types, sqrtf(3.0f / (float)t->hidden), c);
  t->type_add = block_new(t->types, 0, c);
  t->third = block_new((size_t)t->hidden * t->modes, 0, c);
  for (uint32_t m = 0; m < t->modes; m++)
    for (uint32_t k = 0; k + 1 < t->types; k++)
      if (of_type(all, m, k)) t->mode_of[k][t->mode_count[k]++] = m;
  return t;
}

static void team_free(team *t) {
  block *all[] = {&t->rows, &t->mode_rows, &t->first, &t->first_add, &t->second, &t->type_add, &t->third};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]->at), free(all[i]->seen), free(all[i]->sum);
  free(t);
}

static void team_learn(team *t, const examples *all, bool without_aside) {
  const coder_settings *set = t->set;
  uint32_t *order = must(malloc((all->count + 1u) * sizeof *order)), count = 0;
  for (uint32_t i = 0; i < all->count; i++)
    if (!without_aside || !all->at[i].aside) order[count++] = i;
  for (uint32_t round = 0; round < set->rounds; round++) {
    float left = 1.0f - (float)round / (float)set->rounds;
    shuffle(order, count, &t->chance);
    for (uint32_t i = 0; i < count; i++) {
      learn_one(t, &all->at[order[i]], set->rate * left);
      if (i % BATCH == BATCH - 1 || i + 1 == count) end_batch(t, set->hidden_rate * left);
    }
  }
  free(order);
}

/* Scores of teams are averaged: rows are, and hidden layers stand side by side. */
static void join(const team *t, uint32_t number, uint32_t teams, coder_weights *out) {
  float share = 1.0f / (float)teams;
  uint32_t from = number * t->hidden;
  for (size_t i = 0; i < t->rows.count; i++) out->rows[i] += t->rows.at[i] * share;
  for (size_t i = 0; i < t->mode_rows.count; i++) out->mode_rows[i] += t->mode_rows.at[i] * share;
  for (uint32_t k = 0; k < t->types; k++) out->type_add[k] += t->type_add.at[k] * share;
  for (uint32_t i = 0; i < t->in; i++) memcpy(out->first + (size_t)i * out->hidden + from, t->first.at + (size_t)i * t->hidden, t->hidden * sizeof(float));
  memcpy(out->first_add + from, t->first_add.at, t->hidden * sizeof(float));
  for (size_t i = 0; i < t->second.count; i++) out->second[(size_t)from * t->types + i] = t->second.at[i] * share;
  for (size_t i = 0; i < t->third.count; i++) out->third[(size_t)from * t->modes + i] = t->third.at[i] * share;
}

static coder_weights weights_new(const examples *all, uint32_t hidden) {
  coder_weights w = {.in = SLOT_COUNT * all->vectors.size, .hidden = hidden, .types = CLASSIFIER_TYPES, .modes = all->mode_count};
  w.rows = must(calloc((size_t)w.types << CLASSIFIER_ROWS, sizeof(float)));
  w.mode_rows = must(calloc((size_t)w.modes << CLASSIFIER_MODE_ROWS, sizeof(float)));
  w.first = must(calloc((size_t)w.in * w.hidden, sizeof(float)));
  w.first_add = must(calloc(w.hidden, sizeof(float)));
  w.second = must(calloc((size_t)w.hidden * w.types, sizeof(float)));
  w.type_add = must(calloc(w.types, sizeof(float)));
  w.third = must(calloc((size_t)w.hidden * w.modes, sizeof(float)));
  return w;
}

void coder_learn(const examples *all, const coder_settings *set, coder_weights *first, coder_weights *out) {
  *out = weights_new(all, set->hidden * set->teams);
  for (uint32_t n = 0; n < set->teams; n++) {
    team *t = team_new(all, set, n);
    team_learn(t, all, n == 0 && first != NULL);
    if (n == 0 && first != NULL) {
      *first = weights_new(all, set->hidden);
      join(t, 0, 1, first);
    }
    join(t, n, set->teams, out);
    team_free(t);
  }
}

void coder_free(coder_weights *w) {
  float *all[] = {w->rows, w->mode_rows, w->first, w->first_add, w->second, w->type_add, w->third};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}

void coder_shares(const coder_weights *w, const example *e, float *share) {
  float h[CLASSIFIER_HIDDEN];
  layer(e->x, w->in, w->first, w->first_add, w->hidden, h);
  memcpy(share, w->type_add, w->types * sizeof *share);
  for (uint32_t i = 0; i < e->key_count; i++)
    for (uint32_t k = 0; k < w->types; k++) share[k] += w->rows[(size_t)e->key[i] * w->types + k];
  for (uint32_t j = 0; j < w->hidden; j++)
    for (uint32_t k = 0; k < w->types; k++) share[k] += h[j] * w->second[(size_t)j * w->types + k];
  softmax(share, w->types);
}
