/* SPDX-License-Identifier: Apache-2.0 */
/* PLOVER's JSON Lines (draft 2.0 of February 2024). It has auxiliary modes for what is past, to come, conditional or negated,
   so no event is left out. `size` needs what annals does not compute (dead, injured, arrested) and stays null. */
#include "export/export.h"

static an_text known(an_text text) { return text.size > 0 ? text : (an_text){NULL, 0}; }

static void put_parties(an_json_out *out, const char *key, const ex_party *parties, uint32_t count) {
  an_json_open(out, key, '[');
  for (uint32_t i = 0; i < count; i++) {
    an_json_open(out, NULL, '{');
    an_json_text(out, "code", known(parties[i].country));
    an_json_text(out, "sector", known(parties[i].sector));
    an_json_text(out, "entity_text", known(ex_name(&parties[i])));
    an_json_text(out, "identifier_id", known(parties[i].entity));
    an_json_text(out, "office", known(parties[i].office));
    an_json_close(out, '}');
  }
  an_json_close(out, ']');
}

static void put_words(an_json_out *out, const char *key, an_text words) { /* a list out of words parted by spaces */
  an_json_open(out, key, '[');
  for (uint32_t begin = 0; begin < words.size;) {
    uint32_t end = an_text_find(words, begin, AN_LIT(" "));
    if (end == AN_NONE) end = words.size;
    if (end > begin) an_json_text(out, NULL, an_text_slice(words, begin, end));
    begin = end + 1;
  }
  an_json_close(out, ']');
}

static void put_modes(an_json_out *out, const ex_event *e) {
  an_json_open(out, "mode", '[');
  if (e->mode.size > 0) an_json_text(out, NULL, e->mode);
  if (e->background) an_json_z(out, NULL, "historical");
  if (an_text_is(e->realis, "planned")) an_json_z(out, NULL, "future");
  if (an_text_is(e->realis, "conditional")) an_json_z(out, NULL, "hypothetical");
  if (e->negated) an_json_z(out, NULL, "negation");
  an_json_close(out, ']');
}

static void put_source(an_json_out *out, const ex_event *e) {
  an_json_text(out, "link", known(e->url));
  an_json_text(out, "text", known(e->evidence));
  an_json_open(out, "text_info", '{');
  if (e->begin >= 0) an_json_int(out, "start", e->begin);
  else an_json_null(out, "start");
  if (e->end >= 0) an_json_int(out, "end", e->end);
  else an_json_null(out, "end");
  an_json_close(out, '}');
  an_json_open(out, "cite_info", '{');
  an_json_text(out, "title", known(e->title));
  an_json_text(out, "url", known(e->url));
  an_json_text(out, "publication", known(e->outlet.size > 0 ? e->outlet : e->domain));
  an_json_text(out, "language", known(e->language));
  an_json_z(out, "coder", "annals");
  an_json_z(out, "codebook", "PLOVER 2.0 draft 2024-02");
  an_json_z(out, "version", ANNALS_VERSION);
  an_json_close(out, '}');
}

static an_status take_event(ex_out *ex, const ex_event *e, an_error *err) {
  an_json_out json = {.buf = &ex->line}, *out = &json;
  an_json_open(out, NULL, '{');
  an_json_text(out, "id", e->id);
  an_json_bool(out, "has_event", true);
  an_json_text(out, "date", known(e->earliest));
  an_json_text(out, "enddate", known(e->latest));
  put_parties(out, "actor", e->actors, e->actor_count);
  put_parties(out, "recipient", e->recipients, e->recipient_count);
  an_json_text(out, "event", known(e->type));
  an_json_text(out, "event_loc", known(e->place));
  an_json_text(out, "event_text", known(e->trigger));
  if (e->quad > 0) an_json_int(out, "quad_code", e->quad);
  else an_json_null(out, "quad_code");
  an_json_number(out, "event_scale", e->score);
  put_modes(out, e);
  put_words(out, "context", e->contexts);
  put_source(out, e);
  an_json_open(out, "size", '{');
  an_json_null(out, "dead");
  an_json_null(out, "injured");
  an_json_null(out, "arrested");
  an_json_close(out, '}');
  an_json_close(out, '}');
  an_buf_char(&ex->line, '\n');
  return ex_line(ex, err);
}

an_status ex_plover(ex_out *out, an_error *err) { return ex_events(out, out->options->unit, EX_NEEDS_WORDS, take_event, err); }
