/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two reports' numbers are of one thing, or their clauses tell one happening: signs, weighed by what was learned from pairs that
   people marked (data/lexicon/alike.tsv, tools/train_alike.py). */
#ifndef AN_STORY_ALIKE_H
#define AN_STORY_ALIKE_H
#include "story/compare.h"
#include "story/lexis.h"

extern const an_sign_list ST_COUNT_SIGNS, ST_CLAUSE_SIGNS, ST_ROW_SIGNS, ST_SAID_SIGNS;    /* of numbers (alike.c), clauses (alike_clause.c), a number and a row (alike_row.c), sayings (alike_said.c) */
typedef struct st_signs { bool at[ST_MOST_SIGNS]; } st_signs;
void st_alike_open(st_lexis *lexis);                                /* the weights of alike.tsv; without a lexicon: none */
double st_share_of(const int16_t *weights, const st_signs *signs, uint32_t count);   /* 0..1 */
void st_words_count_all(st_words *words, const st_story *story);    /* the words of all clauses that are compared */

/* Numbers that are of one thing, by the clauses that they stand in. */
typedef struct st_linked { an_map pairs; } st_linked;
bool st_link(st_linked *linked, an_arena *arena, uint32_t ra, uint32_t clause_a, uint32_t rb, uint32_t clause_b);
bool st_are_linked(const st_linked *linked, uint32_t ra, uint32_t clause_a, uint32_t rb, uint32_t clause_b);

/* What a page's numbers have to do with each other: found once. */
typedef struct st_nearest { float first, second; } st_nearest;   /* how near the nearest and the next are */
typedef struct st_number_at { given g; uint32_t same_value, same_noun, same_thing, same_unit; const float *meaning; st_nearest *nearest; } st_number_at;   /* how many of its page have its unit and value; its unit and noun; its thing; its unit. meaning of its clause; nearest: of each reading's numbers of its unit */
bool st_numbers_of(st_story *story, st_number_at **out, uint32_t *count);
bool st_numbers_meant(st_story *story, st_words *words, st_number_at *all, uint32_t count);   /* fills meaning and nearest */
bool st_fit_anything(const dg_quantity *x, const dg_quantity *y);    /* so loosely told, of two nouns, that they cannot be held to be of one thing */
bool st_are_one_thing(const st_number_at *a, const st_number_at *b, double share);   /* at that share; two numbers that differ must be surer of it */
double st_one_thing(const st_story *story, st_words *words, const st_number_at *a, const st_number_at *b);    /* 0..1 */
/* false: they cannot be of one thing, whatever the signs say (two units). */
bool st_count_signs(const st_story *story, st_words *words, const st_number_at *a, const st_number_at *b, st_signs *out);

/* alike_row.c: rows of numbers. A thing holds the indexes of its numbers; rival: one that is perhaps of it, or AN_NONE; widened: it took a rival. */
typedef struct st_thing { uint32_t at[MAX_VALUES], count, rival; bool widened; } st_thing;
typedef struct st_field { st_story *story; const st_number_at *all; uint32_t count; float *share; st_thing *things, **thing_of; } st_field;   /* share: of every two; things: as many, some empty */
bool st_find_things(st_story *story, st_words *words, st_linked *linked, st_field *out);
double st_share_between(const st_field *f, uint32_t a, uint32_t b);
/* The likest number that a report without one in a row has for it, where it is another number and in no row; share: how likely it is of the row's thing. */
typedef struct st_rival { uint32_t row, at; double share; st_signs signs; } st_rival;
bool st_find_rivals(const st_field *f, st_rival **out, uint32_t *count);

/* A clause, with its days set again on the story's day of publication. */
typedef struct st_clause_at { uint32_t reading, index; const dg_clause *c; an_days when; float *meaning; } st_clause_at;   /* meaning: AN_VECTOR_SIZE numbers, of length one, or zeros */
bool st_clauses_of(st_story *story, st_words *words, st_clause_at **out, uint32_t *count);
/* Of every two clauses the weight of what they share and how near they are in meaning; for each clause and reading the clause there that
   shares most (AN_NONE), and how near the nearest and the next are. */
typedef struct st_shared { const st_clause_at *all; uint32_t count, readings; float *at, *near; uint32_t *best; st_nearest *nearest; } st_shared;
bool st_share_clauses(const st_story *story, st_words *words, const st_clause_at *all, uint32_t count, st_shared *out);
bool st_may_be_one(const st_shared *shared, const st_linked *linked, uint32_t a, uint32_t b);    /* worth its signs */
double st_one_happening(const st_story *story, st_words *words, const st_shared *shared, const st_linked *linked, uint32_t a, uint32_t b);   /* 0..1 */
void st_clause_signs(const st_story *story, st_words *words, const st_shared *shared, const st_linked *linked, uint32_t a, uint32_t b, st_signs *out);

/* A clause of what is said. nearest: of each reading's. */
typedef struct st_said_at { uint32_t reading; const dg_statement *s; const dg_part *part; float *meaning; st_nearest *nearest; } st_said_at;
bool st_sayings_of(st_story *story, st_words *words, st_said_at **out, uint32_t *count);
/* false: speakers of two names. */
bool st_said_signs(st_words *words, const st_said_at *a, const st_said_at *b, st_signs *out);
double st_one_saying(const st_story *story, st_words *words, const st_said_at *a, const st_said_at *b);    /* 0..1 */

/* calendar.c: the days on which a page without one may have come out, each with those around it that make the same days of what it tells (open: none is met), its signs and its share of the likelihood; the last is that it is none of them (day AN_DAY_OPEN_EARLIEST). */
extern const an_sign_list ST_DAY_SIGNS;
typedef struct st_day_tried { an_day day; an_days days; st_signs signs; double share; } st_day_tried;
bool st_days_tried(st_story *story, uint32_t reading, st_day_tried **out, uint32_t *count);   /* false: no report of the story has a day, or they lie too far apart */

/* compare_number.c, compare_clause.c: the rows. Numbers come first: clauses that hold them are linked. */
void st_compare_numbers(st_story *story, st_words *words, st_linked *linked);
void st_compare_statements(st_story *story, st_words *words);
/* What clauses tell alike or apart, act or none; after the rows of acts and sayings, which come first. */
void st_compare_clauses(st_story *story, st_words *words, const st_linked *linked);
#endif
