/* SPDX-License-Identifier: Apache-2.0 */
/* What a number counts. Reports say it in many ways ("killing nine", "the toll rose to 14", "left nine dead"), and what is
   counted is what decides whether two numbers may be held against each other. Words are data (counted.tsv); which word a number
   belongs to is read off the tree. */
#include "story/digest_write.h"

#include <string.h>

enum { CLIMB = 3, MAX_NEAR = 16, FEW = 3 };

typedef struct sense { uint32_t row; uint32_t at; } sense;   /* row AN_NONE: none */

static uint32_t row_of(const writer *w, uint32_t token, const char *role) {
  const an_token *t = &w->in->words->tokens[token];
  uint64_t folds[] = {t->lemma_fold, t->fold};
  for (unsigned k = 0; k < 2; k++) {
    an_rows rows = an_table_find_key(w->counted, folds[k]);
    for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
      if (an_text_is(an_table_cell(w->counted, r, w->role), role)) return r;
  }
  return AN_NONE;
}

static bool is_of(const writer *w, uint32_t token) {
  uint32_t adposition = an_child_by(w->in->words, token, AN_CASE);
  return adposition != AN_NONE && an_word_is(w->in->words, adposition, "of");
}

/* What became of a noun, by the words that hang on it: "nine people killed", "14 dead civilians". */
static uint32_t state_below(const writer *w, uint32_t noun) {
  const an_words *words = w->in->words;
  for (uint32_t c = an_child(words, noun, AN_NONE); c != AN_NONE; c = an_child(words, noun, c)) {
    uint8_t rel = words->tokens[c].rel;
    bool within = (rel == AN_NMOD || rel == AN_ADVMOD) && !is_of(w, c); /* "the people on board" */
    if (rel != AN_ACL && rel != AN_ACL_RELCL && rel != AN_AMOD && rel != AN_APPOS && !within) continue;
    uint32_t row = row_of(w, c, "state");
    if (within && row == AN_NONE) continue;
    bool passive = rel == AN_ACL && words->tokens[c].xpos == AN_X_VBN;
    if (row == AN_NONE && (passive || an_child_by(words, c, AN_NSUBJ_PASS) != AN_NONE)) row = row_of(w, c, "object");
    if (row == AN_NONE && rel == AN_ACL_RELCL && an_child_by(words, c, AN_NSUBJ) != AN_NONE) row = row_of(w, c, "subject");
    if (row != AN_NONE) return row;
  }
  return AN_NONE;
}

/* "the toll", "the number of dead", "the number of people killed". */
static uint32_t told_by_noun(const writer *w, uint32_t noun, uint32_t number, uint32_t *of) {
  const an_words *words = w->in->words;
  uint32_t row = row_of(w, noun, "toll");
  for (uint32_t c = an_child(words, noun, AN_NONE); row == AN_NONE && c != AN_NONE; c = an_child(words, noun, c)) {
    if (words->tokens[c].rel != AN_NMOD || c == number) continue;
    row = row_of(w, c, "toll");
    if (row == AN_NONE) row = row_of(w, c, "number");
    if (row == AN_NONE) row = state_below(w, c);
    if (row != AN_NONE) *of = c;
  }
  return row;
}

/* "the toll rose to 14", "they put the toll at 14": what subject or object say of the number. */
static uint32_t told_by_subject(const writer *w, uint32_t verb, uint32_t number, uint32_t *of) {
  static const uint8_t rels[] = {AN_NSUBJ, AN_NSUBJ_PASS, AN_OBJ};
  bool beside = w->in->words->tokens[number].rel == AN_OBL; /* "soldiers found 20 bodies": there the object is what is counted */
  uint32_t row = AN_NONE;
  for (unsigned k = 0; k < (beside ? 3U : 2U) && row == AN_NONE; k++) {
    uint32_t noun = an_child_by(w->in->words, verb, rels[k]);
    if (noun != AN_NONE && noun != number) row = told_by_noun(w, noun, number, of);
  }
  return row;
}

/* "left nine people dead": a word beside the object that tells its state. */
static uint32_t state_beside(const writer *w, uint32_t verb) {
  const an_words *words = w->in->words;
  for (uint32_t c = an_child(words, verb, AN_NONE); c != AN_NONE; c = an_child(words, verb, c)) {
    uint32_t row = words->tokens[c].rel == AN_XCOMP || words->tokens[c].rel == AN_ADVCL ? row_of(w, c, "state") : AN_NONE;
    if (row != AN_NONE) return row;
  }
  return AN_NONE;
}

/* "are in custody", "were taken to hospital", "remain on board": where they are, told beside the verb. */
static uint32_t stay_beside(const writer *w, uint32_t verb) {
  const an_words *words = w->in->words;
  if (row_of(w, verb, "stays") == AN_NONE) return AN_NONE;
  for (uint32_t c = an_child(words, verb, AN_NONE); c != AN_NONE; c = an_child(words, verb, c)) {
    uint8_t rel = words->tokens[c].rel;
    uint32_t row = rel == AN_OBL || rel == AN_ADVMOD || rel == AN_XCOMP ? row_of(w, c, "state") : AN_NONE;
    if (row != AN_NONE) return row;
  }
  return AN_NONE;
}

/* What the verb and what stands with it say together: "suffered injuries", "were treated for wounds", "left their homes", "lost their lives". */
static uint32_t told_with(const writer *w, uint32_t verb) {
  const an_words *words = w->in->words;
  static const struct { const char *verb, *with; uint8_t rel; } pairs[] = {
      {"suffers", "toll", AN_OBJ}, {"suffers", "toll", AN_OBL}, {"leaves", "left", AN_OBJ}, {"loss", "life", AN_OBJ}};
  for (unsigned k = 0; k < sizeof pairs / sizeof *pairs; k++) {
    uint32_t with = row_of(w, verb, pairs[k].verb) == AN_NONE ? AN_NONE : an_child_by(words, verb, pairs[k].rel);
    uint32_t row = with == AN_NONE ? AN_NONE : row_of(w, with, pairs[k].with);
    if (row != AN_NONE) return row;
  }
  return AN_NONE;
}

/* "had to leave their homes", "are known to have died". */
static uint32_t told_by_complement(const writer *w, uint32_t verb) {
  uint32_t inner = row_of(w, verb, "raises") == AN_NONE ? AN_NONE : an_child_by(w->in->words, verb, AN_XCOMP);
  if (inner == AN_NONE) return AN_NONE;
  bool passive = an_child_by(w->in->words, inner, AN_AUX_PASS) != AN_NONE;
  uint32_t row = row_of(w, inner, passive ? "object" : "subject");
  return row != AN_NONE || passive ? row : told_with(w, inner);
}

static uint32_t told_by_verb(const writer *w, uint32_t counted, uint32_t verb, uint32_t *of) {
  const an_words *words = w->in->words;
  uint8_t rel = words->tokens[counted].rel;
  bool bare = rel == AN_OBL && an_child_by(words, counted, AN_CASE) == AN_NONE;
  bool subject = rel == AN_NSUBJ, object = rel == AN_OBJ || rel == AN_NSUBJ_PASS || bare;
  /* "police said nine died, wounding 20": a participle takes its object; a verb in the passive counts its subject. */
  if (subject && an_child_by(words, verb, AN_AUX_PASS) != AN_NONE) { subject = false; object = true; }
  bool body = object && ((words->tokens[counted].upos == AN_NUM && rel == AN_NSUBJ_PASS) || row_of(w, counted, "people") != AN_NONE || row_of(w, counted, "body") != AN_NONE);
  uint32_t row = body ? row_of(w, verb, "loss") : AN_NONE, drawn = an_child_by(words, verb, AN_NSUBJ);
  if (object && drawn != AN_NONE && row_of(w, verb, "draw") != AN_NONE) row = row_of(w, drawn, "crowd");
  uint32_t joined = an_child_by(words, verb, AN_OBJ);
  if (row == AN_NONE && subject && joined != AN_NONE && row_of(w, verb, "join") != AN_NONE) row = row_of(w, joined, "crowd");
  if (row == AN_NONE) row = object ? row_of(w, verb, "object") : subject ? row_of(w, verb, "subject") : AN_NONE;
  if (row == AN_NONE && (subject || object)) row = row_of(w, verb, "state");
  if (row == AN_NONE && rel == AN_OBL && words->tokens[verb].rel == AN_ACL && words->tokens[verb].xpos == AN_X_VBN) row = row_of(w, verb, "object");
  if (row == AN_NONE && object) row = state_beside(w, verb);
  if (row == AN_NONE && (object || (subject && joined == AN_NONE))) row = stay_beside(w, verb); /* who takes others to hospital is not there */
  if (row == AN_NONE && (subject || object)) row = told_with(w, verb);
  if (row == AN_NONE && (subject || object)) row = told_by_complement(w, verb);
  return row != AN_NONE ? row : told_by_subject(w, verb, counted, of);
}

/* *of: the noun that is counted, where the number stands apart from it ("the number of guards killed rose to nine"). */
static uint32_t thing_of(const writer *w, uint32_t counted, uint32_t *of) {
  const an_words *words = w->in->words;
  uint32_t row = row_of(w, counted, "toll");
  if (row == AN_NONE && words->tokens[counted].upos != AN_NOUN) row = row_of(w, counted, "state"); /* "48 hurt"; no "ten hospitals" */
  if (row == AN_NONE) row = state_below(w, counted);
  for (uint32_t at = counted, step = 0; row == AN_NONE && step < CLIMB; step++) {
    uint32_t head = words->tokens[at].head;
    if (head == AN_NONE) break;
    row = told_by_verb(w, at, head, of);
    if (row == AN_NONE && words->tokens[at].rel == AN_NMOD && is_of(w, at)) row = row_of(w, head, "deed"); /* "the arrest of four men" */
    if (row == AN_NONE && words->tokens[at].rel == AN_NMOD && words->tokens[at].upos == AN_NUM) row = told_by_noun(w, head, at, of);
    if (words->tokens[at].rel != AN_CONJ && words->tokens[at].rel != AN_NMOD && words->tokens[at].rel != AN_NUMMOD) break;
    at = head;
  }
  return row;
}

/* The word of the quantity that the others hang on. */
static uint32_t head_of(const an_words *words, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i < end; i++) {
    uint32_t head = words->tokens[i].head;
    if (words->tokens[i].upos != AN_PUNCT && (head == AN_NONE || head < first || head >= end)) return i;
  }
  return first;
}

/* "five of the wounded" are a part of those; "dozens of people", "two of them" are not. */
static bool is_part(const writer *w, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i + 2 < end; i++)
    if (an_word_is(w->in->words, i, "of") && w->in->words->tokens[i + 1].upos == AN_DET &&
        (row_of(w, end - 1, "state") != AN_NONE || row_of(w, end - 1, "toll") != AN_NONE)) return true;
  return false;
}

typedef struct keys { uint32_t at[MAX_NEAR], count; } keys;

static void add_key(const writer *w, uint32_t token, keys *out) {
  uint32_t key = dw_word_key(w, token, false);
  if (key != 0 && (key & (DG_NAMED | DG_NUMBER)) != DG_NUMBER && out->count < MAX_NEAR) out->at[out->count++] = key;
}

static bool is_argument(uint8_t rel) {
  return rel == AN_NSUBJ || rel == AN_NSUBJ_PASS || rel == AN_OBJ || rel == AN_IOBJ || rel == AN_OBL || rel == AN_NMOD || rel == AN_NMOD_POSS ||
         rel == AN_AMOD || rel == AN_COMPOUND || rel == AN_ACL || rel == AN_ACL_RELCL || rel == AN_XCOMP;
}

static void add_below(const writer *w, uint32_t head, uint32_t first, uint32_t end, keys *out) {
  const an_words *words = w->in->words;
  for (uint32_t c = an_child(words, head, AN_NONE); c != AN_NONE; c = an_child(words, head, c))
    if ((c < first || c >= end) && is_argument(words->tokens[c].rel)) add_key(w, c, out);
}

/* What says of which things the number is: the words of its phrase, what hangs on it, the words that it hangs on up to the
   verb, and who does that verb to what. The counted word itself is not among them. */
static dg_words near_words(writer *w, uint32_t first, uint32_t end, uint32_t counted) {
  const an_words *words = w->in->words;
  keys found = {.count = 0};
  for (uint32_t i = first; i < end; i++) {
    if (i != counted) add_key(w, i, &found);
    add_below(w, i, first, end, &found);
  }
  for (uint32_t at = counted, step = 0; step < CLIMB && words->tokens[at].head != AN_NONE; step++) {
    uint32_t head = words->tokens[at].head;
    add_key(w, head, &found);
    if (words->tokens[head].upos == AN_VERB) {
      add_below(w, head, first, end, &found);
      break;
    }
    add_below(w, head, first, end, &found);
    at = head;
  }
  uint32_t *kept = dw_take(w, found.count, sizeof *kept);
  if (kept == NULL) return (dg_words){0};
  memcpy(kept, found.at, found.count * sizeof *kept);
  return dw_sorted(kept, found.count, MAX_NEAR);
}

/* "five further papers", "another two", "seven others". */
static bool is_further(const writer *w, uint32_t first, uint32_t end) {
  if (first > 0 && w->in->words->tokens[first - 1].sentence == w->in->words->tokens[first].sentence && row_of(w, first - 1, "further") != AN_NONE) return true;
  for (uint32_t i = first; i < end; i++)
    if (row_of(w, i, "further") != AN_NONE) return true;
  return false;
}

/* "in ten cities", "across the country". */
static bool is_wide(const writer *w, uint32_t around) {
  uint32_t first, end;
  an_subtree(w->in->words, w->in->events->clauses[around].verb, &first, &end);
  for (uint32_t i = first; i < end; i++)
    if (row_of(w, i, "wide") != AN_NONE && w->in->words->tokens[i].rel != AN_NSUBJ && dw_clause_around(w, i) == around) return true;
  return false;
}

/* Names that hang on what is counted. */
static dg_words whose(writer *w, uint32_t counted) {
  static const uint8_t rels[] = {AN_AMOD, AN_NMOD, AN_NMOD_POSS, AN_COMPOUND};
  keys found = {.count = 0};
  for (uint32_t c = an_child(w->in->words, counted, AN_NONE); c != AN_NONE; c = an_child(w->in->words, counted, c))
    for (unsigned k = 0; k < sizeof rels; k++)
      if (w->in->words->tokens[c].rel == rels[k] && (dw_word_key(w, c, false) & DG_NAMED) != 0) add_key(w, c, &found);
  uint32_t *kept = dw_take(w, found.count, sizeof *kept);
  if (kept == NULL) return (dg_words){0};
  memcpy(kept, found.at, found.count * sizeof *kept);
  return dw_sorted(kept, found.count, MAX_NEAR);
}

/* "from July", "than a year before": a word of the table stands before it. */
static bool is_base(const writer *w, const an_time_at *t) {
  for (uint32_t i = t->first > 2 ? t->first - 2 : 0; w->counted != NULL && i < t->end; i++)
    if (i < t->first || w->in->words->tokens[i].upos == AN_ADP)
      if (row_of(w, i, "base") != AN_NONE) return true;
  return false;
}

/* The date of its clause that the number is counted from. */
static void set_base(const writer *w, uint32_t around, dg_quantity *out) {
  for (uint32_t i = 0; i < w->in->times->list.count; i++) {
    const an_time_at *t = &w->in->times->list.at[i];
    bool dates = t->t.type == AN_TIME_DATE || t->t.type == AN_TIME_DURATION;
    if (t->sentence != w->in->events->clauses[around].sentence || !dates || dw_clause_around(w, t->first) != around || !is_base(w, t)) continue;
    dg_when when = dw_time(w, i);
    if (when.span.begin == out->scope.span.begin) continue;
    out->base = when;
    return;
  }
}

/* "The union put the number of marchers at 15,000": who gives it, as a number given outright is nobody's statement. */
static an_text giver_of(const writer *w, uint32_t counted, uint32_t around) {
  const an_words *words = w->in->words;
  uint32_t verb = words->tokens[counted].head, subject = around == AN_NONE ? AN_NONE : w->in->events->clauses[around].subject;
  uint32_t object = verb == AN_NONE || words->tokens[counted].rel != AN_OBL ? AN_NONE : an_child_by(words, verb, AN_OBJ);
  if (object == AN_NONE || subject == AN_NONE || (row_of(w, object, "toll") == AN_NONE && row_of(w, object, "tally") == AN_NONE)) return (an_text){0};
  const an_party *giver = dw_party(w, subject);
  return giver == NULL || giver->is_private ? (an_text){0} : giver->name.at != NULL ? giver->name : giver->text;
}

/* The word before a number has that role. */
static bool comes_behind(const writer *w, const an_quantity *clean, const char *role) {
  uint32_t first, end;
  dw_tokens_in(w->in->words, clean->span, &first, &end);
  if (w->counted == NULL || first == 0 || first == end) return false;
  uint32_t at = first - 1;
  while (at > 0 && w->in->words->tokens[at].upos == AN_PUNCT) at--; /* "[our] two countries" */
  const an_token *before = &w->in->words->tokens[at];
  return before->sentence == w->in->words->tokens[first].sentence && before->upos != AN_VERB && row_of(w, at, role) != AN_NONE;
}

/* "the past eight contests", "the next four years": a window of the writer's that slides from page to page, and no count. */
bool dw_is_window(const writer *w, const an_quantity *clean) { return comes_behind(w, clean, "window"); }

/* "the two countries", "both their three leaders": it says whom we know already, and counts nobody. */
bool dw_is_known(const writer *w, const an_quantity *clean, const dg_quantity *q) {
  return q->unit.at == NULL && q->thing == 0 && q->relation == AN_EQUAL && q->value <= FEW && comes_behind(w, clean, "known");
}

void dw_counted(writer *w, const an_quantity *clean, dg_quantity *out) {
  const an_words *words = w->in->words;
  uint32_t first, end;
  dw_tokens_in(words, clean->span, &first, &end);
  out->clause = AN_NONE;
  if (first == end) return;
  out->lead = w->lead_block[words->sentences[words->tokens[first].sentence].block];
  uint32_t counted = head_of(words, first, end);
  uint32_t around = dw_clause_around(w, counted);
  out->clause = around == AN_NONE ? AN_NONE : w->clause_at[around];
  if (around != AN_NONE) set_base(w, around, out);
  out->wide = around != AN_NONE && w->counted != NULL && is_wide(w, around);
  out->whose = whose(w, counted);
  out->near = near_words(w, first, end, counted);
  out->change = w->counted != NULL && first > 0 && words->tokens[first - 1].sentence == words->tokens[first].sentence && row_of(w, first - 1, "change") != AN_NONE &&
                words->tokens[first - 1].head >= first && words->tokens[first - 1].head < end;
  out->further = w->counted != NULL && is_further(w, first, end);
  if (w->counted != NULL && out->statement == AN_NONE) out->giver = giver_of(w, counted, around);
  if (w->counted == NULL || out->unit.at != NULL) return;
  out->part = is_part(w, first, end);
  uint32_t of = counted, row = thing_of(w, counted, &of), kind = row_of(w, of, "kind");
  bool apart = of != counted, noun = apart && words->tokens[of].upos == AN_NOUN;
  bool anybody = (out->of.at == NULL && !noun) || row_of(w, of, "people") != AN_NONE || row_of(w, of, "toll") != AN_NONE;
  uint32_t word = noun ? dg_word_key(words->tokens[of].lemma_fold, 0) : out->of_word;
  if (apart && !anybody) out->of_word = word;
  out->group = anybody ? 0 : kind != AN_NONE ? dg_word_key(an_fold_hash(an_table_cell(w->counted, kind, w->means)), 0) : word;
  if (apart) out->whose = whose(w, of);
  if (row == AN_NONE) return;
  out->thing_name = an_table_cell(w->counted, row, w->means);
  out->thing = dg_word_key(an_fold_hash(out->thing_name), 0);
  out->grows = an_text_is(an_table_cell(w->counted, row, w->grows), "yes");
}
