/* SPDX-License-Identifier: Apache-2.0 */
#include "world/file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char rebuild[] = "make data (tools/worldc data/world world.an)";

/* ---- Rows -------------------------------------------------------------------------------------- */

static an_text text_at(const an_world *w, an_section s, size_t at) {
  uint32_t offset = an_get32(s, at);
  return offset == 0 ? (an_text){NULL, 0} : an_get_text(w->pool, offset);
}

static uint8_t byte_at(an_section s, size_t at) { return at < s.size ? s.at[at] : 0; }

static double degrees(an_section s, size_t at) {
  int32_t millionths = (int32_t)an_get32(s, at);
  return millionths == INT32_MIN ? (double)NAN : (double)millionths / 1e6;
}

uint8_t an_entity_kind_of(const an_world *w, uint32_t row) {
  return row < w->ent_count ? byte_at(w->ents, (size_t)row * ENT_ROW + ENT_KIND) : (uint8_t)AN_ENT_NONE;
}

uint8_t an_entity_sub_of(const an_world *w, uint32_t row) {
  return row < w->ent_count ? byte_at(w->ents, (size_t)row * ENT_ROW + ENT_SUB) : (uint8_t)0;
}

an_text an_entity_country_of(const an_world *w, uint32_t row) {
  return row < w->ent_count ? text_at(w, w->ents, (size_t)row * ENT_ROW + ENT_COUNTRY) : (an_text){NULL, 0};
}

an_entity an_entity_at(const an_world *w, uint32_t row) {
  if (row >= w->ent_count) return (an_entity){.lat = (double)NAN, .lon = (double)NAN};
  size_t at = (size_t)row * ENT_ROW;
  an_section s = w->ents;
  uint32_t term = an_get32(s, at + ENT_TERM), terms = an_get32(s, at + ENT_TERMS);
  if (term > w->term_count || terms > w->term_count - term) terms = 0; /* no walk through rows that are not there */
  return (an_entity){.id = text_at(w, s, at + ENT_ID), .name = text_at(w, s, at + ENT_NAME), .country = text_at(w, s, at + ENT_COUNTRY),
                     .sector = text_at(w, s, at + ENT_SECTOR), .one = text_at(w, s, at + ENT_ONE), .two = text_at(w, s, at + ENT_TWO),
                     .src = text_at(w, s, at + ENT_SRC), .from = (an_day)an_get32(s, at + ENT_FROM), .to = (an_day)an_get32(s, at + ENT_TO),
                     .lat = degrees(s, at + ENT_LAT), .lon = degrees(s, at + ENT_LON), .pop = an_get32(s, at + ENT_POP),
                     .term = term, .terms = terms, .flags = an_get16(s, at + ENT_FLAGS),
                     .kind = byte_at(s, at + ENT_KIND), .sub = byte_at(s, at + ENT_SUB)};
}

an_posting an_posting_bare(const an_world *w, uint32_t row) {
  if (row >= w->post_count) return (an_posting){.entity = AN_NONE, .needs = AN_NONE};
  an_section s = {w->posts.at + (size_t)row * POST_ROW, POST_ROW}; /* a whole row: post_count is the section's size in rows */
  return (an_posting){.entity = an_get32(s, POST_ENTITY), .needs = an_get32(s, POST_NEEDS), .prior = an_get16(s, POST_PRIOR),
                      .caps = an_get16(s, POST_CAPS), .upper = an_get16(s, POST_UPPER), .kind = s.at[POST_KIND], .units = s.at[POST_UNITS]};
}

an_posting an_posting_at(const an_world *w, uint32_t row) {
  an_posting p = an_posting_bare(w, row);
  size_t at = (size_t)row * POST_ROW;
  if (row >= w->post_count) return p;
  p.surface = text_at(w, w->posts, at + POST_SURFACE);
  p.src = text_at(w, w->posts, at + POST_SRC);
  p.sector = text_at(w, w->posts, at + POST_SECTOR);
  return p;
}

an_term an_term_at(const an_world *w, uint32_t row) {
  if (row >= w->term_count) return (an_term){.person = AN_NONE, .office = AN_NONE};
  size_t at = (size_t)row * TERM_ROW;
  an_section s = w->terms;
  return (an_term){.person = an_get32(s, at + TERM_PERSON), .office = an_get32(s, at + TERM_OFFICE),
                   .from = (an_day)an_get32(s, at + TERM_FROM), .to = (an_day)an_get32(s, at + TERM_TO),
                   .verified = (an_day)an_get32(s, at + TERM_VERIFIED), .src = text_at(w, s, at + TERM_SRC),
                   .precision = byte_at(s, at + TERM_PRECISION), .basis = byte_at(s, at + TERM_BASIS)};
}

uint32_t an_term_of_office(const an_world *w, const an_entity *office, uint32_t i) {
  if (i >= office->terms || office->term > w->byoff.size / 4 || i >= w->byoff.size / 4 - office->term) return AN_NONE;
  return an_get32(w->byoff, ((size_t)office->term + i) * 4);
}

/* ---- Hash sections ------------------------------------------------------------------------------- */

bool an_slot_find(an_section table, uint64_t hash, uint32_t *value, uint32_t *count) {
  size_t slots = table.size / SLOT_ROW;
  if (slots == 0 || (slots & (slots - 1)) != 0) return false;
  for (size_t i = hash & (slots - 1), seen = 0; seen < slots; seen++, i = (i + 1) & (slots - 1)) {
    uint64_t found = an_get64(table, i * SLOT_ROW + SLOT_HASH);
    if (found == 0) return false;
    if (found != hash) continue;
    *value = an_get32(table, i * SLOT_ROW + SLOT_VALUE);
    *count = an_get32(table, i * SLOT_ROW + SLOT_COUNT);
    return true;
  }
  return false;
}

uint32_t an_entity_by_id(const an_world *w, an_text id) {
  uint32_t row, count;
  if (id.size == 0 || !an_slot_find(w->ids, an_hash64(id.at, id.size), &row, &count)) return AN_NONE;
  return row < w->ent_count ? row : AN_NONE;
}

uint32_t an_entity_by_two(const an_world *w, an_text first, an_text second) {
  char id[64];
  if (first.size + second.size + 1 > sizeof id || first.size == 0) return AN_NONE;
  memcpy(id, first.at, first.size);
  id[first.size] = '.';
  if (second.size > 0) memcpy(id + first.size + 1, second.at, second.size);
  return an_entity_by_id(w, (an_text){id, first.size + second.size + 1});
}

bool an_code_above_states(an_text code) {
  static const char *const codes[] = {"IGO", "UNO", "EUR", "NGO", "NGM", "ISM", "IMG", "INT", "MNC"};
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (an_text_is(code, codes[i])) return true;
  return false;
}

const char *an_form_kind_name(uint8_t kind) {
  static const char *const names[AN_FORM_COUNT] = {"none", "name", "adj", "noun", "noun_pl", "capital", "metonym", "former", "abbr",
                                                   "full", "short", "translit", "surname", "organisation", "outlet", "role",
                                                   "place", "cue"};
  return kind < AN_FORM_COUNT ? names[kind] : "none";
}

void an_slot_send(an_section table, uint64_t hash) {
  size_t slots = table.size / SLOT_ROW;
  if (slots > 0) __builtin_prefetch(table.at + (hash & (slots - 1)) * SLOT_ROW); /* slots that are no power of two: still inside */
}

/* ---- Opening --------------------------------------------------------------------------------------- */

static void fill_filter(an_world *w, an_section table) {
  for (size_t at = 0; at + SLOT_ROW <= table.size; at += SLOT_ROW) {
    uint64_t hash = an_get64(table, at + SLOT_HASH);
    if (hash != 0) w->filter[hash >> 6 & (AN_FILTER_WORDS - 1)] |= UINT64_C(1) << (hash & 63);
  }
}

static an_status sections_of(an_world *w, an_error *err) {
  const struct { const char *name; an_section *to; size_t row; } wanted[] = {
      {"pool", &w->pool, 1}, {"ents", &w->ents, ENT_ROW}, {"posts", &w->posts, POST_ROW}, {"needs", &w->needs, NEED_ROW},
      {"forms", &w->forms, SLOT_ROW}, {"starts", &w->starts, SLOT_ROW}, {"ids", &w->ids, SLOT_ROW}, {"sites", &w->sites, SLOT_ROW},
      {"terms", &w->terms, TERM_ROW}, {"byoff", &w->byoff, 4}};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    *wanted[i].to = an_datafile_section(&w->file, wanted[i].name);
    if (wanted[i].to->at == NULL || wanted[i].to->size % wanted[i].row != 0 || wanted[i].to->size / wanted[i].row >= AN_NONE)
      return an_fail(err, AN_ERR_DATA, "world", "%s: section \"%s\" is missing or of no whole number of rows; to make it again: %s",
                     AN_WORLD_FILE, wanted[i].name, rebuild);
  }
  w->ent_count = (uint32_t)(w->ents.size / ENT_ROW);
  w->post_count = (uint32_t)(w->posts.size / POST_ROW);
  w->term_count = (uint32_t)(w->terms.size / TERM_ROW);
  fill_filter(w, w->forms);
  fill_filter(w, w->starts);
  return AN_OK;
}

an_status an_world_open(const char *dir, an_world **out, an_error *err) {
  an_world *w = calloc(1, sizeof *w);
  if (w == NULL) return an_fail(err, AN_ERR_MEMORY, "world", "no memory");
  an_status status = an_datafile_open(dir, AN_WORLD_FILE, AN_WORLD_KIND, AN_WORLD_LAYOUT, rebuild, &w->file, err);
  if (status == AN_OK) {
    status = sections_of(w, err);
    if (status != AN_OK) an_datafile_close(&w->file);
  }
  if (status != AN_OK) {
    free(w);
    return status;
  }
  *out = w;
  return AN_OK;
}

an_status an_world_exchange(an_world *world, an_datafile *made, an_error *err) {
  an_world *fresh = calloc(1, sizeof *fresh);
  if (fresh == NULL) {
    an_datafile_close(made);
    return an_fail(err, AN_ERR_MEMORY, "world", "no memory");
  }
  fresh->file = *made;
  an_status status = sections_of(fresh, err);
  if (status == AN_OK) {
    an_datafile_close(&world->file);
    *world = *fresh;
  } else an_datafile_close(made);
  free(fresh);
  return status;
}

void an_world_close(an_world *world) {
  if (world == NULL) return;
  an_datafile_close(&world->file);
  free(world);
}

uint64_t an_world_checksum(const an_world *world) { return world->file.checksum; }
