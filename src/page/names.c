/* SPDX-License-Identifier: Apache-2.0 */
/* Words of class, id, itemprop and role values. */
#include "page/inner.h"

#include <string.h>

/* `word` is folded already: lower case letters and digits of ASCII. */
static uint32_t word_flags(const an_page_tables *tables, const char *word, uint32_t size) {
  return an_map_get(&tables->names, an_hash64(word, size), 0);
}

/* "article-body__relatedLinks" → article, body, related, links; and "articlebody", pairs joined, for names in two words. */
uint32_t name_flags(const an_page_tables *tables, const uint8_t *at, uint32_t size) {
  char pair[128];                                  /* the word before, and behind it the word that is being read */
  uint32_t flags = 0, n = 0, before = 0;
  for (uint32_t i = 0; i <= size; i++) {
    uint8_t c = i < size ? at[i] : ' ';
    bool upper = c >= 'A' && c <= 'Z';
    bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    bool turn = upper && n > 0 && i > 0 && at[i - 1] >= 'a' && at[i - 1] <= 'z';
    if ((!letter || turn) && n > 0) {
      flags |= word_flags(tables, pair + before, n);
      if (before > 0) flags |= word_flags(tables, pair, before + n);
      memmove(pair, pair + before, n);
      before = n;
      n = 0;
    }
    if (c == ' ') before = 0;
    if (letter && n < 64) pair[before + n++] = (char)(upper ? c + 32 : c);
  }
  return flags;
}
