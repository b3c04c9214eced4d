/* SPDX-License-Identifier: Apache-2.0 */
/* How long a visit or a meeting lasts, and from when: "flew in on Friday for three days of talks", "the summit lasted a day". */
#include "story/digest_write.h"

enum { UP = 3, LONGEST = 31 };

static bool has_role(const an_table *table, uint64_t fold, const char *role) {
  an_rows rows = an_table_find_key(table, fold);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
    if (an_text_is(an_table_cell(table, r, an_table_column(table, "role")), role)) return true;
  return false;
}

/* Whole days; 0: it is no such length. */
static uint8_t length_of(const an_time *t) {
  if (t->type != AN_TIME_DURATION || t->value.size < 3 || t->value.size > 4 || t->value.at[0] != 'P' || t->value.at[t->value.size - 1] != 'D') return 0;
  unsigned days = 0;
  for (uint32_t i = 1; i + 1 < t->value.size; i++) days = 10 * days + (unsigned)(t->value.at[i] - '0');
  return days <= LONGEST ? (uint8_t)days : 0;
}

/* What lasts so long: the noun that the length hangs on, or the subject of the verb that it hangs on. */
static uint32_t what_lasts(const writer *w, const an_table *table, const an_time_at *t) {
  const an_words *words = w->in->words;
  uint32_t token = t->end - 1;
  for (unsigned step = 0; step < UP && token != AN_NONE; step++, token = words->tokens[token].head) {
    uint32_t subject = words->tokens[token].upos == AN_VERB ? an_child_by(words, token, AN_NSUBJ) : AN_NONE;
    if (words->tokens[token].upos == AN_NOUN && has_role(table, words->tokens[token].lemma_fold, "stay")) return token;
    if (words->tokens[token].upos == AN_VERB) return subject != AN_NONE && has_role(table, words->tokens[subject].lemma_fold, "stay") ? subject : AN_NONE;
  }
  return AN_NONE;
}

static dg_stay stay(writer *w, const an_table *table, const an_time_at *t, uint32_t noun, uint8_t length) {
  const an_token *at = w->in->words->tokens;
  bool behind = noun >= t->end; /* "three-day royal tour" */
  uint32_t last = behind ? noun : t->end - 1, own = dw_clause_around(w, noun);
  const an_clause_at *c = own == AN_NONE ? NULL : &w->in->events->clauses[own];
  dg_stay out = {.length = length, .who = dw_countries(w, t->sentence, 0, 0)};
  out.text = dw_beginning(w, (an_span){at[t->first].at.begin, at[last].at.end}, UINT8_MAX, &out.span);
  if (c == NULL || c->time == AN_NONE) return out;
  out.when = dw_time(w, c->time);
  out.edge = has_role(table, at[c->verb].lemma_fold, "begin") ? DG_BEGINS : has_role(table, at[c->verb].lemma_fold, "end") ? DG_ENDS : DG_WITHIN;
  return out;
}

void dw_stays(writer *w, dg *view, const caps *cap) {
  const an_table *table = an_lexicon_table(w->in->lexicon, "stays");
  const an_times *times = w->in->times;
  view->stays = dw_take(w, cap->talks, sizeof *view->stays);
  for (uint32_t i = 0; table != NULL && !w->short_of && i < times->list.count && view->stay_count < cap->talks; i++) {
    const an_time_at *t = &times->list.at[i];
    uint8_t length = w->in->words->sentences[t->sentence].parsed ? length_of(&t->t) : 0;
    uint32_t noun = length == 0 ? AN_NONE : what_lasts(w, table, t);
    if (noun != AN_NONE) view->stays[view->stay_count++] = stay(w, table, t, noun, length);
  }
}
