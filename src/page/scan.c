/* SPDX-License-Identifier: Apache-2.0 */
/* The tokeniser: the WHATWG states that matter for reading (text, tags with quoted and bare attributes, comments, raw text,
   CDATA inside svg and math). Every byte is looked at once; what is not closed runs to the end of the page. */
#include "page/inner.h"

#include <string.h>
#include <strings.h>

/* Elements this room has an opinion of, with the HTML standard's facts; sorted by name. */
static const element elements[] = {
  {"a", TAG_A, 0}, {"address", TAG_OTHER, EL_BLOCK | EL_CLOSES_P}, {"area", TAG_OTHER, EL_VOID},
  {"article", TAG_ARTICLE, EL_BLOCK | EL_CLOSES_P}, {"aside", TAG_ASIDE, EL_BLOCK | EL_CLOSES_P}, {"b", TAG_STRONG, 0},
  {"base", TAG_OTHER, EL_VOID}, {"blockquote", TAG_BLOCKQUOTE, EL_BLOCK | EL_CLOSES_P}, {"body", TAG_BODY, EL_BLOCK},
  {"br", TAG_BR, EL_VOID}, {"button", TAG_BUTTON, EL_BLOCK | EL_SCOPE},
  {"caption", TAG_FIGCAPTION, EL_BLOCK | EL_SCOPE}, {"center", TAG_OTHER, EL_BLOCK | EL_CLOSES_P},
  {"col", TAG_OTHER, EL_VOID}, {"dd", TAG_DD, EL_BLOCK | EL_CLOSES_P}, {"details", TAG_OTHER, EL_BLOCK | EL_CLOSES_P},
  {"dialog", TAG_OTHER, EL_BLOCK | EL_CLOSES_P}, {"div", TAG_DIV, EL_BLOCK | EL_CLOSES_P},
  {"dl", TAG_UL, EL_BLOCK | EL_CLOSES_P}, {"dt", TAG_DT, EL_BLOCK | EL_CLOSES_P}, {"embed", TAG_OTHER, EL_VOID},
  {"fieldset", TAG_FORM, EL_BLOCK | EL_CLOSES_P}, {"figcaption", TAG_FIGCAPTION, EL_BLOCK | EL_CLOSES_P},
  {"figure", TAG_FIGURE, EL_BLOCK | EL_CLOSES_P}, {"footer", TAG_FOOTER, EL_BLOCK | EL_CLOSES_P},
  {"form", TAG_FORM, EL_BLOCK | EL_CLOSES_P}, {"frame", TAG_OTHER, EL_VOID}, {"h1", TAG_H1, EL_BLOCK | EL_CLOSES_P},
  {"h2", TAG_H2, EL_BLOCK | EL_CLOSES_P}, {"h3", TAG_H3, EL_BLOCK | EL_CLOSES_P},
  {"h4", TAG_H4, EL_BLOCK | EL_CLOSES_P}, {"h5", TAG_H5, EL_BLOCK | EL_CLOSES_P},
  {"h6", TAG_H6, EL_BLOCK | EL_CLOSES_P}, {"head", TAG_HEAD, EL_BLOCK}, {"header", TAG_HEADER, EL_BLOCK | EL_CLOSES_P},
  {"hgroup", TAG_OTHER, EL_BLOCK | EL_CLOSES_P}, {"hr", TAG_OTHER, EL_VOID | EL_BLOCK | EL_CLOSES_P},
  {"html", TAG_HTML, EL_BLOCK}, {"iframe", TAG_OTHER, EL_RAW}, {"img", TAG_OTHER, EL_VOID},
  {"input", TAG_OTHER, EL_VOID}, {"label", TAG_OTHER, EL_BLOCK}, {"legend", TAG_OTHER, EL_BLOCK},
  {"li", TAG_LI, EL_BLOCK | EL_CLOSES_P}, {"link", TAG_LINK, EL_VOID}, {"main", TAG_MAIN, EL_BLOCK | EL_CLOSES_P},
  {"math", TAG_SVG, EL_DROP}, {"meta", TAG_META, EL_VOID}, {"nav", TAG_NAV, EL_BLOCK | EL_CLOSES_P},
  {"noembed", TAG_OTHER, EL_RAW}, {"noframes", TAG_OTHER, EL_RAW}, {"noscript", TAG_OTHER, EL_RAW},
  {"object", TAG_OTHER, EL_BLOCK | EL_SCOPE}, {"ol", TAG_OL, EL_BLOCK | EL_CLOSES_P},
  {"optgroup", TAG_OPTION, EL_BLOCK}, {"option", TAG_OPTION, EL_BLOCK}, {"p", TAG_P, EL_BLOCK | EL_CLOSES_P},
  {"param", TAG_OTHER, EL_VOID}, {"pre", TAG_OTHER, EL_BLOCK | EL_CLOSES_P}, {"script", TAG_SCRIPT, EL_RAW},
  {"section", TAG_SECTION, EL_BLOCK | EL_CLOSES_P}, {"select", TAG_SELECT, EL_BLOCK}, {"source", TAG_OTHER, EL_VOID},
  {"span", TAG_SPAN, 0}, {"strong", TAG_STRONG, 0}, {"style", TAG_OTHER, EL_RAW},
  {"summary", TAG_OTHER, EL_BLOCK | EL_CLOSES_P}, {"svg", TAG_SVG, EL_DROP},
  {"table", TAG_TABLE, EL_BLOCK | EL_CLOSES_P | EL_SCOPE}, {"tbody", TAG_OTHER, EL_BLOCK},
  {"td", TAG_TD, EL_BLOCK | EL_SCOPE}, {"template", TAG_OTHER, EL_DROP | EL_SCOPE}, {"textarea", TAG_OTHER, EL_RCDATA},
  {"tfoot", TAG_OTHER, EL_BLOCK}, {"th", TAG_TH, EL_BLOCK | EL_SCOPE}, {"thead", TAG_OTHER, EL_BLOCK},
  {"time", TAG_TIME, 0}, {"title", TAG_TITLE, EL_RCDATA}, {"tr", TAG_TR, EL_BLOCK}, {"track", TAG_OTHER, EL_VOID},
  {"ul", TAG_UL, EL_BLOCK | EL_CLOSES_P}, {"wbr", TAG_OTHER, EL_VOID}, {"xmp", TAG_OTHER, EL_RAW}};
/* Index of the first name with each letter; tests/page/test_scan.c holds it to the list. */
static const uint8_t first_of[27] = {0, 5, 11, 14, 20, 21, 27, 27, 38, 41, 41, 41, 45, 48, 52, 56, 59, 59, 59, 68, 80, 81, 81, 82, 83, 83, 83};

const element *element_find(const uint8_t *name, uint32_t size) {
  if (size == 0 || size > 10) return NULL;
  unsigned first = (name[0] | 32u) - 'a';
  if (first > 25) return NULL;
  for (unsigned i = first_of[first]; i < first_of[first + 1]; i++)
    if (strlen(elements[i].name) == size && strncasecmp(elements[i].name, (const char *)name, size) == 0) return &elements[i];
  return NULL;
}

static bool white(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13 && c != 11); }
static bool letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

bool attribute_named(const reader *r, const attribute *a, const char *name) {
  size_t size = strlen(name);
  return a->name_end - a->name == size && strncasecmp((const char *)r->source.at + a->name, name, size) == 0;
}
const attribute *attribute_find(const reader *r, const tag_seen *tag, const char *name) {
  for (uint32_t i = 0; i < tag->count; i++)
    if (attribute_named(r, &tag->attributes[i], name)) return &tag->attributes[i];
  return NULL;
}

/* One attribute at `i` (not white, not '>'); where it ends. */
static uint32_t scan_attribute(const uint8_t *at, uint32_t size, uint32_t i, attribute *a) {
  a->name = i;
  if (i < size && at[i] == '=') i++;                           /* an equals sign first is part of the name */
  while (i < size && !white(at[i]) && at[i] != '=' && at[i] != '>' && at[i] != '/') i++;
  a->name_end = i;
  a->value = a->value_end = i;
  uint32_t after = i;
  while (after < size && white(at[after])) after++;
  if (after >= size || at[after] != '=') return i;
  i = after + 1;
  while (i < size && white(at[i])) i++;
  if (i < size && (at[i] == '"' || at[i] == '\'')) {
    const uint8_t *close = memchr(at + i + 1, at[i], size - i - 1);
    a->value = i + 1;
    a->value_end = close == NULL ? size : (uint32_t)(close - at);
    return close == NULL ? size : a->value_end + 1;
  }
  a->value = i;
  while (i < size && !white(at[i]) && at[i] != '>') i++;
  a->value_end = i;
  return i;
}

/* A tag from '<'; false when the page ends inside it. *next is behind '>'. */
static bool scan_tag(const reader *r, uint32_t begin, tag_seen *tag, uint32_t *next) {
  const uint8_t *at = r->source.at;
  uint32_t size = r->source.size, i = begin + 1;
  tag->begin = begin;
  tag->closed = at[i] == '/';
  if (tag->closed) i++;
  tag->name = i;
  while (i < size && !white(at[i]) && at[i] != '>' && at[i] != '/') i++;
  tag->name_end = i;
  tag->element = element_find(at + tag->name, i - tag->name);
  tag->count = 0;
  while (i < size) {
    if (at[i] == '>') { *next = i + 1; return true; }
    if (white(at[i]) || at[i] == '/') { i++; continue; }
    attribute a;
    i = scan_attribute(at, size, i, &a);
    if (tag->count < 64 && !tag->closed) tag->attributes[tag->count++] = a;
  }
  *next = size;
  return false;
}

/* The '<' of the end tag that closes raw text, or the end of the page. In a script, "<!-- <script" hides one "</script". */
static uint32_t raw_end(const reader *r, uint32_t i, const uint8_t *name, uint32_t name_size, bool script) {
  const uint8_t *at = r->source.at;
  uint32_t size = r->source.size;
  bool escaped = false, twice = false;
  while (i < size) {
    const uint8_t *found = memchr(at + i, '<', size - i);
    uint32_t from = i;
    i = found == NULL ? size : (uint32_t)(found - at);
    if (script && escaped && memmem(at + from, i - from, "-->", 3) != NULL) escaped = twice = false;
    if (i >= size) return size;
    if (script && !escaped && size - i >= 4 && memcmp(at + i, "<!--", 4) == 0) { escaped = true; i += 4; continue; }
    bool end = i + 1 < size && at[i + 1] == '/';
    uint32_t word = i + (end ? 2 : 1);
    if (size - i > name_size + 2 && strncasecmp((const char *)at + word, (const char *)name, name_size) == 0) {
      uint8_t after = at[word + name_size];
      if (white(after) || after == '>' || after == '/') {
        if (!end && script && escaped) twice = true;
        else if (end && twice) twice = false;
        else if (end) return i;
      }
    }
    i++;
  }
  return size;
}

static uint32_t behind(const reader *r, uint32_t i, const char *what) {
  size_t n = strlen(what);
  const uint8_t *found = memmem(r->source.at + i, r->source.size - i, what, n);
  return found == NULL ? r->source.size : (uint32_t)(found - r->source.at) + (uint32_t)n;
}

/* "-->" ends the comment at `begin`, and "--!>" too; the former may share the dashes of "<!--", as in "<!--->". */
static uint32_t comment_end(const reader *r, uint32_t begin) {
  const uint8_t *at = r->source.at, *first = at + begin + 4, *end = at + r->source.size;
  for (const uint8_t *i = first; (i = memchr(i, '>', (size_t)(end - i))) != NULL; i++) {
    bool dashes = i[-1] == '-' && i[-2] == '-', odd = i - first >= 3 && i[-1] == '!' && i[-2] == '-' && i[-3] == '-';
    if (dashes || odd) return (uint32_t)(i - at) + 1;
  }
  return r->source.size;
}

/* <!-- … -->, <!doctype …>, <?xml …>, <![CDATA[ … ]]> in svg or math; what lies behind it. */
static uint32_t scan_declaration(reader *r, const outline *o, uint32_t begin) {
  const uint8_t *at = r->source.at + begin;
  uint32_t left = r->source.size - begin;
  if (left >= 4 && memcmp(at, "<!--", 4) == 0) {
    uint32_t end = comment_end(r, begin);
    meta_comment(r, begin, end);
    return end;
  }
  if (left >= 9 && memcmp(at, "<![CDATA[", 9) == 0 && outline_foreign(o)) return behind(r, begin, "]]>");
  return behind(r, begin, ">");
}

/* Behind a start tag of raw text: scripts with JSON-LD and <title> are kept, the rest is passed over. */
static uint32_t scan_raw(reader *r, outline *o, const tag_seen *tag, uint32_t begin) {
  const uint8_t *name = r->source.at + tag->name;
  uint32_t size = tag->name_end - tag->name, end = raw_end(r, begin, name, size, tag->element->tag == TAG_SCRIPT);
  if (tag->element->tag == TAG_TITLE && r->head_title.end == 0 && !outline_foreign(o)) r->head_title = (an_span){begin, end};
  const attribute *type = tag->element->tag == TAG_SCRIPT ? attribute_find(r, tag, "type") : NULL;
  if (type != NULL && memmem(r->source.at + type->value, type->value_end - type->value, "ld+json", 7) != NULL && r->islands.count < 32) {
    json_island *island = AN_PUSH(r->arena, &r->islands);
    if (island == NULL) r->spent = true; else *island = (json_island){begin, end};
  }
  uint32_t next = end;
  tag_seen close;
  if (end < r->source.size) scan_tag(r, end, &close, &next);
  return next;
}

void scan_html(reader *r) {
  outline *o = outline_new(r);
  if (o == NULL) { r->spent = true; return; }
  const uint8_t *at = r->source.at;
  uint32_t size = r->source.size, i = 0;
  tag_seen tag;
  while (i < size && !r->spent && !r->sink.full) {
    uint32_t text = i;
    for (;;) {                                                 /* text runs to a '<' that begins something */
      const uint8_t *found = memchr(at + i, '<', size - i);
      i = found == NULL ? size : (uint32_t)(found - at);
      while (i + 1 < size && at[i + 1] == '<') i++;            /* of those in a row only the last may begin something */
      if (i + 1 >= size) { i = size; break; }
      uint8_t next = at[i + 1];
      if (letter(next) || next == '!' || next == '?' || (next == '/' && i + 2 < size)) break;
      i++;
    }
    if (i > text) outline_text(o, text, i);
    if (i >= size) break;
    uint8_t next = at[i + 1];
    if (next == '!' || next == '?' || (next == '/' && !letter(at[i + 2]))) { i = scan_declaration(r, o, i); continue; }
    uint32_t begin = i;
    if (!scan_tag(r, begin, &tag, &i)) { problem_add(r, "truncated: the page ends inside a tag", (an_span){begin, size}); break; }
    if (tag.closed) { outline_close(o, at + tag.name, tag.name_end - tag.name); continue; }
    meta_tag(r, &tag);
    outline_open(o, &tag);
    if (tag.element != NULL && tag.element->traits & (EL_RAW | EL_RCDATA)) i = scan_raw(r, o, &tag, i);
  }
  sink_break(r);
}
