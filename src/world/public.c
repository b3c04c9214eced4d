/* SPDX-License-Identifier: Apache-2.0 */
/* Who is public, where the rules of introduce.c, parts.c and voices.c leave a name private: all that the page says of it (portrait.c) is
   weighed, its words by their own weights and by what GloVe says of them, so that a provost is known by what a dean is. The weights
   (public.tsv, callings.tsv) are learned from people of our own pages, each marked as public or private by a reader (tools/train_public.py);
   from LIMIT on X has a part in public life. */
#include "world/portrait.h"

#include <stdio.h>

enum { MOST_PORTRAITS = 256, LIMIT = 2250 /* thousandths of a logarithm: of a hundred private people two are named, before the gate (docs/accuracy.md) */, ONE = 32 /* of a vector */ };

static const char *const KINDS[AN_SAID_KINDS] = {"is", "with", "does", "suffers", "has"};

typedef struct scales { int16_t sign[AN_MOST_PUBLIC_SIGNS], number[2][AN_VECTOR_SIZE]; const an_table *words; uint32_t weight; } scales; /* number: of what X is, of the words beside it */
typedef struct told { char at[2048]; size_t size; } told; /* the words of signs, for who listens */

static void say(told *text, const char *kind, an_text word) {
  if (text == NULL || text->size + word.size + 16 > sizeof text->at) return;
  text->size += (size_t)snprintf(text->at + text->size, sizeof text->at - text->size, "%s%s%.*s; ", kind, kind[0] == '\0' ? "" : " ", (int)word.size, word.at);
}

static bool open_scales(const an_scene *s, scales *w) {
  const an_table *signs = an_lexicon_table(s->lexicon, "public");
  w->words = an_lexicon_table(s->lexicon, "callings");
  if (signs == NULL || w->words == NULL) return false;
  w->weight = an_table_column(w->words, "weight");
  an_table_weights(signs, NULL, "weight", &AN_PUBLIC_SIGNS, w->sign);
  char key[2 * AN_VECTOR_SIZE][16];
  const char *names[2 * AN_VECTOR_SIZE];
  for (int i = 0; i < 2 * AN_VECTOR_SIZE; i++) {
    snprintf(key[i], sizeof key[i], "%s %d", KINDS[i / AN_VECTOR_SIZE], i % AN_VECTOR_SIZE);
    names[i] = key[i];
  }
  an_table_weights(w->words, NULL, "weight", &(an_sign_list){names, 2 * AN_VECTOR_SIZE}, w->number[0]);
  return true;
}

static int32_t weigh_word(const an_scene *s, const scales *w, const an_said_word *said, told *text) {
  const an_token *t = &s->words->tokens[said->token];
  an_text word = t->lemma.size > 0 ? t->lemma : an_word(s->words, said->token);
  while (word.size > 1 && word.at[word.size - 1] == '.') word.size--;
  char key[64];
  int16_t own = 0;
  const char *name = key;
  if (word.size + 10 > sizeof key) return 0;
  snprintf(key, sizeof key, "%s %.*s", KINDS[said->kind], (int)word.size, word.at);
  an_table_weights(w->words, NULL, "weight", &(an_sign_list){&name, 1}, &own);
  say(text, KINDS[said->kind], word);
  int32_t sum = 0;
  int8_t vector[AN_VECTOR_SIZE];
  if (said->kind > AN_SAID_WITH || s->vectors == NULL) return own;
  an_vector_read(s->vectors, an_vector_find(s->vectors, an_fold_hash(word)), vector);
  for (int i = 0; i < AN_VECTOR_SIZE; i++) sum += vector[i] * w->number[said->kind][i];
  return own + sum / ONE;
}

static int32_t weigh(const an_scene *s, const scales *w, const an_portrait *p, told *text) {
  int32_t sum = 0;
  for (uint32_t i = 0; i < AN_PUBLIC_SIGNS.count; i++) {
    if (!p->has[i]) continue;
    sum += w->sign[i];
    say(text, "", an_text_of(AN_PUBLIC_SIGNS.words[i]));
  }
  for (uint32_t i = 0; i < p->words; i++) sum += weigh_word(s, w, &p->word[i], text);
  return sum;
}

static bool is_drawn(const an_mention_at *m) {
  if (m->entity != AN_NONE || m->member_count > 0 || m->m.who.name.at == NULL) return false;
  return m->m.kind == AN_MENTION_PERSON || m->m.kind == AN_MENTION_ROLE;
}

typedef AN_LIST(an_portrait) an_gallery;

/* Of every name that the page has not made public so far; what is drawn once is kept in reading order. */
static bool draw(an_scene *s, an_gallery *all) {
  const uint32_t is_public = AN_NONE; /* in place of a portrait */
  uint32_t *of_chain = AN_NEW(s->arena, uint32_t, (size_t)s->chain_count + 1);
  if (of_chain == NULL) return false;
  for (uint32_t i = 0; i < s->out->list.count; i++)
    if ((s->out->list.at[i].flags & AN_MENTION_PUBLIC) != 0) of_chain[s->out->list.at[i].chain] = is_public;
  for (uint32_t i = 0; i < s->out->list.count; i++) {
    const an_mention_at *m = &s->out->list.at[i];
    uint32_t *at = &of_chain[m->chain];
    if (!is_drawn(m) || *at == is_public || (*at == 0 && all->count >= MOST_PORTRAITS)) continue;
    if (*at == 0) {
      an_portrait *p = AN_PUSH(s->arena, all);
      if (p == NULL) return false;
      *p = (an_portrait){.chain = m->chain, .first = i};
      *at = all->count;
    }
    an_portrait_look(s, &all->at[*at - 1], m);
  }
  return true;
}

/* What is promised whatever the weights say (docs/world.md): only whom the page hears, and of whom it tells no age, no harm and nothing that they
   saw; and nobody of whom it says nothing, or that they were once at the head of what is not the state's. */
static bool may_be_named(const an_scene *s, const an_portrait *p) {
  return s->heard != NULL && s->heard[p->chain].speaks && !s->heard[p->chain].suffers && !an_portrait_is_private(p);
}

void an_public(an_scene *s) {
  an_gallery all = {0};
  scales w;
  if (s->lexicon == NULL) return; /* only who serves is asked for */
  s->short_of |= !draw(s, &all);
  if (all.count == 0 || !open_scales(s, &w)) return;
  bool listens = s->trace != NULL && s->trace->say != NULL;
  for (uint32_t i = 0; i < all.count; i++) {
    told text = {.size = 0};
    const an_mention_at *m = &s->out->list.at[all.at[i].first];
    an_portrait_close(&all.at[i]);
    int32_t sum = weigh(s, &w, &all.at[i], listens ? &text : NULL);
    bool named = sum >= LIMIT && may_be_named(s, &all.at[i]);
    if (listens) AN_TRACE(s->trace, "world.public", m->name_span, named, "public %d: %s| %.*s", sum, text.at, (int)m->m.who.name.size, m->m.who.name.at);
    if (named) an_present(s, all.at[i].first, &(an_said){.is_public = true, .how = "in public by all that the page says"});
  }
}
