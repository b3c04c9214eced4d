/* SPDX-License-Identifier: Apache-2.0 */
/* Indirect and mixed statements: a cue and the clause behind it; which of its frames a cue takes. */
#include "speech/inner.h"

/* Where the tree has lost the clause: a name and a finite verb behind "said" are one ("says the man nicknamed King is …"). */
static uint32_t bare_clause(const an_walk *walk, uint32_t cue) {
  an_range all = an_sentence_range(walk, an_tok(walk, cue)->sentence);
  uint32_t first = cue + 1;
  bool named = false;
  all.end = an_own_end(walk, cue, an_relative_end(walk, cue, all.end));
  for (uint32_t token = first; token < all.end; token++) {
    const an_token *t = an_tok(walk, token);
    if (an_next_cue_at(walk, token, cue) || (named && t->upos == AN_SCONJ)) return AN_NONE; /* "maintain a level until they wake" */
    if (t->upos == AN_CCONJ && token + 1 < all.end && an_is_verb(walk, token + 1)) return AN_NONE; /* "declared a day of rest and left" */
    if (named && (t->xpos == AN_X_VBD || t->xpos == AN_X_VBZ || t->xpos == AN_X_VBP || t->xpos == AN_X_MD)) return first;
    if (t->upos == AN_NOUN || t->upos == AN_PROPN || t->upos == AN_PRON) named = true;
    else if (token == first && (t->upos == AN_ADP || t->upos == AN_PUNCT || t->upos == AN_VERB || t->upos == AN_AUX || t->upos == AN_ADV || t->upos == AN_CCONJ || t->upos == AN_PART || an_cue_circumstance(walk, token))) return AN_NONE;
  }
  return AN_NONE;
}

static an_range behind_that(const an_walk *walk, uint32_t cue, uint32_t that) {
  an_range all = an_sentence_range(walk, an_tok(walk, cue)->sentence), range = {that + 1, an_complement(walk, cue, cue).end};
  if (range.end < that + 2) range.end = that + 2 < all.end ? that + 2 : all.end;
  return an_cut_at_cue(walk, cue, an_and_that(walk, an_draw_out(walk, range, all.end), all.end));
}

/* ", Reuters reported": a tree can take such a tag for what is told. */
static bool is_tag(const an_walk *walk, uint32_t head) {
  an_cue cue = an_cue_at(walk, head);
  uint32_t subject = an_child_by(walk->words, head, AN_NSUBJ), limit = an_sentence_range(walk, an_tok(walk, head)->sentence).end;
  if (cue.kind != AN_CUE_VERB || (cue.takes & AN_TAKES_QUOTE) == 0 || subject == AN_NONE || subject > head) return false;
  return head + 1 >= limit && an_tag_begin(walk, head, subject) != AN_NONE;
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
  uint32_t thing = an_right_child(walk, cue_token, AN_OBJ), parted = AN_NONE;
  if (thing == AN_NONE || thing > head || (cue->takes & AN_TAKES_HEARER) || (an_cue_at(walk, head).takes & AN_TAKES_QUOTE) == 0) return false;
  for (uint32_t token = thing; token < head; token++)
    if (an_is_comma(walk, token) && an_tok(walk, token)->quote_depth == 0) parted = token;
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

static bool is_relative(const an_walk *walk, uint32_t token) {
  return an_word_is(walk->words, token, "which") || an_word_is(walk->words, token, "who") || an_word_is(walk->words, token, "that") || an_word_is(walk->words, token, "what");
}

/* "the trip, which Holt says was short", "a date that she said went by": the word, or the noun, that the clause is about. */
static an_range said_of(const an_walk *walk, uint32_t cue, uint32_t subject) {
  uint32_t before = subject < cue ? an_phrase_of(walk, subject).first : 0;
  if (before > 0 && before < subject && is_relative(walk, before)) return (an_range){before, before + 1};
  if (before > 0 && is_relative(walk, before - 1)) return (an_range){before - 1, before};
  uint32_t noun = an_rel_at(walk, cue) == AN_ACL_RELCL ? an_tok(walk, cue)->head : AN_NONE;
  if (noun == AN_NONE || noun >= before) return (an_range){0, 0};
  an_range phrase = an_phrase_of(walk, noun);
  if (phrase.end > before) phrase.end = before;
  return phrase;
}

/* "told a crowd in Lima the strike would go on": of two subjects hung on the verb told, the first is the hearer. Where the clause begins. */
static uint32_t behind_hearer(const an_walk *walk, uint32_t head, uint32_t first) {
  uint32_t last = AN_NONE, count = 0, begin, end;
  for (uint32_t c = an_child(walk->words, head, AN_NONE); c != AN_NONE && c < head; c = an_child(walk->words, head, c)) {
    if (an_rel_at(walk, c) != AN_NSUBJ && an_rel_at(walk, c) != AN_NSUBJ_PASS) continue;
    last = c;
    count++;
  }
  if (count < 2) return first;
  an_subtree(walk->words, last, &begin, &end);
  return begin > first ? begin : first;
}

/* "which she said had promised loans": the clause goes on from the relative word before who says it. */
static uint32_t relative_clause(const an_walk *walk, uint32_t cue, uint32_t subject) {
  uint32_t before = subject < cue ? an_phrase_of(walk, subject).first : 0, next = cue + 1;
  while (before > 0 && before < subject && is_relative(walk, before)) before++; /* a tree can make it part of the name: "which state media" */
  if (before == 0 || !is_relative(walk, before - 1) || next >= walk->words->token_count) return AN_NONE;
  while (next < walk->words->token_count && next < cue + 3 && an_tok(walk, next)->upos == AN_ADV) next++;
  return an_is_finite(walk, next) ? cue + 1 : AN_NONE;
}

/* "said that …", "said …", "told reporters that …", "pointed out that …". */
static bool clause(an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t subject) {
  if ((cue->takes & (AN_TAKES_CLAUSE | AN_TAKES_HEARER | AN_TAKES_PARTICLE | AN_TAKES_INFINITIVE)) == 0) return false;
  if ((cue->takes & AN_TAKES_PARTICLE) && !an_cue_particle(walk, cue_token, cue)) return false; /* "put in place rules that" */
  uint32_t head = an_right_child(walk, cue_token, AN_CCOMP), that = AN_NONE;
  if (head != AN_NONE && is_tag(walk, head)) head = AN_NONE;
  if (head == AN_NONE && an_that_behind(walk, cue_token, &that)) head = that;
  if (head == AN_NONE && (cue->takes & (AN_TAKES_HEARER | AN_TAKES_INFINITIVE))) head = an_right_child(walk, cue_token, AN_XCOMP);
  bool gerund = false; /* "denied using gas" */
  if (head == AN_NONE && (cue->takes & AN_CUE_DENIES) && cue_token + 1 < walk->words->token_count) {
    head = an_right_child(walk, cue_token, AN_XCOMP);
    if (head == AN_NONE && an_tok(walk, cue_token + 1)->xpos == AN_X_VBG && an_tok(walk, cue_token + 1)->head == cue_token) head = cue_token + 1;
    gerund = head != AN_NONE;
  }
  if (head == AN_NONE && (cue->takes & AN_TAKES_QUOTE)) {
    head = an_right_child(walk, cue_token, AN_PARATAXIS);
    if (head != AN_NONE && an_child_by(walk->words, head, AN_NSUBJ) == AN_NONE) head = AN_NONE;
  }
  uint32_t bare = AN_NONE;
  if (head == AN_NONE && (cue->takes & AN_TAKES_CLAUSE) && cue_token + 1 < walk->words->token_count) { /* "suggested looking at the budget" */
    uint32_t next = cue_token + 1;
    if (an_tok(walk, next)->xpos == AN_X_VBG && an_tok(walk, next)->head == cue_token && (an_rel_at(walk, next) == AN_XCOMP || an_rel_at(walk, next) == AN_CCOMP)) head = next;
    gerund = head != AN_NONE;
  }
  bool clause_of_own = head != AN_NONE && an_child_by(walk->words, head, AN_NSUBJ) != AN_NONE;
  if ((cue->takes & AN_CUE_DOCUMENT) && that == AN_NONE && clause_of_own && shows_how(walk, head, subject)) return false;
  if ((cue->takes & AN_CUE_DOCUMENT) && that == AN_NONE && !clause_of_own && !gerund && (head == AN_NONE || !an_has_word_on(walk, head, "that")) && walk->mention_of[subject] != AN_NONE)
    return false; /* "has shown Iran only venom" */
  if (head == AN_NONE && (cue->takes & AN_TAKES_QUOTE) && (cue->takes & (AN_TAKES_HEARER | AN_TAKES_OBJECT)) == 0) bare = bare_clause(walk, cue_token);
  if (head == AN_NONE && bare == AN_NONE && (cue->takes & AN_TAKES_CLAUSE)) bare = relative_clause(walk, cue_token, subject);
  if ((head == AN_NONE && bare == AN_NONE) || (head != AN_NONE && told_by_name(walk, head))) return false;
  if (head != AN_NONE && that == AN_NONE && other_tells(walk, cue_token, cue, head)) return false;
  bool urge = head != AN_NONE && an_rel_at(walk, head) == AN_XCOMP && !gerund && (cue->takes & AN_CUE_MIND) == 0;
  if (urge && an_tok(walk, cue_token)->xpos == AN_X_VB) return false; /* "would ask a court to": nobody has said it yet */
  an_draft *draft = an_draft_start(walk, urge ? AN_FRAME_URGE : (cue->takes & AN_CUE_MIND) != 0 ? AN_FRAME_MIND : AN_FRAME_CLAUSE, cue_token, subject);
  if (draft == NULL) return false;
  an_range range;
  if (that != AN_NONE) range = behind_that(walk, cue_token, that);
  else if (bare != AN_NONE) range = an_cut_at_cue(walk, cue_token, (an_range){bare, an_own_end(walk, cue_token, an_relative_end(walk, cue_token, an_sentence_range(walk, draft->sentence).end))});
  else range = an_complement(walk, cue_token, head);
  draft->that = that != AN_NONE || (head != AN_NONE && an_has_word_on(walk, head, "that"));
  /* "said cooperation in Syria has …": nothing between the cue and its clause but what the tree has hung elsewhere. */
  if (!draft->that && bare == AN_NONE && !urge && (cue->takes & AN_TAKES_QUOTE) && (cue->takes & AN_TAKES_HEARER) == 0 && range.first > cue_token + 1) {
    const an_token *next = an_tok(walk, cue_token + 1);
    bool aside = next->upos == AN_ADP || next->upos == AN_ADV || next->upos == AN_PUNCT || next->upos == AN_SCONJ || (next->flags & AN_WORD_TIME) != 0 || next->rel == AN_IOBJ || (next->rel == AN_OBJ && next->upos == AN_PRON);
    if (!aside) range.first = cue_token + 1;
  }
  if (draft->frame == AN_FRAME_MIND && !draft->that && head != AN_NONE && an_rel_at(walk, head) == AN_XCOMP) range.first = cue_token + 1; /* "expect it to fall" */
  uint32_t mark;
  if (an_that_behind(walk, cue_token, &mark) && mark >= range.first && mark + 1 < range.end) range.first = mark + 1;
  if (head != AN_NONE && that == AN_NONE && (cue->takes & AN_TAKES_HEARER) && an_rel_at(walk, head) == AN_CCOMP) range.first = behind_hearer(walk, head, range.first);
  uint32_t begins = range.first;
  while (begins + 1 < range.end && begins < range.first + 2 && an_tok(walk, begins)->upos == AN_ADV) begins++;
  if ((head != AN_NONE ? !clause_of_own : bare != AN_NONE) && range.first < range.end && an_is_finite(walk, begins) && !draft->that && !urge) { /* what it is said of stands elsewhere */
    an_range of = said_of(walk, cue_token, subject);
    if (of.first < of.end) an_draft_range(draft, of.first, of.end);
    else if (head != AN_NONE && head > cue_token + 1 && !an_is_punct(walk, cue_token + 1)) range.first = cue_token + 1; /* "hoped the talks, once begun, would" */
  }
  an_draft_range(draft, range.first, range.end);
  return an_draft_finish(walk, draft);
}

/* "Trade grew, Rouhani said, adding that …": the participle is his who was named last as the speaker. */
static uint32_t told_before(const an_walk *walk, uint32_t cue) {
  bool apart = cue > 1 && (an_is_comma(walk, cue - 1) || (an_is_punct(walk, cue - 1) && an_is_comma(walk, cue - 2))); /* “…,” adding that */
  if (an_tok(walk, cue)->xpos != AN_X_VBG || !apart || walk->draft_count <= walk->sentence_first_draft) return AN_NONE;
  const an_draft *before = &walk->drafts[walk->draft_count - 1];
  if (before->frame != AN_FRAME_TRAILING && before->frame != AN_FRAME_QUOTE) return AN_NONE;
  uint32_t last = before->content_count > 0 && before->content[before->content_count - 1].end <= cue ? before->content[before->content_count - 1].end : 0;
  if (last < before->cue) last = before->cue;
  if (before->cue == AN_NONE || before->cue >= cue || cue - last > AN_TAIL || before->speaker_count == 0 || before->speaker[0].end == 0) return AN_NONE;
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
  if (an_trailing(walk, token, cue, subject) || !parsed || clause(walk, token, cue, subject)) return;
  (void)an_object_of_cue(walk, token, cue, subject);
}

/* "may have thought", "should show": nobody holds or shows it yet. */
static bool under_modal(const an_walk *walk, uint32_t verb) {
  for (uint32_t c = an_child(walk->words, verb, AN_NONE); c != AN_NONE && c < verb; c = an_child(walk->words, verb, c))
    if (an_rel_at(walk, c) == AN_AUX_ && an_tok(walk, c)->xpos == AN_X_MD) return true;
  return false;
}

/* "the so-called treaty" */
static bool hyphened(const an_walk *walk, uint32_t token) {
  return token > 0 && an_word_is(walk->words, token - 1, "-") && !an_tok(walk, token - 1)->space_after;
}

/* "The port is shut, Tovar was quoted as saying." */
static void relayed(an_walk *walk, uint32_t verb, uint32_t cue_token) {
  an_cue cue = an_cue_at(walk, cue_token);
  uint32_t subject = an_relay_speaker(walk, verb);
  if (!walk->used[cue_token] && an_may_speak(walk, subject, &cue) && an_trailing(walk, verb, &cue, subject)) walk->used[cue_token] = 1;
}

/* Somebody of whom the page may tell that they said something: a person, an office, a body, a state. */
static bool somebody(const an_walk *walk, uint32_t head) {
  uint32_t index = head != AN_NONE ? walk->mention_of[head] : AN_NONE;
  if (index == AN_NONE) return head != AN_NONE && an_tok(walk, head)->upos == AN_NOUN && (an_tok(walk, head)->flags & (AN_WORD_ROLE | AN_WORD_ACTOR)) != 0;
  const an_mention_at *m = &walk->mentions->list.at[index];
  return m->m.kind != AN_MENTION_PLACE && (m->flags & (AN_MENTION_ADJECTIVE | AN_MENTION_LOCATIVE)) == 0;
}

/* A verb or adjective that stands in no table, but takes what words of saying take. */
static void unlisted(an_walk *walk, uint32_t token) {
  an_cue cue = an_cue_unlisted(walk, token);
  if (cue.kind == AN_CUE_NONE) return;
  uint32_t subject = an_subject_of(walk, token);
  if (!somebody(walk, subject) || !an_may_speak(walk, subject, &cue) || an_tok(walk, subject)->quote_depth > 0) return;
  if (an_same_clause_negated(walk, token) || under_modal(walk, token) || an_cue_withheld(walk, token) || an_not_said_yet(walk, token)) return;
  (void)clause(walk, token, &cue, subject);
}

void an_frames_of(an_walk *walk, uint32_t index) {
  const an_sentence *sentence = &walk->words->sentences[index];
  for (uint32_t token = sentence->first; token < sentence->first + sentence->count; token++) {
    const an_token *t = an_tok(walk, token);
    if (walk->used[token] || t->quote_depth > 0) continue;
    if (sentence->parsed && (t->upos == AN_VERB || t->upos == AN_ADJ) && an_cue_at(walk, token).kind == AN_CUE_NONE) unlisted(walk, token);
    if ((t->flags & AN_WORD_CUE) == 0) continue;
    an_cue phrase = an_cue_phrase_at(walk, token);
    if (phrase.kind == AN_CUE_PHRASE) { (void)an_according(walk, token, &phrase); continue; }
    uint32_t relays = an_relays(walk, token);
    if (relays != AN_NONE) { relayed(walk, token, relays); continue; }
    an_cue cue = an_cue_at(walk, token);
    if (cue.kind == AN_CUE_NONE) continue;
    if (cue.kind == AN_CUE_NOUN) {
      if (sentence->parsed && an_noun_of_saying(walk, token)) walk->drafts[walk->draft_count - 1].denied = denial(walk, token, &cue);
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
