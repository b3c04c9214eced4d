/* SPDX-License-Identifier: Apache-2.0 */
/* Cues behind or inside what they tell: "…, the Kremlin said.", "The port, the mayor said, had been closed", "according to X". */
#include "speech/inner.h"

enum { TAIL = AN_TAIL, LONG_TAIL = 16 /* behind a whole clause: "announced at a joint news conference with his host" */ };


static bool adjunct_only(const an_walk *walk, uint32_t first, uint32_t end, bool whole) {
  for (uint32_t token = first; token < end; token++) {
    uint8_t upos = an_tok(walk, token)->upos;
    /* "says in a report that lists …": a clause stands before the cue, so this one describes the noun. */
    if (whole && token > first + 1 && an_word_is(walk->words, token, "that") && an_tok(walk, token - 1)->upos == AN_NOUN && an_tok(walk, first)->upos == AN_ADP) return true;
    if (whole && an_cue_circumstance_clause(walk, token)) return true; /* "said in Rome after a day of talks" */
    if (token >= first + (whole ? LONG_TAIL : TAIL)) return false;
    if (upos == AN_VERB || upos == AN_AUX || upos == AN_SCONJ || an_tok(walk, token)->quote_depth > 0) return false;
    if (an_word_is(walk->words, token, "that") || an_word_is(walk->words, token, ":")) return false;
  }
  return true;
}

/* Where the phrase "the Kremlin said" begins, when nothing but it stands between a comma and the cue. */
uint32_t an_tag_begin(const an_walk *walk, uint32_t cue, uint32_t subject) {
  an_range phrase = an_phrase_of(walk, subject);
  uint32_t first = subject < cue ? phrase.first : cue;
  uint32_t begin = an_tok(walk, cue)->sentence < walk->words->sentence_count ? walk->words->sentences[an_tok(walk, cue)->sentence].first : 0;
  for (uint32_t step = 0; step < 12 && first > begin; step++) { /* titles, appositions: back to the comma */
    if (an_is_comma(walk, first - 1)) return first;
    if (first > begin + 1 && an_is_comma(walk, first - 2) && an_tok(walk, first - 1)->upos == AN_PUNCT) return first; /* …,” Reuters reported */
    if (first > begin + 1 && an_is_comma(walk, first - 2) && an_word_is(walk->words, first - 1, "as")) return first - 1; /* …, as the mayor pointed out */
    uint8_t upos = an_tok(walk, first - 1)->upos;
    bool describes = upos == AN_VERB && an_tok(walk, first - 1)->xpos == AN_X_VBN && subject < first; /* "pictures taken in May show" */
    bool when = an_word_is(walk->words, first - 1, "when") || an_word_is(walk->words, first - 1, "where") || an_word_is(walk->words, first - 1, "which");
    if ((upos == AN_VERB && !describes) || upos == AN_AUX || upos == AN_PUNCT || upos == AN_SCONJ || upos == AN_CCONJ || when) return AN_NONE;
    first--;
  }
  return AN_NONE;
}

/* "If it is not paid, the port will close, …": a clause behind the comma that ends the first one. */
static bool main_clause(const an_walk *walk, uint32_t first, uint32_t end) {
  for (uint32_t token = first; token < end; token++)
    if (an_is_comma(walk, token) && an_own_clause(walk, token + 1, end)) return true;
  return false;
}

/* ", and nobody was hurt": whose words these are is not said. */
static bool new_clause(const an_walk *walk, an_range rest) {
  return an_tok(walk, rest.first)->upos == AN_CCONJ && rest.first + 1 < rest.end && !an_is_verb(walk, rest.first + 1) && an_own_clause(walk, rest.first + 1, rest.end);
}

static bool aside(const an_walk *walk, uint32_t token) {
  const an_token *t = an_tok(walk, token);
  return an_cue_circumstance(walk, token) || (t->xpos == AN_X_VBG && t->upos == AN_VERB);
}

/* "charged a fee": a thing behind the verb, which so tells nothing of what stands before. */
static bool has_thing(const an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t subject) {
  uint32_t obj = an_right_child(walk, cue_token, AN_OBJ);
  if (subject > cue_token || an_is_comma(walk, cue_token + 1 < walk->words->token_count ? cue_token + 1 : cue_token)) return false;
  return obj != AN_NONE && (cue->takes & AN_TAKES_HEARER) == 0 && (an_tok(walk, obj)->flags & AN_WORD_TIME) == 0 && an_tok(walk, obj)->upos == AN_NOUN;
}

/* "She said “…,” she said": the quotation before the tag has its verb already. */
static bool told_already(const an_walk *walk, uint32_t begin) {
  const an_draft *before = walk->draft_count > walk->sentence_first_draft ? &walk->drafts[walk->draft_count - 1] : NULL;
  if (before == NULL || before->frame != AN_FRAME_QUOTE || before->content_count == 0 || before->cue == AN_NONE) return false;
  uint32_t end = before->content[before->content_count - 1].end;
  return before->cue < before->content[0].first && end <= begin && end + 1 >= begin;
}

/* "Holt said that the dam is safe, he said": the clause before the tag is told by the same person. */
static bool said_so_before(const an_walk *walk, uint32_t begin, uint32_t subject) {
  an_draft *before = walk->draft_count > walk->sentence_first_draft ? &walk->drafts[walk->draft_count - 1] : NULL;
  if (before == NULL || before->frame != AN_FRAME_CLAUSE || an_tok(walk, subject)->upos != AN_PRON) return false;
  an_range *content = &before->content[0];
  if (content->first >= begin || content->end + 2 < begin || !an_own_clause(walk, content->first, begin)) return false;
  if (content->end > begin) content->end = begin;
  *content = an_trim(walk, *content);
  return true;
}

/* ", she said,": another verb of saying between commas. */
static bool other_tag(const an_walk *walk, uint32_t first, uint32_t end) {
  for (uint32_t token = first; token + 1 < end; token++)
    if ((an_cue_at(walk, token).takes & AN_TAKES_QUOTE) != 0 && an_is_comma(walk, token + 1)) return true;
  return false;
}

bool an_trailing(an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t subject) {
  uint32_t sentence = an_tok(walk, cue_token)->sentence;
  an_range all = an_sentence_range(walk, sentence);
  bool particle = (cue->takes & AN_TAKES_PARTICLE) != 0 && an_cue_particle(walk, cue_token, cue); /* "pointed out" */
  if (subject == AN_NONE || !(particle || (cue->takes & (AN_TAKES_CLAUSE | AN_TAKES_QUOTE)) != 0)) return false;
  if (cue->takes & AN_CUE_DENIES) return false; /* "…, Belgrade denies it" */
  uint8_t xpos = an_tok(walk, cue_token)->xpos;
  uint32_t relays = an_relays(walk, cue_token); /* "…, Tovar was quoted as saying" */
  if (xpos == AN_X_VB || xpos == AN_X_VBG || (relays == AN_NONE && (an_is_passive(walk, cue_token) || has_thing(walk, cue_token, cue, subject)))) return false;
  uint32_t begin = an_tag_begin(walk, cue_token, subject);
  uint32_t next = cue_token + (particle ? 2 : 1);
  bool inside = an_is_comma(walk, next < all.end ? next : cue_token); /* "The port, the mayor said, had been closed" */
  if (begin == AN_NONE || begin < all.first + (inside ? 2 : 3)) return false;
  if (an_word_is(walk->words, begin, "as") && walk->draft_count > walk->sentence_first_draft) return false; /* "denied that they fled, as traders had claimed" */
  if (told_already(walk, begin)) return false;
  an_range phrase = an_phrase_of(walk, subject);
  uint32_t behind = phrase.end > cue_token + 1 && subject > cue_token ? phrase.end : cue_token + 1, end;
  if (relays != AN_NONE) behind = relays + 1;
  if (particle && behind == cue_token + 1) behind++;
  end = behind;
  while (end < all.end && !an_is_comma(walk, end) && !an_word_is(walk->words, end, ";")) end++;
  if (end + 1 >= all.end && said_so_before(walk, begin, subject)) return false;
  if (end < all.end && an_word_is(walk->words, end, ";")) all.end = end;
  for (uint32_t token = begin; token > all.first; token--) /* "Eight came; two more, he said, are at sea" */
    if (an_word_is(walk->words, token - 1, ";") && an_tok(walk, token - 1)->quote_depth == 0) { all.first = token; break; }
  bool goes_on = end + 3 < all.end || (end + 3 == all.end && an_holds_verb(walk, end, all.end)); /* "Dam, she said, should wait" */
  bool joined = an_tok(walk, all.first)->upos == AN_CCONJ && all.first + 1 < begin;
  uint32_t opener = joined ? all.first + 1 : all.first;
  uint8_t opening = an_tok(walk, opener)->upos;
  if (opening == AN_ADV && an_cue_circumstance(walk, opener)) opening = AN_SCONJ; /* "When" */
  bool whole = opening != AN_SCONJ && an_own_clause(walk, all.first, begin);
  if (((cue->takes & AN_CUE_DOCUMENT) && !(whole && behind >= all.end)) || !an_holds_verb(walk, all.first, goes_on ? all.end : begin)) return false;
  if (opening == AN_SCONJ && end + 3 >= all.end && !main_clause(walk, all.first, begin)) return false; /* "When the money went, Chad said enough." */
  if (opening == AN_ADP && !an_own_clause(walk, all.first, begin) && (end > behind || end + 3 >= all.end)) return false; /* "In a speech in Paris, he said" */
  if (!adjunct_only(walk, behind, end, whole) || (begin < all.first + 4 && !goes_on)) return false;
  an_draft *draft = an_draft_new(walk, AN_FRAME_TRAILING, cue_token, sentence);
  if (draft == NULL) return false;
  an_range before = an_trim(walk, (an_range){all.first, begin});
  an_draft_range(draft, before.first, before.end);
  bool apposed = subject > cue_token && an_tok(walk, subject)->quote_depth == 0; /* "…, said Mira Holt, a former judge." */
  if (goes_on && !apposed) { /* "The deal, he said, will hold." */
    an_range rest = an_trim(walk, (an_range){end, all.end});
    bool cut = whole && rest.first < rest.end && (aside(walk, rest.first) || new_clause(walk, rest) || an_word_is(walk->words, rest.first, "which") || an_word_is(walk->words, rest.first, "who")); /* "…, the ministry said, after five had died" */
    if (cut) rest.end = rest.first;
    for (uint32_t token = rest.first; token < rest.end && !cut; token++)
      if (an_next_cue_at(walk, token, cue_token)) { rest.end = token; cut = true; }
    for (uint32_t token = rest.first; token < rest.end && !cut; token++) /* "would act; Dam, she said, should wait" */
      if (an_word_is(walk->words, token, ";") && an_tok(walk, token)->quote_depth == 0 && other_tag(walk, token + 1, rest.end)) rest.end = token;
    rest = an_trim(walk, rest);
    if (!cut || rest.end > rest.first + 3) an_draft_range(draft, rest.first, rest.end);
  }
  if (opening == AN_ADP && !whole && draft->content_count < 2) { walk->draft_count--; return false; } /* "Outside the hall, he said, …" */
  an_speakers_from(walk, subject, draft);
  return an_draft_finish(walk, draft);
}

static bool capitals(const an_walk *walk, uint32_t first, uint32_t end) {
  for (uint32_t token = first; token < end; token++)
    if (an_tok(walk, token)->upos != AN_PROPN && an_tok(walk, token)->shape == AN_SHAPE_LOWER) return false;
  return end <= first + 6;
}

/* ", which moved in May," behind the source describes it: the comma that ends it, or the limit. */
static uint32_t over_description(const an_walk *walk, uint32_t at, uint32_t limit) {
  if (at + 1 >= limit || !an_is_comma(walk, at) || !(an_word_is(walk->words, at + 1, "which") || an_word_is(walk->words, at + 1, "who") || an_word_is(walk->words, at + 1, "whose"))) return at;
  for (uint32_t token = at + 2; token < limit; token++)
    if (an_is_comma(walk, token) && an_tok(walk, token)->quote_depth == 0) return token;
  return limit;
}

/* The source's words up to a mark, a relative or a verb; its head is the first noun, or the name that a noun leads. */
static uint32_t source_end(const an_walk *walk, uint32_t first, uint32_t limit, uint32_t *head) {
  uint32_t end = first;
  for (; end < limit && !an_is_comma(walk, end) && (!an_is_verb(walk, end) || end == first); end++) { /* "exit polls" */
    const an_token *t = an_tok(walk, end);
    if (end > first && (an_word_is(walk->words, end, "who") || an_word_is(walk->words, end, "which") || t->quote_depth > an_tok(walk, first)->quote_depth)) break;
    bool names = t->upos == AN_NOUN || t->upos == AN_PROPN || walk->mention_of[end] != AN_NONE || t->upos == AN_PRON;
    if (names && (*head == AN_NONE || an_tok(walk, end - 1)->upos != AN_ADP)) *head = *head == AN_NONE || walk->mention_of[*head] == AN_NONE ? end : *head;
  }
  return end;
}

/* "according to X": the rest of the sentence is X's. */
bool an_according(an_walk *walk, uint32_t token, const an_cue *cue) {
  uint32_t sentence = an_tok(walk, token)->sentence, first = token + 2, head = AN_NONE;
  an_range all = an_sentence_range(walk, sentence);
  if (first >= all.end || !an_in_list(cue->preps, an_word(walk->words, token + 1))) return false;
  an_cue who = {.kind = AN_CUE_PHRASE};
  if (!an_may_speak(walk, first, &who) && an_tok(walk, first)->upos == AN_PRON) return false; /* "according to what was shown" */
  uint32_t end = source_end(walk, first, all.end, &head);
  if (head == AN_NONE) return false;
  an_draft *draft = an_draft_new(walk, AN_FRAME_ACCORDING, token, sentence);
  if (draft == NULL) return false;
  draft->speaker[0] = (an_range){first, end};
  draft->speaker_mention[0] = walk->mention_of[head];
  draft->speaker_count = 1;
  while (end < all.end && !an_is_comma(walk, end)) end++; /* "… according to what was shown, …": the clause goes along */
  end = over_description(walk, end, all.end);
  bool behind = token > all.first + 2;
  if (behind) {
    an_range before = an_trim(walk, (an_range){all.first, token});
    an_draft_range(draft, before.first, before.end);
  }
  an_range rest = an_trim(walk, (an_range){end, all.end});
  if (behind && !an_holds_verb(walk, rest.first, rest.end)) { /* "according to a relief group, the Blue Lantern" */
    uint32_t name = rest.first < rest.end && an_word_is(walk->words, rest.first, "the") ? rest.first + 1 : rest.first;
    if (name < rest.end && walk->mention_of[head] == AN_NONE && capitals(walk, name, rest.end)) draft->speaker[0] = (an_range){name, rest.end};
  } else if (rest.end > rest.first + 2) an_draft_range(draft, rest.first, rest.end);
  return an_draft_finish(walk, draft);
}
