/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the words behind a verb or noun are what it tells: where they can begin (right behind it, behind a preposition or whom it is
   said to, with its clause or a quotation) and end (before marks, joining words, and what hangs on it, its object or its clause), and by
   what signs one choice is likelier than another. The weights are those of told.tsv (tools/train_told.py). */
#include "speech/inner.h"

#include <stdio.h>

enum { MOST_ENDS = 18, MOST_BEGINS = 4, MOST_SIGNS_OF_ONE = 48, FEW = 4, MANY = 15, ABOVE = 3 };
_Static_assert(MOST_ENDS * MOST_BEGINS < AN_MOST_EXTENTS, "room for all, and for a frame's own");

#define SIGNS(X) \
  X(AT_NEXT, "begins right behind") X(AT_PHRASE, "begins behind a preposition") X(AT_LATER, "begins later") \
  X(AT_QUOTE, "begins with a quotation") X(AT_PREPOSITION, "begins with a preposition") X(AT_TO, "begins with to") \
  X(AT_GERUND, "begins with a gerund") X(AT_SOMEBODY, "begins with somebody") X(AT_ADVERB, "begins with an adverb") \
  X(AT_TIME, "begins with a time") X(AT_CLAUSE, "begins with its clause") X(AT_OBJECT, "begins with its object") \
  X(AT_MARK, "begins with that, whether, as") X(AT_LATER_PERSON, "begins later, over somebody") X(AT_LATER_TO, "begins later, with to") \
  X(AT_PHRASE_BARE, "begins behind a preposition, no object") X(TO_END, "ends with its sentence") X(TO_COMMA, "ends before a comma") \
  X(TO_AND, "ends before and") X(TO_AND_VERB, "ends before and, a verb") X(TO_MARK, "ends before while, after") \
  X(TO_RELATIVE, "ends before who, which") X(TO_PREPOSITION, "ends before a preposition") X(TO_ADVERB, "ends before an adverb") \
  X(TO_TIME, "ends before a time") X(TO_VERB, "ends before a verb") X(TO_OTHER, "ends before another word") X(TO_TREE, "ends with its subtree") \
  X(TO_OBJECT, "ends with its object") X(TO_QUOTE, "ends with a quotation") X(TO_COMMA_GERUND, "ends before a comma, gerund") \
  X(TO_COMMA_RELATIVE, "ends before a comma, relative") X(TO_COMMA_CIRCUMSTANCE, "ends before a comma, circumstance") X(ONE_WORD, "one word") \
  X(FEW_WORDS, "two or three words") X(SOME_WORDS, "four to fifteen words") X(MANY_WORDS, "more than fifteen words") \
  X(HAS_VERB, "holds a verb") X(HAS_FINITE, "holds a finite verb") X(HAS_QUOTE, "holds a quotation") X(CUTS_QUOTE, "cuts a quotation") \
  X(HAS_COMMA, "holds a comma") X(HAS_CUE, "holds another cue's verb") X(CUTS_NOUN, "cuts off what hangs on its noun") \
  X(CUTS_VERB, "cuts off what hangs on its verb") X(OVER_TREE, "goes beyond its subtree") X(HAS_TIME_LAST, "its last phrase is a time") \
  X(SAME, "told already") X(BEGINS_AS_FRAME, "begins as its frame has it") X(ENDS_AS_FRAME, "ends as its frame has it") \
  X(TO_COMMA_AND_THAT, "ends before and that") X(TO_COMMA_NOUN, "ends before a comma, a noun") \
  X(TO_COMMA_PREPOSITION, "ends before a comma, preposition") X(TO_COMMA_CLAUSE, "ends before a comma, a clause of its own") \
  X(TO_SEMICOLON, "ends before a semicolon") X(TO_AND_CLAUSE, "ends before and, a clause of its own") X(TO_BUT, "ends before but") \
  X(TO_AND_CUE, "ends before and, a cue") X(TO_ACCORDING, "ends before according to") X(TO_CUE, "ends before a cue")

AN_SIGNS(SIGNS, AN_EXTENT_SIGNS);
_Static_assert((int)SIGN_COUNT <= (int)AN_MOST_EXTENT_SIGNS, "room for the weights");

typedef struct signs { uint8_t at[MOST_SIGNS_OF_ONE]; uint32_t count; } signs;

static void add(signs *s, bool holds, uint8_t sign) {
  if (holds && s->count < sizeof s->at) s->at[s->count++] = sign;
}

void an_told_say(an_told_text *text, const char *name) {
  if (text == NULL || text->size >= sizeof text->at) return;
  int size = snprintf(text->at + text->size, sizeof text->at - text->size, "%s%s", text->size > 0 ? "; " : "", name);
  if (size > 0) text->size += (size_t)size;
}

/* ---- Where they can begin and end ------------------------------------------------------------------- */

bool an_is_somebody(const an_walk *walk, uint32_t token) {
  uint32_t index = walk->mention_of[token];
  if (index == AN_NONE) return an_tok(walk, token)->xpos == AN_X_PRP || (an_tok(walk, token)->flags & (AN_WORD_ROLE | AN_WORD_ACTOR)) != 0;
  return walk->mentions->list.at[index].m.kind != AN_MENTION_PLACE;
}

static uint32_t first_of(const an_walk *walk, uint32_t head) {
  uint32_t first, end;
  an_subtree(walk->words, head, &first, &end);
  return first;
}

/* "warned on Thursday of", "called again for": over when it was said. */
static uint32_t over_time(const an_walk *walk, const an_teller *t) {
  uint32_t next = t->token + 1, end = next;
  for (uint32_t c = an_child(walk->words, t->token, t->token); c != AN_NONE; c = an_child(walk->words, t->token, c)) {
    uint32_t first, last;
    an_subtree(walk->words, c, &first, &last);
    if (first == end && c > t->token && (an_tok(walk, c)->flags & AN_WORD_TIME) != 0 && an_rel_at(walk, c) != AN_OBJ) end = last;
  }
  return end + 1 < t->all.end ? end : next;
}

/* What hangs on the word. */
void an_teller_describe(const an_walk *walk, an_teller *t) {
  const an_token *word = an_tok(walk, t->token);
  t->noun = word->upos == AN_NOUN;
  t->all = an_sentence_range(walk, word->sentence);
  t->object = an_right_child(walk, t->token, AN_OBJ);
  t->clause = an_right_child(walk, t->token, AN_CCOMP);
  if (t->clause == AN_NONE) t->clause = an_right_child(walk, t->token, t->noun ? AN_ACL : AN_XCOMP);
  t->next = over_time(walk, t);
  t->tree_end = t->token + 1;
  for (uint32_t c = an_child(walk->words, t->token, t->token); c != AN_NONE; c = an_child(walk->words, t->token, c)) {
    uint32_t first, end;
    uint8_t rel = an_rel_at(walk, c);
    an_subtree(walk->words, c, &first, &end);
    if (c > t->token && end > t->tree_end && end <= t->all.end && rel != AN_PUNCT_ && rel != AN_CC && rel != AN_CONJ) t->tree_end = end;
  }
}

static uint32_t begins(const an_walk *walk, const an_teller *t, uint32_t *at) {
  uint32_t count = 0, next = t->next, limit = t->all.end;
  if (t->begins) { at[0] = t->frame.first; return 1; }
  at[count++] = next;
  uint8_t upos = an_tok(walk, next)->upos;
  if (next + 1 < limit && (upos == AN_ADP || upos == AN_ADV || an_is_comma(walk, next) || an_rel_at(walk, next) == AN_COMPOUND_PRT)) at[count++] = next + 1;
  if (t->clause != AN_NONE && first_of(walk, t->clause) > next) at[count++] = first_of(walk, t->clause);
  for (uint32_t p = next + 1; p < limit && count < MOST_BEGINS; p++)
    if (an_tok(walk, p)->quote_depth > 0) { at[count++] = p - 1; break; }
  return count;
}

static bool is_relative(const an_walk *walk, uint32_t token) {
  return an_word_is(walk->words, token, "which") || an_word_is(walk->words, token, "who") || an_word_is(walk->words, token, "whom") || an_word_is(walk->words, token, "whose");
}

/* Marks outside of quotations, joining words, and where what hangs on the word, on its object or on its clause begins. */
static uint32_t ends(const an_walk *walk, const an_teller *t, uint32_t *at) {
  uint32_t count = 0;
  for (uint32_t p = t->token + 2; p < t->all.end && count + 2 < MOST_ENDS; p++) {
    const an_token *word = an_tok(walk, p);
    bool parts = word->quote_depth == 0 && (an_is_comma(walk, p) || an_word_is(walk->words, p, ";") || word->upos == AN_CCONJ || word->upos == AN_SCONJ || is_relative(walk, p));
    uint32_t over = p; /* the highest word whose subtree begins here */
    for (int step = 0; step < ABOVE && an_tok(walk, over)->head != AN_NONE && an_tok(walk, over)->head > p; step++) over = an_tok(walk, over)->head;
    uint32_t head = an_tok(walk, over)->head;
    bool hangs = head != AN_NONE && (head == t->token || head == t->object || head == t->clause) && word->quote_depth == 0 && over != t->object && over != t->clause && first_of(walk, over) == p;
    if (parts || hangs) at[count++] = p;
  }
  if (t->tree_end > t->token + 1) at[count++] = t->tree_end;
  at[count++] = t->all.end;
  return count;
}

/* "a ban on imports": no verb and no quotation. */
bool an_extent_is_thing(const an_walk *walk, an_range range) {
  for (uint32_t p = range.first; p < range.end; p++)
    if (an_is_verb(walk, p) || an_tok(walk, p)->quote_depth > 0) return false;
  return true;
}

/* "condemned the killings", "threatened to scrap it": a deed rather than words of anybody (docs/codebook.md). */
static bool is_deed(const an_walk *walk, an_range range) {
  uint32_t words = 0;
  for (uint32_t p = range.first; p < range.end; p++) {
    if (an_is_finite(walk, p) || an_tok(walk, p)->quote_depth > 0) return false;
    words += !an_is_punct(walk, p);
  }
  return words < FEW;
}

/* Another's words, or the verb that tells them, beyond what a frame has taken. */
static bool is_taken(const an_walk *walk, an_range range, an_range frame) {
  for (uint32_t p = range.first; p < range.end; p++) {
    if (p >= frame.first && p < frame.end) continue;
    if (walk->used[p]) return true;
    for (uint32_t i = walk->sentence_first_draft; i < walk->draft_count && an_tok(walk, p)->quote_depth > 0; i++) {
      const an_draft *d = &walk->drafts[i];
      bool quoted = d->frame == AN_FRAME_QUOTE || d->frame == AN_FRAME_QUOTE_RUNS_ON || d->frame == AN_FRAME_QUOTE_ALONE || d->frame == AN_FRAME_TURN;
      for (uint32_t k = 0; quoted && k < d->content_count; k++)
        if (p >= d->content[k].first && p < d->content[k].end) return true;
    }
  }
  return false;
}

static bool holds_finite(const an_walk *walk, an_range range) {
  for (uint32_t p = range.first; p < range.end; p++)
    if (an_is_finite(walk, p)) return true;
  return false;
}

/* What no word tells; and a clause keeps its verb ("that in a two-way contest, she leads"). */
static bool is_none(const an_walk *walk, const an_teller *t, an_range range) {
  if (range.first >= range.end || is_taken(walk, range, t->frame)) return true;
  return t->kind == AN_TOLD_NEW ? is_deed(walk, range) : !holds_finite(walk, range) && holds_finite(walk, t->frame);
}

void an_extents_of(const an_walk *walk, const an_teller *t, an_extents *all) {
  uint32_t begin[MOST_BEGINS + 1], end[MOST_ENDS + 1], b = begins(walk, t, begin), e = ends(walk, t, end);
  all->count = 0;
  for (uint32_t i = 0; i < b; i++)
    for (uint32_t k = 0; k < e; k++) {
      if (end[k] <= begin[i]) continue;
      an_range range = an_trim(walk, (an_range){begin[i], end[k]});
      bool known = is_none(walk, t, range);
      for (uint32_t o = 0; o < all->count; o++) known |= all->at[o].range.first == range.first && all->at[o].range.end == range.end;
      if (!known) all->at[all->count++] = (an_extent){range, begin[i]};
    }
  bool has = t->frame.end <= t->frame.first;
  for (uint32_t o = 0; o < all->count; o++) has |= all->at[o].range.first == t->frame.first && all->at[o].range.end == t->frame.end;
  if (!has) all->at[all->count++] = (an_extent){t->frame, t->frame.first};
}

/* ---- Signs ------------------------------------------------------------------------------------------ */

static void signs_of_begin(const an_walk *walk, const an_teller *t, const an_extent *o, signs *s) {
  uint32_t first = o->range.first, next = t->next;
  const an_token *word = an_tok(walk, first);
  bool later = o->begin > next + 1, quote = first + 1 < o->range.end && word->quote_depth == 0 && an_tok(walk, first + 1)->quote_depth > 0;
  bool behind = o->begin == next + 1, preposition = behind && an_tok(walk, next)->upos == AN_ADP;
  add(s, o->begin == next, SIGN_AT_NEXT);
  add(s, preposition, SIGN_AT_PHRASE);
  add(s, preposition && t->object == AN_NONE, SIGN_AT_PHRASE_BARE);
  add(s, later, SIGN_AT_LATER);
  add(s, quote, SIGN_AT_QUOTE);
  add(s, word->upos == AN_ADP, SIGN_AT_PREPOSITION);
  add(s, word->upos == AN_PART || an_word_is(walk->words, first, "to"), SIGN_AT_TO);
  add(s, word->xpos == AN_X_VBG, SIGN_AT_GERUND);
  add(s, an_is_somebody(walk, first), SIGN_AT_SOMEBODY);
  add(s, word->upos == AN_ADV, SIGN_AT_ADVERB);
  add(s, (word->flags & AN_WORD_TIME) != 0, SIGN_AT_TIME);
  add(s, t->clause != AN_NONE && first_of(walk, t->clause) <= first && first <= t->clause, SIGN_AT_CLAUSE);
  add(s, t->object != AN_NONE && first_of(walk, t->object) == first, SIGN_AT_OBJECT);
  add(s, word->upos == AN_SCONJ, SIGN_AT_MARK);
  add(s, later && t->object != AN_NONE && an_is_somebody(walk, t->object), SIGN_AT_LATER_PERSON);
  add(s, later && an_word_is(walk->words, first, "to"), SIGN_AT_LATER_TO);
}

static void signs_of_end(const an_walk *walk, const an_teller *t, const an_extent *o, signs *s) {
  uint32_t end = o->range.end, first, object_end = 0;
  if (t->object != AN_NONE) an_subtree(walk->words, t->object, &first, &object_end);
  add(s, end == t->tree_end, SIGN_TO_TREE);
  add(s, end > t->tree_end, SIGN_OVER_TREE);
  add(s, end == object_end, SIGN_TO_OBJECT);
  add(s, an_tok(walk, end - 1)->quote_depth == 0 && end >= 2 && an_tok(walk, end - 2)->quote_depth > 0, SIGN_TO_QUOTE);
  add(s, (an_tok(walk, end - 1)->flags & AN_WORD_TIME) != 0, SIGN_HAS_TIME_LAST);
  if (end >= t->all.end) { add(s, true, SIGN_TO_END); return; }
  const an_token *word = an_tok(walk, end);
  uint32_t behind = end + 1 < t->all.end ? end + 1 : end;
  bool comma = an_is_comma(walk, end) || an_word_is(walk->words, end, ";"), and = word->upos == AN_CCONJ || (comma && an_tok(walk, behind)->upos == AN_CCONJ);
  uint32_t verb = and && word->upos != AN_CCONJ && behind + 1 < t->all.end ? behind + 1 : behind;
  bool gerund = comma && an_tok(walk, behind)->xpos == AN_X_VBG, relative = comma && is_relative(walk, behind);
  add(s, comma && !gerund && !relative && !and, SIGN_TO_COMMA);
  add(s, gerund, SIGN_TO_COMMA_GERUND);
  add(s, relative, SIGN_TO_COMMA_RELATIVE);
  add(s, comma && (an_cue_circumstance(walk, behind) || an_tok(walk, behind)->upos == AN_SCONJ), SIGN_TO_COMMA_CIRCUMSTANCE);
  add(s, and, an_is_verb(walk, verb) || an_tok(walk, verb)->upos == AN_ADV ? SIGN_TO_AND_VERB : SIGN_TO_AND);
  bool own = verb + 1 < t->all.end && an_own_clause(walk, comma || and ? verb : end, t->all.end);
  add(s, and && own && !an_is_verb(walk, verb), SIGN_TO_AND_CLAUSE);
  add(s, and && (an_word_is(walk->words, end, "but") || an_word_is(walk->words, behind, "but")), SIGN_TO_BUT);
  add(s, and && an_cue_at(walk, verb).kind == AN_CUE_VERB, SIGN_TO_AND_CUE);
  add(s, and && an_word_is(walk->words, verb, "that"), SIGN_TO_COMMA_AND_THAT);
  add(s, an_word_is(walk->words, end, ";"), SIGN_TO_SEMICOLON);
  uint8_t upos = an_tok(walk, behind)->upos;
  add(s, comma && !and && (upos == AN_NOUN || upos == AN_DET || upos == AN_PROPN), SIGN_TO_COMMA_NOUN);
  add(s, comma && !and && upos == AN_ADP, SIGN_TO_COMMA_PREPOSITION);
  add(s, comma && !and && own, SIGN_TO_COMMA_CLAUSE);
  add(s, an_cue_phrase_at(walk, comma ? behind : end).kind == AN_CUE_PHRASE, SIGN_TO_ACCORDING);
  add(s, an_cue_at(walk, comma ? behind : end).kind == AN_CUE_VERB, SIGN_TO_CUE);
  add(s, word->upos == AN_SCONJ, SIGN_TO_MARK);
  add(s, is_relative(walk, end), SIGN_TO_RELATIVE);
  add(s, word->upos == AN_ADP, SIGN_TO_PREPOSITION);
  add(s, word->upos == AN_ADV, SIGN_TO_ADVERB);
  add(s, (word->flags & AN_WORD_TIME) != 0 || (word->upos == AN_ADP && (an_tok(walk, behind)->flags & AN_WORD_TIME) != 0), SIGN_TO_TIME);
  add(s, an_is_verb(walk, end), SIGN_TO_VERB);
  add(s, !comma && !and && word->upos != AN_SCONJ && word->upos != AN_ADP && word->upos != AN_ADV && !an_is_verb(walk, end), SIGN_TO_OTHER);
  bool noun = word->head != AN_NONE && word->head >= o->range.first && word->head < end && an_tok(walk, word->head)->upos == AN_NOUN;
  uint32_t over = word->upos == AN_ADP && word->head != AN_NONE ? an_tok(walk, word->head)->head : word->head;
  noun |= over != AN_NONE && over >= o->range.first && over < end && an_tok(walk, over)->upos != AN_VERB;
  add(s, noun, SIGN_CUTS_NOUN);
  add(s, over != AN_NONE && over >= o->range.first && over < end && an_tok(walk, over)->upos == AN_VERB, SIGN_CUTS_VERB);
}

static void signs_of_words(const an_walk *walk, const an_teller *t, const an_extent *o, signs *s) {
  uint32_t words = 0;
  bool verb = false, finite = false, quote = false, comma = false, cue = false, same = false;
  for (uint32_t p = o->range.first; p < o->range.end; p++) {
    words += !an_is_punct(walk, p);
    verb |= an_is_verb(walk, p);
    finite |= an_is_finite(walk, p);
    quote |= an_tok(walk, p)->quote_depth > 0;
    comma |= an_is_comma(walk, p) && an_tok(walk, p)->quote_depth == 0;
    cue |= walk->used[p] != 0;
  }
  for (uint32_t i = walk->sentence_first_draft; i < walk->draft_count && t->kind == AN_TOLD_NEW; i++) {
    const an_draft *d = &walk->drafts[i];
    for (uint32_t k = 0; k < d->content_count; k++) {
      uint32_t from = d->content[k].first > o->range.first ? d->content[k].first : o->range.first, to = d->content[k].end < o->range.end ? d->content[k].end : o->range.end;
      uint32_t both = to > from ? to - from : 0, all = d->content[k].end - d->content[k].first + o->range.end - o->range.first - both;
      same |= both * 10 >= all * 7;
    }
  }
  add(s, true, words <= 1 ? SIGN_ONE_WORD : words < FEW ? SIGN_FEW_WORDS : words <= MANY ? SIGN_SOME_WORDS : SIGN_MANY_WORDS);
  add(s, verb, SIGN_HAS_VERB);
  add(s, finite, SIGN_HAS_FINITE);
  add(s, quote, SIGN_HAS_QUOTE);
  add(s, quote && an_tok(walk, o->range.end - 1)->quote_depth > 0 && o->range.end < walk->words->token_count && an_tok(walk, o->range.end)->quote_depth > 0, SIGN_CUTS_QUOTE);
  add(s, comma, SIGN_HAS_COMMA);
  add(s, cue, SIGN_HAS_CUE);
  add(s, same, SIGN_SAME);
}

int32_t an_extent_weigh(const an_walk *walk, const an_teller *t, const an_extent *o, an_told_text *text) {
  signs s = {.count = 0};
  int32_t sum = 0;
  bool framed = t->frame.end > t->frame.first;
  signs_of_begin(walk, t, o, &s);
  signs_of_end(walk, t, o, &s);
  signs_of_words(walk, t, o, &s);
  add(&s, framed && o->range.first == t->frame.first, SIGN_BEGINS_AS_FRAME);
  add(&s, framed && o->range.end == t->frame.end, SIGN_ENDS_AS_FRAME);
  for (uint32_t i = 0; i < s.count; i++) {
    sum += walk->extent[t->kind][s.at[i]];
    an_told_say(text, AN_EXTENT_SIGNS.words[s.at[i]]);
  }
  return sum;
}
