/* SPDX-License-Identifier: Apache-2.0 */
/* annals code FILE.tsv: the event between two marked actors, a sentence a line. Tab-separated, a header line, no quoting; the
   column marked_sentence holds "<s>source</s> … <t>target</t>". Out, without a header: line number (1 is the first row after the
   header), type, quad, score, the words that decided; nothing but the line number where no frame fits. By the codebook of 2021 type
   and quad are those that PLOVER's conversion table of that year gives the event's CAMEO code. A file in the form of PLV, which tells
   itself by its columns of penta classes, is answered in that book, since sets of that form are labelled by it; any other in ours. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef enum book { BOOK_OF_FILE, BOOK_2021, BOOK_2024 } book;
typedef struct code_args { cli_common common; char **paths; size_t count; book asked; } code_args;
enum { KEY_BOOK = 'C' };

static error_t option(int key, char *arg, struct argp_state *state) {
  code_args *args = state->input;
  switch (key) {
    case KEY_BOOK:
      if (strcmp(arg, "2021") == 0) args->asked = BOOK_2021;
      else if (strcmp(arg, "2024") == 0) args->asked = BOOK_2024;
      else argp_error(state, "--codebook: '%s' is neither 2021 nor 2024", arg);
      return 0;
    case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
    case ARGP_KEY_ARGS:
      args->paths = state->argv + state->next;
      args->count = (size_t)(state->argc - state->next);
      return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no file given ('-' is standard input)"); return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

/* The cell of that column, or a text that is not known. */
static an_text cell(const char *line, size_t size, unsigned column) {
  const char *at = line, *end = line + size;
  for (unsigned i = 0; i < column; i++) {
    at = memchr(at, '\t', (size_t)(end - at));
    if (at == NULL) return (an_text){NULL, 0};
    at++;
  }
  const char *stop = memchr(at, '\t', (size_t)(end - at));
  return (an_text){at, (uint32_t)((stop == NULL ? end : stop) - at)};
}

static int column_of(const char *line, size_t size, const char *name) {
  for (unsigned i = 0;; i++) {
    an_text text = cell(line, size, i);
    if (text.at == NULL) return -1;
    if (text.size == strlen(name) && memcmp(text.at, name, text.size) == 0) return (int)i;
  }
}

/* The book that the answers to a file follow. */
static book book_of(const char *path, const char *header, book asked) {
  if (asked != BOOK_OF_FILE) return asked;
  if (strstr(header, "penta") == NULL) return BOOK_2024;
  cli_warn("%s: in the form of PLV, so types are those of PLOVER's table of 2021 (annals' own: --codebook=2024)", path);
  return BOOK_2021;
}

static void print_event(unsigned long number, const an_reading *reading, const an_engine *engine, book answered) {
  printf("%lu", number);
  if (reading->event_count > 0) {
    const an_event *e = &reading->events[0];
    an_text type = e->type;
    uint8_t quad = e->quad;
    if (answered == BOOK_2021) an_type_of_cameo(engine, e->cameo, &type, &quad);
    printf("\t%.*s\t%d\t%g\t%.*s", (int)type.size, type.at, quad, e->score, (int)e->why.size, e->why.at);
  }
  putchar('\n');
}

static size_t without_end(const char *line, ssize_t size) {
  while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r')) size--;
  return (size_t)size;
}

static int code_lines(an_worker *worker, const an_engine *engine, book asked, FILE *file, const char *path) {
  char *line = NULL;
  size_t capacity = 0;
  int code = CLI_WELL;
  ssize_t size = getline(&line, &capacity, file);
  int column = size < 0 ? -1 : column_of(line, without_end(line, size), "marked_sentence");
  if (column < 0) {
    cli_warn("%s: no column 'marked_sentence' in the first line", path);
    code = CLI_FAILED;
  }
  book answered = column < 0 ? BOOK_2024 : book_of(path, line, asked);
  for (unsigned long number = 1; code == CLI_WELL && (size = getline(&line, &capacity, file)) >= 0; number++) {
    an_text marked = cell(line, without_end(line, size), (unsigned)column);
    const an_reading *reading = NULL;
    an_error err = {0};
    if (marked.at == NULL || marked.size == 0) printf("%lu\n", number);
    else if (an_code_sentence(worker, marked, &reading, &err) == AN_OK) print_event(number, reading, engine, answered);
    else code = cli_fail(&err);
  }
  if (ferror(file)) {
    cli_warn("%s: %s", path, strerror(errno));
    code = CLI_FAILED;
  }
  free(line);
  return code;
}

static int code_file(an_worker *worker, const an_engine *engine, book asked, const char *path) {
  bool standard = strcmp(path, "-") == 0;
  FILE *file = standard ? stdin : fopen(path, "rb");
  if (file == NULL) {
    cli_warn("%s: %s", path, strerror(errno));
    return CLI_FAILED;
  }
  int code = code_lines(worker, engine, asked, file, path);
  if (!standard) fclose(file);
  return code;
}

int cli_code(int argc, char **argv) {
  static const struct argp_child children[] = {{&cli_engine_argp, 0, NULL, 0}, {0}};
  static const struct argp_option options[] = {
      {"codebook", KEY_BOOK, "YEAR", 0, "Write the types of PLOVER's codebook of 2024, which annals follows, or of its conversion table of 2021 (default: 2024; 2021 for a file with PLV's columns of penta classes)", 0}, {0}};
  static const struct argp argp = {options, option, "FILE...", "Write the event between the two marked actors of every sentence.", children,
                                   NULL, NULL};
  code_args args = {0};
  cli_arguments(&argp, argc, argv, &args);
  an_engine *engine = NULL;
  an_worker *worker = NULL;
  an_error err = {0};
  if (!cli_engine_open(&args.common, false, &engine)) return CLI_FAILED;
  int code = an_worker_open(engine, &worker, &err) == AN_OK ? CLI_WELL : cli_fail(&err);
  for (size_t i = 0; i < args.count && code == CLI_WELL; i++) code = code_file(worker, engine, args.asked, args.paths[i]);
  an_worker_close(worker);
  an_engine_close(engine);
  return cli_end(code);
}
