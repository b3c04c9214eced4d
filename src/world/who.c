/* SPDX-License-Identifier: Apache-2.0 */
/* "annals who PHRASE --on DAY": every reading of every part of the phrase, with its score and the row that says so. */
#include "world/scene.h"

typedef struct answer { uint32_t posting, person; uint16_t score; an_text office, why, src; bool last_known; an_span at; } answer;
typedef struct answers { AN_LIST(answer) list; } answers;

static bool add(an_arena *arena, answers *out, const answer *a) {
  answer *to = AN_PUSH(arena, &out->list);
  if (to != NULL) *to = *a;
  return to != NULL;
}

static bool add_persons(const an_world *w, an_arena *arena, answers *out, const answer *role, an_text country, an_text offices, an_day on) {
  while (offices.size > 0) {
    uint32_t end = an_text_find(offices, 0, AN_LIT(";"));
    an_text one = an_text_slice(offices, 0, end == AN_NONE ? offices.size : end);
    offices = an_text_slice(offices, end == AN_NONE ? offices.size : end + 1, offices.size);
    an_holder h = an_office_holder(w, country, one, an_days_single(on));
    if (h.count != 1) continue;
    an_term t = an_term_at(w, h.term);
    answer a = *role;
    a.person = h.person;
    a.score = h.last_known ? 550 : 900;
    a.office = an_entity_at(w, h.office).id;
    a.last_known = h.last_known;
    a.src = t.src;
    a.why = an_arena_printf(arena, "holds the office on this day%s (%.*s)", h.last_known ? ", as last known" : "", (int)t.src.size, t.src.at);
    if (!add(arena, out, &a)) return false;
  }
  return true;
}

static bool add_reading(const an_world *w, an_arena *arena, answers *out, uint32_t posting, an_span at, an_day on) {
  an_posting p = an_posting_at(w, posting);
  answer a = {.posting = posting, .at = at, .score = p.prior, .person = AN_NONE,
              .why = an_arena_printf(arena, "\"%.*s\" (%s, %.*s)", (int)p.surface.size, p.surface.at, an_form_kind_name(p.kind), (int)p.src.size, p.src.at)};
  if (an_entity_kind_of(w, p.entity) == AN_ENT_PERSON && on != AN_DAY_OPEN_EARLIEST) {
    uint32_t office = an_office_any(w, p.entity, an_days_single(on), &a.last_known);
    if (office != AN_NONE) {
      a.office = an_entity_at(w, office).id;
      a.score = (uint16_t)(a.score + ((an_entity_at(w, office).flags & AN_ENT_HEAD) != 0 ? 250 : 100));
    }
  }
  return add(arena, out, &a);
}

/* Whose offices a reading may ask for: a country's, or those of a body above states ("the UN secretary-general"). */
static an_text holder_of(const an_world *w, const an_posting *p) {
  an_entity e = an_entity_at(w, p->entity);
  if (p->kind >= AN_FORM_NAME && p->kind <= AN_FORM_ABBR) return e.id;
  return p->kind == AN_FORM_ORG && e.country.size == 0 ? e.two : (an_text){NULL, 0};
}

/* A country beside a role asks for the holder: "Iranian president", "president of Iran". A phrase that can be read in more ways
   than MOST_PAIRED (an altered file: a form of 90,000 meanings) has its first ones paired. */
enum { MOST_PAIRED = 128 };

static bool add_offices(const an_world *w, an_arena *arena, answers *out, an_text phrase, an_day on) {
  uint32_t count = out->list.count < MOST_PAIRED ? out->list.count : MOST_PAIRED;
  for (uint32_t i = 0; i < count && on != AN_DAY_OPEN_EARLIEST; i++) {
    an_posting role = an_posting_at(w, out->list.at[i].posting);
    if (role.kind != AN_FORM_ROLE) continue;
    for (uint32_t k = 0; k < count; k++) {
      an_posting country = an_posting_at(w, out->list.at[k].posting);
      an_text holder = holder_of(w, &country);
      if (holder.size == 0) continue;
      /* "Iranian" is an adjective and a noun: one country all the same. */
      bool again = false;
      for (uint32_t m = 0; m < k; m++) again |= an_posting_at(w, out->list.at[m].posting).entity == country.entity;
      if (again) continue;
      answer a = out->list.at[i];
      a.at = (an_span){0, phrase.size};
      if (!add_persons(w, arena, out, &a, holder, an_entity_at(w, role.entity).one, on)) return false;
    }
  }
  return true;
}

static bool find_readings(const an_world *w, an_text phrase, an_day on, an_arena *arena, answers *out) {
  an_units units = {0};
  if (!an_units_cut(arena, phrase, 0, 0, &units)) return false;
  for (uint32_t i = 0; i < units.list.count;) {
    uint32_t first, count, length = an_find_at(w, &units, i, &first, &count);
    for (uint32_t k = 0; length > 0 && k < count; k++) {
      an_posting p = an_posting_at(w, first + k);
      if (p.kind == AN_FORM_CUE || !an_posting_fits(w, &units, i, &p)) continue;
      if (!add_reading(w, arena, out, first + k, (an_span){units.list.at[i].at.begin, units.list.at[i + length - 1].at.end}, on)) return false;
    }
    i += length == 0 ? 1 : length;
  }
  return add_offices(w, arena, out, phrase, on);
}

static const char *kind_name(uint8_t entity_kind) {
  static const char *const names[] = {"none", "country", "person", "organisation", "outlet", "office", "role", "place", "cue"};
  return entity_kind <= AN_ENT_CUE ? names[entity_kind] : "none";
}

static an_text known(an_text text) { return text.size > 0 ? text : (an_text){NULL, 0}; }

static void write_answer(const an_world *w, an_json_out *j, an_text phrase, const answer *a) {
  an_posting p = an_posting_at(w, a->posting);
  an_entity e = an_entity_at(w, a->person != AN_NONE ? a->person : p.entity);
  an_text sector = p.sector.size > 0 ? p.sector : e.sector, country = e.country;
  uint32_t office = an_entity_by_id(w, a->office);
  if (office != AN_NONE && an_entity_at(w, office).sector.size > 0) sector = an_entity_at(w, office).sector;
  if (office != AN_NONE && an_entity_at(w, office).country.size > 0) country = an_entity_at(w, office).country; /* who serves another acts for it */
  an_json_open(j, NULL, '{');
  an_json_text(j, "text", an_text_slice(phrase, a->at.begin, a->at.end));
  an_json_z(j, "kind", kind_name(e.kind));
  an_json_text(j, "entity", known(e.id));
  an_json_text(j, "name", known(e.name));
  an_json_text(j, "country", known(country));
  an_json_text(j, "sector", known(sector));
  an_json_text(j, "office", known(a->office));
  an_json_number(j, "score", (double)a->score / 1000.0);
  an_json_bool(j, "last_known", a->last_known);
  an_entity land = an_entity_at(w, an_entity_by_id(w, e.country.size > 0 ? e.country : e.id));
  bool region = e.kind == AN_ENT_PLACE && (e.flags & AN_ENT_DISPUTED) != 0;
  an_json_bool(j, "disputed", region || (land.kind == AN_ENT_COUNTRY && (land.flags & AN_ENT_DISPUTED) != 0));
  an_json_text(j, "why", a->why);
  an_json_text(j, "src", known(a->src.size > 0 ? a->src : p.src));
  an_json_close(j, '}');
}

an_status an_world_who(const an_world *world, an_text phrase, an_day on, an_write *write, void *to, an_error *err) {
  an_arena arena;
  an_arena_init(&arena, 16 << 20);
  answers out = {0};
  an_status status = find_readings(world, phrase, on, &arena, &out) ? AN_OK : an_fail(err, AN_ERR_LIMIT, "world", "the phrase is too long");
  for (uint32_t i = 1; i < out.list.count; i++) { /* best first; equal ones stay as found */
    answer a = out.list.at[i];
    uint32_t k = i;
    for (; k > 0 && out.list.at[k - 1].score < a.score; k--) out.list.at[k] = out.list.at[k - 1];
    out.list.at[k] = a;
  }
  an_buf line;
  an_buf_init(&line, 1 << 16);
  for (uint32_t i = 0; i < out.list.count && status == AN_OK; i++) {
    an_buf_clear(&line);
    an_json_out json = {.buf = &line};
    write_answer(world, &json, phrase, &out.list.at[i]);
    an_buf_char(&line, '\n');
    if (line.failed) status = an_fail(err, AN_ERR_MEMORY, "world", "no memory");
    else status = write(to, line.at, line.size);
  }
  an_buf_free(&line);
  an_arena_free(&arena);
  return status;
}
