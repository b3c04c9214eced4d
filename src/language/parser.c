/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of one sentence: two moves a word, each the best of at most three. */
#include "language/seen.h"

static int best_move(const an_model *model, const an_seen *seen, const an_state *s) {
  uint64_t keys[AN_MOVE_FEATURES];
  int32_t scores[4] = {0};
  bool shift = an_state_may(s, AN_MOVE_SHIFT), left = an_state_may(s, AN_MOVE_LEFT), right = an_state_may(s, AN_MOVE_RIGHT);
  if (shift + left + right == 1) return shift ? AN_MOVE_SHIFT : left ? AN_MOVE_LEFT : AN_MOVE_RIGHT;
  an_hashed_add_moves(&model->moves, keys, an_features_move(seen, s, keys), scores);
  int best = -1;
  for (int m = 0; m < AN_MOVES; m++)
    if (an_state_may(s, m) && (best < 0 || scores[m] > scores[best])) best = m;
  return best;
}

static uint8_t best_label(const an_model *model, const an_seen *seen, const an_state *s, int move) {
  uint64_t keys[AN_LABEL_FEATURES];
  int32_t scores[AN_CLASSES_MAX] = {0};
  uint32_t count = an_features_label(seen, s, move, keys), best = 0;
  an_hashed_add_cells(&model->labels, keys, count, scores, model->label_count);
  for (uint32_t k = 1; k < model->label_count; k++)
    if (scores[k] > scores[best]) best = k;
  return (uint8_t)best;
}

an_status an_language_parse(const an_model *model, an_words *words, uint32_t sentence, an_arena *arena, an_error *err) {
  (void)arena;
  (void)err;
  an_sentence *out = &words->sentences[sentence];
  an_seen seen;
  an_state s;
  bool fixed[AN_STATE_WORDS];
  an_seen_words(model, words, out, &seen, fixed);
  an_features_atoms(&seen);
  for (an_state_begin(&s, out->count); !an_state_done(&s);) {
    int move = best_move(model, &seen, &s);
    an_state_move(&s, move, move == AN_MOVE_SHIFT ? 0 : best_label(model, &seen, &s, move));
  }
  for (uint32_t i = 0; i < out->count; i++) {
    an_token *token = &words->tokens[out->first + i];
    bool root = s.head[i] == out->count;
    token->head = root ? AN_NONE : out->first + s.head[i];
    token->rel = root ? AN_ROOT : model->label[s.label[i]];
    if (root) out->root = out->first + i;
  }
  out->parsed = true;
  return AN_OK;
}
