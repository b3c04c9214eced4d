/* SPDX-License-Identifier: Apache-2.0 */
#include "world/phrases.h"

bool an_scene_dated(const an_scene *s) {
  return s->days.earliest != AN_DAY_OPEN_EARLIEST && s->days.latest != AN_DAY_OPEN_LATEST;
}

bool an_token_is(const an_scene *s, uint32_t token, const char *folded) {
  return token < s->words->token_count && an_word_is(s->words, token, folded);
}

const an_named *an_scene_named(const an_scene *s, uint32_t token) {
  uint32_t i = token < s->words->token_count ? s->name_of[token] : AN_NONE;
  return i != AN_NONE && s->named[i].first == token ? &s->named[i] : NULL;
}

bool an_item_is(const an_scene *s, uint32_t item, an_cue_kind cue) {
  return item < s->item_count && (s->items[item].cues >> cue & 1) != 0;
}

bool an_word_cue(const an_scene *s, uint32_t token, an_cue_kind cue) {
  if (token >= s->words->token_count) return false;
  an_text form = an_word(s->words, token);
  while (form.size > 1 && form.at[form.size - 1] == '.') form.size--;
  return an_is_cue(s->world, form, cue);
}

/* ---- Items ----------------------------------------------------------------------------------------- */

static void read_item(an_scene *s, an_item *item, const an_candidate *c) {
  *item = (an_item){.first = c->first, .end = c->end, .at = c->at, .posting = c->posting, .posting_count = c->posting_count, .fits = c->fits};
  for (uint32_t k = 0; k < AN_FORM_COUNT; k++) item->by_kind[k] = AN_NONE;
  for (uint32_t k = 0; k < c->posting_count && k < 32; k++) {
    if ((c->fits >> k & 1) == 0) continue;
    an_posting p = an_posting_bare(s->world, c->posting + k);
    if (p.kind == AN_FORM_NONE || p.kind >= AN_FORM_COUNT) continue;
    if (p.kind == AN_FORM_CUE) item->cues |= UINT32_C(1) << an_entity_sub_of(s->world, p.entity);
    if (item->by_kind[p.kind] != AN_NONE) continue; /* postings come with the best first */
    item->by_kind[p.kind] = c->posting + k;
    if (p.kind == AN_FORM_ROLE) item->role_kind = an_entity_sub_of(s->world, p.entity);
  }
}

/* ---- What the document as a whole says ---------------------------------------------------------------- */

static bool means_country(uint8_t form) { return form >= AN_FORM_NAME && form <= AN_FORM_ABBR; }

/* "Real Madrid": a town in the name of a body or of a person says nothing of a government. */
static bool in_a_name(const an_scene *s, const an_item *item) {
  uint32_t i = s->name_of[item->first];
  return i != AN_NONE && s->named[i].kind != AN_MENTION_PLACE && s->named[i].end - s->named[i].first > item->end - item->first;
}

/* A country counts where a form of it has no other country, nobody and nothing else that it could be. */
static void count_country(an_scene *s, const an_item *item) {
  uint32_t country = AN_NONE;
  for (uint32_t k = 0; k < item->posting_count && k < 32; k++) {
    if ((item->fits >> k & 1) == 0) continue;
    an_posting p = an_posting_bare(s->world, item->posting + k);
    if (!means_country(p.kind)) {
      if (p.kind >= AN_FORM_FULL && p.kind <= AN_FORM_TRANSLIT) return;
      continue;
    }
    if (an_posting_has(s->world, &p, AN_NEED_CONTEXT) || (country != AN_NONE && country != p.entity)) return;
    if (p.kind == AN_FORM_CAPITAL && in_a_name(s, item)) return;
    country = p.entity;
  }
  if (country == AN_NONE) return;
  uint32_t *count = an_map_put(s->arena, &s->countries, (uint64_t)country + 1, 0);
  if (count == NULL) s->short_of = true;
  else ++*count;
}

/* California and Nevada: a place that is in one country only speaks for the namesakes of other places. */
static void count_land(an_scene *s, const an_item *item) {
  an_text land = {NULL, 0};
  for (uint32_t k = 0; k < item->posting_count && k < 32; k++) {
    if ((item->fits >> k & 1) == 0) continue;
    an_posting p = an_posting_bare(s->world, item->posting + k);
    if (p.kind != AN_FORM_PLACE || p.prior < 300) return;
    an_text country = an_entity_country_of(s->world, p.entity);
    if (country.size == 0 || (land.at != NULL && !an_text_equal(land, country))) return;
    land = country;
  }
  uint32_t row = an_entity_by_id(s->world, land);
  uint32_t *count = row == AN_NONE ? NULL : an_map_put(s->arena, &s->lands, (uint64_t)row + 1, 0);
  if (count != NULL) ++*count;
  else s->short_of |= row != AN_NONE;
}

/* People named in full speak for their country, and their surnames alone may stand for them. */
static void count_people(an_scene *s, const an_item *item) {
  for (uint32_t k = 0; k < item->posting_count && k < 32; k++) {
    if ((item->fits >> k & 1) == 0) continue;
    an_posting p = an_posting_bare(s->world, item->posting + k);
    if (p.kind < AN_FORM_FULL || p.kind > AN_FORM_TRANSLIT) continue;
    uint32_t *count = an_map_put(s->arena, &s->people, (uint64_t)p.entity + 1, 0);
    if (count == NULL) s->short_of = true;
    else ++*count;
  }
}

/* "EU ministers … Brussels agreed": bodies of what is above states speak for the seat that it shares with a country. */
static void count_union(an_scene *s, const an_item *item) {
  an_entity e = an_entity_at(s->world, item->by_kind[AN_FORM_ORG] == AN_NONE ? AN_NONE : an_posting_at(s->world, item->by_kind[AN_FORM_ORG]).entity);
  uint32_t row = e.kind == AN_ENT_ORG && an_code_above_states(e.two) ? an_entity_by_id(s->world, e.two) : AN_NONE;
  uint32_t *count = row == AN_NONE ? NULL : an_map_put(s->arena, &s->unions, (uint64_t)row + 1, 0);
  if (count != NULL) ++*count;
  else s->short_of |= row != AN_NONE;
}

static void find_home(an_scene *s) {
  uint32_t best = 0, all = 0;
  for (uint32_t i = 0; i < s->countries.capacity; i++) {
    if (s->countries.keys[i] == 0) continue;
    uint32_t count = s->countries.values[i];
    all += count;
    an_text id = an_entity_at(s->world, (uint32_t)(s->countries.keys[i] - 1)).id;
    /* Of two countries meant equally often the one that stands first in the alphabet: the same on every run. */
    if (count < best || (count == best && s->home.at != NULL && an_text_compare(id, s->home) >= 0)) continue;
    best = count;
    s->home = id;
  }
  s->home_share = all == 0 ? 0 : best * 100 / all;
}

bool an_scene_believes(const an_scene *s, const an_posting *p) {
  if (!an_posting_has(s->world, p, AN_NEED_CONTEXT)) return true;
  if (an_map_get(&s->countries, (uint64_t)p->entity + 1, 0) > 0) return true;
  for (uint32_t row = p->needs; row != 0; row++) {
    size_t at = (size_t)row * NEED_ROW;
    uint8_t kind = at < s->world->needs.size ? s->world->needs.at[at + NEED_KIND] : (uint8_t)AN_NEED_END;
    if (kind == AN_NEED_END) break;
    if (kind == AN_NEED_UNLESS && an_map_get(&s->hashes, an_get64(s->world->needs, at + NEED_HASH), 0) != 0) return true;
  }
  return false;
}

/* "Jordan met Georgia": a page that speaks of countries, and of no place in the land where the namesake lies. */
static bool among_countries(const an_scene *s, const an_item *item, const an_posting *p) {
  if (s->home.size == 0 || item->by_kind[AN_FORM_PLACE] == AN_NONE || (item->first > 0 && an_token_is(s, item->first - 1, ","))) return false;
  if (p->kind != AN_FORM_NAME || an_token_is(s, item->end, ",")) return false;
  uint32_t land = an_entity_by_id(s->world, an_entity_country_of(s->world, an_posting_at(s->world, item->by_kind[AN_FORM_PLACE]).entity));
  return land != AN_NONE && an_map_get(&s->countries, (uint64_t)land + 1, 0) == 0 && an_map_get(&s->lands, (uint64_t)land + 1, 0) == 0;
}

/* "in eastern Chad": what looks like a place's name is no person's, and no town of that name is large enough to be meant. */
static bool looks_like_land(const an_scene *s, const an_item *item, const an_posting *p) {
  enum { SMALL_TOWN = 400 };
  const an_named *named = an_scene_named(s, item->first);
  if (p->kind != AN_FORM_NAME || named == NULL || named->kind != AN_MENTION_PLACE || named->end != item->end || an_token_is(s, item->end, ",") || !an_phrase_preposition(s, item->first, false)) return false;
  if (item->by_kind[AN_FORM_PLACE] == AN_NONE) return true;
  an_posting town = an_posting_at(s->world, item->by_kind[AN_FORM_PLACE]);
  return town.prior < SMALL_TOWN && an_entity_at(s->world, town.entity).sub < AN_WHERE_ADMIN1;
}

uint32_t an_scene_country(const an_scene *s, const an_item *item, uint8_t *form) {
  uint32_t best = AN_NONE, best_score = 0;
  for (uint32_t k = 0; k < item->posting_count && k < 32; k++) {
    if ((item->fits >> k & 1) == 0) continue;
    an_posting p = an_posting_bare(s->world, item->posting + k);
    if (!means_country(p.kind) || (!an_scene_believes(s, &p) && !among_countries(s, item, &p) && !looks_like_land(s, item, &p))) continue;
    uint32_t seen = an_map_get(&s->countries, (uint64_t)p.entity + 1, 0) + an_map_get(&s->unions, (uint64_t)p.entity + 1, 0);
    /* "Congo" on a page that speaks of Brazzaville: one sign of a country weighs more than which namesake is the larger. */
    uint32_t score = p.prior + (seen == 0 ? 0 : 200 + (seen > 8 ? 400 : seen * 50));
    if (score <= best_score) continue;
    best_score = score;
    best = p.entity;
    *form = p.kind;
  }
  return best;
}

an_status an_scene_open(an_scene *s, const an_candidates *candidates, an_error *err) {
  uint32_t tokens = s->words->token_count;
  s->last_known = AN_NONE;
  s->items = AN_NEW(s->arena, an_item, candidates->count);
  AN_NEED(s->items, err, "world");
  s->item_of = AN_NEW(s->arena, uint32_t, (size_t)tokens + 1);
  AN_NEED(s->item_of, err, "world");
  s->name_of = AN_NEW(s->arena, uint32_t, (size_t)tokens + 1);
  AN_NEED(s->name_of, err, "world");
  for (uint32_t i = 0; i <= tokens; i++) s->item_of[i] = s->name_of[i] = AN_NONE;
  s->named = candidates->named;
  for (uint32_t i = 0; i < candidates->named_count; i++)
    for (uint32_t t = s->named[i].first; t < s->named[i].end && t < tokens; t++) s->name_of[t] = i;
  for (uint32_t i = 0; i < tokens; i++) {
    uint32_t *place = an_map_put(s->arena, &s->hashes, s->words->tokens[i].fold, 1);
    AN_NEED(place, err, "world");
  }
  for (uint32_t i = 0; i < candidates->count; i++) {
    const an_candidate *c = &candidates->at[i];
    if (c->first >= c->end || c->end > tokens) continue;
    an_item *item = &s->items[s->item_count];
    read_item(s, item, c);
    for (uint32_t t = item->first; t < item->end; t++)
      if (s->item_of[t] == AN_NONE) s->item_of[t] = s->item_count;
    s->item_count++;
  }
  if (!an_shorts_open(s, candidates->named_count)) s->short_of = true;
  for (uint32_t i = 0; i < s->item_count; i++) {
    count_country(s, &s->items[i]);
    count_people(s, &s->items[i]);
    count_land(s, &s->items[i]);
    count_union(s, &s->items[i]);
  }
  find_home(s);
  an_home_settle(s);
  if (s->short_of) return an_fail(err, AN_ERR_LIMIT, "world", "the page needs more memory than --max-arena allows");
  return AN_OK;
}
