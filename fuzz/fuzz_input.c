/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a container of pages (what they are is seen from the bytes: WARC, WET, JSONL, gzip, zstd, or one page). */
#include "annals.h"

#include <stdlib.h>

#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static uint64_t sum;

static void take_all(const char *path) {
  an_input *input;
  const an_input_options options = {.max_page = 1 << 20};
  if (an_input_open(&path, 1, &options, NULL, NULL, &input, NULL) != AN_OK) return;
  an_page page;
  uint64_t pages = 0;
  while (an_input_next(input, &page)) {
    for (uint32_t i = 0; i < page.size; i++) sum += page.bytes[i]; /* all of it is there */
    if (page.size > options.max_page + 1 || pages++ > 1 << 20) abort();
    an_input_release(input, &page);
  }
  if (an_input_counted(input).pages != pages) abort();
  an_input_close(input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  memory_file file = memory_file_of(bytes, size);
  if (file.fd < 0) return 0;
  take_all(file.path);
  close(file.fd);
  return 0;
}
