/* SPDX-License-Identifier: Apache-2.0 */
/* train OUT WORDNET VECTORS TREEBANK... : learns tagger and parser and writes english.an. WORDNET is the folder of WordNet's
   index.* and *.exc (Debian wordnet-base: /usr/share/wordnet), VECTORS a file of tools/make_vectors.py. A treebank is a CoNLL-U
   file, gzipped or not, "FILE*TIMES" for one that counts several times, or a folder, of which every *-train*.conllu[.gz] is
   taken, by name. The same files in the same order give the same bytes.
   docs/training.md tells the recipe; `annals parse --conllu` and score_conllu.py measure the result. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/headlines.h"
#include "train/pack.h"
#include "train/variants.h"

static const settings recipe = {.folds = 5, .usual_count = 3, .seed = 20170328};
static const net_settings network = {.epochs = 12,
                                     .batch = 16,
                                     .rate = 0.003f,
                                     .drop_word = 20,
                                     .drop_vector = 5,
                                     .drop_tag = 10,
                                     .drop_layer = 0.2f,
                                     .known_count = 3,
                                     .seed = 5};

enum { HEADLINES = 6 }; /* one is made of one in six short sentences */

static int is_train_file(const struct dirent *entry) {
  return strstr(entry->d_name, "-train") != NULL && strstr(entry->d_name, ".conllu") != NULL;
}

/* "FILE*4": its trees count four times, three of them with other words. */
static bool read_times(treebank *bank, const char *path) {
  const char *star = strrchr(path, '*');
  if (star == NULL) return treebank_read(bank, path);
  char *file = must(strndup(path, (size_t)(star - path)));
  uint32_t from = bank->count;
  bool well = treebank_read(bank, file);
  if (well) variants_add(bank, from, bank->count, (uint32_t)strtoul(star + 1, NULL, 10), recipe.seed);
  free(file);
  return well;
}

static bool read_folder_or_file(treebank *bank, const char *path) {
  struct dirent **files = NULL;
  int count = scandir(path, &files, is_train_file, alphasort);
  if (count < 0) return read_times(bank, path);
  bool well = true;
  for (int i = 0; i < count; i++) {
    char *file = must(malloc(strlen(path) + strlen(files[i]->d_name) + 2));
    sprintf(file, "%s/%s", path, files[i]->d_name);
    well = well && treebank_read(bank, file);
    free(file);
    free(files[i]);
  }
  free(files);
  return well;
}

static bool read_all(treebank *bank, int count, char **paths) {
  for (int i = 0; i < count; i++)
    if (!read_folder_or_file(bank, paths[i])) return false;
  if (bank->count == 0) fputs("train: no tree in what was named\n", stderr);
  if (bank->tags.count > AN_NET_TAGS || bank->labels.count > AN_NET_LABELS) fputs("train: too many tags or labels\n", stderr);
  return bank->count > 0 && bank->tags.count <= AN_NET_TAGS && bank->labels.count <= AN_NET_LABELS;
}

int main(int argc, char **argv) {
  treebank bank = {0};
  forms dictionary;
  vocabulary words;
  if (argc < 5) {
    fputs("usage: train OUT WORDNET VECTORS TREEBANK[*TIMES]...\n", stderr);
    return 2;
  }
  if (!forms_read(&dictionary, argv[2]) || !read_all(&bank, argc - 4, argv + 4)) return 2;
  printf("train: %u trees, %llu words, %u tags, %u labels\n", bank.count, (unsigned long long)bank.words, bank.tags.count,
         bank.labels.count);
  headlines_add(&bank, HEADLINES);
  printf("train: %u trees with the headlines made of them\n", bank.count);
  net *n = net_new(&bank, &dictionary, &network, argv[3]);
  if (n == NULL) return 2;
  net_learn(n, &bank, learn_usual(&bank, &recipe));
  learn_words(&bank, &recipe, recipe.folds, &words);
  return pack(argv[1], &bank, &words, &dictionary, n) ? 0 : 2;
}
