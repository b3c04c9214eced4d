/* SPDX-License-Identifier: Apache-2.0 */
/* What the world file holds, from where, and how long ago a country's holders were last checked. */
#include "world/file.h"

void an_world_inventory(const an_world *w, an_inventory *out) {
  *out = (an_inventory){.forms = w->post_count, .terms = w->term_count};
  for (uint32_t row = 0; row < w->ent_count; row++) {
    switch (an_entity_kind_of(w, row)) {
      case AN_ENT_COUNTRY: out->countries++; break;
      case AN_ENT_PERSON: out->people++; break;
      case AN_ENT_ORG:
        out->organisations++;
        out->armed_groups += an_text_is(an_entity_at(w, row).sector, "REB");
        break;
      case AN_ENT_OUTLET: out->outlets++; break;
      case AN_ENT_OFFICE: out->offices++; break;
      case AN_ENT_ROLE: out->roles++; break;
      case AN_ENT_PLACE: out->places++; break;
      default: break;
    }
  }
}

/* "wikidata:ukraine-cabinet" is of wikidata. */
static an_text family_of(an_text src) {
  uint32_t colon = an_text_find(src, 0, AN_LIT(":"));
  return colon == AN_NONE ? src : an_text_slice(src, 0, colon);
}

uint32_t an_world_sources(const an_world *w, an_source_age *out, uint32_t most) {
  uint32_t count = 0;
  for (uint32_t row = 0; row < w->term_count; row++) {
    an_term t = an_term_at(w, row);
    an_text name = family_of(t.src);
    uint32_t i = 0;
    while (i < count && !an_text_equal(out[i].source, name)) i++;
    if (i == count && count == most) continue;
    if (i == count) out[count++] = (an_source_age){name, 0, AN_DAY_OPEN_EARLIEST};
    out[i].terms++;
    if (t.verified > out[i].checked) out[i].checked = t.verified;
  }
  return count;
}

static void age_of_offices(const an_world *w, an_country_age *ages, uint32_t count) {
  for (uint32_t row = 0; row < w->ent_count; row++) {
    if (an_entity_kind_of(w, row) != AN_ENT_OFFICE) continue;
    an_entity office = an_entity_at(w, row);
    uint32_t c = 0;
    while (c < count && !an_text_equal(ages[c].id, office.country)) c++;
    if (c == count) continue;
    for (uint32_t i = 0; i < office.terms; i++) {
      an_day checked = an_term_at(w, an_term_of_office(w, &office, i)).verified;
      ages[c].terms++;
      if (checked > ages[c].checked) ages[c].checked = checked;
      if ((office.flags & AN_ENT_HEAD) != 0 && checked > ages[c].heads_checked) ages[c].heads_checked = checked;
    }
  }
}

uint32_t an_world_countries(const an_world *w, an_country_age *out, uint32_t most) {
  uint32_t count = 0;
  for (uint32_t row = 0; row < w->ent_count && count < most; row++) {
    if (an_entity_kind_of(w, row) != AN_ENT_COUNTRY) continue;
    an_entity e = an_entity_at(w, row);
    out[count++] = (an_country_age){.id = e.id, .name = e.name, .checked = AN_DAY_OPEN_EARLIEST, .heads_checked = AN_DAY_OPEN_EARLIEST,
                                    .former = (e.flags & AN_ENT_GONE) != 0, .disputed = (e.flags & AN_ENT_DISPUTED) != 0};
  }
  age_of_offices(w, out, count);
  return count;
}
