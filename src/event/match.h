/* SPDX-License-Identifier: Apache-2.0 */
/* Which frame a word opens in its clause, and who fills its parts. */
#ifndef AN_EVENT_MATCH_H
#define AN_EVENT_MATCH_H
#include "event/party.h"

typedef enum match_doubt { DOUBT_UNKNOWN = 1, DOUBT_NO_POLITICS = 2, DOUBT_NO_RECIPIENT = 4, DOUBT_UNCARRIED = 8, DOUBT_VAGUE = 16 } match_doubt;

/* Frames of a word that is told without one: one that lacked its parties, or was less sure; those that ask for something else. */
typedef enum match_beside { BESIDE_SAME = 1, BESIDE_OTHER = 2, BESIDE_NEAR = 4, BESIDE_NEAR_OTHER = 8 } match_beside;

typedef struct match {
  const frame *frame;
  uint32_t trigger, last;        /* tokens of the key: first, last */
  clause own;                    /* of the trigger */
  bool is_light; clause light;   /* the verb that carries an event noun, and what it does to it */
  bool reversed, light_planned, light_negated;
  uint32_t type; an_text mode, cameo;             /* after what its complement makes of it */
  bool taken_words;              /* which, done by people of public life, is done in words */
  uint32_t taken;                /* the complement's predicate that is its matter, or AN_NONE */
  parts actors, recipients;
  uint32_t instrument;           /* the thing that does the harm ("a bomb killed"), or AN_NONE */
  bool mutual;
  uint32_t points;               /* how much the frame asked for and got */
  uint8_t doubts;                /* what the rules hold against it that the detector may outweigh: bits of match_doubt */
  uint16_t learned;              /* no frame: how sure the detector is of the type, per mille */
  uint8_t beside;                /* no frame: bits of match_beside */
  /* What the chooser of sides says (sides.h); 0: actors, 1: recipients. */
  bool side_asked; uint8_t chosen;                /* a bit a side: not as the rules had it */
  float side_share[2], side_other[2];             /* of the parties; the most of anybody else */
} match;

/* The frame that fits the word best, without its parts; false: none, or a trap that blocks (*trap, its line). */
bool match_frame(const scene *s, uint32_t token, match *out, uint32_t *trap);
/* A match without a frame, as the detector has it: the parts are looked for where words of the kind have them. */
void match_learned(const scene *s, uint32_t token, uint32_t type, uint16_t share, match *out);
/* A noun that tells an act, whatever frames say: its clause, and the verb that carries it. */
void match_noun(const scene *s, uint32_t token, match *out);
/* Tells the trace which condition of each frame of the word failed; nothing is told where nobody listens. */
void trace_near_misses(const scene *s, uint32_t token);
/* What a frame of type `outer` makes of an act of type `inner` (embed.tsv); false: the table has no such row. */
bool embed_type(const an_coder *coder, an_text outer, uint32_t inner, match *m);
/* Fills type, mode, actors and recipients, by the rules alone or with the chooser of sides; false: what the frame needs is not there (`why_not` says what).
   Where the chooser is asked, what may be outweighed is left to the caller (m->doubts). */
bool match_parts(const scene *s, match *m, bool choose, const char **why_not);
/* The first doubt in words; NULL: there is none. */
const char *match_doubted(const match *m);
#endif
