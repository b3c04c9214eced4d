/* SPDX-License-Identifier: Apache-2.0 */
/* page: page bytes become the article.

   In: an_page. Out: an_article: clean UTF-8 text of everything a reader sees, one block a line, each block with its role, a
   map from every clean byte back to page bytes, and what the page's metadata says. Two front doors (HTML, flattened text)
   feed one block list and one scoring pass. Always holds: blocks are in page order and do not overlap; text between two
   blocks is one '\n'; white space inside a block is folded to single spaces (no-break space too), soft hyphens and zero-width
   characters are dropped; the map is monotone. Cost: linear in the page, caps of docs/limits.md. Knows no actor, no outlet. */
#ifndef AN_PAGE_H
#define AN_PAGE_H
#include "base/base.h"
#include "lexicon/lexicon.h"

typedef struct an_article_block {
  an_span clean;                 /* in an_article.text */
  an_span raw;                   /* in the page */
  uint8_t kind;                  /* an_block_kind */
  uint8_t paragraph_break;       /* flattened text: an empty line stood before it */
  uint32_t link_bytes;           /* of its clean bytes, inside links */
} an_article_block;

typedef enum an_meta_kind { AN_META_PUBLISHED, AN_META_MODIFIED, AN_META_URL_DAY, AN_META_TITLE, AN_META_SITE, AN_META_AUTHOR,
                            AN_META_SECTION, AN_META_CANONICAL, AN_META_LANGUAGE, AN_META_SAVED_FROM,
                            AN_META_PRINTED, AN_META_PRINTED_CHANGE, AN_META_TYPE } an_meta_kind;
typedef struct an_meta {
  uint8_t kind, strength;        /* an_meta_kind; strength: larger wins ("stated order" of docs/format.md) */
  an_text value;                 /* decoded, trimmed; of a URL's day, ISO 8601 */
  an_text said;                  /* the words at `raw`: as value, but "2019/11/8" of a URL's day, "8 Nov 2019" of a line */
  an_span raw;                   /* where the page says it; empty for the URL as delivered */
  const char *from;              /* "json-ld datePublished", "og:site_name", "url" … */
} an_meta;

typedef struct an_article {
  an_text text;                                  /* clean text of all blocks */
  const an_run *runs; uint32_t run_count;
  const an_article_block *blocks; uint32_t block_count;
  const an_meta *meta; uint32_t meta_count;
  uint32_t title;                                /* block of the title, or AN_NONE */
  an_text title_text; an_span title_raw;         /* without the site's suffix; the range may be inside <title> when no block shows it */
  an_text media_type, charset, language;         /* language "en", or what the page's own text is; not known */
  an_text host;                                  /* of the page's address, without "www."; else the caller's word for the outlet */
  bool html, is_article;
  const an_problem *problems; uint32_t problem_count;  /* spans are page bytes */
} an_article;

/* Lines that repeat on the pages of an outlet, as `annals learn-outlets` wrote them. */
typedef struct an_furniture an_furniture;
an_status an_furniture_open(const char *path, an_furniture **out, an_error *err);
void an_furniture_close(an_furniture *furniture);
uint64_t an_furniture_checksum(const an_furniture *furniture);   /* of the file; NULL: 0 */
uint64_t an_furniture_line(an_text host, an_text line);          /* the hash that names a line; host as in an_article.host */

typedef struct an_page_limits {
  uint32_t page_bytes, open_elements, blocks;                    /* zero: the defaults */
  const an_furniture *furniture;                                 /* NULL: a page alone */
  uint8_t favour;                /* an_favour: what the choice of blocks leans to */
} an_page_limits;
/* What the room takes from the lexicon, which must outlive it: opened once, immutable, shared by threads. */
typedef struct an_page_tables an_page_tables;
an_status an_page_tables_open(const an_lexicon *lexicon, an_page_tables **out, an_error *err);
void an_page_tables_close(an_page_tables *tables);
an_status an_page_read(const an_page *page, const an_page_tables *tables, const an_page_limits *limits, an_arena *arena,
                       const an_tracer *trace, an_article *out, an_error *err);
/* The page bytes behind a clean range: from the first byte's run to the end of the last byte's run. */
an_span an_page_raw(const an_article *article, an_span clean);
/* Index of the block that holds a clean offset, or AN_NONE. O(log blocks). */
uint32_t an_page_block_at(const an_article *article, uint32_t clean);
#endif
