/* SPDX-License-Identifier: Apache-2.0 */
/* Writing mentions down: the head word, the chain, what it is as a place. */
#include "world/scene.h"

#include <math.h>

/* The word of the range that other words hang on: of those whose own head lies outside, the last noun or name. Without a tree,
   the last word. */
uint32_t an_head_of(const an_words *words, uint32_t first, uint32_t end) {
  if (first >= end || end > words->token_count) return first;
  if (!words->sentences[words->tokens[first].sentence].parsed) return end - 1;
  uint32_t best = AN_NONE;
  for (uint32_t i = first; i < end; i++) {
    const an_token *t = &words->tokens[i];
    if (t->head != AN_NONE && t->head >= first && t->head < end) continue;
    if (t->upos == AN_NOUN || t->upos == AN_PROPN || best == AN_NONE) best = i;
  }
  return best == AN_NONE ? end - 1 : best;
}

uint32_t an_chain_new(an_scene *s) { return s->chain_count++; }

uint32_t an_chain_of(an_scene *s, uint32_t entity) {
  if (entity == AN_NONE) return an_chain_new(s);
  uint32_t *chain = an_map_put(s->arena, &s->chains, (uint64_t)entity + 1, AN_NONE);
  if (chain == NULL) {
    s->short_of = true;
    return 0;
  }
  if (*chain == AN_NONE) *chain = an_chain_new(s);
  return *chain;
}

void an_known_add(an_scene *s, const an_known *k) {
  uint64_t as = an_hash_mix((uint64_t)k->chain + 1, k->offices.size == 0 ? 1 : an_hash64(k->offices.at, k->offices.size));
  uint32_t *index = an_map_put(s->arena, &s->known_as, as == 0 ? 1 : as, AN_NONE);
  uint32_t *place = index == NULL || k->last == 0 ? NULL : an_map_put(s->arena, &s->known_by_name, k->last, 0);
  if (index == NULL || (place == NULL && k->last != 0)) {
    s->short_of = true;
    return;
  }
  bool fresh = *index == AN_NONE;
  if (fresh) {
    an_known *to = AN_PUSH(s->arena, &s->known);
    if (to == NULL) {
      s->short_of = true;
      return;
    }
    *to = *k;
    *index = s->known.count - 1;
  }
  if (place != NULL) *place = *index;
  if (fresh && k->serving && k->office.size > 0 && an_map_put(s->arena, &s->serving_of, (uint64_t)k->chain + 1, *index) == NULL) s->short_of = true;
  uint32_t serving = an_map_get(&s->serving_of, (uint64_t)k->chain + 1, AN_NONE);
  if (serving != AN_NONE) s->last_known = serving;
  else if (k->offices.size > 0) s->last_known = *index;
}

void an_known_also(an_scene *s, const an_known *k, uint64_t name) {
  uint32_t index = k->last == 0 ? AN_NONE : an_map_get(&s->known_by_name, k->last, AN_NONE);
  uint32_t *place = index == AN_NONE || name == 0 ? NULL : an_map_put(s->arena, &s->known_by_name, name, index);
  if (index != AN_NONE && name != 0 && place == NULL) s->short_of = true;
}

an_known *an_known_named(an_scene *s, uint64_t last) {
  uint32_t i = last == 0 ? AN_NONE : an_map_get(&s->known_by_name, last, AN_NONE);
  return i < s->known.count ? &s->known.at[i] : NULL;
}

static uint32_t geonames_of(an_text id) {
  uint32_t value = 0;
  for (uint32_t i = 0; i < id.size; i++) {
    if (id.at[i] < '0' || id.at[i] > '9' || value > 400000000) return 0;
    value = value * 10 + (uint32_t)(id.at[i] - '0');
  }
  return value;
}

/* As the record format has countries: Scotland and Gaza by the state that they are counted with. */
static an_text state_of(an_text country) { return country.size > 3 && country.at[3] == '-' ? an_text_slice(country, 0, 3) : country; }

/* PLOVER's codes for what is of no country ("../shared/data/cameo/plover-supranational.tsv"). */
static an_text above_states(an_entity e) {
  return e.kind == AN_ENT_ORG && e.country.size == 0 && an_code_above_states(e.two) ? e.two : (an_text){NULL, 0};
}

static an_place place_of(const an_scene *s, const an_phrase *p) {
  an_place place = {.lat = (double)NAN, .lon = (double)NAN};
  an_text text = an_text_slice(s->words->text, p->name_at.begin, p->name_at.end);
  if (p->place_posting != AN_NONE) {
    an_entity e = an_entity_at(s->world, an_posting_at(s->world, p->place_posting).entity);
    return (an_place){.span = p->name_at, .text = text, .name = e.name, .country = state_of(e.country), .admin1 = e.one, .geonames = geonames_of(e.id),
                      .lat = e.lat, .lon = e.lon, .precision = e.sub, .basis = AN_WHERE_FRAME};
  }
  if (p->place_country == AN_NONE) return place;
  an_entity e = an_entity_at(s->world, p->place_country);
  /* The coordinates of a country row are its capital's: a country has none of its own. */
  return (an_place){.span = p->name_at, .text = text, .name = e.name, .country = state_of(e.id), .lat = (double)NAN, .lon = (double)NAN,
                    .precision = AN_WHERE_COUNTRY, .basis = AN_WHERE_FRAME};
}

uint32_t an_mention_add(an_scene *s, const an_phrase *p) {
  if (s->out->list.count + s->out->inside.count >= AN_MENTIONS_MOST) {
    if (!s->full) AN_TRACE(s->trace, "world.resolve", p->at, false, "the page has more mentions than %d", AN_MENTIONS_MOST);
    s->full = true;
    return AN_NONE;
  }
  an_mention_at *m = s->inside ? AN_PUSH(s->arena, &s->out->inside) : AN_PUSH(s->arena, &s->out->list);
  if (m == NULL) {
    s->short_of = true;
    return AN_NONE;
  }
  bool person = p->kind == AN_MENTION_PERSON;
  an_text none = {NULL, 0}, country = p->country.size == 0 ? none : state_of(p->country);
  if (country.at == NULL && p->entity != AN_NONE) country = above_states(an_entity_at(s->world, p->entity));
  if (country.at == NULL && p->org != AN_NONE) country = above_states(an_entity_at(s->world, p->org));
  an_party who = {.span = p->at, .text = an_text_slice(s->words->text, p->at.begin, p->at.end),
                  .entity = p->entity == AN_NONE ? none : an_entity_at(s->world, p->entity).id, .name = p->name,
                  .country = country, .sector = p->sector.size == 0 ? none : p->sector,
                  .group = p->group.size == 0 ? none : p->group, .office = p->office.size == 0 ? none : p->office, .mention = AN_NONE,
                  .is_private = person && (p->flags & AN_MENTION_PUBLIC) == 0};
  *m = (an_mention_at){.m = {.who = who, .kind = p->kind, .confidence = p->score > 1000 ? 1000 : p->score, .why = p->why}, .name_span = p->name_at, .first = p->first,
                       .end = p->end, .head = p->head, .chain = p->chain, .entity = p->entity, .flags = p->flags, .gender = p->gender,
                       .place = place_of(s, p)};
  AN_TRACE(s->trace, "world.resolve", p->at, true, "%.*s", (int)p->why.size, p->why.at == NULL ? "" : p->why.at);
  bool body = !s->inside && p->kind == AN_MENTION_ORGANISATION && p->end >= p->first + 2 && s->words->tokens[p->end - 1].shape == AN_SHAPE_CAPITAL;
  uint32_t *place = body ? an_map_put(s->arena, &s->body_of_word, s->words->tokens[p->end - 1].fold, 0) : NULL;
  if (place != NULL) *place = s->out->list.count - 1;
  s->short_of |= body && place == NULL;
  return (s->inside ? s->out->inside.count : s->out->list.count) - 1;
}

void an_mention_antecedent(const an_mention_at *of, an_party *party) {
  bool further = (of->flags & AN_MENTION_PRONOUN) != 0;
  an_span span = further ? of->m.who.antecedent_span : of->m.who.span;
  bool own = span.begin < party->span.end && party->span.begin < span.end; /* "the chief" of "the chief of staff" */
  party->antecedent = (an_text){0};
  party->antecedent_span = (an_span){0, 0};
  if (own || span.begin == span.end || (!further && an_mention_is_private(of))) return;
  party->antecedent = further ? of->m.who.antecedent : of->m.who.text;
  party->antecedent_span = span;
}
