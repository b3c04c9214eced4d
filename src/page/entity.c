/* SPDX-License-Identifier: Apache-2.0 */
/* Character references, after the "character reference state" of the HTML standard. */
#include "page/inner.h"

#include <string.h>

#include "page/entity_table.h"

enum { LONGEST_NAME = 32 };

/* The standard reads &#128; to &#159; as windows-1252. */
static const uint16_t c1[32] = {0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D,
                                0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A,
                                0x153, 0x9D, 0x17E, 0x178};

static bool is_alnum(uint8_t c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'); }

static uint32_t numeric(const uint8_t *bytes, uint32_t size, uint32_t at, char out[8], uint32_t *out_size) {
  uint32_t i = at + 2, code = 0, digits = 0;
  bool hex = i < size && (bytes[i] | 32) == 'x';
  if (hex) i++;
  for (; i < size; i++, digits++) {
    uint8_t c = bytes[i];
    uint32_t value = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : hex && (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a' + 10) : 99;
    if (value == 99) break;
    if (code <= 0x10FFFF) code = code * (hex ? 16 : 10) + value;
  }
  if (digits == 0) return 0;
  if (code >= 0x80 && code < 0xA0) code = c1[code - 0x80];
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
  *out_size = an_utf8_put(code, out);
  return (i < size && bytes[i] == ';' ? i + 1 : i) - at;
}

/* The entry whose name is bytes[at, at + n), or NULL. */
static const entity *named(const uint8_t *name, uint32_t n) {
  if (*name < 'A' || *name > 'z') return NULL;
  uint32_t low = first_entity[*name - 'A'], high = first_entity[*name - 'A' + 1];
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const entity *e = &entities[middle];
    int order = memcmp(e->name, name, e->size < n ? e->size : n);
    if (order == 0 && e->size == n) return e;
    if (order < 0 || (order == 0 && e->size < n)) low = middle + 1; else high = middle;
  }
  return NULL;
}

uint32_t entity_decode(const uint8_t *bytes, uint32_t size, uint32_t at, bool in_attribute, char out[8], uint32_t *out_size) {
  if (at + 1 >= size) return 0;
  if (bytes[at + 1] == '#') return numeric(bytes, size, at, out, out_size);
  uint32_t n = 0;
  while (n < LONGEST_NAME && at + 1 + n < size && is_alnum(bytes[at + 1 + n])) n++;
  if (n < 2) return 0;
  bool semicolon = at + 1 + n < size && bytes[at + 1 + n] == ';';
  const entity *e = semicolon ? named(bytes + at + 1, n + 1) : NULL;
  for (uint32_t shorter = n < 6 ? n : 6; e == NULL && shorter >= 2; shorter--) {   /* "&copy2019": names without ';' have 2 to 6 letters */
    e = named(bytes + at + 1, shorter);
    uint8_t next = at + 1 + shorter < size ? bytes[at + 1 + shorter] : 0;
    if (e != NULL && in_attribute && (next == '=' || is_alnum(next))) return 0;        /* "?a=1&copy=2" stays as it is */
  }
  if (e == NULL) return 0;
  *out_size = an_utf8_put(e->code, out);
  if (e->second != 0) *out_size += an_utf8_put(e->second, out + *out_size);
  return 1 + (uint32_t)e->size;
}

an_text entity_text(reader *r, uint32_t begin, uint32_t end, bool in_attribute) {
  const uint8_t *at = r->source.at;
  if (end > begin + 8192) end = begin + 8192;                 /* values of metadata are short; the rest is not worth its bytes */
  char *out = AN_NEW(r->arena, char, (size_t)(end - begin) + (end - begin) / 4 + 8);
  if (out == NULL) { r->spent = true; return (an_text){0}; }
  uint32_t size = 0;
  bool space = false;
  for (uint32_t i = begin; i < end;) {
    char piece[8];
    uint32_t made = 0, used = at[i] == '&' ? entity_decode(at, end, i, in_attribute, piece, &made) : 0;
    if (used == 0) { piece[0] = (char)at[i]; made = used = 1; }
    bool white = made == 1 && (piece[0] == ' ' || (piece[0] >= 9 && piece[0] <= 13));
    bool no_break = made == 2 && memcmp(piece, "\xC2\xA0", 2) == 0;
    i += used;
    if (white || no_break) { space = size > 0; continue; }
    if (space) out[size++] = ' ';
    space = false;
    memcpy(out + size, piece, made);
    size += made;
  }
  return an_text_trim((an_text){out, size});
}
