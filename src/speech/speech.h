/* SPDX-License-Identifier: Apache-2.0 */
/* speech: one walk in reading order: who said what, and what "he", "the two sides", "his counterpart" are.

   In: words with trees, mentions, times. Out: statements with speakers, chains of sources and content, and further mentions
   (AN_MENTION_PRONOUN) that stand for earlier ones. Always holds: quotation marks pair inside a block; scare quotes without a
   speaker are no statement; "he" is the last attributed speaker before it is the last male name. Cues are data
   (data/lexicon/cues.tsv, reference.tsv). Cost: linear in the words. Knows no event type. */
#ifndef AN_SPEECH_H
#define AN_SPEECH_H
#include "time/time.h"

typedef struct an_statement_at {
  an_statement s;                 /* ranges of the clean text */
  uint32_t cue;                   /* token, or AN_NONE */
  uint32_t sentence;              /* of the cue or of the content's begin */
  uint32_t first, end;            /* tokens of the content's hull */
  const uint32_t *speakers;       /* mentions, parallel to s.speakers (AN_NONE: not a mention) */
  uint32_t parent;                /* the statement that it is told inside of, or AN_NONE */
  bool denied;                    /* the speaker denies or doubts it */
} an_statement_at;
typedef struct an_statements {
  AN_LIST(an_statement_at) list;
  an_span left_out;               /* of the clean text: the sentence from which on no more are kept; empty: all are */
} an_statements;

an_status an_speech_find(const an_lexicon *lexicon, const an_world *world, const an_article *article, const an_words *words,
                         const an_times *times, an_mentions *mentions, an_arena *arena, const an_tracer *trace,
                         an_statements *out, an_error *err);
/* The mention whose tokens hold (or whose head is) this token, innermost; pronouns resolved by speech among them. AN_NONE: none. */
uint32_t an_speech_mention_at(const an_mentions *mentions, uint32_t token);
#endif
