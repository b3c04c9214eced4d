/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a page, both as what they look like and as HTML: blocks ascend, do not overlap and lie in the page. */
#include "page/page.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const an_page_tables *tables(void) {
  static an_lexicon *lexicon;
  static an_page_tables *opened;
  an_error err;
  const char *dir = getenv("ANNALS_DATA");
  if (opened == NULL && (an_lexicon_open(dir == NULL ? "build/release/share/annals" : dir, &lexicon, &err) != AN_OK ||
                         an_page_tables_open(lexicon, &opened, &err) != AN_OK)) {
    fprintf(stderr, "fuzz_page: %s\n", err.message);
    exit(1);
  }
  return opened;
}

static void check(const an_article *article, uint32_t size) {
  uint32_t clean = 0, raw = 0;
  for (uint32_t i = 0; i < article->block_count; i++) {
    const an_article_block *b = &article->blocks[i];
    if (b->clean.begin < clean || b->clean.end < b->clean.begin || b->clean.end > article->text.size) abort();
    if (b->raw.begin < raw || b->raw.end < b->raw.begin || b->raw.end > size) abort();
    an_span there = an_page_raw(article, b->clean);
    if (there.begin > there.end || there.end > size) abort();
    clean = b->clean.end;
    raw = b->raw.end;
  }
  if (!an_utf8_valid((const uint8_t *)article->text.at, article->text.size)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size > 1 << 20) return 0;
  static const char *const types[] = {NULL, "text/html", "text/plain"};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    static an_arena arena;
    if (arena.max == 0) an_arena_init(&arena, 64 << 20);
    an_arena_reset(&arena);
    const an_page page = {.bytes = bytes, .size = (uint32_t)size, .media_type = an_text_of(types[i]),
                          .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
    const an_page_limits limits = {0};
    an_article article = {0};
    if (an_page_read(&page, tables(), &limits, &arena, NULL, &article, NULL) == AN_OK) check(&article, (uint32_t)size);
  }
  return 0;
}
