/* SPDX-License-Identifier: Apache-2.0 */
/* The options that commands share, and the nearest name to a mistyped one. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- The nearest name ------------------------------------------------------------------------------- */

enum { NAME_MAX_SIZE = 40 };

/* Letters to change, add, drop or swap with the next one (optimal string alignment). */
static unsigned distance(const char *a, size_t a_size, const char *b, size_t b_size) {
  unsigned row[3][NAME_MAX_SIZE + 1];
  for (size_t j = 0; j <= b_size; j++) row[0][j] = (unsigned)j;
  for (size_t i = 1; i <= a_size; i++) {
    unsigned *now = row[i % 3], *before = row[(i + 2) % 3], *before2 = row[(i + 1) % 3];
    now[0] = (unsigned)i;
    for (size_t j = 1; j <= b_size; j++) {
      unsigned least = before[j - 1] + (a[i - 1] != b[j - 1]);
      if (before[j] + 1 < least) least = before[j] + 1;
      if (now[j - 1] + 1 < least) least = now[j - 1] + 1;
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before2[j - 2] + 1 < least) least = before2[j - 2] + 1;
      now[j] = least;
    }
  }
  return row[a_size % 3][b_size];
}

const char *cli_nearest(const char *typed, const char *const *names) {
  size_t size = strlen(typed);
  if (size == 0 || size > NAME_MAX_SIZE) return NULL;
  const char *best = NULL;
  unsigned best_distance = size < 4 ? 2 : 1 + (unsigned)size / 3; /* farther is not near */
  for (; *names != NULL; names++) {
    size_t name_size = strlen(*names);
    if (name_size > NAME_MAX_SIZE) continue;
    unsigned d = strncmp(*names, typed, size) == 0 ? 0 : distance(typed, size, *names, name_size);
    if (d < best_distance) {
      best = *names;
      best_distance = d;
    }
  }
  return best;
}

/* ---- argp, with a suggestion ------------------------------------------------------------------------- */

enum { OPTIONS_MAX = 64 };

static size_t gather_names(const struct argp *argp, const char **names, size_t count) {
  const struct argp *waiting[8] = {argp};
  for (size_t left = 1; left > 0;) {
    const struct argp *one = waiting[--left];
    for (const struct argp_option *o = one->options; o != NULL && (o->name != NULL || o->key != 0 || o->doc != NULL); o++)
      if (o->name != NULL && count < OPTIONS_MAX) names[count++] = o->name;
    for (const struct argp_child *c = one->children; c != NULL && c->argp != NULL; c++)
      if (left < 8) waiting[left++] = c->argp;
  }
  return count;
}

static bool is_known(const char *name, size_t size, const char *const *names) {
  for (; *names != NULL; names++)
    if (strncmp(*names, name, size) == 0) return true; /* getopt takes unambiguous beginnings too */
  return false;
}

static void check_long_options(const struct argp *argp, int argc, char **argv) {
  const char *names[OPTIONS_MAX + 4] = {"help", "usage", "version"};
  gather_names(argp, names, 3);
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--") == 0) return;
    if (strncmp(argv[i], "--", 2) != 0) continue;
    const char *name = argv[i] + 2;
    size_t size = strcspn(name, "=");
    if (is_known(name, size, names)) continue;
    char typed[NAME_MAX_SIZE + 1] = "";
    if (size <= NAME_MAX_SIZE) memcpy(typed, name, size);
    const char *near = cli_nearest(typed, names);
    if (near != NULL) cli_warn("no option '--%.*s'; the nearest is '--%s'", (int)size, name, near);
    else cli_warn("no option '--%.*s'; `%s --help` lists them", (int)size, name, argv[0]);
    exit(CLI_FAILED);
  }
}

void cli_arguments(const struct argp *argp, int argc, char **argv, void *input) {
  check_long_options(argp, argc, argv);
  error_t failed = argp_parse(argp, argc, argv, 0, NULL, input);
  if (failed == 0) return;
  cli_warn("%s", strerror(failed));
  exit(CLI_FAILED);
}

unsigned long cli_number(const char *text, unsigned long low, unsigned long high, const char *option, const struct argp_state *state) {
  char *end = NULL;
  errno = 0;
  unsigned long value = strtoul(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || text[0] < '0' || text[0] > '9' || value < low || value > high)
    argp_error(state, "%s wants a whole number from %lu to %lu, not '%s'", option, low, high, text);
  return value;
}

double cli_share(const char *text, const char *option, const struct argp_state *state) {
  char *end = NULL;
  double value = strtod(text, &end);
  if (end == text || *end != '\0' || !(value >= 0.0 && value <= 1.0)) argp_error(state, "%s wants a number from 0 to 1, not '%s'", option, text);
  return value;
}

an_day cli_day(const char *text, const char *option, const struct argp_state *state) {
  an_days days = {0};
  if (!an_days_parse((an_text){text, (uint32_t)strlen(text)}, &days) || days.earliest != days.latest)
    argp_error(state, "%s wants a day like 2017-03-28, not '%s'", option, text);
  return days.earliest;
}

error_t cli_record_argument(int key, char *arg, struct argp_state *state, const char **record) {
  switch (key) {
    case ARGP_KEY_ARG:
      if (state->arg_num > 0) argp_error(state, "one record at a time");
      *record = arg;
      return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no record given; `annals build PAGE... -o RECORD.db` makes one"); return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

error_t cli_page_arguments(int key, struct argp_state *state, const char ***paths, size_t *count) {
  switch (key) {
    case ARGP_KEY_ARGS:
      *paths = (const char **)(state->argv + state->next);
      *count = (size_t)(state->argc - state->next);
      return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no page given ('-' is standard input)"); return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

/* ---- The shared options ------------------------------------------------------------------------------ */

enum { KEY_DATA = 256, KEY_PRIVATE_NAMES, KEY_PARSE_ALL, KEY_FURNITURE, KEY_PUBLISHED, KEY_META, KEY_MAX_PAGE, KEY_MAX_ARENA, KEY_ACTORS, KEY_THRESHOLD, KEY_FRAMES_ONLY };

static error_t engine_option(int key, char *arg, struct argp_state *state) {
  cli_common *common = state->input;
  switch (key) {
    case KEY_DATA: common->data = arg; return 0;
    case KEY_ACTORS:
      if (common->actor_count == CLI_ACTORS) argp_error(state, "--actors may be given %d times", CLI_ACTORS);
      common->actors[common->actor_count++] = arg;
      return 0;
    case KEY_PRIVATE_NAMES: common->private_names = true; return 0;
    case KEY_PARSE_ALL: common->parse_all = true; return 0;
    case KEY_THRESHOLD:
      common->threshold = (uint16_t)(cli_share(arg, "--threshold", state) * 1000.0 + 0.5);
      if (common->threshold == 0) common->threshold = AN_THRESHOLD_NONE;
      return 0;
    case KEY_FRAMES_ONLY: common->frames_only = true; return 0;
    case KEY_FURNITURE: common->furniture = arg; return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_option engine_options[] = {
    {0, 0, 0, 0, "What annals knows:", 10},
    {"data", KEY_DATA, "DIR", 0, "The folder of world.an, lexicon.an and english.an", 0},
    {"actors", KEY_ACTORS, "FILE", 0, "Lay this table of actors over what is known (docs/actors.md); may be repeated", 0},
    {"private-names", KEY_PRIVATE_NAMES, 0, 0, "Name private people as well (docs/world.md)", 0},
    {"furniture", KEY_FURNITURE, "FILE", 0, "Lines that repeat on pages of an outlet (learn-outlets): no part of an article", 0},
    {"threshold", KEY_THRESHOLD, "SHARE", 0, "Leave out events less certain than this (0 to 1; default 0.50, 0 keeps all)", 0},
    {"frames-only", KEY_FRAMES_ONLY, 0, 0, "Let frames decide alone, without the classifier of coder.an", 0},
    {"parse-all", KEY_PARSE_ALL, 0, 0, "Parse every sentence, not only those that can matter", 0},
    {0}};
const struct argp cli_engine_argp = {engine_options, engine_option, NULL, NULL, NULL, NULL, NULL};

static error_t pages_option(int key, char *arg, struct argp_state *state) {
  cli_common *common = state->input;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = common; return 0;
    case KEY_PUBLISHED:
      if (!an_days_parse((an_text){arg, (uint32_t)strnlen(arg, 64)}, &common->given))
        argp_error(state, "--published wants a day as 2017-03-28, not '%s'", arg);
      return 0;
    case KEY_META: common->meta = arg; return 0;
    case KEY_MAX_PAGE: common->max_page = (size_t)cli_number(arg, 1, 1024, "--max-page", state) << 20; return 0;
    case KEY_MAX_ARENA: common->max_arena = (size_t)cli_number(arg, 1, 65536, "--max-arena", state) << 20; return 0;
    case 'j': common->threads = (unsigned)cli_number(arg, 1, 256, "-j", state); return 0;
    case 'q': common->quiet = true; return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_option pages_options[] = {
    {0, 0, 0, 0, "Pages:", 5},
    {"published", KEY_PUBLISHED, "DAY", 0, "The pages were published on this day", 0},
    {"meta", KEY_META, "FILE", 0, "A table (TSV: path, url, outlet, published, fetched) of what the pages do not say themselves", 0},
    {"max-page", KEY_MAX_PAGE, "MIB", 0, "Cut pages that are larger (16)", 0},
    {"max-arena", KEY_MAX_ARENA, "MIB", 0, "Give a page at most this much memory (256); the article and its metadata are kept where it is met", 0},
    {"jobs", 'j', "N", 0, "Read on N threads (all processors); the output is the same", 0},
    {"quiet", 'q', 0, 0, "No progress and no summary on standard error", 0},
    {0}};
static const struct argp_child pages_children[] = {{&cli_engine_argp, 0, NULL, 0}, {0}};
const struct argp cli_pages_argp = {pages_options, pages_option, NULL, NULL, pages_children, NULL, NULL};
