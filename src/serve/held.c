/* SPDX-License-Identifier: Apache-2.0 */
/* The events of an actor who is in very many, and the pages that tell them, held while a request is answered: each of its questions
   then asks memory of an event or a page that it has at hand, where SQLite would gather and sort them all again. */
#include "serve/serve.h"

#include <string.h>

enum { FEW = 1000, MOST = 200000 };  /* fewer are looked for one by one; more would take the memory that the answer needs */

/* Events whose keys have one hash are a chain. */
typedef struct sv_key { an_text story, event; uint32_t next; } sv_key;
struct sv_held { an_map at; AN_LIST(sv_key) all; uint32_t last; };  /* last: found last */

static uint64_t hash_of(an_text story, an_text event) { return an_hash64_seed(event.at, event.size, an_hash64(story.at, story.size)) | 1; }

static bool is_key(const sv_held *held, uint32_t at, an_text story, an_text event) {
  return an_text_equal(held->all.at[at].event, event) && an_text_equal(held->all.at[at].story, story);
}

/* The rows of an event follow each other. */
static bool has(sv_held *held, an_text story, an_text event) {
  if (held->last < held->all.count && is_key(held, held->last, story, event)) return true;
  uint32_t at = an_map_get(&held->at, hash_of(story, event), AN_NONE);
  while (at != AN_NONE && !is_key(held, at, story, event)) at = held->all.at[at].next;
  if (at != AN_NONE) held->last = at;
  return at != AN_NONE;
}

/* An event comes once for each of its parties that the actor is. */
static bool add(an_arena *arena, sv_held *held, an_text story, an_text event) {
  const sv_key *last = held->all.count > 0 ? &held->all.at[held->all.count - 1] : NULL;
  if (has(held, story, event)) return true;
  an_text own = last != NULL && an_text_equal(last->story, story) ? last->story : an_arena_copy(arena, story.at, story.size);
  an_text id = an_arena_copy(arena, event.at, event.size);
  uint32_t *place = an_map_put(arena, &held->at, hash_of(story, event), AN_NONE);
  sv_key *fresh = own.at != NULL && id.at != NULL && place != NULL ? AN_PUSH(arena, &held->all) : NULL;
  if (fresh == NULL) return false;
  *fresh = (sv_key){own, id, *place};
  *place = held->all.count - 1;
  return true;
}

/* What is not held is asked of the record. */
bool sv_hold(sv_work *work, int which, const char *sql) {
  sv_held *held = AN_NEW(work->request->arena, sv_held, 1);
  sqlite3_stmt *row = sv_ask(work, sql);
  bool fits = held != NULL;
  while (fits && sv_next(row)) fits = held->all.count < MOST && add(work->request->arena, held, sv_column(row, 0), sv_column(row, 1));
  work->session->held[which] = fits && held->all.count >= FEW ? held : NULL;
  return sv_done(work, row);
}

uint32_t sv_held_count(const sv_work *work, int which) {
  const sv_held *held = work->session->held[which];
  return held == NULL ? 0 : held->all.count;
}

/* ---- Pages, and what else has a number ------------------------------------------------------------------------------- */

struct sv_pages { uint64_t count, *bits; };

bool sv_set_begin(sv_work *work, int which, int64_t last) {
  sv_pages *set = AN_NEW(work->request->arena, sv_pages, 1);
  uint64_t *bits = last >= 0 ? AN_NEW(work->request->arena, uint64_t, (uint64_t)last / 64 + 1) : NULL;
  if (set == NULL || bits == NULL) return sv_refuse(work->reply, 503, AN_LIT("the record"), "too many pages to hold", "narrow it: without an actor, country or type");
  *set = (sv_pages){(uint64_t)last + 1, bits};
  work->session->pages[which] = set;
  return true;
}

bool sv_set_put(sv_session *session, int which, int64_t number) {
  sv_pages *set = session->pages[which];
  if (number < 0 || (uint64_t)number >= set->count) return false;
  uint64_t *word = &set->bits[number / 64], bit = (uint64_t)1 << number % 64;
  bool fresh = (*word & bit) == 0;
  *word |= bit;
  return fresh;
}

int64_t sv_hold_pages(sv_work *work, int which, const char *sql) {
  int64_t last = sv_number(work, "SELECT max(id) FROM page", 0), count = 0;
  if (work->reply->status >= 400 || !sv_set_begin(work, which, last)) return 0;
  sqlite3_stmt *row = sv_ask(work, sql);
  while (sv_next(row)) count += sv_set_put(work->session, which, sqlite3_column_int64(row, 0));
  return sv_done(work, row) ? count : 0;
}

bool sv_page_told(const sv_session *session, int which, int64_t page) {
  const sv_pages *pages = which >= 0 && which < SV_PAGE_SETS ? session->pages[which] : NULL;
  uint64_t at = (uint64_t)page;
  return pages != NULL && at < pages->count && (pages->bits[at / 64] >> at % 64 & 1) != 0;
}

bool sv_is_many(sv_work *work, int64_t count) { return count > sv_number(work, "SELECT max(id) FROM page", 0) / 8; }

/* ---- Functions of SQL ---------------------------------------------------------------------------------------------------- */

/* held(which, story, event) */
static void is_held(sqlite3_context *context, int count, sqlite3_value **values) {
  const sv_session *session = sqlite3_user_data(context);
  int which = sqlite3_value_int(values[0]);
  an_text keys[2];
  (void)count;
  for (int i = 0; i < 2; i++) {
    keys[i].at = (const char *)sqlite3_value_text(values[i + 1]);
    keys[i].size = keys[i].at == NULL ? 0 : (uint32_t)sqlite3_value_bytes(values[i + 1]);
  }
  bool known = keys[0].at != NULL && keys[1].at != NULL && which >= 0 && which < SV_SETS && session->held[which] != NULL;
  sqlite3_result_int(context, known && has(session->held[which], keys[0], keys[1]));
}

/* told(which, page) */
static void is_told(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  sqlite3_result_int(context, sv_page_told(sqlite3_user_data(context), sqlite3_value_int(values[0]), sqlite3_value_int64(values[1])));
}

void sv_held_open(sv_session *session) {
  sqlite3_create_function(session->db, "held", 3, SQLITE_UTF8, session, is_held, NULL, NULL);
  sqlite3_create_function(session->db, "told", 2, SQLITE_UTF8, session, is_told, NULL, NULL);
}
