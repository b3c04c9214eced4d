/* SPDX-License-Identifier: Apache-2.0 */
/* Who a cue's subject is. With a tree: nsubj, or that of the verb which a participle, an infinitive or a second verb hangs on.
   Without one: the name or pronoun beside the cue. */
#include "speech/inner.h"

enum { CLIMB = 8, BESIDE = 6 };

const an_token *an_tok(const an_walk *walk, uint32_t token) { return &walk->words->tokens[token]; }

bool an_is_verb(const an_walk *walk, uint32_t token) {
  uint8_t upos = walk->words->tokens[token].upos;
  return upos == AN_VERB || upos == AN_AUX;
}

/* The subject nearest to the verb: a weak tree can hang several on it. */
static uint32_t own_subject(const an_walk *walk, uint32_t verb) {
  uint32_t best = AN_NONE;
  for (uint32_t c = an_child(walk->words, verb, AN_NONE); c != AN_NONE; c = an_child(walk->words, verb, c)) {
    uint8_t rel = an_tok(walk, c)->rel;
    if (rel != AN_NSUBJ && rel != AN_NSUBJ_PASS) continue;
    if (best == AN_NONE || (c < verb && verb - c < (best < verb ? verb - best : best - verb))) best = c;
  }
  return best;
}

/* "who said": the noun that the clause describes. */
static uint32_t antecedent(const an_walk *walk, uint32_t verb, uint32_t subject) {
  const an_token *t = an_tok(walk, subject), *v = an_tok(walk, verb);
  bool relative = t->upos == AN_PRON && (an_word_is(walk->words, subject, "who") || an_word_is(walk->words, subject, "which") ||
                                         an_word_is(walk->words, subject, "that"));
  if (!relative) return subject;
  return v->rel == AN_ACL_RELCL && v->head != AN_NONE ? v->head : subject;
}

/* A name or pronoun right before the cue ("Rouhani also said") or right behind it ("said Rouhani"). */
static uint32_t beside(const an_walk *walk, uint32_t cue) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, cue)->sentence];
  for (uint32_t step = 1; step <= BESIDE && cue >= sentence->first + step; step++) {
    uint32_t at = cue - step;
    const an_token *t = an_tok(walk, at);
    if (t->upos == AN_PUNCT || (an_is_verb(walk, at) && t->upos != AN_AUX)) break;
    if (walk->mention_of[at] != AN_NONE || t->upos == AN_PRON || t->upos == AN_PROPN || t->upos == AN_NOUN) return at;
  }
  uint32_t next = cue + 1;
  if (next < sentence->first + sentence->count && walk->mention_of[next] != AN_NONE) return walk->mentions->list.at[walk->mention_of[next]].head;
  return AN_NONE;
}

/* "…, reported Efe news.": behind a comma, a name behind the cue up to the sentence's end is who says it, whatever the tree made
   of it. */
static uint32_t behind_comma(const an_walk *walk, uint32_t cue) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, cue)->sentence];
  uint32_t limit = sentence->first + sentence->count;
  if (cue == sentence->first || !an_word_is(walk->words, cue - 1, ",") || cue + 1 >= limit) return AN_NONE;
  uint32_t index = walk->mention_of[cue + 1];
  if (index == AN_NONE) return AN_NONE;
  const an_mention_at *m = &walk->mentions->list.at[index];
  bool ends = m->end >= limit || an_tok(walk, m->end)->upos == AN_PUNCT;
  return ends && m->m.kind != AN_MENTION_PLACE && (m->flags & AN_MENTION_ADJECTIVE) == 0 ? m->head : AN_NONE;
}

uint32_t an_subject_of(const an_walk *walk, uint32_t cue) {
  const an_words *words = walk->words;
  uint32_t tagged = an_tok(walk, cue)->xpos == AN_X_VBG ? AN_NONE : behind_comma(walk, cue);
  if (tagged != AN_NONE) return tagged;
  if (!words->sentences[an_tok(walk, cue)->sentence].parsed) return beside(walk, cue);
  if ((an_tok(walk, cue)->xpos == AN_X_VBG || an_tok(walk, cue)->upos == AN_NOUN) && cue > 0 && an_word_is(words, cue - 1, ",")) {
    uint32_t root = words->sentences[an_tok(walk, cue)->sentence].root; /* "He pointed to the talks, saying …" */
    uint32_t subject = root != AN_NONE && root < cue ? own_subject(walk, root) : AN_NONE;
    if (subject != AN_NONE && (walk->mention_of[subject] != AN_NONE || an_tok(walk, subject)->upos == AN_PROPN)) return subject;
  }
  uint32_t at = cue;
  for (int step = 0; step < CLIMB; step++) {
    uint32_t subject = own_subject(walk, at);
    if (subject != AN_NONE) return antecedent(walk, at, subject);
    const an_token *t = an_tok(walk, at);
    if (t->head == AN_NONE) break;
    bool bound = t->rel == AN_CONJ || t->rel == AN_XCOMP || t->rel == AN_ADVCL || t->rel == AN_PARATAXIS || t->rel == AN_CCOMP ||
                 t->rel == AN_DEP || t->rel == AN_OBL || t->rel == AN_ADVMOD;
    if (t->rel == AN_ACL || t->rel == AN_ACL_RELCL) { /* "Iran's president, noting that" */
      if (an_tok(walk, t->head)->upos != AN_VERB) return t->head;
    } else if (!bound) break;
    if (t->rel == AN_CCOMP && t->xpos != AN_X_VBG) break; /* a finite clause has its own subject or none */
    at = t->head;
  }
  return beside(walk, cue);
}

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
  if (walk->mention_of[head] != AN_NONE) return true;
  const an_token *t = an_tok(walk, head);
  if (t->upos == AN_PROPN || (t->flags & (AN_WORD_ROLE | AN_WORD_ACTOR)) != 0) return true;
  an_text value;
  uint32_t end;
  uint8_t reference = an_reference_at(walk, head, &value, &end);
  if (reference == AN_REFERS_THING) return (cue->takes & AN_TAKES_QUOTE) != 0 && (cue->takes & AN_CUE_DOCUMENT) == 0 && t->rel == AN_NSUBJ;
  if (reference == AN_REFERS_NOBODY) return false;
  if (reference != AN_REFERS_NOT) return true;
  if (cue->takes & AN_CUE_DOCUMENT) return false; /* "the move suggests": the writer's own voice */
  return t->upos == AN_NOUN || t->upos == AN_PRON || t->upos == AN_NUM || t->upos == AN_ADJ || t->upos == AN_DET;
}

static void one_speaker(const an_walk *walk, uint32_t head, an_draft *draft) {
  if (draft->speaker_count == AN_MOST_SPEAKERS) return;
  draft->speaker[draft->speaker_count] = an_phrase_of(walk, head);
  draft->speaker_mention[draft->speaker_count++] = walk->mention_of[head];
}

void an_speakers_from(const an_walk *walk, uint32_t head, an_draft *draft) {
  one_speaker(walk, head, draft);
  if (!walk->words->sentences[an_tok(walk, head)->sentence].parsed) return;
  for (uint32_t c = an_child(walk->words, head, AN_NONE); c != AN_NONE; c = an_child(walk->words, head, c))
    if (an_tok(walk, c)->rel == AN_CONJ && (walk->mention_of[c] != AN_NONE || an_tok(walk, c)->upos == AN_PROPN)) one_speaker(walk, c, draft);
  /* A weak tree hangs both parties on the verb: "Rouhani of Iran and his counterpart Putin said". */
  uint32_t verb = an_tok(walk, head)->head, own = walk->mention_of[head];
  if (draft->speaker_count != 1 || verb == AN_NONE || own == AN_NONE || head > verb) return;
  for (uint32_t c = an_child(walk->words, verb, AN_NONE); c != AN_NONE && c < head; c = an_child(walk->words, verb, c)) {
    uint32_t other = walk->mention_of[c];
    if (an_tok(walk, c)->rel != AN_NSUBJ || other == AN_NONE || walk->mentions->list.at[other].chain == walk->mentions->list.at[own].chain) continue;
    if (walk->mentions->list.at[other].m.kind == AN_MENTION_PERSON && walk->mentions->list.at[own].m.kind == AN_MENTION_PERSON) one_speaker(walk, c, draft);
  }
}

bool an_same_clause_negated(const an_walk *walk, uint32_t verb) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, verb)->sentence];
  for (uint32_t step = 1; step <= 3 && verb >= sentence->first + step; step++) {
    uint32_t at = verb - step;
    if (an_word_is(walk->words, at, "not") || an_word_is(walk->words, at, "n't") || an_word_is(walk->words, at, "never")) return true;
    uint8_t upos = an_tok(walk, at)->upos;
    if (upos != AN_AUX && upos != AN_ADV && upos != AN_PART) return false;
  }
  return false;
}
