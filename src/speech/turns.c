/* SPDX-License-Identifier: Apache-2.0 */
/* Quotations without a verb of saying that words before or behind them give to somebody: "in the words of one diplomat, “…”",
   "For the mayor, “…”", "The mayor was blunt: “…”", "Her message was simple: “…”", "The mayor's aide: “…”". */
#include "speech/inner.h"

enum { LEAST_WORDS = 4, REACH = 14 };

static bool is_noun(const an_walk *walk, uint32_t token) {
  uint8_t upos = an_tok(walk, token)->upos;
  return upos == AN_NOUN || upos == AN_PROPN || upos == AN_PRON || walk->mention_of[token] != AN_NONE;
}

/* A person, an office, a body: who is named, or who stands for somebody named. */
static bool is_somebody(const an_walk *walk, uint32_t token) {
  uint32_t index = walk->mention_of[token];
  const an_token *t = an_tok(walk, token);
  if (index == AN_NONE) return t->upos != AN_PRON && (t->flags & (AN_WORD_ROLE | AN_WORD_ACTOR)) != 0;
  const an_mention_at *m = &walk->mentions->list.at[index];
  if ((m->flags & AN_MENTION_ADJECTIVE) != 0) return false;
  return m->m.kind == AN_MENTION_PERSON || m->m.kind == AN_MENTION_ROLE || m->m.kind == AN_MENTION_ORGANISATION;
}

/* Whose words: "of one diplomat" behind the noun, "the mayor's" before it. */
static uint32_t owner(const an_walk *walk, uint32_t noun) {
  uint32_t poss = an_child_by(walk->words, noun, AN_NMOD_POSS);
  if (poss != AN_NONE) return poss;
  for (uint32_t c = an_child(walk->words, noun, noun); c != AN_NONE; c = an_child(walk->words, noun, c))
    if (c > noun && an_rel_at(walk, c) == AN_NMOD && an_has_word_on(walk, c, "of")) return c;
  return AN_NONE;
}

/* "in the words of", "in his words": the noun of wording that begins at "in", and whose it is. */
static uint32_t wording_at(const an_walk *walk, uint32_t in, uint32_t limit) {
  if (!an_word_is(walk->words, in, "in")) return AN_NONE;
  for (uint32_t at = in + 1; at < limit && at < in + REACH / 2; at++) {
    if (an_is_verb(walk, at) || an_is_punct(walk, at)) return AN_NONE;
    if (an_tok(walk, at)->upos == AN_NOUN && an_cue_wording(walk, at)) return owner(walk, at);
  }
  return AN_NONE;
}

static uint32_t in_words_of(const an_walk *walk, const an_range *quote) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, quote->first)->sentence];
  uint32_t limit = sentence->first + sentence->count, end = quote->end;
  for (uint32_t at = quote->first; at > sentence->first && at + REACH > quote->first; at--) {
    if (an_is_verb(walk, at - 1) || an_tok(walk, at - 1)->quote_depth > 0) break;
    uint32_t found = wording_at(walk, at - 1, quote->first);
    if (found != AN_NONE) return found;
  }
  if (end < limit && an_is_comma(walk, end)) end++;
  return end < limit ? wording_at(walk, end, limit) : AN_NONE;
}

/* "For the mayor, “…”" */
static uint32_t for_somebody(const an_walk *walk, const an_range *quote) {
  uint32_t first = walk->words->sentences[an_tok(walk, quote->first)->sentence].first;
  if (quote->first < first + 3 || quote->first > first + REACH || !an_word_is(walk->words, first, "for") || !an_is_comma(walk, quote->first - 1)) return AN_NONE;
  uint32_t head = AN_NONE;
  for (uint32_t at = first + 1; at + 1 < quote->first; at++) {
    if (an_is_verb(walk, at) || an_is_punct(walk, at)) return AN_NONE;
    if (head == AN_NONE && is_noun(walk, at) && is_somebody(walk, at)) head = walk->mention_of[at] != AN_NONE ? walk->mentions->list.at[walk->mention_of[at]].head : at;
  }
  return head;
}

/* "The mayor was blunt: “…”", "Her message was simple: “…”", "The mayor's aide: “…”": whom the words before the colon are about. */
static uint32_t before_colon(const an_walk *walk, const an_range *quote) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, quote->first)->sentence];
  if (quote->first < sentence->first + 2 || !an_word_is(walk->words, quote->first - 1, ":")) return AN_NONE;
  if (an_tok(walk, quote->first + 1)->shape == AN_SHAPE_LOWER) return AN_NONE; /* no sentence of somebody's */
  uint32_t colon = quote->first - 1, root = sentence->root;
  if (!an_holds_verb(walk, sentence->first, colon)) {
    uint32_t head = colon - 1;
    return colon - sentence->first < REACH && an_tok(walk, head)->upos != AN_PRON && is_noun(walk, head) && is_somebody(walk, head) ? head : AN_NONE;
  }
  bool copular = sentence->parsed && root != AN_NONE && root < colon && an_child_by(walk->words, root, AN_COP) != AN_NONE;
  if (!copular) return AN_NONE; /* "Holt shook her head: “…”" can be a song */
  uint32_t subject = an_child_by(walk->words, root, AN_NSUBJ);
  if (subject == AN_NONE || subject > root) return AN_NONE;
  if (is_somebody(walk, subject)) return subject;
  bool told = (an_tok(walk, subject)->flags & AN_WORD_CUE) != 0 || an_cue_wording(walk, subject);
  return told ? owner(walk, subject) : AN_NONE;
}

/* Who says a quotation that no verb tells; AN_NONE: nobody is named so. */
uint32_t an_turn_of(const an_walk *walk, const an_range *quote, uint32_t words) {
  if (words < LEAST_WORDS) return AN_NONE;
  uint32_t head = in_words_of(walk, quote);
  if (head == AN_NONE) head = for_somebody(walk, quote);
  if (head == AN_NONE) head = before_colon(walk, quote);
  an_cue cue = {.kind = AN_CUE_PHRASE};
  return head != AN_NONE && an_tok(walk, head)->quote_depth == 0 && an_may_speak(walk, head, &cue) ? head : AN_NONE;
}
