/* SPDX-License-Identifier: Apache-2.0 */
/* What `annals evaluate` counts with: shares with 95 % intervals (Wilson 1927), names of types, which was taken for which. */
#ifndef AN_CLI_TALLY_H
#define AN_CLI_TALLY_H
#include "cli.h"

enum { TALLY_TYPES = 32, TALLY_NAME = 24, TALLY_COLUMNS = 64 };
typedef struct cli_tally { uint64_t right, of; } cli_tally;
typedef struct cli_types { char name[TALLY_TYPES][TALLY_NAME]; unsigned count; } cli_types;

unsigned cli_type_of(cli_types *types, const char *name, size_t size);  /* TALLY_TYPES - 1 holds what is too much */
void cli_put_tally(const char *name, cli_tally t);                     /* nothing is written of nothing */
/* The cells of a line between tabs, in place; its end is cut off. */
unsigned cli_cells(char *line, char **cells);
int cli_column(const char *name, char *const *cells, unsigned count);   /* -1: no such column */
/* Scores a gold file against what annals codes; gold.c. */
int cli_gold(const cli_common *common, const char *path);
#endif
