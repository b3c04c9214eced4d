/* SPDX-License-Identifier: Apache-2.0 */
/* The map of the program: every step that page bytes take, in order. Nothing else calls one room after another.

   No step reads what a later step writes. Left of an_digest_write one page is seen, right of it (an_stories_*) only digests. */
#include "engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_PAGE = 16 << 20, DEFAULT_ARENA = 256 << 20, MAX_WORDS = 20000, LIMIT_ROOM = 1 << 20 };

/* ---- One page, left to right ------------------------------------------------------------------ */

/* The gate: a sentence can matter when it names somebody and an act or a saying, or holds quoted words, or a number that does
   something itself ("Four remain in hospital"). Pronouns, roles and "both sides" count as somebody (the lexicon flags them). Titles
   always can. */
static bool can_matter(const an_document *d, const an_sentence *sentence) {
  uint8_t kind = d->article.blocks[sentence->block].kind;
  if (kind == AN_BLOCK_META || kind == AN_BLOCK_BYLINE || kind == AN_BLOCK_DATELINE) return false;
  bool somebody = false, act = false, quoted = false, counted = false, number = false;
  for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    const an_token *t = &d->words.tokens[i];
    counted |= number && (t->upos == AN_AUX || t->upos == AN_VERB);
    number = t->upos == AN_NUM;
    somebody |= (t->flags & (AN_WORD_ACTOR | AN_WORD_ROLE | AN_WORD_REFERENCE)) != 0 || t->upos == AN_PROPN || t->upos == AN_PRON;
    act |= (t->flags & (AN_WORD_EVENT | AN_WORD_CUE)) != 0;
    quoted |= t->quote_depth > 0;
  }
  return quoted || counted || (somebody && act);
}

static an_status tag_and_parse(an_worker *w, an_document *d, an_error *err) {
  const an_engine *e = w->engine;
  an_naming *naming;
  AN_TRY(an_world_naming(e->world, e->namer, &d->words, &d->candidates, &w->arena, &naming, err));
  for (uint32_t s = 0; s < d->words.sentence_count; s++) {
    AN_TRY(an_language_tag(e->model, e->lexicon, &d->words, s, &w->arena, err));
    AN_TRY(an_world_name(naming, s, err));
    bool parse = e->options.parse_all || can_matter(d, &d->words.sentences[s]);
    AN_TRACE(&w->tracer, "gate", d->words.sentences[s].at, parse, parse ? "parsed" : "names nobody who acts or speaks");
    if (!parse) continue;
    if (e->detector != NULL) AN_TRY(an_language_keep(&d->words, s, &w->arena, err));
    AN_TRY(an_language_parse(e->model, &d->words, s, &w->arena, err));
    d->parsed++;
  }
  return an_world_named(naming, &w->tracer, &d->candidates, err);
}

static an_status steps(an_worker *w, const an_page *page, an_document *d, an_error *err) {
  const an_engine *e = w->engine;
  an_arena *a = &w->arena;
  const an_tracer *t = &w->tracer;
  const an_page_limits limits = {.page_bytes = (uint32_t)e->options.max_page, .furniture = e->furniture, .favour = e->options.favour};
  AN_TRY(an_page_read(page, e->page_tables, &limits, a, t, &d->article, err));
  d->has_article = true;
  if (e->options.article_only) return an_reading_make(w, page, d, err);
  if (an_text_is(d->article.language, "en")) {
    AN_TRY(an_language_split(&d->article, e->lexicon, MAX_WORDS, a, t, &d->words, err));
    AN_TRY(an_world_find(e->world, &d->words, a, t, &d->candidates, err));
    AN_TRY(tag_and_parse(w, d, err));
  }
  AN_TRY(an_time_find(e->lexicon, &d->article, &d->words, a, t, &d->times, err));
  AN_TRY(an_world_serving(e->world, &d->words, &d->candidates, a, t, &d->servings, err));
  AN_TRY(an_time_date_page(e->lexicon, page, &d->article, &d->words, &d->times, &d->servings, a, t, &d->published, &d->clash, err));
  d->has_published = true;
  AN_TRY(an_time_anchor(&d->words, &d->published, &d->times, a, t, err));
  AN_TRY(an_world_resolve(e->world, e->lexicon, e->vectors, page, &d->article, &d->words, &d->candidates, d->published.days, a, t,
                          &d->mentions, &d->outlet, err));
  AN_TRY(an_speech_find(e->lexicon, e->world, &d->article, &d->words, &d->times, &d->mentions, a, t, &d->statements, err));
  AN_TRY(an_event_find(e->coder, e->world, &d->article, &d->words, &d->mentions, &d->times, &d->statements, &d->published, a, t,
                       &d->events, err));
  AN_TRY(an_reading_make(w, page, d, err));
  if (!e->options.digests) return AN_OK;
  const an_digest_in in = {&w->reading, &d->article, &d->words, &d->mentions, &d->events, &d->statements, &d->times, e->lexicon};
  return an_digest_write(&in, a, &w->reading.digest, err);
}

/* A step that met the limit of memory leaves a reading of the article and its metadata, where they were there, and of the
   problem. The budget is raised for that by what copying the article takes. */
static an_status reading_of_rest(an_worker *w, const an_page *page, const an_document *d, const an_error *what, an_error *err) {
  size_t budget = w->arena.max;
  an_document rest = {.article = d->article, .published.days = AN_DAYS_ANY, .published.day = AN_DAY_OPEN_EARLIEST};
  if (!d->has_article) {
    an_arena_reset(&w->arena);
    return an_reading_of_problem(w, page, what, err);
  }
  if (d->has_published) rest.published = d->published, rest.clash = d->clash;
  w->arena.max += d->article.text.size + d->article.block_count * sizeof(an_block) + LIMIT_ROOM;
  rest.limit.what = an_arena_printf(&w->arena, "%s: %s", what->step, what->message);
  an_status status = an_reading_make(w, page, &rest, err);
  w->arena.max = budget;
  return status;
}

an_status an_read(an_worker *worker, const an_page *page, const an_reading **out, an_error *err) {
  if (worker == NULL || page == NULL || out == NULL) return an_fail(err, AN_ERR_USAGE, "read", "worker, page and out must be given");
  an_arena_reset(&worker->arena);
  an_document *d = AN_NEW(&worker->arena, an_document, 1);
  AN_NEED(d, err, "read");
  d->published.days = AN_DAYS_ANY;
  d->published.day = AN_DAY_OPEN_EARLIEST;
  worker->document = d;
  an_error own = {0};
  an_status status = steps(worker, page, d, &own);
  if (status == AN_ERR_LIMIT) {
    const an_error limit = own;
    status = reading_of_rest(worker, page, d, &limit, &own);
  }
  worker->document = NULL;
  if (status != AN_OK && err != NULL) *err = own;
  *out = status == AN_OK ? &worker->reading : NULL;
  return status;
}

/* ---- Engine and worker ------------------------------------------------------------------------ */

static uint64_t stamp_of(const an_engine *e) {
  uint64_t parts[] = {an_lexicon_checksum(e->lexicon), an_model_checksum(e->model), an_world_checksum(e->world), an_namer_checksum(e->namer),
                      e->options.max_page, e->options.max_arena, e->options.parse_all, e->options.private_names,
                      an_furniture_checksum(e->furniture), e->options.article_only, e->options.favour, an_classifier_checksum(e->classifier), an_detector_checksum(e->detector), e->options.threshold, e->meanings->file.checksum};
  return an_hash64_seed(parts, sizeof parts, an_hash64(ANNALS_VERSION, sizeof ANNALS_VERSION - 1));
}

an_status an_engine_open(const an_options *options, an_engine **out, an_error *err) {
  if (options == NULL || out == NULL || options->data_dir == NULL)
    return an_fail(err, AN_ERR_USAGE, "engine", "an_options.data_dir must name the folder of the compiled data (world.an and the files beside it; `make` writes it)");
  an_engine *e = calloc(1, sizeof *e);
  if (e == NULL) return an_fail(err, AN_ERR_MEMORY, "engine", "no memory");
  e->options = *options;
  if (e->options.max_page == 0) e->options.max_page = DEFAULT_PAGE;
  if (e->options.max_arena == 0) e->options.max_arena = DEFAULT_ARENA;
  if (e->options.threshold == 0) e->options.threshold = AN_THRESHOLD;
  an_status status = an_lexicon_open(options->data_dir, &e->lexicon, err);
  if (status == AN_OK) status = an_model_open(options->data_dir, &e->model, err);
  if (status == AN_OK) status = an_world_open(options->data_dir, &e->world, err);
  if (status == AN_OK) status = an_page_tables_open(e->lexicon, &e->page_tables, err);
  if (status == AN_OK) status = an_world_overlay(e->world, options->actors, options->tell, options->tell_to, err);
  if (status == AN_OK) status = an_vectors_open(options->data_dir, AN_VECTORS_FILE, &e->vectors, err);
  if (status == AN_OK) status = an_vectors_open(options->data_dir, AN_MEANINGS_FILE, &e->meanings, err);
  if (status == AN_OK) status = an_namer_open(options->data_dir, e->vectors, &e->namer, err);
  if (status == AN_OK) status = an_coder_open(e->lexicon, &e->coder, err);
  if (status == AN_OK && !e->options.frames_only) status = an_classifier_open(options->data_dir, &e->classifier, err);
  if (status == AN_OK && e->classifier != NULL) status = an_coder_use(e->coder, e->classifier, e->options.threshold, err);
  if (status == AN_OK && !e->options.frames_only) status = an_detector_open(options->data_dir, e->vectors, &e->detector, err);
  if (status == AN_OK && e->detector != NULL) status = an_coder_detect(e->coder, e->detector, err);
  if (status == AN_OK && options->furniture != NULL) status = an_furniture_open(options->furniture, &e->furniture, err);
  if (status != AN_OK) {
    an_engine_close(e);
    return status;
  }
  e->options.data_dir = e->options.furniture = NULL; /* the caller's strings; nothing is read after opening */
  e->options.actors = NULL;
  e->options.tell = NULL;
  e->stamp = stamp_of(e);
  *out = e;
  return AN_OK;
}

an_text an_type_older(const an_engine *engine, an_text type) { return an_coder_older(engine->coder, type); }

bool an_type_of_cameo(const an_engine *engine, an_text cameo, an_text *type, uint8_t *quad) {
  return an_coder_converted(engine->coder, cameo, type, quad);
}

void an_engine_close(an_engine *engine) {
  if (engine == NULL) return;
  an_furniture_close(engine->furniture);
  an_coder_close(engine->coder);
  an_classifier_close(engine->classifier);
  an_detector_close(engine->detector);
  an_page_tables_close(engine->page_tables);
  an_namer_close(engine->namer);
  an_vectors_close(engine->meanings);
  an_vectors_close(engine->vectors);
  an_world_close(engine->world);
  an_model_close(engine->model);
  an_lexicon_close(engine->lexicon);
  free(engine);
}

uint64_t an_engine_stamp(const an_engine *engine) { return engine->stamp; }

bool an_engine_private_names(const an_engine *engine) { return engine->options.private_names; }

bool an_engine_cameo(const an_engine *engine, uint32_t row, an_text *code, an_text *name, double *goldstein) {
  const an_table *table = engine->lexicon == NULL ? NULL : an_lexicon_table(engine->lexicon, "cameo"); /* a test has an engine without tables */
  if (table == NULL || row >= an_table_rows(table)) return false;
  *code = an_table_cell(table, row, 0);
  *name = an_table_cell(table, row, an_table_column(table, "name"));
  an_text value = an_table_cell(table, row, an_table_column(table, "goldstein"));
  char number[16];
  snprintf(number, sizeof number, "%.*s", (int)value.size, value.size > 0 ? value.at : "");
  *goldstein = value.size > 0 ? strtod(number, NULL) : NAN;
  return true;
}

an_status an_worker_open(const an_engine *engine, an_worker **out, an_error *err) {
  if (engine == NULL || out == NULL) return an_fail(err, AN_ERR_USAGE, "worker", "engine and out must be given");
  an_worker *w = calloc(1, sizeof *w);
  if (w == NULL) return an_fail(err, AN_ERR_MEMORY, "worker", "no memory");
  w->engine = engine;
  an_arena_init(&w->arena, engine->options.max_arena);
  *out = w;
  return AN_OK;
}

void an_worker_close(an_worker *worker) {
  if (worker == NULL) return;
  an_arena_free(&worker->arena);
  free(worker);
}

/* Rooms speak of the clean text; whoever listens outside is told page bytes. */
static void say(void *ctx, const char *step, an_span clean, an_text what, bool fired) {
  const an_worker *w = ctx;
  an_span raw = {0, 0};
  if (w->document != NULL && w->document->article.text.at != NULL) raw = an_page_raw(&w->document->article, clean);
  w->trace(w->trace_ctx, step, raw, what, fired);
}

void an_worker_trace(an_worker *worker, an_trace *trace, void *ctx) {
  worker->trace = trace;
  worker->trace_ctx = ctx;
  worker->tracer = (an_tracer){trace == NULL ? NULL : say, worker};
}

/* ---- The public questions that one room answers ------------------------------------------------ */

an_status an_who(const an_engine *engine, an_text phrase, an_day on, an_write *write, void *to, an_error *err) {
  return an_world_who(engine->world, phrase, on, write, to, err);
}

void an_known_counts(const an_engine *engine, an_inventory *out) { an_world_inventory(engine->world, out); }
uint32_t an_known_sources(const an_engine *engine, an_source_age *out, uint32_t most) { return an_world_sources(engine->world, out, most); }
uint32_t an_known_countries(const an_engine *engine, an_country_age *out, uint32_t most) { return an_world_countries(engine->world, out, most); }
an_status an_petrarch_read(const an_engine *engine, const char *const *paths, an_write *write, void *to, an_write *tell, void *tell_to,
                           an_petrarch_counts *counts, an_error *err) {
  return an_world_petrarch(engine->world, paths, write, to, tell, tell_to, counts, err);
}
an_status an_petrarch_write(const an_engine *engine, an_write *write, void *to, an_error *err) {
  return an_world_petrarch_write(engine->world, write, to, err);
}

/* ---- Stories ------------------------------------------------------------------------------------- */

an_status an_stories_open(const an_engine *engine, size_t max_memory, an_stories **out, an_error *err) {
  return an_stories_make(engine == NULL ? NULL : engine->lexicon, engine == NULL ? NULL : engine->vectors, engine == NULL ? NULL : engine->meanings, max_memory, out, err);
}
