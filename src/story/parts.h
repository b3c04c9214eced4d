/* SPDX-License-Identifier: Apache-2.0 */
/* The story room's own insides: what its steps hand each other. group -> match -> sharpen -> match again -> compare -> tell. */
#ifndef AN_STORY_PARTS_H
#define AN_STORY_PARTS_H
#include "story/digest.h"

enum { MAX_DAYS_APART = 3, SAME_PLACE_KM = 50 };

/* An event of a reading, as the story knows it: its days are set again when the story sharpens the page's day. */
typedef struct st_event { const dg_event *e; an_days when; uint32_t cluster; } st_event;  /* cluster: AN_NONE when it repeats */
typedef struct st_reading {
  const dg *d;
  an_days published; an_day day; uint8_t basis;
  uint32_t *evidence_reading; dg_evidence *evidence; uint32_t evidence_count;  /* own evidence first, then sisters' */
  st_event *events;
  uint32_t copy_of, version_of;          /* reading of the story, or AN_NONE */
  bool compared;                         /* its facts are held against those of other reports */
} st_reading;

typedef struct st_told { uint32_t reading, event; } st_told;
typedef struct st_cluster { AN_LIST(st_told) told; an_days when; } st_cluster;   /* one happening; the first told is the pattern */

typedef struct st_story {
  an_arena *arena;
  st_reading *readings; uint32_t reading_count;
  AN_LIST(st_cluster) clusters;
  AN_LIST(an_comparison) comparisons;
  bool short_of;
} st_story;

/* group.c: digests (sorted) -> group number of each. */
an_status st_group(const dg *const *digests, uint32_t count, an_arena *arena, uint32_t *group_of, uint32_t *groups, an_error *err);
/* match.c: events of several readings that are one. Fills clusters and st_event.cluster. */
void st_match(st_story *story);
/* sharpen.c: days that one report fixes for its sisters. Returns whether any page's days became narrower. */
bool st_sharpen(st_story *story);
void st_find_copies(st_story *story);
/* compare.c */
void st_compare(st_story *story);

/* parties.c: who is who, across pages */
an_text st_party_key(const dg_party *party);                              /* entity or name, else country, else group */
bool st_same_party(const dg_party *a, const dg_party *b);                 /* the same body, or one says less of it */
double st_parties_alike(dg_parties a, dg_parties b);                      /* 0..1; two empty lists: .5 */
double st_parties_fit(const dg_event *a, const dg_event *b);              /* 0..1; meetings and mutual acts either way round */
bool st_same_place(const dg_place *a, const dg_place *b);                 /* both known and within SAME_PLACE_KM, or one name */
bool st_other_place(const dg_place *a, const dg_place *b);                /* both known as a city or finer, and not the same */
bool st_days_meet(an_days a, an_days b);
an_text st_days_said(const st_story *story, an_days days);                /* EDTF, or "not said" */
bool st_is_pending(const dg_event *e);                                    /* planned or conditional */
const dg_event *st_event_of(const st_story *story, st_told told);
#endif
