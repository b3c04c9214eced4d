/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that write a digest share: the reading at hand with its tokens, and keys of words. */
#ifndef AN_STORY_DIGEST_WRITE_H
#define AN_STORY_DIGEST_WRITE_H
#include "story/digest.h"

/* How much of a reading a digest takes; halved until the digest fits. */
typedef struct caps { uint32_t events, statements, quantities, clauses, deeds, entities, text, words, parts, talks; } caps;

typedef struct writer {
  const an_digest_in *in;
  an_arena *arena;
  uint32_t *mention_of;                  /* token -> innermost mention, or AN_NONE */
  bool *lead_block;
  uint32_t *clause_at;                   /* clause of the page -> of the digest, or AN_NONE */
  const an_table *senses; uint32_t sense, form;                               /* data/lexicon/senses.tsv and its columns */
  const an_table *realis; uint32_t kind, effect;                                      /* realis.tsv: words that deny */
  const an_table *counted; uint32_t role, means, grows;                       /* counted.tsv */
  bool short_of;
} writer;

/* digest_words.c */
void *dw_take(writer *w, uint32_t count, size_t size);                        /* NULL: short_of is set */
const an_mention_at *dw_mention(const writer *w, uint32_t token);
const an_party *dw_party(const writer *w, uint32_t token);                      /* as the reading tells it: no name of whoever is private */
an_text dw_key_of(const an_mention_at *m);                                    /* what a named thing is known by; at NULL: nothing */
dg_words dw_sorted(uint32_t *keys, uint32_t count, uint32_t max);
uint32_t dw_word_key(const writer *w, uint32_t token, bool plain);            /* 0: no content word; plain: its lemma, not its sense */
uint64_t dw_sense(const writer *w, uint64_t lemma);                           /* of a folded word: that of its sense, else itself */
uint32_t dw_topic_key(const writer *w, uint32_t token);                       /* 0: no content word */
void dw_add_keys(const writer *w, uint32_t token, uint32_t *keys, uint32_t *count);   /* at most two */
dg_words dw_words_between(writer *w, uint32_t first, uint32_t end, uint32_t max, bool plain);
dg_words dw_words_in(writer *w, an_span clean, uint32_t max);
void dw_tokens_in(const an_words *words, an_span clean, uint32_t *first, uint32_t *end);
/* The first words of a clean range, as page bytes and text that say the same. */
an_text dw_beginning(const writer *w, an_span clean, uint32_t max, an_span *shown);

/* digest_profile.c */
void dw_profile(writer *w, dg *view);

/* digest_said.c: stance of what was said (stance.tsv); its parts, a clause each. */
uint8_t dw_stance(const writer *w, uint32_t first, uint32_t end, an_span *clean);
dg_part *dw_parts(writer *w, uint32_t statement, const caps *cap, uint32_t *count);

/* digest_topic.c: what an act was about (topics.tsv); what talks were about, whoever tells it. */
dg_part dw_topic(writer *w, uint32_t trigger, const caps *cap);               /* words.count 0: not said */
void dw_talks(writer *w, dg *view, const caps *cap);
dg_words dw_countries(writer *w, uint32_t sentence, uint32_t first, uint32_t end);   /* who is named there outside of these tokens: the country, else the name */
/* digest_stay.c: how long visits and meetings last (stays.tsv). */
void dw_stays(writer *w, dg *view, const caps *cap);

/* digest_clause.c: who does what. After events and statements. */
void dw_clauses(writer *w, dg *view, const caps *cap);
uint32_t dw_clause_around(const writer *w, uint32_t token);                   /* the clause of the page that it stands in; AN_NONE */
dg_when dw_time(const writer *w, uint32_t index);                             /* a time of the reading */
dg_parties dw_parties(writer *w, const an_party *from, uint32_t count);
bool dw_denies(const writer *w, uint32_t token);                              /* "not", "never", "nobody": by realis.tsv */

/* digest_counted.c: what the number of a quantity counts (counted.tsv). */
void dw_counted(writer *w, const an_quantity *clean, dg_quantity *out);
bool dw_is_window(const writer *w, const an_quantity *clean);
bool dw_is_known(const writer *w, const an_quantity *clean, const dg_quantity *q);
#endif
