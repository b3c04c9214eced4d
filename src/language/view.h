/* SPDX-License-Identifier: Apache-2.0 */
/* What the models see of one word: hashes of its form in several lights. Computed once a word; the tagger and the
   parser build their features out of these numbers and never look at the letters again. Curly quotes, dashes and
   digits are folded, so that "’s" and "'s" or "1987" and "2017" are the same word to the models. */
#ifndef AN_LANGUAGE_VIEW_H
#define AN_LANGUAGE_VIEW_H
#include <stdint.h>

enum { AN_VIEW_FIRST_UPPER = 1, AN_VIEW_ALL_UPPER = 2, AN_VIEW_DIGIT = 4, AN_VIEW_HYPHEN = 8, AN_VIEW_INNER_UPPER = 16 };

typedef struct an_view {
  uint64_t form;      /* letters as written, folded */
  uint64_t lower;     /* the same in lower case */
  uint64_t suffix[4]; /* the last 1..4 bytes of lower */
  uint64_t prefix[3]; /* the first 1..3 bytes of lower */
  uint64_t shape;     /* "Xx", "X.X.", "0,0": runs of one kind count once */
  uint32_t flags, size; /* AN_VIEW_*; folded bytes */
} an_view;

/* at[0..size) is UTF-8; a word longer than 64 folded bytes is seen by its first 64. */
void an_view_make(const char *at, uint32_t size, an_view *out);

/* A finished hash of up to four numbers: all bits depend on all bits. */
static inline uint64_t an_mix(uint64_t h) {
  h ^= h >> 32;
  h *= 0xd6e8feb86659fd93u;
  h ^= h >> 29;
  return h;
}

#endif
