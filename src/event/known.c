/* SPDX-License-Identifier: Apache-2.0 */
#include "event/known.h"

/* "the police", "gunmen", "thousands of teachers": people by what they are, not one person. */
bool party_is_crowd(const scene *s, uint32_t mention) {
  const an_mention_at *m = &s->mentions->list.at[mention];
  return (m->m.kind == AN_MENTION_GROUP || m->m.kind == AN_MENTION_ROLE || m->m.kind == AN_MENTION_ORGANISATION) &&
         (m->flags & AN_MENTION_PRONOUN) == 0;
}

/* Known to public life: a country, an organisation or person of the world file, or people of a sector that acts in it. */
static bool is_known(const scene *s, const part *p) {
  bool public_sector = coder_sector_public(s->coder, p->party.sector);
  if (p->mention == AN_NONE && p->party.country.at == NULL && p->party.entity.at == NULL) return true; /* people, by the noun */
  bool somewhere = p->party.country.at != NULL || p->party.entity.at != NULL;
  bool titled = coder_sector_lends(s->coder, p->party.sector); /* "Governor Ann Other": what one is by title is of some state */
  if (public_sector && (somewhere || titled || (p->mention != AN_NONE && party_is_crowd(s, p->mention)))) return true;
  if (!somewhere) return false;
  if (p->mention == AN_NONE || p->party.office.at != NULL) return true;
  const an_mention_at *m = &s->mentions->list.at[p->mention];
  if (m->m.kind == AN_MENTION_COUNTRY || m->m.kind == AN_MENTION_PLACE) return true;
  if (m->m.kind == AN_MENTION_GROUP || m->m.kind == AN_MENTION_ROLE) return (m->flags & AN_MENTION_INFERRED) == 0;
  return m->entity != AN_NONE && p->party.sector.at == NULL;
}

bool party_any_known(const scene *s, const parts *p) {
  for (uint32_t i = 0; i < p->count; i++)
    if (is_known(s, &p->at[i])) return true;
  return false;
}

/* Somebody whose words and favours are politics: a state, a body or person of public life, people of a country that the text names
   ("Indian fishermen"). A firm, a doctor, a singer is none, in whatever country the page is about. */
static bool is_political(const scene *s, const part *p) {
  const an_party *who = &p->party;
  if (who->office.at != NULL || (who->sector.at != NULL && coder_sector_lends(s->coder, who->sector))) return true;
  const an_mention_at *m = p->mention == AN_NONE ? NULL : &s->mentions->list.at[p->mention];
  if (who->entity.at != NULL) return who->sector.at == NULL || coder_sector_public(s->coder, who->sector);
  if (who->country.at == NULL) return false;
  if (m == NULL || m->m.kind == AN_MENTION_COUNTRY || m->m.kind == AN_MENTION_PLACE) return true;
  bool people = m->m.kind == AN_MENTION_GROUP || m->m.kind == AN_MENTION_ROLE;
  return people && (m->flags & AN_MENTION_INFERRED) == 0;
}

bool party_any_political(const scene *s, const parts *p) {
  for (uint32_t i = 0; i < p->count; i++)
    if (is_political(s, &p->at[i])) return true;
  return false;
}

/* "The union", "doctors", "fishermen": people of a sector that acts in public, as a body or many at once. */
bool party_any_body(const scene *s, const parts *p) {
  for (uint32_t i = 0; i < p->count; i++) {
    const an_mention_at *m = p->at[i].mention == AN_NONE ? NULL : &s->mentions->list.at[p->at[i].mention];
    bool many = m != NULL && ((m->flags & AN_MENTION_PLURAL) != 0 || m->m.kind == AN_MENTION_ORGANISATION || m->m.kind == AN_MENTION_GROUP);
    if (many && coder_sector_public(s->coder, p->at[i].party.sector)) return true;
  }
  return false;
}

static bool is_civil(const scene *s, const part *p) {
  const an_mention_at *m = p->mention == AN_NONE ? NULL : &s->mentions->list.at[p->mention];
  if (m == NULL || coder_sector_armed(s->coder, p->party.sector)) return false;
  bool public_life = p->party.office.at != NULL || (p->party.sector.at != NULL && coder_sector_public(s->coder, p->party.sector));
  if (m->m.kind == AN_MENTION_PERSON) return public_life || p->party.entity.at != NULL;
  bool one = (m->flags & AN_MENTION_PLURAL) == 0;
  return (m->m.kind == AN_MENTION_ROLE && one && public_life) || coder_sector_words(s->coder, p->party.sector);
}

bool party_all_civil(const scene *s, const parts *p) {
  for (uint32_t i = 0; i < p->count; i++)
    if (!is_civil(s, &p->at[i])) return false;
  return p->count > 0;
}

bool party_all_persons(const scene *s, const parts *p) {
  for (uint32_t i = 0; i < p->count; i++)
    if (p->at[i].mention == AN_NONE || s->mentions->list.at[p->at[i].mention].m.kind != AN_MENTION_PERSON) return false;
  return p->count > 0;
}

bool party_any_speaks(const scene *s, const parts *p) {
  for (uint32_t i = 0; i < p->count; i++) {
    const an_mention_at *m = p->at[i].mention == AN_NONE ? NULL : &s->mentions->list.at[p->at[i].mention];
    const an_party *who = &p->at[i].party;
    if (who->office.at != NULL || (who->sector.at != NULL && coder_sector_lends(s->coder, who->sector))) return true;
    bool people = m == NULL || m->m.kind == AN_MENTION_GROUP || m->m.kind == AN_MENTION_ROLE;
    if (!people && (who->entity.at != NULL || m->m.kind == AN_MENTION_COUNTRY)) return true;
    if (p->at[i].token != AN_NONE && class_meets(coder_classes(s->coder, token_at(s, p->at[i].token)->lemma_fold), s->coder->speaks)) return true;
  }
  return false;
}

bool party_any_armed(const scene *s, const parts *p) {
  for (uint32_t i = 0; i < p->count; i++) {
    class_set own = p->at[i].token == AN_NONE ? (class_set){{0}} : coder_classes(s->coder, token_at(s, p->at[i].token)->lemma_fold);
    if (coder_sector_armed(s->coder, p->at[i].party.sector) || class_meets(own, s->coder->instrument)) return true;
  }
  return false;
}

/* "A court sentenced a former spy", "sued the state", "appealed to the public": somebody, whoever's; arms and ships are not. */
static bool is_people(const scene *s, const part *p) {
  uint8_t kind = p->mention == AN_NONE ? AN_MENTION_GROUP : s->mentions->list.at[p->mention].m.kind;
  class_set own = coder_classes(s->coder, token_at(s, p->token)->lemma_fold);
  bool thing = class_meets(own, s->coder->carrier) || class_meets(own, s->coder->instrument);
  return kind != AN_MENTION_PLACE && kind != AN_MENTION_COUNTRY && (class_meets(own, s->coder->somebody) || !thing);
}

/* "The two warships were seized by Iran": a country that the world only guessed from the page is no country of a recipient where it
   is the actor's; but a ministry or court is of the country that its people turn to it in. */
void drop_guessed(const scene *s, match *m) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < m->recipients.count; i++) {
    const part *p = &m->recipients.at[i];
    bool guessed = p->mention != AN_NONE && (s->mentions->list.at[p->mention].flags & AN_MENTION_INFERRED) != 0, same = false;
    for (uint32_t k = 0; k < m->actors.count; k++) same |= an_text_equal(m->actors.at[k].party.country, p->party.country);
    if (guessed && same && !is_people(s, p)) continue;
    bool body = guessed && same && s->mentions->list.at[p->mention].m.kind == AN_MENTION_ORGANISATION;
    m->recipients.at[kept] = *p;
    if (guessed && same && !body) m->recipients.at[kept].party.country = (an_text){0};
    kept++;
  }
  m->recipients.count = kept;
}
