/* SPDX-License-Identifier: Apache-2.0 */
/* The record format's own lines: stories by their first day, then id; readings by path. Both are kept as they were made. */
#include "export/export.h"

static an_status take_line(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  ex_out *out = ctx;
  (void)names;
  (void)count;
  an_buf_text(&out->line, cells[0]);
  an_buf_char(&out->line, '\n');
  return ex_line(out, err);
}

an_status ex_jsonl(ex_out *out, an_error *err) {
  return an_record_rows(out->record, "SELECT json FROM story ORDER BY coalesce(earliest, latest, '9999'), id", NULL, 0, take_line, out, err);
}

an_status ex_readings(ex_out *out, an_error *err) {
  return an_record_rows(out->record, "SELECT json FROM reading JOIN page p ON p.id = reading.page"
                        " WHERE p.stamp = (SELECT value FROM meta WHERE key = 'stamp') ORDER BY p.path, p.offset, p.sha256, p.url",
                        NULL, 0, take_line, out, err);
}
