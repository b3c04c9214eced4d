/* SPDX-License-Identifier: Apache-2.0 */
/* Events with their parties and first tellings, story by story (of mentions: page by page), for all formats that have events.

   Groups (a story, or a page) are read by several threads, each with a connection of its own, all at one state of the record. A
   thread draws 64 groups at once and makes their lines; whoever has the lines that come next writes them, and those that are ready
   behind them, so that the output is the same for any number of threads and none waits for another's turn. */
#include <pthread.h>

#include "export/group.h"

enum { GROUPS_BUDGET = 1 << 30, GROUPS_A_TURN = 64, AHEAD = 8, MAX_READERS = 64, TRIES = 8 };

static const char stories_in_order[] = "SELECT id FROM story WHERE ?1 IS NULL OR id = ?1 ORDER BY coalesce(earliest, latest, '9999'), id";
static const char pages_in_order[] =
    "SELECT CAST(id AS TEXT) FROM page WHERE stamp = (SELECT value FROM meta WHERE key = 'stamp') AND ?1 IS ?1 ORDER BY path, offset, sha256, url";

/* ---- Readers ------------------------------------------------------------------------------------------- */

/* AHEAD turns a thread may be made before those that come before them. */
typedef struct made { an_buf lines; an_export_counts counts; an_error failed; bool ready; } made;
typedef struct crew {
  ex_out *out; ex_take *take; bool mentions; ex_needs needs; ex_columns asked;
  an_arena arena; AN_LIST(an_text) groups;
  pthread_mutex_t lock; pthread_cond_t turned;
  uint32_t drawn, turn;                  /* in GROUPS_A_TURN: what is drawn next, whose lines are written next */
  bool writing;                          /* somebody writes */
  made *made; uint32_t room;             /* turns from `turn` on, each in its place modulo room */
  an_error error;                        /* the first by order; nothing later is written */
} crew;
typedef struct member { crew *crew; an_record *record; pthread_t thread; } member;

static an_status load_groups(crew *c, an_error *err) {
  sqlite3_stmt *groups = NULL;
  int code = sqlite3_prepare_v2(c->out->record->db, c->mentions ? pages_in_order : stories_in_order, -1, &groups, NULL);
  if (code == SQLITE_OK) sqlite3_bind_text(groups, 1, c->out->story, -1, SQLITE_STATIC);
  while (code == SQLITE_OK && (code = sqlite3_step(groups)) == SQLITE_ROW) {
    an_text *group = AN_PUSH(&c->arena, &c->groups);
    const char *id = (const char *)sqlite3_column_text(groups, 0);
    if (group != NULL) *group = id == NULL ? (an_text){NULL, 0} : an_arena_copy(&c->arena, id, (size_t)sqlite3_column_bytes(groups, 0));
    code = group == NULL || group->at == NULL ? SQLITE_NOMEM : SQLITE_OK;
  }
  if (code != SQLITE_DONE) c->out->record->failed = code == SQLITE_NOMEM ? code : sqlite3_extended_errcode(c->out->record->db);
  sqlite3_finalize(groups);
  return an_record_check(c->out->record, "read", err);
}

static an_status keep_line(void *to, const char *line, size_t size) {
  an_buf *lines = to;
  an_buf_add(lines, line, size);
  return lines->failed ? AN_ERR_MEMORY : AN_OK;
}

/* The place of what is drawn; NULL: nothing is left. */
static made *draw(crew *c, uint32_t *turn) {
  pthread_mutex_lock(&c->lock);
  while (c->drawn - c->turn >= c->room) pthread_cond_wait(&c->turned, &c->lock);
  bool drawn = c->error.status == AN_OK && c->drawn * GROUPS_A_TURN < c->groups.count;
  if (drawn) *turn = c->drawn++;
  pthread_mutex_unlock(&c->lock);
  return drawn ? &c->made[*turn % c->room] : NULL;
}

static void add_counts(an_export_counts *to, const an_export_counts *of) {
  to->written += of->written;
  to->not_happened += of->not_happened;
  to->background += of->background;
  to->no_day += of->no_day;
  to->no_parties += of->no_parties;
  to->not_asked += of->not_asked;
}

static void write_made(crew *c, const made *m, an_error *error) {
  add_counts(&c->out->counts, &m->counts);
  *error = m->failed;
  an_status status = m->lines.size == 0 ? AN_OK : c->out->write(c->out->to, m->lines.at, m->lines.size);
  if (status != AN_OK) error->status = an_fail(error, status, "export", "the output could not be written");
}

static void hand_on(crew *c, made *mine) {
  pthread_mutex_lock(&c->lock);
  mine->ready = true;
  while (!c->writing && c->made[c->turn % c->room].ready) {
    made *next = &c->made[c->turn % c->room];
    an_error error = {0};
    c->writing = true;
    bool well = c->error.status == AN_OK;
    pthread_mutex_unlock(&c->lock);
    if (well) write_made(c, next, &error);
    pthread_mutex_lock(&c->lock);
    if (error.status != AN_OK) c->error = error;
    next->ready = c->writing = false;
    c->turn++;
    pthread_cond_broadcast(&c->turned);
  }
  pthread_mutex_unlock(&c->lock);
}

/* The events of one group. */
static an_status take_group(ex_out *out, ex_reader *reader, an_text group, ex_take *take, an_error *err) {
  AN_TRY(ex_read_group(reader, out, group, err));
  for (uint32_t i = 0; i < reader->rows.count; i++) {
    ex_event *event = &reader->rows.at[i]->event;
    an_arena_reset(&out->arena);
    if (out->options->no_text) ex_without_words(event);
    AN_TRY(take(out, event, err));
  }
  return an_record_check(out->record, "read", err);
}

static void take_turn(crew *c, ex_out *out, ex_reader *reader, uint32_t turn, an_error *failed) {
  uint32_t begin = turn * GROUPS_A_TURN, end = c->groups.count - begin < GROUPS_A_TURN ? c->groups.count : begin + GROUPS_A_TURN;
  an_status status = AN_OK;
  for (uint32_t i = begin; i < end && status == AN_OK; i++) status = take_group(out, reader, c->groups.at[i], c->take, failed);
  failed->status = status;
}

static void *read_groups(void *ctx) {
  const member *m = ctx;
  crew *c = m->crew;
  ex_reader reader = {.record = m->record};
  ex_out out = {.record = m->record, .options = c->out->options, .story = c->out->story, .reader = &reader, .write = keep_line};
  an_buf_init(&out.line, (size_t)1 << 30);
  an_buf_init(&out.joined, (size_t)1 << 30);
  an_arena_init(&out.arena, EX_EVENT_BUDGET);
  if (ex_reader_open(&reader, &out, c->mentions, c->needs, c->asked) != SQLITE_OK) m->record->failed = sqlite3_extended_errcode(m->record->db);
  uint32_t turn = 0;
  for (made *mine; (mine = draw(c, &turn)) != NULL; hand_on(c, mine)) {
    mine->failed = (an_error){0};
    mine->failed.status = an_record_check(m->record, "read", &mine->failed);
    out.counts = (an_export_counts){0};
    out.to = &mine->lines;
    an_buf_clear(&mine->lines);
    if (mine->failed.status == AN_OK) take_turn(c, &out, &reader, turn, &mine->failed);
    mine->counts = out.counts;
  }
  ex_reader_close(&reader);
  an_arena_free(&out.arena);
  an_buf_free(&out.joined);
  an_buf_free(&out.line);
  return NULL;
}

static int64_t state_of(sqlite3 *db) { /* another number after another connection has written */
  sqlite3_stmt *s = NULL;
  int64_t state = sqlite3_prepare_v2(db, "PRAGMA data_version", -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
  sqlite3_finalize(s);
  return state;
}

static bool hold(sqlite3 *db) { return sqlite3_exec(db, "BEGIN; SELECT count(*) FROM meta", NULL, NULL, NULL) == SQLITE_OK; }
static void let_go(sqlite3 *db) { if (sqlite3_get_autocommit(db) == 0) sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL); }

/* All connections at one state: nobody wrote between the first look and the last. Where a writer is too busy, one reader is left. */
static uint32_t hold_all(member *members, uint32_t count) {
  for (int tries = 0; count > 1 && tries < TRIES; tries++) {
    int64_t state = state_of(members[0].record->db);
    bool held = state >= 0;
    for (uint32_t i = count; i-- > 0 && held;) held = hold(members[i].record->db);
    if (held && state_of(members[0].record->db) == state) return count;
    for (uint32_t i = 0; i < count; i++) let_go(members[i].record->db);
  }
  hold(members[0].record->db);
  return 1;
}

an_status ex_events(ex_out *out, an_export_unit unit, ex_needs needs, ex_columns asked, ex_take *take, an_error *err) {
  crew c = {.out = out, .take = take, .mentions = unit == AN_UNIT_MENTION, .needs = needs, .asked = asked};
  member members[MAX_READERS] = {{.crew = &c, .record = out->record}};
  uint32_t wanted = out->options->threads < 1 || out->story != NULL ? 1 : out->options->threads < MAX_READERS ? out->options->threads : MAX_READERS;
  bool in_batch = sqlite3_get_autocommit(out->record->db) == 0; /* the caller's own: it sees what nobody else does, and stays open */
  uint32_t opened = 1, started = 1;
  an_error ignored;
  while (!in_batch && opened < wanted && an_record_open(out->record->path, &members[opened].record, &ignored) == AN_OK) members[opened++].crew = &c;
  uint32_t count = in_batch ? 1 : hold_all(members, opened);
  an_arena_init(&c.arena, GROUPS_BUDGET);
  pthread_mutex_init(&c.lock, NULL);
  pthread_cond_init(&c.turned, NULL);
  an_status status = load_groups(&c, err);
  c.room = count * AHEAD;
  c.made = AN_NEW(&c.arena, made, c.room);
  if (status == AN_OK && c.made == NULL) status = an_fail(err, AN_ERR_MEMORY, "export", "no memory for lines");
  for (uint32_t i = 0; status == AN_OK && i < c.room; i++) an_buf_init(&c.made[i].lines, (size_t)1 << 30);
  if (status == AN_OK) {
    while (started < count && pthread_create(&members[started].thread, NULL, read_groups, &members[started]) == 0) started++;
    read_groups(&members[0]);
    for (uint32_t i = 1; i < started; i++) pthread_join(members[i].thread, NULL);
    for (uint32_t i = 0; i < c.room; i++) an_buf_free(&c.made[i].lines);
    status = c.error.status;
    if (status != AN_OK && err != NULL) *err = c.error;
  }
  if (!in_batch) let_go(out->record->db);
  for (uint32_t i = 1; i < opened; i++) an_record_close(members[i].record);
  pthread_cond_destroy(&c.turned);
  pthread_mutex_destroy(&c.lock);
  an_arena_free(&c.arena);
  return status;
}
