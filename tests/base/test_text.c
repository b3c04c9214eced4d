/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

static void check_fold(const char *from, const char *to) {
  char out[256];
  uint32_t size = an_fold(an_text_of(from), out, sizeof out);
  an_text folded = {out, size};
  if (!an_text_is(folded, to)) fail_msg("%s: %.*s found, %s wanted", from, (int)size, out, to);
  assert_true(an_fold_hash(an_text_of(from)) == an_hash64(to, strlen(to)));
}

static void folding(void **state) {
  (void)state;
  check_fold("Foreign MINISTER", "foreign minister");
  check_fold("Erdo\xc4\x9f" "an", "erdogan");
  check_fold("Y\xc4\xb1ld\xc4\xb1r\xc4\xb1m \xc4\xb0zmir", "yildirim izmir");
  check_fold("Wa\xc5\x82\xc4\x99sa", "walesa");
  check_fold("S\xc3\xb8ren \xc3\x86r\xc3\xb8", "soren aero");
  check_fold("China\xe2\x80\x99s", "china's");
  check_fold("\xef\xbc\xa1\xef\xbc\xa2\xef\xbc\x91", "ab1");          /* full-width AB1 */
  check_fold("co\xc2\xadop\xe2\x80\x8b" "erate", "cooperate");      /* soft hyphen, zero-width space */
  check_fold("e\xcc\x81t\xc3\xa9", "ete");                          /* combining and composed */
  check_fold("two\xc2\xa0words", "two words");
  check_fold("Stra\xc3\x9f" "e", "strasse");
  check_fold("\xd0\x9c\xd0\x9e\xd0\xa1\xd0\x9a\xd0\x92\xd0\x90", "\xd0\xbc\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0");
  check_fold("", "");
}

/* A text longer than the inner buffer takes the streaming way to the same hash. */
static void long_folds(void **state) {
  (void)state;
  enum { LETTERS = 5000 };
  char *from = malloc(LETTERS * 2), *to = malloc(LETTERS);
  for (size_t i = 0; i < LETTERS; i++) {
    memcpy(from + 2 * i, "\xc3\xa9", 2);
    to[i] = 'e';
  }
  assert_true(an_fold_hash((an_text){from, LETTERS * 2}) == an_hash64(to, LETTERS));
  free(from);
  free(to);
}

static void a_fold_never_splits_a_character(void **state) {
  (void)state;
  char out[3];
  assert_int_equal(an_fold(AN_LIT("ab\xd0\xb1"), out, 3), 2);
  assert_int_equal(an_fold(AN_LIT("\xef\xb7\xba"), out, 3), 0); /* U+FDFA: 18 code points */
}

static void utf8(void **state) {
  (void)state;
  static const struct { const char *z; bool valid; uint32_t first, bytes; } cases[] = {
      {"a", true, 'a', 1},          {"\xc3\xa9", true, 0xe9, 2},   {"\xe2\x82\xac", true, 0x20ac, 3},
      {"\xf0\x9f\x98\x80", true, 0x1f600, 4}, {"\xf4\x8f\xbf\xbf", true, 0x10ffff, 4}, {"\xef\xbf\xbd", true, 0xfffd, 3},
      {"\xc0\x80", false, 0xfffd, 1}, {"\xe0\x80\x80", false, 0xfffd, 1}, {"\xed\xa0\x80", false, 0xfffd, 1},
      {"\xf4\x90\x80\x80", false, 0xfffd, 1}, {"\xc3", false, 0xfffd, 1}, {"\xe2\x82", false, 0xfffd, 1},
      {"\x80", false, 0xfffd, 1},   {"\xff", false, 0xfffd, 1},    {"\xc3(", false, 0xfffd, 1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    an_text text = an_text_of(cases[i].z);
    uint32_t at = 0;
    assert_int_equal(an_utf8_next(text, &at), cases[i].first);
    assert_int_equal(at, cases[i].bytes);
    assert_int_equal(an_utf8_valid((const uint8_t *)text.at, text.size), cases[i].valid);
  }
  for (uint32_t code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    char put[4];
    uint32_t size = an_utf8_put(code, put), at = 0;
    if (an_utf8_next((an_text){put, size}, &at) != code || at != size) fail_msg("U+%04X", code);
  }
}

static void trimming_and_finding(void **state) {
  (void)state;
  assert_text(an_text_trim(AN_LIT(" \xc2\xa0\xe2\x80\x8b x y\xe3\x80\x80\n")), "x y");
  assert_text(an_text_trim(AN_LIT(" \t ")), "");
  assert_text(an_text_trim(AN_LIT("\xc3\xa9")), "\xc3\xa9");
  assert_text(an_text_trim(AN_LIT("bad\xa0")), "bad\xa0"); /* a lone byte is no space */
  assert_int_equal(an_text_find(AN_LIT("banana"), 2, AN_LIT("ana")), 3);
  assert_int_equal(an_text_find(AN_LIT("banana"), 4, AN_LIT("ana")), AN_NONE);
  assert_int_equal(an_text_find(AN_LIT("banana"), 7, AN_LIT("")), AN_NONE);
  assert_text(an_text_slice(AN_LIT("banana"), 4, 99), "na");
  assert_true(an_text_starts(AN_LIT("banana"), "ban") && an_text_ends(AN_LIT("banana"), "ana"));
  assert_false(an_text_starts(AN_LIT("ba"), "ban") || an_text_ends(AN_LIT("na"), "ana"));
  assert_true(an_text_compare(AN_LIT("ab"), AN_LIT("abc")) < 0 && an_text_compare(AN_LIT("b"), AN_LIT("abc")) > 0);
}

static void words_that_spaces_part(void **state) {
  (void)state;
  an_text word, list = AN_LIT(" head  of state ");
  const char *const wanted[] = {"head", "of", "state"};
  uint32_t at = 0, count = 0;
  for (; an_text_word(list, &at, &word); count++) assert_true(count < 3 && an_text_is(word, wanted[count]));
  assert_true(count == 3 && at == list.size);
  at = 0;
  assert_false(an_text_word((an_text){NULL, 0}, &at, &word));
}

static void classes(void **state) {
  (void)state;
  assert_true(an_code_is_letter('q') && an_code_is_letter(0xe9) && an_code_is_letter(0x301) && an_code_is_letter(0x4e2d));
  assert_false(an_code_is_letter('1') || an_code_is_letter(0x2019) || an_code_is_letter('['));
  assert_true(an_code_is_upper('A') && an_code_is_upper(0x130) && !an_code_is_upper('a') && !an_code_is_upper(0x131));
  assert_true(an_code_is_space(0xa0) && an_code_is_space(0x200b) && an_code_is_space(0xad) && !an_code_is_space(0x2010));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(folding), cmocka_unit_test(long_folds), cmocka_unit_test(a_fold_never_splits_a_character),
      cmocka_unit_test(utf8), cmocka_unit_test(trimming_and_finding), cmocka_unit_test(words_that_spaces_part), cmocka_unit_test(classes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
