/* SPDX-License-Identifier: Apache-2.0 */
/* A person's name as given name and family name. Rules and lists are data/world/naming.hand.tsv; docs/format.md tells them. */
#ifndef AN_WORLD_PERSONAL_H
#define AN_WORLD_PERSONAL_H
#include "world/file.h"

typedef struct an_personal { an_text given, family; } an_personal;      /* not known: at NULL */
/* country: the person's, not known: empty; person: the row in the world file, or AN_NONE. Out of memory: *short_of. */
an_personal an_personal_name(const an_world *world, an_arena *arena, an_text name, an_text country, uint32_t person, bool *short_of);
/* A family name that stands first wherever it is borne: "Zhang", "Nguyen". fold: an_fold_hash of the word. */
bool an_family_stands_first(const an_world *world, uint64_t fold);
#endif
