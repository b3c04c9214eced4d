/* SPDX-License-Identifier: Apache-2.0 */
/* irregular WORDNET_DIR: writes data/lexicon/irregular.tsv to standard output: the inflected forms that the spelling rules of
   src/language/lemma.c get wrong. Facts come from WordNet's exception lists (*.exc) and, for regular forms of words that the
   rules misread ("movies", "caches"), from its word lists (index.*). Debian: wordnet-base. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inflect.h"
#include "language/lemma.h"

enum { FORM_MAX = 64 };
typedef struct row {
  char form[FORM_MAX], lemma[FORM_MAX];
  const char *tag;
  int weight;
  bool exception;
} row;
typedef struct rows {
  row *at;
  size_t count, capacity;
} rows;

static void add(rows *all, const char *form, const char *lemma, const char *tag, int weight, bool exception) {
  if (all->count == all->capacity) {
    all->capacity = all->capacity == 0 ? 4096 : all->capacity * 2;
    all->at = realloc(all->at, all->capacity * sizeof *all->at);
    if (all->at == NULL) {
      fputs("irregular: no memory left\n", stderr);
      exit(2);
    }
  }
  row *r = &all->at[all->count++];
  *r = (row){.tag = tag, .weight = weight, .exception = exception};
  snprintf(r->form, sizeof r->form, "%s", form);
  snprintf(r->lemma, sizeof r->lemma, "%s", lemma);
}

static bool plain(const char *word) {
  for (const char *p = word; *p != '\0'; p++)
    if (!islower((unsigned char)*p)) return false;
  return strlen(word) > 1 && strlen(word) < FORM_MAX - 8;
}

static FILE *open_file(const char *dir, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    fprintf(stderr, "irregular: cannot read %s\n", path);
    exit(2);
  }
  return file;
}

/* Do the rules undo it, by the ending that it shows? */
static bool regular(const char *form, const char *lemma) {
  static const struct {
    const char *tail;
    an_inflection inflection;
  } tails[] = {
      {"ing", AN_INFLECT_ING}, {"ed", AN_INFLECT_ED}, {"est", AN_INFLECT_EST}, {"er", AN_INFLECT_ER}, {"s", AN_INFLECT_S}};
  size_t n = strlen(form);
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
    size_t size = strlen(tails[i].tail);
    if (n <= size || strcmp(form + n - size, tails[i].tail) != 0) continue;
    char word[256];
    snprintf(word, sizeof word, "%s", form);
    uint32_t left = an_lemma_rule(word, (uint32_t)n, tails[i].inflection);
    return left == strlen(lemma) && memcmp(word, lemma, left) == 0;
  }
  return false;
}

static void read_exceptions(const char *dir, const char *name, const char *tag, rows *all) {
  FILE *file = open_file(dir, name);
  char form[256], lemma[256], line[1024];
  while (fgets(line, sizeof line, file) != NULL)
    if (sscanf(line, "%255s %255s", form, lemma) == 2 && plain(form) && plain(lemma) && strcmp(form, lemma) != 0)
      add(all, form, lemma, regular(form, lemma) ? "" : tag, 1000, true);
  fclose(file);
}

/* Adds the form when the rule does not lead back to the lemma. */
static void check(rows *all, const char *form, const char *lemma, const char *tag, an_inflection inflection, int weight) {
  char word[FORM_MAX * 2];
  snprintf(word, sizeof word, "%s", form);
  uint32_t size = an_lemma_rule(word, (uint32_t)strlen(word), inflection);
  bool same = size == strlen(lemma) && memcmp(word, lemma, size) == 0;
  add(all, form, lemma, same ? "" : tag, weight, false);
}

/* index.POS: lemma, pos, number of senses, … ; senses stand for how common the word is. */
static void read_words(const char *dir, const char *name, const char *tag, int least, rows *all) {
  FILE *file = open_file(dir, name);
  char line[1 << 16], lemma[256], form[FORM_MAX * 2], pos[8];
  int senses;
  while (fgets(line, sizeof line, file) != NULL) {
    if (line[0] == ' ' || sscanf(line, "%255s %7s %d", lemma, pos, &senses) != 3 || !plain(lemma) || senses < least) continue;
    size_t n = strlen(lemma);
    if (strcmp(tag, "ADJ") == 0) {
      if (n > 7) continue;
      inflect_tail(lemma, "er", form);
      check(all, form, lemma, tag, AN_INFLECT_ER, senses);
      inflect_tail(lemma, "est", form);
      check(all, form, lemma, tag, AN_INFLECT_EST, senses);
      continue;
    }
    inflect_s(lemma, form);
    check(all, form, lemma, tag, AN_INFLECT_S, senses);
    if (strcmp(tag, "VERB") != 0) continue;
    inflect_tail(lemma, "ed", form);
    check(all, form, lemma, tag, AN_INFLECT_ED, senses);
    inflect_tail(lemma, "ing", form);
    check(all, form, lemma, tag, AN_INFLECT_ING, senses);
  }
  fclose(file);
}

/* By form; the more common lemma first, an exception before anything regular. */
static int by_form(const void *a, const void *b) {
  const row *x = a, *y = b;
  int order = strcmp(x->form, y->form);
  if (order != 0) return order;
  if (x->weight != y->weight) return y->weight - x->weight;
  return strcmp(x->lemma, y->lemma);
}

static size_t write_rows(rows *all) {
  size_t written = 0;
  if (all->count > 0) qsort(all->at, all->count, sizeof *all->at, by_form);
  for (size_t i = 0; i < all->count; i++) {
    const row *r = &all->at[i];
    if (r->tag[0] == '\0' || (i > 0 && strcmp(all->at[i - 1].form, r->form) == 0)) continue;
    printf("%s\t%s\t%s\tWordNet 3.0 %s\n", r->form, r->tag, r->lemma, r->exception ? "exceptions" : "words");
    written++;
  }
  return written;
}

int main(int argc, char **argv) {
  rows verbs = {0}, nouns = {0}, adjectives = {0}, adverbs = {0};
  if (argc != 2) {
    fputs("usage: irregular WORDNET_DIR\n", stderr);
    return 2;
  }
  read_exceptions(argv[1], "verb.exc", "VERB", &verbs);
  read_exceptions(argv[1], "noun.exc", "NOUN", &nouns);
  read_exceptions(argv[1], "adj.exc", "ADJ", &adjectives);
  read_exceptions(argv[1], "adv.exc", "ADV", &adverbs);
  read_words(argv[1], "index.verb", "VERB", 1, &verbs);
  read_words(argv[1], "index.noun", "NOUN", 1, &nouns);
  read_words(argv[1], "index.adj", "ADJ", 2, &adjectives);
  printf("# Inflected forms that the spelling rules of src/language/lemma.c get wrong. Made by tools/irregular.c; do not edit:\n"
         "# build/release/tools/irregular /usr/share/wordnet > data/lexicon/irregular.tsv\n"
         "# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. Licence: data/lexicon/LICENSE.wordnet\n"
         "form\ttag\tlemma\tsource\n");
  size_t written = write_rows(&verbs) + write_rows(&nouns) + write_rows(&adjectives) + write_rows(&adverbs);
  fprintf(stderr, "irregular: %zu forms\n", written);
  return 0;
}
