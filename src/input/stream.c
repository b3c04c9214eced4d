/* SPDX-License-Identifier: Apache-2.0 */
/* A file as a stream of bytes: plain, gzip (many members), zstd (many frames). A member that is broken ends the stream until
   stream_mend finds the next one; inflated bytes are limited by a ratio, so that a small file cannot become a day of work. */
#include "input/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { RATIO = 256, RATIO_FROM = 64 << 20 };
typedef enum packing { PLAIN, GZIP, ZSTD } packing;

struct stream {
  int file;
  packing packing;
  bool file_over, over, broken, member_open;
  const char *refused;
  uint8_t in[STREAM_ROOM], out[STREAM_ROOM];
  size_t in_at, in_size, out_at, out_size;
  uint64_t file_bytes, made, member;       /* read from the file; inflated; offset of the member that is open */
  uint64_t plain_offset;
  z_stream gzip;
  ZSTD_DStream *zstd;
};

/* More of the file behind what is left; false at its end. */
static bool fill_in(stream *s) {
  if (s->file_over) return false;
  memmove(s->in, s->in + s->in_at, s->in_size - s->in_at);
  s->in_size -= s->in_at;
  s->in_at = 0;
  ssize_t got;
  do got = read(s->file, s->in + s->in_size, sizeof s->in - s->in_size); while (got < 0 && errno == EINTR);
  if (got < 0) s->refused = strerror(errno);
  if (got <= 0) { s->file_over = true; return false; }
  s->in_size += (size_t)got;
  s->file_bytes += (uint64_t)got;
  return true;
}

static uint64_t in_offset(const stream *s) { return s->file_bytes - (s->in_size - s->in_at); }
static bool is_gzip(const uint8_t *at, size_t size) { return size >= 3 && at[0] == 0x1F && at[1] == 0x8B && at[2] == 8; }
static bool is_zstd(const uint8_t *at, size_t size) {
  return size >= 4 && (memcmp(at, "\x28\xB5\x2F\xFD", 4) == 0 ||
                       (at[0] >= 0x50 && at[0] <= 0x5F && memcmp(at + 1, "\x2A\x4D\x18", 3) == 0));
}

stream *stream_open(const char *path, an_error *err) {
  stream *s = calloc(1, sizeof *s);
  if (s == NULL) { an_fail(err, AN_ERR_MEMORY, STEP, "%s: no memory to read it", path); return NULL; }
  s->file = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
  if (s->file < 0) {
    an_fail(err, AN_ERR_IO, STEP, "%s: %s", path, strerror(errno));
    free(s);
    return NULL;
  }
  while (s->in_size < 4 && fill_in(s)) {}
  if (s->refused != NULL) {
    an_fail(err, AN_ERR_IO, STEP, "%s: %s", path, s->refused);
    stream_close(s);
    return NULL;
  }
  s->packing = is_gzip(s->in, s->in_size) ? GZIP : is_zstd(s->in, s->in_size) ? ZSTD : PLAIN;
  bool ready = s->packing == GZIP ? inflateInit2(&s->gzip, 15 + 16) == Z_OK : s->packing == ZSTD ? (s->zstd = ZSTD_createDStream()) != NULL : true;
  if (!ready) {
    an_fail(err, AN_ERR_MEMORY, STEP, "%s: no memory to inflate it", path);
    s->packing = PLAIN;
    stream_close(s);
    return NULL;
  }
  return s;
}

void stream_close(stream *s) {
  if (s == NULL) return;
  if (s->packing == GZIP) inflateEnd(&s->gzip);
  if (s->zstd != NULL) ZSTD_freeDStream(s->zstd);
  close(s->file);
  free(s);
}

/* Once a member is at its end: is there another? Zeros at the end of a tape are passed over. */
static bool next_member(stream *s) {
  for (;;) {
    while (s->in_at < s->in_size && s->in[s->in_at] == 0) s->in_at++;
    if (s->in_size - s->in_at >= 4) break;
    if (!fill_in(s)) break;
  }
  const uint8_t *at = s->in + s->in_at;
  size_t size = s->in_size - s->in_at;
  if (size == 0) { s->over = true; return false; }
  s->member = in_offset(s);
  if (s->packing == GZIP ? !is_gzip(at, size) : !is_zstd(at, size)) { s->broken = true; return false; }
  if (s->packing == GZIP) inflateReset(&s->gzip);
  s->member_open = true;
  return true;
}

/* One step of inflating into the room behind out_size; false when nothing more comes. */
static bool inflate_some(stream *s) {
  if (!s->member_open && !next_member(s)) return false;
  if (s->in_at == s->in_size && !fill_in(s)) { s->broken = true; return false; }       /* cut inside a member */
  size_t room = sizeof s->out - s->out_size, before = s->out_size;
  bool end = false, bad = false;
  if (s->packing == GZIP) {
    s->gzip.next_in = s->in + s->in_at;
    s->gzip.avail_in = (uInt)(s->in_size - s->in_at);
    s->gzip.next_out = s->out + s->out_size;
    s->gzip.avail_out = (uInt)room;
    int code = inflate(&s->gzip, Z_NO_FLUSH);
    s->in_at = s->in_size - s->gzip.avail_in;
    s->out_size += room - s->gzip.avail_out;
    end = code == Z_STREAM_END;
    bad = code != Z_OK && !end && code != Z_BUF_ERROR;
  } else {
    ZSTD_inBuffer in = {s->in + s->in_at, s->in_size - s->in_at, 0};
    ZSTD_outBuffer out = {s->out + s->out_size, room, 0};
    size_t left = ZSTD_decompressStream(s->zstd, &out, &in);
    bad = ZSTD_isError(left) != 0;
    if (!bad) { s->in_at += in.pos; s->out_size += out.pos; }
    end = !bad && left == 0;
  }
  s->made += s->out_size - before;
  if (end) s->member_open = false;
  if (bad) s->broken = true;
  if (s->made > RATIO_FROM && s->made / RATIO > s->file_bytes) { s->refused = "it inflates to more than 256 times its size"; s->over = true; return false; }
  return !bad;
}

size_t stream_look(stream *s, size_t want, const uint8_t **at) {
  if (s->packing == PLAIN) {
    while (s->in_size - s->in_at < want && fill_in(s)) {}
    *at = s->in + s->in_at;
    return s->in_size - s->in_at;
  }
  if (s->out_size - s->out_at < want) {
    memmove(s->out, s->out + s->out_at, s->out_size - s->out_at);
    s->out_size -= s->out_at;
    s->out_at = 0;
    /* Never past the end of a member while bytes of it wait: s->member is where the waiting bytes come from. */
    while (s->out_size < want && !s->over && !s->broken && (s->member_open || s->out_size == 0) && inflate_some(s)) {}
  }
  *at = s->out + s->out_at;
  return s->out_size - s->out_at;
}

void stream_pass(stream *s, size_t size) {
  if (s->packing == PLAIN) s->in_at += size; else s->out_at += size;
}

bool stream_broken(const stream *s) { return s->broken; }
const char *stream_refused(const stream *s) { return s->refused; }
uint64_t stream_read_bytes(const stream *s) { return s->file_bytes; }

uint64_t stream_offset(stream *s) {
  if (s->packing == PLAIN) return in_offset(s);
  if (s->out_at == s->out_size && !s->member_open && !s->broken && !s->over) {     /* the next byte opens a member */
    const uint8_t *at;
    stream_look(s, 1, &at);
  }
  return s->member;
}

/* The next place in the file that begins like a member. */
uint64_t stream_mend(stream *s) {
  uint64_t from = s->member;
  s->broken = s->member_open = false;
  s->out_at = s->out_size = 0;
  if (s->zstd != NULL) ZSTD_initDStream(s->zstd);
  if (in_offset(s) <= s->member && s->in_at < s->in_size) s->in_at++;
  for (;;) {
    for (; s->in_at + 4 <= s->in_size; s->in_at++) {
      const uint8_t *at = s->in + s->in_at;
      if (s->packing == GZIP ? is_gzip(at, 4) && (at[3] & 0xE0) == 0 : is_zstd(at, 4)) return in_offset(s) - from;
    }
    if (!fill_in(s)) break;
  }
  s->in_at = s->in_size;
  s->over = true;
  return in_offset(s) - from;
}

bool stream_line(stream *s, size_t limit, an_buf *line, size_t *size) {
  an_buf_clear(line);
  *size = 0;
  for (;;) {
    const uint8_t *at;
    size_t n = stream_look(s, 1, &at);
    if (n == 0) return *size > 0;
    const uint8_t *end = memchr(at, '\n', n);
    size_t part = end == NULL ? n : (size_t)(end - at);
    size_t room = line->size < limit ? limit - line->size : 0;
    an_buf_add(line, at, part < room ? part : room);
    *size += part + (end != NULL);
    stream_pass(s, part + (end != NULL));
    if (end != NULL) return true;
  }
}
