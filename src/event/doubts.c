/* SPDX-License-Identifier: Apache-2.0 */
#include "event/doubts.h"

#include "event/known.h"

/* In the passive: by something that is neither somebody nor an instrument. */
static bool by_a_thing(const scene *s, const match *m) {
  if (!m->own.passive || m->own.subject == AN_NONE || s->mention_of[m->own.subject] != AN_NONE) return false;
  const an_token *t = token_at(s, clause_head(s, m->own.subject));
  if (t->upos != AN_NOUN || class_meets(coder_classes(s->coder, t->lemma_fold), s->coder->somebody)) return false;
  class_set own = coder_classes(s->coder, t->lemma_fold);
  return !class_meets(own, s->coder->instrument) || class_meets(own, s->coder->problem);
}

/* Words, favours and trade are politics where a state, a public body or its people say or get them; what harms is told of anybody. */
static bool is_politics(const scene *s, const match *m) {
  uint8_t quad = s->coder->types[m->type].quad;
  if (quad != 1 && quad != 3 && !s->coder->types[m->type].needs_recipient) return true;
  if (quad == 4) return true;
  if (party_any_political(s, &m->actors) || party_any_political(s, &m->recipients)) return true;
  return !s->coder->types[m->type].needs_recipient && party_any_body(s, &m->actors); /* "union leaders hailed the reform" */
}

static bool is_pair(const match *m) {
  bool nobody = m->frame->recipient.count == 1 && m->frame->recipient.at[0].kind == ROLE_NOBODY; /* "India's testing of missiles" */
  return m->actors.count > 0 && (m->recipients.count > 0 || m->mutual || nobody);
}

const char *why_impossible(const scene *s, const match *m) {
  const frame *f = m->frame;
  const plover_type *type = &s->coder->types[m->type];
  bool noun = f->pos == FRAME_NOUN && !f->complement_copula, nobody = m->actors.count == 0;
  if (m->taken_words && party_all_civil(s, &m->actors)) return "what they mean to attack with is words";
  bool material = type->quad % 2 == 0, agentless = f->pos == FRAME_VERB && m->own.passive && m->own.subject == AN_NONE;
  bool act_alone = material && agentless && m->points >= 3; /* "a curfew was imposed": the object says what was done */
  bool suffered = agentless || noun || type->quad == 4; /* "two hostages were freed", "the attack on Kuwait" */
  bool asks_nothing = (f->flags & FRAME_TAKES) == 0 && !coder_type_is(s->coder, m->type, TYPE_MEETING);
  bool reversed = f->pos == FRAME_VERB && (f->flags & FRAME_REVERSED) != 0; /* "faces charges" */
  bool told_of = !material && ((agentless && asks_nothing) || noun || reversed) && party_any_political(s, &m->recipients); /* "was accused of fraud", "criticism of the court" */
  bool crowded = noun && coder_type_is(s->coder, m->type, TYPE_CROWD) && (m->is_light || token_at(s, m->last)->rel == AN_NSUBJ); /* "a fifth day of protests was called", "the strike goes on" */
  if (nobody && !act_alone && !told_of && !crowded && !(material && suffered && (m->recipients.count > 0 || m->instrument != AN_NONE))) return "nobody that does it";
  bool dies = (f->flags & FRAME_REVERSED) != 0 && type->quad == 4; /* "six people died in the attack" */
  if (nobody && f->pos == FRAME_VERB && !m->own.passive && m->instrument == AN_NONE && !dies && !reversed)
    return "what does it is nobody"; /* "the storm killed nine people in Honduras" */
  if (nobody && type->quad == 4 && f->pos == FRAME_VERB && by_a_thing(s, m)) return "done by a thing that is no weapon"; /* "farmers hit by tariffs", "killed by a falling tree" */
  bool blast = coder_mode_is(s->coder, m->type, m->mode, MODE_ONESELF);
  if (f->pos == FRAME_VERB && !blast && m->own.object != AN_NONE && coder_is(s->coder, token_at(s, m->own.object), REALIS_REFLEXIVE))
    return "done to oneself"; /* "defended himself", "shot himself"; but "blew himself up" */
  bool things = m->own.object != AN_NONE && token_at(s, m->own.object)->upos == AN_NOUN;
  if (nobody && m->recipients.count == 0 && f->pos == FRAME_VERB && m->instrument == AN_NONE && !things) return "nobody is named on either side";
  if (type->needs_recipient && type->quad == 2 && nobody) return "help and trade by nobody"; /* "was treated as an outpatient" */
  return NULL;
}

const char *why_not_theirs(const scene *s, const match *m) {
  const frame *f = m->frame;
  bool noun = f->pos == FRAME_NOUN && !f->complement_copula, pair = is_pair(m);
  if (coder_type_is(s->coder, m->type, TYPE_CROWD) && !coder_mode_is(s->coder, m->type, m->mode, MODE_ALONE) && party_all_persons(s, &m->actors))
    return "one person alone, or a rally of politicians, is no protest"; /* but a hunger strike is */
  if (coder_mode_is(s->coder, m->type, m->mode, MODE_JOURNEY) && !party_any_speaks(s, &m->actors))
    return "a journey of people who speak for nobody"; /* "my wife arrived in America", "the Syrians arriving in Italy" */
  if ((f->flags & FRAME_STATE) != 0 && !party_any_political(s, &m->actors)) return "no state and no public body does it";
  if ((f->flags & FRAME_ARMED) != 0 && !party_any_armed(s, &m->actors)) return "nobody in arms";
  bool political = party_any_political(s, &m->actors) || party_any_political(s, &m->recipients);
  if (noun && !m->is_light && !pair && !political) return "a noun that names nobody of politics and that no verb carries"; /* but "the withdrawal of Chadian troops" */
  const an_token *last = token_at(s, m->last);
  bool kind_of = f->pos == FRAME_NOUN && !m->is_light && last->rel == AN_COMPOUND && last->head != AN_NONE && last->head > m->last;
  if (kind_of && !class_meets(coder_classes(s->coder, token_at(s, last->head)->lemma_fold), s->coder->container))
    return "a noun that names a kind of something else"; /* "3,210 shooting victims", "the protest leader" */
  return NULL;
}

uint8_t doubts_of(const scene *s, const match *m) {
  const plover_type *type = &s->coder->types[m->type];
  bool crowd = coder_type_is(s->coder, m->type, TYPE_CROWD) && m->actors.count > 0 && m->actors.at[0].mention != AN_NONE &&
               party_is_crowd(s, m->actors.at[0].mention);
  bool said = type->quad == 4 && m->points >= 3 && m->actors.count > 0; /* "a court froze the accounts": the object says what was done */
  unsigned doubts = 0;
  if (!crowd && !party_any_known(s, &m->actors) && !party_any_known(s, &m->recipients)) doubts |= DOUBT_UNKNOWN;
  if (!is_politics(s, m)) doubts |= DOUBT_NO_POLITICS;
  if (type->needs_recipient && m->recipients.count == 0 && !m->mutual && !said) doubts |= DOUBT_NO_RECIPIENT;
  if ((m->frame->flags & FRAME_CARRIED) != 0 && !m->is_light && !is_pair(m)) doubts |= DOUBT_UNCARRIED;
  if ((m->frame->flags & FRAME_WEAK) != 0 && !is_pair(m)) doubts |= DOUBT_VAGUE;
  return (uint8_t)doubts;
}

const char *match_doubted(const match *m) {
  static const char *const names[] = {"none of them is known to the world", "words or favours among people of no country and no office" /* "the singer visited fans" */,
                                      "the type needs a recipient", "a noun that only counts where a verb carries it", "too vague without both parties"};
  for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
    if ((m->doubts >> i & 1u) != 0) return names[i];
  return NULL;
}
