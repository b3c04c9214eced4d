/* SPDX-License-Identifier: Apache-2.0 */
/* worldc: data/world as tables becomes world.an.     worldc data/world world.an

   Every table is a TSV file with a header line; NAME.hand.tsv is read before NAME.tsv, and its rows win. A message names file
   and line. What it refuses: a row without a source, a term without verified_on, an id twice, a form of an entity that is not
   there, a day that is none. */
#include "world/file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Growing bytes and tables ---------------------------------------------------------------------- */

static void *more(void *at, size_t size) {
  void *grown = realloc(at, size == 0 ? 1 : size);
  if (grown == NULL) {
    fputs("worldc: no memory\n", stderr);
    exit(2);
  }
  return grown;
}

typedef struct bytes { uint8_t *at; size_t size, capacity; } bytes;

static size_t add(bytes *b, const void *at, size_t size) {
  if (size == 0) return b->size; /* there may be no place yet */
  if (b->size + size > b->capacity) {
    b->capacity = (b->size + size) * 2 + 64;
    b->at = more(b->at, b->capacity);
  }
  size_t where = b->size;
  if (at != NULL) memcpy(b->at + where, at, size);
  else memset(b->at + where, 0, size);
  b->size += size;
  return where;
}

static void put(uint8_t *to, uint64_t value, int width) {
  for (int i = 0; i < width; i++) to[i] = (uint8_t)(value >> (8 * i));
}

typedef struct slot { uint64_t hash; uint32_t value, count; } slot;
typedef struct slots { slot *at; size_t used, capacity; } slots;   /* capacity: a power of two */

static slot *slot_of(slots *s, uint64_t hash) {
  if ((s->used + 1) * 2 > s->capacity) {
    slots old = *s;
    s->capacity = old.capacity == 0 ? 1024 : old.capacity * 2;
    s->at = more(NULL, s->capacity * sizeof *s->at);
    memset(s->at, 0, s->capacity * sizeof *s->at);
    for (size_t i = 0; i < old.capacity; i++) {
      if (old.at[i].hash == 0) continue;
      size_t k = old.at[i].hash & (s->capacity - 1);
      while (s->at[k].hash != 0) k = (k + 1) & (s->capacity - 1);
      s->at[k] = old.at[i];
    }
    free(old.at);
  }
  size_t k = hash & (s->capacity - 1);
  while (s->at[k].hash != 0 && s->at[k].hash != hash) k = (k + 1) & (s->capacity - 1);
  if (s->at[k].hash == 0) {
    s->at[k] = (slot){hash, AN_NONE, 0};
    s->used++;
  }
  return &s->at[k];
}

static bytes slot_bytes(const slots *s) {
  bytes out = {0};
  size_t capacity = s->capacity == 0 ? 1 : s->capacity;
  add(&out, NULL, capacity * SLOT_ROW);
  for (size_t i = 0; i < s->capacity; i++) {
    put(out.at + i * SLOT_ROW + SLOT_HASH, s->at[i].hash, 8);
    put(out.at + i * SLOT_ROW + SLOT_VALUE, s->at[i].value, 4);
    put(out.at + i * SLOT_ROW + SLOT_COUNT, s->at[i].count, 4);
  }
  return out;
}

/* ---- What is being built ---------------------------------------------------------------------------- */

typedef struct posting { uint64_t hash; uint32_t entity, surface, src, needs, sector; uint16_t prior, caps, upper; uint8_t kind, units; } posting;
typedef struct term { uint32_t person, office, src; int32_t from, to, verified; uint8_t precision, basis; } term;

static bytes pool, ents, needs;
static slots interned, ids, sites, taken;
static posting *posts;
static term *terms;
static size_t post_count, post_room, term_count, term_room;
static uint64_t sources;
static int failures;
static an_arena arena;

static uint32_t intern(an_text text) {
  if (text.size == 0) return 0;
  slot *s = slot_of(&interned, an_hash64(text.at, text.size));
  if (s->value == AN_NONE) {
    uint8_t size[4];
    put(size, text.size, 4);
    s->value = (uint32_t)add(&pool, size, 4);
    add(&pool, text.at, text.size);
  }
  return s->value;
}

/* ---- Tables --------------------------------------------------------------------------------------------- */

typedef struct table { char path[512]; char *bytes; an_text column[16], cell[16]; uint32_t columns, line; an_text rest; bool hand; } table;

static void complain(const table *t, const char *what, an_text of) {
  fprintf(stderr, "%s:%u: %s: %.*s\n", t->path, t->line, what, (int)of.size, of.at == NULL ? "" : of.at);
  failures++;
}

static uint32_t split(an_text line, an_text *cells, uint32_t most) {
  uint32_t count = 0, begin = 0;
  for (uint32_t i = 0; i <= line.size && count < most; i++) {
    if (i < line.size && line.at[i] != '\t') continue;
    cells[count++] = an_text_slice(line, begin, i);
    begin = i + 1;
  }
  return count;
}

static bool next_line(table *t, an_text *line) {
  if (t->rest.size == 0) return false;
  uint32_t end = 0;
  while (end < t->rest.size && t->rest.at[end] != '\n') end++;
  *line = an_text_slice(t->rest, 0, end);
  t->rest = an_text_slice(t->rest, end + 1 < t->rest.size ? end + 1 : t->rest.size, t->rest.size);
  t->line++;
  return true;
}

/* false: there is no such file. */
static bool open_table(table *t, const char *dir, const char *name) {
  *t = (table){.hand = strstr(name, ".hand.") != NULL};
  snprintf(t->path, sizeof t->path, "%s/%s", dir, name);
  FILE *f = fopen(t->path, "rb");
  if (f == NULL) return false;
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  t->bytes = more(NULL, (size_t)size + 1);
  size_t got = fread(t->bytes, 1, (size_t)size, f);
  fclose(f);
  sources = an_hash_mix(sources + 1, an_hash64(t->bytes, got));
  t->rest = (an_text){t->bytes, (uint32_t)got};
  an_text line;
  if (!an_utf8_valid((const uint8_t *)t->bytes, got)) complain(t, "not UTF-8", AN_LIT(""));
  if (next_line(t, &line)) t->columns = split(line, t->column, 16);
  return true;
}

static bool next_row(table *t) {
  an_text line;
  while (next_line(t, &line)) {
    if (line.size == 0 || line.at[0] == '#') continue;
    uint32_t count = split(line, t->cell, 16);
    if (count == t->columns) return true;
    complain(t, "another number of cells than the header has", line);
  }
  free(t->bytes);
  return false;
}

static an_text cell(const table *t, const char *column) {
  for (uint32_t i = 0; i < t->columns; i++)
    if (an_text_is(t->column[i], column)) return t->cell[i];
  return AN_LIT("");
}

static int32_t number(const table *t, const char *column, int32_t absent) {
  an_text c = cell(t, column);
  char z[16] = "";
  if (c.size == 0) return absent;
  if (c.size >= sizeof z) {
    complain(t, "no number", c);
    return absent;
  }
  memcpy(z, c.at, c.size);
  char *end;
  long value = strtol(z, &end, 10);
  if (*end != 0) complain(t, "no number", c);
  return (int32_t)value;
}

static int32_t degrees(const table *t, const char *column) {
  an_text c = cell(t, column);
  char z[24] = "";
  if (c.size == 0 || c.size >= sizeof z) return INT32_MIN;
  memcpy(z, c.at, c.size);
  return (int32_t)(strtod(z, NULL) * 1e6);
}

/* The first day that a cut date can mean, or, for an end, the first day after all that it can mean. */
static int32_t day(const table *t, const char *column, bool is_end, int32_t open) {
  an_text c = cell(t, column);
  an_days days;
  if (c.size == 0) return open;
  if (!an_days_parse(c, &days)) {
    complain(t, "no day", c);
    return open;
  }
  if (!is_end || an_days_is_single(days)) return days.earliest;
  return days.latest + 1;
}

/* ---- Entities and forms ----------------------------------------------------------------------------------- */

typedef struct entity { an_text id, name, country, sector, one, two, src; int32_t from, to, lat, lon; uint32_t pop; uint16_t flags; uint8_t kind, sub; } entity;

static uint32_t add_entity(const table *t, const entity *e) {
  if (e->src.size == 0) complain(t, "a row without a source", e->name);
  uint32_t row = (uint32_t)(ents.size / ENT_ROW);
  if (e->id.size > 0) {
    slot *s = slot_of(&ids, an_hash64(e->id.at, e->id.size));
    if (s->value != AN_NONE) {
      if (!t->hand && e->kind != AN_ENT_ROLE) complain(t, "an id that is there already", e->id);
      return s->value;
    }
    s->value = row;
  }
  size_t where = add(&ents, NULL, ENT_ROW);
  uint8_t *at = ents.at + where;
  put(at + ENT_ID, intern(e->id), 4);
  put(at + ENT_NAME, intern(e->name), 4);
  put(at + ENT_COUNTRY, intern(e->country), 4);
  put(at + ENT_SECTOR, intern(e->sector), 4);
  put(at + ENT_ONE, intern(e->one), 4);
  put(at + ENT_TWO, intern(e->two), 4);
  put(at + ENT_SRC, intern(e->src), 4);
  put(at + ENT_FROM, (uint32_t)e->from, 4);
  put(at + ENT_TO, (uint32_t)e->to, 4);
  put(at + ENT_LAT, (uint32_t)e->lat, 4);
  put(at + ENT_LON, (uint32_t)e->lon, 4);
  put(at + ENT_POP, e->pop, 4);
  at[ENT_KIND] = e->kind;
  at[ENT_SUB] = e->sub;
  put(at + ENT_FLAGS, e->flags, 2);
  return row;
}

static uint32_t entity_row(an_text id) {
  slot *s = slot_of(&ids, an_hash64(id.at, id.size));
  return s->value;
}

/* Hash, capitals of a surface; units 0: nothing in it, or too much. */
typedef struct spelled { uint64_t hash; uint16_t caps, upper; uint8_t units; } spelled;

static uint32_t letters_in(an_text surface, an_span at) {
  uint32_t count = 0;
  for (uint32_t i = at.begin; i < at.end; i++) count += surface.at[i] != '.';
  return count;
}

static spelled spell(an_text surface, bool exact) {
  an_units units = {0};
  spelled s = {0};
  an_arena_reset(&arena);
  if (!an_units_cut(&arena, surface, 0, 0, &units) || units.list.count > AN_UNITS_MOST) return s;
  for (uint32_t i = 0; i < units.list.count; i++) {
    const an_unit_at *u = &units.list.at[i];
    if (u->hash == 0) continue;                /* a comma inside a name is not written everywhere */
    s.hash = an_units_mix(s.hash, u->hash);
    if (u->capital) s.caps |= (uint16_t)(1u << s.units);
    /* A short word all in capitals is one only so: "US", "IS", "WHO". Long ones are also written "Unesco". */
    if (u->upper && u->capital && (exact || letters_in(surface, u->at) <= 5)) s.upper |= (uint16_t)(1u << s.units);
    s.units++;
  }
  return s;
}

static void need_words(uint8_t kind, an_text words) {
  for (uint32_t begin = 0, i = 0; i <= words.size; i++) {
    if (i < words.size && words.at[i] != '|') continue;
    spelled s = spell(an_text_slice(words, begin, i), false);
    begin = i + 1;
    if (s.units == 0) continue;
    uint8_t row[NEED_ROW] = {0};
    row[NEED_KIND] = kind;
    row[NEED_UNITS] = s.units;
    put(row + NEED_HASH, s.hash, 8);
    add(&needs, row, NEED_ROW);
  }
}

/* "next!=sandwich|dinner;prev!=roast;context": rows of "needs"; 0 when there is nothing to need. */
static uint32_t compile_needs(const table *t, an_text text, bool the) {
  if (text.size == 0 && !the) return 0;
  uint32_t row = (uint32_t)(needs.size / NEED_ROW);
  for (uint32_t begin = 0, i = 0; i <= text.size; i++) {
    if (i < text.size && text.at[i] != ';') continue;
    an_text part = an_text_trim(an_text_slice(text, begin, i));
    begin = i + 1;
    uint8_t plain[NEED_ROW] = {0};
    if (part.size == 0 || an_text_is(part, "cap")) continue;
    if (an_text_starts(part, "next!=")) need_words(AN_NEED_NEXT_NOT, an_text_slice(part, 6, part.size));
    else if (an_text_starts(part, "prev!=")) need_words(AN_NEED_PREV_NOT, an_text_slice(part, 6, part.size));
    else if (an_text_starts(part, "unless=")) need_words(AN_NEED_UNLESS, an_text_slice(part, 7, part.size));
    else if (an_text_is(part, "context")) {
      plain[NEED_KIND] = AN_NEED_CONTEXT;
      add(&needs, plain, NEED_ROW);
    } else complain(t, "a need that nobody knows", part);
  }
  if (the) {
    uint8_t plain[NEED_ROW] = {AN_NEED_THE};
    add(&needs, plain, NEED_ROW);
  }
  add(&needs, NULL, NEED_ROW);
  return row;
}

typedef struct form { uint32_t entity; an_text surface, sector, needs, src; uint16_t prior; uint8_t kind; bool exact; } form;

static void add_form(const table *t, const form *f) {
  an_text surface = an_text_trim(f->surface);
  bool the = (an_text_starts(surface, "the ") || an_text_starts(surface, "The ")) && surface.size > 4;
  if (the) surface = an_text_slice(surface, 4, surface.size);
  spelled s = spell(surface, f->exact);
  if (s.units == 0) return;
  /* The same form of the same entity: the first one stands (hand-written files are read first). */
  slot *seen = slot_of(&taken, an_hash_mix(an_hash_mix(s.hash, (uint64_t)f->entity + 1), (uint64_t)f->kind + 1));
  if (seen->value != AN_NONE) {
    if (!the) posts[seen->value].needs = posts[seen->value].needs == AN_NONE ? 0 : posts[seen->value].needs;
    posts[seen->value].caps &= s.caps;
    posts[seen->value].upper &= s.upper;
    return;
  }
  seen->value = (uint32_t)post_count;
  if (post_count == post_room) {
    post_room = post_room * 2 + 4096;
    posts = more(posts, post_room * sizeof *posts);
  }
  /* "the Commons" needs its article; "the White House" is known without. AN_NONE: the article, unless a later row is without. */
  uint32_t need = compile_needs(t, f->needs, false);
  if (the && s.units == 1 && need == 0) need = AN_NONE;
  posts[post_count++] = (posting){s.hash, f->entity, intern(surface), intern(f->src), need, intern(f->sector), f->prior, s.caps, s.upper,
                                  f->kind, s.units};
}

static void add_forms(const table *t, an_text list, const form *like) {
  for (uint32_t begin = 0, i = 0; i <= list.size; i++) {
    if (i < list.size && list.at[i] != ';') continue;
    form f = *like;
    f.surface = an_text_trim(an_text_slice(list, begin, i));
    begin = i + 1;
    if (f.surface.size > 1) add_form(t, &f);
  }
}

/* ---- One function a table ------------------------------------------------------------------------------------ */

typedef void read_row(const table *t);

static void each(const char *dir, const char *name, read_row *row, bool must) {
  table t;
  char file[64];
  snprintf(file, sizeof file, "%s.hand.tsv", name);
  bool any = false;
  for (int i = 0; i < 2; i++) {
    if (open_table(&t, dir, file)) {
      any = true;
      while (next_row(&t)) row(&t);
    }
    snprintf(file, sizeof file, "%s.tsv", name);
  }
  if (!any && must) {
    fprintf(stderr, "worldc: %s/%s.tsv is not there\n", dir, name);
    failures++;
  }
}

static void country(const table *t) {
  an_text s = cell(t, "sovereign");
  uint16_t flags = an_text_is(s, "disputed") ? AN_ENT_DISPUTED : an_text_is(s, "former") ? AN_ENT_GONE : 0;
  entity e = {.id = cell(t, "id"), .name = cell(t, "name"), .country = cell(t, "id"), .one = cell(t, "wikidata"), .two = cell(t, "cow"),
              .src = cell(t, "src"), .from = day(t, "valid_from", false, AN_DAY_OPEN_EARLIEST), .to = AN_DAY_OPEN_LATEST,
              .lat = degrees(t, "lat"), .lon = degrees(t, "lon"), .flags = flags, .kind = AN_ENT_COUNTRY};
  add_entity(t, &e);
}

static void country_form(const table *t) {
  static const char *const kinds[] = {"name", "adj", "noun", "noun_pl", "capital", "metonym", "former", "abbr"};
  form f = {.entity = entity_row(cell(t, "entity")), .surface = cell(t, "surface"), .sector = cell(t, "sector"), .needs = cell(t, "needs"),
            .src = cell(t, "src"), .prior = (uint16_t)number(t, "prior", 500), .exact = an_text_is(cell(t, "case"), "exact")};
  for (uint8_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (an_text_is(cell(t, "kind"), kinds[i])) f.kind = (uint8_t)(AN_FORM_NAME + i);
  if (f.entity == AN_NONE) complain(t, "no such entity", cell(t, "entity"));
  else if (f.kind == AN_FORM_NONE) complain(t, "no such kind of form", cell(t, "kind"));
  else if (f.src.size == 0) complain(t, "a row without a source", f.surface);
  else add_form(t, &f);
}

static void person(const table *t) {
  uint8_t pronoun = an_text_is(cell(t, "pronoun"), "he") ? AN_GENDER_MALE : an_text_is(cell(t, "pronoun"), "she") ? AN_GENDER_FEMALE : AN_GENDER_UNKNOWN;
  entity e = {.id = cell(t, "id"), .name = cell(t, "display"), .country = cell(t, "country"), .sector = cell(t, "sector"),
              .one = cell(t, "family"), .two = cell(t, "given"), .src = cell(t, "src"), .from = AN_DAY_OPEN_EARLIEST,
              .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN, .lon = INT32_MIN, .kind = AN_ENT_PERSON, .sub = pronoun};
  uint32_t row = add_entity(t, &e);
  /* First names that people of the world file bear tell other people's names from things ("Avi Bell", "Hang Seng"). */
  an_text given = cell(t, "given");
  uint32_t space = an_text_find(given, 0, AN_LIT(" "));
  uint64_t hash = an_hash_mix(AN_GIVEN_SEED, an_fold_hash(an_text_slice(given, 0, space == AN_NONE ? given.size : space)));
  if (given.size > 2 && slot_of(&ids, hash)->value == AN_NONE) slot_of(&ids, hash)->value = row;
}

static void given_name(const table *t) {
  uint64_t hash = an_hash_mix(AN_GIVEN_SEED, an_fold_hash(cell(t, "name")));
  if (cell(t, "src").size == 0) complain(t, "a row without a source", cell(t, "name"));
  else if (slot_of(&ids, hash)->value == AN_NONE) slot_of(&ids, hash)->value = 0;
}

static void alias(const table *t) {
  an_text k = cell(t, "kind");
  form f = {.entity = entity_row(cell(t, "entity")), .surface = cell(t, "surface"), .src = cell(t, "src")};
  if (an_text_is(k, "full")) f.kind = AN_FORM_FULL, f.prior = 900;
  else if (an_text_is(k, "translit")) f.kind = AN_FORM_TRANSLIT, f.prior = 850;
  else if (an_text_is(k, "short")) f.kind = AN_FORM_SHORT, f.prior = 700;
  else if (an_text_is(k, "surname")) f.kind = AN_FORM_SURNAME, f.prior = 300;
  if (f.entity == AN_NONE) complain(t, "no such person", cell(t, "entity"));
  else if (f.kind == AN_FORM_NONE) complain(t, "no such kind of alias", k);
  else if (f.src.size == 0) complain(t, "a row without a source", f.surface);
  else add_form(t, &f);
}

static void office(const table *t) {
  entity e = {.id = cell(t, "id"), .name = cell(t, "role"), .country = cell(t, "entity"), .sector = cell(t, "sector"), .one = cell(t, "role"),
              .src = cell(t, "src"), .from = AN_DAY_OPEN_EARLIEST, .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN, .lon = INT32_MIN,
              .flags = (uint16_t)((number(t, "single", 0) ? AN_ENT_SINGLE : 0) | (number(t, "head", 0) ? AN_ENT_HEAD : 0)),
              .kind = AN_ENT_OFFICE};
  add_entity(t, &e);
}

static void office_term(const table *t) {
  an_text basis = cell(t, "basis"), precision = cell(t, "precision");
  term one = {.person = entity_row(cell(t, "person")), .office = entity_row(cell(t, "office")), .src = intern(cell(t, "src")),
              .from = day(t, "from", false, AN_DAY_OPEN_EARLIEST), .to = day(t, "to", true, AN_DAY_OPEN_LATEST),
              .verified = day(t, "verified_on", false, AN_DAY_OPEN_EARLIEST),
              .precision = precision.size > 0 ? (uint8_t)precision.at[0] : 'd',
              .basis = an_text_is(basis, "acting") ? AN_BASIS_ACTING : an_text_is(basis, "listed") ? AN_BASIS_LISTED : 0};
  if (one.person == AN_NONE) complain(t, "no such person", cell(t, "person"));
  else if (one.office == AN_NONE) complain(t, "no such office", cell(t, "office"));
  else if (cell(t, "src").size == 0 || one.verified == AN_DAY_OPEN_EARLIEST) complain(t, "a term without src or verified_on", cell(t, "person"));
  else if (one.from >= one.to) complain(t, "a term that ends before it starts", cell(t, "person"));
  else {
    if (term_count == term_room) {
      term_room = term_room * 2 + 4096;
      terms = more(terms, term_room * sizeof *terms);
    }
    terms[term_count++] = one;
  }
}

static void org(const table *t) {
  entity e = {.id = cell(t, "id"), .name = cell(t, "display"), .country = cell(t, "country"), .sector = cell(t, "sector"),
              .one = cell(t, "type"), .two = cell(t, "plover"), .src = cell(t, "src"), .from = day(t, "valid_from", false, AN_DAY_OPEN_EARLIEST),
              .to = day(t, "valid_to", true, AN_DAY_OPEN_LATEST), .lat = INT32_MIN, .lon = INT32_MIN, .kind = AN_ENT_ORG};
  form like = {.entity = add_entity(t, &e), .src = e.src, .prior = 900, .kind = AN_FORM_ORG};
  add_forms(t, cell(t, "surfaces"), &like);
}

static void outlet(const table *t) {
  entity e = {.id = cell(t, "id"), .name = cell(t, "display"), .country = cell(t, "country"), .sector = AN_LIT("JRN"),
              .one = cell(t, "domain"), .two = cell(t, "kind"), .src = cell(t, "src"), .from = AN_DAY_OPEN_EARLIEST,
              .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN, .lon = INT32_MIN, .kind = AN_ENT_OUTLET};
  form like = {.entity = add_entity(t, &e), .src = e.src, .prior = 880, .kind = AN_FORM_OUTLET};
  add_forms(t, cell(t, "cites_as"), &like);
  slot *s = slot_of(&sites, an_fold_hash(e.one));
  if (s->value == AN_NONE) s->value = like.entity;
}

static void role(const table *t) {
  static const char *const kinds[] = {"person", "group", "institution", "title"};
  char id[128];
  int size = snprintf(id, sizeof id, "role:%.*s", (int)cell(t, "phrase").size, cell(t, "phrase").at);
  uint8_t sub = 0;
  for (uint8_t i = 0; i < 4; i++)
    if (an_text_is(cell(t, "kind"), kinds[i])) sub = (uint8_t)(AN_ROLE_PERSON + i);
  if (sub == 0) complain(t, "no such kind of role", cell(t, "kind"));
  an_text kept = {id, size < (int)sizeof id ? (uint32_t)size : (uint32_t)sizeof id - 1};
  entity e = {.id = kept, .name = cell(t, "phrase"), .sector = cell(t, "sector"), .one = cell(t, "office"), .src = cell(t, "src"),
              .from = AN_DAY_OPEN_EARLIEST, .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN, .lon = INT32_MIN,
              .flags = (uint16_t)((number(t, "needs_country", 0) ? AN_ENT_NEEDS_COUNTRY : 0) | (number(t, "plural", 0) ? AN_ENT_PLURAL : 0) |
                                 (number(t, "needs_country", 0) == 2 ? AN_ENT_ALSO_PRIVATE : 0)),
              .kind = AN_ENT_ROLE, .sub = sub};
  form f = {.entity = add_entity(t, &e), .surface = e.name, .src = e.src, .prior = 800, .kind = AN_FORM_ROLE};
  add_form(t, &f);
}

static void cue(const table *t) {
  static const char *const kinds[] = {"former", "elect", "acting", "modifier", "locative", "org_word",
                                      "site_word", "not_a_name", "motion", "particle", "she", "he", "near", "direction", "deputy", "paper_word"};
  entity e = {.name = cell(t, "phrase"), .src = cell(t, "src"), .from = AN_DAY_OPEN_EARLIEST, .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN,
              .lon = INT32_MIN, .kind = AN_ENT_CUE};
  for (uint8_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (an_text_is(cell(t, "kind"), kinds[i])) e.sub = (uint8_t)(AN_CUE_FORMER + i);
  if (e.sub == 0) complain(t, "no such kind of cue", cell(t, "kind"));
  form f = {.entity = add_entity(t, &e), .surface = e.name, .src = e.src, .prior = 100, .kind = AN_FORM_CUE};
  add_form(t, &f);
}

/* Other names of towns hold rare romanisations: the first three, no short ones and no codes. */
static void add_town_names(const table *t, an_text list, const form *like) {
  uint32_t given = 0;
  for (uint32_t begin = 0, i = 0; i <= list.size && given < 3; i++) {
    if (i < list.size && list.at[i] != ';') continue;
    form f = *like;
    f.surface = an_text_trim(an_text_slice(list, begin, i));
    begin = i + 1;
    given++;
    if (f.surface.size >= 5 && !spell(f.surface, true).upper) add_form(t, &f);
  }
}

/* A place's spellings: all of a seat's or a large town's, else its name alone. Their priors grow with the town. */
static void place(const table *t) {
  an_text feature = cell(t, "feature"), id = cell(t, "geonameid");
  uint32_t pop = (uint32_t)number(t, "pop", 0);
  bool division = an_text_is(feature, "ADM1"), town = an_text_starts(feature, "PPL");
  bool seat = an_text_is(feature, "PPLC") || an_text_is(feature, "PPLA");
  bool airport = an_text_starts(feature, "AIR");
  entity e = {.id = id, .name = cell(t, "name"), .country = cell(t, "country"), .one = cell(t, "admin1"), .two = feature, .src = cell(t, "src"),
              .from = AN_DAY_OPEN_EARLIEST, .to = AN_DAY_OPEN_LATEST, .lat = degrees(t, "lat"), .lon = degrees(t, "lon"), .pop = pop,
              .kind = AN_ENT_PLACE};
  e.sub = airport || an_text_is(feature, "SITE") ? AN_WHERE_SITE : town ? AN_WHERE_CITY : division ? AN_WHERE_ADMIN1
          : e.country.size > 0 && an_text_is(feature, "RGN") ? AN_WHERE_ADMIN1 : AN_WHERE_REGION;
  uint16_t prior = !town && !division && !airport ? 700 : airport ? 500 : pop >= 3000000 ? 600 : pop >= 1000000 ? 520 : pop >= 300000 ? 450
                   : pop >= 100000 ? 400 : seat ? 380 : division ? 350 : 250;
  form like = {.entity = add_entity(t, &e), .surface = e.name, .src = e.src, .prior = prior, .kind = AN_FORM_PLACE};
  if (like.surface.size > 3 || town) add_form(t, &like);
  like.surface = cell(t, "ascii");
  if (like.surface.size > 0) add_form(t, &like);
  if (like.prior > 50) like.prior = (uint16_t)(like.prior - 50);
  if (!town) add_forms(t, cell(t, "alt"), &like);
  else if (an_text_is(feature, "PPLC") || pop >= 500000) add_town_names(t, cell(t, "alt"), &like);
}

/* ---- Writing ------------------------------------------------------------------------------------------------- */

static int by_hash(const void *a, const void *b) {
  const posting *x = a, *y = b;
  if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
  if (x->prior != y->prior) return x->prior > y->prior ? -1 : 1;
  if (x->entity != y->entity) return x->entity < y->entity ? -1 : 1;
  return (int)x->kind - (int)y->kind;
}
static int by_person(const void *a, const void *b) {
  const term *x = a, *y = b;
  if (x->person != y->person) return x->person < y->person ? -1 : 1;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  return x->office < y->office ? -1 : x->office > y->office;
}
static int by_office(const void *a, const void *b) {
  const term *x = &terms[*(const uint32_t *)a], *y = &terms[*(const uint32_t *)b];
  if (x->office != y->office) return x->office < y->office ? -1 : 1;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  return x->person < y->person ? -1 : x->person > y->person;
}

static void count_terms(uint32_t row, uint32_t first) { /* a run of terms of one entity */
  uint8_t *at = ents.at + (size_t)row * ENT_ROW;
  uint32_t count = (uint32_t)(at[ENT_TERMS] | at[ENT_TERMS + 1] << 8);
  if (count == 0) put(at + ENT_TERM, first, 4);
  put(at + ENT_TERMS, count + 1, 4);
}

static bytes write_terms(bytes *byoff) {
  bytes out = {0};
  qsort(terms, term_count, sizeof *terms, by_person);
  uint32_t *order = more(NULL, term_count * sizeof *order);
  for (size_t i = 0; i < term_count; i++) {
    order[i] = (uint32_t)i;
    const term *t = &terms[i];
    uint8_t row[TERM_ROW] = {0};
    put(row + TERM_PERSON, t->person, 4);
    put(row + TERM_OFFICE, t->office, 4);
    put(row + TERM_FROM, (uint32_t)t->from, 4);
    put(row + TERM_TO, (uint32_t)t->to, 4);
    put(row + TERM_VERIFIED, (uint32_t)t->verified, 4);
    put(row + TERM_SRC, t->src, 4);
    row[TERM_PRECISION] = t->precision;
    row[TERM_BASIS] = t->basis;
    add(&out, row, TERM_ROW);
    count_terms(t->person, (uint32_t)i);
  }
  qsort(order, term_count, sizeof *order, by_office);
  for (size_t i = 0; i < term_count; i++) {
    uint8_t row[4];
    put(row, order[i], 4);
    add(byoff, row, 4);
    count_terms(terms[order[i]].office, (uint32_t)i);
  }
  free(order);
  return out;
}

static bytes write_posts(slots *forms) {
  bytes out = {0};
  qsort(posts, post_count, sizeof *posts, by_hash);
  for (size_t i = 0; i < post_count; i++) {
    const posting *p = &posts[i];
    slot *s = slot_of(forms, p->hash);
    if (s->value == AN_NONE) s->value = (uint32_t)i;
    s->count++;
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
    add(&out, row, POST_ROW);
  }
  return out;
}

/* For every first unit, the most units that a surface beginning with it has. */
static slots write_starts(void) {
  slots out = {0};
  for (size_t i = 0; i < post_count; i++) {
    const uint8_t *p = pool.at + posts[i].surface;
    an_text surface = {(const char *)p + 4, (uint32_t)(p[0] | p[1] << 8 | p[2] << 16)};
    an_units units = {0};
    an_arena_reset(&arena);
    an_units_cut(&arena, surface, 0, 0, &units);
    uint32_t k = 0;
    while (k < units.list.count && units.list.at[k].hash == 0) k++;
    if (k == units.list.count) continue;
    slot *s = slot_of(&out, units.list.at[k].hash);
    if (s->value == AN_NONE || s->value < posts[i].units) s->value = posts[i].units;
  }
  return out;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fputs("usage: worldc data/world world.an\n", stderr);
    return 2;
  }
  const char *dir = argv[1];
  an_arena_init(&arena, 1 << 20);
  add(&pool, NULL, 4); /* offset 0: no text */
  add(&needs, NULL, NEED_ROW);
  uint8_t the[NEED_ROW] = {AN_NEED_THE};
  add(&needs, the, NEED_ROW);
  add(&needs, NULL, NEED_ROW);
  each(dir, "countries", country, true);
  each(dir, "forms", country_form, true);
  each(dir, "people", person, true);
  each(dir, "given", given_name, true);
  each(dir, "aliases", alias, true);
  each(dir, "offices", office, true);
  each(dir, "terms", office_term, true);
  each(dir, "orgs", org, true);
  each(dir, "outlets", outlet, true);
  each(dir, "roles", role, true);
  each(dir, "cues", cue, true);
  each(dir, "places", place, true);
  if (failures > 0) {
    fprintf(stderr, "worldc: %d rows refused; nothing written\n", failures);
    return 2;
  }
  slots forms = {0};
  bytes byoff = {0}, term_rows = write_terms(&byoff), post_rows = write_posts(&forms);
  slots starts = write_starts();
  bytes form_rows = slot_bytes(&forms), start_rows = slot_bytes(&starts), id_rows = slot_bytes(&ids), site_rows = slot_bytes(&sites);
  const an_section_out out[] = {{"pool", pool.at, pool.size},           {"ents", ents.at, ents.size},
                                {"posts", post_rows.at, post_rows.size}, {"needs", needs.at, needs.size},
                                {"forms", form_rows.at, form_rows.size}, {"starts", start_rows.at, start_rows.size},
                                {"ids", id_rows.at, id_rows.size},       {"sites", site_rows.at, site_rows.size},
                                {"terms", term_rows.at, term_rows.size}, {"byoff", byoff.at, byoff.size}};
  an_error err = {0};
  if (an_datafile_write(argv[2], AN_WORLD_KIND, AN_WORLD_LAYOUT, sources, out, sizeof out / sizeof *out, &err) != AN_OK) {
    fprintf(stderr, "worldc: %s\n", err.message);
    return 2;
  }
  printf("%s: %zu entities, %zu forms, %zu terms\n", argv[2], ents.size / ENT_ROW, post_count, term_count);
  return 0;
}
