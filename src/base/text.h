/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed text, ranges of the clean text, UTF-8, folding. */
#ifndef AN_BASE_TEXT_H
#define AN_BASE_TEXT_H
#include "annals.h"

#define AN_LIT(literal) ((an_text){(literal), (uint32_t)(sizeof(literal) - 1)})
an_text an_text_of(const char *z);                     /* of a C string; NULL: not known */
bool an_text_equal(an_text a, an_text b);
bool an_text_is(an_text a, const char *z);
int an_text_compare(an_text a, an_text b);             /* by bytes */
bool an_text_starts(an_text a, const char *z);
bool an_text_ends(an_text a, const char *z);
an_text an_text_slice(an_text a, uint32_t begin, uint32_t end);  /* clamped */
an_text an_text_trim(an_text a);                       /* white space of Unicode at both ends, zero-width too */
/* First place of `needle` at or after `from`, or AN_NONE. */
uint32_t an_text_find(an_text hay, uint32_t from, an_text needle);
/* The next of the words that spaces part, from *at on (advanced); false: there is none. */
bool an_text_word(an_text text, uint32_t *at, an_text *word);

/* The next code point at *at (advanced); U+FFFD for a bad sequence, which takes one byte. *at < text.size. */
uint32_t an_utf8_next(an_text text, uint32_t *at);
uint32_t an_utf8_put(uint32_t code, char out[4]);      /* bytes written, 1..4 */
bool an_utf8_valid(const uint8_t *bytes, size_t size);
bool an_code_is_space(uint32_t code);                  /* white space, no-break and zero-width spaces, soft hyphen */
bool an_code_is_letter(uint32_t code);                 /* Unicode categories L* and M* */
bool an_code_is_upper(uint32_t code);                  /* Lu, Lt */
bool an_code_is_digit(uint32_t code);                  /* 0-9 */

/* The one folding of the house, for look-ups: lower case, accents off, curly apostrophes straight, full-width narrow,
   soft hyphens and zero-width characters out. ASCII goes a fast way. Into `out`, at most `max` bytes; returns the size. */
uint32_t an_fold(an_text text, char *out, uint32_t max);
/* 64-bit hash of the folded text (never 0); same as an_hash64 of an_fold's output. */
uint64_t an_fold_hash(an_text text);
#endif
