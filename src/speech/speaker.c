/* SPDX-License-Identifier: Apache-2.0 */
/* Who speaks: the phrase around the head of a cue's subject, the people that it names, and whether it can speak at all. */
#include "speech/inner.h"

enum { MOST_SPEAKER = 16, MOST_TITLE = 6 /* words before a name in apposition */ };

/* The phrase around its head, cut before what is not the name: relative clauses, further parties, what a dash opens. */
an_range an_phrase_of(const an_walk *walk, uint32_t head) {
  const an_words *words = walk->words;
  an_range range = {head, head + 1};
  uint32_t mention = walk->mention_of[head];
  if (mention != AN_NONE) {
    const an_mention_at *m = &walk->mentions->list.at[mention];
    range = (an_range){m->first, m->end};
  }
  if (!words->sentences[an_tok(walk, head)->sentence].parsed) return range;
  for (uint32_t c = an_child(words, head, AN_NONE); c != AN_NONE; c = an_child(words, head, c)) {
    uint8_t rel = an_tok(walk, c)->rel;
    if (rel == AN_ACL_RELCL || rel == AN_ACL || rel == AN_CONJ || rel == AN_CC || rel == AN_APPOS || rel == AN_PUNCT_ || rel == AN_PARATAXIS ||
        rel == AN_CASE || rel == AN_COP || rel == AN_NSUBJ || rel == AN_ADVMOD || rel == AN_AUX_ || rel == AN_ADVCL || rel == AN_CCOMP)
      continue;
    uint32_t first, end;
    an_subtree(words, c, &first, &end);
    if (first < range.first) range.first = first;
    if (end > range.end) range.end = end;
  }
  return range;
}

/* Nobody speaks as "it", "this" or "there"; "I" and "we" outside quotation marks are the writer. */
bool an_may_speak(const an_walk *walk, uint32_t head, const an_cue *cue) {
  if (head == AN_NONE) return false;
  for (uint32_t c = an_child(walk->words, head, AN_NONE); c != AN_NONE && c < head; c = an_child(walk->words, head, c))
    if (an_word_is(walk->words, c, "no")) return false; /* "no one knows", "no official said" */
  if (walk->mention_of[head] != AN_NONE) return true;
  const an_token *t = an_tok(walk, head);
  if (t->upos == AN_PROPN || (t->flags & (AN_WORD_ROLE | AN_WORD_ACTOR)) != 0) return true;
  an_text value;
  uint32_t end;
  uint8_t reference = an_reference_at(walk, head, &value, &end);
  if (reference == AN_REFERS_THING) return (cue->takes & (AN_TAKES_QUOTE | AN_TAKES_PARTICLE)) != 0 && (cue->takes & AN_CUE_DOCUMENT) == 0 && (t->rel == AN_NSUBJ || t->rel == AN_EXPL);
  if (reference == AN_REFERS_NOBODY) return false;
  if (reference != AN_REFERS_NOT) return true;
  if (cue->takes & AN_CUE_DOCUMENT) return false; /* "the move suggests": the writer's own voice */
  return t->upos == AN_NOUN || t->upos == AN_PRON || t->upos == AN_NUM || t->upos == AN_ADJ || t->upos == AN_DET;
}

/* A speaker is a noun phrase: no finite verb, and no more than so many words. */
an_range an_speaker_phrase(const an_walk *walk, uint32_t head) {
  an_range range = an_phrase_of(walk, head);
  for (uint32_t token = head + 1; token < range.end; token++)
    if (an_is_finite(walk, token)) range.end = token;
  for (uint32_t token = head; token > range.first; token--)
    if (an_is_finite(walk, token - 1)) range.first = token;
  for (uint32_t token = head; token > range.first; token--)
    if (an_is_comma(walk, token - 1)) range.first = token; /* "In a letter seen by the Review, Secretary Holt asked" */
  while (range.first < head && (an_word_is(walk->words, range.first, "which") || an_word_is(walk->words, range.first, "who"))) range.first++; /* "which state media said" */
  if (range.end - range.first <= MOST_SPEAKER) return range;
  uint32_t index = walk->mention_of[head];
  if (index != AN_NONE) return (an_range){walk->mentions->list.at[index].first, walk->mentions->list.at[index].end};
  if (range.end > head + 1 + MOST_SPEAKER / 2) range.end = head + 1;
  if (range.first + MOST_SPEAKER / 2 < head) range.first = head;
  return range;
}

/* ", Ozgur Ozel," or ", Ozgur Ozel told": a name that nothing knows, beside a word of office. Empty: none stands there. */
an_range an_apposed_name(const an_walk *walk, uint32_t comma) {
  an_range none = {comma, comma};
  if (comma >= walk->words->token_count || !an_word_is(walk->words, comma, ",")) return none;
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, comma)->sentence];
  uint32_t limit = sentence->first + sentence->count, end = comma + 1;
  while (end < limit && end < comma + 7 && an_part_of_name(walk, end) && walk->mention_of[end] == AN_NONE) end++;
  bool closed = end < limit && (an_word_is(walk->words, end, ",") || an_is_finite(walk, end));
  return closed && end > comma + 2 ? (an_range){comma + 1, end} : none;
}

static const an_mention_at *person_from(const an_walk *walk, uint32_t token, uint32_t limit) {
  uint32_t index = token < limit ? walk->mention_of[token] : AN_NONE;
  if (index == AN_NONE) return NULL;
  const an_mention_at *m = &walk->mentions->list.at[index];
  return m->first == token && m->m.kind == AN_MENTION_PERSON && (m->flags & AN_MENTION_POSSESSIVE) == 0 ? m : NULL;
}

static bool closes(const an_walk *walk, uint32_t token, uint32_t limit) {
  return token >= limit || an_is_punct(walk, token) || an_is_verb(walk, token);
}

/* "the head of the mission, Togolese General Ana Sosa, said": whom the words behind the comma name, over what they say of her. */
static const an_mention_at *person_apposed(const an_walk *walk, uint32_t comma, uint32_t limit) {
  for (uint32_t at = comma + 1; at < limit && at <= comma + MOST_TITLE; at++) {
    const an_mention_at *m = person_from(walk, at, limit);
    if (m != NULL) return closes(walk, m->end, limit) ? m : NULL;
    uint8_t upos = an_tok(walk, at)->upos;
    if (upos != AN_ADJ && upos != AN_NOUN && upos != AN_PROPN && upos != AN_DET && upos != AN_NUM) return NULL;
  }
  return NULL;
}

/* May a name behind a comma be the person's that this word stands for: "its leader", "one of the men", "a third"? */
static bool takes_name(const an_walk *walk, uint32_t head) {
  uint32_t index = walk->mention_of[head];
  const an_token *t = an_tok(walk, head);
  if (index != AN_NONE) {
    uint8_t kind = walk->mentions->list.at[index].m.kind;
    return kind == AN_MENTION_ROLE || kind == AN_MENTION_GROUP || (kind != AN_MENTION_PERSON && (t->flags & AN_WORD_ROLE) != 0);
  }
  return t->upos == AN_NOUN || t->upos == AN_NUM || t->upos == AN_ADJ || (t->upos == AN_PRON && t->xpos != AN_X_PRP) || t->upos == AN_DET;
}

/* "its leader, Ozgur Ozel, told"; "Presidents Xi and Putin said": a word of office and the names beside it are those people. */
static bool named_beside(const an_walk *walk, uint32_t head, an_draft *draft) {
  const an_token *t = an_tok(walk, head);
  if (!takes_name(walk, head)) return false;
  uint32_t limit = walk->words->sentences[t->sentence].first + walk->words->sentences[t->sentence].count, at = an_phrase_of(walk, head).end;
  bool several = t->xpos == AN_X_NNS || t->xpos == AN_X_NNPS, apart = at < limit && an_word_is(walk->words, at, ",");
  bool role = (t->flags & AN_WORD_ROLE) != 0 || walk->mention_of[head] != AN_NONE;
  if (several && !role) return false;
  const an_mention_at *m = !apart ? person_from(walk, several ? head + 1 : limit, limit) : several ? person_from(walk, at + 1, limit) : person_apposed(walk, at, limit);
  if (m == NULL) return false;
  uint32_t count = draft->speaker_count;
  while (m != NULL && count < AN_MOST_SPEAKERS) {
    draft->speaker[count] = (an_range){m->first, m->end};
    draft->speaker_mention[count++] = walk->mention_of[m->first];
    uint32_t next = m->end;
    while (several && next < limit && (an_word_is(walk->words, next, ",") || an_word_is(walk->words, next, "and"))) next++;
    m = several && next > m->end ? person_from(walk, next, limit) : NULL;
  }
  draft->speaker_count = count;
  return true;
}

static void one_speaker(const an_walk *walk, uint32_t head, an_draft *draft) {
  for (uint32_t i = 0; i < draft->speaker_count; i++)
    if (head >= draft->speaker[i].first && head < draft->speaker[i].end) return; /* a tree can hang both words of a name */
  if (draft->speaker_count == AN_MOST_SPEAKERS || named_beside(walk, head, draft)) return;
  an_range phrase = an_speaker_phrase(walk, head), name = an_apposed_name(walk, phrase.end);
  uint32_t index = walk->mention_of[head];
  bool role = an_tok(walk, head)->upos == AN_NOUN && ((an_tok(walk, head)->flags & AN_WORD_ROLE) != 0 || (index != AN_NONE && walk->mentions->list.at[index].m.kind == AN_MENTION_ROLE));
  draft->speaker[draft->speaker_count] = role && name.end > name.first ? name : phrase; /* the office says of whom the name is */
  draft->speaker_mention[draft->speaker_count++] = walk->mention_of[head];
}

/* "President Rouhani of Iran and his counterpart Putin said", whatever the tree made of it: who is joined on from before. */
static void joined_before(const an_walk *walk, uint32_t head, an_draft *draft) {
  uint32_t begin = walk->words->sentences[an_tok(walk, head)->sentence].first, at = draft->speaker[0].first;
  if (at > begin && an_tok(walk, at - 1)->xpos == AN_X_PRPS) at--; /* "his counterpart Putin" */
  if (draft->speaker_count != 1 || at < begin + 2 || !an_word_is(walk->words, at - 1, "and")) return;
  uint32_t last = at - 2; /* "Rouhani of Iran": back to the name */
  if (last > begin + 1 && an_word_is(walk->words, last - 1, "of")) last -= 2;
  uint32_t index = walk->mention_of[last];
  if (index == AN_NONE || index == walk->mention_of[head]) return;
  const an_mention_at *m = &walk->mentions->list.at[index];
  uint32_t own = walk->mention_of[head];
  if (m->m.kind != AN_MENTION_PERSON || own == AN_NONE || walk->mentions->list.at[own].m.kind != AN_MENTION_PERSON || m->chain == walk->mentions->list.at[own].chain) return;
  for (uint32_t token = begin; token < m->first; token++)
    if (an_is_verb(walk, token)) return;
  draft->speaker[1] = draft->speaker[0];
  draft->speaker_mention[1] = draft->speaker_mention[0];
  draft->speaker[0] = (an_range){m->first, m->end};
  draft->speaker_mention[0] = index;
  draft->speaker_count = 2;
}

static bool is_named(const an_walk *walk, uint32_t token) {
  return walk->mention_of[token] != AN_NONE && walk->mentions->list.at[walk->mention_of[token]].m.kind == AN_MENTION_PERSON;
}

/* A word of office in the singular without "the" or "a": it stands before a name. */
static bool is_title(const an_walk *walk, uint32_t head) {
  uint32_t index = walk->mention_of[head];
  bool office = index != AN_NONE && walk->mentions->list.at[index].m.kind == AN_MENTION_ROLE;
  if ((an_tok(walk, head)->upos != AN_NOUN && !office) || an_tok(walk, head)->xpos == AN_X_NNS || is_named(walk, head)) return false;
  for (uint32_t c = an_child(walk->words, head, AN_NONE); c != AN_NONE && c < head; c = an_child(walk->words, head, c))
    if (an_tok(walk, c)->upos == AN_DET || an_rel_at(walk, c) == AN_NMOD_POSS) return false;
  return true;
}

static void all_speakers(const an_walk *walk, uint32_t head, an_draft *draft) {
  one_speaker(walk, head, draft);
  if (draft->speaker_count != 1 || !walk->words->sentences[an_tok(walk, head)->sentence].parsed) return;
  for (uint32_t c = an_child(walk->words, head, AN_NONE); c != AN_NONE; c = an_child(walk->words, head, c))
    if (an_tok(walk, c)->rel == AN_CONJ && (walk->mention_of[c] != AN_NONE || (an_tok(walk, c)->upos == AN_PROPN && !is_named(walk, head))) && !(is_named(walk, head) && is_title(walk, c))) one_speaker(walk, c, draft);
  joined_before(walk, head, draft);
  /* A weak tree hangs both parties on the verb: "Rouhani of Iran and his counterpart Putin said". */
  uint32_t verb = an_tok(walk, head)->head, own = walk->mention_of[head];
  if (draft->speaker_count != 1 || verb == AN_NONE || own == AN_NONE || head > verb) return;
  for (uint32_t c = an_child(walk->words, verb, AN_NONE); c != AN_NONE && c < head; c = an_child(walk->words, verb, c)) {
    uint32_t other = walk->mention_of[c];
    if (an_tok(walk, c)->rel != AN_NSUBJ || other == AN_NONE || walk->mentions->list.at[other].chain == walk->mentions->list.at[own].chain) continue;
    if (walk->mentions->list.at[other].m.kind == AN_MENTION_PERSON && walk->mentions->list.at[own].m.kind == AN_MENTION_PERSON) one_speaker(walk, c, draft);
  }
}

void an_speakers_from(const an_walk *walk, uint32_t head, an_draft *draft) {
  all_speakers(walk, head, draft);
  if (draft->speaker_count == 2 && is_title(walk, head) && is_named(walk, draft->speaker[1].end - 1)) { /* "lead researcher and pilot Ana Sosa": one woman */
    draft->speaker[0] = draft->speaker[1];
    draft->speaker_mention[0] = draft->speaker_mention[1];
    draft->speaker_count = 1;
  }
}
