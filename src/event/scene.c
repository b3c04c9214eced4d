/* SPDX-License-Identifier: Apache-2.0 */
/* What every step of the room reads: which mention, time and statement a word stands in, looked up once a page. */
#include "event/find.h"

/* Every token's innermost mention. Mentions nest little, so that writing the wider ones first is linear in their words. */
static an_status index_mentions(scene *s, an_error *err) {
  uint32_t tokens = s->words->token_count;
  s->mention_of = AN_NEW(s->arena, uint32_t, tokens);
  AN_NEED(s->mention_of, err, "event");
  for (uint32_t i = 0; i < tokens; i++) s->mention_of[i] = AN_NONE;
  for (uint32_t m = 0; m < s->mentions->list.count; m++) {
    const an_mention_at *at = &s->mentions->list.at[m];
    for (uint32_t i = at->first; i < at->end && i < tokens; i++) {
      uint32_t before = s->mention_of[i];
      const an_mention_at *old = before == AN_NONE ? NULL : &s->mentions->list.at[before];
      bool inner = old == NULL || at->end - at->first < old->end - old->first ||
                   (at->end - at->first == old->end - old->first && (at->flags & AN_MENTION_PRONOUN) != 0);
      if (old != NULL && old->head == i && at->head != i) inner = false; /* the head of a phrase speaks for the phrase */
      if (old != NULL && at->head == i && old->head != i) inner = true;
      if (old != NULL && at->head == i && at->member_count > 0) inner = true; /* "the two sides" as those that speech found */
      if (old != NULL && old->head == i && old->member_count > 0) inner = false;
      if (inner) s->mention_of[i] = m;
    }
  }
  return AN_OK;
}

/* Expressions of time ascend; statements may nest, inner ones begin later. */
static an_status index_times_and_statements(scene *s, an_error *err) {
  uint32_t tokens = s->words->token_count, sentences = s->words->sentence_count, times = s->times->list.count, next = 0;
  s->time_of = AN_NEW(s->arena, uint32_t, tokens);
  s->statement_of = AN_NEW(s->arena, uint32_t, tokens);
  s->first_time = AN_NEW(s->arena, uint32_t, (size_t)sentences + 1);
  AN_NEED(s->time_of, err, "event");
  AN_NEED(s->statement_of, err, "event");
  AN_NEED(s->first_time, err, "event");
  for (uint32_t i = 0; i < tokens; i++) s->time_of[i] = s->statement_of[i] = AN_NONE;
  for (uint32_t t = 0; t < times; t++)
    for (uint32_t i = s->times->list.at[t].first; i < s->times->list.at[t].end && i < tokens; i++) s->time_of[i] = t;
  for (uint32_t k = 0; k <= sentences; k++) {
    while (next < times && s->times->list.at[next].sentence < k) next++;
    s->first_time[k] = next;
  }
  for (uint32_t n = 0; n < s->statements->list.count; n++) {
    const an_statement_at *at = &s->statements->list.at[n];
    for (uint32_t i = at->first, piece = 0; i < at->end && i < tokens && piece < at->s.content_count; i++) {
      uint32_t begin = s->words->tokens[i].at.begin, old = s->statement_of[i];
      while (piece < at->s.content_count && begin >= at->s.content[piece].end) piece++;
      bool inside = piece < at->s.content_count && begin >= at->s.content[piece].begin && i != at->cue;
      if (inside && (old == AN_NONE || at->first >= s->statements->list.at[old].first)) s->statement_of[i] = n;
    }
  }
  return AN_OK;
}

an_status scene_open(const an_coder *coder, const an_world *world, const an_article *article, const an_words *words,
                     const an_mentions *mentions, const an_times *times, const an_statements *statements,
                     const an_published *published, an_arena *arena, const an_tracer *trace, scene *out, an_error *err) {
  *out = (scene){.coder = coder, .world = world, .article = article, .words = words, .mentions = mentions, .times = times,
                 .statements = statements, .published = published, .arena = arena, .trace = trace};
  AN_TRY(index_mentions(out, err));
  return index_times_and_statements(out, err);
}
