/* SPDX-License-Identifier: Apache-2.0 */
/* The page's days: every piece of evidence is a set of days; the sets are met, strongest first, and one that leaves nothing is
   dropped and told as a clash. A single day is said only on evidence of a day: the caller's word, a stamp, a printed date, or
   a whole date that the text itself tells as the newest thing that happened. */
#include "time/date_evidence.h"

void an_piece_add(an_pieces *all, an_strength how, an_span raw, an_text text, an_text says, an_days days, bool day) {
  if (all->count == AN_MOST_PIECES || an_days_is_open(days)) return;
  all->at[all->count++] = (an_piece){.e = {.span = raw, .text = text, .says = says, .days = days}, .strength = (uint8_t)how, .day = day};
}

enum { LEAD = 2 }; /* paragraphs */

/* Weekdays that are told as past; of the lead alone: up to the end of the second paragraph. */
static uint8_t past_weekdays(const an_pieces *all, bool lead) {
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
static uint8_t told_weekday(const an_pieces *all) {
  uint8_t mask = past_weekdays(all, false);
  if (!is_one(mask)) mask = past_weekdays(all, true);
  return is_one(mask) ? mask : 0;
}

/* "Updated 6:41 PM, June 19, 2025" alone, and a page that tells its news by a Thursday: it was changed on its own day. */
static void change_of_that_day(an_pieces *all) {
  uint8_t told = told_weekday(all);
  uint32_t change = AN_NONE;
  for (uint32_t i = 0; i < all->count; i++) {
    if (all->at[i].day) return;
    if (all->at[i].strength == AN_BY_CHANGE) change = i;
  }
  if (change == AN_NONE || told == 0) return;
  an_day day = all->at[change].e.days.latest;
  if ((told >> (an_day_weekday(day) - 1) & 1) == 0) return;
  an_piece_add(all, AN_BY_CHANGE, all->at[change].e.span, all->at[change].e.text, AN_LIT("printed as the day of a change, whose weekday the page tells its news by"), an_days_single(day), true);
}

static bool later(const an_piece *a, const an_piece *b) {
  return a->strength != b->strength ? a->strength > b->strength : a->weight < b->weight;
}

static void sort(an_pieces *all) { /* few: insertion keeps the order of equals */
  for (uint32_t i = 1; i < all->count; i++) {
    an_piece moving = all->at[i];
    uint32_t at = i;
    while (at > 0 && later(&all->at[at - 1], &moving)) { all->at[at] = all->at[at - 1]; at--; }
    all->at[at] = moving;
  }
}

static uint8_t basis_of(uint8_t how) {
  if (how == AN_BY_CALLER) return AN_BASIS_GIVEN;
  if (how == AN_BY_STAMP || how == AN_BY_URL || how == AN_BY_MODIFIED) return AN_BASIS_METADATA;
  return how == AN_BY_PRINT || how == AN_BY_CHANGE ? AN_BASIS_STATED : AN_BASIS_INFERRED;
}

/* The crawl day alone tells nothing of the page. */
static bool tells(uint8_t how) { return how != AN_BY_CRAWL; }

/* What decides is told: not that a year long before is past on a page that prints its day. The trace has all. */
static bool narrows(an_days days, an_days both) {
  return both.earliest != days.earliest || both.latest != days.latest || both.weekdays != days.weekdays;
}

static an_status meet(an_pieces *all, an_published *out, an_problem *clash, an_error *err) {
  an_evidence *kept = AN_NEW(all->arena, an_evidence, all->count);
  AN_NEED(kept, err, "time.date_page");
  an_days days = AN_DAYS_ANY;
  for (uint32_t i = 0; i < all->count; i++) {
    const an_piece *p = &all->at[i];
    an_days both;
    bool fits = an_days_meet(days, p->e.days, &both);
    AN_TRACE(all->trace, "time.date_page", ((an_span){0, 0}), fits, "%.*s: %.*s", (int)p->e.says.size, p->e.says.at, (int)p->e.text.size, p->e.text.at);
    if (!fits) {
      if (clash->what.at == NULL && p->strength != AN_BY_CRAWL) {
        clash->what = an_arena_printf(all->arena, "evidence of the day of publication clashes, the weaker is dropped: %.*s (%.*s)",
                                      (int)p->e.text.size, p->e.text.at, (int)p->e.says.size, p->e.says.at);
        clash->span = p->e.span;
      }
      continue;
    }
    if (p->day || narrows(days, both)) kept[out->evidence_count++] = p->e;
    days = both;
    if (p->day && out->day == AN_NO_DAY) {
      an_days own = AN_DAYS_ANY;
      bool stamped = p->strength == AN_BY_STAMP && an_days_parse(p->stamp, &own);
      out->day = stamped ? own.earliest : p->e.days.earliest;
      out->basis = basis_of(p->strength);
    }
    if (out->basis == AN_BASIS_UNKNOWN && tells(p->strength)) out->basis = basis_of(p->strength);
  }
  out->days = days;
  if (out->day != AN_NO_DAY && (out->day < days.earliest || out->day > days.latest)) /* the zone of a UTC stamp, told by weaker evidence */
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
  *out = (an_published){.days = AN_DAYS_ANY, .day = AN_NO_DAY, .basis = AN_BASIS_UNKNOWN};
  *clash = (an_problem){0};
  an_pieces *all = AN_NEW(arena, an_pieces, 1);
  AN_NEED(all, err, "time.date_page");
  *all = (an_pieces){.article = article, .words = words, .times = times, .arena = arena, .trace = trace};
  while (all->first_body < article->block_count && article->blocks[all->first_body].kind != AN_BLOCK_BODY) all->first_body++;
  bool given = is_told(page->given);
  if (given) an_piece_add(all, AN_BY_CALLER, (an_span){0, 0}, (an_text){0}, AN_LIT("given"), page->given, an_days_is_single(page->given));
  an_date_stamps(all);
  if (!all->printed) an_date_dateline(all);
  change_of_that_day(all);
  if (!given) an_date_text(all, lexicon, servings); /* a page that is told its day needs no guess */
  if (is_told(page->fetched))
    an_piece_add(all, AN_BY_CRAWL, (an_span){0, 0}, page->fetched_stamp, AN_LIT("fetched"), an_days_between(AN_NO_DAY, page->fetched.latest), false);
  sort(all);
  AN_TRY(meet(all, out, clash, err));
  an_date_tell_stamps(all, out);
  if (out->day == AN_NO_DAY) out->days.weekdays = told_weekday(all);
  return AN_OK;
}
