/* SPDX-License-Identifier: Apache-2.0 */
/* What is said: how far it commits, and its parts. One report quotes three sentences where another quotes the second, so what
   is set beside each other is a clause, not a statement. */
#include "story/digest_write.h"

enum { STANCE_GAP = 2, NEGATION_REACH = 3 };

/* "not", "never", "nobody": by realis.tsv. */
bool dw_denies(const writer *w, uint32_t token) {
  an_rows rows = w->realis == NULL ? (an_rows){0, 0} : an_table_find_key(w->realis, w->in->words->tokens[token].fold);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
    if (an_text_is(an_table_cell(w->realis, r, w->kind), "neg")) return true;
  return false;
}

static bool is_negated(const writer *w, uint32_t token, uint32_t first) {
  uint32_t subject = an_child_by(w->in->words, token, AN_NSUBJ), passive = an_child_by(w->in->words, token, AN_NSUBJ_PASS);
  if ((subject != AN_NONE && dw_denies(w, subject)) || (passive != AN_NONE && dw_denies(w, passive))) return true; /* "nobody will be allowed" */
  for (uint32_t i = token; i > first && token - i < NEGATION_REACH; i--)
    if (dw_denies(w, i - 1)) return true;
  return false;
}

/* The row's key, lemma by lemma, with at most STANCE_GAP function words in between. */
static bool key_stands_at(const writer *w, an_text key, uint32_t at, uint32_t end, uint32_t *last) {
  an_text word;
  for (uint32_t from = 0, opens = at; an_text_word(key, &from, &word);) {
    uint64_t fold = an_fold_hash(word);
    uint32_t gap = 0;
    while (at < end && w->in->words->tokens[at].lemma_fold != fold && w->in->words->tokens[at].fold != fold) {
      if (at == opens || ++gap > STANCE_GAP) return false;
      at++;
    }
    if (at == end) return false;
    *last = at++;
  }
  return true;
}

/* "Why do you still endorse him?" */
static bool is_asked(const writer *w, uint32_t token) {
  const an_sentence *s = &w->in->words->sentences[w->in->words->tokens[token].sentence];
  for (uint32_t i = s->first + s->count; i > token && w->in->words->tokens[i - 1].upos == AN_PUNCT; i--)
    if (an_word_is(w->in->words, i - 1, "?")) return true;
  return false;
}

uint8_t dw_stance(const writer *w, uint32_t first, uint32_t end, an_span *clean) {
  const an_table *table = an_lexicon_table(w->in->lexicon, "stance");
  if (table == NULL || (first < end && is_asked(w, first))) return DG_STANCE_NONE;
  uint32_t column = an_table_column(table, "stance");
  for (uint32_t i = first; i < end; i++) {
    const an_token *t = &w->in->words->tokens[i];
    an_rows found[] = {an_table_find(table, t->lemma_fold), an_table_find(table, t->fold)};
    for (unsigned k = 0; k < 2; k++) {
      for (uint32_t r = found[k].first; r < found[k].first + found[k].count; r++) {
        uint32_t last = i;
        if (!key_stands_at(w, an_table_cell(table, r, 0), i, end, &last)) continue;
        an_text says = an_table_cell(table, r, column);
        uint8_t stance = an_text_is(says, "given") ? DG_GIVEN : an_text_is(says, "pending") ? DG_PENDING : DG_REFUSED;
        if (is_negated(w, i, first)) stance = stance == DG_GIVEN ? DG_REFUSED : DG_STANCE_NONE;
        if (stance == DG_STANCE_NONE) continue;
        *clean = (an_span){t->at.begin, w->in->words->tokens[last].at.end};
        return stance;
      }
    }
  }
  return DG_STANCE_NONE;
}

/* ---- Parts ---------------------------------------------------------------------------------------- */

/* A clause that is set beside another, with a subject of its own, begins here. */
static uint32_t clause_begin(const writer *w, uint32_t token, uint32_t first) {
  const an_words *words = w->in->words;
  const an_token *t = &words->tokens[token];
  uint32_t begin, end;
  if (t->rel != AN_CONJ || (an_child_by(words, token, AN_NSUBJ) == AN_NONE && an_child_by(words, token, AN_NSUBJ_PASS) == AN_NONE)) return AN_NONE;
  an_subtree(words, token, &begin, &end);
  return begin > first ? begin : AN_NONE;
}

static void add_part(writer *w, uint32_t first, uint32_t end, const caps *cap, bool denied, dg_part *parts, uint32_t *count) {
  const an_token *tokens = w->in->words->tokens;
  while (first < end && *count > 0 && ((tokens[first].upos == AN_PUNCT && tokens[first].quote_depth == 0) || tokens[first].upos == AN_CCONJ ||
                                       an_word_is(w->in->words, first, ","))) first++;
  if (first >= end || *count == cap->parts) return;
  dg_part part = {.words = dw_words_between(w, first, end, cap->words / 2 + 4, false), .plain = dw_words_between(w, first, end, cap->words / 2 + 4, true)};
  if (part.words.count == 0) return;
  part.negated = denied;
  for (uint32_t i = first; i < end; i++) part.negated ^= dw_denies(w, i);
  part.text = dw_beginning(w, (an_span){tokens[first].at.begin, tokens[end - 1].at.end}, cap->text, &part.span);
  parts[(*count)++] = part;
}

/* The sentences of what was said, and the clauses that "and" joins where each has a subject. */
dg_part *dw_parts(writer *w, uint32_t statement, const caps *cap, uint32_t *count) {
  const an_statement_at *at = &w->in->statements->list.at[statement];
  const an_words *words = w->in->words;
  dg_part *parts = dw_take(w, cap->parts, sizeof *parts);
  *count = 0;
  for (uint32_t c = 0; parts != NULL && c < at->s.content_count; c++) {
    uint32_t first, end;
    dw_tokens_in(words, at->s.content[c], &first, &end);
    for (uint32_t i = first, from = first; i < end; i++) {
      uint32_t cut = i + 1 == end || words->tokens[i + 1].sentence != words->tokens[i].sentence ? i + 1 : AN_NONE;
      uint32_t clause = clause_begin(w, i, from);
      if (clause != AN_NONE) { add_part(w, from, clause, cap, at->denied, parts, count); from = clause; }
      if (cut != AN_NONE) { add_part(w, from, cut, cap, at->denied, parts, count); from = cut; }
    }
  }
  return parts;
}
