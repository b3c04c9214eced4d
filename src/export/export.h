/* SPDX-License-Identifier: Apache-2.0 */
/* export: a record in the formats of the field.

   In: a record. Out: lines by an an_write; the same record gives the same bytes. Each format is one file that says its columns;
   export.c loads the events they share. Always holds: columns that annals does not compute stay empty; a private person has no
   name. Formats without a field for it get only events that happened or go on, not negated, not background, known to within
   max_days, dated on the first day. Cost: one pass. Knows nothing of how events are found. */
#ifndef AN_EXPORT_H
#define AN_EXPORT_H
#include "record/record.h"

enum { EX_MAX_DAYS = 7,       /* where an_export_options.max_days is 0 */
       EX_PARTIES = 32,        /* parties a side; what is more is left out of exports, never of the record */
       EX_EVENT_BUDGET = 1 << 30, /* bytes of memory that a format may take for one event */
       EX_PAIRS = 32 };        /* rows that one event of many parties may become */

typedef struct ex_party { an_text text, entity, name, country, sector, group, office; } ex_party;
/* One row of story_event (unit event, with the first page that tells it) or of event (unit mention). */
typedef struct ex_event {
  an_text story, id, type, mode, contexts, cameo, realis, earliest, latest;
  an_text place, place_country, place_admin1;
  an_text ref;                           /* of the telling, on its page */
  an_text evidence, trigger, path, url, title, outlet, domain, published, language;
  int64_t quad, geonames, pages, outlets, origins, mentions, place_precision, begin, end, page; /* -1: not known */
  double score, goldstein, lat, lon, confidence;                                         /* NAN: not known */
  bool negated, background, mutual;
  ex_party *actors, *recipients;
  uint32_t actor_count, recipient_count; /* at most EX_PARTIES */
} ex_event;

/* What a format asks of an event's first telling: nothing; its page; where it stands there; in which words, each with those before. Or its
   page and the day on which that was published, as its story knows it. */
typedef enum ex_needs { EX_NEEDS_EVENT, EX_NEEDS_PAGE, EX_NEEDS_RANGE, EX_NEEDS_WORDS, EX_NEEDS_DAY } ex_needs;
/* What it asks of an event besides whether and when it happened: the rest is not known. FACTS_ONLY: what ex_is_fact leaves out need not say where
   it is told. */
/* PLACE has geonames: without words a place is told only where it has one. */
typedef enum ex_columns { EX_FACT = 1, EX_TYPE = 2, EX_CAMEO = 4, EX_PLACE = 8, EX_POINT = 16, EX_COUNTS = 32, EX_ALL = 63, EX_FACTS_ONLY = 64 } ex_columns;
typedef struct ex_reader ex_reader;      /* group.h */

typedef struct ex_out {
  an_record *record; const an_export_options *options; an_write *write; void *to;
  const char *story;                     /* options.story in full, or NULL */
  ex_reader *reader;                     /* of the thread; NULL outside of ex_events */
  an_buf line, joined; an_arena arena; an_export_counts counts; /* joined: a cell of several; arena: of the event at hand */
} ex_out;
typedef an_status ex_take(ex_out *out, const ex_event *event, an_error *err);

/* Every event that is asked for, in the order of its story, then of the story (events.c). `take` may be called on other threads, each with
   an `out` of its own; what it writes comes in order. */
an_status ex_events(ex_out *out, an_export_unit unit, ex_needs needs, ex_columns asked, ex_take *take, an_error *err);
an_status ex_line(ex_out *out, an_error *err);                 /* hands out.line on, and empties it */
an_status ex_rows(ex_out *out, const char *sql, an_row_sink *sink, an_error *err); /* a question with ?1 to ?4 as ex_csv_table has them */
/* What is asked for, as conditions in SQL: of a story `s`, and of a page `p`. */
#define EX_STORY_ASKED                                                                                                  \
  "(?1 IS NULL OR coalesce(s.latest, s.earliest) >= ?1) AND (?2 IS NULL OR s.id = ?2)"                                   \
  " AND (?3 IS NULL OR EXISTS (SELECT 1 FROM story_event w WHERE w.story = s.id AND w.where_country = ?3))"
#define EX_PAGE_ASKED                                                                                                   \
  "p.stamp = (SELECT value FROM meta WHERE key = 'stamp')"                                                               \
  " AND (?1 IS NULL OR coalesce((SELECT coalesce(n.day, n.latest) FROM story_page n WHERE n.page = p.id), p.day, p.latest) >= ?1)" \
  " AND (?2 IS NULL OR EXISTS (SELECT 1 FROM story_page n WHERE n.page = p.id AND n.story = ?2))"                          \
  " AND (?3 IS NULL OR EXISTS (SELECT 1 FROM event w WHERE w.page = p.id AND w.place_country = ?3))"

/* no_text.c, for options.no_text: an event, a column of a table, a line of JSON (into out->line; false: it is none, or memory is spent). */
void ex_without_words(ex_event *event);
bool ex_has_words(const ex_out *out, const char *column);
bool ex_json_without_words(ex_out *out, an_text json);

/* May a format without realis have it? Counts what it leaves out. *first: the day. */
bool ex_is_fact(ex_out *out, const ex_event *event, an_day *first);
/* Pairs of parties: actors with recipients, or of a mutual event every two of its actors; one party alone is a pair with NULL. */
typedef struct ex_pair { const ex_party *first, *second; } ex_pair;
uint32_t ex_pairs(const ex_event *event, ex_pair out[EX_PAIRS]);
const ex_party *ex_named(const ex_party *party);
an_text ex_name(const ex_party *party);                        /* name, else the page's words; not known: private */

/* Cells of tab-separated lines: tabs and line ends become spaces. */
void ex_cell(an_buf *line, an_text text);                      /* and a tab behind it */
void ex_put_int(an_buf *line, uint64_t value);
void ex_put_digits(an_buf *line, uint64_t value, int width);    /* with noughts before it; what is more is cut */
void ex_cell_int(an_buf *line, int64_t value);                 /* negative: empty */
void ex_cell_number(an_buf *line, double value, int decimals); /* not finite: empty */
void ex_end_line(an_buf *line);                                /* the last tab becomes a line end */

/* Cells of CSV (RFC 4180; a line ends in a line feed): what a spreadsheet would run has ' before it, unless options.keep_formulas. */
void ex_csv_cell(ex_out *out, an_text text);                   /* and a comma behind it */
void ex_csv_int(ex_out *out, int64_t value);                   /* negative: empty */
void ex_csv_number(ex_out *out, double value);                 /* not finite: empty */
typedef enum ex_part { EX_NAME, EX_COUNTRY, EX_SECTOR, EX_ENTITY } ex_part;
void ex_csv_parties(ex_out *out, const ex_party *parties, uint32_t count, ex_part part, const char *between); /* none known: empty */
extern const char ex_csv_events[];                             /* the header line of events, and the cells of one */
void ex_csv_event(ex_out *out, const ex_event *event);
/* A question as a table: its columns are the header. ?1 since, ?2 story, ?3 where, ?4 the longest span in days, each text or NULL. */
an_status ex_csv_table(ex_out *out, const char *sql, an_error *err);

an_status ex_jsonl(ex_out *out, an_error *err);                /* jsonl.c: stories as annals-story/1 */
an_status ex_readings(ex_out *out, an_error *err);
an_status ex_csv(ex_out *out, an_error *err);                  /* csv.c */
an_status ex_dyads(ex_out *out, an_error *err);                /* tables.c */
an_status ex_statements(ex_out *out, an_error *err);
an_status ex_stories(ex_out *out, an_error *err);
an_status ex_comparisons(ex_out *out, an_error *err);
an_status ex_coverage(ex_out *out, an_error *err);
an_status ex_changes(ex_out *out, an_error *err);              /* changes.c */
an_status ex_icews(ex_out *out, an_error *err);                /* icews.c */
an_status ex_plover(ex_out *out, an_error *err);               /* plover.c */
an_status ex_gdelt(ex_out *out, an_error *err);                /* gdelt.c */
an_status ex_gdelt_mentions(ex_out *out, an_error *err);
an_status ex_polecat(ex_out *out, an_error *err);              /* polecat.c */
an_status ex_html(ex_out *out, an_error *err);                 /* html.c: one story, as a page of its own */
#endif
