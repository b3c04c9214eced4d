/* SPDX-License-Identifier: Apache-2.0 */
/* Pages that come again. A crawl holds a page twice when a link led to it twice: same address, same bytes. It is read once.
   Under one address other bytes are another version, and the same bytes under another address are a copy: both are read, since
   a reading never depends on other pages, and counted. Every count is a number of distinct hashes, so that it does not depend
   on the order of pages.

   A page costs up to three hashes of 8 bytes, in a table that is between 58 and 87 % full: at most 42 bytes a page. */
#include "input/inner.h"

#include <stdlib.h>

enum { MOST_KEYS = 1 << 26, FIRST_KEYS = 1 << 10 };      /* beyond the most, nothing new is remembered */

static size_t place_of(const seen_keys *seen, uint64_t key) {
  size_t at = (size_t)(((key >> 32) * seen->capacity) >> 32);
  while (seen->at[at] != 0 && seen->at[at] != key) at = at + 1 < seen->capacity ? at + 1 : 0;
  return at;
}

static bool widen(seen_keys *seen) {
  seen_keys wider = {.count = seen->count, .capacity = seen->capacity == 0 ? FIRST_KEYS : seen->capacity + seen->capacity / 2};
  wider.at = calloc(wider.capacity, sizeof *wider.at);
  if (wider.at == NULL) return false;
  for (size_t i = 0; i < seen->capacity; i++)
    if (seen->at[i] != 0) wider.at[place_of(&wider, seen->at[i])] = seen->at[i];
  free(seen->at);
  *seen = wider;
  return true;
}

/* Was the key there? It is now, as far as there is room. */
static bool meet(seen_keys *seen, uint64_t key) {
  if (key == 0) key = 1;
  if (seen->count + 1 > seen->capacity / 8 * 7 && (seen->count >= MOST_KEYS || !widen(seen))) {
    return seen->capacity > 0 && seen->at[place_of(seen, key)] == key;
  }
  size_t at = place_of(seen, key);
  if (seen->at[at] == key) return true;
  seen->at[at] = key;
  seen->count++;
  return false;
}

bool same_again(an_input *input, const an_page *page) {
  enum { OF_BOTH = 1, OF_URL, OF_BYTES };
  seen_keys *seen = &input->seen;
  uint64_t bytes = an_hash64_seed(page->bytes, page->size, OF_BYTES);
  if (page->url.size > 0) {
    uint64_t url = an_hash64_seed(page->url.at, page->url.size, OF_URL);
    if (meet(seen, an_hash64_seed((const uint64_t[]){url, bytes}, 2 * sizeof url, OF_BOTH))) {
      input->counts.skipped_same++;
      return true;
    }
    input->counts.repeated_urls += meet(seen, url);
  }
  input->counts.repeated_bytes += meet(seen, bytes);
  return false;
}
