/* SPDX-License-Identifier: Apache-2.0 */
#include "language/features.h"

#include <string.h>

enum { FLAG_CAN = 5, FLAG_FIRST = 14, FLAG_STOP = 15, FLAG_TITLE = 16, LONG_WORD = 4 /* letters */ };

static bool is_stop(const char *at, uint32_t size) {
  if (size == 1) return strchr(".!?\"'", at[0]) != NULL && at[0] != '\0';
  return size == 3 && memcmp(at, "\xE2\x80", 2) == 0 && strchr("\x98\x99\x9C\x9D", at[2]) != NULL; /* curly quotes */
}

void an_features_atoms(const an_seen *seen, const char *last, uint32_t last_size, an_atoms *out) {
  uint32_t longer = 0, capitals = 0, all = is_stop(last, last_size) ? 1u << FLAG_STOP : 0;
  for (uint32_t i = 0; i < seen->size; i++) {
    const an_view *v = &seen->view[i];
    const uint64_t forms[AN_ATOM_FORMS] = {v->suffix[2], v->suffix[1], v->prefix[2], v->shape};
    for (uint32_t k = 0; k < AN_ATOM_FORMS; k++) out[i].form[k] = k * AN_ATOM_HASHED + (uint32_t)(forms[k] >> 20) % AN_ATOM_HASHED;
    out[i].flags = (v->flags & 31u) | (seen->can[i] & 511u) << FLAG_CAN | (i == 0 ? 1u << FLAG_FIRST : 0);
    if (v->size < LONG_WORD) continue;
    longer++;
    capitals += (v->flags & AN_VIEW_FIRST_UPPER) != 0;
  }
  if (longer > 1 && capitals * 3 >= longer * 2) all |= 1u << FLAG_TITLE;
  for (uint32_t i = 0; i < seen->size; i++) out[i].flags |= all;
}
