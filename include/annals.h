/* SPDX-License-Identifier: Apache-2.0 */
/* annals.h: news pages in, readings and stories out.

   Bytes only: no network, clock, environment, printing or exit. The model, left to right:

     an_page  ->  an_read  ->  an_reading (+ an_digest)  ->  an_stories_find  ->  an_story

   A reading is what one page says. A digest is all of it that comparing needs, flat and storable.
   A story is what several readings say of the same happenings. Everything said carries the range of
   page bytes that says it. The record on disk (SQLite) is behind annals_record.h. */
#ifndef ANNALS_H
#define ANNALS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#pragma GCC visibility push(default) /* what is declared here leaves the library, and nothing else */
#endif

#define ANNALS_VERSION "0.1.0"

/* ---- Values: passed by value, no ownership -------------------------------------------------- */

typedef struct an_text { const char *at; uint32_t size; } an_text; /* borrowed UTF-8, no NUL; at == NULL: not known */
typedef struct an_span { uint32_t begin, end; } an_span;           /* half-open; in an_page.bytes; begin == end: none */
typedef uint32_t an_index;                                         /* into an array of the same reading, or AN_NONE */
#define AN_NONE UINT32_MAX

typedef int32_t an_day;                                            /* days since 1970-01-01, proleptic Gregorian */
#define AN_DAY_OPEN_EARLIEST INT32_MIN
#define AN_DAY_OPEN_LATEST INT32_MAX
typedef struct an_days {                                           /* a set of days that a date can be */
  an_day earliest, latest;                                         /* inclusive; INT32_MIN, INT32_MAX: open */
  uint8_t weekdays;                                                /* bit 0 is Monday; 0: no weekday implied */
} an_days;

/* "2017-03-28", "2017-03", "2017", with or without a time behind, which is passed over. false: no date there. */
bool an_days_parse(an_text text, an_days *out);
/* "2017-03-28"; an open day gives "". out: 16 bytes, NUL-terminated. */
void an_day_iso(an_day day, char out[16]);

/* How days hang on the page's day of publication ("Tuesday", "last week"), so that a story can set
   them again without the page: start of the unit that holds the day, moved by `offset` units; then the
   `weekday` on the given `side` of it. */
typedef enum an_anchor_to { AN_ANCHOR_NONE, AN_ANCHOR_PUBLISHED } an_anchor_to;
typedef enum an_unit { AN_UNIT_DAY, AN_UNIT_WEEK, AN_UNIT_MONTH, AN_UNIT_YEAR } an_unit;
typedef struct an_anchor {
  uint8_t to, unit;      /* an_anchor_to, an_unit */
  uint8_t weekday;       /* 1 Monday … 7 Sunday; 0: none */
  int8_t side;           /* with weekday: -1 the latest such day up to publication, +1 the coming one, 0 in the unit */
  int16_t offset;        /* in units: "last year" is year, -1; "yesterday" is day, -1 */
} an_anchor;

/* ---- Errors: the caller's value; err may be NULL --------------------------------------------- */

typedef enum an_status {
  AN_OK,
  AN_ERR_USAGE,   /* a call that cannot be meant */
  AN_ERR_IO,      /* the system refused: message names path and reason */
  AN_ERR_MEMORY,  /* the system has none left */
  AN_ERR_LIMIT,   /* a limit of docs/limits.md was met */
  AN_ERR_DATA,    /* a data file, digest or record is cut, altered or of another layout */
  AN_ERR_STOPPED  /* a callback asked to stop */
} an_status;
typedef struct an_error { an_status status; const char *step; an_span span; char message[400]; } an_error;

/* ---- A page: the bytes after gzip, chunks and JSON escapes, before charset and entities -------- */

typedef struct an_page {
  const uint8_t *bytes; uint32_t size;           /* the caller's, until an_read returns */
  an_text path, url, media_type, charset;        /* as delivered; not known: found out from the bytes */
  an_text outlet;                                /* the caller's word for the outlet's name; usually not known */
  uint64_t offset, length;                       /* the WARC record or JSON line in path; length 0: the whole file */
  an_text record;                                /* WARC-Record-ID, or not known */
  int status;                                    /* HTTP status; 0: not known */
  an_text truncated;                             /* why not all of it came here (WARC-Truncated, a broken member); not known: it did */
  an_text fetched_stamp;                         /* as delivered */
  an_days fetched, given;                        /* published no later than; the caller's word for when (open: none) */
} an_page;
void an_page_sha256(const an_page *page, char hex[65]);            /* what names its bytes in every output: "e3b0c442…" */

/* ---- A reading: what one page says. All of it is the worker's, until that worker's next an_read -- */

typedef enum an_block_kind { AN_BLOCK_TITLE, AN_BLOCK_DECK, AN_BLOCK_BYLINE, AN_BLOCK_DATELINE, AN_BLOCK_CAPTION,
                             AN_BLOCK_SUBHEAD, AN_BLOCK_META, AN_BLOCK_BODY, AN_BLOCK_BOILERPLATE } an_block_kind;
typedef struct an_block { an_span span; uint8_t kind; } an_block;   /* an_block_kind; blocks never overlap */

typedef enum an_time_type { AN_TIME_DATE, AN_TIME_TIME, AN_TIME_DURATION, AN_TIME_SET } an_time_type;  /* TIMEX3 */
typedef struct an_time {
  an_span span; an_text text, value;             /* value: TIMEX3, "2017-03-28", "2017-W13", "P3D", "PRESENT_REF" */
  uint8_t type; an_days days; an_anchor anchor;
} an_time;

typedef enum an_basis { AN_BASIS_UNKNOWN, AN_BASIS_GIVEN, AN_BASIS_METADATA, AN_BASIS_STATED, AN_BASIS_INFERRED,
                        AN_BASIS_STORY } an_basis;                  /* of a day of publication */
typedef struct an_evidence { an_span span; an_text text, says; an_days days; } an_evidence;
typedef struct an_published {
  an_days days;                                  /* what cannot be excluded */
  an_day day;                                    /* best single day; AN_DAY_OPEN_EARLIEST: no day-level evidence */
  uint8_t basis; an_text stamp, modified;        /* as the page's metadata has them; printed lines as ISO 8601 */
  an_text zone;                                  /* "-05:00": what the page gives with that day; not known: nothing */
  const an_evidence *evidence; uint32_t evidence_count;
} an_published;

typedef enum an_mention_kind { AN_MENTION_PERSON, AN_MENTION_ORGANISATION, AN_MENTION_COUNTRY, AN_MENTION_PLACE,
                               AN_MENTION_GROUP, AN_MENTION_ROLE } an_mention_kind;
/* Somebody in a part: an actor, a recipient, a speaker. `name` is canonical, `entity` an identifier (a Wikidata
   item where known), `country` ISO 3166-1 alpha-3 or PLOVER's supranational code, `office` "IRN.president" on the day. */
typedef struct an_party {
  an_span span; an_text text, entity, name, country, sector, group, office;
  an_text given, family;                         /* of `name`, where it is a person's; docs/format.md */
  an_text antecedent; an_span antecedent_span;   /* whom "he" or "the company" stands for, in the page's words; not known: stands for itself */
  an_index mention;
  bool is_private;                               /* a person who holds no public office: a reading keeps the range; digests,
                                                    records and exports leave text and name out (an_options.private_names: false) */
} an_party;
/* What else is known of a mention; a set. A country whose status is disputed carries the code of the text and is marked. */
enum { AN_MARK_GOVERNMENT = 1, AN_MARK_PLACE = 2,  /* "Moscow said": its government; "in Moscow": where, and nobody */
       AN_MARK_ADJECTIVE = 4,                      /* "a Cuban cigar": says which, and nobody */
       AN_MARK_INFERRED = 32,                      /* the country came from the document, the dateline or the outlet */
       AN_MARK_FORMER = 64,                        /* former, late, ex-, -elect: no office on the day */
       AN_MARK_LAST_KNOWN = 256, AN_MARK_DISPUTED = 1024 };
typedef struct an_mention { an_party who; uint8_t kind; uint16_t confidence; an_text why; uint16_t marks; } an_mention; /* 0..1000 */

typedef enum an_where_basis { AN_WHERE_FRAME, AN_WHERE_DATELINE, AN_WHERE_TITLE } an_where_basis;
typedef enum an_where_precision { AN_WHERE_SITE, AN_WHERE_CITY, AN_WHERE_ADMIN1, AN_WHERE_COUNTRY,
                                  AN_WHERE_REGION } an_where_precision;
typedef struct an_place {                        /* text.at == NULL: not known */
  an_span span; an_text text, name, country, admin1; uint32_t geonames; /* 0: none */
  double lat, lon; uint8_t precision, basis;     /* lat: NAN when not known */
} an_place;

typedef enum an_relation { AN_EQUAL, AN_MORE, AN_AT_LEAST, AN_LESS, AN_AT_MOST, AN_ABOUT, AN_WITHIN } an_relation; /* = > >= < <= ~ in */
typedef struct an_quantity {
  an_span span; an_text text, of, unit, scope;   /* of: what is counted ("documents"); unit "%", "km", "USD" */
  uint8_t relation; double value;
  double low, high, soft_low, soft_high;         /* hard interval (infinite: open), soft interval (NAN: none) */
  an_index statement;                            /* told by this statement, or AN_NONE */
  an_index event;                                /* belongs to this event, or AN_NONE */
  an_span sentence;                              /* the sentence that holds it */
} an_quantity;

typedef struct an_source { an_text name; an_span span; } an_source;      /* a report that the page credits */
typedef enum an_statement_kind { AN_DIRECT, AN_MIXED, AN_INDIRECT } an_statement_kind;
typedef struct an_statement {
  uint8_t kind; uint16_t confidence; an_span cue; an_text cue_text;
  const an_party *speakers; const an_source *through; const an_span *content;
  uint32_t speaker_count, through_count, content_count;
  an_index repeats; an_text doubtful, why;
  an_index when, where;                          /* a time, a mention; or AN_NONE */
} an_statement;

typedef enum an_realis { AN_HAPPENED, AN_ONGOING, AN_PLANNED, AN_CONDITIONAL } an_realis;
typedef enum an_when_basis { AN_WHEN_UNKNOWN, AN_WHEN_STATED, AN_WHEN_RELATIVE, AN_WHEN_PUBLICATION, AN_WHEN_STORY } an_when_basis;
typedef enum an_precision { AN_BY_DAY, AN_BY_WEEK, AN_BY_MONTH, AN_BY_YEAR, AN_BY_INTERVAL } an_precision;
typedef struct an_event {
  an_text type, mode, cameo;                     /* PLOVER's names; CAMEO's code with leading zeros */
  const an_text *contexts; uint32_t context_count;
  uint8_t quad; double score, goldstein;         /* quad 1..4; goldstein NAN when the code has none */
  const an_party *actors, *recipients; uint32_t actor_count, recipient_count;
  bool mutual, negated, background; uint8_t realis;
  an_days when; an_index time; uint8_t when_basis, when_precision; an_anchor when_anchor;
  an_place where;
  const an_quantity *quantities; uint32_t quantity_count;
  an_span trigger, evidence;                     /* the word that names it; the clause that tells it */
  an_index told_by; an_source told_through;      /* a statement, or the source that the page credits */
  an_index repeats;                              /* a title, deck, caption or subhead that tells this body event */
  uint16_t confidence; an_text why;
} an_event;

typedef struct an_problem { an_text what; an_span span; } an_problem;
/* A run of clean bytes and where they came from. Where raw_end - raw equals the run's clean size, bytes map one to one;
   otherwise the run is one piece (an entity, a character of another charset, folded white space). */
typedef struct an_run { uint32_t clean, raw, raw_end; } an_run;
typedef struct an_author { an_span span; an_text text; } an_author;
typedef struct an_digest { const uint8_t *bytes; uint32_t size; } an_digest; /* flat, versioned, <= 12 kB, storable */

typedef struct an_reading {
  const an_page *page; uint8_t sha256[32];
  an_text media_type, charset, language;         /* language: ISO 639-1 of the text; not known: not English */
  an_text text;                                  /* the clean article: title, deck, body, UTF-8, a block a line */
  an_text title; an_span title_span;
  an_text outlet, outlet_domain; an_span outlet_span; an_text section, canonical_url;
  const an_author *authors; uint32_t author_count;
  an_published published;
  const an_block *blocks; uint32_t block_count;
  const an_time *times; uint32_t time_count;
  const an_mention *mentions; uint32_t mention_count;
  const an_event *events; uint32_t event_count;
  const an_statement *statements; uint32_t statement_count;
  const an_quantity *quantities; uint32_t quantity_count; /* all of the text, those of events among them */
  const an_problem *problems; uint32_t problem_count;
  an_text seen; const an_run *runs; uint32_t run_count;   /* clean text of all blocks, boilerplate too; and its map */
  const an_span *sentence_spans;                 /* of the `sentences`, ascending */
  uint32_t words, sentences, sentences_parsed;
  an_digest digest;                              /* empty unless an_options.digests */
  uint64_t stamp;                                /* an_engine_stamp of the engine that read it */
  an_text host;                                  /* of the page's address, without "www."; else an_page.outlet */
  uint64_t furniture;                            /* checksum of the file of an_options.furniture; 0: none */
} an_reading;

/* ---- Engine: immutable once open, shared by threads. Worker: one thread's arena ---------------- */

typedef struct an_engine an_engine;
typedef struct an_worker an_worker;
typedef an_status an_write(void *ctx, const char *bytes, size_t size);
/* What the choice of an article's blocks leans to: as little furniture as can be, or as much of the story as can be. */
typedef enum an_favour { AN_FAVOUR_NEITHER, AN_FAVOUR_PRECISION, AN_FAVOUR_RECALL } an_favour;
enum { AN_THRESHOLD = 500, AN_THRESHOLD_NONE = 1 };  /* the default: docs/accuracy.md, "How sure a row is" */
typedef struct an_options {                      /* zero it, then set; 0 takes the default of docs/limits.md */
  const char *data_dir;                          /* the folder of the compiled data, share/annals: world.an and the files beside it */
  const char *const *actors;                     /* users' tables of actors (docs/actors.md), NULL at the end; or NULL */
  an_write *tell; void *tell_to;                 /* every wrong row of them, a line each; or NULL */
  size_t max_page, max_arena;
  bool parse_all;                                /* no gate: parse every sentence */
  bool digests;                                  /* fill an_reading.digest */
  const char *furniture;                         /* a table of an_repeats_write: its lines are no part of an article; NULL: none */
  bool article_only;                             /* article and what the page says of itself; no sentence is looked at */
  bool private_names;                            /* name people who hold no public office as well */
  uint8_t favour;                                /* an_favour */
  bool frames_only;                              /* frames alone decide: coder.an is not opened */
  uint16_t threshold;                            /* events less certain than this, per mille, are left out; AN_THRESHOLD_NONE: none is */
} an_options;

an_status an_engine_open(const an_options *options, an_engine **out, an_error *err); /* AN_ERR_DATA names file, both versions */
void an_engine_close(an_engine *engine);
/* The name of a type in PLOVER's codebook of 2021, where it was another (YIELD of CONCEDE and RETREAT); at == NULL: the same. */
an_text an_type_older(const an_engine *engine, an_text type);
/* The type and quad that PLOVER's conversion table of 2021 gives a CAMEO code, where its later codebook, which annals follows, decided
   otherwise ("116", a verdict: ACCUSE then, SANCTION since); false: the table has none. */
bool an_type_of_cameo(const an_engine *engine, an_text cameo, an_text *type, uint8_t *quad);
uint64_t an_engine_stamp(const an_engine *engine);             /* data and options: made_by.data of every output */
bool an_engine_private_names(const an_engine *engine);        /* are people without a public office named? */
/* The codes of CAMEO in the order of their table, with their names and Goldstein values; false: no such row. What is not known is
   empty, a value NAN. Borrowed from the engine. */
bool an_engine_cameo(const an_engine *engine, uint32_t row, an_text *code, an_text *name, double *goldstein);
an_status an_worker_open(const an_engine *engine, an_worker **out, an_error *err);
void an_worker_close(an_worker *worker);

/* Every rule that fires or nearly fires says so: step, range of page bytes, what, whether it fired. */
typedef void an_trace(void *ctx, const char *step, an_span at, an_text what, bool fired);
void an_worker_trace(an_worker *worker, an_trace *trace, void *ctx); /* NULL costs nothing */

/* A bad page is AN_OK and a reading with problems. Linear in page->size; limits are in docs/limits.md. */
an_status an_read(an_worker *worker, const an_page *page, const an_reading **out, an_error *err);

/* Many pages, many threads. `next` fills a page (its bytes stay valid until the sink has returned for it;
   `release` says when). `sink` is called one at a time, in input order, and borrows the reading for the call. */
typedef bool an_next(void *ctx, an_page *out);                 /* false: no more */
typedef void an_release(void *ctx, const an_page *page);
typedef an_status an_sink(void *ctx, const an_reading *reading, an_error *err);
an_status an_read_all(const an_engine *engine, unsigned threads, an_next *next, an_release *release, void *from,
                      an_sink *sink, void *to, an_error *err);

an_status an_reading_json(const an_reading *reading, an_write *write, void *to, an_error *err);  /* one line */
/* The clean words under a range of page bytes, borrowed from `seen`; not known where the range touches no seen text. */
an_text an_reading_words(const an_reading *reading, an_span span);
/* Ids inside a reading: "e" and the trigger's first byte, "s" and the content's first byte; where two meet, the later one
   in the list gets a letter ("e3246b"). out: 16 bytes, NUL-terminated. */
void an_event_id(const an_reading *reading, an_index event, char out[16]);
void an_statement_id(const an_reading *reading, an_index statement, char out[16]);

/* ---- Pages from where people keep them: files, folders, WARC, WET, JSONL, gzip, zstd, "-" --------- */

typedef struct an_input an_input;
typedef struct an_input_options {                /* zero it, then set */
  size_t max_page;                               /* larger pages are cut, with a problem; 0: docs/limits.md */
  const char *meta_file;                         /* TSV: path, url, outlet, published, fetched; NULL: none */
  an_days given;                                 /* --published for all; {0, 0, 0}: none */
} an_input_options;
typedef struct an_input_counts {                 /* so far */
  uint64_t pages, bytes, bytes_read, bytes_total; /* bytes_total: of the files named; 0: not known (standard input) */
  uint64_t skipped_status, skipped_type, skipped_bad, failed; /* not 200; not text; no sense in it (told); files that could not be read */
  uint64_t skipped_name, skipped_coding, skipped_revisit; /* in folders, by name; a coding that gives no text (told); revisit records */
  uint64_t skipped_same, repeated_urls, repeated_bytes;   /* URL and bytes of an earlier page: not read again; one of the two: read */
  uint64_t meta_rows, meta_matched;              /* rows of meta_file; those that a page was found for */
} an_input_counts;
/* Paths are read in the order given, folders sorted, hidden files left out. A path that cannot be read is counted, told to
   `complain` (may be NULL) and passed over. */
typedef void an_complain(void *ctx, const an_error *what);
an_status an_input_open(const char *const *paths, size_t count, const an_input_options *options, an_complain *complain,
                        void *ctx, an_input **out, an_error *err);
bool an_input_next(void *input, an_page *out);   /* an an_next; bytes are valid until an_input_release for that page */
void an_input_release(void *input, const an_page *page);
an_input_counts an_input_counted(const an_input *input);
void an_input_close(an_input *input);

/* ---- Lines that repeat on the pages of an outlet (annals learn-outlets): of readings in any order ---- */

typedef struct an_repeats an_repeats;
an_status an_repeats_open(size_t max_memory, an_repeats **out, an_error *err);                   /* 0: 2 GiB */
an_status an_repeats_add(an_repeats *repeats, const an_reading *reading, an_error *err);         /* AN_ERR_LIMIT: too many pages */
/* A table for an_options.furniture. lines, outlets (may be NULL): how many there are. */
an_status an_repeats_write(an_repeats *repeats, an_write *write, void *to, uint32_t *lines, uint32_t *outlets, an_error *err);
void an_repeats_close(an_repeats *repeats);

/* ---- Stories: out of digests alone; the same digests in any order give the same stories and ids -- */

typedef enum an_verdict { AN_UNCLEAR, AN_AGREE, AN_COMPATIBLE, AN_SCOPE, AN_UPDATE, AN_CONFLICT } an_verdict;
typedef enum an_comparison_kind { AN_OF_QUANTITY, AN_OF_DAY, AN_OF_PLACE, AN_OF_PARTY, AN_OF_WORDING, AN_OF_MODALITY,
                                  AN_OF_OCCURRENCE } an_comparison_kind;
typedef struct an_told { an_index reading; an_text event; } an_told;   /* a reading of the story, an id in that reading */
typedef struct an_story_event_days { an_text event; an_days when; } an_story_event_days;
typedef struct an_story_reading {
  uint8_t sha256[32]; an_text path, url, outlet, title; an_index copy_of, version_of;
  an_index most_like; an_text shares;            /* why it is in the story: the reading that it is most like, and what speaks for that and against it */
  an_published published;                        /* sharpened; evidence[i] was seen in reading evidence_reading[i] */
  const an_index *evidence_reading;
  const an_story_event_days *events; uint32_t event_count;
} an_story_reading;
typedef struct an_story_event {
  an_text id; an_event event;                    /* the most precise that no report contradicts; spans are empty */
  const an_told *told; uint32_t told_count;
  uint32_t pages, outlets, origins;
  const an_index *comparisons; uint32_t comparison_count;
} an_story_event;
typedef struct an_compared_value {
  an_index reading; an_span span; an_text text; bool has_value; uint8_t relation; double value;
  an_text according_to, says; uint32_t position; /* from 1 */
} an_compared_value;
typedef struct an_position { an_text says; const an_text *origins; uint32_t origin_count; } an_position;
typedef struct an_comparison {
  an_text id, about, why; uint8_t kind, verdict;
  const an_compared_value *values; uint32_t value_count;
  const an_position *positions; uint32_t position_count;
} an_comparison;
typedef struct an_story {
  an_text id, headline; an_days when;            /* of what it tells; of its reports, where it tells no act of a day */
  const an_text *where; uint32_t where_count;
  const an_story_reading *readings; uint32_t reading_count;
  const an_story_event *events; uint32_t event_count;
  const an_comparison *comparisons; uint32_t comparison_count, comparisons_left_out; /* beyond 1,000 */
  const an_told *told_once; uint32_t told_once_count;
  uint64_t stamp;
} an_story;

typedef struct an_stories an_stories;
an_status an_stories_open(const an_engine *engine, size_t max_memory, an_stories **out, an_error *err);
an_status an_stories_add(an_stories *stories, an_digest digest, an_error *err); /* copies; AN_ERR_DATA: another layout */
typedef an_status an_story_sink(void *ctx, const an_story *story, an_error *err);
an_status an_stories_find(an_stories *stories, an_story_sink *sink, void *to, an_error *err);
/* A person's word against a reading's, taken where stories are formed; readings stay as they are. */
typedef enum an_correct { AN_CORRECT_DAY,    /* of `page`: it was published on `days` */
                          AN_CORRECT_REJECT, /* `page` does not tell `event` */
                          AN_CORRECT_NAME,   /* whoever is `name` is `value` */
                          AN_CORRECT_JOIN, AN_CORRECT_SPLIT } an_correct;   /* `page` and `other` tell one story, or two */
typedef struct an_correction {
  uint8_t what; const uint8_t *page, *other;     /* sha256; NULL: of no page */
  an_text event, name, value, says; an_days days; /* says: whose word it is, for the evidence */
} an_correction;
void an_stories_correct(an_stories *stories, const an_correction *corrections, uint32_t count); /* before any is added; borrowed until closed */
/* A collection that grows. What was found of a page, some 200 bytes, is kept by the caller under a number of its own and given back the
   next time; digests are asked for only where something new touches a page, and only stories of such pages are told: all others are as
   they were. What comes out is what all digests at once would give. */
typedef struct an_stories_keeper {
  void *ctx;
  an_status (*digest)(void *ctx, uint64_t page, an_digest *out, an_error *err);   /* borrowed until the next is asked for */
  an_status (*keep)(void *ctx, uint64_t page, an_text found, an_error *err);      /* for the next time, when all stories are told; empty: nothing */
  bool (*known)(void *ctx, const uint64_t *pages, uint32_t count);                /* what a story of these would say is known; NULL: never */
} an_stories_keeper;
void an_stories_threads(an_stories *stories, unsigned threads);                   /* that look for pairs; 0: one. The same comes out */
void an_stories_keep(an_stories *stories, const an_stories_keeper *keeper);       /* before any page is added */
/* `kept`: what was kept of the page, copied; empty where nothing was, or where its digest is another by now. `again`: its story is asked about
   (known) and told whatever was. */
an_status an_stories_add_page(an_stories *stories, uint64_t page, an_text kept, bool again, an_error *err);
void an_stories_close(an_stories *stories);
an_status an_story_json(const an_story *story, an_write *write, void *to, an_error *err);        /* one line */

/* ---- The world file, asked by hand (annals who, annals world) ------------------------------------------------ */

/* What the world file holds; where its terms of office are from; how long ago a country's were last checked. */
typedef struct an_inventory { uint32_t countries, people, organisations, armed_groups, outlets, offices, terms, roles, places, forms; } an_inventory;
typedef struct an_source_age { an_text source; uint32_t terms; an_day checked; } an_source_age;       /* checked: the newest check */
typedef struct an_country_age {
  an_text id, name; uint32_t terms; an_day checked, heads_checked;     /* AN_DAY_OPEN_EARLIEST: no term; of its heads of state, government */
  bool former, disputed;
} an_country_age;
void an_known_counts(const an_engine *engine, an_inventory *out);
/* At most `most` of them into `out`; how many were given. */
uint32_t an_known_sources(const an_engine *engine, an_source_age *out, uint32_t most);
uint32_t an_known_countries(const an_engine *engine, an_country_age *out, uint32_t most);

/* Actor and agent files of PETRARCH and TABARI (paths, NULL at the end) as a table for an_options.actors, through `write`; every
   oddity in them a line "FILE:LINE: what: the text" through `tell` (may be NULL). docs/actors.md */
typedef struct an_petrarch_counts { uint32_t actors, agents, odd; } an_petrarch_counts;
an_status an_petrarch_read(const an_engine *engine, const char *const *paths, an_write *write, void *to, an_write *tell, void *tell_to,
                           an_petrarch_counts *counts, an_error *err);
/* What the world file (with its overlays) knows, as an actor file of PETRARCH. */
an_status an_petrarch_write(const an_engine *engine, an_write *write, void *to, an_error *err);

/* Writes every candidate for the phrase on that day (AN_DAY_OPEN_EARLIEST: no day), best first, one JSON object a
   line: text, kind, entity, name, country, sector, office, score, why, src. */
an_status an_who(const an_engine *engine, an_text phrase, an_day on, an_write *write, void *to, an_error *err);

/* CoNLL-U of plain text, or of CoNLL-U whose tokens are kept (annals parse). */
an_status an_parse_conllu(an_worker *worker, an_text text, bool conllu, an_write *write, void *to, an_error *err);
/* One sentence with its pair of actors marked <s>…</s>, <t>…</t> (annals code): the best event between them.
   The reading's events[0], if there is one, is it; the rest of the reading is as usual. */
an_status an_code_sentence(an_worker *worker, an_text marked, const an_reading **out, an_error *err);

/* ---- Names of the format's own closed lists ---------------------------------------------------- */
const char *an_block_kind_name(uint8_t kind);
const char *an_basis_name(uint8_t basis);
const char *an_mention_kind_name(uint8_t kind);
const char *an_statement_kind_name(uint8_t kind);
const char *an_realis_name(uint8_t realis);
const char *an_relation_name(uint8_t relation);
const char *an_verdict_name(uint8_t verdict);
const char *an_comparison_kind_name(uint8_t kind);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#endif
