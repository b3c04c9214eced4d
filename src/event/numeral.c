/* SPDX-License-Identifier: Apache-2.0 */
#include "event/numeral.h"

#include <math.h>

enum { MAX_KEY = 4 };
#define SHARE_ROUNDING 1.0   /* "a third" is told of 32 and of 34 per cent */
#define OF_TEN_ROUNDING 2.5  /* "six in ten" of 58 and of 62 */

static bool countable(const scene *s, uint32_t token) {
  uint8_t upos = token_at(s, token)->upos;
  return upos == AN_NOUN || upos == AN_PROPN;
}

bool numeral_is_day(const scene *s, uint32_t token) {
  uint32_t time = s->time_of[token];
  return time != AN_NONE && s->times->list.at[time].t.type != AN_TIME_DURATION;
}

double numeral_cell(an_text text, double absent) {
  double value = 0;
  if (text.at == NULL) return absent;
  for (uint32_t i = 0; i < text.size; i++) {
    if (!an_code_is_digit((unsigned char)text.at[i])) return absent;
    value = value * 10 + (text.at[i] - '0');
  }
  return value;
}

/* The longest row of a table whose cell says that kind and whose key begins with that word; its end in *end. */
static uint32_t row_in(const scene *s, const an_table *t, uint32_t column, const char *kind, uint64_t word, uint32_t first, uint32_t sentence_end, uint32_t *end) {
  an_rows rows = an_table_find(t, word);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++) {
    if (!an_text_is(an_table_cell(t, r, column), kind)) continue;
    an_text key = an_table_cell(t, r, 0);
    uint32_t stop = an_fold_hash(key) == word ? first + 1 : an_key_end(s->words, first, sentence_end, key);
    if (stop == AN_NONE) continue;
    *end = stop;
    return r;
  }
  return AN_NONE;
}

static uint32_t row_from(const scene *s, const columns *c, const char *kind, uint64_t word, uint32_t first, uint32_t sentence_end, uint32_t *end) {
  return row_in(s, s->coder->quantities, c->kind, kind, word, first, sentence_end, end);
}

uint32_t numeral_joint(const scene *s, const char *kind, uint32_t first, uint32_t sentence_end) {
  const an_table *t = s->coder->counted;
  uint32_t end;
  bool stands = first < sentence_end && row_in(s, t, an_table_column(t, "role"), kind, token_at(s, first)->fold, first, sentence_end, &end) != AN_NONE;
  return stands ? end : first;
}

uint32_t numeral_row(const scene *s, const columns *c, const char *kind, uint32_t first, uint32_t sentence_end, uint32_t *end) {
  return row_from(s, c, kind, token_at(s, first)->fold, first, sentence_end, end);
}

/* "hours" by its lemma; "the 12 won by Labour" are no Korean money. */
static uint32_t unit_at(const scene *s, const columns *c, uint32_t first, uint32_t sentence_end, uint32_t *end) {
  if (clause_is_verb(s, first)) return AN_NONE;
  uint32_t row = numeral_row(s, c, "unit", first, sentence_end, end);
  if (row == AN_NONE) row = numeral_row(s, c, "sign", first, sentence_end, end);
  return row != AN_NONE || !countable(s, first) ? row : row_from(s, c, "unit", token_at(s, first)->lemma_fold, first, sentence_end, end);
}

bool numeral_is_unit(const scene *s, const columns *c, uint32_t token) {
  uint32_t end;
  return unit_at(s, c, token, token + 1, &end) != AN_NONE;
}

bool numeral_is_hyphen(const scene *s, uint32_t token) {
  an_text word = an_word(s->words, token);
  return an_text_is(word, "-") || an_text_is(word, "–");
}

static bool is_spelled_pair(const scene *s, uint32_t first, uint32_t sentence_end) {
  if (first + 2 >= sentence_end || !numeral_is_hyphen(s, first + 1) || token_at(s, first)->shape == AN_SHAPE_NUMBER) return false;
  double tens = token_at(s, first)->number, ones = token_at(s, first + 2)->number;
  return tens >= 20 && tens <= 90 && fmod(tens, 10) == 0 && ones >= 1 && ones <= 9;
}

/* A power of ten; another number only as a noun that holds what it counts ("dozen"), not "two twelve-year-old boys". */
bool numeral_multiplies(const scene *s, uint32_t token) {
  const an_token *t = token_at(s, token);
  if (t->number >= 100) return fmod(log10(t->number), 1) == 0;
  return t->number > 1 && class_meets(coder_classes(s->coder, t->lemma_fold), s->coder->container);
}

/* How many a word behind a number stands for: "million", "crore", the "bn" of "5bn"; 0: it is no such word. */
static double scale_at(const scene *s, const columns *c, uint32_t token) {
  uint32_t stop, row = numeral_row(s, c, "scale", token, token + 1, &stop);
  if (row == AN_NONE) return numeral_multiplies(s, token) ? token_at(s, token)->number : 0;
  bool grown = token_at(s, token)->at.begin == token_at(s, token - 1)->at.end, brief = token_at(s, token)->at.end - token_at(s, token)->at.begin < 4;
  return !brief || (grown && token_at(s, token)->upos == AN_NUM) ? numeral_cell(an_table_cell(s->coder->quantities, row, c->low), 0) : 0;
}

/* "3.5 million", "two hundred", "two dozen": numbers side by side multiply. */
static double number_run(const scene *s, const columns *c, uint32_t first, uint32_t sentence_end, uint32_t *end) {
  double value = token_at(s, first)->number;
  *end = first + 1;
  if (is_spelled_pair(s, first, sentence_end)) { /* "thirty-one" */
    value += token_at(s, first + 2)->number;
    *end = first + 3;
  }
  uint32_t half = numeral_joint(s, "half more", *end, sentence_end);
  if (half > *end) value += 0.5;
  *end = half;
  for (double times; *end < sentence_end && (times = scale_at(s, c, *end)) > value / 10; (*end)++) value *= times;
  return value;
}

uint32_t numeral_relation(const scene *s, const columns *c, uint32_t first, uint32_t sentence_first, uint32_t *row) {
  for (uint32_t back = MAX_KEY; back > 0; back--) {
    if (first < sentence_first + back) continue;
    uint32_t end, r = numeral_row(s, c, "rel", first - back, first, &end);
    if (r == AN_NONE || end != first || token_at(s, first - back)->rel == AN_COMPOUND_PRT) continue; /* "handed over $5 million" */
    *row = r;
    return first - back;
  }
  *row = AN_NONE;
  return first;
}

/* The unit behind the number ("5 km") or the sign before it ("$ 5"), which then is its first word. */
void numeral_unit(const scene *s, const columns *c, const an_sentence *sentence, numeral *n) {
  uint32_t sentence_end = sentence->first + sentence->count, stop;
  n->unit = n->end < sentence_end ? unit_at(s, c, n->end, sentence_end, &stop) : AN_NONE;
  if (n->unit != AN_NONE) {
    n->unit_token = stop - 1;
    return;
  }
  if (n->first == sentence->first) return;
  n->unit = numeral_row(s, c, "sign", n->first - 1, n->first, &stop);
  if (n->unit != AN_NONE && stop == n->first) n->first--;
  else n->unit = AN_NONE;
}

/* "a 34-year-old man", "a 7.9-magnitude quake", "the 1998-99 war": a number grown into a word counts nothing. */
static bool grown_in(const scene *s, uint32_t token, const an_sentence *sentence) {
  uint32_t end = sentence->first + sentence->count;
  if (is_spelled_pair(s, token, end) && !(token + 3 < end && numeral_is_hyphen(s, token + 3))) return false;
  bool before = token > sentence->first && numeral_is_hyphen(s, token - 1) && token_at(s, token - 1)->at.end == token_at(s, token)->at.begin;
  bool after = token + 1 < end && numeral_is_hyphen(s, token + 1) && token_at(s, token + 1)->at.begin == token_at(s, token)->at.end;
  return before || after;
}

/* "the 13-billion-dollar project", "a 3.5 billion-euro loan", "a 6.7-magnitude quake": a unit grown on, unless it is an age. */
static bool grown_unit(const scene *s, const columns *c, uint32_t first, uint32_t sentence_end, numeral *n) {
  uint32_t at = first + 1, stop;
  n->value = token_at(s, first)->number;
  if (at < sentence_end && numeral_multiplies(s, at)) n->value *= token_at(s, at++)->number;
  if (at + 1 >= sentence_end || !numeral_is_hyphen(s, at)) return false;
  if (at + 3 < sentence_end && numeral_multiplies(s, at + 1) && numeral_is_hyphen(s, at + 2)) {
    n->value *= token_at(s, at + 1)->number;
    at += 2;
  }
  n->unit = unit_at(s, c, at + 1, sentence_end, &stop);
  if (n->unit == AN_NONE || (stop < sentence_end && numeral_is_hyphen(s, stop))) return false;
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
  row = numeral_row(s, c, "part", token, sentence_end, &stop);
  return row != AN_NONE ? row : row_from(s, c, "part", token_at(s, token)->lemma_fold, token, sentence_end, &stop);
}

static uint32_t percent_row(const scene *s) {
  an_rows percent = an_table_find_key(s->coder->quantities, an_fold_hash(AN_LIT("percent")));
  return percent.count == 0 ? AN_NONE : percent.first;
}

/* "a third of a million", "half an hour": a number or a measure; else a share, of what follows. `word`: "third". */
static bool part_of(const scene *s, const columns *c, const an_sentence *sentence, uint32_t word, bool half, numeral *n) {
  uint32_t sentence_end = sentence->first + sentence->count, at = numeral_joint(s, "of", word + 1, sentence_end), stop, row;
  bool of = at > word + 1, article = numeral_joint(s, "one", at, sentence_end) > at;
  if (article && (of || half) && at + 1 < sentence_end) {
    if (numeral_multiplies(s, at + 1)) {
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
  bool related = numeral_relation(s, c, n->first, sentence->first, &row) != n->first;
  if (!of && !subject && !related && !(half && (upos == AN_DET || upos == AN_PRON))) return false;
  if (of && (at >= sentence_end || numeral_is_day(s, at))) return false;
  if (word + 1 < sentence_end && numeral_is_hyphen(s, word + 1) && token_at(s, word + 1)->at.begin == token_at(s, word)->at.end) return false; /* "half-century" */
  n->value = round(n->value * 1000) / 10;
  n->end = word + 1;
  n->rounding = SHARE_ROUNDING;
  n->unit = percent_row(s);
  uint32_t head = token_at(s, word)->head, below = of ? an_child_by(s->words, word, AN_NMOD) : AN_NONE;
  if (!of && token_at(s, word)->rel == AN_DET_) below = head;
  n->counted = below != AN_NONE && below > word && countable(s, below) ? below : AN_NONE;
  return n->unit != AN_NONE;
}

/* "two thirds", "a quarter", "half": what the words from `first` on take of a whole. */
static bool share_from(const scene *s, const columns *c, const an_sentence *sentence, uint32_t first, numeral *n) {
  uint32_t sentence_end = sentence->first + sentence->count, word = first;
  const an_token *t = token_at(s, first);
  bool article = numeral_joint(s, "one", first, sentence_end) > first, counts = t->number >= 1 && t->number <= 9;
  if (article || counts) word++;
  if (counts && word < sentence_end && numeral_is_hyphen(s, word)) word++;
  uint32_t row = part_at(s, c, word, sentence_end);
  if (row == AN_NONE) return false;
  double whole = numeral_cell(an_table_cell(s->coder->quantities, row, c->low), 0);
  if (whole < 2 || (word == first && whole > 2)) return false;
  if (word == first && first > sentence->first && (token_at(s, first - 1)->upos == AN_ADJ || token_at(s, first - 1)->upos == AN_NUM)) return false; /* "the first half" */
  *n = (numeral){.first = first, .value = (counts ? t->number : 1) / whole, .vague = AN_NONE, .unit = AN_NONE, .unit_token = AN_NONE, .counted = AN_NONE};
  bool half = whole <= 2 && token_at(s, word)->fold == an_fold_hash(an_table_cell(s->coder->quantities, row, 0)); /* no "halves" */
  return part_of(s, c, sentence, word, half, n);
}

/* "six in ten", "one in five women", "one voter in ten", "nine out of 10": a share in per cent. */
static bool one_in(const scene *s, const columns *c, const an_sentence *sentence, uint32_t first, numeral *n) {
  uint32_t sentence_end = sentence->first + sentence->count, at = first + 1, stop;
  bool noun = at + 2 < sentence_end && token_at(s, first)->number == 1 && countable(s, at);
  at += noun;
  uint32_t out_of = numeral_joint(s, "out of", at, sentence_end);
  if (out_of == at || out_of >= sentence_end) return false;
  const an_token *few = token_at(s, first), *many = token_at(s, at = out_of);
  bool round = many->number == 20 || many->number == 100 || (many->number >= 2 && many->number <= 10 && fmod(many->number, 1) == 0);
  if (!(few->number >= 1 && few->number < many->number && round) || fmod(few->number, 1) != 0 || numeral_is_day(s, at)) return false;
  uint32_t behind = at + 1;
  if (behind < sentence_end && (numeral_is_hyphen(s, behind) || unit_at(s, c, behind, sentence_end, &stop) != AN_NONE || scale_at(s, c, behind) > 0)) return false;
  *n = (numeral){.first = first, .end = behind, .value = 100 * few->number / many->number, .vague = AN_NONE, .unit = percent_row(s), .unit_token = AN_NONE,
                 .counted = noun ? first + 1 : behind < sentence_end && countable(s, behind) ? behind : AN_NONE, .rounding = OF_TEN_ROUNDING};
  return n->unit != AN_NONE;
}

bool numeral_from(const scene *s, const columns *c, const an_sentence *sentence, uint32_t i, numeral *n) {
  const an_token *t = token_at(s, i);
  uint32_t sentence_end = sentence->first + sentence->count;
  *n = (numeral){.first = i, .end = i + 1, .vague = AN_NONE, .unit = AN_NONE, .unit_token = AN_NONE, .counted = AN_NONE};
  if ((t->flags & AN_WORD_NUMBER) != 0) n->vague = numeral_row(s, c, "vague", i, sentence_end, &n->end);
  uint32_t stop, relation = n->vague != AN_NONE && i > sentence->first ? numeral_row(s, c, "rel", i - 1, sentence_end, &stop) : AN_NONE;
  if (relation != AN_NONE && stop > i) return false; /* "as many as 80" */
  if (n->vague != AN_NONE) {
    n->value = numeral_cell(an_table_cell(s->coder->quantities, n->vague, c->low), 0);
    return true;
  }
  if (((t->flags & AN_WORD_NUMBER) != 0 || !isnan(t->number)) && (share_from(s, c, sentence, i, n) || one_in(s, c, sentence, i, n))) return true;
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
  if (isnan(t->number) || t->upos == AN_ADJ || t->upos == AN_PROPN || named || numeral_is_day(s, i)) return false;
  if (grown_in(s, i, sentence)) return grown_unit(s, c, i, sentence_end, n);
  numeral grown = *n;
  n->value = number_run(s, c, i, sentence_end, &n->end);
  if (n->end == i + 2 && grown_unit(s, c, i, sentence_end, &grown)) *n = grown;
  return true;
}
