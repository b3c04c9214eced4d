/* SPDX-License-Identifier: Apache-2.0 */
/* Folding: what two spellings of one word have in common. Unicode's own tables do the most (case folding, compatibility
   decomposition, marks and ignorable characters out); this file adds what they leave: quotation marks and letters whose
   stroke is no mark. */
#include "base/hash.h"
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>
#define XXH_INLINE_ALL /* short keys are the common case: no call into the library for them */
#include <xxhash.h>

enum { MOST_CODES = 18, MOST_BYTES = 4 * MOST_CODES }; /* U+FDFA decomposes into 18 code points, the most there are */

/* Letters that Unicode does not take apart, as Latin spellings of names write them without the stroke. */
static const struct {
  uint16_t code;
  char as[3];
} strokes[] = {{0xe6, "ae"},  {0xf0, "d"},   {0xf8, "o"},   {0xfe, "th"},  {0x111, "d"}, {0x127, "h"},
               {0x131, "i"},  {0x142, "l"},  {0x153, "oe"}, {0x167, "t"},  {0x180, "b"}, {0x1e5, "g"},
               {0x2b9, "'"},  {0x2bb, "'"},  {0x2bc, "'"},  {0x2bd, "'"},  {0x2018, "'"}, {0x2019, "'"},
               {0x201b, "'"}, {0x201c, "\""}, {0x201d, "\""}, {0x201e, "\""}, {0x2032, "'"}, {0xb4, "'"}};

static uint32_t put_plain(uint32_t code, char *out) {
  for (size_t i = 0; code >= 0x80 && i < sizeof strokes / sizeof *strokes; i++) {
    if (strokes[i].code != code) continue;
    uint32_t size = (uint32_t)strlen(strokes[i].as);
    memcpy(out, strokes[i].as, size);
    return size;
  }
  return an_utf8_put(code, out);
}

/* One code point that is not ASCII: 0 to MOST_BYTES bytes. The acute accent standing alone (U+00B4) is asked for before
   decomposition, which would leave a space. */
static uint32_t fold_code(uint32_t code, char *out) {
  if (code == 0x2019) { /* the apostrophe of print, by far the most */
    *out = '\'';
    return 1;
  }
  if (code == 0xb4 || (code >= 0x2018 && code <= 0x201e) || code == 0x2032) return put_plain(code, out);
  utf8proc_int32_t codes[MOST_CODES];
  utf8proc_option_t options = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
  utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)code, codes, MOST_CODES, options, NULL);
  if (count < 0 || count > MOST_CODES) return an_utf8_put(code, out);
  uint32_t size = 0;
  for (utf8proc_ssize_t i = 0; i < count; i++) {
    bool space = an_code_is_space((uint32_t)codes[i]); /* line and paragraph separators do not decompose */
    size += put_plain(space ? ' ' : (uint32_t)codes[i], out + size);
  }
  return size;
}

/* Folds from *at while whole characters fit into `max` bytes. */
static uint32_t fold_some(an_text text, uint32_t *at, char *out, uint32_t max) {
  uint32_t size = 0;
  while (*at < text.size) {
    unsigned char c = (unsigned char)text.at[*at];
    if (c < 0x80) {
      if (size >= max) break;
      out[size++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
      ++*at;
      continue;
    }
    char some[MOST_BYTES];
    uint32_t next = *at, more = fold_code(an_utf8_next(text, &next), some);
    if (more > max - size) break;
    memcpy(out + size, some, more);
    size += more;
    *at = next;
  }
  return size;
}

uint32_t an_fold(an_text text, char *out, uint32_t max) {
  uint32_t at = 0;
  return fold_some(text, &at, out, max);
}

/* Lower case of eight bytes of ASCII at once: adding carries no byte into the next, since each is below 128. */
static uint64_t lower(uint64_t eight) {
  const uint64_t each = 0x0101010101010101u;
  uint64_t capitals = (eight + each * (0x80 - 'A')) & ~(eight + each * (0x7f - 'Z')) & each * 0x80;
  return eight | capitals >> 2;
}

uint64_t an_fold_hash(an_text text) {
  uint64_t word[2] = {0, 0};
  if (text.size > 0 && text.size <= sizeof word) {
    memcpy(word, text.at, text.size);
    if (((word[0] | word[1]) & 0x8080808080808080u) == 0) {
      for (int i = 0; i < 2; i++) word[i] = lower(word[i]);
      return an_hash64(word, text.size);
    }
  }
  char some[256]; /* a word; what is longer goes through the streaming form of the same hash */
  uint32_t at = 0, size = fold_some(text, &at, some, sizeof some);
  if (at == text.size) return an_hash64(some, size);
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  XXH3_64bits_update(&state, some, size);
  while (at < text.size) {
    size = fold_some(text, &at, some, sizeof some);
    XXH3_64bits_update(&state, some, size);
  }
  uint64_t hash = XXH3_64bits_digest(&state);
  return hash != 0 ? hash : 1;
}
