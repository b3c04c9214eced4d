/* SPDX-License-Identifier: Apache-2.0 */
/* Up to 63 bytes of text at once, a bit each, lowest first: the words of ASCII, and what needs a look. Where SSE2 is
   not to be had, byte by byte: the bits are the same. */
#ifndef AN_PAGE_BYTES_H
#define AN_PAGE_BYTES_H
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#if defined __SSE2__
#include <emmintrin.h>
#endif

/* Of a byte: part of a word; a sign that stands alone; a sentence's end; the beginning of a character that is not ASCII. */
enum { BETWEEN, WORD, SIGN, STOP, CODE };
static const uint8_t byte_classes[256] = {
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 2, 3,
  2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
  0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 2, 0, 0, 0,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
};

enum { BYTES_AT_ONCE = 63 };                          /* the highest bit is none, so that every row of bits ends */
typedef struct byte_bits { uint64_t words, others; } byte_bits;   /* letters and digits; signs, stops, apostrophes, CODE */

static inline byte_bits bits_of_each(const uint8_t *at, uint32_t count, uint32_t from, byte_bits b) {
  for (uint32_t i = from; i < count; i++) {
    uint8_t class = byte_classes[at[i]];
    b.words |= (uint64_t)(class == WORD) << i;
    b.others |= (uint64_t)(class > WORD || at[i] == '\'') << i;
  }
  return b;
}

/* Of the `count` bytes at `at`, 63 at most; `readable`: those that may be looked at, more or fewer. */
__attribute__((always_inline)) static inline byte_bits bits_of(const uint8_t *at, uint32_t count, uint32_t readable) {
  byte_bits b = {0, 0};
#if defined __SSE2__
  uint32_t i = 0;
  for (; i < count && readable - i >= 16; i += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(at + i)), low = _mm_or_si128(v, _mm_set1_epi8(32));
    __m128i letters = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
    __m128i digits = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)));
    __m128i signs = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('=')), _mm_cmplt_epi8(v, _mm_set1_epi8('A')));   /* > ? @ */
    signs = _mm_or_si128(signs, _mm_cmpeq_epi8(v, _mm_set1_epi8('.')));
    signs = _mm_or_si128(signs, _mm_cmpeq_epi8(v, _mm_set1_epi8('!')));
    signs = _mm_or_si128(signs, _mm_cmpeq_epi8(v, _mm_set1_epi8('|')));
    signs = _mm_or_si128(signs, _mm_cmpeq_epi8(v, _mm_set1_epi8('\'')));
    b.words |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(letters, digits)) << i;
    b.others |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(signs, v)) << i;
  }
  if (i < count) return bits_of_each(at, count, i, b);
  uint64_t own = ((uint64_t)1 << count) - 1;
  return (byte_bits){b.words & own, b.others & own};
#else
  (void)readable;
  return bits_of_each(at, count, 0, b);
#endif
}

/* Where ">", "/" or the first byte of a sign such as "»" stands, or the size. */
static inline uint32_t find_step(const char *at, uint32_t size) {
  uint32_t i = 0;
#if defined __SSE2__
  for (; size - i >= 16; i += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
    __m128i some = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('>')), _mm_cmpeq_epi8(v, _mm_set1_epi8('/')));
    some = _mm_or_si128(some, _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xC2)), _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE2))));
    int bits = _mm_movemask_epi8(some);
    if (bits != 0) return i + (uint32_t)__builtin_ctz((unsigned)bits);
  }
#endif
  while (i < size && at[i] != '>' && at[i] != '/' && at[i] != (char)0xC2 && at[i] != (char)0xE2) i++;
  return i;
}

/* Where "c" with an "s" four bytes behind it stands, large or small, from `i` on, as "charset" begins; or where none can be. */
static inline uint32_t find_c_s(const uint8_t *at, uint32_t i, uint32_t size) {
  enum { BEHIND = 4 };
#if defined __SSE2__
  const __m128i small = _mm_set1_epi8(32);
  for (; size >= 16 + BEHIND && i <= size - 16 - BEHIND; i += 16) {
    __m128i c = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)(at + i)), small);
    __m128i s = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)(at + i + BEHIND)), small);
    int bits = _mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8('c')), _mm_cmpeq_epi8(s, _mm_set1_epi8('s'))));
    if (bits != 0) return i + (uint32_t)__builtin_ctz((unsigned)bits);
  }
#endif
  while (i + BEHIND < size && ((at[i] | 32) != 'c' || (at[i + BEHIND] | 32) != 's')) i++;
  return i;
}

/* Where the bytes of ASCII from `i` on end. */
static inline uint32_t ascii_end(const uint8_t *at, uint32_t i, uint32_t size) {
#if defined __SSE2__
  for (; size - i >= 16; i += 16) {
    int bits = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)(at + i)));
    if (bits != 0) return i + (uint32_t)__builtin_ctz((unsigned)bits);
  }
#else
  for (uint64_t some[2]; size - i >= sizeof some; i += (uint32_t)sizeof some) {
    memcpy(some, at + i, sizeof some);
    if (((some[0] | some[1]) & 0x8080808080808080u) != 0) break;
  }
#endif
  while (i < size && at[i] < 0x80) i++;
  return i;
}

/* Does a figure stand in the text? */
static inline bool has_figure(const char *at, uint32_t size) {
  uint32_t i = 0;
#if defined __SSE2__
  for (; size - i >= 16; i += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
    if (_mm_movemask_epi8(_mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)))) != 0) return true;
  }
#endif
  for (; i < size; i++)
    if (at[i] >= '0' && at[i] <= '9') return true;
  return false;
}

/* Do some of sixteen bytes control more than white space? */
enum { CONTROLS_AT_ONCE = 16 };
static inline bool has_controls(const uint8_t *at) {
#if defined __SSE2__
  __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at), low = _mm_cmplt_epi8(_mm_xor_si128(v, _mm_set1_epi8(-128)), _mm_set1_epi8(32 - 128));
  __m128i space = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(8)), _mm_cmplt_epi8(v, _mm_set1_epi8(14)));
  return _mm_movemask_epi8(_mm_or_si128(_mm_andnot_si128(space, low), _mm_cmpeq_epi8(v, _mm_set1_epi8(127)))) != 0;
#else
  bool odd = false;
  for (int i = 0; i < CONTROLS_AT_ONCE; i++) odd |= (at[i] < 32 && !(at[i] >= 9 && at[i] <= 13)) || at[i] == 127;
  return odd;
#endif
}
#endif
