/* SPDX-License-Identifier: Apache-2.0 */
/* The walk: sentences in reading order, verbs before nouns, one event a frame. */
#include "event/find.h"
#include "event/clauses.h"
#include "event/deeds.h"
#include "event/sure.h"

/* ---- Traps of a whole sentence --------------------------------------------------------------- */

uint32_t blocked_types(const scene *s, uint32_t sentence) {
  const an_table *t = s->coder->traps;
  const an_sentence *at = &s->words->sentences[sentence];
  uint32_t once = 0, twice = 0;
  for (uint32_t i = at->first; i < at->first + at->count; i++) {
    an_rows rows = an_table_find_key(t, token_at(s, i)->lemma_fold);
    if (rows.count == 0) continue;
    an_text blocks = an_table_cell(t, rows.first, s->coder->traps_blocks);
    uint32_t types = 0;
    for (uint32_t k = 0; k < s->coder->type_count; k++)
      if (an_text_find(blocks, 0, s->coder->types[k].name) != AN_NONE) types |= 1u << k;
    if (an_text_is(an_table_cell(t, rows.first, s->coder->traps_weight), "2")) twice |= types;
    twice |= once & types;
    once |= types;
  }
  return twice;
}

/* ---- The walk -------------------------------------------------------------------------------- */

/* A noun phrase and what makes its name: "a trade war". */
static void consume_phrase(const scene *s, uint32_t token, uint8_t *taken) {
  if (token == AN_NONE) return;
  uint32_t head = clause_head(s, token);
  taken[head] = 1;
  for (uint32_t c = an_child(s->words, head, AN_NONE); c != AN_NONE; c = an_child(s->words, head, c))
    if (token_at(s, c)->rel == AN_COMPOUND || token_at(s, c)->rel == AN_AMOD ||
        (token_at(s, c)->rel == AN_ACL && clause_child_where(s, c, REALIS_INFINITIVE) != AN_NONE)) /* "an invitation to visit" */
      taken[c] = 1;
}

static void consume_chain(const scene *s, uint32_t from, uint8_t *taken) {
  for (int depth = 0; depth < 4 && from != AN_NONE; depth++) {
    clause inner;
    clause_read(s, from, &inner);
    taken[from] = 1;
    consume_phrase(s, inner.object, taken);
    from = inner.complement_open ? inner.complement : AN_NONE;
  }
}

void consume(const scene *s, const match *m, uint8_t *taken) {
  taken[m->trigger] = taken[m->last] = 1;
  if (m->frame->pos == FRAME_NOUN) {
    if (m->is_light) taken[m->light.at] = 1;
    return;
  }
  for (uint32_t c = an_child(s->words, m->own.at, AN_NONE); c != AN_NONE; c = an_child(s->words, m->own.at, c))
    if (token_at(s, c)->rel == AN_AUX_) taken[c] = 1; /* "must free them": one demand */
  bool object_asked = m->frame->object.count > 0 || m->frame->key_count > 1;
  if (object_asked) consume_phrase(s, m->own.object, taken);
  if (m->instrument != AN_NONE) consume_phrase(s, m->instrument, taken);
  if (m->taken != AN_NONE) consume_chain(s, m->taken, taken);
  else if (s->coder->types[m->type].quad == 3 && m->own.complement_open) consume_chain(s, m->own.complement, taken); /* "accused of spying" */
  for (uint32_t c = an_child(s->words, m->own.at, AN_NONE); c != AN_NONE; c = an_child(s->words, m->own.at, c)) {
    match result; /* "bombed a village, killing seven": one happening and what came of it */
    if (token_at(s, c)->rel != AN_ADVCL || taken[c] || !match_frame(s, c, &result, NULL) || result.type != m->type) continue;
    bool nobody = result.frame->actor.count > 0 && result.frame->actor.at[0].kind == ROLE_NOBODY; /* "killed when a bomb exploded" */
    if (token_at(s, c)->xpos == AN_X_VBG || nobody) consume_chain(s, c, taken);
  }
  for (uint32_t i = 0; i < m->own.oblique_count && m->frame->with.count > 0; i++)
    for (uint32_t k = 0; k < m->frame->with.count; k++)
      if (m->frame->with.at[k].prep == m->own.obliques[i].prep) taken[clause_head(s, m->own.obliques[i].token)] = 1;
}

enum { FAINT = 300 };      /* per mille: less is a guess, and no sighting */

typedef struct walk { scene s; uint8_t *taken, *tried; moment lead, last; uint32_t last_block; parts meeting; an_place lead_place; uint32_t body_sentences; an_events *out; judge *judge; hearing heard; } walk;

/* The lead's day and place hold for what follows and names none of its own. */
static void keep_lead(walk *w, uint8_t block, const moment *when, bool own_time, const an_place *where, const reality *r) {
  if (r->background || r->negated || r->realis == AN_PLANNED || r->realis == AN_CONDITIONAL) return;
  bool early = block == AN_BLOCK_BODY ? w->body_sentences <= 4 : block != AN_BLOCK_SUBHEAD;
  if (own_time && early && block == AN_BLOCK_BODY && w->lead.basis == AN_WHEN_UNKNOWN && when->precision == AN_BY_DAY) w->lead = *when;
  if (where->text.at != NULL && early && w->lead_place.text.at == NULL && where->precision <= AN_WHERE_CITY) {
    w->lead_place = *where;
    w->lead_place.basis = AN_WHERE_TITLE;
  }
}

/* Far from the day of the page: what happened months ago is recalled. */
static bool long_ago(const scene *s, const moment *when) {
  enum { RECENT_DAYS = 10 };
  bool coarse = when->anchor.unit == AN_UNIT_YEAR || when->anchor.unit == AN_UNIT_MONTH;
  if (when->anchor.to == AN_ANCHOR_PUBLISHED && coarse && when->anchor.offset < 0) return true; /* "last year" */
  an_days page = s->published->days;
  if (an_days_is_open(page) || page.earliest == AN_DAY_OPEN_EARLIEST || when->when.latest == AN_DAY_OPEN_LATEST) return false;
  return when->when.latest < page.earliest - RECENT_DAYS;
}

/* "Fourteen documents were signed": by those who met, where the page has told of a meeting of two. */
static bool by_those_who_met(match *m, const parts *meeting) {
  bool agentless = (m->frame->flags & FRAME_MUTUAL) != 0 && m->frame->pos == FRAME_VERB && m->own.passive && m->own.subject == AN_NONE;
  if (!agentless || m->actors.count > 0 || m->recipients.count > 0 || meeting->count != 2) return false;
  m->actors = *meeting;
  m->mutual = true;
  return true;
}

/* Parts, realis and type of a match; why it is no event, or NULL. by_parts: for who is there, or who is not. */
static const char *why_not_told(const scene *s, match *m, reality *r, uint32_t blocked, const parts *meeting, bool *by_parts) {
  const char *why_not;
  *by_parts = !match_parts(s, m, true, &why_not) && !by_those_who_met(m, meeting);
  if (*by_parts) return why_not == NULL ? "does not fit" : why_not;
  *r = reality_of(s, m);
  if (r->unasserted) return "only named, not told";
  if (r->asked && (m->frame->flags & FRAME_PLANNED) == 0) return "only asked for";
  if (r->possible) return "only thought of: it may be, or if it were";
  if ((m->frame->flags & FRAME_TOLD) != 0 && !as_told(s, m)) return "nobody who says so";
  if (!settle(s, m, r)) return "what should be or is only meant, with nobody who demands it";
  if ((blocked >> m->type) & 1u) return "blocked by words of sport, fiction, accident or remembrance (traps.tsv)";
  return NULL;
}

/* When: the act's own time, else that of the paragraph, else the lead's. */
static moment moment_in_walk(walk *w, const match *m, reality *r, bool *own) {
  scene *s = &w->s;
  uint32_t in_block = s->words->sentences[token_at(s, m->trigger)->sentence].block;
  moment when = moment_of(s, m, in_block == w->last_block ? &w->last : &w->lead, own);
  if (*own && long_ago(s, &when)) r->background = true;
  if (*own && !r->background && when.precision == AN_BY_DAY && r->realis == AN_HAPPENED) {
    w->last = when; /* what follows in the paragraph and names no day is of this one */
    w->last_block = in_block;
  }
  return when;
}

/* "A bomb killed fourteen people in Maiduguri": people of whom nothing else is known are of the country where it was done to them;
   those in arms may have come from elsewhere. */
static void people_of_place(const scene *s, match *m, const an_place *where) {
  if (s->coder->types[m->type].quad != 4 || where->country.at == NULL || where->basis != AN_WHERE_FRAME) return;
  bool crowd = coder_type_is(s->coder, m->type, TYPE_CROWD); /* "thousands protested in Tbilisi" */
  parts *these = crowd ? &m->actors : &m->recipients;
  for (uint32_t i = 0; i < these->count; i++) {
    an_party *p = &these->at[i].party;
    if (p->country.at != NULL || p->entity.at != NULL) continue;
    bool people = p->sector.at != NULL && !coder_sector_armed(s->coder, p->sector) && coder_sector_public(s->coder, p->sector);
    if (people || (crowd && p->sector.at == NULL)) p->country = where->country;
  }
}

/* Kept beside the events, for comparisons; what follows on the page is read as if it were not there. */
static an_status keep_faint(walk *w, match *m, reality *r, uint16_t confidence, an_error *err) {
  scene *s = &w->s;
  walk before = *w;
  bool own_time;
  moment when = moment_in_walk(w, m, r, &own_time);
  w->last = before.last;
  w->last_block = before.last_block;
  an_place where = place_of(s, m);
  people_of_place(s, m, &where);
  an_event_at *e = AN_PUSH(s->arena, &w->out->faint);
  AN_NEED(e, err, "event");
  AN_TRY(make_event(s, m, r, &when, where, e, err));
  e->e.confidence = confidence;
  return AN_OK;
}

/* A word as an act: by its frame, or as the detector has it. */
typedef struct reading { match m; reality r; const char *why_not; bool by_parts; uint16_t confidence; } reading;

/* Where the rules have a doubt somebody must do it, and the detector must have heard the act itself. */
static bool outweighs(const match *m, const detection *heard) {
  const float LEAST = 0.7f;
  return heard != NULL && m->actors.count > 0 && (heard->share[m->type] >= LEAST || (m->learned == 0 && heard->share[m->frame->type] >= LEAST));
}

static void weigh_reading(walk *w, uint32_t blocked, reading *of) {
  scene *s = &w->s;
  bool judged = s->coder->classifier != NULL; /* certainty was learned beside it; frames alone are told as they stand */
  of->why_not = why_not_told(s, &of->m, &of->r, blocked, &w->meeting, &of->by_parts);
  if (of->why_not == NULL && of->m.doubts != 0 && (!judged || !outweighs(&of->m, heard_of(&w->heard, of->m.last)))) {
    of->why_not = match_doubted(&of->m);
    of->by_parts = true;
  }
  if (of->why_not == NULL) of->confidence = judged ? judge_row(w->judge, s, &of->m, &of->r) : confidence_of(&of->m);
}

static void say_why_not(const scene *s, const reading *of) {
  bool learned = of->m.learned > 0;
  const char *from = learned ? "learned, per mille " : "frames.tsv:";
  uint32_t by = learned ? of->m.learned : of->m.frame->line;
  if (of->why_not != NULL) AN_TRACE(s->trace, "event", token_at(s, of->m.trigger)->at, false, "%s%u: %s", from, by, of->why_not);
  else AN_TRACE(s->trace, "event", token_at(s, of->m.trigger)->at, false, "%s%u: certainty %.2f, too little", from, by, of->confidence / 1000.0);
}

static an_status tell(walk *w, reading *of, an_error *err) {
  scene *s = &w->s;
  match *m = &of->m;
  reality *r = &of->r;
  if (of->why_not != NULL) {
    say_why_not(s, of);
    return AN_OK;
  }
  uint8_t block = s->article->blocks[s->words->sentences[token_at(s, m->trigger)->sentence].block].kind;
  if (s->coder->classifier != NULL && of->confidence < s->coder->threshold) {
    say_why_not(s, of);
    return of->confidence < FAINT ? AN_OK : keep_faint(w, m, r, of->confidence, err);
  }
  bool own_time;
  moment when = moment_in_walk(w, m, r, &own_time);
  an_place where = place_of(s, m);
  people_of_place(s, m, &where);
  keep_lead(w, block, &when, own_time, &where, r);
  bool now = !r->background && r->realis != AN_PLANNED && r->realis != AN_CONDITIONAL;
  if (where.text.at == NULL && now && !(own_time && when.when.latest < w->lead.when.earliest)) where = w->lead_place;
  an_event_at *e = AN_PUSH(s->arena, &w->out->list);
  AN_NEED(e, err, "event");
  AN_TRY(make_event(s, m, r, &when, where, e, err));
  e->e.confidence = of->confidence;
  AN_TRACE(s->trace, "event", token_at(s, m->trigger)->at, true, "%.*s", (int)e->e.why.size, e->e.why.at);
  if ((m->actors.cut || m->recipients.cut) && w->out->crowded.end == 0) w->out->crowded = e->e.evidence;
  consume(s, m, w->taken);
  if (coder_type_is(s->coder, m->type, TYPE_MEETING) && now && m->actors.count + m->recipients.count == 2) {
    w->meeting = m->actors;
    for (uint32_t i = 0; i < m->recipients.count; i++) w->meeting.at[w->meeting.count++] = m->recipients.at[i];
  }
  return AN_OK;
}

/* The detector's own reading of a word, beside a frame's or none; false: it has none that is likely. */
static bool learned_reading(walk *w, uint32_t token, const match *beside, uint32_t blocked, reading *out) {
  enum { LEAST = 400, LEAST_NOUN = 600, LEAST_BARE = 800 /* per mille; nouns name what happened elsewhere as often as they tell it, most where nobody does it */ };
  scene *s = &w->s;
  const detection *heard = heard_of(&w->heard, token);
  uint16_t share = heard == NULL ? 0 : (uint16_t)(1000.0f * heard->share[heard->best]);
  if (share < (clause_is_verb(s, token) ? LEAST : LEAST_NOUN)) return false;
  match_learned(s, token, heard->best, share, &out->m);
  if (beside != NULL) out->m.beside |= beside->frame->type == heard->best ? BESIDE_SAME : BESIDE_OTHER;
  weigh_reading(w, blocked, out);
  return share >= LEAST_BARE || out->m.actors.count > 0 || clause_is_verb(s, token);
}

/* Frame and classifier are of one mind on what was judged last: the detector alone does not outvote them. */
static bool upheld(const weight *said) { return said->asked && said->own >= 0.9f; }

/* A frame that lacks its parties gives way where the detector's reading has a doer; one of another type than the detector hears, where it is
   less sure and the classifier is not on its side. */
static an_status tell_framed(walk *w, const match *m, uint32_t blocked, an_error *err) {
  const detection *heard = heard_of(&w->heard, m->last);
  reading framed = {.m = *m}, learned = {.confidence = 0};
  weigh_reading(w, blocked, &framed);
  bool judged = w->s.coder->classifier != NULL;
  bool other = judged && framed.why_not == NULL && heard != NULL && heard->best != m->frame->type && heard->best != framed.m.type && !upheld(&w->judge->said);
  bool lacks = framed.why_not != NULL && framed.by_parts;
  if ((lacks || other) && judged && learned_reading(w, m->last, m, blocked, &learned) &&
      learned.why_not == NULL && (lacks ? learned.m.actors.count > 0 : learned.confidence > framed.confidence)) {
    say_why_not(&w->s, &framed);
    return tell(w, &learned, err);
  }
  if (framed.why_not != NULL && !framed.by_parts) consume_phrase(&w->s, m->own.object, w->taken); /* "could sign a treaty": nor is there one */
  return tell(w, &framed, err);
}

/* Words that no frame took and that the detector has for an act, in reading order. */
static an_status learned_events(walk *w, uint32_t sentence, uint32_t blocked, an_error *err) {
  const an_sentence *at = &w->s.words->sentences[sentence];
  for (uint32_t i = at->first; i < at->first + at->count; i++) {
    reading of = {.confidence = 0};
    if (w->taken[i] || w->tried[i] || !learned_reading(w, i, NULL, blocked, &of)) continue;
    AN_TRY(tell(w, &of, err));
  }
  return AN_OK;
}

static an_status sentence_events(walk *w, uint32_t sentence, an_error *err) {
  scene *s = &w->s;
  const an_sentence *at = &s->words->sentences[sentence];
  uint32_t blocked = blocked_types(s, sentence);
  for (int nouns = 0; nouns < 2; nouns++) {
    for (uint32_t i = at->first; i < at->first + at->count; i++) {
      if (w->taken[i] || (token_at(s, i)->flags & AN_WORD_EVENT) == 0) continue;
      match m;
      uint32_t trap;
      if (!match_frame(s, i, &m, &trap)) {
        if (trap == 0 && nouns == 0) trace_near_misses(s, i);
        if (trap != 0) {
          w->taken[i] = 1;
          if (m.frame->pos == FRAME_VERB && m.frame->object.count > 0) consume_phrase(s, m.own.object, w->taken); /* "ended their strike" */
          AN_TRACE(s->trace, "event", token_at(s, i)->at, false, "frames.tsv:%u: a turn of speech, no event", trap);
        }
        continue;
      }
      if ((m.frame->pos == FRAME_NOUN || m.frame->pos == FRAME_MODAL) != (nouns == 1)) continue;
      AN_TRY(tell_framed(w, &m, blocked, err));
      w->tried[i] = 1;
    }
  }
  return learned_events(w, sentence, blocked, err);
}

an_status an_event_find(const an_coder *coder, const an_world *world, const an_article *article, const an_words *words,
                        const an_mentions *mentions, const an_times *times, const an_statements *statements,
                        const an_published *published, an_arena *arena, const an_tracer *trace, an_events *out, an_error *err) {
  walk w = {.out = out, .lead = {.basis = AN_WHEN_UNKNOWN}, .last_block = AN_NONE};
  *out = (an_events){0};
  AN_TRY(scene_open(coder, world, article, words, mentions, times, statements, published, arena, trace, &w.s, err));
  w.taken = AN_NEW(arena, uint8_t, words->token_count);
  w.tried = AN_NEW(arena, uint8_t, words->token_count);
  AN_TRY(hear_page(&w.s, &w.heard, err));
  w.judge = judge_open(&w.s, &w.heard);
  AN_NEED(w.judge, err, "event");
  AN_NEED(w.taken, err, "event");
  AN_NEED(w.tried, err, "event");
  for (uint32_t i = 0; i < words->sentence_count; i++) {
    uint8_t kind = article->blocks[words->sentences[i].block].kind;
    if (kind == AN_BLOCK_BODY) w.body_sentences++;
    if (words->sentences[i].parsed && hear_block(&w.s, i) != NULL) AN_TRY(sentence_events(&w, i, err));
  }
  quantities counted = {0};
  AN_TRY(quantities_find(&w.s, &counted, err));
  AN_TRY(finish(&w.s, out, &counted, err));
  AN_TRY(clauses_find(&w.s, out, err));
  return deeds_find(&w.s, out, err);
}
