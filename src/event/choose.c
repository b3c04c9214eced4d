/* SPDX-License-Identifier: Apache-2.0 */
#include "event/choose.h"

#include "event/realis.h"
#include "event/roles.h"
#include "event/sides.h"
#include <stdlib.h>

static const an_token *token_at(const scene *s, uint32_t token) { return &s->words->tokens[token]; }

/* Somebody by a head of the sentence, with the list that it heads. */
static void parts_from(const scene *s, const match *m, uint32_t token, parts *out) {
  const an_token *t = token_at(s, token);
  *out = (parts){.count = 0};
  parts_of(s, token, PARTY_PLACES, out);
  if (out->count == 0 && roles_speaker_word(s, token)) parts_of_speaker(s, m->trigger, out);
  if (out->count == 0 && t->upos == AN_PROPN) part_of_thing(s, token, out); /* a name that nobody knows */
}

static bool holds(const scene *s, const parts *p, uint32_t token) {
  for (uint32_t i = 0; i < p->count; i++)
    if (p->at[i].token == token || (p->at[i].mention != AN_NONE && p->at[i].mention == s->mention_of[token])) return true;
  return false;
}

static bool lies_in(const scene *s, uint32_t token, uint32_t head) {
  for (int step = 0; step < CLAUSE_CLIMB * 2 && token != AN_NONE; step++, token = token_at(s, token)->head)
    if (token == head) return true;
  return false;
}

static void add_others(const scene *s, const match *m, const side_share *of, uint32_t count, side_name side, uint32_t best, float least, parts *out) {
  for (uint32_t i = 0; i < count; i++) {
    uint32_t token = of[i].token;
    if (i == best || of[i].share[side] < least || lies_in(s, token, of[best].token) || lies_in(s, of[best].token, token) || holds(s, out, token)) continue;
    parts more;
    parts_from(s, m, token, &more);
    parts_without(s, &more, out);
    for (uint32_t k = 0; k < more.count && out->count < MAX_PARTS; k++) out->at[out->count++] = more.at[k];
  }
}

/* Somebody of another sentence, or nobody whom the chooser saw. */
static bool is_unseen(const scene *s, const match *m, const part *p) {
  return p->token == AN_NONE || token_at(s, p->token)->sentence != token_at(s, m->trigger)->sentence;
}

static float share_of(const side_share *of, uint32_t count, side_name side, const parts *p) {
  float most = 0;
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < p->count; k++)
      if (p->at[k].token == of[i].token && of[i].share[side] > most) most = of[i].share[side];
  return most;
}

static float par(const char *name, float d) { const char *v = getenv(name); return v == NULL ? d : (float)atof(v); }

static bool choose(const scene *s, match *m, const side_share *of, uint32_t count, side_name side) {
  parts *p = side == SIDE_ACTOR ? &m->actors : &m->recipients, found;
  uint32_t best = 0;
  bool framed = m->learned == 0;
  for (uint32_t i = 1; i < count; i++)
    if (of[i].share[side] > of[best].share[side]) best = i;
  float most = of[best].share[side], rules = share_of(of, count, side, p);
  float take = framed ? p->count == 0 ? par("FFILL", .5f) : par("FOVER", .5f) : par("LTAKE", .4f), drop = framed ? par("FDROP", .1f) : par("LDROP", .4f);
  if (p->count > 0 && is_unseen(s, m, &p->at[0])) {
    if (most < par("UNSEEN", .8f)) return false;
  } else if (p->count > 0 && most < take) {
    if (rules >= drop) return false;
    p->count = 0;
    return true;
  }
  if (most < take) return false;
  if (holds(s, p, of[best].token)) return false;
  if (framed && p->count > 0 && rules > par("FKEEP", .3f)) return false;
  parts_from(s, m, of[best].token, &found);
  if (found.count == 0 && framed) return false;
  add_others(s, m, of, count, side, best, par("OTHERS", .6f), &found);
  *p = found;
  return true;
}

void choose_sides(const scene *s, match *m) {
  act_view v;
  side_share of[SIDES_MOST];
  if (s->coder->detector == NULL) return;
  if (m->learned == 0 && ((m->frame->flags & FRAME_TOLD) != 0 || reality_of(s, m).should)) return; /* turned round later */
  sides_view(s, m, &v);
  uint32_t count = sides_ask(&v, of);
  if (count == 0) return;
  if (m->learned > 0 || par("FRAMED", 1) > 0) {
    if (choose(s, m, of, count, SIDE_ACTOR)) m->chosen |= 1u << SIDE_ACTOR;
    if (choose(s, m, of, count, SIDE_RECIPIENT)) m->chosen |= 1u << SIDE_RECIPIENT;
  }
  parts_without(s, &m->recipients, &m->actors);
  for (int side = 0; side < 2; side++) {
    const parts *p = side == SIDE_ACTOR ? &m->actors : &m->recipients;
    m->side_asked = true;
    m->side_share[side] = share_of(of, count, (side_name)side, p);
    m->side_other[side] = 0;
    for (uint32_t i = 0; i < count; i++)
      if (!holds(s, p, of[i].token) && of[i].share[side] > m->side_other[side]) m->side_other[side] = of[i].share[side];
  }
}
