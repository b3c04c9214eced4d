/* SPDX-License-Identifier: Apache-2.0 */
/* The walk: sentences with a word of time or a number become atoms, the longest rule at each atom gives an expression, and a
   time of day is joined with the day beside it ("16:00 UTC today", "Tuesday evening"). */
#include "time/inner.h"

#include <string.h>

typedef bool an_rule(const an_scan *scan, uint32_t at, an_found *out);
static an_rule *const rules[] = {an_rule_date, an_rule_clock, an_rule_relative, an_rule_length, an_rule_year};

const char *const an_time_rule_names[] = {
    "month first", "day first", "numbers", "year, month, day", "year, month", "dots", "signs", "weekday", "weekday and date", "clock",
    "day and clock", "week of", "month of", "after next", "unit before or after", "last, this, next", "today", "season", "the weekend",
    "now, recently, soon", "feast", "early, mid, end of", "decade", "century", "quarter, half", "fiscal year", "year", "set",
    "whole unit", "bare units", "length", "length of two units", "length from a date", "ago, later", "in so many", "range", NULL};

/* The longest expression that begins here; of two equally long ones the earlier rule's. */
static bool longest(const an_scan *scan, uint32_t at, an_found *out) {
  out->end = at;
  for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
    an_found found = {0};
    if (rules[i](scan, at, &found) && found.end > out->end) *out = found;
  }
  return out->end > at;
}

static bool says_day(const an_found *found) {
  return found->form.grain == AN_GRAIN_DAY && found->type == AN_TIME_DATE && found->form.kind != AN_TIME_FIXED && !found->second;
}

static void set_part(an_found *found, an_text part) {
  found->type = AN_TIME_TIME;
  for (uint32_t i = 0; i < 2 && i < part.size; i++) found->form.part[i] = part.at[i];
}

/* Joins what stands beside the expression: "Tuesday" + "evening", "8 p.m." + "on" + "Tuesday", "May 3" + "at" + "10:15". */
static void join(const an_scan *scan, an_found *found) {
  uint32_t next = found->end;
  if (found->type == AN_TIME_TIME && found->form.clock >= 0) {
    if (an_atom_mark(scan, next, ',') || an_atom_word(scan, next, "on")) next++;
    an_found day = {0};
    if (an_atom_is(scan, next, AN_A_LINK) || !longest(scan, next, &day) || !says_day(&day)) return;
    int16_t clock = found->form.clock;
    char zone[8];
    memcpy(zone, found->form.zone, sizeof zone);
    uint32_t first = found->first;
    *found = day;
    found->first = first;
    found->type = AN_TIME_TIME;
    found->form.clock = clock;
    found->rule = "day and clock";
    memcpy(found->form.zone, zone, sizeof zone);
    return;
  }
  if (!says_day(found)) return;
  if (an_atom_is(scan, next, AN_A_PART)) {
    set_part(found, an_atom_value(scan, next, AN_A_PART));
    found->end = next + 1;
    found->rule = "day and clock";
    return;
  }
  if (an_atom_mark(scan, next, ',') || an_atom_mark(scan, next, '-') || an_atom_word(scan, next, "at")) next++;
  if (an_atom_is(scan, next, AN_A_DEGREE)) next++;
  an_found clock = {0};
  if (next < scan->count && an_rule_clock(scan, next, &clock)) {
    found->type = AN_TIME_TIME;
    found->rule = "day and clock";
    found->form.clock = clock.form.clock;
    memcpy(found->form.zone, clock.form.zone, sizeof clock.form.zone);
    found->end = clock.end;
  }
}

static an_status push(an_scan *scan, an_times *out, const an_found *found, uint32_t first, uint32_t end, bool title,
                      const an_tracer *trace, an_error *err) {
  an_time_at *time = AN_PUSH(scan->arena, &out->list);
  AN_NEED(time, err, "time.find");
  memset(time, 0, sizeof *time);
  time->t.span = (an_span){scan->atoms[first].begin, scan->atoms[end - 1].end};
  time->t.text = an_text_slice(scan->text, time->t.span.begin, time->t.span.end);
  time->t.type = found->type;
  time->t.value = found->value;
  time->t.days = AN_DAYS_ANY;
  time->t.anchor = found->anchor;
  time->form = found->form;
  time->sentence = scan->sentence;
  time->title = title;
  time->day_level = found->form.grain == AN_GRAIN_DAY && found->form.kind != AN_TIME_FIXED;
  if (found->form.kind != AN_TIME_FIXED && found->form.grain != AN_GRAIN_NONE) {
    if (time->day_level) scan->last_day = out->list.count - 1;
    scan->last_any = out->list.count - 1;
  }
  AN_TRACE(trace, "time.find", time->t.span, true, "%s: %.*s", found->rule, (int)time->t.text.size, time->t.text.at);
  return AN_OK;
}

/* Tokens under the expression. Both ascend, so the caller's place only moves on. */
static void set_tokens(const an_words *words, an_time_at *time, uint32_t *token, uint32_t limit) {
  while (*token < limit && words->tokens[*token].at.end <= time->t.span.begin) (*token)++;
  time->first = *token;
  uint32_t end = *token;
  while (end < limit && words->tokens[end].at.begin < time->t.span.end) end++;
  time->end = end > time->first ? end : time->first + 1;
}

/* "will vote in two weeks": a date, by the verb. */
static void look_ahead(const an_words *words, const an_found *found, an_time_at *time, const an_tracer *trace) {
  if (found->ahead == AN_GRAIN_NONE || an_time_tense(words, time) != AN_TENSE_COMING) return;
  static const uint8_t units[] = {[AN_GRAIN_DAY] = AN_UNIT_DAY, [AN_GRAIN_WEEK] = AN_UNIT_WEEK, [AN_GRAIN_MONTH] = AN_UNIT_MONTH, [AN_GRAIN_YEAR] = AN_UNIT_YEAR};
  if (found->ahead != AN_GRAIN_DAY && found->ahead != AN_GRAIN_WEEK && found->ahead != AN_GRAIN_MONTH && found->ahead != AN_GRAIN_YEAR) return;
  time->form = (an_time_form){.kind = AN_TIME_SHIFT, .grain = found->ahead, .offset = found->ahead_offset, .clock = -1, .from = AN_NONE};
  time->t.type = AN_TIME_DATE;
  time->t.value = (an_text){0};
  time->t.anchor = (an_anchor){.to = AN_ANCHOR_PUBLISHED, .unit = units[found->ahead], .offset = found->ahead_offset};
  time->day_level = found->ahead == AN_GRAIN_DAY;
  AN_TRACE(trace, "time.find", time->t.span, true, "in so many: %.*s", (int)time->t.text.size, time->t.text.at);
}

/* "Nov. 18 - Dec. 19, 2015", "from May to September": the first end takes the year of the second; where neither has one, the
   second is the first such day or month behind the first. `first`, `end`: the atoms of the one, and where the other begins. */
static void link_range(const an_scan *scan, an_times *out, uint32_t end, uint32_t first, const an_tracer *trace) {
  if (out->list.count < 2 || first <= end || first > end + 2) return;
  an_time_at *low = &out->list.at[out->list.count - 2], *high = &out->list.at[out->list.count - 1];
  if (low->sentence != high->sentence || low->form.plus != 0 || high->form.plus != 0) return;
  bool dash = an_atom_mark(scan, end, '-') || an_atom_word(scan, end, "to") || an_atom_word(scan, end, "through") ||
              an_atom_word(scan, end, "until") || an_atom_word(scan, end, "till");
  if (!dash && !an_atom_word(scan, end, "and")) return;
  uint32_t lead = AN_NONE;
  for (uint32_t i = 0; i < end; i++)
    if (scan->atoms[i].begin >= low->t.span.begin) { lead = i; break; }
  bool between = lead != AN_NONE && lead > 0 && an_atom_word(scan, lead - 1, "between");
  if (!dash && !between) return;
  AN_TRACE(trace, "time.find", high->t.span, true, "range: %.*s", (int)high->t.text.size, high->t.text.at);
  if (low->form.kind == AN_TIME_FIXED && an_text_is(low->t.value, "PRESENT_REF") && high->form.kind == AN_TIME_CALENDAR && high->form.year == 0) {
    high->form.side = 1; /* "between now and 15 November" */
    return;
  }
  bool named = low->form.kind == AN_TIME_CALENDAR && (low->form.grain == AN_GRAIN_DAY || low->form.grain == AN_GRAIN_MONTH) && low->form.year == 0;
  if (named && high->form.kind == AN_TIME_CALENDAR && high->form.year != 0 && high->form.month != 0) {
    bool later = low->form.month > high->form.month || (low->form.month == high->form.month && low->form.day > high->form.day && high->form.day != 0);
    if (low->form.side == 0) low->form.year = (int16_t)(high->form.year - later);
    return;
  }
  bool follows = high->form.side == 0 && high->form.from == AN_NONE && high->form.year == 0 &&
                 ((named && high->form.kind == AN_TIME_CALENDAR && high->form.month != 0) || (low->form.kind == AN_TIME_WEEKDAY && high->form.kind == AN_TIME_WEEKDAY));
  if (!follows) return;
  high->form.from = out->list.count - 2;
  high->form.side = 1;
  if (low->form.kind == AN_TIME_CALENDAR) low->form.index = AN_UNDER_WAY;
  high->t.anchor = (an_anchor){0};
}

/* "The next year they were freed": behind what was told last, where the verb looks back; "the next year will be hard" is of the page. */
static void next_in_text(const an_scan *scan, const an_found *found, uint32_t told, an_time_at *time) {
  bool next = an_atom_word(scan, found->first, "the") && an_atom_word(scan, found->first + 1, "next");
  if (!next || told == AN_NONE || time->form.kind != AN_TIME_SHIFT || time->form.from != AN_NONE || an_time_tense(scan->words, time) >= 0) return;
  time->form.from = told;
  time->t.anchor = (an_anchor){0};
}

static void set_anchor(an_found *found) {
  if (found->form.from != AN_NONE || found->anchor.to != AN_ANCHOR_NONE || found->form.plus != 0) return;
  if (found->form.kind == AN_TIME_WEEKDAY) {
    found->anchor = (an_anchor){.to = AN_ANCHOR_PUBLISHED, .unit = AN_UNIT_DAY, .weekday = found->form.weekday,
                                .side = found->form.side, .offset = found->form.side};
  } else if (found->form.kind == AN_TIME_SHIFT && found->form.grain == AN_GRAIN_DAY) {
    found->anchor = (an_anchor){.to = AN_ANCHOR_PUBLISHED, .unit = AN_UNIT_DAY, .offset = found->form.offset};
  } else if (found->form.kind == AN_TIME_SHIFT && found->form.grain == AN_GRAIN_WEEK) {
    found->anchor = (an_anchor){.to = AN_ANCHOR_PUBLISHED, .unit = AN_UNIT_WEEK, .offset = found->form.offset};
  } else if (found->form.kind == AN_TIME_SHIFT && found->form.grain == AN_GRAIN_MONTH) {
    found->anchor = (an_anchor){.to = AN_ANCHOR_PUBLISHED, .unit = AN_UNIT_MONTH, .offset = found->form.offset};
  } else if (found->form.kind == AN_TIME_SHIFT && found->form.grain == AN_GRAIN_YEAR) {
    found->anchor = (an_anchor){.to = AN_ANCHOR_PUBLISHED, .unit = AN_UNIT_YEAR, .offset = found->form.offset};
  }
}

/* "Gunmen struck on Tuesday. They came at 3 p.m.": of the same paragraph, or of the one before, a sentence or two on. */
static bool told_just_before(const an_scan *scan, uint32_t sentence) {
  enum { SENTENCES = 2 };
  if (sentence == scan->sentence) return true;
  if (sentence + SENTENCES < scan->sentence) return false;
  const an_sentence *then = &scan->words->sentences[sentence], *now = &scan->words->sentences[scan->sentence];
  return then->block == now->block || (then->block + 1 == now->block && sentence + 1 == scan->sentence);
}

static an_status sentence_times(an_scan *scan, const an_sentence *sentence, bool title, an_times *out, const an_tracer *trace,
                                an_error *err) {
  uint32_t token = sentence->first, limit = sentence->first + sentence->count, ended = AN_NONE;
  for (uint32_t at = 0; at < scan->count;) {
    an_found found = {0};
    if (!longest(scan, at, &found)) { at++; continue; }
    join(scan, &found);
    set_anchor(&found);
    /* A time of day hangs on the day told just before it. */
    if (found.type == AN_TIME_TIME && found.form.kind == AN_TIME_SHIFT && found.form.offset == 0 && found.form.part[0] == 0 &&
        scan->last_day != AN_NONE && told_just_before(scan, out->list.at[scan->last_day].sentence)) {
      found.form.from = scan->last_day;
      found.anchor = (an_anchor){0};
    }
    uint32_t before = out->list.count, told = scan->last_any;
    AN_TRY(push(scan, out, &found, found.first, found.second ? found.first_end : found.end, title, trace, err));
    set_tokens(scan->words, &out->list.at[before], &token, limit);
    next_in_text(scan, &found, told, &out->list.at[before]);
    look_ahead(scan->words, &found, &out->list.at[before], trace);
    if (ended != AN_NONE) link_range(scan, out, ended, found.first, trace);
    ended = found.end;
    if (found.second) {
      found.form.day = found.second_day;
      AN_TRY(push(scan, out, &found, found.second_first, found.second_end, title, trace, err));
      set_tokens(scan->words, &out->list.at[before + 1], &token, limit);
      an_time_form *other = &out->list.at[before + 1].form;
      if (other->kind == AN_TIME_CALENDAR && other->year == 0) { /* "between 3 and 12 September": of the same year */
        other->from = before;
        other->side = 1;
        out->list.at[before + 1].t.anchor = (an_anchor){0};
      }
    }
    at = found.end;
  }
  return AN_OK;
}

static bool worth_a_look(const an_words *words, const an_sentence *sentence) {
  for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    const an_token *token = &words->tokens[i];
    if (token->flags & AN_WORD_TIME) return true;
    uint32_t size = token->at.end - token->at.begin; /* "Feb.", "Sept." */
    if ((size == 4 || size == 5) && token->shape != AN_SHAPE_LOWER && words->text.at[token->at.end - 1] == '.') return true;
    for (uint32_t at = token->at.begin; at < token->at.end; at++) /* "two-year", "2016", "mid-May" */
      if (an_code_is_digit((unsigned char)words->text.at[at]) || words->text.at[at] == '-') return true;
  }
  return false;
}

bool an_time_open(const an_lexicon *lexicon, an_time_words *out) {
  static const char *const columns[] = {"kind", "value", "needs"};
  memset(out, 0, sizeof *out);
  out->lexicon = lexicon;
  out->loud = an_lexicon_table(lexicon, "time");
  out->quiet = an_lexicon_table(lexicon, "timelink");
  for (int i = 0; i < 3; i++) {
    if (out->loud != NULL) out->columns[0][i] = an_table_column(out->loud, columns[i]);
    if (out->quiet != NULL) out->columns[1][i] = an_table_column(out->quiet, columns[i]);
  }
  return out->loud != NULL && out->quiet != NULL;
}

an_status an_time_find(const an_lexicon *lexicon, const an_article *article, const an_words *words, an_arena *arena,
                       const an_tracer *trace, an_times *out, an_error *err) {
  an_time_words tables;
  if (!an_time_open(lexicon, &tables))
    return an_fail(err, AN_ERR_DATA, "time.find", "lexicon.an holds no tables time and timelink; make it again with tools/lexiconc");
  an_atom *atoms = an_arena_raw(arena, AN_SENTENCE_ATOMS, sizeof *atoms);
  AN_NEED(atoms, err, "time.find");
  an_scan scan = {.atoms = atoms, .text = words->text, .arena = arena, .words = words, .so_far = out,
                  .last_day = AN_NONE, .last_any = AN_NONE};
  for (uint32_t i = 0; i < words->sentence_count; i++) {
    const an_sentence *sentence = &words->sentences[i];
    if (!worth_a_look(words, sentence)) continue;
    uint8_t kind = sentence->block < article->block_count ? article->blocks[sentence->block].kind : AN_BLOCK_BODY;
    if (kind == AN_BLOCK_BOILERPLATE) continue;
    scan.count = an_time_atoms(&tables, words->text, sentence->at, atoms, AN_SENTENCE_ATOMS);
    scan.sentence = i;
    bool title = kind == AN_BLOCK_TITLE || kind == AN_BLOCK_DECK || kind == AN_BLOCK_CAPTION;
    AN_TRY(sentence_times(&scan, sentence, title, out, trace, err));
  }
  return AN_OK;
}
