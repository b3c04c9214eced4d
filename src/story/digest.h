/* SPDX-License-Identifier: Apache-2.0 */
/* What a digest holds, decoded. One description (digest_io in digest.c) writes and reads it, so the two cannot differ. */
#ifndef AN_STORY_DIGEST_H
#define AN_STORY_DIGEST_H
#include "story/story.h"

/* Content words as sorted 32-bit keys: a named thing by its country or entity ("Tehran", "Iranian" and "Iran" are one key,
   with DG_NAMED set), any other noun, verb or adjective by its sense or lemma, a number with DG_NUMBER. All reports of a story
   share its names, so a name weighs half a word. */
#define DG_NAMED 0x80000000U
#define DG_NUMBER 0x40000000U
typedef struct dg_words { uint32_t *at; uint32_t count; } dg_words;

/* Words by what they say of the page: how often times how rare (data/lexicon/weights.tsv), ascending by key. */
typedef struct dg_weight { uint32_t key; uint8_t weight; bool name; } dg_weight;   /* name: of a person, a body or a place, no country */
typedef struct dg_profile { dg_weight *at; uint32_t count; } dg_profile;

typedef struct dg_party { an_text name, text, entity, country, sector, group, office; an_span span; } dg_party;
typedef struct dg_parties { dg_party *at; uint32_t count; } dg_parties;
typedef struct dg_place { an_span span; an_text text, name, country, admin1; uint32_t geonames; double lat, lon; uint8_t precision, basis; } dg_place;
/* A time as a story may set it again: days on the page's own days, or how they hang on publication. */
typedef struct dg_when { an_span span; an_text text; an_days days; an_anchor anchor; uint8_t basis, precision; bool title; } dg_when;

/* Words of a page that stand beside another page's: a clause of what was said, the topic of talks. */
typedef struct dg_part { an_span span; an_text text; dg_words words, plain; bool negated; } dg_part;   /* words by sense; plain: as they stand */

/* What two sides spoke about, or are to speak about. who: countries, else names: of those named beside it, else of who met. */
typedef struct dg_talk { dg_part topic; dg_words who; bool named; } dg_talk;

/* "a two-day visit": its length in days; `when`: a day of its clause, the first or last of it, or one within; text not known: none. */
typedef enum dg_edge { DG_WITHIN, DG_BEGINS, DG_ENDS } dg_edge;
typedef struct dg_stay { an_span span; an_text text; dg_words who; uint8_t length, edge; dg_when when; } dg_stay;

typedef struct dg_event {
  an_text id, trigger_text;
  uint32_t trigger, trigger_end;         /* page bytes */
  an_span evidence, shown; an_text text; /* the clause; its beginning, and the words there */
  an_text type, mode, cameo; an_text *contexts; uint32_t context_count;
  uint8_t quad, realis; double score, goldstein;
  bool mutual, negated, background, lead, others, meets, either;  /* meets, either: of the type (plover.tsv), they come together, and who and whom may change places; lead: title or first paragraphs; others: "also signed other …" */
  dg_parties actors, recipients;
  dg_when when; dg_place where;
  uint32_t told_by, repeats;             /* statement, event of this digest; or AN_NONE */
  an_text through;                       /* the source that the page credits */
  uint32_t trigger_word; dg_words words;
  dg_part topic;                         /* what it was about; words.count 0: not said */
  uint16_t confidence;
} dg_event;

/* How far what is said commits: nothing of the kind, consent given, still to be decided, refused (data/lexicon/stance.tsv). */
typedef enum dg_stance { DG_STANCE_NONE, DG_GIVEN, DG_PENDING, DG_REFUSED } dg_stance;
typedef struct dg_statement {
  uint8_t kind, stance; an_span stance_span; dg_parties speakers; an_text *through; uint32_t through_count;
  an_span *content; uint32_t content_count; an_span shown; an_text text; uint32_t repeats; dg_words words;
  dg_words matter;                       /* of a stance: the words of its sentence ("asked about the cable, she said that nothing was settled") */
  dg_part *parts; uint32_t part_count;   /* clauses */
} dg_statement;

/* Who does what, as one clause tells it, whether or not it is an act of PLOVER: what comparing lays beside each other. */
typedef struct dg_clause {
  an_span span; an_text text;
  uint8_t core, core_end;                /* bytes of text: the act without the numbers, days and places that it comes with; an empty range: it has nothing else */
  uint32_t verb;                         /* by sense */
  dg_words who, what, words;             /* its subject, and the country of a person; its object; all of it but its verb */
  bool negated, lead, caption, main, noun; uint8_t force, stance;   /* an_force, dg_stance */
  bool of_private;                       /* its words name a person who stays private */
  /* main: of a sentence, or of what somebody says; noun: told by a noun ("the signing of 14 papers"), `verb` the verb that it is made of, or itself */
  dg_parties holder;                     /* of a stance: its subject, where that is somebody known */
  dg_when when; dg_place where;          /* that hang on its verb; text not known: it says none */
  uint32_t statement, event;             /* what it is told in; the event of that verb; or AN_NONE */
} dg_clause;

typedef struct dg_quantity {
  an_span span, sentence; an_text text, of, unit; uint32_t of_word;
  uint8_t relation; double value, low, high, soft_low, soft_high;
  uint32_t statement, event; dg_when scope; dg_words words;
  dg_words near;                         /* the words that it hangs together with: its noun's, its verb's, who and what of that verb */
  uint32_t thing, group;                 /* what is counted of whom ("killed", soldiers); 0: not known; group 0: anybody */
  an_text thing_name; bool grows, part, lead;  /* part: "five of the wounded" */
  uint8_t among;                         /* numbers of that unit in the sentence */
  uint32_t clause;                       /* that it stands in, or AN_NONE */
  dg_words whose;                        /* named beside what is counted: "nine Kyrgyz guards" */
  bool wide;                             /* over many places: "in ten cities" */
  bool change, further;                  /* by how much it grew, and not to how much; besides those told before: "five further papers" */
  an_text giver;                         /* "the union put the number of marchers at 15,000"; not known: none */
  dg_when base;                          /* another date of its clause: "from July", "than a year before" */
} dg_quantity;

typedef struct dg_entity { an_text key, name; uint8_t count; bool lead; } dg_entity;        /* key: entity, else country */
typedef struct dg_office { an_text office, person; } dg_office;                              /* presented as serving */
typedef struct dg_evidence { an_span span; an_text text, says; an_days days; } dg_evidence;

typedef struct dg {
  uint8_t sha256[32]; uint64_t stamp;
  uint64_t rest;                         /* hash of the bytes of all that does not say which page it is; not written */
  an_text path, url, canonical, outlet, title;
  an_days published; an_day day; uint8_t basis; an_text pub_stamp, pub_modified;
  dg_evidence *evidence; uint32_t evidence_count;
  uint8_t scale; dg_words shingles;      /* 5-gram hashes below 2^(32 - scale): containment of copies */
  dg_words head;                         /* content words of title, deck and lead */
  uint8_t weekdays, all_weekdays;        /* that the title and the first paragraphs name; that the page names of the days about its own; bit 0 is Monday */
  dg_profile profile;                    /* the page's weightiest words: what it is about */
  dg_entity *entities; uint32_t entity_count;
  dg_office *offices; uint32_t office_count;
  dg_event *events; uint32_t event_count, faint_count;   /* behind the events of the reading stand those that were too uncertain to tell */
  dg_statement *statements; uint32_t statement_count;
  dg_quantity *quantities; uint32_t quantity_count;
  dg_clause *clauses; uint32_t clause_count;
  dg_talk *talks; uint32_t talk_count;
  dg_stay *stays; uint32_t stay_count;
} dg;

an_status dg_write(dg *view, an_buf *buf, an_error *err);     /* AN_ERR_LIMIT: larger than the buffer's maximum */
/* Only which page it is (all fields before `scale`); the others of *out stay as they are. */
an_status dg_read_page(an_digest digest, an_arena *arena, dg *out, an_error *err);
an_status dg_read(an_digest digest, an_arena *arena, dg *out, an_error *err);

/* digest_keys.c */
bool dg_words_has(dg_words words, uint32_t key);
double dg_words_weight(dg_words words);
double dg_words_common(dg_words a, dg_words b);               /* weight of the words in both */
/* Weight in common over the weight of the lighter list; 0 when either is empty. */
double dg_words_contained(dg_words a, dg_words b);
/* The same two without numbers: what is counted is one thing, however many there are. */
double dg_things_common(dg_words a, dg_words b);
double dg_things_contained(dg_words a, dg_words b);
double dg_profile_alike(dg_profile a, dg_profile b);          /* cosine, 0..1 */
uint32_t dg_keys_common(dg_words a, dg_words b);              /* keys in both, unweighted: shingles */
uint32_t dg_word_key(uint64_t fold, uint32_t kind);          /* never 0: the first 30 bits; kind: DG_NAMED, DG_NUMBER or 0 */
bool dg_numbers_differ(dg_words a, dg_words b);               /* each holds a number that the other lacks */
#endif
