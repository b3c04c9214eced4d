/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes: xxh3 for tables and shingles (same on every machine), SHA-256 for identity. */
#ifndef AN_BASE_HASH_H
#define AN_BASE_HASH_H
#include "annals.h"

uint64_t an_hash64(const void *bytes, size_t size);          /* XXH3_64bits, never 0 */
uint64_t an_hash64_seed(const void *bytes, size_t size, uint64_t seed);
uint64_t an_hash_mix(uint64_t a, uint64_t b);                /* ordered combination */
void an_sha256(const uint8_t *bytes, size_t size, uint8_t out[32]);
void an_hex(const uint8_t *bytes, size_t size, char *out);   /* 2 * size characters and a NUL */
#endif
