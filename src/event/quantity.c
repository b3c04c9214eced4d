/* SPDX-License-Identifier: Apache-2.0 */
#include "event/quantity.h"

#include <math.h>

enum { MAX_KEY = 4 };
typedef struct reading_of { double value; bool vague; uint32_t row; uint8_t relation; bool near; uint32_t unit_row; } reading_of;

typedef struct columns { uint32_t kind, relation, low, high, soft_low, soft_high, unit; } columns;
static columns columns_of(const an_table *t) {
  return (columns){an_table_column(t, "kind"), an_table_column(t, "relation"), an_table_column(t, "low"), an_table_column(t, "high"),
                   an_table_column(t, "soft_low"), an_table_column(t, "soft_high"), an_table_column(t, "unit")};
}

static double cell_number(an_text text, double absent) {
  double value = 0;
  if (text.at == NULL) return absent;
  for (uint32_t i = 0; i < text.size; i++) {
    if (!an_code_is_digit((unsigned char)text.at[i])) return absent;
    value = value * 10 + (text.at[i] - '0');
  }
  return value;
}

/* The words of a key, one after another, at `first`; the end, or 0. */
static uint32_t key_at(const scene *s, an_text key, uint32_t first, uint32_t sentence_end) {
  uint32_t token = first, at = 0;
  while (at < key.size) {
    uint32_t space = an_text_find(key, at, AN_LIT(" "));
    uint32_t stop = space == AN_NONE ? key.size : space;
    if (token >= sentence_end || token_at(s, token)->fold != an_fold_hash(an_text_slice(key, at, stop))) return 0;
    token++;
    at = space == AN_NONE ? key.size : space + 1;
  }
  return token;
}

/* The longest row of that kind whose key begins with that word; its end in *end. */
static uint32_t row_from(const scene *s, const columns *c, const char *kind, uint64_t word, uint32_t first, uint32_t sentence_end, uint32_t *end) {
  const an_table *t = s->coder->quantities;
  an_rows rows = an_table_find(t, word);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++) {
    if (!an_text_is(an_table_cell(t, r, c->kind), kind)) continue;
    an_text key = an_table_cell(t, r, 0);
    uint32_t stop = an_fold_hash(key) == word ? first + 1 : key_at(s, key, first, sentence_end);
    if (stop == 0) continue;
    *end = stop;
    return r;
  }
  return AN_NONE;
}

static uint32_t row_at(const scene *s, const columns *c, const char *kind, uint32_t first, uint32_t sentence_end, uint32_t *end) {
  return row_from(s, c, kind, token_at(s, first)->fold, first, sentence_end, end);
}

static bool countable(const scene *s, uint32_t token) {
  uint8_t upos = token_at(s, token)->upos;
  return upos == AN_NOUN || upos == AN_PROPN;
}

/* "hours" by its lemma. */
static uint32_t unit_at(const scene *s, const columns *c, uint32_t first, uint32_t sentence_end, uint32_t *end) {
  uint32_t row = row_at(s, c, "unit", first, sentence_end, end);
  return row != AN_NONE || !countable(s, first) ? row : row_from(s, c, "unit", token_at(s, first)->lemma_fold, first, sentence_end, end);
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

static bool in_calendar_time(const scene *s, uint32_t token) {
  uint32_t time = s->time_of[token];
  return time != AN_NONE && s->times->list.at[time].t.type != AN_TIME_DURATION;
}

static bool is_hyphen(const scene *s, uint32_t token) {
  an_text word = an_word(s->words, token);
  return an_text_is(word, "-") || an_text_is(word, "–");
}

static bool is_spelled_pair(const scene *s, uint32_t first, uint32_t sentence_end) {
  if (first + 2 >= sentence_end || !is_hyphen(s, first + 1) || token_at(s, first)->shape == AN_SHAPE_NUMBER) return false;
  double tens = token_at(s, first)->number, ones = token_at(s, first + 2)->number;
  return tens >= 20 && tens <= 90 && fmod(tens, 10) == 0 && ones >= 1 && ones <= 9;
}

/* A power of ten; another number only as a noun that holds what it counts ("dozen"), not "two twelve-year-old boys". */
static bool multiplies(const scene *s, uint32_t token) {
  const an_token *t = token_at(s, token);
  if (t->number >= 100) return fmod(log10(t->number), 1) == 0;
  return t->number > 1 && class_meets(coder_classes(s->coder, t->lemma_fold), s->coder->container);
}

/* "3.5 million", "two hundred", "two dozen": numbers side by side multiply. */
static double number_run(const scene *s, uint32_t first, uint32_t sentence_end, uint32_t *end) {
  double value = token_at(s, first)->number;
  *end = first + 1;
  if (is_spelled_pair(s, first, sentence_end)) { /* "thirty-one" */
    value += token_at(s, first + 2)->number;
    *end = first + 3;
  }
  while (*end < sentence_end && multiplies(s, *end) && token_at(s, *end)->number > value / 10) {
    value *= token_at(s, *end)->number;
    (*end)++;
  }
  return value;
}

static bool counts_as(const scene *s, uint32_t token, const char *what) {
  const an_table *t = s->coder->counted;
  an_rows rows = an_table_find_key(t, token_at(s, token)->lemma_fold);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
    if (an_text_is(an_table_cell(t, r, an_table_column(t, "role")), what)) return true;
  return false;
}

/* A number with no noun counts people or things all the same where its verb says what became of them, or its subject is a
   count: "gunmen kill nine", "the toll rose to 14". */
static bool is_tolled(const scene *s, uint32_t noun) {
  if (counts_as(s, noun, "toll")) return true;
  if (counts_as(s, noun, "tally")) return an_child_by(s->words, noun, AN_NMOD) != AN_NONE; /* "the number of houses destroyed rose to 40" */
  for (uint32_t c = an_child(s->words, noun, AN_NONE); c != AN_NONE; c = an_child(s->words, noun, c)) {
    if (token_at(s, c)->rel != AN_NMOD) continue;
    if (counts_as(s, c, "toll") || counts_as(s, c, "people") || counts_as(s, c, "number")) return true;
  }
  return false;
}

static bool counts_alone(const scene *s, uint32_t number) {
  const an_token *t = token_at(s, number);
  if (t->head == AN_NONE) return false;
  bool cased = an_child_by(s->words, number, AN_CASE) != AN_NONE;
  if (!clause_is_verb(s, t->head)) return t->rel == AN_NMOD && cased && is_tolled(s, t->head); /* "puts the number of dead at five" */
  bool bare = t->rel == AN_OBL && !cased; /* "wounding about 20" */
  if (t->rel == AN_OBJ || t->rel == AN_NSUBJ_PASS || bare) return counts_as(s, t->head, "object");
  if (t->rel == AN_NSUBJ) return counts_as(s, t->head, "subject");
  uint32_t subject = t->rel == AN_OBL ? clause_subject(s, t->head) : AN_NONE;
  uint32_t object = t->rel == AN_OBL ? an_child_by(s->words, t->head, AN_OBJ) : AN_NONE;
  if (object != AN_NONE && is_tolled(s, object)) return true; /* "put the death toll at nine" */
  if (subject == AN_NONE) return false;
  if (token_at(s, t->head)->rel == AN_ACL && counts_as(s, subject, "people")) return counts_as(s, t->head, "object"); /* "put the number of people killed at 31" */
  return is_tolled(s, subject);
}

/* What is counted: the noun that the number hangs on, "of" what follows a unit, the subject of what rose by a share. */
static uint32_t counted_noun(const scene *s, uint32_t first, uint32_t end, uint32_t unit_token, uint32_t sentence_end) {
  uint32_t base = unit_token != AN_NONE ? unit_token : first;
  const an_token *t = token_at(s, base);
  if (unit_token == AN_NONE) {
    uint32_t head = t->head;
    if ((t->rel == AN_NUMMOD || t->rel == AN_DET_ || t->rel == AN_AMOD) && head != AN_NONE && countable(s, head) && head > first) return head;
    uint32_t of = an_child_by(s->words, base, AN_NMOD);
    if (of != AN_NONE && of < first) of = AN_NONE; /* "at least 15" */
    bool partitive = of != AN_NONE && clause_prep(s, of) == an_fold_hash(AN_LIT("of"));
    if (!partitive && counts_alone(s, base)) return base;
    if (of != AN_NONE) return of;
    for (uint32_t i = end; i < sentence_end && i < end + 4; i++) {
      if (countable(s, i) && !(i + 1 < sentence_end && countable(s, i + 1))) return i;
      if (token_at(s, i)->upos == AN_PUNCT || clause_is_verb(s, i)) break;
    }
    return AN_NONE;
  }
  uint32_t of = an_child_by(s->words, base, AN_NMOD);
  if (of != AN_NONE) return of;
  for (uint32_t up = t->head, step = 0; up != AN_NONE && step < CLAUSE_CLIMB; up = token_at(s, up)->head, step++) {
    if (!clause_is_verb(s, up)) continue;
    uint32_t object = an_child_by(s->words, up, AN_OBJ);
    if (object != AN_NONE && object != base && object != first) return object;
    return clause_subject(s, up);
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

static uint32_t relation_before(const scene *s, const columns *c, uint32_t first, uint32_t sentence_first, uint32_t *row) {
  for (uint32_t back = MAX_KEY; back > 0; back--) {
    if (first < sentence_first + back) continue;
    uint32_t end, r = row_at(s, c, "rel", first - back, first, &end);
    if (r == AN_NONE || end != first) continue;
    *row = r;
    return first - back;
  }
  *row = AN_NONE;
  return first;
}

/* "the two countries", "both sides": those that were named, whom nobody counts. */
static bool names_pair(const scene *s, uint32_t counted, double value) {
  if (counted == AN_NONE || value != 2) return false;
  uint32_t m = s->mention_of[counted];
  return (m != AN_NONE && s->mentions->list.at[m].member_count > 1) || clause_child_where(s, counted, REALIS_PAIR) != AN_NONE;
}

/* "the 2004 campaign": the number of one thing is its year. */
static bool is_year(const scene *s, uint32_t number, double value, uint32_t counted) {
  uint8_t xpos = token_at(s, counted)->xpos;
  return value >= 1900 && value <= 2099 && fmod(value, 1) == 0 && an_word(s->words, number).size == 4 && counted > number && (xpos == AN_X_NN || xpos == AN_X_NNP);
}

static an_status add(const scene *s, const columns *c, const an_sentence *sentence, uint32_t first, uint32_t end, double value,
                     uint32_t vague, quantities *out, an_error *err) {
  const an_table *t = s->coder->quantities;
  uint32_t sentence_end = sentence->first + sentence->count, stop = end, relation_row, unit_token = AN_NONE;
  uint32_t unit = end < sentence_end ? unit_at(s, c, end, sentence_end, &stop) : AN_NONE;
  if (unit != AN_NONE) {
    unit_token = stop - 1;
  } else if (first > sentence->first) {
    uint32_t sign_end;
    unit = row_at(s, c, "unit", first - 1, first, &sign_end); /* "$ 5" */
    if (unit != AN_NONE && sign_end == first && !countable(s, first - 1)) first--;
    else unit = AN_NONE;
  }
  bool article = first > sentence->first && an_word_is(s->words, first - 1, "a") && multiplies(s, first); /* "about a hundred" */
  uint32_t begin = relation_before(s, c, article ? first - 1 : first, sentence->first, &relation_row);
  if (relation_row == AN_NONE) begin = first;
  uint32_t counted = counted_noun(s, vague != AN_NONE || unit == AN_NONE ? end - 1 : first, end, unit_token, sentence_end);
  if ((counted == AN_NONE && unit == AN_NONE) || (unit == AN_NONE && names_pair(s, counted, value))) return AN_OK;
  if (unit == AN_NONE && relation_row == AN_NONE && counted != AN_NONE && is_year(s, end - 1, value, counted)) return AN_OK;
  quantity_at *q = AN_PUSH(s->arena, &out->list);
  AN_NEED(q, err, "quantity");
  uint32_t last = stop > end ? stop : end;
  if (counted != AN_NONE && counted >= last && counted < last + 6) last = counted + 1;
  an_span span = {token_at(s, begin)->at.begin, token_at(s, last - 1)->at.end};
  *q = (quantity_at){.first = begin, .end = last, .counted = counted};
  q->q = (an_quantity){.span = span, .text = an_text_slice(s->words->text, span.begin, span.end), .value = value,
                       .statement = s->statement_of[first], .event = AN_NONE, .sentence = sentence->at,
                       .scope = scope_of(s, token_at(s, first)->sentence)};
  bool itself = counted != AN_NONE && counted >= first && counted < end;
  if (counted != AN_NONE && !itself) q->q.of = an_word(s->words, counted);
  if (unit != AN_NONE) q->q.unit = an_table_cell(t, unit, c->unit);
  an_text relation = relation_row == AN_NONE ? (an_text){0} : an_table_cell(t, relation_row, c->relation);
  if (vague != AN_NONE && relation.at == NULL) relation = an_table_cell(t, vague, c->relation);
  q->q.relation = relation.at == NULL ? AN_EQUAL : relation_of(relation);
  bool whole = unit == AN_NONE || (fmod(value, 1) == 0 && q->q.relation != AN_LESS && q->q.relation != AN_MORE); /* "less than one hour" */
  intervals(&q->q, an_text_is(relation, "near"), whole);
  if (an_text_is(q->q.unit, "%") && q->q.relation == AN_EQUAL) {
    q->q.low = q->q.soft_low = value - half_digit(value);
    q->q.high = q->q.soft_high = value + half_digit(value);
  }
  if (vague != AN_NONE && relation_row == AN_NONE) {
    q->q.low = cell_number(an_table_cell(t, vague, c->low), 0);
    q->q.high = cell_number(an_table_cell(t, vague, c->high), INFINITY);
    q->q.soft_low = cell_number(an_table_cell(t, vague, c->soft_low), NAN);
    q->q.soft_high = cell_number(an_table_cell(t, vague, c->soft_high), NAN);
  }
  return AN_OK;
}

/* "a 34-year-old man", "a 7.9-magnitude quake", "the 1998-99 war": a number grown into a word counts nothing. */
static bool grown_in(const scene *s, uint32_t token, const an_sentence *sentence) {
  uint32_t end = sentence->first + sentence->count;
  if (is_spelled_pair(s, token, end) && !(token + 3 < end && is_hyphen(s, token + 3))) return false;
  bool before = token > sentence->first && is_hyphen(s, token - 1) && token_at(s, token - 1)->at.end == token_at(s, token)->at.begin;
  bool after = token + 1 < end && is_hyphen(s, token + 1) && token_at(s, token + 1)->at.begin == token_at(s, token)->at.end;
  return before || after;
}

static an_status in_sentence(const scene *s, const columns *c, const an_sentence *sentence, quantities *out, an_error *err) {
  uint32_t sentence_end = sentence->first + sentence->count;
  for (uint32_t i = sentence->first; i < sentence_end;) {
    const an_token *t = token_at(s, i);
    uint32_t end = i + 1;
    uint32_t vague = (t->flags & AN_WORD_NUMBER) != 0 ? row_at(s, c, "vague", i, sentence_end, &end) : AN_NONE;
    bool number = vague == AN_NONE && !isnan(t->number) && t->upos != AN_ADJ && t->upos != AN_PROPN && !in_calendar_time(s, i) && !grown_in(s, i, sentence) &&
                  !(s->mention_of[i] != AN_NONE && t->shape == AN_SHAPE_CAPITAL && i != sentence->first);
    if (vague != AN_NONE) {
      double low = cell_number(an_table_cell(s->coder->quantities, vague, c->low), 0);
      AN_TRY(add(s, c, sentence, i, end, low, vague, out, err));
    } else if (number) {
      double value = number_run(s, i, sentence_end, &end);
      AN_TRY(add(s, c, sentence, i, end, value, AN_NONE, out, err));
    }
    i = end;
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
