/* SPDX-License-Identifier: Apache-2.0 */
#include "language/lemma.h"

#include <string.h>

enum { WORD_MAX = 64 }; /* longer words are their own lemma */

static bool vowel(char c) { return c != '\0' && strchr("aeiou", c) != NULL; }
static bool consonant(char c) { return c >= 'a' && c <= 'z' && !vowel(c); }
static bool ends(const char *word, uint32_t size, const char *tail) {
  uint32_t n = (uint32_t)strlen(tail);
  return size >= n && memcmp(word + size - n, tail, n) == 0;
}

static uint32_t syllables(const char *word, uint32_t size) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < size; i++)
    count += (vowel(word[i]) || word[i] == 'y') && (i == 0 || !(vowel(word[i - 1]) || word[i - 1] == 'y'));
  return count;
}

/* Does a stem like "provid", "hop", "settl" want its e back? */
static bool wants_e(const char *w, uint32_t n, bool past) {
  static const char *const long_endings[] = {"at", "ut", "ir", "ur", "ar", "id", "ad", "ud",
                                             "od", "um", "in", "ol", "ok", "ak", "ot"};
  char last = w[n - 1], before = n > 1 ? w[n - 2] : '\0', third = n > 2 ? w[n - 3] : '\0';
  if (last == 'u' || last == 'v' || last == 'c') return true;
  if (last == 's' || last == 'z') return before != last;
  if (last == 'g') return before == 'n' ? past : true; /* "changed" but "bringing" */
  if (last == 'l' && consonant(before)) return before != 'l' && before != 'r' && before != 'w';
  if (!consonant(last) || strchr("hwxy", last) != NULL || !vowel(before)) return false;
  if (ends(w, n, "iat") || ends(w, n, "uat")) return true;                       /* "negotiate", "evaluate" */
  if (vowel(third) && !(third == 'u' && n > 3 && w[n - 4] == 'q')) return false; /* "repeat", "train", but "require" */
  if (syllables(w, n) == 1) return true;
  for (size_t i = 0; i < sizeof long_endings / sizeof *long_endings; i++)
    if (ends(w, n, long_endings[i])) return true;
  return false;
}

/* The stem that "-ed", "-ing", "-er" left behind. */
static uint32_t mend(char *w, uint32_t n, bool past) {
  if (n > 2 && w[n - 1] == w[n - 2] && strchr("bdgkmnprt", w[n - 1]) != NULL) return n - 1; /* "stopped" */
  if (n > 2 && w[n - 1] == 'l' && w[n - 2] == 'l' && syllables(w, n) > 1) return n - 1;     /* "travelled" */
  if (n > 1 && wants_e(w, n, past)) w[n++] = 'e';
  return n;
}

static uint32_t without_s(char *w, uint32_t n) {
  if (n > 4 && ends(w, n, "men")) {
    w[n - 2] = 'a';
    return n;
  } /* "policewomen" */
  if (n < 3 || w[n - 1] != 's' || w[n - 2] == 's') return n;
  if (ends(w, n, "ies") && n > 4) {
    w[n - 3] = 'y';
    return n - 2;
  }
  if (ends(w, n, "sses") || ends(w, n, "shes") || ends(w, n, "ches") || ends(w, n, "xes") || ends(w, n, "oes") ||
      ends(w, n, "zzes"))
    return n - 2;
  if (ends(w, n, "'s")) return n - 2;
  return n - 1;
}

static uint32_t without(char *w, uint32_t n, const char *tail, bool past) {
  uint32_t size = (uint32_t)strlen(tail);
  if (!ends(w, n, tail) || n < size + 2 || syllables(w, n - size) == 0) return n;
  n -= size;
  if (w[n - 1] == 'i' && tail[0] == 'e' && n > 2) {
    w[n - 1] = 'y';
    return n;
  }                                                    /* "tried", "busier" */
  if (tail[0] == 'e' && w[n - 1] == 'e') return n + 1; /* "agreed", "freer" */
  return mend(w, n, past);
}

uint32_t an_lemma_rule(char *word, uint32_t size, an_inflection inflection) {
  switch (inflection) {
  case AN_INFLECT_S: return without_s(word, size);
  case AN_INFLECT_ED: return without(word, size, "ed", true);
  case AN_INFLECT_ING: return without(word, size, "ing", false);
  case AN_INFLECT_ER: return without(word, size, "er", true);
  case AN_INFLECT_EST: return without(word, size, "est", true);
  default: return size;
  }
}

an_inflection an_lemma_inflection(const char *xpos_name) {
  static const struct {
    const char *tag;
    an_inflection inflection;
  } tags[] = {{"NNS", AN_INFLECT_S},   {"NNPS", AN_INFLECT_S},  {"VBZ", AN_INFLECT_S},  {"VBD", AN_INFLECT_ED},
              {"VBN", AN_INFLECT_ED},  {"VBG", AN_INFLECT_ING}, {"JJR", AN_INFLECT_ER}, {"RBR", AN_INFLECT_ER},
              {"JJS", AN_INFLECT_EST}, {"RBS", AN_INFLECT_EST}};
  for (size_t i = 0; xpos_name != NULL && i < sizeof tags / sizeof *tags; i++)
    if (strcmp(tags[i].tag, xpos_name) == 0) return tags[i].inflection;
  return AN_INFLECT_NONE;
}

void an_lemmas_open(const an_lexicon *lexicon, an_lemmas *out) {
  *out = (an_lemmas){.lexicon = lexicon, .table = lexicon == NULL ? NULL : an_lexicon_table(lexicon, "irregular")};
  out->closed = lexicon == NULL ? NULL : an_lexicon_table(lexicon, "closedforms");
  if (out->table != NULL) {
    out->tag = an_table_column(out->table, "tag");
    out->lemma = an_table_column(out->table, "lemma");
  }
  if (out->closed != NULL) {
    out->closed_tag = an_table_column(out->closed, "tag");
    out->closed_lemma = an_table_column(out->closed, "lemma");
  }
}

static an_text find(const an_table *table, uint64_t fold, uint32_t tag_column, uint32_t lemma_column, const char *a,
                    const char *b) {
  if (table == NULL) return (an_text){NULL, 0};
  an_rows rows = an_table_find_key(table, fold);
  for (uint32_t r = rows.first; r < rows.first + rows.count; r++) {
    an_text tag = an_table_cell(table, r, tag_column);
    if (an_text_is(tag, a) || an_text_is(tag, b)) return an_table_cell(table, r, lemma_column);
  }
  return (an_text){NULL, 0};
}

/* Open classes: only a form whose tag says that it is inflected; "found" in "to found a city" is its own lemma. */
static an_text irregular(const an_lemmas *l, const an_token *t) {
  switch (t->upos) {
  case AN_PUNCT:
  case AN_PROPN:
  case AN_X: return (an_text){NULL, 0};
  case AN_NOUN:
  case AN_ADJ:
  case AN_ADV:
  case AN_VERB: {
    if (an_lemma_inflection(t->xpos_name) == AN_INFLECT_NONE) break;
    an_text lemma = find(l->table, t->fold, l->tag, l->lemma, an_upos_name(t->upos), t->xpos_name);
    if (lemma.at != NULL) return lemma;
    break;
  }
  default: break;
  }
  bool closed = t->upos != AN_NOUN && t->upos != AN_ADJ;
  return closed ? find(l->closed, t->fold, l->closed_tag, l->closed_lemma, an_upos_name(t->upos), t->xpos_name)
                : (an_text){NULL, 0};
}

/* Lower case for ASCII and Latin-1; names keep their capitals. */
static uint32_t lowered(an_text form, bool keep, char *out) {
  memcpy(out, form.at, form.size);
  for (uint32_t i = 0; !keep && i < form.size; i++) {
    unsigned char c = (unsigned char)out[i], next = i + 1 < form.size ? (unsigned char)out[i + 1] : 0;
    if (c >= 'A' && c <= 'Z')
      out[i] = (char)(c + 32);
    else if (c == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97) {
      out[i + 1] = (char)(next + 0x20);
      i++;
    }
  }
  return form.size;
}

static an_text regular(const an_token *token, an_text form, bool first, an_arena *arena) {
  char word[WORD_MAX];
  if (form.size > WORD_MAX) return form;
  bool name = token->upos == AN_PROPN || token->upos == AN_NUM || token->upos == AN_X ||
              (token->upos == AN_ADJ && !first); /* "an Iranian minister" */
  uint32_t size = lowered(form, name, word);
  size = an_lemma_rule(word, size, an_lemma_inflection(token->xpos_name));
  if (size <= form.size && memcmp(word, form.at, size) == 0) return an_text_slice(form, 0, size); /* no copy needed */
  return an_arena_copy(arena, word, size);
}

an_status an_lemma_set(const an_lemmas *lemmas, an_words *words, uint32_t token, an_arena *arena, an_error *err) {
  an_token *t = &words->tokens[token];
  an_text form = an_word(words, token);
  t->lemma = irregular(lemmas, t);
  if (t->lemma.at == NULL) t->lemma = regular(t, form, token == words->sentences[t->sentence].first, arena);
  if (t->lemma.at == NULL) return an_fail(err, AN_ERR_LIMIT, "language", "the page needs more memory than --max-arena allows");
  bool same = t->lemma.at == form.at && t->lemma.size == form.size;
  t->lemma_fold = same ? t->fold : an_fold_hash(t->lemma);
  if (t->lemma_fold != t->fold && lemmas->lexicon != NULL) t->flags |= an_lexicon_flags(lemmas->lexicon, t->lemma_fold);
  return AN_OK;
}
