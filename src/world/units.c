/* SPDX-License-Identifier: Apache-2.0 */
#include "world/units.h"

#include <string.h>

enum { MOST_BYTES = 96 };               /* a longer word is no name that we hold */

uint64_t an_units_mix(uint64_t so_far, uint64_t unit) { return so_far == 0 ? unit : an_hash_mix(so_far, unit); }

static bool is_apostrophe(uint32_t c) {
  return c == '\'' || c == '`' || (c >= 0x2018 && c <= 0x201b) || (c >= 0x2bb && c <= 0x2bd) || c == 0x2be || c == 0x2bf;
}
static bool is_hyphen(uint32_t c) { return c == '-' || c == '/' || (c >= 0x2010 && c <= 0x2013) || c == 0x2212; }
static bool is_inside(uint32_t c) { /* what a word is made of; ASCII goes a fast way */
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '&';
  return an_code_is_letter(c);
}

typedef struct piece { char raw[MOST_BYTES]; uint32_t size, letters, uppers, begin, end; bool capital, any; } piece;

static bool give(an_arena *arena, uint32_t base, uint32_t token, piece *p, an_units *units) {
  if (p->any) {
    an_unit_at *unit = AN_PUSH(arena, &units->list);
    if (unit == NULL) return false;
    an_text raw = {p->raw, p->size};
    if (raw.size == 1 && raw.at[0] == '&') raw = AN_LIT("and");
    *unit = (an_unit_at){.hash = an_fold_hash(raw), .at = {base + p->begin, base + p->end}, .token = token, .capital = p->capital,
                         .upper = p->letters > 0 && p->uppers == p->letters};
  }
  p->size = p->letters = p->uppers = 0;
  p->any = false;
  return true;
}

static void take(piece *p, an_text text, uint32_t from, uint32_t to, uint32_t code) {
  if (!p->any) {
    p->any = true;
    p->begin = from;
    p->capital = an_code_is_upper(code);
  }
  p->end = to;
  bool digit = code <= '9';
  p->letters += !digit;
  p->uppers += !digit && an_code_is_upper(code);
  if (p->size + (to - from) > MOST_BYTES) return;
  for (uint32_t i = from; i < to; i++) p->raw[p->size++] = text.at[i];
}

/* "'s" at the end of a word is a unit of its own, as tokenizers have it. */
static bool is_genitive(an_text text, uint32_t after) {
  if (after >= text.size || (text.at[after] | 32) != 's') return false;
  uint32_t next = after + 1;
  if (next >= text.size) return true;
  uint32_t code = an_utf8_next(text, &next);
  return !is_inside(code) && !is_apostrophe(code);
}

static bool give_genitive(an_arena *arena, uint32_t base, uint32_t token, uint32_t from, uint32_t to, an_units *units) {
  an_unit_at *unit = AN_PUSH(arena, &units->list);
  if (unit == NULL) return false;
  *unit = (an_unit_at){.hash = an_fold_hash(AN_LIT("'s")), .at = {base + from, base + to}, .token = token};
  return true;
}

bool an_units_cut(an_arena *arena, an_text text, uint32_t base, uint32_t token, an_units *units) {
  piece p;
  p.size = p.letters = p.uppers = p.begin = p.end = 0; /* not its 96 bytes */
  p.any = p.capital = false;
  for (uint32_t at = 0; at < text.size;) {
    uint32_t from = at, code = an_utf8_next(text, &at);
    if (is_inside(code)) {
      take(&p, text, from, at, code);
      continue;
    }
    if (is_apostrophe(code)) {
      if (!is_genitive(text, at)) continue;
      if (!give(arena, base, token, &p, units) || !give_genitive(arena, base, token, from, at + 1, units)) return false;
      at++;
      continue;
    }
    /* A stop inside or behind capitals and titles is no mark: "U.S.", "Mr.", "J.D. Vance". */
    if (code == '.' && p.any) {
      uint32_t next = at;
      bool inside = next < text.size && is_inside(an_utf8_next(text, &next));
      if (inside || p.size <= 4) {
        p.end = at;
        continue;
      }
    }
    if (!give(arena, base, token, &p, units)) return false;
    if (is_hyphen(code) || an_code_is_space(code)) continue;
    an_unit_at *mark = AN_PUSH(arena, &units->list);
    if (mark == NULL) return false;
    *mark = (an_unit_at){.at = {base + from, base + at}, .token = token};
  }
  return give(arena, base, token, &p, units);
}
