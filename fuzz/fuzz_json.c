/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON reader on any bytes: tokens lie in the text, in order, and end; strings unescape inside their budget. */
#include "base/base.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void tokens(an_text text, bool skip) {
  an_arena arena;
  an_arena_init(&arena, 1 << 20);
  an_json_in in;
  an_json_start(&in, text);
  uint32_t last = 0, count = 0;
  for (;;) {
    an_json_kind kind = an_json_next(&in);
    if (in.span.begin > in.span.end || in.span.end > text.size || in.span.begin < last || count++ > text.size + 1) abort();
    if (kind == AN_JSON_END || kind == AN_JSON_ERROR) break;
    last = in.span.begin;
    if (kind == AN_JSON_STRING || kind == AN_JSON_KEY) {
      an_text plain = an_json_string(&in, &arena);
      if (plain.at != NULL && plain.size > in.span.end - in.span.begin) abort();
    }
    if (kind == AN_JSON_NUMBER) (void)an_json_value(&in);
    if (skip && in.depth > 1) {
      an_json_skip(&in);
      last = in.span.begin;
    }
  }
  an_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  an_text text = {(const char *)bytes, (uint32_t)size};
  tokens(text, false);
  tokens(text, true);
  return 0;
}
