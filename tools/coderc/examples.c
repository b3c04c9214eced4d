/* SPDX-License-Identifier: Apache-2.0 */
#include "examples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "inflect.h"
#include "train/random.h"

enum { COLUMNS = 6, CELL_SENTENCE = 0, CELL_TYPE, CELL_MODE, CELL_REALIS, CELL_NEGATED, CELL_NOTE, LINE_MOST = 4096 };

void *must(void *p) {
  if (p == NULL) fputs("coderc: no memory left\n", stderr), exit(2);
  return p;
}

static void well(an_status status, const an_error *err) {
  if (status != AN_OK) fprintf(stderr, "coderc: %s\n", err->message), exit(2);
}

/* ---- Labels ---- */

void examples_modes(examples *all) {
  for (uint32_t t = 0; t < all->coder->type_count; t++) all->mode_name[all->mode_count++] = all->coder->types[t].name;
  for (uint32_t r = 0; r < an_table_rows(all->coder->modes) && all->mode_count < CLASSIFIER_MODES; r++)
    all->mode_name[all->mode_count++] = an_table_cell(all->coder->modes, r, 0);
}

static uint32_t mode_of(const examples *all, const char *type, const char *mode) {
  char name[128];
  if (strcmp(mode, "-") == 0 || mode[0] == '\0') snprintf(name, sizeof name, "%s", type);
  else snprintf(name, sizeof name, "%s %s", type, mode);
  for (uint32_t m = 0; m < all->mode_count; m++)
    if (an_text_is(all->mode_name[m], name)) return m;
  return AN_NONE;
}

/* ---- A pair becomes an example ---- */

static void keep(examples *all, const scene *s, an_pair pair, uint32_t type, uint32_t mode, float weight) {
  static proposals from;
  static signs g;
  propose(s, pair, &all->drafts, &from);
  signs_of(s, pair, &from, &g);
  if (all->count == all->capacity) {
    all->capacity = all->capacity == 0 ? 4096 : all->capacity * 2;
    all->at = must(realloc(all->at, all->capacity * sizeof *all->at));
  }
  example *e = &all->at[all->count++];
  *e = (example){.key = must(malloc((g.key_count + 1u) * sizeof *e->key)), .mode_key = must(malloc((g.key_count + 1u) * sizeof *e->key)),
                 .key_count = g.key_count, .frame_keys = g.frame_keys,
                 .x = must(malloc((size_t)SLOT_COUNT * all->vectors.size * sizeof *e->x)), .type = type, .mode = mode, .weight = weight};
  for (uint32_t i = 0; i < g.key_count; i++) {
    e->key[i] = classifier_row(g.key[i], CLASSIFIER_ROWS);
    e->mode_key[i] = classifier_row(g.key[i], CLASSIFIER_MODE_ROWS);
  }
  classifier_pool(&all->vectors, s, &g, e->x);
}

static void open_scene(examples *all, an_document *d, scene *s) {
  an_error err = {0};
  const an_engine *e = all->worker->engine;
  well(scene_open(e->coder, e->world, &d->article, &d->words, &d->mentions, &d->times, &d->statements, &d->published,
                  &all->worker->arena, NULL, s, &err), &err);
  all->drafts = drafts_open(s);
  must(all->drafts.at);
}

static uint32_t subtree_end(const scene *s, uint32_t head, uint32_t *first) {
  uint32_t end;
  an_subtree(s->words, head, first, &end);
  return end;
}

/* Of a sentence that nobody marked: the parties that a verb or the first noun would have. */
static bool guess_pair(const scene *s, an_pair *pair) {
  for (uint32_t i = 0; i < s->words->token_count; i++) {
    if (!clause_is_verb(s, i)) continue;
    clause c;
    clause_read(s, i, &c);
    uint32_t other = c.object != AN_NONE ? c.object : c.oblique_count > 0 ? c.obliques[0].token : AN_NONE;
    if (c.subject == AN_NONE || other == AN_NONE || c.subject == other) continue;
    *pair = (an_pair){c.subject, c.subject + 1, other, other + 1};
    return true;
  }
  for (uint32_t i = 0; i < s->words->token_count; i++)
    if (s->words->tokens[i].upos == AN_NOUN || s->words->tokens[i].upos == AN_PROPN) {
      pair->source_end = subtree_end(s, i, &pair->source);
      pair->target = pair->target_end = AN_NONE;
      return pair->source_end > pair->source;
    }
  return false;
}

static void take(examples *all, an_text marked, uint32_t type, uint32_t mode, float weight) {
  an_error err = {0};
  an_document *d;
  an_page *page;
  an_pair pair;
  scene s;
  well(an_code_prepare(all->worker, marked, &d, &page, &pair, &err), &err);
  open_scene(all, d, &s);
  if (pair.source == AN_NONE) { /* only the target is marked: somebody to whom it was done */
    pair = (an_pair){pair.target, pair.target_end, AN_NONE, AN_NONE};
    if (pair.source == AN_NONE && !guess_pair(&s, &pair)) return;
  }
  keep(all, &s, pair, type, mode, weight);
}

/* ---- Files of sentences ---- */

static void fault(examples *all, const char *path, uint32_t line, const char *what, const char *which) {
  fprintf(stderr, "%s:%u: %s%s%s\n", path, line, what, which[0] == '\0' ? "" : ": ", which);
  all->faults++;
}

static uint32_t cells_of(char *line, char *cells[COLUMNS]) {
  uint32_t n = 0;
  for (char *at = line; at != NULL;) {
    char *tab = strchr(at, '\t');
    if (tab != NULL) *tab++ = '\0';
    if (n < COLUMNS) cells[n] = at;
    n++;
    at = tab;
  }
  return n;
}

/* Marks open once, close once, and hold something. */
static bool marks_are_sound(const char *sentence, bool needed) {
  const char *s = strstr(sentence, "<s>"), *s_end = strstr(sentence, "</s>"), *t = strstr(sentence, "<t>"), *t_end = strstr(sentence, "</t>");
  if ((s == NULL) != (s_end == NULL) || (t == NULL) != (t_end == NULL)) return false;
  if ((s != NULL && s_end <= s + 3) || (t != NULL && t_end <= t + 3)) return false;
  return !needed || s != NULL || t != NULL;
}

static void labelled_line(examples *all, const char *path, uint32_t number, char *line, float weight) {
  char *cells[COLUMNS];
  uint32_t columns = cells_of(line, cells);
  if (columns != COLUMNS) {
    fault(all, path, number, "six columns are wanted", "");
    return;
  }
  bool none = strcmp(cells[CELL_TYPE], "none") == 0;
  uint32_t type = none ? all->coder->type_count : coder_type(all->coder, an_text_of(cells[CELL_TYPE]));
  uint32_t mode = none ? AN_NONE : mode_of(all, cells[CELL_TYPE], cells[CELL_MODE]);
  static const char *const realis[] = {"happened", "ongoing", "planned", "conditional"};
  bool known = false;
  for (size_t i = 0; i < sizeof realis / sizeof *realis; i++) known |= strcmp(cells[CELL_REALIS], realis[i]) == 0;
  if (type == AN_NONE) fault(all, path, number, "no such type", cells[CELL_TYPE]);
  else if (!none && mode == AN_NONE) fault(all, path, number, "no such mode of the type", cells[CELL_MODE]);
  else if (!known) fault(all, path, number, "no such realis", cells[CELL_REALIS]);
  else if (strcmp(cells[CELL_NEGATED], "0") != 0 && strcmp(cells[CELL_NEGATED], "1") != 0) fault(all, path, number, "negated is 0 or 1", cells[CELL_NEGATED]);
  else if (!marks_are_sound(cells[CELL_SENTENCE], !none)) fault(all, path, number, "marks of source and target", cells[CELL_SENTENCE]);
  else {
    uint32_t before = all->count;
    take(all, an_text_of(cells[CELL_SENTENCE]), type, mode, weight);
    for (uint32_t i = before; i < all->count; i++) all->at[i].phrase = strcmp(cells[CELL_NOTE], "phrase") == 0;
  }
}

void examples_of_file(examples *all, const char *path, float weight, uint32_t share) {
  static const char header[] = "sentence\ttype\tmode\trealis\tnegated\tnote";
  FILE *file = fopen(path, "rb");
  char *line = NULL;
  size_t room = 0;
  uint32_t number = 0, before = all->count;
  if (file == NULL) fprintf(stderr, "coderc: %s cannot be read\n", path), exit(2);
  for (ssize_t size; (size = getline(&line, &room, file)) >= 0;) {
    all->checksum = an_hash_mix(all->checksum, an_hash64(line, (size_t)size));
    while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r')) line[--size] = '\0';
    if (++number == 1) {
      if (strcmp(line, header) != 0) fault(all, path, 1, "the columns are not sentence, type, mode, realis, negated, note", "");
      continue;
    }
    if (an_hash64(line, (size_t)size) % 1000 < share) labelled_line(all, path, number, line, weight);
  }
  uint32_t count = all->count - before; /* the last sixth of a file is put aside: a stretch, since neighbours are alike; no phrases, easier than news */
  for (uint32_t i = count - count / 6; i < count; i++) all->at[before + i].aside = !all->at[before + i].phrase;
  free(line);
  fclose(file);
}

/* ---- Frames' own examples ---- */

static uint32_t add_mark(char *out, uint32_t at, const char *mark, bool here) {
  if (!here) return at;
  size_t size = strlen(mark);
  memcpy(out + at, mark, size);
  return at + (uint32_t)size;
}

static an_text with_marks(an_text plain, an_span source, an_span target, char *out) {
  uint32_t k = 0;
  for (uint32_t at = 0; at <= plain.size; at++) {
    k = add_mark(out, k, "</s>", source.end > 0 && at == source.end);
    k = add_mark(out, k, "</t>", target.end > 0 && at == target.end);
    k = add_mark(out, k, "<s>", source.end > 0 && at == source.begin);
    k = add_mark(out, k, "<t>", target.end > 0 && at == target.begin);
    if (at < plain.size) out[k++] = plain.at[at];
  }
  return (an_text){out, k};
}

/* Marks the parties of the event that the frame found; false: it found none. */
static bool mark_parties(examples *all, an_text plain, an_text type, char *out, an_text *marked) {
  const an_reading *reading;
  an_error err = {0};
  well(an_code_sentence(all->worker, plain, &reading, &err), &err);
  for (uint32_t i = 0; i < reading->event_count; i++) {
    const an_event *e = &reading->events[i];
    if (!an_text_equal(e->type, type) || e->actor_count + e->recipient_count == 0) continue;
    an_span a = e->actor_count > 0 ? e->actors[0].span : e->recipients[0].span, b = {0, 0};
    if (e->actor_count > 0 && e->recipient_count > 0) b = e->recipients[0].span;
    else if (e->actor_count > 1) b = e->actors[1].span;
    if (a.begin < b.end && b.begin < a.end) b = (an_span){0, 0};
    *marked = with_marks(plain, a, b, out);
    return true;
  }
  return false;
}

void examples_balance(examples *all, float together) {
  uint32_t phrases[CLASSIFIER_TYPES] = {0};
  for (uint32_t i = 0; i < all->count; i++) phrases[all->at[i].type] += all->at[i].phrase;
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].phrase) all->at[i].weight *= together / (float)phrases[all->at[i].type];
}

void examples_of_frames(examples *all, float weight) {
  const an_table *t = all->coder->frames;
  uint32_t type_column = an_table_column(t, "type"), mode_column = an_table_column(t, "mode"), example_column = an_table_column(t, "example");
  static char room[LINE_MOST + 64];
  for (uint32_t r = 0; r < an_table_rows(t); r++) {
    an_text plain = an_table_cell(t, r, example_column), type = an_table_cell(t, r, type_column), marked;
    uint32_t number = coder_type(all->coder, type);
    if (plain.at == NULL || plain.size > LINE_MOST || number == AN_NONE || !mark_parties(all, plain, type, room, &marked)) continue;
    an_text mode = an_table_cell(t, r, mode_column);
    char type_name[64], mode_name[64];
    snprintf(type_name, sizeof type_name, "%.*s", (int)type.size, type.at);
    snprintf(mode_name, sizeof mode_name, "%.*s", (int)mode.size, mode.at == NULL ? "" : mode.at);
    take(all, marked, number, mode_of(all, type_name, mode_name), weight);
  }
}

/* ---- The dictionary ---- */

static uint64_t chance = 20261122;

static an_text word_at(an_text text, uint32_t *at) {
  while (*at < text.size && text.at[*at] == ' ') (*at)++;
  uint32_t begin = *at, space = an_text_find(text, begin, AN_LIT(" "));
  *at = space == AN_NONE ? text.size : space;
  return an_text_slice(text, begin, *at);
}

/* Some word of a synonym set ("&TREATY"). */
static an_text of_set(const examples *all, an_text name) {
  const an_table *t = all->coder->petrarch_sets;
  an_text found = {0};
  uint32_t seen = 0;
  for (uint32_t r = 0; r < an_table_rows(t); r++) {
    an_text sets = an_table_cell(t, r, 1), set;
    for (uint32_t at = 0; at < sets.size;)
      if (set = word_at(sets, &at), an_text_equal(set, name) && random_next(&chance) % ++seen == 0) found = an_table_cell(t, r, 0);
  }
  return found;
}

/* "<s>Kenya</s> rejects the proposal of <t>Ghana</t>.": small, but it says which words a code is told with. */
static void pattern_example(examples *all, an_text verb, an_text words, an_text code, float weight) {
  static const char *const links[] = {"of", "to", "with", "against", "for"};
  const an_coder *k = all->coder;
  an_rows rows = an_table_find_key(k->cameo, an_fold_hash(code));
  uint32_t type = rows.count == 0 ? AN_NONE : coder_type(k, an_table_cell(k->cameo, rows.first, k->cameo_type));
  if (type == AN_NONE || verb.size > 40 || words.size > 200) return;
  char first[64], form[80], line[LINE_MOST], rest[512] = "";
  uint32_t at = 0, size = 0;
  an_text head = word_at(verb, &at), particle = an_text_slice(verb, at, verb.size);
  snprintf(first, sizeof first, "%.*s", (int)head.size, head.at);
  inflect_s(first, form);
  for (uint32_t i = 0; i < words.size;) {
    an_text word = word_at(words, &i);
    if (word.size > 0 && word.at[0] == '&') word = of_set(all, an_text_slice(word, 1, word.size));
    if (word.at == NULL || size + word.size + 2 > sizeof rest) return;
    size += (uint32_t)snprintf(rest + size, sizeof rest - size, " %.*s", (int)word.size, word.at);
  }
  if (words.size == 0) snprintf(line, sizeof line, "<s>Kenya</s> %s%.*s <t>Ghana</t>.", form, (int)particle.size, particle.at);
  else if (random_next(&chance) % 5 < 2) snprintf(line, sizeof line, "<s>Kenya</s> %s%.*s <t>Ghana</t>%s.", form, (int)particle.size, particle.at, rest);
  else snprintf(line, sizeof line, "<s>Kenya</s> %s%.*s%s %s <t>Ghana</t>.", form, (int)particle.size, particle.at, rest, links[random_next(&chance) % 5]);
  take(all, an_text_of(line), type, AN_NONE, weight);
}

void examples_of_dictionary(examples *all, float weight) {
  const an_table *verbs = all->coder->petrarch_verbs, *patterns = all->coder->petrarch_patterns;
  for (uint32_t v = 0; v < an_table_rows(verbs); v++) {
    an_text verb = an_table_cell(verbs, v, 0), code = an_table_cell(verbs, v, 2);
    if (an_text_ends(verb, "ing") || an_text_ends(verb, "ed")) continue;
    if (code.at != NULL) pattern_example(all, verb, (an_text){0}, code, weight);
    an_rows rows = an_table_find_key(patterns, an_fold_hash(an_table_cell(verbs, v, 1)));
    for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
      if (random_next(&chance) % 12 == 0) /* a block has some four verbs, and many patterns are alike */
        pattern_example(all, verb, an_table_cell(patterns, r, 1), an_table_cell(patterns, r, 2), weight);
  }
}
