/* SPDX-License-Identifier: Apache-2.0 */
/* lexiconc FOLDER OUTPUT: compiles every FOLDER/NAME.tsv into one lexicon.an (src/lexicon/layout.h).

   A table: lines of cells between tabs. Lines that begin with # are comments, but for "#flag WORD" before the header, which
   gives the first word of every key that flag. The first other line names the columns; column 0 is the key. Every message
   names file and line; one bad row makes no file. */
#include "base/base.h"
#include "lexicon/layout.h"
#include "lexicon/lexicon.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  uint32_t flag;
} flag_names[] = {{"event", AN_WORD_EVENT},         {"cue", AN_WORD_CUE},   {"time", AN_WORD_TIME},
                  {"number", AN_WORD_NUMBER},       {"stop", AN_WORD_STOP}, {"role", AN_WORD_ROLE},
                  {"abbreviation", AN_WORD_ABBREVIATION}, {"reference", AN_WORD_REFERENCE}, {"realis", AN_WORD_REALIS}};

typedef struct row {
  uint32_t line, words;          /* of the source; words of the key */
  uint32_t group, same;          /* row where the first word, and the whole key, was first seen */
  uint64_t first_word, key;      /* folds */
  uint32_t *cells;
} row;

typedef struct compiler {
  an_arena arena;
  an_buf strings, tables, columns, cells, lines, slots;
  an_map interned, flags;        /* hash of a text -> its offset; fold of a word -> its flags */
  uint32_t row_count, cell_count, slot_count, column_count;
  uint64_t sources;
  unsigned errors;
} compiler;

typedef struct source { const char *path; uint32_t line; } source;
typedef AN_LIST(row) row_list;

static void die(const char *what) {
  fprintf(stderr, "lexiconc: %s\n", what);
  exit(1);
}

static void *need(void *pointer) {
  if (pointer == NULL) die("out of memory");
  return pointer;
}

static void wrong(compiler *c, source at, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void wrong(compiler *c, source at, const char *format, ...) {
  if (++c->errors > 50) return;
  fprintf(stderr, "%s:%u: ", at.path, at.line);
  va_list args;
  va_start(args, format);
  vfprintf(stderr, format, args);
  va_end(args);
  fputc('\n', stderr);
}

static void put32(an_buf *buf, uint32_t value) {
  const uint8_t bytes[] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16), (uint8_t)(value >> 24)};
  an_buf_add(buf, bytes, sizeof bytes);
}

static uint32_t intern(compiler *c, an_text text) {
  if (text.size == 0) return AN_NONE;
  uint32_t *at = need(an_map_put(&c->arena, &c->interned, an_hash64(text.at, text.size), AN_NONE));
  if (*at == AN_NONE) {
    *at = (uint32_t)c->strings.size;
    put32(&c->strings, text.size);
    an_buf_text(&c->strings, text);
  }
  an_section pool = {(const uint8_t *)c->strings.at, c->strings.size};
  if (c->strings.failed || !an_text_equal(an_get_text(pool, *at), text)) die("two texts with one hash, or out of memory");
  return *at;
}

/* ---- Reading a table ----------------------------------------------------------------------------- */

static an_text read_file(compiler *c, const char *path) {
  FILE *file = fopen(path, "rb");
  an_buf buf;
  an_buf_init(&buf, 1u << 30);
  char some[65536];
  size_t size = 0;
  while (file != NULL && (size = fread(some, 1, sizeof some, file)) > 0) an_buf_add(&buf, some, size);
  if (file == NULL || ferror(file)) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    exit(1);
  }
  fclose(file);
  an_text text = an_arena_copy(&c->arena, buf.at == NULL ? "" : buf.at, buf.size);
  need((void *)(uintptr_t)text.at);
  an_buf_free(&buf);
  return text;
}

/* The next line without its end; *at is moved behind it. */
static an_text next_line(an_text text, uint32_t *at) {
  uint32_t end = an_text_find(text, *at, AN_LIT("\n"));
  if (end == AN_NONE) end = text.size;
  an_text line = an_text_slice(text, *at, end);
  *at = end < text.size ? end + 1 : end;
  return an_text_ends(line, "\r") ? an_text_slice(line, 0, line.size - 1) : line;
}

static uint32_t split(an_text line, an_text *cells, uint32_t max) {
  uint32_t count = 0, begin = 0;
  for (;;) {
    uint32_t end = an_text_find(line, begin, AN_LIT("\t"));
    if (count < max) cells[count] = an_text_trim(an_text_slice(line, begin, end == AN_NONE ? line.size : end));
    count++;
    if (end == AN_NONE) return count;
    begin = end + 1;
  }
}

enum { MOST_COLUMNS = 64, MOST_KEY = 1024 };

static uint32_t flag_of(compiler *c, source at, an_text line) {
  an_text name = an_text_trim(an_text_slice(line, 5, line.size));
  for (size_t i = 0; i < sizeof flag_names / sizeof *flag_names; i++)
    if (an_text_is(name, flag_names[i].name)) return flag_names[i].flag;
  wrong(c, at, "no flag is called \"%.*s\"", (int)name.size, name.at);
  return 0;
}

static uint32_t read_header(compiler *c, source at, an_text line, an_text *names) {
  uint32_t count = split(line, names, MOST_COLUMNS);
  if (count > MOST_COLUMNS) {
    wrong(c, at, "%u columns; at most %d", count, MOST_COLUMNS);
    return MOST_COLUMNS;
  }
  for (uint32_t i = 0; i < count; i++) {
    if (names[i].size == 0) wrong(c, at, "column %u has no name", i + 1);
    for (uint32_t j = 0; j < i; j++)
      if (an_text_equal(names[i], names[j])) wrong(c, at, "two columns are called \"%.*s\"", (int)names[i].size, names[i].at);
  }
  return count;
}

/* The key folded, single spaces between its words. */
static bool fold_key(compiler *c, source at, an_text key, row *out) {
  char folded[MOST_KEY], clean[MOST_KEY];
  uint32_t size = an_fold(key, folded, sizeof folded), kept = 0, first = 0;
  for (uint32_t i = 0; i < size; i++) {
    if (folded[i] != ' ') clean[kept++] = folded[i];
    else if (kept > 0 && clean[kept - 1] != ' ') clean[kept++] = ' ';
  }
  if (kept > 0 && clean[kept - 1] == ' ') kept--;
  if (kept == 0 || key.size >= MOST_KEY) {
    wrong(c, at, kept == 0 ? "the key is empty" : "the key is too long");
    return false;
  }
  while (first < kept && clean[first] != ' ') first++;
  out->words = 1;
  for (uint32_t i = 0; i < kept; i++) out->words += clean[i] == ' ';
  out->first_word = an_hash64(clean, first);
  out->key = an_hash64(clean, kept);
  return true;
}

static void read_row(compiler *c, source at, an_text line, uint32_t columns, uint32_t flags, row_list *rows) {
  an_text cells[MOST_COLUMNS];
  uint32_t count = split(line, cells, MOST_COLUMNS);
  row new = {.line = at.line};
  if (count != columns) {
    wrong(c, at, "%u columns found, %u wanted", count, columns);
    return;
  }
  if (!fold_key(c, at, cells[0], &new)) return;
  new.cells = need(AN_NEW(&c->arena, uint32_t, columns));
  for (uint32_t i = 0; i < columns; i++) new.cells[i] = intern(c, cells[i]);
  if (flags != 0) *(uint32_t *)need(an_map_put(&c->arena, &c->flags, new.first_word, 0)) |= flags;
  *(row *)need(AN_PUSH(&c->arena, rows)) = new;
}

static uint32_t read_table(compiler *c, const char *path, an_text text, an_text *names, row_list *rows) {
  uint32_t columns = 0, flags = 0;
  source at = {path, 0};
  if (an_text_starts(text, "\xef\xbb\xbf")) text = an_text_slice(text, 3, text.size);
  for (uint32_t next = 0; next < text.size;) {
    an_text line = next_line(text, &next);
    at.line++;
    if (!an_utf8_valid((const uint8_t *)line.at, line.size)) wrong(c, at, "not UTF-8");
    else if (an_text_starts(line, "#flag ") && columns > 0) wrong(c, at, "a flag behind the header");
    else if (an_text_starts(line, "#flag ")) flags |= flag_of(c, at, line);
    else if (an_text_starts(line, "#") || an_text_trim(line).size == 0) continue;
    else if (columns == 0) columns = read_header(c, at, line, names);
    else read_row(c, at, line, columns, flags, rows);
  }
  if (columns == 0) wrong(c, at, "no header that names the columns");
  return columns;
}

/* ---- Ordering and indexing ------------------------------------------------------------------------ */

/* Rows of one first word stand together, longer keys first, rows of one key together; else as in the file. */
static int by_place(const void *a, const void *b) {
  const row *x = a, *y = b;
  if (x->group != y->group) return x->group < y->group ? -1 : 1;
  if (x->words != y->words) return x->words > y->words ? -1 : 1;
  if (x->same != y->same) return x->same < y->same ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

static void order(compiler *c, row_list *rows) {
  an_map words = {0}, keys = {0};
  for (uint32_t i = 0; i < rows->count; i++) {
    rows->at[i].group = *(uint32_t *)need(an_map_put(&c->arena, &words, rows->at[i].first_word, i));
    rows->at[i].same = *(uint32_t *)need(an_map_put(&c->arena, &keys, rows->at[i].key, i));
  }
  if (rows->count > 0) qsort(rows->at, rows->count, sizeof *rows->at, by_place);
}

typedef struct slot { uint64_t fold; uint32_t a, b; } slot;

static uint32_t slots_for(uint32_t count) { /* at most half full */
  uint32_t slots = 2;
  while (slots < 2 * count) slots *= 2;
  return slots;
}

static slot *slot_of(slot *slots, uint32_t count, uint64_t fold) {
  uint32_t at = (uint32_t)fold & (count - 1);
  while (slots[at].fold != 0 && slots[at].fold != fold) at = (at + 1) & (count - 1);
  return &slots[at];
}

static void put_slots(an_buf *buf, const slot *slots, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    put32(buf, (uint32_t)slots[i].fold);
    put32(buf, (uint32_t)(slots[i].fold >> 32));
    put32(buf, slots[i].a);
    put32(buf, slots[i].b);
  }
}

/* Rows stand in order, so that those of one word (or one key) are a range. */
static uint32_t index_rows(compiler *c, const row_list *rows, bool whole_key) {
  uint32_t count = slots_for(rows->count);
  slot *slots = need(AN_NEW(&c->arena, slot, count));
  for (uint32_t i = 0; i < rows->count; i++) {
    uint64_t fold = whole_key ? rows->at[i].key : rows->at[i].first_word;
    slot *at = slot_of(slots, count, fold);
    if (at->fold == 0) *at = (slot){fold, i, 0};
    at->b++;
  }
  put_slots(&c->slots, slots, count);
  c->slot_count += count;
  return count;
}

static void compile_table(compiler *c, const char *path, an_text name, an_text text) {
  an_text names[MOST_COLUMNS];
  row_list rows = {0};
  uint32_t field[TABLE_FIELDS] = {0};
  uint32_t columns = read_table(c, path, text, names, &rows);
  order(c, &rows);
  field[TABLE_NAME] = intern(c, name);
  field[TABLE_COLUMNS_AT] = c->column_count;
  field[TABLE_COLUMNS] = columns;
  field[TABLE_ROWS_AT] = c->row_count;
  field[TABLE_CELLS_AT] = c->cell_count;
  field[TABLE_ROWS] = rows.count;
  for (uint32_t i = 0; i < columns; i++) put32(&c->columns, intern(c, names[i]));
  for (uint32_t i = 0; i < rows.count; i++) {
    put32(&c->lines, rows.at[i].line);
    for (uint32_t j = 0; j < columns; j++) put32(&c->cells, rows.at[i].cells[j]);
  }
  c->column_count += columns;
  c->row_count += rows.count;
  c->cell_count += rows.count * columns;
  field[TABLE_WORDS_AT] = c->slot_count;
  field[TABLE_WORD_SLOTS] = index_rows(c, &rows, false);
  field[TABLE_KEYS_AT] = c->slot_count;
  field[TABLE_KEY_SLOTS] = index_rows(c, &rows, true);
  for (uint32_t f = 0; f < TABLE_FIELDS; f++) put32(&c->tables, field[f]);
}

/* ---- The folder and the file ---------------------------------------------------------------------- */

static int is_table(const struct dirent *entry) {
  size_t size = strlen(entry->d_name);
  return size > 4 && entry->d_name[0] != '.' && strcmp(entry->d_name + size - 4, ".tsv") == 0;
}

static void compile_folder(compiler *c, const char *folder) {
  struct dirent **entries;
  int count = scandir(folder, &entries, is_table, alphasort); /* the C locale: by bytes */
  if (count < 0) {
    fprintf(stderr, "%s: %s\n", folder, strerror(errno));
    exit(1);
  }
  for (int i = 0; i < count; i++) {
    an_text name = an_text_of(entries[i]->d_name);
    an_text path = an_arena_printf(&c->arena, "%s/%s", folder, entries[i]->d_name);
    char *z = need(an_arena_take(&c->arena, path.size + 1, 1));
    memcpy(z, path.at, path.size);
    an_text text = read_file(c, z);
    c->sources = an_hash_mix(c->sources, an_hash64(name.at, name.size));
    c->sources = an_hash_mix(c->sources, an_hash64(text.at, text.size));
    compile_table(c, z, an_text_slice(name, 0, name.size - 4), text);
    free(entries[i]);
  }
  free(entries);
}

static an_buf flags_section(compiler *c) {
  uint32_t count = slots_for(c->flags.count);
  slot *slots = need(AN_NEW(&c->arena, slot, count));
  for (uint32_t i = 0; i < c->flags.capacity; i++)
    if (c->flags.keys[i] != 0) *slot_of(slots, count, c->flags.keys[i]) = (slot){c->flags.keys[i], c->flags.values[i], 0};
  an_buf buf;
  an_buf_init(&buf, UINT32_MAX);
  put_slots(&buf, slots, count);
  return buf;
}

int main(int argc, char **argv) {
  if (argc != 3) die("usage: lexiconc FOLDER OUTPUT");
  compiler c = {0};
  an_arena_init(&c.arena, (size_t)2 << 30);
  an_buf *const parts[] = {&c.strings, &c.tables, &c.columns, &c.cells, &c.lines, &c.slots};
  static const char *const names[] = {"strings", "tables", "columns", "cells", "lines", "slots", "flags"};
  enum { PARTS = sizeof parts / sizeof *parts };
  for (size_t i = 0; i < PARTS; i++) an_buf_init(parts[i], UINT32_MAX);
  compile_folder(&c, argv[1]);
  if (c.errors > 0) {
    fprintf(stderr, "lexiconc: %u errors, nothing written\n", c.errors);
    return 1;
  }
  an_buf flags = flags_section(&c);
  an_section_out sections[PARTS + 1] = {[PARTS] = {names[PARTS], flags.at, flags.size}};
  for (size_t i = 0; i < PARTS; i++) {
    if (parts[i]->failed) die("out of memory");
    sections[i] = (an_section_out){names[i], parts[i]->at, parts[i]->size};
  }
  an_error err;
  if (flags.failed || an_datafile_write(argv[2], LEXICON_KIND, LEXICON_LAYOUT, c.sources, sections, PARTS + 1, &err) != AN_OK)
    die(flags.failed ? "out of memory" : err.message);
  for (size_t i = 0; i < PARTS; i++) an_buf_free(parts[i]);
  an_buf_free(&flags);
  an_arena_free(&c.arena);
  return 0;
}
