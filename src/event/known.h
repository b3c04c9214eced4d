/* SPDX-License-Identifier: Apache-2.0 */
/* Who counts as somebody: known to the world, of a sector that acts in public, or people by their noun. */
#ifndef AN_EVENT_KNOWN_H
#define AN_EVENT_KNOWN_H
#include "event/match.h"

bool party_is_crowd(const scene *s, uint32_t mention);
bool party_any_known(const scene *s, const parts *p);
bool party_any_public(const scene *s, const parts *p);     /* somebody of a country, of the world file, or of a public body */
bool party_any_armed(const scene *s, const parts *p);
/* Takes guessed countries from recipients where the actor has the same; what is not people goes with it. */
void drop_guessed(const scene *s, match *m);
#endif
