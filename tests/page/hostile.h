/* SPDX-License-Identifier: Apache-2.0 */
/* Pages made to hurt, for test_hostile.c (they come through) and speed_hostile.c (they come through in time). */
#ifndef AN_TESTS_HOSTILE_H
#define AN_TESTS_HOSTILE_H
#include "unit.h"

#include "page/page.h"

static an_lexicon *lexicon;
static an_page_tables *tables;
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
  {"a charset of single bytes", "<meta charset=windows-1251><p>", "\xEF\xF0", false, "text/html"},
  {"a charset, a letter and a space", "<meta charset=windows-1251><p>", "\xEF ", false, "text/html"},
  {"a charset of two bytes", "<meta charset=shift_jis><p>", "\x82\xA0", false, "text/html"},
  {"a charset with states", "<meta charset=iso-2022-jp><p>", "\x1B$B$\"\x1B(Bx", false, "text/html"},
  {"a charset of four bytes", "<meta charset=gb18030><p>", "\x81\x30\x84\x36", false, "text/html"},
  {"half a charset", "<meta charset=gbk><p>", "\x81\xFF", false, "text/html"},
  {"UTF-16", "\xFF\xFE", "x\x04", false, "text/html"},
  {"halves of pairs in UTF-16", "\xFE\xFF", "\xD8\x01\xD8\x01", false, "text/html"},
  {"overlong characters", "<p>caf\xC3\xA9 \xC3\xA9", "\xC0\xAFx\xC3\xA9", false, "text/html"},
  {"illegal code points", "<p>", "&#x110000;&#0;&#xD800;", false, "text/html"},
  {"numbers without end", "<p>", "&#9", false, "text/html"},
  {"unclosed names", "", "<a", false, "text/html"},
  {"end tags in scripts", "<script>", "</script ", false, "text/html"},
  {"comments", "", "<!-- x --!>", false, "text/html"},
  {"CDATA", "<svg>", "<![CDATA[x]", false, "text/html"},
  {"bold in bold", "", "<b><i>x</b>", false, "text/html"},
  {"links in links", "", "<a><div>x", false, "text/html"},
  {"forms and options", "<select>", "<option>x<optgroup>", false, "text/html"},
  {"times", "", "<time datetime=2020-05-03>x</time>", false, "text/html"},
  {"spaces", "<p>", "x  ", false, "text/html"},
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

/* Opens the lexicon; 77, said, when there is none. */
static int hostile_open(void) {
  an_error err = {0};
  const char *data = getenv("ANNALS_DATA");
  if (an_lexicon_open(data == NULL ? "build/release/share/annals" : data, &lexicon, &err) == AN_OK &&
      an_page_tables_open(lexicon, &tables, &err) == AN_OK) return 0;
  printf("skipped: %s\n", err.message);
  return 77;
}

static void hostile_close(void) {
  an_page_tables_close(tables);
  an_lexicon_close(lexicon);
}
#endif
