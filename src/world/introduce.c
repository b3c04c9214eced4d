/* SPDX-License-Identifier: Apache-2.0 */
/* Whom the page presents in words that one phrase does not hold; most officials of tomorrow stand in no file.

     [foreign ministers] [Ana Bel] and [Ole Dam]               a plural, and names behind it
     [the foreign ministers of Chile and Peru], [A] and [B],   each of the country at its place
     [ministers], [A] of [Chile] and [B] of [Peru]             or of the one behind the name
     [A] met his counterpart, [B]                              who holds the like of what the other holds
     the [minister] said                                       the last spoken of whom the page presents as a minister

   Once over the mentions, in reading order, after the walk. What is found goes to every mention of the name on the page. */
#include "world/phrases.h"

enum { MOST_LISTED = 8 };

typedef struct listed { uint32_t mention; an_text country; } listed;

static bool is_unknown_person(const an_mention_at *m) { return m->m.kind == AN_MENTION_PERSON && m->entity == AN_NONE; }

/* The name, or a role that the page says of it: "the envoy, Ana Bel". */
static bool tells_of(const an_mention_at *m, uint32_t chain) {
  return m->chain == chain && (is_unknown_person(m) || (m->m.kind == AN_MENTION_ROLE && m->entity == AN_NONE && m->m.who.name.at != NULL));
}

/* The mention that begins at a token, of those right behind mention `i`; titles before a name are part of it. */
static uint32_t mention_at(const an_scene *s, uint32_t i, uint32_t token) {
  for (uint32_t k = i + 1; k < s->out->list.count && k <= i + 8; k++)
    if (s->out->list.at[k].first == token) return k;
  return AN_NONE;
}

/* Reasons tell what was learned here and nowhere before: a page that lists somebody a hundred times has one. */
static void present_one(const an_scene *s, an_mention_at *m, const an_said *what) {
  bool country = m->m.who.country.at == NULL && what->country.size > 0, sector = m->m.who.sector.at == NULL && what->sector.size > 0;
  bool is_public = what->is_public && ((m->flags & AN_MENTION_PUBLIC) == 0 || m->m.who.is_private);
  if (country) m->m.who.country = what->country;
  if (country && what->order) m->flags |= AN_MENTION_INFERRED;
  if (sector) m->m.who.sector = what->sector;
  if (is_public) {
    m->flags |= AN_MENTION_PUBLIC;
    m->m.who.is_private = false;
  }
  if (country || sector || is_public) m->m.why = an_arena_printf(s->arena, "%.*s; presented %s", (int)m->m.why.size, m->m.why.at, what->how);
}

/* Says of a name, wherever the page has it, what one place of the page says of it. */
void an_present(an_scene *s, uint32_t mention, const an_said *what) {
  uint32_t chain = s->out->list.at[mention].chain;
  for (uint32_t i = 0; i < s->out->list.count; i++)
    if (tells_of(&s->out->list.at[i], chain)) present_one(s, &s->out->list.at[i], what);
  for (uint32_t i = 0; i < s->out->inside.count; i++)
    if (tells_of(&s->out->inside.at[i], chain)) present_one(s, &s->out->inside.at[i], what);
}

/* The two countries that a mention's page last joined before it: "the foreign ministers of Chile and Peru", "Santiago and Lima". */
static bool last_pair(const an_scene *s, uint32_t before, an_text pair[2]) {
  for (uint32_t i = before; i-- > 0;) {
    const an_mention_at *m = &s->out->list.at[i], *next = i + 1 < s->out->list.count ? m + 1 : NULL;
    uint32_t one = i, two = i + 1;
    if (m->member_count == 2) one = m->members[0], two = m->members[1];
    else if (next == NULL || m->m.kind != AN_MENTION_COUNTRY || next->m.kind != AN_MENTION_COUNTRY || next->first != m->end + 1 || !an_token_is(s, m->end, "and")) continue;
    pair[0] = s->out->list.at[one].m.who.country;
    pair[1] = s->out->list.at[two].m.who.country;
    if (pair[0].at != NULL && pair[1].at != NULL && !an_text_equal(pair[0], pair[1])) return true;
  }
  return false;
}

/* Countries of two who stand for the two of the last pair: that of the one by the other's, or both in the order of words. */
static bool countries_of_two(const an_scene *s, uint32_t before, const an_text known[2], an_text out[2]) {
  an_text pair[2];
  if (!last_pair(s, before, pair)) return false;
  for (int i = 0; i < 2; i++) out[i] = known[i].at != NULL ? known[i] : pair[i];
  for (int i = 0; i < 2; i++)
    if (known[i].at != NULL && known[1 - i].at == NULL) out[1 - i] = an_text_equal(known[i], pair[0]) ? pair[1] : an_text_equal(known[i], pair[1]) ? pair[0] : an_phrase_none();
  return true;
}

static an_text country_of(const an_scene *s, uint32_t mention) { return s->out->list.at[mention].m.who.country; }

/* Names joined by commas and "and" from a token on, each with the country that "of" gives it. */
static uint32_t read_list(const an_scene *s, uint32_t plural, uint32_t token, listed *out) {
  uint32_t count = 0, before = plural, sentence = s->words->tokens[s->out->list.at[plural].first].sentence;
  while (count < MOST_LISTED && token < s->words->token_count && s->words->tokens[token].sentence == sentence) {
    uint32_t at = mention_at(s, before, token);
    if (at == AN_NONE || s->out->list.at[at].m.kind != AN_MENTION_PERSON) break;
    out[count] = (listed){.mention = at};
    token = s->out->list.at[at].end;
    uint32_t of = an_token_is(s, token, "of") ? mention_at(s, at, token + (an_token_is(s, token + 1, "the") ? 2 : 1)) : AN_NONE;
    if (of != AN_NONE && s->out->list.at[of].m.kind == AN_MENTION_COUNTRY) {
      out[count].country = s->out->list.at[of].m.who.country;
      token = s->out->list.at[of].end;
    }
    count++;
    before = at;
    uint32_t joined = token;
    if (an_token_is(s, joined, ",")) joined++;
    if (an_token_is(s, joined, "and")) joined++;
    if (joined == token) break;
    token = joined;
  }
  return count;
}

static void list_behind(an_scene *s, uint32_t plural) {
  const an_mention_at m = s->out->list.at[plural];
  listed names[MOST_LISTED];
  uint32_t last = plural + m.member_count, from = an_token_is(s, m.end, ",") ? m.end + 1 : m.end;
  an_text sector = m.m.who.sector;
  uint32_t count = last < s->out->list.count ? read_list(s, last, from, names) : 0;
  if (count < 2 || sector.at == NULL) return;
  an_text two[2] = {{NULL, 0}, {NULL, 0}};
  bool bare = m.m.who.country.at == NULL || (m.flags & AN_MENTION_INFERRED) != 0;
  bool by_order = count == 2 && m.member_count == 0 && bare && names[0].country.at == NULL && names[1].country.at == NULL &&
                  countries_of_two(s, plural, (const an_text[2]){country_of(s, names[0].mention), country_of(s, names[1].mention)}, two);
  for (uint32_t i = 0; i < count; i++) {
    an_said what = {.country = names[i].country, .sector = sector, .is_public = an_phrase_is_of_office(sector) && !an_part_is(s, m.end - 1, "employee", NULL), .how = "in a list"};
    if (what.country.at == NULL && m.member_count == count) what.country = country_of(s, m.members[i]);
    else if (what.country.at == NULL && m.member_count == 0 && !bare) what.country = m.m.who.country;
    else if (by_order) what.country = two[i], what.order = true;
    an_present(s, names[i].mention, &what);
  }
}

/* "The foreign ministers of Chile and Peru met." and a sentence or three on: the sector of the last plural of people in office. */
static an_text sector_of_those_before(const an_scene *s, uint32_t mention) {
  enum { SENTENCES_BACK = 3 };
  uint32_t sentence = s->words->tokens[s->out->list.at[mention].first].sentence;
  for (uint32_t i = mention; i-- > 0;) {
    const an_mention_at *m = &s->out->list.at[i];
    if (s->words->tokens[m->first].sentence + SENTENCES_BACK < sentence) break;
    if (m->m.kind == AN_MENTION_GROUP && (m->flags & AN_MENTION_PLURAL) != 0 && m->m.who.sector.at != NULL && an_phrase_is_of_office(m->m.who.sector)) return m->m.who.sector;
  }
  return an_phrase_none();
}

/* "Bel met her counterpart, Ole Dam": either has the other's sector; where neither has one, that of the page's ministers. */
static void counterpart(an_scene *s, uint32_t role) {
  const an_mention_at m = s->out->list.at[role];
  uint32_t one = AN_NONE, other = AN_NONE;
  for (uint32_t i = role; i-- > 0 && one == AN_NONE && an_phrase_same_sentence(s, s->out->list.at[i].first, m.first);)
    if (s->out->list.at[i].m.kind == AN_MENTION_PERSON) one = i;
  for (uint32_t i = role + 1; i < s->out->list.count && i <= role + 2 && other == AN_NONE; i++)
    if (s->out->list.at[i].chain == m.chain && s->out->list.at[i].m.kind == AN_MENTION_PERSON) other = i;
  if (one == AN_NONE || other == AN_NONE) return;
  an_text sector = s->out->list.at[one].m.who.sector.at != NULL ? s->out->list.at[one].m.who.sector : s->out->list.at[other].m.who.sector;
  if (sector.at == NULL) sector = sector_of_those_before(s, role);
  if (sector.size == 0) return;
  an_text two[2] = {{NULL, 0}, {NULL, 0}};
  const an_text known[2] = {country_of(s, one), country_of(s, other).at != NULL ? country_of(s, other) : m.m.who.country};
  countries_of_two(s, one, known, two);
  for (int i = 0; i < 2; i++) {
    uint32_t who = i == 0 ? one : other;
    const an_said what = {two[i], sector, an_phrase_is_of_office(sector), known[i].at == NULL, i == 0 ? "beside a counterpart" : "as a counterpart"};
    if (is_unknown_person(&s->out->list.at[who])) an_present(s, who, &what);
  }
  if (s->out->list.at[role].m.who.sector.at == NULL) s->out->list.at[role].m.who.sector = sector;
}

/* ---- "the minister", of whom the page has said who that is ------------------------------------------------- */

typedef struct styled { uint32_t chain, first, end; } styled; /* of a name: the tokens in which the page styles it */

static bool styles(const an_scene *s, const styled *by, uint64_t lemma) {
  for (uint32_t t = by->first; t < by->end; t++)
    if (s->words->tokens[t].lemma_fold == lemma) return true;
  return false;
}

/* One word behind "the", with a country in front or none, that stands for nobody yet: "the minister", "the Chilean minister". */
static bool stands_bare(const an_scene *s, const an_mention_at *m) {
  if (m->m.kind != AN_MENTION_ROLE || m->entity != AN_NONE || m->m.who.name.at != NULL || (m->flags & (AN_MENTION_PLURAL | AN_MENTION_FORMER)) != 0) return false;
  bool the = an_token_is(s, m->first, "the") || (m->first > 0 && an_phrase_same_sentence(s, m->first - 1, m->first) && an_token_is(s, m->first - 1, "the"));
  return the && s->words->tokens[m->end - 1].upos == AN_NOUN && m->end - m->first <= 3 && !an_token_is(s, m->end, ",");
}

static void stand_for_styled(an_scene *s, uint32_t role, const styled *by, uint32_t count) {
  enum { LOOK_BACK = 64 };
  an_mention_at *m = &s->out->list.at[role];
  uint64_t lemma = s->words->tokens[m->end - 1].lemma_fold;
  bool stated = m->m.who.country.at != NULL && (m->flags & AN_MENTION_INFERRED) == 0;
  for (uint32_t i = role; i-- > 0 && role - i <= LOOK_BACK;) {
    const an_mention_at *name = &s->out->list.at[i];
    if (!is_unknown_person(name) || (stated && name->m.who.country.at != NULL && !an_text_equal(name->m.who.country, m->m.who.country))) continue;
    bool fits = false;
    for (uint32_t k = 0; k < count && !fits; k++) fits = by[k].chain == name->chain && by[k].end <= m->first && styles(s, &by[k], lemma);
    if (!fits) continue;
    m->chain = name->chain;
    m->gender = name->gender;
    m->flags |= name->flags & AN_MENTION_PUBLIC;
    m->m.who.name = name->m.who.name;
    if (!stated) m->m.who.country = name->m.who.country;
    if (m->m.who.sector.at == NULL) m->m.who.sector = name->m.who.sector;
    m->flags &= (uint16_t)~AN_MENTION_INFERRED;
    m->m.why = an_arena_printf(s->arena, "%.*s; presented so on this page", (int)m->m.why.size, m->m.why.at); /* no name: it may be private */
    return;
  }
}

static void styled_roles(an_scene *s) {
  styled by[MOST_PRESENTED];
  uint32_t count = 0;
  for (uint32_t i = 0; i < s->out->list.count; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    if (stands_bare(s, m)) {
      stand_for_styled(s, i, by, count);
      continue;
    }
    uint32_t name_first = m->first;
    while (name_first < m->end && s->words->tokens[name_first].at.begin < m->name_span.begin) name_first++;
    bool titled = is_unknown_person(m) && name_first > m->first, apposed = m->m.kind == AN_MENTION_ROLE && m->entity == AN_NONE && m->m.who.name.at != NULL;
    if ((titled || apposed) && count < MOST_PRESENTED) by[count++] = (styled){m->chain, m->first, titled ? name_first : m->end};
  }
}

/* ---- "Energy Secretary Ana Bel", and nobody says of where ------------------------------------------------- */

/* "Spain objects. Energy Secretary Ana Bel wrote that": the one country that acts in the paragraph before her. */
static an_text acting_before(const an_scene *s, uint32_t mention) {
  enum { LOOK_BACK = 32 };
  an_text found = an_phrase_none();
  uint32_t block = s->words->sentences[s->words->tokens[s->out->list.at[mention].first].sentence].block;
  for (uint32_t i = mention; i-- > 0 && mention - i <= LOOK_BACK;) {
    const an_mention_at *m = &s->out->list.at[i];
    uint32_t sentence = s->words->tokens[m->first].sentence;
    if (s->words->sentences[sentence].block != block) break;
    bool acts = m->m.kind == AN_MENTION_COUNTRY && s->words->tokens[m->head].rel == AN_NSUBJ && !an_phrase_same_sentence(s, m->first, s->out->list.at[mention].first);
    if (!acts || m->m.who.country.at == NULL) continue;
    if (found.at != NULL && !an_text_equal(found, m->m.who.country)) return an_phrase_none();
    found = m->m.who.country;
  }
  return found;
}

/* "In Moscow, Foreign Ministry spokeswoman Ana Bel said": the one country in which the sentence is. */
static an_text country_of_sentence(const an_scene *s, uint32_t mention) {
  an_text found = an_phrase_none();
  for (uint32_t i = mention; i-- > 0 && an_phrase_same_sentence(s, s->out->list.at[i].first, s->out->list.at[mention].first);) {
    const an_mention_at *m = &s->out->list.at[i];
    an_text country = m->m.who.country.at != NULL ? m->m.who.country : m->place.country;
    if ((m->flags & AN_MENTION_LOCATIVE) == 0 || country.at == NULL || an_phrase_is_disputed(s, m)) continue;
    if (found.at != NULL && !an_text_equal(found, country)) return an_phrase_none();
    found = country;
  }
  return found;
}

static an_text home_of(const an_scene *s) { return s->home_share >= INFER_SHARE ? s->home : an_phrase_dateline_country(s); }

/* Then the country that the whole page is about or comes from, as for a role that stands bare. */
static void officials_of_nowhere(an_scene *s) {
  uint32_t asked = 0;
  an_text home = home_of(s);
  for (uint32_t i = 0; i < s->out->list.count && asked < MOST_PRESENTED; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    bool nowhere = is_unknown_person(m) && m->m.who.country.at == NULL && m->m.who.group.at == NULL && (m->flags & AN_MENTION_FORMER) == 0;
    if (!nowhere || m->m.who.sector.at == NULL || !an_phrase_is_of_state(m->m.who.sector)) continue;
    asked++;
    uint32_t role_end = m->first;
    while (role_end + 1 < m->end && s->words->tokens[role_end + 1].at.begin < m->name_span.begin) role_end++;
    if (an_part_is(s, role_end, "abroad", NULL)) continue; /* "Ambassador Ana Bel": hardly of where she is */
    bool titled = s->words->tokens[m->first].at.begin < m->name_span.begin; /* "Spain objects. Bel replied": hardly of Spain */
    an_text country = titled ? country_of_sentence(s, i) : an_phrase_none();
    if (country.size == 0 && titled) country = acting_before(s, i);
    if (country.size == 0) country = home;
    if (country.size > 0) an_present(s, i, &(an_said){.country = country, .order = true, .how = "where one country acts"});
  }
}

/* ---- What one mention of a name says holds for all ---------------------------------------------------------- */

typedef struct facts { an_text country, sector; bool is_public; } facts;

static bool shares(const an_mention_at *m) {
  return m->entity == AN_NONE && m->member_count == 0 && m->m.who.name.at != NULL && (m->m.kind == AN_MENTION_PERSON || m->m.kind == AN_MENTION_ROLE || m->m.kind == AN_MENTION_ORGANISATION);
}

static void learn(const an_mention_at *m, facts *f) {
  bool stated = (m->flags & AN_MENTION_INFERRED) == 0;
  if (m->m.who.country.at != NULL && stated && f->country.at == NULL) f->country = m->m.who.country;
  if (m->m.who.sector.at != NULL && f->sector.at == NULL && (m->flags & AN_MENTION_FORMER) == 0) f->sector = m->m.who.sector;
  f->is_public |= (m->flags & AN_MENTION_PUBLIC) != 0;
}

/* A headline names her alone, and the text below says what she is. */
static void spread(an_scene *s) {
  facts *all = AN_NEW(s->arena, facts, (size_t)s->chain_count + 1);
  if (all == NULL) {
    s->short_of = true;
    return;
  }
  for (uint32_t i = 0; i < s->out->list.count; i++)
    if (shares(&s->out->list.at[i])) learn(&s->out->list.at[i], &all[s->out->list.at[i].chain]);
  for (uint32_t i = 0; i < s->out->list.count; i++) {
    an_mention_at *m = &s->out->list.at[i];
    const facts *f = &all[m->chain];
    if (!shares(m)) continue;
    bool group = m->m.who.group.at != NULL;
    present_one(s, m, &(an_said){.country = group ? an_phrase_none() : f->country, .sector = (m->flags & AN_MENTION_FORMER) != 0 ? an_phrase_none() : f->sector,
                                 .is_public = f->is_public && m->m.kind != AN_MENTION_ORGANISATION, .how = "elsewhere on this page"});
  }
}

void an_introduce(an_scene *s) {
  uint32_t presented = 0;
  for (uint32_t i = 0; i < s->out->list.count && presented < MOST_PRESENTED; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    bool plural = (m->flags & AN_MENTION_PLURAL) != 0 && (m->m.kind == AN_MENTION_GROUP || m->m.kind == AN_MENTION_ROLE);
    bool mate = m->m.kind == AN_MENTION_ROLE && an_word_cue(s, m->end - 1, AN_CUE_COUNTERPART);
    if (!plural && !mate) continue;
    presented++;
    if (mate) counterpart(s, i);
    else list_behind(s, i);
  }
  an_parts(s);
  an_voices(s, home_of(s));
  an_public(s);
  spread(s);
  styled_roles(s);
  officials_of_nowhere(s);
  an_nations(s);
}
