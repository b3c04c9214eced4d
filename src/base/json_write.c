/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

/* Bytes that are 0 give their highest bit; those above one that is may give it as well. */
static uint64_t zeros(uint64_t x) { return (x - 0x0101010101010101U) & ~x; }

/* Eight bytes at a time. */
static bool all_plain(an_text value) {
  uint32_t at = 0;
  for (; at + 8 <= value.size; at += 8) {
    uint64_t x;
    memcpy(&x, value.at + at, 8);
    uint64_t low = (x - 0x2020202020202020U) & ~x, odd = zeros(x ^ 0x2222222222222222U) | zeros(x ^ 0x5C5C5C5C5C5C5C5CU) | zeros(x ^ 0x7F7F7F7F7F7F7F7FU);
    if (((x | low | odd) & 0x8080808080808080U) != 0) return false;
  }
  while (at < value.size && is_plain((unsigned char)value.at[at])) at++;
  return at == value.size;
}

/* What needs no escape, as nearly all does: in one piece, with what stands before and behind it. */
static bool put_plain(an_buf *buf, const char *first, an_text value, const char *last) {
  if (!all_plain(value)) return false;
  size_t before = strlen(first), behind = strlen(last), size = before + value.size + behind;
  char *to = an_buf_room(buf, size);
  if (to == NULL) return true;
  memcpy(to, first, before);
  if (value.size > 0) memcpy(to + before, value.at, value.size);
  memcpy(to + before + value.size, last, behind);
  to[size] = '\0';
  buf->size += size;
  return true;
}

static void put_string(an_buf *buf, an_text value) {
  static const char hex[] = "0123456789abcdef";
  if (put_plain(buf, "\"", value, "\"")) return;
  an_buf_char(buf, '"');
  uint32_t plain = 0; /* begin of what needs no escape and is not written yet */
  for (uint32_t at = 0; at < value.size;) {
    unsigned char c = (unsigned char)value.at[at];
    if (is_plain(c)) {
      at++;
      continue;
    }
    uint32_t begin = at, code = an_utf8_next(value, &at);
    bool bad = code == 0xfffd && at - begin == 1;
    if (c >= 0x80 && !bad) continue;
    an_buf_add(buf, value.at + plain, begin - plain);
    plain = at;
    if (bad) {
      an_buf_z(buf, "\xef\xbf\xbd");
    } else if (c == '"' || c == '\\') {
      an_buf_char(buf, '\\');
      an_buf_char(buf, (char)c);
    } else if (c == '\n') {
      an_buf_z(buf, "\\n");
    } else if (c == '\t') {
      an_buf_z(buf, "\\t");
    } else if (c == '\r') {
      an_buf_z(buf, "\\r");
    } else {
      const char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
      an_buf_add(buf, escape, sizeof escape);
    }
  }
  an_buf_add(buf, value.at == NULL ? "" : value.at + plain, value.size - plain);
  an_buf_char(buf, '"');
}

/* The comma before an item, and its key. */
static void before(an_json_out *out, const char *key) {
  uint64_t bit = (uint64_t)1 << (out->depth & 63);
  bool comma = (out->has_item & bit) != 0;
  if (out->depth > 0) out->has_item |= bit; /* at the top, each value stands for itself */
  if (key != NULL && put_plain(out->buf, comma ? ",\"" : "\"", an_text_of(key), "\":")) return;
  if (comma) an_buf_char(out->buf, ',');
  if (key == NULL) return;
  put_string(out->buf, an_text_of(key));
  an_buf_char(out->buf, ':');
}

void an_json_open(an_json_out *out, const char *key, char bracket) {
  before(out, key);
  an_buf_char(out->buf, bracket);
  if (out->depth >= 63) out->buf->failed = true;
  else out->depth++;
  out->has_item &= ~((uint64_t)1 << out->depth);
}

void an_json_close(an_json_out *out, char bracket) {
  an_buf_char(out->buf, bracket);
  if (out->depth == 0) out->buf->failed = true;
  else out->depth--;
}

void an_json_text(an_json_out *out, const char *key, an_text value) {
  if (value.at == NULL) {
    an_json_null(out, key);
    return;
  }
  before(out, key);
  put_string(out->buf, value);
}

void an_json_z(an_json_out *out, const char *key, const char *value) { an_json_text(out, key, an_text_of(value)); }

static void put_whole(an_buf *buf, bool negative, uint64_t value) {
  char digits[24];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + value % 10);
  while ((value /= 10) > 0);
  if (negative) digits[--at] = '-';
  an_buf_add(buf, digits + at, sizeof digits - at);
}

/* At most four decimals, as most have: their digits are the fewest that read back. */
static bool put_short(an_buf *buf, double value) {
  if (!(fabs(value) < 1e6)) return false;
  uint64_t units = (uint64_t)(fabs(value) * 10000 + 0.5), rest = units % 10000;
  if ((double)units / 10000 != fabs(value)) return false;
  put_whole(buf, value < 0, units / 10000);
  if (rest == 0) return true;
  an_buf_char(buf, '.');
  for (uint64_t unit = 1000; rest > 0; rest %= unit, unit /= 10) an_buf_char(buf, (char)('0' + rest / unit));
  return true;
}

void an_json_int(an_json_out *out, const char *key, int64_t value) {
  before(out, key);
  put_whole(out->buf, value < 0, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

/* The fewest digits that read back as the same number. A host program may have set a locale with a decimal comma: both
   directions below use it, and the comma is put right in the end. */
void an_json_number(an_json_out *out, const char *key, double value) {
  if (!isfinite(value)) {
    an_json_null(out, key);
    return;
  }
  before(out, key);
  if (put_short(out->buf, value)) return;
  char digits[40];
  int size = 0;
  if (value == floor(value) && fabs(value) < 1e15) {
    size = snprintf(digits, sizeof digits, "%.0f", value == 0 ? 0.0 : value);
  } else {
    for (int precision = 1; precision <= 17; precision++) {
      size = snprintf(digits, sizeof digits, "%.*g", precision, value);
      if (strtod(digits, NULL) == value) break;
    }
  }
  for (int i = 0; i < size; i++)
    if (strchr("0123456789+-e", digits[i]) == NULL) digits[i] = '.';
  an_buf_add(out->buf, digits, (size_t)size);
}

void an_json_bool(an_json_out *out, const char *key, bool value) {
  before(out, key);
  an_buf_z(out->buf, value ? "true" : "false");
}

void an_json_null(an_json_out *out, const char *key) {
  before(out, key);
  an_buf_z(out->buf, "null");
}

void an_json_raw(an_json_out *out, const char *key, an_text json) {
  if (json.at == NULL) {
    an_json_null(out, key);
    return;
  }
  before(out, key);
  an_buf_text(out->buf, json);
}
