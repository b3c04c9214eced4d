/* SPDX-License-Identifier: Apache-2.0 */
/* The table of --meta: tab-separated, a header line, columns path, url, outlet, published, fetched in any order. A row is
   found by its path, as the page's is given or from the table's own folder, else by its URL. */
#include "input/inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct meta_table { an_arena arena; an_map rows; AN_LIST(meta_row) list; };
enum { LONGEST_ROW = 1 << 20 };
enum { PATH, URL, OUTLET, PUBLISHED, FETCHED, COLUMNS };
static const char *const columns[COLUMNS] = {"path", "url", "outlet", "published", "fetched"};

static uint32_t split(an_text line, an_text *cells, uint32_t most) {
  uint32_t n = 0, begin = 0;
  for (uint32_t i = 0; i <= line.size && n < most; i++) {
    if (i < line.size && line.at[i] != '\t') continue;
    cells[n++] = an_text_trim(an_text_slice(line, begin, i));
    begin = i + 1;
  }
  return n;
}

static bool days_cell(an_text cell, an_days *out) {
  *out = AN_DAYS_ANY;
  return cell.size == 0 || an_days_parse(cell, out);
}

static an_status add_row(meta_table *t, const char *path, unsigned number, an_text line, const uint32_t *place, an_error *err) {
  an_text cells[32] = {{0}}, by[COLUMNS] = {{0}};
  uint32_t n = split(line, cells, 32);
  for (int c = 0; c < COLUMNS; c++)
    if (place[c] < n && cells[place[c]].size > 0) by[c] = an_arena_copy(&t->arena, cells[place[c]].at, cells[place[c]].size);
  meta_row *row = AN_PUSH(&t->arena, &t->list);
  AN_NEED(row, err, STEP);
  *row = (meta_row){.url = by[URL], .outlet = by[OUTLET], .fetched = by[FETCHED]};
  if (!days_cell(by[PUBLISHED], &row->given) || !days_cell(by[FETCHED], &row->fetched_days))
    return an_fail(err, AN_ERR_USAGE, STEP, "%s:%u: published and fetched are days like 2017-03-28", path, number);
  for (int c = PATH; c <= URL; c++) {
    if (by[c].size == 0) continue;
    uint32_t *at = an_map_put(&t->arena, &t->rows, an_hash64(by[c].at, by[c].size), t->list.count - 1);
    AN_NEED(at, err, STEP);
  }
  const char *slash = strrchr(path, '/');
  if (slash == NULL || by[PATH].size == 0 || by[PATH].at[0] == '/') return AN_OK;
  an_text beside = an_arena_printf(&t->arena, "%.*s%.*s", (int)(slash + 1 - path), path, (int)by[PATH].size, by[PATH].at);
  AN_NEED(beside.at, err, STEP);
  AN_NEED(an_map_put(&t->arena, &t->rows, an_hash64(beside.at, beside.size), t->list.count - 1), err, STEP);
  return AN_OK;
}

static an_status read_rows(meta_table *t, const char *path, stream *s, an_buf *line, an_error *err) {
  uint32_t place[COLUMNS];
  for (int c = 0; c < COLUMNS; c++) place[c] = AN_NONE;
  size_t size;
  for (unsigned number = 1; stream_line(s, LONGEST_ROW, line, &size); number++) {
    if (size > LONGEST_ROW) return an_fail(err, AN_ERR_USAGE, STEP, "%s:%u: the line is too long for a row", path, number);
    while (line->size > 0 && (line->at[line->size - 1] == '\r')) line->size--;
    an_text text = {line->at, (uint32_t)line->size};
    if (text.size == 0 || text.at[0] == '#') continue;
    if (place[PATH] != AN_NONE || place[URL] != AN_NONE) { AN_TRY(add_row(t, path, number, text, place, err)); continue; }
    an_text cells[32];
    uint32_t n = split(text, cells, 32);
    for (uint32_t i = 0; i < n; i++)
      for (int c = 0; c < COLUMNS; c++)
        if (an_text_is(cells[i], columns[c])) place[c] = i;
    if (place[PATH] == AN_NONE && place[URL] == AN_NONE)
      return an_fail(err, AN_ERR_USAGE, STEP, "%s:%u: the first line names the columns: path (or url), outlet, published, fetched", path, number);
  }
  return AN_OK;
}

an_status meta_open(const char *path, meta_table **out, an_error *err) {
  *out = NULL;
  stream *s = stream_open(path, err);
  if (s == NULL) return AN_ERR_IO;
  meta_table *t = calloc(1, sizeof *t);
  an_buf line;
  an_buf_init(&line, LONGEST_ROW + 16);
  an_status status = t == NULL ? an_fail(err, AN_ERR_MEMORY, STEP, "%s: no memory to read it", path) : AN_OK;
  if (t != NULL) {
    an_arena_init(&t->arena, (size_t)1 << 30);
    status = read_rows(t, path, s, &line, err);
  }
  an_buf_free(&line);
  stream_close(s);
  if (status != AN_OK) { meta_close(t); return status; }
  *out = t;
  return AN_OK;
}

void meta_close(meta_table *table) {
  if (table == NULL) return;
  an_arena_free(&table->arena);
  free(table);
}

uint64_t meta_rows(const meta_table *table) { return table == NULL ? 0 : table->list.count; }

meta_row *meta_find(const meta_table *table, an_text key) {
  if (table == NULL || key.size == 0) return NULL;
  uint32_t row = an_map_get(&table->rows, an_hash64(key.at, key.size), AN_NONE);
  return row == AN_NONE ? NULL : &table->list.at[row];
}
