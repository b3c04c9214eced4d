/* SPDX-License-Identifier: Apache-2.0 */
/* Who speaks for a body, or as a named institute's expert, by what the page says of them.

     [Ana Bel], executive director of the [Arms Watch Association], said     a name, and behind a comma what she is where
     a lawyer for the group, [Ana Bel], said                                 the same in front of it
     [Lumora Textiles] chief executive [Ana Bel] said                        a title
     said [Ana Bel] of the [Volta Basin Observatory]                         no more than the institute

   Who heads what many have joined, or what is of the state, does so in public. A firm, a group or an institute gives a part only to
   whom the page hears, and only while it tells nothing of them but that: nobody's age, and no harm, arrest or charge. All others
   stay private: whom something befell, who saw it, who passed by, who stands accused.
   Once over the mentions. Its words are those of data/lexicon/parts.tsv. */
#include "world/phrases.h"

enum { HEADS = 1, SPEAKS = 2, KNOWS = 4, OWNS = 8, MOST_WORDS = 22, MOST_BACK = 8 };
typedef enum part { NO_PART, IF_HEARD, IN_PUBLIC } part;
typedef struct body { uint32_t first, end; bool named, many, known, firm; } body; /* named: by a name; many: of many, or of the state; known: to the world file; firm: with a body's word */

static bool is_part(const an_scene *s, uint32_t token, const char *what) { return an_part_is(s, token, what, NULL); }
static bool is_name_word(const an_scene *s, uint32_t t) {
  uint8_t shape = s->words->tokens[t].shape;
  return shape == AN_SHAPE_CAPITAL || shape == AN_SHAPE_UPPER || shape == AN_SHAPE_MIXED;
}
static bool stands_in_phrase(const an_scene *s, uint32_t t) {
  uint8_t upos = s->words->tokens[t].upos;
  return an_phrase_is_nominal(s, t) || upos == AN_ADJ || upos == AN_NUM || an_phrase_is_genitive(s, t) || an_token_is(s, t, "-") || an_token_is(s, t, "&");
}
static bool ends_phrase(const an_scene *s, uint32_t t) {
  return !an_phrase_same_sentence(s, t, t + 1) || !(an_phrase_is_nominal(s, t + 1) || an_phrase_is_genitive(s, t + 1) || an_token_is(s, t + 1, "-"));
}

/* ---- Roles and bodies ------------------------------------------------------------------------------------------------- */

/* One of the words asked for stands there; none is asked for: it does. */
static bool meets(const an_scene *s, uint32_t first, uint32_t end, an_text asked) {
  an_text word;
  for (uint32_t at = 0; an_text_word(asked, &at, &word);)
    for (uint32_t k = first; k < end; k++)
      if (s->words->tokens[k].fold == an_fold_hash(word)) return true;
  return asked.size == 0;
}

/* What a noun makes of whom it is said; "officer" asks for "chief" before it: a school's secretary speaks for nobody. */
static unsigned role_at(const an_scene *s, uint32_t first, uint32_t t) {
  unsigned is = 0;
  an_text asked = an_phrase_none();
  if (!an_phrase_is_nominal(s, t)) return 0;
  if (is_part(s, t, "head")) is |= HEADS;
  if (is_part(s, t, "expert")) is |= KNOWS;
  if (is_part(s, t, "owner")) is |= OWNS;
  if (!an_part_is(s, t, "voice", &asked)) return is;
  return meets(s, first, t, asked) ? is | SPEAKS : is;
}

static bool is_between_names(const an_scene *s, uint32_t t) {
  uint8_t upos = s->words->tokens[t].upos;
  return upos == AN_ADP || upos == AN_CCONJ || upos == AN_DET || an_token_is(s, t, "&") || an_phrase_is_genitive(s, t);
}

/* A body's name that begins at `t`: a run of capitals with a body's word in it, or that looks like one. */
static bool named_body(const an_scene *s, uint32_t t, uint32_t stop, body *out) {
  uint32_t end = t;
  bool is_body = false;
  *out = (body){.first = t, .named = true};
  if (t >= stop || !is_name_word(s, t) || (s->name_of[t] != AN_NONE && s->named[s->name_of[t]].kind == AN_MENTION_PERSON)) return false;
  for (uint32_t k = t; k < stop && k < t + MOST_BACK + 4 && an_phrase_same_sentence(s, t, k); k++) {
    if (!is_name_word(s, k)) {
      if (!is_between_names(s, k) || k + 1 >= stop) break;
      continue;
    }
    if (k > end + 1) break; /* at most one small word: "Institute for Integrity", not "the Institute and of the Press" */
    const an_item *item = s->item_of[k] == AN_NONE ? NULL : &s->items[s->item_of[k]];
    bool looks = s->name_of[k] != AN_NONE && s->named[s->name_of[k]].kind == AN_MENTION_ORGANISATION;
    bool known = item != NULL && item->first == k && item->by_kind[AN_FORM_ORG] != AN_NONE;
    bool many = is_part(s, k, "many") || is_part(s, k, "state") || is_part(s, k, "state name"), last = k + 1 >= stop || !is_name_word(s, k + 1);
    is_body |= looks || many || is_part(s, k, "institute") || an_word_cue(s, k, AN_CUE_ORG_WORD) || (item != NULL && (item->by_kind[AN_FORM_ORG] != AN_NONE || item->by_kind[AN_FORM_OUTLET] != AN_NONE));
    out->many |= many && last; /* "the Teachers' Union", "the Ministry of Health", and not "the Union Square Cafe" */
    out->known |= known;
    out->firm |= many || known || is_part(s, k, "institute") || is_part(s, k, "body") || an_word_cue(s, k, AN_CUE_ORG_WORD);
    end = k + 1;
  }
  out->end = end;
  if (end == t + 1 && s->words->tokens[t].shape == AN_SHAPE_CAPITAL && an_phrase_is_genitive(s, end)) return false; /* "Hestvik's lawyer": hardly a body */
  return is_body;
}

static bool common_body(const an_scene *s, uint32_t t, body *out) {
  if (!an_phrase_is_nominal(s, t) || s->words->tokens[t].shape != AN_SHAPE_LOWER) return false;
  *out = (body){.first = t, .end = t + 1, .many = is_part(s, t, "many") || is_part(s, t, "state")};
  return out->many || is_part(s, t, "body");
}

static bool body_at(const an_scene *s, uint32_t t, uint32_t stop, body *out) { return named_body(s, t, stop, out) || common_body(s, t, out); }

/* "the campaign's press secretary", "Charlotte police chief": in front of the role, inside its phrase. Of many only where the role is the
   body's own: "the front desk manager" heads a desk. */
static bool body_before(const an_scene *s, uint32_t first, uint32_t role, body *out) {
  uint32_t t = first;
  while (t < role && !body_at(s, t, role, out)) t++;
  if (t == role) return false;
  for (uint32_t k = out->end; k < role && !an_phrase_is_genitive(s, out->end); k++) out->many &= !an_phrase_is_nominal(s, k);
  return true;
}

/* "a senior associate for education at the Lumora Institute", "a lawyer for the group": behind a preposition before the clause goes on. */
static bool body_behind(const an_scene *s, uint32_t role, uint32_t stop, body *out) {
  bool behind = false;
  for (uint32_t t = role + 1; t < stop && t < role + MOST_WORDS && an_phrase_same_sentence(s, role, t); t++) {
    const an_token *at = &s->words->tokens[t];
    if (t == role + 1 && at->upos != AN_ADP) return false;
    if (at->upos == AN_PUNCT && !an_token_is(s, t, "-")) return false;
    if (at->upos == AN_AUX || at->xpos == AN_X_VBD || at->xpos == AN_X_VBZ || at->xpos == AN_X_VBP) return false;
    behind |= at->upos == AN_ADP;
    if (behind && at->upos != AN_ADP && at->upos != AN_DET && body_at(s, t, stop, out) && (out->named || ends_phrase(s, t))) return true;
  }
  return false;
}

static part part_of(unsigned role, const body *b) {
  if ((role & HEADS) != 0 && b->many) return IN_PUBLIC;
  if ((role & OWNS) != 0) return b->many || (b->named && b->firm) ? IF_HEARD : NO_PART; /* of a trading company, and of no bakery */
  if ((role & SPEAKS) != 0 || ((role & KNOWS) != 0 && b->named)) return IF_HEARD;
  return NO_PART;
}

/* What a role word at `t`, in a phrase from `first` on, gives to somebody: nothing, unless the page says where. */
static part read_part(const an_scene *s, uint32_t first, uint32_t t, uint32_t stop, body *b) {
  unsigned role = role_at(s, first, t);
  if (role == 0 || an_phrase_former_before(s, t)) return NO_PART;
  for (uint32_t k = first; k < t; k++)
    if (an_word_cue(s, k, AN_CUE_FORMER)) return NO_PART;
  if (!body_before(s, first, t, b) && !body_behind(s, t, stop, b)) return NO_PART;
  return part_of(role, b);
}

/* ---- Where a page says it ------------------------------------------------------------------------------------------------ */

static uint32_t phrase_start(const an_scene *s, uint32_t t) {
  uint32_t first = t;
  while (first > 0 && t - first < MOST_BACK && an_phrase_same_sentence(s, first - 1, t) && stands_in_phrase(s, first - 1)) first--;
  return first;
}

static part by_title(const an_scene *s, const an_mention_at *m, body *b) {
  uint32_t name = m->first;
  while (name < m->end && s->words->tokens[name].at.begin < m->name_span.begin) name++;
  if (name == 0 || !an_phrase_same_sentence(s, name - 1, name)) return NO_PART;
  return read_part(s, phrase_start(s, name - 1), name - 1, name, b);
}

/* "a lawyer for the group, Ana Bel, said": the name hangs on the role. */
static part by_role_before(const an_scene *s, const an_mention_at *m, body *b) {
  const an_token *head = &s->words->tokens[m->head];
  if (head->rel != AN_APPOS || head->head == AN_NONE || head->head >= m->first || m->first == 0 || !an_token_is(s, m->first - 1, ",")) return NO_PART;
  if (an_phrase_same_sentence(s, m->first, m->end) && s->words->tokens[m->end].upos != AN_PUNCT) return NO_PART; /* "The chairman of the party, Ana Bel said, hit her" */
  return read_part(s, phrase_start(s, head->head), head->head, m->first, b);
}

/* "Ana Bel, …", "Ana Bel – … –", "Ana Bel is …". */
static bool opens_aside(const an_scene *s, uint32_t t) {
  if (t >= s->words->token_count) return false;
  const an_token *at = &s->words->tokens[t];
  return an_token_is(s, t, ",") || an_token_is(s, t, "-") || an_token_is(s, t, "–") || an_token_is(s, t, "—") || (at->lemma_fold == an_fold_hash(AN_LIT("be")) && at->xpos == AN_X_VBZ);
}

/* "…, who runs the Lumora Institute," */
static part who_leads(const an_scene *s, const an_mention_at *m, body *b) {
  uint32_t verb = m->end + 2;
  if (!an_phrase_same_sentence(s, m->end, verb + 2) || !an_token_is(s, m->end + 1, "who")) return NO_PART;
  if (!an_word_cue(s, verb, AN_CUE_LEADING) && !is_part(s, verb, "leads")) return NO_PART;
  uint32_t at = s->words->tokens[verb + 1].upos == AN_DET ? verb + 2 : verb + 1;
  if (body_behind(s, verb, m->end + MOST_WORDS, b)) return IF_HEARD; /* "who speaks for the union" */
  return an_phrase_same_sentence(s, verb, at) && named_body(s, at, s->words->token_count, b) ? part_of(OWNS, b) : NO_PART;
}

/* "a friend of the mayor and union president": joined to the mayor, and not to the friend. */
static bool joins_inside(const an_scene *s, uint32_t t, uint32_t opened) {
  const an_token *at = &s->words->tokens[t];
  return at->rel == AN_CONJ && at->head != AN_NONE && at->head > opened && at->head < t;
}

/* "…, a physicist who is co-director of the Arms Programme at the Lumora Endowment,": each phrase up to the next comma. */
static part by_role_behind(const an_scene *s, const an_mention_at *m, body *b) {
  uint32_t first = m->end + 1, stop = m->end + MOST_WORDS;
  uint32_t opened = AN_NONE; /* where the first phrase of a preposition begins */
  bool aside = false;        /* in such a phrase */
  if (!opens_aside(s, m->end)) return NO_PART;
  part best = who_leads(s, m, b);
  for (uint32_t t = first; t < stop && an_phrase_same_sentence(s, m->end, t); t++) {
    const an_token *at = &s->words->tokens[t];
    if (at->upos == AN_CCONJ || at->upos == AN_AUX || an_token_is(s, t, "who")) {
      bool of_aside = aside && best == NO_PART && at->upos == AN_CCONJ && an_phrase_same_sentence(s, t, t + 1) && at[1].upos == AN_DET;
      first = t + 1;
      aside = of_aside; /* "a friend of the mayor and the union's president" */
    } else if (at->upos == AN_ADP) {
      aside |= !an_token_is(s, t - 1, "-"); /* "editor-in-chief" */
      if (aside && opened == AN_NONE) opened = t;
    } else if ((at->upos == AN_PUNCT && !an_token_is(s, t, "-")) || an_token_is(s, t, "whose") || an_token_is(s, t, "not") || an_phrase_acts(s, t)) break; /* "whose boss" */
    else if (at->upos == AN_DET && t > first && an_phrase_is_nominal(s, t - 1)) break; /* "a woman the head of the union had met" */
    else if (at->upos == AN_VERB && !aside && !ends_phrase(s, t)) continue; /* "acting" */
    else if (at->upos == AN_VERB && !aside) break;
    else if (!aside && ends_phrase(s, t) && !joins_inside(s, t, opened)) {
      body found;
      part now = read_part(s, first, t, stop, &found);
      if (now > best) best = now, *b = found;
    }
  }
  return best;
}

/* "Amnesty International's Ana Bel": whose the name is. */
static part by_owner(const an_scene *s, const an_mention_at *m, body *b) {
  if (m->first < 2 || !an_phrase_same_sentence(s, m->first - 2, m->first) || !an_phrase_is_genitive(s, m->first - 1) || s->words->tokens[m->first].at.begin != m->name_span.begin) return NO_PART;
  uint32_t first = phrase_start(s, m->first - 2);
  for (uint32_t t = first; t + 1 < m->first; t++)
    if (named_body(s, t, m->first - 1, b)) return b->known || b->many ? IF_HEARD : NO_PART;
  return NO_PART;
}

/* "Ana Bel of the Volta Basin Observatory" */
static part by_institute(const an_scene *s, const an_mention_at *m, body *b) {
  uint32_t at = an_token_is(s, m->end, ",") ? m->end + 1 : m->end;
  if (!an_phrase_same_sentence(s, m->first, at + 2) || !(an_token_is(s, at, "of") || an_token_is(s, at, "from"))) return NO_PART; /* at a clinic are patients */
  at += an_token_is(s, at + 1, "the") ? 2 : 1;
  if (!named_body(s, at, s->words->token_count, b)) return NO_PART;
  bool institute = b->many || b->known;
  for (uint32_t t = b->first; t < b->end; t++) institute |= is_part(s, t, "institute");
  return institute ? IF_HEARD : NO_PART;
}

/* ---- Who is heard, and what else is told of them --------------------------------------------------------------------------- */

static bool tells_age(const an_scene *s, const an_mention_at *m) {
  bool bare = an_phrase_same_sentence(s, m->first, m->end) && s->words->tokens[m->end].upos == AN_NUM; /* "Ole Dam 31, of Hope" */
  if (bare) return true;
  bool beside = an_token_is(s, m->end, ",") || an_token_is(s, m->end, "(");
  return beside && an_phrase_same_sentence(s, m->end, m->end + 1) && s->words->tokens[m->end + 1].upos == AN_NUM;
}

/* "said she saw smoke", "fled her shop": who saw it or lived through it tells that for nobody else. */
static bool saw_it(const an_scene *s, const an_mention_at *m) {
  uint32_t from = s->words->sentences[s->words->tokens[m->first].sentence].first, end = from + s->words->sentences[s->words->tokens[m->first].sentence].count;
  if (from + 2 * MOST_WORDS < m->first) from = m->first - 2 * MOST_WORDS;
  for (uint32_t t = from; t < end && t < m->end + 2 * MOST_WORDS; t++) {
    const an_token *at = &s->words->tokens[t];
    if ((at->xpos != AN_X_VBD && at->xpos != AN_X_VBN) || !is_part(s, t, "saw")) continue;
    uint32_t who = an_child_by(s->words, t, AN_NSUBJ);
    if (who != AN_NONE && ((who >= m->first && who < m->end) || an_word_cue(s, who, AN_CUE_HE) || an_word_cue(s, who, AN_CUE_SHE) || s->words->tokens[who].upos == AN_PRON)) return true;
  }
  return false;
}

static void hear(const an_scene *s, const an_mention_at *m, an_heard *who) {
  const an_token *head = &s->words->tokens[m->head];
  if (head->rel == AN_APPOS && head->head != AN_NONE) head = &s->words->tokens[head->head];
  const an_token *verb = head->head == AN_NONE ? NULL : &s->words->tokens[head->head];
  bool says = verb != NULL && verb->upos == AN_VERB && (verb->flags & AN_WORD_CUE) != 0;
  who->speaks |= says && head->rel == AN_NSUBJ;
  who->acts |= verb != NULL && !says && (head->rel == AN_NSUBJ || head->rel == AN_OBJ || head->rel == AN_NSUBJ_PASS);
  who->speaks |= m->first > 1 && an_phrase_same_sentence(s, m->first - 2, m->first) && an_token_is(s, m->first - 1, "to") && an_token_is(s, m->first - 2, "according");
  bool object = head->rel == AN_OBJ || head->rel == AN_NSUBJ_PASS;
  who->suffers |= tells_age(s, m) || saw_it(s, m) || (object && verb != NULL && is_part(s, head->head, "harm"));
  for (uint32_t t = m->first; t < m->end; t++) who->suffers |= is_part(s, t, "harmed");
}

static bool is_hidden(const an_mention_at *m) { return m->m.kind == AN_MENTION_PERSON && m->entity == AN_NONE && (m->flags & AN_MENTION_PUBLIC) == 0; }

/* The body's own mention says of which country it is. */
static an_text country_of_body(const an_scene *s, uint32_t person, const body *b) {
  enum { NEAR = 4 };
  for (uint32_t i = person < NEAR ? 0 : person - NEAR; i < s->out->list.count && i <= person + NEAR; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    if (m->m.kind == AN_MENTION_ORGANISATION && m->first < b->end && m->end > b->first && (m->flags & AN_MENTION_INFERRED) == 0) return m->m.who.country;
  }
  return an_phrase_none();
}

void an_voices(an_scene *s, an_text home) {
  an_heard *all = s->heard = s->parts == NULL ? NULL : AN_NEW(s->arena, an_heard, (size_t)s->chain_count + 1);
  if (all == NULL) {
    s->short_of |= s->parts != NULL;
    return;
  }
  for (uint32_t i = 0; i < s->out->list.count; i++)
    if (s->out->list.at[i].chain < s->chain_count && s->out->list.at[i].m.kind == AN_MENTION_PERSON) hear(s, &s->out->list.at[i], &all[s->out->list.at[i].chain]);
  uint32_t told = 0;
  for (uint32_t i = 0; i < s->out->list.count && told < MOST_PRESENTED; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    if (!is_hidden(m) || (m->flags & AN_MENTION_FORMER) != 0) continue;
    body b = {0};
    part is = by_title(s, m, &b);
    if (is == NO_PART) is = by_role_before(s, m, &b);
    if (is == NO_PART) is = by_role_behind(s, m, &b);
    if (is == NO_PART) is = by_owner(s, m, &b);
    if (is == NO_PART) is = by_institute(s, m, &b);
    if (is == NO_PART || (is == IF_HEARD && (!all[m->chain].speaks || all[m->chain].suffers))) continue;
    told++;
    an_text country = country_of_body(s, i, &b);
    bool stated = country.at != NULL || is != IN_PUBLIC;
    an_present(s, i, &(an_said){.country = stated ? country : home, .is_public = true, .order = !stated, .how = is == IN_PUBLIC ? "at the head of a body of many" : "as speaking for a body or as its expert"});
  }
}
