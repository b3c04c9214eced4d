/* SPDX-License-Identifier: Apache-2.0 */
/* Whoever is named on many pages is one row of `who`. A row is found by all that it says (given and family name may be left out: stories,
   which are made of digests, do not know them); what this writer has found or made is kept in memory. */
#include "record/record.h"

enum { PEOPLE_BUDGET = 64 << 20, PEOPLE_MOST = 1 << 20 };

static uint64_t hash_text(uint64_t hash, an_text text) { return an_hash_mix(hash, text.size == 0 ? 1 : an_hash64(text.at, text.size)); }

static uint64_t hash_of(const an_text fields[8]) {
  uint64_t hash = 8;
  for (int i = 0; i < 8; i++) hash = hash_text(hash, fields[i]);
  return hash == 0 ? 1 : hash;
}

static an_row bind(an_record *record, an_sql sql, const an_text fields[8]) {
  an_row row = an_row_begin(record, sql);
  for (int i = 0; i < 8; i++) an_row_text(&row, fields[i]);
  return row;
}

void an_record_forget_people(an_record *record) {
  an_arena_free(&record->arena);
  an_arena_init(&record->arena, PEOPLE_BUDGET);
  record->people = (an_map){0};
}

int64_t an_record_who(an_record *record, const an_party *party) {
  static const an_text unknown = {NULL, 0};
  bool hidden = party->is_private;
  const an_text fields[8] = {party->entity, hidden ? unknown : party->name, hidden ? unknown : party->given, hidden ? unknown : party->family,
                             party->office, party->country, party->sector, party->group};
  uint64_t hash = hash_of(fields);
  if (record->people.count == 0 || record->people.count >= PEOPLE_MOST) an_record_forget_people(record);
  uint32_t *known = an_map_put(&record->arena, &record->people, hash, 0);
  if (known != NULL && *known != 0) return *known;
  an_row row = bind(record, SQL_FIND_WHO, fields);
  int64_t id = an_row_next(&row) ? sqlite3_column_int64(row.statement, 0) : 0;
  an_row_end(&row);
  if (id == 0) {
    row = bind(record, SQL_ADD_WHO, fields);
    an_row_end(&row);
    id = sqlite3_last_insert_rowid(record->db);
  }
  if (known != NULL && id > 0 && id < UINT32_MAX) *known = (uint32_t)id;
  return id;
}
