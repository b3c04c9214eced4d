/* SPDX-License-Identifier: Apache-2.0 */
/* Names of a page: names.an opened, its words labelled, and what the page as a whole says of a name. */
#include <stdlib.h>
#include <string.h>

#include "world/namer.h"
#include "world/personal.h"

struct an_namer {
  an_datafile file;
  an_vectors vectors;
  const uint8_t *rows;
  const int16_t *in, *out;
  const int32_t *bias;
  an_steps steps;
};

an_status an_namer_open(const char *dir, an_namer **out, an_error *err) {
  an_namer *n = calloc(1, sizeof *n);
  if (n == NULL) return an_fail(err, AN_ERR_MEMORY, "world", "no memory for names");
  an_status status = an_datafile_open(dir, AN_NAMER_FILE, AN_NAMER_KIND, AN_NAMER_LAYOUT, AN_NAMER_REBUILD, &n->file, err);
  if (status == AN_OK) {
    an_section rows = an_datafile_section(&n->file, "rows"), in = an_datafile_section(&n->file, "in"), bias = an_datafile_section(&n->file, "bias");
    an_section outs = an_datafile_section(&n->file, "out"), steps = an_datafile_section(&n->file, "steps");
    bool fits = rows.size == (size_t)AN_NAMER_ROWS * AN_NAMER_ROW && in.size == 2 * (size_t)AN_NAMER_INPUT * AN_NAMER_HIDDEN && bias.size == 4 * AN_NAMER_HIDDEN &&
                outs.size == 2 * AN_NAMER_HIDDEN * AN_NAMER_OUTS && steps.size == 2 * AN_NAMER_CLASSES * AN_NAMER_CLASSES;
    if (!fits) status = an_fail(err, AN_ERR_DATA, "world", "%s: its tables have another size; rebuild with: %s", AN_NAMER_FILE, AN_NAMER_REBUILD);
    n->rows = rows.at;
    n->in = (const int16_t *)(const void *)in.at;
    n->bias = (const int32_t *)(const void *)bias.at;
    n->out = (const int16_t *)(const void *)outs.at;
    for (size_t i = 0; i < AN_NAMER_CLASSES * AN_NAMER_CLASSES; i++) n->steps.at[i / AN_NAMER_CLASSES][i % AN_NAMER_CLASSES] = (int16_t)an_get16(steps, 2 * i);
    if (status == AN_OK) status = an_vectors_open(dir, &n->vectors, err);
    if (status != AN_OK) an_datafile_close(&n->file);
  }
  if (status != AN_OK) {
    free(n);
    return status;
  }
  *out = n;
  return AN_OK;
}

void an_namer_close(an_namer *namer) {
  if (namer == NULL) return;
  an_datafile_close(&namer->file);
  an_datafile_close(&namer->vectors.file);
  free(namer);
}

uint64_t an_namer_checksum(const an_namer *namer) { return an_hash_mix(namer->file.checksum, namer->vectors.file.checksum); }

/* ---- Scores -------------------------------------------------------------------------------------------------- */

enum { AT_ONCE = 32, VECTOR_SHIFT = AN_NAMER_ONE - 5 /* 32 is one in vectors.an */ };
enum { SUM_BITS = 2 * AN_NAMER_ONE, OUT_BITS = AN_NAMER_HIDDEN_BITS + AN_NAMER_ONE };

struct an_naming {
  const an_namer *namer;
  an_arena *arena;
  an_looks looks;
  AN_LIST(an_named) list;
  int16_t in[AT_ONCE * AN_NAMER_INPUT], hidden[AT_ONCE * AN_NAMER_HIDDEN];
  int32_t sums[AT_ONCE * AN_NAMER_HIDDEN], outs[AT_ONCE * AN_NAMER_OUTS], scores[AN_NAMER_LONGEST * AN_NAMER_CLASSES];
};

/* What the layer is given of a word: its state in the sentence's network, and vectors. */
static void input(const an_naming *a, uint32_t token, int16_t *to) {
  uint32_t near[AN_NAMER_NEAR];
  memcpy(to, an_language_state(a->looks.words, token), AN_STATE * sizeof *to);
  to += AN_STATE;
  an_namer_near(&a->looks, token, near);
  for (uint32_t k = 0; k < AN_NAMER_NEAR; k++) {
    int8_t vector[AN_VECTOR_SIZE];
    an_vector_read(&a->namer->vectors, near[k], vector);
    for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) *to++ = (int16_t)(vector[i] * (1 << VECTOR_SHIFT));
  }
}

/* The rows of a word's features: they lie far apart, and are sent for before they are added. */
static uint32_t rows_of(const an_naming *a, uint32_t token, const uint8_t *rows[AN_NAMER_KEYS]) {
  uint16_t keys[AN_NAMER_KEYS];
  uint32_t count = an_namer_keys(&a->looks, token, keys);
  for (uint32_t k = 0; k < count; k++) {
    rows[k] = a->namer->rows + (size_t)(keys[k] & (AN_NAMER_ROWS - 1)) * AN_NAMER_ROW;
    __builtin_prefetch(rows[k]);
    __builtin_prefetch(rows[k] + AN_NAMER_ROW - 1);
  }
  return count;
}

/* Added to what the word's input gave; what is below zero is cut. */
static void add_rows(const uint8_t *const *rows, uint32_t count, const int32_t *sums, int16_t *hidden) {
  int32_t sum[AN_NAMER_HIDDEN] = {0};
  an_language_rows(sum, rows, count, AN_NAMER_HIDDEN);
  for (uint32_t j = 0; j < AN_NAMER_HIDDEN; j++) {
    int32_t both = (sums[j] >> (SUM_BITS - AN_NAMER_HIDDEN_BITS)) + (sum[j] >> (AN_NAMER_ROW_BITS - AN_NAMER_HIDDEN_BITS));
    hidden[j] = (int16_t)(both < 0 ? 0 : both > INT16_MAX ? INT16_MAX : both);
  }
}

/* The hidden layer of `count` words; the rows of the next word are on their way while those of one are added. */
static void hidden_layer(an_naming *a, uint32_t first, uint32_t count) {
  const uint8_t *rows[2][AN_NAMER_KEYS];
  uint32_t row_count[2];
  row_count[0] = rows_of(a, first, rows[0]);
  for (uint32_t i = 0; i < count; i++) input(a, first + i, a->in + (size_t)i * AN_NAMER_INPUT);
  for (uint32_t i = 0; i < count; i++) memcpy(a->sums + (size_t)i * AN_NAMER_HIDDEN, a->namer->bias, AN_NAMER_HIDDEN * sizeof *a->sums);
  an_language_product(a->sums, a->in, a->namer->in, count, AN_NAMER_INPUT, AN_NAMER_HIDDEN);
  for (uint32_t i = 0; i < count; i++) {
    if (i + 1 < count) row_count[(i + 1) % 2] = rows_of(a, first + i + 1, rows[(i + 1) % 2]);
    add_rows(rows[i % 2], row_count[i % 2], a->sums + (size_t)i * AN_NAMER_HIDDEN, a->hidden + (size_t)i * AN_NAMER_HIDDEN);
  }
}

static void score(an_naming *a, uint32_t first, uint32_t end) {
  int32_t *to = a->scores;
  for (uint32_t from = first; from < end; from += AT_ONCE) {
    uint32_t count = end - from < AT_ONCE ? end - from : AT_ONCE;
    hidden_layer(a, from, count);
    memset(a->outs, 0, (size_t)count * AN_NAMER_OUTS * sizeof *a->outs);
    an_language_product(a->outs, a->hidden, a->namer->out, count, AN_NAMER_HIDDEN, AN_NAMER_OUTS);
    for (uint32_t i = 0; i < count; i++)
      for (uint32_t c = 0; c < AN_NAMER_CLASSES; c++) *to++ = a->outs[i * AN_NAMER_OUTS + c] >> (OUT_BITS - AN_NAMER_SCORE_BITS);
  }
}

static bool take(an_naming *a, const uint8_t *labels, uint32_t first, uint32_t count) {
  static const uint8_t kinds[] = {AN_MENTION_PERSON, AN_MENTION_ORGANISATION, AN_MENTION_PLACE};
  for (uint32_t i = 0; i < count; i++) {
    if (labels[i] == AN_NAMER_OUT) continue;
    uint32_t from = i;
    while (i + 1 < count && labels[i + 1] != AN_NAMER_OUT && labels[i + 1] % 2 == 0) i++;
    if (i == from && an_look_is_no_name(&a->looks.at[first + from], labels[from] == 5)) continue;
    an_named *to = AN_PUSH(a->arena, &a->list);
    if (to == NULL) return false;
    *to = (an_named){first + from, first + i + 1, kinds[(labels[from] - 1) / 2]};
  }
  return true;
}

an_status an_world_naming(const an_world *world, const an_namer *namer, const an_words *words, const an_candidates *candidates, an_arena *arena,
                          an_naming **out, an_error *err) {
  an_naming *a = an_arena_raw(arena, 1, sizeof *a);      /* its tables are filled before they are read */
  AN_NEED(a, err, "world");
  a->namer = namer;
  a->arena = arena;
  memset(&a->list, 0, sizeof a->list);
  *out = a;
  if (!an_namer_looks(world, &namer->vectors, words, candidates, arena, &a->looks)) AN_NEED(NULL, err, "world");
  return AN_OK;
}

an_status an_world_name(an_naming *a, uint32_t sentence, an_error *err) {
  const an_words *words = a->looks.words;
  const an_sentence *s = &words->sentences[sentence];
  uint32_t end = s->first + s->count, stop = s->first;
  if (s->count > 0 && (an_language_state(words, s->first) == NULL || an_language_state(words, end - 1) == NULL)) return an_fail(err, AN_ERR_USAGE, "world", "names of a sentence that was not tagged last");
  an_namer_look(&a->looks, sentence);
  for (uint32_t first; (first = an_namer_region(&a->looks, stop, end, &stop)) < end;) {
    uint8_t labels[AN_NAMER_LONGEST];
    if (stop == first + 1 && an_look_is_no_name(&a->looks.at[first], false)) continue; /* "The", "He" */
    score(a, first, stop);
    an_namer_decode(a->scores, stop - first, &a->namer->steps, labels);
    if (!take(a, labels, first, stop - first)) AN_NEED(NULL, err, "world");
  }
  return AN_OK;
}

/* ---- What the page as a whole says -------------------------------------------------------------------- */

/* The names by which a person is spoken of later: "Zawadzki" of "Piotr Zawadzki", "Zhang" of "Zhang Weiming". */
static bool remember(an_naming *names, an_map *persons, const an_named *n) {
  const an_token *tokens = names->looks.words->tokens;
  uint64_t last = tokens[n->end - 1].fold, first = tokens[n->first].fold;
  if (n->kind != AN_MENTION_PERSON || n->end - n->first < 2) return true;
  if (last != 0 && an_map_put(names->arena, persons, last, 1) == NULL) return false;
  return first == 0 || !an_family_stands_first(names->looks.world, first) || an_map_put(names->arena, persons, first, 1) != NULL;
}

/* One string is one kind of thing on a page. */
static bool agree(an_naming *names) {
  const an_words *words = names->looks.words;
  an_arena *arena = names->arena;
  an_map persons = {0}, votes[3] = {{0}, {0}, {0}};
  for (uint32_t i = 0; i < names->list.count; i++) {
    const an_named *n = &names->list.at[i];
    uint64_t key = 0;
    for (uint32_t t = n->first; t < n->end; t++) key = an_units_mix(key, words->tokens[t].fold);
    uint32_t kind = n->kind == AN_MENTION_PERSON ? 0 : n->kind == AN_MENTION_ORGANISATION ? 1 : 2;
    uint32_t *vote = an_map_put(arena, &votes[kind], key == 0 ? 1 : key, 0);
    if (vote == NULL) return false;
    ++*vote;
    if (!remember(names, &persons, n)) return false;
  }
  for (uint32_t i = 0; i < names->list.count; i++) {
    an_named *n = &names->list.at[i];
    uint64_t key = 0;
    for (uint32_t t = n->first; t < n->end; t++) key = an_units_mix(key, words->tokens[t].fold);
    if (key == 0) key = 1;
    uint32_t count[3];
    for (uint32_t k = 0; k < 3; k++) count[k] = an_map_get(&votes[k], key, 0);
    if (n->end == n->first + 1 && an_map_get(&persons, key, 0) != 0 && count[0] >= count[2]) n->kind = AN_MENTION_PERSON;
    else if (count[0] > count[1] + count[2]) n->kind = AN_MENTION_PERSON;
    else if (count[1] > count[0] + count[2]) n->kind = AN_MENTION_ORGANISATION;
    else if (count[2] > count[0] + count[1]) n->kind = AN_MENTION_PLACE;
  }
  return true;
}

an_status an_world_named(an_naming *a, const an_tracer *trace, an_candidates *candidates, an_error *err) {
  const an_words *words = a->looks.words;
  if (!agree(a)) AN_NEED(NULL, err, "world");
  for (uint32_t i = 0; i < a->list.count; i++) {
    const an_named *n = &a->list.at[i];
    an_span at = {words->tokens[n->first].at.begin, words->tokens[n->end - 1].at.end};
    AN_TRACE(trace, "world.name", at, true, "looks like the name of a%s", n->kind == AN_MENTION_PERSON ? " person" : n->kind == AN_MENTION_PLACE ? " place" : "n organisation");
  }
  candidates->named = a->list.at;
  candidates->named_count = a->list.count;
  return AN_OK;
}
