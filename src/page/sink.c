/* SPDX-License-Identifier: Apache-2.0 */
/* Source bytes become clean text: runs of white space (no-break space too) are one space, soft hyphens, zero-width and
   control characters are gone, character references are what they mean, a block is a line. Every clean byte lies in a run. */
#include "page/inner.h"

#include <string.h>
#if defined __SSE2__
#include <emmintrin.h>
#endif

/* Classes of bytes: 0 is copied as it is; the others need a look. */
enum { PLAIN, SPACE, REFERENCE, CONTROL, CODE };
/* CODE: lead bytes of the code points that are white space or are dropped: U+0080..00BF, 1680, 2000..206F, 3000, FEFF, FFF9… */
static const uint8_t classes[256] = {
  3, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
  1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 4, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
};
static bool is_space(uint32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}
static bool is_dropped(uint32_t c) {
  return c < 32 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

bool sink_start(reader *r) {
  /* References grow by a fifth at most, and every block adds one byte and takes one. */
  size_t capacity = (size_t)r->source.size + r->source.size / 4 + 96;
  if (capacity > UINT32_MAX) capacity = UINT32_MAX;
  r->sink.text = an_arena_raw(r->arena, capacity, 1);
  r->sink.capacity = (uint32_t)capacity;
  return r->sink.text != NULL;
}

static inline void put_run(reader *r, uint32_t begin, uint32_t end) {
  an_run *run = r->sink.runs.count < r->sink.runs.capacity ? &r->sink.runs.at[r->sink.runs.count++] : AN_PUSH(r->arena, &r->sink.runs);
  if (run == NULL) { r->spent = true; return; }
  *run = (an_run){r->sink.size, begin, end};
}

/* One byte for the source range, in a run of its own. */
static inline void put_one(reader *r, uint32_t begin, uint32_t end, char byte) {
  sink *s = &r->sink;
  if (s->size >= s->capacity) { r->spent = true; return; }
  put_run(r, begin, end);
  s->text[s->size++] = byte;
  s->last_end = end;
}

/* `size` clean bytes for the source range; `whole`: one piece, else byte for byte. */
static void put(reader *r, uint32_t begin, uint32_t end, const char *bytes, uint32_t size, bool whole) {
  sink *s = &r->sink;
  if (size > s->capacity - s->size) { r->spent = true; return; }
  if (whole && size > 1 && end - begin == size) {   /* "&nGg;" is as long as what it means: in two, so that it does not look like bytes */
    put(r, begin, end, bytes, size - 1, true);
    begin = end;
    bytes += size - 1;
    size = 1;
  }
  an_run *last = s->runs.count > 0 ? &s->runs.at[s->runs.count - 1] : NULL;
  if (!whole && last != NULL && last->raw_end == begin && last->raw_end - last->raw == s->size - last->clean) last->raw_end = end;
  else put_run(r, begin, end);
  memcpy(s->text + s->size, bytes, size);
  s->size += size;
  s->last_end = end;
}

/* Nothing more is taken. */
static void fill(reader *r, const char *what, uint32_t at) {
  problem_add(r, what, (an_span){at, r->source.size});
  r->sink.full = true;
}

static bool open_block(reader *r, uint32_t begin, uint32_t flags, uint32_t node, uint8_t tag) {
  sink *s = &r->sink;
  if (r->blocks.count >= r->limits.blocks) {
    fill(r, "limit met: blocks", begin);
    return false;
  }
  if (r->blocks.count > 0) put_one(r, s->last_end, begin, '\n');
  block *b = r->blocks.count < r->blocks.capacity ? &r->blocks.at[r->blocks.count++] : AN_PUSH(r->arena, &r->blocks);
  if (b == NULL) { r->spent = true; return false; }
  *b = (block){.clean = {s->size, s->size}, .node = node, .flags = flags, .tag = tag, .paragraph_break = r->breaking, .kind = AN_BLOCK_BOILERPLATE};
  r->breaking = false;
  s->open = true;
  s->gap = false;
  return true;
}

typedef struct around { uint32_t flags, node; uint8_t tag; } around;

/* Visible bytes, `spaces` of them spaces: opens a block where none is, pays the pending space, puts them. */
static void put_visible(reader *r, uint32_t begin, uint32_t end, const char *bytes, uint32_t size, uint32_t spaces, bool whole,
                        const around *a) {
  sink *s = &r->sink;
  if (s->full) return;
  if (s->runs.count > MOST_RUNS - 4) { fill(r, "limit met: pieces of text", begin); return; }   /* a block, a space and this take 4 */
  if (!s->open && !open_block(r, begin, a->flags, a->node, a->tag)) return;
  if (s->gap) {
    bool plain = begin == s->gap_begin + 1 && r->source.at[s->gap_begin] == ' ' && s->last_end == s->gap_begin;
    put(r, s->last_end, begin, " ", 1, !plain);
    s->gap = false;
  }
  put(r, begin, end, bytes, size, whole);
  if (r->blocks.count == 0) return;
  block *b = &r->blocks.at[r->blocks.count - 1];
  b->clean.end = s->size;
  b->flags &= a->flags;
  if (a->flags & IN_LINK) b->link_bytes += size - spaces;
}

void sink_gap(reader *r, uint32_t at) {
  if (r->sink.open && !r->sink.gap) { r->sink.gap = true; r->sink.gap_begin = at; }
}

/* A character reference; `at` is '&'. The bytes it takes. */
static uint32_t reference(reader *r, uint32_t at, uint32_t end, const around *a) {
  char out[8];
  uint32_t made = 0, used = r->html ? entity_decode(r->source.at, end, at, false, out, &made) : 0;
  if (used == 0) {                                   /* itself, with those before the last of its kind */
    uint32_t n = 1;
    while (at + n + 1 < end && r->source.at[at + n] == '&' && r->source.at[at + n + 1] == '&') n++;
    put_visible(r, at, at + n, (const char *)r->source.at + at, n, 0, false, a);
    return n;
  }
  an_text text = {out, made};
  uint32_t first = 0, code = an_utf8_next(text, &first);
  if (is_space(code)) sink_gap(r, at);
  else if (!is_dropped(code)) put_visible(r, at, at + used, out, made, 0, true, a);
  return used;
}

/* The size of the character at `i` when it is one that shows and that ASCII does not have; else 0. */
static uint32_t shown(const uint8_t *at, uint32_t i, uint32_t end) {
  uint32_t next = i, code = an_utf8_next((an_text){(const char *)at, end}, &next);
  return is_space(code) || is_dropped(code) ? 0 : next - i;
}

/* Sixteen bytes at once, a bit each: are they of ASCII and show, are they spaces? */
typedef struct some_bits { uint32_t plain, spaces; } some_bits;
enum { AT_ONCE = 16 };

/* "&" means itself where there are no references. */
static inline some_bits bits_at(const uint8_t *at, bool references) {
  some_bits b = {0, 0};
#if defined __SSE2__
  __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
  __m128i plain = _mm_cmplt_epi8(_mm_add_epi8(v, _mm_set1_epi8(0x80 - 0x21)), _mm_set1_epi8(0x7F - 0x21 - 0x80));   /* 0x21 to 0x7E */
  if (references) plain = _mm_andnot_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('&')), plain);
  b.plain = (uint32_t)_mm_movemask_epi8(plain);
  b.spaces = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
#else
  for (uint32_t i = 0; i < AT_ONCE; i++) {
    b.plain |= (uint32_t)(at[i] > ' ' && at[i] < 0x7F && (!references || at[i] != '&')) << i;
    b.spaces |= (uint32_t)(at[i] == ' ') << i;
  }
#endif
  return b;
}

/* Where the first stands, of the bytes from `i` on, that is none of those, nor a space that one is seen to follow; *spaces: those
   before it. */
static inline uint32_t plain_stretch(const source *s, uint32_t i, uint32_t end, bool references, uint32_t *spaces) {
  for (; s->size - i >= AT_ONCE; i += AT_ONCE) {
    some_bits b = bits_at(s->at + i, references);
    if (end - i < AT_ONCE) { b.plain &= (1u << (end - i)) - 1; b.spaces &= (1u << (end - i)) - 1; }
    uint32_t stops = (b.plain | (b.spaces & b.plain >> 1)) ^ 0xFFFF;
    if (spaces != NULL) *spaces += (uint32_t)__builtin_popcount(b.spaces & (stops - 1) & ~stops);
    if (stops != 0) return i + (uint32_t)__builtin_ctz(stops);
  }
  while (i < end && classes[s->at[i]] == PLAIN) i++;
  return i;
}

/* The end of what is clean as it lies, from `i` on: characters that show, and single spaces between two. */
static inline uint32_t stretch_end(const reader *r, uint32_t i, uint32_t end, uint32_t *spaces) {
  const uint8_t *at = r->source.at;
  while ((i = plain_stretch(&r->source, i, end, r->html, spaces)) < end) {
    uint32_t size = classes[at[i]] == CODE ? shown(at, i, end) : 0;
    while (i + size < end && at[i + size] >= 0x80 && classes[at[i + size]] == PLAIN) size++;
    bool space = at[i] == ' ' && i + 1 < end && (classes[at[i + 1]] == PLAIN || (classes[at[i + 1]] == CODE && shown(at, i + 1, end) > 0));
    if (size == 0 && !space) break;
    if (space && spaces != NULL) ++*spaces;
    i += space ? 1 : size;
  }
  return i;
}

/* A line that is clean as it lies, where no block is open: what sink_text does of it, in one step. */
void sink_line(reader *r, uint32_t begin, uint32_t end) {
  sink *s = &r->sink;
  uint32_t size = end - begin, n = s->runs.count;
  bool whole = size > 0 && !s->open && r->source.at[begin] != ' ' && stretch_end(r, begin, end, NULL) == end;
  if (!whole || s->full || r->blocks.count >= r->limits.blocks || r->blocks.count >= r->blocks.capacity || n + 2 > s->runs.capacity ||
      n > MOST_RUNS - 4 || size + 1 > s->capacity - s->size) {
    sink_text(r, begin, end, 0, AN_NONE, TAG_P);
    return;
  }
  bool follows = r->blocks.count > 0, one = follows && begin == s->last_end + 1;      /* one: what ends the line before is a byte too */
  if (follows) {
    s->runs.at[n++] = (an_run){s->size, s->last_end, one ? end : begin};
    s->text[s->size++] = '\n';
  }
  if (!one) s->runs.at[n++] = (an_run){s->size, begin, end};
  block *b = &r->blocks.at[r->blocks.count++];
  *b = (block){.clean = {s->size, s->size + size}, .node = AN_NONE, .tag = TAG_P, .paragraph_break = r->breaking, .kind = AN_BLOCK_BOILERPLATE};
  memcpy(s->text + s->size, r->source.at + begin, size);
  s->runs.count = n;
  s->size += size;
  s->last_end = end;
  s->open = true;
  s->gap = r->breaking = false;
}

void sink_text(reader *r, uint32_t begin, uint32_t end, uint32_t flags, uint32_t node, uint8_t tag) {
  const around a = {flags, node, tag};
  const uint8_t *at = r->source.at;
  for (uint32_t i = begin; i < end && !r->spent && !r->sink.full;) {
    uint8_t class = classes[at[i]];
    if (class == SPACE) { sink_gap(r, i++); continue; }
    if (class == REFERENCE) { i += reference(r, i, end, &a); continue; }
    if (class == CONTROL) { i++; continue; }
    if (class == CODE) {                                                    /* a space of another kind, or nothing that shows? */
      uint32_t next = i, code = an_utf8_next((an_text){(const char *)at, end}, &next);
      bool space = is_space(code);
      if (space) sink_gap(r, i);
      if (space || is_dropped(code)) { i = next; continue; }
    }
    uint32_t spaces = 0, stretch = i;
    i = stretch_end(r, i, end, flags & IN_LINK ? &spaces : NULL);      /* they are asked for in links alone */
    put_visible(r, stretch, i, (const char *)at + stretch, i - stretch, spaces, false, &a);
  }
}

void sink_break(reader *r) {
  r->sink.open = false;
  r->sink.gap = false;
}
