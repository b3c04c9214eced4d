/* SPDX-License-Identifier: Apache-2.0 */
/* From tokens to parties: who a noun phrase is, with lists kept as lists ("Iranian and Russian officials" are two). */
#ifndef AN_EVENT_PARTY_H
#define AN_EVENT_PARTY_H
#include "event/clause.h"

enum { MAX_PARTS = 12 };
typedef struct part { an_party party; uint32_t mention, token; } part;   /* mention AN_NONE: known by its modifier only */
typedef struct parts { part at[MAX_PARTS]; uint32_t count; bool cut; } parts;   /* cut: there were more than MAX_PARTS */

enum { PARTY_PLACES = 1,      /* places count ("attacked Aleppo", "arrived in Moscow") */
       PARTY_DEEP = 2 };      /* a phrase about somebody counts ("Israel's raid", "relations with Iran") */
void parts_of(const scene *s, uint32_t token, unsigned how, parts *out);
void parts_of_speaker(const scene *s, uint32_t token, parts *out);
void parts_of_mention(const scene *s, uint32_t mention, uint32_t token, parts *out);
/* A thing under the words of its phrase, of the country that the phrase gives: "a mosque in Peshawar". Takes the place of who is there. */
void part_of_thing(const scene *s, uint32_t token, parts *out);
bool part_same(const scene *s, const part *a, const part *b);
void parts_without(const scene *s, parts *from, const parts *these);
const an_party *parts_copy(const scene *s, const parts *from);
bool party_at(const scene *s, uint32_t token);            /* somebody of the world, not only a place where */
#endif
