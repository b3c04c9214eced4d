/* SPDX-License-Identifier: Apache-2.0 */
/* Lists: which rows, in which order, and what a row says, as JSON and as CSV. A list is three pieces of SQL: the keys of the rows
   that the filters let through, page by page; the columns of a row, found by its key; how many there are in all. */
#include "serve/serve.h"

#include <stdio.h>

typedef struct sv_list {
  sv_kind kind;
  const char *from;      /* the rows, and what the filters look at */
  const char *keys;      /* "s.id AS k1" */
  const char *order;     /* of the keys, and again of the rows */
  const char *rows;      /* what is read for a row, by k.k1 … */
  const char *columns, *csv;
  const char *name;      /* of the CSV file */
} sv_list;

/* ---- Paging --------------------------------------------------------------------------------------------------- */

static const char *list_sql(sv_work *work, const sv_list *list, const char *columns, an_buf *sql) {
  an_buf_clear(sql);
  an_buf_printf(sql, "SELECT %s FROM (SELECT %s FROM %s", columns, list->keys, list->from);
  sv_where(work, sql, list->kind);
  an_buf_printf(sql, " ORDER BY %s LIMIT :limit OFFSET :offset) k CROSS JOIN %s ORDER BY %s", list->order, list->rows, list->order);
  return sql->at;
}

/* Of words alone it is known how many stories have them. */
static bool is_counted(const sv_work *work, const sv_list *list) {
  const sv_filters *f = &work->filters;
  return list->kind == SV_STORY && work->session->pages[SV_STORIES] != NULL && f->since.at == NULL && f->until.at == NULL && f->actor.at == NULL &&
         f->country.at == NULL && f->type.at == NULL && f->outlet.at == NULL && f->story.at == NULL && f->pages.at == NULL;
}

static int64_t list_total(sv_work *work, const sv_list *list) {
  an_buf sql;
  if (work->reply->status >= 400) return 0;
  if (is_counted(work, list)) return work->session->found.stories;
  an_buf_init(&sql, 1 << 16);
  an_buf_printf(&sql, "SELECT count(*) FROM %s", list->from);
  sv_where(work, &sql, list->kind);
  int64_t total = sv_number(work, sql.at, 0);
  an_buf_free(&sql);
  return total;
}

static int64_t put_list(sv_work *work, an_json_out *out, const char *key, const sv_list *list) {
  an_buf sql;
  if (work->reply->status >= 400) return 0;
  an_buf_init(&sql, 1 << 16);
  int64_t count = sv_rows(work, out, key, list_sql(work, list, list->columns, &sql));
  an_buf_free(&sql);
  return count;
}

void sv_put_next(sv_work *work, an_json_out *out, bool more) {
  char cursor[48];
  if (!more) { an_json_null(out, "next"); return; }
  snprintf(cursor, sizeof cursor, "%lld-%lld", (long long)sv_number(work, "SELECT max(id) FROM generation", 0),
           (long long)work->filters.offset + work->filters.limit);
  an_json_z(out, "next", cursor);
}

void sv_put_total(sv_work *work, an_json_out *out, int64_t total) {
  an_json_int(out, "total", total);
  sv_put_next(work, out, work->filters.offset + work->filters.limit < total);
}

static void answer(sv_work *work, const sv_list *list) {
  if (work->filters.csv) {
    an_buf sql;
    an_buf_init(&sql, 1 << 16);
    sv_rows_csv(work, list->name, list_sql(work, list, list->csv, &sql));
    an_buf_free(&sql);
    return;
  }
  an_json_out out = sv_json(work->reply);
  an_json_open(&out, NULL, '{');
  put_list(work, &out, "items", list);
  int64_t total = list_total(work, list);
  if (work->reply->status < 400) sv_put_total(work, &out, total);
  if (work->reply->status < 400) an_json_close(&out, '}');
}

/* ---- Stories ------------------------------------------------------------------------------------------------------ */

#define DAY(t) "coalesce(" t ".earliest, " t ".latest)"
#define OF_STORY(what) "(SELECT " what " FROM story_page sp WHERE sp.story = s.id)"
#define OUTLETS_OF_STORY "(SELECT count(DISTINCT coalesce(p.outlet, p.domain)) FROM story_page sp JOIN page p ON p.id = sp.page WHERE sp.story = s.id)"
#define VERDICT(v) "'" v "', count(*) FILTER (WHERE verdict = '" v "')"
#define VERDICTS(v) "(SELECT count(*) FROM comparison c WHERE c.story = s.id AND c.verdict = '" v "') AS \"" v "\""

void sv_stories(sv_work *work) {
  static const sv_list list = {
      .kind = SV_STORY, .from = "story s", .keys = "s.id AS k1", .order = DAY("s") " DESC, s.id", .rows = "story s ON s.id = k.k1",
      .columns = "s.id, s.headline, s.earliest, s.latest, " OF_STORY("count(*)") " AS pages, " OUTLETS_OF_STORY " AS outlets,"
                 " " OF_STORY("count(*) - count(sp.copy_of)") " AS origins,"
                 " (SELECT count(*) FROM story_event e WHERE e.story = s.id) AS events,"
                 " CASE WHEN s.places IS NULL THEN '[]' ELSE '[' || replace(json_quote(s.places), '; ', '\",\"') || ']' END AS \"places:json\","
                 /* Named countries, people and bodies of its events, most often named first. */
                 " (SELECT json_group_array(json_object('name', name, 'country', country, 'entity', entity)) FROM (SELECT y.name, y.country, y.entity"
                 "  FROM story_party y WHERE y.story = s.id AND y.name IS NOT NULL GROUP BY 1, 2, 3 ORDER BY count(*) DESC, y.name LIMIT 8)) AS \"parties:json\","
                 " (SELECT json_object(" VERDICT("agree") ", " VERDICT("compatible") ", " VERDICT("scope") ", " VERDICT("update") ", " VERDICT("conflict")
                 ", " VERDICT("unclear") ") FROM comparison c WHERE c.story = s.id) AS \"verdicts:json\"",
      .csv = "s.id AS story, s.headline, s.earliest, s.latest, " OF_STORY("count(*)") " AS pages, " OUTLETS_OF_STORY " AS outlets,"
             " " OF_STORY("count(*) - count(sp.copy_of)") " AS origins, s.places, " VERDICTS("agree") ", " VERDICTS("compatible") ", "
             VERDICTS("scope") ", " VERDICTS("update") ", " VERDICTS("conflict") ", " VERDICTS("unclear"),
      .name = "stories.csv"};
  answer(work, &list);
}

/* ---- Events ----------------------------------------------------------------------------------------------------------- */

#define PARTY "'text', text, 'name', name, 'country', country, 'entity', entity, 'sector', sector, 'group', grp, 'office', office"
#define PARTIES(side) "(SELECT json_group_array(json_object(" PARTY ")) FROM (SELECT * FROM story_party y WHERE y.story = e.story AND y.event = e.id" \
                      " AND y.role = '" side "' ORDER BY y.place))"
/* A private person by office, country and sector, as far as they are known. */
#define NAMED "coalesce(called, nullif(trim(coalesce(country, '') || ' ' || coalesce(sector, '')), ''), 'a person')"
#define NAMES(side) "(SELECT group_concat(" NAMED ", '; ') FROM (SELECT * FROM story_party y WHERE y.story = e.story AND y.event = e.id" \
                    " AND y.role = '" side "' ORDER BY y.place))"
#define COUNTRIES(side) "(SELECT group_concat(coalesce(country, ''), '; ') FROM (SELECT * FROM story_party y WHERE y.story = e.story AND y.event = e.id" \
                        " AND y.role = '" side "' ORDER BY y.place))"

static const char event_columns[] =
    "e.story, e.id, e.type, e.mode, CASE WHEN e.contexts IS NULL THEN '[]' ELSE '[' || replace(json_quote(e.contexts), ' ', '\",\"') || ']' END AS \"contexts:json\","
    " e.cameo, e.quad, e.score, e.goldstein, e.realis, e.negated AS \"negated:bool\", e.background AS \"background:bool\", e.mutual AS \"mutual:bool\","
    " e.earliest, e.latest, CASE WHEN e.where_name IS NULL AND e.where_country IS NULL THEN NULL ELSE json_object('name', e.where_name,"
    " 'country', e.where_country, 'lat', e.lat, 'lon', e.lon, 'precision', CASE e.where_precision WHEN 0 THEN 'site' WHEN 1 THEN 'city'"
    " WHEN 2 THEN 'admin1' WHEN 3 THEN 'country' WHEN 4 THEN 'region' END) END AS \"where:json\","
    " " PARTIES("actor") " AS \"actors:json\", " PARTIES("recipient") " AS \"recipients:json\", e.pages, e.outlets, e.origins, e.confidence,"
    " (SELECT json_group_array(json_object('page', page, 'ref', ref, 'begin', evidence_begin, 'end', evidence_end, 'text', evidence, 'outlet', outlet))"
    "  FROM (SELECT t.page, t.ref, x.evidence_begin, x.evidence_end, x.evidence, coalesce(p.outlet, p.domain) AS outlet FROM told_in t"
    "   JOIN event x ON x.page = t.page AND x.ref = t.ref JOIN page p ON p.id = t.page WHERE t.story = e.story AND t.event = e.id"
    "   AND (:pages IS NULL OR t.page IN (SELECT value FROM json_each(:pages))) ORDER BY t.page, x.evidence_begin LIMIT 20)) AS \"told_in:json\"";

static const sv_list events = {
      .kind = SV_EVENT, .from = "story_event e", .keys = "e.story AS k1, e.id AS k2", .order = DAY("e") " DESC, e.story, e.place",
      .rows = "story_event e ON e.story = k.k1 AND e.id = k.k2", .columns = event_columns,
      .csv = "e.story, e.id AS event, e.type, e.mode, e.contexts, e.cameo, e.quad, e.score, e.goldstein, e.realis, e.negated, e.background, e.mutual,"
             " e.earliest, e.latest, " NAMES("actor") " AS actors, " COUNTRIES("actor") " AS actor_countries, " NAMES("recipient") " AS recipients,"
             " " COUNTRIES("recipient") " AS recipient_countries, e.where_name AS place, e.where_country AS place_country, e.lat, e.lon, e.pages, e.outlets,"
             " e.origins, e.confidence, (SELECT x.evidence FROM told_in t JOIN event x ON x.page = t.page AND x.ref = t.ref WHERE t.story = e.story"
             " AND t.event = e.id ORDER BY t.page, x.evidence_begin LIMIT 1) AS evidence",
      .name = "events.csv"};

void sv_events(sv_work *work) { answer(work, &events); }

int64_t sv_put_events(sv_work *work, an_json_out *out, const char *key) {
  return put_list(work, out, key, &events);
}

/* ---- Statements ------------------------------------------------------------------------------------------------------------ */

#define ANTECEDENT "json(CASE WHEN antecedent IS NOT NULL THEN json_object('text', antecedent, 'begin', antecedent_begin, 'end', antecedent_end) END)"
#define SPEAKERS "FROM (SELECT * FROM party y WHERE y.page = st.page AND y.of = 'statement' AND y.ref = st.ref AND y.role = 'speaker' ORDER BY y.place)"

static const char statement_columns[] =
    "st.page, st.ref, sp.story, st.kind, (SELECT json_group_array(json_object(" PARTY ", 'antecedent', " ANTECEDENT ")) " SPEAKERS ") AS \"speaker:json\","
    " CASE WHEN st.through IS NULL THEN '[]' ELSE '[' || replace(json_quote(st.through), '; ', '\",\"') || ']' END AS \"through:json\","
    " st.cue, st.content, st.begin, st.end, st.doubtful, coalesce(sp.day, CASE WHEN sp.earliest IS sp.latest THEN sp.earliest END) AS day,"
    " sp.earliest, sp.latest, coalesce(p.outlet, p.domain) AS outlet, st.confidence";

static const sv_list statements = {
      .kind = SV_STATEMENT, .from = "story_page sp JOIN statement st ON st.page = sp.page AND st.repeats IS NULL",
      .keys = "sp.story AS k1, st.page AS k2, st.ref AS k3", .order = DAY("sp") " DESC, sp.page, st.begin, st.ref",
      .rows = "story_page sp ON sp.story = k.k1 AND sp.page = k.k2 JOIN statement st ON st.page = k.k2 AND st.ref = k.k3 JOIN page p ON p.id = k.k2",
      .columns = statement_columns,
      .csv = "st.page, st.ref, sp.story, st.kind, (SELECT group_concat(" NAMED ", '; ') " SPEAKERS ") AS speaker,"
             " (SELECT group_concat(coalesce(country, ''), '; ') " SPEAKERS ") AS speaker_countries, st.through, st.cue, st.content, st.begin, st.end,"
             " st.doubtful, sp.earliest, sp.latest, coalesce(p.outlet, p.domain) AS outlet, st.confidence",
      .name = "statements.csv"};

void sv_statements(sv_work *work) { answer(work, &statements); }

int64_t sv_put_statements(sv_work *work, an_json_out *out, const char *key) {
  return put_list(work, out, key, &statements);
}
