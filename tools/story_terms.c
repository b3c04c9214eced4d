/* SPDX-License-Identifier: Apache-2.0 */
/* story_terms PAGES...: what speaks for and against each two pages' being of one story (src/story/score.c), a line a pair of two paths and the terms, for
   tests/story/fit_pairs.py. Pairs that hardly share a word, or can never be of one story, are left out. The data is at ANNALS_DATA. */
#include "story/lexis.h"
#include "story/parts.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct page { an_text path; st_brief brief; } page;
typedef struct pages { an_arena arena; st_lexis lexis; AN_LIST(page) list; } pages;

static an_status keep(void *ctx, const an_reading *reading, an_error *err) {
  pages *all = ctx;
  dg *d = AN_NEW(&all->arena, dg, 1);
  page *made = AN_PUSH(&all->arena, &all->list);
  an_text bytes = an_arena_copy(&all->arena, (const char *)reading->digest.bytes, reading->digest.size);
  if (d == NULL || made == NULL || bytes.at == NULL) return an_fail(err, AN_ERR_LIMIT, "story_terms", "too many pages");
  AN_TRY(dg_read((an_digest){(const uint8_t *)bytes.at, bytes.size}, &all->arena, d, err));
  made->path = d->path;
  return st_brief_of(&all->arena, &all->lexis, d, &made->brief) ? AN_OK : an_fail(err, AN_ERR_LIMIT, "story_terms", "too many pages");
}

static void tell(const page *a, const page *b) {
  st_terms terms;
  st_terms_of(&a->brief, &b->brief, &terms);
  if (terms.at[ST_WORDS] < ST_UNLIKE && !terms.copies) return;
  printf("%.*s\t%.*s\t%d\t%d\t%d", (int)a->path.size, a->path.at, (int)b->path.size, b->path.at, terms.never, terms.copies, st_days_apart(a->brief.published, b->brief.published));
  for (unsigned i = 0; i < ST_TERMS; i++) printf("\t%.4f", terms.at[i]);
  putchar('\n');
}

int main(int argc, char **argv) {
  an_options options = {.data_dir = getenv("ANNALS_DATA"), .digests = true};
  an_input_options from = {0};
  an_engine *engine = NULL;
  an_input *input = NULL;
  an_vectors *meanings = NULL;
  an_error err = {0};
  pages all = {0};
  an_arena_init(&all.arena, (size_t)2 << 30);
  an_status status = an_engine_open(&options, &engine, &err);
  if (status == AN_OK) status = an_vectors_open(options.data_dir, AN_MEANINGS_FILE, &meanings, &err);
  all.lexis.meanings = meanings;
  if (status == AN_OK) status = an_input_open((const char *const *)argv + 1, (size_t)argc - 1, &from, NULL, NULL, &input, &err);
  if (status == AN_OK) status = an_read_all(engine, 1, an_input_next, an_input_release, input, keep, &all, &err);
  for (uint32_t i = 0; status == AN_OK && i < all.list.count; i++)
    for (uint32_t k = i + 1; k < all.list.count; k++) tell(&all.list.at[i], &all.list.at[k]);
  if (status != AN_OK) fprintf(stderr, "story_terms: %s\n", err.message);
  if (input != NULL) an_input_close(input);
  an_engine_close(engine);
  an_vectors_close(meanings);
  an_arena_free(&all.arena);
  return status != AN_OK;
}
