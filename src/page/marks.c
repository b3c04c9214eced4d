/* SPDX-License-Identifier: Apache-2.0 */
/* Marks: phrases of data/lexicon/stopmarks.tsv found in a block. */
#include "page/inner.h"

/* Do the row's words stand at words[at], before words[end]? The first is known to. */
static bool stands(const reader *r, const mark_row *m, uint32_t at, uint32_t end) {
  if (m->words > end - at) return false;
  const uint64_t *folds = &r->tables->mark_words.at[m->word];
  for (uint32_t n = 1; n < m->words; n++)
    if (r->words.at[at + n].fold != folds[n]) return false;
  return true;
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

/* "Correction:", "Correction (May 3, 2021):", "Clarification, 4 June:" */
static bool is_dated_label(const reader *r, const block *b, uint32_t end) {
  for (uint32_t w = end; w < b->word_end && w < end + 8; w++) {
    uint32_t behind = r->words.at[w - 1].begin + r->words.at[w - 1].size;
    if (behind < b->clean.end && r->sink.text[behind] == ')') behind++;
    if (behind < b->clean.end && r->sink.text[behind] == ':') return true;
    if (!r->words.at[w].date && !r->words.at[w].digit) return false;
  }
  return false;
}

/* "About Orla Quill", "About The Harbour Company": nothing but a name, and no stop. */
static bool is_name_to_end(const reader *r, const block *b, uint32_t at) {
  if (at >= b->word_end || b->word_end - at > 5 || b->ends_stop) return false;
  for (uint32_t w = at; w < b->word_end; w++)
    if (!r->words.at[w].capital && r->words.at[w].size > 3) return false;
  return r->words.at[at].capital;
}

/* A row that begins with the word at `at`: where "start" only at the head of the block, "whole" when they are the block,
   "any" everywhere, "end" at its end, "last" there before a colon, "credit" where a credit stands, "bracket" in a bracket
   that closes the line, "label" at the head before a colon, "dated" so with a day between, "name" at the head when only a name follows. */
static void take_row(reader *r, block *b, uint32_t at, uint32_t row) {
  const mark_row *m = &r->tables->mark_rows[row];
  if (!stands(r, m, at, b->word_end)) return;
  bool any = m->place == PLACE_ANY, credit = m->place == PLACE_CREDIT, bracket = m->place == PLACE_BRACKET;
  bool end = m->place == PLACE_END || (m->place == PLACE_LAST && b->ends_colon && block_words(b) <= 16);
  if (at != b->word && !any && !end && !credit && !bracket) return;
  if ((end || m->place == PLACE_WHOLE) && at + m->words != b->word_end) return;
  if ((credit && !is_credit(r, b, at, m->words)) || (bracket && !is_bracketed(r, b, at))) return;
  if (m->place == PLACE_DATED && !is_dated_label(r, b, at + m->words)) return;
  if (m->place == PLACE_LABEL && !is_label(r, b, at + m->words)) return;
  if (m->place == PLACE_NAME && !is_name_to_end(r, b, at + m->words)) return;
  uint16_t mark = m->mark;
  if (mark == MARK_BYLINE && m->words >= 2) mark |= MARK_SURE;         /* "by" alone proves little, "additional reporting by" much */
  if (mark & MARK_SIGNS) b->signs |= mark;
  else if (credit || bracket || (any && at != b->word)) b->inner_marks |= mark; else b->marks |= mark;
  AN_TRACE(r->trace, "page.mark", b->clean, true, "stopmarks.tsv line %u", an_table_line(r->tables->marks, row));
}

bool mark_is_inner(uint8_t place) {
  return place == PLACE_ANY || place == PLACE_CREDIT || place == PLACE_BRACKET || place == PLACE_END || place == PLACE_LAST;
}

/* The rows that begin with the block's first word; of most the second word tells at once. */
static void take_rows(reader *r, block *b, uint64_t second) {
  const an_page_tables *t = r->tables;
  const word_fact *fact = &t->facts.at[r->words.at[b->word].fact];
  if (!(fact->seconds >> (second >> 58) & 1)) return;
  for (uint32_t row = fact->marks.first, last = row + fact->marks.count; row < last; row++) {
    const mark_row *m = &t->mark_rows[row];
    if (m->words == 1 || t->mark_words.at[m->word + 1] == second) take_row(r, b, b->word, row);
  }
}

/* Behind the first word, only the rows that may stand there are asked, of words that words.c has seen before one of their seconds. */
void marks_find(reader *r, block *b) {
  const an_page_tables *t = r->tables;
  const page_word *words = r->words.at;
  if (b->word == b->word_end) return;
  take_rows(r, b, b->word + 1 < b->word_end ? words[b->word + 1].fold : 0);
  for (uint32_t i = 0; i < r->marked.count; i++) {
    uint32_t w = r->marked.at[i];
    if (w == b->word) continue;
    const word_fact *fact = &t->facts.at[words[w].fact];
    uint64_t second = w + 1 < b->word_end ? words[w + 1].fold : 0;
    for (const inner_mark *m = &t->inner_marks.at[fact->inner.first], *last = m + fact->inner.count; m < last; m++)
      if (m->alone || m->second == second) take_row(r, b, w, m->row);
  }
}
