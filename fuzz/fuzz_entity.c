/* SPDX-License-Identifier: Apache-2.0 */
/* Character references: at every '&' of any bytes, in text and in attributes, what is taken lies in the bytes and what comes out
   is UTF-8. */
#include "page/inner.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  uint8_t *copy = malloc(size + 1);               /* of its own size: a read behind it is seen */
  if (copy == NULL) return 0;
  for (size_t i = 0; i < size; i++) copy[i] = bytes[i];
  uint8_t *exact = realloc(copy, size > 0 ? size : 1);
  if (exact != NULL) copy = exact;
  for (uint32_t at = 0; at < size; at++) {
    if (copy[at] != '&') continue;
    for (int in_attribute = 0; in_attribute < 2; in_attribute++) {
      char out[8];
      uint32_t made = 0, taken = entity_decode(copy, (uint32_t)size, at, in_attribute == 1, out, &made);
      if (taken > size - at || made > sizeof out) abort();
      if (taken > 0 && !an_utf8_valid((const uint8_t *)out, made)) abort();
    }
  }
  free(copy);
  return 0;
}
