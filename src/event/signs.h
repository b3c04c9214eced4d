/* SPDX-License-Identifier: Apache-2.0 */
/* What the classifier sees of one candidate: somebody, somebody else, and the frames that may join them.

   Signs are of two kinds. Keys are hashes of names ("the object of the trigger is `tank`"); a row of weights belongs to each.
   Words fill slots ("words between the two"): their vectors are averaged a slot. Names of people and countries are seen by
   their kind alone, so that nothing is learned about who does what. A change here raises AN_SIGNS_VERSION. */
#ifndef AN_EVENT_SIGNS_H
#define AN_EVENT_SIGNS_H
#include "event/find.h"

enum { AN_SIGNS_VERSION = 1, SIGN_KEYS = 512, SIGN_WORDS = 512, PROPOSALS = 12 };

typedef enum sign_slot { SLOT_TRIGGER, SLOT_PATH, SLOT_OBJECT, SLOT_OBLIQUE, SLOT_COMPLEMENT, SLOT_GOVERNOR, SLOT_BETWEEN, SLOT_BEFORE,
                         SLOT_AFTER, SLOT_SOURCE, SLOT_TARGET, SLOT_ALL, SLOT_COUNT } sign_slot;
typedef struct sign_word { uint32_t token; uint8_t slot; } sign_word;
typedef struct signs {
  uint64_t key[SIGN_KEYS]; uint32_t key_count;
  uint32_t frame_keys;           /* of these, behind the first: what frames and the dictionary say */
  sign_word word[SIGN_WORDS]; uint32_t word_count;
} signs;

/* A frame (or the dictionary) with what it says of the pair. */
typedef struct proposal {
  match m; reality r;
  int worth;                     /* how well it joins the pair */
  uint32_t raw;                  /* its type before tense changed it; m.type: after */
  bool named, told, dictionary;  /* it found its own parts; it would be told; from the dictionary of last resort */
} proposal;
typedef struct proposals { proposal at[PROPOSALS]; uint32_t count, best; } proposals; /* best: AN_NONE when there is none */

/* What the frames and the dictionary say at each word of a sentence, whoever is asked about: made when its first pair is. */
typedef struct draft { proposal p; uint32_t token; } draft;
typedef struct drafts { draft *at; uint32_t count, sentence; } drafts;
drafts drafts_open(const scene *s);                  /* room for the sentence that has most to say; at == NULL: no memory */
/* Every frame of the sentence, and the best answer of the dictionary (code.c). */
void propose(const scene *s, an_pair pair, drafts *d, proposals *out);
/* Tokens of the pair as an_pair; target may be AN_NONE. */
void signs_of(const scene *s, an_pair pair, const proposals *from, signs *out);
/* The form under which a word is looked up among the vectors; 0: a name, a number, a mark. */
uint64_t sign_fold(const scene *s, uint32_t token);
#endif
