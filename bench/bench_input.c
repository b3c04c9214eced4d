/* SPDX-License-Identifier: Apache-2.0 */
/* bench_input DATA PAGE...: pages a second out of files to the clean article and its metadata, no sentence parsed, on one core:
   the input room and the page room, as thread CPU time, and the most memory that was taken. */
#include "page/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void tell(void *ctx, const an_error *what) {
  (void)ctx;
  fprintf(stderr, "bench_input: %s\n", what->message);
}

static long most_memory(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

int main(int argc, char **argv) {
  an_error err = {0};
  an_lexicon *lexicon;
  an_page_tables *tables = NULL;
  an_input *input;
  const an_input_options options = {.given = {0, 0, 0}};
  if (argc < 3) { fputs("usage: bench_input DATA PAGE...\n", stderr); return 2; }
  if (an_lexicon_open(argv[1], &lexicon, &err) != AN_OK || an_page_tables_open(lexicon, &tables, &err) != AN_OK ||
      an_input_open((const char *const *)argv + 2, (size_t)argc - 2, &options, tell, NULL, &input, &err) != AN_OK) {
    tell(NULL, &err);
    return 2;
  }
  an_arena arena;
  an_arena_init(&arena, (size_t)256 << 20);
  const an_page_limits limits = {0};
  uint64_t pages = 0, bytes = 0, articles = 0;
  double begin = now(), reading = 0;
  an_page page;
  while (an_input_next(input, &page)) {
    an_article article;
    double from = now();
    an_arena_reset(&arena);
    if (an_page_read(&page, tables, &limits, &arena, NULL, &article, &err) == AN_OK) articles += article.is_article;
    reading += now() - from;
    pages++;
    bytes += page.size;
    an_input_release(input, &page);
  }
  double all = now() - begin;
  an_input_close(input);
  if (pages == 0) { fputs("bench_input: no pages\n", stderr); return 2; }
  printf("%llu pages, mean %.1f kB, %llu articles: %.0f pages/s, %.0f MB/s; input alone %.0f pages/s, page alone %.0f pages/s; at most %.1f MB of memory\n",
         (unsigned long long)pages, 1e-3 * (double)bytes / (double)pages, (unsigned long long)articles, (double)pages / all,
         1e-6 * (double)bytes / all, (double)pages / (all - reading), (double)pages / reading, 1e-3 * (double)most_memory());
  an_arena_free(&arena);
  an_page_tables_close(tables);
  an_lexicon_close(lexicon);
  return 0;
}
