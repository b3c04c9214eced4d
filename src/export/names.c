/* SPDX-License-Identifier: Apache-2.0 */
/* Who and what a page names, for formats that tell it with every event of the page: found once while the group is at hand. */
#include <stdlib.h>

#include "export/group.h"

typedef struct named { uint8_t list; an_text name; } named;
typedef AN_LIST(named) names;
static const char by_page[] = "SELECT kind, who FROM mention_row WHERE id >= ?1 << 20 AND id < (?1 + 1) << 20";
/* Of kinds of mentions: person, organisation, country, place. */
static const uint8_t list_of[] = {EX_PEOPLE, EX_BODIES, EX_PLACES, EX_PLACES};

static int by_name(const void *a, const void *b) {
  const named *x = a, *y = b;
  return x->list != y->list ? (int)x->list - (int)y->list : an_text_compare(x->name, y->name);
}

static bool gather(ex_reader *r, int64_t page, bool known_only, names *out) {
  sqlite3_stmt *mentions = ex_own(r, by_page);
  sqlite3_bind_int64(mentions, 1, page);
  while (ex_next_row(r, mentions)) {
    int kind = sqlite3_column_int(mentions, 0);
    if (kind < 0 || kind >= (int)sizeof list_of) continue;
    const ex_party *who = ex_person(r, sqlite3_column_int64(mentions, 1));
    if (who == NULL || who->name.size == 0 || (known_only && who->entity.at == NULL)) continue;
    named *one = AN_PUSH(&r->arena, out);
    if (one == NULL) return false;
    *one = (named){list_of[kind], who->name};
  }
  return !r->short_of;
}

const ex_names *ex_names_of(ex_reader *r, int64_t page, bool known_only) {
  uint64_t key = (uint64_t)page + 1; /* a page's id is positive */
  uint32_t at = an_map_get(&r->names_at, key, AN_NONE);
  if (at != AN_NONE) return &r->names.at[at];
  names found = {0};
  if (!gather(r, page, known_only, &found)) return NULL;
  if (found.count > 1) qsort(found.at, found.count, sizeof *found.at, by_name);
  ex_names *fresh = AN_PUSH(&r->arena, &r->names);
  if (fresh == NULL || an_map_put(&r->arena, &r->names_at, key, r->names.count - 1) == NULL) return NULL;
  *fresh = (ex_names){0};
  an_buf *joined = &r->joined;
  for (uint32_t i = 0; i < found.count;) {
    uint8_t list = found.at[i].list;
    an_buf_clear(joined);
    for (uint32_t first = i; i < found.count && found.at[i].list == list; i++) {
      if (i > first && an_text_equal(found.at[i].name, found.at[i - 1].name)) continue;
      if (i > first) an_buf_z(joined, "; ");
      an_buf_text(joined, found.at[i].name);
    }
    fresh->lists[list] = joined->failed ? (an_text){NULL, 0} : an_arena_copy(&r->arena, joined->at, joined->size);
    if (fresh->lists[list].at == NULL) return NULL;
  }
  return fresh;
}
