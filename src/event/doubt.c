/* SPDX-License-Identifier: Apache-2.0 */
#include "event/doubt.h"

#include "event/known.h"

/* Chosen on 140 rows of PolNeAR and of a quarter of the shared pages, judged by hand (docs/accuracy.md, "Events"): at .6 the wrong rows that
   go are twice the right ones; on sentences without an event half of what was left goes. */
static const float NOTHING_THERE = .6f;

/* Tokens of a part: its mention's, or the one that it is known by. */
static void tokens_of(const scene *s, const part *p, uint32_t *first, uint32_t *end) {
  *first = p->token;
  *end = p->token + 1;
  if (p->mention == AN_NONE || s->mentions->list.at[p->mention].head != p->token) return;
  *first = s->mentions->list.at[p->mention].first;
  *end = s->mentions->list.at[p->mention].end;
}

an_status doubt(const scene *s, const match *m, bool *doubted, an_error *err) {
  *doubted = false;
  const an_classifier *c = s->coder->classifier;
  if (c == NULL || m->actors.count == 0 || m->actors.at[0].token == AN_NONE) return AN_OK;
  bool sure = m->points >= 3 && party_any_political(s, &m->actors) && party_any_political(s, &m->recipients);
  if (sure) return AN_OK;
  const part *a = &m->actors.at[0], *b = m->recipients.count > 0 ? &m->recipients.at[0] : m->actors.count > 1 ? &m->actors.at[1] : NULL;
  an_pair pair = {.target = AN_NONE, .target_end = AN_NONE};
  tokens_of(s, a, &pair.source, &pair.source_end);
  if (b != NULL && b->token != AN_NONE && b->token != a->token) tokens_of(s, b, &pair.target, &pair.target_end);
  if (s->words->tokens[pair.source].sentence != s->words->tokens[m->trigger].sentence) return AN_OK;
  proposals *all = AN_NEW(s->arena, proposals, 1);
  signs *g = AN_NEW(s->arena, signs, 1);
  AN_NEED(all, err, "event");
  AN_NEED(g, err, "event");
  verdict v;
  propose(s, pair, all);
  signs_of(s, pair, all, g);
  classify(c, s, g, &v);
  *doubted = v.share[CLASSIFIER_TYPES - 1] > NOTHING_THERE;
  return AN_OK;
}
