/* SPDX-License-Identifier: Apache-2.0 */
/* A stored HTTP answer: status line, header fields, body out of its chunks and content coding. Crawlers store bodies as they
   came or already decoded, and headers that no longer fit: each step is tried, and left out when the bytes say otherwise.
   What came in part says so in `cut`; what has no text in it, because its coding does not decode, is no answer. */
#include "input/inner.h"

#include <brotli/decode.h>
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

static size_t hex_number(const uint8_t *at, size_t size, size_t *digits) {
  size_t number = 0;
  for (*digits = 0; *digits < size && *digits < 9; ++*digits) {
    uint8_t c = at[*digits];
    size_t value = c >= '0' && c <= '9' ? (size_t)(c - '0') : (c | 32) >= 'a' && (c | 32) <= 'f' ? (size_t)((c | 32) - 'a') + 10 : 16;
    if (value == 16) break;
    number = number * 16 + value;
  }
  return number;
}

/* The body out of its chunks, in place. A body that does not begin with a chunk is as it was. Chunks that are good up to a
   place where they stop or make no sense give what was good. */
static void unchunk(uint8_t *body, size_t *size, const char **cut) {
  size_t at = 0, out = 0;
  for (;;) {
    size_t digits, length = hex_number(body + at, *size - at, &digits), behind = at + digits;
    bool head = behind < *size && (body[behind] == '\r' || body[behind] == '\n' || body[behind] == ';' || body[behind] == ' ');
    while (behind < *size && body[behind] != '\n') behind++;          /* extensions */
    if (!head || digits == 0 || digits == 9 || behind >= *size) break;
    behind++;
    if (length == 0) { *size = out; return; }
    size_t here = length < *size - behind ? length : *size - behind;
    memmove(body + out, body + behind, here);      /* the chunk's head is at least two bytes: nothing unread is written over */
    out += here;
    at = behind + here;
    if (here < length) break;
    if (at < *size && body[at] == '\r') at++;
    if (at < *size && body[at] == '\n') at++;
  }
  if (at == 0) return;
  *cut = "its last chunk is missing or of a wrong size";
  *size = out;
}

/* ---- Content codings ----------------------------------------------------------------------------------------------------- */

typedef enum coding { CODING_NONE, CODING_ZLIB, CODING_ZSTD, CODING_BROTLI } coding;
typedef struct made { size_t size; bool full, whole, bad; } made;     /* full: no room for more; whole: to its own end */

static made by_zstd(const uint8_t *body, size_t size, uint8_t *out, size_t room) {
  ZSTD_DStream *z = ZSTD_createDStream();
  ZSTD_inBuffer in = {body, size, 0};
  ZSTD_outBuffer o = {out, room, 0};
  size_t left = 1;
  while (z != NULL && in.pos < in.size && o.pos < o.size && left != 0 && !ZSTD_isError(left)) left = ZSTD_decompressStream(z, &o, &in);
  ZSTD_freeDStream(z);
  return (made){o.pos, o.pos == o.size && left != 0, left == 0, ZSTD_isError(left) != 0};
}

static made by_zlib(const uint8_t *body, size_t size, uint8_t *out, size_t room) {
  z_stream z = {.next_in = (Bytef *)(uintptr_t)body, .avail_in = (uInt)size, .next_out = out, .avail_out = (uInt)room};
  if (inflateInit2(&z, 15 + 32) != Z_OK) return (made){.bad = true};
  int code = inflate(&z, Z_FINISH);
  size_t put = room - z.avail_out;
  inflateEnd(&z);
  return (made){put, code != Z_STREAM_END && z.avail_out == 0, code == Z_STREAM_END, code == Z_DATA_ERROR};
}

static made by_brotli(const uint8_t *body, size_t size, uint8_t *out, size_t room) {
  BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
  if (state == NULL) return (made){.bad = true};
  size_t left = room;
  BrotliDecoderResult is = BrotliDecoderDecompressStream(state, &size, &body, &left, &out, NULL);
  BrotliDecoderDestroyInstance(state);
  return (made){room - left, is == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT, is == BROTLI_DECODER_RESULT_SUCCESS,
                is == BROTLI_DECODER_RESULT_ERROR};
}

/* gzip, zlib and zstd are known by their first bytes; brotli has none, and goes by its name. */
static coding coding_of(an_text named, const uint8_t *body, size_t size) {
  if (size >= 4 && memcmp(body, "\x28\xB5\x2F\xFD", 4) == 0) return CODING_ZSTD;
  if (size >= 3 && body[0] == 0x1F && body[1] == 0x8B) return CODING_ZLIB;
  if (named.size == 2 && strncasecmp(named.at, "br", 2) == 0) return CODING_BROTLI;
  return size >= 2 && (body[0] & 15) == 8 && (body[0] * 256 + body[1]) % 31 == 0 ? CODING_ZLIB : CODING_NONE;
}

/* The body decoded into memory of its own, or NULL. Again with more room, four times each, until it fits or a limit is met. */
static uint8_t *decode(coding is, const uint8_t *body, size_t size, size_t limit, made *m) {
  size_t most = size * RATIO > BODY_FREE ? size * RATIO : BODY_FREE, room = size * 8 + 4096;
  if (most < limit) limit = most;
  uint8_t *out = NULL;
  for (;;) {
    if (room > limit) room = limit;
    uint8_t *wider = realloc(out, room + 1);
    if (wider == NULL) { free(out); return NULL; }
    out = wider;
    *m = is == CODING_ZSTD ? by_zstd(body, size, out, room) : is == CODING_ZLIB ? by_zlib(body, size, out, room) : by_brotli(body, size, out, room);
    if (!m->full || room == limit) return out;
    room = room > limit / 4 ? limit : room * 4;
  }
}

/* Bytes that nobody decoded: a tenth of the first ones are control characters, which no text in any charset has (UTF-16 has
   zeros, but half of them). */
static bool looks_coded(const uint8_t *at, size_t size) {
  size_t look = size < 1024 ? size : 1024, odd = 0, zeros = 0;
  for (size_t i = 0; i < look; i++) { odd += at[i] < 32 && !(at[i] >= 9 && at[i] <= 13) && at[i] != 27; zeros += at[i] == 0; }
  return odd * 16 > look && zeros * 3 < look;
}

/* false: the body is in a coding that gives no text. */
static bool out_of_coding(an_text named, size_t limit, answer *a, uint8_t **owned) {
  coding is = named.size == 0 ? CODING_NONE : coding_of(named, a->body, a->size);
  made m = {0};
  uint8_t *out = is == CODING_NONE ? NULL : decode(is, a->body, a->size, limit, &m);
  bool text = !looks_coded(a->body, a->size);
  bool no_brotli = is == CODING_BROTLI && !m.whole && (m.bad || text);
  if (out == NULL || no_brotli || (m.size == 0 && !m.whole)) {     /* as it is, then: already decoded, or hopeless */
    free(out);
    return named.size == 0 || text;
  }
  if (m.full && m.size < limit) a->cut = "it inflates to more than 256 times its size";
  else if (!m.full && !m.whole) a->cut = m.bad ? "its compressed data is broken" : "its compressed data ends early";
  a->body = *owned = out;
  a->size = m.size;
  return true;
}

/* ---- The whole answer ------------------------------------------------------------------------------------------------------ */

static bool field(an_text line, const char *name, an_text *value) {
  size_t n = strlen(name);
  if (line.size <= n || line.at[n] != ':' || strncasecmp(line.at, name, n) != 0) return false;
  *value = an_text_trim(an_text_slice(line, (uint32_t)n + 1, line.size));
  return true;
}

/* Status line and fields; where the body begins, or 0 when the head has no end. */
typedef struct fields { an_text encoding, transfer, type, length; int status; } fields;

static size_t read_fields(const uint8_t *block, size_t size, fields *f) {
  size_t at = 0;
  for (bool first = true; at < size && at <= LONGEST_HEAD; first = false) {
    const uint8_t *end = memchr(block + at, '\n', size - at);
    if (end == NULL) return 0;
    an_text line = an_text_trim((an_text){(const char *)block + at, (uint32_t)(end - (block + at))});
    at = (size_t)(end - block) + 1;
    if (line.size == 0) return at;
    const char *space = first ? memchr(line.at, ' ', line.size) : NULL;
    if (space != NULL) f->status = atoi(space + 1);           /* a line end stands behind it */
    bool known = field(line, "Content-Encoding", &f->encoding) || field(line, "X-Crawler-Content-Encoding", &f->encoding) ||
                 field(line, "Transfer-Encoding", &f->transfer) || field(line, "Content-Length", &f->length);
    if (!known) field(line, "Content-Type", &f->type);
  }
  return at <= LONGEST_HEAD ? at : 0;              /* an answer may end with its head */
}

static bool shorter_than(an_text length, size_t size) {
  uint64_t told = 0;
  for (uint32_t i = 0; i < length.size; i++) {
    if (length.at[i] < '0' || length.at[i] > '9' || i > 15) return false;
    told = told * 10 + (uint64_t)(length.at[i] - '0');
  }
  return size < told;
}

http_result http_answer(uint8_t *block, size_t size, size_t limit, an_arena *arena, answer *out, uint8_t **owned) {
  *out = (answer){0};
  *owned = NULL;
  fields f = {0};
  if (size < 12 || memcmp(block, "HTTP/", 5) != 0) return HTTP_NONE;
  size_t at = read_fields(block, size, &f);
  if (at == 0) return HTTP_NONE;
  out->status = f.status;
  http_type(f.type, &out->type, &out->charset);
  out->type = an_arena_copy(arena, out->type.at, out->type.size);      /* the block may be freed before the page */
  out->charset = out->charset.size == 0 ? (an_text){0} : an_arena_copy(arena, out->charset.at, out->charset.size);
  out->body = block + at;
  out->size = size - at;
  if (f.transfer.size > 0) unchunk(out->body, &out->size, &out->cut);
  else if (shorter_than(f.length, out->size)) out->cut = "it has fewer bytes than its Content-Length";
  return out_of_coding(f.encoding, limit, out, owned) ? HTTP_PAGE : HTTP_CODED;
}
