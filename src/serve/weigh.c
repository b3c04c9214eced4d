/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the pages found is best: BM25 as FTS5's own function has it, to the last bit, but quicker: the words of a page are counted from the
   start on, where FTS5 looks up each page, and of all pages only the best are kept, where SQLite sorts all. */
#include "serve/serve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double K1 = 1.2, B = .75, OF_COLUMN[] = {4, 1}; /* title, text */

/* ---- How long pages are ------------------------------------------------------------------------------------------------- */

/* FTS5 keeps the words of each column as a number of SQLite's, seven bits a byte. */
static uint32_t words_in(const uint8_t *sizes, int size) {
  uint64_t sum = 0, one = 0;
  for (int i = 0; i < size; i++) {
    one = one << 7 | (sizes[i] & 127);
    if (sizes[i] & 128) continue;
    sum += one;
    one = 0;
  }
  return sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}

bool sv_read_sizes(sv_work *work) {
  sqlite3_stmt *row = sv_ask(work, "SELECT id, sz FROM article_docsize");
  while (sv_next(row)) {
    uint64_t page = (uint64_t)sqlite3_column_int64(row, 0);
    const void *sizes = sqlite3_column_blob(row, 1);
    if (page < work->session->pages_linked && sizes != NULL) work->session->words_of[page] = words_in(sizes, sqlite3_column_bytes(row, 1));
  }
  return sv_done(work, row);
}

/* ---- What a page weighs ------------------------------------------------------------------------------------------------- */

/* Of a question: of each phrase how much it tells, and place for how often a page has it. */
typedef struct weights { double mean; int phrases; double *frequency, tells[]; } weights;

static int count_page(const Fts5ExtensionApi *api, Fts5Context *fts, void *count) {
  (void)api;
  (void)fts;
  ++*(int64_t *)count;
  return SQLITE_OK;
}

static weights *weights_of(const Fts5ExtensionApi *api, Fts5Context *fts) {
  weights *w = api->xGetAuxdata(fts, 0);
  if (w != NULL) return w;
  int phrases = api->xPhraseCount(fts);
  sqlite3_int64 pages = 0, words = 0;
  if (api->xRowCount(fts, &pages) != SQLITE_OK || api->xColumnTotalSize(fts, -1, &words) != SQLITE_OK || pages <= 0) return NULL;
  w = calloc(1, sizeof *w + 2 * (size_t)phrases * sizeof(double));
  if (w == NULL) return NULL;
  *w = (weights){.mean = (double)words / (double)pages, .phrases = phrases, .frequency = w->tells + phrases};
  for (int i = 0; i < phrases; i++) {
    int64_t with = 0;
    if (api->xQueryPhrase(fts, i, &with, count_page) != SQLITE_OK) {
      free(w);
      return NULL;
    }
    w->tells[i] = log(((double)(pages - with) + .5) / ((double)with + .5));
    if (w->tells[i] <= 0) w->tells[i] = 1e-6;
  }
  return api->xSetAuxdata(fts, w, free) == SQLITE_OK ? w : NULL;
}

static double words_of(const Fts5ExtensionApi *api, Fts5Context *fts) {
  const sv_session *session = api->xUserData(fts);
  uint64_t page = (uint64_t)api->xRowid(fts);
  int words = 0;
  if (page < session->pages_linked && session->words_of[page] > 0) return session->words_of[page];
  return api->xColumnSize(fts, -1, &words) == SQLITE_OK ? words : 0;
}

/* weight(article): the more, the better. */
static void weigh(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int count, sqlite3_value **values) {
  weights *w = weights_of(api, fts);
  double sum = 0;
  (void)count;
  (void)values;
  if (w == NULL) {
    sqlite3_result_error_nomem(context);
    return;
  }
  memset(w->frequency, 0, (size_t)w->phrases * sizeof *w->frequency);
  for (int i = 0; i < w->phrases; i++) {
    Fts5PhraseIter at;
    int column = -1, word = 0;
    if (api->xPhraseFirst(fts, i, &at, &column, &word) != SQLITE_OK) continue;
    for (; column >= 0; api->xPhraseNext(fts, &at, &column, &word)) w->frequency[i] += column < 2 ? OF_COLUMN[column] : 1;
  }
  double length = words_of(api, fts);
  for (int i = 0; i < w->phrases; i++)
    sum += w->tells[i] * ((w->frequency[i] * (K1 + 1.0)) / (w->frequency[i] + K1 * (1 - B + B * length / w->mean)));
  sqlite3_result_double(context, sum);
}

void sv_weigh_open(sv_session *session) {
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(session->db, "SELECT fts5(?1)", -1, &statement, NULL) != SQLITE_OK) return; /* a search says that there is no weight() */
  sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  if (api != NULL) api->xCreateFunction(api, "weight", session, weigh, NULL);
}

/* ---- The best ------------------------------------------------------------------------------------------------------------- */

/* The worst of those that are kept stands first: it goes when a better one comes. */
typedef struct weighed { int64_t page; double weight; } weighed;

static bool is_worse(const weighed *a, const weighed *b) { return a->weight != b->weight ? a->weight < b->weight : a->page > b->page; }

static void sink(weighed *kept, size_t count, weighed one) {
  size_t at = 0;
  for (size_t child; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && is_worse(&kept[child + 1], &kept[child])) child++;
    if (!is_worse(&kept[child], &one)) break;
    kept[at] = kept[child];
  }
  kept[at] = one;
}

static void rise(weighed *kept, size_t at, weighed one) {
  for (; at > 0 && is_worse(&one, &kept[(at - 1) / 2]); at = (at - 1) / 2) kept[at] = kept[(at - 1) / 2];
  kept[at] = one;
}

static int best_first(const void *a, const void *b) { return is_worse(b, a) ? -1 : is_worse(a, b); }

/* The numbers of the pages as JSON. */
static an_text numbers(sv_work *work, const weighed *all, size_t from, size_t count) {
  an_buf list;
  an_buf_init(&list, 1 << 16);
  an_buf_char(&list, '[');
  for (size_t i = from; i < count; i++) an_buf_printf(&list, "%s%lld", i > from ? "," : "", (long long)all[i].page);
  an_buf_char(&list, ']');
  an_text out = list.failed ? (an_text){NULL, 0} : an_arena_copy(work->request->arena, list.at, list.size);
  an_buf_free(&list);
  return out;
}

an_text sv_best(sv_work *work, int which, int64_t count) {
  const sv_filters *f = &work->filters;
  int64_t end = f->offset < count - f->limit ? f->offset + f->limit : count;
  size_t most = end > 0 ? (size_t)end : 0, kept = 0;
  weighed *all = AN_NEW(work->request->arena, weighed, most + 1);
  if (all == NULL) {
    sv_refuse(work->reply, 503, AN_LIT("the record"), "too many pages to weigh", "narrow it: more words, fewer days");
    return (an_text){NULL, 0};
  }
  sqlite3_stmt *row = sv_ask(work, "SELECT rowid, weight(article) FROM article WHERE article MATCH :match");
  while (sv_next(row)) {
    weighed one = {sqlite3_column_int64(row, 0), sqlite3_column_double(row, 1)};
    if (!sv_page_told(work->session, which, one.page)) continue;
    if (kept < most) rise(all, kept++, one);
    else if (most > 0 && is_worse(&all[0], &one)) sink(all, most, one);
  }
  if (!sv_done(work, row)) return (an_text){NULL, 0};
  if (kept > 1) qsort(all, kept, sizeof *all, best_first);
  return numbers(work, all, (size_t)f->offset < kept ? (size_t)f->offset : kept, kept);
}
