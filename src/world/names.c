/* SPDX-License-Identifier: Apache-2.0 */
/* Names of a page: names.an opened, its words labelled, and what the page as a whole says of a name. */
#include <stdlib.h>

#include "world/namer.h"

struct an_namer { an_datafile file; an_section rows; an_steps steps; };

an_status an_namer_open(const char *dir, an_namer **out, an_error *err) {
  an_namer *n = calloc(1, sizeof *n);
  if (n == NULL) return an_fail(err, AN_ERR_MEMORY, "world", "no memory for names");
  an_status status = an_datafile_open(dir, AN_NAMER_FILE, AN_NAMER_KIND, AN_NAMER_LAYOUT, AN_NAMER_REBUILD, &n->file, err);
  if (status == AN_OK) {
    an_section steps = an_datafile_section(&n->file, "steps");
    n->rows = an_datafile_section(&n->file, "rows");
    if (n->rows.size != (size_t)AN_NAMER_ROWS * AN_NAMER_CLASSES * 2 || steps.size != (size_t)AN_NAMER_CLASSES * AN_NAMER_CLASSES * 2) {
      status = an_fail(err, AN_ERR_DATA, "world", "%s: its tables have another size; rebuild with: %s", AN_NAMER_FILE, AN_NAMER_REBUILD);
      an_datafile_close(&n->file);
    }
    for (size_t i = 0; i < AN_NAMER_CLASSES * AN_NAMER_CLASSES; i++) n->steps.at[i / AN_NAMER_CLASSES][i % AN_NAMER_CLASSES] = (int16_t)an_get16(steps, 2 * i);
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
  free(namer);
}

uint64_t an_namer_checksum(const an_namer *namer) { return namer->file.checksum; }

/* Rows are little-endian; keys are below AN_NAMER_ROWS, and the size of the table was checked. */
static void score(const an_namer *n, const uint16_t *keys, uint32_t count, int32_t *scores) {
  for (uint32_t c = 0; c < AN_NAMER_CLASSES; c++) scores[c] = 0;
  for (uint32_t k = 0; k < count; k++) {
    const uint8_t *row = n->rows.at + (size_t)(keys[k] & (AN_NAMER_ROWS - 1)) * AN_NAMER_CLASSES * 2;
    for (uint32_t c = 0; c < AN_NAMER_CLASSES; c++) scores[c] += (int16_t)(uint16_t)(row[2 * c] | row[2 * c + 1] << 8);
  }
}

typedef struct found { AN_LIST(an_named) list; } found;

static bool take(const an_looks *looks, const uint8_t *labels, uint32_t first, uint32_t count, an_arena *arena, found *out) {
  for (uint32_t i = 0; i < count; i++) {
    if (labels[i] == AN_NAMER_OUT) continue;
    uint32_t from = i;
    while (i + 1 < count && labels[i + 1] != AN_NAMER_OUT && labels[i + 1] % 2 == 0) i++;
    static const uint8_t kinds[] = {AN_MENTION_PERSON, AN_MENTION_ORGANISATION, AN_MENTION_PLACE};
    if (i == from && an_look_is_no_name(&looks->at[first + from], labels[from] == 5)) continue;
    an_named *to = AN_PUSH(arena, &out->list);
    if (to == NULL) return false;
    *to = (an_named){first + from, first + i + 1, kinds[(labels[from] - 1) / 2]};
  }
  return true;
}

/* ---- What the page as a whole says -------------------------------------------------------------------- */

/* "Zawadzki" alone, once "Piotr Zawadzki" was a person; one string is one kind of thing on a page. */
static bool agree(const an_words *words, an_arena *arena, found *names) {
  an_map persons = {0}, votes[3] = {{0}, {0}, {0}};
  for (uint32_t i = 0; i < names->list.count; i++) {
    const an_named *n = &names->list.at[i];
    uint64_t key = 0;
    for (uint32_t t = n->first; t < n->end; t++) key = an_units_mix(key, words->tokens[t].fold);
    uint32_t kind = n->kind == AN_MENTION_PERSON ? 0 : n->kind == AN_MENTION_ORGANISATION ? 1 : 2;
    uint32_t *vote = an_map_put(arena, &votes[kind], key == 0 ? 1 : key, 0);
    if (vote == NULL) return false;
    ++*vote;
    if (n->kind == AN_MENTION_PERSON && n->end - n->first > 1 && words->tokens[n->end - 1].fold != 0 && an_map_put(arena, &persons, words->tokens[n->end - 1].fold, 1) == NULL) return false;
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

an_status an_world_name(const an_world *world, const an_namer *namer, const an_words *words, an_arena *arena, const an_tracer *trace,
                        an_candidates *candidates, an_error *err) {
  an_looks looks;
  found names = {0};
  if (words->token_count == 0) return AN_OK;
  bool well = an_namer_look(world, words, candidates, arena, &looks);
  int32_t *scores = AN_NEW(arena, int32_t, (size_t)AN_NAMER_LONGEST * AN_NAMER_CLASSES);
  well &= scores != NULL;
  for (uint32_t first = 0, end = 0; well && (first = an_namer_region(&looks, end, &end)) < words->token_count;) {
    uint16_t keys[AN_NAMER_KEYS];
    uint8_t labels[AN_NAMER_LONGEST];
    for (uint32_t i = first; i < end; i++) score(namer, keys, an_namer_keys(&looks, i, keys), scores + (size_t)(i - first) * AN_NAMER_CLASSES);
    an_namer_decode(scores, end - first, &namer->steps, labels);
    well = take(&looks, labels, first, end - first, arena, &names);
  }
  if (!well || !agree(words, arena, &names)) return an_fail(err, AN_ERR_LIMIT, "world", "the page needs more memory than --max-arena allows");
  for (uint32_t i = 0; i < names.list.count; i++) {
    const an_named *n = &names.list.at[i];
    an_span at = {words->tokens[n->first].at.begin, words->tokens[n->end - 1].at.end};
    AN_TRACE(trace, "world.name", at, true, "looks like the name of a%s", n->kind == AN_MENTION_PERSON ? " person" : n->kind == AN_MENTION_PLACE ? " place" : "n organisation");
  }
  candidates->named = names.list.at;
  candidates->named_count = names.list.count;
  return AN_OK;
}
