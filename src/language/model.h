/* SPDX-License-Identifier: Apache-2.0 */
/* The model file, english.an, as tagger, parser and trainer see it. Kind "mode"; sections:
     about                          u32 AN_FEATURES_VERSION, u32 tags, u32 labels, u32 zero
     names                          the tags ("NOUN-NN"), then the labels ("nsubj:pass"), each u32 size + bytes
     wrdpilot wrdrows               forms and words in lower case: u64 = check, 32 bits | usual tag, 8 | AN_VOCABLE_*, 8 |
                                    what a dictionary says it can be, 16
     tagpilot tagrows tagcells      weights of tags: rows and cells as hashed.h says
     movpilot movrows               weights of the three moves
     labpilot labrows labcells      weights of labels */
#ifndef AN_LANGUAGE_MODEL_H
#define AN_LANGUAGE_MODEL_H
#include "language/features.h"
#include "language/hashed.h"
#include "language/language.h"

#define AN_MODEL_FILE "english.an"
#define AN_MODEL_KIND "mode"
#define AN_MODEL_REBUILD "make train TREEBANKS=../shared/data/treebanks"
enum { AN_MODEL_LAYOUT = 1 };
enum { AN_VOCABLE_FIXED = 1 }; /* the usual tag is the only one */
enum { AN_CLASSES_MAX = 200 };

typedef struct an_tag_class { uint8_t upos, xpos; const char *xpos_name; } an_tag_class;
typedef struct an_vocable {
  uint8_t usual, flags;
  uint16_t can;
} an_vocable;

struct an_model {
  an_datafile file;
  an_hashed words, tags, moves, labels;
  uint32_t tag_count, label_count;      /* 1..AN_CLASSES_MAX */
  an_tag_class tag[AN_CLASSES_MAX];
  uint8_t kinds[UINT8_MAX + 1];         /* AN_KIND_* of each tag */
  uint8_t label[AN_CLASSES_MAX];        /* an_rel */
};

/* An unknown form gives usual AN_TAG_UNKNOWN. */
an_vocable an_model_word(const an_model *model, uint64_t form);
uint8_t an_upos_of(const char *at, uint32_t size);  /* AN_X for an unknown name */
uint8_t an_rel_of(const char *at, uint32_t size);   /* a subtype that an_rel lacks gives its relation; AN_DEP if that is unknown */
uint8_t an_xpos_of(const char *at, uint32_t size);  /* AN_X_OTHER for a tag that an_xpos lacks */
const char *an_xpos_name_of(const char *at, uint32_t size); /* static; "_" for an unknown tag */

#endif
