/* SPDX-License-Identifier: Apache-2.0 */
/* Spec files of a room, run through the whole program: a line is a sentence and what must come out of it. The sentence stands
   on a small page between paragraphs that say nothing. Needs the compiled data (ANNALS_DATA); without it tests are skipped. */
#ifndef AN_TESTS_SPEC_H
#define AN_TESTS_SPEC_H
#include "unit.h"

#define SPEC_TITLE "The old bridge over the river\n\n"
#define SPEC_BEFORE "The hall stood empty and the doors were open to the street, where carts and lorries passed under the trees.\n\n"
#define SPEC_AFTER "\n\nBehind the hall lay gardens, a narrow path and the wall of the mill, with a view over roofs and chimneys.\n"
enum { SPEC_LINE = 4096, SPEC_FIELDS = 6 };

static an_engine *spec_engine;
static an_worker *spec_worker;

static inline const an_reading *spec_read_text(const char *page, size_t size, const char *day) {
  static an_page p;
  an_error err = {0};
  an_days given = AN_DAYS_ANY;
  if (strcmp(day, "-") != 0) assert_true(an_days_parse(an_text_of(day), &given));
  p = (an_page){.bytes = (const uint8_t *)page, .size = (uint32_t)size, .path = AN_LIT("spec.txt"), .media_type = AN_LIT("text/plain"),
                .given = given, .fetched = AN_DAYS_ANY};
  const an_reading *reading = NULL;
  if (an_read(spec_worker, &p, &reading, &err) != AN_OK) fail_msg("%s", err.message);
  return reading;
}

/* A sentence (a " / " parts paragraphs; "# " before one makes it a headline of its own) on its page; *inside: its bytes. */
static inline const an_reading *spec_read(const char *sentence, const char *day, an_span *inside) {
  static char page[SPEC_LINE * 2];
  size_t used = (size_t)snprintf(page, sizeof page, "%s%s", SPEC_TITLE, SPEC_BEFORE);
  inside->begin = (uint32_t)used;
  for (const char *at = sentence; *at != '\0' && used + 3 < sizeof page; at++) {
    if (strncmp(at, " / ", 3) == 0) {
      memcpy(page + used, "\n\n", 2);
      used += 2;
      at += 2;
    } else page[used++] = *at;
  }
  inside->end = (uint32_t)used;
  used += (size_t)snprintf(page + used, sizeof page - used, "%s", SPEC_AFTER);
  return spec_read_text(page, used, day);
}

typedef void spec_line(unsigned line, char *fields[], void *ctx);
/* Every line of a spec file, cut at " | " into `count` fields. */
static inline void spec_lines(const char *path, int count, spec_line *see, void *ctx) {
  char full[1024], text[SPEC_LINE];
  const char *source = getenv("SOURCE_DIR");
  snprintf(full, sizeof full, "%s/%s", source != NULL ? source : ".", path);
  FILE *file = fopen(full, "rb");
  if (file == NULL) fail_msg("%s: cannot be opened", full);
  for (unsigned line = 1; file != NULL && fgets(text, sizeof text, file) != NULL; line++) {
    text[strcspn(text, "\r\n")] = '\0';
    if (text[0] == '\0' || text[0] == '#') continue;
    char *fields[SPEC_FIELDS] = {text};
    int found = 1;
    for (char *bar; found < count && (bar = strstr(fields[found - 1], " | ")) != NULL; found++) {
      *bar = '\0';
      fields[found] = bar + 3;
    }
    if (found != count) fail_msg("%s:%u: %d fields wanted", path, line, count);
    see(line, fields, ctx);
  }
  fclose(file);
}

static inline char *spec_repeat(const char *what, size_t times) {
  size_t size = strlen(what);
  char *page = malloc(size * times + 64);
  assert_non_null(page);
  if (page == NULL) abort();
  strcpy(page, SPEC_TITLE);
  size_t used = strlen(page);
  for (size_t i = 0; i < times; i++) memcpy(page + used + i * size, what, size);
  page[used + times * size] = '\0';
  return page;
}

/* A step for linear.h: reads a page of `size` times `what`. */
static inline void spec_read_times(void *what, uint32_t size) {
  char *page = spec_repeat(what, size);
  (void)spec_read_text(page, strlen(page), "2017-04-03");
  free(page);
}

/* Opens the engine, runs the tests; 77 ("skipped") without data. */
static inline int spec_run(const struct CMUnitTest *tests, size_t count) {
  an_error err = {0};
  an_options options = {.data_dir = getenv("ANNALS_DATA")};
  if (an_engine_open(&options, &spec_engine, &err) != AN_OK) {
    printf("skipped: no compiled data: %s\n", err.message);
    return 77;
  }
  if (an_worker_open(spec_engine, &spec_worker, &err) != AN_OK) return 1;
  int failures = _cmocka_run_group_tests("spec", tests, count, NULL, NULL);
  an_worker_close(spec_worker);
  an_engine_close(spec_engine);
  return failures;
}
#endif
