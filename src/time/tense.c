/* SPDX-License-Identifier: Apache-2.0 */
/* On which side of the page's day an expression lies: the tense of the verb that it hangs on, or of the nearest verb where the
   sentence has no tree. "met on Tuesday": past. "will meet", "to meet", "is to be held": to come. */
#include "time/inner.h"

enum { CLIMB = 12, REACH = 12, FAR = 60, ASK = 9 }; /* FAR: in tokens, no verb is a date's own; ASK: the verb above tells */

/* A name that a tagger takes for a verb ("to see Ingrida Šimonytė on Wednesday") is none. */
static bool is_verb(const an_token *token) {
  return (token->upos == AN_VERB || token->upos == AN_AUX) && (token->flags & AN_WORD_ACTOR) == 0;
}

/* What the helping words before a verb say; `first` is the earliest token that can belong to it. */
static int by_helpers(const an_words *words, uint32_t verb, uint32_t first) {
  const an_token *tokens = words->tokens;
  bool past = false, present = false, perfect = false, modal = false, distant = false, to = false;
  uint32_t seen = 0;
  for (uint32_t i = verb; i > first && seen < 5; i--, seen++) {
    const an_token *token = &tokens[i - 1];
    if (token->xpos == AN_X_TO || (token->upos == AN_PART && an_word_is(words, i - 1, "to"))) { to = true; break; }
    if (token->xpos == AN_X_MD) {
      modal = true;
      distant = an_word_is(words, i - 1, "would") || an_word_is(words, i - 1, "could") || an_word_is(words, i - 1, "might");
      break;
    }
    if (token->upos == AN_AUX) {
      if (token->xpos == AN_X_VBD) past = true;
      if (token->xpos == AN_X_VBZ || token->xpos == AN_X_VBP) present = true;
      if (an_text_is(token->lemma, "have")) perfect = true;
      continue;
    }
    if (token->upos == AN_ADV || token->upos == AN_PART || token->upos == AN_PRON) continue;
    break;
  }
  if (modal) return distant ? AN_TENSE_NEAR : AN_TENSE_COMING; /* "said it would": ahead of what was said, not of the page */
  switch (tokens[verb].xpos) {
    case AN_X_VBD: return -1;
    case AN_X_VB: return to ? 1 : past ? -1 : 0;
    case AN_X_VBN:
      if (past) return -1;
      if (to) return 1;
      return !present || perfect ? -1 : 0;    /* "the deal signed on Monday", "has been met"; "is expected" tells nothing */
    case AN_X_VBG: return past ? -1 : present ? 1 : ASK;
    default: return 0;
  }
}

/* "until May", "ahead of elections in May", "planned for Monday", "put off to April 3": ahead whatever the verb; 0: none of these. */
static int leads_on(const an_words *words, const an_time_at *time, uint32_t sentence_first) {
  uint32_t at = time->first;
  bool day = time->form.grain == AN_GRAIN_DAY, dated = time->form.kind == AN_TIME_CALENDAR;
  for (uint32_t seen = 0; at > sentence_first && seen < 5; seen++) {
    at--;
    if (an_word_is(words, at, "until") || an_word_is(words, at, "till") || an_word_is(words, at, "ahead"))
      return dated && time->form.year != 0 ? AN_TENSE_NEAR : AN_TENSE_COMING; /* "served until 3 May 2009" */
    if (seen == 0) {
      if (an_word_is(words, at, "since")) return AN_TENSE_PAST;
      bool owns = time->end < words->token_count && words->tokens[time->end].xpos == AN_X_POS; /* "starting Monday's battle" */
      if (an_word_is(words, at, "starting") && !owns) return AN_TENSE_COMING;
      if (day && an_word_is(words, at, "for")) return AN_TENSE_NEAR;
      if (day && dated && an_word_is(words, at, "to")) return AN_TENSE_NEAR;
      if (an_word_is(words, at, "by") || an_word_is(words, at, "from")) return AN_TENSE_OPEN;
    }
    uint8_t upos = words->tokens[at].upos;
    if (upos == AN_VERB || upos == AN_AUX || upos == AN_PUNCT) return AN_TENSE_OPEN;
  }
  return AN_TENSE_OPEN;
}

/* "will sue over an attack on 3 March": another phrase stands between the verb and the date, and no tree is sure whose the
   date is. "will open on 3 March", "will sign the pact on 3 March": the verb's own. */
static bool may_be_anothers(const an_words *words, uint32_t verb, const an_time_at *time) {
  if (time->first > 0 && words->tokens[time->first - 1].upos == AN_DET) return true; /* "to mention the May 3 attack" */
  if (time->first > verb + FAR) return true;
  for (uint32_t at = verb + 1; at + 1 < time->first; at++)
    if (words->tokens[at].upos == AN_ADP && words->tokens[at].rel == AN_CASE) return true;
  return false;
}

static int told_by(const an_words *words, uint32_t verb, uint32_t first, const an_time_at *time) {
  int told = by_helpers(words, verb, first);
  return told == AN_TENSE_COMING && may_be_anothers(words, verb, time) ? AN_TENSE_NEAR : told;
}

/* "leaves for Senegal on Wednesday", "the talks open on Friday": news tells of what was in the past tense, and in the present of what stands in the calendar.
   A headline tells all in the present, and so do verbs of saying ("says on Tuesday that"). The weekday must be the verb's own: "Friday's vote comes after". */
static bool is_scheduled(const an_words *words, const an_time_at *time, uint32_t first) {
  uint32_t at = time->first;
  while (at < time->end && words->tokens[at].head >= time->first && words->tokens[at].head < time->end) at++;
  uint32_t verb = at < time->end ? words->tokens[at].head : AN_NONE;
  if (time->title || time->form.kind != AN_TIME_WEEKDAY || time->form.side != 0 || verb == AN_NONE || verb >= words->token_count || verb < first) return false;
  const an_token *token = &words->tokens[verb];
  bool after_word = time->first > first && words->tokens[time->first - 1].upos == AN_ADP && !an_word_is(words, time->first - 1, "on"); /* "after Tuesday" */
  if (after_word || words->tokens[at].rel == AN_NSUBJ || token->upos != AN_VERB || !is_verb(token)) return false;
  if (token->xpos == AN_X_VBN) return by_helpers(words, verb, first) == AN_TENSE_OPEN; /* "results are expected on Thursday" */
  if (token->xpos == AN_X_VB) return by_helpers(words, verb, first) == AN_TENSE_COMING; /* "is to meet the head of the bank on Monday": the tree is sure enough of a weekday */
  return (token->flags & AN_WORD_CUE) == 0 && (token->xpos == AN_X_VBZ || token->xpos == AN_X_VBP);
}

int an_time_tense(const an_words *words, const an_time_at *time) {
  if (time->sentence >= words->sentence_count || time->first >= words->token_count) return 0;
  const an_sentence *sentence = &words->sentences[time->sentence];
  uint32_t first = sentence->first, end = sentence->first + sentence->count;
  int led = leads_on(words, time, first);
  if (led != AN_TENSE_OPEN) return led;
  if (sentence->parsed && is_scheduled(words, time, first)) return AN_TENSE_COMING;
  if (sentence->parsed) {
    uint32_t at = time->first;
    for (uint32_t i = time->first; i < time->end && i < end; i++) /* the head of the expression */
      if (words->tokens[i].head == AN_NONE || words->tokens[i].head < time->first || words->tokens[i].head >= time->end) { at = i; break; }
    for (int step = 0; step < CLIMB && at != AN_NONE && at < words->token_count; step++, at = words->tokens[at].head) {
      if (at >= time->first && at < time->end) continue;
      if (!is_verb(&words->tokens[at])) {
        uint32_t cop = an_child_by(words, at, AN_COP);
        if (cop == AN_NONE) continue;
        int told = told_by(words, cop, first, time);
        if (told != ASK) return told;
        continue;
      }
      int told = told_by(words, at, first, time);
      if (told != ASK) return told;
    }
  }
  for (uint32_t reach = 1; reach <= REACH; reach++) {
    if (time->first >= first + reach && is_verb(&words->tokens[time->first - reach])) {
      int told = told_by(words, time->first - reach, first, time);
      if (told != ASK) return told;
    }
    if (time->end + reach <= end && is_verb(&words->tokens[time->end + reach - 1])) {
      int told = told_by(words, time->end + reach - 1, first, time);
      if (told != ASK) return told;
    }
  }
  return 0;
}

/* "himself up for election in 2018, said": what a comma parts from the verb may be of another time; "In 2016, exports doubled" is not. */
static bool parted(const an_words *words, const an_time_at *time, uint32_t verb, uint32_t first) {
  if (time->first < first + 3) return false;
  uint32_t from = verb < time->first ? verb : time->end, to = verb < time->first ? time->first : verb;
  if (to > from + FAR) return true;
  for (uint32_t at = from; at < to; at++)
    if (an_word_is(words, at, ",")) return true;
  return false;
}

/* "has been mentioned as a candidate in 2018": what has been done takes no date of the past but "since 2016". */
static bool perfect_without_since(const an_words *words, const an_time_at *time, uint32_t verb, uint32_t first) {
  if (time->first > first && an_word_is(words, time->first - 1, "since")) return false;
  for (uint32_t i = verb; i > first; i--) {
    const an_token *t = &words->tokens[i - 1];
    if (t->upos == AN_AUX && an_text_is(t->lemma, "have")) return t->xpos == AN_X_VBZ || t->xpos == AN_X_VBP;
    if (t->upos != AN_AUX && t->upos != AN_ADV && t->upos != AN_PART && t->upos != AN_PRON) return false;
  }
  return false;
}

/* Does the date hang, through nouns and numbers at most, on a verb in the past with no verb of another time about it? "rose from
   $6 billion in 2023", "has been shut since 2017"; not "himself up for election in 2018, said". */
bool an_time_of_deed(const an_words *words, const an_time_at *time) {
  if (time->sentence >= words->sentence_count || time->first >= words->token_count || !words->sentences[time->sentence].parsed) return false;
  uint32_t first = words->sentences[time->sentence].first, end = first + words->sentences[time->sentence].count;
  uint32_t from = time->first > first + FAR ? time->first - FAR : first, to = time->end + FAR < end ? time->end + FAR : end;
  for (uint32_t i = from; i < to; i++)
    if (words->tokens[i].xpos == AN_X_MD) return false;
  uint32_t at = time->first;
  for (int step = 0; step < CLIMB && at < words->token_count; step++, at = words->tokens[at].head) {
    const an_token *token = &words->tokens[at];
    if (at >= time->first && at < time->end) continue;
    if (is_verb(token))
      return token->xpos != AN_X_VBG && !parted(words, time, at, first) && !perfect_without_since(words, time, at, first) && by_helpers(words, at, first) == AN_TENSE_PAST;
    uint32_t cop = an_child_by(words, at, AN_COP);
    if (cop != AN_NONE) return by_helpers(words, cop, first) == AN_TENSE_PAST;
    if (token->upos != AN_NOUN && token->upos != AN_PROPN && token->upos != AN_NUM && token->upos != AN_SYM) return false;
  }
  return false;
}

/* "will meet on 3 May 2012", "is set for 3 May 2012": a verb of the present or a "will" before it. */
bool an_time_to_come(const an_words *words, const an_time_at *time) {
  const an_sentence *sentence = &words->sentences[time->sentence];
  bool coming = false;
  for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    const an_token *t = &words->tokens[i];
    if (t->xpos == AN_X_VBD && t->quote_depth == 0 && i < time->first) return false;
    coming |= i < time->first && (t->xpos == AN_X_MD || ((t->xpos == AN_X_VBZ || t->xpos == AN_X_VBP) && t->upos == AN_AUX));
  }
  return coming;
}

/* Hangs the year on a verb itself? "fell in 2016", not "the race for the seat in 2016 took shape". */
bool an_time_of_verb(const an_words *words, const an_time_at *time) {
  uint32_t at = time->first;
  while (at < time->end && words->tokens[at].head >= time->first && words->tokens[at].head < time->end) at++;
  uint32_t head = at < time->end ? words->tokens[at].head : AN_NONE;
  if (head == AN_NONE) return false;
  uint8_t upos = words->tokens[head].upos;
  return upos == AN_VERB || upos == AN_NUM || upos == AN_SYM || (upos == AN_ADJ && an_child_by(words, head, AN_COP) != AN_NONE);
}
