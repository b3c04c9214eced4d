/* SPDX-License-Identifier: Apache-2.0 */
/* annals sample RECORD.db -n N --seed S: a sheet of events drawn by chance, to judge by hand; annals evaluate reads it back. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#include "annals_record.h"

typedef struct sample_args { const char *record; unsigned long count, seed; } sample_args;

enum { KEY_SEED = 's' };

static error_t option(int key, char *arg, struct argp_state *state) {
  sample_args *args = state->input;
  switch (key) {
    case 'n': args->count = cli_number(arg, 1, 1000000, "-n", state); return 0;
    case KEY_SEED: args->seed = cli_number(arg, 0, 4294967295UL, "--seed", state); return 0;
    default: return cli_record_argument(key, arg, state, &args->record);
  }
}

/* ---- Drawing: each event has a number by chance, made of its id and the seed; the least are drawn. So the same record and
   seed give the same sheet, and a larger sheet holds the smaller one. ---- */

typedef struct drawn { uint64_t chance; char *line; } drawn;
typedef struct draw { drawn *list; size_t count, wanted; uint64_t seed; bool short_of; } draw;

static uint64_t chance_of(an_text id, uint64_t seed) { /* FNV-1a, then the finisher of splitmix64 */
  uint64_t x = 14695981039346656037u ^ (seed * 0x9e3779b97f4a7c15u);
  for (uint32_t i = 0; i < id.size; i++) x = (x ^ (unsigned char)id.at[i]) * 1099511628211u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

static char *line_of(const an_text *cells, uint32_t count) { /* cells by tabs; what would break a line becomes a space */
  size_t size = 1;
  for (uint32_t i = 0; i < count; i++) size += cells[i].size + 1;
  char *line = malloc(size), *at = line;
  for (uint32_t i = 0; line != NULL && i < count; i++) {
    for (uint32_t k = 0; k < cells[i].size; k++) *at++ = (unsigned char)cells[i].at[k] < 0x20 ? ' ' : cells[i].at[k];
    *at++ = '\t';
  }
  if (line != NULL) *at = '\0';
  return line;
}

static void sift_down(draw *d, size_t at) { /* a heap with the greatest chance on top */
  for (;;) {
    size_t child = 2 * at + 1;
    if (child >= d->count) return;
    if (child + 1 < d->count && d->list[child + 1].chance > d->list[child].chance) child++;
    if (d->list[at].chance >= d->list[child].chance) return;
    drawn swap = d->list[at];
    d->list[at] = d->list[child];
    d->list[child] = swap;
    at = child;
  }
}

static an_status take(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  draw *d = ctx;
  (void)names;
  (void)err;
  drawn one = {chance_of(cells[0], d->seed), NULL};
  if (d->count == d->wanted && one.chance >= d->list[0].chance) return AN_OK;
  one.line = line_of(cells, count);
  if (one.line == NULL) { d->short_of = true; return AN_OK; }
  if (d->count < d->wanted) {
    d->list[d->count++] = one;
    if (d->count == d->wanted)
      for (size_t i = d->count / 2; i-- > 0;) sift_down(d, i);
    return AN_OK;
  }
  free(d->list[0].line);
  d->list[0] = one;
  sift_down(d, 0);
  return AN_OK;
}

static int by_chance(const void *a, const void *b) {
  uint64_t x = ((const drawn *)a)->chance, y = ((const drawn *)b)->chance;
  return x < y ? -1 : x > y;
}

/* ---- The command ------------------------------------------------------------------------------------------- */

int cli_sample(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"count", 'n', "N", 0, "Draw N events (300)", 0}, {"seed", KEY_SEED, "S", 0, "Draw others (1)", 0}, {0}};
  static const struct argp argp = {options, option, "RECORD.db",
    "Draws events of a record by chance and writes a sheet (TSV) to judge by hand.\v"
    "Fill right_type, right_who and right_whom (and, if you like, right_day, right_place, right_realis) with y or n, and where the type is wrong should_be with the right one, or with 'none'; "
    "`annals evaluate SHEET` counts. The same record and seed give the same sheet.", NULL, NULL, NULL};
  sample_args args = {.count = 300, .seed = 1};
  an_record *record = NULL;
  an_error err = {0};
  cli_arguments(&argp, argc, argv, &args);
  draw d = {.wanted = args.count, .seed = args.seed, .list = calloc(args.count, sizeof(drawn))};
  if (d.list == NULL) {
    cli_warn("no memory for %lu events", args.count);
    return CLI_FAILED;
  }
  an_status status = an_record_open(args.record, &record, &err);
  if (status == AN_OK) status = an_record_view(record, AN_VIEW_TELLINGS, NULL, take, &d, &err);
  an_record_close(record);
  if (status == AN_OK) {
    qsort(d.list, d.count, sizeof *d.list, by_chance);
    puts("id\tpage\ttype\tmode\twho\twhom\tdays\twhere\trealis\ttrigger\tsentence\tright_type\tright_who\tright_whom\tright_day\tright_place\tright_realis\tshould_be");
    for (size_t i = 0; i < d.count; i++) printf("%s\t\t\t\t\t\t\n", d.list[i].line);
  }
  for (size_t i = 0; i < d.count; i++) free(d.list[i].line);
  free(d.list);
  if (status != AN_OK) return cli_fail(&err);
  if (d.short_of) cli_warn("no memory for every event: some were not drawn");
  return cli_end(d.short_of ? CLI_FAILED : CLI_WELL);
}
