/* SPDX-License-Identifier: Apache-2.0 */
/* Fields of a line: a date between signs, a byline and its date, the dateline that a story opens with. Where two of them share
   a line with each other or with the story, the line is cut into blocks, so that each has its own role. */
#include "page/inner.h"

#include <string.h>

/* ---- A date that is a field: "The Courier - World - September 17, 2022", "PTI | New Delhi | Apr 26, 2015, 11.20 AM" ---- */

static bool is_month(const reader *r, const page_word *w) {
  if (!w->date) return false;                          /* a key of that table is a date's word */
  an_rows rows = r->date_words == NULL ? (an_rows){0} : an_table_find_key(r->date_words, an_fold_hash(word_text(r, w)));
  return rows.count > 0 && an_text_is(an_table_cell(r->date_words, rows.first, an_table_column(r->date_words, "is")), "month");
}

static unsigned number_of(const reader *r, const page_word *w) {
  unsigned value = 0;
  for (uint32_t i = 0; i < w->size && i < 4; i++) {
    char c = r->sink.text[w->begin + i];
    if (i > 0 && i + 2 == w->size && (c < '0' || c > '9')) return value;              /* "18th" */
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (unsigned)(c - '0');
  }
  return w->size <= 4 ? value : 0;
}

/* Month, day and year, or day, month and year, in the three words from `at` on. */
static bool is_whole_date(const reader *r, uint32_t at, uint32_t end) {
  if (at + 3 > end) return false;
  const page_word *w = &r->words.at[at];
  const page_word *day = is_month(r, &w[0]) ? &w[1] : is_month(r, &w[1]) ? &w[0] : NULL;
  unsigned mday = day == NULL ? 0 : number_of(r, day), year = number_of(r, &w[2]);
  return mday >= 1 && mday <= 31 && year >= 1900 && year <= 2100;
}

/* Does a sign that parts fields stand in the clean text [begin, end)? A dash does with space on both sides only. */
static bool parts_fields(const reader *r, uint32_t begin, uint32_t end) {
  an_text text = {r->sink.text, r->sink.size};
  for (uint32_t at = begin; at < end;) {
    uint32_t next = at, code = an_utf8_next(text, &next);
    bool dash = code == '-' || code == 0x2013 || code == 0x2014;
    if (code == '|' || code == '>' || code == ':' || code == '/' || code == 0xB7 || code == 0x2022 || code == 0x203A) return true;
    if (dash && at > begin && next < end && r->sink.text[at - 1] == ' ' && r->sink.text[next] == ' ') return true;
    at = next;
  }
  return false;
}

/* Behind a date: "at", "IST", "6:20", "p.m.", but not the "4" of "4 min read". */
static bool goes_on(const reader *r, const block *b, uint32_t at) {
  const page_word *w = &r->words.at[at];
  const char *text = r->sink.text;
  uint32_t behind = w->begin + w->size;
  if (!w->digit) return (w->date && !is_month(r, w)) || (w->size == 1 && (w[-1].digit || w[-1].size == 1));
  bool opens = behind + 1 < b->clean.end && (text[behind] == ':' || text[behind] == '.') && text[behind + 1] >= '0' && text[behind + 1] <= '9';
  bool closes = text[w->begin - 1] == ':' || text[w->begin - 1] == '.';
  bool named = at + 1 < b->word_end && !w[1].digit && (w[1].size == 2 || w[1].capital) && w[1].date;
  return opens || closes || named;
}

/* The words [first, end) of a whole date and of what belongs to it: "on", the weekday, the time of day; strict: not more. */
static bool find_date(const reader *r, const block *b, bool strict, uint32_t *first, uint32_t *end) {
  const page_word *words = r->words.at;
  uint32_t at = b->word;
  while (at < b->word_end && !is_whole_date(r, at, b->word_end)) at++;
  if (at >= b->word_end) return false;
  *first = at;
  *end = at + 3;
  while (*first > b->word && words[*first - 1].date &&
         !parts_fields(r, words[*first - 1].begin + words[*first - 1].size, words[*first].begin)) --*first;
  while (*end < b->word_end && (strict ? goes_on(r, b, *end) : r->words.at[*end].date)) ++*end;
  return true;
}

bool field_is_dated(const reader *r, const block *b) {
  uint32_t size = b->clean.end - b->clean.begin, first, end;
  if (block_words(b) < 3 || block_words(b) > 24 || b->stops > 0 || b->date_words < 3 || (float)b->link_bytes > (float)size * 0.3f) return false;
  if (b->ends_stop && !r->words.at[b->word_end - 1].date) return false;
  if (!find_date(r, b, false, &first, &end)) return false;
  const page_word *words = r->words.at;
  uint32_t before = first > b->word ? words[first - 1].begin : b->clean.begin;           /* a bar is a word */
  uint32_t after = end < b->word_end ? words[end].begin + words[end].size : b->clean.end;
  return (first == b->word || parts_fields(r, before, words[first].begin)) &&
         (end == b->word_end || parts_fields(r, words[end - 1].begin + words[end - 1].size, after));
}

/* ---- Cutting a line ------------------------------------------------------------------------------------------------- */

/* Cuts block i before the word `at`: the space between becomes the end of a line. Nothing is cut where no space stands. */
static bool cut_before(reader *r, uint32_t i, uint32_t at, bool *done) {
  uint32_t place = r->words.at[at].begin;
  *done = false;
  while (place > r->blocks.at[i].clean.begin && r->sink.text[place - 1] != ' ') place--;      /* an opening quote is the word's */
  if (place <= r->blocks.at[i].clean.begin + 1 || place <= r->words.at[at - 1].begin) return true;
  if (AN_PUSH(r->arena, &r->blocks) == NULL) { r->spent = true; return false; }
  block *left = &r->blocks.at[i], *right = left + 1;
  memmove(right + 1, right, (r->blocks.count - i - 2) * sizeof *right);
  *right = *left;
  r->sink.text[place - 1] = '\n';
  left->clean.end = place - 1;
  right->clean.begin = place;
  uint32_t size = left->clean.end - left->clean.begin;
  left->link_bytes = left->link_bytes < size ? left->link_bytes : size;
  right->link_bytes -= left->link_bytes;
  right->paragraph_break = false;
  if (!words_judge(r, left) || !words_judge(r, right)) { r->spent = true; return false; }
  for (uint32_t k = 0; k < r->times.count; k++) r->times.at[k].block += r->times.at[k].block > i;
  r->run_end += r->run_end > i;
  r->run_begin += r->run_begin > i;
  *done = true;
  return true;
}

/* Half of the words are capitalised: "By Orla Quill in Port Ellery". */
static bool is_names(const reader *r, uint32_t begin, uint32_t end) {
  uint32_t capitals = 0;
  for (uint32_t w = begin; w < end; w++) capitals += r->words.at[w].capital;
  return capitals * 2 >= end - begin;
}

/* "By Orla Quill May 16, 2023, 6:20 p.m. 4 min read": names, date, and what is left. */
static bool cut_byline(reader *r, uint32_t i) {
  const block *b = &r->blocks.at[i];
  uint32_t first, end;
  bool done = false;
  if (block_words(b) < 5 || block_words(b) > 24 || b->stops > 2 || b->date_words < 3) return true;      /* "6:20 p.m. 4 min" */
  if (!(b->marks & MARK_BYLINE) && !(b->flags & IN_BYLINE)) return true;
  if (!find_date(r, b, true, &first, &end) || !is_names(r, b->word, first)) return true;
  bool story = r->run_begin == i && b->score > 0;
  float score = b->score > 0 ? -4 : b->score;
  if (first > b->word && !cut_before(r, i, first, &done)) return false;
  if (done) {
    r->blocks.at[i].score = r->blocks.at[i + 1].score = score;
    if (!find_date(r, &r->blocks.at[++i], true, &first, &end)) return true;
  }
  if (end < r->blocks.at[i].word_end && !cut_before(r, i, end, &done)) return false;
  if (done) r->blocks.at[i].score = r->blocks.at[i + 1].score = score;
  if (story && r->run_begin < i) r->run_begin = i;
  return true;
}

/* ---- Datelines ------------------------------------------------------------------------------------------------------------ */

static bool is_dash(const reader *r, uint32_t begin, uint32_t end) {
  an_text between = an_text_slice((an_text){r->sink.text, r->sink.size}, begin, end);
  static const char *const dashes[] = {"--", " - ", "\xE2\x80\x93", "\xE2\x80\x94"};
  for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
    if (an_text_find(between, 0, an_text_of(dashes[i])) != AN_NONE) return true;
  return false;
}

static bool all_capitals(const reader *r, const page_word *w) {
  an_text text = an_text_slice((an_text){r->sink.text, r->sink.size}, w->begin, w->begin + w->size);
  uint32_t letters = 0;
  for (uint32_t at = 0; at < text.size;) {
    uint32_t code = an_utf8_next(text, &at);
    if (!an_code_is_letter(code)) continue;
    if (!an_code_is_upper(code)) return false;
    letters++;
  }
  return letters >= 3;
}

/* The word behind "ANKARA (AP) -", "KADUNA, Nigeria, March 12 -", "PORT ELLERY -" at the head of a block, or its first word: a
   place, then a dash, and one sign more: capitals throughout, the agency in brackets, or a date. */
static uint32_t dateline_end(const reader *r, const block *b) {
  enum { LONGEST = 12, LEAST_STORY = 6 };
  const page_word *words = r->words.at;
  uint32_t dates = 0;
  bool agency = false, shouted = block_words(b) > 0 && all_capitals(r, &words[b->word]);
  if (block_words(b) < LEAST_STORY + 1 || !words[b->word].capital || words[b->word].size < 3 || b->marks != 0) return b->word;
  for (uint32_t w = b->word; w + LEAST_STORY < b->word_end && w - b->word < LONGEST; w++) {
    bool date = w > b->word && words[w].date;
    if (!words[w].capital && !date && words[w].size > 3) return b->word;
    dates += date;
    uint32_t end = words[w].begin + words[w].size, next = words[w + 1].begin;
    agency |= w > b->word && r->sink.text[words[w].begin - 1] == '(';
    if (!is_dash(r, end, next)) continue;
    bool told = words[w + 1].capital || words[w + 1].digit || r->sink.text[next - 1] != ' ';
    return told && (shouted || agency || dates >= 2) ? w + 1 : b->word;
  }
  return b->word;
}

/* Of the lines between title and story, and of the first line of the story. */
bool fields_split(reader *r) {
  enum { LINES = 12 };
  if (r->run_end <= r->run_begin) return true;
  uint32_t begin = r->title == AN_NONE ? 0 : r->title + 1;
  if (r->run_begin > LINES && begin < r->run_begin - LINES) begin = r->run_begin - LINES;
  for (uint32_t i = begin; i <= r->run_begin + 1 && i < r->run_end && i < r->blocks.count; i++)
    if (!cut_byline(r, i)) return false;
  for (uint32_t i = r->run_begin; i < r->run_end && i < r->run_begin + 3; i++) {
    if (r->blocks.at[i].score <= 0 || r->blocks.at[i].flags & IN_DECK) continue;
    uint32_t at = dateline_end(r, &r->blocks.at[i]);
    bool done = false;
    if (at > r->blocks.at[i].word && !cut_before(r, i, at, &done)) return false;
    if (done) r->blocks.at[i].dateline = true;
    if (done) break;
  }
  return true;
}
