/* SPDX-License-Identifier: Apache-2.0 */
/* A page to read: its lines, and where in them stands what was found. The record has a line's clean text and its range of page
   bytes, and the range of every mark, but not the bytes. Where a line has no markup both have the same length, and the place is
   exact; elsewhere the mark's own words are looked for, and those nearest to the proportional place are taken. */
#include "serve/serve.h"

#include <stdlib.h>
#include <string.h>

typedef struct sv_line { an_span span; an_text text; } sv_line;
typedef AN_LIST(sv_line) sv_lines;

/* ---- What private people leave behind ------------------------------------------------------------------------- */

typedef AN_LIST(an_span) sv_spans;
enum { DEPTH = 512 };
typedef struct level { an_span seen[3]; uint32_t count; bool is_private, in_authors; } level;

static int by_begin(const void *a, const void *b) {
  const an_span *left = a, *right = b;
  return left->begin < right->begin ? -1 : left->begin > right->begin;
}

/* Ranges of the strings "text", "name" and "why" of every object with "private": true, and of authors, who are nobody's office.
   False: it is no JSON, or memory is spent. */
static bool find_private(an_arena *arena, an_text json, sv_spans *out) {
  level *levels = AN_NEW(arena, level, DEPTH + 2);
  an_json_in in;
  bool wanted = false, says_private = false, authors = false;
  if (levels == NULL) return false;
  an_json_start(&in, json);
  for (an_json_kind kind = an_json_next(&in); kind != AN_JSON_END; kind = an_json_next(&in)) {
    if (kind == AN_JSON_ERROR) return false;
    level *top = &levels[in.depth];
    if (kind == AN_JSON_OBJECT) {
      bool inside = levels[in.depth - 1].in_authors;
      *top = (level){.is_private = inside, .in_authors = false};
    } else if (kind == AN_JSON_ARRAY) {
      *top = (level){.in_authors = authors};
    } else if (kind == AN_JSON_OBJECT_END) {
      const level *closed = &levels[in.depth + 1];
      for (uint32_t i = 0; closed->is_private && i < closed->count; i++) {
        an_span *span = AN_PUSH(arena, out);
        if (span == NULL) return false;
        *span = closed->seen[i];
      }
    } else if (kind == AN_JSON_STRING && wanted && top->count < 3) {
      top->seen[top->count++] = in.span;
    } else if (kind == AN_JSON_TRUE && says_private) {
      top->is_private = true;
    }
    bool is_key = kind == AN_JSON_KEY;
    wanted = is_key && (an_json_is(&in, "text") || an_json_is(&in, "name") || an_json_is(&in, "why"));
    says_private = is_key && an_json_is(&in, "private");
    authors = is_key && in.depth == 1 && an_json_is(&in, "authors");
  }
  if (out->count > 1) qsort(out->at, out->count, sizeof *out->at, by_begin);
  return true;
}

/* The reading without the words of private people. */
static bool without_private(an_arena *arena, an_text json, an_text *out) {
  sv_spans spans = {0};
  an_buf buf;
  uint32_t at = 0;
  if (!find_private(arena, json, &spans)) return false;
  an_buf_init(&buf, SV_BODY);
  for (uint32_t i = 0; i < spans.count; i++) {
    an_buf_add(&buf, json.at + at, spans.at[i].begin - 1 - at); /* up to the quotation mark */
    an_buf_z(&buf, "null");
    at = spans.at[i].end + 1;
  }
  an_buf_add(&buf, json.at + at, json.size - at);
  if (!buf.failed) *out = an_arena_copy(arena, buf.at, buf.size);
  bool well = !buf.failed && out->at != NULL;
  an_buf_free(&buf);
  return well;
}

/* ---- Places in a line ---------------------------------------------------------------------------------------------- */

static uint32_t utf16_units(an_text text, uint32_t bytes) {
  uint32_t units = 0;
  for (uint32_t at = 0; at < bytes && at < text.size;) units += an_utf8_next(text, &at) > 0xffff ? 2 : 1;
  return units;
}

static bool inside_letter(an_text text, uint32_t at) { return at < text.size && ((unsigned char)text.at[at] & 0xc0) == 0x80; }

/* Where `words` stand nearest to `expected`; AN_NONE: nowhere. */
static uint32_t nearest(an_text text, an_text words, uint32_t expected) {
  uint32_t best = AN_NONE, distance = UINT32_MAX;
  for (uint32_t at = an_text_find(text, 0, words); at != AN_NONE; at = an_text_find(text, at + 1, words)) {
    uint32_t away = at > expected ? at - expected : expected - at;
    if (away >= distance) break; /* they only go further away */
    best = at;
    distance = away;
  }
  return best;
}

/* The longest end of `text` that begins `words`, and the longest beginning of `text` that ends them: what a mark over several
   lines has in its first and in its last. */
static uint32_t end_in(an_text text, an_text words) {
  uint32_t most = text.size < words.size ? text.size : words.size;
  for (uint32_t size = most; size > 0; size--)
    if (memcmp(text.at + text.size - size, words.at, size) == 0) return size;
  return 0;
}

static uint32_t beginning_in(an_text text, an_text words) {
  uint32_t most = text.size < words.size ? text.size : words.size;
  for (uint32_t size = most; size > 0; size--)
    if (memcmp(text.at, words.at + words.size - size, size) == 0) return size;
  return 0;
}

static uint32_t proportional(const sv_line *line, uint32_t raw) {
  uint64_t length = line->span.end > line->span.begin ? line->span.end - line->span.begin : 1;
  uint32_t at = (uint32_t)((uint64_t)(raw - line->span.begin) * line->text.size / length);
  while (inside_letter(line->text, at)) at++;
  return at < line->text.size ? at : line->text.size;
}

/* The part of a line that a mark covers, in bytes of the line's text. */
static an_span place(const sv_line *line, an_span mark, an_text words) {
  bool begins = mark.begin >= line->span.begin, ends = mark.end <= line->span.end;
  an_span whole = {0, line->text.size};
  if (begins && ends) {
    uint32_t expected = proportional(line, mark.begin), at = words.size > 0 ? nearest(line->text, words, expected) : AN_NONE;
    if (at != AN_NONE) return (an_span){at, at + words.size};
    return (an_span){expected, proportional(line, mark.end)};
  }
  if (begins) {
    uint32_t size = end_in(line->text, words);
    return (an_span){size > 0 ? line->text.size - size : proportional(line, mark.begin), line->text.size};
  }
  if (ends) {
    uint32_t size = beginning_in(line->text, words);
    return (an_span){0, size > 0 ? size : proportional(line, mark.end)};
  }
  return whole;
}

/* ---- Lines ------------------------------------------------------------------------------------------------------------ */

static bool load_lines(sv_work *work, sv_lines *lines) {
  sqlite3_stmt *statement = sv_ask(work, "SELECT begin, end, text FROM sentence WHERE page = :offset ORDER BY begin, end");
  while (sv_next(statement)) {
    an_text text = sv_column(statement, 2);
    sv_line *line = AN_PUSH(work->request->arena, lines);
    if (line == NULL) break;
    line->span = (an_span){(uint32_t)sqlite3_column_int64(statement, 0), (uint32_t)sqlite3_column_int64(statement, 1)};
    line->text = an_arena_copy(work->request->arena, text.at == NULL ? "" : text.at, text.size);
  }
  return sv_done(work, statement);
}

/* Blocks never overlap and stand in order, as lines do. */
static void put_lines(sv_work *work, an_json_out *out, const sv_lines *lines) {
  sqlite3_stmt *blocks = sv_ask(work, "SELECT value->>'begin', value->>'end', value->>'kind' FROM json_each(:match, '$.blocks') WHERE type = 'object' ORDER BY 1");
  bool more = sv_next(blocks);
  an_json_open(out, "lines", '[');
  for (uint32_t i = 0; i < lines->count; i++) {
    const sv_line *line = &lines->at[i];
    while (more && sqlite3_column_int64(blocks, 1) <= line->span.begin) more = sv_next(blocks);
    bool inside = more && sqlite3_column_int64(blocks, 0) <= line->span.begin;
    an_json_open(out, NULL, '{');
    an_json_int(out, "begin", line->span.begin);
    an_json_int(out, "end", line->span.end);
    an_json_text(out, "role", inside ? sv_column(blocks, 2) : (an_text){NULL, 0});
    an_json_text(out, "text", line->text);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
  sv_done(work, blocks);
}

/* ---- Marks ------------------------------------------------------------------------------------------------------------ */

/* kind, ref, begin, end, words, label, why as JSON, confidence. */
#define SAYS(of) "value->>'$." of "begin', value->>'$." of "end', value->>'$." of "text'"
#define WHO "(SELECT group_concat(coalesce(value->>'name', value->>'$.antecedent.text', value->>'text', value->>'sector', 'a person'), '; ') FROM json_each(x.value, '$.speaker') WHERE type = 'object')"
static const char marks_sql[] =
    "SELECT 'title', 'title', json_extract(:match, '$.title.begin'), json_extract(:match, '$.title.end'), json_extract(:match, '$.title.text'), NULL, NULL, NULL"
    " UNION ALL SELECT 'event', value->>'id', " SAYS("evidence.") ", value->>'type' || coalesce(' ' || (value->>'mode'), ''), value->'why', value->>'confidence'"
    "  FROM json_each(:match, '$.events') WHERE type = 'object'"
    " UNION ALL SELECT 'trigger', value->>'id', " SAYS("trigger.") ", value->>'type' || coalesce(' ' || (value->>'mode'), ''), NULL, value->>'confidence'"
    "  FROM json_each(:match, '$.events') WHERE type = 'object'"
    " UNION ALL SELECT 'statement', x.value->>'id', c.value->>'begin', c.value->>'end', c.value->>'text', " WHO ", x.value->'why', x.value->>'confidence'"
    "  FROM json_each(:match, '$.statements') x, json_each(x.value, '$.content') c WHERE x.type = 'object' AND c.type = 'object'"
    " UNION ALL SELECT 'cue', value->>'id', " SAYS("cue.") ", value->>'$.cue.text', NULL, NULL FROM json_each(:match, '$.statements') WHERE type = 'object'"
    " UNION ALL SELECT 'mention', 'm' || key, " SAYS("") ", coalesce(value->>'name', value->>'text', 'a person'), value->'why', value->>'confidence'"
    "  FROM json_each(:match, '$.mentions') WHERE type = 'object'"
    " UNION ALL SELECT 'time', 't' || key, " SAYS("") ", coalesce(value->>'edtf', value->>'value'), NULL, NULL FROM json_each(:match, '$.times') WHERE type = 'object'"
    " UNION ALL SELECT 'quantity', 'q' || key, " SAYS("") ", trim(coalesce(value->>'relation', '') || ' ' || coalesce(value->>'value', '') || ' ' ||"
    "  coalesce(value->>'of', '')), NULL, NULL FROM json_each(:match, '$.quantities') WHERE type = 'object'"
    " UNION ALL SELECT 'problem', 'p' || key, value->>'begin', value->>'end', NULL, value->>'what', NULL, NULL FROM json_each(:match, '$.problems') WHERE type = 'object'";

static void put_why(an_json_out *out, an_text why) {
  bool list = why.size > 0 && why.at[0] == '[', one = why.size > 0 && why.at[0] == '"';
  if (list || !one) {
    an_json_raw(out, "why", list ? why : AN_LIT("[]"));
    return;
  }
  an_json_open(out, "why", '[');
  an_json_raw(out, NULL, why);
  an_json_close(out, ']');
}

static void put_mark(an_json_out *out, sqlite3_stmt *row, const sv_lines *lines, uint32_t line, an_span at) {
  an_text text = lines->at[line].text;
  if (at.begin >= at.end) return;
  an_json_open(out, NULL, '{');
  an_json_text(out, "kind", sv_column(row, 0));
  an_json_text(out, "ref", sv_column(row, 1));
  an_json_int(out, "line", line);
  uint32_t from = utf16_units(text, at.begin);
  an_json_int(out, "from", from);
  an_json_int(out, "to", from + utf16_units(an_text_slice(text, at.begin, text.size), at.end - at.begin));
  an_json_text(out, "label", sv_column(row, 5));
  put_why(out, sv_column(row, 6));
  if (sqlite3_column_type(row, 7) == SQLITE_NULL) an_json_null(out, "confidence");
  else an_json_number(out, "confidence", sqlite3_column_double(row, 7));
  an_json_close(out, '}');
}

/* The first line that ends behind `at`. */
static uint32_t line_behind(const sv_lines *lines, uint32_t at) {
  uint32_t low = 0, high = lines->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (lines->at[middle].span.end > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

static void put_marks(sv_work *work, an_json_out *out, const sv_lines *lines) {
  sqlite3_stmt *row = sv_ask(work, marks_sql);
  an_json_open(out, "marks", '[');
  while (sv_next(row)) {
    int64_t begin = sqlite3_column_int64(row, 2), end = sqlite3_column_int64(row, 3);
    if (begin < 0 || end <= begin || end > UINT32_MAX) continue;
    an_span mark = {(uint32_t)begin, (uint32_t)end};
    an_text words = sv_column(row, 4);
    for (uint32_t i = line_behind(lines, mark.begin); i < lines->count && lines->at[i].span.begin < mark.end; i++)
      put_mark(out, row, lines, i, place(&lines->at[i], mark, words));
  }
  an_json_close(out, ']');
  sv_done(work, row);
}

/* The reading of a page, of which names of private people are taken out: *json, or no text where the record's is damaged. False: refused. */
static bool load_reading(sv_work *work, int64_t page, an_text where, an_text *json) {
  *json = (an_text){NULL, 0};
  work->filters.offset = page;
  sqlite3_stmt *statement = sv_ask(work, "SELECT CASE WHEN json_valid(json) THEN json END FROM (SELECT annals_reading(page, json) AS json FROM reading WHERE page = :offset)");
  bool there = sv_next(statement);
  if (there && sqlite3_column_type(statement, 0) != SQLITE_NULL && !without_private(work->request->arena, sv_column(statement, 0), json)) json->at = NULL;
  if (!sv_done(work, statement)) return false;
  return there || sv_refuse(work->reply, 404, where, "no such page", "/api/search finds pages; a story lists its own");
}

/* The lines of a page and the marks in them. */
static void put_text(sv_work *work, an_json_out *out, an_text json) {
  sv_lines lines = {0};
  work->filters.match = json.at != NULL ? json : AN_LIT("{}");
  if (!load_lines(work, &lines)) return;
  put_lines(work, out, &lines);
  if (work->reply->status < 400) put_marks(work, out, &lines);
}

void sv_put_texts(sv_work *work, an_json_out *out, const int64_t *pages, uint32_t count) {
  an_json_open(out, "texts", '[');
  for (uint32_t i = 0; i < count && work->reply->status < 400; i++) {
    an_text json;
    an_json_open(out, NULL, '{');
    an_json_int(out, "id", pages[i]);
    if (load_reading(work, pages[i], AN_LIT("the story"), &json)) put_text(work, out, json);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
}

void sv_page(sv_work *work, an_text id) {
  an_text json;
  int64_t number = 0;
  for (uint32_t i = 0; i < id.size && number < INT32_MAX; i++) {
    if (id.at[i] < '0' || id.at[i] > '9') number = INT32_MAX;
    else number = number * 10 + (id.at[i] - '0');
  }
  if (!load_reading(work, number, id, &json)) return;
  an_json_out out = sv_json(work->reply);
  an_json_open(&out, NULL, '{');
  an_json_int(&out, "id", number);
  sqlite3_stmt *statement = sv_ask(work, "SELECT story, day, earliest, latest, basis, copy_of, version_of FROM story_page WHERE page = :offset LIMIT 1");
  if (sv_next(statement)) sv_row_fields(&out, statement);
  if (!sv_done(work, statement)) return;
  an_json_raw(&out, "page", json);
  put_text(work, &out, json);
  if (work->reply->status < 400) an_json_close(&out, '}');
}
