/* SPDX-License-Identifier: Apache-2.0 */
/* tests/speech/speech.spec through the real rooms, and a page of quotation marks. Needs the compiled data (ANNALS_DATA). */
#include "spec.h"

typedef struct page_of { char text[SPEC_LINE]; const an_reading *reading; an_span inside; unsigned line, wanted; } page_of;
static unsigned failed, lines;

static void add(char *out, size_t room, const char *between, an_text text) {
  size_t used = strlen(out);
  snprintf(out + used, room - used, "%s%.*s", used > 0 ? between : "", (int)text.size, text.at == NULL ? "" : text.at);
}

/* The spans of a reading are page bytes: the words under a range, without the paragraph breaks. */
static const char *page_bytes(const an_reading *r) { return (const char *)r->page->bytes; }

/* By name, else as the page has them, and whom these words stand for. */
static void add_speaker(char *out, size_t room, const an_party *p) {
  add(out, room, " + ", p->name.at != NULL ? p->name : p->text);
  if (p->name.at == NULL && p->antecedent.at != NULL) add(out, room, " = ", p->antecedent);
}

static void told(const an_reading *r, const an_statement *s, char *out, size_t room) {
  char speakers[1024] = "", content[2048] = "", through[256] = "";
  for (uint32_t i = 0; i < s->speaker_count; i++) add_speaker(speakers, sizeof speakers, &s->speakers[i]);
  for (uint32_t i = 0; i < s->content_count; i++)
    add(content, sizeof content, " // ", (an_text){page_bytes(r) + s->content[i].begin, s->content[i].end - s->content[i].begin});
  for (uint32_t i = 0; i < s->through_count; i++) add(through, sizeof through, " + ", s->through[i].name);
  bool denied = s->doubtful.at != NULL && an_text_find(s->doubtful, 0, AN_LIT("by the speaker")) != AN_NONE;
  snprintf(out, room, "%s%s | %s | %s | %s", an_statement_kind_name(s->kind), denied ? ", denied" : "", speakers[0] ? speakers : "-", content, through[0] ? through : "-");
}

static bool on_page(const page_of *p, const an_statement *s) {
  return s->content_count > 0 && s->content[0].begin >= p->inside.begin && s->content[0].end <= p->inside.end;
}

/* As many statements as lines: none that nobody asked for. */
static void close_page(page_of *p) {
  if (p->reading == NULL) return;
  unsigned count = 0;
  for (uint32_t i = 0; i < p->reading->statement_count; i++) count += on_page(p, &p->reading->statements[i]);
  if (count == p->wanted) return;
  failed++;
  print_message("speech.spec:%u: %u statements wanted, %u found: %s\n", p->line, p->wanted, count, p->text);
  for (uint32_t i = 0; i < p->reading->statement_count; i++) {
    char got[4096];
    told(p->reading, &p->reading->statements[i], got, sizeof got);
    print_message("  %s\n", got);
  }
}

static void one_line(unsigned line, char *fields[], void *ctx) {
  page_of *p = ctx;
  lines++;
  if (strcmp(fields[0], "=") != 0) {
    close_page(p);
    snprintf(p->text, sizeof p->text, "%s", fields[0]);
    p->reading = spec_read(fields[0], "2018-06-01", &p->inside);
    p->line = line;
    p->wanted = 0;
  }
  if (strcmp(fields[1], "none") == 0) return;
  p->wanted++;
  char want[4096], got[4096], nearest[4096] = "nothing";
  snprintf(want, sizeof want, "%s | %s | %s | %s", fields[1], fields[2], fields[3], fields[4]);
  for (uint32_t i = 0; i < p->reading->statement_count; i++) {
    told(p->reading, &p->reading->statements[i], got, sizeof got);
    if (strcmp(want, got) == 0) return;
    snprintf(nearest, sizeof nearest, "%s", got);
  }
  failed++;
  print_message("speech.spec:%u: %s\n  want: %s\n  got:  %s\n", line, p->text, want, nearest);
}

/* Lines that the model of English decides otherwise (a noun read as a verb, a parenthesis of saying, "chief of staff"). */
enum { WRONG_MOST = 3 };

static void test_spec(void **state) {
  (void)state;
  page_of page = {.reading = NULL};
  spec_lines("tests/speech/speech.spec", 5, one_line, &page);
  close_page(&page);
  assert_true(lines >= 100);
  assert_true(failed <= WRONG_MOST);
}

/* A page of quotation marks: read, no statement out of marks alone, ranges inside the page. */
static void test_page_of_marks(void **state) {
  (void)state;
  static const char *const marks[] = {"\" ", "“ ", "” ", "' ", "“”", "\"\"\"", "‘’“\"", "“a” ", "\n\n“"};
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
    char *page = spec_repeat(marks[i], 3000);
    const an_reading *r = spec_read_text(page, strlen(page), "-");
    assert_int_equal(r->statement_count, 0);
    free(page);
  }
  char *page = spec_repeat("“It is so,” he said, “and she said, ‘he said’” said Angela Merkel. ", 400);
  const an_reading *r = spec_read_text(page, strlen(page), "-");
  assert_true(r->statement_count > 0 && r->statement_count <= 1024);
  for (uint32_t i = 0; i < r->statement_count; i++)
    for (uint32_t c = 0; c < r->statements[i].content_count; c++) {
      an_span span = r->statements[i].content[c];
      assert_true(span.begin < span.end && span.end <= strlen(page));
    }
  free(page);
}

static bool has_problem(const an_reading *r, const char *words) {
  for (uint32_t i = 0; i < r->problem_count; i++)
    if (an_text_find(r->problems[i].what, 0, an_text_of(words)) != AN_NONE) return true;
  return false;
}

/* Ten thousand quotations: the first are kept, and the page says that the rest is left out (of words it analyses 20,000). */
static void test_many_quotations(void **state) {
  (void)state;
  char *page = spec_repeat("“No,” he said. ", 10000);
  const an_reading *r = spec_read_text(page, strlen(page), "-");
  assert_true(r->statement_count > 500 && r->statement_count <= 1024);
  assert_true(has_problem(r, "more statements than are kept"));
  free(page);
}

/* A quotation that never closes ends with its paragraph, and what follows is read as if it had. */
static void test_never_closed(void **state) {
  (void)state;
  const char *page = SPEC_TITLE SPEC_BEFORE "“The harbour will stay open to every ship and to every friend of the town, Angela Merkel said on Monday.\n\n"
                     "Emmanuel Macron said that the treaty would hold for a year." SPEC_AFTER;
  const an_reading *r = spec_read_text(page, strlen(page), "2018-06-01");
  bool later = false;
  for (uint32_t i = 0; i < r->statement_count; i++) {
    const an_statement *s = &r->statements[i];
    later |= s->kind == AN_INDIRECT && s->content_count == 1 && s->speaker_count == 1 && an_text_is(s->speakers[0].name, "Emmanuel Macron");
    assert_true(s->content[s->content_count - 1].end <= strlen(page));
  }
  assert_true(later);
}

/* "They" of two people are a group: no name of either is left on it. */
static void test_no_name_of_many(void **state) {
  (void)state;
  const char *page = SPEC_TITLE SPEC_BEFORE "Zelda Quibble and Orla Fenwick sued the government on Monday. They said that the police had beaten them." SPEC_AFTER;
  const an_reading *r = spec_read_text(page, strlen(page), "2018-06-01");
  unsigned groups = 0;
  for (uint32_t i = 0; i < r->mention_count; i++) {
    const an_mention *m = &r->mentions[i];
    if (!an_text_is(m->who.text, "They")) continue;
    groups += m->kind == AN_MENTION_GROUP;
    assert_true(m->who.name.at == NULL && m->who.given.at == NULL && m->who.family.at == NULL);
  }
  assert_int_equal(groups, 1);
}

static const an_party *speaker_of(const an_reading *r, const char *content) {
  for (uint32_t i = 0; i < r->statement_count; i++) {
    const an_statement *s = &r->statements[i];
    an_text told = {page_bytes(r) + s->content[0].begin, s->content[0].end - s->content[0].begin};
    if (s->speaker_count == 1 && an_text_is(told, content)) return s->speakers;
  }
  fail_msg("nobody says: %s", content);
  return NULL;
}

/* A lead tells by her office who is named behind it; a private person gets no name by that, and whom the page never names has none. */
static void test_named_further_on(void **state) {
  (void)state;
  const char *judge = "Court halts northern quarry\n\nA judge on Monday said the quarry had to close.\n\n"
                      "“The dust is everywhere,” Judge Ada Holtvik wrote. Holtvik met the owners in spring. Nobody had asked for that, Holtvik said.";
  const an_party *she = speaker_of(spec_read_text(judge, strlen(judge), "2018-06-01"), "the quarry had to close");
  assert_true(an_text_is(she->name, "Ada Holtvik") && an_text_is(she->antecedent, "Judge Ada Holtvik"));
  const char *trader = "Court halts northern quarry\n\nA trader on Monday said the quarry had to close.\n\n"
                       "“The dust is everywhere,” Hedda Brunvoll told the paper. Brunvoll met the owners in spring. Nobody had asked for that, Brunvoll said.";
  she = speaker_of(spec_read_text(trader, strlen(trader), "2018-06-01"), "the quarry had to close");
  assert_true(she->name.at == NULL && an_text_find(she->text, 0, AN_LIT("trader")) != AN_NONE);
  const char *nobody = "Court halts northern quarry\n\nA diplomat on Monday said the quarry had to close.\n\n"
                       "The works opened in spring. Dust lay on every roof. Judge Ada Holtvik met the owners on Friday.";
  she = speaker_of(spec_read_text(nobody, strlen(nobody), "2018-06-01"), "the quarry had to close");
  assert_true(she->name.at == NULL && she->antecedent.at == NULL);
}

/* A title that begins with a bare verb of saying before its quotation: nothing stands before the first word of a page. */
static void test_first_word_tells(void **state) {
  (void)state;
  static const char *const verbs[] = {"Say", "Tell", "Add", "Write", "Deny", "Claim"};
  for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
    char page[1024];
    snprintf(page, sizeof page, "%s “expert” to her titles\n\n%s%s", verbs[i], SPEC_BEFORE, SPEC_AFTER);
    assert_non_null(spec_read_text(page, strlen(page), "2018-06-01"));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_spec), cmocka_unit_test(test_page_of_marks),
                                     cmocka_unit_test(test_many_quotations), cmocka_unit_test(test_never_closed), cmocka_unit_test(test_no_name_of_many),
                                     cmocka_unit_test(test_first_word_tells), cmocka_unit_test(test_named_further_on)};
  return spec_run(tests, sizeof tests / sizeof tests[0]);
}
