/* SPDX-License-Identifier: Apache-2.0 */
/* bench_stories [REPORTS [STORIES]]: stories out of generated digests (bench/news.c): seconds, memory, pairwise F1 against what was
   generated, for REPORTS and half as many (seconds of processor time on one core); with what was kept of all of them, and of all but 2,000 in a row and
   2,000 here and there; the same number of copies of one page; a chain of pages that change slowly. */
#include "news.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

typedef struct tally { uint64_t true_pairs, got_pairs, both; uint32_t stories, largest, comparisons; } tally;

static an_engine *engine;

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

static void told(const char *name, const news *of, const tally *t, double taken, double added) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%-8s %7u reports: %.2f s (%.2f taking digests), %ld MB; %u stories, largest %u, %u rows", name, of->reports, taken, added, usage.ru_maxrss / 1024, t->stories,
         t->largest, t->comparisons);
}

static double run(const char *name, const news *of, int kind) {
  an_stories *stories = NULL;
  an_arena scratch;
  an_error err = {0};
  tally t = {0};
  uint64_t size = 0;
  an_arena_init(&scratch, (size_t)64 << 20);
  if (an_stories_open(engine, (size_t)4 << 30, &stories, &err) != AN_OK) die(&err);
  double taken = 0;
  for (uint32_t i = 0; i < of->reports; i++) {
    an_buf buf;
    an_arena_reset(&scratch);
    if (news_report(of, kind, i, &scratch, &buf, &err) != AN_OK) die(&err);
    double start = now();
    if (an_stories_add(stories, (an_digest){(const uint8_t *)buf.at, (uint32_t)buf.size}, &err) != AN_OK) die(&err);
    taken += now() - start;
    an_buf_free(&buf);
    bool last = i + 1 == of->reports || (kind == NEWS_STORIES && news_story_of(of, i + 1) != news_story_of(of, i));
    size++;
    if (last) { t.true_pairs += pairs_of(size); size = 0; }
  }
  double added = taken, start = now();
  if (an_stories_find(stories, take, &t, &err) != AN_OK) die(&err);
  taken += now() - start;
  an_stories_close(stories);
  an_arena_free(&scratch);
  double f1 = t.true_pairs + t.got_pairs == 0 ? 1 : 2.0 * (double)t.both / (double)(t.true_pairs + t.got_pairs);
  told(name, of, &t, taken, added);
  if (kind == NEWS_STORIES) printf("; pairwise F1 %.3f (P %.3f R %.3f)", f1, t.got_pairs == 0 ? 1 : (double)t.both / (double)t.got_pairs, (double)t.both / (double)t.true_pairs);
  putchar('\n');
  fflush(stdout);
  return taken;
}

/* ---- What is kept of a collection that grows ----------------------------------------------------------- */

typedef struct shelf { an_text *digests, *kept; uint64_t kept_bytes; tally t; uint32_t read, written; } shelf;

static an_text copy(const char *at, size_t size) {
  char *made = malloc(size + 1);
  if (made == NULL) exit(2);
  memcpy(made, at, size);
  return (an_text){made, (uint32_t)size};
}

static an_status take_digest(void *ctx, uint64_t page, an_digest *out, an_error *err) {
  shelf *s = ctx;
  (void)err;
  s->read++;
  *out = (an_digest){(const uint8_t *)s->digests[page].at, s->digests[page].size};
  return AN_OK;
}

static an_status keep_page(void *ctx, uint64_t page, an_text found, an_error *err) {
  shelf *s = ctx;
  (void)err;
  s->written++;
  s->kept[page] = copy(found.at, found.size);
  return AN_OK;
}

static an_status take_told(void *ctx, const an_story *story, an_error *err) { return take(&((shelf *)ctx)->t, story, err); }

/* The pages that `with` is true for; those without anything kept are new. */
static void build_on(const char *name, const news *of, shelf *s, bool with(uint32_t)) {
  an_stories *stories = NULL;
  an_error err = {0};
  double start = now();
  s->t = (tally){0};
  s->read = s->written = 0;
  if (an_stories_open(engine, (size_t)4 << 30, &stories, &err) != AN_OK) die(&err);
  an_stories_keep(stories, &(an_stories_keeper){s, take_digest, keep_page, NULL});
  for (uint32_t i = 0; i < of->reports; i++)
    if (with(i) && an_stories_add_page(stories, i, s->kept[i], false, &err) != AN_OK) die(&err);
  double added = now() - start;
  if (an_stories_find(stories, take_told, s, &err) != AN_OK) die(&err);
  told(name, of, &s->t, now() - start, added);
  an_stories_close(stories);
  uint64_t bytes = 0;
  for (uint32_t i = 0; i < of->reports; i++) bytes += s->kept[i].size;
  printf("; %u digests read, %u pages kept anew, %u bytes a page\n", s->read, s->written, (unsigned)(bytes / of->reports));
  fflush(stdout);
}

static uint32_t reports_in_all;
static bool all_of_them(uint32_t i) { return i < reports_in_all; }
static bool all_but_scattered(uint32_t i) { return i % (reports_in_all / 2000 + 1) != 0; }
static bool all_but_a_row(uint32_t i) { return i + 2000 < reports_in_all; }

static void growing(const news *of) {
  shelf s = {calloc(of->reports, sizeof(an_text)), calloc(of->reports, sizeof(an_text)), 0, {0}, 0, 0};
  an_arena scratch;
  an_error err = {0};
  if (s.digests == NULL || s.kept == NULL) exit(2);
  an_arena_init(&scratch, (size_t)64 << 20);
  for (uint32_t i = 0; i < of->reports; i++) {
    an_buf buf;
    an_arena_reset(&scratch);
    if (news_report(of, NEWS_STORIES, i, &scratch, &buf, &err) != AN_OK) die(&err);
    s.digests[i] = copy(buf.at, buf.size);
    an_buf_free(&buf);
  }
  reports_in_all = of->reports;
  build_on("first", of, &s, all_but_a_row);
  build_on("+2000", of, &s, all_of_them);
  build_on("again", of, &s, all_of_them);
  memset(s.kept, 0, of->reports * sizeof *s.kept);
  build_on("first", of, &s, all_but_scattered);
  build_on("+2000", of, &s, all_of_them);
}

/* ANNALS_DATA: the folder of compiled data; without it no two numbers or clauses are held to be of one thing. */
static void open_engine(void) {
  an_error err = {0};
  an_options options = {.data_dir = getenv("ANNALS_DATA")};
  if (options.data_dir != NULL && an_engine_open(&options, &engine, &err) != AN_OK) die(&err);
}

int main(int argc, char **argv) {
  open_engine();
  uint32_t reports = argc > 1 ? (uint32_t)atoi(argv[1]) : 100000, stories = argc > 2 ? (uint32_t)atoi(argv[2]) : reports / 5;
  double half = run("half", &(news){1, stories / 2, reports / 2}, NEWS_STORIES), all = run("stories", &(news){1, stories, reports}, NEWS_STORIES);
  printf("time of twice as many: %.2f times\n", all / half);
  growing(&(news){1, stories, reports});
  run("copies", &(news){1, 1, reports}, NEWS_COPIES);
  run("chain", &(news){1, 1, reports < 2000 ? reports : 2000}, NEWS_CHAIN);
  return 0;
}
