/* SPDX-License-Identifier: Apache-2.0 */
/* annals build PAGE… -o RECORD.db: what is new is read into the record, then its stories are formed. */
#include "cli.h"

#include "annals_record.h"


typedef struct build_args { cli_common common; const char **paths; size_t count; const char *record, *corrections; bool reread, keep_pages; } build_args;

enum { KEY_REREAD = 'R', KEY_KEEP_PAGES = 'K', KEY_CORRECTIONS = 'C' };

static error_t option(int key, char *arg, struct argp_state *state) {
  build_args *args = state->input;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
    case 'o': args->record = arg; return 0;
    case KEY_REREAD: args->reread = true; return 0;
    case KEY_CORRECTIONS: args->corrections = arg; return 0;
    case KEY_KEEP_PAGES: args->keep_pages = true; return 0;
    case ARGP_KEY_ARGS:
      args->paths = (const char **)(state->argv + state->next);
      args->count = (size_t)(state->argc - state->next);
      return 0;
    case ARGP_KEY_NO_ARGS:
      args->count = 0;
      return 0;
    case ARGP_KEY_END:
      if (args->count == 0 && args->corrections == NULL) argp_error(state, "no page given ('-' is standard input)");
      if (args->record == NULL) argp_error(state, "no record given: -o RECORD.db");
      return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

typedef struct build { an_record *record; an_error err; } build;

/* A page that cannot be asked for is read: what is wrong with the record comes out when it is added. */
static bool keep(void *ctx, an_page *page) {
  build *b = ctx;
  bool wants = true;
  return an_record_wants(b->record, page, &wants, &b->err) != AN_OK || wants;
}

static an_status take(void *ctx, const an_reading *reading, an_error *err) { return an_record_add(((build *)ctx)->record, reading, err); }

static void complain(void *ctx, const an_error *what) {
  ++*(uint32_t *)ctx;
  cli_warn("%s", what->message);
}

static void tell(const char *path, const an_record_counts *counts) {
  printf("%s: %llu pages added", path, (unsigned long long)counts->added);
  if (counts->replaced > 0) printf(", %llu read anew", (unsigned long long)counts->replaced);
  printf(", %llu already there; %llu pages, %llu stories in all\n", (unsigned long long)counts->known, (unsigned long long)counts->pages,
         (unsigned long long)counts->stories);
  if (counts->formed > 0 && counts->kept + counts->gone > 0)
    printf("%llu stories formed anew, %llu as they were, %llu no more\n", (unsigned long long)counts->formed, (unsigned long long)counts->kept,
           (unsigned long long)counts->gone);
  if (counts->stale > 0)
    cli_warn("%llu pages were read with other data and are left out of stories and exports; give them too, with --reread",
             (unsigned long long)counts->stale);
}

enum { CHANGES_SHOWN = 10, SHOWN_ID = 8 };

/* What became of a story whose pages tell another one now. */
static an_status tell_change(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  int *shown = ctx;
  (void)names;
  (void)err;
  if (count < 3 || (*shown)++ >= CHANGES_SHOWN) return AN_OK;
  printf("  story %.*s is now in %.*s", SHOWN_ID, cells[0].at, SHOWN_ID, cells[1].at);
  cli_put(": ", cells[2], "");
  putchar('\n');
  return AN_OK;
}

static void tell_changes(an_record *record, const an_record_counts *counts) {
  int shown = 0;
  an_error err = {0};
  if (counts->gone == 0 || an_record_view(record, AN_VIEW_CHANGED, NULL, tell_change, &shown, &err) != AN_OK) return;
  if (shown > CHANGES_SHOWN) printf("  and %d more: table story_was\n", shown - CHANGES_SHOWN);
}

int cli_build(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"output", 'o', "RECORD", 0, "The record: an SQLite file, made when it is not there", 0},
      {"corrections", KEY_CORRECTIONS, "FILE", 0, "A reader's corrections: a table of id, field, value, who, day, why (docs/format.md). They are kept in the "
       "record; another file takes their place", 0},
      {"keep-pages", KEY_KEEP_PAGES, 0, 0, "Keep the bytes of the pages that are read now, compressed: `annals show RECORD.db page PAGE` gives them back", 0},
      {"reread", KEY_REREAD, 0, 0, "The record was read with other data: read the pages given anew", 0},
      {0}};
  static const struct argp_child children[] = {{&cli_pages_argp, 0, NULL, 0}, {0}};
  static const struct argp argp = {options, option, "PAGE... -o RECORD.db",
    "Reads pages into a record and finds the stories that they tell. Pages that are there already are passed over, so that a build "
    "which was stopped goes on when it is started again.\vPAGE is what `annals read` takes. Tables of the record: docs/format.md.",
    children, NULL, NULL};
  build_args args = {0};
  an_engine *engine = NULL;
  build b = {0};
  an_record_counts counts = {0};
  char started[32], ended[32];
  cli_arguments(&argp, argc, argv, &args);
  cli_stamp(started);
  if (!cli_engine_open(&args.common, true, &engine)) return CLI_FAILED;
  const an_record_options record_options = {.started = started, .reread = args.reread, .keep_pages = args.keep_pages,
                                                .threads = args.common.threads > 0 ? args.common.threads : cli_processors()};
  if (an_record_begin(args.record, engine, &record_options, &b.record, &b.err) != AN_OK) {
    an_engine_close(engine);
    return cli_fail(&b.err);
  }
  bool broken = false;
  uint32_t wrong = 0, told = 0;
  int code = CLI_WELL;
  if (an_record_correct(b.record, args.corrections, complain, &told, &wrong, &b.err) != AN_OK) {
    broken = true;
    code = cli_fail(&b.err);
  }
  if (!broken && args.count > 0) code = cli_read_pages(engine, &args.common, args.paths, args.count, keep, take, &b, &broken);
  cli_stamp(ended);
  an_error err = {0};
  if (!broken && an_record_finish(b.record, ended, &counts, &err) != AN_OK) {
    broken = true;
    code = cli_fail(&err);
  }
  if (!broken) {
    if (told > 0 && code == CLI_WELL) code = CLI_PROBLEMS;
    tell(args.record, &counts);
    tell_changes(b.record, &counts);
  }
  an_record_close(b.record);
  an_engine_close(engine);
  return cli_end(code);
}
