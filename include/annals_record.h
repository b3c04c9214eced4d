/* SPDX-License-Identifier: Apache-2.0 */
/* annals_record.h: readings and stories on disk, in one SQLite file that people can query by hand (docs/format.md,
   "Record"), and out of it again.

     an_record_begin  ->  an_record_wants, an_record_add …  ->  an_record_finish      one writer at a time
     an_record_open   ->  an_record_view, an_record_export                            readers, also while one writes
     an_serve_begin   ->  a browser of this machine  ->  an_serve_end                 the same

   Always holds: a page is there once (sha256 of its bytes, url); a build that is stopped at any moment and run again ends
   with the same record; any sequence of builds over parts gives the same export as one build over all; readers see the
   last finished generation of stories; readings of different stamps (made_by) are never mixed. No clock is read here. An an_record is one thread's at a time. */
#ifndef ANNALS_RECORD_H
#define ANNALS_RECORD_H
#include "annals.h"

#if defined(__GNUC__)
#pragma GCC visibility push(default) /* as in annals.h: what is declared here leaves the library */
#endif

#define AN_RECORD_LAYOUT 8                        /* user_version of the file; another one is refused, AN_ERR_DATA */

typedef struct an_record an_record;

/* ---- Writing --------------------------------------------------------------------------------------- */

typedef struct an_record_options {                /* zero it, then set */
  const char *started;                            /* when this build began, as told to a second build; NULL: not told */
  bool reread;                                    /* the record's stamp is another: read the pages given anew */
  bool keep_pages;                                /* keep the bytes of pages too, compressed */
  uint32_t batch;                                 /* pages a transaction; 0: 64 */
  unsigned threads;                               /* that form stories; 0: one */
} an_record_options;
typedef struct an_record_counts {
  uint64_t added, replaced, known;                /* pages of this build; known: already there */
  uint64_t pages, stale;                          /* in the record; stale: of an older stamp, in no story and no export */
  uint64_t stories;
  uint64_t formed, kept, gone;                    /* stories made by this build, left as they were, and no more */
} an_record_counts;

/* Opens the record of `path` for writing, or makes it. AN_ERR_STOPPED: another build writes it (the message says since
   when); AN_ERR_DATA: not a record, a newer layout, or another stamp (the message names --reread). `engine` must have been
   opened with digests, and outlive the record. */
an_status an_record_begin(const char *path, const an_engine *engine, const an_record_options *options, an_record **out,
                          an_error *err);
/* Is the page to be read? No: it is there. Also no where the same bytes are there under a path that sorts before this one. */
an_status an_record_wants(an_record *record, const an_page *page, bool *wants, an_error *err);
/* Takes a reading; it is on disk after the batch that holds it. */
an_status an_record_add(an_record *record, const an_reading *reading, an_error *err);
/* A person's corrections (a table: docs/format.md, "Corrections"), in place of those that the record has; they are kept, and act on stories.
   path NULL: those that it has. Rows that are wrong, and then, when stories are formed, rows that match nothing, are told to `complain`
   (may be NULL) as "FILE:LINE: why: what"; *wrong counts the former. AN_ERR_IO, AN_ERR_USAGE: no such file, no such columns. */
an_status an_record_correct(an_record *record, const char *path, an_complain *complain, void *ctx, uint32_t *wrong, an_error *err);
/* Forms the stories of all readings, as one transaction, if there is anything new. `ended` as `started`. */
an_status an_record_finish(an_record *record, const char *ended, an_record_counts *counts, an_error *err);
/* Removes a page (by its sha256 or the beginning of it, its url or path), or every page whose words hold a name, with all that was made
   of them, from a record that is open for writing; an_record_finish then forms the stories of the rest, and an_record_scrub leaves no
   byte of them in the file. *pages: how many were removed; a page that is given to a build again is read again. AN_ERR_USAGE: `page`
   fits more than one. */
an_status an_record_forget_page(an_record *record, const char *page, uint64_t *pages, an_error *err);
an_status an_record_forget_name(an_record *record, const char *name, uint64_t *pages, an_error *err);
an_status an_record_scrub(an_record *record, an_error *err);
void an_record_close(an_record *record);          /* a batch that is not on disk is dropped; NULL is nothing */

/* ---- Reading ---------------------------------------------------------------------------------------- */

/* AN_ERR_IO: cannot be opened; AN_ERR_DATA: not a record, or a newer layout. */
an_status an_record_open(const char *path, an_record **out, an_error *err);
an_status an_record_count(an_record *record, an_record_counts *counts, an_error *err);
/* Pages that came after the last generation of stories (a build was stopped): run it again. */
an_status an_record_unfinished(an_record *record, bool *unfinished, an_error *err);

/* What a person asks of a record: rows of cells, the columns named. `sink` borrows both. */
typedef enum an_view {
  AN_VIEW_STORIES,      /* story, days, pages, outlets, events, conflicts, headline */
  AN_VIEW_EVENTS,       /* days, type, who, whom, where, realis, told (pages/outlets/origins), story, words */
  AN_VIEW_STATEMENTS,   /* day, who, kind (and why it is doubtful), outlet, page, what */
  AN_VIEW_COMPARE,      /* of args[0], a story (or the beginning of its id): comparison, about, kind, verdict, position, says,
                           origins, outlet, page, words, sentence, why, doubtful (of the statement that holds it) */
  AN_VIEW_DYAD,         /* of args[0] and args[1], countries or names: day, what, who, whom, realis, outlet, story, words */
  AN_VIEW_PAGES,        /* page, url, outlet, published, events, statements, story */
  AN_VIEW_CHANGED,      /* was, became, headline: stories of before the last build whose pages are in another one now */
  AN_VIEW_RUNS,         /* run, started, ended, annals, stamp; generation, pages, stories: of what it formed. The last run comes first */
  AN_VIEW_SOURCES,      /* sha256, url, path, offset, length, record, fetched, given: what to find each page again by, and what was told of it */
  AN_VIEW_COVERAGE,     /* outlet, day, pages */
  AN_VIEW_STORY,        /* of args[0], a story: day, basis, outlet, page, like (the page that it is most like; of what it is a copy), why (what speaks for that and against it) */
  AN_VIEW_LEFT_OUT,     /* of args[0], a story: left_out: comparisons beyond the 1,000 that it has; no row where it has all */
  AN_VIEW_TELLINGS      /* an event a page: id, page, type, mode, who, whom, days, where, realis, trigger, sentence */
} an_view;
typedef an_status an_row_sink(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err);
an_status an_record_view(an_record *record, an_view view, const char *const *args, an_row_sink *sink, void *to, an_error *err);

/* The bytes of a page that was kept (an_record_options.keep_pages), by its sha256 or the beginning of it, its url or path; checked against
   the sha256. AN_ERR_USAGE: no such page, more than one, or its bytes were not kept. */
an_status an_record_page_bytes(an_record *record, const char *page, an_write *write, void *to, an_error *err);

/* ---- Exports ------------------------------------------------------------------------------------------ */

typedef enum an_export_format { AN_EXPORT_JSONL, AN_EXPORT_READINGS, AN_EXPORT_CSV, AN_EXPORT_STATEMENTS, AN_EXPORT_STORIES,
                                AN_EXPORT_COMPARISONS, AN_EXPORT_COVERAGE, AN_EXPORT_PLOVER, AN_EXPORT_GDELT, AN_EXPORT_GDELT_MENTIONS,
                                AN_EXPORT_POLECAT, AN_EXPORT_ICEWS, AN_EXPORT_HTML, AN_EXPORT_FORMATS } an_export_format;
/* A happening once; an event a page; counts and score sums of two countries on a day, in a month. */
typedef enum an_export_unit { AN_UNIT_EVENT, AN_UNIT_MENTION, AN_UNIT_DYAD_DAY, AN_UNIT_DYAD_MONTH, AN_EXPORT_UNITS } an_export_unit;
typedef struct an_export_options {                /* zero it, then set */
  uint8_t format, unit;
  int max_days;                                   /* formats without a field for it: events known to within this many days; 0: 7 */
  /* What is asked for; NULL: all. since, a day: what may be of that day or later. story: its id or the beginning of it. where, a
     country: events there; of stories and pages those that tell an event there. */
  const char *since, *story, *where;
  int64_t changes_since;                          /* csv, events: what runs after this one added, changed, removed; 0: all as it is now */
  bool no_text;                                   /* no word of a page: codes, days, ranges, ids, and names that the world file knows */
  unsigned threads;                               /* readers of events, each with a connection and memory of its own; 0: one. Same bytes */
  bool keep_formulas;                             /* cells of CSV as they are; else one that a spreadsheet would run has ' before it */
} an_export_options;
typedef struct an_export_counts { uint64_t written, not_happened, background, no_day, no_parties, not_asked, cut; } an_export_counts; /* left out, and why; cut: comparisons beyond 1,000 of a story */
const char *an_export_format_name(uint8_t format);  /* "gdelt-mentions"; NULL: no such */
const char *an_export_unit_name(uint8_t unit);      /* "dyad-day"; NULL: no such */
bool an_export_goes(uint8_t format, uint8_t unit);  /* jsonl, readings, gdelt, coverage know one unit; dyads go with csv */
/* The same record gives the same bytes. `counts` may be NULL. */
an_status an_record_export(an_record *record, const an_export_options *options, an_write *write, void *to,
                           an_export_counts *counts, an_error *err);

/* ---- Server ------------------------------------------------------------------------------------------- */

/* Serves a record to browsers of this machine: 127.0.0.1 only, read-only, docs/api.md. Threads of its own; an_serve_end gives
   up what they do and waits for them. `port` 0: the first free one from 8017 on. Errors as an_record_open; AN_ERR_IO: no port. */
typedef struct an_server an_server;
an_status an_serve_begin(const char *path, uint16_t port, an_server **out, an_error *err);
uint16_t an_serve_port(const an_server *server);
void an_serve_end(an_server *server);             /* NULL is nothing */

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
