/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"

/* The place of the key, or of the free slot where it would go. Multiplying spreads keys that differ in a few bits only. */
static uint32_t place_of(const an_map *map, uint64_t key) {
  uint32_t mask = map->capacity - 1;
  uint32_t at = (uint32_t)((key * 0x9e3779b97f4a7c15u) >> 32) & mask;
  while (map->keys[at] != 0 && map->keys[at] != key) at = (at + 1) & mask;
  return at;
}

static bool grow(an_arena *arena, an_map *map, uint32_t capacity) {
  an_map wider = {.count = map->count, .capacity = capacity};
  wider.keys = AN_NEW(arena, uint64_t, wider.capacity);
  wider.values = AN_NEW(arena, uint32_t, wider.capacity);
  if (wider.keys == NULL || wider.values == NULL) return false;
  for (uint32_t i = 0; i < map->capacity; i++) {
    if (map->keys[i] == 0) continue;
    uint32_t at = place_of(&wider, map->keys[i]);
    wider.keys[at] = map->keys[i];
    wider.values[at] = map->values[i];
  }
  *map = wider;
  return true;
}

/* At most two thirds full, so that runs stay short and a free slot ends every search. */
bool an_map_reserve(an_arena *arena, an_map *map, uint32_t count) {
  if (count <= map->capacity / 3 * 2) return true;
  uint32_t capacity = map->capacity == 0 ? 16 : map->capacity;
  while (count > capacity / 3 * 2) {
    if (capacity > UINT32_MAX / 2) return false;
    capacity *= 2;
  }
  return grow(arena, map, capacity);
}

uint32_t *an_map_put(an_arena *arena, an_map *map, uint64_t key, uint32_t fresh) {
  if (!an_map_reserve(arena, map, map->count + 1)) return NULL;
  uint32_t at = place_of(map, key);
  if (map->keys[at] == 0) {
    map->keys[at] = key;
    map->values[at] = fresh;
    map->count++;
  }
  return &map->values[at];
}

uint32_t an_map_get(const an_map *map, uint64_t key, uint32_t absent) {
  if (map->capacity == 0) return absent;
  uint32_t at = place_of(map, key);
  return map->keys[at] == key ? map->values[at] : absent;
}
