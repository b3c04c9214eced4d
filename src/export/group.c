/* SPDX-License-Identifier: Apache-2.0 */
/* One group of events. Its events are one question, in the order of their ids, which is the order they lie in; its parties another, in the
   same order, so that the two are laid side by side; who is named is read once and kept, and so is a page while its group is at hand. Sorting is done here, of pointers: SQLite
   would copy every row for it. */
#include "export/group.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP_BUDGET = 1 << 30, KNOWN_ENOUGH = 64 << 20 };

/* A question of events: what finds parties and orders, whether it was asked for (?2 since, ?3 where, ?4 story), the columns of the event that
   the format has; then of its first telling the page; the range; the words. What a format does not need is not there. */
typedef enum cell { TEXT, WHOLE, NUMBER, FLAG } cell;
typedef struct column { ex_columns of; cell cell; size_t at; const char *event, *mention; } column;
#define COLUMN(of, cell, member, event, mention) {of, cell, offsetof(ex_event, member), event, mention}
#define SAME(of, cell, member, name) COLUMN(of, cell, member, "e." name, "x." name)
static const column columns[] = {
    COLUMN(EX_FACT, TEXT, story, NULL, "t.story"), COLUMN(EX_FACT, TEXT, id, NULL, "p.sha256 || ':' || x.ref"), SAME(EX_FACT, TEXT, realis, "realis"),
    SAME(EX_FACT, TEXT, earliest, "earliest"), SAME(EX_FACT, TEXT, latest, "latest"), SAME(EX_FACT, FLAG, negated, "negated"),
    SAME(EX_FACT, FLAG, background, "background"), SAME(EX_FACT, FLAG, mutual, "mutual"),
    SAME(EX_TYPE, TEXT, type, "type"), SAME(EX_TYPE, TEXT, mode, "mode"), SAME(EX_TYPE, TEXT, contexts, "contexts"), SAME(EX_TYPE, WHOLE, quad, "quad"),
    SAME(EX_TYPE, NUMBER, score, "score"), SAME(EX_CAMEO, TEXT, cameo, "cameo"), SAME(EX_CAMEO, NUMBER, goldstein, "goldstein"),
    COLUMN(EX_PLACE, TEXT, place, "e.where_name", "x.place"), COLUMN(EX_POINT, TEXT, place_country, "e.where_country", "x.place_country"),
    COLUMN(EX_POINT, TEXT, place_admin1, "e.where_admin1", NULL), SAME(EX_PLACE, WHOLE, geonames, "geonames"),
    COLUMN(EX_POINT, WHOLE, place_precision, "e.where_precision", NULL), SAME(EX_POINT, NUMBER, lat, "lat"), SAME(EX_POINT, NUMBER, lon, "lon"),
    COLUMN(EX_COUNTS, WHOLE, pages, "e.pages", "1"), COLUMN(EX_COUNTS, WHOLE, outlets, "e.outlets", "1"), COLUMN(EX_COUNTS, WHOLE, origins, "e.origins", "1"),
    COLUMN(EX_COUNTS, WHOLE, mentions, "e.tellings", "1"), COLUMN(EX_COUNTS, NUMBER, confidence, "e.confidence", "x.confidence / 1000.0")};
_Static_assert(sizeof columns / sizeof *columns <= EX_MOST_COLUMNS, "a reader has room for them");

#define ASKED(latest, country, story) "(?2 IS NULL OR " latest " >= ?2) AND (?3 IS NULL OR " country " IS ?3) AND (?4 IS NULL OR " story " IS ?4)"
#define PAGE ", " PAGE_OF_STORY
#define PAGE_OF_STORY "p.id, p.path, p.url, p.title, p.outlet, p.domain, p.language, coalesce(sp.day, p.day)"
#define TELLING ", e.first_page, e.first_ref"
#define RANGE ", x.evidence_begin, x.evidence_begin + x.evidence_size"
#define WORDS ", coalesce(x.evidence, (SELECT substr(s.text, x.sentence_at, x.sentence_size) FROM sentence_row s WHERE s.id = x.page << 20 | x.sentence)), x.trigger_text"
#define OF_EVENT " FROM story_event e"
#define OF_RANGE OF_EVENT " LEFT JOIN event_row x ON x.page = e.first_page AND x.ref = e.first_ref"
#define OF_STORY " WHERE e.story = ?1 ORDER BY e.id"
static const char asked_event[] = ASKED("coalesce(e.latest, e.earliest, '')", "e.where_country", "e.story");
static const char asked_mention[] = ASKED("coalesce(x.latest, x.earliest, '')", "x.place_country", "t.story");
static const char *const by_event[] = {
    [EX_NEEDS_EVENT] = OF_EVENT OF_STORY,
    [EX_NEEDS_PAGE] = TELLING OF_EVENT OF_STORY,
    [EX_NEEDS_DAY] = TELLING OF_EVENT OF_STORY,
    [EX_NEEDS_RANGE] = TELLING RANGE OF_RANGE OF_STORY,
    [EX_NEEDS_WORDS] = TELLING RANGE WORDS OF_RANGE OF_STORY};
static const char by_page[] = "SELECT id, path, url, title, outlet, domain, language, NULL FROM page WHERE id = ?2";
static const char by_day[] = "SELECT " PAGE_OF_STORY " FROM page p LEFT JOIN story_page sp ON sp.story = ?1 AND sp.page = p.id WHERE p.id = ?2";
/* Of an event whose first page is gone: the first that is left, and how many there are. */
static const char by_telling[] =
    "SELECT count(*) OVER ()" PAGE ", t.ref" RANGE WORDS " FROM told_in t JOIN page p ON p.id = t.page JOIN event_row x ON x.page = t.page AND x.ref = t.ref"
    " JOIN story_page sp ON sp.story = t.story AND sp.page = t.page WHERE t.story = ?1 AND t.event = ?2"
    " ORDER BY p.path, p.offset, p.sha256, p.url, x.begin, x.ref LIMIT 1";
static const char by_mention[] =
    PAGE ", x.ref" RANGE WORDS " FROM event_row x JOIN page p ON p.id = x.page LEFT JOIN told_in t ON t.page = x.page AND t.ref = x.ref"
    " LEFT JOIN story_page sp ON sp.page = x.page AND sp.story = t.story WHERE x.page = CAST(?1 AS INTEGER) AND x.repeats IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.page = x.page AND c.event = x.ref AND c.state = 'applied') ORDER BY x.ref";
enum { AT_KEY, AT_ORDER, AT_ASKED, AT_EVENT, PAGE_COLUMNS = 8, RANGE_COLUMNS = 2 };

static const char parties_of_story[] = "SELECT event, role, who, text FROM story_party_row WHERE story = ?1 ORDER BY event, role, place";
static const char parties_of_page[] =
    "SELECT ref, role, who, coalesce(antecedent, text) FROM party_row WHERE page = CAST(?1 AS INTEGER) AND role < 2 ORDER BY ref, role, place";
static const char by_id[] = "SELECT entity, name, country, sector, grp, office FROM who WHERE id = ?1";

/* ---- Cells ---------------------------------------------------------------------------------------------------- */

/* Copied: other questions are asked before it is written. What finds no room is an error, never an empty cell. */
static an_text text_in(ex_reader *r, an_arena *arena, sqlite3_stmt *s, int i) {
  const char *at = (const char *)sqlite3_column_text(s, i);
  if (at == NULL) {
    if (sqlite3_column_type(s, i) != SQLITE_NULL) r->short_of = true;
    return (an_text){NULL, 0};
  }
  an_text copy = an_arena_copy(arena, at, (size_t)sqlite3_column_bytes(s, i));
  if (copy.at == NULL) r->short_of = true;
  return copy;
}

static void texts_of(ex_reader *r, sqlite3_stmt *s, int at, an_text *const *texts, size_t count) {
  for (size_t i = 0; i < count; i++) *texts[i] = text_in(r, &r->arena, s, at + (int)i);
}

static int64_t whole(sqlite3_stmt *s, int i) { return sqlite3_column_type(s, i) == SQLITE_NULL ? -1 : sqlite3_column_int64(s, i); }
static double number(sqlite3_stmt *s, int i) { return sqlite3_column_type(s, i) == SQLITE_NULL ? NAN : sqlite3_column_double(s, i); }

/* The next row; false: there is none, or what went wrong is noted with the record and told behind the group. */
bool ex_next_row(const ex_reader *r, sqlite3_stmt *question) {
  int code = sqlite3_step(question);
  if (code != SQLITE_ROW && code != SQLITE_DONE) r->record->failed = sqlite3_extended_errcode(r->record->db);
  return code == SQLITE_ROW && !r->short_of;
}

sqlite3_stmt *ex_own(ex_reader *r, const char *sql) { /* NULL where it cannot be prepared: to ask that fails, which next_row tells */
  if (r->own == NULL) sqlite3_prepare_v3(r->record->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &r->own, NULL);
  sqlite3_reset(r->own);
  return r->own;
}

static void ask(sqlite3_stmt *question, int at, an_text text) {
  if (at == 1) sqlite3_reset(question);
  sqlite3_bind_text(question, at, text.at, (int)text.size, SQLITE_STATIC);
}

/* ---- Who ------------------------------------------------------------------------------------------------------ */

static void forget_people(ex_reader *r) {
  an_arena_reset(&r->known);
  r->known_at = (an_map){0};
  r->people.at = NULL;
  r->people.count = r->people.capacity = 0;
}

const ex_party *ex_person(ex_reader *r, int64_t id) {
  uint64_t key = ((uint64_t)id ^ (UINT64_C(1) << 63)) * UINT64_C(0x9E3779B97F4A7C15); /* an odd factor: no two ids have one key */
  uint32_t at = key == 0 ? AN_NONE : an_map_get(&r->known_at, key, AN_NONE);
  if (at != AN_NONE) return &r->people.at[at];
  sqlite3_reset(r->person);
  sqlite3_bind_int64(r->person, 1, id);
  if (key == 0 || !ex_next_row(r, r->person)) return NULL;
  ex_party *fresh = AN_PUSH(&r->known, &r->people);
  uint32_t *place = fresh == NULL ? NULL : an_map_put(&r->known, &r->known_at, key, r->people.count - 1);
  if (place == NULL) {
    r->short_of = true;
    return NULL;
  }
  *fresh = (ex_party){0};
  an_text *const cells[] = {&fresh->entity, &fresh->name, &fresh->country, &fresh->sector, &fresh->group, &fresh->office};
  for (int i = 0; i < 6; i++) *cells[i] = text_in(r, &r->known, r->person, i);
  return fresh;
}

/* ---- The group ------------------------------------------------------------------------------------------------ */

static void read_parties(ex_reader *r, an_text group) {
  r->party_of.at = NULL;
  r->party.at = NULL;
  r->party_of.count = r->party_of.capacity = r->party.count = r->party.capacity = 0;
  ask(r->parties, 1, group);
  while (ex_next_row(r, r->parties)) {
    const ex_party *person = ex_person(r, sqlite3_column_int64(r->parties, 2));
    if (person == NULL) continue;
    ex_party_of *of = AN_PUSH(&r->arena, &r->party_of);
    ex_party *party = of == NULL ? NULL : AN_PUSH(&r->arena, &r->party);
    if (party == NULL) {
      r->short_of = true;
      return;
    }
    *of = (ex_party_of){text_in(r, &r->arena, r->parties, 0), sqlite3_column_int(r->parties, 1) == AN_ACTOR};
    *party = *person;
    party->text = sqlite3_column_type(r->parties, 3) == SQLITE_NULL ? person->name : text_in(r, &r->arena, r->parties, 3);
  }
}

static void read_event(ex_reader *r, sqlite3_stmt *s, ex_event *e) {
  *e = (ex_event){.quad = -1, .geonames = -1, .pages = -1, .outlets = -1, .origins = -1, .mentions = -1, .place_precision = -1, .begin = -1, .end = -1,
                  .page = -1, .score = NAN, .goldstein = NAN, .lat = NAN, .lon = NAN, .confidence = NAN};
  for (uint32_t i = 0; i < r->column_count; i++) {
    const column *c = &columns[r->columns[i]];
    int at = AT_EVENT + (int)i;
    void *to = (char *)e + c->at;
    if (c->cell == TEXT) *(an_text *)to = text_in(r, &r->arena, s, at);
    else if (c->cell == WHOLE) *(int64_t *)to = whole(s, at);
    else if (c->cell == NUMBER) *(double *)to = number(s, at);
    else *(bool *)to = sqlite3_column_int(s, at) != 0;
  }
}

static void read_page(ex_reader *r, sqlite3_stmt *s, int at, ex_page *page) {
  an_text *const texts[] = {&page->path, &page->url, &page->title, &page->outlet, &page->domain, &page->language, &page->published};
  texts_of(r, s, at, texts, sizeof texts / sizeof *texts);
}

static const ex_page *page_of(ex_reader *r, an_text story, int64_t id) { /* NULL: it is gone */
  uint64_t key = (uint64_t)id + 1;
  uint32_t at = id < 0 ? AN_NONE : an_map_get(&r->pages_at, key, AN_NONE);
  if (id < 0 || at != AN_NONE) return id < 0 ? NULL : &r->pages.at[at];
  ask(r->page, 1, story);
  sqlite3_bind_int64(r->page, 2, id);
  if (!ex_next_row(r, r->page)) return NULL;
  ex_page *fresh = AN_PUSH(&r->arena, &r->pages);
  if (fresh == NULL || an_map_put(&r->arena, &r->pages_at, key, r->pages.count - 1) == NULL) {
    r->short_of = true;
    return NULL;
  }
  read_page(r, r->page, 1, fresh);
  return fresh;
}

static void give_page(ex_event *e, int64_t id, const ex_page *page) {
  e->page = id;
  e->path = page->path;
  e->url = page->url;
  e->title = page->title;
  e->outlet = page->outlet;
  e->domain = page->domain;
  e->published = page->published;
  e->language = page->language;
}

/* Range and words, as far as the question has them, in the columns from `at`. */
static void read_words(ex_reader *r, sqlite3_stmt *s, int at, ex_event *e) {
  an_text *const words[] = {&e->evidence, &e->trigger};
  int count = sqlite3_column_count(s);
  if (count > at) e->begin = whole(s, at);
  if (count > at) e->end = whole(s, at + 1);
  if (count > at + RANGE_COLUMNS) texts_of(r, s, at + RANGE_COLUMNS, words, 2);
}

/* A telling whose page is in the columns from `at`, and the rest behind it. */
static void read_telling(ex_reader *r, sqlite3_stmt *s, int at, ex_event *e) {
  ex_page page = {0};
  read_page(r, s, at + 1, &page);
  give_page(e, whole(s, at), &page);
  e->ref = text_in(r, &r->arena, s, at + PAGE_COLUMNS);
  read_words(r, s, at + PAGE_COLUMNS + 1, e);
}

static void read_left(ex_reader *r, ex_event *e) {
  ask(r->left, 1, e->story);
  ask(r->left, 2, e->id);
  e->mentions = 0;
  if (!ex_next_row(r, r->left)) return;
  e->mentions = sqlite3_column_int64(r->left, 0);
  read_telling(r, r->left, 1, e);
}

/* What a format of facts alone leaves out: nobody asks where it is told. */
static bool is_no_fact(const ex_event *e) { return e->negated || e->background || !(an_text_is(e->realis, "happened") || an_text_is(e->realis, "ongoing")); }

/* The first telling of the event that was just read. */
static void find_telling(ex_reader *r, ex_event *e) {
  int at = AT_EVENT + (int)r->column_count;
  if (r->facts && is_no_fact(e)) return;
  if (r->mentions) {
    read_telling(r, r->events, at, e);
    return;
  }
  int64_t id = whole(r->events, at);
  const ex_page *page = page_of(r, e->story, id);
  if (page == NULL) {
    read_left(r, e);
    return;
  }
  give_page(e, id, page);
  e->ref = text_in(r, &r->arena, r->events, at + 1);
  read_words(r, r->events, at + 2, e);
}

static void read_events(ex_reader *r, ex_out *out, an_text group) {
  r->rows.at = NULL;
  r->rows.count = r->rows.capacity = 0;
  ask(r->events, 1, group);
  while (ex_next_row(r, r->events)) {
    if (sqlite3_column_int(r->events, AT_ASKED) == 0) {
      out->counts.not_asked++;
      continue;
    }
    ex_row *row = AN_NEW(&r->arena, ex_row, 1), **place = row == NULL ? NULL : AN_PUSH(&r->arena, &r->rows);
    if (place == NULL) {
      r->short_of = true;
      return;
    }
    *place = row;
    row->key = text_in(r, &r->arena, r->events, AT_KEY);
    row->order = sqlite3_column_int64(r->events, AT_ORDER);
    row->index = r->rows.count;
    read_event(r, r->events, &row->event);
    if (!r->mentions) row->event.story = group;
    if (!r->mentions) row->event.id = row->key;
    if (r->has_page) find_telling(r, &row->event);
  }
}

/* Both lie in the order of their events. */
static void give_parties(ex_reader *r) {
  uint32_t at = 0, count = r->party_of.count;
  for (uint32_t i = 0; i < r->rows.count; i++) {
    ex_row *row = r->rows.at[i];
    ex_event *e = &row->event;
    while (at < count && an_text_compare(r->party_of.at[at].event, row->key) < 0) at++;
    uint32_t end = at, acting = at;
    while (end < count && an_text_equal(r->party_of.at[end].event, row->key)) acting += r->party_of.at[end++].acts;
    e->actors = &r->party.at[at];
    e->actor_count = acting - at < EX_PARTIES ? acting - at : EX_PARTIES;
    e->recipients = &r->party.at[acting];
    e->recipient_count = end - acting < EX_PARTIES ? end - acting : EX_PARTIES;
  }
}

static int by_order(const void *a, const void *b) {
  const ex_row *x = *(ex_row *const *)a, *y = *(ex_row *const *)b;
  return x->order != y->order ? (x->order > y->order) - (x->order < y->order) : (x->index > y->index) - (x->index < y->index);
}

an_status ex_read_group(ex_reader *r, ex_out *out, an_text group, an_error *err) {
  an_arena_reset(&r->arena);
  if (r->known.used > KNOWN_ENOUGH) forget_people(r);
  r->names.at = NULL;
  r->names.count = r->names.capacity = 0;
  r->names_at = (an_map){0};
  r->pages.at = NULL;
  r->pages.count = r->pages.capacity = 0;
  r->pages_at = (an_map){0};
  read_parties(r, group);
  read_events(r, out, group);
  AN_TRY(an_record_check(r->record, "read", err));
  if (r->short_of) return an_fail(err, AN_ERR_LIMIT, "export", "the events of one %s need more memory than is allowed", r->mentions ? "page" : "story");
  give_parties(r);
  if (r->rows.count > 1) qsort(r->rows.at, r->rows.count, sizeof *r->rows.at, by_order);
  return AN_OK;
}

/* ---- Begin and end -------------------------------------------------------------------------------------------- */

static void bind_z(sqlite3_stmt *s, int at, const char *z) { sqlite3_bind_text(s, at, z, -1, SQLITE_STATIC); } /* NULL: SQL's NULL */

/* The question of the events of a group, with the columns asked for. Where all are asked for, no row is looked at for it. */
static void events_sql(ex_reader *r, const ex_out *out, ex_needs needs, ex_columns asked, an_buf *sql) {
  bool all = out->options->since == NULL && out->options->where == NULL && out->story == NULL;
  an_buf_z(sql, r->mentions ? "SELECT x.ref, x.begin, " : "SELECT e.id, e.place, ");
  an_buf_z(sql, all ? "1" : r->mentions ? asked_mention : asked_event);
  r->column_count = 0;
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    const char *name = r->mentions ? columns[i].mention : columns[i].event;
    if (name == NULL || (columns[i].of & asked) == 0) continue;
    an_buf_printf(sql, ", %s", name);
    r->columns[r->column_count++] = (uint8_t)i;
  }
  an_buf_z(sql, r->mentions ? by_mention : by_event[needs]);
}

int ex_reader_open(ex_reader *r, const ex_out *out, bool mentions, ex_needs needs, ex_columns asked) {
  if (out->options->no_text && needs == EX_NEEDS_WORDS) needs = EX_NEEDS_RANGE;
  r->mentions = mentions;
  r->facts = (asked & EX_FACTS_ONLY) != 0;
  r->has_page = mentions || needs >= EX_NEEDS_PAGE;
  an_buf events;
  an_buf_init(&events, 1 << 16);
  events_sql(r, out, needs, asked | EX_FACT, &events);
  const struct { sqlite3_stmt **statement; const char *sql; } all[] = {{&r->events, events.at},
      {&r->parties, mentions ? parties_of_page : parties_of_story}, {&r->page, needs == EX_NEEDS_DAY ? by_day : by_page}, {&r->left, by_telling}, {&r->person, by_id}};
  int code = events.failed ? SQLITE_NOMEM : SQLITE_OK;
  for (size_t i = 0; i < sizeof all / sizeof *all && code == SQLITE_OK; i++)
    code = sqlite3_prepare_v3(r->record->db, all[i].sql, -1, SQLITE_PREPARE_PERSISTENT, all[i].statement, NULL);
  an_buf_free(&events);
  bind_z(r->events, 2, out->options->since);
  bind_z(r->events, 3, out->options->where);
  bind_z(r->events, 4, out->story);
  an_buf_init(&r->joined, GROUP_BUDGET);
  an_arena_init(&r->arena, GROUP_BUDGET);
  an_arena_init(&r->known, GROUP_BUDGET);
  return code;
}

void ex_reader_close(ex_reader *r) {
  sqlite3_stmt *const all[] = {r->events, r->parties, r->page, r->left, r->person, r->own};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
  an_buf_free(&r->joined);
  an_arena_free(&r->arena);
  an_arena_free(&r->known);
}
