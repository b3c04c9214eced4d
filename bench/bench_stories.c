/* SPDX-License-Identifier: Apache-2.0 */
/* bench_stories [REPORTS [STORIES]]: stories out of generated digests (bench/news.c): seconds, memory, pairwise F1 against what was
   generated, for REPORTS and half as many (seconds of processor time on one core); all of them again where every story is known; the same number of copies of one page; a chain of pages that change slowly. */
#include "news.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

typedef struct tally { uint64_t true_pairs, got_pairs, both; uint32_t stories, largest, comparisons; } tally;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void die(const an_error *err) {
  fprintf(stderr, "bench_stories: %s\n", err->message);
  exit(2);
}

static uint64_t pairs_of(uint64_t n) { return n * (n - 1) / 2; }

static int by_number(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* A path begins with the number of the story that it was made for. */
static an_status take(void *ctx, const an_story *story, an_error *err) {
  tally *t = ctx;
  uint32_t *made_for = malloc(story->reading_count * sizeof *made_for);
  (void)err;
  if (made_for == NULL) return AN_ERR_MEMORY;
  for (uint32_t i = 0; i < story->reading_count; i++) made_for[i] = (uint32_t)strtoul(story->readings[i].path.at, NULL, 10);
  qsort(made_for, story->reading_count, sizeof *made_for, by_number);
  for (uint32_t i = 0, end; i < story->reading_count; i = end) {
    for (end = i; end < story->reading_count && made_for[end] == made_for[i];) end++;
    t->both += pairs_of(end - i);
  }
  t->got_pairs += pairs_of(story->reading_count);
  t->stories++;
  t->comparisons += story->comparison_count;
  if (story->reading_count > t->largest) t->largest = story->reading_count;
  free(made_for);
  return AN_OK;
}

/* What a build costs that finds all stories as they were: digests are taken and grouped, nothing is made. */
static bool all_known(void *ctx, const an_story_member *members, uint32_t count) {
  tally *t = ctx;
  (void)members;
  (void)count;
  t->stories++;
  return true;
}

static double run(const char *name, const news *of, int kind, bool known) {
  an_stories *stories = NULL;
  an_arena scratch;
  an_error err = {0};
  tally t = {0};
  uint64_t bytes = 0, size = 0;
  an_arena_init(&scratch, (size_t)64 << 20);
  if (an_stories_open(NULL, (size_t)4 << 30, &stories, &err) != AN_OK) die(&err);
  double taken = 0;
  for (uint32_t i = 0; i < of->reports; i++) {
    an_buf buf;
    an_arena_reset(&scratch);
    if (news_report(of, kind, i, &scratch, &buf, &err) != AN_OK) die(&err);
    double start = now();
    if (an_stories_add(stories, (an_digest){(const uint8_t *)buf.at, (uint32_t)buf.size}, &err) != AN_OK) die(&err);
    taken += now() - start;
    bytes += buf.size;
    an_buf_free(&buf);
    bool last = i + 1 == of->reports || (kind == NEWS_STORIES && news_story_of(of, i + 1) != news_story_of(of, i));
    size++;
    if (last) { t.true_pairs += pairs_of(size); size = 0; }
  }
  double added = taken, start = now();
  if (known) an_stories_skip(stories, all_known, &t);
  if (an_stories_find(stories, take, &t, &err) != AN_OK) die(&err);
  taken += now() - start;
  an_stories_close(stories);
  an_arena_free(&scratch);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double f1 = t.true_pairs + t.got_pairs == 0 ? 1 : 2.0 * (double)t.both / (double)(t.true_pairs + t.got_pairs);
  printf("%-8s %7u reports, %u bytes a digest: %.1f s (%.1f taking digests), %ld MB; %u stories, largest %u, %u rows", name, of->reports, (unsigned)(bytes / of->reports),
         taken, added, usage.ru_maxrss / 1024, t.stories, t.largest, t.comparisons);
  if (kind == NEWS_STORIES && !known) printf("; pairwise F1 %.3f (P %.3f R %.3f)", f1, t.got_pairs == 0 ? 1 : (double)t.both / (double)t.got_pairs, (double)t.both / (double)t.true_pairs);
  putchar('\n');
  fflush(stdout);
  return taken;
}

int main(int argc, char **argv) {
  uint32_t reports = argc > 1 ? (uint32_t)atoi(argv[1]) : 100000, stories = argc > 2 ? (uint32_t)atoi(argv[2]) : reports / 5;
  double half = run("half", &(news){1, stories / 2, reports / 2}, NEWS_STORIES, false), all = run("stories", &(news){1, stories, reports}, NEWS_STORIES, false);
  printf("time of twice as many: %.2f times\n", all / half);
  run("known", &(news){1, stories, reports}, NEWS_STORIES, true);
  run("copies", &(news){1, 1, reports}, NEWS_COPIES, false);
  run("chain", &(news){1, 1, reports < 2000 ? reports : 2000}, NEWS_CHAIN, false);
  return 0;
}
