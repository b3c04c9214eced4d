/* SPDX-License-Identifier: Apache-2.0 */
/* Days of publication and of change by stamps: metadata, the line that a page prints, the URL; and which stamp is told. */
#include "time/date_evidence.h"

#include <limits.h>

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
static void of_line(an_pieces *all, const an_meta *meta, bool change) {
  stamp s;
  if (!stamp_of(meta->value, &s)) return;
  an_text says = change && meta->kind == AN_META_PRINTED ? AN_LIT("the printed date, which is that of the change") : an_text_of(meta->from);
  an_piece_add(all, change ? AN_BY_CHANGE : AN_BY_PRINT, meta->raw, meta->said, says, change ? an_days_between(AN_NO_DAY, s.day) : an_days_single(s.day), !change);
  if (!change) all->printed = true;
}

/* "04/03/2025 - 20:12" above the text and a stamp of "…T20:12:00Z": the page's own clock shows UTC, so that no zone hides its day. */
static bool prints_clock(const an_pieces *all, const stamp *s) {
  for (uint32_t i = 0; i < all->times->list.count; i++) {
    const an_time_at *time = &all->times->list.at[i];
    uint32_t block = all->words->sentences[time->sentence].block;
    if (block >= all->article->block_count || time->form.clock != s->clock || s->clock == NO_CLOCK) continue;
    uint8_t kind = all->article->blocks[block].kind;
    if (kind == AN_BLOCK_META || kind == AN_BLOCK_BYLINE || kind == AN_BLOCK_DATELINE) return true;
  }
  return false;
}

static void of_published(an_pieces *all, const an_meta *meta, const stamp *line) {
  stamp s;
  an_days days;
  if (!an_days_parse(meta->value, &days)) return;
  bool day = stamp_of(meta->value, &s);
  uint32_t before = all->count;
  an_piece_add(all, AN_BY_STAMP, meta->raw, meta->said, meta->from != NULL ? an_text_of(meta->from) : AN_LIT("metadata"),
      !day ? days : line == NULL && s.zone == 0 && prints_clock(all, &s) ? an_days_single(s.day) : days_of_stamp(&s, line), day);
  if (all->count == before) return;
  all->at[before].stamp = meta->value;
  all->at[before].weight = meta->strength;
}

static void of_modified(an_pieces *all, const an_meta *meta) {
  an_days days;
  if (!an_days_parse(meta->value, &days)) return;
  stamp s;
  if (stamp_of(meta->value, &s) && s.zone == 0) days = days_of_utc(&s);
  an_piece_add(all, AN_BY_MODIFIED, meta->raw, meta->said, meta->from != NULL ? an_text_of(meta->from) : AN_LIT("metadata"), an_days_between(AN_NO_DAY, days.latest), false);
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

void an_date_stamps(an_pieces *all) {
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
      an_piece_add(all, AN_BY_URL, meta->raw, meta->said, AN_LIT("the URL"), days, an_days_is_single(days));
  }
}

/* ---- Which stamp is told ------------------------------------------------------------------------- */

static an_text zone_text(an_pieces *all, int zone) {
  int size = zone < 0 ? -zone : zone;
  return an_arena_printf(all->arena, "%c%02d:%02d", zone < 0 ? '-' : '+', size / 60, size % 60);
}

/* The strongest stamp of the day that was found, the page's own zone before UTC; a printed line where the metadata has none. */
static void tell_stamp(an_pieces *all, an_published *out) {
  const an_article *article = all->article;
  const an_meta *best = NULL;
  int zone = NO_ZONE;
  uint32_t rank = 0;
  for (uint32_t i = 0; i < article->meta_count; i++) {
    const an_meta *m = &article->meta[i];
    stamp s;
    if ((m->kind != AN_META_PUBLISHED && m->kind != AN_META_PRINTED) || !stamp_of(m->value, &s)) continue;
    if (out->day != AN_NO_DAY && s.day != out->day) continue;
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
static void tell_change(an_pieces *all, an_published *out) {
  const an_article *article = all->article;
  uint32_t rank = 0;
  an_day day = AN_NO_DAY;
  for (uint32_t i = 0; i < article->meta_count; i++) {
    const an_meta *m = &article->meta[i];
    stamp s;
    if ((m->kind != AN_META_MODIFIED && m->kind != AN_META_PRINTED_CHANGE) || !stamp_of(m->value, &s)) continue;
    an_days days = s.zone == 0 ? days_of_utc(&s) : an_days_single(s.day);
    uint32_t own_rank = m->kind == AN_META_MODIFIED ? 256u + m->strength : 1;
    if ((out->day != AN_NO_DAY && days.latest < out->day) || own_rank < rank || (own_rank == rank && s.day <= day)) continue;
    rank = own_rank;
    day = s.day;
    out->modified = m->value;
  }
}

void an_date_tell_stamps(an_pieces *all, an_published *out) {
  tell_stamp(all, out);
  tell_change(all, out);
}
