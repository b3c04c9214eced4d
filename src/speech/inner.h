/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of speech: cues, who their subject is, what stands for whom, and statements while they are being put together. */
#ifndef AN_SPEECH_INNER_H
#define AN_SPEECH_INNER_H
#include "speech/speech.h"

/* What a cue takes: the letters of data/lexicon/cues.tsv. */
enum { AN_TAKES_CLAUSE = 1, AN_TAKES_QUOTE = 2, AN_TAKES_HEARER = 4, AN_TAKES_OBJECT = 8, AN_TAKES_AS = 16, AN_TAKES_PHRASE = 32,
       AN_TAKES_PARTICLE = 64, AN_CUE_MIND = 128, AN_CUE_DOCUMENT = 256, AN_CUE_DENIES = 512, AN_TAKES_INFINITIVE = 1024, AN_TAKES_OBJECT_OF = 2048,
       AN_TAKES_COUNT = 4096 };
typedef enum an_cue_kind { AN_CUE_NONE, AN_CUE_VERB, AN_CUE_NOUN, AN_CUE_PHRASE } an_cue_kind;
typedef struct an_cue { uint8_t kind; uint16_t takes; an_text preps; } an_cue;

typedef enum an_reference_kind { AN_REFERS_NOT, AN_REFERS_ONE, AN_REFERS_MANY, AN_REFERS_BOTH, AN_REFERS_COUNTERPART, AN_REFERS_ROLE,
                                 AN_REFERS_DOCUMENT, AN_REFERS_NOBODY, AN_REFERS_THING, AN_REFERS_PEOPLE } an_reference_kind;

/* What stands for somebody, by whom it may: the columns of anaphora.tsv. */
typedef enum an_pronoun { AN_PRONOUN_ONE, AN_PRONOUN_MANY, AN_PRONOUN_THING, AN_PRONOUN_CALLED /* "the company" */, AN_PRONOUNS } an_pronoun;
enum { AN_MOST_ANAPHORA_SIGNS = 96, AN_MOST_VOICE_SIGNS = 80, AN_MOST_TELLER_SIGNS = 64, AN_MOST_EXTENT_SIGNS = 80, AN_MOST_AHEAD_SIGNS = 56, AN_MOST_SAID_OF = 16 };
extern const an_sign_list AN_ANAPHORA_SIGNS, AN_VOICE_SIGNS, AN_TELLER_SIGNS, AN_EXTENT_SIGNS, AN_AHEAD_SIGNS;
enum { AN_SORT_OTHER, AN_SORT_PEOPLE, AN_SORT_BODY }; /* of a noun */
typedef enum an_told_kind { AN_TOLD_NEW, AN_TOLD_CUT, AN_TOLD_KINDS } an_told_kind; /* words that no frame told; where a frame's end */
typedef struct an_said_of { uint64_t fold[AN_MOST_SAID_OF]; uint32_t count; } an_said_of; /* words that the page says of somebody */

enum { AN_MOST_STATEMENTS = 1024, AN_MOST_SPEAKERS = 4, AN_MOST_RANGES = 8, AN_MOST_COUNTRIES = 12 };

/* Tokens [first, end). */
typedef struct an_range { uint32_t first, end; } an_range;

/* A statement while it is put together. */
typedef struct an_draft {
  uint8_t kind, frame;              /* an_statement_kind; an_frame */
  uint32_t cue;                     /* token, or AN_NONE */
  uint32_t sentence, block;
  an_range content[AN_MOST_RANGES]; uint32_t content_count;
  an_range speaker[AN_MOST_SPEAKERS]; uint32_t speaker_mention[AN_MOST_SPEAKERS]; uint32_t speaker_count;
  an_range through; uint32_t through_mention; bool has_through;
  bool dropped, that;               /* that: the content stands behind "that" */
  const char *denied;               /* why the content is not what the speaker asserts, or NULL */
  uint32_t parent, repeats;         /* drafts, or AN_NONE */
  uint32_t named;                   /* the mention that names its speaker further on, or AN_NONE */
} an_draft;

typedef enum an_frame { AN_FRAME_QUOTE, AN_FRAME_QUOTE_RUNS_ON, AN_FRAME_QUOTE_ALONE, AN_FRAME_CLAUSE, AN_FRAME_TRAILING, AN_FRAME_ACCORDING,
                        AN_FRAME_OBJECT, AN_FRAME_AS, AN_FRAME_PHRASE, AN_FRAME_NOUN, AN_FRAME_HEADLINE, AN_FRAME_MIND,
                        AN_FRAME_URGE, AN_FRAME_TURN, AN_FRAME_TOLD, AN_FRAMES } an_frame;

typedef struct an_country_count { an_text country; uint32_t count, last; } an_country_count; /* last: mention */

typedef struct an_walk {
  const an_lexicon *lexicon; const an_world *world; const an_article *article; const an_words *words; const an_times *times;
  an_mentions *mentions; an_arena *arena; const an_tracer *trace;
  const an_table *cues, *tellers, *references;
  uint32_t cue_kind, cue_takes, cue_preps, teller_kind, reference_kind, reference_value;
  uint32_t *mention_of;             /* token -> innermost mention, or AN_NONE */
  uint8_t *gender_of; uint32_t chain_count; /* chain -> the gender that a given name or a pronoun gave it */
  uint8_t *used;                    /* token -> a cue that a statement took already */
  an_draft *drafts; uint32_t draft_count, draft_room; uint32_t left_out; /* the first sentence with a statement too many, or AN_NONE */
  /* What the walk remembers. All are mentions, or AN_NONE. */
  uint32_t last_speaker, last_speaker_sentence, last_subject;
  uint8_t *named, *in_title;        /* chain -> how often it was named; whether the title does */
  uint32_t *role_of;                /* chain -> the last role that was said of it, or AN_NONE */
  an_said_of *said_of; const an_table *heads; /* of a chain; heads.tsv: what a noun is a word for */
  int16_t anaphora[AN_PRONOUNS][AN_MOST_ANAPHORA_SIGNS]; /* weights of anaphora.tsv, per mille */
  int16_t voice[AN_MOST_VOICE_SIGNS]; /* and of voice.tsv */
  int16_t teller[AN_MOST_TELLER_SIGNS], extent[AN_TOLD_KINDS][AN_MOST_EXTENT_SIGNS]; /* and of told.tsv */
  int16_t ahead[AN_MOST_AHEAD_SIGNS]; /* and of ahead.tsv */
  const an_table *saying, *kinds; uint32_t kinds_verb, kinds_noun; /* what words say for that they tell something; kinds.tsv: what words are kinds of */
  an_country_count countries[AN_MOST_COUNTRIES]; uint32_t country_count;
  uint32_t sentence_first_draft;
} an_walk;

/* cues.c */
an_status an_speech_open(an_walk *walk, an_error *err);
an_cue an_cue_at(const an_walk *walk, uint32_t token);
bool an_cue_to_hearer(const an_walk *walk, uint32_t token, const an_cue *cue); /* "asked whether …" */
bool an_cue_particle(const an_walk *walk, uint32_t token, const an_cue *cue);
bool an_in_list(an_text list, an_text word);
bool an_cue_withheld(const an_walk *walk, uint32_t token);          /* "declined to say" */
bool an_cue_puts_out(const an_walk *walk, uint32_t verb);           /* "issued" a statement */
bool an_cue_means(const an_walk *walk, uint32_t verb);              /* "used" the speech to say */
bool an_cue_address(const an_walk *walk, uint32_t token);            /* "DEAR" */
bool an_cue_relays(const an_walk *walk, uint32_t verb);             /* "quoted" him as saying */
bool an_cue_hides(const an_walk *walk, uint32_t verb);              /* asked not to be "named" */
bool an_cue_wording(const an_walk *walk, uint32_t noun);            /* in the "words" of the mayor */
bool an_cue_gives(const an_walk *walk, uint32_t verb);              /* "gave" an assurance */
an_cue an_cue_unlisted(const an_walk *walk, uint32_t token);         /* by what it takes */
bool an_cue_brings(const an_walk *walk, uint32_t verb);             /* "led" them to say */
bool an_cue_circumstance(const an_walk *walk, uint32_t token);      /* "after" */
bool an_cue_circumstance_clause(const an_walk *walk, uint32_t token); /* the same, where a clause may follow */
an_cue an_cue_phrase_at(const an_walk *walk, uint32_t token);      /* "according" */
uint8_t an_reference_at(const an_walk *walk, uint32_t token, an_text *value, uint32_t *end); /* longest phrase that begins here */

/* subject.c */
const an_token *an_tok(const an_walk *walk, uint32_t token);
bool an_is_verb(const an_walk *walk, uint32_t token);
uint32_t an_subject_of(const an_walk *walk, uint32_t cue);          /* head token of who does it, or AN_NONE */
uint32_t an_passive_subject(const an_walk *walk, uint32_t verb);
bool an_is_passive(const an_walk *walk, uint32_t verb);
uint32_t an_joined_to(const an_walk *walk, uint32_t verb);           /* the verb that this second verb shares its subject with, or AN_NONE */
bool an_part_of_name(const an_walk *walk, uint32_t token);
bool an_same_clause_negated(const an_walk *walk, uint32_t verb);
bool an_not_said_yet(const an_walk *walk, uint32_t cue);             /* "asked them to say" */

/* speaker.c */
an_range an_phrase_of(const an_walk *walk, uint32_t head);          /* the noun phrase around its head, without clauses */
an_range an_speaker_phrase(const an_walk *walk, uint32_t head);     /* the same as a speaker's words: short, without a finite verb */
bool an_may_speak(const an_walk *walk, uint32_t head, const an_cue *cue);
void an_speakers_from(const an_walk *walk, uint32_t head, an_draft *draft);  /* one, or several joined by "and" */
an_range an_apposed_name(const an_walk *walk, uint32_t comma);       /* a name between commas that no mention holds */

/* refer.c */
/* owned.c: "its army", "Russia, whose navy" */
void an_refer_owned(an_walk *walk, uint32_t token, uint32_t owner);
void an_refer_whose(an_walk *walk, uint32_t token);
void an_refer_open(an_walk *walk);                                     /* what given names tell of whom: data/lexicon/given.tsv */
an_status an_refer_sentence(an_walk *walk, uint32_t sentence, an_error *err); /* appends mentions, fills mention_of */
uint8_t an_gender_of(const an_walk *walk, uint32_t mention);         /* its own, or what its given name or a pronoun gave it */
void an_refer_antecedent(const an_walk *walk, uint32_t mention, an_party *party); /* of a party that the mention stands for */
void an_refer_close(an_walk *walk);                                    /* behind the last sentence */
void an_refer_remember(an_walk *walk, uint32_t sentence);           /* after the sentence: subjects, people, countries */

/* anaphora.c */
an_status an_anaphora_open(an_walk *walk, an_error *err);
uint32_t an_anaphora_of(an_walk *walk, uint32_t token, uint8_t pronoun, an_text value, uint32_t *members); /* how many mentions it stands for; 0: nobody */
uint32_t an_anaphora_called(an_walk *walk, uint32_t noun, an_range phrase); /* "the company": a mention, or AN_NONE */
bool an_holds_quotation(const an_walk *walk, uint32_t sentence);
uint8_t an_sort_of(const an_walk *walk, uint32_t noun);
uint64_t an_fold_of(const an_token *t);
bool an_was_said(const an_said_of *said, uint64_t fold);
bool an_class_said(const an_walk *walk, uint32_t noun, const an_said_of *said); /* a noun of one of its classes of heads.tsv */
an_status an_ahead_link(an_walk *walk, an_error *err);                /* ahead.c: "a judge", who is named further on */
void an_ahead_name(const an_walk *walk, const an_draft *draft, an_party *speaker);
void an_anaphora_remember(an_walk *walk, uint32_t mention, bool title);

/* quotes.c, frames.c, headline.c: drafts of one sentence */
an_status an_quotes_of(an_walk *walk, uint32_t *quote, uint32_t sentence, an_error *err);
void an_frames_of(an_walk *walk, uint32_t sentence);
void an_headline_of(an_walk *walk, uint32_t sentence);
an_draft *an_draft_new(an_walk *walk, uint8_t frame, uint32_t cue, uint32_t sentence); /* NULL: the limit is met */
bool an_draft_range(an_draft *draft, uint32_t first, uint32_t end);

static inline bool an_is_punct(const an_walk *walk, uint32_t token) { return an_tok(walk, token)->upos == AN_PUNCT; }
static inline bool an_is_comma(const an_walk *walk, uint32_t token) { return an_word_is(walk->words, token, ","); }
static inline uint8_t an_rel_at(const an_walk *walk, uint32_t token) { return an_tok(walk, token)->rel; }
bool an_is_finite(const an_walk *walk, uint32_t token);
uint32_t an_right_child(const an_walk *walk, uint32_t head, uint8_t relation);
bool an_has_word_on(const an_walk *walk, uint32_t head, const char *word);            /* does the word hang on it? */

/* content.c: which words are told */
an_range an_sentence_range(const an_walk *walk, uint32_t sentence);                   /* without its date line and its last stop */
an_range an_trim(const an_walk *walk, an_range range);
bool an_holds_verb(const an_walk *walk, uint32_t first, uint32_t end);
bool an_own_clause(const an_walk *walk, uint32_t first, uint32_t end);                /* somebody or something, and a finite verb behind it */
bool an_next_cue_at(const an_walk *walk, uint32_t token, uint32_t own);
an_range an_cut_at_cue(const an_walk *walk, uint32_t cue, an_range range);
an_range an_draw_out(const an_walk *walk, an_range range, uint32_t limit);
an_range an_and_that(const an_walk *walk, an_range range, uint32_t limit);
uint32_t an_relative_end(const an_walk *walk, uint32_t cue, uint32_t end);
uint32_t an_own_end(const an_walk *walk, uint32_t cue, uint32_t end);
an_range an_complement(const an_walk *walk, uint32_t cue, uint32_t head);
bool an_that_behind(const an_walk *walk, uint32_t cue, uint32_t *that);
an_draft *an_draft_start(an_walk *walk, uint8_t frame, uint32_t cue, uint32_t subject);
bool an_draft_finish(an_walk *walk, an_draft *draft);                                 /* false: it says nothing, and is gone */

/* relay.c */
uint32_t an_relays(const an_walk *walk, uint32_t verb);               /* "quoted": the cue that it leads to, "saying" */
uint32_t an_relayed(const an_walk *walk, uint32_t cue);               /* and the other way round */
uint32_t an_relay_speaker(const an_walk *walk, uint32_t verb);
uint32_t an_relay_source(const an_walk *walk, uint32_t verb);

bool an_is_title(const an_walk *walk, const an_range *quote);
bool an_next_body(const an_walk *walk, uint32_t block, uint32_t next);
bool an_alone_in_block(const an_walk *walk, const an_range *quote, uint32_t block);
void an_same_speakers(const an_draft *from, an_draft *to);

/* voice.c */
an_status an_voice_open(an_walk *walk, an_error *err);
void an_voice_of(an_walk *walk, const an_range *quote, uint32_t words);
uint32_t an_last_block(const an_walk *walk, const an_draft *draft);

/* told.c: what no frame tells, and where the words of a frame end */
an_status an_told_open(an_walk *walk, an_error *err);
void an_told_of(an_walk *walk, uint32_t sentence);

/* extent.c: which of the words behind a verb or noun are told */
typedef struct an_teller {
  an_told_kind kind;
  uint32_t token, subject;
  uint32_t object, clause;          /* what hangs on it, or AN_NONE */
  uint32_t next, tree_end;          /* the word behind it and behind when it was told; where what hangs on it ends */
  an_cue cue; bool noun, by_owner, begins; /* begins: the words begin as the frame has it */
  an_range all, frame;              /* of the sentence; of what a frame found, or empty */
} an_teller;
enum { AN_MOST_EXTENTS = 73 };
typedef struct an_extent { an_range range; uint32_t begin; } an_extent; /* begin: before it was trimmed */
typedef struct an_extents { an_extent at[AN_MOST_EXTENTS]; uint32_t count; } an_extents;
typedef struct an_told_text { char at[1536]; size_t size; } an_told_text; /* the words of signs, for who listens */
void an_told_say(an_told_text *text, const char *name);               /* text: may be NULL */
void an_teller_describe(const an_walk *walk, an_teller *t);
void an_extents_of(const an_walk *walk, const an_teller *t, an_extents *all);
bool an_extent_is_thing(const an_walk *walk, an_range range);
bool an_is_somebody(const an_walk *walk, uint32_t token);
int32_t an_extent_weigh(const an_walk *walk, const an_teller *t, const an_extent *o, an_told_text *text);

/* turns.c */
uint32_t an_turn_of(const an_walk *walk, const an_range *quote, uint32_t words);

/* tags.c, objects.c: frames of one cue */
enum { AN_TAIL = 9 };             /* words that may follow a trailing cue: "said on Tuesday in Moscow" */
uint32_t an_tag_begin(const an_walk *walk, uint32_t cue, uint32_t subject);
bool an_trailing(an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t subject);
bool an_according(an_walk *walk, uint32_t token, const an_cue *cue);
bool an_object_of_cue(an_walk *walk, uint32_t cue_token, const an_cue *cue, uint32_t subject);
bool an_noun_of_saying(an_walk *walk, uint32_t token);

/* join.c */
void an_join_chains(an_walk *walk, uint32_t sentence);              /* "Zarif said …, Reuters reported" */
uint32_t an_join_same(const an_walk *walk, const an_range *range);   /* an earlier quotation of the same words, or AN_NONE */
void an_join_repeats(an_walk *walk);
an_status an_join_emit(an_walk *walk, an_statements *out, an_error *err);
#endif
