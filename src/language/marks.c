/* SPDX-License-Identifier: Apache-2.0 */
/* What single characters are to the tokenizer. */
#include "language/cut.h"

#define L AN_MARK_LETTER
#define D AN_MARK_DIGIT
#define Y AN_MARK_SYMBOL
#define S AN_MARK_SPACE
#define P AN_MARK_STOP
#define C AN_MARK_COMMA
#define O AN_MARK_OPEN
#define X AN_MARK_CLOSE
/* clang-format off */
static const uint8_t ascii[128] = {
  Y, Y, Y, Y, Y, Y, Y, Y, Y, S, S, S, S, S, Y, Y,  Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y,
  /*      !   "               #  $                 %                &  '               ( )  * +  ,  -               .  /  */
  S, P, AN_MARK_DOUBLE, Y, AN_MARK_CURRENCY, AN_MARK_PERCENT, Y, AN_MARK_SINGLE, O, X, Y, Y, C, AN_MARK_HYPHEN, P, AN_MARK_SLASH,
  /* 0-9                      :  ;  <  =  >  ?  */
  D, D, D, D, D, D, D, D, D, D, C, C, Y, Y, Y, P,
  /* @ A-Z [ \ ] ^ _ */
  Y, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,  L, L, L, L, L, L, L, L, L, L, L, O, Y, X, Y, L,
  /* ` a-z { | } ~ DEL */
  Y, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,  L, L, L, L, L, L, L, L, L, L, L, O, Y, X, Y, Y,
};
/* clang-format on */

static an_mark beyond_ascii(uint32_t code) {
  switch (code) {
    case 0x201C: case 0x201E: case 0x201F: case 0xAB: return AN_MARK_DOUBLE_OPEN;
    case 0x201D: case 0xBB: return AN_MARK_DOUBLE_CLOSE;
    case 0x2018: case 0x201B: return AN_MARK_SINGLE_OPEN;
    case 0x2019: return AN_MARK_SINGLE;
    case 0x2010: case 0x2011: return AN_MARK_HYPHEN;
    case 0x2012: case 0x2013: case 0x2014: case 0x2015: return AN_MARK_DASH;
    case 0x2026: return AN_MARK_STOP;
    case 0xA2: case 0xA3: case 0xA5: return AN_MARK_CURRENCY; /* ¢ £ ¥; the others stand together */
    case 0xA6: case 0xA7: case 0xA9: case 0xAC: case 0xAE: case 0xB6: case 0xB7: case 0xD7: return AN_MARK_SYMBOL;
    default: break;
  }
  if (code >= 0x20A0 && code <= 0x20CF) return AN_MARK_CURRENCY;
  if (an_code_is_space(code)) return AN_MARK_SPACE;
  if (code >= 0x2000 && code < 0x2C00 && !an_code_is_letter(code)) return AN_MARK_SYMBOL; /* arrows, boxes, dingbats */
  return AN_MARK_LETTER;
}

an_mark an_mark_at(an_text text, uint32_t at, uint32_t end, uint32_t *size) {
  *size = 1;
  if (at >= end) return AN_MARK_NONE;
  unsigned char c = (unsigned char)text.at[at];
  if ((c == '\'' || c == '`') && at + 1 < end && text.at[at + 1] == (char)c) { /* ''so'', ``so'': two singles are one double */
    *size = 2;
    return c == '`' ? AN_MARK_DOUBLE_OPEN : AN_MARK_DOUBLE;
  }
  if (c < 0x80) return (an_mark)ascii[c];
  uint32_t next = at;
  an_mark mark = beyond_ascii(an_utf8_next((an_text){text.at, end}, &next));
  *size = next - at;
  return mark;
}

an_mark an_mark_before(an_text text, uint32_t begin, uint32_t end, uint32_t *size) {
  *size = 1;
  if (end <= begin) return AN_MARK_NONE;
  uint32_t at = end - 1;
  if (text.at[at] == '\'' && at > begin && text.at[at - 1] == '\'') {
    *size = 2;
    return AN_MARK_DOUBLE;
  }
  while (at > begin && end - at < 4 && ((unsigned char)text.at[at] & 0xC0) == 0x80) at--;
  an_mark mark = an_mark_at(text, at, end, size);
  if (at + *size == end) return mark;
  *size = 1; /* a stray continuation byte */
  return AN_MARK_LETTER;
}
