/* SPDX-License-Identifier: Apache-2.0 */
/* The scanner of HTML alone, without the judging of blocks: blocks ascend, the clean text is UTF-8, its map ascends. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static an_arena arena;
  if (size > 1 << 16) return 0;
  if (arena.max == 0) an_arena_init(&arena, 64 << 20);
  an_arena_reset(&arena);
  const an_page page = {.bytes = bytes, .size = (uint32_t)size, .media_type = AN_LIT("text/html"), .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
  reader *r = reader_of(&page, &arena);
  if (r == NULL || charset_decode(r, NULL) != AN_OK) return 0;
  r->html = true;
  if (!sink_start(r)) return 0;
  scan_html(r);
  ld_islands(r);
  if (r->spent) return 0;
  if (!an_utf8_valid((const uint8_t *)r->sink.text, r->sink.size)) abort();
  uint32_t clean = 0;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    const block *b = &r->blocks.at[i];
    if (b->clean.begin < clean || b->clean.end < b->clean.begin || b->clean.end > r->sink.size || b->node >= r->nodes.count) abort();
    clean = b->clean.end;
  }
  for (uint32_t i = 0; i < r->sink.runs.count; i++) {
    const an_run *run = &r->sink.runs.at[i];
    if (run->raw > run->raw_end || run->raw_end > r->source.size || run->clean > r->sink.size) abort();
    if (i > 0 && (run->clean < run[-1].clean || run->raw < run[-1].raw)) abort();
  }
  return 0;
}
