/* SPDX-License-Identifier: Apache-2.0 */
/* What people correct: rows of a table, kept in the record, found again in its pages each time stories are formed. A row whose page,
   event or name is not there, or no more, stays and is told. */
#include "record/record.h"

#include <stdio.h>
#include <string.h>

enum { BUDGET = 64 << 20, TOLD = 1 << 20 };

static const char *const fields[] = {[AN_CORRECT_DAY] = "day", [AN_CORRECT_REJECT] = "event", [AN_CORRECT_NAME] = "name", [AN_CORRECT_JOIN] = "join",
                                     [AN_CORRECT_SPLIT] = "split"};
enum { FIELDS = sizeof fields / sizeof *fields };

static int field_of(an_text name) {
  for (int i = 0; i < FIELDS; i++)
    if (an_text_is(name, fields[i])) return i;
  return -1;
}

/* "2020-03-04", "2020-03", "2020-03-04/2020-03-06" */
static bool days_of(an_text value, an_days *out) {
  an_days from, to;
  uint32_t slash = an_text_find(value, 0, AN_LIT("/"));
  if (slash == AN_NONE) return an_days_parse(value, out);
  if (!an_days_parse(an_text_slice(value, 0, slash), &from) || !an_days_parse(an_text_slice(value, slash + 1, value.size), &to) || from.earliest > to.latest) return false;
  *out = (an_days){from.earliest, to.latest, 0};
  return true;
}

/* PAGE:EVENT */
static bool parts_of(an_text id, an_text *page, an_text *event) {
  uint32_t colon = AN_NONE;
  for (uint32_t i = 0; i < id.size; i++)
    if (id.at[i] == ':') colon = i;
  if (colon == AN_NONE || colon == 0 || colon + 2 >= id.size || id.at[colon + 1] != 'e') return false;
  *page = an_text_slice(id, 0, colon);
  *event = an_text_slice(id, colon + 1, id.size);
  return true;
}

/* ---- The table of a person --------------------------------------------------------------------------- */

static const char *wrong_with(an_text id, int field, an_text value, an_text who) {
  an_days days;
  an_text page, event;
  if (field < 0) return "the field is none of day, event, name, join, split";
  if (id.size == 0) return "no id";
  if (who.size == 0) return "nobody's word: `who` is empty";
  if (field == AN_CORRECT_DAY && !days_of(value, &days)) return "no day, nor two with a slash between";
  if (field == AN_CORRECT_REJECT && !parts_of(id, &page, &event)) return "an event is PAGE:EVENT, as `annals export --unit mention` has it";
  if (field == AN_CORRECT_REJECT && !an_text_is(value, "reject")) return "an event can be rejected only: `reject`";
  return value.size == 0 ? "no value" : NULL;
}

static void take_rows(an_record *record, an_tsv *table, uint32_t *rows) {
  while (an_tsv_row(table)) {
    an_text id = an_tsv_cell(table, "id"), value = an_tsv_cell(table, "value"), who = an_tsv_cell(table, "who");
    const char *wrong = wrong_with(id, field_of(an_tsv_cell(table, "field")), value, who);
    if (wrong != NULL) {
      an_tsv_wrong(table, wrong, wrong[0] == 't' ? an_tsv_cell(table, "field") : id);
      continue;
    }
    an_row row = an_row_begin(record, SQL_ADD_CORRECTION);
    an_row_int(&row, table->line);
    an_row_text(&row, id);
    an_row_text(&row, an_tsv_cell(table, "field"));
    an_row_text(&row, value);
    an_row_text(&row, who);
    an_row_text(&row, an_tsv_cell(table, "day"));
    an_row_text(&row, an_tsv_cell(table, "why"));
    an_row_end(&row);
    ++*rows;
  }
}

static void touch(an_record *record, int64_t page) {
  an_row row = an_row_begin(record, SQL_TOUCH_STORY);
  an_row_int(&row, page);
  an_row_end(&row);
}

/* Whoever tells of that name: the stories are formed anew, and the pages looked at anew. */
static void touch_named(an_record *record, an_text name) {
  static const an_sql both[] = {SQL_TOUCH_NAME, SQL_DROP_SKETCHES};
  for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
    an_row row = an_row_begin(record, both[i]);
    an_row_text(&row, name);
    an_row_end(&row);
  }
}

#define NAMED_BEFORE                                                                                                    \
  "(SELECT y.page FROM correction c JOIN who w ON w.name COLLATE NOCASE = c.id AND w.name = c.id JOIN party_row y ON y.who = w.id"  \
  " WHERE c.field = 'name')"
static const char touch_old[] =
    "UPDATE story SET generation = -1 WHERE id IN (SELECT story FROM story_page WHERE page IN"
    " (SELECT page FROM correction UNION SELECT other FROM correction UNION SELECT page FROM " NAMED_BEFORE "));"
    "DELETE FROM sketch WHERE page IN " NAMED_BEFORE ";"
    "DELETE FROM correction;";

static void tell_lines(const an_buf *told, an_complain *complain, void *ctx) {
  for (size_t at = 0; at < told->size;) {
    const char *line = told->at + at, *end = memchr(line, '\n', told->size - at);
    size_t size = end == NULL ? told->size - at : (size_t)(end - line);
    an_error what = {.status = AN_ERR_DATA, .step = "record"};
    snprintf(what.message, sizeof what.message, "%.*s", (int)(size < sizeof what.message ? size : sizeof what.message - 1), line);
    if (complain != NULL) complain(ctx, &what);
    at += size + 1;
  }
}

an_status an_record_correct(an_record *record, const char *path, an_complain *complain, void *ctx, uint32_t *wrong, an_error *err) {
  an_arena arena;
  an_text bytes;
  an_buf told;
  an_tsv table;
  uint32_t rows = 0;
  record->complain = complain;
  record->complain_ctx = ctx;
  if (path == NULL) return AN_OK;
  an_arena_init(&arena, BUDGET);
  an_buf_init(&told, TOLD);
  *wrong = 0;
  an_status status = an_tsv_bytes(&arena, path, &bytes, err);
  if (status == AN_OK) {
    an_tsv_open(&table, path, bytes, false, &told, wrong);
    if (!an_tsv_has(&table, "id") || !an_tsv_has(&table, "field") || !an_tsv_has(&table, "value") || !an_tsv_has(&table, "who"))
      status = an_fail(err, AN_ERR_USAGE, "record", "%s wants a first line that names the columns: id, field, value, who, and day and why if you like", path);
  }
  if (status == AN_OK) {
    an_record_open_batch(record);
    status = an_record_run_sql(record, touch_old, "write", err);
  }
  if (status == AN_OK) {
    take_rows(record, &table, &rows);
    an_record_set_meta(record, "corrections", path);
    record->corrected = true;
    status = an_record_drop_batch(record, err);
  }
  tell_lines(&told, complain, ctx);
  an_buf_free(&told);
  an_arena_free(&arena);
  return status;
}

/* ---- Found again ------------------------------------------------------------------------------------------ */

typedef struct page_found { int64_t id; uint8_t sha256[32]; } page_found; /* id 0: none */

static bool read_sha256(an_text hex, uint8_t out[32]) {
  static const char digits[] = "0123456789abcdef";
  if (hex.size != 64) return false;
  for (uint32_t i = 0; i < 64; i++) {
    const char *digit = memchr(digits, hex.at[i], 16);
    if (digit == NULL) return false;
    out[i / 2] = (uint8_t)(out[i / 2] << 4 | (digit - digits));
  }
  return true;
}

/* All names of pages that corrections give are looked for at once: none costs a walk through the pages. */
static const char forget_wanted[] =
    "CREATE TEMP TABLE IF NOT EXISTS wanted(name TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TEMP TABLE IF NOT EXISTS named_page(name TEXT, bytes INTEGER, page INTEGER, sha256 TEXT, PRIMARY KEY(name, bytes, page)) WITHOUT ROWID;"
    "DELETE FROM wanted; DELETE FROM named_page;";
static const char find_wanted[] = /* as AN_PAGES_NAMED finds one */
    "INSERT OR IGNORE INTO named_page"
    " SELECT w.name, p.bytes, p.id, p.sha256 FROM wanted w CROSS JOIN page p ON p.sha256 >= w.name AND p.sha256 < w.name || 'g'"
    "  WHERE length(w.name) >= 8 AND substr(p.sha256, 1, length(w.name)) = w.name"
    " UNION ALL SELECT w.name, p.bytes, p.id, p.sha256 FROM page p CROSS JOIN wanted w ON w.name = p.url"
    " UNION ALL SELECT w.name, p.bytes, p.id, p.sha256 FROM page p CROSS JOIN wanted w ON w.name = p.path;";

static void want(an_record *record, an_text name) {
  an_row row = an_row_begin(record, SQL_WANT_PAGE);
  an_row_text(&row, name);
  an_row_end(&row);
}

/* What is wrong with the name of a page; NULL: it is found. */
static const char *find_page(an_record *record, an_text name, page_found *out) {
  uint32_t count = 0;
  bool named = true;
  *out = (page_found){0};
  an_row row = an_row_begin(record, SQL_NAMED_PAGES);
  an_row_text(&row, name);
  while (an_row_next(&row)) {
    if (count++ > 0) continue;
    out->id = sqlite3_column_int64(row.statement, 0);
    named = read_sha256(an_row_get(&row, 1), out->sha256);
  }
  an_row_end(&row);
  if (count > 1) return "more than one page has that name; give the sha256";
  return count == 0 ? "no such page" : named ? NULL : "the page has no sha256: the record is damaged";
}

static bool is_there(an_record *record, an_sql sql, int64_t page, an_text text) {
  an_row row = an_row_begin(record, sql);
  if (sql == SQL_HAS_EVENT) an_row_int(&row, page);
  an_row_text(&row, text);
  bool there = an_row_next(&row);
  an_row_end(&row);
  return there;
}

typedef struct row { int64_t line; page_found page, other; an_text id, value, event, who, day, why; int field; bool was; const char *wrong; } row;

static an_text page_named_by(const row *r) {
  an_text page = r->id, event;
  if (r->field == AN_CORRECT_REJECT) parts_of(r->id, &page, &event);
  return page;
}

static void resolve(an_record *record, row *r) {
  page_found first, second;
  an_text page, event;
  if (r->field == AN_CORRECT_NAME) {
    if (!is_there(record, SQL_HAS_NAME, 0, r->id)) r->wrong = "nobody has that name here";
    return;
  }
  if (r->field == AN_CORRECT_REJECT && parts_of(r->id, &page, &event)) r->event = event;
  r->wrong = find_page(record, page_named_by(r), &first);
  if (r->wrong == NULL && r->event.at != NULL && !is_there(record, SQL_HAS_EVENT, first.id, r->event)) r->wrong = "the page tells no such event";
  if (r->wrong != NULL) return;
  r->page = first;
  if (r->field < AN_CORRECT_JOIN) return;
  r->wrong = find_page(record, r->value, &second);
  if (r->wrong != NULL) return;
  r->other = second;
  if (r->page.id == r->other.id) r->wrong = "a page and itself";
}

static an_status look_for(an_record *record, const row *rows, uint32_t count, an_error *err) {
  if (count == 0) return AN_OK;
  AN_TRY(an_record_run_sql(record, forget_wanted, "write", err));
  for (uint32_t i = 0; i < count; i++) {
    if (rows[i].field == AN_CORRECT_NAME) continue;
    want(record, page_named_by(&rows[i]));
    if (rows[i].field >= AN_CORRECT_JOIN) want(record, rows[i].value);
  }
  return an_record_run_sql(record, find_wanted, "read", err);
}

static void keep_state(an_record *record, const row *r) {
  bool changed = record->corrected ? r->wrong == NULL : r->was != (r->wrong == NULL);
  an_row out = an_row_begin(record, SQL_SET_CORRECTION);
  if (r->page.id != 0) an_row_int(&out, r->page.id);
  else an_row_null(&out);
  an_row_text(&out, r->event);
  if (r->other.id != 0) an_row_int(&out, r->other.id);
  else an_row_null(&out);
  an_row_z(&out, r->wrong == NULL ? "applied" : r->wrong);
  an_row_int(&out, r->line);
  an_row_end(&out);
  if (changed && r->page.id != 0) touch(record, r->page.id);
  if (changed && r->other.id != 0) touch(record, r->other.id);
  if (changed && r->field == AN_CORRECT_NAME) touch_named(record, r->id);
}

static void tell(an_record *record, const char *path, const row *r) {
  an_error what = {.status = AN_ERR_DATA, .step = "record"};
  snprintf(what.message, sizeof what.message, "%.200s:%lld: %s: %.*s", path, (long long)r->line, r->wrong, (int)(r->id.size < 120 ? r->id.size : 120), r->id.at);
  if (record->complain != NULL) record->complain(record->complain_ctx, &what);
}

static an_text copied(an_arena *arena, const an_row *from, int column) {
  an_text text = an_row_get(from, column);
  if (text.at == NULL) return text;
  text = an_arena_copy(arena, text.at, text.size);
  if (text.at == NULL) an_record_failed(from->record, SQLITE_NOMEM);
  return text;
}

an_status an_record_corrections(an_record *record, an_arena *arena, const an_correction **out, uint32_t *count, an_error *err) {
  char path[256];
  AN_LIST(row) rows = {0};
  AN_LIST(an_correction) list = {0};
  AN_TRY(an_record_meta(record, "corrections", path, sizeof path, err));
  an_row from = an_row_begin(record, SQL_GET_CORRECTIONS);
  while (an_row_next(&from)) {
    row *r = AN_PUSH(arena, &rows);
    if (r == NULL) {
      an_record_failed(record, SQLITE_NOMEM);
      break;
    }
    *r = (row){.line = sqlite3_column_int64(from.statement, 0), .id = copied(arena, &from, 1), .field = field_of(an_row_get(&from, 2)), .value = copied(arena, &from, 3),
               .who = copied(arena, &from, 4), .day = copied(arena, &from, 5), .why = copied(arena, &from, 6), .was = an_text_is(an_row_get(&from, 7), "applied")};
  }
  an_row_end(&from);
  AN_TRY(look_for(record, rows.at, rows.count, err));
  for (uint32_t i = 0; i < rows.count; i++) {
    row *r = &rows.at[i];
    an_days days = AN_DAYS_ANY;
    resolve(record, r);
    if (record->failed != 0) break; /* it was not looked for: nothing is known of it */
    keep_state(record, r);
    if (r->wrong != NULL) tell(record, path, r);
    if (r->wrong != NULL || r->field < 0 || (r->field == AN_CORRECT_DAY && !days_of(r->value, &days))) continue;
    an_correction *c = AN_PUSH(arena, &list);
    an_text says = an_arena_printf(arena, "corrected by %.*s%s%.*s%s%.*s", (int)r->who.size, r->who.at, r->day.size > 0 ? ", " : "", (int)r->day.size, r->day.size > 0 ? r->day.at : "",
                                   r->why.size > 0 ? ": " : "", (int)r->why.size, r->why.size > 0 ? r->why.at : "");
    if (c == NULL || says.at == NULL) {
      an_record_failed(record, SQLITE_NOMEM);
      break;
    }
    *c = (an_correction){(uint8_t)r->field, r->page.id != 0 ? r->page.sha256 : NULL, r->other.id != 0 ? r->other.sha256 : NULL, r->event, r->id, r->value, says, days};
  }
  *out = list.at;
  *count = list.count;
  return an_record_check(record, "write", err);
}
