/* SPDX-License-Identifier: Apache-2.0 */
#include "event/quantity.h"

#include <math.h>

enum { MAX_KEY = 4 };
#define SHARE_ROUNDING 1.0 /* "a third" is told of 32 and of 34 per cent */
/* A number as it is written: its words and value; rows of the table for what is no figure ("dozens") and for a unit that is found with it. */
typedef struct numeral { uint32_t first, end; double value; uint32_t vague, unit, unit_token, counted; bool share; } numeral;

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
  if (*end + 2 < sentence_end && an_word_is(s->words, *end, "and") && an_word_is(s->words, *end + 1, "a") && an_word_is(s->words, *end + 2, "half")) {
    value += 0.5;
    *end += 3;
  }
  while (*end < sentence_end && multiplies(s, *end) && token_at(s, *end)->number > value / 10) {
    value *= token_at(s, *end)->number;
    (*end)++;
  }
  return value;
}

/* "87 wounded", "24 dead", "of the 48 injured": a word of state in the place of the noun. */
static bool is_state(const scene *s, uint32_t head, uint32_t end) {
  return head == end && (head + 1 >= s->words->token_count || !is_hyphen(s, head + 1)) && (token_at(s, head)->upos == AN_ADJ || alone_is_state(s, head));
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
  if (of != AN_NONE && of < first) of = AN_NONE; /* "at least 15" */
  bool partitive = of != AN_NONE && clause_prep(s, of) == an_fold_hash(AN_LIT("of"));
  uint32_t alone_at = alone_head(s, first, end);
  if (!sign && alone_is_label(s, first, alone_at)) return AN_NONE;
  if (!partitive && !sign && alone_counts(s, first, end, alone_at, value)) return alone_at;
  if (of != AN_NONE) return of;
  for (uint32_t i = end; i < sentence_end && i < end + 4; i++) {
    if (countable(s, i) && !(i + 1 < sentence_end && countable(s, i + 1))) return i;
    if (token_at(s, i)->upos == AN_PUNCT || clause_is_verb(s, i)) break;
  }
  return AN_NONE;
}

/* What is counted by a unit: "of" what follows it, the object or the subject of what rose by a share. */
static uint32_t measured(const scene *s, uint32_t first, uint32_t unit_token) {
  uint32_t of = an_child_by(s->words, unit_token, AN_NMOD);
  if (of != AN_NONE) return of;
  for (uint32_t up = token_at(s, unit_token)->head, step = 0; up != AN_NONE && step < CLAUSE_CLIMB; up = token_at(s, up)->head, step++) {
    if (!clause_is_verb(s, up)) continue;
    uint32_t object = an_child_by(s->words, up, AN_OBJ);
    if (object != AN_NONE && object != unit_token && object != first) return object;
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
static bool is_year(const scene *s, uint32_t token, double value, uint32_t counted) {
  uint8_t xpos = token_at(s, counted)->xpos;
  return value >= 1900 && value <= 2099 && fmod(value, 1) == 0 && an_word(s->words, token).size == 4 && counted > token && (xpos == AN_X_NN || xpos == AN_X_NNP);
}

/* The unit behind the number ("5 km") or the sign before it ("$ 5"), which then is its first word. */
static void find_unit(const scene *s, const columns *c, const an_sentence *sentence, numeral *n) {
  uint32_t sentence_end = sentence->first + sentence->count, stop;
  n->unit = n->end < sentence_end ? unit_at(s, c, n->end, sentence_end, &stop) : AN_NONE;
  if (n->unit != AN_NONE) {
    n->unit_token = stop - 1;
    return;
  }
  if (n->first == sentence->first) return;
  n->unit = row_at(s, c, "unit", n->first - 1, n->first, &stop);
  if (n->unit != AN_NONE && stop == n->first && !countable(s, n->first - 1)) n->first--;
  else n->unit = AN_NONE;
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
    double rounding = n->share ? SHARE_ROUNDING : half_digit(n->value);
    q->low = q->soft_low = n->value - rounding;
    q->high = q->soft_high = n->value + rounding;
  }
  if (n->vague == AN_NONE || relation_row != AN_NONE) return;
  q->low = cell_number(an_table_cell(t, n->vague, c->low), 0);
  q->high = cell_number(an_table_cell(t, n->vague, c->high), INFINITY);
  q->soft_low = cell_number(an_table_cell(t, n->vague, c->soft_low), NAN);
  q->soft_high = cell_number(an_table_cell(t, n->vague, c->soft_high), NAN);
}

/* What the number counts, where it may be told; false: nothing, so that it is no quantity. */
static bool find_counted(const scene *s, const an_sentence *sentence, const quantities *before, numeral *n, bool related, alone_count *by) {
  bool sign = n->unit != AN_NONE && n->unit_token == AN_NONE;
  uint32_t sentence_end = sentence->first + sentence->count;
  *by = (alone_count){.unit_row = AN_NONE};
  if (n->counted == AN_NONE)
    n->counted = n->unit_token != AN_NONE ? measured(s, n->first, n->unit_token) : counted_things(s, n->first, n->end, sign, n->value, sentence_end);
  if (n->unit != AN_NONE) return true;
  uint32_t base = alone_head(s, n->first, n->end);
  if (n->counted == AN_NONE && alone_parallel(s, before, n->first, base, by)) return true;
  if (n->counted == AN_NONE || names_pair(s, n->counted, n->value)) return false;
  if (!related && is_year(s, n->end - 1, n->value, n->counted)) return false;
  if (n->counted >= n->first && n->counted < n->end && n->vague == AN_NONE) *by = alone_of(s, before, n->counted, n->value);
  return true;
}

static an_status add(const scene *s, const columns *c, const an_sentence *sentence, numeral n, quantities *out, an_error *err) {
  if (n.unit == AN_NONE) find_unit(s, c, sentence, &n);
  bool article = n.first > sentence->first && an_word_is(s->words, n.first - 1, "a") && multiplies(s, n.first); /* "about a hundred" */
  uint32_t relation_row, begin = relation_before(s, c, article ? n.first - 1 : n.first, sentence->first, &relation_row);
  if (relation_row == AN_NONE) begin = n.first;
  alone_count by;
  if (!find_counted(s, sentence, out, &n, relation_row != AN_NONE, &by)) return AN_OK;
  quantity_at *q = AN_PUSH(s->arena, &out->list);
  AN_NEED(q, err, "quantity");
  uint32_t last = n.unit_token != AN_NONE && n.unit_token >= n.end ? n.unit_token + 1 : n.end;
  if (n.counted != AN_NONE && n.counted >= last && n.counted < last + 6) last = n.counted + 1;
  an_span span = {token_at(s, begin)->at.begin, token_at(s, last - 1)->at.end};
  *q = (quantity_at){.first = begin, .end = last, .counted = n.counted, .unit_row = n.unit != AN_NONE ? n.unit : by.unit_row};
  q->q = (an_quantity){.span = span, .text = an_text_slice(s->words->text, span.begin, span.end), .value = n.value,
                       .statement = s->statement_of[n.first], .event = AN_NONE, .sentence = sentence->at,
                       .scope = scope_of(s, token_at(s, n.first)->sentence)};
  bool itself = n.counted == AN_NONE || (n.counted >= n.first && n.counted < n.end);
  q->q.of = itself ? by.of : an_word(s->words, n.counted);
  if (q->unit_row != AN_NONE) q->q.unit = an_table_cell(s->coder->quantities, q->unit_row, c->unit);
  set_intervals(s, c, &n, relation_row, &q->q);
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

/* "the 13-billion-dollar project", "a 3.5 billion-euro loan", "a 6.7-magnitude quake": a unit grown on, unless it is an age. */
static bool grown_unit(const scene *s, const columns *c, uint32_t first, uint32_t sentence_end, numeral *n) {
  uint32_t at = first + 1, stop;
  n->value = token_at(s, first)->number;
  if (at < sentence_end && multiplies(s, at)) n->value *= token_at(s, at++)->number;
  if (at + 1 >= sentence_end || !is_hyphen(s, at)) return false;
  if (at + 3 < sentence_end && multiplies(s, at + 1) && is_hyphen(s, at + 2)) {
    n->value *= token_at(s, at + 1)->number;
    at += 2;
  }
  n->unit = unit_at(s, c, at + 1, sentence_end, &stop);
  if (n->unit == AN_NONE || (stop < sentence_end && is_hyphen(s, stop))) return false;
  n->first = first;
  n->end = stop;
  n->unit_token = stop - 1;
  uint32_t head = token_at(s, n->unit_token)->head;
  n->counted = head != AN_NONE && head >= stop && token_at(s, head)->upos == AN_NOUN ? head : AN_NONE;
  return n->counted != AN_NONE;
}

static uint32_t part_at(const scene *s, const columns *c, uint32_t token, uint32_t sentence_end) {
  uint32_t stop, row;
  if (token >= sentence_end) return AN_NONE;
  row = row_at(s, c, "part", token, sentence_end, &stop);
  return row != AN_NONE ? row : row_from(s, c, "part", token_at(s, token)->lemma_fold, token, sentence_end, &stop);
}

/* "a third of a million", "half an hour": a number or a measure; else a share, of what follows. `word`: "third". */
static bool part_of(const scene *s, const columns *c, const an_sentence *sentence, uint32_t word, numeral *n) {
  uint32_t sentence_end = sentence->first + sentence->count, at = word + 1, stop, row;
  bool half = an_word_is(s->words, word, "half"), of = at < sentence_end && an_word_is(s->words, at, "of");
  at += of;
  bool article = at < sentence_end && (an_word_is(s->words, at, "a") || an_word_is(s->words, at, "an"));
  if (article && (of || half) && at + 1 < sentence_end) {
    if (multiplies(s, at + 1)) {
      n->value *= token_at(s, at + 1)->number;
      n->end = at + 2;
      return true;
    }
    if (unit_at(s, c, at + 1, sentence_end, &stop) != AN_NONE) {
      n->end = at + 1;
      return true;
    }
  }
  if (article && !of) return false; /* "half an inch" */
  uint8_t upos = at < sentence_end ? token_at(s, at)->upos : AN_PUNCT, rel = token_at(s, word)->rel;
  bool subject = half && token_at(s, word)->upos == AN_NOUN && (rel == AN_NSUBJ || rel == AN_NSUBJ_PASS);
  bool related = relation_before(s, c, n->first, sentence->first, &row) != n->first;
  if (!of && !subject && !related && !(half && (upos == AN_DET || upos == AN_PRON))) return false;
  if (of && (at >= sentence_end || in_calendar_time(s, at))) return false;
  n->value = round(n->value * 1000) / 10;
  n->end = word + 1;
  n->share = true;
  an_rows percent = an_table_find_key(s->coder->quantities, an_fold_hash(AN_LIT("percent")));
  n->unit = percent.count == 0 ? AN_NONE : percent.first;
  uint32_t head = token_at(s, word)->head, below = of ? an_child_by(s->words, word, AN_NMOD) : AN_NONE;
  if (!of && token_at(s, word)->rel == AN_DET_) below = head;
  n->counted = below != AN_NONE && below > word && countable(s, below) ? below : AN_NONE;
  return n->unit != AN_NONE;
}

/* "two thirds", "a quarter", "half": what the words from `first` on take of a whole. */
static bool share_from(const scene *s, const columns *c, const an_sentence *sentence, uint32_t first, numeral *n) {
  uint32_t sentence_end = sentence->first + sentence->count, word = first;
  const an_token *t = token_at(s, first);
  bool article = an_word_is(s->words, first, "a"), counts = t->number >= 1 && t->number <= 9;
  if (article || counts) word++;
  if (counts && word < sentence_end && is_hyphen(s, word)) word++;
  uint32_t row = part_at(s, c, word, sentence_end);
  if (row == AN_NONE) return false;
  double whole = cell_number(an_table_cell(s->coder->quantities, row, c->low), 0);
  if (whole < 2 || (word == first && whole > 2)) return false;
  if (word == first && first > sentence->first && (token_at(s, first - 1)->upos == AN_ADJ || token_at(s, first - 1)->upos == AN_NUM)) return false; /* "the first half" */
  *n = (numeral){.first = first, .value = (counts ? t->number : 1) / whole, .vague = AN_NONE, .unit = AN_NONE, .unit_token = AN_NONE, .counted = AN_NONE};
  return part_of(s, c, sentence, word, n);
}

static bool number_from(const scene *s, const columns *c, const an_sentence *sentence, uint32_t i, numeral *n) {
  const an_token *t = token_at(s, i);
  uint32_t sentence_end = sentence->first + sentence->count;
  *n = (numeral){.first = i, .end = i + 1, .vague = AN_NONE, .unit = AN_NONE, .unit_token = AN_NONE, .counted = AN_NONE};
  if ((t->flags & AN_WORD_NUMBER) != 0) n->vague = row_at(s, c, "vague", i, sentence_end, &n->end);
  uint32_t stop, relation = n->vague != AN_NONE && i > sentence->first ? row_at(s, c, "rel", i - 1, sentence_end, &stop) : AN_NONE;
  if (relation != AN_NONE && stop > i) return false; /* "as many as 80" */
  if (n->vague != AN_NONE) {
    n->value = cell_number(an_table_cell(s->coder->quantities, n->vague, c->low), 0);
    return true;
  }
  if (((t->flags & AN_WORD_NUMBER) != 0 || !isnan(t->number)) && share_from(s, c, sentence, i, n)) return true;
  *n = (numeral){.first = i, .end = i + 1, .vague = AN_NONE, .unit = AN_NONE, .unit_token = AN_NONE, .counted = AN_NONE};
  if (alone_single(s, i, &n->counted)) {
    n->value = 1;
    return true;
  }
  if (alone_none(s, i, &n->counted)) {
    n->end = n->counted + 1;
    return true;
  }
  bool named = s->mention_of[i] != AN_NONE && t->shape == AN_SHAPE_CAPITAL && i != sentence->first;
  if (isnan(t->number) || t->upos == AN_ADJ || t->upos == AN_PROPN || named || in_calendar_time(s, i)) return false;
  if (grown_in(s, i, sentence)) return grown_unit(s, c, i, sentence_end, n);
  numeral grown = *n;
  n->value = number_run(s, i, sentence_end, &n->end);
  if (n->end == i + 2 && grown_unit(s, c, i, sentence_end, &grown)) *n = grown;
  return true;
}

static an_status in_sentence(const scene *s, const columns *c, const an_sentence *sentence, quantities *out, an_error *err) {
  uint32_t sentence_end = sentence->first + sentence->count;
  for (uint32_t i = sentence->first; i < sentence_end;) {
    numeral n;
    bool found = number_from(s, c, sentence, i, &n);
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
