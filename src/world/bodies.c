/* SPDX-License-Identifier: Apache-2.0 */
/* Names of bodies and sites that the world file does not hold, by their shape: "National Disaster Response Force", "Union of
   Classroom Workers", "Larnaca air base". Such a name is one, whatever its words mean alone ("Nile", "Independent"). */
#include "world/phrases.h"

enum { MOST_WORDS = 9, MOST_SHORTS = 32 };

static bool upper(const an_scene *s, uint32_t token) {
  uint8_t shape = s->words->tokens[token].shape;
  return shape == AN_SHAPE_CAPITAL || shape == AN_SHAPE_UPPER || shape == AN_SHAPE_MIXED;
}

/* A word that may stand in such a name: no verb, no weekday, no role and nobody. */
static bool may_stand(const an_scene *s, uint32_t token) {
  uint8_t upos = s->words->tokens[token].upos;
  if (!upper(s, token) || (upos != AN_PROPN && upos != AN_NOUN && upos != AN_ADJ && upos != AN_X && upos != AN_NUM)) return false;
  const an_item *item = s->item_of[token] == AN_NONE ? NULL : &s->items[s->item_of[token]];
  if (item == NULL) return true;
  const uint32_t fitting = UINT32_C(1) << AN_CUE_ORG_WORD | UINT32_C(1) << AN_CUE_MODIFIER | UINT32_C(1) << AN_CUE_DIRECTION;
  if ((item->cues & fitting) != 0 && item->role_kind != AN_ROLE_TITLE) return true; /* "National" is also somebody, "East" a side */
  if ((item->cues >> AN_CUE_FORMER & 1) != 0) return false;
  if ((item->cues >> AN_CUE_NOT_A_NAME & 1) != 0) return upos == AN_ADJ; /* "National", but not "Monday" */
  if (item->role_kind == AN_ROLE_PERSON || item->role_kind == AN_ROLE_TITLE) return false;
  return item->by_kind[AN_FORM_FULL] == AN_NONE || item->end == item->first + 1;
}

static bool means_country(const an_scene *s, uint32_t token) {
  const an_item *item = an_phrase_item(s, token);
  return item != NULL && (item->by_kind[AN_FORM_NAME] != AN_NONE || item->by_kind[AN_FORM_ABBR] != AN_NONE);
}

/* Behind the word for a body: "of Leeds", "for Ice and Snow". "Socialist Party of Senegal" is whole before "of". */
static uint32_t tail(const an_scene *s, uint32_t token, uint32_t end) {
  if (!an_phrase_same_sentence(s, token, end) || !(an_token_is(s, end, "of") || an_token_is(s, end, "for"))) return end;
  uint32_t at = end + 1;
  if (an_phrase_same_sentence(s, token, at) && an_token_is(s, at, "the")) at++;
  if (!an_phrase_same_sentence(s, token, at) || !may_stand(s, at)) return end;
  if (end - token > 1 && means_country(s, at)) return end;
  uint32_t last = at;
  while (last - token < MOST_WORDS && an_phrase_same_sentence(s, token, last) && may_stand(s, last)) last++;
  /* "and Snow", but not "and the Bank of Japan" */
  if (an_phrase_same_sentence(s, token, last + 1) && an_token_is(s, last, "and") && may_stand(s, last + 1) && s->item_of[last + 1] == AN_NONE && !means_country(s, at) &&
      !an_token_is(s, last + 2, "of") && !an_word_cue(s, last + 2, AN_CUE_ORG_WORD))
    last += 2;
  return last;
}

/* As the namer has it: the word for a body is looked for, since it says the sector. */
static bool named_body(const an_scene *s, const an_named *named, an_body *out) {
  *out = (an_body){.end = named->end, .head = AN_NONE, .site = named->kind == AN_MENTION_PLACE};
  if (named->kind != AN_MENTION_ORGANISATION && named->kind != AN_MENTION_PLACE) return false;
  for (uint32_t t = named->first; t < named->end && out->head == AN_NONE; t++)
    if (an_word_cue(s, t, out->site ? AN_CUE_SITE_WORD : AN_CUE_ORG_WORD)) out->head = t;
  return true;
}

/* "Workers'", but not "Kenya's": many people, whose the body is by its name. */
static bool owns_a_body(const an_scene *s, uint32_t token) {
  const an_item *item = s->item_of[token] == AN_NONE ? NULL : &s->items[s->item_of[token]];
  uint8_t xpos = s->words->tokens[token].xpos;
  return item != NULL ? item->role_kind == AN_ROLE_GROUP : xpos == AN_X_NNS || xpos == AN_X_NNPS;
}

/* "United Front of Port Unions", "Locomotive Drivers' Association": labour by the words inside; none: they say nothing. */
static an_text labour_inside(const an_scene *s, uint32_t first, uint32_t end) {
  for (uint32_t t = first; t < end; t++) {
    const an_item *item = an_phrase_item(s, t);
    an_text sector = item == NULL || item->by_kind[AN_FORM_ROLE] == AN_NONE ? an_phrase_none() : an_entity_at(s->world, an_posting_at(s->world, item->by_kind[AN_FORM_ROLE]).entity).sector;
    if (an_text_is(sector, "LAB")) return sector;
  }
  return an_phrase_none();
}

bool an_body_at(const an_scene *s, uint32_t token, an_body *out) {
  const an_named *named = an_scene_named(s, token);
  const an_item *behind = named == NULL || !an_phrase_same_sentence(s, token, named->end) ? NULL : an_phrase_item(s, named->end);
  bool site = behind != NULL && (behind->cues >> AN_CUE_SITE_WORD & 1) != 0 && an_phrase_is_nominal(s, behind->end - 1);
  if (named != NULL && !site) return named_body(s, named, out); /* but "Shahid Nojeh air base" */
  *out = (an_body){.end = token, .head = AN_NONE};
  uint32_t at = token, joined = AN_NONE;
  while (an_phrase_same_sentence(s, token, at) && at - token < MOST_WORDS) {
    const an_item *item = an_phrase_item(s, at);
    if (at > token && item != NULL && (item->cues >> AN_CUE_SITE_WORD & 1) != 0 && out->head == AN_NONE && an_phrase_is_nominal(s, item->end - 1)) {
      *out = (an_body){.end = item->end, .head = at, .site = true};
      return joined == AN_NONE;
    }
    if (an_token_is(s, at, "-") && at > token && !s->words->tokens[at].space_after && !s->words->tokens[at - 1].space_after) {
      at++;
      continue;
    }
    if (at > token && joined == AN_NONE && out->head == AN_NONE && (an_token_is(s, at, "and") || an_token_is(s, at, "&")) && s->item_of[at - 1] == AN_NONE) {
      joined = at++;
      continue;
    }
    /* "Railway Workers' Union", "People's Front" */
    if (at > token && an_phrase_is_genitive(s, at) && an_phrase_same_sentence(s, token, at + 1) && upper(s, at + 1) && an_word_cue(s, at + 1, AN_CUE_ORG_WORD) && owns_a_body(s, at - 1)) {
      at++;
      continue;
    }
    if (!may_stand(s, at)) break;
    if (an_word_cue(s, at, AN_CUE_ORG_WORD) && an_phrase_is_nominal(s, at)) {
      out->head = at;
      out->end = at + 1;
    }
    at++;
  }
  if (out->head == AN_NONE) return false;
  out->end = tail(s, token, out->end);
  return out->end - token >= 2;
}

/* Of "the ferry Estonia" the token behind the name; of "the tanker Iran seized" `token`. */
static uint32_t vessel_end(const an_scene *s, uint32_t token) {
  if (token == 0 || !upper(s, token) || !an_phrase_same_sentence(s, token - 1, token) || !an_word_cue(s, token - 1, AN_CUE_VESSEL)) return token;
  const an_item *item = an_phrase_item(s, token);
  uint32_t end = item != NULL ? item->end : token + 1;
  while (end - token < MOST_WORDS && an_phrase_same_sentence(s, token, end) && upper(s, end) && s->words->tokens[end].upos == AN_PROPN) end++;
  if (!s->words->sentences[s->words->tokens[token].sentence].parsed || s->words->tokens[token - 1].shape == AN_SHAPE_UPPER) return end;
  uint32_t head = s->words->tokens[token - 1].head;
  bool bound = head >= token && head < end && s->words->tokens[token - 1].rel != AN_NSUBJ;
  for (uint32_t t = token; t < end; t++) bound |= s->words->tokens[t].head == token - 1 || (head != AN_NONE && s->words->tokens[t].head == head);
  return bound ? end : token;
}

/* "the ferry Estonia", "USS Ronald Reagan": told as a ship's, and neither a state nor a person; the token behind it, or `token`. */
uint32_t an_vessel_emit(an_scene *s, uint32_t token) {
  uint32_t end = vessel_end(s, token);
  if (end == token) return token;
  an_phrase p = an_phrase_make(s, token, end);
  p.kind = AN_MENTION_ORGANISATION;
  p.name = an_text_slice(s->words->text, p.at.begin, p.at.end);
  p.score = 500;
  p.chain = an_phrase_chain_of_words(s, an_phrase_none(), p.name);
  p.why = an_arena_printf(s->arena, "a ship's name, by the word before it");
  bool inside = s->inside;
  s->inside = true;
  an_mention_add(s, &p);
  s->inside = inside;
  return end;
}

/* "the Madras High Court", "the Michigan Department of Health": the country of the town or division that the name begins with. */
static an_text land_of_name(const an_scene *s, uint32_t token, uint32_t end) {
  const an_item *item = an_phrase_item(s, token);
  uint32_t place = item == NULL || item->end >= end || item->cues != 0 || item->by_kind[AN_FORM_SURNAME] != AN_NONE ? AN_NONE : an_phrase_place(s, item);
  if (place == AN_NONE) return an_phrase_none();
  an_entity e = an_entity_at(s->world, an_posting_at(s->world, place).entity);
  bool known = e.sub >= AN_WHERE_ADMIN1 || an_posting_bare(s->world, place).prior >= LARGE_TOWN;
  return known && (e.flags & AN_ENT_DISPUTED) == 0 ? e.country : an_phrase_none();
}

uint32_t an_body_emit(an_scene *s, uint32_t token, const an_body *b, uint32_t country) {
  an_phrase p = an_phrase_make(s, token, b->end);
  const an_item *word = b->head == AN_NONE || s->item_of[b->head] == AN_NONE ? NULL : &s->items[s->item_of[b->head]];
  p.kind = b->site ? AN_MENTION_PLACE : AN_MENTION_ORGANISATION;
  p.name = an_text_slice(s->words->text, p.at.begin, p.at.end);
  p.score = 400;
  /* "Bank of China": one word for a body, and whose it is. */
  const an_item *whose = !b->site && b->head == token && b->end == token + 3 && an_token_is(s, token + 1, "of") ? an_phrase_item(s, token + 2) : NULL;
  uint8_t form;
  if (country == AN_NONE && whose != NULL && means_country(s, token + 2)) country = an_scene_country(s, whose, &form);
  p.country = country != AN_NONE ? an_entity_at(s->world, country).id : b->head != AN_NONE && !b->site ? land_of_name(s, token, b->end) : an_phrase_none();
  if (b->site && an_phrase_preposition(s, token, true)) p.flags |= AN_MENTION_LOCATIVE;
  if (!b->site && word != NULL && word->by_kind[AN_FORM_ROLE] != AN_NONE) p.sector = an_entity_at(s->world, an_posting_at(s->world, word->by_kind[AN_FORM_ROLE]).entity).sector;
  if (!b->site && b->head != AN_NONE && p.sector.size == 0) p.sector = labour_inside(s, token, b->end);
  if (an_phrase_same_sentence(s, token, b->end) && an_phrase_is_genitive(s, b->end)) p.flags |= AN_MENTION_POSSESSIVE;
  p.chain = an_phrase_chain_of_words(s, an_phrase_none(), p.name);
  p.why = an_arena_printf(s->arena, b->head == AN_NONE ? "looks like the name of a %s" : "capitals around a word for a %s", b->site ? "site" : "body");
  /* Capitals that nothing explains may be a treaty's or a machine's: they are told, and act in nothing. */
  bool inside = s->inside;
  s->inside |= b->site ? b->head == AN_NONE && (p.flags & AN_MENTION_LOCATIVE) == 0 : b->end == token + 1 && s->words->tokens[token].shape == AN_SHAPE_UPPER;
  uint32_t m = an_mention_add(s, &p);
  if (m != AN_NONE && b->site) {
    an_mention_at *added = s->inside ? &s->out->inside.at[m] : &s->out->list.at[m];
    added->place.span = p.at;
    added->place.text = added->place.name = p.name;
    added->place.country = p.country.size > 0 ? an_text_slice(p.country, 0, 3) : an_phrase_none();
    added->place.precision = AN_WHERE_SITE;
  }
  s->inside = inside;
  return b->end;
}

/* ---- Short forms that the page itself explains ------------------------------------------------------------------- */

static bool starts_with_letter(const an_scene *s, uint32_t token, char letter) {
  an_text form = an_word(s->words, token);
  return form.size > 0 && (form.at[0] | 32) == (letter | 32);
}

/* Words that a short form leaves out: "People's Front", "Union of Miners". */
static bool is_between(const an_scene *s, uint32_t at) {
  return an_token_is(s, at, "of") || an_token_is(s, at, "for") || an_token_is(s, at, "the") || an_token_is(s, at, "and") || an_token_is(s, at, "-") || an_phrase_is_genitive(s, at);
}

/* "Rapid Support Forces (RSF)": the first word of the words before `open` whose initials spell the short form; AN_NONE: none. */
static uint32_t spelled_before(const an_scene *s, uint32_t open, an_text letters) {
  uint32_t at = open;
  for (uint32_t i = letters.size; i-- > 0;) {
    do {
      if (at == 0 || !an_phrase_same_sentence(s, at - 1, open)) return AN_NONE;
      at--;
    } while (!upper(s, at) && !starts_with_letter(s, at, letters.at[i]) && is_between(s, at));
    if (!starts_with_letter(s, at, letters.at[i])) return AN_NONE;
  }
  return upper(s, at) ? at : AN_NONE;
}

/* "Islamic Revolution Guards Corps (IRGC)" is a spelling of what the file knows as IRGC: half of the words are those of its name. */
static bool same_words(const an_scene *s, uint32_t first, uint32_t end, an_text name) {
  uint32_t shared = 0, words = 0;
  for (uint32_t begin = 0, i = 0; i <= name.size; i++) {
    if (i < name.size && name.at[i] != ' ') continue;
    uint64_t hash = an_fold_hash(an_text_slice(name, begin, i));
    words++;
    for (uint32_t t = first; t < end; t++)
      if (s->words->tokens[t].fold == hash) {
        shared++;
        break;
      }
    begin = i + 1;
  }
  return shared * 2 >= words;
}

static uint64_t hash_of_words(const an_scene *s, const an_named *named) {
  uint64_t key = 0;
  for (uint32_t t = named->first; t < named->end; t++) key = an_units_mix(key, s->words->tokens[t].fold);
  return key;
}

static an_item *item_over(an_scene *s, uint32_t first, uint32_t end) {
  uint32_t i = s->item_of[first];
  return i != AN_NONE && s->items[i].first == first && s->items[i].end == end ? &s->items[i] : NULL;
}

static bool bind(an_scene *s, uint32_t first, uint32_t open, uint32_t token) {
  an_item *full = item_over(s, first, open), *brief = item_over(s, token, token + 1);
  if (full != NULL && full->by_kind[AN_FORM_ORG] == AN_NONE) return true; /* "United Arab Emirates (UAE)": a country */
  if (full == NULL && brief != NULL) {
    uint32_t known = brief->by_kind[AN_FORM_ORG] != AN_NONE ? brief->by_kind[AN_FORM_ORG] : brief->by_kind[AN_FORM_OUTLET];
    if (known != AN_NONE && same_words(s, first, open, an_entity_at(s->world, an_posting_at(s->world, known).entity).name)) return true;
    if (brief->by_kind[AN_FORM_NAME] != AN_NONE || brief->by_kind[AN_FORM_ABBR] != AN_NONE) return true;
  }
  bool body = full != NULL; /* "Framework Convention on Wetlands (FCW)" is nobody */
  for (uint32_t t = first; t < open; t++) body |= an_word_cue(s, t, AN_CUE_ORG_WORD);
  if (!body || s->shorts.count >= MOST_SHORTS) return true;
  an_short *to = AN_PUSH(s->arena, &s->shorts);
  uint32_t *place = to == NULL ? NULL : an_map_put(s->arena, &s->short_of_fold, s->words->tokens[token].fold, s->shorts.count - 1);
  if (place == NULL) return false;
  *to = (an_short){first, open, full == NULL ? AN_NONE : (uint32_t)(full - s->items)};
  return true;
}

/* The hash of "ULM" for "Unity and Labour Movement"; 0: too few or too many words, or one without a capital. */
static uint64_t initials_of(const an_scene *s, uint32_t first, uint32_t end) {
  enum { FEWEST = 3, MOST = 7 };
  char letters[MOST];
  uint32_t count = 0;
  for (uint32_t t = first; t < end; t++) {
    if (is_between(s, t)) continue;
    if (!upper(s, t) || count == MOST || !an_code_is_letter((unsigned char)an_word(s->words, t).at[0])) return 0;
    letters[count++] = an_word(s->words, t).at[0];
  }
  return count < FEWEST ? 0 : an_fold_hash((an_text){letters, count});
}

/* "the Unity and Labour Movement … ULM supporters": letters that the file does not know, and the one body of the page that they spell. */
static bool unexplained(an_scene *s, const an_named *named, uint32_t count) {
  const uint32_t SEVERAL = AN_NONE - 1;
  an_map bodies = {0};
  for (uint32_t i = 0; i < count; i++) {
    uint64_t key = named[i].kind == AN_MENTION_ORGANISATION ? initials_of(s, named[i].first, named[i].end) : 0;
    uint32_t *at = key == 0 ? NULL : an_map_put(s->arena, &bodies, key, i);
    if (key != 0 && at == NULL) return false;
    if (key != 0 && *at != (uint32_t)SEVERAL && hash_of_words(s, &named[*at]) != hash_of_words(s, &named[i])) *at = SEVERAL;
  }
  if (bodies.count == 0) return true;
  for (uint32_t t = 0; t < s->words->token_count; t++) {
    if (s->words->tokens[t].shape != AN_SHAPE_UPPER || s->item_of[t] != AN_NONE || an_map_get(&s->short_of_fold, s->words->tokens[t].fold, AN_NONE) != AN_NONE) continue;
    uint32_t i = an_map_get(&bodies, s->words->tokens[t].fold, AN_NONE);
    if (i < count && !bind(s, named[i].first, named[i].end, t)) return false;
  }
  return true;
}

bool an_shorts_open(an_scene *s, uint32_t named_count) {
  for (uint32_t t = 2; t + 1 < s->words->token_count; t++) {
    an_text form = an_word(s->words, t);
    if (s->words->tokens[t].shape != AN_SHAPE_UPPER || form.size < 2 || form.size > 8 || !an_token_is(s, t - 1, "(") || !an_token_is(s, t + 1, ")")) continue;
    uint32_t first = spelled_before(s, t - 1, form);
    if (first == AN_NONE || t - 1 - first < 2) continue;
    if (an_map_get(&s->short_of_fold, s->words->tokens[t].fold, AN_NONE) == AN_NONE && !bind(s, first, t - 1, t)) return false;
  }
  if (!unexplained(s, s->named, named_count)) return false;
  if (s->shorts.count == 0) return true;
  /* The short form reads as its long one wherever it stands on the page. */
  for (uint32_t i = 0; i < s->item_count; i++) {
    an_item *item = &s->items[i];
    if (item->end != item->first + 1 || s->words->tokens[item->first].shape != AN_SHAPE_UPPER) continue;
    uint32_t k = an_map_get(&s->short_of_fold, s->words->tokens[item->first].fold, AN_NONE);
    if (k == AN_NONE) continue;
    an_item was = *item;
    if (s->shorts.at[k].item != AN_NONE) *item = s->items[s->shorts.at[k].item];
    else {
      *item = (an_item){0};
      for (uint32_t f = 0; f < AN_FORM_COUNT; f++) item->by_kind[f] = AN_NONE;
    }
    item->first = was.first, item->end = was.end, item->at = was.at;
  }
  return true;
}

uint32_t an_short_emit(an_scene *s, uint32_t token) {
  if (s->shorts.count == 0) return token;
  uint32_t end = AN_NONE, k = s->words->tokens[token].shape == AN_SHAPE_UPPER ? an_map_get(&s->short_of_fold, s->words->tokens[token].fold, AN_NONE) : AN_NONE;
  if (k != AN_NONE) end = token + 1;
  for (uint32_t i = 0; k == AN_NONE && i < s->shorts.count; i++)
    if (s->shorts.at[i].first == token) k = i, end = s->shorts.at[i].end;
  if (k == AN_NONE || s->shorts.at[k].item != AN_NONE) return token;
  const an_short *to = &s->shorts.at[k];
  an_phrase p = an_phrase_make(s, token, end);
  p.kind = AN_MENTION_ORGANISATION;
  p.name = an_text_slice(s->words->text, s->words->tokens[to->first].at.begin, s->words->tokens[to->end - 1].at.end);
  p.score = 600;
  const an_item *whose = an_phrase_item(s, to->first); /* "Kenya Dock Workers' Union": the long form's country and sector */
  uint8_t form;
  uint32_t country = whose != NULL && whose->end < to->end ? an_scene_country(s, whose, &form) : AN_NONE;
  if (country != AN_NONE) p.country = an_entity_at(s->world, country).id;
  for (uint32_t t = to->first; t < to->end && p.sector.size == 0; t++) {
    const an_item *word = an_word_cue(s, t, AN_CUE_ORG_WORD) ? an_phrase_item(s, t) : NULL;
    if (word != NULL && word->by_kind[AN_FORM_ROLE] != AN_NONE) p.sector = an_entity_at(s->world, an_posting_at(s->world, word->by_kind[AN_FORM_ROLE]).entity).sector;
  }
  if (p.sector.size == 0) p.sector = labour_inside(s, to->first, to->end);
  if (an_phrase_same_sentence(s, token, end) && an_phrase_is_genitive(s, end)) p.flags |= AN_MENTION_POSSESSIVE;
  p.chain = an_phrase_chain_of_words(s, an_phrase_none(), p.name);
  p.why = an_arena_printf(s->arena, "the page itself explains the short form");
  an_mention_add(s, &p);
  return end;
}

/* ---- The last word for the whole name ----------------------------------------------------------------------------- */

/* "The Commission", after the European Commission; "the Ministry", after the Libyan Foreign Ministry: the body last named so. */
uint32_t an_brief_emit(an_scene *s, uint32_t token) {
  if (token == 0 || s->words->tokens[token].shape != AN_SHAPE_CAPITAL || !an_token_is(s, token - 1, "the") || !an_phrase_same_sentence(s, token - 1, token)) return token;
  const an_item *item = an_phrase_item(s, token);
  if (!an_word_cue(s, token, AN_CUE_ORG_WORD) && (item == NULL || item->role_kind != AN_ROLE_INSTITUTION)) return token;
  const an_named *named = an_scene_named(s, token);
  if ((item != NULL && item->end > token + 1) || (named != NULL && named->end > token + 1) || !an_phrase_is_nominal(s, token)) return token;
  bool more = an_phrase_same_sentence(s, token, token + 1) && (upper(s, token + 1) || an_token_is(s, token + 1, "of") || an_token_is(s, token + 1, "for") || an_token_is(s, token + 1, "-"));
  uint32_t at = more ? AN_NONE : an_map_get(&s->body_of_word, s->words->tokens[token].fold, AN_NONE);
  if (at >= s->out->list.count) return token;
  const an_mention_at *m = &s->out->list.at[at];
  an_phrase p = an_phrase_make(s, token, token + 1);
  p.kind = AN_MENTION_ORGANISATION;
  p.name = m->m.who.name;
  p.entity = m->entity;
  p.country = m->m.who.country;
  p.sector = m->m.who.sector;
  p.chain = m->chain;
  p.score = 600;
  p.flags = m->flags & AN_MENTION_INFERRED;
  if (an_phrase_same_sentence(s, token, token + 1) && an_phrase_is_genitive(s, token + 1)) p.flags |= AN_MENTION_POSSESSIVE;
  p.why = an_arena_printf(s->arena, "the last word of \"%.*s\", named before", (int)m->m.who.text.size, m->m.who.text.at);
  an_mention_add(s, &p);
  return token + 1;
}
