/* SPDX-License-Identifier: Apache-2.0 */
/* annals evaluate SHEET: precision of a judged sheet of `annals sample`, with 95 % intervals (Wilson 1927), by type, and which
   types were taken for which. */
#include "cli.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 64, TYPES = 32, TYPE_SIZE = 24 };
enum { RIGHT_TYPE, RIGHT_WHO, RIGHT_WHOM, ALL_THREE, JUDGED };

typedef struct tally { uint64_t right, of; } tally;
typedef struct evaluation {
  char types[TYPES][TYPE_SIZE]; unsigned type_count;
  tally all[JUDGED], by_type[TYPES];
  uint64_t confused[TYPES][TYPES], rows, unjudged;   /* [found][should be] */
} evaluation;

static error_t option(int key, char *arg, struct argp_state *state) {
  const char **sheet = state->input;
  switch (key) {
    case ARGP_KEY_ARG:
      if (state->arg_num > 0) argp_error(state, "one sheet at a time");
      *sheet = arg;
      return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no sheet given"); return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

/* ---- Reading the sheet ------------------------------------------------------------------------------------ */

static unsigned split(char *line, char **cells) {
  unsigned count = 0;
  line[strcspn(line, "\r\n")] = '\0';
  for (char *at = line; count < COLUMNS; at++) {
    cells[count++] = at;
    at += strcspn(at, "\t");
    if (*at == '\0') break;
    *at = '\0';
  }
  return count;
}

static int column_of(const char *name, char *const *cells, unsigned count) {
  for (unsigned i = 0; i < count; i++)
    if (strcmp(cells[i], name) == 0) return (int)i;
  return -1;
}

static unsigned type_of(evaluation *e, const char *name) { /* TYPES - 1 holds what is too much */
  for (unsigned i = 0; i < e->type_count; i++)
    if (strcmp(e->types[i], name) == 0) return i;
  if (e->type_count == TYPES) return TYPES - 1;
  snprintf(e->types[e->type_count], TYPE_SIZE, "%s", name);
  return e->type_count++;
}

/* 1 yes, 0 no, -1 not judged, -2 something else. */
static int judgement(const char *cell) {
  if (cell[0] == '\0') return -1;
  if (strcmp(cell, "y") == 0 || strcmp(cell, "yes") == 0 || strcmp(cell, "1") == 0) return 1;
  return strcmp(cell, "n") == 0 || strcmp(cell, "no") == 0 || strcmp(cell, "0") == 0 ? 0 : -2;
}

static void count_row(evaluation *e, const char *type, const int judged[3], const char *should_be) {
  unsigned found = type_of(e, type);
  bool whole = true, right = true;
  e->rows++;
  for (int i = RIGHT_TYPE; i <= RIGHT_WHOM; i++) {
    whole &= judged[i] >= 0;
    right &= judged[i] == 1;
    if (judged[i] < 0) continue;
    e->all[i].of++;
    e->all[i].right += (uint64_t)judged[i];
  }
  if (judged[RIGHT_TYPE] == 0 && should_be[0] != '\0') e->confused[found][type_of(e, should_be)]++;
  if (!whole) {
    e->unjudged++;
    return;
  }
  e->all[ALL_THREE].of++;
  e->all[ALL_THREE].right += right;
  e->by_type[found].of++;
  e->by_type[found].right += right;
}

static bool read_sheet(FILE *file, const char *path, evaluation *e) {
  static const char *const names[] = {"type", "right_type", "right_who", "right_whom", "should_be"};
  char *line = NULL, *cells[COLUMNS];
  size_t capacity = 0;
  int at[5] = {-1, -1, -1, -1, -1};
  bool good = true;
  for (unsigned number = 1; good && getline(&line, &capacity, file) >= 0; number++) {
    unsigned count = split(line, cells);
    for (int i = 0; number == 1 && i < 5; i++) {
      at[i] = column_of(names[i], cells, count);
      if (at[i] >= 0 || !good) continue;
      cli_warn("%s: no column '%s' in the first line; a sheet comes from `annals sample`", path, names[i]);
      good = false;
    }
    if (number == 1 || !good || (count == 1 && cells[0][0] == '\0')) continue;
    const char *values[5];
    int judged[3];
    for (int i = 0; i < 5; i++) values[i] = (unsigned)at[i] < count ? cells[at[i]] : "";
    for (int i = 0; i < 3; i++) judged[i] = judgement(values[i + 1]);
    for (int i = 0; i < 3 && good; i++)
      if (judged[i] == -2) {
        cli_warn("%s:%u: %s wants y, n or nothing, not '%s'", path, number, names[i + 1], values[i + 1]);
        good = false;
      }
    if (good) count_row(e, values[0], judged, values[4]);
  }
  if (good && ferror(file)) {
    cli_warn("cannot read %s: %s", path, strerror(errno));
    good = false;
  }
  free(line);
  return good;
}

/* ---- Telling it ------------------------------------------------------------------------------------------------ */

static void put_tally(const char *name, tally t) {
  const double z = 1.959964; /* 95 % */
  if (t.of == 0) return;
  double n = (double)t.of, p = (double)t.right / n, middle = (p + z * z / (2 * n)) / (1 + z * z / n),
         half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  printf("%-24s %6.3f  [%.3f, %.3f]  %llu/%llu\n", name, p, middle - half, middle + half, (unsigned long long)t.right, (unsigned long long)t.of);
}

static void put_evaluation(const evaluation *e) {
  static const char *const names[] = {"type", "who", "whom", "all three"};
  printf("%-24s %6s  %-14s  %s\n", "precision", "", "95 %", "right/judged");
  for (int i = 0; i < JUDGED; i++) put_tally(names[i], e->all[i]);
  puts("\nall three, by type");
  for (unsigned i = 0; i < e->type_count; i++) put_tally(e->types[i], e->by_type[i]);
  bool any = false;
  for (unsigned i = 0; i < e->type_count; i++)
    for (unsigned k = 0; k < e->type_count; k++) {
      if (e->confused[i][k] == 0) continue;
      if (!any) puts("\ntaken for        should be");
      any = true;
      printf("%-16s %-16s %llu\n", e->types[i], e->types[k], (unsigned long long)e->confused[i][k]);
    }
  if (e->unjudged > 0) printf("\n%llu of %llu rows are not judged, or not wholly\n", (unsigned long long)e->unjudged, (unsigned long long)e->rows);
}

int cli_evaluate(int argc, char **argv) {
  static const struct argp argp = {NULL, option, "SHEET.tsv",
    "Counts a sheet of `annals sample` that somebody judged: precision with 95 % intervals, by type, and which type was taken for which.",
    NULL, NULL, NULL};
  const char *sheet = NULL;
  evaluation e = {0};
  cli_arguments(&argp, argc, argv, &sheet);
  FILE *file = fopen(sheet, "r");
  if (file == NULL) {
    cli_warn("cannot open %s: %s", sheet, strerror(errno));
    return CLI_FAILED;
  }
  bool good = read_sheet(file, sheet, &e);
  fclose(file);
  if (!good) return CLI_FAILED;
  if (e.rows == 0) {
    cli_warn("%s: no rows", sheet);
    return CLI_FAILED;
  }
  put_evaluation(&e);
  return cli_end(CLI_WELL);
}
