/* SPDX-License-Identifier: Apache-2.0 */
/* The page room: blocks.spec, metadata, charsets, problems, and the map back to the page. */
#include "unit.h"

#include "page/page.h"

static an_lexicon *lexicon;
static an_page_tables *tables;
static an_arena arena;
static const char *const roles[] = {"title", "deck", "byline", "dateline", "caption", "subhead", "meta", "body", "boilerplate"};

static an_article read_bytes(const void *bytes, size_t size, an_page page) {
  an_article article;
  an_error err = {0};
  page.bytes = bytes;
  page.size = (uint32_t)size;
  page.fetched = page.given = AN_DAYS_ANY;
  an_arena_reset(&arena);
  if (an_page_read(&page, tables, NULL, &arena, NULL, &article, &err) != AN_OK) fail_msg("%s", err.message);
  return article;
}
static an_article read_z(const char *z) { return read_bytes(z, strlen(z), (an_page){0}); }

static an_text block_words(const an_article *a, uint32_t i) {
  an_span clean = a->blocks[i].clean;
  return (an_text){a->text.at + clean.begin, clean.end - clean.begin};
}

/* ---- The spec file ---------------------------------------------------------------------------------------- */

typedef struct lines { char *at; } lines;
static char *next_line(lines *l) {
  if (l->at == NULL || *l->at == '\0') return NULL;
  char *line = l->at, *end = strchr(line, '\n');
  l->at = end == NULL ? NULL : end + 1;
  if (end != NULL) *end = '\0';
  return line;
}

static char *read_spec(const char *name) {
  char path[1024];
  const char *source = getenv("SOURCE_DIR");
  snprintf(path, sizeof path, "%s/tests/page/%s", source == NULL ? "." : source, name);
  FILE *f = fopen(path, "rb");
  if (f == NULL) fail_msg("%s cannot be read", path);
  char *text = calloc(1, 1 << 20);
  assert_true(text != NULL && fread(text, 1, (1 << 20) - 1, f) > 0);
  fclose(f);
  return text;
}

/* What came out, in the words of the spec. */
static void print_article(const an_article *a, bool title, bool problems, an_buf *out) {
  an_buf_clear(out);
  if (title) an_buf_printf(out, "title: %.*s\n", (int)a->title_text.size, a->title_text.at);
  for (uint32_t i = 0; problems && i < a->problem_count; i++) an_buf_printf(out, "problem: %.*s\n", (int)a->problems[i].what.size, a->problems[i].what.at);
  for (uint32_t i = 0; i < a->block_count; i++) {
    an_text words = block_words(a, i);
    an_buf_printf(out, "%s %.*s\n", roles[a->blocks[i].kind], (int)words.size, words.at);
  }
}

static void spec_blocks(void **state) {
  (void)state;
  char *text = read_spec("blocks.spec");
  lines l = {text};
  an_buf page, wanted, got;
  an_buf_init(&page, 1 << 20);
  an_buf_init(&wanted, 1 << 20);
  an_buf_init(&got, 1 << 20);
  unsigned cases = 0, wrong = 0;
  for (char *line = next_line(&l); line != NULL;) {
    if (strncmp(line, "== ", 3) != 0) { line = next_line(&l); continue; }
    const char *name = line + 3;
    const char *kind = next_line(&l);
    an_buf_clear(&page);
    an_buf_clear(&wanted);
    while ((line = next_line(&l)) != NULL && strcmp(line, "--") != 0) { an_buf_z(&page, line); an_buf_char(&page, '\n'); }
    while ((line = next_line(&l)) != NULL && strncmp(line, "== ", 3) != 0)
      if (line[0] != '\0') { an_buf_z(&wanted, line); an_buf_char(&wanted, '\n'); }
    an_buf_char(&wanted, '\0');
    wanted.size--;
    an_article a = read_bytes(page.at == NULL ? "" : page.at, page.size, (an_page){.media_type = an_text_of(strcmp(kind, "html") == 0 ? "text/html" : "text/plain")});
    print_article(&a, strstr(wanted.at, "title: ") != NULL, strstr(wanted.at, "problem: ") != NULL, &got);
    bool same = got.size == wanted.size && memcmp(got.at, wanted.at, got.size) == 0;
    if (!same) fprintf(stderr, "%s\nwanted:\n%.*sgot:\n%.*s\n", name, (int)wanted.size, wanted.at, (int)got.size, got.at);
    wrong += !same;
    cases++;
  }
  an_buf_free(&page);
  an_buf_free(&wanted);
  an_buf_free(&got);
  free(text);
  print_message("%u of %u cases right\n", cases - wrong, cases);
  assert_true(cases >= 15);
  assert_int_equal(wrong, 0);
}

/* verdicts.spec: what kind of page it is, told by its problems. */
static void spec_verdicts(void **state) {
  (void)state;
  char *text = read_spec("verdicts.spec");
  lines l = {text};
  an_buf page, wanted, got;
  an_buf_init(&page, 1 << 20);
  an_buf_init(&wanted, 1 << 20);
  an_buf_init(&got, 1 << 20);
  unsigned cases = 0, wrong = 0;
  for (char *line = next_line(&l); line != NULL;) {
    if (strncmp(line, "== ", 3) != 0) { line = next_line(&l); continue; }
    const char *name = line + 3, *door = next_line(&l);
    bool html = strncmp(door, "html", 4) == 0;
    an_buf_clear(&page);
    an_buf_clear(&wanted);
    an_buf_clear(&got);
    while ((line = next_line(&l)) != NULL && strcmp(line, "--") != 0) { an_buf_z(&page, line); an_buf_char(&page, '\n'); }
    while ((line = next_line(&l)) != NULL && strncmp(line, "== ", 3) != 0)
      if (line[0] != '\0') { an_buf_z(&wanted, line); an_buf_char(&wanted, '\n'); }
    an_page as = {.media_type = an_text_of(html ? "text/html" : "text/plain"), .url = an_text_of(html && door[4] == ' ' ? door + 5 : "")};
    an_article a = read_bytes(page.at == NULL ? "" : page.at, page.size, as);
    for (uint32_t i = 0; i < a.problem_count; i++) an_buf_printf(&got, "%.*s\n", (int)a.problems[i].what.size, a.problems[i].what.at);
    if (a.problem_count == 0) an_buf_z(&got, "none\n");
    bool none = false;
    for (uint32_t i = 0; i < a.problem_count; i++) none |= an_text_starts(a.problems[i].what, "not an article");
    bool same = got.size == wanted.size && memcmp(got.at, wanted.at, got.size) == 0 && a.is_article != none;
    if (!same) fprintf(stderr, "%s\nwanted:\n%.*sgot:\n%.*s\n", name, (int)wanted.size, wanted.at, (int)got.size, got.at);
    wrong += !same;
    cases++;
  }
  an_buf_free(&page);
  an_buf_free(&wanted);
  an_buf_free(&got);
  free(text);
  print_message("%u of %u cases right\n", cases - wrong, cases);
  assert_true(cases >= 30);
  assert_int_equal(wrong, 0);
}

/* notices.spec: the page's bytes under each correction or retraction. */
static void print_notices(const an_article *a, const an_buf *page, an_buf *out) {
  an_buf_clear(out);
  for (uint32_t i = 0; i < a->problem_count; i++) {
    an_span at = a->problems[i].span;
    if (!an_text_is(a->problems[i].what, "correction or retraction notice")) continue;
    assert_true(at.begin < at.end && at.end <= page->size);
    an_buf_printf(out, "%.*s\n", (int)(at.end - at.begin), page->at + at.begin);
  }
  if (out->size == 0) an_buf_z(out, "none\n");
}

static void spec_notices(void **state) {
  (void)state;
  char *text = read_spec("notices.spec");
  lines l = {text};
  an_buf page, wanted, got;
  an_buf_init(&page, 1 << 20);
  an_buf_init(&wanted, 1 << 20);
  an_buf_init(&got, 1 << 20);
  unsigned cases = 0, wrong = 0;
  for (char *line = next_line(&l); line != NULL;) {
    if (strncmp(line, "== ", 3) != 0) { line = next_line(&l); continue; }
    const char *name = line + 3;
    bool html = strcmp(next_line(&l), "html") == 0;
    an_buf_clear(&page);
    an_buf_clear(&wanted);
    while ((line = next_line(&l)) != NULL && strcmp(line, "--") != 0) { an_buf_z(&page, line); an_buf_char(&page, '\n'); }
    while ((line = next_line(&l)) != NULL && strncmp(line, "== ", 3) != 0)
      if (line[0] != '\0') { an_buf_z(&wanted, line); an_buf_char(&wanted, '\n'); }
    an_article a = read_bytes(page.at, page.size, (an_page){.media_type = an_text_of(html ? "text/html" : "text/plain")});
    print_notices(&a, &page, &got);
    bool same = got.size == wanted.size && memcmp(got.at, wanted.at, got.size) == 0;
    if (!same) fprintf(stderr, "%s\nwanted:\n%.*sgot:\n%.*s\n", name, (int)wanted.size, wanted.at, (int)got.size, got.at);
    wrong += !same;
    cases++;
  }
  an_buf_free(&page);
  an_buf_free(&wanted);
  an_buf_free(&got);
  free(text);
  print_message("%u of %u cases right\n", cases - wrong, cases);
  assert_true(cases >= 18);
  assert_int_equal(wrong, 0);
}

/* languages.spec: the language, the title, and how many blocks are body. */
static void spec_languages(void **state) {
  (void)state;
  char *text = read_spec("languages.spec");
  lines l = {text};
  an_buf page, got;
  an_buf_init(&page, 1 << 20);
  an_buf_init(&got, 1 << 20);
  unsigned cases = 0, wrong = 0;
  for (char *line = next_line(&l); line != NULL; line = next_line(&l)) {
    if (strncmp(line, "== ", 3) != 0) continue;
    const char *name = line + 3;
    an_buf_clear(&page);
    an_buf_clear(&got);
    while ((line = next_line(&l)) != NULL && strcmp(line, "--") != 0) { an_buf_z(&page, line); an_buf_char(&page, '\n'); }
    const char *language = next_line(&l), *title = next_line(&l), *bodies = next_line(&l);
    an_article a = read_bytes(page.at, page.size, (an_page){.media_type = AN_LIT("text/html")});
    unsigned body = 0;
    for (uint32_t i = 0; i < a.block_count; i++) body += a.blocks[i].kind == AN_BLOCK_BODY;
    an_text told = a.language.at == NULL ? AN_LIT("none") : a.language;
    an_buf_printf(&got, "%.*s, %.*s, %u%s", (int)told.size, told.at, (int)a.title_text.size, a.title_text.at, body, a.is_article ? "" : ", no article");
    an_buf_clear(&page);
    an_buf_printf(&page, "%s, %s, %s", language, title, bodies);
    bool same = got.size == page.size && memcmp(got.at, page.at, got.size) == 0;
    if (!same) fprintf(stderr, "%s\nwanted: %.*s\ngot:    %.*s\n", name, (int)page.size, page.at, (int)got.size, got.at);
    wrong += !same;
    cases++;
  }
  an_buf_free(&page);
  an_buf_free(&got);
  free(text);
  print_message("%u of %u cases right\n", cases - wrong, cases);
  assert_true(cases >= 14);
  assert_int_equal(wrong, 0);
}

/* ---- Metadata ---------------------------------------------------------------------------------------------------- */

static const an_meta *best(const an_article *a, uint8_t kind) {
  const an_meta *found = NULL;
  for (uint32_t i = 0; i < a->meta_count; i++)
    if (a->meta[i].kind == kind && (found == NULL || a->meta[i].strength > found->strength)) found = &a->meta[i];
  return found;
}
static void assert_meta(const an_article *a, const char *page, uint8_t kind, const char *value, const char *in_page) {
  const an_meta *m = best(a, kind);
  if (m == NULL) fail_msg("nothing of kind %d", kind);
  assert_text(m->value, value);
  if (in_page == NULL) return;
  assert_int_equal(m->raw.end - m->raw.begin, strlen(in_page));
  assert_memory_equal(page + m->raw.begin, in_page, strlen(in_page));
}

static void metadata_of_a_modern_page(void **state) {
  (void)state;
  static const char page[] =
    "<html lang=\"en-GB\"><head><title>Talks &amp; more - The Quay</title>"
    "<meta property=\"og:site_name\" content=\"The Quay\"><meta property='og:title' content='Talks &amp; more'>"
    "<meta property=article:published_time content=2021-03-04T23:30:00-05:00><meta name=author content=\"Ann Example\">"
    "<link rel=canonical href=\"https://quay.example/2021/03/05/talks\">"
    "<script type=\"application/ld+json\">{\"@graph\": [{\"@type\": \"WebSite\", \"name\": \"No\"}, {\"@type\": [\"NewsArticle\"], "
    "\"headline\": \"Talks\", \"datePublished\": \"2021-03-04T22:15:00-05:00\", \"author\": [{\"@type\": \"Person\", \"name\": \"Bo Example\"}, "
    "{\"name\": \"Cy Example\"}], \"publisher\": {\"name\": \"Quay Press\"}, \"articleSection\": \"World\"}]}</script></head><body><h1>Talks &amp; more</h1></body>";
  an_article a = read_z(page);
  assert_meta(&a, page, AN_META_PUBLISHED, "2021-03-04T22:15:00-05:00", "2021-03-04T22:15:00-05:00");
  assert_meta(&a, page, AN_META_SITE, "The Quay", "The Quay");
  assert_meta(&a, page, AN_META_LANGUAGE, "en-GB", "en-GB");
  assert_meta(&a, page, AN_META_SECTION, "World", "World");
  assert_meta(&a, page, AN_META_CANONICAL, "https://quay.example/2021/03/05/talks", NULL);
  assert_meta(&a, page, AN_META_URL_DAY, "2021-03-05", "2021/03/05");
  assert_meta(&a, page, AN_META_AUTHOR, "Bo Example", "Bo Example");
  unsigned authors = 0;
  for (uint32_t i = 0; i < a.meta_count; i++) authors += a.meta[i].kind == AN_META_AUTHOR;
  assert_int_equal(authors, 2);                       /* the strongest place names two; the weaker one is left out */
  assert_text(a.title_text, "Talks & more");
}

static void days_in_urls(void **state) {
  (void)state;
  static const struct { const char *url, *day; } cases[] = {
    {"https://a.example/2019/11/19/x.html", "2019-11-19"}, {"https://a.example/2019/1/9/x", "2019-01-09"}, {"https://a.example/news-20191119.html", "2019-11-19"},
    {"https://a.example/x-2019-02-30", NULL}, {"https://a.example/article/201911191234", NULL}, {"https://a.example/2019/13/01", NULL}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    an_article a = read_bytes("Words.", 6, (an_page){.url = an_text_of(cases[i].url)});
    const an_meta *m = best(&a, AN_META_URL_DAY);
    if (cases[i].day == NULL) assert_null(m);
    else { assert_non_null(m); assert_text(m->value, cases[i].day); }
  }
}

static void broken_json_keeps_what_came_before(void **state) {
  (void)state;
  an_article a = read_z("<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"datePublished\": \"2020-01-02\", \"x\": [1,,]}</script><p>Text");
  assert_meta(&a, NULL, AN_META_PUBLISHED, "2020-01-02", NULL);
}

static void neighbours_in_json_are_not_the_page(void **state) {
  (void)state;
  an_article a = read_z("<title>Ferry line returns to the islands | News</title><script type='application/ld+json'>["
    "{\"@type\": \"NewsArticle\", \"headline\": \"Bakers walk out\", \"datePublished\": \"2019-01-01\"},"
    "{\"@type\": \"NewsArticle\", \"headline\": \"Ferry line returns\", \"datePublished\": \"2021-05-06\"}]</script>");
  assert_meta(&a, NULL, AN_META_PUBLISHED, "2021-05-06", NULL);
}

static void time_beside_the_title_outweighs_others(void **state) {
  (void)state;
  an_article a = read_z("<ul><li><a>Other story of the week</a><time datetime=2001-01-01>x</time><li>b<li>c<li>d<li>e<li>f</ul><title>Dam holds</title><h1>Dam holds against the flood</h1>"
    "<time datetime=2020-02-02>2 February</time><p>The dam above the town held through the night, and the engineers of the county said that the water would fall by the evening.</p>");
  assert_meta(&a, NULL, AN_META_PUBLISHED, "2020-02-02", NULL);
}

static void author_of_a_byline(void **state) {
  (void)state;
  static const char page[] = "Ferry line returns to the islands\n\nBy Orla Quill, Sandhaven\n\nThe ferry line between the mainland and the islands opened again on "
    "Friday, and the first of the two ships was full when it left the pier.\n";
  an_article a = read_z(page);
  assert_meta(&a, page, AN_META_AUTHOR, "Orla Quill", "Orla Quill");
}

/* ---- Charsets -------------------------------------------------------------------------------------------------------- */

static void charsets(void **state) {
  (void)state;
  static const struct { const char *bytes; size_t size; const char *delivered, *charset, *text; } cases[] = {
    {"\xEF\xBB\xBF" "caf\xC3\xA9", 8, NULL, "UTF-8", "caf\xC3\xA9"},
    {"caf\xE9 \x93x\x94", 8, NULL, "windows-1252", "caf\xC3\xA9 \xE2\x80\x9Cx\xE2\x80\x9D"},
    {"\xCC\xEE\xF1\xEA\xE2\xE0", 6, "windows-1251", "windows-1251", "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0"},
    {"\xFF\xFE" "H\0i\0", 6, NULL, "UTF-16LE", "Hi"},
    {"\x93\xFA\x96\x7B", 4, "shift_jis", "Shift_JIS", "\xE6\x97\xA5\xE6\x9C\xAC"},
    {"caf\xC3\xA9", 5, "iso-8859-1", "UTF-8", "caf\xC3\xA9"}};        /* what is UTF-8 is UTF-8, whatever it is called */
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    an_article a = read_bytes(cases[i].bytes, cases[i].size, (an_page){.charset = an_text_of(cases[i].delivered)});
    assert_text(a.charset, cases[i].charset);
    assert_text(a.text, cases[i].text);
  }
  static const char meta[] = "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>\xED\xC9\xD2";
  an_article a = read_bytes(meta, sizeof meta - 1, (an_page){0});
  assert_text(a.charset, "KOI8-R");
  assert_text(a.text, "\xD0\x9C\xD0\xB8\xD1\x80");
  assert_int_equal(a.blocks[0].raw.end, sizeof meta - 1);
  assert_int_equal(a.blocks[0].raw.begin, sizeof meta - 4);
}

static bool has_problem(const an_article *a, const char *what) {
  for (uint32_t i = 0; i < a->problem_count; i++)
    if (an_text_starts(a->problems[i].what, what)) return true;
  return false;
}

static void problems(void **state) {
  (void)state;
  static const char broken[] = "One good sentence in caf\xC3\xA9 and caf\xC3\xA9 and caf\xC3\xA9 and caf\xC3\xA9, then \xFF rubbish.";
  an_article a = read_bytes(broken, sizeof broken - 1, (an_page){0});
  assert_true(has_problem(&a, "bad characters"));
  assert_int_equal(broken[a.problems[0].span.begin], '\xFF');
  a = read_bytes("\1\2\3\4\5\6binary\1\2\3\4", 16, (an_page){0});
  assert_true(has_problem(&a, "not a text"));
  assert_int_equal(a.block_count, 0);
  a = read_z("A surrogate became \xEF\xBF\xBD here.");
  assert_true(has_problem(&a, "bad characters"));
  assert_int_equal(a.problems[0].span.begin, 19);
  uint8_t noise[3000];
  uint32_t seed = 7;
  for (size_t i = 0; i < sizeof noise; i++) { seed = seed * 1664525 + 1013904223; noise[i] = (uint8_t)(seed >> 24); }
  a = read_bytes(noise, sizeof noise, (an_page){0});
  assert_true(has_problem(&a, "not a text"));
  a = read_z("<p>Text that is cut <a href=\"x");
  assert_true(has_problem(&a, "truncated"));
  an_page page = {.bytes = (const uint8_t *)"<p>0123456789</p>", .size = 17};
  an_page_limits limits = {.page_bytes = 8};
  an_error err = {0};
  an_arena_reset(&arena);
  assert_int_equal(an_page_read(&page, tables, &limits, &arena, NULL, &a, &err), AN_OK);
  assert_true(has_problem(&a, "limit met: page bytes"));
  assert_text(a.text, "01234");
}

static void budget_spent_is_a_status(void **state) {
  (void)state;
  an_arena small;
  an_page page = {.bytes = (const uint8_t *)"<p>Some words in a paragraph of a page.</p>", .size = 43};
  for (size_t max = 0; max < 40000; max += 509) {
    an_article a;
    an_error err = {0};
    an_arena_init(&small, max);
    an_status status = an_page_read(&page, tables, NULL, &small, NULL, &a, &err);
    assert_true(status == AN_OK || status == AN_ERR_LIMIT);
    an_arena_free(&small);
  }
}

/* ---- The map: every clean byte lies in one run, and its page bytes say it ------------------------------------------------ */

static void check_map(const an_article *a, const an_page *page) {
  uint32_t last_raw = 0;
  for (uint32_t i = 0; i < a->run_count; i++) {
    const an_run *run = &a->runs[i];
    uint32_t clean_end = i + 1 < a->run_count ? a->runs[i + 1].clean : a->text.size;
    assert_true(run->clean < clean_end && run->raw <= run->raw_end && run->raw_end <= page->size);
    assert_true(run->raw >= last_raw);
    last_raw = run->raw_end;
    bool single = run->raw_end - run->raw == clean_end - run->clean;
    for (uint32_t k = run->clean; single && k < clean_end; k++) {
      uint8_t clean = (uint8_t)a->text.at[k], raw = page->bytes[run->raw + (k - run->clean)];
      bool white = (clean == ' ' || clean == '\n') && (raw <= ' ' || raw == '>');
      if (clean != raw && !white && raw < 0x80) fail_msg("clean byte %u is %02x, the page has %02x", k, clean, raw);
    }
  }
  if (a->text.size > 0) assert_int_equal(a->runs[0].clean, 0);
  uint32_t last = 0, last_block_raw = 0;
  for (uint32_t i = 0; i < a->block_count; i++) {
    const an_article_block *b = &a->blocks[i];
    assert_true(b->clean.begin < b->clean.end && b->raw.begin < b->raw.end && b->raw.end <= page->size);
    assert_int_equal(b->clean.begin, i == 0 ? 0 : last + 1);
    assert_true(b->raw.begin >= last_block_raw);
    assert_int_equal(an_page_block_at(a, b->clean.begin), i);
    assert_int_equal(an_page_block_at(a, b->clean.end - 1), i);
    if (i > 0) { assert_int_equal(a->text.at[last], '\n'); assert_int_equal(an_page_block_at(a, last), AN_NONE); }
    last = b->clean.end;
    last_block_raw = b->raw.end;
  }
  assert_int_equal(last, a->text.size);
}

/* Pages made of pieces that matter, in an order that a generator of random numbers gives. */
static void map_of_random_pages(void **state) {
  (void)state;
  static const char *const pieces[] = {"<p>", "</p>", "<div>", "</div>", "word ", "two words", "&amp;", "&eacute;", "&nbsp;", "\xC2\xA0", "\xC2\xAD", "\xE2\x80\x8B",
    "\xC3\xA9", "\n", "  ", "\t", "<b>", "</b>", "<br>", "<!-- no -->", "<script>x < y</script>", "&#8212;", "&bad;", "&", "<", ">", "\xE3\x80\x80", "\xEF\xBB\xBF", "<li>", "<h1>",
    "\xFF", "\xE2\x82", "'", "\"", "\r\n", "<a href=x>", "</a>", "<td>", "&#x1F600;", "&nGg;", "\0"};
  uint32_t seed = 12345;
  char page[4096];
  for (int round = 0; round < 3000; round++) {
    size_t size = 0;
    for (int n = 0; n < 60; n++) {
      seed = seed * 1664525 + 1013904223;
      const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
      size_t length = *piece == '\0' ? 1 : strlen(piece);
      memcpy(page + size, piece, length);
      size += length;
    }
    an_page p = {.media_type = round % 3 == 0 ? AN_LIT("text/plain") : AN_LIT("text/html"), .charset = round % 7 == 0 ? AN_LIT("windows-1250") : (an_text){0}};
    an_article a = read_bytes(page, size, p);
    p.bytes = (const uint8_t *)page;
    p.size = (uint32_t)size;
    check_map(&a, &p);
  }
}

static void map_of_a_known_page(void **state) {
  (void)state;
  static const char page[] = "<p>A&amp;B  <b>c</b>\xC2\xAD" "d</p>\n<p>e";
  an_article a = read_z(page);
  assert_text(a.text, "A&B cd\ne");
  an_span amp = an_page_raw(&a, (an_span){1, 2});
  assert_int_equal(amp.begin, 4);
  assert_int_equal(amp.end, 9);
  an_span cd = an_page_raw(&a, (an_span){4, 6});
  assert_memory_equal(page + cd.begin, "c</b>\xC2\xAD" "d", cd.end - cd.begin);
  assert_int_equal(page[an_page_raw(&a, (an_span){7, 8}).begin], 'e');
}

static void languages(void **state) {
  (void)state;
  static const struct { const char *text, *language; } cases[] = {
    {"The minister said that the talks of the two sides had been held in the old town hall and that they would go on in May.", "en"},
    {"Der Minister sagte, dass die Gespräche der beiden Seiten im alten Rathaus geführt werden und dass sie auch im Mai noch nicht zu Ende sind.", "de"},
    {"Le ministre a dit que les discussions entre les deux parties ont eu lieu dans la vieille mairie et qu'elles se poursuivent avec le maire.", "fr"},
    {"El ministro dijo que las conversaciones entre los dos lados fueron en el viejo ayuntamiento y que no se sabe cuando hay otra.", "es"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_text(read_z(cases[i].text).language, cases[i].language);
}

int main(void) {
  an_error err = {0};
  const char *data = getenv("ANNALS_DATA");
  if (an_lexicon_open(data == NULL ? "build/release/share/annals" : data, &lexicon, &err) != AN_OK || an_page_tables_open(lexicon, &tables, &err) != AN_OK) {
    printf("skipped: %s\n", err.message);
    return 77;
  }
  an_arena_init(&arena, (size_t)256 << 20);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(spec_blocks), cmocka_unit_test(spec_verdicts), cmocka_unit_test(spec_notices), cmocka_unit_test(spec_languages), cmocka_unit_test(metadata_of_a_modern_page), cmocka_unit_test(days_in_urls),
    cmocka_unit_test(broken_json_keeps_what_came_before), cmocka_unit_test(neighbours_in_json_are_not_the_page),
    cmocka_unit_test(time_beside_the_title_outweighs_others), cmocka_unit_test(author_of_a_byline), cmocka_unit_test(charsets), cmocka_unit_test(problems), cmocka_unit_test(budget_spent_is_a_status),
    cmocka_unit_test(map_of_random_pages), cmocka_unit_test(map_of_a_known_page), cmocka_unit_test(languages)};
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  an_arena_free(&arena);
  an_page_tables_close(tables);
  an_lexicon_close(lexicon);
  return failed;
}
