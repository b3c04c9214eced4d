/* SPDX-License-Identifier: Apache-2.0 */
#include "treebank.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "must.h"

enum { LINE_BYTES = 1 << 16 };

static uint8_t name_index(names *n, const char *name) {
  for (uint32_t i = 0; i < n->count; i++)
    if (strcmp(n->at[i], name) == 0) return (uint8_t)i;
  if (n->count == NAMES_MAX) {
    fputs("train: too many classes\n", stderr);
    exit(2);
  }
  n->at[n->count] = must(strdup(name));
  return (uint8_t)n->count++;
}

void treebank_add(treebank *bank, tree one) {
  if (bank->count == bank->capacity) {
    bank->capacity = bank->capacity == 0 ? 4096 : bank->capacity * 2;
    bank->trees = must(realloc(bank->trees, bank->capacity * sizeof *bank->trees));
  }
  bank->trees[bank->count++] = one;
}

uint32_t *treebank_order(const treebank *bank) {
  uint32_t *order = must(malloc((bank->count + 1) * sizeof *order));
  for (uint32_t i = 0; i < bank->count; i++) order[i] = i;
  return order;
}

static void end_sentence(treebank *bank, const tree_word *words, uint32_t size) {
  if (size == 0 || size > AN_SEEN_WORDS) return;
  tree one = {.words = must(malloc(size * sizeof *words)), .size = size, .source = bank->count};
  memcpy(one.words, words, size * sizeof *words);
  for (uint32_t i = 0; i < size; i++) one.words[i].head = words[i].head == 0 ? (uint16_t)size : (uint16_t)(words[i].head - 1);
  treebank_add(bank, one);
  bank->words += size;
}

/* A word line into *word, its head still counted from 1; false for ranges and empty nodes. */
static bool word_line(treebank *bank, char *line, tree_word *word) {
  char *field[10] = {line};
  int n = 1;
  for (char *p = line; *p != '\0' && n < 10; p++)
    if (*p == '\t') {
      *p = '\0';
      field[n++] = p + 1;
    }
  if (n < 10 || strpbrk(field[0], "-.") != NULL) return false;
  char tag[64];
  snprintf(tag, sizeof tag, "%s-%s", field[3], field[4]);
  word->form = must(strdup(field[1]));
  word->size = (uint32_t)strlen(field[1]);
  word->tag = name_index(&bank->tags, tag);
  word->label = name_index(&bank->labels, field[7]);
  word->head = (uint16_t)strtoul(field[6], NULL, 10);
  return true;
}

bool treebank_read(treebank *bank, const char *path) {
  gzFile file = gzopen(path, "rb");
  if (file == NULL) {
    fprintf(stderr, "train: cannot read %s\n", path);
    return false;
  }
  static char line[LINE_BYTES];
  static tree_word words[AN_SEEN_WORDS + 1];
  uint32_t size = 0;
  while (gzgets(file, line, sizeof line) != NULL) {
    for (const char *p = line; *p != '\0'; p++) bank->checksum = (bank->checksum ^ (unsigned char)*p) * 0x100000001b3u;
    line[strcspn(line, "\r\n")] = '\0';
    if (line[0] == '#') continue;
    if (line[0] == '\0') {
      end_sentence(bank, words, size);
      size = 0;
    } else if (size <= AN_SEEN_WORDS && word_line(bank, line, &words[size]))
      size++;
  }
  end_sentence(bank, words, size);
  int failure = Z_OK;
  const char *why = gzerror(file, &failure);
  bool well = failure == Z_OK || failure == Z_STREAM_END;
  if (!well) fprintf(stderr, "train: %s: %s\n", path, why);
  gzclose(file);
  return well;
}
