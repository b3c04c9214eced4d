/* SPDX-License-Identifier: Apache-2.0 */
/* Words at second hand: "Tovar was quoted as saying by Lumen", "Lumen quoted Tovar as saying", "she was heard to say". Who is
   quoted speaks; who quotes is the source that the page credits. */
#include "speech/inner.h"

enum { REACH = 12 };

static bool is_passive(const an_walk *walk, uint32_t verb) {
  return an_tok(walk, verb)->xpos == AN_X_VBN && an_child_by(walk->words, verb, AN_AUX_PASS) != AN_NONE;
}

/* Does the cue stand behind "as", or behind a passive ("was heard to say", "was overheard saying")? */
static bool led_to(const an_walk *walk, uint32_t verb, uint32_t cue) {
  uint8_t xpos = an_tok(walk, cue)->xpos;
  bool passive = is_passive(walk, verb), as = an_word_is(walk->words, cue - 1, "as");
  if (xpos == AN_X_VBG) return as || (passive && cue == verb + 1);
  return xpos == AN_X_VB && passive && cue == verb + 2 && an_word_is(walk->words, cue - 1, "to");
}

/* The cue that a verb of quoting leads to; AN_NONE: the verb tells nothing at second hand. */
uint32_t an_relays(const an_walk *walk, uint32_t verb) {
  const an_token *t = an_tok(walk, verb);
  if (t->upos != AN_VERB || !an_cue_relays(walk, verb)) return AN_NONE;
  const an_sentence *sentence = &walk->words->sentences[t->sentence];
  uint32_t limit = sentence->first + sentence->count;
  for (uint32_t at = verb + 1; at < limit && at < verb + REACH; at++) {
    if (an_tok(walk, at)->quote_depth > t->quote_depth || (an_is_punct(walk, at) && !an_is_comma(walk, at))) return AN_NONE;
    if (an_tok(walk, at)->upos != AN_VERB) continue;
    return an_cue_at(walk, at).kind == AN_CUE_VERB && led_to(walk, verb, at) ? at : AN_NONE;
  }
  return AN_NONE;
}

/* The verb of quoting that leads to this cue, or AN_NONE. */
uint32_t an_relayed(const an_walk *walk, uint32_t cue) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first;
  uint8_t xpos = an_tok(walk, cue)->xpos;
  if (xpos != AN_X_VBG && xpos != AN_X_VB) return AN_NONE;
  for (uint32_t at = cue; at > begin && at + REACH > cue; at--)
    if (an_tok(walk, at - 1)->upos == AN_VERB) return an_relays(walk, at - 1) == cue ? at - 1 : AN_NONE;
  return AN_NONE;
}

/* The head of the noun phrase that begins at a token. */
static uint32_t phrase_head(const an_walk *walk, uint32_t at, uint32_t limit) {
  uint32_t head = AN_NONE;
  for (; at < limit; at++) {
    uint32_t index = walk->mention_of[at];
    uint8_t upos = an_tok(walk, at)->upos;
    if (index != AN_NONE) {
      head = walk->mentions->list.at[index].head;
      at = walk->mentions->list.at[index].end > at ? walk->mentions->list.at[index].end - 1 : at;
    } else if (upos == AN_NOUN || upos == AN_PROPN || upos == AN_PRON) head = at;
    else if (head != AN_NONE || (upos != AN_DET && upos != AN_ADJ && upos != AN_NUM)) break;
  }
  return head;
}

static uint32_t behind_by(const an_walk *walk, uint32_t first, uint32_t limit) {
  for (uint32_t at = first; at + 1 < limit && at < first + REACH / 2; at++) {
    if (an_word_is(walk->words, at, "by")) return phrase_head(walk, at + 1, limit);
    if (an_is_verb(walk, at) || an_is_punct(walk, at)) return AN_NONE;
  }
  return AN_NONE;
}

/* Who is quoted. */
uint32_t an_relay_speaker(const an_walk *walk, uint32_t verb) {
  uint32_t cue = an_relays(walk, verb);
  if (is_passive(walk, verb)) return an_passive_subject(walk, verb);
  return cue != AN_NONE && cue > verb + 2 ? phrase_head(walk, verb + 1, cue) : AN_NONE;
}

/* Who quotes. */
uint32_t an_relay_source(const an_walk *walk, uint32_t verb) {
  uint32_t cue = an_relays(walk, verb);
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, verb)->sentence];
  if (cue == AN_NONE) return AN_NONE;
  if (!is_passive(walk, verb)) return an_subject_of(walk, verb);
  uint32_t source = behind_by(walk, verb + 1, cue);
  return source != AN_NONE ? source : behind_by(walk, cue + 1, sentence->first + sentence->count);
}
