/* SPDX-License-Identifier: Apache-2.0 */
/* How lexicon.an is laid out: for src/lexicon/lexicon.c, which reads it, and tools/lexiconc.c, which writes it.

   "strings"  texts, each u32 size and bytes; a text is named by its offset, AN_NONE is an empty cell
   "tables"   a record of TABLE_SIZE bytes a table, sorted by name: u32 fields in the order of enum table_field
   "columns"  u32 a column: its name
   "cells"    u32 a cell, row by row
   "lines"    u32 a row: its line in the source
   "slots"    hash tables without a chain, a power of two of slots each, never full: u64 fold (0: free), u32 first,
              u32 count. A probe starts at slot fold mod slots and goes on by one.
   "flags"    one more such table: u64 fold, u32 flags, u32 zero */
#ifndef AN_LEXICON_LAYOUT_H
#define AN_LEXICON_LAYOUT_H

#define LEXICON_KIND "lexi"
enum { LEXICON_LAYOUT = 1, SLOT_SIZE = 16 };
enum table_field { TABLE_NAME, TABLE_COLUMNS_AT, TABLE_COLUMNS, TABLE_ROWS_AT, TABLE_CELLS_AT, TABLE_ROWS, TABLE_WORDS_AT,
                   TABLE_WORD_SLOTS, TABLE_KEYS_AT, TABLE_KEY_SLOTS, TABLE_FIELDS };
enum { TABLE_SIZE = 4 * TABLE_FIELDS };
#endif
