/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of one sentence, out of what the network read of it, which it did when the sentence was tagged. */
#include "language/model.h"

an_status an_language_parse(const an_model *model, an_words *words, uint32_t sentence, an_arena *arena, an_error *err) {
  an_sentence *out = &words->sentences[sentence];
  uint16_t head[AN_SEEN_WORDS];
  uint8_t label[AN_SEEN_WORDS];
  if (words->desk == NULL || words->desk->first != out->first || words->desk->count != out->count)
    AN_TRY(an_model_read(model, words, out, arena, err));
  an_net_tree(&model->net, words->desk, out->count, model->label_count, head, label);
  for (uint32_t i = 0; i < out->count; i++) words->tokens[out->first + i].child = 0;
  for (uint32_t i = out->count; i-- > 0;) { /* from behind, so that children ascend */
    an_token *token = &words->tokens[out->first + i];
    bool root = head[i] == out->count;
    token->head = root ? AN_NONE : out->first + head[i];
    token->rel = root ? AN_ROOT : model->label[label[i]];
    token->next = root ? 0 : words->tokens[token->head].child;
    if (root) out->root = out->first + i;
    else words->tokens[token->head].child = out->first + i + 1;
  }
  out->parsed = true;
  return AN_OK;
}
