/* SPDX-License-Identifier: Apache-2.0 */
/* Clauses of several reports: whether two tell one thing (clause_same.c), which are one row (compare_clause.c), and what the row says (clause_rows.c). */
#ifndef AN_STORY_CLAUSE_H
#define AN_STORY_CLAUSE_H
#include "story/alike.h"

typedef st_clause_at told;
typedef struct tellings { told at[MAX_VALUES]; uint32_t index[MAX_VALUES], count; } tellings;   /* index: among all that are compared */

/* clause_same.c */
static inline bool st_clause_is_dated(const dg_clause *c) { return c->when.text.at != NULL; }
static inline bool st_touch(an_span a, an_span b) { return a.begin < b.end && b.begin < a.end; }
double st_tell_one(const st_story *story, const told *a, const told *b);           /* how surely two clauses tell one thing; 0: they do not */
bool st_tell_alike(const dg_clause *x, const dg_clause *y);                         /* both as done, or both as not */
bool st_one_act_already(const st_story *story, const told *a, const told *b);      /* the acts that they tell are one happening */
bool st_same_object(const dg_clause *x, const dg_clause *y);
bool st_clause_counts(dg_words words);
int64_t st_days_between(an_days a, an_days b);                                        /* 0: they meet */

/* clause_rows.c. differing: their numbers have a row of their own that does not agree */
void st_write_clause(st_story *story, const tellings *all);                         /* that it was so, or whether */
void st_write_clause_days(st_story *story, const tellings *all, bool differing);
void st_write_clause_places(st_story *story, const tellings *all, bool differing);
void st_write_blame(st_story *story, an_map *blamed, const told *a, const told *b); /* each of two speakers says that the other did it */
#endif
