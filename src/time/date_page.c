/* SPDX-License-Identifier: Apache-2.0 */
/* The page's days: every piece of evidence is a set of days; the sets are met, strongest first, and one that leaves nothing is
   dropped and told as a clash. A single day is said only on evidence of a day: the caller's word, a stamp, a printed date, or
   a whole date that the text itself tells as the newest thing that happened. */
#include "time/inner.h"

#include <limits.h>
#include <string.h>

#define UNKNOWN AN_DAY_OPEN_EARLIEST

/* Strongest first. */
typedef enum strength { BY_CALLER, BY_STAMP, BY_PRINT, BY_URL, BY_MODIFIED, BY_CHANGE, BY_CRAWL, BY_CAPTION, BY_TEXT, BY_TERM, BY_AGE, BY_COMING,
                        STRENGTHS } strength;
enum { MOST_EVIDENCE = 64 };

typedef struct piece { an_evidence e; uint8_t strength, weight; bool day; an_text stamp; } piece;   /* weight: among stamps */
typedef struct pieces {
  piece at[MOST_EVIDENCE]; uint32_t count;
  const an_article *article; const an_words *words; const an_times *times; an_arena *arena; const an_tracer *trace;
  uint32_t first_body;               /* block */
  bool printed;                      /* a date line was found */
} pieces;

static void add(pieces *all, strength how, an_span raw, an_text text, an_text says, an_days days, bool day) {
  if (all->count == MOST_EVIDENCE || an_days_is_open(days)) return;
  all->at[all->count++] = (piece){.e = {.span = raw, .text = text, .says = says, .days = days}, .strength = (uint8_t)how, .day = day};
}

static an_text says_days(pieces *all, const char *what, an_days days) {
  an_buf buf;
  an_buf_init(&buf, 256);
  an_buf_z(&buf, what);
  an_days_edtf(&buf, days);
  an_text out = an_arena_copy(all->arena, buf.at, (uint32_t)buf.size);
  an_buf_free(&buf);
  return out;
}

/* ---- Stamps -------------------------------------------------------------------------------------- */

enum { NO_CLOCK = -1, NO_ZONE = INT_MAX };
typedef struct stamp { an_day day; int clock, zone; } stamp;      /* minutes after midnight, minutes east of Greenwich */

static int two_digits(an_text t, uint32_t at) {
  if (at + 2 > t.size || !an_code_is_digit((unsigned char)t.at[at]) || !an_code_is_digit((unsigned char)t.at[at + 1])) return -1;
  return (t.at[at] - '0') * 10 + t.at[at + 1] - '0';
}

/* "2018-11-07T23:41:00-05:00", "2018-11-07 23:41", "2018-11-07T23:41+0430", "…Z". False: no single day. */
static bool stamp_of(an_text value, stamp *out) {
  an_days days;
  if (!an_days_parse(value, &days) || !an_days_is_single(days)) return false;
  *out = (stamp){days.earliest, NO_CLOCK, NO_ZONE};
  int hour = two_digits(value, 11), minute = two_digits(value, 14);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return true;
  out->clock = hour * 60 + minute;
  if (an_text_ends(value, "Z") || an_text_ends(value, "z")) { out->zone = 0; return true; }
  uint32_t at = 16;
  while (at < value.size && value.at[at] != '+' && value.at[at] != '-') at++;
  int hours = two_digits(value, at + 1), minutes = two_digits(value, at + 3);
  if (minutes < 0) minutes = two_digits(value, at + 4);
  if (at >= value.size || hours < 0 || hours > 14) return true;
  out->zone = (hours * 60 + (minutes > 0 ? minutes : 0)) * (value.at[at] == '-' ? -1 : 1);
  return true;
}

/* A stamp that was turned to UTC hides the page's own day: "…T23:30:00Z" is the next day in Moscow. */
static an_days days_of_utc(const stamp *s) {
  if (s->clock == NO_CLOCK) return an_days_single(s->day);
  return an_days_between(s->day - (s->clock < 10 * 60), s->day + (s->clock >= 12 * 60)); /* offsets in use: -10:00 to +12:00 */
}

/* Is a stamp that does not say so in UTC? The line that the page prints is of the day beside it, and either both have a time of
   day and differ by what zones differ by ("2019-11-19 02:24" and "Nov 18, 9:24 pm"; with "-05:00" behind it, by just that), or the
   stamp names no zone and the line no time, and a zone can part them. */
static bool hidden_utc(const stamp *s, const stamp *line) {
  if (s->clock == NO_CLOCK || (line->day != s->day - 1 && line->day != s->day + 1)) return false;
  if (line->clock == NO_CLOCK) {
    an_days days = days_of_utc(s);
    return s->zone == NO_ZONE && line->day >= days.earliest && line->day <= days.latest;
  }
  int apart = (int)(s->day - line->day) * 1440 + s->clock - line->clock;
  if (s->zone != NO_ZONE) return apart >= -s->zone - 1 && apart <= -s->zone + 1;
  int odd = ((apart % 15) + 15) % 15;
  return (odd <= 1 || odd == 14) && apart >= -14 * 60 && apart <= 12 * 60;
}

static const an_meta *line_of(const an_article *article) {
  for (uint32_t i = 0; i < article->meta_count; i++)
    if (article->meta[i].kind == AN_META_PRINTED) return &article->meta[i];
  return NULL;
}

static an_days days_of_stamp(const stamp *s, const stamp *line) {
  if (s->zone == 0) return days_of_utc(s);
  if (line == NULL || !hidden_utc(s, line)) return an_days_single(s->day);
  return line->day < s->day ? an_days_between(line->day, s->day) : an_days_between(s->day, line->day);
}

/* "Updated: 5 May 2016" tells when the page was changed, not when it came out. So does a line of the day of change in the metadata. */
static void of_line(pieces *all, const an_meta *meta, bool change) {
  stamp s;
  if (!stamp_of(meta->value, &s)) return;
  an_text says = change && meta->kind == AN_META_PRINTED ? AN_LIT("the printed date, which is that of the change") : an_text_of(meta->from);
  add(all, change ? BY_CHANGE : BY_PRINT, meta->raw, meta->said, says, change ? an_days_between(UNKNOWN, s.day) : an_days_single(s.day), !change);
  if (!change) all->printed = true;
}

/* "04/03/2025 - 20:12" above the text and a stamp of "…T20:12:00Z": the page's own clock shows UTC, so that no zone hides its day. */
static bool prints_clock(const pieces *all, const stamp *s) {
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    uint32_t block = all->words->sentences[time->sentence].block;
    if (block >= all->article->block_count || time->form.clock != s->clock || s->clock == NO_CLOCK) continue;
    uint8_t kind = all->article->blocks[block].kind;
    if (kind == AN_BLOCK_META || kind == AN_BLOCK_BYLINE || kind == AN_BLOCK_DATELINE) return true;
  }
  return false;
}

static void of_published(pieces *all, const an_meta *meta, const stamp *line) {
  stamp s;
  an_days days;
  if (!an_days_parse(meta->value, &days)) return;
  bool day = stamp_of(meta->value, &s);
  uint32_t before = all->count;
  add(all, BY_STAMP, meta->raw, meta->said, meta->from != NULL ? an_text_of(meta->from) : AN_LIT("metadata"),
      !day ? days : line == NULL && s.zone == 0 && prints_clock(all, &s) ? an_days_single(s.day) : days_of_stamp(&s, line), day);
  if (all->count == before) return;
  all->at[before].stamp = meta->value;
  all->at[before].weight = meta->strength;
}

static void of_modified(pieces *all, const an_meta *meta) {
  an_days days;
  if (!an_days_parse(meta->value, &days)) return;
  stamp s;
  if (stamp_of(meta->value, &s) && s.zone == 0) days = days_of_utc(&s);
  add(all, BY_MODIFIED, meta->raw, meta->said, meta->from != NULL ? an_text_of(meta->from) : AN_LIT("metadata"), an_days_between(UNKNOWN, days.latest), false);
}

/* Is the line's day that of a change, and another that of the first publication, by the metadata? */
static bool line_of_change(const an_article *article, const stamp *line) {
  bool published = false, beside = false, modified = false;
  for (uint32_t i = 0; i < article->meta_count; i++) {
    const an_meta *m = &article->meta[i];
    stamp s;
    if ((m->kind != AN_META_PUBLISHED && m->kind != AN_META_MODIFIED) || !stamp_of(m->value, &s)) continue;
    bool near = s.day - line->day <= 1 && line->day - s.day <= 1;
    published = published || m->kind == AN_META_PUBLISHED;
    if (m->kind == AN_META_PUBLISHED) beside = beside || near; else modified = modified || near;
  }
  return published && modified && !beside;
}

static void stamps(pieces *all) {
  const an_article *article = all->article;
  const an_meta *printed = line_of(article);
  stamp line;
  bool has_line = printed != NULL && stamp_of(printed->value, &line), of_change = has_line && line_of_change(article, &line);
  for (uint32_t i = 0; i < article->meta_count; i++) {
    const an_meta *meta = &article->meta[i];
    an_days days;
    if (meta->kind == AN_META_PUBLISHED) of_published(all, meta, has_line ? &line : NULL);
    else if (meta->kind == AN_META_MODIFIED) of_modified(all, meta);
    else if (meta->kind == AN_META_PRINTED || meta->kind == AN_META_PRINTED_CHANGE) of_line(all, meta, of_change || meta->kind == AN_META_PRINTED_CHANGE);
    else if (meta->kind == AN_META_URL_DAY && an_days_parse(meta->value, &days))
      add(all, BY_URL, meta->raw, meta->said, AN_LIT("the URL"), days, an_days_is_single(days));
  }
}

/* ---- Which stamp is told ------------------------------------------------------------------------- */

static an_text zone_text(pieces *all, int zone) {
  int size = zone < 0 ? -zone : zone;
  return an_arena_printf(all->arena, "%c%02d:%02d", zone < 0 ? '-' : '+', size / 60, size % 60);
}

/* The strongest stamp of the day that was found, the page's own zone before UTC; a printed line where the metadata has none. */
static void tell_stamp(pieces *all, an_published *out) {
  const an_article *article = all->article;
  const an_meta *best = NULL;
  int zone = NO_ZONE;
  uint32_t rank = 0;
  for (uint32_t i = 0; i < article->meta_count; i++) {
    const an_meta *m = &article->meta[i];
    stamp s;
    if ((m->kind != AN_META_PUBLISHED && m->kind != AN_META_PRINTED) || !stamp_of(m->value, &s)) continue;
    if (out->day != UNKNOWN && s.day != out->day) continue;
    bool own = s.zone != NO_ZONE && s.zone != 0;
    if (own ? zone == NO_ZONE || zone == 0 : s.zone == 0 && zone == NO_ZONE) zone = s.zone;
    if (m->kind == AN_META_PRINTED && s.clock == NO_CLOCK) continue;
    uint32_t own_rank = (own ? 1024u : s.clock != NO_CLOCK ? 512u : 0) + (m->kind == AN_META_PUBLISHED ? 256u + m->strength : 0);
    if (own_rank > rank) { rank = own_rank; best = m; }
  }
  if (best != NULL) out->stamp = best->value;
  if (zone != NO_ZONE) out->zone = zone_text(all, zone);
}

/* The strongest word for a change that is not before the day of publication; of two as strong the later. */
static void tell_change(pieces *all, an_published *out) {
  const an_article *article = all->article;
  uint32_t rank = 0;
  an_day day = UNKNOWN;
  for (uint32_t i = 0; i < article->meta_count; i++) {
    const an_meta *m = &article->meta[i];
    stamp s;
    if ((m->kind != AN_META_MODIFIED && m->kind != AN_META_PRINTED_CHANGE) || !stamp_of(m->value, &s)) continue;
    an_days days = s.zone == 0 ? days_of_utc(&s) : an_days_single(s.day);
    uint32_t own_rank = m->kind == AN_META_MODIFIED ? 256u + m->strength : 1;
    if ((out->day != UNKNOWN && days.latest < out->day) || own_rank < rank || (own_rank == rank && s.day <= day)) continue;
    rank = own_rank;
    day = s.day;
    out->modified = m->value;
  }
}

/* ---- What the text prints ------------------------------------------------------------------------ */

static const an_article_block *block_of(const pieces *all, const an_time_at *time, uint32_t *index) {
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
static bool date_line(const pieces *all, const an_article_block *block, const an_time_at *time) {
  uint32_t whole = block->clean.end - block->clean.begin, date = time->t.span.end - time->t.span.begin;
  if (block->kind == AN_BLOCK_META || block->kind == AN_BLOCK_DATELINE || block->kind == AN_BLOCK_BYLINE) return whole <= date + 120;
  if (block->kind != AN_BLOCK_BODY) return false;
  if (whole <= date + 24 && time->t.span.begin - block->clean.begin <= 16)
    return no_sentence(an_text_slice(all->article->text, time->t.span.end, block->clean.end));
  an_text before = an_text_slice(all->article->text, block->clean.begin, time->t.span.begin);
  return whole <= date + 64 && block->clean.end <= time->t.span.end + 8 && no_sentence(before); /* "By Ann Lee | August 3, 2023" */
}

static an_span raw_of(const pieces *all, an_span clean) { return an_page_raw(all->article, clean); }

/* "KADUNA, Nigeria (March 12, 2021) --": the head of the body, up to a dash. */
static bool in_dateline(const pieces *all, const an_article_block *block, uint32_t index, const an_time_at *time) {
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
static void datelines(pieces *all) {
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    uint32_t index;
    const an_article_block *block = block_of(all, time, &index);
    if (block == NULL || !whole_date(time) || date_line(all, block, time) || !in_dateline(all, block, index, time)) continue;
    add(all, BY_PRINT, raw_of(all, time->t.span), time->t.text, AN_LIT("the dateline"), an_days_single(day_of(&time->form)), true);
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

/* Does "REUTERS/…/File Photo" stand behind a caption's date? Then it dates the picture, not the page. */
static bool archive_picture(const pieces *all, const an_article_block *block) {
  an_text text = an_text_slice(all->article->text, block->clean.begin, block->clean.end);
  static const char *const marks[] = {"File", "FILE", "file photo", "Archive"};
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (an_text_find(text, 0, an_text_of(marks[i])) != AN_NONE) return true;
  return false;
}

/* <tweet date="3 May 2012">: left-over markup of a flattened page tells nothing. */
static bool in_markup(const pieces *all, const an_time_at *time) {
  enum { FAR = 200 };
  an_text text = all->article->text;
  for (uint32_t at = time->t.span.begin, step = 0; at > 0 && step < FAR; at--, step++) {
    if (text.at[at - 1] == '>') return false;
    if (text.at[at - 1] == '<') return at < text.size && an_code_is_letter((unsigned char)text.at[at]);
  }
  return false;
}

static void whole_dates(pieces *all, newest *out) {
  *out = (newest){.day = UNKNOWN};
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
      add(all, BY_COMING, raw_of(all, time->t.span), time->t.text, says_days(all, "still to come: ", an_days_single(day)),
          an_days_between(UNKNOWN, day), false);
      continue;
    }
    if (day > out->day || out->time == NULL) *out = (newest){.day = day, .time = time, .caption = caption};
  }
}

/* "on March 28" in the past tense, the newest such, beside a whole date: the page is of that day or the next. */
static void told_days(pieces *all) {
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
    an_day day = UNKNOWN;
    if (time->form.year != 0) day = day_of(&time->form);
    else if (!lend_year(&time->form, whole.day, &day)) continue;
    if (an_time_tense(all->words, time) > 0) continue;
    if (day > last) { last = day; teller = time; tellers = 1; }
    else if (day == last) { tellers++; if (teller->title) teller = time; }
  }
  /* In a caption with its year and in the text without: the news itself. Else nothing says how long ago. */
  bool day_level = whole.caption && tellers >= 2;
  an_text says = says_days(all, "told as past: ", an_days_single(last));
  add(all, whole.caption && teller == whole.time ? BY_CAPTION : BY_TEXT, raw_of(all, teller->t.span), teller->t.text, says,
      an_days_between(last, day_level ? last + 1 : AN_DAY_OPEN_LATEST), day_level);
  if (teller != whole.time)
    add(all, whole.caption ? BY_CAPTION : BY_TEXT, raw_of(all, whole.time->t.span), whole.time->t.text,
        says_days(all, "told as past: ", an_days_single(whole.day)), an_days_between(whole.day, AN_DAY_OPEN_LATEST), false);
}

/* "in 2016", "since 2016"; not "by 2030", "a goal for 2030", "from 2018 to 2020", "a poll of 2047 voters". */
static bool happened_in(const an_words *words, const an_time_at *time) {
  static const char *const leads[] = {"in", "since", "during", "late", "early", "throughout"};
  for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++)
    if ((time->first > 0 && an_word_is(words, time->first - 1, leads[i])) || an_word_is(words, time->first, leads[i])) return true;
  return false;
}

/* "in 2016" with a verb of the past: published in 2016 or later. */
static void told_years(pieces *all) {
  const an_time_at *last = NULL;
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    if (!an_time_of_verb(all->words, time)) continue;
    if (time->form.kind != AN_TIME_CALENDAR || time->form.year == 0 || time->form.grain == AN_GRAIN_DAY) continue;
    if (!happened_in(all->words, time) || an_time_tense(all->words, time) >= 0 || !an_time_of_deed(all->words, time)) continue;
    if (last == NULL || time->form.year > last->form.year) last = time;
  }
  if (last == NULL) return;
  an_days days = an_days_between(an_day_of(last->form.year, last->form.grain == AN_GRAIN_MONTH ? last->form.month : 1, 1), AN_DAY_OPEN_LATEST);
  add(all, BY_TEXT, raw_of(all, last->t.span), last->t.text, AN_LIT("told as past"), days, false);
}

/* Of terms that clash the later ones hold. */
static void terms(pieces *all, const an_lexicon *lexicon, const an_servings *servings) {
  an_serving kept[AN_MOST_TERMS];
  uint32_t first = all->count, count = an_time_terms(lexicon, all->words, servings, kept);
  for (uint32_t i = 0; i < count; i++) {
    const an_serving *serving = &kept[i];
    an_text says = an_arena_printf(all->arena, "%.*s in office (%.*s)", (int)serving->person.size, serving->person.at,
                                   (int)serving->office.size, serving->office.at);
    add(all, BY_TERM, raw_of(all, serving->clean), an_text_slice(all->words->text, serving->clean.begin, serving->clean.end), says, serving->term, false);
  }
  for (uint32_t i = first + 1; i < all->count; i++) { /* few: insertion */
    piece moving = all->at[i];
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
static void ages(pieces *all, const an_lexicon *lexicon) {
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
        add(all, BY_AGE, raw_of(all, time->t.span), time->t.text, says_days(all, "so old: ", days), days, false);
        token = limit;
        break;
      }
    }
  }
}

/* ---- What is still to come ------------------------------------------------------------------------ */

/* What the other evidence leaves, for choosing among the years of an election. */
static an_days so_far(const pieces *all) {
  an_days days = AN_DAYS_ANY;
  for (uint32_t i = 0; i < all->count; i++) (void)an_days_meet(days, all->at[i].e.days, &days);
  return days;
}

/* The word before "elections" near the month: "ahead of Iranian elections in May". AN_NONE: no election there. */
static uint32_t election_before(const pieces *all, const an_time_at *time) {
  const an_words *words = all->words;
  uint32_t first = words->sentences[time->sentence].first;
  for (uint32_t step = 1; step <= 4 && time->first >= first + step; step++) {
    uint32_t at = time->first - step;
    bool election = an_word_is(words, at, "elections") || an_word_is(words, at, "election");
    if (!election) continue;
    for (uint32_t back = 1; back <= 2 && at >= first + back; back++)
      if (words->tokens[at - back].shape != AN_SHAPE_LOWER || back == 2) return at - back;
    return AN_NONE;
  }
  return AN_NONE;
}

/* An election that is still to come in a named month: of its days by data/lexicon/elections.tsv those of the years that the
   other evidence leaves. One year: the page is no later than that day, and of the twelve months before it. */
static void elections(pieces *all, const an_lexicon *lexicon) {
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
    if (fits == 1) add(all, BY_COMING, raw_of(all, time->t.span), time->t.text, says_days(all, "an election still to come: ", found), found, false);
  }
}

/* ---- Meeting -------------------------------------------------------------------------------------- */

enum { LEAD = 2 }; /* paragraphs */

/* Weekdays that are told as past; of the lead alone: up to the end of the second paragraph. */
static uint8_t past_weekdays(const pieces *all, bool lead) {
  uint8_t mask = 0;
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    if (time->form.kind != AN_TIME_WEEKDAY || time->form.side != 0 || an_time_tense(all->words, time) > 0) continue;
    if (lead && all->words->sentences[time->sentence].block >= all->first_body + LEAD) continue;
    mask |= (uint8_t)(1u << (time->form.weekday - 1));
  }
  return mask;
}

static bool is_one(uint8_t mask) { return mask != 0 && (mask & (mask - 1)) == 0; }

/* The weekday that the page tells its news by ("on Tuesday", past tense): the only one, or the only one up front. */
static uint8_t told_weekday(const pieces *all) {
  uint8_t mask = past_weekdays(all, false);
  if (!is_one(mask)) mask = past_weekdays(all, true);
  return is_one(mask) ? mask : 0;
}

/* "Updated 6:41 PM, June 19, 2025" alone, and a page that tells its news by a Thursday: it was changed on its own day. */
static void change_of_that_day(pieces *all) {
  uint8_t told = told_weekday(all);
  uint32_t change = AN_NONE;
  for (uint32_t i = 0; i < all->count; i++) {
    if (all->at[i].day) return;
    if (all->at[i].strength == BY_CHANGE) change = i;
  }
  if (change == AN_NONE || told == 0) return;
  an_day day = all->at[change].e.days.latest;
  if ((told >> (an_day_weekday(day) - 1) & 1) == 0) return;
  add(all, BY_CHANGE, all->at[change].e.span, all->at[change].e.text, AN_LIT("printed as the day of a change, whose weekday the page tells its news by"), an_days_single(day), true);
}

static bool later(const piece *a, const piece *b) {
  return a->strength != b->strength ? a->strength > b->strength : a->weight < b->weight;
}

static void sort(pieces *all) { /* few: insertion keeps the order of equals */
  for (uint32_t i = 1; i < all->count; i++) {
    piece moving = all->at[i];
    uint32_t at = i;
    while (at > 0 && later(&all->at[at - 1], &moving)) { all->at[at] = all->at[at - 1]; at--; }
    all->at[at] = moving;
  }
}

static uint8_t basis_of(uint8_t how) {
  if (how == BY_CALLER) return AN_BASIS_GIVEN;
  if (how == BY_STAMP || how == BY_URL || how == BY_MODIFIED) return AN_BASIS_METADATA;
  return how == BY_PRINT || how == BY_CHANGE ? AN_BASIS_STATED : AN_BASIS_INFERRED;
}

/* The crawl day alone tells nothing of the page. */
static bool tells(uint8_t how) { return how != BY_CRAWL; }

/* What decides is told: not that a year long before is past on a page that prints its day. The trace has all. */
static bool narrows(an_days days, an_days both) {
  return both.earliest != days.earliest || both.latest != days.latest || both.weekdays != days.weekdays;
}

static an_status meet(pieces *all, an_published *out, an_problem *clash, an_error *err) {
  an_evidence *kept = AN_NEW(all->arena, an_evidence, all->count);
  AN_NEED(kept, err, "time.date_page");
  an_days days = AN_DAYS_ANY;
  for (uint32_t i = 0; i < all->count; i++) {
    const piece *p = &all->at[i];
    an_days both;
    bool fits = an_days_meet(days, p->e.days, &both);
    AN_TRACE(all->trace, "time.date_page", ((an_span){0, 0}), fits, "%.*s: %.*s", (int)p->e.says.size, p->e.says.at, (int)p->e.text.size, p->e.text.at);
    if (!fits) {
      if (clash->what.at == NULL && p->strength != BY_CRAWL) {
        clash->what = an_arena_printf(all->arena, "evidence of the day of publication clashes, the weaker is dropped: %.*s (%.*s)",
                                      (int)p->e.text.size, p->e.text.at, (int)p->e.says.size, p->e.says.at);
        clash->span = p->e.span;
      }
      continue;
    }
    if (p->day || narrows(days, both)) kept[out->evidence_count++] = p->e;
    days = both;
    if (p->day && out->day == UNKNOWN) {
      an_days own = AN_DAYS_ANY;
      bool stamped = p->strength == BY_STAMP && an_days_parse(p->stamp, &own);
      out->day = stamped ? own.earliest : p->e.days.earliest;
      out->basis = basis_of(p->strength);
    }
    if (out->basis == AN_BASIS_UNKNOWN && tells(p->strength)) out->basis = basis_of(p->strength);
  }
  out->days = days;
  if (out->day != UNKNOWN && (out->day < days.earliest || out->day > days.latest)) /* the zone of a UTC stamp, told by weaker evidence */
    out->day = out->day < days.earliest ? days.earliest : days.latest;
  out->evidence = kept;
  return AN_OK;
}

/* A caller who knows nothing leaves the days open, or zero. */
static bool is_told(an_days days) {
  return !an_days_is_open(days) && (days.earliest != 0 || days.latest != 0 || days.weekdays != 0);
}

an_status an_time_date_page(const an_lexicon *lexicon, const an_page *page, const an_article *article, const an_words *words,
                            const an_times *times, const an_servings *servings, an_arena *arena, const an_tracer *trace,
                            an_published *out, an_problem *clash, an_error *err) {
  *out = (an_published){.days = AN_DAYS_ANY, .day = UNKNOWN, .basis = AN_BASIS_UNKNOWN};
  *clash = (an_problem){0};
  pieces *all = AN_NEW(arena, pieces, 1);
  AN_NEED(all, err, "time.date_page");
  *all = (pieces){.article = article, .words = words, .times = times, .arena = arena, .trace = trace};
  while (all->first_body < article->block_count && article->blocks[all->first_body].kind != AN_BLOCK_BODY) all->first_body++;
  bool given = is_told(page->given);
  if (given) add(all, BY_CALLER, (an_span){0, 0}, (an_text){0}, AN_LIT("given"), page->given, an_days_is_single(page->given));
  stamps(all);
  if (!all->printed) datelines(all);
  change_of_that_day(all);
  if (!given) { /* a page that is told its day needs no guess */
    told_days(all);
    told_years(all);
    terms(all, lexicon, servings);
    ages(all, lexicon);
    elections(all, lexicon);
  }
  if (is_told(page->fetched))
    add(all, BY_CRAWL, (an_span){0, 0}, page->fetched_stamp, AN_LIT("fetched"), an_days_between(UNKNOWN, page->fetched.latest), false);
  sort(all);
  AN_TRY(meet(all, out, clash, err));
  tell_stamp(all, out);
  tell_change(all, out);
  if (out->day == UNKNOWN) out->days.weekdays = told_weekday(all);
  return AN_OK;
}
