/* SPDX-License-Identifier: Apache-2.0 */
/* Who "a federal judge", "Rail chief" or "the head of the trade body" is, where the page names her only further on: of all people who are
   first named in the sentences behind, and of nobody, the one whose signs weigh most. Only of who speaks; asked when the page has been walked,
   so that what it says of whom, and who speaks, is known. The weights are those of ahead.tsv, learned by tools/train_ahead.py. */
#include "speech/inner.h"

#include <stdio.h>
#include <string.h>

enum { REACH = 14 /* sentences */, MOST_CANDIDATES = 12, DOUBT = 500 /* thousandths of a logarithm, for nobody: docs/training.md */ };

#define SIGNS(X)                                                                                                                        \
  X(HEAD_SAID, "its noun is said of him") X(WORD_SAID, "another of its words is said of him") X(CLASS_SAID, "a noun of its class is said of him") \
  X(NOTHING_SAID, "nothing is said of him") X(OTHER_SAID, "other words are said of him") X(SECTOR_SAME, "same sector") X(SECTOR_OTHER, "other sector") \
  X(COUNTRY_SAME, "same country") X(COUNTRY_OTHER, "other country") X(NEXT, "named in the next sentence") X(NEAR, "named within three sentences") \
  X(FAR, "named within seven sentences") X(FARTHER, "named farther on") X(SAME, "named in the same sentence") X(FIRST, "first who is named behind") X(SECOND, "second who is named behind")   \
  X(LATER, "named later than two others") X(ONLY, "only one") X(SPEAKS, "speaks") X(SPEAKS_FIRST, "first who speaks behind") X(REPEATED, "says the same again")    \
  X(SUBJECT, "subject where he is named") X(TITLED, "in the title") X(ONCE, "named once") X(OFTEN, "named three times or more") \
  X(FROM_TITLE, "of a word in the title") X(TITLE_FIRST, "of a word in the title, first who is named behind") \
  X(TITLE_SPEAKS, "of a word in the title, first who speaks behind") X(FROM_LEAD, "of a word in the lead") X(LEAD_NEXT, "of a word in the lead, first who is named, in the next sentence") \
  X(LEAD_SPEAKS, "of a word in the lead, first who speaks behind") X(FIRST_SPEAKS, "first who is named and who speaks behind") X(FIRST_AGAIN, "first who is named, three times or more") \
  X(HEAD_RIVAL, "its noun is said of him and of another") \
  X(NOBODY, "nobody") X(NOBODY_TITLE, "nobody, in the title") X(NOBODY_LEAD, "nobody, in the lead") X(NOBODY_A, "nobody, a")   \
  X(NOBODY_THE, "nobody, the") X(NOBODY_OWNED, "nobody, owned") X(NOBODY_BARE, "nobody, bare") X(NOBODY_PEOPLE, "nobody, noun of people") X(NOBODY_CLASS, "nobody, noun of another class") \
  X(NOBODY_SAID, "nobody, its noun is said of somebody") X(NOBODY_MORE, "nobody, further words")

AN_SIGNS(SIGNS, AN_AHEAD_SIGNS);
_Static_assert((int)SIGN_COUNT <= (int)AN_MOST_AHEAD_SIGNS, "room for the weights");

typedef struct signs { uint8_t at[32]; uint32_t count; } signs;
typedef struct described { uint32_t head, mention, sentence; an_range phrase; bool people, title, lead; const an_draft *draft; } described;
typedef struct firsts { const uint32_t *at; uint32_t count; } firsts; /* where each chain is named first outside of the title */
typedef struct candidate { uint32_t mention; signs signs; } candidate;

static const an_mention_at *mention(const an_walk *walk, uint32_t index) { return &walk->mentions->list.at[index]; }
static void add(signs *s, bool holds, uint8_t sign) {
  if (holds && s->count < sizeof s->at) s->at[s->count++] = sign;
}

static bool in_title(const an_walk *walk, uint32_t token) {
  return walk->article->blocks[walk->words->sentences[an_tok(walk, token)->sentence].block].kind == AN_BLOCK_TITLE;
}

/* ---- Whom it may be ----------------------------------------------------------------------------------- */

static bool is_name(const an_mention_at *m) {
  return m->m.kind == AN_MENTION_PERSON && m->m.who.name.at != NULL && (m->flags & (AN_MENTION_PRONOUN | AN_MENTION_PLURAL | AN_MENTION_ADJECTIVE | AN_MENTION_LOCATIVE)) == 0;
}

static bool first_names(const an_walk *walk, firsts *out) {
  uint32_t *at = AN_NEW(walk->arena, uint32_t, walk->mentions->list.count);
  uint8_t *seen = AN_NEW(walk->arena, uint8_t, (size_t)walk->chain_count + 1);
  if (at == NULL || seen == NULL) return false;
  memset(seen, 0, (size_t)walk->chain_count + 1);
  *out = (firsts){at, 0};
  for (uint32_t i = 0; i < walk->mentions->list.count; i++) {
    const an_mention_at *m = mention(walk, i);
    if (!is_name(m) || m->chain >= walk->chain_count || seen[m->chain] != 0 || in_title(walk, m->head)) continue;
    seen[m->chain] = 1;
    at[out->count++] = i;
  }
  return true;
}

static uint32_t gather(const an_walk *walk, const firsts *names, const described *d, candidate *all) {
  uint32_t low = 0, high = names->count, count = 0;
  while (low < high) { /* the first behind the words */
    uint32_t middle = low + (high - low) / 2;
    if (mention(walk, names->at[middle])->first < d->phrase.end) low = middle + 1;
    else high = middle;
  }
  for (; low < names->count && count < MOST_CANDIDATES; low++) {
    const an_mention_at *m = mention(walk, names->at[low]);
    if (an_tok(walk, m->head)->sentence > d->sentence + REACH) break;
    all[count++] = (candidate){.mention = names->at[low]};
  }
  return count;
}

/* ---- Signs ---------------------------------------------------------------------------------------------- */

static bool speaks(const an_walk *walk, const an_draft *draft, uint32_t chain) {
  if (draft->dropped || draft->speaker_count != 1 || draft->speaker_mention[0] == AN_NONE) return false;
  return mention(walk, draft->speaker_mention[0])->chain == chain;
}

/* The drafts behind: does he speak in one of them, and first of all who are named? */
static bool signs_of_speaking(const an_walk *walk, const described *d, const an_mention_at *m, signs *s) {
  bool any = false, first = false, named = false;
  for (const an_draft *other = d->draft + 1; other < walk->drafts + walk->draft_count && other->sentence <= d->sentence + REACH && !any; other++) {
    any = speaks(walk, other, m->chain);
    first = any && !named;
    named |= !other->dropped && other->speaker_count == 1 && other->speaker_mention[0] != AN_NONE && mention(walk, other->speaker_mention[0])->m.who.name.at != NULL;
  }
  add(s, any, SIGN_SPEAKS);
  add(s, first, SIGN_SPEAKS_FIRST);
  add(s, d->draft->repeats != AN_NONE && speaks(walk, &walk->drafts[d->draft->repeats], m->chain), SIGN_REPEATED);
  return first;
}

static bool tells(const an_token *t) { return t->upos == AN_NOUN || t->upos == AN_PROPN || t->upos == AN_ADJ; }

static void signs_of_words(const an_walk *walk, const described *d, const an_mention_at *m, signs *s) {
  const an_said_of *said = &walk->said_of[m->chain];
  bool head = an_was_said(said, an_fold_of(an_tok(walk, d->head))), word = false;
  for (uint32_t token = d->phrase.first; token < d->phrase.end; token++)
    word |= token != d->head && tells(an_tok(walk, token)) && an_was_said(said, an_fold_of(an_tok(walk, token)));
  bool class = !head && an_class_said(walk, d->head, said);
  add(s, head, SIGN_HEAD_SAID);
  add(s, word, SIGN_WORD_SAID);
  add(s, class, SIGN_CLASS_SAID);
  add(s, said->count == 0, SIGN_NOTHING_SAID);
  add(s, said->count > 0 && !head && !word && !class, SIGN_OTHER_SAID);
}

static void signs_of_world(const an_walk *walk, const described *d, const an_mention_at *m, signs *s) {
  const an_party *own = d->mention == AN_NONE ? NULL : &mention(walk, d->mention)->m.who;
  if (own == NULL) return;
  bool sectors = own->sector.at != NULL && m->m.who.sector.at != NULL, countries = own->country.at != NULL && m->m.who.country.at != NULL;
  add(s, sectors, an_text_equal(own->sector, m->m.who.sector) ? SIGN_SECTOR_SAME : SIGN_SECTOR_OTHER);
  add(s, countries, an_text_equal(own->country, m->m.who.country) ? SIGN_COUNTRY_SAME : SIGN_COUNTRY_OTHER);
}

static void signs_of(const an_walk *walk, const described *d, candidate *c, uint32_t rank, uint32_t count) {
  const an_mention_at *m = mention(walk, c->mention);
  const an_token *t = an_tok(walk, m->head);
  uint32_t far = t->sentence - d->sentence, times = walk->named[m->chain];
  signs *s = &c->signs;
  signs_of_words(walk, d, m, s);
  signs_of_world(walk, d, m, s);
  bool first = signs_of_speaking(walk, d, m, s);
  add(s, true, far == 0 ? SIGN_SAME : far == 1 ? SIGN_NEXT : far <= 3 ? SIGN_NEAR : far <= 7 ? SIGN_FAR : SIGN_FARTHER);
  add(s, true, rank == 0 ? SIGN_FIRST : rank == 1 ? SIGN_SECOND : SIGN_LATER);
  add(s, count == 1, SIGN_ONLY);
  add(s, t->rel == AN_NSUBJ || t->rel == AN_NSUBJ_PASS, SIGN_SUBJECT);
  add(s, walk->in_title[m->chain] != 0, SIGN_TITLED);
  add(s, times == 1, SIGN_ONCE);
  add(s, times >= 3, SIGN_OFTEN);
  add(s, d->title, SIGN_FROM_TITLE);
  add(s, d->title && rank == 0, SIGN_TITLE_FIRST);
  add(s, d->title && first, SIGN_TITLE_SPEAKS);
  add(s, d->lead, SIGN_FROM_LEAD);
  add(s, d->lead && rank == 0 && far == 1, SIGN_LEAD_NEXT);
  add(s, d->lead && first, SIGN_LEAD_SPEAKS);
  add(s, rank == 0 && first, SIGN_FIRST_SPEAKS);
  add(s, rank == 0 && times >= 3, SIGN_FIRST_AGAIN);
}

/* "its noun is said of him", and of another. */
static void signs_of_rivals(candidate *all, uint32_t count) {
  uint32_t said = 0;
  for (uint32_t i = 0; i < count; i++) said += all[i].signs.at[0] == SIGN_HEAD_SAID;
  for (uint32_t i = 0; i < count && said > 1; i++) add(&all[i].signs, all[i].signs.at[0] == SIGN_HEAD_SAID, SIGN_HEAD_RIVAL);
}

static void signs_of_nobody(const an_walk *walk, const described *d, const candidate *all, uint32_t count, signs *s) {
  bool a = an_word_is(walk->words, d->phrase.first, "a") || an_word_is(walk->words, d->phrase.first, "an") || an_word_is(walk->words, d->phrase.first, "one");
  bool the = an_word_is(walk->words, d->phrase.first, "the"), owned = an_child_by(walk->words, d->head, AN_NMOD_POSS) != AN_NONE, said = false;
  for (uint32_t i = 0; i < count; i++) said |= an_was_said(&walk->said_of[mention(walk, all[i].mention)->chain], an_fold_of(an_tok(walk, d->head)));
  add(s, true, SIGN_NOBODY);
  add(s, d->title, SIGN_NOBODY_TITLE);
  add(s, d->lead, SIGN_NOBODY_LEAD);
  add(s, true, a ? SIGN_NOBODY_A : the ? SIGN_NOBODY_THE : owned ? SIGN_NOBODY_OWNED : SIGN_NOBODY_BARE);
  add(s, d->people, SIGN_NOBODY_PEOPLE);
  add(s, !d->people && walk->heads != NULL && an_table_find_key(walk->heads, an_fold_of(an_tok(walk, d->head))).count > 0, SIGN_NOBODY_CLASS);
  add(s, said, SIGN_NOBODY_SAID);
  add(s, d->phrase.end - d->phrase.first > 3, SIGN_NOBODY_MORE);
}

/* ---- The choice ----------------------------------------------------------------------------------------- */

static int32_t weigh(const an_walk *walk, const signs *s) {
  int32_t sum = 0;
  for (uint32_t i = 0; i < s->count; i++) sum += walk->ahead[s->at[i]];
  return sum;
}

static void tell(const an_walk *walk, const described *d, uint32_t index, const signs *s, int32_t sum) {
  if (walk->trace == NULL || walk->trace->say == NULL) return;
  an_told_text text = {.size = 0};
  for (uint32_t i = 0; i < s->count; i++) an_told_say(&text, AN_AHEAD_SIGNS.words[s->at[i]]);
  an_span at = {an_tok(walk, d->phrase.first)->at.begin, an_tok(walk, d->phrase.end - 1)->at.end};
  an_text name = index == AN_NONE ? (an_text){0} : mention(walk, index)->m.who.name;
  if (index != AN_NONE) at = mention(walk, index)->m.who.span;
  AN_TRACE(walk->trace, "speech.ahead", at, true, "%u ahead %d: %.*s | %.*s", d->head, sum, (int)text.size, text.at, (int)name.size, name.at == NULL ? "" : name.at);
}

static uint32_t choose(const an_walk *walk, const firsts *names, const described *d) {
  candidate all[MOST_CANDIDATES];
  uint32_t count = gather(walk, names, d, all), best = AN_NONE;
  if (count == 0) return AN_NONE;
  signs nobody = {.count = 0};
  signs_of_nobody(walk, d, all, count, &nobody);
  int32_t most = weigh(walk, &nobody);
  tell(walk, d, AN_NONE, &nobody, most);
  most += DOUBT;
  for (uint32_t i = 0; i < count; i++) signs_of(walk, d, &all[i], i, count);
  signs_of_rivals(all, count);
  for (uint32_t i = 0; i < count; i++) {
    int32_t sum = weigh(walk, &all[i].signs);
    tell(walk, d, all[i].mention, &all[i].signs, sum);
    if (sum > most) { most = sum; best = all[i].mention; }
  }
  return best;
}

/* ---- Whom is asked about -------------------------------------------------------------------------------- */

static uint32_t head_of(const an_walk *walk, an_range phrase) {
  for (uint32_t token = phrase.first; token < phrase.end; token++) {
    const an_token *t = an_tok(walk, token);
    if ((t->upos == AN_NOUN || t->upos == AN_PROPN) && (t->head == AN_NONE || t->head < phrase.first || t->head >= phrase.end)) return token;
  }
  return AN_NONE;
}

static uint32_t first_body(const an_walk *walk) {
  for (uint32_t i = 0; i < walk->article->block_count; i++)
    if (walk->article->blocks[i].kind == AN_BLOCK_BODY) return i;
  return AN_NONE;
}

/* One whom words say that are no name. */
static bool describes(const an_walk *walk, const an_draft *draft, described *d) {
  if (draft->dropped || draft->speaker_count != 1) return false;
  *d = (described){.mention = draft->speaker_mention[0], .phrase = draft->speaker[0], .draft = draft};
  d->head = head_of(walk, d->phrase);
  if (d->head == AN_NONE) return false;
  if (d->mention == AN_NONE) d->mention = walk->mention_of[d->head];
  if (d->mention != AN_NONE) {
    const an_mention_at *m = mention(walk, d->mention);
    if (m->m.kind != AN_MENTION_ROLE || m->m.who.name.at != NULL || m->entity != AN_NONE || (m->flags & (AN_MENTION_PRONOUN | AN_MENTION_PLURAL)) != 0) return false;
  }
  for (uint32_t token = d->phrase.first; token < d->phrase.end; token++)
    if (walk->mention_of[token] != AN_NONE && is_name(mention(walk, walk->mention_of[token])) && an_tok(walk, token)->rel != AN_NMOD_POSS) return false;
  const an_token *t = an_tok(walk, d->head);
  an_text value;
  uint32_t end;
  uint8_t sort = an_sort_of(walk, d->head), reference = an_reference_at(walk, d->head, &value, &end);
  if (reference == AN_REFERS_DOCUMENT || (reference == AN_REFERS_PEOPLE && an_text_is(value, "body"))) return false;
  if (sort == AN_SORT_BODY || t->xpos == AN_X_NNS || t->xpos == AN_X_NNPS || (t->upos == AN_PROPN && d->mention == AN_NONE)) return false;
  d->sentence = t->sentence;
  d->title = in_title(walk, d->head);
  d->lead = walk->words->sentences[t->sentence].block == first_body(walk);
  d->people = sort == AN_SORT_PEOPLE;
  return true;
}

an_status an_ahead_link(an_walk *walk, an_error *err) {
  const an_table *table = an_lexicon_table(walk->lexicon, "ahead");
  firsts names;
  if (table == NULL) return an_fail(err, AN_ERR_DATA, "speech", "lexicon.an holds no table ahead; make it again with tools/lexiconc");
  an_table_weights(table, NULL, "weight", &AN_AHEAD_SIGNS, walk->ahead);
  if (!first_names(walk, &names)) AN_NEED(NULL, err, "speech");
  for (uint32_t i = 0; i < walk->draft_count; i++) {
    described d;
    uint32_t name = describes(walk, &walk->drafts[i], &d) ? choose(walk, &names, &d) : AN_NONE;
    if (name == AN_NONE) continue;
    AN_TRACE(walk->trace, "speech.ahead", mention(walk, name)->m.who.span, true, "%u is named here", d.head);
    walk->drafts[i].named = name;
  }
  return AN_OK;
}

/* The words stay the speaker's, and what they say of country and sector. Whose name is private keeps the role that she is called by, and has
   the name only where that is to be had (an_options.private_names): so where the role is of public life she has none. */
void an_ahead_name(const an_walk *walk, const an_draft *draft, an_party *speaker) {
  if (draft->named == AN_NONE) return;
  const an_mention_at *named = mention(walk, draft->named), *role = speaker->mention == AN_NONE ? NULL : mention(walk, speaker->mention);
  bool nameless = an_mention_is_private(named), guessed = role != NULL && (role->flags & AN_MENTION_INFERRED) != 0;
  bool by_role = role != NULL && role->m.kind == AN_MENTION_ROLE && role->entity == AN_NONE && (role->flags & AN_MENTION_PUBLIC) == 0;
  if (nameless && !by_role) return;
  an_party own = *speaker;
  *speaker = named->m.who;
  speaker->span = own.span;
  speaker->text = own.text;
  speaker->mention = nameless ? own.mention : draft->named;
  if (own.country.at != NULL && !guessed) speaker->country = own.country;
  if (own.sector.at != NULL) speaker->sector = own.sector;
  an_mention_antecedent(named, speaker);
}
