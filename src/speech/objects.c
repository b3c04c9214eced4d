/* SPDX-License-Identifier: Apache-2.0 */
/* Words that are the object of a cue, or what it calls somebody: "praised the deal", "called it a fantasy", "pointed to the
   talks", "accused the envoy of theft"; and nouns of saying: "Tehran's assertion that …". */
#include "speech/inner.h"

enum { LEAST_OBJECT = 4, MOST_BETWEEN = 6 };

/* Words from `first` on that belong to the cue's objects: up to a further cue, a clause of the cue, or the end. */
static an_range object_range(const an_walk *walk, uint32_t cue, uint32_t head, uint32_t first) {
  an_range range = an_complement(walk, cue, head);
  if (first > range.first) range.first = first;
  return range;
}

/* Somebody: a mention, a name, "he", a word of office. */
static bool party(const an_walk *walk, uint32_t token) {
  const an_token *t = an_tok(walk, token);
  an_text value;
  uint32_t end;
  if (walk->mention_of[token] != AN_NONE || t->upos == AN_PROPN || (t->flags & (AN_WORD_ROLE | AN_WORD_ACTOR)) != 0) return true;
  uint8_t kind = an_reference_at(walk, token, &value, &end);
  return kind != AN_REFERS_NOT && kind != AN_REFERS_NOBODY && kind != AN_REFERS_THING;
}

/* "called the charge “a fantasy”": the end of the quotation that stands behind a short object. */
static uint32_t quoted_name(const an_walk *walk, uint32_t cue) {
  uint32_t limit = an_sentence_range(walk, an_tok(walk, cue)->sentence).end, token = cue + 1;
  for (; token < limit && token <= cue + 12; token++) {
    if (an_tok(walk, token)->quote_depth > 0) break;
    if (an_is_verb(walk, token) || an_is_comma(walk, token)) return AN_NONE;
  }
  if (token >= limit || an_tok(walk, token)->quote_depth == 0 || token < cue + 3) return AN_NONE;
  while (token < limit && an_tok(walk, token)->quote_depth > 0) token++;
  return token < limit && an_tok(walk, token)->upos == AN_PUNCT ? token + 1 : token;
}

/* "blamed “a few boys”", "promised him “a voice, not a portfolio”": the end of a quotation that is the object, or stands behind
   whom it is told to. */
static uint32_t quoted_object(const an_walk *walk, uint32_t cue) {
  an_range all = an_sentence_range(walk, an_tok(walk, cue)->sentence);
  uint32_t token = cue + 1, words = 0;
  if (token < all.end && (an_tok(walk, token)->upos == AN_PRON || an_tok(walk, token)->upos == AN_PROPN)) token++;
  if (token + 1 >= all.end || an_tok(walk, token)->quote_depth > 0 || an_tok(walk, ++token)->quote_depth == 0) return AN_NONE;
  for (; token < all.end && an_tok(walk, token)->quote_depth > 0; token++) words += !an_is_punct(walk, token);
  if (words < LEAST_OBJECT) return AN_NONE;
  if (token < all.end && an_is_punct(walk, token)) token++;
  bool ends = token >= all.end || an_is_punct(walk, token) || an_tok(walk, token)->upos == AN_CCONJ;
  return ends ? token : AN_NONE;
}

/* "whom she called “a liar”", "a step that the bishops welcomed as “late”": is the object of the cue a relative before its subject? */
static bool names_relative(const an_walk *walk, uint32_t cue, uint32_t subject) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first, first = an_phrase_of(walk, subject).first;
  if (subject > cue || first <= begin + 1) return false;
  if (an_word_is(walk->words, first - 1, "whom") || an_word_is(walk->words, first - 1, "which") || an_word_is(walk->words, first - 1, "that") || an_word_is(walk->words, first - 1, "what")) return true;
  return first > begin + 2 && (an_word_is(walk->words, first - 2, "whose") || (first > begin + 3 && an_word_is(walk->words, first - 3, "whose")));
}

/* What such a relative is called: the quotation, or the words behind "as", that follow the cue over when and where it was said. */
static an_range called_so(const an_walk *walk, uint32_t cue) {
  an_range all = an_sentence_range(walk, an_tok(walk, cue)->sentence), none = {0, 0};
  for (uint32_t at = cue + 1; at + 1 < all.end && at < cue + MOST_BETWEEN; at++) {
    bool as = an_word_is(walk->words, at, "as");
    uint32_t first = as ? at + 1 : at, end = first + 1;
    if (end < all.end && an_tok(walk, first)->quote_depth == 0 && an_tok(walk, end)->quote_depth > 0) {
      while (end < all.end && an_tok(walk, end)->quote_depth > 0) end++;
      if (end < first + 1 + LEAST_OBJECT && !as) return none; /* "what he called a “trap”" */
      return (an_range){first, end < all.end && an_is_punct(walk, end) ? end + 1 : end};
    }
    if (as) {
      while (end < all.end && !an_is_comma(walk, end)) end++;
      return an_cut_at_cue(walk, cue, (an_range){first, end});
    }
    if (an_is_verb(walk, at) || an_is_punct(walk, at)) return none;
  }
  return none;
}

static bool holds_number(const an_walk *walk, uint32_t first, uint32_t end) {
  for (uint32_t token = first; token < end; token++)
    if (an_tok(walk, token)->upos == AN_NUM) return true;
  return false;
}

/* What stands behind the object: "of theft", "for the delay"; of a count, "at 60,000". */
static uint32_t object_of(const an_walk *walk, uint32_t cue_token, uint32_t obj, const an_cue *cue) {
  const uint32_t heads[2] = {cue_token, obj};
  for (int i = 0; i < 2; i++)
    for (uint32_t c = an_child(walk->words, heads[i], obj); c != AN_NONE; c = an_child(walk->words, heads[i], c)) {
      uint32_t first, end;
      if (c < obj || (an_rel_at(walk, c) != AN_OBL && an_rel_at(walk, c) != AN_NMOD && an_rel_at(walk, c) != AN_ADVCL && an_rel_at(walk, c) != AN_ACL)) continue;
      an_subtree(walk->words, c, &first, &end);
      bool counts = (cue->takes & AN_TAKES_OBJECT_OF) == 0;
      if (first > obj && an_in_list(cue->preps, an_word(walk->words, first)) && (!counts || holds_number(walk, first, end))) return c;
    }
  return AN_NONE;
}

/* "denied it, and Lisbon seemed to retreat", "at 60,000; the hall holds 4,000": a clause of its own is not the object's. */
static an_range before_new_clause(const an_walk *walk, an_range range) {
  for (uint32_t token = range.first + 1; token + 2 < range.end; token++) {
    bool parted = an_word_is(walk->words, token, ";");
    if (an_tok(walk, token)->quote_depth > 0 || !(parted || (an_is_comma(walk, token) && an_tok(walk, token + 1)->upos == AN_CCONJ))) continue;
    if (an_own_clause(walk, token + (parted ? 1 : 2), range.end)) { range.end = token; break; }
  }
  return range;
}

static bool told(an_walk *walk, uint8_t frame, uint32_t cue, uint32_t subject, an_range content) {
  an_draft *draft = an_draft_start(walk, frame, cue, subject);
  if (draft == NULL) return false;
  an_draft_range(draft, content.first, content.end);
  return an_draft_finish(walk, draft);
}

/* "praised the deal", "stressed the importance of …"; "described it as …"; "pointed to …". */
bool an_object_of_cue(an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t subject) {
  if (!party(walk, subject)) return false;
  uint32_t obj = an_right_child(walk, cue_token, AN_OBJ), as = AN_NONE, phrase = AN_NONE, phrase_head = AN_NONE;
  for (uint32_t c = an_child(walk->words, cue_token, cue_token); c != AN_NONE; c = an_child(walk->words, cue_token, c)) {
    if (c < cue_token || (an_rel_at(walk, c) != AN_OBL && an_rel_at(walk, c) != AN_XCOMP && an_rel_at(walk, c) != AN_ADVCL && an_rel_at(walk, c) != AN_NMOD)) continue;
    if (as == AN_NONE && (an_has_word_on(walk, c, "as") || (an_rel_at(walk, c) == AN_XCOMP && obj != AN_NONE))) as = c;
    uint32_t first, end;
    an_subtree(walk->words, c, &first, &end);
    if (phrase != AN_NONE || first != cue_token + 1 || !an_in_list(cue->preps, an_word(walk->words, first))) continue;
    phrase = first;
    phrase_head = c;
  }
  if ((cue->takes & AN_TAKES_PHRASE) && phrase != AN_NONE) {
    an_draft *draft = an_draft_start(walk, as != AN_NONE && (cue->takes & AN_TAKES_AS) ? AN_FRAME_AS : AN_FRAME_PHRASE, cue_token, subject);
    if (draft == NULL) return false;
    an_range range = object_range(walk, cue_token, phrase_head, phrase + 1);
    an_draft_range(draft, phrase + 1, range.end);
    return an_draft_finish(walk, draft);
  }
  uint32_t quoted = (cue->takes & AN_TAKES_AS) && as == AN_NONE ? quoted_name(walk, cue_token) : AN_NONE;
  if (quoted != AN_NONE) {
    an_draft *draft = an_draft_start(walk, AN_FRAME_AS, cue_token, subject);
    if (draft == NULL) return false;
    draft->that = true;
    an_draft_range(draft, cue_token + 1, quoted);
    return an_draft_finish(walk, draft);
  }
  if ((cue->takes & (AN_TAKES_AS | AN_TAKES_OBJECT)) && names_relative(walk, cue_token, subject)) {
    an_range called = called_so(walk, cue_token);
    if (called.first < called.end) return told(walk, AN_FRAME_AS, cue_token, subject, called);
  }
  uint32_t object_end = quoted_object(walk, cue_token);
  if (object_end != AN_NONE) return told(walk, AN_FRAME_OBJECT, cue_token, subject, (an_range){cue_token + 1, object_end});
  bool naming = (cue->takes & AN_TAKES_AS) && as != AN_NONE;
  if (!naming && obj != AN_NONE && (cue->takes & (AN_TAKES_OBJECT_OF | AN_TAKES_COUNT))) { /* "accused the envoy of theft" */
    as = object_of(walk, cue_token, obj, cue);
    naming = as != AN_NONE;
  }
  if (obj == AN_NONE || !(naming || (cue->takes & AN_TAKES_OBJECT))) return false;
  if (an_child_by(walk->words, cue_token, AN_AUX_PASS) != AN_NONE) return false;
  uint32_t thing = walk->mention_of[obj];
  if (!naming && thing != AN_NONE && (walk->mentions->list.at[thing].m.kind == AN_MENTION_PERSON || walk->mentions->list.at[thing].m.kind == AN_MENTION_ROLE))
    return false; /* "welcomed the Iranian leader" */
  an_draft *draft = an_draft_start(walk, naming ? AN_FRAME_AS : AN_FRAME_OBJECT, cue_token, subject);
  if (draft == NULL) return false;
  uint32_t first, end;
  an_subtree(walk->words, obj, &first, &end);
  an_range range = object_range(walk, cue_token, obj, first);
  if (naming) {
    uint32_t as_first, as_end;
    an_subtree(walk->words, as, &as_first, &as_end);
    if (as_end > range.end) range.end = as_end;
    range = an_cut_at_cue(walk, cue_token, range);
  }
  range = an_trim(walk, before_new_clause(walk, range));
  an_draft_range(draft, range.first, range.end);
  return an_draft_finish(walk, draft);
}

/* "The mayor's remarks that the road would stay shut drew anger": the sentence needs a verb of its own, whatever the tree says. */
static an_range before_main_verb(const an_walk *walk, uint32_t noun, an_range range) {
  uint32_t begin = walk->words->sentences[an_tok(walk, noun)->sentence].first, last = AN_NONE;
  if (walk->words->sentences[an_tok(walk, noun)->sentence].root < noun || range.end < an_sentence_range(walk, an_tok(walk, noun)->sentence).end) return range;
  for (uint32_t token = begin; token < noun; token++)
    if (an_is_finite(walk, token) || an_is_punct(walk, token)) return range;
  bool first = true;
  for (uint32_t token = range.first; token < range.end; token++) {
    const an_token *t = an_tok(walk, token);
    if (t->quote_depth > 0 || t->upos == AN_SCONJ) break;
    bool past = t->xpos == AN_X_VBN && token > range.first && an_tok(walk, token - 1)->upos != AN_AUX && an_child_by(walk->words, token, AN_OBJ) != AN_NONE;
    if (!an_is_finite(walk, token) && !past) continue;
    if (!first) last = token;
    first = false;
  }
  if (last != AN_NONE && last > range.first + 2) range.end = last;
  return range;
}

/* "Tehran's assertion that …", "the claim by Reuters that …". */
bool an_noun_of_saying(an_walk *walk, uint32_t token) {
  uint32_t head = an_right_child(walk, token, AN_ACL), that = AN_NONE, speaker = an_child_by(walk->words, token, AN_NMOD_POSS);
  if (head == AN_NONE) head = an_right_child(walk, token, AN_CCOMP);
  if (head == AN_NONE) head = an_right_child(walk, token, AN_ACL_RELCL);
  if (!an_that_behind(walk, token, &that)) return false;
  for (uint32_t c = an_child(walk->words, token, AN_NONE); c != AN_NONE && speaker == AN_NONE; c = an_child(walk->words, token, c))
    if (an_rel_at(walk, c) == AN_NMOD && (an_has_word_on(walk, c, "by") || an_has_word_on(walk, c, "of") || an_has_word_on(walk, c, "from"))) speaker = c;
  uint32_t verb = an_tok(walk, token)->head;
  if (speaker == AN_NONE && an_rel_at(walk, token) == AN_OBJ && verb != AN_NONE && an_cue_gives(walk, verb)) { /* "gave an assurance that" */
    speaker = an_subject_of(walk, verb);
    if (speaker != AN_NONE && !party(walk, speaker)) return false;
  }
  an_cue cue = {.kind = AN_CUE_NOUN};
  if (speaker == AN_NONE || (head == AN_NONE && that != token + 1) || !an_may_speak(walk, speaker, &cue)) return false;
  an_draft *draft = an_draft_start(walk, AN_FRAME_NOUN, token, speaker);
  if (draft == NULL) return false;
  uint32_t first, end = that + 2;
  if (head != AN_NONE) an_subtree(walk->words, head, &first, &end);
  an_range all = an_sentence_range(walk, draft->sentence);
  all.end = an_own_end(walk, token, all.end);
  an_range range = an_draw_out(walk, (an_range){that + 1, end < all.end ? end : all.end}, all.end);
  range = an_trim(walk, before_main_verb(walk, token, range));
  draft->that = true;
  an_draft_range(draft, range.first, range.end);
  return an_draft_finish(walk, draft);
}
