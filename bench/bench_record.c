/* SPDX-License-Identifier: Apache-2.0 */
/* bench_record FOLDER [PAGES [NEW]]: a record file of generated readings (bench/news.c: digests, and no words) that grows. PAGES (100,000)
   are put in and their stories formed; then NEW more (2,000), the last ones, or those that lie here and there; both times the
   seconds that pass, and of the processor. At the end the record of all of them at once, in another order: do its exports hold the same bytes? */
#include "news.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "annals_record.h"
#include "engine.h"

typedef struct clocks { double passed, used; } clocks;

static double read_clock(clockid_t which) {
  struct timespec t;
  clock_gettime(which, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static clocks now(void) { return (clocks){read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_PROCESS_CPUTIME_ID)}; }

static void die(const an_error *err) {
  fprintf(stderr, "bench_record: %s\n", err->message);
  exit(2);
}

static an_engine engine = {.stamp = 0x1234};

static void add(an_record *record, const news *of, uint32_t i, an_arena *scratch) {
  an_buf buf;
  an_error err = {0};
  dg d;
  an_arena_reset(scratch);
  if (news_report(of, NEWS_STORIES, i, scratch, &buf, &err) != AN_OK) die(&err);
  an_digest digest = {(const uint8_t *)buf.at, (uint32_t)buf.size};
  if (dg_read(digest, scratch, &d, &err) != AN_OK) die(&err);
  an_page page = {.path = d.path, .url = d.url, .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
  an_reading reading = {.page = &page, .title = d.title, .outlet = d.outlet, .language = AN_LIT("en"), .published = {.days = d.published, .day = d.day, .basis = d.basis},
                        .digest = digest, .stamp = engine.stamp};
  memcpy(reading.sha256, d.sha256, sizeof reading.sha256);
  if (an_record_add(record, &reading, &err) != AN_OK) die(&err);
  an_buf_free(&buf);
}

/* Pages `first` to `last` in steps; `left_out` of so many one is not among them, or only it. */
static void build(const char *name, const char *path, const news *of, bool with(uint32_t), bool backwards) {
  an_record *record = NULL;
  an_record_counts counts;
  an_error err = {0};
  an_arena scratch;
  struct stat file;
  struct rusage usage;
  an_arena_init(&scratch, (size_t)64 << 20);
  clocks start = now();
  const an_record_options options = {.batch = 4096, .threads = 2};
  if (an_record_begin(path, &engine, &options, &record, &err) != AN_OK) die(&err);
  for (uint32_t i = 0; i < of->reports; i++) {
    uint32_t page = backwards ? of->reports - 1 - i : i;
    if (with(page)) add(record, of, page, &scratch);
  }
  clocks added = now();
  if (an_record_finish(record, NULL, &counts, &err) != AN_OK) die(&err);
  clocks formed = now();
  an_record_close(record);
  an_arena_free(&scratch);
  getrusage(RUSAGE_SELF, &usage);
  stat(path, &file);
  printf("%-10s %6llu pages put in: %.2f s (%.2f of processor); stories: %.2f s (%.2f); closed: %.2f s; %llu formed, %llu as they were; %ld MB, file %lld MB\n", name,
         (unsigned long long)counts.added, added.passed - start.passed, added.used - start.used, formed.passed - added.passed, formed.used - added.used,
         read_clock(CLOCK_MONOTONIC) - formed.passed, (unsigned long long)counts.formed, (unsigned long long)counts.kept, usage.ru_maxrss / 1024, (long long)file.st_size >> 20);
  fflush(stdout);
}

static an_status mix_in(void *ctx, const char *bytes, size_t size) {
  uint64_t *hash = ctx;
  for (size_t i = 0; i < size; i++) *hash = (*hash ^ (uint8_t)bytes[i]) * 0x100000001B3U;
  return AN_OK;
}

static uint64_t export_of(const char *path) {
  an_record *record = NULL;
  an_error err = {0};
  uint64_t hash = 0xCBF29CE484222325U;
  if (an_record_open(path, &record, &err) != AN_OK) die(&err);
  static const uint8_t formats[] = {AN_EXPORT_JSONL, AN_EXPORT_CSV, AN_EXPORT_READINGS};
  for (size_t i = 0; i < sizeof formats; i++)
    if (an_record_export(record, &(an_export_options){.format = formats[i]}, mix_in, &hash, NULL, &err) != AN_OK) die(&err);
  an_record_close(record);
  return hash;
}

static uint32_t all, fresh;
static bool first_of_all(uint32_t i) { return i < all - fresh; }
static bool last_of_all(uint32_t i) { return i >= all - fresh; }
static bool scattered(uint32_t i) { return i % (all / fresh) == 0; }
static bool not_scattered(uint32_t i) { return !scattered(i); }
static bool each(uint32_t i) { return i < all; }

int main(int argc, char **argv) {
  char paths[3][512];
  if (argc < 2) return fprintf(stderr, "bench_record FOLDER [PAGES [NEW]]\n"), 2;
  fresh = argc > 3 ? (uint32_t)atoi(argv[3]) : 2000;
  all = (argc > 2 ? (uint32_t)atoi(argv[2]) : 100000) + fresh;
  const news of = {1, all / 5, all};
  for (int i = 0; i < 3; i++) {
    snprintf(paths[i], sizeof paths[i], "%s/bench-record-%d.db", argv[1], i);
    unlink(paths[i]);
  }
  build("first", paths[0], &of, first_of_all, false);
  build("the last", paths[0], &of, last_of_all, false);
  build("first", paths[1], &of, not_scattered, false);
  build("scattered", paths[1], &of, scattered, false);
  build("at once", paths[2], &of, each, true);
  uint64_t hashes[3] = {export_of(paths[0]), export_of(paths[1]), export_of(paths[2])};
  bool same = hashes[0] == hashes[2] && hashes[1] == hashes[2];
  printf("exports of the three: %s\n", same ? "the same bytes" : "NOT the same");
  for (int i = 0; i < 3; i++) unlink(paths[i]);
  return same ? 0 : 1;
}
