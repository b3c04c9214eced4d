/* SPDX-License-Identifier: Apache-2.0 */
/* The door of the room: files one after another, each by its format; pages held until they are released. */
#include "input/inner.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ARENA_SLACK = 1 << 20, MOST_TOLD = 20 };

/* Of a file that makes no sense in a million places, the first ones are told; all are counted. */
void input_complain(an_input *input, an_status status, const char *text, ...) {
  if (input->complain == NULL || (status == AN_ERR_DATA && input->told > MOST_TOLD)) return;
  an_error err = {.status = status, .step = STEP};
  if (status == AN_ERR_DATA && input->told++ == MOST_TOLD) {
    snprintf(err.message, sizeof err.message, "%s: there is more like this, which is counted and not told", input->path);
    input->complain(input->complain_ctx, &err);
    return;
  }
  va_list args;
  va_start(args, text);
  vsnprintf(err.message, sizeof err.message, text, args);
  va_end(args);
  input->complain(input->complain_ctx, &err);
}

/* ---- Pages on their way: next and release may be called from different threads ------------------------------------- */

held *held_new(an_input *input) {
  held *h = calloc(1, sizeof *h);
  if (h == NULL) return NULL;
  an_arena_init(&h->arena, input->max_page * 8 + ARENA_SLACK);
  h->page = (an_page){.fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
  return h;
}

void held_drop(held *h) {
  if (h == NULL) return;
  an_arena_free(&h->arena);
  free(h->bytes);
  free(h);
}

static void hold(an_input *input, held *h) {
  pthread_mutex_lock(input->lock);
  h->next = input->held;
  if (input->held != NULL) input->held->before = h;
  input->held = h;
  pthread_mutex_unlock(input->lock);
}

void an_input_release(void *ctx, const an_page *page) {
  an_input *input = ctx;
  pthread_mutex_lock(input->lock);
  held *h = input->held;
  while (h != NULL && h->page.bytes != page->bytes) h = h->next;    /* only pages between next and sink are here: few */
  if (h != NULL) {
    if (h->before != NULL) h->before->next = h->next; else input->held = h->next;
    if (h->next != NULL) h->next->before = h->before;
  }
  pthread_mutex_unlock(input->lock);
  held_drop(h);
}

/* ---- One file ------------------------------------------------------------------------------------------------------- */

static bool named(const char *path, const char *ending) {
  size_t size = strlen(path), n = strlen(ending);
  if (size > 3 && strcasecmp(path + size - 3, ".gz") == 0) size -= 3;
  else if (size > 4 && strcasecmp(path + size - 4, ".zst") == 0) size -= 4;
  return size > n && strncasecmp(path + size - n, ending, n) == 0;
}

static format format_of(const char *path, const uint8_t *at, size_t size) {
  if (size >= 7 && memcmp(at, "WARC/1.", 7) == 0) return FORMAT_WARC;
  if (named(path, ".warc") || named(path, ".wet")) return FORMAT_WARC;      /* the first record may be the bad one */
  if (named(path, ".jsonl") || named(path, ".ndjson")) return FORMAT_JSONL;
  size_t i = 0;
  while (i < size && (at[i] == ' ' || at[i] == '\n' || at[i] == '\r' || at[i] == '\t')) i++;
  bool object = i + 1 < size && at[i] == '{' && (at[i + 1] == '"' || at[i + 1] == ' ');
  return object && (strcmp(path, "-") == 0 || named(path, ".json")) ? FORMAT_JSONL : FORMAT_PAGE;
}

/* Files that are known to be no page by their first bytes: they get a reading all the same, which says so. */
static bool is_binary(const uint8_t *at, size_t size) {
  static const struct { const char *bytes; size_t size; } signs[] = {
    {"\x89PNG", 4}, {"\xFF\xD8\xFF", 3}, {"GIF8", 4}, {"%PDF", 4}, {"PK\3\4", 4}, {"\x7F" "ELF", 4}, {"SQLite format 3", 15}, {"RIFF", 4}, {"ANNALS\r\n", 8}};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (size >= signs[i].size && memcmp(at, signs[i].bytes, signs[i].size) == 0) return true;
  if (size >= 2 && ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF))) return false;   /* UTF-16 */
  size_t look = size < 512 ? size : 512, odd = 0;
  for (size_t i = 0; i < look; i++) odd += at[i] < 32 && !(at[i] >= 9 && at[i] <= 13) && at[i] != 27;
  size_t whole = look;                              /* the look may end inside a character */
  while (whole > 0 && look - whole < 3 && at[whole - 1] >= 0x80) whole--;
  return odd * 5 > look || (odd * 50 > look && !an_utf8_valid(at, whole));
}

static void file_done(an_input *input) {
  const char *refused = stream_refused(input->stream);
  if (refused != NULL) {
    input->counts.failed++;
    input_complain(input, AN_ERR_IO, "%s: %s", input->path, refused);
  }
  input->passed += stream_read_bytes(input->stream);
  stream_close(input->stream);
  input->stream = NULL;
}

static bool open_next(an_input *input) {
  while (input->stream == NULL && input->next_path < input->paths.count) {
    an_error err = {0};
    input->path = input->paths.at[input->next_path++];
    input->line = input->line_offset = 0;
    input->told = 0;
    input->stream = stream_open(input->path, &err);
    if (input->stream == NULL) {
      input->counts.failed++;
      input_complain(input, err.status, "%s", err.message);
      continue;
    }
    const uint8_t *at;
    size_t size = stream_look(input->stream, 512, &at);
    input->format = format_of(input->path, at, size);
    input->binary = input->format == FORMAT_PAGE && size > 0 && is_binary(at, size);
  }
  return input->stream != NULL;
}

/* The whole file is one page; of a longer one the first max_page bytes and one more, which tells the engine that it was cut. */
static bool whole_file(an_input *input, held *h) {
  stream *s = input->stream;
  size_t limit = input->max_page + 1, capacity = 1 << 16, size = 0;
  uint8_t *out = malloc(capacity);
  while (out != NULL && size < limit) {
    const uint8_t *at;
    size_t n = stream_look(s, 1, &at);
    if (n == 0) break;
    if (n > limit - size) n = limit - size;
    if (size + n > capacity) {
      while (capacity < size + n) capacity *= 2;
      uint8_t *wider = realloc(out, capacity);
      if (wider == NULL) { free(out); out = NULL; break; }
      out = wider;
    }
    memcpy(out + size, at, n);
    size += n;
    stream_pass(s, n);
  }
  if (stream_broken(s)) {
    input->counts.skipped_bad++;
    input_complain(input, AN_ERR_DATA, "%s: broken compressed data after %zu bytes", input->path, size);
    h->page.truncated = AN_LIT("its compressed data is broken");
  }
  if (stream_refused(s) != NULL) h->page.truncated = an_text_of(stream_refused(s));
  if (out == NULL || (size == 0 && (stream_broken(s) || stream_refused(s) != NULL))) { free(out); return false; }
  h->bytes = out;
  h->page.bytes = out;
  h->page.size = (uint32_t)size;
  if (input->binary) h->page.media_type = AN_LIT("application/octet-stream");
  return true;
}

/* ---- What the caller said of the page ------------------------------------------------------------------------------------ */

static void add_meta(an_input *input, an_page *p) {
  const an_days given = input->options.given;
  bool none = given.earliest == 0 && given.latest == 0 && given.weekdays == 0;
  if (!none) p->given = given;
  meta_row *row = meta_find(input->meta, p->path);
  if (row == NULL) row = meta_find(input->meta, p->url);
  if (row == NULL) return;
  input->counts.meta_matched += !row->matched;
  row->matched = true;
  if (row->url.size > 0 && p->url.size == 0) p->url = row->url;
  if (row->outlet.size > 0) p->outlet = row->outlet;
  if (!an_days_is_open(row->given)) p->given = row->given;
  if (row->fetched.size > 0 && p->fetched_stamp.size == 0) { p->fetched_stamp = row->fetched; p->fetched = row->fetched_days; }
}

/* ---- The door -------------------------------------------------------------------------------------------------------------- */

an_status an_input_open(const char *const *paths, size_t count, const an_input_options *options, an_complain *complain,
                        void *ctx, an_input **out, an_error *err) {
  if (out == NULL || (paths == NULL && count > 0)) return an_fail(err, AN_ERR_USAGE, STEP, "paths and out must be given");
  *out = NULL;
  an_input *input = calloc(1, sizeof *input);
  pthread_mutex_t *lock = malloc(sizeof *lock);
  if (input == NULL || lock == NULL) {
    free(input);
    free(lock);
    return an_fail(err, AN_ERR_MEMORY, STEP, "no memory to begin");
  }
  pthread_mutex_init(lock, NULL);
  input->lock = lock;
  if (options != NULL) input->options = *options;
  input->max_page = input->options.max_page == 0 ? DEFAULT_PAGE : input->options.max_page;
  if (input->max_page > (size_t)1 << 30) input->max_page = (size_t)1 << 30;
  input->complain = complain;
  input->complain_ctx = ctx;
  an_status status = input->options.meta_file == NULL ? AN_OK : meta_open(input->options.meta_file, &input->meta, err);
  for (size_t i = 0; i < count && status == AN_OK; i++)
    if (!walk_path(input, paths[i], &input->paths)) status = an_fail(err, AN_ERR_MEMORY, STEP, "no memory for the list of files");
  if (status != AN_OK) { an_input_close(input); return status; }
  input->counts.meta_rows = meta_rows(input->meta);
  input->counts.bytes_total = input->paths.unknown ? 0 : input->paths.bytes;
  *out = input;
  return AN_OK;
}

bool an_input_next(void *ctx, an_page *out) {
  an_input *input = ctx;
  while (open_next(input)) {
    held *h = held_new(input);
    if (h == NULL) return false;
    bool found;
    switch (input->format) {
    case FORMAT_WARC: found = warc_next(input, h); break;
    case FORMAT_JSONL: found = jsonl_next(input, h); break;
    default: found = whole_file(input, h);
    }
    bool last = !found || input->format == FORMAT_PAGE, keep = false;
    if (found) {
      h->page.path = an_text_of(input->path);
      add_meta(input, &h->page);
      keep = !same_again(input, &h->page);
    }
    if (keep) {
      hold(input, h);
      *out = h->page;
      input->counts.pages++;
      input->counts.bytes += h->page.size;
    } else {
      held_drop(h);
    }
    if (last) file_done(input);
    if (keep) return true;
  }
  return false;
}

an_input_counts an_input_counted(const an_input *input) {
  an_input_counts counts = input->counts;
  counts.bytes_read = input->passed + (input->stream == NULL ? 0 : stream_read_bytes(input->stream));
  return counts;
}

void an_input_close(an_input *input) {
  if (input == NULL) return;
  if (input->stream != NULL) stream_close(input->stream);
  while (input->held != NULL) {
    held *h = input->held;
    input->held = h->next;
    held_drop(h);
  }
  for (size_t i = 0; i < input->paths.count; i++) free(input->paths.at[i]);
  free(input->paths.at);
  free(input->seen.at);
  meta_close(input->meta);
  pthread_mutex_destroy(input->lock);
  free(input->lock);
  free(input);
}
