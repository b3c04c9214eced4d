/* SPDX-License-Identifier: Apache-2.0 */
/* A reading as one line of JSON (docs/format.md, "Reading"), the ids in it, and the words under a range of page bytes. */
#include "json_parts.h"

#include <stdio.h>

/* ---- Words under a range --------------------------------------------------------------------- */

static uint32_t run_clean_end(const an_reading *reading, uint32_t run) {
  return run + 1 < reading->run_count ? reading->runs[run + 1].clean : reading->seen.size;
}

/* The first run that ends behind `raw`. */
static uint32_t run_behind(const an_reading *reading, uint32_t raw) {
  uint32_t low = 0, high = reading->run_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (reading->runs[middle].raw_end <= raw) low = middle + 1;
    else high = middle;
  }
  return low;
}

an_text an_reading_words(const an_reading *reading, an_span span) {
  uint32_t first = run_behind(reading, span.begin);
  if (span.begin >= span.end || first >= reading->run_count || reading->runs[first].raw >= span.end) return (an_text){NULL, 0};
  uint32_t last = run_behind(reading, span.end - 1);
  if (last >= reading->run_count || reading->runs[last].raw >= span.end) last--;
  const an_run *from = &reading->runs[first], *to = &reading->runs[last];
  uint32_t begin = from->clean, end = run_clean_end(reading, last);
  if (from->raw_end - from->raw == run_clean_end(reading, first) - begin && span.begin > from->raw) begin += span.begin - from->raw;
  if (to->raw_end - to->raw == end - to->clean && span.end < to->raw_end) end -= to->raw_end - span.end;
  if (begin >= end) return (an_text){NULL, 0};
  return an_text_trim(an_text_slice(reading->seen, begin, end));
}

/* ---- Ids --------------------------------------------------------------------------------------- */

static void make_id(char letter, uint32_t begin, uint32_t before, char out[16]) {
  if (before == 0) snprintf(out, 16, "%c%u", letter, begin);
  else if (before < 26) snprintf(out, 16, "%c%u%c", letter, begin, (char)('a' + before));
  else snprintf(out, 16, "%c%u.%u", letter, begin, before % 1000 + 1);
}

void an_event_id(const an_reading *reading, an_index event, char out[16]) {
  uint32_t begin = reading->events[event].trigger.begin, before = 0;
  for (uint32_t i = 0; i < event; i++) before += reading->events[i].trigger.begin == begin;
  make_id('e', begin, before, out);
}

static uint32_t content_begin(const an_statement *statement) {
  return statement->content_count > 0 ? statement->content[0].begin : statement->cue.begin;
}

void an_statement_id(const an_reading *reading, an_index statement, char out[16]) {
  uint32_t begin = content_begin(&reading->statements[statement]), before = 0;
  for (uint32_t i = 0; i < statement; i++) before += content_begin(&reading->statements[i]) == begin;
  make_id('s', begin, before, out);
}

static void put_event_ref(an_json_out *out, const char *key, const an_reading *reading, an_index event) {
  char id[16];
  if (event < reading->event_count) an_event_id(reading, event, id);
  an_json_z(out, key, event < reading->event_count ? id : NULL);
}

static void put_statement_ref(an_json_out *out, const char *key, const an_reading *reading, an_index statement) {
  char id[16];
  if (statement < reading->statement_count) an_statement_id(reading, statement, id);
  an_json_z(out, key, statement < reading->statement_count ? id : NULL);
}

/* ---- Parts --------------------------------------------------------------------------------------- */

static void put_words(an_json_out *out, const char *key, const an_reading *reading, an_span span) { /* {text, begin, end} */
  if (span.begin >= span.end) {
    an_json_null(out, key);
    return;
  }
  an_json_open(out, key, '{');
  an_json_text(out, "text", an_reading_words(reading, span));
  an_put_range(out, span);
  an_json_close(out, '}');
}

static void put_index(an_json_out *out, const char *key, an_index index) {
  if (index == AN_NONE) an_json_null(out, key);
  else an_json_int(out, key, index);
}

static void put_page(an_json_out *out, const an_reading *reading) {
  const an_page *page = reading->page;
  an_json_open(out, "page", '{');
  an_json_text(out, "path", page->path);
  an_put_known(out, "url", page->url);
  an_json_open(out, "at", '{');
  an_json_int(out, "offset", (int64_t)page->offset);
  an_json_int(out, "length", (int64_t)page->length);
  an_put_known(out, "record", page->record);
  an_json_close(out, '}');
  an_put_known(out, "fetched", page->fetched_stamp);
  if (page->status != 0) an_json_int(out, "status", page->status);
  else an_json_null(out, "status");
  an_put_sha256(out, "sha256", reading->sha256);
  an_json_int(out, "bytes", page->size);
  an_put_known(out, "media_type", reading->media_type);
  an_put_known(out, "charset", reading->charset);
  an_put_known(out, "language", reading->language);
  an_json_close(out, '}');
}

static void put_heading(an_json_out *out, const an_reading *reading) {
  if (reading->title.size == 0) {
    an_json_null(out, "title");
  } else {
    an_json_open(out, "title", '{');
    an_json_text(out, "text", reading->title);
    an_put_range(out, reading->title_span);
    an_json_close(out, '}');
  }
  if (reading->outlet.size == 0 && reading->outlet_domain.size == 0) {
    an_json_null(out, "outlet");
  } else {
    an_json_open(out, "outlet", '{');
    an_put_known(out, "name", reading->outlet);
    an_put_known(out, "domain", reading->outlet_domain);
    an_put_range(out, reading->outlet_span);
    an_json_close(out, '}');
  }
  an_json_open(out, "authors", '[');
  for (uint32_t i = 0; i < reading->author_count; i++) {
    an_json_open(out, NULL, '{');
    an_json_text(out, "text", reading->authors[i].text);
    an_put_range(out, reading->authors[i].span);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
  an_put_known(out, "section", reading->section);
}

static void put_published(an_json_out *out, const an_published *published) {
  an_json_open(out, "published", '{');
  an_put_day(out, "day", published->day);
  an_put_earliest_latest(out, published->days);
  an_put_edtf(out, published->days);
  unsigned weekday = an_days_weekday(published->days);
  if (weekday == 0 && published->day != AN_DAY_OPEN_EARLIEST) weekday = an_day_weekday(published->day);
  an_put_weekday(out, "weekday", weekday);
  an_put_known(out, "stamp", published->stamp);
  an_put_known(out, "zone", published->zone);
  an_put_known(out, "modified", published->modified);
  an_json_z(out, "basis", an_basis_name(published->basis));
  an_json_open(out, "evidence", '[');
  for (uint32_t i = 0; i < published->evidence_count; i++) {
    const an_evidence *evidence = &published->evidence[i];
    an_json_open(out, NULL, '{');
    an_put_range(out, evidence->span);
    an_put_known(out, "text", evidence->text);
    an_put_known(out, "says", evidence->says);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
  an_json_close(out, '}');
}

static void put_anchor(an_json_out *out, an_anchor anchor) {
  static const char *const units[] = {[AN_UNIT_DAY] = "day", [AN_UNIT_WEEK] = "week", [AN_UNIT_MONTH] = "month", [AN_UNIT_YEAR] = "year"};
  if (anchor.to == AN_ANCHOR_NONE) {
    an_json_null(out, "anchor");
    return;
  }
  an_json_open(out, "anchor", '{');
  an_json_z(out, "to", "published");
  if (anchor.weekday != 0) {
    an_put_weekday(out, "weekday", anchor.weekday);
    an_json_z(out, "side", anchor.side < 0 ? "before" : anchor.side > 0 ? "after" : "in");
  }
  if (anchor.weekday == 0 || anchor.unit != AN_UNIT_DAY || anchor.offset != 0) {
    an_json_z(out, "unit", anchor.unit <= AN_UNIT_YEAR ? units[anchor.unit] : NULL);
    an_json_int(out, "offset", anchor.offset);
  }
  an_json_close(out, '}');
}

static void put_times(an_json_out *out, const an_reading *reading) {
  static const char *const types[] = {[AN_TIME_DATE] = "DATE", [AN_TIME_TIME] = "TIME", [AN_TIME_DURATION] = "DURATION", [AN_TIME_SET] = "SET"};
  an_json_open(out, "times", '[');
  for (uint32_t i = 0; i < reading->time_count; i++) {
    const an_time *time = &reading->times[i];
    an_json_open(out, NULL, '{');
    an_json_text(out, "text", time->text);
    an_put_range(out, time->span);
    an_json_z(out, "type", time->type <= AN_TIME_SET ? types[time->type] : NULL);
    an_put_known(out, "value", time->value);
    an_put_earliest_latest(out, time->days);
    an_put_edtf(out, time->days);
    put_anchor(out, time->anchor);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
}

static void put_marks(an_json_out *out, uint16_t marks) {
  static const struct { const char *name; uint16_t mark; } all[] = {
      {"government", AN_MARK_GOVERNMENT}, {"place", AN_MARK_PLACE}, {"adjective", AN_MARK_ADJECTIVE}, {"inferred", AN_MARK_INFERRED},
      {"former", AN_MARK_FORMER}, {"last_known", AN_MARK_LAST_KNOWN}, {"disputed", AN_MARK_DISPUTED}};
  an_json_open(out, "marks", '[');
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if ((marks & all[i].mark) != 0) an_json_z(out, NULL, all[i].name);
  an_json_close(out, ']');
}

static void put_mentions(an_json_out *out, const an_reading *reading) {
  an_json_open(out, "mentions", '[');
  for (uint32_t i = 0; i < reading->mention_count; i++) {
    const an_mention *mention = &reading->mentions[i];
    an_json_open(out, NULL, '{');
    an_json_text(out, "text", mention->who.text);
    an_put_range(out, mention->who.span);
    an_json_z(out, "kind", an_mention_kind_name(mention->kind));
    an_put_known(out, "entity", mention->who.entity);
    an_put_known(out, "name", mention->who.name);
    if (mention->kind == AN_MENTION_PERSON) {
      an_put_known(out, "given", mention->who.given);
      an_put_known(out, "family", mention->who.family);
    }
    an_put_known(out, "country", mention->who.country);
    an_put_known(out, "sector", mention->who.sector);
    an_put_known(out, "group", mention->who.group);
    an_put_known(out, "office", mention->who.office);
    an_put_antecedent(out, &mention->who);
    if (mention->who.is_private) an_json_bool(out, "private", true);
    put_marks(out, mention->marks);
    an_put_confidence(out, mention->confidence);
    an_put_known(out, "why", mention->why);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
}

/* ---- Events, statements, quantities ---------------------------------------------------------------- */

static an_text according_to(const an_reading *reading, const an_quantity *quantity) {
  if (quantity->statement >= reading->statement_count) return (an_text){NULL, 0};
  const an_statement *statement = &reading->statements[quantity->statement];
  if (statement->speaker_count == 0) return (an_text){NULL, 0};
  const an_party *speaker = &statement->speakers[0];
  if (speaker->is_private) return (an_text){NULL, 0};
  return speaker->name.size > 0 ? speaker->name : speaker->text;
}

static void put_quantities(an_json_out *out, const an_reading *reading, const an_quantity *quantities, uint32_t count) {
  an_json_open(out, "quantities", '[');
  for (uint32_t i = 0; i < count; i++) an_put_quantity(out, &quantities[i], according_to(reading, &quantities[i]));
  an_json_close(out, ']');
}

static void put_told_by(an_json_out *out, const an_reading *reading, const an_event *event) {
  if (event->told_by < reading->statement_count || event->told_through.name.size == 0) {
    put_statement_ref(out, "told_by", reading, event->told_by);
    return;
  }
  an_json_open(out, "told_by", '{');
  an_json_text(out, "name", event->told_through.name);
  an_put_range(out, event->told_through.span);
  an_json_close(out, '}');
}

static void put_why(an_json_out *out, an_text why) { /* reasons are parted by "; " */
  an_json_open(out, "why", '[');
  for (uint32_t begin = 0; begin < why.size;) {
    uint32_t end = an_text_find(why, begin, AN_LIT("; "));
    if (end == AN_NONE) end = why.size;
    if (end > begin) an_json_text(out, NULL, an_text_slice(why, begin, end));
    begin = end + 2;
  }
  an_json_close(out, ']');
}

static void put_event(an_json_out *out, const an_reading *reading, an_index index) {
  const an_event *event = &reading->events[index];
  bool has_when = event->when_basis != AN_WHEN_UNKNOWN && !an_days_is_open(event->when);
  an_json_open(out, NULL, '{');
  put_event_ref(out, "id", reading, index);
  an_put_coding(out, event);
  an_put_parties(out, "actors", event->actors, event->actor_count);
  an_put_parties(out, "recipients", event->recipients, event->recipient_count);
  an_json_bool(out, "mutual", event->mutual);
  an_json_open(out, "when", '{');
  an_put_earliest_latest(out, event->when);
  an_put_edtf(out, event->when);
  put_index(out, "time", event->time);
  an_json_z(out, "basis", an_when_basis_name(event->when_basis));
  an_json_z(out, "precision", has_when ? an_precision_name(event->when_precision) : NULL);
  an_json_close(out, '}');
  an_put_place(out, "where", &event->where);
  put_quantities(out, reading, event->quantities, event->quantity_count);
  an_json_z(out, "realis", an_realis_name(event->realis));
  an_json_bool(out, "negated", event->negated);
  an_json_bool(out, "background", event->background);
  put_told_by(out, reading, event);
  put_event_ref(out, "repeats", reading, event->repeats);
  put_words(out, "trigger", reading, event->trigger);
  put_words(out, "evidence", reading, event->evidence);
  an_put_confidence(out, event->confidence);
  put_why(out, event->why);
  an_json_close(out, '}');
}

static void put_statement(an_json_out *out, const an_reading *reading, an_index index) {
  const an_statement *statement = &reading->statements[index];
  an_json_open(out, NULL, '{');
  put_statement_ref(out, "id", reading, index);
  an_json_z(out, "kind", an_statement_kind_name(statement->kind));
  an_put_parties(out, "speaker", statement->speakers, statement->speaker_count);
  an_json_open(out, "through", '[');
  for (uint32_t i = 0; i < statement->through_count; i++) {
    an_json_open(out, NULL, '{');
    an_put_known(out, "name", statement->through[i].name);
    an_put_range(out, statement->through[i].span);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
  put_words(out, "cue", reading, statement->cue);
  an_json_open(out, "content", '[');
  for (uint32_t i = 0; i < statement->content_count; i++) put_words(out, NULL, reading, statement->content[i]);
  an_json_close(out, ']');
  put_index(out, "when", statement->when);
  put_index(out, "where", statement->where);
  an_put_known(out, "doubtful", statement->doubtful);
  put_statement_ref(out, "repeats", reading, statement->repeats);
  an_put_confidence(out, statement->confidence);
  put_why(out, statement->why);
  an_json_close(out, '}');
}

an_status an_reading_json(const an_reading *reading, an_write *write, void *to, an_error *err) {
  an_buf buf;
  an_buf_init(&buf, AN_JSON_MAX);
  an_json_out out = {.buf = &buf};
  an_json_open(&out, NULL, '{');
  an_json_z(&out, "format", "annals-reading/1");
  an_put_made_by(&out, reading->stamp, reading->furniture);
  put_page(&out, reading);
  put_heading(&out, reading);
  put_published(&out, &reading->published);
  an_json_open(&out, "blocks", '[');
  for (uint32_t i = 0; i < reading->block_count; i++) {
    an_json_open(&out, NULL, '{');
    an_json_z(&out, "kind", an_block_kind_name(reading->blocks[i].kind));
    an_put_range(&out, reading->blocks[i].span);
    an_json_close(&out, '}');
  }
  an_json_close(&out, ']');
  put_times(&out, reading);
  put_mentions(&out, reading);
  an_json_open(&out, "events", '[');
  for (uint32_t i = 0; i < reading->event_count; i++) put_event(&out, reading, i);
  an_json_close(&out, ']');
  an_json_open(&out, "statements", '[');
  for (uint32_t i = 0; i < reading->statement_count; i++) put_statement(&out, reading, i);
  an_json_close(&out, ']');
  put_quantities(&out, reading, reading->quantities, reading->quantity_count);
  an_json_open(&out, "problems", '[');
  for (uint32_t i = 0; i < reading->problem_count; i++) {
    an_json_open(&out, NULL, '{');
    an_json_text(&out, "what", reading->problems[i].what);
    an_put_range(&out, reading->problems[i].span);
    an_json_close(&out, '}');
  }
  an_json_close(&out, ']');
  an_json_close(&out, '}');
  return an_put_line(&buf, write, to, err);
}
