/* SPDX-License-Identifier: Apache-2.0 */
/* Quotation marks. Nothing here looks past the block: a mark without a partner spoils its own paragraph at most. */
#include "language/cut.h"

enum { OPEN_MAX = 8 }; /* quotations inside quotations */

/* ---- Single marks: quotation mark or apostrophe? ------------------------------------------------- */

typedef struct place {
  an_mark before, after;
  char letter;
} place; /* letter: the byte before */

static place look_around(const an_cutter *c, uint32_t at, uint32_t size) {
  uint32_t ignored;
  place p = {an_mark_before(c->text, c->at.begin, at, &ignored), an_mark_at(c->text, at + size, c->at.end, &ignored), ' '};
  if (at > c->at.begin) p.letter = c->text.at[at - 1];
  return p;
}

static bool is_word(an_mark m) { return m == AN_MARK_LETTER || m == AN_MARK_DIGIT; }

/* ‘ and ' open after a space, a bracket, a dash or another mark, before a word. */
static bool may_open(an_mark mark, place p, bool curly_close) {
  if (curly_close || p.after == AN_MARK_SPACE || p.after == AN_MARK_NONE) return false;
  return mark == AN_MARK_SINGLE_OPEN
             ? !is_word(p.before)
             : !is_word(p.before) && p.before != AN_MARK_STOP && p.before != AN_MARK_COMMA && p.before != AN_MARK_CLOSE;
}
static bool may_close(an_mark mark, place p) {
  return mark != AN_MARK_SINGLE_OPEN && p.before != AN_MARK_SPACE && p.before != AN_MARK_NONE && !is_word(p.after);
}

static void add_single(an_cutter *c, uint32_t at, uint8_t is) {
  an_single *s = AN_PUSH(c->arena, &c->singles);
  if (s == NULL) {
    c->failed = true;
    return;
  }
  *s = (an_single){at, is};
}

/* The opening mark waits for a closing one. "workers'" closes weakly: only when nothing better comes before the next opening. */
void an_cut_singles(an_cutter *c) {
  uint32_t open = AN_NONE, weak = AN_NONE, size;
  c->singles.count = 0;
  for (uint32_t at = c->at.begin; at < c->at.end && !c->failed; at++) {
    unsigned char byte = (unsigned char)c->text.at[at];
    if (byte != '\'' && byte != 0xE2) continue;
    an_mark mark = an_mark_at(c->text, at, c->at.end, &size);
    if (mark != AN_MARK_SINGLE && mark != AN_MARK_SINGLE_OPEN) {
      at += size - 1;
      continue;
    }
    place p = look_around(c, at, size);
    bool opens = may_open(mark, p, byte == 0xE2 && mark == AN_MARK_SINGLE);
    bool closes = open != AN_NONE && may_close(mark, p);
    add_single(c, at, AN_APOSTROPHE);
    if (c->failed) return;
    uint32_t self = c->singles.count - 1;
    if (closes && (p.letter == 's' || p.letter == 'S')) {
      if (weak == AN_NONE) weak = self;
    } else if (closes || (opens && weak != AN_NONE)) {
      c->singles.at[open].is = AN_SINGLE_OPEN;
      c->singles.at[closes ? self : weak].is = AN_SINGLE_CLOSE;
      open = opens && !closes ? self : AN_NONE;
      weak = AN_NONE;
    } else if (opens)
      open = self;
    at += size - 1;
  }
  if (open == AN_NONE || weak == AN_NONE) return;
  c->singles.at[open].is = AN_SINGLE_OPEN;
  c->singles.at[weak].is = AN_SINGLE_CLOSE;
}

uint8_t an_cut_single(const an_cutter *c, uint32_t at) {
  uint32_t low = 0, high = c->singles.count;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (c->singles.at[mid].at < at)
      low = mid + 1;
    else
      high = mid;
  }
  return low < c->singles.count && c->singles.at[low].at == at ? c->singles.at[low].is : AN_APOSTROPHE;
}

/* ---- Pairs -------------------------------------------------------------------------------------- */

typedef enum side { NOT_QUOTE, OPENS, CLOSES } side;
typedef struct opened {
  uint32_t quote, token;
  bool single;
} opened;

static an_mark mark_of(const an_cutter *c, uint32_t token, uint32_t *size) {
  an_span at = c->list.at[token].at;
  return an_mark_at(c->text, at.begin, at.end, size);
}

/* On which side of its quotation a double mark stands, when the mark itself does not say or says it wrongly. */
static side by_context(const an_cutter *c, uint32_t token, bool open) {
  uint32_t size;
  bool left = token > c->first && !c->list.at[token - 1].space_after,
       right = !c->list.at[token].space_after && token + 1 < c->list.count;
  if (left && !right) return CLOSES;
  if (right && !left) return OPENS;
  if (left && right) {
    an_mark before = mark_of(c, token - 1, &size), after = mark_of(c, token + 1, &size);
    if (before == AN_MARK_OPEN || before == AN_MARK_DASH) return OPENS;
    if (after == AN_MARK_COMMA || after == AN_MARK_STOP || after == AN_MARK_CLOSE || after == AN_MARK_DASH) return CLOSES;
  }
  return open ? CLOSES : OPENS;
}

static side side_of(const an_cutter *c, uint32_t token, bool open, bool *single) {
  uint32_t size;
  an_span at = c->list.at[token].at;
  an_mark mark = an_mark_at(c->text, at.begin, at.end, &size);
  *single = mark == AN_MARK_SINGLE || mark == AN_MARK_SINGLE_OPEN;
  if (size != at.end - at.begin) return NOT_QUOTE;
  if (*single) {
    uint8_t is = an_cut_single(c, at.begin);
    return is == AN_SINGLE_OPEN ? OPENS : is == AN_SINGLE_CLOSE ? CLOSES : NOT_QUOTE;
  }
  side context = by_context(c, token, open);
  if (mark == AN_MARK_DOUBLE_OPEN) return context == CLOSES && open ? CLOSES : OPENS;
  if (mark == AN_MARK_DOUBLE_CLOSE) return context == OPENS && !open ? OPENS : CLOSES;
  return mark == AN_MARK_DOUBLE ? context : NOT_QUOTE;
}

static void finish(an_cutter *c, const opened *o, uint32_t end_token, uint32_t end_byte, bool closed) {
  an_quote *q = &c->quotes.at[o->quote];
  q->at.end = end_byte;
  q->end = end_token;
  q->closed = closed;
  for (uint32_t i = q->first; i < q->end; i++)
    if (c->list.at[i].quote_depth < UINT8_MAX) c->list.at[i].quote_depth++;
}

static bool begin_quote(an_cutter *c, uint32_t token, bool continues, bool single, opened *o) {
  an_quote *q = AN_PUSH(c->arena, &c->quotes);
  if (q == NULL) {
    c->failed = true;
    return false;
  }
  an_span at = c->list.at[token].at;
  *q = (an_quote){.at = {at.begin, at.begin}, .block = c->block, .first = token + 1, .end = token + 1, .continues = continues};
  *o = (opened){c->quotes.count - 1, token, single};
  return true;
}

/* A quotation that never closes is believed where it began the block or followed a colon or comma ("He said: “We will go"). */
static bool believable(const an_cutter *c, const opened *o) {
  uint32_t size;
  if (o->single) return false;
  return o->token == c->first || mark_of(c, o->token - 1, &size) == AN_MARK_COMMA;
}

static void drop_empty(an_cutter *c, uint32_t from) {
  uint32_t kept = from;
  for (uint32_t i = from; i < c->quotes.count; i++)
    if (c->quotes.at[i].at.end > c->quotes.at[i].at.begin) c->quotes.at[kept++] = c->quotes.at[i];
  c->quotes.count = kept;
}

void an_cut_quotes(an_cutter *c) {
  opened open[OPEN_MAX];
  uint32_t depth = 0, from = c->quotes.count;
  bool before = from > 0 && !c->quotes.at[from - 1].closed && c->quotes.at[from - 1].block + 1 == c->block;
  for (uint32_t i = c->first; i < c->list.count; i++) {
    bool single, any = false;
    for (uint32_t k = 0; k < depth; k++) any |= !open[k].single;
    side s = side_of(c, i, any, &single);
    if (s == NOT_QUOTE) continue;
    uint32_t match = depth;
    while (match > 0 && open[match - 1].single != single) match--;
    if (s == CLOSES) {
      if (match == 0) continue;
      finish(c, &open[match - 1], i, c->list.at[i].at.end, true);
      depth = match - 1;
      continue;
    }
    if (match > 0) { /* a second opening of the same kind: the first was never closed */
      if (believable(c, &open[match - 1])) finish(c, &open[match - 1], i, c->list.at[i - 1].at.end, false);
      depth = match - 1;
    }
    if (depth < OPEN_MAX && begin_quote(c, i, before && i == c->first, single, &open[depth])) depth++;
    if (c->failed) return;
  }
  uint32_t size;
  if (depth > 0 && (believable(c, &open[0]) || mark_of(c, open[0].token, &size) == AN_MARK_DOUBLE_OPEN))
    finish(c, &open[0], c->list.count, c->at.end, false);
  drop_empty(c, from);
}
