/* SPDX-License-Identifier: Apache-2.0 */
/* The site's own name where no metadata says it: what <title> has beside the headline, or a line before the headline that the
   copyright line repeats. And the section that is printed: the last step of a path, or a word at the headline whose element,
   <title> or address says that it is one (alone it is as often a menu's, and is none). */
#include "page/inner.h"
#include "page/bytes.h"

enum { LONGEST_NAME = 60, NAME_WORDS = 6, BEFORE_TITLE = 6, LAST_BLOCKS = 12, SECTION_WORDS = 3, BESIDE_TITLE = 3 };

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
  const uint64_t *folds = r->tables->copyright;
  for (uint32_t w = b->word; w < b->word_end; w++) {
    if (r->words.at[w].fold != folds[0] && r->words.at[w].fold != folds[1]) continue;
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

/* ---- The site's name where a headline is looked for (title.c) ------------------------------------------------------------ */

static bool has_press_word(const reader *r, const block *b) {
  if (r->date_labels == NULL) return false;
  uint32_t is = an_table_column(r->date_labels, "is");
  for (uint32_t w = b->word; w < b->word_end; w++) {
    if (!r->tables->facts.at[r->words.at[w].fact].line) continue;
    an_rows rows = an_table_find_key(r->date_labels, an_fold_hash(word_text(r, &r->words.at[w])));
    for (uint32_t i = 0; i < rows.count; i++)
      if (an_text_is(an_table_cell(r->date_labels, rows.first + i, is), "press")) return true;
  }
  return false;
}

/* "The Bayou Picayune" as "© 2009 Bayou Picayune LLC" has it. */
static bool in_copyright(const reader *r, uint32_t at, an_text name) {
  uint32_t first = r->blocks.count > LAST_BLOCKS ? r->blocks.count - LAST_BLOCKS : 0, behind;
  if (name.size > 4 && an_fold_hash(an_text_slice(name, 0, 4)) == an_fold_hash(AN_LIT("the "))) name = an_text_slice(name, 4, name.size);
  for (uint32_t k = first; k < r->blocks.count; k++) {
    const block *notice = &r->blocks.at[k];
    if (k > at && block_words(notice) <= 40 && is_copyright(r, notice, &behind) && an_text_find(block_text(r, notice), 0, name) != AN_NONE) return true;
  }
  return false;
}

/* "Quay Post" on quaypost.example: all of its letters in a row. */
static bool in_host(const reader *r, an_text name) {
  char all[LONGEST_NAME + 4], host[128];
  uint32_t n = 0;
  if (name.size > LONGEST_NAME || r->host.size == 0 || r->host.size >= sizeof host) return false;
  for (uint32_t i = 0; i < name.size; i++) {
    uint8_t c = (uint8_t)(name.at[i] | 32);
    if (c >= 'a' && c <= 'z') all[n++] = (char)c;
  }
  for (uint32_t i = 0; i < r->host.size; i++) host[i] = (char)(r->host.at[i] | 32);
  return n >= 5 && an_text_find((an_text){host, r->host.size}, 0, (an_text){all, n}) != AN_NONE;
}

bool site_signs(const reader *r, uint32_t at) {
  an_text name = block_text(r, &r->blocks.at[at]);
  return in_copyright(r, at, name) || in_host(r, name);
}

bool site_is_named(const reader *r, uint32_t at) {
  const block *b = &r->blocks.at[at];
  an_text name = block_text(r, b), site = meta_best(r, AN_META_SITE, NULL);
  if (site.size > 0 && an_fold_hash(site) == an_fold_hash(name)) return true;
  if (site_signs(r, at)) return true;
  bool alone = !r->html && at < 3;
  if (r->head_title.end > r->head_title.begin) alone = an_text_equal(an_text_trim(source_text(r, r->head_title.begin, r->head_title.end)), name);
  return alone && has_press_word(r, b);
}

/* A headline was found below the site's name. */
static bool site_of_masthead(reader *r) {
  if (r->masthead == AN_NONE || r->title == AN_NONE || r->title == r->masthead) return false;
  const block *b = &r->blocks.at[r->masthead];
  meta_add(r, AN_META_SITE, 46, block_text(r, b), clean_to_source(r, b->clean), "the name over the headline");
  return true;
}

/* All in capitals: "HILL PATRIOT". */
static bool is_in_capitals(an_text name) {
  for (uint32_t at = 0; at < name.size;) {
    uint32_t code = an_utf8_next(name, &at);
    if (code != ' ' && code != '-' && code != '&' && !(an_code_is_letter(code) && an_code_is_upper(code))) return false;
  }
  return true;
}

/* The page's first line, in capitals, and a longer line that has the same words: "Listen live: Radio Hill Patriot 94.4"; in other letters a last
   line that begins so: "Hill Patriot is edited in Ho". */
static bool site_of_repeat(reader *r) {
  enum { LINE = 120 }; /* a credit or a call to listen, no paragraph */
  char name[LONGEST_NAME * 2], line[LINE * 2];
  if (r->blocks.count == 0) return false;
  an_text first = block_text(r, &r->blocks.at[0]);
  uint32_t words = first.size > LONGEST_NAME ? 0 : block_words(&r->blocks.at[0]);
  bool capitals = is_in_capitals(first), named = words >= 2 && words <= NAME_WORDS && (capitals || (!r->html && is_name(first)));
  uint32_t n = named ? an_fold(first, name, sizeof name) : 0, from = capitals || r->blocks.count < LAST_BLOCKS ? 1 : r->blocks.count - LAST_BLOCKS;
  if (n == 0 || n > sizeof name || r->title == 0 || r->title == AN_NONE) return false;
  for (uint32_t i = from > r->title || capitals ? from : r->title + 1; i < r->blocks.count; i++) {
    an_text text = block_text(r, &r->blocks.at[i]);
    uint32_t size = text.size <= first.size || text.size > LINE ? 0 : an_fold(text, line, sizeof line);
    uint32_t found = size == 0 || size > sizeof line ? AN_NONE : an_text_find((an_text){line, size}, 0, (an_text){name, n});
    if (found == AN_NONE || (found > 0 && !capitals)) continue;
    meta_add(r, AN_META_SITE, 43, first, clean_to_source(r, r->blocks.at[0].clean), "the first line, which another has too");
    return true;
  }
  return false;
}

static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/* "HILTA" is cut out of "Hill Telegraph Agency": of each word, in order, its first letters. */
static bool spells_out(an_text name, an_text brief) {
  uint32_t at = 0, words = 0;
  for (uint32_t i = 0; i < name.size; i++) {
    if (i > 0 && name.at[i - 1] != ' ') continue;
    if (!is_capital(name.at[i])) continue; /* "of", "the" */
    uint32_t k = 0;
    while (at + k < brief.size && i + k < name.size && (name.at[i + k] | 32) == (brief.at[at + k] | 32)) k++;
    /* No more than leaves a letter for each word behind. */
    uint32_t behind = 0;
    for (uint32_t j = i + 1; j < name.size; j++) behind += name.at[j - 1] == ' ' && is_capital(name.at[j]);
    while (k > 1 && brief.size - at - k < behind) k--;
    if (k == 0) return false;
    at += k;
    words++;
  }
  return words >= 2 && at == brief.size;
}

/* "KHATA - Summit opens" on a page that prints "KHAZAR TELEGRAPH AGENCY" over its headline: the long name of the short one. */
static void site_in_full(reader *r) {
  enum { BRIEF = 8 };
  an_text site = meta_best(r, AN_META_SITE, NULL);
  if (site.size < 3 || site.size > BRIEF) return;
  for (uint32_t i = 0; i < site.size; i++)
    if (!is_capital(site.at[i])) return;
  uint32_t limit = r->title == AN_NONE ? r->run_begin : r->title;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    an_text line = block_text(r, &r->blocks.at[i]);
    bool aside = i < limit ? i < BEFORE_TITLE : i + LAST_BLOCKS >= r->blocks.count;
    if (!aside || line.size <= site.size || block_words(&r->blocks.at[i]) < 2 || !is_name(line) || !spells_out(line, site)) continue;
    meta_add(r, AN_META_SITE, 47, line, clean_to_source(r, r->blocks.at[i].clean), "the long name of the short one");
    return;
  }
}

void site_find(reader *r) {
  if (meta_best(r, AN_META_SITE, NULL).at != NULL) return;
  if (!site_of_masthead(r) && !site_of_title(r) && !site_of_copyright(r)) (void)site_of_repeat(r);
  site_in_full(r);
}

/* ---- Section ------------------------------------------------------------------------------------------------------------ */

static bool is_step(uint32_t code) { return code == '>' || code == '/' || code == 0xBB || code == 0x203A || code == 0x2192; }

static bool is_kind(const reader *r, an_text word, const char *kind) {
  uint64_t fold = an_fold_hash(word);
  an_rows rows = r->date_labels == NULL || !may_date_line(r->tables, fold) ? (an_rows){0} : an_table_find_key(r->date_labels, fold);
  for (uint32_t i = 0; i < rows.count; i++)
    if (an_text_is(an_table_cell(r->date_labels, rows.first + i, an_table_column(r->date_labels, "is")), kind)) return true;
  return false;
}

/* Where the first step of a path ends, or AN_NONE: of ASCII, or of two or three bytes that are looked at. */
static uint32_t first_step_end(an_text line) {
  for (uint32_t i = 0; (i += find_step(line.at + i, line.size - i)) < line.size;) {
    uint32_t next = i;
    if (is_step(an_utf8_next(line, &next))) return i;
    i = next;
  }
  return AN_NONE;
}

/* Does the line begin as a path does? Most do not begin as a word for home does, whose names are short. */
static bool begins_path(const reader *r, an_text line) {
  if (line.size == 0 || !r->tables->home[(uint8_t)line.at[0]]) return false;
  uint32_t end = first_step_end(an_text_slice(line, 0, line.size < LONGEST_NAME ? line.size : LONGEST_NAME));
  return end != AN_NONE && is_kind(r, an_text_trim(an_text_slice(line, 0, end)), "home");
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
      if (steps > 0 && step.size > 1 && !headline && !is_kind(r, step, "page")) found = step;
      steps++;
      begin = next;
      if (at == line.size) break;
    }
    at = next;
  }
  return found;
}

static bool section_of_path(reader *r, uint32_t limit) {
  for (uint32_t i = 0; i < limit && i < r->blocks.count; i++) {
    const block *b = &r->blocks.at[i];
    an_text line = block_text(r, b), step = line.size <= 200 && begins_path(r, line) ? last_step(r, line) : (an_text){0};
    if (step.size == 0 || step.size > LONGEST_NAME) continue;
    uint32_t at = (uint32_t)(step.at - r->sink.text);
    meta_add(r, AN_META_SECTION, 50, step, clean_to_source(r, (an_span){at, at + step.size}), "the path to the page");
    return true;
  }
  return false;
}

/* "FamilyTipsTravel": links without a space between them. */
static bool is_glued(an_text line) {
  for (uint32_t i = 1; i < line.size; i++)
    if (line.at[i - 1] >= 'a' && line.at[i - 1] <= 'z' && line.at[i] >= 'A' && line.at[i] <= 'Z') return true;
  return false;
}

/* "Energy", "Local Politics": a few words, no date, no offer, not the site's name or "Breaking". */
static bool can_be_section(const reader *r, const block *b) {
  an_text line = block_text(r, b), site = meta_best(r, AN_META_SITE, NULL);
  uint32_t words = block_words(b);
  if (words == 0 || words > SECTION_WORDS || line.size > LONGEST_NAME || b->digits > 0 || b->date_words == words || b->ends_stop || b->ends_colon) return false;
  if (is_glued(line) || b->marks & ~MARK_LINE || b->flags & (IN_NAV | IN_MENU | IN_FORM | IN_FOOTER | IN_HIDDEN | IN_COMMENT | IN_BYLINE) || is_kind(r, line, "page") || is_kind(r, line, "home")) return false;
  return r->words.at[b->word].capital && !(site.size > 0 && an_fold_hash(site) == an_fold_hash(line));
}

/* A field of <title> beside the headline, or a step of the address: "… | Utilities | The Sentinel", "/news/health/…". */
static bool is_said_elsewhere(const reader *r, an_text line) {
  char folded[LONGEST_NAME * 2 + 8];
  uint32_t n = an_fold(line, folded + 1, LONGEST_NAME * 2);
  an_text url = r->page->url.size > 0 ? r->page->url : meta_best(r, AN_META_CANONICAL, NULL);
  if (n == 0 || n > LONGEST_NAME * 2) return false;
  folded[0] = folded[n + 1] = '/';
  for (uint32_t i = 1; i <= n; i++)
    if (folded[i] == ' ') folded[i] = '-';
  if (an_text_find(url, 0, (an_text){folded, n + 2}) != AN_NONE) return true;
  an_text head = r->head_title.end > r->head_title.begin ? source_text(r, r->head_title.begin, r->head_title.end) : (an_text){0};
  uint32_t at = an_text_find(head, 0, line), end = at + line.size;
  if (at == AN_NONE || at < 3 || end + 3 >= head.size) return false;
  return head.at[at - 1] == ' ' && head.at[at - 2] == '|' && head.at[end] == ' ' && head.at[end + 1] == '|';
}

/* The words over or under the headline whose element calls them a section, or that the address or <title> has too. */
static bool section_of_label(reader *r) {
  uint32_t title = r->title;
  if (title == AN_NONE || r->blocks.at[title].flags & IN_SECTION) return false;
  for (uint32_t step = 1; step <= 2 * BESIDE_TITLE; step++) {
    uint32_t off = (step + 1) / 2, i = step % 2 ? title - off : title + off;       /* nearest first, above before below */
    if ((step % 2 && off > title) || i >= r->blocks.count || i >= r->run_end || !can_be_section(r, &r->blocks.at[i])) continue;
    const block *b = &r->blocks.at[i];
    if (!(b->flags & IN_SECTION) && !is_said_elsewhere(r, block_text(r, b))) continue;
    meta_add(r, AN_META_SECTION, 48, block_text(r, b), clean_to_source(r, b->clean), "the words over the headline");
    return true;
  }
  return false;
}

void section_find(reader *r) {
  if (meta_best(r, AN_META_SECTION, NULL).at != NULL) return;
  if (!section_of_path(r, r->title == AN_NONE ? r->run_begin : r->title)) (void)section_of_label(r);
}
