/* SPDX-License-Identifier: Apache-2.0 */
/* What lists are narrowed by: read, checked, and told to SQL. Values are bound; only the conditions below are text of a question. */
#include "serve/serve.h"

#include <string.h>

/* ---- Reading ---------------------------------------------------------------------------------------------- */

static bool is_day(an_text text) {
  static const char shape[] = "0000-00-00";
  if (text.size != sizeof shape - 1) return false;
  int parts[3] = {0}, part = 0;
  for (uint32_t i = 0; i < text.size; i++) {
    char c = text.at[i];
    if (shape[i] == '-' ? c != '-' : c < '0' || c > '9') return false;
    if (c == '-') part++;
    else parts[part] = parts[part] * 10 + (c - '0');
  }
  return parts[0] > 0 && an_day_valid(parts[0], (unsigned)parts[1], (unsigned)parts[2]);
}

static bool read_number(const sv_request *request, const char *name, int64_t low, int64_t high, int64_t *out) {
  an_text text = sv_param_get(request, name);
  if (text.at == NULL) return true;
  int64_t value = 0;
  for (uint32_t i = 0; i < text.size; i++) {
    if (text.at[i] < '0' || text.at[i] > '9' || value > high) return false;
    value = value * 10 + (text.at[i] - '0');
  }
  *out = value;
  return value >= low && value <= high;
}

/* "ACCUSE,REJECT" as ",ACCUSE,REJECT,", which instr() looks into. */
static bool read_types(const sv_request *request, an_text *out) {
  an_text text = sv_param_get(request, "type");
  if (text.at == NULL) return true;
  for (uint32_t i = 0; i < text.size; i++)
    if ((text.at[i] < 'A' || text.at[i] > 'Z') && text.at[i] != ',') return false;
  *out = an_arena_printf(request->arena, ",%.*s,", (int)text.size, text.at);
  return out->at != NULL;
}

/* "12,13" as "[12,13]", which json_each() reads. */
static bool read_pages(const sv_request *request, an_text *out) {
  an_text text = sv_param_get(request, "page");
  if (text.at == NULL) return true;
  uint32_t digits = 0;
  for (uint32_t i = 0; i < text.size; i++) {
    bool digit = text.at[i] >= '0' && text.at[i] <= '9';
    if ((!digit && text.at[i] != ',') || (!digit && digits == 0) || (digit && digits == 15)) return false;
    digits = digit ? digits + 1 : 0;
  }
  if (digits == 0) return false;
  *out = an_arena_printf(request->arena, "[%.*s]", (int)text.size, text.at);
  return out->at != NULL;
}

/* Words as phrases of FTS5, all of which must be there: nothing that a person types is an operator. Quotation marks hold words
   together. Words without a letter or digit are passed over; not known: nothing is left. */
static an_text question_of(an_arena *arena, an_text q) {
  char *to = AN_NEW(arena, char, (size_t)q.size * 4 + 8);
  uint32_t size = 0;
  if (to == NULL) return (an_text){NULL, 0};
  for (uint32_t at = 0; at < q.size;) {
    bool phrase = q.at[at] == '"';
    uint32_t begin = at + phrase, end = begin;
    while (end < q.size && (phrase ? q.at[end] != '"' : q.at[end] != ' ' && q.at[end] != '"')) end++;
    bool has_word = false;
    for (uint32_t i = begin; i < end;) {
      uint32_t code = an_utf8_next(an_text_slice(q, 0, end), &i);
      has_word |= an_code_is_letter(code) || an_code_is_digit(code) || code > 0x2fff;
    }
    if (has_word) {
      if (size > 0) to[size++] = ' ';
      to[size++] = '"';
      memcpy(to + size, q.at + begin, end - begin);
      size += end - begin;
      to[size++] = '"';
    }
    at = end + (phrase || (end < q.size && q.at[end] == ' '));
  }
  return size > 0 ? (an_text){to, size} : (an_text){NULL, 0};
}

static bool wrong(sv_work *work, const char *name, const char *what, const char *advice) {
  an_text value = sv_param_get(work->request, name);
  an_text where = an_arena_printf(work->request->arena, "%s=%.*s", name, (int)value.size, value.at == NULL ? "" : value.at);
  return sv_refuse(work->reply, 400, where, what, advice);
}

/* Cursors are "GENERATION-OFFSET": after a build the places are others. */
static bool read_cursor(sv_work *work) {
  an_text text = sv_param_get(work->request, "after");
  if (text.at == NULL) return true;
  const char *dash = memchr(text.at, '-', text.size);
  sv_request parts = {.arena = work->request->arena, .count = 2};
  int64_t generation = -1;
  if (dash == NULL) return wrong(work, "after", "no cursor", "what `next` of the page before says");
  parts.params[0] = (sv_param){AN_LIT("g"), {text.at, (uint32_t)(dash - text.at)}};
  parts.params[1] = (sv_param){AN_LIT("o"), {dash + 1, (uint32_t)(text.at + text.size - dash - 1)}};
  work->filters.offset = -1;
  if (!read_number(&parts, "g", 0, INT64_MAX / 100, &generation) || !read_number(&parts, "o", 0, INT64_MAX / 100, &work->filters.offset) ||
      generation < 0 || work->filters.offset < 0)
    return wrong(work, "after", "no cursor", "what `next` of the page before says");
  if (generation != sv_number(work, "SELECT max(id) FROM generation", 0))
    return wrong(work, "after", "the record was built again", "begin with the first page of the list");
  return true;
}

/* A name in any case as the record has it; the name of a country is its code. */
static an_text actor_of(sv_work *work, an_text asked) {
  if (asked.at == NULL) return asked;
  sv_work one = *work;
  one.filters.actor = asked;
  sqlite3_stmt *statement = sv_ask(&one, "SELECT CASE WHEN entity = country THEN country ELSE name END FROM story_party"
                                         " WHERE name = :actor COLLATE NOCASE LIMIT 1");
  an_text found = sv_next(statement) ? sv_column(statement, 0) : (an_text){NULL, 0};
  an_text actor = found.at != NULL ? an_arena_copy(work->request->arena, found.at, found.size) : asked;
  sv_done(work, statement);
  return actor;
}

/* By SV_ACTOR, SV_A, SV_B: the events of each, and the conditions that an event is one of them. */
#define EVENTS_OF(n) \
  "SELECT story, event FROM story_party WHERE country = " n " UNION ALL SELECT story, event FROM story_party WHERE entity = " n \
  " UNION ALL SELECT story, event FROM story_party WHERE name = " n " COLLATE NOCASE"
#define AMONG(n) "(e.story, e.id) IN (" EVENTS_OF(n) ")"
static const char *const of_actor[SV_ACTORS] = {AMONG(":actor"), AMONG(":a"), AMONG(":b")};
static const char *const held_of[SV_ACTORS] = {"held(0, e.story, e.id)", "held(1, e.story, e.id)", "held(2, e.story, e.id)"};
static const char *const events_of[SV_ACTORS] = {EVENTS_OF(":actor"), EVENTS_OF(":a"), EVENTS_OF(":b")};

/* Whether the events of that actor are held; they are gathered when a question first wants to know. */
static bool is_held(sv_work *work, int which) {
  bool *tried = &work->session->tried[which];
  if (!*tried) sv_hold(work, which, events_of[which]);
  *tried = true;
  return sv_held_count(work, which) > 0;
}

bool sv_filters_read(sv_work *work) {
  const sv_request *r = work->request;
  sv_filters *f = &work->filters;
  *f = (sv_filters){.limit = SV_DEFAULT_LIMIT, .since = sv_param_get(r, "since"), .until = sv_param_get(r, "until"),
                    .country = sv_param_get(r, "country"), .outlet = sv_param_get(r, "outlet"), .story = sv_param_get(r, "story"),
                    .q = sv_param_get(r, "q"), .a = sv_param_get(r, "a"), .b = sv_param_get(r, "b")};
  if (f->since.at != NULL && !is_day(f->since)) return wrong(work, "since", "no day", "a day such as 2017-03-28");
  if (f->until.at != NULL && !is_day(f->until)) return wrong(work, "until", "no day", "a day such as 2017-03-28");
  if (!read_types(r, &f->type)) return wrong(work, "type", "no type", "PLOVER's types, such as ACCUSE or ACCUSE,REJECT");
  if (!read_pages(r, &f->pages)) return wrong(work, "page", "no such pages", "numbers of pages, such as 12 or 12,13");
  if (!read_number(r, "limit", 1, SV_LIMIT, &f->limit)) return wrong(work, "limit", "no such limit", "a number from 1 to 500");
  an_text format = sv_param_get(r, "format");
  f->csv = an_text_is(format, "csv");
  if (format.at != NULL && !f->csv && !an_text_is(format, "json")) return wrong(work, "format", "no such format", "json or csv");
  if (f->q.at != NULL) {
    f->match = question_of(r->arena, f->q);
    if (f->match.at == NULL) return wrong(work, "q", "no words", "words to look for; \"quotation marks\" hold them together");
  }
  f->actor = actor_of(work, sv_param_get(r, "actor"));
  f->a = actor_of(work, f->a);
  f->b = actor_of(work, f->b);
  f->about = actor_of(work, sv_param_get(r, "about"));
  return work->reply->status < 400 && read_cursor(work);
}

/* ---- As SQL --------------------------------------------------------------------------------------------------- */

static void add(an_buf *sql, const char *condition) {
  an_buf_z(sql, " AND ");
  an_buf_z(sql, condition);
}

/* An interval that touches the days asked for counts; what has no day at all does not. */
static void add_days(an_buf *sql, const char *alias, const sv_filters *f) {
  if (f->since.at != NULL)
    an_buf_printf(sql, " AND (%s.latest >= :since OR (%s.latest IS NULL AND %s.earliest IS NOT NULL))", alias, alias, alias);
  if (f->until.at != NULL)
    an_buf_printf(sql, " AND (%s.earliest <= :until OR (%s.earliest IS NULL AND %s.latest IS NOT NULL))", alias, alias, alias);
}

#define PAGES_OF_OUTLET "SELECT id FROM page WHERE outlet = :outlet OR domain = :outlet"
#define PAGES_ASKED "SELECT value FROM json_each(:pages)"
#define PAGES_WITH_WORDS "SELECT rowid FROM article WHERE article MATCH :match"
#define TOLD_WITH_WORDS "SELECT t.story, t.event FROM told_in t WHERE told(3, t.page)"
/* CROSS JOIN: the order in which SQLite goes; it has no statistics of a record. */
#define TOLD_BY(pages) "SELECT t.story, t.event FROM (" pages ") w CROSS JOIN told_in t ON t.page = w."
#define EVENTS_OF_ACTOR EVENTS_OF(":actor")
#define SAID_BY(n) \
  "(st.page, st.ref) IN (SELECT page, ref FROM party WHERE country = " n " AND role = 'speaker' UNION ALL SELECT page, ref FROM party WHERE name = " n \
  " COLLATE NOCASE AND role = 'speaker' UNION ALL SELECT page, ref FROM party WHERE entity = " n " AND role = 'speaker')"
#define WHO_IS(n) "SELECT id FROM who WHERE country = " n " UNION SELECT id FROM who WHERE name = " n " COLLATE NOCASE UNION SELECT id FROM who WHERE entity = " n
/* What is said names the other: a mention inside the range of the words. */
#define ABOUT(n) \
  "EXISTS (SELECT 1 FROM mention_row m WHERE m.id >= st.page << 20 AND m.id < (st.page + 1) << 20 AND m.begin >= st.begin AND m.begin + m.size <= st.end" \
  " AND +m.who IN (" WHO_IS(n) "))"
#define NOT_SAID_BY(n) \
  "NOT EXISTS (SELECT 1 FROM party_row y WHERE y.page = st.page AND y.ref = st.ref AND y.role = 2 AND +y.who IN (" WHO_IS(n) "))"
#define NAMING(n) "SELECT page FROM mention_row WHERE who IN (" WHO_IS(n) ")"

static bool of_event(const sv_filters *f) { return f->actor.at != NULL || f->country.at != NULL || f->type.at != NULL; }

static void add_place_and_type(an_buf *sql, const sv_filters *f) {
  if (f->country.at != NULL) add(sql, "e.where_country = :country");
  if (f->type.at != NULL) add(sql, "instr(:type, ',' || e.type || ',') > 0");
}

/* " FROM …": the events of the actor, place and type asked for, all three of one event, as o.story, o.event. */
static void from_events(an_buf *sql, const sv_filters *f, bool with_actor) {
  bool actor = with_actor && f->actor.at != NULL, rest = f->country.at != NULL || f->type.at != NULL;
  if (actor) an_buf_z(sql, " FROM (" EVENTS_OF_ACTOR ") o");
  if (actor && rest) an_buf_z(sql, " CROSS JOIN story_event e ON e.story = o.story AND e.id = o.event");
  if (!actor) {
    an_buf_z(sql, " FROM (SELECT e.story, e.id AS event FROM story_event e WHERE 1");
    add_place_and_type(sql, f);
    an_buf_z(sql, ") o");
  } else if (rest) {
    add_place_and_type(sql, f);
  }
}

/* +s.id: no look-up of each, which would read the whole story; the index by day has all that is asked. */
static void where_story(sv_work *work, an_buf *sql) {
  const sv_filters *f = &work->filters;
  sv_found found;
  add_days(sql, "s", f);
  if (of_event(f)) {
    add(sql, "+s.id IN (SELECT o.story");
    from_events(sql, f, true);
    an_buf_z(sql, ")");
  }
  if (f->outlet.at != NULL) add(sql, "+s.id IN (SELECT sp.story FROM (" PAGES_OF_OUTLET ") w CROSS JOIN story_page sp ON sp.page = w.id)");
  if (f->story.at != NULL) add(sql, "s.id = :story");
  if (f->pages.at != NULL) add(sql, "+s.id IN (SELECT sp.story FROM (" PAGES_ASKED ") w CROSS JOIN story_page sp ON sp.page = w.value)");
  if (f->match.at != NULL && sv_find(work, &found)) add(sql, "told(4, s.rowid)");
}

static void where_event(sv_work *work, an_buf *sql) {
  const sv_filters *f = &work->filters;
  const an_text asked[SV_ACTORS] = {f->actor, f->a, f->b};
  sv_found found;
  add_days(sql, "e", f);
  for (int i = 0; i < SV_ACTORS; i++)
    if (asked[i].at != NULL) add(sql, is_held(work, i) ? held_of[i] : of_actor[i]);
  add_place_and_type(sql, f);
  if (f->outlet.at != NULL) add(sql, "(e.story, e.id) IN (" TOLD_BY(PAGES_OF_OUTLET) "id)");
  if (f->story.at != NULL) add(sql, "e.story = :story");
  if (f->pages.at != NULL) add(sql, "(e.story, e.id) IN (" TOLD_BY(PAGES_ASKED) "value)");
  if (f->match.at != NULL && sv_find(work, &found))
    add(sql, sv_is_many(work, found.pages) ? "(e.story, e.id) IN (" TOLD_WITH_WORDS ")" : "(e.story, e.id) IN (" TOLD_BY(PAGES_WITH_WORDS) "rowid)");
}

/* The pages that tell an event as it is asked for, gathered once, for told(with_actor, page). Where such events are many, all that is told is walked through: to
   look for each of them takes longer. */
static void hold_pages(sv_work *work, bool with_actor) {
  const sv_filters *f = &work->filters;
  an_buf sql;
  if (work->session->pages[with_actor] != NULL) return;
  bool actor_alone = with_actor && f->actor.at != NULL && f->country.at == NULL && f->type.at == NULL && is_held(work, SV_ACTOR);
  int which = actor_alone ? SV_ACTOR : SV_OF;
  an_buf_init(&sql, 1 << 16);
  if (!actor_alone) {
    an_buf_z(&sql, "SELECT o.story, o.event");
    from_events(&sql, f, with_actor);
    sv_hold(work, SV_OF, sql.at);
    an_buf_clear(&sql);
  }
  if (sv_is_many(work, sv_held_count(work, which))) {
    an_buf_printf(&sql, "SELECT t.page FROM told_in t WHERE held(%d, t.story, t.event)", which);
  } else {
    an_buf_z(&sql, "SELECT t.page");
    from_events(&sql, f, with_actor);
    an_buf_z(&sql, " CROSS JOIN told_in t ON t.story = o.story AND t.event = o.event");
  }
  if (work->reply->status < 400) sv_hold_pages(work, with_actor, sql.at);
  an_buf_free(&sql);
}

/* The other kinds are of pages: an event's conditions let through the pages that tell such an event. */
static void where_page(sv_work *work, an_buf *sql, bool with_actor, const char *page) {
  const sv_filters *f = &work->filters;
  sv_found found;
  add_days(sql, "sp", f);
  if (f->country.at != NULL || f->type.at != NULL || (with_actor && f->actor.at != NULL)) {
    hold_pages(work, with_actor);
    an_buf_printf(sql, " AND told(%d, sp.page)", (int)with_actor);
  }
  if (f->outlet.at != NULL) an_buf_printf(sql, " AND %s IN (" PAGES_OF_OUTLET ")", page);
  if (f->story.at != NULL) add(sql, "sp.story = :story");
  if (f->pages.at != NULL) add(sql, "sp.page IN (" PAGES_ASKED ")");
  if (f->match.at != NULL && sv_find(work, &found)) add(sql, "told(3, sp.page)");
}

/* What others say of somebody. No index has who is named: the pages that name him are gathered in one walk through all mentions, where they are not many. */
static void where_about(sv_work *work, an_buf *sql) {
  if (!work->filters.about_many && work->session->pages[SV_NAMING] == NULL) sv_hold_pages(work, SV_NAMING, NAMING(":about"));
  if (!work->filters.about_many) add(sql, "told(5, sp.page)");
  add(sql, ABOUT(":about") " AND " NOT_SAID_BY(":about"));
}

void sv_where(sv_work *work, an_buf *sql, sv_kind kind) {
  const sv_filters *f = &work->filters;
  an_buf_z(sql, " WHERE 1");
  if (kind == SV_STORY) where_story(work, sql);
  if (kind == SV_EVENT) where_event(work, sql);
  if (kind >= SV_PAGE) where_page(work, sql, kind != SV_STATEMENT, kind == SV_PAGE_SCAN ? "+sp.page" : "sp.page");
  if (kind == SV_STATEMENT && f->actor.at != NULL) add(sql, SAID_BY(":actor"));
  if (kind == SV_STATEMENT && f->a.at != NULL)
    add(sql, f->b.at != NULL ? "((" SAID_BY(":a") " AND " ABOUT(":b") ") OR (" SAID_BY(":b") " AND " ABOUT(":a") "))" : SAID_BY(":a"));
  if (kind == SV_STATEMENT && f->about.at != NULL) where_about(work, sql);
  if (kind == SV_STATEMENT && f->match.at != NULL) add(sql, "holds(st.content, :q)");
}
