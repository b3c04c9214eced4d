/* SPDX-License-Identifier: Apache-2.0 */
/* Who a cue's subject is. With a tree: nsubj, or that of the verb which a participle, an infinitive or a second verb hangs on.
   Without one: the name or pronoun beside the cue. */
#include "speech/inner.h"

enum { CLIMB = 8, BESIDE = 6, RELATIVE = 48 /* words of a clause between commas */, INSERTION = 20 };

const an_token *an_tok(const an_walk *walk, uint32_t token) { return &walk->words->tokens[token]; }

bool an_is_verb(const an_walk *walk, uint32_t token) {
  uint8_t upos = walk->words->tokens[token].upos;
  return upos == AN_VERB || upos == AN_AUX;
}

/* The subject nearest to the verb: a weak tree can hang several on it. */
static uint32_t own_subject(const an_walk *walk, uint32_t verb) {
  uint32_t best = AN_NONE;
  for (uint32_t c = an_child(walk->words, verb, AN_NONE); c != AN_NONE; c = an_child(walk->words, verb, c)) {
    uint8_t rel = an_tok(walk, c)->rel;
    bool it = rel == AN_EXPL && an_word_is(walk->words, c, "it") && an_tok(walk, verb)->upos == AN_VERB; /* "It said the road was shut" */
    if ((rel != AN_NSUBJ && rel != AN_NSUBJ_PASS && !it) || ((an_tok(walk, c)->flags & AN_WORD_TIME) != 0 && walk->mention_of[c] == AN_NONE)) continue;
    if (an_tok(walk, c)->xpos == AN_X_PRPS || (best != AN_NONE && best < verb && an_tok(walk, c)->upos == AN_DET)) continue; /* "Korn and Holt all said" */
    if (best == AN_NONE || (c < verb && verb - c < (best < verb ? verb - best : best - verb))) best = c;
  }
  return best;
}

/* "In recent days, advisers say, the president has grown tired": of two subjects hung on one verb, the one before the tag. */
static uint32_t subject_before(const an_walk *walk, uint32_t verb, uint32_t cue) {
  uint32_t best = AN_NONE;
  for (uint32_t c = an_child(walk->words, verb, AN_NONE); c != AN_NONE && c < cue; c = an_child(walk->words, verb, c))
    if (an_tok(walk, c)->rel == AN_NSUBJ) best = c;
  return best;
}

static bool nominal(const an_walk *walk, uint32_t token) {
  uint8_t upos = an_tok(walk, token)->upos;
  return upos == AN_NOUN || upos == AN_PROPN || upos == AN_PRON || walk->mention_of[token] != AN_NONE;
}

static bool who(const an_walk *walk, uint32_t token) { return an_word_is(walk->words, token, "who") || an_word_is(walk->words, token, "which"); }

/* What stands right before "who" or ", who"; AN_NONE where that is no noun. */
static uint32_t before_who(const an_walk *walk, uint32_t relative) {
  uint32_t begin = walk->words->sentences[an_tok(walk, relative)->sentence].first, at = relative;
  if (at > begin && an_word_is(walk->words, at - 1, ",")) at--;
  if (at == begin || !nominal(walk, at - 1)) return AN_NONE;
  uint32_t index = walk->mention_of[at - 1];
  return index != AN_NONE ? walk->mentions->list.at[index].head : at - 1;
}

/* "who said": the noun that the clause describes; nobody where none is found. */
static uint32_t antecedent(const an_walk *walk, uint32_t verb, uint32_t subject) {
  const an_token *t = an_tok(walk, subject), *v = an_tok(walk, verb);
  bool relative = t->upos == AN_PRON && (who(walk, subject) || an_word_is(walk->words, subject, "that"));
  if (!relative) return subject;
  if (v->rel == AN_ACL_RELCL && v->head != AN_NONE && an_tok(walk, v->head)->upos != AN_VERB) return v->head;
  return who(walk, subject) ? before_who(walk, subject) : subject;
}

static bool finite(const an_walk *walk, uint32_t token) {
  uint8_t xpos = an_tok(walk, token)->xpos;
  return xpos == AN_X_VBD || xpos == AN_X_VBZ || xpos == AN_X_VBP;
}

/* Where "once said", "had said" begin: over adverbs and what helps the verb. */
static uint32_t left_edge(const an_walk *walk, uint32_t verb) {
  uint32_t begin = walk->words->sentences[an_tok(walk, verb)->sentence].first, at = verb;
  while (at > begin && at + BESIDE > verb && (an_tok(walk, at - 1)->upos == AN_ADV || an_tok(walk, at - 1)->upos == AN_AUX)) at--;
  return at;
}

static bool tensed(const an_walk *walk, uint32_t verb) {
  for (uint32_t at = left_edge(walk, verb); at <= verb; at++)
    if (finite(walk, at)) return true;
  return false;
}

/* "officials in Kyiv": back to the noun that says who. */
static uint32_t whole_noun(const an_walk *walk, uint32_t noun) {
  for (int step = 0; step < CLIMB && noun != AN_NONE && an_tok(walk, noun)->rel == AN_NMOD && an_tok(walk, noun)->head < noun; step++) noun = an_tok(walk, noun)->head;
  return noun;
}

/* "Piñera, who sent soldiers last week, said": behind the comma that closes such a clause, whom the clause describes. */
static uint32_t over_relative(const an_walk *walk, uint32_t cue) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first, edge = left_edge(walk, cue);
  if (edge < begin + 4 || !an_word_is(walk->words, edge - 1, ",") || !tensed(walk, cue)) return AN_NONE;
  for (uint32_t at = edge - 2, step = 0; at > begin + 1 && step < RELATIVE; at--, step++) {
    if (an_tok(walk, at)->quote_depth > 0) continue; /* "Holt, who called it “rude,” said" */
    if (an_word_is(walk->words, at, ";") || an_word_is(walk->words, at, ":") || an_word_is(walk->words, at, "(")) return AN_NONE;
    if (who(walk, at) && an_word_is(walk->words, at - 1, ",")) return whole_noun(walk, before_who(walk, at));
  }
  return AN_NONE;
}

/* "an envoy who spoke in private to discuss the plan said": a second finite verb behind "who" is not of its clause. */
static uint32_t over_plain_relative(const an_walk *walk, uint32_t cue) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first, edge = left_edge(walk, cue), told = 0;
  if (edge < begin + 3 || !tensed(walk, cue)) return AN_NONE;
  for (uint32_t at = edge - 1, step = 0; at > begin && step < INSERTION; at--, step++) {
    if (an_tok(walk, at)->upos == AN_PUNCT || an_tok(walk, at)->upos == AN_CCONJ || an_tok(walk, at)->quote_depth > 0) return AN_NONE;
    if (an_word_is(walk->words, at, "who")) return told > 0 && nominal(walk, at - 1) ? whole_noun(walk, before_who(walk, at)) : AN_NONE;
    told += finite(walk, at);
  }
  return AN_NONE;
}

/* "Holt, asked about the dam, had said": over what stands between two commas and holds no clause of its own. */
static uint32_t over_insertion(const an_walk *walk, uint32_t cue) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first, edge = left_edge(walk, cue);
  if (edge < begin + 4 || !an_word_is(walk->words, edge - 1, ",") || !tensed(walk, cue)) return AN_NONE;
  for (uint32_t at = edge - 2, step = 0; at > begin && step < INSERTION; at--, step++) {
    if (an_tok(walk, at)->upos == AN_PUNCT && !an_word_is(walk->words, at, ",")) return AN_NONE;
    if (!an_word_is(walk->words, at, ",")) continue;
    const an_token *opens = an_tok(walk, at + 1);
    an_cue asked = an_cue_at(walk, at + 1);
    bool inserted = opens->xpos == AN_X_VBN || opens->xpos == AN_X_VBG || opens->upos == AN_ADP || opens->upos == AN_SCONJ ||
                    an_word_is(walk->words, at + 1, "a") || an_word_is(walk->words, at + 1, "an") || an_word_is(walk->words, at + 1, "the") || an_cue_to_hearer(walk, at + 1, &asked);
    if (!inserted || !nominal(walk, at - 1) || (an_tok(walk, at - 1)->flags & AN_WORD_TIME) != 0) return AN_NONE;
    uint32_t index = walk->mention_of[at - 1];
    if (index != AN_NONE && (walk->mentions->list.at[index].flags & AN_MENTION_LOCATIVE) != 0) return AN_NONE; /* "In Paris, after the vote, said" */
    return whole_noun(walk, index != AN_NONE ? walk->mentions->list.at[index].head : at - 1);
  }
  return AN_NONE;
}

/* "The port, the mayor said, had been closed": nothing but who says it stands between a comma and the cue. */
static uint32_t between_commas(const an_walk *walk, uint32_t cue) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, cue)->sentence];
  uint32_t edge = left_edge(walk, cue), at = edge;
  if (cue + 1 >= sentence->first + sentence->count || !an_word_is(walk->words, cue + 1, ",") || !tensed(walk, cue)) return AN_NONE;
  if (edge == sentence->first || !nominal(walk, edge - 1) || who(walk, edge - 1)) return AN_NONE;
  for (; at > sentence->first && at + BESIDE > edge; at--) {
    uint8_t upos = an_tok(walk, at - 1)->upos;
    if (upos != AN_DET && upos != AN_ADJ && upos != AN_NUM && upos != AN_PART && !nominal(walk, at - 1)) break;
  }
  if (at <= sentence->first + 1 || !an_word_is(walk->words, at - 1, ",") || an_tok(walk, edge - 1)->quote_depth > 0) return AN_NONE;
  uint32_t index = walk->mention_of[edge - 1];
  return index != AN_NONE ? walk->mentions->list.at[index].head : edge - 1;
}

bool an_part_of_name(const an_walk *walk, uint32_t token) {
  const an_token *t = an_tok(walk, token);
  bool title = (t->upos == AN_ADJ || t->upos == AN_NOUN) && t->shape != AN_SHAPE_LOWER; /* "Major" */
  return title || (t->upos == AN_PROPN && t->shape != AN_SHAPE_LOWER) || an_word_is(walk->words, token, "-");
}

/* "its chairwoman, Amara Sall, said": what the name between commas is beside. */
static uint32_t over_name(const an_walk *walk, uint32_t cue) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first, at = cue - 1;
  if (cue < begin + 4 || !an_word_is(walk->words, at, ",") || !finite(walk, cue)) return AN_NONE;
  while (at > begin + 1 && at + 8 > cue && an_part_of_name(walk, at - 1)) at--;
  return at < cue - 1 && an_word_is(walk->words, at - 1, ",") && nominal(walk, at - 2) ? at - 2 : AN_NONE;
}

/* "the station in which police say": behind a relative or joining word nothing but the subject stands before a finite cue. */
static uint32_t alone_before(const an_walk *walk, uint32_t cue) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first;
  if (cue == begin || !finite(walk, cue) || !nominal(walk, cue - 1) || who(walk, cue - 1)) return AN_NONE;
  uint32_t at = cue - 1;
  while (at > begin) {
    uint8_t upos = an_tok(walk, at - 1)->upos;
    if (who(walk, at - 1) || (upos != AN_DET && upos != AN_ADJ && upos != AN_NUM && !nominal(walk, at - 1))) break;
    at--;
  }
  return at > begin && (who(walk, at - 1) || an_tok(walk, at - 1)->upos == AN_SCONJ) ? cue - 1 : AN_NONE;
}

/* A name or pronoun right before the cue ("Rouhani also said") or right behind it ("said Rouhani"). */
static uint32_t beside(const an_walk *walk, uint32_t cue) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, cue)->sentence];
  for (uint32_t step = 1; step <= BESIDE && cue >= sentence->first + step; step++) {
    uint32_t at = cue - step;
    const an_token *t = an_tok(walk, at);
    if (t->upos == AN_PUNCT || (an_is_verb(walk, at) && t->upos != AN_AUX)) break;
    if (walk->mention_of[at] != AN_NONE || t->upos == AN_PRON || t->upos == AN_PROPN || t->upos == AN_NOUN) return at;
  }
  uint32_t next = cue + 1, limit = sentence->first + sentence->count, index = next < limit ? walk->mention_of[next] : AN_NONE;
  if (index == AN_NONE || an_tok(walk, next)->upos == AN_PRON || (an_cue_at(walk, cue).takes & AN_TAKES_QUOTE) == 0) return AN_NONE; /* "called her" */
  uint32_t behind = walk->mentions->list.at[index].end; /* "said Holt." and not "said Holt was" */
  bool ends = behind >= limit || (!an_is_verb(walk, behind) && an_tok(walk, behind)->upos != AN_ADV && an_tok(walk, behind)->quote_depth == 0);
  return ends && (behind + 1 >= limit || an_tok(walk, behind + 1)->quote_depth == 0) ? walk->mentions->list.at[index].head : AN_NONE;
}

/* "Speaker Nora Horne (R-Wis.) said": over the parenthesis right before the cue to the name. */
static uint32_t over_parenthesis(const an_walk *walk, uint32_t cue) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first, at = cue;
  if (at < begin + 4 || !an_word_is(walk->words, --at, ")")) return AN_NONE;
  for (uint32_t step = 0; step < BESIDE && at > begin + 1; step++)
    if (an_word_is(walk->words, --at, "(")) return nominal(walk, at - 1) ? at - 1 : AN_NONE;
  return AN_NONE;
}

/* A second verb is joined to the first of its own form: in "she thinks it should be released but said", "said" goes with what
   tells "thinks", whatever the tree hung it on. The verb whose subject it shares, or AN_NONE where it is no second verb. */
uint32_t an_joined_to(const an_walk *walk, uint32_t verb) {
  const an_token *t = an_tok(walk, verb);
  if (t->rel != AN_CONJ || t->head == AN_NONE) return AN_NONE;
  bool active = t->xpos == AN_X_VBN && an_child_by(walk->words, verb, AN_CCOMP) != AN_NONE; /* "but said it was late" */
  if (!finite(walk, verb) && !active) return t->head;
  uint32_t at = t->head;
  for (int step = 0; step < CLIMB && at != AN_NONE; step++, at = an_tok(walk, at)->head)
    if (an_tok(walk, at)->xpos == (active ? AN_X_VBD : t->xpos)) return at;
  return t->head;
}

/* "was told that", "a message posted on Friday", "a written reply": not who is told speaks, but "by" whom. */
bool an_is_passive(const an_walk *walk, uint32_t verb) {
  const an_token *t = an_tok(walk, verb);
  if (t->xpos != AN_X_VBN) return false;
  return an_child_by(walk->words, verb, AN_AUX_PASS) != AN_NONE || t->rel == AN_AMOD || (t->rel == AN_ACL && t->head != AN_NONE && t->head < verb);
}

static uint32_t agent(const an_walk *walk, uint32_t verb) {
  for (uint32_t c = an_child(walk->words, verb, AN_NONE); c != AN_NONE; c = an_child(walk->words, verb, c)) {
    uint8_t rel = an_tok(walk, c)->rel;
    if (c < verb || (rel != AN_OBL && rel != AN_OBL_AGENT)) continue;
    uint32_t by = an_child_by(walk->words, c, AN_CASE);
    if (by != AN_NONE && an_word_is(walk->words, by, "by")) return c;
  }
  return AN_NONE;
}

/* "The state-run daily on Monday placed the trip …, writing, “": a tree can lose the subject of its root to a compound before it;
   it is the noun before the verb, over words of time. */
static uint32_t before_root(const an_walk *walk, uint32_t root) {
  uint32_t begin = walk->words->sentences[an_tok(walk, root)->sentence].first;
  if (!finite(walk, root)) return AN_NONE;
  for (uint32_t at = root; at > begin && at + BESIDE > root; at--) {
    const an_token *t = an_tok(walk, at - 1);
    if ((t->flags & AN_WORD_TIME) != 0 || t->upos == AN_NUM || t->upos == AN_ADP || t->upos == AN_ADV) continue;
    return nominal(walk, at - 1) && walk->words->tokens[at - 1].quote_depth == 0 ? at - 1 : AN_NONE;
  }
  return AN_NONE;
}

/* The verb that a participle behind it goes on from: the root, or where a tree roots the sentence in the quotation behind, the
   first finite verb. */
static uint32_t main_verb(const an_walk *walk, uint32_t cue) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, cue)->sentence];
  uint32_t root = sentence->root;
  if (root != AN_NONE && root < cue) return root;
  for (uint32_t token = sentence->first; token < cue; token++)
    if (finite(walk, token) && an_tok(walk, token)->quote_depth == 0) return token;
  return AN_NONE;
}

/* "… as fifty farmers came in, chanting": the verb that a tree hangs the participle on, where it has a subject of its own and
   stands in the main clause or one below it ("warned that it could fail, noting" is of the one who warned). */
static uint32_t hangs_on(const an_walk *walk, uint32_t cue) {
  const an_token *t = an_tok(walk, cue);
  if ((t->rel != AN_ADVCL && t->rel != AN_XCOMP) || t->head == AN_NONE || t->head > cue || !an_is_verb(walk, t->head)) return AN_NONE;
  uint32_t subject = own_subject(walk, t->head), below = 0, at = t->head;
  for (int step = 0; step < CLIMB && at != AN_NONE; step++, at = an_tok(walk, at)->head) {
    uint8_t rel = an_tok(walk, at)->rel;
    if (rel == AN_CCOMP) return AN_NONE;
    below += rel == AN_ADVCL || rel == AN_ACL || rel == AN_ACL_RELCL;
  }
  return below < 2 && subject != AN_NONE && subject < t->head && nominal(walk, subject) && !who(walk, subject) ? t->head : AN_NONE;
}

/* "Noting that “…,” Iran's president stressed", "After saying her foot hurt, Holt left": a participle that opens the sentence has
   the subject of the first finite verb whose subject a mark sets off. */
static uint32_t opening(const an_walk *walk, uint32_t cue) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, cue)->sentence];
  uint8_t before = cue > sentence->first ? an_tok(walk, cue - 1)->upos : AN_UPOS_COUNT;
  bool opens = cue == sentence->first || (cue == sentence->first + 1 && (before == AN_ADP || before == AN_SCONJ));
  if (!opens || an_tok(walk, cue)->xpos != AN_X_VBG) return AN_NONE;
  for (uint32_t token = cue + 1; token < sentence->first + sentence->count; token++) {
    if (!finite(walk, token) || an_tok(walk, token)->quote_depth > 0) continue;
    uint32_t subject = own_subject(walk, token);
    if (subject == AN_NONE && an_tok(walk, token)->head != AN_NONE && an_tok(walk, token)->upos == AN_AUX) subject = own_subject(walk, an_tok(walk, token)->head);
    uint32_t first = subject != AN_NONE ? an_phrase_of(walk, subject).first : 0;
    if (first > cue + 1 && first <= token && an_tok(walk, first - 1)->upos == AN_PUNCT) return subject;
  }
  return AN_NONE;
}

/* "…, reported Efe news.": behind a comma, a name behind the cue up to the sentence's end is who says it, whatever the tree made
   of it. */
static uint32_t behind_comma(const an_walk *walk, uint32_t cue) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, cue)->sentence];
  uint32_t limit = sentence->first + sentence->count;
  if (cue == sentence->first || !an_word_is(walk->words, cue - 1, ",") || cue + 1 >= limit) return AN_NONE;
  uint32_t index = walk->mention_of[cue + 1];
  if (index == AN_NONE) return AN_NONE;
  const an_mention_at *m = &walk->mentions->list.at[index];
  bool ends = (m->end >= limit || an_tok(walk, m->end)->upos == AN_PUNCT) && (m->flags & AN_MENTION_POSSESSIVE) == 0 &&
              (m->end >= limit || an_tok(walk, m->end)->xpos != AN_X_POS);
  return ends && m->m.kind != AN_MENTION_PLACE && (m->flags & AN_MENTION_ADJECTIVE) == 0 ? m->head : AN_NONE;
}

/* "A report released last year found that …": a tree that takes "released" for a clause of its own hangs the subject there. */
static uint32_t of_reduced(const an_walk *walk, uint32_t cue) {
  for (uint32_t c = an_child(walk->words, cue, AN_NONE); c != AN_NONE && c < cue; c = an_child(walk->words, cue, c)) {
    const an_token *t = an_tok(walk, c);
    if (t->rel != AN_CCOMP || (t->xpos != AN_X_VBD && t->xpos != AN_X_VBN) || !finite(walk, cue)) continue;
    for (uint32_t at = c; at < cue; at++)
      if (an_word_is(walk->words, at, ",")) return AN_NONE; /* "The road was shut, said …" */
    return own_subject(walk, c);
  }
  return AN_NONE;
}

/* "A poll released on Friday shows": a tree that takes "released" for the verb has lost the subject of "shows". The noun before the
   participle, over words of time. */
static uint32_t over_participle(const an_walk *walk, uint32_t cue) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first, at = cue;
  if (!finite(walk, cue)) return AN_NONE;
  while (at > begin && at + BESIDE > cue && ((an_tok(walk, at - 1)->flags & AN_WORD_TIME) != 0 || an_tok(walk, at - 1)->upos == AN_NUM || an_tok(walk, at - 1)->upos == AN_ADP)) at--;
  if (at == cue || at < begin + 2) return AN_NONE;
  uint8_t xpos = an_tok(walk, at - 1)->xpos;
  bool participle = an_tok(walk, at - 1)->upos == AN_VERB && (xpos == AN_X_VBN || xpos == AN_X_VBD);
  return participle && an_tok(walk, at - 2)->upos == AN_NOUN ? at - 2 : AN_NONE;
}

static uint32_t found_subject(const an_walk *walk, uint32_t cue) {
  const an_words *words = walk->words;
  uint32_t tagged = an_tok(walk, cue)->xpos == AN_X_VBG ? AN_NONE : behind_comma(walk, cue);
  if (tagged != AN_NONE) return tagged;
  tagged = between_commas(walk, cue);
  if (tagged != AN_NONE) return tagged;
  if (!words->sentences[an_tok(walk, cue)->sentence].parsed) return beside(walk, cue);
  if ((an_tok(walk, cue)->xpos == AN_X_VBG || an_tok(walk, cue)->upos == AN_NOUN) && cue > 0 && an_word_is(words, cue - 1, ",")) {
    uint32_t host = hangs_on(walk, cue), root = host != AN_NONE ? host : main_verb(walk, cue); /* "He pointed to the talks, saying …" */
    uint32_t subject = root != AN_NONE ? own_subject(walk, root) : AN_NONE;
    if (subject != AN_NONE && !nominal(walk, subject)) subject = AN_NONE;
    if (root != AN_NONE && subject == AN_NONE && finite(walk, root)) return before_root(walk, root);
    if (subject != AN_NONE && (walk->mention_of[subject] != AN_NONE || an_tok(walk, subject)->upos == AN_PROPN)) return subject;
  }
  if (an_is_passive(walk, cue)) return agent(walk, cue);
  uint32_t opened = opening(walk, cue);
  if (opened != AN_NONE) return opened;
  uint32_t at = cue;
  for (int step = 0; step < CLIMB; step++) {
    uint32_t subject = own_subject(walk, at), first = 0, end = 0;
    if (subject != AN_NONE && subject > cue) an_subtree(words, subject, &first, &end);
    if (step == 0 && subject == AN_NONE) subject = of_reduced(walk, cue);
    bool other = end > 0 && end < words->token_count && (an_is_verb(walk, end) || an_is_verb(walk, subject + 1));
    if (step == 0 && (subject == AN_NONE || who(walk, subject) || other)) {
      uint32_t found = over_relative(walk, cue);
      if (found == AN_NONE) found = over_plain_relative(walk, cue);
      if (found == AN_NONE) found = over_parenthesis(walk, cue);
      if (found == AN_NONE) found = over_name(walk, cue);
      if (found == AN_NONE && subject == AN_NONE) found = over_participle(walk, cue);
      if (found == AN_NONE) found = alone_before(walk, cue);
      if (found == AN_NONE && subject == AN_NONE) found = over_insertion(walk, cue);
      if (found != AN_NONE) return found;
    }
    if (step > 0 && subject == AN_NONE && finite(walk, at)) { /* "Sen. Holt (R-Wis.) kept asking" */
      subject = over_parenthesis(walk, at);
      if (subject != AN_NONE) return subject;
    }
    if (step > 0 && subject != AN_NONE && subject > cue && cue + 1 < words->token_count && an_word_is(words, cue + 1, ",")) {
      uint32_t before = subject_before(walk, at, cue);
      if (before != AN_NONE) return before;
    }
    if (subject != AN_NONE) return antecedent(walk, at, subject);
    const an_token *t = an_tok(walk, at);
    if (t->head == AN_NONE) break;
    bool bound = t->rel == AN_CONJ || t->rel == AN_XCOMP || t->rel == AN_ADVCL || t->rel == AN_PARATAXIS || t->rel == AN_CCOMP ||
                 t->rel == AN_DEP || t->rel == AN_OBL || t->rel == AN_ADVMOD;
    if (t->rel == AN_ACL || t->rel == AN_ACL_RELCL) { /* "Iran's president, noting that" */
      if (an_tok(walk, t->head)->upos != AN_VERB) return t->head;
    } else if (!bound) break;
    if (t->rel == AN_CCOMP && t->xpos != AN_X_VBG) break; /* a finite clause has its own subject or none */
    at = t->rel == AN_CONJ ? an_joined_to(walk, at) : t->head;
  }
  return beside(walk, cue);
}

static bool led_by(const an_walk *walk, uint32_t noun, const char *word) {
  uint32_t index = walk->mention_of[noun], first = index != AN_NONE ? walk->mentions->list.at[index].first : noun;
  if (first > 0 && an_word_is(walk->words, first - 1, word)) return true;
  for (uint32_t c = an_child(walk->words, noun, AN_NONE); c != AN_NONE; c = an_child(walk->words, noun, c))
    if (an_tok(walk, c)->rel == AN_CASE && an_word_is(walk->words, c, word)) return true;
  return false;
}

/* "footage of Holt asking", "– Holt saying", "with Holt calling it": whom a participle stands right behind. */
static uint32_t shown_before(const an_walk *walk, uint32_t cue) {
  uint32_t m = cue == 0 ? AN_NONE : walk->mention_of[cue - 1];
  if (m == AN_NONE || walk->mentions->list.at[m].end != cue || walk->mentions->list.at[m].m.kind != AN_MENTION_PERSON) return AN_NONE;
  const an_mention_at *person = &walk->mentions->list.at[m];
  if (an_tok(walk, person->head)->rel == AN_NMOD && !led_by(walk, person->head, "to")) return person->head; /* not "a letter to Holt asking" */
  uint32_t before = person->first;
  if (before == walk->words->sentences[an_tok(walk, cue)->sentence].first) return AN_NONE;
  an_text word = an_word(walk->words, before - 1);
  bool dash = an_text_is(word, "-") || an_text_is(word, "--") || an_text_is(word, "\xe2\x80\x93") || an_text_is(word, "\xe2\x80\x94");
  return dash || an_text_is(word, ";") || an_text_is(word, "with") ? person->head : AN_NONE;
}

/* "The council issued a statement calling it …": what a document says, whoever puts it out says. */
static uint32_t behind_document(const an_walk *walk, uint32_t head) {
  an_text value;
  uint32_t end, verb = an_tok(walk, head)->head;
  if (an_tok(walk, head)->rel != AN_OBJ || verb == AN_NONE || an_reference_at(walk, head, &value, &end) != AN_REFERS_DOCUMENT || !an_cue_puts_out(walk, verb)) return AN_NONE;
  uint32_t subject = own_subject(walk, verb);
  if (subject == AN_NONE || !nominal(walk, subject)) return AN_NONE;
  return who(walk, subject) || an_word_is(walk->words, subject, "that") ? antecedent(walk, verb, subject) : subject;
}

/* "wrote a letter to the court asking": what, or whose, the hearer is told by. */
static uint32_t over_hearer(const an_walk *walk, uint32_t head) {
  uint32_t over = an_tok(walk, head)->head;
  uint8_t rel = an_tok(walk, head)->rel;
  if ((rel != AN_NMOD && rel != AN_OBL) || over == AN_NONE || over > head || !led_by(walk, head, "to")) return head;
  if (rel == AN_NMOD) return over;
  uint32_t object = an_child_by(walk->words, over, AN_OBJ);
  return object != AN_NONE && object < head ? object : head;
}

/* "emailed her friends saying", "told them, adding": a participle behind whom a verb of saying tells. */
static uint32_t who_told(const an_walk *walk, uint32_t head) {
  uint32_t verb = an_tok(walk, head)->head;
  uint8_t rel = an_tok(walk, head)->rel;
  if ((rel != AN_OBJ && rel != AN_IOBJ) || verb == AN_NONE || verb > head || an_cue_at(walk, verb).kind != AN_CUE_VERB) return AN_NONE;
  return own_subject(walk, verb);
}

/* "The road was shut, Holt said, adding": the tag right before the participle says whose it is. */
static uint32_t after_tag(const an_walk *walk, uint32_t cue) {
  uint32_t begin = walk->words->sentences[an_tok(walk, cue)->sentence].first;
  if (cue < begin + 4 || !an_word_is(walk->words, cue - 1, ",")) return AN_NONE;
  for (uint32_t at = cue - 1; at > begin && at + BESIDE > cue; at--) {
    const an_token *t = an_tok(walk, at - 1);
    if (t->quote_depth > 0 || t->upos == AN_PUNCT) return AN_NONE;
    if (t->upos != AN_VERB) continue;
    an_cue tag = an_cue_at(walk, at - 1);
    if (tag.kind != AN_CUE_VERB || (tag.takes & AN_TAKES_QUOTE) == 0 || !finite(walk, at - 1)) return AN_NONE;
    uint32_t subject = own_subject(walk, at - 1);
    return subject != AN_NONE && subject < at && nominal(walk, subject) && !who(walk, subject) && subject + BESIDE > at ? subject : AN_NONE;
  }
  return AN_NONE;
}

/* "led advisers like Holt to claim", "asked them to say": the object of the verb above, who does what the infinitive says. */
static uint32_t controlled(const an_walk *walk, uint32_t cue) {
  const an_token *t = an_tok(walk, cue);
  if (t->xpos != AN_X_VB || (t->rel != AN_XCOMP && t->rel != AN_CCOMP && t->rel != AN_ADVCL) || t->head == AN_NONE || t->head > cue) return AN_NONE;
  uint32_t object = an_child_by(walk->words, t->head, AN_OBJ);
  if (object == AN_NONE) object = own_subject(walk, cue); /* a tree can take "him" in "asked him to say" for a subject */
  if (object == AN_NONE || object < t->head || object > cue) return AN_NONE;
  an_text value;
  uint32_t end;
  const an_token *o = an_tok(walk, object);
  uint8_t kind = walk->mention_of[object] != AN_NONE ? walk->mentions->list.at[walk->mention_of[object]].m.kind : AN_MENTION_PLACE;
  bool somebody = kind != AN_MENTION_PLACE || o->upos == AN_PROPN || o->upos == AN_PRON || (o->flags & (AN_WORD_ROLE | AN_WORD_ACTOR)) != 0 ||
                  an_reference_at(walk, object, &value, &end) == AN_REFERS_PEOPLE;
  return somebody ? object : AN_NONE;
}

/* "asked the council to say", "let them know": whether they did is not told. */
bool an_not_said_yet(const an_walk *walk, uint32_t cue) {
  if (an_relayed(walk, cue) != AN_NONE) return false; /* "was heard to say" */
  uint32_t verb = an_tok(walk, cue)->head;
  if (an_tok(walk, cue)->xpos == AN_X_VB && an_tok(walk, cue)->rel == AN_ACL) return true; /* "a duty to remind them that" */
  return an_tok(walk, cue)->rel != AN_ADVCL && controlled(walk, cue) != AN_NONE && !an_cue_means(walk, verb) && !an_cue_brings(walk, verb);
}

/* A passive's subject: who is quoted, or heard. */
uint32_t an_passive_subject(const an_walk *walk, uint32_t verb) {
  uint32_t subject = own_subject(walk, verb);
  return subject != AN_NONE ? subject : beside(walk, verb);
}

uint32_t an_subject_of(const an_walk *walk, uint32_t cue) {
  uint32_t relay = an_relayed(walk, cue);
  if (relay != AN_NONE) return an_relay_speaker(walk, relay);
  bool participle = an_tok(walk, cue)->xpos == AN_X_VBG;
  uint32_t shown = participle ? shown_before(walk, cue) : AN_NONE;
  if (!participle && an_tok(walk, cue)->head != AN_NONE && an_cue_brings(walk, an_tok(walk, cue)->head)) shown = controlled(walk, cue);
  if (shown == AN_NONE && (participle || an_tok(walk, cue)->upos == AN_NOUN)) shown = after_tag(walk, cue);
  if (shown != AN_NONE) return shown;
  uint32_t head = found_subject(walk, cue);
  if (head == AN_NONE) return head;
  /* "After saying her foot was swollen, she left": what follows a participle is what is said. */
  uint32_t first, end;
  if (participle && head > cue && an_tok(walk, cue)->rel == AN_ADVCL && an_tok(walk, cue)->head != AN_NONE) {
    uint32_t subject = own_subject(walk, an_tok(walk, cue)->head);
    an_subtree(walk->words, cue, &first, &end);
    if (head < end && subject != AN_NONE && subject != head) return subject;
  }
  if ((an_tok(walk, head)->flags & AN_WORD_TIME) != 0 && walk->mention_of[head] == AN_NONE) return AN_NONE;
  if (participle && head < cue) {
    head = over_hearer(walk, head);
    uint32_t teller = who_told(walk, head);
    if (teller != AN_NONE && nominal(walk, teller)) return teller;
  }
  uint32_t author = behind_document(walk, head);
  return author != AN_NONE ? author : head;
}

bool an_same_clause_negated(const an_walk *walk, uint32_t verb) {
  const an_sentence *sentence = &walk->words->sentences[an_tok(walk, verb)->sentence];
  for (uint32_t step = 1; step <= 3 && verb >= sentence->first + step; step++) {
    uint32_t at = verb - step;
    if (an_word_is(walk->words, at, "not") || an_word_is(walk->words, at, "n't") || an_word_is(walk->words, at, "never")) return true;
    uint8_t upos = an_tok(walk, at)->upos;
    if (upos != AN_AUX && upos != AN_ADV && upos != AN_PART) return false;
  }
  return false;
}
