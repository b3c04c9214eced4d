/* SPDX-License-Identifier: Apache-2.0 */
/* Which lines repeat on the pages of an outlet (annals learn-outlets): a line is counted once for every title that it stands
   under, so that the versions of one story (print, mobile) count once, and no sentence of a story becomes furniture because the
   story was fetched often. The same pages in any order give the same table. */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>

enum { LEAST_PAGES = 3, SHARE = 4, TEXT_SHOWN = 160 };   /* on three pages, and on a fourth of the outlet's */

typedef struct host_seen { an_text name; uint32_t pages; } host_seen;
typedef struct line_seen { uint64_t key; an_text fold; uint32_t host, pages; bool is_title; } line_seen;
struct an_repeats {
  an_arena arena;
  an_map host_at, line_at, pairs;        /* pairs: a page of a host, a line under a title; each counts once */
  AN_LIST(host_seen) hosts;
  AN_LIST(line_seen) lines;
};

an_status an_repeats_open(size_t max_memory, an_repeats **out, an_error *err) {
  *out = calloc(1, sizeof **out);
  if (*out == NULL) return an_fail(err, AN_ERR_MEMORY, "repeats", "no memory to begin");
  an_arena_init(&(*out)->arena, max_memory == 0 ? (size_t)2 << 30 : max_memory);
  return AN_OK;
}

void an_repeats_close(an_repeats *repeats) {
  if (repeats == NULL) return;
  an_arena_free(&repeats->arena);
  free(repeats);
}

static an_status short_of(an_error *err) {
  return an_fail(err, AN_ERR_LIMIT, "repeats", "the lines of these pages need more memory than there is: give fewer pages");
}

/* Is the pair new? Fails with false and *spent. */
static bool new_pair(an_repeats *r, uint64_t key, bool *spent) {
  uint32_t before = r->pairs.count;
  *spent = an_map_put(&r->arena, &r->pairs, key, 0) == NULL;
  return !*spent && r->pairs.count > before;
}

static host_seen *host_of(an_repeats *r, an_text name) {
  uint32_t *at = an_map_put(&r->arena, &r->host_at, an_fold_hash(name), r->hosts.count);
  if (at == NULL) return NULL;
  if (*at < r->hosts.count) return &r->hosts.at[*at];
  char folded[256];
  host_seen *host = AN_PUSH(&r->arena, &r->hosts);
  if (host == NULL) return NULL;
  *host = (host_seen){.name = an_arena_copy(&r->arena, folded, an_fold(name, folded, sizeof folded))};
  return host->name.at == NULL ? NULL : host;
}

static line_seen *line_of(an_repeats *r, uint64_t key, uint32_t host) {
  uint32_t *at = an_map_put(&r->arena, &r->line_at, key, r->lines.count);
  if (at == NULL) return NULL;
  if (*at < r->lines.count) return &r->lines.at[*at];
  line_seen *line = AN_PUSH(&r->arena, &r->lines);
  if (line != NULL) *line = (line_seen){.key = key, .host = host};
  return line;
}

/* The words that the table shows are the folded ones, which are the same wherever the line stood. */
static bool keep_words(an_repeats *r, line_seen *line, an_text words) {
  char folded[TEXT_SHOWN];
  uint32_t size = an_fold(words, folded, sizeof folded);
  while (size > 0 && !an_utf8_valid((const uint8_t *)folded, size)) size--;
  line->fold = an_arena_copy(&r->arena, folded, size);
  return line->fold.at != NULL;
}

an_status an_repeats_add(an_repeats *r, const an_reading *reading, an_error *err) {
  if (reading->host.size == 0) return AN_OK;
  host_seen *host = host_of(r, reading->host);
  if (host == NULL) return short_of(err);
  uint32_t host_at = (uint32_t)(host - r->hosts.at);
  uint64_t title = reading->title.size > 0 ? an_fold_hash(reading->title) : an_hash64(reading->sha256, sizeof reading->sha256);
  bool spent;
  host->pages += new_pair(r, an_hash_mix(an_fold_hash(reading->host), title), &spent);
  for (uint32_t i = 0; i < reading->block_count && !spent; i++) {
    const an_block *block = &reading->blocks[i];
    an_text words = an_reading_words(reading, block->span);
    if (words.size == 0) continue;
    line_seen *line = line_of(r, an_furniture_line(reading->host, words), host_at);
    if (line == NULL) return short_of(err);
    line->is_title |= block->kind == AN_BLOCK_TITLE || (reading->title.size > 0 && an_fold_hash(words) == title);
    if (!new_pair(r, an_hash_mix(line->key, title), &spent)) continue;
    if (++line->pages == LEAST_PAGES && !keep_words(r, line, words)) return short_of(err);
  }
  return spent ? short_of(err) : AN_OK;
}

/* ---- The table --------------------------------------------------------------------------------------------------------- */

typedef struct row { const line_seen *line; an_text host; } row;

static int by_host_and_pages(const void *a, const void *b) {
  const row *x = a, *y = b;
  int order = an_text_compare(x->host, y->host);
  if (order != 0) return order;
  if (x->line->pages != y->line->pages) return x->line->pages > y->line->pages ? -1 : 1;
  order = an_text_compare(x->line->fold, y->line->fold);
  return order != 0 ? order : (x->line->key > y->line->key) - (x->line->key < y->line->key);
}

static bool is_furniture(const an_repeats *r, const line_seen *line) {
  return !line->is_title && line->pages >= LEAST_PAGES && line->pages * SHARE >= r->hosts.at[line->host].pages;
}

static an_status write_rows(const an_repeats *r, const row *rows, uint32_t count, an_write *write, void *to, an_error *err) {
  static const char head[] = "# Lines that repeat on pages of an outlet, made by `annals learn-outlets`. line: a hash of host and folded words;\n"
                             "# pages: titles that it stood under, of so many.\nhost\tline\tpages\tof\ttext\n";
  an_status status = write(to, head, sizeof head - 1);
  for (uint32_t i = 0; i < count && status == AN_OK; i++) {
    char numbers[64];
    int size = snprintf(numbers, sizeof numbers, "\t%016llx\t%u\t%u\t", (unsigned long long)rows[i].line->key, rows[i].line->pages,
                        r->hosts.at[rows[i].line->host].pages);
    status = write(to, rows[i].host.at, rows[i].host.size);
    if (status == AN_OK) status = write(to, numbers, (size_t)size);
    if (status == AN_OK) status = write(to, rows[i].line->fold.at, rows[i].line->fold.size);
    if (status == AN_OK) status = write(to, "\n", 1);
  }
  return status == AN_OK ? AN_OK : an_fail(err, status, "repeats", "the table could not be written");
}

an_status an_repeats_write(an_repeats *r, an_write *write, void *to, uint32_t *lines, uint32_t *outlets, an_error *err) {
  row *rows = AN_NEW(&r->arena, row, r->lines.count);
  if (rows == NULL) return short_of(err);
  uint32_t count = 0, hosts = 0;
  for (uint32_t i = 0; i < r->lines.count; i++)
    if (is_furniture(r, &r->lines.at[i])) rows[count++] = (row){&r->lines.at[i], r->hosts.at[r->lines.at[i].host].name};
  if (count > 1) qsort(rows, count, sizeof *rows, by_host_and_pages);
  for (uint32_t i = 0; i < count; i++) hosts += i == 0 || rows[i].line->host != rows[i - 1].line->host;
  if (lines != NULL) *lines = count;
  if (outlets != NULL) *outlets = hosts;
  return write_rows(r, rows, count, write, to, err);
}
