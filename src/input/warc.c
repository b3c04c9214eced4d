/* SPDX-License-Identifier: Apache-2.0 */
/* WARC 1.0 and 1.1, and WET: response, resource and conversion records are pages. A record that makes no sense is passed
   over to the next line that begins "WARC/1.", or to the next member of a compressed file, and counted. */
#include "input/inner.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct record { an_text type, uri, date, id, content, payload, truncated; uint64_t length; bool has_length; } record;

static bool begins_record(const an_buf *line) { return line->size >= 7 && memcmp(line->at, "WARC/1.", 7) == 0; }

/* After nonsense: how much was passed over is told once. */
static void passed_over(an_input *input, uint64_t at, uint64_t bytes) {
  input->counts.skipped_bad++;
  input_complain(input, AN_ERR_DATA, "%s: no good record at byte %llu; passed over %llu bytes", input->path, (unsigned long long)at,
                 (unsigned long long)bytes);
}

/* The line that begins the next record; false at the end. *offset is where the record begins in the file. */
static bool find_record(an_input *input, an_buf *line, uint64_t *offset) {
  stream *s = input->stream;
  uint64_t lost = 0, lost_at = 0;
  for (;;) {
    size_t size;
    *offset = stream_offset(s);
    bool line_there = stream_line(s, LONGEST_HEAD, line, &size);
    if (line_there && begins_record(line)) break;
    if (line_there) {
      bool blank = line->size == 0 || (line->size == 1 && line->at[0] == '\r');
      if (!blank && lost == 0) lost_at = *offset;
      if (!blank || lost > 0) lost += size;
      continue;
    }
    if (!stream_broken(s)) {
      if (lost > 0) passed_over(input, lost_at, lost);
      return false;
    }
    passed_over(input, *offset, lost + stream_mend(s));
    lost = 0;
  }
  if (lost > 0) passed_over(input, lost_at, lost);
  return true;
}

static bool header(an_text line, const char *name, an_text *value) {
  size_t n = strlen(name);
  if (line.size <= n || line.at[n] != ':' || strncasecmp(line.at, name, n) != 0) return false;
  *value = an_text_trim(an_text_slice(line, (uint32_t)n + 1, line.size));
  return true;
}

static void take_header(record *rec, an_text line, an_arena *arena) {
  an_text value = {0};
  if (header(line, "Content-Length", &value)) {
    rec->length = 0;
    rec->has_length = value.size > 0 && value.size < 16;
    for (uint32_t i = 0; i < value.size && rec->has_length; i++) {
      if (value.at[i] < '0' || value.at[i] > '9') rec->has_length = false;
      else rec->length = rec->length * 10 + (uint64_t)(value.at[i] - '0');
    }
    return;
  }
  static const char *const names[] = {"WARC-Type", "WARC-Target-URI", "WARC-Date", "WARC-Record-ID", "Content-Type",
                                      "WARC-Identified-Payload-Type", "WARC-Truncated"};
  an_text *const places[] = {&rec->type, &rec->uri, &rec->date, &rec->id, &rec->content, &rec->payload, &rec->truncated};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (header(line, names[i], &value)) { *places[i] = an_arena_copy(arena, value.at, value.size); return; }
}

static bool read_head(stream *s, an_buf *line, record *rec, an_arena *arena) {
  size_t size, all = 0;
  while (all < LONGEST_HEAD && stream_line(s, LONGEST_HEAD, line, &size)) {
    all += size;
    an_text text = an_text_trim((an_text){line->at, (uint32_t)line->size});
    if (text.size == 0) return rec->has_length;
    take_header(rec, text, arena);
  }
  return false;
}

/* The record's block: kept up to `limit`, the rest passed over. false: the stream ended or broke inside it. */
static bool read_block(stream *s, uint64_t length, size_t limit, uint8_t **block, size_t *kept) {
  size_t room = length < limit ? (size_t)length : limit, capacity = room < (1u << 20) ? room : 1u << 20;
  uint8_t *out = malloc(capacity + 1);
  *kept = 0;
  uint64_t left = length;
  while (out != NULL && left > 0) {
    const uint8_t *at;
    size_t n = stream_look(s, 1, &at);
    if (n == 0) break;
    if (n > left) n = (size_t)left;
    size_t part = n < room - *kept ? n : room - *kept;
    if (*kept + part > capacity) {                 /* a length is only a promise: room grows with what comes */
      capacity = capacity > room / 2 ? room : capacity * 2;
      if (capacity < *kept + part) capacity = *kept + part;
      uint8_t *wider = realloc(out, capacity + 1);
      if (wider == NULL) break;
      out = wider;
    }
    memcpy(out + *kept, at, part);
    *kept += part;
    left -= n;
    stream_pass(s, n);
  }
  *block = out;
  return out != NULL && left == 0;
}

static an_text unbracketed(an_text uri) {
  bool brackets = uri.size >= 2 && uri.at[0] == '<' && uri.at[uri.size - 1] == '>';
  return brackets ? an_text_slice(uri, 1, uri.size - 1) : uri;
}

/* Fills the page from the block; false when it is none (counted). The block becomes the page's. */
static bool make_page(an_input *input, held *h, const record *rec, uint8_t *block, size_t size) {
  an_page *p = &h->page;
  h->bytes = block;
  p->bytes = block;
  p->size = (uint32_t)size;
  p->url = unbracketed(rec->uri);
  p->record = rec->id;
  p->fetched_stamp = rec->date;
  if (rec->date.at == NULL || !an_days_parse(rec->date, &p->fetched)) p->fetched = AN_DAYS_ANY;
  bool response = an_text_is(rec->type, "response");
  if (!response) http_type(rec->content, &p->media_type, &p->charset);
  answer a;
  uint8_t *owned;
  if (response && http_answer(block, size, input->max_page + 1, &h->arena, &a, &owned)) {
    if (owned != NULL) { free(block); h->bytes = owned; }
    p->bytes = a.body;
    p->size = (uint32_t)(a.size > input->max_page + 1 ? input->max_page + 1 : a.size);
    p->status = a.status;
    p->media_type = a.type;
    p->charset = a.charset;
    if (a.status != 0 && (a.status < 200 || a.status > 299)) { input->counts.skipped_status++; return false; }
  }
  an_text type = p->media_type.size > 0 ? p->media_type : rec->payload;
  if (type.size > 0 && !http_is_page(type)) { input->counts.skipped_type++; return false; }
  return true;
}

bool warc_next(an_input *input, held *h) {
  stream *s = input->stream;
  an_buf line;
  an_buf_init(&line, LONGEST_HEAD + 16);
  bool found = false;
  uint64_t offset;
  while (!found && find_record(input, &line, &offset)) {
    record rec = {0};
    if (!read_head(s, &line, &rec, &h->arena)) {
      uint64_t lost = stream_broken(s) ? stream_mend(s) : 0;
      passed_over(input, offset, lost);
      continue;
    }
    bool wanted = an_text_is(rec.type, "response") || an_text_is(rec.type, "resource") || an_text_is(rec.type, "conversion");
    uint8_t *block;
    size_t kept;
    bool whole = read_block(s, rec.length, wanted ? input->max_page + LONGEST_HEAD : 0, &block, &kept);
    if (!whole) {
      free(block);
      passed_over(input, offset, stream_broken(s) ? stream_mend(s) : kept);
      continue;
    }
    if (!wanted) { free(block); continue; }
    size_t end_line;
    for (int i = 0; i < 2 && stream_line(s, 2, &line, &end_line) && line.size <= 1; i++) {}   /* the two empty lines behind it */
    found = make_page(input, h, &rec, block, kept);
    h->page.offset = offset;
    uint64_t end = stream_offset(s);
    h->page.length = end > offset ? end - offset : rec.length;
    if (!found) { free(h->bytes); h->bytes = NULL; h->page = (an_page){.fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY}; }
  }
  an_buf_free(&line);
  return found;
}
