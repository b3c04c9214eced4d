/* SPDX-License-Identifier: Apache-2.0 */
/* "Rouhani: the talks were good" and "The talks were good: Rouhani": in titles, decks and subheads a colon parts the speaker
   from what is said. The speaker is a short name, and nothing else stands on that side. */
#include "speech/inner.h"

enum { MOST_NAME = 6, LEAST_NAME = 3, LEAST_CONTENT = 3 };

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

/* "WALLACE: Let us start with the news. …": a paragraph of a transcript, up to its end. */
static void transcript_of(an_walk *walk, uint32_t index) {
  const an_words *words = walk->words;
  const an_sentence *sentence = &words->sentences[index];
  if (index > 0 && words->sentences[index - 1].block == sentence->block) return;
  uint32_t first = sentence->first, end = first + sentence->count;
  if (first < end && an_tok(walk, first)->upos == AN_PUNCT) first++;
  uint32_t token = first;
  while (token < end && token < first + 3 && an_tok(walk, token)->shape == AN_SHAPE_UPPER) token++;
  if (token == first || token >= end || !an_word_is(words, token, ":") || an_cue_address(walk, first)) return;
  an_text name = an_text_slice(words->text, an_tok(walk, first)->at.begin, an_tok(walk, token - 1)->at.end);
  if (name.size < LEAST_NAME) return; /* "Q:", "AP:" */
  uint32_t last = index;
  while (last + 1 < words->sentence_count && words->sentences[last + 1].block == sentence->block) last++;
  uint32_t stop = words->sentences[last].first + words->sentences[last].count;
  if (stop < token + 1 + LEAST_CONTENT) return;
  an_draft *draft = an_draft_new(walk, AN_FRAME_HEADLINE, token, index);
  if (draft == NULL) return;
  draft->kind = AN_INDIRECT;
  draft->speaker[0] = (an_range){first, token};
  draft->speaker_mention[0] = walk->mention_of[token - 1];
  draft->speaker_count = 1;
  an_draft_range(draft, token + 1, stop);
}

void an_headline_of(an_walk *walk, uint32_t index) {
  const an_sentence *sentence = &walk->words->sentences[index];
  uint8_t kind = walk->article->blocks[sentence->block].kind;
  if (kind == AN_BLOCK_BODY) { transcript_of(walk, index); return; }
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
