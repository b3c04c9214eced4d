/* SPDX-License-Identifier: Apache-2.0 */
/* Left side of the double line: one reading, with its tokens still at hand, becomes a digest. */
#include "story/digest_write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SHINGLES = 96, SHINGLE = 5, LEAD_BODY_BLOCKS = 2, MAX_ADDRESS = 1024, MAX_TITLE = 400, TRIES = 8 };

/* ---- Items ------------------------------------------------------------------------------------ */

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

dg_parties dw_parties(writer *w, const an_party *from, uint32_t count) {
  dg_parties to = {dw_take(w, count, sizeof(dg_party)), count};
  for (uint32_t i = 0; to.at != NULL && i < count; i++) {
    const an_party *p = &from[i];
    bool pronoun = p->mention < w->in->mentions->list.count && (w->in->mentions->list.at[p->mention].flags & AN_MENTION_PRONOUN) != 0;
    bool other = p->name.at == NULL && (p->is_private || pronoun || p->antecedent.at != NULL); /* its own words say nobody, or a private name */
    to.at[i] = (dg_party){.name = p->name, .text = other ? p->antecedent : p->text, .entity = p->entity, .country = p->country, .sector = p->sector,
                          .group = p->group, .office = p->office, .span = other && p->antecedent.at != NULL ? p->antecedent_span : p->span};
  }
  return to;
}

dg_when dw_time(const writer *w, uint32_t index) {
  const an_time *t = &w->in->reading->times[index];
  return (dg_when){.span = t->span, .text = t->text, .days = t->days, .anchor = t->anchor,
                   .title = w->in->times->list.at[index].title};
}

/* A trait of a type (plover.tsv). */
static bool has_trait(const writer *w, an_text type, const char *trait) {
  const an_table *table = an_lexicon_table(w->in->lexicon, "plover");
  an_rows rows = table == NULL ? (an_rows){0, 0} : an_table_find_key(table, an_fold_hash(type));
  an_text cell = rows.count == 0 ? (an_text){0} : an_table_cell(table, rows.first, an_table_column(table, "traits"));
  return cell.at != NULL && an_text_find(cell, 0, an_text_of(trait)) != AN_NONE;
}

/* `e` in page bytes, `at` with its tokens. */
static dg_event event(writer *w, const an_event *e, const an_event_at *at, const caps *cap) {
  const an_words *words = w->in->words;
  dg_event out = {.trigger = e->trigger.begin, .trigger_end = e->trigger.end,
                  .trigger_text = an_text_slice(words->text, at->e.trigger.begin, at->e.trigger.end), .evidence = e->evidence,
                  .type = e->type, .mode = e->mode, .cameo = e->cameo,
                  .quad = e->quad, .realis = e->realis, .score = e->score, .goldstein = e->goldstein,
                  .mutual = e->mutual, .negated = e->negated, .background = e->background,
                  .told_by = e->told_by, .repeats = e->repeats, .through = e->told_through.name, .confidence = e->confidence};
  out.text = dw_beginning(w, at->e.evidence, cap->text, &out.shown);
  out.actors = dw_parties(w, e->actors, e->actor_count);
  out.recipients = dw_parties(w, e->recipients, e->recipient_count);
  out.contexts = dw_take(w, e->context_count, sizeof(an_text));
  out.context_count = out.contexts == NULL ? 0 : e->context_count;
  if (out.context_count > 0) memcpy(out.contexts, e->contexts, e->context_count * sizeof(an_text));
  if (e->time != AN_NONE) out.when = dw_time(w, e->time);
  out.when.days = e->when;
  out.when.anchor = e->when_anchor;
  out.when.basis = e->when_basis;
  out.when.precision = e->when_precision;
  const an_place *p = &e->where;
  out.where = (dg_place){p->span, p->text, p->name, p->country, p->admin1, p->geonames, p->lat, p->lon, p->precision, p->basis};
  out.lead = at->sentence != AN_NONE && w->lead_block[words->sentences[at->sentence].block];
  out.others = tells_of_others(w, at->trigger);
  out.trigger_word = at->trigger == AN_NONE ? 0 : dg_word_key(words->tokens[at->trigger].lemma_fold, 0);
  out.words = dw_words_in(w, at->e.evidence, cap->words);
  out.topic = dw_topic(w, at->trigger, cap);
  out.meets = has_trait(w, e->type, "meeting");
  out.either = has_trait(w, e->type, "either");
  return out;
}

static an_party *in_page_bytes(writer *w, const an_party *from, uint32_t count) {
  an_party *to = dw_take(w, count, sizeof *to);
  for (uint32_t i = 0; to != NULL && i < count; i++) {
    to[i] = from[i];
    to[i].span = an_page_raw(w->in->article, from[i].span);
  }
  return to;
}

/* An event that the reading leaves out. */
static dg_event faint(writer *w, const an_event_at *at, uint32_t statements, const caps *cap) {
  an_event e = at->e;
  e.trigger = an_page_raw(w->in->article, e.trigger);
  e.evidence = an_page_raw(w->in->article, e.evidence);
  e.where.span = an_page_raw(w->in->article, e.where.span);
  e.actors = in_page_bytes(w, e.actors, e.actor_count);
  e.recipients = in_page_bytes(w, e.recipients, e.recipient_count);
  if (w->short_of) return (dg_event){0};
  e.told_by = e.repeats = AN_NONE;
  for (uint32_t i = 0; i < statements && at->trigger != AN_NONE; i++)
    if (w->in->statements->list.at[i].first <= at->trigger && at->trigger < w->in->statements->list.at[i].end) e.told_by = i;
  return event(w, &e, at, cap);
}

/* "The administration refused to give it up," Holt said: whoever refuses is named, and is not Holt. */
static bool is_anothers(const writer *w, an_span stance, const an_statement *s) {
  uint32_t from, to;
  dw_tokens_in(w->in->words, stance, &from, &to);
  uint32_t own = from < to ? dw_clause_around(w, from) : AN_NONE;
  uint32_t subject = own == AN_NONE ? AN_NONE : w->in->events->clauses[own].subject;
  const an_party *who = subject == AN_NONE ? NULL : dw_party(w, subject);
  if (who == NULL || s->speaker_count == 0) return false;
  for (uint32_t i = 0; i < s->speaker_count; i++) {
    const an_party *by = &s->speakers[i];
    bool same = (who->name.at != NULL && an_text_equal(who->name, by->name)) || (who->entity.at != NULL && an_text_equal(who->entity, by->entity)) ||
                (who->country.at != NULL && an_text_equal(who->country, by->country));
    if (same) return false;
  }
  return true;
}

static dg_statement statement(writer *w, uint32_t i, const caps *cap) {
  const an_statement *s = &w->in->reading->statements[i];
  const an_statement_at *at = &w->in->statements->list.at[i];
  dg_statement out = {.kind = s->kind, .repeats = s->repeats, .content_count = s->content_count};
  out.speakers = dw_parties(w, s->speakers, s->speaker_count);
  out.through = dw_take(w, s->through_count, sizeof(an_text));
  for (uint32_t k = 0; out.through != NULL && k < s->through_count; k++) out.through[out.through_count++] = s->through[k].name;
  out.content = dw_take(w, s->content_count, sizeof(an_span));
  if (out.content == NULL) return out;
  memcpy(out.content, s->content, s->content_count * sizeof(an_span));
  if (s->content_count > 0)
    out.text = dw_beginning(w, at->s.content[0], cap->text, &out.shown);
  out.words = dw_words_between(w, at->first, at->end, cap->words, false);
  an_span clean = {0, 0};
  out.parts = dw_parts(w, i, cap, &out.part_count);
  out.stance = s->doubtful.at == NULL ? dw_stance(w, at->first, at->end, &clean) : DG_STANCE_NONE;
  if (out.stance != DG_STANCE_NONE && is_anothers(w, clean, s)) out.stance = DG_STANCE_NONE;
  if (out.stance != DG_STANCE_NONE) out.stance_span = an_page_raw(w->in->article, clean);
  if (out.stance != DG_STANCE_NONE && at->sentence != AN_NONE) {
    const an_sentence *s_at = &w->in->words->sentences[at->sentence];
    uint32_t first = at->first < s_at->first ? at->first : s_at->first, end = at->end > s_at->first + s_at->count ? at->end : s_at->first + s_at->count;
    out.matter = dw_words_between(w, first, end, cap->words, false);
  }
  return out;
}

/* The date nearest to a quantity in its sentence: "rose 70% last year". */
static uint32_t scope_time(const writer *w, an_span clean) {
  const an_words *words = w->in->words;
  uint32_t first, end, best = AN_NONE, best_gap = AN_NONE;
  dw_tokens_in(words, clean, &first, &end);
  if (first == words->token_count) return AN_NONE;
  for (uint32_t i = 0; i < w->in->times->list.count; i++) {
    const an_time_at *t = &w->in->times->list.at[i];
    if (t->t.type != AN_TIME_DATE || an_text_is(t->t.value, "PRESENT_REF") || t->sentence != words->tokens[first].sentence) continue;
    uint32_t gap = t->first >= end ? t->first - end : first >= t->end ? first - t->end : AN_NONE;
    if (gap < best_gap) {
      best = i;
      best_gap = gap;
    }
  }
  return best;
}

/* `clean`: the same words as the clean text has them, which may stand in the sentence before. */
static uint32_t of_word(const writer *w, an_text of, an_text clean, an_span sentence) {
  uint32_t first, end;
  if (of.at == NULL) return 0;
  an_text text = w->in->words->text;
  bool inside = clean.at != NULL && clean.at >= text.at && clean.at < text.at + text.size;
  an_span where = inside ? (an_span){(uint32_t)(clean.at - text.at), (uint32_t)(clean.at - text.at) + clean.size} : sentence;
  dw_tokens_in(w->in->words, where, &first, &end);
  uint32_t space = AN_NONE;
  for (uint32_t at = an_text_find(of, 0, AN_LIT(" ")); at != AN_NONE; at = an_text_find(of, at + 1, AN_LIT(" "))) space = at;
  an_text last = space == AN_NONE ? of : an_text_slice(of, space + 1, of.size);
  uint64_t fold = an_fold_hash(last);
  for (uint32_t i = first; i < end; i++)
    if (w->in->words->tokens[i].fold == fold && w->in->words->tokens[i].lemma_fold != 0)
      return dg_word_key(w->in->words->tokens[i].lemma_fold, 0);
  return dg_word_key(fold, 0);
}

static dg_quantity quantity(writer *w, uint32_t i, const caps *cap) {
  const an_quantity *q = &w->in->reading->quantities[i], *clean = &w->in->events->quantities[i];
  dg_quantity out = {.span = q->span, .sentence = q->sentence, .text = q->text, .of = q->of, .unit = q->unit,
                     .relation = q->relation, .value = q->value, .low = q->low, .high = q->high, .soft_low = q->soft_low,
                     .soft_high = q->soft_high, .statement = q->statement, .event = q->event};
  out.of_word = of_word(w, q->of, clean->of, clean->sentence);
  uint32_t time = scope_time(w, clean->span);
  if (time != AN_NONE) out.scope = dw_time(w, time);
  out.words = dw_words_in(w, clean->sentence, cap->words);
  for (uint32_t k = 0; k < w->in->reading->quantity_count; k++) {
    const an_quantity *other = &w->in->reading->quantities[k];
    if (other->sentence.begin == q->sentence.begin && an_text_equal(other->unit, q->unit) && out.among < UINT8_MAX) out.among++;
  }
  dw_counted(w, clean, &out);
  return out;
}

/* ---- The page as a whole ------------------------------------------------------------------------ */

/* Named things by how often and where, in the order of their first mention. */
static void entities(writer *w, dg *view, const caps *cap) {
  const an_mentions *m = w->in->mentions;
  AN_LIST(dg_entity) list = {0};
  for (uint32_t i = 0; i < m->list.count; i++) {
    const an_mention_at *at = &m->list.at[i];
    an_text key = dw_key_of(at);
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
  uint32_t *keys = dw_take(w, words->token_count, sizeof *keys), count = 0, run = 0;
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
  view->shingles = dw_sorted(keys, kept, 2 * MAX_SHINGLES);
}

static void prepare(writer *w) {
  const an_article *a = w->in->article;
  w->lead_block = dw_take(w, a->block_count, sizeof *w->lead_block);
  w->mention_of = dw_take(w, w->in->words->token_count, sizeof *w->mention_of);
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
  view->evidence = dw_take(w, count, sizeof *view->evidence);
  for (uint32_t i = 0; view->evidence != NULL && i < count; i++) {
    const an_evidence *e = &r->published.evidence[i];
    view->evidence[view->evidence_count++] = (dg_evidence){e->span, an_text_slice(e->text, 0, 120), e->says, e->days};
  }
}

/* "An earlier version said that eight were killed": a number that the page takes back. */
static bool in_notice(const writer *w, an_span span) {
  for (uint32_t i = 0; i < w->in->reading->problem_count; i++) {
    const an_problem *p = &w->in->reading->problems[i];
    if (p->span.begin <= span.begin && span.end <= p->span.end && an_text_is(p->what, "correction or retraction notice")) return true;
  }
  return false;
}

static uint32_t at_most(uint32_t count, uint32_t max) { return count < max ? count : max; }

static void items(writer *w, dg *view, const caps *cap) {
  view->event_count = at_most(w->in->reading->event_count, cap->events);
  view->statement_count = at_most(w->in->reading->statement_count, cap->statements);
  view->quantity_count = at_most(w->in->reading->quantity_count, cap->quantities);
  view->faint_count = at_most(w->in->events->faint.count, cap->events / 4);
  view->events = dw_take(w, view->event_count + view->faint_count, sizeof *view->events);
  view->statements = dw_take(w, view->statement_count, sizeof *view->statements);
  view->quantities = dw_take(w, view->quantity_count, sizeof *view->quantities);
  if (w->short_of) return;
  for (uint32_t i = 0; i < view->event_count; i++) {
    char id[16];
    an_event_id(w->in->reading, i, id);
    view->events[i] = event(w, &w->in->reading->events[i], &w->in->events->list.at[i], cap);
    view->events[i].id = an_arena_copy(w->arena, id, strlen(id));
    if (view->events[i].told_by >= view->statement_count) view->events[i].told_by = AN_NONE;
    if (view->events[i].repeats >= view->event_count) view->events[i].repeats = AN_NONE;
  }
  for (uint32_t i = 0; i < view->faint_count; i++)
    view->events[view->event_count + i] = faint(w, &w->in->events->faint.at[i], view->statement_count, cap);
  for (uint32_t i = 0; i < view->statement_count; i++) {
    view->statements[i] = statement(w, i, cap);
    if (view->statements[i].repeats >= view->statement_count) view->statements[i].repeats = AN_NONE;
  }
  dw_clauses(w, view, cap);
  dw_talks(w, view, cap);
  dw_stays(w, view, cap);
  uint32_t kept = 0;
  for (uint32_t i = 0; !w->short_of && i < view->quantity_count; i++) {
    if (in_notice(w, w->in->reading->quantities[i].span) || dw_is_window(w, &w->in->events->quantities[i])) continue;
    dg_quantity *q = &view->quantities[kept];
    *q = quantity(w, i, cap);
    if (dw_is_known(w, &w->in->events->quantities[i], q)) continue;
    kept++;
    if (q->statement >= view->statement_count) q->statement = AN_NONE;
    if (q->event >= view->event_count) q->event = AN_NONE;
  }
  view->quantity_count = kept;
}

an_status an_digest_write(const an_digest_in *in, an_arena *arena, an_digest *out, an_error *err) {
  writer w = {.in = in, .arena = arena, .senses = an_lexicon_table(in->lexicon, "senses"), .counted = an_lexicon_table(in->lexicon, "counted")};
  if (w.senses != NULL) w.sense = an_table_column(w.senses, "sense");
  if (w.senses != NULL) w.form = an_table_column(w.senses, "form");
  w.realis = an_lexicon_table(in->lexicon, "realis");
  if (w.realis != NULL) w.kind = an_table_column(w.realis, "kind");
  if (w.realis != NULL) w.effect = an_table_column(w.realis, "effect");
  if (w.counted != NULL) {
    w.role = an_table_column(w.counted, "role");
    w.means = an_table_column(w.counted, "means");
    w.grows = an_table_column(w.counted, "grows");
  }
  prepare(&w);
  an_buf buf;
  an_buf_init(&buf, AN_DIGEST_MAX);
  caps cap = {.events = 64, .statements = 64, .quantities = 48, .clauses = 40, .deeds = 16, .entities = 40, .text = 240, .words = 32, .parts = 6, .talks = 6};
  an_status status = w.short_of ? AN_ERR_LIMIT : AN_ERR_USAGE;
  /* Less of each list at every try: what a page tells first is kept. */
  for (unsigned tries = 0; tries < TRIES && status != AN_OK && !w.short_of; tries++) {
    dg view = {0};
    page_facts(&w, &view);
    entities(&w, &view, &cap);
    offices(&w, &view, &cap);
    shingles(&w, &view);
    dw_profile(&w, &view);
    items(&w, &view, &cap);
    if (w.short_of) break;
    an_buf_free(&buf);
    an_buf_init(&buf, AN_DIGEST_MAX);
    status = dg_write(&view, &buf, err);
    if (tries % 2 == 0) cap.text /= 2;
    cap.events = cap.events * 3 / 4;
    cap.statements = cap.statements * 3 / 4;
    cap.quantities = cap.quantities * 3 / 4;
    cap.deeds = cap.deeds / 4; /* they go first */
    cap.clauses = cap.clauses / 2;
    cap.words = cap.words * 3 / 4;
    cap.parts = cap.parts * 3 / 4;
    cap.talks = cap.talks * 3 / 4;
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
