/* SPDX-License-Identifier: Apache-2.0 */
/* annals who PHRASE --on DAY: what the world file knows about the words, best first, each with its source row. */
#include "cli.h"

#include <string.h>

typedef struct who_options { cli_common common; const char *phrase; an_day on; } who_options;

enum { KEY_ON = 'o' };
static const struct argp_option options[] = {
    {"on", KEY_ON, "DAY", 0, "who held an office on this day (2017-03-28)", 0},
    {0},
};

static error_t option(int key, char *arg, struct argp_state *state) {
  who_options *o = state->input;
  switch (key) {
  case ARGP_KEY_INIT: state->child_inputs[0] = &o->common; return 0;
  case KEY_ON:
    o->on = cli_day(arg, "--on", state);
    return 0;
  case ARGP_KEY_ARG:
    if (state->arg_num > 0) argp_error(state, "one phrase, please; put it in quotation marks");
    o->phrase = arg;
    return 0;
  case ARGP_KEY_NO_ARGS: argp_error(state, "a phrase is needed: annals who 'the Iranian president' --on 2017-03-28"); return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

typedef struct counted { size_t written; } counted;

static an_status write_out(void *ctx, const char *bytes, size_t size) {
  ((counted *)ctx)->written += size;
  return cli_write(stdout, bytes, size);
}

int cli_who(int argc, char **argv) {
  static const struct argp_child children[] = {{&cli_engine_argp, 0, NULL, 0}, {0}};
  const struct argp argp = {options, option, "PHRASE",
                            "What the world file knows about a name, an office or a place: one JSON object a line, best first, each with "
                            "its score and the source of its row.",
                            children, NULL, NULL};
  who_options o = {.on = AN_DAY_OPEN_EARLIEST};
  cli_arguments(&argp, argc, argv, &o);
  an_engine *engine = NULL;
  an_error err = {0};
  counted out = {0};
  if (!cli_engine_open(&o.common, false, &engine)) return CLI_FAILED;
  an_status status = an_who(engine, (an_text){o.phrase, (uint32_t)strlen(o.phrase)}, o.on, write_out, &out, &err);
  an_engine_close(engine);
  if (status != AN_OK) {
    cli_warn("%s", err.message);
    return CLI_FAILED;
  }
  if (out.written == 0) cli_warn("nothing known of '%s'", o.phrase);
  return cli_end(CLI_WELL);
}
