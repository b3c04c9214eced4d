/* SPDX-License-Identifier: Apache-2.0 */
/* The last step of the map: what the rooms found, in ranges of the clean text, becomes a reading in ranges of page bytes.
   Rooms' lists stay as they are (the digest still reads their tokens); the reading has copies. */
#include "engine.h"

#include <string.h>

typedef struct maker { an_worker *w; an_arena *arena; const an_article *article; const an_document *d; bool short_of; } maker;

void an_page_sha256(const an_page *page, char hex[65]) {
  uint8_t sha256[32];
  an_sha256(page->bytes, page->size, sha256);
  an_hex(sha256, sizeof sha256, hex);
}

static an_span raw(const maker *m, an_span clean) {
  return clean.begin < clean.end ? an_page_raw(m->article, clean) : (an_span){0, 0};
}

static void *copy(maker *m, const void *from, size_t count, size_t size) {
  void *to = an_arena_take(m->arena, count, size);
  if (to == NULL) m->short_of = true;
  else if (count > 0) memcpy(to, from, count * size);
  return to;
}
#define COPY(m, from, count) copy((m), (from), (count), sizeof *(from))

/* Private people stay private by default (rule 11 of docs/architecture.md): their range stays, their name does not. */
static const an_mention_at *mention_of(const maker *m, const an_party *party) {
  uint32_t count = m->d->mentions.list.count;
  if (party->mention == AN_NONE) return NULL;
  return party->mention < count ? &m->d->mentions.list.at[party->mention] : &m->d->mentions.inside.at[party->mention - count];
}

/* Neither the world file nor the page gives whoever it is a public part. */
static bool unknown(const maker *m, const an_party *party, uint8_t kind) {
  const an_mention_at *at = m->w->engine->options.private_names ? NULL : mention_of(m, party);
  return at != NULL && at->m.kind == kind && at->entity == AN_NONE && (at->flags & AN_MENTION_PUBLIC) == 0;
}

static bool nameless(const maker *m, const an_party *party) { return unknown(m, party, AN_MENTION_PERSON); }

/* "said Ann Other, a resident": the role is said of whoever is private, so it keeps its word and not the name. */
static void party_to_raw(const maker *m, an_party *party) {
  party->span = raw(m, party->span);
  party->antecedent_span = raw(m, party->antecedent_span);
  party->is_private = nameless(m, party);
  if (party->is_private || unknown(m, party, AN_MENTION_ROLE)) party->name = party->given = party->family = (an_text){0};
}

static const an_party *parties(maker *m, const an_party *from, uint32_t count) {
  an_party *to = COPY(m, from, count);
  for (uint32_t i = 0; to != NULL && i < count; i++) party_to_raw(m, &to[i]);
  return to;
}

static void quantity_to_raw(const maker *m, an_quantity *q) {
  q->span = raw(m, q->span);
  q->sentence = raw(m, q->sentence);
}

static const an_quantity *quantities(maker *m, const an_quantity *from, uint32_t count) {
  an_quantity *to = COPY(m, from, count);
  for (uint32_t i = 0; to != NULL && i < count; i++) quantity_to_raw(m, &to[i]);
  return to;
}

static void make_blocks(maker *m, an_reading *r) {
  const an_article *a = m->article;
  an_block *blocks = AN_NEW(m->arena, an_block, a->block_count);
  if (blocks == NULL) { m->short_of = true; return; }
  for (uint32_t i = 0; i < a->block_count; i++) blocks[i] = (an_block){a->blocks[i].raw, a->blocks[i].kind};
  r->blocks = blocks;
  r->block_count = a->block_count;
}

static bool is_article_text(uint8_t kind) {
  return kind == AN_BLOCK_TITLE || kind == AN_BLOCK_DECK || kind == AN_BLOCK_SUBHEAD || kind == AN_BLOCK_BODY ||
         kind == AN_BLOCK_DATELINE;
}

/* The clean article: title, deck, subheads and body, a block a line. */
static void make_text(maker *m, an_reading *r) {
  const an_article *a = m->article;
  uint32_t size = 0;
  for (uint32_t i = 0; i < a->block_count; i++)
    if (is_article_text(a->blocks[i].kind)) size += a->blocks[i].clean.end - a->blocks[i].clean.begin + 1;
  char *to = an_arena_take(m->arena, size, 1);
  if (to == NULL) { m->short_of = true; return; }
  uint32_t at = 0;
  for (uint32_t i = 0; i < a->block_count; i++) {
    an_span clean = a->blocks[i].clean;
    if (!is_article_text(a->blocks[i].kind)) continue;
    if (at > 0) to[at++] = '\n';
    memcpy(to + at, a->text.at + clean.begin, clean.end - clean.begin);
    at += clean.end - clean.begin;
  }
  r->text = (an_text){to, at};
}

static const an_meta *best_meta(const an_article *a, an_meta_kind kind) {
  const an_meta *best = NULL;
  for (uint32_t i = 0; i < a->meta_count; i++)
    if (a->meta[i].kind == kind && (best == NULL || a->meta[i].strength > best->strength)) best = &a->meta[i];
  return best;
}

static void make_metadata(maker *m, an_reading *r, const an_page *page) {
  const an_article *a = m->article;
  const an_meta *section = best_meta(a, AN_META_SECTION), *canonical = best_meta(a, AN_META_CANONICAL);
  r->seen = a->text;
  r->runs = a->runs;
  r->run_count = a->run_count;
  r->media_type = a->media_type;
  r->charset = a->charset;
  r->language = a->language;
  r->host = a->host;
  r->title = a->title_text;
  r->title_span = a->title_raw;
  r->section = section == NULL ? (an_text){0} : section->value;
  r->canonical_url = canonical == NULL ? (an_text){0} : canonical->value;
  r->outlet = page->outlet.at != NULL ? page->outlet : m->d->outlet.name;
  r->outlet_domain = m->d->outlet.domain;
  r->outlet_span = page->outlet.at != NULL ? (an_span){0, 0} : m->d->outlet.raw;
  AN_LIST(an_author) authors = {0};
  for (uint32_t i = 0; i < a->meta_count; i++) {
    if (a->meta[i].kind != AN_META_AUTHOR) continue;
    an_author *author = AN_PUSH(m->arena, &authors);
    if (author == NULL) { m->short_of = true; return; }
    *author = (an_author){a->meta[i].raw, a->meta[i].value};
  }
  r->authors = authors.at;
  r->author_count = authors.count;
}

static void make_times(maker *m, an_reading *r) {
  uint32_t count = m->d->times.list.count;
  an_time *times = AN_NEW(m->arena, an_time, count);
  if (times == NULL) { m->short_of = true; return; }
  for (uint32_t i = 0; i < count; i++) {
    times[i] = m->d->times.list.at[i].t;
    times[i].span = raw(m, times[i].span);
  }
  r->times = times;
  r->time_count = count;
}

static void make_mentions(maker *m, an_reading *r) {
  uint32_t own = m->d->mentions.list.count, count = own + m->d->mentions.inside.count;
  an_mention *mentions = AN_NEW(m->arena, an_mention, count);
  if (mentions == NULL) { m->short_of = true; return; }
  for (uint32_t i = 0; i < count; i++) {
    const an_mention_at *at = i < own ? &m->d->mentions.list.at[i] : &m->d->mentions.inside.at[i - own];
    mentions[i] = at->m;
    mentions[i].marks = at->flags;
    mentions[i].who.mention = i;
    if (at->m.kind == AN_MENTION_PERSON && at->name_span.end > at->name_span.begin) { /* the name, without its title */
      mentions[i].who.span = at->name_span;
      mentions[i].who.text = an_text_slice(m->d->words.text, at->name_span.begin, at->name_span.end);
    }
    party_to_raw(m, &mentions[i].who);
  }
  r->mentions = mentions;
  r->mention_count = count;
}

/* Who passed a statement on is credited by name, unless the words are those of a private person. */
static void source_to_raw(const maker *m, an_source *source) {
  const an_mentions *all = &m->d->mentions;
  for (uint32_t i = 0; i < all->list.count && source->name.size > 0; i++) {
    const an_span at = all->list.at[i].m.who.span;
    const an_party party = {.mention = i};
    if (at.begin < source->span.end && at.end > source->span.begin && nameless(m, &party)) source->name = (an_text){0};
  }
  source->span = raw(m, source->span);
}

static void make_statements(maker *m, an_reading *r) {
  uint32_t count = m->d->statements.list.count;
  an_statement *statements = AN_NEW(m->arena, an_statement, count);
  if (statements == NULL) { m->short_of = true; return; }
  for (uint32_t i = 0; i < count; i++) {
    an_statement *s = &statements[i];
    *s = m->d->statements.list.at[i].s;
    s->cue = raw(m, s->cue);
    s->speakers = parties(m, s->speakers, s->speaker_count);
    an_source *through = COPY(m, s->through, s->through_count);
    for (uint32_t k = 0; through != NULL && k < s->through_count; k++) source_to_raw(m, &through[k]);
    s->through = through;
    an_span *content = COPY(m, s->content, s->content_count);
    for (uint32_t k = 0; content != NULL && k < s->content_count; k++) content[k] = raw(m, content[k]);
    s->content = content;
  }
  r->statements = statements;
  r->statement_count = count;
}

static void make_events(maker *m, an_reading *r) {
  const an_events *from = &m->d->events;
  an_event *events = AN_NEW(m->arena, an_event, from->list.count);
  if (events == NULL) { m->short_of = true; return; }
  for (uint32_t i = 0; i < from->list.count; i++) {
    an_event *e = &events[i];
    *e = from->list.at[i].e;
    e->actors = parties(m, e->actors, e->actor_count);
    e->recipients = parties(m, e->recipients, e->recipient_count);
    e->quantities = quantities(m, e->quantities, e->quantity_count);
    e->trigger = raw(m, e->trigger);
    e->evidence = raw(m, e->evidence);
    e->where.span = raw(m, e->where.span);
    source_to_raw(m, &e->told_through);
  }
  r->events = events;
  r->event_count = from->list.count;
  r->quantities = quantities(m, from->quantities, from->quantity_count);
  r->quantity_count = from->quantity_count;
}

static void make_problems(maker *m, an_reading *r) {
  const an_article *a = m->article;
  AN_LIST(an_problem) problems = {0};
  const an_problem more[] = {
      {m->d->limit.what, m->d->limit.span},
      {m->d->clash.what, m->d->clash.span},
      {m->d->words.cut ? AN_LIT("more words than are analysed; the rest is article only") : (an_text){0}, {0, 0}},
      {m->d->words.pieces.end > 0 ? AN_LIT("a sentence of more words than are read at once; it was read in pieces") : (an_text){0},
       m->d->words.pieces.end > 0 ? raw(m, m->d->words.pieces) : (an_span){0, 0}},
      {m->d->statements.left_out.end > 0 ? AN_LIT("more statements than are kept; the rest is left out") : (an_text){0},
       m->d->statements.left_out.end > 0 ? raw(m, m->d->statements.left_out) : (an_span){0, 0}},
      {m->d->events.crowded.end > 0 ? AN_LIT("an act of more parties on a side than are told; the rest is left out") : (an_text){0},
       m->d->events.crowded.end > 0 ? raw(m, m->d->events.crowded) : (an_span){0, 0}},
      {!a->is_article || an_text_is(a->language, "en") ? (an_text){0}
       : a->language.at == NULL ? AN_LIT("language not known: article only") : AN_LIT("not English: article only"), {0, 0}},
  };
  uint32_t extra = sizeof more / sizeof *more;
  for (uint32_t i = 0; i < a->problem_count + extra; i++) {
    const an_problem *from = i < a->problem_count ? &a->problems[i] : &more[i - a->problem_count];
    if (from->what.at == NULL) continue;
    an_problem *problem = AN_PUSH(m->arena, &problems);
    if (problem == NULL) { m->short_of = true; return; }
    *problem = *from;
  }
  r->problems = problems.at;
  r->problem_count = problems.count;
}

static void make_sentences(maker *m, an_reading *r) {
  uint32_t count = m->d->words.sentence_count;
  an_span *spans = AN_NEW(m->arena, an_span, count);
  if (spans == NULL) { m->short_of = true; return; }
  for (uint32_t i = 0; i < count; i++) {
    spans[i] = raw(m, m->d->words.sentences[i].at);
    r->words += m->d->words.sentences[i].count;
  }
  r->sentence_spans = spans;
  r->sentences = count;
}

an_status an_reading_make(an_worker *worker, const an_page *page, an_document *document, an_error *err) {
  maker m = {worker, &worker->arena, &document->article, document, false};
  an_reading *r = &worker->reading;
  *r = (an_reading){.page = page, .stamp = worker->engine->stamp, .furniture = an_furniture_checksum(worker->engine->furniture), .published = document->published};
  an_sha256(page->bytes, page->size, r->sha256);
  make_blocks(&m, r);
  make_text(&m, r);
  make_metadata(&m, r, page);
  make_times(&m, r);
  make_mentions(&m, r);
  make_statements(&m, r);
  make_events(&m, r);
  make_problems(&m, r);
  make_sentences(&m, r);
  r->sentences_parsed = document->parsed;
  if (m.short_of) return an_fail(err, AN_ERR_LIMIT, "reading", "the page needs more memory than --max-arena allows");
  return AN_OK;
}

/* What remains of a page that met a limit: who it is, and the problem. */
an_status an_reading_of_problem(an_worker *worker, const an_page *page, const an_error *what, an_error *err) {
  an_reading *r = &worker->reading;
  *r = (an_reading){.page = page, .stamp = worker->engine->stamp, .furniture = an_furniture_checksum(worker->engine->furniture)};
  r->published.days = AN_DAYS_ANY;
  r->published.day = AN_DAY_OPEN_EARLIEST;
  an_sha256(page->bytes, page->size, r->sha256);
  an_problem *problem = AN_NEW(&worker->arena, an_problem, 1);
  AN_NEED(problem, err, "reading");
  problem->what = an_arena_printf(&worker->arena, "%s: %s", what->step, what->message);
  r->problems = problem;
  r->problem_count = 1;
  return AN_OK;
}
