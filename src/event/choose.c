/* SPDX-License-Identifier: Apache-2.0 */
#include "event/choose.h"

#include "event/realis.h"
#include "event/roles.h"
#include "event/sides.h"

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

static uint32_t likeliest(const side_share *of, uint32_t count, side_name side) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < count; i++)
    if (of[i].share[side] > of[best].share[side]) best = i;
  return best;
}

/* No frame says where the parties stand: the likeliest, and nobody where nobody is likely. Whom the rules have from elsewhere stays unless
   somebody here is much likelier. */
static bool choose_freely(const scene *s, const match *m, const side_share *of, uint32_t count, side_name side, parts *p) {
  const float LEAST = 0.4f, LEAST_HERE = 0.8f, LEAST_BESIDE = 0.6f;
  uint32_t best = likeliest(of, count, side);
  bool elsewhere = p->count > 0 && is_unseen(s, m, &p->at[0]);
  if (of[best].share[side] < (elsewhere ? LEAST_HERE : LEAST)) {
    bool changed = p->count > 0 && !elsewhere;
    if (changed) p->count = 0;
    return changed;
  }
  if (holds(s, p, of[best].token)) return false;
  parts chosen;
  parts_from(s, m, of[best].token, &chosen);
  if (chosen.count == 0) return false; /* nobody whom an event can name: whom the rules found stays */
  *p = chosen;
  add_others(s, m, of, count, side, best, LEAST_BESIDE, p);
  return true;
}

/* A frame knows where its parties stand; where nobody stands there to whom it is done, somebody likely may be meant. (Whoever is looked for as
   the doer of an act of which a frame finds none is as often wrong as right.) */
static bool fill(const scene *s, const match *m, const side_share *of, uint32_t count, side_name side, parts *p) {
  const float LEAST = 0.5f;
  const roles *given = &m->frame->recipient;
  uint32_t best = likeliest(of, count, side);
  bool nobody = given->count == 1 && given->at[0].kind == ROLE_NOBODY, each_other = (m->frame->flags & FRAME_MUTUAL) != 0 && m->actors.count > 1;
  if (side != SIDE_RECIPIENT || p->count > 0 || nobody || each_other || of[best].share[side] < LEAST) return false;
  parts_from(s, m, of[best].token, p);
  parts_without(s, p, &m->actors);
  return p->count > 0;
}

static float share_of(const side_share *of, uint32_t count, side_name side, const parts *p) {
  float most = 0;
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < p->count; k++)
      if (p->at[k].token == of[i].token && of[i].share[side] > most) most = of[i].share[side];
  return most;
}

void choose_sides(const scene *s, match *m) {
  act_view v;
  side_share of[SIDES_MOST];
  if (s->coder->detector == NULL) return;
  bool asks = m->learned > 0 && coder_type_is(s->coder, m->type, TYPE_ASKS);
  if ((m->frame->flags & FRAME_TOLD) != 0 || (!asks && reality_of(s, m).should)) return; /* turned round later */
  sides_view(s, m, &v);
  uint32_t count = sides_ask(&v, of);
  if (count == 0) return;
  m->side_asked = true;
  for (int side = 0; side < SIDE_NEITHER; side++) {
    parts *p = side == SIDE_ACTOR ? &m->actors : &m->recipients;
    bool changed = m->learned > 0 ? choose_freely(s, m, of, count, (side_name)side, p) : fill(s, m, of, count, (side_name)side, p);
    if (changed) m->chosen |= (uint8_t)(1u << side);
  }
  parts_without(s, &m->recipients, &m->actors);
  for (int side = 0; side < SIDE_NEITHER; side++) {
    const parts *p = side == SIDE_ACTOR ? &m->actors : &m->recipients;
    m->side_share[side] = share_of(of, count, (side_name)side, p);
    for (uint32_t i = 0; i < count; i++)
      if (!holds(s, p, of[i].token) && of[i].share[side] > m->side_other[side]) m->side_other[side] = of[i].share[side];
  }
}
