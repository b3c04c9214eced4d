/* SPDX-License-Identifier: Apache-2.0 */
/* The formats by name, and what they share: events with their parties, the rule of what is a fact, pairs. */
#include "export/export.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct { const char *name; an_status (*write)(ex_out *out, an_error *err); } formats[AN_EXPORT_FORMATS] = {
    [AN_EXPORT_JSONL] = {"jsonl", ex_jsonl}, [AN_EXPORT_READINGS] = {"readings", ex_readings}, [AN_EXPORT_CSV] = {"csv", ex_csv},
    [AN_EXPORT_STATEMENTS] = {"statements", ex_statements}, [AN_EXPORT_STORIES] = {"stories", ex_stories},
    [AN_EXPORT_COMPARISONS] = {"comparisons", ex_comparisons}, [AN_EXPORT_ICEWS] = {"icews", ex_icews},
    [AN_EXPORT_COVERAGE] = {"coverage", ex_coverage}, [AN_EXPORT_PLOVER] = {"plover", ex_plover}, [AN_EXPORT_GDELT] = {"gdelt", ex_gdelt},
    [AN_EXPORT_GDELT_MENTIONS] = {"gdelt-mentions", ex_gdelt_mentions}, [AN_EXPORT_POLECAT] = {"polecat", ex_polecat}, [AN_EXPORT_HTML] = {"html", ex_html},
};

const char *an_export_format_name(uint8_t format) { return format < AN_EXPORT_FORMATS ? formats[format].name : NULL; }

const char *an_export_unit_name(uint8_t unit) {
  static const char *const names[AN_EXPORT_UNITS] = {"event", "mention", "dyad-day", "dyad-month"};
  return unit < AN_EXPORT_UNITS ? names[unit] : NULL;
}

bool an_export_goes(uint8_t format, uint8_t unit) {
  if (format >= AN_EXPORT_FORMATS || unit >= AN_EXPORT_UNITS) return false;
  if (unit == AN_UNIT_EVENT || format == AN_EXPORT_CSV) return true;
  return unit == AN_UNIT_MENTION && (format == AN_EXPORT_PLOVER || format == AN_EXPORT_POLECAT || format == AN_EXPORT_ICEWS);
}

enum { EVENT_BUDGET = 64 << 20, GROUP_BUDGET = 1 << 30 };

/* The beginning of a story's id stands for it. */
static an_status ask_story(ex_out *out, char id[64], an_error *err) {
  if (out->options->story == NULL) return AN_OK;
  AN_TRY(an_record_find_story(out->record, out->options->story, id, err));
  out->story = id;
  return AN_OK;
}

an_status an_record_export(an_record *record, const an_export_options *options, an_write *write, void *to, an_export_counts *counts,
                           an_error *err) {
  if (!an_export_goes(options->format, options->unit)) return an_fail(err, AN_ERR_USAGE, "export", "no such format, or no such unit of it");
  if (options->changes_since > 0 && (options->format != AN_EXPORT_CSV || options->unit != AN_UNIT_EVENT))
    return an_fail(err, AN_ERR_USAGE, "export", "changes since a run are told of events, as csv");
  char story[64];
  ex_out out = {.record = record, .options = options, .write = write, .to = to};
  AN_TRY(ask_story(&out, story, err));
  an_buf_init(&out.line, (size_t)1 << 30);
  an_arena_init(&out.arena, EVENT_BUDGET);
  an_status status = formats[options->format].write(&out, err);
  an_buf_free(&out.line);
  an_arena_free(&out.arena);
  if (counts != NULL) *counts = out.counts;
  return status;
}

an_status ex_line(ex_out *out, an_error *err) {
  if (out->line.failed) return an_fail(err, AN_ERR_MEMORY, "export", "no memory for a line");
  an_status status = out->write(out->to, out->line.at, out->line.size);
  an_buf_clear(&out->line);
  if (status != AN_OK) return an_fail(err, status, "export", "the output could not be written");
  out->counts.written++;
  return AN_OK;
}

an_status ex_rows(ex_out *out, const char *sql, an_row_sink *sink, an_error *err) {
  char max_days[16];
  const char *args[] = {out->options->since, out->story, out->options->where, max_days};
  snprintf(max_days, sizeof max_days, "%d", out->options->max_days > 0 ? out->options->max_days : EX_MAX_DAYS);
  return an_record_rows(out->record, sql, args, 4, sink, out, err);
}

/* ---- Events ------------------------------------------------------------------------------------------ */

/* Events of a story come in its order; whom they are of, and which page tells each first (by path, then by place in the page), is asked
   once a story and laid beside them by event, since both come sorted so. Of mentions a page is the group. The last columns: whether the
   event was asked for (?2 since, ?3 where, ?4 story), and of mentions its id in the page. */
static const char stories_in_order[] = "SELECT id FROM story WHERE ?1 IS NULL OR id = ?1 ORDER BY coalesce(earliest, latest, '9999'), id";
static const char by_event[] =
    "SELECT e.story, e.id, e.type, e.mode, e.contexts, e.cameo, e.realis, e.earliest, e.latest, e.where_name, e.where_country, e.where_admin1,"
    " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, e.quad, e.geonames, e.pages, e.outlets, e.origins, NULL, e.where_precision, NULL, NULL, NULL,"
    " e.score, e.goldstein, e.lat, e.lon, e.confidence, e.negated, e.background, e.mutual,"
    " (?2 IS NULL OR coalesce(e.latest, e.earliest, '') >= ?2) AND (?3 IS NULL OR e.where_country IS ?3) AND (?4 IS NULL OR e.story IS ?4)"
    " FROM story_event e WHERE e.story = ?1 ORDER BY e.place";
static const char told_of_story[] =
    "SELECT t.event, t.page, t.ref FROM told_in t JOIN page q ON q.id = t.page JOIN event_row y ON y.page = t.page AND y.ref = t.ref"
    " WHERE t.story = ?1 ORDER BY t.event, q.path, q.offset, q.sha256, q.url, y.begin, y.ref";
static const char telling[] = "SELECT x.evidence_begin, x.evidence_end, x.evidence, x.trigger_text FROM event x WHERE x.page = ?1 AND x.ref = ?2";
static const char page_of_story[] =
    "SELECT p.path, p.url, p.title, p.outlet, p.domain, coalesce(sp.day, p.day), p.language FROM page p"
    " LEFT JOIN story_page sp ON sp.story = ?2 AND sp.page = p.id WHERE p.id = ?1";
static const char pages_in_order[] =
    "SELECT id FROM page WHERE stamp = (SELECT value FROM meta WHERE key = 'stamp') AND ?1 IS ?1 ORDER BY path, offset, sha256, url";
static const char by_mention[] =
    "SELECT t.story, p.sha256 || ':' || x.ref, x.type, x.mode, x.contexts, x.cameo, x.realis, x.earliest, x.latest, x.place, x.place_country, NULL,"
    " x.evidence, x.trigger_text, p.path, p.url, p.title, p.outlet, p.domain, coalesce(sp.day, p.day), p.language,"
    " x.quad, x.geonames, 1, 1, 1, 1, NULL, x.evidence_begin, x.evidence_end, x.page, x.score, x.goldstein, x.lat, x.lon, x.confidence,"
    " x.negated, x.background, x.mutual,"
    " (?2 IS NULL OR coalesce(x.latest, x.earliest, '') >= ?2) AND (?3 IS NULL OR x.place_country IS ?3) AND (?4 IS NULL OR t.story IS ?4), x.ref"
    " FROM event x JOIN page p ON p.id = x.page LEFT JOIN told_in t ON t.page = x.page AND t.ref = x.ref"
    " LEFT JOIN story_page sp ON sp.page = x.page AND sp.story = t.story"
    " WHERE x.page = CAST(?1 AS INTEGER) AND x.repeats IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.page = x.page AND c.event = x.ref AND c.state = 'applied') ORDER BY x.begin, x.ref";
static const char parties_of_story[] =
    "SELECT y.event, y.role, coalesce(y.text, w.name), w.entity, w.name, w.country, w.sector, w.grp, w.office FROM story_party_row y"
    " JOIN who w ON w.id = y.who WHERE y.story = ?1 ORDER BY y.event, y.role, y.place";
static const char parties_of_page[] =
    "SELECT y.ref, y.role, coalesce(y.text, w.name), w.entity, w.name, w.country, w.sector, w.grp, w.office FROM party_row y"
    " JOIN who w ON w.id = y.who WHERE y.page = CAST(?1 AS INTEGER) AND y.role < 2 ORDER BY y.ref, y.role, y.place";

static an_text column(an_arena *arena, sqlite3_stmt *s, int i) { /* copied: other questions are asked before the next row */
  const char *text = (const char *)sqlite3_column_text(s, i);
  return text == NULL ? (an_text){NULL, 0} : an_arena_copy(arena, text, (size_t)sqlite3_column_bytes(s, i));
}

static int64_t whole(sqlite3_stmt *s, int i) { return sqlite3_column_type(s, i) == SQLITE_NULL ? -1 : sqlite3_column_int64(s, i); }
static double number(sqlite3_stmt *s, int i) { return sqlite3_column_type(s, i) == SQLITE_NULL ? NAN : sqlite3_column_double(s, i); }

typedef struct of_event { an_text event; ex_party party; bool acts; } of_event;
typedef struct told_first { an_text event, ref; int64_t page, count; } told_first;
typedef struct asked {
  sqlite3_stmt *groups, *events, *parties, *told, *telling, *page;
  bool mentions, short_of;
  an_arena arena;                        /* of the group at hand */
  AN_LIST(of_event) parties_of; AN_LIST(told_first) first; /* by event */
  int64_t page_id; an_text page_texts[7];
} asked;

enum { COLUMN_ASKED = 39, PAGE_TEXTS = 7 };  /* and behind COLUMN_ASKED, of mentions, the id of the event in its page */

static void load_group(asked *a) {
  a->parties_of.at = NULL;
  a->first.at = NULL;
  a->parties_of.count = a->parties_of.capacity = a->first.count = a->first.capacity = 0;
  a->page_id = -1;
  an_arena_reset(&a->arena);
  sqlite3_reset(a->parties);
  sqlite3_bind_value(a->parties, 1, sqlite3_column_value(a->groups, 0));
  while (sqlite3_step(a->parties) == SQLITE_ROW) {
    of_event *p = AN_PUSH(&a->arena, &a->parties_of);
    if (p == NULL) { a->short_of = true; return; }
    an_text *const cells[] = {&p->party.text, &p->party.entity, &p->party.name, &p->party.country, &p->party.sector, &p->party.group, &p->party.office};
    p->event = column(&a->arena, a->parties, 0);
    p->acts = sqlite3_column_int(a->parties, 1) == AN_ACTOR;
    for (int i = 0; i < 7; i++) *cells[i] = column(&a->arena, a->parties, i + 2);
  }
  if (a->mentions) return;
  sqlite3_reset(a->told);
  sqlite3_bind_value(a->told, 1, sqlite3_column_value(a->groups, 0));
  while (sqlite3_step(a->told) == SQLITE_ROW) {
    told_first *last = a->first.count == 0 ? NULL : &a->first.at[a->first.count - 1];
    an_text event = {(const char *)sqlite3_column_text(a->told, 0), (uint32_t)sqlite3_column_bytes(a->told, 0)};
    if (last != NULL && an_text_equal(last->event, event)) {
      last->count++;
      continue;
    }
    told_first *made = AN_PUSH(&a->arena, &a->first);
    if (made == NULL) { a->short_of = true; return; }
    *made = (told_first){an_arena_copy(&a->arena, event.at, event.size), column(&a->arena, a->told, 2), sqlite3_column_int64(a->told, 1), 1};
  }
}

static void load_parties(const asked *a, an_text event, ex_event *e) {
  uint32_t low = 0, high = a->parties_of.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (an_text_compare(a->parties_of.at[middle].event, event) < 0) low = middle + 1;
    else high = middle;
  }
  for (; low < a->parties_of.count && an_text_equal(a->parties_of.at[low].event, event); low++) {
    const of_event *p = &a->parties_of.at[low];
    uint32_t *count = p->acts ? &e->actor_count : &e->recipient_count;
    if (*count < EX_PARTIES) (p->acts ? e->actors : e->recipients)[(*count)++] = p->party;
  }
}

/* The first page that tells it, and its words there. */
static void load_telling(ex_out *out, asked *a, ex_event *e) {
  uint32_t low = 0, high = a->first.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (an_text_compare(a->first.at[middle].event, e->id) < 0) low = middle + 1;
    else high = middle;
  }
  e->mentions = 0;
  if (low == a->first.count || !an_text_equal(a->first.at[low].event, e->id)) return;
  const told_first *t = &a->first.at[low];
  an_text *const texts[PAGE_TEXTS] = {&e->path, &e->url, &e->title, &e->outlet, &e->domain, &e->published, &e->language};
  e->mentions = t->count;
  e->page = t->page;
  if (a->page_id != t->page) {
    sqlite3_reset(a->page);
    sqlite3_bind_int64(a->page, 1, t->page);
    sqlite3_bind_text(a->page, 2, e->story.at, (int)e->story.size, SQLITE_STATIC);
    bool there = sqlite3_step(a->page) == SQLITE_ROW;
    for (int i = 0; i < PAGE_TEXTS; i++) a->page_texts[i] = there ? column(&a->arena, a->page, i) : (an_text){NULL, 0};
    a->page_id = t->page;
    sqlite3_reset(a->page);
  }
  for (int i = 0; i < PAGE_TEXTS; i++) *texts[i] = a->page_texts[i];
  sqlite3_reset(a->telling);
  sqlite3_bind_int64(a->telling, 1, t->page);
  sqlite3_bind_text(a->telling, 2, t->ref.at, (int)t->ref.size, SQLITE_STATIC);
  if (sqlite3_step(a->telling) == SQLITE_ROW) {
    e->begin = whole(a->telling, 0);
    e->end = whole(a->telling, 1);
    if (!out->options->no_text) e->evidence = column(&out->arena, a->telling, 2);
    if (!out->options->no_text) e->trigger = column(&out->arena, a->telling, 3);
  }
  sqlite3_reset(a->telling);
}

static void load_event(ex_out *out, sqlite3_stmt *s, ex_event *e) {
  an_text *const texts[] = {&e->story, &e->id, &e->type, &e->mode, &e->contexts, &e->cameo, &e->realis, &e->earliest, &e->latest, &e->place,
                            &e->place_country, &e->place_admin1, &e->evidence, &e->trigger, &e->path, &e->url, &e->title, &e->outlet,
                            &e->domain, &e->published, &e->language};
  int64_t *const wholes[] = {&e->quad, &e->geonames, &e->pages, &e->outlets, &e->origins, &e->mentions, &e->place_precision, &e->begin, &e->end, &e->page};
  double *const numbers[] = {&e->score, &e->goldstein, &e->lat, &e->lon, &e->confidence};
  bool *const flags[] = {&e->negated, &e->background, &e->mutual};
  int at = 0;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = column(&out->arena, s, at++);
  for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) *wholes[i] = whole(s, at++);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) *numbers[i] = number(s, at++);
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) *flags[i] = sqlite3_column_int(s, at++) != 0;
}

static void bind_z(sqlite3_stmt *s, int at, const char *z) { sqlite3_bind_text(s, at, z, -1, SQLITE_STATIC); } /* NULL: SQL's NULL */

/* The events of one story, or of one page. Returns what SQLite said at the end. */
static int take_group(ex_out *out, asked *a, ex_take *take, an_status *status, an_error *err) {
  static const ex_event nothing;
  ex_event event;
  int code = SQLITE_ROW;
  load_group(a);
  sqlite3_reset(a->events);
  sqlite3_bind_value(a->events, 1, sqlite3_column_value(a->groups, 0));
  while (*status == AN_OK && (code = sqlite3_step(a->events)) == SQLITE_ROW) {
    if (sqlite3_column_int(a->events, COLUMN_ASKED) == 0) {
      out->counts.not_asked++;
      continue;
    }
    memcpy(&event, &nothing, offsetof(ex_event, actors)); /* of the parties only those counted are there */
    event.actor_count = event.recipient_count = 0;
    an_arena_reset(&out->arena);
    load_event(out, a->events, &event);
    load_parties(a, a->mentions ? column(&out->arena, a->events, COLUMN_ASKED + 1) : event.id, &event);
    if (!a->mentions) load_telling(out, a, &event);
    if (a->short_of) *status = an_fail(err, AN_ERR_LIMIT, "export", "the events of one story need more memory than is allowed");
    if (out->options->no_text) ex_without_words(&event);
    if (*status == AN_OK) *status = take(out, &event, err);
  }
  return code;
}

static int prepare(sqlite3 *db, asked *a) {
  const struct { sqlite3_stmt **statement; const char *sql; } all[] = {
      {&a->groups, a->mentions ? pages_in_order : stories_in_order}, {&a->events, a->mentions ? by_mention : by_event},
      {&a->parties, a->mentions ? parties_of_page : parties_of_story}, {&a->told, told_of_story}, {&a->telling, telling}, {&a->page, page_of_story}};
  int code = SQLITE_OK;
  for (size_t i = 0; i < sizeof all / sizeof *all && code == SQLITE_OK; i++) code = sqlite3_prepare_v3(db, all[i].sql, -1, SQLITE_PREPARE_PERSISTENT, all[i].statement, NULL);
  return code;
}

an_status ex_events(ex_out *out, an_export_unit unit, ex_take *take, an_error *err) {
  sqlite3 *db = out->record->db;
  asked a = {.mentions = unit == AN_UNIT_MENTION};
  an_status status = AN_OK;
  an_arena_init(&a.arena, GROUP_BUDGET);
  int code = prepare(db, &a);
  if (code == SQLITE_OK) {
    bind_z(a.events, 2, out->options->since);
    bind_z(a.events, 3, out->options->where);
    bind_z(a.events, 4, out->story);
    while (status == AN_OK && (code = sqlite3_step(a.groups)) == SQLITE_ROW) {
      code = take_group(out, &a, take, &status, err);
      if (code != SQLITE_DONE && code != SQLITE_ROW) break;
    }
  }
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) out->record->failed = sqlite3_extended_errcode(db);
  sqlite3_stmt *const all[] = {a.groups, a.events, a.parties, a.told, a.telling, a.page};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
  an_arena_free(&a.arena);
  return status != AN_OK ? status : an_record_check(out->record, "read", err);
}

/* ---- What formats without realis may have ---------------------------------------------------------------- */

bool ex_is_fact(ex_out *out, const ex_event *event, an_day *first) {
  an_days from, to;
  int max_days = out->options->max_days > 0 ? out->options->max_days : EX_MAX_DAYS;
  if (event->negated || (!an_text_is(event->realis, "happened") && !an_text_is(event->realis, "ongoing"))) {
    out->counts.not_happened++;
  } else if (event->background) {
    out->counts.background++;
  } else if (!an_days_parse(event->earliest, &from) || !an_days_parse(event->latest, &to) ||
             (int64_t)to.earliest - from.earliest >= max_days) {
    out->counts.no_day++;
  } else if (event->actor_count + event->recipient_count == 0) {
    out->counts.no_parties++;
  } else {
    *first = from.earliest;
    return true;
  }
  return false;
}

uint32_t ex_pairs(const ex_event *event, ex_pair out[EX_PAIRS]) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < event->actor_count; i++)
    for (uint32_t k = 0; k < event->recipient_count && count < EX_PAIRS; k++) out[count++] = (ex_pair){&event->actors[i], &event->recipients[k]};
  if (count > 0) return count;
  if (event->mutual && event->recipient_count == 0)
    for (uint32_t i = 0; i < event->actor_count; i++)
      for (uint32_t k = i + 1; k < event->actor_count && count < EX_PAIRS; k++) out[count++] = (ex_pair){&event->actors[i], &event->actors[k]};
  if (count > 0) return count;
  for (uint32_t i = 0; i < event->actor_count && count < EX_PAIRS; i++) out[count++] = (ex_pair){&event->actors[i], NULL};
  for (uint32_t i = 0; event->actor_count == 0 && i < event->recipient_count && count < EX_PAIRS; i++) out[count++] = (ex_pair){NULL, &event->recipients[i]};
  return count;
}

const ex_party *ex_named(const ex_party *party) {
  static const ex_party nobody;
  return party != NULL ? party : &nobody;
}

an_text ex_name(const ex_party *party) { return party->name.size > 0 ? party->name : party->text; }

/* ---- Cells ------------------------------------------------------------------------------------------------- */

void ex_cell(an_buf *line, an_text text) {
  size_t from = line->size;
  an_buf_text(line, text);
  for (size_t i = from; i < line->size; i++)
    if (line->at[i] == '\t' || line->at[i] == '\n' || line->at[i] == '\r') line->at[i] = ' ';
  an_buf_char(line, '\t');
}

void ex_put_int(an_buf *line, uint64_t value) {
  char digits[24];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + value % 10);
  while ((value /= 10) > 0);
  an_buf_add(line, digits + at, sizeof digits - at);
}

void ex_cell_int(an_buf *line, int64_t value) {
  if (value >= 0) ex_put_int(line, (uint64_t)value);
  an_buf_char(line, '\t');
}

void ex_cell_number(an_buf *line, double value, int decimals) {
  if (isfinite(value)) an_buf_printf(line, "%.*f", decimals, value);
  an_buf_char(line, '\t');
}

void ex_end_line(an_buf *line) {
  if (line->size > 0 && !line->failed) line->at[line->size - 1] = '\n';
}
