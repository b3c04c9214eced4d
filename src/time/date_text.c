/* SPDX-License-Identifier: Apache-2.0 */
/* Days of publication by the text: its dateline, the newest thing that it tells as past, who is in office, how old a thing is, and what
   is still to come. */
#include "time/date_evidence.h"

static an_text says_days(an_pieces *all, const char *what, an_days days) {
  an_buf buf;
  an_buf_init(&buf, 256);
  an_buf_z(&buf, what);
  an_days_edtf(&buf, days);
  an_text out = an_arena_copy(all->arena, buf.at, (uint32_t)buf.size);
  an_buf_free(&buf);
  return out;
}

static const an_article_block *block_of(const an_pieces *all, const an_time_at *time, uint32_t *index) {
  *index = all->words->sentences[time->sentence].block;
  return *index < all->article->block_count ? &all->article->blocks[*index] : NULL;
}

static bool whole_date(const an_time_at *time) {
  return time->form.kind == AN_TIME_CALENDAR && time->form.grain == AN_GRAIN_DAY && time->form.year != 0;
}

static an_day day_of(const an_time_form *form) { return an_day_of(form->year, form->month, form->day); }

/* Nothing but capitals, signs and brackets: "KADUNA, Nigeria (", ") --", " (Wire) -". Words in lower case are a sentence's. */
static bool no_sentence(an_text text) {
  for (uint32_t at = 0; at < text.size; at++) {
    char c = text.at[at];
    bool begins = at == 0 || !an_code_is_letter((unsigned char)text.at[at - 1]);
    if (c >= 'a' && c <= 'z' && begins) return false;
  }
  return true;
}

/* A line that holds a date and next to nothing else: "November 1, 2017 - 22:14", "Published: 3 May 2016". */
static bool date_line(const an_pieces *all, const an_article_block *block, const an_time_at *time) {
  uint32_t whole = block->clean.end - block->clean.begin, date = time->t.span.end - time->t.span.begin;
  if (block->kind == AN_BLOCK_META || block->kind == AN_BLOCK_DATELINE || block->kind == AN_BLOCK_BYLINE) return whole <= date + 120;
  if (block->kind != AN_BLOCK_BODY) return false;
  if (whole <= date + 24 && time->t.span.begin - block->clean.begin <= 16)
    return no_sentence(an_text_slice(all->article->text, time->t.span.end, block->clean.end));
  an_text before = an_text_slice(all->article->text, block->clean.begin, time->t.span.begin);
  return whole <= date + 64 && block->clean.end <= time->t.span.end + 8 && no_sentence(before); /* "By Ann Lee | August 3, 2023" */
}

static an_span raw_of(const an_pieces *all, an_span clean) { return an_page_raw(all->article, clean); }

/* "KADUNA, Nigeria (March 12, 2021) --": the head of the body, up to a dash. */
static bool in_dateline(const an_pieces *all, const an_article_block *block, uint32_t index, const an_time_at *time) {
  enum { HEAD = 60, TAIL = 24 };
  if (block->kind != AN_BLOCK_BODY && block->kind != AN_BLOCK_DECK) return false;
  if (index > all->first_body) return false;
  if (time->t.span.begin - block->clean.begin > HEAD || time->t.span.begin == block->clean.begin) return false;
  uint32_t limit = time->t.span.end + TAIL < block->clean.end ? time->t.span.end + TAIL : block->clean.end;
  an_text behind = an_text_slice(all->article->text, time->t.span.end, limit);
  static const char *const dashes[] = {"--", " - ", "\xE2\x80\x93", "\xE2\x80\x94"};
  uint32_t dash = AN_NONE;
  for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
    uint32_t found = an_text_find(behind, 0, an_text_of(dashes[i]));
    if (found < dash) dash = found;
  }
  bool alone = an_text_starts(behind, ". ") && an_text_ends(an_text_slice(all->article->text, block->clean.begin, time->t.span.begin), ", "); /* "Bishkek, May 3, 2019. Officials" */
  return (alone || (dash != AN_NONE && no_sentence(an_text_slice(behind, 0, dash)))) &&
         no_sentence(an_text_slice(all->article->text, block->clean.begin, time->t.span.begin));
}

/* A date line is found by the page room, whatever its language; a dateline is the head of a sentence. */
void an_date_dateline(an_pieces *all) {
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    uint32_t index;
    const an_article_block *block = block_of(all, time, &index);
    if (block == NULL || !whole_date(time) || date_line(all, block, time) || !in_dateline(all, block, index, time)) continue;
    an_piece_add(all, AN_BY_PRINT, raw_of(all, time->t.span), time->t.text, AN_LIT("the dateline"), an_days_single(day_of(&time->form)), true);
    return; /* the first: later ones are of the text */
  }
}

/* ---- What the text tells ------------------------------------------------------------------------- */

typedef struct newest { an_day day; const an_time_at *time; uint32_t mentions; bool caption; } newest;

/* The year that a page's only whole dates give to "on March 28": the one that puts it nearest to them. */
static bool lend_year(const an_time_form *form, an_day near, an_day *out) {
  int year;
  unsigned month, mday;
  an_day_parts(near, &year, &month, &mday);
  for (int other = year - 1; other <= year + 1; other++) {
    if (!an_day_valid(other, form->month, form->day)) continue;
    an_day day = an_day_of(other, form->month, form->day);
    if (form->weekday != 0 && an_day_weekday(day) != form->weekday) continue;
    if (day - near <= 45 && near - day <= 45) { *out = day; return true; }
  }
  return false;
}

/* Does datewords.tsv say that of the word? */
static bool word_is(const an_pieces *all, uint32_t token, const char *what) {
  an_rows rows = an_table_find_key(all->says, all->words->tokens[token].fold);
  for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
    if (an_text_is(an_table_cell(all->says, row, 1), what)) return true;
  return false;
}

/* Does "REUTERS/…/File Photo" stand behind a caption's date? Then it dates the picture, not the page. */
static bool archive_picture(const an_pieces *all, const an_article_block *block) {
  an_text text = an_text_slice(all->article->text, block->clean.begin, block->clean.end);
  for (uint32_t row = 0; row < an_table_rows(all->says); row++)
    if (an_text_is(an_table_cell(all->says, row, 1), "picture") && an_text_find(text, 0, an_table_cell(all->says, row, 0)) != AN_NONE) return true;
  return false;
}

/* <tweet date="3 May 2012">: left-over markup of a flattened page tells nothing. */
static bool in_markup(const an_pieces *all, const an_time_at *time) {
  enum { FAR = 200 };
  an_text text = all->article->text;
  for (uint32_t at = time->t.span.begin, step = 0; at > 0 && step < FAR; at--, step++) {
    if (text.at[at - 1] == '>') return false;
    if (text.at[at - 1] == '<') return at < text.size && an_code_is_letter((unsigned char)text.at[at]);
  }
  return false;
}

static void whole_dates(an_pieces *all, newest *out) {
  *out = (newest){.day = AN_NO_DAY};
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    uint32_t index;
    const an_article_block *block = block_of(all, time, &index);
    if (block == NULL || block->kind == AN_BLOCK_BOILERPLATE || !whole_date(time) || date_line(all, block, time) || in_dateline(all, block, index, time)) continue;
    bool caption = block->kind == AN_BLOCK_CAPTION;
    if ((caption && archive_picture(all, block)) || in_markup(all, time)) continue;
    an_day day = day_of(&time->form);
    int tense = caption ? AN_TENSE_PAST : an_time_tense(all->words, time);
    if (tense == AN_TENSE_NEAR) continue; /* of the page's past or its future: no evidence */
    if (tense == AN_TENSE_COMING && !caption && !an_time_to_come(all->words, time)) continue; /* "to assist the envoy on 11 May 2012" */
    if (tense == AN_TENSE_COMING) {
      an_piece_add(all, AN_BY_COMING, raw_of(all, time->t.span), time->t.text, says_days(all, "still to come: ", an_days_single(day)),
          an_days_between(AN_NO_DAY, day), false);
      continue;
    }
    if (day > out->day || out->time == NULL) *out = (newest){.day = day, .time = time, .caption = caption};
  }
}

/* "on March 28" in the past tense, the newest such, beside a whole date: the page is of that day or the next. */
static void told_days(an_pieces *all) {
  newest whole;
  whole_dates(all, &whole);
  if (whole.time == NULL) return;
  an_day last = whole.day;
  const an_time_at *teller = whole.time;
  uint32_t tellers = 1;
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    uint32_t index;
    const an_article_block *block = block_of(all, time, &index);
    if (block == NULL || time == whole.time || time->form.kind != AN_TIME_CALENDAR || time->form.grain != AN_GRAIN_DAY) continue;
    if (block->kind == AN_BLOCK_BOILERPLATE || block->kind == AN_BLOCK_CAPTION) continue;
    an_day day = AN_NO_DAY;
    if (time->form.year != 0) day = day_of(&time->form);
    else if (!lend_year(&time->form, whole.day, &day)) continue;
    if (an_time_tense(all->words, time) > 0) continue;
    if (day > last) { last = day; teller = time; tellers = 1; }
    else if (day == last) { tellers++; if (teller->title) teller = time; }
  }
  /* In a caption with its year and in the text without: the news itself. Else nothing says how long ago. */
  bool day_level = whole.caption && tellers >= 2;
  an_text says = says_days(all, "told as past: ", an_days_single(last));
  an_piece_add(all, whole.caption && teller == whole.time ? AN_BY_CAPTION : AN_BY_TEXT, raw_of(all, teller->t.span), teller->t.text, says,
      an_days_between(last, day_level ? last + 1 : AN_DAY_OPEN_LATEST), day_level);
  if (teller != whole.time)
    an_piece_add(all, whole.caption ? AN_BY_CAPTION : AN_BY_TEXT, raw_of(all, whole.time->t.span), whole.time->t.text,
        says_days(all, "told as past: ", an_days_single(whole.day)), an_days_between(whole.day, AN_DAY_OPEN_LATEST), false);
}

/* "in 2016", "since 2016"; not "by 2030", "a goal for 2030", "from 2018 to 2020", "a poll of 2047 voters". */
static bool happened_in(const an_pieces *all, const an_time_at *time) {
  return (time->first > 0 && word_is(all, time->first - 1, "told")) || word_is(all, time->first, "told");
}

/* "in 2016" with a verb of the past: published in 2016 or later. */
static void told_years(an_pieces *all) {
  const an_time_at *last = NULL;
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    if (!an_time_of_verb(all->words, time)) continue;
    if (time->form.kind != AN_TIME_CALENDAR || time->form.year == 0 || time->form.grain == AN_GRAIN_DAY) continue;
    if (!happened_in(all, time) || an_time_tense(all->words, time) >= 0 || !an_time_of_deed(all->words, time)) continue;
    if (last == NULL || time->form.year > last->form.year) last = time;
  }
  if (last == NULL) return;
  an_days days = an_days_between(an_day_of(last->form.year, last->form.grain == AN_GRAIN_MONTH ? last->form.month : 1, 1), AN_DAY_OPEN_LATEST);
  an_piece_add(all, AN_BY_TEXT, raw_of(all, last->t.span), last->t.text, AN_LIT("told as past"), days, false);
}

/* Of terms that clash the later ones hold. */
static void terms(an_pieces *all, const an_lexicon *lexicon, const an_servings *servings) {
  an_serving kept[AN_MOST_TERMS];
  uint32_t first = all->count, count = an_time_terms(lexicon, all->words, servings, kept);
  for (uint32_t i = 0; i < count; i++) {
    const an_serving *serving = &kept[i];
    an_text says = an_arena_printf(all->arena, "%.*s in office (%.*s)", (int)serving->person.size, serving->person.at,
                                   (int)serving->office.size, serving->office.at);
    an_piece_add(all, AN_BY_TERM, raw_of(all, serving->clean), an_text_slice(all->words->text, serving->clean.begin, serving->clean.end), says, serving->term, false);
  }
  for (uint32_t i = first + 1; i < all->count; i++) { /* few: insertion */
    an_piece moving = all->at[i];
    uint32_t at = i;
    while (at > first && all->at[at - 1].e.days.earliest < moving.e.days.earliest) { all->at[at] = all->at[at - 1]; at--; }
    all->at[at] = moving;
  }
}

static an_day years_after(an_day day, int years) {
  int year;
  unsigned month, mday;
  an_day_parts(day, &year, &month, &mday);
  return an_day_of(year + years, month, mday);
}

/* "six-year Syrian war": the thing began on a day that data/lexicon/ages.tsv knows, and is six years old, give or take one. */
static void ages(an_pieces *all, const an_lexicon *lexicon) {
  const an_table *table = an_lexicon_table(lexicon, "ages");
  if (table == NULL) return;
  uint32_t began_column = an_table_column(table, "began");
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    an_text value = time->t.value;
    if (time->t.type != AN_TIME_DURATION || value.size < 3 || !an_text_ends(value, "Y") || !an_text_starts(value, "P")) continue;
    int years = 0;
    for (uint32_t at = 1; at + 1 < value.size && an_code_is_digit((unsigned char)value.at[at]); at++) years = years * 10 + value.at[at] - '0';
    if (years < 2 || years > 90 || time->t.text.size == 0 || an_text_find(time->t.text, 0, AN_LIT("-")) == AN_NONE) continue;
    const an_sentence *sentence = &all->words->sentences[time->sentence];
    uint32_t limit = time->end + 3 < sentence->first + sentence->count ? time->end + 3 : sentence->first + sentence->count;
    for (uint32_t token = time->end; token < limit; token++) {
      an_rows rows = an_table_find(table, all->words->tokens[token].fold);
      for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        an_days began;
        an_text key = an_table_cell(table, row, 0);
        an_text here = an_text_slice(all->words->text, all->words->tokens[token].at.begin, all->words->tokens[token].at.begin + key.size);
        if (an_fold_hash(here) != an_fold_hash(key) || !an_days_parse(an_table_cell(table, row, began_column), &began)) continue;
        an_days days = an_days_between(years_after(began.earliest, years) - 31, years_after(began.latest, years + 1) + 31);
        an_piece_add(all, AN_BY_AGE, raw_of(all, time->t.span), time->t.text, says_days(all, "so old: ", days), days, false);
        token = limit;
        break;
      }
    }
  }
}

/* ---- What is still to come ------------------------------------------------------------------------ */

/* What the other evidence leaves, for choosing among the years of an election. */
static an_days so_far(const an_pieces *all) {
  an_days days = AN_DAYS_ANY;
  for (uint32_t i = 0; i < all->count; i++) (void)an_days_meet(days, all->at[i].e.days, &days);
  return days;
}

/* The word before "elections" near the month: "before Kenyan elections in August". AN_NONE: no election there. */
static uint32_t election_before(const an_pieces *all, const an_time_at *time) {
  const an_words *words = all->words;
  uint32_t first = words->sentences[time->sentence].first;
  for (uint32_t step = 1; step <= 4 && time->first >= first + step; step++) {
    uint32_t at = time->first - step;
    if (!word_is(all, at, "election")) continue;
    for (uint32_t back = 1; back <= 2 && at >= first + back; back++)
      if (words->tokens[at - back].shape != AN_SHAPE_LOWER || back == 2) return at - back;
    return AN_NONE;
  }
  return AN_NONE;
}

/* An election that is still to come in a named month: of its days by data/lexicon/elections.tsv those of the years that the
   other evidence leaves. One year: the page is no later than that day, and of the twelve months before it. */
static void elections(an_pieces *all, const an_lexicon *lexicon) {
  const an_table *table = an_lexicon_table(lexicon, "elections");
  if (table == NULL) return;
  uint32_t column = an_table_column(table, "day");
  an_days left = so_far(all);
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    if (time->form.kind != AN_TIME_CALENDAR || time->form.month == 0 || time->form.year != 0) continue;
    uint32_t word = election_before(all, time);
    if (word == AN_NONE || an_time_tense(all->words, time) <= 0) continue;
    an_rows rows = an_table_find_key(table, all->words->tokens[word].fold);
    an_days found = AN_DAYS_ANY, both;
    uint32_t fits = 0;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
      an_days day;
      int year;
      unsigned month, mday;
      if (!an_days_parse(an_table_cell(table, row, column), &day)) continue;
      an_day_parts(day.earliest, &year, &month, &mday);
      an_days before = an_days_between(day.earliest - 365, day.earliest);
      if (month != time->form.month || !an_days_meet(left, before, &both)) continue;
      found = before;
      fits++;
    }
    if (fits == 1) an_piece_add(all, AN_BY_COMING, raw_of(all, time->t.span), time->t.text, says_days(all, "an election still to come: ", found), found, false);
  }
}

void an_date_text(an_pieces *all, const an_lexicon *lexicon, const an_servings *servings) {
  all->says = an_lexicon_table(lexicon, "datewords");
  if (all->says == NULL) return;
  told_days(all);
  told_years(all);
  terms(all, lexicon, servings);
  ages(all, lexicon);
  elections(all, lexicon);
}
