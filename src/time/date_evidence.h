/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence of a page's day while it is gathered: what the stamps and printed lines say (date_stamps.c), what the text prints and tells
   (date_text.c); date_page.c lets the pieces meet. */
#ifndef AN_TIME_DATE_EVIDENCE_H
#define AN_TIME_DATE_EVIDENCE_H
#include "time/inner.h"

#define AN_NO_DAY AN_DAY_OPEN_EARLIEST

/* Strongest first. */
typedef enum an_strength { AN_BY_CALLER, AN_BY_STAMP, AN_BY_PRINT, AN_BY_URL, AN_BY_MODIFIED, AN_BY_CHANGE, AN_BY_CRAWL, AN_BY_CAPTION, AN_BY_TEXT, AN_BY_TERM,
                           AN_BY_AGE, AN_BY_COMING } an_strength;
enum { AN_MOST_PIECES = 64 };

/* weight: among stamps; day: it can say a single day; stamp: the time of day that stands with it */
typedef struct an_piece { an_evidence e; uint8_t strength, weight; bool day; an_text stamp; } an_piece;
typedef struct an_pieces {
  an_piece at[AN_MOST_PIECES]; uint32_t count;
  const an_article *article; const an_words *words; const an_times *times; an_arena *arena; const an_tracer *trace;
  const an_table *says;              /* datewords.tsv */
  uint32_t first_body;               /* block */
  bool printed;                      /* a date line was found */
} an_pieces;

/* Beyond AN_MOST_PIECES, and of days that say nothing, nothing is added. */
void an_piece_add(an_pieces *all, an_strength how, an_span raw, an_text text, an_text says, an_days days, bool day);

/* What metadata, the line with the day and the URL say. */
void an_date_stamps(an_pieces *all);
/* When all have met: the time of day, the zone and the latest change that go with the day. */
void an_date_tell_stamps(an_pieces *all, an_published *out);

/* The first dateline: "KADUNA, Nigeria (March 12, 2021) --". */
void an_date_dateline(an_pieces *all);
/* What the text tells as past, in office, so old or still to come. */
void an_date_text(an_pieces *all, const an_lexicon *lexicon, const an_servings *servings);

#endif
