/* SPDX-License-Identifier: Apache-2.0 */
/* What the network sees of a sentence: the rows of tables that it adds up for a word. The trainer and the program share this code: a model is only as good as the agreement of the two.
   Whoever changes a feature raises AN_FEATURES_VERSION and trains anew. */
#ifndef AN_LANGUAGE_FEATURES_H
#define AN_LANGUAGE_FEATURES_H
#include <stdbool.h>

#include "language/view.h"

enum { AN_FEATURES_VERSION = 5 };
enum { AN_SEEN_WORDS = 256 }; /* of a sentence */
enum { AN_TAG_UNKNOWN = 255 };

typedef struct an_seen {
  uint32_t size;
  an_view view[AN_SEEN_WORDS];
  uint8_t usual[AN_SEEN_WORDS];   /* the tag the vocabulary gives the form most often, or AN_TAG_UNKNOWN */
  uint16_t can[AN_SEEN_WORDS];    /* what a dictionary says the form can be, 0: nothing (tools/train/forms.h) */
} an_seen;

enum { AN_ATOM_FORMS = 4, AN_ATOM_HASHED = 4096, AN_ATOM_FLAGS = 24 };

/* What the network adds up for a word beside the word itself and its tag. */
typedef struct an_atoms {
  uint32_t form[AN_ATOM_FORMS]; /* rows of a table of AN_ATOM_FORMS * AN_ATOM_HASHED: suffixes, prefix, shape */
  uint32_t flags;               /* AN_ATOM_FLAGS bits, each a row of its own */
} an_atoms;

/* Atoms of all words of a sentence. last: its last word; a headline has no stop, and often capitals throughout. */
void an_features_atoms(const an_seen *seen, const char *last, uint32_t last_size, an_atoms *out);
#endif
