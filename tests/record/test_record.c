/* SPDX-License-Identifier: Apache-2.0 */
/* The record and its exports, on readings made by hand: invented outlets on talks of two invented presidents. */
#include "unit.h"

#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "annals_record.h"
#include "engine.h"
#include "record/pack.h"
#include "story/digest.h"

/* ---- Readings by hand ---------------------------------------------------------------------------------- */

enum { PAGES = 3 };
static const char *const texts[PAGES] = {
    "Talks in Aville\nPresident Bo Guest met Ada Host in Aville on Tuesday. \"We signed 14 papers,\" Guest said. Jon Doe watched.",
    "Two presidents meet\nBo Guest and Ada Host met in Aville on Tuesday, and Guest told reporters: \"We signed 14 papers.\"",
    "A bridge opens\nAda Host opened the bridge of Farburg on Friday, a resident said."};

typedef struct made { an_page page; an_reading reading; an_party actors[1], recipients[1], speakers[1]; an_event event; an_statement statement;
                      an_span content[1], sentences[2]; an_block block; an_run run; an_mention mentions[1]; } made;

static an_text t(const char *z) { return an_text_of(z); }

static an_span where(const char *text, const char *words) {
  const char *at = strstr(text, words);
  assert_non_null(at);
  uint32_t begin = (uint32_t)(at - text);
  return (an_span){begin, begin + (uint32_t)strlen(words)};
}

static an_party person(const char *text, const char *words, const char *name, const char *country) {
  return (an_party){.span = where(text, words), .text = t(words), .name = t(name), .entity = t(name), .country = t(country), .sector = t("GOV"), .mention = AN_NONE};
}

static an_digest digest_of(an_arena *arena, const made *m) {
  dg *d = AN_NEW(arena, dg, 1);
  const an_reading *r = &m->reading;
  memcpy(d->sha256, r->sha256, sizeof d->sha256);
  d->path = m->page.path;
  d->url = m->page.url;
  d->outlet = r->outlet;
  d->title = r->title;
  d->stamp = r->stamp;
  d->published = r->published.days;
  d->day = r->published.day;
  d->basis = r->published.basis;
  d->profile.at = AN_NEW(arena, dg_weight, 6);   /* two pages tell the same */
  d->head.at = AN_NEW(arena, uint32_t, 6);
  d->profile.count = d->head.count = 6;
  for (uint32_t i = 0; i < 6; i++) {
    d->head.at[i] = i + (m->page.url.size > 0 ? 100 : 1);
    d->profile.at[i] = (dg_weight){d->head.at[i], 50, false};
  }
  d->events = AN_NEW(arena, dg_event, 1);
  d->event_count = 1;
  dg_event *e = &d->events[0];
  char id[16];
  an_event_id(r, 0, id);
  *e = (dg_event){.id = an_arena_printf(arena, "%s", id), .trigger = m->event.trigger.begin, .trigger_end = m->event.trigger.end,
                  .evidence = m->event.evidence, .shown = m->event.evidence,
                  .text = an_reading_words(r, m->event.evidence), .type = m->event.type, .cameo = m->event.cameo, .quad = 1, .score = 2.5,
                  .goldstein = 2.8, .lead = true, .told_by = AN_NONE, .repeats = AN_NONE, .confidence = 900};
  e->actors.at = AN_NEW(arena, dg_party, 1);
  e->actors.count = 1;
  e->actors.at[0] = (dg_party){.name = m->actors[0].name, .text = m->actors[0].text, .country = m->actors[0].country, .sector = t("GOV")};
  e->recipients = e->actors;
  e->when = (dg_when){.days = m->event.when, .basis = AN_WHEN_STATED};
  an_buf buf;
  an_error err = {0};
  an_buf_init(&buf, AN_DIGEST_MAX);
  assert_int_equal(dg_write(d, &buf, &err), AN_OK);
  an_text bytes = an_arena_copy(arena, buf.at, buf.size);
  an_buf_free(&buf);
  return (an_digest){(const uint8_t *)bytes.at, bytes.size};
}

/* Page i of `texts` under a path. Its event is the verb; page 0 also names a private person. */
static made *make(an_arena *arena, unsigned i, const char *path, uint64_t stamp) {
  static const char *const verbs[PAGES] = {"met", "met", "opened"}, *const clauses[PAGES] = {
      "President Bo Guest met Ada Host in Aville on Tuesday", "Bo Guest and Ada Host met in Aville on Tuesday", "Ada Host opened the bridge of Farburg on Friday"};
  const char *text = texts[i];
  made *m = AN_NEW(arena, made, 1);
  uint32_t size = (uint32_t)strlen(text);
  m->page = (an_page){.bytes = (const uint8_t *)text, .size = size, .path = t(path), .url = i == 2 ? t("https://news.example/bridge") : (an_text){0},
                      .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
  an_day day = an_day_of(2022, 3, i == 2 ? 20 : 1);
  m->actors[0] = i == 2 ? person(text, "Ada Host", "Ada Host", "XAA") : person(text, "Bo Guest", "Bo Guest", "XBB");
  m->recipients[0] = person(text, "Ada Host", "Ada Host", "XAA");
  m->event = (an_event){.type = i == 2 ? t("COOPERATE") : t("CONSULT"), .cameo = t("042"), .quad = 1, .score = 2.5, .goldstein = 2.8, .actors = m->actors,
                        .actor_count = 1, .recipients = m->recipients, .recipient_count = i == 2 ? 0 : 1, .when = an_days_single(day), .time = AN_NONE,
                        .when_basis = AN_WHEN_STATED, .told_by = AN_NONE, .repeats = AN_NONE, .confidence = 900, .trigger = where(text, verbs[i]),
                        .evidence = where(text, clauses[i]), .why = t("frame meet.v; subject and object")};
  m->speakers[0] = i == 0 ? (an_party){.span = where(text, "Jon Doe"), .text = t("Jon Doe"), .country = t("XAA"), .sector = t("CVL"), .is_private = true, .mention = 0}
                          : m->actors[0];
  m->content[0] = where(text, clauses[i]);
  m->statement = (an_statement){.kind = AN_INDIRECT, .confidence = 800, .speakers = m->speakers, .speaker_count = 1, .content = m->content, .content_count = 1,
                                .repeats = AN_NONE, .when = AN_NONE, .where = AN_NONE, .cue_text = t("said")};
  m->mentions[0] = (an_mention){.who = m->speakers[0], .kind = AN_MENTION_PERSON, .confidence = 700};
  m->sentences[0] = where(text, clauses[i]);
  m->run = (an_run){0, 0, size};
  uint32_t title = (uint32_t)strcspn(text, "\n");
  m->block = (an_block){{0, title}, AN_BLOCK_TITLE};
  m->reading = (an_reading){.page = &m->page, .text = {text, size}, .seen = {text, size}, .runs = &m->run, .run_count = 1, .title = {text, title},
                            .title_span = {0, title}, .outlet = an_arena_printf(arena, "Outlet %u", i), .language = t("en"), .words = 20,
                            .published = {.days = an_days_single(day), .day = day, .basis = AN_BASIS_STATED}, .events = &m->event, .event_count = 1,
                            .statements = &m->statement, .statement_count = 1, .mentions = m->mentions, .mention_count = 1, .blocks = &m->block,
                            .block_count = 1, .sentence_spans = m->sentences, .sentences = 1, .stamp = stamp};
  an_sha256(m->page.bytes, size, m->reading.sha256);
  m->reading.digest = digest_of(arena, m);
  return m;
}

/* ---- Records ----------------------------------------------------------------------------------------------- */

typedef struct bench { an_arena arena; an_engine engine; char dir[64], path[80]; an_error err; } bench;

static bench *bench_open(void) {
  bench *b = calloc(1, sizeof *b);
  an_arena_init(&b->arena, (size_t)16 << 20);
  b->engine.stamp = 0x1234;
  snprintf(b->dir, sizeof b->dir, "/tmp/annals-record-XXXXXX");
  assert_non_null(mkdtemp(b->dir));
  snprintf(b->path, sizeof b->path, "%s/r.db", b->dir);
  return b;
}

static void bench_close(bench *b) {
  static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
  char path[96];
  for (size_t i = 0; i < 4; i++) {
    snprintf(path, sizeof path, "%s%s", b->path, ends[i]);
    unlink(path);
  }
  rmdir(b->dir);
  an_arena_free(&b->arena);
  free(b);
}

static an_record *begin(bench *b, uint32_t batch) {
  an_record *record = NULL;
  const an_record_options options = {.started = "2026-01-02T03:04:05Z", .batch = batch};
  if (an_record_begin(b->path, &b->engine, &options, &record, &b->err) != AN_OK) fail_msg("%s", b->err.message);
  return record;
}

static void add(bench *b, an_record *record, unsigned i, const char *path) {
  const made *m = make(&b->arena, i, path, b->engine.stamp);
  bool wants = false;
  assert_int_equal(an_record_wants(record, &m->page, &wants, &b->err), AN_OK);
  if (wants && an_record_add(record, &m->reading, &b->err) != AN_OK) fail_msg("%s", b->err.message);
}

static an_record_counts finish(bench *b, an_record *record) {
  an_record_counts counts = {0};
  if (an_record_finish(record, "2026-01-02T03:05:00Z", &counts, &b->err) != AN_OK) fail_msg("%s", b->err.message);
  an_record_close(record);
  return counts;
}

/* One build over pages named by their numbers ("021"). */
static an_record_counts build(bench *b, const char *pages) {
  static const char *const paths[] = {"a/0.txt", "a/1.txt", "b/2.txt"};
  an_record *record = begin(b, 0);
  for (; *pages != '\0'; pages++) add(b, record, (unsigned)(*pages - '0'), paths[*pages - '0']);
  return finish(b, record);
}

static an_status into_buffer(void *buf, const char *bytes, size_t size) {
  an_buf_add(buf, bytes, size);
  return AN_OK;
}

static char *export_of(bench *b, uint8_t format, uint8_t unit) { /* the test's */
  an_record *record = NULL;
  an_buf buf;
  const an_export_options options = {.format = format, .unit = unit};
  an_buf_init(&buf, (size_t)1 << 26);
  if (an_record_open(b->path, &record, &b->err) != AN_OK) fail_msg("%s", b->err.message);
  if (an_record_export(record, &options, into_buffer, &buf, NULL, &b->err) != AN_OK) fail_msg("%s", b->err.message);
  an_record_close(record);
  an_buf_char(&buf, '\0');
  return buf.at;
}

/* All formats of a whole record in one text (html is of one story: tests/export/test_html.py). */
static char *everything(bench *b) {
  an_buf all;
  an_buf_init(&all, (size_t)1 << 26);
  for (uint8_t f = 0; f < AN_EXPORT_FORMATS; f++) {
    if (f == AN_EXPORT_HTML) continue;
    char *one = export_of(b, f, AN_UNIT_EVENT);
    an_buf_z(&all, one);
    free(one);
  }
  an_buf_char(&all, '\0');
  return all.at;
}

static unsigned count_of(const char *text, const char *what) {
  unsigned count = 0;
  for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what)) count++;
  return count;
}

static void sql(bench *b, const char *text) {
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open(b->path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

/* ---- Tests ------------------------------------------------------------------------------------------------------ */

static void parts_of_a_build_give_what_the_whole_gives(void **state) {
  (void)state;
  bench *whole = bench_open(), *parts = bench_open();
  an_record_counts counts = build(whole, "012");
  assert_int_equal(counts.added, 3);
  assert_int_equal(counts.pages, 3);
  assert_true(counts.stories >= 2);
  build(parts, "2");
  build(parts, "10");
  char *one = everything(whole), *two = everything(parts);
  assert_string_equal(one, two);
  assert_true(count_of(one, "annals-story/1") == counts.stories);
  assert_int_equal(count_of(one, "annals-reading/1"), 3);
  free(one);
  free(two);
  bench_close(whole);
  bench_close(parts);
}

static void the_same_pages_again_add_nothing(void **state) {
  (void)state;
  bench *b = bench_open();
  build(b, "012");
  char *before = everything(b);
  an_record_counts counts = build(b, "2100");
  assert_int_equal(counts.added, 0);
  assert_int_equal(counts.known, 4);
  assert_int_equal(counts.pages, 3);
  char *after = everything(b);
  assert_string_equal(before, after);
  free(before);
  free(after);
  bench_close(b);
}

static void one_page_at_two_paths_is_named_by_the_first_in_any_order(void **state) {
  (void)state;
  bench *b = bench_open(), *c = bench_open();
  an_record *record = begin(b, 0);
  add(b, record, 0, "z/late.txt");
  add(b, record, 0, "a/early.txt");
  an_record_counts counts = finish(b, record);
  assert_int_equal(counts.pages, 1);
  record = begin(c, 0);
  add(c, record, 0, "a/early.txt");
  add(c, record, 0, "z/late.txt");
  finish(c, record);
  char *one = everything(b), *two = everything(c);
  assert_string_equal(one, two);
  assert_non_null(strstr(one, "a/early.txt"));
  assert_null(strstr(one, "z/late.txt"));
  free(one);
  free(two);
  bench_close(b);
  bench_close(c);
}

static void a_build_that_stopped_goes_on(void **state) {
  (void)state;
  bench *b = bench_open(), *whole = bench_open();
  build(whole, "012");
  an_record *record = begin(b, 1); /* each page is on disk */
  add(b, record, 0, "a/0.txt");
  add(b, record, 1, "a/1.txt");
  an_record_close(record); /* no finish */
  assert_int_equal(an_record_open(b->path, &record, &b->err), AN_OK);
  bool unfinished = false;
  assert_int_equal(an_record_unfinished(record, &unfinished, &b->err), AN_OK);
  assert_true(unfinished);
  an_record_close(record);
  record = begin(b, 0); /* a batch that never gets there */
  add(b, record, 2, "b/2.txt");
  an_record_close(record);
  an_record_counts counts = build(b, "012");
  assert_int_equal(counts.known, 2);
  assert_int_equal(counts.added, 1);
  char *one = everything(b), *two = everything(whole);
  assert_string_equal(one, two);
  free(one);
  free(two);
  bench_close(b);
  bench_close(whole);
}

/* ---- Killed while stories are formed ---- */

static const char *kill_at;              /* the beginning of a statement; in a child alone */
static int kill_after;                   /* so many of them */

static int count_down(unsigned what, void *ctx, void *statement, void *text) {
  (void)what;
  (void)ctx;
  (void)statement;
  if (strncmp(text, kill_at, strlen(kill_at)) == 0 && --kill_after == 0) kill(getpid(), SIGKILL);
  return 0;
}

static int watch(sqlite3 *db, const char **message, const void *api) {
  (void)message;
  (void)api;
  return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, count_down, NULL);
}

static void killed_at(bench *b, const char *pages, const char *statement, int nth) {
  pid_t child = fork();
  if (child == 0) {
    kill_at = statement;
    kill_after = nth;
    sqlite3_auto_extension((void (*)(void))watch);
    build(b, pages);
    _exit(0);
  }
  int how = 0;
  assert_int_equal(waitpid(child, &how, 0), child);
  if (!WIFSIGNALED(how) || WTERMSIG(how) != SIGKILL) fail_msg("the build lived on through %d of %s", nth, statement);
}

static void a_build_killed_in_the_story_step_goes_on(void **state) {
  (void)state;
  static const struct { const char *statement; int nth; } steps[] = {
      {"INSERT INTO generation", 1}, {"DELETE FROM story WHERE id", 1}, {"INSERT INTO story VALUES", 1}, {"INSERT OR IGNORE INTO told_in", 1}, {"INSERT INTO story_event VALUES", 1},
      {"INSERT OR REPLACE INTO sketch", 1}, {"INSERT OR REPLACE INTO sketch", 2}, {"INSERT OR REPLACE INTO event_change", 1}, {"COMMIT", 2}};
  bench *whole = bench_open();
  build(whole, "012");
  char *two = everything(whole);
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    bench *b = bench_open();
    build(b, "02");
    char *before = export_of(b, AN_EXPORT_JSONL, AN_UNIT_EVENT);
    killed_at(b, "1", steps[i].statement, steps[i].nth);
    char *after = export_of(b, AN_EXPORT_JSONL, AN_UNIT_EVENT);
    assert_string_equal(before, after); /* readers see the last finished stories */
    if (i % 2 == 0) build(b, "");
    else build(b, "012");
    char *one = everything(b);
    assert_string_equal(one, two);
    free(one);
    free(before);
    free(after);
    bench_close(b);
  }
  free(two);
  bench_close(whole);
}

static void a_second_build_is_refused_with_the_start_of_the_first(void **state) {
  (void)state;
  bench *b = bench_open();
  an_record *first = begin(b, 0), *second = NULL;
  const an_record_options options = {.started = "2027-01-01T00:00:00Z"};
  assert_int_equal(an_record_begin(b->path, &b->engine, &options, &second, &b->err), AN_ERR_STOPPED);
  assert_non_null(strstr(b->err.message, "since 2026-01-02T03:04:05Z"));
  an_record_close(first);
  assert_int_equal(an_record_begin(b->path, &b->engine, &options, &second, &b->err), AN_OK);
  an_record_close(second);
  bench_close(b);
}

static void readings_of_another_stamp_are_not_mixed(void **state) {
  (void)state;
  bench *b = bench_open();
  an_record *record = NULL;
  build(b, "012");
  b->engine.stamp = 0x9999;
  const an_record_options plain = {.started = NULL}, reread = {.reread = true};
  assert_int_equal(an_record_begin(b->path, &b->engine, &plain, &record, &b->err), AN_ERR_DATA);
  assert_non_null(strstr(b->err.message, "--reread"));
  assert_non_null(strstr(b->err.message, "0000000000001234"));
  assert_int_equal(an_record_begin(b->path, &b->engine, &reread, &record, &b->err), AN_OK);
  add(b, record, 2, "b/2.txt");
  an_record_counts counts = finish(b, record);
  assert_int_equal(counts.replaced, 1);
  assert_int_equal(counts.stale, 2);
  assert_int_equal(counts.stories, 1);
  char *some = everything(b);
  assert_null(strstr(some, "0000000000001234"));
  free(some);
  counts = build(b, "01");
  assert_int_equal(counts.stale, 0);
  assert_int_equal(counts.pages, 3);
  bench_close(b);
}

static void other_files_are_refused_with_the_reason(void **state) {
  (void)state;
  bench *b = bench_open();
  an_record *record = NULL;
  assert_int_equal(an_record_open(b->path, &record, &b->err), AN_ERR_IO);
  assert_non_null(strstr(b->err.message, "No such file"));
  assert_int_equal(an_record_open(b->dir, &record, &b->err), AN_ERR_IO);
  assert_non_null(strstr(b->err.message, "a folder"));
  assert_int_equal(an_record_begin(b->dir, &b->engine, NULL, &record, &b->err), AN_ERR_IO);
  assert_int_equal(an_record_begin("/no/such/folder/r.db", &b->engine, NULL, &record, &b->err), AN_ERR_IO);
  assert_non_null(strstr(b->err.message, "No such file"));
  FILE *file = fopen(b->path, "w");
  fputs("This is no database, but it is longer than the header of one: a hundred bytes and some more, to be sure of it, and more.", file);
  fclose(file);
  assert_int_equal(an_record_open(b->path, &record, &b->err), AN_ERR_DATA);
  assert_int_equal(an_record_begin(b->path, &b->engine, NULL, &record, &b->err), AN_ERR_DATA);
  unlink(b->path);
  sql(b, "CREATE TABLE other(x)");
  assert_int_equal(an_record_open(b->path, &record, &b->err), AN_ERR_DATA);
  assert_non_null(strstr(b->err.message, "no record of annals"));
  bench_close(b);
}

static void a_newer_layout_is_refused(void **state) {
  (void)state;
  bench *b = bench_open();
  an_record *record = NULL;
  build(b, "0");
  sql(b, "PRAGMA user_version = 99");
  assert_int_equal(an_record_open(b->path, &record, &b->err), AN_ERR_DATA);
  assert_non_null(strstr(b->err.message, "layout 99, which a newer annals made"));
  assert_int_equal(an_record_begin(b->path, &b->engine, NULL, &record, &b->err), AN_ERR_DATA);
  bench_close(b);
}

static an_status take_cells(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  (void)names;
  (void)err;
  for (uint32_t i = 0; i < count; i++) {
    an_buf_text(ctx, cells[i]);
    an_buf_char(ctx, i + 1 < count ? '|' : '\n');
  }
  return AN_OK;
}

static char *view_of(bench *b, an_view view, const char *const *args) {
  an_record *record = NULL;
  an_buf buf;
  an_buf_init(&buf, 1 << 20);
  assert_int_equal(an_record_open(b->path, &record, &b->err), AN_OK);
  if (an_record_view(record, view, args, take_cells, &buf, &b->err) != AN_OK) fail_msg("%s", b->err.message);
  an_record_close(record);
  an_buf_char(&buf, '\0');
  return buf.at;
}

static void private_people_stay_private(void **state) {
  (void)state;
  bench *b = bench_open();
  build(b, "012");
  for (uint8_t f = 0; f < AN_EXPORT_FORMATS; f++)
    for (uint8_t unit = 0; unit < AN_EXPORT_UNITS; unit++) {
      if (!an_export_goes(f, unit) || f == AN_EXPORT_HTML) continue; /* html quotes the pages, which may name anybody */
      char *one = export_of(b, f, unit);
      if (f != AN_EXPORT_READINGS) assert_null(strstr(one, "Jon Doe"));
      free(one);
    }
  char *said = view_of(b, AN_VIEW_STATEMENTS, NULL);
  assert_null(strstr(said, "Jon Doe"));
  assert_non_null(strstr(said, "2022-03-01|XAA CVL|indirect|Outlet 0|a/0.txt|President Bo Guest met Ada Host in Aville on Tuesday\n"));
  free(said);
  bench_close(b);
}

static void views_answer(void **state) {
  (void)state;
  bench *b = bench_open();
  build(b, "012");
  const char *dyad[] = {"XAA", "Bo Guest"}, *nobody[] = {"XAA", "XZZ"};
  char *rows = view_of(b, AN_VIEW_PAGES, NULL);
  assert_non_null(strstr(rows, "a/0.txt||Outlet 0|2022-03-01|1|1|"));
  free(rows);
  rows = view_of(b, AN_VIEW_DYAD, nobody);
  assert_string_equal(rows, "");
  free(rows);
  rows = view_of(b, AN_VIEW_DYAD, dyad);
  free(rows);
  rows = view_of(b, AN_VIEW_EVENTS, NULL);
  assert_non_null(strstr(rows, "2022-03-20|COOPERATE|Ada Host|"));
  free(rows);
  bench_close(b);
}

static void formats_have_their_columns(void **state) {
  (void)state;
  static const struct { uint8_t format; unsigned tabs; bool header; } wanted[] = {
      {AN_EXPORT_GDELT, 60, false}, {AN_EXPORT_GDELT_MENTIONS, 15, false}, {AN_EXPORT_POLECAT, 39, true}};
  bench *b = bench_open();
  build(b, "012");
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    char *text = export_of(b, wanted[i].format, AN_UNIT_EVENT);
    unsigned lines = 0;
    for (char *save = NULL, *line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save), lines++)
      assert_int_equal(count_of(line, "\t"), wanted[i].tabs);
    assert_true(lines >= 2);
    free(text);
  }
  char *gdelt = export_of(b, AN_EXPORT_GDELT, AN_UNIT_EVENT);
  assert_non_null(strstr(gdelt, "\t20220320\t202203\t2022\t2022.2192\tXAAGOV\tAda Host\tXAA\t"));
  assert_non_null(strstr(gdelt, "\t042\t042\t04\t1\t2.8\t"));
  free(gdelt);
  bench_close(b);
}

static an_status full(void *ctx, const char *bytes, size_t size) {
  (void)ctx;
  (void)bytes;
  (void)size;
  return AN_ERR_IO;
}

static void an_output_that_fails_ends_the_export(void **state) {
  (void)state;
  bench *b = bench_open();
  build(b, "012");
  for (uint8_t f = 0; f < AN_EXPORT_FORMATS; f++) {
    if (f == AN_EXPORT_HTML) continue; /* of one story: tests/export/test_html.py */
    an_record *record = NULL;
    const an_export_options options = {.format = f};
    assert_int_equal(an_record_open(b->path, &record, &b->err), AN_OK);
    assert_int_equal(an_record_export(record, &options, full, NULL, NULL, &b->err), AN_ERR_IO);
    an_record_close(record);
  }
  bench_close(b);
}

static void what_cannot_be_asked_is_not_packed(void **state) {
  (void)state;
  static const char words[] = "words {\"begin\":3,\"end\":9} and words again", tables[] =
      "CREATE TABLE dictionary(id INTEGER PRIMARY KEY, bytes BLOB); INSERT INTO dictionary(bytes) VALUES('words {');"
      "CREATE TABLE page(id INTEGER PRIMARY KEY, path, url, title); INSERT INTO page VALUES(1, 'a', '', 'and words');"
      "CREATE TABLE sentence_row(id, begin, size, text); INSERT INTO sentence_row VALUES(1 << 20, 0, 9, 'words again');";
  sqlite3 *db = NULL;
  an_packer *packer = NULL, *other = NULL;
  an_text out;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(an_packer_open(db, &packer), SQLITE_OK);
  assert_int_equal(an_pack(packer, AN_PACKED_READING, 1, words, sizeof words, &out), SQLITE_ERROR);
  assert_int_equal(sqlite3_exec(db, tables, NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(an_pack(packer, AN_PACKED_READING, 1, words, sizeof words, &out), SQLITE_OK);
  char packed[256];
  size_t size = out.size;
  assert_true(size < sizeof packed);
  memcpy(packed, out.at, size);
  assert_int_equal(an_packer_open(db, &other), SQLITE_OK); /* one that knows of no failure */
  assert_int_equal(an_unpack(other, AN_PACKED_READING, 1, packed, size, &out), SQLITE_OK);
  assert_int_equal(out.size, sizeof words);
  assert_memory_equal(out.at, words, sizeof words);
  assert_int_equal(sqlite3_exec(db, "ALTER TABLE sentence_row RENAME TO gone", NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(an_unpack(packer, AN_PACKED_READING, 1, packed, size, &out), SQLITE_ERROR);
  assert_int_equal(sqlite3_exec(db, "ALTER TABLE gone RENAME TO sentence_row; UPDATE sentence_row SET text = 'other'", NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(an_unpack(packer, AN_PACKED_READING, 1, packed, size, &out), SQLITE_CORRUPT);
  an_packer_rest(packer);
  an_packer_rest(other);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
  an_packer_close(packer);
  an_packer_close(other);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parts_of_a_build_give_what_the_whole_gives),
      cmocka_unit_test(the_same_pages_again_add_nothing),
      cmocka_unit_test(one_page_at_two_paths_is_named_by_the_first_in_any_order),
      cmocka_unit_test(a_build_that_stopped_goes_on),
      cmocka_unit_test(a_build_killed_in_the_story_step_goes_on),
      cmocka_unit_test(a_second_build_is_refused_with_the_start_of_the_first),
      cmocka_unit_test(readings_of_another_stamp_are_not_mixed),
      cmocka_unit_test(other_files_are_refused_with_the_reason),
      cmocka_unit_test(a_newer_layout_is_refused),
      cmocka_unit_test(private_people_stay_private),
      cmocka_unit_test(views_answer),
      cmocka_unit_test(formats_have_their_columns),
      cmocka_unit_test(an_output_that_fails_ends_the_export),
      cmocka_unit_test(what_cannot_be_asked_is_not_packed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
