/* SPDX-License-Identifier: Apache-2.0 */
/* A story as one line of JSON (docs/format.md, "Story"). A reading is referred to by its sha256. */
#include "json_parts.h"

static void put_reading_ref(an_json_out *out, const char *key, const an_story *story, an_index reading) {
  if (reading < story->reading_count) an_put_sha256(out, key, story->readings[reading].sha256);
  else an_json_null(out, key);
}

static void put_days(an_json_out *out, const char *key, an_days days, bool edtf) {
  an_json_open(out, key, '{');
  an_put_earliest_latest(out, days);
  if (edtf) an_put_edtf(out, days);
  an_json_close(out, '}');
}

static void put_published(an_json_out *out, const an_story *story, const an_story_reading *reading) {
  const an_published *published = &reading->published;
  an_json_open(out, "published", '{');
  an_put_day(out, "day", published->day);
  an_put_earliest_latest(out, published->days);
  unsigned weekday = an_days_weekday(published->days);
  if (weekday == 0 && published->day != AN_DAY_OPEN_EARLIEST) weekday = an_day_weekday(published->day);
  an_put_weekday(out, "weekday", weekday);
  an_json_z(out, "basis", an_basis_name(published->basis));
  an_json_open(out, "evidence", '[');
  for (uint32_t i = 0; i < published->evidence_count; i++) {
    const an_evidence *evidence = &published->evidence[i];
    an_json_open(out, NULL, '{');
    put_reading_ref(out, "reading", story, reading->evidence_reading != NULL ? reading->evidence_reading[i] : AN_NONE);
    an_put_range(out, evidence->span);
    an_put_known(out, "text", evidence->text);
    an_put_known(out, "says", evidence->says);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
  an_json_close(out, '}');
}

static void put_reading(an_json_out *out, const an_story *story, const an_story_reading *reading) {
  an_json_open(out, NULL, '{');
  an_put_sha256(out, "sha256", reading->sha256);
  an_put_known(out, "path", reading->path);
  an_put_known(out, "url", reading->url);
  an_put_known(out, "outlet", reading->outlet);
  an_put_known(out, "title", reading->title);
  put_reading_ref(out, "copy_of", story, reading->copy_of);
  put_reading_ref(out, "version_of", story, reading->version_of);
  put_reading_ref(out, "most_like", story, reading->most_like);
  an_put_known(out, "shares", reading->shares);
  put_published(out, story, reading);
  an_json_open(out, "events", '[');
  for (uint32_t i = 0; i < reading->event_count; i++) {
    an_json_open(out, NULL, '{');
    an_json_text(out, "event", reading->events[i].event);
    put_days(out, "when", reading->events[i].when, true);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
  an_json_close(out, '}');
}

static void put_told(an_json_out *out, const char *key, const an_story *story, const an_told *told, uint32_t count) {
  an_json_open(out, key, '[');
  for (uint32_t i = 0; i < count; i++) {
    an_json_open(out, NULL, '{');
    put_reading_ref(out, "reading", story, told[i].reading);
    an_json_text(out, "event", told[i].event);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
}

static void put_event(an_json_out *out, const an_story *story, const an_story_event *row) {
  const an_event *event = &row->event;
  bool has_when = !an_days_is_open(event->when);
  an_json_open(out, NULL, '{');
  an_json_text(out, "id", row->id);
  an_put_coding(out, event);
  an_json_z(out, "realis", an_realis_name(event->realis));
  an_json_bool(out, "negated", event->negated);
  an_json_bool(out, "background", event->background);
  an_put_parties(out, "actors", event->actors, event->actor_count);
  an_put_parties(out, "recipients", event->recipients, event->recipient_count);
  an_json_bool(out, "mutual", event->mutual);
  an_json_open(out, "when", '{');
  an_put_earliest_latest(out, event->when);
  an_put_edtf(out, event->when);
  an_json_z(out, "basis", an_when_basis_name(event->when_basis));
  an_json_z(out, "precision", has_when ? an_precision_name(event->when_precision) : NULL);
  an_json_close(out, '}');
  an_put_place(out, "where", &event->where);
  an_json_open(out, "quantities", '[');
  for (uint32_t i = 0; i < event->quantity_count; i++) an_put_quantity(out, &event->quantities[i], (an_text){NULL, 0});
  an_json_close(out, ']');
  put_told(out, "told_in", story, row->told, row->told_count);
  an_json_open(out, "counts", '{');
  an_json_int(out, "pages", row->pages);
  an_json_int(out, "outlets", row->outlets);
  an_json_int(out, "origins", row->origins);
  an_json_close(out, '}');
  an_put_confidence(out, event->confidence);
  an_json_open(out, "comparisons", '[');
  for (uint32_t i = 0; i < row->comparison_count; i++)
    if (row->comparisons[i] < story->comparison_count) an_json_text(out, NULL, story->comparisons[row->comparisons[i]].id);
  an_json_close(out, ']');
  an_json_close(out, '}');
}

static void put_value(an_json_out *out, const an_story *story, const an_compared_value *value) {
  an_json_open(out, NULL, '{');
  put_reading_ref(out, "reading", story, value->reading);
  an_put_known(out, "text", value->text);
  an_put_range(out, value->span);
  an_json_z(out, "relation", value->has_value ? an_relation_name(value->relation) : NULL);
  if (value->has_value) an_json_number(out, "value", value->value);
  else an_json_null(out, "value");
  an_put_known(out, "says", value->says);
  an_put_known(out, "according_to", value->according_to);
  an_json_int(out, "position", value->position);
  an_json_close(out, '}');
}

static void put_comparison(an_json_out *out, const an_story *story, const an_comparison *comparison) {
  an_json_open(out, NULL, '{');
  an_json_text(out, "id", comparison->id);
  an_put_known(out, "about", comparison->about);
  an_json_z(out, "kind", an_comparison_kind_name(comparison->kind));
  an_json_z(out, "verdict", an_verdict_name(comparison->verdict));
  an_json_open(out, "values", '[');
  for (uint32_t i = 0; i < comparison->value_count; i++) put_value(out, story, &comparison->values[i]);
  an_json_close(out, ']');
  an_json_open(out, "positions", '[');
  for (uint32_t i = 0; i < comparison->position_count; i++) {
    const an_position *position = &comparison->positions[i];
    an_json_open(out, NULL, '{');
    an_json_int(out, "position", (int64_t)i + 1);
    an_put_known(out, "says", position->says);
    an_put_texts(out, "origins", position->origins, position->origin_count);
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
  an_put_known(out, "why", comparison->why);
  an_json_close(out, '}');
}

an_status an_story_json(const an_story *story, an_write *write, void *to, an_error *err) {
  an_buf buf;
  an_buf_init(&buf, AN_JSON_MAX);
  an_json_out out = {.buf = &buf};
  an_json_open(&out, NULL, '{');
  an_json_z(&out, "format", "annals-story/1");
  an_put_made_by(&out, story->stamp, 0);
  an_json_text(&out, "id", story->id);
  an_put_known(&out, "headline", story->headline);
  put_days(&out, "when", story->when, false);
  an_put_texts(&out, "where", story->where, story->where_count);
  an_json_open(&out, "readings", '[');
  for (uint32_t i = 0; i < story->reading_count; i++) put_reading(&out, story, &story->readings[i]);
  an_json_close(&out, ']');
  an_json_open(&out, "events", '[');
  for (uint32_t i = 0; i < story->event_count; i++) put_event(&out, story, &story->events[i]);
  an_json_close(&out, ']');
  an_json_open(&out, "comparisons", '[');
  for (uint32_t i = 0; i < story->comparison_count; i++) put_comparison(&out, story, &story->comparisons[i]);
  an_json_close(&out, ']');
  if (story->comparisons_left_out > 0) an_json_int(&out, "comparisons_left_out", story->comparisons_left_out);
  put_told(&out, "told_once", story, story->told_once, story->told_once_count);
  an_json_close(&out, '}');
  return an_put_line(&buf, write, to, err);
}
