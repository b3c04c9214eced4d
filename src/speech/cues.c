/* SPDX-License-Identifier: Apache-2.0 */
/* The tables: which words are cues and what they take; which words stand for somebody named before. */
#include "speech/inner.h"

an_status an_speech_open(an_walk *walk, an_error *err) {
  walk->cues = an_lexicon_table(walk->lexicon, "cues");
  walk->references = an_lexicon_table(walk->lexicon, "reference");
  walk->tellers = an_lexicon_table(walk->lexicon, "tellers");
  if (walk->cues == NULL || walk->references == NULL || walk->tellers == NULL)
    return an_fail(err, AN_ERR_DATA, "speech", "lexicon.an holds no tables cues, tellers and reference; make it again with tools/lexiconc");
  walk->cue_kind = an_table_column(walk->cues, "kind");
  walk->cue_takes = an_table_column(walk->cues, "takes");
  walk->cue_preps = an_table_column(walk->cues, "preps");
  walk->teller_kind = an_table_column(walk->tellers, "kind");
  walk->reference_kind = an_table_column(walk->references, "kind");
  walk->reference_value = an_table_column(walk->references, "value");
  return AN_OK;
}

/* Is the word one of a list that spaces part? */
bool an_in_list(an_text list, an_text word) {
  an_text item;
  for (uint32_t at = 0; an_text_word(list, &at, &item);)
    if (an_fold_hash(item) == an_fold_hash(word)) return true;
  return false;
}

static uint16_t takes_of(an_text letters) {
  static const char order[] = "tqonapvmdxibc";
  uint16_t takes = 0;
  for (uint32_t i = 0; i < letters.size; i++)
    for (unsigned bit = 0; order[bit] != 0; bit++)
      if (letters.at[i] == order[bit]) takes |= (uint16_t)(1u << bit);
  return takes;
}

static an_cue row_cue(const an_walk *walk, uint64_t fold, const char *kind, uint8_t is) {
  an_rows rows = an_table_find_key(walk->cues, fold);
  for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
    if (!an_text_is(an_table_cell(walk->cues, row, walk->cue_kind), kind)) continue;
    an_text preps = an_table_cell(walk->cues, row, walk->cue_preps);
    return (an_cue){.kind = is, .takes = takes_of(an_table_cell(walk->cues, row, walk->cue_takes)), .preps = preps};
  }
  return (an_cue){0};
}

/* A cue by its lemma and part of speech; where nothing was tagged, a verb by its form. */
an_cue an_cue_at(const an_walk *walk, uint32_t token) {
  const an_token *t = &walk->words->tokens[token];
  if ((t->flags & AN_WORD_CUE) == 0) return (an_cue){0};
  uint64_t fold = t->lemma_fold != 0 ? t->lemma_fold : t->fold;
  if (t->upos == AN_VERB || (t->upos == AN_AUX && t->rel == AN_ROOT)) return row_cue(walk, fold, "verb", AN_CUE_VERB);
  bool comma_before = token > 0 && an_word_is(walk->words, token - 1, ",");
  if (t->upos == AN_NOUN && comma_before) { /* ", writing, “…”" */
    an_cue participle = row_cue(walk, t->fold, "participle", AN_CUE_VERB);
    if (participle.kind != AN_CUE_NONE) return participle;
  }
  if (t->upos == AN_NOUN) return row_cue(walk, fold, "noun", AN_CUE_NOUN);
  return (an_cue){0};
}

/* "went further", "put it": does the particle stand behind the verb? */
bool an_cue_particle(const an_walk *walk, uint32_t token, const an_cue *cue) {
  for (uint32_t next = token + 1; next <= token + 2 && next < walk->words->token_count; next++)
    if (an_in_list(cue->preps, an_word(walk->words, next))) return true;
  return false;
}

/* Is the cue the infinitive of a verb of refusing? */
bool an_cue_withheld(const an_walk *walk, uint32_t token) {
  const an_token *t = &walk->words->tokens[token];
  if (t->xpos != AN_X_VB || t->head == AN_NONE || (t->rel != AN_XCOMP && t->rel != AN_CCOMP && t->rel != AN_ADVCL)) return false;
  const an_token *head = &walk->words->tokens[t->head];
  return (head->flags & AN_WORD_CUE) != 0 && row_cue(walk, head->lemma_fold != 0 ? head->lemma_fold : head->fold, "silent", AN_CUE_VERB).kind != AN_CUE_NONE;
}

static bool is_row(const an_walk *walk, uint32_t token, const char *kind) {
  const an_token *t = &walk->words->tokens[token];
  an_rows rows = an_table_find_key(walk->tellers, t->lemma_fold != 0 ? t->lemma_fold : t->fold);
  for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
    if (an_text_is(an_table_cell(walk->tellers, row, walk->teller_kind), kind)) return true;
  return false;
}

/* "issued a statement": whoever puts a document out says what it says; not who finds or gets one. */
bool an_cue_puts_out(const an_walk *walk, uint32_t verb) { return is_row(walk, verb, "puts out"); }

/* "used the speech to say": the object is the means, and does nothing itself. */
bool an_cue_means(const an_walk *walk, uint32_t verb) { return is_row(walk, verb, "means"); }

/* "DEAR ABBY:": she is written to. */
bool an_cue_address(const an_walk *walk, uint32_t token) { return is_row(walk, token, "address"); }

/* "quoted him as saying" */
bool an_cue_relays(const an_walk *walk, uint32_t verb) { return is_row(walk, verb, "relays"); }

/* "asked not to be named" */
bool an_cue_hides(const an_walk *walk, uint32_t verb) { return is_row(walk, verb, "hides"); }

/* "in the words of the mayor" */
bool an_cue_wording(const an_walk *walk, uint32_t noun) { return is_row(walk, noun, "wording"); }

/* "gave an assurance that" */
bool an_cue_gives(const an_walk *walk, uint32_t verb) { return is_row(walk, verb, "gives"); }

/* "Dam griped that …": a verb that no table knows, with a clause behind "that" for its object, says it. */
static an_cue unlisted_verb(const an_walk *walk, uint32_t token) {
  uint32_t clause = an_right_child(walk, token, AN_CCOMP);
  if (clause == AN_NONE || !an_has_word_on(walk, clause, "that") || an_right_child(walk, token, AN_OBJ) != AN_NONE) return (an_cue){0};
  return an_is_passive(walk, token) || is_row(walk, token, "no saying") ? (an_cue){0} : (an_cue){.kind = AN_CUE_VERB, .takes = AN_TAKES_CLAUSE};
}

/* "Dam is confident that …", "Dam made clear that …": what an adjective tells of somebody's mind. */
static an_cue unlisted_adjective(const an_walk *walk, uint32_t token) {
  uint32_t clause = an_right_child(walk, token, AN_CCOMP);
  if (clause == AN_NONE || !an_has_word_on(walk, clause, "that") || !is_row(walk, token, "holds")) return (an_cue){0};
  return (an_cue){.kind = AN_CUE_VERB, .takes = AN_TAKES_CLAUSE | AN_CUE_MIND};
}

an_cue an_cue_unlisted(const an_walk *walk, uint32_t token) {
  uint8_t upos = an_tok(walk, token)->upos;
  return upos == AN_VERB ? unlisted_verb(walk, token) : upos == AN_ADJ ? unlisted_adjective(walk, token) : (an_cue){0};
}

/* "led the mayor to say": the object has said it. */
bool an_cue_brings(const an_walk *walk, uint32_t verb) { return is_row(walk, verb, "brings"); }

/* "Asked whether …, he said": he is the hearer. */
bool an_cue_to_hearer(const an_walk *walk, uint32_t token, const an_cue *cue) {
  static const char *const questions[] = {"whether", "if", "about", "why", "how", "what", "by"};
  const an_words *words = walk->words;
  const an_token *t = &words->tokens[token];
  if ((cue->takes & AN_TAKES_HEARER) == 0 || (t->xpos != AN_X_VBN && t->xpos != AN_X_VBD)) return false;
  bool opens_clause = token == words->sentences[t->sentence].first || an_word_is(words, token - 1, ",") ||
                      an_word_is(words, token - 1, "when") || an_word_is(words, token - 1, "and");
  if (!opens_clause || token + 1 >= words->token_count) return false;
  for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
    if (an_word_is(words, token + 1, questions[i])) return true;
  return false;
}

/* "…, the ministry said, after five had died": what begins so tells of the saying, and is no part of what is said. */
bool an_cue_circumstance(const an_walk *walk, uint32_t token) {
  const an_token *t = &walk->words->tokens[token];
  return (t->flags & AN_WORD_CUE) != 0 && row_cue(walk, t->fold, "circumstance", AN_CUE_PHRASE).kind != AN_CUE_NONE;
}

/* "…, the envoy said after a day of talks": may hold verbs of its own. */
bool an_cue_circumstance_clause(const an_walk *walk, uint32_t token) {
  const an_token *t = &walk->words->tokens[token];
  return (t->flags & AN_WORD_CUE) != 0 && (row_cue(walk, t->fold, "circumstance", AN_CUE_PHRASE).takes & AN_TAKES_CLAUSE) != 0;
}

an_cue an_cue_phrase_at(const an_walk *walk, uint32_t token) {
  if ((walk->words->tokens[token].flags & AN_WORD_CUE) == 0) return (an_cue){0};
  return row_cue(walk, walk->words->tokens[token].fold, "phrase", AN_CUE_PHRASE);
}

static uint8_t reference_kind(an_text cell) {
  static const char *const names[] = {"", "one", "many", "both", "counterpart", "role", "document", "nobody", "thing", "people"};
  for (uint8_t i = 1; i < sizeof names / sizeof names[0]; i++)
    if (an_text_is(cell, names[i])) return i;
  return AN_REFERS_NOT;
}

uint8_t an_reference_at(const an_walk *walk, uint32_t token, an_text *value, uint32_t *end) {
  const an_token *t = &walk->words->tokens[token];
  *value = (an_text){0};
  *end = token + 1;
  if ((t->flags & AN_WORD_REFERENCE) == 0) return AN_REFERS_NOT;
  for (int pass = 0; pass < 2; pass++) { /* the form, then the lemma ("presidents") */
    uint64_t fold = pass == 0 ? t->fold : t->lemma_fold;
    if (fold == 0) break;
    an_rows rows = an_table_find(walk->references, fold);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
      an_text key = an_table_cell(walk->references, row, 0);
      uint32_t last = pass == 0 ? an_key_end(walk->words, token, walk->words->token_count, key) : an_text_find(key, 0, AN_LIT(" ")) == AN_NONE ? token + 1 : AN_NONE;
      if (last == AN_NONE) continue;
      *end = last;
      *value = an_table_cell(walk->references, row, walk->reference_value);
      return reference_kind(an_table_cell(walk->references, row, walk->reference_kind));
    }
  }
  return AN_REFERS_NOT;
}
