/* SPDX-License-Identifier: Apache-2.0 */
/* The model file, english.an, as tagger, parser and trainer see it. Kind "mode"; sections:
     about                          u32 AN_FEATURES_VERSION, u32 tags, u32 labels, u32 zero
     names                          the tags ("NOUN-NN"), then the labels ("nsubj:pass"), each u32 size + bytes
     wrdpilot wrdrows               forms: u64 = check, 32 bits | usual tag, 8 | zero, 24; and words in lower
                                    case: check, 32 | what a dictionary says it can be, 9 | row of the network, 23, all ones: none
     the network's, as net.h says: networds netforms netsmall; layer1.. tags sides and for each its i32 sums (start, scale,
                                    bias): sums1.. tagsums sidesums; arcs arcbias labels labbias rootarc rootlab far */
#ifndef AN_LANGUAGE_MODEL_H
#define AN_LANGUAGE_MODEL_H
#include "language/features.h"
#include "language/hashed.h"
#include "language/language.h"
#include "language/net.h"

#define AN_MODEL_FILE "english.an"
#define AN_MODEL_KIND "mode"
#define AN_MODEL_REBUILD "make train TREEBANKS=../shared/data/treebanks"
enum { AN_MODEL_LAYOUT = 3 };
enum { AN_CLASSES_MAX = AN_NET_TAGS };
enum { AN_KNOWN_CAN_BITS = 9, AN_KNOWN_ROW_NONE = (1 << 23) - 1 };

typedef struct an_tag_class { uint8_t upos, xpos; const char *xpos_name; } an_tag_class;
typedef struct an_known { uint32_t row; uint16_t can; } an_known;  /* of a word in lower case; row AN_NONE: the network has none */

struct an_model {
  an_datafile file;
  an_hashed words;
  an_net net;
  uint32_t tag_count, label_count;      /* 1..AN_NET_TAGS, 1..AN_NET_LABELS */
  an_tag_class tag[AN_CLASSES_MAX];
  uint8_t label[AN_CLASSES_MAX];        /* an_rel */
};

uint8_t an_model_usual(const an_model *model, uint64_t form);   /* the tag that a form has most often, or AN_TAG_UNKNOWN */
an_known an_model_word(const an_model *model, uint64_t lower);
/* Reads a sentence with its usual tags into words->desk, which is made where it is missing or too small. */
an_status an_model_read(const an_model *model, an_words *words, const an_sentence *sentence, an_arena *arena, an_error *err);
uint8_t an_upos_of(const char *at, uint32_t size);  /* AN_X for an unknown name */
uint8_t an_rel_of(const char *at, uint32_t size);   /* a subtype that an_rel lacks gives its relation; AN_DEP if that is unknown */
uint8_t an_xpos_of(const char *at, uint32_t size);  /* AN_X_OTHER for a tag that an_xpos lacks */
const char *an_xpos_name_of(const char *at, uint32_t size); /* static; "_" for an unknown tag */

#endif
