/* SPDX-License-Identifier: Apache-2.0 */
/* The words of all blocks, folded once; what the lexicon says of them; and the counts that the roles are made of. */
#include "page/inner.h"

#include <string.h>

/* ---- Words of class, id, itemprop and role values ------------------------------------------------------- */

typedef struct flag_name { const char *name; uint32_t flag; } flag_name;
static const flag_name flag_names[] = {
  {"content", IN_CONTENT}, {"title", IN_HEADLINE}, {"deck", IN_DECK}, {"byline", IN_BYLINE}, {"date", IN_DATE}, {"caption", IN_CAPTION},
  {"related", IN_RELATED}, {"comment", IN_COMMENT}, {"share", IN_SHARE}, {"promo", IN_PROMO}, {"tags", IN_TAGS}, {"bio", IN_BIO},
  {"body", IN_BODY_PROPERTY}, {"menu", IN_MENU}, {"aside", IN_ASIDE}, {"footer", IN_FOOTER}, {"header", IN_HEADER}, {"nav", IN_NAV},
  {"hidden", IN_HIDDEN}, {"form", IN_FORM}};

static uint32_t flag_of(an_text name) {
  for (size_t i = 0; i < sizeof flag_names / sizeof *flag_names; i++)
    if (an_text_is(name, flag_names[i].name)) return flag_names[i].flag;
  return 0;
}

static uint32_t name_row_flag(const reader *r, const char *word, uint32_t size) {
  an_rows rows = an_table_find_key(r->names, an_fold_hash((an_text){word, size}));
  uint32_t column = an_table_column(r->names, "says"), flags = 0;
  for (uint32_t i = 0; i < rows.count; i++) flags |= flag_of(an_table_cell(r->names, rows.first + i, column));
  return flags;
}

/* "article-body__relatedLinks" → article, body, related, links; and "articlebody", pairs joined, for names in two words. */
uint32_t name_flags(reader *r, const uint8_t *at, uint32_t size) {
  if (r->names == NULL) return 0;
  uint32_t flags = 0;
  char word[64], pair[128];
  uint32_t n = 0, before = 0;
  for (uint32_t i = 0; i <= size; i++) {
    uint8_t c = i < size ? at[i] : ' ';
    bool upper = c >= 'A' && c <= 'Z';
    bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    bool turn = upper && n > 0 && i > 0 && at[i - 1] >= 'a' && at[i - 1] <= 'z';
    if ((!letter || turn) && n > 0) {
      flags |= name_row_flag(r, word, n);
      if (before > 0) { memcpy(pair + before, word, n); flags |= name_row_flag(r, pair, before + n); }
      memcpy(pair, word, n);
      before = n;
      n = 0;
    }
    if (c == ' ') before = 0;
    if (letter && n < sizeof word) word[n++] = (char)(upper ? c + 32 : c);
  }
  return flags;
}

/* ---- Marks: phrases of data/lexicon/stopmarks.tsv ---------------------------------------------------------- */

static uint16_t mark_of(an_text name) {
  static const flag_name kinds[] = {{"end", MARK_END}, {"list", MARK_LIST}, {"line", MARK_LINE}, {"offer", MARK_OFFER}, {"caption", MARK_CAPTION},
                                    {"byline", MARK_BYLINE}, {"meta", MARK_META}, {"notice", MARK_NOTICE}, {"head", MARK_HEAD}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (an_text_is(name, kinds[i].name)) return (uint16_t)kinds[i].flag;
  return 0;
}

/* Do the key's words stand at words[at], before words[end]? Gives how many. */
static uint32_t key_stands(const reader *r, an_text key, uint32_t at, uint32_t end) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < key.size; n++) {
    uint32_t begin = i;
    while (i < key.size && key.at[i] != ' ') i++;
    if (at + n >= end || r->words.at[at + n].fold != an_fold_hash(an_text_slice(key, begin, i))) return 0;
    while (i < key.size && key.at[i] == ' ') i++;
  }
  return n;
}

/* The name of an agency is a credit beside a slash ("REUTERS/Jane Doe") or near the end of a line without a stop; in "Reuters
   reported" it is not. */
static bool is_credit(const reader *r, const block *b, uint32_t at, uint32_t n) {
  const page_word *first = &r->words.at[at], *last = &r->words.at[at + n - 1];
  uint32_t end = last->begin + last->size, before = first->begin;
  const char *text = r->sink.text;
  if (end < b->clean.end && text[end] == '/') return true;
  if (before >= b->clean.begin + 2 && (text[before - 1] == '/' || (text[before - 1] == ' ' && text[before - 2] == '/'))) return true;
  return first->capital && !b->ends_stop && b->word_end - at <= 6 && block_words(b) >= 8;
}

/* "(Photo: palace press office)" closes a caption: the word stands behind a bracket that the line's end closes. */
static bool is_bracketed(const reader *r, const block *b, uint32_t at) {
  uint32_t before = r->words.at[at].begin;
  if (before <= b->clean.begin || b->word_end - at > 16) return false;
  char open = r->sink.text[before - 1], last = r->sink.text[b->clean.end - 1];
  return (open == '(' && last == ')') || (open == '[' && last == ']');
}

/* "Related: Dam holds against the flood" */
static bool is_label(const reader *r, const block *b, uint32_t end) {
  const page_word *last = &r->words.at[end - 1];
  uint32_t behind = last->begin + last->size;
  return end < b->word_end && behind < b->clean.end && r->sink.text[behind] == ':';
}

/* "About Orla Quill", "About The Harbour Company": nothing but a name, and no stop. */
static bool is_name_to_end(const reader *r, const block *b, uint32_t at) {
  if (at >= b->word_end || b->word_end - at > 5 || b->ends_stop) return false;
  for (uint32_t w = at; w < b->word_end; w++)
    if (!r->words.at[w].capital && r->words.at[w].size > 3) return false;
  return r->words.at[at].capital;
}

/* Rows that begin with the word at `at`: where "start" only at the head of the block, "whole" when they are the block,
   "any" everywhere, "end" at its end, "last" there before a colon, "credit" where a credit stands, "bracket" in a bracket
   that closes the line, "label" at the head before a colon, "name" at the head when only a name follows. */
static void marks_at(reader *r, block *b, uint32_t at) {
  an_rows rows = an_table_find(r->marks, r->words.at[at].fold);
  if (rows.count == 0) return;
  uint32_t kind = an_table_column(r->marks, "kind"), where = an_table_column(r->marks, "where");
  for (uint32_t i = 0; i < rows.count; i++) {
    uint32_t row = rows.first + i;
    an_text place = an_table_cell(r->marks, row, where);
    bool any = an_text_is(place, "any"), whole = an_text_is(place, "whole"), end = an_text_is(place, "end");
    if (an_text_is(place, "last")) end = b->ends_colon && block_words(b) <= 16;
    bool credit = an_text_is(place, "credit"), bracket = an_text_is(place, "bracket");
    if (at != b->word && !any && !end && !credit && !bracket) continue;
    uint32_t n = key_stands(r, an_table_cell(r->marks, row, 0), at, b->word_end);
    if (n == 0 || ((whole || end) && at + n != b->word_end)) continue;
    if (an_text_is(place, "label") && !is_label(r, b, at + n)) continue;
    if (an_text_is(place, "name") && !is_name_to_end(r, b, at + n)) continue;
    uint16_t mark = mark_of(an_table_cell(r->marks, row, kind));
    if ((credit && !is_credit(r, b, at, n)) || (bracket && !is_bracketed(r, b, at))) continue;
    if (mark == MARK_BYLINE && n >= 2) mark |= MARK_SURE;                /* "by" alone proves little, "additional reporting by" much */
    if (credit || bracket || (any && at != b->word)) b->inner_marks |= mark; else b->marks |= mark;
    AN_TRACE(r->trace, "page.mark", b->clean, true, "stopmarks.tsv line %u", an_table_line(r->marks, row));
  }
}

/* ---- Words ------------------------------------------------------------------------------------------------- */

static bool ascii_word(uint8_t c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'); }

/* 1: part of a word, 2: a sign that stands alone (©, |, >), 0: neither. */
static int word_class(an_text text, uint32_t at, uint32_t *next) {
  uint8_t c = (uint8_t)text.at[at];
  if (c < 128) {
    *next = at + 1;
    return ascii_word(c) ? 1 : c == '|' || c == '>' || c == '@' ? 2 : 0;
  }
  uint32_t code = an_utf8_next(text, next);
  return an_code_is_letter(code) ? 1 : code == 0xA9 || code == 0xBB || code == 0x203A || code == 0x2022 ? 2 : 0;
}

static bool apostrophe(an_text text, uint32_t at, uint32_t *next) {
  if (text.at[at] == '\'') { *next = at + 1; return true; }
  if (at + 3 <= text.size && memcmp(text.at + at, "\xE2\x80\x99", 3) == 0) { *next = at + 3; return true; }
  return false;
}

static uint32_t word_end(an_text text, uint32_t at) {
  while (at < text.size) {
    uint32_t next = at, after = at;
    if (word_class(text, at, &next) == 1) { at = next; continue; }
    uint32_t behind = at;
    if (apostrophe(text, at, &behind) && behind < text.size && word_class(text, behind, &after) == 1) { at = behind; continue; }
    break;
  }
  return at;
}

static uint64_t fold_of(an_text word) {
  char lower[32];
  if (word.size > sizeof lower) return an_fold_hash(word);
  for (uint32_t i = 0; i < word.size; i++) {
    uint8_t c = (uint8_t)word.at[i];
    if (c >= 128) return an_fold_hash(word);
    lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return an_hash64(lower, word.size);
}

static bool word_add(reader *r, block *b, an_text text, uint32_t at, uint32_t end) {
  page_word *w = AN_PUSH(r->arena, &r->words);
  if (w == NULL) return false;
  an_text bytes = an_text_slice(text, at, end);
  uint8_t first = (uint8_t)bytes.at[0];
  uint32_t zero = 0;
  *w = (page_word){.fold = fold_of(bytes), .begin = b->clean.begin + at, .size = (uint16_t)(end - at > UINT16_MAX ? UINT16_MAX : end - at)};
  w->capital = first < 128 ? first >= 'A' && first <= 'Z' : an_code_is_upper(an_utf8_next(bytes, &zero));
  w->digit = first >= '0' && first <= '9';
  if (b->capitals < UINT16_MAX) b->capitals = (uint16_t)(b->capitals + w->capital);
  if (b->digits < UINT16_MAX) b->digits = (uint16_t)(b->digits + w->digit);
  return true;
}

static bool is_stop(const char *at, uint32_t size) { return size > 0 && (*at == '.' || *at == '!' || *at == '?'); }

/* How the block ends and how many sentences end inside it; closing quotes and brackets behind a stop do not hide it. */
static void block_ends(block *b, an_text text) {
  uint32_t end = text.size;
  for (;;) {
    if (end >= 1 && (text.at[end - 1] == '"' || text.at[end - 1] == '\'' || text.at[end - 1] == ')' || text.at[end - 1] == ']')) end--;
    else if (end >= 3 && (memcmp(text.at + end - 3, "\xE2\x80\x9D", 3) == 0 || memcmp(text.at + end - 3, "\xE2\x80\x99", 3) == 0)) end -= 3;
    else break;
  }
  b->ends_stop = end > 0 && (is_stop(text.at + end - 1, 1) ||
                             (end >= 3 && (memcmp(text.at + end - 3, "\xE2\x80\xA6", 3) == 0 || memcmp(text.at + end - 3, "\xE3\x80\x82", 3) == 0)));  /* … 。 */
  b->ends_period = b->ends_stop && text.at[end - 1] == '.';
  b->ends_colon = end > 0 && text.at[end - 1] == ':';
  uint32_t stops = 0;
  for (uint32_t i = 1; i + 2 < text.size; i++)
    if (is_stop(text.at + i, 1) && text.at[i - 1] >= 'a' && text.at[i - 1] <= 'z' &&
        (text.at[i + 1] == ' ' || text.at[i + 1] == '"' || (uint8_t)text.at[i + 1] >= 0xE2)) stops++;
  b->stops = (uint16_t)(stops > UINT16_MAX ? UINT16_MAX : stops);
  b->opens_lower = text.size > 0 && text.at[0] >= 'a' && text.at[0] <= 'z';
  b->bullet = text.size > 1 && (((text.at[0] == '*' || text.at[0] == '+' || text.at[0] == '-' || text.at[0] == 'o') && text.at[1] == ' ') ||
                                (text.size > 3 && memcmp(text.at, "\xE2\x80\xA2", 3) == 0));
}

/* ---- What the lexicon says of a word, asked once ------------------------------------------------------------ */

static uint8_t function_of(const reader *r, uint64_t fold) {
  if (r->function_words == NULL) return 0;
  an_rows rows = an_table_find_key(r->function_words, fold);
  if (rows.count == 0) return 0;
  an_text languages = an_table_cell(r->function_words, rows.first, an_table_column(r->function_words, "language"));
  return languages.size >= 2 && memcmp(languages.at, "en", 2) == 0 ? 2 : 1;
}

/* Words come again and again; what three tables say of one is kept in the place its hash gives. */
static const word_said *said_of(reader *r, uint64_t fold) {
  word_said *said = &r->said[fold % WORDS_KEPT];
  if (said->fold != fold) {
    *said = (word_said){.fold = fold, .function = function_of(r, fold)};
    said->begins_mark = r->marks != NULL && an_table_find(r->marks, fold).count > 0;
    said->date = r->date_words != NULL && an_table_find_key(r->date_words, fold).count > 0;
  }
  return said;
}

bool words_of(reader *r, block *b, an_text text) {
  b->word = r->words.count;
  for (uint32_t at = 0; at < text.size;) {
    uint32_t next = at;
    int class = word_class(text, at, &next);
    uint32_t end = class == 1 ? word_end(text, at) : next;
    if (class != 0 && !word_add(r, b, text, at, end)) return false;
    at = end;
  }
  b->word_end = r->words.count;
  return true;
}

bool words_find(reader *r) {
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    block *b = &r->blocks.at[i];
    an_text text = block_text(r, b);
    if (!words_of(r, b, text)) return false;
    block_ends(b, text);
    uint32_t functions = 0, dates = 0;
    for (uint32_t w = b->word; w < b->word_end; w++) {
      const word_said *said = said_of(r, r->words.at[w].fold);
      r->words.at[w].function = said->function;
      functions += said->function > 0;
      dates += said->date || r->words.at[w].digit;
      if (said->begins_mark) marks_at(r, b, w);
    }
    b->function_words = (uint16_t)(functions < UINT16_MAX ? functions : UINT16_MAX);
    b->date_words = (uint16_t)(block_words(b) <= 24 ? dates : 0);
  }
  return true;
}

/* ---- The language of the text ---------------------------------------------------------------------------------- */

/* The language whose function words make the largest share of the body, when the share and the lead are clear. English has
   the largest share of such words; text in another alphabet has none, and is not known. */
void words_language(reader *r) {
  enum { LANGUAGES = 16 };
  an_text names[LANGUAGES];
  uint32_t counts[LANGUAGES] = {0}, known = 0, total = 0;
  if (r->function_words == NULL) return;
  uint32_t says = an_table_column(r->function_words, "language");
  for (uint32_t i = 0; i < r->blocks.count && total < 3000; i++) {
    const block *b = &r->blocks.at[i];
    if (b->kind != AN_BLOCK_BODY && b->kind != AN_BLOCK_TITLE && b->kind != AN_BLOCK_DECK) continue;
    for (uint32_t w = b->word; w < b->word_end; w++, total++) {
      if (r->words.at[w].function == 0) continue;
      an_rows rows = an_table_find(r->function_words, r->words.at[w].fold);
      for (uint32_t k = 0; k < rows.count; k++) {
        an_text list = an_table_cell(r->function_words, rows.first + k, says);
        for (uint32_t at = 0; at + 2 <= list.size; at += 3) {   /* "en de nl" */
          uint32_t n = 0;
          while (n < known && memcmp(names[n].at, list.at + at, 2) != 0) n++;
          if (n == known && known < LANGUAGES) names[known++] = an_text_slice(list, at, at + 2);
          if (n < known) counts[n]++;
        }
      }
    }
  }
  uint32_t best = 0, second = 0;
  for (uint32_t n = 1; n < known; n++)
    if (counts[n] > counts[best]) best = n;
  for (uint32_t n = 0; n < known; n++)
    if (n != best && counts[n] > second) second = counts[n];
  if (known > 0 && total >= 8 && counts[best] * 6 >= total && counts[best] * 4 >= second * 5) r->language = names[best];
  else if (total < 20 && known > 0 && counts[best] > second && an_text_is(names[best], "en")) r->language = names[best];
}
