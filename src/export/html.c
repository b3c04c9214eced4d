/* SPDX-License-Identifier: Apache-2.0 */
/* One story as a page of its own, to print or to send: what is in it needs no other file, no script and no network. Each part is a
   question whose rows become markup; every word that comes out of the record passes put(). */
#include "export/export.h"

#include <string.h>

/* ---- Words as markup -------------------------------------------------------------------------------------------------- */

/* Text of a page may hold anything: markup is escaped, controls and marks that turn the direction of what follows are a box. */
static void put(an_buf *line, an_text text) {
  for (uint32_t at = 0; at < text.size;) {
    uint32_t begin = at, code = an_utf8_next(text, &at);
    bool turns = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069), bad = code == 0xfffd && at == begin + 1;
    if (code == '<' || code == '>' || code == '&' || code == '"' || code == '\'') an_buf_printf(line, "&#%u;", (unsigned)code);
    else if (turns || bad || (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0)) an_buf_z(line, "\xe2\x96\xaf");
    else an_buf_add(line, text.at + begin, at - begin);
  }
}

/* before, the words, after; nothing where there are none. */
static void put_in(an_buf *line, const char *before, an_text text, const char *after) {
  if (text.size == 0) return;
  an_buf_z(line, before);
  put(line, text);
  an_buf_z(line, after);
}

static void put_address(an_buf *line, an_text url, an_text path) {
  if (an_text_starts(url, "http://") || an_text_starts(url, "https://")) {
    put_in(line, "<a rel=\"noreferrer noopener\" href=\"", url, "\">");
    put(line, url);
    an_buf_z(line, "</a>");
  } else {
    put(line, url.size > 0 ? url : path);
  }
}

/* ---- Parts ---------------------------------------------------------------------------------------------------------------- */

/* A part is a question and what its rows become: a heading before the first; before each group of rows that have one first cell the
   group's own beginning, and its end behind; and each row itself. */
typedef struct part {
  const char *sql, *heading, *group_end;
  void (*begin)(an_buf *line, const an_text *cells);   /* NULL: the rows are in no groups */
  void (*row)(an_buf *line, const an_text *cells);
} part;

typedef struct writing { ex_out *out; const part *part; an_buf group; uint32_t rows; } writing;

static an_status take_row(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  writing *w = ctx;
  an_buf *line = &w->out->line;
  (void)names;
  (void)count;
  bool first = w->rows++ == 0, other = first || !an_text_equal((an_text){w->group.at, (uint32_t)w->group.size}, cells[0]);
  if (first) an_buf_z(line, w->part->heading);
  if (w->part->begin != NULL && other) {
    if (!first) an_buf_z(line, w->part->group_end);
    w->part->begin(line, cells);
    an_buf_clear(&w->group);
    an_buf_text(&w->group, cells[0]);
  }
  w->part->row(line, cells);
  return ex_line(w->out, err);
}

static an_status put_part(ex_out *out, const part *what, an_error *err) {
  writing w = {.out = out, .part = what};
  an_buf_init(&w.group, 1 << 20);
  an_status status = an_record_rows(out->record, what->sql, (const char *const[]){NULL, out->story}, 2, take_row, &w, err);
  if (w.rows > 0 && what->begin != NULL) an_buf_z(&out->line, what->group_end);
  an_buf_free(&w.group);
  return status;
}

#define DAYS(t) "CASE WHEN " t ".earliest IS NULL AND " t ".latest IS NULL THEN 'day not known'" \
                " WHEN " t ".earliest IS " t ".latest THEN " t ".earliest" \
                " ELSE coalesce(" t ".earliest, 'not known') || ' to ' || coalesce(" t ".latest, 'not known') END"
/* Reports are numbered by day; words name them by these numbers. */
#define NUMBERED "WITH n AS (SELECT page, row_number() OVER (ORDER BY coalesce(earliest, latest, '9999'), page) AS number" \
                 " FROM story_page WHERE story = ?2)"
#define OUTLET(p) "coalesce(" p ".outlet, " p ".domain, 'outlet not known')"
#define NAMES(table, where) "(SELECT group_concat(c, ', ') FROM (SELECT coalesce(called," \
                            " nullif(trim(coalesce(country, '') || ' ' || coalesce(sector, '')), '')," \
                            " 'a person') AS c FROM " table " WHERE " where " GROUP BY 1 ORDER BY min(place)))"

static an_status take_head(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  ex_out *out = ctx;
  an_buf *line = &out->line;
  (void)names;
  (void)count;
  an_buf_z(line, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                 " content=\"width=device-width, initial-scale=1\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><meta"
                 " name=\"referrer\" content=\"no-referrer\">\n");
  put_in(line, "<title>", cells[0].size > 0 ? cells[0] : AN_LIT("A story"), "</title>\n");
  an_buf_z(line, "<style>:root{color-scheme:light dark;font:16px/1.45 system-ui,sans-serif}body{max-width:58rem;margin:1rem"
                 " auto;padding:0 1rem;overflow-wrap:break-word}"
                 "h1{line-height:1.2;font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin:1.2rem 0"
                 " .2rem}p,li,td,h3{unicode-bidi:isolate}p{margin:.2rem 0}"
                 "small,.small{font-size:.85rem;opacity:.85}.mark{border:1px solid;border-radius:3px;padding:0"
                 " .35em;font-weight:600;white-space:nowrap}"
                 "table{border-collapse:collapse;width:100%;margin:.3rem 0;table-layout:fixed}th:nth-child(1){width:2.2rem}"
                 "th:nth-child(2),th:nth-child(4){width:22%}code{overflow-wrap:anywhere}td,th{border-top:1px solid;padding:.25rem"
                 " .5rem .25rem 0;text-align:left;vertical-align:top}"
                 "code{font-size:.85em}li{margin:.25rem 0}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}"
                 "dd{margin:0}"
                 "@media print{body{max-width:none;margin:0;font-size:10pt}h3,tr,li{break-inside:avoid}a{color:inherit}}</style>"
                 "</head>\n<body>\n");
  put_in(line, "<h1>", cells[0].size > 0 ? cells[0] : AN_LIT("A story without a headline"), "</h1>\n");
  put_in(line, "<p>", cells[1], "");
  put_in(line, " · ", cells[2], "");
  put_in(line, " · ", cells[3], " reports, ");
  put_in(line, "", cells[4], " of them copies or versions of another</p>\n");
  an_buf_z(line, "<p class=\"small\">What reports say of one happening, set beside each other by annals, with the words that say"
                 " it. It does not tell who is right; "
                 "what no report tells is left open. Numbers in brackets are the reports below; the numbers of positions are no"
                 " ranking.</p>\n");
  return ex_line(out, err);
}

static const char head[] =
    "SELECT s.headline, " DAYS("s") ", s.places, (SELECT count(*) FROM story_page WHERE story = s.id),"
    " (SELECT count(*) FROM story_page WHERE story = s.id AND coalesce(copy_of, version_of) IS NOT NULL) FROM story s WHERE s.id"
    " = ?2";

static void put_report(an_buf *line, const an_text *cells) {
  put_in(line, "<h3>[", cells[0], "] ");
  put_in(line, "", cells[1], "</h3>\n");
  put_in(line, "<p>", cells[2], "</p>\n");
  put_in(line, "<p class=\"small\">Published ", cells[3], ": ");
  put_in(line, "", cells[4], "");
  put_in(line, " (", cells[5], ")");
  an_buf_z(line, ".</p>\n");
  put_in(line, "<p><span class=\"mark\">copy</span> of report [", cells[6], "]</p>\n");
  put_in(line, "<p><span class=\"mark\">version</span> of report [", cells[7], "]</p>\n");
  an_buf_z(line, "<p class=\"small\">");
  put_address(line, cells[8], cells[9]);
  put_in(line, "<br>sha256 <code>", cells[10], "</code></p>\n");
}

/* The reasons of a day are kept with the story: their words, and what they tell. */
static const char reports[] =
    NUMBERED " SELECT n.number, " OUTLET("p") ", p.title, " DAYS("sp") ", CASE sp.basis WHEN 'given' THEN 'the day was given by the user' WHEN 'metadata' THEN"
    " 'the page’s metadata has the day' WHEN 'stated' THEN 'the page prints the day' WHEN 'inferred' THEN 'told from what the"
    " text says' WHEN 'story' THEN"
    " 'told from another report of the same happenings' ELSE 'nothing tells the day' END,"
    " (SELECT group_concat(coalesce('“' || (value->>'text') || '” ', '') || coalesce(value->>'says', ''), '; ') FROM"
    " json_each(r.evidence)),"
    " (SELECT number FROM n WHERE page = sp.copy_of), (SELECT number FROM n WHERE page = sp.version_of), p.url, p.path, p.sha256"
    " FROM n JOIN story_page sp ON sp.story = ?2 AND sp.page = n.page JOIN page p ON p.id = n.page LEFT JOIN (SELECT value->>"
    "'sha256' AS sha256,"
    " coalesce(value->>'url', '') AS url, value->'$.published.evidence' AS evidence FROM json_each((SELECT annals_story(json)"
    " FROM story WHERE id = ?2), '$.readings')) r"
    " ON r.sha256 = p.sha256 AND r.url = p.url ORDER BY n.number";

static const char legend[] =
    "<h2>What they say, compared</h2>\n<dl class=\"small\"><dt>≠ conflict</dt><dd>the reports speak of the same thing and time,"
    " and cannot all be true</dd>"
    "<dt>⊂ scope</dt><dd>they count or concern different things, so they need not match</dd><dt>↻ update</dt><dd>a later report"
    " has a newer state of the same thing</dd>"
    "<dt>? unclear</dt><dd>nothing shows whether they speak of the same thing</dd><dt>≈ compatible</dt><dd>told otherwise, but"
    " all can be true; one may say more</dd>"
    "<dt>= agree</dt><dd>the same, once names, days and numbers are resolved</dd></dl>\n";

static void begin_comparison(an_buf *line, const an_text *cells) {
  put_in(line, "<h3><span class=\"mark\">", cells[1], "</span> ");
  put_in(line, "", cells[2], "</h3>\n");
  put_in(line, "<p class=\"small\">", cells[3], "</p>\n");
  an_buf_z(line, "<table><tr><th>no.</th><th>report</th><th>words</th><th>that is</th></tr>\n");
}

static void put_value(an_buf *line, const an_text *cells) {
  put_in(line, "<tr><td>", cells[4], "</td>");
  put_in(line, "<td>[", cells[5], "] ");
  put_in(line, "", cells[6], "</td>");
  an_buf_z(line, "<td>");
  put(line, cells[7]);
  put_in(line, "<br><small>in: ", cells[8], "</small>");
  an_buf_z(line, "</td><td>");
  put(line, cells[9]);
  put_in(line, " <small>according to ", cells[10], "</small>");
  an_buf_z(line, "</td></tr>\n");
}

static const char compared[] =
    NUMBERED " SELECT c.id, CASE c.verdict WHEN 'conflict' THEN '≠ ' WHEN 'scope' THEN '⊂ ' WHEN 'update' THEN '↻ ' WHEN"
    " 'unclear' THEN '? ' WHEN 'compatible' THEN '≈ '"
    " ELSE '= ' END || c.verdict, replace(c.about, ' > ', ' → '), c.why, v.position, n.number, " OUTLET("p") ", v.text,"
    " (SELECT nullif(group_concat(text, ' '), v.text) FROM (SELECT text FROM sentence s WHERE s.page = v.page AND s.begin < v.end"
    " AND s.end > v.begin ORDER BY s.begin)),"
    " nullif(v.says, v.text), v.according_to FROM story o JOIN comparison_row c ON c.story = o.number"
    " JOIN compared_row v ON v.story = c.story AND v.comparison = c.place JOIN n ON n.page = v.page"
    " JOIN page p ON p.id = v.page WHERE o.id = ?2 ORDER BY CASE c.verdict WHEN 'conflict' THEN 1 WHEN 'scope' THEN 2 WHEN"
    " 'update' THEN 3 WHEN 'unclear' THEN 4"
    " WHEN 'compatible' THEN 5 ELSE 6 END, c.place, v.position, v.place";

static void begin_event(an_buf *line, const an_text *cells) {
  put_in(line, "<h3>", cells[1].size > 0 ? cells[1] : AN_LIT("somebody"), "");
  put_in(line, ": ", cells[2], "");
  put_in(line, " → ", cells[3], "");
  an_buf_z(line, "</h3>\n");
  put_in(line, "<p class=\"small\">", cells[4], "");
  put_in(line, ", ", cells[5], "");
  put_in(line, " · ", cells[6], "");
  put_in(line, " · CAMEO <code>", cells[7], "</code>");
  put_in(line, " · confidence ", cells[8], " %");
  an_buf_z(line, "</p>\n<ul>\n");
}

static void put_telling(an_buf *line, const an_text *cells) {
  put_in(line, "<li>[", cells[9], "] ");
  put_in(line, "", cells[10], ": ");
  put(line, cells[11]);
  an_buf_z(line, "</li>\n");
}

static const char told[] =
    NUMBERED " SELECT e.id, " NAMES("story_party y", "y.story = e.story AND y.event = e.id AND y.role = 'actor'") ", e.type || coalesce(' (' || e.mode || ')', ''),"
    " " NAMES("story_party y", "y.story = e.story AND y.event = e.id AND y.role = 'recipient'") ", " DAYS("e") ", e.where_name,"
    " e.realis || CASE WHEN e.negated THEN ', not done' ELSE '' END || CASE WHEN e.background THEN ', recalled' ELSE '' END ||"
    " CASE WHEN e.mutual THEN ', mutual' ELSE '' END,"
    " e.cameo, CAST(round(e.confidence * 100) AS INTEGER), n.number, " OUTLET("p") ", x.evidence FROM story_event e JOIN told_in t ON t.story = e.story AND t.event = e.id"
    " JOIN n ON n.page = t.page JOIN event x ON x.page = t.page AND x.ref = t.ref JOIN page p ON p.id = t.page WHERE e.story = ?2"
    " ORDER BY coalesce(e.earliest, e.latest, '9999'), e.place, n.number, x.evidence_begin";

static void begin_speaker(an_buf *line, const an_text *cells) {
  put_in(line, "<h3>", cells[0].size > 0 ? cells[0] : AN_LIT("Speaker not named"), "</h3>\n<ul>\n");
}

static void put_statement(an_buf *line, const an_text *cells) {
  put_in(line, "<li>[", cells[1], "] ");
  put_in(line, "", cells[2], ": ");
  put(line, cells[3]);
  put_in(line, " <small>", cells[4], "");
  put_in(line, ", “", cells[5], "”");
  put_in(line, "; ", cells[6], "");
  an_buf_z(line, "</small></li>\n");
}

static const char said[] =
    NUMBERED ", q AS (SELECT " NAMES("party y", "y.page = s.page AND y.of = 'statement' AND y.ref = s.ref AND y.role = 'speaker'") " AS speaker, n.number, " OUTLET("p") " AS outlet,"
    " s.content, CASE s.kind WHEN 'direct' THEN 'quoted' WHEN 'indirect' THEN 'in the report’s words' WHEN 'mixed' THEN 'partly"
    " quoted' ELSE s.kind END AS kind, s.cue, s.doubtful, s.begin"
    " FROM n JOIN statement s ON s.page = n.page AND s.repeats IS NULL JOIN page p ON p.id = n.page)"
    " SELECT speaker, number, outlet, content, kind, cue, doubtful FROM q ORDER BY min(number * 1000000000 + begin) OVER"
    " (PARTITION BY speaker), speaker, number, begin";

static an_status take_run(void *ctx, const char *const *names, const an_text *cells, uint32_t count, an_error *err) {
  ex_out *out = ctx;
  an_buf *line = &out->line;
  (void)names;
  (void)count;
  an_buf_z(line, "<h2>How this was made</h2>\n<p>By annals " ANNALS_VERSION "");
  put_in(line, ", data <code>", cells[0], "</code>");
  put_in(line, ", run ", cells[1], "");
  put_in(line, " of ", cells[2], "");
  put_in(line, " to ", cells[3], "");
  put_in(line, ", out of ", cells[4], " pages; ");
  put_in(line, "story <code>", cells[5], "</code>.</p>\n");
  an_buf_z(line, "<p class=\"small\">Types of events are PLOVER’s, codes CAMEO’s. Words are those of the pages; the sha256 tells"
                 " which bytes were read. ");
  put_in(line, "", cells[6], "</p>\n</body></html>\n");
  return ex_line(out, err);
}

static const char made[] =
    "SELECT (SELECT value FROM meta WHERE key = 'stamp'), r.id, r.started, r.ended, (SELECT count(*) FROM story_page), ?2,"
    " CASE WHEN (SELECT value FROM meta WHERE key = 'private_names') = '1' THEN 'Private people are named.'"
    " ELSE 'Private people are not named, but quoted words may name anybody.' END FROM run r ORDER BY r.id DESC LIMIT 1";

static const char cut[] =
    "SELECT annals_story(s.json)->>'$.comparisons_left_out' AS n FROM story s WHERE s.id = ?2 AND n IS NOT NULL";

static void put_cut(an_buf *line, const an_text *cells) {
  put_in(line, "<p class=\"small\">", cells[0], " more comparisons are left out: a story has at most 1,000.</p>\n");
}

static const part parts[] = {
    {reports, "<h2>The reports</h2>\n", "", NULL, put_report},
    {compared, legend, "</table>\n", begin_comparison, put_value},
    {cut, "", "", NULL, put_cut},
    {told, "<h2>What they tell</h2>\n", "</ul>\n", begin_event, put_telling},
    {said, "<h2>Who says what</h2>\n", "</ul>\n", begin_speaker, put_statement},
};

an_status ex_html(ex_out *out, an_error *err) {
  if (out->story == NULL) return an_fail(err, AN_ERR_USAGE, "export", "html is of one story: give its id, or the beginning of it");
  if (out->options->no_text || out->options->since != NULL || out->options->where != NULL)
    return an_fail(err, AN_ERR_USAGE, "export", "html is a whole story in the pages' words: without no_text, since and where");
  const char *const args[] = {NULL, out->story};
  AN_TRY(an_record_rows(out->record, head, args, 2, take_head, out, err));
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) AN_TRY(put_part(out, &parts[i], err));
  return an_record_rows(out->record, made, args, 2, take_run, out, err);
}
