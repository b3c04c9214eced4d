/* SPDX-License-Identifier: Apache-2.0 */
/* Candidates by form: at each unit the longest surface that begins there, whatever it may mean. One probe of "starts" a unit,
   and of "forms" for each length that this first unit can have. */
#include "world/find.h"

/* A word of plain letters is one unit, and the tokenizer has its hash already: most words, and no second look at them. */
static bool plain_unit(an_text form, const an_token *t, uint32_t token, an_unit_at *unit) {
  unsigned lower = 0, upper = 0;
  for (uint32_t i = 0; i < form.size; i++) {
    unsigned c = (unsigned char)form.at[i];
    bool letter = (c | 32) - 'a' < 26;
    if (!letter && c - '0' >= 10) return false;
    lower |= letter & c >> 5;
    upper |= letter & ~c >> 5;
  }
  *unit = (an_unit_at){.hash = t->fold, .at = t->at, .token = token, .capital = (unsigned)form.at[0] - 'A' < 26, .upper = (upper & ~lower & 1) != 0};
  return true;
}

/* Most other tokens are one mark. The rest (apostrophes, hyphens and "&") is cut as surfaces are. */
static bool is_mark(an_text form) {
  unsigned c = (unsigned char)form.at[0];
  return form.size == 1 && c > ' ' && c < 0x7f && c != '\'' && c != '`' && c != '-' && c != '/' && c != '&';
}

bool an_units_of_words(an_arena *arena, const an_words *words, an_units *units) {
  uint32_t sentence = words->token_count > 0 ? words->tokens[0].sentence : 0, room = words->token_count;
  if (room > UINT32_MAX / 2) return false;
  room += words->sentence_count + room / 4 + 16; /* a token is a unit, a sentence a mark; few words are cut into more */
  units->list.at = an_arena_raw(arena, room, sizeof *units->list.at);
  units->list.capacity = units->list.at == NULL ? 0 : room;
  for (uint32_t i = 0; i < words->token_count; i++) {
    const an_token *t = &words->tokens[i];
    if (t->sentence != sentence) { /* no name runs across sentences */
      an_unit_at *mark = AN_PUSH(arena, &units->list);
      if (mark == NULL) return false;
      *mark = (an_unit_at){.at = {t->at.begin, t->at.begin}, .token = i};
      sentence = t->sentence;
    }
    an_text form = an_text_slice(words->text, t->at.begin, t->at.end);
    an_unit_at unit = {.at = t->at, .token = i};
    bool genitive = form.size == 2 && form.at[0] == '\'' && (form.at[1] | 32) == 's';
    if (genitive) unit.hash = t->fold;
    if (form.size > 0 && (genitive || plain_unit(form, t, i, &unit) || is_mark(form))) {
      an_unit_at *to = AN_PUSH(arena, &units->list);
      if (to == NULL) return false;
      *to = unit;
    } else if (!an_units_cut(arena, form, t->at.begin, i, units)) return false;
  }
  return true;
}

static uint32_t units_before(const an_units *units, uint32_t at, uint32_t count, uint64_t *hash) {
  if (at < count) return 0;
  *hash = 0;
  for (uint32_t i = at - count; i < at; i++) {
    if (units->list.at[i].hash == 0) return 0;
    *hash = an_units_mix(*hash, units->list.at[i].hash);
  }
  return count;
}

static uint32_t units_after(const an_units *units, uint32_t at, uint32_t count, uint64_t *hash) {
  if (at + count > units->list.count) return 0;
  *hash = 0;
  for (uint32_t i = at; i < at + count; i++) {
    if (units->list.at[i].hash == 0) return 0;
    *hash = an_units_mix(*hash, units->list.at[i].hash);
  }
  return count;
}

/* What must or must not stand beside `count` units at `at`. */
static bool needs_hold(const an_world *world, const an_units *units, uint32_t at, uint32_t length, uint32_t needs) {
  for (uint32_t row = needs; row != 0; row++) {
    an_section s = world->needs;
    size_t here = (size_t)row * NEED_ROW;
    uint8_t kind = here < s.size ? s.at[here + NEED_KIND] : (uint8_t)AN_NEED_END;
    uint8_t count = here < s.size ? s.at[here + NEED_UNITS] : 0;
    uint64_t wanted = an_get64(s, here + NEED_HASH), hash;
    if (kind == AN_NEED_END) break;
    if (kind == AN_NEED_NEXT_NOT && units_after(units, at + length, count, &hash) != 0 && hash == wanted) return false;
    if (kind == AN_NEED_PREV_NOT && units_before(units, at, count, &hash) != 0 && hash == wanted) return false;
    if (kind == AN_NEED_THE && (units_before(units, at, 1, &hash) == 0 || hash != an_fold_hash(AN_LIT("the")))) return false;
  }
  return true;
}

/* Which units of a candidate begin with a capital, and which are all capitals: bits, as postings ask for them. */
typedef struct capitals { uint32_t caps, upper; } capitals;

static capitals capitals_of(const an_units *units, uint32_t at, uint32_t length) {
  capitals c = {0, 0};
  for (uint32_t i = 0; i < length && i < AN_UNITS_MOST && at + i < units->list.count; i++) { /* a file may claim longer ones */
    c.caps |= (uint32_t)units->list.at[at + i].capital << i;
    c.upper |= (uint32_t)units->list.at[at + i].upper << i;
  }
  return c;
}

static bool fits(const an_world *world, const an_units *units, uint32_t at, uint32_t length, capitals c, const an_match *m) {
  return m->units == length && (m->caps & ~c.caps) == 0 && (m->upper & ~c.upper) == 0 && (m->needs == 0 || needs_hold(world, units, at, length, m->needs));
}

bool an_posting_fits(const an_world *world, const an_units *units, uint32_t at, const an_posting *p) {
  an_match m = {.needs = p->needs, .caps = p->caps, .upper = p->upper, .units = p->units};
  return fits(world, units, at, p->units, capitals_of(units, at, p->units), &m);
}

bool an_posting_has(const an_world *world, const an_posting *p, an_need wanted) {
  for (uint32_t row = p->needs; row != 0; row++) {
    size_t here = (size_t)row * NEED_ROW;
    uint8_t kind = here < world->needs.size ? world->needs.at[here + NEED_KIND] : (uint8_t)AN_NEED_END;
    if (kind == AN_NEED_END) return false;
    if (kind == wanted) return true;
  }
  return false;
}

bool an_is_cue(const an_world *world, an_text word, an_cue_kind cue) {
  uint32_t first, count;
  if (!an_slot_find(world->forms, an_fold_hash(word), &first, &count)) return false;
  for (uint32_t i = 0; i < count && first < world->post_count && i < world->post_count - first; i++) {
    an_match m = an_match_at(world, first + i);
    if (m.kind == AN_FORM_CUE && an_entity_sub_of(world, an_posting_bare(world, first + i).entity) == cue) return true;
  }
  return false;
}

/* A look-up is a walk to memory that is seldom near. The slot of a word some words ahead is sent for, and those of all lengths
   that may begin at a word at once, before the first of them is looked at. */
enum { AHEAD = 12 };

static uint32_t find_upto(const an_world *world, const an_units *units, uint32_t at, uint32_t limit, uint32_t *first, uint32_t *count) {
  uint32_t most, none;
  uint64_t begin = units->list.at[at].hash;
  if (begin == 0 || !an_filter_may(world, begin) || !an_slot_find(world->starts, begin, &most, &none)) return 0;
  if (most > limit) most = limit;
  uint64_t hashes[AN_UNITS_MOST], hash = 0;
  uint32_t have = 0;
  while (have < most && at + have < units->list.count && units->list.at[at + have].hash != 0) {
    hash = an_units_mix(hash, units->list.at[at + have].hash);
    hashes[have++] = hash;
    if (an_filter_may(world, hash)) an_slot_send(world->forms, hash);
  }
  for (uint32_t length = have; length > 0; length--) {
    if (!an_filter_may(world, hashes[length - 1]) || !an_slot_find(world->forms, hashes[length - 1], first, count)) continue;
    if (*first >= world->post_count) continue;
    if (*count > world->post_count - *first) *count = world->post_count - *first;
    capitals c = capitals_of(units, at, length);
    for (uint32_t i = 0; i < *count; i++) {
      an_match m = an_match_at(world, *first + i);
      if (fits(world, units, at, length, c, &m)) return length;
    }
  }
  return 0;
}

uint32_t an_find_at(const an_world *world, const an_units *units, uint32_t at, uint32_t *first, uint32_t *count) {
  return find_upto(world, units, at, AN_UNITS_MOST, first, count);
}

/* "President Xi Jinping": the alias "President Xi" gives way to a person's name that begins inside of it and reaches further. */
static uint32_t give_way(const an_world *world, const an_units *units, uint32_t at, uint32_t length, uint32_t *first, uint32_t *count) {
  for (uint32_t k = 1; k < length; k++) {
    uint32_t inner_first, inner_count, inner = an_find_at(world, units, at + k, &inner_first, &inner_count);
    if (inner < length || k + inner <= length) continue;
    bool person = false;
    for (uint32_t i = 0; i < inner_count && i < 32; i++) {
      uint8_t kind = an_match_at(world, inner_first + i).kind;
      person |= kind >= AN_FORM_FULL && kind <= AN_FORM_TRANSLIT;
    }
    if (person) return find_upto(world, units, at, k, first, count);
  }
  return length;
}

/* Which of its postings fit; true: some of them is an actor for the gate. Surnames and small towns alone are none: most are
   words as well. */
static bool read_postings(const an_world *world, const an_units *units, uint32_t at, uint32_t length, an_candidate *to) {
  capitals c = capitals_of(units, at, length);
  bool actor = false;
  for (uint32_t i = 0; i < to->posting_count && (i < 32 || !actor); i++) {
    an_match m = an_match_at(world, to->posting + i);
    actor |= m.kind != AN_FORM_CUE && m.kind != AN_FORM_SURNAME && (m.kind != AN_FORM_PLACE || m.prior >= 400);
    if (i < 32 && fits(world, units, at, length, c, &m)) to->fits |= UINT32_C(1) << i;
  }
  return actor;
}

an_status an_world_find(const an_world *world, an_words *words, an_arena *arena, const an_tracer *trace, an_candidates *out,
                        an_error *err) {
  an_units units = {0};
  AN_LIST(an_candidate) list = {0};
  if (!an_units_of_words(arena, words, &units)) return an_fail(err, AN_ERR_LIMIT, "world", "the page needs more memory than --max-arena allows");
  list.at = an_arena_raw(arena, units.list.count / 2 + 16, sizeof *list.at);
  list.capacity = list.at == NULL ? 0 : units.list.count / 2 + 16;
  uint32_t sent = 0;
  for (uint32_t i = 0; i < units.list.count;) {
    for (; sent <= i + AHEAD && sent < units.list.count; sent++)
      if (an_filter_may(world, units.list.at[sent].hash)) an_slot_send(world->starts, units.list.at[sent].hash);
    uint32_t first = 0, count = 0, length = an_find_at(world, &units, i, &first, &count);
    uint32_t longest_first = first, longest_count = count;
    uint32_t shorter = length > 1 ? give_way(world, &units, i, length, &first, &count) : length;
    if (shorter == 0 && length > 0) { /* nothing shorter stands there: keep what was found */
      first = longest_first;
      count = longest_count;
    } else length = shorter;
    if (length == 0) {
      i++;
      continue;
    }
    an_candidate *c = AN_PUSH(arena, &list);
    AN_NEED(c, err, "world");
    an_span at = {units.list.at[i].at.begin, units.list.at[i + length - 1].at.end};
    *c = (an_candidate){units.list.at[i].token, units.list.at[i + length - 1].token + 1, at, first, count, 0};
    if (read_postings(world, &units, i, length, c)) {
      for (uint32_t t = c->first; t < c->end && t < words->token_count; t++) words->tokens[t].flags |= AN_WORD_ACTOR;
      AN_TRACE(trace, "world.find", at, true, "%u ways to read it", count);
    }
    i += length;
  }
  out->at = list.at;
  out->count = list.count;
  return AN_OK;
}
