/* SPDX-License-Identifier: Apache-2.0 */
/* triggers DATA OUT TEXT...: learns triggers.an for the detector (src/event/detect.h) from text whose acts are marked, as
   tools/make_triggers.py writes it; DATA is the folder of the other compiled data. How it learns: triggers/net.h.
   among the files, --test=N: of the documents behind it N of 10 are put aside and measured (to choose settings by); 0: none again; --rounds=, --rate=, --nothing=,
   --seed=, --weight= of sentences with one act somewhere.

   The text, a line each:   D all|some|one TYPE [WEIGHT]   a document begins: every act is marked; only some are; one of its words tells TYPE
                            P words                        a paragraph
                            A BEGIN END TYPE               bytes of that paragraph that tell an act; TYPE "?": perhaps
                            U BEGIN END                    bytes of it that nobody read
                            W BEGIN END SIDE N             words of the paragraph that name a party of the act before it: SIDE actor, recipient,
                                                           or actor?, recipient? of who may be left out; rows with one N are ways to name one
                                                           party. An act without W teaches no sides; "W 0 0 none 0": nobody more */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "engine.h"
#include "event/find.h"
#include "train/must.h"
#include "triggers/acts.h"

enum { TEXT_MAX = 1 << 20, MARKS_MAX = 4096, NOT_READ = 254, PERHAPS = 255 };
typedef enum document_kind { KIND_ALL, KIND_SOME, KIND_ONE } document_kind;
typedef struct mark { uint32_t begin, end; uint8_t label; uint32_t who, who_count; } mark; /* who: the first of its parties among those of the document */
typedef struct document { document_kind kind; uint8_t type; float weight; bool aside; uint32_t size, paragraph, mark_count; char text[TEXT_MAX]; mark marks[MARKS_MAX]; party_mark who[MARKS_MAX]; uint32_t who_count; } document;
typedef struct trainer {
  an_engine *engine; an_worker *worker;
  examples words, sides; uint32_t documents, aside;
  float one_weight;
  uint64_t sources;
} trainer;

static void well(an_status status, const an_error *err) {
  if (status != AN_OK) fprintf(stderr, "triggers: %s\n", err->message), exit(2);
}

/* ---- From a word to an example ---------------------------------------------------------------------------- */

static void keep(trainer *t, const scene *s, uint32_t token, uint8_t right, uint32_t bag, float weight, bool aside) {
  const int16_t *kept = an_language_kept(s->words, token);
  an_layer_keys keys;
  if (kept == NULL) return;
  clause c;
  clause_read(s, token, &c);
  detect_keys(s, token, &c, &keys);
  int16_t *state = must(malloc(AN_STATE * sizeof *state));
  memcpy(state, kept, AN_STATE * sizeof *state);
  example *e = examples_add(&t->words);
  *e = (example){.keys = must(malloc((keys.count + 1u) * sizeof *e->keys)), .key_count = keys.count, .state = {state}, .right = right, .bag = bag, .weight = weight, .aside = aside};
  memcpy(e->keys, keys.at, keys.count * sizeof *e->keys);
  detect_near(s, t->engine->vectors, token, &c, e->near);
}

static void keep_sides(trainer *t, const scene *s, const document *d, const mark *m, uint32_t token, uint8_t type, float weight) {
  act_mark act = {token, type, d->who + m->who, m->who_count, weight, d->aside};
  if (m->who_count > 0) acts_learn(&t->sides, s, t->engine->vectors, &act);
}

static const mark *mark_over(const document *d, an_span at) {
  for (uint32_t i = 0; i < d->mark_count; i++)
    if (d->marks[i].begin < at.end && at.begin < d->marks[i].end) return &d->marks[i];
  return NULL;
}

/* Of several words under a mark the one that the others hang on. */
static bool is_head(const scene *s, const mark *m, uint32_t token) {
  for (uint32_t i = s->words->tokens[token].head, step = 0; i != AN_NONE && step < 12; i = s->words->tokens[i].head, step++) {
    an_span at = s->words->tokens[i].at;
    if (m->begin < at.end && at.begin < m->end && detect_wants(s, i)) return false;
  }
  return true;
}

/* A frame says the type here: before its tense, or for what is still to come. */
static bool frame_says(const scene *s, uint32_t token, uint32_t type) {
  match m;
  return (s->words->tokens[token].flags & AN_WORD_EVENT) != 0 && match_frame(s, token, &m, NULL) && (m.type == type || s->coder->types[m.type].future == type);
}

static void one_act(trainer *t, const scene *s, const document *d, uint32_t sentence) {
  const an_sentence *at = &s->words->sentences[sentence];
  uint32_t framed = AN_NONE;
  for (uint32_t i = at->first; i < at->first + at->count && framed == AN_NONE; i++)
    if (detect_wants(s, i) && frame_says(s, i, d->type)) framed = i;
  if (framed != AN_NONE) {
    keep(t, s, framed, d->type, 0, d->weight * t->one_weight, d->aside);
    return;
  }
  if (s->words->sentence_count > 1 || d->kind != KIND_ONE) return;
  t->words.bags++;
  for (uint32_t i = at->first; i < at->first + at->count; i++)
    if (detect_wants(s, i)) keep(t, s, i, d->type, t->words.bags, d->weight * t->one_weight, d->aside);
}

static void marked_acts(trainer *t, const scene *s, const document *d, uint32_t sentence) {
  const an_sentence *at = &s->words->sentences[sentence];
  for (uint32_t i = at->first; i < at->first + at->count; i++) {
    if (!detect_wants(s, i)) continue;
    const mark *m = mark_over(d, s->words->tokens[i].at);
    if (m == NULL && d->kind == KIND_ALL) keep(t, s, i, DETECTOR_TYPES, 0, d->weight, d->aside);
    else if (m != NULL && m->label < DETECTOR_TYPES && is_head(s, m, i)) {
      keep(t, s, i, m->label, 0, d->weight, d->aside);
      keep_sides(t, s, d, m, i, m->label, d->weight);
    }
  }
}

static void take(trainer *t, document *d) {
  an_error err = {0};
  an_document *read;
  an_page *page;
  an_pair pair;
  scene s;
  if (d->size == 0) return;
  t->documents++;
  d->aside = t->aside > 0 && d->kind == KIND_ALL && t->documents % 10 < t->aside;
  well(an_code_prepare(t->worker, (an_text){d->text, d->size}, &read, &page, &pair, &err), &err);
  const an_engine *e = t->engine;
  well(scene_open(e->coder, e->world, &read->article, &read->words, &read->mentions, &read->times, &read->statements, &read->published,
                  &t->worker->arena, NULL, &s, &err), &err);
  for (uint32_t i = 0; i < s.words->sentence_count; i++) {
    if (!s.words->sentences[i].parsed || !detect_names_somebody(&s, i)) continue;
    if (d->kind == KIND_ONE) one_act(t, &s, d, i);
    else marked_acts(t, &s, d, i);
  }
  d->size = d->mark_count = d->who_count = 0;
}

/* ---- Text ---------------------------------------------------------------------------------------------------- */

static void fault(const char *path, unsigned number, const char *what) {
  fprintf(stderr, "triggers: %s:%u: %s\n", path, number, what);
  exit(2);
}

static uint8_t label_of(const trainer *t, const char *path, unsigned number, const char *name) {
  uint32_t type = coder_type(t->engine->coder, an_text_of(name));
  if (strcmp(name, "?") == 0) return PERHAPS;
  if (type == AN_NONE || type >= DETECTOR_TYPES) fault(path, number, "no such type");
  return (uint8_t)type;
}

static void begin(trainer *t, document *d, const char *path, unsigned number, const char *line) {
  char kind[16] = "", type[32] = "?";
  float weight = 1;
  if (sscanf(line, "D %15s %31s %f", kind, type, &weight) < 1) fault(path, number, "a kind is wanted");
  d->kind = strcmp(kind, "all") == 0 ? KIND_ALL : strcmp(kind, "some") == 0 ? KIND_SOME : KIND_ONE;
  d->type = label_of(t, path, number, type);
  d->weight = weight;
  d->size = d->mark_count = d->who_count = 0;
  if (d->kind == KIND_ONE && d->type == PERHAPS) fault(path, number, "which type?");
}

static void put_mark(trainer *t, document *d, const char *path, unsigned number, const char *line) {
  unsigned from = 0, to = 0;
  char type[32] = "";
  int got = sscanf(line + 1, " %u %u %31s", &from, &to, type);
  if (got < 2 || from >= to || d->paragraph + to > d->size || (line[0] == 'A') != (got == 3)) fault(path, number, "no such place");
  if (d->mark_count == MARKS_MAX) fault(path, number, "too many marks"); /* a party behind one that is left out would be another act's */
  d->marks[d->mark_count++] = (mark){d->paragraph + from, d->paragraph + to, line[0] == 'U' ? NOT_READ : label_of(t, path, number, type), d->who_count, 0};
}

static void put_party(document *d, const char *path, unsigned number, const char *line) {
  unsigned from = 0, to = 0, party = 0;
  char side[16] = "";
  if (d->mark_count == 0 || sscanf(line + 1, " %u %u %15s %u", &from, &to, side, &party) != 4 || from > to || d->paragraph + to > d->size) fault(path, number, "no such place");
  bool actor = strncmp(side, "actor", 5) == 0, recipient = strncmp(side, "recipient", 9) == 0;
  if (!actor && !recipient && strcmp(side, "none") != 0) fault(path, number, "no such side");
  if (d->who_count == MARKS_MAX) fault(path, number, "too many parties");
  d->who[d->who_count++] = (party_mark){d->paragraph + from, d->paragraph + to, party, actor ? SIDE_ACTOR : recipient ? SIDE_RECIPIENT : SIDE_NEITHER, side[strlen(side) - 1] == '?'};
  d->marks[d->mark_count - 1].who_count++;
}

static void read_file(trainer *t, const char *path) {
  static char line[TEXT_MAX];
  static document d;
  FILE *f = fopen(path, "rb");
  if (f == NULL) fprintf(stderr, "triggers: %s cannot be read\n", path), exit(2);
  d.size = 0;
  for (unsigned number = 1; fgets(line, sizeof line, f) != NULL; number++) {
    size_t size = strcspn(line, "\n");
    if (t->aside == 0) t->sources = an_hash_mix(t->sources, an_hash64(line, size));
    line[size] = 0;
    if (line[0] == 'D') {
      take(t, &d);
      begin(t, &d, path, number, line);
    } else if (line[0] == 'P' && size > 2 && d.size + size < TEXT_MAX) {
      if (d.size > 0) d.text[d.size++] = '\n';
      d.paragraph = d.size;
      memcpy(d.text + d.size, line + 2, size - 2);
      d.size += (uint32_t)size - 2;
    } else if (line[0] == 'A' || line[0] == 'U') put_mark(t, &d, path, number, line);
    else if (line[0] == 'W') put_party(&d, path, number, line);
  }
  take(t, &d);
  fclose(f);
}

/* ---- What it is worth ------------------------------------------------------------------------------------------ */

/* Of the words put aside: at each share, how many are told, and how many of them rightly. */
static void report(const trainer *t, triggers_net *n) {
  uint32_t there = 0;
  float area = 0;
  static float told[1 << 20];
  static bool right[1 << 20];
  uint32_t count = 0;
  for (uint32_t i = 0; i < t->words.count && count < 1 << 20; i++) {
    const example *e = &t->words.at[i];
    float share[NET_CLASSES];
    uint32_t best = 0;
    if (!e->aside || e->bag != 0) continue;
    triggers_net_ask(n, e, share);
    for (uint32_t k = 1; k < DETECTOR_TYPES; k++)
      if (share[k] > share[best]) best = k;
    told[count] = share[best];
    right[count++] = best == e->right;
    there += e->right < DETECTOR_TYPES;
  }
  printf("triggers: %u words aside, %u of them acts\nshare  told  precision  recall\n", count, there);
  for (uint32_t step = 1; step < 20; step++) {
    float least = (float)step / 20.0f;
    uint32_t said = 0, well_said = 0;
    for (uint32_t i = 0; i < count; i++)
      if (told[i] >= least) said++, well_said += right[i];
    area += 2.0f * (float)well_said / ((float)(said + there) + 1e-9f) / 19.0f;
    printf(" %.2f  %5u   %.3f  %.3f\n", (double)least, said, (double)well_said / (said + 1e-9), (double)well_said / (there + 1e-9));
  }
  printf("triggers: mean F1 over all shares %.4f\n", (double)area);
}

static size_t write_names(const an_text *types, uint8_t *out) {
  size_t at = 0;
  for (uint32_t t = 0; t < DETECTOR_TYPES; t++) {
    for (uint32_t b = 0; b < 4; b++) out[at + b] = (uint8_t)(types[t].size >> 8 * b);
    memcpy(out + at + 4, types[t].at, types[t].size);
    at += 4 + types[t].size;
  }
  return at;
}

static void write_model(const trainer *t, triggers_net *words, triggers_net *sides, const char *path) {
  static uint8_t names[DETECTOR_TYPES * 64];
  an_text types[DETECTOR_TYPES];
  an_section_out sections[2 * TRIGGERS_SECTIONS + 1];
  an_error err = {0};
  for (uint32_t i = 0; i < DETECTOR_TYPES; i++) types[i] = t->engine->coder->types[i].name;
  triggers_net_sections(words, sections);
  triggers_net_sections(sides, sections + TRIGGERS_SECTIONS);
  sections[2 * TRIGGERS_SECTIONS] = (an_section_out){"types", names, write_names(types, names)};
  well(an_datafile_write(path, AN_DETECTOR_KIND, AN_DETECTOR_LAYOUT, t->sources, sections, 2 * TRIGGERS_SECTIONS + 1, &err), &err);
}

static bool option(const char *arg, const char *name, float *to) {
  size_t size = strlen(name);
  if (strncmp(arg, name, size) != 0) return false;
  *to = (float)atof(arg + size);
  return true;
}

int main(int argc, char **argv) {
  triggers_settings set = {.rounds = 10, .batch = 32, .rate = 0.002f, .no_state = 0.2f, .no_vector = 0.15f, .no_key = 0.3f, .no_hidden = 0.3f, .nothing = 1.0f, .others = 0.1f, .seed = 20261122};
  trainer t = {.one_weight = 0.5f};
  int at = 1;
  bool asked = false;
  float sides_only = 0;
  for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
    float number = 0;
    if (option(argv[at], "--rounds=", &number)) set.rounds = (uint32_t)number;
    else if (option(argv[at], "--seed=", &number)) set.seed = (uint64_t)number;
    else if (!option(argv[at], "--rate=", &set.rate) && !option(argv[at], "--nothing=", &set.nothing) && !option(argv[at], "--others=", &set.others) && !option(argv[at], "--weight=", &t.one_weight) && !option(argv[at], "--sides-only=", &sides_only) &&
             !option(argv[at], "--no-key=", &set.no_key) && !option(argv[at], "--no-hidden=", &set.no_hidden) && !option(argv[at], "--no-state=", &set.no_state) &&
             !option(argv[at], "--no-vector=", &set.no_vector)) at = argc;
  }
  if (argc < at + 3) {
    fputs("usage: triggers [--rounds=N ...] DATA OUT [--test=N] TEXT...\n", stderr);
    return 2;
  }
  an_error err = {0};
  an_options options = {.data_dir = argv[at], .frames_only = true};
  well(an_engine_open(&options, &t.engine, &err), &err);
  well(an_worker_open(t.engine, &t.worker, &err), &err);
  for (int i = at + 2; i < argc; i++) {
    if (strncmp(argv[i], "--test=", 7) == 0) asked |= (t.aside = (uint32_t)atoi(argv[i] + 7)) > 0;
    else read_file(&t, argv[i]);
  }
  uint32_t acts = 0;
  for (uint32_t i = 0; i < t.words.count; i++) acts += t.words.at[i].bag == 0 && t.words.at[i].right < DETECTOR_TYPES;
  printf("triggers: %u documents, %u words, %u of them known to tell an act, %u sentences with one somewhere; sides: %u examples of %u acts\n", t.documents, t.words.count, acts,
         t.words.bags, t.sides.count, t.sides.acts);
  triggers_net *words = triggers_net_new(t.engine->vectors, &DETECTOR_SHAPE, &set);
  if (sides_only == 0) triggers_net_learn(words, t.words.at, t.words.count);
  if (asked && sides_only == 0) report(&t, words);
  set.others = 0;
  triggers_net *sides = triggers_net_new(t.engine->vectors, &SIDES_SHAPE, &set);
  triggers_net_learn(sides, t.sides.at, t.sides.count);
  if (asked) acts_report(&t.sides, sides);
  write_model(&t, words, sides, argv[at + 1]);
  return 0;
}
