/* SPDX-License-Identifier: Apache-2.0 */
/* Whose, and what for: countries and organisations in front of a role, the role itself, where a bare role belongs. */
#include "world/phrases.h"

an_text an_phrase_none(void) { return (an_text){NULL, 0}; }

const an_item *an_phrase_item(const an_scene *s, uint32_t token) {
  uint32_t i = token < s->words->token_count ? s->item_of[token] : AN_NONE;
  return i != AN_NONE && s->items[i].first == token ? &s->items[i] : NULL;
}

bool an_phrase_same_sentence(const an_scene *s, uint32_t a, uint32_t b) {
  return b < s->words->token_count && s->words->tokens[a].sentence == s->words->tokens[b].sentence;
}

bool an_phrase_is_genitive(const an_scene *s, uint32_t token) {
  return an_token_is(s, token, "'s") || an_token_is(s, token, "'") || an_token_is(s, token, "s'");
}

bool an_phrase_is_nominal(const an_scene *s, uint32_t token) {
  uint8_t upos = s->words->tokens[token].upos;
  return upos == AN_NOUN || upos == AN_PROPN || upos == AN_X;
}

uint8_t an_phrase_block_kind(const an_scene *s, uint32_t token) {
  uint32_t block = s->words->sentences[s->words->tokens[token].sentence].block;
  return s->article != NULL && block < s->article->block_count ? s->article->blocks[block].kind : (uint8_t)AN_BLOCK_BODY;
}

/* "Athens, Georgia": the town that lies in a part of a country of that name. */
static bool lies_in(const an_scene *s, const an_entity *town, const an_item *part) {
  for (uint32_t k = 0; k < part->posting_count && k < 32; k++) {
    an_posting p = an_posting_bare(s->world, part->posting + k);
    if (p.kind != AN_FORM_PLACE) continue;
    an_entity e = an_entity_at(s->world, p.entity);
    if (e.sub == AN_WHERE_ADMIN1 && town->sub == AN_WHERE_CITY && an_text_equal(e.country, town->country) && an_text_equal(e.name, town->one)) return true;
  }
  return false;
}

/* Degrees squared between two points, good enough to tell the Philippines from Spain; a sum of products, the same on every machine. */
static double apart(const an_entity *a, const an_entity *b) {
  double lat = a->lat - b->lat, lon = a->lon - b->lon, mean = (a->lat + b->lat) / 2 * 0.017453292519943295, square = mean * mean;
  double narrow = 1 - square / 2 + square * square / 24; /* cosine: how near meridians are there */
  if (lon > 180) lon -= 360;
  if (lon < -180) lon += 360;
  lon *= narrow;
  return lat * lat + lon * lon;
}

/* "the Gulf of Cadiz" on a page about Portugal and Morocco is Spain's: points for lying near a country that the page means. */
static uint32_t nearness(const an_scene *s, const an_entity *place) {
  static const struct { double degrees; uint32_t points; } steps[] = {{6, 120}, {12, 90}, {20, 60}, {40, 30}};
  double least = 1e9;
  for (uint32_t i = 0; i < s->countries.capacity; i++) {
    if (s->countries.keys[i] == 0) continue;
    an_entity country = an_entity_at(s->world, (uint32_t)(s->countries.keys[i] - 1));
    double now = apart(place, &country);
    if (now < least) least = now; /* no coordinates: no number is less */
  }
  for (uint32_t i = 0; i < sizeof steps / sizeof *steps; i++)
    if (least < steps[i].degrees * steps[i].degrees) return steps[i].points;
  return 0;
}

/* Of namesakes the one in the country that the document speaks of, or near it; then the largest. */
uint32_t an_phrase_place(const an_scene *s, const an_item *item) {
  uint32_t best = AN_NONE, best_score = 0;
  const an_item *behind = an_token_is(s, item->end, ",") ? an_phrase_item(s, item->end + 1) : NULL;
  for (uint32_t k = 0; k < item->posting_count && k < 32; k++) {
    if ((item->fits >> k & 1) == 0) continue;
    an_posting p = an_posting_bare(s->world, item->posting + k);
    if (p.kind != AN_FORM_PLACE) continue;
    an_entity e = an_entity_at(s->world, p.entity);
    uint32_t country = an_entity_by_id(s->world, e.country), seen = 0;
    if (country != AN_NONE) seen = an_map_get(&s->countries, (uint64_t)country + 1, 0) + an_map_get(&s->lands, (uint64_t)country + 1, 0);
    uint8_t form;
    if (behind != NULL && an_scene_country(s, behind, &form) == country && country != AN_NONE) seen += 8;
    uint32_t near = seen == 0 && item->posting_count > 1 && country != AN_NONE ? nearness(s, &e) : 0;
    uint32_t score = p.prior + near + (seen > 8 ? 400 : seen * 50) + (behind != NULL && lies_in(s, &e, behind) ? 900 : 0);
    if (score <= best_score) continue;
    best_score = score;
    best = item->posting + k;
  }
  return best;
}

/* "GBR-SCT" lies in "GBR"; Brussels is in BEL and stands for EUR. */
static bool same_land(an_text a, an_text b) {
  return an_text_equal(an_text_slice(a, 0, 3), an_text_slice(b, 0, 3)) || an_text_is(b, "EUR");
}

/* "San Jose" is the seat of a government, and a larger town elsewhere: the document decides which. */
static bool is_elsewhere(const an_scene *s, const an_item *item, uint32_t country) {
  uint32_t where = an_phrase_place(s, item);
  return where != AN_NONE && !same_land(an_entity_country_of(s->world, an_posting_at(s->world, where).entity), an_entity_at(s->world, country).id);
}

/* "Real Madrid", "Inter Milan": the end of a longer name that the file does not hold, and no seat of a government. */
static bool ends_a_name(const an_scene *s, const an_item *item) {
  if (item->first == 0 || !an_phrase_same_sentence(s, item->first - 1, item->first)) return false;
  const an_token *before = &s->words->tokens[item->first - 1], *last = &s->words->tokens[item->end - 1];
  if (before->shape != AN_SHAPE_CAPITAL || s->item_of[item->first - 1] != AN_NONE) return false;
  if (before->upos == AN_ADJ) return s->words->sentences[before->sentence].first != item->first - 1;
  if (before->upos != AN_PROPN) return false;
  return (before->head >= item->first && before->head < item->end) || last->head == item->first - 1;
}

/* ---- Whose ------------------------------------------------------------------------------------------- */

/* An organisation reads as one when no country reading is as good. */
static uint32_t org_of(const an_scene *s, const an_item *item) {
  uint32_t org = item->by_kind[AN_FORM_ORG];
  return org == AN_NONE ? AN_NONE : an_posting_at(s->world, org).entity;
}

bool an_phrase_holder_at(const an_scene *s, uint32_t token, an_holding *h) {
  *h = (an_holding){.first = token, .end = token, .org = AN_NONE};
  for (uint32_t at = token; h->count < MOST_HOLDERS;) {
    const an_item *item = an_phrase_item(s, at);
    if (item == NULL) break;
    uint8_t form = AN_FORM_NONE;
    uint32_t country = an_scene_country(s, item, &form), org = org_of(s, item);
    if (form == AN_FORM_CAPITAL && (is_elsewhere(s, item, country) || ends_a_name(s, item))) country = AN_NONE;
    if (country == AN_NONE && (org == AN_NONE || h->count > 0)) break;
    if (h->count > 0 && form != h->form) break;
    h->item[h->count] = s->item_of[at];
    h->country[h->count++] = country;
    h->form = form;
    h->end = item->end;
    if (country == AN_NONE) h->org = org;
    if (form == AN_FORM_METONYM) h->sector = an_posting_at(s->world, item->by_kind[AN_FORM_METONYM]).sector;
    h->genitive = an_phrase_same_sentence(s, token, item->end) && an_phrase_is_genitive(s, item->end);
    if (h->genitive) {
      h->end++;
      break;
    }
    /* "Iranian and Russian", "U.S., British and French": adjectives only, so that "Iran and Russia" stay two. */
    at = item->end;
    bool adjective = form == AN_FORM_ADJ || item->by_kind[AN_FORM_ADJ] != AN_NONE;
    if (!adjective || !an_phrase_same_sentence(s, token, at + 1)) break;
    if (an_token_is(s, at, ",") && an_token_is(s, at + 1, "and")) at += 2;
    else if (an_token_is(s, at, ",") || an_token_is(s, at, "and") || an_token_is(s, at, "or")) at++;
    else break;
    const an_item *next = an_phrase_item(s, at);
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
  *item = an_phrase_item(s, token);
  if (*item == NULL || (*item)->by_kind[AN_FORM_ROLE] == AN_NONE || (*item)->role_kind == AN_ROLE_TITLE) return false;
  const an_named *named = s->name_of[token] == AN_NONE ? NULL : &s->named[s->name_of[token]];
  /* "Public" of "Saudi Arabia's Public Investment Fund" */
  if (named != NULL && named->kind != AN_MENTION_PERSON && (*item)->end < named->end && named->end - token > 1) return named->first == token && (*item)->end > token + 1;
  if (an_phrase_is_nominal(s, (*item)->end - 1)) return true;
  /* "General Ana Bel": a rank that the tagger took for an adjective. */
  const an_named *behind = an_phrase_same_sentence(s, token, (*item)->end) ? an_scene_named(s, (*item)->end) : NULL;
  if (behind != NULL && behind->kind == AN_MENTION_PERSON && behind->end > behind->first + 1 && s->words->tokens[(*item)->end - 1].shape == AN_SHAPE_CAPITAL) return true;
  /* "secretary-general", "attorney general": the adjective stands behind. */
  for (uint32_t t = token; t + 1 < (*item)->end; t++)
    if (an_phrase_is_nominal(s, t)) return true;
  /* "Kenyan protesters burned": a plural noun of ours that the tagger took for something else is hardly a verb. */
  an_entity e = an_entity_at(s->world, an_posting_at(s->world, (*item)->by_kind[AN_FORM_ROLE]).entity);
  uint32_t before = token > 0 ? s->item_of[token - 1] : AN_NONE;
  bool of_country = before != AN_NONE && s->items[before].by_kind[AN_FORM_ADJ] != AN_NONE;
  return (e.flags & AN_ENT_PLURAL) != 0 && e.sub == AN_ROLE_GROUP && (of_country || s->words->tokens[(*item)->end - 1].xpos != AN_X_VBZ);
}

static void take_role(const an_scene *s, const an_item *item, an_role *r) {
  an_entity e = an_entity_at(s->world, an_posting_at(s->world, item->by_kind[AN_FORM_ROLE]).entity);
  /* "military spokesman", "court official": the word before says which branch; "government troops": the last one does. */
  bool general = an_text_is(e.sector, "GOV") || e.sector.size == 0;
  /* "the student senate" is the students' own. */
  general |= r->any && e.sub == AN_ROLE_INSTITUTION && an_text_is(e.sector, "LEG") && r->sector.size > 0 && !an_phrase_is_of_state(r->sector);
  if (!r->any || !general) r->sector = e.sector;
  if (!r->any) r->first = item->first;
  /* "his Iranian counterpart" holds the office of whom the page spoke of last. */
  if (an_text_is(e.one, "same")) r->offices = s->last_known < s->known.count ? s->known.at[s->last_known].offices : an_phrase_none();
  else if (e.one.size > 0) r->offices = e.one;
  else if (e.sub != AN_ROLE_PERSON) r->offices = an_phrase_none();
  r->name = e.name;
  r->kind = e.sub;
  r->plural = (e.flags & AN_ENT_PLURAL) != 0;
  r->also_private = (e.flags & AN_ENT_ALSO_PRIVATE) != 0;
  r->needs_country = (e.flags & AN_ENT_NEEDS_COUNTRY) != 0;
  r->end = item->end;
  r->any = true;
}

/* A role at or a few words behind `token`: over adjectives, "deputy", "former". `between`: how many words may be passed over. */
bool an_phrase_role_after(const an_scene *s, uint32_t token, uint32_t between, an_role *r) {
  *r = (an_role){0};
  uint32_t passed = 0;
  for (uint32_t at = token; at < s->words->token_count && s->words->tokens[at].sentence == s->words->tokens[token].sentence;) {
    const an_item *item, *next;
    if (role_item(s, at, &item)) {
      /* "deputy energy minister": who is under the minister, and holds another office. */
      if (!r->any && (item->cues >> AN_CUE_DEPUTY & 1) != 0 && an_phrase_same_sentence(s, at, item->end) && role_item(s, item->end, &next)) {
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
    /* "Israel's two ministers", but "Fatah captured two soldiers" */
    if (upos == AN_NUM && at > token && !an_phrase_is_genitive(s, token - 1)) break;
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
  if (r->deputy) r->offices = an_phrase_none();
  /* "President-elect" */
  if (an_token_is(s, r->end, "-") && r->end + 1 < s->words->token_count && s->item_of[r->end + 1] != AN_NONE &&
      an_item_is(s, s->item_of[r->end + 1], AN_CUE_ELECT)) {
    r->former = true;
    r->end += 2;
  }
  return true;
}

/* "former", "ex-" before the phrase itself: "the former Iranian president". */
bool an_phrase_former_before(const an_scene *s, uint32_t first) {
  for (uint32_t back = 1; back <= 2 && first >= back; back++) {
    uint32_t i = s->item_of[first - back];
    if (!an_phrase_same_sentence(s, first - back, first)) return false;
    if (i != AN_NONE && (an_item_is(s, i, AN_CUE_FORMER) || an_item_is(s, i, AN_CUE_ELECT))) return true;
    if (!an_token_is(s, first - back, "-")) return false;
  }
  return false;
}

uint32_t an_phrase_skip_titles(const an_scene *s, uint32_t token) {
  for (;;) {
    const an_item *item = an_phrase_item(s, token);
    if (item == NULL || item->role_kind != AN_ROLE_TITLE) return token;
    token = item->end;
    if (an_token_is(s, token, ".")) token++;
  }
}

/* ---- Where a bare role belongs ----------------------------------------------------------------------------- */

static uint32_t times_meant(const an_scene *s, an_text country) {
  uint32_t row = an_entity_by_id(s->world, country);
  return row == AN_NONE ? 0 : an_map_get(&s->countries, (uint64_t)row + 1, 0);
}

/* "DHAKA - Garment workers clashed": the country of the dateline, unless the page speaks more of another. */
an_text an_phrase_dateline_country(const an_scene *s) {
  for (uint32_t i = 0; i < s->out->list.count; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    uint8_t block = an_phrase_block_kind(s, m->first);
    const an_sentence *sentence = &s->words->sentences[s->words->tokens[m->first].sentence];
    bool body = block == AN_BLOCK_BODY, heads = m->first == sentence->first && (m->flags & AN_MENTION_LOCATIVE) != 0;
    if (body && !heads) break;
    if ((block != AN_BLOCK_DATELINE && !body) || m->place.country.at == NULL) continue;
    return times_meant(s, s->home) > times_meant(s, m->place.country) && !an_text_equal(s->home, m->place.country) ? an_phrase_none() : m->place.country;
  }
  return an_phrase_none();
}

/* "The Senate voted": a national institution of a page that speaks of no country is of the outlet's. */
an_text an_phrase_outlet_country(const an_scene *s, const an_role *r) {
  return r->kind == AN_ROLE_INSTITUTION && an_phrase_is_of_state(r->sector) && s->home.size == 0 && s->outlet != NULL ? s->outlet->country : an_phrase_none();
}

/* A common noun that has no government: neither "nation" nor anybody that the file knows. */
static bool is_thing(const an_scene *s, uint32_t token) {
  if (s->words->tokens[token].upos != AN_NOUN || s->words->tokens[token].shape == AN_SHAPE_CAPITAL) return false;
  const an_item *item = s->item_of[token] == AN_NONE ? NULL : &s->items[s->item_of[token]];
  if (an_word_cue(s, token, AN_CUE_POLITY) || item == NULL) return !an_word_cue(s, token, AN_CUE_POLITY);
  if (item->by_kind[AN_FORM_ORG] != AN_NONE || item->by_kind[AN_FORM_METONYM] != AN_NONE) return false;
  if (item->by_kind[AN_FORM_ROLE] == AN_NONE) return true;
  /* A university or a union is no state either. */
  return item->role_kind == AN_ROLE_INSTITUTION && !an_phrase_is_of_state(an_entity_at(s->world, an_posting_at(s->world, item->by_kind[AN_FORM_ROLE]).entity).sector);
}

/* "soldier ants", "the pilot light": the role says which ants, and is nobody; "minister Zarif" is somebody. */
bool an_phrase_of_common_noun(const an_scene *s, uint32_t end, uint32_t head) {
  return head != AN_NONE && an_phrase_same_sentence(s, end - 1, head) && head == end && is_thing(s, head);
}

/* "the president of Harvard": a name that is no country's, and the file knows no land of it. */
static bool is_no_land(const an_scene *s, uint32_t token) {
  const an_token *t = &s->words->tokens[token];
  if (t->upos != AN_PROPN || (t->shape != AN_SHAPE_CAPITAL && t->shape != AN_SHAPE_MIXED)) return false;
  uint32_t at = token;
  for (; at < token + 5 && an_phrase_same_sentence(s, token, at) && s->words->tokens[at].upos == AN_PROPN; at++)
    if (an_word_cue(s, at, AN_CUE_POLITY)) return false;
  const an_item *item = s->item_of[token] == AN_NONE ? NULL : &s->items[s->item_of[token]];
  if (item == NULL) return true;
  for (uint32_t k = AN_FORM_NAME; k <= AN_FORM_ABBR; k++)
    if (item->by_kind[k] != AN_NONE) return false;
  uint32_t place = item->by_kind[AN_FORM_PLACE];
  return item->by_kind[AN_FORM_ORG] == AN_NONE && (place == AN_NONE || an_entity_sub_of(s->world, an_posting_at(s->world, place).entity) < AN_WHERE_ADMIN1);
}

/* "the university's senate", "the president of the chess club", "the club president", "an army of ants": of a thing, and of no
   state. */
bool an_phrase_of_a_thing(const an_scene *s, uint32_t first, uint32_t end, const an_role *r) {
  if (r->kind == AN_ROLE_PERSON ? !r->also_private : !an_phrase_is_of_state(r->sector)) return false;
  bool before = first > 0 && an_phrase_same_sentence(s, first - 1, first) && s->words->tokens[first - 1].rel == AN_COMPOUND;
  if (before && r->kind == AN_ROLE_PERSON && is_thing(s, first - 1) && !an_word_cue(s, first - 1, AN_CUE_MODIFIER)) return true;
  const an_mention_at *place = s->out->list.count == 0 ? NULL : &s->out->list.at[s->out->list.count - 1];
  if (r->kind == AN_ROLE_PERSON && place != NULL && place->end == first && place->m.kind == AN_MENTION_PLACE && place->place.precision == AN_WHERE_CITY) return true; /* "Real Madrid president" */
  if (first >= 2 && an_phrase_same_sentence(s, first - 2, first) && an_phrase_is_genitive(s, first - 1)) return is_thing(s, first - 2);
  if (!an_phrase_same_sentence(s, first, end) || !an_token_is(s, end, "of")) return false;
  uint32_t at = end + 1, last = AN_NONE;
  bool article = an_token_is(s, at, "the") || an_token_is(s, at, "a") || an_token_is(s, at, "an") || an_token_is(s, at, "its") || an_token_is(s, at, "this");
  if (r->kind == AN_ROLE_PERSON && an_phrase_same_sentence(s, first, at + article) && is_no_land(s, at + article)) return true;
  if (!article && r->kind == AN_ROLE_PERSON) return false; /* "vice president of sales" */
  for (at += article; at < end + 6 && an_phrase_same_sentence(s, first, at); at++) {
    uint8_t upos = s->words->tokens[at].upos;
    if (upos == AN_NOUN) last = at;
    else if (upos != AN_ADJ) break;
  }
  return last != AN_NONE && is_thing(s, last) && (at >= s->words->token_count || s->words->tokens[at].upos != AN_PROPN);
}

bool an_phrase_is_disputed(const an_scene *s, const an_mention_at *m) {
  an_entity e = an_entity_at(s->world, m->m.kind == AN_MENTION_PLACE ? m->entity : AN_NONE);
  return e.kind == AN_ENT_PLACE && (e.flags & AN_ENT_DISPUTED) != 0;
}

/* The one country of the mentions in the same sentence before; else the country the whole document is about. */
an_text an_phrase_inferred_country(const an_scene *s, uint32_t token, bool of_state) {
  an_text found = an_phrase_none();
  bool dominates = s->home_share >= INFER_SHARE, stated = false;
  for (uint32_t i = s->out->list.count; i-- > 0;) {
    const an_mention_at *m = &s->out->list.at[i];
    if (!an_phrase_same_sentence(s, m->first, token)) break;
    an_text country = m->m.who.country.at != NULL ? m->m.who.country : m->place.country;
    if (country.at == NULL || country.size == 0 || (!of_state && (m->flags & AN_MENTION_LOCATIVE) == 0)) continue;
    if (an_entity_by_id(s->world, country) == AN_NONE || an_phrase_is_disputed(s, m)) continue; /* the UN's is no country */
    if (found.at != NULL && !an_text_equal(found, country)) return s->home_told && of_state ? s->home : an_phrase_none();
    found = country;
    stated |= (m->flags & AN_MENTION_LOCATIVE) != 0;
  }
  /* "The judge said that Iran ...": a country that is only spoken of is the judge's where the whole page is about it. */
  if (found.at != NULL) return stated || (dominates && an_text_equal(found, s->home)) ? found : an_phrase_none();
  return of_state && dominates ? s->home : an_phrase_none();
}

bool an_phrase_is_of_office(an_text sector) { return an_text_is(sector, "GOV") || an_text_is(sector, "LEG"); }

/* Sectors that a country has one of: its government, courts, police, rebels. A child or a firm may be anybody's. */
bool an_phrase_is_of_state(an_text sector) {
  return an_text_is(sector, "GOV") || an_text_is(sector, "LEG") || an_text_is(sector, "JUD") || an_text_is(sector, "COP") ||
         an_text_is(sector, "MIL") || an_text_is(sector, "REB") || an_text_is(sector, "OPP") || an_text_is(sector, "SPY") ||
         an_text_is(sector, "PRM") || an_text_is(sector, "UAF");
}

bool an_phrase_is_of_public_life(an_text sector) {
  return an_phrase_is_of_state(sector) || an_text_is(sector, "PTY") || an_text_is(sector, "LAB") || an_code_above_states(sector);
}
