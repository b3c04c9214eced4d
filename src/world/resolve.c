/* SPDX-License-Identifier: Apache-2.0 */
/* The room's two answers about a document: mentions on the page's days, and before there is a day the terms of the people who
   are presented as serving. Both are one walk over its phrases. */
#include "world/outlet.h"
#include "world/personal.h"
#include "world/scene.h"

static an_status walk(an_scene *s, const an_candidates *candidates, an_error *err) {
  AN_TRY(an_scene_open(s, candidates, err));
  an_phrases_walk(s, candidates->named_count);
  if (s->short_of) return an_fail(err, AN_ERR_LIMIT, "world", "the page needs more memory than --max-arena allows");
  return AN_OK;
}

/* Ascending by first token; a phrase before what it is made of. Phrases are emitted nearly so: insertion is linear here. */
static void sort_mentions(an_scene *s, an_arena *arena) {
  an_mention_at *at = s->out->list.at;
  uint32_t count = s->out->list.count;
  bool sorted = true;
  for (uint32_t i = 1; i < count; i++) sorted &= at[i - 1].first <= at[i].first;
  uint32_t *order = sorted ? NULL : AN_NEW(arena, uint32_t, count), *moved = sorted ? NULL : AN_NEW(arena, uint32_t, count);
  an_mention_at *copy = sorted ? NULL : AN_NEW(arena, an_mention_at, count);
  if (order == NULL || moved == NULL || copy == NULL) {
    s->short_of |= !sorted;
    return;
  }
  for (uint32_t i = 0; i < count; i++) {
    uint32_t k = i;
    for (; k > 0 && at[order[k - 1]].first > at[i].first; k--) order[k] = order[k - 1];
    order[k] = i;
  }
  for (uint32_t i = 0; i < count; i++) moved[order[i]] = i;
  for (uint32_t i = 0; i < count; i++) copy[i] = at[order[i]];
  for (uint32_t i = 0; i < count; i++) {
    uint32_t *members = copy[i].member_count == 0 ? NULL : AN_NEW(arena, uint32_t, copy[i].member_count);
    for (uint32_t k = 0; members != NULL && k < copy[i].member_count; k++) members[k] = moved[copy[i].members[k]];
    copy[i].members = members;
    at[i] = copy[i];
  }
}

/* After appositions have said who somebody is. */
static void split_name(an_scene *s, an_mention_at *m) {
  bool known = m->entity != AN_NONE && an_entity_kind_of(s->world, m->entity) == AN_ENT_PERSON;
  if (m->m.kind != AN_MENTION_PERSON || m->m.who.name.size == 0) return;
  an_text country = m->m.who.country.size > 0 || !known ? m->m.who.country : an_entity_country_of(s->world, m->entity);
  an_personal name = an_personal_name(s->world, s->arena, m->m.who.name, country, known ? m->entity : AN_NONE, &s->short_of);
  m->m.who.given = name.given;
  m->m.who.family = name.family;
}

static bool is_disputed(const an_world *world, an_text country) {
  if (country.at == NULL || country.size == 0) return false;
  an_entity e = an_entity_at(world, an_entity_by_id(world, country));
  return e.kind == AN_ENT_COUNTRY && (e.flags & AN_ENT_DISPUTED) != 0;
}

static bool is_region_disputed(const an_world *world, uint32_t entity) {
  an_entity e = an_entity_at(world, entity);
  return e.kind == AN_ENT_PLACE && (e.flags & AN_ENT_DISPUTED) != 0;
}

an_status an_world_resolve(const an_world *world, const an_lexicon *lexicon, const an_vectors *vectors, const an_page *page, const an_article *article,
                           const an_words *words, const an_candidates *candidates, an_days published, an_arena *arena,
                           const an_tracer *trace, an_mentions *mentions, an_outlet *outlet, an_error *err) {
  an_scene scene = {.world = world, .words = words, .article = article, .arena = arena, .trace = trace, .days = published, .out = mentions,
                    .lexicon = lexicon, .vectors = vectors};
  scene.parts = lexicon == NULL ? NULL : an_lexicon_table(lexicon, "parts");
  AN_TRY(an_outlet_find(world, page, article, arena, trace, outlet, err));
  scene.outlet = outlet;
  if (words->token_count > 0) AN_TRY(walk(&scene, candidates, err));
  sort_mentions(&scene, arena);
  for (uint32_t i = 0; i < mentions->list.count; i++) split_name(&scene, &mentions->list.at[i]);
  for (uint32_t i = 0; i < mentions->inside.count; i++) split_name(&scene, &mentions->inside.at[i]);
  if (scene.short_of) return an_fail(err, AN_ERR_LIMIT, "world", "the page needs more memory than --max-arena allows");
  for (uint32_t i = 0; i < mentions->list.count; i++) {
    an_mention_at *m = &mentions->list.at[i];
    m->m.who.mention = i;
    if (is_disputed(world, m->m.who.country) || is_disputed(world, m->place.country) || is_region_disputed(world, m->entity)) m->flags |= AN_MENTION_DISPUTED;
  }
  return AN_OK;
}

an_status an_world_serving(const an_world *world, const an_words *words, const an_candidates *candidates, an_arena *arena,
                           const an_tracer *trace, an_servings *out, an_error *err) {
  an_mentions mentions = {0};
  an_scene scene = {.world = world, .words = words, .arena = arena, .days = AN_DAYS_ANY, .out = &mentions};
  AN_LIST(an_serving) list = {0};
  if (words->token_count > 0) AN_TRY(walk(&scene, candidates, err));
  for (uint32_t i = 0; i < scene.known.count; i++) {
    const an_known *k = &scene.known.at[i];
    an_serving now = {0};
    if (!k->serving || k->person == AN_NONE ||
        !an_term_days(world, k->person, k->country, k->offices, &now.term, &now.office))
      continue;
    an_entity person = an_entity_at(world, k->person);
    now.person = person.name;
    now.clean = k->at;
    bool known = false;
    for (uint32_t o = 0; o < list.count; o++) known |= an_text_equal(list.at[o].person, now.person) && an_text_equal(list.at[o].office, now.office);
    if (known) continue;
    an_serving *to = AN_PUSH(arena, &list);
    AN_NEED(to, err, "world");
    *to = now;
    AN_TRACE(trace, "world.serving", now.clean, true, "%.*s as %.*s", (int)now.person.size, now.person.at, (int)now.office.size, now.office.at);
  }
  out->at = list.at;
  out->count = list.count;
  return AN_OK;
}
