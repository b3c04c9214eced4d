/* SPDX-License-Identifier: Apache-2.0 */
/* The story room's own insides: what its steps hand each other. sketch -> propose -> score -> group -> match -> sharpen -> match
   again -> compare -> tell. */
#ifndef AN_STORY_PARTS_H
#define AN_STORY_PARTS_H
#include "story/digest.h"

enum { MAX_DAYS_APART = 3, SAME_PLACE_KM = 50, ST_WINDOW = 7 };

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
  uint32_t most_like; an_text shares;    /* the reading that it is most like, or AN_NONE; what speaks for that and against it (reasons.c) */
} st_reading;

typedef struct st_told { uint32_t reading, event; } st_told;
typedef struct st_cluster { AN_LIST(st_told) told; an_days when; } st_cluster;   /* one happening; the first told is the pattern */

typedef struct st_story {
  an_arena *arena;
  const struct st_lexis *lexis;          /* what words weigh and mean (lexis.h) */
  st_reading *readings; uint32_t reading_count;
  AN_LIST(st_cluster) clusters;
  AN_LIST(an_comparison) comparisons;
  uint32_t left_out;                     /* rows that found no room */
  bool only_changes;                     /* rows are kept only where something differs: two versions of a page */
  bool short_of;
} st_story;

/* What telling one story from another knows of a page: some 1 kB. */
typedef struct st_office { uint32_t office, person; bool lead; } st_office;
typedef struct st_name { uint32_t key; float weight; } st_name;
typedef struct st_number { uint32_t thing; float low, high; } st_number;    /* told up front; thing: noun, unit, or what became of them */
typedef struct st_brief {
  an_days published; uint8_t weekdays, all_weekdays;
  double profile_norm, profile_sum, head_sum, name_sum; const uint32_t *profile; const uint8_t *weights; const bool *in_head, *is_name; uint32_t profile_count;   /* is_name: and up front; name_sum: of these */
  float meaning[AN_VECTOR_SIZE]; double own_likeness;       /* the mean of its clauses' meanings; how near two of them are; 0: too few are known */
  const st_act *acts; uint32_t act_count;                   /* told as happened, or as to come */
  const st_office *offices; uint32_t office_count;
  const st_number *numbers; uint32_t number_count;
  dg_words shingles; uint8_t scale;
} st_brief;
bool st_brief_of(an_arena *arena, const struct st_lexis *lexis, const dg *d, st_brief *out);

/* correct.c: what people corrected, found by page and by name. */
typedef struct st_corrections { const an_correction *at; uint32_t count; an_map pages, names; uint32_t *next; } st_corrections;
bool st_corrections_open(const an_correction *list, uint32_t count, an_arena *arena, st_corrections *out);
void st_correct(const st_corrections *corrections, an_arena *arena, dg *d);
bool st_is_corrected(const st_corrections *corrections, const uint8_t sha256[32]);      /* something is of this page alone */

/* What finding those that may tell the same knows of every page: some 200 bytes, which a record keeps (sketch.c). `looked`: what earlier
   looks at pairs gave, of pages with lower numbers. `group`: the group that it came to be in, in one number. */
enum { ST_TOP = 24, ST_RUNS = 6 };
typedef struct st_page {
  uint64_t number; uint8_t sha256[32]; uint32_t url; an_day day; an_days published;
  uint64_t twin, group;                  /* twin: pages of one text have one */
  uint32_t words[ST_TOP], runs[ST_RUNS]; uint8_t weights[ST_TOP], word_count, run_count;
  uint8_t weekdays, all_weekdays;        /* as in its digest */
  bool fresh, again, corrected, changed; /* fresh: nothing is known of it; again: its story is to be made, whatever is known */
  uint32_t rank;                         /* its place among all, in order */
  an_text looked, digest; const st_brief *brief;     /* brief: NULL until it is asked for */
} st_page;
an_days st_about_days(const dg *d);      /* when the page came out; where it says only when it was changed, about then */
void st_sketch_of(const dg *d, st_page *out);
bool st_sketch_write(an_buf *buf, const st_page *page);
bool st_sketch_read(an_text kept, st_page *out);            /* texts lie in `kept`; false: it is of another layout, or no sketch */

/* stories.c: digests, from wherever they are. */
typedef struct an_stories st_source;
unsigned st_threads(const st_source *source);
an_status st_digest_of(st_source *source, const st_page *page, an_digest *out, an_error *err);
an_status st_brief_needed(st_source *source, st_page *page, an_error *err);

/* propose.c: for each page the pages that are worth a look, out of sketches. `near`: ST_NEAR places a page, AN_NONE behind the last. */
enum { ST_NEAR = 12 };
bool st_propose(st_page *const *pages, uint32_t count, unsigned threads, const an_arena *arena, uint32_t *near);

/* pairs.c: what the looks gave: pairs that reach ST_FAINT, and such as can never be of one story. known: it was there the last time, and joined two groups then or did not. */
typedef struct st_pair { uint32_t a, b, at; uint16_t score; bool known, joined, b_keeps; } st_pair;  /* ranks, a < b; score in steps of ST_STEP; at: in the keeper's `looked` */
typedef struct st_pairs { AN_LIST(st_pair) list; } st_pairs;
#define ST_LINK 0.59         /* average score that joins two groups */
#define ST_LINK_UNDATED 0.65 /* score of the pair that joins a group without a day to one with */
#define ST_FAINT 0.05        /* what is kept of a pair */
enum { ST_NEVER = 1 };       /* steps: the two can never be of one story */
#define ST_STEP (1.0 / 16384)
an_status st_look(st_source *source, st_page **pages, uint32_t count, const uint32_t *near, an_arena *arena, st_pairs *out, an_error *err);
void st_keep_joined(st_page *keeper, const st_pair *pair, bool joined);   /* what came of it this time */

/* group.c: pages in order -> group of each, named by its first; AN_NONE where all is as it was. */
typedef struct st_bond { uint32_t a, b; bool apart; } st_bond;   /* two pages of one story, or never of one */
typedef struct st_bonds { st_bond *at; uint32_t count; } st_bonds;
bool st_bonds_of(const st_corrections *corrections, st_page *const *pages, uint32_t count, an_arena *arena, st_bonds *out);
an_status st_group(st_source *source, st_page **pages, uint32_t count, const st_bonds *bonds, an_arena *arena, uint32_t *group_of, an_error *err);

/* score.c: of two pages */
#define ST_UNLIKE 0.05      /* words so little alike that nothing joins two pages */
#define ST_COPY 0.50         /* containment of five-word runs that is a copy: stories page of the design notes */
/* What speaks for and against two pages' being of one story: weighed in score.c. */
typedef enum st_term { ST_WORDS, ST_CONTAINED, ST_HEAD, ST_NAMES, ST_NAMES_APART, ST_MEANING, ST_LENGTH, ST_NUMBERS, ST_COUNTED_ALIKE, ST_WEEKDAY_SAME,
                       ST_WEEKDAY_OTHER, ST_UNDATED, ST_ACT_APART, ST_PLACES_APART, ST_FAR_DAYS, ST_TERMS } st_term;
typedef struct st_terms { double at[ST_TERMS]; bool never, copies; } st_terms;   /* never: another holder of an office; days that cannot be one */
void st_terms_of(const st_brief *a, const st_brief *b, st_terms *out);
double st_likeness(const st_brief *a, const st_brief *b);  /* below 0: they cannot be of one story */
double st_shares(const st_brief *a, const st_brief *b, double out[ST_TERMS]);   /* what each term adds; the sum, in log odds */
double st_score(const st_brief *a, const st_brief *b);     /* the same, and they came out too far apart for the one to speak for the other */
bool st_days_apart(an_days a, an_days b);
bool st_near_days(an_days days);                                                   /* both ends known, at most ST_WINDOW apart */
double st_containment(dg_words a, uint8_t a_scale, dg_words b, uint8_t b_scale);   /* share of the smaller page's runs that the other has */
/* stories.c: a reading of a story out of its digest; then what all have, found: copies, days, happenings. false, short_of: no memory. */
bool st_reading_make(st_story *story, st_reading *r, const dg *d);
void st_settle(st_story *story);
/* match.c: events of several readings that are one. Fills clusters and st_event.cluster. */
void st_match(st_story *story);
#define ST_FITS 0.55
double st_fit_cluster(const st_story *story, const st_cluster *cluster, const st_event *event);   /* 0: not one happening; from ST_FITS on it is */
/* sharpen.c: the days between which copies without a day came out, by what they copy; days that one report fixes for its sisters. The second
   returns whether any page's days became narrower. */
void st_bound(st_story *story);
bool st_sharpen(st_story *story);
bool st_sharpen_page(st_story *story, uint32_t reading, an_anchor anchor, an_days happened, uint32_t from_reading, const dg_when *from); /* a happening told there as hanging on its own day was on these days, by `from` */
an_days st_published_from(an_anchor anchor, an_days event);   /* the days of publication on which an anchor can give a happening's days */
/* calendar.c: the same by what is told of which day, act or none, weighed. */
bool st_sharpen_by_calendar(st_story *story);
/* reasons.c: why each is in the story */
void st_give_reasons(st_story *story);
/* copies.c: copies and versions among a story's readings. */
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
