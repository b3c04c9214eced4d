/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence, strongest first: the caller's word, the page's address, its metadata, an e-mail or web address of a known outlet in
   its furniture, a known outlet's name that the furniture repeats, a masthead: a first line that is a paper's name by its words.
   Nothing of it: the outlet is not known; a credit alone is no evidence. */
#include "world/outlet.h"

#include "world/find.h"

static bool is_host_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/* "www.herald.example" and "pro.herald.example" are herald.example: labels are dropped from the front until one is known. */
static uint32_t outlet_of_host(const an_world *w, an_text host) {
  while (host.size > 0 && host.at[host.size - 1] == '.') host.size--;
  for (;;) {
    uint32_t row, count, dot = an_text_find(host, 0, AN_LIT("."));
    if (dot == AN_NONE) return AN_NONE;
    if (an_slot_find(w->sites, an_fold_hash(host), &row, &count) && an_entity_kind_of(w, row) == AN_ENT_OUTLET) return row;
    host = an_text_slice(host, dot + 1, host.size);
  }
}

static an_text host_of_url(an_text url) {
  uint32_t at = an_text_find(url, 0, AN_LIT("://"));
  uint32_t begin = at == AN_NONE ? 0 : at + 3, end = begin;
  while (end < url.size && is_host_byte(url.at[end])) end++;
  return an_text_slice(url, begin, end);
}

/* The registered name, as far as two labels show it; for a domain that we do not know. */
static an_text plain_host(an_text host) { return an_text_starts(host, "www.") ? an_text_slice(host, 4, host.size) : host; }

static void take(const an_world *w, uint32_t row, an_span raw, an_outlet *out) {
  an_entity e = an_entity_at(w, row);
  *out = (an_outlet){.name = e.name, .domain = e.one, .country = e.country, .raw = raw, .agency = an_text_is(e.two, "agency")};
}

static uint32_t outlet_named(const an_world *w, an_arena *arena, an_text name) {
  an_units units = {0};
  uint32_t first = 0, count = 0;
  if (name.size == 0 || name.size > 200 || !an_units_cut(arena, name, 0, 0, &units)) return AN_NONE;
  for (uint32_t i = 0; i < units.list.count; i++) {
    uint32_t length = an_find_at(w, &units, i, &first, &count);
    for (uint32_t k = 0; length > 0 && k < count; k++) {
      an_posting p = an_posting_at(w, first + k);
      if (p.kind == AN_FORM_OUTLET && (i == 0 || length > 1)) return p.entity;
    }
    if (length > 1) i += length - 1;
  }
  return AN_NONE;
}

/* ---- The page's own furniture --------------------------------------------------------------------- */

typedef struct vote { uint32_t outlet, score; an_span clean; } vote;
enum { MOST_VOTES = 16 };

static void cast(vote *votes, uint32_t *count, uint32_t outlet, uint32_t score, an_span clean) {
  for (uint32_t i = 0; i < *count; i++)
    if (votes[i].outlet == outlet) {
      votes[i].score += score;
      return;
    }
  if (*count < MOST_VOTES) votes[(*count)++] = (vote){outlet, score, clean};
}

/* Addresses: "news.desk@herald.example", "www.herald.example". */
static void read_hosts(const an_world *w, const an_article *article, an_span block, vote *votes, uint32_t *count) {
  an_text text = an_text_slice(article->text, block.begin, block.end);
  for (uint32_t at = 0; at < text.size;) {
    if (!is_host_byte(text.at[at])) {
      at++;
      continue;
    }
    uint32_t begin = at, dots = 0;
    while (at < text.size && is_host_byte(text.at[at])) dots += text.at[at++] == '.';
    if (dots == 0 || at - begin < 4) continue;
    uint32_t outlet = outlet_of_host(w, an_text_slice(text, begin, at));
    bool mail = begin > 0 && text.at[begin - 1] == '@';
    if (outlet != AN_NONE) cast(votes, count, outlet, mail ? 4 : 3, (an_span){block.begin + begin, block.begin + at});
  }
}

static bool read_names(const an_world *w, const an_article *article, an_span block, an_arena *arena, vote *votes, uint32_t *count) {
  an_units units = {0};
  uint32_t first = 0, postings = 0;
  if (!an_units_cut(arena, an_text_slice(article->text, block.begin, block.end), block.begin, 0, &units)) return false;
  for (uint32_t i = 0; i < units.list.count; i++) {
    uint32_t length = an_find_at(w, &units, i, &first, &postings);
    for (uint32_t k = 0; k < postings && length > 0; k++) {
      an_posting p = an_posting_at(w, first + k);
      if (p.kind != AN_FORM_OUTLET || p.units != length || !an_posting_fits(w, &units, i, &p)) continue;
      /* An agency's name in the furniture is a photo credit more often than the masthead. */
      bool agency = an_text_is(an_entity_at(w, p.entity).two, "agency");
      cast(votes, count, p.entity, agency ? 0 : 1, (an_span){units.list.at[i].at.begin, units.list.at[i + length - 1].at.end});
      break;
    }
    if (length > 1) i += length - 1;
  }
  return true;
}

static an_status read_furniture(const an_world *w, const an_article *article, an_arena *arena, const an_tracer *trace, an_outlet *out, an_error *err) {
  vote votes[MOST_VOTES] = {0};
  uint32_t count = 0, best = 0;
  for (uint32_t b = 0; b < article->block_count; b++) {
    const an_article_block *block = &article->blocks[b];
    if (block->kind != AN_BLOCK_BOILERPLATE && block->kind != AN_BLOCK_META) continue;
    if (block->clean.end - block->clean.begin > 4000) continue;
    read_hosts(w, article, block->clean, votes, &count);
    if (!read_names(w, article, block->clean, arena, votes, &count)) return an_fail(err, AN_ERR_LIMIT, "world", "the page needs more memory than --max-arena allows");
  }
  for (uint32_t i = 1; i < count; i++)
    if (votes[i].score > votes[best].score) best = i;
  uint32_t rival = 0;
  for (uint32_t i = 0; i < count; i++)
    if (i != best && votes[i].score > rival) rival = votes[i].score;
  for (uint32_t i = 0; i < count; i++)
    AN_TRACE(trace, "world.outlet", votes[i].clean, i == best && votes[i].score >= 2 && votes[i].score > rival, "%u for %.*s", votes[i].score,
             (int)an_entity_at(w, votes[i].outlet).name.size, an_entity_at(w, votes[i].outlet).name.at);
  if (count > 0 && votes[best].score >= 2 && votes[best].score > rival) take(w, votes[best].outlet, an_page_raw(article, votes[best].clean), out);
  return AN_OK;
}

/* ---- The masthead --------------------------------------------------------------------------------- */

enum { MASTHEAD_BLOCKS = 3, THE_MASTHEAD_BLOCKS = 12, MASTHEAD_BYTES = 120, MASTHEAD_WORDS = 6 };

static bool has_cue(const an_world *w, an_text word, an_cue_kind cue) {
  uint32_t first, count;
  if (!an_slot_find(w->forms, an_fold_hash(word), &first, &count)) return false;
  for (uint32_t i = 0; i < count && first + i < w->post_count; i++) {
    an_posting p = an_posting_bare(w, first + i);
    if (p.kind == AN_FORM_CUE && an_entity_sub_of(w, p.entity) == cue) return true;
  }
  return false;
}

/* "Chaco Monitor - news from the heart of the continent": what stands before the first sign between spaces. */
static an_text before_sign(an_text line) {
  for (uint32_t i = 1; i + 1 < line.size; i++) {
    if (line.at[i - 1] != ' ') continue;
    uint32_t at = i, code = an_utf8_next(line, &at);
    bool letter = an_code_is_letter(code) || (code >= '0' && code <= '9');
    if (!letter && at < line.size && line.at[at] == ' ') return an_text_slice(line, 0, i - 1);
  }
  return an_text_trim(line);
}

/* Words that all begin with a capital, but for "of", "the" and the like, and one of them a word for a paper. */
static bool is_masthead(const an_world *w, an_text name, bool *capitals) {
  uint32_t words = 0, papers = 0;
  *capitals = true;
  for (uint32_t begin = 0, i = 0; i <= name.size; i++) {
    if (i < name.size && name.at[i] != ' ') continue;
    an_text word = an_text_slice(name, begin, i);
    uint32_t at = 0, code = word.size == 0 ? 0 : an_utf8_next(word, &at);
    begin = i + 1;
    if (!an_code_is_letter(code)) return false;
    if (++words > MASTHEAD_WORDS) return false;
    if (!an_code_is_upper(code) && word.size > 3) *capitals = false;
    papers += has_cue(w, word, AN_CUE_PAPER_WORD);
  }
  return words >= 2 && papers > 0;
}

/* The name behind its article: "Gull Herald" of "The Gull Herald"; without one, the name. */
static an_text behind_article(const an_world *w, an_text name) {
  uint32_t space = an_text_find(name, 0, AN_LIT(" "));
  return space != AN_NONE && has_cue(w, an_text_slice(name, 0, space), AN_CUE_SMALL) ? an_text_slice(name, space + 1, name.size) : name;
}

/* "goldcoastreader.example" is the site of "the gold coast reader". */
static bool spells(const an_world *w, an_text host, an_text name) {
  name = behind_article(w, name);
  host = plain_host(host);
  uint32_t h = 0;
  for (uint32_t i = 0; i < name.size; i++) {
    if (name.at[i] == ' ') continue;
    while (h < host.size && host.at[h] == '-') h++;
    if (h >= host.size || (host.at[h] | 32) != (name.at[i] | 32)) return false;
    h++;
  }
  return h < host.size && host.at[h] == '.';
}

static an_text host_spelling(const an_world *w, const an_article *article, an_text name) {
  for (uint32_t b = 0; b < article->block_count; b++) {
    const an_article_block *block = &article->blocks[b];
    if (block->kind != AN_BLOCK_BOILERPLATE && block->kind != AN_BLOCK_META) continue;
    an_text text = an_text_slice(article->text, block->clean.begin, block->clean.end);
    for (uint32_t at = 0; at < text.size; at++) {
      uint32_t begin = at;
      while (at < text.size && is_host_byte(text.at[at])) at++;
      an_text host = an_text_slice(text, begin, at);
      while (host.size > 0 && host.at[host.size - 1] == '.') host.size--;
      if (spells(w, host, name)) return plain_host(host);
    }
  }
  return (an_text){NULL, 0};
}

/* Menus say "World News" as well: a page with markup must say the name more than once. */
static bool said_twice(const an_page *page, an_text name) {
  an_text bytes = {(const char *)page->bytes, page->size};
  uint32_t first = an_text_find(bytes, 0, name);
  return first != AN_NONE && an_text_find(bytes, first + name.size, name) != AN_NONE;
}

static void read_masthead(const an_world *w, const an_page *page, const an_article *article, an_arena *arena, const an_tracer *trace, an_outlet *out) {
  for (uint32_t b = 0; b < article->block_count && b < THE_MASTHEAD_BLOCKS && b != article->title; b++) {
    const an_article_block *block = &article->blocks[b];
    uint32_t size = block->clean.end - block->clean.begin;
    if ((block->kind != AN_BLOCK_BOILERPLATE && block->kind != AN_BLOCK_META) || size > MASTHEAD_BYTES) continue;
    an_text name = before_sign(an_text_slice(article->text, block->clean.begin, block->clean.end));
    an_span clean = {block->clean.begin, block->clean.begin + name.size};
    bool below = b >= MASTHEAD_BLOCKS; /* "The Gull Herald" below "Skip to content", "Search": no menu is called so */
    if (below && (article->html || behind_article(w, name).size == name.size)) continue;
    bool capitals, paper = is_masthead(w, name, &capitals);
    an_text host = paper ? host_spelling(w, article, name) : (an_text){NULL, 0};
    bool well = paper && (host.size > 0 || (capitals && (!article->html || said_twice(page, name))));
    if (paper) AN_TRACE(trace, "world.outlet", clean, well, "a first line like a paper's name");
    if (!well) continue;
    uint32_t row = outlet_named(w, arena, name);
    if (row != AN_NONE) take(w, row, an_page_raw(article, clean), out);
    else *out = (an_outlet){.name = name, .domain = host.size > 0 ? host : out->domain, .raw = an_page_raw(article, clean)};
    return;
  }
}

an_status an_outlet_find(const an_world *world, const an_page *page, const an_article *article, an_arena *arena,
                         const an_tracer *trace, an_outlet *out, an_error *err) {
  *out = (an_outlet){0};
  uint32_t row = page->outlet.size > 0 ? outlet_named(world, arena, page->outlet) : AN_NONE;
  if (row != AN_NONE) take(world, row, (an_span){0, 0}, out);
  if (page->outlet.size > 0) {
    out->name = page->outlet;
    return AN_OK;
  }
  an_text host = {NULL, 0};
  an_span host_raw = {0, 0};
  if (page->url.size > 0) host = host_of_url(page->url);
  for (uint32_t i = 0; i < article->meta_count && host.size == 0; i++) {
    const an_meta *m = &article->meta[i];
    if (m->kind != AN_META_CANONICAL && m->kind != AN_META_SAVED_FROM) continue;
    host = host_of_url(m->value);
    host_raw = m->raw;
  }
  row = outlet_of_host(world, host);
  if (row != AN_NONE) {
    take(world, row, host_raw, out);
    return AN_OK;
  }
  for (uint32_t i = 0; i < article->meta_count; i++) {
    const an_meta *m = &article->meta[i];
    if (m->kind != AN_META_SITE || m->value.size == 0) continue;
    row = outlet_named(world, arena, m->value);
    if (row != AN_NONE) take(world, row, m->raw, out);
    else *out = (an_outlet){.name = m->value, .domain = plain_host(host), .raw = m->raw};
    return AN_OK;
  }
  if (host.size > 0) {
    out->domain = plain_host(host);
    out->raw = host_raw;
  }
  an_outlet own = {0};
  AN_TRY(read_furniture(world, article, arena, trace, &own, err));
  if (own.name.at != NULL && (host.size == 0 || an_text_equal(own.domain, plain_host(host)))) *out = own;
  if (out->name.at == NULL) {
    own = *out;
    read_masthead(world, page, article, arena, trace, &own);
    if (own.name.at != NULL && (host.size == 0 || own.domain.size == 0 || an_text_equal(own.domain, plain_host(host)))) *out = own;
  }
  return AN_OK;
}

an_text an_world_agency(const an_world *world, const an_words *words, uint32_t first, uint32_t *end) {
  an_text none = {NULL, 0};
  if (first >= words->token_count) return none;
  /* A few words from `first` on are enough for the longest name of an agency. */
  an_arena arena;
  an_arena_init(&arena, 16 << 10);
  an_units units = {0};
  uint32_t sentence = words->tokens[first].sentence, posting = 0, count = 0;
  bool well = true;
  for (uint32_t i = first; well && i < words->token_count && i < first + AN_UNITS_MOST && words->tokens[i].sentence == sentence; i++)
    well = an_units_cut(&arena, an_word(words, i), words->tokens[i].at.begin, i, &units);
  an_text name = none;
  uint32_t length = well && units.list.count > 0 ? an_find_at(world, &units, 0, &posting, &count) : 0;
  for (uint32_t k = 0; length > 0 && k < count; k++) {
    an_posting p = an_posting_at(world, posting + k);
    if (p.kind != AN_FORM_OUTLET || p.units != length || !an_posting_fits(world, &units, 0, &p)) continue;
    name = an_entity_at(world, p.entity).name;
    *end = units.list.at[length - 1].token + 1;
    break;
  }
  an_arena_free(&arena);
  return name;
}
