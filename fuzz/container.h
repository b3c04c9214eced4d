/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as one container of pages, whose reader is called directly, whatever the bytes look like. */
#ifndef AN_FUZZ_CONTAINER_H
#define AN_FUZZ_CONTAINER_H
#include "input/inner.h"

#include <stdlib.h>

#include "memory_file.h"

static uint64_t sum;

/* Every page lies in memory that is there, and in the file. */
static void check_page(const an_page *page, size_t max_page) {
  for (uint32_t i = 0; i < page->size; i++) sum += page->bytes[i];
  const an_text texts[] = {page->url, page->media_type, page->charset, page->record, page->fetched_stamp, page->truncated};
  for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
    for (uint32_t i = 0; i < texts[t].size; i++) sum += (uint8_t)texts[t].at[i];
  if (page->size > max_page + 1) abort();
}

static void container(const uint8_t *bytes, size_t size, bool (*next)(an_input *, held *)) {
  memory_file file = memory_file_of(bytes, size);
  if (file.fd < 0) return;
  an_input input = {.max_page = 1 << 20, .path = file.path};
  input.stream = stream_open(file.path, NULL);
  uint64_t pages = 0;
  for (bool more = input.stream != NULL; more;) {
    held *h = held_new(&input);
    more = h != NULL && next(&input, h);
    if (more) check_page(&h->page, input.max_page);
    if (pages++ > size + 1) abort();              /* work is bounded by the bytes there are */
    held_drop(h);
  }
  if (input.stream != NULL) stream_close(input.stream);
  close(file.fd);
}
#endif
