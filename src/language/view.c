/* SPDX-License-Identifier: Apache-2.0 */
#include "language/view.h"

#include <stddef.h>

enum { VIEW_MAX = 64 };

typedef struct folded {
  unsigned char form[VIEW_MAX + 4], lower[VIEW_MAX + 4];
  uint32_t size;
} folded;

static uint64_t hash_bytes(const unsigned char *at, uint32_t size, uint64_t seed) {
  uint64_t h = seed * 0x9e3779b97f4a7c15u + size; /* far apart: the form of one word must not be the lower case of another */
  for (uint32_t i = 0; i < size; i++) h = (h ^ at[i]) * 0x100000001b3u;
  return an_mix(h);
}

static void put(folded *f, unsigned char form, unsigned char lower) {
  if (f->size >= VIEW_MAX) return;
  f->form[f->size] = form;
  f->lower[f->size] = lower;
  f->size++;
}

/* General punctuation U+2010..U+2026 in the treebanks' plain dress. Returns how many bytes were read, 0 for none. */
static uint32_t fold_punctuation(const unsigned char *s, uint32_t left, folded *f) {
  if (left < 3 || s[0] != 0xE2 || s[1] != 0x80) return 0;
  switch (s[2]) {
    case 0x90: case 0x91: case 0x92: case 0x93: put(f, '-', '-'); return 3;
    case 0x94: case 0x95: put(f, '-', '-'); put(f, '-', '-'); return 3;
    case 0x98: case 0x99: case 0x9B: put(f, '\'', '\''); return 3;
    case 0x9C: case 0x9D: case 0x9E: put(f, '"', '"'); return 3;
    case 0xA6: for (int i = 0; i < 3; i++) put(f, '.', '.'); return 3;
    default: return 0;
  }
}

static void fold(const unsigned char *s, uint32_t size, folded *f) {
  f->size = 0;
  for (uint32_t i = 0; i < size && f->size < VIEW_MAX;) {
    unsigned char c = s[i];
    uint32_t read = fold_punctuation(s + i, size - i, f);
    if (read > 0) { i += read; continue; }
    if (c >= 'A' && c <= 'Z') put(f, c, (unsigned char)(c + 32));
    else if (c >= '0' && c <= '9') put(f, '0', '0');
    else if (c == 0xC3 && i + 1 < size && s[i + 1] >= 0x80 && s[i + 1] <= 0x9E && s[i + 1] != 0x97) {
      put(f, c, c); /* Latin-1 capitals: À is C3 80, à is C3 A0 */
      put(f, s[i + 1], (unsigned char)(s[i + 1] + 0x20));
      i++;
    } else put(f, c, c);
    i++;
  }
}

static unsigned char kind_of(unsigned char form, unsigned char lower) {
  if (form != lower) return 'X';
  if (form >= 'a' && form <= 'z') return 'x';
  return form >= 0x80 ? 'x' : form;
}

void an_view_make(const char *at, uint32_t size, an_view *out) {
  folded f;
  fold((const unsigned char *)at, size, &f);
  unsigned char shape[VIEW_MAX];
  uint32_t kinds = 0, upper = 0, letters = 0, flags = 0;
  for (uint32_t i = 0; i < f.size; i++) {
    unsigned char kind = kind_of(f.form[i], f.lower[i]);
    if (kind == 'X' && i == 0) flags |= AN_VIEW_FIRST_UPPER;
    if (kind == 'X' && i > 0) flags |= AN_VIEW_INNER_UPPER;
    if (kind == '0') flags |= AN_VIEW_DIGIT;
    if (kind == '-') flags |= AN_VIEW_HYPHEN;
    upper += kind == 'X';
    letters += kind == 'X' || kind == 'x';
    if (kinds == 0 || shape[kinds - 1] != kind) shape[kinds++] = kind;
  }
  if (upper > 1 && upper == letters) flags |= AN_VIEW_ALL_UPPER;
  out->form = hash_bytes(f.form, f.size, 1);
  out->lower = hash_bytes(f.lower, f.size, 2);
  out->shape = hash_bytes(shape, kinds, 3);
  for (uint32_t k = 1; k <= 4; k++) {
    uint32_t take = f.size < k ? f.size : k;
    out->suffix[k - 1] = hash_bytes(f.lower + (f.size - take), take, 10 + k);
    if (k <= 3) out->prefix[k - 1] = hash_bytes(f.lower, take, 20 + k);
  }
  out->flags = flags;
  out->size = f.size;
}
