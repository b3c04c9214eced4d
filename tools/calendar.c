/* SPDX-License-Identifier: Apache-2.0 */
/* calendar DATA <LIST: reads stories of pages, of which some have no day, and writes, a line each, every day on which such a page may have come out, with its
   signs (src/story/calendar.c), for tools/train_calendar.py:

     signs NAME...                            the names of the signs, in order
     page PATH DAYS                           a page without a day; then as many lines:
     DAY FIRST LAST SIGN,SIGN,...             days since 1970, or "none"; the days around it that make the same of what the page tells, or "-"

   LIST: STORY, PATH, DAY (2020-03-04, or - for none), tab-separated, a story's pages together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "story/alike.h"
#include "train/must.h"

enum { TEXT_MAX = 1 << 20, REPORTS = 64, LINE = 1 << 13 };
typedef struct group { char story[LINE]; an_arena arena; dg digests[REPORTS]; uint32_t count; } group;

static an_worker *worker;
static const an_engine *engine;

static void well(an_status status, const an_error *err) {
  if (status != AN_OK) fprintf(stderr, "calendar: %s\n", err->message), exit(2);
}

static void print_tried(const dg *d, const st_day_tried *tried, uint32_t count) {
  printf("page\t%.*s\t%u\n", (int)d->path.size, d->path.at, count);
  for (uint32_t i = 0; i < count; i++) {
    if (tried[i].day == AN_DAY_OPEN_EARLIEST) printf("none\t-\t");
    else if (an_days_is_open(tried[i].days)) printf("%d\t-\t", tried[i].day);
    else printf("%d\t%d %d\t", tried[i].day, tried[i].days.earliest, tried[i].days.latest);
    for (uint32_t k = 0, printed = 0; k < ST_DAY_SIGNS.count; k++)
      if (tried[i].signs.at[k]) printf("%s%u", printed++ > 0 ? "," : "", k);
    putchar('\n');
  }
}

static void end_group(group *g) {
  st_lexis lexis;
  st_story story = {.arena = &g->arena, .lexis = &lexis, .reading_count = g->count};
  if (!st_lexis_open(&lexis, &g->arena, engine->lexicon, engine->vectors, engine->meanings)) exit(2);
  st_alike_open(&lexis);
  memset(lexis.days, 0, sizeof lexis.days); /* as the pages are before what is learned here */
  story.readings = must(AN_NEW(&g->arena, st_reading, (size_t)g->count + 1));
  for (uint32_t i = 0; i < g->count; i++)
    if (!st_reading_make(&story, &story.readings[i], &g->digests[i])) exit(2);
  st_settle(&story);
  for (uint32_t i = 0; i < g->count; i++) {
    st_day_tried *tried;
    uint32_t count;
    if (g->digests[i].day == AN_DAY_OPEN_EARLIEST && st_days_tried(&story, i, &tried, &count)) print_tried(&g->digests[i], tried, count);
  }
  an_arena_free(&g->arena);
  g->count = 0;
}

static void add_page(group *g, const char *path, const char *day) {
  static char text[TEXT_MAX];
  int year = 0, month = 0, at = 0;
  an_error err = {0};
  const an_reading *reading;
  FILE *file = fopen(path, "r");
  if (file == NULL || g->count == REPORTS) fprintf(stderr, "calendar: %s cannot be read, or is one report too many\n", path), exit(2);
  size_t size = fread(text, 1, TEXT_MAX, file);
  fclose(file);
  bool dated = sscanf(day, "%d-%d-%d", &year, &month, &at) == 3;
  an_page page = {.bytes = (const uint8_t *)text, .size = (uint32_t)size, .path = an_arena_copy(&g->arena, path, (uint32_t)strlen(path)), .media_type = AN_LIT("text/plain"),
                  .fetched = AN_DAYS_ANY, .given = dated ? an_days_single(an_day_of(year, (unsigned)month, (unsigned)at)) : AN_DAYS_ANY};
  well(an_read(worker, &page, &reading, &err), &err);
  uint8_t *bytes = must(an_arena_take(&g->arena, reading->digest.size, 1));
  memcpy(bytes, reading->digest.bytes, reading->digest.size);
  well(dg_read((an_digest){bytes, reading->digest.size}, &g->arena, &g->digests[g->count++], &err), &err);
}

int main(int argc, char **argv) {
  static char line[LINE];
  static group g;
  an_engine *opened = NULL;
  an_error err = {0};
  if (argc != 2) fprintf(stderr, "calendar DATA <LIST\n"), exit(2);
  an_options options = {.data_dir = argv[1], .digests = true};
  well(an_engine_open(&options, &opened, &err), &err);
  engine = opened;
  well(an_worker_open(opened, &worker, &err), &err);
  printf("signs");
  for (uint32_t i = 0; i < ST_DAY_SIGNS.count; i++) printf("\t%s", ST_DAY_SIGNS.words[i]);
  putchar('\n');
  while (fgets(line, sizeof line, stdin) != NULL) {
    char *path = strchr(line, '\t'), *day = path == NULL ? NULL : strchr(path + 1, '\t');
    if (day == NULL) continue;
    *path++ = *day++ = '\0';
    if (g.count > 0 && strcmp(g.story, line) != 0) end_group(&g);
    if (g.count == 0) an_arena_init(&g.arena, (size_t)1 << 30);
    snprintf(g.story, sizeof g.story, "%s", line);
    add_page(&g, path, day);
  }
  if (g.count > 0) end_group(&g);
  an_worker_close(worker);
  an_engine_close(opened);
  return 0;
}
