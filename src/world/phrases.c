/* SPDX-License-Identifier: Apache-2.0 */
/* Phrases: countries, roles and names that stand together are one mention.

     [Iranian] [Foreign Minister] [Mohammad Javad Zarif]     one person of IRN, GOV, with the office
     [Russia's] [military]    [Taliban] [fighters]           an organisation of RUS, MIL; a group of AFG, REB
     [Iranian] and [Russian] [officials]                     a group whose members are two groups
     [the president of] [Iran]                               a role; the holder on the page's day
     in [Moscow]    [Moscow] said    [Iran] nuclear deal     a place; a government; a word that says which

   The walk goes once over the tokens, left to right; each phrase is read from its first word. */
#include "world/scene.h"

enum { MOST_HOLDERS = 6, MOST_BETWEEN = 5, INFER_SHARE = 70 };

/* Whose: countries or one organisation in front of a role or behind "of". */
typedef struct holder { uint32_t country[MOST_HOLDERS], item[MOST_HOLDERS], count, org; uint8_t form; bool genitive; uint32_t first, end; an_text sector; } holder;
typedef struct role { uint32_t first, end; an_text sector, offices, name; uint8_t kind; bool plural, former, deputy, needs_country, also_private, any; } role;

static an_text none(void) { return (an_text){NULL, 0}; }

static const an_item *item_from(const an_scene *s, uint32_t token) {
  uint32_t i = token < s->words->token_count ? s->item_of[token] : AN_NONE;
  return i != AN_NONE && s->items[i].first == token ? &s->items[i] : NULL;
}

static bool same_sentence(const an_scene *s, uint32_t a, uint32_t b) {
  return b < s->words->token_count && s->words->tokens[a].sentence == s->words->tokens[b].sentence;
}

static bool is_genitive(const an_scene *s, uint32_t token) {
  return an_token_is(s, token, "'s") || an_token_is(s, token, "'") || an_token_is(s, token, "s'");
}

static bool is_nominal(const an_scene *s, uint32_t token) {
  uint8_t upos = s->words->tokens[token].upos;
  return upos == AN_NOUN || upos == AN_PROPN || upos == AN_X;
}

static uint8_t block_kind(const an_scene *s, uint32_t token) {
  uint32_t block = s->words->sentences[s->words->tokens[token].sentence].block;
  return s->article != NULL && block < s->article->block_count ? s->article->blocks[block].kind : (uint8_t)AN_BLOCK_BODY;
}

/* Of namesakes the one in the country that the document speaks of; then the largest. */
static uint32_t place_of_item(const an_scene *s, const an_item *item) {
  uint32_t best = AN_NONE, best_score = 0;
  const an_item *behind = an_token_is(s, item->end, ",") ? item_from(s, item->end + 1) : NULL;
  for (uint32_t k = 0; k < item->posting_count && k < 32; k++) {
    if ((item->fits >> k & 1) == 0) continue;
    an_posting p = an_posting_bare(s->world, item->posting + k);
    if (p.kind != AN_FORM_PLACE) continue;
    an_entity e = an_entity_at(s->world, p.entity);
    uint32_t country = an_entity_by_id(s->world, e.country), seen = 0;
    if (country != AN_NONE) seen = an_map_get(&s->countries, (uint64_t)country + 1, 0) + an_map_get(&s->lands, (uint64_t)country + 1, 0);
    uint8_t form;
    if (behind != NULL && an_scene_country(s, behind, &form) == country && country != AN_NONE) seen += 8;
    uint32_t score = p.prior + (seen > 8 ? 400 : seen * 50);
    if (score <= best_score) continue;
    best_score = score;
    best = item->posting + k;
  }
  return best;
}

/* "GBR-SCT" lies in "GBR"; Brussels is in BEL and stands for EUE. */
static bool same_land(an_text a, an_text b) {
  return an_text_equal(an_text_slice(a, 0, 3), an_text_slice(b, 0, 3)) || an_text_is(b, "EUE");
}

/* "San Jose" is the seat of a government, and a larger town elsewhere: the document decides which. */
static bool is_elsewhere(const an_scene *s, const an_item *item, uint32_t country) {
  uint32_t where = place_of_item(s, item);
  return where != AN_NONE && !same_land(an_entity_at(s->world, an_posting_at(s->world, where).entity).country, an_entity_at(s->world, country).id);
}

/* ---- Whose ------------------------------------------------------------------------------------------- */

/* An organisation reads as one when no country reading is as good. */
static uint32_t org_of(const an_scene *s, const an_item *item) {
  uint32_t org = item->by_kind[AN_FORM_ORG];
  return org == AN_NONE ? AN_NONE : an_posting_at(s->world, org).entity;
}

static bool holder_at(const an_scene *s, uint32_t token, holder *h) {
  *h = (holder){.first = token, .end = token, .org = AN_NONE};
  for (uint32_t at = token; h->count < MOST_HOLDERS;) {
    const an_item *item = item_from(s, at);
    if (item == NULL) break;
    uint8_t form = AN_FORM_NONE;
    uint32_t country = an_scene_country(s, item, &form), org = org_of(s, item);
    if (form == AN_FORM_CAPITAL && is_elsewhere(s, item, country)) country = AN_NONE;
    if (country == AN_NONE && (org == AN_NONE || h->count > 0)) break;
    if (h->count > 0 && form != h->form) break;
    h->item[h->count] = s->item_of[at];
    h->country[h->count++] = country;
    h->form = form;
    h->end = item->end;
    if (country == AN_NONE) h->org = org;
    if (form == AN_FORM_METONYM) h->sector = an_posting_at(s->world, item->by_kind[AN_FORM_METONYM]).sector;
    h->genitive = same_sentence(s, token, item->end) && is_genitive(s, item->end);
    if (h->genitive) {
      h->end++;
      break;
    }
    /* "Iranian and Russian", "U.S., British and French": adjectives only, so that "Iran and Russia" stay two. */
    at = item->end;
    bool adjective = form == AN_FORM_ADJ || item->by_kind[AN_FORM_ADJ] != AN_NONE;
    if (!adjective || !same_sentence(s, token, at + 1)) break;
    if (an_token_is(s, at, ",") && an_token_is(s, at + 1, "and")) at += 2;
    else if (an_token_is(s, at, ",") || an_token_is(s, at, "and") || an_token_is(s, at, "or")) at++;
    else break;
    const an_item *next = item_from(s, at);
    if (next == NULL || next->by_kind[AN_FORM_ADJ] == AN_NONE) break;
    h->form = AN_FORM_ADJ;
    uint8_t next_form;
    if (an_scene_country(s, next, &next_form) == AN_NONE) break;
    if (next_form != AN_FORM_ADJ) h->form = next_form;
  }
  return h->count > 0;
}

/* ---- Roles --------------------------------------------------------------------------------------------- */

static bool role_item(const an_scene *s, uint32_t token, const an_item **item) {
  *item = item_from(s, token);
  if (*item == NULL || (*item)->by_kind[AN_FORM_ROLE] == AN_NONE || (*item)->role_kind == AN_ROLE_TITLE) return false;
  if (is_nominal(s, (*item)->end - 1)) return true;
  /* "Kenyan protesters burned": a plural noun of ours that the tagger took for something else is hardly a verb. */
  an_entity e = an_entity_at(s->world, an_posting_at(s->world, (*item)->by_kind[AN_FORM_ROLE]).entity);
  uint32_t before = token > 0 ? s->item_of[token - 1] : AN_NONE;
  bool of_country = before != AN_NONE && s->items[before].by_kind[AN_FORM_ADJ] != AN_NONE;
  return (e.flags & AN_ENT_PLURAL) != 0 && e.sub == AN_ROLE_GROUP && (of_country || s->words->tokens[(*item)->end - 1].xpos != AN_X_VBZ);
}

static void take_role(const an_scene *s, const an_item *item, role *r) {
  an_entity e = an_entity_at(s->world, an_posting_at(s->world, item->by_kind[AN_FORM_ROLE]).entity);
  /* "military spokesman", "court official": the word before says which branch; "government troops": the last one does. */
  bool general = an_text_is(e.sector, "GOV") || e.sector.size == 0;
  if (!r->any || !general) r->sector = e.sector;
  if (!r->any) r->first = item->first;
  /* "his Iranian counterpart" holds the office of whom the page spoke of last. */
  if (an_text_is(e.one, "same")) r->offices = s->last_known < s->known.count ? s->known.at[s->last_known].offices : none();
  else if (e.one.size > 0) r->offices = e.one;
  else if (e.sub != AN_ROLE_PERSON) r->offices = none();
  r->name = e.name;
  r->kind = e.sub;
  r->plural = (e.flags & AN_ENT_PLURAL) != 0;
  r->also_private = (e.flags & AN_ENT_ALSO_PRIVATE) != 0;
  r->needs_country = (e.flags & AN_ENT_NEEDS_COUNTRY) != 0;
  r->end = item->end;
  r->any = true;
}

/* A role at or a few words behind `token`: over adjectives, "deputy", "former". `between`: how many words may be passed over. */
static bool role_after(const an_scene *s, uint32_t token, uint32_t between, role *r) {
  *r = (role){0};
  uint32_t passed = 0;
  for (uint32_t at = token; at < s->words->token_count && s->words->tokens[at].sentence == s->words->tokens[token].sentence;) {
    const an_item *item, *next;
    if (role_item(s, at, &item)) {
      /* "deputy energy minister": who is under the minister, and holds another office. */
      if (!r->any && (item->cues >> AN_CUE_DEPUTY & 1) != 0 && same_sentence(s, at, item->end) && role_item(s, item->end, &next)) {
        r->deputy = true;
        at = item->end;
        continue;
      }
      take_role(s, item, r);
      at = item->end;
      continue;
    }
    if (r->any) break;
    uint32_t i = s->item_of[at];
    uint8_t upos = s->words->tokens[at].upos;
    if (i != AN_NONE && an_item_is(s, i, AN_CUE_DEPUTY)) r->deputy = true;
    if (i != AN_NONE && an_item_is(s, i, AN_CUE_FORMER)) r->former = true;
    else if (i != AN_NONE && an_item_is(s, i, AN_CUE_ELECT)) r->former = true;
    else if (i != AN_NONE && (an_item_is(s, i, AN_CUE_MODIFIER) || an_item_is(s, i, AN_CUE_ACTING))) passed += 0;
    else if (upos == AN_ADJ || upos == AN_NOUN || upos == AN_NUM || an_token_is(s, at, "-")) passed++;
    else if (upos == AN_PROPN && (i == AN_NONE || s->items[i].cues != 0)) passed++;
    else break;
    if (passed > between) break;
    at++;
  }
  if (!r->any) return false;
  if (r->deputy) r->offices = none();
  /* "President-elect" */
  if (an_token_is(s, r->end, "-") && r->end + 1 < s->words->token_count && s->item_of[r->end + 1] != AN_NONE &&
      an_item_is(s, s->item_of[r->end + 1], AN_CUE_ELECT)) {
    r->former = true;
    r->end += 2;
  }
  return true;
}

/* "former", "ex-" before the phrase itself: "the former Iranian president". */
static bool former_before(const an_scene *s, uint32_t first) {
  for (uint32_t back = 1; back <= 2 && first >= back; back++) {
    uint32_t i = s->item_of[first - back];
    if (!same_sentence(s, first - back, first)) return false;
    if (i != AN_NONE && (an_item_is(s, i, AN_CUE_FORMER) || an_item_is(s, i, AN_CUE_ELECT))) return true;
    if (!an_token_is(s, first - back, "-")) return false;
  }
  return false;
}

static uint32_t skip_titles(const an_scene *s, uint32_t token) {
  for (;;) {
    const an_item *item = item_from(s, token);
    if (item == NULL || item->role_kind != AN_ROLE_TITLE) return token;
    token = item->end;
    if (an_token_is(s, token, ".")) token++;
  }
}

/* ---- Where a bare role belongs ----------------------------------------------------------------------------- */

/* The one country of the mentions in the same sentence before; else the country the whole document is about. */
static an_text inferred_country(const an_scene *s, uint32_t token, bool of_state) {
  an_text found = none();
  for (uint32_t i = s->out->list.count; i-- > 0;) {
    const an_mention_at *m = &s->out->list.at[i];
    if (!same_sentence(s, m->first, token)) break;
    an_text country = m->m.who.country.at != NULL ? m->m.who.country : m->place.country;
    if (country.at == NULL || country.size == 0 || (!of_state && (m->flags & AN_MENTION_LOCATIVE) == 0)) continue;
    if (found.at != NULL && !an_text_equal(found, country)) return none();
    found = country;
  }
  if (found.at != NULL) return found;
  return of_state && s->home_share >= INFER_SHARE ? s->home : none();
}

/* Sectors that a country has one of: its government, courts, police, rebels. A child or a firm may be anybody's. */
static bool is_of_state(an_text sector) {
  return an_text_is(sector, "GOV") || an_text_is(sector, "LEG") || an_text_is(sector, "JUD") || an_text_is(sector, "COP") ||
         an_text_is(sector, "MIL") || an_text_is(sector, "REB") || an_text_is(sector, "OPP") || an_text_is(sector, "SPY") ||
         an_text_is(sector, "PRM") || an_text_is(sector, "UAF");
}

/* ---- Emitting ------------------------------------------------------------------------------------------------ */

static an_phrase phrase_of(const an_scene *s, uint32_t first, uint32_t end) {
  an_phrase p = {.first = first, .end = end, .head = an_head_of(s->words, first, end), .entity = AN_NONE, .place_posting = AN_NONE,
                 .place_country = AN_NONE, .at = {s->words->tokens[first].at.begin, s->words->tokens[end - 1].at.end}};
  p.name_at = p.at;
  return p;
}

static an_text code_of(const an_scene *s, uint32_t entity) { return entity == AN_NONE ? none() : an_entity_at(s->world, entity).id; }

static void claim_of(const an_scene *s, const holder *h, const role *r, an_claim *c) {
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

static uint8_t gender_of(const an_scene *s, const an_name *n, const role *r, uint32_t title) {
  if (n->person != AN_NONE && an_entity_at(s->world, n->person).sub != AN_GENDER_UNKNOWN) return an_entity_at(s->world, n->person).sub;
  for (uint32_t pass = 0; pass < 2; pass++) {
    uint32_t t = pass == 0 ? title : r != NULL && r->any ? r->end - 1 : AN_NONE;
    if (an_word_cue(s, t, AN_CUE_SHE)) return AN_GENDER_FEMALE;
    if (an_word_cue(s, t, AN_CUE_HE)) return AN_GENDER_MALE;
  }
  return AN_GENDER_UNKNOWN;
}

static void office_of_person(an_scene *s, an_phrase *p, const an_claim *c) {
  if (p->entity == AN_NONE || c->former) return;
  bool last = false;
  an_term term = {0};
  uint32_t office = AN_NONE;
  if (c->offices.size > 0) {
    an_text country = c->country.size > 0 ? c->country : an_entity_at(s->world, p->entity).country;
    office = an_office_of(s->world, p->entity, country, c->offices, s->days, &term);
  }
  if (office == AN_NONE) office = an_office_any(s->world, p->entity, s->days, &last);
  if (office == AN_NONE) return;
  an_entity e = an_entity_at(s->world, office);
  p->office = e.id;
  if (e.country.size == 0) p->country = none(); /* an office of the UN is no country's */
  if (p->sector.size == 0) p->sector = e.sector;
  if (last) p->flags |= AN_MENTION_LAST_KNOWN;
}

static void sector_of_person(const an_scene *s, an_phrase *p) {
  an_entity e = an_entity_at(s->world, p->entity);
  if (p->country.size == 0 && p->group.size == 0 && (p->office.size == 0 || an_entity_at(s->world, an_entity_by_id(s->world, p->office)).country.size > 0))
    p->country = e.country;
  if (p->sector.size == 0) p->sector = e.sector;
  if (p->sector.size == 0 && e.terms > 0) p->sector = an_entity_at(s->world, an_term_at(s->world, e.term + e.terms - 1).office).sector;
}

/* A person, from `first` (country, role and title in front) to the end of the name. */
static uint32_t emit_person(an_scene *s, uint32_t first, const an_name *n, const an_claim *c, const role *r, uint32_t title) {
  an_phrase p = phrase_of(s, first, n->end);
  an_known *known = n->known != AN_NONE ? &s->known.at[n->known] : NULL;
  p.kind = AN_MENTION_PERSON;
  p.name_at = n->at;
  p.entity = n->person;
  p.country = c->country;
  p.sector = c->sector;
  p.score = n->score;
  p.gender = gender_of(s, n, r, title);
  if (c->org != AN_NONE) p.group = an_entity_at(s->world, c->org).name;
  if (c->org != AN_NONE && an_entity_at(s->world, c->org).country.size == 0) p.country = none();
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
    if (r != NULL && r->also_private && c->country.size == 0 && c->org == AN_NONE) p.sector = known != NULL ? known->sector : none();
    bool public_office = r != NULL && p.sector.size > 0 && (r->offices.size > 0 || an_text_is(r->sector, "GOV") || an_text_is(r->sector, "LEG"));
    if (public_office) p.flags |= AN_MENTION_PUBLIC;
  }
  if (former) p.flags |= AN_MENTION_FORMER;
  const an_known now = {.person = n->person, .chain = p.chain, .last = n->last, .country = p.country, .sector = p.sector,
                        .offices = c->offices, .name = p.name, .office = p.office, .at = p.at, .serving = !former && c->offices.size > 0,
                        .is_public = (p.flags & AN_MENTION_PUBLIC) != 0, .gender = p.gender};
  if (known == NULL || c->offices.size > 0) an_known_add(s, &now);
  return an_mention_add(s, &p);
}

/* Somebody presented on this page in such an office; several: the one whose country the sentence names. */
static const an_known *presented(const an_scene *s, an_text country, an_text offices, uint32_t token) {
  const an_known *found = NULL;
  for (uint32_t pass = 0; pass < 2; pass++) {
    found = NULL;
    bool several = false;
    an_text near = pass == 0 ? country : inferred_country(s, token, true);
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

static void fill_role(an_scene *s, an_phrase *p, const role *r, const an_claim *c, uint32_t token) {
  if (r->kind != AN_ROLE_PERSON || r->offices.size == 0 || r->former) return;
  const an_known *k = presented(s, c->country, r->offices, token);
  an_holder h = an_office_holder(s->world, c->country, r->offices, s->days);
  if (h.count == 1 && (k == NULL || k->person == AN_NONE || k->person == h.person || an_scene_dated(s))) {
    an_entity e = an_entity_at(s->world, h.person), office = an_entity_at(s->world, h.office);
    p->entity = h.person;
    p->chain = an_chain_of(s, h.person);
    p->name = e.name;
    p->office = office.id;
    p->gender = e.sub;
    p->score = h.last_known ? 550 : 900;
    p->flags |= AN_MENTION_PUBLIC;
    if (h.last_known) p->flags |= AN_MENTION_LAST_KNOWN;
    p->why = an_arena_printf(s->arena, "%.*s on the page's day (%.*s)", (int)office.id.size, office.id.at, (int)h.src.size, h.src.at);
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

static uint8_t kind_of_role(const role *r) {
  return r->kind == AN_ROLE_PERSON ? AN_MENTION_ROLE : r->kind == AN_ROLE_GROUP ? AN_MENTION_GROUP : AN_MENTION_ORGANISATION;
}

/* The key of a chain for what has no row of its own: the same words of the same country are one thing in a document. */
static uint32_t chain_of_words(an_scene *s, an_text country, an_text words) {
  uint64_t key = an_hash_mix(an_fold_hash(words), country.size == 0 ? 1 : an_hash64(country.at, country.size));
  uint32_t *chain = an_map_put(s->arena, &s->chains, key == 0 ? 1 : key, AN_NONE);
  if (chain == NULL) {
    s->short_of = true;
    return 0;
  }
  if (*chain == AN_NONE) *chain = an_chain_new(s);
  return *chain;
}

static uint32_t emit_role(an_scene *s, uint32_t first, uint32_t end, const holder *h, const role *r) {
  an_claim c;
  claim_of(s, h, r, &c);
  an_phrase p = phrase_of(s, first, end);
  p.kind = kind_of_role(r);
  if (r->plural) p.flags |= AN_MENTION_PLURAL;
  if (r->former) p.flags |= AN_MENTION_FORMER;
  p.sector = c.sector;
  p.country = c.country;
  if (c.org != AN_NONE) {
    an_entity e = an_entity_at(s->world, c.org);
    p.group = e.name;
    p.country = e.country;
  }
  p.score = 800;
  p.why = an_arena_printf(s->arena, "role \"%.*s\"%s%.*s", (int)r->name.size, r->name.at, p.country.size > 0 ? " of " : "", (int)p.country.size, p.country.at);
  if (c.country.size == 0 && r->needs_country) {
    const an_known *k = r->offices.size > 0 ? presented(s, none(), r->offices, first) : NULL;
    an_text country = k != NULL ? none() : inferred_country(s, first, is_of_state(r->sector));
    if (country.at != NULL) {
      p.country = c.country = country;
      p.flags |= AN_MENTION_INFERRED;
      p.score = 500;
      p.why = an_arena_printf(s->arena, "role \"%.*s\"; %.*s by the document", (int)r->name.size, r->name.at, (int)country.size, country.at);
    }
  }
  if ((p.flags & AN_MENTION_INFERRED) == 0) fill_role(s, &p, r, &c, first);
  if (p.entity == AN_NONE && p.chain == 0) p.chain = chain_of_words(s, p.country, r->name);
  if (same_sentence(s, first, end) && is_genitive(s, end)) p.flags |= AN_MENTION_POSSESSIVE;
  return an_mention_add(s, &p);
}

/* "the presidents of Iran and Russia": each member is the holder on the page's day. */
static void fill_member(an_scene *s, an_phrase *p, const role *r) {
  an_holder holds = r->offices.size > 0 && !r->former ? an_office_holder(s->world, p->country, r->offices, s->days) : (an_holder){.person = AN_NONE};
  const an_known *k = r->offices.size > 0 ? presented(s, p->country, r->offices, p->first) : NULL;
  uint32_t person = holds.count == 1 ? holds.person : k != NULL ? k->person : AN_NONE;
  if (person == AN_NONE) return;
  p->entity = person;
  p->kind = AN_MENTION_ROLE;
  p->name = an_entity_at(s->world, person).name;
  p->office = holds.count == 1 ? an_entity_at(s->world, holds.office).id : k->office;
  p->chain = an_chain_of(s, person);
  p->flags = AN_MENTION_PUBLIC;
}

/* "Iranian and Russian officials": the whole phrase stands for a group of each. */
static void emit_groups(an_scene *s, uint32_t first, uint32_t end, const holder *h, const role *r) {
  an_phrase whole = phrase_of(s, first, end);
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
    an_phrase p = phrase_of(s, item->first, item->end);
    p.kind = AN_MENTION_GROUP;
    p.flags = AN_MENTION_PLURAL;
    p.at = p.name_at = item->at;
    p.country = code_of(s, h->country[i]);
    p.sector = r->sector;
    p.score = 850;
    p.chain = chain_of_words(s, p.country, r->name);
    p.why = an_arena_printf(s->arena, "role \"%.*s\" of %.*s", (int)r->name.size, r->name.at, (int)p.country.size, p.country.at);
    fill_member(s, &p, r);
    members[i] = an_mention_add(s, &p);
    if (members[i] == AN_NONE) return;
  }
  s->out->list.at[at].members = members;
  s->out->list.at[at].member_count = h->count;
}

/* ---- Countries, seats, organisations, places ---------------------------------------------------------------------- */

static bool preposition(const an_scene *s, uint32_t first, bool seat) {
  if (first == 0 || !same_sentence(s, first - 1, first)) return false;
  uint32_t at = first - 1;
  for (uint32_t i = 0; i < 2 && at > 0 && (an_token_is(s, at, "the") || an_token_is(s, at, "-") || an_word_cue(s, at, AN_CUE_DIRECTION)); i++) at--;
  if (an_word_cue(s, at, AN_CUE_LOCATIVE)) return true;
  /* To a country one also sells, says and gives; to a town one goes. */
  if (seat && an_word_cue(s, at, AN_CUE_MOTION)) return true;
  return at > 0 && an_token_is(s, at, "of") && an_word_cue(s, at - 1, AN_CUE_NEAR);
}

/* "Moscow, Russia"; "Paris, Texas" has a place behind as well. */
static bool place_behind(const an_scene *s, uint32_t end) {
  if (!an_token_is(s, end, ",")) return false;
  const an_item *next = item_from(s, end + 1);
  if (next == NULL || !same_sentence(s, end, end + 1)) return false;
  bool place = next->by_kind[AN_FORM_NAME] != AN_NONE || next->by_kind[AN_FORM_ABBR] != AN_NONE;
  if (!place && next->by_kind[AN_FORM_PLACE] != AN_NONE)
    place = an_entity_at(s->world, an_posting_at(s->world, next->by_kind[AN_FORM_PLACE]).entity).sub == AN_WHERE_ADMIN1;
  return place && !an_token_is(s, next->end, "and");
}

/* "TEHRAN – President Hassan Rouhani said": a town before a dash at the head of a sentence. */
static bool is_dateline(const an_scene *s, const an_item *item) {
  if (block_kind(s, item->first) == AN_BLOCK_DATELINE) return true;
  if (s->words->sentences[s->words->tokens[item->first].sentence].first != item->first || !same_sentence(s, item->first, item->end)) return false;
  an_text next = an_word(s->words, item->end);
  return (an_text_is(next, "-") && s->words->tokens[item->end - 1].space_after) || an_text_is(next, "\xe2\x80\x93") ||
         an_text_is(next, "\xe2\x80\x94") || an_text_is(next, "--") || an_text_is(next, "(");
}

static bool emit_place(an_scene *s, const an_item *item);

static void emit_country(an_scene *s, const an_item *item, uint32_t country, uint8_t form) {
  an_entity e = an_entity_at(s->world, country);
  an_phrase p = phrase_of(s, item->first, item->end);
  const an_token *last = &s->words->tokens[item->end - 1];
  bool seat = form == AN_FORM_CAPITAL, metonym = form == AN_FORM_METONYM;
  bool dateline = seat && is_dateline(s, item);
  bool place = preposition(s, item->first, seat || metonym) && !(same_sentence(s, item->first, item->end) && is_genitive(s, item->end));
  if (seat && (place_behind(s, item->end) || dateline)) place = true;
  uint32_t where = place_of_item(s, item);
  p.at = p.name_at = item->at;
  p.kind = AN_MENTION_COUNTRY;
  p.name = e.name;
  p.country = e.id;
  p.entity = country;
  p.place_country = country;
  p.score = (uint16_t)(an_posting_at(s->world, item->by_kind[form] == AN_NONE ? item->posting : item->by_kind[form]).prior + 50);
  if (seat || metonym) p.place_posting = where;
  if (form == AN_FORM_NOUN_PL || form == AN_FORM_NOUN) {
    p.kind = AN_MENTION_GROUP;
    p.entity = AN_NONE;
    p.place_country = AN_NONE;
    p.flags |= AN_MENTION_PLURAL;
    p.name = none();
  } else if (!dateline && (form == AN_FORM_ADJ || last->rel == AN_COMPOUND || last->rel == AN_AMOD || an_token_is(s, item->end, "-"))) {
    p.flags |= AN_MENTION_ADJECTIVE;
  } else if (place) {
    p.flags |= AN_MENTION_LOCATIVE;
    if (where != AN_NONE && (seat || metonym)) {
      p.kind = AN_MENTION_PLACE;
      p.name = an_entity_at(s->world, an_posting_at(s->world, where).entity).name;
      p.entity = an_posting_at(s->world, where).entity;
    }
  } else if (seat) {
    p.flags |= AN_MENTION_METONYM;
    p.sector = AN_LIT("GOV");
  } else if (metonym) {
    an_posting post = an_posting_at(s->world, item->by_kind[AN_FORM_METONYM]);
    p.flags |= AN_MENTION_METONYM;
    p.kind = AN_MENTION_ORGANISATION;
    p.sector = post.sector;
    p.name = post.surface;
    p.entity = AN_NONE;
  }
  if (same_sentence(s, item->first, item->end) && is_genitive(s, item->end)) p.flags |= AN_MENTION_POSSESSIVE;
  p.chain = p.kind == AN_MENTION_COUNTRY ? an_chain_of(s, country) : p.kind == AN_MENTION_PLACE ? an_chain_of(s, p.entity)
            : chain_of_words(s, e.id, an_text_slice(s->words->text, item->at.begin, item->at.end));
  p.why = an_arena_printf(s->arena, "%s of %.*s%s", an_form_kind_name(form), (int)e.id.size, e.id.at,
                          (p.flags & AN_MENTION_LOCATIVE) != 0 ? ", as a place" : (p.flags & AN_MENTION_METONYM) != 0 ? ", for its government" : "");
  an_mention_add(s, &p);
}

static void emit_org(an_scene *s, const an_item *item, uint32_t posting) {
  an_posting post = an_posting_at(s->world, posting);
  an_entity e = an_entity_at(s->world, post.entity);
  an_phrase p = phrase_of(s, item->first, item->end);
  p.at = p.name_at = item->at;
  p.kind = AN_MENTION_ORGANISATION;
  p.name = e.name;
  p.entity = post.entity;
  p.country = e.country;
  p.sector = e.sector;
  p.score = (uint16_t)(post.prior + 50);
  p.chain = an_chain_of(s, post.entity);
  p.why = an_arena_printf(s->arena, "\"%.*s\" (%s, %.*s)", (int)post.surface.size, post.surface.at, an_form_kind_name(post.kind), (int)post.src.size, post.src.at);
  if (s->words->tokens[p.head].rel == AN_COMPOUND && p.head + 1 == item->end) p.flags |= AN_MENTION_ADJECTIVE;
  if (same_sentence(s, item->first, item->end) && is_genitive(s, item->end)) p.flags |= AN_MENTION_POSSESSIVE;
  an_mention_add(s, &p);
}

/* A town's name alone is believed after a preposition, before a comma and a larger place, or when the town is large. */
static bool emit_place(an_scene *s, const an_item *item) {
  uint32_t posting = place_of_item(s, item);
  if (posting == AN_NONE) return false;
  an_posting post = an_posting_at(s->world, posting);
  an_entity e = an_entity_at(s->world, post.entity);
  bool after = preposition(s, item->first, true), large = e.pop >= 300000 || e.sub >= AN_WHERE_ADMIN1 || e.sub == AN_WHERE_SITE;
  bool dateline = is_dateline(s, item);
  bool first = s->words->sentences[s->words->tokens[item->first].sentence].first == item->first;
  bool word = item->cues != 0 || item->by_kind[AN_FORM_SURNAME] != AN_NONE;
  /* "Georgia Tech": the name goes on. */
  bool goes_on = same_sentence(s, item->first, item->end) && s->words->tokens[item->end].shape == AN_SHAPE_CAPITAL &&
                 s->words->tokens[item->end].upos == AN_PROPN && !after;
  if (goes_on) return false;
  if (!(after || dateline || place_behind(s, item->end) || (large && !(first && word) && (!word || post.prior >= 500)))) return false;
  if (after && word && e.pop < 50000 && post.prior < 400) return false;
  an_phrase p = phrase_of(s, item->first, item->end);
  p.at = p.name_at = item->at;
  p.kind = AN_MENTION_PLACE;
  p.name = e.name;
  p.entity = post.entity;
  p.country = e.country;
  p.place_posting = posting;
  p.score = (uint16_t)(post.prior + (after || dateline ? 250 : 50));
  if (after || dateline) p.flags |= AN_MENTION_LOCATIVE;
  p.chain = an_chain_of(s, post.entity);
  p.why = an_arena_printf(s->arena, "place %.*s (%.*s)", (int)e.id.size, e.id.at, (int)post.src.size, post.src.at);
  an_mention_add(s, &p);
  return true;
}

/* ---- Names and what stands around them -------------------------------------------------------------------------------- */

/* "Nojeh air base", "Evin prison": capitals before a word for a site. "Asian Development Forum": before a word for a body. */
static uint32_t emit_unknown_body(an_scene *s, uint32_t token) {
  uint32_t at = token, sentence = s->words->tokens[token].sentence;
  while (at < s->words->token_count && at - token < 6 && s->words->tokens[at].sentence == sentence) {
    const an_item *item = item_from(s, at);
    bool org = item != NULL && (item->cues >> AN_CUE_ORG_WORD & 1) != 0, site = item != NULL && (item->cues >> AN_CUE_SITE_WORD & 1) != 0;
    uint8_t shape = s->words->tokens[at].shape;
    bool upper = shape == AN_SHAPE_CAPITAL || shape == AN_SHAPE_UPPER || shape == AN_SHAPE_MIXED;
    if (at > token && (site || (org && upper)) && is_nominal(s, item->end - 1)) {
      an_phrase p = phrase_of(s, token, item->end);
      p.kind = site && !org ? AN_MENTION_PLACE : AN_MENTION_ORGANISATION;
      p.name = an_text_slice(s->words->text, p.at.begin, p.at.end);
      p.score = 400;
      if (site && !org && preposition(s, token, true)) p.flags |= AN_MENTION_LOCATIVE;
      if (item->by_kind[AN_FORM_ROLE] != AN_NONE) p.sector = an_entity_at(s->world, an_posting_at(s->world, item->by_kind[AN_FORM_ROLE]).entity).sector;
      p.chain = chain_of_words(s, none(), p.name);
      p.why = an_arena_printf(s->arena, "capitals before a word for a %s", p.kind == AN_MENTION_PLACE ? "site" : "body");
      uint32_t m = an_mention_add(s, &p);
      if (m != AN_NONE && p.kind == AN_MENTION_PLACE) {
        an_mention_at *added = &s->out->list.at[m];
        added->place.span = p.at;
        added->place.text = added->place.name = p.name;
        added->place.precision = AN_WHERE_SITE;
      }
      return item->end;
    }
    if (!upper || (item != NULL && (item->cues >> AN_CUE_NOT_A_NAME & 1) != 0)) return token;
    at++;
  }
  return token;
}

/* "Sergei Ryabkov, Russia's deputy foreign minister": the name before the comma is whom the phrase speaks of. */
static void appose(an_scene *s, uint32_t mention, uint32_t first) {
  if (mention == AN_NONE || mention == 0 || first < 2) return;
  uint32_t comma = first - 1;
  while (comma > 0 && (an_token_is(s, comma, "the") || an_token_is(s, comma, "a") || an_token_is(s, comma, "an"))) comma--;
  if (!an_token_is(s, comma, ",")) return;
  an_mention_at *m = &s->out->list.at[mention];
  for (uint32_t i = mention; i-- > 0 && mention - i <= 3;) {
    an_mention_at *name = &s->out->list.at[i];
    if (name->m.kind != AN_MENTION_PERSON || name->end != comma) continue;
    if (name->m.who.country.at == NULL) name->m.who.country = m->m.who.country;
    if (name->m.who.sector.at == NULL) name->m.who.sector = m->m.who.sector;
    if (name->entity == AN_NONE && m->m.who.sector.at != NULL && (an_text_is(m->m.who.sector, "GOV") || an_text_is(m->m.who.sector, "LEG"))) {
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
      m->gender = name->gender;
    }
    return;
  }
}

/* Behind a plural: "of Iran, Russia and the Republic of Azerbaijan". */
static void more_behind(const an_scene *s, holder *h) {
  while (h->count < MOST_HOLDERS && same_sentence(s, h->first, h->end + 1)) {
    uint32_t at = h->end;
    if (an_token_is(s, at, ",")) at++;
    if (an_token_is(s, at, "and")) at++;
    if (at == h->end) return;
    if (an_token_is(s, at, "the")) at++;
    holder next;
    if (at >= s->words->token_count || !same_sentence(s, h->first, at) || !holder_at(s, at, &next) || next.count != 1 || next.org != AN_NONE ||
        next.genitive || next.form == AN_FORM_ADJ)
      return;
    role r;
    if (role_after(s, next.end, 1, &r)) return;
    h->country[h->count] = next.country[0];
    h->item[h->count++] = next.item[0];
    h->end = next.end;
  }
}

/* Behind a role: "of Iran", "of the Islamic Republic". */
static bool holder_behind(const an_scene *s, uint32_t end, holder *h) {
  if (!same_sentence(s, end - 1, end) || !(an_token_is(s, end, "of") || an_token_is(s, end, "for"))) return false;
  uint32_t at = end + 1;
  if (an_token_is(s, at, "the")) at++;
  if (at >= s->words->token_count || !same_sentence(s, end, at) || !holder_at(s, at, h)) return false;
  if (h->count != 1 || h->genitive || h->form == AN_FORM_ADJ || h->form == AN_FORM_NOUN_PL) return false;
  /* "the leader of Iranian students": the country says which students. */
  role r;
  return !role_after(s, h->end, 1, &r);
}

/* A role phrase from `first`; h may be empty. Returns the token behind all that it took. */
static uint32_t read_role(an_scene *s, uint32_t first, holder *h, role *r) {
  uint32_t end = r->end;
  holder behind;
  r->former |= former_before(s, first);
  bool one = r->kind == AN_ROLE_PERSON && !r->plural;
  uint32_t name_from = skip_titles(s, end);
  an_claim c;
  an_name n;
  claim_of(s, h, r, &c);
  if (one && same_sentence(s, first, name_from) && an_name_at(s, name_from, &c, &n)) {
    if (h->count == 0 && holder_behind(s, n.end, &behind)) { /* "President Hassan Rouhani of Iran" */
      claim_of(s, &behind, r, &c);
      an_name again;
      if (an_name_at(s, name_from, &c, &again)) n = again;
      h = &behind;
    }
    emit_person(s, first, &n, &c, r, name_from > end ? end : AN_NONE);
    return h == &behind ? behind.end : n.end;
  }
  if (h->count == 0 && holder_behind(s, end, &behind)) {
    *h = behind;
    if (r->plural && h->org == AN_NONE) more_behind(s, h);
    end = h->end;
    claim_of(s, h, r, &c);
  }
  if (h->count > 1 && r->kind != AN_ROLE_PERSON) {
    emit_groups(s, first, end, h, r);
    return end;
  }
  /* "Iran's president, Hassan Rouhani,": a name behind the comma is the same person. */
  uint32_t mention = emit_role(s, first, end, h, r);
  appose(s, mention, first);
  if (one && mention != AN_NONE && h->count > 0 && an_token_is(s, end, ",") && same_sentence(s, end, end + 1) &&
      an_name_at(s, skip_titles(s, end + 1), &c, &n) && (n.person != AN_NONE || (n.end > n.first + 1 && an_token_is(s, n.end, ",")))) {
    uint32_t name = emit_person(s, n.first, &n, &c, NULL, AN_NONE);
    if (name != AN_NONE) {
      an_mention_at *m = &s->out->list.at[mention];
      m->chain = s->out->list.at[name].chain;
      m->entity = n.person;
      m->m.who.entity = s->out->list.at[name].m.who.entity;
      m->m.who.name = s->out->list.at[name].m.who.name;
      m->m.who.office = s->out->list.at[name].m.who.office;
    }
    return n.end;
  }
  return end;
}

static bool is_saying_name(const an_scene *s, const an_name *n) {
  if (n->person != AN_NONE || n->known != AN_NONE) return true;
  uint8_t kind = block_kind(s, n->first);
  return kind == AN_BLOCK_BODY || kind == AN_BLOCK_DECK || kind == AN_BLOCK_CAPTION;
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
  const an_item *item = item_from(s, token);
  static const an_claim plain = {.org = AN_NONE};
  holder h;
  role r;
  an_name n;
  if (item != NULL && item->role_kind == AN_ROLE_TITLE) {
    an_claim c = {.org = AN_NONE, .titled = true, .former = former_before(s, token)};
    c.sector = an_entity_at(s->world, an_posting_at(s->world, item->by_kind[AN_FORM_ROLE]).entity).sector;
    uint32_t from = skip_titles(s, token);
    if (same_sentence(s, token, from) && an_name_at(s, from, &c, &n)) {
      emit_person(s, token, &n, &c, NULL, token);
      return n.end;
    }
  }
  bool person = item != NULL && (item->by_kind[AN_FORM_FULL] != AN_NONE || item->by_kind[AN_FORM_SHORT] != AN_NONE || item->by_kind[AN_FORM_TRANSLIT] != AN_NONE);
  if (person && an_name_at(s, token, &plain, &n) && n.person != AN_NONE) {
    an_claim c = plain;
    c.former = former_before(s, token);
    emit_person(s, token, &n, &c, NULL, AN_NONE);
    return n.end;
  }
  if (item != NULL && holder_at(s, token, &h)) {
    bool adjective = h.form == AN_FORM_ADJ || h.genitive || h.org != AN_NONE || h.form == AN_FORM_METONYM;
    if (same_sentence(s, token, h.end) && role_after(s, h.end, adjective ? MOST_BETWEEN : 2, &r)) return read_role(s, token, &h, &r);
    an_claim c;
    claim_of(s, &h, NULL, &c);
    if (h.org != AN_NONE) {
      emit_org(s, item, item->by_kind[AN_FORM_ORG]);
      return item->end;
    }
    uint32_t body = h.form == AN_FORM_ADJ && !h.genitive ? emit_unknown_body(s, token) : token;
    if (body > token) return body;
    for (uint32_t i = 0; i < h.count; i++) {
      const an_item *one = &s->items[h.item[i]];
      uint8_t form = h.form;
      uint32_t country = an_scene_country(s, one, &form);
      /* "an Iranian was killed": an adjective that stands for somebody. */
      bool noun = form == AN_FORM_ADJ && (one->by_kind[AN_FORM_NOUN] != AN_NONE || one->by_kind[AN_FORM_NOUN_PL] != AN_NONE) &&
                  s->words->tokens[one->first].upos == AN_NOUN && !an_token_is(s, one->end, "-");
      if (country != AN_NONE) emit_country(s, one, country, noun ? (uint8_t)AN_FORM_NOUN : form);
    }
    return s->items[h.item[h.count - 1]].end;
  }
  if (item != NULL && item->by_kind[AN_FORM_OUTLET] != AN_NONE) {
    emit_org(s, item, item->by_kind[AN_FORM_OUTLET]);
    return item->end;
  }
  bool role_here = item != NULL && item->by_kind[AN_FORM_ROLE] != AN_NONE && item->role_kind != AN_ROLE_TITLE;
  h = (holder){.org = AN_NONE};
  if (role_here && role_after(s, token, 0, &r)) {
    /* "state visit", "police station": a word that says which, and nobody. */
    const an_token *last = &s->words->tokens[r.end - 1];
    if ((last->rel == AN_COMPOUND || last->rel == AN_AMOD) && (last->head == AN_NONE || last->head >= r.end) && r.kind != AN_ROLE_PERSON) return r.end;
    h.country[0] = country_before_and(s, token);
    if (h.country[0] != AN_NONE) h.count = 1;
    return read_role(s, token, &h, &r);
  }
  uint8_t upos = s->words->tokens[token].upos;
  uint8_t shape = s->words->tokens[token].shape;
  if (shape != AN_SHAPE_CAPITAL && shape != AN_SHAPE_UPPER && shape != AN_SHAPE_MIXED) return token;
  if (upos != AN_PROPN && upos != AN_X && item == NULL) return token;
  uint32_t body = emit_unknown_body(s, token);
  if (body > token) return body;
  if (item == NULL || item->by_kind[AN_FORM_PLACE] == AN_NONE || item->by_kind[AN_FORM_SURNAME] != AN_NONE) {
    if (an_name_at(s, token, &plain, &n) && is_saying_name(s, &n)) {
      emit_person(s, token, &n, &plain, NULL, AN_NONE);
      return n.end;
    }
  }
  if (item != NULL && item->by_kind[AN_FORM_PLACE] != AN_NONE && emit_place(s, item)) return item->end;
  return token;
}

/* "the government of Syrian President Bashar Assad", "police in Kabul", "Nojeh air base in Iran": what stands behind says whose. */
static void place_behind_mentions(an_scene *s) {
  for (uint32_t i = 0; i + 1 < s->out->list.count; i++) {
    an_mention_at *m = &s->out->list.at[i];
    const an_mention_at *next = &s->out->list.at[i + 1];
    bool fits = m->m.kind == AN_MENTION_ORGANISATION || m->m.kind == AN_MENTION_GROUP || m->m.kind == AN_MENTION_ROLE || m->m.kind == AN_MENTION_PLACE;
    bool open = m->m.who.country.at == NULL || (m->flags & AN_MENTION_INFERRED) != 0;
    if (!fits || !open || m->member_count > 0 || m->entity != AN_NONE || !same_sentence(s, m->first, m->end)) continue;
    uint32_t gap = next->first > m->end ? next->first - m->end : 0;
    an_text country = next->m.who.country.at != NULL ? next->m.who.country : next->place.country;
    if (gap < 1 || gap > 3 || country.at == NULL || !same_sentence(s, m->end, next->first)) continue;
    bool of = an_token_is(s, m->end, "of"), in = an_word_cue(s, m->end, AN_CUE_LOCATIVE) && (next->flags & AN_MENTION_LOCATIVE) != 0;
    if (!of && !in) continue;
    if (m->m.kind == AN_MENTION_PLACE) m->place.country = country;
    m->m.who.country = country;
    if (in) m->flags |= AN_MENTION_INFERRED;
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
    const an_known *k = presented(s, p->country, p->offices, m->first);
    if (k == NULL || k->person == AN_NONE) continue;
    m->entity = k->person;
    m->chain = k->chain;
    m->m.who.entity = an_entity_at(s->world, k->person).id;
    m->m.who.name = k->name;
    m->m.who.office = k->office.size > 0 ? k->office : none();
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

void an_phrases_walk(an_scene *s) {
  for (uint32_t token = 0; token < s->words->token_count && !s->short_of && !s->full;) {
    uint32_t end = read_at(s, token);
    token = end > token ? end : token + 1;
  }
  place_behind_mentions(s);
  settle(s);
}
