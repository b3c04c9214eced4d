/* SPDX-License-Identifier: Apache-2.0 */
/* train OUT WORDNET TREEBANK... : learns tagger and parser and writes english.an. WORDNET is the folder of WordNet's
   index.* and *.exc (Debian wordnet-base: /usr/share/wordnet). A treebank is a CoNLL-U file, gzipped or not, or a
   folder, of which every *-train*.conllu[.gz] is taken, by name. The same files in the same order give the same bytes.
   docs/training.md tells the recipe; `annals parse --conllu` and score_conllu.py measure the result. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/headlines.h"
#include "train/pack.h"

static const settings recipe = {.tag_epochs = 6,
                                .parse_epochs = 10,
                                .folds = 5,
                                .fixed_count = 20,
                                .fixed_share = 995,
                                .usual_count = 3,
                                .tag_trust = 3,
                                .move_trust = 4,
                                .label_trust = 3,
                                .seed = 20170328};

enum { SCALE = 1000, HEADLINES = 6 }; /* averages are kept in thousandths; a headline for one in six short sentences */

/* Tags for every tree by a tagger that has not seen the tree's fold: the parser must learn to live with mistakes. */
static uint8_t **jack_knife(const treebank *bank, const settings *set, const forms *dictionary) {
  uint8_t **tags = must(calloc(bank->count + 1, sizeof *tags));
  uint64_t right = 0;
  for (uint32_t fold = 0; fold < set->folds; fold++) {
    vocabulary words;
    weights w;
    learn_words(bank, set, fold, dictionary, &words);
    learn_tags(bank, set, fold, &words, &w);
    weights_average(&w, SCALE);
    for (uint32_t i = 0; i < bank->count; i++) {
      if (fold_of(set, &bank->trees[i]) != fold) continue;
      tags[i] = must(malloc(bank->trees[i].size));
      tag_tree(&bank->trees[i], &words, &w, tags[i]);
      for (uint32_t k = 0; k < bank->trees[i].size; k++) right += tags[i][k] == bank->trees[i].words[k].tag;
    }
    weights_free(&w);
    free(words.at);
  }
  printf("train: jack-knifed tags, %.2f %% right\n", 100.0 * (double)right / (double)bank->words);
  return tags;
}

static int is_train_file(const struct dirent *entry) {
  return strstr(entry->d_name, "-train") != NULL && strstr(entry->d_name, ".conllu") != NULL;
}

static bool read_folder_or_file(treebank *bank, const char *path) {
  struct dirent **files = NULL;
  int count = scandir(path, &files, is_train_file, alphasort);
  if (count < 0) return treebank_read(bank, path);
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

int main(int argc, char **argv) {
  treebank bank = {0};
  forms dictionary;
  models m = {0};
  if (argc < 4) {
    fputs("usage: train OUT WORDNET TREEBANK...\n", stderr);
    return 2;
  }
  if (!forms_read(&dictionary, argv[2])) return 2;
  for (int i = 3; i < argc; i++)
    if (!read_folder_or_file(&bank, argv[i])) return 2;
  if (bank.count == 0) {
    fputs("train: no tree in what was named\n", stderr);
    return 2;
  }
  printf("train: %u trees, %llu words, %u tags, %u labels\n", bank.count, (unsigned long long)bank.words, bank.tags.count,
         bank.labels.count);
  headlines_add(&bank, HEADLINES);
  printf("train: %u trees with the headlines made of them\n", bank.count);
  uint8_t **tags = jack_knife(&bank, &recipe, &dictionary);
  learn_words(&bank, &recipe, recipe.folds, &dictionary, &m.words);
  learn_tags(&bank, &recipe, recipe.folds, &m.words, &m.tags);
  learn_parser(&bank, &recipe, &m.words, tags, &m);
  weights_average(&m.tags, SCALE);
  weights_average(&m.moves, SCALE);
  weights_average(&m.labels, SCALE);
  return pack(argv[1], &bank, &m) ? 0 : 2;
}
