/* SPDX-License-Identifier: Apache-2.0 */
/* A table as a person edits it: UTF-8 lines of cells between tabs; lines that begin with # are comments; the first other line
   names the columns. What is wrong is gathered, every row of it, as lines "FILE:LINE: what: the text", so that one run tells all. */
#ifndef AN_BASE_TSV_H
#define AN_BASE_TSV_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

enum { AN_TSV_COLUMNS = 24 };
typedef struct an_tsv {
  const char *path;
  an_text rest, column[AN_TSV_COLUMNS], cell[AN_TSV_COLUMNS];   /* cells of the row read last, trimmed */
  uint32_t columns, line;
  bool strict;                       /* our own files: a byte-order mark and carriage returns are wrong, not passed over */
  an_buf *told; uint32_t *wrong;     /* where complaints go, and how many they are */
} an_tsv;

/* A user's file of tables, whole, into the arena: AN_ERR_IO names path and reason, AN_ERR_LIMIT: over 64 MiB. */
an_status an_tsv_bytes(an_arena *arena, const char *path, an_text *out, an_error *err);
/* The bytes must outlive the table. A table whose bytes are no UTF-8 has no rows. */
void an_tsv_open(an_tsv *table, const char *path, an_text bytes, bool strict, an_buf *told, uint32_t *wrong);
bool an_tsv_row(an_tsv *table);                              /* the next whole row; rows of another width are told and passed over */
bool an_tsv_has(const an_tsv *table, const char *column);
an_text an_tsv_cell(const an_tsv *table, const char *column); /* empty: no such column, or nothing in it */
void an_tsv_wrong(const an_tsv *table, const char *what, an_text of);
#endif
