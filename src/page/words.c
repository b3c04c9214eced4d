/* SPDX-License-Identifier: Apache-2.0 */
/* The words of all blocks, folded once; what the lexicon says of them; and the counts that the roles are made of. */
#include "page/inner.h"
#include "page/bytes.h"

#include <stddef.h>
#include <string.h>

/* ---- What the lexicon says of a word, asked once ------------------------------------------------------------ */

static uint16_t few(uint32_t count) { return (uint16_t)(count < UINT16_MAX ? count : UINT16_MAX); }

enum { WIDTH = 16 };
__extension__ typedef unsigned __int128 wide;

/* Of up to sixteen bytes, those behind them 0: the product of both halves, folded (Wang Yi's wyhash has it so). */
static inline uint64_t hash_of(const uint64_t key[2]) {
  wide product = (wide)(key[0] ^ 0xa0761d6478bd642fu) * (key[1] ^ 0xe7037ed1a0b428dbu);
  return ((uint64_t)product ^ (uint64_t)(product >> 64)) | 1;
}

/* What a word's first character says of it; and the letters of two bytes, which most words have that are not of ASCII, their
   folds asked for once. */
void words_open(an_page_tables *t) {
  for (unsigned c = 0; c < 128; c++) {
    const word_says says = {.capital = c >= 'A' && c <= 'Z', .digit = c >= '0' && c <= '9', .date = c >= '0' && c <= '9'};
    memcpy(&t->first_says[c], &says, sizeof says);
  }
  for (uint32_t code = 0x80; code < LETTERS_END; code++) {
    char bytes[4];
    letter_fold *letter = &t->letters[code - 0x80];
    uint32_t size = an_fold((an_text){bytes, an_utf8_put(code, bytes)}, letter->bytes, sizeof letter->bytes);
    letter->size = size == 0 && code != 0xAD ? 255 : (uint8_t)size;
  }
}

/* The fold of the word, as an_fold has it, as far as it fits. */
static uint32_t fold_word(const an_page_tables *t, an_text word, char *out, uint32_t max) {
  uint32_t size = 0;
  for (uint32_t at = 0; at < word.size;) {
    uint8_t c = (uint8_t)word.at[at];
    if (size + 8 > max) return size + an_fold(an_text_slice(word, at, word.size), out + size, max - size);
    if (c < 0x80) { out[size++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c); at++; continue; }
    uint32_t next = at, code = an_utf8_next(word, &next);
    const letter_fold *letter = code >= 0x80 && code < LETTERS_END ? &t->letters[code - 0x80] : NULL;
    if (code == 0x2019) out[size++] = '\'';
    else if (letter != NULL && letter->size < 255) { memcpy(out + size, letter->bytes, sizeof letter->bytes); size += letter->size; }
    else size += an_fold(an_text_slice(word, at, next), out + size, max - size);
    at = next;
  }
  return size;
}

uint64_t word_hash(const an_page_tables *t, an_text word) {
  char folded[256];                                  /* a character folds to 72 bytes at most: when it is not full, it has them all */
  uint64_t key[2] = {0, 0};
  uint32_t size = fold_word(t, word, folded, sizeof folded);
  if (size > WIDTH) return size < sizeof folded - 80 ? an_hash64(folded, size) : an_fold_hash(word);
  memcpy(key, folded, size);
  return hash_of(key);
}

/* The hash of a word that is not of ASCII, or long: kept for when it comes again. */
static uint64_t kept_hash(reader *r, an_text word) {
  uint64_t hash = an_hash64(word.at, word.size);
  fold_kept *kept = &r->folds[hash >> (64 - FOLDS_KEPT_BITS)];
  if (kept->hash != hash) *kept = (fold_kept){hash, word_hash(r->tables, word)};
  return kept->fold;
}

/* A word of up to sixteen letters, digits and apostrophes of ASCII is folded where it is hashed; WIDTH bytes may be looked at. */
static inline uint64_t plain_hash(const char *at, uint32_t size) {
  static const uint8_t own[2 * WIDTH] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
  uint64_t key[2], mask[2];
  for (int i = 0; i < 2; i++) {
    memcpy(&mask[i], own + WIDTH - size + i * WIDTH / 2, sizeof *mask);
    memcpy(&key[i], at + i * WIDTH / 2, sizeof *key);
    key[i] = (key[i] | 0x2020202020202020u) & mask[i];      /* lower case, for these characters */
  }
  return hash_of(key);
}

/* What the tables say of a word that folds so, or 0. No guess at the answer would be good: both places are looked at in one step. */
static inline uint32_t fact_about(const an_page_tables *t, uint64_t fold) {
  uint32_t a = t->slots[0][fact_place(fold, 0)], b = t->slots[1][fact_place(fold, 1)];
  return (a & -(uint32_t)(t->keys.at[a].fold == fold)) | (b & -(uint32_t)(t->keys.at[b].fold == fold));
}

/* ---- Words ------------------------------------------------------------------------------------------------- */

/* A sign of Chinese or kana, three bytes: there is no space between words, so that two signs stand for one. */
static bool is_ideograph(an_text text, uint32_t at) {
  if (at + 3 > text.size) return false;
  uint8_t a = (uint8_t)text.at[at], b = (uint8_t)text.at[at + 1];
  return (a >= 0xE4 && a <= 0xE9) || (a == 0xE3 && ((b >= 0x81 && b <= 0x83) || b >= 0x90));
}

/* What the character at `at` is, *next behind it. */
static int class_at(an_text text, uint32_t at, uint32_t *next) {
  int class = byte_classes[(uint8_t)text.at[at]];
  *next = at + 1;
  if (class != CODE) return class;
  if (text.size - at >= 3 && memcmp(text.at + at, "\xE2\x80", 2) == 0 && (text.at[at + 2] & 0xC0) == 0x80) {      /* quotes, dashes: no letters */
    *next = at + 3;
    return text.at[at + 2] == '\xA2' || text.at[at + 2] == '\xBA' ? SIGN : BETWEEN;                               /* "•", "›" */
  }
  *next = at;
  uint32_t code = an_utf8_next(text, next);
  return an_code_is_letter(code) ? WORD : code == 0xA9 || code == 0xBB || code == 0x203A || code == 0x2022 ? SIGN : BETWEEN;
}

/* Where the letters and digits of ASCII from `at` on end. */
static uint32_t plain_end(an_text text, uint32_t at) {
  while (at < text.size) {
    uint32_t left = text.size - at, count = left < WIDTH ? left : WIDTH;
    uint64_t others = ~bits_of((const uint8_t *)text.at + at, count, left).words;
    uint32_t end = (uint32_t)__builtin_ctzll(others);
    if (end < count || count < WIDTH) return at + end;
    at += count;
  }
  return at;
}

/* Where the word goes on to from `at`, which is none of its letters and digits of ASCII. An apostrophe is part of it when one
   stands behind; before other letters ("‘아침’에") it is more often a closing quote. */
static uint32_t word_rest(an_text text, uint32_t at, bool *ascii) {
  while (at < text.size) {
    uint32_t next = at + 1;
    if (byte_classes[(uint8_t)text.at[at]] == CODE) {
      bool letter = class_at(text, at, &next) == WORD && !is_ideograph(text, at);
      bool curly = !letter && next - at == 3 && memcmp(text.at + at, "\xE2\x80\x99", 3) == 0;
      if (!letter && (!curly || next >= text.size || byte_classes[(uint8_t)text.at[next]] != WORD)) break;
      *ascii = false;
    } else if (text.at[at] != '\'' || next >= text.size || byte_classes[(uint8_t)text.at[next]] != WORD) break;
    at = plain_end(text, next);
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
typedef struct tally { uint32_t stops, functions, dates, capitals, digits; } tally;

/* The text that is cut: `readable` bytes of it and behind it may be looked at. seconds: of the word before, as in word_key. */
typedef struct cutter { reader *r; an_text text; uint32_t begin, readable; uint64_t seconds; tally n; } cutter;

/* `sum`: of the yes and no of words, a byte each. */
static void count_up(tally *n, uint64_t sum) {
  uint8_t bytes[sizeof sum];
  memcpy(bytes, &sum, sizeof sum);
  n->functions += bytes[offsetof(word_says, functional)];
  n->dates += bytes[offsetof(word_says, date)];
  n->digits += bytes[offsetof(word_says, digit)];
  n->capitals += bytes[offsetof(word_says, capital)];
}

/* Room for as many words as one look at the text can find. */
static bool words_room(reader *r) {
  while (r->words.capacity - r->words.count < BYTES_AT_ONCE)
    if (!an_list_grow(r->arena, (void **)&r->words.at, r->words.capacity, &r->words.capacity, sizeof *r->words.at)) return false;
  while (r->marked.capacity < r->words.capacity)
    if (!an_list_grow(r->arena, (void **)&r->marked.at, r->marked.capacity, &r->marked.capacity, sizeof *r->marked.at)) return false;
  return true;
}

/* Of the word from `at` to `end`, which is not of ASCII, or long, or stands where the text ends: its hash; what its first character
   says goes to *first, its size to *kept. */
static uint64_t odd_word(cutter *c, uint32_t at, uint32_t end, uint64_t *first, uint16_t *kept) {
  static const union { word_says says; uint64_t all; } capital = {{.capital = true}};
  an_text word = an_text_slice(c->text, at, end);
  uint32_t next = 0;
  *kept = few(word.size);
  if ((uint8_t)word.at[0] >= 0x80 && an_code_is_upper(an_utf8_next(word, &next))) *first = capital.all;
  return kept_hash(c->r, word);
}

/* The end of what stands at `at` and is no plain word of ASCII; *word: it is a word. */
static uint32_t odd_end(cutter *c, uint32_t at, bool *word) {
  uint32_t end = at + 1, next;
  int class = byte_classes[(uint8_t)c->text.at[at]];
  *word = false;
  if (class == STOP) {
    c->n.stops += ends_sentence(c->text, at);
    return end;
  }
  bool ideograph = class == CODE && is_ideograph(c->text, at);
  if (class == CODE) class = class_at(c->text, at, &end);
  *word = class != BETWEEN;
  if (ideograph && *word) return is_ideograph(c->text, end) && class == WORD && class_at(c->text, end, &next) == WORD ? next : end;
  if (class == WORD) {
    bool ascii;
    end = word_rest(c->text, plain_end(c->text, end), &ascii);
  }
  return end;
}

/* Writes the word, and marks the one before it where a mark may begin with both; what is to be counted of it. */
static inline uint64_t put_word(cutter *c, page_word *w, uint64_t fold, uint64_t says, uint32_t begin, uint16_t size) {
  static const union { word_says says; uint64_t all; } counted = {{0, 0, true, true, true, true}};
  reader *r = c->r;
  uint32_t fact = fact_about(r->tables, fold);
  const word_key *key = &r->tables->keys.at[fact];   /* [0] says nothing */
  r->marked.at[r->marked.count] = (uint32_t)(w - r->words.at) - 1;
  r->marked.count += (uint32_t)(c->seconds >> (fold >> 58) & 1);
  c->seconds = key->seconds;
  w->fold = fold;
  w->begin = begin;
  w->fact = fact;
  w->all = says | key->says;
  uint64_t sum = w->all & counted.all;
  w->size = size;
  return sum;
}

/* The words of the 63 bytes from `at` on into the list, which has room for them; where the last of them ends. Up to the first sign
   they lie between the edges of the bits; from there on each byte that may be something is looked at. */
static inline uint32_t cut_some(cutter *c, uint32_t at, byte_bits bits, page_word *limit) {
  reader *r = c->r;
  const an_page_tables *tables = r->tables;
  const an_text text = c->text;
  const char *here = text.at + at;
  const uint32_t widest = c->readable - at >= BYTES_AT_ONCE + WIDTH ? WIDTH : 0;      /* of plain words: all may be looked at */
  const uint32_t signs = bits.others != 0 ? (uint32_t)__builtin_ctzll(bits.others) : BYTES_AT_ONCE, begin = c->begin + at;
  page_word *w = r->words.at + r->words.count;
  uint64_t sum = 0, events = (bits.words & ~(bits.words << 1)) | bits.others;
  for (uint64_t edges = bits.words ^ (bits.words << 1); edges != 0 && w < limit;) {
    uint32_t i = (uint32_t)__builtin_ctzll(edges);
    edges &= edges - 1;
    uint32_t behind = (uint32_t)__builtin_ctzll(edges);
    if (behind >= signs || behind - i > widest) break;
    edges &= edges - 1;
    sum += put_word(c, w++, plain_hash(here + i, behind - i), tables->first_says[(uint8_t)here[i]], begin + i, (uint16_t)(behind - i));
    events &= events - 1;
  }
  uint32_t end = at;
  for (; events != 0 && w < limit; events &= ~(uint64_t)0 << (end - at)) {
    uint32_t i = (uint32_t)__builtin_ctzll(events);
    bool ascii = bits.words >> i & 1, word = true;
    if (ascii) {
      uint32_t behind = i + (uint32_t)__builtin_ctzll(~(bits.words >> i));
      end = at + behind;
      if (behind >= BYTES_AT_ONCE) end = word_rest(text, plain_end(text, end), &ascii);
      else if (bits.others >> behind & 1) end = word_rest(text, end, &ascii);
    } else {
      end = odd_end(c, at + i, &word);
    }
    if (word) {
      uint64_t says = tables->first_says[(uint8_t)here[i]];
      uint16_t size = (uint16_t)(end - at - i);
      uint64_t fold = ascii && end - at - i <= widest ? plain_hash(here + i, end - at - i) : odd_word(c, at + i, end, &says, &size);
      sum += put_word(c, w++, fold, says, begin + i, size);
    }
    if (end >= at + BYTES_AT_ONCE) break;
  }
  r->words.count = (uint32_t)(w - r->words.at);
  count_up(&c->n, sum);
  return end;
}

/* Cuts the text into words, 63 bytes at once: each ends where the bits of its letters do. */
static bool cut_words(cutter *c, uint32_t most) {
  const an_text text = c->text;
  uint32_t last = c->r->words.count + most;
  for (uint32_t at = 0; at < text.size && c->r->words.count < last;) {
    uint32_t count = text.size - at < BYTES_AT_ONCE ? text.size - at : BYTES_AT_ONCE;
    if (!words_room(c->r)) return false;
    uint32_t end = cut_some(c, at, bits_of((const uint8_t *)text.at + at, count, c->readable - at), c->r->words.at + last);
    at = end > at + BYTES_AT_ONCE ? end : at + BYTES_AT_ONCE;
  }
  return true;
}

/* The words of the text, which stands at b->clean.begin, and their counts into the block. */
bool words_of(reader *r, block *b, an_text text, uint32_t most) {
  bool own = text.at >= r->sink.text && text.at < r->sink.text + r->sink.size;
  uint32_t readable = own ? r->sink.capacity - (uint32_t)(text.at - r->sink.text) : text.size;
  cutter c = {.r = r, .text = text, .begin = b->clean.begin, .readable = readable};
  b->word = r->words.count;
  r->marked.count = 0;
  if (!cut_words(&c, most)) return false;
  b->word_end = r->words.count;
  if (c.seconds & 1) r->marked.at[r->marked.count++] = b->word_end - 1;      /* behind the last word is none: 0 */
  b->stops = few(c.n.stops);
  b->function_words = few(c.n.functions);
  b->date_words = block_words(b) <= 24 ? (uint16_t)c.n.dates : 0;
  b->capitals = few(c.n.capitals);
  b->digits = few(c.n.digits);
  return true;
}

static bool is_stop(char c) { return c == '.' || c == '!' || c == '?'; }

/* How the block ends; closing quotes and brackets behind a stop do not hide it. */
static void block_end(block *b, an_text text) {
  uint32_t end = text.size;
  b->ends_stop = b->ends_period = b->ends_colon = false;
  if (end > 0 && byte_classes[(uint8_t)text.at[end - 1]] == WORD) return;
  for (;;) {
    if (end >= 1 && (text.at[end - 1] == '"' || text.at[end - 1] == '\'' || text.at[end - 1] == ')' || text.at[end - 1] == ']')) end--;
    else if (end >= 3 && (memcmp(text.at + end - 3, "\xE2\x80\x9D", 3) == 0 || memcmp(text.at + end - 3, "\xE2\x80\x99", 3) == 0)) end -= 3;
    else break;
  }
  b->ends_stop = end > 0 && (is_stop(text.at[end - 1]) ||
                             (end >= 3 && (memcmp(text.at + end - 3, "\xE2\x80\xA6", 3) == 0 || memcmp(text.at + end - 3, "\xE3\x80\x82", 3) == 0)));  /* … 。 */
  b->ends_period = b->ends_stop && text.at[end - 1] == '.';
  b->ends_colon = end > 0 && text.at[end - 1] == ':';
}

static void block_begin(block *b, an_text text) {
  char first = text.size > 1 ? text.at[0] : 'x';
  bool sign = (first == '*' || first == '+' || first == '-' || first == 'o') && text.at[1] == ' ';
  b->opens_lower = text.size > 0 && text.at[0] >= 'a' && text.at[0] <= 'z';
  b->bullet = sign || (first == '\xE2' && text.size > 3 && memcmp(text.at, "\xE2\x80\xA2", 3) == 0);
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
  block_begin(b, text);
  block_end(b, text);
  marks_find(r, b);
  return true;
}

bool words_find(reader *r) {
  r->words.capacity = (r->sink.size / 5 < MOST_WORDS ? r->sink.size / 5 : MOST_WORDS) + 2 * BYTES_AT_ONCE;   /* about as many as there are */
  r->words.at = an_arena_raw(r->arena, r->words.capacity, sizeof *r->words.at);
  r->marked.capacity = r->words.capacity;
  r->marked.at = an_arena_raw(r->arena, r->marked.capacity, sizeof *r->marked.at);
  r->folds = AN_NEW(r->arena, fold_kept, (size_t)1 << FOLDS_KEPT_BITS);
  if (r->words.at == NULL || r->marked.at == NULL || r->folds == NULL) return false;
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
      if ((uint8_t)text.at[at] < 0x80) { letters += (uint32_t)((text.at[at++] | 32) - 'a') < 26; continue; }
      uint32_t code = an_utf8_next(text, &at);
      if (!an_code_is_letter(code)) continue;
      letters++;
      for (uint32_t n = 0; n < t->script_count; n++) counts[n] += code >= t->scripts[n].first && code <= t->scripts[n].last;
    }
  }
  for (uint32_t n = 0; n < t->script_count && letters >= FEWEST && r->language.at == NULL; n++)
    if (counts[n] * 100 >= letters * t->scripts[n].least) r->language = t->scripts[n].language;
}

/* Into counts, for each language, of the words [at, end) those that are its function words: eight languages are added at once,
   a byte each, and written out before a byte is full. */
static void count_languages(const reader *r, uint32_t at, uint32_t end, uint32_t *counts) {
  while (at < end) {
    uint64_t sums[LANGUAGES / 8] = {0};
    uint8_t bytes[LANGUAGES];
    for (uint32_t limit = end - at > 255 ? at + 255 : end; at < limit; at++)
      for (uint32_t k = 0; k < LANGUAGES / 8; k++) sums[k] += r->tables->facts.at[r->words.at[at].fact].languages[k];
    memcpy(bytes, sums, sizeof bytes);
    for (uint32_t n = 0; n < LANGUAGES; n++) counts[n] += bytes[n];
  }
}

/* The language whose function words make the largest share of the article, when the share and the lead are clear; where there is
   none, what its script tells. */
void words_language(reader *r) {
  uint32_t counts[LANGUAGES] = {0}, known = r->tables->language_count, total = 0, begin = 0, end = 0;
  for (uint32_t i = 0; i < r->blocks.count && total < 3000; i++) {
    const block *b = &r->blocks.at[i];
    if (!is_article(b)) continue;
    total += block_words(b);
    if (b->word != end) { count_languages(r, begin, end, counts); begin = b->word; }      /* words of blocks in a row lie in a row */
    end = b->word_end;
  }
  count_languages(r, begin, end, counts);
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
