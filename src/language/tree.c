/* SPDX-License-Identifier: Apache-2.0 */
/* Walks over the words of a sentence and its tree. */
#include "language/language.h"

an_text an_word(const an_words *words, uint32_t token) {
  an_span at = words->tokens[token].at;
  return an_text_slice(words->text, at.begin, at.end);
}

static unsigned char small(char c) { return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 32 : c); }

/* What begins with a letter of ASCII folds to what begins with the same in lower case: nearly always that tells. */
static bool may_begin(const an_words *words, uint32_t token, char first) {
  const an_token *t = &words->tokens[token];
  unsigned char own = t->at.begin < t->at.end ? small(words->text.at[t->at.begin]) : 0x80, wanted = small(first);
  return own == wanted || own >= 0x80 || wanted >= 0x80;
}

bool an_word_is(const an_words *words, uint32_t token, const char *folded) {
  return may_begin(words, token, folded[0]) && words->tokens[token].fold == an_fold_hash(an_text_of(folded));
}

uint32_t an_key_end(const an_words *words, uint32_t token, uint32_t limit, an_text key) {
  an_text word;
  for (uint32_t at = 0; an_text_word(key, &at, &word); token++)
    if (token >= limit || !may_begin(words, token, word.at[0]) || words->tokens[token].fold != an_fold_hash(word)) return AN_NONE;
  return token;
}

uint32_t an_child(const an_words *words, uint32_t head, uint32_t after) {
  const an_token *at = words->tokens;
  bool step = after != AN_NONE && at[after].head == head;
  uint32_t child = step ? at[after].next : at[head].child;
  while (!step && after != AN_NONE && child != 0 && child - 1 <= after) child = at[child - 1].next;
  return child == 0 ? AN_NONE : child - 1;
}

uint32_t an_child_by(const an_words *words, uint32_t head, uint8_t rel) {
  uint32_t child = an_child(words, head, AN_NONE);
  while (child != AN_NONE && words->tokens[child].rel != rel) child = an_child(words, head, child);
  return child;
}

enum { NOT_ASKED, INSIDE, OUTSIDE };

/* Without recursion: every word walks up until it meets a word whose answer is known, and its path takes that answer. Each
   word is answered once, so that the whole is linear in the sentence. */
void an_subtree(const an_words *words, uint32_t head, uint32_t *first, uint32_t *end) {
  const an_sentence *s = &words->sentences[words->tokens[head].sentence];
  uint8_t known[AN_SENTENCE_WORDS] = {NOT_ASKED};
  uint32_t low = head, high = head + 1;
  known[head - s->first] = INSIDE;
  for (uint32_t i = s->first; i < s->first + s->count; i++) {
    uint32_t up = i;
    while (up != AN_NONE && known[up - s->first] == NOT_ASKED) up = words->tokens[up].head;
    uint8_t answer = up == AN_NONE ? OUTSIDE : known[up - s->first];
    for (up = i; up != AN_NONE && known[up - s->first] == NOT_ASKED; up = words->tokens[up].head) known[up - s->first] = answer;
    if (answer == OUTSIDE) continue;
    if (i < low) low = i;
    if (i + 1 > high) high = i + 1;
  }
  *first = low;
  *end = high;
}
