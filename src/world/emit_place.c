/* SPDX-License-Identifier: Apache-2.0 */
/* Mentions of countries and their seats, of organisations and of places. People and roles: emit.c. */
#include "world/phrases.h"

bool an_phrase_preposition(const an_scene *s, uint32_t first, bool seat) {
  if (first == 0 || !an_phrase_same_sentence(s, first - 1, first)) return false;
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
  const an_item *next = an_phrase_item(s, end + 1);
  if (next == NULL || !an_phrase_same_sentence(s, end, end + 1)) return false;
  bool place = next->by_kind[AN_FORM_NAME] != AN_NONE || next->by_kind[AN_FORM_ABBR] != AN_NONE;
  if (!place && next->by_kind[AN_FORM_PLACE] != AN_NONE)
    place = an_entity_sub_of(s->world, an_posting_at(s->world, next->by_kind[AN_FORM_PLACE]).entity) == AN_WHERE_ADMIN1;
  return place && !an_token_is(s, next->end, "and");
}

/* "TEHRAN – President Hassan Rouhani said": a town before a dash at the head of a sentence. */
static bool is_dateline(const an_scene *s, const an_item *item) {
  if (an_phrase_block_kind(s, item->first) == AN_BLOCK_DATELINE) return true;
  if (s->words->sentences[s->words->tokens[item->first].sentence].first != item->first || !an_phrase_same_sentence(s, item->first, item->end)) return false;
  an_text next = an_word(s->words, item->end);
  if (an_text_is(next, ",") && an_phrase_same_sentence(s, item->first, item->end + 2)) { /* "Bishkek, February 11, 2025. Officials" */
    bool month = (s->words->tokens[item->end + 1].flags & AN_WORD_TIME) != 0 && s->words->tokens[item->end + 1].shape == AN_SHAPE_CAPITAL;
    if (month && s->words->tokens[item->end + 2].shape == AN_SHAPE_NUMBER) return true;
    if (s->words->tokens[item->end + 1].shape == AN_SHAPE_NUMBER && (s->words->tokens[item->end + 2].flags & AN_WORD_TIME) != 0) return true;
  }
  return (an_text_is(next, "-") && s->words->tokens[item->end - 1].space_after) || an_text_is(next, "\xe2\x80\x93") ||
         an_text_is(next, "\xe2\x80\x94") || an_text_is(next, "--") || an_text_is(next, "(");
}

/* "Mali, a two-year-old labrador", "Jordan, 17,", "Sofia, the couple's cat": what has an age or fur is no country. */
static bool has_age_behind(const an_scene *s, uint32_t end) {
  uint32_t at = end + 1;
  if (!an_token_is(s, end, ",") || !an_phrase_same_sentence(s, end - 1, at)) return false;
  for (uint32_t i = at; i < at + 8 && an_phrase_same_sentence(s, end, i) && !an_token_is(s, i, ","); i++) {
    uint8_t upos = s->words->tokens[i].upos;
    if (upos == AN_NOUN && an_word_cue(s, i, AN_CUE_CREATURE)) return true;
    if (upos != AN_DET && upos != AN_ADJ && upos != AN_NOUN && upos != AN_NUM && upos != AN_PRON && upos != AN_PUNCT && !an_phrase_is_genitive(s, i)) break;
  }
  if (an_token_is(s, at, "a") || an_token_is(s, at, "an")) at++;
  if (at == end + 1 && s->words->tokens[at].upos == AN_NUM && s->words->tokens[at].shape == AN_SHAPE_NUMBER && an_token_is(s, at + 1, ",")) return true;
  for (uint32_t i = at; i < at + 5 && an_phrase_same_sentence(s, end, i); i++)
    if (an_token_is(s, i, "old") && (an_token_is(s, i - 1, "-") || an_token_is(s, i - 1, "years"))) return true;
  return false;
}

/* "the baker's Kiev cake": a seat of a government takes no article; the noun behind it does. */
static bool names_a_thing(const an_scene *s, const an_item *item) {
  if (item->first == 0 || !an_phrase_same_sentence(s, item->first - 1, item->end) || !an_phrase_of_common_noun(s, item->end, item->end)) return false;
  uint8_t before = s->words->tokens[item->first - 1].upos;
  return before == AN_DET || before == AN_ADJ || an_phrase_is_genitive(s, item->first - 1);
}

/* "Cuba, Missouri": the larger place behind the comma, where it lies in another country. AN_NONE: none. */
static uint32_t division_behind(const an_scene *s, uint32_t end, uint32_t country) {
  const an_item *next = an_token_is(s, end, ",") && an_phrase_same_sentence(s, end - 1, end + 1) ? an_phrase_item(s, end + 1) : NULL;
  if (next == NULL || next->by_kind[AN_FORM_NAME] != AN_NONE || next->by_kind[AN_FORM_PLACE] == AN_NONE || an_token_is(s, next->end, "and")) return AN_NONE;
  uint32_t place = an_posting_at(s->world, next->by_kind[AN_FORM_PLACE]).entity;
  an_entity e = an_entity_at(s->world, place);
  return e.sub == AN_WHERE_ADMIN1 && e.country.size > 0 && !an_text_equal(e.country, an_entity_at(s->world, country).id) ? place : AN_NONE;
}

/* A town that bears a country's name and that the file need not hold. */
static void emit_namesake(an_scene *s, const an_item *item, uint32_t division) {
  an_entity e = an_entity_at(s->world, division);
  an_phrase p = an_phrase_make(s, item->first, item->end);
  p.at = p.name_at = item->at;
  p.kind = AN_MENTION_PLACE;
  p.name = an_text_slice(s->words->text, item->at.begin, item->at.end);
  p.country = e.country;
  p.score = 600;
  p.flags = AN_MENTION_LOCATIVE;
  p.chain = an_phrase_chain_of_words(s, e.country, p.name);
  p.why = an_arena_printf(s->arena, "a place in %.*s, by the words behind it", (int)e.name.size, e.name.at);
  an_mention_add(s, &p);
}

void an_phrase_emit_country(an_scene *s, const an_item *item, uint32_t country, uint8_t form) {
  uint32_t division = form == AN_FORM_NAME ? division_behind(s, item->end, country) : AN_NONE;
  if (division != AN_NONE) {
    if (item->by_kind[AN_FORM_PLACE] == AN_NONE || !an_phrase_emit_place(s, item)) emit_namesake(s, item, division);
    return;
  }
  if ((form == AN_FORM_NAME || form == AN_FORM_CAPITAL) && has_age_behind(s, item->end)) return;
  an_entity e = an_entity_at(s->world, country);
  an_phrase p = an_phrase_make(s, item->first, item->end);
  const an_token *last = &s->words->tokens[item->end - 1];
  bool seat = form == AN_FORM_CAPITAL, metonym = form == AN_FORM_METONYM;
  bool dateline = seat && is_dateline(s, item);
  bool place = an_phrase_preposition(s, item->first, seat || metonym) && !(an_phrase_same_sentence(s, item->first, item->end) && an_phrase_is_genitive(s, item->end));
  if (seat && (place_behind(s, item->end) || dateline)) place = true;
  uint32_t where = an_phrase_place(s, item);
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
    p.name = an_phrase_none();
  } else if (!dateline && (form == AN_FORM_ADJ || (seat && names_a_thing(s, item)) || last->rel == AN_COMPOUND || last->rel == AN_AMOD || an_token_is(s, item->end, "-"))) {
    p.flags |= AN_MENTION_ADJECTIVE;
  } else if (place) {
    p.flags |= AN_MENTION_LOCATIVE;
    if (where != AN_NONE && (seat || metonym)) {
      p.kind = AN_MENTION_PLACE;
      p.name = an_entity_at(s->world, an_posting_at(s->world, where).entity).name;
      p.entity = an_posting_at(s->world, where).entity;
    } else if (metonym) { /* "in the Riksdag", "at Stormont" */
      const an_named *named = an_scene_named(s, item->first);
      p.kind = named != NULL && named->kind == AN_MENTION_PLACE ? AN_MENTION_PLACE : AN_MENTION_ORGANISATION;
      p.name = an_posting_at(s->world, item->by_kind[AN_FORM_METONYM]).surface;
      p.entity = AN_NONE;
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
  if (an_phrase_same_sentence(s, item->first, item->end) && an_phrase_is_genitive(s, item->end)) p.flags |= AN_MENTION_POSSESSIVE;
  p.chain = p.kind == AN_MENTION_COUNTRY ? an_chain_of(s, country) : p.kind == AN_MENTION_PLACE && p.entity != AN_NONE ? an_chain_of(s, p.entity)
            : an_phrase_chain_of_words(s, e.id, an_text_slice(s->words->text, item->at.begin, item->at.end));
  p.why = an_arena_printf(s->arena, "%s of %.*s%s", an_form_kind_name(form), (int)e.id.size, e.id.at,
                          (p.flags & AN_MENTION_LOCATIVE) != 0 ? ", as a place" : (p.flags & AN_MENTION_METONYM) != 0 ? ", for its government" : "");
  an_mention_add(s, &p);
}

void an_phrase_emit_org(an_scene *s, const an_item *item, uint32_t posting) {
  an_posting post = an_posting_at(s->world, posting);
  an_entity e = an_entity_at(s->world, post.entity);
  an_phrase p = an_phrase_make(s, item->first, item->end);
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
  if (an_phrase_same_sentence(s, item->first, item->end) && an_phrase_is_genitive(s, item->end)) p.flags |= AN_MENTION_POSSESSIVE;
  an_mention_add(s, &p);
}

/* A town's name alone is believed after a preposition, before a comma and a larger place, or when the town is large. */
bool an_phrase_emit_place(an_scene *s, const an_item *item) {
  uint32_t posting = an_phrase_place(s, item);
  if (posting == AN_NONE) return false;
  an_posting post = an_posting_at(s->world, posting);
  an_entity e = an_entity_at(s->world, post.entity);
  bool after = an_phrase_preposition(s, item->first, true), large = e.pop >= 300000 || e.sub >= AN_WHERE_ADMIN1 || e.sub == AN_WHERE_SITE;
  bool dateline = is_dateline(s, item);
  bool first = s->words->sentences[s->words->tokens[item->first].sentence].first == item->first;
  bool word = item->cues != 0 || item->by_kind[AN_FORM_SURNAME] != AN_NONE;
  uint32_t bearer, bearers; /* "Victoria is four": a first name */
  word |= first && item->end == item->first + 1 && e.sub == AN_WHERE_CITY && e.pop < 1000000 &&
          an_slot_find(s->world->ids, an_hash_mix(AN_GIVEN_SEED, s->words->tokens[item->first].fold), &bearer, &bearers);
  /* "Georgia Tech": the name goes on. */
  bool goes_on = an_phrase_same_sentence(s, item->first, item->end) && s->words->tokens[item->end].shape == AN_SHAPE_CAPITAL &&
                 s->words->tokens[item->end].upos == AN_PROPN && !after;
  if (goes_on || has_age_behind(s, item->end)) return false;
  /* "Reading the verdict", "Bath towels": at the head of a sentence every word has a capital. */
  const an_token *last = &s->words->tokens[item->end - 1];
  bool sole = first && item->end == item->first + 1 && !dateline && !place_behind(s, item->end);
  if (sole && e.sub < AN_WHERE_ADMIN1 && (last->upos != AN_PROPN || an_phrase_of_common_noun(s, item->end, last->rel == AN_COMPOUND ? last->head : AN_NONE))) return false;
  const an_named *named = an_scene_named(s, item->first);
  bool looks = named != NULL && named->kind == AN_MENTION_PLACE && named->end == item->end && !(sole && word);
  bool sure = after || dateline || place_behind(s, item->end) || (large && !(first && word) && (!word || post.prior >= 500));
  if (!looks && !sure) return false;
  if (!looks && after && word && e.pop < 50000 && post.prior < 400) return false;
  an_phrase p = an_phrase_make(s, item->first, item->end);
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
  bool inside = s->inside; /* a town's name that only looks like one is told, and acts in nothing */
  s->inside |= !sure;
  an_mention_add(s, &p);
  s->inside = inside;
  return true;
}
