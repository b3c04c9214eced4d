/* SPDX-License-Identifier: Apache-2.0 */
/* Words that are looked for: the index of words is asked once a request, and told which pages; which story a page is in is held in memory
   from the start on, for to ask the record of each of tens of thousands of pages takes longer than the words do. */
#include "serve/serve.h"

#include <stdlib.h>
#include <string.h>

/* ---- Pages and their stories ------------------------------------------------------------------------------------------- */

/* In the order of both tables. */
static const char links[] = "SELECT sp.page, s.rowid FROM story s CROSS JOIN story_page sp ON sp.story = s.id ORDER BY s.id";

/* Of the state of the record that the request sees: another state has another version. */
static bool link_pages(sv_work *work) {
  sv_session *session = work->session;
  if (session->story_of != NULL && session->linked == session->version) return true;
  int64_t last = sv_number(work, "SELECT max(id) FROM page", 0);
  if (work->reply->status >= 400) return false;
  sv_found_close(session);
  session->pages_linked = last < 0 ? 1 : (uint64_t)last + 1;
  session->story_of = calloc(session->pages_linked, sizeof *session->story_of);
  if (session->story_of == NULL) return sv_refuse(work->reply, 503, AN_LIT("the record"), "too many pages to hold", "ask again when there is more memory");
  sqlite3_stmt *row = sv_ask(work, links);
  while (sv_next(row)) {
    uint64_t page = (uint64_t)sqlite3_column_int64(row, 0);
    if (page < session->pages_linked) session->story_of[page] = sqlite3_column_int64(row, 1);
  }
  if (!sv_done(work, row)) return false;
  session->linked = session->version;
  return true;
}

void sv_found_close(sv_session *session) {
  free(session->story_of);
  session->story_of = NULL;
  session->pages_linked = 0;
}

void sv_session_ready(sv_session *session) {
  sv_request request = {.arena = &session->arena};
  sv_reply reply = {.status = 200, .type = ""};
  sv_work work = {.session = session, .request = &request, .reply = &reply};
  an_buf_init(&reply.body, SV_BODY);
  sv_session_begin(session);
  link_pages(&work); /* the first search says what failed */
  sv_session_end(session);
  an_buf_free(&reply.body);
}

/* ---- What has the words --------------------------------------------------------------------------------------------------- */

bool sv_find(sv_work *work, sv_found *out) {
  sv_session *session = work->session;
  if (session->stories != NULL) {
    *out = session->found;
    return true;
  }
  if (!link_pages(work)) return false;
  an_arena *arena = work->request->arena;
  an_map *stories = AN_NEW(arena, an_map, 1);
  sv_found found = {0};
  sv_hold_pages(work, SV_WORDS, "SELECT rowid FROM article WHERE article MATCH :match");
  if (work->reply->status >= 400) return false;
  for (uint64_t page = 0; stories != NULL && page < session->pages_linked; page++) {
    if (session->story_of[page] == 0 || !sv_page_told(session, SV_WORDS, (int64_t)page)) continue;
    found.pages++;
    if (an_map_put(arena, stories, (uint64_t)session->story_of[page] << 1 | 1, 0) == NULL) stories = NULL;
  }
  if (stories == NULL) return sv_refuse(work->reply, 503, AN_LIT("the record"), "too many stories to hold", "narrow it: more words, fewer days");
  found.stories = stories->count;
  session->stories = stories;
  *out = session->found = found;
  return true;
}

/* found(rowid of a story) */
static void is_found(sqlite3_context *context, int count, sqlite3_value **values) {
  const sv_session *session = sqlite3_user_data(context);
  (void)count;
  sqlite3_result_int(context, session->stories != NULL && an_map_get(session->stories, (uint64_t)sqlite3_value_int64(values[0]) << 1 | 1, AN_NONE) != AN_NONE);
}

void sv_found_open(sv_session *session) { sqlite3_create_function(session->db, "found", 1, SQLITE_UTF8, session, is_found, NULL, NULL); }
