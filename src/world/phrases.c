/* SPDX-License-Identifier: Apache-2.0 */
/* Phrases: countries, roles and names that stand together are one mention.

     [Iranian] [Foreign Minister] [Mohammad Javad Zarif]     one person of IRN, GOV, with the office
     [Russia's] [military]    [Taliban] [fighters]           an organisation of RUS, MIL; a group of AFG, REB
     [Iranian] and [Russian] [officials]                     a group whose members are two groups
     [the president of] [Iran]                               a role; the holder on the page's day
     in [Moscow]    [Moscow] said    [Iran] nuclear deal     a place; a government; a word that says which

   The walk goes once over the tokens, left to right; each phrase is read from its first word. */
#include "world/phrases.h"

/* ---- Names and what stands around them -------------------------------------------------------------------------------- */

/* Where "the first deputy prime minister", "a senior trade official" begin, of which a file may hold but the last words. */
static uint32_t article_before(const an_scene *s, uint32_t first, bool former) {
  enum { MOST_WORDS = 4 };
  uint32_t at = first, most = former ? 0 : MOST_WORDS; /* "a former judge who leads the party" is no judge */
  for (uint32_t back = 0; at > 1 && back <= most && an_phrase_same_sentence(s, at - 1, first); back++, at--) {
    uint8_t upos = s->words->tokens[at - 1].upos;
    if (upos == AN_DET) return at - 1;
    if (an_word_cue(s, at - 1, AN_CUE_FORMER)) return first;
    if (upos != AN_ADJ && upos != AN_NOUN && upos != AN_PROPN && !an_token_is(s, at - 1, "-")) break;
  }
  return first;
}

/* "Thieves robbed Ana Bel, a police spokesman said": whom they robbed is no spokesman. */
bool an_phrase_acts(const an_scene *s, uint32_t noun) {
  const an_token *t = &s->words->tokens[noun];
  if ((t->rel == AN_NSUBJ || t->rel == AN_NSUBJ_PASS) && t->head != AN_NONE && t->head > noun) return true;
  if (!an_phrase_is_nominal(s, noun) || !an_phrase_same_sentence(s, noun, noun + 1)) return false;
  uint8_t xpos = t[1].xpos;
  return xpos == AN_X_VBD || xpos == AN_X_VBZ || xpos == AN_X_VBP || xpos == AN_X_MD;
}

/* "Sergei Ryabkov, Russia's deputy foreign minister": the name before the comma is whom the phrase speaks of. */
static void appose(an_scene *s, uint32_t mention, uint32_t first, const an_role *r) {
  if (mention == AN_NONE || mention == 0 || first < 2) return;
  if (an_phrase_same_sentence(s, first, r->end) && an_phrase_is_genitive(s, r->end)) return; /* "Ana Bel, the minister's wife" */
  if (an_phrase_acts(s, r->end - 1)) return;
  uint32_t comma = article_before(s, first, r->former) - 1;
  if (!an_token_is(s, comma, ",")) return;
  an_mention_at *m = &s->out->list.at[mention];
  for (uint32_t i = mention; i-- > 0 && mention - i <= 3;) {
    an_mention_at *name = &s->out->list.at[i];
    if (name->m.kind != AN_MENTION_PERSON || name->end != comma) continue;
    if (name->m.who.country.at == NULL) name->m.who.country = m->m.who.country;
    if (name->m.who.sector.at == NULL) name->m.who.sector = m->m.who.sector;
    bool office = r->offices.size > 0 && !r->also_private && !r->former;
    if (name->entity == AN_NONE && (office || (m->m.who.sector.at != NULL && an_phrase_is_of_office(m->m.who.sector) && !an_part_is(s, r->end - 1, "employee", NULL)))) {
      name->flags |= AN_MENTION_PUBLIC;
      name->m.who.is_private = false;
    }
    if (m->entity != AN_NONE && m->entity != name->entity && name->entity != AN_NONE) return;
    an_known *known = an_known_named(s, s->words->tokens[name->end - 1].fold);
    if (known != NULL && known->person == AN_NONE) {
      known->country = name->m.who.country.at != NULL ? name->m.who.country : known->country;
      known->sector = name->m.who.sector.at != NULL ? name->m.who.sector : known->sector;
      known->is_public |= (name->flags & AN_MENTION_PUBLIC) != 0;
    }
    m->chain = name->chain;
    if (m->entity == AN_NONE) {
      m->entity = name->entity;
      m->m.who.entity = name->m.who.entity;
      m->m.who.name = name->m.who.name;
      m->flags |= name->flags & AN_MENTION_PUBLIC;
      m->gender = name->gender;
    }
    return;
  }
}

/* Behind a plural: "of Iran, Russia and the Republic of Azerbaijan". */
static void more_behind(const an_scene *s, an_holding *h) {
  while (h->count < MOST_HOLDERS && an_phrase_same_sentence(s, h->first, h->end + 1)) {
    uint32_t at = h->end;
    if (an_token_is(s, at, ",")) at++;
    if (an_token_is(s, at, "and")) at++;
    if (at == h->end) return;
    if (an_token_is(s, at, "the")) at++;
    an_holding next;
    if (at >= s->words->token_count || !an_phrase_same_sentence(s, h->first, at) || !an_phrase_holder_at(s, at, &next) || next.count != 1 || next.org != AN_NONE ||
        next.genitive || next.form == AN_FORM_ADJ)
      return;
    an_role r;
    if (an_phrase_role_after(s, next.end, 1, &r)) return;
    h->country[h->count] = next.country[0];
    h->item[h->count++] = next.item[0];
    h->end = next.end;
  }
}

/* Behind a role: "of Iran", "of the Islamic Republic". */
static bool holder_behind(const an_scene *s, uint32_t end, an_holding *h) {
  if (!an_phrase_same_sentence(s, end - 1, end) || !(an_token_is(s, end, "of") || an_token_is(s, end, "for"))) return false;
  uint32_t at = end + 1;
  if (an_token_is(s, at, "the")) at++;
  if (at >= s->words->token_count || !an_phrase_same_sentence(s, end, at) || !an_phrase_holder_at(s, at, h)) return false;
  if (h->count != 1 || h->genitive || h->form == AN_FORM_ADJ || h->form == AN_FORM_NOUN_PL) return false;
  /* "the leader of Iranian students", "of Kenya Dock Workers' Union": the country says which students; the name goes on. */
  an_role r;
  an_body body;
  if (an_body_at(s, at, &body) && body.end > h->end && body.head != AN_NONE && h->form != AN_FORM_METONYM) return false;
  return !an_phrase_role_after(s, h->end, 1, &r);
}

/* "Imam Khomeini airport": what is called after somebody. */
static bool names_a_site(const an_scene *s, const an_name *n, an_body *body) {
  return an_body_at(s, n->first, body) && body->site && body->end > n->end;
}

/* "The Minister of Mines and Water, Ada Holt,", "the ambassador to Chile, Ada Holt,": where the words of a portfolio that no file has end; `end`: there are none. */
static uint32_t portfolio_end(const an_scene *s, uint32_t end) {
  enum { MOST_WORDS = 6 };
  if (!an_phrase_same_sentence(s, end - 1, end)) return end;
  bool abroad = s->words->tokens[end].upos == AN_ADP && an_part_is(s, end - 1, "abroad", NULL); /* "the mayor with the hat, Ada Holt said" */
  if (!abroad && !an_token_is(s, end, "of") && !an_token_is(s, end, "for")) return end;
  uint32_t at = end + 1;
  for (; at <= end + MOST_WORDS && an_phrase_same_sentence(s, end, at); at++) {
    uint8_t upos = s->words->tokens[at].upos;
    if (upos != AN_NOUN && upos != AN_PROPN && upos != AN_ADJ && upos != AN_CCONJ && upos != AN_DET) break;
  }
  return an_phrase_same_sentence(s, end, at) && an_token_is(s, at, ",") ? at : end;
}

/* "Minister of Mines and Water Ada Holt said": the name behind the words of a portfolio; AN_NONE: there is none. */
static uint32_t name_behind_portfolio(const an_scene *s, uint32_t end) {
  enum { MOST_WORDS = 6 };
  if (!an_phrase_same_sentence(s, end - 1, end) || !(an_token_is(s, end, "of") || an_token_is(s, end, "for"))) return AN_NONE;
  for (uint32_t at = end + 1; at <= end + MOST_WORDS && an_phrase_same_sentence(s, end, at); at++) {
    const an_named *named = an_scene_named(s, at);
    if (at > end + 1 && named != NULL && named->kind == AN_MENTION_PERSON && named->end > named->first + 1) return at;
    uint8_t upos = s->words->tokens[at].upos;
    if (upos != AN_NOUN && upos != AN_PROPN && upos != AN_ADJ && upos != AN_CCONJ && upos != AN_DET && !an_token_is(s, at, "&")) break;
  }
  return AN_NONE;
}

/* "the Minister of Mines and Water of Chile": whose, behind the words of a portfolio. */
static bool holder_behind_portfolio(const an_scene *s, uint32_t end, an_holding *h) {
  enum { MOST_WORDS = 6 };
  if (!an_phrase_same_sentence(s, end - 1, end) || !(an_token_is(s, end, "of") || an_token_is(s, end, "for"))) return false;
  for (uint32_t at = end + 2; at <= end + MOST_WORDS && an_phrase_same_sentence(s, end, at); at++) {
    if (an_token_is(s, at, "of")) return holder_behind(s, at, h);
    uint8_t upos = s->words->tokens[at].upos;
    if (upos != AN_NOUN && upos != AN_PROPN && upos != AN_ADJ && upos != AN_CCONJ) return false;
  }
  return false;
}

/* A name behind a comma ends its clause or is closed off: "…, Ada Holt, said", "… met his counterpart, Ada Holt." */
static bool closed_off(const an_scene *s, uint32_t end) {
  return !an_phrase_same_sentence(s, end - 1, end) || an_token_is(s, end, ",") || an_token_is(s, end, ".") || an_token_is(s, end, ";") || an_token_is(s, end, ")");
}

/* A role phrase from `first`; h may be empty. Returns the token behind all that it took. */
static uint32_t read_role(an_scene *s, uint32_t first, an_holding *h, an_role *r) {
  uint32_t end = r->end;
  an_holding behind;
  r->former |= an_phrase_former_before(s, first);
  bool one = r->kind == AN_ROLE_PERSON && !r->plural;
  uint32_t name_from = an_phrase_skip_titles(s, end);
  an_claim c;
  an_name n;
  an_phrase_claim_of(s, h, r, &c);
  if (one && an_phrase_same_sentence(s, first, name_from) && an_name_at(s, name_from, &c, &n)) {
    if (h->count == 0 && holder_behind(s, n.end, &behind)) { /* "President Hassan Rouhani of Iran" */
      an_phrase_claim_of(s, &behind, r, &c);
      an_name again;
      if (an_name_at(s, name_from, &c, &again)) n = again;
      h = &behind;
    }
    an_body body;
    if (h->count == 0 && names_a_site(s, &n, &body)) return an_body_emit(s, first, &body, AN_NONE);
    an_phrase_emit_person(s, first, &n, &c, r, name_from > end ? end : AN_NONE);
    return h == &behind ? behind.end : n.end;
  }
  bool of_office = one && (r->offices.size > 0 || an_phrase_is_of_office(r->sector));
  if (h->count == 0 && (holder_behind(s, end, &behind) || (of_office && holder_behind_portfolio(s, end, &behind)))) {
    *h = behind;
    if (r->plural && h->org == AN_NONE) more_behind(s, h);
    end = h->end;
    an_phrase_claim_of(s, h, r, &c);
    if (of_office && an_phrase_same_sentence(s, first, end) && an_name_at(s, an_phrase_skip_titles(s, end), &c, &n) && (n.person != AN_NONE || n.end > n.first + 1)) { /* "President of Iran Hassan Rouhani" */
      an_phrase_emit_person(s, first, &n, &c, r, AN_NONE);
      return n.end;
    }
  }
  uint32_t behind_portfolio = of_office && h->count == 0 ? name_behind_portfolio(s, end) : AN_NONE;
  if (behind_portfolio != AN_NONE && an_name_at(s, behind_portfolio, &c, &n)) {
    an_phrase_emit_person(s, first, &n, &c, r, AN_NONE);
    return n.end;
  }
  if (h->count > 1 && r->kind != AN_ROLE_PERSON) {
    an_phrase_emit_groups(s, first, end, h, r);
    return end;
  }
  /* "Iran's president, Hassan Rouhani,": a name behind the comma is the same person. */
  uint32_t mention = an_phrase_emit_role(s, first, end, h, r);
  appose(s, mention, first, r);
  bool held = (r->offices.size > 0 && !r->also_private) || an_phrase_is_of_office(r->sector); /* "The foreign minister, Ana Bel, said": nobody's, so the name must be closed off */
  bool owned = h->count > 0 || (first > 0 && an_phrase_same_sentence(s, first - 1, first) && s->words->tokens[first - 1].rel == AN_NMOD_POSS);
  uint32_t comma = held ? portfolio_end(s, end) : end;
  if (one && mention != AN_NONE && (owned || held) && an_token_is(s, comma, ",") && an_phrase_same_sentence(s, end, comma + 1) &&
      an_name_at(s, an_phrase_skip_titles(s, comma + 1), &c, &n) && (n.person != AN_NONE || (n.end > n.first + 1 && closed_off(s, n.end)))) {
    uint32_t name = an_phrase_emit_person(s, n.first, &n, &c, r, AN_NONE);
    if (name != AN_NONE) {
      an_mention_at *m = &s->out->list.at[mention];
      m->chain = s->out->list.at[name].chain;
      m->entity = n.person;
      m->m.who.entity = s->out->list.at[name].m.who.entity;
      m->m.who.name = s->out->list.at[name].m.who.name;
      m->flags |= s->out->list.at[name].flags & AN_MENTION_PUBLIC;
      m->m.who.office = s->out->list.at[name].m.who.office;
    }
    return n.end;
  }
  return end;
}

/* Where a name that nobody knows may be somebody's: not in menus and bylines. */
static bool is_saying_block(const an_scene *s, uint32_t token) {
  uint8_t kind = an_phrase_block_kind(s, token);
  return kind == AN_BLOCK_BODY || kind == AN_BLOCK_DECK || kind == AN_BLOCK_CAPTION || kind == AN_BLOCK_TITLE || kind == AN_BLOCK_SUBHEAD;
}

/* "Russia's president and prime minister": the second role is of the same country. */
static uint32_t country_before_and(const an_scene *s, uint32_t token) {
  if (token < 2 || s->out->list.count == 0 || !an_token_is(s, token - 1, "and")) return AN_NONE;
  const an_mention_at *m = &s->out->list.at[s->out->list.count - 1];
  if (m->end != token - 1 || m->m.kind != AN_MENTION_ROLE || m->m.who.country.at == NULL || (m->flags & AN_MENTION_INFERRED) != 0) return AN_NONE;
  return an_entity_by_id(s->world, m->m.who.country);
}

/* Reads the phrase that begins at `token`, if one does; returns the token behind it, or `token`. */
static uint32_t read_at(an_scene *s, uint32_t token) {
  const an_item *item = an_phrase_item(s, token);
  static const an_claim plain = {.org = AN_NONE};
  an_holding h;
  an_role r;
  an_name n;
  an_body body;
  uint32_t brief = an_short_emit(s, token);
  if (brief == token) brief = an_brief_emit(s, token);
  if (brief == token) brief = an_vessel_emit(s, token);
  if (brief > token) return brief;
  if (item != NULL && item->role_kind == AN_ROLE_TITLE) {
    an_claim c = {.org = AN_NONE, .titled = true, .former = an_phrase_former_before(s, token)};
    c.sector = an_entity_at(s->world, an_posting_at(s->world, item->by_kind[AN_FORM_ROLE]).entity).sector;
    uint32_t from = an_phrase_skip_titles(s, token);
    if (an_phrase_same_sentence(s, token, from) && an_name_at(s, from, &c, &n)) {
      if (names_a_site(s, &n, &body)) return an_body_emit(s, token, &body, AN_NONE);
      an_phrase_emit_person(s, token, &n, &c, NULL, token);
      return n.end;
    }
  }
  bool person = item != NULL && (item->by_kind[AN_FORM_FULL] != AN_NONE || item->by_kind[AN_FORM_SHORT] != AN_NONE || item->by_kind[AN_FORM_TRANSLIT] != AN_NONE);
  if (person && an_name_at(s, token, &plain, &n) && n.person != AN_NONE) {
    an_claim c = plain;
    c.former = an_phrase_former_before(s, token);
    an_phrase_emit_person(s, token, &n, &c, NULL, AN_NONE);
    return n.end;
  }
  const an_named *named = an_scene_named(s, token);
  bool wider = named != NULL && (item == NULL || named->end > item->end);
  bool site = wider && an_body_at(s, token, &body) && body.site && body.end > named->end;
  bool role_first = item != NULL && item->role_kind == AN_ROLE_PERSON && an_phrase_role_after(s, token, 0, &r); /* "President-elect Donald Trump" */
  if (wider && item != NULL && !role_first && an_phrase_holder_at(s, token, &h)) /* "UN Secretary-General Antonio Guterres" */
    role_first = an_phrase_same_sentence(s, token, h.end) && h.end < named->end && an_phrase_role_after(s, h.end, 2, &r) && r.kind == AN_ROLE_PERSON && r.end < named->end;
  if (wider && !site && !role_first && named->kind == AN_MENTION_PERSON && is_saying_block(s, token) && an_name_at(s, token, &plain, &n)) { /* "Jordan Okafor" */
    an_phrase_emit_person(s, token, &n, &plain, NULL, AN_NONE);
    return n.end;
  }
  if (item != NULL && an_phrase_holder_at(s, token, &h)) {
    bool adjective = h.form == AN_FORM_ADJ || h.genitive || h.org != AN_NONE || h.form == AN_FORM_METONYM;
    bool role = an_phrase_same_sentence(s, token, h.end) && an_phrase_role_after(s, h.end, adjective ? MOST_BETWEEN : 2, &r);
    bool inside = role && named != NULL && named->kind == AN_MENTION_ORGANISATION && named->end > r.end; /* "Iraqi Police Union" */
    if (role && !inside) return read_role(s, token, &h, &r);
    bool whose = h.org == AN_NONE && h.count == 1 && (h.form == AN_FORM_ADJ || h.form == AN_FORM_NAME || h.form == AN_FORM_ABBR) && !an_token_is(s, h.end, "-");
    if (!h.genitive && an_body_at(s, token, &body) && body.end > item->end) return an_body_emit(s, token, &body, whose ? h.country[0] : AN_NONE);
    if (h.org != AN_NONE) {
      an_phrase_emit_org(s, item, item->by_kind[AN_FORM_ORG]);
      return item->end;
    }
    for (uint32_t i = 0; i < h.count; i++) {
      const an_item *one = &s->items[h.item[i]];
      uint8_t form = h.form;
      uint32_t country = an_scene_country(s, one, &form);
      /* "an Iranian was killed": an adjective that stands for somebody. */
      bool noun = form == AN_FORM_ADJ && (one->by_kind[AN_FORM_NOUN] != AN_NONE || one->by_kind[AN_FORM_NOUN_PL] != AN_NONE) &&
                  s->words->tokens[one->first].upos == AN_NOUN && !an_token_is(s, one->end, "-");
      if (country != AN_NONE) an_phrase_emit_country(s, one, country, noun ? (uint8_t)AN_FORM_NOUN : form);
    }
    return s->items[h.item[h.count - 1]].end;
  }
  if (item != NULL && item->by_kind[AN_FORM_OUTLET] != AN_NONE) {
    if (an_body_at(s, token, &body) && body.end > item->end) return an_body_emit(s, token, &body, AN_NONE);
    an_phrase_emit_org(s, item, item->by_kind[AN_FORM_OUTLET]);
    return item->end;
  }
  bool only_place = item != NULL && named != NULL && named->end == item->end && item->by_kind[AN_FORM_PLACE] != AN_NONE && item->by_kind[AN_FORM_ROLE] == AN_NONE;
  if (only_place && named->kind == AN_MENTION_ORGANISATION && an_body_at(s, token, &body)) return an_body_emit(s, token, &body, AN_NONE);
  bool role_here = item != NULL && item->by_kind[AN_FORM_ROLE] != AN_NONE && item->role_kind != AN_ROLE_TITLE;
  h = (an_holding){.org = AN_NONE};
  if (role_here && an_phrase_role_after(s, token, 0, &r)) {
    /* "Union of Classroom Workers", but "the Senate" and "Parliament of Iran" are the country's. */
    bool longer = (r.kind == AN_ROLE_INSTITUTION || (r.kind == AN_ROLE_GROUP && an_phrase_is_genitive(s, r.end))) && s->words->tokens[token].shape == AN_SHAPE_CAPITAL && an_body_at(s, token, &body) && body.end > r.end;
    an_holding whose = {.org = AN_NONE};
    if (longer && !holder_behind(s, r.end, &whose)) return an_body_emit(s, token, &body, AN_NONE);
    /* "state visit", "police station": a word that says which, and nobody. */
    const an_token *last = &s->words->tokens[r.end - 1];
    bool which = (last->rel == AN_COMPOUND || last->rel == AN_AMOD) && (last->head == AN_NONE || last->head >= r.end);
    if (which && (r.kind != AN_ROLE_PERSON || an_phrase_of_common_noun(s, r.end, last->head))) return r.end;
    h.country[0] = country_before_and(s, token);
    if (h.country[0] != AN_NONE) h.count = 1;
    return read_role(s, token, &h, &r);
  }
  uint8_t upos = s->words->tokens[token].upos;
  uint8_t shape = s->words->tokens[token].shape;
  if (shape != AN_SHAPE_CAPITAL && shape != AN_SHAPE_UPPER && shape != AN_SHAPE_MIXED) return token;
  if (upos != AN_PROPN && upos != AN_X && item == NULL && named == NULL) return token;
  if (an_body_at(s, token, &body) && (item == NULL || body.end > item->end)) return an_body_emit(s, token, &body, AN_NONE);
  /* "police in Lagos": a large town, unless the page names a Lagos in full. */
  bool town = named == NULL && item != NULL && item->by_kind[AN_FORM_PLACE] != AN_NONE && an_posting_bare(s->world, item->by_kind[AN_FORM_PLACE]).prior >= LARGE_TOWN &&
              an_phrase_preposition(s, token, true) && an_known_named(s, s->words->tokens[item->end - 1].fold) == NULL;
  if (town && an_phrase_emit_place(s, item)) return item->end;
  bool place = named != NULL ? named->kind == AN_MENTION_PLACE : item != NULL && item->by_kind[AN_FORM_PLACE] != AN_NONE && item->by_kind[AN_FORM_SURNAME] == AN_NONE;
  if (!place) {
    if (an_name_at(s, token, &plain, &n) && (n.person != AN_NONE || n.known != AN_NONE || is_saying_block(s, token))) {
      an_phrase_emit_person(s, token, &n, &plain, NULL, AN_NONE);
      return n.end;
    }
  }
  if (item != NULL && item->by_kind[AN_FORM_PLACE] != AN_NONE && an_phrase_emit_place(s, item)) return item->end;
  return token;
}

/* "Doctors and officials in Mali": where the last of a list of people is, the ones before it are. */
static void place_along_list(an_scene *s, uint32_t last) {
  for (uint32_t i = last; i > 0; i--) {
    an_mention_at *m = &s->out->list.at[i - 1];
    const an_mention_at *next = &s->out->list.at[i];
    bool people = (m->m.kind == AN_MENTION_ROLE || m->m.kind == AN_MENTION_GROUP) && (m->flags & (AN_MENTION_PLURAL | AN_MENTION_PRONOUN)) == AN_MENTION_PLURAL;
    bool listed = next->first == m->end + 1 && next->m.kind == m->m.kind && an_phrase_same_sentence(s, m->first, next->first) &&
                  (an_token_is(s, m->end, "and") || an_token_is(s, m->end, ","));
    if (!people || !listed || m->m.who.country.at != NULL || m->member_count > 0 || m->entity != AN_NONE) return;
    m->m.who.country = next->m.who.country;
    m->flags |= AN_MENTION_INFERRED;
    m->m.why = an_arena_printf(s->arena, "%.*s; %.*s with those behind it", (int)m->m.why.size, m->m.why.at, (int)m->m.who.country.size, m->m.who.country.at);
  }
}

/* "the government of Kenyan President Ruto", "police in Kabul", "an air base in Cyprus": what stands behind says whose. */
static void place_behind_mentions(an_scene *s) {
  for (uint32_t i = 0; i + 1 < s->out->list.count; i++) {
    an_mention_at *m = &s->out->list.at[i];
    const an_mention_at *next = &s->out->list.at[i + 1];
    bool fits = m->m.kind == AN_MENTION_ORGANISATION || m->m.kind == AN_MENTION_GROUP || m->m.kind == AN_MENTION_ROLE || m->m.kind == AN_MENTION_PLACE;
    bool open = m->m.who.country.at == NULL || (m->flags & AN_MENTION_INFERRED) != 0;
    if (!fits || !open || m->member_count > 0 || m->entity != AN_NONE || !an_phrase_same_sentence(s, m->first, m->end)) continue;
    uint32_t gap = next->first > m->end ? next->first - m->end : 0;
    an_text country = next->m.who.country.at != NULL ? next->m.who.country : next->place.country;
    if (gap < 1 || gap > 3 || country.at == NULL || !an_phrase_same_sentence(s, m->end, next->first)) continue;
    bool acts = (m->m.kind == AN_MENTION_GROUP || m->m.kind == AN_MENTION_ROLE) && an_phrase_is_of_state(m->m.who.sector) && m->m.who.country.at != NULL; /* "troops from Niger" are not the page's own */
    bool of = an_token_is(s, m->end, "of") || (acts && an_token_is(s, m->end, "from")), in = an_word_cue(s, m->end, AN_CUE_LOCATIVE) && (next->flags & AN_MENTION_LOCATIVE) != 0;
    if (!(of || in) || an_phrase_is_disputed(s, next)) continue; /* "troops in Crimea": whose is not said */
    if (m->m.kind == AN_MENTION_PLACE) m->place.country = country;
    m->m.who.country = country;
    if (in) m->flags |= AN_MENTION_INFERRED;
    if (in) place_along_list(s, i);
    m->m.why = an_arena_printf(s->arena, "%.*s; %.*s by the words behind it", (int)m->m.why.size, m->m.why.at, (int)country.size, country.at);
  }
}

/* What the page says further down of those whom it names first: "Putin meets Iranian leader", and then who that is. */
static void settle(an_scene *s) {
  for (uint32_t i = 0; i < s->pending.count; i++) {
    const an_pending *p = &s->pending.at[i];
    if (p->mention >= s->out->list.count) continue;
    an_mention_at *m = &s->out->list.at[p->mention];
    if (m->entity != AN_NONE || p->country.size == 0) continue;
    const an_known *k = an_phrase_presented(s, p->country, p->offices, m->first);
    if (k == NULL || k->person == AN_NONE) continue;
    m->entity = k->person;
    m->chain = k->chain;
    m->m.who.entity = an_entity_at(s->world, k->person).id;
    m->m.who.name = k->name;
    m->m.who.office = k->office.size > 0 ? k->office : an_phrase_none();
    m->gender = k->gender;
    m->flags |= AN_MENTION_PUBLIC;
    m->m.why = an_arena_printf(s->arena, "presented so on this page: %.*s", (int)k->name.size, k->name.at);
  }
  for (uint32_t i = 0; i < s->out->list.count; i++) { /* an undated page: the office in which the page presents the person */
    an_mention_at *m = &s->out->list.at[i];
    if (m->entity == AN_NONE || m->m.who.office.at != NULL || (m->flags & AN_MENTION_FORMER) != 0 || m->m.kind == AN_MENTION_PLACE) continue;
    uint32_t known = an_map_get(&s->serving_of, (uint64_t)m->chain + 1, AN_NONE);
    if (known < s->known.count) m->m.who.office = s->known.at[known].office;
  }
}

/* ---- Names inside phrases ------------------------------------------------------------------------------- */

/* Does a mention already tell this name, or is it a part of a longer one? */
static bool is_told(const an_scene *s, const an_mention_at *m, uint32_t first, uint32_t end) {
  uint32_t from = m->first + (an_token_is(s, m->first, "the") ? 1 : 0);
  if (m->m.kind == AN_MENTION_PERSON) return s->words->tokens[end - 1].at.end > m->name_span.begin && s->words->tokens[first].at.begin < m->name_span.end;
  if (m->m.kind == AN_MENTION_ROLE || m->m.kind == AN_MENTION_GROUP) return false;
  const an_named *whole = an_scene_named(s, from);
  return (from == first && m->end <= end) || m->entity != AN_NONE || m->m.kind == AN_MENTION_PLACE || (whole != NULL && whole->end >= m->end);
}

static void tell_inside(an_scene *s, const an_named *named, uint32_t token) {
  const an_item *item = an_phrase_item(s, token);
  uint8_t form = AN_FORM_NONE;
  uint32_t country = item == NULL ? AN_NONE : an_scene_country(s, item, &form);
  bool whole = item != NULL && (named == NULL || named->end == item->end);
  an_body body;
  if (whole && country != AN_NONE && (form == AN_FORM_NAME || form == AN_FORM_ABBR || form == AN_FORM_FORMER)) an_phrase_emit_country(s, item, country, form);
  else if (whole && item->by_kind[AN_FORM_ORG] != AN_NONE) an_phrase_emit_org(s, item, item->by_kind[AN_FORM_ORG]);
  else if (whole && item->by_kind[AN_FORM_OUTLET] != AN_NONE && named != NULL) an_phrase_emit_org(s, item, item->by_kind[AN_FORM_OUTLET]);
  else if (whole && named != NULL && item->by_kind[AN_FORM_PLACE] != AN_NONE && an_phrase_emit_place(s, item)) return;
  else if (named != NULL && named->kind != AN_MENTION_PERSON && an_body_at(s, token, &body)) an_body_emit(s, token, &body, AN_NONE);
  else if (named != NULL && named->kind == AN_MENTION_PERSON) {
    an_phrase p = an_phrase_make(s, named->first, named->end);
    p.kind = AN_MENTION_PERSON;
    p.name = an_text_slice(s->words->text, p.at.begin, p.at.end);
    p.score = 450;
    p.chain = an_chain_new(s);
    p.why = an_arena_printf(s->arena, "looks like the name of a person");
    an_mention_add(s, &p);
  }
}

/* "Oman" of "Oman's foreign minister", "World Bank" of "officials of the World Bank": told, though the phrase is one mention. */
static void names_inside(an_scene *s, uint32_t named_count) {
  s->inside = true;
  uint8_t *taken = AN_NEW(s->arena, uint8_t, (size_t)s->words->token_count + 1);
  if (taken == NULL) s->short_of = true;
  for (uint32_t i = 0; taken != NULL && i < s->out->list.count + s->out->inside.count; i++) {
    const an_mention_at *m = i < s->out->list.count ? &s->out->list.at[i] : &s->out->inside.at[i - s->out->list.count];
    for (uint32_t t = m->first; t < m->end; t++) taken[t] = 1;
  }
  for (uint32_t i = 0; taken != NULL && i < named_count; i++) { /* those that no phrase took: in bylines and captions */
    bool free = true;
    for (uint32_t t = s->named[i].first; t < s->named[i].end; t++) free &= taken[t] == 0;
    if (free) tell_inside(s, &s->named[i], s->named[i].first);
  }
  for (uint32_t i = 0; i < s->out->list.count && !s->short_of; i++) {
    const an_mention_at m = s->out->list.at[i];
    if (m.member_count > 0) continue;
    for (uint32_t t = m.first; t < m.end;) {
      const an_named *named = an_scene_named(s, t);
      const an_item *item = an_phrase_item(s, t);
      uint32_t end = named != NULL ? named->end : item != NULL ? item->end : t + 1;
      if ((named != NULL || item != NULL) && end <= m.end && s->name_of[t] == (named == NULL ? AN_NONE : s->name_of[end - 1]) && !is_told(s, &m, t, end)) tell_inside(s, named, t);
      t = end;
    }
  }
  s->inside = false;
}

void an_phrases_walk(an_scene *s, uint32_t named_count) {
  for (uint32_t token = 0; token < s->words->token_count && !s->short_of && !s->full;) {
    uint32_t end = read_at(s, token);
    token = end > token ? end : token + 1;
  }
  place_behind_mentions(s);
  an_introduce(s);
  settle(s);
  names_inside(s, named_count);
}
