/* SPDX-License-Identifier: Apache-2.0 */
#include "forms.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../inflect.h"
#include "language/view.h"
#include "must.h"

enum { FORM_BYTES = 64, LINE_BYTES = 1 << 16 };

static void add(forms *all, const char *word, uint16_t can) {
  if (all->count == all->capacity) {
    all->capacity = all->capacity == 0 ? 1u << 16 : all->capacity * 2;
    all->at = must(realloc(all->at, all->capacity * sizeof *all->at));
  }
  an_view view;
  an_view_make(word, (uint32_t)strlen(word), &view);
  all->at[all->count++] = (known_form){view.lower, can};
}

static bool plain(const char *word) {
  size_t n = strlen(word);
  for (size_t i = 0; i < n; i++)
    if (!islower((unsigned char)word[i])) return false;
  return n > 1 && n + 8 < FORM_BYTES;
}

static void add_lemma(forms *all, const char *lemma, uint16_t can) {
  char inflected[FORM_BYTES];
  add(all, lemma, can);
  if (can == FORM_NOUN || can == FORM_VERB) {
    inflect_s(lemma, inflected);
    add(all, inflected, can == FORM_NOUN ? FORM_PLURAL : FORM_VERB_S);
  }
  if (can == FORM_VERB) {
    inflect_tail(lemma, "ed", inflected);
    add(all, inflected, FORM_PAST);
    inflect_tail(lemma, "ing", inflected);
    add(all, inflected, FORM_ING);
  }
  if (can == FORM_ADJECTIVE && strlen(lemma) < 8) {
    inflect_tail(lemma, "er", inflected);
    add(all, inflected, FORM_COMPARED);
    inflect_tail(lemma, "est", inflected);
    add(all, inflected, FORM_COMPARED);
  }
}

static bool ends(const char *word, const char *tail) {
  size_t n = strlen(word), m = strlen(tail);
  return n >= m && strcmp(word + n - m, tail) == 0;
}

static void add_exception(forms *all, const char *word, uint16_t can) {
  if (can == FORM_NOUN) add(all, word, FORM_PLURAL);
  if (can == FORM_VERB)
    add(all, word, ends(word, "ing") ? FORM_ING : ends(word, "s") && !ends(word, "ss") ? FORM_VERB_S : FORM_PAST);
  if (can == FORM_ADJECTIVE) add(all, word, FORM_COMPARED);
}

static bool read_file(forms *all, const char *folder, const char *name, uint16_t can, bool exceptions) {
  char path[4096], word[256];
  static char line[LINE_BYTES];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    fprintf(stderr, "train: cannot read %s (WordNet; Debian: wordnet-base)\n", path);
    return false;
  }
  while (fgets(line, sizeof line, file) != NULL) {
    for (const char *p = line; *p != '\0'; p++) all->checksum = (all->checksum ^ (unsigned char)*p) * 0x100000001b3u;
    if (line[0] == ' ' || sscanf(line, "%255s", word) != 1 || !plain(word)) continue;
    if (exceptions)
      add_exception(all, word, can);
    else
      add_lemma(all, word, can);
  }
  fclose(file);
  return true;
}

static int by_word(const void *a, const void *b) {
  uint64_t x = ((const known_form *)a)->word, y = ((const known_form *)b)->word;
  return x < y ? -1 : x > y;
}

bool forms_read(forms *out, const char *folder) {
  *out = (forms){0};
  if (!read_file(out, folder, "index.noun", FORM_NOUN, false) || !read_file(out, folder, "index.verb", FORM_VERB, false) ||
      !read_file(out, folder, "index.adj", FORM_ADJECTIVE, false) || !read_file(out, folder, "index.adv", FORM_ADVERB, false) ||
      !read_file(out, folder, "noun.exc", FORM_NOUN, true) || !read_file(out, folder, "verb.exc", FORM_VERB, true) ||
      !read_file(out, folder, "adj.exc", FORM_ADJECTIVE, true))
    return false;
  qsort(out->at, out->count, sizeof *out->at, by_word);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < out->count; i++) {
    if (kept > 0 && out->at[kept - 1].word == out->at[i].word)
      out->at[kept - 1].can |= out->at[i].can;
    else
      out->at[kept++] = out->at[i];
  }
  out->count = kept;
  return true;
}

uint16_t forms_of(const forms *all, uint64_t word) {
  known_form key = {word, 0};
  const known_form *found = all->count == 0 ? NULL : bsearch(&key, all->at, all->count, sizeof *all->at, by_word);
  return found == NULL ? 0 : found->can;
}
