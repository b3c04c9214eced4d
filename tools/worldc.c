/* SPDX-License-Identifier: Apache-2.0 */
/* worldc: data/world as tables becomes world.an.     worldc data/world world.an

   Every table is a TSV file with a header line; NAME.hand.tsv is read before NAME.tsv, and its rows win. A message names file
   and line, and one run names all of them. What it refuses: a row without a source, a term without verified_on, an id twice, a
   form of an entity that is not there, a form twice in one file, a country, a code or a word of a list that nobody knows, a day
   that is none. */
#include "world/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static an_build build;
static an_buf told;
static uint32_t failures;
static uint64_t sources;
static an_map regions;                     /* names of disputed regions: hand-written rows are read first */
static an_map seen;                        /* forms of the file at hand */

typedef struct table { an_tsv tsv; bool hand; } table;

static void complain(const table *t, const char *what, an_text of) { an_tsv_wrong(&t->tsv, what, of); }
static an_text cell(const table *t, const char *column) { return an_tsv_cell(&t->tsv, column); }

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
static an_day day(const table *t, const char *column, bool is_end, an_day open) {
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

/* Is the cell one of these words? "" among them: it may be empty. */
static bool one_of(const table *t, const char *column, const char *const *words, const char *what) {
  for (uint32_t i = 0; words[i] != NULL; i++)
    if (an_text_is(cell(t, column), words[i])) return true;
  complain(t, what, cell(t, column));
  return false;
}

static void known_country(const table *t, const char *column) {
  an_text id = cell(t, column);
  if (id.size > 0 && an_build_kind(&build, an_build_row(&build, id)) != AN_ENT_COUNTRY) complain(t, "no such country", id);
}

static void known_code(const table *t, const char *column) {
  an_text code = cell(t, column);
  bool well = code.size == 0 || code.size == 3;
  for (uint32_t i = 0; i < code.size; i++) well &= code.at[i] >= 'A' && code.at[i] <= 'Z';
  if (!well) complain(t, "no code of three capitals", code);
}

/* The same words for the same thing, letter for letter; spellings that fold to one form are many in the sources. */
static void once(const table *t, an_text surface, uint32_t entity, uint8_t kind) {
  uint64_t key = an_hash_mix(an_hash64(surface.at, surface.size), ((uint64_t)entity << 8 | kind) + 1);
  uint32_t *line = an_map_put(&build.arena, &seen, key, AN_NONE);
  if (line == NULL) build.failed = true;
  else if (*line == AN_NONE) *line = t->tsv.line;
  else complain(t, "a form that stands here twice", surface);
}

static uint32_t add_entity(const table *t, const an_entity_in *e) {
  bool fresh;
  if (e->src.size == 0) complain(t, "a row without a source", e->name);
  uint32_t row = an_build_entity(&build, e, &fresh);
  if (!fresh && !t->hand && e->kind != AN_ENT_ROLE) complain(t, "an id that is there already", e->id);
  return row;
}

static void put_form(const table *t, const an_form_in *f) {
  const char *wrong = an_build_form(&build, f);
  if (wrong != NULL) complain(t, wrong, f->surface);
}

static void add_form(const table *t, const an_form_in *f) {
  once(t, f->surface, f->entity, f->kind);
  put_form(t, f);
}

static void add_forms(const table *t, an_text list, const an_form_in *like) {
  for (uint32_t begin = 0, i = 0; i <= list.size; i++) {
    if (i < list.size && list.at[i] != ';') continue;
    an_text surface = an_text_trim(an_text_slice(list, begin, i));
    begin = i + 1;
    if (surface.size > 0) once(t, surface, like->entity, like->kind);
  }
  an_build_forms(&build, list, like);
}

/* ---- One function a table ------------------------------------------------------------------------------------ */

typedef void read_row(const table *t);

static an_text read_file(const char *path) {
  FILE *f = fopen(path, "rb");
  if (f == NULL) return (an_text){NULL, 0};
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  char *bytes = size < 0 ? NULL : malloc((size_t)size + 1); /* freed in each() */
  size_t got = bytes == NULL ? 0 : fread(bytes, 1, (size_t)size, f);
  fclose(f);
  return (an_text){bytes, (uint32_t)got};
}

static void each(const char *dir, const char *name, read_row *row, bool must) {
  static const char *const ends[] = {".hand.tsv", ".tsv"};
  bool any = false;
  for (int i = 0; i < 2; i++) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s%s", dir, name, ends[i]);
    an_text bytes = read_file(path);
    if (bytes.at == NULL) continue;
    any = true;
    sources = an_hash_mix(sources + 1, an_hash64(bytes.at, bytes.size));
    table t = {.hand = i == 0};
    seen = (an_map){0};
    an_tsv_open(&t.tsv, path, bytes, true, &told, &failures);
    while (an_tsv_row(&t.tsv)) row(&t);
    free((char *)(uintptr_t)bytes.at); /* what the rows said is in the build's pool */
  }
  if (!any && must) {
    fprintf(stderr, "worldc: %s/%s.tsv is not there\n", dir, name);
    failures++;
  }
}

static void country(const table *t) {
  static const char *const words[] = {"yes", "no", "disputed", "former", NULL};
  an_text s = cell(t, "sovereign");
  one_of(t, "sovereign", words, "sovereign is yes, no, disputed or former");
  uint16_t flags = an_text_is(s, "disputed") ? AN_ENT_DISPUTED : an_text_is(s, "former") ? AN_ENT_GONE : 0;
  an_entity_in e = {.id = cell(t, "id"), .name = cell(t, "name"), .country = cell(t, "id"), .one = cell(t, "wikidata"), .two = cell(t, "cow"),
              .src = cell(t, "src"), .from = day(t, "valid_from", false, AN_DAY_OPEN_EARLIEST), .to = AN_DAY_OPEN_LATEST,
              .lat = degrees(t, "lat"), .lon = degrees(t, "lon"), .flags = flags, .kind = AN_ENT_COUNTRY};
  add_entity(t, &e);
}

static void country_form(const table *t) {
  static const char *const kinds[] = {"name", "adj", "noun", "noun_pl", "capital", "metonym", "former", "abbr"};
  an_form_in f = {.entity = an_build_row(&build, cell(t, "entity")), .surface = cell(t, "surface"), .sector = cell(t, "sector"), .needs = cell(t, "needs"),
            .src = cell(t, "src"), .prior = (uint16_t)number(t, "prior", 500), .exact = an_text_is(cell(t, "case"), "exact")};
  for (uint8_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (an_text_is(cell(t, "kind"), kinds[i])) f.kind = (uint8_t)(AN_FORM_NAME + i);
  static const char *const cases[] = {"any", "exact", NULL};
  one_of(t, "case", cases, "case is any or exact");
  known_code(t, "sector");
  if (f.entity == AN_NONE) complain(t, "no such entity", cell(t, "entity"));
  else if (f.kind == AN_FORM_NONE) complain(t, "no such kind of form", cell(t, "kind"));
  else if (f.src.size == 0) complain(t, "a row without a source", f.surface);
  else add_form(t, &f);
}

static void person(const table *t) {
  uint8_t pronoun = an_text_is(cell(t, "pronoun"), "he") ? AN_GENDER_MALE : an_text_is(cell(t, "pronoun"), "she") ? AN_GENDER_FEMALE : AN_GENDER_UNKNOWN;
  an_entity_in e = {.id = cell(t, "id"), .name = cell(t, "display"), .country = cell(t, "country"), .sector = cell(t, "sector"),
              .one = cell(t, "family"), .two = cell(t, "given"), .src = cell(t, "src"), .from = AN_DAY_OPEN_EARLIEST,
              .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN, .lon = INT32_MIN, .kind = AN_ENT_PERSON, .sub = pronoun};
  static const char *const pronouns[] = {"he", "she", "", NULL};
  one_of(t, "pronoun", pronouns, "pronoun is he or she");
  known_country(t, "country");
  known_code(t, "sector");
  uint32_t row = add_entity(t, &e);
  /* First names that people of the world file bear tell other people's names from things ("Avi Bell", "Hang Seng"). */
  an_text given = cell(t, "given");
  uint32_t space = an_text_find(given, 0, AN_LIT(" "));
  if (given.size > 2) an_build_given(&build, an_text_slice(given, 0, space == AN_NONE ? given.size : space), row);
}

static void given_name(const table *t) {
  if (cell(t, "src").size == 0) complain(t, "a row without a source", cell(t, "name"));
  else an_build_given(&build, cell(t, "name"), 0);
}

static void naming(const table *t) {
  static const struct { const char *kind; bool country; uint32_t rule; } kinds[] = {
      {"country-first", true, AN_NAMING_FIRST}, {"country-either", true, AN_NAMING_EITHER}, {"country-two", true, AN_NAMING_TWO},
      {"country-two-listed", true, AN_NAMING_TWO_LISTED}, {"country-chain", true, AN_NAMING_CHAIN}, {"country-none", true, AN_NAMING_NONE},
      {"country-mixed", true, AN_NAMING_MIXED}, {"family-first", false, AN_NAMING_FIRST}, {"family-either", false, AN_NAMING_EITHER},
      {"family-two", false, AN_NAMING_TWO}, {"join", false, AN_NAMING_JOIN}, {"link", false, AN_NAMING_LINK}, {"suffix", false, AN_NAMING_SUFFIX}};
  if (cell(t, "src").size == 0) complain(t, "a row without a source", cell(t, "name"));
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (!an_text_is(cell(t, "kind"), kinds[i].kind)) continue;
    if (kinds[i].country) known_country(t, "name");
    an_build_naming(&build, cell(t, "name"), kinds[i].country, kinds[i].rule);
    return;
  }
  complain(t, "no such rule of names", cell(t, "kind"));
}

static void alias(const table *t) {
  an_text k = cell(t, "kind");
  an_form_in f = {.entity = an_build_row(&build, cell(t, "entity")), .surface = cell(t, "surface"), .src = cell(t, "src")};
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
  an_entity_in e = {.id = cell(t, "id"), .name = cell(t, "role"), .country = cell(t, "entity"), .sector = cell(t, "sector"), .one = cell(t, "role"),
              .src = cell(t, "src"), .from = AN_DAY_OPEN_EARLIEST, .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN, .lon = INT32_MIN,
              .flags = (uint16_t)((number(t, "single", 0) ? AN_ENT_SINGLE : 0) | (number(t, "head", 0) ? AN_ENT_HEAD : 0)),
              .kind = AN_ENT_OFFICE};
  known_country(t, "entity");
  known_code(t, "sector");
  add_entity(t, &e);
}

static void office_term(const table *t) {
  static const char *const bases[] = {"held", "since", "elected", "inaugurated", "named", "acting", "listed", NULL};
  static const char *const precisions[] = {"d", "m", "y", NULL};
  an_text basis = cell(t, "basis"), precision = cell(t, "precision");
  one_of(t, "basis", bases, "no such basis of a term");
  one_of(t, "precision", precisions, "precision is d, m or y");
  an_build_term one = {.person = an_build_row(&build, cell(t, "person")), .office = an_build_row(&build, cell(t, "office")),
                       .from = day(t, "from", false, AN_DAY_OPEN_EARLIEST), .to = day(t, "to", true, AN_DAY_OPEN_LATEST),
                       .verified = day(t, "verified_on", false, AN_DAY_OPEN_EARLIEST),
                       .precision = precision.size > 0 ? (uint8_t)precision.at[0] : 'd',
                       .basis = an_text_is(basis, "acting") ? AN_BASIS_ACTING : an_text_is(basis, "listed") ? AN_BASIS_LISTED : 0};
  if (one.person == AN_NONE) complain(t, "no such person", cell(t, "person"));
  else if (one.office == AN_NONE) complain(t, "no such office", cell(t, "office"));
  else if (cell(t, "src").size == 0 || one.verified == AN_DAY_OPEN_EARLIEST) complain(t, "a term without src or verified_on", cell(t, "person"));
  else if (one.from >= one.to) complain(t, "a term that ends before it starts", cell(t, "person"));
  else an_build_term_add(&build, &one, cell(t, "src"));
}

static void org(const table *t) {
  an_entity_in e = {.id = cell(t, "id"), .name = cell(t, "display"), .country = cell(t, "country"), .sector = cell(t, "sector"),
              .one = cell(t, "type"), .two = cell(t, "plover"), .src = cell(t, "src"), .from = day(t, "valid_from", false, AN_DAY_OPEN_EARLIEST),
              .to = day(t, "valid_to", true, AN_DAY_OPEN_LATEST), .lat = INT32_MIN, .lon = INT32_MIN, .kind = AN_ENT_ORG};
  known_country(t, "country");
  known_code(t, "sector");
  known_code(t, "plover");
  an_form_in like = {.entity = add_entity(t, &e), .src = e.src, .prior = 900, .kind = AN_FORM_ORG};
  add_forms(t, cell(t, "surfaces"), &like);
}

static void outlet(const table *t) {
  an_entity_in e = {.id = cell(t, "id"), .name = cell(t, "display"), .country = cell(t, "country"), .sector = AN_LIT("JRN"),
              .one = cell(t, "domain"), .two = cell(t, "kind"), .src = cell(t, "src"), .from = AN_DAY_OPEN_EARLIEST,
              .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN, .lon = INT32_MIN, .kind = AN_ENT_OUTLET};
  known_country(t, "country");
  an_form_in like = {.entity = add_entity(t, &e), .src = e.src, .prior = 880, .kind = AN_FORM_OUTLET};
  add_forms(t, cell(t, "cites_as"), &like);
  an_build_site(&build, e.one, like.entity);
}

static void role(const table *t) {
  static const char *const kinds[] = {"person", "group", "institution", "title"};
  char id[128];
  int size = snprintf(id, sizeof id, "role:%.*s", (int)cell(t, "phrase").size, cell(t, "phrase").at);
  uint8_t sub = 0;
  for (uint8_t i = 0; i < 4; i++)
    if (an_text_is(cell(t, "kind"), kinds[i])) sub = (uint8_t)(AN_ROLE_PERSON + i);
  if (sub == 0) complain(t, "no such kind of role", cell(t, "kind"));
  known_code(t, "sector");
  an_text kept = {id, size < (int)sizeof id ? (uint32_t)size : (uint32_t)sizeof id - 1};
  an_entity_in e = {.id = kept, .name = cell(t, "phrase"), .sector = cell(t, "sector"), .one = cell(t, "office"), .src = cell(t, "src"),
              .from = AN_DAY_OPEN_EARLIEST, .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN, .lon = INT32_MIN,
              .flags = (uint16_t)((number(t, "needs_country", 0) ? AN_ENT_NEEDS_COUNTRY : 0) | (number(t, "plural", 0) ? AN_ENT_PLURAL : 0) |
                                 (number(t, "needs_country", 0) == 2 ? AN_ENT_ALSO_PRIVATE : 0)),
              .kind = AN_ENT_ROLE, .sub = sub};
  an_form_in f = {.entity = add_entity(t, &e), .surface = e.name, .src = e.src, .prior = 800, .kind = AN_FORM_ROLE};
  add_form(t, &f);
}

static void cue(const table *t) {
  static const char *const kinds[] = {"former", "elect", "acting", "modifier", "locative", "org_word",
                                      "site_word", "not_a_name", "motion", "particle", "she", "he", "near", "direction", "deputy", "polity", "paper_word",
                                      "vessel", "creature", "word", "small", "leading", "counterpart"};
  an_entity_in e = {.name = cell(t, "phrase"), .src = cell(t, "src"), .from = AN_DAY_OPEN_EARLIEST, .to = AN_DAY_OPEN_LATEST, .lat = INT32_MIN,
              .lon = INT32_MIN, .kind = AN_ENT_CUE};
  for (uint8_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (an_text_is(cell(t, "kind"), kinds[i])) e.sub = (uint8_t)(AN_CUE_FORMER + i);
  if (e.sub == 0) complain(t, "no such kind of cue", cell(t, "kind"));
  an_form_in f = {.entity = add_entity(t, &e), .surface = e.name, .src = e.src, .prior = 100, .kind = AN_FORM_CUE};
  once(t, f.surface, 0, e.sub); /* one phrase may be cues of several kinds */
  put_form(t, &f);
}

/* Other names of towns hold rare romanisations: the first three, no short ones and no codes. */
static void add_town_names(const table *t, an_text list, const an_form_in *like) {
  uint32_t given = 0;
  for (uint32_t begin = 0, i = 0; i <= list.size && given < 3; i++) {
    if (i < list.size && list.at[i] != ';') continue;
    an_form_in f = *like;
    f.surface = an_text_trim(an_text_slice(list, begin, i));
    begin = i + 1;
    given++;
    if (f.surface.size >= 5 && !an_build_is_upper(&build, f.surface)) put_form(t, &f);
  }
}

/* A place's spellings: all of a seat's or a large town's, else its name alone. Their priors grow with the town. */
static void place(const table *t) {
  known_country(t, "country");
  an_text feature = cell(t, "feature"), id = cell(t, "geonameid");
  uint32_t pop = (uint32_t)number(t, "pop", 0);
  bool division = an_text_is(feature, "ADM1"), town = an_text_starts(feature, "PPL");
  bool seat = an_text_is(feature, "PPLC") || an_text_is(feature, "PPLA");
  bool airport = an_text_starts(feature, "AIR");
  an_entity_in e = {.id = id, .name = cell(t, "name"), .country = cell(t, "country"), .one = cell(t, "admin1"), .two = feature, .src = cell(t, "src"),
              .from = AN_DAY_OPEN_EARLIEST, .to = AN_DAY_OPEN_LATEST, .lat = degrees(t, "lat"), .lon = degrees(t, "lon"), .pop = pop,
              .kind = AN_ENT_PLACE};
  bool disputed = an_text_is(feature, "RGND"); /* a region whose status is disputed */
  /* "Crimea" the division is as disputed as "Crimea" the region. */
  uint32_t *region = division || disputed ? an_map_put(&build.arena, &regions, an_fold_hash(e.name), 0) : NULL;
  if (region != NULL && disputed) *region = 1;
  if (disputed || (region != NULL && *region == 1)) e.flags = AN_ENT_DISPUTED;
  e.sub = airport || an_text_is(feature, "SITE") ? AN_WHERE_SITE : town ? AN_WHERE_CITY : division ? AN_WHERE_ADMIN1
          : e.country.size > 0 && (disputed || an_text_is(feature, "RGN")) ? AN_WHERE_ADMIN1 : AN_WHERE_REGION;
  uint16_t prior = !town && !division && !airport ? 700 : airport ? 500 : pop >= 3000000 ? 600 : pop >= 1000000 ? 520 : pop >= 300000 ? 450
                   : pop >= 100000 ? 400 : seat ? 380 : division ? 350 : 250;
  an_form_in like = {.entity = add_entity(t, &e), .surface = e.name, .src = e.src, .prior = prior, .kind = AN_FORM_PLACE};
  if (like.surface.size > 3 || town) put_form(t, &like);
  like.surface = cell(t, "ascii");
  if (like.surface.size > 0) put_form(t, &like);
  if (like.prior > 50) like.prior = (uint16_t)(like.prior - 50);
  if (!town) an_build_forms(&build, cell(t, "alt"), &like);
  else if (an_text_is(feature, "PPLC") || pop >= 500000) add_town_names(t, cell(t, "alt"), &like);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fputs("usage: worldc data/world world.an\n", stderr);
    return 2;
  }
  const char *dir = argv[1];
  an_build_init(&build);
  an_buf_init(&told, (size_t)1 << 24);
  each(dir, "countries", country, true);
  each(dir, "forms", country_form, true);
  each(dir, "people", person, true);
  each(dir, "given", given_name, true);
  each(dir, "naming", naming, true);
  each(dir, "aliases", alias, true);
  each(dir, "offices", office, true);
  each(dir, "terms", office_term, true);
  each(dir, "orgs", org, true);
  each(dir, "outlets", outlet, true);
  each(dir, "roles", role, true);
  each(dir, "cues", cue, true);
  each(dir, "places", place, true);
  if (failures > 0) {
    fprintf(stderr, "%sworldc: %u rows refused; nothing written\n", told.at == NULL ? "" : told.at, failures);
    return 2;
  }
  an_section_out out[AN_BUILD_SECTIONS];
  an_error err = {0};
  an_status status = an_build_finish(&build, out, &err);
  if (status == AN_OK) status = an_datafile_write(argv[2], AN_WORLD_KIND, AN_WORLD_LAYOUT, sources, out, AN_BUILD_SECTIONS, &err);
  if (status != AN_OK) {
    fprintf(stderr, "worldc: %s\n", err.message);
    return 2;
  }
  printf("%s: %u entities, %u forms, %u terms\n", argv[2], an_build_count(&build), build.posts.count, build.terms.count);
  return 0;
}
