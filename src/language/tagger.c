/* SPDX-License-Identifier: Apache-2.0 */
/* Tags of one sentence: first greedily from left to right by what stands around a word, then by the network, which has read the
   whole sentence and those first tags; then its lemmas. */
#include "language/lemma.h"
#include "language/model.h"

typedef struct first_look {
  an_seen seen;
  uint32_t row[AN_SEEN_WORDS];
  bool fixed[AN_SEEN_WORDS]; /* the form has one tag only */
} first_look;

static void look(const an_model *model, const an_words *words, const an_sentence *sentence, first_look *out) {
  an_seen *seen = &out->seen;
  seen->size = sentence->count;
  for (uint32_t i = 0; i < sentence->count; i++) {
    an_text form = an_word(words, sentence->first + i);
    an_view_make(form.at, form.size, &seen->view[i]);
    an_vocable usual = an_model_form(model, seen->view[i].form);
    an_known known = an_model_word(model, seen->view[i].lower);
    seen->usual[i] = usual.usual;
    seen->can[i] = known.can;
    out->row[i] = known.row;
    out->fixed[i] = (usual.flags & AN_VOCABLE_FIXED) != 0 && usual.usual < model->tag_count;
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
  first_look first;
  an_atoms atoms[AN_SEEN_WORDS];
  AN_TRY(open_desk(words, s->count, arena, err));
  look(model, words, s, &first);
  for (uint32_t i = 0; i < s->count; i++) first.seen.tag[i] = first.fixed[i] ? first.seen.usual[i] : best_tag(model, &first.seen, i);
  an_text last = an_word(words, s->first + s->count - 1);
  an_features_atoms(&first.seen, last.at, last.size, atoms);
  an_net_read(&model->net, words->desk, first.row, atoms, first.seen.tag, s->count);
  words->desk->first = s->first;
  words->desk->count = s->count;
  return AN_OK;
}

an_status an_language_tag(const an_model *model, const an_lexicon *lexicon, an_words *words, uint32_t sentence, an_arena *arena,
                          an_error *err) {
  const an_sentence *s = &words->sentences[sentence];
  uint8_t tag[AN_SEEN_WORDS];
  an_lemmas lemmas;
  AN_TRY(an_model_read(model, words, s, arena, err));
  an_net_tags(&model->net, words->desk, s->count, model->tag_count, tag);
  an_lemmas_open(lexicon, &lemmas);
  for (uint32_t i = 0; i < s->count; i++) {
    an_token *token = &words->tokens[s->first + i];
    const an_tag_class *class = &model->tag[tag[i]];
    token->tag = tag[i];
    token->upos = class->upos;
    token->xpos = class->xpos;
    token->xpos_name = class->xpos_name;
    AN_TRY(an_lemma_set(&lemmas, words, s->first + i, arena, err));
  }
  return AN_OK;
}
