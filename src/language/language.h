/* SPDX-License-Identifier: Apache-2.0 */
/* language: clean text becomes sentences, tokens, tags, lemmas and trees.

   In: the article (blocks that are not boilerplate) and english.an. Out: an_words, UD English v2 words in reading order; a
   token's range is in the clean text. Order of calls: split, then tag, then (where the gate of the engine says so) parse.
   Always holds: sentences do not cross blocks; quotation marks pair inside a block; tokens and sentences ascend; a sentence
   has at most AN_SENTENCE_WORDS words. Cost: split 30 MB/s, tag + parse about 150,000 words/s a core. Knows no actor. */
#ifndef AN_LANGUAGE_H
#define AN_LANGUAGE_H
#include "page/page.h"
#include "language/layer.h"

#define AN_SENTENCE_WORDS 256

typedef enum an_upos { AN_ADJ, AN_ADP, AN_ADV, AN_AUX, AN_CCONJ, AN_DET, AN_INTJ, AN_NOUN, AN_NUM, AN_PART, AN_PRON, AN_PROPN,
                       AN_PUNCT, AN_SCONJ, AN_SYM, AN_VERB, AN_X, AN_UPOS_COUNT } an_upos;
/* Universal relations (what follows a colon is kept where English needs it: pass, relcl, agent, poss, tmod, prt). */
typedef enum an_rel { AN_REL_NONE, AN_ACL, AN_ACL_RELCL, AN_ADVCL, AN_ADVMOD, AN_AMOD, AN_APPOS, AN_AUX_, AN_AUX_PASS, AN_CASE,
                      AN_CC, AN_CCOMP, AN_COMPOUND, AN_COMPOUND_PRT, AN_CONJ, AN_COP, AN_CSUBJ, AN_CSUBJ_PASS, AN_DEP, AN_DET_,
                      AN_DISCOURSE, AN_DISLOCATED, AN_EXPL, AN_FIXED, AN_FLAT, AN_GOESWITH, AN_IOBJ, AN_LIST_, AN_MARK, AN_NMOD,
                      AN_NMOD_POSS, AN_NMOD_TMOD, AN_NSUBJ, AN_NSUBJ_PASS, AN_NUMMOD, AN_OBJ, AN_OBL, AN_OBL_AGENT, AN_OBL_TMOD,
                      AN_ORPHAN, AN_PARATAXIS, AN_PUNCT_, AN_REPARANDUM, AN_ROOT, AN_VOCATIVE, AN_XCOMP, AN_NMOD_DESC /* "President" of "President Peter Pellegrini" */, AN_REL_COUNT } an_rel;
/* Penn tags as verbs and nouns need them; other words keep what the tagger said in `xpos_name`. */
typedef enum an_xpos { AN_X_OTHER, AN_X_VB, AN_X_VBD, AN_X_VBG, AN_X_VBN, AN_X_VBP, AN_X_VBZ, AN_X_MD, AN_X_NN, AN_X_NNS, AN_X_NNP,
                       AN_X_NNPS, AN_X_POS, AN_X_PRP, AN_X_PRPS, AN_X_CD, AN_X_IN, AN_X_TO, AN_X_RB, AN_X_JJ, AN_X_DT } an_xpos;

typedef enum an_shape { AN_SHAPE_LOWER, AN_SHAPE_CAPITAL, AN_SHAPE_UPPER, AN_SHAPE_MIXED, AN_SHAPE_NUMBER, AN_SHAPE_OTHER } an_shape;

typedef struct an_token {
  an_span at;                  /* in the clean text */
  uint64_t fold, lemma_fold;   /* an_fold_hash of form and lemma */
  an_text lemma;               /* empty until tagged */
  double number;               /* value of a numeral or number word ("1,200", "fifteen"); NAN: none */
  uint32_t sentence;
  uint32_t head;               /* token index of the head in an_words; AN_NONE: root, or not parsed */
  uint32_t child, next;        /* its first child, the next child of its head: token index + 1; 0: none. For an_child */
  uint16_t flags;              /* AN_WORD_*: of the form at split, of form and lemma after tag */
  uint8_t upos, xpos, rel, shape;
  uint8_t tag;                 /* the model's own class: what parse reads */
  bool space_after, clitic;    /* clitic: cut off from the word before it ("n't", "'s", the "not" of "cannot") */
  uint8_t quote_depth;         /* 0: outside quotation marks; the marks themselves count as outside */
  const char *xpos_name;       /* static */
} an_token;

typedef struct an_sentence {
  uint32_t first, count;       /* tokens */
  uint32_t block;              /* of the article */
  uint32_t root;               /* token, or AN_NONE when not parsed */
  an_span at;
  bool parsed;
  bool piece;                  /* goes on the sentence before it, which had more words than the limit */
} an_sentence;

/* A pair of quotation marks inside one block; `at` holds the marks. An unclosed quotation ends with its block. */
typedef struct an_quote { an_span at; uint32_t block; uint32_t first, end; /* tokens inside the marks */ bool closed, continues; /* reopened from the block before */ } an_quote;

typedef struct an_words {
  an_text text;                /* the article's */
  an_token *tokens; uint32_t token_count;
  an_sentence *sentences; uint32_t sentence_count;
  const an_quote *quotes; uint32_t quote_count;
  an_span pieces;              /* the first sentence that was cut into pieces; empty: none */
  bool cut;                    /* more words than the limit: the rest is article only */
  struct an_desk *desk;        /* room that tag and parse work in; made by the first tag */
  const int16_t **kept;        /* sentence → states of its words, or NULL; NULL: none was kept */
} an_words;

typedef struct an_model an_model;
an_status an_model_open(const char *dir, an_model **out, an_error *err);      /* dir/english.an; AN_ERR_DATA as datafile.h */
void an_model_close(an_model *model);
uint64_t an_model_checksum(const an_model *model);

an_status an_language_split(const an_article *article, const an_lexicon *lexicon, uint32_t max_words, an_arena *arena,
                            const an_tracer *trace, an_words *out, an_error *err);
/* Tags and lemmas of one sentence. `arena` holds lemmas. What was read of it is kept until the next is tagged: the parse that
   follows at once costs half as much as a later one. */
an_status an_language_tag(const an_model *model, const an_lexicon *lexicon, an_words *words, uint32_t sentence, an_arena *arena,
                          an_error *err);
an_status an_language_parse(const an_model *model, an_words *words, uint32_t sentence, an_arena *arena, an_error *err);

/* What the network read of a word of the sentence that was tagged last: AN_STATE numbers, 4,096 for one. Other sentences: NULL. */
enum { AN_STATE = 256, AN_STATE_BITS = 12 };
const int16_t *an_language_state(const an_words *words, uint32_t token);
/* Keeps those states of a sentence past the next tag; an_language_kept: of a word of such a sentence, else NULL. */
an_status an_language_keep(an_words *words, uint32_t sentence, an_arena *arena, an_error *err);
const int16_t *an_language_kept(const an_words *words, uint32_t token);
/* The network's product of matrices, for models on such states: y[n][m] += x[n][k] w, w[k / 2][m][2]; k even, m a multiple of 16. */
void an_language_product(int32_t *y, const int16_t *x, const int16_t *w, uint32_t n, uint32_t k, uint32_t m);
/* sum += n rows, each a scale of two bytes, little end first, and `count` signed bytes that it multiplies; count a multiple of 32. */
void an_language_rows(int32_t *sum, const uint8_t *const *rows, uint32_t n, uint32_t count);

/* Plain text (paragraphs end at an empty line), or CoNLL-U whose tokens are kept: tagged, parsed and written as CoNLL-U. */
an_status an_language_conllu(const an_model *model, const an_lexicon *lexicon, an_text text, bool conllu, an_arena *arena,
                             an_write *write, void *to, an_error *err);

an_text an_word(const an_words *words, uint32_t token);                        /* its form */
bool an_word_is(const an_words *words, uint32_t token, const char *folded);    /* folded form equals */
/* The end of the words of a key ("the two sides"), by their folds, that stand from `token` on and end by `limit`; AN_NONE: they do not. */
uint32_t an_key_end(const an_words *words, uint32_t token, uint32_t limit, an_text key);
const char *an_upos_name(uint8_t upos);
const char *an_rel_name(uint8_t rel);                                          /* "nsubj:pass" */
/* Children: for (c = an_child(w, head, AN_NONE); c != AN_NONE; c = an_child(w, head, c)); ascending. after: any token;
   a child of `head` costs one step. */
uint32_t an_child(const an_words *words, uint32_t head, uint32_t after);
uint32_t an_child_by(const an_words *words, uint32_t head, uint8_t rel);       /* first child with that relation, or AN_NONE */
/* First and end token of the subtree, as one range (projective cover). */
void an_subtree(const an_words *words, uint32_t head, uint32_t *first, uint32_t *end);
#endif
