/* SPDX-License-Identifier: Apache-2.0 */
/* annals world: what the world file holds, where it is from, and how old it is. Checks a user's table of actors on the way:
   `annals world --actors FILE` is the quickest look whether a table is well. import and export speak PETRARCH. */
#include "cli.h"

#include <string.h>
#include <time.h>

enum { SOURCES = 64, COUNTRIES = 1024, KEY_ON = 'o', KEY_JSON = 'J', KEY_TABLE = 'T', FILES = 64 };
typedef struct world_options { cli_common common; an_day on; const char *what; const char *files[FILES + 1]; unsigned file_count; } world_options;

static const struct argp_option options[] = {
    {"on", KEY_ON, "DAY", 0, "Count ages up to this day (today)", 0},
    {"quiet", 'q', 0, 0, "import: do not list oddities, only count them", 0},
    {"json", KEY_JSON, 0, 0, "JSON lines, on a terminal too", 0},
    {"table", KEY_TABLE, 0, 0, "Tables for a person, in a pipe too", 0},
    {0},
};

static error_t option(int key, char *arg, struct argp_state *state) {
  world_options *o = state->input;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &o->common; return 0;
    case KEY_ON:
      o->on = cli_day(arg, "--on", state);
      return 0;
    case 'q': o->common.quiet = true; return 0;
    case KEY_JSON: o->common.json = true; return 0;
    case KEY_TABLE: o->common.table = true; return 0;
    case ARGP_KEY_ARG:
      if (o->what == NULL && strcmp(arg, "import") != 0 && strcmp(arg, "export") != 0) argp_error(state, "import or export, not '%s'", arg);
      if (o->what == NULL) o->what = arg;
      else if (strcmp(o->what, "export") == 0) argp_error(state, "export writes to standard output and takes no file");
      else if (o->file_count == FILES) argp_error(state, "at most %d files", FILES);
      else o->files[o->file_count++] = arg;
      return 0;
    case ARGP_KEY_END:
      if (o->what != NULL && strcmp(o->what, "import") == 0 && o->file_count == 0) argp_error(state, "import wants actor and agent files of PETRARCH");
      return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

static void day_cell(cli_table *table, an_day day) {
  char iso[16] = "";
  if (day != AN_DAY_OPEN_EARLIEST) an_day_iso(day, iso);
  cli_table_add(table, (an_text){iso, (uint32_t)strlen(iso)});
}

static void number_cell(cli_table *table, long value, bool known) {
  char z[24] = "";
  if (known) snprintf(z, sizeof z, "%ld", value);
  cli_table_add(table, (an_text){z, (uint32_t)strlen(z)});
}

static void print_tables(const an_inventory *have, const an_source_age *sources, uint32_t source_count, const an_country_age *countries,
                         uint32_t country_count, an_day on) {
  printf("%u countries and territories, %u people, %u organisations (%u armed groups), %u outlets and agencies,\n"
         "%u places, %u role words; %u offices with %u terms; %u forms of all these.\n\n",
         have->countries, have->people, have->organisations, have->armed_groups, have->outlets, have->places, have->roles, have->offices,
         have->terms, have->forms);
  static const char *const of_source[] = {"source of terms", "terms", "newest check", "days ago"};
  cli_table table = {.names = of_source, .columns = 4};
  for (uint32_t i = 0; i < source_count; i++) {
    cli_table_add(&table, sources[i].source);
    number_cell(&table, (long)sources[i].terms, true);
    day_cell(&table, sources[i].checked);
    number_cell(&table, (long)on - sources[i].checked, sources[i].checked != AN_DAY_OPEN_EARLIEST);
  }
  cli_table_print(&table);
  static const char *const of_country[] = {"id", "country", "terms", "newest check", "days ago", "heads checked", "days ago"};
  table = (cli_table){.names = of_country, .columns = 7};
  putchar('\n');
  for (uint32_t i = 0; i < country_count; i++) {
    const an_country_age *c = &countries[i];
    if (c->terms == 0) continue;
    cli_table_add(&table, c->id);
    cli_table_add(&table, c->name);
    number_cell(&table, (long)c->terms, true);
    day_cell(&table, c->checked);
    number_cell(&table, (long)on - c->checked, c->checked != AN_DAY_OPEN_EARLIEST);
    day_cell(&table, c->heads_checked);
    number_cell(&table, (long)on - c->heads_checked, c->heads_checked != AN_DAY_OPEN_EARLIEST);
  }
  cli_table_print(&table);
  puts("\nA term without a known end names its holder only for a while after its newest check, and then as last known.");
}

static void json_text(const char *key, an_text text) {
  printf("\"%s\":", key);
  cli_json_string(text);
}

static void json_day(const char *key, an_day day) {
  char iso[16] = "";
  if (day != AN_DAY_OPEN_EARLIEST) an_day_iso(day, iso);
  if (iso[0] == '\0') printf(",\"%s\":null", key);
  else printf(",\"%s\":\"%s\"", key, iso);
}

static void print_json(const an_inventory *have, const an_source_age *sources, uint32_t source_count, const an_country_age *countries,
                       uint32_t country_count) {
  printf("{\"countries\":%u,\"people\":%u,\"organisations\":%u,\"armed_groups\":%u,\"outlets\":%u,\"places\":%u,\"roles\":%u,\"offices\":%u,"
         "\"terms\":%u,\"forms\":%u}\n",
         have->countries, have->people, have->organisations, have->armed_groups, have->outlets, have->places, have->roles, have->offices,
         have->terms, have->forms);
  for (uint32_t i = 0; i < source_count; i++) {
    putchar('{');
    json_text("source", sources[i].source);
    printf(",\"terms\":%u", sources[i].terms);
    json_day("checked", sources[i].checked);
    puts("}");
  }
  for (uint32_t i = 0; i < country_count; i++) {
    putchar('{');
    json_text("country", countries[i].id);
    putchar(',');
    json_text("name", countries[i].name);
    printf(",\"terms\":%u", countries[i].terms);
    json_day("checked", countries[i].checked);
    json_day("heads_checked", countries[i].heads_checked);
    printf(",\"former\":%s,\"disputed\":%s}\n", countries[i].former ? "true" : "false", countries[i].disputed ? "true" : "false");
  }
}

static int speak_petrarch(const an_engine *engine, const world_options *o) {
  an_error err = {0};
  an_petrarch_counts counts = {0};
  bool import = strcmp(o->what, "import") == 0;
  an_status status = import ? an_petrarch_read(engine, o->files, cli_write, stdout, o->common.quiet ? NULL : cli_write, stderr, &counts, &err)
                            : an_petrarch_write(engine, cli_write, stdout, &err);
  if (status != AN_OK) return cli_fail(&err);
  if (import) cli_warn("%u actors and %u agents taken, %u oddities%s", counts.actors, counts.agents, counts.odd, o->common.quiet ? "" : " (above)");
  return cli_end(CLI_WELL);
}

static void tell(const an_engine *engine, world_options *o) {
  static an_source_age sources[SOURCES];
  static an_country_age countries[COUNTRIES];
  an_inventory have;
  an_known_counts(engine, &have);
  uint32_t source_count = an_known_sources(engine, sources, SOURCES), country_count = an_known_countries(engine, countries, COUNTRIES);
  if (o->on == AN_DAY_OPEN_EARLIEST) o->on = (an_day)(time(NULL) / 86400);
  if (cli_wants_table(&o->common)) print_tables(&have, sources, source_count, countries, country_count, o->on);
  else print_json(&have, sources, source_count, countries, country_count);
}

int cli_world(int argc, char **argv) {
  static const struct argp_child children[] = {{&cli_engine_argp, 0, NULL, 0}, {0}};
  const struct argp argp = {options, option, "\nimport PETRARCH-FILE...\nexport",
                            "What is known of the world: counts, the sources of terms of office, and how long ago each country's were "
                            "last checked. With --actors FILE a table of your own is checked and counted in."
                            "\v`import` turns actor and agent files of PETRARCH or TABARI into a table for --actors, on standard output, and tells "
                            "their oddities on standard error; `export` writes what annals knows as an actor file of PETRARCH. docs/actors.md",
                            children, NULL, NULL};
  world_options o = {.on = AN_DAY_OPEN_EARLIEST};
  cli_arguments(&argp, argc, argv, &o);
  an_engine *engine = NULL;
  if (!cli_engine_open(&o.common, false, &engine)) return CLI_FAILED;
  int code = CLI_WELL;
  if (o.what != NULL) code = speak_petrarch(engine, &o);
  else {
    tell(engine, &o);
    code = cli_end(CLI_WELL);
  }
  an_engine_close(engine);
  return code;
}
