/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of words as a digest holds them: how much they weigh, and how much two of them share. */
#include "story/digest.h"

#include <math.h>

bool dg_words_has(dg_words words, uint32_t key) {
  uint32_t low = 0, high = words.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (words.at[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low < words.count && words.at[low] == key;
}

static double weight_of(uint32_t key) { return (key & DG_NAMED) != 0 ? 0.5 : 1; }

double dg_words_weight(dg_words words) {
  double weight = 0;
  for (uint32_t i = 0; i < words.count; i++) weight += weight_of(words.at[i]);
  return weight;
}

static double merge(dg_words a, dg_words b, uint32_t *keys) {
  double weight = 0;
  *keys = 0;
  for (uint32_t i = 0, k = 0; i < a.count && k < b.count;) {
    if (a.at[i] == b.at[k]) {
      weight += weight_of(a.at[i]);
      ++*keys;
      i++;
      k++;
    } else if (a.at[i] < b.at[k]) {
      i++;
    } else {
      k++;
    }
  }
  return weight;
}

double dg_words_common(dg_words a, dg_words b) {
  uint32_t keys;
  return merge(a, b, &keys);
}

uint32_t dg_keys_common(dg_words a, dg_words b) {
  uint32_t keys;
  merge(a, b, &keys);
  return keys;
}

double dg_words_contained(dg_words a, dg_words b) {
  double x = dg_words_weight(a), y = dg_words_weight(b), lighter = x < y ? x : y;
  return lighter == 0 ? 0 : dg_words_common(a, b) / lighter;
}

static bool is_number(uint32_t key) { return (key & (DG_NAMED | DG_NUMBER)) == DG_NUMBER; }

double dg_things_common(dg_words a, dg_words b) {
  double weight = 0;
  for (uint32_t i = 0; i < a.count; i++)
    if (!is_number(a.at[i]) && dg_words_has(b, a.at[i])) weight += weight_of(a.at[i]);
  return weight;
}

static double things_weight(dg_words words) {
  double weight = 0;
  for (uint32_t i = 0; i < words.count; i++) weight += is_number(words.at[i]) ? 0 : weight_of(words.at[i]);
  return weight;
}

double dg_things_contained(dg_words a, dg_words b) {
  double x = things_weight(a), y = things_weight(b), lighter = x < y ? x : y;
  return lighter == 0 ? 0 : dg_things_common(a, b) / lighter;
}

double dg_profile_alike(dg_profile a, dg_profile b) {
  double dot = 0, aa = 0, bb = 0;
  for (uint32_t i = 0; i < a.count; i++) aa += (double)a.at[i].weight * a.at[i].weight;
  for (uint32_t k = 0; k < b.count; k++) bb += (double)b.at[k].weight * b.at[k].weight;
  for (uint32_t i = 0, k = 0; i < a.count && k < b.count;) {
    if (a.at[i].key == b.at[k].key) dot += (double)a.at[i++].weight * b.at[k++].weight;
    else if (a.at[i].key < b.at[k].key) i++;
    else k++;
  }
  return aa > 0 && bb > 0 ? dot / sqrt(aa * bb) : 0;
}

uint32_t dg_word_key(uint64_t fold, uint32_t kind) {
  uint32_t key = (uint32_t)(fold >> 34);
  return (key == 0 ? 1 : key) | kind;
}

static bool has_numbers(dg_words words) {
  for (uint32_t i = 0; i < words.count; i++)
    if (is_number(words.at[i])) return true;
  return false;
}

static bool numbers_missing(dg_words a, dg_words b) {
  for (uint32_t i = 0; i < a.count; i++)
    if (is_number(a.at[i]) && !dg_words_has(b, a.at[i])) return true;
  return false;
}

bool dg_numbers_differ(dg_words a, dg_words b) {
  return has_numbers(a) && has_numbers(b) && numbers_missing(a, b) && numbers_missing(b, a);
}
