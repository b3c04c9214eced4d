/* SPDX-License-Identifier: Apache-2.0 */
/* annals cite RECORD.db: what a text that rests on a record has to say of it. */
#include "cli.h"

#include <string.h>

#include "annals_record.h"

static error_t option(int key, char *arg, struct argp_state *state) {
  return cli_record_argument(key, arg, state, state->input);
}

/* Cells of AN_VIEW_RUNS. */
enum { RUN, STARTED, ENDED, ANNALS, STAMP, GENERATION, PAGES, STORIES, RUN_CELLS };

static an_status put_run(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  (void)ctx;
  (void)names;
  (void)err;
  if (count < RUN_CELLS) return AN_OK;
  cli_put("Run ", cells[RUN], "");
  cli_put(": ", cells[STARTED], "");
  cli_put(" to ", cells[ENDED], "");
  cli_put(", annals ", cells[ANNALS], "");
  cli_put(", data ", cells[STAMP], "");
  cli_put(": ", cells[PAGES], " pages");
  cli_put(", ", cells[STORIES], " stories");
  putchar('\n');
  return ferror(stdout) ? AN_ERR_IO : AN_OK;
}

/* An outlet a line: its pages, its days. Rows come by outlet, then day; a day that is not known first. */
typedef struct outlet { char name[256], first[16], last[16]; unsigned long long pages, undated; bool begun; } outlet;

static void end_outlet(outlet *o) {
  if (!o->begun) return;
  cli_put("  ", o->name[0] == '\0' ? (an_text){"(no outlet told)", 16} : (an_text){o->name, (uint32_t)strlen(o->name)}, "");
  printf(": %llu pages", o->pages);
  if (o->first[0] != '\0') printf(strcmp(o->first, o->last) == 0 ? ", %s" : ", %s to %s", o->first, o->last);
  if (o->undated > 0) printf(", %llu of no known day", o->undated);
  putchar('\n');
}

static an_status put_coverage(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  outlet *o = ctx;
  char name[256], pages[24];
  (void)names;
  (void)count;
  (void)err;
  snprintf(name, sizeof name, "%.*s", (int)cells[0].size, cells[0].at == NULL ? "" : cells[0].at);
  snprintf(pages, sizeof pages, "%.*s", (int)cells[2].size, cells[2].at == NULL ? "" : cells[2].at);
  unsigned long long number = 0;
  sscanf(pages, "%llu", &number);
  if (!o->begun || strcmp(o->name, name) != 0) {
    end_outlet(o);
    *o = (outlet){.begun = true};
    memcpy(o->name, name, sizeof name);
  }
  o->pages += number;
  if (cells[1].size == 0) o->undated += number;
  else if (o->first[0] == '\0') snprintf(o->first, sizeof o->first, "%.*s", (int)cells[1].size, cells[1].at);
  if (cells[1].size > 0) snprintf(o->last, sizeof o->last, "%.*s", (int)cells[1].size, cells[1].at);
  return ferror(stdout) ? AN_ERR_IO : AN_OK;
}

int cli_cite(int argc, char **argv) {
  static const struct argp argp = {NULL, option, "RECORD.db",
    "Prints what a text that rests on a record has to say of it: program, codebook, runs, and the pages by outlet with their days.\v"
    "`annals export RECORD.db --format coverage` has the pages by outlet and day, as a table to go with the text.", NULL, NULL, NULL};
  const char *path = NULL;
  an_record *record = NULL;
  an_record_counts counts = {0};
  an_error err = {0};
  outlet last = {0};
  cli_arguments(&argp, argc, argv, &path);
  an_status status = an_record_open(path, &record, &err);
  if (status == AN_OK) status = an_record_count(record, &counts, &err);
  if (status == AN_OK) {
    printf("Program: annals %s\nCodebook: PLOVER 2.0 (draft of February 2024), CAMEO 1.1b3; formats annals-reading/1, annals-story/1\n"
           "Record: %llu pages, %llu stories\n", ANNALS_VERSION, (unsigned long long)(counts.pages - counts.stale), (unsigned long long)counts.stories);
    status = an_record_view(record, AN_VIEW_RUNS, NULL, put_run, NULL, &err);
  }
  if (status == AN_OK) {
    puts("Pages:");
    status = an_record_view(record, AN_VIEW_COVERAGE, NULL, put_coverage, &last, &err);
    end_outlet(&last);
  }
  an_record_close(record);
  return status != AN_OK && ferror(stdout) == 0 ? cli_fail(&err) : cli_end(CLI_WELL);
}
