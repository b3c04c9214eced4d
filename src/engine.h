/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's own insides, for engine.c and the files beside it. Rooms never include this. */
#ifndef AN_ENGINE_H
#define AN_ENGINE_H
#include "story/story.h"

struct an_engine {
  an_options options;
  an_lexicon *lexicon; an_model *model; an_world *world; an_vectors *vectors, *meanings; an_namer *namer; an_coder *coder; an_classifier *classifier; an_detector *detector; an_page_tables *page_tables; an_furniture *furniture;
  uint64_t stamp;
};

/* All that one page becomes, left to right. */
typedef struct an_document {
  an_article article; an_words words; an_candidates candidates; an_servings servings; an_times times; an_published published;
  an_mentions mentions; an_outlet outlet; an_statements statements; an_events events; an_problem clash;
  an_problem limit;               /* the step that met a limit; what later steps make is not there */
  uint32_t parsed;
  bool has_article, has_published;
} an_document;

struct an_worker {
  const an_engine *engine; an_arena arena;
  an_trace *trace; void *trace_ctx; an_tracer tracer;
  const an_document *document;    /* for the tracer: turns clean ranges into page bytes */
  an_reading reading;
};

/* reading.c: the last step of the map; everything in clean ranges becomes page bytes. */
an_status an_reading_make(an_worker *worker, const an_page *page, an_document *document, an_error *err);
/* code.c: a marked sentence with all that is known before events; what it gives lies in the worker's arena. */
an_status an_code_prepare(an_worker *worker, an_text marked, an_document **out, an_page **page, an_pair *pair, an_error *err);
an_status an_reading_of_problem(an_worker *worker, const an_page *page, const an_error *what, an_error *err);
#endif
