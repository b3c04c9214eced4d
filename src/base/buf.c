/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void an_buf_init(an_buf *buf, size_t max) { *buf = (an_buf){.max = max}; }

void an_buf_free(an_buf *buf) {
  free(buf->at);
  *buf = (an_buf){.max = buf->max};
}

void an_buf_clear(an_buf *buf) {
  buf->size = 0;
  buf->failed = false;
}

/* Room for `more` bytes and a NUL behind them, which is there for those who look at a buffer in a debugger or hand it
   to printf; it is not counted. */
static bool room_for(an_buf *buf, size_t more) {
  if (buf->failed) return false;
  if (buf->size > buf->max || more > buf->max - buf->size || more >= SIZE_MAX - buf->size) {
    buf->failed = true;
    return false;
  }
  size_t need = buf->size + more + 1;
  if (need <= buf->capacity) return true;
  size_t capacity = buf->capacity < 256 ? 256 : buf->capacity;
  while (capacity < need) capacity = capacity > SIZE_MAX / 2 ? need : capacity * 2;
  char *at = realloc(buf->at, capacity);
  if (at == NULL) {
    buf->failed = true;
    return false;
  }
  buf->at = at;
  buf->capacity = capacity;
  return true;
}

char *an_buf_room(an_buf *buf, size_t more) { return room_for(buf, more) ? buf->at + buf->size : NULL; }

void an_buf_add(an_buf *buf, const void *bytes, size_t size) {
  if (!room_for(buf, size)) return;
  if (size > 0) memcpy(buf->at + buf->size, bytes, size);
  buf->size += size;
  buf->at[buf->size] = '\0';
}

void an_buf_text(an_buf *buf, an_text text) { an_buf_add(buf, text.at, text.at == NULL ? 0 : text.size); }

void an_buf_z(an_buf *buf, const char *z) { an_buf_add(buf, z, strlen(z)); }

void an_buf_char(an_buf *buf, char c) { an_buf_add(buf, &c, 1); }

void an_buf_printf(an_buf *buf, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int size = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (size < 0) buf->failed = true;
  if (size >= 0 && room_for(buf, (size_t)size)) {
    vsnprintf(buf->at + buf->size, (size_t)size + 1, format, again);
    buf->size += (size_t)size;
  }
  va_end(again);
}
