/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as members of gzip: what libdeflate makes of a member is what zlib makes of it, broken members are mended, places
   ascend, and the work is bounded. The first byte says whether the bytes are members already, or what members are made of. */
#include "input/inner.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* All members by zlib alone; the size, or SIZE_MAX where one is broken or does not fit. */
static size_t by_zlib(const uint8_t *bytes, size_t size, uint8_t *out, size_t room) {
  z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)size, .next_out = out, .avail_out = (uInt)room};
  if (inflateInit2(&z, 15 + 16) != Z_OK) return SIZE_MAX;
  int code = Z_STREAM_END;
  while (code == Z_STREAM_END && z.avail_in > 0) {
    inflateReset(&z);
    code = inflate(&z, Z_FINISH);
  }
  inflateEnd(&z);
  return code == Z_STREAM_END && size > 0 ? room - z.avail_out : SIZE_MAX;
}

static size_t read_all(const char *path, size_t file_size, uint8_t *out, size_t room, bool *mended) {
  stream *s = stream_open(path, NULL);
  size_t made = 0, turns = 0;
  uint64_t last = 0;
  while (s != NULL && turns++ < 64 * file_size + 4096) {
    const uint8_t *at;
    uint64_t offset = stream_offset(s);
    if (offset < last || offset > file_size) abort();
    last = offset;
    size_t n = stream_look(s, 1, &at);
    if (n == 0 && !stream_broken(s)) break;
    if (n == 0) { *mended = true; last = 0; stream_mend(s); continue; }
    if (made + n > room) break;
    memcpy(out + made, at, n);
    made += n;
    stream_pass(s, n);
  }
  stream_close(s);
  return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  enum { ROOM = 1 << 21 };
  static uint8_t wanted[ROOM], got[ROOM], packed[1 << 16];
  if (size < 2 || size > 8192) return 0;
  size_t n = size - 1;
  if (bytes[0] & 1) {                              /* two members of the bytes, then a changed byte */
    z_stream z = {.next_out = packed, .avail_out = sizeof packed};
    if (deflateInit2(&z, bytes[0] % 9 + 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    z.next_in = (Bytef *)(uintptr_t)(bytes + 1), z.avail_in = (uInt)(n / 2);
    deflate(&z, Z_FINISH);
    deflateReset(&z);
    z.next_in = (Bytef *)(uintptr_t)(bytes + 1 + n / 2), z.avail_in = (uInt)(n - n / 2);
    deflate(&z, Z_FINISH);
    n = sizeof packed - z.avail_out;
    deflateEnd(&z);
    if (bytes[0] & 2) packed[(size_t)bytes[1] * 7 % n] ^= (uint8_t)(bytes[size - 1] | 1);
  } else {
    memcpy(packed, bytes + 1, n);
  }
  bool mended = false, gzip = n >= 3 && memcmp(packed, "\x1F\x8B\x08", 3) == 0;
  memory_file file = memory_file_of(packed, n);
  if (file.fd < 0) return 0;
  size_t made = read_all(file.path, n, got, ROOM, &mended), by = gzip ? by_zlib(packed, n, wanted, ROOM) : SIZE_MAX;
  if (by != SIZE_MAX && !mended && (made != by || memcmp(got, wanted, made) != 0)) abort();
  if (by != SIZE_MAX && mended) abort();
  close(file.fd);
  return 0;
}
