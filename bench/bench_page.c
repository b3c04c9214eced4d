/* SPDX-License-Identifier: Apache-2.0 */
/* bench_page DATA SECONDS PATH...: pages a second from bytes in memory to the article and its metadata, a line a path, on one
   core; the best round of those that SECONDS of thread CPU time hold (0: one round, for counting its instructions). */
#include "page/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_PAGES = 100000 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void die(const char *what, const an_error *err) {
  fprintf(stderr, "bench_page: %s%s%s\n", what, err == NULL ? "" : ": ", err == NULL ? "" : err->message);
  exit(2);
}

static uint32_t load(const char *path, an_page *pages) {
  const an_input_options options = {.given = {0, 0, 0}};
  an_error err = {0};
  an_input *input;
  an_page page;
  uint32_t count = 0;
  if (an_input_open(&path, 1, &options, NULL, NULL, &input, &err) != AN_OK) die(path, &err);
  while (count < MOST_PAGES && an_input_next(input, &page)) {
    uint8_t *bytes = malloc(page.size + 1);
    if (bytes == NULL) die("no memory for the pages", NULL);
    memcpy(bytes, page.bytes, page.size);
    pages[count++] = (an_page){.bytes = bytes, .size = page.size, .fetched = page.fetched, .given = page.given};
    an_input_release(input, &page);
  }
  an_input_close(input);
  return count;
}

static double one_round(const an_page *pages, uint32_t count, const an_page_tables *tables, an_arena *arena) {
  double begin = now();
  for (uint32_t i = 0; i < count; i++) {
    an_article article;
    an_error err = {0};
    an_arena_reset(arena);
    if (an_page_read(&pages[i], tables, NULL, arena, NULL, &article, &err) != AN_OK) die("page", &err);
  }
  return now() - begin;
}

int main(int argc, char **argv) {
  static an_page pages[MOST_PAGES];
  an_error err = {0};
  an_lexicon *lexicon;
  an_page_tables *tables;
  an_arena arena;
  if (argc < 4) die("usage: bench_page DATA SECONDS PATH...", NULL);
  if (an_lexicon_open(argv[1], &lexicon, &err) != AN_OK || an_page_tables_open(lexicon, &tables, &err) != AN_OK) die("data", &err);
  an_arena_init(&arena, (size_t)256 << 20);
  for (int path = 3; path < argc; path++) {
    uint32_t count = load(argv[path], pages);
    uint64_t bytes = 0;
    if (count == 0) die("no pages", NULL);
    for (uint32_t i = 0; i < count; i++) bytes += pages[i].size;
    double seconds = atof(argv[2]), spent = 0, best = 1e9;
    do {
      double took = one_round(pages, count, tables, &arena);
      spent += took;
      if (took < best) best = took;
    } while (spent < seconds);
    printf("page alone: %.0f pages/s, %.0f MB/s; %u pages, mean %.1f kB (%s)\n", count / best, 1e-6 * (double)bytes / best, count,
           1e-3 * (double)bytes / count, argv[path]);
    for (uint32_t i = 0; i < count; i++) free((void *)(uintptr_t)pages[i].bytes);
  }
  an_arena_free(&arena);
  an_page_tables_close(tables);
  an_lexicon_close(lexicon);
  return 0;
}
