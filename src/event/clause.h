/* SPDX-License-Identifier: Apache-2.0 */
/* A predicate and what stands around it: subject, object, obliques, complement, with passive, control, participles, relative
   clauses and coordination undone. Tokens only; who they are is party.h's business. */
#ifndef AN_EVENT_CLAUSE_H
#define AN_EVENT_CLAUSE_H
#include "event/coder.h"

enum { CLAUSE_ITEMS = 8, CLAUSE_CLIMB = 8 };
typedef struct oblique { uint32_t token; uint64_t prep; } oblique;
typedef struct clause {
  uint32_t at;                                       /* the predicate */
  uint32_t subject, object, indirect;                /* heads; AN_NONE: none. Passive: the object is the grammatical subject */
  uint32_t object2;                                  /* a second object or secondary predicate ("called him a hero") */
  oblique obliques[CLAUSE_ITEMS]; uint32_t oblique_count;
  uint32_t complement; bool complement_open;         /* xcomp, or ccomp / that-clause */
  bool passive, copula;
} clause;

typedef struct scene {                               /* what every step of the room reads */
  const an_coder *coder; const an_world *world; const an_article *article; const an_words *words;
  const an_mentions *mentions; const an_times *times; const an_statements *statements; const an_published *published;
  an_arena *arena; const an_tracer *trace;
  /* Made once, so that no look-up runs over the whole page. */
  uint32_t *mention_of;                              /* token → innermost mention, or AN_NONE */
  uint32_t *time_of;                                 /* token → expression of time that holds it, or AN_NONE */
  uint32_t *statement_of;                            /* token → innermost statement whose content holds it, or AN_NONE */
  uint32_t *first_time;                              /* sentence → first expression of it or of a later one; one more at the end */
} scene;
static inline const an_token *token_at(const scene *s, uint32_t token) { return &s->words->tokens[token]; }

void clause_read(const scene *s, uint32_t predicate, clause *out);
/* The noun that a phrase is about: "dozens of agreements" → agreements. */
uint32_t clause_head(const scene *s, uint32_t token);
/* Fold of the preposition (case) of a token; 0: none. */
uint64_t clause_prep(const scene *s, uint32_t token);
bool clause_is_verb(const scene *s, uint32_t token);
/* The grammatical subject, through control, coordination, participles and relative clauses; AN_NONE: none. */
uint32_t clause_subject(const scene *s, uint32_t predicate);
/* The word that an infinitive belongs to where the parser hung both on the verb of saying; AN_NONE: it hangs right. */
uint32_t clause_raised(const scene *s, uint32_t predicate);
uint32_t clause_child_where(const scene *s, uint32_t head, unsigned kinds);
#endif
