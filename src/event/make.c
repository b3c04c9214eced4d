/* SPDX-License-Identifier: Apache-2.0 */
/* From a match to an event: what tense and negation make of its type, its contexts, how sure frames alone are, and why. */
#include "event/find.h"

#include <math.h>
#include <string.h>

bool as_told(const scene *s, match *m) {
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
uint16_t confidence_of(const match *m) {
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
