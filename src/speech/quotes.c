/* SPDX-License-Identifier: Apache-2.0 */
/* Quotations and who says them. A quotation has its cue before it ("Rouhani said, “…”"), behind it ("“…,” he added") or none:
   then it goes on with the one before it ("“…,” said X. “…”"), or stands alone in its paragraph below an attributed one. Works
   on words and marks, with or without a tree. */
#include "speech/inner.h"

enum { LEFT_REACH = 14, RIGHT_REACH = 34, SCARE = 4, ALONE = 6, GAP = 30, LEAST_PLAIN = 7, MOST_NAME = 6 };

an_draft *an_draft_new(an_walk *walk, uint8_t frame, uint32_t cue, uint32_t sentence) {
  if (walk->draft_count == walk->draft_room) {
    if (walk->left_out == AN_NONE) walk->left_out = sentence;
    return NULL;
  }
  an_draft *draft = &walk->drafts[walk->draft_count++];
  *draft = (an_draft){.frame = frame, .cue = cue, .sentence = sentence, .block = walk->words->sentences[sentence].block,
                      .parent = AN_NONE, .repeats = AN_NONE, .named = AN_NONE};
  return draft;
}

bool an_draft_range(an_draft *draft, uint32_t first, uint32_t end) {
  if (first >= end || draft->content_count == AN_MOST_RANGES) return false;
  draft->content[draft->content_count++] = (an_range){first, end};
  return true;
}

static bool mark_is(const an_walk *walk, uint32_t token, const char *marks) {
  an_text word = an_word(walk->words, token);
  if (word.size != 1) return false;
  for (; *marks != 0; marks++)
    if (word.at[0] == *marks) return true;
  return false;
}

static bool is_dash(const an_walk *walk, uint32_t token) {
  an_text mark = an_word(walk->words, token);
  return mark_is(walk, token, "-") || an_text_is(mark, "--") || an_text_is(mark, "\xe2\x80\x93") || an_text_is(mark, "\xe2\x80\x94") || an_text_is(mark, "\xe2\x80\x95");
}

static bool is_mark(const an_walk *walk, uint32_t token) { return an_tok(walk, token)->upos == AN_PUNCT || mark_is(walk, token, ",.:;!?-\"'"); }

/* Tokens with the marks themselves. */
static an_range with_marks(const an_walk *walk, const an_quote *quote) {
  an_range range = {quote->first, quote->end};
  if (range.first > 0 && an_tok(walk, range.first - 1)->at.begin >= quote->at.begin) range.first--;
  if (quote->closed && range.end < walk->words->token_count && an_tok(walk, range.end)->at.end <= quote->at.end) range.end++;
  return range;
}

static uint32_t words_in(const an_walk *walk, const an_quote *quote) {
  uint32_t count = 0;
  for (uint32_t i = quote->first; i < quote->end && count < 20; i++) count += !is_mark(walk, i);
  return count;
}

static uint32_t sentence_end(const an_walk *walk, uint32_t sentence) {
  return walk->words->sentences[sentence].first + walk->words->sentences[sentence].count;
}

/* A verb that can tell a quotation: not "went" without its "on", and no passive ("was revealed", "a written reply"). */
static bool quote_cue(const an_walk *walk, uint32_t token, an_cue *cue) {
  *cue = an_cue_at(walk, token);
  if (an_relays(walk, token) != AN_NONE) return false;
  if (cue->kind != AN_CUE_VERB || an_is_passive(walk, token) || ((cue->takes & AN_CUE_MIND) && (cue->takes & AN_TAKES_QUOTE) == 0)) return false;
  if ((cue->takes & (AN_TAKES_QUOTE | AN_TAKES_CLAUSE)) != 0) return true;
  if ((cue->takes & AN_TAKES_PARTICLE) && an_cue_particle(walk, token, cue)) return true; /* "went even further" */
  return false;
}

/* "claimed “the union exaggerates” the level of debt": the words behind the mark belong to what is said. */
static bool runs_on(const an_walk *walk, const an_range *quote) {
  if (quote->end >= walk->words->token_count || is_mark(walk, quote->end - 2)) return false;
  const an_token *next = an_tok(walk, quote->end), *in = an_tok(walk, quote->end - 1);
  return next->sentence == in->sentence && !is_mark(walk, quote->end) && next->upos != AN_CCONJ && next->upos != AN_SCONJ;
}

/* "reported “2,521 thefts” in the city": a thing told, and no clause. */
static bool tells_thing(const an_walk *walk, uint32_t cue) {
  for (uint32_t c = an_child(walk->words, cue, cue); c != AN_NONE; c = an_child(walk->words, cue, c))
    if (c > cue && (an_tok(walk, c)->rel == AN_CCOMP || an_tok(walk, c)->rel == AN_XCOMP || an_tok(walk, c)->rel == AN_PARATAXIS)) return false;
  return an_child_by(walk->words, cue, AN_OBJ) != AN_NONE;
}

/* "told “Fox and Friends”": a name of capitals, and no sentence. */
bool an_is_title(const an_walk *walk, const an_range *quote) {
  uint32_t capitals = 0;
  for (uint32_t token = quote->first; token < quote->end; token++) {
    const an_token *t = an_tok(walk, token);
    if (t->upos == AN_PUNCT || is_mark(walk, token)) continue;
    bool joins = t->upos == AN_ADP || t->upos == AN_DET || t->upos == AN_CCONJ || t->upos == AN_PART;
    if (t->shape == AN_SHAPE_LOWER && !joins) return false;
    capitals += t->shape != AN_SHAPE_LOWER;
  }
  return capitals >= 2;
}

/* Before the mark: "said, “", "told reporters on Tuesday: “", "writing “". AN_NONE: none, or the quotation is a part of a clause
   ("said that “…”", "is a “turning point”"). */
static uint32_t cue_before(const an_walk *walk, const an_range *quote) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, quote->first)->sentence];
  if (quote->first <= sentence->first) return AN_NONE;
  uint32_t at = quote->first - 1;
  bool pause = mark_is(walk, at, ",:");
  an_cue cue;
  if (!pause) {
    if (!quote_cue(walk, at, &cue) || ((cue.takes & AN_TAKES_HEARER) && an_is_title(walk, quote))) return AN_NONE;
    bool of = (cue.takes & AN_TAKES_OBJECT_OF) && quote->end < walk->words->token_count && an_in_list(cue.preps, an_word(walk->words, quote->end));
    if (of) return AN_NONE; /* "accused “certain circles” of theft" */
    if (at > sentence->first && an_tok(walk, at)->xpos == AN_X_VB && an_tok(walk, at - 1)->xpos == AN_X_MD) return AN_NONE; /* "can add “expert” to her titles" */
    return !runs_on(walk, quote) || tells_thing(walk, at) ? at : AN_NONE;
  }
  for (uint32_t step = 0; step < LEFT_REACH && at > sentence->first; step++) {
    at--;
    const an_token *t = an_tok(walk, at);
    if (quote_cue(walk, at, &cue) && !walk->used[at] && t->quote_depth == 0) return at;
    if (t->quote_depth > 0) return AN_NONE;
    if (t->upos == AN_VERB && t->xpos != AN_X_VBG && t->xpos != AN_X_VBN) return AN_NONE;
    if (mark_is(walk, at, ";:") || an_word_is(walk->words, at, "that") || (is_dash(walk, at) && an_tok(walk, at)->space_after)) return AN_NONE;
  }
  return AN_NONE;
}

/* "…, adding that": a participle goes on with something else. */
static bool participle(const an_walk *walk, uint32_t token) {
  return an_tok(walk, token)->xpos == AN_X_VBG || an_tok(walk, token)->upos == AN_NOUN;
}

/* “…,” and “… ‘…,’”: does a pause stand before the closing marks? */
static bool pauses(const an_walk *walk, uint32_t end) {
  for (uint32_t step = 1; step <= 4 && end >= step; step++) {
    if (mark_is(walk, end - step, ",?!.")) return true;
    if (!is_mark(walk, end - step)) return false;
  }
  return false;
}

/* "“…!” Halloran's niece, Ida Moss, shouted to the crowd.": a sentence for the parser, but its verb of saying tells nothing else. */
static bool tells_nothing_else(const an_walk *walk, uint32_t cue, uint32_t limit) {
  for (uint32_t c = an_child(walk->words, cue, AN_NONE); c != AN_NONE; c = an_child(walk->words, cue, c)) {
    uint8_t rel = an_tok(walk, c)->rel;
    if (c > cue && (rel == AN_CCOMP || rel == AN_XCOMP || rel == AN_PARATAXIS)) return false;
  }
  for (uint32_t at = cue + 1; at < limit && at <= cue + 12; at++)
    if (an_word_is(walk->words, at, "that") || mark_is(walk, at, ":") || an_tok(walk, at)->upos == AN_VERB || an_tok(walk, at)->quote_depth > 0) return false;
  return true;
}

/* "“…,” which Holt thinks will cost much", "“…,” and on Monday the bank said it …": another clause begins behind the mark. */
static bool new_clause(const an_walk *walk, uint32_t token) {
  const an_token *t = an_tok(walk, token);
  if (an_word_is(walk->words, token, "as")) return false; /* "“…,” as Holt told the court" */
  return t->upos == AN_CCONJ || t->upos == AN_SCONJ || t->upos == AN_ADP || an_word_is(walk->words, token, "which") || an_word_is(walk->words, token, "who") ||
         an_word_is(walk->words, token, "that") || an_word_is(walk->words, token, "when") || an_word_is(walk->words, token, "where");
}

/* "said it was late", "posited that …": the verb has something else to tell, right behind it. */
static bool tells_clause(const an_walk *walk, uint32_t cue) {
  uint32_t next = cue + 1;
  if (next >= walk->words->token_count || is_mark(walk, next)) return false;
  if (an_word_is(walk->words, next, "that")) return true;
  uint8_t upos = an_tok(walk, next)->upos;
  if (upos == AN_ADP || upos == AN_SCONJ || upos == AN_ADV) return false;
  for (uint32_t c = an_child(walk->words, cue, cue); c != AN_NONE; c = an_child(walk->words, cue, c)) {
    uint32_t first, end;
    if (c < cue || an_tok(walk, c)->rel != AN_CCOMP || an_tok(walk, c)->quote_depth > 0 || an_child_by(walk->words, c, AN_NSUBJ) == AN_NONE) continue;
    an_subtree(walk->words, c, &first, &end);
    if (first == next) return true;
  }
  return false;
}

/* "“…,” sighed Holt.", "“…,” Holt sighed.": any verb that stands alone with somebody behind a quotation tells it, in a table or not.
   `at`: what follows the marks. */
static uint32_t any_verb(const an_walk *walk, uint32_t at, uint32_t limit) {
  uint32_t verb = at;
  while (verb < limit && verb < at + MOST_NAME && an_tok(walk, verb)->upos != AN_VERB && !is_mark(walk, verb)) verb++;
  if (verb >= limit || !an_is_finite(walk, verb) || an_tok(walk, verb)->upos != AN_VERB || walk->used[verb]) return AN_NONE;
  uint32_t who = verb > at ? verb - 1 : verb + 1, end = verb + 1;
  uint32_t index = who < limit ? walk->mention_of[who] : AN_NONE;
  if (index == AN_NONE) return AN_NONE;
  const an_mention_at *m = &walk->mentions->list.at[index];
  if (m->m.kind != AN_MENTION_PERSON && m->m.kind != AN_MENTION_ROLE) return AN_NONE;
  if (verb > at ? m->first > at + 1 : m->first > verb + 2) return AN_NONE;
  if (verb == at) end = m->end;
  return end >= limit || is_mark(walk, end) ? verb : AN_NONE;
}

/* Behind the closing mark: "Putin said", "said Rouhani", "the Iranian president added". Nothing but a phrase may stand between. */
static uint32_t cue_behind(const an_walk *walk, const an_range *quote) {
  if (quote->end >= walk->words->token_count) return AN_NONE;
  uint32_t block = walk->words->sentences[an_tok(walk, quote->first)->sentence].block;
  uint32_t at = quote->end, sentence = an_tok(walk, at)->sentence;
  const an_sentence *here = &walk->words->sentences[sentence];
  if (here->block != block) return AN_NONE;
  bool new_sentence = at == here->first; /* "“…!” he said." cut by the splitter: nothing but the tag may stand there */
  bool pause = pauses(walk, quote->end) || mark_is(walk, at, ",-");
  bool how = at + 1 < sentence_end(walk, sentence) && (an_word_is(walk->words, at, "is") || an_word_is(walk->words, at, "was")) && an_word_is(walk->words, at + 1, "how");
  if (!pause && !new_sentence && !how) return AN_NONE;
  if (how) at += 2; /* "“A start” is how one envoy described it" */
  if (mark_is(walk, at, ",-")) at++;
  uint32_t limit = sentence_end(walk, sentence), names = 0;
  bool comma = false;
  if (at >= limit || new_clause(walk, at)) return AN_NONE;
  uint32_t plain = !new_sentence && !how ? any_verb(walk, at, limit) : AN_NONE;
  for (uint32_t step = 0; step < RIGHT_REACH && at < limit; step++, at++) {
    const an_token *t = an_tok(walk, at);
    an_cue cue;
    if (t->quote_depth > 0) return AN_NONE;
    bool named = how && names > 0 && an_cue_at(walk, at).kind == AN_CUE_VERB && (an_cue_at(walk, at).takes & AN_TAKES_AS) != 0;
    if (named) return walk->used[at] ? AN_NONE : at;
    if (quote_cue(walk, at, &cue)) {
      if (walk->used[at] || (names == 0 && participle(walk, at))) return AN_NONE;
      if (new_sentence && !tells_nothing_else(walk, at, limit)) return AN_NONE;
      if (names > 0) return tells_clause(walk, at) ? AN_NONE : at;
      /* "said Rouhani": somebody follows */
      for (uint32_t next = at + 1; next < limit && next <= at + 3; next++)
        if (walk->mention_of[next] != AN_NONE || an_tok(walk, next)->upos == AN_PROPN || an_tok(walk, next)->upos == AN_DET ||
            an_tok(walk, next)->upos == AN_PRON) return at;
      return AN_NONE;
    }
    if (t->upos == AN_NOUN || t->upos == AN_PROPN || t->upos == AN_PRON || walk->mention_of[at] != AN_NONE) names++;
    if (mark_is(walk, at, ",")) comma = true; /* "Rouhani, who …, said" */
    else if (mark_is(walk, at, ".;!?")) return AN_NONE;
    else if (t->upos == AN_VERB && !comma && an_relays(walk, at) == AN_NONE) return plain;
  }
  return AN_NONE;
}

/* "“…” ― Name" at the end of a paragraph. */
static bool dash_name(const an_walk *walk, const an_range *quote, an_range *name) {
  if (quote->end + 1 >= walk->words->token_count) return false;
  uint32_t sentence = an_tok(walk, quote->end)->sentence, block = walk->words->sentences[an_tok(walk, quote->first)->sentence].block;
  if (walk->words->sentences[sentence].block != block) return false;
  uint32_t at = quote->end, limit = sentence_end(walk, sentence);
  if (!is_dash(walk, at) || limit - at > 8 || limit - at < 2) return false;
  for (uint32_t i = at + 1; i < limit; i++) {
    const an_token *t = an_tok(walk, i);
    if (t->shape == AN_SHAPE_LOWER && t->upos != AN_ADP) return false;
    if (mark_is(walk, i, ".")) { limit = i; break; }
  }
  *name = (an_range){at + 1, limit};
  return limit > at + 1;
}

/* "“…,” read a banner": right behind the mark a verb and a noun phrase up to a mark; its head is who says it. */
static uint32_t inverted(const an_walk *walk, uint32_t cue) {
  uint32_t limit = sentence_end(walk, an_tok(walk, cue)->sentence), at = cue + 1, head = AN_NONE;
  if (cue == 0 || at >= limit || an_tok(walk, cue - 1)->upos != AN_PUNCT || an_word_is(walk->words, cue - 1, ")") || an_tok(walk, cue)->xpos == AN_X_VBG) return AN_NONE;
  for (; at < limit && at <= cue + 4; at++) {
    uint8_t upos = an_tok(walk, at)->upos;
    if (upos == AN_NOUN) head = at;
    else if (upos != AN_DET && upos != AN_ADJ) break;
  }
  return at < limit && head != AN_NONE && (is_mark(walk, at) || an_tok(walk, at)->upos == AN_ADP) ? head : AN_NONE;
}

/* "The gate is shut, he told reporters, “so that …”": the clause before the tag, which the tree hangs on the cue. */
static an_range clause_before(const an_walk *walk, uint32_t cue, uint32_t quote) {
  uint32_t subject = an_child_by(walk->words, cue, AN_NSUBJ), head = AN_NONE;
  for (uint32_t c = an_child(walk->words, cue, AN_NONE); c != AN_NONE && c < cue; c = an_child(walk->words, cue, c))
    if (an_tok(walk, c)->rel == AN_CCOMP) head = c;
  if (head == AN_NONE || subject == AN_NONE || subject < head || !mark_is(walk, quote - 1, ",")) return (an_range){0, 0};
  uint8_t xpos = an_tok(walk, head)->xpos;
  if (xpos == AN_X_VBG || xpos == AN_X_VBN || xpos == AN_X_VB) { /* "Noting the gains, he said, “…”": no clause of his */
    bool carried = an_child_by(walk->words, head, AN_AUX_) != AN_NONE || an_child_by(walk->words, head, AN_AUX_PASS) != AN_NONE;
    if (!carried) return (an_range){0, 0};
  }
  an_range range;
  an_subtree(walk->words, head, &range.first, &range.end);
  while (range.end > range.first && mark_is(walk, range.end - 1, ",")) range.end--;
  for (uint32_t i = range.first; i < range.end; i++)
    if (an_tok(walk, i)->quote_depth > 0) return (an_range){0, 0};
  return range.end > range.first + 2 && range.end < subject ? range : (an_range){0, 0};
}

static bool nominal(const an_walk *walk, uint32_t token) {
  uint8_t upos = an_tok(walk, token)->upos;
  return upos == AN_NOUN || upos == AN_PROPN || upos == AN_PRON || walk->mention_of[token] != AN_NONE;
}

/* "“…,” Mira Holt, a former judge, said": the first noun phrase between the mark and the cue, or else right behind the cue. */
static uint32_t first_phrase(const an_walk *walk, uint32_t from, uint32_t cue) {
  uint32_t head = AN_NONE, limit = cue;
  if (from >= cue) {
    from = cue + 1;
    limit = sentence_end(walk, an_tok(walk, cue)->sentence);
  }
  for (uint32_t at = from; at < limit && at < from + 12; at++) {
    uint8_t upos = an_tok(walk, at)->upos;
    uint32_t index = walk->mention_of[at];
    if (index != AN_NONE && an_tok(walk, at)->upos != AN_VERB) {
      head = walk->mentions->list.at[index].head;
      if (walk->mentions->list.at[index].end > at) at = walk->mentions->list.at[index].end - 1;
    } else if (nominal(walk, at)) head = at;
    else if (head != AN_NONE && upos != AN_PART) break; /* "Holt's niece" */
    else if (upos != AN_DET && upos != AN_ADJ && upos != AN_NUM && upos != AN_PART && upos != AN_ADV) break;
  }
  return head;
}

/* `behind`: where a quotation before its cue ends; AN_NONE where the cue stands before. */
static bool speaks(const an_walk *walk, uint32_t cue_token, uint32_t behind, an_draft *draft) {
  an_cue cue = an_cue_at(walk, cue_token);
  uint32_t subject = inverted(walk, cue_token);
  if (subject == AN_NONE) subject = an_subject_of(walk, cue_token);
  if (behind != AN_NONE) {
    uint32_t from = behind;
    while (from < cue_token && is_mark(walk, from)) from++;
    bool astray = subject == AN_NONE || subject < behind || (from < cue_token && subject > cue_token) || an_tok(walk, subject)->quote_depth > 0;
    uint32_t named = astray ? first_phrase(walk, from, cue_token) : AN_NONE;
    if (named != AN_NONE) subject = named;
  }
  if (subject == AN_NONE || an_tok(walk, subject)->quote_depth > 0 || !an_may_speak(walk, subject, &cue)) return false;
  an_speakers_from(walk, subject, draft);
  return true;
}

static an_draft *last_draft(const an_walk *walk) { return walk->draft_count > 0 ? &walk->drafts[walk->draft_count - 1] : NULL; }

static bool body(const an_walk *walk, uint32_t block) { return walk->article->blocks[block].kind == AN_BLOCK_BODY; }

/* The same speakers go on. */
void an_same_speakers(const an_draft *from, an_draft *to) {
  for (uint32_t i = 0; i < from->speaker_count; i++) {
    to->speaker[i] = from->speaker[i];
    to->speaker_mention[i] = from->speaker_mention[i];
  }
  to->speaker_count = from->speaker_count;
}

/* "“A,” he said. “B.”", "A, he said, but “B”": B has no cue of its own and only the tag of A stands between. Where the words
   of B begin, or AN_NONE. */
static uint32_t goes_on(const an_walk *walk, const an_range *quote, const an_draft *before) {
  if (before == NULL || before->cue == AN_NONE || before->content_count == 0) return AN_NONE;
  if (before->frame != AN_FRAME_QUOTE && before->frame != AN_FRAME_TRAILING) return AN_NONE;
  uint32_t sentence = an_tok(walk, quote->first)->sentence, end = before->content[before->content_count - 1].end;
  if (an_last_block(walk, before) != walk->words->sentences[sentence].block || quote->first < end || before->cue < end || before->cue >= quote->first) return AN_NONE;
  const an_sentence *here = &walk->words->sentences[sentence];
  if (quote->first == here->first) /* what he says in the next sentence in his own words is another statement than what is told of him */
    return before->frame == AN_FRAME_QUOTE && an_tok(walk, before->cue)->sentence + 1 == sentence ? quote->first : AN_NONE;
  uint32_t first = quote->first;
  if (an_tok(walk, before->cue)->sentence != sentence || quote->first - before->cue > GAP) return AN_NONE;
  while (first > before->cue + 1 && (an_tok(walk, first - 1)->upos == AN_CCONJ || an_tok(walk, first - 1)->upos == AN_ADV)) first--;
  return mark_is(walk, first - 1, ",") ? first : AN_NONE;
}

bool an_alone_in_block(const an_walk *walk, const an_range *quote, uint32_t block) {
  an_span at = walk->article->blocks[block].clean;
  return an_tok(walk, quote->first)->at.begin <= at.begin + 2 && an_tok(walk, quote->end - 1)->at.end + 2 >= at.end;
}

/* "The goal “is a misguided approach,” Mr. Burman said": what stands before the mark is told by him as well. AN_NONE: another
   cue stands there, and the quotation is a part of its clause ("said that it is “so,” Reuters reported"). */
static uint32_t whole_sentence(const an_walk *walk, const an_range *quote) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, quote->first)->sentence];
  if (quote->first < sentence->first + 2) return quote->first;
  for (uint32_t token = sentence->first; token < quote->first; token++) {
    an_cue cue;
    if (mark_is(walk, token, ":;") || walk->used[token]) return quote->first;
    if (an_tok(walk, token)->quote_depth > 0) continue;
    if (quote_cue(walk, token, &cue) || (cue.kind == AN_CUE_VERB && (cue.takes & AN_TAKES_AS) && token + 8 > quote->first)) return AN_NONE;
  }
  return sentence->first;
}

static bool holds_finite(const an_walk *walk, uint32_t first, uint32_t end) {
  for (uint32_t token = first; token < end; token++) {
    uint8_t xpos = an_tok(walk, token)->xpos;
    if (xpos == AN_X_VBD || xpos == AN_X_VBZ || xpos == AN_X_VBP || xpos == AN_X_MD) return true;
  }
  return false;
}

/* "Holt continued:" closes a paragraph: its verb of saying, which waits for the next one. AN_NONE: none. */
static uint32_t waiting_cue(const an_walk *walk, uint32_t sentence) {
  const an_sentence *s = &walk->words->sentences[sentence];
  uint32_t at = s->first + s->count;
  if (s->count < 3 || !mark_is(walk, --at, ":")) return AN_NONE;
  for (uint32_t step = 0; step < LEFT_REACH && at > s->first; step++) {
    an_cue cue;
    at--;
    if (quote_cue(walk, at, &cue)) return (cue.takes & AN_TAKES_QUOTE) != 0 && !walk->used[at] ? at : AN_NONE;
    uint8_t upos = an_tok(walk, at)->upos;
    if (upos == AN_VERB || upos == AN_AUX || an_tok(walk, at)->quote_depth > 0 || an_word_is(walk->words, at, "that")) return AN_NONE;
  }
  return AN_NONE;
}

bool an_next_body(const an_walk *walk, uint32_t block, uint32_t next) { return block + 1 == next && body(walk, block) && body(walk, next); }

/* "Holt continued:" alone in its line can pass for a subhead. */
static bool leads(const an_walk *walk, uint32_t block, uint32_t next) {
  return block + 1 == next && body(walk, next) && (body(walk, block) || walk->article->blocks[block].kind == AN_BLOCK_SUBHEAD);
}

/* The paragraph below "The Herald reports:", in marks or not. */
static bool led_in(an_walk *walk, an_range range, uint32_t sentence, uint8_t kind) {
  uint32_t block = walk->words->sentences[sentence].block;
  if (sentence == 0 || !leads(walk, walk->words->sentences[sentence - 1].block, block)) return false;
  uint32_t cue = waiting_cue(walk, sentence - 1);
  an_draft *draft = cue != AN_NONE ? an_draft_new(walk, AN_FRAME_QUOTE, cue, sentence) : NULL;
  if (draft == NULL) return false;
  if (!speaks(walk, cue, AN_NONE, draft)) { walk->draft_count--; return false; }
  draft->kind = kind;
  an_draft_range(draft, range.first, range.end);
  walk->used[cue] = 1;
  return true;
}

/* A paragraph without marks that a waiting cue opens. */
static void led_in_plain(an_walk *walk, uint32_t sentence) {
  const an_words *words = walk->words;
  const an_sentence *here = &words->sentences[sentence];
  if (sentence == 0 || words->sentences[sentence - 1].block == here->block || an_tok(walk, here->first)->quote_depth > 0) return;
  if (here->count > 1 && an_tok(walk, here->first + 1)->quote_depth > 0) return;
  uint32_t last = sentence;
  while (last + 1 < words->sentence_count && words->sentences[last + 1].block == here->block) last++;
  uint32_t end = words->sentences[last].first + words->sentences[last].count;
  if (end - here->first >= LEAST_PLAIN) (void)led_in(walk, (an_range){here->first, end}, sentence, AN_INDIRECT);
}

/* A quotation with a verb of saying before or behind it. False: it has none; true: taken, or none of our business. */
static bool cued(an_walk *walk, const an_range *range, uint32_t words) {
  uint32_t sentence = an_tok(walk, range->first)->sentence, cue = cue_before(walk, range), told = range->first;
  const an_draft *before = last_draft(walk);
  bool behind = false;
  if (cue != AN_NONE && mark_is(walk, range->first - 1, ":") && words >= 2) { /* "He seemed to suggest it: “…,” he told the court" */
    uint32_t tag = cue_behind(walk, range);
    behind = tag != AN_NONE;
    if (behind) cue = tag;
  }
  if (cue == AN_NONE && range->first > walk->words->sentences[sentence].first && an_word_is(walk->words, range->first - 1, "that")) return true;
  if (cue == AN_NONE && (words >= 2 || (words == 1 && mark_is(walk, range->end - 2, ",")))) {
    cue = cue_behind(walk, range);
    behind = cue != AN_NONE;
    if (behind) told = whole_sentence(walk, range);
    if (told == AN_NONE) return true;
    if (told < range->first && !holds_finite(walk, told, range->end)) return true; /* "In an edition of “Dawn,” she said that …" */
  }
  if (cue == AN_NONE || (!behind && words < 2 && !mark_is(walk, range->first - 1, ",:"))) return false;
  an_draft *draft = an_draft_new(walk, AN_FRAME_QUOTE, cue, sentence);
  if (draft == NULL) return true;
  an_range clause = behind ? (an_range){0, 0} : clause_before(walk, cue, range->first);
  bool more = an_draft_range(draft, clause.first, clause.end);
  an_draft_range(draft, told, range->end);
  draft->kind = told < range->first || more ? AN_MIXED : AN_DIRECT;
  if (!speaks(walk, cue, behind ? range->end : AN_NONE, draft)) {
    bool same = before != NULL && before->sentence == sentence && (an_tok(walk, cue)->xpos == AN_X_VBG || an_tok(walk, cue)->upos == AN_NOUN);
    if (!same) { walk->draft_count--; return true; }
    an_same_speakers(before, draft); /* "…, he said, adding, “…”" */
  }
  walk->used[cue] = 1;
  return true;
}

/* A quotation in a paragraph of its own, and below it "- Holt". */
static bool dash_name_below(const an_walk *walk, const an_range *quote, uint32_t block, an_range *name) {
  uint32_t last = an_tok(walk, quote->end - 1)->sentence, below = last + 1;
  if (below >= walk->words->sentence_count || !an_next_body(walk, block, walk->words->sentences[below].block) || !an_alone_in_block(walk, quote, block)) return false;
  uint32_t first = walk->words->sentences[below].first, limit = sentence_end(walk, below);
  while (limit > first && mark_is(walk, limit - 1, ".")) limit--;
  if (limit < first + 2 || limit > first + 1 + MOST_NAME || !is_dash(walk, first)) return false;
  for (uint32_t token = first + 1; token < limit; token++)
    if (an_tok(walk, token)->upos != AN_PROPN || an_tok(walk, token)->shape == AN_SHAPE_LOWER) return false;
  *name = (an_range){first + 1, limit};
  return below + 1 >= walk->words->sentence_count || walk->words->sentences[below + 1].block != walk->words->sentences[below].block;
}

/* "Holt: “…”", "Three mayors agree - Holt: “…”": nothing but a name between the colon and what parts it from the words before. */
static bool colon_name(const an_walk *walk, const an_range *quote, an_range *name) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, quote->first)->sentence];
  if (quote->first < sentence->first + 2 || !mark_is(walk, quote->first - 1, ":")) return false;
  uint32_t end = quote->first - 1, first = end;
  while (first > sentence->first && end - first < MOST_NAME && !is_mark(walk, first - 1) && (an_tok(walk, first - 1)->upos == AN_PROPN || walk->mention_of[first - 1] != AN_NONE)) {
    if (an_tok(walk, first - 1)->shape == AN_SHAPE_LOWER) return false;
    first--;
  }
  if (first == end || (first > sentence->first && !is_mark(walk, first - 1))) return false;
  uint32_t index = walk->mention_of[end - 1];
  bool person = index != AN_NONE && (walk->mentions->list.at[index].m.kind == AN_MENTION_PERSON || walk->mentions->list.at[index].m.kind == AN_MENTION_ORGANISATION);
  *name = (an_range){first, end};
  return person || (index == AN_NONE && end - first >= 2);
}

static an_draft *quote_of(an_walk *walk, uint8_t frame, const an_range *range) {
  an_draft *draft = an_draft_new(walk, frame, AN_NONE, an_tok(walk, range->first)->sentence);
  if (draft == NULL) return NULL;
  draft->kind = AN_DIRECT;
  an_draft_range(draft, range->first, range->end);
  return draft;
}

static void named(an_walk *walk, uint8_t frame, const an_range *range, an_range name) {
  an_draft *draft = quote_of(walk, frame, range);
  if (draft == NULL) return;
  draft->speaker[0] = name;
  draft->speaker_mention[0] = walk->mention_of[name.first];
  draft->speaker_count = 1;
}

/* "“Let him come,” she said. “Alone.”" */
static bool whole_word(const an_walk *walk, const an_range *quote) {
  uint32_t first = quote->first + 1;
  return quote->first == walk->words->sentences[an_tok(walk, quote->first)->sentence].first && first + 1 < quote->end && mark_is(walk, first + 1, ".!?") && an_tok(walk, first)->shape != AN_SHAPE_LOWER;
}

static void one_quote(an_walk *walk, const an_quote *quote) {
  if (quote->first >= quote->end || quote->end > walk->words->token_count) return;
  an_range range = with_marks(walk, quote), name;
  uint32_t sentence = an_tok(walk, quote->first)->sentence, words = words_in(walk, quote), block = walk->words->sentences[sentence].block;
  if (an_tok(walk, quote->first)->quote_depth > 1) return; /* inside another's words */
  if (words >= SCARE && colon_name(walk, &range, &name)) {
    named(walk, AN_FRAME_HEADLINE, &range, name);
    return;
  }
  if (cued(walk, &range, words)) return;
  an_draft *before = last_draft(walk), *draft;
  uint32_t turn = an_turn_of(walk, &range, words);
  if (turn != AN_NONE) {
    if ((draft = quote_of(walk, AN_FRAME_TURN, &range)) != NULL) an_speakers_from(walk, turn, draft);
    return;
  }
  uint32_t on = words >= 2 || whole_word(walk, &range) ? goes_on(walk, &range, before) : AN_NONE;
  if (on != AN_NONE) {
    an_draft_range(before, on, range.end);
    if (before->kind == AN_INDIRECT || on < range.first) before->kind = AN_MIXED;
    return;
  }
  if (quote->continues && before != NULL && before->kind == AN_DIRECT) { an_draft_range(before, range.first, range.end); return; }
  if (words >= SCARE && (dash_name(walk, &range, &name) || dash_name_below(walk, &range, block, &name))) {
    named(walk, AN_FRAME_QUOTE, &range, name);
    return;
  }
  if (words >= SCARE && range.first == walk->words->sentences[sentence].first && led_in(walk, range, sentence, AN_DIRECT)) return;
  uint32_t again = words >= ALONE && an_alone_in_block(walk, &range, block) ? an_join_same(walk, &range) : AN_NONE;
  if (again != AN_NONE) { /* words that the layout shows once more */
    if ((draft = quote_of(walk, AN_FRAME_QUOTE_ALONE, &range)) == NULL) return;
    an_same_speakers(&walk->drafts[again], draft);
    draft->repeats = again;
    return;
  }
  an_voice_of(walk, &range, words);
}

/* Quotations that open in this sentence; `quote` moves on through the page's list. */
an_status an_quotes_of(an_walk *walk, uint32_t *quote, uint32_t sentence, an_error *err) {
  (void)err;
  const an_words *words = walk->words;
  led_in_plain(walk, sentence);
  for (; *quote < words->quote_count; (*quote)++) {
    const an_quote *q = &words->quotes[*quote];
    if (q->first >= words->token_count || an_tok(walk, q->first)->sentence > sentence) break;
    if (an_tok(walk, q->first)->sentence == sentence) one_quote(walk, q);
  }
  return AN_OK;
}
