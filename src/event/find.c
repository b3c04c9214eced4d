/* SPDX-License-Identifier: Apache-2.0 */
/* The walk: sentences in reading order, verbs before nouns, one event a frame. */
#include "event/find.h"
#include "event/clauses.h"
#include "event/deeds.h"
#include "event/sure.h"

#include <math.h>
#include <string.h>

/* ---- The scene ------------------------------------------------------------------------------- */

/* Every token's innermost mention. Mentions nest little, so that writing the wider ones first is linear in their words. */
static an_status index_mentions(scene *s, an_error *err) {
  uint32_t tokens = s->words->token_count;
  s->mention_of = AN_NEW(s->arena, uint32_t, tokens);
  AN_NEED(s->mention_of, err, "event");
  for (uint32_t i = 0; i < tokens; i++) s->mention_of[i] = AN_NONE;
  for (uint32_t m = 0; m < s->mentions->list.count; m++) {
    const an_mention_at *at = &s->mentions->list.at[m];
    for (uint32_t i = at->first; i < at->end && i < tokens; i++) {
      uint32_t before = s->mention_of[i];
      const an_mention_at *old = before == AN_NONE ? NULL : &s->mentions->list.at[before];
      bool inner = old == NULL || at->end - at->first < old->end - old->first ||
                   (at->end - at->first == old->end - old->first && (at->flags & AN_MENTION_PRONOUN) != 0);
      if (old != NULL && old->head == i && at->head != i) inner = false; /* the head of a phrase speaks for the phrase */
      if (old != NULL && at->head == i && old->head != i) inner = true;
      if (old != NULL && at->head == i && at->member_count > 0) inner = true; /* "the two sides" as those that speech found */
      if (old != NULL && old->head == i && old->member_count > 0) inner = false;
      if (inner) s->mention_of[i] = m;
    }
  }
  return AN_OK;
}

/* Expressions of time ascend; statements may nest, inner ones begin later. */
static an_status index_times_and_statements(scene *s, an_error *err) {
  uint32_t tokens = s->words->token_count, sentences = s->words->sentence_count, times = s->times->list.count, next = 0;
  s->time_of = AN_NEW(s->arena, uint32_t, tokens);
  s->statement_of = AN_NEW(s->arena, uint32_t, tokens);
  s->first_time = AN_NEW(s->arena, uint32_t, (size_t)sentences + 1);
  AN_NEED(s->time_of, err, "event");
  AN_NEED(s->statement_of, err, "event");
  AN_NEED(s->first_time, err, "event");
  for (uint32_t i = 0; i < tokens; i++) s->time_of[i] = s->statement_of[i] = AN_NONE;
  for (uint32_t t = 0; t < times; t++)
    for (uint32_t i = s->times->list.at[t].first; i < s->times->list.at[t].end && i < tokens; i++) s->time_of[i] = t;
  for (uint32_t k = 0; k <= sentences; k++) {
    while (next < times && s->times->list.at[next].sentence < k) next++;
    s->first_time[k] = next;
  }
  for (uint32_t n = 0; n < s->statements->list.count; n++) {
    const an_statement_at *at = &s->statements->list.at[n];
    for (uint32_t i = at->first, piece = 0; i < at->end && i < tokens && piece < at->s.content_count; i++) {
      uint32_t begin = s->words->tokens[i].at.begin, old = s->statement_of[i];
      while (piece < at->s.content_count && begin >= at->s.content[piece].end) piece++;
      bool inside = piece < at->s.content_count && begin >= at->s.content[piece].begin && i != at->cue;
      if (inside && (old == AN_NONE || at->first >= s->statements->list.at[old].first)) s->statement_of[i] = n;
    }
  }
  return AN_OK;
}

an_status scene_open(const an_coder *coder, const an_world *world, const an_article *article, const an_words *words,
                     const an_mentions *mentions, const an_times *times, const an_statements *statements,
                     const an_published *published, an_arena *arena, const an_tracer *trace, scene *out, an_error *err) {
  *out = (scene){.coder = coder, .world = world, .article = article, .words = words, .mentions = mentions, .times = times,
                 .statements = statements, .published = published, .arena = arena, .trace = trace};
  AN_TRY(index_mentions(out, err));
  return index_times_and_statements(out, err);
}

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

/* ---- From match to event --------------------------------------------------------------------- */

/* "Latvia said Belarus violated its airspace": who says it accuses who did it. */
static bool as_told(const scene *s, match *m) {
  parts speaker = {.count = 0};
  parts_of_speaker(s, m->trigger, &speaker);
  parts_without(s, &speaker, &m->actors);
  if (speaker.count == 0 || m->actors.count == 0) return false;
  m->recipients = m->actors;
  m->actors = speaker;
  m->mutual = false;
  return true;
}

/* "Iran must release the sailors", said by somebody else, is that somebody's request to Iran. */
static bool as_request(const scene *s, match *m, reality *r) {
  if (!as_told(s, m) || !embed_type(s->coder, coder_type_with(s->coder, TYPE_ASKS), m->type, m)) return false;
  r->realis = AN_HAPPENED;
  r->negated = false;
  return true;
}

static void turn(match *m) {
  parts actors = m->actors;
  m->actors = m->recipients;
  m->recipients = actors;
}

bool settle(const scene *s, match *m, reality *r) {
  const an_coder *k = s->coder;
  if (r->should && m->learned > 0 && coder_type_is(k, m->type, TYPE_ASKS)) r->realis = AN_HAPPENED; /* learned as a request, with its sides */
  else if (r->should) return as_request(s, m, r);
  if (r->purpose && k->types[m->type].quad == 3) return false;
  if (r->purpose && !r->promised) return true; /* "came to thank them": no promise */
  if (r->negated && k->types[m->type].quad == 3 && !coder_type_is(k, m->type, TYPE_REFUSES)) return false; /* "never blamed Russia" */
  if (k->types[m->type].quad == 3 && r->realis == AN_PLANNED && !r->promised && (m->frame->flags & FRAME_PLANNED) == 0)
    return false; /* "a request to investigate": words that are only meant to be said */
  uint32_t future = k->types[m->type].future;
  if (r->expected && !r->promised && k->types[m->type].quad == 4) return true; /* "is due to extend its sanctions": nobody threatens */
  bool to_come = r->realis == AN_PLANNED || (r->realis == AN_CONDITIONAL && k->types[m->type].quad < 3);
  if (!to_come || (future == AN_NONE && !r->negated) || (m->frame->flags & FRAME_CONDITIONAL) != 0) return true;
  bool host = m->frame->actor.count > 0 && m->frame->actor.at[0].kind == ROLE_OBJECT && !m->mutual;
  if (r->negated && k->types[m->type].quad < 3 && embed_type(k, coder_type_with(k, TYPE_REFUSES), m->type, m)) { /* "will not sign" */
    if (host) turn(m); /* "refused to receive the envoy": who would have been the host */
    r->negated = false;
    r->realis = AN_HAPPENED;
    return true;
  }
  if (future == AN_NONE) return true;
  if (host) turn(m); /* who will host promises it to the visitor */
  if (r->negated) return true; /* "will not attack" is no threat: kept as what will not happen */
  m->mode = k->types[m->type].future_mode;
  m->cameo = k->types[m->type].future_cameo;
  m->type = future;
  return true;
}

static void add_context(an_text name, an_text *list, uint32_t *count, uint32_t max) {
  for (uint32_t i = 0; i < *count; i++)
    if (an_text_equal(list[i], name)) return;
  if (*count < max) list[(*count)++] = name;
}

enum { MAX_CONTEXTS = 6 };

static an_status contexts_of(const scene *s, const match *m, uint32_t first, uint32_t end, an_event *e, an_error *err) {
  an_text list[MAX_CONTEXTS];
  uint32_t count = 0;
  const an_coder *k = s->coder;
  an_rows code = an_table_find_key(k->cameo, an_fold_hash(m->cameo));
  an_text implied = code.count == 0 ? (an_text){0} : an_table_cell(k->cameo, code.first, k->cameo_contexts);
  an_text context;
  for (uint32_t at = 0; an_text_word(implied, &at, &context);) add_context(context, list, &count, MAX_CONTEXTS);
  for (uint32_t i = first; i < end; i++) {
    if (s->mention_of[i] != AN_NONE && token_at(s, i)->shape != AN_SHAPE_LOWER) continue; /* a name is no context */
    const uint64_t folds[] = {token_at(s, i)->lemma_fold, token_at(s, i)->fold}; /* "rights" and "women" are keys as they stand */
    for (int f = 0; f < 2 && (f == 0 || folds[1] != folds[0]); f++) {
      an_rows rows = an_table_find_key(k->contexts, folds[f]);
      for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
        add_context(an_table_cell(k->contexts, r, k->contexts_context), list, &count, MAX_CONTEXTS);
    }
  }
  an_text *copy = AN_NEW(s->arena, an_text, count);
  AN_NEED(copy, err, "event");
  memcpy(copy, list, count * sizeof *copy);
  e->contexts = copy;
  e->context_count = count;
  return AN_OK;
}

/* Measured classes of certainty (docs/accuracy.md, "Events"); not calibrated on outside pages yet. */
static uint16_t confidence_of(const match *m) {
  bool pair = m->actors.count > 0 && (m->recipients.count > 0 || m->mutual);
  bool noun = m->frame->pos == FRAME_NOUN;
  int value = noun && !m->is_light ? 600 : 700;
  value += pair ? 150 : 0;
  value += m->points >= 3 ? 80 : 0;
  value -= (m->frame->flags & FRAME_WEAK) != 0 ? 150 : 0;
  return (uint16_t)value;
}

static an_text why_of(const scene *s, const match *m, const reality *r) {
  const frame *f = m->frame;
  bool named = f->line > 0; /* the classifier's own word has no line */
  an_text trigger = an_word(s->words, m->trigger), type = s->coder->types[m->type].name;
  an_text taken = m->taken == AN_NONE ? (an_text){0} : an_word(s->words, m->taken);
  an_text source = named ? an_arena_printf(s->arena, "frames.tsv:%u \"%.*s\"", f->line, (int)f->key_text.size, f->key_text.at) : f->key_text;
  if (m->learned > 0) source = an_arena_printf(s->arena, "no frame; learned from marked text as such an act, %.2f sure,", m->learned / 1000.0);
  static const char *const chosen[] = {"", ", who by the chooser of sides", ", whom by the chooser of sides", ", who and whom by the chooser of sides"};
  return an_arena_printf(s->arena, "%.*s at \"%.*s\": %.*s%s%s%.*s%s%s%.*s%s", (int)source.size, source.at == NULL ? "" : source.at,
                         (int)trigger.size, trigger.at, (int)type.size, type.at, chosen[m->chosen & 3], taken.at == NULL ? "" : ", takes \"", (int)taken.size,
                         taken.at == NULL ? "" : taken.at, taken.at == NULL ? "" : "\"", r->why.at == NULL ? "" : ", realis by \"",
                         (int)r->why.size, r->why.at == NULL ? "" : r->why.at, r->why.at == NULL ? "" : "\"");
}

an_status make_event(const scene *s, const match *m, const reality *r, const moment *when, an_place where, an_event_at *out,
                     an_error *err) {
  const plover_type *type = &s->coder->types[m->type];
  uint32_t first, end;
  clause_range(s, m, &first, &end);
  an_rows code = an_table_find_key(s->coder->cameo, an_fold_hash(m->cameo));
  an_text goldstein = code.count == 0 ? (an_text){0} : an_table_cell(s->coder->cameo, code.first, s->coder->cameo_goldstein);
  *out = (an_event_at){.trigger = m->trigger, .sentence = token_at(s, m->trigger)->sentence};
  an_event *e = &out->e;
  *e = (an_event){.type = type->name, .mode = m->mode, .cameo = m->cameo, .quad = type->quad, .mutual = m->mutual,
                  .score = coder_score(s->coder, m->type, m->mode), .goldstein = coder_number(goldstein, NAN), .negated = r->negated,
                  .background = r->background, .realis = r->realis, .when = when->when, .time = when->time, .when_basis = when->basis,
                  .when_precision = when->precision, .when_anchor = when->anchor, .where = where, .repeats = AN_NONE,
                  .confidence = confidence_of(m)};
  e->trigger = (an_span){token_at(s, m->trigger)->at.begin, token_at(s, m->last)->at.end};
  e->evidence = (an_span){token_at(s, first)->at.begin, token_at(s, end - 1)->at.end};
  e->actors = parts_copy(s, &m->actors);
  e->recipients = parts_copy(s, &m->recipients);
  e->actor_count = m->actors.count;
  e->recipient_count = m->recipients.count;
  AN_NEED(e->actors, err, "event");
  AN_NEED(e->recipients, err, "event");
  e->told_by = s->statement_of[m->trigger];
  if (e->told_by != AN_NONE) {
    const an_statement *told = &s->statements->list.at[e->told_by].s;
    if (told->through_count > 0) e->told_through = told->through[0];
  }
  e->why = why_of(s, m, r);
  AN_NEED(e->why.at, err, "event");
  return contexts_of(s, m, first, end, e, err);
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
