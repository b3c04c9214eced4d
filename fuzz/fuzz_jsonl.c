/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a file of lines of JSON, plain or packed. */
#include "container.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  container(bytes, size, jsonl_next);
  return 0;
}
