/* SPDX-License-Identifier: Apache-2.0 */
/* WARC 1.0 and 1.1, and WET: response, resource and conversion records are pages. A record that makes no sense is passed
   over to the next line that begins "WARC/1.", or to the next member of a compressed file, and counted. A length is only a
   promise: a record ends where its member ends or where another begins behind an empty line, whatever it said. */
#include "input/inner.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct record {
  an_text type, uri, date, id, content, payload, truncated;
  uint64_t length; bool has_length, two_lengths;
} record;

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

static void take_length(record *rec, an_text value) {
  uint64_t length = 0;
  bool number = value.size > 0 && value.size < 16;
  for (uint32_t i = 0; i < value.size && number; i++) {
    number = value.at[i] >= '0' && value.at[i] <= '9';
    length = length * 10 + (uint64_t)(value.at[i] - '0');
  }
  rec->two_lengths |= rec->has_length && (!number || length != rec->length);
  rec->has_length = number;
  rec->length = length;
}

static void take_header(record *rec, an_text line, an_arena *arena) {
  an_text value = {0};
  if (header(line, "Content-Length", &value)) { take_length(rec, value); return; }
  static const char *const names[] = {"WARC-Type", "WARC-Target-URI", "WARC-Date", "WARC-Record-ID", "Content-Type",
                                      "WARC-Identified-Payload-Type", "WARC-Truncated"};
  an_text *const places[] = {&rec->type, &rec->uri, &rec->date, &rec->id, &rec->content, &rec->payload, &rec->truncated};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (header(line, names[i], &value)) { *places[i] = an_arena_copy(arena, value.at, value.size); return; }
}

/* NULL when the head is good, else what is wrong with it. */
static const char *read_head(stream *s, an_buf *line, record *rec, an_arena *arena) {
  size_t size, all = 0;
  while (all < LONGEST_HEAD && stream_line(s, LONGEST_HEAD, line, &size)) {
    all += size;
    an_text text = an_text_trim((an_text){line->at, (uint32_t)line->size});
    if (text.size == 0) {
      if (rec->two_lengths) return "it has two lengths";
      if (!rec->has_length) return "it has no usable Content-Length";
      return rec->type.size == 0 ? "it has no WARC-Type" : NULL;
    }
    take_header(rec, text, arena);
  }
  return "its head has no end";
}

/* At the end of a member, inside a block: does the next one open a record? Then the length was wrong; else the file was cut
   into members without regard to records. */
static bool record_behind_seam(stream *s) {
  const uint8_t *at;
  return stream_seam(s) && stream_look(s, 7, &at) >= 7 && memcmp(at, "WARC/1.", 7) == 0;
}

/* Where the next record begins inside the block: behind an empty line; or `size`. */
static size_t record_inside(const uint8_t *block, size_t size) {
  for (const uint8_t *at = block; (at = memmem(at, size - (size_t)(at - block), "\nWARC/1.", 8)) != NULL; at++) {
    size_t i = (size_t)(at - block);
    if (i >= 1 && (block[i - 1] == '\n' || (i >= 2 && block[i - 1] == '\r' && block[i - 2] == '\n'))) return i + 1;
  }
  return size;
}

/* The record's block: kept up to `limit`, the rest passed over. *left: what did not come, since the stream ended or broke, or
   the next record began: behind a seam (*seam), or inside a block that is longer than pages are. */
static uint8_t *read_block(stream *s, uint64_t length, size_t limit, size_t *kept, uint64_t *left, bool *seam) {
  size_t room = length < limit ? (size_t)length : limit, capacity = room < (1u << 20) ? room : 1u << 20;
  uint8_t *out = malloc(capacity + 1);
  *kept = 0;
  *left = length;
  while (out != NULL && *left > 0) {
    const uint8_t *at;
    *seam = *left < length && record_behind_seam(s);
    if (*seam) break;
    size_t n = stream_look(s, 1, &at);
    if (n == 0) break;
    if (n > *left) n = (size_t)*left;
    size_t part = n < room - *kept ? n : room - *kept;
    if (part > 0) n = part;                        /* up to the limit first */
    if (*kept + part > capacity) {                 /* room grows with what comes */
      capacity = capacity > room / 2 ? room : capacity * 2;
      if (capacity < *kept + part) capacity = *kept + part;
      uint8_t *wider = realloc(out, capacity + 1);
      if (wider == NULL) break;
      out = wider;
    }
    memcpy(out + *kept, at, part);
    *kept += part;
    *left -= n;
    stream_pass(s, n);
    if (part > 0 && *kept == room && *left > 0 && record_inside(out, *kept) < *kept) break;
  }
  return out;
}

/* Two empty lines end a record; behind them another begins, or nothing is left. Passes over line ends. */
static bool ends_well(stream *s) {
  const uint8_t *at;
  for (int i = 0, lines = 0; i < 4 && lines < 2 && !stream_seam(s) && stream_look(s, 1, &at) > 0 && (*at == '\r' || *at == '\n'); i++) {
    lines += *at == '\n';
    stream_pass(s, 1);
  }
  if (stream_seam(s)) return true;
  size_t n = stream_look(s, 7, &at);
  return n == 0 ? !stream_broken(s) : memcmp(at, "WARC/1.", n < 7 ? n : 7) == 0;
}

static an_text unbracketed(an_text uri) {
  bool brackets = uri.size >= 2 && uri.at[0] == '<' && uri.at[uri.size - 1] == '>';
  return brackets ? an_text_slice(uri, 1, uri.size - 1) : uri;
}

/* Takes the HTTP answer apart; false: it is no page (counted). */
static bool take_answer(an_input *input, held *h, const record *rec, size_t size, uint64_t offset) {
  an_page *p = &h->page;
  answer a;
  uint8_t *owned;
  http_result is = http_answer(h->bytes, size, input->max_page + 1, &h->arena, &a, &owned);
  if (is == HTTP_NONE) {                           /* "dns:…" and the like say what they are */
    http_type(rec->content, &p->media_type, &p->charset);
    if (!an_text_is(p->media_type, "application/http")) return true;
    input->counts.skipped_bad++;
    input_complain(input, AN_ERR_DATA, "%s: the record at byte %llu has no HTTP head", input->path, (unsigned long long)offset);
    return false;
  }
  if (owned != NULL) { free(h->bytes); h->bytes = owned; }
  p->bytes = a.body;
  p->size = (uint32_t)(a.size > input->max_page + 1 ? input->max_page + 1 : a.size);
  p->status = a.status;
  p->media_type = a.type;
  p->charset = a.charset;
  if (a.cut != NULL) p->truncated = an_text_of(a.cut);
  if (a.status != 0 && a.status != 200) { input->counts.skipped_status++; return false; }
  an_text type = a.type.size > 0 ? a.type : rec->payload;
  if (is == HTTP_CODED && (type.size == 0 || http_is_page(type))) {
    input->counts.skipped_coding++;
    input_complain(input, AN_ERR_DATA, "%s: the record at byte %llu has a body in a coding that gives no text", input->path, (unsigned long long)offset);
    return false;
  }
  return true;
}

/* Fills the page from the block in h->bytes; false when it is none (counted). */
static bool make_page(an_input *input, held *h, const record *rec, size_t size, uint64_t offset) {
  an_page *p = &h->page;
  p->bytes = h->bytes;
  p->size = (uint32_t)size;
  p->url = unbracketed(rec->uri);
  p->record = rec->id;
  p->fetched_stamp = rec->date;
  if (rec->date.at == NULL || !an_days_parse(rec->date, &p->fetched)) p->fetched = AN_DAYS_ANY;
  if (!an_text_is(rec->type, "response")) http_type(rec->content, &p->media_type, &p->charset);
  else if (!take_answer(input, h, rec, size, offset)) return false;
  if (rec->truncated.size > 0) p->truncated = an_arena_printf(&h->arena, "the crawler stopped there (WARC-Truncated: %.*s)", (int)rec->truncated.size, rec->truncated.at);
  an_text type = p->media_type.size > 0 ? p->media_type : rec->payload;
  if (type.size > 0 && !http_is_page(type)) { input->counts.skipped_type++; return false; }
  return true;
}

/* The block of a record, as long as it is, and what is wrong with it. NULL: there is none (told and counted). */
static uint8_t *whole_block(an_input *input, const record *rec, uint64_t offset, size_t *kept, const char **wrong) {
  static const char length[] = "its record does not have the length that it says";
  stream *s = input->stream;
  uint64_t left;
  bool seam = false;
  uint8_t *block = read_block(s, rec->length, input->max_page + LONGEST_HEAD, kept, &left, &seam);
  bool ends = block != NULL && left == 0 && ends_well(s);
  *wrong = seam || (block != NULL && left == 0 && !ends) ? length : NULL;
  if (ends) return block;
  if (block != NULL && left == 0 && stream_broken(s)) {
    *wrong = "its compressed data is broken";
    return block;
  }
  size_t begin = block == NULL || seam || *kept < rec->length - left ? *kept : record_inside(block, *kept);
  if (begin < *kept && stream_again(s, block + begin, *kept - begin)) {   /* it went over the head of the next one */
    *wrong = length;
    *kept = begin;
  }
  if (*wrong != NULL) return block;
  free(block);
  passed_over(input, offset, stream_broken(s) ? stream_mend(s) : rec->length - left);
  return NULL;
}

/* Crawlers keep their own log, arguments and extracts as resources: wget under metadata://, Browsertrix under urn:. */
static bool of_the_crawler(const record *rec) {
  an_text uri = unbracketed(rec->uri);
  return an_text_is(rec->type, "resource") && (an_text_starts(uri, "metadata:") || an_text_starts(uri, "urn:"));
}

static bool holds_page(an_input *input, const record *rec) {
  if (of_the_crawler(rec)) return false;
  if (an_text_is(rec->type, "revisit")) input->counts.skipped_revisit++;
  return an_text_is(rec->type, "response") || an_text_is(rec->type, "resource") || an_text_is(rec->type, "conversion");
}

bool warc_next(an_input *input, held *h) {
  stream *s = input->stream;
  an_buf line;
  an_buf_init(&line, LONGEST_HEAD + 16);
  bool found = false;
  uint64_t offset;
  while (!found && find_record(input, &line, &offset)) {
    record rec = {0};
    const char *bad = read_head(s, &line, &rec, &h->arena);
    if (bad != NULL) {
      if (stream_broken(s)) continue;              /* find_record tells that */
      input->counts.skipped_bad++;
      input_complain(input, AN_ERR_DATA, "%s: the record at byte %llu is passed over: %s", input->path, (unsigned long long)offset, bad);
      continue;
    }
    size_t kept;
    const char *wrong;
    uint8_t *block = whole_block(input, &rec, offset, &kept, &wrong);
    if (block == NULL) continue;
    h->bytes = block;
    found = holds_page(input, &rec) && make_page(input, h, &rec, kept, offset);
    if (!found) {
      free(h->bytes);
      h->bytes = NULL;
      h->page = (an_page){.fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
      an_arena_reset(&h->arena);
      continue;
    }
    if (wrong != NULL && h->page.truncated.size == 0) h->page.truncated = an_text_of(wrong);
    h->page.offset = offset;
    uint64_t end = stream_offset(s);
    h->page.length = end > offset ? end - offset : rec.length;
  }
  an_buf_free(&line);
  return found;
}
