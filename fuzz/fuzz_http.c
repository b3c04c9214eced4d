/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a stored HTTP answer: head, chunks, gzip, deflate, zstd, brotli. What comes out lies in memory that is there. */
#include "input/inner.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static uint64_t sum;

static void take(const uint8_t *bytes, size_t size) {
  static const char head[] = "HTTP/1.1 200 OK\r\n";
  uint8_t *block = malloc(size + sizeof head), *owned = NULL;
  an_arena arena;
  an_arena_init(&arena, 1 << 20);
  answer a;
  memcpy(block, head, sizeof head - 1);
  memcpy(block + sizeof head - 1, bytes, size);
  if (http_answer(block, size + sizeof head - 1, 1 << 20, &arena, &a, &owned) != HTTP_NONE) {
    if (owned != NULL && a.size > 1 << 20) abort();
    for (size_t i = 0; i < a.size; i++) sum += a.body[i];
    for (uint32_t i = 0; i < a.type.size; i++) sum += (uint8_t)a.type.at[i];
    for (uint32_t i = 0; i < a.charset.size; i++) sum += (uint8_t)a.charset.at[i];
  }
  free(owned);
  free(block);
  an_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  take(bytes, size);
  return 0;
}
