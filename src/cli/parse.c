/* SPDX-License-Identifier: Apache-2.0 */
/* annals parse [--conllu] FILE…: trees as CoNLL-U, past the page room and past the gate. Plain text, where a paragraph ends at
   an empty line; or CoNLL-U whose words are kept, to be measured with score_conllu.py. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_MAX = 64 << 20 };

typedef struct parse_args {
  cli_common common;
  bool conllu;
  char **paths;
  size_t count;
} parse_args;

static error_t option(int key, char *arg, struct argp_state *state) {
  parse_args *args = state->input;
  (void)arg;
  switch (key) {
  case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
  case 'c': args->conllu = true; return 0;
  case ARGP_KEY_ARGS:
    args->paths = state->argv + state->next;
    args->count = (size_t)(state->argc - state->next);
    return 0;
  case ARGP_KEY_NO_ARGS: argp_error(state, "no file given ('-' is standard input)"); return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

/* The whole of a file into *out, to be freed; false: told. */
static bool read_all(const char *path, an_text *out) {
  bool standard = strcmp(path, "-") == 0;
  FILE *file = standard ? stdin : fopen(path, "rb");
  char *bytes = NULL;
  size_t size = 0, capacity = 0;
  if (file == NULL) {
    cli_warn("%s: %s", path, strerror(errno));
    return false;
  }
  bool well = true;
  while (well) {
    if (size == capacity) {
      capacity = capacity == 0 ? 1 << 16 : capacity * 2;
      char *grown = capacity > INPUT_MAX ? NULL : realloc(bytes, capacity);
      if (grown == NULL) {
        cli_warn("%s: more than %d MiB", path, INPUT_MAX >> 20);
        well = false;
        break;
      }
      bytes = grown;
    }
    size_t got = fread(bytes + size, 1, capacity - size, file);
    if (got == 0) break;
    size += got;
  }
  if (ferror(file)) {
    cli_warn("%s: %s", path, strerror(errno));
    well = false;
  }
  if (!standard) fclose(file);
  *out = (an_text){bytes, (uint32_t)size};
  if (!well) {
    free(bytes);
    *out = (an_text){NULL, 0};
  }
  return well;
}

static int parse_file(an_worker *worker, const char *path, bool conllu) {
  an_text text;
  an_error err = {0};
  if (!read_all(path, &text)) return CLI_FAILED;
  an_status status = an_parse_conllu(worker, text, conllu, cli_write, stdout, &err);
  free((void *)(uintptr_t)text.at);
  if (status == AN_OK) return CLI_WELL;
  if (err.message[0] == '\0') return cli_fail(&err);
  cli_warn("%s: %s", path, err.message);
  return CLI_FAILED;
}

int cli_parse(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"conllu", 'c', NULL, 0, "FILE is CoNLL-U: keep its words, make tags and trees anew", 0}, {0}};
  static const struct argp_child children[] = {{&cli_engine_argp, 0, NULL, 0}, {0}};
  static const struct argp argp = {options, option, "FILE...", "Write the trees of a text as CoNLL-U.", children, NULL, NULL};
  parse_args args = {0};
  cli_arguments(&argp, argc, argv, &args);
  an_engine *engine = NULL;
  an_worker *worker = NULL;
  an_error err = {0};
  if (!cli_engine_open(&args.common, false, &engine)) return CLI_FAILED;
  int code = an_worker_open(engine, &worker, &err) == AN_OK ? CLI_WELL : cli_fail(&err);
  for (size_t i = 0; i < args.count && code == CLI_WELL; i++) code = parse_file(worker, args.paths[i], args.conllu);
  an_worker_close(worker);
  an_engine_close(engine);
  return cli_end(code);
}
