/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated tables (RFC 4180, but lines end in a single line feed): events with their counts, and coverage. */
#include "export/export.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void quoted(an_buf *line, an_text text) {
  bool plain = true;
  for (uint32_t i = 0; i < text.size; i++) plain &= strchr(",\"\n\r", text.at[i]) == NULL || text.at[i] == '\0';
  if (!plain) an_buf_char(line, '"');
  for (uint32_t i = 0; i < text.size; i++) {
    if (text.at[i] == '"') an_buf_char(line, '"');
    an_buf_char(line, text.at[i]);
  }
  if (!plain) an_buf_char(line, '"');
}

static void cell(an_buf *line, an_text text) {
  quoted(line, text);
  an_buf_char(line, ',');
}

static void cell_int(an_buf *line, int64_t value) {
  if (value >= 0) an_buf_printf(line, "%lld", (long long)value);
  an_buf_char(line, ',');
}

static void cell_number(an_buf *line, double value) {
  if (isfinite(value)) an_buf_printf(line, "%g", value);
  an_buf_char(line, ',');
}

typedef enum part { PART_NAME, PART_COUNTRY, PART_SECTOR, PART_ENTITY } part;

static void cell_parties(ex_out *out, const ex_party *parties, uint32_t count, part which) { /* "A; B", in order; none known: empty */
  an_buf joined;
  bool known = false;
  an_buf_init(&joined, 1 << 20);
  for (uint32_t i = 0; i < count; i++) {
    const ex_party *p = &parties[i];
    an_text text = which == PART_NAME ? ex_name(p) : which == PART_COUNTRY ? p->country : which == PART_SECTOR ? p->sector : p->entity;
    known |= text.size > 0;
    if (i > 0) an_buf_z(&joined, "; ");
    an_buf_text(&joined, text);
  }
  if (!known) an_buf_clear(&joined);
  cell(&out->line, (an_text){joined.at, (uint32_t)joined.size});
  an_buf_free(&joined);
}

static const char header[] =
    "story,event,type,mode,contexts,cameo,quad,score,goldstein,realis,negated,background,mutual,earliest,latest,"
    "actors,actor_countries,actor_sectors,actor_entities,recipients,recipient_countries,recipient_sectors,recipient_entities,"
    "place,place_country,geonames,lat,lon,pages,outlets,origins,confidence,evidence,outlet,url,path\n";

static an_status take_event(ex_out *out, const ex_event *e, an_error *err) {
  an_buf *line = &out->line;
  const an_text texts[] = {e->story, e->id, e->type, e->mode, e->contexts, e->cameo};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) cell(line, texts[i]);
  cell_int(line, e->quad);
  cell_number(line, e->score);
  cell_number(line, e->goldstein);
  cell(line, e->realis);
  cell_int(line, e->negated);
  cell_int(line, e->background);
  cell_int(line, e->mutual);
  cell(line, e->earliest);
  cell(line, e->latest);
  for (part p = PART_NAME; p <= PART_ENTITY; p++) cell_parties(out, e->actors, e->actor_count, p);
  for (part p = PART_NAME; p <= PART_ENTITY; p++) cell_parties(out, e->recipients, e->recipient_count, p);
  cell(line, e->place);
  cell(line, e->place_country);
  cell_int(line, e->geonames);
  cell_number(line, e->lat);
  cell_number(line, e->lon);
  cell_int(line, e->pages);
  cell_int(line, e->outlets);
  cell_int(line, e->origins);
  cell_number(line, e->confidence);
  const an_text source[] = {e->evidence, e->outlet.size > 0 ? e->outlet : e->domain, e->url, e->path};
  for (size_t i = 0; i < sizeof source / sizeof *source; i++) cell(line, source[i]);
  ex_end_line(line);
  return ex_line(out, err);
}

/* ---- Dyads: counts and score sums of two countries ------------------------------------------------------------- */

/* Facts as ex_is_fact has them. A pair of countries counts once an event; a mutual event under the first by alphabet. A country
   that every page which tells the event only guesses for the party (a mention of confidence 0.5 or less: "the president" of
   the page's own country) does not count. */
static const char dyads[] =
    "WITH sure AS (SELECT * FROM story_party s WHERE country IS NOT NULL AND NOT (EXISTS (SELECT 1 FROM told_in t JOIN party y ON y.page = t.page"
    "    AND y.of = 'event' AND y.ref = t.ref AND y.role = s.role AND y.country = s.country WHERE t.story = s.story AND t.event = s.event)"
    "   AND NOT EXISTS (SELECT 1 FROM told_in t JOIN party y ON y.page = t.page AND y.of = 'event' AND y.ref = t.ref AND y.role = s.role"
    "    AND y.country = s.country LEFT JOIN mention m ON m.page = y.page AND m.begin = y.begin AND m.end = y.end"
    "    WHERE t.story = s.story AND t.event = s.event AND (m.confidence IS NULL OR m.confidence > 0.5)))),"
    " fact AS (SELECT * FROM story_event WHERE realis IN ('happened', 'ongoing') AND NOT negated AND NOT background"
    "   AND julianday(latest) - julianday(earliest) < CAST(?2 AS INTEGER)),"
    " pair AS (SELECT DISTINCT e.story, e.id, a.country AS actor, r.country AS recipient, 0 AS mutual FROM fact e"
    "   JOIN sure a ON a.story = e.story AND a.event = e.id AND a.role = 'actor'"
    "   JOIN sure r ON r.story = e.story AND r.event = e.id AND r.role = 'recipient'"
    "  UNION SELECT DISTINCT e.story, e.id, a.country, b.country, 1 FROM fact e"
    "   JOIN sure a ON a.story = e.story AND a.event = e.id AND a.role = 'actor'"
    "   JOIN sure b ON b.story = e.story AND b.event = e.id AND b.role = 'actor' AND b.country > a.country"
    "   WHERE e.mutual AND NOT EXISTS (SELECT 1 FROM story_party r WHERE r.story = e.story AND r.event = e.id AND r.role = 'recipient'))"
    " SELECT substr(f.earliest, 1, CAST(?1 AS INTEGER)), actor, recipient, count(*), sum(p.mutual), sum(quad = 1), sum(quad = 2),"
    " sum(quad = 3), sum(quad = 4), round(sum(score), 1), sum(type = 'AGREE'), sum(type = 'CONSULT'), sum(type = 'SUPPORT'),"
    " sum(type = 'CONCEDE'), sum(type = 'COOPERATE'), sum(type = 'AID'), sum(type = 'RETREAT'), sum(type = 'REQUEST'),"
    " sum(type = 'ACCUSE'), sum(type = 'REJECT'), sum(type = 'THREATEN'), sum(type = 'PROTEST'), sum(type = 'SANCTION'),"
    " sum(type = 'MOBILIZE'), sum(type = 'COERCE'), sum(type = 'ASSAULT')"
    " FROM pair p JOIN fact f ON f.story = p.story AND f.id = p.id WHERE actor IS NOT NULL AND recipient IS NOT NULL"
    " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3";
static const char dyad_header[] =
    ",actor,recipient,events,mutual,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,score_sum,"
    "agree,consult,support,concede,cooperate,aid,retreat,request,accuse,reject,threaten,protest,sanction,mobilize,coerce,assault\n";

static an_status take_row(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  ex_out *out = ctx;
  (void)names;
  for (uint32_t i = 0; i < count; i++) cell(&out->line, cells[i]);
  ex_end_line(&out->line);
  return ex_line(out, err);
}

static an_status write_dyads(ex_out *out, an_error *err) {
  bool months = out->options->unit == AN_UNIT_DYAD_MONTH;
  char max_days[16];
  const char *args[] = {months ? "7" : "10", max_days}; /* letters of "2017-03", of "2017-03-28" */
  snprintf(max_days, sizeof max_days, "%d", out->options->max_days > 0 ? out->options->max_days : EX_MAX_DAYS);
  an_buf_z(&out->line, months ? "month" : "day");
  an_buf_z(&out->line, dyad_header);
  AN_TRY(ex_line(out, err));
  out->counts.written--;
  return an_record_rows(out->record, dyads, args, 2, take_row, out, err);
}

an_status ex_csv(ex_out *out, an_error *err) {
  if (out->options->unit >= AN_UNIT_DYAD_DAY) return write_dyads(out, err);
  an_buf_z(&out->line, header);
  AN_TRY(ex_line(out, err));
  out->counts.written--; /* the header is no event */
  return ex_events(out, out->options->unit, take_event, err);
}

/* ---- Coverage: without it every trend is a change of sources --------------------------------------------------- */

static const char coverage[] =
    "SELECT coalesce(p.outlet, p.domain) AS outlet,"
    " coalesce((SELECT day FROM story_page s WHERE s.page = p.id AND s.day IS NOT NULL), p.day) AS day, count(*) AS pages,"
    " sum(p.words > 0) AS articles, sum(p.language = 'en') AS english,"
    " sum(EXISTS (SELECT 1 FROM event e WHERE e.page = p.id)) AS with_events,"
    " sum(EXISTS (SELECT 1 FROM story_page s WHERE s.page = p.id AND s.copy_of IS NOT NULL)) AS copies,"
    " sum(EXISTS (SELECT 1 FROM problem b WHERE b.page = p.id)) AS with_problems"
    " FROM page p WHERE p.stamp = (SELECT value FROM meta WHERE key = 'stamp') GROUP BY 1, 2 ORDER BY 1, 2";

an_status ex_coverage(ex_out *out, an_error *err) {
  an_buf_z(&out->line, "outlet,day,pages,articles,english,with_events,copies,with_problems\n");
  AN_TRY(ex_line(out, err));
  out->counts.written--;
  return an_record_rows(out->record, coverage, NULL, 0, take_row, out, err);
}
