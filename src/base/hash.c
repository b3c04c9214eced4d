/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"

#include <nettle/sha2.h>
#define XXH_INLINE_ALL /* short keys are the common case: no call into the library for them */
#include <xxhash.h>

uint64_t an_hash64(const void *bytes, size_t size) {
  uint64_t hash = XXH3_64bits(bytes, size);
  return hash != 0 ? hash : 1;
}

uint64_t an_hash64_seed(const void *bytes, size_t size, uint64_t seed) {
  uint64_t hash = XXH3_64bits_withSeed(bytes, size, seed);
  return hash != 0 ? hash : 1;
}

/* The finish of splitmix64 (Steele, Lea and Flood 2014) over a combination that tells a, b from b, a. */
uint64_t an_hash_mix(uint64_t a, uint64_t b) {
  uint64_t x = a * 0x9e3779b97f4a7c15u + ((b << 32) | (b >> 32)) + 0x632be59bd9b4e019u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  x ^= x >> 31;
  return x != 0 ? x : 1;
}

void an_sha256(const uint8_t *bytes, size_t size, uint8_t out[32]) {
  struct sha256_ctx ctx;
  sha256_init(&ctx);
  sha256_update(&ctx, size, bytes);
  sha256_digest(&ctx, SHA256_DIGEST_SIZE, out);
}

void an_hex(const uint8_t *bytes, size_t size, char *out) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < size; i++) {
    *out++ = digits[bytes[i] >> 4];
    *out++ = digits[bytes[i] & 15];
  }
  *out = '\0';
}
