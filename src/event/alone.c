/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers with no noun beside them. "19 were missing", "a crew of 23", "the toll rose to 14", "Algeria 40" count; a year, an age, an
   hour, "Article 5" and "Route 66" do not. Where a number stands decides; the words that speak for or against one are data (counted.tsv). */
#include "event/quantity.h"

#include <math.h>

enum { OLDEST = 110, HOURS = 24, FIRST_YEAR = 1500, LAST_YEAR = 2100, LONG_FIGURE = 1000000, MAX_CHAIN = 4 };

static uint32_t role_row(const scene *s, uint32_t token, const char *what) {
  const an_table *t = s->coder->counted;
  uint32_t column = an_table_column(t, "role");
  uint64_t folds[] = {token_at(s, token)->lemma_fold, token_at(s, token)->fold};
  for (unsigned k = 0; k < 2; k++) {
    an_rows rows = an_table_find_key(t, folds[k]);
    for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
      if (an_text_is(an_table_cell(t, r, column), what)) return r;
  }
  return AN_NONE;
}

static bool counts_as(const scene *s, uint32_t token, const char *what) { return role_row(s, token, what) != AN_NONE; }

static bool has_class(const scene *s, uint32_t token, class_set set) { return class_meets(coder_classes(s->coder, token_at(s, token)->lemma_fold), set); }

static bool is_noun(const scene *s, uint32_t token) {
  uint8_t upos = token_at(s, token)->upos;
  return upos == AN_NOUN || upos == AN_PROPN;
}

/* ---- Told by a word of toll ---------------------------------------------------------------------- */

/* The noun is a count: "the toll", "the number of houses destroyed", "the number of dead". */
static bool is_tolled(const scene *s, uint32_t noun) {
  if (counts_as(s, noun, "toll")) return true;
  if (counts_as(s, noun, "tally")) return an_child_by(s->words, noun, AN_NMOD) != AN_NONE;
  for (uint32_t c = an_child(s->words, noun, AN_NONE); c != AN_NONE; c = an_child(s->words, noun, c)) {
    if (token_at(s, c)->rel != AN_NMOD) continue;
    if (counts_as(s, c, "toll") || counts_as(s, c, "people") || counts_as(s, c, "number")) return true;
  }
  return false;
}

/* A verb that says what became of those counted, or whose subject or object is a count: "gunmen kill nine", "the toll rose to 14". */
static bool is_told(const scene *s, uint32_t number) {
  const an_token *t = token_at(s, number);
  if (t->head == AN_NONE) return false;
  bool cased = an_child_by(s->words, number, AN_CASE) != AN_NONE;
  if (!clause_is_verb(s, t->head)) return t->rel == AN_NMOD && cased && is_tolled(s, t->head); /* "puts the number of dead at five" */
  bool bare = t->rel == AN_OBL && !cased;                                                      /* "wounding about 20" */
  if (t->rel == AN_OBJ || t->rel == AN_NSUBJ_PASS || bare) return counts_as(s, t->head, "object");
  if (t->rel == AN_NSUBJ) return counts_as(s, t->head, "subject");
  uint32_t subject = t->rel == AN_OBL ? clause_subject(s, t->head) : AN_NONE;
  uint32_t object = t->rel == AN_OBL ? an_child_by(s->words, t->head, AN_OBJ) : AN_NONE;
  if (object != AN_NONE && is_tolled(s, object)) return true; /* "put the death toll at nine" */
  if (subject == AN_NONE) return false;
  if (token_at(s, t->head)->rel == AN_ACL && counts_as(s, subject, "people")) return counts_as(s, t->head, "object"); /* "put the number of people killed at 31" */
  return is_tolled(s, subject);
}

/* ---- What only looks like a count ---------------------------------------------------------------- */

static bool is_person(const scene *s, uint32_t token) {
  uint32_t m = s->mention_of[token];
  if (m != AN_NONE && s->mentions->list.at[m].m.kind == AN_MENTION_PERSON) return true;
  return counts_as(s, token, "single");
}

/* "in 2019", "555012345": a figure of four digits without a comma, or a long one. */
static bool is_figure(const scene *s, uint32_t first, uint32_t end) {
  const an_token *t = token_at(s, first);
  an_text word = an_word(s->words, first);
  if (end != first + 1 || t->shape != AN_SHAPE_NUMBER || fmod(t->number, 1) != 0) return false;
  if (word.size > 1 && word.at[0] == '0') return true;
  if (word.size == 4) return t->number >= FIRST_YEAR && t->number <= LAST_YEAR;
  return t->number >= LONG_FIGURE && an_text_find(word, 0, AN_LIT(",")) == AN_NONE;
}

/* "Article 5", "Route 66", "No. 10": a noun right before it that it hangs on. */
bool alone_is_label(const scene *s, uint32_t first, uint32_t base) {
  const an_token *t = token_at(s, base);
  if (first == s->words->sentences[t->sentence].first) return false;
  if (counts_as(s, first - 1, "label")) return true;
  if (is_noun(s, first - 1) && token_at(s, first - 1)->head == base) return true; /* "Destiny 2 is sold out" */
  if (token_at(s, first - 1)->upos == AN_NOUN && token_at(s, first - 1)->shape == AN_SHAPE_CAPITAL && token_at(s, first - 1)->head == t->head) return true;
  if (t->head != first - 1 || !is_noun(s, first - 1)) return false;
  return t->rel == AN_NUMMOD || t->rel == AN_FLAT || t->rel == AN_COMPOUND || t->rel == AN_NMOD || t->rel == AN_AMOD;
}

static bool is_comma_at(const scene *s, uint32_t token) { return token_at(s, token)->upos == AN_PUNCT; }

/* "Mirela Costin, 39, said", "she is 62", "a girl of four", "people over 65". */
static bool is_age(const scene *s, uint32_t first, uint32_t end, uint32_t base, double value) {
  const an_token *t = token_at(s, base);
  const an_sentence *sentence = &s->words->sentences[t->sentence];
  if (value > OLDEST) return false;
  if (t->head != AN_NONE && counts_as(s, t->head, "age")) return true;
  bool open = first > sentence->first && is_comma_at(s, first - 1), close = end >= sentence->first + sentence->count || is_comma_at(s, end);
  if (open && close && t->head != AN_NONE && t->head < first && t->rel != AN_CONJ) return true;
  uint32_t subject = an_child_by(s->words, base, AN_COP) == AN_NONE ? AN_NONE : an_child_by(s->words, base, AN_NSUBJ);
  if (subject != AN_NONE && is_person(s, subject)) return true;
  uint32_t noun = first >= sentence->first + 2 && token_at(s, first - 1)->upos == AN_ADP ? first - 2 : AN_NONE;
  if (noun != AN_NONE && token_at(s, noun)->xpos == AN_X_NN && has_class(s, noun, s->coder->individual) && !counts_as(s, noun, "group")) return true;
  if (t->head == AN_NONE || an_child_by(s->words, base, AN_CASE) == AN_NONE) return false;
  uint32_t who = t->rel == AN_OBL && clause_is_verb(s, t->head) ? clause_subject(s, t->head) : AN_NONE;
  return who != AN_NONE && is_person(s, who); /* "she died at 62" */
}

/* "at nine", "by ten": an hour; "in 2019", "since 1990": a year or a place of an order. */
static bool is_time(const scene *s, uint32_t base, double value) {
  uint32_t adposition = an_child_by(s->words, base, AN_CASE);
  if (adposition == AN_NONE) return false;
  return counts_as(s, adposition, "when") || (value <= HOURS && counts_as(s, adposition, "clock"));
}

/* Part of a name: "Channel 4", "the Group of Seven". */
static bool is_named(const scene *s, uint32_t base) {
  uint32_t m = s->mention_of[base];
  return m != AN_NONE && s->mentions->list.at[m].head != base && s->mentions->list.at[m].m.who.name.at != NULL;
}

/* ---- Where a count stands ------------------------------------------------------------------------ */

static bool stands_as_noun(const scene *s, uint32_t base) {
  const an_token *t = token_at(s, base);
  if (an_child_by(s->words, base, AN_COP) != AN_NONE) return an_child_by(s->words, base, AN_NSUBJ) != AN_NONE;
  if (t->head == AN_NONE) return false;
  if (t->rel == AN_NSUBJ || t->rel == AN_NSUBJ_PASS || t->rel == AN_OBJ) return true;
  bool cased = an_child_by(s->words, base, AN_CASE) != AN_NONE;
  if (cased && t->rel == AN_OBL) return clause_is_verb(s, t->head);
  if (cased && t->rel == AN_NMOD) return is_noun(s, t->head);
  return an_child_by(s->words, base, AN_ACL_RELCL) != AN_NONE; /* "the 11 who had been taken" */
}

bool alone_counts(const scene *s, uint32_t first, uint32_t end, uint32_t base, double value) {
  if (is_told(s, base)) return true;
  bool multiplier = token_at(s, first)->number >= 100 && token_at(s, first)->shape != AN_SHAPE_NUMBER; /* "R32 million": its number is a word that we cannot read */
  bool article = first > s->words->sentences[token_at(s, base)->sentence].first && counts_as(s, first - 1, "one");
  if ((multiplier && !article) || value == 1 || counts_as(s, base, "noun")) return false;
  if (is_figure(s, first, end) || alone_is_label(s, first, base) || is_named(s, base)) return false;
  uint32_t at = base;
  for (unsigned step = 0; step < MAX_CHAIN && token_at(s, at)->rel == AN_CONJ; step++) { /* "at 31 and 28" */
    uint32_t head = token_at(s, at)->head;
    if (head == AN_NONE || token_at(s, head)->upos != AN_NUM || an_child_by(s->words, at, AN_COP) != AN_NONE) break;
    at = head;
  }
  return stands_as_noun(s, at) && !is_age(s, first, end, at, value) && !is_time(s, at, value);
}

/* ---- What it counts ------------------------------------------------------------------------------ */

bool alone_is_state(const scene *s, uint32_t token) {
  return counts_as(s, token, "state") || (token_at(s, token)->xpos == AN_X_VBN && counts_as(s, token, "object")); /* "40 detained" */
}
bool alone_compares(const scene *s, uint32_t token) { return counts_as(s, token, "compared"); }

/* The word that hangs outside of the number: "Seventy" or "four" of "Seventy-four". */
uint32_t alone_head(const scene *s, uint32_t first, uint32_t end) {
  for (uint32_t i = end; i > first; i--) {
    uint32_t head = token_at(s, i - 1)->head;
    if (token_at(s, i - 1)->upos != AN_PUNCT && (head == AN_NONE || head < first || head >= end)) return i - 1;
  }
  return end - 1;
}

static bool is_money(const scene *s, const quantity_at *q) {
  return q->unit_row != AN_NONE && an_text_is(an_table_cell(s->coder->quantities, q->unit_row, an_table_column(s->coder->quantities, "relation")), "money");
}

/* The last quantities of this sentence and the one before it in its block, newest first; NULL: no more. */
static const quantity_at *back(const scene *s, const quantities *all, uint32_t base, uint32_t step) {
  if (step >= all->list.count || step >= 2 * MAX_CHAIN) return NULL;
  const quantity_at *q = &all->list.at[all->list.count - 1 - step];
  uint32_t sentence = token_at(s, base)->sentence, other = token_at(s, q->first)->sentence;
  if (sentence - other > 1 || s->words->sentences[other].block != s->words->sentences[sentence].block) return NULL;
  return q;
}

/* "Riyadh pledged 300 million": of the money that the sentence or the one before it names. */
static uint32_t money_before(const scene *s, const quantities *all, uint32_t base, double value) {
  const an_token *t = token_at(s, base);
  if (value < 10000 || t->rel == AN_NSUBJ || is_told(s, base)) return AN_NONE;
  const quantity_at *q;
  for (uint32_t step = 0; (q = back(s, all, base, step)) != NULL; step++) {
    if (is_money(s, q)) return q->unit_row;
    if (q->unit_row == AN_NONE && q->q.of.at != NULL) return AN_NONE;
  }
  return AN_NONE;
}

/* "Nigeria takes 45 per cent and Algeria 40": what a number beside it counts. */
bool alone_parallel(const scene *s, const quantities *all, uint32_t first, uint32_t base, alone_count *out) {
  const an_token *t = token_at(s, base);
  const quantity_at *q = back(s, all, base, 0);
  if (q == NULL || token_at(s, q->first)->sentence != t->sentence || q->first >= first - 1) return false;
  const an_token *name = token_at(s, first - 1);
  bool beside = t->head == first - 1 || (t->rel == AN_CONJ && t->head == name->head);
  if (!beside || name->upos != AN_PROPN || name->rel != AN_CONJ) return false;
  bool own = q->counted != AN_NONE && token_at(s, q->counted)->upos == AN_PROPN; /* counted of the name: of this one then */
  *out = (alone_count){.of = own ? an_word(s->words, first - 1) : q->q.of, .unit_row = q->unit_row};
  return true;
}

static an_text noun_text(const scene *s, uint32_t token) { return token != AN_NONE && is_noun(s, token) ? an_word(s->words, token) : (an_text){0}; }

/* "the number of houses" → houses; "the toll" → nobody in particular; "the naira" → itself. */
static an_text counted_by(const scene *s, uint32_t noun, uint32_t base) {
  if (noun == AN_NONE || noun > base) return (an_text){0};
  for (uint32_t i = s->words->sentences[token_at(s, base)->sentence].first; i < base; i++) /* all of it: titles are often parsed wrong */
    if (counts_as(s, i, "toll")) return (an_text){0};
  if (counts_as(s, noun, "tally")) return noun_text(s, an_child_by(s->words, noun, AN_NMOD));
  return noun_text(s, noun);
}

/* "Thirteen people were hurt. Four remain in hospital": people. Things only from the words right before. */
static an_text named_before(const scene *s, const quantities *all, uint32_t base) {
  class_set people = s->coder->individual;
  const an_token *t = token_at(s, base);
  const quantity_at *q;
  for (uint32_t step = 0; (q = back(s, all, base, step)) != NULL; step++) {
    if (q->unit_row != AN_NONE || q->q.of.at == NULL || q->counted == AN_NONE) continue;
    if (has_class(s, q->counted, people) || counts_as(s, q->counted, "people")) return q->q.of;
    if (t->rel == AN_OBJ || is_told(s, base)) return (an_text){0};
    return q->q.of;
  }
  return (an_text){0};
}

alone_count alone_of(const scene *s, const quantities *all, uint32_t base, double value) {
  const an_token *t = token_at(s, base);
  alone_count out = {.unit_row = money_before(s, all, base, value)};
  if (t->head == AN_NONE) return out;
  if (is_told(s, base)) { /* "the number of houses destroyed rose to 40"; "killing nine": whom, is not said */
    uint32_t tally = t->rel == AN_OBL ? clause_subject(s, t->head) : AN_NONE, things = AN_NONE;
    if (tally != AN_NONE && counts_as(s, tally, "tally")) things = an_child_by(s->words, tally, AN_NMOD);
    if (things != AN_NONE && !counts_as(s, things, "people") && !counts_as(s, things, "toll")) out.of = noun_text(s, things);
    return out;
  }
  if (an_child_by(s->words, base, AN_COP) != AN_NONE) out.of = counted_by(s, an_child_by(s->words, base, AN_NSUBJ), base);
  else if (t->rel == AN_NMOD) out.of = clause_prep(s, base) == an_fold_hash(AN_LIT("of")) ? counted_by(s, t->head, base) : (an_text){0};
  else if (t->rel == AN_OBL) out.of = counted_by(s, clause_subject(s, t->head), base);
  else if (out.unit_row == AN_NONE) out.of = named_before(s, all, base);
  return out;
}

/* ---- One and none -------------------------------------------------------------------------------- */

static bool grows(const scene *s, uint32_t row) {
  return row != AN_NONE && an_text_is(an_table_cell(s->coder->counted, row, an_table_column(s->coder->counted, "grows")), "yes");
}

/* The verb says what became of the noun: "was killed", "died", "was shot dead". */
static bool is_struck(const scene *s, uint32_t noun) {
  const an_token *t = token_at(s, noun);
  if (t->head == AN_NONE || (t->rel != AN_NSUBJ && t->rel != AN_NSUBJ_PASS && t->rel != AN_OBJ)) return false;
  bool passive = an_child_by(s->words, t->head, AN_AUX_PASS) != AN_NONE;
  if (grows(s, role_row(s, t->head, t->rel == AN_NSUBJ && !passive ? "subject" : "object"))) return true;
  if (t->rel == AN_NSUBJ && grows(s, role_row(s, t->head, "state"))) return true;
  uint32_t state = t->rel == AN_NSUBJ ? AN_NONE : an_child_by(s->words, t->head, AN_XCOMP);
  return state != AN_NONE && grows(s, role_row(s, state, "state"));
}

/* The words deny it, or tell of no fact: "not a soldier was killed", "a man was not killed", "if a soldier is killed". */
static bool is_unreal(const scene *s, uint32_t head) {
  bool found;
  for (uint32_t c = an_child(s->words, head, AN_NONE); c != AN_NONE; c = an_child(s->words, head, c)) {
    const an_token *t = token_at(s, c);
    bool aux = t->rel == AN_AUX_ || t->rel == AN_AUX_PASS || t->rel == AN_COP, beside = t->rel == AN_ADVMOD || t->rel == AN_DET_ || t->rel == AN_CC;
    if (aux && coder_realis(s->coder, t, REALIS_AUX, &found) != EFFECT_NONE) return true;
    if (beside && coder_realis(s->coder, t, REALIS_NEG, &found) != EFFECT_NONE) return true;
    if (t->rel == AN_MARK && coder_is(s->coder, t, REALIS_MARK) && coder_realis(s->coder, t, REALIS_MARK, &found) != EFFECT_NONE) return true;
  }
  return false;
}

bool alone_single(const scene *s, uint32_t token, uint32_t *counted) {
  const an_token *t = token_at(s, token);
  if (t->upos != AN_DET || t->head == AN_NONE || t->head < token) return false;
  if (!counts_as(s, token, "one")) return false;
  if (token_at(s, t->head)->xpos != AN_X_NN || !has_class(s, t->head, s->coder->individual) || counts_as(s, t->head, "group") || !is_struck(s, t->head)) return false;
  if (is_unreal(s, t->head) || is_unreal(s, token_at(s, t->head)->head)) return false;
  *counted = t->head;
  return true;
}

/* "no other miners", "no two people": some were. */
static bool is_rest(const scene *s, uint32_t noun) {
  for (uint32_t c = an_child(s->words, noun, AN_NONE); c != AN_NONE && c < noun; c = an_child(s->words, noun, c))
    if (token_at(s, c)->upos == AN_NUM || alone_compares(s, c)) return true;
  return false;
}

bool alone_none(const scene *s, uint32_t token, uint32_t *counted) {
  const an_token *t = token_at(s, token);
  if ((t->upos != AN_DET && t->upos != AN_PRON && t->upos != AN_NOUN) || !counts_as(s, token, "none")) return false;
  uint32_t noun = t->upos == AN_DET ? t->head : token;
  if (noun == AN_NONE || noun < token || !is_struck(s, noun) || is_rest(s, noun)) return false;
  *counted = noun;
  return true;
}
