/* SPDX-License-Identifier: Apache-2.0 */
/* The templates follow Zhang and Nivre (2011), fitted to the arc-hybrid system: words and tags of the top of the
   stack and of the head of the buffer, alone and together; children and their labels; distance and valency. */
#include "language/features.h"

#define K1 0x9e3779b97f4a7c15u
#define K2 0xc2b2ae3d27d4eb4fu
#define K3 0x165667b19e3779f9u
#define K4 0x27d4eb2f165667c5u
#define K5 0x85ebca77c2b2ae63u

/* One feature of up to four atoms. The template's number is its place in the list. */
#define F(a, b, c, d) (out[n] = an_mix((uint64_t)(n + 1) * K5 + (a) * K1 + (b) * K2 + (c) * K3 + (d) * K4), n++)
#define F1(a) F(a, 0u, 0u, 0u)
#define F2(a, b) F(a, b, 0u, 0u)
#define F3(a, b, c) F(a, b, c, 0u)
#define F4(a, b, c, d) F(a, b, c, d)

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

static uint64_t group_at(const an_seen *seen, uint32_t i, int64_t by) {
  int64_t at = (int64_t)i + by;
  return at >= 0 && at < (int64_t)seen->size ? atom(seen->group[at], 34) : 35;
}

uint32_t an_features_tag(const an_seen *seen, uint32_t i, uint64_t *out) {
  static const an_view outside = {.form = 41, .lower = 42, .suffix = {43, 44, 45, 46}, .prefix = {47, 48, 49}, .shape = 50};
  const an_view *w = &seen->view[i];
  const an_view *p1 = view_at(seen, i, -1, &outside), *p2 = view_at(seen, i, -2, &outside);
  const an_view *n1 = view_at(seen, i, 1, &outside), *n2 = view_at(seen, i, 2, &outside);
  uint64_t t1 = tag_at(seen, i, -1), t2 = tag_at(seen, i, -2);
  uint64_t u0 = usual_at(seen, i, 0), u1 = usual_at(seen, i, 1), u2 = usual_at(seen, i, 2);
  uint64_t c0 = group_at(seen, i, 0), c1 = group_at(seen, i, 1), cp = group_at(seen, i, -1);
  uint64_t flags = atom(w->flags | (i == 0 ? 64u : 0u), 36);
  uint64_t upper = atom((w->flags & AN_VIEW_FIRST_UPPER) | (n1->flags & AN_VIEW_FIRST_UPPER) << 1 |
                        (p1->flags & AN_VIEW_FIRST_UPPER) << 2 | (i == 0 ? 64u : 0u), 37);
  uint32_t n = 0;
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
  F1(c0); F2(c0, t1); F2(c0, c1); F2(cp, c0); F2(c0, u1); F2(c1, t1); F2(c0, w->suffix[1]); F2(c0, flags);
  return n;
}

/* ---- Parser ---- */

static void set_atoms(an_seen *seen, uint32_t i, uint64_t word, uint64_t pos, uint64_t group) {
  seen->word[i] = atom(word, 60);
  seen->pos[i] = atom(pos, 61);
  seen->both[i] = an_mix(seen->word[i] * K2 + seen->pos[i]);
  seen->kin[i] = atom(group, 62);
}

void an_features_atoms(an_seen *seen) {
  for (uint32_t i = 0; i < seen->size; i++) set_atoms(seen, i, seen->view[i].lower, seen->tag[i], seen->group[i]);
  set_atoms(seen, seen->size, 1, 1000, 100000);
  set_atoms(seen, AN_STATE_NONE, 2, 1001, 100001);
}

static uint64_t distance(uint32_t from, uint32_t to) {
  uint32_t d = to > from ? to - from : from - to;
  return d < 5 ? d : d < 8 ? 5 : d < 13 ? 6 : d < 25 ? 7 : 8;
}

uint32_t an_features_move(const an_seen *seen, const an_state *s, uint64_t *out) {
  const uint64_t *w = seen->word, *t = seen->pos, *b = seen->both, *c = seen->kin;
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
  uint32_t n = 0;
  /* One word */
  F1(w[s0]); F1(t[s0]); F1(b[s0]); F1(w[s1]); F1(t[s1]); F1(b[s1]); F1(w[s2]); F1(t[s2]);
  F1(w[b0]); F1(t[b0]); F1(b[b0]); F1(w[b1]); F1(t[b1]); F1(b[b1]); F1(w[b2]); F1(t[b2]); F1(t[b3]);
  /* Top of the stack and head of the buffer */
  F2(b[s0], b[b0]); F2(b[s0], w[b0]); F2(w[s0], b[b0]); F2(b[s0], t[b0]); F2(t[s0], b[b0]); F2(t[s0], t[b0]);
  F2(t[b0], t[b1]); F3(t[s0], t[b0], t[b1]); F3(w[s0], t[b0], t[b1]); F3(t[s0], w[b0], t[b1]); F2(w[b0], t[b1]);
  F2(t[b0], w[b1]); F4(t[s0], t[b0], t[b1], t[b2]); F3(t[b0], t[b1], t[b2]);
  /* The two on top of the stack */
  F2(b[s1], b[s0]); F2(b[s1], t[s0]); F2(t[s1], b[s0]); F2(w[s1], w[s0]); F2(t[s1], t[s0]);
  F2(t[s1], t[b0]); F2(w[s1], t[b0]); F2(t[s1], w[b0]); F2(w[s1], w[b0]);
  F3(t[s1], t[s0], t[b0]); F3(w[s1], t[s0], t[b0]); F3(t[s1], w[s0], t[b0]); F3(t[s1], t[s0], w[b0]);
  F3(b[s1], t[s0], t[b0]); F3(t[s2], t[s1], t[s0]); F4(t[s2], t[s1], t[s0], t[b0]); F4(t[s1], t[s0], t[b0], t[b1]);
  F3(w[s1], w[s0], t[b0]); F3(w[s1], t[s0], w[b0]); F3(t[s1], w[s0], w[b0]);
  /* Children */
  F3(t[s0], t[l0->first], t[b0]); F3(t[s0], t[r0->first], t[b0]); F3(t[s0], t[b0], t[lb->first]);
  F3(t[s1], t[s0], t[l0->first]); F3(t[s1], t[s0], t[r0->first]); F3(t[s1], t[l1->first], t[s0]);
  F3(t[s1], t[r1->first], t[s0]); F3(t[s0], t[l0->first], t[l0->second]); F3(t[s0], t[r0->first], t[r0->second]);
  F3(t[b0], t[lb->first], t[lb->second]); F3(t[s1], t[r1->first], t[r1->second]);
  F2(t[s0], w[l0->first]); F2(t[s0], w[r0->first]); F2(t[b0], w[lb->first]); F2(t[s1], w[r1->first]);
  F4(t[s1], lab_r1, t[s0], t[b0]); F4(t[s0], lab_r0, t[b0], t[s1]); F3(t[b0], lab_lb, t[s0]); F3(t[s0], lab_l0, t[b0]);
  /* Labels taken */
  F2(w[s0], set0); F2(t[s0], set0); F2(w[s0], ret0); F2(t[s0], ret0); F2(w[s1], ret1); F2(t[s1], ret1);
  F2(t[s1], set1); F2(w[b0], setb); F2(t[b0], setb); F3(t[s0], ret0, t[b0]); F3(t[s1], ret1, t[s0]);
  F3(t[s0], set0, t[s1]); F4(t[s0], set0, t[b0], setb);
  /* Distance and valency */
  F2(w[s0], near_a); F2(t[s0], near_a); F2(w[b0], near_a); F2(t[b0], near_a); F3(t[s0], t[b0], near_a);
  F3(t[s1], t[s0], far_a); F3(w[s0], w[b0], near_a); F3(w[s1], w[s0], far_a);
  F2(w[s0], v0); F2(t[s0], v0); F2(w[s0], x0); F2(t[s0], x0); F2(w[b0], vb); F2(t[b0], vb); F2(w[s1], x1); F2(t[s1], x1);
  /* Word groups */
  F2(c[s0], c[b0]); F2(c[s0], t[b0]); F2(t[s0], c[b0]); F2(c[s1], c[s0]); F3(c[s1], c[s0], t[b0]); F3(t[s1], c[s0], c[b0]);
  return n;
}

uint32_t an_features_label(const an_seen *seen, const an_state *s, int move, uint64_t *out) {
  const uint64_t *w = seen->word, *t = seen->pos, *b = seen->both, *c = seen->kin;
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
  uint32_t n = 0;
  F2(b[h], side); F2(t[h], side); F2(w[h], side); F2(b[d], side); F2(t[d], side); F2(w[d], side);
  F3(b[h], b[d], side); F3(b[h], t[d], side); F3(t[h], b[d], side); F3(t[h], t[d], side); F3(w[h], w[d], side);
  F3(t[h], w[d], side); F3(w[h], t[d], side);
  F3(t[h], t[d], gap); F2(w[d], gap); F2(w[h], gap); F2(t[d], gap); F2(t[h], gap);
  F4(t[h], t[d], t[dp], side); F4(t[h], t[d], t[dn], side); F4(t[h], t[d], t[hp], side); F4(t[h], t[d], t[hn], side);
  F3(w[dp], t[d], side); F3(w[dn], t[d], side); F3(w[hn], t[h], side); F3(w[hp], t[h], side);
  F3(t[d], t[dp], t[dn]); F3(w[d], w[dp], side); F3(w[d], w[dn], side);
  F3(t[d], w[dl->first], side); F3(t[h], t[d], t[dl->first]); F3(t[h], t[d], t[dr->first]); F3(t[d], w[dr->first], side);
  F4(t[h], t[d], own, side); F4(t[h], t[d], own_r, side); F3(w[d], own, side); F3(w[h], own, side); F3(w[h], w[dl->first], side);
  F4(t[h], t[d], taken, side); F4(t[h], t[d], taken_r, side); F3(w[h], taken, side); F3(w[h], taken_r, side);
  F3(w[d], taken, side); F4(t[h], t[d], last, side); F3(w[h], t[d], last); F4(w[h], w[dl->first], t[d], side);
  F3(c[h], c[d], side); F3(t[h], c[d], side); F3(c[h], t[d], side); F3(c[d], w[dl->first], side); F4(t[h], c[d], w[dl->first], side);
  F4(t[h], t[d], t[hl->first], side); F4(t[h], t[d], t[hr->first], side);
  return n;
}
