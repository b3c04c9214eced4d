/* SPDX-License-Identifier: Apache-2.0 */
/* What may be held against each other at all. Two reports of one day tell of one act where parties, type and words fit; of pages whose days
   nobody knows, or far apart, that is not enough: a campaign tells the same clash every week. */
#include "story/compare.h"

#include <math.h>

#define SHOWN_WORDS 2.0  /* words in common, and their share of the fewer, that show two tellings of unknown days to be one act */
#define SHOWN_SHARE 0.25
#define SAYS_MUCH 4.0    /* of tellings with fewer words of the matter nothing shows that it is another */
#define OTHER_SHARE 0.2
enum { NARROW_DAYS = 3, NEAR_DAYS = 7 };

bool st_is_bounded(an_days days) { return days.earliest != AN_DAY_OPEN_EARLIEST && days.latest != AN_DAY_OPEN_LATEST; }

static bool is_within(an_days days, int64_t most) { return st_is_bounded(days) && (int64_t)days.latest - days.earliest <= most; }

/* A page without a day of its own is of the days of the one that it is held against, if it can be: they are one story. Two pages without
   any may lie a year apart. */
bool st_are_near(const st_story *story, uint32_t a, uint32_t b) {
  an_days x = story->readings[a].published, y = story->readings[b].published;
  bool known = is_within(x, NEAR_DAYS), also = is_within(y, NEAR_DAYS);
  if (a == b) return true;
  if (!known && !also) return false;
  return x.earliest <= (int64_t)y.latest + NEAR_DAYS && y.earliest <= (int64_t)x.latest + NEAR_DAYS;
}

static bool names_more(dg_words a, dg_words b) {
  for (uint32_t i = 0; i < a.count; i++)
    if ((a.at[i] & DG_NAMED) != 0 && !dg_words_has(b, a.at[i])) return true;
  return false;
}

bool st_names_others(dg_words a, dg_words b) { return names_more(a, b) && names_more(b, a); }

static bool has_name(dg_parties parties) { return parties.count > 0 && parties.at[0].name.at != NULL && parties.at[0].entity.at != NULL; }

/* A word of what the act was about: no name, no number, not the act itself. */
static bool says_what(uint32_t key, const dg_event *a, const dg_event *b) {
  return (key & (DG_NAMED | DG_NUMBER)) == 0 && key != a->trigger_word && key != b->trigger_word;
}

/* What two tellings were about: how many words in common, and how many each has. */
typedef struct matter { double common, mine, yours; } matter;

static matter matter_of(const dg_event *a, const dg_event *b) {
  matter m = {0};
  for (uint32_t i = 0; i < a->words.count; i++) {
    if (!says_what(a->words.at[i], a, b)) continue;
    m.mine++;
    m.common += dg_words_has(b->words, a->words.at[i]);
  }
  for (uint32_t i = 0; i < b->words.count; i++) m.yours += says_what(b->words.at[i], a, b);
  return m;
}

/* "agreed to lay a cable", "agreed to renew the licences": on one day the same two may do both. A meeting is told by who meets. */
static bool are_of_other_things(const dg_event *a, const dg_event *b, const matter *m) {
  return !a->meets && !b->meets && fmin(m->mine, m->yours) >= SAYS_MUCH && m->common < OTHER_SHARE * fmin(m->mine, m->yours);
}

/* Two people clash many times in a year: one act is shown by days that are known, by who meets whom, or by words of what it was about. */
static bool is_shown_one(const st_story *story, st_told one, st_told other) {
  const st_event *x = &story->readings[one.reading].events[one.event], *y = &story->readings[other.reading].events[other.event];
  const dg_event *a = x->e, *b = y->e;
  matter m = matter_of(a, b);
  if (are_of_other_things(a, b, &m)) return false;
  if (st_are_near(story, one.reading, other.reading)) return true;
  bool people = a->meets && has_name(a->actors) && (a->mutual || has_name(a->recipients));
  if ((is_within(x->when, NARROW_DAYS) && is_within(y->when, NARROW_DAYS)) || people) return true;
  if (st_says_a_day(a) && st_says_a_day(b) && st_weekday_of(x->when) != 0 && st_weekday_of(x->when) == st_weekday_of(y->when)) return true;
  return m.common >= SHOWN_WORDS && m.common >= SHOWN_SHARE * fmin(m.mine, m.yours);
}

/* Of the tellings those that hang together with the first that has another: in the order in which they stand. */
void st_keep_shown(const st_story *story, st_cluster *cluster) {
  bool kept[MAX_VALUES] = {false};
  uint32_t count = cluster->told.count, from = 0, left = 0;
  for (bool found = false; from < count && !found; from += !found)
    for (uint32_t i = from + 1; i < count && !found; i++) found = is_shown_one(story, cluster->told.at[from], cluster->told.at[i]);
  if (from < count) kept[from] = true;
  for (bool grown = from < count; grown;) {
    grown = false;
    for (uint32_t i = 0; i < count; i++)
      for (uint32_t k = 0; k < count && !kept[i]; k++) grown |= kept[i] = kept[k] && is_shown_one(story, cluster->told.at[i], cluster->told.at[k]);
  }
  for (uint32_t i = 0; i < count; i++)
    if (kept[i]) cluster->told.at[left++] = cluster->told.at[i];
  cluster->told.count = left;
}
