/* SPDX-License-Identifier: Apache-2.0 */
/* Names of a page: names.an opened, its words labelled, and what the page as a whole says of a name. */
#include <stdlib.h>
#include <string.h>

#include "world/find.h"
#include "world/namer.h"
#include "world/personal.h"

struct an_namer {
  an_datafile file;
  const an_vectors *vectors;
  an_layer layer;
  an_steps steps;
};

an_status an_namer_open(const char *dir, const an_vectors *vectors, an_namer **out, an_error *err) {
  an_namer *n = calloc(1, sizeof *n);
  if (n == NULL) return an_fail(err, AN_ERR_MEMORY, "world", "no memory for names");
  an_status status = an_datafile_open(dir, AN_NAMER_FILE, AN_NAMER_KIND, AN_NAMER_LAYOUT, AN_NAMER_REBUILD, &n->file, err);
  if (status == AN_OK) {
    an_section steps = an_datafile_section(&n->file, "steps");
    bool fits = an_layer_open(&n->file, "", AN_NAMER_INPUT, AN_NAMER_OUTS, &n->layer) && steps.size == 2 * AN_NAMER_CLASSES * AN_NAMER_CLASSES;
    if (!fits) status = an_fail(err, AN_ERR_DATA, "world", "%s: its tables have another size; rebuild with: %s", AN_NAMER_FILE, AN_NAMER_REBUILD);
    for (size_t i = 0; i < AN_NAMER_CLASSES * AN_NAMER_CLASSES; i++) n->steps.at[i / AN_NAMER_CLASSES][i % AN_NAMER_CLASSES] = (int16_t)an_get16(steps, 2 * i);
    if (status != AN_OK) an_datafile_close(&n->file);
  }
  if (status != AN_OK) {
    free(n);
    return status;
  }
  n->vectors = vectors;
  *out = n;
  return AN_OK;
}

void an_namer_close(an_namer *namer) {
  if (namer == NULL) return;
  an_datafile_close(&namer->file);
  free(namer);
}

uint64_t an_namer_checksum(const an_namer *namer) { return an_hash_mix(namer->file.checksum, namer->vectors->file.checksum); }

/* ---- Scores -------------------------------------------------------------------------------------------------- */

enum { AT_ONCE = AN_LAYER_AT_ONCE, VECTOR_SHIFT = AN_LAYER_ONE - 5 /* 32 is one in vectors.an */ };

struct an_naming {
  const an_namer *namer;
  an_arena *arena;
  an_looks looks;
  AN_LIST(an_named) list;
  int16_t in[AT_ONCE * AN_NAMER_INPUT];
  an_layer_keys keys[AT_ONCE];
  int32_t outs[AT_ONCE * AN_NAMER_OUTS], scores[AN_NAMER_LONGEST * AN_NAMER_CLASSES];
};

/* What the layer is given of a word: its state in the sentence's network, and vectors. */
static void input(const an_naming *a, uint32_t token, int16_t *to) {
  uint32_t near[AN_NAMER_NEAR];
  memcpy(to, an_language_state(a->looks.words, token), AN_STATE * sizeof *to);
  to += AN_STATE;
  an_namer_near(&a->looks, token, near);
  for (uint32_t k = 0; k < AN_NAMER_NEAR; k++) {
    int8_t vector[AN_VECTOR_SIZE];
    an_vector_read(a->namer->vectors, near[k], vector);
    for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) *to++ = (int16_t)(vector[i] * (1 << VECTOR_SHIFT));
  }
}

static void score(an_naming *a, uint32_t first, uint32_t end) {
  int32_t *to = a->scores;
  for (uint32_t from = first; from < end; from += AT_ONCE) {
    uint32_t count = end - from < AT_ONCE ? end - from : AT_ONCE;
    for (uint32_t i = 0; i < count; i++) {
      input(a, from + i, a->in + (size_t)i * AN_NAMER_INPUT);
      an_namer_keys(&a->looks, from + i, &a->keys[i]);
    }
    an_layer_run(&a->namer->layer, a->in, a->keys, count, a->outs);
    for (uint32_t i = 0; i < count; i++)
      for (uint32_t c = 0; c < AN_NAMER_CLASSES; c++) *to++ = a->outs[i * AN_NAMER_OUTS + c];
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
  if (!an_namer_looks(world, namer->vectors, words, candidates, arena, &a->looks)) AN_NEED(NULL, err, "world");
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

/* "the village of Tounga Beri", "on the islet of Koure": a place, by the words before it. */
static bool lies_somewhere(const an_naming *names, const an_named *n) {
  const an_words *words = names->looks.words;
  if (n->first < 2 || words->tokens[n->first - 2].sentence != words->tokens[n->first].sentence || !an_word_is(words, n->first - 1, "of")) return false;
  return words->tokens[n->first - 2].upos == AN_NOUN && an_is_cue(names->looks.world, an_word(words, n->first - 2), AN_CUE_NEAR);
}

/* Behind "Mr", "Mrs.". */
static bool titled(const an_naming *names, uint32_t token) {
  const an_words *words = names->looks.words;
  if (token == 0 || words->tokens[token - 1].sentence != words->tokens[token].sentence) return false;
  an_text before = an_word(words, token - 1);
  while (before.size > 1 && before.at[before.size - 1] == '.') before.size--;
  return an_is_cue(names->looks.world, before, AN_CUE_HE) || an_is_cue(names->looks.world, before, AN_CUE_SHE);
}

/* "sued Ebenezer Dagadu", a body by its look, and elsewhere "Mr Dagadu": two or three words, none of them a body's, that end so. */
static bool ends_as_person(const an_naming *names, const an_map *alone, const an_named *n) {
  const an_words *words = names->looks.words;
  if (n->kind != AN_MENTION_ORGANISATION || n->end - n->first < 2 || n->end - n->first > 3 || an_map_get(alone, words->tokens[n->end - 1].fold, 0) == 0) return false;
  for (uint32_t t = n->first; t < n->end; t++)
    if (words->tokens[t].shape != AN_SHAPE_CAPITAL || an_is_cue(names->looks.world, an_word(words, t), AN_CUE_ORG_WORD)) return false;
  return true;
}

/* One string is one kind of thing on a page. */
static bool agree(an_naming *names) {
  const an_words *words = names->looks.words;
  an_arena *arena = names->arena;
  an_map persons = {0}, alone = {0}, votes[3] = {{0}, {0}, {0}};
  for (uint32_t i = 0; i < names->list.count; i++) {
    const an_named *n = &names->list.at[i];
    uint64_t key = 0;
    for (uint32_t t = n->first; t < n->end; t++) key = an_units_mix(key, words->tokens[t].fold);
    uint32_t kind = n->kind == AN_MENTION_PERSON ? 0 : n->kind == AN_MENTION_ORGANISATION ? 1 : 2;
    uint32_t *vote = an_map_put(arena, &votes[kind], key == 0 ? 1 : key, 0);
    if (vote == NULL) return false;
    ++*vote;
    if (lies_somewhere(names, n)) {
      enum { SURE = 64 };
      vote = an_map_put(arena, &votes[2], key == 0 ? 1 : key, 0);
      if (vote == NULL) return false;
      *vote += SURE;
    }
    bool surname = kind == 0 && n->end == n->first + 1 && words->tokens[n->first].fold != 0 && titled(names, n->first);
    if (surname && an_map_put(arena, &alone, words->tokens[n->first].fold, 1) == NULL) return false;
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
    if (ends_as_person(names, &alone, n)) n->kind = AN_MENTION_PERSON;
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
