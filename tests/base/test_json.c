/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"
#include <math.h>

/* The kinds of all tokens as letters, '!' for an error and where it was. */
static void check_tokens(const char *json, const char *expected) {
  static const char letters[] = "$!{}[]ksntf0";
  an_json_in in;
  an_json_start(&in, an_text_of(json));
  char got[256];
  size_t size = 0;
  an_json_kind kind;
  do {
    kind = an_json_next(&in);
    got[size++] = letters[kind];
  } while (kind != AN_JSON_END && kind != AN_JSON_ERROR && size < 200);
  got[size] = '\0';
  if (kind == AN_JSON_ERROR) {
    snprintf(got + size, 20, "%u", in.span.begin);
    assert_int_equal(an_json_next(&in), AN_JSON_ERROR); /* and it stays one */
  }
  if (strcmp(got, expected) != 0) fail_msg("%s: %s found, %s wanted", json, got, expected);
}

static void documents(void **state) {
  (void)state;
  check_tokens("{}", "{}$");
  check_tokens(" [ ] ", "[]$");
  check_tokens("{\"a\": 1, \"b\": [true, false, null, \"x\", -1.5e+3]}", "{kn" "k[tf0sn]}$");
  check_tokens("\"top\"", "s$");
  check_tokens("[[[]],{}]", "[[[]]{}]$");
  check_tokens("\"raw\ncontrol\"", "s$"); /* JSON-LD in the wild */
}

static void hostile_documents(void **state) {
  (void)state;
  check_tokens("", "!0");
  check_tokens("   ", "!3");
  check_tokens("{", "{!1");
  check_tokens("[1,]", "[n!3");
  check_tokens("[1 2]", "[n!3");
  check_tokens("{\"a\" 1}", "{!5");
  check_tokens("{\"a\":}", "{k!5");
  check_tokens("{\"a\":1,}", "{kn!7");
  check_tokens("{1:2}", "{!1");
  check_tokens("[}", "[!1");
  check_tokens("{\"a\":1]", "{kn!6");
  check_tokens("[] []", "[]!3");
  check_tokens("\"open", "!5");
  check_tokens("\"\\x\"", "!1");
  check_tokens("\"\\u12g4\"", "!1");
  check_tokens("\"\\u12", "!1");
  check_tokens("\"\\", "!1");
  check_tokens("01", "!2");
  check_tokens("-", "!1");
  check_tokens("1.", "!2");
  check_tokens("1e", "!2");
  check_tokens("tru", "!0");
  check_tokens("nul", "!0");
}

static void depth_has_an_end(void **state) {
  (void)state;
  enum { LEVELS = 100000 };
  char *deep = malloc(LEVELS);
  memset(deep, '[', LEVELS);
  an_json_in in;
  an_json_start(&in, (an_text){deep, LEVELS});
  unsigned opened = 0;
  while (an_json_next(&in) == AN_JSON_ARRAY) opened++;
  assert_int_equal(in.kind, AN_JSON_ERROR);
  assert_int_equal(opened, 512);
  free(deep);
}

static void strings_and_spans(void **state) {
  (void)state;
  an_arena arena;
  an_arena_init(&arena, 1 << 20);
  const char *json = "{\"k\":\"a\\\"b\\u00e9\\ud83d\\ude00\\ud800x\\n\\/\"}";
  an_json_in in;
  an_json_start(&in, an_text_of(json));
  an_json_next(&in);
  assert_int_equal(an_json_next(&in), AN_JSON_KEY);
  assert_true(an_json_is(&in, "k"));
  assert_int_equal(an_json_next(&in), AN_JSON_STRING);
  assert_int_equal(json[in.span.begin - 1], '"');
  assert_int_equal(json[in.span.end], '"');
  assert_text(an_json_string(&in, &arena), "a\"b\xc3\xa9\xf0\x9f\x98\x80\xef\xbf\xbdx\n/");
  an_arena_free(&arena);
}

static void skipping(void **state) {
  (void)state;
  an_json_in in;
  an_json_start(&in, an_text_of("{\"skip\": {\"deep\": [1, {\"er\": []}]}, \"take\": 7.25}"));
  an_json_next(&in);
  an_json_next(&in);
  an_json_skip(&in); /* a key: its value */
  assert_int_equal(an_json_next(&in), AN_JSON_KEY);
  assert_true(an_json_is(&in, "take"));
  assert_int_equal(an_json_next(&in), AN_JSON_NUMBER);
  assert_true(an_json_value(&in) == 7.25);
  an_json_start(&in, an_text_of("[[1, [2"));
  an_json_next(&in);
  an_json_next(&in);
  an_json_skip(&in); /* cut: ends, as an error */
  assert_int_equal(in.kind, AN_JSON_ERROR);
}

static void writing(void **state) {
  (void)state;
  an_buf buf;
  an_buf_init(&buf, 4096);
  an_json_out out = {.buf = &buf};
  an_json_open(&out, NULL, '{');
  an_json_text(&out, "text", AN_LIT("q\" b\\ n\n t\t \x01 \xc3\xa9 \xff."));
  an_json_text(&out, "unknown", (an_text){NULL, 0});
  an_json_open(&out, "list", '[');
  an_json_int(&out, NULL, INT64_MIN);
  an_json_number(&out, NULL, 0.1);
  an_json_number(&out, NULL, 1e300);
  an_json_number(&out, NULL, (double)NAN);
  an_json_number(&out, NULL, -0.0);
  an_json_number(&out, NULL, 1234567);
  an_json_close(&out, ']');
  an_json_open(&out, "empty", '{');
  an_json_close(&out, '}');
  an_json_bool(&out, "yes", true);
  an_json_z(&out, "z", NULL);
  an_json_close(&out, '}');
  assert_false(buf.failed);
  assert_bytes(buf, "{\"text\":\"q\\\" b\\\\ n\\n t\\t \\u0001 \xc3\xa9 \xef\xbf\xbd.\",\"unknown\":null,"
                    "\"list\":[-9223372036854775808,0.1,1e+300,null,0,1234567],\"empty\":{},\"yes\":true,\"z\":null}");
  an_buf_free(&buf);
}

/* A quick way for few decimals must give what the slow one gives. */
static void numbers_have_the_fewest_digits(void **state) {
  (void)state;
  for (int i = -120000; i < 120000; i += 7) {
    const double numbers[] = {i / 10000.0, i / 100.0 + 0.125, i / 100000.0};
    for (size_t k = 0; k < 3; k++) {
      char digits[40];
      an_buf buf;
      an_buf_init(&buf, 100);
      an_json_out out = {&buf, 0, 0};
      an_json_number(&out, NULL, numbers[k]);
      for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, numbers[k]);
        if (strtod(digits, NULL) == numbers[k]) break;
      }
      if (strchr(digits, 'e') == NULL) assert_string_equal(buf.at, digits);
      an_buf_free(&buf);
    }
  }
}

static void numbers_read_back(void **state) {
  (void)state;
  static const double numbers[] = {0.1, 1.0 / 3, 5e-324, 1.7976931348623157e308, 123456789012345680.0, -2.5, 1e15, 99.99};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    an_buf buf;
    an_buf_init(&buf, 100);
    an_json_out out = {.buf = &buf};
    an_json_number(&out, NULL, numbers[i]);
    an_json_in in;
    an_json_start(&in, an_text_of(buf.at));
    assert_int_equal(an_json_next(&in), AN_JSON_NUMBER);
    assert_true(an_json_value(&in) == numbers[i]);
    an_buf_free(&buf);
  }
}

static void a_full_buffer_fails(void **state) {
  (void)state;
  an_buf buf;
  an_buf_init(&buf, 10);
  an_json_out out = {.buf = &buf};
  an_json_text(&out, NULL, AN_LIT("12345678"));
  assert_false(buf.failed);
  an_json_text(&out, NULL, AN_LIT("9"));
  assert_true(buf.failed);
  assert_int_equal(buf.size, 10);
  an_buf_free(&buf);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(documents), cmocka_unit_test(hostile_documents), cmocka_unit_test(depth_has_an_end),
      cmocka_unit_test(strings_and_spans), cmocka_unit_test(skipping), cmocka_unit_test(writing),
      cmocka_unit_test(numbers_read_back), cmocka_unit_test(numbers_have_the_fewest_digits), cmocka_unit_test(a_full_buffer_fails),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
