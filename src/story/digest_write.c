/* SPDX-License-Identifier: Apache-2.0 */
/* Left side of the double line: one reading, with its tokens still at hand, becomes a digest. */
#include "story/digest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SHINGLES = 96, SHINGLE = 5, LEAD_BODY_BLOCKS = 2, STANCE_GAP = 2, NEGATION_REACH = 3, MAX_ADDRESS = 1024,
       MAX_TITLE = 400, TRIES = 8 };

/* How much of a reading a digest takes; halved until the digest fits. */
typedef struct caps { uint32_t events, statements, quantities, entities, text, words; } caps;

typedef struct writer {
  const an_digest_in *in;
  an_arena *arena;
  uint32_t *mention_of;                  /* token -> innermost mention, or AN_NONE */
  bool *lead_block;
  bool short_of;
} writer;

static void *take(writer *w, uint32_t count, size_t size) {
  void *made = an_arena_take(w->arena, count, size);
  if (made == NULL) w->short_of = true;
  return made;
}

/* ---- Words ------------------------------------------------------------------------------------ */

static const an_mention_at *mention(const writer *w, uint32_t token) {
  uint32_t m = w->mention_of[token];
  return m == AN_NONE ? NULL : &w->in->mentions->list.at[m];
}

/* A named thing's key: a person or organisation by itself, everything that stands for a country by the country. */
static an_text key_of(const an_mention_at *m) {
  const an_party *who = &m->m.who;
  if (m->m.kind == AN_MENTION_PERSON || m->m.kind == AN_MENTION_ORGANISATION)
    return who->entity.at != NULL ? who->entity : who->name;
  return who->country.at != NULL ? who->country : who->entity;
}

static bool is_content(const an_token *t) {
  return t->upos == AN_NOUN || t->upos == AN_VERB || t->upos == AN_ADJ || t->upos == AN_PROPN || t->upos == AN_NUM;
}

static int by_key(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static dg_words sorted(uint32_t *keys, uint32_t count, uint32_t max) {
  qsort(keys, count, sizeof *keys, by_key);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (keys[i] != 0 && (kept == 0 || keys[kept - 1] != keys[i])) keys[kept++] = keys[i];
  return (dg_words){keys, kept < max ? kept : max};
}

static uint32_t word_key(const writer *w, uint32_t token) {
  const an_token *t = &w->in->words->tokens[token];
  const an_mention_at *m = mention(w, token);
  an_text key = m == NULL ? (an_text){0} : key_of(m);
  if (key.at != NULL) return dg_word_key(an_fold_hash(key), true);
  return is_content(t) && t->lemma_fold != 0 ? dg_word_key(t->lemma_fold, false) : 0;
}

static dg_words words_between(writer *w, uint32_t first, uint32_t end, uint32_t max) {
  uint32_t *keys = take(w, end > first ? end - first : 0, sizeof *keys);
  if (keys == NULL) return (dg_words){0};
  for (uint32_t i = first; i < end; i++) keys[i - first] = word_key(w, i);
  return sorted(keys, end > first ? end - first : 0, max);
}

/* Tokens that begin inside a clean range. */
static void tokens_in(const an_words *words, an_span clean, uint32_t *first, uint32_t *end) {
  uint32_t low = 0, high = words->token_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (words->tokens[middle].at.begin < clean.begin) low = middle + 1;
    else high = middle;
  }
  *first = *end = low;
  while (*end < words->token_count && words->tokens[*end].at.begin < clean.end) ++*end;
}

static dg_words words_in(writer *w, an_span clean, uint32_t max) {
  uint32_t first, end;
  tokens_in(w->in->words, clean, &first, &end);
  return words_between(w, first, end, max);
}

/* The first words of a clean range, as page bytes and text that say the same. */
static an_text beginning(const writer *w, an_span clean, uint32_t max, an_span *shown) {
  an_text text = an_text_slice(w->in->words->text, clean.begin, clean.end);
  if (text.size > max) {
    while (max > 0 && text.at[max] != ' ') max--;
    text.size = max;
  }
  *shown = text.size == 0 ? (an_span){0, 0} : an_page_raw(w->in->article, (an_span){clean.begin, clean.begin + text.size});
  return text;
}

/* ---- What kinds of words mean: data/lexicon/beyond.tsv, stance.tsv ------------------------------- */

/* "also signed other documents": the object of the trigger is more of what was counted elsewhere. */
static bool tells_of_others(const writer *w, uint32_t trigger) {
  const an_table *beyond = an_lexicon_table(w->in->lexicon, "beyond");
  const an_words *words = w->in->words;
  if (beyond == NULL || trigger == AN_NONE) return false;
  uint32_t object = an_child_by(words, trigger, AN_OBJ);
  if (object == AN_NONE) object = an_child_by(words, trigger, AN_NSUBJ_PASS);
  if (object == AN_NONE) return false;
  for (uint32_t c = an_child(words, object, AN_NONE); c != AN_NONE; c = an_child(words, object, c))
    if (an_table_find_key(beyond, words->tokens[c].lemma_fold).count > 0) return true;
  return false;
}

static bool is_negated(const writer *w, uint32_t token, uint32_t first) {
  for (uint32_t i = token; i > first && token - i < NEGATION_REACH; i--) {
    const an_token *t = &w->in->words->tokens[i - 1];
    if (t->upos == AN_PART && t->rel == AN_ADVMOD) return true;
  }
  return false;
}

/* The row's key, lemma by lemma, with at most STANCE_GAP function words in between. */
static bool key_stands_at(const writer *w, an_text key, uint32_t at, uint32_t end, uint32_t *last) {
  uint32_t from = 0;
  while (from < key.size) {
    uint32_t to = an_text_find(key, from, AN_LIT(" "));
    if (to == AN_NONE) to = key.size;
    uint64_t fold = an_fold_hash(an_text_slice(key, from, to));
    uint32_t gap = 0;
    while (at < end && w->in->words->tokens[at].lemma_fold != fold && w->in->words->tokens[at].fold != fold) {
      if (from == 0 || ++gap > STANCE_GAP) return false;
      at++;
    }
    if (at == end) return false;
    *last = at++;
    from = to + 1;
  }
  return true;
}

static uint8_t stance_of(const writer *w, uint32_t first, uint32_t end, an_span *clean) {
  const an_table *table = an_lexicon_table(w->in->lexicon, "stance");
  if (table == NULL) return DG_STANCE_NONE;
  uint32_t column = an_table_column(table, "stance");
  for (uint32_t i = first; i < end; i++) {
    const an_token *t = &w->in->words->tokens[i];
    an_rows found[] = {an_table_find(table, t->lemma_fold), an_table_find(table, t->fold)};
    for (unsigned k = 0; k < 2; k++) {
      for (uint32_t r = found[k].first; r < found[k].first + found[k].count; r++) {
        uint32_t last = i;
        if (!key_stands_at(w, an_table_cell(table, r, 0), i, end, &last)) continue;
        an_text says = an_table_cell(table, r, column);
        uint8_t stance = an_text_is(says, "given") ? DG_GIVEN : an_text_is(says, "pending") ? DG_PENDING : DG_REFUSED;
        if (is_negated(w, i, first)) stance = stance == DG_GIVEN ? DG_REFUSED : DG_STANCE_NONE;
        if (stance == DG_STANCE_NONE) continue;
        *clean = (an_span){t->at.begin, w->in->words->tokens[last].at.end};
        return stance;
      }
    }
  }
  return DG_STANCE_NONE;
}

/* ---- Items ------------------------------------------------------------------------------------ */

static dg_parties parties(writer *w, const an_party *from, uint32_t count) {
  dg_parties to = {take(w, count, sizeof(dg_party)), count};
  for (uint32_t i = 0; to.at != NULL && i < count; i++) {
    const an_party *p = &from[i];
    to.at[i] = (dg_party){.name = p->name, .text = p->is_private ? (an_text){0} : p->text, .entity = p->entity,
                          .country = p->country, .sector = p->sector, .group = p->group, .office = p->office};
  }
  return to;
}

static dg_when time_of(const writer *w, uint32_t index) {
  const an_time *t = &w->in->reading->times[index];
  return (dg_when){.span = t->span, .text = t->text, .days = t->days, .anchor = t->anchor,
                   .title = w->in->times->list.at[index].title};
}

static dg_event event(writer *w, uint32_t i, const caps *cap) {
  const an_event *e = &w->in->reading->events[i];
  const an_event_at *at = &w->in->events->list.at[i];
  const an_words *words = w->in->words;
  char id[16];
  an_event_id(w->in->reading, i, id);
  dg_event out = {.id = an_arena_copy(w->arena, id, strlen(id)), .trigger = e->trigger.begin, .trigger_end = e->trigger.end,
                  .trigger_text = an_text_slice(words->text, at->e.trigger.begin, at->e.trigger.end), .evidence = e->evidence,
                  .type = e->type, .mode = e->mode, .cameo = e->cameo,
                  .quad = e->quad, .realis = e->realis, .score = e->score, .goldstein = e->goldstein,
                  .mutual = e->mutual, .negated = e->negated, .background = e->background,
                  .told_by = e->told_by, .repeats = e->repeats, .through = e->told_through.name, .confidence = e->confidence};
  out.text = beginning(w, at->e.evidence, cap->text, &out.shown);
  out.actors = parties(w, e->actors, e->actor_count);
  out.recipients = parties(w, e->recipients, e->recipient_count);
  out.contexts = take(w, e->context_count, sizeof(an_text));
  out.context_count = out.contexts == NULL ? 0 : e->context_count;
  if (out.context_count > 0) memcpy(out.contexts, e->contexts, e->context_count * sizeof(an_text));
  if (e->time != AN_NONE) out.when = time_of(w, e->time);
  out.when.days = e->when;
  out.when.anchor = e->when_anchor;
  out.when.basis = e->when_basis;
  out.when.precision = e->when_precision;
  const an_place *p = &e->where;
  out.where = (dg_place){p->span, p->text, p->name, p->country, p->admin1, p->geonames, p->lat, p->lon, p->precision, p->basis};
  out.lead = at->sentence != AN_NONE && w->lead_block[words->sentences[at->sentence].block];
  out.others = tells_of_others(w, at->trigger);
  out.trigger_word = at->trigger == AN_NONE ? 0 : dg_word_key(words->tokens[at->trigger].lemma_fold, false);
  out.words = words_in(w, at->e.evidence, cap->words);
  return out;
}

static dg_statement statement(writer *w, uint32_t i, const caps *cap) {
  const an_statement *s = &w->in->reading->statements[i];
  const an_statement_at *at = &w->in->statements->list.at[i];
  dg_statement out = {.kind = s->kind, .repeats = s->repeats, .content_count = s->content_count};
  out.speakers = parties(w, s->speakers, s->speaker_count);
  out.through = take(w, s->through_count, sizeof(an_text));
  for (uint32_t k = 0; out.through != NULL && k < s->through_count; k++) out.through[out.through_count++] = s->through[k].name;
  out.content = take(w, s->content_count, sizeof(an_span));
  if (out.content == NULL) return out;
  memcpy(out.content, s->content, s->content_count * sizeof(an_span));
  if (s->content_count > 0)
    out.text = beginning(w, at->s.content[0], cap->text, &out.shown);
  out.words = words_between(w, at->first, at->end, cap->words);
  an_span clean = {0, 0};
  out.stance = s->doubtful.at == NULL ? stance_of(w, at->first, at->end, &clean) : DG_STANCE_NONE;
  if (out.stance != DG_STANCE_NONE) out.stance_span = an_page_raw(w->in->article, clean);
  return out;
}

/* The date nearest to a quantity in its sentence: "rose 70% last year". */
static uint32_t scope_time(const writer *w, an_span clean) {
  const an_words *words = w->in->words;
  uint32_t first, end, best = AN_NONE, best_gap = AN_NONE;
  tokens_in(words, clean, &first, &end);
  if (first == words->token_count) return AN_NONE;
  for (uint32_t i = 0; i < w->in->times->list.count; i++) {
    const an_time_at *t = &w->in->times->list.at[i];
    if (t->t.type != AN_TIME_DATE || t->sentence != words->tokens[first].sentence) continue;
    uint32_t gap = t->first >= end ? t->first - end : first >= t->end ? first - t->end : AN_NONE;
    if (gap < best_gap) {
      best = i;
      best_gap = gap;
    }
  }
  return best;
}

static uint32_t of_word(const writer *w, an_text of, an_span sentence) {
  uint32_t first, end;
  if (of.at == NULL) return 0;
  tokens_in(w->in->words, sentence, &first, &end);
  uint32_t space = AN_NONE;
  for (uint32_t at = an_text_find(of, 0, AN_LIT(" ")); at != AN_NONE; at = an_text_find(of, at + 1, AN_LIT(" "))) space = at;
  an_text last = space == AN_NONE ? of : an_text_slice(of, space + 1, of.size);
  uint64_t fold = an_fold_hash(last);
  for (uint32_t i = first; i < end; i++)
    if (w->in->words->tokens[i].fold == fold && w->in->words->tokens[i].lemma_fold != 0)
      return dg_word_key(w->in->words->tokens[i].lemma_fold, false);
  return dg_word_key(fold, false);
}

static dg_quantity quantity(writer *w, uint32_t i, const caps *cap) {
  const an_quantity *q = &w->in->reading->quantities[i], *clean = &w->in->events->quantities[i];
  dg_quantity out = {.span = q->span, .sentence = q->sentence, .text = q->text, .of = q->of, .unit = q->unit,
                     .relation = q->relation, .value = q->value, .low = q->low, .high = q->high, .soft_low = q->soft_low,
                     .soft_high = q->soft_high, .statement = q->statement, .event = q->event};
  out.of_word = of_word(w, q->of, clean->sentence);
  uint32_t time = scope_time(w, clean->span);
  if (time != AN_NONE) out.scope = time_of(w, time);
  out.words = words_in(w, clean->sentence, cap->words);
  return out;
}

/* ---- The page as a whole ------------------------------------------------------------------------ */

/* Named things by how often and where, in the order of their first mention. */
static void entities(writer *w, dg *view, const caps *cap) {
  const an_mentions *m = w->in->mentions;
  AN_LIST(dg_entity) list = {0};
  for (uint32_t i = 0; i < m->list.count; i++) {
    const an_mention_at *at = &m->list.at[i];
    an_text key = key_of(at);
    if (key.at == NULL || at->m.who.is_private || at->first >= w->in->words->token_count) continue;
    uint32_t k = 0;
    while (k < list.count && !an_text_equal(list.at[k].key, key)) k++;
    if (k == cap->entities) continue;
    if (k == list.count) {
      dg_entity *made = AN_PUSH(w->arena, &list);
      if (made == NULL) { w->short_of = true; return; }
      *made = (dg_entity){.key = key, .name = at->m.who.name};
    }
    if (list.at[k].count < 255) list.at[k].count++;
    uint32_t block = w->in->words->sentences[w->in->words->tokens[at->first].sentence].block;
    list.at[k].lead |= w->lead_block[block];
  }
  view->entities = list.at;
  view->entity_count = list.count;
}

/* Who holds which office, as the page names them: two pages that name two presidents of one country are two stories. */
static void offices(writer *w, dg *view, const caps *cap) {
  const an_mentions *m = w->in->mentions;
  AN_LIST(dg_office) list = {0};
  for (uint32_t i = 0; i < m->list.count && list.count < cap->entities; i++) {
    const an_mention_at *at = &m->list.at[i];
    if (at->m.kind != AN_MENTION_PERSON || at->m.who.office.at == NULL || at->m.who.entity.at == NULL) continue;
    if (at->flags & (AN_MENTION_FORMER | AN_MENTION_PRONOUN)) continue;
    uint32_t k = 0;
    while (k < list.count && !(an_text_equal(list.at[k].office, at->m.who.office) && an_text_equal(list.at[k].person, at->m.who.entity))) k++;
    if (k < list.count) continue;
    dg_office *made = AN_PUSH(w->arena, &list);
    if (made == NULL) { w->short_of = true; return; }
    *made = (dg_office){at->m.who.office, at->m.who.entity};
  }
  view->offices = list.at;
  view->office_count = list.count;
}

/* A sample of the body's five-word runs, quotations left out: shared quotes are common property. The smallest hashes below
   a power of two (FracMinHash), so that containment can be estimated between pages of different length. */
static void shingles(writer *w, dg *view) {
  const an_words *words = w->in->words;
  uint32_t *keys = take(w, words->token_count, sizeof *keys), count = 0, run = 0;
  uint64_t window[SHINGLE];
  if (keys == NULL) return;
  for (uint32_t i = 0; i < words->token_count; i++) {
    const an_token *t = &words->tokens[i];
    uint8_t kind = w->in->article->blocks[words->sentences[t->sentence].block].kind;
    if (kind != AN_BLOCK_BODY || t->quote_depth > 0) { run = 0; continue; }
    if (t->upos == AN_PUNCT) continue;
    memmove(window, window + 1, sizeof window - sizeof *window);
    window[SHINGLE - 1] = t->fold;
    if (++run >= SHINGLE) keys[count++] = (uint32_t)an_hash64(window, sizeof window);
  }
  while (count >> view->scale > MAX_SHINGLES) view->scale++;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (view->scale == 0 || keys[i] >> (32 - view->scale) == 0) keys[kept++] = keys[i];
  view->shingles = sorted(keys, kept, 2 * MAX_SHINGLES);
}

static void head_words(writer *w, dg *view) {
  const an_words *words = w->in->words;
  uint32_t *keys = take(w, words->token_count, sizeof *keys), count = 0;
  for (uint32_t i = 0; keys != NULL && i < words->token_count; i++)
    if (w->lead_block[words->sentences[words->tokens[i].sentence].block]) keys[count++] = word_key(w, i);
  if (keys != NULL) view->head = sorted(keys, count, 96);
}

static void prepare(writer *w) {
  const an_article *a = w->in->article;
  w->lead_block = take(w, a->block_count, sizeof *w->lead_block);
  w->mention_of = take(w, w->in->words->token_count, sizeof *w->mention_of);
  if (w->short_of) return;
  uint32_t bodies = 0;
  for (uint32_t i = 0; i < a->block_count; i++) {
    bool body = a->blocks[i].kind == AN_BLOCK_BODY;
    w->lead_block[i] = a->blocks[i].kind == AN_BLOCK_TITLE || a->blocks[i].kind == AN_BLOCK_DECK || (body && bodies < LEAD_BODY_BLOCKS);
    bodies += body;
  }
  for (uint32_t i = 0; i < w->in->words->token_count; i++) w->mention_of[i] = AN_NONE;
  for (uint32_t m = 0; m < w->in->mentions->list.count; m++) {
    const an_mention_at *at = &w->in->mentions->list.at[m];
    for (uint32_t i = at->first; i < at->end && i < w->in->words->token_count; i++) {
      uint32_t old = w->mention_of[i];
      const an_mention_at *was = old == AN_NONE ? NULL : &w->in->mentions->list.at[old];
      if (was == NULL || at->end - at->first < was->end - was->first) w->mention_of[i] = m;
    }
  }
}

static void page_facts(writer *w, dg *view) {
  const an_reading *r = w->in->reading;
  memcpy(view->sha256, r->sha256, sizeof view->sha256);
  view->stamp = r->stamp;
  view->path = an_text_slice(r->page->path, 0, MAX_ADDRESS);
  view->url = an_text_slice(r->page->url, 0, MAX_ADDRESS);
  view->canonical = an_text_slice(r->canonical_url, 0, MAX_ADDRESS);
  view->outlet = an_text_slice(r->outlet.at != NULL ? r->outlet : r->outlet_domain, 0, MAX_TITLE);
  view->title = an_text_slice(r->title, 0, MAX_TITLE);
  view->published = r->published.days;
  view->day = r->published.day;
  view->basis = r->published.basis;
  view->pub_stamp = r->published.stamp;
  view->pub_modified = r->published.modified;
  uint32_t count = r->published.evidence_count < 4 ? r->published.evidence_count : 4;
  view->evidence = take(w, count, sizeof *view->evidence);
  for (uint32_t i = 0; view->evidence != NULL && i < count; i++) {
    const an_evidence *e = &r->published.evidence[i];
    view->evidence[view->evidence_count++] = (dg_evidence){e->span, an_text_slice(e->text, 0, 120), e->says, e->days};
  }
}

static uint32_t at_most(uint32_t count, uint32_t max) { return count < max ? count : max; }

static void items(writer *w, dg *view, const caps *cap) {
  view->event_count = at_most(w->in->reading->event_count, cap->events);
  view->statement_count = at_most(w->in->reading->statement_count, cap->statements);
  view->quantity_count = at_most(w->in->reading->quantity_count, cap->quantities);
  view->events = take(w, view->event_count, sizeof *view->events);
  view->statements = take(w, view->statement_count, sizeof *view->statements);
  view->quantities = take(w, view->quantity_count, sizeof *view->quantities);
  if (w->short_of) return;
  for (uint32_t i = 0; i < view->event_count; i++) {
    view->events[i] = event(w, i, cap);
    if (view->events[i].told_by >= view->statement_count) view->events[i].told_by = AN_NONE;
    if (view->events[i].repeats >= view->event_count) view->events[i].repeats = AN_NONE;
  }
  for (uint32_t i = 0; i < view->statement_count; i++) {
    view->statements[i] = statement(w, i, cap);
    if (view->statements[i].repeats >= view->statement_count) view->statements[i].repeats = AN_NONE;
  }
  for (uint32_t i = 0; i < view->quantity_count; i++) {
    view->quantities[i] = quantity(w, i, cap);
    if (view->quantities[i].statement >= view->statement_count) view->quantities[i].statement = AN_NONE;
    if (view->quantities[i].event >= view->event_count) view->quantities[i].event = AN_NONE;
  }
}

an_status an_digest_write(const an_digest_in *in, an_arena *arena, an_digest *out, an_error *err) {
  writer w = {.in = in, .arena = arena};
  prepare(&w);
  an_buf buf;
  an_buf_init(&buf, AN_DIGEST_MAX);
  caps cap = {.events = 64, .statements = 64, .quantities = 48, .entities = 40, .text = 240, .words = 32};
  an_status status = w.short_of ? AN_ERR_LIMIT : AN_ERR_USAGE;
  /* Less of each list at every try: what a page tells first is kept. */
  for (unsigned tries = 0; tries < TRIES && status != AN_OK && !w.short_of; tries++) {
    dg view = {0};
    page_facts(&w, &view);
    entities(&w, &view, &cap);
    offices(&w, &view, &cap);
    shingles(&w, &view);
    head_words(&w, &view);
    items(&w, &view, &cap);
    if (w.short_of) break;
    an_buf_free(&buf);
    an_buf_init(&buf, AN_DIGEST_MAX);
    status = dg_write(&view, &buf, err);
    if (tries % 2 == 0) cap.text /= 2;
    cap.events = cap.events * 3 / 4;
    cap.statements = cap.statements * 3 / 4;
    cap.quantities = cap.quantities * 3 / 4;
    cap.words = cap.words * 3 / 4;
    if (tries + 2 == TRIES) cap = (caps){0};
  }
  if (status == AN_OK) {
    an_text bytes = an_arena_copy(arena, buf.at, buf.size);
    if (bytes.at == NULL) w.short_of = true;
    *out = (an_digest){(const uint8_t *)bytes.at, bytes.size};
  }
  an_buf_free(&buf);
  if (w.short_of) return an_fail(err, AN_ERR_LIMIT, "digest", "the page needs more memory than --max-arena allows");
  return status;
}
