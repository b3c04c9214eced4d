/* SPDX-License-Identifier: Apache-2.0 */
/* The world file as an actor file of PETRARCH: countries, organisations and people with their spellings; terms of office as
   codes that a range of days restricts. Codes are CAMEO's triples: a country (ISO 3166, as CAMEO has it), a sector. */
#include "world/file.h"

typedef struct listing { const an_world *world; an_buf out; an_map first; uint32_t *next; } listing;

/* HASSAN_ROUHANI: capitals, ASCII folded, _ between words. */
static void write_name(an_buf *out, an_text surface) {
  char folded[256];
  uint32_t size = an_fold(surface, folded, sizeof folded);
  for (uint32_t i = 0; i < size; i++) {
    char c = folded[i];
    an_buf_char(out, c == ' ' ? '_' : c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
  }
}

static bool ascii(an_text surface) {
  char folded[256];
  uint32_t size = surface.size < sizeof folded ? an_fold(surface, folded, sizeof folded) : 0;
  for (uint32_t i = 0; i < size; i++)
    if ((unsigned char)folded[i] >= 0x80 || folded[i] == '[' || folded[i] == '#' || folded[i] == ';') return false;
  return size > 1;
}

/* Postings of each entity, as chains through the file's rows. */
static bool chain(listing *l, an_arena *arena) {
  l->next = AN_NEW(arena, uint32_t, l->world->post_count);
  for (uint32_t i = l->world->post_count; i-- > 0 && l->next != NULL;) {
    uint32_t *head = an_map_put(arena, &l->first, (uint64_t)an_posting_bare(l->world, i).entity + 1, AN_NONE);
    if (head == NULL) return false;
    l->next[i] = *head;
    *head = i;
  }
  return l->next != NULL;
}

static void write_date(an_buf *out, an_day day) {
  int year;
  unsigned month, mday;
  an_day_parts(day, &year, &month, &mday);
  an_buf_printf(out, "%04d%02u%02u", year, month, mday);
}

static void write_term(an_buf *out, an_text country, an_text sector, const an_term *t) {
  an_buf_printf(out, "\t[%.*s%.*s ", (int)country.size, country.at == NULL ? "" : country.at, (int)sector.size, sector.at == NULL ? "" : sector.at);
  if (t->to == AN_DAY_OPEN_LATEST) {
    an_buf_char(out, '>');
    write_date(out, t->from);
  } else {
    write_date(out, t->from);
    an_buf_char(out, '-');
    write_date(out, t->to - 1);
  }
  an_buf_printf(out, "]\t# %.*s\n", (int)t->src.size, t->src.at == NULL ? "" : t->src.at);
}

static void write_codes(listing *l, const an_entity *e) {
  an_text country = e->kind == AN_ENT_COUNTRY ? e->id : e->country;
  for (uint32_t i = 0; i < e->terms && e->kind == AN_ENT_PERSON; i++) {
    an_term t = an_term_at(l->world, e->term + i);
    an_entity office = an_entity_at(l->world, t.office);
    if (t.from != AN_DAY_OPEN_EARLIEST) write_term(&l->out, office.country.size > 0 ? office.country : country, office.sector, &t);
  }
  an_text sector = e->kind == AN_ENT_COUNTRY ? (an_text){NULL, 0} : e->kind == AN_ENT_PERSON && e->sector.size == 0 ? AN_LIT("ELI") : e->sector;
  if (e->kind == AN_ENT_ORG && country.size == 0 && e->two.size == 3 && !an_text_equal(e->two, sector)) country = e->two;
  an_buf_printf(&l->out, "\t[%.*s%.*s]\n", (int)country.size, country.at == NULL ? "" : country.at, (int)sector.size, sector.at == NULL ? "" : sector.at);
}

static void write_entity(listing *l, uint32_t row) {
  an_entity e = an_entity_at(l->world, row);
  bool any = false;
  for (uint32_t i = an_map_get(&l->first, (uint64_t)row + 1, AN_NONE); i != AN_NONE; i = l->next[i]) {
    an_posting p = an_posting_at(l->world, i);
    if (!ascii(p.surface) || p.kind == AN_FORM_SURNAME || p.needs > 1) continue; /* PETRARCH has no conditions: what needs one stays at home */
    if (any) an_buf_char(&l->out, '+');
    write_name(&l->out, p.surface);
    an_buf_z(&l->out, "_\n");
    any = true;
  }
  if (any) write_codes(l, &e);
}

an_status an_world_petrarch_write(const an_world *world, an_write *write, void *to, an_error *err) {
  static const uint8_t kinds[] = {AN_ENT_COUNTRY, AN_ENT_ORG, AN_ENT_PERSON};
  listing l = {.world = world};
  an_arena arena;
  an_arena_init(&arena, (size_t)1 << 28);
  an_buf_init(&l.out, (size_t)1 << 28);
  bool well = chain(&l, &arena);
  an_buf_z(&l.out, "# Actors of annals in the form of PETRARCH, made by `annals world export`. Sources stand beside the codes.\n");
  for (size_t k = 0; k < sizeof kinds && well; k++)
    for (uint32_t row = 0; row < world->ent_count; row++)
      if (an_entity_kind_of(world, row) == kinds[k]) write_entity(&l, row);
  an_status status = !well || l.out.failed ? an_fail(err, AN_ERR_MEMORY, "petrarch", "no memory") : write(to, l.out.at, l.out.size);
  an_buf_free(&l.out);
  an_arena_free(&arena);
  return status;
}
