/* SPDX-License-Identifier: Apache-2.0 */
/* On which side of the page's day an expression lies: the tense of the verb that it hangs on, or of the nearest verb where the
   sentence has no tree. "met on Tuesday": past. "will meet", "to meet", "is to be held": to come. */
#include "time/inner.h"

enum { CLIMB = 12, REACH = 12 };

/* A name that a tagger takes for a verb ("to see Ingrida Šimonytė on Wednesday") is none. */
static bool is_verb(const an_token *token) {
  return (token->upos == AN_VERB || token->upos == AN_AUX) && (token->flags & AN_WORD_ACTOR) == 0;
}

/* What the helping words before a verb say; `first` is the earliest token that can belong to it. */
static int by_helpers(const an_words *words, uint32_t verb, uint32_t first) {
  const an_token *tokens = words->tokens;
  bool past = false, present = false, modal = false, to = false;
  uint32_t seen = 0;
  for (uint32_t i = verb; i > first && seen < 5; i--, seen++) {
    const an_token *token = &tokens[i - 1];
    if (token->xpos == AN_X_TO || (token->upos == AN_PART && an_word_is(words, i - 1, "to"))) { to = true; break; }
    if (token->xpos == AN_X_MD) { modal = true; break; }
    if (token->upos == AN_AUX) {
      if (token->xpos == AN_X_VBD) past = true;
      if (token->xpos == AN_X_VBZ || token->xpos == AN_X_VBP) present = true;
      continue;
    }
    if (token->upos == AN_ADV || token->upos == AN_PART || token->upos == AN_PRON) continue;
    break;
  }
  if (modal) return 1;
  switch (tokens[verb].xpos) {
    case AN_X_VBD: return -1;
    case AN_X_VB: return to ? 1 : past ? -1 : 0;
    case AN_X_VBN: {
      if (past) return -1;
      if (to) return 1;
      if (!present) return -1;                /* "the deal signed on Monday" */
      uint32_t helper = verb > first ? verb - 1 : verb; /* "has met" is past, "is expected" is not */
      while (helper > first && tokens[helper].upos != AN_AUX) helper--;
      an_text lemma = tokens[helper].lemma;
      return lemma.size == 4 && an_text_is(lemma, "have") ? -1 : 0;
    }
    case AN_X_VBG: return past ? -1 : present ? 1 : 2; /* 2: ask the verb above */
    default: return 0;
  }
}

/* "by Friday", "until May", "ahead of elections in May": to come whatever the verb. */
static bool leads_on(const an_words *words, uint32_t first, uint32_t sentence_first) {
  uint32_t at = first;
  for (uint32_t seen = 0; at > sentence_first && seen < 5; seen++) {
    at--;
    if (an_word_is(words, at, "until") || an_word_is(words, at, "till") || an_word_is(words, at, "ahead")) return true;
    if (seen == 0 && (an_word_is(words, at, "by") || an_word_is(words, at, "starting") || an_word_is(words, at, "from"))) {
      if (!an_word_is(words, at, "from")) return an_word_is(words, at, "starting");
    }
    uint8_t upos = words->tokens[at].upos;
    if (upos == AN_VERB || upos == AN_AUX || upos == AN_PUNCT) return false;
  }
  return false;
}

int an_time_tense(const an_words *words, const an_time_at *time) {
  if (time->sentence >= words->sentence_count || time->first >= words->token_count) return 0;
  const an_sentence *sentence = &words->sentences[time->sentence];
  uint32_t first = sentence->first, end = sentence->first + sentence->count;
  if (leads_on(words, time->first, first)) return 1;
  if (sentence->parsed) {
    uint32_t at = time->first;
    for (uint32_t i = time->first; i < time->end && i < end; i++) /* the head of the expression */
      if (words->tokens[i].head == AN_NONE || words->tokens[i].head < time->first || words->tokens[i].head >= time->end) { at = i; break; }
    for (int step = 0; step < CLIMB && at != AN_NONE && at < words->token_count; step++, at = words->tokens[at].head) {
      if (at >= time->first && at < time->end) continue;
      if (!is_verb(&words->tokens[at])) {
        uint32_t cop = an_child_by(words, at, AN_COP);
        if (cop == AN_NONE) continue;
        int told = by_helpers(words, cop, first);
        if (told != 2) return told;
        continue;
      }
      int told = by_helpers(words, at, first);
      if (told != 2) return told;
    }
  }
  for (uint32_t reach = 1; reach <= REACH; reach++) {
    if (time->first >= first + reach && is_verb(&words->tokens[time->first - reach])) {
      int told = by_helpers(words, time->first - reach, first);
      if (told != 2) return told;
    }
    if (time->end + reach <= end && is_verb(&words->tokens[time->end + reach - 1])) {
      int told = by_helpers(words, time->end + reach - 1, first);
      if (told != 2) return told;
    }
  }
  return 0;
}
