/* SPDX-License-Identifier: Apache-2.0 */
/* world.an, read row by row. Rows are copied out as values; every offset in the file is checked where it is used, and a row
   that is out of range reads as an empty one. */
#ifndef AN_WORLD_ROWS_H
#define AN_WORLD_ROWS_H
#include "world/layout.h"
#include "world/units.h"
#include "world/world.h"

enum { AN_FILTER_WORDS = 1 << 15 };
struct an_world {
  an_datafile file;
  an_section pool, ents, posts, needs, forms, starts, ids, sites, terms, byoff;
  uint32_t ent_count, post_count, term_count;
  uint64_t filter[AN_FILTER_WORDS];      /* a bit for every hash of forms and starts: most words of a text are in neither */
};

typedef struct an_entity {
  an_text id, name, country, sector, one, two, src;
  an_day from, to;
  double lat, lon;                       /* NAN: not known */
  uint32_t pop, term, terms;
  uint16_t flags;
  uint8_t kind, sub;
} an_entity;
typedef struct an_posting {
  an_text surface, src, sector;
  uint32_t entity, needs;
  uint16_t prior, caps, upper;
  uint8_t kind, units;
} an_posting;
typedef struct an_match { uint32_t needs; uint16_t prior, caps, upper; uint8_t kind, units; } an_match; /* a posting, as finding asks it */
typedef struct an_term {
  uint32_t person, office;               /* entities */
  an_day from, to, verified;             /* half-open; to == AN_DAY_OPEN_LATEST: no end known on `verified` */
  an_text src;
  uint8_t precision, basis;              /* 'd' 'm' 'y' */
} an_term;

/* The world file, exchanged for another that was made; the old one stays when the new one is none. */
an_status an_world_exchange(an_world *world, an_datafile *made, an_error *err);

an_entity an_entity_at(const an_world *world, uint32_t row);
uint8_t an_entity_kind_of(const an_world *world, uint32_t row);
uint8_t an_entity_sub_of(const an_world *w, uint32_t row);        /* an_entity_at(w, row).sub, at once */
an_text an_entity_country_of(const an_world *w, uint32_t row);
an_posting an_posting_at(const an_world *world, uint32_t row);
an_posting an_posting_bare(const an_world *world, uint32_t row);    /* the same without its texts: what matching needs */
an_term an_term_at(const an_world *world, uint32_t row);
uint32_t an_term_of_office(const an_world *world, const an_entity *office, uint32_t i);  /* row of its i-th term */
uint32_t an_entity_by_id(const an_world *world, an_text id);                             /* AN_NONE: no such id */
uint32_t an_entity_by_two(const an_world *world, an_text first, an_text second);         /* "IRN" "president": IRN.president */
/* A slot of a hash section: false when the hash is not there. */
bool an_slot_find(an_section table, uint64_t hash, uint32_t *value, uint32_t *count);
void an_slot_send(an_section table, uint64_t hash);               /* its slot will be asked for soon */
/* false: the hash is neither in forms nor in starts. A look at memory that is near, before one at memory that is not. */
static inline bool an_filter_may(const an_world *world, uint64_t hash) {
  return (world->filter[hash >> 6 & (AN_FILTER_WORDS - 1)] >> (hash & 63) & 1) != 0;
}
/* Row `row` of the postings, of which there are that many: callers have looked. */
static inline an_match an_match_at(const an_world *world, uint32_t row) {
  an_section s = {world->posts.at + (size_t)row * POST_ROW, POST_ROW};
  return (an_match){.needs = an_get32(s, POST_NEEDS), .prior = an_get16(s, POST_PRIOR), .caps = an_get16(s, POST_CAPS), .upper = an_get16(s, POST_UPPER),
                    .kind = s.at[POST_KIND], .units = s.at[POST_UNITS]};
}
/* PLOVER's and CAMEO's codes that stand in a country's place for bodies above states (IGO, NGO, MNC). */
bool an_code_above_states(an_text code);
const char *an_form_kind_name(uint8_t kind);
#endif
