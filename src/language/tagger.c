/* SPDX-License-Identifier: Apache-2.0 */
/* Tags of one sentence: the network reads it with each word's usual tag and says what the tags are here; then its lemmas. */
#include "language/lemma.h"
#include "language/model.h"

#include <string.h>

/* Each look-up is a walk to memory that is seldom near: the words are sent for together, in as many steps as a walk has. */
static void look(const an_model *model, const an_words *words, const an_sentence *sentence, an_seen *seen, uint32_t *row) {
  seen->size = sentence->count;
  for (uint32_t i = 0; i < sentence->count; i++) {
    an_text form = an_word(words, sentence->first + i);
    an_view_make(form.at, form.size, &seen->view[i]);
    an_hashed_send(&model->words, seen->view[i].lower);
    an_hashed_send(&model->words, seen->view[i].form);
  }
  for (uint32_t i = 0; i < sentence->count; i++) {
    __builtin_prefetch(an_hashed_row(&model->words, seen->view[i].lower));
    __builtin_prefetch(an_hashed_row(&model->words, seen->view[i].form));
  }
  for (uint32_t i = 0; i < sentence->count; i++) {
    an_known known = an_model_word(model, seen->view[i].lower);
    seen->usual[i] = an_model_usual(model, seen->view[i].form);
    seen->can[i] = known.can;
    row[i] = known.row;
  }
}

/* Room for the longest sentence of the page. */
static an_status open_desk(an_words *words, uint32_t count, an_arena *arena, an_error *err) {
  uint32_t longest = count;
  if (words->desk != NULL && words->desk->room >= count) return AN_OK;
  for (uint32_t i = 0; i < words->sentence_count; i++)
    if (words->sentences[i].count > longest) longest = words->sentences[i].count;
  words->desk = an_desk_open(longest, arena);
  AN_NEED(words->desk, err, "tag");
  return AN_OK;
}

an_status an_model_read(const an_model *model, an_words *words, const an_sentence *s, an_arena *arena, an_error *err) {
  an_seen seen;
  uint32_t row[AN_SEEN_WORDS];
  an_atoms atoms[AN_SEEN_WORDS];
  AN_TRY(open_desk(words, s->count, arena, err));
  look(model, words, s, &seen, row);
  an_text last = an_word(words, s->first + s->count - 1);
  an_features_atoms(&seen, last.at, last.size, atoms);
  an_net_read(&model->net, words->desk, row, atoms, seen.usual, s->count);
  words->desk->first = s->first;
  words->desk->count = s->count;
  return AN_OK;
}

_Static_assert((int)AN_STATE == AN_NET_OUT && (int)AN_STATE_BITS == AN_NET_ONE, "the door says how large a state is");

void an_language_product(int32_t *y, const int16_t *x, const int16_t *w, uint32_t n, uint32_t k, uint32_t m) {
  an_kernels_best()->product(y, x, w, n, k, m);
}

void an_language_rows(int32_t *sum, const uint8_t *const *rows, uint32_t n, uint32_t count) {
  an_kernels_best()->add_rows(sum, rows, n, count);
}

const int16_t *an_language_state(const an_words *words, uint32_t token) {
  const an_desk *desk = words->desk;
  if (desk == NULL || token < desk->first || token - desk->first >= desk->count) return NULL;
  return desk->read + (size_t)(token - desk->first) * AN_NET_OUT;
}

an_status an_language_keep(an_words *words, uint32_t sentence, an_arena *arena, an_error *err) {
  const an_sentence *s = &words->sentences[sentence];
  const int16_t *states = an_language_state(words, s->first);
  if (s->count == 0 || states == NULL || words->desk->count < s->count) return AN_OK;
  if (words->kept == NULL) words->kept = AN_NEW(arena, const int16_t *, words->sentence_count);
  int16_t *copy = an_arena_raw(arena, (size_t)s->count * AN_STATE, sizeof *copy);
  AN_NEED(words->kept, err, "tag");
  AN_NEED(copy, err, "tag");
  memcpy(copy, states, (size_t)s->count * AN_STATE * sizeof *copy);
  words->kept[sentence] = copy;
  return AN_OK;
}

const int16_t *an_language_kept(const an_words *words, uint32_t token) {
  uint32_t sentence = words->tokens[token].sentence;
  if (words->kept == NULL || words->kept[sentence] == NULL) return NULL;
  return words->kept[sentence] + (size_t)(token - words->sentences[sentence].first) * AN_STATE;
}

/* Once a page. */
static an_status open_lemmas(const an_lexicon *lexicon, an_desk *desk, an_arena *arena, an_error *err) {
  if (desk->lemmas != NULL && desk->lemmas->lexicon == lexicon) return AN_OK;
  desk->lemmas = AN_NEW(arena, an_lemmas, 1);
  AN_NEED(desk->lemmas, err, "tag");
  an_lemmas_open(lexicon, desk->lemmas);
  return AN_OK;
}

an_status an_language_tag(const an_model *model, const an_lexicon *lexicon, an_words *words, uint32_t sentence, an_arena *arena,
                          an_error *err) {
  const an_sentence *s = &words->sentences[sentence];
  uint8_t tag[AN_SEEN_WORDS];
  AN_TRY(an_model_read(model, words, s, arena, err));
  an_net_tags(&model->net, words->desk, s->count, model->tag_count, tag);
  AN_TRY(open_lemmas(lexicon, words->desk, arena, err));
  for (uint32_t i = 0; i < s->count; i++) {
    an_token *token = &words->tokens[s->first + i];
    const an_tag_class *class = &model->tag[tag[i]];
    token->tag = tag[i];
    token->upos = class->upos;
    token->xpos = class->xpos;
    token->xpos_name = class->xpos_name;
    AN_TRY(an_lemma_set(words->desk->lemmas, words, s->first + i, arena, err));
  }
  return AN_OK;
}
