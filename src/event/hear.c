/* SPDX-License-Identifier: Apache-2.0 */
#include "event/hear.h"

#include <string.h>

const char *hear_block(const scene *s, uint32_t sentence) {
  switch (s->article->blocks[s->words->sentences[sentence].block].kind) {
    case AN_BLOCK_BODY: return "body";
    case AN_BLOCK_TITLE: return "title";
    case AN_BLOCK_DECK: return "deck";
    case AN_BLOCK_CAPTION: return "caption";
    case AN_BLOCK_SUBHEAD: return "subhead";
    default: return NULL;
  }
}

static void put(hearing *h, uint32_t sentence, uint32_t token, const detection *d) {
  float act = 1.0f - d->none;
  if (act > h->most[sentence]) {
    h->next[sentence] = h->most[sentence];
    h->most[sentence] = act;
    h->at[sentence] = token;
  } else if (act > h->next[sentence]) {
    h->next[sentence] = act;
  }
}

/* As many words at once as the network takes. */
static bool ask(const scene *s, hearing *h, const uint32_t *tokens, uint32_t count, uint32_t *all) {
  if (count == 0) return true;
  if (!detect(s, tokens, count, h->of + *all)) return false;
  for (uint32_t i = 0; i < count; i++) {
    h->number[tokens[i]] = *all;
    put(h, token_at(s, tokens[i])->sentence, tokens[i], &h->of[*all]);
    (*all)++;
  }
  return true;
}

static bool is_asked(const scene *s, uint32_t sentence) {
  return s->words->sentences[sentence].parsed && hear_block(s, sentence) != NULL && detect_names_somebody(s, sentence);
}

static an_status room_for(const scene *s, hearing *h, an_error *err) {
  uint32_t tokens = s->words->token_count, sentences = s->words->sentence_count, words = 0;
  h->sentences = sentences;
  for (uint32_t k = 0; k < sentences; k++) {
    const an_sentence *at = &s->words->sentences[k];
    uint32_t end = is_asked(s, k) ? at->first + at->count : at->first;
    for (uint32_t i = at->first; i < end; i++) words += detect_wants(s, i);
  }
  h->number = AN_NEW(s->arena, uint32_t, tokens);
  h->of = AN_NEW(s->arena, detection, words);
  h->most = AN_NEW(s->arena, float, sentences);
  h->next = AN_NEW(s->arena, float, sentences);
  h->at = AN_NEW(s->arena, uint32_t, sentences);
  AN_NEED(h->number, err, "event");
  AN_NEED(h->of, err, "event");
  AN_NEED(h->most, err, "event");
  AN_NEED(h->next, err, "event");
  AN_NEED(h->at, err, "event");
  for (uint32_t i = 0; i < tokens; i++) h->number[i] = AN_NONE;
  return AN_OK;
}

an_status hear_page(const scene *s, hearing *out, an_error *err) {
  uint32_t tokens[DETECTOR_AT_ONCE], count = 0, all = 0, telling = 0;
  bool there = s->coder->detector != NULL;
  *out = (hearing){0};
  if (!there) return AN_OK;
  AN_TRY(room_for(s, out, err));
  for (uint32_t k = 0; k < s->words->sentence_count && there; k++) {
    const an_sentence *at = &s->words->sentences[k];
    uint32_t end = is_asked(s, k) ? at->first + at->count : at->first;
    telling += at->parsed && hear_block(s, k) != NULL;
    for (uint32_t i = at->first; there && i < end; i++) {
      if (!detect_wants(s, i)) continue;
      tokens[count++] = i;
      if (count < DETECTOR_AT_ONCE) continue;
      there = ask(s, out, tokens, count, &all);
      count = 0;
    }
  }
  if (!there || !ask(s, out, tokens, count, &all)) *out = (hearing){0}; /* states were not kept */
  for (uint32_t k = 0; k < out->sentences; k++) out->page += out->most[k] / (float)telling;
  return AN_OK;
}

const detection *heard_of(const hearing *h, uint32_t token) {
  return h->number == NULL || h->number[token] == AN_NONE ? NULL : &h->of[h->number[token]];
}

float heard_beside(const hearing *h, uint32_t sentence, uint32_t token) {
  return h->number == NULL ? 0 : h->at[sentence] == token ? h->next[sentence] : h->most[sentence];
}

float heard_around(const hearing *h, uint32_t sentence) {
  enum { FAR = 2 };
  float sum = 0;
  uint32_t count = 0;
  for (uint32_t k = sentence < FAR ? 0 : sentence - FAR; k <= sentence + FAR && k < h->sentences; k++)
    if (k != sentence) sum += h->most[k], count++;
  return count == 0 ? 0 : sum / (float)count;
}
