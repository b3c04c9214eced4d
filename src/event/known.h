/* SPDX-License-Identifier: Apache-2.0 */
/* Who counts as somebody: known to the world, of a sector that acts in public, or people by their noun. */
#ifndef AN_EVENT_KNOWN_H
#define AN_EVENT_KNOWN_H
#include "event/match.h"

bool party_is_crowd(const scene *s, uint32_t mention);
bool party_any_known(const scene *s, const parts *p);
bool party_any_political(const scene *s, const parts *p);  /* whose words and favours are politics */
bool party_any_body(const scene *s, const parts *p);       /* many of a sector that acts in public: "the union", "doctors" */
bool party_all_civil(const scene *s, const parts *p);      /* persons of public life and parties, none of them in arms */
bool party_all_persons(const scene *s, const parts *p);    /* single persons, by name or office */
bool party_any_speaks(const scene *s, const parts *p);     /* somebody who speaks for a state or a body */
bool party_any_armed(const scene *s, const parts *p);
/* Takes guessed countries from recipients where the actor has the same; what is not people goes with it. */
void drop_guessed(const scene *s, match *m);
#endif
