/* SPDX-License-Identifier: Apache-2.0 */
/* Marks: phrases of data/lexicon/stopmarks.tsv found in a block. A row is taken apart once a page. */
#include "page/inner.h"

enum place { PLACE_START, PLACE_WHOLE, PLACE_ANY, PLACE_END, PLACE_LAST, PLACE_CREDIT, PLACE_BRACKET, PLACE_LABEL, PLACE_NAME };
struct mark_row { uint64_t second; uint32_t words; uint16_t mark; uint8_t place; bool opened; };   /* words: 0 until it is met */

typedef struct named_value { const char *name; uint16_t value; } named_value;
static uint16_t value_of(an_text name, const named_value *values, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (an_text_is(name, values[i].name)) return values[i].value;
  return 0;
}
static const named_value kinds[] = {{"end", MARK_END}, {"list", MARK_LIST}, {"line", MARK_LINE}, {"offer", MARK_OFFER},
                                    {"caption", MARK_CAPTION}, {"byline", MARK_BYLINE}, {"meta", MARK_META},
                                    {"notice", MARK_NOTICE}, {"head", MARK_HEAD}};
static const named_value places[] = {{"whole", PLACE_WHOLE}, {"any", PLACE_ANY}, {"end", PLACE_END}, {"last", PLACE_LAST},
                                     {"credit", PLACE_CREDIT}, {"bracket", PLACE_BRACKET}, {"label", PLACE_LABEL}, {"name", PLACE_NAME}};

bool marks_open(reader *r) {
  r->marks = r->lexicon == NULL ? NULL : an_lexicon_table(r->lexicon, "stopmarks");
  if (r->marks == NULL) return true;
  r->mark_rows = AN_NEW(r->arena, mark_row, an_table_rows(r->marks));
  r->mark_kind = an_table_column(r->marks, "kind");
  r->mark_where = an_table_column(r->marks, "where");
  return r->mark_rows != NULL;
}

/* The key's next word from *i on, which goes behind it. */
static an_text key_word(an_text key, uint32_t *i) {
  uint32_t begin = *i, end = begin;
  while (end < key.size && key.at[end] != ' ') end++;
  for (*i = end; *i < key.size && key.at[*i] == ' ';) ++*i;
  return an_text_slice(key, begin, end);
}

/* The fold of the key's second word, 0 when there is none. */
static uint64_t second_word(an_text key) {
  uint32_t i = 0;
  key_word(key, &i);
  return i < key.size ? an_fold_hash(key_word(key, &i)) : 0;
}

/* Do the row's words stand at words[at], before words[end]? The first is known to; most rows part at the second. */
static bool stands(const reader *r, uint32_t row, mark_row *m, uint32_t at, uint32_t end) {
  if (!m->opened) m->second = second_word(an_table_cell(r->marks, row, 0));
  m->opened = true;
  if (m->second != 0 && (at + 1 >= end || r->words.at[at + 1].fold != m->second)) return false;
  if (m->words == 1 || m->words == 2) return true;
  an_text key = an_table_cell(r->marks, row, 0);
  uint32_t n = 0;
  for (uint32_t i = 0; i < key.size; n++) {
    an_text word = key_word(key, &i);
    if (n >= 2 && (at + n >= end || r->words.at[at + n].fold != an_fold_hash(word))) return false;
  }
  if (m->words == 0) {                                          /* met for the first time */
    m->mark = value_of(an_table_cell(r->marks, row, r->mark_kind), kinds, sizeof kinds / sizeof *kinds);
    m->place = (uint8_t)value_of(an_table_cell(r->marks, row, r->mark_where), places, sizeof places / sizeof *places);
  }
  m->words = n;
  return n > 0;
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
void marks_at(reader *r, block *b, uint32_t at) {
  an_rows rows = {r->words.at[at].mark_row, r->words.at[at].mark_rows};
  for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
    mark_row *m = &r->mark_rows[row];
    if (!stands(r, row, m, at, b->word_end)) continue;
    bool any = m->place == PLACE_ANY, credit = m->place == PLACE_CREDIT, bracket = m->place == PLACE_BRACKET;
    bool end = m->place == PLACE_END || (m->place == PLACE_LAST && b->ends_colon && block_words(b) <= 16);
    if (at != b->word && !any && !end && !credit && !bracket) continue;
    if ((end || m->place == PLACE_WHOLE) && at + m->words != b->word_end) continue;
    if ((credit && !is_credit(r, b, at, m->words)) || (bracket && !is_bracketed(r, b, at))) continue;
    if (m->place == PLACE_LABEL && !is_label(r, b, at + m->words)) continue;
    if (m->place == PLACE_NAME && !is_name_to_end(r, b, at + m->words)) continue;
    uint16_t mark = m->mark;
    if (mark == MARK_BYLINE && m->words >= 2) mark |= MARK_SURE;         /* "by" alone proves little, "additional reporting by" much */
    if (credit || bracket || (any && at != b->word)) b->inner_marks |= mark; else b->marks |= mark;
    AN_TRACE(r->trace, "page.mark", b->clean, true, "stopmarks.tsv line %u", an_table_line(r->marks, row));
  }
}
