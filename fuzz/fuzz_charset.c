/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes in any charset that the first byte picks, or that they declare themselves: the source is UTF-8, and its map ascends
   and lies in the page. */
#include "reader.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static const char *const sets[] = {NULL, "utf-8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "windows-1251", "koi8-r", "shift_jis", "euc-jp",
                                     "gb18030", "big5", "euc-kr", "iso-2022-jp", "hz-gb-2312", "utf-7", "no-such-set"};
  static an_arena arena;
  if (size < 1 || size > 1 << 16) return 0;
  if (arena.max == 0) an_arena_init(&arena, 64 << 20);
  an_arena_reset(&arena);
  const char *set = sets[bytes[0] % (sizeof sets / sizeof *sets)];
  const an_page page = {.bytes = bytes + 1, .size = (uint32_t)size - 1, .charset = an_text_of(set), .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
  reader *r = reader_of(&page, &arena);
  if (r == NULL || charset_decode(r, NULL) != AN_OK) return 0;
  const source *s = &r->source;
  if (!an_utf8_valid(s->at, s->size) || (s->count == 0 && s->skip + s->size > page.size)) abort();
  for (uint32_t i = 0; i < s->count; i++) {
    if (s->runs[i].raw > s->runs[i].raw_end || s->runs[i].raw_end > page.size || s->runs[i].clean > s->size) abort();
    if (i > 0 && (s->runs[i].clean < s->runs[i - 1].clean || s->runs[i].raw < s->runs[i - 1].raw)) abort();
  }
  for (uint32_t at = 0; at + 1 < s->size; at += 1 + s->size / 64) {
    an_span there = source_to_page(s, (an_span){at, at + 1});
    if (there.begin > there.end || there.end > page.size) abort();
  }
  return 0;
}
