/* SPDX-License-Identifier: Apache-2.0 */
/* Who wrote the page: names in the metadata, parted where one value holds several, without desks and agencies; else the names of
   the printed byline: behind its mark ("By Orla Quill and Tomas Reyes, Sandhaven"), or a line of a name alone or beside a date
   between headline and story. A line that could be a place or a menu names nobody: what the story says again is no author. */
#include "page/inner.h"

enum { LEAST = 2, MOST = 4, MOST_PEOPLE = 12, LONGEST_LINE = 200, INTO_BODY = 1 };
typedef struct person { uint32_t first, end; } person;       /* words */

static bool labelled(const reader *r, uint64_t fold, const char *a, const char *b) {
  an_rows rows = r->date_labels == NULL || !may_date_line(r->tables, fold) ? (an_rows){0} : an_table_find_key(r->date_labels, fold);
  if (rows.count == 0) return false;
  an_text is = an_table_cell(r->date_labels, rows.first, an_table_column(r->date_labels, "is"));
  return an_text_is(is, a) || (b != NULL && an_text_is(is, b));
}

static an_text between(const reader *r, uint32_t w) {        /* the signs before word w */
  const page_word *word = &r->words.at[w];
  uint32_t begin = word[-1].begin + word[-1].size;
  return begin < word->begin ? an_text_slice((an_text){r->sink.text, r->sink.size}, begin, word->begin) : (an_text){0};
}

/* Do the two words belong to one name? "Noh Kyung-tae", "A. Divya", "O'Neill". */
static bool joined(const reader *r, uint32_t w) {
  an_text signs = between(r, w);
  bool initial = r->words.at[w - 1].size == 1 && (an_text_is(signs, ". ") || an_text_is(signs, "."));
  return signs.size == 0 || an_text_is(signs, " ") || an_text_is(signs, "-") || initial;
}

/* A bar or a bullet is a word of its own. */
static bool is_sign(const reader *r, uint32_t w) {
  const page_word *word = &r->words.at[w];
  uint32_t at = 0, code = an_utf8_next((an_text){r->sink.text + word->begin, word->size}, &at);
  return !an_code_is_letter(code) && !an_code_is_digit(code);
}

/* "Coulibaly3 years ago": elements without a space between them. */
static uint32_t figures_behind(const reader *r, uint32_t w) {
  const page_word *word = &r->words.at[w];
  uint32_t n = 0;
  while (n < word->size && an_code_is_digit((unsigned char)r->sink.text[word->begin + word->size - 1 - n])) n++;
  return n;
}

/* A name's words from `at` on: two to four with capitals, particles of other languages between them. */
static bool person_at(const reader *r, uint32_t at, uint32_t limit, bool sure, person *out) {
  uint32_t words = 0, w = at;
  for (; w < limit; w++) {
    const page_word *word = &r->words.at[w];
    bool glued = w > at && an_text_is(between(r, w), "-");
    if (w > at && !joined(r, w)) break;
    if (word->digit || word->date || is_sign(r, w) || (word->function == 2 && !glued)) break;
    if (!glued && !word->capital && word->function != 1) break;
    if (r->tables->facts.at[word->fact].line && labelled(r, an_fold_hash(word_text(r, word)), "desk", sure ? NULL : "menu")) return false;
    words += !glued;
    if (figures_behind(r, w) > 0) { w++; break; }
  }
  while (w > at && !r->words.at[w - 1].capital && !an_text_is(w - 1 > at ? between(r, w - 1) : (an_text){0}, "-")) { w--; words--; }
  *out = (person){at, w};
  return words >= LEAST && words <= MOST && r->words.at[at].capital;
}

static an_span span_of(const reader *r, person p) {
  return (an_span){r->words.at[p.first].begin, r->words.at[p.end - 1].begin + r->words.at[p.end - 1].size - figures_behind(r, p.end - 1)};
}

static bool is_and(const reader *r, uint32_t w) {
  an_text word = an_text_slice((an_text){r->sink.text, r->sink.size}, r->words.at[w].begin, r->words.at[w].begin + r->words.at[w].size);
  return an_text_is(word, "and") || an_text_is(word, "AND") || an_text_is(word, "And");
}

static bool says_and(an_text signs) { return an_text_find(signs, 0, AN_LIT("&")) != AN_NONE; }
static bool says_list(an_text signs) { return an_text_find(signs, 0, AN_LIT(";")) != AN_NONE || an_text_find(signs, 0, AN_LIT("|")) != AN_NONE; }
static bool says_comma(an_text signs) { return an_text_starts(signs, ","); }

/* "A, B and C": all of them; "A, Sandhaven": the first; "A; B" and "A | B": both where both are names. */
static uint32_t people_from(const reader *r, uint32_t at, uint32_t limit, bool sure, person *people) {
  uint32_t count = 0, closed = 0;                             /* closed: how many are certain, before the last comma */
  while (at < limit && count < MOST_PEOPLE && person_at(r, at, limit, sure, &people[count])) {
    at = people[count++].end;
    bool comma = false, more = false;
    if (at < limit) {
      an_text signs = between(r, at);
      comma = says_comma(signs);
      more = says_and(signs) || says_list(signs);
      if (is_sign(r, at) && at + 1 < limit) { more = r->sink.text[r->words.at[at].begin] == '|'; at++; }
      if (is_and(r, at)) { more = true; at++; }
    }
    if (more || closed == 0) closed = more ? count + 1 : count;
    if (!comma && !more) break;
  }
  return count < closed ? count : closed;
}

/* ---- The printed byline ------------------------------------------------------------------------------------------------ */

/* Does the story, or a line of it, say the name again? */
static bool said_again(const reader *r, const block *b, an_text name) {
  an_text head = {0};
  if (r->head_title.end > r->head_title.begin) head = source_text(r, r->head_title.begin, r->head_title.end);
  if (head.size > 0 && an_text_find(head, 0, name) != AN_NONE) return true;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    const block *other = &r->blocks.at[i];
    if (other != b && an_text_find(block_text(r, other), 0, name) != AN_NONE) return true;
  }
  return false;
}

static bool tell_people(reader *r, const person *people, uint32_t count, uint8_t strength, const char *from) {
  for (uint32_t i = 0; i < count; i++) {
    an_span clean = span_of(r, people[i]);
    meta_add(r, AN_META_AUTHOR, strength, an_text_slice((an_text){r->sink.text, r->sink.size}, clean.begin, clean.end), clean_to_source(r, clean), from);
  }
  return count > 0;
}

/* Behind "By", "Written by", "Story by": the first word with a capital that the mark does not hold. */
static bool marked_byline(reader *r, const block *b) {
  person people[MOST_PEOPLE];
  uint32_t w = b->word;
  for (uint32_t limit = w + 4 < b->word_end ? w + 4 : b->word_end; w < limit; w++) {
    an_text word = an_text_slice((an_text){r->sink.text, r->sink.size}, r->words.at[w].begin, r->words.at[w].begin + r->words.at[w].size);
    if (an_fold_hash(word) == an_fold_hash(AN_LIT("by"))) break;
  }
  bool by = w < b->word_end && w < b->word + 4;
  uint32_t at = by ? w + 1 : b->word + 1;
  return at < b->word_end && tell_people(r, people, people_from(r, at, b->word_end, true, people), 60, "byline");
}

/* The lines that printed dates were cut from have no sentence in them; a name in one is the author's. */
static bool plain_byline(reader *r, const block *b, bool named) {
  person people[MOST_PEOPLE];
  uint32_t lower = 0;
  for (uint32_t w = b->word; w < b->word_end; w++)
    lower += !r->words.at[w].capital && !r->words.at[w].date && r->words.at[w].function == 0 && r->words.at[w].size > 3 && !is_sign(r, w) && figures_behind(r, w) == 0 && (w == b->word || joined(r, w));
  if (lower > 1) return false;
  for (uint32_t w = b->word; w < b->word_end; w++) {
    bool opens = w == b->word || !joined(r, w) || is_sign(r, w - 1) || r->words.at[w - 1].digit || r->words.at[w - 1].date || r->words.at[w - 1].function == 2;
    uint32_t count = opens ? people_from(r, w, b->word_end, false, people) : 0;
    if (count == 0) continue;
    an_span clean = span_of(r, people[0]);
    if (!named && said_again(r, b, an_text_slice((an_text){r->sink.text, r->sink.size}, clean.begin, clean.end))) return false;
    uint32_t last = people[count - 1].end;
    bool runs_on = last < b->word_end && joined(r, last) && !r->words.at[last].date && !is_sign(r, last) && figures_behind(r, last - 1) == 0;      /* "Ann Lee reports from Lima" */
    return !runs_on && tell_people(r, people, count, named ? 62 : 55, "byline");
  }
  return false;
}

static bool can_be_byline(const block *b) {
  uint32_t size = b->clean.end - b->clean.begin;
  return size > 0 && size <= LONGEST_LINE && block_words(b) <= 24 && !(b->flags & (IN_RELATED | IN_COMMENT | IN_CAPTION | IN_FIGURE | IN_FORM | IN_PROMO)) &&
         b->kind != AN_BLOCK_TITLE && b->kind != AN_BLOCK_CAPTION && b->kind != AN_BLOCK_SUBHEAD && b->stops == 0;
}

/* A line of a name alone is a byline at a date, or where nothing else stands between headline and story. */
static bool stands_as_byline(const reader *r, uint32_t title, uint32_t i) {
  const block *b = &r->blocks.at[i];
  stamp s;
  line_form form;
  if (b->flags & IN_BYLINE || b->kind == AN_BLOCK_BYLINE) return true;
  if (stamps_possible(block_text(r, b)) && stamps_in(r, block_text(r, b), STAMP_PLAIN, &s, 1, &form) > 0) return true;
  if (b->kind == AN_BLOCK_DATELINE) return false;                    /* a place of two words, cut from the story */
  for (uint32_t k = i > title + 1 ? i - 1 : i + 1; k <= i + 1 && k < r->blocks.count; k += 2)
    if (r->blocks.at[k].kind == AN_BLOCK_META && r->blocks.at[k].date_words >= 2) return true;
  return i == title + 1 && i + 2 >= r->run_begin;
}

void byline_find(reader *r) {
  if (meta_best(r, AN_META_AUTHOR, NULL).at != NULL) return;
  uint32_t title = r->title == AN_NONE ? r->run_begin : r->title, end = r->run_begin + INTO_BODY < r->blocks.count ? r->run_begin + INTO_BODY : r->blocks.count;
  uint32_t begin = title > 4 ? title - 4 : 0;
  for (uint32_t i = begin; i < r->blocks.count && i < r->run_end + 3; i++) {
    const block *b = &r->blocks.at[i];
    bool here = i < end || b->kind == AN_BLOCK_BYLINE;
    if (here && can_be_byline(b) && b->marks & MARK_BYLINE && marked_byline(r, b)) return;
  }
  for (uint32_t i = title; i < end; i++) {
    const block *b = &r->blocks.at[i];
    bool line = b->kind != AN_BLOCK_DECK && (b->kind != AN_BLOCK_BODY || (!b->ends_stop && b->score <= 0)) && !(b->flags & IN_HEADING);
    if (i > title && can_be_byline(b) && line && stands_as_byline(r, title, i) && plain_byline(r, b, (b->flags & IN_BYLINE) != 0)) return;
  }
}

/* ---- Names in the metadata ---------------------------------------------------------------------------------------------- */

static bool is_desk(const reader *r, an_text name) {
  for (uint32_t at = 0; at < name.size;) {
    uint32_t begin = at;
    while (at < name.size && name.at[at] != ' ') at++;
    if (at > begin && labelled(r, an_fold_hash(an_text_slice(name, begin, at)), "desk", NULL)) return true;
    while (at < name.size && name.at[at] == ' ') at++;
  }
  return false;
}

/* Where the next name begins: behind " and ", " & ", ";", "|", and commas. */
static uint32_t name_end(an_text t, uint32_t from, bool commas, uint32_t *next) {
  static const char *const signs[] = {" and ", " & ", ";", "|", ", "};
  uint32_t end = t.size;
  *next = t.size;
  for (size_t i = 0; i < sizeof signs / sizeof *signs - (commas ? 0 : 1); i++) {
    an_text sign = an_text_of(signs[i]);
    uint32_t found = an_text_find(t, from, sign);
    if (found < end) { end = found; *next = found + sign.size; }
  }
  return end;
}

/* "By Ann Lee and Bo Chan" as two; a desk, an agency, the site itself and an address are nobody. */
void byline_part_metas(reader *r) {
  an_text site = meta_best(r, AN_META_SITE, NULL);
  uint32_t found = r->metas_found.count;
  for (uint32_t i = 0; i < found; i++) {
    const an_meta m = r->metas_found.at[i];
    if (m.kind != AN_META_AUTHOR || m.strength == 0) continue;
    an_text t = m.value;
    if (an_fold_hash(an_text_slice(t, 0, 3)) == an_fold_hash(AN_LIT("by "))) t = an_text_trim(an_text_slice(t, 3, t.size));
    r->metas_found.at[i].strength = 0;
    uint32_t comma = an_text_find(t, 0, AN_LIT(", "));
    bool commas = comma != AN_NONE && an_text_find(an_text_slice(t, 0, comma), 0, AN_LIT(" ")) != AN_NONE;   /* not "Lee, Ann" */
    bool list = an_text_find(t, 0, AN_LIT(" and ")) != AN_NONE || an_text_find(t, 0, AN_LIT(" & ")) != AN_NONE;
    bool exact = m.raw.end - m.raw.begin == m.value.size;
    uint32_t offset = (uint32_t)(t.at - m.value.at);
    for (uint32_t at = 0, next; at < t.size; at = next) {
      uint32_t end = name_end(t, at, commas, &next);
      bool tail = at > 0 && !list && t.at[at - 1] == ' ' && t.at[at - 2] == ',';     /* "Ann Lee, Daily Courier" */
      an_text name = an_text_trim(an_text_slice(t, at, end));
      uint32_t place = name.size > 0 ? offset + (uint32_t)(name.at - t.at) : 0;
      bool nobody = tail || name.size == 0 || is_desk(r, name) || an_text_find(name, 0, AN_LIT("://")) != AN_NONE || name.at[0] == '@' ||
                    (site.size > 0 && an_fold_hash(site) == an_fold_hash(name));
      if (nobody || r->metas_found.count >= 300) continue;
      an_meta *out = AN_PUSH(r->arena, &r->metas_found);
      if (out == NULL) { r->spent = true; return; }
      *out = m;
      out->value = out->said = name;
      if (exact) out->raw = (an_span){m.raw.begin + place, m.raw.begin + place + name.size};
    }
  }
}
