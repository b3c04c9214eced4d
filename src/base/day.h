/* SPDX-License-Identifier: Apache-2.0 */
/* The calendar: days, sets of days, anchors, ISO 8601 and EDTF. Proleptic Gregorian; weeks start on Monday (ISO 8601). */
#ifndef AN_BASE_DAY_H
#define AN_BASE_DAY_H
#include "base/buf.h"
#include "base/text.h"

#define AN_DAYS_ANY ((an_days){AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST, 0})
an_day an_day_of(int year, unsigned month, unsigned day);    /* month 1..12, day clamped to the month's length */
bool an_day_valid(int year, unsigned month, unsigned day);
void an_day_parts(an_day day, int *year, unsigned *month, unsigned *mday);
unsigned an_day_weekday(an_day day);                         /* 1 Monday … 7 Sunday */
unsigned an_month_length(int year, unsigned month);
an_days an_days_single(an_day day);
an_days an_days_between(an_day earliest, an_day latest);
an_days an_days_unit(an_day day, an_unit unit);              /* the day, ISO week, month or year that holds it */
bool an_days_is_single(an_days days);
bool an_days_is_open(an_days days);                          /* both ends open */
/* Both constraints, weekday masks narrowed to days that exist; false: empty, *out untouched. */
bool an_days_meet(an_days a, an_days b, an_days *out);
/* The days that an anchor gives for a known set of publication days (interval arithmetic at both ends). */
an_days an_anchor_days(an_anchor anchor, an_days published);
void an_day_write(an_buf *buf, an_day day);                  /* 2017-03-28 */
void an_days_edtf(an_buf *buf, an_days days);                /* 2017-03-28, 2017-03-27/2017-03-28, ../2017-03-28; nothing when open */
const char *an_weekday_name(unsigned weekday);               /* "Monday" … for 1..7, else NULL */
/* The only weekday in the mask, 1..7, or 0. */
unsigned an_days_weekday(an_days days);
#endif
