/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences, and the door: blocks in, words out. */
#include "language/cut.h"

enum { EARLIEST_CUT = AN_SENTENCE_WORDS / 2, CUE_WITHIN = 4 };

static an_mark first_mark(const an_cutter *c, uint32_t token) {
  uint32_t size;
  an_span at = c->list.at[token].at;
  return an_mark_at(c->text, at.begin, at.end, &size);
}

static bool is_closer(const an_cutter *c, uint32_t token) {
  an_mark mark = first_mark(c, token);
  if (mark == AN_MARK_SINGLE) return an_cut_single(c, c->list.at[token].at.begin) == AN_SINGLE_CLOSE;
  return mark == AN_MARK_CLOSE || mark == AN_MARK_DOUBLE || mark == AN_MARK_DOUBLE_CLOSE;
}

static bool is_opener(const an_cutter *c, uint32_t token) {
  an_mark mark = first_mark(c, token);
  return mark == AN_MARK_OPEN || mark == AN_MARK_DOUBLE || mark == AN_MARK_DOUBLE_OPEN || mark == AN_MARK_SINGLE_OPEN ||
         mark == AN_MARK_DASH || (mark == AN_MARK_SINGLE && an_cut_single(c, c->list.at[token].at.begin) == AN_SINGLE_OPEN);
}

static bool is_capital(const an_cutter *c, uint32_t token) {
  uint32_t at = c->list.at[token].at.begin;
  return an_code_is_upper(an_utf8_next(c->text, &at));
}

static bool is_starter(const an_cutter *c, uint32_t token) { return an_cut_is(c, c->list.at[token].fold, "starter"); }

/* “Is it true?” Smith asked: a verb of saying soon behind the closed quotation holds the sentence together. */
static bool said_after(const an_cutter *c, uint32_t token) {
  for (uint32_t i = token; i < c->list.count && i < token + CUE_WITHIN; i++)
    if ((c->list.at[i].flags & AN_WORD_CUE) != 0) return true;
  return false;
}

/* The word that decides whether a sentence begins at `token`: behind quotation marks and brackets. */
static uint32_t first_word(const an_cutter *c, uint32_t token) {
  while (token + 1 < c->list.count && is_opener(c, token)) token++;
  return token;
}

/* "Mr. Smith", "No. 10", "Jan. 5", "J. Edgar": does a full stop that belongs to its word also end the sentence? */
static bool abbreviation_ends(const an_cutter *c, uint32_t stop, uint32_t next) {
  an_span at = c->list.at[stop].at;
  an_text kind = an_cut_abbreviation(c, at);
  bool number = first_mark(c, next) == AN_MARK_DIGIT, starter = is_starter(c, next);
  if (an_text_is(kind, "title")) return false;
  if (an_text_is(kind, "number") || an_text_is(kind, "month")) return !number && starter;
  if (an_text_is(kind, "inner")) return false;
  return is_capital(c, next) && starter; /* initials and all other kinds */
}

/* Does a sentence end behind token `stop`, whose closers reach to `end`? A block's end is no question. */
static bool ends_here(const an_cutter *c, uint32_t sentence, uint32_t stop, uint32_t end) {
  an_span at = c->list.at[stop].at;
  uint32_t next = first_word(c, end);
  an_mark mark = first_mark(c, next);
  bool glued = !c->list.at[end - 1].space_after;
  if (mark != AN_MARK_LETTER && mark != AN_MARK_DIGIT && mark != AN_MARK_CURRENCY && mark != AN_MARK_SYMBOL && next == end)
    return false;
  if (mark == AN_MARK_LETTER && !is_capital(c, next)) return false;
  if (stop == sentence + 1 && c->list.at[sentence].shape == AN_SHAPE_NUMBER) return false; /* "1. Do this" */
  if (first_mark(c, stop) == AN_MARK_LETTER) return abbreviation_ends(c, stop, next);
  if (c->text.at[at.begin] == '.' || end == stop + 1) return !glued || is_capital(c, next);
  return is_starter(c, next) || !said_after(c, next);
}

/* A token that can end a sentence: a run of stops, or a word that keeps its own. */
static bool is_stop(const an_cutter *c, uint32_t token) {
  if (first_mark(c, token) == AN_MARK_STOP) return c->list.at[token].shape == AN_SHAPE_OTHER;
  uint32_t end = c->list.at[token].at.end;
  return c->text.at[end - 1] == '.' && c->list.at[token].shape != AN_SHAPE_NUMBER;
}

static void add_sentence(an_cutter *c, uint32_t first, uint32_t end) {
  an_sentence *s = AN_PUSH(c->arena, &c->sentences);
  if (s == NULL) {
    c->failed = true;
    return;
  }
  *s = (an_sentence){.first = first,
                     .count = end - first,
                     .block = c->block,
                     .root = AN_NONE,
                     .at = {c->list.at[first].at.begin, c->list.at[end - 1].at.end}};
  for (uint32_t i = first; i < end; i++) c->list.at[i].sentence = c->sentences.count - 1;
}

/* A sentence over the limit is cut behind its last comma, colon or dash in reach, or at the limit. */
static void add_capped(an_cutter *c, uint32_t first, uint32_t end) {
  uint32_t begin = first;
  while (end - first > AN_SENTENCE_WORDS && !c->failed) {
    uint32_t at = first + AN_SENTENCE_WORDS;
    for (uint32_t i = at; i > first + EARLIEST_CUT; i--) {
      an_mark mark = first_mark(c, i - 1);
      if (mark != AN_MARK_COMMA && mark != AN_MARK_DASH && mark != AN_MARK_HYPHEN) continue;
      at = i;
      break;
    }
    add_sentence(c, first, at);
    first = at;
  }
  if (end > first && !c->failed) add_sentence(c, first, end);
  if (c->failed || first == begin) return;
  if (c->pieces.end == 0) c->pieces = (an_span){c->list.at[begin].at.begin, c->list.at[end - 1].at.end};
  for (uint32_t i = c->sentences.count; i-- > 0 && c->sentences.at[i].first > begin;) c->sentences.at[i].piece = true;
}

void an_cut_sentences(an_cutter *c) {
  uint32_t sentence = c->first, end = c->list.count;
  for (uint32_t i = c->first; i < end && !c->failed; i++) {
    if (!is_stop(c, i)) continue;
    uint32_t after = i + 1;
    while (after < end && !c->list.at[after - 1].space_after && is_closer(c, after)) after++;
    if (after == end) break;
    if (is_stop(c, after) && !c->list.at[after - 1].space_after) continue; /* "?!", "....", "etc.)." */
    if (!ends_here(c, sentence, i, after)) continue;
    add_capped(c, sentence, after);
    sentence = after;
    i = after - 1;
  }
  add_capped(c, sentence, end);
}

/* ---- The door ------------------------------------------------------------------------------------ */

static const an_table *open_table(const an_lexicon *lexicon, const char *name, const char *column, uint32_t *index) {
  const an_table *table = lexicon == NULL ? NULL : an_lexicon_table(lexicon, name);
  *index = table == NULL ? AN_NONE : an_table_column(table, column);
  return table;
}

/* Keeps what fits under the limit, whole sentences only. */
static void keep_within(an_words *out, uint32_t max_words) {
  if (out->token_count <= max_words) return;
  out->cut = true;
  while (out->sentence_count > 0 &&
         out->sentences[out->sentence_count - 1].first + out->sentences[out->sentence_count - 1].count > max_words)
    out->sentence_count--;
  out->token_count = out->sentence_count == 0
                         ? 0
                         : out->sentences[out->sentence_count - 1].first + out->sentences[out->sentence_count - 1].count;
}

static void keep_quotes(an_words *out, an_quote *quotes, uint32_t count) {
  while (count > 0 && quotes[count - 1].first >= out->token_count) count--;
  for (uint32_t i = 0; i < count; i++)
    if (quotes[i].end > out->token_count) quotes[i].end = out->token_count;
  out->quotes = quotes;
  out->quote_count = count;
}

an_status an_language_split(const an_article *article, const an_lexicon *lexicon, uint32_t max_words, an_arena *arena,
                            const an_tracer *trace, an_words *out, an_error *err) {
  an_cutter c = {.text = article->text, .lexicon = lexicon, .arena = arena};
  c.abbreviations = open_table(lexicon, "abbreviations", "kind", &c.abbreviation_kind);
  c.contractions = open_table(lexicon, "contractions", "parts", &c.contraction_parts);
  c.tokens = open_table(lexicon, "tokens", "kind", &c.token_kind);
  c.numbers = open_table(lexicon, "numbers", "value", &c.number_value);
  for (uint32_t b = 0; b < article->block_count && c.list.count <= max_words; b++) {
    if (article->blocks[b].kind == AN_BLOCK_BOILERPLATE) continue;
    c.block = b;
    c.at = article->blocks[b].clean;
    an_cut_singles(&c);
    an_cut_block(&c);
    if (!c.failed) an_cut_quotes(&c);
    if (!c.failed) an_cut_sentences(&c);
    if (c.failed) AN_NEED(NULL, err, "split");
  }
  *out = (an_words){.text = article->text,
                    .tokens = c.list.at,
                    .token_count = c.list.count,
                    .sentences = c.sentences.at,
                    .sentence_count = c.sentences.count,
                    .pieces = c.pieces};
  if (c.pieces.end > 0) AN_TRACE(trace, "split", c.pieces, true, "more than %d words: read in pieces", AN_SENTENCE_WORDS);
  keep_within(out, max_words);
  keep_quotes(out, c.quotes.at, c.quotes.count);
  return AN_OK;
}
