/* SPDX-License-Identifier: Apache-2.0 */
/* annals code: one sentence with its pair of actors marked, past the page room and past the gate. Without marks all events of
   the sentence are found as on a page, which is how the frames' own examples are tested. */
#include "engine.h"

#include <string.h>

enum { MARKED_WORDS = 4096 };
typedef struct marks { an_text plain; an_span source, target; } marks; /* of several marks of one kind the first counts */

static bool mark_at(an_text text, uint32_t at, const char *mark, uint32_t *end) {
  uint32_t size = (uint32_t)strlen(mark);
  if (text.size - at < size || memcmp(text.at + at, mark, size) != 0) return false;
  *end = at + size;
  return true;
}

/* The sentence without its marks, and where they stood. Marks that do not close end with the sentence. */
static an_status strip(an_text marked, an_arena *arena, marks *out, an_error *err) {
  char *to = an_arena_take(arena, (size_t)marked.size + 1, 1);
  AN_NEED(to, err, "code");
  uint32_t size = 0, end = 0;
  bool source_open = false, target_open = false;
  *out = (marks){0};
  for (uint32_t at = 0; at < marked.size;) {
    bool opens_source = mark_at(marked, at, "<s>", &end), opens_target = !opens_source && mark_at(marked, at, "<t>", &end);
    bool closes_source = mark_at(marked, at, "</s>", &end), closes_target = !closes_source && mark_at(marked, at, "</t>", &end);
    if (opens_source && out->source.end == 0) { out->source.begin = size; source_open = true; }
    if (opens_target && out->target.end == 0) { out->target.begin = size; target_open = true; }
    if (closes_source && source_open) { out->source.end = size; source_open = false; }
    if (closes_target && target_open) { out->target.end = size; target_open = false; }
    if (opens_source || opens_target || closes_source || closes_target) at = end;
    else to[size++] = marked.at[at++];
  }
  if (source_open) out->source.end = size;
  if (target_open) out->target.end = size;
  out->plain = (an_text){to, size};
  return AN_OK;
}

static void tokens_of(const an_words *words, an_span span, uint32_t *first, uint32_t *end) {
  *first = *end = AN_NONE;
  for (uint32_t i = 0; i < words->token_count && span.begin < span.end; i++) {
    an_span at = words->tokens[i].at;
    if (at.end <= span.begin || at.begin >= span.end) continue;
    if (*first == AN_NONE) *first = i;
    *end = i + 1;
  }
}

/* A line of the text is a block. */
static an_status article_of(an_text text, an_arena *arena, an_article *out, an_error *err) {
  uint32_t count = 1;
  for (uint32_t i = 0; i < text.size; i++) count += text.at[i] == '\n';
  an_article_block *blocks = AN_NEW(arena, an_article_block, count);
  an_run *run = AN_NEW(arena, an_run, 1);
  AN_NEED(blocks, err, "code");
  AN_NEED(run, err, "code");
  count = 0;
  for (uint32_t begin = 0, i = 0; i <= text.size; i++) {
    if (i < text.size && text.at[i] != '\n') continue;
    if (i > begin || text.size == 0) blocks[count++] = (an_article_block){.clean = {begin, i}, .raw = {begin, i}, .kind = AN_BLOCK_BODY};
    begin = i + 1;
  }
  *run = (an_run){0, 0, text.size};
  *out = (an_article){.text = text, .runs = run, .run_count = 1, .blocks = blocks, .block_count = count, .title = AN_NONE,
                      .media_type = AN_LIT("text/plain"), .charset = AN_LIT("UTF-8"), .language = AN_LIT("en"), .is_article = true};
  return AN_OK;
}

static an_status before_events(an_worker *w, const an_page *page, const marks *m, an_document *d, an_pair *pair, an_error *err) {
  const an_engine *e = w->engine;
  an_arena *a = &w->arena;
  const an_tracer *t = &w->tracer;
  AN_TRY(an_language_split(&d->article, e->lexicon, MARKED_WORDS, a, t, &d->words, err));
  AN_TRY(an_world_find(e->world, &d->words, a, t, &d->candidates, err));
  an_naming *naming;
  AN_TRY(an_world_naming(e->world, e->namer, &d->words, &d->candidates, a, &naming, err));
  for (uint32_t s = 0; s < d->words.sentence_count; s++) {
    AN_TRY(an_language_tag(e->model, e->lexicon, &d->words, s, a, err));
    AN_TRY(an_world_name(naming, s, err));
    AN_TRY(an_language_keep(&d->words, s, a, err));
    AN_TRY(an_language_parse(e->model, &d->words, s, a, err));
    d->parsed++;
  }
  AN_TRY(an_world_named(naming, t, &d->candidates, err));
  AN_TRY(an_time_find(e->lexicon, &d->article, &d->words, a, t, &d->times, err));
  AN_TRY(an_time_anchor(&d->words, &d->published, &d->times, a, t, err));
  AN_TRY(an_world_resolve(e->world, e->lexicon, e->vectors, page, &d->article, &d->words, &d->candidates, d->published.days, a, t,
                          &d->mentions, &d->outlet, err));
  tokens_of(&d->words, m->source, &pair->source, &pair->source_end);
  tokens_of(&d->words, m->target, &pair->target, &pair->target_end);
  return an_speech_find(e->lexicon, e->world, &d->article, &d->words, &d->times, &d->mentions, a, t, &d->statements, err);
}

static an_status events(an_worker *w, an_document *d, an_pair pair, an_error *err) {
  const an_engine *e = w->engine;
  an_arena *a = &w->arena;
  const an_tracer *t = &w->tracer;
  if (pair.source == AN_NONE && pair.target == AN_NONE)
    AN_TRY(an_event_find(e->coder, e->world, &d->article, &d->words, &d->mentions, &d->times, &d->statements, &d->published, a, t,
                         &d->events, err));
  else
    AN_TRY(an_event_code(e->coder, e->world, &d->article, &d->words, &d->mentions, &d->times, &d->statements, &d->published, pair, a,
                         t, &d->events, err));
  return AN_OK;
}

an_status an_code_prepare(an_worker *worker, an_text marked, an_document **out, an_page **of, an_pair *pair, an_error *err) {
  an_arena_reset(&worker->arena);
  an_document *d = AN_NEW(&worker->arena, an_document, 1);
  an_page *page = AN_NEW(&worker->arena, an_page, 1);
  AN_NEED(d, err, "code");
  AN_NEED(page, err, "code");
  marks m = {0};
  AN_TRY(strip(marked, &worker->arena, &m, err));
  *page = (an_page){.bytes = (const uint8_t *)m.plain.at, .size = m.plain.size, .fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
  AN_TRY(article_of(m.plain, &worker->arena, &d->article, err));
  d->published = (an_published){.days = AN_DAYS_ANY, .day = AN_DAY_OPEN_EARLIEST};
  *out = d;
  *of = page;
  return before_events(worker, page, &m, d, pair, err);
}

an_status an_code_sentence(an_worker *worker, an_text marked, const an_reading **out, an_error *err) {
  if (worker == NULL || out == NULL) return an_fail(err, AN_ERR_USAGE, "code", "worker and out must be given");
  *out = NULL;
  an_document *d = NULL;
  an_page *page = NULL;
  an_pair pair = {.source = AN_NONE};
  AN_TRY(an_code_prepare(worker, marked, &d, &page, &pair, err));
  worker->document = d;
  an_status status = events(worker, d, pair, err);
  if (status == AN_OK) status = an_reading_make(worker, page, d, err);
  worker->document = NULL;
  if (status == AN_OK) *out = &worker->reading;
  return status;
}
