/* SPDX-License-Identifier: Apache-2.0 */
/* What a dictionary says that a form can be: WordNet's lemmas and their inflections. Few verbs are in a treebank in all their
   forms; "froze" and "imposed" are in none of ours. */
#ifndef AN_TOOLS_FORMS_H
#define AN_TOOLS_FORMS_H
#include <stdbool.h>
#include <stdint.h>

enum { FORM_NOUN = 1, FORM_PLURAL = 2, FORM_VERB = 4, FORM_VERB_S = 8, FORM_PAST = 16, FORM_ING = 32, FORM_ADJECTIVE = 64,
       FORM_COMPARED = 128, FORM_ADVERB = 256 };
typedef struct known_form { uint64_t word; uint16_t can; } known_form; /* word: an_view.lower */
typedef struct forms { known_form *at; uint32_t count, capacity; uint64_t checksum; } forms; /* sorted, each word once */

/* The folder of WordNet's index.* and *.exc (Debian wordnet-base: /usr/share/wordnet); false: a message was printed. */
bool forms_read(forms *out, const char *folder);
uint16_t forms_of(const forms *all, uint64_t word);
#endif
