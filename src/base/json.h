/* SPDX-License-Identifier: Apache-2.0 */
/* JSON: a writer onto a buffer, and a pull reader that gives a byte range for every value and does not recurse. */
#ifndef AN_BASE_JSON_H
#define AN_BASE_JSON_H
#include "base/arena.h"
#include "base/buf.h"

/* Writer: commas are its own business; keys NULL inside arrays. Bad UTF-8 becomes U+FFFD. */
typedef struct an_json_out { an_buf *buf; uint64_t has_item; uint32_t depth; } an_json_out; /* depth <= 63 */
void an_json_open(an_json_out *out, const char *key, char bracket);   /* '{' or '[' */
void an_json_close(an_json_out *out, char bracket);                   /* '}' or ']' */
void an_json_text(an_json_out *out, const char *key, an_text value);  /* not known: null */
void an_json_z(an_json_out *out, const char *key, const char *value); /* NULL: null */
void an_json_int(an_json_out *out, const char *key, int64_t value);
void an_json_number(an_json_out *out, const char *key, double value); /* not finite: null; shortest that reads back */
void an_json_bool(an_json_out *out, const char *key, bool value);
void an_json_null(an_json_out *out, const char *key);
void an_json_raw(an_json_out *out, const char *key, an_text json);    /* a whole value, as it is; not known: null */

/* Reader: an_json_next gives the tokens of one document in order. */
typedef enum an_json_kind { AN_JSON_END, AN_JSON_ERROR, AN_JSON_OBJECT, AN_JSON_OBJECT_END, AN_JSON_ARRAY, AN_JSON_ARRAY_END,
                            AN_JSON_KEY, AN_JSON_STRING, AN_JSON_NUMBER, AN_JSON_TRUE, AN_JSON_FALSE, AN_JSON_NULL } an_json_kind;
typedef struct an_json_in {
  an_text text; uint32_t at, depth; uint64_t stack[8];  /* bit a level: object or array; depth <= 512 */
  uint8_t expect;
  an_json_kind kind; an_span span;  /* of the last token; a string's span is inside its quotation marks, still escaped */
} an_json_in;
void an_json_start(an_json_in *in, an_text text);
an_json_kind an_json_next(an_json_in *in);
/* Passes over the value whose first token was just read (an object or array to its end). */
void an_json_skip(an_json_in *in);
/* The last string or key, unescaped into the arena (a lone surrogate becomes U+FFFD); not known: budget spent. */
an_text an_json_string(const an_json_in *in, an_arena *arena);
bool an_json_is(const an_json_in *in, const char *z);   /* the last string or key, compared without unescaping rarities */
double an_json_value(const an_json_in *in);             /* the last number */
#endif
