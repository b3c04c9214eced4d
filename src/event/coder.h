/* SPDX-License-Identifier: Apache-2.0 */
/* The frames and their tables as the coder holds them: read from the lexicon once, at engine-open; immutable after. */
#ifndef AN_EVENT_CODER_H
#define AN_EVENT_CODER_H
#include "event/event.h"

enum { SURE_PARTS = 3,         /* a row's type, who, whom */
       CLASS_WORDS = 4, KEY_WORDS = 4, ROLES = 20, CONDITIONS = 24 };
typedef struct class_set { uint64_t bits[CLASS_WORDS]; } class_set;

/* One condition of a frame: "@class", "word", "prep:word,@class", "party", "person", "+" or "-"; `exclude` for "!". */
typedef enum condition_kind { WANT_WORD, WANT_CLASS, WANT_PARTY, WANT_ANY, WANT_NONE, WANT_PREP } condition_kind;
typedef struct condition { uint64_t word, prep; class_set classes; uint8_t kind; bool exclude, party, person; } condition;
typedef struct conditions { const condition *at; uint32_t count; } conditions;

/* Where a part of a frame is looked for, in order. A preposition is any other word. */
typedef enum role_kind { ROLE_SUBJECT, ROLE_OBJECT, ROLE_INDIRECT, ROLE_POSSESSIVE, ROLE_COMPLEMENT, ROLE_SPEAKER, ROLE_NOBODY,
                         ROLE_PREP } role_kind;
typedef struct role { uint8_t kind; uint64_t prep; } role;
typedef struct roles { role at[ROLES]; uint32_t count; bool given; } roles;

enum { FRAME_MUTUAL = 1,      /* two subjects do it to each other */
       FRAME_TAKES = 2,       /* the act in its complement is its matter, not an event of its own */
       FRAME_PLANNED = 4,     /* it says that something is to come, and needs an act that is */
       FRAME_CONDITIONAL = 8,
       FRAME_WEAK = 16,       /* too vague alone: needs an actor and a recipient, or a light verb */
       FRAME_REVERSED = 32,   /* the subject suffers it */
       FRAME_TOLD = 64,       /* only inside of a statement: the speaker alleges it */
       FRAME_HOSTILE = 128,   /* only where its complement is a hostile act */
       FRAME_PAIR = 256,      /* only where its subject is several */
       FRAME_ANSWER = 512,     /* an answer: where nobody is named, to whoever was named before */
       FRAME_CARRIED = 1024,   /* a noun that counts only where a light verb carries it */
       FRAME_SUBJUNCTIVE = 2048, /* its that-clause is a wish, not a claim */
       FRAME_NEGATED_COMPLEMENT = 4096, /* its that-clause is a denial */
       FRAME_ARMED = 16384, /* only where those who do it bear arms: "entered the town" */
       FRAME_SPOKEN = 32768, /* from people of public life without arms it is meant in words: "the senator attacked her rival" */
       FRAME_STATE = 65536,  /* only where a state, a public body or its people do it: "closed the school" */
       FRAME_FLIPS = 8192 };    /* "sees no limit": the negation says yes */

typedef enum frame_pos { FRAME_VERB, FRAME_NOUN, FRAME_ADJECTIVE, FRAME_MODAL } frame_pos; /* modal: "must", "should", for its predicate */
typedef struct frame {
  uint64_t key[KEY_WORDS]; uint32_t key_count;
  uint8_t pos; uint32_t flags;
  conditions object, with;
  conditions complement; bool complement_open, complement_that, complement_copula; /* which kinds of complement it wants */
  bool wants_complement;
  roles actor, recipient;
  uint32_t type;                 /* index of coder.types, or AN_NONE: a trap that blocks */
  an_text mode, cameo, key_text;
  uint32_t line;
} frame;

/* What types and modes are apart from their names (plover.tsv, modes.tsv). */
typedef enum type_trait { TYPE_MEETING = 1,    /* those who do it come together: it has a place, a visitor, a host */
                          TYPE_CROWD = 2,      /* many do it together */
                          TYPE_ASKS = 4,       /* what somebody must do, said by another, is this */
                          TYPE_SHOWS = 16,     /* force is shown, to somebody who may stand beside it */
                          TYPE_STRIKES = 32,   /* things can suffer it */
                          TYPE_PROMISES = 64, TYPE_THREATENS = 128, /* what is to come, good or ill */
                          TYPE_BLAMES = 256,   /* whoever did what is blamed suffers it */
                          TYPE_REFUSES = 8     /* what somebody will not do is this; its own negation stays one */
} type_trait;
typedef enum mode_trait { MODE_JOURNEY = 1,    /* one goes to the other */
                          MODE_THIRD = 2,      /* somebody else brings the two together */
                          MODE_ONESELF = 4,    /* it can be done to oneself and be one all the same */
                          MODE_ALONE = 8       /* one person can do it alone */
} mode_trait;
typedef struct plover_type {
  an_text name; uint8_t quad; double score; bool needs_recipient; unsigned traits;
  uint32_t future; an_text future_mode, future_cameo;
} plover_type;

typedef enum realis_kind { REALIS_AUX = 1, REALIS_NEG = 2, REALIS_GOV = 4, REALIS_NOUN = 8, REALIS_MARK = 16, REALIS_ADJ = 32,
                           REALIS_FURTHER = 64, REALIS_PAST = 128, REALIS_RELATIVE = 256, REALIS_PERFECT = 512,
                           REALIS_AGENT = 1024, REALIS_INFINITIVE = 2048, REALIS_PLACE = 4096, REALIS_DEMONSTRATIVE = 8192, REALIS_ASSERTS = 16384,
                           REALIS_SELF = 32768, REALIS_THIRD = 65536, REALIS_PAIR = 131072, REALIS_REFLEXIVE = 262144, REALIS_CHARGE = 524288, REALIS_YOU = 1048576 } realis_kind;
typedef enum realis_effect { EFFECT_NONE, EFFECT_PLANNED, EFFECT_CONDITIONAL, EFFECT_NEGATED, EFFECT_SHOULD,
                             EFFECT_POSSIBLE,   /* "could", "if": nobody says that it is done or will be */
                             EFFECT_ASKED,      /* "asked them to": who is asked has promised nothing */
                             EFFECT_EXPECTED    /* "is likely to", "is due to": the narrator's word, no promise and no threat */
} realis_effect;

struct an_coder {
  const an_lexicon *lexicon;
  const an_classifier *classifier;   /* NULL: frames alone */
  const an_detector *detector;       /* NULL: frames alone */
  uint32_t detector_type[16];        /* its types by their number here */
  uint16_t threshold;                /* per mille: events less certain are left out */
  an_arena arena;
  const an_table *frames, *heads, *realis, *light, *traps, *contexts, *cameo, *modes, *embed, *quantities, *counted,
      *petrarch_verbs, *petrarch_patterns, *petrarch_sets, *sectors, *sure, *kinds, *deeds;
  double (*sure_weight)[SURE_PARTS]; /* of each row of `sure` */
  frame *frame_at; uint32_t frame_count;
  plover_type *types; uint32_t type_count;
  roles verb_actor, verb_recipient, noun_actor, noun_recipient, light_actor, light_recipient, adjective_actor,
      adjective_recipient, complement_recipient, each_other, origin, unclaimed, around, members, facing, opponent, given_to, deciding;
  an_map class_of;               /* fold of a word → index of head_at */
  class_set *head_at; an_text *head_sector;
  an_map class_index;            /* fold of a class's name → its number */
  uint32_t class_count;
  class_set container, speaks, carrier, somebody, instrument, problem, force, struck, phrasal, relation, individual;
  uint64_t class_name[CLASS_WORDS * 64];
  uint32_t cameo_goldstein, cameo_contexts, cameo_type, cameo_mode, modes_score, modes_traits, deeds_verb, traps_weight, traps_blocks, light_how, realis_kind_column,
      realis_effect_column, contexts_context, sectors_lends, sectors_armed, sectors_words, sectors_decides, embed_type, embed_mode, embed_cameo;
};

uint32_t coder_type(const an_coder *coder, an_text name);                     /* AN_NONE: none of the sixteen */
class_set coder_classes(const an_coder *coder, uint64_t fold);
an_text coder_sector(const an_coder *coder, uint64_t fold);
bool class_meets(class_set a, class_set b);
bool coder_sector_public(const an_coder *coder, an_text sector);   /* its people act in public life (sectors.tsv) */
bool coder_sector_armed(const an_coder *coder, an_text sector);
bool coder_sector_words(const an_coder *coder, an_text sector);    /* its people fight with words */
bool coder_sector_decides(const an_coder *coder, an_text sector);  /* what is decided in such a body it decides */
bool coder_sector_lends(const an_coder *coder, an_text sector);    /* its people are people of its country */
class_set coder_class(const an_coder *coder, an_text name);
an_rows coder_mode(const an_coder *coder, uint32_t type, an_text mode);      /* of modes.tsv */
/* Effect of a word as one of these kinds, by form or lemma; EFFECT_NONE with *found false when the table has no such row. */
realis_effect coder_realis(const an_coder *coder, const an_token *token, unsigned kinds, bool *found);
bool coder_is(const an_coder *coder, const an_token *token, unsigned kind);
double coder_number(an_text text, double absent);     /* a cell as a number */
bool coder_type_is(const an_coder *coder, uint32_t type, type_trait trait);
bool coder_mode_is(const an_coder *coder, uint32_t type, an_text mode, mode_trait trait);
an_text coder_type_with(const an_coder *coder, type_trait trait);            /* the name of the type that has it */
an_text coder_mode_with(const an_coder *coder, uint32_t type, mode_trait trait);
an_text coder_cameo(const an_coder *coder, uint32_t type, an_text mode);     /* the first code of both, else of the type */
double coder_score(const an_coder *coder, uint32_t type, an_text mode);

/* Reading: coder.c and, of frames and arguments, frames.c. */
an_status coder_table(const an_lexicon *lexicon, const char *name, const an_table **out, an_error *err);
an_status frames_read(an_coder *coder, an_error *err);
an_status arguments_read(an_coder *coder, an_error *err);
#endif
