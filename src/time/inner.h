/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of time: atoms (a closer grain than tokens: "two-day" is three), the rules over them, values. */
#ifndef AN_TIME_INNER_H
#define AN_TIME_INNER_H
#include "time/time.h"

/* What a word of data/lexicon/time.tsv or timelink.tsv can be. The order is that of kind_names in atoms.c. */
typedef enum an_atom_kind { AN_A_MONTH, AN_A_WEEKDAY, AN_A_WEEKDAYS, AN_A_UNIT, AN_A_UNITS, AN_A_WEEKEND, AN_A_WEEKENDS, AN_A_PART,
                            AN_A_PARTS, AN_A_CLOCK, AN_A_DEICTIC, AN_A_REF, AN_A_RELATIVE, AN_A_PART_OF, AN_A_EDGE, AN_A_ORDINAL,
                            AN_A_NUMBER, AN_A_VAGUE, AN_A_HALF, AN_A_SEASON, AN_A_ADSET, AN_A_EACH, AN_A_PER, AN_A_TIMES, AN_A_AGO,
                            AN_A_AWAY, AN_A_DEGREE, AN_A_BETWEEN, AN_A_ZONE, AN_A_AMPM, AN_A_HOLIDAY, AN_A_LINK, AN_A_DET, AN_A_OLD,
                            AN_A_FISCAL, AN_A_SAME, AN_A_DECADE, AN_A_NOT, AN_A_FROM, AN_A_STREET, AN_A_KINDS } an_atom_kind;
typedef enum an_atom_shape { AN_A_WORD, AN_A_DIGITS, AN_A_MARK } an_atom_shape;
typedef enum an_atom_needs { AN_A_NOTHING, AN_A_CAPITAL, AN_A_CONTEXT, AN_A_DATED, AN_A_COUNTED, AN_A_NOUN } an_atom_needs;

enum { AN_ATOM_SENSES = 4, AN_SENTENCE_ATOMS = 1200 };
typedef struct an_atom {
  uint32_t begin, end;              /* of the clean text */
  uint8_t shape, digits, senses;    /* an_atom_shape; how many digits; how many of `sense` are filled */
  char mark;                        /* of AN_A_MARK: '-' for every dash, else the ASCII character, or '?' */
  bool capital, space;              /* begins with a capital; white space stands before it */
  double number;                    /* of AN_A_DIGITS */
  struct { uint8_t kind, needs; an_text value; } sense[AN_ATOM_SENSES];
} an_atom;

typedef struct an_time_words { const an_lexicon *lexicon; const an_table *loud, *quiet; uint32_t columns[2][3]; } an_time_words;

/* false: the lexicon has no words of time. */
bool an_time_open(const an_lexicon *lexicon, an_time_words *out);
/* The atoms of one sentence; returns how many. */
uint32_t an_time_atoms(const an_time_words *tables, an_text text, an_span sentence, an_atom *out, uint32_t max);

/* One reading of the atoms at `at`. */
enum { AN_UNDER_WAY = 8, AN_SIDE_YEAR = 2, AN_SIDE_MONTH = 3 }; /* index of "May" in "from May to July"; side: the offset tells the year, the month */
enum { AN_LAST = 9, AN_FISCAL = 7 }; /* index: "the last week of"; "last fiscal year" */
typedef struct an_scan {
  const an_atom *atoms; uint32_t count;
  an_text text; an_arena *arena;
  const an_words *words; uint32_t sentence;
  const an_times *so_far;           /* expressions before this one, for "two days later" */
  uint32_t last_day, last_any;      /* the last of them that says a day; the last that is a date */
} an_scan;
/* What a rule found: atoms [first, end), and what they say. `second` is the other day of "March 27 and 28". */
typedef struct an_found {
  const char *rule;                 /* its name, as in an_time_rule_names */
  uint32_t first, end;
  an_time_form form; uint8_t type; an_text value;   /* value: of FIXED */
  an_anchor anchor;
  uint8_t ahead; int16_t ahead_offset; /* "in two weeks": a length, or a date so many of these grains on where the verb looks ahead */
  bool second; uint32_t second_first, second_end; uint8_t second_day; uint32_t first_end;
} an_found;

bool an_atom_is(const an_scan *scan, uint32_t at, uint8_t kind);
an_text an_atom_value(const an_scan *scan, uint32_t at, uint8_t kind);   /* not known: it is not that */
int an_atom_int(const an_scan *scan, uint32_t at, uint8_t kind, int absent);
bool an_atom_mark(const an_scan *scan, uint32_t at, char mark);
bool an_atom_word(const an_scan *scan, uint32_t at, const char *word);   /* ASCII, case does not count */
/* A count at `at` ("20", "twenty-five", "2.5", "a", "several"): its end, or `at`. *vague: no number behind it. */
uint32_t an_atom_count(const an_scan *scan, uint32_t at, double *number, bool *vague);

/* The name of every rule. tests/time/times.spec has a sentence for each, and the trace tells which one found an expression. */
extern const char *const an_time_rule_names[];
/* call, and where it holds, the rule's name in *out. */
#define AN_BY(out, name, call) ((call) ? ((out)->rule = (name), true) : false)

/* The rules; each gives the longest expression of its family that begins at `at`. */
bool an_rule_date(const an_scan *scan, uint32_t at, an_found *out);      /* March 28, 2017; 28 March; 2017-03-28; Tuesday; August */
bool an_rule_clock(const an_scan *scan, uint32_t at, an_found *out);     /* 08:30 UTC; 8 p.m. */
bool an_rule_relative(const an_scan *scan, uint32_t at, an_found *out);  /* last week; earlier this month; yesterday; next May */
bool an_rule_length(const an_scan *scan, uint32_t at, an_found *out);    /* two-day; 20 years; two days ago; every week */
bool an_rule_point(const an_scan *scan, uint32_t at, an_found *out);     /* a date, "yesterday", "Christmas", "last Friday", 2016: no length */
bool an_rule_year(const an_scan *scan, uint32_t at, an_found *out);      /* in 2016; the 1990s; the third quarter of 2009 */

/* terms.c: the people presented as serving whose terms bound the page's day; at most AN_MOST_TERMS. Returns how many. */
enum { AN_MOST_TERMS = 24 };
uint32_t an_time_terms(const an_lexicon *lexicon, const an_words *words, const an_servings *servings, an_serving *out);

/* Values on a known day. `base` open: the symbolic value ("XXXX-WXX-2"). */
an_status an_time_value(const an_time_form *form, uint8_t type, an_day base, int tense, an_arena *arena, an_text *value, an_days *days);
/* On which side of the page's day the sentence puts it. NEAR: ahead, as far as the verb goes, but the day may be of something
   that the verb speaks of ("will sue over an attack on 3 March"): the nearest such day. Both ways ahead are > 0. */
enum { AN_TENSE_PAST = -1, AN_TENSE_OPEN, AN_TENSE_COMING, AN_TENSE_NEAR };
int an_time_tense(const an_words *words, const an_time_at *time);
bool an_time_to_come(const an_words *words, const an_time_at *time); /* its sentence looks ahead, and nothing in it behind */
bool an_time_of_verb(const an_words *words, const an_time_at *time); /* hangs on a verb itself, not on a noun of its clause */
bool an_time_of_deed(const an_words *words, const an_time_at *time); /* surely of a thing that has happened */
#endif
