/* SPDX-License-Identifier: Apache-2.0 */
/* annals show RECORD [stories|events|statements|pages|story STORY|compare STORY|dyad A B|page PAGE]: tables for a person; in a pipe, JSON lines. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#include "annals_record.h"

typedef struct show_args { cli_common common; const char *record, *what, *args[2]; int count; } show_args;

enum { KEY_JSON = 'J', KEY_TABLE = 'T' };

/* below: the last column holds words of a page, which want the whole width. */
static const struct { const char *name; an_view view; int args; bool below; } views[] = {
    {"stories", AN_VIEW_STORIES, 0, false}, {"events", AN_VIEW_EVENTS, 0, true}, {"statements", AN_VIEW_STATEMENTS, 0, true},
    {"pages", AN_VIEW_PAGES, 0, false}, {"compare", AN_VIEW_COMPARE, 1, false}, {"story", AN_VIEW_STORY, 1, true}, {"dyad", AN_VIEW_DYAD, 2, true},
    {"page", AN_VIEW_PAGES, 1, false}, /* its bytes, as they were read */
};
enum { VIEWS = sizeof views / sizeof *views, BYTES = VIEWS - 1 };

static int view_of(const char *name) {
  for (int i = 0; i < VIEWS; i++)
    if (strcmp(views[i].name, name) == 0) return i;
  return -1;
}

static void check_usage(const show_args *args, const struct argp_state *state) {
  int view = view_of(args->what);
  if (args->record == NULL) argp_error(state, "no record given");
  if (view < 0) {
    const char *names[VIEWS + 1] = {0};
    for (int i = 0; i < VIEWS; i++) names[i] = views[i].name;
    const char *near = cli_nearest(args->what, names);
    argp_error(state, near != NULL ? "no view '%s'; the nearest is '%s'" : "no view '%s'", args->what, near);
  } else if (args->count != views[view].args) {
    if (view != BYTES && views[view].args == 1) argp_error(state, "%s wants a story: the id, or its beginning", args->what);
    argp_error(state, "%s", view == BYTES ? "page wants a page: its sha256 or the beginning of it, its address or path"
               : views[view].args == 2 ? "dyad wants two actors: IRN RUS, or names" : "this view takes nothing more");
  }
}

static error_t option(int key, char *arg, struct argp_state *state) {
  show_args *args = state->input;
  switch (key) {
    case KEY_JSON: args->common.json = true; return 0;
    case KEY_TABLE: args->common.table = true; return 0;
    case ARGP_KEY_ARG:
      if (state->arg_num == 0) args->record = arg;
      else if (state->arg_num == 1) args->what = arg;
      else if (args->count < 2) args->args[args->count++] = arg;
      else argp_error(state, "too many arguments");
      return 0;
    case ARGP_KEY_END: check_usage(args, state); return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

/* ---- JSON lines -------------------------------------------------------------------------------------------- */

static void put_json_string(an_text text) {
  putchar('"');
  for (uint32_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.at[i];
    if (c == '"' || c == '\\') printf("\\%c", c);
    else if (c < 0x20) printf("\\u%04x", c);
    else putchar(c);
  }
  putchar('"');
}

static an_status as_json(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  (void)ctx;
  (void)err;
  for (uint32_t i = 0; i < count; i++) {
    printf(i == 0 ? "{\"%s\":" : ",\"%s\":", names[i]);
    if (cells[i].at == NULL) fputs("null", stdout);
    else put_json_string(cells[i]);
  }
  puts("}");
  return ferror(stdout) ? AN_ERR_IO : AN_OK;
}

/* ---- Tables ------------------------------------------------------------------------------------------------- */

enum { MAX_COLUMNS = 16, SHOWN_ID = 8 };
typedef struct gathered { cli_table table; char names[MAX_COLUMNS][32]; const char *pointers[MAX_COLUMNS]; uint64_t rows; } gathered;

/* The beginning of a story's id is enough to name it, the end of a path is enough to know it. */
static an_text shortened(const char *name, an_text cell) {
  if (strcmp(name, "story") == 0 && cell.size > SHOWN_ID) cell.size = SHOWN_ID;
  const char *slash = (strcmp(name, "page") == 0 || strcmp(name, "like") == 0) && cell.size > 0 ? memrchr(cell.at, '/', cell.size) : NULL;
  if (slash != NULL) cell = (an_text){slash + 1, cell.size - (uint32_t)(slash + 1 - cell.at)};
  return cell;
}

/* "2017-03-20/2017-03-26" as "2017-03-20..26", a whole month or year as it is said. */
static an_text short_days(an_text cell, char out[32]) {
  if (cell.size != 21 || cell.at[10] != '/') return cell;
  const char *from = cell.at, *to = cell.at + 11;
  bool year = memcmp(from, to, 5) == 0, month = year && memcmp(from, to, 8) == 0;
  if (year && memcmp(from + 5, "01-01", 5) == 0 && memcmp(to + 5, "12-31", 5) == 0) return (an_text){from, 4};
  snprintf(out, 32, "%.10s..%.*s", from, month ? 2 : year ? 5 : 10, to + (month ? 8 : year ? 5 : 0));
  return (an_text){out, (uint32_t)strlen(out)};
}

static an_status gather(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  gathered *g = ctx;
  (void)err;
  if (count > MAX_COLUMNS) count = MAX_COLUMNS;
  for (uint32_t i = 0; g->rows == 0 && i < count; i++) {
    snprintf(g->names[i], sizeof g->names[i], "%s", names[i]);
    g->pointers[i] = g->names[i];
  }
  g->table.names = g->pointers;
  g->table.columns = count;
  g->rows++;
  for (uint32_t i = 0; i < count; i++) {
    char days[32];
    cli_table_add(&g->table, short_days(shortened(names[i], cells[i]), days));
  }
  return AN_OK;
}

/* Columns of AN_VIEW_COMPARE. */
enum { COMPARISON, ABOUT, KIND, VERDICT, POSITION, SAYS, ORIGINS, OUTLET, PAGE, WORDS, SENTENCE, WHY, DOUBTFUL, COMPARE_COLUMNS };
enum { CELLS_KEPT = 5, PAGES_KEPT = 256 };
typedef struct compared_page { char *cells[CELLS_KEPT]; } compared_page;     /* outlet, page, words, sentence, doubtful */
static const int kept_columns[CELLS_KEPT] = {OUTLET, PAGE, WORDS, SENTENCE, DOUBTFUL};
typedef struct compared {
  char comparison[32], position[16]; uint64_t rows;
  bool agree;                                                                /* told alike: the words are enough */
  compared_page pages[PAGES_KEPT]; uint32_t page_count;                      /* of this position */
} compared;

static void keep_text(char *out, size_t size, an_text text) { snprintf(out, size, "%.*s", (int)text.size, text.at == NULL ? "" : text.at); }

static bool same(const char *z, an_text text) { return strlen(z) == text.size && memcmp(z, text.at == NULL ? "" : text.at, text.size) == 0; }

static an_text z_text(const char *z) { return z == NULL ? (an_text){NULL, 0} : (an_text){z, (uint32_t)strlen(z)}; }

/* What a reporter looks for first is what differs; a mark for the eye beside the word. */
static const struct { const char *verdict, *mark; } marks[] = {{"conflict", "≠"}, {"scope", "÷"}, {"update", "→"}, {"unclear", "?"}, {"compatible", "≈"}, {"agree", "="}};
enum { VERDICTS = sizeof marks / sizeof *marks };

static int verdict_of(an_text verdict) {
  int i = 0;
  while (i < VERDICTS && !same(marks[i].verdict, verdict)) i++;
  return i;
}

typedef struct counted { char comparison[32]; uint32_t of[VERDICTS + 1]; } counted;

static an_status count_rows(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  counted *c = ctx;
  (void)names;
  (void)err;
  if (count < COMPARE_COLUMNS || same(c->comparison, cells[COMPARISON])) return AN_OK;
  keep_text(c->comparison, sizeof c->comparison, cells[COMPARISON]);
  c->of[verdict_of(cells[VERDICT])]++;
  return AN_OK;
}

static void print_counts(const counted *c) {
  const char *before = "";
  for (int i = 0; i < VERDICTS; i++) {
    if (c->of[i] == 0) continue;
    printf("%s%s %u %s", before, marks[i].mark, c->of[i], marks[i].verdict);
    before = ",  ";
  }
  if (before[0] != '\0') puts("\n");
}

/* Origins, a page's path by its last part. */
static void put_origins(an_text origins) {
  for (uint32_t from = 0; from < origins.size;) {
    uint32_t to = from;
    while (to < origins.size && !(origins.at[to] == ';' && to + 1 < origins.size && origins.at[to + 1] == ' ')) to++;
    cli_put(from == 0 ? "  (origins: " : "; ", shortened("page", (an_text){origins.at + from, to - from}), "");
    from = to + 2;
  }
  if (origins.size > 0) putchar(')');
}

/* The pages of a position that is complete, each with one sentence and the words as printed. */
static void print_pages(compared *c) {
  for (uint32_t i = 0; i < c->page_count; i++) {
    char **cells = c->pages[i].cells;
    an_text outlet = z_text(cells[0]), page = shortened("page", z_text(cells[1]));
    printf("     %s", cli_dim());
    cli_put("", outlet.size > 0 ? outlet : page, "");
    cli_put(", ", outlet.size > 0 ? page : (an_text){NULL, 0}, "");
    cli_put(": ", z_text(cells[2]), "");
    cli_put("  (doubtful: ", z_text(cells[4]), ")");
    printf("%s\n", cli_plain());
    if (!c->agree) cli_wrapped(z_text(cells[3]), 7);
    for (int k = 0; k < CELLS_KEPT; k++) free(cells[k]);
  }
  c->page_count = 0;
}

/* A page that tells it in its title and in its body is shown once, by the longer sentence. */
static void keep_page(compared *c, const an_text *cells) {
  uint32_t i = 0;
  while (i < c->page_count && !same(c->pages[i].cells[1], cells[PAGE])) i++;
  if (i == PAGES_KEPT) { print_pages(c); i = 0; }
  bool is_new = i == c->page_count;
  char **kept = c->pages[i].cells;
  if (!is_new && strlen(kept[3]) >= cells[SENTENCE].size) return;
  for (int k = 0; k < CELLS_KEPT; k++) {
    an_text cell = cells[kept_columns[k]];
    if (kept_columns[k] == WORDS && !same("quantity", cells[KIND]) && (!c->agree || same("wording", cells[KIND]))) cell = (an_text){NULL, 0};   /* the sentence has them */
    if (!is_new) free(kept[k]);
    kept[k] = strndup(cell.at == NULL ? "" : cell.at, cell.size);
  }
  c->page_count += is_new;
}

/* A comparison, its positions, and under each the sentences in full. No order of merit: positions stand as they came. */
static an_status as_comparison(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  compared *c = ctx;
  (void)names;
  (void)err;
  if (count < COMPARE_COLUMNS) return AN_OK;
  bool other = !same(c->comparison, cells[COMPARISON]);
  if (other || !same(c->position, cells[POSITION])) print_pages(c);
  if (other) {
    if (c->rows > 0) putchar('\n');
    int verdict = verdict_of(cells[VERDICT]);
    printf("%s%s ", cli_bold(), verdict < VERDICTS ? marks[verdict].mark : "");
    cli_put("", cells[VERDICT], cli_plain());
    c->agree = same("agree", cells[VERDICT]);
    cli_put("  ", cells[KIND], "");
    cli_put(": ", cells[ABOUT], "");
    putchar('\n');
    if (cells[WHY].size > 0) cli_wrapped(cells[WHY], 2);
    keep_text(c->comparison, sizeof c->comparison, cells[COMPARISON]);
    c->position[0] = '\0';
  }
  if (!same(c->position, cells[POSITION])) {
    cli_put("  ", cells[POSITION], ".");
    cli_put(" ", cells[SAYS], "");
    put_origins(cells[ORIGINS]);
    putchar('\n');
    keep_text(c->position, sizeof c->position, cells[POSITION]);
  }
  c->rows++;
  keep_page(c, cells);
  return ferror(stdout) ? AN_ERR_IO : AN_OK;
}

/* ---- The command ----------------------------------------------------------------------------------------------- */

static an_status put_bytes(void *ctx, const char *bytes, size_t size) {
  (void)ctx;
  return fwrite(bytes, 1, size, stdout) == size ? AN_OK : AN_ERR_IO;
}

static an_status put_left_out(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  (void)ctx;
  (void)names;
  (void)count;
  (void)err;
  printf("\n%.*s more comparisons are left out: a story has at most 1,000\n", (int)cells[0].size, cells[0].at == NULL ? "" : cells[0].at);
  return AN_OK;
}

static an_status show(an_record *record, const show_args *args, an_error *err) {
  int view = view_of(args->what);
  if (view == BYTES) return an_record_page_bytes(record, args->args[0], put_bytes, NULL, err);
  if (!cli_wants_table(&args->common)) return an_record_view(record, views[view].view, args->args, as_json, NULL, err);
  if (views[view].view == AN_VIEW_COMPARE) {
    compared c = {0};
    counted rows = {.comparison = ""};
    an_status status = an_record_view(record, AN_VIEW_COMPARE, args->args, count_rows, &rows, err);
    if (status != AN_OK) return status;
    print_counts(&rows);
    status = an_record_view(record, AN_VIEW_COMPARE, args->args, as_comparison, &c, err);
    print_pages(&c);
    if (status == AN_OK) status = an_record_view(record, AN_VIEW_LEFT_OUT, args->args, put_left_out, NULL, err);
    if (status == AN_OK && c.rows == 0) puts("nothing to compare: one report, or none that tell the same");
    return status;
  }
  gathered g = {.table.below = views[view].below};
  an_status status = an_record_view(record, views[view].view, args->args, gather, &g, err);
  if (status == AN_OK && g.rows > 0) cli_table_print(&g.table);
  else if (status == AN_OK) puts("nothing");
  return status;
}

int cli_show(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"json", KEY_JSON, 0, 0, "JSON lines, on a terminal too", 0}, {"table", KEY_TABLE, 0, 0, "Tables for a person, in a pipe too", 0}, {0}};
  static const struct argp argp = {options, option, "RECORD.db [stories|events|statements|pages|story STORY|compare STORY|dyad A B|page PAGE]",
    "Shows what a record holds: its stories (the default), events, statements or pages; which reports a story has and why; where they agree and differ, "
    "both sentences in full; all events between two actors; the bytes of a page, where the build kept them (--keep-pages).\v"
    "STORY is a story's id or its beginning. A and B are countries (IRN, RUS) or names as the record has them. The column 'told' counts pages/outlets/independent origins.", NULL, NULL, NULL};
  show_args args = {.what = "stories"};
  an_record *record = NULL;
  an_error err = {0};
  bool unfinished = false;
  cli_arguments(&argp, argc, argv, &args);
  an_status status = an_record_open(args.record, &record, &err);
  if (status == AN_OK) status = an_record_unfinished(record, &unfinished, &err);
  if (status == AN_OK && unfinished) cli_warn("a build of %s was stopped: newer pages are in no story yet; `annals build` goes on", args.record);
  if (status == AN_OK) status = show(record, &args, &err);
  an_record_close(record);
  if (status != AN_OK && ferror(stdout) == 0) return cli_fail(&err);
  return cli_end(CLI_WELL);
}
