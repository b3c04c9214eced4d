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

static bool tight_hyphen(const an_scene *s, uint32_t at) {
  return at < s->words->token_count && an_word_is(s->words, at, "-") && at > 0 && !s->words->tokens[at].space_after && !s->words->tokens[at - 1].space_after;
}

/* Behind a particle or a hyphen of a name any capital goes on: "Abu Ramadan", "Brnabić-Holm"; "Mei-hua" needs none. */
static bool goes_on(const an_scene *s, uint32_t at) {
  if (capital(s, at)) return true;
  return tight_hyphen(s, at - 1) && s->words->tokens[at].upos == AN_PROPN && s->words->tokens[at].at.end - s->words->tokens[at].at.begin <= 5;
}

/* Capitalised words that can be a name, with particles, initials and hyphens between: "Mohammad-Reza al-Sadr", "J. D. Vance". */
static bool name_run(const an_scene *s, uint32_t token, bool titled, uint32_t *end, uint32_t *words) {
  uint32_t sentence = s->words->tokens[token].sentence, at = token, last = token;
  *words = 0;
  bool bound = false; /* the word is part of the name whatever it may mean alone */
  while (at < s->words->token_count && s->words->tokens[at].sentence == sentence && *words < MOST_TOKENS) {
    if ((bound && *words > 0 && goes_on(s, at)) || may_be_name(s, at, titled)) {
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
  return name_run(s, token, false, end, &words) && words >= 2 && words <= 4;
}

static bool matches_claim(const an_scene *s, uint32_t person, const an_entity *e, const an_claim *claim, uint16_t *score) {
  if (claim->country.size == 0) return true;
  bool office = claim->offices.size > 0 && an_office_of(s->world, person, claim->country, claim->offices, AN_DAYS_ANY, NULL) != AN_NONE;
  bool country = an_text_equal(e->country, claim->country);
  if (office) *score = (uint16_t)(*score + 300);
  else if (country) *score = (uint16_t)(*score + 150);
  /* "Soviet leader Mikhail Gorbachev": of a state that is no more, and the file counts him with another. */
  an_entity claimed = an_entity_at(s->world, an_entity_by_id(s->world, claim->country));
  return office || country || (claimed.kind == AN_ENT_COUNTRY && (claimed.flags & AN_ENT_GONE) != 0);
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

/* "Tuffour-Lamptey" is one word of a name. */
static uint32_t words_of_name(const an_scene *s, uint32_t first, uint32_t end) {
  uint32_t words = 1;
  for (uint32_t t = first + 1; t < end; t++) {
    if (tight_hyphen(s, t)) t++;
    else words++;
  }
  return words;
}

/* The words of a person's name from `token` on: as the namer has them; behind a title whatever has capitals. */
static bool person_run(const an_scene *s, uint32_t token, bool titled, uint32_t *end, uint32_t *words) {
  const an_named *named = s->name_of[token] == AN_NONE ? NULL : &s->named[s->name_of[token]];
  if (named != NULL && named->kind == AN_MENTION_PERSON && (named->first == token || titled)) {
    *end = named->end;
    *words = words_of_name(s, token, named->end);
    return true;
  }
  return titled ? name_run(s, token, true, end, words) && *words <= 4 : false;
}

/* A surname alone, known from the world file: whose it is on these days, or of whom the page spoke in full. */
static bool surname_at(an_scene *s, const an_item *item, const an_claim *claim, an_name *out) {
  uint16_t score, second;
  uint32_t alone = best_person(s, item, false, claim, &score, &second);
  if (alone == AN_NONE || score < ENOUGH || score <= second + 40 || (is_word_too(s, item) && !claim->titled && score < 800)) return false;
  an_known *known = an_known_named(s, s->words->tokens[item->end - 1].fold);
  uint32_t person = an_posting_at(s->world, alone).entity;
  if (known != NULL && known->person != person && known->person == AN_NONE && !claim->titled) return false;
  fill(s, item->first, item->end, out);
  out->person = person;
  out->posting = alone;
  out->score = score;
  return true;
}

bool an_name_at(an_scene *s, uint32_t token, const an_claim *claim, an_name *out) {
  if (token >= s->words->token_count) return false;
  uint32_t i = s->item_of[token], run_end = token, run_words = 0;
  const an_item *item = i != AN_NONE && s->items[i].first == token ? &s->items[i] : NULL;
  bool run = person_run(s, token, claim->titled, &run_end, &run_words);
  /* "Ana Brnabić-Holm" is not Ana Brnabić, and "Ali" of "Ali Larijani" is no surname. */
  bool longer = item != NULL && run && run_end > item->end;
  if (item != NULL && !(longer && tight_hyphen(s, item->end))) {
    uint16_t score, second;
    uint32_t full = best_person(s, item, true, claim, &score, &second);
    if (full != AN_NONE && score >= ENOUGH) {
      fill(s, item->first, item->end, out);
      out->person = an_posting_at(s->world, full).entity;
      out->posting = full;
      out->score = score;
      return true;
    }
    if (!longer && surname_at(s, item, claim, out)) return true;
  }
  uint32_t end, words;
  if (!run && name_run(s, token, false, &end, &words) && words == 1 && an_known_named(s, s->words->tokens[end - 1].fold) != NULL) {
    run = true; /* a surname of whom the page has named */
    run_end = end;
    run_words = 1;
  }
  if (!run) return false;
  /* "von Hagen", of whom the page has spoken as Ursula von Hagen */
  bool alone = run_words == 1 || (run_words <= 3 && an_word_cue(s, token, AN_CUE_PARTICLE));
  an_known *known = an_known_named(s, s->words->tokens[run_end - 1].fold);
  fill(s, token, run_end, out);
  /* "Bako-Mensah" is of Ana Bako-Mensah, and not of Ole Mensah. */
  uint32_t size = out->at.end - out->at.begin;
  if (known != NULL && run_words == 1 && run_end > token + 1) {
    an_text own = an_text_slice(s->words->text, out->at.begin, out->at.end);
    if (known->name.size < size || an_fold_hash(an_text_slice(known->name, known->name.size - size, known->name.size)) != an_fold_hash(own)) known = NULL;
  }
  if (known != NULL && !alone) { /* the same name in full again */
    an_text name = an_text_slice(s->words->text, out->at.begin, out->at.end);
    if (known->person != AN_NONE || an_fold_hash(known->name) != an_fold_hash(name)) known = NULL;
  }
  out->score = claim->titled ? 600 : 450;
  if (known != NULL) {
    out->known = (uint32_t)(known - s->known.at);
    out->person = known->person;
    out->score = 700;
  }
  return true;
}
