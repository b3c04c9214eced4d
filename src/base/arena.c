/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 64 << 10, ALIGN = 16 };

struct an_arena_chunk {
  an_arena_chunk *next; /* older */
  size_t size, used;    /* of `bytes` */
  _Alignas(ALIGN) unsigned char bytes[];
};

void an_arena_init(an_arena *arena, size_t max) { *arena = (an_arena){NULL, 0, max}; }

/* Chunks double in size, so the newest is the largest, but for a single big item: look at all. */
void an_arena_reset(an_arena *arena) {
  an_arena_chunk *largest = arena->chunk;
  for (an_arena_chunk *c = arena->chunk; c != NULL; c = c->next)
    if (c->size > largest->size) largest = c;
  for (an_arena_chunk *c = arena->chunk, *next; c != NULL; c = next) {
    next = c->next;
    if (c != largest) free(c);
  }
  if (largest != NULL) {
    largest->next = NULL;
    largest->used = 0;
  }
  arena->chunk = largest;
  arena->used = 0;
}

void an_arena_free(an_arena *arena) {
  for (an_arena_chunk *c = arena->chunk, *next; c != NULL; c = next) {
    next = c->next;
    free(c);
  }
  arena->chunk = NULL;
  arena->used = 0;
}

static an_arena_chunk *add_chunk(an_arena *arena, size_t need) {
  size_t size = arena->chunk == NULL ? FIRST_CHUNK : arena->chunk->size;
  if (arena->chunk != NULL && size <= SIZE_MAX / 2) size *= 2;
  /* Doubling stops at the budget: what cannot be handed out need not be asked for. */
  if (size > arena->max - arena->used + ALIGN) size = arena->max - arena->used + ALIGN;
  if (size < need) size = need;
  an_arena_chunk *c = size > SIZE_MAX - sizeof *c ? NULL : malloc(sizeof *c + size);
  if (c == NULL) return NULL;
  c->next = arena->chunk;
  c->size = size;
  c->used = 0;
  return arena->chunk = c;
}

/* *bytes: as taken, a whole number of units. */
static void *take(an_arena *arena, size_t count, size_t size, size_t *bytes) {
  if (__builtin_mul_overflow(count, size, bytes) || *bytes > SIZE_MAX - ALIGN) return NULL;
  *bytes = (*bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1);
  if (*bytes == 0) *bytes = ALIGN; /* a pointer of one's own, even to nothing */
  if (*bytes > arena->max - arena->used) return NULL;
  an_arena_chunk *c = arena->chunk;
  if (c == NULL || *bytes > c->size - c->used) c = add_chunk(arena, *bytes);
  if (c == NULL) return NULL;
  void *out = c->bytes + c->used;
  c->used += *bytes;
  arena->used += *bytes;
  return out;
}

void *an_arena_raw(an_arena *arena, size_t count, size_t size) {
  size_t bytes;
  return take(arena, count, size, &bytes);
}

void *an_arena_take(an_arena *arena, size_t count, size_t size) {
  size_t bytes;
  void *out = take(arena, count, size, &bytes);
  return out == NULL ? NULL : memset(out, 0, bytes);
}

an_text an_arena_copy(an_arena *arena, const char *at, size_t size) {
  if (size > UINT32_MAX) return (an_text){NULL, 0};
  char *copy = an_arena_raw(arena, size, 1);
  if (copy == NULL) return (an_text){NULL, 0};
  if (size > 0) memcpy(copy, at, size);
  return (an_text){copy, (uint32_t)size};
}

an_text an_arena_printf(an_arena *arena, const char *format, ...) {
  char first[512];
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int size = vsnprintf(first, sizeof first, format, args);
  va_end(args);
  an_text out = {NULL, 0};
  if (size >= 0 && (size_t)size < sizeof first) {
    out = an_arena_copy(arena, first, (size_t)size);
  } else if (size >= 0) {
    char *at = an_arena_take(arena, (size_t)size + 1, 1);
    if (at != NULL) {
      vsnprintf(at, (size_t)size + 1, format, again);
      out = (an_text){at, (uint32_t)size};
    }
  }
  va_end(again);
  return out;
}

bool an_list_grow(an_arena *arena, void **at, uint32_t count, uint32_t *capacity, size_t item) {
  if (count < *capacity) return true;
  if (*capacity > UINT32_MAX / 2) return false;
  uint32_t more = *capacity < 8 ? 8 : *capacity * 2;
  unsigned char *grown = an_arena_raw(arena, more, item);
  if (grown == NULL) return false;
  if (count > 0) memcpy(grown, *at, count * item);
  memset(grown + count * item, 0, (more - count) * item);
  *at = grown;
  *capacity = more;
  return true;
}
