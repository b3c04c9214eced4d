/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of pages, where a build was asked to keep them. */
#include "record/record.h"

#include <string.h>

void an_record_keep_bytes(an_record *record, int64_t page, const an_page *of) {
  an_row row = an_row_begin(record, SQL_ADD_BYTES);
  an_row_int(&row, page);
  an_row_packed(&row, AN_PACKED_BYTES, page, of->bytes, of->size);
  an_row_end(&row);
}

bool an_record_has_bytes(an_record *record, int64_t page) {
  an_row row = an_row_begin(record, SQL_HAS_BYTES);
  an_row_int(&row, page);
  bool has = an_row_next(&row);
  an_row_end(&row);
  return has;
}

typedef struct asked { an_record *record; an_write *write; void *to; uint32_t found; bool kept, same; an_status written; } asked;

static an_status take_page(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  asked *a = ctx;
  uint8_t sha256[32];
  char hex[65];
  (void)names;
  (void)count;
  (void)err;
  if (a->found++ > 0) return AN_OK;
  an_row row = an_row_begin(a->record, SQL_GET_BYTES);
  an_row_text(&row, cells[0]);
  if (an_row_next(&row)) {
    const uint8_t *bytes = sqlite3_column_blob(row.statement, 0);
    size_t size = (size_t)sqlite3_column_bytes(row.statement, 0);
    an_sha256(bytes, size, sha256);
    an_sha256_hex(sha256, hex);
    a->kept = true;
    a->same = an_text_is(cells[1], hex);
    if (a->same) a->written = a->write(a->to, (const char *)bytes, size);
  }
  an_row_end(&row);
  return AN_OK;
}

an_status an_record_page_bytes(an_record *record, const char *page, an_write *write, void *to, an_error *err) {
  asked a = {record, write, to, 0, false, false, AN_OK};
  AN_TRY(an_record_rows(record, "SELECT id, sha256 FROM (" AN_PAGES_NAMED ")", &page, 1, take_page, &a, err));
  AN_TRY(an_record_check(record, "read", err));
  if (a.found == 0) return an_fail(err, AN_ERR_USAGE, "record", "no page '%s' in %s; `annals show %s pages` lists them", page, record->path, record->path);
  if (a.found > 1) return an_fail(err, AN_ERR_USAGE, "record", "%u pages of %s are named '%s'; give the sha256", a.found, record->path, page);
  if (!a.kept) return an_fail(err, AN_ERR_USAGE, "record", "the bytes of '%s' were not kept: `annals build --keep-pages` keeps them", page);
  if (!a.same) return an_fail(err, AN_ERR_DATA, "record", "%s is damaged: the bytes of '%s' are not those that were read", record->path, page);
  return a.written == AN_OK ? AN_OK : an_fail(err, a.written, "record", "the output could not be written");
}
