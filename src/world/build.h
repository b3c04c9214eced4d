/* SPDX-License-Identifier: Apache-2.0 */
/* build: a world file in the making. tools/worldc.c makes one out of data/world; overlay.c begins with the file that is there
   and lays a user's actors over it. The same rules spell a surface in both, and in the text that is read (units.h).

   Running out of memory is kept in `failed` and told by an_build_finish. */
#ifndef AN_WORLD_BUILD_H
#define AN_WORLD_BUILD_H
#include "world/file.h"

typedef struct an_build_post { uint64_t hash; uint32_t entity, surface, src, needs, sector; uint16_t prior, caps, upper;
                               uint8_t kind, units; bool mine, gone; } an_build_post;
typedef struct an_build_term { uint32_t person, office, src; an_day from, to, verified; uint8_t precision, basis; bool gone; } an_build_term;
typedef struct an_build {
  an_arena arena, scratch;
  an_buf pool, ents, needs, out[6];
  an_map interned, ids, sites, taken, starts;      /* hash -> offset; rows; posts; the most units */
  AN_LIST(an_build_post) posts;
  AN_LIST(an_build_term) terms;
  uint32_t nowhere;                                /* where a key goes when there is no memory for it */
  bool overlay, failed;                            /* overlay: what is added now is a user's */
} an_build;

void an_build_init(an_build *build);
void an_build_load(an_build *build, const an_world *world);
void an_build_free(an_build *build);

typedef struct an_entity_in { an_text id, name, country, sector, one, two, src; an_day from, to; int32_t lat, lon; uint32_t pop; uint16_t flags;
                              uint8_t kind, sub; } an_entity_in;      /* layout.h; lat INT32_MIN: not known */
an_entity_in an_entity_plain(uint8_t kind);
/* Its row; the row that is there when the id is: then *fresh is false and nothing is changed. */
uint32_t an_build_entity(an_build *build, const an_entity_in *e, bool *fresh);
void an_build_entity_text(an_build *build, uint32_t row, int field, an_text text);     /* field: ENT_NAME, ENT_COUNTRY, ENT_SECTOR … */
uint32_t an_build_row(const an_build *build, an_text id);                              /* AN_NONE: no such id */
uint32_t an_build_count(const an_build *build);
uint8_t an_build_kind(const an_build *build, uint32_t row);
void an_build_given(an_build *build, an_text name, uint32_t row);                      /* a first name that `row` (0: nobody) bears */
void an_build_naming(an_build *build, an_text name, bool country, uint32_t rule);        /* one more an_naming_rule of a word or a country */
void an_build_site(an_build *build, an_text domain, uint32_t row);

typedef struct an_form_in { uint32_t entity; an_text surface, sector, needs, src; uint16_t prior; uint8_t kind; bool exact; } an_form_in;
const char *an_build_form(an_build *build, const an_form_in *form);                    /* what is wrong with it, or NULL */
void an_build_forms(an_build *build, an_text list, const an_form_in *like);            /* "; " between them; one letter is none */
bool an_build_is_upper(an_build *build, an_text surface);                              /* a code: some unit is all capitals */
bool an_build_forget_form(an_build *build, uint32_t row, an_text surface);             /* false: it has no such form */
void an_build_forget_forms(an_build *build, uint32_t row);
void an_build_forget(an_build *build, uint32_t row);                                   /* its forms and terms; the row stays, nobody finds it */
void an_build_term_add(an_build *build, const an_build_term *term, an_text src);

/* Sections of the file, borrowed from the build; 10 of them. */
enum { AN_BUILD_SECTIONS = 10 };
an_status an_build_finish(an_build *build, an_section_out out[AN_BUILD_SECTIONS], an_error *err);
#endif
