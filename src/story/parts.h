/* SPDX-License-Identifier: Apache-2.0 */
/* The story room's own insides: what its steps hand each other. group -> match -> sharpen -> match again -> compare -> tell. */
#ifndef AN_STORY_PARTS_H
#define AN_STORY_PARTS_H
#include "story/digest.h"

enum { MAX_DAYS_APART = 3, SAME_PLACE_KM = 50 };

/* Who, what, when and where of an event as numbers: what grouping and matching ask millions of times. 0: not known. */
typedef struct st_party { uint32_t entity, name, country, sector; bool person; } st_party;
typedef struct st_parties { const st_party *at; uint32_t count; } st_parties;
typedef struct st_place { uint32_t name; float lat, lon; bool point, stated; } st_place;    /* point: a city or finer, with coordinates; stated: with the act, not in the date line */
typedef struct st_act {
  uint32_t type; st_parties actors, recipients; an_days when; st_place where;
  bool mutual, consult, lead, pending, negated, person, dated; /* person: an office holder acts; dated: the page says when */
} st_act;
bool st_act_of(an_arena *arena, const dg_event *e, st_act *out);
st_party st_party_of(const dg_party *party);
st_place st_place_of(const dg_place *place);
uint32_t st_text_key(an_text text);      /* 0: not known */

/* An event of a reading, as the story knows it: its days are set again when the story sharpens the page's day. */
typedef struct st_event { const dg_event *e; an_days when; uint32_t cluster; st_act act; } st_event;  /* cluster: AN_NONE when it repeats */
typedef struct st_reading {
  const dg *d;
  an_days published; an_day day; uint8_t basis;
  uint32_t *evidence_reading; dg_evidence *evidence; uint32_t evidence_count;  /* own evidence first, then sisters' */
  st_event *events;
  uint32_t copy_of, version_of;          /* reading of the story, or AN_NONE */
  uint32_t twin;                         /* an earlier reading of the same text, whose events are shared; or AN_NONE */
  uint32_t newer;                        /* the latest version of this page, or AN_NONE: it is the latest */
  bool compared;                         /* its facts are held against those of other reports */
} st_reading;

typedef struct st_told { uint32_t reading, event; } st_told;
typedef struct st_cluster { AN_LIST(st_told) told; an_days when; } st_cluster;   /* one happening; the first told is the pattern */

typedef struct st_story {
  an_arena *arena;
  st_reading *readings; uint32_t reading_count;
  AN_LIST(st_cluster) clusters;
  AN_LIST(an_comparison) comparisons;
  bool only_changes;                     /* rows are kept only where something differs: two versions of a page */
  bool short_of;
} st_story;

/* What grouping knows of a page: some 2 kB. */
typedef struct st_office { uint32_t office, person; bool lead; } st_office;
typedef struct st_name { uint32_t key; float weight; } st_name;
typedef struct st_number { uint32_t thing; float low, high; bool grows; } st_number;    /* told up front; thing: noun, unit, or what became of them */
typedef struct st_brief {
  an_text digest;                        /* the whole, encoded */
  uint8_t sha256[32]; an_text address; uint32_t url; an_day day; an_days published;
  uint8_t weekdays; uint64_t twin, rest;      /* twin: pages of one text have one; rest: and all that they tell lies at the same bytes */
  double profile_norm; const uint32_t *profile; const uint8_t *weights; uint32_t profile_count;
  const st_act *acts; uint32_t act_count;                   /* told as happened, or as to come */
  const st_office *offices; uint32_t office_count;
  const st_number *numbers; uint32_t number_count;
  dg_words shingles, head; uint8_t scale;
} st_brief;
bool st_brief_of(an_arena *arena, const dg *d, an_text digest, st_brief *out);

/* correct.c: what people corrected. True: something that is of this page alone. */
typedef struct st_corrections { const an_correction *at; uint32_t count; } st_corrections;
bool st_correct(const st_corrections *corrections, an_arena *arena, dg *d);
typedef struct st_bond { uint32_t a, b; bool apart; } st_bond;   /* two readings of one story, or never of one */
typedef struct st_bonds_of { st_bond *at; uint32_t count; } st_bonds_of;
bool st_bonds(const st_corrections *corrections, const st_brief *const *briefs, uint32_t count, an_arena *arena, st_bonds_of *out);

/* group.c: briefs (sorted) -> group of each, named by its first reading. */
an_status st_group(const st_brief *const *briefs, uint32_t count, const st_bonds_of *bonds, an_arena *arena, uint32_t *group_of, an_error *err);
double st_containment(dg_words a, uint8_t a_scale, dg_words b, uint8_t b_scale);   /* share of the smaller page's runs that the other has */
/* match.c: events of several readings that are one. Fills clusters and st_event.cluster. */
void st_match(st_story *story);
/* sharpen.c: days that one report fixes for its sisters. Returns whether any page's days became narrower. */
bool st_sharpen(st_story *story);
void st_find_copies(st_story *story);
/* compare.c */
void st_compare(st_story *story);

/* parties.c: who is who, across pages */
an_text st_party_key(const dg_party *party);                              /* entity or name, else country, else group */
bool st_same_party(const st_party *a, const st_party *b);                 /* the same body, or one says less of it */
bool st_named_alike(st_parties a, st_parties b);                          /* whoever both name is the same */
double st_parties_alike(st_parties a, st_parties b);                      /* 0..1; two empty lists: .5 */
double st_parties_fit(const st_act *a, const st_act *b);                  /* 0..1; meetings and mutual acts either way round */
bool st_same_place(const st_place *a, const st_place *b);                 /* both known and within SAME_PLACE_KM, or one name */
bool st_other_place(const st_place *a, const st_place *b);                /* both known as a city or finer, and not the same */
bool st_days_meet(an_days a, an_days b);
an_text st_days_said(const st_story *story, an_days days);                /* EDTF, or "not said" */
bool st_is_pending(const dg_event *e);                                    /* planned or conditional */
const dg_event *st_event_of(const st_story *story, st_told told);
#endif
