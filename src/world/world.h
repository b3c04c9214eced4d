/* SPDX-License-Identifier: Apache-2.0 */
/* world: who and where is named, on which day, with the reason and the source row.

   In: words, world.an and names.an. Steps of the map: find (before there are tags) gives candidates by form and marks their
   tokens with AN_WORD_ACTOR for the gate; name (sentence by sentence, as they are tagged) adds names that the world file need not hold; resolve
   (on the page's days) decides once a document and gives mentions. Before it `serving` gives the terms of people presented as serving, which bound the page's day. Always holds: a candidate is longest
   match; every mention has its reason; a term is half-open [from, to); after a source's last day the answer says "last known".
   Cost: one probe a token. Immutable, shared by threads. Knows no sentence meaning beyond heads and prepositions. */
#ifndef AN_WORLD_H
#define AN_WORLD_H
#include "base/vectors.h"
#include "language/language.h"

typedef struct an_world an_world;
an_status an_world_open(const char *dir, an_world **out, an_error *err);
/* Lays users' tables of actors (NULL at the end of `paths`) over it. A table with errors is refused whole: AN_ERR_USAGE, and
   every error a line "FILE:LINE: what" through `tell` (may be NULL); the world stays as it was. Before threads share it. */
an_status an_world_overlay(an_world *world, const char *const *paths, an_write *tell, void *to, an_error *err);
void an_world_close(an_world *world);
uint64_t an_world_checksum(const an_world *world);

typedef struct an_candidate {
  uint32_t first, end;                   /* tokens */
  an_span at;                            /* in the clean text; may begin or end inside a token ("U.S." of "U.S.-led") */
  uint32_t posting, posting_count;       /* rows of the file */
  uint32_t fits;                         /* bit i: posting i has the capitals and neighbours that it needs; the first 32 */
} an_candidate;
/* A name by its look and its neighbours, whether or not the world file holds it (names.an, src/world/namer.h). */
typedef struct an_named { uint32_t first, end; uint8_t kind; } an_named;   /* tokens; AN_MENTION_PERSON, _ORGANISATION or _PLACE */
typedef struct an_candidates { const an_candidate *at; uint32_t count; const an_named *named; uint32_t named_count; } an_candidates;
an_status an_world_find(const an_world *world, an_words *words, an_arena *arena, const an_tracer *trace, an_candidates *out,
                        an_error *err);

typedef struct an_namer an_namer;
an_status an_namer_open(const char *dir, const an_vectors *vectors, an_namer **out, an_error *err); /* does not own the vectors */
void an_namer_close(an_namer *namer);
uint64_t an_namer_checksum(const an_namer *namer);
/* Names of a text, sentence by sentence: `name` right after a sentence was tagged, while what was read of it is kept;
   `named` adds what was found to the candidates, in reading order; names do not overlap. */
typedef struct an_naming an_naming;
an_status an_world_naming(const an_world *world, const an_namer *namer, const an_words *words, const an_candidates *candidates, an_arena *arena,
                          an_naming **out, an_error *err);
an_status an_world_name(an_naming *naming, uint32_t sentence, an_error *err);
an_status an_world_named(an_naming *naming, const an_tracer *trace, an_candidates *candidates, an_error *err);

/* Somebody presented as serving in an office ("Iranian President Hassan Rouhani", not "former"): the days of the term. */
typedef struct an_serving { an_span clean; an_days term; an_text person, office; } an_serving;
typedef struct an_servings { const an_serving *at; uint32_t count; } an_servings;
an_status an_world_serving(const an_world *world, const an_words *words, const an_candidates *candidates, an_arena *arena,
                           const an_tracer *trace, an_servings *out, an_error *err);

enum { AN_MENTION_METONYM = 1,       /* a capital, seat or country name that stands for its government */
       AN_MENTION_LOCATIVE = 2,      /* a place after "in", "to", "from": where, not who */
       AN_MENTION_ADJECTIVE = 4,     /* "Iranian" before a noun that is not itself a role or group */
       AN_MENTION_PLURAL = 8, AN_MENTION_POSSESSIVE = 16,
       AN_MENTION_INFERRED = 32,     /* the country came from the document or the outlet */
       AN_MENTION_FORMER = 64,       /* former, late, ex-, -elect */
       AN_MENTION_PRONOUN = 128,     /* he, they, the two sides, his counterpart: added by speech */
       AN_MENTION_LAST_KNOWN = 256,
       AN_MENTION_PUBLIC = 512,      /* may be named: in the world file, or the text gives a public office */
       AN_MENTION_DISPUTED = 1024 }; /* of a country or territory whose status is disputed; the bits are those of AN_MARK_* */
enum { AN_GENDER_UNKNOWN, AN_GENDER_MALE, AN_GENDER_FEMALE };

/* A mention with its tokens. `m.who.span` is the name or phrase ("Iranian President Hassan Rouhani": the span of the whole
   phrase; name_span: "Hassan Rouhani"). Mentions of one thing share a chain. Ranges are of the clean text. */
typedef struct an_mention_at {
  an_mention m;
  an_span name_span;
  uint32_t first, end, head;      /* tokens; head: the one other words hang on */
  uint32_t chain;                 /* same for all mentions of one thing in the document */
  uint32_t entity;                /* row in the world file, or AN_NONE */
  uint16_t flags; uint8_t gender;
  const uint32_t *members; uint32_t member_count; /* a pronoun or "the two sides": the mentions that it stands for */
  an_place place;                 /* what it is as a place; text.at == NULL: it cannot be one */
} an_mention_at;
/* A person to whom neither the world file nor the page gives a public part. */
static inline bool an_mention_is_private(const an_mention_at *m) {
  return m->m.kind == AN_MENTION_PERSON && m->entity == AN_NONE && (m->flags & AN_MENTION_PUBLIC) == 0;
}
/* Writes down whom a party stands for, in the words of that mention, or those that it stands for itself; of a private
   person, and where these are part of the party's own (party->span), none. */
void an_mention_antecedent(const an_mention_at *of, an_party *party);
/* `list` ascends by first token after resolve; speech appends. `inside`: names inside phrases of `list` ("Oman" of "Oman's
   foreign minister", "World Bank" of "officials of the World Bank"); they are told and take part in nothing. */
typedef struct an_mentions { AN_LIST(an_mention_at) list, inside; } an_mentions;

typedef struct an_outlet { an_text name, domain, country; an_span raw; bool agency; } an_outlet; /* name not known: the page does not say */
/* vectors: may be NULL. */
an_status an_world_resolve(const an_world *world, const an_lexicon *lexicon, const an_vectors *vectors, const an_page *page, const an_article *article,
                           const an_words *words, const an_candidates *candidates, an_days published, an_arena *arena,
                           const an_tracer *trace, an_mentions *mentions, an_outlet *outlet, an_error *err);

/* The office that this person or entity held on a day ("IRN.president"); not known: none. `entity` as in an_mention_at. */
an_text an_world_office_on(const an_world *world, uint32_t entity, an_day day, bool *last_known);
/* Names by the credit of an agency or outlet ("Efe news", "IRNA news agency"): canonical name, or not known. */
an_text an_world_agency(const an_world *world, const an_words *words, uint32_t first, uint32_t *end);
void an_world_inventory(const an_world *world, an_inventory *out);
uint32_t an_world_sources(const an_world *world, an_source_age *out, uint32_t most);      /* how many were given */
uint32_t an_world_countries(const an_world *world, an_country_age *out, uint32_t most);
/* Files of PETRARCH as a table for an_world_overlay; every oddity a line "FILE:LINE: what" through `tell`. */
an_status an_world_petrarch(const an_world *world, const char *const *paths, an_write *write, void *to, an_write *tell, void *tell_to,
                            an_petrarch_counts *counts, an_error *err);
an_status an_world_petrarch_write(const an_world *world, an_write *write, void *to, an_error *err);
an_status an_world_who(const an_world *world, an_text phrase, an_day on, an_write *write, void *to, an_error *err);
#endif
