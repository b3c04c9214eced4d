/* SPDX-License-Identifier: Apache-2.0 */
/* One arena a page: allocate, never free, reset for the next page. Lists grow inside it. */
#ifndef AN_BASE_ARENA_H
#define AN_BASE_ARENA_H
#include "annals.h"

typedef struct an_arena_chunk an_arena_chunk;
typedef struct an_arena { an_arena_chunk *chunk; size_t used, max; } an_arena; /* used: bytes handed out; max: the budget */

void an_arena_init(an_arena *arena, size_t max);
void an_arena_reset(an_arena *arena);      /* keeps the largest chunk for the next page */
void an_arena_free(an_arena *arena);
/* Zeroed memory for count items of `size` bytes, aligned for any type; NULL when the budget or the system is at its end
   or count * size overflows. count == 0 gives a valid pointer. */
void *an_arena_take(an_arena *arena, size_t count, size_t size);
void *an_arena_raw(an_arena *arena, size_t count, size_t size);    /* the same, not zeroed */
#define AN_NEW(arena, type, count) ((type *)an_arena_take((arena), (count), sizeof(type)))
an_text an_arena_copy(an_arena *arena, const char *at, size_t size);          /* at == NULL in the result: budget spent */
an_text an_arena_printf(an_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A growing array: AN_LIST(an_token) tokens = {0}; an_token *t = AN_PUSH(arena, &tokens); NULL when the budget is spent. */
#define AN_LIST(type) struct { type *at; uint32_t count, capacity; }
bool an_list_grow(an_arena *arena, void **at, uint32_t count, uint32_t *capacity, size_t item); /* room for one more */
#define AN_PUSH(arena, list)                                                                              \
  ((list)->count < (list)->capacity ||                                                                    \
           an_list_grow((arena), (void **)&(list)->at, (list)->count, &(list)->capacity, sizeof *(list)->at) \
       ? &(list)->at[(list)->count++] : NULL)
#endif
