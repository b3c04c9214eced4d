/* SPDX-License-Identifier: Apache-2.0 */
/* A long WARC costs no more memory than a short one: what 10,000 pages take at most is what 2,000 took, but for the hashes of
   pages seen (42 bytes a page). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zlib.h>

#include "annals.h"

enum { FEW = 2000, MANY = 10000, PAGE = 12000, SLACK_KB = 1500 };

static void put_record(FILE *f, unsigned number) {
  static char page[PAGE + 1], text[PAGE + 1024];
  static uint8_t packed[2 * PAGE];
  for (size_t i = 0; i < PAGE; i++) page[i] = (char)('a' + (i * i / 7 + number * (i % 13)) % 26);
  memcpy(page, "<h1>Page</h1><p>", 16);
  int size = snprintf(text, sizeof text, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://long.example/%u\r\nContent-Length: %d\r\n\r\n"
                      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s\r\n\r\n", number, PAGE + 44, page);
  z_stream z = {.next_in = (Bytef *)text, .avail_in = (uInt)size, .next_out = packed, .avail_out = sizeof packed};
  assert_int_equal(deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  fwrite(packed, 1, sizeof packed - z.avail_out, f);
  deflateEnd(&z);
}

static long most_memory(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

static void memory_is_flat(void **state) {
  (void)state;
  char path[64];
  snprintf(path, sizeof path, "/tmp/annals-memory-%ld.warc.gz", (long)getpid());
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  for (unsigned n = 0; n < MANY; n++) put_record(f, n);
  fclose(f);
  an_input *input;
  const char *name = path;
  assert_int_equal(an_input_open(&name, 1, NULL, NULL, NULL, &input, NULL), AN_OK);
  an_page page;
  long few = 0;
  unsigned pages = 0;
  for (; an_input_next(input, &page); pages++) {
    assert_int_equal(page.size, PAGE);
    an_input_release(input, &page);
    if (pages == FEW) few = most_memory();
  }
  long many = most_memory();
  an_input_close(input);
  unlink(path);
  assert_int_equal(pages, MANY);
  assert_in_range(many, few, few + SLACK_KB);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(memory_is_flat)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
