/* SPDX-License-Identifier: Apache-2.0 */
/* A digest of any bytes: read or refused. */
#include "story/digest.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size > AN_DIGEST_MAX) return 0;
  an_arena arena;
  an_arena_init(&arena, 16 << 20);
  dg view;
  if (dg_read((an_digest){bytes, (uint32_t)size}, &arena, &view, NULL) == AN_OK) {
    an_buf buf; /* what was read can be written */
    an_buf_init(&buf, 1 << 20);
    (void)dg_write(&view, &buf, NULL);
    an_buf_free(&buf);
  }
  an_arena_free(&arena);
  return 0;
}
