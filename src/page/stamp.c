/* SPDX-License-Identifier: Apache-2.0 */
/* Stamps in a line: "Thu 6 Jun 2019 17.32 BST", "12:00 AM, December 11, 2018 / LAST MODIFIED: 12:14 AM, December 11, 2018",
   "2022-08-24T00:20+0430", "2018年9月17日". Day, time of day, zone, and what the words before it say it is the day of.
   Months, zones and labels are data/lexicon/pagedates.tsv and pagelabels.tsv. */
#include "page/inner.h"
#include "page/bytes.h"

#include <string.h>

typedef enum word_is { W_OTHER, W_MONTH, W_WEEKDAY, W_HALF, W_ZONE, W_SUFFIX, W_PUBLISHED, W_MODIFIED, W_AROUND, W_NOT, W_LINK, W_KINDS } word_is;
enum { ATOMS = 160, SEPARATORS = 3, LAST_YEAR = 2100, FIRST_YEAR = 1900 };

typedef struct atom {
  uint32_t begin, end, code;        /* code: of a sign, or the first letter of a word */
  unsigned number;
  uint8_t shape, is, digits;        /* 'd' figures, 'w' a word, 's' a sign */
  bool space, upper;                /* white space stands before it; begins with a capital */
  an_text value;
  uint64_t fold;
} atom;
typedef struct line { const reader *r; an_text text; atom at[ATOMS]; uint32_t count; } line;

/* ---- Cutting ---------------------------------------------------------------------------------------------------- */

static line_word *open_rows(an_page_tables *t, const an_table *table) {
  static const char *const kinds[W_KINDS] = {"", "month", "weekday", "half", "zone", "suffix", "published", "modified", "around", "not", "link"};
  uint32_t count = table == NULL ? 0 : an_table_rows(table), is = table == NULL ? 0 : an_table_column(table, "is");
  uint32_t value = table == NULL ? 0 : an_table_column(table, "value");
  line_word *rows = AN_NEW(&t->memory, line_word, count);
  for (uint32_t row = 0; rows != NULL && row < count; row++) {
    an_text key = an_table_cell(table, row, 0);
    uint64_t fold = an_fold_hash(key);
    if (key.size == 1 && (uint8_t)key.at[0] < 128) t->stamp_signs[(uint8_t)key.at[0]] = true;
    t->line_filter[fold >> 53] |= (uint8_t)(1u << (fold >> 50 & 7));
    rows[row].value = an_table_cell(table, row, value);
    for (uint8_t k = W_MONTH; k < W_KINDS; k++)
      if (an_text_is(an_table_cell(table, row, is), kinds[k])) rows[row].is = k;
  }
  return rows;
}

bool stamps_open(an_page_tables *t) {
  t->date_rows = open_rows(t, t->dates);
  t->label_rows = open_rows(t, t->labels);
  return t->date_rows != NULL && t->label_rows != NULL;
}

static bool row_of(const an_table *table, const line_word *words, atom *a) {
  an_rows rows = table == NULL ? (an_rows){0} : an_table_find_key(table, a->fold);
  if (rows.count == 0) return false;
  a->value = words[rows.first].value;
  a->is = words[rows.first].is;
  return true;
}

static void know_word(const line *x, atom *a) {
  const an_page_tables *t = x->r->tables;
  if (a->shape == 's' && a->code < 128 && !t->stamp_signs[a->code]) return;
  a->fold = an_fold_hash(an_text_slice(x->text, a->begin, a->end));
  if (!may_date_line(t, a->fold)) return;
  if (!row_of(t->dates, t->date_rows, a)) row_of(t->labels, t->label_rows, a);
}

/* As an_utf8_next; a byte of ASCII is taken where it is. */
static inline uint32_t next_code(an_text text, uint32_t *at) {
  return (unsigned char)text.at[*at] < 0x80 ? (unsigned char)text.at[(*at)++] : an_utf8_next(text, at);
}

static bool is_ascii_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* "a.m." and "p.m." are one word. */
static uint32_t half_with_stops(const line *x, uint32_t at) {
  an_text t = x->text;
  if (at + 3 > t.size || t.at[at + 1] != '.' || (t.at[at + 2] | 32) != 'm') return at;
  char c = (char)(t.at[at] | 32);
  return c == 'a' || c == 'p' ? at + 3 : at;
}

static void cut_atom(line *x, uint32_t *at, bool space) {
  atom *a = &x->at[x->count++];
  uint32_t code = next_code(x->text, &(uint32_t){*at});
  *a = (atom){.begin = *at, .code = code, .space = space};
  uint32_t next = *at;
  if (an_code_is_digit(code)) {
    a->shape = 'd';
    for (; next < x->text.size && an_code_is_digit((unsigned char)x->text.at[next]); next++) {
      if (a->digits < 20) a->digits++;
      if (a->digits < 9) a->number = a->number * 10 + (unsigned)(x->text.at[next] - '0');
    }
  } else if (an_code_is_letter(code)) {
    a->shape = 'w';
    a->upper = an_code_is_upper(code);
    next = half_with_stops(x, *at);
    for (uint32_t to = next; next == to && to < x->text.size && an_code_is_letter(next_code(x->text, &to));) next = to;
  } else {
    a->shape = 's';
    (void)an_utf8_next(x->text, &next);
  }
  *at = a->end = next;
  if (a->shape != 'd') know_word(x, a);
}

/* The line's atoms are none until they are cut: most of 160 never are. */
static void cut(line *x, const reader *r, an_text text) {
  bool space = false;
  x->r = r;
  x->text = text;
  x->count = 0;
  for (uint32_t at = 0; at < x->text.size && x->count < ATOMS;) {
    uint32_t next = at, code = next_code(x->text, &next);
    if (code == ' ' || an_code_is_space(code)) { space = true; at = next; continue; }
    cut_atom(x, &at, space);
    space = false;
  }
}

static bool sign(const line *x, uint32_t i, uint32_t code) { return i < x->count && x->at[i].shape == 's' && x->at[i].code == code; }
static bool dash(const line *x, uint32_t i) { return sign(x, i, '-') || sign(x, i, 0x2013) || sign(x, i, 0x2014) || sign(x, i, 0x2212); }
static bool word(const line *x, uint32_t i, uint8_t is) { return i < x->count && x->at[i].shape == 'w' && x->at[i].is == is; }
static bool figures(const line *x, uint32_t i, uint8_t least, uint8_t most) {
  return i < x->count && x->at[i].shape == 'd' && x->at[i].digits >= least && x->at[i].digits <= most;
}
static unsigned value_number(an_text value) {
  unsigned n = 0;
  for (uint32_t i = 0; i < value.size && an_code_is_digit((unsigned char)value.at[i]); i++) n = n * 10 + (unsigned)(value.at[i] - '0');
  return n;
}

static uint32_t clock_at(const line *x, uint32_t i, stamp *s);

/* ---- Days ------------------------------------------------------------------------------------------------------- */

/* A day of the month with its suffix; the atom behind it, or i. */
static uint32_t day_at(const line *x, uint32_t i, unsigned *day) {
  if (!figures(x, i, 1, 2) || x->at[i].number < 1 || x->at[i].number > 31) return i;
  *day = x->at[i].number;
  return word(x, i + 1, W_SUFFIX) && !x->at[i + 1].space ? i + 2 : i + 1;
}

/* "2018", "'18". */
static uint32_t year_at(const line *x, uint32_t i, int *year) {
  bool short_form = (sign(x, i, '\'') || sign(x, i, 0x2019)) && figures(x, i + 1, 2, 2) && !x->at[i + 1].space;
  if (short_form) { *year = 2000 + (int)x->at[i + 1].number; return i + 2; }
  if (!figures(x, i, 4, 4) || x->at[i].number < FIRST_YEAR || x->at[i].number > LAST_YEAR) return i;
  *year = (int)x->at[i].number;
  return i + 1;
}

static bool set_day(stamp *s, int year, unsigned month, unsigned day) {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || !an_day_valid(year, month, day)) return false;
  s->day = an_day_of(year, month, day);
  return true;
}

/* "Sept. 14, 2009", "December 11th 2018". */
static uint32_t month_first(const line *x, uint32_t i, stamp *s) {
  if (!word(x, i, W_MONTH)) return i;
  unsigned month = value_number(x->at[i].value), day;
  uint32_t at = sign(x, i + 1, '.') ? i + 2 : i + 1, behind = day_at(x, at, &day);
  if (behind == at) return i;
  if (sign(x, behind, ',') || sign(x, behind, '.')) behind++;
  int year;
  uint32_t end = year_at(x, behind, &year);
  return end > behind && set_day(s, year, month, day) ? end : i;
}

/* "May 3 14:05:09 2021", as machines print it. */
static uint32_t month_clock_year(const line *x, uint32_t i, stamp *s) {
  unsigned day;
  if (!word(x, i, W_MONTH)) return i;
  uint32_t at = day_at(x, i + 1, &day), behind = at == i + 1 ? at : clock_at(x, at, s);
  if (at == i + 1 || behind == at) return i;
  int year;
  uint32_t zone = word(x, behind, W_ZONE) ? behind + 1 : behind, end = year_at(x, zone, &year);
  if (end > zone && set_day(s, year, value_number(x->at[i].value), day)) return end;
  s->clock = -1;
  return i;
}

/* "6 Jun 2019", "06-Jun-2019", "the 5th of May 2004", "6. Juni 2019". */
static uint32_t day_first(const line *x, uint32_t i, stamp *s) {
  unsigned day;
  uint32_t at = day_at(x, i, &day);
  if (at == i) return i;
  if (dash(x, at) || sign(x, at, '/') || sign(x, at, '.') || word(x, at, W_LINK)) at++;
  if (!word(x, at, W_MONTH)) return i;
  unsigned month = value_number(x->at[at].value);
  for (at++; at < x->count && (sign(x, at, '.') || sign(x, at, ',') || dash(x, at) || sign(x, at, '/') || word(x, at, W_LINK)); at++);
  int year;
  uint32_t end = year_at(x, at, &year);
  return end > at && set_day(s, year, month, day) ? end : i;
}

/* 2018年9月17日, 2018년 9월 17일. */
static uint32_t counted_signs(const line *x, uint32_t i, stamp *s) {
  static const uint32_t signs[3][2] = {{0x5E74, 0xB144}, {0x6708, 0xC6D4}, {0x65E5, 0xC77C}};
  if (i + 5 >= x->count || !figures(x, i, 4, 4) || !figures(x, i + 2, 1, 2) || !figures(x, i + 4, 1, 2)) return i;
  for (uint32_t k = 0; k < 3; k++) {
    const atom *a = &x->at[i + 2 * k + 1];
    if (a->shape != 'w' || (a->code != signs[k][0] && a->code != signs[k][1])) return i;
  }
  return set_day(s, (int)x->at[i].number, x->at[i + 2].number, x->at[i + 4].number) ? i + 6 : i;
}

/* Two figures that both orders fit: the weekday beside them, else what the page shows of its order. */
static bool ordered(const line *x, stamp *s, int year, unsigned first, unsigned second, unsigned weekday, bool dots) {
  bool day_leads = second <= 12 && an_day_valid(year, second, first), month_leads = first <= 12 && an_day_valid(year, first, second);
  if (!day_leads && !month_leads) return false;
  if (day_leads && month_leads && first != second) {
    uint8_t order = dots ? ORDER_DAY : x->r->order;
    if (weekday != 0 && !dots) {
      bool fits_day = an_day_weekday(an_day_of(year, second, first)) == weekday, fits_month = an_day_weekday(an_day_of(year, first, second)) == weekday;
      if (fits_day != fits_month) order = fits_day ? ORDER_DAY : ORDER_MONTH;
    }
    if (order == ORDER_OPEN) return false;
    month_leads = order == ORDER_MONTH;
  }
  return month_leads ? set_day(s, year, first, second) : set_day(s, year, second, first);
}

static bool clock_behind(const line *x, uint32_t i) {
  if (sign(x, i, ',')) i++;
  return figures(x, i, 1, 2) && (sign(x, i + 1, ':') || word(x, i + 1, W_HALF));
}

/* "2009-06-25", "2009/6/25", "03/04/2018", "19.01.2016", "17-11-2009", "09/17/18 10:30 AM". */
static uint32_t in_figures(const line *x, uint32_t i, unsigned weekday, stamp *s) {
  if (i + 4 >= x->count) return i;
  const atom *a = &x->at[i];
  if (a[1].shape != 's' || a[3].shape != 's' || a[1].code != a[3].code || a[1].space || a[2].space || a[3].space || a[4].space) return i;
  if ((a[1].code != '-' && a[1].code != '/' && a[1].code != '.') || !figures(x, i + 2, 1, 2)) return i;
  if (figures(x, i, 4, 4) && figures(x, i + 4, 1, 2)) return set_day(s, (int)a[0].number, a[2].number, a[4].number) ? i + 5 : i;
  if (!figures(x, i, 1, 2)) return i;
  bool two = figures(x, i + 4, 2, 2) && a[1].code != '-' && (clock_behind(x, i + 5) || x->count == 5 || s->label == STAMP_PUBLISHED);
  if (!two && !figures(x, i + 4, 4, 4)) return i;
  int year = (int)a[4].number + (two ? 2000 : 0);
  return ordered(x, s, year, a[0].number, a[2].number, weekday, a[1].code == '.') ? i + 5 : i;
}

static uint32_t date_at(const line *x, uint32_t i, stamp *s) {
  uint32_t at = i;
  unsigned weekday = 0;
  if (word(x, i, W_WEEKDAY)) {
    weekday = value_number(x->at[i].value);
    for (at++; at < x->count && at <= i + 3 && (sign(x, at, ',') || sign(x, at, '.') || dash(x, at) || word(x, at, W_LINK) || word(x, at, W_AROUND)); at++);
  }
  uint32_t end = month_first(x, at, s);
  if (end == at) end = month_clock_year(x, at, s);
  if (end == at) end = day_first(x, at, s);
  if (end == at) end = counted_signs(x, at, s);
  if (end == at) end = in_figures(x, at, weekday, s);
  return end == at ? i : end;
}

/* ---- Times of day and zones ---------------------------------------------------------------------------------------- */

static uint32_t half_behind(const line *x, uint32_t i, int *hour) {
  if (!word(x, i, W_HALF)) return i;
  bool after = an_text_is(x->at[i].value, "pm");
  if (after && *hour < 12) *hour += 12;
  if (!after && *hour == 12) *hour = 0;
  return sign(x, i + 1, '.') && !x->at[i + 1].space ? i + 2 : i + 1;
}

/* "17:32", "17.32", "6:14am", "8 p.m.", "20h15", "00:20:05.000"; behind it, or i. */
static uint32_t clock_at(const line *x, uint32_t i, stamp *s) {
  if (!figures(x, i, 1, 2) || x->at[i].number > 24) return i;
  int hour = (int)x->at[i].number, minute = 0;
  uint32_t at = i + 1;
  bool parts = (sign(x, at, ':') || sign(x, at, '.') || (at < x->count && x->at[at].shape == 'w' && (x->at[at].code | 32) == 'h' && x->at[at].end - x->at[at].begin == 1)) &&
               !x->at[at].space && figures(x, at + 1, 2, 2) && !x->at[at + 1].space;
  if (parts) {
    minute = (int)x->at[at + 1].number;
    at += 2;
    while (at + 1 < x->count && (sign(x, at, ':') || sign(x, at, '.')) && !x->at[at].space && figures(x, at + 1, 1, 9) && !x->at[at + 1].space) at += 2;
  }
  uint32_t behind = half_behind(x, at, &hour);
  if ((!parts && behind == at) || minute > 59 || hour > 24) return i;
  s->clock = (int16_t)(hour % 24 * 60 + minute);
  return behind;
}

static void write_zone(stamp *s, bool minus, unsigned hours, unsigned minutes) {
  s->zone[0] = minus ? '-' : '+';
  s->zone[1] = (char)('0' + hours / 10 % 10); s->zone[2] = (char)('0' + hours % 10);
  s->zone[3] = ':';
  s->zone[4] = (char)('0' + minutes / 10 % 10); s->zone[5] = (char)('0' + minutes % 10);
  s->zone[6] = '\0';
}

/* "+0430", "+04:30", "-5"; behind it, or i. */
static uint32_t offset_at(const line *x, uint32_t i, stamp *s) {
  if ((!sign(x, i, '+') && !dash(x, i)) || i + 1 >= x->count || x->at[i + 1].space || !figures(x, i + 1, 1, 4)) return i;
  bool minus = dash(x, i), packed = x->at[i + 1].digits > 2;
  unsigned number = x->at[i + 1].number, hours = packed ? number / 100 : number, minutes = packed ? number % 100 : 0;
  uint32_t end = i + 2;
  bool colon = sign(x, end, ':') && figures(x, end + 1, 2, 2) && !x->at[end].space && !x->at[end + 1].space;
  if (colon && !packed) { minutes = x->at[end + 1].number; end += 2; }
  if (hours > 14 || minutes > 59 || minutes % 15 != 0) return i;
  write_zone(s, minus, hours, minutes);
  return end;
}

/* The day of the month that the n-th Sunday falls on; n 0: the last. */
static an_day sunday(int year, unsigned month, unsigned n) {
  an_day first = an_day_of(year, month, 1), last = an_day_of(year, month, 31);
  if (n == 0) return last - (an_day)(an_day_weekday(last) % 7);
  return first + (an_day)((7 - an_day_weekday(first)) % 7) + (an_day)(7 * (n - 1));
}

/* Summer time of the United States, by the Uniform Time Act as amended in 1986 and 2005. */
static bool us_summer(an_day day) {
  int year;
  unsigned month, mday;
  an_day_parts(day, &year, &month, &mday);
  an_day from = year >= 2007 ? sunday(year, 3, 2) : sunday(year, 4, 1), to = year >= 2007 ? sunday(year, 11, 1) : sunday(year, 10, 0);
  return day >= from && day < to;
}

/* The row of a zone's word that is this page's: that of its domain, else the one without. */
static void zone_of_word(const line *x, const atom *a, stamp *s) {
  const an_table *tables[] = {x->r->date_words, x->r->date_labels};
  an_text plain = {0};
  for (uint32_t t = 0; t < 2; t++) {
    an_rows rows = tables[t] == NULL ? (an_rows){0} : an_table_find_key(tables[t], a->fold);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
      an_text value = an_table_cell(tables[t], row, an_table_column(tables[t], "value"));
      bool of_domain = value.size > 7 && value.at[7] == '.';
      if (!of_domain && plain.at == NULL) plain = value;
      if (of_domain && x->r->domain_end.size > 0 && an_text_equal(an_text_slice(value, 8, value.size), x->r->domain_end)) { plain = value; t = 2; break; }
    }
  }
  if (plain.size < 6) return;
  unsigned hours = value_number(an_text_slice(plain, 1, 3)), minutes = value_number(an_text_slice(plain, 4, 6));
  bool minus = plain.at[0] == '-', summer = an_text_ends(plain, " us") && us_summer(s->day);
  if (summer) hours = minus ? hours - 1 : hours + 1;
  write_zone(s, minus, hours, minutes);
}

static uint32_t zone_at(const line *x, uint32_t i, bool stuck, stamp *s) {
  uint32_t at = sign(x, i, '(') ? i + 1 : i;
  if (at < x->count && x->at[at].shape == 'w' && (x->at[at].code | 32) == 'z' && x->at[at].end - x->at[at].begin == 1 && !x->at[at].space) {
    write_zone(s, false, 0, 0);
    return at + 1;
  }
  bool shouted = word(x, at, W_ZONE) && x->at[at].upper;
  if (!shouted) return stuck || (at < x->count && x->at[at].space && sign(x, at, '+')) ? offset_at(x, i, s) : i;
  zone_of_word(x, &x->at[at], s);
  if (s->zone[0] == '\0') return i;
  bool from_zero = strcmp(s->zone, "+00:00") == 0;
  uint32_t end = from_zero ? offset_at(x, at + 1, s) : at + 1;      /* "GMT+3" */
  return at > i && sign(x, end, ')') ? end + 1 : end;
}

static uint32_t clock_and_zone(const line *x, uint32_t i, stamp *s) {
  uint32_t end = clock_at(x, i, s);
  if (end == i) return i;
  bool stuck = end < x->count && !x->at[end].space;
  return zone_at(x, end, stuck, s);
}

/* ---- Stamps --------------------------------------------------------------------------------------------------------- */

/* What may stand between a day and its time of day. */
static uint32_t pass_separators(const line *x, uint32_t i) {
  uint32_t at = i;
  for (; at < x->count && at < i + SEPARATORS; at++) {
    const atom *a = &x->at[at];
    bool t = a->shape == 'w' && (a->code | 32) == 't' && a->end - a->begin == 1 && !a->space;
    bool mark = a->shape == 's' && (strchr(",-|/@(;.", (int)(a->code < 128 ? a->code : '!')) != NULL || a->code == 0xB7 || a->code == 0x2022 || dash(x, at));
    if (!t && !mark && !(a->shape == 'w' && a->is == W_AROUND)) break;
  }
  return at;
}

static uint32_t stamp_at(const line *x, uint32_t i, stamp *s) {
  uint32_t end = date_at(x, i, s);
  if (end > i) {
    uint32_t clock = pass_separators(x, end), behind = clock_and_zone(x, clock, s);
    return behind > clock ? behind : end;
  }
  uint32_t behind = clock_at(x, i, s);
  if (behind == i) return i;
  stamp zoned = *s;
  uint32_t zone = word(x, behind, W_ZONE) || sign(x, behind, '(') ? zone_at(x, behind, false, &zoned) : behind;
  uint32_t day = pass_separators(x, zone);
  end = date_at(x, day, s);
  if (end == day) return i;
  if (zone > behind) (void)zone_at(x, behind, false, s);            /* once more, on the day that summer time hangs on */
  return end;
}

/* "desk@herald.example", "herald.example". */
static bool in_address(const line *x, uint32_t i) {
  bool before = i > 1 && (sign(x, i - 1, '@') || sign(x, i - 1, '.')) && !x->at[i].space && !x->at[i - 1].space;
  bool after = i + 2 < x->count && (sign(x, i + 1, '@') || sign(x, i + 1, '.')) && !x->at[i + 1].space && !x->at[i + 2].space;
  return before || after;
}

static uint8_t label_of(uint8_t is, uint8_t before) {
  return is == W_PUBLISHED ? STAMP_PUBLISHED : is == W_MODIFIED ? STAMP_MODIFIED : is == W_NOT ? STAMP_OTHER : before;
}

/* "December 30, 2017 12:52 am | Updated 01:14 am IST": a time alone is of the day before it. */
static bool later_that_day(const line *x, uint32_t i, const stamp *before, stamp *s) {
  if (before == NULL || s->label != STAMP_MODIFIED) return false;
  s->day = before->day;
  return clock_at(x, i, s) > i;
}

uint32_t stamps_in(const reader *r, an_text text, uint8_t label, stamp *out, uint32_t max, line_form *form) {
  line x;
  cut(&x, r, text);
  *form = (line_form){.label = label, .cut = x.count == ATOMS};
  uint32_t count = 0;
  for (uint32_t i = 0; i < x.count;) {
    const atom *a = &x.at[i];
    stamp s = {.clock = -1, .label = form->label};
    uint32_t end = a->shape == 's' || count == max ? i : stamp_at(&x, i, &s);
    if (end == i && a->shape == 'd' && count < max && later_that_day(&x, i, count > 0 ? &out[count - 1] : NULL, &s)) end = clock_and_zone(&x, i, &s);
    if (a->shape != 's') form->label_last = false;
    if (end > i) {
      s.begin = a->begin;
      s.end = x.at[end - 1].end;
      out[count++] = s;
      form->label = STAMP_PLAIN;
      i = end;
      continue;
    }
    bool denied = i > 0 && x.at[i - 1].is == W_NOT;                    /* "Next issue: 13 May 2011" */
    if ((a->shape == 'w' && !denied) || (a->shape == 's' && a->is == W_NOT)) {
      form->label = label_of(a->is, form->label);
      form->label_last = a->is == W_PUBLISHED || a->is == W_MODIFIED;
    }
    if (a->shape == 's' && form->label == STAMP_OTHER && (a->code == '|' || a->code == 0x2022 || a->code == 0xB7 || a->code == ';')) form->label = STAMP_PLAIN;
    bool plain = a->shape == 'w' && !in_address(&x, i);
    form->words += plain && (a->is == W_OTHER || a->is == W_NOT);
    form->lower += plain && a->is == W_OTHER && !a->upper && a->end - a->begin > 3;
    form->figures += a->shape == 'd';
    i++;
  }
  return count;
}

bool stamps_possible(an_text text) { return has_figure(text.at, text.size); }

/* Of most lines this is all that is asked: they have no figure, and begin and end with words that no table knows. */
bool stamps_none(const reader *r, an_text text) {
  uint32_t first = 0, end = text.size, atoms = 1;
  for (uint32_t i = 0; i < text.size; i++) {
    if (an_code_is_digit((unsigned char)text.at[i])) return false;
    atoms += text.at[i] == ' ' ? 1 : is_ascii_letter(text.at[i]) ? 0 : 2;      /* at most */
  }
  while (first < text.size && is_ascii_letter(text.at[first])) first++;
  char behind = first < text.size ? text.at[first] : ' ';
  if (first == 0 || behind == '.' || behind == '@' || (unsigned char)behind >= 0x80 || atoms >= ATOMS) return false;
  while (end > 0 && !is_ascii_letter(text.at[end - 1]))
    if ((unsigned char)text.at[--end] >= 0x80) return false;
  uint32_t last = end;
  while (last > 0 && is_ascii_letter(text.at[last - 1])) last--;
  if (last > 0 && (unsigned char)text.at[last - 1] >= 0x80) return false;
  return !may_date_line(r->tables, an_fold_hash(an_text_slice(text, 0, first))) && !may_date_line(r->tables, an_fold_hash(an_text_slice(text, last, end)));
}

uint8_t stamp_label(const reader *r, an_text names) {
  line x;
  uint8_t label = STAMP_PLAIN;
  cut(&x, r, names);
  for (uint32_t i = 0; i < x.count && label != STAMP_PUBLISHED; i++)
    if (x.at[i].is == W_PUBLISHED || x.at[i].is == W_MODIFIED) label = label_of(x.at[i].is, label);
  return label;
}

an_text stamp_iso(const reader *r, const stamp *s) {
  int year;
  unsigned month, day;
  an_day_parts(s->day, &year, &month, &day);
  if (s->clock < 0) return an_arena_printf(r->arena, "%04d-%02u-%02u", year, month, day);
  return an_arena_printf(r->arena, "%04d-%02u-%02uT%02d:%02d%s", year, month, day, s->clock / 60, s->clock % 60, s->zone);
}

/* ---- Which figure leads ------------------------------------------------------------------------------------------------ */

/* "4/29/2011" or "04/29/2011", whose first slash is at `slash`: does one order only fit? */
static uint8_t order_at(an_text t, uint32_t slash) {
  uint32_t begin = slash, at;
  unsigned parts[3] = {0}, digits = 0;
  while (begin > 0 && slash - begin < 3 && an_code_is_digit((unsigned char)t.at[begin - 1])) begin--;
  if (begin == slash || slash - begin > 2 || (begin > 0 && t.at[begin - 1] == '/') || begin + 8 > t.size) return ORDER_OPEN;
  for (at = begin; at < slash; at++) parts[0] = parts[0] * 10 + (unsigned)(t.at[at] - '0');
  for (at = slash + 1; at < t.size && at <= slash + 2 && an_code_is_digit((unsigned char)t.at[at]); at++) parts[1] = parts[1] * 10 + (unsigned)(t.at[at] - '0');
  if (at == slash + 1 || at >= t.size || t.at[at] != '/') return ORDER_OPEN;
  for (at++; at < t.size && at < begin + 11 && an_code_is_digit((unsigned char)t.at[at]); at++, digits++) parts[2] = parts[2] * 10 + (unsigned)(t.at[at] - '0');
  if (digits != 4 || parts[2] < FIRST_YEAR || parts[2] > LAST_YEAR) return ORDER_OPEN;
  if (parts[0] > 12 && parts[0] <= 31 && parts[1] >= 1 && parts[1] <= 12) return ORDER_DAY;
  return parts[1] > 12 && parts[1] <= 31 && parts[0] >= 1 && parts[0] <= 12 ? ORDER_MONTH : ORDER_OPEN;
}

/* Figures of the page that one order only fits: "04/29/2011". */
static uint8_t order_of_figures(an_text t) {
  bool seen[ORDER_MONTH + 1] = {false};
  const char *end = t.at + t.size;
  for (const char *slash = t.at; slash < end && (slash = memchr(slash, '/', (size_t)(end - slash))) != NULL; slash++)
    seen[order_at(t, (uint32_t)(slash - t.at))] = true;
  return seen[ORDER_DAY] == seen[ORDER_MONTH] ? ORDER_OPEN : seen[ORDER_DAY] ? ORDER_DAY : ORDER_MONTH;
}

static uint8_t order_of_key(const reader *r, an_text key) {
  an_rows rows = r->date_labels == NULL || key.size == 0 ? (an_rows){0} : an_table_find_key(r->date_labels, an_fold_hash(key));
  for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
    if (!an_text_is(an_table_cell(r->date_labels, row, an_table_column(r->date_labels, "is")), "order")) continue;
    return an_text_is(an_table_cell(r->date_labels, row, an_table_column(r->date_labels, "value")), "dmy") ? ORDER_DAY : ORDER_MONTH;
  }
  return ORDER_OPEN;
}

/* "co.uk" of "https://www.ribbletonlive.co.uk/news": its last label. */
static an_text last_label(an_text url) {
  uint32_t at = an_text_find(url, 0, AN_LIT("://")), begin = at == AN_NONE ? 0 : at + 3, end = begin;
  while (end < url.size && url.at[end] != '/' && url.at[end] != ':' && url.at[end] != '?') end++;
  uint32_t dot = end;
  while (dot > begin && url.at[dot - 1] != '.') dot--;
  return dot > begin ? an_text_slice(url, dot, end) : (an_text){0};
}

void stamps_prepare(reader *r) {
  an_text url = r->page->url;
  if (url.size == 0) url = meta_best(r, AN_META_CANONICAL, NULL);
  if (url.size == 0) url = meta_best(r, AN_META_SAVED_FROM, NULL);
  r->domain_end = url.size == 0 ? (an_text){0} : last_label(url);
  r->order = order_of_figures((an_text){r->sink.text, r->sink.size});
  if (r->order != ORDER_OPEN) return;
  uint8_t by_language = ORDER_OPEN, by_domain = ORDER_OPEN;
  for (uint32_t i = 0; i < r->metas_found.count; i++) {
    an_text value = r->metas_found.at[i].value;
    if (r->metas_found.at[i].kind != AN_META_LANGUAGE || value.size < 5 || value.size > 16) continue;
    char key[16];
    for (uint32_t k = 0; k < value.size; k++) key[k] = value.at[k] == '_' ? '-' : value.at[k];
    uint8_t order = order_of_key(r, (an_text){key, value.size});
    if (order != ORDER_OPEN && by_language == ORDER_OPEN) by_language = order;
  }
  if (r->domain_end.size > 0 && r->domain_end.size < 8) {
    an_text key = an_arena_printf(r->arena, ".%.*s", (int)r->domain_end.size, r->domain_end.at);
    by_domain = key.at == NULL ? ORDER_OPEN : order_of_key(r, key);
  }
  bool clash = by_language != ORDER_OPEN && by_domain != ORDER_OPEN && by_language != by_domain;
  r->order = clash ? ORDER_OPEN : by_language != ORDER_OPEN ? by_language : by_domain;
}
