/* SPDX-License-Identifier: Apache-2.0 */
/* CoNLL-U out, and CoNLL-U in whose tokens are kept: how a treebank's gold tokens are parsed, to be measured. */
#include "language/language.h"

#include <math.h>
#include <stdlib.h>

enum { LINE_WORDS_MAX = 4096, OUT_MAX = 1 << 24 }; /* words of one treebank sentence; bytes of one written sentence */

typedef struct line {
  an_text text;
  an_text form, misc;
} line; /* form not known: a comment, a range or an empty node */
typedef struct sheet {
  const an_model *model;
  const an_lexicon *lexicon;
  an_arena *arena;
  an_write *write;
  void *to;
  an_buf out;
} sheet;

static an_status flush(sheet *s, an_error *err) {
  if (s->out.failed) return an_fail(err, AN_ERR_MEMORY, "parse", "no memory for the output");
  if (s->out.size > 0) AN_TRY(s->write(s->to, s->out.at, s->out.size));
  an_buf_clear(&s->out);
  return AN_OK;
}

/* Columns 3 to 9: lemma to dependencies. Heads count from `first`, the sentence's first word. */
static void columns(const an_words *words, uint32_t token, uint32_t first, an_buf *out) {
  const an_token *t = &words->tokens[token];
  an_buf_char(out, '\t');
  an_buf_text(out, t->lemma);
  an_buf_printf(out, "\t%s\t%s\t_\t%u\t%s\t_", an_upos_name(t->upos), t->xpos_name, t->head == AN_NONE ? 0 : t->head - first + 1,
                an_rel_name(t->rel));
}

/* ---- Plain text --------------------------------------------------------------------------------- */

/* Words that were cut out of one run of letters ("do" + "n't") are shown as a range. Returns the run's end. */
static uint32_t run_end(const an_words *words, uint32_t at, uint32_t end) {
  uint32_t k = at;
  while (k + 1 < end && !words->tokens[k].space_after && words->tokens[k].upos != AN_PUNCT && words->tokens[k + 1].clitic) k++;
  return k + 1;
}

static void write_sentence(const an_words *words, uint32_t sentence, an_buf *out) {
  const an_sentence *s = &words->sentences[sentence];
  uint32_t end = s->first + s->count, shown = s->first;
  an_buf_printf(out, "# sent_id = %u\n", sentence + 1);
  if (s->piece) an_buf_printf(out, "# piece = goes on the one before: more than %d words\n", AN_SENTENCE_WORDS);
  an_buf_z(out, "# text = ");
  an_buf_text(out, an_text_slice(words->text, s->at.begin, s->at.end));
  an_buf_char(out, '\n');
  for (uint32_t i = s->first; i < end; i++) {
    uint32_t run = i >= shown ? run_end(words, i, end) : shown;
    const char *misc = words->tokens[run - 1].space_after ? "_" : "SpaceAfter=No";
    if (i >= shown && run > i + 1) {
      an_span whole = {words->tokens[i].at.begin, words->tokens[run - 1].at.end};
      an_buf_printf(out, "%u-%u\t", i - s->first + 1, run - s->first);
      an_buf_text(out, an_text_slice(words->text, whole.begin, whole.end));
      an_buf_printf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", misc);
      shown = run;
    }
    an_buf_printf(out, "%u\t", i - s->first + 1);
    an_buf_text(out, an_word(words, i));
    columns(words, i, s->first, out);
    an_buf_printf(out, "\t%s\n", i < shown ? "_" : misc);
  }
  an_buf_char(out, '\n');
}

/* Paragraphs end at an empty line; other white space becomes single spaces, as the page room hands text on. */
static an_status paragraphs(an_text text, an_arena *arena, an_article *out, an_error *err) {
  AN_LIST(an_article_block) blocks = {0};
  char *clean = AN_NEW(arena, char, (size_t)text.size + 1);
  AN_NEED(clean, err, "parse");
  uint32_t size = 0, newlines = 2;
  bool space = false;
  for (uint32_t i = 0; i < text.size; i++) {
    char c = text.at[i];
    if (c == '\n') newlines++;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v' || c == '\0') {
      space = true;
      continue;
    }
    if (newlines > 1) {
      if (size > 0) clean[size++] = '\n';
      an_article_block *block = AN_PUSH(arena, &blocks);
      AN_NEED(block, err, "parse");
      *block = (an_article_block){.clean = {size, size}, .kind = AN_BLOCK_BODY};
    } else if (space)
      clean[size++] = ' ';
    clean[size++] = c;
    blocks.at[blocks.count - 1].clean.end = size;
    space = false;
    newlines = 0;
  }
  *out = (an_article){.text = {clean, size}, .blocks = blocks.at, .block_count = blocks.count, .title = AN_NONE};
  return AN_OK;
}

static an_status plain(sheet *s, an_text text, an_error *err) {
  an_article article;
  an_words words = {0};
  AN_TRY(paragraphs(text, s->arena, &article, err));
  AN_TRY(an_language_split(&article, s->lexicon, UINT32_MAX, s->arena, NULL, &words, err));
  for (uint32_t i = 0; i < words.sentence_count; i++) {
    AN_TRY(an_language_tag(s->model, s->lexicon, &words, i, s->arena, err));
    AN_TRY(an_language_parse(s->model, &words, i, s->arena, err));
    write_sentence(&words, i, &s->out);
    AN_TRY(flush(s, err));
  }
  return AN_OK;
}

/* ---- Kept tokens -------------------------------------------------------------------------------- */

static line line_of(an_text text) {
  line l = {.text = text};
  uint32_t tab = 0, column = 0;
  bool word = text.size > 0 && text.at[0] >= '0' && text.at[0] <= '9';
  for (uint32_t i = 0, begin = 0; word && i <= text.size; i++) {
    if (i < text.size && text.at[i] != '\t') {
      if (column == 0 && (text.at[i] == '-' || text.at[i] == '.')) word = false;
      continue;
    }
    if (column == 1) l.form = an_text_slice(text, begin, i);
    if (column == 9) l.misc = an_text_slice(text, begin, i);
    tab = i;
    begin = tab + 1;
    column++;
  }
  if (!word || column < 2 || l.form.size == 0) l.form = (an_text){NULL, 0};
  return l;
}

/* A sentence longer than the limit is parsed in parts; the roots of the later ones hang on the first. */
static an_status parse_parts(sheet *s, an_words *words, uint32_t count, an_error *err) {
  uint32_t root = AN_NONE;
  for (uint32_t first = 0; first < count; first += AN_SENTENCE_WORDS) {
    an_sentence part = {
        .first = first, .count = count - first < AN_SENTENCE_WORDS ? count - first : AN_SENTENCE_WORDS, .root = AN_NONE};
    words->sentences = &part;
    words->sentence_count = 1;
    AN_TRY(an_language_tag(s->model, s->lexicon, words, 0, s->arena, err));
    AN_TRY(an_language_parse(s->model, words, 0, s->arena, err));
    if (root == AN_NONE)
      root = part.root;
    else if (part.root != AN_NONE) {
      words->tokens[part.root].head = root;
      words->tokens[part.root].rel = AN_PARATAXIS;
    }
  }
  return AN_OK;
}

static an_status kept_sentence(sheet *s, an_words *words, const line *lines, uint32_t count, an_error *err) {
  uint32_t size = 0, token = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (lines[i].form.at == NULL) continue;
    uint32_t begin = (uint32_t)(lines[i].form.at - words->text.at);
    words->tokens[size++] = (an_token){
        .at = {begin, begin + lines[i].form.size}, .fold = an_fold_hash(lines[i].form), .number = NAN, .head = AN_NONE};
  }
  words->token_count = size;
  AN_TRY(parse_parts(s, words, size, err));
  for (uint32_t i = 0; i < count; i++) {
    if (lines[i].form.at == NULL)
      an_buf_text(&s->out, lines[i].text);
    else {
      an_buf_printf(&s->out, "%u\t", token + 1);
      an_buf_text(&s->out, lines[i].form);
      columns(words, token++, 0, &s->out);
      an_buf_char(&s->out, '\t');
      if (lines[i].misc.size > 0)
        an_buf_text(&s->out, lines[i].misc);
      else
        an_buf_char(&s->out, '_');
    }
    an_buf_char(&s->out, '\n');
  }
  an_buf_char(&s->out, '\n');
  return flush(s, err);
}

/* A comment, or columns parted by tabs, of which number and form are enough here. */
static bool is_conllu(an_text one) {
  return one.at[0] == '#' || (one.at[0] >= '0' && one.at[0] <= '9' && an_text_find(one, 0, AN_LIT("\t")) != AN_NONE);
}

static an_status kept(sheet *s, an_text text, an_error *err) {
  line *lines = AN_NEW(s->arena, line, LINE_WORDS_MAX);
  an_words words = {.text = text, .tokens = AN_NEW(s->arena, an_token, LINE_WORDS_MAX)};
  AN_NEED(lines, err, "parse");
  AN_NEED(words.tokens, err, "parse");
  uint32_t count = 0, number = 1;
  for (uint32_t begin = 0, end; begin < text.size; begin = end + 1, number++) {
    for (end = begin; end < text.size && text.at[end] != '\n'; end++) {
    }
    an_text one = an_text_slice(text, begin, end > begin && text.at[end - 1] == '\r' ? end - 1 : end);
    if (one.size > 0) {
      if (count == LINE_WORDS_MAX)
        return an_fail(err, AN_ERR_DATA, "parse", "a sentence of more than %d lines: is the input CoNLL-U?", LINE_WORDS_MAX);
      if (!is_conllu(one))
        return an_fail(err, AN_ERR_DATA, "parse", "line %u is no CoNLL-U: neither a comment nor a word's number, tab, form", number);
      lines[count++] = line_of(one);
    } else if (count > 0) {
      AN_TRY(kept_sentence(s, &words, lines, count, err));
      count = 0;
    }
  }
  return count > 0 ? kept_sentence(s, &words, lines, count, err) : AN_OK;
}

an_status an_language_conllu(const an_model *model, const an_lexicon *lexicon, an_text text, bool conllu, an_arena *arena,
                             an_write *write, void *to, an_error *err) {
  sheet s = {.model = model, .lexicon = lexicon, .arena = arena, .write = write, .to = to};
  an_buf_init(&s.out, OUT_MAX);
  an_status status = conllu ? kept(&s, text, err) : plain(&s, text, err);
  an_buf_free(&s.out);
  return status;
}
