/* SPDX-License-Identifier: Apache-2.0 */
/* What kind of page it is: an article, or a list of headlines, a wall, a live ticker, a video, a gallery; shown whole, or cut by
   its site or on its way. What the page says of itself is held against what stands on it; a page is called no article only where
   both or the text alone say so, since an article that is lost costs more than a list that is read. */
#include "page/inner.h"

#include <string.h>

enum { ARTICLE_WORDS = 40, FEW_WORDS = 150, BEGINNING = 200 };
enum { SAYS_ARTICLE = 1, SAYS_LIVE = 2, SAYS_VIDEO = 4, SAYS_GALLERY = 8, SAYS_INDEX = 16 };

typedef struct kind_seen {
  uint32_t ld, og, path;                       /* SAYS_* */
  an_text type; uint32_t type_says;            /* the type that was asked for last: objects in a row are of one */
  bool not_free, root;                         /* root: the address of a whole site */
  uint32_t body, running, teased;              /* words of body; paragraphs of it, and those under a headline that is a link */
  uint32_t headlines, headline_words, entries, captions, caption_words, wall;   /* wall: the block that closes the page off, or AN_NONE */
} kind_seen;

/* ---- What the page says of itself -------------------------------------------------------------------------------- */

static uint32_t kind_named(const reader *r, an_text key, const char *where) {
  static const struct { const char *name; uint32_t says; } names[] = {
    {"article", SAYS_ARTICLE}, {"live", SAYS_LIVE}, {"video", SAYS_VIDEO}, {"gallery", SAYS_GALLERY}, {"index", SAYS_INDEX}};
  const an_table *kinds = r->tables->kinds;
  if (kinds == NULL || key.size == 0 || key.size > 40) return 0;
  an_rows rows = an_table_find_key(kinds, an_fold_hash(key));
  for (uint32_t i = 0; i < rows.count; i++) {
    if (!an_text_is(an_table_cell(kinds, rows.first + i, an_table_column(kinds, "in")), where)) continue;
    an_text says = an_table_cell(kinds, rows.first + i, an_table_column(kinds, "says"));
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
      if (an_text_is(says, names[k].name)) return names[k].says;
  }
  return 0;
}

/* Behind a key of JSON: the words in quotation marks, one or a list of them. */
static uint32_t types_behind(const reader *r, kind_seen *k, an_text json, uint32_t at) {
  enum { NEAR = 200 };
  uint32_t says = 0, end = at + NEAR < json.size ? at + NEAR : json.size;
  bool list = false;
  for (uint32_t i = at; i < end; i++) {
    char c = json.at[i];
    if (c == '[') list = true;
    if (c == '"') {
      uint32_t begin = ++i;
      while (i < end && json.at[i] != '"') i++;
      an_text type = an_text_slice(json, begin, i);
      if (!an_text_equal(type, k->type)) k->type_says = kind_named(r, type, "json-ld");
      k->type = type;
      says |= k->type_says;
      if (!list) return says;
    } else if (c != ' ' && c != ':' && c != ',' && c != '[' && c != '\n' && c != '\t' && c != '\r') return says;
  }
  return says;
}

static bool false_behind(an_text json, uint32_t at) {
  while (at < json.size && (json.at[at] == ' ' || json.at[at] == ':' || json.at[at] == '"' || json.at[at] == '\n' || json.at[at] == '\t')) at++;
  return at + 5 <= json.size && (json.at[at] | 32) == 'f' && memcmp(json.at + at + 1, "alse", 4) == 0;
}

static void read_islands(const reader *r, kind_seen *k) {
  for (uint32_t i = 0; i < r->islands.count; i++) {
    an_text json = source_text(r, r->islands.at[i].begin, r->islands.at[i].end);
    static const char type[] = "\"@type\"", is_free[] = "\"isAccessibleForFree\"";
    for (uint32_t at = an_text_find(json, 0, AN_LIT(type)); at != AN_NONE; at = an_text_find(json, at + 1, AN_LIT(type)))
      k->ld |= types_behind(r, k, json, at + sizeof type - 1);
    for (uint32_t at = an_text_find(json, 0, AN_LIT(is_free)); at != AN_NONE; at = an_text_find(json, at + 1, AN_LIT(is_free)))
      k->not_free |= false_behind(json, at + sizeof is_free - 1);
  }
}

static void read_address(const reader *r, kind_seen *k) {
  an_text url = r->page->url.size > 0 ? r->page->url : meta_best(r, AN_META_CANONICAL, NULL);
  uint32_t at = an_text_find(url, 0, AN_LIT("://"));
  if (at == AN_NONE) return;
  at = an_text_find(url, at + 3, AN_LIT("/"));
  k->root = at == AN_NONE || at + 1 == url.size;
  for (uint32_t parts = 0; at != AN_NONE && at < url.size && parts < 12; parts++) {
    uint32_t begin = ++at;
    while (at < url.size && url.at[at] != '/' && url.at[at] != '?' && url.at[at] != '#') at++;
    k->path |= kind_named(r, an_text_slice(url, begin, at), "path");
    if (at < url.size && url.at[at] != '/') return;
  }
}

/* ---- What stands on it ------------------------------------------------------------------------------------------------ */

static bool is_linked(const block *b) {
  uint32_t size = b->clean.end - b->clean.begin;
  return size > 0 && b->link_bytes * 10 > size * 7;
}

/* "14:32", "3 hours ago", "2:15 p.m. on Friday" */
static bool is_clock(const block *b) {
  uint32_t words = block_words(b);
  return words > 0 && words <= 6 && b->digits > 0 && b->date_words * 10u >= words * 6 && !(b->flags & IN_COMMENT);
}

static bool under_headline(const reader *r, uint32_t i) {
  for (uint32_t back = 1; back <= 3 && back <= i; back++) {
    const block *b = &r->blocks.at[i - back];
    if (is_linked(b) && block_words(b) >= 3) return true;
    if (b->score > 0) return false;
  }
  return false;
}

static bool text_follows(const reader *r, uint32_t i) {
  for (uint32_t next = i + 1; next <= i + 3 && next < r->blocks.count; next++)
    if (r->blocks.at[next].score > 0 || (block_words(&r->blocks.at[next]) >= 12 && !is_linked(&r->blocks.at[next]))) return true;
  return false;
}

static void read_blocks(const reader *r, kind_seen *k) {
  k->wall = AN_NONE;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    const block *b = &r->blocks.at[i];
    uint32_t words = block_words(b);
    if (b->kind == AN_BLOCK_BODY) {
      k->body += words;
      if (words >= 6) k->running++, k->teased += under_headline(r, i);
    }
    else if (b->flags & (IN_CAPTION | IN_FIGURE) && words >= 4 && !(b->flags & IN_PRUNED)) k->captions++, k->caption_words += words;
    if (is_linked(b) && words >= 4 && !(b->flags & (IN_NAV | IN_FOOTER | IN_MENU))) k->headlines++, k->headline_words += words;
    if (is_clock(b) && text_follows(r, i)) k->entries++;
    if (b->signs & MARK_WALL && k->wall == AN_NONE && (i >= r->run_end || b->kind != AN_BLOCK_BODY)) {
      bool close = i + 2 >= r->run_end && i < r->run_end + 8;
      if (close || r->run_end <= r->run_begin) k->wall = i;
    }
  }
}

static uint16_t signs_of_title(const reader *r) {
  uint16_t signs = r->title == AN_NONE ? 0 : r->blocks.at[r->title].signs;
  if (r->anchor != AN_NONE) signs |= r->blocks.at[r->anchor].signs;
  if (!r->html || r->title == AN_NONE) return signs;
  for (uint32_t i = r->title > 2 ? r->title - 2 : 0; i <= r->title + 2 && i < r->blocks.count; i++)   /* a label beside the headline: "Live" */
    if (block_words(&r->blocks.at[i]) <= 4) signs |= r->blocks.at[i].signs;
  return signs;
}

/* ---- Verdicts --------------------------------------------------------------------------------------------------------------- */

static const char *no_article(const reader *r, const kind_seen *k) {
  uint16_t signs = signs_of_title(r);
  bool declared = (k->ld | k->og) & SAYS_ARTICLE;
  if (k->ld & SAYS_LIVE || (k->entries >= 3 && (signs & MARK_LIVE || k->path & SAYS_LIVE))) return "not an article: a live ticker";
  bool video = k->og & SAYS_VIDEO || (k->ld & SAYS_VIDEO && !declared) || (k->path & SAYS_VIDEO && (k->ld & SAYS_VIDEO || k->body < ARTICLE_WORDS));
  if (video && k->body < FEW_WORDS) return "not an article: a video page";
  bool pictures = k->ld & SAYS_GALLERY || k->path & SAYS_GALLERY || signs & MARK_PICTURES;
  if (pictures && k->captions >= 3 && k->caption_words > k->body) return "not an article: a gallery of pictures";
  if (k->wall != AN_NONE && k->body < 15) return "not an article: a wall to sign in or subscribe";
  bool list = k->headlines >= 6 && k->teased * 10 >= k->running * 6 && !declared;
  if (list && (k->running >= 3 || k->root || (k->ld | k->path) & SAYS_INDEX)) return "not an article: a list of headlines";
  if (k->body >= ARTICLE_WORDS) return NULL;
  if (k->headlines >= 5 && k->headline_words > k->body * 2 && !declared) return "not an article: a list of headlines";
  return "not an article: too little running text";
}

/* The page ends inside a sentence: nothing closes it, and its last line is the story's. */
static bool is_cut(const reader *r) {
  enum { TAIL = 2048, LEAST = 8 };
  if (r->blocks.count == 0 || r->run_end != r->blocks.count) return false;
  const block *b = &r->blocks.at[r->blocks.count - 1];
  if (b->kind != AN_BLOCK_BODY || b->ends_stop || b->ends_colon || b->bullet || block_words(b) < LEAST || b->announced) return false;
  if (b->function_words * 5u < block_words(b) || b->flags & (IN_LIST | IN_TABLE)) return false;
  if (!r->html) return true;
  uint32_t from = r->source.size > TAIL ? r->source.size - TAIL : 0;
  an_text tail = source_text(r, from, r->source.size);
  return an_text_find(tail, 0, AN_LIT("</body")) == AN_NONE && an_text_find(tail, 0, AN_LIT("</html")) == AN_NONE;
}

static an_span source_of(const reader *r, uint32_t i) {
  return i == AN_NONE ? (an_span){0, 0} : clean_to_source(r, r->blocks.at[i].clean);
}

bool verdict_find(reader *r) {
  kind_seen k = {.og = kind_named(r, meta_best(r, AN_META_TYPE, NULL), "og")};
  if (r->page->size == 0) return false;
  read_islands(r, &k);
  read_address(r, &k);
  read_blocks(r, &k);
  const char *what = no_article(r, &k);
  if (what != NULL) problem_add(r, what, (an_span){0, 0});
  AN_TRACE(r->trace, "page.verdict", ((an_span){0, r->sink.size}), what != NULL,
           "%u words of body, %u of %u paragraphs under a linked headline, %u linked headlines, %u entries with a time, %u captions", k.body,
           k.teased, k.running, k.headlines, k.entries, k.captions);
  bool walled = k.wall != AN_NONE && k.body >= 15 && k.body < BEGINNING;
  if (walled) problem_add(r, "paywalled: only the beginning is shown", source_of(r, k.wall));
  else if (k.not_free) problem_add(r, "paywalled: the page says that it is not free to read", (an_span){0, 0});
  if (is_cut(r)) problem_add(r, "truncated: the text ends inside a sentence", source_of(r, r->blocks.count - 1));
  return what == NULL;
}
