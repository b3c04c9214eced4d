/* SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include <math.h>
#include <string.h>

unsigned cli_type_of(cli_types *types, const char *name, size_t size) {
  for (unsigned i = 0; i < types->count; i++)
    if (strlen(types->name[i]) == size && memcmp(types->name[i], name, size) == 0) return i;
  if (types->count == TALLY_TYPES) return TALLY_TYPES - 1;
  snprintf(types->name[types->count], TALLY_NAME, "%.*s", (int)(size < TALLY_NAME ? size : TALLY_NAME - 1), name);
  return types->count++;
}

void cli_put_tally(const char *name, cli_tally t) {
  const double z = 1.959964; /* 95 % */
  if (t.of == 0) return;
  double n = (double)t.of, p = (double)t.right / n, middle = (p + z * z / (2 * n)) / (1 + z * z / n),
         half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  printf("%-24s %6.3f  [%.3f, %.3f]  %llu/%llu\n", name, p, middle - half, middle + half, (unsigned long long)t.right, (unsigned long long)t.of);
}

unsigned cli_cells(char *line, char **cells) {
  unsigned count = 0;
  line[strcspn(line, "\r\n")] = '\0';
  for (char *at = line; count < TALLY_COLUMNS; at++) {
    cells[count++] = at;
    at += strcspn(at, "\t");
    if (*at == '\0') break;
    *at = '\0';
  }
  return count;
}

int cli_column(const char *name, char *const *cells, unsigned count) {
  for (unsigned i = 0; i < count; i++)
    if (strcmp(cells[i], name) == 0) return (int)i;
  return -1;
}
