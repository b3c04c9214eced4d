/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

an_text an_text_of(const char *z) { return (an_text){z, z == NULL ? 0 : (uint32_t)strlen(z)}; }

bool an_text_equal(an_text a, an_text b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

bool an_text_is(an_text a, const char *z) { return an_text_equal(a, an_text_of(z)); }

int an_text_compare(an_text a, an_text b) {
  uint32_t shared = a.size < b.size ? a.size : b.size;
  int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);
  if (order != 0) return order;
  return a.size < b.size ? -1 : a.size > b.size;
}

bool an_text_starts(an_text a, const char *z) {
  size_t size = strlen(z);
  return size <= a.size && (size == 0 || memcmp(a.at, z, size) == 0);
}

bool an_text_ends(an_text a, const char *z) {
  size_t size = strlen(z);
  return size <= a.size && (size == 0 || memcmp(a.at + a.size - size, z, size) == 0);
}

an_text an_text_slice(an_text a, uint32_t begin, uint32_t end) {
  if (a.at == NULL) return a;
  if (end > a.size) end = a.size;
  if (begin > end) begin = end;
  return (an_text){a.at + begin, end - begin};
}

an_text an_text_trim(an_text a) {
  uint32_t begin = 0, end = a.size;
  while (begin < end) {
    uint32_t at = begin;
    if (!an_code_is_space(an_utf8_next(a, &at))) break;
    begin = at;
  }
  while (end > begin) {
    uint32_t last = end - 1; /* back to the first byte of the last code point */
    while (last > begin && end - last < 4 && ((unsigned char)a.at[last] & 0xc0) == 0x80) last--;
    uint32_t at = last;
    if (!an_code_is_space(an_utf8_next(a, &at)) || at != end) break;
    end = last;
  }
  return an_text_slice(a, begin, end);
}

uint32_t an_text_find(an_text hay, uint32_t from, an_text needle) {
  if (from > hay.size || needle.size > hay.size - from) return AN_NONE;
  if (needle.size == 0) return from;
  const char *found = memmem(hay.at + from, hay.size - from, needle.at, needle.size);
  return found == NULL ? AN_NONE : (uint32_t)(found - hay.at);
}

bool an_text_word(an_text text, uint32_t *at, an_text *word) {
  while (*at < text.size && text.at[*at] == ' ') (*at)++;
  if (*at >= text.size) return false;
  const char *space = memchr(text.at + *at, ' ', text.size - *at);
  uint32_t end = space == NULL ? text.size : (uint32_t)(space - text.at);
  *word = an_text_slice(text, *at, end);
  *at = end;
  return true;
}

/* ---- UTF-8 --------------------------------------------------------------------------------------- */

/* Well-formed sequences only (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF. */
uint32_t an_utf8_next(an_text text, uint32_t *at) {
  const unsigned char *s = (const unsigned char *)text.at + *at;
  uint32_t left = text.size - *at;
  (*at)++;
  if (s[0] < 0x80) return s[0];
  if (s[0] < 0xc2 || s[0] > 0xf4) return 0xfffd;
  uint32_t more = s[0] < 0xe0 ? 1 : s[0] < 0xf0 ? 2 : 3;
  if (left <= more) return 0xfffd;
  unsigned low = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
  unsigned high = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;
  if (s[1] < low || s[1] > high) return 0xfffd;
  uint32_t code = s[0] & (0x3fu >> more);
  for (uint32_t i = 1; i <= more; i++) {
    if ((s[i] & 0xc0) != 0x80) return 0xfffd;
    code = code << 6 | (s[i] & 0x3f);
  }
  *at += more;
  return code;
}

uint32_t an_utf8_put(uint32_t code, char out[4]) {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) code = 0xfffd;
  if (code < 0x80) {
    out[0] = (char)code;
    return 1;
  }
  uint32_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
  for (uint32_t i = more; i > 0; i--, code >>= 6) out[i] = (char)(0x80 | (code & 0x3f));
  out[0] = (char)(first[more] | code);
  return more + 1;
}

bool an_utf8_valid(const uint8_t *bytes, size_t size) {
  if (size > UINT32_MAX) return false;
  an_text text = {(const char *)bytes, (uint32_t)size};
  for (uint32_t at = 0; at < text.size;) {
    if (bytes[at] < 0x80) {
      at++;
      continue;
    }
    uint32_t begin = at;
    if (an_utf8_next(text, &at) == 0xfffd && at - begin == 1) return false; /* U+FFFD itself takes three bytes */
  }
  return true;
}

bool an_code_is_space(uint32_t code) {
  if (code < 0x80) return code == ' ' || (code >= '\t' && code <= '\r');
  return code == 0x85 || code == 0xa0 || code == 0xad || code == 0x1680 || (code >= 0x2000 && code <= 0x200f) ||
         code == 0x2028 || code == 0x2029 || code == 0x202f || code == 0x205f || code == 0x2060 || code == 0x3000 ||
         code == 0xfeff;
}

bool an_code_is_letter(uint32_t code) {
  if (code < 0x80) return (code | 32) >= 'a' && (code | 32) <= 'z';
  utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

bool an_code_is_upper(uint32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z';
  utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool an_code_is_digit(uint32_t code) { return code >= '0' && code <= '9'; }
