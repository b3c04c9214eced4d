/* SPDX-License-Identifier: Apache-2.0 */
/* What runs after one did to the events (table event_change): events of the CSV table with `change` (added, changed, removed) and
   `replaced_by` before them. An id of an event is made of what tells it, so that an event which a new page tells too has a new id:
   the old one is removed, and replaced by it. Of a removed event nothing but its ids is there any more. */
#include "export/export.h"

#include <stdio.h>
#include <string.h>

static an_status take_change(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  ex_out *out = ctx;
  (void)names;
  (void)count;
  (void)err;
  ex_csv_cell(out, cells[0]);
  return AN_OK;
}

static an_status take_event(ex_out *out, const ex_event *e, an_error *err) {
  char run[24], id[64];
  const char *args[] = {run, id};
  if (e->id.size >= sizeof id) return AN_OK;
  snprintf(run, sizeof run, "%lld", (long long)out->options->changes_since);
  snprintf(id, sizeof id, "%.*s", (int)e->id.size, e->id.at);
  AN_TRY(an_record_rows(out->record,
                        "SELECT CASE WHEN (SELECT what FROM event_change WHERE event = ?2 AND run <= CAST(?1 AS INTEGER) ORDER BY run DESC LIMIT 1)"
                        " IN ('added', 'changed') THEN 'changed' ELSE 'added' END FROM event_change WHERE event = ?2 AND run > CAST(?1 AS INTEGER) LIMIT 1",
                        args, 2, take_change, out, err));
  if (out->line.size == 0) { /* as it was */
    out->counts.not_asked++;
    return AN_OK;
  }
  an_buf_char(&out->line, ',');
  ex_csv_event(out, e);
  ex_end_line(&out->line);
  return ex_line(out, err);
}

static an_status take_removed(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  ex_out *out = ctx;
  (void)names;
  an_buf_z(&out->line, "removed,");
  for (uint32_t i = 0; i < count; i++) ex_csv_cell(out, cells[i]); /* replaced_by, story, event */
  for (const char *c = strchr(strchr(ex_csv_events, ',') + 1, ','); c != NULL; c = strchr(c + 1, ',')) an_buf_char(&out->line, ',');
  ex_end_line(&out->line);
  return ex_line(out, err);
}

static an_status take_run(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  (void)names;
  (void)count;
  (void)err;
  *(bool *)ctx = cells[0].size > 0;
  return AN_OK;
}

an_status ex_changes(ex_out *out, an_error *err) {
  char run[24];
  const char *args[] = {run, out->story};
  bool known = false;
  snprintf(run, sizeof run, "%lld", (long long)out->options->changes_since);
  AN_TRY(an_record_rows(out->record, "SELECT id FROM run WHERE id = CAST(?1 AS INTEGER)", args, 1, take_run, &known, err));
  if (!known) return an_fail(err, AN_ERR_USAGE, "export", "the record has no run %s; `annals cite` lists its runs", run);
  an_buf_z(&out->line, "change,replaced_by,");
  an_buf_z(&out->line, ex_csv_events);
  AN_TRY(ex_line(out, err));
  out->counts.written--;
  AN_TRY(ex_events(out, AN_UNIT_EVENT, EX_NEEDS_WORDS, EX_ALL, take_event, err));
  return an_record_rows(out->record,
                        "SELECT c.replaced_by, c.story, c.event FROM event_change c WHERE c.run > CAST(?1 AS INTEGER) AND c.what = 'removed'"
                        " AND c.run = (SELECT max(run) FROM event_change WHERE event = c.event) AND (?2 IS NULL OR c.story = ?2)"
                        " AND (SELECT what FROM event_change WHERE event = c.event AND run <= CAST(?1 AS INTEGER) ORDER BY run DESC LIMIT 1)"
                        " IN ('added', 'changed') ORDER BY c.story, c.event",
                        args, 2, take_removed, out, err);
}
