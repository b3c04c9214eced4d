/* SPDX-License-Identifier: Apache-2.0 */
/* What data/lexicon says for this room, taken apart once for all pages: class names, words, marks. Immutable once open. */
#include "page/inner.h"

#include <stdlib.h>
#include <string.h>

typedef struct named { const char *name; uint32_t value; } named;
static uint32_t value_of(an_text name, const named *values, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (an_text_is(name, values[i].name)) return values[i].value;
  return 0;
}
#define VALUE_OF(name, values) value_of((name), (values), sizeof(values) / sizeof *(values))

/* ---- pagenames.tsv: by the fold of a word of a class name, IN_* ---------------------------------------------- */

static const named names_say[] = {
  {"content", IN_CONTENT}, {"title", IN_HEADLINE}, {"deck", IN_DECK}, {"byline", IN_BYLINE}, {"date", IN_DATE}, {"caption", IN_CAPTION},
  {"related", IN_RELATED}, {"comment", IN_COMMENT}, {"share", IN_SHARE}, {"promo", IN_PROMO}, {"tags", IN_TAGS}, {"bio", IN_BIO},
  {"body", IN_BODY_PROPERTY}, {"menu", IN_MENU}, {"aside", IN_ASIDE}, {"footer", IN_FOOTER}, {"header", IN_HEADER}, {"nav", IN_NAV},
  {"hidden", IN_HIDDEN}, {"form", IN_FORM}, {"section", IN_SECTION}};

static bool open_names(an_page_tables *t) {
  const an_table *names = an_lexicon_table(t->lexicon, "pagenames");
  if (names == NULL) return true;
  uint32_t says = an_table_column(names, "says");
  for (uint32_t row = 0; row < an_table_rows(names); row++) {
    uint32_t *flags = an_map_put(&t->memory, &t->names, an_fold_hash(an_table_cell(names, row, 0)), 0);
    if (flags == NULL) return false;
    *flags |= VALUE_OF(an_table_cell(names, row, says), names_say);
  }
  return true;
}

/* ---- Words --------------------------------------------------------------------------------------------------- */

/* Puts the fact into one of its two places; what lies there moves to its other one, and so on (cuckoo hashing). */
static bool seat(an_page_tables *t, uint32_t fact) {
  enum { MOVES = 500 };
  for (unsigned i = 0; i < MOVES && fact != 0; i++) {
    uint16_t *slot = &t->slots[i % 2][fact_place(t->keys.at[fact].fold, i % 2)];
    uint32_t moved = *slot;
    *slot = (uint16_t)fact;
    fact = moved;
  }
  return fact == 0;
}

/* The fact of a word, made where it is new. The list begins with one that says nothing. Five eighths of the places stay free. */
static word_fact *fact_of(an_page_tables *t, uint64_t fold) {
  for (unsigned side = 0; side < 2; side++) {
    uint32_t known = t->slots[side][fact_place(fold, side)];
    if (known != 0 && t->keys.at[known].fold == fold) return &t->facts.at[known];
  }
  if (t->facts.count > MOST_FACTS) return NULL;
  word_fact *fact = AN_PUSH(&t->memory, &t->facts);
  word_key *key = AN_PUSH(&t->memory, &t->keys);
  if (fact == NULL || key == NULL) return NULL;
  key->fold = fold;
  return seat(t, t->facts.count - 1) ? fact : NULL;
}

static word_says said(const an_page_tables *t, const word_fact *fact) {
  word_says says;
  memcpy(&says, &t->keys.at[fact - t->facts.at].says, sizeof says);
  return says;
}

static void say(an_page_tables *t, const word_fact *fact, word_says says) { memcpy(&t->keys.at[fact - t->facts.at].says, &says, sizeof says); }

/* "en de nl" as a byte each; languages are numbered as they come. */
static void add_languages(an_page_tables *t, word_fact *fact, an_text list) {
  uint8_t each[LANGUAGES];
  memcpy(each, fact->languages, sizeof each);
  for (uint32_t at = 0; at + 2 <= list.size; at += 3) {
    uint32_t n = 0;
    while (n < t->language_count && memcmp(t->languages[n].at, list.at + at, 2) != 0) n++;
    if (n == LANGUAGES) continue;
    if (n == t->language_count) t->languages[t->language_count++] = an_text_slice(list, at, at + 2);
    each[n] = 1;
  }
  memcpy(fact->languages, each, sizeof each);
}

/* What folds to the key begins with its first letter, small or large, or is not of ASCII. */
static void open_home(an_page_tables *t, an_text key) {
  if (key.size == 0) return;
  char first = key.at[0];
  t->home[(uint8_t)first] = t->home[(uint8_t)(first | 32)] = t->home[(uint8_t)(first & ~32)] = true;
  for (uint32_t byte = 0x80; byte < sizeof t->home; byte++) t->home[byte] = true;
}

static bool open_words(an_page_tables *t) {
  const an_table *functions = an_lexicon_table(t->lexicon, "functionwords"), *dates = t->dates;
  uint32_t language = functions == NULL ? 0 : an_table_column(functions, "language"), is = t->labels == NULL ? 0 : an_table_column(t->labels, "is");
  if (AN_PUSH(&t->memory, &t->facts) == NULL || AN_PUSH(&t->memory, &t->keys) == NULL) return false;
  for (uint32_t row = 0; functions != NULL && row < an_table_rows(functions); row++) {
    word_fact *fact = fact_of(t, word_hash(t, an_table_cell(functions, row, 0)));
    an_text list = an_table_cell(functions, row, language);
    if (fact == NULL) return false;
    word_says says = said(t, fact);
    if (says.function == 0) says.function = an_text_starts(list, "en") ? 2 : 1;
    says.functional = true;
    say(t, fact, says);
    add_languages(t, fact, list);
  }
  for (uint32_t row = 0; dates != NULL && row < an_table_rows(dates); row++) {
    word_fact *fact = fact_of(t, word_hash(t, an_table_cell(dates, row, 0)));
    if (fact == NULL) return false;
    word_says says = said(t, fact);
    says.date = fact->line = true;
    fact->stamp |= t->date_rows[row].is != 0;
    say(t, fact, says);
  }
  for (uint32_t row = 0; t->labels != NULL && row < an_table_rows(t->labels); row++) {
    word_fact *fact = fact_of(t, word_hash(t, an_table_cell(t->labels, row, 0)));
    if (fact == NULL) return false;
    fact->line = true;
    fact->stamp |= t->label_rows[row].is != 0;
    if (an_text_is(an_table_cell(t->labels, row, is), "home")) open_home(t, an_table_cell(t->labels, row, 0));
  }
  t->copyright[0] = word_hash(t, AN_LIT("\xC2\xA9"));
  t->copyright[1] = word_hash(t, AN_LIT("copyright"));
  return true;
}

/* ---- scripts.tsv ------------------------------------------------------------------------------------------------ */

static uint32_t number_in(an_text cell, uint32_t base) {
  uint32_t value = 0;
  for (uint32_t i = 0; i < cell.size && i < 6; i++) {
    uint32_t c = (uint8_t)cell.at[i], digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : 0;
    value = value * base + digit;
  }
  return value;
}

static void open_scripts(an_page_tables *t) {
  const an_table *scripts = an_lexicon_table(t->lexicon, "scripts");
  if (scripts == NULL) return;
  uint32_t first = an_table_column(scripts, "first"), last = an_table_column(scripts, "last"), least = an_table_column(scripts, "least"),
           language = an_table_column(scripts, "language");
  for (uint32_t row = 0; row < an_table_rows(scripts) && t->script_count < SCRIPTS; row++)
    t->scripts[t->script_count++] = (script_row){number_in(an_table_cell(scripts, row, first), 16), number_in(an_table_cell(scripts, row, last), 16),
                                                 number_in(an_table_cell(scripts, row, least), 10), an_table_cell(scripts, row, language)};
}

/* ---- stopmarks.tsv ------------------------------------------------------------------------------------------- */

static const named kinds[] = {{"end", MARK_END}, {"list", MARK_LIST}, {"line", MARK_LINE}, {"offer", MARK_OFFER},
                              {"caption", MARK_CAPTION}, {"byline", MARK_BYLINE}, {"meta", MARK_META}, {"notice", MARK_NOTICE}, {"note", MARK_NOTED}, {"errs", MARK_ERRS},
                              {"head", MARK_HEAD}, {"wall", MARK_WALL}, {"live", MARK_LIVE}, {"pictures", MARK_PICTURES}};
static const named places[] = {{"whole", PLACE_WHOLE}, {"any", PLACE_ANY}, {"end", PLACE_END}, {"last", PLACE_LAST},
                               {"credit", PLACE_CREDIT}, {"bracket", PLACE_BRACKET}, {"label", PLACE_LABEL}, {"dated", PLACE_DATED}, {"name", PLACE_NAME}};

/* The folds of the key's words go behind those of the rows before. */
static bool open_mark(an_page_tables *t, uint32_t row, uint32_t kind, uint32_t where) {
  an_text key = an_table_cell(t->marks, row, 0);
  mark_row *m = &t->mark_rows[row];
  uint64_t fold_of_first = 0;
  m->word = t->mark_words.count;
  for (uint32_t i = 0; i < key.size;) {
    uint32_t begin = i;
    while (i < key.size && key.at[i] != ' ') i++;
    uint64_t *fold = AN_PUSH(&t->memory, &t->mark_words);
    if (fold == NULL) return false;
    *fold = word_hash(t, an_text_slice(key, begin, i));
    if (begin == 0) fold_of_first = an_fold_hash(an_text_slice(key, begin, i));
    while (i < key.size && key.at[i] == ' ') i++;
  }
  m->words = t->mark_words.count - m->word;
  m->mark = (uint16_t)VALUE_OF(an_table_cell(t->marks, row, kind), kinds);
  m->place = (uint8_t)VALUE_OF(an_table_cell(t->marks, row, where), places);
  word_fact *fact = m->words == 0 ? NULL : fact_of(t, t->mark_words.at[m->word]);
  if (fact == NULL) return m->words == 0;
  fact->marks = an_table_find(t->marks, fold_of_first);
  return true;
}

/* Of each word that marks begin with, the rows that may stand inside a line. */
static bool open_inner_marks(an_page_tables *t) {
  for (uint32_t i = 0; i < t->facts.count; i++) {
    word_fact *fact = &t->facts.at[i];
    fact->inner.first = t->inner_marks.count;
    for (uint32_t row = fact->marks.first; row < fact->marks.first + fact->marks.count; row++) {
      const mark_row *m = &t->mark_rows[row];
      uint64_t second = m->words > 1 ? (uint64_t)1 << (t->mark_words.at[m->word + 1] >> 58) : ~(uint64_t)0;
      fact->seconds |= second;
      if (!mark_is_inner(m->place)) continue;
      t->keys.at[i].seconds |= second;
      inner_mark *inner = AN_PUSH(&t->memory, &t->inner_marks);
      if (inner == NULL) return false;
      *inner = (inner_mark){m->words > 1 ? t->mark_words.at[m->word + 1] : 0, row, m->words < 2};
      fact->inner.count++;
    }
  }
  return true;
}

static bool open_marks(an_page_tables *t) {
  t->marks = an_lexicon_table(t->lexicon, "stopmarks");
  if (t->marks == NULL) return true;
  uint32_t kind = an_table_column(t->marks, "kind"), where = an_table_column(t->marks, "where");
  t->mark_rows = AN_NEW(&t->memory, mark_row, an_table_rows(t->marks));
  if (t->mark_rows == NULL) return false;
  for (uint32_t row = 0; row < an_table_rows(t->marks); row++)
    if (!open_mark(t, row, kind, where)) return false;
  return open_inner_marks(t);
}

/* ---- The door ------------------------------------------------------------------------------------------------- */

an_status an_page_tables_open(const an_lexicon *lexicon, an_page_tables **out, an_error *err) {
  an_page_tables *t = calloc(1, sizeof *t);
  *out = NULL;
  if (t == NULL) return an_fail(err, AN_ERR_MEMORY, STEP, "no memory for the tables of pages");
  an_arena_init(&t->memory, (size_t)64 << 20);
  t->lexicon = lexicon;
  t->metas = an_lexicon_table(lexicon, "pagemeta");
  t->dates = an_lexicon_table(lexicon, "pagedates");
  t->labels = an_lexicon_table(lexicon, "pagelabels");
  t->kinds = an_lexicon_table(lexicon, "pagekinds");
  open_scripts(t);
  words_open(t);
  if (!stamps_open(t) || !open_names(t) || !open_words(t) || !open_marks(t)) {
    an_page_tables_close(t);
    return an_fail(err, AN_ERR_MEMORY, STEP, "no memory for the tables of pages");
  }
  *out = t;
  return AN_OK;
}

void an_page_tables_close(an_page_tables *tables) {
  if (tables == NULL) return;
  an_arena_free(&tables->memory);
  free(tables);
}
