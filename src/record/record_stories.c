/* SPDX-License-Identifier: Apache-2.0 */
/* A generation: the stories of all readings of the record, written as one transaction, so that readers see the last finished one.
   What was found of a page is in `sketch`: digests are read, and stories formed, only where something new touches a page. */
#include "record/record.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CORRECTIONS_BUDGET = 64 << 20 };

typedef struct former { an_record *record; int64_t generation, story, *pages; uint32_t room; } former; /* story: the number of the one at hand; pages: of its readings */

/* ---- Rows of one story -------------------------------------------------------------------------------- */

static int64_t find_page(an_record *record, const an_story_reading *reading) {
  char hex[65];
  an_sha256_hex(reading->sha256, hex);
  an_row row = an_row_begin(record, SQL_FIND_PAGE);
  an_row_z(&row, hex);
  an_row_text(&row, reading->url);
  int64_t id = an_row_next(&row) ? sqlite3_column_int64(row.statement, 0) : 0;
  an_row_end(&row);
  return id;
}

static void find_pages(former *f, const an_story *story) {
  if (story->reading_count > f->room) {
    free(f->pages);
    f->room = story->reading_count;
    f->pages = malloc(f->room * sizeof *f->pages);
    if (f->pages == NULL) an_record_failed(f->record, SQLITE_NOMEM);
    if (f->pages == NULL) f->room = 0;
  }
  for (uint32_t i = 0; i < story->reading_count && f->pages != NULL; i++) f->pages[i] = find_page(f->record, &story->readings[i]);
}

static int64_t page_of(const former *f, const an_story *story, an_index reading) { return reading >= story->reading_count || f->pages == NULL ? 0 : f->pages[reading]; }

static void row_page(an_row *row, int64_t page) {
  if (page != 0) an_row_int(row, page);
  else an_row_null(row);
}

static void write_story(former *f, const an_story *story, an_text json) {
  an_row row = an_row_begin(f->record, SQL_ADD_STORY);
  an_row_text(&row, story->id);
  an_row_int(&row, f->generation);
  an_row_text(&row, story->headline);
  an_row_days(&row, story->when);
  an_row_texts(&row, story->where, story->where_count, "; ");
  an_row_packed(&row, AN_PACKED_STORY, 0, json.at, json.size);
  an_row_end(&row);
  f->story = sqlite3_last_insert_rowid(f->record->db);
  for (uint32_t i = 0; i < story->reading_count; i++) {
    const an_story_reading *reading = &story->readings[i];
    int64_t page = page_of(f, story, i), copy = page_of(f, story, reading->copy_of),
            version = page_of(f, story, reading->version_of);
    row = an_row_begin(f->record, SQL_ADD_STORY_PAGE);
    an_row_text(&row, story->id);
    row_page(&row, page);
    an_row_day(&row, reading->published.day);
    an_row_days(&row, reading->published.days);
    an_row_z(&row, an_basis_name(reading->published.basis));
    row_page(&row, copy);
    row_page(&row, version);
    row_page(&row, page_of(f, story, reading->most_like));
    an_row_text(&row, reading->shares);
    an_row_end(&row);
  }
}

static void write_event(former *f, const an_story *story, uint32_t index) {
  const an_story_event *row_of = &story->events[index];
  const an_event *event = &row_of->event;
  bool has_place = event->where.text.at != NULL || event->where.name.at != NULL;
  an_row row = an_row_begin(f->record, SQL_ADD_STORY_EVENT);
  an_row_text(&row, story->id);
  an_row_text(&row, row_of->id);
  an_row_int(&row, index);
  an_row_coding(&row, event);
  an_row_text(&row, event->where.name.size > 0 ? event->where.name : event->where.text);
  an_row_text(&row, event->where.country);
  an_row_text(&row, event->where.admin1);
  if (event->where.geonames != 0) an_row_int(&row, event->where.geonames);
  else an_row_null(&row);
  an_row_number(&row, has_place ? event->where.lat : NAN);
  an_row_number(&row, has_place ? event->where.lon : NAN);
  if (has_place) an_row_int(&row, event->where.precision);
  else an_row_null(&row);
  an_row_int(&row, row_of->pages);
  an_row_int(&row, row_of->outlets);
  an_row_int(&row, row_of->origins);
  an_row_number(&row, event->confidence / 1000.0);
  row_page(&row, row_of->told_count > 0 ? page_of(f, story, row_of->told[0].reading) : 0); /* of several the first is found when all are there */
  an_row_text(&row, row_of->told_count > 0 ? row_of->told[0].event : (an_text){NULL, 0});
  an_row_int(&row, row_of->told_count);
  an_row_end(&row);
}

static void write_event_parts(former *f, const an_story *story, const an_story_event *row_of) {
  char id[128];
  snprintf(id, sizeof id, "%.*s", (int)row_of->id.size, row_of->id.at);
  const an_event *event = &row_of->event;
  an_record_write_parties(f->record, 0, story->id, id, AN_ACTOR, event->actors, event->actor_count);
  an_record_write_parties(f->record, 0, story->id, id, AN_RECIPIENT, event->recipients, event->recipient_count);
  for (uint32_t i = 0; i < row_of->told_count; i++) {
    int64_t page = page_of(f, story, row_of->told[i].reading);
    an_row row = an_row_begin(f->record, SQL_ADD_TOLD);
    an_row_text(&row, story->id);
    an_row_text(&row, row_of->id);
    row_page(&row, page);
    an_row_text(&row, row_of->told[i].event);
    an_row_end(&row);
  }
}

static void write_comparison(former *f, const an_story *story, uint32_t index) {
  const an_comparison *comparison = &story->comparisons[index];
  an_row row = an_row_begin(f->record, SQL_ADD_COMPARISON);
  an_row_int(&row, f->story);
  an_row_int(&row, index);
  an_row_text(&row, comparison->id);
  an_row_text(&row, comparison->about);
  an_row_z(&row, an_comparison_kind_name(comparison->kind));
  an_row_z(&row, an_verdict_name(comparison->verdict));
  an_row_text(&row, comparison->why);
  an_row_end(&row);
  for (uint32_t i = 0; i < comparison->value_count; i++) {
    const an_compared_value *value = &comparison->values[i];
    int64_t page = page_of(f, story, value->reading);
    row = an_row_begin(f->record, SQL_ADD_VALUE);
    an_row_int(&row, f->story);
    an_row_int(&row, index);
    an_row_int(&row, i);
    row_page(&row, page);
    an_row_span(&row, value->span);
    an_row_text(&row, value->text);
    an_row_z(&row, value->has_value ? an_relation_name(value->relation) : NULL);
    an_row_number(&row, value->has_value ? value->value : NAN);
    an_row_text(&row, value->says);
    an_row_text(&row, value->according_to);
    an_row_int(&row, value->position);
    bool placed = value->position >= 1 && value->position <= comparison->position_count;
    const an_position *position = placed ? &comparison->positions[value->position - 1] : NULL;
    an_row_text(&row, placed ? position->says : (an_text){NULL, 0});
    an_row_texts(&row, placed ? position->origins : NULL, placed ? position->origin_count : 0, "; ");
    an_row_end(&row);
  }
}

static an_status take_story(void *ctx, const an_story *story, an_error *err) {
  former *f = ctx;
  f->record->counts.formed++;
  find_pages(f, story);
  an_buf json;
  an_buf_init(&json, (size_t)1 << 30);
  an_status status = an_story_json(story, an_record_into_buffer, &json, err);
  if (status == AN_OK) {
    write_story(f, story, (an_text){json.at, (uint32_t)(json.size - 1)});
    for (uint32_t i = 0; i < story->event_count; i++) {
      write_event(f, story, i);
      write_event_parts(f, story, &story->events[i]);
    }
    an_row first = an_row_begin(f->record, SQL_FIND_FIRST);
    an_row_text(&first, story->id);
    an_row_end(&first);
    for (uint32_t i = 0; i < story->comparison_count; i++) write_comparison(f, story, i);
    status = an_record_check(f->record, "write", err);
  }
  an_buf_free(&json);
  return status;
}

/* ---- The generation -------------------------------------------------------------------------------------- */

void an_record_keep_sketch(an_record *record, int64_t page, an_text found) {
  an_row row = an_row_begin(record, SQL_KEEP_SKETCH);
  an_row_int(&row, page);
  an_row_bytes(&row, found);
  an_row_end(&row);
}

static an_status keep_found(void *ctx, uint64_t page, an_text found, an_error *err) {
  former *f = ctx;
  if (found.size > 0) {
    an_record_keep_sketch(f->record, (int64_t)page, found);
  } else {
    an_row row = an_row_begin(f->record, SQL_DROP_SKETCH);
    an_row_int(&row, (int64_t)page);
    an_row_end(&row);
  }
  return an_record_check(f->record, "write", err);
}

static an_status take_digest(void *ctx, uint64_t page, an_digest *out, an_error *err) {
  an_record *record = ((former *)ctx)->record;
  an_text digest = {NULL, 0};
  int code = SQLITE_CORRUPT;
  an_row row = an_row_begin(record, SQL_GET_DIGEST);
  an_row_int(&row, (int64_t)page);
  if (an_row_next(&row))
    code = an_unpack(record->packer, AN_PACKED_DIGEST, (int64_t)page, sqlite3_column_blob(row.statement, 0), (size_t)sqlite3_column_bytes(row.statement, 0), &digest);
  an_row_end(&row);
  AN_TRY(an_record_check(record, "read", err));
  *out = (an_digest){(const uint8_t *)digest.at, digest.size};
  if (code == SQLITE_CORRUPT) return an_fail(err, AN_ERR_DATA, "record", "%s is damaged: a digest does not come out", record->path);
  if (code != SQLITE_OK) an_record_failed(record, code);
  return an_record_check(record, "read", err);
}

/* An empty sketch: no digest; of a page that an older stamp read nothing is formed. A page whose stamp is this one's again has its
   sketch and no story: that went with the other stamp. */
static const char all_pages[] =
    "SELECT p.id, s.found, p.id IN (SELECT page FROM temp.old_story_page) OR NOT EXISTS (SELECT 1 FROM story_page n WHERE n.page = p.id)"
    " FROM page p LEFT JOIN sketch s ON s.page = p.id"
    " WHERE p.stamp = ? AND CASE WHEN s.found IS NULL THEN EXISTS (SELECT 1 FROM reading r WHERE r.page = p.id AND r.digest IS NOT NULL)"
    " ELSE length(s.found) > 0 END ORDER BY p.id";

static an_status add_pages(an_record *record, an_stories *stories, uint64_t *pages, an_error *err) {
  sqlite3_stmt *statement = NULL;
  an_status status = AN_OK;
  int code = sqlite3_prepare_v2(record->db, all_pages, -1, &statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_text(statement, 1, record->stamp, -1, SQLITE_STATIC);
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    code = sqlite3_step(statement);
    if (code != SQLITE_ROW) break;
    an_error why = {0};
    an_text found = {sqlite3_column_blob(statement, 1), (uint32_t)sqlite3_column_bytes(statement, 1)};
    status = an_stories_add_page(stories, (uint64_t)sqlite3_column_int64(statement, 0), found, sqlite3_column_int(statement, 2) != 0, &why);
    if (status != AN_OK) an_fail(err, status, "record", "cannot form the stories of %s: %s", record->path, why.message);
    if (status != AN_OK) break;
    (*pages)++;
  }
  if (code != SQLITE_DONE && code != SQLITE_ROW) record->failed = sqlite3_extended_errcode(record->db);
  sqlite3_finalize(statement);
  return status != AN_OK ? status : an_record_check(record, "read", err);
}

/* ---- What is known already --------------------------------------------------------------------------- */

typedef struct story_id { char at[64]; } story_id;

static bool same_id(const story_id *a, const story_id *b) { return strcmp(a->at, b->at) == 0; }

static story_id story_of(an_record *record, uint64_t page) {
  story_id id = {{0}};
  an_row row = an_row_begin(record, SQL_STORY_OF);
  an_row_int(&row, (int64_t)page);
  if (an_row_next(&row)) {
    an_text story = an_row_get(&row, 0);
    snprintf(id.at, sizeof id.at, "%.*s", (int)story.size, story.at == NULL ? "" : story.at);
  }
  an_row_end(&row);
  return id;
}

/* The story holds just these pages. */
static bool is_whole(an_record *record, const story_id *story, uint32_t count) {
  bool whole = false;
  an_row row = an_row_begin(record, SQL_STORY_SIZE);
  an_row_z(&row, story->at);
  if (an_row_next(&row)) whole = sqlite3_column_int64(row.statement, 0) == (int64_t)count;
  an_row_end(&row);
  return whole;
}

static void with_story(an_record *record, an_sql sql, const story_id *story) {
  an_row row = an_row_begin(record, sql);
  an_row_z(&row, story->at);
  an_row_end(&row);
}

/* A page without a story is new. What its pages were in before is dropped when one of them moves, and its rows with it. */
static bool is_known(void *ctx, const uint64_t *pages, uint32_t count) {
  former *f = ctx;
  story_id first = story_of(f->record, pages[0]), last = {{0}};
  bool same = first.at[0] != '\0';
  for (uint32_t i = 1; i < count && same; i++) {
    story_id other = story_of(f->record, pages[i]);
    same = same_id(&first, &other);
  }
  if (same && is_whole(f->record, &first, count)) return true;
  for (uint32_t i = 0; i < count; i++) {
    story_id old = story_of(f->record, pages[i]);
    if (old.at[0] == '\0' || same_id(&old, &last)) continue;
    with_story(f->record, SQL_NOTE_STORY, &old);
    with_story(f->record, SQL_DROP_STORY, &old);
    last = old;
  }
  return false;
}

/* What became of the events of dropped stories is told in event_change. An event is known by its id alone: that is made of what tells it. */
#define ALL_OF_EVENTS                                                                                                   \
  "SELECT e.id AS event, e.story AS story, annals_hash(e.story, type, mode, contexts, cameo, realis, negated, background, mutual, e.earliest," \
  " e.latest, where_name, where_country, where_admin1, geonames, pages, outlets, origins, confidence, (SELECT group_concat(" \
  " annals_hash(role, text, entity, name, country, sector, grp, office)) FROM story_party y WHERE y.story = e.story AND y.event = e.id)) AS hash" \
  " FROM story_event e"
#define NOW "(SELECT max(run) FROM generation)"
static const char watch_events[] =
    "CREATE TEMP TABLE IF NOT EXISTS old_event(event TEXT PRIMARY KEY, story TEXT, hash TEXT) WITHOUT ROWID;"
    "CREATE TEMP TABLE IF NOT EXISTS old_told(event TEXT, page INTEGER, ref TEXT, PRIMARY KEY(event, page, ref)) WITHOUT ROWID;"
    "DELETE FROM old_event; DELETE FROM old_told;"
    "CREATE TEMP TRIGGER IF NOT EXISTS watch_story BEFORE DELETE ON main.story BEGIN"
    "  INSERT OR IGNORE INTO old_event " ALL_OF_EVENTS " WHERE e.story = old.id;"
    "  INSERT OR IGNORE INTO old_told SELECT event, page, ref FROM main.told_in WHERE story = old.id AND page IS NOT NULL;"
    "END;";
static const char tell_events[] =
    "INSERT OR REPLACE INTO event_change SELECT n.event, " NOW ", n.story, CASE WHEN o.event IS NULL THEN 'added' ELSE 'changed' END, NULL"
    "  FROM (" ALL_OF_EVENTS " JOIN story s ON s.id = e.story WHERE s.generation = (SELECT max(id) FROM generation)) n"
    "  LEFT JOIN old_event o ON o.event = n.event WHERE o.hash IS NOT n.hash;"
    "INSERT OR REPLACE INTO event_change SELECT o.event, " NOW ", o.story, 'removed', (SELECT t.event FROM old_told w"
    "  JOIN told_in t ON t.page = w.page AND t.ref = w.ref WHERE w.event = o.event ORDER BY 1 LIMIT 1)"
    "  FROM old_event o WHERE o.event NOT IN (SELECT e.id FROM story_event e JOIN story s ON s.id = e.story"
    "   WHERE s.generation = (SELECT max(id) FROM generation));"
    /* Who had been replaced by an event that is gone now is replaced by that one's successor. */
    "UPDATE event_change SET replaced_by = (SELECT c.replaced_by FROM event_change c WHERE c.event = event_change.replaced_by AND c.run = " NOW ")"
    "  WHERE run < " NOW " AND replaced_by IN (SELECT event FROM event_change WHERE run = " NOW " AND what = 'removed');"
    "DELETE FROM old_event; DELETE FROM old_told;";

/* The stories before go to story_was once the new ones tell where their pages are. */
static const char keep_old[] =
    "CREATE TEMP TABLE IF NOT EXISTS old_story_page(page INTEGER, story TEXT, PRIMARY KEY(page, story)) WITHOUT ROWID;"
    "DELETE FROM old_story_page;"
    "UPDATE story SET generation = -1 WHERE id IN (SELECT n.story FROM page p JOIN story_page n ON n.page = p.id"
    "  WHERE p.stamp <> (SELECT value FROM meta WHERE key = 'stamp'));"
    /* A page of these was read anew, is no more, or waits to be. */
    "INSERT INTO old_story_page SELECT page, story FROM story_page WHERE story IN (SELECT id FROM story WHERE generation < 0);"
    "DELETE FROM story WHERE generation < 0;";
static const char link_old[] =
    "UPDATE generation SET stories = (SELECT count(*) FROM story) WHERE id = (SELECT max(id) FROM generation);"
    "INSERT OR IGNORE INTO story_was SELECT DISTINCT o.story, (SELECT max(id) FROM generation), n.story"
    "  FROM old_story_page o JOIN story_page n USING(page) WHERE o.story NOT IN (SELECT id FROM story);";

static an_status add_generation(former *f, uint64_t pages, an_error *err) {
  an_row row = an_row_begin(f->record, SQL_ADD_GENERATION);
  if (f->record->run != 0) an_row_int(&row, f->record->run);
  else an_row_null(&row);
  an_row_int(&row, (int64_t)pages);
  an_row_int(&row, 0);
  an_row_end(&row);
  f->generation = sqlite3_last_insert_rowid(f->record->db);
  return an_record_check(f->record, "write", err);
}

static an_status count_kept_and_gone(an_record *record, an_error *err) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(record->db, "SELECT count(*), (SELECT count(DISTINCT story) FROM old_story_page WHERE story NOT IN (SELECT id FROM story)) FROM story",
                                -1, &statement, NULL);
  if (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
    record->counts.kept = (uint64_t)sqlite3_column_int64(statement, 0) - record->counts.formed;
    record->counts.gone = (uint64_t)sqlite3_column_int64(statement, 1);
  }
  sqlite3_finalize(statement);
  return an_record_run_sql(record, "DELETE FROM old_story_page;", "write", err);
}

an_status an_record_form_stories(an_record *record, an_error *err) {
  an_stories *stories = NULL;
  uint64_t pages = 0;
  former f = {.record = record};
  an_arena arena;
  const an_correction *corrections = NULL;
  uint32_t corrected = 0;
  an_arena_init(&arena, CORRECTIONS_BUDGET);
  AN_TRY(an_record_run_sql(record, watch_events, "write", err));
  an_status status = an_record_corrections(record, &arena, &corrections, &corrected, err);
  if (status == AN_OK) status = an_record_run_sql(record, keep_old, "write", err);
  if (status == AN_OK) status = an_stories_open(record->engine, 0, &stories, err);
  if (status == AN_OK) {
    an_stories_correct(stories, corrections, corrected);
    an_stories_threads(stories, record->threads);
    an_stories_keep(stories, &(an_stories_keeper){&f, take_digest, keep_found, is_known});
    status = add_pages(record, stories, &pages, err);
  }
  if (status == AN_OK) status = add_generation(&f, pages, err);
  if (status == AN_OK) status = an_stories_find(stories, take_story, &f, err);
  an_stories_close(stories);
  free(f.pages);
  an_arena_free(&arena);
  if (status == AN_OK) status = an_record_run_sql(record, link_old, "write", err);
  if (status == AN_OK) status = an_record_run_sql(record, tell_events, "write", err);
  return status == AN_OK ? count_kept_and_gone(record, err) : status;
}
