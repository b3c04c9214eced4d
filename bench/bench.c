/* SPDX-License-Identifier: Apache-2.0 */
/* bench DATA PAGE...: pages a second, and milliseconds a page in each room, on one core, beside the room's budget.

   All pages are held in memory first (a line tells what that took), then read again and again until SECONDS of thread CPU
   time are spent. The rooms are timed where engine.c calls them: the linker's --wrap puts a clock around each step, so that
   what is timed is the program itself and not a copy of its map. */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SECONDS = 4, MOST_PAGES = 100000 };
enum room { PAGE, SPLIT, FIND, TAG, PARSE, NAME, TIME, SERVING, RESOLVE, SPEECH, EVENT, READING, DIGEST, ROOMS };
static const char *const names[ROOMS] = {"page", "language.split", "world.find", "language.tag", "language.parse", "world.name", "time",
                                         "world.serving", "world.resolve", "speech", "event", "reading", "digest"};
/* What a page of 600 words may take on one core, in milliseconds, where the design gives the room a budget; reading and digest together .1. */
enum { BUDGET_WORDS = 600 };
static const double budgets[ROOMS] = {[PAGE] = .1, [SPLIT] = .1, [FIND] = .1, [TAG] = .5, [PARSE] = .5, [TIME] = .1, [SPEECH] = .15, [EVENT] = .25, [DIGEST] = .1};
static double spent[ROOMS];

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* STEP(room, function, (parameters), (arguments)): the function with a clock around it. */
#define STEP(room, function, parameters, arguments) \
  an_status __real_##function parameters;           \
  an_status __wrap_##function parameters;           \
  an_status __wrap_##function parameters {          \
    double begin = now();                           \
    an_status status = __real_##function arguments; \
    spent[room] += now() - begin;                   \
    return status;                                  \
  }

STEP(PAGE, an_page_read, (const an_page *p, const an_page_tables *l, const an_page_limits *m, an_arena *a, const an_tracer *t,
                          an_article *o, an_error *e), (p, l, m, a, t, o, e))
STEP(SPLIT, an_language_split, (const an_article *r, const an_lexicon *l, uint32_t w, an_arena *a, const an_tracer *t, an_words *o,
                                an_error *e), (r, l, w, a, t, o, e))
STEP(FIND, an_world_find, (const an_world *w, an_words *s, an_arena *a, const an_tracer *t, an_candidates *o, an_error *e),
     (w, s, a, t, o, e))
STEP(TAG, an_language_tag, (const an_model *m, const an_lexicon *l, an_words *w, uint32_t s, an_arena *a, an_error *e),
     (m, l, w, s, a, e))
STEP(PARSE, an_language_parse, (const an_model *m, an_words *w, uint32_t s, an_arena *a, an_error *e), (m, w, s, a, e))
STEP(NAME, an_world_name, (an_naming *n, uint32_t s, an_error *e), (n, s, e))
STEP(TIME, an_time_find, (const an_lexicon *l, const an_article *r, const an_words *w, an_arena *a, const an_tracer *t, an_times *o,
                          an_error *e), (l, r, w, a, t, o, e))
STEP(TIME, an_time_date_page, (const an_lexicon *l, const an_page *p, const an_article *r, const an_words *w, const an_times *i,
                               const an_servings *s, an_arena *a, const an_tracer *t, an_published *o, an_problem *c, an_error *e),
     (l, p, r, w, i, s, a, t, o, c, e))
STEP(TIME, an_time_anchor, (const an_words *w, const an_published *p, an_times *i, an_arena *a, const an_tracer *t, an_error *e),
     (w, p, i, a, t, e))
STEP(SERVING, an_world_serving, (const an_world *w, const an_words *s, const an_candidates *c, an_arena *a, const an_tracer *t,
                                 an_servings *o, an_error *e), (w, s, c, a, t, o, e))
STEP(RESOLVE, an_world_resolve, (const an_world *w, const an_lexicon *l, const an_vectors *v, const an_page *p, const an_article *r, const an_words *s,
                                 const an_candidates *c, an_days d, an_arena *a, const an_tracer *t, an_mentions *o, an_outlet *u,
                                 an_error *e), (w, l, v, p, r, s, c, d, a, t, o, u, e))
STEP(SPEECH, an_speech_find, (const an_lexicon *l, const an_world *w, const an_article *r, const an_words *s, const an_times *i,
                              an_mentions *m, an_arena *a, const an_tracer *t, an_statements *o, an_error *e),
     (l, w, r, s, i, m, a, t, o, e))
STEP(EVENT, an_event_find, (const an_coder *c, const an_world *w, const an_article *r, const an_words *s, const an_mentions *m,
                            const an_times *i, const an_statements *q, const an_published *p, an_arena *a, const an_tracer *t,
                            an_events *o, an_error *e), (c, w, r, s, m, i, q, p, a, t, o, e))
STEP(READING, an_reading_make, (an_worker *w, const an_page *p, an_document *d, an_error *e), (w, p, d, e))
STEP(DIGEST, an_digest_write, (const an_digest_in *i, an_arena *a, an_digest *o, an_error *e), (i, a, o, e))

static void die(const char *what, const an_error *err) {
  fprintf(stderr, "bench: %s%s%s\n", what, err == NULL ? "" : ": ", err == NULL ? "" : err->message);
  exit(1);
}

/* Pages with bytes of their own; url, path and the rest are not needed to spend time. */
static uint32_t load(const char *const *paths, size_t count, an_page *pages) {
  an_error err;
  an_input *input;
  const an_input_options options = {.given = {0, 0, 0}};
  if (an_input_open(paths, count, &options, NULL, NULL, &input, &err) != AN_OK) die("pages", &err);
  uint32_t loaded = 0;
  an_page page;
  while (loaded < MOST_PAGES && an_input_next(input, &page)) {
    uint8_t *bytes = malloc(page.size + 1);
    if (bytes == NULL) die("no memory for the pages", NULL);
    memcpy(bytes, page.bytes, page.size);
    pages[loaded++] = (an_page){.bytes = bytes, .size = page.size, .fetched = page.fetched, .given = page.given};
    an_input_release(input, &page);
  }
  an_input_close(input);
  return loaded;
}

static an_status count_story(void *ctx, const an_story *story, an_error *err) {
  (void)story;
  (void)err;
  ++*(uint32_t *)ctx;
  return AN_OK;
}

/* `size`: of a page, in pages of BUDGET_WORDS words. */
static void print_rooms(double pages_read, double all, double size) {
  for (int room = 0; room < ROOMS; room++) {
    double page = 1000 * spent[room] / pages_read;
    printf("%-16s %8.3f ms a page   %4.1f %%   %6.3f of 600 words", names[room], page, 100 * spent[room] / all, page / size);
    if (budgets[room] > 0) printf(", budget %.2f", budgets[room]);
    printf("\n");
  }
}

/* One round more, whose digests become stories. */
static void time_stories(an_engine *engine, an_worker *worker, const an_page *pages, uint32_t count) {
  an_error err = {0};
  an_stories *stories;
  if (an_stories_open(engine, 0, &stories, &err) != AN_OK) die("stories", &err);
  for (uint32_t i = 0; i < count; i++) {
    const an_reading *reading;
    if (an_read(worker, &pages[i], &reading, &err) != AN_OK) die("reading", &err);
    if (reading->digest.size > 0 && an_stories_add(stories, reading->digest, &err) != AN_OK) die("digest", &err);
  }
  uint32_t found = 0;
  double begin = now();
  if (an_stories_find(stories, count_story, &found, &err) != AN_OK) die("stories", &err);
  printf("story            %8.3f ms a page   %u stories of %u pages\n", 1000 * (now() - begin) / count, found, count);
  an_stories_close(stories);
}

int main(int argc, char **argv) {
  if (argc < 3) die("usage: bench DATA PAGE...", NULL);
  an_error err = {0};
  static an_page pages[MOST_PAGES];
  double begin = now();
  uint32_t count = load((const char *const *)argv + 2, (size_t)argc - 2, pages);
  double loading = now() - begin;
  const an_options options = {.data_dir = argv[1], .digests = true};
  an_engine *engine;
  an_worker *worker;
  if (count == 0) die("no pages", NULL);
  if (an_engine_open(&options, &engine, &err) != AN_OK || an_worker_open(engine, &worker, &err) != AN_OK) die("engine", &err);
  uint64_t bytes = 0, read = 0, words = 0, parsed = 0, sentences = 0;
  begin = now();
  while (now() - begin < SECONDS) {
    for (uint32_t i = 0; i < count; i++, read++) {
      const an_reading *reading;
      if (an_read(worker, &pages[i], &reading, &err) != AN_OK) die("reading", &err);
      bytes += pages[i].size;
      words += reading->words;
      sentences += reading->sentences;
      parsed += reading->sentences_parsed;
    }
  }
  double all = now() - begin, pages_read = (double)read;
  printf("%.0f pages/s, %.1f MB/s, %.0f words/s; a page: %.1f kB, %.0f words, %.0f of %.0f sentences parsed\n", pages_read / all,
         1e-6 * (double)bytes / all, (double)words / all, 1e-3 * (double)bytes / pages_read, (double)words / pages_read,
         (double)parsed / pages_read, (double)sentences / pages_read);
  printf("%-16s %8.3f ms a page\n", "input", 1000 * loading / count);
  print_rooms(pages_read, all, (double)words / pages_read / BUDGET_WORDS);
  printf("%.0f pages of %d words a second on this core; event: %.0f sentences/s, %.0f of those that are parsed\n", (double)words / all / BUDGET_WORDS,
         BUDGET_WORDS, (double)sentences / spent[EVENT], (double)parsed / spent[EVENT]);
  time_stories(engine, worker, pages, count);
  an_worker_close(worker);
  an_engine_close(engine);
  for (uint32_t i = 0; i < count; i++) free((void *)(uintptr_t)pages[i].bytes);
  return 0;
}
