/* SPDX-License-Identifier: Apache-2.0 */
/* names DATA OUT [--other TEXT]... TEXT...: learns names.an for the namer (src/world/namer.h) from text with marked names, as tools/make_names.py
   writes it. names --test DATA [-v] TEXT... says how well DATA/names.an finds the marks of other text.

   A structured averaged perceptron (Collins 2002): where the best labels of a run of words are not the marked ones, rows of the
   marked labels gain and rows of the others lose; the marked ones must win by MARGIN. Text behind --other (GUM) has rows of its
   own beside those that all text shares (Daumé 2007), and only the shared ones reach the model. Whole numbers only, and no chance: the same text gives the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world/namer.h"

enum { EPOCHS = 8, MARGIN = 100, SCALE = 32, TEXT_MAX = 1 << 20, MARKS_MAX = 4096, STEP_ROWS = AN_NAMER_CLASSES, OF_OWN = AN_NAMER_ROWS + STEP_ROWS, OF_OTHER = 2 * OF_OWN, ALL_ROWS = 3 * OF_OWN };

typedef struct mark { uint32_t begin, end; uint8_t label; } mark;
/* A run of words that are labelled together: its rows, and the labels that are right. */
typedef struct example { uint32_t count; bool other; uint16_t *keys; uint32_t *key_at; uint8_t *right; char *form; } example;
typedef struct examples { bool other; example *at; uint32_t count, capacity; } examples;

typedef struct learner {
  int32_t now[ALL_ROWS][AN_NAMER_CLASSES];   /* rows of features, then of the label before */
  int64_t sum[ALL_ROWS][AN_NAMER_CLASSES];
  uint32_t since[ALL_ROWS][AN_NAMER_CLASSES];
  uint32_t clock;
} learner;

static void *must(void *p) {
  if (p == NULL) fputs("names: no memory left\n", stderr), exit(2);
  return p;
}

/* ---- Text with marks ---------------------------------------------------------------------------------- */

static uint8_t label_of(const char *kind, size_t size) {
  static const struct { const char *name; uint8_t label; } kinds[] = {{"person", 1}, {"organisation", 3}, {"place", 5}, {"country", 5}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strlen(kinds[i].name) == size && memcmp(kinds[i].name, kind, size) == 0) return kinds[i].label;
  return 0;
}

/* Takes the marks out of a line; returns the bytes of its text. */
static uint32_t unmark(const char *line, size_t size, char *text, uint32_t at, mark *marks, uint32_t *count) {
  bool open = false;
  for (size_t i = 0; i < size; i++) {
    size_t space = i + 1;
    while (line[i] == '[' && space < size && line[space] != ' ' && line[space] != ']') space++;
    size_t kind = 1;
    while (kind < space - i && line[i + kind] != '/') kind++;
    uint8_t label = line[i] == '[' && space < size ? label_of(line + i + 1, kind - 1) : 0;
    if (label != 0 && *count < MARKS_MAX) {
      marks[(*count)++] = (mark){.begin = at, .label = label};
      open = true;
      i = space;
    } else if (line[i] == ']' && open) {
      marks[*count - 1].end = at;
      open = false;
    } else text[at++] = line[i];
  }
  return at;
}

/* ---- Examples ------------------------------------------------------------------------------------------ */

typedef struct rooms { an_lexicon *lexicon; an_model *model; an_world *world; an_arena arena; } rooms;

static void well(an_status status, const an_error *err) {
  if (status != AN_OK) fprintf(stderr, "names: %s\n", err->message), exit(2);
}

static void label_words(const an_words *words, const mark *marks, uint32_t count, uint8_t *labels) {
  for (uint32_t i = 0; i < words->token_count; i++) {
    an_span at = words->tokens[i].at;
    labels[i] = AN_NAMER_OUT;
    for (uint32_t k = 0; k < count; k++)
      if (at.begin < marks[k].end && at.end > marks[k].begin) {
        bool goes_on = i > 0 && words->tokens[i - 1].at.end > marks[k].begin;
        labels[i] = (uint8_t)(marks[k].label + goes_on);
      }
  }
}

static void keep(examples *all, const an_looks *looks, uint32_t first, uint32_t end, const uint8_t *labels) {
  if (all->count == all->capacity) {
    all->capacity = all->capacity == 0 ? 4096 : all->capacity * 2;
    all->at = must(realloc(all->at, all->capacity * sizeof *all->at));
  }
  uint32_t count = end - first;
  example *e = &all->at[all->count++];
  *e = (example){.count = count, .other = all->other, .keys = must(malloc((size_t)count * AN_NAMER_KEYS * sizeof *e->keys)), .key_at = must(malloc((count + 1) * sizeof *e->key_at)), .right = must(malloc(count))};
  e->key_at[0] = 0;
  for (uint32_t i = 0; i < count; i++) {
    e->key_at[i + 1] = e->key_at[i] + an_namer_keys(looks, first + i, e->keys + e->key_at[i]);
    e->right[i] = labels[first + i];
  }
  e->keys = must(realloc(e->keys, (e->key_at[count] + 1) * sizeof *e->keys));
  uint32_t begin = looks->words->tokens[first].at.begin, stop = looks->words->tokens[end - 1].at.end;
  e->form = must(calloc(stop - begin + 1, 1));
  memcpy(e->form, looks->words->text.at + begin, stop - begin);
}

static void read_page(rooms *r, an_text text, const mark *marks, uint32_t mark_count, examples *all) {
  an_error err = {0};
  an_words words = {0};
  an_candidates candidates = {0};
  an_looks looks;
  an_arena_reset(&r->arena);
  an_article_block *blocks = AN_NEW(&r->arena, an_article_block, text.size + 1);
  uint32_t block_count = 0;
  for (uint32_t begin = 0, i = 0; blocks != NULL && i <= text.size; i++)
    if (i == text.size || text.at[i] == '\n') {
      if (i > begin) blocks[block_count++] = (an_article_block){.clean = {begin, i}, .raw = {begin, i}, .kind = AN_BLOCK_BODY};
      begin = i + 1;
    }
  an_article article = {.text = text, .blocks = must(blocks), .block_count = block_count, .title = AN_NONE, .is_article = true};
  well(an_language_split(&article, r->lexicon, UINT32_MAX, &r->arena, NULL, &words, &err), &err);
  well(an_world_find(r->world, &words, &r->arena, NULL, &candidates, &err), &err);
  for (uint32_t i = 0; i < words.sentence_count; i++) well(an_language_tag(r->model, r->lexicon, &words, i, &r->arena, &err), &err);
  if (!an_namer_look(r->world, &words, &candidates, &r->arena, &looks)) must(NULL);
  uint8_t *labels = must(calloc(words.token_count + 1u, 1));
  label_words(&words, marks, mark_count, labels);
  for (uint32_t first = 0, end = 0; (first = an_namer_region(&looks, end, &end)) < words.token_count;) keep(all, &looks, first, end, labels);
  free(labels);
}

static void read_file(rooms *r, const char *path, examples *all) {
  static char text[TEXT_MAX], line[TEXT_MAX];
  static mark marks[MARKS_MAX];
  uint32_t size = 0, count = 0;
  FILE *f = fopen(path, "rb");
  if (f == NULL) fprintf(stderr, "names: %s cannot be read\n", path), exit(2);
  while (fgets(line, sizeof line, f) != NULL) {
    size_t length = strcspn(line, "\n");
    if (length > 0 && size + length + 2 < TEXT_MAX) {
      size = unmark(line, length, text, size, marks, &count);
      text[size++] = '\n';
      continue;
    }
    if (size > 0) read_page(r, (an_text){text, size}, marks, count, all);
    size = count = 0;
  }
  if (size > 0) read_page(r, (an_text){text, size}, marks, count, all);
  fclose(f);
}

/* ---- Learning ---------------------------------------------------------------------------------------- */

static void score(const learner *l, const example *e, int32_t *scores, an_steps *steps) {
  uint32_t domain = e->other ? OF_OTHER : OF_OWN;
  for (uint32_t b = 0; b < AN_NAMER_CLASSES; b++)
    for (uint32_t c = 0; c < AN_NAMER_CLASSES; c++) steps->at[b][c] = l->now[AN_NAMER_ROWS + b][c] + l->now[domain + AN_NAMER_ROWS + b][c];
  for (uint32_t i = 0; i < e->count; i++)
    for (uint32_t c = 0; c < AN_NAMER_CLASSES; c++) {
      int32_t sum = 0;
      for (uint32_t k = e->key_at[i]; k < e->key_at[i + 1]; k++) sum += l->now[e->keys[k]][c] + l->now[domain + e->keys[k]][c];
      scores[i * AN_NAMER_CLASSES + c] = sum;
    }
}

static void move_row(learner *l, uint32_t row, uint32_t label, int32_t by) {
  l->sum[row][label] += (int64_t)l->now[row][label] * (int64_t)(l->clock - l->since[row][label]);
  l->since[row][label] = l->clock;
  l->now[row][label] += by;
}

static void move(learner *l, const example *e, uint32_t row, uint32_t label, int32_t by) {
  move_row(l, row, label, by);
  move_row(l, row + (e->other ? OF_OTHER : OF_OWN), label, by);
}

static bool learn(learner *l, const example *e) {
  static int32_t scores[AN_NAMER_LONGEST * AN_NAMER_CLASSES];
  an_steps steps;
  uint8_t got[AN_NAMER_LONGEST];
  l->clock++;
  score(l, e, scores, &steps);
  for (uint32_t i = 0; i < e->count; i++) /* the right labels must win by a margin */
    for (uint32_t c = 0; c < AN_NAMER_LABELS; c++)
      if (c != e->right[i]) scores[i * AN_NAMER_CLASSES + c] += MARGIN;
  an_namer_decode(scores, e->count, &steps, got);
  if (memcmp(got, e->right, e->count) == 0) return true;
  for (uint32_t i = 0; i < e->count; i++) {
    uint8_t was = i == 0 ? 0 : got[i - 1], wanted = i == 0 ? 0 : e->right[i - 1];
    if (got[i] != e->right[i])
      for (uint32_t k = e->key_at[i]; k < e->key_at[i + 1]; k++) {
        move(l, e, e->keys[k], e->right[i], 1);
        move(l, e, e->keys[k], got[i], -1);
      }
    if (got[i] != e->right[i] || was != wanted) {
      move(l, e, AN_NAMER_ROWS + wanted, e->right[i], 1);
      move(l, e, AN_NAMER_ROWS + was, got[i], -1);
    }
  }
  return false;
}

static void shuffle(examples *all, uint64_t *state) {
  for (uint32_t i = all->count; i > 1; i--) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint32_t k = (uint32_t)((*state >> 33) % i);
    example was = all->at[i - 1];
    all->at[i - 1] = all->at[k];
    all->at[k] = was;
  }
}

static bool write_model(learner *l, const char *path) {
  static uint8_t rows[(AN_NAMER_ROWS + STEP_ROWS) * AN_NAMER_CLASSES * 2];
  an_error err = {0};
  uint32_t cut = 0;
  for (uint32_t r = 0; r < OF_OWN; r++)
    for (uint32_t c = 0; c < AN_NAMER_CLASSES; c++) {
      move_row(l, r, c, 0);
      move_row(l, r + OF_OWN, c, 0);
      int64_t scaled = (l->sum[r][c] + l->sum[r + OF_OWN][c]) * SCALE, clock = l->clock;
      int64_t value = (scaled + (scaled >= 0 ? clock / 2 : -clock / 2)) / clock;
      if (value > INT16_MAX || value < -INT16_MAX) cut++, value = value > 0 ? INT16_MAX : -INT16_MAX;
      uint8_t *to = rows + ((size_t)r * AN_NAMER_CLASSES + c) * 2;
      to[0] = (uint8_t)value;
      to[1] = (uint8_t)((uint64_t)value >> 8);
    }
  an_section_out sections[] = {{"rows", rows, sizeof rows - STEP_ROWS * AN_NAMER_CLASSES * 2}, {"steps", rows + sizeof rows - STEP_ROWS * AN_NAMER_CLASSES * 2, STEP_ROWS * AN_NAMER_CLASSES * 2}};
  if (cut > 0) printf("names: %u weights cut to 16 bits\n", cut);
  if (an_datafile_write(path, AN_NAMER_KIND, AN_NAMER_LAYOUT, an_hash64(rows, sizeof rows), sections, 2, &err) == AN_OK) return true;
  fprintf(stderr, "names: %s\n", err.message);
  return false;
}

/* ---- Measuring ---------------------------------------------------------------------------------------- */

static void read_model(const char *dir, learner *l) {
  an_datafile file;
  an_error err = {0};
  well(an_datafile_open(dir, AN_NAMER_FILE, AN_NAMER_KIND, AN_NAMER_LAYOUT, AN_NAMER_REBUILD, &file, &err), &err);
  an_section rows = an_datafile_section(&file, "rows"), steps = an_datafile_section(&file, "steps");
  for (size_t r = 0; r < AN_NAMER_ROWS + STEP_ROWS; r++)
    for (size_t c = 0; c < AN_NAMER_CLASSES; c++) {
      bool step = r >= AN_NAMER_ROWS;
      l->now[r][c] = (int16_t)an_get16(step ? steps : rows, ((step ? r - AN_NAMER_ROWS : r) * AN_NAMER_CLASSES + c) * 2);
    }
  an_datafile_close(&file);
}

static void test(const learner *l, const examples *all, bool verbose) {
  static int32_t scores[AN_NAMER_LONGEST * AN_NAMER_CLASSES];
  an_steps steps;
  uint8_t got[AN_NAMER_LONGEST];
  uint32_t right[4] = {0}, gold[4] = {0}, found[4] = {0};
  static const char *const kinds[] = {"person", "organisation", "place"};
  for (uint32_t x = 0; x < all->count; x++) {
    const example *e = &all->at[x];
    score(l, e, scores, &steps);
    an_namer_decode(scores, e->count, &steps, got);
    for (uint32_t i = 0; i < e->count; i++) {
      bool begins = got[i] % 2 == 1, wanted = e->right[i] % 2 == 1;
      uint32_t end = i + 1;
      while (end < e->count && ((wanted && e->right[end] == e->right[i] + 1) || (!wanted && got[end] == got[i] + 1))) end++;
      if (wanted) gold[(e->right[i] - 1) / 2]++;
      if (begins) found[(got[i] - 1) / 2]++;
      if (wanted && begins && memcmp(got + i, e->right + i, end - i) == 0 && (end == e->count || got[end] != got[i] + 1)) right[(got[i] - 1) / 2]++;
    }
    if (verbose && memcmp(got, e->right, e->count) != 0) {
      printf("  %s\n    right", e->form);
      for (uint32_t i = 0; i < e->count; i++) printf(" %u", e->right[i]);
      printf("\n    got  ");
      for (uint32_t i = 0; i < e->count; i++) printf(" %u", got[i]);
      printf("\n");
    }
  }
  for (uint32_t k = 0; k < 3; k++)
    printf("%-13s F1 %.3f  precision %.3f  recall %.3f  (right %u, output %u, gold %u)\n", kinds[k], gold[k] + found[k] == 0 ? 0 : 2.0 * right[k] / (gold[k] + found[k]),
           found[k] == 0 ? 0 : (double)right[k] / found[k], gold[k] == 0 ? 0 : (double)right[k] / gold[k], right[k], found[k], gold[k]);
}

int main(int argc, char **argv) {
  bool testing = argc > 1 && strcmp(argv[1], "--test") == 0, verbose = testing && argc > 3 && strcmp(argv[3], "-v") == 0;
  int texts = testing ? 3 + verbose : 3;
  if (argc <= texts) {
    fputs("usage: names DATA OUT TEXT...   or: names --test DATA [-v] TEXT...\n", stderr);
    return 2;
  }
  const char *data = argv[testing ? 2 : 1];
  an_error err = {0};
  rooms r = {0};
  well(an_lexicon_open(data, &r.lexicon, &err), &err);
  well(an_model_open(data, &r.model, &err), &err);
  well(an_world_open(data, &r.world, &err), &err);
  an_arena_init(&r.arena, (size_t)1 << 30);
  examples all = {0};
  for (int i = texts; i < argc; i++) {
    all.other = strcmp(argv[i], "--other") == 0;
    if (all.other && ++i == argc) break;
    read_file(&r, argv[i], &all);
  }
  learner *l = must(calloc(1, sizeof *l));
  if (testing) {
    read_model(data, l);
    test(l, &all, verbose);
    return 0;
  }
  uint64_t state = 20170328;
  for (uint32_t epoch = 0; epoch < EPOCHS; epoch++) {
    uint32_t well_done = 0;
    shuffle(&all, &state);
    for (uint32_t i = 0; i < all.count; i++) well_done += learn(l, &all.at[i]);
    printf("names: round %u: %u of %u runs right\n", epoch + 1, well_done, all.count);
  }
  return write_model(l, argv[2]) ? 0 : 2;
}
