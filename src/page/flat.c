/* SPDX-License-Identifier: Apache-2.0 */
/* Flattened text: every line a block, an empty line a paragraph break. Text that was wrapped at a column is put together
   again: a line that goes on in lower case belongs to the line before it. */
#include "page/inner.h"

#include <string.h>

enum { WRAPPED_LEAST = 45, WRAPPED_MOST = 100 };
typedef struct line { uint32_t begin, end; } line;

/* `carriages`: there are some, old Macintosh ends among them perhaps. */
static line next_line(const source *s, uint32_t from, bool carriages) {
  uint32_t i = from;
  const uint8_t *found = memchr(s->at + i, '\n', s->size - i);
  uint32_t end = found == NULL ? s->size : (uint32_t)(found - s->at);
  const uint8_t *carriage = carriages ? memchr(s->at + i, '\r', end - i) : NULL;
  if (carriage != NULL && (uint32_t)(carriage - s->at) + 1 < end) end = (uint32_t)(carriage - s->at);
  return (line){from, end};
}

static bool blank(const source *s, line l) {
  an_text text = {(const char *)s->at + l.begin, l.end - l.begin};
  for (uint32_t at = 0; at < text.size;) {
    if ((uint8_t)text.at[at] > ' ' && (uint8_t)text.at[at] < 0x80) return false;      /* most lines' first byte tells */
    if (!an_code_is_space(an_utf8_next(text, &at))) return false;
  }
  return true;
}

/* "… the talks were held in\nMoscow" is no sign; "… the talks were\nheld in Moscow" is. */
static bool goes_on(const source *s, line before, line after) {
  if (before.end - before.begin < WRAPPED_LEAST) return false;
  uint8_t first = s->at[after.begin];
  if (first > ' ' && first < 0x80 && (first < 'a' || first > 'z')) return false;       /* whatever is trimmed */
  an_text a = an_text_trim((an_text){(const char *)s->at + before.begin, before.end - before.begin});
  if (a.size < WRAPPED_LEAST || a.size > WRAPPED_MOST) return false;
  an_text b = an_text_trim((an_text){(const char *)s->at + after.begin, after.end - after.begin});
  if (b.size == 0) return false;
  char last = a.at[a.size - 1];
  return b.at[0] >= 'a' && b.at[0] <= 'z' && ((last >= 'a' && last <= 'z') || last == ',' || last == '-');
}

void flat_read(reader *r) {
  const source *s = &r->source;
  line before = {0, 0};
  r->blocks.capacity = s->size / 32 < r->limits.blocks ? s->size / 32 + 16 : r->limits.blocks;   /* about as many as there are */
  r->blocks.at = an_arena_raw(r->arena, r->blocks.capacity, sizeof *r->blocks.at);
  r->sink.runs.capacity = 2 * r->blocks.capacity;
  r->sink.runs.at = an_arena_raw(r->arena, r->sink.runs.capacity, sizeof *r->sink.runs.at);
  if (r->blocks.at == NULL || r->sink.runs.at == NULL) { r->spent = true; return; }
  bool open = false, carriages = memchr(s->at, '\r', s->size) != NULL;
  for (uint32_t i = 0; i < s->size && !r->spent && !r->sink.full;) {
    line l = next_line(s, i, carriages);
    i = l.end < s->size ? l.end + 1 : s->size;
    if (blank(s, l)) { sink_break(r); r->breaking = true; open = false; continue; }
    if (open && goes_on(s, before, l)) sink_gap(r, l.begin > 0 ? l.begin - 1 : 0); else sink_break(r);
    sink_line(r, l.begin, l.end);
    before = l;
    open = true;
  }
  sink_break(r);
}
