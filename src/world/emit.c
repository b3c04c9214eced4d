/* SPDX-License-Identifier: Apache-2.0 */
/* Phrases written down as mentions: people, roles, groups. Countries, organisations and places: emit_place.c. */
#include "world/personal.h"
#include "world/phrases.h"

an_phrase an_phrase_make(const an_scene *s, uint32_t first, uint32_t end) {
  an_phrase p = {.first = first, .end = end, .head = an_head_of(s->words, first, end), .entity = AN_NONE, .org = AN_NONE, .place_posting = AN_NONE,
                 .place_country = AN_NONE, .at = {s->words->tokens[first].at.begin, s->words->tokens[end - 1].at.end}};
  p.name_at = p.at;
  return p;
}

static an_text code_of(const an_scene *s, uint32_t entity) { return entity == AN_NONE ? an_phrase_none() : an_entity_at(s->world, entity).id; }

void an_phrase_claim_of(const an_scene *s, const an_holding *h, const an_role *r, an_claim *c) {
  *c = (an_claim){.org = AN_NONE, .titled = true, .former = r != NULL && r->former};
  if (r != NULL) c->sector = r->sector, c->offices = r->offices;
  if (h == NULL || h->count == 0) return;
  if (h->org != AN_NONE) {
    an_entity e = an_entity_at(s->world, h->org);
    c->org = h->org;
    c->country = e.country.size > 0 ? e.country : e.two;
    /* An armed group's spokesman is a rebel, the UN's an official of the UN; NATO's troops are troops. */
    bool general = r == NULL || an_text_is(r->sector, "GOV") || r->sector.size == 0 || r->kind == AN_ROLE_PERSON;
    if (general || an_text_is(e.sector, "REB")) c->sector = e.sector;
    return;
  }
  c->country = code_of(s, h->country[0]);
  if (r != NULL && c->sector.size == 0) c->sector = AN_LIT("GOV"); /* "Iran's spokesman": of a country, so of its government */
  if (h->sector.size > 0 && (c->sector.size == 0 || an_text_is(c->sector, "GOV"))) c->sector = h->sector;
}

static uint8_t gender_of(const an_scene *s, const an_name *n, const an_role *r, uint32_t title) {
  if (n->person != AN_NONE && an_entity_sub_of(s->world, n->person) != AN_GENDER_UNKNOWN) return an_entity_sub_of(s->world, n->person);
  for (uint32_t pass = 0; pass < 2; pass++) {
    uint32_t t = pass == 0 ? title : r != NULL && r->any ? r->end - 1 : AN_NONE;
    if (an_word_cue(s, t, AN_CUE_SHE)) return AN_GENDER_FEMALE;
    if (an_word_cue(s, t, AN_CUE_HE)) return AN_GENDER_MALE;
  }
  return AN_GENDER_UNKNOWN;
}

/* Who held a public office and holds it no longer is of PLOVER's elite (ELI): "the former minister". */
static an_text sector_of_former(an_text sector) {
  return an_text_is(sector, "GOV") || an_text_is(sector, "LEG") ? AN_LIT("ELI") : sector;
}

static void office_of_person(an_scene *s, an_phrase *p, const an_claim *c) {
  if (p->entity == AN_NONE || c->former) return;
  bool last = false;
  an_term term = {0};
  uint32_t office = AN_NONE;
  if (c->offices.size > 0) {
    an_text country = c->country.size > 0 ? c->country : an_entity_country_of(s->world, p->entity);
    office = an_office_of(s->world, p->entity, country, c->offices, s->days, &term);
    last = office != AN_NONE && an_term_last_known(s->world, &term, s->days);
  }
  if (office == AN_NONE) office = an_office_any(s->world, p->entity, s->days, &last);
  if (office == AN_NONE) return;
  an_entity e = an_entity_at(s->world, office);
  p->office = e.id;
  if (e.country.size == 0) p->country = an_phrase_none(); /* an office of the UN is no country's */
  else if (c->country.size == 0 && p->group.size == 0) p->country = e.country; /* who serves another country than his own acts for it */
  if (p->sector.size == 0) p->sector = e.sector;
  if (last) p->flags |= AN_MENTION_LAST_KNOWN;
}

static void sector_of_person(const an_scene *s, an_phrase *p) {
  an_entity e = an_entity_at(s->world, p->entity);
  if (p->country.size == 0 && p->group.size == 0 && (p->office.size == 0 || an_entity_country_of(s->world, an_entity_by_id(s->world, p->office)).size > 0))
    p->country = e.country;
  if (p->sector.size == 0) p->sector = e.sector;
  if (p->sector.size == 0 && p->office.size == 0 && e.terms > 0) p->sector = an_entity_at(s->world, an_term_at(s->world, e.term + e.terms - 1).office).sector;
}

/* "Zhang said", once the page had Zhang Weiming, "Sánchez" of Pedro Sánchez Castejón: the words of the family name lead to it. */
static void known_by_family(an_scene *s, const an_known *k) {
  an_personal name = an_personal_name(s->world, s->arena, k->name, k->person == AN_NONE ? k->country : an_entity_country_of(s->world, k->person), k->person, &s->short_of);
  if (name.given.size == 0) return;
  for (uint32_t begin = 0, at = 0; at <= name.family.size; at++) {
    if (at < name.family.size && name.family.at[at] != ' ') continue;
    an_text word = an_text_slice(name.family, begin, at);
    begin = at + 1;
    if (word.size > 0 && word.at[0] >= 'a' && word.at[0] <= 'z') continue; /* "de", "bin" */
    if (word.size > 0) an_known_also(s, k, an_fold_hash(word));
  }
}

/* A person, from `first` (country, role and title in front) to the end of the name. */
uint32_t an_phrase_emit_person(an_scene *s, uint32_t first, const an_name *n, const an_claim *c, const an_role *r, uint32_t title) {
  an_phrase p = an_phrase_make(s, first, n->end);
  an_known *known = n->known != AN_NONE ? &s->known.at[n->known] : NULL;
  p.kind = AN_MENTION_PERSON;
  p.name_at = n->at;
  p.entity = n->person;
  p.country = c->country;
  p.sector = c->sector;
  p.score = n->score;
  p.gender = gender_of(s, n, r, title);
  p.org = c->org;
  if (c->org != AN_NONE) p.group = an_entity_at(s->world, c->org).name;
  if (c->org != AN_NONE && an_entity_country_of(s->world, c->org).size == 0) p.country = an_phrase_none();
  bool former = c->former;
  if (n->person != AN_NONE) {
    an_entity e = an_entity_at(s->world, n->person);
    an_claim claim = *c;
    p.name = e.name;
    p.flags |= AN_MENTION_PUBLIC;
    if (p.country.size == 0 && p.group.size == 0) p.country = e.country;
    office_of_person(s, &p, &claim);
    sector_of_person(s, &p);
    p.chain = an_chain_of(s, n->person);
    p.why = n->posting == AN_NONE ? an_arena_printf(s->arena, "named before")
            : an_arena_printf(s->arena, "\"%.*s\" is %.*s (%s, %.*s)%s", (int)an_posting_at(s->world, n->posting).surface.size,
                              an_posting_at(s->world, n->posting).surface.at, (int)e.name.size, e.name.at,
                              an_form_kind_name(an_posting_at(s->world, n->posting).kind), (int)an_posting_at(s->world, n->posting).src.size,
                              an_posting_at(s->world, n->posting).src.at, c->titled && r != NULL ? ", with title" : "");
    if ((p.flags & AN_MENTION_LAST_KNOWN) != 0) {
      p.why = an_arena_printf(s->arena, "%.*s; the office is last known", (int)p.why.size, p.why.at);
      p.score = p.score > 700 ? 700 : p.score;
    }
  } else {
    p.name = an_text_slice(s->words->text, n->at.begin, n->at.end);
    p.chain = known != NULL ? known->chain : an_chain_new(s);
    p.why = an_arena_printf(s->arena, known != NULL ? "named before" : r != NULL ? "a name behind a title" : "a name by its capitals");
    if (known != NULL) {
      p.name = known->name;
      if (p.country.size == 0) p.country = known->country;
      if (p.sector.size == 0) p.sector = known->sector;
      if (p.gender == AN_GENDER_UNKNOWN) p.gender = known->gender;
      if (known->is_public) p.flags |= AN_MENTION_PUBLIC;
    }
    /* "President John Roth" of nobody knows what: firms have presidents too. */
    bool nameless = r != NULL && r->also_private && c->country.size == 0 && c->org == AN_NONE;
    if (nameless) p.sector = known != NULL ? known->sector : an_phrase_none();
    bool employee = r != NULL && an_part_is(s, r->end - 1, "employee", NULL); /* "civil servant Ana Bel" */
    bool public_office = r != NULL && !nameless && !employee && (r->offices.size > 0 || (p.sector.size > 0 && an_phrase_is_of_office(r->sector)));
    public_office |= r != NULL && c->org != AN_NONE && an_phrase_is_of_public_life(p.sector) && an_part_is(s, r->end - 1, "head", NULL); /* "UN coordinator Ana Bel" */
    if (r == NULL && c->titled) public_office = an_phrase_is_of_office(c->sector); /* "Sen. Ann Other" */
    if (public_office) p.flags |= AN_MENTION_PUBLIC;
  }
  if (former) p.flags |= AN_MENTION_FORMER, p.sector = sector_of_former(p.sector);
  const an_known now = {.person = n->person, .chain = p.chain, .last = n->last, .country = p.country, .sector = p.sector,
                        .offices = c->offices, .name = p.name, .office = p.office, .at = p.at, .serving = !former && c->offices.size > 0,
                        .is_public = (p.flags & AN_MENTION_PUBLIC) != 0, .gender = p.gender};
  if (known == NULL || c->offices.size > 0) an_known_add(s, &now);
  if (known == NULL && n->end - n->first > 1) known_by_family(s, &now);
  return an_mention_add(s, &p);
}

/* Somebody presented on this page in such an office; several: the one whose country the sentence names. */
const an_known *an_phrase_presented(const an_scene *s, an_text country, an_text offices, uint32_t token) {
  const an_known *found = NULL;
  for (uint32_t pass = 0; pass < 2; pass++) {
    found = NULL;
    bool several = false;
    an_text near = pass == 0 ? country : an_phrase_inferred_country(s, token, true);
    if (pass == 1 && (country.size > 0 || near.size == 0)) return NULL;
    for (uint32_t i = 0; i < s->known.count; i++) {
      const an_known *k = &s->known.at[i];
      if (!k->serving || !an_offices_meet(k->offices, offices) || (near.size > 0 && !an_text_equal(near, k->country))) continue;
      if (found != NULL && found->chain != k->chain) several = true;
      found = k;
    }
    if (found == NULL || !several) return found;
    /* Two presidents of one country on one page: the later, unless the page itself is dated. */
    if (near.size > 0 && !an_scene_dated(s)) return NULL;
  }
  return NULL;
}

/* "the Belgian queen" is not the king who holds the office. */
static bool other_gender(const an_scene *s, const an_role *r, uint8_t gender) {
  return (gender == AN_GENDER_MALE && an_word_cue(s, r->end - 1, AN_CUE_SHE)) || (gender == AN_GENDER_FEMALE && an_word_cue(s, r->end - 1, AN_CUE_HE));
}

static void fill_role(an_scene *s, an_phrase *p, const an_role *r, const an_claim *c, uint32_t token) {
  if (r->kind != AN_ROLE_PERSON || r->offices.size == 0 || r->former) return;
  /* "the chancellor of Oxford University" holds no office of the country in which it lies. */
  an_entity body = an_entity_at(s->world, c->org);
  if (c->org != AN_NONE && body.country.size > 0 && !an_phrase_is_of_state(body.sector)) return;
  const an_known *k = an_phrase_presented(s, c->country, r->offices, token);
  /* "The army answered. Its spokesman": somebody's own, and not whom another has presented. */
  bool somebodys = r->first > 0 && an_phrase_same_sentence(s, r->first - 1, r->first) && s->words->tokens[r->first - 1].xpos == AN_X_PRPS;
  if (k != NULL && (other_gender(s, r, k->gender) || (somebodys && k->country.size == 0))) k = NULL;
  an_holder h = an_office_holder(s->world, c->country, r->offices, s->days);
  /* Whom the page itself presents in this office of this country holds it there, whoever the file says. */
  bool presents = k != NULL && k->person == AN_NONE && c->country.size > 0 && an_text_equal(k->country, c->country);
  if (h.count == 1 && !presents && !other_gender(s, r, an_entity_sub_of(s->world, h.person)) && (k == NULL || k->person == AN_NONE || k->person == h.person || an_scene_dated(s))) {
    an_entity e = an_entity_at(s->world, h.person), office = an_entity_at(s->world, h.office);
    p->entity = h.person;
    p->chain = an_chain_of(s, h.person);
    p->name = e.name;
    p->office = office.id;
    p->gender = e.sub;
    p->score = h.last_known ? 550 : 900;
    p->flags |= AN_MENTION_PUBLIC;
    if (h.last_known) p->flags |= AN_MENTION_LAST_KNOWN;
    char checked[16];
    an_day_iso(h.verified, checked);
    p->why = h.last_known ? an_arena_printf(s->arena, "last known %.*s, checked %s (%.*s)", (int)office.id.size, office.id.at, checked, (int)h.src.size, h.src.at)
                          : an_arena_printf(s->arena, "%.*s on the page's day (%.*s)", (int)office.id.size, office.id.at, (int)h.src.size, h.src.at);
    return;
  }
  if (k == NULL) {
    an_pending *later = AN_PUSH(s->arena, &s->pending);
    if (later == NULL) s->short_of = true;
    else *later = (an_pending){s->out->list.count, c->country, r->offices};
    return;
  }
  p->entity = k->person;
  p->chain = k->chain;
  p->name = k->name;
  p->office = k->office;
  p->gender = k->gender;
  p->flags |= AN_MENTION_PUBLIC;
  if (p->country.size == 0) p->country = k->country;
  p->why = an_arena_printf(s->arena, "presented so on this page: %.*s", (int)k->name.size, k->name.at);
}

static uint8_t kind_of_role(const an_role *r) {
  return r->kind == AN_ROLE_PERSON ? AN_MENTION_ROLE : r->kind == AN_ROLE_GROUP ? AN_MENTION_GROUP : AN_MENTION_ORGANISATION;
}

/* The key of a chain for what has no row of its own: the same words of the same country are one thing in a document. */
uint32_t an_phrase_chain_of_words(an_scene *s, an_text country, an_text words) {
  uint64_t key = an_hash_mix(an_fold_hash(words), country.size == 0 ? 1 : an_hash64(country.at, country.size));
  uint32_t *chain = an_map_put(s->arena, &s->chains, key == 0 ? 1 : key, AN_NONE);
  if (chain == NULL) {
    s->short_of = true;
    return 0;
  }
  if (*chain == AN_NONE) *chain = an_chain_new(s);
  return *chain;
}

/* "troops in Crimea": the page says where they are, and nothing says whose. */
static bool in_disputed_region(const an_scene *s, uint32_t end) {
  if (!an_phrase_same_sentence(s, end - 1, end + 1) || !an_word_cue(s, end, AN_CUE_LOCATIVE)) return false;
  const an_item *item = an_phrase_item(s, an_token_is(s, end + 1, "the") ? end + 2 : end + 1);
  uint32_t place = item == NULL ? AN_NONE : an_phrase_place(s, item);
  return place != AN_NONE && (an_entity_at(s->world, an_posting_at(s->world, place).entity).flags & AN_ENT_DISPUTED) != 0;
}

/* "The minister received his Polish counterpart": who has a counterpart of a country is not of it. */
static bool has_counterpart_of(const an_scene *s, uint32_t token, an_text country) {
  enum { NEAR = 40 }; /* words: a sentence may be as long as its page */
  uint32_t row = an_entity_by_id(s->world, country);
  const an_sentence *sentence = &s->words->sentences[s->words->tokens[token].sentence];
  uint32_t first = sentence->first, end = first + sentence->count;
  if (token > first + NEAR) first = token - NEAR;
  if (end > token + NEAR) end = token + NEAR;
  for (uint32_t t = first + 1; t < end; t++) {
    const an_item *item = an_word_cue(s, t, AN_CUE_COUNTERPART) && s->item_of[t - 1] != AN_NONE ? &s->items[s->item_of[t - 1]] : NULL;
    uint8_t form;
    if (item != NULL && row != AN_NONE && an_scene_country(s, item, &form) == row) return true;
  }
  return false;
}

/* A role that stands bare is of the country that the sentence, the dateline, the document or the outlet gives; marked so. */
static void infer_country(an_scene *s, an_phrase *p, const an_role *r, uint32_t first) {
  if (r->offices.size > 0 && an_phrase_presented(s, an_phrase_none(), r->offices, first) != NULL) return;
  if (in_disputed_region(s, r->end) || an_part_is(s, r->end - 1, "abroad", NULL)) return; /* "two diplomats": hardly of where they are */
  an_text country = an_phrase_inferred_country(s, first, an_phrase_is_of_state(r->sector)), outlet = an_phrase_none();
  /* "officials of the two countries": the words behind say whose, if not which. */
  const an_mention_at *last = s->out->list.count == 0 ? NULL : &s->out->list.at[s->out->list.count - 1];
  if (last != NULL && last->m.kind == AN_MENTION_PLACE && last->end == first && last->place.country.size > 0 && an_phrase_same_sentence(s, first - 1, first))
    country = last->place.country; /* "California lawmakers" */
  bool open = country.at == NULL && !(an_phrase_same_sentence(s, first, r->end) && an_token_is(s, r->end, "of"));
  if (open) country = an_phrase_dateline_country(s);
  if (open && country.at == NULL) country = outlet = an_phrase_outlet_country(s, r);
  if (country.size == 0 || has_counterpart_of(s, first, country)) return;
  p->country = country;
  p->flags |= AN_MENTION_INFERRED;
  p->score = outlet.size > 0 ? 400 : 500;
  p->why = an_arena_printf(s->arena, "role \"%.*s\"; %.*s by the %s", (int)r->name.size, r->name.at, (int)country.size, country.at, outlet.size > 0 ? "outlet" : "document");
}

/* "the cabinet was painted blue", "a pawn for the king": where the page names no country, a common noun is no body of one. */
static bool nobody_knows_whose(const an_scene *s, const an_phrase *p, const an_role *r, uint32_t first) {
  return s->home.size == 0 && p->country.size == 0 && !r->plural && !r->former && s->words->tokens[first].shape == AN_SHAPE_LOWER;
}

uint32_t an_phrase_emit_role(an_scene *s, uint32_t first, uint32_t end, const an_holding *h, const an_role *r) {
  an_claim c;
  an_phrase_claim_of(s, h, r, &c);
  /* "Sales in general": one person's role stands in no place. */
  bool bare = c.country.size == 0 && c.org == AN_NONE && r->kind == AN_ROLE_PERSON && !r->plural && r->first == first;
  if (bare && first > 0 && an_phrase_same_sentence(s, first - 1, first) && an_token_is(s, first - 1, "in")) return AN_NONE;
  an_phrase p = an_phrase_make(s, first, end);
  p.kind = kind_of_role(r);
  if (r->plural) p.flags |= AN_MENTION_PLURAL;
  if (r->former) p.flags |= AN_MENTION_FORMER;
  p.sector = r->former ? sector_of_former(c.sector) : c.sector;
  p.country = c.country;
  if (c.org != AN_NONE) {
    an_entity e = an_entity_at(s->world, c.org);
    p.org = c.org;
    p.group = e.name;
    p.country = e.country;
  }
  p.score = 800;
  p.why = an_arena_printf(s->arena, "role \"%.*s\"%s%.*s", (int)r->name.size, r->name.at, p.country.size > 0 ? " of " : "", (int)p.country.size, p.country.at);
  bool thing = c.country.size == 0 && c.org == AN_NONE && r->needs_country && an_phrase_of_a_thing(s, first, r->end, r);
  if (thing) {
    p.sector = an_phrase_none();
    p.why = an_arena_printf(s->arena, "role \"%.*s\" of a thing, not of a state", (int)r->name.size, r->name.at);
  } else if (c.country.size == 0 && r->needs_country) {
    infer_country(s, &p, r, first);
    c.country = p.country;
    if (nobody_knows_whose(s, &p, r, first)) {
      p.sector = an_phrase_none();
      p.why = an_arena_printf(s->arena, "role \"%.*s\" of no state that the page names", (int)r->name.size, r->name.at);
    }
  }
  if ((p.flags & AN_MENTION_INFERRED) == 0 && !thing) fill_role(s, &p, r, &c, first);
  if (p.entity == AN_NONE && p.chain == 0) p.chain = an_phrase_chain_of_words(s, p.country, r->name);
  if (an_phrase_same_sentence(s, first, end) && an_phrase_is_genitive(s, end)) p.flags |= AN_MENTION_POSSESSIVE;
  return an_mention_add(s, &p);
}

/* "the presidents of Iran and Russia": each member is the holder on the page's day. */
static void fill_member(an_scene *s, an_phrase *p, const an_role *r) {
  an_holder holds = r->offices.size > 0 && !r->former ? an_office_holder(s->world, p->country, r->offices, s->days) : (an_holder){.person = AN_NONE};
  const an_known *k = r->offices.size > 0 ? an_phrase_presented(s, p->country, r->offices, p->first) : NULL;
  uint32_t person = holds.count == 1 ? holds.person : k != NULL ? k->person : AN_NONE;
  if (person == AN_NONE) return;
  p->entity = person;
  p->kind = AN_MENTION_ROLE;
  p->name = an_entity_at(s->world, person).name;
  p->score = holds.count == 1 && holds.last_known ? 550 : p->score;
  p->office = holds.count == 1 ? an_entity_at(s->world, holds.office).id : k->office;
  p->chain = an_chain_of(s, person);
  p->flags = AN_MENTION_PUBLIC | (holds.count == 1 && holds.last_known ? AN_MENTION_LAST_KNOWN : 0);
}

/* "Iranian and Russian officials": the whole phrase stands for a group of each. */
void an_phrase_emit_groups(an_scene *s, uint32_t first, uint32_t end, const an_holding *h, const an_role *r) {
  an_phrase whole = an_phrase_make(s, first, end);
  whole.kind = AN_MENTION_GROUP;
  whole.flags = AN_MENTION_PLURAL;
  whole.sector = r->sector;
  whole.score = 850;
  whole.chain = an_chain_new(s);
  whole.why = an_arena_printf(s->arena, "role \"%.*s\" of %u countries", (int)r->name.size, r->name.at, h->count);
  uint32_t at = an_mention_add(s, &whole);
  uint32_t *members = AN_NEW(s->arena, uint32_t, h->count);
  if (at == AN_NONE || members == NULL) {
    s->short_of = true;
    return;
  }
  for (uint32_t i = 0; i < h->count; i++) {
    const an_item *item = &s->items[h->item[i]];
    an_phrase p = an_phrase_make(s, item->first, item->end);
    p.kind = AN_MENTION_GROUP;
    p.flags = AN_MENTION_PLURAL;
    p.at = p.name_at = item->at;
    p.country = code_of(s, h->country[i]);
    p.sector = r->sector;
    p.score = 850;
    p.chain = an_phrase_chain_of_words(s, p.country, r->name);
    p.why = an_arena_printf(s->arena, "role \"%.*s\" of %.*s", (int)r->name.size, r->name.at, (int)p.country.size, p.country.at);
    fill_member(s, &p, r);
    members[i] = an_mention_add(s, &p);
    if (members[i] == AN_NONE) return;
  }
  s->out->list.at[at].members = members;
  s->out->list.at[at].member_count = h->count;
}
