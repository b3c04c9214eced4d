/* SPDX-License-Identifier: Apache-2.0 */
/* time: expressions become constraint sets, and the page gets its days.

   In: words, the page's metadata, terms of people presented as serving. Out: an_times (symbolic at first: value and anchor),
   the page's days with evidence, then the days of every expression. Order: find, date_page, anchor. Always holds: never a
   single day without day-level evidence; evidence that clashes is dropped from the weakest and traced. Captions date a page,
   boilerplate never does. Cost: one flag test a token. Words of time are data (data/lexicon/time.tsv). */
#ifndef AN_TIME_H
#define AN_TIME_H
#include "world/world.h"

/* What an expression says before there is a day to hang it on. FIXED: the value stands already (durations, sets, "2016", a whole
   date). CALENDAR: month, day or season without a year. SHIFT: units away from the base. WEEKDAY: "Tuesday". The base is the
   page's day, or the day of another expression ("two days later"). */
typedef enum an_time_kind { AN_TIME_FIXED, AN_TIME_CALENDAR, AN_TIME_SHIFT, AN_TIME_WEEKDAY } an_time_kind;
typedef enum an_grain { AN_GRAIN_NONE, AN_GRAIN_DAY, AN_GRAIN_WEEK, AN_GRAIN_WEEKEND, AN_GRAIN_MONTH, AN_GRAIN_QUARTER,
                        AN_GRAIN_SEASON, AN_GRAIN_HALF, AN_GRAIN_YEAR, AN_GRAIN_DECADE, AN_GRAIN_CENTURY } an_grain;
typedef struct an_time_form {
  uint8_t kind, grain;            /* an_time_kind, an_grain: what the value is written in */
  int16_t year, offset;           /* year 0: not said; offset: in units of the grain */
  uint8_t month, day, weekday;    /* 0: not said */
  uint8_t index;                  /* of a quarter 1..4, a season 1..4 (spring first), a half 1..2 */
  int8_t side;                    /* said: -1 past, +1 to come; 0: the tense decides */
  int16_t clock;                  /* minutes after midnight; -1: none */
  char part[3], zone[8];          /* "MO", "AF", "EV", "NI"; "Z", "+03:00" */
  uint32_t from;                  /* the expression it counts from, or AN_NONE: the page's day */
  int16_t plus; uint8_t plus_grain; /* "two weeks after 15 January": units further on from what the rest says; 0: none */
} an_time_form;

typedef struct an_time_at {
  an_time t;                      /* ranges of the clean text */
  uint32_t first, end;            /* tokens */
  uint32_t sentence;
  bool day_level, title;          /* says a day; stands in a title, deck or caption */
  an_time_form form;
} an_time_at;
typedef struct an_times { AN_LIST(an_time_at) list; } an_times;

an_status an_time_find(const an_lexicon *lexicon, const an_article *article, const an_words *words, an_arena *arena,
                       const an_tracer *trace, an_times *out, an_error *err);
an_status an_time_date_page(const an_lexicon *lexicon, const an_page *page, const an_article *article, const an_words *words,
                            const an_times *times, const an_servings *servings, an_arena *arena, const an_tracer *trace,
                            an_published *out, an_problem *clash, an_error *err); /* evidence spans: page bytes. clash->what not known: none */
/* Sets days of every expression on the page's days, and the tense-dependent side of its anchor. */
an_status an_time_anchor(const an_words *words, const an_published *published, an_times *times, an_arena *arena,
                         const an_tracer *trace, an_error *err);
#endif
