/* SPDX-License-Identifier: Apache-2.0 */
/* annals COMMAND …: the table of commands, help, and the nearest name to a mistyped one. */
#include "cli.h"

#include <signal.h>
#include <string.h>

enum { COMMANDS = 24 }; /* and an empty one at the end */

typedef struct command { const char *name, *line; int (*run)(int argc, char **argv); } command;

/* In the order of a first encounter. A command whose function is not linked in is not offered. */
static void list_commands(command out[COMMANDS]) {
  const command all[] = {
      {"read", "read pages; a reading a line", cli_read},
      {"text", "the clean article of every page", cli_text},
      {"explain", "stage by stage, why each event, day and speaker came out", cli_explain},
      {"build", "read pages into a record, which finds their stories", cli_build},
      {"show", "stories, events, statements, comparisons of a record, for a person", cli_show},
      {"export", "a record in the formats of the field", cli_export},
      {"fill", "the words of an export without text, out of its pages", cli_fill},
      {"serve", "a record as a page in the browser of this machine", cli_serve},
      {"cite", "what a text that rests on a record has to say of it", cli_cite},
      {"forget", "a page, or every page that tells a name, out of a record", cli_forget},
      {"sample", "a sheet of a record's events to judge by hand", cli_sample},
      {"evaluate", "the precision of a judged sheet", cli_evaluate},
      {"who", "who a phrase can mean on a day", cli_who},
      {"world", "what is known of the world, how old it is; actors of PETRARCH in and out", cli_world},
      {"code", "the event between two marked actors of a sentence", cli_code},
      {"learn-outlets", "which lines repeat on pages of an outlet", cli_learn_outlets},
      {"parse", "sentences as trees (CoNLL-U)", cli_parse},
  };
  size_t count = 0;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (all[i].run != NULL) out[count++] = all[i];
  out[count] = (command){0};
}

static void help(FILE *to, const command *commands) {
  fputs("annals: who did what to whom, when and where, who said what, in pages of news; and where pages agree and differ.\n\n"
        "Usage: annals COMMAND [OPTION...] [ARGUMENT...]\n\nCommands:\n", to);
  for (; commands->name != NULL; commands++) fprintf(to, "  %-13s %s\n", commands->name, commands->line);
  fputs("\n`annals COMMAND --help` tells the options of a command. Data goes to standard output, messages to standard error.\n"
        "Exit status: 0 all well, 1 some pages had problems, 2 wrong usage or a failure of input or output.\n", to);
}

static int unknown(const char *typed, const command *commands) {
  const char *names[COMMANDS] = {0};
  for (size_t i = 0; commands[i].name != NULL; i++) names[i] = commands[i].name;
  const char *near = cli_nearest(typed, names);
  if (near != NULL) fprintf(stderr, "annals: no command '%s'; the nearest is '%s'\n", typed, near);
  else fprintf(stderr, "annals: no command '%s'; `annals --help` lists them\n", typed);
  return CLI_FAILED;
}

int main(int argc, char **argv) {
  command commands[COMMANDS];
  list_commands(commands);
  signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write, told as such */
  argp_program_version = "annals " ANNALS_VERSION;
  argp_err_exit_status = CLI_FAILED;
  if (argc < 2) {
    help(stderr, commands);
    return CLI_FAILED;
  }
  const char *name = argv[1];
  bool asks_help = strcmp(name, "help") == 0;
  if (strcmp(name, "--help") == 0 || strcmp(name, "-?") == 0 || strcmp(name, "-h") == 0 || (asks_help && argc == 2)) {
    help(stdout, commands);
    return cli_end(CLI_WELL);
  }
  if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
    puts(argp_program_version);
    return cli_end(CLI_WELL);
  }
  if (asks_help) name = argv[2];
  for (const command *c = commands; c->name != NULL; c++) {
    if (strcmp(c->name, name) != 0) continue;
    char full[32];
    snprintf(full, sizeof full, "annals %s", c->name);
    char option[] = "--help";
    char *help_argv[] = {full, option, NULL};
    if (asks_help) return c->run(2, help_argv);
    argv[1] = full;
    cli_warn_as(full);
    return c->run(argc - 1, argv + 1);
  }
  return unknown(name, commands);
}
