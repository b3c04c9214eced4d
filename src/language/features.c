/* SPDX-License-Identifier: Apache-2.0 */
/* The templates follow Zhang and Nivre (2011), fitted to the arc-hybrid system: words and tags of the top of the
   stack and of the head of the buffer, alone and together; children and their labels; distance and valency. */
#include "language/features.h"

#include <string.h>

#define K1 0x9e3779b97f4a7c15u
#define K2 0xc2b2ae3d27d4eb4fu
#define K3 0x165667b19e3779f9u
#define K4 0x27d4eb2f165667c5u
#define K5 0x85ebca77c2b2ae63u

/* One feature of up to four atoms. A template's number is its place in the function. FIF: only where there is something to
   say; a child that is missing says nothing, and what is not said need not be looked up. */
#define TEMPLATES enum { before_first_ = __COUNTER__ }
#define FIF(when, a, b, c, d) \
  (out[n] = an_mix((uint64_t)(__COUNTER__ - before_first_) * K5 + (a) * K1 + (b) * K2 + (c) * K3 + (d) * K4), \
   n += (when) ? 1u : 0u)
#define F1(a) FIF(true, a, 0u, 0u, 0u)
#define F2(a, b) FIF(true, a, b, 0u, 0u)
#define F3(a, b, c) FIF(true, a, b, c, 0u)
#define F4(a, b, c, d) FIF(true, a, b, c, d)
#define IF1(when, a) FIF(when, a, 0u, 0u, 0u)
#define IF2(when, a, b) FIF(when, a, b, 0u, 0u)
#define IF3(when, a, b, c) FIF(when, a, b, c, 0u)
#define IF4(when, a, b, c, d) FIF(when, a, b, c, d)

static uint64_t atom(uint64_t value, uint64_t kind) { return an_mix(value * K1 + kind * K5); }

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

/* ---- Parser ---- */

uint8_t an_features_kind(const char *name, uint32_t size) {
  static const struct { const char *xpos; uint8_t kind; } kinds[] = {
    {"VBD", AN_KIND_FINITE}, {"VBZ", AN_KIND_FINITE}, {"VBP", AN_KIND_FINITE}, {"MD", AN_KIND_FINITE}, {",", AN_KIND_COMMA}};
  uint32_t dash = 0;
  while (dash < size && name[dash] != '-') dash++;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    size_t n = strlen(kinds[i].xpos);
    if (size - dash == n + 1 && memcmp(name + dash + 1, kinds[i].xpos, n) == 0) return kinds[i].kind;
  }
  return 0;
}

static void set_atoms(an_seen *seen, uint32_t i, uint64_t word, uint64_t pos) {
  seen->word[i] = atom(word, 60);
  seen->pos[i] = atom(pos, 61);
  seen->both[i] = an_mix(seen->word[i] * K2 + seen->pos[i]);
}

void an_features_atoms(an_seen *seen) {
  uint16_t finite = 0, commas = 0;
  for (uint32_t i = 0; i < seen->size; i++) {
    uint8_t kind = seen->kinds[seen->tag[i]];
    set_atoms(seen, i, seen->view[i].lower, seen->tag[i]);
    seen->finite[i] = finite;
    seen->commas[i] = commas;
    finite = (uint16_t)(finite + ((kind & AN_KIND_FINITE) != 0));
    commas = (uint16_t)(commas + ((kind & AN_KIND_COMMA) != 0));
  }
  set_atoms(seen, seen->size, 1, 1000);
  set_atoms(seen, AN_STATE_NONE, 2, 1001);
  seen->finite[seen->size] = finite;
  seen->commas[seen->size] = commas;
  seen->finite[AN_STATE_NONE] = seen->commas[AN_STATE_NONE] = 0;
}

/* How many of a kind stand from one word up to another: 0, 1, more; 3 where one of the two is missing. */
static uint64_t between(const uint16_t *before, uint32_t from, uint32_t to) {
  if (from == AN_STATE_NONE || to == AN_STATE_NONE) return 3;
  uint32_t count = from < to ? (uint32_t)before[to] - before[from] : (uint32_t)before[from] - before[to];
  return count < 2 ? count : 2;
}

static uint64_t distance(uint32_t from, uint32_t to) {
  uint32_t d = to > from ? to - from : from - to;
  return d < 5 ? d : d < 8 ? 5 : d < 13 ? 6 : d < 25 ? 7 : 8;
}

uint32_t an_features_move(const an_seen *seen, const an_state *s, uint64_t *out) {
  const uint64_t *w = seen->word, *t = seen->pos, *b = seen->both;
  uint32_t s0 = an_state_under(s, 0), s1 = an_state_under(s, 1), s2 = an_state_under(s, 2);
  uint32_t b0 = an_state_ahead(s, 0), b1 = an_state_ahead(s, 1), b2 = an_state_ahead(s, 2), b3 = an_state_ahead(s, 3);
  const an_side *l0 = &s->left[s0], *r0 = &s->right[s0], *l1 = &s->left[s1], *r1 = &s->right[s1], *lb = &s->left[b0];
  uint64_t near = s0 == AN_STATE_NONE ? 20 : distance(s0, b0), far = s1 == AN_STATE_NONE ? 20 : distance(s1, s0);
  uint64_t near_a = atom(near, 70), far_a = atom(far, 71);
  uint64_t v0 = atom(l0->count, 72), x0 = atom(r0->count, 73), x1 = atom(r1->count, 74), vb = atom(lb->count, 75);
  uint64_t set0 = atom(l0->labels, 76), ret0 = atom(r0->labels, 77), set1 = atom(l1->labels, 78),
           ret1 = atom(r1->labels, 79), setb = atom(lb->labels, 80);
  uint64_t lab_l0 = atom(s->label[l0->first], 81), lab_r0 = atom(s->label[r0->first], 82),
           lab_r1 = atom(s->label[r1->first], 83), lab_lb = atom(s->label[lb->first], 84);
  uint64_t ahead = atom(between(seen->finite, b0, s->size), 85), /* finite verbs still to come, b0 counted in */
           verbs0 = atom(between(seen->finite, s0, b0), 86), verbs1 = atom(between(seen->finite, s1, s0), 87),
           commas0 = atom(between(seen->commas, s0, b0), 88), commas1 = atom(between(seen->commas, s1, s0), 89);
  uint32_t n = 0;
  bool h1 = s1 != AN_STATE_NONE, h2 = s2 != AN_STATE_NONE;
  bool has_l0 = l0->count > 0, has_r0 = r0->count > 0, has_l1 = l1->count > 0, has_r1 = r1->count > 0, has_lb = lb->count > 0;
  TEMPLATES;
  /* One word */
  F1(w[s0]); F1(t[s0]); F1(b[s0]); IF1(h1, w[s1]); IF1(h1, t[s1]); IF1(h1, b[s1]); IF1(h2, w[s2]); IF1(h2, t[s2]);
  F1(w[b0]); F1(t[b0]); F1(b[b0]); F1(w[b1]); F1(t[b1]); F1(b[b1]); F1(w[b2]); F1(t[b2]); F1(t[b3]);
  /* Top of the stack and head of the buffer */
  F2(b[s0], b[b0]); F2(b[s0], w[b0]); F2(w[s0], b[b0]); F2(b[s0], t[b0]); F2(t[s0], b[b0]); F2(t[s0], t[b0]);
  F2(t[b0], t[b1]); F3(t[s0], t[b0], t[b1]); F3(w[s0], t[b0], t[b1]); F3(t[s0], w[b0], t[b1]); F2(w[b0], t[b1]);
  F2(t[b0], w[b1]); F4(t[s0], t[b0], t[b1], t[b2]); F3(t[b0], t[b1], t[b2]);
  /* The two on top of the stack */
  IF2(h1, b[s1], b[s0]); IF2(h1, b[s1], t[s0]); IF2(h1, t[s1], b[s0]); IF2(h1, w[s1], w[s0]); IF2(h1, t[s1], t[s0]);
  IF2(h1, t[s1], t[b0]); IF2(h1, w[s1], t[b0]); IF2(h1, t[s1], w[b0]); IF2(h1, w[s1], w[b0]);
  IF3(h1, t[s1], t[s0], t[b0]); IF3(h1, w[s1], t[s0], t[b0]); IF3(h1, t[s1], w[s0], t[b0]); IF3(h1, t[s1], t[s0], w[b0]);
  IF3(h1, b[s1], t[s0], t[b0]); IF3(h2, t[s2], t[s1], t[s0]); IF4(h2, t[s2], t[s1], t[s0], t[b0]);
  IF4(h1, t[s1], t[s0], t[b0], t[b1]);
  IF3(h1, w[s1], w[s0], t[b0]); IF3(h1, w[s1], t[s0], w[b0]); IF3(h1, t[s1], w[s0], w[b0]);
  /* Children */
  IF3(has_l0, t[s0], t[l0->first], t[b0]); IF3(has_r0, t[s0], t[r0->first], t[b0]); IF3(has_lb, t[s0], t[b0], t[lb->first]);
  IF3(h1 && has_l0, t[s1], t[s0], t[l0->first]); IF3(h1 && has_r0, t[s1], t[s0], t[r0->first]);
  IF3(has_l1, t[s1], t[l1->first], t[s0]);
  IF3(has_r1, t[s1], t[r1->first], t[s0]); IF3(l0->count > 1, t[s0], t[l0->first], t[l0->second]);
  IF3(r0->count > 1, t[s0], t[r0->first], t[r0->second]);
  IF3(lb->count > 1, t[b0], t[lb->first], t[lb->second]); IF3(r1->count > 1, t[s1], t[r1->first], t[r1->second]);
  IF2(has_l0, t[s0], w[l0->first]); IF2(has_r0, t[s0], w[r0->first]); IF2(has_lb, t[b0], w[lb->first]);
  IF2(has_r1, t[s1], w[r1->first]);
  IF4(has_r1, t[s1], lab_r1, t[s0], t[b0]); IF4(h1 && has_r0, t[s0], lab_r0, t[b0], t[s1]); IF3(has_lb, t[b0], lab_lb, t[s0]);
  IF3(has_l0, t[s0], lab_l0, t[b0]);
  /* Labels taken */
  IF2(has_l0, w[s0], set0); IF2(has_l0, t[s0], set0); IF2(has_r0, w[s0], ret0); IF2(has_r0, t[s0], ret0);
  IF2(has_r1, w[s1], ret1); IF2(has_r1, t[s1], ret1);
  IF2(has_l1, t[s1], set1); IF2(has_lb, w[b0], setb); IF2(has_lb, t[b0], setb); IF3(has_r0, t[s0], ret0, t[b0]);
  IF3(has_r1, t[s1], ret1, t[s0]);
  IF3(h1 && has_l0, t[s0], set0, t[s1]); IF4(has_l0 && has_lb, t[s0], set0, t[b0], setb);
  /* Distance and valency */
  F2(w[s0], near_a); F2(t[s0], near_a); F2(w[b0], near_a); F2(t[b0], near_a); F3(t[s0], t[b0], near_a);
  IF3(h1, t[s1], t[s0], far_a); F3(w[s0], w[b0], near_a); IF3(h1, w[s1], w[s0], far_a);
  IF2(has_l0, w[s0], v0); IF2(has_l0, t[s0], v0); IF2(has_r0, w[s0], x0); IF2(has_r0, t[s0], x0); IF2(has_lb, w[b0], vb);
  IF2(has_lb, t[b0], vb); IF2(has_r1, w[s1], x1); IF2(has_r1, t[s1], x1);
  /* What lies between and ahead */
  F3(t[s0], t[b0], ahead); IF3(h1, t[s1], t[s0], ahead); F3(w[s0], t[b0], ahead); F3(t[s0], t[b0], verbs0);
  IF3(h1, t[s1], t[s0], verbs1);
  F3(t[s0], t[b0], commas0); IF3(h1, t[s1], t[s0], commas1); IF4(h1, t[s1], t[s0], t[b0], commas1);
  IF4(h1, t[s1], t[s0], t[b0], commas0);
  IF4(h1, t[s1], t[s0], t[b0], ahead);
  return n;
}

uint32_t an_features_label(const an_seen *seen, const an_state *s, int move, uint64_t *out) {
  const uint64_t *w = seen->word, *t = seen->pos, *b = seen->both;
  uint32_t d = an_state_under(s, 0), h = an_state_head_by(s, move);
  uint32_t size = s->size;
  uint32_t dp = d > 0 ? d - 1 : AN_STATE_NONE, dn = d + 1 <= size ? d + 1 : AN_STATE_NONE;
  uint32_t hp = h > 0 ? h - 1 : AN_STATE_NONE, hn = h + 1 <= size ? h + 1 : AN_STATE_NONE;
  const an_side *dl = &s->left[d], *dr = &s->right[d], *hl = &s->left[h], *hr = &s->right[h];
  uint64_t side = atom((uint64_t)move, 90);
  uint64_t gap = atom(distance(d, h) + 16u * (unsigned)move, 91);
  uint64_t taken = atom(hl->labels, 92), taken_r = atom(hr->labels, 93);
  uint64_t own = atom(dl->labels, 94), own_r = atom(dr->labels, 95);
  uint64_t last = atom(s->label[(move == AN_MOVE_LEFT ? hl : hr)->first], 96);
  uint64_t commas = atom(between(seen->commas, d, h), 97), verbs = atom(between(seen->finite, d, h), 98);
  uint32_t n = 0;
  bool has_dl = dl->count > 0, has_dr = dr->count > 0, has_hl = hl->count > 0, has_hr = hr->count > 0;
  TEMPLATES;
  F2(b[h], side); F2(t[h], side); F2(w[h], side); F2(b[d], side); F2(t[d], side); F2(w[d], side);
  F3(b[h], b[d], side); F3(b[h], t[d], side); F3(t[h], b[d], side); F3(t[h], t[d], side); F3(w[h], w[d], side);
  F3(t[h], w[d], side); F3(w[h], t[d], side);
  F3(t[h], t[d], gap); F2(w[d], gap); F2(w[h], gap); F2(t[d], gap); F2(t[h], gap);
  F4(t[h], t[d], t[dp], side); F4(t[h], t[d], t[dn], side); F4(t[h], t[d], t[hp], side); F4(t[h], t[d], t[hn], side);
  F3(w[dp], t[d], side); F3(w[dn], t[d], side); F3(w[hn], t[h], side); F3(w[hp], t[h], side);
  F3(t[d], t[dp], t[dn]); F3(w[d], w[dp], side); F3(w[d], w[dn], side);
  IF3(has_dl, t[d], w[dl->first], side); IF3(has_dl, t[h], t[d], t[dl->first]); IF3(has_dr, t[h], t[d], t[dr->first]);
  IF3(has_dr, t[d], w[dr->first], side);
  IF4(has_dl, t[h], t[d], own, side); IF4(has_dr, t[h], t[d], own_r, side); IF3(has_dl, w[d], own, side);
  IF3(has_dl, w[h], own, side); IF3(has_dl, w[h], w[dl->first], side);
  IF4(has_hl, t[h], t[d], taken, side); IF4(has_hr, t[h], t[d], taken_r, side); IF3(has_hl, w[h], taken, side);
  IF3(has_hr, w[h], taken_r, side);
  IF3(has_hl, w[d], taken, side); F4(t[h], t[d], last, side); F3(w[h], t[d], last); IF4(has_dl, w[h], w[dl->first], t[d], side);
  F4(t[h], t[d], commas, side); F4(t[h], t[d], verbs, side); IF4(has_dl, t[h], t[d], commas, own);
  IF4(has_hl, t[h], t[d], t[hl->first], side); IF4(has_hr, t[h], t[d], t[hr->first], side);
  return n;
}
