/* SPDX-License-Identifier: Apache-2.0 */
#include "event/dictionary.h"

enum { REACH = 24 };
static const frame dictionary_frame = {.pos = FRAME_VERB, .key_text = {"dictionary", 10}, .key_count = 1};

/* Is the token the word, which folds so, or in the synonym set "&NAME"? */
static bool is_item(const scene *s, uint32_t token, an_text item, uint64_t fold) {
  const an_token *t = token_at(s, token);
  if (item.at[0] != '&') return t->lemma_fold == fold || t->fold == fold;
  an_text name = an_text_slice(item, 1, item.size), set;
  an_rows rows = an_table_find_key(s->coder->petrarch_sets, t->lemma_fold);
  if (rows.count == 0) return false;
  an_text sets = an_table_cell(s->coder->petrarch_sets, rows.first, 1);
  for (uint32_t at = 0; an_text_word(sets, &at, &set);)
    if (an_text_equal(set, name)) return true;
  return false;
}

/* All words of a pattern, in order, right of the verb; how many, or 0. */
static uint32_t pattern_fits(const scene *s, uint32_t verb, an_text words) {
  const an_sentence *sentence = &s->words->sentences[token_at(s, verb)->sentence];
  uint32_t end = sentence->first + sentence->count, token = verb + 1, count = 0;
  if (end > verb + REACH) end = verb + REACH;
  an_text item;
  for (uint32_t at = 0; an_text_word(words, &at, &item);) {
    uint64_t fold = an_fold_hash(item);
    while (token < end && !is_item(s, token, item, fold)) token++;
    if (token >= end) return 0;
    token++;
    count++;
  }
  return count;
}

/* The first word of the key is the verb's own. */
static bool key_fits(const scene *s, uint32_t verb, an_text key) {
  uint32_t at = 0;
  an_text own;
  return an_text_word(key, &at, &own) && an_key_end(s->words, verb + 1, s->words->token_count, an_text_slice(key, at, key.size)) != AN_NONE;
}

bool dictionary_match(const scene *s, uint32_t verb, match *out, uint32_t *words) {
  const an_coder *k = s->coder;
  an_text code = {0};
  *words = 0;
  an_rows rows = an_table_find(k->petrarch_verbs, token_at(s, verb)->lemma_fold);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++) {
    if (!key_fits(s, verb, an_table_cell(k->petrarch_verbs, r, 0))) continue;
    an_rows patterns = an_table_find_key(k->petrarch_patterns, an_fold_hash(an_table_cell(k->petrarch_verbs, r, 1)));
    for (uint32_t p = patterns.first; p < patterns.first + patterns.count; p++) {
      uint32_t count = pattern_fits(s, verb, an_table_cell(k->petrarch_patterns, p, 1));
      if (count <= *words) continue;
      *words = count;
      code = an_table_cell(k->petrarch_patterns, p, 2);
    }
    if (code.at == NULL) code = an_table_cell(k->petrarch_verbs, r, 2);
  }
  an_rows known = code.at == NULL ? (an_rows){0, 0} : an_table_find_key(k->cameo, an_fold_hash(code));
  if (known.count == 0) return false;
  *out = (match){.frame = &dictionary_frame, .trigger = verb, .last = verb, .taken = AN_NONE, .cameo = code,
                 .type = coder_type(k, an_table_cell(k->cameo, known.first, k->cameo_type)),
                 .mode = an_table_cell(k->cameo, known.first, k->cameo_mode)};
  clause_read(s, verb, &out->own);
  return out->type != AN_NONE;
}
