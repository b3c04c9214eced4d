/* SPDX-License-Identifier: Apache-2.0 */
/* A file as a stream of bytes: plain, gzip (many members), zstd (many frames). A member that is broken ends the stream until
   stream_mend finds the next one; inflated bytes are limited by a ratio, so that a small file cannot become a day of work.

   A gzip member that fits is inflated at one go by libdeflate, twice as fast as zlib, which takes the larger ones and those
   that libdeflate refuses, since it tells how far they were good. Files are read, never mapped: one that gets shorter
   meanwhile is a short read and no signal. */
#include "input/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { RATIO_FROM = 64 << 20, IN_ROOM = 1 << 19, WHOLE_FROM = 1 << 17, OUT_ROOM = 1 << 18, OUT_MOST = 1 << 22,
       AGAIN_TIMES = 4, AGAIN_SLACK = 1 << 20 };
typedef enum packing { PLAIN, GZIP, ZSTD } packing;

struct stream {
  int file;
  packing packing;
  bool file_over, over, broken, member_open, pending;     /* pending: zstd holds bytes that found no room yet */
  const char *refused;
  uint8_t *in, *out;
  size_t in_at, in_size, out_at, out_size, out_room;
  uint64_t file_bytes, made, member;       /* read from the file; inflated; offset of the member that is open */
  uint64_t expected;                       /* size of a regular file as it was opened */
  uint8_t *again; size_t again_at, again_size;            /* bytes that were taken back, before the rest */
  uint64_t again_offset, taken_back;
  struct libdeflate_decompressor *whole;
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
  do got = read(s->file, s->in + s->in_size, IN_ROOM - s->in_size); while (got < 0 && errno == EINTR);
  if (got < 0) s->refused = strerror(errno);
  else if (got == 0 && s->file_bytes < s->expected) s->refused = "it became shorter while it was read";
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

/* Files, pipes, sockets and terminals end; another device may give bytes for ever. */
static bool open_file(stream *s, const char *path, an_error *err) {
  struct stat st;
  s->file = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (s->file < 0 || fstat(s->file, &st) != 0) { an_fail(err, AN_ERR_IO, STEP, "%s: %s", path, strerror(errno)); return false; }
  if (S_ISREG(st.st_mode)) s->expected = (uint64_t)st.st_size;
  bool device = S_ISBLK(st.st_mode) || (S_ISCHR(st.st_mode) && isatty(s->file) != 1);
  if (device && strcmp(path, "-") != 0) { an_fail(err, AN_ERR_IO, STEP, "%s: a device, no file, folder or pipe", path); return false; }
  return true;
}

static bool get_ready(stream *s, const char *path, an_error *err) {
  s->in = malloc(IN_ROOM);
  bool ready = s->in != NULL;
  while (ready && s->in_size < 4 && fill_in(s)) {}
  if (s->refused != NULL) { an_fail(err, AN_ERR_IO, STEP, "%s: %s", path, s->refused); return false; }
  packing is = is_gzip(s->in, s->in_size) ? GZIP : is_zstd(s->in, s->in_size) ? ZSTD : PLAIN;
  if (ready && is != PLAIN) ready = (s->out = malloc(s->out_room = OUT_ROOM)) != NULL;
  if (ready && is == GZIP) ready = (s->whole = libdeflate_alloc_decompressor()) != NULL && inflateInit2(&s->gzip, 15 + 16) == Z_OK;
  if (ready && is == ZSTD) ready = (s->zstd = ZSTD_createDStream()) != NULL;
  if (!ready) { an_fail(err, AN_ERR_MEMORY, STEP, "%s: no memory to read it", path); return false; }
  s->packing = is;
  return true;
}

stream *stream_open(const char *path, an_error *err) {
  stream *s = calloc(1, sizeof *s);
  if (s == NULL) { an_fail(err, AN_ERR_MEMORY, STEP, "%s: no memory to read it", path); return NULL; }
  if (open_file(s, path, err) && get_ready(s, path, err)) return s;
  stream_close(s);
  return NULL;
}

void stream_close(stream *s) {
  if (s == NULL) return;
  if (s->packing == GZIP) inflateEnd(&s->gzip);
  if (s->whole != NULL) libdeflate_free_decompressor(s->whole);
  if (s->zstd != NULL) ZSTD_freeDStream(s->zstd);
  if (s->file >= 0) close(s->file);
  free(s->in);
  free(s->out);
  free(s->again);
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

/* The member at hand at one go into the empty room; false when it is too large for that, or broken: then zlib takes it. */
static bool inflate_whole(stream *s) {
  while (s->in_size - s->in_at < WHOLE_FROM && fill_in(s)) {}
  size_t used = 0, made = 0;
  for (;;) {
    enum libdeflate_result is = libdeflate_gzip_decompress_ex(s->whole, s->in + s->in_at, s->in_size - s->in_at, s->out, s->out_room, &used, &made);
    if (is == LIBDEFLATE_SUCCESS) break;
    uint8_t *wider = is == LIBDEFLATE_INSUFFICIENT_SPACE && s->out_room < OUT_MOST ? realloc(s->out, s->out_room * 4) : NULL;
    if (wider == NULL) return false;
    s->out = wider;
    s->out_room *= 4;
  }
  s->in_at += used;
  s->out_size = made;
  s->made += made;
  s->member_open = false;
  return true;
}

static bool within_ratio(stream *s) {
  if (s->made <= RATIO_FROM || s->made / RATIO <= s->file_bytes) return true;
  s->refused = "it inflates to more than 256 times its size";
  s->over = true;
  return false;
}

/* One step of inflating into the room behind out_size; false when nothing more comes. */
static bool inflate_some(stream *s) {
  if (!s->member_open) {
    if (!next_member(s)) return false;
    if (s->packing == GZIP && inflate_whole(s)) return within_ratio(s);
  }
  if (s->in_at == s->in_size && !s->pending && !fill_in(s)) { s->broken = true; return false; }       /* cut inside a member */
  size_t room = s->out_room - s->out_size, before = s->out_size;
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
    s->pending = !bad && !end && out.pos == out.size;
  }
  s->made += s->out_size - before;
  if (end) s->member_open = false;
  if (bad) s->broken = true;
  return within_ratio(s) && !bad;
}

size_t stream_look(stream *s, size_t want, const uint8_t **at) {
  if (s->again_at < s->again_size) {
    *at = s->again + s->again_at;
    return s->again_size - s->again_at;
  }
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
  if (s->again_at < s->again_size) s->again_at += size;
  else if (s->packing == PLAIN) s->in_at += size; else s->out_at += size;
}

bool stream_seam(const stream *s) {
  return s->packing != PLAIN && s->again_at == s->again_size && s->out_at == s->out_size && !s->member_open;
}

bool stream_again(stream *s, const uint8_t *bytes, size_t size) {
  size_t left = s->again_size - s->again_at;
  if (s->taken_back + size > s->file_bytes * AGAIN_TIMES + AGAIN_SLACK) return false;
  uint8_t *all = malloc(size + left + 1);
  if (all == NULL) return false;
  s->again_offset = s->packing == PLAIN ? stream_offset(s) - size : 0;
  memcpy(all, bytes, size);
  if (left > 0) memcpy(all + size, s->again + s->again_at, left);
  free(s->again);
  s->again = all;
  s->again_at = 0;
  s->again_size = size + left;
  s->taken_back += size + left;
  return true;
}

bool stream_broken(const stream *s) { return s->broken && s->again_at == s->again_size; }
const char *stream_refused(const stream *s) { return s->refused; }
uint64_t stream_read_bytes(const stream *s) { return s->file_bytes; }

uint64_t stream_offset(stream *s) {
  bool again = s->again_at < s->again_size;
  if (s->packing == PLAIN) return again ? s->again_offset + s->again_at : in_offset(s);
  if (again) return s->member;
  if (s->out_at == s->out_size && !s->member_open && !s->broken && !s->over) {     /* the next byte opens a member */
    const uint8_t *at;
    stream_look(s, 1, &at);
  }
  return s->member;
}

/* The next place in the file that begins like a member: behind the head of the broken one, as long as that is at hand, since
   what was taken for its end may hold the next one; but not again and again, so that work stays linear. */
uint64_t stream_mend(stream *s) {
  uint64_t from = s->member, taken = in_offset(s) - from;
  if (in_offset(s) > from && taken <= s->in_at && s->taken_back + taken <= s->file_bytes * AGAIN_TIMES + AGAIN_SLACK) {
    s->in_at -= (size_t)taken;
    s->taken_back += taken;
  }
  s->broken = s->member_open = false;
  s->out_at = s->out_size = 0;
  s->pending = false;
  s->again_at = s->again_size = 0;
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
