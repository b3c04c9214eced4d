/* SPDX-License-Identifier: Apache-2.0 */
/* What the namer looks at, and the best labels of a run of words. */
#include "world/namer.h"

#include <string.h>

/* Bits of an_look.item and .alone: what the world file says that a surface can be. */
enum { LOOK_COUNTRY, LOOK_DEMONYM, LOOK_CAPITAL, LOOK_METONYM, LOOK_FULL, LOOK_SURNAME, LOOK_ORG, LOOK_OUTLET, LOOK_PERSON_ROLE,
       LOOK_GROUP_ROLE, LOOK_INSTITUTION, LOOK_TITLE, LOOK_LARGE_PLACE, LOOK_SMALL_PLACE, LOOK_ORG_WORD, LOOK_SITE_WORD, LOOK_PARTICLE,
       LOOK_NOT_A_NAME, LOOK_FORMER, LOOK_DIRECTION, LOOK_MODIFIER, LOOK_LOCATIVE, LOOK_PAPER_WORD, LOOK_GIVEN, LOOK_BITS };
enum { SHAPE_LOWER, SHAPE_CAPITAL, SHAPE_LETTER, SHAPE_SHORT_UPPER, SHAPE_UPPER, SHAPE_MIXED, SHAPE_NUMBER, SHAPE_MARK };
enum { STYLE_TEXT, STYLE_TITLE, STYLE_UPPER };
enum { PLACE_NONE, PLACE_ALONE, PLACE_FIRST, PLACE_INSIDE, PLACE_LAST };
enum { MOST_GAP = 3, LARGE_PRIOR = 500 };

static bool is_capital(uint8_t shape) { return shape >= SHAPE_CAPITAL && shape <= SHAPE_MIXED; }

static uint32_t bit(uint32_t at) { return UINT32_C(1) << at; }

/* ---- Evidence of the world file ----------------------------------------------------------------------- */

static uint32_t cue_bit(uint8_t cue) {
  switch (cue) {
  case AN_CUE_ORG_WORD: return bit(LOOK_ORG_WORD);
  case AN_CUE_SITE_WORD: return bit(LOOK_SITE_WORD);
  case AN_CUE_PARTICLE: return bit(LOOK_PARTICLE);
  case AN_CUE_NOT_A_NAME: return bit(LOOK_NOT_A_NAME);
  case AN_CUE_FORMER: case AN_CUE_ACTING: case AN_CUE_ELECT: case AN_CUE_DEPUTY: return bit(LOOK_FORMER);
  case AN_CUE_DIRECTION: return bit(LOOK_DIRECTION);
  case AN_CUE_MODIFIER: return bit(LOOK_MODIFIER);
  case AN_CUE_LOCATIVE: return bit(LOOK_LOCATIVE);
  case AN_CUE_PAPER_WORD: return bit(LOOK_PAPER_WORD);
  default: return 0;
  }
}

static uint32_t role_bit(uint8_t kind) {
  switch (kind) {
  case AN_ROLE_PERSON: return bit(LOOK_PERSON_ROLE);
  case AN_ROLE_GROUP: return bit(LOOK_GROUP_ROLE);
  case AN_ROLE_INSTITUTION: return bit(LOOK_INSTITUTION);
  default: return bit(LOOK_TITLE);
  }
}

static uint32_t posting_bit(const an_world *world, const an_posting *p) {
  switch (p->kind) {
  case AN_FORM_NAME: case AN_FORM_FORMER: case AN_FORM_ABBR: return bit(LOOK_COUNTRY);
  case AN_FORM_ADJ: case AN_FORM_NOUN: case AN_FORM_NOUN_PL: return bit(LOOK_DEMONYM);
  case AN_FORM_CAPITAL: return bit(LOOK_CAPITAL);
  case AN_FORM_METONYM: return bit(LOOK_METONYM);
  case AN_FORM_FULL: case AN_FORM_SHORT: case AN_FORM_TRANSLIT: return bit(LOOK_FULL);
  case AN_FORM_SURNAME: return bit(LOOK_SURNAME);
  case AN_FORM_ORG: return bit(LOOK_ORG);
  case AN_FORM_OUTLET: return bit(LOOK_OUTLET);
  case AN_FORM_PLACE: return bit(p->prior >= LARGE_PRIOR ? LOOK_LARGE_PLACE : LOOK_SMALL_PLACE);
  case AN_FORM_ROLE: return role_bit(an_entity_sub_of(world, p->entity));
  case AN_FORM_CUE: return cue_bit(an_entity_sub_of(world, p->entity));
  default: return 0;
  }
}

/* A first name is looked up by the same hash as worldc.c wrote. */
static uint32_t bits_of_word(const an_world *world, const an_token *t) {
  uint32_t first, count, bits = 0;
  if (an_slot_find(world->forms, t->fold, &first, &count))
    for (uint32_t i = 0; i < count && i < 32 && first + i < world->post_count; i++) {
      an_posting p = an_posting_bare(world, first + i);
      if (p.units == 1) bits |= posting_bit(world, &p);
    }
  if (an_slot_find(world->ids, an_hash_mix(AN_GIVEN_SEED, t->fold), &first, &count)) bits |= bit(LOOK_GIVEN);
  return bits;
}

static void look_at_candidate(const an_world *world, const an_candidate *c, an_looks *out) {
  uint32_t bits = 0;
  bool near = false;
  for (uint32_t t = c->first; t < c->end; t++) near |= out->at[t].region != 0;
  if (!near) return;
  for (uint32_t k = 0; k < c->posting_count && k < 32; k++) {
    if ((c->fits >> k & 1) == 0) continue;
    an_posting p = an_posting_bare(world, c->posting + k);
    bits |= posting_bit(world, &p);
  }
  for (uint32_t t = c->first; t < c->end; t++) {
    an_look *l = &out->at[t];
    l->item = bits;
    l->item_first = c->first;
    l->item_end = c->end;
    l->place = c->end == c->first + 1 ? PLACE_ALONE : t == c->first ? PLACE_FIRST : t + 1 == c->end ? PLACE_LAST : PLACE_INSIDE;
  }
}

/* ---- Shapes, styles, runs ------------------------------------------------------------------------------- */

static uint8_t shape_of(const an_words *words, uint32_t token) {
  const an_token *t = &words->tokens[token];
  uint32_t size = t->at.end - t->at.begin, at = 0;
  an_text form = an_word(words, token);
  switch (t->shape) {
  case AN_SHAPE_CAPITAL: return size == 1 || (size == 2 && form.at[1] == '.') ? SHAPE_LETTER : SHAPE_CAPITAL;
  case AN_SHAPE_UPPER: return size == 1 || (size == 2 && form.at[1] == '.') ? SHAPE_LETTER : size <= 5 ? SHAPE_SHORT_UPPER : SHAPE_UPPER;
  case AN_SHAPE_MIXED: return an_code_is_upper(an_utf8_next(form, &at)) ? SHAPE_MIXED : SHAPE_LOWER;
  case AN_SHAPE_NUMBER: return SHAPE_NUMBER;
  case AN_SHAPE_LOWER: return SHAPE_LOWER;
  default: return SHAPE_MARK;
  }
}

/* A headline has its longer words in capitals. */
static uint8_t style_of(const an_looks *l, const an_sentence *s) {
  uint32_t lower = 0, capital = 0, upper = 0;
  for (uint32_t i = s->first; i < s->first + s->count; i++) {
    if (l->words->tokens[i].at.end - l->words->tokens[i].at.begin < 4) continue;
    lower += l->at[i].shape == SHAPE_LOWER;
    capital += is_capital(l->at[i].shape);
    upper += l->at[i].shape == SHAPE_UPPER || l->at[i].shape == SHAPE_SHORT_UPPER;
  }
  if (upper >= 3 && upper * 5 >= (lower + capital) * 4) return STYLE_UPPER;
  return capital >= 3 && lower * 4 <= capital ? STYLE_TITLE : STYLE_TEXT;
}

static bool is_tight_hyphen(const an_words *words, uint32_t at) {
  return at > 0 && an_word_is(words, at, "-") && !words->tokens[at].space_after && !words->tokens[at - 1].space_after;
}

/* Marks that a name runs across: a hyphen without spaces, "&", a comma, a stop, an apostrophe, the marks of a nickname. */
static bool is_inner_mark(const an_words *words, uint32_t at) {
  static const char *const marks[] = {"&", ",", ".", "'", "\"", "/", "\xe2\x80\x99", "\xe2\x80\x9c", "\xe2\x80\x9d"};
  an_text form = an_word(words, at);
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (an_text_is(form, marks[i])) return true;
  return is_tight_hyphen(words, at);
}

/* "Puigdevall i Serra", "Rhodri ap Gwilym", "van 't Hoff": a short word that is none of English's own. */
static bool is_foreign_link(const an_looks *looks, uint32_t at) {
  const an_token *t = &looks->words->tokens[at];
  return looks->at[at].shape == SHAPE_LOWER && t->at.end - t->at.begin <= 4 && looks->at[at].upos != AN_VERB && looks->at[at].upos != AN_AUX && looks->at[at].upos != AN_SCONJ &&
         looks->at[at].upos != AN_ADV && looks->at[at].upos != AN_NOUN;
}

/* What may stand between the capitals of a name: "of", "and", "&", "-", a quoted nickname, a numeral, "al". */
static bool may_link(const an_looks *looks, uint32_t at) {
  const an_look *l = &looks->at[at];
  return (l->shape == SHAPE_MARK && is_inner_mark(looks->words, at)) || l->shape == SHAPE_NUMBER || l->upos == AN_ADP || l->upos == AN_DET || l->upos == AN_CCONJ || l->upos == AN_PART ||
         l->upos == AN_X || l->upos == AN_PROPN || (l->alone & bit(LOOK_PARTICLE)) != 0 || is_foreign_link(looks, at);
}

/* Letters from U+00C0 to U+1FFF, by the byte that they begin with: not the marks of print ("’s"). */
static bool has_foreign_letter(const an_looks *l, uint32_t at) {
  an_text form = an_word(l->words, at);
  for (uint32_t i = 0; i < form.size; i++)
    if ((unsigned char)form.at[i] >= 0xC3 && (unsigned char)form.at[i] <= 0xE1) return true;
  return false;
}

/* "Assemblée nationale", "Confédération générale du travail", "Tribunal superior electoral": names of other languages go on in
   small letters. The tagger calls those names as well, or they are adjectives without a noun behind. The end of what may belong. */
static uint32_t foreign_end(const an_looks *l, uint32_t from, uint32_t end) {
  enum { MOST_SMALL = 6 };
  uint32_t to = from + 1;
  if (l->at[from].upos == AN_DET || l->at[from].upos == AN_ADP) return to;
  bool foreign = has_foreign_letter(l, from);
  while (to < end && to - from <= MOST_SMALL && l->at[to].shape == SHAPE_LOWER) {
    uint8_t upos = l->at[to].upos;
    bool alien = upos == AN_PROPN || upos == AN_X || has_foreign_letter(l, to);
    if (!alien && !(foreign && (upos == AN_NOUN || upos == AN_ADJ || upos == AN_ADP || upos == AN_DET || upos == AN_CCONJ || upos == AN_PART))) break;
    foreign |= alien;
    to++;
  }
  uint32_t behind = to;
  while (behind < end && l->at[behind].upos == AN_ADJ && l->at[behind].shape == SHAPE_LOWER) behind++;
  bool noun = behind < end && (l->at[behind].upos == AN_NOUN || l->at[behind].upos == AN_PROPN);
  return noun ? to : behind;
}

static void mark_regions(an_looks *l, const an_sentence *s) {
  uint32_t end = s->first + s->count, last = AN_NONE;
  for (uint32_t i = s->first; i < end; i++) {
    if (is_tight_hyphen(l->words, i - (i > s->first)) && i > s->first + 1 && l->at[i - 2].region != 0) l->at[i].region = l->at[i - 1].region = 1;
    if (!is_capital(l->at[i].shape)) continue;
    l->at[i].region = 1;
    bool linked = last != AN_NONE && i - last - 1 <= MOST_GAP;
    for (uint32_t k = last == AN_NONE ? i : last + 1; linked && k < i; k++) linked = may_link(l, k);
    for (uint32_t k = last == AN_NONE ? i : last + 1; linked && k < i; k++) l->at[k].region = 1;
    for (uint32_t k = i; !linked && k > s->first && i - k < 3 && ((l->at[k - 1].alone & bit(LOOK_PARTICLE)) != 0 || is_tight_hyphen(l->words, k - 1)); k--)
      l->at[k - 1].region = 1;
    last = i;
    for (uint32_t to = foreign_end(l, i, end); last + 1 < to; last++) l->at[last + 1].region = 1;
  }
}

/* Capitals, hyphens between them and particles, without a gap. */
static void mark_runs(an_looks *l, const an_sentence *s) {
  uint32_t end = s->first + s->count;
  for (uint32_t i = s->first; i < end;) {
    if (l->at[i].region == 0 || (!is_capital(l->at[i].shape) && (l->at[i].alone & bit(LOOK_PARTICLE)) == 0)) {
      l->at[i].run_first = i;
      l->at[i].run_end = i + 1;
      i++;
      continue;
    }
    uint32_t to = i + 1;
    while (to < end && (is_capital(l->at[to].shape) || (l->at[to].region != 0 && ((l->at[to].alone & bit(LOOK_PARTICLE)) != 0 || is_tight_hyphen(l->words, to) || is_tight_hyphen(l->words, to - 1))))) to++;
    for (uint32_t k = i; k < to; k++) l->at[k].run_first = i, l->at[k].run_end = to;
    i = to;
  }
}

/* "Ministry of Fisheries and Blue Economy": at "Economy" the word for a body is still in hearing. */
static void mark_bodies(an_looks *l, const an_sentence *s) {
  uint8_t after = 0;
  for (uint32_t i = s->first; i < s->first + s->count; i++) {
    an_look *k = &l->at[i];
    bool mark = k->shape == SHAPE_MARK && !is_tight_hyphen(l->words, i) && !an_word_is(l->words, i, "&");
    if (k->region == 0 || mark) after = 0;
    k->after_body = after;
    if ((k->alone & (bit(LOOK_ORG_WORD) | bit(LOOK_INSTITUTION))) != 0 && is_capital(k->shape)) after = 1;
    else if (after == 1 && (k->upos == AN_ADP)) after = 2;
    else if (after == 2 && k->upos == AN_CCONJ) after = 3;
  }
}

/* The folded last bytes of a word, or its first. */
static uint64_t tail_of(an_text form, uint32_t bytes) { return an_fold_hash(form.size > bytes ? an_text_slice(form, form.size - bytes, form.size) : form); }
static uint64_t head_of(an_text form, uint32_t bytes) { return an_fold_hash(form.size > bytes ? an_text_slice(form, 0, bytes) : form); }

bool an_namer_looks(const an_world *world, const an_vectors *vectors, const an_words *words, const an_candidates *candidates, an_arena *arena, an_looks *out) {
  *out = (an_looks){world, vectors, words, candidates, AN_NEW(arena, an_look, (size_t)words->token_count + 1), 0};
  return out->at != NULL;
}

/* Is it asked about: a capital, or a word that stands near one? */
static bool is_near(const an_looks *l, uint32_t i, uint32_t first, uint32_t end) {
  bool near = false;
  for (uint32_t k = i < first + 2 ? first : i - 2; k < i + 3 && k < end; k++) near |= is_capital(l->at[k].shape);
  return near && l->at[i].shape != SHAPE_MARK;
}

/* Each look-up is a walk to memory that is seldom near: those of a sentence are sent for together. */
static void send_for(const an_looks *l, uint32_t first, uint32_t end) {
  for (int step = 0; step < 2; step++)
    for (uint32_t i = first; i < end; i++) {
      if (!is_near(l, i, first, end)) continue;
      an_vector_send(l->vectors, l->at[i].word, step == 1);
      if (step == 0) an_slot_send(l->world->forms, l->at[i].word);
      if (step == 0) an_slot_send(l->world->ids, an_hash_mix(AN_GIVEN_SEED, l->at[i].word));
    }
}

/* What the world file and the vectors say of capitals and of what stands near them. */
static void look_up(an_looks *l, uint32_t first, uint32_t end) {
  send_for(l, first, end);
  for (uint32_t i = first; i < end; i++) {
    if (!is_near(l, i, first, end)) continue;
    l->at[i].alone = bits_of_word(l->world, &l->words->tokens[i]);
    l->at[i].tail = tail_of(an_word(l->words, i), 3);
    l->at[i].vector = an_vector_find(l->vectors, l->at[i].word);
    l->at[i].region = 1; /* for look_at_candidate only */
  }
  const an_candidates *found = l->candidates;
  while (l->candidate < found->count && found->at[l->candidate].end <= first) l->candidate++;
  for (uint32_t i = l->candidate; i < found->count && found->at[i].first < end; i++)
    if (found->at[i].first >= first && found->at[i].first < found->at[i].end && found->at[i].end <= end) look_at_candidate(l->world, &found->at[i], l);
  for (uint32_t i = first; i < end; i++) l->at[i].region = 0;
}

void an_namer_look(an_looks *l, uint32_t sentence) {
  const an_sentence *s = &l->words->sentences[sentence];
  uint32_t end = s->first + s->count;
  bool first = true;
  for (uint32_t i = s->first; i < end; i++) {
    const an_token *t = &l->words->tokens[i];
    l->at[i] = (an_look){.word = t->fold, .vector = AN_NONE, .upos = t->upos, .shape = shape_of(l->words, i), .cue = (t->flags & AN_WORD_CUE) != 0, .quoted = t->quote_depth > 0,
                         .time = (t->flags & AN_WORD_TIME) != 0, .first = first};
    if (l->at[i].shape != SHAPE_MARK) first = false;
  }
  look_up(l, s->first, end);
  uint8_t style = style_of(l, s);
  for (uint32_t i = s->first; i < end; i++) l->at[i].style = style;
  mark_regions(l, s);
  mark_runs(l, s);
  mark_bodies(l, s);
}

bool an_look_is_no_name(const an_look *look, bool place) {
  if (place && (look->time != 0 || (look->alone & bit(LOOK_DIRECTION)) != 0)) return true;
  static const uint8_t closed[] = {AN_PRON, AN_DET, AN_ADP, AN_AUX, AN_CCONJ, AN_SCONJ, AN_PART, AN_PUNCT};
  for (size_t i = 0; i < sizeof closed; i++)
    if (look->upos == closed[i]) return true;
  return false;
}

uint32_t an_namer_region(const an_looks *looks, uint32_t token, uint32_t end, uint32_t *stop) {
  while (token < end && looks->at[token].region == 0) token++;
  *stop = token;
  while (*stop < end && looks->at[*stop].region != 0 && *stop - token < AN_NAMER_LONGEST) ++*stop;
  return token;
}

void an_namer_near(const an_looks *looks, uint32_t token, uint32_t vector[AN_NAMER_NEAR]) {
  const an_look *at = &looks->at[token];
  const an_sentence *s = &looks->words->sentences[looks->words->tokens[token].sentence];
  const uint32_t word[AN_NAMER_NEAR] = {token - 2, token - 1, token, token + 1, token + 2, at->run_first, at->run_end - 1, at->run_first - 1, at->run_end};
  for (uint32_t k = 0; k < AN_NAMER_NEAR; k++) /* before the first word: wraps around, and is not below the end */
    vector[k] = word[k] >= s->first && word[k] - s->first < s->count ? looks->at[word[k]].vector : AN_NONE;
}

/* ---- Rows ------------------------------------------------------------------------------------------ */

typedef an_layer_keys keys;

static void add(keys *k, uint32_t what, uint64_t value) { an_layer_key(k, AN_NAMER_KEYS, what, value); }

static void add_bits(keys *k, uint32_t what, uint32_t bits, uint32_t with) {
  for (; bits != 0; bits &= bits - 1) add(k, what, (uint64_t)with << 8 | (uint32_t)__builtin_ctz(bits));
}

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* Templates have numbers of their own: what they are hashed with. */
enum { T_BIAS, T_WORD = 1, T_LEFT = 2, T_RIGHT = 3, T_RUN = 4, T_COUNT = 32 };

void an_namer_keys(const an_looks *looks, uint32_t token, keys *k) {
  static const an_look nothing = {.upos = AN_UPOS_COUNT, .shape = SHAPE_MARK};
  const an_sentence *s = &looks->words->sentences[looks->words->tokens[token].sentence];
  const an_look *w[5], *at = &looks->at[token];
  k->count = 0;
  for (int32_t d = -2; d <= 2; d++) {
    int64_t i = (int64_t)token + d;
    w[d + 2] = i < s->first || i >= (int64_t)s->first + s->count ? &nothing : &looks->at[i];
  }
  uint64_t shapes = (uint64_t)w[1]->shape << 8 | (uint64_t)at->shape << 4 | w[3]->shape;
  add(k, 0, 1);
  add(k, 1, at->word);
  add(k, 2, at->tail);
  add(k, 3, (uint64_t)at->shape << 4 | at->style);
  an_text form = an_word(looks->words, token);
  add(k, 61, tail_of(form, 4));
  add(k, 62, tail_of(form, 2));
  add(k, 63, head_of(form, 3));
  add(k, 4, (uint64_t)at->upos << 8 | (uint64_t)at->first << 4 | at->style);
  add(k, 5, shapes << 4 | at->style);
  add(k, 6, (uint64_t)w[1]->upos << 16 | (uint64_t)at->upos << 8 | w[3]->upos);
  for (uint32_t d = 0; d < 5; d++) {
    if (d != 2) add(k, 10 + d, w[d]->word);
    if (d != 2) add(k, 15 + d, (uint64_t)w[d]->upos << 4 | w[d]->shape);
    add_bits(k, 20 + d, w[d]->alone, 0);
  }
  add(k, 25, at->item << 3 | at->place);
  add_bits(k, 26, at->item, at->place);
  add_bits(k, 27, w[1]->item, w[1]->place);
  add_bits(k, 28, w[3]->item, w[3]->place);
  add(k, 29, (uint64_t)w[1]->alone << 32 | at->alone);
  add(k, 30, (uint64_t)at->alone << 32 | w[3]->alone);
  add(k, 31, w[1]->word ^ (shapes * 77));
  add(k, 32, w[1]->word ^ w[0]->word * 31);
  add(k, 33, (uint64_t)at->after_body << 16 | (uint64_t)at->shape << 8 | at->upos);
  add(k, 34, (uint64_t)at->after_body << 32 | at->alone);
  /* The run of capitals and what stands on both sides of it. */
  uint32_t first = at->run_first, end = at->run_end;
  const an_look *left = first > s->first ? &looks->at[first - 1] : &nothing, *right = end < s->first + s->count ? &looks->at[end] : &nothing;
  const an_look *begin = &looks->at[first], *last = &looks->at[end - 1];
  uint64_t length = least(end - first, 6), from = least(token - first, 3), to = least(end - 1 - token, 3);
  uint64_t where = from << 4 | to;
  add(k, 40, where << 4 | length);
  add(k, 41, left->word);
  add(k, 42, right->word);
  add(k, 43, left->word ^ where * 131);
  add(k, 44, right->word ^ where * 131);
  add(k, 45, (uint64_t)left->upos << 8 | right->upos);
  add(k, 46, where << 8 | (uint64_t)right->cue << 4 | (uint64_t)left->cue);
  add_bits(k, 47, begin->alone, 0);
  add_bits(k, 48, last->alone, 0);
  add_bits(k, 49, last->alone, 1 + (uint32_t)to);
  add_bits(k, 50, left->alone, 0);
  add_bits(k, 51, right->alone, 0);
  add(k, 52, last->word);
  add(k, 64, last->tail);
  add(k, 65, begin->tail);
  add(k, 66, (uint64_t)(at->vector == AN_NONE) << 2 | (uint64_t)(last->vector == AN_NONE) << 1 | (begin->vector == AN_NONE));
  add(k, 53, begin->word);
  add(k, 54, (begin->alone >> LOOK_GIVEN & 1) << 8 | length << 4 | at->style);
  /* "Charlotte Amalie" is a town, "Charlotte Amalie Rasmussen" is not. */
  uint64_t fits = at->item == 0 ? 0 : (uint64_t)1 + (at->item_first > first) * 2u + (at->item_end < end);
  add_bits(k, 58, at->item, (uint32_t)fits);
  bool whole = begin->item != 0 && begin->item_first == first && begin->item_end == end;
  add(k, 59, whole ? begin->item : 1);
  add_bits(k, 60, whole ? begin->item : 0, left->word == 0 ? 0 : left->upos + 1u);
  add(k, 55, (uint64_t)at->quoted << 4 | left->shape);
  add(k, 56, left->alone << 4 | length);
  add(k, 57, (uint64_t)(begin->alone >> LOOK_GIVEN & 1) << 32 | where << 24 | (uint64_t)right->upos << 16 | (uint64_t)left->upos << 8 | right->cue);
}

/* ---- The best labels ------------------------------------------------------------------------------- */

void an_namer_decode(const int32_t *scores, uint32_t count, const an_steps *steps, uint8_t *labels) {
  enum { NEVER = -(1 << 29) };
  uint8_t from[AN_NAMER_LONGEST][AN_NAMER_CLASSES];
  int32_t best[AN_NAMER_CLASSES], next[AN_NAMER_CLASSES];
  if (count > AN_NAMER_LONGEST) count = AN_NAMER_LONGEST;
  for (uint32_t k = 0; k < AN_NAMER_LABELS; k++) best[k] = k == AN_NAMER_OUT ? 0 : NEVER;
  for (uint32_t i = 0; i < count; i++) {
    for (uint32_t k = 0; k < AN_NAMER_LABELS; k++) {
      bool inside = k != AN_NAMER_OUT && k % 2 == 0; /* goes on only from its own kind */
      next[k] = NEVER;
      from[i][k] = AN_NAMER_OUT;
      for (uint32_t b = inside ? k - 1 : 0; b < (inside ? k + 1 : AN_NAMER_LABELS); b++)
        if (best[b] > NEVER && best[b] + steps->at[b][k] > next[k]) next[k] = best[b] + steps->at[b][k], from[i][k] = (uint8_t)b;
      if (next[k] > NEVER) next[k] += scores[(size_t)i * AN_NAMER_CLASSES + k];
    }
    memcpy(best, next, sizeof best);
  }
  uint32_t at = 0;
  for (uint32_t k = 1; k < AN_NAMER_LABELS; k++)
    if (best[k] > best[at]) at = k;
  for (uint32_t i = count; i-- > 0;) {
    labels[i] = (uint8_t)at;
    at = from[i][at];
  }
}
