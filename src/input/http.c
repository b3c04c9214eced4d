/* SPDX-License-Identifier: Apache-2.0 */
/* A stored HTTP answer: status line, header fields, body out of its chunks and content coding. Crawlers store bodies as they
   came or already decoded, and headers that no longer fit: each step is tried, and left out when the bytes say otherwise. */
#include "input/inner.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>
#include <zstd.h>

void http_type(an_text value, an_text *type, an_text *charset) {
  uint32_t end = 0;
  while (end < value.size && value.at[end] != ';') end++;
  *type = an_text_trim(an_text_slice(value, 0, end));
  *charset = (an_text){0};
  for (uint32_t i = end; i + 8 < value.size; i++) {
    if (strncasecmp(value.at + i, "charset=", 8) != 0) continue;
    uint32_t begin = i + 8;
    end = begin;
    while (end < value.size && value.at[end] != ';' && value.at[end] != ' ') end++;
    if (end - begin >= 2 && (value.at[begin] == '"' || value.at[begin] == '\'')) { begin++; end--; }
    if (end > begin) *charset = an_text_slice(value, begin, end);
    return;
  }
}

bool http_is_page(an_text type) {
  static const char *const pages[] = {"text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", NULL};
  for (size_t i = 0; pages[i] != NULL; i++)
    if (type.size == strlen(pages[i]) && strncasecmp(type.at, pages[i], type.size) == 0) return true;
  return false;
}

/* The body out of its chunks, in place; false when it is not in chunks (then it is as it was). */
static bool unchunk(uint8_t *body, size_t *size) {
  for (int pass = 0; pass < 2; pass++) {           /* first look whether all of it fits, then move */
    size_t at = 0, out = 0;
    for (;;) {
      size_t length = 0, digits = 0;
      for (; at < *size && digits < 9; at++, digits++) {
        uint8_t c = body[at];
        size_t value = c >= '0' && c <= '9' ? (size_t)(c - '0') : (c | 32) >= 'a' && (c | 32) <= 'f' ? (size_t)((c | 32) - 'a') + 10 : 16;
        if (value == 16) break;
        length = length * 16 + value;
      }
      if (digits == 0 || digits == 9) return false;
      while (at < *size && body[at] != '\n') at++;  /* extensions */
      if (at >= *size) return false;
      at++;
      if (length == 0) break;
      bool cut = *size - at < length;               /* the crawler stopped here: what there is counts */
      if (cut) length = *size - at;
      if (pass == 1) memmove(body + out, body + at, length);
      out += length;
      at += length;
      if (cut) break;
      if (at < *size && body[at] == '\r') at++;
      if (at < *size && body[at] == '\n') at++;
    }
    if (pass == 1) *size = out;
  }
  return true;
}

/* gzip, zlib, bare deflate or zstd; NULL when the bytes are none, and then they are taken as they are. */
static uint8_t *decode(const uint8_t *body, size_t size, size_t limit, size_t *made) {
  bool zstd = size >= 4 && memcmp(body, "\x28\xB5\x2F\xFD", 4) == 0, gzip = size >= 3 && body[0] == 0x1F && body[1] == 0x8B;
  bool zlib = size >= 2 && (body[0] & 15) == 8 && (body[0] * 256 + body[1]) % 31 == 0;
  if (!zstd && !gzip && !zlib) return NULL;
  size_t room = size * 8 + 4096;
  if (room > limit) room = limit;
  uint8_t *out = NULL;
  for (;;) {                                        /* again with more room, four times each, until it fits or the limit is met */
    uint8_t *wider = realloc(out, room + 1);
    if (wider == NULL) { free(out); return NULL; }
    out = wider;
    bool full;
    if (zstd) {
      ZSTD_DStream *z = ZSTD_createDStream();
      ZSTD_inBuffer in = {body, size, 0};
      ZSTD_outBuffer o = {out, room, 0};
      size_t left = 1;
      while (z != NULL && in.pos < in.size && o.pos < o.size && left != 0 && !ZSTD_isError(left)) left = ZSTD_decompressStream(z, &o, &in);
      ZSTD_freeDStream(z);
      *made = o.pos;
      full = o.pos == o.size;
    } else {
      z_stream z = {.next_in = (Bytef *)(uintptr_t)body, .avail_in = (uInt)size, .next_out = out, .avail_out = (uInt)room};
      if (inflateInit2(&z, 15 + 32) != Z_OK) { free(out); return NULL; }
      int code = inflate(&z, Z_FINISH);
      *made = room - z.avail_out;
      full = code != Z_STREAM_END && z.avail_out == 0;
      inflateEnd(&z);
    }
    if (!full || room >= limit) return out;
    room = room > limit / 4 ? limit : room * 4;
  }
}

static bool field(an_text line, const char *name, an_text *value) {
  size_t n = strlen(name);
  if (line.size <= n || line.at[n] != ':' || strncasecmp(line.at, name, n) != 0) return false;
  *value = an_text_trim(an_text_slice(line, (uint32_t)n + 1, line.size));
  return true;
}

bool http_answer(uint8_t *block, size_t size, size_t limit, an_arena *arena, answer *out, uint8_t **owned) {
  *out = (answer){0};
  *owned = NULL;
  if (size < 12 || memcmp(block, "HTTP/", 5) != 0) return false;
  size_t at = 0;
  an_text encoding = {0}, transfer = {0}, type = {0};
  for (bool first = true; at < size; first = false) {
    const uint8_t *end = memchr(block + at, '\n', size - at);
    if (end == NULL || at > LONGEST_HEAD) return false;
    an_text line = an_text_trim((an_text){(const char *)block + at, (uint32_t)(end - (block + at))});
    at = (size_t)(end - block) + 1;
    if (line.size == 0) break;
    if (first) {
      const char *space = memchr(line.at, ' ', line.size);
      out->status = space == NULL ? 0 : atoi(space + 1);
    }
    if (field(line, "Content-Encoding", &encoding) || field(line, "X-Crawler-Content-Encoding", &encoding)) continue;
    if (field(line, "Transfer-Encoding", &transfer)) continue;
    field(line, "Content-Type", &type);
  }
  http_type(type, &out->type, &out->charset);
  out->type = an_arena_copy(arena, out->type.at, out->type.size);      /* the block may be freed before the page */
  out->charset = out->charset.size == 0 ? (an_text){0} : an_arena_copy(arena, out->charset.at, out->charset.size);
  out->body = block + at;
  out->size = size - at;
  if (transfer.size > 0) unchunk(out->body, &out->size);
  size_t made = 0;
  *owned = encoding.size == 0 ? NULL : decode(out->body, out->size, limit, &made);
  if (*owned != NULL && made > 0) { out->body = *owned; out->size = made; }
  return true;
}
