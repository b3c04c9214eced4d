/* SPDX-License-Identifier: Apache-2.0 */
/* Names of people. A name in full is looked up; a surname alone counts behind a title, after the full name, or when one serving
   head of a state or government bears it; a name that the world file does not hold is found by its shape. All scores add up. */
#include "world/scene.h"

enum { ENOUGH = 600, MOST_TOKENS = 5 };

static bool capital(const an_scene *s, uint32_t token) {
  uint8_t shape = s->words->tokens[token].shape;
  if (shape == AN_SHAPE_CAPITAL || shape == AN_SHAPE_UPPER) return true;
  uint32_t at = 0;
  an_text form = an_word(s->words, token);
  return shape == AN_SHAPE_MIXED && form.size > 0 && an_code_is_upper(an_utf8_next(form, &at));
}

/* May this word be part of a name that we do not hold? Countries, days and words of offices are not. */
static bool may_be_name(const an_scene *s, uint32_t token, bool titled) {
  const an_token *t = &s->words->tokens[token];
  if (!capital(s, token) || (t->upos != AN_PROPN && t->upos != AN_X && !titled)) return false;
  uint32_t i = s->item_of[token];
  if (i == AN_NONE) return true;
  const an_item *item = &s->items[i];
  if (an_item_is(s, i, AN_CUE_NOT_A_NAME) || an_item_is(s, i, AN_CUE_ORG_WORD) || an_item_is(s, i, AN_CUE_FORMER)) return false;
  if (item->by_kind[AN_FORM_ROLE] != AN_NONE || item->by_kind[AN_FORM_ORG] != AN_NONE || item->by_kind[AN_FORM_OUTLET] != AN_NONE) return false;
  for (uint32_t k = AN_FORM_NAME; k <= AN_FORM_ABBR; k++)
    if (item->by_kind[k] != AN_NONE && item->by_kind[AN_FORM_SURNAME] == AN_NONE) return false;
  return true;
}

/* "Avi Bell" is somebody: people of the world file are called Avi. */
static bool is_given_name(const an_scene *s, uint32_t token) {
  uint32_t row, count;
  return token < s->words->token_count && an_slot_find(s->world->ids, an_hash_mix(AN_GIVEN_SEED, s->words->tokens[token].fold), &row, &count);
}

static bool tight_hyphen(const an_scene *s, uint32_t at) {
  return at < s->words->token_count && an_word_is(s->words, at, "-") && at > 0 && !s->words->tokens[at].space_after && !s->words->tokens[at - 1].space_after;
}

/* Behind a particle or a hyphen of a name any capital goes on: "Abu Ramadan", "Brnabić-Holm"; "Mei-hua" needs none. */
static bool goes_on(const an_scene *s, uint32_t at) {
  if (capital(s, at)) return true;
  return tight_hyphen(s, at - 1) && s->words->tokens[at].upos == AN_PROPN && s->words->tokens[at].at.end - s->words->tokens[at].at.begin <= 5;
}

/* Capitalised words that can be a name, with particles, initials and hyphens between: "Mohammad-Reza al-Sadr", "J. D. Vance". */
static bool name_run(const an_scene *s, uint32_t token, bool titled, bool given, uint32_t *end, uint32_t *words) {
  uint32_t sentence = s->words->tokens[token].sentence, at = token, last = token;
  *words = 0;
  bool bound = given; /* the word is part of the name whatever it may mean alone */
  while (at < s->words->token_count && s->words->tokens[at].sentence == sentence && *words < MOST_TOKENS) {
    if ((bound && *words > 0 && goes_on(s, at)) || (bound && given && at == token) || may_be_name(s, at, titled)) {
      *words += !bound || *words == 0 || !tight_hyphen(s, at - 1);
      last = ++at;
      bound = false;
    } else if (at + 1 < s->words->token_count && s->words->tokens[at + 1].sentence == sentence && ((*words > 0 && tight_hyphen(s, at)) ||
               (an_word_cue(s, at, AN_CUE_PARTICLE) && (*words > 0 || (titled && capital(s, at))) && (capital(s, at + 1) || an_word_cue(s, at + 1, AN_CUE_PARTICLE) || an_word_is(s->words, at + 1, "-"))))) {
      if (*words > 0 && tight_hyphen(s, at) && !goes_on(s, at + 1)) break;
      bound = *words > 0;
      at++;
    } else break;
  }
  *end = last;
  return *words > 0;
}

bool an_capital_name(const an_scene *s, uint32_t token, uint32_t *end) {
  uint32_t words;
  return name_run(s, token, false, false, end, &words) && words >= 2 && words <= 4;
}

static bool matches_claim(const an_scene *s, uint32_t person, const an_entity *e, const an_claim *claim, uint16_t *score) {
  if (claim->country.size == 0) return true;
  bool office = claim->offices.size > 0 && an_office_of(s->world, person, claim->country, claim->offices, AN_DAYS_ANY, NULL) != AN_NONE;
  bool country = an_text_equal(e->country, claim->country);
  if (office) *score = (uint16_t)(*score + 300);
  else if (country) *score = (uint16_t)(*score + 150);
  return office || country;
}

/* Is this the only one of a few bearers of the surname who ever headed a state or government? */
static bool only_head(const an_scene *s, const an_item *item, const an_posting *p) {
  uint32_t bearers = 0, heads = 0;
  for (uint32_t k = 0; k < item->posting_count && k < 32; k++) {
    an_posting other = an_posting_bare(s->world, item->posting + k);
    if (other.kind != AN_FORM_SURNAME) continue;
    bearers++;
    heads += an_person_heads(s->world, other.entity, AN_DAYS_ANY);
  }
  return bearers <= 6 && heads == 1 && an_person_heads(s->world, p->entity, AN_DAYS_ANY);
}

/* "Xi Lanfang": the parser hangs the words of a person's name flat on the first; none of them is anything else that we know. */
static bool is_flat_name(const an_scene *s, uint32_t first, uint32_t end) {
  if (!s->words->sentences[s->words->tokens[first].sentence].parsed || end - first > 5) return false;
  for (uint32_t i = first; i < end; i++) {
    const an_token *t = &s->words->tokens[i];
    if (an_word_is(s->words, i, "-")) continue;
    if (t->upos != AN_PROPN || t->shape == AN_SHAPE_UPPER || (i > first && (t->rel != AN_FLAT || t->head != first))) return false;
    const an_item *item = s->item_of[i] == AN_NONE ? NULL : &s->items[s->item_of[i]];
    if (item != NULL && item->by_kind[AN_FORM_SURNAME] == AN_NONE && item->by_kind[AN_FORM_FULL] == AN_NONE) return false;
  }
  return true;
}

/* A run of capitals that nothing introduces is a person's where a first name begins it, or where it speaks or is explained. */
static bool looks_like_person(const an_scene *s, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i < end; i++) {
    uint8_t shape = s->words->tokens[i].shape;
    if (shape == AN_SHAPE_UPPER && s->words->tokens[i].at.end - s->words->tokens[i].at.begin > 2) return false;
    if (shape == AN_SHAPE_NUMBER) return false;
    an_text form = an_word(s->words, i);
    for (uint32_t k = 0; k < form.size; k++)
      if (form.at[k] >= '0' && form.at[k] <= '9') return false;
  }
  if (is_given_name(s, first)) return true;
  if (is_flat_name(s, first, end)) return true;
  /* "Marta Kovačević and Edi Kola": beside a person; "Awa Fall, who ..." */
  const an_mention_at *before = s->out->list.count == 0 ? NULL : &s->out->list.at[s->out->list.count - 1];
  if (before != NULL && before->m.kind == AN_MENTION_PERSON && before->end + 1 == first && (an_token_is(s, first - 1, "and") || an_token_is(s, first - 1, ","))) return true;
  uint32_t head = an_head_of(s->words, first, end), verb = s->words->tokens[head].head;
  if (s->words->tokens[head].rel == AN_NSUBJ && verb < s->words->token_count && (s->words->tokens[verb].flags & AN_WORD_CUE) != 0 && s->words->tokens[verb].upos == AN_VERB) return true;
  bool said = end < s->words->token_count && (s->words->tokens[end].flags & AN_WORD_CUE) != 0;
  bool said_before = first > 0 && (s->words->tokens[first - 1].flags & AN_WORD_CUE) != 0 && s->words->tokens[first - 1].upos == AN_VERB;
  return said || said_before || (an_token_is(s, end, ",") && s->words->tokens[end - 1].upos == AN_PROPN && end + 1 < s->words->token_count &&
                                 (s->words->tokens[end + 1].upos == AN_NUM || an_token_is(s, end + 1, "a") || an_token_is(s, end + 1, "the") ||
                                  an_token_is(s, end + 1, "who") || an_token_is(s, end + 1, "an") || an_token_is(s, end + 1, "his") ||
                                  an_token_is(s, end + 1, "her") || an_token_is(s, end + 1, "whose")));
}

/* "Obama": two heads of two states bore it. Alone it stands for nobody whose country the page does not name. */
static bool rival_head(const an_scene *s, const an_item *item, const an_posting *p) {
  for (uint32_t k = 0; k < item->posting_count && k < 32; k++) {
    an_posting other = an_posting_bare(s->world, item->posting + k);
    if (other.kind == AN_FORM_SURNAME && other.entity != p->entity && an_person_heads(s->world, other.entity, AN_DAYS_ANY)) return true;
  }
  return false;
}

static uint16_t score_of(const an_scene *s, const an_item *item, const an_posting *p, const an_claim *claim) {
  an_entity e = an_entity_at(s->world, p->entity);
  uint16_t score = p->prior;
  if (!matches_claim(s, p->entity, &e, claim, &score)) return 0;
  uint32_t country = an_entity_by_id(s->world, e.country);
  if (country != AN_NONE && an_map_get(&s->countries, (uint64_t)country + 1, 0) > 0) score = (uint16_t)(score + 60);
  if (an_scene_dated(s) && an_office_any(s->world, p->entity, s->days, NULL) != AN_NONE) score = (uint16_t)(score + 100);
  if (p->kind != AN_FORM_SURNAME) return score;
  bool named = an_map_get(&s->people, (uint64_t)p->entity + 1, 0) > 0;
  bool in_office = claim->titled && claim->offices.size > 0 && claim->country.size > 0 &&
                   an_office_of(s->world, p->entity, claim->country, claim->offices, s->days, NULL) != AN_NONE;
  /* Without a day any head of any time could be meant: then the name must be rare. */
  if (!named && !an_scene_dated(s) && claim->offices.size == 0 && claim->country.size == 0)
    return only_head(s, item, p) ? (uint16_t)(score + 350) : 0;
  bool on_page = country != AN_NONE && an_map_get(&s->countries, (uint64_t)country + 1, 0) > 0;
  if (!named && !on_page && claim->offices.size == 0 && claim->country.size == 0 && rival_head(s, item, p)) return 0;
  if (claim->offices.size > 0 && claim->country.size == 0 && an_office_of(s->world, p->entity, e.country, claim->offices, AN_DAYS_ANY, NULL) != AN_NONE)
    score = (uint16_t)(score + 150);
  if (named) score = (uint16_t)(score + 500);
  if (in_office) score = (uint16_t)(score + 250);
  if (an_person_heads(s->world, p->entity, s->days)) score = (uint16_t)(score + (claim->titled && claim->offices.size > 0 ? 300 : 250));
  return score;
}

/* The best person that an item can mean; *second is the next best one's score. */
static uint32_t best_person(const an_scene *s, const an_item *item, bool full, const an_claim *claim, uint16_t *score, uint16_t *second) {
  uint32_t best = AN_NONE;
  *score = *second = 0;
  for (uint32_t k = 0; k < item->posting_count && k < 32; k++) {
    if ((item->fits >> k & 1) == 0) continue;
    an_posting p = an_posting_bare(s->world, item->posting + k);
    if (full ? p.kind < AN_FORM_FULL || p.kind > AN_FORM_TRANSLIT : p.kind != AN_FORM_SURNAME) continue;
    uint16_t now = score_of(s, item, &p, claim);
    if (best != AN_NONE && an_posting_bare(s->world, best).entity == p.entity) continue;
    if (now > *score) {
      *second = *score;
      *score = now;
      best = item->posting + k;
    } else if (now > *second) *second = now;
  }
  return best;
}

static void fill(const an_scene *s, uint32_t first, uint32_t end, an_name *out) {
  *out = (an_name){.person = AN_NONE, .known = AN_NONE, .posting = AN_NONE, .first = first, .end = end,
                   .at = {s->words->tokens[first].at.begin, s->words->tokens[end - 1].at.end}, .last = s->words->tokens[end - 1].fold};
}

/* A surname that is also a word, a place or a country needs the person's full name in the document. */
static bool is_word_too(const an_scene *s, const an_item *item) {
  /* "in May": the lexicon knows the word as a month, a verb, a number. */
  return (s->words->tokens[item->first].flags & ~AN_WORD_ACTOR) != 0 || item->cues != 0 || item->by_kind[AN_FORM_ROLE] != AN_NONE || item->by_kind[AN_FORM_ORG] != AN_NONE ||
         item->by_kind[AN_FORM_CAPITAL] != AN_NONE || item->by_kind[AN_FORM_NAME] != AN_NONE || item->by_kind[AN_FORM_ADJ] != AN_NONE;
}

/* "Jordan Okafor left Jordan": a first name that is a country, a town or a month, before a word that is nothing else, and a verb
   or a stop behind it. */
bool an_given_at(const an_scene *s, uint32_t token, an_name *out) {
  uint32_t end, words;
  const an_item *item = s->item_of[token] == AN_NONE ? NULL : &s->items[s->item_of[token]];
  if (item == NULL || item->end != token + 1 || !capital(s, token) || !is_given_name(s, token) || token + 1 >= s->words->token_count) return false;
  if (s->words->tokens[token].shape != AN_SHAPE_CAPITAL || s->words->tokens[token + 1].shape == AN_SHAPE_UPPER) return false;
  if (!may_be_name(s, token + 1, false)) return false;
  const an_item *next = s->item_of[token + 1] == AN_NONE ? NULL : &s->items[s->item_of[token + 1]];
  uint32_t place = next == NULL || next->by_kind[AN_FORM_SURNAME] != AN_NONE ? AN_NONE : next->by_kind[AN_FORM_PLACE];
  if (place != AN_NONE && an_posting_bare(s->world, place).prior >= 500 && !is_given_name(s, token + 1)) return false; /* "Jordan, Amman" */
  if (!name_run(s, token, false, true, &end, &words) || words < 2 || words > 4) return false;
  if (end < s->words->token_count && s->words->tokens[end].sentence == s->words->tokens[token].sentence) {
    uint8_t upos = s->words->tokens[end].upos;
    if (upos == AN_NOUN || upos == AN_PROPN || upos == AN_ADJ) return false;
  }
  fill(s, token, end, out);
  out->score = 450;
  return true;
}

bool an_name_at(an_scene *s, uint32_t token, const an_claim *claim, an_name *out) {
  if (token >= s->words->token_count) return false;
  uint32_t i = s->item_of[token], run_end, run_words;
  const an_item *item = i != AN_NONE && s->items[i].first == token ? &s->items[i] : NULL;
  bool run = name_run(s, token, claim->titled, false, &run_end, &run_words);
  uint16_t score, second;
  /* "Ana Brnabić-Holm" is not Ana Brnabić. */
  bool hyphened = item != NULL && tight_hyphen(s, item->end) && item->end + 1 < s->words->token_count && capital(s, item->end + 1);
  if (item != NULL && !hyphened) {
    uint32_t full = best_person(s, item, true, claim, &score, &second);
    if (full != AN_NONE && score >= ENOUGH) {
      fill(s, item->first, item->end, out);
      out->person = an_posting_at(s->world, full).entity;
      out->posting = full;
      out->score = score;
      return true;
    }
    uint32_t alone = best_person(s, item, false, claim, &score, &second);
    /* "Ali" of "Ali Larijani" is no surname: a longer run of capitals is read as one name. */
    bool longer = run && run_end > item->end && run_words >= 2;
    if (alone != AN_NONE && !longer && score >= ENOUGH && score > second + 40 && (!is_word_too(s, item) || claim->titled || score >= 800)) {
      an_known *known = an_known_named(s, s->words->tokens[item->end - 1].fold);
      uint32_t person = an_posting_at(s->world, alone).entity;
      if (known == NULL || known->person == person || known->person != AN_NONE || claim->titled) {
        fill(s, item->first, item->end, out);
        out->person = person;
        out->posting = alone;
        out->score = score;
        return true;
      }
    }
  }
  if (!run) return false;
  an_known *known = run_words == 1 ? an_known_named(s, s->words->tokens[run_end - 1].fold) : NULL;
  if (known != NULL) {
    fill(s, token, run_end, out);
    out->known = (uint32_t)(known - s->known.at);
    out->person = known->person;
    out->score = 700;
    return true;
  }
  if (!(claim->titled ? run_words <= 4 : run_words >= 2 && run_words <= 4)) return false;
  if (!claim->titled && !looks_like_person(s, token, run_end)) return false;
  fill(s, token, run_end, out);
  out->score = claim->titled ? 600 : 450;
  return true;
}
