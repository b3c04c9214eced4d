/* SPDX-License-Identifier: Apache-2.0 */
/* annals evaluate SHEET: precision of a judged sheet of `annals sample`, with 95 % intervals (Wilson 1927), by type, and which
   types were taken for which. --gold FILE: a gold file of somebody else's instead (gold.c). */
#include "tally.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { RIGHT_TYPE, RIGHT_WHO, RIGHT_WHOM, RIGHT_DAY, RIGHT_PLACE, RIGHT_REALIS, ALL_THREE, JUDGED };
enum { NEEDED = RIGHT_DAY, KEY_GOLD = 'g' };           /* columns that a sheet must have; day, place and realis may lack */

typedef struct evaluation {
  cli_types types;
  cli_tally all[JUDGED], by_type[TALLY_TYPES];
  uint64_t confused[TALLY_TYPES][TALLY_TYPES], rows, unjudged;   /* [found][should be] */
} evaluation;

typedef struct evaluate_args { cli_common common; const char *sheet, *gold; } evaluate_args;

static error_t option(int key, char *arg, struct argp_state *state) {
  evaluate_args *args = state->input;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
    case KEY_GOLD: args->gold = arg; return 0;
    case ARGP_KEY_ARG:
      if (state->arg_num > 0 || args->gold != NULL) argp_error(state, "one sheet at a time");
      args->sheet = arg;
      return 0;
    case ARGP_KEY_NO_ARGS:
      if (args->gold == NULL) argp_error(state, "no sheet given");
      return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

/* ---- Reading the sheet ------------------------------------------------------------------------------------ */

/* 1 yes, 0 no, -1 not judged, -2 something else. */
static int judgement(const char *cell) {
  if (cell[0] == '\0') return -1;
  if (strcmp(cell, "y") == 0 || strcmp(cell, "yes") == 0 || strcmp(cell, "1") == 0) return 1;
  return strcmp(cell, "n") == 0 || strcmp(cell, "no") == 0 || strcmp(cell, "0") == 0 ? 0 : -2;
}

static void count_row(evaluation *e, const char *type, const int judged[ALL_THREE], const char *should_be) {
  unsigned found = cli_type_of(&e->types, type, strlen(type));
  bool whole = true, right = true;
  e->rows++;
  for (int i = RIGHT_TYPE; i < ALL_THREE; i++) {
    if (i <= RIGHT_WHOM) {
      whole &= judged[i] >= 0;
      right &= judged[i] == 1;
    }
    if (judged[i] < 0) continue;
    e->all[i].of++;
    e->all[i].right += (uint64_t)judged[i];
  }
  if (judged[RIGHT_TYPE] == 0 && should_be[0] != '\0') e->confused[found][cli_type_of(&e->types, should_be, strlen(should_be))]++;
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
  static const char *const names[] = {[RIGHT_TYPE] = "right_type", [RIGHT_WHO] = "right_who", [RIGHT_WHOM] = "right_whom",
                                      [RIGHT_DAY] = "right_day", [RIGHT_PLACE] = "right_place", [RIGHT_REALIS] = "right_realis"};
  char *line = NULL, *cells[TALLY_COLUMNS];
  size_t capacity = 0;
  int at[ALL_THREE], type = -1, should_be = -1;
  bool good = true;
  for (unsigned number = 1; good && getline(&line, &capacity, file) >= 0; number++) {
    unsigned count = cli_cells(line, cells);
    if (number == 1) {
      const char *lacks = NULL;
      for (int i = RIGHT_TYPE; i < ALL_THREE; i++) {
        at[i] = cli_column(names[i], cells, count);
        if (at[i] < 0 && i < NEEDED && lacks == NULL) lacks = names[i];
      }
      type = cli_column("type", cells, count);
      should_be = cli_column("should_be", cells, count);
      if (should_be < 0) lacks = "should_be";
      if (type < 0) lacks = "type";
      good = lacks == NULL;
      if (!good) cli_warn("%s: no column '%s' in the first line; a sheet comes from `annals sample`", path, lacks);
      continue;
    }
    if (count == 1 && cells[0][0] == '\0') continue;
    int judged[ALL_THREE];
    for (int i = RIGHT_TYPE; i < ALL_THREE && good; i++) {
      const char *value = at[i] >= 0 && (unsigned)at[i] < count ? cells[at[i]] : "";
      judged[i] = judgement(value);
      good = judged[i] != -2;
      if (!good) cli_warn("%s:%u: %s wants y, n or nothing, not '%s'", path, number, names[i], value);
    }
    if (good) count_row(e, (unsigned)type < count ? cells[type] : "", judged, (unsigned)should_be < count ? cells[should_be] : "");
  }
  if (good && ferror(file)) {
    cli_warn("cannot read %s: %s", path, strerror(errno));
    good = false;
  }
  free(line);
  return good;
}

/* ---- Telling it ------------------------------------------------------------------------------------------------ */

static void put_evaluation(const evaluation *e) {
  static const char *const names[] = {"type", "who", "whom", "day", "place", "realis", "type, who and whom"};
  printf("%-24s %6s  %-14s  %s\n", "precision", "", "95 %", "right/judged");
  for (int i = 0; i < JUDGED; i++) cli_put_tally(names[i], e->all[i]);
  puts("\ntype, who and whom, by type");
  for (unsigned i = 0; i < e->types.count; i++) cli_put_tally(e->types.name[i], e->by_type[i]);
  bool any = false;
  for (unsigned i = 0; i < e->types.count; i++)
    for (unsigned k = 0; k < e->types.count; k++) {
      if (e->confused[i][k] == 0) continue;
      if (!any) puts("\ntaken for        should be");
      any = true;
      printf("%-16s %-16s %llu\n", e->types.name[i], e->types.name[k], (unsigned long long)e->confused[i][k]);
    }
  if (e->unjudged > 0) printf("\n%llu of %llu rows are not judged, or not wholly\n", (unsigned long long)e->unjudged, (unsigned long long)e->rows);
}

int cli_evaluate(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"gold", KEY_GOLD, "FILE", 0, "Score this gold file (PLV's table or PLOVER's JSON Lines) instead of a sheet", 0}, {0}};
  static const struct argp_child children[] = {{&cli_engine_argp, 0, "What annals knows (with --gold):", 0}, {0}};
  static const struct argp argp = {options, option, "SHEET.tsv\n--gold FILE",
    "Counts a sheet of `annals sample` that somebody judged: precision with 95 % intervals, by type, and which type was taken for which.\v"
    "With --gold: each row's event between its two actors is coded and its type compared: precision, recall and F1 by type, and which type "
    "was coded as which.", children, NULL, NULL};
  evaluate_args args = {0};
  evaluation e = {0};
  cli_arguments(&argp, argc, argv, &args);
  if (args.gold != NULL) return cli_gold(&args.common, args.gold);
  FILE *file = fopen(args.sheet, "r");
  if (file == NULL) {
    cli_warn("cannot open %s: %s", args.sheet, strerror(errno));
    return CLI_FAILED;
  }
  bool good = read_sheet(file, args.sheet, &e);
  fclose(file);
  if (!good) return CLI_FAILED;
  if (e.rows == 0) {
    cli_warn("%s: no rows", args.sheet);
    return CLI_FAILED;
  }
  put_evaluation(&e);
  return cli_end(CLI_WELL);
}
