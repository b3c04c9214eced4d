/* SPDX-License-Identifier: Apache-2.0 */
/* Lines that are known to repeat on the pages of an outlet: the table that `annals learn-outlets` wrote, and the blocks of a page
   that stand in it. Optional: a page alone, without the table, always gives the same reading. */
#include "page/inner.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_TABLE = 1 << 28, COLUMNS = 32 };
struct an_furniture { an_arena arena; an_map lines; uint64_t checksum; };

uint64_t an_furniture_line(an_text host, an_text line) { return an_hash_mix(an_fold_hash(host), an_fold_hash(line)); }

uint64_t an_furniture_checksum(const an_furniture *furniture) { return furniture == NULL ? 0 : furniture->checksum; }

void an_furniture_close(an_furniture *furniture) {
  if (furniture == NULL) return;
  an_arena_free(&furniture->arena);
  free(furniture);
}

/* ---- The table ------------------------------------------------------------------------------------------------------ */

static char *read_file(const char *path, size_t *size, an_error *err) {
  FILE *f = fopen(path, "rb");
  if (f == NULL) { an_fail(err, AN_ERR_IO, STEP, "%s: %s", path, strerror(errno)); return NULL; }
  size_t room = 1 << 16, used = 0, got;
  char *bytes = malloc(room);
  while (bytes != NULL && (got = fread(bytes + used, 1, room - used, f)) > 0) {
    used += got;
    if (used < room) continue;
    char *wider = room < LARGEST_TABLE ? realloc(bytes, room * 2) : NULL;
    if (wider == NULL) { free(bytes); bytes = NULL; break; }
    bytes = wider;
    room *= 2;
  }
  bool failed = ferror(f) != 0;
  fclose(f);
  if (bytes == NULL) an_fail(err, AN_ERR_LIMIT, STEP, "%s: larger than a table of lines may be", path);
  if (bytes != NULL && failed) { an_fail(err, AN_ERR_IO, STEP, "%s: cannot be read", path); free(bytes); return NULL; }
  *size = used;
  return bytes;
}

static an_text cell(an_text line, uint32_t column) {
  uint32_t begin = 0, end = 0;
  for (;; begin = end + 1, column--) {
    for (end = begin; end < line.size && line.at[end] != '\t'; end++) {}
    if (column == 0) return an_text_slice(line, begin, end);
    if (end >= line.size) return (an_text){0};
  }
}

static bool hex_of(an_text cell, uint64_t *out) {
  *out = 0;
  for (uint32_t i = 0; i < cell.size; i++) {
    char c = cell.at[i];
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
    *out = *out * 16 + (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
  }
  return cell.size == 16 && *out != 0;
}

static an_status take_rows(an_furniture *f, const char *path, an_text all, an_error *err) {
  uint32_t column = AN_NONE, number = 0;
  for (uint32_t begin = 0, end; begin < all.size; begin = end + 1) {
    for (end = begin; end < all.size && all.at[end] != '\n'; end++) {}
    an_text line = an_text_slice(all, begin, end);
    number++;
    if (line.size == 0 || line.at[0] == '#') continue;
    if (column == AN_NONE) {
      for (column = 0; column < COLUMNS && !an_text_is(cell(line, column), "line"); column++) {}
      if (column < COLUMNS) continue;
      return an_fail(err, AN_ERR_DATA, STEP, "%s:%u: no table of repeated lines (annals learn-outlets writes one)", path, number);
    }
    uint64_t key;
    if (!hex_of(cell(line, column), &key)) return an_fail(err, AN_ERR_DATA, STEP, "%s:%u: the column 'line' is no hash of 16 digits", path, number);
    if (an_map_put(&f->arena, &f->lines, key, number) == NULL) return an_fail(err, AN_ERR_MEMORY, STEP, "%s: no memory for its lines", path);
  }
  return AN_OK;
}

an_status an_furniture_open(const char *path, an_furniture **out, an_error *err) {
  size_t size = 0;
  *out = NULL;
  char *bytes = read_file(path, &size, err);
  if (bytes == NULL) return err == NULL ? AN_ERR_IO : err->status;
  an_furniture *f = calloc(1, sizeof *f);
  an_status status = f == NULL ? an_fail(err, AN_ERR_MEMORY, STEP, "%s: no memory to read it", path) : AN_OK;
  if (f != NULL) {
    an_arena_init(&f->arena, (size_t)1 << 30);
    f->checksum = an_hash64(bytes, size);
    status = take_rows(f, path, (an_text){bytes, (uint32_t)size}, err);
  }
  free(bytes);
  if (status != AN_OK) { an_furniture_close(f); return status; }
  *out = f;
  return AN_OK;
}

/* ---- The page ---------------------------------------------------------------------------------------------------------- */

static an_text host_in(an_text url) {
  uint32_t begin = an_text_find(url, 0, AN_LIT("://"));
  begin = begin == AN_NONE ? 0 : begin + 3;
  if (begin == 0 && !an_text_starts(url, "//")) return (an_text){0};
  uint32_t end = begin;
  while (end < url.size && url.at[end] != '/' && url.at[end] != '?' && url.at[end] != '#' && url.at[end] != ':') end++;
  an_text host = an_text_slice(url, begin, end);
  return an_text_starts(host, "www.") ? an_text_slice(host, 4, host.size) : host;
}

/* The address that the page came from, what it calls its own, where a browser saved it; else the caller's word for the outlet. */
an_text furniture_host(const reader *r) {
  an_span where;
  an_text host = host_in(r->page->url);
  if (host.size == 0) host = host_in(meta_best(r, AN_META_CANONICAL, &where));
  if (host.size == 0) host = host_in(meta_best(r, AN_META_SAVED_FROM, &where));
  return host.size == 0 ? r->page->outlet : host;
}

static bool is_known(const reader *r, const block *b) {
  if (r->limits.furniture == NULL || r->host.size == 0) return false;
  return an_map_get(&r->limits.furniture->lines, an_furniture_line(r->host, block_text(r, b)), AN_NONE) != AN_NONE;
}

void furniture_mark(reader *r) {
  if (r->limits.furniture == NULL) return;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    block *b = &r->blocks.at[i];
    b->repeats = is_known(r, b);
    if (b->repeats) b->flags |= IN_PROMO;            /* as if its element said so: it neither opens nor holds the article */
    AN_TRACE(r->trace, "page.furniture", b->clean, b->repeats, "a line that repeats on pages of the outlet");
  }
}

/* What repeats is no part of the article, wherever it stands. Bylines and dates repeat too, and stay what they are.
   Asked once more, since a line may have been cut into two. */
void furniture_set(reader *r) {
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    block *b = &r->blocks.at[i];
    bool article = b->kind == AN_BLOCK_BODY || b->kind == AN_BLOCK_SUBHEAD || b->kind == AN_BLOCK_DECK || b->kind == AN_BLOCK_CAPTION;
    if (article && (b->repeats || is_known(r, b))) b->kind = AN_BLOCK_BOILERPLATE;
  }
}
