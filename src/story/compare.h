/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the comparison, as its files build them: begin, a value a report, verdicts of pairs, end. */
#ifndef AN_STORY_COMPARE_H
#define AN_STORY_COMPARE_H
#include "story/parts.h"

enum { MAX_VALUES = 24 };

typedef struct position { an_text says; an_text origins[MAX_VALUES]; uint32_t origin_count; } position;
typedef struct row {
  st_story *story; an_comparison_kind kind; an_text about; const char *why;
  an_compared_value values[MAX_VALUES]; uint32_t value_count;
  position positions[MAX_VALUES]; uint32_t position_count;
  an_verdict verdict; bool judged;
} row;

row row_begin(st_story *story, an_comparison_kind kind, an_text about);
/* NULL: an empty range, or the row is full. `says` decides the position: equal words, one position. */
an_compared_value *row_value(row *r, uint32_t reading, an_span span, an_text text, an_text according_to, an_text says);
void row_verdict(row *r, an_verdict verdict, const char *why);   /* of one pair; the most distant stays */
void row_end(row *r);                                            /* kept when it has values of two pages and a verdict */

/* compare_same.c: what may be held against each other. */
bool st_are_near(const st_story *story, uint32_t a, uint32_t b);    /* two reports of few days, as far as is known */
void st_keep_shown(const st_story *story, st_cluster *cluster);     /* of the tellings of a happening those that are shown to be of one */
bool st_names_others(dg_words a, dg_words b);   /* each names somebody or something that the other does not: two people of one country, two polls */
bool st_is_bounded(an_days days);                                   /* both ends are known */
bool st_says_a_day(const dg_event *e);
unsigned st_weekday_of(an_days days);                               /* 0: none */

/* A quantity and the reading that gives it. */
typedef struct given { uint32_t reading; const dg_quantity *q; bool others; } given;
typedef struct givens { given at[MAX_VALUES]; uint32_t count; float share[MAX_VALUES][MAX_VALUES]; bool rival[MAX_VALUES]; } givens;   /* share: how likely two are of one thing; rival: perhaps of another */
/* Of a story of many pages the copies are left out of comparisons, and what comes after the first reports. */
void st_choose_compared(st_story *story);      /* originals, in their latest version, 64 at most */
bool st_compares(const st_story *story, uint32_t reading);
/* A toll is said of the day of the act, of the report or of the count: days that are near are one. */
bool st_scopes_meet(an_days a, an_days b, bool grows);
an_days st_scope_days(const st_story *story, const given *g);      /* the days that a count is of; AN_DAYS_ANY */
bool st_is_before(const st_story *story, uint32_t a, uint32_t b);   /* published on days before any of b's */
bool st_are_of_others(const dg_quantity *a, const dg_quantity *b);  /* "Kyrgyz guards", "Tajik guards" */
bool st_is_word(const dg_quantity *q);                              /* "dozens", "thousands": true of much */
bool st_is_rounded(const dg_quantity *a, const dg_quantity *b);     /* "6 million" for 6.2 */
bool st_are_opposed(const dg_quantity *a, const dg_quantity *b);     /* "over half", "nearly half" */
bool st_numbers_fit(const dg_quantity *a, const dg_quantity *b);    /* both can be true */
bool st_is_rare(const dg_quantity *q);                              /* three digits or more, and no round number */
bool st_is_of_time(const dg_quantity *q);                           /* "two hours" */
uint32_t st_place_in_sentence(const st_story *story, const given *g);
bool st_is_many(const dg_quantity *q);                              /* "many": a word, and no number */
bool st_tells_of_others(const st_story *story, uint32_t reading, const dg_event *counted);
an_text st_source_of(const st_story *story, const given *g);        /* who gives the number; not known: the page itself */
an_verdict st_write_counts(st_story *story, const givens *all, an_text about);   /* its row or rows; AN_AGREE where there is none */

/* clause_same.c, clause_rows.c, compare_clause.c: what clauses tell alike or apart, act or none; after the rows of acts and sayings, which come first. */
bool st_is_one_act(const st_story *story, uint32_t ra, const dg_clause *a, uint32_t rb, const dg_clause *b);  /* by its days */
bool st_clauses_alike(const dg_clause *x, const dg_clause *y);
an_text st_about_clause(st_story *story, const char *what, const dg_clause *c);   /* what its row is called */
an_days st_when_days(const st_story *story, uint32_t reading, const dg_when *when);    /* set again on the story's day of publication; AN_DAYS_ANY: says none */
an_verdict st_places_verdict(const dg_place *a, const dg_place *b, const char **why);
bool st_are_elsewhere(const dg_place *a, const dg_place *b);        /* two places, or two countries */
an_verdict st_days_verdict(an_days a, an_days b, const char **why);
/* A row holds these two ranges already, and is of the act or its wording: not of its number, day, place or parties. */
bool st_is_told(const st_story *story, uint32_t ra, an_span a, uint32_t rb, an_span b);
/* compare_statement.c: what one speaker said, in several reports; its rows: alike.h. */
an_text st_credit(const dg_statement *s);                           /* the source it came through, else who said it */
/* compare_talk.c: what two sides spoke about. */
void st_compare_talks(st_story *story);
/* compare_stay.c: how long a visit or a meeting was, and when. */
void st_compare_stays(st_story *story);
/* compare_commitment.c: consent given in one report that another has open or refused. */
void st_compare_commitments(st_story *story);
#endif
