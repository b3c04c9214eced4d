/* SPDX-License-Identifier: Apache-2.0 */
/* world.an as bytes: what tools/worldc.c writes and file.c reads. All numbers little-endian; a text is an offset in "pool",
   0 for none. Change AN_WORLD_LAYOUT with anything here.

   pool   u32 size + bytes, each text once; begins with an empty one
   ents   entities, 64 bytes a row: everything that a form can mean
   posts  postings, 32 bytes a row: a form means an entity, with a prior and what must stand beside it
   needs  16 bytes a row, a list ends with kind 0: what a posting needs in the text
   forms  open addressing, 16 bytes a slot: hash of the units of a surface -> its postings
   starts the same: hash of a first unit -> the most units that a surface beginning so has
   ids    the same: hash of an id ("IRN", "Q348144", "IRN.president") -> its entity; first names too (AN_GIVEN_SEED), and rules of
          people's names (AN_NAMING_SEED: a word -> a set of an_naming_rule; AN_NAMING_SEED + 1: a country)
   sites  the same: hash of an outlet's domain -> its entity
   terms  32 bytes a row, by person and first day
   byoff  u32: rows of "terms" by office and first day */
#ifndef AN_WORLD_LAYOUT_H
#define AN_WORLD_LAYOUT_H
#include <stdint.h>

#define AN_WORLD_KIND "wrld"
#define AN_WORLD_FILE "world.an"
enum { AN_WORLD_LAYOUT = 5 };

enum { ENT_ID = 0, ENT_NAME = 4, ENT_COUNTRY = 8, ENT_SECTOR = 12, ENT_ONE = 16, ENT_TWO = 20, ENT_FROM = 24, ENT_TO = 28,
       ENT_LAT = 32, ENT_LON = 36, ENT_POP = 40, ENT_TERM = 44, ENT_TERMS = 48, ENT_SRC = 52, ENT_KIND = 60, ENT_SUB = 61,
       ENT_FLAGS = 62, ENT_ROW = 64 };
/* One: wikidata item | family name | type | domain | role | offices | first-level division. Two: cow | given name | PLOVER
   code | kind of outlet | - | - | feature. Degrees are in millionths. Terms: rows of "terms" (person) or "byoff" (office). */
typedef enum an_entity_kind { AN_ENT_NONE, AN_ENT_COUNTRY, AN_ENT_PERSON, AN_ENT_ORG, AN_ENT_OUTLET, AN_ENT_OFFICE, AN_ENT_ROLE,
                              AN_ENT_PLACE, AN_ENT_CUE } an_entity_kind;
enum { AN_ENT_DISPUTED = 1, AN_ENT_GONE = 2,               /* countries; regions can be disputed too */
       AN_ENT_SINGLE = 1, AN_ENT_HEAD = 2,                 /* offices: one holder at a time; heads a state or government */
       AN_ENT_NEEDS_COUNTRY = 1, AN_ENT_PLURAL = 2, AN_ENT_ALSO_PRIVATE = 4 };      /* roles */
typedef enum an_role_kind { AN_ROLE_PERSON = 1, AN_ROLE_GROUP, AN_ROLE_INSTITUTION, AN_ROLE_TITLE } an_role_kind;
typedef enum an_cue_kind { AN_CUE_FORMER = 1, AN_CUE_ELECT, AN_CUE_ACTING, AN_CUE_MODIFIER, AN_CUE_LOCATIVE,
                           AN_CUE_ORG_WORD, AN_CUE_SITE_WORD,
                          AN_CUE_NOT_A_NAME, AN_CUE_MOTION, AN_CUE_PARTICLE, AN_CUE_SHE, AN_CUE_HE, AN_CUE_NEAR, AN_CUE_DIRECTION, AN_CUE_DEPUTY,
                          AN_CUE_POLITY, /* nation, capital: what has a government, a parliament, police */
                          AN_CUE_PAPER_WORD, /* Times, Herald: a line that ends so is a paper's name */
                          AN_CUE_VESSEL, /* ferry, USS: the name behind it is a ship's */
                          AN_CUE_CREATURE, /* labrador: "Mali, a labrador" is no country */
                          AN_CUE_WORD, /* van, bath: towns whose names are ordinary words */
                          AN_CUE_SMALL, /* of, the, bin: small inside a name */
                          AN_CUE_LEADING, /* heads, chairs: "Ada Holt, who heads the union" is of public life */
                          AN_CUE_COUNTERPART, /* "his counterpart, Ole Dam" */
                          AN_CUE_COUNT } an_cue_kind;

enum { POST_ENTITY = 0, POST_SURFACE = 4, POST_SRC = 8, POST_NEEDS = 12, POST_PRIOR = 16, POST_CAPS = 18, POST_UPPER = 20,
       POST_KIND = 22, POST_UNITS = 23, POST_SECTOR = 24, POST_ROW = 32 };
typedef enum an_form_kind { AN_FORM_NONE, AN_FORM_NAME, AN_FORM_ADJ, AN_FORM_NOUN, AN_FORM_NOUN_PL, AN_FORM_CAPITAL,
                            AN_FORM_METONYM, AN_FORM_FORMER, AN_FORM_ABBR, AN_FORM_FULL, AN_FORM_SHORT, AN_FORM_TRANSLIT,
                            AN_FORM_SURNAME, AN_FORM_ORG, AN_FORM_OUTLET, AN_FORM_ROLE, AN_FORM_PLACE, AN_FORM_CUE,
                            AN_FORM_COUNT } an_form_kind;

enum { NEED_KIND = 0, NEED_UNITS = 1, NEED_HASH = 8, NEED_ROW = 16 };
typedef enum an_need { AN_NEED_END, AN_NEED_NEXT_NOT, AN_NEED_PREV_NOT, AN_NEED_CONTEXT, AN_NEED_UNLESS, AN_NEED_THE } an_need;

enum { TERM_PERSON = 0, TERM_OFFICE = 4, TERM_FROM = 8, TERM_TO = 12, TERM_VERIFIED = 16, TERM_SRC = 20, TERM_PRECISION = 24,
       TERM_BASIS = 25, TERM_ROW = 32 };
enum { AN_BASIS_ACTING = 1, AN_BASIS_LISTED = 2 };         /* of a term; 0: held */

#define AN_GIVEN_SEED UINT64_C(0x6769766e) /* ids also hold first names: this mixed with the hash of the name */
#define AN_NAMING_SEED UINT64_C(0x6e616d65)
/* naming.hand.tsv. Of a country: the family name stands first; so where the list says it; two family names; so where the list says
   it; chains of a person's and the fathers' names; none at all. Of a word: a family name that stands first, that may stand first,
   that may be one of two; a word that joins the next, that joins both sides; what stands behind a name and is no part of it. */
typedef enum an_naming_rule { AN_NAMING_FIRST = 1, AN_NAMING_EITHER = 2, AN_NAMING_TWO = 4, AN_NAMING_TWO_LISTED = 8, AN_NAMING_CHAIN = 16,
                              AN_NAMING_NONE = 32, AN_NAMING_MIXED = 64, AN_NAMING_JOIN = 128, AN_NAMING_LINK = 256, AN_NAMING_SUFFIX = 512 } an_naming_rule;
enum { SLOT_HASH = 0, SLOT_VALUE = 8, SLOT_COUNT = 12, SLOT_ROW = 16 };
#endif
