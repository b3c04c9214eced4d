/* SPDX-License-Identifier: Apache-2.0 */
/* The page room's reader, set up as an_page_read does it, so that a step of it can be called alone. */
#ifndef AN_FUZZ_READER_H
#define AN_FUZZ_READER_H
#include "page/inner.h"

#include <stdio.h>
#include <stdlib.h>

static inline const an_page_tables *reader_tables(void) {
  static an_lexicon *lexicon;
  static an_page_tables *opened;
  an_error err = {0};
  const char *dir = getenv("ANNALS_DATA");
  if (opened == NULL && (an_lexicon_open(dir == NULL ? "build/release/share/annals" : dir, &lexicon, &err) != AN_OK ||
                         an_page_tables_open(lexicon, &opened, &err) != AN_OK)) {
    fprintf(stderr, "fuzz: %s\n", err.message);
    exit(1);
  }
  return opened;
}

static inline reader *reader_of(const an_page *page, an_arena *arena) {
  reader *r = AN_NEW(arena, reader, 1);
  if (r == NULL) return NULL;
  r->page = page;
  r->tables = reader_tables();
  r->arena = arena;
  r->limits = (an_page_limits){.page_bytes = 1 << 20, .open_elements = 512, .blocks = 200000};
  r->metas = r->tables->metas;
  r->date_words = r->tables->dates;
  r->title = AN_NONE;
  return r;
}
#endif
