/* SPDX-License-Identifier: Apache-2.0 */
#include "lexicon/lexicon.h"
#include "lexicon/layout.h"

#include <stdlib.h>

struct an_table {
  const an_lexicon *lexicon;
  uint32_t field[TABLE_FIELDS];
};

struct an_lexicon {
  an_datafile file;
  an_section strings, columns, cells, lines, slots, flags;
  uint32_t flag_slots, table_count;
  an_table tables[];
};

static const char rebuild[] = "make data";

/* Every offset below is 32 bits and every read is bounds-checked; what must hold for a probe to end is checked here. */
static bool slots_well(const an_section slots, uint32_t at, uint32_t count) {
  uint64_t end = ((uint64_t)at + count) * SLOT_SIZE;
  return count > 0 && (count & (count - 1)) == 0 && end <= slots.size && end <= UINT32_MAX;
}

static bool table_well(const an_lexicon *lexicon, const uint32_t *field) {
  uint64_t cells = (uint64_t)field[TABLE_ROWS] * field[TABLE_COLUMNS];
  return field[TABLE_COLUMNS] > 0 && ((uint64_t)field[TABLE_COLUMNS_AT] + field[TABLE_COLUMNS]) * 4 <= lexicon->columns.size &&
         ((uint64_t)field[TABLE_ROWS_AT] + field[TABLE_ROWS]) * 4 <= lexicon->lines.size &&
         cells <= lexicon->cells.size / 4 && ((uint64_t)field[TABLE_CELLS_AT] + cells) * 4 <= lexicon->cells.size &&
         slots_well(lexicon->slots, field[TABLE_WORDS_AT], field[TABLE_WORD_SLOTS]) &&
         slots_well(lexicon->slots, field[TABLE_KEYS_AT], field[TABLE_KEY_SLOTS]);
}

an_status an_lexicon_open(const char *dir, an_lexicon **out, an_error *err) {
  *out = NULL;
  an_datafile file;
  AN_TRY(an_datafile_open(dir, "lexicon.an", LEXICON_KIND, LEXICON_LAYOUT, rebuild, &file, err));
  an_section tables = an_datafile_section(&file, "tables");
  uint32_t count = (uint32_t)(tables.size / TABLE_SIZE);
  an_lexicon *lexicon = calloc(1, sizeof *lexicon + count * sizeof *lexicon->tables);
  if (lexicon == NULL) {
    an_datafile_close(&file);
    return an_fail(err, AN_ERR_MEMORY, "lexicon", "no memory for the lexicon");
  }
  lexicon->file = file;
  lexicon->strings = an_datafile_section(&file, "strings");
  lexicon->columns = an_datafile_section(&file, "columns");
  lexicon->cells = an_datafile_section(&file, "cells");
  lexicon->lines = an_datafile_section(&file, "lines");
  lexicon->slots = an_datafile_section(&file, "slots");
  lexicon->flags = an_datafile_section(&file, "flags");
  lexicon->flag_slots = (uint32_t)(lexicon->flags.size / SLOT_SIZE);
  lexicon->table_count = count;
  bool well = slots_well(lexicon->flags, 0, lexicon->flag_slots);
  for (uint32_t i = 0; well && i < count; i++) {
    lexicon->tables[i].lexicon = lexicon;
    for (uint32_t f = 0; f < TABLE_FIELDS; f++)
      lexicon->tables[i].field[f] = an_get32(tables, (size_t)i * TABLE_SIZE + 4 * f);
    well = table_well(lexicon, lexicon->tables[i].field);
  }
  if (!well) {
    an_lexicon_close(lexicon);
    return an_fail(err, AN_ERR_DATA, "lexicon", "%s/lexicon.an: a table lies outside of the file; to make it again: %s", dir, rebuild);
  }
  *out = lexicon;
  return AN_OK;
}

void an_lexicon_close(an_lexicon *lexicon) {
  if (lexicon == NULL) return;
  an_datafile_close(&lexicon->file);
  free(lexicon);
}

uint64_t an_lexicon_checksum(const an_lexicon *lexicon) { return lexicon->file.checksum; }

/* Offset of the slot that holds `fold`, or AN_NONE. A table that a user's file fills to the brim still ends the probe. */
static uint32_t probe(an_section slots, uint32_t first_slot, uint32_t count, uint64_t fold) {
  uint32_t at = (uint32_t)fold & (count - 1);
  for (uint32_t tries = 0; tries < count; tries++, at = (at + 1) & (count - 1)) {
    uint32_t offset = (first_slot + at) * SLOT_SIZE;
    uint64_t there = an_get64(slots, offset);
    if (there == fold) return offset;
    if (there == 0) break;
  }
  return AN_NONE;
}

uint16_t an_lexicon_flags(const an_lexicon *lexicon, uint64_t fold) {
  uint32_t offset = fold == 0 ? AN_NONE : probe(lexicon->flags, 0, lexicon->flag_slots, fold);
  return offset == AN_NONE ? 0 : (uint16_t)an_get32(lexicon->flags, offset + 8);
}

const an_table *an_lexicon_table(const an_lexicon *lexicon, const char *name) {
  for (uint32_t i = 0; i < lexicon->table_count; i++)
    if (an_text_is(an_get_text(lexicon->strings, lexicon->tables[i].field[TABLE_NAME]), name)) return &lexicon->tables[i];
  return NULL;
}

uint32_t an_table_rows(const an_table *table) { return table->field[TABLE_ROWS]; }

uint32_t an_table_column(const an_table *table, const char *name) {
  for (uint32_t i = 0; i < table->field[TABLE_COLUMNS]; i++) {
    uint32_t at = an_get32(table->lexicon->columns, ((size_t)table->field[TABLE_COLUMNS_AT] + i) * 4);
    if (an_text_is(an_get_text(table->lexicon->strings, at), name)) return i;
  }
  return AN_NONE;
}

an_text an_table_cell(const an_table *table, uint32_t row, uint32_t column) {
  if (row >= table->field[TABLE_ROWS] || column >= table->field[TABLE_COLUMNS]) return (an_text){NULL, 0};
  size_t cell = table->field[TABLE_CELLS_AT] + (size_t)row * table->field[TABLE_COLUMNS] + column;
  return an_get_text(table->lexicon->strings, an_get32(table->lexicon->cells, cell * 4));
}

static an_rows rows_at(const an_table *table, enum table_field at, enum table_field slots, uint64_t fold) {
  an_section all = table->lexicon->slots;
  uint32_t offset = fold == 0 ? AN_NONE : probe(all, table->field[at], table->field[slots], fold);
  if (offset == AN_NONE) return (an_rows){0, 0};
  an_rows rows = {an_get32(all, offset + 8), an_get32(all, offset + 12)};
  uint32_t count = table->field[TABLE_ROWS];
  if (rows.first > count || rows.count > count - rows.first) return (an_rows){0, 0};
  return rows;
}

an_rows an_table_find(const an_table *table, uint64_t fold) { return rows_at(table, TABLE_WORDS_AT, TABLE_WORD_SLOTS, fold); }

an_rows an_table_find_key(const an_table *table, uint64_t fold) { return rows_at(table, TABLE_KEYS_AT, TABLE_KEY_SLOTS, fold); }

uint32_t an_table_line(const an_table *table, uint32_t row) {
  if (row >= table->field[TABLE_ROWS]) return 0;
  return an_get32(table->lexicon->lines, ((size_t)table->field[TABLE_ROWS_AT] + row) * 4);
}
