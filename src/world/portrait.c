/* SPDX-License-Identifier: Apache-2.0 */
/* Portraits: what a page says of one name, mention by mention. Which of it tells a part in public life is learned (public.c); here
   is only what stands there.

     [U.S. Attorney] Joshua Wendell          a title
     the [chairman] of Hanseong Heavy, X,    what stands before the name and its comma
     X, who [heads] the rescue,              or behind it
     X [is] the [mayor];  X [vetoed] it      or what is said of X */
#include "world/portrait.h"

enum { MOST_BACK = 8, MOST_BEHIND = 14 };

#define SIGNS(X) \
  X(ONE, "somebody") X(STATE, "of a sector of the state") X(OFFICE, "of a sector of offices") X(LIFE, "of a sector of public life") \
  X(OTHER_SECTOR, "of another sector") X(COUNTRY, "of a country") X(BODY, "of a body") X(ONE_WORD, "never named in full") X(TWO_WORDS, "a name of two words") \
  X(MORE_WORDS, "a name of more words") X(INITIAL, "a name that ends in a letter") X(ONCE, "named once") X(TWICE, "named twice") X(OFTEN, "named three times or four") \
  X(MUCH, "named five times or more") X(HEADLINE, "named in a title") X(FIRST, "named in the first paragraph") X(AGE, "with an age") X(SPEAKS, "speaks") \
  X(ACCORDING, "according to whom") X(HARMED, "whom something befell") X(SAW, "who saw it") X(ACTS, "acts") X(SUFFERS, "acted on") X(OWNER, "whose") \
  X(COMPOUND, "gives a name to something") X(BRACKET, "something in brackets") X(TITLED, "a title in front") X(HONOUR, "an honorific")  X(OWNED, "somebody's, by name") X(AS, "told as what") X(LISTED, "in a list")  X(UNTITLED, "nothing is said of whom") \
  X(BEFORE, "described in front") X(BEHIND, "described behind") X(IS, "told what it is") X(WHO, "told what it does") X(ROLE, "spoken of by a role") X(OF, "of what stands behind") \
  X(CAPITAL, "a noun in capitals") X(LOWER, "a noun in small letters") X(THE, "the noun") X(A, "a noun") X(HIS, "his or her noun") X(ITS, "its noun") X(BARE, "a noun alone") \
  X(GENITIVE, "somebody's noun") X(FORMER, "a former noun") X(KNOWN, "a role of the world file") X(KNOWN_OFFICE, "an office of the world file") \
  X(HEAD, "a head") X(EMPLOYEE, "an employee") X(EXPERT, "an expert") X(VOICE, "a voice") X(HOLDS, "an owner") X(MANY, "of many") X(OF_STATE, "of the state") \
  X(INSTITUTE, "of an institute") X(COMMON_BODY, "of a body without a name") X(NAMES_BODY, "its words name a body") X(NAMES_PLACE, "its words name a place") \
  X(NAMES_PERSON, "its words name somebody") X(NAMES_COUNTRY, "its words name a country") X(NUMBER, "its words hold a number") X(NAMES_OTHER, "its words have capitals") \
  X(HEAD_OF_BODY, "a head of a body with a name") X(HEAD_OF_MANY, "a head of many") X(FEW_POLITICS, "a page without politics") X(MUCH_POLITICS, "a page of politics")

AN_SIGNS(SIGNS, AN_PUBLIC_SIGNS);
_Static_assert((int)SIGN_COUNT <= (int)AN_MOST_PUBLIC_SIGNS, "room for the signs");

static void sign(an_portrait *p, bool holds, int which) { p->has[which] |= holds; }
static bool is_part(const an_scene *s, uint32_t token, const char *what) { return an_part_is(s, token, what, NULL); }
static bool stands(const an_scene *s, uint32_t token, const char *what) { return an_part_words(s, token, what) > token; }
static bool same(const an_scene *s, uint32_t a, uint32_t b) { return an_phrase_same_sentence(s, a, b); }
static bool named_as(const an_scene *s, uint32_t t, uint8_t kind) { return s->name_of[t] != AN_NONE && s->named[s->name_of[t]].kind == kind; }
static uint64_t lemma_of(const an_scene *s, uint32_t t) { return s->words->tokens[t].lemma_fold != 0 ? s->words->tokens[t].lemma_fold : s->words->tokens[t].fold; }

static void add_word(const an_scene *s, an_portrait *p, an_said_kind kind, uint32_t token) {
  for (uint32_t i = 0; i < p->words; i++)
    if (p->word[i].kind == kind && lemma_of(s, p->word[i].token) == lemma_of(s, token)) return;
  if (p->words < AN_MOST_PORTRAIT_WORDS) p->word[p->words++] = (an_said_word){token, (uint8_t)kind};
}

/* ---- What a phrase says of whom it describes --------------------------------------------------------------------------- */

static bool in_phrase(const an_scene *s, uint32_t t) {
  uint8_t upos = s->words->tokens[t].upos;
  return an_phrase_is_nominal(s, t) || upos == AN_ADJ || upos == AN_NUM || an_phrase_is_genitive(s, t) || an_token_is(s, t, "-") || an_token_is(s, t, "&");
}

static void signs_of_word(const an_scene *s, an_portrait *p, uint32_t t) {
  const an_token *at = &s->words->tokens[t];
  const an_item *item = an_phrase_item(s, t);
  bool capital = at->shape != AN_SHAPE_LOWER && at->upos == AN_PROPN, body = named_as(s, t, AN_MENTION_ORGANISATION) || (item != NULL && item->by_kind[AN_FORM_ORG] != AN_NONE);
  uint8_t form;
  bool country = item != NULL && an_scene_country(s, item, &form) != AN_NONE;
  sign(p, body, SIGN_NAMES_BODY);
  sign(p, country, SIGN_NAMES_COUNTRY);
  sign(p, !country && !body && named_as(s, t, AN_MENTION_PLACE), SIGN_NAMES_PLACE);
  sign(p, named_as(s, t, AN_MENTION_PERSON), SIGN_NAMES_PERSON);
  sign(p, capital && !body && !country && s->name_of[t] == AN_NONE, SIGN_NAMES_OTHER);
  sign(p, at->upos == AN_NUM, SIGN_NUMBER);
  sign(p, is_part(s, t, "many"), SIGN_MANY);
  sign(p, is_part(s, t, "state") || is_part(s, t, "state name"), SIGN_OF_STATE);
  sign(p, is_part(s, t, "institute"), SIGN_INSTITUTE);
  sign(p, is_part(s, t, "body"), SIGN_COMMON_BODY);
  sign(p, an_word_cue(s, t, AN_CUE_FORMER), SIGN_FORMER);
  bool tells = at->upos == AN_NOUN || at->upos == AN_ADJ || (at->upos == AN_PROPN && s->name_of[t] == AN_NONE);
  if (tells) add_word(s, p, AN_SAID_WITH, t);
}

/* "the", "a", "his", "Norway's" in front of the phrase that begins at `first`. */
static void signs_of_article(const an_scene *s, an_portrait *p, uint32_t first, uint32_t head) {
  bool before = first > 0 && same(s, first - 1, first), genitive = false;
  uint32_t at = before ? first - 1 : first;
  for (uint32_t t = first; t < head; t++) genitive |= an_phrase_is_genitive(s, t);
  bool his = before && s->words->tokens[at].xpos == AN_X_PRPS, its = his && stands(s, at, "its");
  bool the = before && stands(s, at, "the"), one = before && stands(s, at, "one");
  sign(p, the, SIGN_THE);
  sign(p, one, SIGN_A);
  sign(p, its, SIGN_ITS);
  sign(p, his && !its, SIGN_HIS);
  sign(p, genitive, SIGN_GENITIVE);
  sign(p, !the && !one && !his && !genitive, SIGN_BARE);
}

/* A noun that says what X is, in a phrase [first, end). */
static void describe(const an_scene *s, an_portrait *p, uint32_t first, uint32_t head, uint32_t end) {
  const an_token *noun = &s->words->tokens[head];
  const an_item *item = an_phrase_item(s, head);
  bool opens = s->words->sentences[noun->sentence].first == head, known = item != NULL && item->by_kind[AN_FORM_ROLE] != AN_NONE;
  bool is_head = is_part(s, head, "head"), body = p->has[SIGN_NAMES_BODY], many = p->has[SIGN_MANY] || p->has[SIGN_OF_STATE];
  add_word(s, p, AN_SAID_IS, head);
  sign(p, noun->shape == AN_SHAPE_CAPITAL && !opens, SIGN_CAPITAL);
  sign(p, noun->shape == AN_SHAPE_LOWER, SIGN_LOWER);
  sign(p, known, SIGN_KNOWN);
  sign(p, known && an_entity_at(s->world, an_posting_at(s->world, item->by_kind[AN_FORM_ROLE]).entity).one.size > 0, SIGN_KNOWN_OFFICE);
  sign(p, is_head, SIGN_HEAD);
  sign(p, is_part(s, head, "employee"), SIGN_EMPLOYEE);
  sign(p, is_part(s, head, "expert"), SIGN_EXPERT);
  sign(p, is_part(s, head, "voice"), SIGN_VOICE);
  sign(p, is_part(s, head, "owner"), SIGN_HOLDS);
  signs_of_article(s, p, first, head);
  p->has[SIGN_NAMES_BODY] = p->has[SIGN_MANY] = p->has[SIGN_OF_STATE] = 0;
  for (uint32_t t = first; t < end; t++)
    if (t != head) signs_of_word(s, p, t);
  sign(p, is_head && p->has[SIGN_NAMES_BODY], SIGN_HEAD_OF_BODY);
  sign(p, is_head && (p->has[SIGN_MANY] || p->has[SIGN_OF_STATE]), SIGN_HEAD_OF_MANY);
  sign(p, body, SIGN_NAMES_BODY);
  sign(p, many, SIGN_MANY);
}

/* "Mr", "Dr", "Sen.": what stands between a title and the name. */
static bool is_honorific(const an_scene *s, uint32_t t) {
  const an_item *item = an_phrase_item(s, t);
  return item != NULL && item->end == t + 1 && item->role_kind == AN_ROLE_TITLE;
}

/* "Medical director Dr [Rahim Osman]": where the name begins with what honours it. */
static uint32_t honours_before(const an_scene *s, an_portrait *p, uint32_t name) {
  for (; name > 0 && same(s, name - 1, name) && is_honorific(s, name - 1); name--) {
    sign(p, true, SIGN_HONOUR);
    add_word(s, p, AN_SAID_IS, name - 1);
  }
  return name;
}

/* "Under-fire Housing Secretary [Gareth Hartnell]", "Republican [Chip Lundgren]", "Norway's [Ingrid Vasshaug]" */
static void title_before(const an_scene *s, an_portrait *p, uint32_t name) {
  uint32_t first = name, head = name - 1;
  while (first > 0 && name - first < MOST_BACK && same(s, first - 1, name) && in_phrase(s, first - 1)) first--;
  if (first == name) return;
  const an_token *noun = &s->words->tokens[head];
  if (an_phrase_is_genitive(s, head)) {
    sign(p, true, SIGN_OWNED);
    for (uint32_t t = first; t < head; t++) signs_of_word(s, p, t);
    return;
  }
  if (!(an_phrase_is_nominal(s, head) || noun->upos == AN_ADJ) || (noun->flags & AN_WORD_TIME) != 0 || named_as(s, head, AN_MENTION_PERSON)) return;
  sign(p, true, SIGN_TITLED);
  describe(s, p, first, head, name);
  uint32_t of = first > 1 && s->words->tokens[first - 1].upos == AN_DET ? first - 2 : first - 1;
  bool behind = first > 1 && of > 0 && same(s, of - 1, first) && stands(s, of, "over");
  if (behind && an_phrase_is_nominal(s, of - 1)) describe(s, p, of - 1, of - 1, of); /* "President of the union Ada Holt" */
}

/* The noun of a phrase that begins at `first`: the last of its first run, "chairman" of "the chairman of the board". */
static uint32_t noun_of(const an_scene *s, uint32_t first, uint32_t end) {
  uint32_t head = AN_NONE;
  for (uint32_t t = first; t < end && in_phrase(s, t); t++)
    if (an_phrase_is_nominal(s, t)) head = t;
  return head;
}

static bool goes_on_back(const an_scene *s, uint32_t t) {
  uint8_t upos = s->words->tokens[t].upos;
  uint8_t xpos = s->words->tokens[t].xpos; /* "the ex-councillor held since Tuesday" */
  return in_phrase(s, t) || upos == AN_ADP || upos == AN_DET || upos == AN_CCONJ || xpos == AN_X_PRPS || xpos == AN_X_VBN || xpos == AN_X_VBG;
}

/* "the chairman of Hanseong Heavy Industries, [Yoo Min-jae],": back to the article of the whole phrase. */
static void phrase_before(const an_scene *s, an_portrait *p, uint32_t name, uint32_t end) {
  uint32_t comma = name, article = AN_NONE;
  bool closed = !same(s, name, end) || s->words->tokens[end].upos == AN_PUNCT || s->words->tokens[end].upos == AN_CCONJ;
  if (!closed) return; /* "The chairman of the party, [X] said, hit her" */
  while (comma > 2 && name - comma < 2 * MOST_BACK && same(s, comma - 2, name) && (an_token_is(s, comma - 1, "and") || an_token_is(s, comma - 1, ",")) && named_as(s, comma - 2, AN_MENTION_PERSON)) {
    comma -= 2; /* "the two senators, [Ada Holt] and [Ole Dam],": back to the first of the list */
    while (comma > 1 && named_as(s, comma - 1, AN_MENTION_PERSON)) comma--;
  }
  if (comma < 2 || !same(s, comma - 1, name) || !an_token_is(s, comma - 1, ",")) return;
  uint32_t first = comma - 1;
  if (first > 0 && s->words->tokens[first - 1].upos == AN_PRON) first--; /* "the manager himself," */
  while (first > 0 && comma - first < 2 * MOST_BACK && same(s, first - 1, comma - 1) && goes_on_back(s, first - 1)) {
    first--;
    uint8_t upos = s->words->tokens[first].upos;
    bool opens = upos == AN_DET || s->words->tokens[first].xpos == AN_X_PRPS, behind = first > 0 && same(s, first - 1, first) && s->words->tokens[first - 1].upos == AN_ADP;
    article = opens && !behind ? first : AN_NONE;
    if (article != AN_NONE) break;
  }
  bool aside = first < 1 || !same(s, first - 1, first) || an_token_is(s, first - 1, ",");
  if (aside && s->words->tokens[first].upos == AN_ADP) return; /* "On the set of the show, [X] said" */
  if (article != AN_NONE) first = article + 1;
  if (s->words->tokens[first].upos == AN_ADP || s->words->tokens[first].upos == AN_CCONJ) first++;
  if (s->words->tokens[first].upos == AN_DET) first++;
  uint32_t head = noun_of(s, first, comma - 1);
  if (head == AN_NONE || named_as(s, head, AN_MENTION_PERSON) || (article == AN_NONE && s->name_of[head] != AN_NONE)) return;
  sign(p, true, SIGN_BEFORE);
  sign(p, comma < name, SIGN_LISTED);
  describe(s, p, first, head, comma - 1);
}

static bool ends_aside(const an_scene *s, uint32_t t) {
  const an_token *at = &s->words->tokens[t];
  return (at->upos == AN_PUNCT && !an_token_is(s, t, "-")) || at->upos == AN_AUX || at->xpos == AN_X_VBD || at->xpos == AN_X_VBZ || at->xpos == AN_X_VBP;
}

/* "[X], 71, a retired grain inspector from Dundee,": phrases up to the next verb. */
static void phrase_behind(const an_scene *s, an_portrait *p, uint32_t end) {
  uint32_t first = end + 1, sentence = s->words->tokens[end - 1].sentence;
  if (!same(s, end - 1, end) || !(an_token_is(s, end, ",") || an_token_is(s, end, "(") || an_token_is(s, end, "-") || an_token_is(s, end, "–") || an_token_is(s, end, "—"))) return;
  bool age = first < s->words->token_count && s->words->tokens[first].sentence == sentence && s->words->tokens[first].upos == AN_NUM;
  sign(p, age, SIGN_AGE);
  sign(p, an_token_is(s, end, "("), SIGN_BRACKET);
  while (age && same(s, end, first) && (s->words->tokens[first].upos == AN_NUM || an_token_is(s, first, ","))) first++;
  while (same(s, end, first) && (s->words->tokens[first].upos == AN_DET || s->words->tokens[first].xpos == AN_X_PRPS || s->words->tokens[first].upos == AN_ADV)) first++;
  if (!same(s, end, first)) return;
  uint32_t stop = first;
  while (stop < first + MOST_BEHIND && same(s, end, stop) && !ends_aside(s, stop) && !stands(s, stop, "who")) stop++;
  uint32_t head = noun_of(s, first, stop);
  if (head == AN_NONE || named_as(s, head, AN_MENTION_PERSON) || (stop == head + 1 && an_phrase_acts(s, head))) return;
  sign(p, true, SIGN_BEHIND);
  describe(s, p, first, head, stop);
}

/* "[X], who heads the rescue, / [X], who had voted for it," */
static void who_does(const an_scene *s, an_portrait *p, uint32_t end) {
  uint32_t who = an_token_is(s, end, ",") ? end + 1 : end;
  if (!same(s, end - 1, who) || !stands(s, who, "who")) return;
  for (uint32_t t = who + 1; t < who + MOST_BACK && same(s, who, t); t++) {
    if (s->words->tokens[t].upos != AN_VERB) continue;
    add_word(s, p, AN_SAID_DOES, t);
    sign(p, true, SIGN_WHO);
    for (uint32_t k = t + 1; k < t + MOST_BACK && same(s, t, k) && !ends_aside(s, k); k++) signs_of_word(s, p, k);
    return;
  }
  uint32_t be = who + 1; /* "who is the party's treasurer" */
  if (!same(s, who, be + 1) || s->words->tokens[be].upos != AN_AUX) return;
  uint32_t first = s->words->tokens[be + 1].upos == AN_DET ? be + 2 : be + 1, stop = first;
  while (stop < first + MOST_BEHIND && same(s, who, stop) && !ends_aside(s, stop)) stop++;
  uint32_t head = noun_of(s, first, stop);
  if (head == AN_NONE) return;
  sign(p, true, SIGN_IS);
  describe(s, p, first, head, stop);
}

/* ---- What is told of a mention -------------------------------------------------------------------------------------------- */

static void signs_of_act(const an_scene *s, an_portrait *p, const an_mention_at *m) {
  const an_token *head = &s->words->tokens[m->head];
  if (head->rel == AN_APPOS && head->head != AN_NONE) head = &s->words->tokens[head->head];
  bool subject = head->rel == AN_NSUBJ, acted = head->rel == AN_OBJ || head->rel == AN_NSUBJ_PASS;
  if (head->rel == AN_NMOD_POSS && head->head != AN_NONE && an_phrase_is_nominal(s, head->head)) {
    sign(p, true, SIGN_OWNER);
    add_word(s, p, AN_SAID_HAS, head->head);
  }
  sign(p, head->rel == AN_COMPOUND && head->head != AN_NONE && head->head >= m->end, SIGN_COMPOUND);
  sign(p, m->first > 1 && same(s, m->first - 2, m->first) && an_part_words(s, m->first - 2, "according") == m->first, SIGN_ACCORDING);
  if (head->head == AN_NONE || !(subject || acted)) return;
  const an_token *verb = &s->words->tokens[head->head];
  if (subject && an_phrase_is_nominal(s, head->head) && an_child_by(s->words, head->head, AN_COP) != AN_NONE) { /* "X is the mayor" */
    sign(p, true, SIGN_IS);
    describe(s, p, head->head, head->head, head->head + 1);
    return;
  }
  for (uint32_t c = an_child(s->words, head->head, head->head); acted && c != AN_NONE; c = an_child(s->words, head->head, c)) { /* "appointed X as minister" */
    uint32_t as = an_child_by(s->words, c, AN_CASE);
    if (s->words->tokens[c].rel != AN_OBL || as == AN_NONE || !stands(s, as, "as") || !an_phrase_is_nominal(s, c)) continue;
    sign(p, true, SIGN_AS);
    describe(s, p, as + 1, c, c + 1);
  }
  bool says = subject && (verb->flags & AN_WORD_CUE) != 0;
  sign(p, says, SIGN_SPEAKS);
  sign(p, subject && !says, SIGN_ACTS);
  sign(p, acted, SIGN_SUFFERS);
  sign(p, acted && is_part(s, head->head, "harm"), SIGN_HARMED);
  sign(p, subject && is_part(s, head->head, "saw"), SIGN_SAW);
  add_word(s, p, acted ? AN_SAID_SUFFERS : AN_SAID_DOES, head->head);
}

static void signs_of_sector(an_portrait *p, const an_mention_at *m) {
  an_text sector = m->m.who.sector;
  bool some = sector.at != NULL, state = some && an_phrase_is_of_state(sector), office = some && an_phrase_is_of_office(sector), life = some && an_phrase_is_of_public_life(sector);
  sign(p, state, SIGN_STATE);
  sign(p, office, SIGN_OFFICE);
  sign(p, life && !state && !office, SIGN_LIFE);
  sign(p, some && !state && !office && !life, SIGN_OTHER_SECTOR);
  sign(p, m->m.who.country.at != NULL, SIGN_COUNTRY);
  sign(p, m->m.who.group.at != NULL, SIGN_BODY);
  sign(p, (m->flags & AN_MENTION_FORMER) != 0, SIGN_FORMER);
}

static void signs_of_name(const an_scene *s, an_portrait *p, const an_mention_at *m, uint32_t name) {
  uint32_t words = 0, last = m->end - 1;
  for (uint32_t t = name; t < m->end; t++) words += s->words->tokens[t].upos != AN_PUNCT;
  an_text form = an_word(s->words, last);
  sign(p, words == 2, SIGN_TWO_WORDS);
  sign(p, words > 2, SIGN_MORE_WORDS);
  sign(p, words > 1 && (form.size == 1 || (form.size == 2 && form.at[1] == '.')), SIGN_INITIAL);
  uint32_t block = s->words->sentences[s->words->tokens[name].sentence].block;
  sign(p, an_phrase_block_kind(s, name) != AN_BLOCK_BODY, SIGN_HEADLINE);
  sign(p, an_phrase_block_kind(s, name) == AN_BLOCK_BODY && (block == 0 || s->article->blocks[block - 1].kind != AN_BLOCK_BODY), SIGN_FIRST);
}

void an_portrait_look(const an_scene *s, an_portrait *p, const an_mention_at *m) {
  p->mentions++;
  signs_of_sector(p, m);
  if (m->m.kind == AN_MENTION_ROLE) {
    sign(p, true, SIGN_ROLE);
    describe(s, p, m->first, m->end - 1, m->end);
    signs_of_act(s, p, m);
    return;
  }
  uint32_t name = m->first;
  while (name + 1 < m->end && s->words->tokens[name].at.begin < m->name_span.begin) name++;
  name = honours_before(s, p, name);
  title_before(s, p, name);
  phrase_before(s, p, name < m->first ? name : m->first, m->end);
  phrase_behind(s, p, m->end);
  who_does(s, p, m->end);
  bool of = same(s, m->first, m->end + 1) && stands(s, m->end, "from");
  sign(p, of, SIGN_OF);
  for (uint32_t t = m->end + 1; of && t < m->end + MOST_BACK && same(s, m->end, t) && (in_phrase(s, t) || s->words->tokens[t].upos == AN_DET); t++) signs_of_word(s, p, t);
  signs_of_name(s, p, m, name);
  signs_of_act(s, p, m);
}

void an_portrait_close(an_portrait *p) {
  sign(p, true, SIGN_ONE);
  sign(p, p->mentions == 1, SIGN_ONCE);
  sign(p, p->mentions == 2, SIGN_TWICE);
  sign(p, p->mentions == 3 || p->mentions == 4, SIGN_OFTEN);
  sign(p, p->mentions > 4, SIGN_MUCH);
  sign(p, !p->has[SIGN_TWO_WORDS] && !p->has[SIGN_MORE_WORDS], SIGN_ONE_WORD);
  sign(p, !p->has[SIGN_TITLED] && !p->has[SIGN_BEFORE] && !p->has[SIGN_BEHIND] && !p->has[SIGN_IS] && !p->has[SIGN_ROLE] && !p->has[SIGN_WHO] && !p->has[SIGN_AS], SIGN_UNTITLED);
}

bool an_portrait_is_private(const an_portrait *p) {
  return p->has[SIGN_UNTITLED] || (p->has[SIGN_FORMER] && !(p->has[SIGN_STATE] || p->has[SIGN_OFFICE] || p->has[SIGN_LIFE] || p->has[SIGN_OF_STATE] || p->has[SIGN_MANY]));
}
