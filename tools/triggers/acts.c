/* SPDX-License-Identifier: Apache-2.0 */
#include "acts.h"

#include <string.h>

#include "event/find.h"
#include "train/must.h"

example *examples_add(examples *to) {
  if (to->count == to->capacity) {
    to->capacity = to->capacity == 0 ? 4096 : to->capacity * 2;
    to->at = must(realloc(to->at, to->capacity * sizeof *to->at));
  }
  return &to->at[to->count++];
}

/* ---- Whom a mark means ------------------------------------------------------------------------------ */

static bool under(const scene *s, const party_mark *m, uint32_t token) {
  an_span at = token_at(s, token)->at;
  return m->begin < at.end && at.begin < m->end;
}

static bool is_candidate(const act_view *v, uint32_t token) {
  for (uint32_t i = 0; i < v->count; i++)
    if (v->candidate[i] == token) return true;
  return false;
}

/* Who stands for the marked words: their head where it is somebody, else somebody inside, the higher in the tree the better. */
static uint32_t candidate_of(const act_view *v, const party_mark *m) {
  const scene *s = v->s;
  const an_sentence *at = &s->words->sentences[token_at(s, v->at)->sentence];
  uint32_t best = AN_NONE, least = AN_NONE;
  for (uint32_t i = at->first; i < at->first + at->count; i++) {
    if (!under(s, m, i) || !is_candidate(v, i)) continue;
    uint32_t depth = 0;
    for (uint32_t up = token_at(s, i)->head; up != AN_NONE && under(s, m, up) && depth < 20; up = token_at(s, up)->head) depth++;
    if (depth < least) least = depth, best = i;
  }
  return best;
}

/* Whether somebody may be meant too: a word inside of a mark, or an item of a list with one of them. */
static bool is_doubtful(const act_view *v, const act_mark *a, const uint8_t *side, uint32_t n) {
  const scene *s = v->s;
  for (uint32_t i = 0; i < a->count; i++)
    if (a->who[i].perhaps && under(s, &a->who[i], v->candidate[n])) return true;
  uint32_t head = token_at(s, v->candidate[n])->head;
  bool joins = token_at(s, v->candidate[n])->rel == AN_CONJ || token_at(s, v->candidate[n])->rel == AN_APPOS;
  for (uint32_t i = 0; joins && i < v->count; i++)
    if (v->candidate[i] == head && side[i] != SIDE_NEITHER) return true;
  return false;
}

static void keep(examples *to, const act_view *v, const an_vectors *vectors, const act_mark *a, uint32_t n, uint8_t right, uint32_t bag, float weight) {
  an_layer_keys keys;
  uint32_t who = v->candidate[n];
  sides_keys(v, who, &keys);
  example *e = examples_add(to);
  *e = (example){.keys = must(malloc((keys.count + 1u) * sizeof *e->keys)), .key_count = keys.count, .right = right, .bag = bag, .weight = weight,
                 .aside = a->aside, .act = to->acts, .rules = SIDE_NEITHER, .framed = v->m->learned == 0};
  memcpy(e->keys, keys.at, keys.count * sizeof *e->keys);
  for (int i = 0; i < 2; i++) {
    int16_t *state = must(malloc(AN_STATE * sizeof *state));
    memcpy(state, an_language_kept(v->s->words, i == 0 ? v->at : who), AN_STATE * sizeof *state);
    e->state[i] = state;
  }
  sides_near(v, vectors, who, e->near);
  if (v->m->recipients.count > 0 && v->m->recipients.at[0].token == who) e->rules = SIDE_RECIPIENT;
  if (v->m->actors.count > 0 && v->m->actors.at[0].token == who) e->rules = SIDE_ACTOR;
}

/* m: with the parts of the rules. */
static void learn(examples *to, const scene *s, const an_vectors *vectors, const act_mark *a, const match *m, float weight) {
  act_view v;
  uint8_t side[SIDES_MOST];
  uint32_t party[SIDES_MOST] = {0}, ways[SIDES_MOST] = {0};
  bool perhaps[SIDES_MOST] = {false};
  sides_view(s, m, &v);
  if (v.count == 0 || an_language_kept(s->words, v.at) == NULL) return;
  memset(side, SIDE_NEITHER, sizeof side);
  for (uint32_t i = 0; i < a->count; i++) {
    uint32_t who = candidate_of(&v, &a->who[i]);
    for (uint32_t n = 0; n < v.count && who != AN_NONE; n++)
      if (v.candidate[n] == who && (side[n] == SIDE_NEITHER || perhaps[n])) side[n] = a->who[i].side, party[n] = a->who[i].party, perhaps[n] = a->who[i].perhaps;
  }
  for (uint32_t n = 0; n < v.count; n++)
    for (uint32_t k = 0; k < v.count; k++) ways[n] += side[n] != SIDE_NEITHER && side[k] == side[n] && party[k] == party[n];
  to->acts++;
  for (uint32_t n = 0; n < v.count; n++) {
    if (side[n] == SIDE_NEITHER) {
      if (!is_doubtful(&v, a, side, n)) keep(to, &v, vectors, a, n, SIDE_NEITHER, 0, weight);
      continue;
    }
    bool first = true;
    for (uint32_t k = 0; k < n; k++) first &= !(side[k] == side[n] && party[k] == party[n]);
    uint32_t bag = ways[n] > 1 ? ++to->bags : 0;
    for (uint32_t k = n; first && k < v.count; k++) {
      if (side[k] != side[n] || party[k] != party[n]) continue;
      keep(to, &v, vectors, a, k, side[n], bag, perhaps[n] ? 0.5f * weight : weight);
      to->at[to->count - 1].perhaps = perhaps[n];
    }
  }
}

/* What words say for somebody else ("must leave", as told) turns its parties round later: nothing to learn from here. */
static bool is_turned_later(const scene *s, const match *m) {
  return (m->frame->flags & FRAME_TOLD) != 0 || reality_of(s, m).should;
}

void acts_learn(examples *to, const scene *s, const an_vectors *vectors, const act_mark *act) {
  match m;
  const char *why_not;
  bool framed = match_frame(s, act->token, &m, NULL) && (m.type == act->type || s->coder->types[m.type].future == act->type);
  if (framed) match_parts(s, &m, false, &why_not);
  if (framed && !is_turned_later(s, &m)) learn(to, s, vectors, act, &m, act->weight);
  match_learned(s, act->token, act->type, 1000, &m);
  match_parts(s, &m, false, &why_not);
  learn(to, s, vectors, act, &m, framed ? 0.5f * act->weight : act->weight);
}

/* ---- What it is worth ---------------------------------------------------------------------------------- */

typedef struct tally { uint32_t acts, rules, net, told_rules, told_net, there; } tally;

static void count(tally *t, const example *all, uint32_t n, uint8_t side, const float (*share)[SIDE_COUNT], float least) {
  uint32_t rules = AN_NONE, best = AN_NONE;
  bool there = false;
  for (uint32_t i = 0; i < n; i++) {
    if (all[i].rules == side) rules = i;
    there |= all[i].right == side && !all[i].perhaps;
    if (share[i][side] >= least && (best == AN_NONE || share[i][side] > share[best][side])) best = i;
  }
  t->acts++;
  t->there += there;
  t->told_rules += rules != AN_NONE;
  t->told_net += best != AN_NONE;
  t->rules += rules == AN_NONE ? !there : all[rules].right == side;
  t->net += best == AN_NONE ? !there : all[best].right == side;
}

void acts_report(const examples *of, triggers_net *n) {
  static const char *const names[2][2] = {{"doer, no frame", "doer, frame"}, {"whom, no frame", "whom, frame"}};
  for (int step = 0; step < 3; step++) {
    float least = 0.3f + 0.1f * (float)step;
    tally t[2][2] = {{{0}}};
    for (uint32_t i = 0; i < of->count;) {
      float share[64][SIDE_COUNT];
      uint32_t k = 0;
      for (; i + k < of->count && k < 64 && of->at[i + k].act == of->at[i].act; k++) {
        float all[NET_CLASSES];
        if (of->at[i + k].aside) triggers_net_ask(n, &of->at[i + k], all), memcpy(share[k], all, sizeof share[k]);
      }
      for (uint8_t side = 0; side < 2 && of->at[i].aside; side++) count(&t[side][of->at[i].framed], &of->at[i], k, side, (const float (*)[SIDE_COUNT])share, least);
      i += k;
    }
    for (int side = 0; side < 2; side++)
      for (int framed = 0; framed < 2; framed++) {
        const tally *x = &t[side][framed];
        double all = x->acts + 1e-9;
        printf("sides: at %.1f, %s: %u acts, %u with one; right by rules %.3f (%u told), by the net %.3f (%u told)\n", (double)least, names[side][framed], x->acts, x->there,
               x->rules / all, x->told_rules, x->net / all, x->told_net);
      }
  }
}
