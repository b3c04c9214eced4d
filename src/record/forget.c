/* SPDX-License-Identifier: Apache-2.0 */
/* Pages and people out of a record. A name is in readings, digests, sentences and the full-text index of the pages that tell it, and
   in stories by their digests: so whoever is to be forgotten goes with those pages. Deleted rows leave their bytes in free pages of
   the file and, of full text, in older segments: the scrub writes both anew. */
#include "record/record.h"

#include <string.h>

static an_status drop_found(an_record *record, const char *sql, const char *what, uint64_t *pages, an_error *err) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(record->db, sql, -1, &statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_text(statement, 1, what, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) an_record_open_batch(record);
  *pages = 0;
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    code = sqlite3_step(statement);
    if (code != SQLITE_ROW) break;
    an_record_drop_page(record, sqlite3_column_int64(statement, 0));
    (*pages)++;
  }
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) record->failed = sqlite3_extended_errcode(record->db);
  sqlite3_finalize(statement);
  return an_record_drop_batch(record, err);
}

static an_status take_count(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  (void)names;
  (void)cells;
  (void)count;
  (void)err;
  (*(uint64_t *)ctx)++;
  return AN_OK;
}

/* The ids are gathered before rows go: ORDER BY makes a sorter of them. */

an_status an_record_forget_page(an_record *record, const char *page, uint64_t *pages, an_error *err) {
  uint64_t found = 0;
  *pages = 0;
  if (page[0] == '\0') return AN_OK;
  AN_TRY(an_record_rows(record, AN_PAGES_NAMED, &page, 1, take_count, &found, err));
  if (found > 1) return an_fail(err, AN_ERR_USAGE, "record", "%llu pages of %s are named '%s'; give the sha256", (unsigned long long)found, record->path, page);
  return found == 0 ? AN_OK : drop_found(record, AN_PAGES_NAMED, page, pages, err);
}

/* As printed, whatever the case of ASCII letters; in the page's text or anywhere in its reading (a name by which the world knows one). */
static const char pages_with_name[] =
    "SELECT p.id FROM page p LEFT JOIN article a ON a.rowid = p.id LEFT JOIN reading r ON r.page = p.id"
    " WHERE instr(lower(a.title), lower(?1)) > 0 OR instr(lower(a.text), lower(?1)) > 0 OR instr(lower(p.title), lower(?1)) > 0"
    " OR instr(lower(annals_reading(r.page, r.json)), lower(?1)) > 0 ORDER BY +p.bytes, p.id";

an_status an_record_forget_name(an_record *record, const char *name, uint64_t *pages, an_error *err) {
  *pages = 0;
  return name[0] == '\0' ? AN_OK : drop_found(record, pages_with_name, name, pages, err);
}

an_status an_record_scrub(an_record *record, an_error *err) {
  AN_TRY(an_record_run_sql(record, "PRAGMA secure_delete = ON; INSERT INTO article(article) VALUES('rebuild');"
                           "DELETE FROM who WHERE id NOT IN (SELECT who FROM mention_row UNION SELECT who FROM party_row UNION SELECT who FROM story_party_row);",
                           "write", err));
  an_record_forget_people(record);
  an_packer_rest(record->packer);
  sqlite3_finalize(record->asked);
  record->asked = NULL;
  for (int i = 0; i < SQL_COUNT; i++) { /* VACUUM wants no statement in the middle of a row */
    sqlite3_finalize(record->statements[i]);
    record->statements[i] = NULL;
  }
  /* VACUUM makes the whole file anew beside itself: not in memory. */
  return an_record_run_sql(record, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA temp_store = DEFAULT; VACUUM; PRAGMA temp_store = MEMORY;"
                           "PRAGMA wal_checkpoint(TRUNCATE);", "write", err);
}
