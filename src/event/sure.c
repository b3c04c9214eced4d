/* SPDX-License-Identifier: Apache-2.0 */
#include "event/sure.h"

#include "base/exact.h"
#include "event/known.h"

#include <stdio.h>
#include <string.h>

/* ---- Signs and their weights ------------------------------------------------------------------ */

enum { SIGN_NAME = 64, TOLD = 3200 };
typedef struct reckoning {
  const scene *s;
  double sum[SURE_PARTS];
  bool told; char text[TOLD]; uint32_t size;   /* for the trace: every sign with its value */
} reckoning;

static void tell_sign(reckoning *k, const char *name, uint32_t size, double value) {
  if (!k->told || k->size + size + 16 >= TOLD) return;
  k->size += (uint32_t)snprintf(k->text + k->size, TOLD - k->size, "%s%.*s=%.3g", k->size > 0 ? "; " : "", (int)size, name, value);
}

/* A sign is called "KIND" or "KIND WHAT". */
static void add(reckoning *k, const char *kind, an_text what, double value) {
  char name[SIGN_NAME];
  size_t first = strlen(kind), more = what.at == NULL ? 0 : what.size + 1u;
  if (value == 0 || first + more > sizeof name) return;
  memcpy(name, kind, first);
  if (more > 0) {
    name[first] = ' ';
    memcpy(name + first + 1, what.at, what.size);
  }
  uint32_t size = (uint32_t)(first + more);
  tell_sign(k, name, size, value);
  an_rows rows = an_table_find_key(k->s->coder->sure, an_fold_hash((an_text){name, size}));
  for (int i = 0; rows.count > 0 && i < SURE_PARTS; i++) k->sum[i] += value * k->s->coder->sure_weight[rows.first][i];
}

static void add_word(reckoning *k, const char *kind, const char *what, double value) { add(k, kind, an_text_of(what), value); }
static void add_plain(reckoning *k, const char *kind, double value) { add(k, kind, (an_text){0}, value); }
static double most(double value, double limit) { return value > limit ? limit : value; }
/* A share as odds, between -1 and 1: .001 and .01 differ as .99 and .999 do. */
static double odds(double share) { return (double)an_log((float)((share + 0.001) / (1.001 - share))) / 7; }
static double above(float share, float limit) { return share > limit ? (double)(share - limit) : 0; }

/* ---- The page and the sentence ------------------------------------------------------------------ */

static bool is_public(const scene *s, const an_mention_at *m) {
  return m->m.who.office.at != NULL || m->m.kind == AN_MENTION_COUNTRY || (m->m.who.sector.at != NULL && coder_sector_lends(s->coder, m->m.who.sector));
}

judge *judge_open(const scene *s, const hearing *heard) {
  judge *j = an_arena_raw(s->arena, 1, sizeof *j);
  if (j == NULL || (j->scales.drafts = drafts_open(s)).at == NULL) return NULL;
  j->heard = heard;
  j->said = (weight){.asked = false};
  uint32_t public = 0, private = 0, all = s->mentions->list.count;
  for (uint32_t i = 0; i < all; i++) {
    const an_mention_at *m = &s->mentions->list.at[i];
    public += is_public(s, m);
    bool named = m->m.kind == AN_MENTION_PERSON || m->m.kind == AN_MENTION_ORGANISATION;
    private += named && !is_public(s, m) && !coder_sector_public(s->coder, m->m.who.sector);
  }
  j->politics = s->words->sentence_count == 0 ? 0 : most((double)public / s->words->sentence_count, 3);
  j->private_share = all == 0 ? 0 : (double)private / all;
  return j;
}

static bool is_party_head(const scene *s, uint32_t i) {
  uint32_t m = s->mention_of[i];
  return m != AN_NONE && s->mentions->list.at[m].head == i && party_at(s, i);
}

static void signs_of_sentence(reckoning *k, uint32_t sentence) {
  const scene *s = k->s;
  const an_sentence *at = &s->words->sentences[sentence];
  uint32_t parties = 0, verbs = 0, modals = 0, first = 0, second = 0, ifs = 0;
  bool found;
  for (uint32_t i = at->first; i < at->first + at->count; i++) {
    const an_token *t = token_at(s, i);
    parties += is_party_head(s, i);
    verbs += t->upos == AN_VERB;
    modals += t->xpos == AN_X_MD;
    if (t->xpos == AN_X_PRP || t->xpos == AN_X_PRPS) {
      if (coder_is(s->coder, t, REALIS_SELF)) first++;
      else if (coder_is(s->coder, t, REALIS_YOU)) second++;
    }
    if (t->rel == AN_MARK && coder_realis(s->coder, t, REALIS_MARK, &found) == EFFECT_POSSIBLE) ifs++;
  }
  const an_token *last = at->count == 0 ? NULL : token_at(s, at->first + at->count - 1);
  an_text end = last == NULL ? (an_text){0} : an_text_slice(s->words->text, last->at.begin, last->at.end);
  add_plain(k, "length", most(at->count / 30.0, 3));
  add_plain(k, "parties", most(parties / 3.0, 3));
  add_plain(k, "verbs", most(verbs / 4.0, 3));
  add_plain(k, "modal", modals > 0);
  add_plain(k, "if", ifs > 0);
  add_plain(k, "i", first > 0);
  add_plain(k, "you", second > 0);
  add_plain(k, "question", an_text_is(end, "?"));
}

/* ---- The act ------------------------------------------------------------------------------------ */

static void signs_of_shares(reckoning *k, const weight *w, const match *m) {
  if (!w->asked) {
    add_plain(k, "unweighed", 1);
    return;
  }
  if (m->learned > 0) {
    add_plain(k, "guess own", (double)w->own);
    add_plain(k, "guess nothing", (double)w->none);
    add_plain(k, "guess is another", w->best != m->type);
    return;
  }
  add_plain(k, "own", (double)w->own);
  add_plain(k, "own odds", odds((double)w->own));
  if (m->frame->pos == FRAME_NOUN) add_plain(k, "noun own odds", odds((double)w->own));
  add_plain(k, "own over .5", above(w->own, .5f));
  add_plain(k, "own over .9", 5 * above(w->own, .9f));
  add_plain(k, "other", (double)w->other);
  add_plain(k, "nothing", (double)w->none);
  add_plain(k, "nothing over .5", above(w->none, .5f));
  add_plain(k, "nothing over .9", 5 * above(w->none, .9f));
  add_plain(k, "another is likelier", w->best != m->type);
  bool alone = m->recipients.count == 0 && !m->mutual; /* one party joins little: the shares are others then */
  if (alone) add_plain(k, "own, alone", (double)w->own);
  if (alone) add_plain(k, "nothing, alone", (double)w->none);
}

/* What the detector says of the word; a row that stands on its word alone has weights of its own. */
static void signs_of_detector(reckoning *k, const match *m, const detection *d) {
  add_plain(k, "learned", m->learned > 0);
  if (d == NULL) {
    add_plain(k, "unheard", 1);
    return;
  }
  double own = (double)d->share[m->type], some = 1 - (double)d->none;
  if (m->learned > 0) own = m->learned / 1000.0;
  else if (d->share[m->frame->type] > d->share[m->type]) own = (double)d->share[m->frame->type]; /* before tense made another type of it */
  add_plain(k, m->learned > 0 ? "learned own" : "heard own", own);
  add_plain(k, m->learned > 0 ? "learned own odds" : "heard own odds", odds(own));
  if (m->frame->pos == FRAME_NOUN) add_plain(k, m->learned > 0 ? "noun learned odds" : "noun heard odds", odds(own));
  add_plain(k, m->learned > 0 ? "learned own over .9" : "heard own over .9", 5 * above((float)own, .9f));
  add_plain(k, m->learned > 0 ? "learned nothing" : "heard nothing", 1 - some);
  add_plain(k, m->learned > 0 ? "learned nothing over .9" : "heard nothing over .9", 5 * above(d->none, .9f));
}

/* Frame, classifier and detector are three that were asked apart: how many of them say this type, and who says another. */
static void signs_of_agreement(reckoning *k, const match *m, const weight *w, const detection *d) {
  bool heard = d != NULL && (d->best == m->type || (m->learned == 0 && d->best == m->frame->type)), weighed = w->asked && w->best == m->type;
  float none = d == NULL ? 1 : d->none;
  add_plain(k, "all agree", heard && weighed && none < .5f);
  add_plain(k, "nobody agrees", !heard && !weighed);
  if (d == NULL || heard) return;
  add_plain(k, "heard as another", (double)d->share[d->best]);
  add_plain(k, "heard as another of its quad", k->s->coder->types[d->best].quad == k->s->coder->types[m->type].quad ? (double)d->share[d->best] : 0);
}

/* What the rules held against it (roles.h). */
static void signs_of_doubt(reckoning *k, const match *m) {
  static const char *const names[] = {"held unknown", "held no politics", "held without recipient", "held uncarried", "held vague"};
  static const char *const beside[] = {"learned beside its frame", "learned beside another frame", "learned near a frame", "learned near another frame"};
  for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) add_plain(k, names[i], (m->doubts >> i) & 1);
  for (uint32_t i = 0; i < sizeof beside / sizeof *beside; i++) add_plain(k, beside[i], (m->beside >> i) & 1);
}

/* How much of an act there is around: a page of sport has words that sound like one here and there. */
static void signs_of_hearing(reckoning *k, const hearing *h, const match *m, uint32_t sentence) {
  bool political = party_any_political(k->s, &m->actors) || party_any_political(k->s, &m->recipients);
  add_plain(k, "page heard", (double)h->page);
  add_plain(k, "heard beside", (double)heard_beside(h, sentence, m->last));
  add_plain(k, "heard around", (double)heard_around(h, sentence));
  if (m->learned > 0) add_plain(k, "learned, page heard", (double)h->page);
  if (!political) add_plain(k, "nobody political, page heard", (double)h->page);
  if (m->doubts != 0) add_plain(k, "held, page heard", (double)h->page);
}

static uint32_t predicate_of(const match *m) { return m->frame->pos == FRAME_NOUN && m->is_light ? m->light.at : m->own.at; }

static void signs_of_frame(reckoning *k, const match *m) {
  static const char *const pos[] = {[FRAME_VERB] = "verb", [FRAME_NOUN] = "noun", [FRAME_ADJECTIVE] = "adjective", [FRAME_MODAL] = "modal"};
  const frame *f = m->frame;
  add(k, "type", k->s->coder->types[m->type].name, 1);
  static const char *const quad[] = {"0", "1", "2", "3", "4"};
  add_word(k, "quad", quad[k->s->coder->types[m->type].quad % 5], 1);
  add_word(k, "frame", pos[f->pos], 1);
  add_plain(k, "carried", m->is_light);
  add_plain(k, "points", most(m->points / 4.0, 3));
  add_plain(k, "asks nothing", m->points == 0);
  bool alone = f->pos == FRAME_NOUN && !f->complement_copula && !m->is_light && (m->actors.count == 0 || (m->recipients.count == 0 && !m->mutual));
  add_plain(k, "noun alone", alone);
  add_plain(k, "several words", f->key_count > 1);
  add_plain(k, "weak", (f->flags & FRAME_WEAK) != 0);
  add_plain(k, "takes", m->taken != AN_NONE);
  add_plain(k, "turned round", (f->flags & FRAME_REVERSED) != 0);
  add_plain(k, "by a thing", m->instrument != AN_NONE);
  add_plain(k, "mutual", m->mutual);
  add_plain(k, "passive", m->own.passive);
  add_plain(k, "object", m->own.object != AN_NONE);
}

static void signs_of_place(reckoning *k, const match *m, const reality *r, const char *where) {
  static const char *const realis[] = {[AN_HAPPENED] = "happened", [AN_ONGOING] = "ongoing", [AN_PLANNED] = "planned", [AN_CONDITIONAL] = "conditional"};
  const scene *s = k->s;
  uint32_t at = predicate_of(m), depth = 0;
  add_word(k, "stands as", an_rel_name(token_at(s, at)->rel), 1);
  for (uint32_t i = at; token_at(s, i)->head != AN_NONE && depth < 6; i = token_at(s, i)->head) depth++;
  add_plain(k, "depth", depth / 3.0);
  add_word(k, "in", where, 1);
  add_word(k, "realis", realis[r->realis], 1);
  add_plain(k, "negated", r->negated);
  add_plain(k, "background", r->background);
  add_plain(k, "purpose", r->purpose);
  add_plain(k, "expected", r->expected);
  add_plain(k, "told", s->statement_of[m->trigger] != AN_NONE);
  add_plain(k, "quoted", token_at(s, m->trigger)->quote_depth > 0);
  add_plain(k, "gerund", token_at(s, at)->xpos == AN_X_VBG);
  add_plain(k, "infinitive", token_at(s, at)->xpos == AN_X_VB);
  add_plain(k, "present", token_at(s, at)->xpos == AN_X_VBZ || token_at(s, at)->xpos == AN_X_VBP);
}

/* ---- The two sides ------------------------------------------------------------------------------- */

typedef struct side { const char *kind, *sector, *found, *none; const char *political, *inferred, *pronoun, *several, *plain, *far, *passed, *deep, *place, *prep, *owned, *cut; } side;
static const side SIDES[] = {
    {"who is", "who sector", "who found", "who none", "who political", "who inferred", "who pronoun", "who several", "who plain", "who far",
     "who passed over", "who deep", "who place", "who after", "who owned", "who cut"},
    {"whom is", "whom sector", "whom found", "whom none", "whom political", "whom inferred", "whom pronoun", "whom several", "whom plain", "whom far",
     "whom passed over", "whom deep", "whom place", "whom after", "whom owned", "whom cut"}};

static const char *kind_of(const scene *s, const part *p) {
  static const char *const names[] = {[AN_MENTION_PERSON] = "person", [AN_MENTION_ORGANISATION] = "body", [AN_MENTION_COUNTRY] = "country",
                                      [AN_MENTION_PLACE] = "place", [AN_MENTION_GROUP] = "group", [AN_MENTION_ROLE] = "role"};
  if (p->mention == AN_NONE) return p->party.country.at != NULL ? "people of a country" : "noun";
  uint8_t kind = s->mentions->list.at[p->mention].m.kind;
  if (kind != AN_MENTION_PERSON) return names[kind];
  if (p->party.office.at != NULL) return "office-holder";
  return p->party.entity.at != NULL || p->party.sector.at != NULL ? "public person" : "private person";
}

static bool below(const scene *s, uint32_t token, uint32_t head) {
  for (int step = 0; step < 12 && token != AN_NONE && head != AN_NONE; step++, token = token_at(s, token)->head)
    if (token == head) return true;
  return false;
}

static const char *found_by(const scene *s, const clause *c, uint32_t token) {
  if (below(s, token, c->subject)) return "subject";
  if (below(s, token, c->object)) return "object";
  if (below(s, token, c->indirect) || below(s, token, c->object2)) return "indirect";
  for (uint32_t i = 0; i < c->oblique_count; i++)
    if (below(s, token, c->obliques[i].token)) return "oblique";
  return below(s, token, c->complement) ? "complement" : NULL;
}

/* Where in the clause somebody was found. */
static const char *found_as(const scene *s, const match *m, uint32_t token) {
  if (token == AN_NONE || token_at(s, token)->sentence != token_at(s, m->trigger)->sentence) return "elsewhere";
  const char *by = found_by(s, &m->own, token);
  if (by == NULL && m->is_light) by = found_by(s, &m->light, token);
  if (by != NULL) return by;
  if (token_at(s, token)->rel == AN_NMOD_POSS && token_at(s, token)->head == m->last) return "possessive";
  if (below(s, token, m->last) || below(s, token, m->trigger)) return "inside";
  return below(s, m->trigger, token) ? "over it" : "beside it";
}

/* Others who stand between somebody and the act. */
static uint32_t passed_over(const scene *s, uint32_t token, uint32_t trigger) {
  uint32_t count = 0, low = token < trigger ? token : trigger, high = token < trigger ? trigger : token;
  for (uint32_t i = low + 1; i < high; i++) count += is_party_head(s, i) && s->mention_of[i] != s->mention_of[token];
  return count;
}

/* The words of a preposition are written as they stand. */
static void add_prep(reckoning *k, const char *kind, uint32_t token) {
  uint32_t by = token == AN_NONE ? AN_NONE : an_child_by(k->s->words, token, AN_CASE);
  if (by != AN_NONE) add(k, kind, token_at(k->s, by)->lemma, 1);
}

/* Others of a list whom the row leaves out: "the United Nations and Oxfam" told as the one. */
static bool list_is_cut(const scene *s, const parts *p) {
  uint32_t first = p->at[0].token;
  for (uint32_t c = an_child(s->words, first, AN_NONE); c != AN_NONE; c = an_child(s->words, first, c)) {
    if (token_at(s, c)->rel != AN_CONJ || clause_is_verb(s, c)) continue;
    bool told = false;
    for (uint32_t i = 0; i < p->count; i++) told |= p->at[i].token == c;
    if (!told) return true;
  }
  return false;
}

static void signs_of_part(reckoning *k, const side *n, const match *m, const part *p) {
  const scene *s = k->s;
  const an_mention_at *at = p->mention == AN_NONE ? NULL : &s->mentions->list.at[p->mention];
  const char *found = found_as(s, m, p->token);
  bool here = strcmp(found, "elsewhere") != 0;
  add_word(k, n->kind, kind_of(s, p), 1);
  add(k, n->sector, p->party.sector.at == NULL ? AN_LIT("none") : p->party.sector, 1);
  add_word(k, n->found, found, 1);
  add_plain(k, n->plain, p->party.country.at == NULL && p->party.entity.at == NULL);
  if (at != NULL) {
    add_plain(k, n->inferred, (at->flags & AN_MENTION_INFERRED) != 0);
    add_plain(k, n->place, (at->flags & AN_MENTION_LOCATIVE) != 0);
  }
  if (!here) return;
  const an_token *t = token_at(s, p->token);
  uint32_t far = p->token < m->trigger ? m->trigger - p->token : p->token - m->trigger;
  add_plain(k, n->pronoun, t->xpos == AN_X_PRP || t->xpos == AN_X_PRPS);
  add_plain(k, n->far, most(far / 8.0, 3));
  add_plain(k, n->passed, most(passed_over(s, p->token, m->trigger), 3));
  uint32_t head = t->head;
  bool direct = head == predicate_of(m) || head == m->last || head == m->trigger || t->rel == AN_CONJ;
  add_plain(k, n->deep, !direct);
  if (strcmp(found, "subject") != 0) add_prep(k, n->prep, p->token);
  uint32_t of = an_child_by(s->words, p->token, AN_NMOD_POSS);
  add_plain(k, n->owned, of != AN_NONE && (token_at(s, of)->xpos == AN_X_PRPS || token_at(s, of)->xpos == AN_X_PRP)); /* "its ambassador" */
}

static void signs_of_side(reckoning *k, bool whom, const match *m) {
  const side *n = &SIDES[whom];
  const parts *p = whom ? &m->recipients : &m->actors;
  an_text type = k->s->coder->types[m->type].name;
  if (p->count == 0) {
    if (whom && m->mutual) return;
    add_plain(k, n->none, 1);
    add(k, n->none, type, 1);
    return;
  }
  signs_of_part(k, n, m, &p->at[0]);
  add_plain(k, n->several, p->count > 1);
  if (p->at[0].token != AN_NONE) add_plain(k, n->cut, list_is_cut(k->s, p));
  if (whom) add(k, "whom given", type, 1);
  add_plain(k, n->political, party_any_political(k->s, p));
}

/* What the chooser of sides says of those that are told, and of the likeliest of the others. */
static void signs_of_chooser(reckoning *k, const match *m) {
  static const struct { const char *own, *odds, *sure, *doubted, *other, *other_odds, *none, *none_odds, *filled; } names[2] = {
      {"who likely", "who odds", "who likely over .9", "who unlikely", "who other likely", "who other odds", "who none, likely", "who none, odds", "who chosen"},
      {"whom likely", "whom odds", "whom likely over .9", "whom unlikely", "whom other likely", "whom other odds", "whom none, likely", "whom none, odds", "whom chosen"}};
  add_plain(k, "sides unasked", !m->side_asked);
  for (int i = 0; i < 2 && m->side_asked; i++) {
    const parts *p = i == 0 ? &m->actors : &m->recipients;
    double own = (double)m->side_share[i], other = (double)m->side_other[i];
    add_plain(k, names[i].filled, (m->chosen >> i & 1) != 0 && p->count > 0);
    if (p->count == 0 && !(i == 1 && m->mutual)) {
      add_plain(k, names[i].none, other);
      add_plain(k, names[i].none_odds, odds(other));
    }
    if (p->count == 0) continue;
    add_plain(k, names[i].own, own);
    add_plain(k, names[i].odds, odds(own));
    add_plain(k, names[i].other_odds, odds(other));
    add_plain(k, names[i].sure, 5 * above((float)own, .9f));
    add_plain(k, names[i].doubted, 5 * above(.2f, (float)own));
    add_plain(k, names[i].other, other);
  }
}

/* Somebody, by the noun or by name, whom no side tells. */
static bool is_people(const scene *s, uint32_t token) {
  uint32_t head = clause_head(s, token);
  const an_token *t = token_at(s, head);
  if (s->time_of[head] != AN_NONE) return false;
  if (party_at(s, head) || (t->upos == AN_PROPN && s->mention_of[head] == AN_NONE) || coder_sector(s->coder, t->lemma_fold).at != NULL) return true;
  return t->xpos == AN_X_PRP || class_meets(coder_classes(s->coder, t->lemma_fold), s->coder->somebody);
}

/* Nobody suffers it: who stands where somebody would? */
static void signs_of_nobody(reckoning *k, const match *m) {
  const clause *c = m->is_light ? &m->light : &m->own;
  if (m->recipients.count > 0 || m->mutual) return;
  add_plain(k, "whom none, object", c->object != AN_NONE);
  if (c->object != AN_NONE) add_plain(k, "whom none, people as object", is_people(k->s, c->object));
  for (uint32_t i = 0; i < c->oblique_count; i++)
    if (is_people(k->s, c->obliques[i].token)) add_prep(k, "whom none, people after", clause_head(k->s, c->obliques[i].token));
  add_plain(k, "whom none, complement", c->complement != AN_NONE);
}

static void signs_of_both(reckoning *k, const match *m) {
  const scene *s = k->s;
  const an_sentence *at = &s->words->sentences[token_at(s, m->trigger)->sentence];
  uint32_t free = 0; /* somebody of the sentence, on neither side */
  for (uint32_t i = at->first; i < at->first + at->count; i++) {
    bool used = !is_party_head(s, i);
    for (uint32_t a = 0; a < m->actors.count && !used; a++) used = m->actors.at[a].token == i || m->actors.at[a].mention == s->mention_of[i];
    for (uint32_t a = 0; a < m->recipients.count && !used; a++) used = m->recipients.at[a].token == i || m->recipients.at[a].mention == s->mention_of[i];
    free += !used;
  }
  add_plain(k, "left over", most(free / 2.0, 3));
  if (m->recipients.count == 0 && !m->mutual) add_plain(k, "whom none, left over", most(free / 2.0, 3));
  bool political = party_any_political(s, &m->actors) || party_any_political(s, &m->recipients);
  add_plain(k, "nobody political", !political);
  if (m->actors.count == 0 || m->recipients.count == 0) return;
  an_text a = m->actors.at[0].party.country, b = m->recipients.at[0].party.country;
  add_plain(k, "one country", a.at != NULL && an_text_equal(a, b));
  add_plain(k, "two countries", a.at != NULL && b.at != NULL && !an_text_equal(a, b));
}

/* ---- The row --------------------------------------------------------------------------------------- */

uint16_t judge_row(judge *j, const scene *s, const match *m, const reality *r) {
  uint32_t sentence = token_at(s, m->trigger)->sentence;
  const detection *heard = heard_of(j->heard, m->last);
  reckoning k = {.s = s, .told = s->trace != NULL && s->trace->say != NULL};
  const weight w = j->said = weigh(s, m, r, &j->scales);
  add_plain(&k, "always", 1);
  signs_of_frame(&k, m);
  signs_of_shares(&k, &w, m);
  signs_of_detector(&k, m, heard);
  signs_of_agreement(&k, m, &w, heard);
  signs_of_doubt(&k, m);
  signs_of_place(&k, m, r, hear_block(s, sentence));
  signs_of_side(&k, false, m);
  signs_of_side(&k, true, m);
  signs_of_nobody(&k, m);
  signs_of_chooser(&k, m);
  signs_of_both(&k, m);
  signs_of_sentence(&k, sentence);
  signs_of_hearing(&k, j->heard, m, sentence);
  add_plain(&k, "page politics", j->politics);
  add_plain(&k, "page private", j->private_share);
  double sure = 1, of[SURE_PARTS];
  for (int i = 0; i < SURE_PARTS; i++) of[i] = 1.0 / (1.0 + (double)an_exp((float)-k.sum[i]));
  for (int i = 0; i < SURE_PARTS; i++) sure *= of[i];
  AN_TRACE(s->trace, "event", ((an_span){token_at(s, m->trigger)->at.begin, token_at(s, m->last)->at.end}), true,
           "certainty %.2f, of the type %.2f, who %.2f, whom %.2f: %.*s", sure, of[0], of[1], of[2], (int)k.size, k.text);
  return (uint16_t)(sure * 998.0 + 1.0);
}
