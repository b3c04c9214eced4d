/* SPDX-License-Identifier: Apache-2.0 */
/* People presented as serving bound a page's day: "President Obama met" is of 2009 or later. But "a President Obama would", "if
   President Obama wins" and "the Republican leader" bound nothing, and who held an office keeps its title: the end of a term
   counts only beside somebody of another office who served at that time. */
#include "time/inner.h"

static uint32_t token_at(const an_words *words, uint32_t byte) {
  uint32_t low = 0, high = words->token_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (words->tokens[middle].at.end <= byte) low = middle + 1;
    else high = middle;
  }
  return low;
}

static bool article_before(const an_words *words, uint32_t first) {
  return first > words->sentences[words->tokens[first].sentence].first && (an_word_is(words, first - 1, "a") || an_word_is(words, first - 1, "an"));
}

/* "would", "if", "could": said of what may be. */
static bool supposed(const an_words *words, uint32_t first) {
  const an_sentence *sentence = &words->sentences[words->tokens[first].sentence];
  for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++)
    if (words->tokens[i].quote_depth == 0 && (words->tokens[i].xpos == AN_X_MD || an_word_is(words, i, "if"))) return true;
  return false;
}

/* "Enter President Obama.": a sentence that ends in a stop and tells nothing. */
static bool tells_nothing(const an_words *words, uint32_t first, uint32_t end) {
  const an_sentence *sentence = &words->sentences[words->tokens[first].sentence];
  for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    uint8_t xpos = words->tokens[i].xpos;
    if ((i < first || i >= end) && (xpos == AN_X_VBD || xpos == AN_X_VBZ || xpos == AN_X_VBP || xpos == AN_X_VBN || xpos == AN_X_VBG || xpos == AN_X_MD)) return false;
  }
  return an_word_is(words, sentence->first + sentence->count - 1, ".");
}

/* "It is time to start worrying about President Obama", "those fleeing President Obama": what hangs on a gerund, in a sentence without a past, may be of what is feared. */
static bool in_a_prospect(const an_words *words, uint32_t first) {
  const an_sentence *sentence = &words->sentences[words->tokens[first].sentence];
  for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++)
    if (words->tokens[i].xpos == AN_X_VBD) return false;
  for (uint32_t i = first; i > sentence->first && words->tokens[i - 1].upos != AN_PUNCT; i--) {
    const an_token *before = &words->tokens[i - 1];
    if (before->upos == AN_VERB || before->upos == AN_AUX) return before->xpos == AN_X_VBG;
  }
  return false;
}

/* "For four years as foreign minister, Miller": an office that a comma parts from a bare surname was held at another time. */
static bool bare_surname(uint32_t first, uint32_t end) { return end - first < 2; }

/* Another holder of the office, whose term began before: the page may be of his days. */
static bool held_before(const an_servings *servings, uint32_t index) {
  for (uint32_t i = 0; i < servings->count && i < AN_MOST_TERMS; i++)
    if (i != index && an_text_equal(servings->at[i].office, servings->at[index].office) && servings->at[i].term.earliest < servings->at[index].term.earliest)
      return true;
  return false;
}

/* Does a word before the name say another or no certain office ("leader", "candidate", "dictator")? */
static bool vague_title(const an_lexicon *lexicon, const an_words *words, uint32_t first, uint32_t end) {
  const an_table *table = an_lexicon_table(lexicon, "reference");
  if (table == NULL) return false;
  uint32_t kind = an_table_column(table, "kind"), value = an_table_column(table, "value");
  for (uint32_t i = first; i < end; i++) {
    an_rows rows = an_table_find(table, words->tokens[i].fold);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
      an_text key = an_table_cell(table, row, 0), offices = an_table_cell(table, row, value);
      if (!an_text_is(an_table_cell(table, row, kind), "role") || an_text_find(key, 0, AN_LIT(" ")) != AN_NONE) continue;
      if (an_text_find(offices, 0, AN_LIT(" ")) != AN_NONE || an_text_is(offices, "candidate") || an_text_is(offices, "nominee")) return true;
    }
  }
  return false;
}

/* Somebody of another office whose term meets this one, so that the page tells of that time. */
static bool beside_another(const an_servings *servings, const bool *sure, uint32_t index) {
  const an_serving *one = &servings->at[index];
  for (uint32_t i = 0; i < servings->count && i < AN_MOST_TERMS; i++) {
    const an_serving *other = &servings->at[i];
    if (!sure[i] || i == index || an_text_equal(other->office, one->office) || an_text_equal(other->person, one->person)) continue;
    if (other->term.earliest <= one->term.latest && other->term.latest >= one->term.earliest) return true;
  }
  return false;
}

uint32_t an_time_terms(const an_lexicon *lexicon, const an_words *words, const an_servings *servings, an_serving *out) {
  uint32_t count = servings == NULL ? 0 : servings->count < AN_MOST_TERMS ? servings->count : AN_MOST_TERMS, kept = 0;
  bool sure[AN_MOST_TERMS] = {false};
  for (uint32_t i = 0; i < count; i++) {
    an_span at = servings->at[i].clean;
    uint32_t first = token_at(words, at.begin), end = token_at(words, at.end > at.begin ? at.end - 1 : at.end) + 1;
    if (first >= words->token_count || bare_surname(first, end) || article_before(words, first) || tells_nothing(words, first, end)) continue;
    if (in_a_prospect(words, first) || vague_title(lexicon, words, first, end)) continue;
    sure[i] = !(held_before(servings, i) && supposed(words, first));
  }
  for (uint32_t i = 0; i < count; i++) {
    if (!sure[i]) continue;
    out[kept] = servings->at[i];
    out[kept].term.weekdays = 0;
    if (!beside_another(servings, sure, i)) out[kept].term.latest = AN_DAY_OPEN_LATEST;
    kept++;
  }
  return kept;
}
