/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions and questions: a read-only connection a worker; values bound by name; rows as JSON and as CSV. */
#include "serve/serve.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ARENA = 128 << 20, STEPS = 4000 };  /* STEPS: of SQLite's machine between two looks at the clock */

static uint64_t now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* ---- Sessions --------------------------------------------------------------------------------------------- */

static int is_late(void *ctx) {
  sv_session *session = ctx;
  session->late = now_us() > session->until_us || atomic_load(session->stopping);
  return session->late;
}

/* holds(text, words): are all the words in the text, whatever their case and accents? */
static void holds(sqlite3_context *context, int count, sqlite3_value **values) {
  char text[1 << 14], words[4 * SV_VALUE];
  (void)count;
  const char *in[2] = {(const char *)sqlite3_value_text(values[0]), (const char *)sqlite3_value_text(values[1])};
  if (in[0] == NULL || in[1] == NULL) return;
  an_text hay = {text, an_fold(an_text_slice(an_text_of(in[0]), 0, sizeof text / 4), text, sizeof text)};
  an_text all = {words, an_fold(an_text_of(in[1]), words, sizeof words)};
  for (uint32_t at = 0; at < all.size;) {
    uint32_t begin = at;
    while (at < all.size && all.at[at] != ' ' && all.at[at] != '"') at++;
    if (at > begin && an_text_find(hay, 0, an_text_slice(all, begin, at)) == AN_NONE) {
      sqlite3_result_int(context, 0);
      return;
    }
    if (at < all.size) at++;
  }
  sqlite3_result_int(context, 1);
}

an_status sv_session_open(const char *path, sv_cache *cache, const _Atomic bool *stopping, sv_session *out, an_error *err) {
  *out = (sv_session){.cache = cache, .stopping = stopping};
  AN_TRY(an_record_open(path, &out->record, err));
  out->db = out->record->db;
  an_arena_init(&out->arena, ARENA);
  char pragmas[128];
  snprintf(pragmas, sizeof pragmas, "PRAGMA query_only = ON; PRAGMA cache_size = -%d", SV_CACHE_KIB);
  sqlite3_exec(out->db, pragmas, NULL, NULL, NULL);
  sqlite3_busy_timeout(out->db, SV_QUERY_MS / 2);
  sqlite3_create_function(out->db, "holds", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, holds, NULL, NULL);
  sv_held_open(out);
  sv_weigh_open(out);
  sqlite3_progress_handler(out->db, STEPS, is_late, out);
  return AN_OK;
}

void sv_session_close(sv_session *session) {
  sv_found_close(session);
  an_record_close(session->record);
  an_arena_free(&session->arena);
  *session = (sv_session){0};
}

/* data_version tells a connection whether another has written; inside of the snapshot it is the snapshot's. The epoch is asked before:
   an answer can be newer than its epoch says, never older. */
void sv_session_begin(sv_session *session) {
  sqlite3_stmt *statement = NULL;
  session->until_us = now_us() + SV_QUERY_MS * 1000;
  session->late = false;
  session->epoch = sv_cache_epoch(session->cache);
  sqlite3_exec(session->db, "BEGIN", NULL, NULL, NULL);
  sqlite3_prepare_v2(session->db, "PRAGMA data_version", -1, &statement, NULL);
  int64_t version = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_finalize(statement);
  if (session->version != 0 && version != session->version) session->epoch = sv_cache_empty(session->cache, session->epoch);
  session->version = version;
}

uint64_t sv_session_us(const sv_session *session) { return now_us() + SV_QUERY_MS * 1000 - session->until_us; }

void sv_session_end(sv_session *session) {
  session->until_us = now_us() + SV_QUERY_MS * 1000;
  sqlite3_exec(session->db, "ROLLBACK", NULL, NULL, NULL);
  memset(session->held, 0, sizeof session->held);
  memset(session->tried, 0, sizeof session->tried);
  memset(session->pages, 0, sizeof session->pages);
  an_arena_reset(&session->arena);
}

/* ---- Questions ----------------------------------------------------------------------------------------------- */

static bool refuse_failure(sv_work *work) {
  if (work->session->late)
    return sv_refuse(work->reply, 503, AN_LIT("the record"), "the question took too long", "narrow it: fewer days, an outlet, a type");
  int code = sqlite3_errcode(work->session->db) & 0xff;
  if (code == SQLITE_BUSY) return sv_refuse(work->reply, 503, AN_LIT("the record"), "the record is being written", "ask again");
  return sv_refuse(work->reply, 500, AN_LIT("the record"), sqlite3_errmsg(work->session->db), "is it whole? sqlite3 RECORD.db 'PRAGMA integrity_check'");
}

sqlite3_stmt *sv_ask(sv_work *work, const char *sql) {
  const sv_filters *f = &work->filters;
  const struct { const char *name; an_text value; } texts[] = {
      {":since", f->since}, {":until", f->until}, {":actor", f->actor}, {":country", f->country}, {":type", f->type},
      {":outlet", f->outlet}, {":story", f->story}, {":q", f->q}, {":match", f->match}, {":a", f->a}, {":b", f->b}, {":pages", f->pages}, {":best", f->best}, {":about", f->about}};
  sqlite3_stmt *statement = NULL;
  if (work->reply->status >= 400) return NULL; /* what the question is made of was refused */
  if (sqlite3_prepare_v2(work->session->db, sql, -1, &statement, NULL) != SQLITE_OK) {
    refuse_failure(work);
    return NULL;
  }
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    int at = sqlite3_bind_parameter_index(statement, texts[i].name);
    if (at > 0 && texts[i].value.at != NULL) sqlite3_bind_text(statement, at, texts[i].value.at, (int)texts[i].value.size, SQLITE_STATIC);
  }
  int limit = sqlite3_bind_parameter_index(statement, ":limit"), offset = sqlite3_bind_parameter_index(statement, ":offset");
  if (limit > 0) sqlite3_bind_int64(statement, limit, f->limit);
  if (offset > 0) sqlite3_bind_int64(statement, offset, f->offset);
  return statement;
}

bool sv_next(sqlite3_stmt *statement) { return statement != NULL && sqlite3_step(statement) == SQLITE_ROW; }

bool sv_done(sv_work *work, sqlite3_stmt *statement) {
  if (statement == NULL) return false;
  int code = sqlite3_reset(statement);
  if (code != SQLITE_OK) refuse_failure(work);
  sqlite3_finalize(statement);
  return code == SQLITE_OK;
}

an_text sv_column(sqlite3_stmt *statement, int column) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  return (an_text){text, text == NULL ? 0 : (uint32_t)sqlite3_column_bytes(statement, column)};
}

int64_t sv_number(sv_work *work, const char *sql, int64_t absent) {
  sqlite3_stmt *statement = sv_ask(work, sql);
  int64_t value = sv_next(statement) && sqlite3_column_type(statement, 0) != SQLITE_NULL ? sqlite3_column_int64(statement, 0) : absent;
  return sv_done(work, statement) ? value : absent;
}

bool sv_is_other_event(sv_event_seen *seen, sqlite3_stmt *row) {
  an_text story = sv_column(row, 0);
  uint32_t size = story.size < sizeof seen->story ? story.size : (uint32_t)sizeof seen->story;
  if (seen->place == sqlite3_column_int64(row, 1) && seen->size == size && memcmp(seen->story, story.at, size) == 0) return false;
  seen->place = sqlite3_column_int64(row, 1);
  seen->size = size;
  if (size > 0) memcpy(seen->story, story.at, size);
  return true;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* The name of a column without what stands behind ':'; *kind is that. */
static void column_name(sqlite3_stmt *statement, int column, char out[64], const char **kind) {
  snprintf(out, 64, "%s", sqlite3_column_name(statement, column));
  char *colon = strchr(out, ':');
  *kind = "";
  if (colon == NULL) return;
  *colon = '\0';
  *kind = colon + 1;
}

void sv_row_fields(an_json_out *out, sqlite3_stmt *statement) {
  for (int i = 0, count = sqlite3_column_count(statement); i < count; i++) {
    char name[64];
    const char *kind;
    column_name(statement, i, name, &kind);
    if (strcmp(name, "-") == 0) continue;
    int type = sqlite3_column_type(statement, i);
    if (type == SQLITE_NULL) an_json_null(out, name);
    else if (strcmp(kind, "json") == 0) an_json_raw(out, name, sv_column(statement, i));
    else if (strcmp(kind, "bool") == 0) an_json_bool(out, name, sqlite3_column_int(statement, i) != 0);
    else if (type == SQLITE_INTEGER) an_json_int(out, name, sqlite3_column_int64(statement, i));
    else if (type == SQLITE_FLOAT) an_json_number(out, name, sqlite3_column_double(statement, i));
    else an_json_text(out, name, sv_column(statement, i));
  }
}

int64_t sv_rows(sv_work *work, an_json_out *out, const char *key, const char *sql) {
  sqlite3_stmt *statement = sv_ask(work, sql);
  int64_t count = 0;
  if (statement == NULL) return 0;
  an_json_open(out, key, '[');
  for (; sv_next(statement); count++) {
    an_json_open(out, NULL, '{');
    sv_row_fields(out, statement);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
  return sv_done(work, statement) ? count : 0;
}

void sv_rows_csv(sv_work *work, const char *name, const char *sql) {
  an_buf *body = &work->reply->body;
  sqlite3_stmt *statement = sv_ask(work, sql);
  if (statement == NULL) return;
  an_buf_clear(body);
  work->reply->status = 200;
  work->reply->type = "text/csv; charset=utf-8; header=present";
  work->reply->name = name;
  int count = sqlite3_column_count(statement);
  for (int i = 0; i < count; i++) {
    char column[64];
    const char *kind;
    column_name(statement, i, column, &kind);
    sv_csv_cell(body, an_text_of(column), i == 0);
  }
  an_buf_char(body, '\n');
  while (sv_next(statement)) {
    for (int i = 0; i < count; i++) sv_csv_cell(body, sv_column(statement, i), i == 0);
    an_buf_char(body, '\n');
  }
  sv_done(work, statement);
}
