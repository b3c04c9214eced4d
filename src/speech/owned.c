/* SPDX-License-Identifier: Apache-2.0 */
/* "Russia, whose navy stopped two ships", "Benin closed the bridge; its army": a role is of the country of the one whose it is.

   After `its`, `his` and the like were resolved, and for `whose` by the tree. Whoever has a country of their own by the page's words
   keeps it; the one that a bare role was given by the page as a whole gives way. */
#include "speech/inner.h"

enum { NEAR = 4, MOST_OF_CHAIN = 512 };

static an_mention_at *mention(const an_walk *walk, uint32_t index) { return &walk->mentions->list.at[index]; }

/* The role, group or institution right behind a possessive, its adjectives between. */
static uint32_t role_behind(const an_walk *walk, uint32_t token) {
  for (uint32_t at = token + 1; at <= token + NEAR && at < walk->words->token_count && an_tok(walk, at)->sentence == an_tok(walk, token)->sentence; at++) {
    uint32_t index = walk->mention_of[at];
    if (index != AN_NONE) {
      uint8_t kind = mention(walk, index)->m.kind;
      bool role = kind == AN_MENTION_ROLE || kind == AN_MENTION_GROUP || kind == AN_MENTION_ORGANISATION;
      return role && mention(walk, index)->first >= token && mention(walk, index)->entity == AN_NONE && mention(walk, index)->member_count == 0 ? index : AN_NONE;
    }
    uint8_t upos = an_tok(walk, at)->upos;
    if (upos != AN_ADJ && upos != AN_NOUN && upos != AN_PROPN && upos != AN_NUM) return AN_NONE;
  }
  return AN_NONE;
}

static bool takes(const an_mention_at *m, const an_mention_at *owner) {
  bool open = m->m.who.country.at == NULL || ((m->flags & AN_MENTION_INFERRED) != 0 && (owner->flags & AN_MENTION_INFERRED) == 0);
  return open && m->m.who.sector.at != NULL;
}

static void tell(an_walk *walk, an_mention_at *m, const an_mention_at *owner) {
  if (!takes(m, owner)) return;
  m->m.who.country = owner->m.who.country;
  m->flags = (uint16_t)((m->flags & ~AN_MENTION_INFERRED) | (owner->flags & AN_MENTION_INFERRED));
  m->m.why = an_arena_printf(walk->arena, "%.*s; %.*s by the one whose it is", (int)m->m.why.size, m->m.why.at == NULL ? "" : m->m.why.at, (int)m->m.who.country.size, m->m.who.country.at);
}

void an_refer_owned(an_walk *walk, uint32_t token, uint32_t owner) {
  const an_mention_at of = *mention(walk, owner);
  uint32_t role = of.m.who.country.at == NULL || of.member_count > 1 ? AN_NONE : role_behind(walk, token);
  if (role == AN_NONE || mention(walk, role)->chain == of.chain || !takes(mention(walk, role), &of)) return;
  bool person = of.m.kind == AN_MENTION_PERSON || of.m.kind == AN_MENTION_ROLE;
  if (person && (of.flags & AN_MENTION_PUBLIC) == 0) return; /* "his lawyer", "her children": of nobody's state */
  bool named = mention(walk, role)->m.who.name.at != NULL && mention(walk, role)->m.kind == AN_MENTION_ROLE;
  uint32_t chain = mention(walk, role)->chain;
  tell(walk, mention(walk, role), &of);
  for (uint32_t i = role + 1; named && i < walk->mentions->list.count && i < role + MOST_OF_CHAIN; i++)
    if (mention(walk, i)->chain == chain && mention(walk, i)->entity == AN_NONE) tell(walk, mention(walk, i), &of);
}

/* "Russia, whose navy": what the clause hangs on; without a tree, what stands before the comma. */
void an_refer_whose(an_walk *walk, uint32_t token) {
  const an_token *noun = an_tok(walk, token)->head == AN_NONE ? NULL : an_tok(walk, an_tok(walk, token)->head);
  uint32_t owner = AN_NONE;
  for (uint32_t up = 0; noun != NULL && up < NEAR; up++) {
    if (noun->rel == AN_ACL_RELCL && noun->head != AN_NONE) owner = walk->mention_of[noun->head];
    noun = noun->rel == AN_ACL_RELCL || noun->head == AN_NONE ? NULL : an_tok(walk, noun->head);
  }
  if (owner == AN_NONE && token > 1 && an_tok(walk, token - 1)->upos == AN_PUNCT) owner = walk->mention_of[token - 2];
  if (owner != AN_NONE && mention(walk, owner)->end <= token) an_refer_owned(walk, token, owner);
}
