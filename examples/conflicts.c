/* SPDX-License-Identifier: Apache-2.0 */
/* conflicts RECORD STORY: where the reports of a story differ, each with its sentence and origins. The smallest use of a record:

     annals build pages/ -o news.db && annals show news.db stories
     cc conflicts.c $(pkg-config --cflags --libs annals-record) -o conflicts && ./conflicts news.db 3379f3d2 */
#include <annals_record.h>

#include <stdio.h>
#include <string.h>

/* The cell of a column, by its name. */
static an_text cell(const char *name, const char *const *names, const an_text *cells, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0) return cells[i];
  return (an_text){NULL, 0};
}

static void put(const char *before, an_text text) { printf("%s%.*s", before, (int)text.size, text.at == NULL ? "" : text.at); }

static an_status show(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  an_text verdict = cell("verdict", names, cells, count);
  (void)ctx;
  (void)err;
  if (verdict.size == 5 && memcmp(verdict.at, "agree", 5) == 0) return AN_OK;
  put("", verdict);
  put(": ", cell("about", names, cells, count));
  put("\n  ", cell("says", names, cells, count));
  put(", by ", cell("origins", names, cells, count));
  put("\n    ", cell("sentence", names, cells, count));
  putchar('\n');
  return AN_OK;
}

int main(int argc, char **argv) {
  an_record *record = NULL;
  an_error err = {0};
  if (argc != 3) {
    fputs("usage: conflicts RECORD STORY\n", stderr);
    return 2;
  }
  const char *story = argv[2];
  an_status status = an_record_open(argv[1], &record, &err);
  if (status == AN_OK) status = an_record_view(record, AN_VIEW_COMPARE, &story, show, NULL, &err);
  an_record_close(record);
  if (status != AN_OK) fprintf(stderr, "conflicts: %s\n", err.message);
  return status == AN_OK ? 0 : 2;
}
