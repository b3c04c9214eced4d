/* SPDX-License-Identifier: Apache-2.0 */
/* From where a page about several countries is told: "the army", "parliament", "Prime Minister Ana Bel" are those of that country.

   Only countries that the article speaks of can win. Evidence, in points:
     4  the outlet is of it                     1  agencies tell of all countries
     4  the outlet's address is there           "Volta Sentinel, Ho and Accra", "Rioni Quarterly Tbilisi, online": a place behind its name
     1  the outlet is called after a place there
     1  a town of it in menus and teasers       twice at most: they name their own towns, and others by country
     1  the article means it most often         2 where it means no other as often together
   The winner needs POINTS and a lead of LEAD; else the page stays as it is: about the country that it means nearly alone, or about none. */
#include "world/phrases.h"

enum { POINTS = 3, LEAD = 2, MOST_BLOCKS = 256, BLOCK_BYTES = 400, ADDRESS_BYTES = 60, TOWNS = 2, TOWN = 300 };

typedef struct tally { an_scene *s; an_map points, towns; bool placed; } tally; /* placed: its address was read */

static uint32_t meant(const an_scene *s, uint32_t country) { return country == AN_NONE ? 0 : an_map_get(&s->countries, (uint64_t)country + 1, 0); }

static void give(tally *t, uint32_t country, uint32_t points, const char *why) {
  if (meant(t->s, country) == 0) return;
  uint32_t *at = an_map_put(t->s->arena, &t->points, (uint64_t)country + 1, 0);
  if (at == NULL) {
    t->s->short_of = true;
    return;
  }
  *at += points;
  AN_TRACE(t->s->trace, "world.home", ((an_span){0, 0}), true, "%u for %.*s: %s", points, (int)an_entity_at(t->s->world, country).id.size, an_entity_at(t->s->world, country).id.at, why);
}

static bool once_more(tally *t, uint32_t country, uint32_t most) {
  uint32_t *at = country == AN_NONE ? NULL : an_map_put(t->s->arena, &t->towns, (uint64_t)country + 1, 0);
  if (at == NULL || *at >= most) {
    t->s->short_of |= at == NULL && country != AN_NONE;
    return false;
  }
  ++*at;
  return true;
}

/* The country of a place that stands at a unit, of those that the article speaks of; a country's own name is none. */
static uint32_t land_at(const an_scene *s, const an_units *units, uint32_t at, uint32_t *length) {
  uint32_t first, count, land = AN_NONE, best = 0;
  *length = an_find_at(s->world, units, at, &first, &count);
  for (uint32_t k = 0; *length > 0 && k < count; k++) {
    an_posting p = an_posting_at(s->world, first + k);
    if (p.units != *length || !an_posting_fits(s->world, units, at, &p)) continue;
    uint32_t country = p.kind == AN_FORM_CAPITAL ? p.entity : p.kind == AN_FORM_PLACE && p.prior >= TOWN ? an_entity_by_id(s->world, an_entity_country_of(s->world, p.entity)) : AN_NONE;
    uint32_t prior = p.kind == AN_FORM_CAPITAL ? 2000u : p.prior;
    if (meant(s, country) > 0 && prior > best) best = prior, land = country;
  }
  return land;
}

static bool starts_so(an_text text, an_text name) { return name.size > 0 && text.size >= name.size && an_fold_hash(an_text_slice(text, 0, name.size)) == an_fold_hash(name); }

/* A block of the page's furniture. last: behind the article, where addresses are; in front of it only right behind the name. */
static void read_block(tally *t, an_span clean, an_text outlet, bool last) {
  an_scene *s = t->s;
  an_text text = an_text_slice(s->words->text, clean.begin, clean.end);
  an_units units = {0};
  an_arena arena;
  an_arena_init(&arena, 64 << 10);
  bool well = text.size <= BLOCK_BYTES && an_units_cut(&arena, text, 0, 0, &units), named = starts_so(text, outlet);
  uint32_t reach = named ? outlet.size + (last ? ADDRESS_BYTES : 4) : 0;
  for (uint32_t i = 0, length = 0; well && i < units.list.count; i += length > 0 ? length : 1) {
    uint32_t land = land_at(s, &units, i, &length), begin = units.list.at[i].at.begin;
    if (land == AN_NONE || (named && begin < outlet.size)) continue;
    if (begin < reach) {
      if (!t->placed) give(t, land, 4, "the outlet's address is there");
      t->placed = true;
    } else if (once_more(t, land, TOWNS)) give(t, land, 1, "a town in the furniture is there");
  }
  an_arena_free(&arena);
}

static void read_name(tally *t, an_text outlet) {
  an_units units = {0};
  uint32_t length;
  if (outlet.size == 0 || outlet.size > 100 || !an_units_cut(t->s->arena, outlet, 0, 0, &units)) return;
  for (uint32_t i = 0; i < units.list.count; i++) {
    uint32_t land = land_at(t->s, &units, i, &length);
    if (land != AN_NONE) give(t, land, 1, "the outlet is called after a place there");
  }
}

static void read_furniture(tally *t, an_text outlet) {
  const an_article *article = t->s->article;
  uint32_t body_end = 0, blocks = article->block_count < MOST_BLOCKS ? article->block_count : MOST_BLOCKS;
  for (uint32_t b = 0; b < article->block_count; b++)
    if (article->blocks[b].kind == AN_BLOCK_BODY) body_end = b;
  for (uint32_t b = 0; b < blocks; b++) {
    const an_article_block *block = &article->blocks[b];
    if (block->kind == AN_BLOCK_BOILERPLATE || block->kind == AN_BLOCK_META) read_block(t, block->clean, outlet, b > body_end);
  }
}

void an_home_settle(an_scene *s) {
  if (s->article == NULL || s->home.size == 0 || s->home_share >= INFER_SHARE) return;
  tally t = {.s = s};
  uint32_t outlet = s->outlet->country.size == 0 ? AN_NONE : an_entity_by_id(s->world, s->outlet->country);
  give(&t, outlet, s->outlet->agency ? 1 : 4, "the outlet is of it");
  read_name(&t, s->outlet->name);
  read_furniture(&t, s->outlet->name);
  give(&t, an_entity_by_id(s->world, s->home), s->home_share >= 50 ? 2 : 1, "meant most often");
  uint32_t best = 0, second = 0;
  an_text winner = {NULL, 0};
  for (uint32_t i = 0; i < t.points.capacity; i++) {
    uint32_t points = t.points.keys[i] == 0 ? 0 : t.points.values[i];
    if (points > best) second = best, best = points, winner = an_entity_at(s->world, (uint32_t)(t.points.keys[i] - 1)).id;
    else if (points > second) second = points;
  }
  if (best < POINTS || best < second + LEAD) return;
  s->home = winner;
  s->home_share = INFER_SHARE;
  s->home_told = true;
}
