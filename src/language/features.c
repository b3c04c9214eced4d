/* SPDX-License-Identifier: Apache-2.0 */
#include "language/features.h"

#include <string.h>

#define K1 0x9e3779b97f4a7c15u
#define K2 0xc2b2ae3d27d4eb4fu
#define K3 0x165667b19e3779f9u
#define K4 0x85ebca77c2b2ae63u

/* One feature of up to three atoms. A template's number is its place in the function. */
#define TEMPLATES enum { before_first_ = __COUNTER__ }
#define F3(a, b, c) \
  (out[n++] = an_mix((uint64_t)(__COUNTER__ - before_first_) * K4 + (a) * K1 + (b) * K2 + (c) * K3))
#define F1(a) F3(a, 0u, 0u)
#define F2(a, b) F3(a, b, 0u)

static uint64_t atom(uint64_t value, uint64_t kind) { return an_mix(value * K1 + kind * K4); }

/* ---- Tagger ---- */

static const an_view *view_at(const an_seen *seen, uint32_t i, int64_t by, const an_view *outside) {
  int64_t at = (int64_t)i + by;
  return at >= 0 && at < (int64_t)seen->size ? &seen->view[at] : outside;
}

static uint64_t tag_at(const an_seen *seen, uint32_t i, int64_t by) {
  int64_t at = (int64_t)i + by;
  return at >= 0 ? atom(seen->tag[at], 30) : 31;
}

static uint64_t usual_at(const an_seen *seen, uint32_t i, int64_t by) {
  int64_t at = (int64_t)i + by;
  return at >= 0 && at < (int64_t)seen->size ? atom(seen->usual[at], 32) : 33;
}

static uint64_t can_at(const an_seen *seen, uint32_t i, int64_t by) {
  int64_t at = (int64_t)i + by;
  return at >= 0 && at < (int64_t)seen->size ? atom(seen->can[at], 34) : 35;
}

uint32_t an_features_tag(const an_seen *seen, uint32_t i, uint64_t *out) {
  static const an_view outside = {.form = 41, .lower = 42, .suffix = {43, 44, 45, 46}, .prefix = {47, 48, 49}, .shape = 50};
  const an_view *w = &seen->view[i];
  const an_view *p1 = view_at(seen, i, -1, &outside), *p2 = view_at(seen, i, -2, &outside);
  const an_view *n1 = view_at(seen, i, 1, &outside), *n2 = view_at(seen, i, 2, &outside);
  uint64_t t1 = tag_at(seen, i, -1), t2 = tag_at(seen, i, -2);
  uint64_t u0 = usual_at(seen, i, 0), u1 = usual_at(seen, i, 1), u2 = usual_at(seen, i, 2);
  uint64_t flags = atom(w->flags | (i == 0 ? 64u : 0u), 36);
  uint64_t upper = atom((w->flags & AN_VIEW_FIRST_UPPER) | (n1->flags & AN_VIEW_FIRST_UPPER) << 1 |
                        (p1->flags & AN_VIEW_FIRST_UPPER) << 2 | (i == 0 ? 64u : 0u), 37);
  uint64_t c0 = can_at(seen, i, 0), c1 = can_at(seen, i, 1), c2 = can_at(seen, i, 2);
  uint32_t n = 0;
  TEMPLATES;
  F1(w->form); F1(w->lower);
  F1(w->suffix[0]); F1(w->suffix[1]); F1(w->suffix[2]); F1(w->suffix[3]);
  F1(w->prefix[0]); F1(w->prefix[1]); F1(w->prefix[2]);
  F1(w->shape); F1(flags); F1(upper); F1(u0);
  F2(w->suffix[2], flags); F2(w->suffix[1], t1); F2(w->suffix[2], t1);
  F1(t1); F2(t1, t2); F2(t1, w->lower); F2(t1, n1->lower); F3(t1, t2, w->lower);
  F1(p1->lower); F1(p2->lower); F1(n1->lower); F1(n2->lower);
  F2(p1->lower, w->lower); F2(w->lower, n1->lower); F2(p1->lower, n1->lower);
  F1(n1->suffix[2]); F1(p1->suffix[2]); F2(n1->suffix[1], w->suffix[1]);
  F1(u1); F2(u1, u2); F2(t1, u1); F3(t1, u0, u1); F2(w->lower, u1); F2(u0, u1);
  F2(w->shape, t1); F2(upper, u0); F2(upper, t1);
  F1(c0); F2(c0, t1); F3(c0, t1, t2); F2(c0, c1); F3(c0, t1, c1); F2(c0, upper); F2(c0, w->suffix[1]); F2(c0, p1->lower);
  F2(c0, n1->lower); F2(c0, u1); F3(t1, c1, c2); F3(c0, c1, c2);
  return n;
}

/* ---- The network's inputs ---- */

enum { FLAG_CAN = 5, FLAG_FIRST = 14, FLAG_STOP = 15, FLAG_TITLE = 16, LONG_WORD = 4 /* letters */ };

static bool is_stop(const char *at, uint32_t size) {
  if (size == 1) return strchr(".!?\"'", at[0]) != NULL && at[0] != '\0';
  return size == 3 && memcmp(at, "\xE2\x80", 2) == 0 && strchr("\x98\x99\x9C\x9D", at[2]) != NULL; /* curly quotes */
}

void an_features_atoms(const an_seen *seen, const char *last, uint32_t last_size, an_atoms *out) {
  uint32_t longer = 0, capitals = 0, all = is_stop(last, last_size) ? 1u << FLAG_STOP : 0;
  for (uint32_t i = 0; i < seen->size; i++) {
    const an_view *v = &seen->view[i];
    const uint64_t forms[AN_ATOM_FORMS] = {v->suffix[2], v->suffix[1], v->prefix[2], v->shape};
    for (uint32_t k = 0; k < AN_ATOM_FORMS; k++) out[i].form[k] = k * AN_ATOM_HASHED + (uint32_t)(forms[k] >> 20) % AN_ATOM_HASHED;
    out[i].flags = (v->flags & 31u) | (seen->can[i] & 511u) << FLAG_CAN | (i == 0 ? 1u << FLAG_FIRST : 0);
    if (v->size < LONG_WORD) continue;
    longer++;
    capitals += (v->flags & AN_VIEW_FIRST_UPPER) != 0;
  }
  if (longer > 1 && capitals * 3 >= longer * 2) all |= 1u << FLAG_TITLE;
  for (uint32_t i = 0; i < seen->size; i++) out[i].flags |= all;
}
