/* SPDX-License-Identifier: Apache-2.0 */
/* annals text PAGE…: the clean article, as JSON lines, text or Markdown. The title has its own place; `text` is what a reader
   calls the article: body and subheads. The deck, which says again what the body says, comes with `--with deck`. */
#include "cli.h"

#include <string.h>

typedef enum format { FORMAT_JSONL, FORMAT_TEXT, FORMAT_MARKDOWN } format;
typedef struct text_args { cli_common common; const char **paths; size_t count; format format; unsigned parts; size_t written; } text_args;

enum { KEY_FORMAT = 'f', KEY_WITH = 'w', KEY_WITHOUT = 'W', KEY_FAVOUR = 'F' };
#define PART(kind) (1u << (kind))
/* What a reader calls the article: its paragraphs, the place they come from, the headlines between them. */
#define PARTS_ALWAYS (PART(AN_BLOCK_BODY) | PART(AN_BLOCK_DATELINE) | PART(AN_BLOCK_SUBHEAD))

typedef struct part { const char *name; unsigned kinds; } part;
static const part parts[] = {
    {"deck", PART(AN_BLOCK_DECK)},       {"subheads", PART(AN_BLOCK_SUBHEAD)},   {"captions", PART(AN_BLOCK_CAPTION)},
    {"byline", PART(AN_BLOCK_BYLINE)},   {"dateline", PART(AN_BLOCK_DATELINE)},  {"dates", PART(AN_BLOCK_META)},
    {"furniture", PART(AN_BLOCK_BOILERPLATE)}, {"all", ~(PART(AN_BLOCK_BOILERPLATE) | PART(AN_BLOCK_TITLE))}};

/* "deck,captions" as kinds of blocks, or the end of the program. */
static unsigned parts_named(const char *list, const char *option_name, const struct argp_state *state) {
  unsigned kinds = 0;
  for (const char *at = list; *at != '\0';) {
    size_t size = strcspn(at, ","), i = 0;
    while (i < sizeof parts / sizeof *parts && (strlen(parts[i].name) != size || memcmp(parts[i].name, at, size) != 0)) i++;
    if (i == sizeof parts / sizeof *parts)
      argp_error(state, "%s knows deck, subheads, captions, byline, dateline, dates, furniture and all, not '%.*s'", option_name, (int)size, at);
    else kinds |= parts[i].kinds;
    at += size + (at[size] == ',');
  }
  return kinds;
}

static format format_named(const char *name, const struct argp_state *state) {
  if (strcmp(name, "jsonl") == 0) return FORMAT_JSONL;
  if (strcmp(name, "text") == 0) return FORMAT_TEXT;
  if (strcmp(name, "markdown") != 0) argp_error(state, "--format knows jsonl, text and markdown, not '%s'", name);
  return FORMAT_MARKDOWN;
}

static uint8_t favour_named(const char *name, const struct argp_state *state) {
  if (strcmp(name, "precision") == 0) return AN_FAVOUR_PRECISION;
  if (strcmp(name, "recall") != 0) argp_error(state, "--favour knows precision and recall, not '%s'", name);
  return AN_FAVOUR_RECALL;
}

static error_t option(int key, char *arg, struct argp_state *state) {
  text_args *args = state->input;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
    case KEY_FORMAT: args->format = format_named(arg, state); return 0;
    case KEY_WITH: args->parts |= parts_named(arg, "--with", state); return 0;
    case KEY_FAVOUR: args->common.favour = favour_named(arg, state); return 0;
    case KEY_WITHOUT: args->parts &= ~parts_named(arg, "--without", state); return 0;
    case ARGP_KEY_ARGS:
      args->paths = (const char **)(state->argv + state->next);
      args->count = (size_t)(state->argc - state->next);
      return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no page given ('-' is standard input)"); return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_option options[] = {
    {0, 0, 0, 0, "Output:", 1},
    {"format", KEY_FORMAT, "FORMAT", 0, "jsonl (a line a page), text (title, then a paragraph a block) or markdown; pages of the latter two are parted by a form feed or a rule", 0},
    {"with", KEY_WITH, "PARTS", 0, "Give these too, where they stand: deck, captions, byline, dateline, dates, furniture (what is no article), or all but furniture", 0},
    {"favour", KEY_FAVOUR, "SIDE", 0, "Where a line may be article or furniture, lean to precision (leave it out) or recall (keep it)", 0},
    {"without", KEY_WITHOUT, "PARTS", 0, "Leave these out: subheads, dateline", 0},
    {0}};

/* ---- JSON ------------------------------------------------------------------------------------------------------- */

static void put_key(const char *key, an_text value) {
  printf("\"%s\": ", key);
  cli_json_string(value);
  fputs(", ", stdout);
}

static an_text known(an_text text) { return text.size > 0 ? text : (an_text){0}; }

/* ---- The blocks that were asked for ---------------------------------------------------------------------------- */

typedef struct walk { const an_reading *reading; unsigned parts; uint32_t next; bool dash; } walk;  /* dash: "ANKARA (AP) -" came before */

static bool ends_in_dash(an_text words) {
  bool wide = words.size >= 3 && memcmp(words.at + words.size - 3, "\xE2\x80", 2) == 0 && (uint8_t)(words.at[words.size - 1] - 0x93) <= 1;
  return wide || words.at[words.size - 1] == '-';
}

/* The next block's words; not known at the end. *joined: the dateline before it belongs to the same line. */
static an_text next_block(walk *w, uint8_t *kind, bool *joined) {
  while (w->next < w->reading->block_count) {
    const an_block *block = &w->reading->blocks[w->next++];
    if (!(w->parts & PART(block->kind))) continue;
    an_text words = an_reading_words(w->reading, block->span);
    if (words.size == 0) continue;
    *kind = block->kind;
    *joined = w->dash && block->kind == AN_BLOCK_BODY;
    w->dash = block->kind == AN_BLOCK_DATELINE && ends_in_dash(words);
    return words;
  }
  return (an_text){0};
}

static void write_jsonl(const text_args *args, const an_reading *reading) {
  char day[16];
  an_day_iso(reading->published.day, day);
  putchar('{');
  put_key("path", known(reading->page->path));
  put_key("url", known(reading->page->url.size > 0 ? reading->page->url : reading->canonical_url));
  put_key("title", known(reading->title));
  fputs("\"authors\": [", stdout);
  for (uint32_t i = 0; i < reading->author_count; i++) {
    if (i > 0) fputs(", ", stdout);
    cli_json_string(reading->authors[i].text);
  }
  fputs("], ", stdout);
  put_key("published", known((an_text){day, (uint32_t)strlen(day)}));
  put_key("outlet", known(reading->outlet));
  put_key("language", known(reading->language));
  fputs("\"problems\": [", stdout);
  for (uint32_t i = 0; i < reading->problem_count; i++) {
    if (i > 0) fputs(", ", stdout);
    cli_json_string(reading->problems[i].what);
  }
  fputs("], \"text\": \"", stdout);
  walk w = {.reading = reading, .parts = args->parts};
  uint8_t kind;
  bool first = true, joined;
  for (an_text words = next_block(&w, &kind, &joined); words.size > 0; words = next_block(&w, &kind, &joined), first = false) {
    if (!first) fputs(joined ? " " : "\\n", stdout);
    cli_json_inside(words);
  }
  fputs("\"}\n", stdout);
}

/* ---- For a person ------------------------------------------------------------------------------------------------- */

/* What would be a sign of Markdown is one no more. */
static void put_markdown(an_text text) {
  for (uint32_t i = 0; i < text.size; i++) {
    char c = text.at[i];
    bool sign = c == '\\' || c == '`' || c == '*' || c == '_' || c == '[' || c == ']' || c == '<';
    uint32_t digits = 0;
    while (digits < text.size && text.at[digits] >= '0' && text.at[digits] <= '9') digits++;
    bool opens = i == 0 && (c == '#' || c == '>' || c == '+' || c == '-');
    if (sign || opens || (digits > 0 && i == digits && (c == '.' || c == ')'))) putchar('\\');
    putchar(c);
  }
}

static void put_text(an_text text) { fwrite(text.at, 1, text.size, stdout); }

static void write_pages(text_args *args, const an_reading *reading) {
  bool markdown = args->format == FORMAT_MARKDOWN, open = reading->title.size > 0, joined;
  if (args->written++ > 0) fputs(markdown ? "\n---\n\n" : "\n\f\n", stdout);
  if (open && markdown) fputs("# ", stdout);
  if (open) (markdown ? put_markdown : put_text)(reading->title);
  walk w = {.reading = reading, .parts = args->parts};
  uint8_t kind;
  for (an_text words = next_block(&w, &kind, &joined); words.size > 0; words = next_block(&w, &kind, &joined), open = true) {
    bool aside = kind == AN_BLOCK_DECK || kind == AN_BLOCK_CAPTION || kind == AN_BLOCK_BYLINE || kind == AN_BLOCK_META;
    if (open) fputs(joined ? " " : "\n\n", stdout);
    if (markdown) fputs(kind == AN_BLOCK_SUBHEAD ? "## " : aside ? "*" : "", stdout);
    (markdown ? put_markdown : put_text)(words);
    if (markdown && aside) putchar('*');
  }
  if (open) putchar('\n');
}

static an_status write_one(void *ctx, const an_reading *reading, an_error *err) {
  text_args *args = ctx;
  (void)err;
  if (args->format == FORMAT_JSONL) write_jsonl(args, reading); else write_pages(args, reading);
  return ferror(stdout) ? AN_ERR_IO : AN_OK;
}

int cli_text(int argc, char **argv) {
  static const struct argp_child children[] = {{&cli_pages_argp, 0, NULL, 0}, {0}};
  static const struct argp argp = {options, option, "PAGE...",
    "Writes the clean article of each page: body and subheads, as a JSON line a page (path, url, title, authors, published, "
    "outlet, language, problems, text), as text, or as Markdown.\v"
    "PAGE is a file of text or HTML, a folder, a WARC or WET file, a JSONL file, any of them gzip or zstd, or '-'. "
    "A page that is no article, is cut or stands behind a wall is written all the same: `problems` says so, and the exit code is 1.", children, NULL, NULL};
  text_args args = {.common.given = {0, 0, 0}, .parts = PARTS_ALWAYS};
  an_engine *engine = NULL;
  cli_arguments(&argp, argc, argv, &args);
  args.common.article_only = args.format != FORMAT_JSONL;         /* the day of publication and the outlet are not written */
  if (!cli_engine_open(&args.common, false, &engine)) return CLI_FAILED;
  int code = cli_read_pages(engine, &args.common, args.paths, args.count, NULL, write_one, &args, NULL);
  an_engine_close(engine);
  return cli_end(code);
}
