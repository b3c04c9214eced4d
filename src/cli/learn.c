/* SPDX-License-Identifier: Apache-2.0 */
/* annals learn-outlets PAGE… -o FILE: which lines repeat on the pages of an outlet, as a table for --furniture. */
#include "cli.h"

#include <errno.h>
#include <string.h>

typedef struct learn_args { cli_common common; const char **paths; size_t count; const char *output; } learn_args;

static error_t option(int key, char *arg, struct argp_state *state) {
  learn_args *args = state->input;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
    case 'o': args->output = arg; return 0;
    default: return cli_page_arguments(key, state, &args->paths, &args->count);
  }
}

typedef struct learner { an_repeats *repeats; uint64_t pages, homeless; } learner;

static an_status take(void *ctx, const an_reading *reading, an_error *err) {
  learner *l = ctx;
  l->pages++;
  l->homeless += reading->host.size == 0;
  return an_repeats_add(l->repeats, reading, err);
}

static int write_table(const learn_args *args, learner *l) {
  an_error err = {0};
  uint32_t lines = 0, outlets = 0;
  FILE *file = args->output == NULL ? stdout : fopen(args->output, "wb");
  if (file == NULL) {
    cli_warn("%s: %s", args->output, strerror(errno));
    return CLI_FAILED;
  }
  an_status status = an_repeats_write(l->repeats, cli_write, file, &lines, &outlets, &err);
  if (file != stdout && fclose(file) != 0 && status == AN_OK) {
    cli_warn("%s: %s", args->output, strerror(errno));
    return CLI_FAILED;
  }
  if (status != AN_OK) return file == stdout ? CLI_FAILED : cli_fail(&err);
  if (args->common.quiet) return CLI_WELL;
  cli_warn("%u lines of %u outlets repeat, of %llu pages", lines, outlets, (unsigned long long)l->pages);
  if (l->homeless > 0) cli_warn("%llu pages tell no address and no outlet, and taught nothing (--meta can tell it)", (unsigned long long)l->homeless);
  return CLI_WELL;
}

int cli_learn_outlets(int argc, char **argv) {
  static const struct argp_option options[] = {{"output", 'o', "FILE", 0, "Write FILE, not standard output", 0}, {0}};
  static const struct argp_child children[] = {{&cli_pages_argp, 0, NULL, 0}, {0}};
  static const struct argp argp = {options, option, "PAGE...",
    "Learns which lines repeat on the pages of an outlet, and writes them as a table for `--furniture FILE` of other commands, "
    "which then takes them for no part of an article.\v"
    "A line repeats when it stands under three titles at least and on a fourth of the outlet's pages, and is no title. Give some "
    "dozen pages of each outlet; what outlet a page is of, its address says.", children, NULL, NULL};
  learn_args args = {.common = {.given = {0, 0, 0}, .article_only = true}};
  learner l = {0};
  an_error err = {0};
  an_engine *engine = NULL;
  cli_arguments(&argp, argc, argv, &args);
  if (args.common.furniture != NULL) {
    cli_warn("what repeats is learned without --furniture");
    return CLI_FAILED;
  }
  if (!cli_engine_open(&args.common, false, &engine)) return CLI_FAILED;
  if (an_repeats_open(0, &l.repeats, &err) != AN_OK) {
    an_engine_close(engine);
    return cli_fail(&err);
  }
  bool broken;
  int code = cli_read_pages(engine, &args.common, args.paths, args.count, NULL, take, &l, &broken);
  if (code != CLI_FAILED) code = write_table(&args, &l);      /* that a page is no article is not a fault here */
  an_repeats_close(l.repeats);
  an_engine_close(engine);
  return cli_end(code);
}
