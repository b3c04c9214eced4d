/* SPDX-License-Identifier: Apache-2.0 */
/* The words of all blocks, folded once; what the lexicon says of them; and the counts that the roles are made of. */
#include "page/inner.h"

#include <endian.h>
#include <string.h>

/* ---- What the lexicon says of a word, asked once ------------------------------------------------------------ */

static uint16_t few(uint32_t count) { return (uint16_t)(count < UINT16_MAX ? count : UINT16_MAX); }

enum { WIDTH = 16 };

/* What the tables say of a word that folds so; hardly any that they do not have gets past the filter. */
static inline void know(const an_page_tables *tables, page_word *w, uint64_t fold, bool digit) {
  w->fold = fold;
  w->fact = 0;
  w->digit = w->date = digit;
  w->marked = false;
  w->function = 0;
  if (!(tables->filter[fold >> 51] >> (fold >> 48 & 7) & 1)) return;
  w->fact = an_map_get(&tables->fact_of, fold, 0);
  const word_fact *fact = &tables->facts.at[w->fact];
  w->date = digit || fact->date;
  w->marked = fact->marks.count > 0;
  w->function = fact->function;
}

/* The fold of a word that is not of ASCII, or long: kept for when it comes again. */
static uint64_t fold_of(reader *r, an_text word) {
  uint64_t hash = an_hash64(word.at, word.size);
  fold_kept *kept = &r->folds[hash >> (64 - FOLDS_KEPT_BITS)];
  if (kept->hash != hash) *kept = (fold_kept){hash, an_fold_hash(word)};
  return kept->fold;
}

/* A word of up to sixteen letters, digits and apostrophes of ASCII is folded where it is hashed. `readable`: bytes from it on. */
static inline uint64_t plain_fold(const char *at, uint32_t size, uint32_t readable) {
  uint64_t key[2] = {0, 0};
  if (readable >= WIDTH) memcpy(key, at, WIDTH); else memcpy(key, at, size);
  for (int i = 0; i < 2; i++) key[i] |= 0x2020202020202020u;                  /* lower case, for these characters */
  return an_hash64(key, size);
}

/* ---- Words ------------------------------------------------------------------------------------------------- */

/* Of a byte: part of a word; a sign that stands alone; a sentence's end; the beginning of a character that is not ASCII. */
enum { BETWEEN, WORD, SIGN, STOP, CODE };
static const uint8_t classes[256] = {
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 2, 3,
  2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
  0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 2, 0, 0, 0,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
};

/* A sign of Chinese or kana, three bytes: there is no space between words, so that two signs stand for one. */
static bool is_ideograph(an_text text, uint32_t at) {
  if (at + 3 > text.size) return false;
  uint8_t a = (uint8_t)text.at[at], b = (uint8_t)text.at[at + 1];
  return (a >= 0xE4 && a <= 0xE9) || (a == 0xE3 && ((b >= 0x81 && b <= 0x83) || b >= 0x90));
}

/* What the character at `at` is, *next behind it. */
static int class_at(an_text text, uint32_t at, uint32_t *next) {
  int class = classes[(uint8_t)text.at[at]];
  *next = at + 1;
  if (class != CODE) return class;
  *next = at;
  uint32_t code = an_utf8_next(text, next);
  return an_code_is_letter(code) ? WORD : code == 0xA9 || code == 0xBB || code == 0x203A || code == 0x2022 ? SIGN : BETWEEN;
}

/* By the high bit of each of eight bytes: is it a letter or digit of ASCII? Adding carries no byte into the next, since each is
   below 128 when it is added to. */
static uint64_t word_bytes(uint64_t eight) {
  const uint64_t each = 0x0101010101010101u;
  uint64_t low = eight & each * 0x7f, lower = low | each * 0x20;
  uint64_t letters = (lower + each * (0x80 - 'a')) & ~(lower + each * (0x7f - 'z'));
  uint64_t digits = (low + each * (0x80 - '0')) & ~(low + each * (0x7f - '9'));
  return (letters | digits) & ~eight & each * 0x80;
}

/* Where the letters and digits of ASCII from `at` on end. */
static inline uint32_t plain_end(an_text text, uint32_t at, uint32_t readable) {
  uint64_t first;
  if (readable >= at + (uint32_t)sizeof first) {                  /* most words end soon; what stands behind the text may be looked at */
    memcpy(&first, text.at + at, sizeof first);
    uint64_t others = ~word_bytes(le64toh(first)) & 0x8080808080808080u;
    uint32_t end = at + (others == 0 ? (uint32_t)sizeof first : (uint32_t)__builtin_ctzll(others) / 8);
    if (others != 0 || end >= text.size) return end < text.size ? end : text.size;
    at = end;
  }
  for (uint64_t eight; text.size - at >= sizeof eight; at += (uint32_t)sizeof eight) {
    memcpy(&eight, text.at + at, sizeof eight);
    uint64_t others = ~word_bytes(le64toh(eight)) & 0x8080808080808080u;
    if (others != 0) return at + (uint32_t)__builtin_ctzll(others) / 8;
  }
  while (at < text.size && classes[(uint8_t)text.at[at]] == WORD) at++;
  return at;
}

/* Where the word goes on to from `at`, which is none of its letters and digits of ASCII. An apostrophe is part of it when one
   stands behind; before other letters ("‘아침’에") it is more often a closing quote. */
static uint32_t word_rest(an_text text, uint32_t at, bool *ascii) {
  while (at < text.size) {
    uint32_t next = at + 1;
    if (classes[(uint8_t)text.at[at]] == CODE) {
      bool letter = class_at(text, at, &next) == WORD && !is_ideograph(text, at);
      bool curly = !letter && next - at == 3 && memcmp(text.at + at, "\xE2\x80\x99", 3) == 0;
      if (!letter && (!curly || next >= text.size || classes[(uint8_t)text.at[next]] != WORD)) break;
      *ascii = false;
    } else if (text.at[at] != '\'' || next >= text.size || classes[(uint8_t)text.at[next]] != WORD) break;
    at = plain_end(text, next, 0);
  }
  return at;
}

/* Does the sentence end at text[at], a stop? */
static bool ends_sentence(an_text text, uint32_t at) {
  if (at == 0 || at + 2 >= text.size || text.at[at - 1] < 'a' || text.at[at - 1] > 'z') return false;
  uint8_t next = (uint8_t)text.at[at + 1];
  return next == ' ' || next == '"' || next >= 0xE2;
}

/* What stands in the text, in words. */
typedef struct tally { uint32_t stops, functions, dates, capitals, digits, marked; } tally;

static bool word_add(reader *r, const block *b, an_text text, uint32_t at, uint32_t end, uint32_t readable, bool ascii, tally *n) {
  page_word *w = r->words.count < r->words.capacity ? &r->words.at[r->words.count++] : AN_PUSH(r->arena, &r->words);
  if (w == NULL) return false;
  uint32_t size = end - at;
  uint8_t first = (uint8_t)text.at[at];
  bool plain = ascii && size <= WIDTH;
  know(r->tables, w, plain ? plain_fold(text.at + at, size, readable) : fold_of(r, an_text_slice(text, at, end)), first >= '0' && first <= '9');
  w->begin = b->clean.begin + at;
  w->size = few(size);
  w->capital = first < 128 ? first >= 'A' && first <= 'Z' : an_code_is_upper(an_utf8_next(text, &at));
  n->functions += w->function > 0;
  n->dates += w->date;
  n->capitals += w->capital;
  n->digits += w->digit;
  n->marked += w->marked;
  return true;
}

/* Cuts the text into words, the blank behind each passed over with it. */
static bool cut_words(reader *r, const block *b, an_text text, uint32_t most, tally *n) {
  bool own = text.at >= r->sink.text && text.at < r->sink.text + r->sink.size;
  uint32_t readable = own ? r->sink.capacity - (uint32_t)(text.at - r->sink.text) : text.size;
  for (uint32_t at = 0; at < text.size && r->words.count - b->word < most;) {
    uint32_t end = at + 1;
    int class = classes[(uint8_t)text.at[at]];
    bool ascii = class == WORD;
    if (class == BETWEEN) { at++; continue; }
    if (class == STOP) { n->stops += ends_sentence(text, at++); continue; }
    bool ideograph = class == CODE && is_ideograph(text, at);
    if (class == CODE) class = class_at(text, at, &end);
    if (class == BETWEEN) { at = end; continue; }
    if (ideograph) {
      uint32_t next;
      if (is_ideograph(text, end) && class == WORD && class_at(text, end, &next) == WORD) end = next;
    } else if (class == WORD) {
      end = plain_end(text, end, readable);
      if (end < text.size && (text.at[end] == '\'' || (uint8_t)text.at[end] >= 0x80)) end = word_rest(text, end, &ascii);
    }
    if (!word_add(r, b, text, at, end, readable - at, ascii, n)) return false;
    at = end + (end < text.size && text.at[end] == ' ');
  }
  return true;
}

/* The words of the text, which stands at b->clean.begin, and their counts into the block. */
bool words_of(reader *r, block *b, an_text text, uint32_t most) {
  tally n = {0};
  b->word = r->words.count;
  if (!cut_words(r, b, text, most, &n)) return false;
  b->word_end = r->words.count;
  b->stops = few(n.stops);
  b->function_words = few(n.functions);
  b->date_words = block_words(b) <= 24 ? (uint16_t)n.dates : 0;
  b->capitals = few(n.capitals);
  b->digits = few(n.digits);
  b->marked = n.marked > 0;
  return true;
}

static bool is_stop(char c) { return c == '.' || c == '!' || c == '?'; }

/* How the block begins and ends; closing quotes and brackets behind a stop do not hide it. */
static void block_ends(block *b, an_text text) {
  uint32_t end = text.size;
  for (;;) {
    if (end >= 1 && (text.at[end - 1] == '"' || text.at[end - 1] == '\'' || text.at[end - 1] == ')' || text.at[end - 1] == ']')) end--;
    else if (end >= 3 && (memcmp(text.at + end - 3, "\xE2\x80\x9D", 3) == 0 || memcmp(text.at + end - 3, "\xE2\x80\x99", 3) == 0)) end -= 3;
    else break;
  }
  b->ends_stop = end > 0 && (is_stop(text.at[end - 1]) ||
                             (end >= 3 && (memcmp(text.at + end - 3, "\xE2\x80\xA6", 3) == 0 || memcmp(text.at + end - 3, "\xE3\x80\x82", 3) == 0)));  /* … 。 */
  b->ends_period = b->ends_stop && text.at[end - 1] == '.';
  b->ends_colon = end > 0 && text.at[end - 1] == ':';
  b->opens_lower = text.size > 0 && text.at[0] >= 'a' && text.at[0] <= 'z';
  b->bullet = text.size > 1 && (((text.at[0] == '*' || text.at[0] == '+' || text.at[0] == '-' || text.at[0] == 'o') && text.at[1] == ' ') ||
                                (text.size > 3 && memcmp(text.at, "\xE2\x80\xA2", 3) == 0));
}

bool words_judge(reader *r, block *b) {
  an_text text = block_text(r, b);
  b->marks = b->inner_marks = b->signs = 0;
  uint32_t most = r->words.count < MOST_WORDS ? MOST_WORDS - r->words.count : 0;
  if (!words_of(r, b, text, most)) return false;
  if (block_words(b) == most && !r->many_words) {
    problem_add(r, "limit met: words of the article", clean_to_source(r, b->clean));
    r->many_words = true;
  }
  block_ends(b, text);
  for (uint32_t w = b->word; b->marked && w < b->word_end; w++)
    if (r->words.at[w].marked) marks_at(r, b, w);
  return true;
}

bool words_find(reader *r) {
  r->words.capacity = r->sink.size / 5 < MOST_WORDS ? r->sink.size / 5 + 64 : MOST_WORDS;   /* about as many as there are */
  r->words.at = an_arena_raw(r->arena, r->words.capacity, sizeof *r->words.at);
  r->folds = AN_NEW(r->arena, fold_kept, (size_t)1 << FOLDS_KEPT_BITS);
  if (r->words.at == NULL || r->folds == NULL) return false;
  for (uint32_t i = 0; i < r->blocks.count; i++)
    if (!words_judge(r, &r->blocks.at[i])) return false;
  return true;
}

/* ---- The language of the text ---------------------------------------------------------------------------------- */

static bool is_article(const block *b) { return b->kind == AN_BLOCK_BODY || b->kind == AN_BLOCK_TITLE || b->kind == AN_BLOCK_DECK; }

/* The language that the letters of the article tell: scripts.tsv. */
static void language_of_script(reader *r) {
  enum { ENOUGH = 4000, FEWEST = 20 };
  const an_page_tables *t = r->tables;
  uint32_t counts[SCRIPTS] = {0}, letters = 0;
  for (uint32_t i = 0; i < r->blocks.count && letters < ENOUGH; i++) {
    an_text text = block_text(r, &r->blocks.at[i]);
    for (uint32_t at = 0; is_article(&r->blocks.at[i]) && at < text.size && letters < ENOUGH;) {
      uint32_t code = an_utf8_next(text, &at);
      if (!an_code_is_letter(code)) continue;
      letters++;
      for (uint32_t n = 0; code >= 128 && n < t->script_count; n++) counts[n] += code >= t->scripts[n].first && code <= t->scripts[n].last;
    }
  }
  for (uint32_t n = 0; n < t->script_count && letters >= FEWEST && r->language.at == NULL; n++)
    if (counts[n] * 100 >= letters * t->scripts[n].least) r->language = t->scripts[n].language;
}

/* The language whose function words make the largest share of the article, when the share and the lead are clear; where there is
   none, what its script tells. */
void words_language(reader *r) {
  uint32_t counts[LANGUAGES] = {0}, known = r->tables->language_count, total = 0;
  for (uint32_t i = 0; i < r->blocks.count && total < 3000; i++) {
    const block *b = &r->blocks.at[i];
    if (!is_article(b)) continue;
    total += block_words(b);
    for (uint32_t w = b->word; w < b->word_end; w++) {
      if (r->words.at[w].function == 0) continue;
      uint32_t bits = r->tables->facts.at[r->words.at[w].fact].languages;
      for (; bits != 0; bits &= bits - 1) counts[__builtin_ctz(bits)]++;
    }
  }
  uint32_t best = 0, second = 0;
  for (uint32_t n = 1; n < known; n++)
    if (counts[n] > counts[best]) best = n;
  for (uint32_t n = 0; n < known; n++)
    if (n != best && counts[n] > second) second = counts[n];
  bool large = total >= 8 && counts[best] * 6 >= total && counts[best] * 4 >= second * 5;
  bool alone = total >= 100 && counts[best] * 10 >= total && counts[best] >= second * 2;      /* lists, names, figures among the text */
  if (known > 0 && (large || alone)) r->language = r->tables->languages[best];
  else if (total < 20 && known > 0 && counts[best] > second && an_text_is(r->tables->languages[best], "en")) r->language = r->tables->languages[best];
  else language_of_script(r);
}
