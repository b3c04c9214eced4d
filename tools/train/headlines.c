/* SPDX-License-Identifier: Apache-2.0 */
#include "headlines.h"

#include <stdlib.h>
#include <string.h>

#include "must.h"

enum { WORDS_LEAST = 6, WORDS_MOST = 24 };

static bool starts(const char *name, const char *with) { return strncmp(name, with, strlen(with)) == 0; }

static bool is_form(const tree_word *w, const char *const *forms) {
  for (; *forms != NULL; forms++)
    if (w->size == strlen(*forms) && strncasecmp(w->form, *forms, w->size) == 0) return true;
  return false;
}

static bool has_child(const tree *t, uint32_t word) {
  for (uint32_t i = 0; i < t->size; i++)
    if (t->words[i].head == word) return true;
  return false;
}

/* Words that a headline leaves out. */
static bool left_out(const treebank *bank, const tree *t, uint32_t i) {
  static const char *const articles[] = {"a", "an", "the", NULL}, *const be[] = {"is", "are", "was", "were", NULL};
  const tree_word *w = &t->words[i];
  const char *label = bank->labels.at[w->label];
  if (has_child(t, i)) return false;
  if (strcmp(label, "det") == 0) return is_form(w, articles);
  if (strcmp(label, "cop") == 0 || strcmp(label, "aux:pass") == 0) return is_form(w, be);
  return i + 1 == t->size && w->size == 1 && w->form[0] == '.';
}

/* "of", "in", "and" keep their small letters in most houses' headlines. */
static bool stays_small(const treebank *bank, const tree_word *w) {
  const char *tag = bank->tags.at[w->tag];
  return w->size < 5 && (starts(tag, "ADP-") || starts(tag, "CCONJ-") || starts(tag, "PART-") || starts(tag, "DET-"));
}

static void capital(tree_word *w) {
  if (w->size == 0 || w->form[0] < 'a' || w->form[0] > 'z') return;
  char *form = must(strdup(w->form));
  form[0] = (char)(form[0] - 32);
  w->form = form;
}

static bool suits(const treebank *bank, const tree *t) {
  uint32_t root = t->size;
  for (uint32_t i = 0; i < t->size; i++)
    if (t->words[i].head == t->size) root = i;
  if (t->size < WORDS_LEAST || t->size > WORDS_MOST || root == t->size) return false;
  const char *last = t->words[t->size - 1].form;
  return last[0] == '.' && last[1] == '\0' && !starts(bank->tags.at[t->words[root].tag], "PUNCT");
}

static tree headline_of(const treebank *bank, const tree *t, bool title_case) {
  uint16_t place[AN_SEEN_WORDS + 1];
  tree out = {.words = must(malloc(t->size * sizeof *out.words)), .size = 0, .source = t->source};
  for (uint32_t i = 0; i < t->size; i++) {
    place[i] = (uint16_t)out.size;
    if (!left_out(bank, t, i)) out.words[out.size++] = t->words[i];
  }
  place[t->size] = (uint16_t)out.size; /* the root */
  for (uint32_t i = 0; i < out.size; i++) {
    out.words[i].head = place[out.words[i].head];
    if (i == 0 || (title_case && !stays_small(bank, &out.words[i]))) capital(&out.words[i]);
  }
  return out;
}

void headlines_add(treebank *bank, uint32_t every) {
  uint32_t short_trees = 0, given = bank->count;
  for (uint32_t i = 0; i < given; i++) {
    if (!suits(bank, &bank->trees[i]) || short_trees++ % every != 0) continue;
    tree made = headline_of(bank, &bank->trees[i], (short_trees / every) % 2 == 0);
    bank->words += made.size;
    treebank_add(bank, made);
  }
}
