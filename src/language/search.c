/* SPDX-License-Identifier: Apache-2.0 */
/* Eisner's search (1996): the best tree without crossing arcs, by spans that grow (kernels.c fills the charts). Of each span they
   keep the best score as a whole that hangs on its left or right end, and as an arc between its ends. Which split was best is found
   again on the way down. The work grows with the third power of the sentence, which has AN_SENTENCE_WORDS words at most. */
#include "language/net.h"

/* The first k of which the sum of both is so large; the numbers of a lie `apart`. */
static uint32_t place_of(int32_t sum, const int32_t *a, size_t apart, const int32_t *b) {
  uint32_t k = 0;
  while (a[k * apart] + b[k] != sum) k++;
  return k;
}

typedef enum kind { LEFT, RIGHT, ARC_LEFT, ARC_RIGHT } kind; /* where the head of the span stands */
typedef struct span { uint16_t from, to; uint8_t kind; } span;

/* Splits a span of n > 1 words as it was made; the two parts go to out[]. */
static void split(const an_spans *c, const int32_t *score, size_t width, size_t n, span s, uint16_t *head, span out[2]) {
  size_t i = s.from, j = s.to, here = j * n + i;
  uint16_t k;
  if (s.kind == LEFT) {
    k = (uint16_t)(i + 1 + place_of(c->left[here], c->down + (i + 1) * n + i, n, c->left + j * n + i + 1));
    out[0] = (span){s.from, k, ARC_LEFT};
    out[1] = (span){k, s.to, LEFT};
  } else if (s.kind == RIGHT) {
    k = (uint16_t)(i + place_of(c->right[here], c->right + i * n + i, n, c->up + here));
    out[0] = (span){s.from, k, RIGHT};
    out[1] = (span){k, s.to, ARC_RIGHT};
  } else {
    bool from_left = s.kind == ARC_LEFT;
    head[from_left ? j : i] = (uint16_t)(from_left ? i : j);
    int32_t both = from_left ? c->down[here] - score[j * width + i] : c->up[here] - score[i * width + j];
    k = (uint16_t)(i + place_of(both, c->left + i * n + i, n, c->right + here + 1));
    out[0] = (span){s.from, k, LEFT};
    out[1] = (span){(uint16_t)(k + 1), s.to, RIGHT};
  }
}

_Static_assert((int)AN_SPAN_WORDS >= (int)AN_SEEN_WORDS, "a kernel has room for a sentence");

void an_search_tree(const an_kernels *run, an_desk *desk, const int32_t *score, uint32_t width, uint32_t n, uint16_t *head) {
  const an_spans charts = {desk->chart[0], desk->chart[1], desk->chart[2], desk->chart[3]};
  int32_t most = INT32_MIN;
  uint32_t root = 0, open = 0;
  run->spans(&charts, score, width, n);
  for (uint32_t r = 0; r < n; r++) {
    int32_t sum = score[r * (size_t)width + n] + charts.right[r * (size_t)n] + charts.left[(n - 1) * (size_t)n + r];
    if (sum > most) most = sum, root = r;
  }
  head[root] = (uint16_t)n;
  span todo[2 * AN_SEEN_WORDS + 2]; /* the spans that are open lie side by side: no more than there are words, twice */
  todo[open++] = (span){0, (uint16_t)root, RIGHT};
  todo[open++] = (span){(uint16_t)root, (uint16_t)(n - 1), LEFT};
  while (open > 0) {
    span s = todo[--open], parts[2];
    if (s.from == s.to) continue;
    split(&charts, score, width, n, s, head, parts);
    todo[open++] = parts[0];
    todo[open++] = parts[1];
  }
}
