/* SPDX-License-Identifier: Apache-2.0 */
/* What else is said: "denied the charge", "pleaded with the parties to count", "its demand for an acquittal". Any verb or noun that no
   frame took may tell somebody's words: by what it means (saying.tsv: its own row and those of the synonym sets of WordNet above it), who
   does it, how it stands, and which of the words behind it those are (extent.c). And where the words of a frame end is weighed once more.
   The weights are those of told.tsv and saying.tsv, learned from pages whose statements are marked (tools/train_told.py). */
#include "speech/inner.h"

#include <stdio.h>

enum { MOST_SIGNS_OF_ONE = 48,
       DOUBT = 300, DOUBT_OF_THING = 1000, SURE = 1000 /* thousandths of a logarithm: for nothing told, for no thing without a verb, for the frame (docs/tried.md) */ };

#define SIGNS(X) \
  X(NONE, "none") X(NOUN, "noun") X(CUE, "cue of the lexicon") X(TAKES_CLAUSE, "takes a clause") X(TAKES_QUOTE, "takes a quotation") \
  X(TAKES_HEARER, "takes a hearer") X(TAKES_OBJECT, "takes an object") X(TAKES_AS, "takes a name for it") X(TAKES_PHRASE, "takes a phrase") \
  X(MIND, "of the mind") X(DOCUMENT, "of documents") X(DENIES, "denies") X(TAKES_INFINITIVE, "takes an infinitive") X(PAST, "past") \
  X(PRESENT, "present") X(BARE, "infinitive") X(GERUND, "gerund") X(PARTICIPLE, "participle") X(MODAL, "behind a modal") X(NEGATED, "negated") \
  X(PASSIVE, "passive") X(ROOT, "root") X(JOINED, "joined on") X(RELATIVE, "in a relative clause") X(ADVERBIAL, "in an adverbial clause") \
  X(UNDER, "under another verb") X(TOLD, "inside what is told") X(BESIDE, "another statement in the sentence") \
  X(USED, "its verb tells something") X(TITLE, "in a title") X(BY_PERSON, "by a person") X(BY_ROLE, "by a role") X(BY_BODY, "by a body") \
  X(BY_COUNTRY, "by a country") X(BY_PRONOUN, "by a pronoun") X(BY_NOUN, "by a noun") X(BY_THING, "by a document or thing") \
  X(BY_BEHIND, "by whom stands behind") X(BY_OWNER, "by its owner") X(HAS_OBJECT, "object") X(HAS_CLAUSE, "clause") \
  X(HAS_INFINITIVE, "open clause") X(HAS_OBLIQUE, "oblique") X(BY_VERB, "by the subject of its verb") X(OBJECT_PERSON, "object is somebody") \
  X(OBJECT_CUE, "object is a word of saying") X(OBJECT_PRONOUN, "object is a pronoun") X(OBJECT_EVENT, "object is an act") \
  X(CUE_OBJECT, "takes an object, has one") X(CUE_CLAUSE, "takes a clause, has one") X(CUE_INFINITIVE, "takes a hearer or infinitive, has one") \
  X(CUE_NO_OBJECT, "cue of the lexicon, object not taken") X(OTHER_CLAUSE, "no cue, clause") X(OTHER_INFINITIVE, "no cue, open clause") \
  X(OTHER_OBJECT, "no cue, object")

AN_SIGNS(SIGNS, AN_TELLER_SIGNS);
_Static_assert((int)SIGN_COUNT <= (int)AN_MOST_TELLER_SIGNS, "room for the weights");

typedef struct signs { uint8_t at[MOST_SIGNS_OF_ONE]; uint32_t count; } signs;

static void add(signs *s, bool holds, uint8_t sign) {
  if (holds && s->count < sizeof s->at) s->at[s->count++] = sign;
}

an_status an_told_open(an_walk *walk, an_error *err) {
  const an_table *told = an_lexicon_table(walk->lexicon, "told");
  walk->saying = an_lexicon_table(walk->lexicon, "saying");
  walk->kinds = an_lexicon_table(walk->lexicon, "kinds");
  if (told == NULL || walk->saying == NULL || walk->kinds == NULL) return an_fail(err, AN_ERR_DATA, "speech", "lexicon.an holds no tables told, saying and kinds; make it again with tools/lexiconc");
  an_table_weights(told, NULL, "told", &AN_TELLER_SIGNS, walk->teller);
  an_table_weights(told, NULL, "told", &AN_EXTENT_SIGNS, walk->extent[AN_TOLD_NEW]);
  an_table_weights(told, NULL, "cut", &AN_EXTENT_SIGNS, walk->extent[AN_TOLD_CUT]);
  walk->kinds_verb = an_table_column(walk->kinds, "verb");
  walk->kinds_noun = an_table_column(walk->kinds, "noun");
  return AN_OK;
}

/* ---- Who tells, and how ----------------------------------------------------------------------------- */

/* Whose a noun of saying is: its owner's, of whom "by" tells, or of the subject of the verb whose object it is. */
static uint32_t owner_of(const an_walk *walk, uint32_t noun, bool *owned) {
  uint32_t owner = an_child_by(walk->words, noun, AN_NMOD_POSS);
  *owned = owner != AN_NONE;
  if (owner != AN_NONE) return owner;
  for (uint32_t c = an_child(walk->words, noun, noun); c != AN_NONE; c = an_child(walk->words, noun, c))
    if (an_rel_at(walk, c) == AN_NMOD && (an_has_word_on(walk, c, "by") || an_has_word_on(walk, c, "from")) && an_is_somebody(walk, c)) return c;
  uint32_t verb = an_tok(walk, noun)->head;
  return an_rel_at(walk, noun) == AN_OBJ && verb != AN_NONE && an_is_verb(walk, verb) ? an_subject_of(walk, verb) : AN_NONE;
}

/* A verb, or a noun of saying, outside of quotations. */
static bool may_tell(const an_walk *walk, uint32_t token, an_teller *t) {
  const an_token *word = an_tok(walk, token);
  bool noun = word->upos == AN_NOUN && (word->flags & AN_WORD_CUE) != 0;
  if (walk->used[token] || word->quote_depth > 0 || !(noun || word->upos == AN_VERB)) return false;
  *t = (an_teller){.kind = AN_TOLD_NEW, .token = token, .noun = noun, .cue = an_cue_at(walk, token)};
  if (t->cue.kind == AN_CUE_NONE) t->cue.kind = AN_CUE_PHRASE;
  return true;
}

static bool has_teller(const an_walk *walk, an_teller *t) {
  an_teller_describe(walk, t);
  if (t->token + 1 >= t->all.end || t->token < t->all.first) return false;
  t->subject = t->noun ? owner_of(walk, t->token, &t->by_owner) : an_subject_of(walk, t->token);
  if (t->subject == AN_NONE || t->subject == t->token || an_tok(walk, t->subject)->quote_depth > 0 || !an_may_speak(walk, t->subject, &t->cue)) return false;
  return !an_word_is(walk->words, t->subject, "it") || walk->mention_of[t->subject] != AN_NONE;
}

static void signs_of_subject(const an_walk *walk, const an_teller *t, signs *s) {
  uint32_t index = walk->mention_of[t->subject], end;
  const an_mention_at *m = index == AN_NONE ? NULL : &walk->mentions->list.at[index];
  an_text value;
  uint8_t reference = an_reference_at(walk, t->subject, &value, &end);
  bool pronoun = an_tok(walk, t->subject)->upos == AN_PRON;
  add(s, pronoun, SIGN_BY_PRONOUN);
  add(s, m == NULL && !pronoun, SIGN_BY_NOUN);
  add(s, m != NULL && m->m.kind == AN_MENTION_PERSON, SIGN_BY_PERSON);
  add(s, m != NULL && m->m.kind == AN_MENTION_ROLE, SIGN_BY_ROLE);
  add(s, m != NULL && (m->m.kind == AN_MENTION_ORGANISATION || m->m.kind == AN_MENTION_GROUP), SIGN_BY_BODY);
  add(s, m != NULL && m->m.kind == AN_MENTION_COUNTRY, SIGN_BY_COUNTRY);
  add(s, reference == AN_REFERS_DOCUMENT || reference == AN_REFERS_THING, SIGN_BY_THING);
  add(s, t->subject > t->token, SIGN_BY_BEHIND);
  add(s, t->noun, t->by_owner ? SIGN_BY_OWNER : SIGN_BY_VERB);
}

static void signs_of_cue(const an_teller *t, signs *s) {
  static const struct { uint16_t takes; uint8_t sign; } kinds[] = {
      {AN_TAKES_CLAUSE, SIGN_TAKES_CLAUSE}, {AN_TAKES_QUOTE, SIGN_TAKES_QUOTE}, {AN_TAKES_HEARER, SIGN_TAKES_HEARER}, {AN_TAKES_OBJECT, SIGN_TAKES_OBJECT},
      {AN_TAKES_AS, SIGN_TAKES_AS}, {AN_TAKES_PHRASE, SIGN_TAKES_PHRASE}, {AN_CUE_MIND, SIGN_MIND}, {AN_CUE_DOCUMENT, SIGN_DOCUMENT}, {AN_CUE_DENIES, SIGN_DENIES},
      {AN_TAKES_INFINITIVE, SIGN_TAKES_INFINITIVE}};
  add(s, t->noun, SIGN_NOUN);
  add(s, t->cue.kind != AN_CUE_PHRASE, SIGN_CUE);
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) add(s, (t->cue.takes & kinds[i].takes) != 0, kinds[i].sign);
}

static bool has_modal(const an_walk *walk, uint32_t verb) {
  for (uint32_t c = an_child(walk->words, verb, AN_NONE); c != AN_NONE && c < verb; c = an_child(walk->words, verb, c))
    if (an_rel_at(walk, c) == AN_AUX_ && an_tok(walk, c)->xpos == AN_X_MD) return true;
  return false;
}

static void signs_of_verb(const an_walk *walk, const an_teller *t, signs *s) {
  const an_token *word = an_tok(walk, t->token);
  uint8_t x = word->xpos, rel = word->rel;
  if (!t->noun) {
    add(s, x == AN_X_VBD, SIGN_PAST);
    add(s, x == AN_X_VBZ || x == AN_X_VBP, SIGN_PRESENT);
    add(s, x == AN_X_VB, SIGN_BARE);
    add(s, x == AN_X_VBG, SIGN_GERUND);
    add(s, x == AN_X_VBN, SIGN_PARTICIPLE);
    add(s, has_modal(walk, t->token), SIGN_MODAL);
    add(s, an_same_clause_negated(walk, t->token), SIGN_NEGATED);
    add(s, an_is_passive(walk, t->token), SIGN_PASSIVE);
  }
  add(s, word->head == AN_NONE, SIGN_ROOT);
  add(s, rel == AN_CONJ, SIGN_JOINED);
  add(s, rel == AN_ACL_RELCL || rel == AN_ACL, SIGN_RELATIVE);
  add(s, rel == AN_ADVCL, SIGN_ADVERBIAL);
  add(s, rel == AN_XCOMP || rel == AN_CCOMP, SIGN_UNDER);
  add(s, word->head != AN_NONE && walk->used[word->head], SIGN_USED);
  bool told = false;
  for (uint32_t i = walk->sentence_first_draft; i < walk->draft_count; i++)
    for (uint32_t k = 0; k < walk->drafts[i].content_count; k++) told |= t->token >= walk->drafts[i].content[k].first && t->token < walk->drafts[i].content[k].end;
  add(s, told, SIGN_TOLD);
  add(s, !told && walk->draft_count > walk->sentence_first_draft, SIGN_BESIDE);
  add(s, walk->article->blocks[walk->words->sentences[word->sentence].block].kind != AN_BLOCK_BODY, SIGN_TITLE);
}

static void signs_of_frame(const an_walk *walk, const an_teller *t, signs *s) {
  bool clause = an_right_child(walk, t->token, AN_CCOMP) != AN_NONE || (t->noun && an_right_child(walk, t->token, AN_ACL) != AN_NONE);
  bool open = an_right_child(walk, t->token, AN_XCOMP) != AN_NONE, object = t->object != AN_NONE, listed = t->cue.kind != AN_CUE_PHRASE;
  bool oblique = an_right_child(walk, t->token, AN_OBL) != AN_NONE || (t->noun && an_right_child(walk, t->token, AN_NMOD) != AN_NONE);
  uint16_t takes = t->cue.takes;
  add(s, clause, SIGN_HAS_CLAUSE);
  add(s, open, SIGN_HAS_INFINITIVE);
  add(s, object, SIGN_HAS_OBJECT);
  add(s, oblique, SIGN_HAS_OBLIQUE);
  add(s, object && (takes & AN_TAKES_OBJECT) != 0, SIGN_CUE_OBJECT);
  add(s, clause && (takes & AN_TAKES_CLAUSE) != 0, SIGN_CUE_CLAUSE);
  add(s, open && (takes & (AN_TAKES_HEARER | AN_TAKES_INFINITIVE)) != 0, SIGN_CUE_INFINITIVE);
  add(s, object && listed && (takes & AN_TAKES_OBJECT) == 0, SIGN_CUE_NO_OBJECT);
  add(s, !listed && clause, SIGN_OTHER_CLAUSE);
  add(s, !listed && open, SIGN_OTHER_INFINITIVE);
  add(s, !listed && object, SIGN_OTHER_OBJECT);
  if (!object) return;
  add(s, an_is_somebody(walk, t->object), SIGN_OBJECT_PERSON);
  add(s, an_cue_at(walk, t->object).kind == AN_CUE_NOUN, SIGN_OBJECT_CUE);
  add(s, an_tok(walk, t->object)->upos == AN_PRON, SIGN_OBJECT_PRONOUN);
  add(s, (an_tok(walk, t->object)->flags & AN_WORD_EVENT) != 0, SIGN_OBJECT_EVENT);
}

/* ---- What the word means ---------------------------------------------------------------------------- */

static int32_t weight_of(const an_walk *walk, const char *name, an_told_text *text) {
  int16_t weight = 0;
  an_table_weights(walk->saying, NULL, "weight", &(an_sign_list){&name, 1}, &weight);
  an_told_say(text, name);
  return weight;
}

/* Its own row, and those of the synonym sets of WordNet above it. */
static int32_t weigh_meaning(const an_walk *walk, const an_teller *t, an_told_text *text) {
  const an_token *word = an_tok(walk, t->token);
  an_rows rows = an_table_find_key(walk->kinds, word->lemma_fold != 0 ? word->lemma_fold : word->fold);
  an_text cell = rows.count == 0 ? (an_text){0} : an_table_cell(walk->kinds, rows.first, t->noun ? walk->kinds_noun : walk->kinds_verb);
  char key[64];
  snprintf(key, sizeof key, "%s %.*s", t->noun ? "noun" : "verb", (int)word->lemma.size, word->lemma.at == NULL ? "" : word->lemma.at);
  int32_t sum = weight_of(walk, key, text);
  an_text kind;
  for (uint32_t at = 0; an_text_word(cell, &at, &kind);) {
    snprintf(key, sizeof key, "kind %.*s", (int)kind.size, kind.at);
    sum += weight_of(walk, key, text);
  }
  return sum;
}

/* ---- The choice ------------------------------------------------------------------------------------- */

static int32_t weigh(const an_walk *walk, const signs *s, an_told_text *text) {
  int32_t sum = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    sum += walk->teller[s->at[i]];
    an_told_say(text, AN_TELLER_SIGNS.words[s->at[i]]);
  }
  return sum;
}

static bool listens(const an_walk *walk) { return walk->trace != NULL && walk->trace->say != NULL; }

/* One option, with its signs; what the trainer reads. */
static void trace(const an_walk *walk, const an_teller *t, an_range range, int32_t sum, const char *common, const an_told_text *own) {
  if (!listens(walk)) return;
  an_range who = an_phrase_of(walk, t->subject);
  uint32_t index = walk->mention_of[t->subject];
  an_text name = index == AN_NONE ? (an_text){0} : walk->mentions->list.at[index].m.who.name;
  an_span text = {an_tok(walk, who.first)->at.begin, an_tok(walk, who.end - 1)->at.end};
  AN_TRACE(walk->trace, "speech.told", ((an_span){an_tok(walk, range.first)->at.begin, an_tok(walk, range.end - 1)->at.end}), true, "%u %s %d: %s%s%s | %.*s | %.*s", t->token, t->kind == AN_TOLD_NEW ? "told" : "cut", sum,
           common, own == NULL || common[0] == '\0' ? "" : "; ", own == NULL ? "" : own->at, (int)(text.end - text.begin), walk->words->text.at + text.begin, (int)name.size, name.at == NULL ? "" : name.at);
}

/* The words that weigh most, and more than `most`; NULL: none do. base: what says for all of them. */
static const an_extent *best_of(const an_walk *walk, const an_teller *t, const an_extents *all, int32_t base, int32_t most, const char *common) {
  const an_extent *best = NULL;
  for (uint32_t i = 0; i < all->count; i++) {
    an_told_text own; /* not cleared: it is long, and mostly nobody listens */
    own.size = 0;
    own.at[0] = '\0';
    bool thing = t->kind == AN_TOLD_NEW && an_extent_is_thing(walk, all->at[i].range);
    int32_t sum = base - (thing ? DOUBT_OF_THING : 0) + an_extent_weigh(walk, t, &all->at[i], listens(walk) ? &own : NULL);
    trace(walk, t, all->at[i].range, sum, common, &own);
    if (sum > most) { most = sum; best = &all->at[i]; }
  }
  return best;
}

/* A verb or noun that no frame took. */
static void tell(an_walk *walk, uint32_t token) {
  an_teller t;
  if (!may_tell(walk, token, &t)) return;
  an_told_text common, *heard = listens(walk) ? &common : NULL;
  signs s = {.count = 0};
  common.size = 0;
  signs_of_cue(&t, &s);
  int32_t meant = weigh(walk, &s, heard) + weigh_meaning(walk, &t, heard);
  bool told = meant >= 0; /* "went", "broke": soon told */
  if ((!told && heard == NULL) || !has_teller(walk, &t)) return;
  s.count = 0;
  signs_of_subject(walk, &t, &s);
  signs_of_verb(walk, &t, &s);
  signs_of_frame(walk, &t, &s);
  int32_t base = meant + weigh(walk, &s, heard), most = walk->teller[SIGN_NONE] + DOUBT;
  trace(walk, &t, (an_range){token, token + 1}, most, "none", NULL);
  an_extents all;
  an_extents_of(walk, &t, &all);
  const an_extent *best = best_of(walk, &t, &all, base, most, common.at);
  an_draft *draft = best == NULL || !told ? NULL : an_draft_start(walk, AN_FRAME_TOLD, token, t.subject);
  if (draft == NULL) return;
  an_draft_range(draft, best->range.first, best->range.end);
  if (an_draft_finish(walk, draft)) draft->denied = (t.cue.takes & AN_CUE_DENIES) != 0 ? "denied by the speaker" : NULL;
}

/* Where the words end that a frame found: where the tree says, or elsewhere. */
static void cut_again(an_walk *walk, an_draft *draft) {
  bool open = draft->frame == AN_FRAME_CLAUSE || draft->frame == AN_FRAME_OBJECT || draft->frame == AN_FRAME_PHRASE || draft->frame == AN_FRAME_URGE ||
              draft->frame == AN_FRAME_AS || draft->frame == AN_FRAME_MIND || draft->frame == AN_FRAME_NOUN;
  if (!open || draft->dropped || draft->content_count != 1 || draft->speaker_count == 0 || draft->content[0].first <= draft->cue) return;
  an_teller t = {.kind = AN_TOLD_CUT, .token = draft->cue, .noun = an_tok(walk, draft->cue)->upos == AN_NOUN, .subject = draft->speaker[0].end - 1, .frame = draft->content[0],
                  .begins = draft->that || draft->frame == AN_FRAME_URGE /* "urged them to leave": without whom */};
  const an_extent own = {t.frame, t.frame.first};
  an_extents all;
  an_teller_describe(walk, &t);
  if (t.token + 1 >= t.all.end) return;
  an_extents_of(walk, &t, &all);
  const an_extent *best = best_of(walk, &t, &all, 0, an_extent_weigh(walk, &t, &own, NULL) + SURE, "");
  if (best != NULL) draft->content[0] = best->range;
}

/* After the frames of a sentence. */
void an_told_of(an_walk *walk, uint32_t sentence) {
  const an_sentence *s = &walk->words->sentences[sentence];
  if (!s->parsed) return;
  for (uint32_t i = walk->sentence_first_draft; i < walk->draft_count; i++)
    if (walk->drafts[i].cue != AN_NONE && an_tok(walk, walk->drafts[i].cue)->sentence == sentence) cut_again(walk, &walk->drafts[i]);
  for (uint32_t token = s->first; token < s->first + s->count; token++) tell(walk, token);
}
