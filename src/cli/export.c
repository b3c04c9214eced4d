/* SPDX-License-Identifier: Apache-2.0 */
/* annals export RECORD.db --format NAME [-o FILE]: a record in the formats of the field. */
#include "cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "annals_record.h"

typedef struct export_args { const char *record, *output; an_export_options options; bool readings; } export_args;

enum { KEY_FORMAT = 'f', KEY_UNIT = 'u', KEY_READINGS = 256, KEY_MAX_DAYS, KEY_SINCE, KEY_STORY, KEY_WHERE, KEY_CHANGES, KEY_FORMULAS, KEY_NO_TEXT };

static uint8_t format_of(const char *name, const struct argp_state *state) {
  const char *names[AN_EXPORT_FORMATS + 1] = {0};
  for (uint8_t i = 0; i < AN_EXPORT_FORMATS; i++) {
    names[i] = an_export_format_name(i);
    if (strcmp(names[i], name) == 0) return i;
  }
  const char *near = cli_nearest(name, names);
  argp_error(state, near != NULL ? "no format '%s'; the nearest is '%s'" : "no format '%s'; `annals export --help` lists them", name, near);
  return 0;
}

static uint8_t unit_of(const char *name, const struct argp_state *state) {
  for (uint8_t i = 0; i < AN_EXPORT_UNITS; i++)
    if (strcmp(an_export_unit_name(i), name) == 0) return i;
  argp_error(state, "--unit wants event, mention, dyad-day or dyad-month, not '%s'", name);
  return AN_UNIT_EVENT;
}

static void check_usage(const export_args *args, const struct argp_state *state) {
  if (args->options.format == AN_EXPORT_HTML && args->options.story == NULL) argp_error(state, "--format html is of one story: --story ID");
  if (args->options.format == AN_EXPORT_HTML && (args->options.no_text || args->options.since != NULL || args->options.where != NULL))
    argp_error(state, "--format html is a whole story in the pages' words: without --no-text, --since and --where");
  if (!an_export_goes(args->options.format, args->options.unit))
    argp_error(state, args->options.unit == AN_UNIT_MENTION ? "--unit mention goes with csv, plover, polecat and icews" : "--unit %s goes with csv",
               an_export_unit_name(args->options.unit));
  if (args->options.changes_since > 0 && (args->options.format != AN_EXPORT_CSV || args->options.unit != AN_UNIT_EVENT))
    argp_error(state, "--changes-since goes with --format csv");
}

static error_t option(int key, char *arg, struct argp_state *state) {
  export_args *args = state->input;
  switch (key) {
    case KEY_FORMAT: args->options.format = format_of(arg, state); return 0;
    case KEY_UNIT: args->options.unit = unit_of(arg, state); return 0;
    case KEY_READINGS: args->readings = true; return 0;
    case KEY_MAX_DAYS: args->options.max_days = (int)cli_number(arg, 1, 36600, "--max-days", state); return 0;
    case KEY_SINCE:
      cli_day(arg, "--since", state);
      args->options.since = arg;
      return 0;
    case KEY_STORY: args->options.story = arg; return 0;
    case KEY_WHERE: args->options.where = arg; return 0;
    case KEY_CHANGES: args->options.changes_since = (int64_t)cli_number(arg, 1, INT_MAX, "--changes-since", state); return 0;
    case KEY_FORMULAS: args->options.keep_formulas = true; return 0;
    case KEY_NO_TEXT: args->options.no_text = true; return 0;
    case 'j': args->options.threads = (unsigned)cli_number(arg, 1, 256, "-j", state); return 0;
    case 'o': args->output = arg; return 0;
    case ARGP_KEY_END: check_usage(args, state); return 0;
    default: return cli_record_argument(key, arg, state, &args->record);
  }
}

/* ---- The note: what the export is of, and what it leaves out ------------------------------------------------------ */

static uint64_t left_out(const an_export_counts *counts) { return counts->not_happened + counts->background + counts->no_day + counts->no_parties; }

static void put_note(FILE *to, const export_args *args, const an_export_counts *counts, const an_record_counts *record) {
  fprintf(to, "format %s, unit %s, annals %s, %llu pages, %llu stories: %llu lines\n", an_export_format_name(args->options.format),
          an_export_unit_name(args->options.unit), ANNALS_VERSION, (unsigned long long)record->pages - record->stale,
          (unsigned long long)record->stories, (unsigned long long)counts->written);
  if (left_out(counts) > 0)
    fprintf(to, "left out: %llu that did not happen (planned, conditional, negated), %llu only recalled, %llu without a day, %llu without actors\n",
            (unsigned long long)counts->not_happened, (unsigned long long)counts->background, (unsigned long long)counts->no_day,
            (unsigned long long)counts->no_parties);
  if (counts->not_asked > 0) fprintf(to, "left out: %llu not asked for (--since, --story, --where, --changes-since)\n", (unsigned long long)counts->not_asked);
  if (counts->cut > 0) fprintf(to, "left out: %llu comparisons of stories that have more than 1,000\n", (unsigned long long)counts->cut);
  if (args->options.no_text) fputs("left out: every word of the pages (--no-text)\n", to);
  if (record->stale > 0) fprintf(to, "left out: %llu pages that were read with other data\n", (unsigned long long)record->stale);
}

/* What `annals fill` needs: how the export was asked for, and its pages. */
static an_status put_source(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  FILE *to = ctx;
  (void)names;
  (void)err;
  for (uint32_t i = 0; i < count; i++) {
    for (uint32_t k = 0; k < cells[i].size; k++) putc((unsigned char)cells[i].at[k] < ' ' ? ' ' : cells[i].at[k], to);
    putc(i + 1 < count ? '\t' : '\n', to);
  }
  return AN_OK;
}

static void put_asked(FILE *to, const char *name, const char *value) {
  if (value != NULL) fprintf(to, "asked: %s %s\n", name, value);
}

static an_status put_sources(FILE *to, an_record *record, const an_export_options *options, an_error *err) {
  put_asked(to, "since", options->since);
  put_asked(to, "story", options->story);
  put_asked(to, "where", options->where);
  if (options->max_days > 0) fprintf(to, "asked: max-days %d\n", options->max_days);
  if (options->keep_formulas) fputs("asked: keep-formulas\n", to);
  fputs("pages (sha256, address, file, offset, length, record, fetched, day given):\n", to);
  return an_record_view(record, AN_VIEW_SOURCES, NULL, put_source, to, err);
}

typedef struct run_line { FILE *to; bool told; } run_line;

static an_status put_run(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  run_line *line = ctx;
  (void)names;
  (void)count;
  (void)err;
  if (!line->told)
    fprintf(line->to, "run %.*s of %.*s to %.*s, data %.*s\n", (int)cells[0].size, cells[0].at, (int)cells[1].size, cells[1].at == NULL ? "" : cells[1].at,
            (int)cells[2].size, cells[2].at == NULL ? "" : cells[2].at, (int)cells[4].size, cells[4].at == NULL ? "" : cells[4].at);
  line->told = true;
  return AN_OK;
}

/* ---- Files: whole or not at all --------------------------------------------------------------------------------------- */

static int cannot_write(const char *path, int reason) {
  cli_warn("cannot write %s: %s", path, strerror(reason));
  return CLI_FAILED;
}

/* Writes to `path`; 0, or the errno. *status: what the export itself said. */
static int write_to(const char *path, an_record *record, const export_args *args, an_export_counts *written, an_status *status, an_error *err) {
  FILE *file = fopen(path, "w");
  if (file == NULL) return errno;
  errno = 0;
  *status = an_record_export(record, &args->options, cli_write, file, written, err);
  int reason = ferror(file) == 0 ? 0 : errno != 0 ? errno : EIO;
  if (fclose(file) != 0 && reason == 0) reason = errno;
  return reason;
}

static int to_file(an_record *record, const export_args *args, const an_record_counts *counts) {
  char part[PATH_MAX], note[PATH_MAX];
  an_export_counts written = {0};
  an_error err = {0};
  an_status status = AN_OK;
  struct stat there;
  bool device = stat(args->output, &there) == 0 && !S_ISREG(there.st_mode); /* a pipe or a device is written, not replaced */
  if (snprintf(part, sizeof part, "%s%s", args->output, device ? "" : ".part") >= PATH_MAX ||
      snprintf(note, sizeof note, "%s.note", args->output) >= PATH_MAX)
    return cannot_write(args->output, ENAMETOOLONG);
  int reason = write_to(part, record, args, &written, &status, &err);
  if (reason == 0 && status == AN_OK && !device && rename(part, args->output) != 0) reason = errno;
  if ((reason != 0 || status != AN_OK) && !device) unlink(part);
  if (reason != 0) return cannot_write(args->output, reason);
  if (status != AN_OK) return cli_fail(&err);
  if (device) return CLI_WELL;
  if (snprintf(part, sizeof part, "%s.part", note) >= PATH_MAX) return cannot_write(note, ENAMETOOLONG);
  FILE *file = fopen(part, "w");
  if (file == NULL) return cannot_write(note, errno);
  run_line line = {.to = file};
  put_note(file, args, &written, counts);
  status = an_record_view(record, AN_VIEW_RUNS, NULL, put_run, &line, &err);
  if (status == AN_OK && args->options.no_text) status = put_sources(file, record, &args->options, &err);
  reason = ferror(file) == 0 ? 0 : EIO;
  if (fclose(file) != 0 && reason == 0) reason = errno;
  if (reason == 0 && status == AN_OK && rename(part, note) != 0) reason = errno;
  if (reason != 0 || status != AN_OK) unlink(part);
  return status != AN_OK ? cli_fail(&err) : reason != 0 ? cannot_write(note, reason) : CLI_WELL;
}

static int to_stdout(an_record *record, const export_args *args, const an_record_counts *counts) {
  an_export_counts written = {0};
  an_error err = {0};
  an_status status = an_record_export(record, &args->options, cli_write, stdout, &written, &err);
  if (status != AN_OK && ferror(stdout) == 0) return cli_fail(&err);
  if (status == AN_OK && (left_out(&written) > 0 || counts->stale > 0)) put_note(stderr, args, &written, counts);
  return cli_end(CLI_WELL);
}

int cli_export(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"format", KEY_FORMAT, "NAME", 0, "jsonl (stories, the default), readings; tables: csv (events), statements, stories, comparisons, coverage; plover, gdelt, "
       "gdelt-mentions, polecat, icews; html (one story as a page to print or send)", 0},
      {"readings", KEY_READINGS, 0, 0, "With jsonl: readings in place of stories", 0},
      {"unit", KEY_UNIT, "UNIT", 0, "event: a happening once, whoever tells it (the default); mention: an event a page; dyad-day, dyad-month: "
       "counts and score sums of two countries (csv)", 0},
      {"max-days", KEY_MAX_DAYS, "N", 0, "gdelt, polecat, icews, dyads: events whose day is known to within N days (7)", 0},
      {"since", KEY_SINCE, "DAY", 0, "Only what may be of this day or later; of pages, those published so", 0},
      {"story", KEY_STORY, "ID", 0, "Only this story: its id or the beginning of it", 0},
      {"where", KEY_WHERE, "COUNTRY", 0, "Only events there (IRN); stories and pages that tell one", 0},
      {"changes-since", KEY_CHANGES, "RUN", 0, "csv: what later runs added, changed, removed; a removed event tells by which it is replaced", 0},
      {"keep-formulas", KEY_FORMULAS, 0, 0, "CSV: cells that begin with = + - @, a tab or a return as they are (by default ' stands before them, "
       "so that no spreadsheet runs them)", 0},
      {"no-text", KEY_NO_TEXT, 0, 0, "Without a word of the pages, to be shared where the pages may not: codes, days, ranges, ids, addresses and "
       "checksums stay, and names that the world file knows; `annals fill` restores the words", 0},
      {"jobs", 'j', "N", 0, "Read events on N threads (all processors); the output is the same", 0},
      {"output", 'o', "FILE", 0, "Write FILE, and beside it FILE.note, which counts what was left out", 0},
      {0}};
  static const struct argp argp = {options, option, "RECORD.db",
    "Writes a record in the formats of the field. The same record gives the same bytes.\v"
    "gdelt, gdelt-mentions, polecat and icews have no field for it, so they get only events that happened or go on, not negated, not "
    "only recalled, dated on their first day. Columns that annals does not compute stay empty (docs/format.md).", NULL, NULL, NULL};
  export_args args = {.options = {.format = AN_EXPORT_JSONL, .threads = cli_processors()}};
  an_record *record = NULL;
  an_record_counts counts = {0};
  an_error err = {0};
  bool unfinished = false;
  cli_arguments(&argp, argc, argv, &args);
  if (args.readings && args.options.format == AN_EXPORT_JSONL) args.options.format = AN_EXPORT_READINGS;
  an_status status = an_record_open(args.record, &record, &err);
  if (status == AN_OK) status = an_record_count(record, &counts, &err);
  if (status == AN_OK) status = an_record_unfinished(record, &unfinished, &err);
  if (status == AN_OK && unfinished) cli_warn("a build of %s was stopped: newer pages are in no story yet; `annals build` goes on", args.record);
  int code = status != AN_OK ? cli_fail(&err) : args.output != NULL ? to_file(record, &args, &counts) : to_stdout(record, &args, &counts);
  an_record_close(record);
  return code;
}
