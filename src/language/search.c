/* SPDX-License-Identifier: Apache-2.0 */
/* Eisner's search (1996): the best tree without crossing arcs, by spans that grow. Of each span the chart keeps the best score
   as a whole that hangs on its left or right end, and as an arc between its ends. Which split was best is found again on the
   way down. The work grows with the third power of the sentence, which has AN_SENTENCE_WORDS words at most. */
#include "language/net.h"

typedef int32_t four __attribute__((vector_size(16), aligned(4), may_alias));

/* The largest of a[k] + b[k]. */
static int32_t best_sum(const int32_t *a, const int32_t *b, uint32_t count) {
  int32_t best = INT32_MIN;
  uint32_t k = 0;
  if (count >= 8) {
    four most = *(const four *)a + *(const four *)b;
    for (k = 4; k + 4 <= count; k += 4) {
      four sum = *(const four *)(a + k) + *(const four *)(b + k), more = sum > most;
      most = (sum & more) | (most & ~more);
    }
    for (int lane = 0; lane < 4; lane++)
      if (most[lane] > best) best = most[lane];
  }
  for (; k < count; k++)
    if (a[k] + b[k] > best) best = a[k] + b[k];
  return best;
}

static uint32_t place_of(int32_t sum, const int32_t *a, const int32_t *b) {
  uint32_t k = 0;
  while (a[k] + b[k] != sum) k++;
  return k;
}

/* For i < j: left[i][j] is words i..j under i, right[i][j] the same under j, each written twice, at [j][i] as well; arc[i][j]
   is the span with an arc from i to j, arc[j][i] with one from j to i. So all that is added up lies side by side. */
static void fill(int32_t *left, int32_t *right, int32_t *arc, const int32_t *score, size_t width, size_t n) {
  for (size_t i = 0; i < n; i++) left[i * n + i] = right[i * n + i] = 0;
  for (size_t j = 1; j < n; j++)
    for (size_t i = j; i-- > 0;) {
      uint32_t size = (uint32_t)(j - i);
      int32_t both = best_sum(left + i * n + i, right + j * n + i + 1, size);
      arc[i * n + j] = both + score[j * width + i];
      arc[j * n + i] = both + score[i * width + j];
      left[i * n + j] = left[j * n + i] = best_sum(arc + i * n + i + 1, left + j * n + i + 1, size);
      right[j * n + i] = right[i * n + j] = best_sum(right + i * n + i, arc + j * n + i, size);
    }
}

typedef enum kind { LEFT, RIGHT, ARC_LEFT, ARC_RIGHT } kind; /* where the head of the span stands */
typedef struct span { uint16_t from, to; uint8_t kind; } span;

/* Splits a span of n > 1 words as it was made; the two parts go to out[]. */
static void split(const int32_t *left, const int32_t *right, const int32_t *arc, const int32_t *score, size_t width, size_t n, span s,
                  uint16_t *head, span out[2]) {
  size_t i = s.from, j = s.to;
  uint16_t k;
  if (s.kind == LEFT) {
    k = (uint16_t)(i + 1 + place_of(left[i * n + j], arc + i * n + i + 1, left + j * n + i + 1));
    out[0] = (span){s.from, k, ARC_LEFT};
    out[1] = (span){k, s.to, LEFT};
  } else if (s.kind == RIGHT) {
    k = (uint16_t)(i + place_of(right[j * n + i], right + i * n + i, arc + j * n + i));
    out[0] = (span){s.from, k, RIGHT};
    out[1] = (span){k, s.to, ARC_RIGHT};
  } else {
    bool from_left = s.kind == ARC_LEFT;
    head[from_left ? j : i] = (uint16_t)(from_left ? i : j);
    int32_t both = from_left ? arc[i * n + j] - score[j * width + i] : arc[j * n + i] - score[i * width + j];
    k = (uint16_t)(i + place_of(both, left + i * n + i, right + j * n + i + 1));
    out[0] = (span){s.from, k, LEFT};
    out[1] = (span){(uint16_t)(k + 1), s.to, RIGHT};
  }
}

void an_search_tree(an_desk *desk, const int32_t *score, uint32_t width, uint32_t n, uint16_t *head) {
  int32_t *left = desk->chart[0], *right = desk->chart[1], *arc = desk->chart[2], most = INT32_MIN;
  uint32_t root = 0, open = 0;
  fill(left, right, arc, score, width, n);
  for (uint32_t r = 0; r < n; r++) {
    int32_t sum = score[r * (size_t)width + n] + right[r * (size_t)n] + left[r * (size_t)n + n - 1];
    if (sum > most) most = sum, root = r;
  }
  head[root] = (uint16_t)n;
  span todo[2 * AN_SEEN_WORDS + 2]; /* the spans that are open lie side by side: no more than there are words, twice */
  todo[open++] = (span){0, (uint16_t)root, RIGHT};
  todo[open++] = (span){(uint16_t)root, (uint16_t)(n - 1), LEFT};
  while (open > 0) {
    span s = todo[--open], parts[2];
    if (s.from == s.to) continue;
    split(left, right, arc, score, width, n, s, head, parts);
    todo[open++] = parts[0];
    todo[open++] = parts[1];
  }
}
