/* SPDX-License-Identifier: Apache-2.0 */
/* What finding stories knows of every page. It is made of the page alone, so that a record keeps it and reads no digest of the pages
   that nothing new touches. Bytes: layout u8, sha256, then little-endian numbers in the order of st_sketch_write. */
#include "story/parts.h"

#include <string.h>

enum { LAYOUT = 7 };       /* raised when a field changes, or what st_score gives */

/* One text, on pages that say the same of their day: whatever else is told of one is told of the other. */
static uint64_t twin_of(const dg *d) {
  uint64_t hash = an_hash_mix(an_hash64(d->shingles.at, d->shingles.count * sizeof *d->shingles.at), d->event_count);
  for (uint32_t i = 0; i < d->profile.count; i++) hash = an_hash_mix(hash, (uint64_t)d->profile.at[i].key << 8 | d->profile.at[i].weight);
  for (uint32_t i = 0; i < d->event_count; i++) hash = an_hash_mix(hash, an_fold_hash(d->events[i].trigger_text));
  hash = an_hash_mix(hash, an_fold_hash(d->title));
  return an_hash_mix(hash, (uint64_t)(uint32_t)d->published.earliest << 32 | (uint32_t)d->published.latest);
}

/* The page's weightiest words, ascending by key. */
static void keep_top(const dg *d, st_page *out) {
  for (uint32_t i = 0; i < d->profile.count; i++) {
    uint32_t at = out->word_count < ST_TOP ? out->word_count++ : ST_TOP;
    if (at == ST_TOP) { /* full: the lightest gives way */
      at = 0;
      for (uint32_t k = 1; k < ST_TOP; k++)
        if (out->weights[k] <= out->weights[at]) at = k;
      if (out->weights[at] >= d->profile.at[i].weight) continue;
    }
    out->words[at] = d->profile.at[i].key;
    out->weights[at] = d->profile.at[i].weight;
  }
}

/* A page that prints no day but that of a change came out on it or shortly before, mostly. That dates nothing, but says which pages it can go with. */
an_days st_about_days(const dg *d) {
  an_days days = d->published;
  if (d->pub_modified.at != NULL && days.latest != AN_DAY_OPEN_LATEST && !st_near_days(days)) days.earliest = days.latest - 1;
  return days;
}

void st_sketch_of(const dg *d, st_page *out) {
  out->url = st_text_key(d->url);
  out->day = d->day;
  an_days about = st_about_days(d);
  out->published = (an_days){about.earliest, about.latest, 0};
  out->weekdays = d->weekdays;
  out->all_weekdays = d->all_weekdays;
  out->word_count = out->run_count = 0;
  memcpy(out->sha256, d->sha256, sizeof out->sha256);
  keep_top(d, out);
  while (out->run_count < ST_RUNS && out->run_count < d->shingles.count) { /* they ascend: the lowest are a sample that copies share */
    out->runs[out->run_count] = d->shingles.at[out->run_count];
    out->run_count++;
  }
  out->twin = d->profile.count == 0 ? 0 : twin_of(d);
}

/* ---- As bytes ------------------------------------------------------------------------------------- */

typedef struct bytes { an_buf *out; const uint8_t *at, *end; bool bad; } bytes; /* out: written; else read */

static void io(bytes *b, uint64_t *value, unsigned size) {
  if (b->out == NULL) {
    *value = 0;
    if ((size_t)(b->end - b->at) < size) { b->bad = true; return; }
    for (unsigned i = 0; i < size; i++) *value |= (uint64_t)*b->at++ << (8 * i);
  } else {
    for (unsigned i = 0; i < size; i++) an_buf_char(b->out, (char)(*value >> (8 * i)));
  }
}

static void io_u32(bytes *b, uint32_t *value) {
  uint64_t wide = *value;
  io(b, &wide, 4);
  *value = (uint32_t)wide;
}

static void io_u8(bytes *b, uint8_t *value) {
  uint64_t wide = *value;
  io(b, &wide, 1);
  *value = (uint8_t)wide;
}

static void io_day(bytes *b, an_day *day) {
  uint32_t bits = (uint32_t)*day;
  io_u32(b, &bits);
  *day = (an_day)bits;
}

static void io_fields(bytes *b, st_page *p) {
  uint8_t layout = LAYOUT;
  io_u8(b, &layout);
  if (layout != LAYOUT) b->bad = true;
  for (size_t i = 0; i < sizeof p->sha256; i++) io_u8(b, &p->sha256[i]);
  io(b, &p->twin, 8);
  io(b, &p->group, 8);
  io_u32(b, &p->url);
  io_day(b, &p->day);
  io_day(b, &p->published.earliest);
  io_day(b, &p->published.latest);
  io_u8(b, &p->weekdays);
  io_u8(b, &p->all_weekdays);
  io_u8(b, &p->word_count);
  io_u8(b, &p->run_count);
  if (p->word_count > ST_TOP || p->run_count > ST_RUNS) b->bad = true;
  for (uint32_t i = 0; !b->bad && i < p->word_count; i++) {
    io_u32(b, &p->words[i]);
    io_u8(b, &p->weights[i]);
  }
  for (uint32_t i = 0; !b->bad && i < p->run_count; i++) io_u32(b, &p->runs[i]);
}

bool st_sketch_write(an_buf *buf, const st_page *page) {
  st_page p = *page;
  bytes b = {.out = buf};
  io_fields(&b, &p);
  an_buf_text(buf, page->looked);
  return !buf->failed;
}

bool st_sketch_read(an_text kept, st_page *out) {
  bytes b = {.at = (const uint8_t *)kept.at, .end = (const uint8_t *)kept.at + kept.size};
  io_fields(&b, out);
  out->looked = (an_text){(const char *)b.at, (uint32_t)(b.end - b.at)};
  return !b.bad;
}
