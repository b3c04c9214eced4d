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
  if (session->words_of != NULL && session->linked == session->version) return true;
  int64_t last = sv_number(work, "SELECT max(id) FROM page", 0);
  if (work->reply->status >= 400) return false;
  sv_found_close(session);
  session->pages_linked = last < 0 ? 1 : (uint64_t)last + 1;
  session->story_of = calloc(session->pages_linked, sizeof *session->story_of);
  session->words_of = calloc(session->pages_linked, sizeof *session->words_of);
  if (session->story_of == NULL || session->words_of == NULL) return sv_refuse(work->reply, 503, AN_LIT("the record"), "too many pages to hold", "ask again when there is more memory");
  sqlite3_stmt *row = sv_ask(work, links);
  while (sv_next(row)) {
    uint64_t page = (uint64_t)sqlite3_column_int64(row, 0);
    if (page < session->pages_linked) session->story_of[page] = sqlite3_column_int64(row, 1);
  }
  if (!sv_done(work, row) || !sv_read_sizes(work)) return false;
  session->linked = session->version;
  return true;
}

void sv_found_close(sv_session *session) {
  free(session->story_of);
  free(session->words_of);
  session->story_of = NULL;
  session->words_of = NULL;
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

/* A page that is in no story is not there for whoever looks. */
bool sv_find(sv_work *work, sv_found *out) {
  sv_session *session = work->session;
  if (session->pages[SV_STORIES] != NULL) {
    *out = session->found;
    return true;
  }
  if (!link_pages(work)) return false;
  int64_t last = sv_number(work, "SELECT max(rowid) FROM story", 0);
  if (work->reply->status >= 400 || !sv_set_begin(work, SV_WORDS, (int64_t)session->pages_linked - 1) || !sv_set_begin(work, SV_STORIES, last)) return false;
  sv_found found = {0};
  sqlite3_stmt *row = sv_ask(work, "SELECT rowid FROM article WHERE article MATCH :match");
  while (sv_next(row)) {
    uint64_t page = (uint64_t)sqlite3_column_int64(row, 0);
    if (page >= session->pages_linked || session->story_of[page] == 0) continue;
    found.pages += sv_set_put(session, SV_WORDS, (int64_t)page);
    found.stories += sv_set_put(session, SV_STORIES, session->story_of[page]);
  }
  if (!sv_done(work, row)) return false;
  *out = session->found = found;
  return true;
}
