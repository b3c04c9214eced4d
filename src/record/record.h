/* SPDX-License-Identifier: Apache-2.0 */
/* record: readings, digests and stories in one SQLite file.

   In: readings (an_record_add) and what an_stories_find makes of their digests. Out: tables (schema.c is their description),
   views, and the lines that export writes. Always holds: see annals_record.h. A person whom an_party calls private has no
   name and no words in any table but `reading`, `sentence`, `page_bytes` and `article`, which hold the page's own text. Cost: about
   2,000 readings a second. Knows nothing of how events are found. */
#ifndef AN_RECORD_ROOM_H
#define AN_RECORD_ROOM_H
#include <sqlite3.h>

#include "annals_record.h"
#include "base/base.h"
#include "record/pack.h"

/* Every statement that writes, or is asked once a page; prepared when first used. */
typedef enum an_sql {
  SQL_BEGIN, SQL_COMMIT, SQL_ROLLBACK, SQL_GET_META, SQL_SET_META, SQL_FIND_PAGE, SQL_WANT_PAGE, SQL_NAMED_PAGES, SQL_DELETE_PAGE, SQL_ADD_CAMEO, SQL_ADD_RUN, SQL_END_RUN,
  SQL_ADD_PAGE, SQL_ADD_READING, SQL_ADD_CORRECTION, SQL_GET_CORRECTIONS, SQL_SET_CORRECTION, SQL_HAS_EVENT, SQL_HAS_NAME, SQL_TOUCH_NAME, SQL_DROP_SKETCHES,
  SQL_ADD_BYTES, SQL_HAS_BYTES, SQL_GET_BYTES, SQL_ADD_DICTIONARY, SQL_FIND_WHO, SQL_ADD_WHO, SQL_ADD_ARTICLE, SQL_DROP_ARTICLE, SQL_MERGE_ARTICLES, SQL_ADD_SENTENCE, SQL_ADD_MENTION, SQL_ADD_TIME,
  SQL_ADD_EVENT, SQL_ADD_PARTY, SQL_ADD_STATEMENT, SQL_ADD_QUANTITY, SQL_ADD_PROBLEM, SQL_ADD_GENERATION,
  SQL_ADD_STORY, SQL_ADD_STORY_PAGE, SQL_ADD_STORY_EVENT, SQL_FIND_FIRST, SQL_ADD_STORY_PARTY, SQL_ADD_TOLD, SQL_ADD_COMPARISON, SQL_ADD_VALUE,
  SQL_STORY_OF, SQL_STORY_SIZE, SQL_GET_DIGEST, SQL_KEEP_SKETCH, SQL_DROP_SKETCH, SQL_NOTE_STORY, SQL_DROP_STORY, SQL_TOUCH_STORY,
  SQL_COUNT
} an_sql;

/* A row of who; next: of the same hash. */
typedef struct an_person { an_text key; int64_t id; uint32_t next; } an_person;

struct an_record {
  sqlite3 *db; char *path;
  int lock; char *lock_path;               /* the writer's; -1: none */
  const an_engine *engine; char stamp[17]; uint32_t batch; unsigned threads; char *started;
  sqlite3_stmt *statements[SQL_COUNT], *asked;  /* asked: by an_record_rows, last */
  bool in_batch; uint32_t in_this_batch; int64_t run;
  an_packer *packer;
  an_arena arena; an_map people; AN_LIST(an_person) known;  /* of who's rows, found or made by this writer: hash to a place in `known` */
  bool keep_pages;
  an_complain *complain; void *complain_ctx; bool corrected; /* corrections that match nothing; they came with this run */
  int failed;                              /* the first SQLite code that was not well, until it is told */
  an_record_counts counts;
};

/* ---- Batches (record.c): a transaction, opened by whoever writes; dropping a page ---- */
void an_record_open_batch(an_record *record);
an_status an_record_drop_batch(an_record *record, an_error *err);      /* AN_OK, or what failed, told, and the batch rolled back */
void an_record_drop_page(an_record *record, int64_t id);

/* ---- Schema (schema.c) ---- */
extern const char an_record_schema[], an_record_story_schema[], an_record_row_views[], an_record_views[]; /* SQL that makes an empty record */
extern const char *const an_record_sql[SQL_COUNT];

/* ---- Rows: bind in order, then end. A failure sticks to the record; an_record_check tells it. ---- */
typedef struct an_row { an_record *record; sqlite3_stmt *statement; int at; } an_row;
an_row an_row_begin(an_record *record, an_sql sql);
void an_row_text(an_row *row, an_text text);            /* not known or empty: NULL. Borrowed until an_row_end */
void an_row_z(an_row *row, const char *z);              /* copied */
void an_row_int(an_row *row, int64_t value);
void an_row_number(an_row *row, double value);          /* not finite: NULL */
void an_row_day(an_row *row, an_day day);               /* open: NULL */
void an_row_days(an_row *row, an_days days);            /* earliest, latest */
void an_row_span(an_row *row, an_span span);            /* begin, end; empty: NULL, NULL */
void an_row_bytes(an_row *row, an_text bytes);          /* a BLOB, empty or not; copied */
void an_row_null(an_row *row);
void an_row_texts(an_row *row, const an_text *texts, uint32_t count, const char *between);   /* joined; none: NULL */
void an_row_coding(an_row *row, const an_event *event);    /* type, mode, contexts, cameo, quad, scores, realis and its flags, days */
bool an_row_next(an_row *row);                          /* a row of a question is there */
void an_row_end(an_row *row);                           /* runs what was not run, and lets go */
an_text an_row_get(const an_row *row, int column);      /* borrowed until the next row */
void an_record_failed(an_record *record, int code);     /* a failure that the database does not know of: it sticks as well */
/* AN_OK, or the failure that stuck, told as "cannot <doing> PATH: reason". */
an_status an_record_check(an_record *record, const char *doing, an_error *err);
an_status an_record_run_sql(an_record *record, const char *sql, const char *doing, an_error *err);

an_status an_record_meta(an_record *record, const char *key, char *out, size_t size, an_error *err); /* "": not there */
void an_record_set_meta(an_record *record, const char *key, const char *value);
an_status an_record_into_buffer(void *buf, const char *bytes, size_t size);   /* an an_write onto an an_buf */
void an_sha256_hex(const uint8_t sha256[32], char out[65]);

/* Runs a question and hands on its rows (view.c). Arguments that it does not ask for are passed over; NULL is SQL's. */
an_status an_record_rows(an_record *record, const char *sql, const char *const *args, int arg_count, an_row_sink *sink, void *to,
                         an_error *err);

/* A story by the beginning of its id, or by an id that it had; AN_ERR_USAGE: none, or more than one. */
an_status an_record_find_story(an_record *record, const char *begin, char id[64], an_error *err);

/* ---- Bytes of pages (kept.c) ---- */
#define AN_PAGES_NAMED "SELECT id, sha256 FROM page WHERE (length(?1) >= 8 AND substr(sha256, 1, length(?1)) = ?1) OR url = ?1 OR path = ?1 ORDER BY +bytes, id"
void an_record_keep_bytes(an_record *record, int64_t page, const an_page *of);
bool an_record_has_bytes(an_record *record, int64_t page);

/* ---- What people corrected (corrections.c): found again, and the stories of what changed marked to be formed anew ---- */
an_status an_record_corrections(an_record *record, an_arena *arena, const an_correction **out, uint32_t *count, an_error *err);

/* ---- Lock of the one writer (lock.c) ---- */
an_status an_record_lock(an_record *record, const char *started, an_error *err);
void an_record_unlock(an_record *record);

/* ---- Rows of a reading (record_add.c), stories of the record (record_stories.c) ---- */
void an_record_write_reading(an_record *record, int64_t page, const an_reading *reading, an_text json);
typedef enum an_role { AN_ACTOR, AN_RECIPIENT, AN_SPEAKER } an_role;
/* `of`: the story; not known: of `page`. */
void an_record_write_parties(an_record *record, int64_t page, an_text of, const char *ref, an_role role, const an_party *parties, uint32_t count);
/* Packs and binds: what cannot be packed fails the record. */
void an_row_packed(an_row *row, an_packed kind, int64_t page, const void *bytes, size_t size);

/* ---- Who is who (who.c) ---- */
int64_t an_record_who(an_record *record, const an_party *party);   /* the row that says the same of somebody, made where there is none */
void an_record_forget_people(an_record *record);                   /* what was found so far may be gone from the file */
void an_record_keep_sketch(an_record *record, int64_t page, an_text found);
an_status an_record_form_stories(an_record *record, an_error *err);
#endif
