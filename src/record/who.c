/* SPDX-License-Identifier: Apache-2.0 */
/* Whoever is named on many pages is one row of `who`. A row is found by all that it says (given and family name may be left out: stories,
   which are made of digests, do not know them); what this writer has found or made is kept in memory. */
#include "record/record.h"

#include <string.h>

enum { PEOPLE_BUDGET = 64 << 20, FIELDS = 8 };

/* All fields as one text: the size of each, then its bytes. Two who have one hash are told apart by it. */
static bool write_key(an_buf *key, const an_text fields[FIELDS]) {
  for (int i = 0; i < FIELDS; i++) {
    an_buf_add(key, (const char *)&fields[i].size, sizeof fields[i].size);
    an_buf_add(key, fields[i].at, fields[i].size);
  }
  return !key->failed;
}

static an_row bind(an_record *record, an_sql sql, const an_text fields[FIELDS]) {
  an_row row = an_row_begin(record, sql);
  for (int i = 0; i < FIELDS; i++) an_row_text(&row, fields[i]);
  return row;
}

void an_record_forget_people(an_record *record) {
  an_arena_free(&record->arena);
  an_arena_init(&record->arena, PEOPLE_BUDGET);
  record->people = (an_map){0};
  record->known.at = NULL;
  record->known.count = record->known.capacity = 0;
}

static an_person *find(const an_record *record, uint64_t hash, an_text key) {
  uint32_t at = an_map_get(&record->people, hash, AN_NONE);
  while (at != AN_NONE && !an_text_equal(record->known.at[at].key, key)) at = record->known.at[at].next;
  return at == AN_NONE ? NULL : &record->known.at[at];
}

/* What finds no room is found in the file the next time. */
static void keep(an_record *record, uint64_t hash, an_text key, int64_t id) {
  uint32_t *place = an_map_put(&record->arena, &record->people, hash, AN_NONE);
  an_text own = place != NULL ? an_arena_copy(&record->arena, key.at, key.size) : (an_text){NULL, 0};
  an_person *fresh = own.at != NULL ? AN_PUSH(&record->arena, &record->known) : NULL;
  if (fresh == NULL) {
    an_record_forget_people(record);
    return;
  }
  *fresh = (an_person){own, id, *place};
  *place = record->known.count - 1;
}

static int64_t find_or_add(an_record *record, const an_text fields[FIELDS]) {
  an_row row = bind(record, SQL_FIND_WHO, fields);
  int64_t id = an_row_next(&row) ? sqlite3_column_int64(row.statement, 0) : 0;
  an_row_end(&row);
  if (id != 0) return id;
  row = bind(record, SQL_ADD_WHO, fields);
  an_row_end(&row);
  return sqlite3_last_insert_rowid(record->db);
}

int64_t an_record_who(an_record *record, const an_party *party) {
  static const an_text unknown = {NULL, 0};
  bool hidden = party->is_private;
  const an_text fields[FIELDS] = {party->entity, hidden ? unknown : party->name, hidden ? unknown : party->given, hidden ? unknown : party->family,
                                  party->office, party->country, party->sector, party->group};
  an_buf buf;
  an_buf_init(&buf, 1 << 20);
  bool whole = write_key(&buf, fields);
  an_text key = {buf.at, (uint32_t)buf.size};
  uint64_t hash = whole ? an_hash64(key.at, key.size) : 0;
  const an_person *known = whole ? find(record, hash, key) : NULL;
  int64_t id = known != NULL ? known->id : find_or_add(record, fields);
  if (known == NULL && whole && id > 0) keep(record, hash, key, id);
  an_buf_free(&buf);
  return id;
}
