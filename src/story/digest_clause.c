/* SPDX-License-Identifier: Apache-2.0 */
/* Who does what, clause by clause, off the tree: what reports tell alike or apart when it is no act of PLOVER, or one too
   uncertain to be told. A verb is a clause of its own with its subject (that of the verb which governs it, where it has none), its
   object, its time and place; whether it is done, to come or possible is said by its auxiliaries and by what governs it
   (realis.tsv). Verbs of saying are statements and no clauses. */
#include "story/digest_write.h"

#include <string.h>

enum { GOVERNED = 4,      /* verbs above that are asked */
       MAX_PHRASE = 8, CLAUSE_TEXT = 140 };

/* What governs or helps a verb says of it. */
typedef struct mood { uint8_t force; bool negated, silent; } mood;   /* silent: wanted, asked, supposed: nobody says that it is */

static bool is_verb(const writer *w, uint32_t token) { return w->heads_clause[token]; }

/* The realis effect of a word in one of the table's kinds; not known: none. */
static an_text effect_of(const writer *w, uint32_t token, const char *kind) {
  const an_token *t = &w->in->words->tokens[token];
  uint64_t folds[] = {t->fold, t->lemma_fold};
  for (unsigned k = 0; w->realis != NULL && k < 2; k++) {
    an_rows rows = an_table_find_key(w->realis, folds[k]);
    for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
      if (an_text_is(an_table_cell(w->realis, r, w->kind), kind)) return an_table_cell(w->realis, r, w->effect);
  }
  return (an_text){0};
}

static void take(mood *m, an_text effect) {
  if (effect.at == NULL) return;
  if (an_text_is(effect, "negated")) m->negated = !m->negated;
  else if (an_text_is(effect, "planned") || an_text_is(effect, "expected")) m->force = m->force == DG_DONE ? DG_TO_COME : m->force;
  else if (an_text_is(effect, "possible") || an_text_is(effect, "conditional")) m->force = DG_POSSIBLE;
  else m->silent = true;
}

/* "never", "no longer", "no soldier". */
static bool denies_below(const writer *w, uint32_t token) {
  bool denies = dw_denies(w, token);
  for (uint32_t d = an_child(w->in->words, token, AN_NONE); d != AN_NONE && !denies; d = an_child(w->in->words, token, d))
    denies = (w->in->words->tokens[d].rel == AN_DET_ || w->in->words->tokens[d].rel == AN_ADVMOD) && dw_denies(w, d);
  return denies;
}

/* "will", "not", "if" below the verb; "no" before its subject or object. */
static void own_mood(const writer *w, uint32_t verb, mood *m) {
  const an_words *words = w->in->words;
  for (uint32_t c = an_child(words, verb, AN_NONE); c != AN_NONE; c = an_child(words, verb, c)) {
    uint8_t rel = words->tokens[c].rel;
    if (rel == AN_AUX_) take(m, effect_of(w, c, "aux"));
    else if (rel == AN_MARK) take(m, effect_of(w, c, "mark"));
    else if (rel == AN_ADVMOD && denies_below(w, c)) m->negated = !m->negated; /* "not", "no longer" */
    if (rel != AN_NSUBJ && rel != AN_NSUBJ_PASS && rel != AN_OBJ) continue;
    m->negated ^= denies_below(w, c);
  }
}

static bool is_infinitive(const writer *w, uint32_t verb) {
  for (uint32_t c = an_child(w->in->words, verb, AN_NONE); c != AN_NONE; c = an_child(w->in->words, verb, c))
    if (w->in->words->tokens[c].rel == AN_MARK && w->in->words->tokens[c].xpos == AN_X_TO) return true;
  return false;
}

/* The verb that a verb hangs on as its complement or as a clause beside it, and shares its subject with; AN_NONE: none. */
static uint32_t governor(const writer *w, uint32_t verb) {
  const an_token *t = &w->in->words->tokens[verb];
  bool whether = t->rel == AN_CCOMP && is_infinitive(w, verb); /* "decided whether to go" */
  bool shares = t->rel == AN_XCOMP || t->rel == AN_CONJ || t->rel == AN_ADVCL || t->rel == AN_PARATAXIS || whether;
  return shares && t->head != AN_NONE && is_verb(w, t->head) ? t->head : AN_NONE;
}

static bool is_cue(const writer *w, uint32_t verb) {
  for (uint32_t i = 0; i < w->in->statements->list.count; i++)
    if (w->in->statements->list.at[i].cue == verb) return true;
  return false;
}

static mood mood_of(const writer *w, uint32_t verb) {
  mood m = {DG_DONE, false, false};
  uint8_t rel = w->in->words->tokens[verb].rel;
  own_mood(w, verb, &m);
  /* "He is to see her on Wednesday" */
  if (m.force == DG_DONE && is_infinitive(w, verb) && (rel == AN_ROOT || rel == AN_CONJ || rel == AN_CCOMP) && governor(w, verb) == AN_NONE) m.force = DG_TO_COME;
  for (uint32_t at = verb, step = 0; step < GOVERNED; step++) {
    const an_token *t = &w->in->words->tokens[at];
    if (t->head == AN_NONE) break;
    if (t->rel == AN_ACL && is_infinitive(w, at)) { /* "plans to withdraw"; "a way to end it" */
      an_text effect = effect_of(w, t->head, "noun");
      take(&m, effect);
      if (effect.at == NULL) m.silent = true;
    }
    if (t->rel == AN_ADVCL && is_infinitive(w, at)) m.silent = true; /* what it is done for */
    uint32_t above = governor(w, at);
    if (above == AN_NONE) break;
    an_text effect = t->rel == AN_XCOMP || t->rel == AN_CCOMP ? effect_of(w, above, "gov") : (an_text){0};
    mood governed = m;
    take(&m, effect);
    bool own = t->rel == AN_CONJ && (an_child_by(w->in->words, at, AN_AUX_) != AN_NONE || an_child_by(w->in->words, at, AN_NSUBJ) != AN_NONE);
    if (own || t->rel == AN_ADVCL || t->rel == AN_PARATAXIS) break;
    own_mood(w, above, &m);
    /* "has not decided to", "did not agree to": it is open, whatever it is */
    if (an_text_is(effect, "planned") && m.negated != governed.negated) return (mood){DG_NOT_YET, true, m.silent};
    at = above;
  }
  return m;
}

/* ---- Its parts ------------------------------------------------------------------------------------- */

static uint32_t subject_of(const writer *w, uint32_t verb, bool *suffers) {
  const an_words *words = w->in->words;
  *suffers = false;
  for (uint32_t at = verb, step = 0; step < GOVERNED && at != AN_NONE; step++) {
    uint32_t agent = an_child_by(words, at, AN_OBL_AGENT), subject = an_child_by(words, at, AN_NSUBJ), passive = an_child_by(words, at, AN_NSUBJ_PASS);
    const an_token *t = &words->tokens[at];
    *suffers = passive != AN_NONE && (at == verb || words->tokens[verb].xpos == AN_X_VBN); /* "was beaten and killed" */
    if (agent != AN_NONE) { *suffers = false; return agent; }
    if (passive == AN_NONE && subject != AN_NONE) passive = subject;
    bool relative = passive != AN_NONE && words->tokens[passive].upos == AN_PRON && (t->rel == AN_ACL_RELCL || t->rel == AN_ACL);
    /* "Russia and Iran were allied, both backing him" */
    bool points_up = passive != AN_NONE && governor(w, at) != AN_NONE && words->tokens[passive].upos == AN_PRON && dw_mention(w, passive) == NULL;
    if (passive != AN_NONE && !relative && !points_up) return passive;
    /* "Kenyatta has agreed to it, the minister said": a tree that gives both subjects to "said" */
    uint32_t before = t->rel == AN_CCOMP && t->head != AN_NONE && t->head > at ? an_child_by(words, t->head, AN_NSUBJ) : AN_NONE;
    if (before != AN_NONE && before < at) return before;
    if (t->rel == AN_ACL_RELCL || t->rel == AN_ACL) { /* "the man who shot", "villages shelled" */
      *suffers = *suffers || t->xpos == AN_X_VBN;
      return t->head;
    }
    at = governor(w, at);
  }
  return AN_NONE;
}

/* What it is done to: the object, or the subject of a passive. */
static uint32_t object_of(const writer *w, uint32_t verb, uint32_t subject, bool suffers) {
  const an_words *words = w->in->words;
  uint32_t object = an_child_by(words, verb, AN_OBJ);
  if (object != AN_NONE) return object;
  if (an_child_by(words, verb, AN_COP) != AN_NONE) return AN_NONE; /* its own words tell it */
  for (uint32_t c = an_child(words, verb, AN_NONE); c != AN_NONE; c = an_child(words, verb, c)) /* a tree with two subjects */
    if (words->tokens[c].rel == AN_NSUBJ && c > verb && subject < verb) return c;
  object = an_child_by(words, verb, AN_NSUBJ_PASS);
  return object != AN_NONE ? object : suffers ? subject : AN_NONE;
}

static bool is_clause(uint8_t rel) { return rel == AN_CCOMP || rel == AN_ADVCL || rel == AN_ACL_RELCL || rel == AN_PARATAXIS || rel == AN_CSUBJ; }

/* The nearest verb over a word, or the word itself: the clause that it stands in. */
uint32_t dw_clause_around(const writer *w, uint32_t token) {
  uint32_t at = token;
  for (uint32_t step = 0; step < AN_SENTENCE_WORDS && at != AN_NONE && !is_verb(w, at); step++) at = w->in->words->tokens[at].head;
  return at;
}

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

/* A word's key; a common noun that stands for somebody ("troops", "the ministry") is a word as well. */
static void add_keys(const writer *w, uint32_t token, uint32_t *keys, uint32_t *count) {
  uint32_t key = dw_word_key(w, token, false), word = w->in->words->tokens[token].upos == AN_NOUN ? dw_sense_key(w, token) : 0;
  if (key != 0) keys[(*count)++] = key;
  if (word != 0 && word != key) keys[(*count)++] = word;
}

/* The words of a phrase; a clause inside of it is told for itself. `country`: a person stands for a country as well. */
static dg_words phrase(writer *w, uint32_t head, bool country) {
  uint32_t first, end, keys[2 * MAX_PHRASE + 4], count = 0;
  if (head == AN_NONE) return (dg_words){0};
  an_subtree(w->in->words, head, &first, &end);
  for (uint32_t i = first; i < end && count < 2 * MAX_PHRASE; i++) {
    if (i > head && is_clause(w->in->words->tokens[i].rel)) break;
    if (!in_time(w, i)) add_keys(w, i, keys, &count);
    if (country && i == head) add_country(w, i, keys, &count);
  }
  uint32_t *kept = dw_take(w, count, sizeof *kept);
  if (kept == NULL) return (dg_words){0};
  memcpy(kept, keys, count * sizeof *keys);
  return dw_sorted(kept, count, MAX_PHRASE);
}

/* All words of the clause but its verb; of a stance also what it is about, whatever clauses that has. */
static dg_words words_of(writer *w, uint32_t verb, uint32_t subject, bool whole, const caps *cap, an_span *tokens) {
  const an_words *words = w->in->words;
  const an_token *t = &words->tokens[verb];
  uint32_t first, end, count = 0;
  an_subtree(words, verb, &first, &end);
  for (uint32_t c = an_child(words, verb, AN_NONE); c != AN_NONE; c = an_child(words, verb, c)) {
    uint32_t from, to;
    bool beside = words->tokens[c].rel == AN_CONJ || words->tokens[c].rel == AN_ADVCL || words->tokens[c].rel == AN_PARATAXIS ||
                  (!whole && words->tokens[c].rel == AN_CCOMP);
    if (!beside) continue;
    an_subtree(words, c, &from, &to);
    if (c > verb && from < end) end = from;
    if (c < verb && to > first) first = to;
  }
  *tokens = (an_span){first, end};
  uint32_t *keys = dw_take(w, 2 * (end - first) + MAX_PHRASE, sizeof *keys);
  if (keys == NULL) return (dg_words){0};
  for (uint32_t i = first; i < end; i++)
    if ((i != verb || t->upos != AN_VERB) && !in_time(w, i)) add_keys(w, i, keys, &count);
  dg_words who = subject == AN_NONE || (subject >= first && subject < end) ? (dg_words){0} : phrase(w, subject, false);
  for (uint32_t i = 0; i < who.count; i++) keys[count++] = who.at[i];
  return dw_sorted(keys, count, cap->words);
}

static void set_when(const writer *w, uint32_t verb, dg_clause *out) {
  const an_token *v = &w->in->words->tokens[verb];
  for (uint32_t i = 0; i < w->in->times->list.count; i++) {
    const an_time_at *t = &w->in->times->list.at[i];
    if (t->sentence != v->sentence || t->t.type != AN_TIME_DATE || dw_clause_around(w, t->first) != verb) continue;
    out->when = dw_time(w, i);
    return;
  }
}

/* "in Colorado, Oklahoma and Vermont": no place of one. */
static bool has_more(const writer *w, uint32_t place) {
  uint32_t more = an_child_by(w->in->words, place, AN_CONJ);
  const an_mention_at *m = more == AN_NONE ? NULL : dw_mention(w, more);
  return w->in->words->tokens[place].rel == AN_CONJ || (m != NULL && m->place.text.at != NULL);
}

static void set_where(const writer *w, uint32_t first, uint32_t end, uint32_t verb, dg_clause *out) {
  for (uint32_t i = first; i < end; i++) {
    const an_mention_at *m = dw_mention(w, i);
    if (m == NULL || m->head != i || m->place.text.at == NULL || !(m->flags & AN_MENTION_LOCATIVE) || dw_clause_around(w, i) != verb) continue;
    const an_place *p = &m->place;
    if (has_more(w, i)) { out->where = (dg_place){0}; return; }
    if (out->where.name.at != NULL && out->where.precision <= p->precision) continue;
    out->where = (dg_place){an_page_raw(w->in->article, p->span), p->text, p->name, p->country, p->admin1, p->geonames, p->lat, p->lon, p->precision, AN_WHERE_FRAME};
  }
}

/* ---- The list -------------------------------------------------------------------------------------- */

/* What it is told in: the innermost statement around it. */
static uint32_t statement_around(const writer *w, const dg *view, uint32_t verb) {
  uint32_t best = AN_NONE, size = UINT32_MAX;
  for (uint32_t i = 0; i < view->statement_count; i++) {
    const an_statement_at *s = &w->in->statements->list.at[i];
    if (verb < s->first || verb >= s->end || s->end - s->first >= size) continue;
    best = i;
    size = s->end - s->first;
  }
  return best;
}

static uint32_t event_at(const writer *w, const dg *view, uint32_t verb) {
  for (uint32_t i = 0; i < view->event_count; i++)
    if (w->in->events->list.at[i].trigger == verb) return i;
  return AN_NONE;
}

static uint8_t stance_of(const writer *w, uint32_t verb, uint32_t first, uint32_t end) {
  an_span clean = {0, 0};
  uint32_t from, to;
  uint8_t stance = dw_stance(w, first, end, &clean);
  if (stance == DG_STANCE_NONE) return stance;
  dw_tokens_in(w->in->words, clean, &from, &to);
  for (uint32_t i = 0; i < w->in->statements->list.count; i++) { /* "said that no decision": the stance is of what is said */
    const an_statement_at *s = &w->in->statements->list.at[i];
    if (s->cue == verb && to > s->first && from < s->end) return DG_STANCE_NONE;
  }
  for (uint32_t i = from; i < to; i++)
    if (dw_clause_around(w, i) == verb) return stance;
  return DG_STANCE_NONE;
}

/* "where", "which": it joins the clause to the one above. */
static bool asks(const an_token *t) { return t->xpos_name != NULL && t->xpos_name[0] == 'W' && t->rel != AN_ROOT; }

static bool clause(writer *w, const dg *view, uint32_t verb, const caps *cap, dg_clause *out) {
  const an_words *words = w->in->words;
  const an_token *t = &words->tokens[verb];
  mood m = mood_of(w, verb);
  an_span tokens;
  bool suffers;
  uint32_t subject = subject_of(w, verb, &suffers), object = object_of(w, verb, subject, suffers);
  if (m.silent || (subject == AN_NONE && object == AN_NONE) ) return false;
  if (suffers) subject = AN_NONE;
  bool perfect = false; /* "has not agreed": it may still come */
  for (uint32_t c = an_child(words, verb, AN_NONE); c != AN_NONE; c = an_child(words, verb, c))
    perfect |= words->tokens[c].rel == AN_AUX_ && effect_of(w, c, "perfect").at != NULL;
  if (m.negated && perfect && m.force == DG_DONE) m.force = DG_NOT_YET;
  uint32_t copula = an_child_by(words, verb, AN_COP);
  *out = (dg_clause){.verb = dw_word_key(w, copula == AN_NONE ? verb : copula, false), .negated = m.negated, .force = m.force, .statement = statement_around(w, view, verb),
                     .event = event_at(w, view, verb), .lead = w->lead_block[words->sentences[t->sentence].block]};
  if (out->verb == 0) return false;
  out->caption = w->in->article->blocks[words->sentences[t->sentence].block].kind == AN_BLOCK_CAPTION;
  bool denied = out->statement != AN_NONE && w->in->statements->list.at[out->statement].denied;
  out->negated ^= denied;
  uint32_t first, end;
  an_subtree(words, verb, &first, &end);
  out->stance = stance_of(w, verb, first, end);
  uint32_t over = t->rel == AN_XCOMP ? governor(w, verb) : AN_NONE;
  if (over != AN_NONE) { /* "refused to endorse him": the stance is the refusal */
    an_subtree(words, over, &first, &end);
    if (stance_of(w, over, first, end) != DG_STANCE_NONE) out->stance = DG_STANCE_NONE;
  }
  out->main = t->rel == AN_ROOT || t->rel == AN_CCOMP || t->rel == AN_PARATAXIS || (t->rel == AN_CONJ && an_child_by(words, verb, AN_NSUBJ) != AN_NONE);
  if (out->stance == DG_STANCE_NONE && is_cue(w, verb)) return false;
  if (denied) out->stance = out->stance == DG_GIVEN ? DG_REFUSED : DG_STANCE_NONE;
  out->words = words_of(w, verb, subject, out->stance != DG_STANCE_NONE, cap, &tokens);
  out->who = phrase(w, subject, true);
  const an_mention_at *holder = subject == AN_NONE || out->stance == DG_STANCE_NONE ? NULL : dw_mention(w, subject);
  if (holder != NULL) out->holder = dw_parties(w, &holder->m.who, 1);
  out->what = phrase(w, object, false);
  if (out->words.count == 0 || tokens.begin >= tokens.end) return false;
  set_when(w, verb, out);
  if (out->when.text.at == NULL && t->rel == AN_XCOMP && governor(w, verb) != AN_NONE) set_when(w, governor(w, verb), out); /* "refused on Monday to go" */
  set_where(w, tokens.begin, tokens.end, verb, out);
  /* "has agreed to review it": with the verb that says how far it is done */
  uint32_t above = governor(w, verb);
  if (above != AN_NONE && t->rel != AN_CONJ && t->rel != AN_ADVCL && t->rel != AN_PARATAXIS) {
    uint32_t from, to;
    an_subtree(words, above, &from, &to);
    if (from < tokens.begin) tokens.begin = from;
  }
  uint32_t last = tokens.end;
  while (last > tokens.begin + 1 && words->tokens[last - 1].upos == AN_PUNCT && words->tokens[last - 1].quote_depth == 0) last--;
  uint32_t begin = tokens.begin;
  while (begin + 1 < last && (words->tokens[begin].upos == AN_PUNCT || words->tokens[begin].upos == AN_CCONJ || words->tokens[begin].rel == AN_MARK || asks(&words->tokens[begin]))) begin++;
  out->text = dw_beginning(w, (an_span){words->tokens[begin].at.begin, words->tokens[last - 1].at.end}, cap->text < CLAUSE_TEXT ? cap->text : CLAUSE_TEXT, &out->span);
  return out->text.size > 0;
}

static void mark_heads(writer *w) {
  const an_words *words = w->in->words;
  for (uint32_t i = 0; i < words->token_count; i++) {
    const an_token *t = &words->tokens[i];
    w->clause_at[i] = AN_NONE;
    if (t->upos == AN_VERB) w->heads_clause[i] = true;
    if (t->rel == AN_COP && t->head != AN_NONE) w->heads_clause[t->head] = true;
  }
}

void dw_clauses(writer *w, dg *view, const caps *cap) {
  const an_words *words = w->in->words;
  view->clauses = dw_take(w, cap->clauses, sizeof *view->clauses);
  w->heads_clause = dw_take(w, words->token_count, sizeof *w->heads_clause);
  w->clause_at = dw_take(w, words->token_count, sizeof *w->clause_at);
  view->clause_count = 0;
  if (w->short_of) return;
  mark_heads(w);
  for (uint32_t i = 0; i < words->token_count && view->clause_count < cap->clauses; i++) {
    const an_sentence *s = &words->sentences[words->tokens[i].sentence];
    uint8_t kind = w->in->article->blocks[s->block].kind;
    if (!s->parsed || !is_verb(w, i) || words->tokens[i].rel == AN_AMOD || words->tokens[i].rel == AN_COMPOUND || (kind != AN_BLOCK_BODY && kind != AN_BLOCK_TITLE && kind != AN_BLOCK_DECK && kind != AN_BLOCK_CAPTION)) continue;
    if (!clause(w, view, i, cap, &view->clauses[view->clause_count])) continue;
    w->clause_at[i] = view->clause_count++;
  }
}
