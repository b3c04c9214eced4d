/* SPDX-License-Identifier: Apache-2.0 */
/* serve: a record as JSON, CSV and one page, on this machine only (docs/api.md is the contract).

   In: the path of a record; requests of a browser, which are untrusted, and a record, which may be somebody else's. Out: replies.
   server.c speaks HTTP and is the only file that knows libmicrohttpd; request.c makes parameters out of an address; query.c
   asks the record; the other files are the answers. Always holds: 127.0.0.1 only, `Host` and `Origin` checked; the record is
   opened read-only, and a request sees one state of it; every value of a request is bound, never part of SQL; a question that
   takes longer than SV_QUERY_MS is given up; what is not the page's own words has no name of a private person. Cost: a session
   (a connection to SQLite) a worker thread, SV_CACHE_KIB each. Knows nothing of how events are found. */
#ifndef AN_SERVE_H
#define AN_SERVE_H
#include <pthread.h>

#include "record/record.h"

enum {
  SV_PORT = 8017, SV_PORTS = 100,        /* the first port tried, and how many */
  SV_WORKERS = 4,
  SV_CONNECTIONS = 2000, SV_CONNECTION_BYTES = 16 << 10,  /* headers and address of one request must fit */
  SV_TIMEOUT_S = 10,                     /* of a client that sends or takes nothing */
  SV_QUERY_MS = 5000,
  SV_CACHE_KIB = 8 << 10,
  SV_PARAMS = 32, SV_VALUE = 512, SV_LIMIT = 500, SV_DEFAULT_LIMIT = 50,
  SV_TEXTS = 8,                          /* pages of a story whose texts come with it */
  SV_BODY = 64 << 20,
  SV_KEPT = 256, SV_KEPT_BYTES = 32 << 20, SV_SLOW_MS = 5  /* answers kept: how many, how large in all, how slow to be worth it */
};

/* ---- A request (request.c) ---------------------------------------------------------------------------- */

typedef struct sv_param { an_text name, value; } sv_param;
typedef struct sv_request { an_text path; sv_param params[SV_PARAMS]; uint32_t count; an_arena *arena; } sv_request;

enum { SV_ACTOR, SV_A, SV_B, SV_ACTORS, SV_OF = SV_ACTORS, SV_SETS }; /* sets of events: of an actor; of all that is asked of one event */

/* What lists are narrowed by; not known: not given. */
typedef struct sv_filters {
  an_text since, until, actor, country, type, outlet, story, q;
  an_text pages;                         /* "[1,2]": events that these pages tell, statements on them */
  an_text match;                         /* q as a question to FTS5 */
  an_text about; bool about_many;        /* whom a statement of somebody else names; known to be named so often that to look page by page is quicker */
  an_text best;                          /* pages found, best first, in the same way */
  an_text a, b;                          /* the two actors of a relation: of both, in any role; a statement of one about the other */
  int64_t limit, offset;
  bool csv;
} sv_filters;

typedef struct sv_reply {
  unsigned status; const char *type; an_buf body;
  const char *name;                      /* of the file, where it is one to be saved */
  const char *etag;                      /* NULL: not to be stored */
  const void *fixed; size_t fixed_size;  /* a body that lies in the program: `body` is empty */
  char preload[2048];                    /* "Link": what the page will ask for first; empty: nothing */
  uint32_t took_us;                      /* to answer, told as Server-Timing; 0: not told */
} sv_reply;

/* The path and the parameters of a raw address. False: `reply` says what is wrong. */
bool sv_request_parse(const char *raw, an_arena *arena, sv_request *out, sv_reply *reply);
an_text sv_param_get(const sv_request *request, const char *name);     /* not known: not there */

/* ---- Replies (reply.c) ---------------------------------------------------------------------------------- */

/* status, {"error": {"what", "where", "do"}}; always false, so that `return sv_refuse(...)` is the whole path. */
bool sv_refuse(sv_reply *reply, unsigned status, an_text where, const char *what, const char *advice);
an_json_out sv_json(sv_reply *reply);                                   /* a writer onto an empty body */
/* The last step of a body of JSON: < > & U+2028 U+2029 and marks of direction as \u escapes, bad UTF-8 as U+FFFD. */
void sv_seal(sv_reply *reply);
void sv_csv_cell(an_buf *body, an_text text, bool first);               /* a formula gets ' in front */

/* ---- Answers that are kept (cache.c) ------------------------------------------------------------------------ */

typedef struct sv_kept { char *raw, *bytes; size_t size; const char *type, *name; uint64_t used; } sv_kept;
typedef struct sv_cache { pthread_mutex_t lock; sv_kept kept[SV_KEPT]; size_t bytes; uint64_t clock, epoch; } sv_cache;
void sv_cache_open(sv_cache *cache);
void sv_cache_close(sv_cache *cache);
uint64_t sv_cache_epoch(sv_cache *cache);                   /* counts the states of the record, from 1 */
uint64_t sv_cache_empty(sv_cache *cache, uint64_t before);  /* there is a new state; 0: and another one since `before` */
bool sv_cache_get(sv_cache *cache, const char *raw, sv_reply *reply);
void sv_cache_put(sv_cache *cache, const char *raw, uint64_t epoch, const sv_reply *reply);

/* ---- Questions (query.c) ----------------------------------------------------------------------------------- */

/* Pages that tell an event as it is asked for; that pass all filters; that have the words; stories, by rowid, that have such a page;
   pages that name whom statements are to be about. */
enum { SV_TELL, SV_TELL_WITH_ACTOR, SV_PASSED, SV_WORDS, SV_STORIES, SV_NAMING, SV_PAGE_SETS };
typedef struct sv_held sv_held;
typedef struct sv_pages sv_pages;
typedef struct sv_found { int64_t pages, stories; } sv_found;   /* how many have the words asked for */
typedef struct sv_session {
  an_record *record; sqlite3 *db; an_arena arena;
  sv_cache *cache; uint64_t epoch; int64_t version;            /* the state of the record as this connection knows it */
  uint64_t until_us; const _Atomic bool *stopping; bool late;  /* late: the last question took too long */
  sv_held *held[SV_SETS]; bool tried[SV_ACTORS]; sv_pages *pages[SV_PAGE_SETS]; sv_found found; /* of the request that is answered */
  int64_t *story_of; uint64_t pages_linked; int64_t linked;    /* found.c: of each page the rowid of its story, 0: of none; the version of the record that says so */
  uint32_t *words_of;                                          /* and how many words it has */
} sv_session;

typedef struct sv_work { sv_session *session; const sv_request *request; sv_filters filters; sv_reply *reply; } sv_work;

an_status sv_session_open(const char *path, sv_cache *cache, const _Atomic bool *stopping, sv_session *out, an_error *err);
void sv_session_close(sv_session *session);
void sv_session_begin(sv_session *session);      /* one state of the record, one span of time, until _end */
uint64_t sv_session_us(const sv_session *session);   /* since it began */
void sv_session_end(sv_session *session);
void sv_session_ready(sv_session *session);      /* what every search needs is read before the first */

/* ---- Threads that answer (crew.c) ---------------------------------------------------------------------------------- */

typedef struct sv_question { struct sv_question *next; const char *raw; sv_reply reply; } sv_question;   /* raw: the address as it came */
typedef struct sv_hand { struct sv_crew *crew; pthread_t thread; sv_session session; } sv_hand;
typedef struct sv_crew {
  pthread_mutex_t lock; pthread_cond_t come;
  sv_question *first, *last; bool closed;
  _Atomic bool stopping;
  void (*answered)(sv_question *question);   /* called by the thread that answered; the question is its owner's again */
  sv_hand hands[SV_WORKERS]; uint32_t opened, begun;
} sv_crew;
an_status sv_crew_open(sv_crew *crew, const char *path, sv_cache *cache, void (*answered)(sv_question *question), an_error *err);
void sv_crew_warm(sv_crew *crew);                            /* what the page asks for first is answered once before anybody asks */
an_status sv_crew_begin(sv_crew *crew, an_error *err);
bool sv_crew_give(sv_crew *crew, sv_question *question);     /* false: it has ended */
void sv_crew_end(sv_crew *crew);                             /* all that was given is answered; then nothing runs */
void sv_crew_close(sv_crew *crew);

/* ---- What a list is narrowed by ------------------------------------------------------------------------------------- */

/* Parameters that every list knows. False: refused. */
bool sv_filters_read(sv_work *work);

/* A statement with the filters bound by name (:since …); NULL: refused. sv_next: is there a row? sv_done: let go; false: it failed,
   and is refused as such. */
sqlite3_stmt *sv_ask(sv_work *work, const char *sql);
bool sv_next(sqlite3_stmt *statement);
bool sv_done(sv_work *work, sqlite3_stmt *statement);
an_text sv_column(sqlite3_stmt *statement, int column);
typedef struct sv_event_seen { char story[64]; uint32_t size; int64_t place; } sv_event_seen;  /* begins with place -1 */
bool sv_is_other_event(sv_event_seen *seen, sqlite3_stmt *row);   /* than the row before: columns 0 and 1 are its story and its place there */
int64_t sv_number(sv_work *work, const char *sql, int64_t absent);

/* held.c: the rows (story, event) of a question, for held(which, story, event) until the session ends; not held where they are few. */
bool sv_hold(sv_work *work, int which, const char *sql);
uint32_t sv_held_count(const sv_work *work, int which);      /* 0: not held */
/* The pages that a question gives, for told(which, page) likewise: how many. */
int64_t sv_hold_pages(sv_work *work, int which, const char *sql);
bool sv_page_told(const sv_session *session, int which, int64_t page);
/* The same, number by number: an empty set of those up to `last` (false: refused); put in, was it new? */
bool sv_set_begin(sv_work *work, int which, int64_t last);
bool sv_set_put(sv_session *session, int which, int64_t number);
bool sv_is_many(sv_work *work, int64_t count);               /* pages or events: so many that to walk through all is quicker than to look for each */
void sv_held_open(sv_session *session);

/* found.c: the pages that have the words asked for, for told(SV_WORDS, page), and their stories, for told(SV_STORIES, rowid): how many of each.
   The words are asked once a request. False: refused. */
bool sv_find(sv_work *work, sv_found *out);
void sv_found_close(sv_session *session);

/* weigh.c: those of a set of pages that have the words, best first, from `offset` on, `limit` of them, as "[12,7]"; not known: refused. */
an_text sv_best(sv_work *work, int which, int64_t count);
bool sv_read_sizes(sv_work *work);                           /* words_of of each page */
void sv_weigh_open(sv_session *session);

/* A row as an object. A column called "name:json" holds JSON, "name:bool" 0 or 1; "-" is passed over. */
void sv_row_fields(an_json_out *out, sqlite3_stmt *statement);
int64_t sv_rows(sv_work *work, an_json_out *out, const char *key, const char *sql); /* as an array of objects; how many */
void sv_rows_csv(sv_work *work, const char *name, const char *sql);                 /* as CSV with a header line, a file of that name */

/* ---- Texts counted (tally.c) ---------------------------------------------------------------------------------------- */

typedef struct sv_count { an_text value, label; int64_t count, pages, last; uint32_t next; } sv_count; /* next: of the same hash; the rest is its user's */
typedef struct sv_tally { bool exact; an_map at; AN_LIST(sv_count) all; } sv_tally;                     /* exact: else ASCII letters in any case are one */
uint32_t sv_tally_at(an_arena *arena, sv_tally *tally, an_text value);      /* its place in `all`, made when it is first seen; AN_NONE: no memory */
sv_count *sv_tally_count(sv_tally *tally, uint32_t at);                     /* NULL: AN_NONE */

/* ---- Filters as SQL (filters.c) -------------------------------------------------------------------------------- */

/* What the rows are: story s, story_event e, story_page sp, statement st with story_page sp, mention m with story_page sp. */
typedef enum sv_kind { SV_STORY, SV_EVENT, SV_PAGE, SV_STATEMENT, SV_PERSON, SV_PAGE_SCAN } sv_kind; /* SCAN: all pages are passed over */
void sv_where(sv_work *work, an_buf *sql, sv_kind kind);               /* " WHERE …", or " WHERE 1" */

/* ---- Answers: each fills work->reply ----------------------------------------------------------------------------- */

void sv_stories(sv_work *work);       /* lists.c */
void sv_events(sv_work *work);
void sv_statements(sv_work *work);
void sv_people(sv_work *work);
void sv_places(sv_work *work);
void sv_search(sv_work *work);        /* find.c */
void sv_facets(sv_work *work);        /* facets.c */
void sv_record(sv_work *work);        /* things.c */
void sv_story(sv_work *work, an_text id);
void sv_relation(sv_work *work);      /* relation.c */
void sv_network(sv_work *work);       /* network.c */
void sv_page(sv_work *work, an_text id);   /* page.c */
/* Lines and marks of pages, as "texts". */
void sv_put_texts(sv_work *work, an_json_out *out, const int64_t *pages, uint32_t count);
void sv_put_next(sv_work *work, an_json_out *out, bool more);           /* "next" */
void sv_put_total(sv_work *work, an_json_out *out, int64_t total);      /* "total", "next" */
/* One page of the events, the statements; how many there are on it. */
int64_t sv_put_events(sv_work *work, an_json_out *out, const char *key);
int64_t sv_put_statements(sv_work *work, an_json_out *out, const char *key);
/* What cooperation and conflict are counted of: events that took place. */
#define SV_FACT "e.realis IN ('happened', 'ongoing') AND NOT e.negated AND NOT e.background"

/* answer.c: what stands below /api; everything else. `raw`: the address as it came. */
void sv_answer_api(sv_session *session, const char *raw, sv_reply *reply);
void sv_answer_page(const char *raw, sv_reply *reply);

/* ---- The page of web/, built in: assets of the generated file assets.c, by path --------------------------------------- */

typedef struct sv_asset { const char *path, *type, *etag; const unsigned char *bytes; size_t size; } sv_asset;
extern const sv_asset sv_assets[];
extern const size_t sv_asset_count;
#endif
