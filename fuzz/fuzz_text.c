/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 and folding on any bytes: decoding moves on and agrees with the check, folding is valid, its hash is that of what
   it writes, dates and their writing agree. */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void decode(an_text text) {
  bool valid = true;
  for (uint32_t at = 0; at < text.size;) {
    uint32_t begin = at, code = an_utf8_next(text, &at);
    if (at <= begin || at > text.size || at - begin > 4) abort();
    char put[4];
    if (code == 0xfffd && at - begin == 1) valid = false;
    else if (an_utf8_put(code, put) != at - begin || memcmp(put, text.at + begin, at - begin) != 0) abort();
  }
  if (valid != an_utf8_valid((const uint8_t *)text.at, text.size)) abort();
}

static void fold(an_text text) {
  uint32_t max = text.size * 12 + 16;
  char *out = malloc(max);
  uint32_t size = an_fold(text, out, max);
  if (size > max || !an_utf8_valid((const uint8_t *)out, size) || an_fold_hash(text) != an_hash64(out, size)) abort();
  free(out);
}

static void date(an_text text) {
  an_days days, again;
  if (!an_days_parse(text, &days)) return;
  an_buf buf;
  an_buf_init(&buf, 100);
  an_day_write(&buf, days.earliest);
  if (!an_days_parse((an_text){buf.at, (uint32_t)buf.size}, &again) || again.earliest != days.earliest) abort();
  an_buf_free(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  an_text text = {(const char *)bytes, (uint32_t)size};
  decode(text);
  fold(text);
  date(text);
  an_text trimmed = an_text_trim(text);
  if (trimmed.size > text.size) abort();
  an_buf buf;
  an_buf_init(&buf, 1 << 20);
  an_json_out out = {.buf = &buf};
  an_json_text(&out, NULL, text.at == NULL ? AN_LIT("") : text);
  an_json_in in;
  an_json_start(&in, (an_text){buf.at, (uint32_t)buf.size});
  if (!buf.failed && (an_json_next(&in) != AN_JSON_STRING || an_json_next(&in) != AN_JSON_END)) abort();
  an_buf_free(&buf);
  return 0;
}
