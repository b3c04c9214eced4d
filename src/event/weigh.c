/* SPDX-License-Identifier: Apache-2.0 */
#include "event/weigh.h"

static void range_of(const scene *s, const part *p, uint32_t *first, uint32_t *end) {
  *first = *end = AN_NONE;
  if (p->mention != AN_NONE && s->mentions->list.at[p->mention].end > s->mentions->list.at[p->mention].first) {
    *first = s->mentions->list.at[p->mention].first;
    *end = s->mentions->list.at[p->mention].end;
  } else if (p->token != AN_NONE) {
    *first = p->token;
    *end = p->token + 1;
  }
}

/* Who does it and to whom it is done, as marks in a sentence would say; parties of other sentences are not seen. */
static bool pair_of(const scene *s, const match *m, an_pair *pair) {
  uint32_t sentence = s->words->tokens[m->trigger].sentence;
  const part *at[2] = {NULL, NULL};
  uint32_t count = 0;
  const parts *sides[] = {&m->actors, &m->recipients};
  for (uint32_t k = 0; k < 2; k++)
    for (uint32_t i = 0; i < sides[k]->count && count < 2; i++) {
      uint32_t first, end;
      range_of(s, &sides[k]->at[i], &first, &end);
      if (first == AN_NONE || s->words->tokens[first].sentence != sentence) continue;
      at[count++] = &sides[k]->at[i];
      if (!m->mutual) break;
    }
  if (count == 0) return false;
  *pair = (an_pair){AN_NONE, AN_NONE, AN_NONE, AN_NONE};
  range_of(s, at[0], &pair->source, &pair->source_end);
  if (count > 1) range_of(s, at[1], &pair->target, &pair->target_end);
  if (pair->target != AN_NONE && pair->target < pair->source_end && pair->source < pair->target_end) pair->target = pair->target_end = AN_NONE;
  return true;
}

weight weigh(const scene *s, const match *m, const reality *r, scales *room) {
  const an_classifier *c = s->coder->classifier;
  weight out = {.asked = false, .best = m->type};
  an_pair pair;
  if (c == NULL || !pair_of(s, m, &pair)) return out;
  propose(s, pair, &room->drafts, &room->all);
  uint32_t own = AN_NONE;
  for (uint32_t i = 0; i < room->all.count; i++)
    if (room->all.at[i].m.frame == m->frame && room->all.at[i].m.trigger == m->trigger) own = i;
  if (own == AN_NONE && m->learned == 0) return out;
  if (own != AN_NONE) { /* what no frame says the classifier is asked without being told the answer */
    room->all.best = own;
    room->all.at[own].m.type = m->type;
    room->all.at[own].m.mode = m->mode;
    room->all.at[own].r = *r;
  }
  verdict v;
  signs_of(s, pair, &room->all, &room->signs);
  classify(c, s, &room->signs, false, &v);
  out = (weight){.asked = true, .own = v.share[m->type], .none = v.share[c->types - 1], .best = v.best};
  for (uint32_t t = 0; t + 1 < c->types; t++)
    if (t != m->type && v.share[t] > out.other) out.other = v.share[t];
  return out;
}
