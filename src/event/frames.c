/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of frames.tsv become frames, those of arguments.tsv the places where frames look for their parts. */
#include "event/coder.h"

#include <string.h>

/* The next of the words that commas part; not known at the end. */
static an_text next_item(an_text list, uint32_t *at) {
  while (*at < list.size && list.at[*at] == ',') (*at)++;
  uint32_t begin = *at, comma = an_text_find(list, begin, AN_LIT(","));
  *at = comma == AN_NONE ? list.size : comma;
  return *at > begin ? an_text_slice(list, begin, *at) : (an_text){0};
}

static bool words_of_condition(const an_coder *coder, an_text list, condition *out, uint32_t max, uint32_t *count, bool exclude,
                               uint64_t prep) {
  an_text item;
  for (uint32_t at = 0; (item = next_item(list, &at)).at != NULL;) {
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
      c->classes = coder_class(coder, an_text_slice(item, 1, item.size));
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
  for (uint32_t at = 0; an_text_word(cell, &at, &item);) {
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
  for (uint32_t at = 0; an_text_word(cell, &at, &item);) {
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
  for (uint32_t at = 0; an_text_word(cell, &at, &item);) {
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
  for (uint32_t at = 0; an_text_word(names, &at, &name);) {
    class_set one = coder_class(coder, name);
    for (int i = 0; i < CLASS_WORDS; i++) all.bits[i] |= one.bits[i];
  }
  return all;
}

an_status arguments_read(an_coder *coder, an_error *err) {
  const an_table *t;
  AN_TRY(coder_table(coder->lexicon, "arguments", &t, err));
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
  coder->problem = coder_class(coder, AN_LIT("problem"));
  coder->phrasal = coder_class(coder, AN_LIT("phrasal"));
  coder->relation = coder_class(coder, AN_LIT("relation"));
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
  for (uint32_t at = 0; an_text_word(cell, &at, &item);) {
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
  for (uint32_t at = 0; an_text_word(f->key_text, &at, &word);) {
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
  if (f->mode.size > 0 && (f->type == AN_NONE || coder_mode(coder, f->type, f->mode).count == 0))
    return an_fail(err, AN_ERR_DATA, "coder", "frames.tsv:%u: modes.tsv has no mode '%.*s' of this type", f->line, (int)f->mode.size, f->mode.at);
  return AN_OK;
}

an_status frames_read(an_coder *coder, an_error *err) {
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
