/* SPDX-License-Identifier: Apache-2.0 */
#include "speech/inner.h"

/* Innermost mention of every token: of two that hold it the shorter wins. */
static void place_mentions(an_walk *walk) {
  for (uint32_t token = 0; token < walk->words->token_count; token++) walk->mention_of[token] = AN_NONE;
  for (uint32_t i = 0; i < walk->mentions->list.count; i++) {
    const an_mention_at *m = &walk->mentions->list.at[i];
    for (uint32_t token = m->first; token < m->end && token < walk->words->token_count; token++) {
      uint32_t there = walk->mention_of[token];
      if (there != AN_NONE) {
        const an_mention_at *other = &walk->mentions->list.at[there];
        if (other->end - other->first <= m->end - m->first) continue;
      }
      walk->mention_of[token] = i;
    }
  }
}

/* A quotation may be spoken by the "he" of a later sentence: fill him in once he is known. */
static void fill_speakers(an_walk *walk, uint32_t sentence) {
  uint32_t from = walk->draft_count > 4 ? walk->draft_count - 4 : 0;
  for (uint32_t i = from; i < walk->draft_count; i++) {
    an_draft *draft = &walk->drafts[i];
    for (uint32_t s = 0; s < draft->speaker_count; s++)
      if (draft->speaker_mention[s] == AN_NONE && an_tok(walk, draft->speaker[s].first)->sentence == sentence)
        draft->speaker_mention[s] = walk->mention_of[draft->speaker[s].end - 1];
  }
}

static void remember_speaker(an_walk *walk, uint32_t sentence) {
  uint32_t from = walk->draft_count > 4 ? walk->draft_count - 4 : 0;
  for (uint32_t i = from; i < walk->draft_count; i++) {
    const an_draft *draft = &walk->drafts[i];
    if (draft->dropped || draft->parent != AN_NONE || draft->speaker_count != 1 || draft->speaker_mention[0] == AN_NONE) continue;
    if (an_tok(walk, draft->speaker[0].first)->sentence != sentence) continue;
    walk->last_speaker = draft->speaker_mention[0];
    walk->last_speaker_sentence = sentence;
  }
}

an_status an_speech_find(const an_lexicon *lexicon, const an_world *world, const an_article *article, const an_words *words,
                         const an_times *times, an_mentions *mentions, an_arena *arena, const an_tracer *trace,
                         an_statements *out, an_error *err) {
  an_walk *walk = AN_NEW(arena, an_walk, 1);
  AN_NEED(walk, err, "speech");
  *walk = (an_walk){.lexicon = lexicon, .world = world, .article = article, .words = words, .times = times, .mentions = mentions,
                    .arena = arena, .trace = trace, .last_speaker = AN_NONE, .last_subject = AN_NONE, .left_out = AN_NONE};
  AN_TRY(an_speech_open(walk, err));
  walk->mention_of = AN_NEW(arena, uint32_t, (size_t)words->token_count + 1);
  for (uint32_t i = 0; i < mentions->list.count; i++)
    if (mentions->list.at[i].chain >= walk->chain_count) walk->chain_count = mentions->list.at[i].chain + 1;
  walk->gender_of = AN_NEW(arena, uint8_t, (size_t)walk->chain_count + 1);
  walk->role_of = AN_NEW(arena, uint32_t, (size_t)walk->chain_count + 1);
  walk->used = AN_NEW(arena, uint8_t, (size_t)words->token_count + 1);
  uint32_t room = words->token_count / 4 + 16;
  walk->draft_room = room < AN_MOST_STATEMENTS ? room : AN_MOST_STATEMENTS;
  walk->drafts = AN_NEW(arena, an_draft, walk->draft_room);
  if (walk->mention_of == NULL || walk->used == NULL || walk->gender_of == NULL || walk->role_of == NULL || walk->drafts == NULL) AN_NEED(NULL, err, "speech");
  for (uint32_t chain = 0; chain <= walk->chain_count; chain++) walk->role_of[chain] = AN_NONE;
  an_refer_open(walk);
  AN_TRY(an_anaphora_open(walk, err));
  AN_TRY(an_voice_open(walk, err));
  AN_TRY(an_told_open(walk, err));
  place_mentions(walk);
  uint32_t quote = 0;
  for (uint32_t i = 0; i < words->sentence_count; i++) {
    const an_sentence *sentence = &words->sentences[i];
    if (sentence->count == 0 || sentence->block >= article->block_count) continue;
    walk->sentence_first_draft = walk->draft_count;
    AN_TRY(an_refer_sentence(walk, i, err));
    fill_speakers(walk, i);
    an_headline_of(walk, i);
    AN_TRY(an_quotes_of(walk, &quote, i, err));
    an_frames_of(walk, i);
    an_told_of(walk, i);
    an_join_chains(walk, i);
    remember_speaker(walk, i);
    an_refer_remember(walk, i);
  }
  an_join_repeats(walk);
  AN_TRY(an_ahead_link(walk, err));
  an_refer_close(walk);
  if (walk->left_out != AN_NONE) out->left_out = words->sentences[walk->left_out].at;
  return an_join_emit(walk, out, err);
}

/* Two runs ascend: what world resolved, and what speech appended. In each the last mention that begins at or before the token,
   and a few before it, can hold it. */
static uint32_t search(const an_mentions *mentions, uint32_t from, uint32_t to, uint32_t token, uint32_t best) {
  uint32_t low = from, high = to;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (mentions->list.at[middle].first <= token) low = middle + 1;
    else high = middle;
  }
  for (uint32_t step = 0; step < 8 && low > from; step++) {
    low--;
    const an_mention_at *m = &mentions->list.at[low];
    if (token < m->first || token >= m->end) continue;
    if (best == AN_NONE || m->end - m->first < mentions->list.at[best].end - mentions->list.at[best].first) best = low;
  }
  return best;
}

uint32_t an_speech_mention_at(const an_mentions *mentions, uint32_t token) {
  uint32_t low = 0, high = mentions->list.count;
  while (low < high) { /* where speech's own begin */
    uint32_t middle = low + (high - low) / 2;
    if (mentions->list.at[middle].flags & AN_MENTION_PRONOUN) high = middle;
    else low = middle + 1;
  }
  uint32_t pronoun = search(mentions, low, mentions->list.count, token, AN_NONE);
  return pronoun != AN_NONE ? pronoun : search(mentions, 0, low, token, AN_NONE);
}
