/* SPDX-License-Identifier: Apache-2.0 */
/* What a page says of one name that the world file does not hold: signs, and the words that say what its bearer is and does. */
#ifndef AN_WORLD_PORTRAIT_H
#define AN_WORLD_PORTRAIT_H
#include "lexicon/lexicon.h"
#include "world/phrases.h"

extern const an_sign_list AN_PUBLIC_SIGNS;
enum { AN_MOST_PUBLIC_SIGNS = 80, AN_MOST_PORTRAIT_WORDS = 24 };

/* What a word says: what they are ("is provost"), what stands beside that ("with education"), what they do, what is done to them, what is theirs. */
typedef enum an_said_kind { AN_SAID_IS, AN_SAID_WITH, AN_SAID_DOES, AN_SAID_SUFFERS, AN_SAID_HAS, AN_SAID_KINDS } an_said_kind;
typedef struct an_said_word { uint32_t token; uint8_t kind; } an_said_word;

typedef struct an_portrait {
  uint32_t chain, mentions, first;      /* first: its first mention */
  uint8_t has[AN_MOST_PUBLIC_SIGNS];    /* by the numbers of AN_PUBLIC_SIGNS */
  an_said_word word[AN_MOST_PORTRAIT_WORDS];
  uint32_t words;
} an_portrait;

void an_portrait_look(const an_scene *s, an_portrait *p, const an_mention_at *m);   /* adds what a mention of it shows; linear in its sentence */
void an_portrait_close(an_portrait *p);                                             /* after the last: what holds of all */
bool an_portrait_is_private(const an_portrait *p);                                  /* nothing is said of them, or that they once were something, and of no office of a state */
#endif
