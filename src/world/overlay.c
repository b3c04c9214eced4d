/* SPDX-License-Identifier: Apache-2.0 */
/* A user's actors over the world file: add, change, remove. The file that is there is loaded, the rows of the user's tables are
   laid over it, and the whole is a world file again, in memory: look-ups know nothing of overlays. A table with any error is
   refused whole. docs/actors.md explains the columns. */
#include "world/build.h"

#include <stdlib.h>
#include <string.h>

enum { FORM_PRIOR = 950, SURNAME_PRIOR = 300 };
static const char *const columns[] = {"action", "id", "kind", "name", "country", "sector", "forms", "domain", "pronoun",
                                      "office", "from", "to", "checked", "src"};

typedef struct overlay { an_build build; an_tsv table; an_text src; an_map surfaces; an_buf *told; uint32_t wrong; } overlay;

static an_text cell(const overlay *o, const char *column) { return an_tsv_cell(&o->table, column); }
static void wrong(const overlay *o, const char *what, an_text of) { an_tsv_wrong(&o->table, what, of); }

static an_text source_of(const overlay *o) { return cell(o, "src").size > 0 ? cell(o, "src") : o->src; }

/* ---- Cells -------------------------------------------------------------------------------------------------------------- */

static uint32_t existing(const overlay *o, const char *column, uint8_t kind, const char *what) {
  an_text id = cell(o, column);
  uint32_t row = an_build_row(&o->build, id);
  if (row != AN_NONE && (kind == AN_ENT_NONE || an_build_kind(&o->build, row) == kind)) return row;
  wrong(o, what, id);
  return AN_NONE;
}

static bool country_fits(const overlay *o) {
  if (cell(o, "country").size == 0) return true;
  return existing(o, "country", AN_ENT_COUNTRY, "no such country (ISO 3166-1 alpha-3: KEN)") != AN_NONE;
}

static bool sector_fits(const overlay *o) {
  an_text s = cell(o, "sector");
  bool well = s.size == 0 || s.size == 3;
  for (uint32_t i = 0; i < s.size; i++) well &= s.at[i] >= 'A' && s.at[i] <= 'Z';
  if (!well) wrong(o, "a sector is three capitals of PLOVER (GOV, MIL, REB, OPP)", s);
  return well;
}

static bool pronoun_fits(const overlay *o) {
  an_text p = cell(o, "pronoun");
  bool well = p.size == 0 || an_text_is(p, "he") || an_text_is(p, "she") || an_text_is(p, "they");
  if (!well) wrong(o, "pronoun is he, she or they", p);
  return well;
}

static bool day_of(const overlay *o, const char *column, bool is_end, an_day open, an_day *out) {
  an_text c = cell(o, column);
  an_days days;
  *out = open;
  if (c.size == 0) return true;
  if (!an_days_parse(c, &days)) {
    wrong(o, "no day (2017-03-28, 2017-03 or 2017)", c);
    return false;
  }
  *out = !is_end || an_days_is_single(days) ? days.earliest : days.latest + 1;
  return true;
}

/* ---- Forms and terms ----------------------------------------------------------------------------------------------------- */

/* One word is a surname, but of somebody who is added under a name of one word. */
static uint8_t form_kind(uint8_t entity, an_text name, an_text surface) {
  bool mononym = name.size > 0 && an_text_find(name, 0, AN_LIT(" ")) == AN_NONE;
  bool surname = !mononym && an_text_find(surface, 0, AN_LIT(" ")) == AN_NONE;
  switch (entity) {
    case AN_ENT_PERSON: return surname ? AN_FORM_SURNAME : AN_FORM_FULL;
    case AN_ENT_COUNTRY: return AN_FORM_NAME;
    case AN_ENT_ORG: return AN_FORM_ORG;
    case AN_ENT_OUTLET: return AN_FORM_OUTLET;
    case AN_ENT_PLACE: return AN_FORM_PLACE;
    case AN_ENT_ROLE: return AN_FORM_ROLE;
    default: return AN_FORM_NONE;
  }
}

static void add_form(overlay *o, uint32_t row, an_text surface) {
  an_form_in f = {.entity = row, .surface = surface, .src = source_of(o), .kind = form_kind(an_build_kind(&o->build, row), cell(o, "name"), surface)};
  f.prior = f.kind == AN_FORM_SURNAME ? SURNAME_PRIOR : FORM_PRIOR;
  if (f.kind == AN_FORM_NONE) {
    wrong(o, "an office has no forms: roles have them", cell(o, "id"));
    return;
  }
  uint32_t *holder = an_map_put(&o->build.arena, &o->surfaces, an_fold_hash(surface), row);
  if (holder != NULL && *holder != row) wrong(o, "a form that another row of these tables gives to something else", surface);
  const char *why = an_build_form(&o->build, &f);
  if (why != NULL) wrong(o, why, surface);
}

static void add_forms(overlay *o, uint32_t row, an_text list) {
  for (uint32_t begin = 0, i = 0; i <= list.size; i++) {
    if (i < list.size && list.at[i] != ';') continue;
    an_text surface = an_text_trim(an_text_slice(list, begin, i));
    begin = i + 1;
    if (surface.size > 0) add_form(o, row, surface);
  }
}

static void add_term(overlay *o, uint32_t person) {
  an_build_term t = {.person = person, .office = existing(o, "office", AN_ENT_OFFICE, "no such office (KEN.president)"), .precision = 'd'};
  bool well = t.office != AN_NONE;
  well &= day_of(o, "from", false, AN_DAY_OPEN_EARLIEST, &t.from);
  well &= day_of(o, "to", true, AN_DAY_OPEN_LATEST, &t.to);
  well &= day_of(o, "checked", false, t.to == AN_DAY_OPEN_LATEST ? AN_DAY_OPEN_EARLIEST : t.to, &t.verified);
  if (well && t.from >= t.to) wrong(o, "a term that ends before it starts", cell(o, "to"));
  else if (well && t.verified == AN_DAY_OPEN_EARLIEST) wrong(o, "a term without an end needs the day on which it was checked (column checked)", cell(o, "id"));
  else if (well) an_build_term_add(&o->build, &t, source_of(o));
}

/* ---- Actions --------------------------------------------------------------------------------------------------------------- */

/* What a kind of row adds: its fields behind id, name, country and sector. */
static void fill_person(const overlay *o, an_entity_in *e) {
  uint32_t first = an_text_find(e->name, 0, AN_LIT(" ")), last = e->name.size;
  while (last > 0 && e->name.at[last - 1] != ' ') last--;
  e->one = an_text_slice(e->name, last, e->name.size);
  e->two = first == AN_NONE ? AN_LIT("") : an_text_slice(e->name, 0, first);
  e->sub = an_text_is(cell(o, "pronoun"), "he") ? AN_GENDER_MALE : an_text_is(cell(o, "pronoun"), "she") ? AN_GENDER_FEMALE : AN_GENDER_UNKNOWN;
}
static void fill_organisation(const overlay *o, an_entity_in *e) {
  (void)o;
  e->one = AN_LIT("organisation");
  e->two = e->sector;
}
static void fill_outlet(const overlay *o, an_entity_in *e) {
  e->one = cell(o, "domain");
  e->two = AN_LIT("outlet");
  e->sector = AN_LIT("JRN");
}
static void fill_country(const overlay *o, an_entity_in *e) {
  (void)o;
  e->country = e->id;
}
static void fill_office(const overlay *o, an_entity_in *e) {
  (void)o;
  e->one = e->name;
}
/* "PEASANT", "PEASANTS": people of a sector, whatever country the text gives them. */
static void fill_role(const overlay *o, an_entity_in *e) {
  bool group = an_text_is(cell(o, "pronoun"), "they");
  e->sub = group ? AN_ROLE_GROUP : AN_ROLE_PERSON;
  e->flags = group ? AN_ENT_PLURAL : 0;
}

typedef struct added_kind { const char *name; uint8_t kind; void (*fill)(const overlay *o, an_entity_in *e); } added_kind;
static const added_kind kinds[] = {{"person", AN_ENT_PERSON, fill_person},   {"organisation", AN_ENT_ORG, fill_organisation},
                                   {"outlet", AN_ENT_OUTLET, fill_outlet},   {"country", AN_ENT_COUNTRY, fill_country},
                                   {"office", AN_ENT_OFFICE, fill_office},   {"role", AN_ENT_ROLE, fill_role}};

static const added_kind *kind_of(const overlay *o) {
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (an_text_is(cell(o, "kind"), kinds[i].name)) return &kinds[i];
  wrong(o, "kind is person, organisation, outlet, country, office or role", cell(o, "kind"));
  return NULL;
}

static void add(overlay *o) {
  const added_kind *kind = kind_of(o);
  an_entity_in e = an_entity_plain(kind == NULL ? AN_ENT_NONE : kind->kind);
  e.id = cell(o, "id"), e.name = cell(o, "name"), e.country = cell(o, "country"), e.sector = cell(o, "sector"), e.src = source_of(o);
  if (e.id.size == 0) wrong(o, "a row without an id", e.name);
  if (e.name.size == 0) wrong(o, "a row without a name", e.id);
  bool fits = country_fits(o);
  fits &= sector_fits(o);
  fits &= pronoun_fits(o);
  if (kind == NULL || e.id.size == 0 || e.name.size == 0 || !fits) return;
  kind->fill(o, &e);
  bool fresh;
  uint32_t row = an_build_entity(&o->build, &e, &fresh);
  if (!fresh && kind->kind == AN_ENT_ROLE) an_build_entity_text(&o->build, row, ENT_SECTOR, e.sector); /* roles have one id: their words */
  else if (!fresh) {
    wrong(o, "an id that is there already; `change` changes it, `forms` gives it more forms", e.id);
    return;
  }
  if (kind->kind == AN_ENT_PERSON) an_build_given(&o->build, e.two, row);
  if (kind->kind == AN_ENT_OUTLET && e.one.size > 0) an_build_site(&o->build, e.one, row);
  if (kind->kind == AN_ENT_OFFICE) return;
  add_form(o, row, e.name);
  add_forms(o, row, cell(o, "forms"));
  if (kind->kind == AN_ENT_PERSON && cell(o, "office").size > 0) add_term(o, row);
}

static void change(overlay *o, uint32_t row) {
  static const struct { const char *column; int field; } fields[] = {{"name", ENT_NAME}, {"country", ENT_COUNTRY}, {"sector", ENT_SECTOR}};
  bool fits = country_fits(o);
  fits &= sector_fits(o);
  if (!fits) return;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (cell(o, fields[i].column).size > 0) an_build_entity_text(&o->build, row, fields[i].field, cell(o, fields[i].column));
  an_build_entity_text(&o->build, row, ENT_SRC, source_of(o));
  if (cell(o, "forms").size > 0) {
    an_build_forget_forms(&o->build, row);
    add_forms(o, row, cell(o, "forms"));
  }
}

static void remove_forms(overlay *o, uint32_t row) {
  an_text list = cell(o, "forms");
  if (list.size == 0) an_build_forget(&o->build, row);
  for (uint32_t begin = 0, i = 0; i <= list.size && list.size > 0; i++) {
    if (i < list.size && list.at[i] != ';') continue;
    an_text surface = an_text_trim(an_text_slice(list, begin, i));
    begin = i + 1;
    if (surface.size > 0 && !an_build_forget_form(&o->build, row, surface)) wrong(o, "no such form of it", surface);
  }
}

static void apply(overlay *o) {
  an_text action = cell(o, "action");
  if (an_text_is(action, "add")) {
    add(o);
    return;
  }
  bool forms = an_text_is(action, "forms"), term = an_text_is(action, "term"), changes = an_text_is(action, "change"), removes = an_text_is(action, "remove");
  if (!forms && !term && !changes && !removes) {
    wrong(o, "action is add, forms, term, change or remove", action);
    return;
  }
  uint32_t row = existing(o, "id", term ? AN_ENT_PERSON : AN_ENT_NONE, term ? "no person with this id" : "nothing has this id (`annals who NAME` prints ids)");
  if (row == AN_NONE) return;
  if (forms && cell(o, "forms").size == 0) wrong(o, "no forms given", cell(o, "id"));
  if (forms) add_forms(o, row, cell(o, "forms"));
  if (term) add_term(o, row);
  if (changes) change(o, row);
  if (removes) remove_forms(o, row);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------------------ */

static void check_columns(overlay *o) {
  if (o->table.columns == 0) return;
  for (uint32_t i = 0; i < o->table.columns && i < AN_TSV_COLUMNS; i++) {
    bool known = false;
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) known |= an_text_is(o->table.column[i], columns[k]);
    if (!known) wrong(o, "no such column", o->table.column[i]);
  }
  if (!an_tsv_has(&o->table, "action") || !an_tsv_has(&o->table, "id")) wrong(o, "the first line names the columns; action and id are needed", AN_LIT(""));
}

static an_status lay(overlay *o, const char *path, uint64_t *sources, an_error *err) {
  an_text bytes;
  AN_TRY(an_tsv_bytes(&o->build.arena, path, &bytes, err));
  *sources = an_hash_mix(*sources, an_hash64(bytes.at, bytes.size));
  const char *slash = strrchr(path, '/');
  o->src = an_arena_printf(&o->build.arena, "actors:%s", slash == NULL ? path : slash + 1);
  an_tsv_open(&o->table, path, bytes, false, o->told, &o->wrong);
  check_columns(o);
  while (an_tsv_row(&o->table)) apply(o);
  return AN_OK;
}

static an_status lay_all(overlay *o, const an_world *world, const char *const *paths, uint64_t *sources, an_datafile *out, an_error *err) {
  an_build_load(&o->build, world);
  o->build.overlay = true;
  for (; *paths != NULL; paths++) AN_TRY(lay(o, *paths, sources, err));
  if (o->wrong > 0) {
    an_text all = {o->told->at, (uint32_t)o->told->size};
    uint32_t end = an_text_find(all, 0, AN_LIT("\n"));
    return an_fail(err, AN_ERR_USAGE, "actors", "%u rows are wrong and none was taken; the first: %.*s", o->wrong, (int)(end == AN_NONE ? 0 : end), all.at == NULL ? "" : all.at);
  }
  an_section_out sections[AN_BUILD_SECTIONS];
  AN_TRY(an_build_finish(&o->build, sections, err));
  return an_datafile_make(AN_WORLD_KIND, AN_WORLD_LAYOUT, *sources, sections, AN_BUILD_SECTIONS, out, err);
}

an_status an_world_overlay(an_world *world, const char *const *paths, an_write *tell, void *to, an_error *err) {
  if (paths == NULL || *paths == NULL) return AN_OK;
  overlay *o = calloc(1, sizeof *o);
  if (o == NULL) return an_fail(err, AN_ERR_MEMORY, "actors", "no memory");
  an_buf told;
  an_buf_init(&told, (size_t)1 << 20);
  an_build_init(&o->build);
  o->told = &told;
  an_datafile made = {0};
  uint64_t sources = world->file.sources;
  an_status status = lay_all(o, world, paths, &sources, &made, err);
  if (status == AN_OK) status = an_world_exchange(world, &made, err);
  else if (tell != NULL && told.size > 0) tell(to, told.at, told.size);
  an_build_free(&o->build);
  an_buf_free(&told);
  free(o);
  return status;
}
