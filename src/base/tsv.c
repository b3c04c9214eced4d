/* SPDX-License-Identifier: Apache-2.0 */
#include "base/tsv.h"

#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { TOLD_MOST = 1000, SHOWN = 80, FILE_MOST = 64 << 20 };

an_status an_tsv_bytes(an_arena *arena, const char *path, an_text *out, an_error *err) {
  FILE *f = fopen(path, "rb");
  if (f == NULL) return an_fail(err, AN_ERR_IO, "table", "%s: %s", path, strerror(errno));
  an_buf buf;
  an_buf_init(&buf, FILE_MOST);
  char some[65536];
  size_t size;
  errno = 0;
  while ((size = fread(some, 1, sizeof some, f)) > 0) an_buf_add(&buf, some, size);
  bool failed = ferror(f) != 0;
  int reason = errno;
  fclose(f);
  bool large = buf.failed;
  *out = an_arena_copy(arena, buf.at == NULL ? "" : buf.at, buf.size);
  an_buf_free(&buf);
  if (failed) return an_fail(err, AN_ERR_IO, "table", "%s: %s", path, strerror(reason));
  if (large || out->at == NULL) return an_fail(err, AN_ERR_LIMIT, "table", "%s: larger than 64 MiB", path);
  return AN_OK;
}

void an_tsv_wrong(const an_tsv *t, const char *what, an_text of) {
  if (++*t->wrong > TOLD_MOST) return;
  an_text shown = an_text_slice(of, 0, SHOWN);
  /* Not in the middle of a character. */
  while (of.size > SHOWN && shown.size > 0 && ((unsigned char)shown.at[shown.size - 1] & 0x80) != 0) shown.size--;
  an_buf_printf(t->told, "%s:%u: %s%s%.*s\n", t->path, t->line, what, shown.size > 0 ? ": " : "", (int)shown.size,
                shown.at == NULL ? "" : shown.at);
}

static bool next_line(an_tsv *t, an_text *line) {
  if (t->rest.size == 0) return false;
  uint32_t end = an_text_find(t->rest, 0, AN_LIT("\n"));
  if (end == AN_NONE) end = t->rest.size;
  *line = an_text_slice(t->rest, 0, end);
  t->rest = an_text_slice(t->rest, end < t->rest.size ? end + 1 : end, t->rest.size);
  t->line++;
  if (!an_text_ends(*line, "\r")) return true;
  if (t->strict) an_tsv_wrong(t, "the line ends with a carriage return", AN_LIT(""));
  *line = an_text_slice(*line, 0, line->size - 1);
  return true;
}

static uint32_t split(an_text line, an_text *cells) {
  uint32_t count = 0, begin = 0;
  for (;;) {
    uint32_t end = an_text_find(line, begin, AN_LIT("\t"));
    if (count < AN_TSV_COLUMNS) cells[count] = an_text_trim(an_text_slice(line, begin, end == AN_NONE ? line.size : end));
    count++;
    if (end == AN_NONE) return count;
    begin = end + 1;
  }
}

static bool next_cells(an_tsv *t, an_text *cells, uint32_t *count, an_text *line) {
  while (next_line(t, line)) {
    if (line->size == 0 || line->at[0] == '#') continue;
    *count = split(*line, cells);
    return true;
  }
  return false;
}

/* The line of the first byte that is no UTF-8. */
static void tell_bad_bytes(an_tsv *t, an_text bytes) {
  an_text line;
  t->rest = bytes;
  while (next_line(t, &line))
    if (!an_utf8_valid((const uint8_t *)line.at, line.size)) {
      an_tsv_wrong(t, "bytes that are no UTF-8", AN_LIT(""));
      t->rest = AN_LIT("");
    }
}

void an_tsv_open(an_tsv *t, const char *path, an_text bytes, bool strict, an_buf *told, uint32_t *wrong) {
  *t = (an_tsv){.path = path, .strict = strict, .told = told, .wrong = wrong};
  if (an_text_starts(bytes, "\xef\xbb\xbf")) {
    t->line = 1;
    if (strict) an_tsv_wrong(t, "the file begins with a byte-order mark", AN_LIT(""));
    t->line = 0;
    bytes = an_text_slice(bytes, 3, bytes.size);
  }
  if (!an_utf8_valid((const uint8_t *)bytes.at, bytes.size)) {
    tell_bad_bytes(t, bytes);
    return;
  }
  t->rest = bytes;
  an_text line;
  if (!next_cells(t, t->column, &t->columns, &line)) an_tsv_wrong(t, "no line names the columns", AN_LIT(""));
  else if (t->columns > AN_TSV_COLUMNS) {
    an_tsv_wrong(t, "too many columns", line);
    t->rest = AN_LIT("");
  }
}

bool an_tsv_row(an_tsv *t) {
  an_text line;
  uint32_t count;
  while (next_cells(t, t->cell, &count, &line)) {
    if (count == t->columns) return true;
    char what[80];
    snprintf(what, sizeof what, "%u cells where the header names %u columns", count, t->columns);
    an_tsv_wrong(t, what, line);
  }
  return false;
}

bool an_tsv_has(const an_tsv *t, const char *column) {
  for (uint32_t i = 0; i < t->columns && i < AN_TSV_COLUMNS; i++)
    if (an_text_is(t->column[i], column)) return true;
  return false;
}

an_text an_tsv_cell(const an_tsv *t, const char *column) {
  for (uint32_t i = 0; i < t->columns && i < AN_TSV_COLUMNS; i++)
    if (an_text_is(t->column[i], column)) return t->cell[i];
  return AN_LIT("");
}
