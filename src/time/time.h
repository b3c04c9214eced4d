/* SPDX-License-Identifier: Apache-2.0 */
/* time: expressions become constraint sets, and the page gets its days.

   In: words, the page's metadata, terms of people presented as serving. Out: an_times (symbolic at first: value and anchor),
   the page's days with evidence, then the days of every expression. Order: find, date_page, anchor. Always holds: never a
   single day without day-level evidence; evidence that clashes is dropped from the weakest and traced. Captions date a page,
   boilerplate never does. Cost: one flag test a token. Words of time are data (data/lexicon/time.tsv). */
#ifndef AN_TIME_H
#define AN_TIME_H
#include "world/world.h"

typedef struct an_time_at {
  an_time t;                      /* ranges of the clean text */
  uint32_t first, end;            /* tokens */
  uint32_t sentence;
  bool day_level, title;          /* says a day; stands in a title, deck or caption */
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
