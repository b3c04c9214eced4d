/* SPDX-License-Identifier: Apache-2.0 */
/* The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez, Satta 2011): a stack, a buffer, three moves.
   SHIFT pushes the next word; LEFT makes the next word the head of the stack's top and pops it; RIGHT makes the
   word under the top its head and pops it. The root stands behind the last word, as word n; it takes its one
   dependent only when nothing else is left on the stack, so that every tree has exactly one root. */
#ifndef AN_LANGUAGE_STATE_H
#define AN_LANGUAGE_STATE_H
#include <stdbool.h>
#include <stdint.h>

enum { AN_STATE_WORDS = 256, AN_STATE_NONE = AN_STATE_WORDS + 1, AN_STATE_SIZE = AN_STATE_WORDS + 2 };
enum { AN_MOVE_SHIFT, AN_MOVE_LEFT, AN_MOVE_RIGHT, AN_MOVES };
enum { AN_LABEL_NONE = 255 };

/* The outermost two children on a side, how many there are, and the set of their labels (bit: label mod 64). */
typedef struct an_side {
  uint16_t first, second;
  uint8_t count;
  uint64_t labels;
} an_side;

typedef struct an_state {
  uint32_t size;  /* words; word `size` is the root, word AN_STATE_NONE is no word */
  uint32_t depth; /* of the stack */
  uint32_t next;  /* the first word of the buffer */
  uint16_t stack[AN_STATE_SIZE];
  uint16_t head[AN_STATE_SIZE];
  uint8_t label[AN_STATE_SIZE];
  an_side left[AN_STATE_SIZE], right[AN_STATE_SIZE];
} an_state;

/* size <= AN_STATE_WORDS. */
static inline void an_state_begin(an_state *s, uint32_t size) {
  s->size = size;
  s->depth = 0;
  s->next = 0;
  for (uint32_t i = 0; i < AN_STATE_SIZE; i++) {
    if (i > size && i < AN_STATE_NONE) continue;
    s->head[i] = AN_STATE_NONE;
    s->label[i] = AN_LABEL_NONE;
    s->left[i] = s->right[i] = (an_side){AN_STATE_NONE, AN_STATE_NONE, 0, 0};
  }
}

static inline bool an_state_done(const an_state *s) { return s->next == s->size && s->depth == 0; }

static inline bool an_state_may(const an_state *s, int move) {
  switch (move) {
    case AN_MOVE_SHIFT: return s->next < s->size;
    case AN_MOVE_LEFT: return s->depth > 0 && (s->next < s->size || s->depth == 1);
    default: return s->depth > 1;
  }
}

/* The word `back` places under the stack's top. */
static inline uint32_t an_state_under(const an_state *s, uint32_t back) {
  return back < s->depth ? s->stack[s->depth - 1 - back] : AN_STATE_NONE;
}
static inline uint32_t an_state_ahead(const an_state *s, uint32_t by) {
  return s->next + by <= s->size ? s->next + by : AN_STATE_NONE;
}

static inline void an_state_attach(an_state *s, uint32_t head, uint32_t child, uint8_t label) {
  an_side *side = child < head ? &s->left[head] : &s->right[head];
  side->second = side->first;
  side->first = (uint16_t)child;
  if (side->count < 255) side->count++;
  side->labels |= UINT64_C(1) << (label & 63u);
  s->head[child] = (uint16_t)head;
  s->label[child] = label;
}

/* The head that a LEFT or RIGHT would give to the stack's top. */
static inline uint32_t an_state_head_by(const an_state *s, int move) {
  return move == AN_MOVE_LEFT ? s->next : an_state_under(s, 1);
}

/* The move must be allowed; label is read for LEFT and RIGHT only. */
static inline void an_state_move(an_state *s, int move, uint8_t label) {
  if (move == AN_MOVE_SHIFT) {
    s->stack[s->depth++] = (uint16_t)s->next++;
    return;
  }
  an_state_attach(s, an_state_head_by(s, move), s->stack[s->depth - 1], label);
  s->depth--;
}

#endif
