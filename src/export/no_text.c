/* SPDX-License-Identifier: Apache-2.0 */
/* export --no-text: what may be shared where the pages may not. Codes, days, ranges, ids, checksums, addresses stay, and names of those
   whom the world file knows; every word that a page gave goes. Of JSON a string stays only under a key that is listed here, so that a
   new field is left out until somebody says that it holds no words. */
#include "export/export.h"

#include <stdlib.h>
#include <string.h>

/* Keys whose strings are ours: codes, days, ids, addresses, kinds. */
static const char *const kept_keys[] = {
    "format", "annals", "data", "path", "url", "record", "fetched", "sha256", "media_type", "charset", "language", "domain", "outlet", "day", "earliest", "latest",
    "edtf", "weekday", "stamp", "zone", "modified", "basis", "kind", "type", "value", "to", "unit", "side", "entity", "country", "sector", "sectors", "group",
    "office", "marks", "id", "mode", "contexts", "cameo", "precision", "realis", "told_by", "repeats", "event", "statement", "reading", "copy_of", "version_of", "most_like", "shares",
    "verdict", "relation", "comparisons", "admin1", "what"};
/* Columns of tables that hold words of pages. */
static const char *const word_columns[] = {"headline", "places", "speakers", "cue", "content", "through", "about", "why", "position_says", "origins", "says",
                                           "according_to", "text", "evidence"};

static bool among(const char *name, size_t size, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strlen(list[i]) == size && memcmp(list[i], name, size) == 0) return true;
  return false;
}

bool ex_has_words(const ex_out *out, const char *column) {
  return out->options->no_text && among(column, strlen(column), word_columns, sizeof word_columns / sizeof *word_columns);
}

void ex_without_words(ex_event *e) {
  static const an_text none = {NULL, 0};
  e->evidence = e->trigger = e->title = none;
  if (e->geonames <= 0) e->place = none;
  for (uint32_t i = 0; i < e->actor_count + e->recipient_count; i++) {
    ex_party *p = i < e->actor_count ? &e->actors[i] : &e->recipients[i - e->actor_count];
    p->text = none;
    if (p->entity.size == 0) p->name = none;
  }
}

/* ---- JSON ------------------------------------------------------------------------------------------------- */

enum { DEPTH = 512, NAMES = 3 };
typedef struct level { an_span names[NAMES]; uint32_t count; bool known, kept, outlet; } level; /* kept: strings of this array */
typedef AN_LIST(an_span) spans;
typedef struct walk { an_arena *arena; spans gone; level *levels; bool kept, name, id, outlet; } walk; /* of the last key */

static void drop(walk *w, an_span span, bool *well) {
  an_span *place = AN_PUSH(w->arena, &w->gone);
  if (place != NULL) *place = span;
  else *well = false;
}

static void take_key(walk *w, const an_json_in *in) {
  const char *key = in->text.at + in->span.begin;
  size_t size = in->span.end - in->span.begin;
  w->kept = among(key, size, kept_keys, sizeof kept_keys / sizeof *kept_keys);
  w->name = an_json_is(in, "name") || an_json_is(in, "given") || an_json_is(in, "family");
  w->id = an_json_is(in, "entity") || an_json_is(in, "geonames");
  w->outlet = an_json_is(in, "outlet");
}

/* false: no JSON, or no memory. */
static bool walk_json(walk *w, an_text json) {
  an_json_in in;
  bool well = true;
  an_json_start(&in, json);
  for (an_json_kind kind = an_json_next(&in); kind != AN_JSON_END && well; kind = an_json_next(&in)) {
    if (kind == AN_JSON_ERROR) return false;
    level *top = &w->levels[in.depth];
    if (kind == AN_JSON_KEY) take_key(w, &in);
    if (kind == AN_JSON_OBJECT) *top = (level){.outlet = w->outlet};
    if (kind == AN_JSON_ARRAY) *top = (level){.kept = w->kept};
    if ((kind == AN_JSON_STRING || kind == AN_JSON_NUMBER) && w->id) top->known = true;
    if (kind == AN_JSON_STRING) {
      if (w->name && top->count < NAMES) top->names[top->count++] = in.span;
      else if (w->name || !(w->kept || top->kept)) drop(w, in.span, &well);
    }
    if (kind == AN_JSON_OBJECT_END) {
      const level *closed = &w->levels[in.depth + 1];
      for (uint32_t i = 0; i < closed->count && !closed->known && !closed->outlet; i++) drop(w, closed->names[i], &well);
    }
    if (kind != AN_JSON_KEY) w->id = w->name = w->outlet = false;
    if (kind != AN_JSON_KEY && kind != AN_JSON_ARRAY) w->kept = false;
  }
  return well;
}

static int by_begin(const void *a, const void *b) {
  const an_span *x = a, *y = b;
  return (x->begin > y->begin) - (x->begin < y->begin);
}

bool ex_json_without_words(ex_out *out, an_text json) {
  an_arena_reset(&out->arena);
  walk w = {.arena = &out->arena, .levels = AN_NEW(&out->arena, level, DEPTH + 2)};
  if (w.levels == NULL || !walk_json(&w, json)) return false;
  if (w.gone.count > 1) qsort(w.gone.at, w.gone.count, sizeof *w.gone.at, by_begin);
  uint32_t at = 0;
  for (uint32_t i = 0; i < w.gone.count; i++) {
    an_buf_add(&out->line, json.at + at, w.gone.at[i].begin - 1 - at); /* up to the quotation mark */
    an_buf_z(&out->line, "null");
    at = w.gone.at[i].end + 1;
  }
  an_buf_add(&out->line, json.at + at, json.size - at);
  return true;
}
