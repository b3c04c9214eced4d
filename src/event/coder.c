/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the tables of data/lexicon into the coder. What a table says and this file cannot read is an error that names the
   line, so that an editor of a table learns of a slip when the data is built and tested, not from silence. */
#include "event/coder.h"

#include <math.h>

#include <stdlib.h>
#include <string.h>

enum { CODER_ARENA = 64 << 20, MAX_CLASSES = CLASS_WORDS * 64 };

/* The next piece of `text` between any of the separators; not known at its end. */
static an_text piece(an_text text, uint32_t *at, const char *separators) {
  while (*at < text.size && strchr(separators, text.at[*at]) != NULL) (*at)++;
  uint32_t begin = *at;
  while (*at < text.size && strchr(separators, text.at[*at]) == NULL) (*at)++;
  return *at > begin ? an_text_slice(text, begin, *at) : (an_text){0};
}

static an_status need_table(const an_lexicon *lexicon, const char *name, const an_table **out, an_error *err) {
  *out = an_lexicon_table(lexicon, name);
  return *out != NULL ? AN_OK : an_fail(err, AN_ERR_DATA, "coder", "lexicon.an has no table '%s'; run make data", name);
}

bool class_meets(class_set a, class_set b) {
  for (int i = 0; i < CLASS_WORDS; i++)
    if ((a.bits[i] & b.bits[i]) != 0) return true;
  return false;
}

static void class_add(class_set *set, uint32_t number) { set->bits[number / 64] |= (uint64_t)1 << (number % 64); }

static class_set class_by_name(const an_coder *coder, an_text name) {
  class_set set = {{0}};
  uint32_t number = an_map_get(&coder->class_index, an_fold_hash(name), AN_NONE);
  if (number != AN_NONE) class_add(&set, number);
  return set;
}

class_set coder_class(const an_coder *coder, const char *name) { return class_by_name(coder, an_text_of(name)); }

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
static an_rows mode_row(const an_coder *coder, uint32_t type, an_text mode) {
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
  for (uint32_t at = 0; (word = piece(cell, &at, " ")).at != NULL;)
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
  an_rows rows = type < coder->type_count ? mode_row(coder, type, mode) : (an_rows){0, 0};
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
  an_rows rows = mode_row(coder, type, mode);
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
    for (uint32_t at = 0; (name = piece(names, &at, " ")).at != NULL;) {
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
  coder->container = coder_class(coder, "container");
  return AN_OK;
}

/* ---- PLOVER's types -------------------------------------------------------------------------- */

static an_status read_types(an_coder *coder, an_error *err) {
  const an_table *table;
  AN_TRY(need_table(coder->lexicon, "plover", &table, err));
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

/* ---- Frames ---------------------------------------------------------------------------------- */

static bool words_of_condition(const an_coder *coder, an_text list, condition *out, uint32_t max, uint32_t *count, bool exclude,
                               uint64_t prep) {
  an_text item;
  for (uint32_t at = 0; (item = piece(list, &at, ",")).at != NULL;) {
    if (*count >= max) return false;
    condition *c = &out[(*count)++];
    *c = (condition){.exclude = exclude, .prep = prep, .kind = prep != 0 ? WANT_PREP : WANT_WORD};
    if (an_text_is(item, "party") || an_text_is(item, "person")) {
      c->party = true;
      c->person = an_text_is(item, "person");
      if (prep == 0) c->kind = WANT_PARTY;
    } else if (an_text_is(item, "+")) {
      c->kind = WANT_ANY;
    } else if (an_text_is(item, "-")) {
      c->kind = WANT_NONE;
    } else if (item.at[0] == '@') {
      c->classes = class_by_name(coder, an_text_slice(item, 1, item.size));
      if (prep == 0) c->kind = WANT_CLASS;
      if (!class_meets(c->classes, c->classes)) return false;
    } else {
      c->word = an_fold_hash(item);
    }
  }
  return true;
}

/* "party @ship !@toy from:@base": a list of conditions. In `with`, a bare word is a preposition. */
static bool read_conditions(an_coder *coder, an_text cell, bool bare_is_prep, conditions *out) {
  condition list[CONDITIONS];
  uint32_t count = 0;
  an_text item;
  for (uint32_t at = 0; (item = piece(cell, &at, " ")).at != NULL;) {
    bool exclude = item.at[0] == '!';
    if (exclude) item = an_text_slice(item, 1, item.size);
    uint32_t colon = an_text_find(item, 0, AN_LIT(":"));
    bool bare_prep = bare_is_prep && colon == AN_NONE && item.at[0] != '@';
    if (bare_prep) {
      if (count >= CONDITIONS) return false;
      list[count++] = (condition){.kind = WANT_PREP, .prep = an_fold_hash(item), .exclude = exclude};
      continue;
    }
    uint64_t prep = colon == AN_NONE ? 0 : an_fold_hash(an_text_slice(item, 0, colon));
    an_text words = colon == AN_NONE ? item : an_text_slice(item, colon + 1, item.size);
    if (!words_of_condition(coder, words, list, CONDITIONS, &count, exclude, prep)) return false;
  }
  condition *copy = AN_NEW(&coder->arena, condition, count);
  if (copy == NULL) return false;
  memcpy(copy, list, count * sizeof *copy);
  *out = (conditions){copy, count};
  return true;
}

static bool read_complement(an_coder *coder, an_text cell, frame *f) {
  an_text item;
  for (uint32_t at = 0; (item = piece(cell, &at, " ")).at != NULL;) {
    f->wants_complement = true;
    uint32_t colon = an_text_find(item, 0, AN_LIT(":"));
    an_text kind = colon == AN_NONE ? item : an_text_slice(item, 0, colon);
    if (an_text_is(kind, "xcomp")) f->complement_open = true;
    else if (an_text_is(kind, "that")) f->complement_that = true;
    else if (an_text_is(kind, "cop")) f->complement_copula = true;
    else return false;
    if (colon != AN_NONE && !read_conditions(coder, an_text_slice(item, colon + 1, item.size), false, &f->complement)) return false;
  }
  return true;
}

static bool read_roles(an_text cell, roles *out) {
  static const struct { const char *name; uint8_t kind; } names[] = {
      {"subj", ROLE_SUBJECT}, {"obj", ROLE_OBJECT}, {"iobj", ROLE_INDIRECT}, {"poss", ROLE_POSSESSIVE},
      {"comp", ROLE_COMPLEMENT}, {"speaker", ROLE_SPEAKER}, {"0", ROLE_NOBODY}};
  an_text item;
  for (uint32_t at = 0; (item = piece(cell, &at, " ")).at != NULL;) {
    if (out->count >= ROLES) return false;
    role r = {ROLE_PREP, an_fold_hash(item)};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
      if (an_text_is(item, names[i].name)) r = (role){names[i].kind, 0};
    out->at[out->count++] = r;
    out->given = true;
  }
  return true;
}

/* The union of the classes that a row of arguments.tsv names. */
static class_set classes_of_row(const an_coder *coder, const an_table *t, const char *key) {
  class_set all = {{0}};
  an_rows found = an_table_find_key(t, an_fold_hash(an_text_of(key)));
  an_text names = found.count == 0 ? (an_text){0} : an_table_cell(t, found.first, an_table_column(t, "actor")), name;
  for (uint32_t at = 0; (name = piece(names, &at, " ")).at != NULL;) {
    class_set one = class_by_name(coder, name);
    for (int i = 0; i < CLASS_WORDS; i++) all.bits[i] |= one.bits[i];
  }
  return all;
}

static an_status read_arguments(an_coder *coder, an_error *err) {
  const an_table *t;
  AN_TRY(need_table(coder->lexicon, "arguments", &t, err));
  const struct { const char *name; roles *actor, *recipient; } rows[] = {
      {"verb", &coder->verb_actor, &coder->verb_recipient}, {"noun", &coder->noun_actor, &coder->noun_recipient},
      {"light", &coder->light_actor, &coder->light_recipient}, {"adjective", &coder->adjective_actor, &coder->adjective_recipient},
      {"complement", NULL, &coder->complement_recipient}, {"each-other", &coder->each_other, NULL},
      {"origin", &coder->origin, NULL}, {"members", &coder->members, NULL}, {"unclaimed", &coder->unclaimed, NULL},
      {"around", &coder->around, NULL}, {"opponent", &coder->facing, &coder->opponent}, {"given-to", &coder->given_to, NULL},
      {"deciding", &coder->deciding, NULL}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    an_rows found = an_table_find_key(t, an_fold_hash(an_text_of(rows[i].name)));
    bool well = found.count == 1 &&
                (rows[i].recipient == NULL || read_roles(an_table_cell(t, found.first, an_table_column(t, "recipient")), rows[i].recipient)) &&
                (rows[i].actor == NULL || read_roles(an_table_cell(t, found.first, an_table_column(t, "actor")), rows[i].actor));
    if (!well) return an_fail(err, AN_ERR_DATA, "coder", "arguments.tsv: the row '%s' is missing or cannot be read", rows[i].name);
  }
  coder->somebody = classes_of_row(coder, t, "somebody");
  coder->instrument = classes_of_row(coder, t, "instrument");
  coder->speaks = classes_of_row(coder, t, "speaks");
  coder->carrier = classes_of_row(coder, t, "carrier");
  coder->force = classes_of_row(coder, t, "force");
  coder->individual = classes_of_row(coder, t, "individual");
  coder->struck = classes_of_row(coder, t, "struck");
  coder->problem = coder_class(coder, "problem");
  coder->phrasal = coder_class(coder, "phrasal");
  coder->relation = coder_class(coder, "relation");
  return AN_OK;
}

static bool read_flags(an_text cell, uint32_t *out) {
  static const struct { const char *name; uint32_t flag; } names[] = {
      {"mutual", FRAME_MUTUAL}, {"takes", FRAME_TAKES}, {"planned", FRAME_PLANNED}, {"conditional", FRAME_CONDITIONAL},
      {"weak", FRAME_WEAK}, {"reversed", FRAME_REVERSED}, {"told", FRAME_TOLD}, {"hostile", FRAME_HOSTILE},
      {"pair", FRAME_PAIR}, {"answer", FRAME_ANSWER}, {"carried", FRAME_CARRIED}, {"subjunctive", FRAME_SUBJUNCTIVE},
      {"negated-comp", FRAME_NEGATED_COMPLEMENT}, {"flips", FRAME_FLIPS}, {"armed", FRAME_ARMED}, {"spoken", FRAME_SPOKEN},
      {"state", FRAME_STATE}};
  an_text item;
  for (uint32_t at = 0; (item = piece(cell, &at, " ")).at != NULL;) {
    size_t i = 0, n = sizeof names / sizeof *names;
    while (i < n && !an_text_is(item, names[i].name)) i++;
    if (i == n) return false;
    *out |= names[i].flag;
  }
  return true;
}

static bool read_frame(an_coder *coder, uint32_t row, frame *f) {
  const an_table *t = coder->frames;
#define CELL(name) an_table_cell(t, row, an_table_column(t, name))
  f->key_text = an_table_cell(t, row, 0);
  f->line = an_table_line(t, row);
  an_text word;
  for (uint32_t at = 0; (word = piece(f->key_text, &at, " ")).at != NULL;) {
    if (f->key_count >= KEY_WORDS) return false;
    f->key[f->key_count++] = an_fold_hash(word);
  }
  an_text pos = CELL("pos"), type = CELL("type");
  f->pos = an_text_is(pos, "v") ? FRAME_VERB : an_text_is(pos, "n") ? FRAME_NOUN : an_text_is(pos, "m") ? FRAME_MODAL : FRAME_ADJECTIVE;
  f->mode = CELL("mode");
  f->cameo = CELL("cameo");
  f->type = coder_type(coder, type);
  if (f->type == AN_NONE && !an_text_is(type, "none")) return false;
  return read_conditions(coder, CELL("obj"), false, &f->object) && read_conditions(coder, CELL("with"), true, &f->with) &&
         read_complement(coder, CELL("comp"), f) && read_roles(CELL("actor"), &f->actor) &&
         read_roles(CELL("recipient"), &f->recipient) && read_flags(CELL("how"), &f->flags);
#undef CELL
}

/* Two frames that ask for the same and say different things: which one would speak hangs on the order of lines. */
static an_status no_conflict(an_coder *coder, an_map *seen, uint32_t row, an_error *err) {
  static const char *const asked[] = {"key", "pos", "obj", "with", "comp", "how"};
  const an_table *t = coder->frames;
  uint64_t hash = 0;
  for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
    an_text cell = an_table_cell(t, row, an_table_column(t, asked[i]));
    hash = (hash ^ (cell.at == NULL ? 1 : an_fold_hash(cell))) * 0x9e3779b97f4a7c15u + i;
  }
  uint32_t *first = an_map_put(&coder->arena, seen, hash, row);
  AN_NEED(first, err, "coder");
  if (*first == row || coder->frame_at[*first].type == coder->frame_at[row].type) return AN_OK;
  return an_fail(err, AN_ERR_DATA, "coder", "frames.tsv:%u says otherwise than frames.tsv:%u, which asks for the same",
                 an_table_line(t, row), an_table_line(t, *first));
}

/* Codes go into people's data as they stand here, so they must be codes. */
static an_status known_codes(an_coder *coder, const frame *f, an_error *err) {
  if (f->cameo.size > 0 && an_table_find_key(coder->cameo, an_fold_hash(f->cameo)).count == 0)
    return an_fail(err, AN_ERR_DATA, "coder", "frames.tsv:%u: cameo.tsv has no code '%.*s'", f->line, (int)f->cameo.size, f->cameo.at);
  if (f->mode.size > 0 && (f->type == AN_NONE || mode_row(coder, f->type, f->mode).count == 0))
    return an_fail(err, AN_ERR_DATA, "coder", "frames.tsv:%u: modes.tsv has no mode '%.*s' of this type", f->line, (int)f->mode.size, f->mode.at);
  return AN_OK;
}

static an_status read_frames(an_coder *coder, an_error *err) {
  coder->frame_count = an_table_rows(coder->frames);
  coder->frame_at = AN_NEW(&coder->arena, frame, coder->frame_count);
  AN_NEED(coder->frame_at, err, "coder");
  an_map seen = {0};
  for (uint32_t r = 0; r < coder->frame_count; r++) {
    if (!read_frame(coder, r, &coder->frame_at[r]))
      return an_fail(err, AN_ERR_DATA, "coder", "frames.tsv:%u: a cell that cannot be read (class, role, type or flag)",
                     an_table_line(coder->frames, r));
    AN_TRY(known_codes(coder, &coder->frame_at[r], err));
    AN_TRY(no_conflict(coder, &seen, r, err));
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
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) AN_TRY(need_table(coder->lexicon, tables[i].name, tables[i].at, err));
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
  AN_TRY(read_arguments(coder, err));
  AN_TRY(read_sure(coder, err));
  return read_frames(coder, err);
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
