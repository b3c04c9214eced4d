/* SPDX-License-Identifier: Apache-2.0 */
/* The site's own name where no metadata says it: what <title> has beside the headline, or a line before the headline that the
   copyright line repeats. And the section that is printed: the last step of a path
   (a word over the headline alone is as often a menu's, and is none). */
#include "page/inner.h"

enum { LONGEST_NAME = 60, NAME_WORDS = 6, BEFORE_TITLE = 6, LAST_BLOCKS = 12 };

static an_text clean_text(const reader *r) { return (an_text){r->sink.text, r->sink.size}; }

static bool is_separator(uint32_t code) {
  return code == '|' || code == '-' || code == ':' || code == '>' || code == 0xBB || code == 0xAB || code == 0xB7 || code == 0x2022 || code == 0x2013 ||
         code == 0x2014 || code == 0x203A || code == '/';
}

/* The last field of " | Utilities | The Sentinel", or with `first` the first of "Big Island Independent » ". */
static an_text field_of(an_text t, bool first) {
  uint32_t begin = 0;
  bool spaced = true;
  an_text best = {0};
  for (uint32_t at = 0; at <= t.size;) {
    uint32_t next = at, code = at < t.size ? an_utf8_next(t, &next) : 0;
    bool closes = at == t.size || (is_separator(code) && (spaced || next == t.size || t.at[next] == ' ') && (code != '-' || (spaced && (next == t.size || t.at[next] == ' '))));
    if (closes) {
      an_text field = an_text_trim(an_text_slice(t, begin, at));
      if (field.size > 0 && (!first || best.size == 0)) best = field;
      begin = next;
    }
    spaced = code == ' ';
    if (at == t.size) break;
    at = next;
  }
  return best;
}

static bool is_name(an_text name) {
  uint32_t words = 0;
  if (name.size < 2 || name.size > LONGEST_NAME) return false;
  for (uint32_t at = 0; at < name.size;) {
    uint32_t begin = at, code = an_utf8_next(name, &at);
    while (at < name.size && name.at[at] != ' ') at++;
    if (an_code_is_letter(code) && !an_code_is_upper(code) && at - begin >= 4) return false;
    while (at < name.size && name.at[at] == ' ') at++;
    words++;
  }
  return words <= NAME_WORDS;
}

/* A short block that the name ends with, or is: "From The Sentinel" is the site of the line "The Sentinel". */
static an_text as_printed(const reader *r, an_text name) {
  uint32_t limit = r->title == AN_NONE ? r->run_begin : r->title;
  for (uint32_t i = 0; i < limit && i < r->blocks.count; i++) {
    an_text line = block_text(r, &r->blocks.at[i]);
    if (line.size >= 3 && line.size < name.size && an_text_equal(an_text_slice(name, name.size - line.size, name.size), line) && is_name(line)) return line;
  }
  return name;
}

/* "Judge halts telescope road | Big Island Independent", "Big Island Independent » Judge halts …". */
static bool site_of_title(reader *r) {
  if (r->head_title.end <= r->head_title.begin || r->title_text.size < 8) return false;
  an_text head = an_text_trim(entity_text(r, r->head_title.begin, r->head_title.end, false));
  uint32_t at = an_text_find(head, 0, r->title_text);
  if (at == AN_NONE) return false;
  an_text behind = an_text_trim(an_text_slice(head, at + r->title_text.size, head.size)), before = an_text_trim(an_text_slice(head, 0, at));
  an_text name = behind.size > 0 ? field_of(behind, false) : field_of(before, true);
  if (!is_name(name)) return false;
  an_text printed = as_printed(r, name);
  uint32_t found = an_text_find(source_text(r, r->head_title.begin, r->head_title.end), 0, printed);
  an_span where = found == AN_NONE ? r->head_title : (an_span){r->head_title.begin + found, r->head_title.begin + found + printed.size};
  meta_add(r, AN_META_SITE, 45, printed, where, "title beside the headline");
  return true;
}

static bool is_copyright(const reader *r, const block *b, uint32_t *behind) {
  for (uint32_t w = b->word; w < b->word_end; w++) {
    an_text word = an_text_slice(clean_text(r), r->words.at[w].begin, r->words.at[w].begin + r->words.at[w].size);
    if (!an_text_is(word, "\xC2\xA9") && an_fold_hash(word) != an_fold_hash(AN_LIT("copyright"))) continue;
    *behind = r->words.at[w].begin;
    return true;
  }
  return false;
}

/* A line before the headline whose words stand in a copyright line. */
static bool site_of_copyright(reader *r) {
  uint32_t limit = r->title == AN_NONE ? r->run_begin : r->title, first = r->blocks.count > LAST_BLOCKS ? r->blocks.count - LAST_BLOCKS : 0, behind;
  for (uint32_t k = r->blocks.count; k-- > first;) {
    const block *notice = &r->blocks.at[k];
    if (k <= limit || block_words(notice) > 40 || !is_copyright(r, notice, &behind)) continue;
    for (uint32_t i = 0; i < limit && i < BEFORE_TITLE; i++) {
      an_text line = block_text(r, &r->blocks.at[i]);
      if (line.size < 5 || block_words(&r->blocks.at[i]) < 2 || !is_name(line) || an_text_find(block_text(r, notice), 0, line) == AN_NONE) continue;
      meta_add(r, AN_META_SITE, 44, line, clean_to_source(r, r->blocks.at[i].clean), "the line that the copyright repeats");
      return true;
    }
  }
  return false;
}

void site_find(reader *r) {
  if (meta_best(r, AN_META_SITE, NULL).at != NULL) return;
  if (!site_of_title(r)) (void)site_of_copyright(r);
}

/* ---- Section ------------------------------------------------------------------------------------------------------------ */

static bool is_step(uint32_t code) { return code == '>' || code == '/' || code == 0xBB || code == 0x203A || code == 0x2192; }

static bool is_kind(const reader *r, an_text word, const char *kind) {
  an_rows rows = r->date_labels == NULL ? (an_rows){0} : an_table_find_key(r->date_labels, an_fold_hash(word));
  return rows.count > 0 && an_text_is(an_table_cell(r->date_labels, rows.first, an_table_column(r->date_labels, "is")), kind);
}

/* "Home » States » Maharashtra": the last step that is neither the headline nor a word for the page itself. */
static an_text last_step(const reader *r, an_text line) {
  an_text found = {0};
  uint32_t begin = 0, steps = 0;
  for (uint32_t at = 0; at <= line.size;) {
    uint32_t next = at, code = at < line.size ? an_utf8_next(line, &next) : 0;
    if (at == line.size || is_step(code)) {
      an_text step = an_text_trim(an_text_slice(line, begin, at));
      bool headline = r->title_text.size > 0 && (an_text_find(step, 0, r->title_text) != AN_NONE || (step.size > 12 && an_text_find(r->title_text, 0, an_text_slice(step, 0, 12)) != AN_NONE));
      if (steps == 0 && !is_kind(r, step, "home")) return (an_text){0};
      if (steps > 0 && step.size > 1 && !headline && !is_kind(r, step, "page")) found = step;
      steps++;
      begin = next;
      if (at == line.size) break;
    }
    at = next;
  }
  return found;
}

void section_find(reader *r) {
  if (meta_best(r, AN_META_SECTION, NULL).at != NULL) return;
  uint32_t limit = r->title == AN_NONE ? r->run_begin : r->title;
  for (uint32_t i = 0; i < limit && i < r->blocks.count; i++) {
    const block *b = &r->blocks.at[i];
    an_text line = block_text(r, b), step = line.size <= 200 ? last_step(r, line) : (an_text){0};
    if (step.size == 0 || step.size > LONGEST_NAME) continue;
    uint32_t at = (uint32_t)(step.at - r->sink.text);
    meta_add(r, AN_META_SECTION, 50, step, clean_to_source(r, (an_span){at, at + step.size}), "the path to the page");
    return;
  }
}
