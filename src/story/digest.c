/* SPDX-License-Identifier: Apache-2.0 */
/* The digest's bytes: "ANdg", layout u32, size u32, then the fields of `dg` in the order of digest_io. Numbers are varints
   (signed ones zig-zag), doubles whole numbers where they are such; a text is 0 (not known), 1 + size + bytes (new) or 2 + n (the
   n-th text so far). Keys of words stand once, sorted, before the first list of words; lists give their places there. */
#include "story/digest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXTS = 4096, MAX_KEYS = 16384, HEADER = 12 };

typedef struct codec {
  bool writing, bad;
  bool collecting;                       /* writing, but only the keys are taken: nothing goes to buf */
  uint32_t *keys; uint32_t key_count;
  an_buf *buf;                           /* writing */
  const uint8_t *bytes; uint32_t at, size; /* reading */
  an_arena *arena;
  an_text texts[MAX_TEXTS]; uint32_t text_count;
} codec;

static void io_bytes(codec *c, void *bytes, uint32_t size) {
  if (c->writing) {
    if (!c->collecting) an_buf_add(c->buf, bytes, size);
  } else if (c->bad || size > c->size - c->at) {
    c->bad = true;
    memset(bytes, 0, size);
  } else {
    memcpy(bytes, c->bytes + c->at, size);
    c->at += size;
  }
}

static void io_u64(codec *c, uint64_t *value) {
  uint64_t rest = c->writing ? *value : 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    uint8_t byte = 0;
    if (c->writing) byte = (uint8_t)((rest & 127) | (rest > 127 ? 128 : 0));
    io_bytes(c, &byte, 1);
    if (!c->writing) *value = (shift == 0 ? 0 : *value) | (uint64_t)(byte & 127) << shift;
    rest >>= 7;
    if ((byte & 128) == 0) return;
  }
  c->bad = true;
}

static void io_u32(codec *c, uint32_t *value) {
  uint64_t wide = *value;
  io_u64(c, &wide);
  if (wide > UINT32_MAX) c->bad = true;
  *value = (uint32_t)wide;
}

static void io_u8(codec *c, uint8_t *value) { io_bytes(c, value, 1); }

static void io_u16(codec *c, uint16_t *value) {
  uint32_t wide = *value;
  io_u32(c, &wide);
  *value = (uint16_t)wide;
}

static void io_bool(codec *c, bool *value) {
  uint8_t byte = *value ? 1 : 0;
  io_u8(c, &byte);
  *value = byte != 0;
}

static void io_day(codec *c, an_day *day) {
  uint32_t zigzag = ((uint32_t)*day << 1) ^ (*day < 0 ? UINT32_MAX : 0);
  io_u32(c, &zigzag);
  *day = (an_day)((zigzag >> 1) ^ (0U - (zigzag & 1)));
}

/* Most are whole and small. 0: IEEE 754 follows, on little-endian machines; 1: not known; 2: infinite; else a whole number and 3. */
static void io_double(codec *c, double *value) {
  double v = c->writing ? *value : 0;
  bool whole = v >= 0 && v < 1e15 && v == floor(v) && !signbit(v);
  uint64_t code = isnan(v) ? 1 : isinf(v) && v > 0 ? 2 : whole ? (uint64_t)v + 3 : 0;
  io_u64(c, &code);
  if (code == 0) io_bytes(c, value, sizeof *value);
  else if (!c->writing) *value = code == 1 ? NAN : code == 2 ? INFINITY : (double)(code - 3);
}

static void io_index(codec *c, uint32_t *index) { /* AN_NONE is as short as 0 */
  uint32_t code = *index + 1;
  io_u32(c, &code);
  *index = code - 1;
}

static uint32_t place_of_key(const codec *c, uint32_t key) {
  uint32_t low = 0, high = c->key_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (c->keys[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

static void collect(codec *c, uint32_t key) {
  if (c->key_count == MAX_KEYS) c->bad = true;
  else c->keys[c->key_count++] = key;
}

/* `before`: the place before this key's, where keys of a list ascend; else 0. */
static uint32_t io_key(codec *c, uint32_t *key, uint32_t before) {
  uint32_t step = 0;
  if (c->collecting) collect(c, *key);
  else if (c->writing) step = place_of_key(c, *key) - before;
  io_u32(c, &step);
  uint32_t place = before + step;
  if (c->writing) return place;
  if (place >= c->key_count) c->bad = true;
  *key = c->bad ? 0 : c->keys[place];
  return place;
}

static void io_word(codec *c, uint32_t *key) { io_key(c, key, 0); }

static void io_text(codec *c, an_text *text) {
  uint32_t code = 0;
  if (c->writing && text->at != NULL) {
    uint32_t i = 0;
    while (i < c->text_count && !an_text_equal(c->texts[i], *text)) i++;
    code = i < c->text_count ? i + 2 : 1;
  }
  io_u32(c, &code);
  if (code == 0) {
    *text = (an_text){0};
  } else if (code >= 2) {
    if (code - 2 >= c->text_count) c->bad = true;
    else *text = c->texts[code - 2];
  } else {
    uint32_t size = text->size;
    io_u32(c, &size);
    if (c->writing) {
      if (!c->collecting) an_buf_add(c->buf, text->at, size);
    } else if (c->bad || size > c->size - c->at) {
      c->bad = true;
      *text = (an_text){0};
    } else {
      *text = (an_text){(const char *)c->bytes + c->at, size};
      c->at += size;
    }
    if (c->text_count < MAX_TEXTS) c->texts[c->text_count++] = *text;
    else c->bad = true;
  }
}

/* Reading: memory for the items. A count that the bytes left cannot hold is a lie. */
static void *io_list(codec *c, void *items, uint32_t *count, size_t item) {
  io_u32(c, count);
  if (c->writing) return items;
  if (c->bad || *count > c->size - c->at) {
    c->bad = true;
    *count = 0;
  }
  void *made = an_arena_take(c->arena, *count, item);
  if (made == NULL) {
    c->bad = true;
    *count = 0;
  }
  return made;
}
#define IO_LIST(c, list, count) ((list) = io_list((c), (list), &(count), sizeof *(list)))

static void io_span(codec *c, an_span *span) {
  uint32_t size = span->end - span->begin;
  io_u32(c, &span->begin);
  io_u32(c, &size);
  span->end = span->begin + size;
  if (span->end < span->begin) c->bad = true;
}

static void io_days(codec *c, an_days *days) {
  io_day(c, &days->earliest);
  io_day(c, &days->latest);
  io_u8(c, &days->weekdays);
}

static void io_hashes(codec *c, dg_words *words) { /* of runs: no other list has them */
  uint32_t last = 0;
  IO_LIST(c, words->at, words->count);
  for (uint32_t i = 0; i < words->count; i++) {
    uint32_t step = c->writing ? words->at[i] - last : 0;
    io_u32(c, &step);
    last += step;
    words->at[i] = last;
  }
}

static void io_words(codec *c, dg_words *words) {
  uint32_t place = 0;
  IO_LIST(c, words->at, words->count);
  for (uint32_t i = 0; i < words->count; i++) place = io_key(c, &words->at[i], place);
}

static void io_profile(codec *c, dg_profile *p) {
  uint32_t place = 0;
  IO_LIST(c, p->at, p->count);
  for (uint32_t i = 0; i < p->count; i++) {
    place = io_key(c, &p->at[i].key, place);
    io_u8(c, &p->at[i].weight);
    io_bool(c, &p->at[i].name);
  }
}

static void io_parties(codec *c, dg_parties *parties) {
  IO_LIST(c, parties->at, parties->count);
  for (uint32_t i = 0; i < parties->count; i++) {
    dg_party *p = &parties->at[i];
    an_text *fields[] = {&p->name, &p->text, &p->entity, &p->country, &p->sector, &p->group, &p->office};
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) io_text(c, fields[k]);
    io_span(c, &p->span);
  }
}

static void io_part(codec *c, dg_part *p) {
  io_words(c, &p->words);
  if (p->words.count == 0) return;
  io_words(c, &p->plain);
  io_span(c, &p->span);
  io_text(c, &p->text);
  io_bool(c, &p->negated);
}

static void io_when(codec *c, dg_when *w) {
  io_span(c, &w->span);
  io_text(c, &w->text);
  io_days(c, &w->days);
  uint8_t side = (uint8_t)w->anchor.side;
  uint16_t offset = (uint16_t)w->anchor.offset;
  uint8_t *bytes[] = {&w->anchor.to, &w->anchor.unit, &w->anchor.weekday, &side, &w->basis, &w->precision};
  for (size_t k = 0; k < sizeof bytes / sizeof *bytes; k++) io_u8(c, bytes[k]);
  io_u16(c, &offset);
  io_bool(c, &w->title);
  w->anchor.side = (int8_t)side;
  w->anchor.offset = (int16_t)offset;
}

static void io_place(codec *c, dg_place *p) {
  io_text(c, &p->name);
  if (p->name.at == NULL) return;
  io_span(c, &p->span);
  io_text(c, &p->text);
  io_text(c, &p->country);
  io_text(c, &p->admin1);
  io_u32(c, &p->geonames);
  io_double(c, &p->lat);
  io_double(c, &p->lon);
  io_u8(c, &p->precision);
  io_u8(c, &p->basis);
}

static void io_texts(codec *c, an_text **texts, uint32_t *count) {
  IO_LIST(c, *texts, *count);
  for (uint32_t i = 0; i < *count; i++) io_text(c, &(*texts)[i]);
}

static void io_event(codec *c, dg_event *e) {
  io_text(c, &e->id);
  io_u32(c, &e->trigger);
  io_u32(c, &e->trigger_end);
  io_text(c, &e->trigger_text);
  io_span(c, &e->evidence);
  io_span(c, &e->shown);
  io_text(c, &e->text);
  io_text(c, &e->type);
  io_text(c, &e->mode);
  io_text(c, &e->cameo);
  io_texts(c, &e->contexts, &e->context_count);
  io_u8(c, &e->quad);
  io_u8(c, &e->realis);
  io_double(c, &e->score);
  io_double(c, &e->goldstein);
  bool *flags[] = {&e->mutual, &e->negated, &e->background, &e->lead, &e->others, &e->meets, &e->either};
  for (size_t k = 0; k < sizeof flags / sizeof *flags; k++) io_bool(c, flags[k]);
  io_parties(c, &e->actors);
  io_parties(c, &e->recipients);
  io_when(c, &e->when);
  io_place(c, &e->where);
  io_index(c, &e->told_by);
  io_index(c, &e->repeats);
  io_text(c, &e->through);
  io_word(c, &e->trigger_word);
  io_words(c, &e->words);
  io_part(c, &e->topic);
  io_u16(c, &e->confidence);
}

static void io_statement(codec *c, dg_statement *s) {
  io_u8(c, &s->kind);
  io_u8(c, &s->stance);
  io_span(c, &s->stance_span);
  io_parties(c, &s->speakers);
  io_texts(c, &s->through, &s->through_count);
  IO_LIST(c, s->content, s->content_count);
  for (uint32_t i = 0; i < s->content_count; i++) io_span(c, &s->content[i]);
  io_span(c, &s->shown);
  io_text(c, &s->text);
  io_index(c, &s->repeats);
  io_words(c, &s->words);
  if (s->stance != DG_STANCE_NONE) io_words(c, &s->matter);
  IO_LIST(c, s->parts, s->part_count);
  for (uint32_t i = 0; i < s->part_count; i++) io_part(c, &s->parts[i]);
}

static void io_quantity(codec *c, dg_quantity *q) {
  io_span(c, &q->span);
  io_span(c, &q->sentence);
  io_text(c, &q->text);
  io_text(c, &q->of);
  io_text(c, &q->unit);
  io_word(c, &q->of_word);
  io_u8(c, &q->relation);
  double *numbers[] = {&q->value, &q->low, &q->high, &q->soft_low, &q->soft_high};
  for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) io_double(c, numbers[k]);
  io_index(c, &q->statement);
  io_index(c, &q->event);
  io_when(c, &q->scope);
  io_words(c, &q->words);
  io_words(c, &q->near);
  io_word(c, &q->thing);
  io_word(c, &q->group);
  io_text(c, &q->thing_name);
  bool *flags[] = {&q->grows, &q->part, &q->lead, &q->wide, &q->change, &q->further};
  for (size_t k = 0; k < sizeof flags / sizeof *flags; k++) io_bool(c, flags[k]);
  io_u8(c, &q->among);
  io_index(c, &q->clause);
  io_words(c, &q->whose);
  io_text(c, &q->giver);
  bool based = q->base.text.at != NULL;
  io_bool(c, &based);
  if (based) io_when(c, &q->base);
}

static void io_clause(codec *c, dg_clause *k) {
  io_span(c, &k->span);
  io_text(c, &k->text);
  io_u8(c, &k->core);
  io_u8(c, &k->core_end);
  io_word(c, &k->verb);
  io_words(c, &k->who);
  io_words(c, &k->what);
  io_words(c, &k->words);
  io_bool(c, &k->negated);
  io_bool(c, &k->lead);
  io_bool(c, &k->caption);
  io_bool(c, &k->main);
  io_bool(c, &k->noun);
  io_bool(c, &k->of_private);
  io_u8(c, &k->force);
  io_u8(c, &k->stance);
  if (k->stance != DG_STANCE_NONE) io_parties(c, &k->holder);
  bool dated = k->when.text.at != NULL;
  io_bool(c, &dated);
  if (dated) io_when(c, &k->when);
  io_place(c, &k->where);
  io_index(c, &k->statement);
  io_index(c, &k->event);
}

static void io_stay(codec *c, dg_stay *s) {
  io_span(c, &s->span);
  io_text(c, &s->text);
  io_words(c, &s->who);
  io_u8(c, &s->length);
  io_u8(c, &s->edge);
  bool dated = s->when.text.at != NULL;
  io_bool(c, &dated);
  if (dated) io_when(c, &s->when);
}

/* Which page it is: what differs between pages of one text. */
static void page_io(codec *c, dg *d) {
  io_bytes(c, d->sha256, sizeof d->sha256);
  io_u64(c, &d->stamp);
  an_text *texts[] = {&d->path, &d->url, &d->canonical, &d->outlet, &d->title, &d->pub_stamp, &d->pub_modified};
  for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) io_text(c, texts[k]);
  io_days(c, &d->published);
  io_day(c, &d->day);
  io_u8(c, &d->basis);
  IO_LIST(c, d->evidence, d->evidence_count);
  for (uint32_t i = 0; i < d->evidence_count; i++) {
    io_span(c, &d->evidence[i].span);
    io_text(c, &d->evidence[i].text);
    io_text(c, &d->evidence[i].says);
    io_days(c, &d->evidence[i].days);
  }
}

/* Keys ascend. Their table is made of what a first writing collected. */
static void keys_io(codec *c) {
  uint32_t last = 0;
  if (c->collecting) return;
  IO_LIST(c, c->keys, c->key_count);
  for (uint32_t i = 0; i < c->key_count; i++) {
    uint32_t step = c->writing ? c->keys[i] - last : 0;
    io_u32(c, &step);
    last += step;
    if (!c->writing) c->keys[i] = last;
  }
}

static void digest_io(codec *c, dg *d) {
  page_io(c, d);
  if (!c->writing) d->rest = an_hash64(c->bytes + c->at, c->size - c->at);
  keys_io(c);
  io_u8(c, &d->scale);
  io_hashes(c, &d->shingles);
  io_words(c, &d->head);
  io_u8(c, &d->weekdays);
  io_u8(c, &d->all_weekdays);
  io_profile(c, &d->profile);
  IO_LIST(c, d->entities, d->entity_count);
  for (uint32_t i = 0; i < d->entity_count; i++) {
    io_text(c, &d->entities[i].key);
    io_text(c, &d->entities[i].name);
    io_u8(c, &d->entities[i].count);
    io_bool(c, &d->entities[i].lead);
  }
  IO_LIST(c, d->offices, d->office_count);
  for (uint32_t i = 0; i < d->office_count; i++) {
    io_text(c, &d->offices[i].office);
    io_text(c, &d->offices[i].person);
  }
  uint32_t all = d->event_count + d->faint_count;
  IO_LIST(c, d->events, all);
  io_u32(c, &d->faint_count);
  if (d->faint_count > all) { c->bad = true; d->faint_count = all; }
  d->event_count = all - d->faint_count;
  for (uint32_t i = 0; i < all; i++) io_event(c, &d->events[i]);
  IO_LIST(c, d->statements, d->statement_count);
  for (uint32_t i = 0; i < d->statement_count; i++) io_statement(c, &d->statements[i]);
  IO_LIST(c, d->quantities, d->quantity_count);
  for (uint32_t i = 0; i < d->quantity_count; i++) io_quantity(c, &d->quantities[i]);
  IO_LIST(c, d->clauses, d->clause_count);
  for (uint32_t i = 0; i < d->clause_count; i++) io_clause(c, &d->clauses[i]);
  IO_LIST(c, d->talks, d->talk_count);
  for (uint32_t i = 0; i < d->talk_count; i++) {
    io_part(c, &d->talks[i].topic);
    io_words(c, &d->talks[i].who);
    io_bool(c, &d->talks[i].named);
  }
  IO_LIST(c, d->stays, d->stay_count);
  for (uint32_t i = 0; i < d->stay_count; i++) io_stay(c, &d->stays[i]);
}

static int by_number(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static void collect_keys(codec *c, dg *view) {
  uint32_t kept = 0;
  c->collecting = true;
  digest_io(c, view);
  c->collecting = false;
  c->text_count = 0;
  qsort(c->keys, c->key_count, sizeof *c->keys, by_number);
  for (uint32_t i = 0; i < c->key_count; i++)
    if (kept == 0 || c->keys[kept - 1] != c->keys[i]) c->keys[kept++] = c->keys[i];
  c->key_count = kept;
}

an_status dg_write(dg *view, an_buf *buf, an_error *err) {
  uint32_t keys[MAX_KEYS];
  codec c = {.writing = true, .buf = buf, .keys = keys};
  collect_keys(&c, view);
  uint8_t header[HEADER] = {'A', 'N', 'd', 'g', AN_DIGEST_LAYOUT};
  an_buf_add(buf, header, sizeof header);
  digest_io(&c, view);
  if (buf->failed || c.bad) return an_fail(err, AN_ERR_LIMIT, "digest", "a digest has at most %d bytes", AN_DIGEST_MAX);
  for (unsigned i = 0; i < 4; i++) buf->at[8 + i] = (char)(buf->size >> (8 * i));
  return AN_OK;
}

/* Indexes must lie inside their lists, and what is looked up in a table inside that: a record is a user's file. */
static bool indexes_hold(const dg *d) {
  bool hold = true;
  for (uint32_t i = 0; i < d->event_count + d->faint_count; i++)
    hold &= (d->events[i].told_by == AN_NONE || d->events[i].told_by < d->statement_count) &&
            (d->events[i].repeats == AN_NONE || d->events[i].repeats < d->event_count);
  for (uint32_t i = 0; i < d->statement_count; i++)
    hold &= d->statements[i].stance <= DG_REFUSED && (d->statements[i].repeats == AN_NONE || d->statements[i].repeats < d->statement_count);
  for (uint32_t i = 0; i < d->quantity_count; i++)
    hold &= (d->quantities[i].statement == AN_NONE || d->quantities[i].statement < d->statement_count) &&
            (d->quantities[i].event == AN_NONE || d->quantities[i].event < d->event_count) &&
            (d->quantities[i].clause == AN_NONE || d->quantities[i].clause < d->clause_count);
  for (uint32_t i = 0; i < d->stay_count; i++) hold &= d->stays[i].length > 0 && d->stays[i].edge <= DG_ENDS;
  for (uint32_t i = 0; i < d->clause_count; i++)
    hold &= d->clauses[i].core <= d->clauses[i].core_end && d->clauses[i].core_end <= d->clauses[i].text.size && d->clauses[i].force <= AN_NOT_YET && d->clauses[i].stance <= DG_REFUSED &&
            (d->clauses[i].statement == AN_NONE || d->clauses[i].statement < d->statement_count) &&
            (d->clauses[i].event == AN_NONE || d->clauses[i].event < d->event_count);
  return hold;
}

/* The codec's texts stay as they are: text_count says how many count. */
static an_status open_digest(an_digest digest, an_arena *arena, codec *c, an_error *err) {
  const uint8_t *b = digest.bytes;
  c->writing = c->bad = c->collecting = false;
  c->buf = NULL;
  c->keys = NULL;
  c->key_count = 0;
  c->bytes = b;
  c->at = HEADER;
  c->size = digest.size;
  c->arena = arena;
  c->text_count = 0;
  if (digest.size < HEADER || memcmp(b, "ANdg", 4) != 0) return an_fail(err, AN_ERR_DATA, "digest", "these bytes are no digest");
  uint32_t layout = b[4] | (uint32_t)b[5] << 8 | (uint32_t)b[6] << 16 | (uint32_t)b[7] << 24;
  uint32_t size = b[8] | (uint32_t)b[9] << 8 | (uint32_t)b[10] << 16 | (uint32_t)b[11] << 24;
  if (layout != AN_DIGEST_LAYOUT)
    return an_fail(err, AN_ERR_DATA, "digest", "a digest of layout %u, this program reads %d: run annals build --reread", layout, AN_DIGEST_LAYOUT);
  if (size != digest.size) return an_fail(err, AN_ERR_DATA, "digest", "a digest of %u bytes is cut at %u", size, digest.size);
  return AN_OK;
}

an_status dg_read_page(an_digest digest, an_arena *arena, dg *out, an_error *err) {
  codec c;
  AN_TRY(open_digest(digest, arena, &c, err));
  page_io(&c, out);
  out->rest = an_hash64(c.bytes + c.at, c.size - c.at);
  return c.bad ? an_fail(err, AN_ERR_DATA, "digest", "a digest is damaged at byte %u", c.at) : AN_OK;
}

an_status dg_read(an_digest digest, an_arena *arena, dg *out, an_error *err) {
  codec c;
  AN_TRY(open_digest(digest, arena, &c, err));
  *out = (dg){0};
  digest_io(&c, out);
  if (c.bad || c.at != c.size || !indexes_hold(out)) return an_fail(err, AN_ERR_DATA, "digest", "a digest is damaged at byte %u", c.at);
  return AN_OK;
}
