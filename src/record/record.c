/* SPDX-License-Identifier: Apache-2.0 */
/* Open, batches, the question whether a page is wanted, finish. */
#include "record/record.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEFAULT_BATCH = 64, BUSY_MS = 10000 };
#define APPLICATION_ID 1634626675 /* "anls" */

/* ---- Open -------------------------------------------------------------------------------------------- */

static an_record *make_record(const char *path) {
  an_record *record = calloc(1, sizeof *record);
  if (record == NULL) return NULL;
  record->lock = -1;
  size_t size = strlen(path) + sizeof ".lock";
  record->path = strdup(path);
  record->lock_path = malloc(size);
  if (record->lock_path != NULL) snprintf(record->lock_path, size, "%s.lock", path);
  if (record->path != NULL && record->lock_path != NULL) return record;
  an_record_close(record);
  return NULL;
}

void an_record_close(an_record *record) {
  if (record == NULL) return;
  for (int i = 0; i < SQL_COUNT; i++) sqlite3_finalize(record->statements[i]);
  sqlite3_finalize(record->asked);
  an_packer_rest(record->packer);
  if (record->lock >= 0 && record->db != NULL) { /* at rest a record is one file; while somebody reads, it stays as it is */
    sqlite3_busy_timeout(record->db, 0);
    if (sqlite3_get_autocommit(record->db) == 0) sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_exec(record->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  }
  sqlite3_close(record->db);
  an_packer_close(record->packer);
  an_arena_free(&record->arena);
  an_record_unlock(record);
  free(record->path);
  free(record->lock_path);
  free(record->started);
  free(record);
}

static an_status pragma(an_record *record, const char *sql, int64_t *out, an_error *err) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(record->db, sql, -1, &statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  *out = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  if (code != SQLITE_ROW && code != SQLITE_DONE) record->failed = sqlite3_extended_errcode(record->db);
  sqlite3_finalize(statement);
  return an_record_check(record, "open", err);
}

/* *fresh: an empty file, or one that was made just now. */
static an_status check_layout(an_record *record, bool *fresh, an_error *err) {
  int64_t id = 0, layout = 0, tables = 0;
  AN_TRY(pragma(record, "PRAGMA application_id", &id, err));
  AN_TRY(pragma(record, "PRAGMA user_version", &layout, err));
  AN_TRY(pragma(record, "SELECT count(*) FROM sqlite_schema", &tables, err));
  *fresh = tables == 0;
  if (*fresh) return AN_OK;
  if (id != APPLICATION_ID)
    return an_fail(err, AN_ERR_DATA, "record", "%s is a database, but no record of annals", record->path);
  if (layout > AN_RECORD_LAYOUT)
    return an_fail(err, AN_ERR_DATA, "record", "%s has layout %lld, which a newer annals made; this one (" ANNALS_VERSION ") knows layout %d",
                   record->path, (long long)layout, AN_RECORD_LAYOUT);
  if (layout < AN_RECORD_LAYOUT)
    return an_fail(err, AN_ERR_DATA, "record", "%s has layout %lld, this annals (" ANNALS_VERSION ") knows layout %d; build it again from its pages",
                   record->path, (long long)layout, AN_RECORD_LAYOUT);
  return AN_OK;
}

/* annals_hash(a, b, …): the SHA-256 of its arguments as text, in hex: what is equal by it is equal. */
static void hash_cells(sqlite3_context *context, int count, sqlite3_value **cells) {
  an_buf all;
  uint8_t sha256[32];
  char hex[65];
  an_buf_init(&all, (size_t)1 << 30);
  for (int i = 0; i < count; i++) {
    const void *text = sqlite3_value_text(cells[i]);
    int size = text == NULL ? -1 : sqlite3_value_bytes(cells[i]);
    an_buf_add(&all, &size, sizeof size);
    if (size > 0) an_buf_add(&all, text, (size_t)size);
  }
  an_sha256((const uint8_t *)all.at, all.size, sha256);
  an_sha256_hex(sha256, hex);
  if (all.failed) sqlite3_result_error_nomem(context);
  else sqlite3_result_text(context, hex, -1, SQLITE_TRANSIENT);
  an_buf_free(&all);
}

/* SQLite counts its memory behind one lock of all threads, and nobody here asks for the count. Where the program that we are in has
   begun with SQLite already, its setting stays. */
static void set_up_sqlite(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

static an_status open_database(an_record *record, const char *name, int flags, an_error *err) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, set_up_sqlite);
  int code = sqlite3_open_v2(name, &record->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
  if (record->db == NULL) return an_fail(err, AN_ERR_MEMORY, "record", "no memory to open %s", record->path);
  if (code == SQLITE_OK)
    code = sqlite3_create_function(record->db, "annals_hash", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, hash_cells, NULL, NULL);
  /* A record can be a stranger's: its views and triggers call no function of ours, and nothing writes to what SQLite keeps for itself. */
  if (code == SQLITE_OK) code = sqlite3_db_config(record->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  if (code == SQLITE_OK) code = sqlite3_db_config(record->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (code == SQLITE_OK) code = an_packer_open(record->db, &record->packer);
  if (code != SQLITE_OK) record->failed = sqlite3_extended_errcode(record->db);
  sqlite3_busy_timeout(record->db, BUSY_MS);
  return an_record_check(record, "open", err);
}

an_status an_record_open(const char *path, an_record **out, an_error *err) {
  struct stat found;
  if (stat(path, &found) != 0) return an_fail(err, AN_ERR_IO, "record", "cannot open %s: %s", path, strerror(errno));
  if (!S_ISREG(found.st_mode)) return an_fail(err, AN_ERR_IO, "record", "cannot open %s: %s", path, S_ISDIR(found.st_mode) ? "a folder, not a record" : "not a file");
  an_record *record = make_record(path);
  if (record == NULL) return an_fail(err, AN_ERR_MEMORY, "record", "no memory to open %s", path);
  bool fresh = false;
  an_status status = open_database(record, path, SQLITE_OPEN_READONLY, err);
  if (status == AN_OK) status = check_layout(record, &fresh, err);
  if (status == AN_OK && fresh) status = an_fail(err, AN_ERR_DATA, "record", "%s is empty: no record of annals", path);
  if (status == AN_OK) status = an_record_meta(record, "stamp", record->stamp, sizeof record->stamp, err);
  if (status == AN_OK) *out = record;
  else an_record_close(record);
  return status;
}

/* ---- Begin -------------------------------------------------------------------------------------------- */

static void write_cameo(an_record *record) {
  an_text code, name;
  double goldstein;
  for (uint32_t i = 0; an_engine_cameo(record->engine, i, &code, &name, &goldstein); i++) {
    an_row row = an_row_begin(record, SQL_ADD_CAMEO);
    an_row_text(&row, code);
    an_row_text(&row, name);
    an_row_number(&row, goldstein);
    an_row_end(&row);
  }
}

static an_status make_tables(an_record *record, an_error *err) {
  AN_TRY(an_record_run_sql(record, "BEGIN IMMEDIATE", "write", err));
  AN_TRY(an_record_run_sql(record, an_record_schema, "write", err));
  AN_TRY(an_record_run_sql(record, an_record_story_schema, "write", err));
  AN_TRY(an_record_run_sql(record, an_record_row_views, "write", err));
  AN_TRY(an_record_run_sql(record, an_record_views, "write", err));
  for (const char *const *part = an_pack_dictionary; *part != NULL; part++) {
    an_row row = an_row_begin(record, SQL_ADD_DICTIONARY);
    an_row_z(&row, *part);
    an_row_end(&row);
  }
  write_cameo(record);
  an_record_set_meta(record, "format", "annals-record/1");
  an_record_set_meta(record, "stamp", record->stamp);
  an_record_set_meta(record, "private_names", an_engine_private_names(record->engine) ? "1" : "0");
  return an_record_run_sql(record, "COMMIT", "write", err);
}

static an_status check_stamp(an_record *record, bool reread, an_error *err) {
  char stamp[17];
  AN_TRY(an_record_meta(record, "stamp", stamp, sizeof stamp, err));
  if (strcmp(stamp, record->stamp) == 0) return AN_OK;
  if (!reread)
    return an_fail(err, AN_ERR_DATA, "record",
                   "%s was read with other data or options (stamp %s, now %s); readings of two kinds are not mixed: give all its pages with --reread, or another record",
                   record->path, stamp, record->stamp);
  AN_TRY(an_record_run_sql(record, "BEGIN IMMEDIATE", "write", err));
  an_record_set_meta(record, "stamp", record->stamp);
  an_record_set_meta(record, "unfinished", "1");
  an_record_set_meta(record, "private_names", an_engine_private_names(record->engine) ? "1" : "0");
  return an_record_run_sql(record, "COMMIT", "write", err);
}

static an_status begin(an_record *record, const an_record_options *options, an_error *err) {
  AN_TRY(an_record_lock(record, options->started, err));
  AN_TRY(open_database(record, record->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err));
  bool fresh = false;
  AN_TRY(check_layout(record, &fresh, err));
  /* With a write-ahead log readers need not wait; where that cannot be had now, everything else still holds. */
  sqlite3_exec(record->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
  /* A generation is one transaction: what it touches has room in memory, and is not read and written again and again. A story goes with
     its rows in one statement: what such a statement touches is copied first, in memory. */
  AN_TRY(an_record_run_sql(record, "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY;", "write", err));
  if (fresh) return make_tables(record, err);
  return check_stamp(record, options->reread, err);
}

an_status an_record_begin(const char *path, const an_engine *engine, const an_record_options *options, an_record **out, an_error *err) {
  static const an_record_options none;
  if (options == NULL) options = &none;
  struct stat found;
  if (stat(path, &found) == 0 && !S_ISREG(found.st_mode))
    return an_fail(err, AN_ERR_IO, "record", "cannot write %s: %s", path, S_ISDIR(found.st_mode) ? "a folder, not a record" : "not a file");
  an_record *record = make_record(path);
  if (record == NULL) return an_fail(err, AN_ERR_MEMORY, "record", "no memory to open %s", path);
  record->engine = engine;
  record->batch = options->batch > 0 ? options->batch : DEFAULT_BATCH;
  record->keep_pages = options->keep_pages;
  record->threads = options->threads;
  record->started = options->started != NULL ? strdup(options->started) : NULL;
  snprintf(record->stamp, sizeof record->stamp, "%016llx", (unsigned long long)an_engine_stamp(engine));
  an_status status = begin(record, options, err);
  if (status == AN_OK) *out = record;
  else an_record_close(record);
  return status;
}

/* ---- Batches ------------------------------------------------------------------------------------------- */

static void run_plain(an_record *record, an_sql sql) {
  an_row row = an_row_begin(record, sql);
  an_row_end(&row);
}

/* What is open is dropped; what is on disk stays. */
an_status an_record_drop_batch(an_record *record, an_error *err) {
  an_status status = an_record_check(record, "write", err);
  if (status == AN_OK) return AN_OK;
  if (sqlite3_get_autocommit(record->db) == 0) run_plain(record, SQL_ROLLBACK);
  record->failed = 0;
  record->in_batch = false;
  an_record_forget_people(record);
  return status;
}

void an_record_open_batch(an_record *record) {
  if (record->in_batch) return;
  run_plain(record, SQL_BEGIN);
  record->in_batch = true;
  record->in_this_batch = 0;
  an_record_set_meta(record, "unfinished", "1");
  if (record->run != 0) return;
  an_row row = an_row_begin(record, SQL_ADD_RUN);
  an_row_z(&row, record->started);
  an_row_z(&row, ANNALS_VERSION);
  an_row_z(&row, record->stamp);
  an_row_end(&row);
  record->run = sqlite3_last_insert_rowid(record->db);
}

static an_status close_batch(an_record *record, an_error *err) {
  if (record->in_batch) run_plain(record, SQL_COMMIT);
  AN_TRY(an_record_drop_batch(record, err));
  record->in_batch = false;
  return AN_OK;
}

/* ---- Pages ------------------------------------------------------------------------------------------------ */

typedef struct known_page { int64_t id; bool stale, before; } known_page; /* before: it sorts before the page asked for, or is it */

/* One page can lie at several paths: the first by (fetched, path, offset) stands for it, whatever order they come in. */
static known_page find_page(an_record *record, const uint8_t sha256[32], const an_page *page) {
  char hex[65];
  known_page known = {0};
  an_sha256_hex(sha256, hex);
  an_row row = an_row_begin(record, SQL_FIND_PAGE);
  an_row_z(&row, hex);
  an_row_text(&row, page->url);
  if (an_row_next(&row)) {
    known.id = sqlite3_column_int64(row.statement, 0);
    int order = an_text_compare(an_row_get(&row, 1), page->fetched_stamp);
    if (order == 0) order = an_text_compare(an_row_get(&row, 2), page->path);
    uint64_t offset = (uint64_t)sqlite3_column_int64(row.statement, 3);
    known.before = order < 0 || (order == 0 && offset <= page->offset);
    known.stale = !an_text_is(an_row_get(&row, 4), record->stamp);
  }
  an_row_end(&row);
  return known;
}

an_status an_record_wants(an_record *record, const an_page *page, bool *wants, an_error *err) {
  uint8_t sha256[32];
  an_sha256(page->bytes, page->size, sha256);
  known_page known = find_page(record, sha256, page);
  *wants = known.id == 0 || known.stale || !known.before;
  if (!*wants) record->counts.known++;
  if (!*wants && record->keep_pages && !an_record_has_bytes(record, known.id)) {
    an_record_open_batch(record);
    an_record_keep_bytes(record, known.id, page);
  }
  return an_record_check(record, "read", err);
}

void an_record_drop_page(an_record *record, int64_t id) {
  an_row touch = an_row_begin(record, SQL_TOUCH_STORY);
  an_row_int(&touch, id);
  an_row_end(&touch);
  an_row row = an_row_begin(record, SQL_DROP_ARTICLE); /* while its words are there */
  an_row_int(&row, id);
  an_row_end(&row);
  row = an_row_begin(record, SQL_DELETE_PAGE); /* its rows go with it */
  an_row_int(&row, id);
  an_row_end(&row);
}

an_status an_record_add(an_record *record, const an_reading *reading, an_error *err) {
  known_page known = find_page(record, reading->sha256, reading->page);
  if (known.id != 0 && known.before && !known.stale) { /* came twice while it was being read */
    record->counts.known++;
    return an_record_check(record, "read", err);
  }
  an_buf json;
  an_buf_init(&json, (size_t)1 << 30);
  an_status status = an_reading_json(reading, an_record_into_buffer, &json, err);
  if (status == AN_OK) {
    an_record_open_batch(record);
    if (known.id != 0) an_record_drop_page(record, known.id);
    an_record_write_reading(record, known.id, reading, (an_text){json.at, (uint32_t)(json.size - 1)});
    status = an_record_drop_batch(record, err);
  }
  an_buf_free(&json);
  if (status != AN_OK) return status;
  if (known.id == 0) record->counts.added++;
  else record->counts.replaced++;
  return ++record->in_this_batch >= record->batch ? close_batch(record, err) : AN_OK;
}

/* ---- Finish ------------------------------------------------------------------------------------------------- */

static an_status count_one(an_record *record, const char *sql, uint64_t *out, an_error *err) {
  int64_t count = 0;
  AN_TRY(pragma(record, sql, &count, err));
  *out = (uint64_t)count;
  return AN_OK;
}

an_status an_record_count(an_record *record, an_record_counts *counts, an_error *err) {
  *counts = record->counts;
  AN_TRY(count_one(record, "SELECT count(*) FROM page", &counts->pages, err));
  AN_TRY(count_one(record, "SELECT count(*) FROM page WHERE stamp <> (SELECT value FROM meta WHERE key = 'stamp')", &counts->stale, err));
  return count_one(record, "SELECT count(*) FROM story", &counts->stories, err);
}

an_status an_record_unfinished(an_record *record, bool *unfinished, an_error *err) {
  char value[4];
  AN_TRY(an_record_meta(record, "unfinished", value, sizeof value, err));
  *unfinished = value[0] == '1';
  return AN_OK;
}

static an_status end_run(an_record *record, const char *ended, an_error *err) {
  an_record_set_meta(record, "unfinished", "0");
  if (record->run != 0) {
    an_row row = an_row_begin(record, SQL_END_RUN);
    an_row_z(&row, ended);
    an_row_int(&row, record->run);
    an_row_end(&row);
  }
  return close_batch(record, err);
}

/* Full text comes in pieces, one a batch, and a word of many pages stands in each: as many are made one as this run wrote. */
static void merge_articles(an_record *record) {
  enum { LEAVES = 4 };                     /* blocks of 4 kB written, a page */
  uint64_t fresh = record->counts.added + record->counts.replaced;
  if (fresh == 0) return;
  an_row row = an_row_begin(record, SQL_MERGE_ARTICLES);
  an_row_int(&row, LEAVES * (int64_t)(fresh < INT32_MAX / LEAVES ? fresh : INT32_MAX / LEAVES));
  an_row_end(&row);
}

an_status an_record_finish(an_record *record, const char *ended, an_record_counts *counts, an_error *err) {
  AN_TRY(close_batch(record, err));
  bool unfinished = false;
  AN_TRY(an_record_unfinished(record, &unfinished, err));
  if (unfinished) {
    an_record_open_batch(record);
    merge_articles(record);
    an_status status = an_record_drop_batch(record, err);
    if (status == AN_OK) status = an_record_form_stories(record, err);
    if (status == AN_OK) status = end_run(record, ended, err);
    if (status != AN_OK) {
      record->failed = 0;
      if (sqlite3_get_autocommit(record->db) == 0) run_plain(record, SQL_ROLLBACK);
      record->in_batch = false;
      an_record_forget_people(record);
      return status;
    }
  }
  return counts != NULL ? an_record_count(record, counts, err) : AN_OK;
}
