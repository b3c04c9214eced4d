/* SPDX-License-Identifier: Apache-2.0 */
/* The record format's own lines: stories by their first day, then id; readings by path. Both are kept as they were made. */
#include "export/export.h"

static an_status take_line(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  ex_out *out = ctx;
  (void)names;
  (void)count;
  if (!out->options->no_text) an_buf_text(&out->line, cells[0]);
  else if (!ex_json_without_words(out, cells[0])) return an_fail(err, AN_ERR_DATA, "export", "a line that is no JSON cannot be given without its words");
  an_buf_char(&out->line, '\n');
  return ex_line(out, err);
}

an_status ex_jsonl(ex_out *out, an_error *err) {
  return ex_rows(out, "SELECT annals_story(s.json) FROM story s WHERE " EX_STORY_ASKED " ORDER BY coalesce(s.earliest, s.latest, '9999'), s.id", take_line, err);
}

an_status ex_readings(ex_out *out, an_error *err) {
  return ex_rows(out, "SELECT annals_reading(p.id, json) FROM page p JOIN reading ON reading.page = p.id WHERE " EX_PAGE_ASKED
                 " ORDER BY p.path, p.offset, p.sha256, p.url", take_line, err);
}
