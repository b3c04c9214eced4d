/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that took long, kept until the record changes: what a page asks for first is asked again and again. */
#include "serve/serve.h"

#include <stdlib.h>
#include <string.h>

static void drop(sv_cache *cache, sv_kept *kept) {
  cache->bytes -= kept->size;
  free(kept->raw);
  free(kept->bytes);
  *kept = (sv_kept){0};
}

void sv_cache_open(sv_cache *cache) {
  *cache = (sv_cache){.epoch = 1};
  pthread_mutex_init(&cache->lock, NULL);
}

void sv_cache_close(sv_cache *cache) {
  for (size_t i = 0; i < SV_KEPT; i++) drop(cache, &cache->kept[i]);
  pthread_mutex_destroy(&cache->lock);
}

uint64_t sv_cache_epoch(sv_cache *cache) {
  pthread_mutex_lock(&cache->lock);
  uint64_t epoch = cache->epoch;
  pthread_mutex_unlock(&cache->lock);
  return epoch;
}

uint64_t sv_cache_empty(sv_cache *cache, uint64_t before) {
  pthread_mutex_lock(&cache->lock);
  for (size_t i = 0; i < SV_KEPT; i++) drop(cache, &cache->kept[i]);
  uint64_t epoch = cache->epoch++ == before ? cache->epoch : 0;
  pthread_mutex_unlock(&cache->lock);
  return epoch;
}

bool sv_cache_get(sv_cache *cache, const char *raw, sv_reply *reply) {
  bool found = false;
  pthread_mutex_lock(&cache->lock);
  for (size_t i = 0; i < SV_KEPT && !found; i++) {
    sv_kept *kept = &cache->kept[i];
    if (kept->raw == NULL || strcmp(kept->raw, raw) != 0) continue;
    found = true;
    kept->used = ++cache->clock;
    reply->type = kept->type;
    reply->name = kept->name;
    an_buf_add(&reply->body, kept->bytes, kept->size);
  }
  pthread_mutex_unlock(&cache->lock);
  return found;
}

/* An answer of an older state of the record (its epoch) is not kept. The longest unused goes first. */
void sv_cache_put(sv_cache *cache, const char *raw, uint64_t epoch, const sv_reply *reply) {
  if (reply->body.size > SV_KEPT_BYTES / 8) return;
  pthread_mutex_lock(&cache->lock);
  while (epoch == cache->epoch) {
    sv_kept *oldest = &cache->kept[0];
    for (size_t i = 1; i < SV_KEPT; i++)
      if (cache->kept[i].used < oldest->used) oldest = &cache->kept[i];
    bool full = cache->bytes + reply->body.size > SV_KEPT_BYTES;
    if (oldest->raw != NULL) drop(cache, oldest);
    else if (full) { /* the unused places sort first: take from those that are used */
      for (size_t i = 0; i < SV_KEPT; i++)
        if (cache->kept[i].raw != NULL && (oldest->raw == NULL || cache->kept[i].used < oldest->used)) oldest = &cache->kept[i];
      drop(cache, oldest);
    }
    if (cache->bytes + reply->body.size > SV_KEPT_BYTES) continue;
    *oldest = (sv_kept){.raw = strdup(raw), .bytes = malloc(reply->body.size + 1), .size = reply->body.size, .type = reply->type, .name = reply->name,
                        .used = ++cache->clock};
    cache->bytes += oldest->size;
    if (oldest->raw == NULL || oldest->bytes == NULL) drop(cache, oldest);
    else memcpy(oldest->bytes, reply->body.at, reply->body.size);
    break;
  }
  pthread_mutex_unlock(&cache->lock);
}
