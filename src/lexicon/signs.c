/* SPDX-License-Identifier: Apache-2.0 */
#include "lexicon/lexicon.h"

static int16_t weight_of(an_text cell) {
  int32_t value = 0;
  uint32_t at = cell.size > 0 && cell.at[0] == '-' ? 1 : 0;
  for (uint32_t i = at; i < cell.size && value < INT16_MAX && cell.at[i] >= '0' && cell.at[i] <= '9'; i++) value = value * 10 + (cell.at[i] - '0');
  if (value > INT16_MAX) value = INT16_MAX;
  return (int16_t)(at > 0 ? -value : value);
}

void an_table_weights(const an_table *table, const char *kind, const char *column, const an_sign_list *signs, int16_t *weights) {
  uint32_t weight = an_table_column(table, column), of = kind == NULL ? AN_NONE : an_table_column(table, "kind");
  for (uint32_t i = 0; i < signs->count; i++) {
    an_rows rows = an_table_find_key(table, an_fold_hash(an_text_of(signs->words[i])));
    weights[i] = 0;
    for (uint32_t r = rows.first; r < rows.first + rows.count; r++)
      if (kind == NULL || an_text_is(an_table_cell(table, r, of), kind)) weights[i] = weight_of(an_table_cell(table, r, weight));
  }
}
