/* SPDX-License-Identifier: Apache-2.0 */
/* 64-bit key -> 32-bit value, open addressing, in an arena. Key 0 is not allowed. */
#ifndef AN_BASE_MAP_H
#define AN_BASE_MAP_H
#include "base/arena.h"

typedef struct an_map { uint64_t *keys; uint32_t *values; uint32_t count, capacity; } an_map;
/* Room for `count` keys in all; false: the budget is spent. */
bool an_map_reserve(an_arena *arena, an_map *map, uint32_t count);
/* The value's place, made with `fresh` when the key is new; NULL when the budget is spent. */
uint32_t *an_map_put(an_arena *arena, an_map *map, uint64_t key, uint32_t fresh);
uint32_t an_map_get(const an_map *map, uint64_t key, uint32_t absent);
#endif
