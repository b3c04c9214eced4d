/* SPDX-License-Identifier: Apache-2.0 */
#include "event/clause.h"

bool clause_is_verb(const scene *s, uint32_t token) {
  uint8_t upos = token_at(s, token)->upos;
  return upos == AN_VERB || upos == AN_AUX;
}

uint32_t clause_child_where(const scene *s, uint32_t head, unsigned kinds) {
  for (uint32_t c = an_child(s->words, head, AN_NONE); c != AN_NONE; c = an_child(s->words, head, c))
    if (coder_is(s->coder, token_at(s, c), kinds)) return c;
  return AN_NONE;
}

/* The last one before the noun: "pulled out of talks". */
uint64_t clause_prep(const scene *s, uint32_t token) {
  uint32_t best = an_child_by(s->words, token, AN_CASE);
  for (uint32_t c = an_child(s->words, token, AN_NONE); c != AN_NONE && c < token; c = an_child(s->words, token, c))
    if (token_at(s, c)->rel == AN_CASE) best = c;
  return best == AN_NONE ? 0 : token_at(s, best)->fold;
}

/* "dozens of agreements", "a series of strikes", "14 of the documents": the counted noun is the head that frames ask about. */
uint32_t clause_head(const scene *s, uint32_t token) {
  for (int step = 0; step < 3; step++) {
    const an_token *t = token_at(s, token);
    bool container = class_meets(coder_classes(s->coder, t->lemma_fold), s->coder->container) || t->upos == AN_NUM;
    uint32_t inner = container ? an_child_by(s->words, token, AN_NMOD) : AN_NONE;
    if (inner == AN_NONE) return token;
    token = inner;
  }
  return token;
}

static bool is_subject(uint8_t rel) {
  return rel == AN_NSUBJ || rel == AN_NSUBJ_PASS || rel == AN_CSUBJ || rel == AN_CSUBJ_PASS;
}

/* "allowed Russia to use" against "used the base to strike": only somebody can be the subject of what follows. */
static bool is_person_object(const scene *s, uint32_t token) {
  if (token == AN_NONE || s->mention_of[token] == AN_NONE) return false;
  const an_mention_at *m = &s->mentions->list.at[s->mention_of[token]];
  return (m->flags & AN_MENTION_LOCATIVE) == 0 && (m->m.kind != AN_MENTION_PLACE || (m->flags & AN_MENTION_METONYM) != 0);
}

static bool is_time(const scene *s, uint32_t token) {
  return s->time_of[token] != AN_NONE || (token_at(s, token)->flags & AN_WORD_TIME) != 0;
}

/* Of several (a list that the parser cut, a weekday taken for a subject) the one that is somebody, and the nearest. */
static uint32_t own_subject(const scene *s, uint32_t predicate) {
  uint32_t best = AN_NONE;
  int best_worth = -1;
  for (uint32_t c = an_child(s->words, predicate, AN_NONE); c != AN_NONE; c = an_child(s->words, predicate, c)) {
    if (!is_subject(token_at(s, c)->rel)) continue;
    int worth = is_time(s, c) ? 0 : s->mention_of[c] != AN_NONE ? 2 : 1;
    bool speaker = best != AN_NONE && best < predicate && c > predicate; /* "America refused to, the newspaper reported" */
    if (worth < best_worth || (speaker && worth == best_worth)) continue;
    best_worth = worth;
    best = c;
  }
  if (best == AN_NONE && clause_is_verb(s, predicate)) { /* "Pakistan hit out", the name taken for part of a compound */
    uint32_t c = an_child_by(s->words, predicate, AN_COMPOUND);
    if (c != AN_NONE && c < predicate && is_person_object(s, c)) best = c;
  }
  return best;
}

static bool is_person(const scene *s, uint32_t token) {
  uint32_t m = s->mention_of[token];
  return m != AN_NONE && (s->mentions->list.at[m].m.kind == AN_MENTION_PERSON || s->mentions->list.at[m].m.kind == AN_MENTION_ROLE);
}

/* "Togo is a partner that sends rice", "Togo, a partner scheduled to send rice": what is said of the noun is said of whom it describes. */
static uint32_t or_its_subject(const scene *s, uint32_t noun) {
  const an_token *t = token_at(s, noun);
  uint32_t own = an_child_by(s->words, noun, AN_COP) == AN_NONE ? AN_NONE : own_subject(s, noun);
  if (own == AN_NONE && t->rel == AN_APPOS && t->upos == AN_NOUN && !is_person(s, t->head)) own = t->head;
  if (own == AN_NONE && t->rel == AN_APPOS && class_meets(coder_classes(s->coder, t->lemma_fold), s->coder->individual)) own = t->head;
  bool became = t->rel == AN_XCOMP && t->upos == AN_NOUN && t->head != AN_NONE && an_child_by(s->words, t->head, AN_OBJ) == AN_NONE;
  if (own == AN_NONE && became) own = own_subject(s, t->head); /* "has become a partner" */
  return is_person_object(s, own) ? own : noun;
}

/* "which responded with sanctions": the relative pronoun stands for the noun that the clause hangs on, or, where the parser hung
   it elsewhere, for the noun before it. */
static uint32_t through_relative(const scene *s, uint32_t predicate, uint32_t token) {
  if (token == AN_NONE) return AN_NONE;
  const an_token *p = token_at(s, predicate), *t = token_at(s, token);
  bool relative = (t->upos == AN_PRON || t->upos == AN_DET || t->upos == AN_SCONJ) && coder_is(s->coder, t, REALIS_RELATIVE);
  if (!relative) return token;
  if (p->rel == AN_ACL_RELCL && p->head != AN_NONE) return or_its_subject(s, p->head);
  uint32_t first = s->words->sentences[t->sentence].first;
  for (uint32_t i = token; i > first; i--)
    if (token_at(s, i - 1)->upos == AN_NOUN || token_at(s, i - 1)->upos == AN_PROPN) return i - 1;
  return token;
}

/* "Peru is about to sign, an official said": the parser may hang "about" and "sign" side by side on "said", or "about", with "Peru" as
   its subject, on "sign"; the infinitive belongs to the word before its "to". AN_NONE: it hangs where it should. */
uint32_t clause_raised(const scene *s, uint32_t predicate) {
  const an_token *p = token_at(s, predicate);
  uint32_t to = clause_child_where(s, predicate, REALIS_INFINITIVE);
  if (to == AN_NONE || to == 0 || to > predicate) return AN_NONE;
  const an_token *before = token_at(s, to - 1);
  bool below = before->head == predicate && an_child_by(s->words, to - 1, AN_COP) != AN_NONE;
  bool beside = p->rel == AN_CCOMP && p->head != AN_NONE && before->head == p->head && before->rel == AN_CCOMP && before->sentence == p->sentence;
  return below || beside ? to - 1 : AN_NONE;
}

/* "called for Egypt to open the crossing", the name hung on "called": who is to do it stands before the "to". */
static uint32_t asked_for(const scene *s, uint32_t predicate) {
  uint32_t to = clause_child_where(s, predicate, REALIS_INFINITIVE), head = token_at(s, predicate)->head;
  for (uint32_t c = to == AN_NONE ? AN_NONE : an_child(s->words, head, AN_NONE); c != AN_NONE && c < to; c = an_child(s->words, head, c)) {
    uint32_t begin, end, by = token_at(s, c)->rel == AN_OBL ? an_child_by(s->words, c, AN_CASE) : AN_NONE;
    if (by == AN_NONE || !coder_is(s->coder, token_at(s, by), REALIS_CHARGE)) continue;
    an_subtree(s->words, c, &begin, &end);
    if (end == to) return c;
  }
  return AN_NONE;
}

/* The grammatical subject where a verb has none of its own: up through "agreed to lift", "met and signed", "said, adding",
   "forces backing X", "a decision to leave". One step a turn, CLAUSE_CLIMB turns at most. */
uint32_t clause_subject(const scene *s, uint32_t predicate) {
  for (int step = 0; step < CLAUSE_CLIMB && predicate != AN_NONE; step++) {
    const an_token *p = token_at(s, predicate);
    uint32_t own = own_subject(s, predicate), raised = own == AN_NONE ? clause_raised(s, predicate) : AN_NONE;
    if (raised != AN_NONE && token_at(s, raised)->head == predicate) own = own_subject(s, raised);
    if (own != AN_NONE) return through_relative(s, predicate, own);
    uint32_t head = p->head;
    if (head == AN_NONE) return AN_NONE;
    switch (p->rel) {
      case AN_ACL_RELCL: return or_its_subject(s, head);
      case AN_ACL: {
        if (clause_child_where(s, predicate, REALIS_INFINITIVE) == AN_NONE) return or_its_subject(s, head);
        uint32_t owner = an_child_by(s->words, head, AN_NMOD_POSS);
        if (owner == AN_NONE) owner = an_child_by(s->words, head, AN_COMPOUND); /* "Japan plans to …", taken for a noun */
        if (owner != AN_NONE) return owner;
        uint8_t rel = token_at(s, head)->rel;
        if (rel != AN_OBJ && rel != AN_OBL && rel != AN_NSUBJ_PASS) return AN_NONE;
        predicate = token_at(s, head)->head;
        break;
      }
      case AN_XCOMP: {
        uint32_t asked = asked_for(s, predicate);
        if (asked != AN_NONE) return asked;
        uint32_t object = an_child_by(s->words, head, AN_OBJ);
        if (object == AN_NONE) object = an_child_by(s->words, head, AN_IOBJ);
        if (is_person_object(s, object)) return object;
        predicate = head;
        break;
      }
      case AN_ADVCL: {
        uint32_t asked = asked_for(s, predicate);
        if (asked != AN_NONE) return asked;
        /* "criticised the officer for shooting": who is blamed or thanked did it */
        uint32_t mark = p->xpos == AN_X_VBG ? an_child_by(s->words, predicate, AN_MARK) : AN_NONE;
        uint32_t object = mark != AN_NONE && coder_is(s->coder, token_at(s, mark), REALIS_CHARGE) ? an_child_by(s->words, head, AN_OBJ) : AN_NONE;
        if (is_person_object(s, object)) return object;
        predicate = head;
        break;
      }
      case AN_CONJ: case AN_COP: case AN_DEP:
        predicate = head;
        break;
      default:
        predicate = raised;
        break;
    }
  }
  return AN_NONE;
}

static bool is_country(const scene *s, uint32_t token) {
  return s->mention_of[token] != AN_NONE && s->mentions->list.at[s->mention_of[token]].m.kind == AN_MENTION_COUNTRY;
}

static bool is_passive(const scene *s, uint32_t predicate) {
  for (int step = 0; step < CLAUSE_CLIMB; step++) {
    const an_token *p = token_at(s, predicate);
    if (an_child_by(s->words, predicate, AN_AUX_PASS) != AN_NONE) return true;
    bool active = an_child_by(s->words, predicate, AN_NSUBJ) != AN_NONE && an_child_by(s->words, predicate, AN_OBJ) != AN_NONE;
    if (p->xpos == AN_X_VBN && !active && an_child_by(s->words, predicate, AN_OBL_AGENT) != AN_NONE) return true;
    uint32_t named = an_child_by(s->words, predicate, AN_NSUBJ_PASS);
    if (named != AN_NONE) /* "Two Turks arrested in Athens"; a country with an object, or with neither, acts */
      return p->xpos == AN_X_VBN && an_child_by(s->words, predicate, AN_OBJ) == AN_NONE && !is_country(s, named);
    if (p->xpos != AN_X_VBN || own_subject(s, predicate) != AN_NONE) return false;
    if (p->rel == AN_ACL) return an_child_by(s->words, predicate, AN_OBJ) == AN_NONE; /* "documents signed in Moscow" */
    if (p->rel == AN_ADVCL) return an_child_by(s->words, predicate, AN_OBJ) == AN_NONE;
    if (p->rel != AN_CONJ || p->head == AN_NONE || an_child_by(s->words, predicate, AN_AUX_) != AN_NONE) return false;
    predicate = p->head; /* "was arrested and deported" */
  }
  return false;
}

/* "in front of the ministry", "on behalf of the rebels": the noun is the preposition. */
static void phrasal(const scene *s, uint32_t *token, uint64_t *prep) {
  const an_token *t = token_at(s, *token);
  if (t->upos != AN_NOUN || !class_meets(coder_classes(s->coder, t->lemma_fold), s->coder->phrasal)) return;
  uint32_t inner = an_child_by(s->words, *token, AN_DET_) == AN_NONE ? an_child_by(s->words, *token, AN_NMOD) : AN_NONE;
  if (inner == AN_NONE) return;
  *prep = t->lemma_fold;
  *token = inner;
}

static void add_oblique(const scene *s, clause *out, uint32_t token, uint64_t prep) {
  phrasal(s, &token, &prep);
  if (out->oblique_count < CLAUSE_ITEMS && prep != 0) out->obliques[out->oblique_count++] = (oblique){token, prep};
}

/* Two objects side by side without an article: "gave Iran weapons", or a name cut in two ("used Nasr air base"). */
static bool beside(const scene *s, uint32_t first, uint32_t second) {
  uint32_t begin, end, next, last;
  if (token_at(s, first)->upos != AN_PROPN || an_child_by(s->words, second, AN_DET_) != AN_NONE) return false;
  an_subtree(s->words, first, &begin, &end);
  an_subtree(s->words, second, &next, &last);
  return next == end;
}

static void add_object(const scene *s, clause *out, uint32_t c) {
  if (out->object == AN_NONE) {
    out->object = through_relative(s, out->at, c);
  } else if (beside(s, out->object, c)) {
    if (is_person_object(s, out->object)) out->indirect = out->object;
    out->object = c;
  } else if (out->object2 == AN_NONE) {
    out->object2 = c;
  }
}

static void read_child(const scene *s, clause *out, uint32_t c) {
  const an_token *t = token_at(s, c);
  switch (t->rel) {
    case AN_OBJ:
      if (s->time_of[c] != AN_NONE) break; /* "met Wednesday evening"; but "restored the rights" */
      add_object(s, out, c);
      break;
    case AN_IOBJ: out->indirect = c; break;
    case AN_OBL_AGENT:
      if (out->passive) out->subject = c;
      else add_oblique(s, out, c, clause_prep(s, c));
      break;
    case AN_OBL: case AN_OBL_TMOD: case AN_NMOD: {
      uint32_t by = an_child_by(s->words, c, AN_CASE);
      /* An oblique without a preposition that is no time is an object that the parser took for one. */
      if (by == AN_NONE && t->rel != AN_NMOD && out->object == AN_NONE && !out->passive && c > out->at && !is_time(s, c)) out->object = c;
      bool agent = out->passive && by != AN_NONE && coder_is(s->coder, token_at(s, by), REALIS_AGENT);
      if (agent && out->subject == AN_NONE && t->upos != AN_NUM) out->subject = c;
      else add_oblique(s, out, c, clause_prep(s, c));
      break;
    }
    case AN_XCOMP: case AN_CCOMP:
      if (out->complement != AN_NONE && out->complement_open && t->rel == AN_XCOMP && out->object == AN_NONE &&
          !clause_is_verb(s, out->complement)) { /* "called Vietnam a friend", both taken for complements */
        out->object = out->complement;
        out->complement = c;
      } else if (out->complement == AN_NONE) {
        out->complement = c;
        out->complement_open = t->rel == AN_XCOMP;
      }
      break;
    case AN_ADVCL: /* "accused X of spying", "ready to help": a clause where a complement is meant */
      if (out->complement == AN_NONE && an_child_by(s->words, c, AN_MARK) != AN_NONE &&
          (clause_child_where(s, c, REALIS_INFINITIVE) != AN_NONE || token_at(s, c)->xpos == AN_X_VBG)) {
        out->complement = c;
        out->complement_open = true;
      }
      break;
    case AN_ACL: /* "an appeal to France to act" */
      if (out->complement == AN_NONE && !clause_is_verb(s, out->at) && clause_child_where(s, c, REALIS_INFINITIVE) != AN_NONE) {
        out->complement = c;
        out->complement_open = true;
      }
      break;
    case AN_COP: out->copula = true; break;
    default: break;
  }
}

static bool is_named_somebody(const scene *s, uint32_t token) {
  if (clause_is_verb(s, token) || s->mention_of[token] == AN_NONE) return false;
  uint8_t kind = s->mentions->list.at[s->mention_of[token]].m.kind;
  return token_at(s, token)->upos == AN_PROPN && (kind == AN_MENTION_PERSON || kind == AN_MENTION_COUNTRY || kind == AN_MENTION_ROLE);
}

/* Relative clause without a pronoun for the object ("the base that Russia used"), and shared objects ("signed and ratified"). */
static void fill_object(const scene *s, clause *out) {
  const an_token *p = token_at(s, out->at);
  uint32_t listed = an_child_by(s->words, out->at, AN_CONJ);
  bool no_noun = out->object == AN_NONE || token_at(s, out->object)->upos == AN_ADJ;
  if (no_noun && listed != AN_NONE && token_at(s, listed)->upos == AN_NOUN) { /* "held “important” and “intensive” negotiations" */
    out->object = listed;
    return;
  }
  if (out->object != AN_NONE || out->copula) return;
  if (out->complement != AN_NONE && out->complement_open && is_named_somebody(s, out->complement)) { /* "called President Rahmon" */
    out->object = out->complement;
    out->complement = AN_NONE;
    out->complement_open = false;
    return;
  }
  if (p->rel == AN_ACL_RELCL && own_subject(s, out->at) != AN_NONE && out->subject != p->head && !out->passive) {
    out->object = p->head;
    return;
  }
  uint32_t next = an_child_by(s->words, out->at, AN_CONJ);
  if (next != AN_NONE && next <= out->at + 2 && clause_is_verb(s, next)) out->object = an_child_by(s->words, next, AN_OBJ);
}

/* "Hungary blocked aid", taken for one noun phrase: a verb form between a name and the noun that it is hung on. */
static void undo_noun_phrase(const scene *s, clause *out) {
  const an_token *p = token_at(s, out->at);
  bool verb_form = p->upos == AN_VERB && (p->xpos == AN_X_VBD || p->xpos == AN_X_VBN || p->xpos == AN_X_VBZ || p->xpos == AN_X_VBP);
  if (p->rel != AN_AMOD || !verb_form || p->head == AN_NONE || p->head <= out->at) return;
  if (out->at == s->words->sentences[p->sentence].first || !is_person_object(s, out->at - 1)) return;
  out->subject = out->at - 1;
  out->object = p->head;
  out->passive = false;
  for (uint32_t c = an_child(s->words, p->head, AN_NONE); c != AN_NONE; c = an_child(s->words, p->head, c))
    if (token_at(s, c)->rel == AN_NMOD) add_oblique(s, out, c, clause_prep(s, c));
}

/* "Two men were shot and killed by police": one doer for both, on whichever of the verbs it hangs. */
static uint32_t agent_of(const scene *s, uint32_t predicate) {
  for (uint32_t c = an_child(s->words, predicate, AN_NONE); c != AN_NONE; c = an_child(s->words, predicate, c)) {
    uint8_t rel = token_at(s, c)->rel;
    uint32_t by = rel == AN_OBL || rel == AN_OBL_AGENT ? an_child_by(s->words, c, AN_CASE) : AN_NONE;
    if (by != AN_NONE && token_at(s, c)->upos != AN_NUM && !is_time(s, c) && coder_is(s->coder, token_at(s, by), REALIS_AGENT)) return c;
  }
  return AN_NONE;
}

static void share_agent(const scene *s, clause *out) {
  const an_token *p = token_at(s, out->at);
  uint32_t other = p->rel == AN_CONJ ? p->head : an_child_by(s->words, out->at, AN_CONJ);
  if (out->subject != AN_NONE || other == AN_NONE || token_at(s, other)->xpos != AN_X_VBN || p->xpos != AN_X_VBN) return;
  if (an_child_by(s->words, other, AN_NSUBJ_PASS) == AN_NONE || p->rel == AN_CONJ) out->subject = agent_of(s, other);
}

void clause_read(const scene *s, uint32_t predicate, clause *out) {
  *out = (clause){.at = predicate, .subject = AN_NONE, .object = AN_NONE, .indirect = AN_NONE, .object2 = AN_NONE,
                  .complement = AN_NONE};
  out->passive = clause_is_verb(s, predicate) && is_passive(s, predicate);
  for (uint32_t c = an_child(s->words, predicate, AN_NONE); c != AN_NONE; c = an_child(s->words, predicate, c))
    read_child(s, out, c);
  if (out->passive) {
    uint32_t grammatical = clause_subject(s, predicate);
    if (out->object == AN_NONE) out->object = grammatical;
    else if (out->indirect == AN_NONE) out->indirect = grammatical; /* "Iran was given an ultimatum" */
    share_agent(s, out);
  } else {
    out->subject = clause_subject(s, predicate);
    fill_object(s, out);
    if (out->object == AN_NONE && out->indirect != AN_NONE) { /* "asked Germany to send tanks" */
      out->object = out->indirect;
      out->indirect = AN_NONE;
    }
    undo_noun_phrase(s, out);
  }
}
