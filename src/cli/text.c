/* SPDX-License-Identifier: Apache-2.0 */
/* annals text PAGE…: the clean article, a JSON line a page. The title has its own key; `text` is what stands under it. */
#include "cli.h"

#include <string.h>

typedef struct text_args { cli_common common; const char **paths; size_t count; } text_args;

static error_t option(int key, char *arg, struct argp_state *state) {
  text_args *args = state->input;
  (void)arg;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
    case ARGP_KEY_ARGS:
      args->paths = (const char **)(state->argv + state->next);
      args->count = (size_t)(state->argc - state->next);
      return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no page given ('-' is standard input)"); return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

/* ---- JSON: a string with its quotation marks; texts of a reading are UTF-8, paths may not be ------------------- */

static size_t sequence(const unsigned char *at, size_t left) {
  size_t n = *at < 0x80 ? 1 : *at >= 0xC2 && *at < 0xE0 ? 2 : *at >= 0xE0 && *at < 0xF0 ? 3 : *at >= 0xF0 && *at < 0xF5 ? 4 : 0;
  if (n == 0 || n > left) return 0;
  for (size_t i = 1; i < n; i++)
    if ((at[i] & 0xC0) != 0x80) return 0;
  bool long_form = (n == 3 && at[0] == 0xE0 && at[1] < 0xA0) || (n == 4 && at[0] == 0xF0 && at[1] < 0x90);
  bool outside = (n == 3 && at[0] == 0xED && at[1] >= 0xA0) || (n == 4 && at[0] == 0xF4 && at[1] >= 0x90);
  return long_form || outside ? 0 : n;
}

static void put_string(an_text text) {
  if (text.at == NULL) { fputs("null", stdout); return; }
  putchar('"');
  for (size_t i = 0; i < text.size;) {
    const unsigned char *at = (const unsigned char *)text.at + i;
    size_t n = sequence(at, text.size - i);
    if (n == 0) { fputs("\xEF\xBF\xBD", stdout); i++; continue; }
    if (*at == '"' || *at == '\\') { putchar('\\'); putchar(*at); }
    else if (*at == '\n') fputs("\\n", stdout);
    else if (*at < 0x20) printf("\\u%04x", *at);
    else fwrite(at, 1, n, stdout);
    i += n;
  }
  putchar('"');
}

static void put_key(const char *key, an_text value) {
  printf("\"%s\": ", key);
  put_string(value);
  fputs(", ", stdout);
}

static an_text known(an_text text) { return text.size > 0 ? text : (an_text){0}; }

/* The text without the title's line, where the title stands in it. */
static an_text under_title(const an_reading *reading) {
  an_text text = reading->text, title = reading->title;
  bool first = title.size > 0 && text.size >= title.size && memcmp(text.at, title.at, title.size) == 0;
  if (!first) return text;
  const char *end = memchr(text.at, '\n', text.size);
  if (end == NULL) return (an_text){text.at + text.size, 0};
  uint32_t past = (uint32_t)(end - text.at) + 1;
  return (an_text){text.at + past, text.size - past};
}

static an_status write_line(void *ctx, const an_reading *reading, an_error *err) {
  (void)ctx;
  (void)err;
  char day[16];
  an_day_iso(reading->published.day, day);
  putchar('{');
  put_key("path", known(reading->page->path));
  put_key("url", known(reading->page->url.size > 0 ? reading->page->url : reading->canonical_url));
  put_key("title", known(reading->title));
  fputs("\"authors\": [", stdout);
  for (uint32_t i = 0; i < reading->author_count; i++) {
    if (i > 0) fputs(", ", stdout);
    put_string(reading->authors[i].text);
  }
  fputs("], ", stdout);
  put_key("published", known((an_text){day, (uint32_t)strlen(day)}));
  put_key("outlet", known(reading->outlet));
  put_key("language", known(reading->language));
  fputs("\"text\": ", stdout);
  an_text text = under_title(reading);
  put_string(text.at == NULL ? (an_text){"", 0} : text);
  fputs("}\n", stdout);
  return ferror(stdout) ? AN_ERR_IO : AN_OK;
}

int cli_text(int argc, char **argv) {
  static const struct argp_child children[] = {{&cli_pages_argp, 0, NULL, 0}, {0}};
  static const struct argp argp = {NULL, option, "PAGE...",
    "Writes the clean article of each page, a JSON line a page: path, url, title, authors, published, outlet, language, text.\v"
    "PAGE is a file of text or HTML, a folder, a WARC or WET file, a JSONL file, any of them gzip or zstd, or '-'.", children, NULL, NULL};
  text_args args = {.common.given = {0, 0, 0}};
  an_engine *engine = NULL;
  cli_arguments(&argp, argc, argv, &args);
  if (!cli_engine_open(&args.common, false, &engine)) return CLI_FAILED;
  int code = cli_read_pages(engine, &args.common, args.paths, args.count, NULL, write_line, NULL, NULL);
  an_engine_close(engine);
  return cli_end(code);
}
