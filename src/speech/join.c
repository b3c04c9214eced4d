/* SPDX-License-Identifier: Apache-2.0 */
/* Drafts become statements: chains of sources, statements told inside others, titles that repeat the body, confidence. */
#include "speech/inner.h"

#include <string.h>

enum { MOST_TITLES = 32, TITLE_WORDS = 64, LEAST_LETTERS = 4, MOST_LOOK_BACK = 48, LEAST_SAME = 4 };
static const double SAME_SHARE = 0.9;

static bool inside(const an_draft *draft, uint32_t token) {
  for (uint32_t i = 0; i < draft->content_count; i++)
    if (token >= draft->content[i].first && token < draft->content[i].end) return true;
  return false;
}

static uint32_t chain(const an_walk *walk, const an_draft *draft) {
  if (draft->speaker_count == 0 || draft->speaker_mention[0] == AN_NONE) return AN_NONE;
  return walk->mentions->list.at[draft->speaker_mention[0]].chain;
}

/* An agency, or something that is read or seen. */
static bool is_press(const an_walk *walk, const an_draft *draft) {
  uint32_t end;
  if (an_world_agency(walk->world, walk->words, draft->speaker[0].first, &end).at != NULL) return true;
  an_text value;
  for (uint32_t token = draft->speaker[0].first; token < draft->speaker[0].end; token++)
    if (an_reference_at(walk, token, &value, &end) == AN_REFERS_DOCUMENT) return true;
  return false;
}

static bool is_reporter(const an_walk *walk, const an_draft *draft) {
  uint32_t index = draft->speaker_mention[0];
  if (an_tok(walk, draft->speaker[0].first)->upos == AN_PRON) return false;
  return is_press(walk, draft) || (index != AN_NONE && walk->mentions->list.at[index].m.kind == AN_MENTION_ORGANISATION);
}

/* What is told inside another's words ends where they end: "warned them that …, an aide said". */
static void end_with(const an_draft *outer, an_draft *inner) {
  uint32_t cut = outer->content[0].end;
  for (uint32_t i = 0; i < inner->content_count; i++)
    if (inner->content[i].first < cut && inner->content[i].end > cut) inner->content[i].end = cut;
}

/* "Zarif said …, Reuters reported": Reuters is the source that the page credits for what Zarif said. */
static void credit(an_draft *outer, an_draft *inner) {
  inner->through = outer->speaker[0];
  inner->through_mention = outer->speaker_mention[0];
  inner->has_through = true;
  outer->dropped = true;
}

/* "Tovar was quoted as saying by Lumen" */
static void credit_relay(const an_walk *walk, an_draft *draft) {
  uint32_t verb = draft->cue == AN_NONE || draft->has_through ? AN_NONE : an_relays(walk, draft->cue) != AN_NONE ? draft->cue : an_relayed(walk, draft->cue);
  uint32_t source = verb != AN_NONE ? an_relay_source(walk, verb) : AN_NONE;
  if (source == AN_NONE) return;
  draft->through = an_phrase_of(walk, source);
  draft->through_mention = walk->mention_of[source];
  draft->has_through = true;
}

void an_join_chains(an_walk *walk, uint32_t sentence) {
  for (uint32_t i = walk->sentence_first_draft; i < walk->draft_count; i++) credit_relay(walk, &walk->drafts[i]);
  for (uint32_t o = walk->sentence_first_draft; o < walk->draft_count; o++) {
    an_draft *outer = &walk->drafts[o];
    if (outer->dropped || outer->sentence != sentence || outer->cue == AN_NONE) continue;
    for (uint32_t i = walk->sentence_first_draft; i < walk->draft_count; i++) {
      an_draft *inner = &walk->drafts[i];
      bool tagged = outer->frame == AN_FRAME_TRAILING || outer->frame == AN_FRAME_ACCORDING;
      if (i == o || inner->dropped || inner->cue == AN_NONE || !inside(outer, inner->cue) || (inside(inner, outer->cue) && !tagged)) continue;
      if (tagged) end_with(outer, inner);
      bool deed = inner->frame == AN_FRAME_URGE || inner->frame == AN_FRAME_OBJECT || inner->frame == AN_FRAME_PHRASE; /* "promised to …, the union said" */
      bool passed_on = (is_reporter(walk, outer) && !(deed && !is_press(walk, outer))) || inner->frame == AN_FRAME_QUOTE; /* "“…,” X told them, a deputy said" */
      if (tagged && passed_on && chain(walk, inner) != chain(walk, outer)) { credit(outer, inner); continue; }
      /* What a speaker says of his own saying is one statement ("said that he hoped that …"). */
      bool own = chain(walk, inner) != AN_NONE && chain(walk, inner) == chain(walk, outer);
      bool thinks = inner->frame == AN_FRAME_MIND && inner->speaker_count == 1 && an_tok(walk, inner->speaker[0].first)->upos == AN_PRON; /* "he said he hoped that" */
      if (own || (thinks && chain(walk, inner) == AN_NONE)) inner->dropped = true;
      else if (inner->frame == AN_FRAME_MIND) inner->dropped = true; /* "said that the crowd thought …": nobody's word for it but the outer speaker's */
      else if (inner->parent == AN_NONE) inner->parent = o;
    }
  }
  for (uint32_t i = walk->sentence_first_draft; i < walk->draft_count; i++) { /* "repeated his charge that …": one statement */
    an_draft *noun = &walk->drafts[i];
    for (uint32_t o = walk->sentence_first_draft; o < walk->draft_count && noun->frame == AN_FRAME_NOUN && !noun->dropped; o++) {
      const an_draft *other = &walk->drafts[o];
      bool same = o != i && !other->dropped && other->content_count > 0 && noun->content_count > 0 && other->content[0].first == noun->content[0].first;
      if (same && chain(walk, other) != AN_NONE && chain(walk, other) == chain(walk, noun)) noun->dropped = true;
    }
  }
  /* "pointed to the talks, saying that …": the topic and what is said of it. */
  for (uint32_t i = walk->sentence_first_draft; i + 1 < walk->draft_count; i++) {
    an_draft *topic = &walk->drafts[i], *said = &walk->drafts[i + 1];
    if (topic->frame != AN_FRAME_PHRASE || said->cue == AN_NONE || said->cue <= topic->cue || topic->dropped || said->dropped) continue;
    bool tells = said->frame == AN_FRAME_CLAUSE || said->frame == AN_FRAME_QUOTE;
    if (tells && an_tok(walk, said->cue)->xpos == AN_X_VBG && chain(walk, topic) == chain(walk, said)) topic->dropped = true;
  }
}

/* ---- Titles ----------------------------------------------------------------------------------------- */

static bool heads(const an_walk *walk, const an_draft *draft) {
  uint8_t kind = walk->article->blocks[draft->block].kind;
  return kind == AN_BLOCK_TITLE || kind == AN_BLOCK_DECK || kind == AN_BLOCK_SUBHEAD || kind == AN_BLOCK_CAPTION;
}

static bool weighs(const an_walk *walk, uint32_t token) {
  const an_token *t = an_tok(walk, token);
  return t->upos != AN_PUNCT && (t->flags & AN_WORD_STOP) == 0 && t->at.end - t->at.begin >= LEAST_LETTERS;
}

static uint64_t fold_of(const an_token *t) { return t->lemma_fold != 0 ? t->lemma_fold : t->fold; }

static uint32_t words_of(const an_walk *walk, const an_draft *draft, uint64_t *out) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < draft->content_count; i++)
    for (uint32_t token = draft->content[i].first; token < draft->content[i].end && count < TITLE_WORDS; token++)
      if (weighs(walk, token)) out[count++] = fold_of(an_tok(walk, token));
  return count;
}

/* The share of the title's words that the body's statement holds. */
static double share(const an_walk *walk, const uint64_t *words, uint32_t count, const an_draft *body) {
  uint64_t found = 0;
  for (uint32_t i = 0; i < body->content_count; i++)
    for (uint32_t token = body->content[i].first; token < body->content[i].end; token++) {
      if (!weighs(walk, token)) continue;
      uint64_t fold = fold_of(an_tok(walk, token));
      for (uint32_t w = 0; w < count; w++)
        if (words[w] == fold) found |= 1ull << w;
    }
  uint32_t bits = 0;
  for (; found != 0; found &= found - 1) bits++;
  return count == 0 ? 0 : (double)bits / count;
}

/* An earlier quotation that holds the words of this one, nearly all; AN_NONE: none of the last ones does. */
uint32_t an_join_same(const an_walk *walk, const an_range *range) {
  an_draft quote = {.content_count = 1, .content = {*range}};
  uint64_t words[TITLE_WORDS];
  uint32_t count = words_of(walk, &quote, words);
  for (uint32_t at = walk->draft_count, step = 0; at > 0 && step < MOST_LOOK_BACK && count >= LEAST_SAME; at--, step++) {
    const an_draft *draft = &walk->drafts[at - 1];
    if (!draft->dropped && draft->kind != AN_INDIRECT && draft->repeats == AN_NONE && share(walk, words, count, draft) >= SAME_SHARE) return at - 1;
  }
  return AN_NONE;
}

void an_join_repeats(an_walk *walk) {
  uint32_t titles = 0;
  for (uint32_t t = 0; t < walk->draft_count && titles < MOST_TITLES; t++) {
    an_draft *title = &walk->drafts[t];
    if (title->dropped || !heads(walk, title)) continue;
    titles++;
    uint64_t words[TITLE_WORDS];
    uint32_t count = words_of(walk, title, words);
    double best = 0;
    for (uint32_t b = 0; b < walk->draft_count && count >= 2; b++) {
      const an_draft *body = &walk->drafts[b];
      if (body->dropped || heads(walk, body)) continue;
      double held = share(walk, words, count, body);
      bool same = chain(walk, title) != AN_NONE && chain(walk, title) == chain(walk, body);
      if (held < (same ? 0.5 : 0.75) || held <= best) continue;
      best = held;
      title->repeats = b;
    }
    bool weak = title->frame == AN_FRAME_OBJECT || title->frame == AN_FRAME_PHRASE || title->frame == AN_FRAME_AS;
    if (title->repeats == AN_NONE && weak && title->kind == AN_INDIRECT) title->dropped = true; /* a headline's verb of praise */
  }
}

/* ---- Statements ------------------------------------------------------------------------------------- */

/* Shares of statements by frame whose content and speaker are right, per mille, as measured on PolNeAR train and dev (docs/accuracy.md,
   Statements). A noun of saying is marked there for what its speaker does with it, not for what is said: its share is a lower bound. What a word tells by its signs: in
   five folds of data/said (docs/training.md). */
static const uint16_t confidences[AN_FRAMES] = {
    [AN_FRAME_QUOTE] = 940, [AN_FRAME_QUOTE_RUNS_ON] = 940, [AN_FRAME_QUOTE_ALONE] = 570, [AN_FRAME_CLAUSE] = 760,
    [AN_FRAME_TRAILING] = 810, [AN_FRAME_ACCORDING] = 840, [AN_FRAME_OBJECT] = 690, [AN_FRAME_AS] = 670, [AN_FRAME_PHRASE] = 640,
    [AN_FRAME_NOUN] = 290, [AN_FRAME_HEADLINE] = 660, [AN_FRAME_MIND] = 610, [AN_FRAME_URGE] = 650, [AN_FRAME_TURN] = 750, [AN_FRAME_TOLD] = 720};
static const char *const reasons[AN_FRAMES] = {
    [AN_FRAME_QUOTE] = "quotation with its cue", [AN_FRAME_QUOTE_RUNS_ON] = "quotation that runs on", [AN_FRAME_QUOTE_ALONE] = "quotation alone in its paragraph, below an attributed one",
    [AN_FRAME_CLAUSE] = "clause of the cue", [AN_FRAME_TRAILING] = "cue behind what it tells", [AN_FRAME_ACCORDING] = "according to",
    [AN_FRAME_OBJECT] = "object of the cue", [AN_FRAME_AS] = "named so by the speaker", [AN_FRAME_PHRASE] = "phrase of the cue",
    [AN_FRAME_NOUN] = "noun of saying", [AN_FRAME_HEADLINE] = "name and colon", [AN_FRAME_MIND] = "state of mind", [AN_FRAME_URGE] = "what is vowed, or the hearer urged to do",
    [AN_FRAME_TURN] = "quotation that a turn of phrase gives to somebody", [AN_FRAME_TOLD] = "what the word tells by its signs"};

static an_span span_of(const an_walk *walk, an_range range) {
  return (an_span){an_tok(walk, range.first)->at.begin, an_tok(walk, range.end - 1)->at.end};
}

/* A name of capitals that says of itself that it is a medium ("Amber Wire"): no person, so it may be named. */
static bool medium(const an_walk *walk, an_range range) {
  an_text value;
  uint32_t end;
  bool says = false;
  for (uint32_t token = range.first; token < range.end; token++) {
    if (an_tok(walk, token)->shape == AN_SHAPE_LOWER) return false;
    says |= an_reference_at(walk, token, &value, &end) == AN_REFERS_DOCUMENT;
  }
  return says;
}

/* "its spokesman", "the country's police": of whose country they are. */
static an_text owner_country(const an_walk *walk, an_range range) {
  for (uint32_t token = range.first; token < range.end; token++) {
    uint32_t index = walk->mention_of[token];
    if (index == AN_NONE) continue;
    const an_mention_at *m = &walk->mentions->list.at[index];
    bool owns = an_tok(walk, token)->rel == AN_NMOD_POSS || (m->flags & (AN_MENTION_POSSESSIVE | AN_MENTION_ADJECTIVE)) != 0;
    if (owns && m->m.who.country.at != NULL) return m->m.who.country;
  }
  return (an_text){0};
}

static void speakers(const an_walk *walk, const an_draft *draft, an_party *parties, uint32_t *mentions, uint32_t *count) {
  *count = 0;
  for (uint32_t i = 0; i < draft->speaker_count; i++) {
    uint32_t index = draft->speaker_mention[i];
    an_text country = {0};
    for (uint32_t token = draft->speaker[i].first; token < draft->speaker[i].end && index == AN_NONE; token++) {
      const uint32_t there = walk->mention_of[token];
      if (there == AN_NONE) continue;
      const an_mention_at *m = &walk->mentions->list.at[there];
      if (country.at == NULL) country = m->m.who.country;
      uint32_t size = draft->speaker[i].end - draft->speaker[i].first, held = m->end - m->first;
      if ((m->flags & (AN_MENTION_ADJECTIVE | AN_MENTION_POSSESSIVE | AN_MENTION_PRONOUN)) == 0 && m->end == draft->speaker[i].end && held * 2 >= size) index = there;
    }
    an_party party = {.mention = AN_NONE, .country = country}; /* "Bolivia's customs office" is of that country, whoever it is */
    if (index != AN_NONE) party = walk->mentions->list.at[index].m.who;
    else if (medium(walk, draft->speaker[i])) party.name = an_text_slice(walk->words->text, an_tok(walk, draft->speaker[i].first)->at.begin, an_tok(walk, draft->speaker[i].end - 1)->at.end);
    if (party.country.at == NULL && party.entity.at == NULL && index != AN_NONE) party.country = owner_country(walk, draft->speaker[i]);
    party.span = span_of(walk, draft->speaker[i]);
    party.text = an_text_slice(walk->words->text, party.span.begin, party.span.end);
    party.mention = index;
    an_ahead_name(walk, draft, &party);
    /* A group that stands for several parties speaks as each of them. */
    uint32_t members = index != AN_NONE ? walk->mentions->list.at[index].member_count : 0;
    for (uint32_t m = 0; members > 1 && m < members && *count < AN_MOST_SPEAKERS; m++) {
      uint32_t member = walk->mentions->list.at[index].members[m];
      an_party one = walk->mentions->list.at[member].m.who;
      one.span = party.span;
      one.text = party.text;
      one.mention = member;
      if ((walk->mentions->list.at[index].flags & AN_MENTION_PRONOUN) != 0) an_refer_antecedent(walk, member, &one);
      parties[*count] = one;
      mentions[(*count)++] = member;
    }
    if (members > 1 || *count == AN_MOST_SPEAKERS) continue;
    parties[*count] = party;
    mentions[(*count)++] = index;
  }
}

static uint32_t when_of(const an_walk *walk, const an_draft *draft, uint32_t *from) {
  if (draft->cue == AN_NONE) return AN_NONE;
  uint32_t best = AN_NONE, nearest = 16, sentence = an_tok(walk, draft->cue)->sentence;
  while (*from < walk->times->list.count && walk->times->list.at[*from].sentence < sentence) (*from)++;
  for (uint32_t i = *from; i < walk->times->list.count && walk->times->list.at[i].sentence == sentence; i++) {
    const an_time_at *time = &walk->times->list.at[i];
    if (!time->day_level || inside(draft, time->first)) continue;
    uint32_t far = time->first > draft->cue ? time->first - draft->cue : draft->cue - time->first;
    if (far < nearest) { nearest = far; best = i; }
  }
  return best;
}

static uint32_t where_of(const an_walk *walk, const an_draft *draft) {
  if (draft->cue == AN_NONE) return AN_NONE;
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, draft->cue)->sentence];
  for (uint32_t token = sentence->first; token < sentence->first + sentence->count; token++) {
    uint32_t index = walk->mention_of[token];
    if (index == AN_NONE || inside(draft, token)) continue;
    const an_mention_at *m = &walk->mentions->list.at[index];
    if ((m->flags & AN_MENTION_LOCATIVE) != 0 && m->place.text.at != NULL) return index;
  }
  return AN_NONE;
}

/* Quotation marks around the narrator's words: long, without "I" or "we", all verbs past, the speaker's own country by name. */
static an_text doubt(const an_walk *walk, const an_draft *draft) {
  if (draft->kind != AN_DIRECT || draft->speaker_count == 0 || draft->speaker_mention[0] == AN_NONE) return (an_text){0};
  an_text country = walk->mentions->list.at[draft->speaker_mention[0]].m.who.country;
  uint32_t words = 0, past = 0, own = 0;
  for (uint32_t i = 0; i < draft->content_count; i++)
    for (uint32_t token = draft->content[i].first; token < draft->content[i].end; token++) {
      const an_token *t = an_tok(walk, token);
      an_text value;
      uint32_t end;
      words += t->upos != AN_PUNCT;
      past += t->xpos == AN_X_VBD;
      if (t->xpos == AN_X_VBZ || t->xpos == AN_X_VBP || t->xpos == AN_X_MD) return (an_text){0};
      if (t->upos == AN_PRON && an_reference_at(walk, token, &value, &end) == AN_REFERS_NOBODY && (t->xpos == AN_X_PRP || t->xpos == AN_X_PRPS)) return (an_text){0};
      if (an_word_is(walk->words, token, "our") || an_word_is(walk->words, token, "my")) return (an_text){0};
      uint32_t index = walk->mention_of[token];
      if (country.at != NULL && index != AN_NONE && an_text_equal(walk->mentions->list.at[index].m.who.country, country)) own++;
    }
  return words >= 15 && past >= 2 && own > 0 ? AN_LIT("in quotation marks, but told of the speaker's own side in the third person and the past: likely a paraphrase") : (an_text){0};
}

static an_status emit(an_walk *walk, const an_draft *draft, an_statements *out, uint32_t *time, an_error *err) {
  an_statement_at *made = AN_PUSH(walk->arena, &out->list);
  AN_NEED(made, err, "speech");
  memset(made, 0, sizeof *made);
  an_party *parties = AN_NEW(walk->arena, an_party, AN_MOST_SPEAKERS);
  uint32_t *mentions = AN_NEW(walk->arena, uint32_t, AN_MOST_SPEAKERS);
  an_span *content = AN_NEW(walk->arena, an_span, draft->content_count);
  an_source *through = AN_NEW(walk->arena, an_source, 1);
  if (parties == NULL || mentions == NULL || content == NULL || through == NULL) AN_NEED(NULL, err, "speech");
  speakers(walk, draft, parties, mentions, &made->s.speaker_count);
  for (uint32_t i = 0; i < draft->content_count; i++) content[i] = span_of(walk, draft->content[i]);
  if (draft->has_through) {
    uint32_t end;
    through->span = span_of(walk, draft->through);
    through->name = an_world_agency(walk->world, walk->words, draft->through.first, &end);
    if (through->name.at == NULL && draft->through_mention != AN_NONE) through->name = walk->mentions->list.at[draft->through_mention].m.who.name;
    if (through->name.at == NULL) through->name = an_text_slice(walk->words->text, through->span.begin, through->span.end);
    made->s.through = through;
    made->s.through_count = 1;
  }
  made->s.kind = draft->kind;
  made->s.confidence = confidences[draft->frame];
  made->s.speakers = parties;
  made->s.content = content;
  made->s.content_count = draft->content_count;
  made->s.when = when_of(walk, draft, time);
  made->s.where = where_of(walk, draft);
  made->s.doubtful = draft->denied != NULL ? an_text_of(draft->denied) : doubt(walk, draft);
  made->denied = draft->denied != NULL;
  made->cue = draft->cue;
  if (draft->cue != AN_NONE) {
    made->s.cue = an_tok(walk, draft->cue)->at;
    made->s.cue_text = an_word(walk->words, draft->cue);
  }
  made->s.why = an_arena_printf(walk->arena, "%s%s%.*s", reasons[draft->frame], made->s.cue_text.size > 0 ? ": " : "",
                                (int)made->s.cue_text.size, made->s.cue_text.size > 0 ? made->s.cue_text.at : "");
  made->speakers = mentions;
  made->sentence = draft->cue != AN_NONE ? an_tok(walk, draft->cue)->sentence : draft->sentence;
  made->first = draft->content[0].first;
  made->end = draft->content[draft->content_count - 1].end;
  made->s.repeats = made->parent = AN_NONE;
  AN_TRACE(walk->trace, "speech", content[0], true, "%s", reasons[draft->frame]);
  return AN_OK;
}

an_status an_join_emit(an_walk *walk, an_statements *out, an_error *err) {
  uint32_t *place = AN_NEW(walk->arena, uint32_t, walk->draft_count), time = 0;
  AN_NEED(place, err, "speech");
  for (uint32_t i = 0; i < walk->draft_count; i++) {
    place[i] = AN_NONE;
    if (walk->drafts[i].dropped || walk->drafts[i].content_count == 0) continue;
    place[i] = out->list.count;
    uint32_t sentence = walk->drafts[i].cue != AN_NONE ? an_tok(walk, walk->drafts[i].cue)->sentence : walk->drafts[i].sentence;
    while (time > 0 && time <= walk->times->list.count && walk->times->list.at[time - 1].sentence >= sentence) time--;
    AN_TRY(emit(walk, &walk->drafts[i], out, &time, err));
  }
  for (uint32_t i = 0; i < walk->draft_count; i++) {
    if (place[i] == AN_NONE) continue;
    const an_draft *draft = &walk->drafts[i];
    if (draft->repeats != AN_NONE) out->list.at[place[i]].s.repeats = place[draft->repeats];
    if (draft->parent != AN_NONE) out->list.at[place[i]].parent = place[draft->parent];
  }
  return AN_OK;
}
