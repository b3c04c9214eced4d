/* SPDX-License-Identifier: Apache-2.0 */
/* What the page says of itself: JSON-LD, Open Graph and meta tags, <time>, canonical links, the day in a URL, <html lang>.
   Which key means what, and which outweighs which, is data/lexicon/pagemeta.tsv. */
#include "page/inner.h"

#include <string.h>
#include <strings.h>

void problem_add(reader *r, const char *what, an_span range) {
  if (r->problems.count >= 32) return;
  an_problem *p = AN_PUSH(r->arena, &r->problems);
  if (p == NULL) { r->spent = true; return; }
  *p = (an_problem){an_text_of(what), source_to_page(&r->source, range)};
}

void meta_add(reader *r, uint8_t kind, uint8_t strength, an_text value, an_span range, const char *from) {
  value = an_text_trim(value);
  if (value.at == NULL || value.size == 0 || value.size > 2000 || r->metas_found.count >= 256) return;
  an_meta *m = AN_PUSH(r->arena, &r->metas_found);
  if (m == NULL) { r->spent = true; return; }
  *m = (an_meta){kind, strength, value, value, range.end > range.begin ? source_to_page(&r->source, range) : (an_span){0, 0}, from};
}

an_text meta_best(const reader *r, uint8_t kind, an_span *where) {
  const an_meta *best = NULL;
  for (uint32_t i = 0; i < r->metas_found.count; i++) {
    const an_meta *m = &r->metas_found.at[i];
    if (m->kind == kind && (best == NULL || m->strength > best->strength)) best = m;
  }
  if (best != NULL && where != NULL) *where = best->raw;
  return best == NULL ? (an_text){0} : best->value;
}

typedef struct kind_name { const char *name; uint8_t kind; } kind_name;
static bool kind_of(an_text name, uint8_t *kind) {
  static const kind_name kinds[] = {
    {"published", AN_META_PUBLISHED}, {"modified", AN_META_MODIFIED}, {"title", AN_META_TITLE}, {"site", AN_META_SITE}, {"author", AN_META_AUTHOR},
    {"section", AN_META_SECTION}, {"canonical", AN_META_CANONICAL}, {"language", AN_META_LANGUAGE}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (an_text_is(name, kinds[i].name)) { *kind = kinds[i].kind; return true; }
  return false;
}

/* The row for a key in a place ("meta", "json-ld", "itemprop"): its kind, strength, and the key as the table spells it. */
static bool row_for(const reader *r, an_text key, const char *place, uint8_t *kind, uint8_t *strength, const char **from) {
  if (r->metas == NULL || key.size == 0 || key.size > 80) return false;
  an_rows rows = an_table_find_key(r->metas, an_fold_hash(key));
  for (uint32_t i = 0; i < rows.count; i++) {
    uint32_t row = rows.first + i;
    if (!an_text_is(an_table_cell(r->metas, row, an_table_column(r->metas, "in")), place)) continue;
    an_text number = an_table_cell(r->metas, row, an_table_column(r->metas, "strength"));
    unsigned value = 0;
    for (uint32_t k = 0; k < number.size && k < 3; k++) value = value * 10 + (unsigned)(number.at[k] - '0') % 10;
    *strength = (uint8_t)(value > 255 ? 255 : value);
    an_text spelt = an_arena_printf(r->arena, "%s %.*s", place, (int)key.size, key.at);
    *from = spelt.at == NULL ? place : spelt.at;
    return kind_of(an_table_cell(r->metas, row, an_table_column(r->metas, "kind")), kind);
  }
  return false;
}

/* ---- Tags -------------------------------------------------------------------------------------------------- */

static an_span value_span(const attribute *a) { return (an_span){a->value, a->value_end}; }

static void named_value(reader *r, const attribute *name, const attribute *value, const char *place) {
  uint8_t kind, strength;
  const char *from;
  if (name == NULL || value == NULL || value->value_end == value->value) return;
  if (!row_for(r, an_text_trim(source_text(r, name->value, name->value_end)), place, &kind, &strength, &from)) return;
  meta_add(r, kind, strength, entity_text(r, value->value, value->value_end, true), value_span(value), from);
}

static void time_add(reader *r, uint8_t kind, uint8_t strength, an_text value, an_span range, const char *from) {
  uint32_t before = r->metas_found.count;
  if (r->times.count >= 64) return;
  meta_add(r, kind, strength, value, range, from);
  if (r->metas_found.count == before) return;
  time_seen *t = AN_PUSH(r->arena, &r->times);
  if (t == NULL) { r->spent = true; return; }
  *t = (time_seen){before, r->blocks.count};
}

static void link_tag(reader *r, const tag_seen *tag) {
  const attribute *rel = attribute_find(r, tag, "rel"), *href = attribute_find(r, tag, "href");
  if (rel == NULL || href == NULL || rel->value_end - rel->value != 9) return;
  if (strncasecmp((const char *)r->source.at + rel->value, "canonical", 9) == 0)
    meta_add(r, AN_META_CANONICAL, 90, entity_text(r, href->value, href->value_end, true), value_span(href), "link canonical");
}

/* <span itemprop="datePublished" content="2023-08-03">: a day of the page, or of a neighbour, as <time> is. */
static void microdata(reader *r, const tag_seen *tag) {
  const attribute *property = attribute_find(r, tag, "itemprop"), *content = attribute_find(r, tag, "content");
  uint8_t kind, strength;
  const char *from;
  if (property == NULL || content == NULL || content->value_end == content->value) return;
  if (!row_for(r, an_text_trim(source_text(r, property->value, property->value_end)), "itemprop", &kind, &strength, &from)) return;
  if (kind == AN_META_PUBLISHED || kind == AN_META_MODIFIED)
    time_add(r, kind, strength, entity_text(r, content->value, content->value_end, true), value_span(content), from);
}

void meta_tag(reader *r, const tag_seen *tag) {
  uint8_t which = tag->element == NULL ? TAG_OTHER : tag->element->tag;
  if (tag->count == 0) return;
  const attribute *content = which == TAG_META ? attribute_find(r, tag, "content") : NULL;
  if (which == TAG_META && content != NULL) {
    named_value(r, attribute_find(r, tag, "property"), content, "meta");
    named_value(r, attribute_find(r, tag, "name"), content, "meta");
    named_value(r, attribute_find(r, tag, "itemprop"), content, "itemprop");
    return;
  }
  if (which == TAG_LINK) { link_tag(r, tag); return; }
  if (which == TAG_HTML) {
    const attribute *lang = attribute_find(r, tag, "lang");
    if (lang == NULL) lang = attribute_find(r, tag, "xml:lang");
    if (lang != NULL) meta_add(r, AN_META_LANGUAGE, 80, entity_text(r, lang->value, lang->value_end, true), value_span(lang), "html lang");
    return;
  }
  if (which != TAG_TIME) { microdata(r, tag); return; }
  const attribute *datetime = attribute_find(r, tag, "datetime"), *property = attribute_find(r, tag, "itemprop");
  if (datetime == NULL) return;
  uint8_t kind = AN_META_PUBLISHED, strength = 65;
  const char *from = "time datetime";
  if (property != NULL && !row_for(r, source_text(r, property->value, property->value_end), "itemprop", &kind, &strength, &from)) return;
  time_add(r, kind, strength, entity_text(r, datetime->value, datetime->value_end, true), value_span(datetime), from);
}

/* Once title and body are known: the first <time> between them is the page's own; others belong to its neighbours, and go. */
void meta_times(reader *r) {
  bool own[AN_META_MODIFIED + 1] = {false};
  for (uint32_t i = 0; i < r->times.count; i++) {
    const time_seen *t = &r->times.at[i];
    uint32_t from = r->title == AN_NONE ? 0 : r->title > 4 ? r->title - 4 : 0;
    an_meta *m = &r->metas_found.at[t->meta];
    if (m->kind > AN_META_MODIFIED) continue;
    bool near = !own[m->kind] && t->block >= from && t->block <= r->run_begin + 1;
    if (!near) m->strength = 0;
    own[m->kind] = own[m->kind] || near;
  }
}

/* <!-- saved from url=(0042)https://… --> is written by browsers that save a page. */
void meta_comment(reader *r, uint32_t begin, uint32_t end) {
  static const char saved[] = "saved from url=(";
  uint32_t limit = end - begin > 300 ? begin + 300 : end;
  const uint8_t *found = memmem(r->source.at + begin, limit - begin, saved, sizeof saved - 1);
  if (found == NULL) return;
  uint32_t i = (uint32_t)(found - r->source.at) + (uint32_t)sizeof saved - 1;
  while (i < limit && r->source.at[i] >= '0' && r->source.at[i] <= '9') i++;
  if (i >= limit || r->source.at[i] != ')') return;
  uint32_t from = ++i;
  while (i < limit && r->source.at[i] > ' ') i++;
  meta_add(r, AN_META_SAVED_FROM, 90, source_text(r, from, i), (an_span){from, i}, "saved from");
}

/* ---- JSON-LD ------------------------------------------------------------------------------------------------- */

/* One object of a JSON-LD document while it is open. `subject`: the object that its values speak of (an author's name speaks
   of the article). */
enum { LEVELS = 64 };
typedef struct ld_level { uint32_t object, subject; an_text role; bool array; } ld_level;
typedef struct ld_value { uint32_t object; an_text key, value; an_span range; } ld_value;
typedef struct ld {
  reader *r;
  an_json_in in;
  uint32_t base, objects, depth;
  ld_level levels[LEVELS];
  AN_LIST(uint8_t) article;                       /* by object: 1 article, 2 page, 0 other */
  AN_LIST(ld_value) values;
} ld;

/* schema.org: NewsArticle, ReportageNewsArticle, BlogPosting, LiveBlogPosting, Report …; WebPage is the page around it. */
static uint8_t type_of(an_text type) {
  if (an_text_ends(type, "Article") || an_text_ends(type, "Posting") || an_text_is(type, "Report")) return 1;
  return an_text_ends(type, "WebPage") ? 2 : 0;
}

static void ld_open(ld *d, an_text key, bool array) {
  ld_level *up = d->depth > 0 && d->depth <= LEVELS ? &d->levels[d->depth - 1] : NULL;
  d->depth++;
  if (d->depth > LEVELS) return;
  ld_level *in = &d->levels[d->depth - 1];
  an_text role = up == NULL ? (an_text){0} : up->array ? up->role : key;
  uint32_t parent = up == NULL ? 0 : up->object;
  *in = (ld_level){.object = parent, .subject = up == NULL ? 0 : up->subject, .role = role, .array = array};
  if (array) return;
  uint8_t *type = AN_PUSH(d->r->arena, &d->article);
  if (type == NULL) { d->r->spent = true; return; }
  *type = 0;
  in->object = ++d->objects;
  in->subject = parent;
}

/* A string at its place: "headline" of this object, or "author.name" of the object around it. */
static void ld_string(ld *d, an_text key) {
  if (d->depth == 0 || d->depth > LEVELS) return;
  const ld_level *in = &d->levels[d->depth - 1];
  an_text name = in->array ? in->role : key;
  if (name.size == 0 || in->object == 0 || d->in.span.end - d->in.span.begin > 4000 || d->values.count >= 2000) return;
  if (an_text_is(name, "@type")) {
    uint8_t type = type_of(an_json_string(&d->in, d->r->arena)), *known = &d->article.at[in->object - 1];
    if (type != 0 && (*known == 0 || type < *known)) *known = type;
    return;
  }
  uint8_t kind, strength;
  const char *from;
  bool nested = an_text_is(name, "name") && !in->array && in->role.size > 0;
  an_text path = nested ? an_arena_printf(d->r->arena, "%.*s.name", (int)in->role.size, in->role.at) : name;
  if (!row_for(d->r, path, "json-ld", &kind, &strength, &from)) return;
  ld_value *v = AN_PUSH(d->r->arena, &d->values);
  if (v == NULL) { d->r->spent = true; return; }
  an_text value = an_json_string(&d->in, d->r->arena);
  *v = (ld_value){nested ? in->subject : in->object, path, value, {d->base + d->in.span.begin, d->base + d->in.span.end}};
}

/* How much of a headline's longer words the page's own title has. */
static float said_by_title(const reader *r, an_text headline) {
  an_text head = r->head_title.end > r->head_title.begin ? source_text(r, r->head_title.begin, r->head_title.end) : meta_best(r, AN_META_TITLE, NULL);
  uint32_t words = 0, found = 0;
  for (uint32_t i = 0; i < headline.size && words < 40;) {
    uint32_t begin = i;
    while (i < headline.size && headline.at[i] != ' ') i++;
    if (i - begin >= 4) {
      words++;
      found += an_text_find(head, 0, an_text_slice(headline, begin, i)) != AN_NONE;
    }
    while (i < headline.size && headline.at[i] == ' ') i++;
  }
  return words == 0 || head.size == 0 ? 1 : (float)found / (float)words;
}

/* Several articles on one page: those whose headline is not the page's title are its neighbours. */
static void ld_neighbours(ld *d) {
  uint32_t articles = 0;
  for (uint32_t i = 0; i < d->article.count; i++) articles += d->article.at[i] == 1;
  for (uint32_t i = 0; i < d->values.count && articles > 1; i++) {
    const ld_value *v = &d->values.at[i];
    if (v->object == 0 || d->article.at[v->object - 1] != 1 || !an_text_is(v->key, "headline")) continue;
    if (said_by_title(d->r, v->value) < 0.5f) d->article.at[v->object - 1] = 0;
  }
}

/* The values of articles (and, weaker, of the page object) become metadata. */
static void ld_finish(ld *d) {
  ld_neighbours(d);
  for (uint32_t i = 0; i < d->values.count; i++) {
    const ld_value *v = &d->values.at[i];
    uint8_t type = v->object > 0 ? d->article.at[v->object - 1] : 0, kind, strength;
    const char *from;
    if (type == 0 || !row_for(d->r, v->key, "json-ld", &kind, &strength, &from)) continue;
    meta_add(d->r, kind, type == 1 ? strength : strength / 2, v->value, v->range, from);
  }
}

void meta_islands(reader *r) {
  for (uint32_t i = 0; i < r->islands.count && !r->spent; i++) {
    json_island island = r->islands.at[i];
    ld *d = AN_NEW(r->arena, ld, 1);
    if (d == NULL) { r->spent = true; return; }
    d->r = r;
    d->base = island.begin;
    an_json_start(&d->in, source_text(r, island.begin, island.end));
    an_text key = {0};
    for (;;) {
      an_json_kind kind = an_json_next(&d->in);
      if (kind == AN_JSON_END || kind == AN_JSON_ERROR) break;      /* what came before a slip of the page is still good */
      if (kind == AN_JSON_KEY) key = an_json_string(&d->in, r->arena);
      else if (kind == AN_JSON_OBJECT || kind == AN_JSON_ARRAY) ld_open(d, key, kind == AN_JSON_ARRAY);
      else if ((kind == AN_JSON_OBJECT_END || kind == AN_JSON_ARRAY_END) && d->depth > 0) d->depth--;
      else if (kind == AN_JSON_STRING) ld_string(d, key);
      if (r->spent) break;
    }
    ld_finish(d);
  }
}

/* One author once, from the strongest place that names any; addresses are neither authors' names nor sites'. */
void meta_settle(reader *r) {
  uint8_t best = 0;
  for (uint32_t i = 0; i < r->metas_found.count; i++) {
    an_meta *m = &r->metas_found.at[i];
    if (m->kind != AN_META_AUTHOR && m->kind != AN_META_SITE) continue;
    if (an_text_find(m->value, 0, AN_LIT("://")) != AN_NONE || m->value.at[0] == '@') m->strength = 0;
    if (m->kind == AN_META_SITE) continue;
    if (m->strength > best) best = m->strength;
  }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < r->metas_found.count; i++) {
    const an_meta m = r->metas_found.at[i];
    bool drop = m.strength == 0 || (m.kind == AN_META_AUTHOR && m.strength < best);
    for (uint32_t k = 0; k < kept && !drop; k++)
      drop = m.kind == AN_META_AUTHOR && r->metas_found.at[k].kind == m.kind && an_text_equal(r->metas_found.at[k].value, m.value);
    if (!drop) r->metas_found.at[kept++] = m;
  }
  r->metas_found.count = kept;
}

/* "By Orla Quill, Sandhaven | 3 May 2021": where the metadata names nobody, the words with capitals behind the byline's mark. */
void meta_byline(reader *r) {
  if (meta_best(r, AN_META_AUTHOR, NULL).at != NULL) return;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    const block *b = &r->blocks.at[i];
    if (b->kind != AN_BLOCK_BYLINE || !(b->marks & MARK_BYLINE)) continue;
    uint32_t w = b->word, from;
    while (w < b->word_end && (w == b->word || !r->words.at[w].capital)) w++;
    for (from = w; w < b->word_end && r->words.at[w].capital && w - from < 4; w++) {
      const page_word *word = &r->words.at[w];
      bool date = r->date_words != NULL && an_table_find_key(r->date_words, word->fold).count > 0;
      bool parted = w > from && word->begin - (word[-1].begin + word[-1].size) != 1;          /* a comma or a bar stands between */
      if (date || parted) break;
    }
    if (w - from < 2) continue;
    an_span clean = {r->words.at[from].begin, r->words.at[w - 1].begin + r->words.at[w - 1].size};
    meta_add(r, AN_META_AUTHOR, 60, (an_text){r->sink.text + clean.begin, clean.end - clean.begin}, clean_to_source(r, clean), "byline");
    return;
  }
}

/* ---- URLs ------------------------------------------------------------------------------------------------------ */

static unsigned digits_at(an_text t, uint32_t at, uint32_t n) {
  unsigned value = 0;
  if (at + n > t.size) return 10000;
  for (uint32_t i = 0; i < n; i++) {
    if (t.at[at + i] < '0' || t.at[at + i] > '9') return 10000;
    value = value * 10 + (unsigned)(t.at[at + i] - '0');
  }
  return value;
}
static bool digit_at(an_text t, uint32_t at) { return at < t.size && t.at[at] >= '0' && t.at[at] <= '9'; }

/* "/2019/11/19/", "/2019/1/9/", "-2019-11-19", "/20191119/": the day that is written in an address. */
static bool url_day(an_text url, uint32_t *at, uint32_t *end, int *year, unsigned *month, unsigned *day) {
  for (uint32_t i = 1; i + 8 <= url.size; i++) {
    if (digit_at(url, i - 1) || !digit_at(url, i)) continue;
    unsigned y = digits_at(url, i, 4);
    if (y < 1990 || y > 2099) continue;
    uint32_t k = i + 4;
    char separator = url.at[k];
    bool parted = separator == '/' || separator == '-' || separator == '_' || separator == '.';
    if (parted) k++;
    uint32_t wide = digit_at(url, k + 1) ? 2 : 1;
    if (!parted && wide == 1) continue;
    unsigned m = digits_at(url, k, wide);
    k += wide;
    if (parted && (k >= url.size || url.at[k] != separator)) continue;
    if (parted) k++;
    wide = digit_at(url, k + 1) ? 2 : 1;
    if (!parted && wide == 1) continue;
    unsigned d = digits_at(url, k, wide);
    k += wide;
    if (digit_at(url, k) || m < 1 || m > 12 || !an_day_valid((int)y, m, d)) continue;
    *at = i; *end = k; *year = (int)y; *month = m; *day = d;
    return true;
  }
  return false;
}

static void day_of_url(reader *r, an_text url, an_span where, uint8_t strength, const char *from) {
  uint32_t at, end;
  int year;
  unsigned month, day;
  if (url.size == 0 || !url_day(url, &at, &end, &year, &month, &day)) return;
  an_span raw = where.end > where.begin && where.end - where.begin == url.size ? (an_span){where.begin + at, where.begin + end} : where;
  an_meta *m = AN_PUSH(r->arena, &r->metas_found);
  if (m == NULL) { r->spent = true; return; }
  *m = (an_meta){AN_META_URL_DAY, strength, an_arena_printf(r->arena, "%04d-%02u-%02u", year, month, day), an_text_slice(url, at, end), raw, from};
}

void meta_urls(reader *r) {
  an_span where = {0, 0};
  day_of_url(r, r->page->url, (an_span){0, 0}, 60, "url");
  an_text canonical = meta_best(r, AN_META_CANONICAL, &where);
  day_of_url(r, canonical, where, 50, "canonical url");
  an_text saved = meta_best(r, AN_META_SAVED_FROM, &where);
  day_of_url(r, saved, where, 50, "saved from");
}
