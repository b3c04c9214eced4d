/* SPDX-License-Identifier: Apache-2.0 */
/* annals forget RECORD.db --page ID | --person NAME: pages out of a record, and with them all that was made of them. */
#include "cli.h"


#include "annals_record.h"

typedef struct forget_args { cli_common common; const char *record, *page, *person; } forget_args;

enum { KEY_PAGE = 'G', KEY_PERSON = 'N' };

static error_t option(int key, char *arg, struct argp_state *state) {
  forget_args *args = state->input;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
    case KEY_PAGE: args->page = arg; return 0;
    case KEY_PERSON: args->person = arg; return 0;
    case ARGP_KEY_END:
      if ((args->page == NULL) == (args->person == NULL)) argp_error(state, "forget wants --page ID or --person NAME");
      if ((args->page != NULL ? args->page : args->person)[0] == '\0') argp_error(state, "nothing to forget is named");
      return 0;
    default: return cli_record_argument(key, arg, state, &args->record);
  }
}

static an_status forget(an_record *record, const forget_args *args, an_record_counts *counts, uint64_t *pages, an_error *err) {
  char ended[32];
  an_status status = args->page != NULL ? an_record_forget_page(record, args->page, pages, err) : an_record_forget_name(record, args->person, pages, err);
  cli_stamp(ended);
  if (status == AN_OK) status = an_record_finish(record, ended, counts, err);
  return status == AN_OK ? an_record_scrub(record, err) : status;
}

int cli_forget(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"page", KEY_PAGE, "ID", 0, "A page: its sha256 or eight letters or more of its beginning, its address, or its path", 0},
      {"person", KEY_PERSON, "NAME", 0, "Every page whose words hold this name, in small letters or large", 0},
      {0}};
  static const struct argp_child children[] = {{&cli_engine_argp, 0, "Reading:", 0}, {0}};
  static const struct argp argp = {options, option, "RECORD.db --page ID | --person NAME",
    "Removes pages from a record, forms the stories of the rest again, and writes the file anew, so that no byte of them is left in it. "
    "A name goes with every page that tells it.\v"
    "The pages themselves are not touched, and a build that is given them again reads them again. Exports made before keep what they "
    "hold; `annals export --changes-since` tells what is gone. Options for reading must be those that the record was built with.", children, NULL, NULL};
  forget_args args = {0};
  an_engine *engine = NULL;
  an_record *record = NULL;
  an_record_counts counts = {0};
  an_error err = {0};
  uint64_t pages = 0;
  char started[32];
  cli_arguments(&argp, argc, argv, &args);
  an_status status = an_record_open(args.record, &record, &err); /* a name that is wrong makes no record */
  an_record_close(record);
  record = NULL;
  if (status != AN_OK) return cli_fail(&err);
  if (!cli_engine_open(&args.common, true, &engine)) return CLI_FAILED;
  cli_stamp(started);
  const an_record_options record_options = {.started = started};
  status = an_record_begin(args.record, engine, &record_options, &record, &err);
  if (status == AN_OK) status = forget(record, &args, &counts, &pages, &err);
  an_record_close(record);
  an_engine_close(engine);
  if (status != AN_OK) return cli_fail(&err);
  if (pages == 0) {
    cli_warn("%s holds nothing of that", args.record);
    return CLI_PROBLEMS;
  }
  printf("%s: %llu pages removed; %llu pages, %llu stories in all\n", args.record, (unsigned long long)pages, (unsigned long long)counts.pages,
         (unsigned long long)counts.stories);
  return cli_end(CLI_WELL);
}
