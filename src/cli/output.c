/* SPDX-License-Identifier: Apache-2.0 */
/* Standard output and standard error: messages, progress, tables. */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static const char *program = "annals";
static bool progress_shown;

/* ---- Messages ---------------------------------------------------------------------------------------- */

void cli_warn_as(const char *name) { program = name; }

static void clear_progress(void) {
  if (progress_shown) fputs("\r\033[K", stderr);
  progress_shown = false;
}

void cli_warn(const char *format, ...) {
  char line[4096 + 512]; /* a path and some words */
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof line, format, args);
  va_end(args);
  for (char *at = line; *at != '\0'; at++)
    if ((unsigned char)*at < 0x20 || *at == 0x7f) *at = '?'; /* a file's name does not steer the terminal, nor begin a line */
  clear_progress();
  fprintf(stderr, "%s: %s\n", program, line);
}

static int write_errno;

/* What could not be written to standard output is cli_end's to tell: it knows the reason. */
int cli_fail(const an_error *err) {
  if (err->message[0] != '\0') cli_warn("%s", err->message);
  else if (write_errno == 0) cli_warn("failed without a reason");
  return CLI_FAILED;
}

an_status cli_write(void *file, const char *bytes, size_t size) {
  if (fwrite(bytes, 1, size, file) == size) return AN_OK;
  if (write_errno == 0) write_errno = errno;
  return AN_ERR_IO;
}

int cli_end(int code) {
  if (fflush(stdout) != 0 && write_errno == 0) write_errno = errno;
  clear_progress();
  if (write_errno == 0 && ferror(stdout) == 0) return code;
  cli_warn("cannot write standard output: %s", strerror(write_errno != 0 ? write_errno : EIO));
  return CLI_FAILED;
}

/* ---- The terminal -------------------------------------------------------------------------------------- */

bool cli_wants_table(const cli_common *common) { return common->table || (!common->json && isatty(STDOUT_FILENO) == 1); }

unsigned cli_width(void) {
  const char *columns = getenv("COLUMNS");
  unsigned long width = columns != NULL ? strtoul(columns, NULL, 10) : 0;
  struct winsize size;
  if (width == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  return width >= 40 && width <= 1000 ? (unsigned)width : 100;
}

static const char *coloured(const char *code) {
  const char *none = getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (none == NULL || none[0] == '\0') ? code : "";
}
const char *cli_bold(void) { return coloured("\033[1m"); }
const char *cli_dim(void) { return coloured("\033[2m"); }
const char *cli_plain(void) { return coloured("\033[0m"); }

/* ---- Progress -------------------------------------------------------------------------------------------- */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void cli_progress(const an_input_counts *counts, bool last) {
  static double began, shown;
  if (isatty(STDERR_FILENO) != 1) return;
  double t = now();
  if (began == 0) began = shown = t;
  if (!last && t - shown < 0.2) return;
  shown = t;
  double seconds = t - began;
  if (seconds < 1) return; /* what is quick needs no line */
  double rate = (double)counts->pages / seconds;
  progress_shown = true;
  fprintf(stderr, "\r\033[K%llu pages, %.0f a second", (unsigned long long)counts->pages, rate);
  if (!last && counts->bytes_total > 0 && counts->bytes_read > 0 && counts->bytes_read <= counts->bytes_total) {
    double done = (double)counts->bytes_read / (double)counts->bytes_total;
    double left = seconds / done - seconds;
    fprintf(stderr, ", %.0f %%, %d:%02d left", done * 100, (int)(left / 60), (int)left % 60);
  }
  if (last) {
    fputc('\n', stderr);
    progress_shown = false;
  }
}

/* ---- Tables ------------------------------------------------------------------------------------------------ */

/* Columns that a text takes: code points, which is right for what we print in tables. */
static size_t columns_of(const char *z) {
  size_t columns = 0;
  for (; *z != '\0'; z++) columns += ((unsigned char)*z & 0xc0) != 0x80;
  return columns;
}

static size_t bytes_of_columns(const char *z, size_t columns) {
  size_t at = 0;
  while (z[at] != '\0' && (columns > 0 || ((unsigned char)z[at] & 0xc0) == 0x80)) {
    columns -= ((unsigned char)z[at] & 0xc0) != 0x80;
    at++;
  }
  return at;
}

/* Bytes of the control character at z (C0, DEL, and C1 in UTF-8), or 0. */
static size_t control_at(const char *z, size_t left) {
  unsigned char c = (unsigned char)z[0];
  if (c < 0x20 || c == 0x7f) return 1;
  return c == 0xc2 && left > 1 && (unsigned char)z[1] >= 0x80 && (unsigned char)z[1] < 0xa0 ? 2 : 0;
}

void cli_put(const char *before, an_text text, const char *behind) {
  if (text.size == 0) return;
  fputs(before, stdout);
  for (size_t at = 0; at < text.size;) {
    size_t control = control_at(text.at + at, text.size - at);
    putchar(control > 0 ? ' ' : text.at[at]);
    at += control > 0 ? control : 1;
  }
  fputs(behind, stdout);
}

void cli_table_add(cli_table *table, an_text cell) {
  if (table->count == table->capacity) {
    size_t capacity = table->capacity == 0 ? 256 : table->capacity * 2;
    char **cells = realloc(table->cells, capacity * sizeof *cells);
    if (cells == NULL) return;
    table->cells = cells;
    table->capacity = capacity;
  }
  char *copy = strndup(cell.at == NULL ? "" : cell.at, cell.size);
  if (copy == NULL) return;
  for (size_t at = 0, left = strlen(copy); at < left; at++) {
    size_t control = control_at(copy + at, left - at);
    if (control > 0) memset(copy + at, ' ', control);
  }
  table->cells[table->count++] = copy;
}

/* The widest word of a text, or as much of it as a narrow column must show. */
static size_t widest_word(const char *z) {
  size_t widest = 0;
  while (*z != '\0') {
    size_t size = strcspn(z, " ");
    char word[128];
    snprintf(word, sizeof word, "%.*s", (int)size, z);
    if (columns_of(word) > widest) widest = columns_of(word);
    z += size + (z[size] == ' ');
  }
  return widest < 24 ? widest : 24;
}

/* Every column as wide as its widest cell; while that is too wide for the terminal, the widest gives, first down to its
   widest word, then, where even that is too wide, without regard. */
static void fit(const cli_table *table, unsigned columns, size_t *widths) {
  size_t total = 0, limit = cli_width(), least[16];
  for (unsigned c = 0; c < columns; c++) widths[c] = least[c] = columns_of(table->names[c]);
  for (size_t i = 0; i < table->count; i++) {
    unsigned c = (unsigned)(i % table->columns);
    if (c >= columns) continue;
    size_t width = columns_of(table->cells[i]), word = widest_word(table->cells[i]);
    if (width > widths[c]) widths[c] = width;
    if (word > least[c]) least[c] = word;
  }
  for (unsigned c = 0; c < columns; c++) total += widths[c] + (c + 1 < columns ? 2 : 0);
  for (int hard = 0; hard <= 1; hard++)
    while (total > limit) {
      unsigned widest = columns;
      for (unsigned c = 0; c < columns; c++)
        if (widths[c] > (hard ? 8 : least[c]) && (widest == columns || widths[c] > widths[widest])) widest = c;
      if (widest == columns) break;
      widths[widest]--;
      total--;
    }
}

/* The bytes of the next line of a cell: as many words as fit, one long word cut. */
static size_t line_of(const char *z, size_t width) {
  size_t fits = bytes_of_columns(z, width);
  if (z[fits] == '\0' || z[fits] == ' ') return fits;
  size_t cut = fits;
  while (cut > 0 && z[cut] != ' ') cut--;
  return cut > 0 ? cut : fits;
}

static void print_row(char *const *cells, unsigned columns, const size_t *widths) {
  const char *left[16];
  for (unsigned c = 0; c < columns; c++) left[c] = cells[c];
  for (bool more = true; more;) {
    more = false;
    size_t gap = 0;
    for (unsigned c = 0; c < columns; c++) {
      size_t size = line_of(left[c], widths[c]);
      if (size > 0) printf("%*s%.*s", (int)gap, "", (int)size, left[c]);
      char shown[1024];
      snprintf(shown, sizeof shown, "%.*s", (int)size, left[c]);
      size_t used = columns_of(shown);
      gap = size > 0 ? widths[c] - used + 2 : gap + widths[c] + 2;
      left[c] += size;
      while (*left[c] == ' ') left[c]++;
      more |= *left[c] != '\0';
    }
    putchar('\n');
  }
}

void cli_wrapped(an_text text, unsigned indent) {
  cli_table one = {.names = NULL, .columns = 1};
  cli_table_add(&one, text);
  size_t width = cli_width() > indent + 20 ? cli_width() - indent : 20;
  for (const char *z = one.count > 0 ? one.cells[0] : ""; *z != '\0';) {
    size_t size = line_of(z, width);
    printf("%*s%.*s\n", (int)indent, "", (int)size, z);
    z += size;
    while (*z == ' ') z++;
  }
  if (one.count > 0) free(one.cells[0]);
  free(one.cells);
}

enum { BELOW_INDENT = 4 };

void cli_table_print(cli_table *table) {
  size_t widths[16];
  unsigned columns = table->columns - (table->below ? 1 : 0);
  if (table->columns == 0 || table->columns > 16) return;
  fit(table, columns, widths);
  fputs(cli_bold(), stdout);
  for (unsigned c = 0; c < columns; c++)
    printf("%-*.*s%s", c + 1 < columns ? (int)widths[c] : 0, (int)widths[c], table->names[c], c + 1 < columns ? "  " : "");
  printf("%s\n", cli_plain());
  for (size_t i = 0; i + table->columns <= table->count; i += table->columns) {
    print_row(table->cells + i, columns, widths);
    const char *below = table->below ? table->cells[i + columns] : "";
    fputs(cli_dim(), stdout);
    cli_wrapped((an_text){below, (uint32_t)strlen(below)}, BELOW_INDENT);
    fputs(cli_plain(), stdout);
  }
  for (size_t i = 0; i < table->count; i++) free(table->cells[i]);
  free(table->cells);
  table->cells = NULL;
  table->count = table->capacity = 0;
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

void cli_json_inside(an_text text) {
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
}

void cli_json_string(an_text text) {
  if (text.at == NULL) { fputs("null", stdout); return; }
  putchar('"');
  cli_json_inside(text);
  putchar('"');
}

void cli_stamp(char out[32]) {
  time_t now = time(NULL);
  struct tm utc;
  if (gmtime_r(&now, &utc) == NULL || strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0) out[0] = '\0';
}
