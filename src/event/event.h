/* SPDX-License-Identifier: Apache-2.0 */
/* event: frames over the tree become events; counts become quantities.

   In: words with trees, mentions, times, statements, the frames of data/lexicon/frames.tsv. Out: events (PLOVER type, mode,
   contexts, CAMEO code, actors, recipients, realis, day, place, quantities, why), all quantities of the text, and its clauses. Actor, act
   and place come from one frame. Always holds: an event of boilerplate does not exist; a title, deck, caption or subhead that
   tells what the body tells `repeats` it; what is not known is left open. Cost: linear in the parsed words. Knows one page. */
#ifndef AN_EVENT_H
#define AN_EVENT_H
#include "speech/speech.h"

typedef struct an_event_at { an_event e; uint32_t trigger, sentence; } an_event_at;   /* tokens; ranges of the clean text */

/* Who does what, as one clause tells it, whether or not it is an act of PLOVER. Tokens; AN_NONE: not told. */
typedef enum an_force { AN_DONE, AN_TO_COME, AN_MAY_BE, AN_NOT_YET /* "has not agreed": negated */ } an_force;
typedef struct an_clause_at {
  uint32_t verb, sentence, copula;       /* verb: or what "is" tells; copula: that "is" */
  uint32_t subject, object;              /* who does it; what it is done to, of a passive its subject */
  uint32_t governor;                     /* the verb whose complement it is: "agreed to go" */
  uint32_t first, end, whole_first, whole_end;   /* its words; with those of its that-clause */
  uint32_t time, place, statement, event;        /* index of a time, a mention, the statement that it is told in, its event */
  uint8_t force;                         /* an_force */
  bool negated, told, says, main, noun;  /* noun: a noun tells it, `verb`, made of a verb whose lemma folds to made_of, or 0; told: somebody says that it is, will or may be; says: it is the cue of a statement; main: of a sentence, or of what somebody says */
  uint64_t made_of;
} an_clause_at;

typedef struct an_events {
  AN_LIST(an_event_at) list;
  AN_LIST(an_event_at) faint;                                                 /* too uncertain to be told; another report may tell the same */
  an_span crowded;                                                            /* the first act of more parties than are told; empty: none */
  const an_quantity *quantities; uint32_t quantity_count;                     /* all of the text, ascending; ranges of the clean text */
  const an_clause_at *clauses; uint32_t clause_count;                         /* ascending by verb */
  const an_clause_at *deeds; uint32_t deed_count;                             /* what nouns tell ("the signing of 14 papers"), ascending; no word stands in one */
  const uint32_t *clause_of;                                                  /* token -> innermost clause that it stands in, or AN_NONE */
} an_events;

/* Frames and their tables, compiled once from the lexicon at engine-open. */
typedef struct an_coder an_coder;
an_status an_coder_open(const an_lexicon *lexicon, an_coder **out, an_error *err);
/* The classifier of coder.an, which says how likely each type is; without it frames decide alone.
   It does not own the vectors. */
typedef struct an_classifier an_classifier;
an_status an_classifier_open(const char *dir, an_classifier **out, an_error *err);
void an_classifier_close(an_classifier *classifier);
uint64_t an_classifier_checksum(const an_classifier *classifier);       /* NULL: 0 */
/* Fails where the classifier knows other types than the lexicon. The coder does not own it.
   Events less certain than the threshold, per mille, are left out. */
an_status an_coder_use(an_coder *coder, const an_classifier *classifier, uint16_t threshold, an_error *err);
/* The detector of triggers.an, which says which words tell an act that no frame has; without it frames decide alone.
   It does not own the vectors. */
typedef struct an_detector an_detector;
an_status an_detector_open(const char *dir, const an_vectors *vectors, an_detector **out, an_error *err);
void an_detector_close(an_detector *detector);
uint64_t an_detector_checksum(const an_detector *detector);             /* NULL: 0 */
/* Fails where it knows types that the lexicon does not. The coder does not own it. */
an_status an_coder_detect(an_coder *coder, const an_detector *detector, an_error *err);
void an_coder_close(an_coder *coder);
an_text an_coder_older(const an_coder *coder, an_text type);            /* see an_type_older */
bool an_coder_converted(const an_coder *coder, an_text cameo, an_text *type, uint8_t *quad); /* see an_type_of_cameo */

an_status an_event_find(const an_coder *coder, const an_world *world, const an_article *article, const an_words *words,
                        const an_mentions *mentions, const an_times *times, const an_statements *statements,
                        const an_published *published, an_arena *arena, const an_tracer *trace, an_events *out, an_error *err);
/* The best event between two marked ranges of tokens, [source, source_end) and [target, target_end); AN_NONE: not marked. Every
   frame of the sentence is tried; the parts are the marked ones. `out` holds one event or none. */
typedef struct an_pair { uint32_t source, source_end, target, target_end; } an_pair;
an_status an_event_code(const an_coder *coder, const an_world *world, const an_article *article, const an_words *words,
                        const an_mentions *mentions, const an_times *times, const an_statements *statements,
                        const an_published *published, an_pair pair, an_arena *arena, const an_tracer *trace, an_events *out,
                        an_error *err);
#endif
