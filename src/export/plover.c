/* SPDX-License-Identifier: Apache-2.0 */
/* PLOVER's JSON Lines (draft 2.0 of February 2024). It has auxiliary modes for what is past, to come, conditional or negated,
   so no event is left out. `size` needs what annals does not compute (dead, injured, arrested) and stays null. */
#include "export/export.h"

/* The keys are always the same ones in the same order: they are written as they stand, with the signs around them. */
#define PUT(line, literal) an_buf_add(line, literal, sizeof(literal) - 1)

static void put_text(an_buf *line, an_text text) { /* a string; not known: null */
  an_json_out out = {.buf = line};
  an_json_text(&out, NULL, text.size > 0 ? text : (an_text){NULL, 0});
}

static void put_int(an_buf *line, int64_t value, int64_t least) { /* less: null */
  if (value >= least) ex_put_int(line, (uint64_t)value);
  else PUT(line, "null");
}

static void put_parties(an_buf *line, const ex_party *parties, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) PUT(line, ",");
    PUT(line, "{\"code\":");
    put_text(line, parties[i].country);
    PUT(line, ",\"sector\":");
    put_text(line, parties[i].sector);
    PUT(line, ",\"entity_text\":");
    put_text(line, ex_name(&parties[i]));
    PUT(line, ",\"identifier_id\":");
    put_text(line, parties[i].entity);
    PUT(line, ",\"office\":");
    put_text(line, parties[i].office);
    PUT(line, "}");
  }
}

static void put_words(an_json_out *out, an_text words) { /* a list out of words parted by spaces */
  an_json_open(out, NULL, '[');
  an_text word;
  for (uint32_t at = 0; an_text_word(words, &at, &word);) an_json_text(out, NULL, word);
  an_json_close(out, ']');
}

static void put_modes(an_json_out *out, const ex_event *e) {
  an_json_open(out, NULL, '[');
  if (e->mode.size > 0) an_json_text(out, NULL, e->mode);
  if (e->background) an_json_z(out, NULL, "historical");
  if (an_text_is(e->realis, "planned")) an_json_z(out, NULL, "future");
  if (an_text_is(e->realis, "conditional")) an_json_z(out, NULL, "hypothetical");
  if (e->negated) an_json_z(out, NULL, "negation");
  an_json_close(out, ']');
}

static void put_source(an_buf *line, const ex_event *e) {
  PUT(line, ",\"link\":");
  put_text(line, e->url);
  PUT(line, ",\"text\":");
  put_text(line, e->evidence);
  PUT(line, ",\"text_info\":{\"start\":");
  put_int(line, e->begin, 0);
  PUT(line, ",\"end\":");
  put_int(line, e->end, 0);
  PUT(line, "},\"cite_info\":{\"title\":");
  put_text(line, e->title);
  PUT(line, ",\"url\":");
  put_text(line, e->url);
  PUT(line, ",\"publication\":");
  put_text(line, e->outlet.size > 0 ? e->outlet : e->domain);
  PUT(line, ",\"language\":");
  put_text(line, e->language);
  PUT(line, ",\"coder\":\"annals\",\"codebook\":\"PLOVER 2.0 draft 2024-02\",\"version\":\"" ANNALS_VERSION "\"}");
}

static an_status take_event(ex_out *ex, const ex_event *e, an_error *err) {
  an_buf *line = &ex->line;
  an_json_out lists = {.buf = line};
  PUT(line, "{\"id\":");
  an_json_text(&lists, NULL, e->id);
  PUT(line, ",\"has_event\":true,\"date\":");
  put_text(line, e->earliest);
  PUT(line, ",\"enddate\":");
  put_text(line, e->latest);
  PUT(line, ",\"actor\":[");
  put_parties(line, e->actors, e->actor_count);
  PUT(line, "],\"recipient\":[");
  put_parties(line, e->recipients, e->recipient_count);
  PUT(line, "],\"event\":");
  put_text(line, e->type);
  PUT(line, ",\"event_loc\":");
  put_text(line, e->place);
  PUT(line, ",\"event_text\":");
  put_text(line, e->trigger);
  PUT(line, ",\"quad_code\":");
  put_int(line, e->quad, 1);
  PUT(line, ",\"event_scale\":");
  an_json_number(&lists, NULL, e->score);
  PUT(line, ",\"mode\":");
  put_modes(&lists, e);
  PUT(line, ",\"context\":");
  put_words(&lists, e->contexts);
  put_source(line, e);
  PUT(line, ",\"size\":{\"dead\":null,\"injured\":null,\"arrested\":null}}\n");
  return ex_line(ex, err);
}

an_status ex_plover(ex_out *out, an_error *err) { return ex_events(out, out->options->unit, EX_NEEDS_WORDS, EX_TYPE | EX_PLACE, take_event, err); }
