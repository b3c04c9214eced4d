/* SPDX-License-Identifier: Apache-2.0 */
/* Words of class, id, itemprop and role values, and what data/lexicon/pagenames.tsv says of them. */
#include "page/inner.h"

#include <string.h>

typedef struct flag_name { const char *name; uint32_t flag; } flag_name;
static const flag_name flag_names[] = {
  {"content", IN_CONTENT}, {"title", IN_HEADLINE}, {"deck", IN_DECK}, {"byline", IN_BYLINE}, {"date", IN_DATE}, {"caption", IN_CAPTION},
  {"related", IN_RELATED}, {"comment", IN_COMMENT}, {"share", IN_SHARE}, {"promo", IN_PROMO}, {"tags", IN_TAGS}, {"bio", IN_BIO},
  {"body", IN_BODY_PROPERTY}, {"menu", IN_MENU}, {"aside", IN_ASIDE}, {"footer", IN_FOOTER}, {"header", IN_HEADER}, {"nav", IN_NAV},
  {"hidden", IN_HIDDEN}, {"form", IN_FORM}};

static uint32_t flag_of(an_text name) {
  for (size_t i = 0; i < sizeof flag_names / sizeof *flag_names; i++)
    if (an_text_is(name, flag_names[i].name)) return flag_names[i].flag;
  return 0;
}

/* What a row says, read once a page. */
static uint32_t row_flag(reader *r, uint32_t row) {
  static const uint32_t known = (uint32_t)1 << 31;
  uint32_t *flag = &r->name_flags[row];
  if (*flag == 0) *flag = known | flag_of(an_table_cell(r->names, row, r->name_says));
  return *flag & ~known;
}

/* `word` is folded already: lower case letters and digits of ASCII. */
static uint32_t word_flags(reader *r, const char *word, uint32_t size) {
  an_rows rows = an_table_find_key(r->names, an_hash64(word, size));
  uint32_t flags = 0;
  for (uint32_t i = 0; i < rows.count; i++) flags |= row_flag(r, rows.first + i);
  return flags;
}

bool names_open(reader *r) {
  r->names = r->lexicon == NULL ? NULL : an_lexicon_table(r->lexicon, "pagenames");
  if (r->names == NULL) return true;
  r->name_says = an_table_column(r->names, "says");
  r->name_flags = AN_NEW(r->arena, uint32_t, an_table_rows(r->names));
  return r->name_flags != NULL;
}

/* "article-body__relatedLinks" → article, body, related, links; and "articlebody", pairs joined, for names in two words. */
uint32_t name_flags(reader *r, const uint8_t *at, uint32_t size) {
  if (r->names == NULL) return 0;
  uint32_t flags = 0;
  char pair[128];                                  /* the word before, and behind it the word that is being read */
  uint32_t n = 0, before = 0;
  for (uint32_t i = 0; i <= size; i++) {
    uint8_t c = i < size ? at[i] : ' ';
    bool upper = c >= 'A' && c <= 'Z';
    bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    bool turn = upper && n > 0 && i > 0 && at[i - 1] >= 'a' && at[i - 1] <= 'z';
    if ((!letter || turn) && n > 0) {
      flags |= word_flags(r, pair + before, n);
      if (before > 0) flags |= word_flags(r, pair, before + n);
      memmove(pair, pair + before, n);
      before = n;
      n = 0;
    }
    if (c == ' ') before = 0;
    if (letter && n < 64) pair[before + n++] = (char)(upper ? c + 32 : c);
  }
  return flags;
}
