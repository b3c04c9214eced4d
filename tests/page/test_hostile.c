/* SPDX-License-Identifier: Apache-2.0 */
/* Pages made to hurt: each is read within a limit of thread CPU time and of memory, and twice the page takes less than 2.6
   times as long. Times are measured in release only; elsewhere the pages have to come through, and that is all. */
#include "unit.h"

#include <time.h>

#include "page/page.h"

static an_lexicon *lexicon;
enum { MEBI = 1 << 20 };

typedef struct hostile { const char *name, *head, *piece; bool counted; const char *type; } hostile;
/* A page is the head and the piece again and again; in a counted one, each piece's '#'s become a number. */
static const hostile pages[] = {
  {"open elements", "", "<div>", false, "text/html"},
  {"formatting and paragraphs", "", "<b c=####><p>", true, "text/html"},
  {"end tags of nothing", "", "</p>", false, "text/html"},
  {"end tags over deep inline elements", "<div><b><i><i><i><i><i><i><i><i><i><i><i><i>", "</b>", false, "text/html"},
  {"tables in tables", "", "<table><td>x", false, "text/html"},
  {"less-than signs", "", "<", false, "text/html"},
  {"quotation marks", "", "\"", false, "text/plain"},
  {"quotation marks in HTML", "<p>", "\"'", false, "text/html"},
  {"ampersands", "", "&", false, "text/html"},
  {"references", "", "&amp;", false, "text/html"},
  {"references that are none", "", "&CounterClockwiseContourIntegra", false, "text/html"},
  {"open comments", "", "<!--", false, "text/html"},
  {"open quotes in tags", "", "<a b=\"", false, "text/html"},
  {"attributes", "<p ", "a#### ", true, "text/html"},
  {"class names, each new", "", "<p class=\"one-#### two\">", true, "text/html"},
  {"scripts in scripts", "<script>", "<!--<script>", false, "text/html"},
  {"declarations", "", "<!x", false, "text/html"},
  {"nul bytes", "<p>word", "\0", false, "text/html"},
  {"one line", "", "word ", false, "text/plain"},
  {"one word", "", "x", false, "text/plain"},
  {"empty lines", "x", "\n", false, "text/plain"},
  {"short lines", "", "x\n", false, "text/plain"},
  {"sentences", "", "The boat came in at noon and the crew went home.\n", false, "text/plain"},
  {"sentences and furniture", "", "The boat came in at noon and the crew went home.\nRead more\n", false, "text/plain"},
  {"beginnings of marks", "", "you may you might more from in in the ", false, "text/plain"},
  {"links", "", "<a href=x>word</a>", false, "text/html"},
  {"list items", "<ul>", "<li>x", false, "text/html"},
  {"titles", "<title>Boat comes in at noon again</title>", "<h1>Boat comes in at noon again</h1>", false, "text/html"},
  {"open arrays in JSON-LD", "<script type=application/ld+json>", "[", false, "text/html"},
  {"objects in JSON-LD", "<script type=application/ld+json>", "{\"author\":", false, "text/html"},
  {"names in JSON-LD", "<script type=application/ld+json>[", "{\"@type\":\"Article\",\"name\":\"####\"},", true, "text/html"},
  {"meta tags", "", "<meta name=author content=####>", true, "text/html"},
  {"bytes that are no UTF-8", "caf\xC3\xA9 \xC3\xA9 \xC3\xA9", "word \xFF ", false, "text/plain"},
  {"half characters", "", "\xE2\x82", false, "text/plain"},
  {"no-break spaces", "x", "\xC2\xA0", false, "text/html"},
  {"soft hyphens", "x", "x\xC2\xAD", false, "text/html"},
  {"dates", "", "3 May 2020\n", false, "text/plain"},
  {"wrapped lines", "", "the boat that came in at noon on the second day of the\n", false, "text/plain"},
};

static uint8_t *make(const hostile *h, size_t size) {
  uint8_t *page = malloc(size);
  assert_non_null(page);
  size_t at = strlen(h->head), piece = h->piece[0] == '\0' ? 1 : strlen(h->piece);
  memcpy(page, h->head, at);
  for (unsigned n = 0; at + piece <= size; n++, at += piece) {
    memcpy(page + at, h->piece, piece);
    unsigned digits = n;
    for (size_t i = piece; h->counted && i-- > 0;)
      if (page[at + i] == '#') { page[at + i] = (uint8_t)('0' + digits % 10); digits /= 10; }
  }
  memset(page + at, ' ', size - at);
  return page;
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The best of some readings; *used: what the arena handed out. */
static double read_best(const uint8_t *bytes, size_t size, const char *type, int times, size_t *used) {
  an_arena arena;
  double best = 1e9;
  an_arena_init(&arena, (size_t)4 << 30);
  for (int i = 0; i < times; i++) {
    an_page page = {.bytes = bytes, .size = (uint32_t)size, .media_type = an_text_of(type), .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
    an_page_limits limits = {.page_bytes = 65 * MEBI};
    an_article article;
    an_error err = {0};
    an_arena_reset(&arena);
    double begin = seconds();
    an_status status = an_page_read(&page, lexicon, &limits, &arena, NULL, &article, &err);
    double took = seconds() - begin;
    if (status != AN_OK) fail_msg("%s", err.message);
    if (took < best) best = took;
  }
  *used = arena.used;
  an_arena_free(&arena);
  return best;
}

static bool measured(void) {
  const char *preset = getenv("ANNALS_PRESET");
  return preset != NULL && strcmp(preset, "release") == 0;
}

/* 5 MiB of each. The aim of docs/limits.md is 50 ms and 64 MB; the limits here are what is held today. */
static void hostile_pages(void **state) {
  (void)state;
  const size_t size = measured() ? 5 * MEBI : MEBI / 2;
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    uint8_t *bytes = make(&pages[i], size);
    size_t used;
    double took = read_best(bytes, size, pages[i].type, measured() ? 3 : 1, &used);
    free(bytes);
    if (!measured()) continue;
    print_message("%-36s %6.1f ms %6.1f MB\n", pages[i].name, took * 1e3, (double)used / 1e6);
    if (took > 0.5) fail_msg("%s: %.0f ms", pages[i].name, took * 1e3);
    if (used > (size_t)256 * MEBI) fail_msg("%s: %.0f MB", pages[i].name, (double)used / 1e6);
  }
}

static void twice_the_page_twice_the_time(void **state) {
  (void)state;
  if (!measured()) skip();
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    size_t used;
    double best = 1e9;
    uint8_t *once = make(&pages[i], 2 * MEBI), *twice = make(&pages[i], 4 * MEBI);
    for (int attempt = 0; attempt < 3 && best >= 2.6; attempt++) {       /* the machine has other work: the best pair counts */
      double n = read_best(once, 2 * MEBI, pages[i].type, 5, &used), n2 = read_best(twice, 4 * MEBI, pages[i].type, 5, &used);
      double ratio = n2 / (n > 0.0005 ? n : 0.0005);
      if (ratio < best) best = ratio;
    }
    free(once);
    free(twice);
    if (best >= 2.6) fail_msg("%s: %.2f times as long", pages[i].name, best);
  }
}

static void one_line_of_64_mebibytes(void **state) {
  (void)state;
  if (!measured()) skip();
  size_t size = 64 * (size_t)MEBI, used;
  const hostile line = {"line", "", "word and ", false, "text/plain"};
  uint8_t *bytes = make(&line, size);
  double took = read_best(bytes, size, "text/plain", 1, &used);
  free(bytes);
  print_message("64 MiB in one line: %.0f ms, %.0f MB\n", took * 1e3, (double)used / 1e6);
  assert_true(took < 6);
}

static void a_million_open_tags(void **state) {
  (void)state;
  size_t size = (size_t)5 * 1000 * 1000, used;
  uint8_t *bytes = make(&pages[0], size);
  double took = read_best(bytes, size, "text/html", 1, &used);
  free(bytes);
  if (measured()) assert_true(took < 0.2);
}

int main(void) {
  an_error err = {0};
  const char *data = getenv("ANNALS_DATA");
  if (an_lexicon_open(data == NULL ? "build/release/share/annals" : data, &lexicon, &err) != AN_OK) {
    printf("skipped: %s\n", err.message);
    return 77;
  }
  const struct CMUnitTest tests[] = {cmocka_unit_test(hostile_pages), cmocka_unit_test(twice_the_page_twice_the_time),
                                     cmocka_unit_test(one_line_of_64_mebibytes), cmocka_unit_test(a_million_open_tags)};
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  an_lexicon_close(lexicon);
  return failed;
}
