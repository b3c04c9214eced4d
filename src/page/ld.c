/* SPDX-License-Identifier: Apache-2.0 */
/* JSON-LD. All blocks of the page are one collection of objects: the articles among them whose headline is not the page's title
   are its neighbours, what stands in a list of parts, updates or comments speaks of others, and a reference by @id is looked up
   in any block. A slip (a comma too many, a comment around it, a cut end) costs what stands behind it at most. */
#include "page/inner.h"

#include <string.h>

enum { LEVELS = 64, MOST_VALUES = 2000, LONGEST_VALUE = 4000, MOST_REFERENCES = 32 };
typedef enum ld_type { LD_UNTYPED, LD_ARTICLE, LD_PAGE, LD_SITE, LD_BODY, LD_ELSE } ld_type;   /* body: an organisation */

/* One object while it is open. `subject`: the object that its name speaks of (an author's of the article). */
typedef struct ld_level { uint32_t object, subject; an_text role; bool array, other; } ld_level;
typedef struct ld_value { uint32_t object, own; an_text key, value; an_span range; } ld_value;
typedef struct ld_object { uint8_t type; bool other; an_text id, name; an_span name_range; } ld_object;
typedef struct ld {
  reader *r;
  an_json_in in;
  uint32_t base, depth, references;
  an_text head, graph;                 /* what <title> and Open Graph say */
  ld_level levels[LEVELS];
  AN_LIST(ld_object) objects;
  AN_LIST(ld_value) values;
} ld;

/* schema.org: NewsArticle, ReportageNewsArticle, BlogPosting, LiveBlogPosting, Report …; WebPage is the page around it. */
static uint8_t type_of(an_text type) {
  uint32_t slash = an_text_find(type, 0, AN_LIT("schema.org/"));
  if (slash != AN_NONE) type = an_text_slice(type, slash + 11, type.size);
  if (an_text_ends(type, "Article") || an_text_ends(type, "Posting") || an_text_is(type, "Report")) return LD_ARTICLE;
  if (an_text_is(type, "WebSite")) return LD_SITE;
  if (an_text_ends(type, "Organization") || an_text_is(type, "Corporation")) return LD_BODY;
  return an_text_ends(type, "WebPage") ? LD_PAGE : LD_ELSE;
}

/* "Q&amp;A" in a JSON string is written twice over. */
static an_text plain(reader *r, an_text t) {
  if (t.at == NULL || memchr(t.at, '&', t.size) == NULL) return t;
  char *out = an_arena_take(r->arena, t.size, 1), put[8];
  if (out == NULL) { r->spent = true; return t; }
  uint32_t size = 0;
  for (uint32_t at = 0; at < t.size;) {
    uint32_t bytes = 0, took = t.at[at] == '&' ? entity_decode((const uint8_t *)t.at, t.size, at, false, put, &bytes) : 0;
    if (took == 0 || bytes > took) { out[size++] = t.at[at++]; continue; }
    memcpy(out + size, put, bytes);
    size += bytes;
    at += took;
  }
  return (an_text){out, size};
}

/* ---- Reading -------------------------------------------------------------------------------------------------------- */

static void ld_open(ld *d, an_text key, bool array) {
  const ld_level *up = d->depth > 0 && d->depth <= LEVELS ? &d->levels[d->depth - 1] : NULL;
  d->depth++;
  if (d->depth > LEVELS) return;
  ld_level *in = &d->levels[d->depth - 1];
  an_text role = up == NULL ? (an_text){0} : up->array ? up->role : key;
  uint8_t kind = 0, strength;
  const char *from;
  bool other = meta_row(d->r, role, "json-ld", &kind, &strength, &from) && kind == META_OTHER;
  *in = (ld_level){up == NULL ? 0 : up->object, up == NULL ? 0 : up->subject, role, array, other || (up != NULL && up->other)};
  if (array) return;
  ld_object *object = AN_PUSH(d->r->arena, &d->objects);
  if (object == NULL) { d->r->spent = true; return; }
  *object = (ld_object){.other = in->other};
  in->subject = up == NULL ? 0 : up->object;
  in->object = d->objects.count;
}

static void ld_keep(ld *d, const ld_level *in, an_text path, bool nested, an_text value, an_span range) {
  uint8_t kind, strength;
  const char *from;
  if (!meta_row(d->r, path, "json-ld", &kind, &strength, &from)) return;
  ld_value *v = AN_PUSH(d->r->arena, &d->values);
  if (v == NULL) { d->r->spent = true; return; }
  *v = (ld_value){nested ? in->subject : in->object, in->object, path, value, range};
}

/* A string at its place: "headline" of this object, or "author.name" of the object around it. */
static void ld_string(ld *d, an_text key) {
  if (d->depth == 0 || d->depth > LEVELS || d->r->spent) return;
  const ld_level *in = &d->levels[d->depth - 1];
  an_text name = in->array ? in->role : key;
  if (name.size == 0 || in->object == 0 || d->in.span.end - d->in.span.begin > LONGEST_VALUE || d->values.count >= MOST_VALUES) return;
  ld_object *object = &d->objects.at[in->object - 1];
  bool type = an_text_is(name, "@type"), is_name = an_text_is(name, "name"), id = an_text_is(name, "@id");
  uint8_t kind, strength;
  const char *from;
  if (!type && !is_name && !id && !meta_row(d->r, name, "json-ld", &kind, &strength, &from)) return;
  an_text value = plain(d->r, an_json_string(&d->in, d->r->arena));
  an_span range = {d->base + d->in.span.begin, d->base + d->in.span.end};
  if (type) {
    uint8_t said = type_of(value);
    if (object->type == LD_UNTYPED || said < object->type) object->type = said;
    return;
  }
  if (id) object->id = value;
  if (is_name && !in->array) { object->name = value; object->name_range = range; }
  bool nested = (is_name || id) && !in->array && in->role.size > 0;
  if (nested) {
    an_text path = an_arena_printf(d->r->arena, "%.*s.%.*s", (int)in->role.size, in->role.at, (int)name.size, name.at);
    ld_keep(d, in, path, true, value, range);
  }
  if (!id) ld_keep(d, in, name, false, value, range);
}

/* The block without what may stand around it ("<!--", "//<![CDATA[") and without commas before a closing bracket; places stay. */
static an_text mended(ld *d, json_island island) {
  an_text text = source_text(d->r, island.begin, island.end);
  uint32_t begin = 0;
  while (begin < text.size && text.at[begin] != '{' && text.at[begin] != '[') begin++;
  if (begin + 9 <= text.size && memcmp(text.at + begin, "[CDATA[", 7) == 0)
    for (begin += 7; begin < text.size && text.at[begin] != '{' && text.at[begin] != '[';) begin++;
  d->base = island.begin + begin;
  an_text rest = an_text_slice(text, begin, text.size);
  char *out = an_arena_take(d->r->arena, rest.size, 1);
  if (out == NULL) { d->r->spent = true; return (an_text){0}; }
  memcpy(out, rest.at, rest.size);
  uint32_t comma = AN_NONE;
  bool quoted = false;
  for (uint32_t i = 0; i < rest.size; i++) {
    char c = out[i];
    if (quoted && c == '\\') { i++; continue; }
    if (c == '"') quoted = !quoted;
    if (quoted || c == '"') { comma = AN_NONE; continue; }
    if ((c == '}' || c == ']') && comma != AN_NONE) out[comma] = ' ';
    if (c == ',') comma = i; else if (c != ' ' && c != '\n' && c != '\r' && c != '\t') comma = AN_NONE;
  }
  return (an_text){out, rest.size};
}

/* Behind a slip: pairs of a key that the table knows and a string, for the object that was open. */
static void ld_pairs(ld *d) {
  an_text t = d->in.text;
  if (d->depth == 0 || d->depth > LEVELS) return;
  const ld_level in = d->levels[d->depth - 1];
  if (in.object == 0) return;
  uint32_t ends[4] = {0}, n = 0;                                     /* the last quotation marks: key's and value's */
  for (uint32_t i = d->in.at; i < t.size && d->values.count < MOST_VALUES; i++) {
    if (t.at[i] == '\\') { i++; continue; }
    if (t.at[i] != '"') continue;
    if (n == 4) { memmove(ends, ends + 1, 3 * sizeof *ends); n = 3; }
    ends[n++] = i;
    if (n < 4 || ends[1] - ends[0] > 40 || ends[3] - ends[2] > LONGEST_VALUE) continue;
    an_text between = an_text_trim(an_text_slice(t, ends[1] + 1, ends[2]));
    if (!an_text_is(between, ":")) continue;
    an_text key = an_text_slice(t, ends[0] + 1, ends[1]), value = an_text_slice(t, ends[2] + 1, ends[3]);
    if (!an_text_is(key, "name")) ld_keep(d, &in, key, false, plain(d->r, value), (an_span){d->base + ends[2] + 1, d->base + ends[3]});
    n = 0;
  }
}

static void ld_read(ld *d, json_island island) {
  d->depth = 0;
  an_text text = mended(d, island);
  if (text.size == 0) return;
  an_json_start(&d->in, text);
  an_text key = {0};
  while (!d->r->spent) {
    an_json_kind kind = an_json_next(&d->in);
    if (kind == AN_JSON_ERROR) ld_pairs(d);                           /* what came before a slip is good anyway */
    if (kind == AN_JSON_END || kind == AN_JSON_ERROR) return;
    if (kind == AN_JSON_KEY) key = an_json_string(&d->in, d->r->arena);
    else if (kind == AN_JSON_OBJECT || kind == AN_JSON_ARRAY) ld_open(d, key, kind == AN_JSON_ARRAY);
    else if ((kind == AN_JSON_OBJECT_END || kind == AN_JSON_ARRAY_END) && d->depth > 0) d->depth--;
    else if (kind == AN_JSON_STRING) ld_string(d, key);
  }
}

/* ---- Which of the objects is the page ----------------------------------------------------------------------------------- */

static float share_of_words(an_text headline, an_text in) {
  uint32_t words = 0, found = 0;
  for (uint32_t i = 0; i < headline.size && words < 40;) {
    uint32_t begin = i;
    while (i < headline.size && headline.at[i] != ' ') i++;
    if (i - begin >= 4) {
      words++;
      found += an_text_find(in, 0, an_text_slice(headline, begin, i)) != AN_NONE;
    }
    while (i < headline.size && headline.at[i] == ' ') i++;
  }
  return words == 0 ? 1 : (float)found / (float)words;
}

/* How much of a headline's longer words the page's own title has, in <title> or in Open Graph. */
static float said_by_title(const ld *d, an_text headline) {
  if (d->graph.size == 0 && d->head.size == 0) return 1;
  float by_graph = d->graph.size > 0 ? share_of_words(headline, d->graph) : 0, by_head = d->head.size > 0 ? share_of_words(headline, d->head) : 0;
  return by_graph > by_head ? by_graph : by_head;
}

/* Several articles on one page: those whose headline is not the page's title are its neighbours. */
static void drop_neighbours(ld *d) {
  uint32_t articles = 0;
  for (uint32_t i = 0; i < d->objects.count; i++) {
    if (d->objects.at[i].other) d->objects.at[i].type = LD_ELSE;
    articles += d->objects.at[i].type == LD_ARTICLE;
  }
  for (uint32_t i = 0; i < d->values.count && articles > 1; i++) {
    const ld_value *v = &d->values.at[i];
    if (v->object == 0 || d->objects.at[v->object - 1].type != LD_ARTICLE || !an_text_is(v->key, "headline")) continue;
    if (said_by_title(d, v->value) < 0.5f) d->objects.at[v->object - 1].type = LD_ELSE;
  }
}

/* The object of another place that has the same @id and a name. */
static const ld_object *referred(ld *d, an_text id) {
  if (d->references++ >= MOST_REFERENCES) return NULL;
  for (uint32_t i = 0; i < d->objects.count; i++)
    if (d->objects.at[i].name.size > 0 && an_text_equal(d->objects.at[i].id, id)) return &d->objects.at[i];
  return NULL;
}

static void tell(ld *d, const ld_value *v) {
  const ld_object *of = v->object > 0 ? &d->objects.at[v->object - 1] : NULL;
  uint8_t kind, strength;
  const char *from;
  if (of == NULL || !meta_row(d->r, v->key, "json-ld", &kind, &strength, &from) || kind == META_OTHER) return;
  if (of->type == LD_SITE && an_text_is(v->key, "name")) meta_add(d->r, AN_META_SITE, 60, v->value, v->range, "json-ld WebSite name");
  if (of->type != LD_ARTICLE && of->type != LD_PAGE) return;
  const ld_object *own = &d->objects.at[v->own - 1];
  an_text value = v->value;
  an_span range = v->range;
  if (an_text_ends(v->key, ".@id") && kind != AN_META_CANONICAL) {
    own = own->name.size > 0 ? NULL : referred(d, v->value);           /* a name beside it is said already */
    if (own == NULL) return;
    value = own->name;
    range = own->name_range;
  }
  if (kind == AN_META_AUTHOR && own->type == LD_BODY) return;          /* a desk or an agency */
  meta_add(d->r, kind, of->type == LD_ARTICLE ? strength : strength / 2, value, range, from);
}

void ld_islands(reader *r) {
  if (r->islands.count == 0) return;
  ld *d = AN_NEW(r->arena, ld, 1);
  if (d == NULL) { r->spent = true; return; }
  d->r = r;
  d->graph = meta_best(r, AN_META_TITLE, NULL);
  if (r->head_title.end > r->head_title.begin) d->head = entity_text(r, r->head_title.begin, r->head_title.end, false);
  for (uint32_t i = 0; i < r->islands.count && !r->spent; i++) ld_read(d, r->islands.at[i]);
  if (r->spent) return;
  drop_neighbours(d);
  for (uint32_t i = 0; i < d->values.count; i++) tell(d, &d->values.at[i]);
}
