/* SPDX-License-Identifier: Apache-2.0 */
/* What the classifier learns from: labelled pairs with their signs. */
#ifndef AN_TOOLS_EXAMPLES_H
#define AN_TOOLS_EXAMPLES_H
#include "engine.h"
#include "event/classify.h"

typedef struct example {
  uint32_t *key, *mode_key; uint32_t key_count, frame_keys;   /* rows */
  float *x;                                       /* SLOT_COUNT * numbers of a vector */
  uint32_t type, mode;                            /* mode AN_NONE: not labelled */
  float weight;
  bool aside, phrase;                             /* not learned from while trust is measured; made of a phrase */
} example;

typedef struct examples {
  an_worker *worker; const an_coder *coder;
  drafts drafts;                                  /* of the document that is read */
  word_vectors vectors;
  an_text mode_name[CLASSIFIER_MODES]; uint32_t mode_count;
  example *at; uint32_t count, capacity;
  uint32_t faults;
  uint32_t version;                               /* AN_SIGNS_VERSION */
  uint64_t checksum;                              /* of all that was read */
} examples;

void *must(void *p);                              /* p, or a message and exit(2) */
/* Every type without a mode, then the rows of modes.tsv. */
void examples_modes(examples *all);
/* Sentences with their labels (tools/check_examples.py says the form). A wrong line is told with file, line and reason. `share`: of
   the file's lines that are kept, per mille (for the curve). */
void examples_of_file(examples *all, const char *path, float weight, uint32_t share);
/* Sentences made of phrases weigh `together` for each type: how many phrases a type has says nothing of how often it is told. */
void examples_balance(examples *all, float together);
void examples_of_frames(examples *all, float weight);      /* the examples of frames.tsv with the parties that their frames found */
void examples_of_dictionary(examples *all, float weight);  /* small sentences made of the patterns of petrarch_*.tsv */
#endif
