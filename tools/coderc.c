/* SPDX-License-Identifier: Apache-2.0 */
/* coderc DATA VECTORS OUT EXAMPLES.tsv...: trains coder.an, the classifier of events (src/event/classify.h), from labelled sentences
   (data/examples). DATA holds the other compiled files; VECTORS is a file of tools/make_vectors.py. A wrong line of an examples file is
   told with its reason, and no file is made. Same input, same bytes, on every machine.
   --share=N before DATA: only N of 1,000 lines of each file (for the curve of docs/tried.md); --frames-weight=, --dictionary-weight= (0: none of them),
   --phrases-weight= (of all sentences of a type together whose note is "phrase");
   --ask=FILE makes no file but says how many sentences of FILE, which is not learned from, get their type (to choose settings by);
   --signs-version=N writes another version, for tests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "coderc/learn.h"

enum { PLACES = 1 << 16, RARE = 400, WEIGHT_MOST = 255 };

/* ---- Vectors ---- */

typedef struct shelf { uint64_t *key; uint8_t *weight; int8_t *at; } shelf;

/* The file holds words by how frequent they are; a word's weight grows with its rank (Arora, Liang, Ma 2017, with rank for share). */
static void put_word(shelf *to, uint64_t key, uint32_t rank, const char *numbers, uint32_t size) {
  uint32_t at = (uint32_t)key & (PLACES - 1);
  while (to->key[at] != 0 && to->key[at] != key) at = (at + 1) & (PLACES - 1);
  if (to->key[at] == key) return;
  to->key[at] = key;
  to->weight[at] = (uint8_t)(1 + (WEIGHT_MOST - 1) * rank / (rank + RARE));
  memcpy(to->at + (size_t)at * size, numbers, size);
}

static void read_vectors(const char *path, examples *all) {
  enum { SIZE = 50 };
  shelf to = {must(calloc(PLACES, sizeof *to.key)), must(calloc(PLACES, 1)), must(calloc(PLACES, SIZE))};
  FILE *file = fopen(path, "rb");
  if (file == NULL) fprintf(stderr, "coderc: %s cannot be read\n", path), exit(2);
  char word[256], numbers[SIZE];
  uint32_t rank = 0;
  for (int size; rank < PLACES * 3 / 4 && (size = fgetc(file)) != EOF; rank++) {
    if (fread(word, 1, (size_t)size, file) != (size_t)size || fread(numbers, 1, SIZE, file) != SIZE) break;
    all->checksum = an_hash_mix(all->checksum, an_hash_mix(an_hash64(word, (size_t)size), an_hash64(numbers, SIZE)));
    put_word(&to, an_fold_hash((an_text){word, (uint32_t)size}), rank, numbers, SIZE);
  }
  fclose(file);
  all->vectors = (word_vectors){to.key, to.weight, to.at, PLACES, SIZE};
}

/* ---- Trust ---- */

/* The likeliest type, "no event" left out, with its share. */
static uint32_t likeliest(const coder_weights *w, const example *e, float *its) {
  float share[CLASSIFIER_TYPES];
  uint32_t best = 0;
  coder_shares(w, e, share);
  for (uint32_t t = 1; t + 1 < w->types; t++)
    if (share[t] > share[best]) best = t;
  if (its != NULL) *its = share[best];
  return best;
}

/* Of sentences put aside: how many answers with such a share are right. Shares that tell less than lower ones are pooled with them. */
static void measure_trust(const examples *all, const coder_weights *w, uint16_t *trust) {
  double right[CLASSIFIER_TRUST] = {0}, count[CLASSIFIER_TRUST] = {0};
  uint32_t well = 0, asked = 0;
  for (uint32_t i = 0; i < all->count; i++) {
    const example *e = &all->at[i];
    float share;
    if (!e->aside) continue;
    uint32_t best = likeliest(w, e, &share), bin = (uint32_t)(share * (CLASSIFIER_TRUST - 1) + 0.5f);
    count[bin] += 1;
    right[bin] += best == e->type;
    if (e->type + 1 < w->types) asked++, well += best == e->type;
  }
  printf("coderc: share, right, of:");
  for (uint32_t b = 0; b < CLASSIFIER_TRUST; b += 1)
    if (count[b] > 0) printf("  %.2f %.2f %.0f", (double)b / (CLASSIFIER_TRUST - 1), right[b] / count[b], count[b]);
  putchar('\n');
  for (uint32_t b = 0; b < CLASSIFIER_TRUST; b++) { /* a little of what a share claims, for bins with few */
    right[b] += 2.0 * b / (CLASSIFIER_TRUST - 1);
    count[b] += 2.0;
  }
  for (uint32_t again = 0; again < CLASSIFIER_TRUST; again++)
    for (uint32_t b = 1; b < CLASSIFIER_TRUST; b++)
      if (right[b] * count[b - 1] < right[b - 1] * count[b]) {
        double r = (right[b] + right[b - 1]) / (count[b] + count[b - 1]), half = (count[b] + count[b - 1]) / 2;
        right[b] = right[b - 1] = r * half;
        count[b] = count[b - 1] = half;
      }
  for (uint32_t b = 0; b < CLASSIFIER_TRUST; b++) trust[b] = (uint16_t)(1000.0 * right[b] / count[b] + 0.5);
  printf("coderc: of %u sentences put aside %u have their type\n", asked, well);
}

/* Of the sentences of a file that is not learned from: shares of right types, and the mean F1 of the types. */
static int answer(examples *all, const coder_settings *set, const char *path) {
  uint32_t learned = all->count, right = 0, asked = 0;
  double there[CLASSIFIER_TYPES] = {0}, said[CLASSIFIER_TYPES] = {0}, well[CLASSIFIER_TYPES] = {0}, mean = 0;
  examples_of_file(all, path, 1.0f, 1000);
  uint32_t whole = all->count;
  all->count = learned;
  coder_weights w;
  coder_learn(all, set, NULL, &w);
  for (uint32_t i = learned; i < whole; i++) {
    const example *e = &all->at[i];
    if (e->type + 1 >= w.types) continue;
    uint32_t best = likeliest(&w, e, NULL);
    asked++;
    right += best == e->type;
    there[e->type] += 1;
    said[best] += 1;
    well[e->type] += best == e->type;
  }
  for (uint32_t t = 0; t + 1 < w.types; t++) mean += there[t] + said[t] == 0 ? 0 : 2 * well[t] / (there[t] + said[t]) / (w.types - 1);
  printf("coderc: %s: of %u sentences %u have their type (%.4f), mean F1 of the types %.4f\n", path, asked, right, (double)right / (asked + 1e-9), mean);
  coder_free(&w);
  return all->faults == 0 ? 0 : 1;
}

int main(int argc, char **argv) {
  int at = 1;
  const char *ask = NULL;
  uint32_t share = 1000, version = AN_SIGNS_VERSION;
  float frames = 0.5f, dictionary = 0.0f, phrases = 200.0f;
  examples all = {.version = AN_SIGNS_VERSION};
  coder_settings set = {.rounds = 5, .hidden = 32, .teams = 5, .rate = 0.06f, .hidden_rate = 0.08f, .shrink = 1e-4f, .drop_key = 0.3f, .drop_frames = 0.35f,
                        .drop_slot = 0.15f, .drop_hidden = 0.3f, .seed = 20261122};
  for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
    if (strncmp(argv[at], "--signs-version=", 16) == 0) version = (uint32_t)atoi(argv[at] + 16);
    else if (strncmp(argv[at], "--seed=", 7) == 0) set.seed = (uint64_t)atoi(argv[at] + 7);
    else if (strncmp(argv[at], "--phrases-weight=", 17) == 0) phrases = (float)atof(argv[at] + 17);
    else if (strncmp(argv[at], "--teams=", 8) == 0) set.teams = (uint32_t)atoi(argv[at] + 8);
    else if (strncmp(argv[at], "--share=", 8) == 0) share = (uint32_t)atoi(argv[at] + 8);
    else if (strncmp(argv[at], "--ask=", 6) == 0) ask = argv[at] + 6;
    else if (strncmp(argv[at], "--frames-weight=", 16) == 0) frames = (float)atof(argv[at] + 16);
    else if (strncmp(argv[at], "--dictionary-weight=", 20) == 0) dictionary = (float)atof(argv[at] + 20);
  }
  if (argc < at + 4) {
    fputs("usage: coderc [--share=N] DATA VECTORS OUT EXAMPLES.tsv...\n", stderr);
    return 2;
  }
  an_error err = {0};
  an_engine *engine = NULL;
  an_options options = {.data_dir = argv[at], .frames_only = true};
  all.version = version;
  if (an_engine_open(&options, &engine, &err) != AN_OK || an_worker_open(engine, &all.worker, &err) != AN_OK) {
    fprintf(stderr, "coderc: %s\n", err.message);
    return 2;
  }
  all.coder = engine->coder;
  read_vectors(argv[at + 1], &all);
  examples_modes(&all);
  for (int i = at + 3; i < argc; i++) examples_of_file(&all, argv[i], 1.0f, share);
  if (all.faults > 0) {
    fprintf(stderr, "coderc: %u wrong lines, no file is made\n", all.faults);
    return 1;
  }
  examples_balance(&all, phrases);
  uint32_t own = all.count;
  if (frames > 0) examples_of_frames(&all, frames);
  uint32_t framed = all.count - own;
  if (dictionary > 0) examples_of_dictionary(&all, dictionary);
  printf("coderc: %u labelled sentences, %u of frames, %u of the dictionary\n", own, framed, all.count - own - framed);
  if (ask != NULL) return answer(&all, &set, ask);
  coder_weights first, w;
  uint16_t trust[CLASSIFIER_TRUST];
  coder_learn(&all, &set, &first, &w);
  measure_trust(&all, &first, trust);
  bool well = coder_pack(argv[at + 2], &all, &w, trust);
  an_worker_close(all.worker);
  an_engine_close(engine);
  return well ? 0 : 2;
}
