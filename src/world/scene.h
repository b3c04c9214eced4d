/* SPDX-License-Identifier: Apache-2.0 */
/* The scene: a document while its names are being resolved. Items are candidates with their readings side by side; phrases.c
   walks over them in reading order and emits mentions. */
#ifndef AN_WORLD_SCENE_H
#define AN_WORLD_SCENE_H
#include "world/find.h"

enum { AN_MENTIONS_MOST = 4096 };

/* A candidate, with the best fitting posting of each kind of form (AN_NONE: none). */
typedef struct an_item {
  uint32_t first, end;                   /* tokens */
  an_span at;
  uint32_t posting, posting_count, fits;
  uint32_t by_kind[AN_FORM_COUNT];
  uint32_t cues;                         /* bit an_cue_kind */
  uint8_t role_kind;                     /* an_role_kind of the role reading, 0: none */
} an_item;

/* Somebody whom the page presents: a person of the world file, or a name that it does not hold. */
typedef struct an_known {
  uint32_t person;                       /* entity, or AN_NONE */
  uint32_t chain;
  uint64_t last;                         /* hash of the last unit of the name */
  an_text country, sector, offices, name, office; /* as presented; offices: roles of roles.tsv */
  an_span at;                            /* where it is presented */
  bool serving, is_public;
  uint8_t gender;
} an_known;

/* A role without a person so far: the page may present its holder further down. */
typedef struct an_pending { uint32_t mention; an_text country, offices; } an_pending;

/* "Rapid Support Forces (RSF)": the tokens of the long form, and its item when the world file holds it. */
typedef struct an_short { uint32_t first, end, item; } an_short;

/* Whether the page hears somebody, and whether it tells what befell them, what they saw, or their age. */
typedef struct an_heard { bool speaks, suffers, acts; } an_heard;

typedef struct an_scene {
  const an_world *world;
  const an_words *words;
  const an_article *article;             /* NULL: only words are known (serving) */
  an_arena *arena;
  const an_tracer *trace;
  const an_lexicon *lexicon;             /* NULL where people are only looked for */
  const an_table *parts;                 /* of it */
  const an_vectors *vectors;             /* may be NULL */
  an_heard *heard;                       /* by chain, once an_voices has listened; NULL before */
  an_days days;                          /* of publication; open: not known */
  an_item *items; uint32_t item_count;
  uint32_t *item_of;                     /* token -> item that covers it, or AN_NONE */
  const an_named *named; uint32_t *name_of; /* names by their look; token -> the one that covers it, or AN_NONE */
  an_map countries;                      /* entity of a country -> how often it is meant beyond doubt */
  an_map lands;                          /* the same, by places that can be in that country alone */
  an_map unions;                         /* the same, of what is above states ("EU"): for its seat's name alone */
  an_map people;                         /* entity of a person -> times named in full */
  an_map hashes;                         /* hash of a unit of the text -> 1; for `unless` */
  AN_LIST(an_known) known;
  AN_LIST(an_pending) pending;
  AN_LIST(an_short) shorts;
  an_map short_of_fold;                  /* hash of a short form that the page explains -> index of shorts */
  uint32_t last_known;                   /* of known: the last one spoken of who was presented in an office; AN_NONE */
  an_map known_by_name;                  /* last unit -> index of known, the latest */
  an_map known_as;                       /* chain and offices -> index of known: nobody is listed twice as the same */
  an_map serving_of;                     /* chain -> index of the known that serves, with an office */
  an_map body_of_word;                   /* last word of a body's name -> index of its latest mention: "the Commission" */
  an_map chains;                         /* entity -> chain */
  an_mentions *out;
  uint32_t chain_count;
  an_text home; uint32_t home_share;     /* the country meant most, and its share in the hundred */
  bool inside;                           /* what is added goes to out->inside */
  bool home_told;                        /* it is the country from where the page is told, by what is not the article */
  const an_outlet *outlet;               /* the page's; NULL: only words are known */
  bool short_of;                         /* the arena's budget is spent */
  bool full;                             /* AN_MENTIONS_MOST is reached: the rest of the page is not read */
} an_scene;

/* scene.c */
an_status an_scene_open(an_scene *s, const an_candidates *candidates, an_error *err);
bool an_scene_dated(const an_scene *s);
/* Is posting `p` of a country believed in this document? Rows that need context ask for other signs of that country. */
bool an_scene_believes(const an_scene *s, const an_posting *p);
uint32_t an_scene_country(const an_scene *s, const an_item *item, uint8_t *form); /* best country reading; AN_NONE: none */
const an_named *an_scene_named(const an_scene *s, uint32_t token);   /* the name that begins there, or NULL */
bool an_token_is(const an_scene *s, uint32_t token, const char *folded);
bool an_item_is(const an_scene *s, uint32_t item, an_cue_kind cue);
bool an_word_cue(const an_scene *s, uint32_t token, an_cue_kind cue);   /* of the one word, whatever phrase it stands in */

/* offices.c: who held what on which days. */
typedef struct an_holder { uint32_t person, office, term, count; bool last_known; an_text src; an_day verified; } an_holder; /* count: persons that fit */
/* Offices of a country named by a role's list ("president;USA.foreign_minister"), held on any of the days. */
an_holder an_office_holder(const an_world *w, an_text country, an_text offices, an_days days);
/* The office of this list that the person held: on these days, or ever where they are open. AN_NONE: none. */
uint32_t an_office_of(const an_world *w, uint32_t person, an_text country, an_text offices, an_days days, an_term *term);
uint32_t an_office_any(const an_world *w, uint32_t person, an_days days, bool *last_known); /* the one office held, the highest first */
bool an_term_last_known(const an_world *w, const an_term *t, an_days days); /* held on these days, but checked too long before */
bool an_offices_meet(an_text a, an_text b);
bool an_person_heads(const an_world *w, uint32_t person, an_days days);
/* The hull of the days on which the person held an office of the list. */
bool an_term_days(const an_world *w, uint32_t person, an_text country, an_text offices, an_days *out, an_text *office);

/* bodies.c: short forms that the page explains bind on that page before the world file. False: out of memory. */
bool an_shorts_open(an_scene *s, uint32_t named_count);

/* home.c: of the countries that the article means, the one from where it is told. */
void an_home_settle(an_scene *s);

/* phrases.c */
void an_phrases_walk(an_scene *s, uint32_t named_count);

/* persons.c: names of people, in the world file or not. */
typedef struct an_name { uint32_t person, first, end; an_span at; uint64_t last; uint32_t known, posting; uint16_t score; } an_name;
/* What the text says of the person before or behind the name: "Iranian", "foreign minister". */
typedef struct an_claim { an_text country, sector, offices; uint32_t org; bool titled, former; } an_claim;
bool an_name_at(an_scene *s, uint32_t token, const an_claim *claim, an_name *out);
bool an_capital_name(const an_scene *s, uint32_t token, uint32_t *end);

/* mentions.c */
typedef struct an_phrase {
  uint32_t first, end, head; an_span at, name_at;
  uint8_t kind, gender; uint16_t flags, score;
  uint32_t entity, org, chain;           /* org: whom a person or group acts for, or AN_NONE */
  an_text country, sector, group, office, name, why;
  uint32_t place_posting, place_country; /* the readings as a place, or AN_NONE */
} an_phrase;
uint32_t an_mention_add(an_scene *s, const an_phrase *p);     /* index of the mention, or AN_NONE */
uint32_t an_head_of(const an_words *words, uint32_t first, uint32_t end);
uint32_t an_chain_of(an_scene *s, uint32_t entity);           /* the chain of an entity, made when new */
uint32_t an_chain_new(an_scene *s);
void an_known_add(an_scene *s, const an_known *k);
void an_known_also(an_scene *s, const an_known *k, uint64_t name);       /* one that was added is known by this word too, unless another is */
an_known *an_known_named(an_scene *s, uint64_t last);
#endif
