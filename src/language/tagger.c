/* SPDX-License-Identifier: Apache-2.0 */
/* Tags of one sentence, greedily from left to right, then its lemmas. */
#include "language/lemma.h"
#include "language/seen.h"

void an_seen_words(const an_model *model, const an_words *words, const an_sentence *sentence, an_seen *seen, bool *fixed) {
  seen->size = sentence->count;
  seen->kinds = model->kinds;
  for (uint32_t i = 0; i < sentence->count; i++) {
    an_text form = an_word(words, sentence->first + i);
    an_view_make(form.at, form.size, &seen->view[i]);
    an_vocable known = an_model_word(model, seen->view[i].form);
    seen->usual[i] = known.usual;
    seen->can[i] = an_model_word(model, seen->view[i].lower).can;
    seen->tag[i] = words->tokens[sentence->first + i].tag;
    fixed[i] = (known.flags & AN_VOCABLE_FIXED) != 0 && known.usual < model->tag_count;
  }
}

static uint8_t best_tag(const an_model *model, const an_seen *seen, uint32_t i) {
  uint64_t keys[AN_TAG_FEATURES];
  int32_t scores[AN_CLASSES_MAX] = {0};
  uint32_t count = an_features_tag(seen, i, keys), best = 0;
  an_hashed_add_cells(&model->tags, keys, count, scores, model->tag_count);
  for (uint32_t k = 1; k < model->tag_count; k++)
    if (scores[k] > scores[best]) best = k;
  return (uint8_t)best;
}

an_status an_language_tag(const an_model *model, const an_lexicon *lexicon, an_words *words, uint32_t sentence, an_arena *arena,
                          an_error *err) {
  const an_sentence *s = &words->sentences[sentence];
  an_seen seen;
  bool fixed[AN_STATE_WORDS];
  an_lemmas lemmas;
  an_lemmas_open(lexicon, &lemmas);
  an_seen_words(model, words, s, &seen, fixed);
  for (uint32_t i = 0; i < s->count; i++) {
    seen.tag[i] = fixed[i] ? seen.usual[i] : best_tag(model, &seen, i);
    an_token *token = &words->tokens[s->first + i];
    const an_tag_class *class = &model->tag[seen.tag[i]];
    token->tag = seen.tag[i];
    token->upos = class->upos;
    token->xpos = class->xpos;
    token->xpos_name = class->xpos_name;
    AN_TRY(an_lemma_set(&lemmas, words, s->first + i, arena, err));
  }
  return AN_OK;
}
