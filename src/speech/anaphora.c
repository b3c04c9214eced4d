/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a pronoun of the third person stands for, or a noun with "the" ("the company"): of all who may, and of nobody, the one whose signs
   weigh most. The weights are those of anaphora.tsv, one column a kind, learned from text in which people marked who is meant
   (tools/train_anaphora.py). */
#include "speech/inner.h"

#include <stdio.h>
#include <string.h>

enum { BACK = 6 /* sentences */, MOST_CANDIDATES = 16, STEPS = 12 /* up a tree */ };

/* The rows of anaphora.tsv. Those of nobody come last. */
#define SIGNS(X)                                                                                                                        \
  X(SAME, "same sentence") X(BEFORE1, "sentence before") X(BEFORE2, "two sentences before") X(BEFORE3, "three sentences before or more")   \
  X(NEAR4, "within 4 words") X(NEAR10, "within 10 words") X(NEAR25, "within 25 words") X(FAR, "farther")                                 \
  X(SUBJECT, "subject") X(SUBJECT_SAME, "subject in the same sentence") X(SUBJECT_BEFORE, "subject in the sentence before")              \
  X(OBJECT, "object") X(POSSESSIVE, "possessive") X(OBLIQUE, "oblique") X(NOUN_OF_NOUN, "noun of a noun") X(JOINED, "joined by and")      \
  X(ROOT_SUBJECT, "subject of the sentence") X(GOVERNS, "subject of a clause above") X(SAME_VERB, "argument of the same verb")           \
  X(SELF, "reflexive of its verb's subject") X(PARALLEL, "same relation") X(CATAPHOR, "named behind") X(INSIDE, "holds the pronoun")     \
  X(PERSON, "person") X(ROLE, "role") X(ORGANISATION, "organisation") X(COUNTRY, "country") X(GROUP, "group") X(PLACE, "place")          \
  X(GENDER_SAME, "same gender") X(GENDER_UNKNOWN, "gender not known") X(PLURAL, "plural") X(LIST, "list") X(PRONOUN, "pronoun itself")   \
  X(SAME_FORM, "same pronoun") X(LOCATIVE, "locative") X(OWNED, "possessor") X(ONCE, "named once") X(TWICE, "named twice")              \
  X(OFTEN, "named three times or more") X(VERY_OFTEN, "named six times or more") X(TITLE, "in the title") X(SPEAKER, "last speaker") X(SPEAKS_AGAIN, "last speaker, who speaks again")          \
  X(SPOKE_BEFORE, "last speaker, of the sentence before") X(SPEAKS_BESIDE, "last speaker, who speaks beside a quotation") X(SAYS_PERSON, "person, who would say something")   \
  X(SAYS_ROLE, "role, who would say something") X(SAYS_BODY, "body, which would say something") X(BESIDE_NAME, "name in apposition") X(FAR_PRONOUN, "pronoun itself, not of this sentence or the one before")   \
  X(FAR_NAME, "name, not of this sentence or the one before") X(BEFORE4, "four sentences before or more")                                \
  X(OPENS_NEXT, "sentence before, of a pronoun that opens its sentence") X(OPENS_FAR, "farther back, of a pronoun that opens its sentence")\
  X(LAST_SUBJECT, "last person who was a subject") X(TAKES_OVER, "subject of the sentence before, where he did not speak")     \
  X(FIRST, "nearest") X(SECOND, "second nearest") X(LATER, "farther than two") X(ONLY, "the only one")   \
  X(QUOTED, "in quotation marks") X(QUOTE_OUT, "out of the pronoun's quotation") X(OWN_CHAIN, "subject of the pronoun's clause")         \
  X(NOBODY, "nobody") X(NOBODY_SUBJECT, "nobody, subject") X(NOBODY_OWNER, "nobody, possessive") X(NOBODY_OBJECT, "nobody, object")      \
  X(NOBODY_QUOTED, "nobody, in quotation marks") X(NOBODY_IS, "nobody, subject of to be") X(NOBODY_FIRST, "nobody, first of its sentence") \
  X(NOBODY_SAYS, "nobody, its verb is of saying")                                                                                         \
  X(NOBODY_NONE, "nobody, and nobody in its sentence") X(NOBODY_CLAUSE, "nobody, its verb takes a clause")       \
  X(SAID_OF, "its noun was said of him") X(ALSO_SAID, "another of its words was said of him") X(NOT_SAID, "no word of it was said of him")  \
  X(PEOPLE_PERSON, "noun of people, person") X(PEOPLE_BODY, "noun of people, no person") X(BODY_BODY, "noun of a body, no person")          \
  X(BODY_PERSON, "noun of a body, person") X(OTHER_PERSON, "noun of neither, person") X(OTHER_BODY, "noun of neither, no person")           \
  X(NOBODY_SAID, "nobody, its noun was said of somebody") X(NOBODY_MORE, "nobody, further words before the noun")                          \
  X(NOBODY_BEHIND, "nobody, further words behind the noun") X(NOBODY_PEOPLE, "nobody, noun of people") X(NOBODY_BODY, "nobody, noun of a body") \
  X(NOBODY_KNOWN, "nobody, a party of its own")

AN_SIGNS(SIGNS, AN_ANAPHORA_SIGNS);
_Static_assert((int)SIGN_COUNT <= (int)AN_MOST_ANAPHORA_SIGNS, "room for the weights");

typedef struct signs { uint8_t at[48]; uint32_t count; } signs;
typedef struct candidate { uint32_t mention, members[AN_MOST_SPEAKERS], member_count; signs signs; } candidate;
typedef struct pronoun { uint32_t token, class; uint8_t gender, sort; bool two, reflexive, says, beside_quotation; an_range phrase; } pronoun;

static const an_mention_at *mention(const an_walk *walk, uint32_t index) { return &walk->mentions->list.at[index]; }
static void add(signs *s, bool holds, uint8_t sign) {
  if (holds && s->count < sizeof s->at) s->at[s->count++] = sign;
}

an_status an_anaphora_open(an_walk *walk, an_error *err) {
  static const char *const columns[AN_PRONOUNS] = {"one", "many", "thing", "called"};
  const an_table *table = an_lexicon_table(walk->lexicon, "anaphora");
  if (table == NULL) return an_fail(err, AN_ERR_DATA, "speech", "lexicon.an holds no table anaphora; make it again with tools/lexiconc");
  for (uint32_t class = 0; class < AN_PRONOUNS; class++) an_table_weights(table, NULL, columns[class], &AN_ANAPHORA_SIGNS, walk->anaphora[class]);
  size_t room = (size_t)walk->chain_count + 1;
  walk->named = AN_NEW(walk->arena, uint8_t, room);
  walk->in_title = AN_NEW(walk->arena, uint8_t, room);
  walk->said_of = AN_NEW(walk->arena, an_said_of, room);
  walk->heads = an_lexicon_table(walk->lexicon, "heads");
  AN_NEED(walk->named, err, "speech");
  AN_NEED(walk->in_title, err, "speech");
  AN_NEED(walk->said_of, err, "speech");
  memset(walk->named, 0, room);
  memset(walk->in_title, 0, room);
  memset(walk->said_of, 0, room * sizeof *walk->said_of);
  return AN_OK;
}

uint64_t an_fold_of(const an_token *t) { return t->lemma_fold != 0 ? t->lemma_fold : t->fold; }

bool an_was_said(const an_said_of *said, uint64_t fold) {
  for (uint32_t i = 0; i < said->count; i++)
    if (said->fold[i] == fold) return true;
  return false;
}

static void say_of(const an_walk *walk, an_said_of *said, uint32_t first, uint32_t end) {
  for (uint32_t token = first; token < end && said->count < AN_MOST_SAID_OF; token++) {
    const an_token *t = an_tok(walk, token);
    bool tells = t->upos == AN_NOUN || t->upos == AN_PROPN || t->upos == AN_ADJ;
    if (tells && !an_was_said(said, an_fold_of(t))) said->fold[said->count++] = an_fold_of(t);
  }
}

static bool of_phrase(const an_walk *walk, uint32_t token) {
  uint8_t upos = an_tok(walk, token)->upos;
  return upos == AN_NOUN || upos == AN_PROPN || upos == AN_ADJ || upos == AN_NUM || upos == AN_ADP || upos == AN_DET || an_tok(walk, token)->xpos == AN_X_POS;
}

/* What the page says of somebody: "union president Holt", "Holt, a lawyer", "its owner, Holt", "Holt is a lawyer". */
static void remember_said(an_walk *walk, const an_mention_at *m) {
  enum { REACH = 8 };
  const an_sentence *s = &walk->words->sentences[an_tok(walk, m->head)->sentence];
  uint32_t limit = s->first + s->count, first = m->first, end = m->end, over = an_tok(walk, m->head)->head;
  if ((m->flags & AN_MENTION_PRONOUN) != 0) return;
  while (first > s->first && first + REACH > m->first && of_phrase(walk, first - 1) && an_tok(walk, first - 1)->upos != AN_ADP) first--;
  if (first == m->first && first > s->first + 1 && an_is_comma(walk, first - 1))
    while (first - 1 > s->first && first + REACH > m->first && of_phrase(walk, first - 2)) first--;
  if (end + 1 < limit && an_is_comma(walk, end))
    for (end++; end < limit && end < m->end + REACH && of_phrase(walk, end); end++) continue;
  say_of(walk, &walk->said_of[m->chain], first, end);
  bool is = over != AN_NONE && an_tok(walk, m->head)->rel == AN_NSUBJ && an_tok(walk, over)->upos == AN_NOUN;
  if (is) say_of(walk, &walk->said_of[m->chain], over, over + 1);
}

void an_anaphora_remember(an_walk *walk, uint32_t index, bool title) {
  uint32_t chain = mention(walk, index)->chain;
  if (chain >= walk->chain_count) return;
  remember_said(walk, mention(walk, index));
  if (walk->named[chain] < UINT8_MAX) walk->named[chain]++;
  if (title) walk->in_title[chain] = 1;
}

/* ---- Who may be meant ------------------------------------------------------------------------------- */

static bool argument(uint8_t rel) { return rel == AN_NSUBJ || rel == AN_NSUBJ_PASS || rel == AN_OBJ || rel == AN_IOBJ || rel == AN_OBL; }
static bool subject_rel(uint8_t rel) { return rel == AN_NSUBJ || rel == AN_NSUBJ_PASS; }

/* "its leader, Ana Bel,": a name beside a noun is what the noun is in its clause. */
static const an_token *part_of(const an_walk *walk, uint32_t head) {
  const an_token *t = an_tok(walk, head);
  for (int step = 0; step < STEPS && (t->rel == AN_FLAT || t->rel == AN_APPOS) && t->head != AN_NONE; step++) t = an_tok(walk, t->head);
  return t;
}

static bool apposed(const an_walk *walk, uint32_t head) {
  const an_token *t = an_tok(walk, head);
  for (int step = 0; step < STEPS && t->rel == AN_FLAT && t->head != AN_NONE; step++) t = an_tok(walk, t->head);
  return t->rel == AN_APPOS;
}

static bool may_be(const an_walk *walk, const pronoun *p, uint32_t index) {
  const an_mention_at *m = mention(walk, index);
  bool plural = (m->flags & AN_MENTION_PLURAL) != 0;
  if ((m->flags & AN_MENTION_ADJECTIVE) != 0 || m->member_count > 1) return p->class == AN_PRONOUN_MANY && m->member_count > 1;
  switch (p->class) {
    case AN_PRONOUN_ONE:
      if (plural || (m->m.kind != AN_MENTION_PERSON && m->m.kind != AN_MENTION_ROLE)) return false;
      return an_gender_of(walk, index) == AN_GENDER_UNKNOWN || an_gender_of(walk, index) == p->gender;
    case AN_PRONOUN_MANY: return plural || m->m.kind == AN_MENTION_GROUP || m->m.kind == AN_MENTION_ORGANISATION || m->m.kind == AN_MENTION_COUNTRY;
    case AN_PRONOUN_CALLED: return !plural && m->end <= p->phrase.first;
    default: return (!plural || an_tok(walk, m->head)->xpos == AN_X_NN) && m->m.kind != AN_MENTION_PERSON; /* "the army": it */
  }
}

static bool known(const an_walk *walk, const candidate *all, uint32_t count, uint32_t chain) {
  for (uint32_t i = 0; i < count; i++)
    if (all[i].member_count == 1 && mention(walk, all[i].mention)->chain == chain) return true;
  return false;
}

static void offer(const an_walk *walk, const pronoun *p, uint32_t index, candidate *all, uint32_t *count) {
  const an_mention_at *m = mention(walk, index);
  if (*count >= MOST_CANDIDATES) return;
  candidate c = {.mention = index, .members = {index}, .member_count = 1};
  if (p->class == AN_PRONOUN_MANY && an_tok(walk, m->head)->rel != AN_CONJ) { /* "A and B": they */
    for (uint32_t k = an_child(walk->words, m->head, AN_NONE); k != AN_NONE && c.member_count < AN_MOST_SPEAKERS; k = an_child(walk->words, m->head, k)) {
      uint32_t other = an_tok(walk, k)->rel == AN_CONJ && k < p->token ? walk->mention_of[k] : AN_NONE;
      if (other != AN_NONE && other != index && mention(walk, other)->chain != m->chain) c.members[c.member_count++] = other;
    }
    if (c.member_count > 1) { all[(*count)++] = c; return; }
  }
  bool group = m->member_count > 1;
  if (p->two && !group) return;
  if (!may_be(walk, p, index) || (!group && known(walk, all, *count, m->chain))) return;
  if (group)
    for (c.member_count = 0; c.member_count < m->member_count && c.member_count < AN_MOST_SPEAKERS; c.member_count++) c.members[c.member_count] = m->members[c.member_count];
  all[(*count)++] = c;
}

/* Everybody of this sentence before the pronoun and of those before it, nearest first; then subjects of clauses above it that stand behind it
   ("In his speech, Vance said"). */
static uint32_t gather(const an_walk *walk, const pronoun *p, candidate *all) {
  uint32_t count = 0, own = an_tok(walk, p->token)->sentence;
  for (uint32_t back = 0; back <= BACK && back <= own; back++) {
    const an_sentence *s = &walk->words->sentences[own - back];
    for (uint32_t t = back == 0 ? p->token : s->first + s->count; t > s->first; t--) {
      uint32_t index = walk->mention_of[t - 1];
      if (index != AN_NONE && mention(walk, index)->head == t - 1) offer(walk, p, index, all, &count);
    }
  }
  uint32_t up = an_tok(walk, p->token)->head;
  for (int step = 0; step < STEPS && up != AN_NONE; step++, up = an_tok(walk, up)->head)
    for (uint32_t c = an_child(walk->words, up, p->token); c != AN_NONE; c = an_child(walk->words, up, c))
      if (c > p->token && subject_rel(an_tok(walk, c)->rel) && walk->mention_of[c] != AN_NONE) offer(walk, p, walk->mention_of[c], all, &count);
  return count;
}

/* ---- Signs -------------------------------------------------------------------------------------------- */

/* Is it the subject of a verb that stands over the pronoun's own? */
static bool governs(const an_walk *walk, uint32_t head, const pronoun *p) {
  if (!subject_rel(part_of(walk, head)->rel)) return false;
  uint32_t verb = part_of(walk, head)->head, up = an_tok(walk, p->token)->head;
  for (int step = 0; step < STEPS && up != AN_NONE; step++, up = an_tok(walk, up)->head)
    if (up == verb) return true;
  return false;
}

static bool holds(const an_walk *walk, uint32_t head, uint32_t token) {
  for (int step = 0; step < STEPS && token != AN_NONE; step++, token = an_tok(walk, token)->head)
    if (token == head) return true;
  return false;
}

/* How many sentences back: those that are nothing but somebody's quoted words do not count for the writer's own. */
static uint32_t told_back(const an_walk *walk, uint32_t from, uint32_t to, bool quoted) {
  uint32_t back = to - from;
  for (uint32_t i = from + 1; i < to && !quoted && to - from <= BACK; i++) {
    const an_sentence *s = &walk->words->sentences[i];
    uint32_t middle = s->first + s->count / 2;
    bool all = s->count > 2 && an_tok(walk, s->first + 1)->quote_depth > 0 && an_tok(walk, middle)->quote_depth > 0 && an_tok(walk, s->first + s->count - 2)->quote_depth > 0;
    back -= all;
  }
  return back;
}

static void signs_of_place(const an_walk *walk, const pronoun *p, candidate *c, uint32_t rank, uint32_t count) {
  const an_token *at = an_tok(walk, p->token);
  uint32_t head = mention(walk, c->mention)->head, back = told_back(walk, an_tok(walk, head)->sentence, at->sentence, at->quote_depth > 0);
  uint32_t far = head < p->token ? p->token - head : head - p->token;
  const an_token *part = part_of(walk, head);
  uint8_t rel = part->rel;
  bool subject = subject_rel(rel), same = back == 0;
  signs *s = &c->signs;
  add(s, true, (uint8_t)(SIGN_SAME + (back < 3 ? back : 3)));
  add(s, back > 3, SIGN_BEFORE4);
  bool opens = p->token == walk->words->sentences[at->sentence].first;
  add(s, opens && back > 0, back == 1 ? SIGN_OPENS_NEXT : SIGN_OPENS_FAR);
  add(s, true, far <= 4 ? SIGN_NEAR4 : far <= 10 ? SIGN_NEAR10 : far <= 25 ? SIGN_NEAR25 : SIGN_FAR);
  add(s, subject, SIGN_SUBJECT);
  add(s, subject && same, SIGN_SUBJECT_SAME);
  add(s, subject && back == 1, SIGN_SUBJECT_BEFORE);
  add(s, subject && part->head != AN_NONE && an_tok(walk, part->head)->head == AN_NONE, SIGN_ROOT_SUBJECT);
  add(s, rel == AN_OBJ || rel == AN_IOBJ, SIGN_OBJECT);
  add(s, rel == AN_NMOD_POSS, SIGN_POSSESSIVE);
  add(s, rel == AN_OBL, SIGN_OBLIQUE);
  add(s, rel == AN_NMOD, SIGN_NOUN_OF_NOUN);
  add(s, rel == AN_CONJ, SIGN_JOINED);
  bool rules = same && governs(walk, head, p), together = same && part->head == at->head && argument(rel) && argument(at->rel);
  add(s, rules, SIGN_GOVERNS);
  add(s, together && !p->reflexive, SIGN_SAME_VERB);
  add(s, together && p->reflexive && subject, SIGN_SELF);
  add(s, rules && at->rel == AN_NMOD_POSS, SIGN_OWN_CHAIN);
  add(s, rel == at->rel, SIGN_PARALLEL);
  add(s, head > p->token, SIGN_CATAPHOR);
  add(s, same && head != p->token && holds(walk, head, p->token), SIGN_INSIDE);
  add(s, true, rank == 0 ? SIGN_FIRST : rank == 1 ? SIGN_SECOND : SIGN_LATER);
  add(s, count == 1, SIGN_ONLY);
  bool quoted = an_tok(walk, head)->quote_depth > 0;
  add(s, quoted && at->quote_depth == 0, SIGN_QUOTED);
  add(s, !quoted && at->quote_depth > 0, SIGN_QUOTE_OUT);
}

static void signs_of_kind(const an_walk *walk, const pronoun *p, candidate *c) {
  static const uint8_t kinds[] = {[AN_MENTION_PERSON] = SIGN_PERSON, [AN_MENTION_ORGANISATION] = SIGN_ORGANISATION, [AN_MENTION_COUNTRY] = SIGN_COUNTRY,
                                  [AN_MENTION_PLACE] = SIGN_PLACE, [AN_MENTION_GROUP] = SIGN_GROUP, [AN_MENTION_ROLE] = SIGN_ROLE};
  const an_mention_at *m = mention(walk, c->mention);
  signs *s = &c->signs;
  bool named = m->m.kind == AN_MENTION_ROLE && m->m.who.name.at != NULL; /* "the Russian leader", whom the file names */
  add(s, true, named ? SIGN_PERSON : kinds[m->m.kind]);
  add(s, p->class == AN_PRONOUN_ONE, an_gender_of(walk, c->mention) == AN_GENDER_UNKNOWN ? SIGN_GENDER_UNKNOWN : SIGN_GENDER_SAME);
  add(s, (m->flags & AN_MENTION_PLURAL) != 0, SIGN_PLURAL);
  add(s, c->member_count > 1, SIGN_LIST);
  bool pronoun_itself = (m->flags & AN_MENTION_PRONOUN) != 0;
  add(s, pronoun_itself, SIGN_PRONOUN);
  add(s, pronoun_itself && an_tok(walk, m->head)->fold == an_tok(walk, p->token)->fold, SIGN_SAME_FORM);
  add(s, (m->flags & AN_MENTION_LOCATIVE) != 0, SIGN_LOCATIVE);
  add(s, (m->flags & AN_MENTION_POSSESSIVE) != 0, SIGN_OWNED);
  uint32_t times = m->chain < walk->chain_count ? walk->named[m->chain] : 0;
  add(s, times > 0, times == 1 ? SIGN_ONCE : times == 2 ? SIGN_TWICE : SIGN_OFTEN);
  add(s, times >= 6, SIGN_VERY_OFTEN);
  add(s, m->chain < walk->chain_count && walk->in_title[m->chain] != 0, SIGN_TITLE);
  const an_token *at = an_tok(walk, p->token), *own = an_tok(walk, m->head);
  bool far = told_back(walk, own->sentence, at->sentence, at->quote_depth > 0) > 1;
  add(s, pronoun_itself && far, SIGN_FAR_PRONOUN);
  add(s, !pronoun_itself && m->m.kind == AN_MENTION_PERSON && far, SIGN_FAR_NAME);
  add(s, m->m.kind == AN_MENTION_PERSON && apposed(walk, m->head), SIGN_BESIDE_NAME);
  add(s, p->says && (named || m->m.kind == AN_MENTION_PERSON), SIGN_SAYS_PERSON);
  add(s, p->says && !named && m->m.kind == AN_MENTION_ROLE, SIGN_SAYS_ROLE);
  add(s, p->says && (m->m.kind == AN_MENTION_ORGANISATION || m->m.kind == AN_MENTION_COUNTRY || m->m.kind == AN_MENTION_GROUP), SIGN_SAYS_BODY);
  bool spoke = walk->last_speaker != AN_NONE && mention(walk, walk->last_speaker)->chain == m->chain;
  add(s, spoke, SIGN_SPEAKER);
  add(s, spoke && told_back(walk, walk->last_speaker_sentence, at->sentence, at->quote_depth > 0) <= 1, SIGN_SPOKE_BEFORE);
  add(s, spoke && subject_rel(at->rel) && at->head != AN_NONE && an_cue_at(walk, at->head).kind == AN_CUE_VERB, SIGN_SPEAKS_AGAIN);
  add(s, spoke && p->says && p->beside_quotation, SIGN_SPEAKS_BESIDE);
  bool led = walk->last_subject != AN_NONE && mention(walk, walk->last_subject)->chain == m->chain;
  uint32_t told = led ? an_tok(walk, mention(walk, walk->last_subject)->head)->sentence : 0;
  add(s, led, SIGN_LAST_SUBJECT);
  add(s, led && told + 1 == at->sentence && (walk->last_speaker == AN_NONE || walk->last_speaker_sentence < told), SIGN_TAKES_OVER);
}

/* "the company": what the page has said of whom. */
static void signs_of_words(const an_walk *walk, const pronoun *p, candidate *c) {
  const an_mention_at *m = mention(walk, c->mention);
  bool person = m->m.kind == AN_MENTION_PERSON || m->m.kind == AN_MENTION_ROLE, noun = false, other = false;
  if (p->class != AN_PRONOUN_CALLED) return;
  const an_said_of *said = m->chain < walk->chain_count ? &walk->said_of[m->chain] : NULL;
  for (uint32_t token = p->phrase.first; token < p->phrase.end && said != NULL; token++)
    if (an_was_said(said, an_fold_of(an_tok(walk, token)))) *(token == p->token ? &noun : &other) = true;
  add(&c->signs, noun, SIGN_SAID_OF);
  add(&c->signs, other, SIGN_ALSO_SAID);
  add(&c->signs, !noun && !other, SIGN_NOT_SAID);
  add(&c->signs, true, (uint8_t)(p->sort == AN_SORT_PEOPLE ? person ? SIGN_PEOPLE_PERSON : SIGN_PEOPLE_BODY : p->sort == AN_SORT_BODY ? person ? SIGN_BODY_PERSON : SIGN_BODY_BODY :
                                 person ? SIGN_OTHER_PERSON : SIGN_OTHER_BODY));
}

static void nobody_called(const an_walk *walk, const pronoun *p, const candidate *all, uint32_t count, signs *s) {
  bool said = false, behind = false;
  for (uint32_t i = 0; i < count; i++)
    said |= mention(walk, all[i].mention)->chain < walk->chain_count && an_was_said(&walk->said_of[mention(walk, all[i].mention)->chain], an_fold_of(an_tok(walk, p->token)));
  for (uint32_t c = an_child(walk->words, p->token, p->token); c != AN_NONE; c = an_child(walk->words, p->token, c)) behind |= c > p->token && !an_is_punct(walk, c);
  add(s, said, SIGN_NOBODY_SAID);
  add(s, p->phrase.end - p->phrase.first > 2, SIGN_NOBODY_MORE);
  add(s, behind, SIGN_NOBODY_BEHIND);
  add(s, p->sort == AN_SORT_PEOPLE, SIGN_NOBODY_PEOPLE);
  add(s, p->sort == AN_SORT_BODY, SIGN_NOBODY_BODY);
  add(s, walk->mention_of[p->token] != AN_NONE, SIGN_NOBODY_KNOWN);
}

static void signs_of_nobody(const an_walk *walk, const pronoun *p, const candidate *all, uint32_t count, signs *s) {
  const an_token *at = an_tok(walk, p->token), *over = at->head == AN_NONE ? NULL : an_tok(walk, at->head);
  bool here = false, clause = false;
  for (uint32_t i = 0; i < count; i++) here |= an_tok(walk, mention(walk, all[i].mention)->head)->sentence == at->sentence;
  add(s, true, SIGN_NOBODY);
  add(s, subject_rel(at->rel), SIGN_NOBODY_SUBJECT);
  add(s, at->rel == AN_NMOD_POSS, SIGN_NOBODY_OWNER);
  add(s, at->rel == AN_OBJ, SIGN_NOBODY_OBJECT);
  add(s, at->quote_depth > 0, SIGN_NOBODY_QUOTED);
  add(s, over != NULL && subject_rel(at->rel) && an_child_by(walk->words, at->head, AN_COP) != AN_NONE, SIGN_NOBODY_IS);
  add(s, p->token == walk->words->sentences[at->sentence].first, SIGN_NOBODY_FIRST);
  add(s, p->says, SIGN_NOBODY_SAYS);
  add(s, !here, SIGN_NOBODY_NONE);
  for (uint32_t c = over == NULL ? AN_NONE : an_child(walk->words, at->head, AN_NONE); c != AN_NONE; c = an_child(walk->words, at->head, c))
    clause |= an_tok(walk, c)->rel == AN_CCOMP || an_tok(walk, c)->rel == AN_CSUBJ;
  add(s, clause, SIGN_NOBODY_CLAUSE);
  if (p->class == AN_PRONOUN_CALLED) nobody_called(walk, p, all, count, s);
}

/* "he said": the subject of an active verb that can tell a quotation, out of any quotation. */
static bool says(const an_walk *walk, uint32_t token) {
  const an_token *t = an_tok(walk, token);
  return t->quote_depth == 0 && (t->rel == AN_NSUBJ || t->rel == AN_EXPL) && t->head != AN_NONE && (an_cue_at(walk, t->head).takes & AN_TAKES_QUOTE) != 0;
}

bool an_holds_quotation(const an_walk *walk, uint32_t sentence) {
  const an_sentence *s = &walk->words->sentences[sentence];
  for (uint32_t token = s->first; token < s->first + s->count; token++)
    if (an_tok(walk, token)->quote_depth > 0) return true;
  return false;
}

/* ---- The choice ---------------------------------------------------------------------------------------- */

static int32_t weigh(const an_walk *walk, const pronoun *p, const signs *s) {
  int32_t sum = 0;
  for (uint32_t i = 0; i < s->count; i++) sum += walk->anaphora[p->class][s->at[i]];
  return sum;
}

/* One candidate, or nobody, with its signs, by the pronoun's number; what the trainer reads. */
static void tell(const an_walk *walk, const pronoun *p, const candidate *c, const signs *s, int32_t sum) {
  static const char *const classes[] = {"one", "many", "thing", "called"};
  if (walk->trace == NULL || walk->trace->say == NULL) return;
  char text[1024];
  int size = 0;
  for (uint32_t i = 0; i < s->count && size >= 0 && (size_t)size < sizeof text; i++)
    size += snprintf(text + size, sizeof text - (size_t)size, "%s%s", i > 0 ? "; " : "", AN_ANAPHORA_SIGNS.words[s->at[i]]);
  an_span at = {an_tok(walk, p->phrase.first)->at.begin, an_tok(walk, p->phrase.end - 1)->at.end};
  an_text name = c == NULL ? (an_text){0} : mention(walk, c->mention)->m.who.name;
  if (c != NULL) at = mention(walk, c->mention)->m.who.span;
  AN_TRACE(walk->trace, "speech.anaphora", at, true, "%u %s %d: %s | %.*s", p->token, classes[p->class], sum, text, (int)name.size, name.at == NULL ? "" : name.at);
  for (uint32_t i = 0; c != NULL && i < c->member_count && c->member_count > 1; i++)
    AN_TRACE(walk->trace, "speech.anaphora", mention(walk, c->members[i])->m.who.span, true, "%u and", p->token);
}

static uint32_t choose(an_walk *walk, const pronoun *p, uint32_t *members) {
  candidate all[MOST_CANDIDATES];
  uint32_t count = gather(walk, p, all), best = AN_NONE;
  signs nobody = {.count = 0};
  signs_of_nobody(walk, p, all, count, &nobody);
  int32_t most = weigh(walk, p, &nobody);
  tell(walk, p, NULL, &nobody, most);
  for (uint32_t i = 0; i < count; i++) {
    signs_of_place(walk, p, &all[i], i, count);
    signs_of_kind(walk, p, &all[i]);
    signs_of_words(walk, p, &all[i]);
    int32_t sum = weigh(walk, p, &all[i].signs);
    tell(walk, p, &all[i], &all[i].signs, sum);
    if (sum > most) { most = sum; best = i; }
  }
  if (best == AN_NONE) return 0;
  memcpy(members, all[best].members, all[best].member_count * sizeof *members);
  return all[best].member_count;
}

uint32_t an_anaphora_of(an_walk *walk, uint32_t token, uint8_t class, an_text value, uint32_t *members) {
  an_text word = an_word(walk->words, token);
  pronoun p = {.token = token, .class = class, .gender = an_text_is(value, "male") ? AN_GENDER_MALE : AN_GENDER_FEMALE, .two = an_text_is(value, "two"),
               .reflexive = an_text_find(word, 0, AN_LIT("sel")) != AN_NONE, .phrase = {token, token + 1}};
  p.says = says(walk, token);
  p.beside_quotation = p.says && an_holds_quotation(walk, an_tok(walk, token)->sentence);
  return choose(walk, &p, members);
}

uint8_t an_sort_of(const an_walk *walk, uint32_t noun) {
  const an_token *t = an_tok(walk, noun);
  an_rows rows = walk->heads == NULL ? (an_rows){0, 0} : an_table_find_key(walk->heads, an_fold_of(t));
  for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
    an_text class = an_table_cell(walk->heads, row, 1);
    if (an_in_list(class, AN_LIT("people")) || an_in_list(class, AN_LIT("official"))) return AN_SORT_PEOPLE;
    if (an_in_list(class, AN_LIT("body")) || an_in_list(class, AN_LIT("media"))) return AN_SORT_BODY;
  }
  return (t->flags & AN_WORD_ROLE) != 0 ? AN_SORT_PEOPLE : AN_SORT_OTHER;
}

/* "lawmaker", where "senator" was said of him. */
bool an_class_said(const an_walk *walk, uint32_t noun, const an_said_of *said) {
  an_rows own = walk->heads == NULL ? (an_rows){0, 0} : an_table_find_key(walk->heads, an_fold_of(an_tok(walk, noun)));
  for (uint32_t i = 0; i < said->count && own.count > 0; i++) {
    an_rows other = an_table_find_key(walk->heads, said->fold[i]);
    for (uint32_t k = 0; k < own.count * other.count; k++)
      if (an_text_equal(an_table_cell(walk->heads, own.first + k % own.count, 1), an_table_cell(walk->heads, other.first + k / own.count, 1))) return true;
  }
  return false;
}

static bool speaks(const an_walk *walk, uint32_t token) {
  uint32_t verb = an_tok(walk, token)->head;
  return verb != AN_NONE && an_cue_at(walk, verb).kind == AN_CUE_VERB;
}

uint32_t an_anaphora_called(an_walk *walk, uint32_t noun, an_range phrase) {
  uint32_t members[AN_MOST_SPEAKERS];
  pronoun p = {.token = noun, .class = AN_PRONOUN_CALLED, .phrase = phrase, .sort = an_sort_of(walk, noun), .says = says(walk, noun)};
  p.beside_quotation = p.says && an_holds_quotation(walk, an_tok(walk, noun)->sentence);
  return choose(walk, &p, members) == 1 && speaks(walk, noun) ? members[0] : AN_NONE; /* learned from all, told of who speaks */
}
