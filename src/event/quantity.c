/* SPDX-License-Identifier: Apache-2.0 */
#include "event/numeral.h"

#include <math.h>

static columns columns_of(const an_table *t) {
  return (columns){an_table_column(t, "kind"), an_table_column(t, "relation"), an_table_column(t, "low"), an_table_column(t, "high"),
                   an_table_column(t, "soft_low"), an_table_column(t, "soft_high"), an_table_column(t, "unit")};
}

static bool countable(const scene *s, uint32_t token) {
  uint8_t upos = token_at(s, token)->upos;
  return upos == AN_NOUN || upos == AN_PROPN;
}

static uint8_t relation_of(an_text name) {
  return an_text_is(name, ">") ? AN_MORE : an_text_is(name, ">=") ? AN_AT_LEAST : an_text_is(name, "<") || an_text_is(name, "near") ? AN_LESS
         : an_text_is(name, "<=") ? AN_AT_MOST : an_text_is(name, "~") ? AN_ABOUT : an_text_is(name, "in") ? AN_WITHIN : AN_EQUAL;
}

/* Half of the last digit that is written: "70", "46.2", "9.95". */
static double half_digit(double v) {
  double tenths = v * 10;
  return fmod(v, 1) == 0 ? 0.5 : fabs(tenths - round(tenths)) < 1e-6 ? 0.05 : 0.005;
}

/* Hard and soft intervals by the table in docs/codebook.md: a leading digit's unit is the step of round numbers. */
static void intervals(an_quantity *q, bool near, bool whole) {
  double v = q->value, step = v >= 1 ? pow(10, floor(log10(v))) : 1;
  double rounding = step;
  while (rounding > 1 && fmod(v, rounding) > 0) rounding /= 10;
  q->soft_low = q->soft_high = NAN;
  switch (q->relation) {
    case AN_MORE: case AN_AT_LEAST:
      q->low = q->relation == AN_MORE && whole ? v + 1 : v;
      q->high = INFINITY;
      q->soft_low = q->low;
      q->soft_high = (floor(v / step) + 1) * step;
      break;
    case AN_LESS:
      q->low = near ? v - step : 0;
      q->high = whole ? v - 1 : v;
      if (near) {
        q->soft_low = v * 0.94;
        q->soft_high = q->high;
      }
      break;
    case AN_AT_MOST:
      q->low = 0;
      q->high = v;
      break;
    case AN_ABOUT:
      q->low = v - rounding / 2;
      q->high = v + rounding / 2;
      q->soft_low = q->low;
      q->soft_high = q->high;
      break;
    default:
      q->low = q->soft_low = whole ? v : v - half_digit(v);
      q->high = q->soft_high = whole ? v : v + half_digit(v);
  }
}

/* "87 wounded", "24 dead", "of the 48 injured": a word of state in the place of the noun. */
static bool is_state(const scene *s, uint32_t head, uint32_t end) {
  return head == end && (head + 1 >= s->words->token_count || !numeral_is_hyphen(s, head + 1)) && (token_at(s, head)->upos == AN_ADJ || alone_is_state(s, head));
}

/* What is counted where there is no unit: the noun that the number hangs on, "of" what follows it, or the number itself. */
static uint32_t counted_things(const scene *s, uint32_t first, uint32_t end, bool sign, double value, uint32_t sentence_end) {
  uint32_t base = sign ? first : end - 1;
  const an_token *t = token_at(s, base);
  uint32_t head = t->head;
  bool hangs = (t->rel == AN_NUMMOD || t->rel == AN_DET_ || t->rel == AN_AMOD) && head != AN_NONE && head > base;
  if (hangs && countable(s, head)) return head;
  if ((t->rel == AN_OBL || t->rel == AN_OBL_TMOD) && head == end && alone_is_state(s, head)) return head; /* "and 95 wounded" */
  if (hangs && t->rel == AN_NUMMOD && is_state(s, head, end)) return alone_compares(s, head) ? base : head; /* "four more" */
  uint32_t of = an_child_by(s->words, base, AN_NMOD);
  if (of != AN_NONE && (of < first || numeral_is_day(s, of))) of = AN_NONE; /* "at least 15" */
  bool partitive = of != AN_NONE && clause_prep(s, of) == an_fold_hash(AN_LIT("of"));
  uint32_t alone_at = alone_head(s, first, end);
  if (!sign && alone_is_label(s, first, alone_at)) return AN_NONE;
  if (!partitive && !sign && alone_counts(s, first, end, alone_at, value)) return alone_at;
  if (of != AN_NONE) return of;
  for (uint32_t i = end; i < sentence_end && i < end + 4; i++) {
    if (countable(s, i) && numeral_is_day(s, i)) break; /* "180,000 this year" */
    if (countable(s, i) && !(i + 1 < sentence_end && countable(s, i + 1))) return i;
    if (token_at(s, i)->upos == AN_PUNCT || clause_is_verb(s, i)) break;
  }
  return AN_NONE;
}

/* A day, another measure, a number ("47 per cent to 43") is not what a unit measures. */
static uint32_t thing_measured(const scene *s, const columns *c, uint32_t token) {
  bool thing = token != AN_NONE && token_at(s, token)->upos != AN_NUM && !numeral_is_day(s, token) && !numeral_is_unit(s, c, token);
  return thing ? token : AN_NONE;
}

/* What is counted by a unit: "of" what follows it, the object or the subject of what rose by a share. */
static uint32_t measured(const scene *s, const columns *c, uint32_t unit_token) {
  uint32_t of = thing_measured(s, c, an_child_by(s->words, unit_token, AN_NMOD));
  if (of != AN_NONE) return of;
  for (uint32_t up = token_at(s, unit_token)->head, step = 0; up != AN_NONE && step < CLAUSE_CLIMB; up = token_at(s, up)->head, step++) {
    if (!clause_is_verb(s, up)) continue;
    uint32_t object = thing_measured(s, c, an_child_by(s->words, up, AN_OBJ));
    return object != AN_NONE ? object : thing_measured(s, c, clause_subject(s, up));
  }
  return AN_NONE;
}

static an_text scope_of(const scene *s, uint32_t sentence) {
  for (uint32_t i = s->first_time[sentence]; i < s->first_time[sentence + 1]; i++) {
    const an_time_at *t = &s->times->list.at[i];
    if (!t->day_level && t->t.type == AN_TIME_DATE && !an_days_is_open(t->t.days)) return t->t.text;
  }
  return (an_text){0};
}

/* "the two countries", "both sides": those that were named, whom nobody counts. */
static bool names_pair(const scene *s, uint32_t counted, double value) {
  if (counted == AN_NONE || value != 2) return false;
  uint32_t m = s->mention_of[counted];
  return (m != AN_NONE && s->mentions->list.at[m].member_count > 1) || clause_child_where(s, counted, REALIS_PAIR) != AN_NONE;
}

/* "the 2004 campaign": the number of one thing is its year. */
static bool is_year(const scene *s, uint32_t token, double value, uint32_t counted) {
  uint8_t xpos = token_at(s, counted)->xpos;
  return value >= 1900 && value <= 2099 && fmod(value, 1) == 0 && an_word(s->words, token).size == 4 && counted > token && (xpos == AN_X_NN || xpos == AN_X_NNP);
}

/* Interval and relation: of the words beside the number, else of the word that stands for one. */
static void set_intervals(const scene *s, const columns *c, const numeral *n, uint32_t relation_row, an_quantity *q) {
  const an_table *t = s->coder->quantities;
  an_text relation = relation_row == AN_NONE ? (an_text){0} : an_table_cell(t, relation_row, c->relation);
  if (n->vague != AN_NONE && relation.at == NULL) relation = an_table_cell(t, n->vague, c->relation);
  q->relation = relation.at == NULL ? AN_EQUAL : relation_of(relation);
  bool measure = q->unit.at != NULL;
  bool whole = !measure || (fmod(n->value, 1) == 0 && q->relation != AN_LESS && q->relation != AN_MORE); /* "less than one hour" */
  intervals(q, an_text_is(relation, "near"), whole);
  if (an_text_is(q->unit, "%") && q->relation == AN_EQUAL) {
    double rounding = n->rounding > 0 ? n->rounding : half_digit(n->value);
    q->low = q->soft_low = n->value - rounding;
    q->high = q->soft_high = n->value + rounding;
  }
  if (n->vague == AN_NONE || relation_row != AN_NONE) return;
  q->low = numeral_cell(an_table_cell(t, n->vague, c->low), 0);
  q->high = numeral_cell(an_table_cell(t, n->vague, c->high), INFINITY);
  q->soft_low = numeral_cell(an_table_cell(t, n->vague, c->soft_low), NAN);
  q->soft_high = numeral_cell(an_table_cell(t, n->vague, c->soft_high), NAN);
}

/* What the number counts, where it may be told; false: nothing, so that it is no quantity. */
static bool find_counted(const scene *s, const columns *c, const an_sentence *sentence, const quantities *before, numeral *n, bool related, alone_count *by) {
  bool sign = n->unit != AN_NONE && n->unit_token == AN_NONE;
  uint32_t sentence_end = sentence->first + sentence->count;
  *by = (alone_count){.unit_row = AN_NONE};
  if (n->counted == AN_NONE)
    n->counted = n->unit_token != AN_NONE ? measured(s, c, n->unit_token) : counted_things(s, n->first, n->end, sign, n->value, sentence_end);
  if (n->unit != AN_NONE) {
    n->counted = thing_measured(s, c, n->counted);
    return true;
  }
  uint32_t base = alone_head(s, n->first, n->end);
  if (n->counted == AN_NONE && alone_parallel(s, before, n->first, base, by)) return true;
  if (n->counted == AN_NONE || names_pair(s, n->counted, n->value)) return false;
  if (!related && is_year(s, n->end - 1, n->value, n->counted)) return false;
  if (n->counted >= n->first && n->counted < n->end && n->vague == AN_NONE) *by = alone_of(s, before, n->counted, n->value);
  return true;
}

static an_status add(const scene *s, const columns *c, const an_sentence *sentence, numeral n, quantities *out, an_error *err) {
  if (n.unit == AN_NONE) numeral_unit(s, c, sentence, &n);
  bool article = n.first > sentence->first && numeral_joint(s, "one", n.first - 1, n.first) == n.first && numeral_multiplies(s, n.first); /* "about a hundred" */
  uint32_t relation_row, begin = numeral_relation(s, c, article ? n.first - 1 : n.first, sentence->first, &relation_row);
  if (relation_row == AN_NONE) begin = n.first;
  alone_count by;
  if (!find_counted(s, c, sentence, out, &n, relation_row != AN_NONE, &by)) return AN_OK;
  quantity_at *q = AN_PUSH(s->arena, &out->list);
  AN_NEED(q, err, "quantity");
  uint32_t last = n.unit_token != AN_NONE && n.unit_token >= n.end ? n.unit_token + 1 : n.end;
  if (n.counted != AN_NONE && n.counted >= last && n.counted < last + 6) last = n.counted + 1;
  an_span span = {token_at(s, begin)->at.begin, token_at(s, last - 1)->at.end};
  *q = (quantity_at){.first = begin, .end = last, .counted = n.counted, .unit_row = n.unit != AN_NONE ? n.unit : by.unit_row};
  q->q = (an_quantity){.span = span, .text = an_text_slice(s->words->text, span.begin, span.end), .value = n.value,
                       .statement = s->statement_of[n.first], .event = AN_NONE, .sentence = sentence->at,
                       .scope = scope_of(s, token_at(s, n.first)->sentence)};
  bool itself = n.counted == AN_NONE || (n.counted >= n.first && n.counted < n.end && n.rounding == 0); /* "one voter in five": of voters */
  q->q.of = itself ? by.of : an_word(s->words, n.counted);
  if (q->unit_row != AN_NONE) q->q.unit = an_table_cell(s->coder->quantities, q->unit_row, c->unit);
  set_intervals(s, c, &n, relation_row, &q->q);
  return AN_OK;
}

static an_status in_sentence(const scene *s, const columns *c, const an_sentence *sentence, quantities *out, an_error *err) {
  uint32_t sentence_end = sentence->first + sentence->count;
  for (uint32_t i = sentence->first; i < sentence_end;) {
    numeral n;
    bool found = numeral_from(s, c, sentence, i, &n);
    if (found) AN_TRY(add(s, c, sentence, n, out, err));
    i = found ? n.end : i + 1;
  }
  return AN_OK;
}

an_status quantities_find(const scene *s, quantities *out, an_error *err) {
  columns c = columns_of(s->coder->quantities);
  for (uint32_t i = 0; i < s->words->sentence_count; i++) {
    const an_sentence *sentence = &s->words->sentences[i];
    uint8_t kind = s->article->blocks[sentence->block].kind;
    if (kind == AN_BLOCK_META || kind == AN_BLOCK_BYLINE || kind == AN_BLOCK_BOILERPLATE) continue;
    AN_TRY(in_sentence(s, &c, sentence, out, err));
  }
  return AN_OK;
}
