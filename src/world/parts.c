/* SPDX-License-Identifier: Apache-2.0 */
/* Who has a part in public life by what the page alone says: candidates, leaders of parties and unions, those who speak for a body.

     Bel quits race   …   [Ana Bel]                             a family name in front of the name in full
     the opposition [Harvest Movement]                          a party of the page's country
     The [HM] objected. Its [general secretary], [Ana Bel],     who heads a body is of its sector and country
     [Ana Bel], a lawyer who leads the [Harvest Movement],      so too
     [Pastor Ole Dam] withdrew from the presidential race       who stands for an office
     [Vice-President Ana Bel] warned                            firms have them too: on a page of one country's politics its own

   Once over the mentions, in reading order. Its words are those of data/lexicon/parts.tsv. */
#include "world/phrases.h"

#include <string.h>

enum { MOST_PARTS = 256, SENTENCES_BACK = 2 };

static bool is_unknown_person(const an_mention_at *m) { return m->m.kind == AN_MENTION_PERSON && m->entity == AN_NONE; }
static bool is_unknown_body(const an_mention_at *m) { return m->m.kind == AN_MENTION_ORGANISATION && m->entity == AN_NONE; }
static bool is_private(const an_mention_at *m) { return is_unknown_person(m) && (m->flags & AN_MENTION_PUBLIC) == 0; }

bool an_part_is(const an_scene *s, uint32_t token, const char *what, an_text *value) {
  if (s->parts == NULL || token >= s->words->token_count) return false;
  for (int pass = 0; pass < 2; pass++) {
    an_rows rows = an_table_find_key(s->parts, pass == 0 ? s->words->tokens[token].fold : s->words->tokens[token].lemma_fold);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
      if (!an_text_is(an_table_cell(s->parts, row, an_table_column(s->parts, "is")), what)) continue;
      if (value != NULL) *value = an_table_cell(s->parts, row, an_table_column(s->parts, "value"));
      return true;
    }
  }
  return false;
}

uint32_t an_part_words(const an_scene *s, uint32_t token, const char *what) {
  an_rows rows = s->parts == NULL || token >= s->words->token_count ? (an_rows){0, 0} : an_table_find(s->parts, s->words->tokens[token].fold);
  for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
    uint32_t end = an_key_end(s->words, token, s->words->token_count, an_table_cell(s->parts, row, 0));
    if (end != AN_NONE && an_text_is(an_table_cell(s->parts, row, an_table_column(s->parts, "is")), what)) return end;
  }
  return token;
}

/* ---- A family name before the name in full ------------------------------------------------------------------- */

static an_text last_word(an_text name) {
  uint32_t begin = name.size;
  while (begin > 0 && name.at[begin - 1] != ' ') begin--;
  return an_text_slice(name, begin, name.size);
}

static void join_family_names(an_scene *s) {
  const uint32_t SEVERAL = AN_NONE - 1;
  an_map full = {0};
  for (uint32_t i = 0; i < s->out->list.count; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    an_text last = last_word(m->m.who.name);
    if (!is_unknown_person(m) || last.size == m->m.who.name.size) continue;
    uint32_t *at = an_map_put(s->arena, &full, an_fold_hash(last), i);
    if (at == NULL) {
      s->short_of = true;
      return;
    }
    if (*at != (uint32_t)SEVERAL && s->out->list.at[*at].chain != m->chain) *at = SEVERAL;
  }
  for (uint32_t i = 0; i < s->out->list.count; i++) {
    an_mention_at *m = &s->out->list.at[i];
    if (!is_unknown_person(m) || last_word(m->m.who.name).size != m->m.who.name.size) continue;
    uint32_t at = an_map_get(&full, an_fold_hash(m->m.who.name), AN_NONE);
    if (at == AN_NONE || at == (uint32_t)SEVERAL || at < i || s->out->list.at[at].chain == m->chain) continue;
    const an_mention_at *named = &s->out->list.at[at];
    m->chain = named->chain;
    m->m.who.name = named->m.who.name;
    if (m->gender == AN_GENDER_UNKNOWN) m->gender = named->gender;
    m->m.why = an_arena_printf(s->arena, "%.*s; named in full further down", (int)m->m.why.size, m->m.why.at);
  }
}

/* ---- Bodies ------------------------------------------------------------------------------------------------------ */

static void tell_body(an_scene *s, uint32_t body, an_text sector, an_text country, const char *how) {
  uint32_t chain = s->out->list.at[body].chain;
  for (uint32_t i = 0; i < s->out->list.count; i++) {
    an_mention_at *m = &s->out->list.at[i];
    if (m->chain != chain || !is_unknown_body(m)) continue;
    if (sector.size > 0) m->m.who.sector = sector;
    if (m->m.who.country.at == NULL && country.size > 0) {
      m->m.who.country = country;
      m->flags |= AN_MENTION_INFERRED;
    }
    m->m.why = an_arena_printf(s->arena, "%.*s; %s", (int)m->m.why.size, m->m.why.at, how);
  }
}

/* "the opposition Harvest Movement", "the Harvest Movement (HM), the largest opposition party,": the sector that the page gives. */
static bool side_of(const an_scene *s, uint32_t body, an_text *sector) {
  const an_mention_at *m = &s->out->list.at[body];
  if (m->first > 0 && an_phrase_same_sentence(s, m->first - 1, m->first) && an_part_is(s, m->first - 1, "side", sector)) return true;
  if (m->m.who.sector.at == NULL && m->end > m->first + 1 && an_part_is(s, m->end - 1, "kind", sector)) return true;
  uint32_t at = m->end;
  if (an_token_is(s, at, "(") && an_token_is(s, at + 2, ")")) at += 3;
  if (!an_phrase_same_sentence(s, m->first, at + 1) || !an_token_is(s, at, ",")) return false;
  for (uint32_t i = body + 1; i < s->out->list.count && i <= body + 2; i++) {
    const an_mention_at *next = &s->out->list.at[i];
    bool behind = is_unknown_body(next) && next->m.who.name.at == NULL && next->first > at && next->first <= at + 4 && next->m.who.sector.at != NULL;
    if (!behind || !(an_text_is(next->m.who.sector, "OPP") || an_text_is(next->m.who.sector, "PTY"))) continue;
    *sector = next->m.who.sector;
    return true;
  }
  return false;
}

static void bodies(an_scene *s, an_text home) {
  uint32_t told = 0;
  for (uint32_t i = 0; i < s->out->list.count && told < MOST_PARTS; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    an_text sector;
    if (!is_unknown_body(m) || m->m.who.name.at == NULL || !side_of(s, i, &sector)) continue;
    told++;
    tell_body(s, i, sector, home, "of that sector by its own words or those beside it");
  }
}

/* ---- Who heads a body ---------------------------------------------------------------------------------------------- */

static bool is_owner(const an_mention_at *m) { return m->m.kind == AN_MENTION_ORGANISATION && (m->m.who.name.at != NULL || m->m.who.sector.at != NULL); }

/* "The HM objected. Its general secretary": the body that is spoken of, before others the one that acts. */
static uint32_t body_before(const an_scene *s, uint32_t role) {
  uint32_t sentence = s->words->tokens[s->out->list.at[role].first].sentence, block = s->words->sentences[sentence].block, found = AN_NONE;
  for (uint32_t i = role; i-- > 0;) {
    const an_mention_at *m = &s->out->list.at[i];
    uint32_t its = s->words->tokens[m->first].sentence;
    if (its + SENTENCES_BACK < sentence || s->words->sentences[its].block != block) break;
    if (found != AN_NONE && its != s->words->tokens[s->out->list.at[found].first].sentence) break;
    if (!is_owner(m)) continue;
    uint8_t rel = s->words->tokens[m->head].rel;
    if (rel == AN_NSUBJ || rel == AN_NSUBJ_PASS) return i;
    if (found == AN_NONE) found = i;
  }
  return found;
}

/* The body that somebody's role is of: "the HM's", "its", "of the HM"; AN_NONE: the page says none. */
static uint32_t body_of(const an_scene *s, uint32_t role) {
  const an_mention_at *m = &s->out->list.at[role];
  bool before = m->first > 0 && an_phrase_same_sentence(s, m->first - 1, m->first);
  if (before && s->words->tokens[m->first - 1].xpos == AN_X_PRPS) return body_before(s, role);
  bool genitive = before && an_phrase_is_genitive(s, m->first - 1), of = an_phrase_same_sentence(s, m->first, m->end) && (an_token_is(s, m->end, "of") || an_token_is(s, m->end, "at"));
  if (before && role > 0 && s->out->list.at[role - 1].end == m->first && is_owner(&s->out->list.at[role - 1])) return role - 1; /* "the HM chairman" */
  if (genitive && role > 0 && s->out->list.at[role - 1].end + 1 == m->first && is_owner(&s->out->list.at[role - 1])) return role - 1;
  if (genitive && m->first > 1 && an_word_cue(s, m->first - 2, AN_CUE_ORG_WORD)) return body_before(s, role); /* "the party's deputy leader" */
  for (uint32_t i = role + 1; of && i < s->out->list.count && i <= role + 2; i++)
    if (is_owner(&s->out->list.at[i]) && s->out->list.at[i].first <= m->end + 2 && s->out->list.at[i].first > m->end) return i;
  return AN_NONE;
}

/* "Harvest Party leader Ana Bel": the role that began with the body's own last word, and whose it is. */
static bool heads_by_name(const an_scene *s, uint32_t person, an_text *sector) {
  const an_mention_at *m = &s->out->list.at[person], *body = person > 0 ? m - 1 : NULL;
  if (body != NULL && is_owner(body) && body->end == m->first && an_phrase_same_sentence(s, body->first, m->first)) { /* "HM chairwoman Ana Bel" */
    uint32_t role_end = m->first;
    while (role_end + 1 < m->end && s->words->tokens[role_end + 1].at.begin < m->name_span.begin) role_end++;
    *sector = m->m.who.sector;
    return s->words->tokens[m->first].at.begin < m->name_span.begin && an_part_is(s, role_end, "head", NULL);
  }
  if (body == NULL || !is_owner(body) || body->end >= m->first || !an_phrase_same_sentence(s, body->first, m->first) || s->item_of[m->first - 1] == AN_NONE) return false;
  const an_item *item = &s->items[s->item_of[m->first - 1]];
  if (item->role_kind != AN_ROLE_PERSON || item->end != m->first || item->first >= body->end) return false;
  *sector = an_entity_at(s->world, an_posting_at(s->world, item->by_kind[AN_FORM_ROLE]).entity).sector;
  return true;
}

/* "Ana Bel of the Harvest Party": of a party's people. */
static uint32_t party_behind(const an_scene *s, uint32_t person) {
  const an_mention_at *m = &s->out->list.at[person], *next = m + 1;
  if (person + 1 >= s->out->list.count || next->m.kind != AN_MENTION_ORGANISATION || !an_token_is(s, m->end, "of") || next->first > m->end + 3) return AN_NONE;
  if (next->m.who.sector.at == NULL || !(an_text_is(next->m.who.sector, "PTY") || an_text_is(next->m.who.sector, "OPP"))) return AN_NONE;
  return an_phrase_same_sentence(s, m->first, next->first) ? person + 1 : AN_NONE;
}

/* What the head of a body is told as: "leader" says government where nothing else is said. */
static an_text sector_at_head(an_text role, an_text body) {
  if (body.size == 0) return role;
  return role.size == 0 || (an_text_is(role, "GOV") && !an_phrase_is_of_office(body)) ? body : role;
}

static void heads_body(an_scene *s, uint32_t person, uint32_t body, an_text role_sector, an_text home) {
  const an_mention_at *b = &s->out->list.at[body];
  bool party = an_text_is(role_sector, "PTY") && is_unknown_body(b) && b->m.who.name.at != NULL && (b->m.who.sector.at == NULL || an_text_is(b->m.who.sector, "LEG"));
  if (party) tell_body(s, body, role_sector, home, "it has a candidate or the like");
  an_text sector = sector_at_head(role_sector, b->m.who.sector);
  bool is_public = an_phrase_is_of_public_life(sector) || an_phrase_is_of_public_life(b->m.who.sector), stated = b->m.who.country.at != NULL;
  an_text country = stated ? b->m.who.country : is_public ? home : an_phrase_none();
  uint32_t chain = s->out->list.at[person].chain;
  for (uint32_t i = 0; i < s->out->list.count; i++) { /* "leader" alone was taken for a government's */
    an_mention_at *m = &s->out->list.at[i];
    if (m->chain == chain && m->entity == AN_NONE && sector.size > 0 && an_text_is(m->m.who.sector, "GOV")) m->m.who.sector = sector;
  }
  an_present(s, person, &(an_said){.country = country, .sector = sector, .is_public = is_public, .order = !stated, .how = "at the head of a body"});
}

/* "the head of the Customs Service, Ana Bel, wrote": the name is closed off behind the body. */
static uint32_t name_behind_body(an_scene *s, uint32_t role, uint32_t body) {
  const an_mention_at *b = &s->out->list.at[body];
  if (body < role || !an_token_is(s, b->end, ",") || body + 1 >= s->out->list.count) return AN_NONE;
  const an_mention_at *m = &s->out->list.at[body + 1];
  if (m->first != b->end + 1 || !is_unknown_person(m) || !an_phrase_same_sentence(s, b->first, m->first)) return AN_NONE;
  bool closed = !an_phrase_same_sentence(s, m->end - 1, m->end) || an_token_is(s, m->end, ",") || an_token_is(s, m->end, ".");
  if (!closed) return AN_NONE;
  an_mention_at *r = &s->out->list.at[role];
  r->chain = m->chain;
  r->m.who.name = m->m.who.name;
  return body + 1;
}

static uint32_t name_beside(const an_scene *s, uint32_t role) {
  uint32_t chain = s->out->list.at[role].chain;
  for (uint32_t i = role + 1; i < s->out->list.count && i <= role + 4; i++)
    if (s->out->list.at[i].chain == chain && is_unknown_person(&s->out->list.at[i])) return i;
  for (uint32_t i = role; i-- > 0 && i + 4 >= role;)
    if (s->out->list.at[i].chain == chain && is_unknown_person(&s->out->list.at[i])) return i;
  return AN_NONE;
}

/* "leads the dockers' union", and no bakery: what many have joined or elected. */
static bool is_of_many(const an_scene *s, uint32_t first, uint32_t end) {
  for (uint32_t t = first; t < end && an_phrase_same_sentence(s, first, t) && !an_token_is(s, t, ","); t++)
    if (an_part_is(s, t, "many", NULL)) return true;
  return false;
}

/* "…, a former deputy governor who leads the Harvest Movement": the body, AN_NONE where none is named, and whether it is of many; false: no leader. */
static bool leads(const an_scene *s, uint32_t person, uint32_t *body, bool *many) {
  enum { FAR = 24, NEAR = 6 };
  const an_mention_at *m = &s->out->list.at[person];
  if (!an_token_is(s, m->end, ",")) return false;
  uint32_t next = person + 1;
  for (uint32_t t = m->end + 1; t < m->end + FAR && an_phrase_same_sentence(s, m->first, t + 1); t++) {
    while (next < s->out->list.count && s->out->list.at[next].first < t) next++;
    if (next < s->out->list.count && s->out->list.at[next].first == t && s->out->list.at[next].m.kind == AN_MENTION_PERSON) return false;
    if (!an_token_is(s, t, "who") || !an_word_cue(s, t + 1, AN_CUE_LEADING)) continue;
    *body = AN_NONE;
    for (; next < s->out->list.count && s->out->list.at[next].first <= t + NEAR; next++)
      if (is_owner(&s->out->list.at[next]) && s->out->list.at[next].first > t) {
        *body = next;
        break;
      }
    *many = is_of_many(s, t + 2, t + 2 + NEAR);
    return t == m->end + 1 || *body != AN_NONE;
  }
  return false;
}

/* ---- Who stands for an office ----------------------------------------------------------------------------------------- */

/* "the presidential race", "a contest for governor", but not "the spelling contest". */
static bool is_for_office(const an_scene *s, uint32_t contest, an_text value) {
  enum { BESIDE = 3 };
  if (!an_text_is(value, "asked")) return true;
  for (uint32_t t = contest < BESIDE ? 0 : contest - BESIDE; t <= contest + BESIDE; t++)
    if (an_phrase_same_sentence(s, contest, t) && an_part_is(s, t, "office", NULL)) return true;
  return false;
}

/* "withdrew from the presidential race": the contest hangs on what he does. */
static bool stands(const an_scene *s, const an_mention_at *m) {
  enum { FAR = 10 };
  const an_token *head = &s->words->tokens[m->head];
  uint32_t verb = head->head;
  an_text value;
  if (head->rel != AN_NSUBJ || verb == AN_NONE || !an_part_is(s, verb, "stand", NULL)) return false;
  for (uint32_t t = verb + 1; t < verb + FAR && an_phrase_same_sentence(s, verb, t); t++)
    if (an_part_is(s, t, "contest", &value) && is_for_office(s, t, value) && (s->words->tokens[t].head == verb || s->words->tokens[t].rel == AN_NMOD)) return true;
  return false;
}

/* How much of the page is of politics: roles and bodies of government, parliament and parties. */
static uint32_t politics(const an_scene *s) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < s->out->list.count; i++) {
    an_text sector = s->out->list.at[i].m.who.sector;
    count += sector.at != NULL && s->out->list.at[i].m.kind != AN_MENTION_COUNTRY && (an_phrase_is_of_office(sector) || an_text_is(sector, "PTY") || an_text_is(sector, "OPP"));
  }
  return count;
}

/* "Vice-President Ana Bel warned": in capitals, of no firm that the words name. */
static bool has_state_title(const an_scene *s, const an_mention_at *m, an_text *sector) {
  an_role r;
  if (m->m.who.country.at != NULL || m->m.who.group.at != NULL || (m->flags & AN_MENTION_FORMER) != 0 || s->words->tokens[m->first].shape != AN_SHAPE_CAPITAL) return false;
  if (!an_phrase_role_after(s, m->first, 0, &r) || !r.also_private || r.former || r.end >= m->end) return false;
  if (m->first > 0 && an_phrase_same_sentence(s, m->first - 1, m->first) && (s->words->tokens[m->first - 1].upos == AN_PROPN || s->words->tokens[m->first - 1].rel == AN_COMPOUND)) return false;
  *sector = r.sector;
  return !(an_phrase_same_sentence(s, m->first, m->end) && (an_token_is(s, m->end, "of") || an_token_is(s, m->end, "at")));
}

void an_parts(an_scene *s) {
  enum { SOME_POLITICS = 3 };
  an_text home = s->home_share >= INFER_SHARE ? s->home : an_phrase_dateline_country(s), sector;
  uint32_t told = 0, body, of_politics = politics(s);
  bool many;
  if (s->parts == NULL) return;
  join_family_names(s);
  bodies(s, home);
  for (uint32_t i = 0; i < s->out->list.count && told < MOST_PARTS; i++) {
    const an_mention_at m = s->out->list.at[i];
    bool role = m.m.kind == AN_MENTION_ROLE && m.entity == AN_NONE && (m.flags & (AN_MENTION_FORMER | AN_MENTION_PLURAL)) == 0;
    if (role && (an_part_is(s, m.end - 1, "head", NULL) || an_text_is(m.m.who.sector, "PTY"))) {
      body = body_of(s, i);
      uint32_t person = body == AN_NONE ? AN_NONE : m.m.who.name.at != NULL ? name_beside(s, i) : name_behind_body(s, i, body);
      if (person == AN_NONE) continue;
      told++;
      heads_body(s, person, body, m.m.who.sector, home);
    } else if (is_unknown_person(&m) && (is_private(&m) || m.m.who.sector.at == NULL) && heads_by_name(s, i, &sector)) {
      told++;
      heads_body(s, i, i - 1, sector, home);
    } else if (is_private(&m) && (body = party_behind(s, i)) != AN_NONE) {
      told++;
      heads_body(s, i, body, s->out->list.at[body].m.who.sector, home);
    } else if (is_private(&m) && leads(s, i, &body, &many)) {
      told++;
      if (body != AN_NONE) heads_body(s, i, body, m.m.who.sector, home);
      if (many) an_present(s, i, &(an_said){.is_public = true, .how = "at the head of something"});
    } else if (is_private(&m) && of_politics >= SOME_POLITICS && stands(s, &m)) {
      told++;
      an_present(s, i, &(an_said){.country = home, .is_public = true, .order = true, .how = "as standing for an office"});
    } else if (is_unknown_person(&m) && home.size > 0 && of_politics >= SOME_POLITICS && has_state_title(s, &m, &sector)) {
      told++;
      an_present(s, i, &(an_said){.country = home, .sector = sector, .is_public = true, .order = true, .how = "by a title, where one country acts"});
    }
  }
}
