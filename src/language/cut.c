/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens. A block is cut at spaces into pieces; a piece loses the punctuation at both ends, then is cut inside: at dashes,
   hyphens, slashes, and before clitics, as the UD English treebanks do it. */
#include "language/cut.h"

#include <math.h>
#include <string.h>

enum { ABBREVIATION_MAX = 16, UNIT_MAX = 5, CLITICS_MAX = 3 };

static bool letter_at(const an_cutter *c, uint32_t at, uint32_t end) {
  uint32_t size;
  return an_mark_at(c->text, at, end, &size) == AN_MARK_LETTER;
}
static bool digit_at(const an_cutter *c, uint32_t at, uint32_t end) {
  return at < end && c->text.at[at] >= '0' && c->text.at[at] <= '9';
}
static bool upper_at(const an_cutter *c, uint32_t at, uint32_t end) {
  if (at >= end) return false;
  uint32_t next = at;
  return an_code_is_upper(an_utf8_next((an_text){c->text.at, end}, &next));
}
static an_text slice(const an_cutter *c, uint32_t begin, uint32_t end) { return an_text_slice(c->text, begin, end); }

/* ---- A token ------------------------------------------------------------------------------------- */

static uint8_t shape_of(const an_cutter *c, uint32_t begin, uint32_t end) {
  uint32_t upper = 0, lower = 0, digits = 0, others = 0;
  bool first_upper = upper_at(c, begin, end);
  for (uint32_t i = begin; i < end;) {
    unsigned char byte = (unsigned char)c->text.at[i];
    if (byte < 0x80) {
      if (byte >= 'a' && byte <= 'z')
        lower++;
      else if (byte >= 'A' && byte <= 'Z')
        upper++;
      else if (byte >= '0' && byte <= '9')
        digits++;
      else
        others++;
      i++;
      continue;
    }
    uint32_t code = an_utf8_next((an_text){c->text.at, end}, &i);
    if (an_code_is_upper(code))
      upper++;
    else if (an_code_is_letter(code))
      lower++;
    else
      others++;
  }
  if (upper + lower == 0) return digits > 0 ? AN_SHAPE_NUMBER : AN_SHAPE_OTHER;
  if (digits > 0) return AN_SHAPE_MIXED;
  if (upper == 0) return AN_SHAPE_LOWER;
  if (lower == 0) return upper > 1 ? AN_SHAPE_UPPER : AN_SHAPE_CAPITAL;
  return first_upper && upper == 1 ? AN_SHAPE_CAPITAL : AN_SHAPE_MIXED;
}

static void emit(an_cutter *c, uint32_t begin, uint32_t end, bool clitic) {
  if (end <= begin) return;
  an_token *t = AN_PUSH(c->arena, &c->list);
  if (t == NULL) {
    c->failed = true;
    return;
  }
  an_text form = slice(c, begin, end);
  *t = (an_token){.at = {begin, end},
                  .fold = an_fold_hash(form),
                  .head = AN_NONE,
                  .clitic = clitic,
                  .upos = AN_X,
                  .shape = shape_of(c, begin, end),
                  .xpos_name = "_"};
  t->lemma_fold = t->fold;
  t->flags = c->lexicon == NULL ? 0 : an_lexicon_flags(c->lexicon, t->fold);
  t->number = t->shape == AN_SHAPE_NUMBER || (t->flags & AN_WORD_NUMBER) != 0 ? an_number_value(c, form, t->fold) : NAN;
}

/* ---- Tables -------------------------------------------------------------------------------------- */

an_text an_cut_abbreviation(const an_cutter *c, an_span form) {
  if (c->abbreviations == NULL || form.end - form.begin > ABBREVIATION_MAX) return (an_text){NULL, 0};
  an_rows rows = an_table_find_key(c->abbreviations, an_fold_hash(slice(c, form.begin, form.end)));
  return rows.count == 0 ? (an_text){NULL, 0} : an_table_cell(c->abbreviations, rows.first, c->abbreviation_kind);
}

bool an_cut_is(const an_cutter *c, uint64_t fold, const char *kind) {
  if (c->tokens == NULL) return false;
  an_rows rows = an_table_find_key(c->tokens, fold);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
    if (an_text_is(an_table_cell(c->tokens, r, c->token_kind), kind)) return true;
  return false;
}

static bool is_kind(const an_cutter *c, uint32_t begin, uint32_t end, const char *kind) {
  return end > begin && end - begin <= ABBREVIATION_MAX && an_cut_is(c, an_fold_hash(slice(c, begin, end)), kind);
}

/* ---- One word: clitics, contractions, numbers with a unit ----------------------------------------- */

/* An apostrophe that ends at `end`: ' or ’. Returns where it begins, or AN_NONE. */
static uint32_t apostrophe_before(const an_cutter *c, uint32_t begin, uint32_t end) {
  uint32_t size;
  return an_mark_before(c->text, begin, end, &size) == AN_MARK_SINGLE ? end - size : AN_NONE;
}

static char lower_byte(const an_cutter *c, uint32_t at) {
  char byte = c->text.at[at];
  return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

/* Where the last clitic of [begin, end) begins ("'s", "'ll", "n't"), or `end` when there is none. */
static uint32_t clitic_of(const an_cutter *c, uint32_t begin, uint32_t end) {
  static const char *const tails[] = {"s", "m", "d", "re", "ve", "ll", "t"};
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
    uint32_t n = (uint32_t)strlen(tails[i]);
    if (end - begin < n + 2) continue;
    bool same = true;
    for (uint32_t k = 0; k < n; k++) same &= lower_byte(c, end - n + k) == tails[i][k];
    uint32_t mark = same ? apostrophe_before(c, begin, end - n) : AN_NONE;
    if (mark == AN_NONE || mark <= begin) continue;
    if (tails[i][0] != 't') return mark;
    return mark > begin + 1 && lower_byte(c, mark - 1) == 'n' ? mark - 1 : end;
  }
  return end;
}

/* "cannot" is "can not": contractions.tsv says how, part for part. Takes the word's own token back. */
static void cut_contraction(an_cutter *c, an_token whole) {
  uint32_t begin = whole.at.begin, end = whole.at.end;
  an_rows rows = an_table_find_key(c->contractions, whole.fold);
  if (rows.count == 0) return;
  c->list.count--;
  an_text parts = an_table_cell(c->contractions, rows.first, c->contraction_parts);
  uint32_t at = begin, letters = 0;
  for (uint32_t i = 0; i <= parts.size; i++) {
    if (i < parts.size && parts.at[i] != ' ') {
      letters++;
      continue;
    }
    uint32_t to = i == parts.size ? end : at + letters < end ? at + letters : end;
    emit(c, at, to, at > begin);
    at = to;
    letters = 0;
  }
}

static void emit_word(an_cutter *c, uint32_t begin, uint32_t end, bool clitic) {
  emit(c, begin, end, clitic);
  if (c->failed || c->contractions == NULL || c->list.count == 0) return;
  an_token whole = c->list.at[c->list.count - 1];
  if ((whole.flags & AN_WORD_ABBREVIATION) != 0) cut_contraction(c, whole);
}

/* "20km", "5pm", "50%": digits, then a unit of tokens.tsv. Ordinals and decades ("14th", "1990s") stay whole. */
static bool cut_unit(an_cutter *c, uint32_t begin, uint32_t end) {
  if (!digit_at(c, begin, end)) return false;
  uint32_t at = begin;
  while (at < end && (digit_at(c, at, end) || c->text.at[at] == ',' || c->text.at[at] == '.' || c->text.at[at] == ':')) at++;
  if (at == end || (end - at > UNIT_MAX && c->text.at[at] != '%') || !is_kind(c, at, end, "unit")) return false;
  if (c->text.at[at - 1] == '.' || c->text.at[at - 1] == ',') return false;
  emit(c, begin, at, false);
  emit(c, at, end, false);
  return true;
}

/* "Rs500", "Sh187.30": where the number begins behind a currency of tokens.tsv, else `begin`. */
static uint32_t sign_end(const an_cutter *c, uint32_t begin, uint32_t end) {
  uint32_t at = begin;
  while (at < end && letter_at(c, at, end)) at++;
  return at > begin && digit_at(c, at, end) && is_kind(c, begin, at, "sign") ? at : begin;
}

static void cut_word(an_cutter *c, uint32_t begin, uint32_t end, bool clitic) {
  uint32_t number = sign_end(c, begin, end);
  if (number > begin) emit(c, begin, number, false);
  begin = number;
  uint32_t cuts[CLITICS_MAX], count = 0, stem = end;
  while (count < CLITICS_MAX) {
    uint32_t at = clitic_of(c, begin, stem);
    if (at == stem) break;
    cuts[count++] = stem = at;
  }
  if (!cut_unit(c, begin, stem)) emit_word(c, begin, stem, clitic);
  while (count > 0) {
    count--;
    emit(c, cuts[count], count > 0 ? cuts[count - 1] : end, true);
  }
}

/* ---- A piece without its outer punctuation --------------------------------------------------------- */

static bool contains(const an_cutter *c, uint32_t begin, uint32_t end, const char *what) {
  return an_text_find(slice(c, begin, end), 0, an_text_of(what)) != AN_NONE;
}

/* "example.org", "bbc.co.uk/news": labels of letters, digits and hyphens, the last of 2 to 6 small letters. */
static bool is_domain(const an_cutter *c, uint32_t begin, uint32_t end) {
  uint32_t label = begin, labels = 0, last = 0, at = begin;
  for (; at <= end; at++) {
    char byte = at < end ? c->text.at[at] : '/';
    if (byte == '.' || byte == '/') {
      if (at == label) return false;
      labels++;
      last = at - label;
      if (byte == '/') break;
      label = at + 1;
    } else if (!((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' ||
                 (byte >= 'A' && byte <= 'Z' && labels == 0))) {
      return false;
    }
  }
  if (labels < 2 || last < 2 || last > 6) return false;
  for (uint32_t i = at - last; i < at; i++)
    if (c->text.at[i] < 'a' || c->text.at[i] > 'z') return false;
  return !digit_at(c, begin, end) || labels > 2 || last > 2;
}

static bool is_address(const an_cutter *c, uint32_t begin, uint32_t end) {
  if (contains(c, begin, end, "://") || an_text_starts(slice(c, begin, end), "www.")) return true;
  uint32_t at = an_text_find(slice(c, begin, end), 0, AN_LIT("@"));
  if (at != AN_NONE) return (at == 0 && end - begin > 1) || contains(c, begin + at, end, ".");
  return is_domain(c, begin, end);
}

/* "2017-03-28", "713-555-0142": digits with two or more hyphens are one word. */
static bool is_digits_and_hyphens(const an_cutter *c, uint32_t begin, uint32_t end) {
  uint32_t hyphens = 0;
  for (uint32_t i = begin; i < end; i++) {
    if (c->text.at[i] == '-')
      hyphens++;
    else if (!digit_at(c, i, end))
      return false;
  }
  return hyphens > 1;
}

/* Is the mark at `at` a place to cut? Then it is a token of its own. `word` is where the word at hand begins. */
typedef enum joint { NO_JOINT, OWN_TOKEN } joint;

/* "on Monday.The": two small letters, a full stop, a capital, a small letter. */
static bool sentence_joint(const an_cutter *c, uint32_t word, uint32_t at, uint32_t end) {
  return at > word + 1 && letter_at(c, at - 2, at - 1) && letter_at(c, at - 1, at) && !upper_at(c, at - 1, at) &&
         upper_at(c, at + 1, end) && letter_at(c, at + 2, end) && !upper_at(c, at + 2, end);
}

static joint joint_at(const an_cutter *c, uint32_t begin, uint32_t word, uint32_t at, uint32_t end, an_mark mark, uint32_t size,
                      uint32_t last_close) {
  bool letters = letter_at(c, at + size, end) && at > begin && !digit_at(c, at - 1, end);
  switch (mark) {
  case AN_MARK_DASH:
  case AN_MARK_DOUBLE:
  case AN_MARK_DOUBLE_OPEN:
  case AN_MARK_DOUBLE_CLOSE:
  case AN_MARK_SINGLE_OPEN: return OWN_TOKEN;
  case AN_MARK_HYPHEN:
    if (at == begin && digit_at(c, at + size, end)) return NO_JOINT; /* "-5" */
    return word == begin && is_kind(c, begin, at, "prefix") && letter_at(c, at + size, end) ? NO_JOINT : OWN_TOKEN;
  case AN_MARK_SLASH: return letters ? OWN_TOKEN : NO_JOINT;
  case AN_MARK_COMMA: return letters ? OWN_TOKEN : NO_JOINT;
  case AN_MARK_OPEN: return c->text.at[at] == '(' && at < last_close ? NO_JOINT : OWN_TOKEN; /* "deal(s)" */
  case AN_MARK_STOP:
    if (c->text.at[at] != '.') return letters ? OWN_TOKEN : NO_JOINT;
    if (at + 1 < end && c->text.at[at + 1] == '.') return OWN_TOKEN;
    return sentence_joint(c, word, at, end) ? OWN_TOKEN : NO_JOINT;
  default: return NO_JOINT;
  }
}

/* A run of one mark ("...", "--", "?!") is one token. */
static uint32_t run_end(const an_cutter *c, uint32_t at, uint32_t end, an_mark mark, uint32_t size) {
  uint32_t next = at + size, n;
  char byte = c->text.at[at];
  if (mark != AN_MARK_STOP && mark != AN_MARK_HYPHEN && byte != '*' && byte != '_' && byte != '=') return next;
  bool dot = c->text.at[at] == '.';
  while (next < end && an_mark_at(c->text, next, end, &n) == mark && (mark != AN_MARK_STOP || (c->text.at[next] == '.') == dot) &&
         (mark == AN_MARK_STOP || c->text.at[next] == c->text.at[at]))
    next += n;
  return next;
}

static void cut_core(an_cutter *c, uint32_t begin, uint32_t end) {
  if (end <= begin) return;
  if (is_address(c, begin, end) || is_digits_and_hyphens(c, begin, end)) {
    emit(c, begin, end, false);
    return;
  }
  uint32_t word = begin, last_close = end, size;
  while (last_close > begin && c->text.at[last_close - 1] != ')') last_close--;
  for (uint32_t at = begin; at < end && !c->failed;) {
    an_mark mark = an_mark_at(c->text, at, end, &size);
    bool plain = mark == AN_MARK_LETTER || mark == AN_MARK_DIGIT;
    if (plain || joint_at(c, begin, word, at, end, mark, size, last_close) == NO_JOINT) {
      at += size;
      continue;
    }
    if (at > word) cut_word(c, word, at, false);
    uint32_t next = run_end(c, at, end, mark, size);
    emit(c, at, next, false);
    word = at = next;
  }
  if (word < end) cut_word(c, word, end, false);
}

/* ---- A piece between two spaces --------------------------------------------------------------------- */

/* Does the mark at the piece's beginning belong to the word behind it? "'90s", "-5", ".5", "@name", "#tag" */
static bool leads_word(const an_cutter *c, uint32_t at, uint32_t end, an_mark mark, uint32_t size) {
  bool digit = digit_at(c, at + size, end);
  switch (mark) {
  case AN_MARK_SINGLE:
  case AN_MARK_SINGLE_OPEN:
    if (an_cut_single(c, at) == AN_SINGLE_OPEN) return false;
    return digit || letter_at(c, at + size, end);
  case AN_MARK_HYPHEN: return digit && c->text.at[at] == '-';
  case AN_MARK_STOP: return digit && c->text.at[at] == '.';
  case AN_MARK_SYMBOL:
    if (c->text.at[at] == '@' || c->text.at[at] == '#') return letter_at(c, at + size, end);
    return c->text.at[at] == '+' && digit;
  case AN_MARK_LETTER:
  case AN_MARK_DIGIT: return true;
  default: return false;
  }
}

/* Is the next thing behind the stop a digit, or a name? Both look over one space. */
static bool digit_follows(const an_cutter *c, uint32_t at) {
  return digit_at(c, at, c->at.end) || (at < c->at.end && c->text.at[at] == ' ' && digit_at(c, at + 1, c->at.end));
}
static bool name_follows(const an_cutter *c, uint32_t at) {
  if (at >= c->at.end || c->text.at[at] != ' ' || !upper_at(c, at + 1, c->at.end)) return false;
  uint32_t begin = at + 1, end = begin;
  while (end < c->at.end && end - begin <= ABBREVIATION_MAX && letter_at(c, end, c->at.end)) end++;
  return !is_kind(c, begin, end, "starter");
}

/* "U.S.", "a.m.", "J.": letters one by one with a full stop behind each. A lone letter is an initial only before a name. */
static bool is_initials(const an_cutter *c, uint32_t begin, uint32_t end) {
  uint32_t at = begin, size;
  while (at < end) {
    if (an_mark_at(c->text, at, end, &size) != AN_MARK_LETTER) return false;
    bool single = at == begin && at + size + 1 == end;
    if (single && !(upper_at(c, at, end) && name_follows(c, end))) return false;
    at += size;
    if (at >= end || c->text.at[at] != '.') return false;
    at++;
  }
  return end > begin;
}

/* Does the mark before `end` belong to the word [begin, end)? */
static bool trails_word(const an_cutter *c, uint32_t begin, uint32_t end, an_mark mark, uint32_t size, bool bracket) {
  uint32_t word = end - size;
  switch (mark) {
  case AN_MARK_LETTER:
  case AN_MARK_DIGIT: return true;
  case AN_MARK_STOP: {
    if (c->text.at[word] != '.' || end - begin > ABBREVIATION_MAX || word == begin) return false;
    uint32_t from = end; /* behind a hyphen only the last part counts: "ex-Gov." */
    while (from > begin && c->text.at[from - 1] != '-' && c->text.at[from - 1] != '/') from--;
    if (is_initials(c, from, end)) return true;
    an_text kind = an_cut_abbreviation(c, (an_span){from, end});
    return an_text_is(kind, "number") ? digit_follows(c, end) : kind.at != NULL; /* "No. 10", but "he said no." */
  }
  case AN_MARK_CLOSE: return bracket;
  case AN_MARK_SYMBOL: return c->text.at[word] == '+';
  case AN_MARK_SINGLE: {
    uint8_t is = an_cut_single(c, word);
    return is == AN_APOSTROPHE && word > begin && lower_byte(c, word - 1) != 's';
  }
  default: return false;
  }
}

/* Most pieces are letters only, or letters and a comma: nothing to look for there. */
static bool cut_plain(an_cutter *c, uint32_t begin, uint32_t end) {
  uint32_t at = begin;
  while (at < end && (unsigned char)((c->text.at[at] | 32) - 'a') < 26) at++;
  if (at == begin || at + 1 < end || (at < end && c->text.at[at] != ',')) return false;
  emit_word(c, begin, at, false);
  emit(c, at, end, false);
  return true;
}

static void cut_piece(an_cutter *c, uint32_t begin, uint32_t end) {
  uint32_t size, core = end;
  if (cut_plain(c, begin, end)) return;
  while (begin < end && !c->failed) { /* leading marks */
    an_mark mark = an_mark_at(c->text, begin, end, &size);
    if (leads_word(c, begin, end, mark, size)) break;
    uint32_t next = run_end(c, begin, end, mark, size);
    emit(c, begin, next, false);
    begin = next;
  }
  if (begin >= end || is_address(c, begin, end)) {
    uint32_t tail = end;
    while (tail > begin && strchr(".,;:!?)", c->text.at[tail - 1]) != NULL && c->text.at[tail - 1] != '\0') tail--;
    emit(c, begin, tail, false);
    begin = core = tail;
  }
  uint32_t open = an_text_find(slice(c, begin, end), 0, AN_LIT("("));
  while (core > begin) { /* trailing marks */
    an_mark mark = an_mark_before(c->text, begin, core, &size);
    if (trails_word(c, begin, core, mark, size, open != AN_NONE)) break;
    core -= size;
  }
  const char *dollar = core > begin ? memchr(c->text.at + begin, '$', core - begin) : NULL; /* "US$5" */
  if (dollar != NULL && begin + 3 >= (uint32_t)(dollar - c->text.at)) {
    uint32_t after = (uint32_t)(dollar - c->text.at) + 1;
    emit(c, begin, after, false);
    begin = after;
  }
  cut_core(c, begin, core);
  for (uint32_t at = core; at < end && !c->failed;) {
    an_mark mark = an_mark_at(c->text, at, end, &size);
    uint32_t next = run_end(c, at, end, mark, size);
    bool possessive = at == core && core > begin && mark == AN_MARK_SINGLE && an_cut_single(c, at) == AN_APOSTROPHE;
    emit(c, at, next, possessive);
    at = next;
  }
}

void an_cut_block(an_cutter *c) {
  uint32_t at = c->at.begin;
  c->first = c->list.count;
  while (at < c->at.end && !c->failed) {
    uint32_t begin = at, before = c->list.count;
    while (at < c->at.end && c->text.at[at] != ' ') at++;
    if (at > begin) cut_piece(c, begin, at);
    while (at < c->at.end && c->text.at[at] == ' ') at++;
    if (c->list.count > before) c->list.at[c->list.count - 1].space_after = true;
  }
}

/* ---- Numbers ---------------------------------------------------------------------------------------- */

/* "1,200.5": groups of three between commas, one point. NAN: not such a number. */
static double digits_value(an_text form) {
  double value = 0, unit = 1;
  uint32_t run = 0, digits = 0;
  bool point = false, comma = false;
  for (uint32_t i = 0; i < form.size; i++) {
    char byte = form.at[i];
    if (byte >= '0' && byte <= '9') {
      if (point)
        value += (byte - '0') * (unit /= 10);
      else
        value = value * 10 + (byte - '0');
      run++;
      digits++;
    } else if (byte == ',' && !point && run > 0 && (comma ? run == 3 : run <= 3)) {
      comma = true;
      run = 0;
    } else if (byte == '.' && !point && (!comma || run == 3)) {
      point = true;
      run = 0;
    } else if (i > 0 || byte != '+')
      return NAN;
  }
  return digits == 0 || (comma && !point && run != 3) ? NAN : value;
}

double an_number_value(const an_cutter *c, an_text form, uint64_t fold) {
  if (form.size > 0 && form.at[0] >= '0' && form.at[0] <= '9') return digits_value(form);
  if (c->numbers == NULL) return form.size > 0 && (form.at[0] == '.' || form.at[0] == '+') ? digits_value(form) : NAN;
  an_rows rows = an_table_find_key(c->numbers, fold);
  if (rows.count == 0) return form.size > 0 && (form.at[0] == '.' || form.at[0] == '+') ? digits_value(form) : NAN;
  return digits_value(an_table_cell(c->numbers, rows.first, c->number_value));
}
