/* SPDX-License-Identifier: Apache-2.0 */
/* "Rouhani: the talks were good" and "The talks were good: Rouhani": in titles, decks and subheads a colon parts the speaker
   from what is said. The speaker is a short name, and nothing else stands on that side. */
#include "speech/inner.h"

enum { MOST_NAME = 6, LEAST_CONTENT = 3 };

/* Is [first, end) made of names, with "and" and commas between them? Fills the speakers. */
static bool names(const an_walk *walk, uint32_t first, uint32_t end, an_draft *draft) {
  draft->speaker_count = 0;
  if (first >= end || end - first > MOST_NAME) return false;
  for (uint32_t token = first; token < end;) {
    uint32_t index = walk->mention_of[token];
    if (index == AN_NONE) {
      if (!an_word_is(walk->words, token, "and") && !an_word_is(walk->words, token, ",") && !an_word_is(walk->words, token, "the")) return false;
      token++;
      continue;
    }
    const an_mention_at *m = &walk->mentions->list.at[index];
    if (m->end > end || draft->speaker_count == AN_MOST_SPEAKERS) return false;
    if ((m->flags & AN_MENTION_ADJECTIVE) != 0) return false;
    draft->speaker[draft->speaker_count] = (an_range){m->first, m->end};
    draft->speaker_mention[draft->speaker_count++] = index;
    token = m->end > token ? m->end : token + 1;
  }
  return draft->speaker_count > 0;
}

void an_headline_of(an_walk *walk, uint32_t index) {
  const an_sentence *sentence = &walk->words->sentences[index];
  uint8_t kind = walk->article->blocks[sentence->block].kind;
  if (kind != AN_BLOCK_TITLE && kind != AN_BLOCK_DECK && kind != AN_BLOCK_SUBHEAD) return;
  uint32_t first = sentence->first, end = first + sentence->count, colon = AN_NONE;
  for (uint32_t token = first; token < end; token++)
    if (an_word_is(walk->words, token, ":")) { if (colon != AN_NONE) return; colon = token; }
  if (colon == AN_NONE) return;
  an_draft *draft = an_draft_new(walk, AN_FRAME_HEADLINE, colon, index);
  if (draft == NULL) return;
  if (end - colon - 1 >= LEAST_CONTENT && names(walk, first, colon, draft)) an_draft_range(draft, colon + 1, end);
  else if (colon - first >= LEAST_CONTENT && names(walk, colon + 1, end, draft)) an_draft_range(draft, first, colon);
  if (draft->content_count == 0) { walk->draft_count--; return; }
  bool all = true, some = false;
  for (uint32_t token = draft->content[0].first; token < draft->content[0].end; token++) {
    if (an_tok(walk, token)->upos == AN_PUNCT) continue;
    if (an_tok(walk, token)->quote_depth > 0) some = true;
    else all = false;
  }
  draft->kind = !some ? AN_INDIRECT : all ? AN_DIRECT : AN_MIXED;
}
