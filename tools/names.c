/* SPDX-License-Identifier: Apache-2.0 */
/* names DATA OUT [--other TEXT]... TEXT...: learns names.an for the namer (src/world/namer.h) from text with marked names, as
   tools/make_names.py writes it; DATA is the folder of the other compiled data. names --test DATA [-v] TEXT... says how well
   DATA/names.an finds the marks of other text. How it learns: names/net.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names/net.h"
#include "train/must.h"

enum { TEXT_MAX = 1 << 20, MARKS_MAX = 4096 };

typedef struct mark { uint32_t begin, end; uint8_t label; } mark;
typedef struct examples { bool other; example *at; uint32_t count, capacity; } examples;

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

/* What a page is read with. namer: when testing; then `tally` counts names, else `all` takes examples. */
typedef struct tally { uint32_t right[3], gold[3], found[3]; } tally;
typedef struct rooms {
  an_lexicon *lexicon; an_model *model; an_world *world; an_namer *namer; an_vectors *vectors; an_arena arena;
  examples all; tally tally; bool verbose;
} rooms;

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

static void keep(rooms *r, const an_looks *looks, uint32_t first, uint32_t end, const uint8_t *labels) {
  examples *all = &r->all;
  if (all->count == all->capacity) {
    all->capacity = all->capacity == 0 ? 4096 : all->capacity * 2;
    all->at = must(realloc(all->at, all->capacity * sizeof *all->at));
  }
  uint32_t count = end - first;
  example *e = &all->at[all->count++];
  *e = (example){.count = count, .other = all->other, .keys = must(malloc((size_t)count * AN_NAMER_KEYS * sizeof *e->keys)), .key_at = must(calloc(count + 1, sizeof *e->key_at)),
                 .state = must(malloc((size_t)count * AN_STATE * sizeof *e->state)), .near = must(malloc((size_t)count * AN_NAMER_NEAR * sizeof *e->near)), .right = must(malloc(count))};
  memcpy(e->state, an_language_state(looks->words, first), (size_t)count * AN_STATE * sizeof *e->state);
  for (uint32_t i = 0; i < count; i++) {
    an_layer_keys keys;
    an_namer_keys(looks, first + i, &keys);
    memcpy(e->keys + e->key_at[i], keys.at, keys.count * sizeof *keys.at);
    e->key_at[i + 1] = e->key_at[i] + keys.count;
    an_namer_near(looks, first + i, e->near + (size_t)i * AN_NAMER_NEAR);
    e->right[i] = labels[first + i];
  }
  e->keys = must(realloc(e->keys, (e->key_at[count] + 1) * sizeof *e->keys));
}

/* Names as (first, end, kind) out of labels; returns how many. */
static uint32_t names_of(const uint8_t *labels, uint32_t count, an_named *out) {
  uint32_t names = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (labels[i] == AN_NAMER_OUT) continue;
    an_named *n = &out[names++];
    *n = (an_named){i, i + 1, (uint8_t)((labels[i] - 1) / 2)};
    while (n->end < count && labels[n->end] == n->kind * 2 + 2) n->end++;
    i = n->end - 1;
  }
  return names;
}

static void show(const an_words *words, const an_named *n, const char *what) {
  static const char *const kinds[] = {"person", "organisation", "place"};
  printf("  %s %s “", what, kinds[n->kind]);
  fwrite(words->text.at + words->tokens[n->first].at.begin, 1, words->tokens[n->end - 1].at.end - words->tokens[n->first].at.begin, stdout);
  printf("”\n");
}

static void compare(rooms *r, const an_words *words, const uint8_t *labels, const an_candidates *found) {
  an_named *gold = AN_NEW(&r->arena, an_named, (size_t)words->token_count + 1);
  uint32_t gold_count = names_of(labels, words->token_count, must(gold));
  for (uint32_t i = 0, k = 0; i < gold_count || k < found->named_count;) {
    an_named mine = {AN_NONE, AN_NONE, 0};
    if (k < found->named_count) mine = (an_named){found->named[k].first, found->named[k].end, found->named[k].kind == AN_MENTION_PERSON ? 0 : found->named[k].kind == AN_MENTION_ORGANISATION ? 1 : 2};
    bool same = i < gold_count && gold[i].first == mine.first && gold[i].end == mine.end && gold[i].kind == mine.kind;
    if (same) r->tally.right[mine.kind]++;
    bool of_gold = same || k == found->named_count || (i < gold_count && gold[i].first <= mine.first), of_mine = same || !of_gold;
    if (of_gold) {
      r->tally.gold[gold[i].kind]++;
      if (!same && r->verbose) show(words, &gold[i], "missed");
      i++;
    }
    if (of_mine) {
      r->tally.found[mine.kind]++;
      if (!same && r->verbose) show(words, &mine, "extra");
      k++;
    }
  }
}

static void read_page(rooms *r, an_text text, const mark *marks, uint32_t mark_count) {
  an_error err = {0};
  an_words words = {0};
  an_candidates candidates = {0};
  an_looks looks;
  an_naming *naming = NULL;
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
  uint8_t *labels = must(AN_NEW(&r->arena, uint8_t, words.token_count + 1u));
  label_words(&words, marks, mark_count, labels);
  if (!an_namer_looks(r->world, r->vectors, &words, &candidates, &r->arena, &looks)) must(NULL);
  if (r->namer != NULL) well(an_world_naming(r->world, r->namer, &words, &candidates, &r->arena, &naming, &err), &err);
  for (uint32_t i = 0; i < words.sentence_count; i++) {
    well(an_language_tag(r->model, r->lexicon, &words, i, &r->arena, &err), &err);
    if (r->namer != NULL) well(an_world_name(naming, i, &err), &err);
    else an_namer_look(&looks, i);
    uint32_t end = words.sentences[i].first + words.sentences[i].count, stop = words.sentences[i].first;
    for (uint32_t first; r->namer == NULL && (first = an_namer_region(&looks, stop, end, &stop)) < end;) keep(r, &looks, first, stop, labels);
  }
  if (r->namer == NULL) return;
  well(an_world_named(naming, NULL, &candidates, &err), &err);
  compare(r, &words, labels, &candidates);
}

static void read_file(rooms *r, const char *path) {
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
    if (size > 0) read_page(r, (an_text){text, size}, marks, count);
    size = count = 0;
  }
  if (size > 0) read_page(r, (an_text){text, size}, marks, count);
  fclose(f);
}

/* ---- ---------------------------------------------------------------------------------------------------- */

static void report(const tally *t) {
  static const char *const kinds[] = {"person", "organisation", "place"};
  for (uint32_t k = 0; k < 3; k++) {
    uint32_t both = t->gold[k] + t->found[k];
    printf("%-13s F1 %.3f  (right %u, output %u, gold %u)\n", kinds[k], both == 0 ? 0 : 2.0 * t->right[k] / both, t->right[k], t->found[k], t->gold[k]);
  }
}

int main(int argc, char **argv) {
  bool testing = argc > 1 && strcmp(argv[1], "--test") == 0;
  an_error err = {0};
  rooms r = {.verbose = testing && argc > 3 && strcmp(argv[3], "-v") == 0};
  int texts = 3 + r.verbose;
  if (argc <= texts) {
    fputs("usage: names DATA OUT [--other TEXT]... TEXT...   or: names --test DATA [-v] TEXT...\n", stderr);
    return 2;
  }
  const char *data = argv[testing ? 2 : 1];
  well(an_lexicon_open(data, &r.lexicon, &err), &err);
  well(an_model_open(data, &r.model, &err), &err);
  well(an_world_open(data, &r.world, &err), &err);
  well(an_vectors_open(data, AN_VECTORS_FILE, &r.vectors, &err), &err);
  if (testing) well(an_namer_open(data, r.vectors, &r.namer, &err), &err);
  an_arena_init(&r.arena, (size_t)1 << 30);
  for (int i = texts; i < argc; i++) {
    r.all.other = strcmp(argv[i], "--other") == 0;
    if (r.all.other && ++i == argc) break;
    read_file(&r, argv[i]);
  }
  if (testing) {
    report(&r.tally);
    return 0;
  }
  names_net *net = names_net_new(r.vectors);
  names_net_learn(net, r.all.at, r.all.count);
  well(names_net_write(net, argv[2], &err) ? AN_OK : AN_ERR_IO, &err);
  return 0;
}
