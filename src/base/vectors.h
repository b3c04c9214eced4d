/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of words: what GloVe says of them, those too that no treebank has ("Ouedraogo", "Szczecin"): vectors.an, made by
   tools/make_vectors.py; and what they add to the meaning of a clause: meanings.an, made by tools/train_meanings.py.

   A word is found by the upper half of its fold's hash: 16 bits say where to look ("starts"), 16 stand with the word ("words":
   entries of AN_VECTOR_ENTRY bytes, sorted). A word that is not there is taken for one that is in 8 of 100,000 cases. Of 50
   numbers five at a time are those of one of 256 centres: ten bytes a word. Immutable, shared by threads and by the models that
   look into it, none of which owns it; every read checked. */
#ifndef AN_BASE_VECTORS_H
#define AN_BASE_VECTORS_H
#include "base/datafile.h"

#define AN_VECTORS_FILE "vectors.an"
#define AN_MEANINGS_FILE "meanings.an"
enum { AN_VECTORS_LAYOUT = 1, AN_VECTOR_SIZE = 50, AN_VECTOR_PARTS = 10, AN_VECTOR_WIDTH = AN_VECTOR_SIZE / AN_VECTOR_PARTS, AN_VECTOR_ENTRY = 2 + AN_VECTOR_PARTS };

typedef struct an_vectors { an_datafile file; an_section starts, words, centres; uint32_t count; } an_vectors;

an_status an_vectors_open(const char *dir, const char *name, an_vectors **out, an_error *err);
void an_vectors_close(an_vectors *vectors);
uint32_t an_vector_find(const an_vectors *vectors, uint64_t fold);                  /* its row, or AN_NONE */
uint32_t an_vector_find_short(const an_vectors *vectors, uint32_t first30);         /* by the first 30 bits of its hash alone: wrong four times as often */
void an_vector_send(const an_vectors *vectors, uint64_t fold, bool bucket);         /* it will be asked for soon: where its bucket is told, then the bucket */
/* 32 is one; AN_NONE: zeros. */
void an_vector_read(const an_vectors *vectors, uint32_t row, int8_t out[AN_VECTOR_SIZE]);
#endif
