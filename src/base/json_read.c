/* SPDX-License-Identifier: Apache-2.0 */
/* The pull reader: RFC 8259, but for one thing that pages in the wild need: a string may hold raw control characters.
   Depth is a bit stack, so hostile nesting costs nothing and ends at MAX_DEPTH. */
#include "base/json.h"
#include "base/text.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 512 };
enum expect { A_VALUE, VALUE_OR_END, KEY_OR_END, A_KEY, COMMA_OR_END, NOTHING };

void an_json_start(an_json_in *in, an_text text) { *in = (an_json_in){.text = text, .expect = A_VALUE}; }

static an_json_kind give(an_json_in *in, an_json_kind kind, uint32_t begin, uint32_t end) {
  in->span = (an_span){begin, end};
  return in->kind = kind;
}

static an_json_kind wrong(an_json_in *in) { return give(in, AN_JSON_ERROR, in->at, in->at); }

static void skip_space(an_json_in *in) {
  while (in->at < in->text.size && strchr(" \t\r\n", in->text.at[in->at]) != NULL && in->text.at[in->at] != '\0') in->at++;
}

static bool in_object(const an_json_in *in) {
  uint32_t level = in->depth - 1;
  return in->depth > 0 && (in->stack[level / 64] >> (level % 64) & 1);
}

static void value_done(an_json_in *in) { in->expect = in->depth == 0 ? NOTHING : COMMA_OR_END; }

static int hex_digit(unsigned char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hexadecimal digits at `at`, or -1. */
static int32_t hex4(an_text text, uint32_t at) {
  if (at > text.size || text.size - at < 4) return -1;
  int32_t code = 0;
  for (uint32_t i = 0; i < 4; i++) {
    int digit = hex_digit((unsigned char)text.at[at + i]);
    if (digit < 0) return -1;
    code = code << 4 | digit;
  }
  return code;
}

/* From behind the opening quotation mark to behind the closing one. */
static an_json_kind string(an_json_in *in, an_json_kind kind) {
  const char *text = in->text.at;
  uint32_t begin = ++in->at, size = in->text.size;
  while (in->at < size && text[in->at] != '"') {
    if (text[in->at] != '\\') {
      in->at++;
    } else if (in->at + 1 < size && text[in->at + 1] == 'u') {
      if (hex4(in->text, in->at + 2) < 0) return wrong(in);
      in->at += 6;
    } else if (in->at + 1 < size && text[in->at + 1] != '\0' && strchr("\"\\/bfnrt", text[in->at + 1]) != NULL) {
      in->at += 2;
    } else {
      return wrong(in);
    }
  }
  if (in->at >= size) return wrong(in);
  return give(in, kind, begin, in->at++);
}

static uint32_t digits(an_json_in *in) {
  uint32_t begin = in->at;
  while (in->at < in->text.size && an_code_is_digit((unsigned char)in->text.at[in->at])) in->at++;
  return in->at - begin;
}

static bool take(an_json_in *in, char a, char b) {
  if (in->at >= in->text.size || (in->text.at[in->at] != a && in->text.at[in->at] != b)) return false;
  in->at++;
  return true;
}

static an_json_kind number(an_json_in *in) {
  uint32_t begin = in->at;
  (void)take(in, '-', '-');
  bool zero = in->at < in->text.size && in->text.at[in->at] == '0';
  uint32_t whole = digits(in);
  if (whole == 0 || (zero && whole > 1)) return wrong(in);
  if (take(in, '.', '.') && digits(in) == 0) return wrong(in);
  if (take(in, 'e', 'E')) {
    (void)take(in, '+', '-');
    if (digits(in) == 0) return wrong(in);
  }
  return give(in, AN_JSON_NUMBER, begin, in->at);
}

static an_json_kind word(an_json_in *in, const char *z, an_json_kind kind) {
  uint32_t size = (uint32_t)strlen(z);
  if (in->text.size - in->at < size || memcmp(in->text.at + in->at, z, size) != 0) return wrong(in);
  in->at += size;
  return give(in, kind, in->at - size, in->at);
}

static an_json_kind open_level(an_json_in *in, bool object) {
  if (in->depth >= MAX_DEPTH) return wrong(in);
  uint64_t bit = (uint64_t)1 << (in->depth % 64);
  if (object) in->stack[in->depth / 64] |= bit;
  else in->stack[in->depth / 64] &= ~bit;
  in->depth++;
  in->expect = object ? KEY_OR_END : VALUE_OR_END;
  in->at++;
  return give(in, object ? AN_JSON_OBJECT : AN_JSON_ARRAY, in->at - 1, in->at);
}

static an_json_kind close_level(an_json_in *in) {
  bool object = in_object(in);
  in->depth--;
  in->at++;
  value_done(in);
  return give(in, object ? AN_JSON_OBJECT_END : AN_JSON_ARRAY_END, in->at - 1, in->at);
}

static an_json_kind value(an_json_in *in) {
  char c = in->text.at[in->at];
  if (c == '{' || c == '[') return open_level(in, c == '{');
  an_json_kind kind;
  switch (c) {
  case '"': kind = string(in, AN_JSON_STRING); break;
  case 't': kind = word(in, "true", AN_JSON_TRUE); break;
  case 'f': kind = word(in, "false", AN_JSON_FALSE); break;
  case 'n': kind = word(in, "null", AN_JSON_NULL); break;
  default: kind = number(in);
  }
  if (kind != AN_JSON_ERROR) value_done(in);
  return kind;
}

static an_json_kind key(an_json_in *in) {
  if (in->text.at[in->at] != '"' || string(in, AN_JSON_KEY) == AN_JSON_ERROR) return wrong(in);
  skip_space(in);
  if (!take(in, ':', ':')) return wrong(in);
  in->expect = A_VALUE;
  return AN_JSON_KEY;
}

an_json_kind an_json_next(an_json_in *in) {
  if (in->kind == AN_JSON_ERROR) return AN_JSON_ERROR;
  skip_space(in);
  if (in->at >= in->text.size) return in->expect == NOTHING ? give(in, AN_JSON_END, in->at, in->at) : wrong(in);
  char c = in->text.at[in->at];
  if (in->expect == COMMA_OR_END && c == ',') {
    in->at++;
    skip_space(in);
    in->expect = in_object(in) ? A_KEY : A_VALUE;
    if (in->at >= in->text.size) return wrong(in);
    c = in->text.at[in->at];
  }
  switch ((enum expect)in->expect) {
  case A_VALUE: return value(in);
  case VALUE_OR_END: return c == ']' ? close_level(in) : value(in);
  case KEY_OR_END: return c == '}' ? close_level(in) : key(in);
  case A_KEY: return key(in);
  case COMMA_OR_END: return c == (in_object(in) ? '}' : ']') ? close_level(in) : wrong(in);
  case NOTHING: break;
  }
  return wrong(in);
}

void an_json_skip(an_json_in *in) {
  if (in->kind == AN_JSON_KEY) (void)an_json_next(in);
  if (in->kind != AN_JSON_OBJECT && in->kind != AN_JSON_ARRAY) return;
  uint32_t outside = in->depth - 1;
  while (in->depth > outside && an_json_next(in) != AN_JSON_ERROR) continue;
}

/* The escape at *at (its backslash), moved over; a pair of surrogates is one code point. */
static uint32_t unescape(an_text raw, uint32_t *at) {
  char c = raw.at[*at + 1];
  *at += 2;
  switch (c) {
  case 'b': return '\b';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  case 'u': break;
  default: return (unsigned char)c;
  }
  int32_t code = hex4(raw, *at);
  *at += 4;
  if (code >= 0xd800 && code < 0xdc00 && raw.size - *at >= 6 && raw.at[*at] == '\\' && raw.at[*at + 1] == 'u') {
    int32_t low = hex4(raw, *at + 2);
    if (low >= 0xdc00 && low < 0xe000) {
      *at += 6;
      return 0x10000u + ((uint32_t)(code - 0xd800) << 10) + (uint32_t)(low - 0xdc00);
    }
  }
  return (uint32_t)code; /* an_utf8_put makes U+FFFD of a lone surrogate */
}

an_text an_json_string(const an_json_in *in, an_arena *arena) {
  an_text raw = an_text_slice(in->text, in->span.begin, in->span.end);
  char *out = an_arena_take(arena, raw.size, 1); /* an escape is never shorter than what it stands for */
  if (out == NULL) return (an_text){NULL, 0};
  uint32_t size = 0;
  for (uint32_t at = 0; at < raw.size;) {
    const char *escape = memchr(raw.at + at, '\\', raw.size - at);
    uint32_t plain = escape == NULL ? raw.size - at : (uint32_t)(escape - raw.at) - at;
    memcpy(out + size, raw.at + at, plain);
    size += plain;
    at += plain;
    if (escape == NULL) break;
    char put[4];
    uint32_t bytes = an_utf8_put(unescape(raw, &at), put);
    memcpy(out + size, put, bytes);
    size += bytes;
  }
  return (an_text){out, size};
}

bool an_json_is(const an_json_in *in, const char *z) {
  return an_text_is(an_text_slice(in->text, in->span.begin, in->span.end), z);
}

double an_json_value(const an_json_in *in) {
  char digits[64];
  an_text raw = an_text_slice(in->text, in->span.begin, in->span.end);
  if (raw.size >= sizeof digits) raw.size = sizeof digits - 1; /* far more than a double holds */
  memcpy(digits, raw.at, raw.size);
  digits[raw.size] = '\0';
  char *point = strchr(digits, '.');
  if (point != NULL) *point = localeconv()->decimal_point[0]; /* strtod reads a host program's locale */
  return strtod(digits, NULL);
}
