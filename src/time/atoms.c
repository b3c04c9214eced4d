/* SPDX-License-Identifier: Apache-2.0 */
/* Atoms: words, runs of digits and marks of one sentence, with what the time tables say of them. The tokens of language keep
   "mid-2011" or "p.m." in ways that a treebank wants; times want them apart, so they are cut again here, by shape alone. */
#include "time/inner.h"

#include <string.h>

static const char *const kind_names[AN_A_KINDS] = {
    "month", "weekday", "weekdays", "unit", "units", "weekend", "weekends", "part", "parts", "clock", "deictic", "ref", "relative",
    "part_of", "edge", "ordinal", "number", "vague", "half", "season", "adset", "each", "per", "times", "ago", "away", "degree",
    "between", "zone", "ampm", "holiday", "link", "det", "old", "fiscal", "same", "decade", "not", "from", "street"};
static const char *const needs_names[] = {"", "capital", "context", "dated", "counted", "noun"};

static uint8_t kind_of(an_text cell) {
  for (uint8_t i = 0; i < AN_A_KINDS; i++)
    if (an_text_is(cell, kind_names[i])) return i;
  return AN_A_KINDS;
}

static uint8_t needs_of(an_text cell) {
  for (uint8_t i = 1; cell.at != NULL && i < sizeof needs_names / sizeof needs_names[0]; i++)
    if (an_text_is(cell, needs_names[i])) return i;
  return AN_A_NOTHING;
}

/* Where `key` (ASCII, lower case) ends in the text from `at` on, or AN_NONE. A curly apostrophe is a straight one. */
static uint32_t match_key(an_text text, uint32_t at, uint32_t limit, an_text key) {
  for (uint32_t i = 0; i < key.size; i++) {
    if (at >= limit) return AN_NONE;
    uint32_t code = an_utf8_next(text, &at);
    if (code >= 'A' && code <= 'Z') code += 'a' - 'A';
    if (code == 0x2019) code = '\'';
    if (code != (unsigned char)key.at[i]) return AN_NONE;
  }
  if (at >= limit) return at;
  uint32_t next = at, code = an_utf8_next(text, &next);
  return an_code_is_letter(code) || an_code_is_digit(code) ? AN_NONE : at;
}

/* Fills the senses of a word: of each table the longest key that stands here. The atom grows over the longest. */
static void look_up(const an_time_words *tables, an_text text, uint32_t limit, an_atom *atom) {
  uint64_t fold = an_fold_hash(an_text_slice(text, atom->begin, atom->end));
  uint32_t longest = atom->end;
  for (int pass = 0; pass < 2; pass++) {
    const an_table *table = pass == 0 ? tables->loud : tables->quiet;
    if (table == NULL) continue;
    an_rows rows = an_table_find(table, fold);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
      uint32_t end = match_key(text, atom->begin, limit, an_table_cell(table, row, 0));
      if (end == AN_NONE || end < longest) continue;
      uint8_t kind = kind_of(an_table_cell(table, row, tables->columns[pass][0]));
      if (kind == AN_A_KINDS) continue;
      if (end > longest) { longest = end; atom->senses = 0; }
      if (atom->senses == AN_ATOM_SENSES) continue;
      atom->sense[atom->senses].kind = kind;
      atom->sense[atom->senses].value = an_table_cell(table, row, tables->columns[pass][1]);
      atom->sense[atom->senses++].needs = needs_of(an_table_cell(table, row, tables->columns[pass][2]));
    }
  }
  atom->end = longest;
}

static bool is_dash(uint32_t code) { return code == '-' || (code >= 0x2010 && code <= 0x2014) || code == 0x2212; }

/* "a.m", "U.S": single letters with stops between them are one word; the last stop stays outside. */
static uint32_t initials(an_text text, uint32_t at, uint32_t limit) {
  while (at + 1 < limit && text.at[at] == '.' && an_code_is_letter((unsigned char)text.at[at + 1]) &&
         (at + 2 >= limit || !an_code_is_letter((unsigned char)text.at[at + 2])))
    at += 2;
  return at;
}

static uint32_t word_end(an_text text, uint32_t begin, uint32_t limit) {
  uint32_t at = begin, letters = 0;
  while (at < limit) {
    uint32_t next = at, code = an_utf8_next(text, &next);
    if ((code == '\'' || code == 0x2019) && letters > 0 && next < limit) {
      uint32_t after = next, c = an_utf8_next(text, &after), d = after < limit ? (unsigned char)text.at[after] : ' ';
      if (!an_code_is_letter(c) || ((c == 's' || c == 'S') && !an_code_is_letter(d))) break; /* "today's": two atoms */
    } else if (!an_code_is_letter(code)) break;
    letters++;
    at = next;
  }
  return letters == 1 ? initials(text, at, limit) : at;
}

static uint32_t digits_end(an_text text, uint32_t begin, uint32_t limit, an_atom *atom) {
  uint32_t at = begin;
  double value = 0, scale = 1;
  bool fraction = false;
  for (; at < limit; at++) {
    unsigned char c = (unsigned char)text.at[at];
    bool next_digit = at + 1 < limit && an_code_is_digit((unsigned char)text.at[at + 1]);
    if (an_code_is_digit(c)) {
      if (fraction) value += (c - '0') * (scale /= 10);
      else value = value * 10 + (c - '0');
      if (atom->digits < 255) atom->digits++;
    } else if (c == ',' && next_digit && at + 3 < limit && an_code_is_digit((unsigned char)text.at[at + 2]) &&
               an_code_is_digit((unsigned char)text.at[at + 3])) {
      continue; /* 1,200 */
    } else if (c == '.' && next_digit && !fraction) {
      fraction = true;
    } else break;
  }
  atom->number = value;
  if (fraction) atom->digits = 0; /* no year, no day */
  return at;
}

uint32_t an_time_atoms(const an_time_words *tables, an_text text, an_span sentence, an_atom *out, uint32_t max) {
  uint32_t count = 0, at = sentence.begin, limit = sentence.end < text.size ? sentence.end : text.size;
  bool space = true;
  while (at < limit && count < max) {
    uint32_t next = at, code = an_utf8_next(text, &next);
    if (an_code_is_space(code) || code == '\n') { at = next; space = true; continue; }
    an_atom *atom = &out[count++];
    memset(atom, 0, sizeof *atom);
    atom->begin = at;
    atom->space = space;
    space = false;
    if (an_code_is_letter(code)) {
      atom->shape = AN_A_WORD;
      atom->capital = an_code_is_upper(code);
      atom->end = word_end(text, at, limit);
      look_up(tables, text, limit, atom);
    } else if (an_code_is_digit(code)) {
      atom->shape = AN_A_DIGITS;
      atom->end = digits_end(text, at, limit, atom);
    } else {
      atom->shape = AN_A_MARK;
      atom->mark = is_dash(code) ? '-' : code == 0x2019 ? '\'' : code < 128 ? (char)code : '?';
      atom->end = next;
    }
    at = atom->end;
  }
  return count;
}

/* ---- Asking an atom ---------------------------------------------------------------------------- */

bool an_atom_is(const an_scan *scan, uint32_t at, uint8_t kind) { return an_atom_value(scan, at, kind).at != NULL; }

an_text an_atom_value(const an_scan *scan, uint32_t at, uint8_t kind) {
  if (at >= scan->count) return (an_text){0};
  const an_atom *atom = &scan->atoms[at];
  for (uint8_t i = 0; i < atom->senses; i++)
    if (atom->sense[i].kind == kind) return atom->sense[i].value.at != NULL ? atom->sense[i].value : AN_LIT("");
  return (an_text){0};
}

int an_atom_int(const an_scan *scan, uint32_t at, uint8_t kind, int absent) {
  an_text value = an_atom_value(scan, at, kind);
  if (value.at == NULL || value.size == 0 || value.size > 4) return absent;
  int sign = value.at[0] == '-' ? -1 : 1, out = 0;
  for (uint32_t i = sign < 0; i < value.size && an_code_is_digit((unsigned char)value.at[i]); i++) out = out * 10 + (value.at[i] - '0');
  return sign * out;
}

bool an_atom_mark(const an_scan *scan, uint32_t at, char mark) {
  return at < scan->count && scan->atoms[at].shape == AN_A_MARK && scan->atoms[at].mark == mark;
}

bool an_atom_word(const an_scan *scan, uint32_t at, const char *word) {
  if (at >= scan->count || scan->atoms[at].shape != AN_A_WORD) return false;
  const an_atom *atom = &scan->atoms[at];
  const char *text = scan->text.at + atom->begin;
  uint32_t size = atom->end - atom->begin;
  for (uint32_t i = 0; i < size; i++) {
    char c = text[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c + 'a' - 'A');
    if (c != word[i] || c == '\0') return false;
  }
  return word[size] == '\0';
}

/* One numeral: digits, "twenty", "twenty-five", "hundred". */
static uint32_t numeral(const an_scan *scan, uint32_t at, double *number) {
  if (at >= scan->count) return at;
  const an_atom *atom = &scan->atoms[at];
  if (atom->shape == AN_A_DIGITS) { *number = atom->number; return at + 1; }
  int value = an_atom_int(scan, at, AN_A_NUMBER, 0);
  if (value == 0) return at;
  *number = value;
  at++;
  if (value >= 20 && value < 100) {
    uint32_t next = an_atom_mark(scan, at, '-') ? at + 1 : at;
    int unit = an_atom_int(scan, next, AN_A_NUMBER, 0);
    if (unit > 0 && unit < 10) { *number += unit; return next + 1; }
  }
  int scale = an_atom_int(scan, at, AN_A_NUMBER, 0);
  if (scale >= 100) { *number *= scale; at++; }
  return at;
}

uint32_t an_atom_count(const an_scan *scan, uint32_t at, double *number, bool *vague) {
  *vague = false;
  uint32_t end = numeral(scan, at, number);
  if (end > at) {
    uint32_t next = end; /* "two and a half", "one-and-a-half" */
    if (an_atom_mark(scan, next, '-')) next++;
    if (an_atom_word(scan, next, "and")) {
      next++;
      if (an_atom_mark(scan, next, '-')) next++;
      if (an_atom_word(scan, next, "a")) next++;
      if (an_atom_mark(scan, next, '-')) next++;
      if (an_atom_is(scan, next, AN_A_HALF)) { *number += 0.5; return next + 1; }
    }
    return end;
  }
  if (an_atom_is(scan, at, AN_A_VAGUE)) { *vague = true; return at + 1; }
  if (an_atom_word(scan, at, "another")) {
    uint32_t more = numeral(scan, at + 1, number);
    if (more == at + 1) *number = 1;
    return more;
  }
  if (an_atom_word(scan, at, "a") || an_atom_word(scan, at, "an")) {
    if (an_atom_is(scan, at + 1, AN_A_VAGUE)) { *vague = true; return at + 2; }
    int round = an_atom_int(scan, at + 1, AN_A_NUMBER, 0); /* "a couple", "a dozen", "a hundred", but not "a two-day visit" */
    bool collective = round >= 12 || (round == 2 && !an_atom_word(scan, at + 1, "two"));
    if (collective) { uint32_t more = numeral(scan, at + 1, number); if (more > at + 1) return more; }
    if (round != 0) return at;
    if (an_atom_is(scan, at + 1, AN_A_HALF)) { *number = 0.5; return at + 2; }
    *number = 1;
    return at + 1;
  }
  if (an_atom_is(scan, at, AN_A_HALF)) {
    *number = 0.5;
    return an_atom_word(scan, at + 1, "a") || an_atom_word(scan, at + 1, "an") ? at + 2 : at + 1;
  }
  return at;
}
