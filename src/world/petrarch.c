/* SPDX-License-Identifier: Apache-2.0 */
/* Dictionaries of PETRARCH and TABARI as tables of actors (overlay.c), with a report of their oddities.

   An actor file: "NAME [CODE]" or NAME, further spellings "+NAME" on lines of their own, and codes on lines of their own, which a
   range of days may restrict: [IRNGOV 20050803-20130803], [IRNGOV >030101], [HOB < 950601]. Words stand between _ or spaces. An
   agent file: "FARMER [~AGR]", a plural in braces, "!PERSON!" for a set of words. Comments begin with #, ; or <!--.
   A code is triples: a country or body, then sectors. Codes that nobody knows are kept as they are. */
#include "world/find.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES = 400, CODES = 200, SETS = 64 };
typedef struct code { an_text text; an_day from, to; bool dated; } code;
typedef struct set { an_text name; an_text words[64]; uint32_t count; } set;
typedef struct petrarch {
  const an_world *world;
  an_arena arena;
  an_buf out, lint;
  an_map forms, offices, countries, ids;  /* folds of what was written already */
  const char *file; uint32_t line, head_line;
  an_text names[NAMES]; uint32_t name_count;
  code codes[CODES]; uint32_t code_count;
  set sets[SETS]; uint32_t set_count;
  an_day newest, last;                    /* of days that the files name; of days that can be written */
  uint32_t odd, actors, agents;
} petrarch;

static void odd(petrarch *p, const char *what, an_text of) {
  p->odd++;
  an_buf_printf(&p->lint, "%s:%u: %s: %.*s\n", p->file, p->line, what, (int)of.size, of.at == NULL ? "" : of.at);
}

/* ---- Cells of the format ------------------------------------------------------------------------------------------------ */

/* "HASSAN_ROUHANI_" -> "Hassan Rouhani": words as a page writes them, so that capitals are asked for; small words stay small. */
static an_text spelled(petrarch *p, an_text name) {
  char *at = AN_NEW(&p->arena, char, name.size + 1);
  uint32_t size = 0, begin = 0;
  if (at == NULL) return (an_text){NULL, 0};
  for (uint32_t i = 0; i <= name.size; i++) {
    bool gap = i == name.size || name.at[i] == '_' || name.at[i] == ' ' || name.at[i] == '\t';
    if (!gap) continue;
    an_text word = an_text_slice(name, begin, i);
    begin = i + 1;
    if (word.size == 0) continue;
    if (size > 0) at[size++] = ' ';
    uint32_t start = size;
    bool lower = start > 0 && an_is_cue(p->world, word, AN_CUE_SMALL);
    bool cap = !lower;
    for (uint32_t c = 0; c < word.size; c++) {
      char ch = word.at[c];
      if (ch == ';') ch = ',';
      at[size++] = ch >= 'A' && ch <= 'Z' && !cap ? (char)(ch + 32) : ch >= 'a' && ch <= 'z' && cap ? (char)(ch - 32) : ch;
      cap = !lower && (ch == '-' || ch == '.' || ch == '\'');
    }
  }
  return (an_text){at, size};
}

/* YYMMDD or YYYYMMDD; a year of two digits over 30 is of the last century (TABARI's rule). */
static bool date_of(an_text digits, an_day *out) {
  if (digits.size != 6 && digits.size != 8) return false;
  uint32_t value = 0;
  for (uint32_t i = 0; i < digits.size; i++) {
    if (digits.at[i] < '0' || digits.at[i] > '9') return false;
    value = value * 10 + (uint32_t)(digits.at[i] - '0');
  }
  int year = (int)(value / 10000);
  if (digits.size == 6) year += year > 30 ? 1900 : 2000;
  unsigned month = value / 100 % 100, mday = value % 100;
  if (!an_day_valid(year, month, mday)) return false;
  *out = an_day_of(year, month, mday);
  return true;
}

/* Behind the code: "", ">DATE", "<DATE", "DATE-DATE". The last day of a range is its own. */
static bool range_of(petrarch *p, an_text text, code *c) {
  text = an_text_trim(text);
  c->from = AN_DAY_OPEN_EARLIEST;
  c->to = AN_DAY_OPEN_LATEST;
  if (text.size == 0) return true;
  c->dated = true;
  uint32_t dash = an_text_find(text, 0, AN_LIT("-"));
  bool after = text.at[0] == '>', before = text.at[0] == '<', well = false;
  if (after || before) {
    an_day day = 0;
    well = date_of(an_text_trim(an_text_slice(text, 1, text.size)), &day);
    if (well && after) c->from = day;
    if (well && before) c->to = day;
  } else if (dash != AN_NONE) {
    an_day last = 0;
    well = date_of(an_text_trim(an_text_slice(text, 0, dash)), &c->from) && date_of(an_text_trim(an_text_slice(text, dash + 1, text.size)), &last);
    c->to = last + 1;
  }
  if (!well) odd(p, "no range of days; the code is left out", text);
  else if (c->from >= c->to) odd(p, "a range that ends before it starts; the code is left out", text);
  if (well && c->from != AN_DAY_OPEN_EARLIEST && c->from > p->newest) p->newest = c->from;
  if (well && c->to != AN_DAY_OPEN_LATEST && c->to > p->newest) p->newest = c->to;
  return well && c->from < c->to;
}

static void add_code(petrarch *p, an_text inside) {
  inside = an_text_trim(inside);
  uint32_t end = 0;
  while (end < inside.size && ((inside.at[end] >= 'A' && inside.at[end] <= 'Z') || (inside.at[end] >= 'a' && inside.at[end] <= 'z'))) end++;
  code c = {.text = an_text_slice(inside, 0, end)};
  if (end == 0 || end % 3 != 0) odd(p, "a code that is not made of triples of letters", inside);
  char *capitals = AN_NEW(&p->arena, char, end + 1);
  bool small = false;
  for (uint32_t i = 0; i < end && capitals != NULL; i++) {
    small |= inside.at[i] >= 'a';
    capitals[i] = (char)(inside.at[i] >= 'a' ? inside.at[i] - 32 : inside.at[i]);
  }
  if (small) odd(p, "a code in small letters", inside);
  if (capitals != NULL) c.text.at = capitals;
  if (end < 3 || p->code_count == CODES || !range_of(p, an_text_slice(inside, end, inside.size), &c)) return;
  p->codes[p->code_count++] = c;
}

/* ---- Rows of the table ---------------------------------------------------------------------------------------------------- */

static bool is_new(petrarch *p, an_map *map, an_text text) {
  uint32_t *at = an_map_put(&p->arena, map, an_fold_hash(text), 0);
  return at != NULL && (*at)++ == 0;
}

static void row(petrarch *p, const char *action, an_text id, const char *kind, an_text name, an_text country, an_text sector, an_text forms) {
  an_buf_printf(&p->out, "%s\t%.*s\t%s\t%.*s\t%.*s\t%.*s\t%.*s", action, (int)id.size, id.at, kind, (int)name.size, name.at == NULL ? "" : name.at,
                (int)country.size, country.at == NULL ? "" : country.at, (int)sector.size, sector.at == NULL ? "" : sector.at, (int)forms.size,
                forms.at == NULL ? "" : forms.at);
}

static void row_end(petrarch *p, const char *pronoun, an_text office, an_day from, an_day to) {
  char first[16] = "", last[16] = "";
  if (from != AN_DAY_OPEN_EARLIEST) an_day_iso(from, first);
  if (to != AN_DAY_OPEN_LATEST) an_day_iso(to, last);
  an_buf_printf(&p->out, "\t%s\t%.*s\t%s\t%s\t%s\t%s:%u\n", pronoun, (int)office.size, office.at, first, last, office.size > 0 && last[0] == '\0' ? "CHECKED" : "", p->file, p->head_line);
}

/* The country that a code begins with; one that nobody knows is added, as it is. Bodies (IGO, NGO) are no country. */
static an_text country_of(petrarch *p, an_text whole) {
  an_text first = an_text_slice(whole, 0, 3);
  if (an_code_above_states(first)) return (an_text){NULL, 0};
  uint32_t known = an_entity_by_id(p->world, first);
  if (known != AN_NONE && an_entity_kind_of(p->world, known) == AN_ENT_COUNTRY) return first;
  if (is_new(p, &p->countries, first)) {
    odd(p, "a country that nobody knows; added as it is", first);
    row(p, "add", first, "country", first, AN_LIT(""), AN_LIT(""), AN_LIT(""));
    row_end(p, "", AN_LIT(""), AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST);
  }
  return first;
}

static an_text sector_of(an_text whole, bool body) { return body ? an_text_slice(whole, 0, 3) : whole.size >= 6 ? an_text_slice(whole, 3, 6) : (an_text){NULL, 0}; }

static bool fits_units(petrarch *p, an_text name) {
  an_units units = {0};
  uint32_t words = 0;
  if (!an_units_cut(&p->arena, name, 0, 0, &units)) return false;
  for (uint32_t i = 0; i < units.list.count; i++) words += units.list.at[i].hash != 0;
  return words > 0 && units.list.count <= AN_UNITS_MOST;
}

static an_text fresh_names(petrarch *p) {
  an_buf list;
  an_buf_init(&list, 1 << 16);
  for (uint32_t i = 0; i < p->name_count; i++) {
    an_text name = spelled(p, p->names[i]);
    if (name.size == 0) continue;
    if (!fits_units(p, name)) {
      odd(p, "a name of too many words, or of none; left out", name);
      continue;
    }
    if (!is_new(p, &p->forms, name)) {
      odd(p, "a name that stands there twice; the first is kept", name);
      continue;
    }
    if (list.size > 0) an_buf_z(&list, "; ");
    an_buf_text(&list, name);
  }
  an_text out = an_arena_copy(&p->arena, list.at == NULL ? "" : list.at, list.size);
  an_buf_free(&list);
  return out;
}

static void term_row(petrarch *p, an_text id, an_text whole, an_day from, an_day to) {
  an_text country = country_of(p, whole), sector = sector_of(whole, country.size == 0);
  an_text office = an_arena_printf(&p->arena, "petrarch.%.*s", (int)whole.size, whole.at);
  if (is_new(p, &p->offices, office)) {
    row(p, "add", office, "office", whole, country, sector, AN_LIT(""));
    row_end(p, "", AN_LIT(""), AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST);
  }
  row(p, "term", id, "", AN_LIT(""), AN_LIT(""), AN_LIT(""), AN_LIT(""));
  row_end(p, "", office, from, to);
}

/* The first day from `day` on that no dated code covers, and the day on which one begins again. */
static bool next_gap(const petrarch *p, an_day *day, an_day *end) {
  for (uint32_t i = 0; i < p->code_count; i++) {
    const code *c = &p->codes[i];
    if (!c->dated || c->from > *day || c->to <= *day) continue;
    *day = c->to;
    i = AN_NONE; /* from the beginning: codes stand in any order */
  }
  *end = AN_DAY_OPEN_LATEST;
  for (uint32_t i = 0; i < p->code_count; i++)
    if (p->codes[i].dated && p->codes[i].from > *day && p->codes[i].from < *end) *end = p->codes[i].from;
  return *day != AN_DAY_OPEN_LATEST;
}

/* Dated codes are terms; the one without days holds on every other day, whenever that is. */
static void terms_of(petrarch *p, an_text id) {
  const code *plain = NULL;
  for (uint32_t i = 0; i < p->code_count; i++) {
    const code *c = &p->codes[i];
    if (c->dated) term_row(p, id, c->text, c->from, c->to);
    else if (plain == NULL) plain = c;
  }
  an_day day = AN_DAY_OPEN_EARLIEST, end;
  for (uint32_t turn = 0; plain != NULL && turn <= CODES && next_gap(p, &day, &end); turn++) {
    term_row(p, id, plain->text, day, end == AN_DAY_OPEN_LATEST ? p->last : end);
    day = end;
  }
}

/* An actor whose codes are all known: the plain code is what it is, dated codes are terms of an office of that code. */
static void flush_actor(petrarch *p) {
  uint32_t line = p->line;
  p->line = p->head_line;
  if (p->name_count > 0 && p->code_count == 0) odd(p, "a name without a code; left out", p->names[0]);
  an_text forms = p->name_count > 0 && p->code_count > 0 ? fresh_names(p) : (an_text){NULL, 0};
  if (forms.size > 0) {
    const code *plain = &p->codes[0];
    bool dated = false;
    for (uint32_t i = 0; i < p->code_count; i++) dated |= p->codes[i].dated;
    for (uint32_t i = p->code_count; i-- > 0;)
      if (!p->codes[i].dated) plain = &p->codes[i];
    an_text country = country_of(p, plain->text), sector = sector_of(plain->text, country.size == 0);
    if (plain->dated && country.size > 0) sector = (an_text){NULL, 0};
    uint32_t end = an_text_find(forms, 0, AN_LIT(";"));
    an_text name = an_text_slice(forms, 0, end), rest = end == AN_NONE ? (an_text){NULL, 0} : an_text_trim(an_text_slice(forms, end + 1, forms.size));
    p->actors++;
    if (plain->text.size == 3 && country.size > 0 && !dated) {
      row(p, "forms", country, "", AN_LIT(""), AN_LIT(""), AN_LIT(""), forms);
      row_end(p, "", AN_LIT(""), AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST);
    } else {
      an_text id = an_arena_printf(&p->arena, "petrarch:%.*s", (int)name.size, name.at);
      row(p, "add", id, dated ? "person" : "organisation", name, country, sector, rest);
      row_end(p, "", AN_LIT(""), AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST);
      if (dated) terms_of(p, id);
    }
  }
  p->line = line;
  p->name_count = p->code_count = 0;
}

/* ---- Agents ------------------------------------------------------------------------------------------------------------------ */

static void write_agent(petrarch *p, an_text name, an_text sector, bool plural) {
  an_text words = spelled(p, name);
  char *lower = AN_NEW(&p->arena, char, words.size + 1);
  if (lower == NULL || words.size == 0) return;
  for (uint32_t i = 0; i < words.size; i++) lower[i] = words.at[i] >= 'A' && words.at[i] <= 'Z' ? (char)(words.at[i] + 32) : words.at[i];
  words.at = lower;
  if (!is_new(p, &p->forms, words)) {
    odd(p, "a name that stands there twice; the first is kept", words);
    return;
  }
  p->agents++;
  row(p, "add", an_arena_printf(&p->arena, "role:%.*s", (int)words.size, words.at), "role", words, AN_LIT(""), sector, AN_LIT(""));
  row_end(p, plural ? "they" : "", AN_LIT(""), AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST);
}

static void add_agent(petrarch *p, an_text name, an_text braces, bool has_braces, an_text sector) {
  uint32_t mark = an_text_find(name, 0, AN_LIT("!"));
  uint32_t close = mark == AN_NONE ? AN_NONE : an_text_find(name, mark + 1, AN_LIT("!"));
  if (close != AN_NONE) {
    an_text wanted = an_text_slice(name, mark, close + 1);
    for (uint32_t s = 0; s < p->set_count; s++) {
      if (!an_text_equal(p->sets[s].name, wanted)) continue;
      for (uint32_t k = 0; k < p->sets[s].count; k++)
        write_agent(p, an_arena_printf(&p->arena, "%.*s%.*s%.*s", (int)mark, name.at, (int)p->sets[s].words[k].size, p->sets[s].words[k].at,
                                       (int)(name.size - close - 1), name.at + close + 1), sector, an_text_ends(p->sets[s].words[k], "S") || an_text_ends(p->sets[s].words[k], "MEN"));
      return;
    }
    odd(p, "a set of words that is not there", wanted);
    return;
  }
  write_agent(p, name, sector, false);
  if (has_braces && braces.size > 0) write_agent(p, braces, sector, true);
  else if (!has_braces && name.size > 0) write_agent(p, an_arena_printf(&p->arena, an_text_ends(name, "S") ? "%.*sES" : "%.*sS", (int)name.size, name.at), sector, true);
}

static void read_set(petrarch *p, an_text line) {
  uint32_t close = an_text_find(line, 1, AN_LIT("!")), equals = an_text_find(line, 0, AN_LIT("="));
  if (close == AN_NONE || equals == AN_NONE || p->set_count == SETS) {
    odd(p, "a set of words that cannot be read", line);
    return;
  }
  set *s = &p->sets[p->set_count++];
  *s = (set){.name = an_text_slice(line, 0, close + 1)};
  for (uint32_t begin = equals + 1, i = begin; i <= line.size; i++) {
    if (i < line.size && line.at[i] != ',') continue;
    an_text word = an_text_trim(an_text_slice(line, begin, i));
    begin = i + 1;
    if (word.size > 0 && s->count < 64) s->words[s->count++] = word;
  }
}

/* ---- Lines --------------------------------------------------------------------------------------------------------------------- */

static void read_line(petrarch *p, an_text line) {
  uint32_t comment = an_text_find(line, 0, AN_LIT("#")), semicolon = an_text_find(line, 0, AN_LIT(";"));
  line = an_text_trim(an_text_slice(line, 0, comment < semicolon ? comment : semicolon));
  if (line.size == 0) return;
  if (line.at[0] == '!' && an_text_find(line, 0, AN_LIT("=")) != AN_NONE) {
    read_set(p, line);
    return;
  }
  uint32_t open = an_text_find(line, 0, AN_LIT("[")), shut = open == AN_NONE ? AN_NONE : an_text_find(line, open, AN_LIT("]"));
  uint32_t brace = an_text_find(line, 0, AN_LIT("{")), unbrace = brace == AN_NONE ? AN_NONE : an_text_find(line, brace, AN_LIT("}"));
  an_text name = an_text_trim(an_text_slice(line, 0, brace < open ? brace : open));
  an_text inside = open == AN_NONE ? (an_text){NULL, 0} : an_text_trim(an_text_slice(line, open + 1, shut));
  if (open != AN_NONE && shut == AN_NONE) odd(p, "a bracket that is not closed", line);
  if (an_text_starts(inside, "~")) {
    flush_actor(p);
    p->head_line = p->line;
    add_agent(p, name, brace == AN_NONE ? (an_text){NULL, 0} : an_text_slice(line, brace + 1, unbrace), brace != AN_NONE, an_text_slice(inside, 1, 4));
    return;
  }
  bool spelling = an_text_starts(name, "+");
  if (name.size > 0 && !spelling) {
    flush_actor(p);
    p->head_line = p->line;
  }
  if (spelling && p->name_count == 0) odd(p, "a further spelling of nothing", name);
  else if (name.size > 0 && p->name_count < NAMES) p->names[p->name_count++] = spelling ? an_text_slice(name, 1, name.size) : name;
  for (uint32_t i = 0; i < name.size; i++)
    if ((unsigned char)name.at[i] >= 0x80) {
      odd(p, "letters beyond ASCII", name);
      break;
    }
  if (open != AN_NONE && p->name_count == 0) odd(p, "a code of nothing", line);
  else if (open != AN_NONE) add_code(p, inside);
}

/* Lines of a file, <!-- comments --> taken out, which may run over several lines. */
static void read_lines(petrarch *p, an_text bytes) {
  bool inside = false;
  p->line = 0;
  for (uint32_t begin = 0; begin < bytes.size;) {
    uint32_t end = an_text_find(bytes, begin, AN_LIT("\n"));
    if (end == AN_NONE) end = bytes.size;
    an_text line = an_text_slice(bytes, begin, end);
    begin = end + 1;
    p->line++;
    uint32_t open = an_text_find(line, 0, AN_LIT("<!--")), shut = an_text_find(line, 0, AN_LIT("-->"));
    if (inside || open != AN_NONE) {
      bool was = inside;
      inside = shut == AN_NONE;
      line = was ? (an_text){NULL, 0} : an_text_slice(line, 0, open);
    }
    read_line(p, line);
  }
  flush_actor(p);
}

static an_status read_file(petrarch *p, const char *path, an_error *err) {
  an_text bytes;
  AN_TRY(an_tsv_bytes(&p->arena, path, &bytes, err));
  const char *slash = strrchr(path, '/');
  p->file = slash == NULL ? path : slash + 1;
  read_lines(p, bytes);
  return AN_OK;
}

/* Terms without an end were checked, as far as one can see, on the newest day that the files name. */
static an_status give(petrarch *p, an_write *write, void *to, an_error *err) {
  static const char head[] = "action\tid\tkind\tname\tcountry\tsector\tforms\tpronoun\toffice\tfrom\tto\tchecked\tsrc\n";
  char newest[16] = "";
  an_day_iso(p->newest, newest);
  if (p->out.failed || p->lint.failed) return an_fail(err, AN_ERR_MEMORY, "petrarch", "no memory");
  AN_TRY(write(to, head, sizeof head - 1));
  an_text all = {p->out.at == NULL ? "" : p->out.at, (uint32_t)p->out.size};
  for (uint32_t begin = 0; begin < all.size;) {
    uint32_t end = an_text_find(all, begin, AN_LIT("\tCHECKED\t"));
    if (end == AN_NONE) end = all.size;
    AN_TRY(write(to, all.at + begin, end - begin));
    if (end == all.size) break;
    AN_TRY(write(to, "\t", 1));
    AN_TRY(write(to, newest, strlen(newest)));
    begin = end + 8;
  }
  return AN_OK;
}

an_status an_world_petrarch(const an_world *world, const char *const *paths, an_write *write, void *to, an_write *tell, void *tell_to,
                            an_petrarch_counts *counts, an_error *err) {
  petrarch *p = calloc(1, sizeof *p);
  if (p == NULL) return an_fail(err, AN_ERR_MEMORY, "petrarch", "no memory");
  p->world = world;
  p->last = an_day_of(9999, 12, 31);
  an_arena_init(&p->arena, (size_t)1 << 30);
  an_buf_init(&p->out, (size_t)1 << 30);
  an_buf_init(&p->lint, (size_t)1 << 28);
  an_status status = AN_OK;
  for (; *paths != NULL && status == AN_OK; paths++) status = read_file(p, *paths, err);
  if (status == AN_OK) status = give(p, write, to, err);
  if (status == AN_OK && tell != NULL && p->lint.size > 0) status = tell(tell_to, p->lint.at, p->lint.size);
  *counts = (an_petrarch_counts){p->actors, p->agents, p->odd};
  an_buf_free(&p->out);
  an_buf_free(&p->lint);
  an_arena_free(&p->arena);
  free(p);
  return status;
}
