/* SPDX-License-Identifier: Apache-2.0 */
#include "world/build.h"

#include <stdlib.h>
#include <string.h>

static const size_t MOST = (size_t)1 << 30;

static void put(uint8_t *to, uint64_t value, int width) {
  for (int i = 0; i < width; i++) to[i] = (uint8_t)(value >> (8 * i));
}

static void put_at(an_buf *buf, size_t at, uint64_t value, int width) {
  if (!buf->failed && at + (size_t)width <= buf->size) put((uint8_t *)buf->at + at, value, width);
}

static uint32_t *of_key(an_build *b, an_map *map, uint64_t key) {
  uint32_t *at = an_map_put(&b->arena, map, key == 0 ? 1 : key, AN_NONE);
  if (at != NULL) return at;
  b->failed = true;
  b->nowhere = AN_NONE;
  return &b->nowhere;
}

/* ---- Begin and end ------------------------------------------------------------------------------------------------ */

void an_build_init(an_build *b) {
  static const uint8_t zeros[NEED_ROW], the[NEED_ROW] = {AN_NEED_THE};
  memset(b, 0, sizeof *b);
  an_arena_init(&b->arena, MOST);
  an_arena_init(&b->scratch, (size_t)1 << 20);
  an_buf *bufs[] = {&b->pool, &b->ents, &b->needs};
  for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) an_buf_init(bufs[i], MOST);
  for (size_t i = 0; i < sizeof b->out / sizeof *b->out; i++) an_buf_init(&b->out[i], MOST);
  an_buf_add(&b->pool, zeros, 4);           /* offset 0: no text */
  an_buf_add(&b->needs, zeros, NEED_ROW);   /* row 0: needs nothing; row 1: the article alone */
  an_buf_add(&b->needs, the, NEED_ROW);
  an_buf_add(&b->needs, zeros, NEED_ROW);
}

void an_build_free(an_build *b) {
  an_arena_free(&b->arena);
  an_arena_free(&b->scratch);
  an_buf *bufs[] = {&b->pool, &b->ents, &b->needs};
  for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) an_buf_free(bufs[i]);
  for (size_t i = 0; i < sizeof b->out / sizeof *b->out; i++) an_buf_free(&b->out[i]);
}

static void load_slots(an_build *b, an_section table, an_map *to) {
  for (size_t at = 0; at + SLOT_ROW <= table.size; at += SLOT_ROW) {
    uint64_t hash = an_get64(table, at + SLOT_HASH);
    if (hash != 0) *of_key(b, to, hash) = an_get32(table, at + SLOT_VALUE);
  }
}

static uint64_t form_key(uint64_t hash, uint32_t entity, uint8_t kind) {
  return an_hash_mix(an_hash_mix(hash, (uint64_t)entity + 1), (uint64_t)kind + 1);
}

static void load_posts(an_build *b, const an_world *w) {
  for (size_t at = 0; at + SLOT_ROW <= w->forms.size; at += SLOT_ROW) {
    uint64_t hash = an_get64(w->forms, at + SLOT_HASH);
    uint32_t first = an_get32(w->forms, at + SLOT_VALUE), count = an_get32(w->forms, at + SLOT_COUNT);
    for (uint32_t i = 0; hash != 0 && i < count && first + i < w->post_count; i++) {
      an_posting p = an_posting_bare(w, first + i);
      size_t row = (size_t)(first + i) * POST_ROW;
      an_build_post *to = AN_PUSH(&b->arena, &b->posts);
      if (to == NULL) {
        b->failed = true;
        return;
      }
      *to = (an_build_post){.hash = hash, .entity = p.entity, .surface = an_get32(w->posts, row + POST_SURFACE), .src = an_get32(w->posts, row + POST_SRC),
                            .needs = p.needs, .sector = an_get32(w->posts, row + POST_SECTOR), .prior = p.prior, .caps = p.caps,
                            .upper = p.upper, .kind = p.kind, .units = p.units};
      *of_key(b, &b->taken, form_key(hash, p.entity, p.kind)) = b->posts.count - 1;
    }
  }
}

void an_build_load(an_build *b, const an_world *w) {
  an_buf_clear(&b->pool);
  an_buf_clear(&b->needs);
  an_buf_add(&b->pool, w->pool.at, w->pool.size);
  an_buf_add(&b->needs, w->needs.at, w->needs.size);
  an_buf_add(&b->ents, w->ents.at, w->ents.size);
  for (size_t row = 0; row < w->ent_count; row++) put_at(&b->ents, row * ENT_ROW + ENT_TERM, 0, 8); /* counted again at the end */
  load_slots(b, w->ids, &b->ids);
  load_slots(b, w->sites, &b->sites);
  load_slots(b, w->starts, &b->starts);
  load_posts(b, w);
  for (uint32_t i = 0; i < w->term_count; i++) {
    an_term t = an_term_at(w, i);
    an_build_term *to = AN_PUSH(&b->arena, &b->terms);
    if (to == NULL) b->failed = true;
    else *to = (an_build_term){t.person, t.office, an_get32(w->terms, (size_t)i * TERM_ROW + TERM_SRC), t.from, t.to, t.verified, t.precision, t.basis, false};
  }
}

/* ---- Entities ------------------------------------------------------------------------------------------------------ */

static uint32_t intern(an_build *b, an_text text) {
  if (text.size == 0) return 0;
  uint32_t *at = of_key(b, &b->interned, an_hash64(text.at, text.size));
  if (*at == AN_NONE) {
    uint8_t size[4];
    put(size, text.size, 4);
    *at = (uint32_t)b->pool.size;
    an_buf_add(&b->pool, size, 4);
    an_buf_text(&b->pool, text);
  }
  return *at;
}

an_entity_in an_entity_plain(uint8_t kind) {
  return (an_entity_in){.from = AN_DAY_OPEN_EARLIEST, .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN, .lon = INT32_MIN, .kind = kind};
}

uint32_t an_build_count(const an_build *b) { return (uint32_t)(b->ents.size / ENT_ROW); }

uint8_t an_build_kind(const an_build *b, uint32_t row) {
  return row < an_build_count(b) ? (uint8_t)b->ents.at[(size_t)row * ENT_ROW + ENT_KIND] : (uint8_t)AN_ENT_NONE;
}

uint32_t an_build_row(const an_build *b, an_text id) {
  return id.size == 0 ? AN_NONE : an_map_get(&b->ids, an_hash64(id.at, id.size), AN_NONE);
}

uint32_t an_build_entity(an_build *b, const an_entity_in *e, bool *fresh) {
  uint32_t row = an_build_count(b);
  *fresh = true;
  if (e->id.size > 0) {
    uint32_t *at = of_key(b, &b->ids, an_hash64(e->id.at, e->id.size));
    if (*at != AN_NONE) {
      *fresh = false;
      return *at;
    }
    *at = row;
  }
  uint8_t out[ENT_ROW] = {0};
  const struct { int field; an_text text; } texts[] = {{ENT_ID, e->id}, {ENT_NAME, e->name}, {ENT_COUNTRY, e->country}, {ENT_SECTOR, e->sector},
                                                       {ENT_ONE, e->one}, {ENT_TWO, e->two}, {ENT_SRC, e->src}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) put(out + texts[i].field, intern(b, texts[i].text), 4);
  put(out + ENT_FROM, (uint32_t)e->from, 4);
  put(out + ENT_TO, (uint32_t)e->to, 4);
  put(out + ENT_LAT, (uint32_t)e->lat, 4);
  put(out + ENT_LON, (uint32_t)e->lon, 4);
  put(out + ENT_POP, e->pop, 4);
  out[ENT_KIND] = e->kind;
  out[ENT_SUB] = e->sub;
  put(out + ENT_FLAGS, e->flags, 2);
  an_buf_add(&b->ents, out, sizeof out);
  return row;
}

void an_build_entity_text(an_build *b, uint32_t row, int field, an_text text) {
  put_at(&b->ents, (size_t)row * ENT_ROW + (size_t)field, intern(b, text), 4);
}

void an_build_given(an_build *b, an_text name, uint32_t row) {
  uint32_t *at = of_key(b, &b->ids, an_hash_mix(AN_GIVEN_SEED, an_fold_hash(name)));
  if (*at == AN_NONE) *at = row;
}

void an_build_naming(an_build *b, an_text name, bool country, uint32_t rule) {
  uint32_t *at = of_key(b, &b->ids, an_hash_mix(AN_NAMING_SEED + country, an_fold_hash(name)));
  *at = (*at == AN_NONE ? 0 : *at) | rule;
}

void an_build_site(an_build *b, an_text domain, uint32_t row) {
  uint32_t *at = of_key(b, &b->sites, an_fold_hash(domain));
  if (*at == AN_NONE) *at = row;
}

/* ---- Forms ----------------------------------------------------------------------------------------------------------- */

/* Hash and capitals of a surface; units 0: nothing in it, or too much. */
typedef struct spelled { uint64_t hash, first; uint16_t caps, upper; uint8_t units; } spelled;

static uint32_t letters_in(an_text surface, an_span at) {
  uint32_t count = 0;
  for (uint32_t i = at.begin; i < at.end; i++) count += surface.at[i] != '.';
  return count;
}

static spelled spell(an_build *b, an_text surface, bool exact) {
  an_units units = {0};
  spelled s = {0};
  an_arena_reset(&b->scratch);
  if (!an_units_cut(&b->scratch, surface, 0, 0, &units) || units.list.count > AN_UNITS_MOST) return s;
  for (uint32_t i = 0; i < units.list.count; i++) {
    const an_unit_at *u = &units.list.at[i];
    if (u->hash == 0) continue;                /* a comma inside a name is not written everywhere */
    if (s.units == 0) s.first = u->hash;
    s.hash = an_units_mix(s.hash, u->hash);
    if (u->capital) s.caps |= (uint16_t)(1u << s.units);
    /* A short word all in capitals is one only so: "US", "IS", "WHO". Long ones are also written "Unesco". */
    if (u->upper && u->capital && (exact || letters_in(surface, u->at) <= 5)) s.upper |= (uint16_t)(1u << s.units);
    s.units++;
  }
  return s;
}

bool an_build_is_upper(an_build *b, an_text surface) { return spell(b, surface, true).upper != 0; }

static void need_words(an_build *b, uint8_t kind, an_text words) {
  for (uint32_t begin = 0, i = 0; i <= words.size; i++) {
    if (i < words.size && words.at[i] != '|') continue;
    spelled s = spell(b, an_text_slice(words, begin, i), false);
    begin = i + 1;
    if (s.units == 0) continue;
    uint8_t row[NEED_ROW] = {0};
    row[NEED_KIND] = kind;
    row[NEED_UNITS] = s.units;
    put(row + NEED_HASH, s.hash, 8);
    an_buf_add(&b->needs, row, NEED_ROW);
  }
}

/* "next!=sandwich|dinner;prev!=roast;context": rows of "needs". */
static const char *compile_needs(an_build *b, an_text text, uint32_t *row) {
  static const uint8_t end[NEED_ROW], context[NEED_ROW] = {AN_NEED_CONTEXT};
  static const struct { const char *text; uint8_t kind; } lists[] = {
      {"next!=", AN_NEED_NEXT_NOT}, {"prev!=", AN_NEED_PREV_NOT}, {"unless=", AN_NEED_UNLESS}};
  const char *wrong = NULL;
  *row = (uint32_t)(b->needs.size / NEED_ROW);
  for (uint32_t begin = 0, i = 0; i <= text.size; i++) {
    if (i < text.size && text.at[i] != ';') continue;
    an_text part = an_text_trim(an_text_slice(text, begin, i));
    begin = i + 1;
    if (part.size == 0 || an_text_is(part, "cap")) continue;
    bool known = an_text_is(part, "context");
    if (known) an_buf_add(&b->needs, context, NEED_ROW);
    for (size_t k = 0; k < sizeof lists / sizeof *lists && !known; k++) {
      known = an_text_starts(part, lists[k].text);
      if (known) need_words(b, lists[k].kind, an_text_slice(part, (uint32_t)strlen(lists[k].text), part.size));
    }
    if (!known) wrong = "a need that nobody knows";
  }
  an_buf_add(&b->needs, end, NEED_ROW);
  return wrong;
}

const char *an_build_form(an_build *b, const an_form_in *f) {
  an_text surface = an_text_trim(f->surface);
  bool the = (an_text_starts(surface, "the ") || an_text_starts(surface, "The ")) && surface.size > 4;
  if (the) surface = an_text_slice(surface, 4, surface.size);
  spelled s = spell(b, surface, f->exact);
  if (s.units == 0) return "a form without a word in it, or of too many";
  /* The same form of the same entity: the first one stands (hand-written files are read first). */
  uint32_t *seen = of_key(b, &b->taken, form_key(s.hash, f->entity, f->kind));
  if (*seen != AN_NONE && *seen < b->posts.count && !b->posts.at[*seen].gone) {
    an_build_post *p = &b->posts.at[*seen];
    if (!the) p->needs = p->needs == AN_NONE ? 0 : p->needs;
    p->caps &= s.caps;
    p->upper &= s.upper;
    p->mine |= b->overlay;
    return NULL;
  }
  *seen = b->posts.count;
  /* "the Commons" needs its article; "the White House" is known without. AN_NONE: the article, unless a later row is without. */
  uint32_t need = 0;
  const char *wrong = f->needs.size == 0 ? NULL : compile_needs(b, f->needs, &need);
  if (the && s.units == 1 && need == 0) need = AN_NONE;
  an_build_post *p = AN_PUSH(&b->arena, &b->posts);
  if (p == NULL) b->failed = true;
  else *p = (an_build_post){s.hash, f->entity, intern(b, surface), intern(b, f->src), need, intern(b, f->sector), f->prior, s.caps, s.upper,
                            f->kind, s.units, b->overlay, false};
  uint32_t *most = of_key(b, &b->starts, s.first);
  if (*most == AN_NONE || *most < s.units) *most = s.units;
  return wrong;
}

void an_build_forms(an_build *b, an_text list, const an_form_in *like) {
  for (uint32_t begin = 0, i = 0; i <= list.size; i++) {
    if (i < list.size && list.at[i] != ';') continue;
    an_form_in f = *like;
    f.surface = an_text_trim(an_text_slice(list, begin, i));
    begin = i + 1;
    if (f.surface.size > 1) an_build_form(b, &f);
  }
}

bool an_build_forget_form(an_build *b, uint32_t row, an_text surface) {
  spelled s = spell(b, surface, false);
  bool found = false;
  for (uint32_t i = 0; i < b->posts.count; i++) {
    an_build_post *p = &b->posts.at[i];
    if (p->entity != row || p->hash != s.hash || p->gone) continue;
    p->gone = found = true;
  }
  return found;
}

void an_build_forget_forms(an_build *b, uint32_t row) {
  for (uint32_t i = 0; i < b->posts.count; i++) b->posts.at[i].gone |= b->posts.at[i].entity == row;
}

void an_build_forget(an_build *b, uint32_t row) {
  an_build_forget_forms(b, row);
  for (uint32_t i = 0; i < b->terms.count; i++) b->terms.at[i].gone |= b->terms.at[i].person == row || b->terms.at[i].office == row;
}

void an_build_term_add(an_build *b, const an_build_term *term, an_text src) {
  an_build_term *to = AN_PUSH(&b->arena, &b->terms);
  if (to == NULL) {
    b->failed = true;
    return;
  }
  *to = *term;
  to->src = intern(b, src);
}

/* ---- Writing ------------------------------------------------------------------------------------------------------------ */

static int by_hash(const void *a, const void *b) {
  const an_build_post *x = a, *y = b;
  if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
  if (x->prior != y->prior) return x->prior > y->prior ? -1 : 1;
  if (x->entity != y->entity) return x->entity < y->entity ? -1 : 1;
  return (int)x->kind - (int)y->kind;
}
static int by_person(const void *a, const void *b) {
  const an_build_term *x = a, *y = b;
  if (x->person != y->person) return x->person < y->person ? -1 : 1;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  return x->office < y->office ? -1 : x->office > y->office;
}
typedef struct order { uint32_t office, person, row; an_day from; } order;
static int by_office(const void *a, const void *b) {
  const order *x = a, *y = b;
  if (x->office != y->office) return x->office < y->office ? -1 : 1;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  return x->person < y->person ? -1 : x->person > y->person;
}

static void count_terms(an_build *b, uint32_t row, uint32_t first) { /* a run of terms of one entity */
  size_t at = (size_t)row * ENT_ROW;
  if (b->ents.failed || at + ENT_ROW > b->ents.size) return;
  uint32_t count = an_get32((an_section){(const uint8_t *)b->ents.at, b->ents.size}, at + ENT_TERMS);
  if (count == 0) put_at(&b->ents, at + ENT_TERM, first, 4);
  put_at(&b->ents, at + ENT_TERMS, count + 1, 4);
}

static void write_terms(an_build *b, an_buf *rows, an_buf *byoff) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < b->terms.count; i++)
    if (!b->terms.at[i].gone) b->terms.at[count++] = b->terms.at[i];
  b->terms.count = count;
  if (count > 0) qsort(b->terms.at, count, sizeof *b->terms.at, by_person);
  order *orders = AN_NEW(&b->arena, order, count);
  if (orders == NULL) {
    b->failed = true;
    return;
  }
  for (uint32_t i = 0; i < count; i++) {
    const an_build_term *t = &b->terms.at[i];
    orders[i] = (order){t->office, t->person, i, t->from};
    uint8_t row[TERM_ROW] = {0};
    put(row + TERM_PERSON, t->person, 4);
    put(row + TERM_OFFICE, t->office, 4);
    put(row + TERM_FROM, (uint32_t)t->from, 4);
    put(row + TERM_TO, (uint32_t)t->to, 4);
    put(row + TERM_VERIFIED, (uint32_t)t->verified, 4);
    put(row + TERM_SRC, t->src, 4);
    row[TERM_PRECISION] = t->precision;
    row[TERM_BASIS] = t->basis;
    an_buf_add(rows, row, TERM_ROW);
    count_terms(b, t->person, i);
  }
  if (count > 0) qsort(orders, count, sizeof *orders, by_office);
  for (uint32_t i = 0; i < count; i++) {
    uint8_t row[4];
    put(row, orders[i].row, 4);
    an_buf_add(byoff, row, 4);
    count_terms(b, orders[i].office, i);
  }
}

static void write_slot(an_buf *buf, uint64_t hash, uint32_t value, uint32_t count) {
  size_t slots = buf->size / SLOT_ROW, k = hash & (slots - 1);
  if (buf->failed) return;
  const an_section all = {(const uint8_t *)buf->at, buf->size};
  while (an_get64(all, k * SLOT_ROW + SLOT_HASH) != 0) k = (k + 1) & (slots - 1);
  put_at(buf, k * SLOT_ROW + SLOT_HASH, hash, 8);
  put_at(buf, k * SLOT_ROW + SLOT_VALUE, value, 4);
  put_at(buf, k * SLOT_ROW + SLOT_COUNT, count, 4);
}

/* At most half full, a power of two. */
static void make_slots(an_buf *buf, uint32_t entries) {
  static const uint8_t zeros[SLOT_ROW];
  size_t slots = 1024;
  while (slots < (size_t)entries * 2) slots *= 2;
  for (size_t i = 0; i < slots; i++) an_buf_add(buf, zeros, SLOT_ROW);
}

static void write_map(an_build *b, const an_map *map, an_buf *to) {
  make_slots(to, map->count);
  if (to->failed) b->failed = true;
  for (uint32_t i = 0; i < map->capacity; i++)
    if (map->keys[i] != 0) write_slot(to, map->keys[i], map->values[i], 0);
}

/* What a user says a form means is all that it means; roles and cues are grammar and stay. */
static void overlay_wins(an_build *b) {
  an_map mine = {0};
  for (uint32_t i = 0; i < b->posts.count; i++)
    if (b->posts.at[i].mine && !b->posts.at[i].gone) *of_key(b, &mine, b->posts.at[i].hash) = 1;
  for (uint32_t i = 0; i < b->posts.count && mine.count > 0; i++) {
    an_build_post *p = &b->posts.at[i];
    bool grammar = p->kind == AN_FORM_CUE || p->kind == AN_FORM_ROLE;
    if (!p->mine && !grammar && an_map_get(&mine, p->hash, 0) == 1) p->gone = true;
  }
}

static void write_posts(an_build *b, an_buf *rows, an_buf *forms) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < b->posts.count; i++)
    if (!b->posts.at[i].gone) b->posts.at[count++] = b->posts.at[i];
  b->posts.count = count;
  if (count > 0) qsort(b->posts.at, count, sizeof *b->posts.at, by_hash);
  make_slots(forms, count);
  for (uint32_t i = 0, first = 0; i < count; i++) {
    const an_build_post *p = &b->posts.at[i];
    if (i + 1 == count || b->posts.at[i + 1].hash != p->hash) {
      write_slot(forms, p->hash, first, i + 1 - first);
      first = i + 1;
    }
    uint8_t row[POST_ROW] = {0};
    put(row + POST_ENTITY, p->entity, 4);
    put(row + POST_SURFACE, p->surface, 4);
    put(row + POST_SRC, p->src, 4);
    put(row + POST_NEEDS, p->needs == AN_NONE ? 1 : p->needs, 4); /* row 1: the article alone */
    put(row + POST_PRIOR, p->prior, 2);
    put(row + POST_CAPS, p->caps, 2);
    put(row + POST_UPPER, p->upper, 2);
    row[POST_KIND] = p->kind;
    row[POST_UNITS] = p->units;
    put(row + POST_SECTOR, p->sector, 4);
    an_buf_add(rows, row, POST_ROW);
  }
}

an_status an_build_finish(an_build *b, an_section_out out[AN_BUILD_SECTIONS], an_error *err) {
  an_buf *posts = &b->out[0], *forms = &b->out[1], *starts = &b->out[2], *ids = &b->out[3], *sites = &b->out[4], *terms = &b->out[5], byoff;
  an_buf_init(&byoff, MOST);
  write_terms(b, terms, &byoff);
  an_text order_rows = an_arena_copy(&b->arena, byoff.at == NULL ? "" : byoff.at, byoff.size);
  b->failed |= byoff.failed || order_rows.at == NULL;
  an_buf_free(&byoff);
  overlay_wins(b);
  write_posts(b, posts, forms);
  write_map(b, &b->starts, starts);
  write_map(b, &b->ids, ids);
  write_map(b, &b->sites, sites);
  const struct { const char *name; const an_buf *buf; } all[] = {{"pool", &b->pool}, {"ents", &b->ents}, {"posts", posts}, {"needs", &b->needs},
                                                                {"forms", forms}, {"starts", starts}, {"ids", ids}, {"sites", sites},
                                                                {"terms", terms}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    b->failed |= all[i].buf->failed;
    out[i] = (an_section_out){all[i].name, all[i].buf->at, all[i].buf->size};
  }
  out[AN_BUILD_SECTIONS - 1] = (an_section_out){"byoff", order_rows.at, order_rows.size};
  return b->failed ? an_fail(err, AN_ERR_MEMORY, "world", "no memory to make a world file") : AN_OK;
}
