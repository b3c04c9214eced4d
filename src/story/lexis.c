/* SPDX-License-Identifier: Apache-2.0 */
#include "story/lexis.h"

#include <math.h>

enum { RAREST = 170 };       /* of words that weights.tsv does not have */
#define NAME_WEIGHT 0.5      /* all reports of a story share its names */
#define NEAR_ENOUGH 0.5      /* cosine from which a word stands for another in part */

static uint32_t number(an_text cell) {
  uint32_t value = 0;
  for (uint32_t i = 0; i < cell.size && value < RAREST && cell.at[i] >= '0' && cell.at[i] <= '9'; i++) value = value * 10 + (uint32_t)(cell.at[i] - '0');
  return value < RAREST ? value : RAREST;
}

/* Keys are of a sense where words have one: its rarity and its vector are those of the word that names it. */
bool st_lexis_open(st_lexis *lexis, an_arena *arena, const an_lexicon *lexicon, const an_vectors *vectors, const an_vectors *meanings) {
  *lexis = (st_lexis){.vectors = vectors, .meanings = meanings, .lexicon = lexicon};
  const an_table *rare = lexicon == NULL ? NULL : an_lexicon_table(lexicon, "weights"), *senses = lexicon == NULL ? NULL : an_lexicon_table(lexicon, "senses");
  uint32_t word = rare == NULL ? 0 : an_table_column(rare, "word"), weight = rare == NULL ? 0 : an_table_column(rare, "weight");
  for (uint32_t i = 0; rare != NULL && i < an_table_rows(rare); i++) {
    uint32_t *made = an_map_put(arena, &lexis->rarity, dg_word_key(an_fold_hash(an_table_cell(rare, i, word)), 0), 0);
    if (made == NULL) return false;
    *made = number(an_table_cell(rare, i, weight));
  }
  uint32_t sense = senses == NULL ? 0 : an_table_column(senses, "sense");
  for (uint32_t i = 0; senses != NULL && i < an_table_rows(senses); i++) {
    uint64_t fold = an_fold_hash(an_table_cell(senses, i, sense));
    uint32_t *made = an_map_put(arena, &lexis->senses, dg_word_key(an_hash_mix(fold, 1), 0), 0);
    if (made == NULL) return false;
    *made = dg_word_key(fold, 0);
  }
  return true;
}

static void read_vector(const st_lexis *lexis, uint32_t plain, st_word *out) {
  uint32_t row = lexis->vectors == NULL ? AN_NONE : an_vector_find_short(lexis->vectors, plain);
  int8_t numbers[AN_VECTOR_SIZE];
  double square = 0;
  if (row == AN_NONE) return;
  an_vector_read(lexis->vectors, row, numbers);
  for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) square += (double)numbers[i] * numbers[i];
  out->known = square > 0;
  for (uint32_t i = 0; i < AN_VECTOR_SIZE && out->known; i++) out->vector[i] = (float)(numbers[i] / sqrt(square));
}

static st_word *word_of(st_words *words, uint32_t key) {
  uint32_t *index = key == 0 ? NULL : an_map_put(words->arena, &words->at, key, AN_NONE);
  if (index == NULL) { words->short_of |= key != 0; return &words->none; }
  if (*index != AN_NONE) return words->list.at[*index];
  st_word **place = AN_PUSH(words->arena, &words->list), *made = AN_NEW(words->arena, st_word, 1);
  if (place == NULL || made == NULL) { words->short_of = true; return &words->none; }
  *index = words->list.count - 1;
  *place = made;
  *made = (st_word){.weight = (float)NAME_WEIGHT};
  if ((key & (DG_NAMED | DG_NUMBER)) != 0) return made;
  uint32_t plain = an_map_get(&words->lexis->senses, key, key);
  made->weight = (float)an_map_get(&words->lexis->rarity, plain, RAREST) / 100.0f;
  read_vector(words->lexis, plain, made);
  return made;
}

void st_words_count(st_words *words, dg_words told) {
  for (uint32_t i = 0; i < told.count; i++) word_of(words, told.at[i])->times++;
}

/* What stands in every report's sentences ("Clinton", "poll") does not tell one from another. */
double st_words_weight(st_words *words, uint32_t key) {
  const st_word *w = word_of(words, key);
  return w->weight / fmax(1, w->times / fmax(1, words->reports));
}

double st_words_sum(st_words *words, dg_words a) {
  double sum = 0;
  for (uint32_t i = 0; i < a.count; i++) sum += (a.at[i] & (DG_NAMED | DG_NUMBER)) == DG_NUMBER ? 0 : st_words_weight(words, a.at[i]);
  return sum;
}

double st_words_shared(st_words *words, dg_words a, dg_words b) {
  double sum = 0;
  for (uint32_t i = 0; i < a.count; i++)
    if ((a.at[i] & (DG_NAMED | DG_NUMBER)) != DG_NUMBER && dg_words_has(b, a.at[i])) sum += st_words_weight(words, a.at[i]);
  return sum;
}

double st_words_near(st_words *words, uint32_t a, uint32_t b) {
  const st_word *x = word_of(words, a), *y = word_of(words, b);
  double dot = 0;
  if (a == b) return a != 0;
  if (!x->known || !y->known) return 0;
  for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) dot += (double)x->vector[i] * y->vector[i];
  return dot;
}

static double nearest(st_words *words, uint32_t key, dg_words to) {
  double best = 0;
  if (dg_words_has(to, key)) return 1;
  for (uint32_t i = 0; (key & (DG_NAMED | DG_NUMBER)) == 0 && i < to.count; i++)
    if ((to.at[i] & (DG_NAMED | DG_NUMBER)) == 0) best = fmax(best, st_words_near(words, key, to.at[i]));
  return best;
}

double st_words_met(st_words *words, dg_words a, dg_words b) {
  double sum = 0;
  if (a.count > b.count) { dg_words longer = a; a = b; b = longer; }
  for (uint32_t i = 0; i < a.count; i++) {
    double near = (a.at[i] & (DG_NAMED | DG_NUMBER)) == DG_NUMBER ? 0 : nearest(words, a.at[i], b);
    if (near >= NEAR_ENOUGH) sum += near * st_words_weight(words, a.at[i]);
  }
  return sum;
}

double st_words_nearest(st_words *words, dg_words a, dg_words b) {
  double best = 0;
  for (uint32_t i = 0; i < a.count; i++)
    if ((a.at[i] & (DG_NAMED | DG_NUMBER)) == 0) best = fmax(best, nearest(words, a.at[i], b));
  return best;
}

static void add_word(const an_vectors *meanings, an_text word, float sum[AN_VECTOR_SIZE]) {
  int8_t numbers[AN_VECTOR_SIZE];
  uint32_t row = an_vector_find(meanings, an_fold_hash(word));
  if (row == AN_NONE) return;
  an_vector_read(meanings, row, numbers);
  for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) sum[i] += (float)numbers[i];
}

/* Words as tools/train_meanings.py cuts them: runs of letters, runs of digits. */
void st_meaning_of(const st_lexis *lexis, an_text text, float sum[AN_VECTOR_SIZE]) {
  enum { OTHER, LETTERS, DIGITS };
  int kind = OTHER;
  uint32_t begin = 0;
  double square = 0;
  for (uint32_t at = 0, next = 0; lexis->meanings != NULL && at <= text.size; at = next) {
    uint32_t code = at < text.size ? an_utf8_next(text, &next) : 0;
    int now = an_code_is_letter(code) ? LETTERS : an_code_is_digit(code) ? DIGITS : OTHER;
    if (at == text.size) next = at + 1;
    if (kind == now) continue;
    if (kind != OTHER) add_word(lexis->meanings, an_text_slice(text, begin, at), sum);
    begin = at;
    kind = now;
  }
  for (uint32_t i = 0; i < AN_VECTOR_SIZE; i++) square += (double)sum[i] * (double)sum[i];
  for (uint32_t i = 0; i < AN_VECTOR_SIZE && square > 0; i++) sum[i] = (float)(sum[i] / sqrt(square));
}
