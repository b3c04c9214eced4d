/* SPDX-License-Identifier: Apache-2.0 */
/* Statements, prepared once, and rows: bind in order, end. The first failure sticks until an_record_check tells it. */
#include "record/record.h"

#include <math.h>
#include <string.h>

static void keep_failure(an_record *record, int code) {
  if (record->failed == 0 && code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) record->failed = sqlite3_extended_errcode(record->db);
}

void an_record_failed(an_record *record, int code) {
  if (record->failed == 0) record->failed = code;
}

an_row an_row_begin(an_record *record, an_sql sql) {
  if (record->statements[sql] == NULL)
    keep_failure(record, sqlite3_prepare_v3(record->db, an_record_sql[sql], -1, SQLITE_PREPARE_PERSISTENT, &record->statements[sql], NULL));
  return (an_row){record, record->statements[sql], 0};
}

/* Binding to a statement that could not be prepared is SQLITE_MISUSE: harmless, and the failure is already kept. */
void an_row_text(an_row *row, an_text text) {
  if (text.size == 0) an_row_null(row);
  else keep_failure(row->record, sqlite3_bind_text(row->statement, ++row->at, text.at, (int)text.size, SQLITE_STATIC));
}

void an_row_z(an_row *row, const char *z) {
  if (z == NULL || z[0] == '\0') an_row_null(row);
  else keep_failure(row->record, sqlite3_bind_text(row->statement, ++row->at, z, -1, SQLITE_TRANSIENT));
}

void an_row_int(an_row *row, int64_t value) { keep_failure(row->record, sqlite3_bind_int64(row->statement, ++row->at, value)); }

void an_row_number(an_row *row, double value) {
  if (!isfinite(value)) an_row_null(row);
  else keep_failure(row->record, sqlite3_bind_double(row->statement, ++row->at, value));
}

void an_row_day(an_row *row, an_day day) {
  char iso[16];
  an_day_iso(day, iso);
  an_row_z(row, iso);
}

void an_row_days(an_row *row, an_days days) {
  an_row_day(row, days.earliest);
  an_row_day(row, days.latest);
}

void an_row_span(an_row *row, an_span span) {
  if (span.begin < span.end) {
    an_row_int(row, span.begin);
    an_row_int(row, span.end);
  } else {
    an_row_null(row);
    an_row_null(row);
  }
}

void an_row_packed(an_row *row, an_packed kind, int64_t page, const void *bytes, size_t size) {
  an_text out;
  int code = an_pack(row->record->packer, kind, page, bytes, size, &out);
  if (code != SQLITE_OK) an_record_failed(row->record, code);
  else keep_failure(row->record, sqlite3_bind_blob64(row->statement, ++row->at, out.at, out.size, SQLITE_TRANSIENT));
}

void an_row_bytes(an_row *row, an_text bytes) {
  keep_failure(row->record, sqlite3_bind_blob64(row->statement, ++row->at, bytes.size == 0 ? "" : bytes.at, bytes.size, SQLITE_TRANSIENT));
}

void an_row_null(an_row *row) { keep_failure(row->record, sqlite3_bind_null(row->statement, ++row->at)); }

void an_row_texts(an_row *row, const an_text *texts, uint32_t count, const char *between) {
  an_buf buf;
  an_buf_init(&buf, 1 << 16);
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) an_buf_z(&buf, between);
    an_buf_text(&buf, texts[i]);
  }
  an_row_z(row, buf.size > 0 ? buf.at : NULL);
  an_buf_free(&buf);
}

void an_row_coding(an_row *row, const an_event *event) {
  an_row_text(row, event->type);
  an_row_text(row, event->mode);
  an_row_texts(row, event->contexts, event->context_count, " ");
  an_row_text(row, event->cameo);
  an_row_int(row, event->quad);
  an_row_number(row, event->score);
  an_row_number(row, event->goldstein);
  an_row_z(row, an_realis_name(event->realis));
  an_row_int(row, event->negated);
  an_row_int(row, event->background);
  an_row_int(row, event->mutual);
  an_row_days(row, event->when);
}

bool an_row_next(an_row *row) {
  if (row->record->failed != 0) return false;
  int code = sqlite3_step(row->statement);
  row->at = -1; /* has run */
  keep_failure(row->record, code);
  return code == SQLITE_ROW;
}

void an_row_end(an_row *row) {
  if (row->at >= 0) an_row_next(row);
  if (row->statement == NULL) return;
  sqlite3_reset(row->statement);
  sqlite3_clear_bindings(row->statement);
}

an_text an_row_get(const an_row *row, int column) {
  const unsigned char *text = sqlite3_column_text(row->statement, column);
  return (an_text){(const char *)text, text == NULL ? 0 : (uint32_t)sqlite3_column_bytes(row->statement, column)};
}

an_status an_record_check(an_record *record, const char *doing, an_error *err) {
  int failed = record->failed, kind = failed & 0xff;
  if (failed == 0) return AN_OK;
  record->failed = 0;
  if (kind == SQLITE_NOMEM) return an_fail(err, AN_ERR_MEMORY, "record", "cannot %s %s: no memory", doing, record->path);
  if (kind == SQLITE_NOTADB || kind == SQLITE_CORRUPT)
    return an_fail(err, AN_ERR_DATA, "record", "cannot %s %s: it is no record of annals, or damaged (%s)", doing, record->path, sqlite3_errstr(failed));
  if (kind == SQLITE_FULL || kind == SQLITE_IOERR)
    return an_fail(err, AN_ERR_IO, "record", "cannot %s %s: %s; what was finished before is kept, and the same command goes on from there",
                   doing, record->path, kind == SQLITE_FULL ? "the disk is full" : "the disk is full or fails");
  int system = sqlite3_system_errno(record->db);
  const char *reason = kind == SQLITE_CANTOPEN && system != 0 ? strerror(system) : sqlite3_errstr(failed);
  return an_fail(err, AN_ERR_IO, "record", "cannot %s %s: %s", doing, record->path, reason);
}

an_status an_record_run_sql(an_record *record, const char *sql, const char *doing, an_error *err) {
  keep_failure(record, sqlite3_exec(record->db, sql, NULL, NULL, NULL));
  return an_record_check(record, doing, err);
}

an_status an_record_meta(an_record *record, const char *key, char *out, size_t size, an_error *err) {
  an_row row = an_row_begin(record, SQL_GET_META);
  an_row_z(&row, key);
  an_text found = an_row_next(&row) ? an_row_get(&row, 0) : (an_text){NULL, 0};
  size_t keep = found.size < size ? found.size : size - 1;
  if (found.at != NULL) memcpy(out, found.at, keep);
  out[keep] = '\0';
  an_row_end(&row);
  return an_record_check(record, "read", err);
}

void an_record_set_meta(an_record *record, const char *key, const char *value) {
  an_row row = an_row_begin(record, SQL_SET_META);
  an_row_z(&row, key);
  an_row_z(&row, value);
  an_row_end(&row);
}

void an_sha256_hex(const uint8_t sha256[32], char out[65]) { an_hex(sha256, 32, out); }

an_status an_record_into_buffer(void *buf, const char *bytes, size_t size) {
  an_buf_add(buf, bytes, size);
  return ((an_buf *)buf)->failed ? AN_ERR_MEMORY : AN_OK;
}
