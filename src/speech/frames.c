/* SPDX-License-Identifier: Apache-2.0 */
/* Indirect and mixed statements: what a cue has for a complement. The tree says which words hang on the cue; where a tree
   is cut short, the marks decide ("…, the Kremlin said.", "adding that …"). */
#include "speech/inner.h"

enum { LEAST_OBJECT = 4, DATELINE = 14, TAIL = 9 /* words that may follow a trailing cue: "said on Tuesday in Moscow" */ };

static bool punct(const an_walk *walk, uint32_t token) { return an_tok(walk, token)->upos == AN_PUNCT; }
static bool comma(const an_walk *walk, uint32_t token) { return an_word_is(walk->words, token, ","); }
static uint8_t rel(const an_walk *walk, uint32_t token) { return an_tok(walk, token)->rel; }

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

static an_range sentence_range(const an_walk *walk, uint32_t sentence) {
  const an_sentence *s = &walk->words->sentences[sentence];
  an_range range = {behind_dateline(walk, sentence), s->first + s->count};
  while (range.end > range.first && punct(walk, range.end - 1) && an_tok(walk, range.end - 1)->quote_depth == 0 &&
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
static an_range trim(const an_walk *walk, an_range range) {
  while (range.first < range.end && punct(walk, range.first) && !opens(walk, range.first)) range.first++;
  if (range.first + 1 < range.end && an_word_is(walk->words, range.first, "that")) range.first++;
  if (range.first < range.end && comma(walk, range.first)) range.first++;
  while (range.end > range.first && (comma(walk, range.end - 1) || an_word_is(walk->words, range.end - 1, ";") ||
                                     an_word_is(walk->words, range.end - 1, ".") || an_word_is(walk->words, range.end - 1, "-") ||
                                     an_tok(walk, range.end - 1)->upos == AN_CCONJ))
    range.end--;
  return range;
}

static uint8_t kind_of(const an_walk *walk, const an_draft *draft) {
  uint32_t quoted = 0, all = 0;
  for (uint32_t i = 0; i < draft->content_count; i++)
    for (uint32_t token = draft->content[i].first; token < draft->content[i].end; token++) {
      if (punct(walk, token)) continue;
      all++;
      quoted += an_tok(walk, token)->quote_depth > 0;
    }
  if (quoted == 0) return AN_INDIRECT;
  return quoted == all && !draft->that ? AN_DIRECT : AN_MIXED;
}

static bool holds_verb(const an_walk *walk, uint32_t first, uint32_t end) {
  for (uint32_t token = first; token < end; token++)
    if (an_is_verb(walk, token)) return true;
  return false;
}

/* "rejected the plan" is a deed; "rejected a report that …" is what somebody says. */
static bool rejects(const an_walk *walk, uint32_t cue) {
  uint16_t takes = an_cue_at(walk, cue).takes;
  return (takes & AN_CUE_DENIES) != 0 && (takes & AN_TAKES_CLAUSE) == 0;
}

/* "condemned the killings", "said the threat", "urged them to leave": a thing, or what others are to do, is an event and no
   words of anybody. */
static bool says_nothing(const an_walk *walk, const an_draft *draft) {
  uint32_t words = 0;
  for (uint32_t token = draft->content[0].first; token < draft->content[0].end; token++)
    words += !punct(walk, token) && (an_tok(walk, token)->flags & AN_WORD_TIME) == 0;
  switch (draft->frame) {
    case AN_FRAME_URGE: return words < LEAST_OBJECT;
    case AN_FRAME_OBJECT: case AN_FRAME_PHRASE:
      return words < LEAST_OBJECT || (rejects(walk, draft->cue) && !holds_verb(walk, draft->content[0].first, draft->content[0].end));
    case AN_FRAME_CLAUSE: case AN_FRAME_MIND:
      if (words <= LEAST_OBJECT && an_cue_at(walk, draft->content[0].end - 1).kind == AN_CUE_VERB) return true; /* "an aide said" */
      return draft->content_count == 1 && words <= LEAST_OBJECT && !holds_verb(walk, draft->content[0].first, draft->content[0].end);
    default: return false;
  }
}

static bool finish(an_walk *walk, an_draft *draft) {
  for (uint32_t i = 0; i < draft->content_count; i++) draft->content[i] = trim(walk, draft->content[i]);
  if (draft->content_count == 0 || draft->speaker_count == 0 || draft->content[0].first >= draft->content[0].end) { walk->draft_count--; return false; }
  draft->kind = kind_of(walk, draft);
  if (draft->kind == AN_INDIRECT && says_nothing(walk, draft)) { walk->draft_count--; return false; }
  if (draft->cue != AN_NONE) walk->used[draft->cue] = 1;
  return true;
}

/* ---- Where a complement ends ---------------------------------------------------------------------- */

static bool finite(const an_walk *walk, uint32_t token) {
  uint8_t xpos = an_tok(walk, token)->xpos;
  return xpos == AN_X_VBD || xpos == AN_X_VBZ || xpos == AN_X_VBP || xpos == AN_X_MD;
}

/* A participle or second verb behind a comma or "and" that is a cue of its own: "…, adding that", "… and said". */
static bool next_cue_at(const an_walk *walk, uint32_t token, uint32_t own) {
  if (token == own || an_tok(walk, token)->quote_depth > 0) return false;
  an_cue cue = an_cue_at(walk, token);
  if (cue.kind != AN_CUE_VERB) return false;
  const an_token *t = an_tok(walk, token);
  uint32_t before = token > 0 ? token - 1 : token;
  if (t->xpos == AN_X_VBG && walk->used[token] && an_child_by(walk->words, token, AN_AUX_) == AN_NONE) return true; /* "emailed friends saying: “" */
  if (t->xpos == AN_X_VBG) return comma(walk, before) || an_word_is(walk->words, before, "and");
  bool joined = (t->xpos == AN_X_VBD || t->xpos == AN_X_VBZ || t->xpos == AN_X_VBN) && (an_tok(walk, before)->upos == AN_CCONJ || comma(walk, before));
  if (!joined) return false;
  if (an_joined_to(walk, token) == own) return true;
  if (t->xpos != an_tok(walk, own)->xpos || an_tok(walk, before)->upos != AN_CCONJ) return false;
  for (uint32_t at = own + 1; at < token; at++) /* "called it “rude” and called for calm", whatever the tree hung the second on */
    if (finite(walk, at)) return false;
  return true;
}

/* ", as some traders had claimed": another voice, in passing. */
static bool as_others_say(const an_walk *walk, uint32_t token, uint32_t end) {
  if (!comma(walk, token) || token + 3 >= end || !an_word_is(walk->words, token + 1, "as") || an_tok(walk, token + 1)->quote_depth > 0) return false;
  for (uint32_t at = token + 2; at < end && at < token + 9 && !comma(walk, at); at++)
    if (an_tok(walk, at)->upos == AN_VERB) return an_cue_at(walk, at).kind == AN_CUE_VERB && (at + 1 >= end || punct(walk, at + 1));
  return false;
}

/* ", Belgrade denies it". */
static bool others_deny(const an_walk *walk, uint32_t token, uint32_t end) {
  uint32_t index = comma(walk, token) && token + 2 < end ? walk->mention_of[token + 1] : AN_NONE;
  if (index == AN_NONE) return false;
  uint32_t verb = walk->mentions->list.at[index].end;
  return verb < end && an_tok(walk, verb)->xpos != AN_X_VBN && (an_cue_at(walk, verb).takes & AN_CUE_DENIES) != 0;
}

static an_range cut_at_cue(const an_walk *walk, uint32_t cue, an_range range) {
  for (uint32_t token = range.first; token < range.end; token++)
    if (as_others_say(walk, token, range.end) || others_deny(walk, token, range.end)) range.end = token;
  for (uint32_t token = range.first; token < range.end; token++) {
    if (!next_cue_at(walk, token, cue)) continue;
    uint32_t cut = token;
    while (cut > range.first && (comma(walk, cut - 1) || an_tok(walk, cut - 1)->upos == AN_CCONJ)) cut--;
    if (cut > range.first) range.end = cut;
    break;
  }
  return trim(walk, range);
}

static bool quote_mark(const an_walk *walk, uint32_t token) {
  uint32_t depth = an_tok(walk, token)->quote_depth;
  if (token + 1 < walk->words->token_count && an_tok(walk, token + 1)->quote_depth > depth) return true;
  return token > 0 && an_tok(walk, token - 1)->quote_depth > depth;
}

/* Words behind a complement that no mark and no joining word parts from it belong to it, whatever they were hung on. */
static an_range draw_out(const an_walk *walk, an_range range, uint32_t limit) {
  while (range.end < limit) {
    const an_token *t = an_tok(walk, range.end);
    if (comma(walk, range.end - 1) || (t->upos == AN_PUNCT && !quote_mark(walk, range.end))) break;
    if (range.end > range.first + 1 && punct(walk, range.end - 1) && comma(walk, range.end - 2)) break; /* "that it is so,” he said" */
    if (t->upos == AN_SCONJ && (range.end + 1 >= limit || an_tok(walk, range.end + 1)->xpos != AN_X_VBG)) break;
    if (t->upos == AN_CCONJ && range.end + 1 < limit && an_is_verb(walk, range.end + 1)) break;
    range.end++;
  }
  return range;
}

/* "…, and that the threat will not stop it": a further clause of what one told "that", which a tree hangs on the cue's own head. */
static an_range and_that(const an_walk *walk, an_range range, uint32_t limit) {
  uint32_t at = range.end;
  if (at < limit && comma(walk, at)) at++;
  else if (at > range.first + 1 && an_tok(walk, at - 1)->upos == AN_CCONJ) at--;
  if (at + 3 >= limit || an_tok(walk, at)->upos != AN_CCONJ || !an_word_is(walk->words, at + 1, "that")) return range;
  uint32_t verb = an_tok(walk, at + 1)->head, first, end;
  if (an_tok(walk, at + 1)->rel != AN_MARK || verb == AN_NONE || verb <= at) return range;
  an_subtree(walk->words, verb, &first, &end);
  if (end > range.end) range.end = end < limit ? end : limit;
  return range;
}

/* "who declared an emergency and sent soldiers, said …": a relative clause of the speaker ends at the comma before a finite verb. */
static uint32_t relative_end(const an_walk *walk, uint32_t cue, uint32_t end) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first, at = cue;
  while (at > begin && at + 3 > cue && !an_word_is(walk->words, at, "who") && !an_word_is(walk->words, at, "which")) at--;
  if (at <= begin || at == cue || !comma(walk, at - 1) || !(an_word_is(walk->words, at, "who") || an_word_is(walk->words, at, "which"))) return end;
  for (uint32_t token = cue + 1; token + 1 < end; token++) {
    uint8_t xpos = an_tok(walk, token + 1)->xpos;
    if (comma(walk, token) && (xpos == AN_X_VBD || xpos == AN_X_VBZ || xpos == AN_X_VBP || xpos == AN_X_MD)) return token;
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
  bool subject = rel(walk, noun) == AN_NSUBJ || rel(walk, noun) == AN_NSUBJ_PASS;
  for (uint32_t token = noun + 1; subject && token < end && over != AN_NONE && over > noun; token++)
    if (token == over || (an_tok(walk, token)->head == over && an_is_verb(walk, token))) return token;
  return end;
}

/* A participle or noun inside another clause tells nothing of what stands behind its own: "letters accusing Olga of theft are
   lies" ends before "are"; "after saying that it hurt, she was taken away" before "she". */
static uint32_t own_end(const an_walk *walk, uint32_t cue, uint32_t end) {
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
    while (token > cue + 1 && !punct(walk, token - 1)) token--;
    return token > cue + 1 ? token : end;
  }
  return end;
}

/* The subtree of a complement, drawn out over what the parser hung too high, up to a further cue or the sentence's end. */
static an_range complement(const an_walk *walk, uint32_t cue, uint32_t head) {
  an_range all = sentence_range(walk, an_tok(walk, cue)->sentence), range;
  an_subtree(walk->words, head, &range.first, &range.end);
  if (range.first <= cue && head > cue) range.first = cue + 1;
  if (range.end > all.end) range.end = all.end;
  for (uint32_t c = an_child(walk->words, cue, cue); c != AN_NONE; c = an_child(walk->words, cue, c)) {
    if (c < range.end) continue;
    uint8_t r = rel(walk, c);
    bool part = r == AN_CCOMP || r == AN_XCOMP || r == AN_OBL || r == AN_NMOD || r == AN_OBJ || r == AN_DEP ||
                (r == AN_CONJ && !goes_on(walk, cue, c));
    if (!part) { if (r != AN_PUNCT_ && r != AN_CC) break; continue; }
    uint32_t first, end;
    an_subtree(walk->words, c, &first, &end);
    if (end > range.end) range.end = end < all.end ? end : all.end;
  }
  range = and_that(walk, draw_out(walk, range, all.end), all.end);
  range.end = own_end(walk, cue, relative_end(walk, cue, range.end));
  return cut_at_cue(walk, cue, range);
}

/* ---- Cues behind or inside what they tell ------------------------------------------------------------ */

static bool adjunct_only(const an_walk *walk, uint32_t first, uint32_t end, bool whole) {
  for (uint32_t token = first; token < end; token++) {
    uint8_t upos = an_tok(walk, token)->upos;
    /* "says in a report that lists …": a clause stands before the cue, so this one describes the noun. */
    if (whole && token > first + 1 && an_word_is(walk->words, token, "that") && an_tok(walk, token - 1)->upos == AN_NOUN && an_tok(walk, first)->upos == AN_ADP) return true;
    if (token >= first + TAIL) return false;
    if (upos == AN_VERB || upos == AN_AUX || upos == AN_SCONJ || an_tok(walk, token)->quote_depth > 0) return false;
    if (an_word_is(walk->words, token, "that") || an_word_is(walk->words, token, ":")) return false;
  }
  return true;
}

/* Where the phrase "the Kremlin said" begins, when nothing but it stands between a comma and the cue. */
static uint32_t tag_begin(const an_walk *walk, uint32_t cue, uint32_t subject) {
  an_range phrase = an_phrase_of(walk, subject);
  uint32_t first = subject < cue ? phrase.first : cue;
  uint32_t begin = an_tok(walk, cue)->sentence < walk->words->sentence_count ? walk->words->sentences[an_tok(walk, cue)->sentence].first : 0;
  for (uint32_t step = 0; step < 12 && first > begin; step++) { /* titles, appositions: back to the comma */
    if (comma(walk, first - 1)) return first;
    if (first > begin + 1 && comma(walk, first - 2) && an_tok(walk, first - 1)->upos == AN_PUNCT) return first; /* …,” Reuters reported */
    uint8_t upos = an_tok(walk, first - 1)->upos;
    bool describes = upos == AN_VERB && an_tok(walk, first - 1)->xpos == AN_X_VBN && subject < first; /* "pictures taken in May show" */
    bool when = an_word_is(walk->words, first - 1, "when") || an_word_is(walk->words, first - 1, "where") || an_word_is(walk->words, first - 1, "which");
    if ((upos == AN_VERB && !describes) || upos == AN_AUX || upos == AN_PUNCT || upos == AN_SCONJ || upos == AN_CCONJ || when) return AN_NONE;
    first--;
  }
  return AN_NONE;
}

/* Somebody or something, and a finite verb behind it. */
static bool own_clause(const an_walk *walk, uint32_t first, uint32_t end) {
  bool named = false;
  for (uint32_t token = first; token < end; token++) {
    uint8_t upos = an_tok(walk, token)->upos;
    if (named && finite(walk, token)) return true;
    if (upos == AN_NOUN || upos == AN_PROPN || upos == AN_PRON || walk->mention_of[token] != AN_NONE) named = true;
  }
  return false;
}

/* "If it is not paid, the port will close, …": a clause behind the comma that ends the first one. */
static bool main_clause(const an_walk *walk, uint32_t first, uint32_t end) {
  for (uint32_t token = first; token < end; token++)
    if (comma(walk, token) && own_clause(walk, token + 1, end)) return true;
  return false;
}

/* ", and nobody was hurt": whose words these are is not said. */
static bool new_clause(const an_walk *walk, an_range rest) {
  return an_tok(walk, rest.first)->upos == AN_CCONJ && rest.first + 1 < rest.end && !an_is_verb(walk, rest.first + 1) && own_clause(walk, rest.first + 1, rest.end);
}

static bool aside(const an_walk *walk, uint32_t token) {
  const an_token *t = an_tok(walk, token);
  return an_cue_circumstance(walk, token) || (t->xpos == AN_X_VBG && t->upos == AN_VERB);
}

static uint32_t right_child(const an_walk *walk, uint32_t head, uint8_t relation) {
  for (uint32_t c = an_child(walk->words, head, head); c != AN_NONE; c = an_child(walk->words, head, c))
    if (rel(walk, c) == relation && c > head) return c;
  return AN_NONE;
}

/* "charged a fee": a thing behind the verb, which so tells nothing of what stands before. */
static bool has_thing(const an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t subject) {
  uint32_t obj = right_child(walk, cue_token, AN_OBJ);
  if (subject > cue_token || comma(walk, cue_token + 1 < walk->words->token_count ? cue_token + 1 : cue_token)) return false;
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
  if (content->first >= begin || content->end + 2 < begin || !own_clause(walk, content->first, begin)) return false;
  if (content->end > begin) content->end = begin;
  *content = trim(walk, *content);
  return true;
}

static bool trailing(an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t subject) {
  uint32_t sentence = an_tok(walk, cue_token)->sentence;
  an_range all = sentence_range(walk, sentence);
  if (subject == AN_NONE || (cue->takes & (AN_TAKES_CLAUSE | AN_TAKES_QUOTE)) == 0) return false;
  if (cue->takes & AN_CUE_DENIES) return false; /* "…, Belgrade denies it" */
  uint8_t xpos = an_tok(walk, cue_token)->xpos;
  if (xpos == AN_X_VB || xpos == AN_X_VBG || an_is_passive(walk, cue_token) || has_thing(walk, cue_token, cue, subject)) return false;
  uint32_t begin = tag_begin(walk, cue_token, subject);
  bool inside = comma(walk, cue_token + 1 < all.end ? cue_token + 1 : cue_token); /* "The port, the mayor said, had been closed" */
  if (begin == AN_NONE || begin < all.first + (inside ? 2 : 3)) return false;
  if (told_already(walk, begin)) return false;
  an_range phrase = an_phrase_of(walk, subject);
  uint32_t behind = phrase.end > cue_token + 1 && subject > cue_token ? phrase.end : cue_token + 1, end = behind;
  while (end < all.end && !comma(walk, end) && !an_word_is(walk->words, end, ";")) end++;
  if (end + 1 >= all.end && said_so_before(walk, begin, subject)) return false;
  if (end < all.end && an_word_is(walk->words, end, ";")) all.end = end;
  for (uint32_t token = begin; token > all.first; token--) /* "Eight came; two more, he said, are at sea" */
    if (an_word_is(walk->words, token - 1, ";") && an_tok(walk, token - 1)->quote_depth == 0) { all.first = token; break; }
  bool joined = an_tok(walk, all.first)->upos == AN_CCONJ && all.first + 1 < begin;
  uint32_t opener = joined ? all.first + 1 : all.first;
  uint8_t opening = an_tok(walk, opener)->upos;
  if (opening == AN_ADV && an_cue_circumstance(walk, opener)) opening = AN_SCONJ; /* "When" */
  bool whole = opening != AN_SCONJ && own_clause(walk, all.first, begin);
  if (((cue->takes & AN_CUE_DOCUMENT) && !(whole && behind >= all.end)) || !holds_verb(walk, all.first, end + 3 < all.end ? all.end : begin)) return false;
  if (opening == AN_SCONJ && end + 3 >= all.end && !main_clause(walk, all.first, begin)) return false; /* "When the money went, Chad said enough." */
  if (opening == AN_ADP && !own_clause(walk, all.first, begin) && (end > behind || end + 3 >= all.end)) return false; /* "In a speech in Paris, he said" */
  if (!adjunct_only(walk, behind, end, whole) || (begin < all.first + 4 && end + 3 >= all.end)) return false;
  an_draft *draft = an_draft_new(walk, AN_FRAME_TRAILING, cue_token, sentence);
  if (draft == NULL) return false;
  an_range before = trim(walk, (an_range){all.first, begin});
  an_draft_range(draft, before.first, before.end);
  bool apposed = subject > cue_token && an_tok(walk, subject)->quote_depth == 0; /* "…, said Mira Holt, a former judge." */
  if (end + 3 < all.end && !apposed) { /* "The deal, he said, will hold." */
    an_range rest = trim(walk, (an_range){end, all.end});
    bool cut = whole && rest.first < rest.end && (aside(walk, rest.first) || new_clause(walk, rest)); /* "…, the ministry said, after five had died" */
    if (cut) rest.end = rest.first;
    for (uint32_t token = rest.first; token < rest.end && !cut; token++)
      if (next_cue_at(walk, token, cue_token)) { rest.end = token; cut = true; }
    rest = trim(walk, rest);
    if (!cut || rest.end > rest.first + 3) an_draft_range(draft, rest.first, rest.end);
  }
  if (opening == AN_ADP && !whole && draft->content_count < 2) { walk->draft_count--; return false; } /* "Outside the hall, he said, …" */
  an_speakers_from(walk, subject, draft);
  return finish(walk, draft);
}

/* ---- Frames with the complement behind the cue -------------------------------------------------------- */

static an_draft *start(an_walk *walk, uint8_t frame, uint32_t cue, uint32_t subject) {
  an_draft *draft = an_draft_new(walk, frame, cue, an_tok(walk, cue)->sentence);
  if (draft != NULL) an_speakers_from(walk, subject, draft);
  return draft;
}

static bool has_mark(const an_walk *walk, uint32_t head, const char *word) {
  for (uint32_t c = an_child(walk->words, head, AN_NONE); c != AN_NONE; c = an_child(walk->words, head, c))
    if (an_word_is(walk->words, c, word)) return true;
  return false;
}

static bool that_behind(const an_walk *walk, uint32_t cue, uint32_t *that) {
  an_range all = sentence_range(walk, an_tok(walk, cue)->sentence);
  for (uint32_t token = cue + 1; token < all.end && token <= cue + 20; token++) {
    if (an_word_is(walk->words, token, "that")) {
      *that = token;
      return an_tok(walk, token)->upos == AN_SCONJ || token == cue + 1 || (token + 1 < all.end && !an_is_verb(walk, token + 1));
    }
    uint8_t upos = an_tok(walk, token)->upos;
    if (upos == AN_VERB || upos == AN_AUX || an_tok(walk, token)->quote_depth > 0) return false;
  }
  return false;
}

/* Where the tree has lost the clause: a name and a finite verb behind "said" are one ("says the man nicknamed King is …"). */
static uint32_t bare_clause(const an_walk *walk, uint32_t cue) {
  an_range all = sentence_range(walk, an_tok(walk, cue)->sentence);
  uint32_t first = cue + 1;
  bool named = false;
  all.end = own_end(walk, cue, relative_end(walk, cue, all.end));
  for (uint32_t token = first; token < all.end; token++) {
    const an_token *t = an_tok(walk, token);
    if (next_cue_at(walk, token, cue)) return AN_NONE;
    if (t->upos == AN_CCONJ && token + 1 < all.end && an_is_verb(walk, token + 1)) return AN_NONE; /* "declared a day of rest and left" */
    if (named && (t->xpos == AN_X_VBD || t->xpos == AN_X_VBZ || t->xpos == AN_X_VBP || t->xpos == AN_X_MD)) return first;
    if (t->upos == AN_NOUN || t->upos == AN_PROPN || t->upos == AN_PRON) named = true;
    else if (token == first && (t->upos == AN_ADP || t->upos == AN_PUNCT || t->upos == AN_VERB || t->upos == AN_AUX || t->upos == AN_ADV || t->upos == AN_CCONJ || t->upos == AN_PART || an_cue_circumstance(walk, token))) return AN_NONE;
  }
  return AN_NONE;
}

static an_range behind_that(const an_walk *walk, uint32_t cue, uint32_t that) {
  an_range all = sentence_range(walk, an_tok(walk, cue)->sentence), range = {that + 1, complement(walk, cue, cue).end};
  if (range.end < that + 2) range.end = that + 2 < all.end ? that + 2 : all.end;
  return cut_at_cue(walk, cue, and_that(walk, draw_out(walk, range, all.end), all.end));
}

/* ", Reuters reported": a tree can take such a tag for what is told. */
static bool is_tag(const an_walk *walk, uint32_t head) {
  an_cue cue = an_cue_at(walk, head);
  uint32_t subject = an_child_by(walk->words, head, AN_NSUBJ), limit = sentence_range(walk, an_tok(walk, head)->sentence).end;
  if (cue.kind != AN_CUE_VERB || (cue.takes & AN_TAKES_QUOTE) == 0 || subject == AN_NONE || subject > head) return false;
  return head + 1 >= limit && tag_begin(walk, head, subject) != AN_NONE;
}

/* "They showed how it works" is a deed; a paper that shows how it works tells it. */
static bool shows_how(const an_walk *walk, uint32_t head, uint32_t subject) {
  uint32_t first, end;
  an_text value;
  an_subtree(walk->words, head, &first, &end);
  uint8_t upos = an_tok(walk, first)->upos;
  bool asks = upos == AN_ADV || (upos == AN_PRON && an_tok(walk, first)->xpos == AN_X_OTHER);
  return asks && an_reference_at(walk, subject, &value, &end) != AN_REFERS_DOCUMENT;
}

/* "since the town submitted its plan, Holt wrote that …": behind the cue's thing and a comma, another verb of saying. */
static bool other_tells(const an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t head) {
  uint32_t thing = right_child(walk, cue_token, AN_OBJ), parted = AN_NONE;
  if (thing == AN_NONE || thing > head || (cue->takes & AN_TAKES_HEARER) || (an_cue_at(walk, head).takes & AN_TAKES_QUOTE) == 0) return false;
  for (uint32_t token = thing; token < head; token++)
    if (comma(walk, token) && an_tok(walk, token)->quote_depth == 0) parted = token;
  return parted != AN_NONE;
}

/* "Three mayors agree - Holt: “…”": the quotation is somebody's already, and not of this verb. */
static bool told_by_name(const an_walk *walk, uint32_t head) {
  for (uint32_t i = walk->sentence_first_draft; i < walk->draft_count && an_tok(walk, head)->quote_depth > 0; i++) {
    const an_draft *d = &walk->drafts[i];
    if (d->cue == AN_NONE && d->content_count > 0 && head >= d->content[0].first && head < d->content[0].end) return true;
  }
  return false;
}

/* "the trip, which Holt says was short", "a date that she said went by": the word, or the noun, that the clause is about. */
static an_range said_of(const an_walk *walk, uint32_t cue, uint32_t subject) {
  static const char *const relatives[] = {"which", "who", "that", "what"};
  uint32_t before = subject < cue ? an_phrase_of(walk, subject).first : 0;
  for (size_t i = 0; i < sizeof relatives / sizeof relatives[0] && before > 0; i++)
    if (an_word_is(walk->words, before - 1, relatives[i])) return (an_range){before - 1, before};
  uint32_t noun = rel(walk, cue) == AN_ACL_RELCL ? an_tok(walk, cue)->head : AN_NONE;
  if (noun == AN_NONE || noun >= before) return (an_range){0, 0};
  an_range phrase = an_phrase_of(walk, noun);
  if (phrase.end > before) phrase.end = before;
  return phrase;
}

/* "said that …", "said …", "told reporters that …", "pointed out that …". */
static bool clause(an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t subject) {
  if ((cue->takes & (AN_TAKES_CLAUSE | AN_TAKES_HEARER | AN_TAKES_PARTICLE | AN_TAKES_INFINITIVE)) == 0) return false;
  uint32_t head = right_child(walk, cue_token, AN_CCOMP), that = AN_NONE;
  if (head != AN_NONE && is_tag(walk, head)) head = AN_NONE;
  if (head == AN_NONE && that_behind(walk, cue_token, &that)) head = that;
  if (head == AN_NONE && (cue->takes & (AN_TAKES_HEARER | AN_TAKES_INFINITIVE))) head = right_child(walk, cue_token, AN_XCOMP);
  bool gerund = false; /* "denied using gas" */
  if (head == AN_NONE && (cue->takes & AN_CUE_DENIES) && cue_token + 1 < walk->words->token_count) {
    head = right_child(walk, cue_token, AN_XCOMP);
    if (head == AN_NONE && an_tok(walk, cue_token + 1)->xpos == AN_X_VBG && an_tok(walk, cue_token + 1)->head == cue_token) head = cue_token + 1;
    gerund = head != AN_NONE;
  }
  if (head == AN_NONE && (cue->takes & AN_TAKES_QUOTE)) {
    head = right_child(walk, cue_token, AN_PARATAXIS);
    if (head != AN_NONE && an_child_by(walk->words, head, AN_NSUBJ) == AN_NONE) head = AN_NONE;
  }
  uint32_t bare = AN_NONE;
  if (head == AN_NONE && (cue->takes & AN_TAKES_CLAUSE) && cue_token + 1 < walk->words->token_count) { /* "suggested looking at the budget" */
    uint32_t next = cue_token + 1;
    if (an_tok(walk, next)->xpos == AN_X_VBG && an_tok(walk, next)->head == cue_token && (rel(walk, next) == AN_XCOMP || rel(walk, next) == AN_CCOMP)) head = next;
    gerund = head != AN_NONE;
  }
  bool clause_of_own = head != AN_NONE && an_child_by(walk->words, head, AN_NSUBJ) != AN_NONE;
  if ((cue->takes & AN_CUE_DOCUMENT) && that == AN_NONE && clause_of_own && shows_how(walk, head, subject)) return false;
  if ((cue->takes & AN_CUE_DOCUMENT) && that == AN_NONE && !clause_of_own && !gerund && (head == AN_NONE || !has_mark(walk, head, "that")) && walk->mention_of[subject] != AN_NONE)
    return false; /* "has shown Iran only venom" */
  if (head == AN_NONE && (cue->takes & AN_TAKES_QUOTE) && (cue->takes & (AN_TAKES_HEARER | AN_TAKES_OBJECT)) == 0) bare = bare_clause(walk, cue_token);
  if ((head == AN_NONE && bare == AN_NONE) || (head != AN_NONE && told_by_name(walk, head))) return false;
  if (head != AN_NONE && that == AN_NONE && other_tells(walk, cue_token, cue, head)) return false;
  bool urge = head != AN_NONE && rel(walk, head) == AN_XCOMP && !gerund && (cue->takes & AN_CUE_MIND) == 0;
  if (urge && an_tok(walk, cue_token)->xpos == AN_X_VB) return false; /* "would ask a court to": nobody has said it yet */
  an_draft *draft = start(walk, urge ? AN_FRAME_URGE : (cue->takes & AN_CUE_MIND) != 0 ? AN_FRAME_MIND : AN_FRAME_CLAUSE, cue_token, subject);
  if (draft == NULL) return false;
  an_range range;
  if (that != AN_NONE) range = behind_that(walk, cue_token, that);
  else if (bare != AN_NONE) range = cut_at_cue(walk, cue_token, (an_range){bare, own_end(walk, cue_token, relative_end(walk, cue_token, sentence_range(walk, draft->sentence).end))});
  else range = complement(walk, cue_token, head);
  draft->that = that != AN_NONE || (head != AN_NONE && has_mark(walk, head, "that"));
  /* "said cooperation in Syria has …": nothing between the cue and its clause but what the tree has hung elsewhere. */
  if (!draft->that && bare == AN_NONE && !urge && (cue->takes & AN_TAKES_QUOTE) && (cue->takes & AN_TAKES_HEARER) == 0 && range.first > cue_token + 1) {
    const an_token *next = an_tok(walk, cue_token + 1);
    bool aside = next->upos == AN_ADP || next->upos == AN_ADV || next->upos == AN_PUNCT || next->upos == AN_SCONJ || (next->flags & AN_WORD_TIME) != 0;
    if (!aside) range.first = cue_token + 1;
  }
  if (draft->frame == AN_FRAME_MIND && !draft->that && head != AN_NONE && rel(walk, head) == AN_XCOMP) range.first = cue_token + 1; /* "expect it to fall" */
  uint32_t mark;
  if (that_behind(walk, cue_token, &mark) && mark >= range.first && mark + 1 < range.end) range.first = mark + 1;
  if (head != AN_NONE && !clause_of_own && range.first < range.end && finite(walk, range.first) && !draft->that && !urge) { /* what it is said of stands elsewhere */
    an_range of = said_of(walk, cue_token, subject);
    if (of.first < of.end) an_draft_range(draft, of.first, of.end);
    else if (head > cue_token + 1 && !punct(walk, cue_token + 1)) range.first = cue_token + 1; /* "hoped the talks, once begun, would" */
  }
  an_draft_range(draft, range.first, range.end);
  return finish(walk, draft);
}

/* Words from `first` on that belong to the cue's objects: up to a further cue, a clause of the cue, or the end. */
static an_range object_range(const an_walk *walk, uint32_t cue, uint32_t head, uint32_t first) {
  an_range range = complement(walk, cue, head);
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
  uint32_t limit = sentence_range(walk, an_tok(walk, cue)->sentence).end, token = cue + 1;
  for (; token < limit && token <= cue + 12; token++) {
    if (an_tok(walk, token)->quote_depth > 0) break;
    if (an_is_verb(walk, token) || comma(walk, token)) return AN_NONE;
  }
  if (token >= limit || an_tok(walk, token)->quote_depth == 0 || token < cue + 3) return AN_NONE;
  while (token < limit && an_tok(walk, token)->quote_depth > 0) token++;
  return token < limit && an_tok(walk, token)->upos == AN_PUNCT ? token + 1 : token;
}

/* What stands behind the object: "of theft", "for the delay". */
static uint32_t object_of(const an_walk *walk, uint32_t cue_token, uint32_t obj, const an_cue *cue) {
  const uint32_t heads[2] = {cue_token, obj};
  for (int i = 0; i < 2; i++)
    for (uint32_t c = an_child(walk->words, heads[i], obj); c != AN_NONE; c = an_child(walk->words, heads[i], c)) {
      uint32_t first, end;
      if (c < obj || (rel(walk, c) != AN_OBL && rel(walk, c) != AN_NMOD && rel(walk, c) != AN_ADVCL && rel(walk, c) != AN_ACL)) continue;
      an_subtree(walk->words, c, &first, &end);
      if (first > obj && an_in_list(cue->preps, an_word(walk->words, first))) return c;
    }
  return AN_NONE;
}

/* "praised the deal", "stressed the importance of …"; "described it as …"; "pointed to …". */
static bool object(an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t subject) {
  if (!party(walk, subject)) return false;
  uint32_t obj = right_child(walk, cue_token, AN_OBJ), as = AN_NONE, phrase = AN_NONE, phrase_head = AN_NONE;
  for (uint32_t c = an_child(walk->words, cue_token, cue_token); c != AN_NONE; c = an_child(walk->words, cue_token, c)) {
    if (c < cue_token || (rel(walk, c) != AN_OBL && rel(walk, c) != AN_XCOMP && rel(walk, c) != AN_ADVCL && rel(walk, c) != AN_NMOD)) continue;
    if (as == AN_NONE && (has_mark(walk, c, "as") || (rel(walk, c) == AN_XCOMP && obj != AN_NONE))) as = c;
    uint32_t first, end;
    an_subtree(walk->words, c, &first, &end);
    if (phrase != AN_NONE || first != cue_token + 1 || !an_in_list(cue->preps, an_word(walk->words, first))) continue;
    phrase = first;
    phrase_head = c;
  }
  if ((cue->takes & AN_TAKES_PHRASE) && phrase != AN_NONE) {
    an_draft *draft = start(walk, as != AN_NONE && (cue->takes & AN_TAKES_AS) ? AN_FRAME_AS : AN_FRAME_PHRASE, cue_token, subject);
    if (draft == NULL) return false;
    an_range range = object_range(walk, cue_token, phrase_head, phrase + 1);
    an_draft_range(draft, phrase + 1, range.end);
    return finish(walk, draft);
  }
  uint32_t quoted = (cue->takes & AN_TAKES_AS) && as == AN_NONE ? quoted_name(walk, cue_token) : AN_NONE;
  if (quoted != AN_NONE) {
    an_draft *draft = start(walk, AN_FRAME_AS, cue_token, subject);
    if (draft == NULL) return false;
    draft->that = true;
    an_draft_range(draft, cue_token + 1, quoted);
    return finish(walk, draft);
  }
  bool naming = (cue->takes & AN_TAKES_AS) && as != AN_NONE;
  if (!naming && obj != AN_NONE && (cue->takes & AN_TAKES_OBJECT_OF)) { /* "accused the envoy of theft" */
    as = object_of(walk, cue_token, obj, cue);
    naming = as != AN_NONE;
  }
  if (obj == AN_NONE || !(naming || (cue->takes & AN_TAKES_OBJECT))) return false;
  if (an_child_by(walk->words, cue_token, AN_AUX_PASS) != AN_NONE) return false;
  uint32_t thing = walk->mention_of[obj];
  if (!naming && thing != AN_NONE && (walk->mentions->list.at[thing].m.kind == AN_MENTION_PERSON || walk->mentions->list.at[thing].m.kind == AN_MENTION_ROLE))
    return false; /* "welcomed the Iranian leader" */
  an_draft *draft = start(walk, naming ? AN_FRAME_AS : AN_FRAME_OBJECT, cue_token, subject);
  if (draft == NULL) return false;
  uint32_t first, end;
  an_subtree(walk->words, obj, &first, &end);
  an_range range = object_range(walk, cue_token, obj, first);
  if (naming) {
    uint32_t as_first, as_end;
    an_subtree(walk->words, as, &as_first, &as_end);
    if (as_end > range.end) range.end = as_end;
    range = cut_at_cue(walk, cue_token, range);
  }
  range = trim(walk, range);
  an_draft_range(draft, range.first, range.end);
  return finish(walk, draft);
}

/* "Tehran's assertion that …", "the claim by Reuters that …". */
static bool noun(an_walk *walk, uint32_t token) {
  uint32_t head = right_child(walk, token, AN_ACL), that = AN_NONE, speaker = an_child_by(walk->words, token, AN_NMOD_POSS);
  if (head == AN_NONE) head = right_child(walk, token, AN_CCOMP);
  if (head == AN_NONE) head = right_child(walk, token, AN_ACL_RELCL);
  if (!that_behind(walk, token, &that)) return false;
  for (uint32_t c = an_child(walk->words, token, AN_NONE); c != AN_NONE && speaker == AN_NONE; c = an_child(walk->words, token, c))
    if (rel(walk, c) == AN_NMOD && (has_mark(walk, c, "by") || has_mark(walk, c, "of") || has_mark(walk, c, "from"))) speaker = c;
  an_cue cue = {.kind = AN_CUE_NOUN};
  if (speaker == AN_NONE || (head == AN_NONE && that != token + 1) || !an_may_speak(walk, speaker, &cue)) return false;
  an_draft *draft = start(walk, AN_FRAME_NOUN, token, speaker);
  if (draft == NULL) return false;
  uint32_t first, end = that + 2;
  if (head != AN_NONE) an_subtree(walk->words, head, &first, &end);
  an_range all = sentence_range(walk, draft->sentence);
  all.end = own_end(walk, token, all.end);
  an_range range = trim(walk, draw_out(walk, (an_range){that + 1, end < all.end ? end : all.end}, all.end));
  draft->that = true;
  an_draft_range(draft, range.first, range.end);
  return finish(walk, draft);
}

static bool capitals(const an_walk *walk, uint32_t first, uint32_t end) {
  for (uint32_t token = first; token < end; token++)
    if (an_tok(walk, token)->upos != AN_PROPN && an_tok(walk, token)->shape == AN_SHAPE_LOWER) return false;
  return end <= first + 6;
}

/* "according to X": the rest of the sentence is X's. */
static bool according(an_walk *walk, uint32_t token, const an_cue *cue) {
  uint32_t sentence = an_tok(walk, token)->sentence;
  an_range all = sentence_range(walk, sentence);
  if (token + 2 >= all.end || !an_in_list(cue->preps, an_word(walk->words, token + 1))) return false;
  uint32_t first = token + 2, end = first, head = AN_NONE;
  an_cue who = {.kind = AN_CUE_PHRASE};
  if (!an_may_speak(walk, first, &who) && an_tok(walk, first)->upos == AN_PRON) return false; /* "according to what was shown" */
  while (end < all.end && !comma(walk, end) && (!an_is_verb(walk, end) || end == first)) { /* "exit polls" */
    if (an_tok(walk, end)->upos == AN_NOUN || an_tok(walk, end)->upos == AN_PROPN || walk->mention_of[end] != AN_NONE || an_tok(walk, end)->upos == AN_PRON) {
      if (head == AN_NONE || an_tok(walk, end - 1)->upos != AN_ADP) head = head == AN_NONE || walk->mention_of[head] == AN_NONE ? end : head;
    }
    end++;
  }
  if (head == AN_NONE) return false;
  an_draft *draft = an_draft_new(walk, AN_FRAME_ACCORDING, token, sentence);
  if (draft == NULL) return false;
  draft->speaker[0] = (an_range){first, end};
  draft->speaker_mention[0] = walk->mention_of[head];
  draft->speaker_count = 1;
  while (end < all.end && !comma(walk, end)) end++; /* "… according to what was shown, …": the clause goes along */
  if (token > all.first + 2) {
    an_range before = trim(walk, (an_range){all.first, token});
    an_draft_range(draft, before.first, before.end);
  }
  an_range rest = trim(walk, (an_range){end, all.end});
  if (token > all.first + 2 && !holds_verb(walk, rest.first, rest.end)) { /* "according to a relief group, the Blue Lantern" */
    uint32_t name = rest.first < rest.end && an_word_is(walk->words, rest.first, "the") ? rest.first + 1 : rest.first;
    if (name < rest.end && walk->mention_of[head] == AN_NONE && capitals(walk, name, rest.end)) draft->speaker[0] = (an_range){name, rest.end};
  } else if (rest.end > rest.first + 2) an_draft_range(draft, rest.first, rest.end);
  return finish(walk, draft);
}

/* "Trade grew, Rouhani said, adding that …": the participle is his who was named last as the speaker. */
static uint32_t told_before(const an_walk *walk, uint32_t cue) {
  bool apart = cue > 1 && (comma(walk, cue - 1) || (punct(walk, cue - 1) && comma(walk, cue - 2))); /* “…,” adding that */
  if (an_tok(walk, cue)->xpos != AN_X_VBG || !apart || walk->draft_count <= walk->sentence_first_draft) return AN_NONE;
  const an_draft *before = &walk->drafts[walk->draft_count - 1];
  if (before->frame != AN_FRAME_TRAILING && before->frame != AN_FRAME_QUOTE) return AN_NONE;
  uint32_t last = before->content_count > 0 && before->content[before->content_count - 1].end <= cue ? before->content[before->content_count - 1].end : 0;
  if (last < before->cue) last = before->cue;
  if (before->cue == AN_NONE || before->cue >= cue || cue - last > TAIL || before->speaker_count == 0 || before->speaker[0].end == 0) return AN_NONE;
  uint32_t mention = before->speaker_mention[0];
  if (mention != AN_NONE && an_tok(walk, walk->mentions->list.at[mention].head)->sentence == an_tok(walk, cue)->sentence) return walk->mentions->list.at[mention].head;
  return before->speaker[0].end - 1;
}

/* Why nobody may take the content for what the speaker asserts. */
static const char *denial(const an_walk *walk, uint32_t token, const an_cue *cue) {
  bool mind = (cue->takes & AN_CUE_MIND) != 0;
  if (cue->takes & AN_CUE_DENIES) return mind ? "doubted by the speaker" : "denied by the speaker";
  return mind && an_same_clause_negated(walk, token) ? "not held by the speaker" : NULL;
}

static void frame_at(an_walk *walk, uint32_t token, const an_cue *cue, uint32_t subject, bool parsed) {
  if (trailing(walk, token, cue, subject) || !parsed || clause(walk, token, cue, subject)) return;
  (void)object(walk, token, cue, subject);
}

/* "may have thought", "should show": nobody holds or shows it yet. */
static bool under_modal(const an_walk *walk, uint32_t verb) {
  for (uint32_t c = an_child(walk->words, verb, AN_NONE); c != AN_NONE && c < verb; c = an_child(walk->words, verb, c))
    if (rel(walk, c) == AN_AUX_ && an_tok(walk, c)->xpos == AN_X_MD) return true;
  return false;
}

/* "the so-called treaty" */
static bool hyphened(const an_walk *walk, uint32_t token) {
  return token > 0 && an_word_is(walk->words, token - 1, "-") && !an_tok(walk, token - 1)->space_after;
}

void an_frames_of(an_walk *walk, uint32_t index) {
  const an_sentence *sentence = &walk->words->sentences[index];
  for (uint32_t token = sentence->first; token < sentence->first + sentence->count; token++) {
    const an_token *t = an_tok(walk, token);
    if ((t->flags & AN_WORD_CUE) == 0 || walk->used[token] || t->quote_depth > 0) continue;
    an_cue phrase = an_cue_phrase_at(walk, token);
    if (phrase.kind == AN_CUE_PHRASE) { (void)according(walk, token, &phrase); continue; }
    an_cue cue = an_cue_at(walk, token);
    if (cue.kind == AN_CUE_NONE) continue;
    if (cue.kind == AN_CUE_NOUN) {
      if (sentence->parsed && noun(walk, token)) walk->drafts[walk->draft_count - 1].denied = denial(walk, token, &cue);
      continue;
    }
    uint32_t subject = told_before(walk, token);
    if (subject == AN_NONE) subject = an_subject_of(walk, token);
    if (!an_may_speak(walk, subject, &cue) || (subject != AN_NONE && an_tok(walk, subject)->quote_depth > 0)) continue;
    if (an_word_is(walk->words, subject, "it") && walk->mention_of[subject] == AN_NONE && an_tok(walk, subject)->head != token) continue; /* "it goes without saying" */
    if (hyphened(walk, token)) continue;
    if (an_same_clause_negated(walk, token) && (cue.takes & AN_CUE_MIND) == 0) continue;
    if ((cue.takes & (AN_CUE_MIND | AN_CUE_DOCUMENT)) && under_modal(walk, token)) continue;
    if (an_cue_to_hearer(walk, token, &cue) || an_cue_withheld(walk, token) || an_not_said_yet(walk, token)) continue;
    uint32_t before = walk->draft_count;
    frame_at(walk, token, &cue, subject, sentence->parsed);
    if (walk->draft_count > before && walk->drafts[before].frame != AN_FRAME_AS) walk->drafts[before].denied = denial(walk, token, &cue);
  }
}
