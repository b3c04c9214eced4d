/* SPDX-License-Identifier: Apache-2.0 */
/* an_page_read: the order of the room, and what it hands out. */
#include "page/inner.h"
#include "page/bytes.h"

#include <string.h>

static const an_page_limits defaults = {.page_bytes = 16u << 20, .open_elements = 512, .blocks = 100000};
enum { SNIFFED = 4096 };

/* ---- Which front door ------------------------------------------------------------------------------------------- */

static uint32_t tags_in(const uint8_t *at, uint32_t size) {
  uint32_t tags = 0;
  for (const uint8_t *end = at + size; (at = memchr(at, '<', (size_t)(end - at))) != NULL && at + 2 < end; at++)
    tags += ((at[1] | 32) >= 'a' && (at[1] | 32) <= 'z') || at[1] == '/' || at[1] == '!';
  return tags;
}

/* The name of an element that stands at the head of a document, or holds blocks. */
static bool begins_document(const uint8_t *at, uint32_t size) {
  uint32_t n = 0;
  while (n < size && n < 12 && (((at[n] | 32) >= 'a' && (at[n] | 32) <= 'z') || (at[n] >= '0' && at[n] <= '9'))) n++;
  const element *e = element_find(at, n);
  if (e == NULL) return false;
  return e->tag == TAG_HTML || e->tag == TAG_HEAD || e->tag == TAG_META || e->tag == TAG_LINK || e->traits & (EL_BLOCK | EL_RAW | EL_RCDATA);
}

static bool looks_html(const reader *r) {
  const uint8_t *at = r->source.at;
  uint32_t size = r->source.size < SNIFFED ? r->source.size : SNIFFED, i = 0;
  while (i < size && (at[i] <= ' ')) i++;
  uint32_t tags = tags_in(at + i, size - i);
  if (i + 1 < size && at[i] == '<' && (at[i + 1] == '!' || at[i + 1] == '?')) return tags >= 1;
  bool opens = i + 1 < size && at[i] == '<' && (at[i + 1] | 32) >= 'a' && (at[i + 1] | 32) <= 'z';
  if (opens && begins_document(at + i + 1, size - i - 1)) return true;
  return tags >= (opens ? 1 : 4) && tags * 200 >= size - i;      /* a flattened page may keep a tag or two of its scripts */
}

static void choose_door(reader *r) {
  an_text given = r->page->media_type;
  char folded[64];
  uint32_t n = given.at == NULL ? 0 : an_fold(given, folded, sizeof folded);
  an_text type = {folded, n};
  bool says_html = an_text_find(type, 0, AN_LIT("html")) != AN_NONE, says_text = an_text_starts(type, "text/plain");
  r->html = says_html || (!says_text && looks_html(r));
  r->media_type = r->html ? AN_LIT("text/html") : AN_LIT("text/plain");
}

/* Control characters among the first bytes. */
static uint32_t controls_in(const uint8_t *at, uint32_t size) {
  uint32_t odd = 0;
  for (uint32_t i = 0; i < size;) {
    uint32_t end = i;
    while (size - end >= CONTROLS_AT_ONCE && !has_controls(at + end)) end += CONTROLS_AT_ONCE;
    i = end;
    for (end = size - i > CONTROLS_AT_ONCE ? i + CONTROLS_AT_ONCE : size; i < end; i++) odd += (at[i] < 32 && !(at[i] >= 9 && at[i] <= 13)) || at[i] == 127;
  }
  return odd;
}

/* More than a tenth control characters at the head, or some in bytes that are no UTF-8: no page, whatever it is called. */
static bool looks_binary(const reader *r) {
  if (an_text_is(r->page->media_type, "application/octet-stream")) return true; /* so the input room found */
  uint32_t size = r->source.size < SNIFFED ? r->source.size : SNIFFED, odd = controls_in(r->source.at, size);
  return odd * 10 > size || (r->source.count > 0 && odd * 50 > size);
}

/* ---- The map, in page bytes --------------------------------------------------------------------------------------- */

/* The run that holds a clean byte, at or behind runs[low]: near ones are found soon. */
static uint32_t run_of(const an_run *runs, uint32_t count, uint32_t low, uint32_t clean) {
  uint32_t step = 1;
  while (step < count - low && runs[low + step].clean <= clean) { low += step; step *= 2; }
  uint32_t high = step < count - low ? low + step : count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (runs[middle].clean <= clean) low = middle; else high = middle;
  }
  return low;
}

typedef struct run_list { const an_run *at; uint32_t count, clean_end; } run_list;

/* The source byte behind a clean byte of run k; `end`: behind the whole of it, when the run is one piece. */
static uint32_t behind_byte(run_list runs, uint32_t k, uint32_t clean, bool end) {
  const an_run *run = &runs.at[k];
  uint32_t clean_end = k + 1 < runs.count ? runs.at[k + 1].clean : runs.clean_end;
  bool one_to_one = clean_end - run->clean == run->raw_end - run->raw;
  return one_to_one ? run->raw + (clean - run->clean) : end ? run->raw_end - 1 : run->raw;
}

static an_span behind_clean(run_list runs, an_span clean) {
  if (runs.count == 0 || clean.end <= clean.begin) return (an_span){0, 0};
  uint32_t first = run_of(runs.at, runs.count, 0, clean.begin), last = run_of(runs.at, runs.count, first, clean.end - 1);
  return (an_span){behind_byte(runs, first, clean.begin, false), behind_byte(runs, last, clean.end - 1, true) + 1};
}

an_span clean_to_source(const reader *r, an_span clean) {
  return behind_clean((run_list){r->sink.runs.at, r->sink.runs.count, r->sink.size}, clean);
}

an_span an_page_raw(const an_article *article, an_span clean) {
  return behind_clean((run_list){article->runs, article->run_count, article->text.size}, clean);
}

/* The page bytes behind source bytes of run k alone. */
static an_span within(const source *s, uint32_t k, uint32_t begin, uint32_t end) {
  const an_run *run = &s->runs[k];
  uint32_t clean_end = k + 1 < s->count ? s->runs[k + 1].clean : s->size;
  bool one_to_one = clean_end - run->clean == run->raw_end - run->raw;
  return one_to_one ? (an_span){run->raw + (begin - run->clean), run->raw + (end - run->clean)} : (an_span){run->raw, run->raw_end};
}

/* Runs over a source that is a copy: cut where the copy's own map has a break, so that each is one to one or one piece. */
static bool runs_to_page(reader *r) {
  const source *s = &r->source;
  if (s->count == 0) {
    for (uint32_t i = 0; i < r->sink.runs.count; i++) { r->sink.runs.at[i].raw += s->skip; r->sink.runs.at[i].raw_end += s->skip; }
    return true;
  }
  AN_LIST(an_run) out = {0};
  out.capacity = s->count + r->sink.runs.count;     /* each break of either cuts once; taken at once */
  out.at = AN_NEW(r->arena, an_run, out.capacity);
  if (out.at == NULL) return false;
  uint32_t k = 0;
  for (uint32_t i = 0; i < r->sink.runs.count; i++) {
    const an_run *run = &r->sink.runs.at[i];
    uint32_t clean_end = i + 1 < r->sink.runs.count ? r->sink.runs.at[i + 1].clean : r->sink.size;
    bool one_to_one = clean_end - run->clean == run->raw_end - run->raw;
    uint32_t at = run->raw;
    while (k + 1 < s->count && s->runs[k + 1].clean <= at) k++;
    do {
      uint32_t piece_end = k + 1 < s->count && one_to_one ? s->runs[k + 1].clean : run->raw_end;
      if (piece_end > run->raw_end) piece_end = run->raw_end;
      an_span page = one_to_one ? within(s, k, at, piece_end) : source_to_page(s, (an_span){at, piece_end});
      an_run *made = AN_PUSH(r->arena, &out);
      if (made == NULL) return false;
      *made = (an_run){one_to_one ? run->clean + (at - run->raw) : run->clean, page.begin, page.end};
      at = piece_end;
      if (at < run->raw_end) k++;
    } while (at < run->raw_end);
  }
  r->sink.runs.at = out.at;
  r->sink.runs.count = out.count;
  return true;
}

uint32_t an_page_block_at(const an_article *article, uint32_t clean) {
  uint32_t low = 0, high = article->block_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (article->blocks[middle].clean.end <= clean) low = middle + 1; else high = middle;
  }
  return low < article->block_count && article->blocks[low].clean.begin <= clean ? low : AN_NONE;
}

/* ---- Handing out ---------------------------------------------------------------------------------------------------- */

static bool fill_blocks(reader *r, an_article *out) {
  an_article_block *blocks = an_arena_raw(r->arena, r->blocks.count, sizeof *blocks);
  if (blocks == NULL) return false;
  const run_list runs = {out->runs, out->run_count, out->text.size};
  for (uint32_t i = 0, run = 0; i < r->blocks.count; i++) {      /* blocks and runs are in order: no search */
    const block *b = &r->blocks.at[i];
    an_span raw = {0, 0};
    if (runs.count > 0 && b->clean.end > b->clean.begin) {
      while (run + 1 < runs.count && runs.at[run + 1].clean <= b->clean.begin) run++;
      raw.begin = behind_byte(runs, run, b->clean.begin, false);
      while (run + 1 < runs.count && runs.at[run + 1].clean < b->clean.end) run++;
      raw.end = behind_byte(runs, run, b->clean.end - 1, true) + 1;
    }
    blocks[i] = (an_article_block){b->clean, raw, b->kind, b->paragraph_break, b->link_bytes};
  }
  out->blocks = blocks;
  out->block_count = r->blocks.count;
  return true;
}

static an_status hand_out(reader *r, an_article *out, an_error *err) {
  bool fits = runs_to_page(r);
  *out = (an_article){.text = {r->sink.text, r->sink.size}, .runs = r->sink.runs.at, .run_count = r->sink.runs.count, .html = r->html};
  fits = fits && fill_blocks(r, out);
  if (!fits) return an_fail(err, AN_ERR_LIMIT, STEP, "the page needs more memory than --max-arena allows");
  out->meta = r->metas_found.at;
  out->meta_count = r->metas_found.count;
  out->title = r->title;
  out->title_text = r->title_text;
  out->title_raw = r->title != AN_NONE ? an_page_raw(out, r->title_clean) : r->title_raw;
  out->media_type = r->media_type;
  out->charset = r->charset;
  out->language = r->language;
  out->host = r->host;
  out->is_article = verdict_find(r);
  out->problems = r->problems.at;
  out->problem_count = r->problems.count;
  return AN_OK;
}

static an_status judge(reader *r, an_error *err) {
  bool fits = words_find(r);
  furniture_mark(r);
  fits = fits && score_blocks(r);
  if (fits) {
    score_run(r);                                   /* once to find the lead, which the title is measured by */
    fits = title_find(r);
  }
  if (!fits) return an_fail(err, AN_ERR_LIMIT, STEP, "the page needs more memory than --max-arena allows");
  score_run(r);
  if (!roles_set(r)) return an_fail(err, AN_ERR_LIMIT, STEP, "the page needs more memory than --max-arena allows");
  notices_find(r);
  furniture_set(r);
  words_language(r);
  return AN_OK;
}

an_status an_page_read(const an_page *page, const an_page_tables *tables, const an_page_limits *limits, an_arena *arena,
                       const an_tracer *trace, an_article *out, an_error *err) {
  reader *r = AN_NEW(arena, reader, 1);
  AN_NEED(r, err, STEP);
  an_page cut = *page;
  r->page = &cut; r->tables = tables; r->arena = arena; r->trace = trace;
  r->limits = limits == NULL ? defaults : *limits;
  if (r->limits.page_bytes == 0) r->limits.page_bytes = defaults.page_bytes;
  if (r->limits.open_elements == 0) r->limits.open_elements = defaults.open_elements;
  if (r->limits.blocks == 0) r->limits.blocks = defaults.blocks;
  r->metas = tables->metas;
  r->date_words = tables->dates;
  r->date_labels = tables->labels;
  r->title = AN_NONE;
  bool too_long = cut.size > r->limits.page_bytes;
  if (too_long) cut.size = r->limits.page_bytes;
  AN_TRY(charset_decode(r, err));
  if (too_long) problem_add(r, "limit met: page bytes", (an_span){r->source.size, r->source.size});
  if (page->truncated.size > 0) {
    an_text what = an_arena_printf(arena, "truncated: %.*s%c", (int)page->truncated.size, page->truncated.at, 0);
    if (what.at != NULL) problem_add(r, what.at, (an_span){0, 0});
  }
  if (page->size == 0) problem_add(r, "empty page", (an_span){0, 0});
  choose_door(r);
  if (looks_binary(r)) {
    problem_add(r, "not a text: binary bytes", (an_span){0, 0});
    r->source.size = 0;
  }
  if (!sink_start(r)) return an_fail(err, AN_ERR_LIMIT, STEP, "the page needs more memory than --max-arena allows");
  if (r->html) scan_html(r); else flat_read(r);
  ld_islands(r);
  meta_urls(r);
  if (r->spent) return an_fail(err, AN_ERR_LIMIT, STEP, "the page needs more memory than --max-arena allows");
  r->host = furniture_host(r);
  AN_TRY(judge(r, err));
  stamps_prepare(r);
  printed_times(r);
  printed_metas(r);
  printed_days(r);
  site_find(r);
  section_find(r);
  byline_part_metas(r);
  meta_settle(r);
  byline_find(r);
  return hand_out(r, out, err);
}
