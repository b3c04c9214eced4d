/* SPDX-License-Identifier: Apache-2.0 */
/* Which words are somebody's: where what a cue tells begins and ends, of what kind it is, and whether it says anything. The tree
   says which words hang on the cue; where a tree is cut short, the marks decide. */
#include "speech/inner.h"

enum { LEAST_OBJECT = 4, DATELINE = 14 };


/* "DORI (Sahel Herald) - Gunmen attacked …": what a paragraph opens with, up to its dash, is nobody's words. */
static uint32_t behind_dateline(const an_walk *walk, uint32_t sentence) {
  const an_sentence *s = &walk->words->sentences[sentence];
  bool opens_block = sentence == 0 || walk->words->sentences[sentence - 1].block != s->block;
  if (!opens_block || s->count < 3 || an_tok(walk, s->first)->shape != AN_SHAPE_UPPER) return s->first;
  for (uint32_t token = s->first + 1; token + 1 < s->first + s->count && token < s->first + DATELINE; token++) {
    an_text word = an_word(walk->words, token);
    if (an_is_verb(walk, token) || an_tok(walk, token)->quote_depth > 0) break;
    if (an_text_is(word, "-") || an_text_is(word, "--") || an_text_is(word, "\xe2\x80\x93") || an_text_is(word, "\xe2\x80\x94"))
      return walk->words->tokens[token - 1].space_after ? token + 1 : s->first; /* a hyphen has no space before it */
  }
  return s->first;
}

an_range an_sentence_range(const an_walk *walk, uint32_t sentence) {
  const an_sentence *s = &walk->words->sentences[sentence];
  an_range range = {behind_dateline(walk, sentence), s->first + s->count};
  while (range.end > range.first && an_is_punct(walk, range.end - 1) && an_tok(walk, range.end - 1)->quote_depth == 0 &&
         !an_word_is(walk->words, range.end - 1, "\"") && !an_word_is(walk->words, range.end - 1, ")") &&
         !an_text_is(an_word(walk->words, range.end - 1), "\xe2\x80\x9d") && !an_text_is(an_word(walk->words, range.end - 1), "\xe2\x80\x99"))
    range.end--;
  return range;
}

/* May a content begin with this mark? */
static bool opens(const an_walk *walk, uint32_t token) {
  static const char *const marks[] = {"\"", "'", "''", "`", "``", "(", "[", "$", "#", "\xe2\x80\x9c", "\xe2\x80\x98"};
  an_text word = an_word(walk->words, token);
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (an_text_is(word, marks[i])) return true;
  return false;
}

/* Marks and joining words at the ends of a content say nothing. */
an_range an_trim(const an_walk *walk, an_range range) {
  while (range.first < range.end && an_is_punct(walk, range.first) && !opens(walk, range.first)) range.first++;
  if (range.first + 1 < range.end && an_word_is(walk->words, range.first, "that")) range.first++;
  if (range.first < range.end && an_is_comma(walk, range.first)) range.first++;
  while (range.end > range.first && (an_is_comma(walk, range.end - 1) || an_word_is(walk->words, range.end - 1, ";") ||
                                     an_word_is(walk->words, range.end - 1, ".") || an_word_is(walk->words, range.end - 1, "-") ||
                                     an_tok(walk, range.end - 1)->upos == AN_CCONJ))
    range.end--;
  return range;
}

static uint8_t kind_of(const an_walk *walk, const an_draft *draft) {
  uint32_t quoted = 0, all = 0;
  for (uint32_t i = 0; i < draft->content_count; i++)
    for (uint32_t token = draft->content[i].first; token < draft->content[i].end; token++) {
      if (an_is_punct(walk, token)) continue;
      all++;
      quoted += an_tok(walk, token)->quote_depth > 0;
    }
  if (quoted == 0) return AN_INDIRECT;
  return quoted == all && !draft->that ? AN_DIRECT : AN_MIXED;
}

bool an_holds_verb(const an_walk *walk, uint32_t first, uint32_t end) {
  for (uint32_t token = first; token < end; token++)
    if (an_is_verb(walk, token)) return true;
  return false;
}

/* "rejected the plan" is a deed; "rejected a report that …" is what somebody says. */
static bool rejects(const an_walk *walk, uint32_t cue) {
  uint16_t takes = an_cue_at(walk, cue).takes;
  return (takes & AN_CUE_DENIES) != 0 && (takes & AN_TAKES_CLAUSE) == 0;
}

/* "a charge that has followed her" tells of the charge; "a report that he fled" what it says. */
static bool tells_of(const an_walk *walk, an_range range) {
  for (uint32_t token = range.first; token < range.end; token++) {
    if (an_is_verb(walk, token)) return true;
    bool relative = an_word_is(walk->words, token, "that") || an_word_is(walk->words, token, "which") || an_word_is(walk->words, token, "who");
    if (relative && token + 1 < range.end && an_is_verb(walk, token + 1)) return false;
  }
  return false;
}

/* "asked not to be named" */
static bool asks_silence(const an_walk *walk, an_range range) {
  for (uint32_t token = range.first; token < range.end && token < range.first + 5; token++)
    if (an_tok(walk, token)->upos == AN_VERB) return an_word_is(walk->words, range.first, "not") && an_cue_hides(walk, token);
  return false;
}

/* "condemned the killings", "said the threat", "urged them to leave": a thing, or what others are to do, is an event and no
   words of anybody. */
static bool says_nothing(const an_walk *walk, const an_draft *draft) {
  uint32_t words = 0;
  for (uint32_t token = draft->content[0].first; token < draft->content[0].end; token++)
    words += !an_is_punct(walk, token) && (an_tok(walk, token)->flags & AN_WORD_TIME) == 0;
  switch (draft->frame) {
    case AN_FRAME_URGE: return words < LEAST_OBJECT || asks_silence(walk, draft->content[0]);
    case AN_FRAME_TOLD: return asks_silence(walk, draft->content[0]);
    case AN_FRAME_OBJECT: case AN_FRAME_PHRASE:
      return words < LEAST_OBJECT || (rejects(walk, draft->cue) && !tells_of(walk, draft->content[0]));
    case AN_FRAME_CLAUSE: case AN_FRAME_MIND:
      if (words <= LEAST_OBJECT && an_is_finite(walk, draft->content[0].end - 1) && an_cue_at(walk, draft->content[0].end - 1).kind == AN_CUE_VERB) return true; /* "an aide said"; not "it would appeal" */
      return draft->content_count == 1 && words <= LEAST_OBJECT && !an_holds_verb(walk, draft->content[0].first, draft->content[0].end);
    default: return false;
  }
}

bool an_draft_finish(an_walk *walk, an_draft *draft) {
  for (uint32_t i = 0; i < draft->content_count; i++) draft->content[i] = an_trim(walk, draft->content[i]);
  if (draft->content_count == 0 || draft->speaker_count == 0 || draft->content[0].first >= draft->content[0].end) { walk->draft_count--; return false; }
  draft->kind = kind_of(walk, draft);
  if (draft->kind == AN_INDIRECT && says_nothing(walk, draft)) { walk->draft_count--; return false; }
  if (draft->cue != AN_NONE) walk->used[draft->cue] = 1;
  return true;
}

/* ---- Where a complement ends ---------------------------------------------------------------------- */

bool an_is_finite(const an_walk *walk, uint32_t token) {
  uint8_t xpos = an_tok(walk, token)->xpos;
  return xpos == AN_X_VBD || xpos == AN_X_VBZ || xpos == AN_X_VBP || xpos == AN_X_MD;
}

/* A participle or second verb behind a comma or "and" that is a cue of its own: "…, adding that", "… and said". */
bool an_next_cue_at(const an_walk *walk, uint32_t token, uint32_t own) {
  if (token == own || an_tok(walk, token)->quote_depth > 0) return false;
  an_cue cue = an_cue_at(walk, token);
  if (cue.kind != AN_CUE_VERB) return false;
  const an_token *t = an_tok(walk, token);
  uint32_t before = token > 0 ? token - 1 : token;
  if (t->xpos == AN_X_VBG && walk->used[token] && an_child_by(walk->words, token, AN_AUX_) == AN_NONE) return true; /* "emailed friends saying: “" */
  if (t->xpos == AN_X_VBG) return an_is_comma(walk, before) || an_word_is(walk->words, before, "and");
  bool joined = (t->xpos == AN_X_VBD || t->xpos == AN_X_VBZ || t->xpos == AN_X_VBN) && (an_tok(walk, before)->upos == AN_CCONJ || an_is_comma(walk, before));
  if (!joined) return false;
  if (an_joined_to(walk, token) == own) return true;
  uint32_t first = t->rel == AN_CONJ && t->head > own ? t->head : AN_NONE; /* "said the road was shut and called on drivers": roads do not call */
  bool done_to = first != AN_NONE && (an_child_by(walk->words, first, AN_AUX_PASS) != AN_NONE || an_child_by(walk->words, first, AN_COP) != AN_NONE);
  if (done_to && t->xpos == an_tok(walk, own)->xpos && an_child_by(walk->words, token, AN_AUX_PASS) == AN_NONE) return true;
  if (t->xpos != an_tok(walk, own)->xpos || an_tok(walk, before)->upos != AN_CCONJ) return false;
  for (uint32_t at = own + 1; at < token; at++) /* "called it “rude” and called for calm", whatever the tree hung the second on */
    if (an_is_finite(walk, at)) return false;
  return true;
}

/* ", as some traders had claimed": another voice, in passing. */
static bool as_others_say(const an_walk *walk, uint32_t token, uint32_t end) {
  if (!an_is_comma(walk, token) || token + 3 >= end || !an_word_is(walk->words, token + 1, "as") || an_tok(walk, token + 1)->quote_depth > 0) return false;
  for (uint32_t at = token + 2; at < end && at < token + 9 && !an_is_comma(walk, at); at++)
    if (an_tok(walk, at)->upos == AN_VERB) return an_cue_at(walk, at).kind == AN_CUE_VERB && (at + 1 >= end || an_is_punct(walk, at + 1));
  return false;
}

/* ", Belgrade denies it". */
static bool others_deny(const an_walk *walk, uint32_t token, uint32_t end) {
  uint32_t index = an_is_comma(walk, token) && token + 2 < end ? walk->mention_of[token + 1] : AN_NONE;
  if (index == AN_NONE) return false;
  uint32_t verb = walk->mentions->list.at[index].end;
  return verb < end && an_tok(walk, verb)->xpos != AN_X_VBN && (an_cue_at(walk, verb).takes & AN_CUE_DENIES) != 0;
}

/* ", whom she called “a referee in a party shirt”": what somebody is called in passing is a statement of its own. */
static bool named_in_passing(const an_walk *walk, uint32_t token, uint32_t end) {
  if (!an_is_comma(walk, token) || token + 4 >= end || an_tok(walk, token)->quote_depth > 0) return false;
  if (!an_word_is(walk->words, token + 1, "whom") && !an_word_is(walk->words, token + 1, "which")) return false;
  for (uint32_t at = token + 2; at + 2 < end && at < token + 8; at++) {
    if (an_tok(walk, at)->upos != AN_VERB) continue;
    bool as = an_word_is(walk->words, at + 1, "as");
    return (an_cue_at(walk, at).takes & AN_TAKES_AS) != 0 && (as || an_tok(walk, at + 2)->quote_depth > 0);
  }
  return false;
}

/* "to veto it but gave way", "to lay a cable, after what both called a good meeting": what is vowed ends before another deed. */
static bool ends_infinitive(const an_walk *walk, uint32_t token, uint32_t end) {
  if (an_is_comma(walk, token) && token + 1 < end && an_cue_circumstance_clause(walk, token + 1)) return true;
  if (an_tok(walk, token)->upos != AN_CCONJ || token + 1 >= end) return false;
  uint32_t verb = an_tok(walk, token + 1)->upos == AN_ADV && token + 2 < end ? token + 2 : token + 1;
  uint8_t xpos = an_tok(walk, verb)->xpos;
  return an_tok(walk, verb)->upos == AN_VERB && (xpos == AN_X_VBD || xpos == AN_X_VBZ);
}

/* "rifles were found there, a claim the police could not confirm": what a noun with a clause of its own tells of the last words, behind a
   comma, is the writer's more often than the speaker's. Where it begins; the range's end where no such words end the range. */
static uint32_t remark(const an_walk *walk, an_range range) {
  uint32_t token = range.end;
  while (token > range.first + 4 && !an_is_comma(walk, token - 1) && an_tok(walk, token - 1)->quote_depth == 0) token--;
  if (token <= range.first + 4 || token + 2 >= range.end || !an_is_comma(walk, token - 1) || !an_holds_verb(walk, range.first, token)) return range.end;
  bool article = an_word_is(walk->words, token, "a") || an_word_is(walk->words, token, "an");
  uint32_t noun = article ? an_tok(walk, token)->head : AN_NONE;
  if (noun != AN_NONE && noun > token && noun < range.end && an_rel_at(walk, noun) != AN_CONJ && an_right_child(walk, noun, AN_ACL_RELCL) != AN_NONE) return token - 1;
  return range.end;
}

an_range an_cut_at_cue(const an_walk *walk, uint32_t cue, an_range range) {
  bool infinitive = range.first + 1 < range.end && an_word_is(walk->words, range.first, "to") && an_tok(walk, range.first + 1)->xpos == AN_X_VB;
  for (uint32_t token = range.first; infinitive && token < range.end; token++)
    if (an_tok(walk, token)->quote_depth == 0 && ends_infinitive(walk, token, range.end)) range.end = token;
  for (uint32_t token = range.first; token < range.end; token++)
    if (as_others_say(walk, token, range.end) || named_in_passing(walk, token, range.end) || others_deny(walk, token, range.end)) range.end = token;
  for (uint32_t token = range.first; token < range.end; token++) {
    if (!an_next_cue_at(walk, token, cue)) continue;
    uint32_t cut = token;
    while (cut > range.first && (an_is_comma(walk, cut - 1) || an_tok(walk, cut - 1)->upos == AN_CCONJ)) cut--;
    if (cut > range.first) range.end = cut;
    break;
  }
  range.end = remark(walk, range);
  return an_trim(walk, range);
}

static bool quote_mark(const an_walk *walk, uint32_t token) {
  uint32_t depth = an_tok(walk, token)->quote_depth;
  if (token + 1 < walk->words->token_count && an_tok(walk, token + 1)->quote_depth > depth) return true;
  return token > 0 && an_tok(walk, token - 1)->quote_depth > depth;
}

/* Words behind a complement that no mark and no joining word parts from it belong to it, whatever they were hung on. */
an_range an_draw_out(const an_walk *walk, an_range range, uint32_t limit) {
  while (range.end < limit) {
    const an_token *t = an_tok(walk, range.end);
    if (an_is_comma(walk, range.end - 1) || (t->upos == AN_PUNCT && !quote_mark(walk, range.end))) break;
    if (range.end > range.first + 1 && an_is_punct(walk, range.end - 1) && an_is_comma(walk, range.end - 2)) break; /* "that it is so,” he said" */
    if (t->upos == AN_SCONJ && (range.end + 1 >= limit || an_tok(walk, range.end + 1)->xpos != AN_X_VBG)) break;
    if (t->upos == AN_CCONJ && range.end + 1 < limit && an_is_verb(walk, range.end + 1)) break;
    range.end++;
  }
  return range;
}

/* "…, and that the threat will not stop it": a further clause of what one told "that", which a tree hangs on the cue's own head. */
an_range an_and_that(const an_walk *walk, an_range range, uint32_t limit) {
  uint32_t at = range.end;
  if (at < limit && an_is_comma(walk, at)) at++;
  else if (at > range.first + 1 && an_tok(walk, at - 1)->upos == AN_CCONJ) at--;
  if (at + 3 >= limit || an_tok(walk, at)->upos != AN_CCONJ || !an_word_is(walk->words, at + 1, "that")) return range;
  uint32_t verb = an_tok(walk, at + 1)->head, first, end;
  if (an_tok(walk, at + 1)->rel != AN_MARK || verb == AN_NONE || verb <= at) return range;
  an_subtree(walk->words, verb, &first, &end);
  if (end > range.end) range.end = end < limit ? end : limit;
  return range;
}

/* "who declared an emergency and sent soldiers, said …": a relative clause of the speaker ends at the comma before a finite verb. */
uint32_t an_relative_end(const an_walk *walk, uint32_t cue, uint32_t end) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first, at = cue;
  while (at > begin && at + 3 > cue && !an_word_is(walk->words, at, "who") && !an_word_is(walk->words, at, "which")) at--;
  if (at <= begin || at == cue || !an_is_comma(walk, at - 1) || !(an_word_is(walk->words, at, "who") || an_word_is(walk->words, at, "which"))) return end;
  for (uint32_t token = cue + 1; token + 1 < end; token++) {
    uint8_t xpos = an_tok(walk, token + 1)->xpos;
    if (an_is_comma(walk, token) && (xpos == AN_X_VBD || xpos == AN_X_VBZ || xpos == AN_X_VBP || xpos == AN_X_MD)) return token;
  }
  return end;
}

/* "spoke of losses and left", "said it fell and added …": another deed of the speaker, in the same tense, and no part of the content. */
static bool goes_on(const an_walk *walk, uint32_t cue, uint32_t verb) {
  if (an_cue_at(walk, verb).kind == AN_CUE_VERB) return true;
  uint8_t tense = an_tok(walk, cue)->xpos;
  return an_is_verb(walk, verb) && an_tok(walk, verb)->xpos == tense && (tense == AN_X_VBD || tense == AN_X_VBZ || tense == AN_X_VBP);
}

/* Where the verb begins whose subject this noun is; `end` where it is none's. */
static uint32_t predicate(const an_walk *walk, uint32_t noun, uint32_t end) {
  uint32_t over = an_tok(walk, noun)->head;
  bool subject = an_rel_at(walk, noun) == AN_NSUBJ || an_rel_at(walk, noun) == AN_NSUBJ_PASS;
  for (uint32_t token = noun + 1; subject && token < end && over != AN_NONE && over > noun; token++)
    if (token == over || (an_tok(walk, token)->head == over && an_is_verb(walk, token))) return token;
  return end;
}

/* A participle or noun inside another clause tells nothing of what stands behind its own: "letters accusing Olga of theft are
   lies" ends before "are"; "after saying that it hurt, she was taken away" before "she". */
uint32_t an_own_end(const an_walk *walk, uint32_t cue, uint32_t end) {
  const an_token *t = an_tok(walk, cue);
  if (t->upos == AN_NOUN) return predicate(walk, cue, end);
  bool opens_sentence = cue == walk->words->sentences[t->sentence].first;
  if (t->xpos != AN_X_VBG || (t->head == AN_NONE && !opens_sentence)) return end;
  if (t->rel == AN_ACL && t->head < cue) {
    uint32_t verb = predicate(walk, t->head, end);
    return verb > cue + 1 ? verb : end;
  }
  if (opens_sentence || (t->rel == AN_ADVCL && t->head > cue)) {
    uint32_t subject = an_subject_of(walk, cue);
    if (subject == AN_NONE || subject < cue) return end;
    uint32_t token = an_phrase_of(walk, subject).first;
    while (token > cue + 1 && !an_is_punct(walk, token - 1)) token--;
    return token > cue + 1 ? token : end;
  }
  return end;
}

/* The subtree of a complement, drawn out over what the parser hung too high, up to a further cue or the sentence's end. */
an_range an_complement(const an_walk *walk, uint32_t cue, uint32_t head) {
  an_range all = an_sentence_range(walk, an_tok(walk, cue)->sentence), range;
  an_subtree(walk->words, head, &range.first, &range.end);
  if (range.first <= cue && head > cue) range.first = cue + 1;
  if (range.end > all.end) range.end = all.end;
  for (uint32_t c = an_child(walk->words, cue, cue); c != AN_NONE; c = an_child(walk->words, cue, c)) {
    if (c < range.end) continue;
    uint8_t r = an_rel_at(walk, c);
    bool part = r == AN_CCOMP || r == AN_XCOMP || r == AN_OBL || r == AN_NMOD || r == AN_OBJ || r == AN_DEP ||
                (r == AN_CONJ && !goes_on(walk, cue, c));
    if (!part) { if (r != AN_PUNCT_ && r != AN_CC) break; continue; }
    uint32_t first, end;
    an_subtree(walk->words, c, &first, &end);
    if (end > range.end) range.end = end < all.end ? end : all.end;
  }
  range = an_and_that(walk, an_draw_out(walk, range, all.end), all.end);
  range.end = an_own_end(walk, cue, an_relative_end(walk, cue, range.end));
  return an_cut_at_cue(walk, cue, range);
}

/* Somebody or something, and a finite verb behind it. */
bool an_own_clause(const an_walk *walk, uint32_t first, uint32_t end) {
  bool named = false;
  for (uint32_t token = first; token < end; token++) {
    uint8_t upos = an_tok(walk, token)->upos;
    if (named && an_is_finite(walk, token)) return true;
    if (upos == AN_NOUN || upos == AN_PROPN || upos == AN_PRON || walk->mention_of[token] != AN_NONE) named = true;
  }
  return false;
}

uint32_t an_right_child(const an_walk *walk, uint32_t head, uint8_t relation) {
  for (uint32_t c = an_child(walk->words, head, head); c != AN_NONE; c = an_child(walk->words, head, c))
    if (an_rel_at(walk, c) == relation && c > head) return c;
  return AN_NONE;
}

an_draft *an_draft_start(an_walk *walk, uint8_t frame, uint32_t cue, uint32_t subject) {
  an_draft *draft = an_draft_new(walk, frame, cue, an_tok(walk, cue)->sentence);
  if (draft != NULL) an_speakers_from(walk, subject, draft);
  return draft;
}

bool an_has_word_on(const an_walk *walk, uint32_t head, const char *word) {
  for (uint32_t c = an_child(walk->words, head, AN_NONE); c != AN_NONE; c = an_child(walk->words, head, c))
    if (an_word_is(walk->words, c, word)) return true;
  return false;
}

/* "the money that the agency says is short", "a plan that, in her view, fails": the word is the subject of what follows. */
static bool is_relative(const an_walk *walk, uint32_t that, uint32_t end) {
  if (that == 0 || an_tok(walk, that - 1)->upos != AN_NOUN) return false;
  uint32_t at = that + 1;
  if (at < end && an_is_comma(walk, at))
    for (uint32_t step = 0; step < 8 && ++at < end; step++) {
      if (an_is_verb(walk, at)) return false;
      if (an_is_comma(walk, at)) return at + 1 < end && an_is_finite(walk, at + 1);
    }
  for (; at + 1 < end && at < that + 6; at++)
    if (an_tok(walk, at)->upos == AN_VERB) return an_cue_at(walk, at).kind == AN_CUE_VERB && an_is_finite(walk, at) && an_is_finite(walk, at + 1);
  return false;
}

bool an_that_behind(const an_walk *walk, uint32_t cue, uint32_t *that) {
  an_range all = an_sentence_range(walk, an_tok(walk, cue)->sentence);
  for (uint32_t token = cue + 1; token < all.end && token <= cue + 20; token++) {
    if (an_word_is(walk->words, token, "that")) {
      bool other = token > cue + 1 && an_cue_at(walk, token - 1).kind == AN_CUE_NOUN && (an_cue_at(walk, cue).takes & AN_TAKES_HEARER) != 0;
      if (other || is_relative(walk, token, all.end)) return false; /* "asked for damages over his claim that" */
      *that = token;
      return an_tok(walk, token)->upos == AN_SCONJ || token == cue + 1 || (token + 1 < all.end && !an_is_verb(walk, token + 1));
    }
    uint8_t upos = an_tok(walk, token)->upos;
    if (upos == AN_VERB || upos == AN_AUX || an_tok(walk, token)->quote_depth > 0) return false;
  }
  return false;
}
