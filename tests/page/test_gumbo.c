/* SPDX-License-Identifier: Apache-2.0 */
/* The scanner beside libgumbo, a parser of the whole standard: what both say is visible.

   The rule: all text of the page in its order, without what stands in script, style, noscript, template, head, title, textarea,
   iframe, noembed, noframes, xmp, svg and math; without white space, soft hyphens, zero-width and control characters, on both
   sides. On ../shared/data/pages 99 % of the pages must agree; own odd pages must all, but for those that say why not. */
#include "hostile.h"

#include "page/inner.h"

#ifndef ANNALS_HAVE_GUMBO
int main(void) {
  printf("skipped: built without libgumbo (libgumbo-dev)\n");
  return 77;
}
#else
#include <gumbo.h>

typedef struct seen { char *at; size_t size, capacity; } seen;

static bool shows(uint32_t c) {
  return !an_code_is_space(c) && c >= 32 && !(c >= 0x7F && c < 0xA0) && !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2060 && c <= 0x206F) &&
         !(c >= 0xFFF9 && c <= 0xFFFB);
}

static void see(seen *s, an_text text) {
  if (s->size + text.size > s->capacity) {
    s->capacity = (s->size + text.size) * 2;
    s->at = realloc(s->at, s->capacity);
    assert_non_null(s->at);
  }
  for (uint32_t at = 0; at < text.size;) {
    uint32_t begin = at;
    if (!shows(an_utf8_next(text, &at))) continue;
    memcpy(s->at + s->size, text.at + begin, at - begin);
    s->size += at - begin;
  }
}

static bool hidden(const GumboNode *node) {
  if (node->type == GUMBO_NODE_TEMPLATE) return true;
  if (node->type != GUMBO_NODE_ELEMENT) return false;
  switch (node->v.element.tag) {
  case GUMBO_TAG_SCRIPT: case GUMBO_TAG_STYLE: case GUMBO_TAG_NOSCRIPT: case GUMBO_TAG_TEMPLATE: case GUMBO_TAG_HEAD: case GUMBO_TAG_TITLE:
  case GUMBO_TAG_TEXTAREA: case GUMBO_TAG_IFRAME: case GUMBO_TAG_NOEMBED: case GUMBO_TAG_NOFRAMES: case GUMBO_TAG_XMP: case GUMBO_TAG_SVG:
  case GUMBO_TAG_MATH: return true;
  default: return false;
  }
}

/* The tree in its order, by the nodes' own links: a hostile page's is deep. */
static void see_tree(seen *s, const GumboNode *root) {
  for (const GumboNode *node = root; node != NULL;) {
    bool text = node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA || node->type == GUMBO_NODE_WHITESPACE;
    if (text) see(s, an_text_of(node->v.text.text));
    bool down = node->type == GUMBO_NODE_ELEMENT && !hidden(node) && node->v.element.children.length > 0;
    if (down) { node = node->v.element.children.data[0]; continue; }
    while (node != root && node->index_within_parent + 1 >= node->parent->v.element.children.length) node = node->parent;
    if (node == root) break;
    node = node->parent->v.element.children.data[node->index_within_parent + 1];
  }
}

/* Where what is seen differs, or AN_NONE; the words there, for a person. */
static size_t differ(const char *name, const uint8_t *bytes, uint32_t size, bool say) {
  an_arena arena;
  an_arena_init(&arena, (size_t)512 * MEBI);
  an_page page = {.bytes = bytes, .size = size, .media_type = AN_LIT("text/html"), .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
  an_article article;
  assert_int_equal(an_page_read(&page, tables, NULL, &arena, NULL, &article, NULL), AN_OK);
  reader *r = AN_NEW(&arena, reader, 1);                        /* the page as UTF-8, which libgumbo wants */
  assert_non_null(r);
  r->page = &page;
  r->tables = tables;
  r->arena = &arena;
  assert_int_equal(charset_decode(r, NULL), AN_OK);
  GumboOutput *output = gumbo_parse_with_options(&kGumboDefaultOptions, (const char *)r->source.at, r->source.size);
  seen own = {0}, theirs = {0};
  see(&own, article.text);
  see_tree(&theirs, output->root);
  size_t at = 0, shorter = own.size < theirs.size ? own.size : theirs.size;
  while (at < shorter && own.at[at] == theirs.at[at]) at++;
  bool same = own.size == theirs.size && at == shorter;
  if (!same && say) {
    size_t from = at < 40 ? 0 : at - 40;
    print_message("%s: at %zu of %zu and %zu\n  annals   %.*s\n  libgumbo %.*s\n", name, at, own.size, theirs.size,
                  (int)(own.size - from < 120 ? own.size - from : 120), own.at + from,
                  (int)(theirs.size - from < 120 ? theirs.size - from : 120), theirs.at + from);
  }
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  free(own.at);
  free(theirs.at);
  an_arena_free(&arena);
  return same ? AN_NONE : at;
}

/* ---- Odd little pages ------------------------------------------------------------------------------------------ */

typedef struct odd { const char *page, *why; } odd;              /* why: they differ, and it is meant */
static const odd odds[] = {
  {"<p>one<p>two<div>three</p>four</div>", NULL},
  {"<ul><li>one<li>two<ul><li>inner</ul><li>three</ul>after", NULL},
  {"<table><tr><td>a<td>b<tr><th>c</table>d", NULL},
  {"<p>start<table><tr><td>in</td></tr>between</table>after", "text that stands in a table but in no cell: the standard moves it before the table"},
  {"<select><option>one<option>two</select>three", NULL},
  {"a<b>b<i>c</b>d</i>e", NULL},
  {"<a href=x>one<a href=y>two</a>", NULL},
  {"<h1>head<h2>other</h1>text", NULL},
  {"<div title='a>b' data-x=\"</div>\">text</div>", NULL},
  {"<div a=1 a=2 / b = 'x' =c>text</div>", NULL},
  {"<p>a < b and a<b and 3<4 and <3", NULL},
  {"<p>x</>y</ z>w</p >v", NULL},
  {"<!-- a -- b --!> c --> d<!-- x --!", NULL},
  {"<!--!>a-->b<!---!>c-->d<!----!>e<!---->f", NULL},
  {"<!-->one<!--->two<!-- -->three<!-- x", NULL},
  {"<!doctype html><?php echo ?>text<!x>more<![CDATA[no]]>end", NULL},
  {"<script>if (a</b) '<p>';</script>one<script><!-- <script></script> --></script>two", NULL},
  {"<script><!--</script>three<script>x</SCRIPT >four", NULL},
  {"<style>p { }</stylex></style>one<textarea></p></textarea>two<title></b></title>three", NULL},
  {"<noscript><p>no</p></noscript>one", "in a head, before any text, the standard lets <p> end a noscript: a picture to be counted by"},
  {"one<noscript><p>no</p></noscript>two<iframe><p>no</iframe>two<xmp><b></xmp>three", NULL},
  {"<svg><title>no</title><desc>no</desc><path d=x/></svg>one<math><mi>x</mi></math>two", NULL},
  {"<svg><![CDATA[ no </svg> ]]></svg>one", NULL},
  {"<template><p>no</p><template>no</template></template>one", NULL},
  {"&amp;&lt;&gt&quot;&nbsp;&copy2019;&notit;&notin;&amp", NULL},
  {"&#65;&#x42;&#0;&#x110000;&#xD800;&#128;&#150;&#x80;&#;&#x;&#99999999999;", NULL},
  {"&CounterClockwiseContourIntegral;&nosuch;&Aacute&Aacutex;&ampx;", NULL},
  {"<a href='?a=1&copy=2&lt;'>text</a>", NULL},
  {"<p>soft\xC2\xADhyphen zero\xE2\x80\x8Bwidth no\xC2\xA0" "break \xEF\xBB\xBF end", NULL},
  {"<html><head><title>no</title><meta charset=utf-8><link rel=x></head><body>one</body>two</html>three", NULL},
  {"<head><p>a paragraph ends the head</p>", NULL},
  {"text before <html lang=en><body class=x>text</body><body id=y>more", NULL},
  {"<frameset><frame></frameset>text", "the standard throws away what stands beside frames; a reader of old pages wants it"},
  {"<button>a<button>b</button>c", NULL},
  {"<form><form>one</form>two</form>three", NULL},
  {"<dl><dt>a<dd>b<dt>c</dl>d", NULL},
  {"<ruby>word<rt>reading</ruby>", NULL},
  {"<br/>one<hr>two<img alt=no>three<input value=no>four<wbr>five", NULL},
  {"<image src=x>one<p/>two<div/>three", NULL},
  {"<plaintext>one<b>two", "<plaintext> ends all markup, in the standard; nobody writes it"},
  {"<p>one<object><p>two</object>three</p>", NULL},
  {"<table><caption>cap</caption><colgroup><col></colgroup><thead><tr><th>h</thead><tbody><tr><td>d</table>e", NULL},
  {"<table><tr><td><table><tr><td>in</table>out</table>end", NULL},
  {"<DIV>Upper <SCRIPT>no</script>case</DIV>", NULL},
  {"<p>cut <b", NULL},
  {"<p>cut <b class=\"x", NULL},
  {"<p>cut &am", NULL},
  {"<p>line\r\nend\rand\fform", NULL},
  {"<p>vertical\vtab", "libgumbo makes U+FFFD of it, where the standard keeps it"},
};

static void odd_pages_agree(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof odds / sizeof *odds; i++) {
    bool same = differ(odds[i].page, (const uint8_t *)odds[i].page, (uint32_t)strlen(odds[i].page), odds[i].why == NULL) == AN_NONE;
    if (same != (odds[i].why == NULL)) fail_msg("%s: %s", odds[i].page, same ? "agrees, which is news" : "differs");
  }
}

static void hostile_pages_agree(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    if (strcmp(pages[i].type, "text/html") != 0) continue;
    uint8_t *bytes = make(&pages[i], 4096);
    /* Controls by the thousand are no page for this room, which says so; libgumbo shows them. */
    bool binary = strcmp(pages[i].name, "nul bytes") == 0 || strcmp(pages[i].name, "a charset with states") == 0;
    bool same = differ(pages[i].name, bytes, 4096, !binary) == AN_NONE;
    free(bytes);
    if (same == binary) fail_msg("%s: %s", pages[i].name, same ? "agrees, which is news" : "differs");
  }
}

/* ---- Pages of news ------------------------------------------------------------------------------------------------ */

static void pages_of_news_agree(void **state) {
  (void)state;
  char folder[4096];
  const char *top = getenv("SOURCE_DIR");
  snprintf(folder, sizeof folder, "%s/../shared/data/pages/html", top == NULL ? "." : top);
  const char *paths[] = {folder};
  const an_input_options options = {.given = AN_DAYS_ANY};
  an_input *input;
  an_page page;
  an_error err = {0};
  uint32_t count = 0, same = 0;
  if (an_input_open(paths, 1, &options, NULL, NULL, &input, &err) != AN_OK) {
    print_message("skipped: no ../shared/data/pages here\n");
    return;
  }
  while (an_input_next(input, &page)) {
    count++;
    same += differ(page.path.at, page.bytes, page.size, true) == AN_NONE;
    an_input_release(input, &page);
  }
  an_input_close(input);
  print_message("the visible text of %u of %u pages agrees\n", same, count);
  assert_true(same * 100 >= count * 99);
}

int main(void) {
  int skipped = hostile_open();
  if (skipped != 0) return skipped;
  const struct CMUnitTest tests[] = {cmocka_unit_test(odd_pages_agree), cmocka_unit_test(hostile_pages_agree),
                                     cmocka_unit_test(pages_of_news_agree)};
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  hostile_close();
  return failed;
}
#endif
