/* SPDX-License-Identifier: Apache-2.0 */
/* The dictionary of last resort (petrarch_*.tsv, MIT): a code for a verb that no frame knows, by the words to its right. It has
   no parts and much noise, and is asked only where the pair of actors is given (annals code). */
#ifndef AN_EVENT_DICTIONARY_H
#define AN_EVENT_DICTIONARY_H
#include "event/match.h"

/* A match whose frame is the dictionary's; false: the dictionary has no code for the verb. *words: how many decided. */
bool dictionary_match(const scene *s, uint32_t verb, match *out, uint32_t *words);
#endif
