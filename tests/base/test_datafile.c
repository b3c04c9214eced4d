/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"
#include <unistd.h>

static char dir[] = "annals-datafile-XXXXXX";
static char path[64];

static void write_file(const void *bytes, size_t size) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  fclose(file);
}

static size_t read_file(uint8_t *out, size_t max) {
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  size_t size = fread(out, 1, max, file);
  fclose(file);
  return size;
}

static void write_good(void) {
  uint8_t numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9}, pool[] = {3, 0, 0, 0, 'a', 'b', 'c', 200, 0, 0, 0, 'x'};
  an_section_out sections[] = {{"numbers", numbers, sizeof numbers}, {"pool", pool, sizeof pool}, {"empty", "", 0}};
  an_error err;
  assert_int_equal(an_datafile_write(path, "test", 3, 77, sections, 3, &err), AN_OK);
}

static an_status reopen(an_error *err) {
  an_datafile file;
  an_status status = an_datafile_open(dir, "test.an", "test", 3, "make data", &file, err);
  an_datafile_close(&file);
  return status;
}

static void what_was_written_is_read(void **state) {
  (void)state;
  write_good();
  an_datafile file;
  assert_int_equal(an_datafile_open(dir, "test.an", "test", 3, "make data", &file, NULL), AN_OK);
  assert_int_equal(file.sources, 77);
  assert_int_not_equal(file.checksum, 0);
  an_section numbers = an_datafile_section(&file, "numbers"), pool = an_datafile_section(&file, "pool");
  assert_int_equal((uintptr_t)numbers.at % 64, 0);
  assert_int_equal(an_get16(numbers, 1), 0x0302);
  assert_int_equal(an_get32(numbers, 5), 0x09080706);
  assert_true(an_get64(numbers, 1) == 0x0908070605040302u);
  assert_int_equal(an_get16(numbers, 8), 0); /* half outside */
  assert_int_equal(an_get32(numbers, 6), 0);
  assert_true(an_get64(numbers, 2) == 0 && an_get64(numbers, SIZE_MAX) == 0);
  assert_text(an_get_text(pool, 0), "abc");
  assert_null(an_get_text(pool, 7).at); /* says 200 bytes, has one */
  assert_null(an_get_text(pool, 9).at);
  assert_null(an_get_text(pool, UINT32_MAX).at);
  assert_non_null(an_datafile_section(&file, "empty").at);
  assert_null(an_datafile_section(&file, "none").at);
  an_datafile_close(&file);
}

static void what_is_not_ours_is_named(void **state) {
  (void)state;
  an_error err;
  an_datafile file;
  write_good();
  assert_int_equal(an_datafile_open(dir, "test.an", "wrld", 3, "make data", &file, &err), AN_ERR_DATA);
  assert_non_null(strstr(err.message, "\"test\" found, \"wrld\" wanted"));
  assert_int_equal(an_datafile_open(dir, "test.an", "test", 4, "make data", &file, &err), AN_ERR_DATA);
  assert_non_null(strstr(err.message, "layout 3 found, layout 4 wanted"));
  assert_non_null(strstr(err.message, "make data"));
  assert_non_null(strstr(err.message, path));
  assert_int_equal(an_datafile_open(dir, "absent.an", "test", 3, "make data", &file, &err), AN_ERR_IO);
  assert_int_equal(an_datafile_open(dir, ".", "test", 3, "make data", &file, &err), AN_ERR_IO);
  assert_null(file.bytes);
}

/* Cut anywhere, or with any byte altered: an error, never a crash. The sources' checksum (bytes 32 to 40) is information. */
static void cut_or_altered(void **state) {
  (void)state;
  uint8_t good[2048], bad[2048];
  an_error err;
  write_good();
  size_t size = read_file(good, sizeof good);
  assert_in_range(size, 200, sizeof good - 1);
  for (size_t cut = 0; cut < size; cut++) {
    write_file(good, cut);
    assert_int_equal(reopen(&err), AN_ERR_DATA);
  }
  for (size_t at = 0; at < size; at++) {
    if (at >= 32 && at < 40) continue;
    memcpy(bad, good, size);
    bad[at] ^= 0x41;
    write_file(bad, size);
    assert_int_equal(reopen(&err), AN_ERR_DATA);
  }
  memcpy(bad, good, size);
  bad[size] = 0;
  write_file(bad, size + 1);
  assert_int_equal(reopen(&err), AN_ERR_DATA);
}

/* A header that lies with a right checksum: sections outside, or too many. */
static void a_lying_header(void **state) {
  (void)state;
  static const struct { size_t at; uint64_t value; int bytes; } lies[] = {
      {40, 0xffffffff, 4}, {40, 1000, 4}, {56, 1 << 20, 8}, {56, 63, 8}, {64, UINT64_MAX, 8}, {64, 1 << 20, 8}};
  for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
    uint8_t bytes[2048];
    write_good();
    size_t size = read_file(bytes, sizeof bytes);
    for (int b = 0; b < lies[i].bytes; b++) bytes[lies[i].at + (size_t)b] = (uint8_t)(lies[i].value >> (8 * b));
    uint64_t sum = an_hash64(bytes + 40, size - 40);
    for (int b = 0; b < 8; b++) bytes[24 + b] = (uint8_t)(sum >> (8 * b));
    write_file(bytes, size);
    an_error err;
    assert_int_equal(reopen(&err), AN_ERR_DATA);
    assert_non_null(strstr(err.message, "outside"));
  }
}

static void writing_where_nobody_can(void **state) {
  (void)state;
  an_error err;
  assert_int_equal(an_datafile_write("no/such/folder/x.an", "test", 1, 0, NULL, 0, &err), AN_ERR_IO);
  assert_non_null(strstr(err.message, "no/such/folder"));
}

static int make_folder(void **state) {
  (void)state;
  if (mkdtemp(dir) == NULL) return -1;
  snprintf(path, sizeof path, "%s/test.an", dir);
  return 0;
}

static int drop_folder(void **state) {
  (void)state;
  unlink(path);
  return rmdir(dir);
}

int main(void) {
  if (getenv("ANNALS_BUILD") != NULL && chdir(getenv("ANNALS_BUILD")) != 0) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_was_written_is_read), cmocka_unit_test(what_is_not_ours_is_named),
      cmocka_unit_test(cut_or_altered), cmocka_unit_test(a_lying_header), cmocka_unit_test(writing_where_nobody_can),
  };
  return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
