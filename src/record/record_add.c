/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of one reading. What it means is in docs/format.md; the whole reading is kept as JSON beside them. */
#include "record/record.h"

#include <math.h>

static const an_text unknown = {NULL, 0};

static uint32_t letters(an_text text) { /* as SQL counts them */
  uint32_t count = 0;
  for (uint32_t i = 0; i < text.size; i++) count += ((uint8_t)text.at[i] & 0xc0) != 0x80;
  return count;
}

static void write_page(an_record *record, int64_t id, const an_reading *reading) {
  const an_page *page = reading->page;
  char hex[65];
  an_sha256_hex(reading->sha256, hex);
  an_row row = an_row_begin(record, SQL_ADD_PAGE);
  if (id != 0) an_row_int(&row, id);
  else an_row_null(&row);
  an_row_z(&row, hex);
  an_row_text(&row, page->url);
  an_row_text(&row, page->path);
  an_row_int(&row, (int64_t)page->offset);
  an_row_int(&row, (int64_t)page->length);
  an_row_text(&row, page->record);
  an_row_text(&row, page->fetched_stamp);
  if (page->status != 0) an_row_int(&row, page->status);
  else an_row_null(&row);
  an_row_int(&row, page->size);
  an_row_text(&row, reading->media_type);
  an_row_text(&row, reading->charset);
  an_row_text(&row, reading->language);
  an_row_text(&row, reading->title);
  an_row_text(&row, reading->outlet);
  an_row_text(&row, reading->outlet_domain);
  an_row_day(&row, reading->published.day);
  an_row_days(&row, reading->published.days);
  an_row_z(&row, an_basis_name(reading->published.basis));
  an_row_int(&row, reading->words);
  an_row_z(&row, record->stamp);
  an_row_int(&row, record->run);
  an_row_end(&row);
}

static void row_place(an_row *row, an_span span) { /* begin, size; empty: NULL, NULL */
  if (span.begin < span.end) {
    an_row_int(row, span.begin);
    an_row_int(row, span.end - span.begin);
  } else {
    an_row_null(row);
    an_row_null(row);
  }
}

static int64_t row_id(int64_t page, uint32_t place) { return page << 20 | place; }

static void write_sentence(an_record *record, int64_t page, const an_reading *reading, uint32_t place, an_span span) {
  if (span.begin >= span.end || place >= 1U << 20) return;
  an_row row = an_row_begin(record, SQL_ADD_SENTENCE);
  an_row_int(&row, row_id(page, place));
  row_place(&row, span);
  an_row_text(&row, an_reading_words(reading, span));
  an_row_end(&row);
}

/* The words, once: sentences, or of a page that was not split (another language) the blocks of its article. Then what is made of them,
   packed against them. */
static void write_text(an_record *record, int64_t page, const an_reading *reading, an_text json) {
  bool split = reading->sentences > 0;
  an_span last = {0, 0};
  for (uint32_t i = 0; i < (split ? reading->sentences : reading->block_count); i++) {
    an_span span = split ? reading->sentence_spans[i] : reading->blocks[i].span;
    uint8_t kind = split ? AN_BLOCK_BODY : reading->blocks[i].kind;
    bool article = kind == AN_BLOCK_TITLE || kind == AN_BLOCK_DECK || kind == AN_BLOCK_SUBHEAD || kind == AN_BLOCK_CAPTION || kind == AN_BLOCK_BODY;
    if (article && (span.begin != last.begin || span.end != last.end)) write_sentence(record, page, reading, i, span);
    last = span;
  }
  an_row row = an_row_begin(record, SQL_ADD_ARTICLE);
  an_row_int(&row, page);
  an_row_end(&row);
  row = an_row_begin(record, SQL_ADD_READING);
  an_row_int(&row, page);
  an_row_packed(&row, AN_PACKED_READING, page, json.at, json.size);
  if (reading->digest.size == 0) an_row_null(&row);
  else an_row_packed(&row, AN_PACKED_DIGEST, page, reading->digest.bytes, reading->digest.size);
  an_row_end(&row);
  if (reading->digest.size == 0) an_record_keep_sketch(record, page, unknown);
  if (record->keep_pages) an_record_keep_bytes(record, page, reading->page);
}

/* A name that is there is not written again. */
static void row_words_of(an_row *row, const an_party *party) {
  bool again = party->name.size > 0 && an_text_equal(party->name, party->text);
  an_row_text(row, party->is_private || again ? unknown : party->text);
}

void an_record_write_parties(an_record *record, int64_t page, an_text of, const char *ref, an_role role, const an_party *parties, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const an_party *party = &parties[i];
    int64_t who = an_record_who(record, party);
    an_row row = an_row_begin(record, of.at == NULL ? SQL_ADD_PARTY : SQL_ADD_STORY_PARTY);
    if (of.at == NULL) an_row_int(&row, page);
    else an_row_text(&row, of);
    an_row_z(&row, ref);
    an_row_int(&row, role);
    an_row_int(&row, i);
    an_row_int(&row, who);
    row_words_of(&row, party);
    if (of.at == NULL) {
      row_place(&row, party->span);
      an_row_text(&row, party->antecedent);
      row_place(&row, party->antecedent_span);
    }
    an_row_end(&row);
  }
}

/* Where words lie in one sentence the row says where, else the words themselves: text or NULL, the sentence's place, at, size. */
static void row_quoted(an_row *row, const an_reading *reading, an_span span, an_text words) {
  uint32_t low = 0, high = reading->sentences;
  while (low < high) { /* the first that ends behind span.begin */
    uint32_t middle = low + (high - low) / 2;
    if (reading->sentence_spans[middle].end <= span.begin) low = middle + 1;
    else high = middle;
  }
  an_span sentence = low < reading->sentences ? reading->sentence_spans[low] : (an_span){0, 0};
  bool alone = (low == 0 || reading->sentence_spans[low - 1].begin < sentence.begin) &&
               (low + 1 >= reading->sentences || reading->sentence_spans[low + 1].begin > sentence.begin);
  an_text whole = alone && words.size > 0 && sentence.begin <= span.begin && span.end <= sentence.end ? an_reading_words(reading, sentence) : unknown;
  uint32_t at = whole.size == 0 ? AN_NONE : an_text_find(whole, 0, words);
  an_row_text(row, at == AN_NONE ? words : unknown);
  if (at == AN_NONE) {
    for (int i = 0; i < 3; i++) an_row_null(row);
  } else {
    an_row_int(row, low);
    an_row_int(row, letters(an_text_slice(whole, 0, at)) + 1);
    an_row_int(row, letters(words));
  }
}

static void write_event(an_record *record, int64_t page, const an_reading *reading, an_index index) {
  const an_event *event = &reading->events[index];
  char id[16], other[16];
  an_event_id(reading, index, id);
  an_row row = an_row_begin(record, SQL_ADD_EVENT);
  an_row_int(&row, page);
  an_row_z(&row, id);
  an_row_coding(&row, event);
  an_row_int(&row, event->when_basis);
  an_row_text(&row, event->where.name.size > 0 ? event->where.name : event->where.text);
  an_row_text(&row, event->where.country);
  if (event->where.geonames != 0) an_row_int(&row, event->where.geonames);
  else an_row_null(&row);
  bool has_place = event->where.text.at != NULL || event->where.name.at != NULL;
  an_row_number(&row, has_place ? event->where.lat : NAN);
  an_row_number(&row, has_place ? event->where.lon : NAN);
  if (event->told_by < reading->statement_count) {
    an_statement_id(reading, event->told_by, other);
    an_row_z(&row, other);
  } else {
    an_row_text(&row, event->told_through.name);
  }
  if (event->repeats < reading->event_count) an_event_id(reading, event->repeats, other);
  an_row_z(&row, event->repeats < reading->event_count ? other : NULL);
  an_row_text(&row, an_reading_words(reading, event->trigger));
  row_place(&row, event->trigger);
  row_quoted(&row, reading, event->evidence, an_reading_words(reading, event->evidence));
  row_place(&row, event->evidence);
  an_row_int(&row, event->confidence);
  an_row_text(&row, event->why);
  an_row_end(&row);
  an_record_write_parties(record, page, unknown, id, AN_ACTOR, event->actors, event->actor_count);
  an_record_write_parties(record, page, unknown, id, AN_RECIPIENT, event->recipients, event->recipient_count);
}

static void write_statement(an_record *record, int64_t page, const an_reading *reading, an_index index) {
  const an_statement *statement = &reading->statements[index];
  char id[16], other[16];
  an_buf content, through;
  an_span hull = {0, 0};
  an_buf_init(&content, (size_t)1 << 26);
  an_buf_init(&through, 4096);
  for (uint32_t i = 0; i < statement->content_count; i++) {
    an_span span = statement->content[i];
    if (i > 0) an_buf_z(&content, " … ");
    an_buf_text(&content, an_reading_words(reading, span));
    if (hull.end == 0 || span.begin < hull.begin) hull.begin = span.begin;
    if (span.end > hull.end) hull.end = span.end;
  }
  for (uint32_t i = 0; i < statement->through_count; i++) {
    if (i > 0) an_buf_z(&through, "; ");
    an_buf_text(&through, statement->through[i].name);
  }
  an_statement_id(reading, index, id);
  an_row row = an_row_begin(record, SQL_ADD_STATEMENT);
  an_row_int(&row, page);
  an_row_z(&row, id);
  an_row_z(&row, an_statement_kind_name(statement->kind));
  an_row_text(&row, statement->cue_text);
  row_quoted(&row, reading, hull, (an_text){content.at, (uint32_t)content.size});
  row_place(&row, hull);
  an_row_text(&row, (an_text){through.at, (uint32_t)through.size});
  an_row_text(&row, statement->doubtful);
  if (statement->repeats < reading->statement_count) an_statement_id(reading, statement->repeats, other);
  an_row_z(&row, statement->repeats < reading->statement_count ? other : NULL);
  an_row_int(&row, statement->confidence);
  an_row_end(&row);
  an_buf_free(&content);
  an_buf_free(&through);
  an_record_write_parties(record, page, unknown, id, AN_SPEAKER, statement->speakers, statement->speaker_count);
}

static void write_mentions_and_times(an_record *record, int64_t page, const an_reading *reading) {
  for (uint32_t i = 0; i < reading->mention_count && i < 1U << 20; i++) {
    const an_mention *mention = &reading->mentions[i];
    int64_t who = an_record_who(record, &mention->who);
    an_row row = an_row_begin(record, SQL_ADD_MENTION);
    an_row_int(&row, row_id(page, i));
    an_row_int(&row, mention->kind);
    an_row_int(&row, who);
    row_words_of(&row, &mention->who);
    row_place(&row, mention->who.span);
    an_row_int(&row, mention->confidence);
    an_row_end(&row);
  }
  static const char *const types[] = {[AN_TIME_DATE] = "DATE", [AN_TIME_TIME] = "TIME", [AN_TIME_DURATION] = "DURATION", [AN_TIME_SET] = "SET"};
  for (uint32_t i = 0; i < reading->time_count; i++) {
    const an_time *time = &reading->times[i];
    an_row row = an_row_begin(record, SQL_ADD_TIME);
    an_row_int(&row, page);
    an_row_int(&row, i);
    an_row_text(&row, time->text);
    an_row_span(&row, time->span);
    an_row_z(&row, time->type <= AN_TIME_SET ? types[time->type] : NULL);
    an_row_text(&row, time->value);
    an_row_days(&row, time->days);
    an_row_end(&row);
  }
}

static void write_quantities_and_problems(an_record *record, int64_t page, const an_reading *reading) {
  char id[16];
  for (uint32_t i = 0; i < reading->quantity_count; i++) {
    const an_quantity *quantity = &reading->quantities[i];
    an_row row = an_row_begin(record, SQL_ADD_QUANTITY);
    an_row_int(&row, page);
    an_row_int(&row, i);
    if (quantity->event < reading->event_count) an_event_id(reading, quantity->event, id);
    an_row_z(&row, quantity->event < reading->event_count ? id : NULL);
    if (quantity->statement < reading->statement_count) an_statement_id(reading, quantity->statement, id);
    an_row_z(&row, quantity->statement < reading->statement_count ? id : NULL);
    an_row_text(&row, quantity->of);
    an_row_z(&row, an_relation_name(quantity->relation));
    an_row_number(&row, quantity->value);
    an_row_number(&row, quantity->low);
    an_row_number(&row, quantity->high);
    an_row_text(&row, quantity->unit);
    an_row_text(&row, quantity->scope);
    an_row_text(&row, quantity->text);
    an_row_span(&row, quantity->span);
    an_row_end(&row);
  }
  for (uint32_t i = 0; i < reading->problem_count; i++) {
    an_row row = an_row_begin(record, SQL_ADD_PROBLEM);
    an_row_int(&row, page);
    an_row_int(&row, i);
    an_row_text(&row, reading->problems[i].what);
    an_row_span(&row, reading->problems[i].span);
    an_row_end(&row);
  }
}

void an_record_write_reading(an_record *record, int64_t page, const an_reading *reading, an_text json) {
  write_page(record, page, reading);
  if (page == 0) page = sqlite3_last_insert_rowid(record->db);
  write_text(record, page, reading, json);
  for (uint32_t i = 0; i < reading->event_count; i++) write_event(record, page, reading, i);
  for (uint32_t i = 0; i < reading->statement_count; i++) write_statement(record, page, reading, i);
  write_mentions_and_times(record, page, reading);
  write_quantities_and_problems(record, page, reading);
}
