/* SPDX-License-Identifier: Apache-2.0 */
/* What an act was about, and what talks were about, whoever tells it and with whatever word: "discussed the border", "talks on gas",
   "the meeting focused on visas", "prisoners were on the agenda". The words that say so are data/lexicon/topics.tsv. */
#include "story/digest_write.h"

#include <string.h>

enum { MOST_SIDES = 8 };

typedef struct finder { writer *w; const an_table *table; uint32_t role; const caps *cap; } finder;

static bool open_table(writer *w, const caps *cap, finder *out) {
  *out = (finder){.w = w, .table = an_lexicon_table(w->in->lexicon, "topics"), .cap = cap};
  if (out->table != NULL) out->role = an_table_column(out->table, "role");
  return out->table != NULL;
}

static const an_token *at(const finder *f, uint32_t token) { return &f->w->in->words->tokens[token]; }

static bool has_role(const finder *f, uint64_t fold, const char *role) {
  an_rows rows = an_table_find_key(f->table, fold);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
    if (an_text_is(an_table_cell(f->table, r, f->role), role)) return true;
  return false;
}

static bool is(const finder *f, uint32_t token, const char *role) { return token != AN_NONE && has_role(f, at(f, token)->lemma_fold, role); }

/* A preposition of that role stands before it. */
static bool behind(const finder *f, uint32_t token, const char *role) {
  const an_words *words = f->w->in->words;
  for (uint32_t c = an_child(words, token, AN_NONE); c != AN_NONE; c = an_child(words, token, c))
    if (words->tokens[c].rel == AN_CASE && has_role(f, words->tokens[c].fold, role)) return true;
  return false;
}

/* Does the token's case word, or the token itself as a holder of topics, say that a topic follows? */
static bool begins_topic(const finder *f, uint32_t token) { return behind(f, token, "prep") || (is(f, token, "noun") && behind(f, token, "in")); }

static bool is_time(const finder *f, uint32_t token) {
  const an_times *times = f->w->in->times;
  for (uint32_t i = 0; i < times->list.count; i++)
    if (times->list.at[i].first <= token && token < times->list.at[i].end) return true;
  return false;
}

static uint32_t topic_below(const finder *f, uint32_t head) {
  const an_words *words = f->w->in->words;
  for (uint32_t c = an_child(words, head, AN_NONE); c != AN_NONE; c = an_child(words, head, c)) {
    const an_token *t = at(f, c);
    if ((t->rel == AN_NMOD || t->rel == AN_OBL) && begins_topic(f, c) && !is_time(f, c)) return c;
    uint32_t object = an_child_by(words, c, AN_OBJ);
    if ((t->rel == AN_ACL || t->rel == AN_ACL_RELCL) && object != AN_NONE && is(f, c, "verb")) return object;
  }
  return AN_NONE;
}

/* Below the trigger, or what it is done to, or what was agreed: "signed 14 documents on trade", "agreed to work together on gas". */
static uint32_t topic_of(const finder *f, uint32_t trigger) {
  const an_words *words = f->w->in->words;
  uint32_t found = AN_NONE;
  for (uint32_t c = an_child(words, trigger, AN_NONE); c != AN_NONE && found == AN_NONE; c = an_child(words, trigger, c)) {
    uint8_t rel = words->tokens[c].rel;
    if (rel == AN_OBJ || rel == AN_NSUBJ_PASS || rel == AN_XCOMP) found = topic_below(f, c);
  }
  return found != AN_NONE ? found : topic_below(f, trigger);
}

/* "on cooperation in the political and legal fields", "new steps in broadening relations": however the parse hangs it, the topic goes on. */
static bool goes_on(const finder *f, uint32_t topic, uint32_t next) {
  const an_token *t = at(f, next);
  if (t->head == AN_NONE || t->sentence != at(f, topic)->sentence) return false;
  if (t->upos == AN_ADP) return begins_topic(f, t->head);
  return t->rel == AN_MARK && at(f, t->head)->xpos == AN_X_VBG && at(f, t->head)->head == at(f, topic)->head && has_role(f, t->fold, "in");
}

static dg_part part_at(const finder *f, uint32_t head, uint32_t *begin, uint32_t *finish) {
  const an_words *words = f->w->in->words;
  dg_part out = {0};
  uint32_t first, end;
  an_subtree(words, head, &first, &end);
  if (end < words->token_count && goes_on(f, head, end)) {
    uint32_t on, on_end;
    an_subtree(words, words->tokens[end].head, &on, &on_end);
    if (on == end) end = on_end;
  }
  uint32_t copula = an_child_by(words, head, AN_COP); /* "the main subject was gas" */
  if (copula != AN_NONE && copula < head) first = copula + 1;
  while (first < head && (words->tokens[first].rel == AN_CASE || words->tokens[first].upos == AN_PUNCT)) first++;
  while (end > head + 1 && words->tokens[end - 1].upos == AN_PUNCT) end--;
  out.words = dw_words_between(f->w, first, end, f->cap->words / 2, false);
  if (out.words.count > 0) out.text = dw_beginning(f->w, (an_span){words->tokens[first].at.begin, words->tokens[end - 1].at.end}, f->cap->text, &out.span);
  *begin = first;
  *finish = end;
  return out;
}

dg_part dw_topic(writer *w, uint32_t trigger, const caps *cap) {
  finder f;
  uint32_t first, end, found = trigger == AN_NONE || !open_table(w, cap, &f) ? AN_NONE : topic_of(&f, trigger);
  return found == AN_NONE ? (dg_part){0} : part_at(&f, found, &first, &end);
}

/* ---- Talks ------------------------------------------------------------------------------------------ */

/* "the talks", "a new round of talks" */
static bool is_talk(const finder *f, uint32_t token) { return token != AN_NONE && (is(f, token, "talk") || is(f, an_child_by(f->w->in->words, token, AN_NMOD), "talk")); }

/* Of "met and talked" as well; else of what "is" tells. */
static uint32_t subject_of(const finder *f, uint32_t verb) {
  uint32_t own = dw_clause_around(f->w, verb), subject = an_child_by(f->w->in->words, verb, AN_NSUBJ);
  const an_clause_at *c = own == AN_NONE ? NULL : &f->w->in->events->clauses[own];
  return subject == AN_NONE && c != NULL && c->verb == verb ? c->subject : subject;
}

/* "The talks focused on visas", "will lead to a treaty", "covered trade". */
static uint32_t turned_to(const finder *f, uint32_t verb) {
  const an_words *words = f->w->in->words;
  bool under = at(f, verb)->rel == AN_ACL && is_talk(f, at(f, verb)->head); /* "talks focused on visas" */
  if (!under && !is_talk(f, subject_of(f, verb))) return AN_NONE;
  if (is(f, verb, "verb")) return an_child_by(words, verb, AN_OBJ);
  for (uint32_t c = an_child(words, verb, AN_NONE); is(f, verb, "turn") && c != AN_NONE; c = an_child(words, verb, c))
    if (words->tokens[c].rel == AN_OBL && !is_time(f, c) && (behind(f, c, "prep") || behind(f, c, "towards"))) return c;
  return AN_NONE;
}

/* "Prisoners were on the agenda", "the main subject was gas". */
static uint32_t named_as_item(const finder *f, uint32_t predicate) {
  uint32_t subject = subject_of(f, predicate);
  if (an_child_by(f->w->in->words, predicate, AN_COP) == AN_NONE || subject == AN_NONE) return AN_NONE;
  if (is(f, predicate, "item") && at(f, subject)->upos != AN_PRON) return subject;
  return is(f, subject, "item") && at(f, predicate)->upos == AN_NOUN ? predicate : AN_NONE;
}

static bool is_plural(const finder *f, uint32_t token) {
  const an_token *t = at(f, token);
  return t->xpos == AN_X_NNS || t->xpos == AN_X_NNPS || is(f, token, "both") || an_child_by(f->w->in->words, token, AN_CONJ) != AN_NONE;
}

/* Two sides take part: "Putin and Rouhani", "the ministers", "with his colleague". */
static bool is_of_two(const finder *f, uint32_t verb) {
  const an_words *words = f->w->in->words;
  uint32_t subject = subject_of(f, verb);
  for (uint32_t c = an_child(words, verb, AN_NONE); c != AN_NONE; c = an_child(words, verb, c))
    if (words->tokens[c].rel == AN_OBL && behind(f, c, "with")) return true;
  return subject != AN_NONE && is_plural(f, subject);
}

/* The head of what was spoken about, where this word tells that two sides spoke. */
static uint32_t told_at(const finder *f, uint32_t token) {
  const an_words *words = f->w->in->words;
  const an_token *t = at(f, token);
  if (t->upos == AN_NOUN && is(f, token, "talk")) {
    uint32_t found = topic_below(f, token);
    bool held = found == AN_NONE && t->rel == AN_OBJ && t->head != AN_NONE; /* "held talks on Monday about gas" */
    if (found != AN_NONE || held) return found != AN_NONE ? found : topic_below(f, t->head);
  }
  if (t->upos == AN_VERB && is(f, token, "discuss") && is_of_two(f, token)) return an_child_by(words, token, AN_OBJ);
  if (t->upos == AN_VERB && is(f, token, "speak") && is_of_two(f, token)) return topic_of(f, token);
  uint32_t turned = t->upos == AN_VERB ? turned_to(f, token) : AN_NONE;
  return turned != AN_NONE ? turned : named_as_item(f, token);
}

static bool is_denied(const finder *f, uint32_t token) {
  const an_words *words = f->w->in->words;
  for (uint32_t c = an_child(words, token, AN_NONE); c != AN_NONE; c = an_child(words, token, c))
    if (dw_denies(f->w, c)) return true;
  return false;
}

dg_words dw_countries(writer *w, uint32_t sentence, uint32_t first, uint32_t end) {
  const an_sentence *s = &w->in->words->sentences[sentence];
  uint32_t count = 0, *keys = dw_take(w, s->count, sizeof *keys);
  for (uint32_t i = s->first; keys != NULL && i < s->first + s->count; i++) {
    const an_mention_at *m = i >= first && i < end ? NULL : dw_mention(w, i);
    if (m == NULL || m->first != i || (m->flags & AN_MENTION_LOCATIVE) != 0) continue;
    an_text key = m->m.who.country.at != NULL ? m->m.who.country : dw_key_of(m);
    if (key.at != NULL) keys[count++] = dg_word_key(an_fold_hash(key), DG_NAMED);
  }
  return keys == NULL ? (dg_words){0} : dw_sorted(keys, count, MOST_SIDES);
}

/* "The talks focused on visas": of those who met, by the last meeting told before. */
static dg_words who_met(writer *w, const dg *view, uint32_t before) {
  const dg_event *last = NULL;
  for (uint32_t i = 0; i < view->event_count; i++)
    if (view->events[i].meets && view->events[i].trigger < before && (last == NULL || view->events[i].trigger > last->trigger)) last = &view->events[i];
  uint32_t all = last == NULL ? 0 : last->actors.count + last->recipients.count, count = 0, *keys = dw_take(w, all, sizeof *keys);
  for (uint32_t i = 0; keys != NULL && i < all; i++) {
    const dg_party *p = i < last->actors.count ? &last->actors.at[i] : &last->recipients.at[i - last->actors.count];
    an_text key = p->country.at != NULL ? p->country : p->entity.at != NULL ? p->entity : p->name;
    if (key.at != NULL) keys[count++] = dg_word_key(an_fold_hash(key), DG_NAMED);
  }
  return keys == NULL ? (dg_words){0} : dw_sorted(keys, count, MOST_SIDES);
}

static bool is_told_already(const dg *view, an_span span) {
  for (uint32_t i = 0; i < view->talk_count; i++)
    if (view->talks[i].topic.span.begin < span.end && span.begin < view->talks[i].topic.span.end) return true;
  return false;
}

void dw_talks(writer *w, dg *view, const caps *cap) {
  finder f;
  const an_words *words = w->in->words;
  view->talks = dw_take(w, cap->talks, sizeof *view->talks);
  if (view->talks == NULL || !open_table(w, cap, &f)) return;
  for (uint32_t i = 0; !w->short_of && i < words->token_count && view->talk_count < cap->talks; i++) {
    const an_token *t = &words->tokens[i];
    if ((t->upos != AN_NOUN && t->upos != AN_VERB) || t->quote_depth > 0 || !words->sentences[t->sentence].parsed) continue;
    uint32_t first, end, head = told_at(&f, i);
    if (head == AN_NONE || is_talk(&f, head) || is(&f, head, "means") || is_denied(&f, i) || is_denied(&f, head)) continue;
    dg_talk made = {.topic = part_at(&f, head, &first, &end)};
    if (made.topic.words.count == 0 || is_told_already(view, made.topic.span)) continue;
    made.who = dw_countries(w, t->sentence, first, end);
    made.named = made.who.count > 0;
    if (!made.named) made.who = who_met(w, view, made.topic.span.begin);
    view->talks[view->talk_count++] = made;
  }
}
