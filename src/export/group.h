/* SPDX-License-Identifier: Apache-2.0 */
/* The events of one group (a story; of mentions a page) with their parties and first tellings: group.c reads them, events.c deals out
   groups to threads. */
#ifndef AN_EXPORT_GROUP_H
#define AN_EXPORT_GROUP_H
#include "export/export.h"

typedef struct ex_row { ex_event event; an_text key; int64_t order; uint32_t index; } ex_row; /* key: by which its parties are found */
enum { EX_MOST_COLUMNS = 32 };
enum { EX_PEOPLE, EX_BODIES, EX_PLACES, EX_LISTS };
typedef struct ex_names { an_text lists[EX_LISTS]; } ex_names; /* "; " between, each once, by their bytes; whoever is private has none */
typedef struct ex_page { an_text path, url, title, outlet, domain, published, language; } ex_page;
typedef struct ex_party_of { an_text event; bool acts; } ex_party_of;

/* What a reader has: the questions of its connection, whom it knows, and the group at hand. */
struct ex_reader {
  an_record *record;
  sqlite3_stmt *events, *parties, *page, *left, *person, *own; /* own: what a format asks besides */
  bool mentions, facts, has_page, short_of; /* facts: alone; short_of: something found no room; told behind the group */
  uint8_t columns[EX_MOST_COLUMNS]; uint32_t column_count; /* of the events: which, in which order */
  an_arena arena;                        /* of the group at hand */
  AN_LIST(ex_row *) rows;
  AN_LIST(ex_party_of) party_of;         /* by event, actors first; the party in the same place of `parties` */
  AN_LIST(ex_party) party;
  an_arena known; an_map known_at;       /* rows of `who`, each read once, by id */
  AN_LIST(ex_party) people;
  AN_LIST(ex_page) pages; an_map pages_at; /* of the group's pages, by id: several events are first told on one */
  AN_LIST(ex_names) names; an_map names_at; an_buf joined; /* names.c: of the group's pages, by id */
};

int ex_reader_open(ex_reader *reader, const ex_out *out, bool mentions, ex_needs needs, ex_columns asked); /* SQLite's code */
void ex_reader_close(ex_reader *reader);
/* Rows in the order of the group; what was not asked for is counted in `out`. */
an_status ex_read_group(ex_reader *reader, ex_out *out, an_text group, an_error *err);
bool ex_next_row(const ex_reader *reader, sqlite3_stmt *question); /* false: none, or a failure that is noted */
sqlite3_stmt *ex_own(ex_reader *reader, const char *sql);              /* the one question that a format has of its own, ready to be asked */
const ex_party *ex_person(ex_reader *reader, int64_t who);         /* a row of `who`, until the next is asked for; NULL: there is none */
/* What a page names; known_only: that the world knows. Until the next is asked for; NULL: no room, or the record does not answer. */
const ex_names *ex_names_of(ex_reader *reader, int64_t page, bool known_only);
#endif
