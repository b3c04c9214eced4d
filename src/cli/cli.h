/* SPDX-License-Identifier: Apache-2.0 */
/* cli: the command. One file a command; what all of them need is here.

   A command is `int cli_NAME(int argc, char **argv)`: argv[0] is "annals NAME", the result is the exit code: 0 all well,
   1 some pages had problems, 2 wrong usage or I/O failure. Data goes to standard output, messages to standard error. Only
   the two public headers of the libraries are used; clock, environment and terminal are read here and nowhere else. */
#ifndef AN_CLI_H
#define AN_CLI_H
#include <argp.h>
#include <stdio.h>

#include "annals.h"

enum { CLI_WELL = 0, CLI_PROBLEMS = 1, CLI_FAILED = 2 };
enum { CLI_ACTORS = 32 };             /* tables of --actors at once */

int cli_read(int argc, char **argv);
/* These are made by other files; the program offers those that are linked in. */
#define CLI_OPTIONAL __attribute__((weak))
CLI_OPTIONAL int cli_text(int argc, char **argv);
CLI_OPTIONAL int cli_code(int argc, char **argv);
CLI_OPTIONAL int cli_parse(int argc, char **argv);
CLI_OPTIONAL int cli_build(int argc, char **argv);
CLI_OPTIONAL int cli_export(int argc, char **argv);
CLI_OPTIONAL int cli_fill(int argc, char **argv);
CLI_OPTIONAL int cli_show(int argc, char **argv);
CLI_OPTIONAL int cli_explain(int argc, char **argv);
CLI_OPTIONAL int cli_who(int argc, char **argv);
CLI_OPTIONAL int cli_world(int argc, char **argv);
CLI_OPTIONAL int cli_sample(int argc, char **argv);
CLI_OPTIONAL int cli_evaluate(int argc, char **argv);
CLI_OPTIONAL int cli_forget(int argc, char **argv);
CLI_OPTIONAL int cli_cite(int argc, char **argv);
CLI_OPTIONAL int cli_serve(int argc, char **argv);
CLI_OPTIONAL int cli_learn_outlets(int argc, char **argv);

/* ---- Arguments (arguments.c) ---------------------------------------------------------------------- */

/* What every command that reads takes. Zero it, then cli_arguments with cli_engine_argp or cli_pages_argp as a child. */
typedef struct cli_common {
  const char *data, *furniture;                     /* --data, --furniture */
  bool parse_all, private_names, frames_only;       /* --parse-all, --private-names, --frames-only */
  uint16_t threshold;                               /* --threshold, per mille */
  bool article_only;                                /* the command wants no more */
  const char *actors[CLI_ACTORS + 1]; unsigned actor_count;   /* --actors, repeated; NULL behind the last */
  const char *meta; an_days given;                  /* --meta, --published */
  uint8_t favour;                                   /* --favour of `annals text`: an_favour */
  size_t max_page, max_arena; unsigned threads;     /* --max-page, --max-arena, -j */
  bool json, table;                                 /* --json, --table: whatever standard output is */
  bool quiet;
} cli_common;
extern const struct argp cli_engine_argp;           /* --data --actors --furniture --private-names --parse-all */
extern const struct argp cli_pages_argp;            /* those, and --published --meta --max-page --max-arena -j --quiet */
/* argp_parse, with a suggestion for an option that there is not; a wrong usage ends the program with 2. */
void cli_arguments(const struct argp *argp, int argc, char **argv, void *input);
/* A whole number in [low, high], or the end of the program with 2. */
double cli_share(const char *text, const char *option, const struct argp_state *state);   /* 0 to 1 */
unsigned long cli_number(const char *text, unsigned long low, unsigned long high, const char *option, const struct argp_state *state);
unsigned cli_processors(void);                                   /* what -j is where it is not given */
an_day cli_day(const char *text, const char *option, const struct argp_state *state);    /* likewise a day, 2017-03-28 */
/* The last line of a command's options, in place of ARGP_ERR_UNKNOWN: its one record, or the pages that it reads, which must be there. */
error_t cli_record_argument(int key, char *arg, struct argp_state *state, const char **record);
error_t cli_page_arguments(int key, struct argp_state *state, const char ***paths, size_t *count);
/* The nearest of `names` (NULL at the end) to what was typed, or NULL when none is near. */
const char *cli_nearest(const char *typed, const char *const *names);

/* ---- Engine and pages (pages.c) ------------------------------------------------------------------- */

/* Opens the engine on the data found by --data, $ANNALS_DATA, beside the program, the installed prefix. false: told. */
bool cli_engine_open(const cli_common *common, bool digests, an_engine **out);
/* Reads all pages of paths (each with an_read_all), with progress. `keep` may be NULL; false there passes a page over unread,
   and where a page is from may be told otherwise.
   Returns the exit code: 2 for what could not be read or written (told), 1 when a reading had problems. *broken (may be
   NULL): not all was read, because the sink or the engine failed. */
typedef bool cli_keep(void *ctx, an_page *page);
int cli_read_pages(const an_engine *engine, const cli_common *common, const char *const *paths, size_t count, cli_keep *keep,
                   an_sink *sink, void *to, bool *broken);

/* ---- Output (output.c) ---------------------------------------------------------------------------- */

void cli_warn_as(const char *name);                                           /* what messages begin with */

void cli_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));  /* "annals read: …" on standard error */
int cli_fail(const an_error *err);                                            /* tells it; CLI_FAILED */
an_status cli_write(void *file, const char *bytes, size_t size);              /* an an_write onto a FILE */
/* Flushes standard output; the exit code, or CLI_FAILED (told) when something could not be written. */
int cli_end(int code);
bool cli_wants_table(const cli_common *common);                               /* --table, or a terminal without --json */
unsigned cli_width(void);                                                     /* columns of the terminal; 100 when it has none */
/* Start and end of a colour on standard output: "" where it is no terminal or NO_COLOR is set. */
const char *cli_bold(void);
const char *cli_dim(void);
const char *cli_plain(void);
void cli_progress(const an_input_counts *counts, bool last);                  /* a line on standard error, if a terminal */
/* A table: cells gathered, then printed with columns as wide as the terminal lets them be. `below`: the last column is
   printed under its row, over the whole width. */
typedef struct cli_table { const char *const *names; unsigned columns; bool below; char **cells; size_t count, capacity; } cli_table;
void cli_table_add(cli_table *table, an_text cell);
void cli_table_print(cli_table *table);                                       /* and empties it */
/* before, text, behind; nothing where the text is empty. Control characters become spaces: what a page says does not steer
   the terminal. Tables and cli_wrapped do the same. */
void cli_put(const char *before, an_text text, const char *behind);
void cli_stamp(char out[32]);                                                 /* now, "2017-03-28T12:00:00Z"; "": no clock */
/* A JSON string on standard output, escaped; with its quotation marks, null where there is no text. */
void cli_json_inside(an_text text);
void cli_json_string(an_text text);
/* Text wrapped to the terminal, each line begun with `indent` spaces. */
void cli_wrapped(an_text text, unsigned indent);
#endif
