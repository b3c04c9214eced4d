/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AN_LANGUAGE_SEEN_H
#define AN_LANGUAGE_SEEN_H
#include "language/model.h"

/* The sentence as the models see it, with the tags its tokens have; fixed[i]: the form has one tag only.
   Both have room for AN_STATE_WORDS. */
void an_seen_words(const an_model *model, const an_words *words, const an_sentence *sentence, an_seen *seen, bool *fixed);

#endif
