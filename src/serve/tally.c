/* SPDX-License-Identifier: Apache-2.0 */
/* Texts told apart and counted. A hash finds a text, the text itself decides: two that have one hash are two. */
#include "serve/serve.h"

#include <string.h>

enum { FOLDED = 256 };

static char low(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c); }

/* As NOCASE compares: ASCII letters in any case. */
static bool same(const sv_tally *tally, an_text a, an_text b) {
  if (a.size != b.size) return false;
  if (tally->exact) return memcmp(a.at, b.at, a.size) == 0;
  for (uint32_t i = 0; i < a.size; i++)
    if (low(a.at[i]) != low(b.at[i])) return false;
  return true;
}

static uint64_t key_of(const sv_tally *tally, an_text value) {
  char folded[FOLDED];
  uint32_t size = value.size < sizeof folded ? value.size : (uint32_t)sizeof folded;
  if (tally->exact) return an_hash64(value.at, value.size);
  for (uint32_t i = 0; i < size; i++) folded[i] = low(value.at[i]);
  return an_hash64(folded, size);
}

uint32_t sv_tally_at(an_arena *arena, sv_tally *tally, an_text value) {
  uint32_t *place = an_map_put(arena, &tally->at, key_of(tally, value), AN_NONE);
  if (place == NULL) return AN_NONE;
  uint32_t at = *place;
  while (at != AN_NONE && !same(tally, tally->all.at[at].value, value)) at = tally->all.at[at].next;
  if (at != AN_NONE) return at;
  an_text own = an_arena_copy(arena, value.at, value.size);
  sv_count *fresh = own.at != NULL ? AN_PUSH(arena, &tally->all) : NULL;
  if (fresh == NULL) return AN_NONE;
  *fresh = (sv_count){.value = own, .next = *place};
  *place = tally->all.count - 1;
  return *place;
}

sv_count *sv_tally_count(sv_tally *tally, uint32_t at) { return at < tally->all.count ? &tally->all.at[at] : NULL; }
