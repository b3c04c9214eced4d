/* SPDX-License-Identifier: Apache-2.0 */
/* annals read PAGE…: a reading a line; on a terminal, what a person wants to see of it. */
#include "cli.h"

#include <string.h>

typedef struct read_args { cli_common common; const char **paths; size_t count; } read_args;

enum { KEY_JSON = 'J', KEY_TABLE = 'T' };

static error_t option(int key, char *arg, struct argp_state *state) {
  read_args *args = state->input;
  (void)arg;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
    case KEY_JSON: args->common.json = true; return 0;
    case KEY_TABLE: args->common.table = true; return 0;
    default: return cli_page_arguments(key, state, &args->paths, &args->count);
  }
}

/* ---- For a person --------------------------------------------------------------------------------------- */

static void print_days(const char *label, an_days days) {
  char earliest[16], latest[16];
  an_day_iso(days.earliest, earliest);
  an_day_iso(days.latest, latest);
  if (earliest[0] == '\0' && latest[0] == '\0') return;
  if (strcmp(earliest, latest) == 0) printf("%s%s", label, earliest);
  else printf("%s%s..%s", label, earliest, latest);
}

static an_text party_name(const an_party *party) {
  if (party->name.size > 0) return party->name;
  if (party->antecedent.size > 0) return party->antecedent;
  return party->text.size > 0 ? party->text : party->country;
}

static void join_parties(char *out, size_t size, const an_party *parties, uint32_t count) {
  size_t used = 0;
  out[0] = '\0';
  for (uint32_t i = 0; i < count && used + 1 < size; i++) {
    an_text name = party_name(&parties[i]);
    int more = snprintf(out + used, size - used, "%s%.*s", i > 0 ? ", " : "", (int)name.size, name.at == NULL ? "" : name.at);
    used += more > 0 ? (size_t)more : 0;
  }
}

static void add_z(cli_table *table, const char *z) { cli_table_add(table, (an_text){z, (uint32_t)strlen(z)}); }

static void print_events(const an_reading *reading) {
  static const char *const names[] = {"event", "type", "who", "whom", "when", "where", "how", "words"};
  cli_table table = {.names = names, .columns = 8, .below = true};
  for (uint32_t i = 0; i < reading->event_count; i++) {
    const an_event *event = &reading->events[i];
    char id[16], who[256], whom[256], earliest[16], latest[16], when[40], how[64];
    an_event_id(reading, i, id);
    join_parties(who, sizeof who, event->actors, event->actor_count);
    join_parties(whom, sizeof whom, event->recipients, event->recipient_count);
    an_day_iso(event->when.earliest, earliest);
    an_day_iso(event->when.latest, latest);
    snprintf(when, sizeof when, strcmp(earliest, latest) == 0 ? "%s" : "%s..%s", earliest, latest);
    snprintf(how, sizeof how, "%s%s%s", an_realis_name(event->realis), event->negated ? ", negated" : "", event->background ? ", background" : "");
    add_z(&table, id);
    cli_table_add(&table, event->type);
    add_z(&table, who);
    add_z(&table, whom);
    add_z(&table, when);
    cli_table_add(&table, event->where.name);
    add_z(&table, how);
    cli_table_add(&table, an_reading_words(reading, event->evidence));
  }
  if (reading->event_count > 0) cli_table_print(&table);
}

static void print_statements(const an_reading *reading) {
  static const char *const names[] = {"said", "kind", "who", "what"};
  cli_table table = {.names = names, .columns = 4, .below = true};
  for (uint32_t i = 0; i < reading->statement_count; i++) {
    const an_statement *statement = &reading->statements[i];
    char id[16], who[256], what[2048];
    size_t used = 0;
    an_statement_id(reading, i, id);
    join_parties(who, sizeof who, statement->speakers, statement->speaker_count);
    what[0] = '\0';
    for (uint32_t k = 0; k < statement->content_count && used + 1 < sizeof what; k++) {
      an_text words = an_reading_words(reading, statement->content[k]);
      int more = snprintf(what + used, sizeof what - used, "%s%.*s", k > 0 ? " … " : "", (int)words.size, words.at == NULL ? "" : words.at);
      used += more > 0 ? (size_t)more : 0;
    }
    add_z(&table, id);
    add_z(&table, an_statement_kind_name(statement->kind));
    add_z(&table, who);
    add_z(&table, what);
  }
  if (reading->statement_count > 0) cli_table_print(&table);
}

static void print_reading(const an_reading *reading) {
  cli_put(cli_bold(), reading->page->path, cli_plain());
  cli_put("  ", reading->title, "");
  putchar('\n');
  cli_put("", reading->outlet, "");
  print_days(reading->outlet.size > 0 ? ", published " : "published ", reading->published.days);
  printf(" (%s), %u words, %u events, %u statements\n", an_basis_name(reading->published.basis), reading->words, reading->event_count,
         reading->statement_count);
  for (uint32_t i = 0; i < reading->problem_count; i++) cli_put("problem: ", reading->problems[i].what, "\n");
  print_events(reading);
  print_statements(reading);
  putchar('\n');
}

/* ---- The command -------------------------------------------------------------------------------------------- */

static an_status as_table(void *ctx, const an_reading *reading, an_error *err) {
  (void)ctx;
  (void)err;
  print_reading(reading);
  return ferror(stdout) ? AN_ERR_IO : AN_OK;
}

static an_status as_json(void *ctx, const an_reading *reading, an_error *err) {
  (void)ctx;
  an_status status = an_reading_json(reading, cli_write, stdout, err);
  if (status == AN_ERR_IO) err->message[0] = '\0'; /* cli_end knows the reason */
  return status;
}

int cli_read(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"json", KEY_JSON, 0, 0, "JSON lines, on a terminal too", 0}, {"table", KEY_TABLE, 0, 0, "Tables for a person, in a pipe too", 0}, {0}};
  static const struct argp_child children[] = {{&cli_pages_argp, 0, NULL, 0}, {0}};
  static const struct argp argp = {options, option, "PAGE...",
    "Reads pages of news and writes a reading a line (JSON, annals-reading/1), in input order.\v"
    "PAGE is a file of text or HTML, a folder, a WARC or WET file, a JSONL file (keys html or text, url, fetched), "
    "any of them gzip or zstd, or '-' for standard input.", children, NULL, NULL};
  read_args args = {.common.given = {0, 0, 0}};
  an_engine *engine = NULL;
  cli_arguments(&argp, argc, argv, &args);
  if (!cli_engine_open(&args.common, false, &engine)) return CLI_FAILED;
  int code = cli_read_pages(engine, &args.common, args.paths, args.count, NULL, cli_wants_table(&args.common) ? as_table : as_json, NULL, NULL);
  an_engine_close(engine);
  return cli_end(code);
}
