/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of a phrase share: whose it is (holders.c), what is written down of it (emit.c), how it is read (phrases.c). */
#ifndef AN_WORLD_PHRASES_H
#define AN_WORLD_PHRASES_H
#include "world/scene.h"

enum { LARGE_TOWN = 400, MOST_PRESENTED = 256, MOST_HOLDERS = 6, MOST_BETWEEN = 5, INFER_SHARE = 70 };

/* Whose: countries or one organisation in front of a role or behind "of". */
typedef struct an_holding { uint32_t country[MOST_HOLDERS], item[MOST_HOLDERS], count, org; uint8_t form; bool genitive; uint32_t first, end; an_text sector; } an_holding;
typedef struct an_role { uint32_t first, end; an_text sector, offices, name; uint8_t kind; bool plural, former, deputy, needs_country, also_private, any; } an_role;

/* A name of a body or a site by its shape; head: the word that says which. */
typedef struct an_body { uint32_t end, head; bool site; } an_body;

an_text an_phrase_none(void);
const an_item *an_phrase_item(const an_scene *s, uint32_t token);
bool an_phrase_same_sentence(const an_scene *s, uint32_t a, uint32_t b);
bool an_phrase_is_genitive(const an_scene *s, uint32_t token);
bool an_phrase_is_nominal(const an_scene *s, uint32_t token);
uint8_t an_phrase_block_kind(const an_scene *s, uint32_t token);
uint32_t an_phrase_place(const an_scene *s, const an_item *item);
bool an_phrase_holder_at(const an_scene *s, uint32_t token, an_holding *h);
bool an_phrase_role_after(const an_scene *s, uint32_t token, uint32_t between, an_role *r);
bool an_phrase_former_before(const an_scene *s, uint32_t first);
uint32_t an_phrase_skip_titles(const an_scene *s, uint32_t token);
bool an_phrase_is_disputed(const an_scene *s, const an_mention_at *m); /* a region whose status is disputed: no sign of whose */
an_text an_phrase_inferred_country(const an_scene *s, uint32_t token, bool of_state);
bool an_phrase_is_of_state(an_text sector);
bool an_phrase_is_of_office(an_text sector);                 /* those who hold an office hold it before all: government, parliament */
bool an_phrase_is_of_public_life(an_text sector);            /* and those of parties, unions, armed groups, courts, bodies of states */
void an_introduce(an_scene *s);                              /* introduce.c: after the walk */
/* What one place of the page says of a name; order: its country only follows from the order of words, or from who acts beside it. */
typedef struct an_said { an_text country, sector; bool is_public, order; const char *how; } an_said;
void an_present(an_scene *s, uint32_t mention, const an_said *what); /* of the name, wherever the page has it */
void an_parts(an_scene *s);                                  /* parts.c: who has a part in public life by what the page says */
void an_voices(an_scene *s, an_text home);                   /* voices.c: who speaks for a body, or as its expert */
void an_nations(an_scene *s);                                /* nation.c: of which country a public one is of whom nothing says it */
void an_public(an_scene *s);                                 /* public.c: who is public by all that the page says */
bool an_part_is(const an_scene *s, uint32_t token, const char *what, an_text *value); /* a word of data/lexicon/parts.tsv */
/* Where the words of that kind there, as they are written, end that stand at `token`; `token`: none do. */
uint32_t an_part_words(const an_scene *s, uint32_t token, const char *what);
bool an_phrase_acts(const an_scene *s, uint32_t noun);         /* it is the subject of what comes behind it, and so beside nobody */
an_text an_phrase_dateline_country(const an_scene *s);
an_text an_phrase_outlet_country(const an_scene *s, const an_role *r);
bool an_phrase_of_common_noun(const an_scene *s, uint32_t end, uint32_t head);
bool an_phrase_of_a_thing(const an_scene *s, uint32_t first, uint32_t end, const an_role *r);
an_phrase an_phrase_make(const an_scene *s, uint32_t first, uint32_t end);
void an_phrase_claim_of(const an_scene *s, const an_holding *h, const an_role *r, an_claim *c);
uint32_t an_phrase_emit_person(an_scene *s, uint32_t first, const an_name *n, const an_claim *c, const an_role *r, uint32_t title);
const an_known *an_phrase_presented(const an_scene *s, an_text country, an_text offices, uint32_t token);
uint32_t an_phrase_chain_of_words(an_scene *s, an_text country, an_text words);
uint32_t an_phrase_emit_role(an_scene *s, uint32_t first, uint32_t end, const an_holding *h, const an_role *r);
void an_phrase_emit_groups(an_scene *s, uint32_t first, uint32_t end, const an_holding *h, const an_role *r);
bool an_phrase_preposition(const an_scene *s, uint32_t first, bool seat);
void an_phrase_emit_country(an_scene *s, const an_item *item, uint32_t country, uint8_t form);
void an_phrase_emit_org(an_scene *s, const an_item *item, uint32_t posting);
bool an_phrase_emit_place(an_scene *s, const an_item *item);
bool an_body_at(const an_scene *s, uint32_t token, an_body *out);
uint32_t an_body_emit(an_scene *s, uint32_t token, const an_body *b, uint32_t country); /* country: whose, or AN_NONE */
uint32_t an_vessel_emit(an_scene *s, uint32_t token);
uint32_t an_brief_emit(an_scene *s, uint32_t token);                                    /* "the Commission": likewise */
uint32_t an_short_emit(an_scene *s, uint32_t token);                                    /* the token behind it, or `token` */
#endif
