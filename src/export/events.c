/* SPDX-License-Identifier: Apache-2.0 */
/* Events with their parties and first tellings, story by story (of mentions: page by page), for all formats that have events.

   Groups (a story, or a page) are read by several threads, each with a connection of its own, all at one state of the record. A
   thread draws 64 groups at once, makes their lines and waits for its turn, so that the output is the same for any number of threads. */
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "export/export.h"

enum { GROUP_BUDGET = 1 << 30, GROUPS_A_TURN = 64, MAX_READERS = 64, TRIES = 8 };

/* Events of a story come in its order; whom they are of, its pages and where each event is told is asked once a story and laid beside
   them, so that of one event only the words of its first telling (by the page's path, then by place in the page) are left to find. Of
   mentions a page is the group. The last columns: whether the event was asked for (?2 since, ?3 where, ?4 story), and of mentions its id
   in the page. */
static const char stories_in_order[] = "SELECT id FROM story WHERE ?1 IS NULL OR id = ?1 ORDER BY coalesce(earliest, latest, '9999'), id";
static const char by_event[] =
    "SELECT e.story, e.id, e.type, e.mode, e.contexts, e.cameo, e.realis, e.earliest, e.latest, e.where_name, e.where_country, e.where_admin1,"
    " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, e.quad, e.geonames, e.pages, e.outlets, e.origins, NULL, e.where_precision, NULL, NULL, NULL,"
    " e.score, e.goldstein, e.lat, e.lon, e.confidence, e.negated, e.background, e.mutual,"
    " (?2 IS NULL OR coalesce(e.latest, e.earliest, '') >= ?2) AND (?3 IS NULL OR e.where_country IS ?3) AND (?4 IS NULL OR e.story IS ?4)"
    " FROM story_event e WHERE e.story = ?1 ORDER BY e.place";
static const char told_of_story[] = "SELECT event, page, ref FROM told_in WHERE story = ?1 ORDER BY event, page, ref";
static const char pages_of_story[] =
    "SELECT p.id, p.path, p.url, p.title, p.outlet, p.domain, coalesce(sp.day, p.day), p.language FROM story_page sp JOIN page p ON p.id = sp.page"
    " WHERE sp.story = ?1 ORDER BY p.path, p.offset, p.sha256, p.url";
static const char begin_of_telling[] = "SELECT begin FROM event_row WHERE page = ?1 AND ref = ?2";
static const char telling[] = "SELECT x.evidence_begin, x.evidence_end, x.evidence, x.trigger_text FROM event x WHERE x.page = ?1 AND x.ref = ?2";
static const char pages_in_order[] =
    "SELECT CAST(id AS TEXT) FROM page WHERE stamp = (SELECT value FROM meta WHERE key = 'stamp') AND ?1 IS ?1 ORDER BY path, offset, sha256, url";
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

enum { COLUMN_ASKED = 39, PAGE_TEXTS = 7 };  /* and behind COLUMN_ASKED, of mentions, the id of the event in its page */

typedef struct of_event { an_text event; ex_party party; bool acts; } of_event;
typedef struct of_page { int64_t id; uint32_t rank; an_text texts[PAGE_TEXTS]; } of_page;
typedef struct told_first { an_text event, ref; const of_page *page; int64_t begin, count; } told_first; /* begin: -1: not asked yet */
typedef struct asked {
  sqlite3_stmt *events, *parties, *pages, *told, *begin, *telling;
  an_record *record; an_text group; bool mentions, short_of;
  an_arena arena;                        /* of the group at hand */
  AN_LIST(of_event) parties_of;          /* by event */
  AN_LIST(of_page) pages_of;             /* by id */
  AN_LIST(told_first) first;             /* by event */
} asked;

/* The next row; false: there is none, or what went wrong is noted with the record and told behind the group. */
static bool next_row(const asked *a, sqlite3_stmt *question) {
  int code = sqlite3_step(question);
  if (code != SQLITE_ROW && code != SQLITE_DONE) a->record->failed = sqlite3_extended_errcode(a->record->db);
  return code == SQLITE_ROW;
}

static void ask(sqlite3_stmt *question, an_text group) {
  sqlite3_reset(question);
  sqlite3_bind_text(question, 1, group.at, (int)group.size, SQLITE_STATIC);
}

static void ask_telling(sqlite3_stmt *question, int64_t page, an_text ref) {
  sqlite3_reset(question);
  sqlite3_bind_int64(question, 1, page);
  sqlite3_bind_text(question, 2, ref.at, (int)ref.size, SQLITE_STATIC);
}

static void load_parties_of(asked *a) {
  a->parties_of.at = NULL;
  a->parties_of.count = a->parties_of.capacity = 0;
  ask(a->parties, a->group);
  while (next_row(a, a->parties)) {
    of_event *p = AN_PUSH(&a->arena, &a->parties_of);
    if (p == NULL) { a->short_of = true; return; }
    an_text *const cells[] = {&p->party.text, &p->party.entity, &p->party.name, &p->party.country, &p->party.sector, &p->party.group, &p->party.office};
    p->event = column(&a->arena, a->parties, 0);
    p->acts = sqlite3_column_int(a->parties, 1) == AN_ACTOR;
    for (int i = 0; i < 7; i++) *cells[i] = column(&a->arena, a->parties, i + 2);
  }
}

static int by_id(const void *a, const void *b) {
  int64_t left = ((const of_page *)a)->id, right = ((const of_page *)b)->id;
  return (left > right) - (left < right);
}

static void load_pages_of(asked *a) {
  a->pages_of.at = NULL;
  a->pages_of.count = a->pages_of.capacity = 0;
  ask(a->pages, a->group);
  while (next_row(a, a->pages)) {
    of_page *p = AN_PUSH(&a->arena, &a->pages_of);
    if (p == NULL) { a->short_of = true; return; }
    p->id = sqlite3_column_int64(a->pages, 0);
    p->rank = a->pages_of.count;
    for (int i = 0; i < PAGE_TEXTS; i++) p->texts[i] = column(&a->arena, a->pages, i + 1);
  }
  if (a->pages_of.count > 1) qsort(a->pages_of.at, a->pages_of.count, sizeof *a->pages_of.at, by_id);
}

static const of_page *find_page(const asked *a, int64_t id) {
  const of_page wanted = {.id = id};
  return a->pages_of.count == 0 ? NULL : bsearch(&wanted, a->pages_of.at, a->pages_of.count, sizeof wanted, by_id);
}

static int64_t begin_of(const asked *a, const of_page *page, an_text ref) {
  ask_telling(a->begin, page->id, ref);
  return next_row(a, a->begin) ? sqlite3_column_int64(a->begin, 0) : INT64_MAX;
}

/* Does the telling at hand stand before the first so far? A page that tells an event twice, which is rare, is asked where. */
static bool is_first(const asked *a, told_first *so_far, const of_page *page, an_text ref) {
  if (page != so_far->page) return page->rank < so_far->page->rank;
  if (so_far->begin < 0) so_far->begin = begin_of(a, page, so_far->ref);
  int64_t begin = begin_of(a, page, ref);
  return begin < so_far->begin || (begin == so_far->begin && an_text_compare(ref, so_far->ref) < 0);
}

static void load_first_tellings(asked *a) {
  a->first.at = NULL;
  a->first.count = a->first.capacity = 0;
  ask(a->told, a->group);
  while (next_row(a, a->told)) {
    told_first *last = a->first.count == 0 ? NULL : &a->first.at[a->first.count - 1];
    an_text event = {(const char *)sqlite3_column_text(a->told, 0), (uint32_t)sqlite3_column_bytes(a->told, 0)};
    an_text ref = {(const char *)sqlite3_column_text(a->told, 2), (uint32_t)sqlite3_column_bytes(a->told, 2)};
    const of_page *page = find_page(a, sqlite3_column_int64(a->told, 1));
    if (page == NULL) continue;
    if (last != NULL && an_text_equal(last->event, event)) {
      last->count++;
      if (!is_first(a, last, page, ref)) continue;
    } else if ((last = AN_PUSH(&a->arena, &a->first)) != NULL) {
      last->event = an_arena_copy(&a->arena, event.at, event.size);
      last->count = 1;
    } else {
      a->short_of = true;
      return;
    }
    last->page = page;
    last->ref = an_arena_copy(&a->arena, ref.at, ref.size);
    last->begin = -1;
  }
}

static void load_group(asked *a) {
  an_arena_reset(&a->arena);
  load_parties_of(a);
  if (a->mentions) return;
  load_pages_of(a);
  load_first_tellings(a);
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
  e->page = t->page->id;
  for (int i = 0; i < PAGE_TEXTS; i++) *texts[i] = t->page->texts[i];
  ask_telling(a->telling, e->page, t->ref);
  if (next_row(a, a->telling)) {
    e->begin = whole(a->telling, 0);
    e->end = whole(a->telling, 1);
    if (!out->options->no_text) e->evidence = column(&out->arena, a->telling, 2);
    if (!out->options->no_text) e->trigger = column(&out->arena, a->telling, 3);
  }
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

/* The events of one group. Returns what SQLite said at the end. */
static int take_group(ex_out *out, asked *a, ex_take *take, an_status *status, an_error *err) {
  static const ex_event nothing;
  ex_event event;
  int code = SQLITE_ROW;
  load_group(a);
  ask(a->events, a->group);
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

static int prepare(const ex_out *out, asked *a) {
  const struct { sqlite3_stmt **statement; const char *sql; } all[] = {
      {&a->events, a->mentions ? by_mention : by_event}, {&a->parties, a->mentions ? parties_of_page : parties_of_story},
      {&a->pages, pages_of_story}, {&a->told, told_of_story}, {&a->begin, begin_of_telling}, {&a->telling, telling}};
  int code = SQLITE_OK;
  for (size_t i = 0; i < sizeof all / sizeof *all && code == SQLITE_OK; i++)
    code = sqlite3_prepare_v3(out->record->db, all[i].sql, -1, SQLITE_PREPARE_PERSISTENT, all[i].statement, NULL);
  bind_z(a->events, 2, out->options->since);
  bind_z(a->events, 3, out->options->where);
  bind_z(a->events, 4, out->story);
  return code;
}

static void close_asked(asked *a) {
  sqlite3_stmt *const all[] = {a->events, a->parties, a->pages, a->told, a->begin, a->telling};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
  an_arena_free(&a->arena);
}

/* ---- Readers ------------------------------------------------------------------------------------------- */

typedef struct crew {
  ex_out *out; ex_take *take; bool mentions;
  an_arena arena; AN_LIST(an_text) groups;
  pthread_mutex_t lock; pthread_cond_t turned;
  uint32_t drawn, turn;                  /* in GROUPS_A_TURN: what is drawn next, whose lines are written next */
  an_error error;                        /* the first by order; nothing later is written */
} crew;
typedef struct reader { crew *crew; an_record *record; pthread_t thread; } reader;

static an_status load_groups(crew *c, an_error *err) {
  sqlite3_stmt *groups = NULL;
  int code = sqlite3_prepare_v2(c->out->record->db, c->mentions ? pages_in_order : stories_in_order, -1, &groups, NULL);
  if (code == SQLITE_OK) bind_z(groups, 1, c->out->story);
  while (code == SQLITE_OK && (code = sqlite3_step(groups)) == SQLITE_ROW) {
    an_text *group = AN_PUSH(&c->arena, &c->groups);
    if (group != NULL) *group = column(&c->arena, groups, 0);
    code = group == NULL || group->at == NULL ? SQLITE_NOMEM : SQLITE_OK;
  }
  if (code != SQLITE_DONE) c->out->record->failed = code == SQLITE_NOMEM ? code : sqlite3_extended_errcode(c->out->record->db);
  sqlite3_finalize(groups);
  return an_record_check(c->out->record, "read", err);
}

static an_status keep_line(void *to, const char *line, size_t size) {
  an_buf *lines = to;
  an_buf_add(lines, line, size);
  return lines->failed ? AN_ERR_MEMORY : AN_OK;
}

static bool draw(crew *c, uint32_t *turn) {
  pthread_mutex_lock(&c->lock);
  bool drawn = c->error.status == AN_OK && c->drawn * GROUPS_A_TURN < c->groups.count;
  if (drawn) *turn = c->drawn++;
  pthread_mutex_unlock(&c->lock);
  return drawn;
}

static void add_counts(an_export_counts *to, const an_export_counts *of) {
  to->written += of->written;
  to->not_happened += of->not_happened;
  to->background += of->background;
  to->no_day += of->no_day;
  to->no_parties += of->no_parties;
  to->not_asked += of->not_asked;
}

static void hand_on(crew *c, uint32_t turn, const an_buf *lines, const an_export_counts *counts, const an_error *failed) {
  pthread_mutex_lock(&c->lock);
  while (c->turn != turn) pthread_cond_wait(&c->turned, &c->lock);
  if (c->error.status == AN_OK) {
    c->error = *failed;
    add_counts(&c->out->counts, counts);
    an_status status = lines->size == 0 ? AN_OK : c->out->write(c->out->to, lines->at, lines->size);
    if (status != AN_OK) c->error.status = an_fail(&c->error, status, "export", "the output could not be written");
  }
  c->turn++;
  pthread_cond_broadcast(&c->turned);
  pthread_mutex_unlock(&c->lock);
}

static void take_turn(crew *c, ex_out *out, asked *a, uint32_t turn, an_error *failed) {
  uint32_t begin = turn * GROUPS_A_TURN, end = c->groups.count - begin < GROUPS_A_TURN ? c->groups.count : begin + GROUPS_A_TURN;
  an_status status = AN_OK;
  for (uint32_t i = begin; i < end && status == AN_OK; i++) {
    a->group = c->groups.at[i];
    int code = take_group(out, a, c->take, &status, failed);
    if (code != SQLITE_DONE && code != SQLITE_ROW) out->record->failed = sqlite3_extended_errcode(out->record->db);
    if (status == AN_OK) status = an_record_check(out->record, "read", failed);
  }
  failed->status = status;
}

static void *read_groups(void *ctx) {
  const reader *r = ctx;
  crew *c = r->crew;
  an_buf lines;
  ex_out out = {.record = r->record, .options = c->out->options, .story = c->out->story, .write = keep_line, .to = &lines};
  asked a = {.record = r->record, .mentions = c->mentions};
  an_buf_init(&lines, (size_t)1 << 30);
  an_buf_init(&out.line, (size_t)1 << 30);
  an_arena_init(&out.arena, EX_EVENT_BUDGET);
  an_arena_init(&a.arena, GROUP_BUDGET);
  if (prepare(&out, &a) != SQLITE_OK) r->record->failed = sqlite3_extended_errcode(r->record->db);
  for (uint32_t turn; draw(c, &turn);) {
    an_error failed = {0};
    failed.status = an_record_check(r->record, "read", &failed);
    out.counts = (an_export_counts){0};
    an_buf_clear(&lines);
    if (failed.status == AN_OK) take_turn(c, &out, &a, turn, &failed);
    hand_on(c, turn, &lines, &out.counts, &failed);
  }
  close_asked(&a);
  an_arena_free(&out.arena);
  an_buf_free(&out.line);
  an_buf_free(&lines);
  return NULL;
}

static int64_t state_of(sqlite3 *db) { /* another number after another connection has written */
  sqlite3_stmt *s = NULL;
  int64_t state = sqlite3_prepare_v2(db, "PRAGMA data_version", -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
  sqlite3_finalize(s);
  return state;
}

static bool hold(sqlite3 *db) { return sqlite3_exec(db, "BEGIN; SELECT count(*) FROM meta", NULL, NULL, NULL) == SQLITE_OK; }
static void let_go(sqlite3 *db) { if (sqlite3_get_autocommit(db) == 0) sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL); }

/* All connections at one state: nobody wrote between the first look and the last. Where a writer is too busy, one reader is left. */
static uint32_t hold_all(reader *readers, uint32_t count) {
  for (int tries = 0; count > 1 && tries < TRIES; tries++) {
    int64_t state = state_of(readers[0].record->db);
    bool held = state >= 0;
    for (uint32_t i = count; i-- > 0 && held;) held = hold(readers[i].record->db);
    if (held && state_of(readers[0].record->db) == state) return count;
    for (uint32_t i = 0; i < count; i++) let_go(readers[i].record->db);
  }
  hold(readers[0].record->db);
  return 1;
}

an_status ex_events(ex_out *out, an_export_unit unit, ex_take *take, an_error *err) {
  crew c = {.out = out, .take = take, .mentions = unit == AN_UNIT_MENTION};
  reader readers[MAX_READERS] = {{.crew = &c, .record = out->record}};
  uint32_t wanted = out->options->threads < 1 || out->story != NULL ? 1 : out->options->threads < MAX_READERS ? out->options->threads : MAX_READERS;
  bool in_batch = sqlite3_get_autocommit(out->record->db) == 0; /* the caller's own: it sees what nobody else does, and stays open */
  uint32_t opened = 1, started = 1;
  an_error ignored;
  while (!in_batch && opened < wanted && an_record_open(out->record->path, &readers[opened].record, &ignored) == AN_OK) readers[opened++].crew = &c;
  uint32_t count = in_batch ? 1 : hold_all(readers, opened);
  an_arena_init(&c.arena, GROUP_BUDGET);
  pthread_mutex_init(&c.lock, NULL);
  pthread_cond_init(&c.turned, NULL);
  an_status status = load_groups(&c, err);
  if (status == AN_OK) {
    while (started < count && pthread_create(&readers[started].thread, NULL, read_groups, &readers[started]) == 0) started++;
    read_groups(&readers[0]);
    for (uint32_t i = 1; i < started; i++) pthread_join(readers[i].thread, NULL);
    status = c.error.status;
    if (status != AN_OK && err != NULL) *err = c.error;
  }
  if (!in_batch) let_go(out->record->db);
  for (uint32_t i = 1; i < opened; i++) an_record_close(readers[i].record);
  pthread_cond_destroy(&c.turned);
  pthread_mutex_destroy(&c.lock);
  an_arena_free(&c.arena);
  return status;
}
