/* SPDX-License-Identifier: Apache-2.0 */
/* The clauses of a page as a digest holds them: what reports tell alike or apart when it is no act of PLOVER, or one too uncertain
   to be told. The event room reads them (event.h); verbs of saying are statements and no clauses, but where they commit to
   something. */
#include "story/digest_write.h"

#include <string.h>

enum { MAX_PHRASE = 8, CLAUSE_TEXT = 140 };

uint32_t dw_clause_around(const writer *w, uint32_t token) { return w->in->events->clause_of[token]; }

static bool is_clause(uint8_t rel) { return rel == AN_CCOMP || rel == AN_ADVCL || rel == AN_ACL_RELCL || rel == AN_PARATAXIS || rel == AN_CSUBJ; }

static bool in_time(const writer *w, uint32_t token) {
  for (uint32_t i = 0; i < w->in->times->list.count; i++)
    if (w->in->times->list.at[i].first <= token && token < w->in->times->list.at[i].end) return true;
  return false;
}

static void add_country(const writer *w, uint32_t token, uint32_t *keys, uint32_t *count) {
  const an_mention_at *m = dw_mention(w, token);
  if (m != NULL && m->m.kind == AN_MENTION_PERSON && m->m.who.country.at != NULL)
    keys[(*count)++] = dg_word_key(an_fold_hash(m->m.who.country), DG_NAMED);
}

/* The words of a phrase; a clause inside of it is told for itself. `country`: a person stands for a country as well. */
static dg_words phrase(writer *w, uint32_t head, bool country) {
  uint32_t first, end, keys[2 * MAX_PHRASE + 4], count = 0;
  if (head == AN_NONE) return (dg_words){0};
  an_subtree(w->in->words, head, &first, &end);
  for (uint32_t i = first; i < end && count < 2 * MAX_PHRASE; i++) {
    if (i > head && is_clause(w->in->words->tokens[i].rel)) break;
    if (!in_time(w, i)) dw_add_keys(w, i, keys, &count);
    if (country && i == head) add_country(w, i, keys, &count);
  }
  uint32_t *kept = dw_take(w, count, sizeof *kept);
  if (kept == NULL) return (dg_words){0};
  memcpy(kept, keys, count * sizeof *keys);
  return dw_sorted(kept, count, MAX_PHRASE);
}

/* All words of the clause but its verb; of a stance also what it is about, whatever clauses that has. */
static dg_words words_of(writer *w, const an_clause_at *c, uint32_t subject, an_span tokens, const caps *cap) {
  uint32_t count = 0, *keys = dw_take(w, 2 * (tokens.end - tokens.begin) + 2 * MAX_PHRASE, sizeof *keys);
  if (keys == NULL) return (dg_words){0};
  for (uint32_t i = tokens.begin; i < tokens.end; i++)
    if ((i != c->verb || c->copula != AN_NONE) && !in_time(w, i)) dw_add_keys(w, i, keys, &count);
  dg_words who = subject == AN_NONE || (subject >= tokens.begin && subject < tokens.end) ? (dg_words){0} : phrase(w, subject, false);
  for (uint32_t i = 0; i < who.count; i++) keys[count++] = who.at[i];
  return dw_sorted(keys, count, cap->words);
}

static dg_place place_of(const writer *w, const an_clause_at *c) {
  if (c->place == AN_NONE) return (dg_place){0};
  const an_place *p = &w->in->mentions->list.at[c->place].place;
  return (dg_place){an_page_raw(w->in->article, p->span), p->text, p->name, p->country, p->admin1, p->geonames, p->lat, p->lon, p->precision, AN_WHERE_FRAME};
}

/* ---- How far it commits ------------------------------------------------------------------------------ */

static uint8_t stance_at(const writer *w, uint32_t verb) {
  uint32_t own = dw_clause_around(w, verb);
  const an_statements *said = w->in->statements;
  an_span clean = {0, 0};
  uint32_t first, end, from, to;
  an_subtree(w->in->words, verb, &first, &end);
  uint8_t stance = dw_stance(w, first, end, &clean);
  if (stance == DG_STANCE_NONE) return stance;
  dw_tokens_in(w->in->words, clean, &from, &to);
  for (uint32_t i = 0; w->in->events->clauses[own].says && i < said->list.count; i++) { /* "said that no decision": the stance is of what is said */
    const an_statement_at *s = &said->list.at[i];
    if (s->cue == verb && to > s->first && from < s->end) return DG_STANCE_NONE;
  }
  for (uint32_t i = from; i < to; i++)
    if (dw_clause_around(w, i) == own) return stance;
  return DG_STANCE_NONE;
}

static uint8_t stance_of(const writer *w, const an_clause_at *c, bool denied) {
  uint8_t stance = stance_at(w, c->verb);
  /* "refused to endorse him": the stance is the refusal */
  bool under = stance != DG_STANCE_NONE && c->governor != AN_NONE && w->in->words->tokens[c->verb].rel == AN_XCOMP && stance_at(w, c->governor) != DG_STANCE_NONE;
  return under ? DG_STANCE_NONE : !denied ? stance : stance == DG_GIVEN ? DG_REFUSED : DG_STANCE_NONE;
}

/* "the bridge, which Benin shut": the noun that the clause hangs on. */
static uint32_t meant(const writer *w, const an_clause_at *c, uint32_t token) {
  const an_token *at = w->in->words->tokens;
  bool relative = token != AN_NONE && at[c->verb].rel == AN_ACL_RELCL && at[token].xpos_name != NULL && at[token].xpos_name[0] == 'W';
  return relative && at[c->verb].head != AN_NONE ? at[c->verb].head : token;
}

/* What "is" tells: its words but those of the subject. */
static dg_words predicate(writer *w, const an_clause_at *c, dg_words who) {
  dg_words all = phrase(w, c->verb, false);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < all.count; i++)
    if (!dg_words_has(who, all.at[i])) all.at[kept++] = all.at[i];
  return (dg_words){all.at, kept};
}

/* ---- The list -------------------------------------------------------------------------------------- */

/* "where", "which": it joins the clause to the one above. */
static bool asks(const an_token *t) { return t->xpos_name != NULL && t->xpos_name[0] == 'W' && t->rel != AN_ROOT; }

/* A number, a day or the place where it was: compared for itself, in a row of its own. */
static bool is_value(const writer *w, const an_clause_at *c, uint32_t i) {
  const an_token *t = &w->in->words->tokens[i];
  if (t->upos == AN_NUM || in_time(w, i)) return true;
  if (c->place == AN_NONE) return false;
  an_span place = w->in->mentions->list.at[c->place].place.span;
  return t->at.begin < place.end && place.begin < t->at.end;
}

/* "for", "at least", "'s": what joins a value that is left out. */
static bool leads(const an_token *t) { return t->upos == AN_ADP || t->upos == AN_DET || t->upos == AN_CCONJ || t->upos == AN_ADV || t->upos == AN_PUNCT || t->upos == AN_ADJ || t->upos == AN_PART; }

/* The act alone, without the values that it comes with: its verb, with subject and object as far as no number, day or place stands between. */
static an_span core_of(const writer *w, const an_clause_at *c, an_span tokens) {
  const an_token *at = w->in->words->tokens;
  uint32_t from = c->verb, to = c->verb + 1, first, end;
  if (c->copula != AN_NONE && c->copula < from) from = c->copula;
  if (c->governor != AN_NONE && c->governor < from) from = c->governor;
  uint32_t left = from, right = to;
  for (unsigned k = 0; k < 2; k++) {
    uint32_t part = k == 0 ? c->subject : c->object;
    if (part == AN_NONE) continue;
    an_subtree(w->in->words, part, &first, &end);
    if (first < left) left = first;
    if (end > right) right = end;
  }
  if (left < tokens.begin) left = tokens.begin;
  if (right > tokens.end) right = tokens.end;
  bool cut_left = false, cut_right = false;
  while (from > left && !(cut_left = is_value(w, c, from - 1))) from--;
  while (to < right && !(cut_right = is_value(w, c, to))) to++;
  while (cut_left && from < c->verb && leads(&at[from])) from++;
  while (cut_right && to > c->verb + 1 && leads(&at[to - 1])) to--;
  return (an_span){from, to};
}

static uint8_t offset_in(an_text text, an_span shown, uint32_t at) {
  uint32_t offset = at < shown.begin ? 0 : at - shown.begin;
  return (uint8_t)(offset < text.size ? offset : text.size);
}

/* Its words as they stand, with the verb that says how far it is done: "has agreed to review it". */
static void set_text(const writer *w, const an_clause_at *c, an_span tokens, uint32_t max, dg_clause *out) {
  const an_token *at = w->in->words->tokens;
  uint32_t from, to;
  if (c->governor != AN_NONE) {
    an_subtree(w->in->words, c->governor, &from, &to);
    if (from < tokens.begin) tokens.begin = from;
  }
  while (tokens.end > tokens.begin + 1 && at[tokens.end - 1].upos == AN_PUNCT && at[tokens.end - 1].quote_depth == 0) tokens.end--;
  while (tokens.begin + 1 < tokens.end && (at[tokens.begin].upos == AN_PUNCT || at[tokens.begin].upos == AN_CCONJ || at[tokens.begin].rel == AN_MARK || asks(&at[tokens.begin]))) tokens.begin++;
  bool values = false;
  for (uint32_t i = tokens.begin; i < tokens.end; i++) {
    out->of_private |= dw_party(w, i) != NULL && dw_party(w, i)->is_private;
    values |= is_value(w, c, i);
  }
  an_span clean = {at[tokens.begin].at.begin, at[tokens.end - 1].at.end}, core = values ? core_of(w, c, tokens) : tokens;
  out->text = dw_beginning(w, clean, max < CLAUSE_TEXT ? max : CLAUSE_TEXT, &out->span);
  out->core = offset_in(out->text, clean, at[core.begin].at.begin);
  out->core_end = offset_in(out->text, clean, at[core.end - 1].at.end);
}

static uint32_t verb_of(const writer *w, const an_clause_at *c) {
  if (c->copula != AN_NONE) return dg_word_key(w->in->words->tokens[c->copula].lemma_fold, 0);
  return c->made_of != 0 ? dg_word_key(dw_sense(w, c->made_of), 0) : dw_word_key(w, c->verb, false);
}

static bool clause(writer *w, const dg *view, const an_clause_at *c, const caps *cap, dg_clause *out) {
  if (!c->told || (c->subject == AN_NONE && c->object == AN_NONE)) return false;
  uint32_t block = w->in->words->sentences[c->sentence].block;
  bool denied = c->statement != AN_NONE && w->in->statements->list.at[c->statement].denied;
  bool is = c->copula != AN_NONE;
  *out = (dg_clause){.verb = verb_of(w, c), .force = c->force, .noun = c->noun, .negated = c->negated != denied, .main = c->main,
                     .statement = c->statement < view->statement_count ? c->statement : AN_NONE, .event = c->event < view->event_count ? c->event : AN_NONE,
                     .lead = w->lead_block[block], .caption = w->in->article->blocks[block].kind == AN_BLOCK_CAPTION, .stance = c->noun ? DG_STANCE_NONE : stance_of(w, c, denied)};
  if (out->verb == 0 || (out->stance == DG_STANCE_NONE && c->says)) return false;
  bool whole = out->stance != DG_STANCE_NONE;
  an_span tokens = whole ? (an_span){c->whole_first, c->whole_end} : (an_span){c->first, c->end};
  if (tokens.begin >= tokens.end) return false;
  uint32_t subject = meant(w, c, c->subject);
  out->words = words_of(w, c, subject, tokens, cap);
  out->who = phrase(w, subject, true);
  out->what = is ? predicate(w, c, out->who) : phrase(w, meant(w, c, c->object), false);
  if (out->words.count == 0) return false;
  const an_party *holder = c->subject == AN_NONE || !whole ? NULL : dw_party(w, c->subject);
  if (holder != NULL && !holder->is_private) out->holder = dw_parties(w, holder, 1);
  if (c->time != AN_NONE) out->when = dw_time(w, c->time);
  out->where = place_of(w, c);
  set_text(w, c, tokens, cap->text, out);
  return out->text.size > 0;
}

static bool tells(const writer *w, const an_clause_at *c) {
  uint8_t kind = w->in->article->blocks[w->in->words->sentences[c->sentence].block].kind;
  return kind == AN_BLOCK_BODY || kind == AN_BLOCK_TITLE || kind == AN_BLOCK_DECK || kind == AN_BLOCK_CAPTION;
}

/* What nouns tell stands behind what verbs tell: a number is of its verb's clause. */
void dw_clauses(writer *w, dg *view, const caps *cap) {
  const an_events *events = w->in->events;
  view->clauses = dw_take(w, cap->clauses + cap->deeds, sizeof *view->clauses);
  w->clause_at = dw_take(w, events->clause_count, sizeof *w->clause_at);
  for (uint32_t i = 0; !w->short_of && i < events->clause_count; i++) {
    const an_clause_at *c = &events->clauses[i];
    w->clause_at[i] = AN_NONE;
    if (!tells(w, c) || view->clause_count == cap->clauses || !clause(w, view, c, cap, &view->clauses[view->clause_count])) continue;
    w->clause_at[i] = view->clause_count++;
  }
  uint32_t end = view->clause_count + cap->deeds;
  for (uint32_t i = 0; !w->short_of && i < events->deed_count; i++)
    if (view->clause_count < end && tells(w, &events->deeds[i]) && clause(w, view, &events->deeds[i], cap, &view->clauses[view->clause_count])) view->clause_count++;
}
