/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the tables of data/lexicon into the coder. What a table says and this file cannot read is an error that names the
   line, so that an editor of a table learns of a slip when the data is built and tested, not from silence. */
#include "event/coder.h"

#include <math.h>

#include <stdlib.h>
#include <string.h>

enum { CODER_ARENA = 64 << 20, MAX_CLASSES = CLASS_WORDS * 64 };

an_status coder_table(const an_lexicon *lexicon, const char *name, const an_table **out, an_error *err) {
  *out = an_lexicon_table(lexicon, name);
  return *out != NULL ? AN_OK : an_fail(err, AN_ERR_DATA, "coder", "lexicon.an has no table '%s'; run make data", name);
}

bool class_meets(class_set a, class_set b) {
  for (int i = 0; i < CLASS_WORDS; i++)
    if ((a.bits[i] & b.bits[i]) != 0) return true;
  return false;
}

static void class_add(class_set *set, uint32_t number) { set->bits[number / 64] |= (uint64_t)1 << (number % 64); }

class_set coder_class(const an_coder *coder, an_text name) {
  class_set set = {{0}};
  uint32_t number = an_map_get(&coder->class_index, an_fold_hash(name), AN_NONE);
  if (number != AN_NONE) class_add(&set, number);
  return set;
}

class_set coder_classes(const an_coder *coder, uint64_t fold) {
  uint32_t at = an_map_get(&coder->class_of, fold, AN_NONE);
  return at == AN_NONE ? (class_set){{0}} : coder->head_at[at];
}

an_text coder_sector(const an_coder *coder, uint64_t fold) {
  uint32_t at = an_map_get(&coder->class_of, fold, AN_NONE);
  return at == AN_NONE ? (an_text){0} : coder->head_sector[at];
}

uint32_t coder_type(const an_coder *coder, an_text name) {
  for (uint32_t i = 0; i < coder->type_count; i++)
    if (an_text_equal(coder->types[i].name, name)) return i;
  return AN_NONE;
}

double coder_number(an_text text, double absent) {
  char copy[32];
  if (text.at == NULL || text.size >= sizeof copy) return absent;
  memcpy(copy, text.at, text.size);
  copy[text.size] = 0;
  char *end;
  double value = strtod(copy, &end);
  return end == copy ? absent : value;
}

/* The row of a type's mode in modes.tsv. */
an_rows coder_mode(const an_coder *coder, uint32_t type, an_text mode) {
  char key[64];
  an_text name = coder->types[type].name;
  if (mode.at == NULL || name.size + mode.size + 1 > sizeof key) return (an_rows){0, 0};
  memcpy(key, name.at, name.size);
  key[name.size] = ' ';
  memcpy(key + name.size + 1, mode.at, mode.size);
  return an_table_find_key(coder->modes, an_fold_hash((an_text){key, name.size + mode.size + 1}));
}

static unsigned traits_of(an_text cell, const char *const *names, unsigned count) {
  unsigned traits = 0;
  an_text word;
  for (uint32_t at = 0; an_text_word(cell, &at, &word);)
    for (unsigned i = 0; i < count; i++)
      if (an_text_is(word, names[i])) traits |= 1u << i;
  return traits;
}

static unsigned mode_traits(const an_coder *coder, uint32_t row) {
  static const char *const names[] = {"journey", "third", "oneself", "alone"};
  return traits_of(an_table_cell(coder->modes, row, coder->modes_traits), names, 4);
}

bool coder_type_is(const an_coder *coder, uint32_t type, type_trait trait) {
  return type < coder->type_count && (coder->types[type].traits & trait) != 0;
}

bool coder_mode_is(const an_coder *coder, uint32_t type, an_text mode, mode_trait trait) {
  an_rows rows = type < coder->type_count ? coder_mode(coder, type, mode) : (an_rows){0, 0};
  return rows.count > 0 && (mode_traits(coder, rows.first) & trait) != 0;
}

an_text coder_type_with(const an_coder *coder, type_trait trait) {
  for (uint32_t i = 0; i < coder->type_count; i++)
    if ((coder->types[i].traits & trait) != 0) return coder->types[i].name;
  return (an_text){0};
}

an_text coder_mode_with(const an_coder *coder, uint32_t type, mode_trait trait) {
  an_text name = coder->types[type].name;
  for (uint32_t r = 0; r < an_table_rows(coder->modes); r++) {
    an_text key = an_table_cell(coder->modes, r, 0);
    bool its = key.size > name.size + 1 && key.at[name.size] == ' ' && an_text_equal(an_text_slice(key, 0, name.size), name);
    if (its && (mode_traits(coder, r) & trait) != 0) return an_text_slice(key, name.size + 1, key.size);
  }
  return (an_text){0};
}

an_text an_coder_older(const an_coder *coder, an_text type) {
  const an_table *table = an_lexicon_table(coder->lexicon, "plover");
  an_rows rows = table == NULL ? (an_rows){0, 0} : an_table_find_key(table, an_fold_hash(type));
  return rows.count == 0 ? (an_text){0} : an_table_cell(table, rows.first, an_table_column(table, "older"));
}

bool an_coder_converted(const an_coder *coder, an_text cameo, an_text *type, uint8_t *quad) {
  an_rows rows = cameo.at == NULL ? (an_rows){0, 0} : an_table_find_key(coder->cameo, an_fold_hash(cameo));
  if (rows.count == 0) return false;
  an_text older = an_table_cell(coder->cameo, rows.first, an_table_column(coder->cameo, "older"));
  uint32_t number = coder_type(coder, older.at != NULL ? older : an_table_cell(coder->cameo, rows.first, coder->cameo_type));
  if (number == AN_NONE) return false;
  *type = coder->types[number].name;
  *quad = coder->types[number].quad;
  return true;
}

double coder_score(const an_coder *coder, uint32_t type, an_text mode) {
  double score = coder->types[type].score;
  an_rows rows = coder_mode(coder, type, mode);
  return rows.count == 0 ? score : coder_number(an_table_cell(coder->modes, rows.first, coder->modes_score), score);
}

/* ---- Classes of head nouns ------------------------------------------------------------------- */

static an_status read_heads(an_coder *coder, an_error *err) {
  uint32_t rows = an_table_rows(coder->heads), classes = an_table_column(coder->heads, "class"),
           sector = an_table_column(coder->heads, "sector");
  coder->head_at = AN_NEW(&coder->arena, class_set, rows);
  coder->head_sector = AN_NEW(&coder->arena, an_text, rows);
  AN_NEED(coder->head_at, err, "coder");
  AN_NEED(coder->head_sector, err, "coder");
  for (uint32_t r = 0; r < rows; r++) {
    an_text names = an_table_cell(coder->heads, r, classes), name;
    for (uint32_t at = 0; an_text_word(names, &at, &name);) {
      uint32_t *number = an_map_put(&coder->arena, &coder->class_index, an_fold_hash(name), coder->class_count);
      AN_NEED(number, err, "coder");
      if (*number == coder->class_count) coder->class_count++;
      if (*number < MAX_CLASSES) coder->class_name[*number] = an_fold_hash(name);
      if (*number >= MAX_CLASSES) return an_fail(err, AN_ERR_DATA, "coder", "heads.tsv has more than %d classes", MAX_CLASSES);
      class_add(&coder->head_at[r], *number);
    }
    coder->head_sector[r] = an_table_cell(coder->heads, r, sector);
    uint32_t *at = an_map_put(&coder->arena, &coder->class_of, an_fold_hash(an_table_cell(coder->heads, r, 0)), r);
    AN_NEED(at, err, "coder");
  }
  coder->container = coder_class(coder, AN_LIT("container"));
  return AN_OK;
}

/* ---- PLOVER's types -------------------------------------------------------------------------- */

static an_status read_types(an_coder *coder, an_error *err) {
  const an_table *table;
  AN_TRY(coder_table(coder->lexicon, "plover", &table, err));
  uint32_t rows = an_table_rows(table);
  coder->types = AN_NEW(&coder->arena, plover_type, rows);
  AN_NEED(coder->types, err, "coder");
  coder->type_count = rows;
  for (uint32_t r = 0; r < rows; r++) {
    plover_type *t = &coder->types[r];
    t->name = an_table_cell(table, r, 0);
    t->quad = (uint8_t)coder_number(an_table_cell(table, r, an_table_column(table, "quad")), 0);
    t->score = coder_number(an_table_cell(table, r, an_table_column(table, "score")), 0);
    static const char *const traits[] = {"meeting", "crowd", "asks", "refuses", "shows", "strikes", "promises", "threatens", "blames"};
    t->traits = traits_of(an_table_cell(table, r, an_table_column(table, "traits")), traits, 9);
    t->needs_recipient = an_table_cell(table, r, an_table_column(table, "recipient")).at != NULL;
    t->future_mode = an_table_cell(table, r, an_table_column(table, "future_mode"));
    t->future_cameo = an_table_cell(table, r, an_table_column(table, "future_cameo"));
  }
  for (uint32_t r = 0; r < rows; r++) {
    an_text future = an_table_cell(table, r, an_table_column(table, "future"));
    coder->types[r].future = future.at == NULL ? AN_NONE : coder_type(coder, future);
  }
  return AN_OK;
}

/* ---- Realis words ---------------------------------------------------------------------------- */

static unsigned kind_of(an_text name) {
  static const char *const names[] = {"aux", "neg", "gov", "noun", "mark", "adj", "further", "past", "relative", "perfect",
                                      "agent", "infinitive", "place", "demonstrative", "asserts", "self", "third", "pair", "reflexive", "charge", "you"};
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
    if (an_text_is(name, names[i])) return 1u << i;
  return 0;
}

static realis_effect effect_of(an_text name) {
  static const struct { const char *name; realis_effect effect; } names[] = {
      {"planned", EFFECT_PLANNED}, {"conditional", EFFECT_CONDITIONAL}, {"negated", EFFECT_NEGATED}, {"should", EFFECT_SHOULD},
      {"possible", EFFECT_POSSIBLE}, {"asked", EFFECT_ASKED}, {"expected", EFFECT_EXPECTED}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (an_text_is(name, names[i].name)) return names[i].effect;
  return EFFECT_NONE;
}

static realis_effect realis_of(const an_coder *coder, uint64_t fold, unsigned kinds, bool *found) {
  an_rows rows = an_table_find_key(coder->realis, fold);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++) {
    if ((kind_of(an_table_cell(coder->realis, r, coder->realis_kind_column)) & kinds) == 0) continue;
    *found = true;
    return effect_of(an_table_cell(coder->realis, r, coder->realis_effect_column));
  }
  return EFFECT_NONE;
}

realis_effect coder_realis(const an_coder *coder, const an_token *token, unsigned kinds, bool *found) {
  *found = false;
  realis_effect effect = realis_of(coder, token->fold, kinds, found);
  if (!*found && token->lemma_fold != 0 && token->lemma_fold != token->fold) effect = realis_of(coder, token->lemma_fold, kinds, found);
  return effect;
}

bool coder_is(const an_coder *coder, const an_token *token, unsigned kind) {
  bool found;
  coder_realis(coder, token, kind, &found);
  return found;
}

an_text coder_cameo(const an_coder *k, uint32_t type, an_text mode) {
  for (int with_mode = 1; with_mode >= 0; with_mode--)
    for (uint32_t r = 0; r < an_table_rows(k->cameo); r++) {
      an_text its = an_table_cell(k->cameo, r, k->cameo_mode);
      if (an_text_equal(an_table_cell(k->cameo, r, k->cameo_type), k->types[type].name) && (!with_mode || an_text_equal(its, mode)))
        return an_table_cell(k->cameo, r, 0);
    }
  return (an_text){0};
}

/* ---- Sectors ---------------------------------------------------------------------------------- */

bool coder_sector_public(const an_coder *coder, an_text sector) {
  return sector.at != NULL && an_table_find_key(coder->sectors, an_fold_hash(sector)).count > 0;
}

static bool sector_has(const an_coder *coder, an_text sector, uint32_t column) {
  an_rows rows = sector.at == NULL ? (an_rows){0, 0} : an_table_find_key(coder->sectors, an_fold_hash(sector));
  return rows.count > 0 && an_text_is(an_table_cell(coder->sectors, rows.first, column), "yes");
}

bool coder_sector_armed(const an_coder *coder, an_text sector) { return sector_has(coder, sector, coder->sectors_armed); }

bool coder_sector_decides(const an_coder *coder, an_text sector) { return sector_has(coder, sector, coder->sectors_decides); }
bool coder_sector_words(const an_coder *coder, an_text sector) { return sector_has(coder, sector, coder->sectors_words); }

bool coder_sector_lends(const an_coder *coder, an_text sector) {
  return sector.at == NULL || sector_has(coder, sector, coder->sectors_lends);
}

/* ---- Weights of a row's certainty (sure.c) ---- */

static an_status read_sure(an_coder *coder, an_error *err) {
  static const char *const parts[SURE_PARTS] = {"type", "who", "whom"};
  uint32_t rows = an_table_rows(coder->sure);
  coder->sure_weight = an_arena_take(&coder->arena, rows + 1u, sizeof *coder->sure_weight);
  if (coder->sure_weight == NULL) return an_fail(err, AN_ERR_MEMORY, "coder", "no memory for sure.tsv");
  for (int i = 0; i < SURE_PARTS; i++) {
    uint32_t column = an_table_column(coder->sure, parts[i]);
    for (uint32_t r = 0; r < rows; r++) {
      coder->sure_weight[r][i] = coder_number(an_table_cell(coder->sure, r, column), NAN);
      if (isnan(coder->sure_weight[r][i]))
        return an_fail(err, AN_ERR_DATA, "coder", "sure.tsv:%u: '%s' is not a number", an_table_line(coder->sure, r), parts[i]);
    }
  }
  return AN_OK;
}

/* ---- Open and close -------------------------------------------------------------------------- */

static an_status read_all(an_coder *coder, an_error *err) {
  const struct { const char *name; const an_table **at; } tables[] = {
      {"frames", &coder->frames}, {"heads", &coder->heads}, {"realis", &coder->realis}, {"light", &coder->light},
      {"traps", &coder->traps}, {"contexts", &coder->contexts}, {"cameo", &coder->cameo}, {"modes", &coder->modes},
      {"embed", &coder->embed}, {"quantities", &coder->quantities}, {"counted", &coder->counted},
      {"petrarch_verbs", &coder->petrarch_verbs}, {"petrarch_patterns", &coder->petrarch_patterns},
      {"petrarch_sets", &coder->petrarch_sets}, {"sectors", &coder->sectors}, {"sure", &coder->sure}, {"kinds", &coder->kinds},
      {"deeds", &coder->deeds}};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) AN_TRY(coder_table(coder->lexicon, tables[i].name, tables[i].at, err));
  coder->cameo_goldstein = an_table_column(coder->cameo, "goldstein");
  coder->cameo_contexts = an_table_column(coder->cameo, "contexts");
  coder->cameo_type = an_table_column(coder->cameo, "type");
  coder->cameo_mode = an_table_column(coder->cameo, "mode");
  coder->modes_traits = an_table_column(coder->modes, "traits");
  coder->modes_score = an_table_column(coder->modes, "score");
  coder->deeds_verb = an_table_column(coder->deeds, "verb");
  coder->traps_weight = an_table_column(coder->traps, "weight");
  coder->traps_blocks = an_table_column(coder->traps, "blocks");
  coder->light_how = an_table_column(coder->light, "how");
  coder->realis_kind_column = an_table_column(coder->realis, "kind");
  coder->realis_effect_column = an_table_column(coder->realis, "effect");
  coder->contexts_context = an_table_column(coder->contexts, "context");
  coder->sectors_armed = an_table_column(coder->sectors, "armed");
  coder->sectors_words = an_table_column(coder->sectors, "words");
  coder->sectors_decides = an_table_column(coder->sectors, "decides");
  coder->sectors_lends = an_table_column(coder->sectors, "lends");
  coder->embed_type = an_table_column(coder->embed, "type");
  coder->embed_mode = an_table_column(coder->embed, "mode");
  coder->embed_cameo = an_table_column(coder->embed, "cameo");
  AN_TRY(read_types(coder, err));
  AN_TRY(read_heads(coder, err));
  AN_TRY(arguments_read(coder, err));
  AN_TRY(read_sure(coder, err));
  return frames_read(coder, err);
}

an_status an_coder_open(const an_lexicon *lexicon, an_coder **out, an_error *err) {
  *out = NULL;
  an_coder *coder = calloc(1, sizeof *coder);
  if (coder == NULL) return an_fail(err, AN_ERR_MEMORY, "coder", "no memory for the frames");
  coder->lexicon = lexicon;
  an_arena_init(&coder->arena, CODER_ARENA);
  an_status status = read_all(coder, err);
  if (status != AN_OK) {
    an_coder_close(coder);
    return status;
  }
  *out = coder;
  return AN_OK;
}

void an_coder_close(an_coder *coder) {
  if (coder == NULL) return;
  an_arena_free(&coder->arena);
  free(coder);
}
