/* SPDX-License-Identifier: Apache-2.0 */
/* Pages out of files, folders, WARC, JSONL, gzip and zstd, good and bad. Files are made in a folder of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "annals.h"

static char folder[64];
static char said[4096];                               /* complaints, one after another */

static void note(void *ctx, const an_error *what) {
  (void)ctx;
  size_t used = strlen(said);
  snprintf(said + used, sizeof said - used, "%s\n", what->message);
}

static const char *in_folder(const char *name) {
  static char path[4][512];
  static int turn;
  turn = (turn + 1) % 4;
  snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
  return path[turn];
}

static const char *make(const char *name, const void *bytes, size_t size) {
  const char *path = in_folder(name);
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes, 1, size, f), size);
  fclose(f);
  return path;
}

static size_t gzip(const void *bytes, size_t size, uint8_t *out, size_t room) {
  z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)size, .next_out = out, .avail_out = (uInt)room};
  assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return room - z.avail_out;
}

static an_input *open_paths(const char *const *paths, size_t count, const an_input_options *options) {
  an_error err = {0};
  an_input *input = NULL;
  said[0] = '\0';
  assert_int_equal(an_input_open(paths, count, options, note, NULL, &input, &err), AN_OK);
  return input;
}
static an_input *open_one(const char *path) { return open_paths(&path, 1, NULL); }

static void expect_page(an_input *input, const char *text) {
  an_page page;
  assert_true(an_input_next(input, &page));
  assert_int_equal(page.size, strlen(text));
  assert_memory_equal(page.bytes, text, page.size);
  an_input_release(input, &page);
}
static void expect_end(an_input *input) {
  an_page page;
  assert_false(an_input_next(input, &page));
}

static void plain_file(void **state) {
  (void)state;
  const char *path = make("a.txt", "One page.", 9);
  an_input *input = open_one(path);
  an_page page;
  assert_true(an_input_next(input, &page));
  assert_int_equal(page.size, 9);
  assert_string_equal(page.path.at, path);
  assert_int_equal(page.length, 0);
  an_input_release(input, &page);
  expect_end(input);
  an_input_counts counts = an_input_counted(input);
  assert_int_equal(counts.pages, 1);
  assert_int_equal(counts.bytes_total, 9);
  an_input_close(input);
}

static void empty_file_is_a_page(void **state) {
  (void)state;
  an_input *input = open_one(make("empty.html", "", 0));
  expect_page(input, "");
  expect_end(input);
  an_input_close(input);
}

static void missing_unreadable_binary_are_told(void **state) {
  (void)state;
  mkdir(in_folder("nothing"), 0700);
  const char *paths[] = {in_folder("missing.html"), make("photo.html", "\x89PNG\r\n\x1a\n", 8), in_folder("nothing"), make("last.txt", "Last.", 5)};
  an_input *input = open_paths(paths, 4, NULL);
  an_page photo;
  assert_true(an_input_next(input, &photo));                  /* a reading says that it is none */
  assert_int_equal(photo.size, 8);
  assert_memory_equal(photo.media_type.at, "application/octet-stream", photo.media_type.size);
  an_input_release(input, &photo);
  expect_page(input, "Last.");
  expect_end(input);
  an_input_counts counts = an_input_counted(input);
  assert_int_equal(counts.failed, 2);
  assert_int_equal(counts.skipped_type, 0);
  assert_non_null(strstr(said, "missing.html: No such file"));
  assert_non_null(strstr(said, "nothing: the folder holds no page"));
  an_input_close(input);
}

static void folder_sorted_hidden_left_out(void **state) {
  (void)state;
  mkdir(in_folder("tree"), 0700);
  mkdir(in_folder("tree/b"), 0700);
  mkdir(in_folder("tree/c_files"), 0700);
  make("tree/c.html", "c", 1);
  make("tree/a.txt", "a", 1);
  make("tree/b/2.htm", "b2", 2);
  make("tree/b/1.html", "b1", 2);
  make("tree/.hidden.html", "no", 2);
  make("tree/c_files/ad.html", "no", 2);
  make("tree/style.css", "no", 2);
  an_input *input = open_one(in_folder("tree"));
  expect_page(input, "a");
  expect_page(input, "b1");
  expect_page(input, "b2");
  expect_page(input, "c");
  expect_end(input);
  assert_int_equal(an_input_counted(input).skipped_name, 1);
  an_input_close(input);
}

static void gzip_and_zstd(void **state) {
  (void)state;
  uint8_t out[256];
  size_t n = gzip("first ", 6, out, sizeof out);
  n += gzip("second", 6, out + n, sizeof out - n);            /* two members make one page */
  an_input *input = open_one(make("two.html.gz", out, n));
  expect_page(input, "first second");
  expect_end(input);
  an_input_close(input);
  n = ZSTD_compress(out, sizeof out, "zstd page", 9, 3);
  input = open_one(make("z.html.zst", out, n));
  expect_page(input, "zstd page");
  expect_end(input);
  an_input_close(input);
}

static size_t record(char *out, size_t room, const char *type, const char *uri, const char *block) {
  return (size_t)snprintf(out, room, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2021-06-03T10:00:00Z\r\n"
                          "WARC-Record-ID: <urn:uuid:1>\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n", type, uri, strlen(block), block);
}

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Good</p>";

static void warc_records(void **state) {
  (void)state;
  char w[8192];
  size_t n = record(w, sizeof w, "warcinfo", "", "software: none");
  n += record(w + n, sizeof w - n, "response", "<http://a.example/1/>", answer);
  n += record(w + n, sizeof w - n, "response", "http://a.example/2", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\ngone");
  n += record(w + n, sizeof w - n, "response", "http://a.example/3", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxxxx");
  n += record(w + n, sizeof w - n, "response", "http://a.example/4",
              "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>C\r\n6;x=1\r\nhunks \r\n0\r\n\r\n");
  n += record(w + n, sizeof w - n, "response", "http://a.example/5",
              "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nX-Crawler-Content-Encoding: gzip\r\n\r\n<p>Decoded already</p>");
  an_input *input = open_one(make("good.warc", w, n));
  an_page page;
  assert_true(an_input_next(input, &page));
  assert_int_equal(page.size, 11);
  assert_memory_equal(page.bytes, "<p>Good</p>", 11);
  assert_int_equal(page.url.size, strlen("http://a.example/1/"));
  assert_memory_equal(page.charset.at, "iso-8859-1", 10);
  assert_int_equal(page.status, 200);
  assert_true(page.offset > 0);
  assert_memory_equal(w + page.offset, "WARC/1.0", 8);
  assert_int_equal(page.fetched.earliest, page.fetched.latest);
  an_input_release(input, &page);
  expect_page(input, "<p>Chunks ");
  expect_page(input, "<p>Decoded already</p>");
  expect_end(input);
  assert_int_equal(an_input_counted(input).skipped_status, 1);
  assert_int_equal(an_input_counted(input).skipped_type, 1);
  assert_int_equal(an_input_counted(input).skipped_bad, 0);
  an_input_close(input);
}

static void wet_conversion(void **state) {
  (void)state;
  char w[2048];
  int n = snprintf(w, sizeof w, "WARC/1.1\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: text/plain\r\nContent-Length: 11\r\n\r\nPlain words\r\n\r\n");
  an_input *input = open_one(make("x.warc.wet", w, (size_t)n));
  expect_page(input, "Plain words");
  expect_end(input);
  an_input_close(input);
}

static void warc_bad_record_is_passed_over(void **state) {
  (void)state;
  char w[8192];
  size_t n = record(w, sizeof w, "response", "http://a.example/1", answer);
  n += (size_t)snprintf(w + n, sizeof w - n, "rubbish\nmore rubbish\nWARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nlost\r\n\r\n");
  n += record(w + n, sizeof w - n, "response", "http://a.example/2", answer);
  an_input *input = open_one(make("bad.warc", w, n));
  expect_page(input, "<p>Good</p>");
  expect_page(input, "<p>Good</p>");
  expect_end(input);
  assert_true(an_input_counted(input).skipped_bad >= 1);
  assert_non_null(strstr(said, "passed over"));
  an_input_close(input);
}

static void warc_gz_bad_member_is_passed_over(void **state) {
  (void)state;
  char w[2048];
  uint8_t out[8192];
  static const char *const uris[] = {"http://a.example/1", "http://a.example/2", "http://a.example/3"};
  size_t n = 0, second = 0, third = 0;
  for (int i = 0; i < 3; i++) {
    size_t size = record(w, sizeof w, "response", uris[i], answer);
    if (i == 1) second = n;
    if (i == 2) third = n;
    n += gzip(w, size, out + n, sizeof out - n);
  }
  memset(out + second + 20, 0x55, third - second - 30);        /* the middle member is destroyed */
  an_input *input = open_one(make("members.warc.gz", out, n));
  an_page page;
  assert_true(an_input_next(input, &page));
  assert_int_equal(page.offset, 0);
  assert_int_equal(page.length, second);
  an_input_release(input, &page);
  assert_true(an_input_next(input, &page));
  assert_memory_equal(page.bytes, "<p>Good</p>", page.size);
  assert_int_equal(page.offset, third);
  an_input_release(input, &page);
  expect_end(input);
  assert_true(an_input_counted(input).skipped_bad >= 1);
  an_input_close(input);
}

static void warc_cut_at_the_end(void **state) {
  (void)state;
  char w[4096];
  size_t n = record(w, sizeof w, "response", "http://a.example/1", answer);
  n += record(w + n, sizeof w - n, "response", "http://a.example/2", answer) - 20;
  an_input *input = open_one(make("cut.warc", w, n));
  expect_page(input, "<p>Good</p>");
  expect_end(input);
  assert_int_equal(an_input_counted(input).skipped_bad, 1);
  an_input_close(input);
}

static void jsonl(void **state) {
  (void)state;
  static const char lines[] =
    "{\"url\": \"http://a.example/\", \"html\": \"<p>caf\\u00e9</p>\", \"fetched\": \"2021-06-03\", \"more\": {\"html\": [1, \"no\"]}}\n"
    "not json\n\n"
    "{\"text\": \"lone \\ud800 surrogate\"}\n"
    "{\"url\": \"http://a.example/none\"}\n";
  an_input *input = open_one(make("p.jsonl", lines, sizeof lines - 1));
  an_page page;
  assert_true(an_input_next(input, &page));
  assert_int_equal(page.size, strlen("<p>caf\xC3\xA9</p>"));
  assert_memory_equal(page.media_type.at, "text/html", 9);
  assert_int_equal(page.offset, 0);
  assert_int_equal(page.length, strchr(lines, '\n') - lines + 1);
  assert_int_equal(page.fetched.earliest, 18781);
  an_input_release(input, &page);
  expect_page(input, "lone \xEF\xBF\xBD surrogate");
  expect_end(input);
  assert_int_equal(an_input_counted(input).skipped_bad, 2);
  assert_non_null(strstr(said, " is no JSON"));
  an_input_close(input);
}

static void meta_table(void **state) {
  (void)state;
  const char *page_path = make("m.txt", "Words.", 6);
  char table[512];
  int n = snprintf(table, sizeof table, "# comment\npath\toutlet\tpublished\turl\n%s\tThe Courier\t2020-02-29\thttp://c.example/\n", page_path);
  an_input_options options = {.meta_file = make("meta.tsv", table, (size_t)n)};
  an_input *input = open_paths(&page_path, 1, &options);
  an_page page;
  assert_true(an_input_next(input, &page));
  assert_memory_equal(page.outlet.at, "The Courier", page.outlet.size);
  assert_int_equal(page.given.earliest, 18321);
  assert_int_equal(page.given.latest, 18321);
  assert_memory_equal(page.url.at, "http://c.example/", page.url.size);
  an_input_release(input, &page);
  an_input_close(input);
  options.meta_file = make("wrong.tsv", "path\tpublished\nx\tsomeday\n", 24);
  an_error err = {0};
  assert_int_equal(an_input_open(&page_path, 1, &options, NULL, NULL, &input, &err), AN_ERR_USAGE);
  assert_non_null(strstr(err.message, ":2:"));
}

static void limits(void **state) {
  (void)state;
  an_input_options options = {.max_page = 1000};
  char *big = calloc(1, 5000);
  memset(big, 'x', 5000);
  const char *path = make("big.txt", big, 5000);
  an_input *input = open_paths(&path, 1, &options);
  an_page page;
  assert_true(an_input_next(input, &page));
  assert_int_equal(page.size, 1001);                            /* one more than the limit: the engine says that it was cut */
  an_input_release(input, &page);
  an_input_close(input);
  free(big);
}

static void released_in_any_order(void **state) {
  (void)state;
  const char *paths[] = {make("1.txt", "one", 3), make("2.txt", "two", 3), make("3.txt", "three", 5)};
  an_input *input = open_paths(paths, 3, NULL);
  an_page a, b, c;
  assert_true(an_input_next(input, &a) && an_input_next(input, &b) && an_input_next(input, &c));
  an_input_release(input, &b);
  assert_memory_equal(a.bytes, "one", 3);
  assert_memory_equal(c.bytes, "three", 5);
  an_input_release(input, &a);
  an_input_close(input);                                        /* frees what was not released */
}

int main(void) {
  snprintf(folder, sizeof folder, "/tmp/annals-input-%ld", (long)getpid());
  if (mkdir(folder, 0700) != 0) return 1;
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(plain_file), cmocka_unit_test(empty_file_is_a_page), cmocka_unit_test(missing_unreadable_binary_are_told),
    cmocka_unit_test(folder_sorted_hidden_left_out), cmocka_unit_test(gzip_and_zstd), cmocka_unit_test(warc_records),
    cmocka_unit_test(wet_conversion), cmocka_unit_test(warc_bad_record_is_passed_over), cmocka_unit_test(warc_gz_bad_member_is_passed_over),
    cmocka_unit_test(warc_cut_at_the_end), cmocka_unit_test(jsonl), cmocka_unit_test(meta_table), cmocka_unit_test(limits),
    cmocka_unit_test(released_in_any_order)};
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  char command[128];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  return system(command) != 0 || failed != 0;
}
