/* SPDX-License-Identifier: Apache-2.0 */
/* One sentence, one pair: the frame that joins the marked source to the marked target best. */
#include "event/dictionary.h"
#include "event/classify.h"

#include <string.h>

enum { NOT_THERE = -1000 };

/* Is the token, or one that it hangs on, inside of the range? */
static bool hangs_on(const scene *s, uint32_t token, uint32_t head) {
  for (int step = 0; step < AN_SENTENCE_WORDS && token != AN_NONE; step++, token = token_at(s, token)->head)
    if (token == head) return true;
  return false;
}

static uint32_t head_of(const scene *s, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i < end; i++) {
    uint32_t h = token_at(s, i)->head;
    if (h == AN_NONE || h < first || h >= end) return i;
  }
  return first;
}

static bool among_parts(const parts *p, uint32_t first, uint32_t end) {
  for (uint32_t i = 0; i < p->count; i++)
    if (p->at[i].token != AN_NONE && p->at[i].token >= first && p->at[i].token < end) return true;
  return false;
}

/* How well a frame joins the pair. A part that the frame itself found there counts most, then standing where the part would. */
static int worth_of(const scene *s, const match *m, an_pair pair, bool named) {
  uint32_t source = head_of(s, pair.source, pair.source_end);
  uint32_t target = pair.target == AN_NONE ? AN_NONE : head_of(s, pair.target, pair.target_end);
  const clause *c = m->frame->pos == FRAME_NOUN && m->is_light ? &m->light : &m->own;
  bool reversed = m->reversed || (m->frame->flags & FRAME_REVERSED) != 0;
  bool by_source = c->subject != AN_NONE && hangs_on(s, source, c->subject);
  bool by_target = target != AN_NONE && c->subject != AN_NONE && hangs_on(s, target, c->subject);
  bool source_below = hangs_on(s, source, c->at), target_below = target == AN_NONE || hangs_on(s, target, c->at);
  int worth = 0;
  if (named && among_parts(&m->actors, pair.source, pair.source_end)) worth += 6;
  else if (reversed ? source_below && !by_source : by_source) worth += 5;
  else if (source_below) worth += 2;
  if (target == AN_NONE) worth += 2;
  else if (named && among_parts(&m->recipients, pair.target, pair.target_end)) worth += 6;
  else if (reversed ? by_target : target_below && !by_target) worth += 4;
  else if (m->mutual && by_target) worth += 4;
  if (!reversed && by_target && !m->mutual && !by_source) worth -= 4;  /* the target does it */
  worth -= m->frame->pos == FRAME_NOUN && !m->is_light ? 2 : 0;
  worth -= (m->frame->flags & FRAME_WEAK) != 0 ? 1 : 0;
  return 4 * worth + (int)m->points;
}

/* "Israel must stop, said Iran": the one who says it asks, where the source is the speaker and the target should act. */
static bool source_says(const scene *s, uint32_t trigger, an_pair pair) {
  parts speaker = {.count = 0};
  parts_of_speaker(s, trigger, &speaker);
  return among_parts(&speaker, pair.source, pair.source_end);
}

/* The weakest frame gives way where there are too many. */
static proposal *room_for(proposals *all, int worth) {
  if (all->count < PROPOSALS) return &all->at[all->count++];
  proposal *least = &all->at[0];
  for (uint32_t i = 1; i < all->count; i++)
    if (all->at[i].worth < least->worth) least = &all->at[i];
  return least->worth < worth ? least : NULL;
}

/* ---- What stands at a word, whoever is asked about ------------------------------------------------ */

enum { DICTIONARY_HANDICAP = 24 };

static bool may_say(const scene *s, uint32_t token) {
  return (token_at(s, token)->flags & AN_WORD_EVENT) != 0 || (clause_is_verb(s, token) && token_at(s, token)->rel != AN_AUX_);
}

drafts drafts_open(const scene *s) {
  uint32_t most = 0;
  for (uint32_t k = 0; k < s->words->sentence_count; k++) {
    const an_sentence *at = &s->words->sentences[k];
    uint32_t some = 0;
    for (uint32_t i = at->first; at->parsed && i < at->first + at->count; i++) some += may_say(s, i);
    if (some > most) most = some;
  }
  return (drafts){.at = an_arena_raw(s->arena, (size_t)2 * most, sizeof(draft)), .sentence = AN_NONE};
}

static bool draft_frame(const scene *s, uint32_t token, proposal *p) {
  const char *why_not;
  *p = (proposal){.dictionary = false};
  if (!match_frame(s, token, &p->m, NULL)) return false;
  p->named = match_parts(s, &p->m, false, &why_not);
  if (!p->named && why_not != NULL && (p->m.frame->flags & (FRAME_PLANNED | FRAME_HOSTILE)) != 0 && p->m.actors.count == 0 && p->m.taken == AN_NONE) return false;
  p->r = reality_of(s, &p->m);
  p->r.purpose = false; /* the pair is given: what an act is for may be what joins it */
  p->raw = p->m.type;
  return true;
}

/* Where frames are silent the dictionary speaks, below any frame that joins the pair as well. */
static bool draft_dictionary(const scene *s, uint32_t token, proposal *p) {
  uint32_t words;
  *p = (proposal){.dictionary = true};
  if (!clause_is_verb(s, token) || token_at(s, token)->rel == AN_AUX_ || !dictionary_match(s, token, &p->m, &words)) return false;
  p->r = reality_of(s, &p->m);
  p->worth = 3 * (int)words - DICTIONARY_HANDICAP;
  p->raw = p->m.type;
  return true;
}

static void draft_sentence(const scene *s, uint32_t sentence, drafts *d) {
  const an_sentence *at = &s->words->sentences[sentence];
  if (d->sentence == sentence) return;
  *d = (drafts){.at = d->at, .sentence = sentence};
  for (uint32_t i = at->first; at->parsed && i < at->first + at->count; i++)
    for (int by_book = 0; may_say(s, i) && by_book < 2; by_book++) {
      draft *to = &d->at[d->count];
      to->token = i;
      d->count += by_book ? draft_dictionary(s, i, &to->p) : (token_at(s, i)->flags & AN_WORD_EVENT) != 0 && draft_frame(s, i, &to->p);
    }
}

/* ---- What of it joins a pair ------------------------------------------------------------------------ */

/* Told of the pair, with what tense makes of it. */
static void adopt(const scene *s, const draft *from, bool wished, int worth, proposal *to) {
  *to = from->p;
  to->r.should = to->r.should && !wished;
  to->worth = worth;
  to->told = settle(s, &to->m, &to->r);
}

static void consider(const scene *s, const draft *from, an_pair pair, proposals *all, proposal *book) {
  const proposal *p = &from->p;
  int worth = p->worth + worth_of(s, &p->m, pair, p->named);
  bool wished = p->r.should && !source_says(s, from->token, pair);
  if (p->dictionary) {
    if (worth <= book->worth) return;
    proposal said;
    adopt(s, from, wished, worth, &said);
    if (said.told) *book = said;
    return;
  }
  worth -= wished ? 2 : 0;
  proposal *to = room_for(all, worth);
  if (to != NULL) adopt(s, from, wished, worth, to);
}

void propose(const scene *s, an_pair pair, drafts *d, proposals *out) {
  proposal book = {.worth = NOT_THERE, .dictionary = true};
  uint32_t from = token_at(s, pair.source)->sentence, to = pair.target == AN_NONE ? from : token_at(s, pair.target)->sentence;
  if (to < from) { uint32_t swap = from; from = to; to = swap; }
  out->count = 0;
  for (uint32_t k = from; k <= to; k++) {
    draft_sentence(s, k, d);
    for (uint32_t i = 0; i < d->count; i++)
      if (d->at[i].token < pair.source || d->at[i].token >= pair.source_end) consider(s, &d->at[i], pair, out, &book);
  }
  proposal *last = book.worth == NOT_THERE ? NULL : room_for(out, book.worth);
  if (last != NULL) *last = book;
  out->best = AN_NONE;
  for (uint32_t i = 0; i < out->count; i++)
    if (out->at[i].told && (out->best == AN_NONE || out->at[i].worth > out->at[out->best].worth)) out->best = i;
}

/* The marked words as a party; what the world knows of them is kept. */
static an_status marked_party(const scene *s, uint32_t first, uint32_t end, parts *out) {
  *out = (parts){.count = 0};
  if (first == AN_NONE || first >= end) return AN_OK;
  uint32_t head = head_of(s, first, end);
  if (s->mention_of[head] != AN_NONE) parts_of_mention(s, s->mention_of[head], head, out);
  if (out->count == 0) out->at[out->count++] = (part){.mention = AN_NONE, .token = head, .party = {.mention = AN_NONE}};
  out->count = 1;
  an_span span = {token_at(s, first)->at.begin, token_at(s, end - 1)->at.end};
  out->at[0].party.span = span;
  out->at[0].party.text = an_text_slice(s->words->text, span.begin, span.end);
  return AN_OK;
}

/* Where no frame says what the classifier says, its own word stands: the predicate that joins the two, and the code of the type. */
static const frame classifier_frame = {.pos = FRAME_VERB, .key_text = {"classifier", 10}, .key_count = 1};

static void own_word(const scene *s, const signs *g, proposal *p) {
  uint32_t at = AN_NONE;
  for (uint32_t i = 0; i < g->word_count && at == AN_NONE; i++)
    if (g->word[i].slot == SLOT_TRIGGER) at = g->word[i].token;
  if (at == AN_NONE) at = s->words->sentences[0].root == AN_NONE ? 0 : s->words->sentences[0].root;
  *p = (proposal){.m = {.frame = &classifier_frame, .trigger = at, .last = at, .taken = AN_NONE, .instrument = AN_NONE}};
  clause_read(s, at, &p->m.own);
  p->r = reality_of(s, &p->m);
}

/* The frame that says so and joins the pair best; else the classifier alone. */
static proposal decided(const scene *s, const proposals *all, const signs *g, const verdict *v) {
  const proposal *found = NULL;
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].told && all->at[i].m.type == v->best && (found == NULL || all->at[i].worth > found->worth)) found = &all->at[i];
  proposal p;
  if (found != NULL) return *found;
  if (all->best != AN_NONE) p = all->at[all->best];
  else own_word(s, g, &p);
  p.m.type = v->best;
  p.m.mode = v->mode[v->best];
  p.m.cameo = coder_cameo(s->coder, v->best, p.m.mode);
  p.m.frame = &classifier_frame;
  return p;
}

/* "Oman and Yemen.": two names and nothing that could be an act. */
static bool tells_nothing(const scene *s, an_pair pair) {
  const an_sentence *at = &s->words->sentences[token_at(s, pair.source)->sentence];
  for (uint32_t i = at->first; i < at->first + at->count; i++)
    if (clause_is_verb(s, i) || (token_at(s, i)->flags & AN_WORD_EVENT) != 0) return false;
  return true;
}

an_status an_event_code(const an_coder *coder, const an_world *world, const an_article *article, const an_words *words,
                        const an_mentions *mentions, const an_times *times, const an_statements *statements,
                        const an_published *published, an_pair pair, an_arena *arena, const an_tracer *trace, an_events *out,
                        an_error *err) {
  *out = (an_events){0};
  const an_pair marked = pair;
  if (pair.source == AN_NONE) { /* nobody is marked as the one who does it: whom it is done to stands for the pair */
    pair.source = pair.target;
    pair.source_end = pair.target_end;
    pair.target = pair.target_end = AN_NONE;
  }
  if (pair.source == AN_NONE || pair.source >= pair.source_end || pair.source_end > words->token_count) return AN_OK;
  scene s;
  AN_TRY(scene_open(coder, world, article, words, mentions, times, statements, published, arena, trace, &s, err));
  proposals *all = AN_NEW(arena, proposals, 1);
  drafts room = drafts_open(&s);
  AN_NEED(all, err, "event");
  AN_NEED(room.at, err, "event");
  propose(&s, pair, &room, all);
  const an_classifier *classifier = coder->classifier;
  bool guess = coder->threshold <= AN_THRESHOLD_NONE; /* whoever asks for all gets the likeliest type, whatever it is worth */
  if (all->best == AN_NONE && (classifier == NULL || (!guess && tells_nothing(&s, pair)))) return AN_OK;
  proposal best;
  verdict v = {.confidence = 0};
  if (classifier == NULL) {
    best = all->at[all->best];
  } else {
    signs *g = AN_NEW(arena, signs, 1);
    AN_NEED(g, err, "event");
    signs_of(&s, pair, all, g);
    classify(classifier, &s, g, true, &v);
    best = decided(&s, all, g, &v);
    if (v.confidence < coder->threshold) return AN_OK;
  }
  bool own;
  moment when = moment_of(&s, &best.m, NULL, &own);
  AN_TRY(marked_party(&s, marked.source, marked.source_end, &best.m.actors));
  AN_TRY(marked_party(&s, marked.target, marked.target_end, &best.m.recipients));
  best.m.mutual = false;
  an_event_at *e = AN_PUSH(arena, &out->list);
  AN_NEED(e, err, "event");
  AN_TRY(make_event(&s, &best.m, &best.r, &when, place_of(&s, &best.m), e, err));
  if (classifier != NULL) e->e.confidence = v.confidence;
  return AN_OK;
}
