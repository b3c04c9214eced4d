/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as clean text, a block a line: tokens ascend and belong to their sentence, quotations lie in their block, every
   sentence gets a tree with one root. */
#include "language/language.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static an_lexicon *lexicon;
static an_model *model;

static void open_data(void) {
  an_error err = {0};
  const char *dir = getenv("ANNALS_DATA");
  if (dir == NULL) dir = "build/release/share/annals";
  if (an_lexicon_open(dir, &lexicon, &err) == AN_OK && an_model_open(dir, &model, &err) == AN_OK) return;
  fprintf(stderr, "fuzz_language: %s\n", err.message);
  exit(1);
}

static void check_tokens(const an_words *words) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < words->token_count; i++) {
    const an_token *t = &words->tokens[i];
    const an_sentence *s = &words->sentences[t->sentence];
    if (t->at.begin < at || t->at.end <= t->at.begin || t->at.end > words->text.size) abort();
    if (i < s->first || i >= s->first + s->count || s->count > AN_SENTENCE_WORDS) abort();
    at = t->at.end;
  }
  for (uint32_t i = 0; i < words->quote_count; i++)
    if (words->quotes[i].first > words->quotes[i].end || words->quotes[i].end > words->token_count) abort();
}

static void check_tree(const an_words *words, const an_sentence *s) {
  uint32_t roots = 0;
  for (uint32_t i = s->first; i < s->first + s->count; i++) {
    uint32_t steps = 0, up = i;
    while (words->tokens[up].head != AN_NONE && steps++ <= s->count) up = words->tokens[up].head;
    if (up != s->root || words->tokens[i].lemma.at == NULL) abort();
    roots += words->tokens[i].head == AN_NONE;
  }
  if (roots != 1) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static an_arena arena;
  if (model == NULL) open_data();
  if (arena.max == 0) an_arena_init(&arena, 64 << 20);
  an_arena_reset(&arena);
  an_text text = {(const char *)bytes, (uint32_t)size};
  AN_LIST(an_article_block) blocks = {0};
  for (uint32_t begin = 0, end; begin < text.size; begin = end + 1) {
    for (end = begin; end < text.size && text.at[end] != '\n'; end++) {}
    an_article_block *block = AN_PUSH(&arena, &blocks);
    if (block == NULL) return 0;
    *block = (an_article_block){.clean = {begin, end}, .kind = AN_BLOCK_BODY};
  }
  an_article article = {.text = text, .blocks = blocks.at, .block_count = blocks.count, .title = AN_NONE};
  an_words words;
  if (an_language_split(&article, lexicon, 20000, &arena, NULL, &words, NULL) != AN_OK) return 0;
  check_tokens(&words);
  for (uint32_t i = 0; i < words.sentence_count; i++) {
    if (an_language_tag(model, lexicon, &words, i, &arena, NULL) != AN_OK) return 0;
    if (an_language_parse(model, &words, i, &arena, NULL) != AN_OK) return 0;
    check_tree(&words, &words.sentences[i]);
  }
  return 0;
}
