/* SPDX-License-Identifier: Apache-2.0 */
#include "event/party.h"

#include <string.h>

static const an_mention_at *mention_at(const scene *s, uint32_t mention) { return &s->mentions->list.at[mention]; }

static bool only_where(const an_mention_at *m) {
  return (m->flags & AN_MENTION_LOCATIVE) != 0 || (m->m.kind == AN_MENTION_PLACE && (m->flags & AN_MENTION_METONYM) == 0);
}

bool party_at(const scene *s, uint32_t token) {
  uint32_t m = s->mention_of[token];
  return m != AN_NONE && !only_where(mention_at(s, m));
}

bool part_same(const scene *s, const part *a, const part *b) {
  if (a->mention != AN_NONE && b->mention != AN_NONE) {
    const an_mention_at *x = mention_at(s, a->mention), *y = mention_at(s, b->mention);
    if (a->mention == b->mention || (x->chain == y->chain && x->chain != AN_NONE)) return true;
  }
  if (a->party.entity.at != NULL && b->party.entity.at != NULL) return an_text_equal(a->party.entity, b->party.entity);
  return a->token == b->token && an_text_equal(a->party.country, b->party.country);
}

static void add(const scene *s, parts *out, const part *p) {
  for (uint32_t i = 0; i < out->count; i++)
    if (part_same(s, &out->at[i], p)) return;
  if (out->count < MAX_PARTS) out->at[out->count++] = *p;
  else out->cut = true;
}

void parts_without(const scene *s, parts *from, const parts *these) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < from->count; i++) {
    bool also = false;
    for (uint32_t k = 0; k < these->count; k++) also |= part_same(s, &from->at[i], &these->at[k]);
    if (!also) from->at[kept++] = from->at[i];
  }
  from->count = kept;
}

/* "The prefect", "the health ministry" on a page that names no state: what is a body or an office of one whatever the page is about. */
static void add_sector(const scene *s, part *p) {
  const an_mention_at *m = mention_at(s, p->mention);
  bool noun = m->m.kind == AN_MENTION_ROLE || m->m.kind == AN_MENTION_GROUP || m->m.kind == AN_MENTION_ORGANISATION;
  bool unknown = p->party.sector.at == NULL && p->party.country.at == NULL && p->party.entity.at == NULL && p->party.name.at == NULL;
  if (noun && unknown && (m->flags & AN_MENTION_PRONOUN) == 0) p->party.sector = coder_sector(s->coder, token_at(s, m->head)->lemma_fold);
}

/* A mention as a party; "the two sides" as each of those that it stands for, under the words that were used. */
void parts_of_mention(const scene *s, uint32_t mention, uint32_t token, parts *out) {
  const an_mention_at *m = mention_at(s, mention);
  if (m->member_count < 2) {
    part p = {m->m.who, mention, token};
    p.party.mention = mention;
    if (p.party.country.at == NULL && m->place.text.at != NULL) p.party.country = m->place.country;
    add_sector(s, &p);
    if (m->member_count == 1 && p.party.entity.at == NULL && p.party.country.at == NULL) {
      const an_mention_at *stood_for = mention_at(s, m->members[0]);
      an_party said = p.party;
      p.party = stood_for->m.who;
      p.party.span = said.span;
      p.party.text = said.text;
      p.party.antecedent = said.antecedent;
      p.party.antecedent_span = said.antecedent_span;
      p.mention = p.party.mention = m->members[0];
    }
    add(s, out, &p);
    return;
  }
  for (uint32_t i = 0; i < m->member_count; i++) {
    part p = {mention_at(s, m->members[i])->m.who, m->members[i], token};
    p.party.mention = m->members[i];
    p.party.span = m->m.who.span;
    p.party.text = m->m.who.text;
    if ((m->flags & AN_MENTION_PRONOUN) != 0) an_mention_antecedent(mention_at(s, m->members[i]), &p.party);
    add(s, out, &p);
  }
}

/* The first word of a noun phrase that says more of it: "senior Ukrainian negotiators" without its article and numbers. */
static uint32_t phrase_first(const scene *s, uint32_t token) {
  uint32_t first = token;
  for (uint32_t c = an_child(s->words, token, AN_NONE); c != AN_NONE; c = an_child(s->words, token, c))
    if (c < first && (token_at(s, c)->rel == AN_AMOD || token_at(s, c)->rel == AN_COMPOUND)) first = c;
  return first;
}

/* "Russian warplanes", "the board of the Tribune": of that country, with the sector that the noun gives. */
static void add_derived(const scene *s, parts *out, uint32_t token, uint32_t mention, an_text sector) {
  const an_mention_at *of = mention_at(s, mention);
  uint32_t first = phrase_first(s, token), last = token;
  if (of->first < first) first = of->first;
  if (of->first > token && of->first <= token + 4 && of->end > token) last = of->end - 1;
  an_span span = {token_at(s, first)->at.begin, token_at(s, last)->at.end};
  part p = {{.span = span, .text = an_text_slice(s->words->text, span.begin, span.end), .country = of->m.who.country,
             .sector = sector, .mention = AN_NONE}, AN_NONE, token};
  if (p.party.country.at == NULL) p.party.country = of->place.country;
  if (p.party.country.at != NULL) add(s, out, &p);
}

static bool is_modifier(uint8_t rel) {
  return rel == AN_AMOD || rel == AN_COMPOUND || rel == AN_NMOD_POSS || rel == AN_NMOD;
}

static bool is_origin(const scene *s, uint32_t token) {
  uint64_t prep = clause_prep(s, token);
  for (uint32_t i = 0; i < s->coder->origin.count; i++)
    if (s->coder->origin.at[i].prep == prep) return true;
  return false;
}

/* "NATO troops" are people of it; "Reuters reporters" are not Britons for that. */
static bool lends_country(const scene *s, const an_mention_at *m) {
  return m->m.kind != AN_MENTION_ORGANISATION || coder_sector_lends(s->coder, m->m.who.sector);
}

/* "Lawmakers in Mali and Niger": of both, where the first is the country that the mention has by it. */
static bool shares_place(const scene *s, uint32_t first, uint32_t item, an_text has_country) {
  uint32_t m = s->mention_of[first], by = an_child_by(s->words, first, AN_CASE);
  return item != first && m != AN_NONE && by != AN_NONE && has_country.at != NULL && an_text_equal(mention_at(s, m)->m.who.country, has_country) &&
         coder_is(s->coder, token_at(s, by), REALIS_PLACE);
}

/* "Iranian and Russian officials", "the leaders of India and Nepal": further countries than the one that the mention has. true: they
   lie in a list that begins with its own. */
static bool add_by_modifiers(const scene *s, parts *out, uint32_t token, an_text has_country, an_text sector) {
  const an_sentence *sentence = &s->words->sentences[token_at(s, token)->sentence];
  bool listed = false;
  uint32_t list = token_at(s, token)->rel == AN_CONJ ? token_at(s, token)->head : token;
  for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    uint32_t m = s->mention_of[i];
    if (m == AN_NONE || mention_at(s, m)->head != i) continue;
    uint32_t up = i;
    while (token_at(s, up)->rel == AN_CONJ && token_at(s, up)->head != AN_NONE && token_at(s, up)->head < up) up = token_at(s, up)->head;
    const an_token *t = token_at(s, up);
    bool near = t->head == token || (t->head == list && up > token); /* "soldiers and officials in Mali and Niger" */
    bool shared = t->rel == AN_NMOD && near && shares_place(s, up, i, has_country);
    if ((t->head != token && !shared) || !is_modifier(t->rel) || (t->rel == AN_NMOD && !shared && !is_origin(s, up)) || !lends_country(s, mention_at(s, m))) continue;
    an_text country = mention_at(s, m)->m.who.country;
    if (country.at == NULL || an_text_equal(country, has_country)) continue;
    if (has_country.at != NULL && (mention_at(s, m)->flags & AN_MENTION_PRONOUN) != 0) continue; /* "his Latvian counterpart" */
    if (t->rel != AN_AMOD && class_meets(coder_classes(s->coder, token_at(s, token)->lemma_fold), s->coder->relation)) continue; /* "its allies" */
    add_derived(s, out, token, m, sector);
    listed |= shared;
  }
  return listed;
}

/* A noun for people that the world does not list: "herders", "negotiators". Whose and of where is left open. */
static bool is_somebody(const scene *s, uint32_t token) {
  return token_at(s, token)->upos == AN_NOUN && class_meets(coder_classes(s->coder, token_at(s, token)->lemma_fold), s->coder->somebody);
}

static void add_unnamed(const scene *s, parts *out, uint32_t token, an_text sector) {
  an_span span = {token_at(s, phrase_first(s, token))->at.begin, token_at(s, token)->at.end};
  part p = {{.span = span, .text = an_text_slice(s->words->text, span.begin, span.end), .sector = sector, .mention = AN_NONE}, AN_NONE, token};
  add(s, out, &p);
}

static void add_named(const scene *s, parts *out, uint32_t token, uint32_t mention) {
  parts of = {.count = 0}, self = {.count = 0};
  add_by_modifiers(s, &of, token, (an_text){0}, (an_text){0});
  parts_of_mention(s, mention, token, &self);
  if (of.count == 1 && self.count == 1 && self.at[0].party.country.at == NULL) self.at[0].party.country = of.at[0].party.country;
  for (uint32_t i = 0; i < self.count; i++) add(s, out, &self.at[i]);
}

/* "loans worth US $2bn": of money, and nobody. */
static bool is_currency(const scene *s, const an_mention_at *m) {
  if (m->m.kind != AN_MENTION_COUNTRY || m->end >= s->words->token_count) return false;
  const an_token *next = token_at(s, m->end);
  return next->sentence == token_at(s, m->head)->sentence && an_text_is(an_word(s->words, m->end), "$");
}

static void add_one(const scene *s, uint32_t token, unsigned how, parts *out) {
  uint32_t m = s->mention_of[token];
  if (m != AN_NONE) {
    const an_mention_at *at = mention_at(s, m);
    if ((only_where(at) && (how & PARTY_PLACES) == 0) || is_currency(s, at)) return;
    if ((at->flags & AN_MENTION_ADJECTIVE) == 0 || at->head == token) {
      uint32_t appositive = an_child_by(s->words, token, AN_APPOS);
      bool better = at->m.who.entity.at == NULL && appositive != AN_NONE && s->mention_of[appositive] != AN_NONE &&
                    (mention_at(s, s->mention_of[appositive])->m.who.entity.at != NULL ||
                     (at->m.kind == AN_MENTION_ROLE && mention_at(s, s->mention_of[appositive])->m.kind == AN_MENTION_PERSON));
      bool by_role = at->m.kind == AN_MENTION_ROLE || at->m.kind == AN_MENTION_GROUP;
      bool nowhere = at->m.who.country.at == NULL && at->m.who.entity.at == NULL && at->place.country.at == NULL && at->member_count < 2;
      if (nowhere && (at->m.kind == AN_MENTION_PERSON || better)) { /* "Senator Ann Other of Ohio": the name stays, the country is added */
        add_named(s, out, token, better ? s->mention_of[appositive] : m);
        return;
      }
      bool listed = by_role && at->m.who.entity.at == NULL && at->member_count < 2 &&
                    add_by_modifiers(s, out, token, at->m.who.country, at->m.who.sector);
      if (nowhere && !by_role) add_by_modifiers(s, out, token, (an_text){0}, at->m.who.sector); /* "the Ukrainian port" */
      bool guessed = by_role && out->count > 0 && !listed && (at->flags & AN_MENTION_INFERRED) != 0; /* "inspectors from the United Nations" */
      if ((!nowhere || out->count == 0) && !guessed) parts_of_mention(s, better ? s->mention_of[appositive] : m, token, out);
      return;
    }
  }
  an_text sector = coder_sector(s->coder, token_at(s, token)->lemma_fold);
  bool somebody = is_somebody(s, token);
  bool carrier = class_meets(coder_classes(s->coder, token_at(s, token)->lemma_fold), s->coder->carrier); /* "French planes" act for France */
  if (sector.at != NULL || somebody || carrier) add_by_modifiers(s, out, token, (an_text){0}, sector); /* "a Dutch engineer" */
  if (out->count == 0 && somebody) add_unnamed(s, out, token, sector);
}

/* "hands in Hanoi", "the effort in Syria": a place after a preposition of place is where. */
static bool stands_where(const scene *s, uint32_t token) {
  uint32_t by = an_child_by(s->words, token, AN_CASE), m = s->mention_of[token];
  return token_at(s, token)->rel == AN_NMOD && by != AN_NONE && m != AN_NONE && (mention_at(s, m)->flags & AN_MENTION_LOCATIVE) != 0 &&
         coder_is(s->coder, token_at(s, by), REALIS_PLACE);
}

/* "the nurses' demands", "a ruling by the labour court", "calls of the opposition": whose the thing is. */
static bool owns(const scene *s, uint32_t token) {
  uint8_t rel = token_at(s, token)->rel;
  uint32_t by = rel == AN_NMOD ? an_child_by(s->words, token, AN_CASE) : AN_NONE;
  return rel == AN_NMOD_POSS || (by != AN_NONE && (coder_is(s->coder, token_at(s, by), REALIS_AGENT) || is_origin(s, token)));
}

/* "a proposal put forward by the government": who did it. */
static uint32_t doer_of(const scene *s, uint32_t participle) {
  if (token_at(s, participle)->rel != AN_ACL || token_at(s, participle)->xpos != AN_X_VBN) return AN_NONE;
  for (uint32_t c = an_child(s->words, participle, AN_NONE); c != AN_NONE; c = an_child(s->words, participle, c)) {
    uint8_t rel = token_at(s, c)->rel;
    uint32_t by = rel == AN_OBL || rel == AN_OBL_AGENT ? an_child_by(s->words, c, AN_CASE) : AN_NONE;
    if (by != AN_NONE && coder_is(s->coder, token_at(s, by), REALIS_AGENT)) return c;
  }
  return AN_NONE;
}

/* Somebody inside of a phrase: breadth first, nearest and leftmost first, at most as many steps as the sentence has words. */
static void add_deep(const scene *s, uint32_t token, unsigned how, parts *out) {
  uint32_t queue[32], first = 0, count = 0;
  queue[count++] = token;
  while (first < count && out->count == 0) {
    uint32_t head = queue[first++];
    for (uint32_t c = an_child(s->words, head, AN_NONE); c != AN_NONE && count < 32; c = an_child(s->words, head, c)) {
      uint8_t rel = token_at(s, c)->rel;
      uint32_t doer = doer_of(s, c);
      if (doer != AN_NONE) add_one(s, doer, how, out);
      if ((!is_modifier(rel) && rel != AN_APPOS) || stands_where(s, c)) continue;
      parts here = {.count = 0};
      add_one(s, c, how, &here);
      for (uint32_t k = an_child_by(s->words, c, AN_CONJ); here.count > 0 && k != AN_NONE; k = an_child(s->words, c, k))
        if (token_at(s, k)->rel == AN_CONJ) add_one(s, k, how, &here);
      for (uint32_t i = 0; i < here.count; i++) /* inside of a phrase only who is known counts, or whose it is */
        if (here.at[i].party.country.at != NULL || here.at[i].party.entity.at != NULL || owns(s, c)) add(s, out, &here.at[i]);
      queue[count++] = c;
    }
  }
}

/* "Putin, Rouhani hold talks": two names side by side of different people are a list, whatever the parser calls it. */
static bool is_list_item(const scene *s, uint32_t head, uint32_t token) {
  if (token_at(s, token)->rel != AN_APPOS || s->mention_of[head] == AN_NONE || s->mention_of[token] == AN_NONE) return false;
  const an_mention_at *a = mention_at(s, s->mention_of[head]), *b = mention_at(s, s->mention_of[token]);
  return a != b && a->m.kind == b->m.kind && (a->m.kind == AN_MENTION_PERSON || a->m.kind == AN_MENTION_COUNTRY) &&
         a->m.who.entity.at != NULL && b->m.who.entity.at != NULL && !an_text_equal(a->m.who.entity, b->m.who.entity);
}

/* "Western states, including Britain": one of those that the phrase names. */
static void add_members(const scene *s, uint32_t token, unsigned how, parts *out) {
  for (uint32_t c = an_child(s->words, token, AN_NONE); c != AN_NONE; c = an_child(s->words, token, c)) {
    if (token_at(s, c)->rel != AN_NMOD) continue;
    uint64_t prep = clause_prep(s, c);
    for (uint32_t i = 0; i < s->coder->members.count; i++)
      if (s->coder->members.at[i].prep == prep) add_one(s, c, how, out);
  }
}

/* Everybody of a list; the parser may hang an item of "Mali, Niger, Chad and Togo" on the one before it, so items of items count. */
static void add_list(const scene *s, uint32_t token, unsigned how, parts *out) {
  uint32_t queue[MAX_PARTS], first = 0, count = 0;
  queue[count++] = token;
  while (first < count) {
    uint32_t head = queue[first++];
    for (uint32_t c = an_child(s->words, head, AN_NONE); c != AN_NONE; c = an_child(s->words, head, c)) {
      if ((token_at(s, c)->rel != AN_CONJ || clause_is_verb(s, c)) && !is_list_item(s, head, c)) continue;
      parts item = {.count = 0};
      add_one(s, c, how, &item);
      add_members(s, c, how, &item);
      for (uint32_t i = 0; i < item.count; i++) add(s, out, &item.at[i]);
      if (count < MAX_PARTS) queue[count++] = c;
      else out->cut = true;
    }
  }
}

void parts_of(const scene *s, uint32_t token, unsigned how, parts *out) {
  if (token == AN_NONE) return;
  token = clause_head(s, token);
  add_one(s, token, how, out);
  add_members(s, token, how, out);
  add_list(s, token, how, out);
  if (out->count == 0 && (how & PARTY_DEEP) != 0) add_deep(s, token, how, out);
}

void part_of_thing(const scene *s, uint32_t token, parts *out) {
  parts thing = {.count = 0};
  bool owned = out->count > 1 || (out->count == 1 && an_child_by(s->words, token, AN_NMOD_POSS) != AN_NONE);
  bool inside = out->count == 0 || (out->at[0].mention != AN_NONE && mention_at(s, out->at[0].mention)->m.kind == AN_MENTION_PLACE);
  if (owned || !inside) return; /* "the farmer's house": whose it is */
  add_unnamed(s, &thing, token, (an_text){0});
  if (out->count == 1) thing.at[0].party.country = out->at[0].party.country;
  *out = thing;
}

/* ---- Speakers -------------------------------------------------------------------------------- */

/* Who says what this token is part of: the statement's speakers, or the subject of the verb of saying above it. */
void parts_of_speaker(const scene *s, uint32_t token, parts *out) {
  uint32_t statement = s->statement_of[token];
  if (statement != AN_NONE) {
    const an_statement_at *at = &s->statements->list.at[statement];
    for (uint32_t i = 0; i < at->s.speaker_count; i++) {
      if (at->speakers != NULL && at->speakers[i] != AN_NONE) {
        parts_of_mention(s, at->speakers[i], mention_at(s, at->speakers[i])->head, out);
        continue;
      }
      part p = {at->s.speakers[i], AN_NONE, AN_NONE};
      if (p.party.country.at != NULL || p.party.entity.at != NULL) add(s, out, &p);
    }
    if (out->count > 0) return;
  }
  for (int step = 0; step < CLAUSE_CLIMB && token != AN_NONE; step++) {
    const an_token *t = token_at(s, token);
    if (t->head == AN_NONE) return;
    bool told = (t->rel == AN_CCOMP || t->rel == AN_PARATAXIS) && (token_at(s, t->head)->flags & AN_WORD_CUE) != 0;
    token = t->head;
    if (!told) continue;
    parts_of(s, clause_subject(s, token), 0, out);
    return;
  }
}

const an_party *parts_copy(const scene *s, const parts *from) {
  an_party *to = AN_NEW(s->arena, an_party, from->count);
  for (uint32_t i = 0; to != NULL && i < from->count; i++) to[i] = from->at[i].party;
  return to;
}
