/* SPDX-License-Identifier: Apache-2.0 */
/* What stands for whom, in one walk: pronouns are anaphora.c's; "the Iranian president" is the last named holder of such an office; "the two sides" are the two
   countries that the page names most. What nothing decides stays open. */
#include "speech/inner.h"

#include <string.h>

enum { MOST_MENTIONS = 8192, MEMORY = 14 /* sentences */, NEAR = 6, LOOK_BACK = 3000 /* tokens */ };

static an_mention_at *mention(const an_walk *walk, uint32_t index) { return &walk->mentions->list.at[index]; }

static bool is_person(const an_walk *walk, uint32_t index) {
  if (index == AN_NONE) return false;
  const an_mention_at *m = mention(walk, index);
  return m->m.kind == AN_MENTION_PERSON || (m->m.kind == AN_MENTION_ROLE && (m->flags & AN_MENTION_PLURAL) == 0);
}

/* Whom the page has called "she" is no "he" later on. */
uint8_t an_gender_of(const an_walk *walk, uint32_t index) {
  const an_mention_at *m = mention(walk, index);
  return m->gender == AN_GENDER_UNKNOWN && m->chain < walk->chain_count ? walk->gender_of[m->chain] : m->gender;
}

static void learn_gender(an_walk *walk, uint32_t index, uint8_t gender) {
  const an_mention_at *m = mention(walk, index);
  bool open = m->gender == AN_GENDER_UNKNOWN && m->m.kind == AN_MENTION_PERSON && m->chain < walk->chain_count && walk->gender_of[m->chain] == AN_GENDER_UNKNOWN;
  if (open) walk->gender_of[m->chain] = gender;
}

/* The first of the given names that tells: "Fiona" of "Tánaiste Fiona Maguire". */
static uint8_t gender_of_given(const an_table *names, uint32_t column, an_text given) {
  for (uint32_t begin = 0, at = 0; at <= given.size; at++) {
    if (at < given.size && given.at[at] != ' ') continue;
    an_rows rows = an_table_find_key(names, an_fold_hash(an_text_slice(given, begin, at)));
    begin = at + 1;
    if (rows.count > 0) return an_text_is(an_table_cell(names, rows.first, column), "she") ? AN_GENDER_FEMALE : AN_GENDER_MALE;
  }
  return AN_GENDER_UNKNOWN;
}

void an_refer_open(an_walk *walk) {
  const an_table *names = an_lexicon_table(walk->lexicon, "given");
  if (names == NULL) return;
  uint32_t column = an_table_column(names, "pronoun");
  for (uint32_t i = 0; i < walk->mentions->list.count; i++) {
    const an_mention_at *m = mention(walk, i);
    if (m->m.kind == AN_MENTION_PERSON && m->m.who.given.size > 0) learn_gender(walk, i, gender_of_given(names, column, m->m.who.given));
  }
}

/* Whoever has a role alone is called by it, whoever has none by nothing: the name is private. */
static an_text why_of_one(an_walk *walk, const an_mention_at *of) {
  bool by_role = of->m.kind == AN_MENTION_ROLE && of->entity == AN_NONE && (of->flags & AN_MENTION_PUBLIC) == 0;
  if (an_mention_is_private(of)) return AN_LIT("stands for a person without a public part");
  an_text called = by_role || of->m.who.name.at == NULL ? of->m.who.text : of->m.who.name;
  if (by_role && (of->flags & AN_MENTION_PRONOUN) != 0) return of->m.why;
  return an_arena_printf(walk->arena, "stands for %.*s", (int)called.size, called.at == NULL ? "" : called.at);
}

/* Whom the party stands for, in the page's words: a role with all that is said of it ("the governor of the province"). */
void an_refer_antecedent(const an_walk *walk, uint32_t index, an_party *party) {
  const an_mention_at *of = mention(walk, index);
  an_mention_antecedent(of, party);
  if ((of->flags & AN_MENTION_PRONOUN) != 0 || party->antecedent.at == NULL || (of->m.who.name.at != NULL && of->m.kind != AN_MENTION_ROLE)) return;
  an_range whole = an_speaker_phrase(walk, of->head);
  for (uint32_t token = whole.first; token < whole.end; token++)
    if (walk->mention_of[token] != AN_NONE && an_mention_is_private(mention(walk, walk->mention_of[token]))) return;
  an_span span = {an_tok(walk, whole.first)->at.begin, an_tok(walk, whole.end - 1)->at.end};
  if (span.begin < party->span.end && party->span.begin < span.end) return; /* "his" in "his country's president" */
  party->antecedent_span = span;
  party->antecedent = an_text_slice(walk->words->text, span.begin, span.end);
}

/* A private person appears by the role that the page gives, by its word alone ("Ann Other, a resident"). */
void an_refer_close(an_walk *walk) {
  for (uint32_t i = 0; i < walk->mentions->list.count; i++) {
    an_mention_at *m = mention(walk, i);
    if (!an_mention_is_private(m) || m->chain >= walk->chain_count || walk->role_of[m->chain] == AN_NONE) continue;
    const an_party *role = &mention(walk, walk->role_of[m->chain])->m.who; /* it may stand in her own words: "the trader Ann Other" */
    m->m.who.antecedent = role->text;
    m->m.who.antecedent_span = role->span;
  }
}

/* A further mention that stands for earlier ones: one, or the members of a group. */
static an_status stand_for(an_walk *walk, an_range at, const uint32_t *members, uint32_t count, an_error *err) {
  if (walk->mentions->list.count >= MOST_MENTIONS || count == 0) return AN_OK;
  uint32_t *kept = AN_NEW(walk->arena, uint32_t, count);
  AN_NEED(kept, err, "speech");
  memcpy(kept, members, count * sizeof *kept);
  uint32_t index = walk->mentions->list.count;
  an_mention_at *added = AN_PUSH(walk->arena, &walk->mentions->list);
  AN_NEED(added, err, "speech");
  *added = *mention(walk, members[0]);
  an_span span = {an_tok(walk, at.first)->at.begin, an_tok(walk, at.end - 1)->at.end};
  added->m.who.span = added->name_span = span;
  added->m.who.text = an_text_slice(walk->words->text, span.begin, span.end);
  added->m.who.mention = index;
  an_refer_antecedent(walk, members[0], &added->m.who);
  added->first = at.first;
  added->end = at.end;
  added->head = at.end - 1;
  added->flags = (uint16_t)((added->flags & (AN_MENTION_PUBLIC | AN_MENTION_LAST_KNOWN)) | AN_MENTION_PRONOUN);
  added->members = kept;
  added->member_count = count;
  added->place = (an_place){0};
  if (count > 1) { /* a group is no entity of its own */
    added->m.kind = AN_MENTION_GROUP;
    added->m.who.entity = added->m.who.name = added->m.who.given = added->m.who.family = added->m.who.country = added->m.who.office = added->m.who.antecedent = (an_text){0};
    added->m.who.antecedent_span = (an_span){0, 0};
    added->chain = index;
    added->entity = AN_NONE;
    added->flags |= AN_MENTION_PLURAL;
  }
  added->m.why = count > 1 ? AN_LIT("stands for both parties named before") : why_of_one(walk, mention(walk, members[0]));
  for (uint32_t token = at.first; token < at.end; token++) walk->mention_of[token] = index;
  AN_TRACE(walk->trace, "speech.refer", span, true, "%.*s", (int)added->m.why.size, added->m.why.at);
  return AN_OK;
}

/* ---- "the Iranian president", "his counterpart" ------------------------------------------------------ */

static bool office_is(an_text office, an_text list) {
  if (office.at == NULL || list.at == NULL) return false;
  uint32_t dot = an_text_find(office, 0, AN_LIT("."));
  an_text part = dot == AN_NONE ? office : an_text_slice(office, dot + 1, office.size);
  an_text item;
  for (uint32_t at = 0; an_text_word(list, &at, &item);) {
    if (an_text_equal(item, part)) return true;
    uint32_t tail = item.size > 0 && item.at[0] == '*' ? item.size - 1 : 0; /* "*minister": any of them but the first */
    if (tail > 0 && part.size >= tail && an_text_equal(an_text_slice(part, part.size - tail, part.size), an_text_slice(item, 1, item.size)) &&
        !an_text_is(part, "prime_minister")) return true;
  }
  return false;
}

/* The country that a phrase names beside its head: "the Ghanaian leader", "Ghana's president", "the head of Ghana's navy". */
static an_text country_beside(const an_walk *walk, uint32_t head, an_range *range) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, head)->sentence];
  uint32_t from = head > sentence->first + NEAR ? head - NEAR : sentence->first;
  for (uint32_t at = head; at > from; at--) {
    const an_token *t = an_tok(walk, at - 1);
    if (t->upos == AN_PUNCT || t->upos == AN_VERB || t->upos == AN_ADP || t->upos == AN_CCONJ) break;
    if (at - 1 < range->first) range->first = at - 1;
    uint32_t index = walk->mention_of[at - 1];
    if (index != AN_NONE && mention(walk, index)->m.who.country.at != NULL) return mention(walk, index)->m.who.country;
  }
  uint32_t limit = sentence->first + sentence->count;
  if (head + 2 >= limit || !an_word_is(walk->words, head + 1, "of")) return (an_text){0};
  for (uint32_t at = head + 2; at < limit && at < head + 2 + NEAR; at++) {
    const an_token *t = an_tok(walk, at);
    if (t->upos == AN_PUNCT || t->upos == AN_VERB || t->upos == AN_AUX) break;
    uint32_t index = walk->mention_of[at];
    if (index == AN_NONE || mention(walk, index)->m.who.country.at == NULL) continue;
    range->end = mention(walk, index)->end;
    while (range->end < limit && (an_tok(walk, range->end)->upos == AN_PART || an_tok(walk, range->end)->upos == AN_NOUN)) range->end++;
    return mention(walk, index)->m.who.country;
  }
  return (an_text){0};
}

/* The last person named before who fits; the walk back is bounded, so that a page of titles stays linear. */
static uint32_t last_holder(const an_walk *walk, uint32_t token, an_text country, an_text offices, uint32_t not_chain) {
  uint32_t seen = 0;
  uint32_t stop = token > LOOK_BACK ? token - LOOK_BACK : 0;
  for (uint32_t at = token; at > stop && seen < 64; at--) {
    uint32_t index = walk->mention_of[at - 1];
    if (index == AN_NONE || !is_person(walk, index)) continue;
    const an_mention_at *m = mention(walk, index);
    at = m->first + 1 < at ? m->first + 1 : at;
    seen++;
    if (m->chain == not_chain || (m->flags & AN_MENTION_FORMER) != 0) continue;
    if (country.at != NULL && !an_text_equal(m->m.who.country, country)) continue;
    if (offices.at != NULL && !office_is(m->m.who.office, offices)) continue;
    if (country.at == NULL && offices.at == NULL) continue;
    return index;
  }
  return AN_NONE;
}

/* "lawmakers", "three ministers", "a senior official": several, or one whom nobody has named; such a phrase stands for no one
   person before it. */
static bool names_nobody(const an_walk *walk, uint32_t head, an_range range) {
  an_range name = an_apposed_name(walk, range.end); /* "its leader, Ozgur Ozel, told" */
  uint32_t beside = range.end + 1 < walk->words->token_count && an_word_is(walk->words, range.end, ",") ? walk->mention_of[range.end + 1] : AN_NONE;
  if (beside != AN_NONE && mention(walk, beside)->m.kind == AN_MENTION_PERSON && mention(walk, beside)->end < walk->words->token_count &&
      an_word_is(walk->words, mention(walk, beside)->end, ",")) return true; /* it is whoever is named there */
  if (name.end > name.first || an_tok(walk, head)->xpos == AN_X_NNS || an_tok(walk, head)->xpos == AN_X_NNPS) return true;
  uint32_t begin = walk->words->sentences[an_tok(walk, head)->sentence].first;
  for (uint32_t at = range.first > begin ? range.first - 1 : range.first; at < head; at++)
    if (an_word_is(walk->words, at, "a") || an_word_is(walk->words, at, "an") || an_word_is(walk->words, at, "another")) return true;
  return false;
}

static bool definite(const an_walk *walk, an_range range) {
  for (uint32_t at = range.first; at < range.end; at++) {
    const an_token *t = an_tok(walk, at);
    if (an_word_is(walk->words, at, "the") || t->xpos == AN_X_PRPS || t->xpos == AN_X_POS || an_word_is(walk->words, at, "'s")) return true;
  }
  return false;
}

static an_status role(an_walk *walk, uint32_t head, an_text offices, bool counterpart, uint32_t subject, an_error *err) {
  uint32_t there = walk->mention_of[head];
  if (there != AN_NONE && (mention(walk, there)->m.kind == AN_MENTION_PERSON || mention(walk, there)->entity != AN_NONE)) return AN_OK;
  an_range range = {head, head + 1};
  an_text country = country_beside(walk, head, &range);
  if (there != AN_NONE) {
    range = (an_range){mention(walk, there)->first, mention(walk, there)->end};
    if (country.at == NULL) country = mention(walk, there)->m.who.country;
  }
  if ((!definite(walk, range) && there == AN_NONE) || names_nobody(walk, head, range)) return AN_OK;
  uint32_t avoid = AN_NONE, found;
  if (counterpart) {
    if (subject == AN_NONE) return AN_OK;
    avoid = mention(walk, subject)->chain;
    if (country.at == NULL) { /* the other of the two countries */
      for (uint32_t i = 0; i < walk->country_count && i < 2; i++)
        if (!an_text_equal(walk->countries[i].country, mention(walk, subject)->m.who.country)) country = walk->countries[i].country;
    }
    if (country.at == NULL) return AN_OK;
    found = last_holder(walk, head, country, (an_text){0}, avoid);
  } else {
    found = offices.at != NULL ? last_holder(walk, head, country, offices, avoid) : AN_NONE;
    if (found == AN_NONE && country.at != NULL && offices.at != NULL && an_text_find(offices, 0, AN_LIT(" ")) != AN_NONE)
      found = last_holder(walk, head, country, (an_text){0}, avoid);
  }
  return found == AN_NONE ? AN_OK : stand_for(walk, range, &found, 1, err);
}

/* ---- "the two sides" -------------------------------------------------------------------------------- */

static an_status both(an_walk *walk, an_range at, bool people, an_error *err) {
  if (walk->country_count < 2) return AN_OK;
  uint32_t members[2] = {walk->countries[0].last, walk->countries[1].last};
  for (uint32_t i = 0; people && i < 2; i++) {
    members[i] = last_holder(walk, at.first, walk->countries[i].country, (an_text){0}, AN_NONE);
    if (members[i] == AN_NONE) return AN_OK;
  }
  if (members[0] == members[1]) return AN_OK;
  return stand_for(walk, at, members, 2, err);
}

/* ---- A sentence ---------------------------------------------------------------------------------------- */

/* "the ministry": the last body named whose name holds the word. */
static uint32_t last_body(const an_walk *walk, uint32_t token) {
  uint64_t fold = an_tok(walk, token)->fold;
  uint32_t seen = 0, stop = token > LOOK_BACK ? token - LOOK_BACK : 0;
  for (uint32_t at = token; at > stop && seen < 64; at--) {
    uint32_t index = walk->mention_of[at - 1];
    if (index == AN_NONE || mention(walk, index)->m.kind != AN_MENTION_ORGANISATION) continue;
    seen++;
    if (an_tok(walk, at - 1)->fold == fold) return index;
  }
  return AN_NONE;
}

static bool is_subject(const an_token *t) { return t->rel == AN_NSUBJ || t->rel == AN_NSUBJ_PASS; }
static bool is_argument(const an_token *t) { return is_subject(t) || t->rel == AN_OBJ || t->rel == AN_IOBJ || t->rel == AN_OBL; }

/* "its chairwoman, Amara Sall, said": who is named beside the subject is the subject. */
static bool named_subject(const an_walk *walk, uint32_t index) {
  const an_token *t = an_tok(walk, mention(walk, index)->head);
  if (t->rel == AN_FLAT && t->head != AN_NONE) t = an_tok(walk, t->head); /* "Amara Sall": the tree's head is the first name */
  return is_subject(t) || (mention(walk, index)->m.kind == AN_MENTION_PERSON && t->rel == AN_APPOS && t->head != AN_NONE && is_subject(an_tok(walk, t->head)));
}

/* "he said" is the last one who spoke, over a long quotation too; where somebody else may be meant, beside a quotation only, and unless
   another was a subject since. */
static bool speaks_again(const an_walk *walk, uint32_t token, an_text value, bool others) {
  const an_token *t = an_tok(walk, token);
  uint32_t last = walk->last_speaker, led = walk->last_subject;
  if (last == AN_NONE || t->quote_depth > 0 || !is_subject(t) || t->head == AN_NONE || (an_cue_at(walk, t->head).takes & AN_TAKES_QUOTE) == 0) return false;
  bool taken = led != AN_NONE && mention(walk, led)->m.kind == AN_MENTION_PERSON && an_tok(walk, mention(walk, led)->head)->sentence > walk->last_speaker_sentence;
  uint8_t gender = an_gender_of(walk, last), asked = an_text_is(value, "male") ? AN_GENDER_MALE : AN_GENDER_FEMALE;
  bool fits = is_person(walk, last) && (gender == AN_GENDER_UNKNOWN || gender == asked);
  return fits && !(others && (taken || !an_holds_quotation(walk, t->sentence))) && t->sentence - walk->last_speaker_sentence <= MEMORY;
}

static an_status pronoun(an_walk *walk, uint32_t token, uint8_t kind, an_text value, uint32_t *subject, an_error *err) {
  if (an_text_is(value, "two") && !is_argument(an_tok(walk, token))) return AN_OK; /* "both sides" */
  uint8_t class = kind == AN_REFERS_ONE ? AN_PRONOUN_ONE : kind == AN_REFERS_MANY ? AN_PRONOUN_MANY : AN_PRONOUN_THING;
  uint32_t members[AN_MOST_SPEAKERS], count = an_anaphora_of(walk, token, class, value, members);
  if (kind == AN_REFERS_ONE && (count == 0 || *subject == AN_NONE) && speaks_again(walk, token, value, count > 0)) {
    members[0] = walk->last_speaker;
    count = 1;
  }
  if (count == 0) return AN_OK;
  if (kind == AN_REFERS_ONE) learn_gender(walk, members[0], an_text_is(value, "male") ? AN_GENDER_MALE : AN_GENDER_FEMALE);
  AN_TRY(stand_for(walk, (an_range){token, token + 1}, members, count, err));
  if (kind == AN_REFERS_ONE && is_subject(an_tok(walk, token))) *subject = walk->mention_of[token];
  if (count == 1 && an_tok(walk, token)->xpos == AN_X_PRPS) an_refer_owned(walk, token, members[0]);
  return AN_OK;
}

/* "the company said": one that speaks or acts, with "the", and that no name is. */
static an_status called(an_walk *walk, uint32_t noun, an_error *err) {
  const an_token *t = an_tok(walk, noun);
  uint32_t there = walk->mention_of[noun], begin = walk->words->sentences[t->sentence].first, first = noun;
  if (t->upos != AN_NOUN || t->xpos == AN_X_NNS || !is_subject(t)) return AN_OK;
  if (there != AN_NONE && (mention(walk, there)->entity != AN_NONE || mention(walk, there)->m.kind == AN_MENTION_PERSON || mention(walk, there)->m.who.name.at != NULL)) return AN_OK;
  while (first > begin && first + NEAR > noun && !an_word_is(walk->words, first, "the") && (first == noun || an_tok(walk, first)->upos == AN_ADJ || an_tok(walk, first)->upos == AN_NOUN || an_tok(walk, first)->upos == AN_PROPN)) first--;
  an_range phrase = {first, noun + 1};
  if (!an_word_is(walk->words, first, "the") || names_nobody(walk, noun, phrase)) return AN_OK;
  uint32_t who = an_anaphora_called(walk, noun, phrase);
  return who == AN_NONE ? AN_OK : stand_for(walk, phrase, &who, 1, err);
}

an_status an_refer_sentence(an_walk *walk, uint32_t index, an_error *err) {
  const an_sentence *sentence = &walk->words->sentences[index];
  uint32_t subject = AN_NONE, limit = sentence->first + sentence->count;
  for (uint32_t token = sentence->first; token < limit; token++) {
    uint32_t there = walk->mention_of[token];
    if (there != AN_NONE && is_person(walk, there) && mention(walk, there)->head == token) {
      bool nameless = subject != AN_NONE && mention(walk, there)->m.kind == AN_MENTION_ROLE && mention(walk, subject)->m.kind == AN_MENTION_PERSON;
      if (!nameless && (named_subject(walk, there) || (!sentence->parsed && subject == AN_NONE))) subject = there;
    }
    an_text value;
    uint32_t end;
    uint8_t kind = an_reference_at(walk, token, &value, &end);
    if (an_word_is(walk->words, token, "whose")) an_refer_whose(walk, token);
    if (kind == AN_REFERS_NOT || end > limit) { AN_TRY(called(walk, token, err)); continue; }
    if (kind == AN_REFERS_ROLE) {
      token = end - 1;
      AN_TRY(role(walk, token, value, false, AN_NONE, err));
      if (walk->mention_of[token] == there) AN_TRY(called(walk, token, err));
      continue;
    }
    if (kind == AN_REFERS_COUNTERPART) { AN_TRY(role(walk, end - 1, (an_text){0}, true, subject != AN_NONE ? subject : walk->last_subject, err)); token = end - 1; continue; }
    if (there != AN_NONE) continue;
    if (kind == AN_REFERS_BOTH) { AN_TRY(both(walk, (an_range){token, end}, an_text_is(value, "person"), err)); token = end - 1; continue; }
    if (kind == AN_REFERS_ONE || kind == AN_REFERS_MANY || kind == AN_REFERS_THING) AN_TRY(pronoun(walk, token, kind, value, &subject, err));
    bool body_word = (kind == AN_REFERS_PEOPLE || kind == AN_REFERS_DOCUMENT) && an_text_is(value, "body") && an_tok(walk, token)->quote_depth == 0;
    uint32_t body = body_word && token > sentence->first && an_word_is(walk->words, token - 1, "the") ? last_body(walk, token) : AN_NONE;
    if (body != AN_NONE) AN_TRY(stand_for(walk, (an_range){token, token + 1}, &body, 1, err));
    else if (kind >= AN_REFERS_DOCUMENT) AN_TRY(called(walk, token, err));
  }
  return AN_OK;
}

static void count_country(an_walk *walk, uint32_t index) {
  const an_mention_at *m = mention(walk, index);
  if (m->m.who.country.at == NULL || (m->flags & AN_MENTION_PRONOUN) != 0) return;
  uint32_t i = 0;
  while (i < walk->country_count && !an_text_equal(walk->countries[i].country, m->m.who.country)) i++;
  if (i == walk->country_count) {
    if (i == AN_MOST_COUNTRIES) return;
    walk->countries[walk->country_count++] = (an_country_count){.country = m->m.who.country};
  }
  walk->countries[i].count++;
  walk->countries[i].last = index;
  for (; i > 0 && walk->countries[i].count > walk->countries[i - 1].count; i--) { /* most named first */
    an_country_count swap = walk->countries[i];
    walk->countries[i] = walk->countries[i - 1];
    walk->countries[i - 1] = swap;
  }
}

void an_refer_remember(an_walk *walk, uint32_t index) {
  const an_sentence *sentence = &walk->words->sentences[index];
  uint32_t seen = AN_NONE, first_subject = AN_NONE;
  for (uint32_t token = sentence->first; token < sentence->first + sentence->count; token++) {
    uint32_t there = walk->mention_of[token];
    if (there == AN_NONE || there == seen) continue;
    seen = there;
    count_country(walk, there);
    const an_mention_at *m = mention(walk, there);
    if (m->m.kind == AN_MENTION_ROLE && (m->flags & AN_MENTION_PRONOUN) == 0 && m->chain < walk->chain_count) walk->role_of[m->chain] = there;
    bool better = first_subject == AN_NONE || mention(walk, first_subject)->m.kind == AN_MENTION_ROLE, subject = is_subject(an_tok(walk, m->head));
    if (is_person(walk, there) && (subject ? first_subject == AN_NONE : better && named_subject(walk, there))) first_subject = there;
    an_anaphora_remember(walk, there, walk->article->blocks[sentence->block].kind == AN_BLOCK_TITLE);
  }
  if (first_subject != AN_NONE) walk->last_subject = first_subject;
}
