/* SPDX-License-Identifier: Apache-2.0 */
/* What the page says of itself: Open Graph and meta tags, microdata, <time>, canonical links, the day in a URL, <html lang>.
   Which key means what, and which outweighs which, is data/lexicon/pagemeta.tsv. */
#include "page/inner.h"

#include <string.h>
#include <strings.h>

enum { MOST_METAS = 256 };

void problem_add(reader *r, const char *what, an_span range) {
  if (r->problems.count >= 32) return;
  an_problem *p = AN_PUSH(r->arena, &r->problems);
  if (p == NULL) { r->spent = true; return; }
  *p = (an_problem){an_text_of(what), source_to_page(&r->source, range)};
}

void meta_add(reader *r, uint8_t kind, uint8_t strength, an_text value, an_span range, const char *from) {
  value = an_text_trim(value);
  if (value.at == NULL || value.size == 0 || value.size > 2000 || r->metas_found.count >= MOST_METAS) return;
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
    {"section", AN_META_SECTION}, {"canonical", AN_META_CANONICAL}, {"language", AN_META_LANGUAGE},
    {"type", AN_META_TYPE}, {"other", META_OTHER}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (an_text_is(name, kinds[i].name)) { *kind = kinds[i].kind; return true; }
  return false;
}

bool meta_row(const reader *r, an_text key, const char *place, uint8_t *kind, uint8_t *strength, const char **from) {
  if (r->metas == NULL || key.size == 0 || key.size > 80) return false;
  an_rows rows = an_table_find_key(r->metas, an_fold_hash(key));
  for (uint32_t i = 0; i < rows.count; i++) {
    uint32_t row = rows.first + i;
    if (!an_text_is(an_table_cell(r->metas, row, an_table_column(r->metas, "in")), place)) continue;
    an_text number = an_table_cell(r->metas, row, an_table_column(r->metas, "strength"));
    unsigned value = 0;
    for (uint32_t k = 0; k < number.size && k < 3; k++) value = value * 10 + (unsigned)(number.at[k] - '0') % 10;
    *strength = (uint8_t)(value > 255 ? 255 : value);
    an_text spelt = an_arena_printf(r->arena, "%s %.*s%c", place, (int)key.size, key.at, 0);   /* ends as `from` does */
    *from = spelt.at == NULL ? place : spelt.at;
    return kind_of(an_table_cell(r->metas, row, an_table_column(r->metas, "kind")), kind);
  }
  return false;
}

static unsigned digits_at(an_text t, uint32_t at, uint32_t n) {
  unsigned value = 0;
  if (at + n > t.size) return 10000;
  for (uint32_t i = 0; i < n; i++) {
    if (t.at[at + i] < '0' || t.at[at + i] > '9') return 10000;
    value = value * 10 + (unsigned)(t.at[at + i] - '0');
  }
  return value;
}

/* ---- Tags -------------------------------------------------------------------------------------------------- */

static an_span value_span(const attribute *a) { return (an_span){a->value, a->value_end}; }

static void named_value(reader *r, const attribute *name, const attribute *value, const char *place) {
  uint8_t kind, strength;
  const char *from;
  if (name == NULL || value == NULL || value->value_end == value->value || r->metas_found.count >= MOST_METAS) return;
  if (!meta_row(r, an_text_trim(source_text(r, name->value, name->value_end)), place, &kind, &strength, &from)) return;
  meta_add(r, kind, strength, entity_text(r, value->value, value->value_end, true), value_span(value), from);
}

static void time_add(reader *r, uint8_t kind, uint8_t strength, an_text value, an_span range, const char *from, const tag_seen *tag, bool labelled) {
  uint32_t before = r->metas_found.count;
  if (r->times.count >= 64) return;
  meta_add(r, kind, strength, value, range, from);
  if (r->metas_found.count == before) return;
  time_seen *t = AN_PUSH(r->arena, &r->times);
  if (t == NULL) { r->spent = true; return; }
  *t = (time_seen){before, r->blocks.count - (r->sink.open && r->blocks.count > 0 ? 1u : 0u), r->sink.size, labelled, STAMP_PLAIN};
  const attribute *class = attribute_find(r, tag, "class");
  if (class != NULL && !labelled && class->value_end - class->value < 200) t->label = stamp_label(r, source_text(r, class->value, class->value_end));
}

static void link_tag(reader *r, const tag_seen *tag) {
  const attribute *rel = attribute_find(r, tag, "rel"), *href = attribute_find(r, tag, "href");
  if (rel == NULL || href == NULL || rel->value_end - rel->value != 9) return;
  if (strncasecmp((const char *)r->source.at + rel->value, "canonical", 9) == 0)
    meta_add(r, AN_META_CANONICAL, 90, entity_text(r, href->value, href->value_end, true), value_span(href), "link canonical");
}

/* A stamp in a tag of the text: a day of the page, or of a neighbour, as <time> is. */
static bool stamp_named(reader *r, const tag_seen *tag, an_text names, const char *place, const attribute *value) {
  uint8_t kind, strength;
  const char *from;
  for (uint32_t at = 0; at < names.size;) {
    uint32_t begin = at;
    while (at < names.size && names.at[at] > ' ') at++;
    bool known = meta_row(r, an_text_slice(names, begin, at), place, &kind, &strength, &from);
    while (at < names.size && names.at[at] <= ' ') at++;
    if (!known || (kind != AN_META_PUBLISHED && kind != AN_META_MODIFIED)) continue;
    time_add(r, kind, strength, entity_text(r, value->value, value->value_end, true), value_span(value), from, tag, true);
    return true;
  }
  return false;
}

/* <span itemprop="datePublished" content="2023-08-03">, RDFa's <span property="dc:date dc:created" content="…">, hAtom's
   <abbr class="published" title="…">. */
static void microdata(reader *r, const tag_seen *tag) {
  const attribute *content = attribute_find(r, tag, "content"), *title = attribute_find(r, tag, "title");
  const attribute *property = attribute_find(r, tag, "itemprop"), *rdfa = attribute_find(r, tag, "property"), *class = attribute_find(r, tag, "class");
  if (content != NULL && content->value_end > content->value) {
    if (property != NULL && stamp_named(r, tag, source_text(r, property->value, property->value_end), "itemprop", content)) return;
    if (rdfa != NULL && stamp_named(r, tag, source_text(r, rdfa->value, rdfa->value_end), "meta", content)) return;
  }
  if (title == NULL || class == NULL || title->value_end - title->value < 10 || title->value_end - title->value > 40) return;
  an_text value = source_text(r, title->value, title->value_end);
  bool iso = digits_at(value, 0, 4) < 10000 && value.at[4] == '-' && digits_at(value, 5, 2) < 13;
  if (iso) (void)stamp_named(r, tag, source_text(r, class->value, class->value_end), "class", title);
}

void meta_tag(reader *r, const tag_seen *tag) {
  uint8_t which = tag->element == NULL ? TAG_OTHER : tag->element->tag;
  if (tag->count == 0) return;
  const attribute *content = which == TAG_META ? attribute_find(r, tag, "content") : NULL;
  if (which == TAG_META && content != NULL) {
    named_value(r, attribute_find(r, tag, "property"), content, "meta");
    named_value(r, attribute_find(r, tag, "name"), content, "meta");
    named_value(r, attribute_find(r, tag, "itemprop"), content, "itemprop");
    named_value(r, attribute_find(r, tag, "http-equiv"), content, "http-equiv");
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
  if (property != NULL && !meta_row(r, source_text(r, property->value, property->value_end), "itemprop", &kind, &strength, &from)) return;
  time_add(r, kind, strength, entity_text(r, datetime->value, datetime->value_end, true), value_span(datetime), from, tag, property != NULL);
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

/* One author once, from the strongest place that names any, and so the site; addresses are neither authors' names nor sites'. */
void meta_settle(reader *r) {
  uint8_t best = 0, site = 0;
  for (uint32_t i = 0; i < r->metas_found.count; i++) {
    an_meta *m = &r->metas_found.at[i];
    if (m->kind != AN_META_AUTHOR && m->kind != AN_META_SITE) continue;
    if (an_text_find(m->value, 0, AN_LIT("://")) != AN_NONE || m->value.at[0] == '@') m->strength = 0;
    uint8_t *strongest = m->kind == AN_META_SITE ? &site : &best;
    if (m->strength > *strongest) *strongest = m->strength;
  }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < r->metas_found.count; i++) {
    const an_meta m = r->metas_found.at[i];
    bool drop = m.strength == 0 || (m.kind == AN_META_AUTHOR && m.strength < best) || (m.kind == AN_META_SITE && m.strength < site);
    for (uint32_t k = 0; k < kept && !drop; k++)
      drop = m.kind == AN_META_AUTHOR && r->metas_found.at[k].kind == m.kind && an_text_equal(r->metas_found.at[k].value, m.value);
    if (!drop) r->metas_found.at[kept++] = m;
  }
  r->metas_found.count = kept;
}

/* ---- URLs ------------------------------------------------------------------------------------------------------ */

static bool digit_at(an_text t, uint32_t at) { return at < t.size && t.at[at] >= '0' && t.at[at] <= '9'; }

static bool url_separator(an_text t, uint32_t at) {
  return at < t.size && (t.at[at] == '/' || t.at[at] == '-' || t.at[at] == '_' || t.at[at] == '.');
}

/* A month at *at, in figures or as "mar": one figure only where signs part it. */
static unsigned url_month(const reader *r, an_text url, uint32_t *at, bool parted) {
  uint32_t wide = digit_at(url, *at + 1) ? 2 : 1;
  if (digit_at(url, *at)) {
    *at += wide;
    return wide == 1 && !parted ? 0 : digits_at(url, *at - wide, wide);
  }
  if (!parted || *at + 4 > url.size || r->date_words == NULL) return 0;
  an_rows rows = an_table_find_key(r->date_words, an_fold_hash(an_text_slice(url, *at, *at + 3)));
  bool month = rows.count > 0 && an_text_is(an_table_cell(r->date_words, rows.first, an_table_column(r->date_words, "is")), "month");
  an_text value = month ? an_table_cell(r->date_words, rows.first, an_table_column(r->date_words, "value")) : (an_text){0};
  *at += 3;
  return value.size == 0 ? 0 : digits_at(value, 0, value.size);
}

/* "/2019/11/19/", "/2019/1/9/", "-2019-11-19", "/20191119/", "/2019-11/19/", "/2019/1119/", "/2019/nov/19/". */
static bool url_day(const reader *r, an_text url, uint32_t *at, uint32_t *end, int *year, unsigned *month, unsigned *day) {
  for (uint32_t i = 1; i + 8 <= url.size; i++) {
    if (digit_at(url, i - 1) || !digit_at(url, i)) continue;
    unsigned y = digits_at(url, i, 4);
    if (y < 1990 || y > 2099) continue;
    uint32_t k = i + 4;
    bool first = url_separator(url, k), second;
    if (first) k++;
    unsigned m = url_month(r, url, &k, first);
    second = url_separator(url, k);
    if (second) k++;
    uint32_t wide = digit_at(url, k + 1) ? 2 : 1;
    if (wide == 1 && !(first && second)) continue;
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
  if (url.size == 0 || !url_day(r, url, &at, &end, &year, &month, &day)) return;
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
