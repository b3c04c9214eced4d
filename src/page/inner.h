/* SPDX-License-Identifier: Apache-2.0 */
/* The page room's own insides: what its files hand to each other. Other rooms include page.h only.

     charset.c    page bytes → UTF-8 source, with a map where the two differ
     sink.c       source → clean text: white space folded, blocks opened and closed, runs kept
     scan.c       HTML source → tags, text, raw text; entity.c decodes character references
     outline.c    tags → stack of open elements with implied ends, outline nodes, block breaks
     flat.c       flattened text → lines → blocks
     meta.c       tags → what the page says of itself
     ld.c         JSON-LD: the article that the page is, among the things it names
     tables.c     what the lexicon says for all this, taken apart once for all pages
     names.c      words of class and id values
     words.c      folded words of all blocks, and what the lexicon says of them
     marks.c      phrases of the lexicon found in them
     stamp.c      the stamps in a line of text: day, time, zone, label
     byline.c     who wrote the page
     site.c       the site's name and the section, where only the page's text says them
     printed.c    which of the days that the page prints is its own
     score.c      score of every block, the best run of them
     title.c      which block is the title
     notice.c     corrections and retractions
     roles.c      what each block is; fields.c cuts lines that hold two things
     furniture.c  lines known to repeat on the outlet's pages
     page.c       an_page_read: the order of the above */
#ifndef AN_PAGE_INNER_H
#define AN_PAGE_INNER_H
#include "page/page.h"

#define STEP "page"

/* Limits beside those of an_page_limits (docs/limits.md). Runs: of a page's charset to UTF-8, and of that to the clean text. */
enum { MOST_RUNS = 1 << 19, MOST_WORDS = 200000 };

/* ---- HTML's own facts --------------------------------------------------------------------------- */

enum tag { TAG_OTHER, TAG_A, TAG_ARTICLE, TAG_ASIDE, TAG_BLOCKQUOTE, TAG_BODY, TAG_BR, TAG_BUTTON, TAG_DD, TAG_DIV, TAG_DT,
           TAG_FIGCAPTION, TAG_FIGURE, TAG_FOOTER, TAG_FORM, TAG_H1, TAG_H2, TAG_H3, TAG_H4, TAG_H5, TAG_H6, TAG_HEAD,
           TAG_HEADER, TAG_HTML, TAG_LI, TAG_LINK, TAG_MAIN, TAG_META, TAG_NAV, TAG_OL, TAG_OPTION, TAG_P, TAG_SCRIPT,
           TAG_SECTION, TAG_SELECT, TAG_SPAN, TAG_STRONG, TAG_SVG, TAG_TABLE, TAG_TD, TAG_TH, TAG_TIME, TAG_TITLE, TAG_TR,
           TAG_UL, TAG_COUNT };
enum { EL_BLOCK = 1, EL_VOID = 2, EL_RAW = 4, EL_RCDATA = 8, EL_CLOSES_P = 16, EL_SCOPE = 32, EL_DROP = 64 };
typedef struct element { const char *name; uint8_t tag, traits; } element;
/* NULL: an element that this room has no opinion of (inline). */
const element *element_find(const uint8_t *name, uint32_t size);

/* ---- What stands around a text: one bit each, inherited down the tree ------------------------------ */

enum { IN_LINK = 1, IN_HEADING = 2, IN_LIST = 4, IN_TABLE = 8, IN_FIGURE = 16, IN_FORM = 32, IN_NAV = 64, IN_ASIDE = 128,
       IN_FOOTER = 256, IN_HEADER = 512, IN_HIDDEN = 1024, IN_ARTICLE = 2048, IN_QUOTE = 4096, IN_TIME = 8192,
       IN_STRONG = 1 << 14, IN_NO_TEXT = 1 << 15,
       /* by class, id, itemprop and role words: data/lexicon/pagenames.tsv */
       IN_CONTENT = 1 << 16, IN_HEADLINE = 1 << 17, IN_DECK = 1 << 18, IN_BYLINE = 1 << 19, IN_DATE = 1 << 20,
       IN_CAPTION = 1 << 21, IN_RELATED = 1 << 22, IN_COMMENT = 1 << 23, IN_SHARE = 1 << 24, IN_PROMO = 1 << 25,
       IN_TAGS = 1 << 26, IN_BIO = 1 << 27, IN_BODY_PROPERTY = 1 << 28, IN_MENU = 1 << 29, IN_SECTION = 1 << 30 };
#define IN_PRUNED (IN_NAV | IN_FOOTER | IN_FORM | IN_HIDDEN | IN_RELATED | IN_COMMENT | IN_SHARE | IN_PROMO | IN_TAGS | IN_BIO | IN_MENU)

#define IN_POSTED (IN_SHARE | IN_CAPTION | IN_FIGURE)

/* What an element says of the words inside, however many they are. */
#define IN_FORM_OF_TEXT (IN_LINK | IN_HEADING | IN_LIST | IN_TABLE | IN_QUOTE | IN_TIME | IN_STRONG | IN_NO_TEXT)

/* One element of the outline (block elements, and inline ones whose names say something). */
typedef struct outline_node {
  uint32_t parent, own, block, block_end;   /* own: IN_* of its tag and names; then those of its ancestors too */
  uint8_t tag;
  float mass;                               /* of running text below it */
  uint32_t heaviest;                        /* its child with the largest mass, or 0 */
} outline_node;

/* ---- A block while it is being judged --------------------------------------------------------------- */

enum { MARK_END = 1, MARK_LIST = 2, MARK_LINE = 4, MARK_OFFER = 8, MARK_CAPTION = 16, MARK_BYLINE = 32, MARK_META = 64,
       MARK_NOTICE = 128, MARK_HEAD = 256, MARK_SURE = 512,
       MARK_WALL = 1024, MARK_LIVE = 2048, MARK_PICTURES = 4096, MARK_NOTED = 8192, MARK_ERRS = 16384 };
#define MARK_SIGNS (MARK_WALL | MARK_LIVE | MARK_PICTURES | MARK_ERRS)   /* of what kind of page this is; they say nothing of their line */
typedef struct block {
  an_span clean;
  uint32_t node, flags, link_bytes;
  uint32_t word, word_end;          /* in reader.words */
  uint16_t function_words, capitals, digits, date_words, stops;  /* counted in words; stops: sentence ends inside */
  uint16_t marks, inner_marks;      /* MARK_* at its head (or of the whole line), and anywhere in it */
  uint16_t signs;                   /* of MARK_SIGNS */
  uint8_t tag, kind;
  bool paragraph_break, ends_stop, ends_period, ends_colon, opens_lower, bullet, ended, repeated, announced, dateline;
  /* ended: behind a mark of the end; repeated: twice in the run; announced: of a list that a line announced */
  bool repeats;                     /* a line known to repeat on the outlet's pages */
  float score;
} block;
/* What is known of a word by its fold and its first character; eight bytes that are made and counted at once (words.c). */
typedef struct word_says {
  uint16_t size;
  uint8_t function;                 /* a function word: 2 of English, 1 of another language */
  bool functional, date, digit, capital;   /* functional: function is not 0; date: a digit too */
} word_says;
typedef struct page_word {
  uint64_t fold;                    /* word_hash of it, which is this room's own: tables of the lexicon have other hashes */
  uint32_t begin, fact;             /* fact: what the tables say of it */
  union {
    struct { uint16_t size; uint8_t function; bool functional, date, digit, capital; };
    word_says says;
    uint64_t all;
  };
} page_word;

enum { FOLDS_KEPT_BITS = 8 };
typedef struct fold_kept { uint64_t hash, fold; } fold_kept;

/* ---- What the lexicon says, for all pages --------------------------------------------------------------- */

/* Where a mark counts: see marks.c. */
enum { PLACE_START, PLACE_WHOLE, PLACE_ANY, PLACE_END, PLACE_LAST, PLACE_CREDIT, PLACE_BRACKET, PLACE_LABEL, PLACE_DATED, PLACE_NAME };
enum { LANGUAGES = 32, SCRIPTS = 32 };
typedef struct script_row { uint32_t first, last, least; an_text language; } script_row;    /* least: of a hundred letters */
typedef struct mark_row { uint32_t word, words; uint16_t mark; uint8_t place; } mark_row;   /* its words: in mark_words */
typedef struct inner_mark { uint64_t second; uint32_t row; bool alone; } inner_mark;   /* a row that may begin inside a line; its second word, where it is not alone */
/* marks: rows that begin so; inner: those of them in inner_marks; line: a key of dates or labels */
typedef struct word_key { uint64_t fold, says, seconds; } word_key;  /* says: a word_says; seconds: as the fact's, of the rows of inner */
typedef struct word_fact {
  uint64_t seconds;                 /* of the rows of marks: a bit for each second word, by the first 6 of its fold; all where one word does */
  an_rows marks, inner;
  uint64_t languages[LANGUAGES / 8];  /* a byte each: 1 where it is a function word of the language */
  bool line, stamp;                 /* a key of dates or labels; of which stamps_in has an opinion */
} word_fact;

typedef struct line_word { an_text value; uint8_t is; } line_word;     /* of a word in a date's line: see stamp.c */

enum { FACT_BITS = 12, MOST_FACTS = 1 << (FACT_BITS - 1) | 1 << (FACT_BITS - 2), LETTERS_END = 0x600 };
typedef struct letter_fold { uint8_t size; char bytes[7]; } letter_fold;   /* size 255: more than fits */

struct an_page_tables {
  an_arena memory;
  const an_lexicon *lexicon;
  const an_table *marks, *metas, *dates, *labels, *kinds;
  an_map names;                                     /* folds → IN_* */
  AN_LIST(word_key) keys;                           /* of the facts, which lie apart: they are asked for of every word */
  AN_LIST(word_fact) facts;                         /* [0]: of a word that no table has */
  AN_LIST(uint64_t) mark_words;                     /* folds */
  mark_row *mark_rows;                              /* by row of stopmarks.tsv */
  AN_LIST(inner_mark) inner_marks;
  uint64_t copyright[2];                            /* word_hash of the words for it */
  uint16_t slots[2][1 << FACT_BITS];                /* facts, each in one of two places that its fold tells, or 0 */
  uint64_t first_says[256];                         /* word_says of a word, by its first byte */
  letter_fold letters[LETTERS_END - 0x80];          /* by code point: what letters of two bytes fold to */
  line_word *date_rows, *label_rows;                /* by row of pagedates.tsv, pagelabels.tsv */
  bool stamp_signs[128];                            /* by code: such a key too */
  bool home[256];                                   /* may a word for the way home begin with this byte? */
  uint8_t line_filter[1 << 11];                     /* and for each key of dates and labels, by its first 14 bits */
  an_text languages[LANGUAGES]; uint32_t language_count;   /* by byte of word_fact.languages */
  script_row scripts[SCRIPTS]; uint32_t script_count;
};

/* Where a fact may lie in slots[side]. */
static inline uint32_t fact_place(uint64_t fold, unsigned side) { return (uint32_t)(fold >> (64 - FACT_BITS * (side + 1))) & ((1u << FACT_BITS) - 1); }

/* May the fold be a key of dates or labels? Of other words hardly one in thirty may. */
static inline bool may_date_line(const an_page_tables *t, uint64_t fold) { return t->line_filter[fold >> 53] >> (fold >> 50 & 7) & 1; }

/* ---- Source: UTF-8, and its map to page bytes --------------------------------------------------------- */

typedef struct source {
  const uint8_t *at; uint32_t size;
  uint32_t skip;                       /* page bytes before it (a byte order mark) */
  const an_run *runs; uint32_t count;  /* clean: source offset; none: source is the page itself */
} source;

typedef struct sink {
  char *text; uint32_t size, capacity;
  AN_LIST(an_run) runs;
  bool open, gap, full;
  uint32_t gap_begin, last_end;        /* source bytes: of pending white space; end of the last byte taken */
} sink;

typedef struct time_seen { uint32_t meta, block, clean; bool labelled; uint8_t label; } time_seen;   /* a <time>: its block, where; labelled by itemprop; label by class */
typedef struct json_island { uint32_t begin, end; } json_island;   /* a JSON-LD script, in the source */

typedef struct head_word { uint64_t fold; uint32_t block, count, slot; } head_word;   /* a word of a run's head: its block, or AN_NONE where it has several */

enum { RUNS_KEPT = 8 };
typedef struct run_judged { an_span run; float hinted, coheres; } run_judged;     /* coheres: or -1, not asked yet */

typedef struct reader {
  const an_page *page; const an_page_tables *tables; an_arena *arena; const an_tracer *trace;
  an_page_limits limits;
  const an_table *metas, *date_words, *date_labels;
  fold_kept *folds;                                                  /* of words that are not ASCII, by hash */
  source source; sink sink;
  AN_LIST(block) blocks;
  AN_LIST(outline_node) nodes;
  AN_LIST(page_word) words;
  AN_LIST(uint32_t) marked;            /* of the block that was cut last: the words that marks inside a line may begin with */
  AN_LIST(an_meta) metas_found;
  AN_LIST(an_problem) problems;
  AN_LIST(json_island) islands;
  AN_LIST(time_seen) times;
  an_text host;                        /* whose furniture it can have */
  an_text declared_charset, charset, media_type, declared_language, language;
  an_span head_title;                  /* the text of <title>, in the source */
  bool html, spent, many_words, breaking;          /* breaking: an empty line stood before the next block (flattened text) */
  uint32_t title; an_text title_text;  /* block, or AN_NONE */
  uint32_t masthead;                   /* a block that is the site's name, or AN_NONE */
  an_span title_clean, title_raw;      /* in the clean text where a block shows it, else in the page's head */
  uint64_t hints[32]; uint32_t hint_count, anchor;  /* content words of what the title must be; its likely block, or AN_NONE */
  uint32_t run_begin, run_end;         /* the best run of body blocks */
  run_judged runs_judged[RUNS_KEPT]; uint32_t runs_seen;   /* of blocks, the last that were judged: most are asked about twice */
  head_word *head_words; uint32_t *head_slot, head_slots;   /* of the run that is judged: its words, from 1 on, and where they lie by their folds */
  an_text domain_end; uint8_t order;   /* "uk" of the page's address; which figure leads in its dates (stamp.c) */
} reader;

/* charset.c */
an_status charset_decode(reader *r, an_error *err);
an_text charset_in_meta(const uint8_t *at, uint32_t size);       /* the prescan of the first 1,024 bytes */
an_span source_to_page(const source *s, an_span range);

/* sink.c: all ranges are of the source */
bool sink_start(reader *r);
void sink_text(reader *r, uint32_t begin, uint32_t end, uint32_t flags, uint32_t node, uint8_t tag);
void sink_line(reader *r, uint32_t begin, uint32_t end);          /* of flattened text: as sink_text */
an_span clean_to_source(const reader *r, an_span clean);
void sink_gap(reader *r, uint32_t at);                           /* white space stands there */
void sink_break(reader *r);

/* entity.c: the reference at bytes[at] == '&'; the size of what it takes, 0 when it is none; UTF-8 into out */
uint32_t entity_decode(const uint8_t *bytes, uint32_t size, uint32_t at, bool in_attribute, char out[8], uint32_t *out_size);
/* A value with its references decoded, white space trimmed; not known when the budget is spent. */
an_text entity_text(reader *r, uint32_t begin, uint32_t end, bool in_attribute);

/* scan.c */
typedef struct attribute { uint32_t name, name_end, value, value_end; } attribute;
typedef struct tag_seen { const element *element; uint32_t begin, name, name_end; attribute attributes[64]; uint32_t count; bool closed; } tag_seen;
void scan_html(reader *r);
bool attribute_named(const reader *r, const attribute *a, const char *name);
const attribute *attribute_find(const reader *r, const tag_seen *tag, const char *name);

/* outline.c: called by the scanner */
typedef struct outline outline;
outline *outline_new(reader *r);
void outline_open(outline *o, const tag_seen *tag);
void outline_close(outline *o, const uint8_t *name, uint32_t size);
void outline_text(outline *o, uint32_t begin, uint32_t end);
bool outline_foreign(const outline *o);                          /* inside svg or math */

/* flat.c */
void flat_read(reader *r);

/* meta.c */
void meta_tag(reader *r, const tag_seen *tag);                   /* meta, link, html, time */
void meta_add(reader *r, uint8_t kind, uint8_t strength, an_text value, an_span source_range, const char *from);
void meta_urls(reader *r);
void meta_settle(reader *r);
void meta_comment(reader *r, uint32_t begin, uint32_t end);
an_text meta_best(const reader *r, uint8_t kind, an_span *where);
enum { META_OTHER = 255 };           /* of the table: what is inside speaks of other pages */
/* The row for a key in a place ("meta", "json-ld", "itemprop"): its kind, strength, and the key as the table spells it. */
bool meta_row(const reader *r, an_text key, const char *place, uint8_t *kind, uint8_t *strength, const char **from);

/* ld.c */
void ld_islands(reader *r);

/* stamp.c: the stamps in a line, in order; ranges are of the text. `label`: what the line before says of the first. */
enum { ORDER_OPEN, ORDER_DAY, ORDER_MONTH };
enum { STAMP_PLAIN, STAMP_PUBLISHED, STAMP_MODIFIED, STAMP_OTHER };
typedef struct stamp { an_day day; int16_t clock; uint8_t label; char zone[8]; uint32_t begin, end; } stamp;   /* clock: minutes, or -1 */
typedef struct line_form { uint32_t words, lower, figures; uint8_t label; bool cut, label_last; } line_form;  /* of what is no stamp and no label */
bool stamps_open(an_page_tables *t);
void stamps_prepare(reader *r);
uint32_t stamps_in(const reader *r, an_text text, uint8_t label, stamp *out, uint32_t max, line_form *form);
bool stamps_none(const reader *r, an_text text);                 /* soon told: no stamp in it, and no label for the next line */
bool stamps_possible(an_text text);                              /* a figure stands in it */
an_text stamp_iso(const reader *r, const stamp *s);
uint8_t stamp_label(const reader *r, an_text names);             /* of the words of a class: published before modified */

/* site.c */
void site_find(reader *r);
bool site_is_named(const reader *r, uint32_t at);               /* does the page show that the block is the site's name? */
bool site_signs(const reader *r, uint32_t at);                  /* by its copyright or its address alone */
void section_find(reader *r);

/* byline.c */
void byline_part_metas(reader *r);
void byline_find(reader *r);

/* printed.c */
void printed_days(reader *r);
void printed_times(reader *r);
void printed_metas(reader *r);

/* words.c */
bool words_find(reader *r);
uint64_t word_hash(const an_page_tables *t, an_text word);         /* never 0; of what folds alike the same */
void words_open(an_page_tables *t);                               /* the folds that word_hash has at hand */
/* Its words and their counts, not more than `most` words; b->clean.begin is where the text stands. */
bool words_of(reader *r, block *b, an_text text, uint32_t most);
bool words_judge(reader *r, block *b);                            /* words, counts, ends and marks of one block */
void words_language(reader *r);

/* names.c */
/* The words of a class or id value → IN_* */
uint32_t name_flags(const an_page_tables *tables, const uint8_t *at, uint32_t size);

/* marks.c */
void marks_find(reader *r, block *b);
bool mark_is_inner(uint8_t place);                               /* may it begin behind the first word? */

/* score.c: how much a block looks like the running text of an article, and the best run of such blocks */
bool score_blocks(reader *r);
void score_run(reader *r);

/* title.c */
bool title_hints(reader *r);
bool title_find(reader *r);

/* fields.c */
bool field_is_dated(const reader *r, const block *b);            /* a line with a date that is a field of it */
bool fields_split(reader *r);

/* furniture.c */
an_text furniture_host(const reader *r);
void furniture_mark(reader *r);
void furniture_set(reader *r);

/* notice.c */
bool notice_is(const block *b);                                  /* a line of its own that tells of a correction, or an editor's note */
void notices_find(reader *r);

/* roles.c */
bool roles_set(reader *r);

/* verdict.c: problems; is it an article? */
bool verdict_find(reader *r);

void problem_add(reader *r, const char *what, an_span source_range);
static inline an_text source_text(const reader *r, uint32_t begin, uint32_t end) {
  return (an_text){(const char *)r->source.at + begin, end - begin};
}
static inline an_text block_text(const reader *r, const block *b) {
  return (an_text){r->sink.text + b->clean.begin, b->clean.end - b->clean.begin};
}
static inline an_text word_text(const reader *r, const page_word *w) {
  return (an_text){r->sink.text + w->begin, w->size};
}
/* No function word, no figure, of four bytes or more: asked in one step, since no guess at the answer would be good. */
static inline bool is_content(const page_word *w) {
  static const union { word_says says; uint64_t all; } none = {{.function = 0xFF, .digit = true}};
  return ((w->all & none.all) == 0) & (w->size >= 4);
}
static inline uint32_t block_words(const block *b) { return b->word_end - b->word; }
#endif
