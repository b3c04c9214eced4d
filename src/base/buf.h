/* SPDX-License-Identifier: Apache-2.0 */
/* An owned, growing byte buffer with a maximum. A failed append makes it `failed` and later appends do nothing, so that
   a writer checks once, at the end. */
#ifndef AN_BASE_BUF_H
#define AN_BASE_BUF_H
#include "annals.h"

typedef struct an_buf { char *at; size_t size, capacity, max; bool failed; } an_buf;
void an_buf_init(an_buf *buf, size_t max);
void an_buf_free(an_buf *buf);
void an_buf_clear(an_buf *buf);
void an_buf_add(an_buf *buf, const void *bytes, size_t size);
void an_buf_text(an_buf *buf, an_text text);
void an_buf_z(an_buf *buf, const char *z);
char *an_buf_room(an_buf *buf, size_t more);  /* where `more` bytes and a NUL may be written; what was is added to size; NULL: failed */
void an_buf_char(an_buf *buf, char c);
void an_buf_printf(an_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
#endif
