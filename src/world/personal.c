/* SPDX-License-Identifier: Apache-2.0 */
/* Given and family names. The words of a name become elements ("van der Berg", "Ortega y Gasset" are one each); which of them is
   the family name says the person's country, where that leaves it open the lists, and the last one where nothing speaks. */
#include "world/personal.h"

#include <string.h>

enum { MOST_WORDS = 12, SYLLABLES = 7 /* a Chinese, Korean or Vietnamese given name's word: "Zhuang" */, SURE_SYLLABLE = 5 };

typedef struct element { uint32_t first, end; } element;                 /* words */
typedef struct parts {
  const an_world *world;
  an_arena *arena;
  an_text word[MOST_WORDS];
  uint32_t rules[MOST_WORDS], words;                                    /* rules: a set of an_naming_rule */
  element at[MOST_WORDS];
  uint32_t count, country;                                              /* country: its an_naming_rule, 0: none */
  bool known_country, short_of;
} parts;

static uint32_t rules_of(const an_world *world, uint64_t seed, uint64_t fold) {
  uint32_t rules, count;
  return an_slot_find(world->ids, an_hash_mix(seed, fold), &rules, &count) ? rules : 0;
}

bool an_family_stands_first(const an_world *world, uint64_t fold) { return (rules_of(world, AN_NAMING_SEED, fold) & AN_NAMING_FIRST) != 0; }

static bool is_given(const parts *p, uint32_t word) {
  uint32_t row, count;
  return an_slot_find(p->world->ids, an_hash_mix(AN_GIVEN_SEED, an_fold_hash(p->word[word])), &row, &count);
}

/* ---- Words and elements ------------------------------------------------------------------------------------------ */

static uint32_t letters(an_text word) {
  uint32_t count = 0;
  for (uint32_t at = 0; at < word.size;) count += an_code_is_letter(an_utf8_next(word, &at));
  return count;
}

static bool is_initial(an_text word) { return letters(word) == 1; }

static bool is_upper(an_text word) {
  uint32_t count = 0;
  for (uint32_t at = 0; at < word.size;) {
    uint32_t code = an_utf8_next(word, &at);
    if (code == '.' || (an_code_is_letter(code) && !an_code_is_upper(code))) return false;
    count += an_code_is_letter(code);
  }
  return count >= 3;
}

static bool starts_small(an_text word) {
  uint32_t at = 0;
  return word.size > 0 && !an_code_is_upper(an_utf8_next(word, &at));
}

/* "Ki-moon", "Ka-chiu": the second half of a given name is small. */
static bool is_syllables(an_text word) {
  uint32_t hyphen = an_text_find(word, 0, AN_LIT("-"));
  return hyphen != AN_NONE && hyphen > 0 && hyphen + 1 < word.size && starts_small(an_text_slice(word, hyphen + 1, word.size)) && !starts_small(word);
}

/* Words between white space, without commas; what stands in quotation marks is another name. */
static void cut(parts *p, an_text name) {
  bool quoted = false;
  for (uint32_t at = 0; at < name.size;) {
    uint32_t begin = at, end = at, next = at;
    while (next < name.size && !an_code_is_space(an_utf8_next(name, &next))) end = next;
    at = next > end ? next : name.size;
    an_text word = an_text_slice(name, begin, end);
    while (word.size > 0 && word.at[word.size - 1] == ',') word.size--;
    bool opens = an_text_starts(word, "\"") || an_text_starts(word, "\xe2\x80\x9c") || an_text_starts(word, "\xe2\x80\x98") || an_text_starts(word, "(");
    bool closes = an_text_ends(word, "\"") || an_text_ends(word, "\xe2\x80\x9d") || an_text_ends(word, "\xe2\x80\x99") || an_text_ends(word, ")");
    bool skip = quoted || opens;
    quoted = (quoted || opens) && !closes;
    if (skip || word.size == 0) continue;
    if (p->words == MOST_WORDS) {
      p->words = 0;
      return;
    }
    p->rules[p->words] = rules_of(p->world, AN_NAMING_SEED, an_fold_hash(word));
    p->word[p->words++] = word;
  }
  while (p->words > 1 && (p->rules[p->words - 1] & AN_NAMING_SUFFIX) != 0) p->words--;
}

/* "Le Duc Tho" begins with a family name, "Ben Affleck" with a given one: neither joins. */
static bool joins(const parts *p, uint32_t word) {
  if ((p->rules[word] & AN_NAMING_JOIN) == 0 || word + 1 >= p->words) return false;
  if (word > 0) return true;
  if ((p->rules[0] & AN_NAMING_FIRST) != 0 && (p->country == AN_NAMING_FIRST || p->words > 2)) return false;
  return starts_small(p->word[0]) || p->words == 2 ? !is_given(p, 0) || (p->country & AN_NAMING_CHAIN) != 0 : true;
}

static void gather(parts *p) {
  for (uint32_t i = 0; i < p->words; p->count++) {
    element *e = &p->at[p->count];
    e->first = i;
    while (joins(p, i)) i++;
    e->end = ++i;
    while (i + 1 < p->words && i > 1 && (p->rules[i] & AN_NAMING_LINK) != 0 && starts_small(p->word[i])) e->end = i += 2;
  }
}

/* The words of some elements with a space between. */
static an_text text_of(parts *p, uint32_t first, uint32_t end) {
  if (first >= end) return (an_text){NULL, 0};
  uint32_t size = 0, from = p->at[first].first, to = p->at[end - 1].end;
  for (uint32_t i = from; i < to; i++) size += p->word[i].size + 1;
  char *out = an_arena_take(p->arena, size, 1), *at = out;
  if (out == NULL) {
    p->short_of = true;
    return (an_text){NULL, 0};
  }
  for (uint32_t i = from; i < to; i++) {
    memcpy(at, p->word[i].at, p->word[i].size);
    at += p->word[i].size;
    *at++ = ' ';
  }
  return (an_text){out, size - 1};
}

/* ---- Which one is the family name ------------------------------------------------------------------------------------- */

static bool listed(const parts *p, uint32_t i, uint32_t rule) { return (p->rules[p->at[i].end - 1] & rule) != 0; }

static an_personal family_first(parts *p) { return (an_personal){text_of(p, 1, p->count), text_of(p, 0, 1)}; }
static an_personal family_from(parts *p, uint32_t i) { return (an_personal){text_of(p, 0, i), text_of(p, i, p->count)}; }

/* "Xi" but no "Maria", "Sukarno" alone tells nothing where people bear one name; "al-Sadr" does. */
static an_personal of_one(parts *p) {
  const an_text word = p->word[p->at[0].first];
  bool given = is_given(p, p->at[0].end - 1) && p->at[0].end - p->at[0].first == 1;
  if (p->country == AN_NAMING_NONE || (given && !listed(p, 0, AN_NAMING_FIRST) && p->country != AN_NAMING_CHAIN)) return (an_personal){text_of(p, 0, 1), {NULL, 0}};
  bool article = an_text_starts(word, "al-") || an_text_starts(word, "el-") || an_text_starts(word, "Al-") || an_text_starts(word, "El-");
  if (p->country == AN_NAMING_CHAIN && !article) return (an_personal){{NULL, 0}, {NULL, 0}};
  return (an_personal){{NULL, 0}, text_of(p, 0, 1)};
}

/* Do the words behind the first look like a given name of China, Korea or Vietnam? */
static bool eastern_given(const parts *p, uint32_t most) {
  for (uint32_t i = 1; i < p->words; i++) {
    if (is_syllables(p->word[i])) return true;
    if (letters(p->word[i]) > most || an_text_find(p->word[i], 0, AN_LIT("-")) != AN_NONE) return false;
  }
  return true;
}

/* Where nobody says whose: a family name of the list in front, and behind it what can follow one. */
static bool may_stand_first(const parts *p) {
  if ((p->rules[0] & AN_NAMING_FIRST) == 0 || p->at[0].end != 1) return false;
  if (p->words == 2 && is_syllables(p->word[1])) return true;
  if (p->known_country && p->country != AN_NAMING_MIXED) return false;
  if (p->words == 2 && (listed(p, 1, AN_NAMING_FIRST) || is_given(p, 1))) return false;
  return is_given(p, 0) ? p->words == 3 && eastern_given(p, SURE_SYLLABLE) : p->words > 2 ? eastern_given(p, SYLLABLES) : true;
}

static an_personal of_first(parts *p) {
  if (listed(p, 0, AN_NAMING_FIRST)) return family_first(p);
  if (listed(p, p->count - 1, AN_NAMING_FIRST) || is_given(p, 0)) return family_from(p, p->count - 1);
  return (an_personal){{NULL, 0}, {NULL, 0}};
}

static bool has_two(const parts *p) {
  if (p->count < 3 || is_initial(p->word[p->at[p->count - 2].end - 1])) return false;
  if (listed(p, p->count - 2, AN_NAMING_TWO)) return p->country == AN_NAMING_TWO || p->country == AN_NAMING_TWO_LISTED || (!p->known_country && listed(p, p->count - 1, AN_NAMING_TWO));
  return p->country == AN_NAMING_TWO && !is_given(p, p->at[p->count - 2].end - 1);
}

static an_personal of_many(parts *p) {
  uint32_t last = p->count - 1;
  if (p->country == AN_NAMING_NONE) return (an_personal){text_of(p, 0, p->count), {NULL, 0}};
  if (is_upper(p->word[0]) && !is_upper(p->word[p->words - 1])) return family_first(p);   /* "KISHIDA Fumio" */
  if (is_initial(p->word[p->words - 1])) return (an_personal){text_of(p, 0, last), {NULL, 0}}; /* "Anwar R." */
  if (p->country == AN_NAMING_FIRST) return of_first(p);
  if (may_stand_first(p)) return family_first(p);
  bool either = p->country == AN_NAMING_EITHER || (!p->known_country && is_given(p, p->at[last].end - 1) && !is_given(p, 0));
  if (either && listed(p, 0, AN_NAMING_EITHER) && !listed(p, last, AN_NAMING_EITHER)) return family_first(p);
  if (p->count == 3 && listed(p, 1, AN_NAMING_FIRST) && is_syllables(p->word[p->words - 1])) { /* "John Lee Ka-chiu" */
    an_text first = text_of(p, 0, 1), behind = text_of(p, 2, 3);
    return (an_personal){an_arena_printf(p->arena, "%.*s %.*s", (int)first.size, first.at, (int)behind.size, behind.at), text_of(p, 1, 2)};
  }
  return family_from(p, has_two(p) ? last - 1 : last);
}

/* What the world file has as a family name, where it stands in the name so that the rules of the country can have it there. */
static bool of_file(parts *p, uint32_t person, an_personal *out) {
  an_text family = an_entity_at(p->world, person).one;
  bool first = p->country == AN_NAMING_FIRST;
  if (family.size == 0 || p->country == AN_NAMING_NONE) return false;
  for (uint32_t i = 1; i < p->count; i++) {
    an_text part = first ? text_of(p, 0, i) : text_of(p, i, p->count);
    if (an_fold_hash(part) != an_fold_hash(family)) continue;
    *out = first ? (an_personal){text_of(p, i, p->count), part} : (an_personal){text_of(p, 0, i), part};
    return true;
  }
  return false;
}

an_personal an_personal_name(const an_world *world, an_arena *arena, an_text name, an_text country, uint32_t person, bool *short_of) {
  parts p = {.world = world, .arena = arena, .known_country = country.size > 0};
  an_personal out = {{NULL, 0}, {NULL, 0}};
  p.country = country.size == 0 ? 0 : rules_of(world, AN_NAMING_SEED + 1, an_fold_hash(country));
  cut(&p, name);
  gather(&p);
  if (p.count == 0) return out;
  if (p.count == 1) out = of_one(&p);
  else if (person == AN_NONE || !of_file(&p, person, &out)) out = of_many(&p);
  *short_of |= p.short_of;
  return out;
}
