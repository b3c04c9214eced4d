/* SPDX-License-Identifier: Apache-2.0 */
#include "event/classify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/exact.h"

/* ---- Opening ---- */

enum { ABOUT = 8 * 4 };
static const char step[] = "coder";

static const void *section_of(const an_datafile *file, const char *name, size_t size, const char **missing) {
  an_section s = an_datafile_section(file, name);
  if (s.at != NULL && s.size == size) return s.at;
  if (*missing == NULL) *missing = name;
  return NULL;
}

static float get_float(an_section s, size_t at) {
  uint32_t bits = an_get32(s, at);
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static bool read_names(an_section s, an_text *out, uint32_t count) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < count; i++) {
    out[i] = an_get_text(s, at);
    if (out[i].at == NULL) return false;
    at += 4 + out[i].size;
  }
  return true;
}

static const char *read_parts(an_classifier *c) {
  const char *missing = NULL;
  size_t hidden = c->hidden, in = (size_t)SLOT_COUNT * c->words.size;
  c->rows = section_of(&c->file, "rows", ((size_t)c->types << CLASSIFIER_ROWS) * 2, &missing);
  c->mode_rows = section_of(&c->file, "moderows", ((size_t)c->modes << CLASSIFIER_MODE_ROWS) * 2, &missing);
  c->words.key = section_of(&c->file, "wordkeys", (size_t)c->words.places * 8, &missing);
  c->words.weight = section_of(&c->file, "wordrank", c->words.places, &missing);
  c->words.at = section_of(&c->file, "vectors", (size_t)c->words.places * c->words.size, &missing);
  c->first = section_of(&c->file, "first", in * hidden * 4, &missing);
  c->first_add = section_of(&c->file, "firstadd", hidden * 4, &missing);
  c->second = section_of(&c->file, "second", hidden * c->types * 4, &missing);
  c->type_add = section_of(&c->file, "typeadd", (size_t)c->types * 4, &missing);
  c->third = section_of(&c->file, "third", hidden * c->modes * 4, &missing);
  c->trust = section_of(&c->file, "trust", CLASSIFIER_TRUST * 2, &missing);
  if (!read_names(an_datafile_section(&c->file, "types"), c->type_name, c->types) && missing == NULL) missing = "types";
  if (!read_names(an_datafile_section(&c->file, "modes"), c->mode_name, c->modes) && missing == NULL) missing = "modes";
  return missing;
}

static an_status read_about(an_classifier *c, an_error *err) {
  an_section about = an_datafile_section(&c->file, "about");
  uint32_t version = an_get32(about, 0);
  if (about.size != ABOUT || version != AN_SIGNS_VERSION)
    return an_fail(err, AN_ERR_DATA, step, "%s was trained on signs of version %u, this program reads version %d; '%s' makes it again",
                   AN_CLASSIFIER_FILE, version, AN_SIGNS_VERSION, AN_CLASSIFIER_REBUILD);
  c->words.size = an_get32(about, 4);
  c->hidden = an_get32(about, 8);
  c->words.places = an_get32(about, 12);
  c->types = an_get32(about, 16);
  c->modes = an_get32(about, 20);
  c->scale = get_float(about, 24);
  c->mode_scale = get_float(about, 28);
  bool well = c->words.size <= CLASSIFIER_VECTOR && c->hidden <= CLASSIFIER_HIDDEN && c->types == CLASSIFIER_TYPES &&
              c->modes <= CLASSIFIER_MODES && c->words.places > 0 && (c->words.places & (c->words.places - 1)) == 0;
  return well ? AN_OK : an_fail(err, AN_ERR_DATA, step, "%s: sizes that this program does not know", AN_CLASSIFIER_FILE);
}

an_status an_classifier_open(const char *dir, an_classifier **out, an_error *err) {
  *out = NULL;
  an_classifier *c = calloc(1, sizeof *c);
  if (c == NULL) return an_fail(err, AN_ERR_MEMORY, step, "no memory for the classifier");
  an_status status = an_datafile_open(dir, AN_CLASSIFIER_FILE, AN_CLASSIFIER_KIND, AN_CLASSIFIER_LAYOUT, AN_CLASSIFIER_REBUILD, &c->file, err);
  if (status == AN_OK) status = read_about(c, err);
  const char *missing = status == AN_OK ? read_parts(c) : NULL;
  if (missing != NULL) status = an_fail(err, AN_ERR_DATA, step, "%s: section '%s' is missing or of another size", AN_CLASSIFIER_FILE, missing);
  if (status != AN_OK) {
    an_classifier_close(c);
    return status;
  }
  *out = c;
  return AN_OK;
}

void an_classifier_close(an_classifier *c) {
  if (c == NULL) return;
  an_datafile_close(&c->file);
  free(c);
}

an_status an_coder_use(an_coder *coder, const an_classifier *c, uint16_t threshold, an_error *err) {
  bool same = coder->type_count + 1 == c->types;
  for (uint32_t t = 0; t < coder->type_count && same; t++) same = an_text_equal(coder->types[t].name, c->type_name[t]);
  if (!same) return an_fail(err, AN_ERR_DATA, step, "%s knows other types than plover.tsv; '%s' makes it again", AN_CLASSIFIER_FILE, AN_CLASSIFIER_REBUILD);
  coder->classifier = c;
  coder->threshold = threshold;
  return AN_OK;
}

uint64_t an_classifier_checksum(const an_classifier *c) { return c == NULL ? 0 : c->file.checksum; }

/* ---- Vectors ---- */

static uint32_t find_word(const word_vectors *w, uint64_t key) {
  uint32_t mask = w->places - 1, at = (uint32_t)key & mask;
  for (uint32_t tries = 0; tries < w->places && w->key[at] != 0; tries++, at = (at + 1) & mask)
    if (w->key[at] == key) return at;
  return AN_NONE;
}

/* Every word is looked up once, whatever number of slots it fills. */
void classifier_pool(const word_vectors *w, const scene *s, const signs *g, float *x) {
  int32_t sum[SLOT_COUNT][CLASSIFIER_VECTOR];
  bool filled[SLOT_COUNT] = {false};
  memset(sum, 0, sizeof sum);
  for (uint32_t i = 0; i < g->word_count; i++) {
    uint64_t fold = sign_fold(s, g->word[i].token);
    if (fold == 0) continue;
    uint32_t at = find_word(w, s->words->tokens[g->word[i].token].fold);
    if (at == AN_NONE) at = find_word(w, fold);
    if (at == AN_NONE) continue;
    int32_t weight = w->weight[at], *to = sum[g->word[i].slot];
    const int8_t *value = w->at + (size_t)at * w->size;
    for (uint32_t k = 0; k < w->size; k++) to[k] += weight * value[k];
    filled[g->word[i].slot] = true;
  }
  for (uint32_t slot = 0; slot < SLOT_COUNT; slot++) {
    int64_t square = 0;
    for (uint32_t k = 0; k < w->size; k++) square += (int64_t)sum[slot][k] * sum[slot][k];
    float by = filled[slot] && square > 0 ? 1.0f / (float)sqrt((double)square) : 0.0f;
    for (uint32_t k = 0; k < w->size; k++) x[slot * w->size + k] = (float)sum[slot][k] * by;
  }
}

/* ---- Shares ---- */

static void hidden_layer(const an_classifier *c, const float *x, float *h) {
  memcpy(h, c->first_add, c->hidden * sizeof *h);
  for (uint32_t i = 0; i < SLOT_COUNT * c->words.size; i++) {
    const float *row = c->first + (size_t)i * c->hidden;
    if (x[i] == 0.0f) continue;
    for (uint32_t k = 0; k < c->hidden; k++) h[k] += x[i] * row[k];
  }
  for (uint32_t k = 0; k < c->hidden; k++) h[k] = h[k] > 0.0f ? h[k] : 0.0f;
}

static void add_rows(const int16_t *rows, uint32_t width, uint32_t bits, const signs *g, int32_t *sum) {
  for (uint32_t i = 0; i < g->key_count; i++) {
    const int16_t *row = rows + (size_t)classifier_row(g->key[i], bits) * width;
    for (uint32_t k = 0; k < width; k++) sum[k] += row[k];
  }
}

uint16_t classifier_trust(const an_classifier *c, float share) {
  float at = share * (CLASSIFIER_TRUST - 1);
  uint32_t low = at <= 0 ? 0 : (uint32_t)at;
  if (low >= CLASSIFIER_TRUST - 1) return c->trust[CLASSIFIER_TRUST - 1];
  float rest = at - (float)low;
  return (uint16_t)((float)c->trust[low] * (1.0f - rest) + (float)c->trust[low + 1] * rest + 0.5f);
}

/* Of each type its likeliest mode: names are "TYPE mode", and "TYPE" alone where it has none. */
static void choose_modes(const an_classifier *c, const signs *g, const float *h, verdict *out) {
  int32_t sum[CLASSIFIER_MODES] = {0};
  float best[CLASSIFIER_TYPES];
  add_rows(c->mode_rows, c->modes, CLASSIFIER_MODE_ROWS, g, sum);
  for (uint32_t t = 0; t < CLASSIFIER_TYPES; t++) best[t] = -1e9f;
  for (uint32_t m = 0; m < c->modes; m++) {
    float score = (float)sum[m] * c->mode_scale;
    for (uint32_t k = 0; k < c->hidden; k++) score += h[k] * c->third[(size_t)k * c->modes + m];
    uint32_t space = an_text_find(c->mode_name[m], 0, AN_LIT(" "));
    an_text type = an_text_slice(c->mode_name[m], 0, space == AN_NONE ? c->mode_name[m].size : space);
    for (uint32_t t = 0; t < c->types; t++)
      if (an_text_equal(c->type_name[t], type) && score > best[t]) {
        best[t] = score;
        out->mode[t] = space == AN_NONE ? (an_text){0} : an_text_slice(c->mode_name[m], space + 1, c->mode_name[m].size);
      }
  }
}

void classify(const an_classifier *c, const scene *s, const signs *g, bool modes, verdict *out) {
  float x[SLOT_COUNT * CLASSIFIER_VECTOR], h[CLASSIFIER_HIDDEN], score[CLASSIFIER_TYPES], most = -1e9f, all = 0;
  int32_t sum[CLASSIFIER_TYPES] = {0};
  *out = (verdict){.best = 0};
  classifier_pool(&c->words, s, g, x);
  hidden_layer(c, x, h);
  add_rows(c->rows, c->types, CLASSIFIER_ROWS, g, sum);
  for (uint32_t t = 0; t < c->types; t++) {
    score[t] = (float)sum[t] * c->scale + c->type_add[t];
    for (uint32_t k = 0; k < c->hidden; k++) score[t] += h[k] * c->second[(size_t)k * c->types + t];
    if (score[t] > most) most = score[t];
  }
  for (uint32_t t = 0; t < c->types; t++) all += score[t] = an_exp(score[t] - most);
  for (uint32_t t = 0; t < c->types; t++) {
    out->share[t] = score[t] / all;
    if (t + 1 < c->types && out->share[t] > out->share[out->best]) out->best = t;
  }
  out->confidence = classifier_trust(c, out->share[out->best]);
  if (modes) choose_modes(c, g, h, out);
}
