/* SPDX-License-Identifier: Apache-2.0 */
/* annals explain PAGE [--event ID]: the trace of a page written out, stage by stage, then each event, day and speaker with
   the reasons for it. What nearly fired is told as well: silence explains nothing. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct explain_args { cli_common common; const char **paths; size_t count; const char *event; bool near_only; } explain_args;

enum { KEY_EVENT = 'e', KEY_NEAR = 'n' };

static error_t option(int key, char *arg, struct argp_state *state) {
  explain_args *args = state->input;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
    case KEY_EVENT: args->event = arg; return 0;
    case KEY_NEAR: args->near_only = true; return 0;
    default: return cli_page_arguments(key, state, &args->paths, &args->count);
  }
}

/* ---- The trace, kept until the reading can give the words --------------------------------------------------- */

typedef struct said { char *step, *what; an_span at; bool fired; } said;
typedef struct trace { said *list; size_t count, capacity; bool short_of; } trace;

static void keep(void *ctx, const char *step, an_span at, an_text what, bool fired) {
  trace *t = ctx;
  if (t->count == t->capacity) {
    size_t capacity = t->capacity == 0 ? 1024 : t->capacity * 2;
    said *list = realloc(t->list, capacity * sizeof *list);
    if (list == NULL) { t->short_of = true; return; }
    t->list = list;
    t->capacity = capacity;
  }
  said s = {strdup(step), strndup(what.at == NULL ? "" : what.at, what.size), at, fired};
  if (s.step != NULL && s.what != NULL) {
    t->list[t->count++] = s;
    return;
  }
  free(s.step);
  free(s.what);
  t->short_of = true;
}

static void forget(trace *t) {
  for (size_t i = 0; i < t->count; i++) {
    free(t->list[i].step);
    free(t->list[i].what);
  }
  t->count = 0;
}

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

enum { SHOWN_WORDS = 100 };

static void put_short(an_text words) { /* the middle left out, never a character cut */
  if (words.size <= SHOWN_WORDS) {
    cli_put("“", words, "”");
    return;
  }
  uint32_t head = SHOWN_WORDS * 2 / 3, tail = words.size - SHOWN_WORDS / 3;
  while (head > 0 && ((unsigned char)words.at[head] & 0xc0) == 0x80) head--;
  while (tail < words.size && ((unsigned char)words.at[tail] & 0xc0) == 0x80) tail++;
  cli_put("“", (an_text){words.at, head}, " … ");
  cli_put("", (an_text){words.at + tail, words.size - tail}, "”");
}

static bool overlap(an_span a, an_span b) { return a.begin < b.end && b.begin < a.end; }

static void print_trace(const trace *t, const an_reading *reading, an_span only, bool near_only) {
  const char *step = "";
  for (size_t i = 0; i < t->count; i++) {
    const said *s = &t->list[i];
    if (only.begin < only.end && !overlap(only, s->at)) continue;
    if (near_only && s->fired) continue;
    if (strcmp(step, s->step) != 0) printf("\n%s%s%s\n", cli_bold(), s->step, cli_plain());
    step = s->step;
    if (s->at.begin < s->at.end) printf("  %s %6u-%-6u ", s->fired ? "yes" : " no", s->at.begin, s->at.end);
    else printf("  %s %13s ", s->fired ? "yes" : " no", ""); /* of the page as a whole */
    cli_put("", (an_text){s->what, (uint32_t)strlen(s->what)}, "");
    an_text words = an_reading_words(reading, s->at);
    if (words.size > 0) fputs("  ", stdout);
    put_short(words);
    putchar('\n');
  }
}

static void print_parties(const char *label, const an_party *parties, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const an_party *party = &parties[i];
    printf("    %-9s ", i == 0 ? label : "");
    put_short(party->text);
    cli_put(" (", party->antecedent, ")");
    cli_put(" = ", party->name, "");
    cli_put(", ", party->country, "");
    cli_put(" ", party->sector, "");
    cli_put(", for ", party->group, "");
    cli_put(", ", party->office, " on that day");
    putchar('\n');
  }
}

static void print_days(const char *label, an_days days) {
  char earliest[16], latest[16];
  an_day_iso(days.earliest, earliest);
  an_day_iso(days.latest, latest);
  printf("    %-9s ", label);
  if (earliest[0] == '\0' && latest[0] == '\0') fputs("not known", stdout);
  else if (strcmp(earliest, latest) == 0) fputs(earliest, stdout);
  else printf("%s to %s", earliest[0] != '\0' ? earliest : "open", latest[0] != '\0' ? latest : "open");
}

static void print_event(const an_reading *reading, an_index index) {
  const an_event *event = &reading->events[index];
  char id[16];
  an_event_id(reading, index, id);
  printf("\n%s%s", cli_bold(), id);
  cli_put(" ", event->type, cli_plain());
  cli_put("-", event->mode, "");
  cli_put("  CAMEO ", event->cameo, "");
  printf("  %s%s%s%s  confidence %.2f\n", an_realis_name(event->realis), event->negated ? ", negated" : "",
         event->background ? ", background" : "", event->mutual ? ", mutual" : "", event->confidence / 1000.0);
  fputs("    words     ", stdout);
  put_short(an_reading_words(reading, event->evidence));
  cli_put(", by ", an_reading_words(reading, event->trigger), "");
  putchar('\n');
  print_parties("who", event->actors, event->actor_count);
  print_parties("whom", event->recipients, event->recipient_count);
  print_days("day", event->when);
  if (event->time < reading->time_count) cli_put(", from “", reading->times[event->time].text, "”");
  else if (event->when_basis == AN_WHEN_PUBLICATION) fputs(", the page's own day", stdout);
  cli_put("\n    place     ", event->where.text, "");
  cli_put(" = ", event->where.name, "");
  if (event->repeats < reading->event_count) {
    an_event_id(reading, event->repeats, id);
    printf("\n    repeats   %s", id);
  }
  cli_put("\n    why       ", event->why, "");
  putchar('\n');
}

static void print_statement(const an_reading *reading, an_index index) {
  const an_statement *statement = &reading->statements[index];
  char id[16];
  an_statement_id(reading, index, id);
  printf("\n%s%s%s  %s, confidence %.2f\n    words     ", cli_bold(), id, cli_plain(), an_statement_kind_name(statement->kind),
         statement->confidence / 1000.0);
  for (uint32_t i = 0; i < statement->content_count; i++) put_short(an_reading_words(reading, statement->content[i]));
  putchar('\n');
  print_parties("speaker", statement->speakers, statement->speaker_count);
  cli_put("    cue       ", statement->cue_text, "\n");
  cli_put("    doubtful  ", statement->doubtful, "\n");
  cli_put("    why       ", statement->why, "\n");
}

static void print_page(const an_reading *reading) {
  cli_put(cli_bold(), reading->page->path, cli_plain());
  cli_put("  ", reading->title, "");
  putchar('\n');
  print_days("published", reading->published.days);
  printf(" (%s)\n", an_basis_name(reading->published.basis));
  for (uint32_t i = 0; i < reading->published.evidence_count; i++) {
    fputs("      from    ", stdout);
    put_short(reading->published.evidence[i].text);
    cli_put(": ", reading->published.evidence[i].says, "");
    putchar('\n');
  }
  if (reading->sentences > 0) printf("    parsed    %u of %u sentences\n", reading->sentences_parsed, reading->sentences);
  for (uint32_t i = 0; i < reading->problem_count; i++) cli_put("    problem   ", reading->problems[i].what, "\n");
}

/* The event's words, and around them what can have decided its day and parties: the whole sentence. */
static an_span around_event(const an_reading *reading, an_index index) {
  an_span span = reading->events[index].evidence;
  for (uint32_t i = 0; i < reading->sentences; i++) {
    an_span s = reading->sentence_spans[i];
    if (!overlap(s, reading->events[index].evidence)) continue;
    if (s.begin < span.begin) span.begin = s.begin;
    if (s.end > span.end) span.end = s.end;
  }
  return span;
}

/* ---- The command -------------------------------------------------------------------------------------------------- */

typedef struct explainer { const explain_args *args; trace trace; bool found; } explainer;

static an_status explain(explainer *x, const an_reading *reading) {
  const char *event = x->args->event;
  for (an_index i = 0; event != NULL && i < reading->event_count; i++) {
    char id[16];
    an_event_id(reading, i, id);
    if (strcmp(id, event) != 0) continue;
    x->found = true;
    print_page(reading);
    print_trace(&x->trace, reading, around_event(reading, i), x->args->near_only);
    print_event(reading, i);
  }
  if (event != NULL) return AN_OK;
  print_page(reading);
  print_trace(&x->trace, reading, (an_span){0, 0}, x->args->near_only);
  for (an_index i = 0; !x->args->near_only && i < reading->event_count; i++) print_event(reading, i);
  for (an_index i = 0; !x->args->near_only && i < reading->statement_count; i++) print_statement(reading, i);
  putchar('\n');
  return ferror(stdout) ? AN_ERR_IO : AN_OK;
}

static void complain(void *ctx, const an_error *what) {
  (void)ctx;
  cli_warn("%s", what->message);
}

static int explain_all(an_worker *worker, explainer *x) {
  const cli_common *common = &x->args->common;
  const an_input_options options = {.max_page = common->max_page, .meta_file = common->meta, .given = common->given};
  an_error err = {0};
  an_input *input = NULL;
  an_page page = {0};
  if (an_input_open(x->args->paths, x->args->count, &options, complain, NULL, &input, &err) != AN_OK) return cli_fail(&err);
  an_status status = AN_OK;
  bool problems = false;
  an_worker_trace(worker, keep, &x->trace);
  while (status == AN_OK && an_input_next(input, &page)) {
    const an_reading *reading = NULL;
    status = an_read(worker, &page, &reading, &err);
    if (status == AN_OK) {
      problems |= reading->problem_count > 0;
      status = explain(x, reading);
    }
    an_input_release(input, &page);
    forget(&x->trace);
  }
  an_input_counts counts = an_input_counted(input);
  an_input_close(input);
  if (status != AN_OK && err.message[0] != '\0') return cli_fail(&err);
  if (x->trace.short_of) cli_warn("no memory for the whole trace: some of it is missing");
  if (counts.failed > 0) return CLI_FAILED;
  if (x->args->event != NULL && !x->found) {
    cli_warn("no event '%s' in what was given; `annals read` shows the ids", x->args->event);
    return CLI_FAILED;
  }
  return problems ? CLI_PROBLEMS : CLI_WELL;
}

int cli_explain(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"event", KEY_EVENT, "ID", 0, "Only what bears on this event (e3246)", 0},
      {"near", KEY_NEAR, 0, 0, "Only what did not fire", 0},
      {0}};
  static const struct argp_child children[] = {{&cli_pages_argp, 0, NULL, 0}, {0}};
  static const struct argp argp = {options, option, "PAGE...",
    "Writes, stage by stage, what fired and what nearly fired in a page, then every event, day and speaker with its reasons.\v"
    "'yes' fired, 'no' did not; the numbers are the range of page bytes.", children, NULL, NULL};
  explain_args args = {0};
  an_engine *engine = NULL;
  an_worker *worker = NULL;
  an_error err = {0};
  cli_arguments(&argp, argc, argv, &args);
  if (!cli_engine_open(&args.common, false, &engine)) return CLI_FAILED;
  explainer x = {.args = &args};
  int code = an_worker_open(engine, &worker, &err) == AN_OK ? explain_all(worker, &x) : cli_fail(&err);
  free(x.trace.list);
  an_worker_close(worker);
  an_engine_close(engine);
  return cli_end(code);
}
