/* SPDX-License-Identifier: Apache-2.0 */
/* Copies and versions: which readings of a story are no reports of their own. */
#include "story/parts.h"

/* A version is of the first page at its address; the last of them stands for it. */
static void find_newest(st_story *story) {
  for (uint32_t i = story->reading_count; i-- > 0;) {
    st_reading *r = &story->readings[i], *first = r->version_of == AN_NONE ? NULL : &story->readings[r->version_of];
    if (first == NULL) continue;
    r->newer = first->newer;
    if (first->newer == AN_NONE) first->newer = i;
  }
}

void st_find_copies(st_story *story) {
  for (uint32_t i = 0; i < story->reading_count; i++) {
    st_reading *r = &story->readings[i];
    r->copy_of = r->version_of = r->newer = AN_NONE;
    for (uint32_t k = 0; k < i && r->copy_of == AN_NONE && r->version_of == AN_NONE; k++) {
      const dg *was = story->readings[k].d;
      an_text here = r->d->canonical.at != NULL ? r->d->canonical : r->d->url, there = was->canonical.at != NULL ? was->canonical : was->url;
      if (here.at != NULL && an_text_equal(here, there)) r->version_of = k;
      if (r->version_of != AN_NONE) break;
      if (story->readings[k].copy_of == AN_NONE && st_containment(r->d->shingles, r->d->scale, was->shingles, was->scale) >= ST_COPY) r->copy_of = k;
    }
  }
  find_newest(story);
}
