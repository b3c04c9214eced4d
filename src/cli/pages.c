/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the data, opening the engine, and reading pages with progress. */
#include "cli.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef ANNALS_INSTALLED_DATA
#define ANNALS_INSTALLED_DATA "/usr/local/share/annals"
#endif

/* ---- The data: four places ---------------------------------------------------------------------------- */

enum { PLACES = 4 };
typedef struct place { const char *called; char path[PATH_MAX]; } place;

/* Beside the program's real path: share/annals of a build, ../share/annals of an installation. */
static void beside_program(place *out) {
  char program[PATH_MAX];
  ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
  if (size <= 0) return;
  program[size] = '\0';
  char *slash = strrchr(program, '/');
  if (slash == NULL) return;
  *slash = '\0';
  struct stat found;
  for (int up = 0; up <= 1; up++) {
    if (snprintf(out->path, sizeof out->path, "%s%s/share/annals", program, up ? "/.." : "") >= (int)sizeof out->path) continue;
    if (stat(out->path, &found) == 0) return;
  }
}

/* A folder holds the data when the first of the files is there; what is wrong inside is the engine's to say. */
static bool holds_data(const char *dir) {
  char file[PATH_MAX + 16];
  if (dir[0] == '\0') return false;
  snprintf(file, sizeof file, "%s/lexicon.an", dir);
  return access(file, F_OK) == 0;
}

static bool find_data(const cli_common *common, char out[PATH_MAX]) {
  place places[PLACES] = {{.called = "--data"}, {.called = "$ANNALS_DATA"}, {.called = "beside the program"}, {.called = "installed"}};
  const char *variable = getenv("ANNALS_DATA");
  if (common->data != NULL) snprintf(places[0].path, PATH_MAX, "%s", common->data);
  if (variable != NULL) snprintf(places[1].path, PATH_MAX, "%s", variable);
  beside_program(&places[2]);
  snprintf(places[3].path, PATH_MAX, "%s", ANNALS_INSTALLED_DATA);
  /* Data that was asked for is used or missed, never replaced in silence by other data. */
  int last = common->data != NULL ? 1 : PLACES;
  for (int i = 0; i < last; i++) {
    if (!holds_data(places[i].path)) continue;
    snprintf(out, PATH_MAX, "%s", places[i].path);
    return true;
  }
  cli_warn("found no data (world.an, lexicon.an, english.an) in any of the four places; `make` builds it:");
  for (int i = 0; i < PLACES; i++)
    fprintf(stderr, "  %-18s  %s%s\n", places[i].called, places[i].path[0] != '\0' ? places[i].path : "(not given)",
            i >= last ? "  (not looked at: --data was given)" : "");
  return false;
}

bool cli_engine_open(const cli_common *common, bool digests, an_engine **out) {
  char dir[PATH_MAX];
  an_error err = {0};
  if (!find_data(common, dir)) return false;
  const an_options options = {.data_dir = dir, .actors = common->actor_count > 0 ? common->actors : NULL, .tell = cli_write, .tell_to = stderr, .max_page = common->max_page, .max_arena = common->max_arena, .parse_all = common->parse_all, .digests = digests,
                              .private_names = common->private_names, .frames_only = common->frames_only, .threshold = common->threshold, .furniture = common->furniture, .article_only = common->article_only, .favour = common->favour};
  if (an_engine_open(&options, out, &err) == AN_OK) return true;
  cli_fail(&err);
  return false;
}

/* ---- Pages ------------------------------------------------------------------------------------------------ */

typedef struct stream {
  an_input *input; cli_keep *keep; an_sink *sink; void *to;
  bool quiet; uint64_t with_problems;
} stream;

static bool next_page(void *ctx, an_page *out) {
  stream *s = ctx;
  while (an_input_next(s->input, out)) {
    if (!s->quiet) {
      an_input_counts counts = an_input_counted(s->input);
      cli_progress(&counts, false);
    }
    if (s->keep == NULL || s->keep(s->to, out)) return true;
    an_input_release(s->input, out);
  }
  return false;
}

static void release_page(void *ctx, const an_page *page) { an_input_release(((stream *)ctx)->input, page); }

static an_status take_reading(void *ctx, const an_reading *reading, an_error *err) {
  stream *s = ctx;
  s->with_problems += reading->problem_count > 0;
  return s->sink(s->to, reading, err);
}

static void complain(void *ctx, const an_error *what) {
  (void)ctx;
  cli_warn("%s", what->message);
}

unsigned cli_processors(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count > 256 ? 256 : (unsigned)count;
}

/* "…: left out: 3 not of status 200, 2 no text", one line for all reasons. */
static void report_left_out(const an_input_counts *c) {
  const struct { uint64_t count; const char *what; } reasons[] = {
      {c->pages == 0 ? c->skipped_name : 0, "no page by the file's name"}, /* beside pages, other files are what one expects */
      {c->skipped_status, "not of status 200"},
      {c->skipped_type, "no text by type"},
      {c->skipped_coding, "in a coding that gives no text"},
      {c->skipped_revisit, "revisit records"},
      {c->skipped_same, "with address and bytes of an earlier page"},
      {c->skipped_bad, "broken"}};
  char line[512];
  int used = 0;
  for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
    if (reasons[i].count > 0)
      used += snprintf(line + used, sizeof line - (size_t)used, "%s%llu %s", used > 0 ? ", " : "", (unsigned long long)reasons[i].count, reasons[i].what);
  if (used > 0) cli_warn("%llu pages; left out: %s", (unsigned long long)c->pages, line);
  if (c->repeated_urls > 0) cli_warn("%llu pages have the address of an earlier page, and other bytes", (unsigned long long)c->repeated_urls);
  if (c->repeated_bytes > 0) cli_warn("%llu pages have the bytes of an earlier page, and another address or none", (unsigned long long)c->repeated_bytes);
}

/* What no reading shows. */
static void report(const an_input_counts *counts, const cli_common *common, const char *const *paths, size_t count) {
  if (counts->pages == 0 && counts->failed == 0) {
    if (count == 1) cli_warn("%s: no page in it", paths[0]);
    else cli_warn("no page in %s and %zu more", paths[0], count - 1);
  }
  if (!common->quiet) report_left_out(counts);
  if (counts->meta_rows > counts->meta_matched && (!common->quiet || counts->meta_matched == 0))
    cli_warn("%s: %llu of %llu rows match a page that was given", common->meta, (unsigned long long)counts->meta_matched,
             (unsigned long long)counts->meta_rows);
}

int cli_read_pages(const an_engine *engine, const cli_common *common, const char *const *paths, size_t count, cli_keep *keep,
                   an_sink *sink, void *to, bool *broken) {
  an_error err = {0};
  stream s = {.keep = keep, .sink = sink, .to = to, .quiet = common->quiet};
  const an_input_options options = {.max_page = common->max_page, .meta_file = common->meta, .given = common->given};
  if (broken != NULL) *broken = true;
  if (an_input_open(paths, count, &options, complain, NULL, &s.input, &err) != AN_OK) return cli_fail(&err);
  an_status status = an_read_all(engine, common->threads > 0 ? common->threads : cli_processors(), next_page, release_page, &s,
                                 take_reading, &s, &err);
  an_input_counts counts = an_input_counted(s.input);
  an_input_close(s.input);
  if (!common->quiet) cli_progress(&counts, true);
  if (status == AN_ERR_IO && err.message[0] == '\0') return CLI_FAILED; /* standard output: cli_end tells it */
  if (status != AN_OK) return cli_fail(&err);
  if (broken != NULL) *broken = false;
  report(&counts, common, paths, count);
  if (counts.failed > 0) return CLI_FAILED;
  return s.with_problems > 0 || counts.skipped_bad + counts.skipped_coding > 0 || counts.pages == 0 ? CLI_PROBLEMS : CLI_WELL;
}
